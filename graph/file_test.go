package graph

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
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
		{os.DevNull, Options{}, "it is no file"},
		{"mem:x", Options{}, "in memory has no name"},
		{"~/x.db", Options{}, "home folder"},
		{filepath.Join(dir, "x.db") + "/", Options{}, "the name of a folder"},
		{filepath.Join(dir, strings.Repeat("x", 300)), Options{}, "too long"},
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

// TestLongName makes a file whose name is so long that none beside it can have a longer one.
func TestLongName(t *testing.T) {
	g := open(t, filepath.Join(t.TempDir(), strings.Repeat("x", 252)), Options{})
	wantError(t, second(g.Begin(t.Context())), nil, "too long", "a shorter name")
}

// TestEmptyFile loads into a file that is there and empty; who only asks is told.
func TestEmptyFile(t *testing.T) {
	path := filepath.Join(t.TempDir(), "g.db")
	if err := os.WriteFile(path, nil, 0o666); err != nil {
		t.Fatal(err)
	}
	wantError(t, second(Open(t.Context(), path, Options{ReadOnly: true})), ErrDamaged, "it is empty", "load documents first")
	put(t, open(t, path, Options{}), simple("a.txt", "x"))
	if st, err := open(t, path, Options{ReadOnly: true}).Stats(t.Context()); err != nil || st.Documents != 1 {
		t.Errorf("%d documents, %v", st.Documents, err)
	}
}

