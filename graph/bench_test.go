package graph

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"testing"
	"time"

	"github.com/cayleygraph/quad"

	"github.com/picograph/picograph/graph/evidence"
	"github.com/picograph/picograph/graph/store"
	"github.com/picograph/picograph/graph/synth"
)

// The benchmarks work on a graph of made-up studies, which is made once and left in the folder for the next run.
var (
	studies = flag.Int("studies", 10000, "how many studies the benchmarks' graph has")
	keep    = flag.String("keep", "", "a folder for the benchmarks' graph, to use it again")
)

// benchGraph returns the path of a graph of so many studies.
func benchGraph(b *testing.B) string {
	b.Helper()
	dir := *keep
	if dir == "" {
		dir = filepath.Join(os.TempDir(), "picograph-bench")
	}
	if err := os.MkdirAll(dir, 0o777); err != nil {
		b.Fatal(err)
	}
	path := filepath.Join(dir, fmt.Sprintf("%d.db", *studies))
	if _, err := Open(b.Context(), path, Options{ReadOnly: true}); err == nil {
		return path
	}
	_ = os.Remove(path)
	load(b, path)
	return path
}

// load loads so many studies, and reports how that went.
func load(b *testing.B, path string) *Graph {
	b.Helper()
	v := words(b)
	s := synth.New(1, v)
	g := open(b, path, Options{Vocab: v})
	w, err := g.Begin(b.Context())
	if err != nil {
		b.Fatal(err)
	}
	defer w.Rollback()
	in := w.Intake()
	making := time.Duration(0)
	start := time.Now()
	for i := 0; i < *studies; {
		began := time.Now()
		var docs []*evidence.Document
		for ; i < *studies && len(docs) < 500; i++ {
			docs = append(docs, s.Document(i))
		}
		making += time.Since(began)
		for _, d := range docs {
			if err := in.Put(d); err != nil {
				b.Fatal(err)
			}
		}
		if err := in.Finish(); err != nil {
			b.Fatal(err)
		}
	}
	if err := w.Commit(b.Context()); err != nil {
		b.Fatal(err)
	}
	took := time.Since(start) - making
	quads := float64(g.now.Load().Len())
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	b.ReportMetric(quads, "quads")
	b.ReportMetric(quads/took.Seconds(), "quads/s")
	_, bytes, err := g.now.Load().Check(b.Context())
	if err != nil {
		b.Fatal(err)
	}
	b.ReportMetric(float64(bytes)/quads, "bytes/quad")
	b.ReportMetric(float64(m.Sys)/(1<<20), "MB-memory")
	return g
}

// BenchmarkLoad loads documents into a new graph: encoding, storing, joining, writing.
func BenchmarkLoad(b *testing.B) {
	for b.Loop() {
		load(b, filepath.Join(b.TempDir(), "g.db"))
	}
}

// BenchmarkStore stores quads that were encoded before, as the figures of other engines do.
func BenchmarkStore(b *testing.B) {
	v := words(b)
	s := synth.New(1, v)
	type labelled struct {
		id string
		of []quad.Quad
	}
	var all []labelled
	for i := range min(*studies, 20000) {
		d := s.Document(i)
		id := documentID(d)
		quads, _, err := encode(id, d, []source{{Path: d.Source, SHA256: d.SHA256, Format: d.Format}}, v)
		if err != nil {
			b.Fatal(err)
		}
		all = append(all, labelled{id, quads})
	}
	for b.Loop() {
		s, err := store.Open(filepath.Join(b.TempDir(), "g.db"), false, store.Options{})
		if err != nil {
			b.Fatal(err)
		}
		start := time.Now()
		tx, err := s.Begin()
		if err != nil {
			b.Fatal(err)
		}
		for _, l := range all {
			if err := tx.Replace(l.of[0].Label, l.of); err != nil {
				b.Fatal(err)
			}
		}
		if err := tx.Commit(b.Context()); err != nil {
			b.Fatal(err)
		}
		b.ReportMetric(float64(s.Now().Len())/time.Since(start).Seconds(), "quads/s")
		b.ReportMetric(float64(s.Now().Bytes())/float64(s.Now().Len()), "bytes/quad")
		_ = s.Close()
	}
}

