package graph

import (
	"bufio"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"github.com/cayleygraph/quad"
)

// A graph file is N-Quads in canonical form, sorted by byte, between two comments. The first names the format and its
// version, the last counts the quads and gives the SHA-256 of all lines between the two, so that a file that was cut
// short or changed is noticed.
const (
	formatVersion = 1
	formatLine    = "# picograph graph "
)

// footer returns the last line of a file without its end.
func footer(quads int, digest string) string {
	return fmt.Sprintf("# %d quads, sha256 %s", quads, digest)
}

// stamp identifies one state of a file, so that a change by another process is seen.
type stamp struct {
	exists  bool
	size    int64
	changed time.Time
	info    os.FileInfo
}

func stampOf(path string) (stamp, error) {
	info, err := os.Stat(path)
	if errors.Is(err, fs.ErrNotExist) {
		return stamp{}, nil
	}
	if err != nil {
		return stamp{}, err
	}
	return stamp{true, info.Size(), info.ModTime(), info}, nil
}

func (a stamp) same(b stamp) bool {
	if a.exists != b.exists {
		return false
	}
	return !a.exists || a.size == b.size && a.changed.Equal(b.changed) && os.SameFile(a.info, b.info)
}

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

// writeFile replaces the file at path by the sorted lines: it writes a temporary file beside it, syncs it, renames it
// and syncs the folder. When it fails the file is as it was and nothing is left behind.
func writeFile(path string, sorted []string, digest string) (err error) {
	mode := fs.FileMode(0o666)
	if info, err := os.Stat(path); err == nil {
		mode = info.Mode().Perm()
	}
	temp := temporary(path) + strconv.Itoa(os.Getpid())
	f, err := os.OpenFile(temp, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, mode)
	if err != nil {
		return err
	}
	defer func() {
		if err != nil {
			_ = f.Close()
			_ = os.Remove(temp)
		}
	}()
	b := bufio.NewWriterSize(f, 1<<20)
	_, _ = fmt.Fprintf(b, "%s%d\n", formatLine, formatVersion) // an error stays in b until Flush
	for _, line := range sorted {
		_, _ = b.WriteString(line)
		_ = b.WriteByte('\n')
	}
	_, _ = fmt.Fprintln(b, footer(len(sorted), digest))
	if err := b.Flush(); err != nil {
		return err
	}
	if err := f.Sync(); err != nil {
		return err
	}
	if err := f.Close(); err != nil {
		return err
	}
	if err := os.Rename(temp, path); err != nil {
		return err
	}
	return syncFolder(filepath.Dir(path))
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
			if _, err := strconv.Atoi(digits); err == nil {
				_ = os.Remove(filepath.Join(filepath.Dir(path), e.Name()))
			}
		}
	}
}

// syncFolder makes a rename last. File systems that cannot sync a folder have nothing better to offer.
func syncFolder(dir string) error {
	d, err := os.Open(dir)
	if err != nil {
		return err
	}
	_ = d.Sync()
	return d.Close()
}

// reader reads a graph file.
type reader struct {
	in     *bufio.Reader
	number int // of the line last read
	long   []byte
}

// next returns the next line without its end; the last one may lack it. It returns io.EOF after the last line.
func (r *reader) next() ([]byte, error) {
	r.number++
	b, err := r.in.ReadSlice('\n')
	if errors.Is(err, bufio.ErrBufferFull) {
		r.long = r.long[:0]
		for errors.Is(err, bufio.ErrBufferFull) {
			r.long = append(r.long, b...)
			b, err = r.in.ReadSlice('\n')
		}
		r.long = append(r.long, b...)
		b = r.long
	}
	if err != nil && !(errors.Is(err, io.EOF) && len(b) > 0) {
		return nil, err
	}
	if n := len(b); n > 0 && b[n-1] == '\n' {
		b = b[:n-1]
	}
	if n := len(b); n > 0 && b[n-1] == '\r' { // a file that was mailed
		b = b[:n-1]
	}
	return b, nil
}

// readGraph reads a graph file into a new store. It returns the digest that the file carries and that its lines have.
func readGraph(ctx context.Context, in io.Reader) (*store, string, error) {
	r := &reader{in: bufio.NewReaderSize(in, 1<<20)}
	if err := r.header(); err != nil {
		return nil, "", err
	}
	s := newStore()
	batches := make(chan []quad.Quad, 4)
	stored := make(chan error, 1)
	go func() {
		var failed error
		for b := range batches {
			if failed == nil {
				failed = s.add(b)
			}
		}
		stored <- failed
	}()
	digest, err := r.body(ctx, batches)
	close(batches)
	if failed := <-stored; err == nil {
		err = failed
	}
	if err != nil {
		return nil, "", err
	}
	stray, err := s.strays(ctx)
	if err == nil && stray > 0 {
		err = damaged(0, "%d quads stand under labels that belong to no document", stray)
	}
	return s, digest, err
}

