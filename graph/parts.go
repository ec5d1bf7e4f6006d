package graph

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"io"
	"slices"
	"strings"

	"github.com/cayleygraph/quad"

	"github.com/picograph/picograph/graph/evidence"
)

// A graph in N-Quads is sorted, so that the quads of a document stand together, but for lines of others between them that do
// not belong to it. It can be read in parts, of which each has some documents whole.

// Sorted reads a graph that was written as N-Quads to its end, and reports whether it is whole and its lines are sorted, so
// that it can be cut.
func Sorted(ctx context.Context, in io.Reader) (bool, error) {
	r := &reader{in: bufio.NewReaderSize(in, 1<<20)}
	if err := r.header(); err != nil {
		return false, err
	}
	sorted := true
	var last []byte
	err := r.lines(ctx, func(line []byte) error {
		sorted = sorted && bytes.Compare(last, line) < 0 && atHome(line)
		last = append(last[:0], line...)
		return nil
	})
	return sorted && err == nil, err
}

// atHome reports whether the subject of a line begins with the document whose label the line has, if it is one's.
func atHome(line []byte) bool {
	label := line[bytes.LastIndex(line, []byte(" <"))+1:]
	if !bytes.HasPrefix(label, []byte("<"+documentIRI)) {
		return true
	}
	of, ok := documentOf(line)
	return ok && bytes.Equal(of, bytes.TrimSuffix(label, []byte("> .")))
}

// CutNQuads cuts a graph for which Sorted holds into parts of about so many bytes.
func CutNQuads(ctx context.Context, in io.Reader, size int, give func(part []byte) error) error {
	r := &reader{in: bufio.NewReaderSize(in, 1<<20)}
	if err := r.header(); err != nil {
		return err
	}
	var part, document []byte
	err := r.lines(ctx, func(line []byte) error {
		of, ok := documentOf(line)
		if !ok {
			return nil
		}
		if !bytes.Equal(of, document) {
			document = append(document[:0], of...)
			if len(part) >= size {
				if err := give(part); err != nil {
					return err
				}
				part = make([]byte, 0, size+size/8)
			}
		}
		part = append(append(part, line...), '\n')
		return nil
	})
	if err == nil && len(part) > 0 {
		err = give(part)
	}
	return err
}

// documentOf returns the beginning of the subject of a line that names its document; ok is false for all other lines.
func documentOf(line []byte) (of []byte, ok bool) {
	rest, ok := bytes.CutPrefix(line, []byte("<"+documentIRI))
	if !ok {
		return nil, false
	}
	end := bytes.IndexAny(rest, "/>")
	if end < 0 {
		return nil, false
	}
	return line[:len(line)-len(rest)+end], true
}

// ReadPart hands the documents of a part to yield, as ReadDocuments does those of a whole graph.
func ReadPart(part []byte, yield func(*evidence.Document) error) error {
	p := newParser()
	var quads []quad.Quad
	flush := func() error {
		if len(quads) == 0 {
			return nil
		}
		err := giveDocument(quads, yield)
		quads = quads[:0]
		return err
	}
	for line := range bytes.Lines(part) {
		q, ok, err := p.line(bytes.TrimSuffix(line, []byte{'\n'}))
		switch {
		case err != nil:
			return damaged(0, "%v", err)
		case !ok || !strings.HasPrefix(text(q.Label), documentIRI):
			continue
		}
		if n := len(quads); n > 0 && quads[n-1].Label != q.Label {
			if err := flush(); err != nil {
				return err
			}
		}
		quads = append(quads, q)
	}
	return flush()
}

// lines hands on all lines between the first and the last, and compares them with what the last says of them.
func (r *reader) lines(ctx context.Context, take func(line []byte) error) error {
	sum := newSum()
	for {
		b, err := r.next()
		if errors.Is(err, io.EOF) {
			return damaged(r.number-1, "the file ends here without its last line, so it was cut short")
		}
		if err != nil {
			return err
		}
		if bytes.HasPrefix(b, []byte("# ")) {
			return r.end(slices.Clone(b), sum)
		}
		sum.add(b)
		if err := take(b); err != nil {
			return err
		}
		if sum.lines%checkEvery == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
	}
}
