package export

import (
	"bufio"
	"cmp"
	"context"
	"encoding/csv"
	"io"
	"strings"

	"github.com/picograph/picograph/graph"
)

// csvPair writes a view as two tables, nodes and edges, and what they are of beside them.
func csvPair(ctx context.Context, create Create, g *graph.Graph, r Request) error {
	p, err := newFlow(ctx, g, r)
	if err != nil {
		return err
	}
	defer p.close()
	return p.tables(ctx, create, []string{"id"}, []string{"id", "source", "target"}, func(a attribute) string { return a.name },
		func(n node) []string { return []string{n.id} },
		func(e edge) []string { return []string{e.id, e.source, e.target} })
}

// neo4j writes the same with the headers that neo4j-admin database import reads.
func neo4j(ctx context.Context, create Create, g *graph.Graph, r Request) error {
	p, err := newFlow(ctx, g, r)
	if err != nil {
		return err
	}
	defer p.close()
	typed := func(a attribute) string {
		return a.name + ":" + map[string]string{"string": "string", "double": "double", "integer": "int", "boolean": "boolean"}[a.typ]
	}
	return p.tables(ctx, create, []string{"id:ID", ":LABEL"}, []string{":START_ID", ":END_ID", ":TYPE"}, typed,
		func(n node) []string {
			kind := n.facts["kind"]
			return []string{n.id, strings.ToUpper(kind[:1]) + kind[1:]}
		},
		func(e edge) []string {
			return []string{e.source, e.target, strings.ToUpper(strings.ReplaceAll(e.facts["kind"], " ", "_"))}
		})
}

// tables writes nodes.csv, edges.csv and about.json. The first columns are given, the attributes follow.
func (f *flow) tables(ctx context.Context, create Create, nodeHead, edgeHead []string, header func(attribute) string, ofNode func(node) []string, ofEdge func(edge) []string) error {
	var names []string
	for _, a := range attributes() {
		if a.name == "source" {
			a.name = "path" // an edge has a source of another meaning
		}
		names = append(names, header(a))
	}
	cells := func(row []string, f facts) []string {
		for _, a := range attributes() {
			row = append(row, f[a.name])
		}
		return row
	}
	if err := create("about.json", func(w io.Writer) error {
		b := bufio.NewWriter(w)
		put := func(s string) { _, _ = b.WriteString(s) }
		err := f.about.json(put)
		put("\n")
		return cmp.Or(err, b.Flush())
	}); err != nil {
		return err
	}
	if err := create("edges.csv", func(w io.Writer) error {
		out := csv.NewWriter(w)
		_ = out.Write(append(edgeHead, names...)) // errors stay in out
		err := f.eachEdge(func(e edge) error { return cmp.Or(out.Write(cells(ofEdge(e), e.facts)), ctx.Err()) })
		out.Flush()
		return cmp.Or(err, out.Error())
	}); err != nil {
		return err
	}
	return create("nodes.csv", func(w io.Writer) error {
		out := csv.NewWriter(w)
		_ = out.Write(append(nodeHead, names...))
		err := f.eachNode(func(n node) error { return cmp.Or(out.Write(cells(ofNode(n), n.facts)), ctx.Err()) })
		out.Flush()
		return cmp.Or(err, out.Error())
	})
}
