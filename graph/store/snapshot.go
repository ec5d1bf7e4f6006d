package store

import (
	"bytes"
	"slices"
	"sort"

	"github.com/cayleygraph/quad"
)

// ID is the number of a value within one state of a store. There is none for 0.
type ID uint32

// Lookup returns the number of a value, or 0 when the store does not have it.
func (s *Snapshot) Lookup(v quad.Value) (ID, error) {
	key, _, err := term(nil, v)
	if err != nil {
		return 0, nil // what cannot be stored is not there
	}
	return s.lookup(key)
}

func (s *Snapshot) lookup(key []byte) (ID, error) {
	for i := len(s.segs) - 1; i >= 0; i-- {
		g := s.segs[i]
		if g.dict.count == 0 {
			continue
		}
		rank, is, found, err := s.dict(g).find(key)
		if err != nil {
			return 0, err
		}
		if is && keyLength(found) == len(key) {
			return ID(g.base + uint32(rank) + 1), nil
		}
	}
	return 0, nil
}

func (s *Snapshot) dict(g *segment) table { return table{s.f, g.dict} }

// home returns the segment whose dictionary has a value, and its place there.
func (s *Snapshot) home(id ID) (*segment, uint64, error) {
	i := sort.Search(len(s.segs), func(i int) bool { return s.segs[i].base >= uint32(id) }) - 1
	if id == 0 || i < 0 {
		return nil, 0, damaged("there is no value of the number %d", id)
	}
	return s.segs[i], uint64(uint32(id) - s.segs[i].base - 1), nil
}

// entry returns what the dictionary has for a number. It is good until the next call.
func (s *Snapshot) entry(id ID) ([]byte, error) {
	g, rank, err := s.home(id)
	if err != nil {
		return nil, err
	}
	return s.dict(g).at(rank)
}

// entries gives what the dictionary has for numbers, which must be sorted. Neighbouring numbers, such as those of the nodes
// of one document, are read in one pass over their leaf.
func (s *Snapshot) entries(ids []ID, f func(id ID, entry []byte) error) error {
	var g *segment
	var w *walker
	for _, id := range ids {
		home, rank, err := s.home(id)
		if err != nil {
			return err
		}
		if home != g {
			g = home
			w = &walker{climber: climber{f: s.f, root: g.dict}}
		}
		if err := w.to(rank); err != nil {
			return err
		}
		if err := f(id, w.key); err != nil {
			return err
		}
	}
	return nil
}

// EachValue gives the values of numbers, which it sorts, each once, in the order of the numbers: for many this takes far less than one
// after the other.
func (s *Snapshot) EachValue(ids []ID, give func(ID, quad.Value) error) error {
	if !slices.IsSorted(ids) {
		slices.Sort(ids)
	}
	return s.entries(slices.Compact(ids), func(id ID, e []byte) error {
		v, err := value(e, false, func() ([]byte, error) { return s.f.blob(e) })
		if err != nil {
			return err
		}
		return give(id, v)
	})
}

// Value returns the value of a number, literals with their type and as they were written.
func (s *Snapshot) Value(id ID) (quad.Value, error) { return s.value(id, false) }

func (s *Snapshot) value(id ID, native bool) (quad.Value, error) {
	e, err := s.entry(id)
	if err != nil {
		return nil, err
	}
	return value(e, native, func() ([]byte, error) { return s.f.blob(e) })
}

// blob reads what lies apart.
func (f *file) blob(entry []byte) ([]byte, error) {
	p, err := blobAt(entry)
	if err != nil {
		return nil, err
	}
	return f.blobAt(p)
}

func (f *file) blobAt(p place) ([]byte, error) {
	b, err := f.read(p)
	if err != nil {
		return nil, err
	}
	if b[0] != kindBlob {
		return nil, damaged("a block is not of the kind that it should be")
	}
	return b[1:], nil
}

// Quad is a quad by the numbers of its values; the label is 0 where there is none.
type Quad struct{ Subject, Predicate, Object, Label ID }

// Pattern is a quad of which some values are open, which is written as 0.
type Pattern = Quad

// Values returns a quad's values.
func (s *Snapshot) Values(q Quad) (out quad.Quad, err error) { return s.quad(q, false) }

