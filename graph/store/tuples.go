package store

import (
	"encoding/binary"
	"slices"
)

// order is one of the orders in which the quads are kept.
type order uint8

// The orders, named by what comes first.
const (
	spog order = iota
	posg
	ospg
	gspo
	orders
)

// tuple is a quad by the numbers of its values, in the sequence of an order. In the place of the predicate is the number
// that it has as a predicate.
type tuple [4]uint32

func (a tuple) compare(b tuple) int {
	x, y := uint64(a[0])<<32|uint64(a[1]), uint64(b[0])<<32|uint64(b[1])
	if x == y {
		x, y = uint64(a[2])<<32|uint64(a[3]), uint64(b[2])<<32|uint64(b[3])
	}
	switch {
	case x < y:
		return -1
	case x > y:
		return 1
	}
	return 0
}

// form says how the tuples of an order are written: where each part of a quad is, and what each part is told relative
// to, which is likely to be near it: the nodes of one document have neighbouring numbers.
type form struct {
	part [4]int // subject, predicate, object, label of each place
	base [4]int // the place that a part is told relative to; -1 for as it is
}

var forms = [orders]form{
	spog: {part: [4]int{0, 1, 2, 3}, base: [4]int{-1, -1, 0, 0}},
	posg: {part: [4]int{1, 2, 0, 3}, base: [4]int{-1, -1, 1, 2}},
	ospg: {part: [4]int{2, 0, 1, 3}, base: [4]int{-1, 0, -1, 1}},
	gspo: {part: [4]int{3, 0, 1, 2}, base: [4]int{-1, 0, -1, 1}},
}

// arrange brings a quad into the sequence of an order, and restore back.
func (o order) arrange(q tuple) tuple {
	p := &forms[o].part
	return tuple{q[p[0]], q[p[1]], q[p[2]], q[p[3]]}
}

func (o order) restore(t tuple) tuple {
	var q tuple
	for i, p := range forms[o].part {
		q[p] = t[i]
	}
	return q
}

// key is a tuple as a key of a tree.
func (a tuple) key() []byte {
	b := make([]byte, 0, 16)
	for _, x := range a {
		b = binary.BigEndian.AppendUint32(b, x)
	}
	return b
}

// A leaf of tuples holds the first as it is, and of each other the first part that differs from the tuple before, by how
// much, and the parts behind that one. The head of a tuple: two bits for the place that differs, one when the last part
// is the same as before, and five for the difference, or 31 when the rest of it follows.
const (
	sameLast  = 4
	headBits  = 3
	headLarge = 31
)

// tupleWriter writes the tuples of an order, which must come in order, each once.
type tupleWriter struct {
	planter
	form  *form
	b     []byte
	n     int
	last  tuple
	first []byte
}

func newTupleWriter(out *appender, o order) *tupleWriter {
	return &tupleWriter{planter: planter{out: out}, form: &forms[o]}
}

func (w *tupleWriter) add(t tuple) error {
	if w.n > 0 && len(w.b) >= leafBytes-20 {
		if err := w.flush(); err != nil {
			return err
		}
	}
	if w.n == 0 {
		w.b = append(w.b[:0], kindTuples)
		for _, x := range t {
			w.b = binary.AppendUvarint(w.b, uint64(x))
		}
		if w.level == nil {
			w.first = nil
		} else {
			w.first = part(w.last.key(), t.key())
		}
	} else {
		w.delta(t)
	}
	w.last = t
	w.n++
	return nil
}

func (w *tupleWriter) delta(t tuple) {
	i := 0
	for t[i] == w.last[i] {
		i++
	}
	head := byte(i)
	if i < 3 && t[3] == w.last[3] {
		head |= sameLast
	}
	d := uint64(t[i]) - uint64(w.last[i]) - 1
	if d < headLarge {
		w.b = append(w.b, head|byte(d)<<headBits)
	} else {
		w.b = append(w.b, head|headLarge<<headBits)
		w.b = binary.AppendUvarint(w.b, d-headLarge)
	}
	for k := i + 1; k < 4; k++ {
		if k == 3 && head&sameLast != 0 {
			break
		}
		if base := w.form.base[k]; base >= 0 {
			w.b = binary.AppendVarint(w.b, int64(t[k])-int64(t[base]))
		} else {
			w.b = binary.AppendUvarint(w.b, uint64(t[k]))
		}
	}
}

