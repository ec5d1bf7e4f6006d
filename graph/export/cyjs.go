package export

import (
	"bufio"
	"context"
	"io"

	"github.com/picograph/picograph/graph"
)

// cyjs writes a view as Cytoscape and cytoscape.js read it. A node has its identifier as its value too, which is where
// networkx looks for it.
func cyjs(ctx context.Context, w io.Writer, g *graph.Graph, r Request) error {
	p, err := newFlow(ctx, g, r)
	if err != nil {
		return err
	}
	defer p.close()
	b := bufio.NewWriter(w)
	put := func(s string) { _, _ = b.WriteString(s) }
	put(`{"format_version":"1.0","generated_by":"picograph","directed":true,"multigraph":true,"data":{"name":` + quoted(string(p.view)) + `,"picograph":`)
	if err := p.about.json(put); err != nil {
		return err
	}
	put("},\n\"elements\":{\"nodes\":[")
	next := commas()
	err = p.eachNode(func(n node) error {
		put(next() + `{"data":{"id":` + quoted(n.id) + `,"value":` + quoted(n.id) + n.facts.json(n.facts["label"], "name") + "}}")
		return ctx.Err()
	})
	if err != nil {
		return err
	}
	put("\n],\"edges\":[")
	next = commas()
	err = p.eachEdge(func(e edge) error {
		put(next() + `{"data":{"id":` + quoted(e.id) + `,"key":` + quoted(e.id) + `,"source":` + quoted(e.source) + `,"target":` + quoted(e.target) + e.facts.json(e.facts["kind"], "interaction") + "}}")
		return ctx.Err()
	})
	if err != nil {
		return err
	}
	put("\n]}}\n")
	return b.Flush()
}

// nodelink writes a view as networkx's node-link data, which D3 reads too.
func nodelink(ctx context.Context, w io.Writer, g *graph.Graph, r Request) error {
	p, err := newFlow(ctx, g, r)
	if err != nil {
		return err
	}
	defer p.close()
	b := bufio.NewWriter(w)
	put := func(s string) { _, _ = b.WriteString(s) }
	put(`{"directed":true,"multigraph":true,"graph":{"view":` + quoted(string(p.view)) + `,"picograph":`)
	if err := p.about.json(put); err != nil {
		return err
	}
	put("},\n\"nodes\":[")
	next := commas()
	err = p.eachNode(func(n node) error {
		put(next() + `{"id":` + quoted(n.id) + n.facts.json("", "") + "}")
		return ctx.Err()
	})
	if err != nil {
		return err
	}
	put("\n],\"links\":[")
	next = commas()
	err = p.eachEdge(func(e edge) error {
		put(next() + `{"key":` + quoted(e.id) + `,"source":` + quoted(e.source) + `,"target":` + quoted(e.target) + e.facts.json("", "") + "}")
		return ctx.Err()
	})
	if err != nil {
		return err
	}
	put("\n]}\n")
	return b.Flush()
}

// commas returns what stands before each of a list's members, one after the other.
func commas() func() string {
	before := "\n"
	return func() string {
		this := before
		before = ",\n"
		return this
	}
}

// json returns the facts as members that follow others, numbers with their printed digits. A fact called source would
// take the place of an edge's, so it is written as path. A member can be added in front.
func (f facts) json(value, name string) string {
	s := ""
	if name != "" {
		s = "," + quoted(name) + ":" + quoted(value)
	}
	for a, v := range f.all {
		key := a.name
		if key == "source" {
			key = "path"
		}
		if a.typ == "string" {
			v = quoted(v)
		}
		s += "," + quoted(key) + ":" + v
	}
	return s
}
