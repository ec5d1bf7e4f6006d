package graph

import (
	"bufio"
	"context"
	"errors"
	"io"
	"maps"
	"slices"
	"strings"

	"github.com/cayleygraph/quad"

	"github.com/picograph/picograph/graph/evidence"
	"github.com/picograph/picograph/graph/store"
)

// IsGraph reports whether a file that begins so is a graph of picograph, in its own format or as N-Quads. Twenty bytes are
// enough to tell.
func IsGraph(begin []byte) bool { return isNQuads(begin) || store.IsFile(begin) }

// ReadDocuments reads a graph, in its own format or as N-Quads, and hands its documents to yield, sorted by identifier, each
// as it was put: one for each of its sources, with its text. What was joined is not among it, since that is worked out
// anew by the graph that the documents are put into. The error is yield's, or says what is wrong with the file.
func ReadDocuments(ctx context.Context, in io.Reader, yield func(*evidence.Document) error) error {
	b := bufio.NewReaderSize(in, 1<<16)
	begin, _ := b.Peek(20) // reading on gives the error, if any
	read := readQuads
	if store.IsFile(begin) {
		read = readStored
	}
	err := read(ctx, b, func(quads []quad.Quad) error { return giveDocument(quads, yield) })
	var e *Error
	if errors.As(err, &e) && e.Op == "" {
		e.Op = "reading the graph"
	}
	return err
}

// readQuads hands the quads of each document of a graph in N-Quads to yield.
func readQuads(ctx context.Context, in io.Reader, yield func([]quad.Quad) error) error {
	labels, err := readLabels(ctx, in)
	if err != nil {
		return err
	}
	for _, label := range slices.Sorted(maps.Keys(labels)) {
		if !knownLabel(label) {
			return damaged(0, "%d quads stand under the label %s, which belongs to no document", len(labels[label]), label)
		}
		if !strings.HasPrefix(label, documentIRI) {
			continue
		}
		if err := yield(labels[label]); err != nil {
			return err
		}
	}
	return nil
}

// readStored hands the quads of each document of a graph in its own format to yield.
func readStored(ctx context.Context, in io.Reader, yield func([]quad.Quad) error) error {
	data, err := io.ReadAll(in)
	if err != nil {
		return err
	}
	s, err := store.Read(data, store.Options{})
	if err != nil {
		return &Error{Err: err}
	}
	v := newView(&snapshot{Snapshot: s.Now()})
	ids, err := v.labels(ctx, documentIRI)
	if err != nil {
		return &Error{Err: err}
	}
	for _, id := range ids {
		quads, err := v.under(ctx, id)
		if err != nil {
			return &Error{Err: err}
		}
		if err := yield(quads); err != nil {
			return err
		}
	}
	return nil
}

// giveDocument hands a document to yield, once for each of its sources.
func giveDocument(quads []quad.Quad, yield func(*evidence.Document) error) error {
	d, err := decode(quads)
	if err != nil {
		return damaged(0, "a document: %v", err)
	}
	text, err := inflate(d.pieces)
	if err != nil {
		return damaged(0, "document %s: %v", d.id, err)
	}
	for _, from := range d.sources {
		doc := *d.doc
		doc.Text, doc.Source, doc.SHA256, doc.Format = text, from.Path, from.SHA256, from.Format
		if doc.Origin, err = evidence.ParseOrigin(from.Origin); err != nil {
			return damaged(0, "document %s: %v", d.id, err)
		}
		if err := yield(&doc); err != nil {
			return err
		}
	}
	return nil
}

// IsFragment reports whether bytes begin as N-Quads or N-Triples do that are no whole graph of picograph: a part that was
// exported, or another program's.
func IsFragment(data []byte) bool {
	p := newParser()
	for range 5 {
		line := data
		for i, c := range data {
			if c == '\n' {
				line = data[:i]
				break
			}
		}
		if q, ok, err := p.line(line); err != nil {
			return false
		} else if ok {
			return q.Subject != nil && q.Predicate != nil && q.Object != nil
		}
		data = data[min(len(line)+1, len(data)):]
	}
	return false
}