func (s *Snapshot) quad(q Quad, native bool) (out quad.Quad, err error) {
	for _, x := range []struct {
		id ID
		to *quad.Value
	}{{q.Subject, &out.Subject}, {q.Predicate, &out.Predicate}, {q.Object, &out.Object}, {q.Label, &out.Label}} {
		if x.id == 0 {
			continue
		}
		if *x.to, err = s.value(x.id, native); err != nil {
			return quad.Quad{}, err
		}
	}
	return out, nil
}

// internal turns a pattern into numbers as the orders have them. It reports false when nothing can fit.
func (s *Snapshot) internal(p Pattern) (tuple, bool) {
	t := tuple{uint32(p.Subject), 0, uint32(p.Object), uint32(p.Label)}
	if p.Predicate != 0 {
		t[1] = s.byID[uint32(p.Predicate)]
		return t, t[1] != 0
	}
	return t, true
}

func (s *Snapshot) external(t tuple) (Quad, error) {
	if t[1] == 0 || int(t[1]) > len(s.preds) {
		return Quad{}, damaged("there is no predicate of the number %d", t[1])
	}
	return Quad{ID(t[0]), ID(s.preds[t[1]-1]), ID(t[2]), ID(t[3])}, nil
}

// choose returns the order in which the bound parts of a pattern come first, and how many do.
func choose(t tuple) (order, int) {
	best, most := spog, -1
	for _, o := range []order{spog, posg, ospg, gspo} {
		n := 0
		for n < 4 && o.arrange(t)[n] != 0 {
			n++
		}
		if n > most {
			best, most = o, n
		}
	}
	return best, most
}

// between returns the first and the last tuple that begin with n given parts.
func between(t tuple, n int) (lo, hi tuple) {
	for i := range t {
		if i < n {
			lo[i], hi[i] = t[i], t[i]
		} else {
			hi[i] = 1<<32 - 1
		}
	}
	return lo, hi
}

// Count returns how many quads fit a pattern, exactly.
func (s *Snapshot) Count(p Pattern) (int, error) {
	t, ok := s.internal(p)
	if !ok {
		return 0, nil
	}
	o, n := choose(t)
	lo, hi := between(o.arrange(t), n)
	if bound(t) == n {
		return s.span(o, lo, hi)
	}
	count := 0
	scan := s.Scan(p)
	for scan.Next() {
		count++
	}
	return count, scan.Err()
}

func bound(t tuple) int {
	n := 0
	for _, x := range t {
		if x != 0 {
			n++
		}
	}
	return n
}

// span returns how many quads lie between two tuples of an order, both included.
func (s *Snapshot) span(o order, lo, hi tuple) (int, error) {
	n := 0
	for _, g := range s.segs {
		a, err := spanOf(s.f, g.adds[o], o, lo, hi)
		if err != nil {
			return 0, err
		}
		d, err := spanOf(s.f, g.dels[o], o, lo, hi)
		if err != nil {
			return 0, err
		}
		n += a - d
	}
	return n, nil
}

// spanOf returns how many tuples of a tree lie between two, both included.
func spanOf(f *file, r root, o order, lo, hi tuple) (int, error) {
	if r.count == 0 {
		return 0, nil
	}
	x := newTupleReader(f, r, o)
	a := x.rankOf(lo)
	b := r.count
	for i := 3; i >= 0; i-- {
		if hi[i] < 1<<32-1 {
			hi[i]++
			b = x.rankOf(hi)
			break
		}
		hi[i] = 0
	}
	return int(b - a), x.err
}

// Scan goes through the quads that fit a pattern, sorted by the open parts.
type Scan struct {
	s    *Snapshot
	o    order
	hi   tuple
	want tuple // parts that the order cannot find, by part of a quad
	in   []source
	few  [1]source // of in, for the most part
	kept [orders][]source
	at   tuple
	err  error
}

// source is one tree of the trees that a scan merges.
type source struct {
	r    *tupleReader
	sign int
}

// Scan begins to go through the quads that fit a pattern.
func (s *Snapshot) Scan(p Pattern) *Scan {
	c := &Scan{s: s}
	c.Again(p)
	return c
}

