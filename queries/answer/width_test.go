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

func TestVisible(t *testing.T) {
	tests := []struct{ text, plain, coloured string }{
		{"pain ≥ 3\tdays", "pain ≥ 3\tdays", "pain ≥ 3\tdays"},
		{"pa\x07in \x1b[2J\x1b]0;title\x07", "pa␇in ␛[2J␛]0;title␇", "pa␇in ␛[2J␛]0;title␇"},
		{"\u202epain\u2066 \u009b2J\x7f\r", "\uFFFDpain\uFFFD \uFFFD2J␡␍", "\uFFFDpain\uFFFD \uFFFD2J␡␍"},
		{boldOn + "pain" + plainOn + "\x1b[8mhidden", "␛[1mpain␛[0m␛[8mhidden", boldOn + "pain" + plainOn + "␛[8mhidden"},
		{"", "", ""},
	}
	plain, coloured := &page{}, &page{Options: Options{Color: true}}
	for _, tt := range tests {
		if got := plain.visible(tt.text); got != tt.plain {
			t.Errorf("%q is shown as %q, want %q", tt.text, got, tt.plain)
		}
		if got := coloured.visible(tt.text); got != tt.coloured {
			t.Errorf("%q in colour is shown as %q, want %q", tt.text, got, tt.coloured)
		}
	}
	for _, line := range wrap("pa\x1b[in that \x1bhas no mark", 12) {
		if strings.Contains(line, "that has") {
			t.Errorf("a terminal's sign in a text swallows what follows it: %q", line)
		}
	}
}
