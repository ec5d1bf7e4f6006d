package graph

import (
	"cmp"
	"context"
	"iter"
	"slices"
	"strings"
	"sync"

	"github.com/cayleygraph/quad"

	"github.com/picograph/picograph/graph/store"
)

// checkEvery is how many quads are read between two looks at the context.
const checkEvery = 256

// snapshot is a state of a graph in a file or in memory.
type snapshot struct {
	*store.Snapshot
	terms      sync.Map // store.ID -> quad.Value, of predicates and labels
	predicates sync.Map // string -> store.ID
}

// predicate returns the number of a predicate, 0 for one that is not in the graph.
func (s *snapshot) predicate(iri string) (store.ID, error) {
	if id, ok := s.predicates.Load(iri); ok {
		return id.(store.ID), nil
	}
	id, err := s.Lookup(quad.IRI(iri))
	if err == nil {
		s.predicates.Store(iri, id)
	}
	return id, err
}

// edge returns the pattern of a predicate that leads to an object; ok is false when one of them is not in the graph.
func (s *snapshot) edge(predicate string, object quad.Value) (p store.Pattern, ok bool, err error) {
	if p.Predicate, err = s.predicate(predicate); err != nil || p.Predicate == 0 {
		return p, false, err
	}
	p.Object, err = s.Lookup(object)
	return p, p.Object != 0, err
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

// scans gives the quads that fit one pattern after another, by one scan: what is near is found faster.
func (s *snapshot) scans(ctx context.Context, give func(store.Quad)) func(store.Pattern) error {
	var scan *store.Scan
	return func(p store.Pattern) error {
		if scan == nil {
			scan = s.Scan(p)
		} else {
			scan.Again(p)
		}
		return giveAll(ctx, scan, give)
	}
}

// giveAll gives what a scan goes through with a look at the context now and then.
func giveAll(ctx context.Context, scan *store.Scan, give func(store.Quad)) error {
	n, err := 0, ctx.Err()
	if err != nil {
		return err
	}
	scan.Each(func(q store.Quad) bool {
		if n++; n%checkEvery == 0 {
			if err = ctx.Err(); err != nil {
				return false
			}
		}
		give(q)
		return true
	})
	return cmp.Or(err, scan.Err())
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
	return s.each(ctx, subjects, func(id store.ID) store.Pattern { return store.Pattern{Subject: id} }, 0)
}

func (s *snapshot) Under(ctx context.Context, labels ...quad.Value) ([]quad.Quad, error) {
	return s.each(ctx, labels, func(id store.ID) store.Pattern { return store.Pattern{Label: id} }, 0)
}

func (s *snapshot) Bare(ctx context.Context, labels ...quad.Value) ([]quad.Quad, error) {
	data, err := s.predicate(ourTerms + "data")
	if err != nil {
		return nil, err
	}
	return s.each(ctx, labels, func(id store.ID) store.Pattern { return store.Pattern{Label: id} }, data)
}

// each returns the quads that fit the patterns of values, but for those of a predicate.
func (s *snapshot) each(ctx context.Context, values []quad.Value, pattern func(store.ID) store.Pattern, but store.ID) ([]quad.Quad, error) {
	var found []store.Quad
	scan := s.scans(ctx, func(q store.Quad) {
		if q.Predicate != but {
			found = append(found, q)
		}
	})
	for _, x := range values {
		id, err := s.Lookup(x)
		if err == nil && id > 0 {
			err = scan(pattern(id))
		}
		if err != nil {
			return nil, err
		}
	}
	return s.quads(found)
}

// quads gives quads their values. Each value is read once, and goes to all places that it has.
func (s *snapshot) quads(found []store.Quad) ([]quad.Quad, error) {
	out := make([]quad.Quad, len(found))
	at := make([]ref, 0, len(found)+len(found)/2) // the numbers of values, above the places: of an object twice that of its quad
	for i, q := range found {
		at = append(at, refOf(q.Object, store.ID(2*i)))
		if i == 0 || q.Subject != found[i-1].Subject {
			at = append(at, refOf(q.Subject, store.ID(2*i+1)))
		}
		var err error
		if out[i].Predicate, err = s.term(q.Predicate); err != nil {
			return nil, err
		}
		if out[i].Label, err = s.term(q.Label); err != nil {
			return nil, err
		}
	}
	at = sorted(at)
	half := len(at) / 2
	for half > 0 && half < len(at) && at[half].whole() == at[half-1].whole() {
		half++
	}
	var other error
	var wait sync.WaitGroup
	if half >= manyValues {
		wait.Go(func() { other = s.place(out, found, at[half:]) })
	} else {
		half = len(at)
	}
	err := s.place(out, found, at[:half])
	wait.Wait()
	return out, cmp.Or(err, other)
}

// manyValues is from how many on values are read in two halves, side by side.
const manyValues = 2000

// place reads values and puts them where they belong.
func (s *snapshot) place(out []quad.Quad, found []store.Quad, at []ref) error {
	ids := make([]store.ID, 0, len(at)/2)
	for i, x := range at {
		if i == 0 || x.whole() != at[i-1].whole() {
			ids = append(ids, x.whole())
		}
	}
	return s.EachValue(ids, func(id store.ID, v quad.Value) error {
		for ; len(at) > 0 && at[0].whole() == id; at = at[1:] {
			i := int(at[0].node() / 2)
			if at[0].node()%2 == 0 {
				out[i].Object = v
				continue
			}
			for k := i; k < len(found) && found[k].Subject == id; k++ {
				out[k].Subject = v
			}
		}
		return nil
	})
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
	found := make([][]store.ID, len(objects))
	var ids []store.ID
	at := 0
	scan := s.scans(ctx, func(q store.Quad) { found[at], ids = append(found[at], q.Subject), append(ids, q.Subject) })
	for i, o := range objects {
		p, ok, err := s.edge(predicate, o)
		if at = i; ok {
			err = scan(p)
		}
		if err != nil {
			return nil, err
		}
	}
	texts := make(map[store.ID]string, len(ids))
	if err := s.Texts(ctx, ids, func(id store.ID, text string) { texts[id] = text }); err != nil {
		return nil, err
	}
	out := make([][]string, len(objects))
	for i, subjects := range found {
		for _, id := range subjects {
			out[i] = append(out[i], texts[id])
		}
	}
	return out, ctx.Err()
}

func (s *snapshot) Count(ctx context.Context, predicate string, objects ...quad.Value) ([]int, error) {
	out := make([]int, len(objects))
	for i, o := range objects {
		p, ok, err := s.edge(predicate, o)
		if ok {
			out[i], err = s.Snapshot.Count(p)
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
	p, err := s.predicate(predicate)
	if p == 0 {
		return out, err
	}
	counts := map[store.ID]int{}
	for q, err := range s.scan(ctx, store.Pattern{Predicate: p}) {
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

func (s *snapshot) Strings(ctx context.Context, predicate string, prefixes ...string) iter.Seq2[string, error] {
	return func(yield func(string, error) bool) {
		p, err := s.predicate(predicate)
		var ranges []store.Range
		for _, prefix := range prefixes {
			var more []store.Range
			if p > 0 && err == nil {
				more, err = s.Snapshot.Strings(prefix)
			}
			ranges = append(ranges, more...)
		}
		if err != nil {
			yield("", err)
			return
		}
		for _, r := range ranges {
			last := store.ID(0)
			for q, err := range read(ctx, s.ScanObjects(p, r.First, r.Last)) {
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
		id, err := s.Lookup(o)
		if err != nil {
			return nil, err
		}
		if id == 0 {
			continue
		}
		for q, err := range s.scan(ctx, store.Pattern{Object: id}) {
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
	scan := s.scans(ctx, give)
	for _, o := range objects {
		p, ok, err := s.edge(predicate, o)
		if ok {
			err = scan(p)
		}
		if err != nil {
			return err
		}
	}
	return ctx.Err()
}

func (s *snapshot) Values(ctx context.Context, predicate string) (out []store.ID, err error) {
	p, err := s.predicate(predicate)
	if p == 0 {
		return nil, err
	}
	err = s.Snapshot.Objects(p, func(id store.ID) error {
		if out = append(out, id); len(out)%checkEvery == 0 {
			return ctx.Err()
		}
		return nil
	})
	return out, err
}

func (s *snapshot) LeadingTo(ctx context.Context, predicate string, objects []store.ID, give func(store.Quad)) error {
	p, err := s.predicate(predicate)
	if p == 0 {
		return err
	}
	scan := s.scans(ctx, give)
	for _, o := range objects {
		if err := scan(store.Pattern{Predicate: p, Object: o}); err != nil {
			return err
		}
	}
	return nil
}

func (s *snapshot) Edges(ctx context.Context, predicate string, give func(store.Quad)) error {
	p, err := s.predicate(predicate)
	if p == 0 {
		return err
	}
	return giveAll(ctx, s.Scan(store.Pattern{Predicate: p}), give)
}

func (s *snapshot) Within(ctx context.Context, labels []store.ID, predicate string, object quad.Value, give func(store.Quad)) error {
	p, ok, err := s.edge(predicate, object)
	if !ok {
		return err
	}
	scan := s.scans(ctx, func(q store.Quad) {
		if q.Predicate == p.Predicate && q.Object == p.Object {
			give(q)
		}
	})
	for _, l := range labels {
		if err := scan(store.Pattern{Label: l}); err != nil {
			return err
		}
	}
	return nil
}

// ByText has nothing to do where all strings are of one part of the dictionary.
func (s *snapshot) ByText(ctx context.Context, ids []store.ID) error {
	slices.Sort(ids)
	parts, err := s.Snapshot.Strings("")
	if err != nil || len(ids) < 2 {
		return err
	}
	if slices.ContainsFunc(parts, func(r store.Range) bool { return r.First <= ids[0] && ids[len(ids)-1] <= r.Last }) {
		return nil
	}
	texts := make(map[store.ID]string, len(ids))
	if err := s.Texts(ctx, ids, func(id store.ID, text string) { texts[id] = text }); err != nil {
		return err
	}
	slices.SortFunc(ids, func(a, b store.ID) int { return strings.Compare(texts[a], texts[b]) })
	return nil
}

func (s *snapshot) Texts(ctx context.Context, ids []store.ID, give func(store.ID, string)) error {
	n := 0
	return s.EachValue(ids, func(id store.ID, v quad.Value) error {
		give(id, text(v))
		if n++; n%checkEvery == 0 {
			return ctx.Err()
		}
		return nil
	})
}
