package loader

import (
	"bufio"
	"compress/gzip"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"unicode/utf8"

	"github.com/picograph/picograph/graph"
	"github.com/picograph/picograph/graph/lazyregexp"
	"github.com/picograph/picograph/loader/format"
)

// partSize is how many bytes a part has at least. A file is read in parts, where its format can be cut, when it is larger than
// some of them, and when it is packed and larger than one; the largest record, and so the largest part, has many.
const (
	partSize     = 1 << 20
	largeParts   = 4
	largestParts = 64
)

// maxRatio is how many times its own size a compressed file may come to when it is larger than the largest file.
const maxRatio = 200

// part is a part of a file, whole records of it, ready to be read.
type part struct {
	file   format.File
	format format.Format
	sum    string
	doubt  *format.Doubt
	quads  bool // it is part of a graph in N-Quads
}

// split hands out a large file in parts, in order, and reports whether it did: small files, those of formats that cannot be
// cut, and those that cannot be read twice are left to be read as a whole. The file is read twice, the first time for its digest.
func (p *pipeline) split(ctx context.Context, s source, give func(job) error) (bool, error) {
	if s.err != nil || !s.file || s.size < int64(p.part) {
		return false, nil
	}
	disk := &counting{}
	in, closer, packed, err := p.unpacked(s, disk)
	if err != nil {
		return false, nil //nolint:nilerr // reading it as a whole tells of it
	}
	defer closer.Close() //nolint // it was only read
	if !packed && s.size < largeParts*int64(p.part) {
		return false, nil
	}
	head, err := in.Peek(p.part)
	if err != nil {
		return false, nil //nolint:nilerr // it is small, or reading it as a whole tells of the error
	}
	if graph.IsGraph(head) {
		return p.splitGraph(ctx, s, in, give)
	}
	kept, _ := format.UTF8(format.File{Name: s.name, Data: head[:validEnd(head)], More: true})
	f, err := format.Detect(kept)
	if err != nil || f.Starts == nil {
		return false, nil //nolint:nilerr // the same
	}
	pattern := f.Starts(kept.Data)
	if pattern == nil {
		return false, nil
	}
	sum, err := p.digest(ctx, s)
	if err != nil && ctx.Err() != nil {
		return true, ctx.Err()
	}
	r := parts{in: in, name: s.name, starts: pattern, size: p.part}
	for read := int64(0); ; {
		file, err := r.next()
		if len(file.Data) > 0 {
			text, doubt := format.UTF8(file)
			r.offset += len(text.Data)
			one := &part{file: text, format: f, sum: sum, doubt: doubt}
			before := read
			read = disk.n
			if gerr := give(job{source: s, part: one, bytes: read - before}); gerr != nil {
				return true, gerr
			}
		}
		if errors.Is(err, io.EOF) {
			return true, nil
		}
		if err != nil {
			s.err = damaged(err)
			return true, give(job{source: s})
		}
	}
}

// splitGraph hands out a large graph in N-Quads in parts, as split does. The first time it is read it is seen whether it is whole.
func (p *pipeline) splitGraph(ctx context.Context, s source, in io.Reader, give func(job) error) (bool, error) {
	first, closer, _, err := p.unpacked(s, &counting{})
	if err != nil {
		return false, nil //nolint:nilerr // reading it as a whole tells of it
	}
	sorted, err := graph.Sorted(ctx, first)
	closer.Close() //nolint // it was only read
	if ctx.Err() != nil {
		return true, ctx.Err()
	}
	if err != nil || !sorted {
		return false, nil //nolint:nilerr // the same
	}
	err = graph.CutNQuads(ctx, in, p.part, func(quads []byte) error {
		return give(job{source: s, part: &part{file: format.File{Name: s.name, Data: quads}, quads: true}, bytes: int64(len(quads))})
	})
	return true, err
}

// isGzip reports whether what is to be read is compressed.
func isGzip(in *bufio.Reader) bool {
	magic, _ := in.Peek(2)
	return len(magic) == 2 && magic[0] == 0x1F && magic[1] == 0x8B
}