// TestRefresh looks at a graph that others change: in each way of writing, and before there is one. What is read is of one state until the graph is
// refreshed, and then of the newest.
func TestRefresh(t *testing.T) {
	path := filepath.Join(t.TempDir(), "g.db")
	reader := open(t, path, Options{})
	documents := func() int {
		st, err := reader.Stats(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		return st.Documents
	}
	if err := reader.Refresh(t.Context()); err != nil {
		t.Fatal(err)
	}
	for i, batch := range []int64{0, 0, 1, 1, 0} {
		put(t, open(t, path, Options{BatchBytes: batch}), simple(fmt.Sprint(i, ".txt"), fmt.Sprint("x", i)))
		if n := documents(); n != i {
			t.Errorf("before it is refreshed it has %d documents, want %d", n, i)
		}
		if err := reader.Refresh(t.Context()); err != nil {
			t.Fatal(err)
		}
		if n := documents(); n != i+1 {
			t.Errorf("then it has %d documents, want %d", n, i+1)
		}
		shown := reader.now.Load()
		if err := reader.Refresh(t.Context()); err != nil || reader.now.Load() != shown {
			t.Errorf("it is read again when nothing has changed (%v)", err)
		}
	}
	put(t, reader, simple("own.txt", "y"))
	if err := os.Truncate(path, 0); err != nil {
		t.Fatal(err)
	}
	wantError(t, reader.Refresh(t.Context()), nil, "emptied", "put it back")
	if err := os.Remove(path); err != nil {
		t.Fatal(err)
	}
	wantError(t, reader.Refresh(t.Context()), nil, "removed", "put it back")
	put(t, reader, simple("new.txt", "z"))
	if err := reader.Refresh(t.Context()); err != nil || documents() != 1 {
		t.Errorf("a file that was made anew has %d documents, %v", documents(), err)
	}
}

// TestRefreshAmidChange refreshes a graph that its own writer is changing, from another goroutine.
func TestRefreshAmidChange(t *testing.T) {
	path, _ := saved(t)
	g := open(t, path, Options{})
	var wait sync.WaitGroup
	done := make(chan struct{})
	wait.Go(func() {
		for n := 0; ; n++ {
			select {
			case <-done:
				return
			default:
			}
			err := g.Refresh(t.Context())
			if st, serr := g.Stats(t.Context()); err != nil || serr != nil || st.Documents < 2 {
				t.Errorf("%d documents, %v, %v", st.Documents, err, serr)
				return
			}
		}
	})
	for i := range 20 {
		put(t, g, simple(fmt.Sprint(i), fmt.Sprint(i)))
	}
	close(done)
	wait.Wait()
}

// TestRefreshNQuads refreshes a graph in N-Quads, which is read anew only when it has changed.
func TestRefreshNQuads(t *testing.T) {
	path, _ := savedNQuads(t)
	reader := open(t, path, Options{ReadOnly: true})
	shown := reader.now.Load()
	if err := reader.Refresh(t.Context()); err != nil || reader.now.Load() != shown {
		t.Errorf("it was read again (%v)", err)
	}
	put(t, open(t, path, Options{}), simple("c.txt", "z"))
	if err := reader.Refresh(t.Context()); err != nil {
		t.Fatal(err)
	}
	if st, err := reader.Stats(t.Context()); err != nil || st.Documents != 3 {
		t.Errorf("%d documents, %v", st.Documents, err)
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

// TestLockDeletedByHand takes away the file that names the writer: the graph is locked all the same.
func TestLockDeletedByHand(t *testing.T) {
	path, _ := saved(t)
	a, b := open(t, path, Options{}), open(t, path, Options{})
	w, err := a.Begin(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if err := os.Remove(path + ".lock"); err != nil {
		t.Fatal(err)
	}
	wantError(t, second(b.Begin(t.Context())), ErrLocked, "by another process", "wait")
	if err := errors.Join(w.Put(simple("c.txt", "z")), w.Commit(t.Context())); err != nil {
		t.Fatal(err)
	}
	put(t, b, simple("d.txt", "zz"))
	if st, err := open(t, path, Options{}).Stats(t.Context()); err != nil || st.Documents != 4 {
		t.Errorf("%d documents, %v", st.Documents, err)
	}
}

// TestChangedBeneath changes a file while a change of it is being made, as without locks: the change is refused, with nothing lost.
func TestChangedBeneath(t *testing.T) {
	path, _ := saved(t)
	other := filepath.Join(t.TempDir(), "other.db")
	put(t, open(t, other, Options{}), simple("o.txt", "o"), simple("p.txt", "p"), simple("q.txt", "q"))
	g := open(t, path, Options{})
	w, err := g.Begin(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(w.Put(simple("c.txt", "z")), os.Rename(other, path)); err != nil {
		t.Fatal(err)
	}
	wantError(t, w.Commit(t.Context()), ErrChanged, "another process has changed", "do it again")
	put(t, g, simple("c.txt", "z"))
	if docs := contents(t, open(t, path, Options{})); len(docs) != 4 {
		t.Errorf("there are %d documents", len(docs))
	}
}

// TestLockOfAnotherUser meets a lock that may not be written: one that is held names its holder, one that was left behind goes.
func TestLockOfAnotherUser(t *testing.T) {
	if os.Getuid() == 0 {
		child := exec.CommandContext(t.Context(), testBinary(t), "-test.run", "^TestLockOfAnotherUser$", "-test.v")
		if !asNobody(child) {
			t.Skip("root may write anything")
		}
		child.Env = append(os.Environ(), "TMPDIR="+openFolder(t))
		out, err := child.CombinedOutput()
		if err != nil || !strings.Contains(string(out), "--- PASS") {
			t.Errorf("as another user: %v\n%s", err, out)
		}
		return
	}
	path, _ := saved(t)
	name := path + ".lock"
	if err := os.WriteFile(name, []byte("4711\nelsewhere\n2001-01-01T00:00:00Z\n"), 0o444); err != nil {
		t.Fatal(err)
	}
	f, err := os.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	if ours, err := tryLock(f); !ours {
		t.Skip("a file that is only read cannot be locked here: ", err)
	}
	g := open(t, path, Options{})
	wantError(t, second(g.Begin(t.Context())), ErrLocked, "process 4711 on elsewhere", "wait")
	dir := filepath.Dir(path)
	if err := errors.Join(f.Close(), os.Chmod(name, 0)); err != nil {
		t.Fatal(err)
	}
	wantError(t, second(g.Begin(t.Context())), fs.ErrPermission, "belongs to another user", "ask them")
	if err := errors.Join(os.Chmod(name, 0o444), os.Chmod(dir, 0o555)); err != nil {
		t.Fatal(err)
	}
	wantError(t, second(g.Begin(t.Context())), fs.ErrPermission, "belongs to another user", "ask them")
	if err := os.Chmod(dir, 0o777); err != nil {
		t.Fatal(err)
	}
	put(t, g, simple("c.txt", "z"))
	if _, err := os.Stat(name); err == nil {
		t.Error("the lock is still there")
	}
}

// testBinary returns this program at a place where every user may run it, and openFolder a folder that every user may write.
func testBinary(t *testing.T) string {
	t.Helper()
	whole, err := os.ReadFile(os.Args[0])
	name := filepath.Join(openFolder(t), "test")
	if err = errors.Join(err, os.WriteFile(name, whole, 0o755)); err != nil {
		t.Fatal(err)
	}
	return name
}

func openFolder(t *testing.T) string {
	t.Helper()
	dir, err := os.MkdirTemp("", "picograph-*")
	if err == nil {
		err = os.Chmod(dir, 0o777)
	}
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.RemoveAll(dir) })
	return dir
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
