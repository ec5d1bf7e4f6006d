package store

import (
	"context"
	"fmt"

	"github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/cayley/graph/iterator"
	"github.com/cayleygraph/cayley/graph/refs"
	"github.com/cayleygraph/quad"
)

// QuadStore is a store as Cayley knows one, for its paths and query languages. Whole numbers and numbers with a point are
// compared by their size, whatever their types.
type QuadStore struct{ s *Store }

// QuadStore returns the store as Cayley knows one.
func (s *Store) QuadStore() *QuadStore { return &QuadStore{s} }

// node is a value for Cayley: its number in one state. In another state it is looked up again.
type node struct {
	s  *Snapshot
	id ID
}

// Key returns what can be compared.
func (n node) Key() any { return n }

// link is a quad for Cayley.
type link struct {
	s *Snapshot
	q Quad
}

// Key returns what can be compared.
func (l link) Key() any { return l }

// idIn returns the number of a reference in a state; 0 when it is not there.
func idIn(s *Snapshot, r graph.Ref) (ID, error) {
	switch r := r.(type) {
	case node:
		return translate(s, r.s, r.id)
	case refs.PreFetchedValue:
		return s.Lookup(r.NameOf())
	}
	return 0, nil
}

func translate(to, from *Snapshot, id ID) (ID, error) {
	if to == from || id == 0 {
		return id, nil
	}
	e, err := from.entry(id)
	if err != nil {
		return 0, err
	}
	return to.lookup(append([]byte(nil), e[:keyLength(e)]...))
}

// ValueOf returns the reference of a value; nil when the store does not have it.
func (qs *QuadStore) ValueOf(v quad.Value) (graph.Ref, error) {
	if v == nil {
		return nil, nil
	}
	now := qs.s.Now()
	id, err := now.Lookup(v)
	if err != nil || id == 0 {
		return nil, err
	}
	return node{now, id}, nil
}

// NameOf returns the value of a reference.
func (qs *QuadStore) NameOf(r graph.Ref) (quad.Value, error) {
	switch r := r.(type) {
	case refs.PreFetchedValue:
		return r.NameOf(), nil
	case node:
		return r.s.value(r.id, true)
	}
	return nil, nil
}

// ValuesOf returns the values of references.
func (qs *QuadStore) ValuesOf(ctx context.Context, vals []graph.Ref) ([]quad.Value, error) {
	out := make([]quad.Value, len(vals))
	for i, r := range vals {
		var err error
		if err = ended(ctx, i); err == nil {
			out[i], err = qs.NameOf(r)
		}
		if err != nil {
			return nil, err
		}
	}
	return out, nil
}

// RefsOf returns the references of values. It is an error when the store does not have one.
func (qs *QuadStore) RefsOf(ctx context.Context, nodes []quad.Value) ([]graph.Ref, error) {
	out := make([]graph.Ref, len(nodes))
	for i, v := range nodes {
		r, err := qs.ValueOf(v)
		if err == nil && r == nil {
			err = fmt.Errorf("not found: %v", v)
		}
		if err == nil {
			err = ended(ctx, i)
		}
		if err != nil {
			return nil, err
		}
		out[i] = r
	}
	return out, nil
}

// Quad returns the quad of a reference.
func (qs *QuadStore) Quad(r graph.Ref) (quad.Quad, error) {
	l, ok := r.(link)
	if !ok {
		return quad.Quad{}, nil
	}
	return l.s.quad(l.q, true)
}

// QuadDirection returns one value of a quad.
func (qs *QuadStore) QuadDirection(r graph.Ref, d quad.Direction) (graph.Ref, error) {
	l, ok := r.(link)
	if !ok {
		return nil, nil
	}
	if id := *at(&l.q, d); id != 0 {
		return node{l.s, id}, nil
	}
	return nil, nil
}

// at returns the place of a direction in a pattern.
func at(p *Pattern, d quad.Direction) *ID {
	switch d {
	case quad.Subject:
		return &p.Subject
	case quad.Predicate:
		return &p.Predicate
	case quad.Object:
		return &p.Object
	}
	return &p.Label
}

// QuadIterator goes through the quads that have a value in a direction.
func (qs *QuadStore) QuadIterator(d quad.Direction, r graph.Ref) iterator.Shape {
	if r == nil {
		return iterator.NewNull()
	}
	return &links{qs: qs, want: map[quad.Direction]graph.Ref{d: r}}
}

// QuadIteratorSize counts the quads that have a value in a direction, exactly.
func (qs *QuadStore) QuadIteratorSize(_ context.Context, d quad.Direction, r graph.Ref) (refs.Size, error) {
	n, err := (&links{qs: qs, want: map[quad.Direction]graph.Ref{d: r}}).count()
	return refs.Size{Value: int64(n), Exact: true}, err
}

