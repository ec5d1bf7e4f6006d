package export

import (
	"bufio"
	"bytes"
	"context"
	"encoding/xml"
	"io"

	"github.com/picograph/picograph/graph"
)

// graphml writes a view as GraphML 1.0, for yEd, Gephi, Cytoscape, igraph and networkx.
func graphml(ctx context.Context, w io.Writer, g *graph.Graph, r Request) error {
	p, err := newFlow(ctx, g, r)
	if err != nil {
		return err
	}
	defer p.close()
	x := &tagger{bufio.NewWriter(w)}
	x.put(xml.Header + `<graphml xmlns="http://graphml.graphdrawing.org/xmlns">` + "\n")
	x.put("  <desc>")
	if err := p.about.joined("\n", func(s string) { x.put(escaped(s)) }); err != nil {
		return err
	}
	x.put("</desc>\n")
	for _, of := range []string{"node", "edge"} { // not "all", which igraph does not take up
		for _, a := range attributes() {
			typ := a.typ
			if typ == "integer" {
				typ = "int"
			}
			x.put(`  <key id="` + of + "_" + a.name + `" for="` + of + `" attr.name="` + a.name + `" attr.type="` + typ + `"/>` + "\n")
		}
	}
	x.put(`  <graph id="` + string(p.view) + `" edgedefault="directed">` + "\n")
	err = p.eachNode(func(n node) error {
		x.put(`    <node id="` + escaped(n.id) + `">` + "\n")
		x.data("node", n.facts)
		x.put("    </node>\n")
		return ctx.Err()
	})
	if err != nil {
		return err
	}
	err = p.eachEdge(func(e edge) error {
		x.put(`    <edge id="` + e.id + `" source="` + escaped(e.source) + `" target="` + escaped(e.target) + `">` + "\n")
		x.data("edge", e.facts)
		x.put("    </edge>\n")
		return ctx.Err()
	})
	if err != nil {
		return err
	}
	x.put("  </graph>\n</graphml>\n")
	return x.out.Flush()
}

// tagger writes XML. Errors of writing stay in out until it is flushed.
type tagger struct{ out *bufio.Writer }

func (x *tagger) put(s string) { _, _ = x.out.WriteString(s) }

func (x *tagger) data(of string, f facts) {
	for a, v := range f.all {
		x.put(`      <data key="` + of + "_" + a.name + `">` + escaped(v) + "</data>\n")
	}
}

// escaped returns text as XML has it; a character that XML cannot hold becomes U+FFFD.
func escaped(s string) string {
	var b bytes.Buffer
	_ = xml.EscapeText(&b, []byte(s)) // a buffer takes everything
	return b.String()
}
