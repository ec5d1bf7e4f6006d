//go:build !unix && !windows

package graph

import "os"

// tryLock has no lock to take here: such systems run one process.
func tryLock(*os.File) (bool, error) { return true, nil }

// release removes the file that names the holder.
func (l *lock) release() {
	l.free()
	_ = l.f.Close()
	_ = os.Remove(l.path)
}

func noSpace(error) bool { return false }

func nameTooLong(error) bool { return false }

func readOnlySystem(error) bool { return false }
