package graph

import (
	"errors"
	"os"

	"golang.org/x/sys/windows"
)

// tryLock takes the lock of an open file without waiting. The locked byte lies far beyond the end of the file, which
// others may read.
func tryLock(f *os.File) (bool, error) {
	at := &windows.Overlapped{OffsetHigh: 1 << 30}
	err := windows.LockFileEx(windows.Handle(f.Fd()), windows.LOCKFILE_EXCLUSIVE_LOCK|windows.LOCKFILE_FAIL_IMMEDIATELY, 0, 1, 0, at)
	if errors.Is(err, windows.ERROR_LOCK_VIOLATION) || errors.Is(err, windows.ERROR_IO_PENDING) {
		return false, nil
	}
	return err == nil, err
}

// release gives the lock back. An open file cannot be removed here, and one that another process has opened in the
// meantime stays.
func (l *lock) release() {
	l.free()
	_ = l.f.Close()
	_ = os.Remove(l.path)
}

func noSpace(err error) bool { return errors.Is(err, windows.ERROR_DISK_FULL) }

func nameTooLong(err error) bool {
	return errors.Is(err, windows.ERROR_FILENAME_EXCED_RANGE) || errors.Is(err, windows.ERROR_INVALID_NAME)
}

func readOnlySystem(err error) bool { return errors.Is(err, windows.ERROR_WRITE_PROTECT) }
