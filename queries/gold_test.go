package queries

import (
	"context"
	"encoding/json"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/picograph/picograph/graph"
	"github.com/picograph/picograph/graph/evidence"
	"github.com/picograph/picograph/graph/vocab"
	"github.com/picograph/picograph/seeds"
)

// goldEngine returns an engine over the seed documents as an expert reader extracts them, so that the answers do not
// depend on how well the loader reads.
func goldEngine(t testing.TB) *Engine {
	t.Helper()
	v, err := vocab.Load()
	if err != nil {
		t.Fatal(err)
	}
	ctx := context.Background()
	g, err := graph.Open(ctx, graph.Memory, graph.Options{Vocab: v})
	if err != nil {
		t.Fatal(err)
	}
	w, err := g.Begin(ctx)
	if err != nil {
		t.Fatal(err)
	}
	paths, err := filepath.Glob("../seeds/testdata/gold/*.json")
	if err != nil || len(paths) == 0 {
		t.Fatalf("no gold documents: %v", err)
	}
	for _, p := range paths {
		b, err := os.ReadFile(p)
		if err != nil {
			t.Fatal(err)
		}
		doc := &evidence.Document{}
		if err := json.Unmarshal(b, doc); err != nil {
			t.Fatalf("%s: %v", p, err)
		}
		text, err := fs.ReadFile(seeds.Documents, strings.TrimSuffix(filepath.Base(p), ".json")+".txt")
		if err != nil {
			t.Fatal(err)
		}
		doc.Text = string(text)
		if err := w.Put(doc); err != nil {
			t.Fatalf("%s: %v", p, err)
		}
	}
	if err := w.Commit(ctx); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { g.Close() })
	return &Engine{Graph: g, Vocab: v}
}

func TestPlay(t *testing.T) {
	q := os.Getenv("Q")
	if q == "" {
		t.Skip()
	}
	e := goldEngine(t)
	a, err := e.Ask(context.Background(), q)
	if err != nil {
		t.Fatal(err)
	}
	t.Log(a.ExplainText())
	t.Log("status:", a.Status, "fault", a.Fault, a.Hints)
	t.Log("reading:", a.Reading)
	t.Log(a.Text)
	for _, s := range a.Sections {
		t.Log("##", s.Title, s.Columns)
		for _, r := range s.Rows {
			t.Log("   ", strings.Join(r.Cells, " | "))
		}
	}
	for _, n := range a.Near {
		t.Log("near:", n.What, "--", n.Why)
	}
	t.Log("cautions:", a.Cautions)
	t.Log("studies:", a.Studies)
}
