package export

import (
	"bufio"
	"context"
	"io"

	"github.com/picograph/picograph/graph"
)

// nquads writes the quads in canonical order. A part does not begin as a graph does, since it is none to be opened; what
// it is of stands in comments at its end, so that readers who look at the first lines see quads.
func nquads(ctx context.Context, w io.Writer, g *graph.Graph, r Request) error {
	if r.Only == nil {
		return g.WriteNQuads(ctx, w)
	}
	b := bufio.NewWriter(w)
	for s, err := range statements(ctx, g, r) {
		if err != nil {
			return err
		}
		_, _ = b.Write(append(s.line, '\n'))
	}
	if err := comments(ctx, b, g, r); err != nil {
		return err
	}
	return b.Flush()
}

// comments writes the preface in the comments that N-Quads, Turtle and their kin have.
func comments(ctx context.Context, b *bufio.Writer, g *graph.Graph, r Request) error {
	p, err := newPreface(ctx, g, r)
	if err != nil {
		return err
	}
	defer p.close()
	return p.lines(func(l string) { _, _ = b.WriteString("# " + l + "\n") })
}