// unpacked opens a source for reading, decompressed where it is gzip. What is packed too well to be true is an error when that
// much was read. packed tells that it is gzip; disk counts the bytes of the file.
func (p *pipeline) unpacked(s source, disk *counting) (in *bufio.Reader, closer io.Closer, packed bool, err error) {
	rc, err := s.open()
	if err != nil {
		return nil, nil, false, err
	}
	disk.in = rc
	in = bufio.NewReaderSize(disk, p.part+1)
	if !isGzip(in) {
		return in, rc, false, nil
	}
	z, err := gzip.NewReader(in)
	if err != nil {
		_ = rc.Close()
		return nil, nil, true, err
	}
	return bufio.NewReaderSize(&limited{in: z, left: max(p.max, s.size*maxRatio)}, p.part+1), rc, true, nil
}

// digest returns the SHA-256 of a source, decompressed, in hexadecimal. It looks at ctx between reads.
func (p *pipeline) digest(ctx context.Context, s source) (string, error) {
	in, closer, _, err := p.unpacked(s, &counting{})
	if err != nil {
		return "", err
	}
	defer closer.Close() //nolint // it was only read
	h := sha256.New()
	for {
		n, err := io.CopyN(h, in, partSize)
		switch {
		case errors.Is(err, io.EOF) && n < partSize:
			return hex.EncodeToString(h.Sum(nil)), nil
		case err != nil:
			return "", err
		case ctx.Err() != nil:
			return "", ctx.Err()
		}
	}
}

// counting counts what is read.
type counting struct {
	in io.Reader
	n  int64
}

// Read reads on.
func (c *counting) Read(p []byte) (int, error) {
	n, err := c.in.Read(p)
	c.n += int64(n)
	return n, err
}

// damaged is the error for a file that could be read only so far.
func damaged(err error) error {
	var e *Error
	if errors.As(err, &e) {
		return e
	}
	return &Error{Err: fmt.Errorf("%w: %w", ErrArchive, plain(err)), Hint: "is it complete? Try gunzip -t on it; what stands before was read"}
}

// parts cuts what it reads before records. offset is where the next part begins, in UTF-8; whoever takes a part adds its length.
type parts struct {
	in     *bufio.Reader
	name   string
	starts *lazyregexp.Regexp
	size   int
	rest   []byte // read and not yet handed out
	offset int
	before int // records handed out
}

// next returns the next part; with the last comes io.EOF. A part is at least as long as it should be, but for the last, and ends before a
// record; where none begins within the largest part, it ends there.
func (r *parts) next() (format.File, error) {
	size := r.size
	for size < 2*len(r.rest) {
		size *= 2
	}
	for ; ; size *= 2 {
		buf := make([]byte, size)
		n := copy(buf, r.rest)
		k, err := io.ReadFull(r.in, buf[n:])
		buf = buf[:n+k]
		if errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, io.EOF) {
			return r.cut(buf, len(buf)), io.EOF
		}
		if err != nil {
			return r.cut(buf, len(buf)), err
		}
		if at := r.last(buf); at > 0 {
			return r.cut(buf, at), nil
		}
		if size >= largestParts*r.size {
			return r.cut(buf, validEnd(buf)), nil
		}
		r.rest = buf
	}
}

// last returns where the last record of buf begins, or 0.
func (r *parts) last(buf []byte) int {
	for from := len(buf) - min(len(buf), r.size/8); ; from -= min(from, r.size/8) {
		all := r.starts.FindAllIndex(buf[from:], -1)
		if len(all) > 0 && from+all[len(all)-1][0] > 0 {
			return from + all[len(all)-1][0]
		}
		if from == 0 {
			return 0
		}
	}
}

// cut takes a part off.
func (r *parts) cut(buf []byte, end int) format.File {
	f := format.File{Name: r.name, Data: buf[:end:end], Offset: r.offset, Before: r.before, More: end < len(buf)}
	r.before += len(r.starts.FindAllIndex(f.Data, -1))
	r.rest = append([]byte(nil), buf[end:]...)
	return f
}

// validEnd returns the length of data without a character that its end cuts.
func validEnd(data []byte) int {
	for back := 1; back < utf8.UTFMax && back <= len(data); back++ {
		if at := len(data) - back; utf8.RuneStart(data[at]) {
			if !utf8.FullRune(data[at:]) {
				return at
			}
			break
		}
	}
	return len(data)
}
