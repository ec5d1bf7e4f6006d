package loader

import (
	"bytes"
	"strings"
	"testing"

	"github.com/picograph/picograph/graph"
	"github.com/picograph/picograph/graph/synth"
	"github.com/picograph/picograph/graph/vocab"
)

// written returns a graph of made-up documents as N-Quads, and its digest.
func written(t *testing.T, v *vocab.Vocabulary, n int) (nquads, digest string) {
	t.Helper()
	g, err := graph.Open(t.Context(), graph.Memory, graph.Options{Vocab: v})
	if err != nil {
		t.Fatal(err)
	}
	w, err := g.Begin(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer w.Rollback()
	made := synth.New(1, v)
	for i := range n {
		if err := w.Put(made.Document(i)); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Commit(t.Context()); err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	if err := g.WriteNQuads(t.Context(), &b); err != nil {
		t.Fatal(err)
	}
	return b.String(), g.Digest()
}

// TestGraphInParts loads a large graph in N-Quads, which is read in parts, and in three shards: it is the same graph.
func TestGraphInParts(t *testing.T) {
	o := options(t)
	nquads, digest := written(t, o.Vocab, 40)
	lines := strings.SplitAfter(nquads, "\n")
	cut := strings.Join(lines[:len(lines)/2], "")
	o.part, o.Jobs = 8<<10, 3
	dir := tree(t, map[string]string{"g.nq": nquads, "g.nq.gz": gzipped(t, nquads), "cut.nq": cut})
	for name, shards := range map[string]int{"g.nq": 1, "g.nq.gz": 1, "g.nq in shards": 3} {
		g, err := graph.Open(t.Context(), graph.Memory, graph.Options{Vocab: o.Vocab})
		if err != nil {
			t.Fatal(err)
		}
		path, _, _ := strings.Cut(dir+"/"+name, " ")
		total := 0
		for i := range shards {
			o.Shard = Shard{i + 1, shards}
			report, err := Load(t.Context(), g, []string{path}, o)
			if err != nil || len(report.Problems) > 0 {
				t.Fatal(err, report.Problems)
			}
			total += report.Documents
		}
		if g.Digest() != digest || total != 40 {
			t.Errorf("%s: %d documents, and the digest %s is not %s", name, total, g.Digest(), digest)
		}
	}
	o.Shard = Shard{}
	g, err := graph.Open(t.Context(), graph.Memory, graph.Options{Vocab: o.Vocab})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := Load(t.Context(), g, []string{dir + "/cut.nq"}, o); err == nil || !strings.Contains(err.Error(), "cut short") {
		t.Errorf("a graph that was cut short: %v", err)
	}
}
