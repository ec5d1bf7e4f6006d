package loader

import (
	"errors"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestRemove takes out what was loaded from a file, from a member of an archive, and from a folder.
func TestRemove(t *testing.T) {
	dir := tree(t, map[string]string{"a.txt": "One is here.", "sub/b.txt": "Two is here.", "sub/c.txt": "Three is here.", "same.txt": "One is here.", "z.zip": zipped(t, "m.txt", "Four is here.", "n.txt", "Five is here.")})
	g, v := emptyGraph(t)
	if _, err := Load(t.Context(), g, []string{dir, filepath.Join(dir, "z.zip")}, Options{Vocab: v}); err != nil {
		t.Fatal(err)
	}
	at := func(names ...string) (out []string) {
		for _, n := range names {
			out = append(out, filepath.Join(dir, n))
		}
		return out
	}
	for _, step := range []struct {
		paths, gone []string
		left        int
	}{
		{at("a.txt"), at("a.txt"), 5}, // the same text came from another file too
		{at("same.txt"), at("same.txt"), 4},
		{[]string{dir + "/./sub/"}, at("sub/b.txt", "sub/c.txt"), 2},
		{at("z.zip!n.txt"), at("z.zip!n.txt"), 1},
		{at("z.zip", "nowhere"), nil, 1},
		{at("z.zip"), at("z.zip!m.txt"), 0},
	} {
		gone, err := Remove(t.Context(), g, step.paths)
		if (step.gone == nil) != errors.Is(err, ErrNotLoaded) || err != nil && step.gone != nil {
			t.Errorf("%v: %v", step.paths, err)
		}
		if diff := cmp.Diff(step.gone, gone); diff != "" && err == nil {
			t.Errorf("%v (-want +got):\n%s", step.paths, diff)
		}
		if docs, err := g.Documents(t.Context()); err != nil || len(docs) != step.left {
			t.Errorf("%v: %d documents are left, want %d, %v", step.paths, len(docs), step.left, err)
		}
	}
}
