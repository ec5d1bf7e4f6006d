package graph

import (
	"bytes"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/cayleygraph/quad"
)

// saved returns the path and the bytes of a small graph file.
func saved(t testing.TB) (string, []byte) {
	t.Helper()
	path := filepath.Join(t.TempDir(), "g.db")
	put(t, open(t, path, Options{}), simple("a.txt", "x"), simple("b.txt", "y"))
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return path, b
}

func TestFileIsSorted(t *testing.T) {
	_, b := saved(t)
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

// TestDamagedFiles opens files that were changed after they were written.
func TestDamagedFiles(t *testing.T) {
	_, whole := saved(t)
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
		{"empty", nil, ErrDamaged, "it is empty"},
		{"text", []byte("Dear Sir\n"), ErrForeign, "line 1"},
		{"binary", []byte("\x00\x01\x02\xff"), ErrForeign, "line 1"},
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
		t.Run(tt.name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "g.db")
			if err := os.WriteFile(path, tt.file, 0o666); err != nil {
				t.Fatal(err)
			}
			_, err := Open(t.Context(), path, Options{})
			if !errors.Is(err, tt.is) || !strings.Contains(fmt.Sprint(err), tt.want) || !strings.Contains(fmt.Sprint(err), path) {
				t.Errorf("got %v\nwant %v: ... %s", err, tt.is, tt.want)
			}
			if Advice(err) == "" {
				t.Errorf("no advice with: %v", err)
			}
			if after, err := os.ReadFile(path); err != nil || !bytes.Equal(after, tt.file) {
				t.Error("the damaged file was changed")
			}
		})
	}
}

func TestMailedFile(t *testing.T) {
	path, b := saved(t)
	want := open(t, path, Options{}).Digest()
	mailed := filepath.Join(t.TempDir(), "mailed.db")
	if err := os.WriteFile(mailed, bytes.ReplaceAll(b, []byte("\n"), []byte("\r\n")), 0o666); err != nil {
		t.Fatal(err)
	}
	if got := open(t, mailed, Options{}).Digest(); got != want {
		t.Errorf("with other ends of lines the digest is %s, want %s", got, want)
	}
}

func TestPlaces(t *testing.T) {
	dir := t.TempDir()
	for _, tt := range []struct {
		where string
		o     Options
		want  string
	}{
		{filepath.Join(dir, "none.db"), Options{ReadOnly: true}, "no such file"},
		{filepath.Join(dir, "no", "folder.db"), Options{}, "no such file"},
		{dir, Options{}, "it is a folder"},
		{"postgres://localhost/x", Options{}, "not supported"},
		{"", Options{}, "no place"},
	} {
		_, err := Open(t.Context(), tt.where, tt.o)
		if err == nil || !strings.Contains(err.Error(), tt.want) || Advice(err) == "" {
			t.Errorf("Open(%q) = %v, hint %q; want %q", tt.where, err, Advice(err), tt.want)
		}
	}
	g := open(t, filepath.Join(dir, "new.db"), Options{})
	if st, err := g.Stats(t.Context()); err != nil || st.Documents != 0 {
		t.Errorf("a new graph: %v, %v", st, err)
	}
	if _, err := os.Stat(filepath.Join(dir, "new.db")); err == nil {
		t.Error("opening made a file")
	}
	put(t, g)
	if open(t, filepath.Join(dir, "new.db"), Options{ReadOnly: true}).Digest() != g.Digest() {
		t.Error("an empty commit did not make an empty graph")
	}
	if _, err := open(t, filepath.Join(dir, "new.db"), Options{ReadOnly: true}).Begin(t.Context()); !errors.Is(err, ErrReadOnly) {
		t.Errorf("Begin on a read-only graph: %v", err)
	}
}

func TestSymbolicLinkStays(t *testing.T) {
	path, _ := saved(t)
	link := filepath.Join(t.TempDir(), "link.db")
	if err := os.Symlink(path, link); err != nil {
		t.Skip(err)
	}
	if err := os.Chmod(path, 0o640); err != nil {
		t.Fatal(err)
	}
	put(t, open(t, link, Options{}), simple("c.txt", "z"))
	if info, err := os.Lstat(link); err != nil || info.Mode()&os.ModeSymlink == 0 {
		t.Error("the link is gone")
	}
	if info, err := os.Stat(path); err != nil || info.Mode().Perm() != 0o640 {
		t.Errorf("the file's mode is %v", info.Mode())
	}
	if st, _ := open(t, path, Options{}).Stats(t.Context()); st.Documents != 3 {
		t.Errorf("%d documents", st.Documents)
	}
}