func BenchmarkOpen(b *testing.B) {
	path := benchGraph(b)
	for b.Loop() {
		g, err := Open(b.Context(), path, Options{ReadOnly: true})
		if err != nil {
			b.Fatal(err)
		}
		_ = g.Close()
	}
}

// BenchmarkReplaceOne replaces a document by another version of itself: what it was goes, what it is comes.
func BenchmarkReplaceOne(b *testing.B) {
	path := benchGraph(b)
	v := words(b)
	g, s := open(b, path, Options{Vocab: v}), synth.New(1, v)
	n := 0
	worst := time.Duration(0)
	for b.Loop() {
		n++
		d := s.Document(n * 7919 % *studies)
		d.Text += fmt.Sprint(" ", time.Now().UnixNano())
		start := time.Now()
		put(b, g, d)
		worst = max(worst, time.Since(start))
	}
	b.ReportMetric(float64(worst.Microseconds())/1000, "worst-ms")
}

// BenchmarkWalks asks what questions ask the graph: from a cold cache, and again.
func BenchmarkWalks(b *testing.B) {
	path := benchGraph(b)
	ctx := b.Context()
	for _, walk := range []struct {
		name string
		f    func(g *Graph) error
	}{
		{"count of an outcome", func(g *Graph) error { _, err := g.Count(ctx, ByOutcome, "opioid_dose"); return err }},
		{"findings of an outcome", func(g *Graph) error { _, err := g.Findings(ctx, ByOutcome, "opioid_dose"); return err }},
		{"findings of a condition", func(g *Graph) error { _, err := g.Findings(ctx, ByCondition, "long_term_opioid_therapy"); return err }},
		{"100 findings with their studies", func(g *Graph) error { return someFindings(b, g, 100) }},
		{"name", func(g *Graph) error { _, err := g.Lookup(ctx, "NCT01000042"); return err }},
		{"names with a prefix", func(g *Graph) error { _, err := g.NamesWithPrefix(ctx, "ander", 20); return err }},
		{"stats", func(g *Graph) error { _, err := g.Stats(ctx); return err }},
	} {
		b.Run(walk.name+"/cold", func(b *testing.B) {
			for b.Loop() {
				g := open(b, path, Options{ReadOnly: true})
				if err := walk.f(g); err != nil {
					b.Fatal(err)
				}
				_ = g.Close()
			}
		})
		b.Run(walk.name+"/warm", func(b *testing.B) {
			g := open(b, path, Options{ReadOnly: true})
			for b.Loop() {
				if err := walk.f(g); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

func someFindings(b *testing.B, g *Graph, n int) error {
	ids, err := g.Findings(b.Context(), ByOutcome, "opioid_dose")
	if err != nil {
		return err
	}
	for _, id := range ids[:min(n, len(ids))] {
		f, err := g.Finding(b.Context(), id)
		if err != nil {
			return err
		}
		if _, err := g.Study(b.Context(), f.StudyID); err != nil {
			return err
		}
	}
	return nil
}

// BenchmarkDecode turns the quads of a document back.
func BenchmarkDecode(b *testing.B) {
	v := words(b)
	d := synth.New(1, v).Document(3)
	quads, _, err := encode(documentID(d), d, []source{{Path: "x"}}, v)
	if err != nil {
		b.Fatal(err)
	}
	var doc *evidence.Document
	for b.Loop() {
		s, err := decode(quads)
		if err != nil {
			b.Fatal(err)
		}
		doc = s.doc
	}
	b.ReportMetric(float64(len(quads)), "quads")
	_ = doc
}
