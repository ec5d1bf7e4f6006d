//go:build !unix

package loader

// withoutWaiting is of no use here: there are no such pipes.
const withoutWaiting = 0
