package store

import (
	"context"
	"fmt"

	"github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/cayley/graph/iterator"
	"github.com/cayleygraph/cayley/graph/refs"
	"github.com/cayleygraph/quad"
)

// links is the quads that have given values in some directions. What it gives is of the state at the time at which it is
// begun to be read.
type links struct {
	qs   *QuadStore
	want map[quad.Direction]graph.Ref
}

// pattern returns what is wanted in the numbers of a state. It reports false when nothing can fit.
func (l *links) pattern(s *Snapshot) (p Pattern, ok bool, err error) {
	for d, r := range l.want {
		id, err := idIn(s, r)
		if err != nil || id == 0 {
			return p, false, err
		}
		*at(&p, d) = id
	}
	return p, true, nil
}

func (l *links) count() (int, error) {
	now := l.qs.s.Now()
	p, ok, err := l.pattern(now)
	if err != nil || !ok {
		return 0, err
	}
	return now.Count(p)
}

// String names the iterator.
func (l *links) String() string { return fmt.Sprintf("Links(%v)", l.want) }

// Iterate begins to read.
func (l *links) Iterate() iterator.Scanner {
	now := l.qs.s.Now()
	p, ok, err := l.pattern(now)
	if err != nil {
		return iterator.NewError(err)
	}
	if !ok {
		return iterator.NewNull()
	}
	return &linkScan{last: last{name: l}, scan: now.Scan(p)}
}

// Lookup tells of a quad whether it is one of these.
func (l *links) Lookup() iterator.Index {
	now := l.qs.s.Now()
	p, ok, err := l.pattern(now)
	if err != nil {
		return iterator.NewError(err)
	}
	if !ok {
		return iterator.NewNull()
	}
	return &linkIndex{last: last{name: l}, s: now, p: p}
}

// Stats says what it costs.
func (l *links) Stats(context.Context) (iterator.Costs, error) {
	n, err := l.count()
	return iterator.Costs{ContainsCost: 1, NextCost: 1, Size: refs.Size{Value: int64(n), Exact: true}}, err
}

// Optimize has nothing to do.
func (l *links) Optimize(context.Context) (iterator.Shape, bool) { return l, false }

// SubIterators returns none.
func (l *links) SubIterators() []iterator.Shape { return nil }

// last is what all iterators here have in common: where they are.
type last struct {
	name fmt.Stringer
	at   graph.Ref
	err  error
}

// String names the iterator.
func (b *last) String() string { return b.name.String() }

// TagResults adds nothing: there are no tags.
func (b *last) TagResults(map[string]graph.Ref) {}

// Result returns where the iterator is.
func (b *last) Result() graph.Ref { return b.at }

// NextPath reports false: there is one way to each result.
func (b *last) NextPath(context.Context) bool { return false }

// Err returns why the iterator ended early, if it did.
func (b *last) Err() error { return b.err }

// Close has nothing to do.
func (b *last) Close() error { return nil }

// linkScan reads links.
type linkScan struct {
	last
	scan *Scan
	n    int
}

// Next goes on.
func (l *linkScan) Next(ctx context.Context) bool {
	if l.err = ended(ctx, l.n); l.err != nil {
		return false
	}
	l.n++
	if !l.scan.Next() {
		l.at, l.err = nil, l.scan.Err()
		return false
	}
	l.at = link{l.scan.s, l.scan.Quad()}
	return true
}

// linkIndex tells of a quad whether it is one of some links.
type linkIndex struct {
	last
	s *Snapshot
	p Pattern
}

// Contains reports whether a quad is one of these.
func (l *linkIndex) Contains(_ context.Context, r graph.Ref) bool {
	q, ok := r.(link)
	if !ok {
		return false
	}
	l.at = r
	if q.s != l.s { // of another state: it may be gone
		var mine Quad
		for _, d := range quad.Directions {
			id, err := translate(l.s, q.s, *at(&q.q, d))
			if err != nil || id == 0 && *at(&q.q, d) != 0 {
				l.err = err
				return false
			}
			*at(&mine, d) = id
		}
		there, err := l.s.Has(mine)
		if l.err = err; !there {
			return false
		}
		q.q = mine
	}
	for _, d := range quad.Directions {
		if want := *at(&l.p, d); want != 0 && want != *at(&q.q, d) {
			return false
		}
	}
	return true
}

