//go:build unix

package graph

import (
	"os/exec"
	"syscall"
)

// asNobody has a command run as a user without rights.
func asNobody(c *exec.Cmd) bool {
	c.SysProcAttr = &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: 65534, Gid: 65534}}
	return true
}
