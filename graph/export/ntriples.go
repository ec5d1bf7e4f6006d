package export

import (
	"bufio"
	"context"
	"io"

	"github.com/picograph/picograph/graph"
)

// ntriples writes each triple once. Equal triples of several documents follow each other in the canonical order.
func ntriples(ctx context.Context, w io.Writer, g *graph.Graph, r Request) error {
	b := bufio.NewWriter(w)
	last := ""
	for s, err := range statements(ctx, g, r) {
		if err != nil {
			return err
		}
		triple := s.subject + " " + s.predicate + " " + s.object + " .\n"
		if triple != last {
			_, _ = b.WriteString(triple)
		}
		last = triple
	}
	if err := comments(ctx, b, g, r); err != nil {
		return err
	}
	return b.Flush()
}
