package graph

import (
	"context"
	"iter"
	"slices"
	"sync"

	"github.com/cayleygraph/quad"

	"github.com/picograph/picograph/graph/store"
)

// checkEvery is how many quads are read between two looks at the context.
const checkEvery = 256

// snapshot is a state of a graph in a file or in memory.
type snapshot struct {
	*store.Snapshot
	terms sync.Map // store.ID -> quad.Value, of predicates and labels
}

// find returns the numbers of values; ok is false when one of them is not in the graph.
func (s *snapshot) find(values ...quad.Value) (ids []store.ID, ok bool, err error) {
	for _, x := range values {
		id, err := s.Lookup(x)
		if err != nil || id == 0 {
			return nil, false, err
		}
		ids = append(ids, id)
	}
	return ids, true, nil
}

// scan goes through the quads that fit a pattern.
func (s *snapshot) scan(ctx context.Context, p store.Pattern) iter.Seq2[store.Quad, error] {
	return read(ctx, s.Scan(p))
}

// read goes through a scan with a look at the context now and then.
func read(ctx context.Context, scan *store.Scan) iter.Seq2[store.Quad, error] {
	return func(yield func(store.Quad, error) bool) {
		for n := 0; ; n++ {
			if n%checkEvery == 0 && ctx.Err() != nil {
				yield(store.Quad{}, ctx.Err())
				return
			}
			if !scan.Next() {
				break
			}
			if !yield(scan.Quad(), nil) {
				return
			}
		}
		if scan.Err() != nil {
			yield(store.Quad{}, scan.Err())
		}
	}
}

func (s *snapshot) From(ctx context.Context, subjects ...quad.Value) ([]quad.Quad, error) {
	return s.each(ctx, subjects, func(id store.ID) store.Pattern { return store.Pattern{Subject: id} })
}

func (s *snapshot) Under(ctx context.Context, labels ...quad.Value) ([]quad.Quad, error) {
	return s.each(ctx, labels, func(id store.ID) store.Pattern { return store.Pattern{Label: id} })
}

// each returns the quads that fit the patterns of values.
func (s *snapshot) each(ctx context.Context, values []quad.Value, pattern func(store.ID) store.Pattern) (out []quad.Quad, err error) {
	for _, x := range values {
		ids, ok, err := s.find(x)
		if err != nil {
			return nil, err
		}
		if !ok {
			continue
		}
		quads, err := s.fit(ctx, pattern(ids[0]))
		if err != nil || len(values) == 1 {
			return quads, err
		}
		out = append(out, quads...)
	}
	return out, nil
}

