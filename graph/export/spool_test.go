package export

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestSpool sorts the same records within memory and far beyond it.
func TestSpool(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	var add [][2]string
	for i := range 3000 {
		add = append(add, [2]string{fmt.Sprint(r.IntN(500)), fmt.Sprint(i)})
	}
	want := slices.Clone(add)
	slices.SortStableFunc(want, func(a, b [2]string) int { return bytes.Compare([]byte(a[0]), []byte(b[0])) })
	for _, bound := range []int{0, 1000, 1 << 20} {
		s := spool{bound: bound}
		for _, a := range add {
			if err := s.add(a[0], []byte(a[1])); err != nil {
				t.Fatal(err)
			}
		}
		for range 2 {
			var got [][2]string
			if err := s.each(func(key string, body []byte) error {
				got = append(got, [2]string{key, string(body)})
				return nil
			}); err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Fatalf("a bound of %d: %s", bound, diff)
			}
		}
		s.close()
	}
}

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
		f.nodes.bound, f.edges.bound, f.about.sources.bound = 20000, 20000, 1000
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
		if names, err := filepath.Glob(filepath.Join(os.TempDir(), "picograph-export-*")); err != nil || runtime.GOOS != "windows" && len(names) > 0 {
			t.Errorf("files that a killed process would leave: %v %v", names, err)
		}
		if v == Full && len(f.nodes.runs) < 3 {
			t.Errorf("only %d files", len(f.nodes.runs))
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
