package queries

import (
	"context"
	"flag"
	"strings"
	"testing"
	"time"

	"github.com/picograph/picograph/graph"
	"github.com/picograph/picograph/graph/synth"
	"github.com/picograph/picograph/graph/vocab"
)

// The benchmarks ask a graph of made-up studies, as go test ./graph -bench . -keep DIR leaves it in a folder.
var large = flag.String("graph", "", "a graph for the benchmarks of large graphs")

// BenchmarkLarge asks each question of a graph that was just opened, and again of one that stays open.
func BenchmarkLarge(b *testing.B) {
	if *large == "" {
		b.Skip("no -graph is given")
	}
	v, err := vocab.Load()
	if err != nil {
		b.Fatal(err)
	}
	for _, q := range synth.Questions(43) {
		b.Run(q.Name+"/cold", func(b *testing.B) {
			for b.Loop() {
				askLarge(b, v, nil, q.Text)
			}
		})
		b.Run(q.Name+"/warm", func(b *testing.B) {
			g := openLarge(b, v)
			askLarge(b, v, g, q.Text)
			for b.Loop() {
				askLarge(b, v, g, q.Text)
			}
		})
	}
}

func openLarge(b *testing.B, v *vocab.Vocabulary) *graph.Graph {
	b.Helper()
	g, err := graph.Open(b.Context(), *large, graph.Options{ReadOnly: true, Vocab: v})
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { _ = g.Close() })
	return g
}

func askLarge(b *testing.B, v *vocab.Vocabulary, g *graph.Graph, q string) {
	b.Helper()
	if g == nil {
		g = openLarge(b, v)
	}
	ctx, stop := context.WithTimeout(b.Context(), 5*time.Minute)
	defer stop()
	a, err := (&Engine{Graph: g, Vocab: v}).Ask(ctx, q)
	if err != nil {
		b.Fatal(err)
	}
	if a.Status == NotUnderstood || a.Status == UnknownTerm {
		b.Fatalf("%s: %s", q, strings.TrimSpace(a.Text))
	}
	b.ReportMetric(float64(a.RowCount()), "rows")
}
