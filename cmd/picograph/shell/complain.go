package shell

import (
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/rivo/uniseg"
	"golang.org/x/term"

	"github.com/picograph/picograph/queries/answer"
)

// Complain prints an error, and what can be done about it where that is known, in the one voice that all messages have. At a
// terminal lines are folded at its width.
func Complain(w io.Writer, err error) {
	width := 0
	if f, ok := w.(*os.File); ok && f != nil {
		if columns, _, err := term.GetSize(int(f.Fd())); err == nil {
			width = columns
		}
	}
	complain(w, err, width)
}

// complain prints an error within a width; 0 is any.
func complain(w io.Writer, err error, width int) {
	say(w, err.Error(), width)
	for _, hint := range Hints(err) {
		say(w, "hint: "+hint, width)
	}
}

// say prints one message. Lines below its first that are set in show a part of what was typed, perhaps with a mark below.
func say(w io.Writer, message string, width int) {
	lines := strings.Split("picograph: "+answer.Visible(message), "\n")
	for i := 0; i < len(lines); i++ {
		line := lines[i]
		switch {
		case width == 0 || uniseg.StringWidth(line) < width:
			fmt.Fprintln(w, line)
		case i > 0 && i+1 < len(lines) && isMark(lines[i+1]):
			text, mark := window(line, lines[i+1], width-1)
			fmt.Fprintf(w, "%s\n%s\n", text, mark)
			i++
		case strings.HasPrefix(line, " "):
			fmt.Fprintln(w, line)
		default:
			fmt.Fprintln(w, strings.Join(fold(line, width-3), "\n  "))
		}
	}
}

// isMark reports whether a line marks words of the line above it.
func isMark(line string) bool { return strings.Contains(line, "^") && strings.Trim(line, " ^") == "" }

// indent is how far what was typed is set in.
const indent = "    "

// window returns the part of a line that stands around what is marked below it, and the mark.
func window(line, mark string, width int) (text, below string) {
	typed, at := []rune(strings.TrimPrefix(line, indent)), strings.Index(mark, "^")-len(indent)
	long := strings.Count(mark, "^")
	room := max(width-len(indent)-2*len("..."), 1)
	start := min(max(0, at-max(0, (room-long)/2)), max(0, len(typed)-room))
	end := min(start+room, len(typed))
	lead, tail := "", ""
	if start > 0 {
		lead = "..."
	}
	if end < len(typed) {
		tail = "..."
	}
	marks := max(1, min(long, end-at))
	return indent + lead + string(typed[start:end]) + tail, indent + strings.Repeat(" ", max(0, len(lead)+at-start)) + strings.Repeat("^", marks)
}
