package queries

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/picograph/picograph/graph/evidence"
)

// Trace is where a row of an answer stands: every passage behind it, in its document, with its neighbours.
type Trace struct {
	Row    int     `json:"row"`
	What   string  `json:"what"` // the row in one line
	Places []Place `json:"places"`
}

// Place is one passage in its document.
type Place struct {
	Document string           `json:"document"` // its source, as loaded
	Finding  string           `json:"finding,omitempty"`
	Passage  evidence.Passage `json:"passage"`
	Before   string           `json:"before"` // the text just before the passage, from the start of a sentence or line
	After    string           `json:"after"`
	Marks    []Mark           `json:"marks"`          // the numbers of the row that stand in the passage
	Past     bool             `json:"past,omitempty"` // the graph no longer has it there: the document was changed or taken out since the answer
}

// Mark is a stretch of a passage's text: byte offsets into Passage.Text, End exclusive.
type Mark struct {
	Start int `json:"start"`
	End   int `json:"end"`
}

// ErrNoRow is returned for a number that no row of the answer has.
var ErrNoRow = errors.New("no such row")

// Why returns where row n of an answer stands. Rows are numbered from 1 through all sections, then near misses.
func (e *Engine) Why(ctx context.Context, a *Answer, n int) (*Trace, error) {
	row, miss := a.row(n)
	var findings []Finding
	var passages []Located
	var numbers []string
	t := &Trace{Row: n}
	switch {
	case row != nil:
		findings, passages = row.Findings, row.Passages
		numbers = firstNumber.FindAllString(strings.Join(row.Cells, " "), -1)
		t.What = strings.Join(slices.DeleteFunc(slices.Clone(row.Cells), func(c string) bool { return c == "" }), " | ")
	case miss != nil:
		findings, passages, t.What = miss.Findings, miss.Passages, miss.What+" ("+miss.Why+")"
	default:
		return nil, fmt.Errorf("%w: %d; the answer has rows 1 to %d", ErrNoRow, n, a.RowCount()+len(a.Near))
	}
	docs, err := e.Graph.Documents(ctx)
	if err != nil {
		return nil, fmt.Errorf("reading the documents: %w", err)
	}
	p := &placer{e: e, ids: map[string]string{}, texts: map[string]string{}, origins: map[string]*evidence.Origin{}}
	for _, d := range docs {
		for _, source := range append([]string{d.Source}, d.Sources...) {
			p.ids[source] = d.ID
		}
	}
	for _, f := range findings {
		for _, x := range f.Passages {
			if err := p.place(ctx, t, Place{Document: f.Document, Finding: f.ID, Passage: x}, numbersOf(f.Finding)); err != nil {
				return nil, err
			}
		}
	}
	for _, l := range passages {
		if err := p.place(ctx, t, Place{Document: l.Document, Passage: l.Passage}, numbers); err != nil {
			return nil, err
		}
	}
	return t, nil
}

// placer finds passages in the texts of their documents, each of which it reads once.
type placer struct {
	e       *Engine
	ids     map[string]string // of documents, by their sources
	texts   map[string]string
	origins map[string]*evidence.Origin
}

// place adds a place to a trace, unless that has it: with what stands before and after it in the document, where its passage stands there.
func (p *placer) place(ctx context.Context, t *Trace, at Place, numbers []string) (err error) {
	id := p.ids[at.Document]
	text, ok := p.texts[id]
	if !ok && id != "" {
		if text, err = p.e.Graph.Text(ctx, id); err != nil {
			return fmt.Errorf("reading the text of %s: %w", at.Document, err)
		}
		p.texts[id] = text
	}
	origin, ok := p.origins[at.Document]
	if !ok && id != "" {
		if origin, err = p.e.Graph.Origin(ctx, id, at.Document); err != nil {
			return fmt.Errorf("reading where %s stands: %w", at.Document, err)
		}
		p.origins[at.Document] = origin
	}
	x := at.Passage
	if slices.ContainsFunc(t.Places, func(have Place) bool {
		return have.Document == at.Document && have.Passage.Start == x.Start && have.Passage.End == x.End
	}) {
		return nil
	}
	at.Marks = marks(x.Text, numbers)
	if x.Start <= x.End && x.End <= len(text) && text[x.Start:x.End] == x.Text {
		at.Passage.Source, _ = origin.Place(x.Start, x.End)
		at.Before, at.After = contextBefore(text[:x.Start]), contextAfter(text[x.End:])
	} else {
		at.Past = true
	}
	t.Places = append(t.Places, at)
	return nil
}

