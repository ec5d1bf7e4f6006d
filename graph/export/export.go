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
	write func(ctx context.Context, w io.Writer, g *graph.Graph, r Request) error // nil where it is a folder
	files func(ctx context.Context, create Create, g *graph.Graph, r Request) error
}

// Folder reports whether the format is several files in a folder.
func (f Format) Folder() bool { return f.files != nil }

// Create makes a file of a folder: its name has slashes and no dots that lead elsewhere, write writes what is in it.
type Create func(name string, write func(io.Writer) error) error

// Request says what of a graph is written, and for what.
type Request struct {
	Only     *graph.Selection       // nil for the whole graph
	Question string                 // that the part answers; may be empty
	Query    string                 // the same in the canonical language; may be empty
	View     View                   // of the property-graph formats; Full where empty
	Figures  []Figure               // plots of the same answer, for a page to show
	Progress func(n int, of string) // is told how far it is; may be nil
	Vocab    *vocab.Vocabulary      // tells the scale of a measure; may be nil
}

// Figure is a plot as SVG that can stand within a page: no scripts, styles, identifiers or addresses. What is of a finding is
// a group of class mark whose data-finding names it.
type Figure struct {
	Title string
	SVG   []byte
}

// Formats returns the formats in the order in which help shows them.
func Formats() []Format {
	return []Format{
		{"nquads", "RDF N-Quads, sorted: for other graph tools; the whole graph can be opened again", false, nquads, nil},
		{"ntriples", "RDF N-Triples, sorted: the same without saying which document each statement is from", false, ntriples, nil},
		{"turtle", "RDF Turtle, with prefixes: the same to be read by people too", false, turtle, nil},
		{"trig", "RDF TriG: Turtle with each statement in the graph of its document", false, trig, nil},
		{"jsonld", "JSON-LD 1.1 with its context: RDF for programs that read JSON", false, jsonld, nil},
		{"graphml", "GraphML with typed attributes: for yEd, Cytoscape, igraph, networkx", true, graphml, nil},
		{"html", "a page to look at and explore: search, filters, the sentence behind each finding, a table", true, page, nil},
		{"gexf", "GEXF 1.3, coloured by kind: for Gephi and sigma.js", true, gexf, nil},
		{"cyjs", "Cytoscape JSON: for Cytoscape and cytoscape.js", true, cyjs, nil},
		{"nodelink", "node-link JSON: for networkx and D3", true, nodelink, nil},
		{"gml", "Graph Modelling Language, in ASCII: for older programs", true, gml, nil},
		{"mermaid", "a flowchart for Markdown pages, of small parts only", true, mermaid, nil},
		{"csv", "a folder with the tables nodes.csv and edges.csv", true, nil, csvPair},
		{"neo4j", "the same two tables with the headers that neo4j-admin imports", true, nil, neo4j},
		{"obsidian", "a folder of Markdown notes with wikilinks, for Obsidian", true, nil, obsidian},
		{"evidence", "the findings as a CSV table with the columns of metafor's escalc: for meta-analysis", false, evidenceTable, nil},
		{"ris", "the references behind it, for reference managers", false, ris, nil},
		{"bibtex", "the references for BibTeX and biber", false, bibtex, nil},
		{"csljson", "the references for citation processors such as Zotero and pandoc", false, csljson, nil},
		{"dot", "a drawing for Graphviz: studies with their arms, findings and outcomes", false, dot, nil},
	}
}

// Write writes the graph in the format of that name, or the part of it that was requested. An unknown name, and a format
// that is a folder, are errors.
func Write(ctx context.Context, w io.Writer, g *graph.Graph, format string, r Request) error {
	f, err := find(format, r.View)
	if err != nil {
		return err
	}
	if f.Folder() {
		return fmt.Errorf("%s is written to a folder: name one", format)
	}
	return f.write(ctx, w, g, r)
}

// WriteFolder is Write for the formats that are folders; create is called for one file after the other.
func WriteFolder(ctx context.Context, create Create, g *graph.Graph, format string, r Request) error {
	f, err := find(format, r.View)
	if err != nil {
		return err
	}
	if !f.Folder() {
		return fmt.Errorf("%s is a single file and no folder", format)
	}
	return f.files(ctx, create, g, r)
}

// IsFolder reports whether there is a format of that name that is a folder.
func IsFolder(format string) bool {
	f, err := find(format, "")
	return err == nil && f.Folder()
}

// Shows returns an error unless there is a format of that name that has that view, or none is named.
func Shows(format string, v View) error {
	_, err := find(format, v)
	return err
}

// find returns the format of a name, if it can show a view. The errors list the formats that there are.
func find(format string, v View) (Format, error) {
	if err := v.Known(); err != nil {
		return Format{}, err
	}
	var known, viewing []string
	var found Format
	for _, f := range Formats() {
		if f.Name == format {
			found = f
		}
		if f.Views {
			viewing = append(viewing, f.Name)
		}
		known = append(known, f.Name)
	}
	switch {
	case found.Name == "":
		return found, fmt.Errorf("unknown export format %q: known are %s", format, strings.Join(known, ", "))
	case v != "" && !found.Views:
		return found, fmt.Errorf("%s has no views: those that have are %s", format, strings.Join(viewing, ", "))
	}
	return found, nil
}
