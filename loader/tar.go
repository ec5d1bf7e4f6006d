package loader

import (
	"archive/tar"
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"sync"
)

// tar hands out the members of a tar file, compressed or not, in its order, as "file.tar!member". It can be read only from
// its start to its end, so members are read here and kept until they were worked on: of all of them together no more is
// kept than the largest file may have.
func (o *opener) tar(ctx context.Context, file string, compressed bool, give func(source) error) error {
	broken := func(err error) error {
		if ctx.Err() != nil {
			return ctx.Err()
		}
		var e *Error
		if !errors.As(err, &e) {
			e = &Error{Err: fmt.Errorf("%w: %w", ErrArchive, plain(err)), Hint: "is it complete? Try tar -t on it; what stands before was read"}
		}
		return give(source{name: file, err: e})
	}
	f, err := os.Open(file)
	if err != nil {
		return broken(err)
	}
	defer f.Close() //nolint // it was only read
	var in io.Reader = f
	if compressed {
		if in, err = gzip.NewReader(f); err != nil {
			return broken(err)
		}
	}
	in = &limited{in: in, left: o.max * maxTotal}
	r := tar.NewReader(in)
	kept := newRoom(ctx, o.max)
	defer kept.stop()
	files := 0
	for n := 0; ; n++ {
		h, err := r.Next()
		switch {
		case errors.Is(err, io.EOF) && files == 0:
			return broken(&Error{Err: fmt.Errorf("%w: it has no files", ErrArchive), Hint: "names that begin with a dot are not read"})
		case errors.Is(err, io.EOF):
			return nil
		case err != nil:
			return broken(err)
		case n >= maxMembers:
			return broken(&Error{Err: fmt.Errorf("%w: more than %d members", ErrArchive, maxMembers), Hint: "unpack it and load the folder"})
		}
		if h.Typeflag != tar.TypeReg || hiddenMember(h.Name) {
			continue
		}
		files++
		s := source{name: file + "!" + h.Name, size: h.Size, disk: h.Size}
		switch {
		case unsafeName(h.Name):
			s.err = &Error{Err: fmt.Errorf("%w: the member's name leads out of the archive", ErrArchive), Hint: "do not trust this archive"}
		case h.Size > o.max:
			s.err = tooLarge(h.Size, o.max)
		default:
			if err := kept.take(h.Size); err != nil {
				return err
			}
			data, err := readLimited(ctx, r, h.Size, o.max)
			if err != nil {
				return broken(err)
			}
			s.open = func() (io.ReadCloser, error) { return io.NopCloser(bytes.NewReader(data)), nil }
			s.done = func() { kept.free(h.Size) }
		}
		if err := give(s); err != nil {
			return err
		}
	}
}

// limited reads until as much was read as an archive may have together.
type limited struct {
	in   io.Reader
	left int64
}

// Read reads while there is something left.
func (l *limited) Read(p []byte) (int, error) {
	n, err := l.in.Read(p)
	if l.left -= int64(n); l.left < 0 {
		return 0, &Error{Err: fmt.Errorf("%w: its members come to too much together", ErrArchive), Hint: "unpack it and load the folder in parts"}
	}
	return n, err
}

// room is how many bytes may be kept at a time.
type room struct {
	ctx  context.Context //nolint // it lives as long as the walk through one archive
	mu   sync.Mutex
	wake *sync.Cond
	stop func() bool // ends the watch for ctx
	kept int64
	most int64
}

func newRoom(ctx context.Context, most int64) *room {
	r := &room{ctx: ctx, most: most}
	r.wake = sync.NewCond(&r.mu)
	r.stop = context.AfterFunc(ctx, func() {
		r.mu.Lock()
		defer r.mu.Unlock()
		r.wake.Broadcast()
	})
	return r
}

// take waits until there is room for n bytes, or nothing else is kept.
func (r *room) take(n int64) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	for r.kept > 0 && r.kept+n > r.most && r.ctx.Err() == nil {
		r.wake.Wait()
	}
	r.kept += n
	return r.ctx.Err()
}

// free gives n bytes back.
func (r *room) free(n int64) {
	r.mu.Lock()
	r.kept -= n
	r.mu.Unlock()
	r.wake.Broadcast()
}
