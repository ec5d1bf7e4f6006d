package store

import (
	"bytes"
	"cmp"
	"slices"
)

// batch is the part of a change that is in memory. Its values have numbers of their own, from 1, in the order in which they
// came.
type batch struct {
	ids   map[string]uint32
	keys  []string
	blobs map[uint32]blob
	adds  []tuple // subject, predicate, object, label
	dels  []tuple
	sets  [Sets]map[string]bool // an entry is put, or taken out
	bytes int64                 // kept in memory, roughly
}

// blob is what lies apart: its bytes, or where they lie.
type blob struct {
	bytes []byte
	f     *file
	at    place
}

func newBatch() *batch {
	return &batch{ids: map[string]uint32{}, blobs: map[uint32]blob{}}
}

// id returns the batch's number of a value.
func (b *batch) id(key []byte, bl blob) uint32 {
	if id, ok := b.ids[string(key)]; ok {
		return id
	}
	s := string(key)
	b.keys = append(b.keys, s)
	id := uint32(len(b.keys))
	b.ids[s] = id
	b.bytes += int64(len(s)) + 80
	if bl.bytes != nil || bl.f != nil {
		b.blobs[id] = bl
		b.bytes += int64(len(bl.bytes))
	}
	return id
}

const tupleBytes = 80 // what one quad takes in memory until it is written, with what it takes to sort

func (b *batch) add(t tuple) { b.adds, b.bytes = append(b.adds, t), b.bytes+tupleBytes }
func (b *batch) del(t tuple) { b.dels, b.bytes = append(b.dels, t), b.bytes+tupleBytes }

// set notes that an entry is put into a set or taken out.
func (b *batch) set(n int, entry string, put bool) {
	if b.sets[n] == nil {
		b.sets[n] = map[string]bool{}
	}
	b.sets[n][entry] = put
	b.bytes += int64(len(entry)) + 60
}

func (b *batch) empty() bool {
	if len(b.adds)+len(b.dels) > 0 {
		return false
	}
	for _, s := range b.sets {
		if len(s) > 0 {
			return false
		}
	}
	return true
}

// writing is a segment being written.
type writing struct {
	out    *appender
	seg    *segment
	pack   bool
	values []uint32 // by number of the batch
	preds  []uint32 // as numbers of predicates, by number of the batch; 0 where it is none
	apart  uint64
}

// cancel drops the quads that came and went within the batch.
func (b *batch) cancel() {
	gone := make(map[tuple]bool, len(b.dels))
	for _, t := range b.dels {
		gone[t] = true
	}
	b.adds = slices.DeleteFunc(b.adds, func(t tuple) bool {
		twice := gone[t]
		if twice {
			gone[t] = false
		}
		return twice
	})
	b.dels = slices.DeleteFunc(b.dels, func(t tuple) bool { return !gone[t] })
}

// write writes a batch as a segment behind the given state, and returns the predicates with those that are new. A state
// of no segments gives a segment that stands by itself.
func (b *batch) write(out *appender, prefix *Snapshot, pack bool) (*segment, []uint32, error) {
	w := &writing{out: out, seg: &segment{base: prefix.values()}, pack: pack, values: make([]uint32, len(b.keys)+1)}
	start := out.off
	fresh, err := b.fresh(prefix, w.values)
	if err != nil {
		return nil, nil, err
	}
	if err := w.dictionary(b, fresh); err != nil {
		return nil, nil, err
	}
	preds := w.predicates(b, prefix)
	if err := w.quads(b); err != nil {
		return nil, nil, err
	}
	if err := w.sets(b); err != nil {
		return nil, nil, err
	}
	w.seg.bytes = uint64(out.off-start) + w.apart
	return w.seg, preds, nil
}

// fresh finds the numbers of the values that older segments have, and returns the others, sorted.
func (b *batch) fresh(prefix *Snapshot, values []uint32) ([]uint32, error) {
	used := make([]bool, len(b.keys)+1)
	for _, list := range [][]tuple{b.adds, b.dels} {
		for _, t := range list {
			for _, x := range t {
				used[x] = true
			}
		}
	}
	fresh := make([]uint32, 0, len(b.keys))
	for i := range b.keys {
		if used[i+1] {
			fresh = append(fresh, uint32(i+1))
		}
	}
	slices.SortFunc(fresh, func(x, y uint32) int { return cmp.Compare(b.keys[x-1], b.keys[y-1]) })
	for i := len(prefix.segs) - 1; i >= 0 && len(fresh) > 0; i-- {
		g := prefix.segs[i]
		s := searcher{table: prefix.dict(g)}
		rest := fresh[:0]
		for _, n := range fresh {
			rank, ok, err := s.find(b.keys[n-1])
			if err != nil {
				return nil, err
			}
			if ok {
				values[n] = g.base + uint32(rank) + 1
			} else {
				rest = append(rest, n)
			}
		}
		fresh = rest
	}
	return fresh, nil
}

