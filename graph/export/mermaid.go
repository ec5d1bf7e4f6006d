package export

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"strings"

	"github.com/picograph/picograph/graph"
)

// mostMermaid is how many edges Mermaid draws unless its page is configured otherwise (maxEdges of its flowcharts).
const mostMermaid = 500

// mermaid writes a view as a flowchart for Markdown pages. One that Mermaid would not draw is an error.
func mermaid(ctx context.Context, w io.Writer, g *graph.Graph, r Request) error {
	p, err := newPicture(ctx, g, r)
	if err != nil {
		return err
	}
	defer p.close()
	if len(p.edges) > mostMermaid {
		return fmt.Errorf("mermaid draws %d edges at most and this view has %d: ask for less with --about, --study or --view network, or take gexf or dot",
			mostMermaid, len(p.edges))
	}
	b := bufio.NewWriter(w)
	put := func(format string, args ...any) { _, _ = fmt.Fprintf(b, format+"\n", args...) }
	err = p.about.lines(func(l string) {
		put("%%%% %s", strings.NewReplacer("{", "(", "}", ")").Replace(l)) // braces in a comment would be a directive
	})
	if err != nil {
		return err
	}
	put("flowchart LR")
	name := map[string]string{}
	for i, n := range p.nodes {
		name[n.id] = fmt.Sprintf("n%d", i+1)
		shape := map[string][2]string{"study": {"[[", "]]"}, "outcome": {"([", "])"}, "population": {"{{", "}}"}, "arm": {"(", ")"}, "intervention": {"(", ")"}}[n.facts["kind"]]
		if shape[0] == "" {
			shape = [2]string{"[", "]"}
		}
		put("  n%d%s\"%s\"%s", i+1, shape[0], mermaidText(n.facts["label"]), shape[1])
	}
	for _, e := range p.edges {
		put("  %s -->|\"%s\"| %s", name[e.source], mermaidText(e.facts["label"]), name[e.target])
	}
	return b.Flush()
}

// mermaidText returns a text for a label in quotes: everything but letters, digits and blanks of ASCII as entities, with
// which no word of Mermaid, Markdown or HTML can arise.
func mermaidText(s string) string {
	var b strings.Builder
	for _, r := range s {
		switch {
		case r < ' ', r == 0x7f:
			b.WriteByte(' ')
		case r == ' ', r > 0x7f, '0' <= r && r <= '9', 'a' <= r && r <= 'z', 'A' <= r && r <= 'Z', strings.ContainsRune(".,:()/-+=%", r):
			b.WriteRune(r)
		default:
			fmt.Fprintf(&b, "#%d;", r)
		}
	}
	return b.String()
}
