package graph

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync"

	"github.com/picograph/picograph/graph/store"
)

// resolve returns the path of the file itself, so that a symbolic link survives when the file is replaced.
func resolve(path string) (string, error) {
	abs, err := filepath.Abs(path)
	if err != nil {
		return "", err
	}
	real, err := filepath.EvalSymlinks(abs)
	if errors.Is(err, fs.ErrNotExist) {
		return abs, nil
	}
	return real, err
}

// temporary returns how the names of the temporary files of a graph begin.
func temporary(path string) string { return path + ".tmp-" }

// sweep removes what writers that were killed left behind. Only the holder of the lock may call it.
func sweep(path string) {
	left, err := os.ReadDir(filepath.Dir(path))
	if err != nil {
		return
	}
	for _, e := range left {
		if digits, ok := strings.CutPrefix(e.Name(), filepath.Base(temporary(path))); ok {
			if _, err := strconv.Atoi(strings.TrimSuffix(digits, "r")); err == nil {
				_ = os.Remove(filepath.Join(filepath.Dir(path), e.Name()))
			}
		}
	}
}

// fileBase keeps a graph in a file, or in memory.
type fileBase struct {
	where string // as given
	path  string // symbolic links resolved; empty in memory
	opt   Options

	mu       sync.Mutex // for what follows
	store    *store.Store
	now      *snapshot
	foreign  fs.FileInfo // of the file as it was read into memory, when it is N-Quads; the first commit writes it anew
	changing bool        // by this graph: no other process can
}

// openFile opens the graph in a file, or makes one in memory.
func openFile(ctx context.Context, where string, o Options) (*fileBase, error) {
	b := &fileBase{where: where, opt: o}
	if where != Memory {
		path, err := resolve(where)
		if err == nil {
			err = meantOtherwise(where)
		}
		if err != nil {
			return nil, b.explain(err)
		}
		b.path = path
	}
	return b, b.reload(ctx)
}

// meantOtherwise returns an error for a place that as the path of a file would be an odd one.
func meantOtherwise(where string) error {
	home, end := filepath.FromSlash("~/"), len(where)-1
	folder := func(path string) bool {
		info, err := os.Stat(path)
		return err == nil && info.IsDir()
	}
	switch {
	case strings.HasPrefix(where, Memory):
		return &Error{Err: errors.New("a graph in memory has no name"), Hint: "write mem: alone, or ./" + where + " for a file of that name"}
	case strings.HasPrefix(where, home) && !folder("~"):
		return &Error{Err: errors.New("~ was not made your home folder by your shell"), Hint: "write --graph ~/FILE with a blank and without quotes, or $HOME/FILE"}
	case os.IsPathSeparator(where[end]) && !folder(where):
		return &Error{Err: errors.New("it is the name of a folder"), Hint: "name a file, such as " + filepath.Clean(where)}
	}
	return nil
}

// reload reads the graph from its file, or makes an empty one.
func (b *fileBase) reload(ctx context.Context) error {
	s, foreign, err := b.open(ctx)
	if err != nil {
		return b.explain(err)
	}
	b.store, b.foreign = s, foreign
	b.now = &snapshot{Snapshot: s.Now()}
	return nil
}

// Now returns the state that is shown: what others write to the file is seen when it is looked for, or the graph is changed or opened again.
func (b *fileBase) Now(_ context.Context, shown state) (state, error) { return shown, nil }

// errGone is the error of a file that is no longer there, or holds nothing any more.
var errGone = errors.New("the file was removed or emptied after it had been opened")

// Newest reads the file again when another process has changed it. While this graph is changed itself no other can.
func (b *fileBase) Newest(ctx context.Context, shown state) (state, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.path == "" || b.changing {
		return shown, nil
	}
	if info, err := os.Stat(b.path); b.now.Seq() > 0 && (errors.Is(err, fs.ErrNotExist) || err == nil && info.Size() == 0) {
		return nil, &Error{Op: "reading the graph", Where: b.where, Err: errGone, Hint: "put it back, or load the documents again"}
	}
	if err := b.refresh(ctx); err != nil {
		return nil, err
	}
	return b.now, nil
}

// Share returns the path of the file, or writes what is in memory to a temporary one.
func (b *fileBase) Share(ctx context.Context) (place string, done func(), err error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.path != "" && b.foreign == nil && b.now.Seq() > 0 {
		return b.path, func() {}, nil
	}
	dir, err := os.MkdirTemp("", "picograph-*")
	if err != nil {
		return "", nil, b.unwritable("copying the graph", temporaryFolder(err))
	}
	done = func() { _ = os.RemoveAll(dir) }
	place = filepath.Join(dir, "graph.db")
	if err := b.store.SaveAs(ctx, place); err != nil {
		done()
		return "", nil, b.unwritable("copying the graph", err)
	}
	return place, done, nil
}

// temporaryFolder gives advice to an error of a folder for temporary files that is not there.
func temporaryFolder(err error) error {
	if !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return &Error{Err: err, Hint: "nothing was changed: TMPDIR must name a folder that is there"}
}

// Close closes the file.
func (b *fileBase) Close() error {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.store.Close()
}

// Begin takes the lock of the file, and reads it again when another process has changed it.
func (b *fileBase) Begin(ctx context.Context, _ state) (transaction, state, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	c := &fileChange{b: b}
	if b.path != "" {
		l, err := acquire(b.path)
		if err != nil {
			return nil, nil, b.unwritable("writing the graph", err)
		}
		c.lock = l
		sweep(b.path)
		if err := b.refresh(ctx); err != nil {
			c.release()
			return nil, nil, err
		}
	}
	var err error
	if c.Tx, err = b.store.Begin(); err != nil {
		c.release()
		return nil, nil, err
	}
	b.changing = true
	return c, b.now, nil
}

