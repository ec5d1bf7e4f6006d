package graph

import (
	"bytes"
	"crypto/sha256"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/cayleygraph/quad"
)

// savedNQuads is saved with the graph written as N-Quads.
func savedNQuads(t testing.TB) (string, []byte) {
	t.Helper()
	from, _ := saved(t)
	path := filepath.Join(t.TempDir(), "g.nq")
	var b bytes.Buffer
	if err := open(t, from, Options{}).WriteNQuads(t.Context(), &b); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, b.Bytes(), 0o666); err != nil {
		t.Fatal(err)
	}
	return path, b.Bytes()
}

// lines returns the canonical lines of quads, sorted by byte, each once.
func lines(quads []quad.Quad) []string {
	all := make([]string, 0, len(quads))
	var b []byte
	for _, q := range quads {
		b = AppendNQuad(b[:0], q)
		all = append(all, string(b))
	}
	slices.Sort(all)
	return slices.Compact(all)
}

func digestOf(sorted []string) string {
	return fmt.Sprintf("%x", sha256.Sum256([]byte(strings.Join(append(sorted, ""), "\n"))))
}

// TestNQuadsAreAGraph opens a graph that was written as N-Quads, asks it, and changes it: then its file is a store.
func TestNQuadsAreAGraph(t *testing.T) {
	path, b := savedNQuads(t)
	g := open(t, path, Options{})
	digest := g.Digest()
	if st, err := g.Stats(t.Context()); err != nil || st.Documents != 2 {
		t.Errorf("Stats = %+v, %v", st, err)
	}
	w, err := g.Begin(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	w.Rollback()
	if same, _ := os.ReadFile(path); !bytes.Equal(same, b) {
		t.Error("reading changed the file")
	}
	put(t, g, simple("c.txt", "z"))
	change(t, g, func(w *Writer) error { _, err := w.Remove("c.txt"); return err })
	if again := open(t, path, Options{ReadOnly: true}); again.Digest() != digest || again.base.(*fileBase).foreign != nil {
		t.Errorf("after the changes the digest is %s, want %s; N-Quads: %v", again.Digest(), digest, again.base.(*fileBase).foreign != nil)
	}
	if left, _ := filepath.Glob(path + ".*"); len(left) > 0 {
		t.Errorf("left behind: %v", left)
	}
}

func TestNQuadsAreSorted(t *testing.T) {
	_, b := savedNQuads(t)
	lines := strings.Split(strings.TrimSuffix(string(b), "\n"), "\n")
	body := lines[1 : len(lines)-1]
	if !slices.IsSorted(body) || len(slices.Compact(slices.Clone(body))) != len(body) {
		t.Error("the lines are not sorted, each once")
	}
	if lines[0] != "# picograph graph 1" {
		t.Errorf("the first line is %q", lines[0])
	}
	if want := fmt.Sprintf("# %d quads, sha256 ", len(body)); !strings.HasPrefix(lines[len(lines)-1], want) {
		t.Errorf("the last line is %q, want %q...", lines[len(lines)-1], want)
	}
}

// TestDamagedNQuads opens files that were changed after they were written.
func TestDamagedNQuads(t *testing.T) {
	_, whole := savedNQuads(t)
	lines := bytes.SplitAfter(whole, []byte("\n"))
	n := len(lines) - 1 // the last element is empty
	join := func(l [][]byte) []byte { return bytes.Join(l, nil) }
	replaced := func(i int, s string) []byte {
		c := slices.Clone(lines)
		c[i] = []byte(s)
		return join(c)
	}
	for _, tt := range []struct {
		name string
		file []byte
		is   error
		want string
	}{
		{"another version", replaced(0, "# picograph graph 7\n"), ErrVersion, `"7", and this picograph reads 1`},
		{"header only", lines[0], ErrDamaged, "line 1: "},
		{"cut at a line", join(lines[:n-4]), ErrDamaged, fmt.Sprintf("line %d: ", n-4)},
		{"cut in a line", whole[:len(whole)/2], ErrDamaged, "line "},
		{"last line gone", join(lines[:n-1]), ErrDamaged, "cut short"},
		{"last line cut", whole[:len(whole)-9], ErrDamaged, fmt.Sprintf("line %d: ", n)},
		{"a line lost", join(slices.Delete(slices.Clone(lines), 5, 6)), ErrDamaged, "not those that were written"},
		{"a line twice", join(slices.Insert(slices.Clone(lines), 5, lines[5])), ErrDamaged, "not those that were written"},
		{"a line broken", replaced(6, "<urn:a <urn:b> \"c\" .\n"), ErrDamaged, "line 7: "},
		{"a line blank", replaced(6, "\n"), ErrDamaged, "line 7: "},
		{"no label", replaced(6, "<urn:a> <urn:b> \"c\" .\n"), ErrDamaged, "line 7: "},
		{"a letter changed", bytes.Replace(whole, []byte("Study of x"), []byte("Study of z"), 1), ErrDamaged, "not those that were written"},
		{"invalid UTF-8", bytes.Replace(whole, []byte("Study of x"), []byte("Study of \xff"), 1), ErrDamaged, "not valid UTF-8"},
		{"more after the end", append(slices.Clone(whole), "x\n"...), ErrDamaged, "more after the last line"},
		{"twice", append(slices.Clone(whole), whole...), ErrDamaged, "more after the last line"},
	} {
		t.Run(tt.name, func(t *testing.T) { refused(t, tt.file, tt.is, tt.want) })
	}
}

func TestMailedFile(t *testing.T) {
	path, b := savedNQuads(t)
	want := open(t, path, Options{}).Digest()
	mailed := filepath.Join(t.TempDir(), "mailed.db")
	if err := os.WriteFile(mailed, bytes.ReplaceAll(b, []byte("\n"), []byte("\r\n")), 0o666); err != nil {
		t.Fatal(err)
	}
	if got := open(t, mailed, Options{}).Digest(); got != want {
		t.Errorf("with other ends of lines the digest is %s, want %s", got, want)
	}
}

// reads opens a file of these lines, whose last line is right, and reads all that there is. Nothing may panic, however
// strange the graph.
func reads(t *testing.T, quads []quad.Quad) bool {
	t.Helper()
	ctx := t.Context()
	all := lines(quads)
	body := strings.Join(append(append([]string{formatLine + "1"}, all...), footer(len(all), digestOf(all))), "\n")
	s, err := readGraph(ctx, strings.NewReader(body))
	if err != nil {
		return false
	}
	g := inMemory(s)
	_, _ = g.Stats(ctx)
	_, _ = g.Names(ctx)
	_, _ = g.Labels(ctx)
	ids, _ := g.Findings(ctx, ByKind, "between", "within", "arm", "baseline")
	for _, id := range ids {
		_, _ = g.Finding(ctx, id)
	}
	for range g.Part(ctx, Selection{Findings: ids}) {
	}
	w, err := g.Begin(ctx)
	if err != nil {
		return false
	}
	defer w.Rollback()
	if err := w.Put(simple("new.txt", "new")); err != nil {
		t.Fatal(err)
	}
	return w.Commit(ctx) == nil
}

// TestStrangeGraphs takes quads out, and puts terms where they do not belong.
func TestStrangeGraphs(t *testing.T) {
	g := open(t, Memory, Options{Vocab: words(t)})
	put(t, g, golds(t)...)
	var whole []quad.Quad
	for q, err := range g.Quads(t.Context()) {
		if err != nil {
			t.Fatal(err)
		}
		whole = append(whole, q)
	}
	good := 0
	for seed := range uint64(40) {
		r := rand.New(rand.NewPCG(seed, 1))
		quads := slices.Clone(whole)
		for range 1 + r.IntN(12) {
			i, other := r.IntN(len(quads)), quads[r.IntN(len(quads))]
			switch r.IntN(5) {
			case 0:
				quads = slices.Delete(quads, i, i+1)
			case 1:
				quads[i].Object = other.Object
			case 2:
				quads[i].Predicate = other.Predicate
			case 3:
				quads[i].Subject = other.Subject
			case 4:
				quads[i].Object = quad.String("1 2 999 x")
			}
		}
		if reads(t, quads) {
			good++
		}
	}
	t.Logf("%d of 40 could be read and written", good)
}

func FuzzGraphFile(f *testing.F) {
	_, b := saved(f)
	f.Add(string(b))
	f.Fuzz(func(t *testing.T, s string) {
		var quads []quad.Quad
		for line := range strings.SplitSeq(s, "\n") {
			if q, ok, err := newParser().line([]byte(line)); ok && err == nil {
				quads = append(quads, q)
			}
		}
		reads(t, quads)
	})
}
