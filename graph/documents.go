package graph

import (
	"context"
	"errors"
	"io"
	"slices"

	"github.com/picograph/picograph/graph/evidence"
)

// FileStart is how a graph that was written as N-Quads begins.
const FileStart = formatLine

// ReadDocuments reads a graph that WriteNQuads or a commit wrote and hands its documents to yield, sorted by identifier,
// each as it was put: one for each of its sources, with its text. What was joined is not among it, since that is worked
// out anew by the graph that the documents are put into. The error is yield's, or says what is wrong with the file.
func ReadDocuments(ctx context.Context, in io.Reader, yield func(*evidence.Document) error) error {
	s, _, err := readGraph(ctx, in)
	var e *Error
	if errors.As(err, &e) {
		e.Op = "reading the graph"
	}
	if err != nil {
		return err
	}
	ids, err := s.documents(ctx)
	if err != nil {
		return err
	}
	slices.Sort(ids)
	for _, id := range ids {
		quads, err := s.under(ctx, id)
		if err != nil {
			return err
		}
		d, err := decode(quads)
		if err != nil {
			return damaged(0, "a document: %v", err)
		}
		text, err := inflate(d.pieces)
		if err != nil {
			return damaged(0, "document %s: %v", id, err)
		}
		for _, from := range d.sources {
			doc := *d.doc
			doc.Text, doc.Source, doc.SHA256, doc.Format = text, from.Path, from.SHA256, from.Format
			if doc.Origin, err = evidence.ParseOrigin(from.Origin); err != nil {
				return damaged(0, "document %s: %v", id, err)
			}
			if err := yield(&doc); err != nil {
				return err
			}
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
