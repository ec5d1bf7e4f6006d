//go:build unix

package loader

import "syscall"

// withoutWaiting has the opening of a pipe not wait for its other end.
const withoutWaiting = syscall.O_NONBLOCK
