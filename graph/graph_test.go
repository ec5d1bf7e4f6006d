package graph

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/picograph/picograph/graph/evidence"
	"github.com/picograph/picograph/graph/vocab"
)

// open opens a graph that is closed at the end of the test.
func open(t testing.TB, where string, o Options) *Graph {
	t.Helper()
	g, err := Open(t.Context(), where, o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = g.Close() })
	return g
}

// change commits what f does.
func change(t testing.TB, g *Graph, f func(w *Writer) error) {
	t.Helper()
	w, err := g.Begin(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer w.Rollback()
	if err := f(w); err != nil {
		t.Fatal(err)
	}
	if err := w.Commit(t.Context()); err != nil {
		t.Fatal(err)
	}
}

func put(t testing.TB, g *Graph, docs ...*evidence.Document) {
	t.Helper()
	change(t, g, func(w *Writer) error {
		for _, d := range docs {
			if err := w.Put(d); err != nil {
				return err
			}
		}
		return nil
	})
}

// golds returns the hand-read seed evidence.
func golds(t testing.TB) []*evidence.Document {
	t.Helper()
	root := os.DirFS("../seeds/testdata/gold")
	names, err := fs.Glob(root, "*.json")
	if err != nil || len(names) == 0 {
		t.Fatal("no gold files", err)
	}
	var docs []*evidence.Document
	for _, name := range names {
		b, err := fs.ReadFile(root, name)
		if err != nil {
			t.Fatal(err)
		}
		d := &evidence.Document{}
		if err := json.Unmarshal(b, d); err != nil {
			t.Fatal(name, err)
		}
		text, err := os.ReadFile(filepath.Join("../seeds", d.Source))
		if err != nil {
			t.Fatal(err)
		}
		d.Text = string(text)
		docs = append(docs, d)
	}
	return docs
}

func words(t testing.TB) *vocab.Vocabulary {
	t.Helper()
	v, err := vocab.Load()
	if err != nil {
		t.Fatal(err)
	}
	return v
}

// simple returns a small document.
func simple(source, content string) *evidence.Document {
	return &evidence.Document{
		Source: source, SHA256: fmt.Sprintf("%x", content), Format: "text", Text: content,
		Studies: []evidence.Study{{
			ID: "s", Name: "Study of " + content, Arms: []evidence.Arm{{Label: "A", Interventions: []string{"something"}}},
			Findings: []evidence.Finding{{ID: "f1", Kind: evidence.WithinArm, Arm: []string{"A"}, Direction: evidence.Decreased}},
		}},
	}
}

// contents returns the documents of a graph as they were put, by source.
func contents(t testing.TB, g *Graph) map[string]*evidence.Document {
	t.Helper()
	docs, err := g.Documents(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]*evidence.Document{}
	for _, d := range docs {
		s, err := g.now.Load().document(t.Context(), d.ID)
		if err != nil {
			t.Fatal(err)
		}
		for _, path := range d.Sources {
			doc := *s.doc
			doc.Source = path
			if doc.Text, err = g.Text(t.Context(), d.ID); err != nil {
				t.Fatal(err)
			}
			out[path] = &doc
		}
	}
	return out
}

func TestSeedsComeBack(t *testing.T) {
	docs := golds(t)
	path := filepath.Join(t.TempDir(), "g.db")
	put(t, open(t, path, Options{Vocab: words(t)}), docs...)
	got := contents(t, open(t, path, Options{ReadOnly: true}))
	for _, d := range docs {
		if diff := cmp.Diff(d, got[d.Source], cmpopts.EquateEmpty()); diff != "" {
			t.Errorf("%s (-put +read):\n%s", d.Source, diff)
		}
	}
}

func TestDigestDoesNotDependOnOrder(t *testing.T) {
	docs, v := golds(t), words(t)
	r := rand.New(rand.NewPCG(1, 1))
	var want []byte
	digest := ""
	for i := range 6 {
		g := open(t, Memory, Options{Vocab: v})
		r.Shuffle(len(docs), func(i, j int) { docs[i], docs[j] = docs[j], docs[i] })
		if i%2 == 0 {
			put(t, g, docs...)
		} else {
			for _, d := range docs {
				put(t, g, d)
			}
		}
		var b bytes.Buffer
		if err := g.WriteNQuads(t.Context(), &b); err != nil {
			t.Fatal(err)
		}
		if want == nil {
			want = b.Bytes()
		}
		if !bytes.Equal(b.Bytes(), want) {
			t.Errorf("order %d gives another graph:\n%s", i, cmp.Diff(strings.Split(string(want), "\n"), strings.Split(b.String(), "\n")))
		}
		if digest == "" {
			digest = g.Digest()
		}
		if g.Digest() != digest {
			t.Errorf("order %d gives another digest", i)
		}
	}
}

// TestModel compares the graph with a plain map through random changes, some of them given up, with the file read
// again now and then.
func TestModel(t *testing.T) { compareWithModel(t, filepath.Join(t.TempDir(), "g.db")) }

func compareWithModel(t *testing.T, path string) {
	t.Helper()
	r := rand.New(rand.NewPCG(11, 4))
	g := open(t, path, Options{})
	model := map[string]string{}
	for step := range 120 {
		next := map[string]string{}
		for k, v := range model {
			next[k] = v
		}
		w, err := g.Begin(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		for range 1 + r.IntN(4) {
			source := fmt.Sprintf("dir/%d.txt", r.IntN(6))
			if r.IntN(4) == 0 {
				had, err := w.Remove(source)
				if err != nil {
					t.Fatal(err)
				}
				if _, want := next[source]; had != want {
					t.Fatalf("step %d: Remove(%s) = %v, want %v", step, source, had, want)
				}
				delete(next, source)
				continue
			}
			content := fmt.Sprint("content ", r.IntN(5))
			if err := w.Put(simple(source, content)); err != nil {
				t.Fatal(err)
			}
			next[source] = content
		}
		switch r.IntN(5) {
		case 0:
			w.Rollback()
		default:
			if err := w.Commit(t.Context()); err != nil {
				t.Fatal(err)
			}
			model = next
		}
		if r.IntN(3) == 0 {
			g = open(t, path, Options{})
		}
		if step%4 != 0 {
			continue
		}
		got := map[string]string{}
		for source, d := range contents(t, g) {
			got[source] = d.Text
		}
		if diff := cmp.Diff(model, got); diff != "" {
			t.Fatalf("step %d (-want +got):\n%s", step, diff)
		}
		checkSame(t, g, model)
	}
}

// checkSame compares a graph that has been through changes with one made at once.
func checkSame(t *testing.T, g *Graph, model map[string]string) {
	t.Helper()
	fresh := open(t, Memory, Options{})
	change(t, fresh, func(w *Writer) error {
		for source, content := range model {
			if err := w.Put(simple(source, content)); err != nil {
				return err
			}
		}
		return nil
	})
	if g.Digest() != fresh.Digest() {
		t.Fatal("the graph is not what loading its documents at once gives")
	}
	var b bytes.Buffer
	if err := g.WriteNQuads(t.Context(), &b); err != nil {
		t.Fatal(err)
	}
	again, err := readGraph(t.Context(), &b)
	if err != nil {
		t.Fatal(err)
	}
	if digest := inMemory(again).now.Load().total().String(); digest != g.Digest() {
		t.Fatalf("what the store holds is not what the digest says: %s", digest)
	}
}

func TestSameContentTwice(t *testing.T) {
	g := open(t, Memory, Options{})
	put(t, g, simple("b.txt", "x"), simple("a.txt", "x"), simple("c.txt", "y"))
	docs, err := g.Documents(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	var got [][]string
	for _, d := range docs {
		got = append(got, d.Sources)
	}
	if diff := cmp.Diff([][]string{{"a.txt", "b.txt"}, {"c.txt"}}, got); diff != "" {
		t.Errorf("sources (-want +got):\n%s", diff)
	}
	before := g.Digest()
	put(t, g, simple("a.txt", "x"))
	if g.Digest() != before {
		t.Error("loading again what is there changed the graph")
	}
	change(t, g, func(w *Writer) error {
		got, err := w.Sources("")
		if diff := cmp.Diff([]string{"a.txt", "b.txt", "c.txt"}, got); diff != "" || err != nil {
			t.Errorf("Sources (-want +got):\n%s", diff)
		}
		return w.Put(simple("c.txt", "x"))
	})
	if docs, _ := g.Documents(t.Context()); len(docs) != 1 || len(docs[0].Sources) != 3 {
		t.Errorf("three sources of one content are %v", docs)
	}
	if st, _ := g.Stats(t.Context()); st.Findings != 1 {
		t.Errorf("one content loaded three times has %d findings, want 1", st.Findings)
	}
}

// TestOrigin loads one text from two files, in which it stands at different places.
func TestOrigin(t *testing.T) {
	origins := map[string]*evidence.Origin{
		"a.nbib#1": {Record: evidence.Extent{Start: 10, End: 90}, Runs: []evidence.Run{{Len: 4, At: 20, Bytes: 4, Copied: true}, {Start: 5, Len: 2, At: 30, Bytes: 6}}},
		"b.ris#1":  {Record: evidence.Extent{Start: 700, End: 900}, Runs: []evidence.Run{{Start: 1, Len: 6, At: 800, Bytes: 6, Copied: true}}},
		"c.txt":    nil,
	}
	g := open(t, Memory, Options{})
	for source, o := range origins {
		put(t, g, &evidence.Document{Source: source, Text: "It is.", Origin: o})
	}
	docs, err := g.Documents(context.Background())
	if err != nil || len(docs) != 1 {
		t.Fatal(docs, err)
	}
	for source, want := range origins {
		got, err := g.Origin(context.Background(), docs[0].ID, source)
		if diff := cmp.Diff(want, got); diff != "" || err != nil {
			t.Errorf("%s: %v\n%s", source, err, diff)
		}
	}
}

func TestSourcesUnder(t *testing.T) {
	g := open(t, Memory, Options{})
	change(t, g, func(w *Writer) error {
		for i, s := range []string{"a.nbib#1", "a.nbib#2", "a.nbib2", "z.zip!x", "dir/q", "dir2/q"} {
			if err := w.Put(simple(s, fmt.Sprint(i))); err != nil {
				return err
			}
		}
		for prefix, want := range map[string]int{"a.nbib": 2, "z.zip": 1, "dir": 1, "dir/": 1, "": 6, "a": 0} {
			if got, err := w.Sources(prefix); len(got) != want || err != nil {
				t.Errorf("Sources(%q) = %q, want %d", prefix, got, want)
			}
		}
		return nil
	})
}

func TestNotFound(t *testing.T) {
	ctx := t.Context()
	g := open(t, Memory, Options{})
	put(t, g, simple("a", "x"))
	for what, err := range map[string]error{
		"study":   second(g.Study(ctx, "nobody")),
		"text":    second(g.Text(ctx, "nothing")),
		"finding": second(g.Finding(ctx, "nothing/f1")),
	} {
		if !errors.Is(err, ErrNotFound) {
			t.Errorf("%s: %v is not ErrNotFound", what, err)
		}
	}
	if _, err := g.Findings(ctx, "colour", "red"); err == nil {
		t.Error("an unknown relation is no error")
	}
}

func second[T any](_ T, err error) error { return err }

func TestContextEndsReads(t *testing.T) {
	g := open(t, Memory, Options{})
	put(t, g, simple("a", "x"))
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	for what, err := range map[string]error{
		"Findings": second(g.Findings(ctx, ByKind, "within")),
		"Begin":    second(g.Begin(ctx)),
		"Nquads":   g.WriteNQuads(ctx, &bytes.Buffer{}),
	} {
		if !errors.Is(err, context.Canceled) {
			t.Errorf("%s: %v is not the context's error", what, err)
		}
	}
	put(t, g, simple("b", "y")) // the lock of the failed Begin is free again
}

func TestClosed(t *testing.T) {
	g := open(t, Memory, Options{})
	put(t, g, simple("a", "x"))
	w, err := g.Begin(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if err := g.Close(); err != nil {
		t.Fatal(err)
	}
	if _, err := g.Studies(t.Context()); !errors.Is(err, ErrClosed) {
		t.Errorf("Studies of a closed graph: %v", err)
	}
	if err := w.Commit(t.Context()); !errors.Is(err, ErrClosed) {
		t.Errorf("Commit to a closed graph: %v", err)
	}
	if err := w.Commit(t.Context()); !errors.Is(err, ErrClosed) {
		t.Errorf("a second Commit: %v", err)
	}
}

// TestReadersBesideAWriter is for the race detector: readers see one state or the other, never a mixture.
func TestReadersBesideAWriter(t *testing.T) {
	g := open(t, Memory, Options{})
	put(t, g, simple("a", "0"), simple("b", "0b"))
	done := make(chan struct{})
	var wg sync.WaitGroup
	for range 4 {
		wg.Go(func() {
			for {
				select {
				case <-done:
					return
				default:
				}
				ids, err := g.Findings(t.Context(), ByKind, "within")
				if err != nil || len(ids) != 2 {
					t.Errorf("%d findings, %v", len(ids), err)
					return
				}
				if _, err := g.Studies(t.Context()); err != nil {
					t.Error(err)
					return
				}
				for _, err := range g.Quads(t.Context()) {
					if err != nil {
						t.Error(err)
						return
					}
				}
			}
		})
	}
	for i := range 30 {
		put(t, g, simple("a", fmt.Sprint(i)), simple("b", fmt.Sprint(i, "b")))
	}
	close(done)
	wg.Wait()
}