// Again begins anew with another pattern. What is near to where the scan was is found faster than by a new scan.
func (c *Scan) Again(p Pattern) {
	c.want, c.err = tuple{}, nil
	t, ok := c.s.internal(p)
	if !ok {
		c.in = c.in[:0]
		return
	}
	o, n := choose(t)
	lo, hi := between(o.arrange(t), n)
	c.begin(c.s.segs, o, lo, hi)
	if bound(t) > n {
		c.want = t
	}
}

// ScanObjects goes through the quads of a predicate whose objects have the numbers from first to last, sorted by object.
func (s *Snapshot) ScanObjects(predicate, first, last ID) *Scan {
	p := s.byID[uint32(predicate)]
	if p == 0 || first > last {
		return &Scan{s: s}
	}
	return s.scan(s.segs, posg, tuple{p, uint32(first)}, tuple{p, uint32(last), 1<<32 - 1, 1<<32 - 1})
}

// nearObjects is how many quads of one object are read on before the next object is looked for.
const nearObjects = 16

// Objects gives the objects of a predicate, each once, sorted. Those of many quads are leapt over.
func (s *Snapshot) Objects(predicate ID, give func(ID) error) error {
	p := s.byID[uint32(predicate)]
	if p == 0 {
		return nil
	}
	hi := tuple{p, 1<<32 - 1, 1<<32 - 1, 1<<32 - 1}
	scan := s.scan(s.segs, posg, tuple{p}, hi)
	last, run := uint32(0), 0
	for scan.Next() {
		if o := scan.at[1]; o != last {
			last, run = o, 0
			if err := give(ID(o)); err != nil {
				return err
			}
		}
		if run++; run == nearObjects && last < 1<<32-1 {
			scan.leap(tuple{p, last + 1})
			run = 0
		}
	}
	return scan.Err()
}

// leap goes on to the first tuple that is not less than t.
func (c *Scan) leap(t tuple) {
	c.in = slices.DeleteFunc(c.in, func(x source) bool {
		if x.r.tuple.compare(t) >= 0 || x.r.seek(t) && x.r.tuple.compare(c.hi) <= 0 {
			return false
		}
		if x.r.err != nil {
			c.err = x.r.err
		}
		return true
	})
}

// CountObjects counts what ScanObjects goes through.
func (s *Snapshot) CountObjects(predicate, first, last ID) (int, error) {
	p := s.byID[uint32(predicate)]
	if p == 0 || first > last {
		return 0, nil
	}
	return s.span(posg, tuple{p, uint32(first)}, tuple{p, uint32(last), 1<<32 - 1, 1<<32 - 1})
}

func (s *Snapshot) scan(segs []*segment, o order, lo, hi tuple) *Scan {
	c := &Scan{s: s}
	c.begin(segs, o, lo, hi)
	return c
}

// begin goes to the first tuple of an order that is not less than lo.
func (c *Scan) begin(segs []*segment, o order, lo, hi tuple) {
	c.o, c.hi = o, hi
	if c.in == nil {
		c.in = c.few[:0]
	}
	c.in = c.in[:0]
	if c.kept[o] == nil {
		for _, g := range segs {
			if g.adds[o].count > 0 {
				c.kept[o] = append(c.kept[o], source{newTupleReader(c.s.f, g.adds[o], o), 1})
			}
			if g.dels[o].count > 0 {
				c.kept[o] = append(c.kept[o], source{newTupleReader(c.s.f, g.dels[o], o), -1})
			}
		}
	}
	for _, x := range c.kept[o] {
		if x.r.seek(lo) && x.r.tuple.compare(hi) <= 0 {
			c.in = append(c.in, x)
		} else if x.r.err != nil {
			c.err = x.r.err
		}
	}
}

// Next goes on and reports whether there is a quad.
func (c *Scan) Next() bool {
	for len(c.in) > 0 && c.err == nil {
		t, n := c.least()
		if n > 0 && c.fits(t) {
			c.at = t
			return true
		}
	}
	return false
}

