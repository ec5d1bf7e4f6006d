package graph

import (
	"bytes"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/picograph/picograph/graph/evidence"
)

// TestReadDocuments checks that the documents of a written graph, put into an empty one, give the same graph.
func TestReadDocuments(t *testing.T) {
	ctx := t.Context()
	r := rand.New(rand.NewPCG(7, 7))
	first, second := open(t, Memory, Options{Vocab: words(t)}), open(t, Memory, Options{Vocab: words(t)})
	var docs []*evidence.Document
	for i := range 5 {
		docs = append(docs, randomDocument(r, fmt.Sprintf("d%d.txt", i), false))
	}
	again := *docs[0]
	again.Source = "copy of d0.txt"
	put(t, first, append(docs, &again)...)
	var written bytes.Buffer
	if err := first.WriteNQuads(ctx, &written); err != nil {
		t.Fatal(err)
	}
	var read []*evidence.Document
	if err := ReadDocuments(ctx, bytes.NewReader(written.Bytes()), func(d *evidence.Document) error {
		read = append(read, d)
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	put(t, second, read...)
	var merged bytes.Buffer
	if err := second.WriteNQuads(ctx, &merged); err != nil {
		t.Fatal(err)
	}
	if len(read) != 6 || !bytes.Equal(written.Bytes(), merged.Bytes()) {
		t.Errorf("%d documents, and another graph:\n%s", len(read), cmp.Diff(written.String(), merged.String()))
	}
	kept := open(t, filepath.Join(t.TempDir(), "g.db"), Options{Vocab: words(t)})
	put(t, kept, read...)
	file, err := os.ReadFile(kept.base.(*fileBase).path)
	if err != nil {
		t.Fatal(err)
	}
	var stored []*evidence.Document
	if err := ReadDocuments(ctx, bytes.NewReader(file), func(d *evidence.Document) error { stored = append(stored, d); return nil }); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(read, stored); diff != "" {
		t.Errorf("from N-Quads and from the graph's own format come other documents:\n%s", diff)
	}
	if err := ReadDocuments(ctx, bytes.NewReader(file[:len(file)/2]), func(*evidence.Document) error { return nil }); !errors.Is(err, ErrDamaged) {
		t.Errorf("half a graph in its own format: %v", err)
	}
	if err := ReadDocuments(ctx, bytes.NewReader(written.Bytes()[:written.Len()/2]), func(*evidence.Document) error { return nil }); !errors.Is(err, ErrDamaged) {
		t.Errorf("half a graph: %v", err)
	}
}