func (w *writing) dictionary(b *batch, fresh []uint32) error {
	dict := newStringWriter(w.out, w.pack)
	var apart map[uint32]place
	for _, n := range fresh { // what lies apart goes first: the leaves shall lie together
		bl, ok := b.blobs[n]
		if !ok {
			continue
		}
		if apart == nil {
			apart = map[uint32]place{}
		}
		at, err := w.out.blob(bl)
		if err != nil {
			return err
		}
		apart[n] = at
		if bl.f == w.out.f { // it lay here already, and counts from now on for this segment
			w.apart += uint64(at.size)
		}
	}
	var entry []byte
	for i, n := range fresh {
		w.values[n] = w.seg.base + uint32(i) + 1
		entry = append(entry[:0], b.keys[n-1]...)
		if at, ok := apart[n]; ok {
			entry = appendPlace(entry, at)
		}
		if err := dict.add(entry); err != nil {
			return err
		}
	}
	var err error
	w.seg.dict, err = dict.end()
	return err
}

// blob writes what lies apart, unless it lies in this file already.
func (a *appender) blob(bl blob) (place, error) {
	if bl.f == a.f && bl.f != nil {
		return bl.at, nil
	}
	payload := append(make([]byte, 0, len(bl.bytes)+1), kindBlob)
	payload = append(payload, bl.bytes...)
	if bl.f != nil {
		var err error
		if payload, err = bl.f.read(bl.at); err != nil {
			return place{}, err
		}
	}
	return a.block(payload)
}

// predicates gives the values that are used as predicates numbers.
func (w *writing) predicates(b *batch, prefix *Snapshot) []uint32 {
	w.preds = make([]uint32, len(b.keys)+1)
	all := slices.Clone(prefix.preds)
	var fresh []uint32
	for _, list := range [][]tuple{b.adds, b.dels} {
		for _, t := range list {
			p := t[1]
			if w.preds[p] != 0 {
				continue
			}
			if n := prefix.byID[w.values[p]]; n != 0 {
				w.preds[p] = n
				continue
			}
			w.preds[p] = 1<<32 - 1
			fresh = append(fresh, p)
		}
	}
	slices.SortFunc(fresh, func(x, y uint32) int { return cmp.Compare(w.values[x], w.values[y]) })
	for _, p := range fresh {
		all = append(all, w.values[p])
		w.preds[p] = uint32(len(all))
	}
	return all
}

// quads writes the quads in all orders. While one order is written the next is sorted.
func (w *writing) quads(b *batch) error {
	for _, x := range []struct {
		quads []tuple
		to    *[orders]root
	}{{b.adds, &w.seg.adds}, {b.dels, &w.seg.dels}} {
		if len(x.quads) == 0 {
			continue
		}
		sorted := make(chan []tuple, 1)
		go func() {
			for o := range orders {
				all := make([]tuple, len(x.quads))
				for i, t := range x.quads {
					all[i] = o.arrange(tuple{w.values[t[0]], w.preds[t[1]], w.values[t[2]], w.values[t[3]]})
				}
				sorted <- sortTuples(all)
			}
		}()
		var failed error
		for o := range orders {
			all := <-sorted
			if failed != nil {
				continue
			}
			x.to[o], failed = w.order(o, all)
		}
		if failed != nil {
			return failed
		}
	}
	return nil
}

func (w *writing) order(o order, all []tuple) (root, error) {
	t := newTupleWriter(w.out, o)
	for _, x := range all {
		if err := t.add(x); err != nil {
			return root{}, err
		}
	}
	return t.end()
}

func (w *writing) sets(b *batch) error {
	for n, set := range b.sets {
		var lists [2][]string
		for entry, put := range set {
			if put {
				lists[0] = append(lists[0], entry)
			} else {
				lists[1] = append(lists[1], entry)
			}
		}
		for i, list := range lists {
			slices.Sort(list)
			t := newStringWriter(w.out, false)
			for _, entry := range list {
				if err := t.add([]byte(entry)); err != nil {
					return err
				}
			}
			var err error
			if w.seg.sets[n][i], err = t.end(); err != nil {
				return err
			}
		}
	}
	return nil
}

