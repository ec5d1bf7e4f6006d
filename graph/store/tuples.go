package store

import (
	"encoding/binary"
	"slices"
	"sort"
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
	for i := range a {
		if a[i] != b[i] {
			if a[i] < b[i] {
				return -1
			}
			return 1
		}
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
	rest  []byte
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
}

func (r *tupleReader) fail() {
	r.err, r.done = damaged("a block of quads does not hold what it should"), true
}

// seek goes to the first tuple that is not less than t, and reports whether there is one.
func (r *tupleReader) seek(t tuple) bool {
	r.enter(r.toKey(t.key()))
	if !r.done {
		r.skip(t)
	}
	for r.next() {
		if r.tuple.compare(t) >= 0 {
			return true
		}
	}
	return false
}

// mark is a place in a leaf of tuples from which it can be read on, though each tuple is told relative to the one before.
type mark struct {
	tuple tuple // the last before the place
	n     int   // how many tuples of the leaf are before it
	at    int   // the place
}

// markEvery is how many tuples lie between two marks. A mark takes 32 bytes, so many tuples about 120.
const markEvery = 32

// skip goes to the last mark of the leaf before a tuple.
func (r *tupleReader) skip(t tuple) {
	l := r.leaf
	marks := l.marks.Load()
	if marks == nil {
		all := r.mark()
		marks = &all
		l.marks.Store(marks)
	}
	i := sort.Search(len(*marks), func(i int) bool { return (*marks)[i].tuple.compare(t) >= 0 })
	if i == 0 {
		return
	}
	m := (*marks)[i-1]
	r.tuple, r.fresh = m.tuple, false
	r.rest, r.rank = l.b[m.at:], r.before+uint64(m.n)-1
}

// mark returns the marks of the leaf at which the reader is, those before what cannot be read.
func (r *tupleReader) mark() []mark {
	var all []mark
	c := *r
	for n := 1; len(c.rest) > 0; n++ {
		if !c.next() {
			break
		}
		if n%markEvery == 0 && len(c.rest) > 0 {
			all = append(all, mark{c.tuple, n, len(c.leaf.b) - len(c.rest)})
		}
	}
	return all
}

// next goes to the next tuple and reports whether there is one.
func (r *tupleReader) next() bool {
	if r.done {
		return false
	}
	if len(r.rest) == 0 {
		if r.rank+1 != r.before+r.has {
			r.fail()
			return false
		}
		r.enter(r.climber.next())
		if r.done {
			return false
		}
	}
	if r.fresh {
		r.fresh = false
		for i := range r.tuple {
			r.tuple[i] = r.uint()
		}
	} else {
		r.step()
	}
	r.rank++
	return !r.done
}

func (r *tupleReader) step() {
	head := r.rest[0]
	r.rest = r.rest[1:]
	i := int(head & 3)
	d := uint32(head >> headBits)
	if d == headLarge {
		d += r.uint()
	}
	was := r.tuple[i]
	r.tuple[i] += d + 1
	if r.tuple[i] <= was {
		r.fail()
		return
	}
	for k := i + 1; k < 4; k++ {
		if k == 3 && head&sameLast != 0 {
			break
		}
		if base := r.form.base[k]; base >= 0 {
			v, n := binary.Varint(r.rest)
			if n <= 0 {
				r.fail()
				return
			}
			r.rest = r.rest[n:]
			r.tuple[k] = uint32(int64(r.tuple[base]) + v)
		} else {
			r.tuple[k] = r.uint()
		}
	}
}

func (r *tupleReader) uint() uint32 {
	if len(r.rest) > 0 && r.rest[0] < 0x80 {
		x := r.rest[0]
		r.rest = r.rest[1:]
		return uint32(x)
	}
	v, n := binary.Uvarint(r.rest)
	if n <= 0 || v > 1<<32-1 {
		r.fail()
		r.rest = nil
		return 0
	}
	r.rest = r.rest[n:]
	return uint32(v)
}

// rankOf returns how many tuples of a tree are less than t.
func rankOf(f *file, r root, o order, t tuple) (uint64, error) {
	if r.count == 0 {
		return 0, nil
	}
	c := newTupleReader(f, r, o)
	if c.seek(t) {
		return c.rank, nil
	}
	return r.count, c.err
}

// sortTuples sorts tuples, each once.
func sortTuples(all []tuple) []tuple {
	slices.SortFunc(all, func(a, b tuple) int {
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
	})
	return slices.Compact(all)
}
