package extract

import (
	"runtime"
	"syscall"
	"time"
)

// timed returns how much processor time a function took: what else the machine does makes no difference.
func timed(f func()) time.Duration {
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	start := used(syscall.RUSAGE_THREAD)
	f()
	return used(syscall.RUSAGE_THREAD) - start
}

// processTime returns how much processor time all threads of the test have taken so far.
func processTime() time.Duration { return used(syscall.RUSAGE_SELF) }

func used(who int) time.Duration {
	var u syscall.Rusage
	if err := syscall.Getrusage(who, &u); err != nil {
		return 0
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}