// fit returns the quads that fit a pattern.
func (s *snapshot) fit(ctx context.Context, p store.Pattern) ([]quad.Quad, error) {
	var found []store.Quad
	var ids []store.ID
	for q, err := range s.scan(ctx, p) {
		if err != nil {
			return nil, err
		}
		if n := len(found); n == 0 || q.Subject != found[n-1].Subject {
			ids = append(ids, q.Subject)
		}
		found, ids = append(found, q), append(ids, q.Object)
	}
	values, err := s.ValuesOf(ids)
	if err != nil {
		return nil, err
	}
	out := make([]quad.Quad, len(found))
	for i, q := range found {
		out[i].Subject, out[i].Object = values[q.Subject], values[q.Object]
		if out[i].Predicate, err = s.term(q.Predicate); err != nil {
			return nil, err
		}
		if out[i].Label, err = s.term(q.Label); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// manyTerms is how many labels are remembered; predicates are few.
const manyTerms = 4096

// term returns the value of a predicate or label, which is asked for again and again.
func (s *snapshot) term(id store.ID) (quad.Value, error) {
	if x, ok := s.terms.Load(id); ok {
		return x.(quad.Value), nil
	}
	x, err := s.Value(id)
	if err == nil {
		if id%manyTerms == 0 {
			s.terms.Clear()
		}
		s.terms.Store(id, x)
	}
	return x, err
}

// To returns subjects in the order of their numbers.
func (s *snapshot) To(ctx context.Context, predicate string, objects ...quad.Value) ([][]string, error) {
	out := make([][]string, len(objects))
	for i, o := range objects {
		ids, ok, err := s.find(quad.IRI(predicate), o)
		if err != nil {
			return nil, err
		}
		if !ok {
			continue
		}
		var found []store.ID
		for q, err := range s.scan(ctx, store.Pattern{Predicate: ids[0], Object: ids[1]}) {
			if err != nil {
				return nil, err
			}
			found = append(found, q.Subject)
		}
		values, err := s.ValuesOf(slices.Clone(found))
		if err != nil {
			return nil, err
		}
		out[i] = make([]string, len(found))
		for n, id := range found {
			out[i][n] = text(values[id])
		}
	}
	return out, ctx.Err()
}

func (s *snapshot) Count(ctx context.Context, predicate string, objects ...quad.Value) ([]int, error) {
	out := make([]int, len(objects))
	for i, o := range objects {
		ids, ok, err := s.find(quad.IRI(predicate), o)
		if ok {
			out[i], err = s.Snapshot.Count(store.Pattern{Predicate: ids[0], Object: ids[1]})
		}
		if err != nil {
			return nil, err
		}
	}
	return out, ctx.Err()
}

func (s *snapshot) Subjects(ctx context.Context, predicate string, least int) (map[string]int, error) {
	return s.tally(ctx, predicate, least, func(q store.Quad) store.ID { return q.Subject })
}

func (s *snapshot) Objects(ctx context.Context, predicate string) (map[string]int, error) {
	return s.tally(ctx, predicate, 1, func(q store.Quad) store.ID { return q.Object })
}

// tally counts the quads of a predicate by one of their values.
func (s *snapshot) tally(ctx context.Context, predicate string, least int, by func(store.Quad) store.ID) (map[string]int, error) {
	out := map[string]int{}
	ids, ok, err := s.find(quad.IRI(predicate))
	if !ok {
		return out, err
	}
	counts := map[store.ID]int{}
	for q, err := range s.scan(ctx, store.Pattern{Predicate: ids[0]}) {
		if err != nil {
			return nil, err
		}
		counts[by(q)]++
	}
	for id, n := range counts {
		if n < least {
			continue
		}
		value, err := s.Value(id)
		if err != nil {
			return nil, err
		}
		out[text(value)] += n
	}
	return out, nil
}

func (s *snapshot) Strings(ctx context.Context, predicate, prefix string) iter.Seq2[string, error] {
	return func(yield func(string, error) bool) {
		ids, ok, err := s.find(quad.IRI(predicate))
		if err != nil {
			yield("", err)
		}
		if !ok {
			return
		}
		ranges, err := s.Snapshot.Strings(prefix)
		if err != nil {
			yield("", err)
			return
		}
		for _, r := range ranges {
			last := store.ID(0)
			for q, err := range read(ctx, s.ScanObjects(ids[0], r.First, r.Last)) {
				if err == nil && q.Object == last {
					continue
				}
				var value quad.Value
				if last = q.Object; err == nil {
					value, err = s.Value(q.Object)
				}
				if !yield(text(value), err) || err != nil {
					return
				}
			}
		}
	}
}

func (s *snapshot) Has(ctx context.Context, label quad.Value, subjects ...quad.Value) ([]bool, error) {
	out := make([]bool, len(subjects))
	for i, x := range subjects {
		ids, ok, err := s.find(x, label)
		n := 0
		if ok {
			n, err = s.Snapshot.Count(store.Pattern{Subject: ids[0], Label: ids[1]})
		}
		if err != nil {
			return nil, err
		}
		out[i] = n > 0
	}
	return out, ctx.Err()
}

func (s *snapshot) Used(ctx context.Context, but map[string]bool, objects ...quad.Value) ([]bool, error) {
	out := make([]bool, len(objects))
	for i, o := range objects {
		ids, ok, err := s.find(o)
		if err != nil {
			return nil, err
		}
		if !ok {
			continue
		}
		for q, err := range s.scan(ctx, store.Pattern{Object: ids[0]}) {
			var label quad.Value
			if err == nil {
				label, err = s.term(q.Label)
			}
			if err != nil {
				return nil, err
			}
			if !but[text(label)] {
				out[i] = true
				break
			}
		}
	}
	return out, ctx.Err()
}

func (s *snapshot) Entries(ctx context.Context, set int, prefixes ...string) iter.Seq2[string, error] {
	return func(yield func(string, error) bool) {
		for _, prefix := range prefixes {
			for e, err := range s.entries(ctx, set, prefix, prefix) {
				if !yield(e, err) {
					return
				}
			}
		}
	}
}

func (s *snapshot) EntriesAfter(ctx context.Context, set int, prefix, after string) iter.Seq2[string, error] {
	return s.entries(ctx, set, prefix, max(prefix, after+"\x00"))
}

// entries yields the entries that begin with a prefix, from one on.
func (s *snapshot) entries(ctx context.Context, set int, prefix, from string) iter.Seq2[string, error] {
	return func(yield func(string, error) bool) {
		n := 0
		for e, err := range s.EntriesFrom(set, []byte(prefix), []byte(from)) {
			if err == nil && n%checkEvery == 0 {
				err = ctx.Err()
			}
			if n++; err != nil {
				yield("", err)
				return
			}
			if !yield(string(e), nil) {
				return
			}
		}
	}
}

func (s *snapshot) Check(ctx context.Context) ([]store.Damage, int64, error) {
	found, err := s.Verify(ctx)
	return found, s.Bytes(), err
}

func (s *snapshot) Leading(ctx context.Context, predicate string, objects []quad.Value, give func(store.Quad)) error {
	for _, o := range objects {
		ids, ok, err := s.find(quad.IRI(predicate), o)
		if err != nil {
			return err
		}
		if !ok {
			continue
		}
		for q, err := range s.scan(ctx, store.Pattern{Predicate: ids[0], Object: ids[1]}) {
			if err != nil {
				return err
			}
			give(q)
		}
	}
	return ctx.Err()
}

func (s *snapshot) Values(ctx context.Context, predicate string) (out []store.ID, err error) {
	ids, ok, err := s.find(quad.IRI(predicate))
	if !ok {
		return nil, err
	}
	err = s.Snapshot.Objects(ids[0], func(id store.ID) error {
		if out = append(out, id); len(out)%checkEvery == 0 {
			return ctx.Err()
		}
		return nil
	})
	return out, err
}

func (s *snapshot) LeadingTo(ctx context.Context, predicate string, objects []store.ID, give func(store.Quad)) error {
	ids, ok, err := s.find(quad.IRI(predicate))
	if !ok {
		return err
	}
	for _, o := range objects {
		for q, err := range s.scan(ctx, store.Pattern{Predicate: ids[0], Object: o}) {
			if err != nil {
				return err
			}
			give(q)
		}
	}
	return nil
}

func (s *snapshot) Edges(ctx context.Context, predicate string, give func(store.Quad)) error {
	ids, ok, err := s.find(quad.IRI(predicate))
	if !ok {
		return err
	}
	for q, err := range s.scan(ctx, store.Pattern{Predicate: ids[0]}) {
		if err != nil {
			return err
		}
		give(q)
	}
	return nil
}

func (s *snapshot) Within(ctx context.Context, labels []store.ID, predicate string, object quad.Value, give func(store.Quad)) error {
	ids, ok, err := s.find(quad.IRI(predicate), object)
	if !ok {
		return err
	}
	for _, l := range labels {
		for q, err := range s.scan(ctx, store.Pattern{Label: l}) {
			if err != nil {
				return err
			}
			if q.Predicate == ids[0] && q.Object == ids[1] {
				give(q)
			}
		}
	}
	return nil
}

func (s *snapshot) Texts(_ context.Context, ids []store.ID) (map[store.ID]string, error) {
	values, err := s.ValuesOf(ids)
	out := make(map[store.ID]string, len(values))
	for id, v := range values {
		out[id] = text(v)
	}
	return out, err
}
