package export

import (
	"bufio"
	"context"
	"encoding/json"
	"io"

	"github.com/picograph/picograph/graph"
)

// cyjs writes a view as Cytoscape and cytoscape.js read it. A node has its identifier as its value too, which is where
// networkx looks for it.
func cyjs(ctx context.Context, w io.Writer, g *graph.Graph, r Request) error {
	p, err := newPicture(ctx, g, r)
	if err != nil {
		return err
	}
	b := bufio.NewWriter(w)
	put := func(s string) { _, _ = b.WriteString(s) }
	about, err := json.Marshal(p.about)
	if err != nil {
		return err
	}
	put(`{"format_version":"1.0","generated_by":"picograph","directed":true,"multigraph":true,"data":{"name":` + quoted(string(p.view)) + `,"picograph":` + string(about) + "},\n\"elements\":{\"nodes\":[")
	for i, n := range p.nodes {
		put(comma(i) + `{"data":{"id":` + quoted(n.id) + `,"value":` + quoted(n.id) + n.facts.json(n.facts["label"], "name") + "}}")
	}
	put("\n],\"edges\":[")
	for i, e := range p.edges {
		put(comma(i) + `{"data":{"id":` + quoted(e.id) + `,"key":` + quoted(e.id) + `,"source":` + quoted(e.source) + `,"target":` + quoted(e.target) + e.facts.json(e.facts["kind"], "interaction") + "}}")
	}
	put("\n]}}\n")
	return b.Flush()
}

// nodelink writes a view as networkx's node-link data, which D3 reads too.
func nodelink(ctx context.Context, w io.Writer, g *graph.Graph, r Request) error {
	p, err := newPicture(ctx, g, r)
	if err != nil {
		return err
	}
	b := bufio.NewWriter(w)
	put := func(s string) { _, _ = b.WriteString(s) }
	about, err := json.Marshal(p.about)
	if err != nil {
		return err
	}
	put(`{"directed":true,"multigraph":true,"graph":{"view":` + quoted(string(p.view)) + `,"picograph":` + string(about) + "},\n\"nodes\":[")
	for i, n := range p.nodes {
		put(comma(i) + `{"id":` + quoted(n.id) + n.facts.json("", "") + "}")
	}
	put("\n],\"links\":[")
	for i, e := range p.edges {
		put(comma(i) + `{"key":` + quoted(e.id) + `,"source":` + quoted(e.source) + `,"target":` + quoted(e.target) + e.facts.json("", "") + "}")
	}
	put("\n]}\n")
	return b.Flush()
}

func comma(i int) string {
	if i == 0 {
		return "\n"
	}
	return ",\n"
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
