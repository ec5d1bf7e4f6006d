package queries

import (
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/picograph/picograph/graph"
	"github.com/picograph/picograph/graph/evidence"
	"github.com/picograph/picograph/graph/vocab"
	"github.com/picograph/picograph/seeds"
)

var update = flag.Bool("update", false, "rewrite the golden files")

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

// TestQuestions asks the questions of each file of testdata and compares query, status, answer and rows with the file
// beside it.
func TestQuestions(t *testing.T) {
	e := goldEngine(t)
	files, err := filepath.Glob("testdata/*.txt")
	if err != nil || len(files) == 0 {
		t.Fatalf("no questions: %v", err)
	}
	for _, f := range files {
		t.Run(strings.TrimSuffix(filepath.Base(f), ".txt"), func(t *testing.T) {
			b, err := os.ReadFile(f)
			if err != nil {
				t.Fatal(err)
			}
			var got strings.Builder
			for q := range strings.Lines(string(b)) {
				a, err := e.Ask(context.Background(), strings.TrimSpace(q))
				if err != nil {
					t.Fatalf("%s: %v", q, err)
				}
				print1(&got, a)
			}
			golden := strings.TrimSuffix(f, ".txt") + ".golden"
			if *update {
				if err := os.WriteFile(golden, []byte(got.String()), 0o600); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(golden)
			if err != nil {
				t.Fatal(err)
			}
			if d := cmp.Diff(string(want), got.String()); d != "" {
				t.Errorf("answers differ from %s (run with -update and read the difference):\n%s", golden, d)
			}
		})
	}
}

// print1 prints what the golden files hold of an answer.
func print1(b *strings.Builder, a *Answer) {
	fmt.Fprintf(b, "? %s\n= %s\n: %s: %s\n", a.Question, a.Query, a.Status, a.Text)
	if a.Fault != nil {
		fmt.Fprintf(b, "! %q %v\n", a.Fault.Words, a.Hints)
	}
	n := 0
	for _, s := range a.Sections {
		fmt.Fprintf(b, "# %s %s\n", s.Title, s.Note)
		for _, r := range s.Rows {
			n++
			fmt.Fprintf(b, "  %d %s\n", n, strings.Join(r.Cells, " | "))
		}
	}
	for _, m := range a.Near {
		fmt.Fprintf(b, "~ %s -- %s\n", m.What, m.Why)
	}
	for _, c := range a.Cautions {
		fmt.Fprintf(b, "* %s\n", c)
	}
	b.WriteByte('\n')
}
