package loader_test

import (
	"context"
	"math/rand/v2"
	"os"
	"path/filepath"
	"testing"

	"github.com/picograph/picograph/graph"
	"github.com/picograph/picograph/graph/vocab"
	"github.com/picograph/picograph/loader"
)

// TestAnyOrderOfRealFiles loads files of other programs in several orders, with one, two and four workers, each twice: the graph is the
// same, so the joins are too, and no study is there twice.
func TestAnyOrderOfRealFiles(t *testing.T) {
	var paths []string
	for _, pattern := range []string{"trials/docs/*", "clinicaltrials-v2/NCT02*", "bibliographic/*/*.xml", "bibliographic/ris-rispy/*", "bibliographic/medline_text-biopython/*"} {
		found, _ := filepath.Glob("../../shared/data/" + pattern)
		for _, path := range found {
			if info, err := os.Stat(path); err == nil && info.Size() < 60<<10 {
				paths = append(paths, path)
			}
		}
	}
	if len(paths) < 20 {
		t.Skip("there are no files of other programs here")
	}
	v, err := vocab.Load()
	if err != nil {
		t.Fatal(err)
	}
	digest, studies := "", 0
	for order := range 3 {
		rand.New(rand.NewPCG(uint64(order), 5)).Shuffle(len(paths), func(i, k int) { paths[i], paths[k] = paths[k], paths[i] })
		g, err := graph.Open(context.Background(), graph.Memory, graph.Options{Vocab: v})
		if err != nil {
			t.Fatal(err)
		}
		half := len(paths) * order / 3
		for _, some := range [][]string{paths[half:], paths[:half], paths} { // in two loads, and all again
			if len(some) == 0 {
				continue
			}
			if _, err := loader.Load(context.Background(), g, some, loader.Options{Vocab: v, Jobs: 1 + 3*order/2}); err != nil {
				t.Fatal(err)
			}
		}
		st, err := g.Stats(context.Background())
		if err != nil {
			t.Fatal(err)
		}
		if order == 0 {
			digest, studies = g.Digest(), st.Studies
			t.Logf("%d files, %d documents, %d reports, %d studies", len(paths), st.Documents, st.Reports, st.Studies)
		}
		if g.Digest() != digest || st.Studies != studies {
			t.Errorf("order %d: graph %.12s with %d studies, and in the first order %.12s with %d", order, g.Digest(), st.Studies, digest, studies)
		}
	}
}
