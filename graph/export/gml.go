package export

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"strings"

	"github.com/picograph/picograph/graph"
)

// gml writes a view in the Graph Modelling Language: ASCII, with all else as numbered entities, nodes by number with
// their identifier as the label, which is what readers take as the name.
func gml(ctx context.Context, w io.Writer, g *graph.Graph, r Request) error {
	p, err := newPicture(ctx, g, r)
	if err != nil {
		return err
	}
	defer p.close()
	b := bufio.NewWriter(w)
	put := func(format string, args ...any) { _, _ = fmt.Fprintf(b, format+"\n", args...) }
	var about strings.Builder
	if err := p.about.joined("; ", func(s string) { about.WriteString(s) }); err != nil {
		return err
	}
	put("graph [\n  comment %s\n  directed 1\n  multigraph 1", gmlText(about.String()))
	number := map[string]int{}
	for i, n := range p.nodes {
		number[n.id] = i
		put("  node [\n    id %d\n    label %s", i, gmlText(n.id))
		gmlFacts(put, n.facts)
	}
	for _, e := range p.edges {
		put("  edge [\n    source %d\n    target %d\n    key %s", number[e.source], number[e.target], gmlText(e.id))
		gmlFacts(put, e.facts)
	}
	put("]")
	return b.Flush()
}

// gmlFacts writes the facts and the end of a node or an edge. Keys of GML are letters and digits, and some are taken.
func gmlFacts(put func(string, ...any), f facts) {
	for a, v := range f.all {
		key := strings.ReplaceAll(a.name, "_", "")
		switch a.name {
		case "label":
			key = "name"
		case "source":
			key = "path"
		}
		if a.typ == "string" || a.typ == "boolean" || len(v) > 15 {
			v = gmlText(v)
		}
		put("    %s %s", key, v)
	}
	put("  ]")
}

// gmlText returns a text in quotes. Control characters are left out: no entity may name them.
func gmlText(s string) string {
	var b strings.Builder
	b.WriteByte('"')
	for _, r := range s {
		switch {
		case r == '"':
			b.WriteString("&quot;")
		case r == '&':
			b.WriteString("&amp;")
		case r < ' ', r == 0x7f:
			b.WriteByte(' ')
		case r > 0x7f:
			fmt.Fprintf(&b, "&#%d;", r)
		default:
			b.WriteRune(r)
		}
	}
	b.WriteByte('"')
	return b.String()
}
