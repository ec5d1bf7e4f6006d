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

// reload reads the graph from its file, or makes an empty one.
func (g *Graph) reload(ctx context.Context) error {
	s, foreign, err := g.open(ctx)
	if err != nil {
		return g.explain(err)
	}
	g.store, g.foreign = s, foreign
	g.now.Store(newView(s.Now()))
	return nil
}

// open opens the store. foreign is true when it was read from N-Quads.
func (g *Graph) open(ctx context.Context) (s *store.Store, foreign bool, err error) {
	o := store.Options{BatchBytes: g.opt.BatchBytes}
	if g.path == "" {
		return store.InMemory(o), false, nil
	}
	info, err := os.Stat(g.path)
	switch {
	case errors.Is(err, fs.ErrNotExist) && !g.opt.ReadOnly:
		if dir, err := os.Stat(filepath.Dir(g.path)); err != nil {
			return nil, false, &Error{Err: err, Hint: "make the folder first"}
		} else if !dir.IsDir() {
			return nil, false, fmt.Errorf("%s is not a folder", filepath.Dir(g.path))
		}
	case err != nil:
		return nil, false, err
	case info.IsDir():
		return nil, false, &Error{Err: errors.New("it is a folder"), Hint: "name a file, such as " + filepath.Join(g.where, "picograph.db")}
	default:
		f, err := os.Open(g.path)
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
	s, err = store.Open(g.path, g.opt.ReadOnly, o)
	return s, false, err
}

// refresh reads the file again when another process has changed it.
func (g *Graph) refresh(ctx context.Context) error {
	if g.now.Load() == nil {
		return ErrClosed
	}
	if !g.foreign {
		stale, err := g.store.Stale()
		if err != nil {
			return g.explain(err)
		}
		if !stale {
			return nil
		}
	}
	return g.reload(ctx)
}

// convert writes a graph that was read from N-Quads to its file as a store, and goes on with that.
func (g *Graph) convert(ctx context.Context) error {
	err := g.store.SaveAs(ctx, g.path)
	if err == nil {
		return g.reload(ctx)
	}
	err = g.unwritable("writing the graph", err)
	if again := g.reload(ctx); again != nil {
		return errors.Join(err, again)
	}
	return err
}

// explain gives an error of opening the place and advice.
func (g *Graph) explain(err error) error {
	e := &Error{Err: err}
	var known *Error
	if errors.As(err, &known) {
		e = known
	}
	e.Op, e.Where = "opening the graph", g.where
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
