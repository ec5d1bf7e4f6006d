package script_test

import (
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"

	"github.com/picograph/picograph/graph"
	"github.com/picograph/picograph/graph/vocab"
	"github.com/picograph/picograph/loader"
	"github.com/picograph/picograph/queries"
	"github.com/picograph/picograph/queries/library"
	"github.com/picograph/picograph/queries/script"
	"github.com/picograph/picograph/seeds"
)

// seeded returns an engine on a graph of the seed documents.
func seeded(t *testing.T) *queries.Engine {
	t.Helper()
	v, err := vocab.Load()
	if err != nil {
		t.Fatal(err)
	}
	g, err := graph.Open(t.Context(), graph.Memory, graph.Options{Vocab: v})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = g.Close() })
	dir := t.TempDir()
	if err := os.CopyFS(dir, seeds.Documents); err != nil {
		t.Fatal(err)
	}
	if _, err := loader.Load(t.Context(), g, []string{dir}, loader.Options{Vocab: v}); err != nil {
		t.Fatal(err)
	}
	return &queries.Engine{Graph: g, Vocab: v}
}

// TestLibrary runs every saved query over the seed documents, and holds its answers against the expect lines of
// testdata/library.txtar.
func TestLibrary(t *testing.T) {
	engine := seeded(t)
	archive, err := txtar.ParseFile(filepath.Join("testdata", "library.txtar"))
	if err != nil {
		t.Fatal(err)
	}
	var held []string
	for _, file := range archive.Files {
		words, err := script.Fields(file.Name)
		if err != nil {
			t.Fatal(err)
		}
		held = append(held, words[0])
		t.Run(strings.ReplaceAll(file.Name, "/", " per "), func(t *testing.T) {
			text, err := fs.ReadFile(library.Queries, words[0]+".pq")
			if err != nil {
				t.Fatal(err)
			}
			saved, err := script.Parse(words[0], string(text)+string(file.Data))
			if err != nil {
				t.Fatal(err)
			}
			run(t, engine, saved, words[1:])
		})
	}
	files, err := fs.Glob(library.Queries, "*.pq")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range files {
		if !slices.Contains(held, strings.TrimSuffix(path.Base(name), ".pq")) {
			t.Errorf("testdata/library.txtar says nothing of %s", name)
		}
	}
}

func run(t *testing.T, engine *queries.Engine, s *script.Script, args []string) {
	t.Helper()
	if s.Title() == "" || strings.HasSuffix(s.Title(), ",") {
		t.Errorf("its first comment line %q is not a title", s.Title())
	}
	for _, p := range s.Params {
		if p.About == "" {
			t.Errorf("parameter %s is not described", p.Name)
		}
	}
	values, err := s.Bind(args)
	if err != nil {
		t.Fatal(err)
	}
	e := &queries.Engine{Graph: engine.Graph, Vocab: engine.Vocab}
	if err := s.Configure(&e.Settings, values); err != nil {
		t.Fatal(err)
	}
	err = s.Run(t.Context(), values, e.Ask, func(r script.Result) error {
		if r.Answer.Status == queries.UnknownTerm || r.Answer.Status == queries.NotUnderstood {
			t.Errorf("%s: %s: %s", r.Text, r.Answer.Status, r.Answer.Text)
		}
		for _, m := range r.Mismatches {
			t.Error(m)
		}
		return nil
	})
	if err != nil {
		t.Error(err)
	}
}
