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
	where   string // as given
	path    string // symbolic links resolved; empty in memory
	opt     Options
	store   *store.Store
	now     *snapshot
	foreign bool // the file is N-Quads and was read into memory; the first commit writes it anew
}

// openFile opens the graph in a file, or makes one in memory.
func openFile(ctx context.Context, where string, o Options) (*fileBase, error) {
	b := &fileBase{where: where, opt: o}
	if where != Memory {
		path, err := resolve(where)
		if err != nil {
			return nil, &Error{Op: "opening the graph", Where: where, Err: err}
		}
		b.path = path
	}
	return b, b.reload(ctx)
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

// Now returns the state that is shown: what others write to the file is seen when the graph is changed or opened again.
func (b *fileBase) Now(_ context.Context, shown state) (state, error) { return shown, nil }

// Share returns the path of the file, or writes what is in memory to a temporary one.
func (b *fileBase) Share(ctx context.Context) (place string, done func(), err error) {
	if b.path != "" && !b.foreign && b.now.Seq() > 0 {
		return b.path, func() {}, nil
	}
	dir, err := os.MkdirTemp("", "picograph-*")
	if err != nil {
		return "", nil, b.unwritable("copying the graph", err)
	}
	done = func() { _ = os.RemoveAll(dir) }
	place = filepath.Join(dir, "graph.db")
	if err := b.store.SaveAs(ctx, place); err != nil {
		done()
		return "", nil, b.unwritable("copying the graph", err)
	}
	return place, done, nil
}

// Close closes the file.
func (b *fileBase) Close() error { return b.store.Close() }

// Begin takes the lock of the file, and reads it again when another process has changed it.
func (b *fileBase) Begin(ctx context.Context, _ state) (transaction, state, error) {
	c := &fileChange{b: b}
	if b.path != "" {
		l, err := acquire(b.path)
		if err != nil {
			return nil, nil, b.unwritable("writing the graph", err)
		}
		c.lock = l
		if err := writable(b.path); err != nil {
			c.Rollback()
			return nil, nil, b.unwritable("writing the graph", err)
		}
		sweep(b.path)
		if err := b.refresh(ctx); err != nil {
			c.Rollback()
			return nil, nil, err
		}
	}
	var err error
	if c.Tx, err = b.store.Begin(); err != nil {
		c.Rollback()
		return nil, nil, err
	}
	return c, b.now, nil
}

// writable returns why a file that is there may not be written. A change may put another file in its place, which only the folder would forbid.
func writable(path string) error {
	f, err := os.OpenFile(path, os.O_WRONLY, 0)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	return f.Close()
}

// fileChange is a change of a file.
type fileChange struct {
	*store.Tx
	b    *fileBase
	lock *lock
}

// Empty reports whether there is nothing to write: a file that is not there yet is made in any case.
func (c *fileChange) Empty() bool {
	return c.Tx.Empty() && (c.b.path == "" || c.b.now.Seq() > 0 && !c.b.foreign)
}

// Commit writes the file.
func (c *fileChange) Commit(ctx context.Context) (state, error) {
	if err := c.Tx.Commit(ctx); err != nil {
		if ctx.Err() != nil {
			return nil, err
		}
		return nil, c.b.unwritable("writing the graph", err)
	}
	if c.b.foreign {
		if err := c.b.convert(ctx); err != nil {
			return nil, err
		}
	}
	c.b.now = &snapshot{Snapshot: c.b.store.Now()}
	return c.b.now, nil
}

// Rollback gives the change up, and the lock.
func (c *fileChange) Rollback() {
	if c.Tx != nil {
		c.Tx.Rollback()
	}
	if c.lock != nil {
		c.lock.release()
		c.lock = nil
	}
}

// open opens the store. foreign is true when it was read from N-Quads.
func (b *fileBase) open(ctx context.Context) (s *store.Store, foreign bool, err error) {
	o := store.Options{BatchBytes: b.opt.BatchBytes}
	if b.path == "" {
		return store.InMemory(o), false, nil
	}
	info, err := os.Stat(b.path)
	switch {
	case errors.Is(err, fs.ErrNotExist) && !b.opt.ReadOnly:
		if dir, err := os.Stat(filepath.Dir(b.path)); err != nil {
			return nil, false, &Error{Err: err, Hint: "make the folder first"}
		} else if !dir.IsDir() {
			return nil, false, fmt.Errorf("%s is not a folder", filepath.Dir(b.path))
		}
	case err != nil:
		return nil, false, err
	case info.IsDir():
		return nil, false, &Error{Err: errors.New("it is a folder"), Hint: "name a file, such as " + filepath.Join(b.where, "picograph.db")}
	default:
		f, err := os.Open(b.path)
		if err != nil {
			return nil, false, err
		}
		defer func() { _ = f.Close() }() // opened for reading only
		begin := make([]byte, 64)
		n, err := f.ReadAt(begin, 0)
		if err != nil && !errors.Is(err, io.EOF) {
			return nil, false, err
		}
		if isNQuads(begin[:n]) {
			s, err := readGraph(ctx, f)
			return s, true, err
		}
	}
	s, err = store.Open(b.path, b.opt.ReadOnly, o)
	return s, false, err
}

// refresh reads the file again when another process has changed it.
func (b *fileBase) refresh(ctx context.Context) error {
	if !b.foreign {
		stale, err := b.store.Stale()
		if err != nil {
			return b.explain(err)
		}
		if !stale {
			return nil
		}
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
