package main

import (
	"os"
	"runtime"
	"runtime/debug"
)

// firstCollection is how large the heap may grow, in MiB, before garbage is collected for the first time: most calls end below it, and
// would collect a few times by then.
const firstCollection = 64

// collectLater puts the first collection of garbage off, and leaves the later ones as they are by themselves. A GOGC that the
// user sets holds from the start.
func collectLater() {
	if os.Getenv("GOGC") != "" {
		return
	}
	const least = 4 // MiB: the heap of the first collection at 100 percent
	usual := debug.SetGCPercent(100 * firstCollection / least)
	runtime.AddCleanup(new([64]byte), func(int) { debug.SetGCPercent(usual) }, 0) // nothing holds the bytes: the first collection finds them
}
