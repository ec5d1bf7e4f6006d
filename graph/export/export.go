// Package export writes a graph, or a part of it, in formats that other programs read. There is one file for each
// format and one line for it in the table below. The package knows nothing of questions: what was asked is a text that it
// passes on.
package export

import (
	"context"
	"fmt"
	"io"
	"strings"

	"github.com/picograph/picograph/graph"
)

// Format is one way of writing a graph. Does says in a line what it is good for.
type Format struct {
	Name  string
	Does  string
	write func(ctx context.Context, w io.Writer, g *graph.Graph, r Request) error
}

// Request says what of a graph is written, and for what.
type Request struct {
	Only     *graph.Selection // nil for the whole graph
	Question string           // that the part answers; may be empty
}

// Formats returns the formats in the order in which help shows them.
func Formats() []Format {
	return []Format{
		{"nquads", "RDF N-Quads, sorted: for other graph tools; the whole graph can be opened again", nquads},
		{"ntriples", "RDF N-Triples, sorted: the same without saying which document each statement is from", ntriples},
		{"turtle", "RDF Turtle, with prefixes: the same to be read by people too", turtle},
		{"trig", "RDF TriG: Turtle with each statement in the graph of its document", trig},
		{"jsonld", "JSON-LD 1.1 with its context: RDF for programs that read JSON", jsonld},
		{"dot", "a drawing for Graphviz: studies with their arms, findings and outcomes", dot},
	}
}

// Write writes the graph in the format of that name, or the part of it that was requested. An unknown name is an error
// that lists the known ones.
func Write(ctx context.Context, w io.Writer, g *graph.Graph, format string, r Request) error {
	var known []string
	for _, f := range Formats() {
		if f.Name == format {
			return f.write(ctx, w, g, r)
		}
		known = append(known, f.Name)
	}
	return fmt.Errorf("unknown export format %q: known are %s", format, strings.Join(known, ", "))
}
