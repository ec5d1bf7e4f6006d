package export

import (
	"bufio"
	"context"
	"io"

	"github.com/picograph/picograph/graph"
)

// nquads writes the quads in canonical order. A part has no first and last comment: it is no graph to be opened.
func nquads(ctx context.Context, w io.Writer, g *graph.Graph, only *graph.Selection) error {
	if only == nil {
		return g.WriteNQuads(ctx, w)
	}
	b := bufio.NewWriter(w)
	var line []byte
	for q, err := range g.Part(ctx, *only) {
		if err != nil {
			return err
		}
		line = append(graph.AppendNQuad(line[:0], q), '\n')
		if _, err := b.Write(line); err != nil {
			return err
		}
	}
	return b.Flush()
}
