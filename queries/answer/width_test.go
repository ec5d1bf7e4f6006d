package answer

import (
	"strings"
	"testing"
)

// TestWrapMarked holds that marks change nothing in where lines break.
func TestWrapMarked(t *testing.T) {
	text := "No arm without an active intervention: a change from baseline cannot be credited to the intervention; 50 % “≥ 90 MME/day” 疼痛 🚶‍♀️ are wide."
	plain, marked := &page{}, &page{Options: Options{Color: true}}
	for n := 10; n < 100; n++ {
		want := wrap(plain.dim(text), n)
		got := wrap(marked.dim(text), n)
		for i, line := range got {
			for _, mark := range []string{dimOn, plainOn} {
				line = strings.ReplaceAll(line, mark, "")
			}
			if i >= len(want) || line != want[i] {
				t.Fatalf("%d columns: line %d is %q, plain it is %q", n, i, line, want)
			}
			if width(line) > n {
				t.Errorf("%d columns: %q takes %d", n, line, width(line))
			}
		}
	}
}
