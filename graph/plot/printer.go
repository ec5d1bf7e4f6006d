package plot

import (
	"bufio"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/rivo/uniseg"
)

// Options say how a plot is laid out for a terminal.
type Options struct {
	Width int  // columns; 0 for 80
	ASCII bool // no sign beyond ASCII is drawn; what documents print beyond it stays
}

// mostListed is how many rows are listed one by one that are not drawn; of more only the reasons are.
const mostListed = 40

// leastColumns is the narrowest that a plot is laid out.
const leastColumns = 60

// printer lays a plot out in lines.
type printer struct {
	out   *bufio.Writer
	width int
	signs signs
	ascii bool
}

// signs are what lines of a terminal are drawn with.
type signs struct {
	bar, low, high, square, hollow, null, left, right, base, tick, up, down, mixed, empty, dot, thick string
}

func utf8Signs() signs {
	return signs{"─", "├", "┤", "■", "○", "┊", "◄", "►", "─", "┴", "▲", "▼", "◆", "·", "●", "━"}
}

func asciiSigns() signs {
	return signs{"-", "|", "|", "#", "o", ":", "<", ">", "-", "+", "^", "v", "%", ".", "*", "="}
}

// WriteText writes the plot for a terminal.
func (p *Plot) WriteText(w io.Writer, o Options) error {
	t := &printer{out: bufio.NewWriter(w), width: 80, signs: utf8Signs(), ascii: o.ASCII}
	if o.Width > 0 {
		t.width = max(o.Width, leastColumns)
	}
	if o.ASCII {
		t.signs = asciiSigns()
	}
	t.para("", p.summary())
	t.line("")
	p.Body.print(t)
	p.printFoot(t)
	return t.out.Flush()
}

// printFoot says below a plot what could not be drawn, what its signs mean, and where each mark leads to.
func (p *Plot) printFoot(t *printer) {
	if len(p.Left) > 0 {
		t.line("")
		t.line("Not drawn:")
		for _, l := range p.Left {
			if len(p.Left) <= mostListed {
				t.para("  ", numbered(l.Row)+l.Label+": "+l.Why)
			}
		}
		if len(p.Left) > mostListed {
			for _, why := range reasons(p.Left) {
				t.para("  ", why)
			}
		}
	}
	t.line("")
	for _, n := range p.Notes {
		t.para("", n)
	}
	t.line("")
	t.line("Where it stands:")
	var stands []string
	marks := p.Body.marks()
	if len(p.Left) <= mostListed {
		marks = append(marks, leftMarks(p.Left)...)
	}
	slices.SortStableFunc(marks, func(a, b *Mark) int { return a.Row - b.Row })
	for _, m := range marks {
		for _, s := range m.From {
			stands = appendNew(stands, numbered(m.Row)+s.place())
		}
	}
	for _, l := range stands {
		t.para("  ", l)
	}
	t.line("")
	if p.Query != "" {
		t.para("", "Query: "+p.Query)
	}
	for _, d := range p.Documents {
		t.para("", "Document: "+d.Source+" ("+d.ID+")")
	}
	t.para("", "Graph: sha256 "+p.Graph)
}

func leftMarks(left []Left) []*Mark {
	var out []*Mark
	for i := range left {
		out = append(out, &left[i].Mark)
	}
	return out
}

// numbered is the number of a row before what is said of it.
func numbered(row int) string {
	if row == 0 {
		return ""
	}
	return fmt.Sprintf("%d  ", row)
}

// line writes a line.
func (t *printer) line(s string) {
	if t.ascii {
		s = spellOut(s)
	}
	_, _ = t.out.WriteString(strings.TrimRight(s, " ") + "\n")
}

// para writes a text in lines that begin with an indent.
func (t *printer) para(indent, text string) {
	for i, l := range t.wrap(text, t.width-columns(indent)-2*min(len(indent), 1), 0) {
		if i == 1 && indent != "" {
			indent += "  "
		}
		t.line(indent + l)
	}
}

// wrap breaks a text into lines of so many columns.
func (t *printer) wrap(text string, width, most int) []string {
	return wrapBy(printable(text), most, func(s string) bool { return columns(s) <= max(width, 8) })
}

// columns returns how many columns a text takes.
func columns(s string) int { return uniseg.StringWidth(s) }

// pad fills a text with blanks to a width.
func pad(s string, n int) string { return s + strings.Repeat(" ", max(0, n-columns(s))) }

// padLeft is pad with the blanks before the text.
func padLeft(s string, n int) string { return strings.Repeat(" ", max(0, n-columns(s))) + s }

// spellOut writes the signs that plots use beyond ASCII in ASCII.
func spellOut(s string) string {
	return strings.NewReplacer("≥", ">=", "≤", "<=", "“", `"`, "”", `"`, "’", "'", "—", "-", "–", "-", "…", "...", "−", "-", "\u00a0", " ", "·", ".", "×", "x", "²", "2", "←", "<-", "→", "->", "↑", "^", "↓", "v").Replace(s)
}