// absorb takes what the segments from a place on have changed into the batch, as if it came now. Its values come from the
// state that these segments are of.
func (b *batch) absorb(s *Snapshot, from int, full func() error) error {
	_, hi := between(tuple{}, 0)
	scan := s.scan(s.segs[from:], gspo, tuple{}, hi)
	for len(scan.in) > 0 && scan.err == nil {
		if err := b.absorbSome(s, scan); err != nil {
			return err
		}
		if full != nil {
			if err := full(); err != nil {
				return err
			}
		}
	}
	if scan.err != nil {
		return scan.err
	}
	for n := range Sets {
		it := newSetScan(s.f, s.segs[from:], n, nil)
		for it.next() {
			if _, newer := b.sets[n][string(it.entry)]; !newer {
				b.set(n, string(it.entry), it.put)
			}
		}
		if it.err != nil {
			return it.err
		}
	}
	return nil
}

// absorbed is how many quads are taken at a time.
const absorbed = 10000

// absorbSome takes the next quads of a scan.
func (b *batch) absorbSome(s *Snapshot, scan *Scan) error {
	var came, went []Quad
	var ids []ID
	for n := 0; n < absorbed && len(scan.in) > 0 && scan.err == nil; n++ {
		t, n := scan.least()
		if n == 0 {
			continue
		}
		q, err := s.external(scan.o.restore(t))
		if err != nil {
			return err
		}
		if n > 0 {
			came = append(came, q)
		} else {
			went = append(went, q)
		}
		ids = append(ids, q.Subject, q.Predicate, q.Object, q.Label)
	}
	if scan.err != nil {
		return scan.err
	}
	known, err := b.adopt(s, ids)
	if err != nil {
		return err
	}
	for _, q := range came {
		b.add(tuple{known[q.Subject], known[q.Predicate], known[q.Object], known[q.Label]})
	}
	for _, q := range went {
		b.del(tuple{known[q.Subject], known[q.Predicate], known[q.Object], known[q.Label]})
	}
	return nil
}

// adopt gives values of a state numbers of the batch. None has 0.
func (b *batch) adopt(s *Snapshot, ids []ID) (map[ID]uint32, error) {
	slices.Sort(ids)
	ids = slices.Compact(ids)
	known := make(map[ID]uint32, len(ids))
	if len(ids) > 0 && ids[0] == 0 {
		ids = ids[1:]
	}
	err := s.entries(ids, func(id ID, e []byte) error {
		key, bl := e[:keyLength(e)], blob{}
		if len(key) < len(e) {
			at, err := blobAt(e)
			if err != nil {
				return err
			}
			bl = blob{f: s.f, at: at}
		}
		known[id] = b.id(key, bl)
		return nil
	})
	return known, err
}

// setScan goes through a set, or the changes of it: each entry with whether the newest segment that has it puts it there.
type setScan struct {
	in    []setSource
	entry []byte
	put   bool
	err   error
}

type setSource struct {
	w   *walker
	age int // of the segment, the newest being greatest
	put bool
}

func newSetScan(f *file, segs []*segment, n int, from []byte) *setScan {
	s := &setScan{}
	for age, g := range segs {
		for i, r := range g.sets[n] {
			if r.count == 0 {
				continue
			}
			w := table{f, r}.from(from)
			if w.next() {
				s.in = append(s.in, setSource{w, age, i == 0})
			} else if w.err != nil {
				s.err = w.err
			}
		}
	}
	return s
}

func (s *setScan) next() bool {
	if len(s.in) == 0 || s.err != nil {
		return false
	}
	best := 0
	for i, x := range s.in[1:] {
		c := bytes.Compare(x.w.key, s.in[best].w.key)
		if c < 0 || c == 0 && x.age > s.in[best].age {
			best = i + 1
		}
	}
	s.entry = append(s.entry[:0], s.in[best].w.key...)
	s.put = s.in[best].put
	for i := 0; i < len(s.in); i++ {
		if w := s.in[i].w; bytes.Equal(w.key, s.entry) && !w.next() {
			if w.err != nil {
				s.err = w.err
				return false
			}
			s.in = slices.Delete(s.in, i, i+1)
			i--
		}
	}
	return true
}

// Entries yields the entries of a set that begin with a prefix, sorted. An entry is good until the next.
func (s *Snapshot) Entries(set int, prefix []byte) func(yield func([]byte, error) bool) {
	return s.EntriesFrom(set, prefix, prefix)
}

// EntriesFrom is Entries from a given one on.
func (s *Snapshot) EntriesFrom(set int, prefix, from []byte) func(yield func([]byte, error) bool) {
	return func(yield func([]byte, error) bool) {
		scan := newSetScan(s.f, s.segs, set, from)
		for scan.next() {
			if !bytes.HasPrefix(scan.entry, prefix) {
				return
			}
			if scan.put && !yield(scan.entry, nil) {
				return
			}
		}
		if scan.err != nil {
			yield(nil, scan.err)
		}
	}
}
