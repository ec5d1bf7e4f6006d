package gizmo

import (
	"os"
	"regexp"
	"strconv"

	"golang.org/x/sys/unix"
)

var dataSize = regexp.MustCompile(`(?m)^VmData:\s+(\d+) kB$`)

// limitData has the system refuse memory to the process beyond so many bytes more than it has now. Where that cannot be done
// the process watches itself alone.
func limitData(more int64) {
	status, err := os.ReadFile("/proc/self/status")
	if err != nil {
		return
	}
	m := dataSize.FindSubmatch(status)
	if m == nil {
		return
	}
	has, err := strconv.ParseInt(string(m[1]), 10, 64)
	if err != nil {
		return
	}
	var now unix.Rlimit
	if err := unix.Getrlimit(unix.RLIMIT_DATA, &now); err != nil {
		return
	}
	most := uint64(has<<10 + more)
	_ = unix.Setrlimit(unix.RLIMIT_DATA, &unix.Rlimit{Cur: min(most, now.Max), Max: now.Max})
}
