// Package export writes a graph, or a part of it, in formats that other programs read. There is one file for each
// format and one line for it in the table below. The package knows nothing of questions.
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
	write func(ctx context.Context, w io.Writer, g *graph.Graph, only *graph.Selection) error
}

// Formats returns the formats in the order in which help shows them.
func Formats() []Format {
	return []Format{
		{"nquads", "RDF N-Quads, sorted: for other graph tools; the whole graph can be opened again", nquads},
		{"dot", "a drawing for Graphviz: studies with their arms, findings and outcomes", dot},
	}
}

// Write writes the graph in the format of that name, or the part of it that only selects; only is nil for the whole
// graph. An unknown name is an error that lists the known ones.
func Write(ctx context.Context, w io.Writer, g *graph.Graph, format string, only *graph.Selection) error {
	var known []string
	for _, f := range Formats() {
		if f.Name == format {
			return f.write(ctx, w, g, only)
		}
		known = append(known, f.Name)
	}
	return fmt.Errorf("unknown export format %q: known are %s", format, strings.Join(known, ", "))
}
