package vocab

import (
	"sync"
	"testing"
)

func TestPreparedIsMadeOnce(t *testing.T) {
	v := &Vocabulary{}
	var wg sync.WaitGroup
	got := make([]any, 8)
	for i := range got {
		wg.Go(func() { got[i] = v.Prepared("test", func() any { return new(int) }) })
	}
	wg.Wait()
	for _, g := range got {
		if g != got[0] {
			t.Errorf("prepared %p and %p", g, got[0])
		}
	}
	if other := v.Prepared("other", func() any { return new(int) }); other == got[0] {
		t.Error("two names share one result")
	}
}