func TestSecondWriter(t *testing.T) {
	path, _ := saved(t)
	a, b := open(t, path, Options{}), open(t, path, Options{})
	w, err := a.Begin(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, g := range []*Graph{a, b} {
		_, err := g.Begin(t.Context())
		if !errors.Is(err, ErrLocked) || Advice(err) == "" {
			t.Errorf("a second writer: %v", err)
		}
	}
	_, err = b.Begin(t.Context())
	host, _ := os.Hostname()
	if want := fmt.Sprintf("by process %d on %s since 2", os.Getpid(), host); !strings.Contains(fmt.Sprint(err), want) {
		t.Errorf("the error %q does not say %q", err, want)
	}
	if st, err := b.Stats(t.Context()); err != nil || st.Documents != 2 {
		t.Errorf("a reader beside a writer: %v, %v", st, err)
	}
	if err := w.Put(simple("c.txt", "z")); err != nil {
		t.Fatal(err)
	}
	if err := w.Commit(t.Context()); err != nil {
		t.Fatal(err)
	}
	// b has not seen the change, and must not undo it.
	put(t, b, simple("d.txt", "zz"))
	if st, err := open(t, path, Options{}).Stats(t.Context()); err != nil || st.Documents != 4 {
		t.Errorf("%d documents after two writers in turn, want 4 (%v)", st.Documents, err)
	}
}

func TestLeftoversOfTheDead(t *testing.T) {
	path, _ := saved(t)
	for name, content := range map[string]string{
		path + ".lock":      "99999999\nelsewhere\n2001-01-01T00:00:00Z\n",
		path + ".tmp-12345": "half a fi",
		path + ".tmp-notes": "the user's own",
	} {
		if err := os.WriteFile(name, []byte(content), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	put(t, open(t, path, Options{}), simple("c.txt", "z"))
	for name, want := range map[string]bool{".lock": false, ".tmp-12345": false, ".tmp-notes": true} {
		if _, err := os.Stat(path + name); (err == nil) != want {
			t.Errorf("%s: there is %v, want %v", name, err == nil, want)
		}
	}
}

func TestUnwritable(t *testing.T) {
	path, before := saved(t)
	g := open(t, path, Options{})
	w, err := g.Begin(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if err := w.Put(simple("c.txt", "z")); err != nil {
		t.Fatal(err)
	}
	// A folder in the place of the temporary file fails for every user, root as well.
	blocked := temporary(g.path) + fmt.Sprint(os.Getpid())
	if err := os.MkdirAll(filepath.Join(blocked, "x"), 0o777); err != nil {
		t.Fatal(err)
	}
	digest := g.Digest()
	err = w.Commit(t.Context())
	var known *Error
	if !errors.As(err, &known) || known.Hint == "" || !strings.Contains(err.Error(), path) {
		t.Errorf("Commit = %v", err)
	}
	if g.Digest() != digest {
		t.Error("the graph in memory changed")
	}
	if after, err := os.ReadFile(path); err != nil || !bytes.Equal(before, after) {
		t.Error("the file changed")
	}
	if err := os.RemoveAll(blocked); err != nil {
		t.Fatal(err)
	}
	put(t, g, simple("c.txt", "z"))
}

func TestUnwritableFolder(t *testing.T) {
	if os.Getuid() == 0 {
		t.Skip("root may write anywhere")
	}
	path, _ := saved(t)
	dir := filepath.Dir(path)
	if err := os.Chmod(dir, 0o555); err != nil {
		t.Fatal(err)
	}
	defer func() { _ = os.Chmod(dir, 0o777) }()
	if _, err := open(t, path, Options{}).Begin(t.Context()); !errors.Is(err, os.ErrPermission) || !strings.Contains(Advice(err), "may write") {
		t.Errorf("Begin = %v, hint %q", err, Advice(err))
	}
}

// TestFullDisk writes to a file system of 64 KiB, where the system lets us make one.
func TestFullDisk(t *testing.T) {
	dir := t.TempDir()
	if out, err := exec.CommandContext(t.Context(), "mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", dir).CombinedOutput(); err != nil {
		t.Skipf("no small file system: %v %s", err, out)
	}
	t.Cleanup(func() { _ = exec.Command("umount", dir).Run() })
	path := filepath.Join(dir, "g.db")
	g := open(t, path, Options{})
	put(t, g, simple("a.txt", "x"))
	digest := g.Digest()
	w, err := g.Begin(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for i := range 40 {
		if err := w.Put(simple(fmt.Sprint(i), crashContent(i))); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Commit(t.Context()); err == nil || !strings.Contains(Advice(err), "free some space") {
		t.Errorf("Commit = %v, hint %q", err, Advice(err))
	}
	left, err := filepath.Glob(path + "*")
	if err != nil || len(left) != 1 {
		t.Errorf("left behind: %v", left)
	}
	if g.Digest() != digest || open(t, path, Options{}).Digest() != digest {
		t.Error("the old state is gone")
	}
}

// reads opens a file of these lines, whose last line is right, and reads all that there is. Nothing may panic, however
// strange the graph.
func reads(t *testing.T, quads []quad.Quad) bool {
	t.Helper()
	ctx := t.Context()
	all := lines(quads)
	body := strings.Join(append(append([]string{formatLine + "1"}, all...), footer(len(all), digestOf(all))), "\n")
	s, digest, err := readGraph(ctx, strings.NewReader(body))
	if err != nil {
		return false
	}
	g := &Graph{where: Memory, store: s, digest: digest, cache: newCache()}
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
