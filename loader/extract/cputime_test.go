//go:build !linux

package extract

import "time"

// timed returns how long a function took.
func timed(f func()) time.Duration {
	start := time.Now()
	f()
	return time.Since(start)
}

// processTime returns no time: the processor's is not known here.
func processTime() time.Duration { return 0 }
