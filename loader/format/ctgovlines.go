package format

import (
	"strconv"
	"strings"

	"github.com/picograph/picograph/graph/evidence"
)

// ctLines is the text of a record, one fact a line, as it is written.
type ctLines struct {
	b       strings.Builder
	section string
	pending bool // the section's heading is not written yet
	told    []evidence.Passage
}

// title writes the first line.
func (l *ctLines) title(pointer, s string) {
	l.told = append(l.told, evidence.Passage{End: len(s), Text: s, Pointer: pointer})
	l.b.WriteString(s)
	l.b.WriteByte('\n')
}

// heading begins a section; it is written with the section's first line.
func (l *ctLines) heading(s string) {
	l.section, l.pending = s, true
}

// line writes a fact and returns its passage. An empty one is left out.
func (l *ctLines) line(pointer, s string) evidence.Passage {
	if s == "" {
		return evidence.Passage{}
	}
	if l.pending {
		l.b.WriteByte('\n')
		l.b.WriteString(strings.ToUpper(l.section))
		l.b.WriteByte('\n')
		l.pending = false
	}
	p := evidence.Passage{Section: l.section, Start: l.b.Len(), Text: s, Pointer: pointer}
	l.b.WriteString(s)
	p.End = l.b.Len()
	l.b.WriteByte('\n')
	l.told = append(l.told, p)
	return p
}

// lines writes a text of several paragraphs, each on a line of its own.
func (l *ctLines) lines(pointer string, t ctText) {
	for s := range strings.SplitSeq(string(t), "\n") {
		l.line(pointer, ctText(s).line())
	}
}

// passages returns those of some passages that there are.
func passages(ps ...evidence.Passage) []evidence.Passage {
	var out []evidence.Passage
	for _, p := range ps {
		if p.Text != "" {
			out = append(out, p)
		}
	}
	return out
}

// item returns the JSON pointer of the i-th of a list.
func item(list string, i int) string { return list + "/" + strconv.Itoa(i) }

// sentence joins the parts that there are into a line: each ends with a full stop.
func sentence(parts ...string) string {
	var b strings.Builder
	for _, p := range parts {
		if p == "" {
			continue
		}
		if b.Len() > 0 {
			b.WriteByte(' ')
		}
		b.WriteString(p)
		if !strings.HasSuffix(p, ".") && !strings.HasSuffix(p, "?") && !strings.HasSuffix(p, "!") {
			b.WriteByte('.')
		}
	}
	return b.String()
}

// joined returns texts on one line with a separator between them, without empty ones.
func joined(sep string, texts ...ctText) string {
	var out []string
	for _, t := range texts {
		if s := t.line(); s != "" {
			out = append(out, s)
		}
	}
	return strings.Join(out, sep)
}
