package export

import (
	"bufio"
	"context"
	"io"
	"strings"

	"github.com/picograph/picograph/graph"
)

// turtle writes the triples under their subjects.
func turtle(ctx context.Context, w io.Writer, g *graph.Graph, r Request) error {
	return writeTurtle(ctx, w, g, r, false)
}

// trig writes the same within the graphs that the statements are of: the document that says so, or what was joined. A
// graph that is left and met again is opened again, so that nothing has to be kept in memory.
func trig(ctx context.Context, w io.Writer, g *graph.Graph, r Request) error {
	return writeTurtle(ctx, w, g, r, true)
}

func writeTurtle(ctx context.Context, w io.Writer, g *graph.Graph, r Request, named bool) error {
	t := &turtler{out: bufio.NewWriter(w), named: named}
	if err := comments(ctx, t.out, g, r); err != nil {
		return err
	}
	for _, p := range graph.Prefixes() {
		t.put("@prefix " + p.Name + ": <" + p.IRI + "> .\n")
	}
	for s, err := range statements(ctx, g, r) {
		if err != nil {
			return err
		}
		t.add(s)
	}
	t.close()
	return t.out.Flush()
}

// turtler writes statements that come in order. Errors of writing stay in out until it is flushed.
type turtler struct {
	out   *bufio.Writer
	named bool      // whether graphs are told apart
	last  statement // its terms only
	open  bool      // whether a subject is open
}

func (t *turtler) put(s string) { _, _ = t.out.WriteString(s) }

func (t *turtler) add(s statement) {
	s.line = nil
	if !t.named {
		s.graph = ""
	}
	l := t.last
	switch {
	case !t.open || s.graph != l.graph:
		t.close()
		if s.graph != "" {
			t.put("\n" + turtleTerm(s.graph) + " {")
		}
		t.begin(s)
	case s.subject != l.subject:
		t.put(" .\n")
		t.begin(s)
	case s.predicate != l.predicate:
		t.put(" ;\n  " + turtlePredicate(s.predicate) + " " + turtleTerm(s.object))
	case s.object != l.object:
		t.put(" , " + turtleTerm(s.object))
	}
	t.last, t.open = s, true
}

func (t *turtler) begin(s statement) {
	t.put("\n" + turtleTerm(s.subject) + "\n  " + turtlePredicate(s.predicate) + " " + turtleTerm(s.object))
}

// close ends the subject and the graph that are open.
func (t *turtler) close() {
	if !t.open {
		return
	}
	t.put(" .\n")
	if t.last.graph != "" {
		t.put("}\n")
	}
	t.open = false
}

func turtlePredicate(p string) string {
	if p == rdfType {
		return "a"
	}
	return turtleTerm(p)
}

// turtleTerm returns a term with prefixes. The literals of canonical N-Quads are Turtle as they are.
func turtleTerm(term string) string {
	if strings.HasPrefix(term, "<") {
		if short, ok := shortened(term); ok {
			return short
		}
		return term
	}
	if i := strings.LastIndexByte(term, '"'); i >= 0 && strings.HasPrefix(term[i+1:], "^^") {
		return term[:i+3] + turtleTerm(term[i+3:])
	}
	return term
}