// nodes is the values that a quad has: all, or those of some stretches of the dictionary.
type nodes struct {
	qs     *QuadStore
	within *stretch // nil for all
}

// stretch is the values from one key to another, or of two classes of strings.
type stretch struct {
	name string
	keys [][2][]byte
}

func (st *stretch) ranges(s *Snapshot) ([]Range, error) {
	if st == nil {
		if n := s.values(); n > 0 {
			return []Range{{1, ID(n)}}, nil
		}
		return nil, nil
	}
	var out []Range
	for _, k := range st.keys {
		r, err := s.ranges(k[0], k[1])
		if err != nil {
			return nil, err
		}
		out = append(out, r...)
	}
	return out, nil
}

// live reports whether a value has a quad.
func (s *Snapshot) live(id ID) (bool, error) {
	patterns := []Pattern{{Subject: id}, {Object: id}, {Label: id}}
	if s.byID[uint32(id)] != 0 {
		patterns = append(patterns, Pattern{Predicate: id})
	}
	for _, p := range patterns {
		scan := s.Scan(p)
		if scan.Next() || scan.Err() != nil {
			return true, scan.Err()
		}
	}
	return false, nil
}

// String names the iterator.
func (n *nodes) String() string {
	if n.within != nil {
		return "Nodes(" + n.within.name + ")"
	}
	return "Nodes"
}

// Iterate begins to read.
func (n *nodes) Iterate() iterator.Scanner {
	now := n.qs.s.Now()
	r, err := n.within.ranges(now)
	if err != nil {
		return iterator.NewError(err)
	}
	return &nodeScan{last: last{name: n}, s: now, rest: r}
}

// Lookup tells of a value whether it is one of these.
func (n *nodes) Lookup() iterator.Index {
	now := n.qs.s.Now()
	r, err := n.within.ranges(now)
	if err != nil {
		return iterator.NewError(err)
	}
	return &nodeIndex{last: last{name: n}, s: now, within: r}
}

// Stats says what it costs.
func (n *nodes) Stats(context.Context) (iterator.Costs, error) {
	now := n.qs.s.Now()
	r, err := n.within.ranges(now)
	size := int64(0)
	for _, x := range r {
		size += int64(x.Last-x.First) + 1
	}
	return iterator.Costs{ContainsCost: 1, NextCost: 2, Size: refs.Size{Value: size}}, err
}

// Optimize has nothing to do.
func (n *nodes) Optimize(context.Context) (iterator.Shape, bool) { return n, false }

// SubIterators returns none.
func (n *nodes) SubIterators() []iterator.Shape { return nil }

// nodeScan reads nodes.
type nodeScan struct {
	last
	s    *Snapshot
	rest []Range
	n    int
}

// Next goes on.
func (n *nodeScan) Next(ctx context.Context) bool {
	for len(n.rest) > 0 {
		if n.err = ended(ctx, n.n); n.err != nil {
			return false
		}
		n.n++
		id := n.rest[0].First
		if id == n.rest[0].Last {
			n.rest = n.rest[1:]
		} else {
			n.rest[0].First++
		}
		live, err := n.s.live(id)
		if err != nil {
			n.err = err
			return false
		}
		if live {
			n.at = node{n.s, id}
			return true
		}
	}
	n.at = nil
	return false
}

// nodeIndex tells of a value whether it is one of some nodes.
type nodeIndex struct {
	last
	s      *Snapshot
	within []Range
}

// Contains reports whether a value is one of these.
func (n *nodeIndex) Contains(_ context.Context, r graph.Ref) bool {
	id, err := idIn(n.s, r)
	if n.err = err; id == 0 {
		return false
	}
	n.at = r
	for _, x := range n.within {
		if id >= x.First && id <= x.Last {
			return true
		}
	}
	return false
}
