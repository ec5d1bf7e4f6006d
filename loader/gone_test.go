package loader

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/picograph/picograph/graph"
)

// references is a file of references in RIS with the numbers in their identifiers.
func references(numbers ...int) string {
	var b strings.Builder
	for _, n := range numbers {
		fmt.Fprintf(&b, "TY  - JOUR\nDO  - 10.1000/r%d\nTI  - A trial of walk number %d\nAB  - We randomised %d adults to walks or rest.\nER  - \n\n", n, n, n)
	}
	return b.String()
}

// reloading writes files below a folder, takes others away, and loads paths.
type reloading struct {
	t     *testing.T
	dir   string
	graph *graph.Graph
	load  func(o Options, paths ...string) *Report
	left  func() []string
}

func newReloading(t *testing.T) *reloading {
	t.Helper()
	dir := t.TempDir()
	t.Chdir(dir)
	g, v := emptyGraph(t)
	return &reloading{t, dir, g, func(o Options, paths ...string) *Report {
		t.Helper()
		o.Vocab = v
		r, err := Load(t.Context(), g, paths, o)
		if err != nil {
			t.Fatal(err)
		}
		return r
	}, func() (out []string) {
		docs, err := g.Documents(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		for _, d := range docs {
			out = append(out, d.Sources...)
		}
		slices.Sort(out)
		return out
	}}
}

func (r *reloading) write(name, text string) {
	r.t.Helper()
	if err := os.MkdirAll(filepath.Dir(name), 0o777); err != nil {
		r.t.Fatal(err)
	}
	if err := os.WriteFile(name, []byte(text), 0o666); err != nil {
		r.t.Fatal(err)
	}
}

func (r *reloading) want(what string, got []string, want ...string) {
	r.t.Helper()
	if diff := cmp.Diff(want, got); diff != "" {
		r.t.Errorf("%s (-want +got):\n%s", what, diff)
	}
}

// TestRecordsGone loads files again that have lost records, each named or in a folder, read as a whole or in parts: they go, and nothing else.
func TestRecordsGone(t *testing.T) {
	for name, o := range map[string]Options{"whole": {}, "in parts": {part: 64}} {
		t.Run(name, func(t *testing.T) {
			r := newReloading(t)
			r.write("a.ris", references(1, 2, 3))
			r.write("ab.ris", references(4))
			r.write("sub/b.csv", "title,abstract,pmid\nOne trial,We randomised 5 adults to tea or rest.,11\nTwo trials,We randomised 6 adults to tea or rest.,12\n")
			r.write("z.zip", zipped(t, "m.ris", references(7, 8)))
			if got := r.load(o, "."); len(got.Removed) > 0 {
				t.Fatalf("removed %v", got.Removed)
			}
			r.write("a.ris", references(1, 3))
			r.want("a record", r.load(o, "a.ris").Removed, "a.ris#doi:10.1000/r2")
			r.write("sub/b.csv", "title,abstract,pmid\nTwo trials,We randomised 6 adults to tea or rest.,12\n")
			r.want("one in a folder", r.load(o, "sub").Removed, "sub/b.csv#pmid:11")
			r.write("z.zip", zipped(t, "m.ris", references(8)))
			r.write("a.ris", "A walk at home. We randomised 9 adults to walks.")
			r.want("several", r.load(o, ".").Removed, "a.ris#doi:10.1000/r1", "a.ris#doi:10.1000/r3", "z.zip!m.ris#doi:10.1000/r7")
			r.write("ab.ris", "")
			r.want("of a file that cannot be read", r.load(o, ".").Removed)
			r.want("what is left", r.left(), "a.ris", "ab.ris#doi:10.1000/r4", "sub/b.csv#pmid:12", "z.zip!m.ris#doi:10.1000/r8")
		})
	}
}

// TestFilesGone loads a folder again that has lost files: they are named, and go only when that is asked for.
func TestFilesGone(t *testing.T) {
	r := newReloading(t)
	for _, name := range []string{"in/a.txt", "in/b.txt", "in/deep/c.txt", "out/d.txt", "e.txt", "in-2.txt"} {
		r.write(name, name+" has a text.")
	}
	r.write("in/f.ris", references(1, 2))
	r.load(Options{Stdin: strings.NewReader("Some text that was typed.")}, ".", "-")
	for _, name := range []string{"in/b.txt", "in/deep/c.txt", "in/f.ris", "e.txt", "out/d.txt"} {
		if err := os.Remove(name); err != nil {
			t.Fatal(err)
		}
	}
	got := r.load(Options{}, "in")
	r.want("removed", got.Removed)
	r.want("gone", got.Gone, "in/b.txt", "in/deep/c.txt", "in/f.ris#doi:10.1000/r1", "in/f.ris#doi:10.1000/r2")
	if text := reportText(t, got); !strings.Contains(text, "still in the graph: in/b.txt, in/deep/c.txt, in/f.ris#doi:10.1000/r1, in/f.ris#doi:10.1000/r2 (load --prune") {
		t.Error(text)
	}
	r.want("gone from all", r.load(Options{}, ".").Gone, "e.txt", "in/b.txt", "in/deep/c.txt", "in/f.ris#doi:10.1000/r1", "in/f.ris#doi:10.1000/r2", "out/d.txt")
	if text := reportText(t, r.load(Options{Prune: true}, "in")); !strings.Contains(text, "removed, no longer in the folder: in/b.txt") {
		t.Error(text)
	}
	r.want("what is left", r.left(), "-", "e.txt", "in-2.txt", "in/a.txt", "out/d.txt")
}

// TestTwoNamesOfAFile loads a file by its path from the current folder and from the root: where these are of different texts, that is told.
func TestTwoNamesOfAFile(t *testing.T) {
	r := newReloading(t)
	r.write("in/a.txt", "The first text.")
	r.write("in/b.ris", references(1, 2))
	whole := filepath.Join(r.dir, "in")
	r.load(Options{}, "in")
	_, err := Remove(t.Context(), r.graph, []string{whole})
	if !errors.Is(err, ErrNotLoaded) || Advice(err) != "it was loaded as in: name it so" {
		t.Errorf("Remove by the other name: %v, hint %q", err, Advice(err))
	}
	r.want("the same", r.load(Options{}, whole).Otherwise)
	r.write("in/a.txt", "The second text.")
	r.write("in/b.ris", references(1))
	got := r.load(Options{}, whole)
	r.want("from the root", got.Otherwise, "in/a.txt", "in/b.ris#doi:10.1000/r2")
	if text := reportText(t, got); !strings.Contains(text, "by another name: in/a.txt, in/b.ris#doi:10.1000/r2 (picograph remove") {
		t.Error(text)
	}
	r.load(Options{}, "in")
	r.write("in/a.txt", "The third text.")
	r.want("from here", r.load(Options{}, "./in").Otherwise, filepath.Join(whole, "a.txt"))
	r.want("in the folder itself", func() []string { t.Chdir("in"); return r.load(Options{}, whole).Otherwise }())
}

func reportText(t *testing.T, r *Report) string {
	t.Helper()
	var b strings.Builder
	if err := r.Write(&b); err != nil {
		t.Fatal(err)
	}
	return b.String()
}