func (w *tupleWriter) flush() error {
	err := w.leaf(w.b, w.first, w.n)
	w.n = 0
	return err
}

func (w *tupleWriter) end() (root, error) {
	if w.n > 0 {
		if err := w.flush(); err != nil {
			return root{}, err
		}
	}
	return w.finish()
}

// tupleReader goes through the tuples of a tree.
type tupleReader struct {
	climber
	form  *form
	all   []tuple // of the leaf, where it was unpacked
	n     int     // of all, so many are behind the reader
	rest  []byte  // of another leaf
	tuple tuple
	rank  uint64 // of tuple
	fresh bool   // at the beginning of a leaf
	done  bool
	err   error
}

func newTupleReader(f *file, r root, o order) *tupleReader {
	return &tupleReader{climber: climber{f: f, root: r}, form: &forms[o]}
}

func (r *tupleReader) enter(found bool, err error) {
	r.done, r.err = !found || err != nil, err
	if r.done {
		return
	}
	if len(r.leaf.b) < 2 || r.leaf.b[0] != kindTuples {
		r.fail()
		return
	}
	r.rest, r.fresh, r.rank = r.leaf.b[1:], true, r.before-1
	r.all, r.n = nil, 0
	if all := r.leaf.tuples.Load(); all != nil {
		r.all, r.rest, r.fresh = *all, nil, false
	}
}

func (r *tupleReader) fail() {
	r.err, r.done = damaged("a block of quads does not hold what it should"), true
}

// seek goes to the first tuple that is not less than t, and reports whether there is one. A leaf in which something is looked for
// again is unpacked.
func (r *tupleReader) seek(t tuple) bool {
	was, ahead := r.leaf, !r.done && r.all != nil && r.tuple.compare(t) < 0
	found, err := r.toTuple(t)
	if !found || err != nil || was != r.leaf || !ahead {
		r.enter(found, err)
		if r.done {
			return false
		}
		if r.all == nil && r.leaf.sought.Add(1) > 1 {
			r.unpack()
		}
	}
	if r.all == nil {
		for r.next() {
			if r.tuple.compare(t) >= 0 {
				return true
			}
		}
		return false
	}
	r.n += gallop(r.all[r.n:], t)
	r.rank = r.before + uint64(r.n) - 1
	return r.next()
}

// gallop returns how many of some sorted tuples are less than t, of which there are often few.
func gallop(all []tuple, t tuple) int {
	lo, hi := 0, 1
	for hi < len(all) && all[hi-1].compare(t) < 0 {
		lo, hi = hi, 4*hi
	}
	hi = min(hi, len(all))
	for lo < hi {
		if mid := (lo + hi) / 2; all[mid].compare(t) < 0 {
			lo = mid + 1
		} else {
			hi = mid
		}
	}
	return lo
}

// unpack keeps the tuples of the leaf at whose beginning the reader is, if they can be read.
func (r *tupleReader) unpack() {
	l := r.leaf
	all := make([]tuple, 0, r.has)
	var t tuple
	b, ok := r.form.first(&t, l.b[1:])
	for ok && uint64(len(all)) < r.has {
		if all = append(all, t); len(b) == 0 {
			break
		}
		b, ok = r.form.step(&t, b)
	}
	if !ok || len(b) > 0 || uint64(len(all)) != r.has {
		return // reading on tells
	}
	l.tuples.Store(&all)
	r.f.cache.grow(l.off, 16*len(all))
	r.all, r.rest, r.fresh = all, nil, false
}

// next goes to the next tuple and reports whether there is one.
func (r *tupleReader) next() bool {
	if r.n < len(r.all) {
		r.tuple = r.all[r.n]
		r.n++
		r.rank++
		return true
	}
	if r.done {
		return false
	}
	if len(r.rest) == 0 {
		if r.rank+1 != r.before+r.has {
			r.fail()
			return false
		}
		r.enter(r.climber.next())
		return !r.done && r.next()
	}
	ok := false
	if r.fresh {
		r.fresh = false
		r.rest, ok = r.form.first(&r.tuple, r.rest)
	} else {
		r.rest, ok = r.form.step(&r.tuple, r.rest)
	}
	if !ok {
		r.fail()
	}
	r.rank++
	return !r.done
}