func damaged(line int, format string, args ...any) error {
	return &Error{Line: line, Err: fmt.Errorf("%w: %s", ErrDamaged, fmt.Sprintf(format, args...))}
}

// header reads the first line.
func (r *reader) header() error {
	first, err := r.next()
	if errors.Is(err, io.EOF) {
		return &Error{Err: fmt.Errorf("%w: it is empty", ErrDamaged), Hint: "remove it to start with an empty graph"}
	}
	if err != nil {
		return err
	}
	version, ok := strings.CutPrefix(string(first[:min(len(first), 100)]), formatLine)
	if !ok {
		return &Error{
			Line: 1, Err: fmt.Errorf("%w: it does not begin with %q", ErrForeign, strings.TrimSpace(formatLine)),
			Hint: "to read documents, use load or --with; to keep a graph, name a file of its own",
		}
	}
	if version != strconv.Itoa(formatVersion) {
		return &Error{
			Line: 1, Err: fmt.Errorf("%w: %q, and this picograph reads %d", ErrVersion, version, formatVersion),
			Hint: "load the documents into a new file, or use the picograph that wrote this one",
		}
	}
	return nil
}

// body reads all other lines and hands on their quads.
func (r *reader) body(ctx context.Context, batches chan<- []quad.Quad) (string, error) {
	p, sum := newParser(), sha256.New()
	var batch []quad.Quad
	count, last := 0, ""
	for {
		b, err := r.next()
		if errors.Is(err, io.EOF) {
			return "", damaged(r.number-1, "the file ends here without its last line, so it was cut short")
		}
		if err != nil {
			return "", err
		}
		if strings.HasPrefix(string(b[:min(len(b), 2)]), "# ") {
			last = string(b)
			break
		}
		q, ok, err := p.line(b)
		switch {
		case err != nil:
			return "", damaged(r.number, "%v", err)
		case !ok:
			return "", damaged(r.number, "neither a quad nor the last line")
		case q.Label == nil:
			return "", damaged(r.number, "the quad has no label")
		}
		_, _ = sum.Write(b) // a hash never fails
		_, _ = sum.Write([]byte{'\n'})
		count++
		if batch = append(batch, q); len(batch) == cap(batch) || len(batch) >= 4096 {
			if err := ctx.Err(); err != nil {
				return "", err
			}
			batches <- batch
			batch = make([]quad.Quad, 0, 4096)
		}
	}
	batches <- batch
	digest := hex.EncodeToString(sum.Sum(nil))
	if want := footer(count, digest); last != want {
		return "", damaged(r.number, "the quads are not those that were written (%d quads were read, and the last line is %.90q)", count, last)
	}
	if b, err := r.next(); err == nil {
		return "", damaged(r.number, "there is more after the last line: %.40q", b)
	} else if !errors.Is(err, io.EOF) {
		return "", err
	}
	return digest, nil
}

// digestOf returns the SHA-256 of sorted lines in hexadecimal.
func digestOf(sorted []string) string {
	sum := sha256.New()
	for _, line := range sorted {
		_, _ = io.WriteString(sum, line)
		_, _ = sum.Write([]byte{'\n'})
	}
	return hex.EncodeToString(sum.Sum(nil))
}

// reload reads the graph from its file, or makes an empty one.
func (g *Graph) reload(ctx context.Context) error {
	s, digest, seen, err := g.read(ctx)
	if err != nil {
		return g.explain(err)
	}
	g.mu.Lock()
	defer g.mu.Unlock()
	g.store, g.digest, g.seen, g.cache = s, digest, seen, newCache()
	return nil
}

func (g *Graph) read(ctx context.Context) (*store, string, stamp, error) {
	empty := digestOf(nil)
	if g.path == "" {
		return newStore(), empty, stamp{}, nil
	}
	f, err := os.Open(g.path)
	if errors.Is(err, fs.ErrNotExist) && !g.opt.ReadOnly {
		if dir, err := os.Stat(filepath.Dir(g.path)); err != nil {
			return nil, "", stamp{}, &Error{Err: err, Hint: "make the folder first"}
		} else if !dir.IsDir() {
			return nil, "", stamp{}, fmt.Errorf("%s is not a folder", filepath.Dir(g.path))
		}
		return newStore(), empty, stamp{}, nil
	}
	if err != nil {
		return nil, "", stamp{}, err
	}
	defer func() { _ = f.Close() }() // opened for reading only
	info, err := f.Stat()
	if err != nil {
		return nil, "", stamp{}, err
	}
	if info.IsDir() {
		return nil, "", stamp{}, &Error{Err: errors.New("it is a folder"), Hint: "name a file, such as " + filepath.Join(g.where, "picograph.db")}
	}
	s, digest, err := readGraph(ctx, f)
	return s, digest, stamp{true, info.Size(), info.ModTime(), info}, err
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
		case errors.Is(err, ErrDamaged):
			e.Hint = "the file is left as it is: restore a copy of it, or load the documents into a new file"
		}
	}
	return e
}
