package graph

import (
	"path/filepath"
	"testing"
	"time"

	cayley "github.com/cayleygraph/cayley/graph"
	csql "github.com/cayleygraph/cayley/graph/sql"

	"github.com/picograph/picograph/graph/postgres/pgtest"
	"github.com/picograph/picograph/graph/synth"
)

// BenchmarkLoadBeside loads the same documents into a file, into a database by COPY, and as Cayley's own backend for SQL does: of
// these only a part, since each value and each quad takes a way there and back.
func BenchmarkLoadBeside(b *testing.B) {
	b.Run("file", func(b *testing.B) {
		for b.Loop() {
			load(b, filepath.Join(b.TempDir(), "g.db"))
		}
	})
	b.Run("copy", func(b *testing.B) {
		for b.Loop() {
			load(b, pgtest.Start(b).Database("copy"))
		}
	})
	b.Run("ApplyDeltas", func(b *testing.B) {
		v := words(b)
		var deltas []cayley.Delta
		s := synth.New(1, v)
		for i := range min(*studies, 50) {
			d := s.Document(i)
			quads, _, err := encode(documentID(d), d, []source{{Path: d.Source, SHA256: d.SHA256, Format: d.Format}}, v)
			if err != nil {
				b.Fatal(err)
			}
			for _, q := range quads {
				deltas = append(deltas, cayley.Delta{Quad: q, Action: cayley.Add})
			}
		}
		for b.Loop() {
			place := pgtest.Start(b).Database("deltas")
			if err := csql.Init("postgres", place, nil); err != nil {
				b.Fatal(err)
			}
			qs, err := csql.New("postgres", place, nil)
			if err != nil {
				b.Fatal(err)
			}
			start := time.Now()
			if err := qs.ApplyDeltas(deltas, cayley.IgnoreOpts{IgnoreDup: true}); err != nil {
				b.Fatal(err)
			}
			b.ReportMetric(float64(len(deltas))/time.Since(start).Seconds(), "quads/s")
			_ = qs.Close()
		}
	})
}
