package shell

import (
	"errors"
	"strings"
	"testing"
)

func TestComplaintsFitTheTerminal(t *testing.T) {
	long := "which interventions reduced the dose of people who frobnicated for a long time"
	at := strings.Index(long, "frob")
	for _, c := range []struct {
		message string
		width   int
		want    string
	}{
		{"nothing in the vocabulary or in the documents is called so", 40, "picograph: nothing in the vocabulary\n  or in the documents is called so\n"},
		{"nothing is called so", 40, "picograph: nothing is called so\n"},
		{"nothing in the vocabulary or in the documents is called so", 0, "picograph: nothing in the vocabulary or in the documents is called so\n"},
		{"中文 中文 中文 中文 中文 中文 中文 so", 30, "picograph: 中文 中文 中文\n  中文 中文 中文 中文 so\n"},
		{
			"no\n    " + long + "\n    " + strings.Repeat(" ", at) + "^^^^^^^^^^^", 50,
			"picograph: no\n    ...of people who frobnicated for a long ti...\n" + "    " + strings.Repeat(" ", 17) + "^^^^^^^^^^^\n",
		},
		{"no\n    " + long + "\n    ^^^^^", 40, "picograph: no\n    which interventions reduced t...\n    ^^^^^\n"},
	} {
		var b strings.Builder
		complain(&b, errors.New(c.message), c.width)
		if b.String() != c.want {
			t.Errorf("%d columns:\n%s\nwant\n%s", c.width, b.String(), c.want)
		}
		for line := range strings.Lines(b.String()) {
			if n := len([]rune(line)) - 1; c.width > 0 && n >= c.width {
				t.Errorf("%d columns: %q", n, line)
			}
		}
	}
}
