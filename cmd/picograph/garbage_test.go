package main

import (
	"runtime"
	"runtime/debug"
	"testing"
	"time"
)

// TestCollectLater finds that garbage is collected late at first, and as ever from then on.
func TestCollectLater(t *testing.T) {
	t.Setenv("GOGC", "")
	percent := func() int {
		p := debug.SetGCPercent(100)
		debug.SetGCPercent(p)
		return p
	}
	usual := percent()
	defer debug.SetGCPercent(usual)
	collectLater()
	if p := percent(); p <= usual {
		t.Errorf("the first collection is not put off: %d percent", p)
	}
	for end := time.Now().Add(10 * time.Second); percent() != usual; time.Sleep(time.Millisecond) {
		runtime.GC()
		if time.Now().After(end) {
			t.Fatalf("%d percent after the first collection, want %d", percent(), usual)
		}
	}
	t.Setenv("GOGC", "50")
	collectLater()
	if p := percent(); p != usual {
		t.Errorf("a GOGC that is set does not hold: %d percent", p)
	}
}