// least takes the least tuple of all sources and returns by how many it was added more often than taken out.
func (c *Scan) least() (tuple, int) {
	t := c.in[0].r.tuple
	if len(c.in) == 1 {
		x := c.in[0]
		if !x.r.next() || x.r.tuple.compare(c.hi) > 0 {
			if c.in = c.in[:0]; x.r.err != nil {
				c.err = x.r.err
				return t, 0
			}
		}
		return t, x.sign
	}
	for _, x := range c.in[1:] {
		if x.r.tuple.compare(t) < 0 {
			t = x.r.tuple
		}
	}
	n := 0
	for i := 0; i < len(c.in); i++ {
		x := c.in[i]
		if x.r.tuple != t {
			continue
		}
		n += x.sign
		if !x.r.next() || x.r.tuple.compare(c.hi) > 0 {
			if x.r.err != nil {
				c.err = x.r.err
				return t, 0
			}
			c.in = append(c.in[:i], c.in[i+1:]...)
			i--
		}
	}
	return t, n
}

func (c *Scan) fits(t tuple) bool {
	if c.want == (tuple{}) {
		return true
	}
	q := c.o.restore(t)
	for i, x := range c.want {
		if x != 0 && q[i] != x {
			return false
		}
	}
	return true
}

// Quad returns where the scan is.
func (c *Scan) Quad() Quad {
	q, err := c.s.external(c.o.restore(c.at))
	if err != nil && c.err == nil {
		c.err = err
	}
	return q
}

// Each gives the quads from where the scan is on, until give returns false.
func (c *Scan) Each(give func(Quad) bool) {
	if len(c.in) == 1 && c.in[0].sign > 0 && c.want == (tuple{}) && c.err == nil {
		c.each(give)
		return
	}
	for c.Next() {
		if q := c.Quad(); c.err != nil || !give(q) {
			return
		}
	}
}

// each is Each of one tree, whose tuples it takes one leaf after the other.
func (c *Scan) each(give func(Quad) bool) {
	r, p := c.in[0].r, &forms[c.o].part
	var q tuple
	var last, predicate uint32
	ended := false
	take := func(t *tuple) bool {
		if ended = t.compare(c.hi) > 0; ended {
			return false
		}
		c.at = *t
		q[p[0]], q[p[1]], q[p[2]], q[p[3]] = t[0], t[1], t[2], t[3]
		if q[1] != last {
			if q[1] == 0 || int(q[1]) > len(c.s.preds) {
				_, c.err = c.s.external(q)
				return false
			}
			last, predicate = q[1], c.s.preds[q[1]-1]
		}
		return give(Quad{ID(q[0]), ID(predicate), ID(q[2]), ID(q[3])})
	}
	first := r.tuple
	if !take(&first) {
		return
	}
	for r.leafful(take) {
	}
	if ended || r.done {
		c.in = c.in[:0]
	}
	if c.err == nil {
		c.err = r.err
	}
}

// Err returns why the scan ended early, if it did.
func (c *Scan) Err() error { return c.err }

// Has reports whether a quad is there.
func (s *Snapshot) Has(q Quad) (bool, error) {
	t, ok := s.internal(q)
	if !ok {
		return false, nil
	}
	c := s.scan(s.segs, spog, t, t)
	return c.Next(), c.err
}

// Range is a stretch of numbers of values, both ends included.
type Range struct{ First, Last ID }

// ranges returns the stretches of values whose keys are not less than lo and less than hi, one a segment.
func (s *Snapshot) ranges(lo, hi []byte) ([]Range, error) {
	var out []Range
	for _, g := range s.segs {
		if g.dict.count == 0 {
			continue
		}
		a, _, _, err := s.dict(g).find(lo)
		if err != nil {
			return nil, err
		}
		b := g.dict.count
		if hi != nil {
			if b, _, _, err = s.dict(g).find(hi); err != nil {
				return nil, err
			}
		}
		if a < b {
			out = append(out, Range{ID(g.base + uint32(a) + 1), ID(g.base + uint32(b))})
		}
	}
	return out, nil
}

// Strings returns the stretches of the plain strings that begin with a prefix.
func (s *Snapshot) Strings(prefix string) ([]Range, error) {
	var out []Range
	for _, class := range []byte{classString, classString | longBit} {
		lo := append([]byte{class}, prefix...)
		r, err := s.ranges(lo, after(lo))
		if err != nil {
			return nil, err
		}
		out = append(out, r...)
	}
	return out, nil
}

// after returns the least key that is greater than all that begin with a prefix.
func after(prefix []byte) []byte {
	b := bytes.Clone(prefix)
	for len(b) > 0 {
		if b[len(b)-1]++; b[len(b)-1] != 0 {
			return b
		}
		b = b[:len(b)-1]
	}
	return nil
}
