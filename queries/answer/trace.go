package answer

import (
	"fmt"
	"io"
	"strings"

	"github.com/picograph/picograph/graph/evidence"
	"github.com/picograph/picograph/queries"
)

// WriteTrace writes where a row of an answer stands, as text: for each passage its document and bytes, the sentence
// with the row's numbers marked, and what stands around it.
func WriteTrace(w io.Writer, t *queries.Trace, o Options) error {
	if o.Width <= 0 {
		o.Width = 80
	}
	p := &page{Options: o}
	p.para(p.dim(fmt.Sprintf("Row %d: %s", t.Row, t.What)), "")
	if len(t.Places) == 0 {
		p.para("No passage is kept for this row: it says what is not reported.", "")
	}
	for _, pl := range t.Places {
		p.blank()
		head := fmt.Sprintf("%s, bytes %d to %d", evidence.Printable(pl.Document), pl.Passage.Start, pl.Passage.End)
		if pl.Passage.Section != "" {
			head += ", " + pl.Passage.Section
		}
		p.para(p.head(head), "")
		if at := pl.Passage.Source; at.End > 0 {
			from := fmt.Sprintf("in the file: bytes %d to %d", at.Start, at.End)
			if pl.Passage.Pointer != "" {
				from += ", " + pl.Passage.Pointer
			}
			p.para(p.dim(from), "    ")
		}
		if pl.Past {
			p.para("as it was answered: the document was changed or taken out of the graph since", "    ")
		}
		if pl.Before != "" {
			p.para(p.dim(pl.Before), "    ")
		}
		p.para(p.marked(pl), "  > ")
		if pl.After != "" {
			p.para(p.dim(pl.After), "    ")
		}
	}
	return p.flush(w)
}

// marked returns a passage with its numbers marked: in color, else in brackets.
func (p *page) marked(pl queries.Place) string {
	var b strings.Builder
	at := 0
	text := pl.Passage.Text
	for _, m := range pl.Marks {
		if m.Start < at || m.End > len(text) {
			continue
		}
		b.WriteString(text[at:m.Start])
		if p.Color {
			b.WriteString(p.bold(text[m.Start:m.End]))
		} else {
			b.WriteString("[" + text[m.Start:m.End] + "]")
		}
		at = m.End
	}
	b.WriteString(text[at:])
	return b.String()
}
