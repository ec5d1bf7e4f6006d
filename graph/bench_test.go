package graph

import (
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"testing"

	"github.com/picograph/picograph/graph/evidence"
)

// many returns documents of the shape of the seeds, with different texts.
func many(b *testing.B, n int) []*evidence.Document {
	b.Helper()
	seeds := golds(b)
	r := rand.New(rand.NewPCG(1, 1))
	out := make([]*evidence.Document, n)
	for i := range out {
		d := *seeds[i%len(seeds)]
		d.Source = fmt.Sprintf("%d-%s", i, d.Source)
		d.Text = fmt.Sprintf("%s %d", d.Text, r.Uint64())
		out[i] = &d
	}
	return out
}

func BenchmarkLoad(b *testing.B) {
	docs := many(b, 200)
	quads := 0
	for b.Loop() {
		g := open(b, filepath.Join(b.TempDir(), "g.db"), Options{})
		put(b, g, docs...)
		st, err := g.Stats(b.Context())
		if err != nil {
			b.Fatal(err)
		}
		quads = st.Quads
	}
	b.ReportMetric(float64(quads), "quads")
	b.ReportMetric(float64(quads)*float64(b.N)/b.Elapsed().Seconds(), "quads/s")
}

func BenchmarkOpen(b *testing.B) {
	path := filepath.Join(b.TempDir(), "g.db")
	put(b, open(b, path, Options{}), many(b, 200)...)
	quads := 0
	for b.Loop() {
		g := open(b, path, Options{ReadOnly: true})
		quads = g.now.Load().Len()
	}
	b.ReportMetric(float64(quads)*float64(b.N)/b.Elapsed().Seconds(), "quads/s")
}

func BenchmarkReplaceOne(b *testing.B) {
	docs := many(b, 200)
	g := open(b, filepath.Join(b.TempDir(), "g.db"), Options{})
	put(b, g, docs...)
	i := 0
	for b.Loop() {
		i++
		d := *docs[0]
		d.Text = fmt.Sprint(d.Text, i)
		put(b, g, &d)
	}
}

func BenchmarkLoadAgain(b *testing.B) {
	docs := many(b, 200)
	g := open(b, filepath.Join(b.TempDir(), "g.db"), Options{})
	put(b, g, docs...)
	for b.Loop() {
		put(b, g, docs...)
	}
}

func BenchmarkFindings(b *testing.B) {
	g := open(b, Memory, Options{})
	put(b, g, many(b, 200)...)
	for b.Loop() {
		ids, err := g.Findings(b.Context(), ByOutcome, "opioid_dose")
		if err != nil || len(ids) == 0 {
			b.Fatal(ids, err)
		}
		for _, id := range ids {
			if _, err := g.Finding(b.Context(), id); err != nil {
				b.Fatal(err)
			}
		}
	}
}