// QuadsAllIterator goes through all quads.
func (qs *QuadStore) QuadsAllIterator() iterator.Shape { return &links{qs: qs} }

// NodesAllIterator goes through all values that a quad has.
func (qs *QuadStore) NodesAllIterator() iterator.Shape { return &nodes{qs: qs} }

// Stats counts values and quads. Values are counted exactly only when asked to: some may have lost their last quad.
func (qs *QuadStore) Stats(ctx context.Context, exact bool) (graph.Stats, error) {
	now := qs.s.Now()
	st := graph.Stats{Quads: refs.Size{Value: int64(now.Len()), Exact: true}}
	losses := false
	for _, g := range now.segs {
		st.Nodes.Value += int64(g.dict.count)
		losses = losses || g.dels[spog].count > 0
	}
	st.Nodes.Exact = !losses
	if losses && exact {
		st.Nodes = refs.Size{Exact: true}
		scan := (&nodes{qs: qs}).Iterate()
		for scan.Next(ctx) {
			st.Nodes.Value++
		}
		return st, scan.Err()
	}
	return st, nil
}

// ApplyDeltas makes changes in one transaction, one after the other.
func (qs *QuadStore) ApplyDeltas(in []graph.Delta, opts graph.IgnoreOpts) error {
	tx, err := qs.s.Begin()
	if err != nil {
		return err
	}
	defer tx.Rollback()
	was, is := map[quad.Quad]bool{}, map[quad.Quad]bool{}
	for _, d := range in {
		if d.Action != graph.Add && d.Action != graph.Delete {
			return &graph.DeltaError{Delta: d, Err: graph.ErrInvalidAction}
		}
		there, known := is[d.Quad]
		if !known {
			if there, err = tx.base.has(d.Quad); err != nil {
				return err
			}
			was[d.Quad], is[d.Quad] = there, there
		}
		switch add := d.Action == graph.Add; {
		case add && there && !opts.IgnoreDup:
			return &graph.DeltaError{Delta: d, Err: graph.ErrQuadExists}
		case !add && !there && !opts.IgnoreMissing:
			return &graph.DeltaError{Delta: d, Err: graph.ErrQuadNotExist}
		default:
			is[d.Quad] = add
		}
	}
	for q, there := range is {
		if there == was[q] {
			continue
		}
		if err := tx.Change(q, there); err != nil {
			return err
		}
	}
	if tx.batch.empty() {
		return nil
	}
	return tx.Commit(context.Background())
}

// has reports whether a quad is there, by its values.
func (s *Snapshot) has(q quad.Quad) (bool, error) {
	var p Quad
	for _, x := range []struct {
		v  quad.Value
		to *ID
	}{{q.Subject, &p.Subject}, {q.Predicate, &p.Predicate}, {q.Object, &p.Object}, {q.Label, &p.Label}} {
		if x.v == nil {
			continue
		}
		var err error
		if *x.to, err = s.Lookup(x.v); err != nil || *x.to == 0 {
			return false, err
		}
	}
	return s.Has(p)
}

// NewQuadWriter begins to add quads in batches; those that are there already are ignored.
func (qs *QuadStore) NewQuadWriter() (quad.WriteCloser, error) { return &writer{qs: qs}, nil }

// writer adds quads in batches.
type writer struct {
	qs   *QuadStore
	wait []graph.Delta
}

const writerBatch = 50000

// WriteQuad adds a quad.
func (w *writer) WriteQuad(q quad.Quad) error {
	_, err := w.WriteQuads([]quad.Quad{q})
	return err
}

// WriteQuads adds quads.
func (w *writer) WriteQuads(quads []quad.Quad) (int, error) {
	for _, q := range quads {
		w.wait = append(w.wait, graph.Delta{Quad: q, Action: graph.Add})
	}
	if len(w.wait) < writerBatch {
		return len(quads), nil
	}
	return len(quads), w.flush()
}

func (w *writer) flush() error {
	wait := w.wait
	w.wait = nil
	return w.qs.ApplyDeltas(wait, graph.IgnoreOpts{IgnoreDup: true, IgnoreMissing: true})
}

// Close adds what is waiting.
func (w *writer) Close() error { return w.flush() }

// Close closes the store.
func (qs *QuadStore) Close() error { return qs.s.Close() }

var (
	_ graph.QuadStore = (*QuadStore)(nil)
	_ refs.BatchNamer = (*QuadStore)(nil)
)
