package graph

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
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

// TestDamagedFiles opens files that were changed after they were written.
func TestDamagedFiles(t *testing.T) {
	_, whole := saved(t)
	for _, tt := range []struct {
		name string
		file []byte
		is   error
		want string
	}{
		{"empty", nil, ErrDamaged, "it is empty"},
		{"text", []byte("Dear Sir\n"), ErrForeign, "does not begin with"},
		{"binary", []byte("\x00\x01\x02\xff"), ErrForeign, "does not begin with"},
		{"another version", append([]byte("picograph graph 7\n"), whole[18:]...), ErrVersion, `"7", and this picograph reads 2`},
		{"cut in the beginning", whole[:900], ErrDamaged, "cut short"},
		{"cut at the end", whole[:len(whole)-9], ErrDamaged, "ends beyond the file"},
		{"cut in the middle", whole[:len(whole)*3/4], ErrDamaged, "ends beyond the file"},
		{"a byte of the root changed", append(append(slices.Clone(whole[:1030]), whole[1030]^1), whole[1031:]...), ErrDamaged, "not as it was written"},
	} {
		t.Run(tt.name, func(t *testing.T) { refused(t, tt.file, tt.is, tt.want) })
	}
}

// refused opens a file that must not open, and must not be changed by it.
func refused(t *testing.T, file []byte, is error, want string) {
	t.Helper()
	path := filepath.Join(t.TempDir(), "g.db")
	if err := os.WriteFile(path, file, 0o666); err != nil {
		t.Fatal(err)
	}
	_, err := Open(t.Context(), path, Options{})
	if !errors.Is(err, is) || !strings.Contains(fmt.Sprint(err), want) || !strings.Contains(fmt.Sprint(err), path) {
		t.Errorf("got %v\nwant %v: ... %s", err, is, want)
	}
	if Advice(err) == "" {
		t.Errorf("no advice with: %v", err)
	}
	if after, err := os.ReadFile(path); err != nil || !bytes.Equal(after, file) {
		t.Error("the damaged file was changed")
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
		{"bolt://localhost/x", Options{}, "not supported"},
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
	g := open(t, path, Options{BatchBytes: 1})
	w, err := g.Begin(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	// A folder in the place of a temporary file fails for every user, root as well.
	blocked := temporary(g.base.(*fileBase).path) + fmt.Sprint(os.Getpid())
	if err := os.MkdirAll(filepath.Join(blocked, "x"), 0o777); err != nil {
		t.Fatal(err)
	}
	for _, s := range []string{"c.txt", "d.txt"} {
		if err := w.Put(simple(s, s)); err != nil {
			t.Fatal(err)
		}
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

// TestBrokenPut breaks a document off while it is put: what is left of the change must not be committed.
func TestBrokenPut(t *testing.T) {
	path, before := saved(t)
	g := open(t, path, Options{BatchBytes: 1})
	w, err := g.Begin(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	blocked := temporary(g.base.(*fileBase).path) + fmt.Sprint(os.Getpid()) + "r"
	if err := os.MkdirAll(filepath.Join(blocked, "x"), 0o777); err != nil {
		t.Fatal(err)
	}
	if err := w.Put(simple("c.txt", "c")); err != nil {
		t.Fatal(err)
	}
	if err := w.Put(simple("a.txt", "other than before")); err == nil {
		t.Fatal("there is no place for the first document, and Put takes a second one")
	}
	if err := os.RemoveAll(blocked); err != nil {
		t.Fatal(err)
	}
	if err := w.Put(simple("d.txt", "d")); err == nil {
		t.Error("Put goes on after one that broke off")
	}
	if _, err := w.Remove("c.txt"); err == nil {
		t.Error("Remove goes on after a Put that broke off")
	}
	if err := w.Commit(t.Context()); err == nil {
		t.Error("half a change was committed")
	}
	if after, err := os.ReadFile(path); err != nil || !bytes.Equal(before, after) {
		t.Error("the file changed")
	}
	put(t, g, simple("c.txt", "c"))
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

// TestFullDisk writes to a file system of 64 KiB, where the system lets us make one: at the commit, and to temporary files before it.
func TestFullDisk(t *testing.T) {
	t.Run("at the commit", func(t *testing.T) { fullDisk(t, Options{}) })
	t.Run("before", func(t *testing.T) { fullDisk(t, Options{BatchBytes: 16000}) })
}

func fullDisk(t *testing.T, o Options) {
	t.Helper()
	dir := t.TempDir()
	if out, err := exec.CommandContext(t.Context(), "mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", dir).CombinedOutput(); err != nil {
		t.Skipf("no small file system: %v %s", err, out)
	}
	t.Cleanup(func() { _ = exec.Command("umount", dir).Run() })
	path := filepath.Join(dir, "g.db")
	g := open(t, path, o)
	put(t, g, simple("a.txt", "x"))
	digest := g.Digest()
	w, err := g.Begin(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for i := 0; i < 40 && err == nil; i++ {
		err = w.Put(simple(fmt.Sprint(i), crashContent(i)))
	}
	if put := err; put != nil != (o.BatchBytes > 0) || put != nil && !strings.Contains(Advice(put), "free some space") {
		t.Errorf("Put = %v, hint %q", put, Advice(put))
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
