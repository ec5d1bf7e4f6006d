package export

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"runtime"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestFlowsMeet writes a view from memory and from temporary files.
func TestFlowsMeet(t *testing.T) {
	g := invented(t, 40)
	t.Setenv("TMPDIR", t.TempDir())
	for _, v := range Views() {
		want, err := newPicture(t.Context(), g, Request{View: v})
		if err != nil {
			t.Fatal(err)
		}
		f, err := emptyFlow(t.Context(), g, Request{View: v})
		if err != nil {
			t.Fatal(err)
		}
		f.nodes.Bound, f.edges.Bound, f.about.sources.Bound = 20000, 20000, 1000
		for p, err := range parts(t.Context(), g, nil) {
			if err == nil {
				_, err = f.paint(p)
			}
			if err != nil {
				t.Fatal(err)
			}
		}
		got, err := f.collect()
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want, got, cmp.AllowUnexported(picture{}, node{}, edge{}), cmp.Comparer(sameAbout)); diff != "" {
			t.Errorf("%s: %.2000s", v, diff)
		}
		if names, err := filepath.Glob(filepath.Join(os.TempDir(), "picograph-*")); err != nil || runtime.GOOS != "windows" && len(names) > 0 {
			t.Errorf("files that a killed process would leave: %v %v", names, err)
		}
		if v == Full && f.nodes.Runs() < 3 {
			t.Errorf("only %d runs", f.nodes.Runs())
		}
		f.close()
		seen := map[string]bool{}
		for _, n := range want.nodes {
			if seen[n.id] {
				t.Errorf("%s: %s stands there twice", v, n.id)
			}
			seen[n.id] = true
		}
		for _, e := range want.edges {
			if !seen[e.source] || !seen[e.target] {
				t.Errorf("%s: %s hangs in the air", v, e.id)
			}
		}
	}
}

// sameAbout compares what two pictures say that they are of.
func sameAbout(a, b *preface) bool {
	x, err := json.Marshal(a)
	y, err2 := json.Marshal(b)
	return err == nil && err2 == nil && bytes.Equal(x, y)
}
