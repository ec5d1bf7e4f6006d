package export

import (
	"bufio"
	"context"
	"encoding/xml"
	"io"

	"github.com/picograph/picograph/graph"
)

// gexf writes a view as GEXF 1.3, for Gephi and sigma.js. Colours are by kind of node.
func gexf(ctx context.Context, w io.Writer, g *graph.Graph, r Request) error {
	p, err := newFlow(ctx, g, r)
	if err != nil {
		return err
	}
	defer p.close()
	x := &tagger{bufio.NewWriter(w)}
	x.put(xml.Header + `<gexf xmlns="http://gexf.net/1.3" xmlns:viz="http://gexf.net/1.3/viz" version="1.3">` + "\n")
	x.put("  <meta>\n    <creator>picograph</creator>\n    <description>")
	if err := p.about.joined("\n", func(s string) { x.put(escaped(s)) }); err != nil {
		return err
	}
	x.put("</description>\n  </meta>\n")
	x.put(`  <graph defaultedgetype="directed" mode="static">` + "\n")
	for _, class := range []string{"node", "edge"} {
		x.put(`    <attributes class="` + class + `">` + "\n")
		for _, a := range attributes() {
			if a.name != "label" {
				x.put(`      <attribute id="` + a.name + `" title="` + a.name + `" type="` + a.typ + `"/>` + "\n")
			}
		}
		x.put("    </attributes>\n")
	}
	x.put("    <nodes>\n")
	err = p.eachNode(func(n node) error {
		x.put(`      <node id="` + escaped(n.id) + `" label="` + escaped(n.facts["label"]) + `">` + "\n")
		x.values(n.facts)
		x.put("        " + kindColour(n.facts["kind"]) + "\n      </node>\n")
		return ctx.Err()
	})
	if err != nil {
		return err
	}
	x.put("    </nodes>\n    <edges>\n")
	err = p.eachEdge(func(e edge) error {
		x.put(`      <edge id="` + e.id + `" source="` + escaped(e.source) + `" target="` + escaped(e.target) + `" label="` + escaped(e.facts["label"]) + `">` + "\n")
		x.values(e.facts)
		x.put("      </edge>\n")
		return ctx.Err()
	})
	if err != nil {
		return err
	}
	x.put("    </edges>\n  </graph>\n</gexf>\n")
	return x.out.Flush()
}

func (x *tagger) values(f facts) {
	x.put("        <attvalues>\n")
	for a, v := range f.all {
		if a.name != "label" {
			x.put(`          <attvalue for="` + a.name + `" value="` + escaped(v) + `"/>` + "\n")
		}
	}
	x.put("        </attvalues>\n")
}

// kindColour returns the colour of a kind of node, the same as in the drawings for Graphviz.
func kindColour(kind string) string {
	switch kind {
	case "population":
		return `<viz:color r="184" g="134" b="11"/>`
	case "arm", "intervention":
		return `<viz:color r="44" g="95" b="158"/>`
	case "outcome":
		return `<viz:color r="60" g="122" b="54"/>`
	case "finding":
		return `<viz:color r="34" g="34" b="34"/>`
	}
	return `<viz:color r="119" g="119" b="119"/>`
}
