package audit

import (
	"fmt"
	"io"
	"strings"

	"github.com/rivo/uniseg"

	"github.com/picograph/picograph/graph/evidence"
)

// Options are how a text is laid out.
type Options struct {
	Width int  // columns; 80 where it is not positive
	Color bool // numbers in bold rather than in brackets
}

// Text writes what was read of a document as text: the study's card, its arms and outcomes, each sentence with its numbers
// marked and the findings made of it, and what was left out with the reason.
func Text(w io.Writer, d *evidence.Document, o Options) error {
	if o.Width <= 0 {
		o.Width = 80
	}
	t := &textWriter{Options: o}
	t.head(evidence.Printable(d.Source))
	t.para("", "", d.Report.Title)
	t.para("", "", reportText(&d.Report))
	for i := range d.Studies {
		t.study(&d.Studies[i])
	}
	if len(d.Ignored) > 0 {
		t.title("LEFT OUT")
		for _, s := range d.Ignored {
			what := ""
			if s.End <= len(d.Text) && s.Start < s.End {
				what = ": " + short(d.Text[s.Start:s.End], 60)
			}
			t.para("  ", "    ", fmt.Sprintf("bytes %d to %d, %s%s", s.Start, s.End, s.Reason, what))
		}
	}
	if len(d.Problems) > 0 {
		t.title("PROBLEMS")
		for _, p := range d.Problems {
			t.para("  ", "    ", p.Stage+": "+p.Message)
		}
	}
	_, err := io.WriteString(w, t.b.String())
	return err
}

// textWriter wraps lines.
type textWriter struct {
	Options
	b strings.Builder
}

func (t *textWriter) head(s string) {
	t.para("", "", s)
	t.b.WriteString(strings.Repeat("=", min(t.Width, max(1, uniseg.StringWidth(s)))) + "\n")
}

func (t *textWriter) title(s string) { t.b.WriteString("\n" + s + "\n") }

// study writes a study's card, its arms, outcomes and findings.
func (t *textWriter) study(s *evidence.Study) {
	t.b.WriteByte('\n')
	t.para("STUDY ", "  ", studyName(s))
	for _, f := range fields(s) {
		t.para(fmt.Sprintf("  %-13s", f[0]), strings.Repeat(" ", 15), f[1])
	}
	if len(s.Arms) > 0 {
		t.title("ARMS")
		for i := range s.Arms {
			t.para(fmt.Sprintf("  %d  ", i+1), "     ", armText(&s.Arms[i]))
		}
	}
	if len(s.Outcomes) > 0 {
		t.title("OUTCOMES ANNOUNCED OR REPORTED")
		for i := range s.Outcomes {
			t.para("  ", "    ", outcomeText(&s.Outcomes[i]))
		}
	}
	if len(s.Findings) == 0 {
		t.title("NO FINDINGS")
		return
	}
	t.title(fmt.Sprintf("FINDINGS (%d)", len(s.Findings)))
	n := 0
	for _, x := range sentences(s) {
		place := fmt.Sprintf("bytes %d to %d", x.Start, x.End)
		if x.Section != "" {
			place = x.Section + ", " + place
		}
		if x.Pointer != "" {
			place += ", " + x.Pointer
		}
		t.b.WriteByte('\n')
		t.para("  ", "  ", place)
		t.wrap("  > ", "  > ", t.marked(x.Text, x.marks))
		for _, f := range x.findings {
			n++
			t.para(fmt.Sprintf("  %3d %-11s ", n, f.Kind), strings.Repeat(" ", 18), about(f))
			t.para(strings.Repeat(" ", 18), strings.Repeat(" ", 18), told(f))
			for _, c := range f.Checks {
				t.para(strings.Repeat(" ", 16)+"! ", strings.Repeat(" ", 18), c)
			}
			for _, p := range f.Passages[1:] {
				if p.Start != x.Start {
					t.para(strings.Repeat(" ", 18), strings.Repeat(" ", 18), fmt.Sprintf("also %s, bytes %d to %d", p.Section, p.Start, p.End))
				}
			}
		}
	}
}

const (
	boldOn  = "\x1b[1m"
	plainOn = "\x1b[0m"
)

// marked returns a text with its marks: in bold, else in brackets.
func (t *textWriter) marked(text string, ms []mark) string {
	var b strings.Builder
	at := 0
	for _, m := range ms {
		b.WriteString(printable(text[at:m.start]))
		inner := printable(text[m.start:m.end])
		if t.Color { // each word for itself, so that wrapping parts none
			words := strings.Split(inner, " ")
			for i, w := range words {
				words[i] = boldOn + w + plainOn
			}
			b.WriteString(strings.Join(words, " "))
		} else {
			b.WriteString("[" + inner + "]")
		}
		at = m.end
	}
	b.WriteString(printable(text[at:]))
	return b.String()
}

// printable returns a text with signs in place of what would give orders to a terminal: control characters, and those that
// turn the direction of writing. Documents and names of files may have them.
func printable(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\n', r == '\t':
			return r
		case r < ' ':
			return '\u2400' + r // the picture of the control character
		case r == '\x7f':
			return '\u2421'
		case r > '\x7f' && r < '\u00a0', r >= '\u202a' && r <= '\u202e', r >= '\u2066' && r <= '\u2069':
			return '\uFFFD'
		}
		return r
	}, s)
}

// para writes a text wrapped, with one indent before its first line and one before the others.
func (t *textWriter) para(first, rest, text string) { t.wrap(first, rest, printable(text)) }

// wrap is para for a text that may have marks of its own.
func (t *textWriter) wrap(first, rest, text string) {
	if text == "" {
		return
	}
	line, width := first, uniseg.StringWidth(first)
	empty := true
	put := func() {
		t.b.WriteString(strings.TrimRight(line, " ") + "\n")
		line, width, empty = rest, uniseg.StringWidth(rest), true
	}
	for _, word := range strings.Fields(text) {
		for _, piece := range t.cut(word, t.Width-uniseg.StringWidth(rest)) {
			n := shownWidth(piece)
			if !empty && width+1+n > t.Width {
				put()
			}
			if !empty {
				line += " "
				width++
			}
			line += piece
			width += n
			empty = false
		}
	}
	put()
}

// cut cuts a word that is wider than a line.
func (t *textWriter) cut(word string, width int) []string {
	if shownWidth(word) <= width || width < 10 || strings.Contains(word, "\x1b") {
		return []string{word}
	}
	var out []string
	piece, n := "", 0
	for state, rest := -1, word; rest != ""; {
		var cluster string
		var w int
		cluster, rest, w, state = uniseg.FirstGraphemeClusterInString(rest, state)
		if n+w > width {
			out = append(out, piece)
			piece, n = "", 0
		}
		piece += cluster
		n += w
	}
	return append(out, piece)
}

// shownWidth is the width of a word without its marks.
func shownWidth(s string) int {
	return uniseg.StringWidth(strings.NewReplacer(boldOn, "", plainOn, "").Replace(s))
}

// short returns the beginning of a text on one line.
func short(s string, n int) string {
	s = strings.Join(strings.Fields(s), " ")
	if r := []rune(s); len(r) > n {
		return string(r[:n]) + " ..."
	}
	return s
}
