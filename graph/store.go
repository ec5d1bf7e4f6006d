package graph

import (
	"context"
	"fmt"

	cayley "github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/cayley/graph/memstore"
	"github.com/cayleygraph/quad"
)

// Cayley's memstore never mends a tree that deletions emptied, and looks for every deleted node in a list of all of
// them, so beyond this many deletions it is cheaper to build it anew.
const manyDeletions = 4000

// checkEvery is how many quads are read between two looks at the context.
const checkEvery = 256

// store is Cayley's memory store with the few walks that this package needs. Reads may run at the same time; a change
// must have the store to itself. Nothing else in picograph knows which store this is.
type store struct {
	quads *memstore.QuadStore
}

func newStore() *store { return &store{quads: memstore.New()} }

// add puts quads in. All of them must be valid: Cayley itself stores a nil subject without complaint.
func (s *store) add(quads []quad.Quad) error {
	for _, q := range quads {
		if !q.IsValid() || !quad.IsValidValue(q.Label) {
			return fmt.Errorf("not a quad: %v", q)
		}
	}
	return s.apply(cayley.Add, quads)
}

// remove takes quads out; those that are not there are ignored.
func (s *store) remove(quads []quad.Quad) error { return s.apply(cayley.Delete, quads) }

func (s *store) apply(action cayley.Procedure, quads []quad.Quad) error {
	deltas := make([]cayley.Delta, len(quads))
	for i, q := range quads {
		deltas[i] = cayley.Delta{Quad: q, Action: action}
	}
	return s.quads.ApplyDeltas(deltas, cayley.IgnoreOpts{IgnoreDup: true, IgnoreMissing: true})
}

// size returns the number of quads.
func (s *store) size(ctx context.Context) (int, error) {
	st, err := s.quads.Stats(ctx, true)
	return int(st.Quads.Value), err
}

// from returns the quads of a subject, at a label or, when label is nil, at any.
func (s *store) from(ctx context.Context, subject, label quad.Value) ([]quad.Quad, error) {
	return s.with(ctx, quad.Subject, subject, func(q quad.Quad) bool { return label == nil || q.Label == label })
}

// to returns the quads that lead by a predicate to an object, at any label.
func (s *store) to(ctx context.Context, object quad.Value, predicate string) ([]quad.Quad, error) {
	p := quad.Value(quad.IRI(predicate))
	return s.with(ctx, quad.Object, object, func(q quad.Quad) bool { return q.Predicate == p })
}

// under returns the quads of a label.
func (s *store) under(ctx context.Context, label string) ([]quad.Quad, error) {
	return s.with(ctx, quad.Label, quad.IRI(label), func(quad.Quad) bool { return true })
}

func (s *store) with(ctx context.Context, at quad.Direction, value quad.Value, keep func(quad.Quad) bool) ([]quad.Quad, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	ref, err := s.quads.ValueOf(value)
	if err != nil || ref == nil {
		return nil, err
	}
	scan := s.quads.QuadIterator(at, ref).Iterate()
	defer func() { _ = scan.Close() }() // the memory store's iterators hold nothing
	var out []quad.Quad
	for n := 1; scan.Next(ctx); n++ {
		if n%checkEvery == 0 && ctx.Err() != nil {
			return nil, ctx.Err()
		}
		q, err := s.quads.Quad(scan.Result())
		if err != nil {
			return nil, err
		}
		if keep(q) {
			out = append(out, q)
		}
	}
	return out, scan.Err()
}

// strays returns how many quads stand under labels that belong to no document, nor to the vocabulary or the joins.
func (s *store) strays(ctx context.Context) (int, error) {
	all, err := s.size(ctx)
	if err != nil {
		return 0, err
	}
	labels, err := s.labels(ctx)
	if err != nil {
		return 0, err
	}
	for _, l := range labels {
		ref, err := s.quads.ValueOf(quad.IRI(l))
		if err != nil || ref == nil {
			continue
		}
		size, err := s.quads.QuadIteratorSize(ctx, quad.Label, ref)
		if err != nil {
			return 0, err
		}
		all -= int(size.Value)
	}
	return all, nil
}

// labels returns the labels in use: of the documents, the vocabulary and the joins.
func (s *store) labels(ctx context.Context) ([]string, error) {
	docs, err := s.documents(ctx)
	if err != nil {
		return nil, err
	}
	return append(docs, vocabularyIn, joinsIn), nil
}

// documents returns the nodes of the documents, which are also their labels, in no order.
func (s *store) documents(ctx context.Context) ([]string, error) {
	quads, err := s.to(ctx, quad.IRI(theLayout().named["Document"].iri), rdfType)
	var out []string
	for _, q := range quads {
		if q.Subject == q.Label {
			out = append(out, text(q.Subject))
		}
	}
	return out, err
}

// all returns every quad, in no order.
func (s *store) all(ctx context.Context) ([]quad.Quad, error) {
	labels, err := s.labels(ctx)
	if err != nil {
		return nil, err
	}
	var out []quad.Quad
	for _, l := range labels {
		quads, err := s.under(ctx, l)
		if err != nil {
			return nil, err
		}
		out = append(out, quads...)
	}
	return out, nil
}