// leafful gives the tuples behind the reader that are in its leaf, and goes to the next leaf. It reports whether there is one, and
// false when take does.
func (r *tupleReader) leafful(take func(*tuple) bool) bool {
	for r.n < len(r.all) {
		r.tuple = r.all[r.n]
		r.n++
		r.rank++
		if !take(&r.tuple) {
			return false
		}
	}
	t, b, rank, ok, more := r.tuple, r.rest, r.rank, true, true
	if r.fresh && len(b) > 0 {
		r.fresh = false
		if b, ok = r.form.first(&t, b); ok {
			rank++
			more = take(&t)
		}
	}
	for ok && more && len(b) > 0 {
		if b, ok = r.form.step(&t, b); ok {
			rank++
			more = take(&t)
		}
	}
	r.tuple, r.rest, r.rank = t, b, rank
	if !ok || more && rank+1 != r.before+r.has {
		r.fail()
	}
	if !more || r.done {
		return false
	}
	r.enter(r.climber.next())
	return !r.done
}

// first reads the first tuple of a leaf.
func (f *form) first(t *tuple, b []byte) (rest []byte, ok bool) {
	for i := range t {
		v, n := uvarint(b)
		if n <= 0 || v > 1<<32-1 {
			return nil, false
		}
		t[i], b = uint32(v), b[n:]
	}
	return b, true
}

// step reads the tuple behind t into it.
func (f *form) step(t *tuple, b []byte) (rest []byte, ok bool) {
	head := b[0]
	b = b[1:]
	i := int(head & 3)
	d := uint64(head >> headBits)
	if d == headLarge {
		v, n := uvarint(b)
		if n <= 0 || v > 1<<32-1 {
			return nil, false
		}
		d, b = d+v, b[n:]
	}
	if d += uint64(t[i]) + 1; d > 1<<32-1 {
		return nil, false
	}
	t[i] = uint32(d)
	last := 4
	if head&sameLast != 0 {
		last = 3
	}
	for i++; i < last; i++ {
		v, n := uvarint(b)
		if n <= 0 {
			return nil, false
		}
		b = b[n:]
		if base := f.base[i]; base >= 0 {
			t[i] = uint32(int64(t[base]) + (int64(v>>1) ^ -int64(v&1)))
		} else if v > 1<<32-1 {
			return nil, false
		} else {
			t[i] = uint32(v)
		}
	}
	return b, true
}

// uvarint is binary.Uvarint, which is slow for numbers of one byte.
func uvarint(b []byte) (uint64, int) {
	if len(b) > 0 && b[0] < 0x80 {
		return uint64(b[0]), 1
	}
	return binary.Uvarint(b)
}

// keys returns the keys of the children of a block of a tree of quads. A key is the beginning of a tuple, and no tuple is less than it
// that is not less than the tuple of it and zeros.
func (in *inner) keys() []tuple {
	if keys := in.tuples.Load(); keys != nil {
		return *keys
	}
	keys := make([]tuple, len(in.children))
	for i, c := range in.children {
		var b [16]byte
		copy(b[:], c.key)
		for k := range keys[i] {
			keys[i][k] = binary.BigEndian.Uint32(b[4*k:])
		}
	}
	in.tuples.Store(&keys)
	return keys
}

// toTuple is toKey in a tree of quads.
func (c *climber) toTuple(t tuple) (bool, error) {
	return c.descend(func(s *step) bool {
		keys := s.in.keys()
		return keys[0].compare(t) <= 0 && t.compare(keys[len(keys)-1]) < 0
	}, func(s *step) int {
		keys := s.in.keys()
		lo, hi := 0, len(keys)
		for lo < hi {
			if mid := (lo + hi) / 2; keys[mid].compare(t) > 0 {
				hi = mid
			} else {
				lo = mid + 1
			}
		}
		return max(lo-1, 0)
	})
}

// rankOf returns how many tuples of the tree are less than t.
func (r *tupleReader) rankOf(t tuple) uint64 {
	if r.seek(t) {
		return r.rank
	}
	return r.root.count
}

// sortTuples sorts tuples, each once.
func sortTuples(all []tuple) []tuple {
	slices.SortFunc(all, tuple.compare)
	return slices.Compact(all)
}
