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
	"github.com/picograph/picograph/graph/vocab"
)

// Format is one way of writing a graph. Does says in a line what it is good for, Views whether it shows one of the views.
type Format struct {
	Name  string
	Does  string
	Views bool
	write func(ctx context.Context, w io.Writer, g *graph.Graph, r Request) error
}

// Request says what of a graph is written, and for what.
type Request struct {
	Only     *graph.Selection  // nil for the whole graph
	Question string            // that the part answers; may be empty
	View     View              // of the property-graph formats; Full where empty
	Vocab    *vocab.Vocabulary // tells the scale of a measure; may be nil
}

// Formats returns the formats in the order in which help shows them.
func Formats() []Format {
	return []Format{
		{"nquads", "RDF N-Quads, sorted: for other graph tools; the whole graph can be opened again", false, nquads},
		{"ntriples", "RDF N-Triples, sorted: the same without saying which document each statement is from", false, ntriples},
		{"turtle", "RDF Turtle, with prefixes: the same to be read by people too", false, turtle},
		{"trig", "RDF TriG: Turtle with each statement in the graph of its document", false, trig},
		{"jsonld", "JSON-LD 1.1 with its context: RDF for programs that read JSON", false, jsonld},
		{"graphml", "GraphML with typed attributes: for yEd, Cytoscape, igraph, networkx", true, graphml},
		{"gexf", "GEXF 1.3, coloured by kind: for Gephi and sigma.js", true, gexf},
		{"cyjs", "Cytoscape JSON: for Cytoscape and cytoscape.js", true, cyjs},
		{"nodelink", "node-link JSON: for networkx and D3", true, nodelink},
		{"gml", "Graph Modelling Language, in ASCII: for older programs", true, gml},
		{"mermaid", "a flowchart for Markdown pages, of small parts only", true, mermaid},
		{"evidence", "the findings as a CSV table with the columns of metafor's escalc: for meta-analysis", false, evidenceTable},
		{"ris", "the references behind it, for reference managers", false, ris},
		{"bibtex", "the references for BibTeX and biber", false, bibtex},
		{"csljson", "the references for citation processors such as Zotero and pandoc", false, csljson},
		{"dot", "a drawing for Graphviz: studies with their arms, findings and outcomes", false, dot},
	}
}

// Write writes the graph in the format of that name, or the part of it that was requested. An unknown name is an error
// that lists the known ones.
func Write(ctx context.Context, w io.Writer, g *graph.Graph, format string, r Request) error {
	if err := r.View.Known(); err != nil {
		return err
	}
	var known, viewing []string
	for _, f := range Formats() {
		if f.Views {
			viewing = append(viewing, f.Name)
		}
		known = append(known, f.Name)
	}
	for _, f := range Formats() {
		if f.Name != format {
			continue
		}
		if r.View != "" && !f.Views {
			return fmt.Errorf("%s has no views: those that have are %s", format, strings.Join(viewing, ", "))
		}
		return f.write(ctx, w, g, r)
	}
	return fmt.Errorf("unknown export format %q: known are %s", format, strings.Join(known, ", "))
}