// fileChange is a change of a file.
type fileChange struct {
	*store.Tx
	b    *fileBase
	lock *lock
}

// Empty reports whether there is nothing to write: a file that is not there yet is made in any case.
func (c *fileChange) Empty() bool {
	return c.Tx.Empty() && (c.b.path == "" || c.b.now.Seq() > 0 && c.b.foreign == nil)
}

// Commit writes the file.
func (c *fileChange) Commit(ctx context.Context) (state, error) {
	if err := c.Tx.Commit(ctx); err != nil {
		if ctx.Err() != nil {
			return nil, err
		}
		return nil, c.b.unwritable("writing the graph", err)
	}
	c.b.mu.Lock()
	defer c.b.mu.Unlock()
	if c.b.foreign != nil {
		if err := c.b.convert(ctx); err != nil {
			return nil, err
		}
	}
	c.b.now = &snapshot{Snapshot: c.b.store.Now()}
	return c.b.now, nil
}

// Rollback gives the change up, and the lock.
func (c *fileChange) Rollback() {
	c.b.mu.Lock()
	defer c.b.mu.Unlock()
	c.Tx.Rollback()
	c.b.changing = false
	c.release()
}

// release gives the lock back.
func (c *fileChange) release() {
	if c.lock != nil {
		c.lock.release()
		c.lock = nil
	}
}

// open opens the store. foreign is the file when it was read from N-Quads.
func (b *fileBase) open(ctx context.Context) (s *store.Store, foreign fs.FileInfo, err error) {
	o := store.Options{BatchBytes: b.opt.BatchBytes}
	if b.path == "" {
		return store.InMemory(o), nil, nil
	}
	info, err := os.Stat(b.path)
	switch {
	case errors.Is(err, fs.ErrNotExist) && !b.opt.ReadOnly:
		if dir, err := os.Stat(filepath.Dir(b.path)); err != nil {
			return nil, nil, &Error{Err: err, Hint: "make the folder first"}
		} else if !dir.IsDir() {
			return nil, nil, fmt.Errorf("%s is not a folder", filepath.Dir(b.path))
		}
	case err != nil:
		return nil, nil, err
	case info.IsDir():
		return nil, nil, &Error{Err: errors.New("it is a folder"), Hint: "name a file, such as " + filepath.Join(b.where, "picograph.db")}
	case !info.Mode().IsRegular(): // a device, which must not be replaced, or a pipe, which may be waited for in vain
		return nil, nil, &Error{Err: errors.New("it is no file that can be a graph"), Hint: "name a file, or mem: for a graph in memory"}
	default:
		f, err := os.Open(b.path)
		if err != nil {
			return nil, nil, err
		}
		defer func() { _ = f.Close() }() // opened for reading only
		begin := make([]byte, 64)
		n, err := f.ReadAt(begin, 0)
		if err != nil && !errors.Is(err, io.EOF) {
			return nil, nil, err
		}
		if isNQuads(begin[:n]) {
			s, err := readGraph(ctx, f)
			return s, info, err
		}
		if n == 0 && b.opt.ReadOnly {
			return nil, nil, &Error{Err: fmt.Errorf("%w: it is empty", ErrDamaged), Hint: "load documents first: picograph load PATH...; if it was a graph before, restore a copy"}
		}
	}
	s, err = store.Open(b.path, b.opt.ReadOnly, o)
	return s, nil, err
}

// refresh reads the file again when another process has changed it.
func (b *fileBase) refresh(ctx context.Context) error {
	if was := b.foreign; was != nil {
		if is, err := os.Stat(b.path); err == nil && os.SameFile(was, is) && was.Size() == is.Size() && was.ModTime().Equal(is.ModTime()) {
			return nil
		}
	} else if stale, err := b.store.Stale(); err != nil {
		return b.explain(err)
	} else if !stale {
		return nil
	}
	return b.reload(ctx)
}

// convert writes a graph that was read from N-Quads to its file as a store, and goes on with that.
func (b *fileBase) convert(ctx context.Context) error {
	err := b.store.SaveAs(ctx, b.path)
	if err == nil {
		return b.reload(ctx)
	}
	err = b.unwritable("writing the graph", err)
	if again := b.reload(ctx); again != nil {
		return errors.Join(err, again)
	}
	return err
}

// explain gives an error of opening the place and advice.
func (b *fileBase) explain(err error) error {
	e := &Error{Err: err}
	var known *Error
	if errors.As(err, &known) {
		e = known
	}
	e.Op, e.Where = "opening the graph", b.where
	var path *fs.PathError
	if errors.As(e.Err, &path) {
		e.Err = path.Err
	}
	if e.Hint == "" {
		switch {
		case nameTooLong(err):
			e.Hint = "give it a shorter name"
		case errors.Is(err, fs.ErrNotExist):
			e.Hint = "load documents first: picograph load PATH..."
		case errors.Is(err, fs.ErrPermission):
			e.Hint = "check that you may read it"
		case errors.Is(err, ErrForeign):
			e.Hint = "to read documents, use load or --with; to keep a graph, name a file of its own"
		case errors.Is(err, ErrVersion):
			e.Hint = "load the documents into a new file, or use the picograph that wrote this one"
		case errors.Is(err, ErrDamaged):
			e.Hint = "the file is left as it is: restore a copy of it, or load the documents into a new file"
		}
	}
	return e
}
