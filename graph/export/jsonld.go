package export

import (
	"bufio"
	"context"
	"encoding/json"
	"io"
	"strings"

	"github.com/picograph/picograph/graph"
)

// jsonld writes one object for each run of statements with one subject, within an object for their graph. A value is
// written with its type and the digits it was printed with, never as a JSON number. What the export is of stands in a
// member that the context says is no data.
func jsonld(ctx context.Context, w io.Writer, g *graph.Graph, r Request) error {
	p, err := newPreface(ctx, g, r)
	if err != nil {
		return err
	}
	defer p.close()
	l := &linker{out: bufio.NewWriter(w)}
	l.put(`{"@context":{"@version":1.1,"picograph":null`)
	for _, p := range graph.Prefixes() {
		l.put("," + quoted(p.Name) + `:{"@id":` + quoted(p.IRI) + `,"@prefix":true}`)
	}
	l.put("},\n\"picograph\":")
	if err := p.json(l.put); err != nil {
		return err
	}
	l.put(",\n\"@graph\":[")
	for s, err := range statements(ctx, g, r) {
		if err != nil {
			return err
		}
		l.add(s)
	}
	l.close(level0)
	l.put("\n]}\n")
	return l.out.Flush()
}

// linker writes statements that come in order as nested objects. Errors of writing stay in out until it is flushed.
type linker struct {
	out  *bufio.Writer
	last statement // its terms only
	open level     // how deep the objects are open
	more bool      // whether a graph was written before
}

// level is how deep the objects of JSON-LD are open.
type level int

const (
	level0         level = iota
	levelGraph           // within a graph
	levelSubject         // within a node
	levelPredicate       // within the values of a property
)

func (l *linker) put(s string) { _, _ = l.out.WriteString(s) }

func (l *linker) add(s statement) {
	s.line = nil
	old := l.last
	switch {
	case l.open == level0:
	case s.graph != old.graph:
		l.close(level0)
	case s.subject != old.subject:
		l.close(levelGraph)
		l.put(",")
	case s.predicate != old.predicate:
		l.close(levelSubject)
	default:
		l.put(",")
	}
	if l.open == level0 {
		if l.more {
			l.put(",")
		}
		l.put("\n{")
		if s.graph != "" {
			l.put(`"@id":` + quoted(inner(s.graph)) + ",")
		}
		l.put(`"@graph":[`)
		l.open, l.more = levelGraph, true
	}
	if l.open == levelGraph {
		l.put("\n{\"@id\":" + quoted(inner(s.subject)))
		l.open = levelSubject
	}
	if l.open == levelSubject {
		l.put("," + quoted(property(s.predicate)) + ":[")
		l.open = levelPredicate
	}
	l.put(valueOf(s))
	l.last = s
}

// close ends the objects that are open deeper than a level.
func (l *linker) close(to level) {
	for ; l.open > to; l.open-- {
		l.put([]string{levelGraph: "]}", levelSubject: "}", levelPredicate: "]"}[l.open])
	}
}

func property(predicate string) string {
	if predicate == rdfType {
		return "@type"
	}
	short, _ := shortened(predicate)
	return short
}

// valueOf returns the object of a statement as JSON-LD has it.
func valueOf(s statement) string {
	if !strings.HasPrefix(s.object, `"`) {
		if s.predicate == rdfType {
			return quoted(property(s.object))
		}
		return `{"@id":` + quoted(inner(s.object)) + `}`
	}
	text, typ, language := literal(s.object)
	switch {
	case typ != "":
		short, _ := shortened(typ)
		return `{"@value":` + quoted(text) + `,"@type":` + quoted(short) + `}`
	case language != "":
		return `{"@value":` + quoted(text) + `,"@language":` + quoted(language) + `}`
	}
	return quoted(text)
}

// quoted returns a text as JSON has it, safe within a page of HTML too.
func quoted(s string) string {
	b, _ := json.Marshal(s) // a string always can be
	return string(b)
}
