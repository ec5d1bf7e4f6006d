//go:build unix

package graph

import (
	"errors"
	"os"
	"syscall"
)

// tryLock takes the lock of an open file without waiting. The system gives it back when the process ends, however it
// ends, so the lock of a dead process is never in the way.
func tryLock(f *os.File) (bool, error) {
	for {
		err := syscall.Flock(int(f.Fd()), syscall.LOCK_EX|syscall.LOCK_NB)
		switch {
		case err == nil:
			return true, nil
		case errors.Is(err, syscall.EINTR):
		case errors.Is(err, syscall.EWOULDBLOCK):
			return false, nil
		default:
			return false, err
		}
	}
}

// release gives the lock back. The file goes first, while it is still ours.
func (l *lock) release() {
	l.free()
	_ = os.Remove(l.path)
	_ = l.f.Close()
}

func noSpace(err error) bool {
	return errors.Is(err, syscall.ENOSPC) || errors.Is(err, syscall.EDQUOT)
}

func nameTooLong(err error) bool { return errors.Is(err, syscall.ENAMETOOLONG) }

func readOnlySystem(err error) bool { return errors.Is(err, syscall.EROFS) }