// contextLength is how many bytes of a document are shown on each side of a passage.
const contextLength = 240

func contextBefore(s string) string {
	if len(s) > contextLength {
		s = s[len(s)-contextLength:]
		for len(s) > 0 && s[0]&0xC0 == 0x80 {
			s = s[1:]
		}
		if i := strings.Index(s, ". "); i >= 0 && i < len(s)/2 {
			s = s[i+2:]
		} else if i := strings.IndexByte(s, ' '); i >= 0 {
			s = "… " + s[i+1:]
		}
	}
	return strings.Join(strings.Fields(s), " ")
}

func contextAfter(s string) string {
	if len(s) > contextLength {
		s = s[:contextLength]
		for len(s) > 0 && s[len(s)-1]&0xC0 == 0x80 {
			s = s[:len(s)-1]
		}
		if i := strings.LastIndexByte(s, ' '); i >= 0 {
			s = s[:i] + " …"
		}
	}
	return strings.Join(strings.Fields(s), " ")
}

// numbersOf returns the printed numbers of a finding.
func numbersOf(f evidence.Finding) []string {
	var out []string
	for _, e := range f.Estimates {
		out = append(out, e.Printed)
		for _, m := range []*evidence.Moment{e.Before, e.After} {
			if m != nil {
				out = append(out, string(m.Mean), string(m.SD))
			}
		}
		out = append(out, string(e.Value), string(e.Events), string(e.Total), string(e.Percent), string(e.Mean), string(e.SD), string(e.Median))
		if e.CI != nil {
			out = append(out, string(e.CI.Low), string(e.CI.High))
		}
	}
	return append(out, f.P.Printed)
}

// marks finds numbers in a text: each as a whole number, in order, overlaps joined.
func marks(text string, numbers []string) []Mark {
	out := []Mark{}
	for _, n := range numbers {
		if n == "" {
			continue
		}
		for _, form := range []string{n, strings.TrimPrefix(n, "-"), strings.Replace(n, "0.", ".", 1)} {
			found := false
			for from := 0; form != ""; {
				i := strings.Index(text[from:], form)
				if i < 0 {
					break
				}
				start, end := from+i, from+i+len(form)
				from = end
				if (start > 0 && numeric(text[start-1]) && digit(form[0])) || (end < len(text) && digit(text[end]) && digit(form[len(form)-1])) || end+1 < len(text) && text[end] == '.' && digit(text[end+1]) && digit(form[len(form)-1]) {
					continue
				}
				out, found = append(out, Mark{start, end}), true
			}
			if found {
				break
			}
		}
	}
	slices.SortFunc(out, func(a, b Mark) int {
		if a.Start != b.Start {
			return a.Start - b.Start
		}
		return b.End - a.End
	})
	joined := out[:0]
	for _, m := range out {
		if n := len(joined); n > 0 && m.Start < joined[n-1].End {
			joined[n-1].End = max(joined[n-1].End, m.End)
			continue
		}
		joined = append(joined, m)
	}
	return joined
}

func numeric(c byte) bool { return digit(c) || c == '.' }

// ExplainText tells how an answer came about: what each word was used for, what names were resolved to, and the plan
// with the number of findings after each step.
func (a *Answer) ExplainText() string {
	var b strings.Builder
	e := a.Explain
	if e == nil {
		return ""
	}
	fmt.Fprintf(&b, "query:   %s\n", a.Query)
	if len(e.Words) > 0 {
		b.WriteString("words:\n")
		for _, w := range e.Words {
			fmt.Fprintf(&b, "  %-28s %s\n", w.Words, w.As)
		}
	}
	if len(e.Names) > 0 {
		b.WriteString("names:\n")
		for _, n := range e.Names {
			to := strings.Join(n.To, ", ")
			if to == "" {
				to = "-"
			}
			fmt.Fprintf(&b, "  %-28s %s: %s (%s)\n", n.Name, n.As, to, n.How)
		}
	}
	if len(e.Plan) > 0 {
		b.WriteString("plan:\n")
		for _, s := range e.Plan {
			fmt.Fprintf(&b, "  %6d  %s\n", s.Count, s.Do)
		}
	}
	return b.String()
}
