package store

import (
	"bytes"
	"container/heap"
	"context"
	"io/fs"
	"maps"
	"os"
	"slices"
)

// runs are the parts of a change that did not fit in memory: segments that stand by themselves, in a temporary file.
type runs struct {
	f    *file
	path string
	out  *appender
	all  []*Snapshot // of one segment each
}

func newRuns(path string, o Options) (*runs, error) {
	name := temporary(path, "r")
	f, err := os.OpenFile(name, os.O_RDWR|os.O_CREATE|os.O_TRUNC, 0o600)
	if err != nil {
		return nil, err
	}
	r := &runs{f: newFile(f, o.batch()/4), path: name}
	r.out = newAppender(r.f, dataStart)
	return r, nil
}

func (r *runs) close() {
	if r != nil && r.f != nil {
		_ = r.f.m.Close()
		_ = os.Remove(r.path)
		r.f = nil
	}
}

// add writes a batch as a run.
func (r *runs) add(b *batch) error {
	alone := &Snapshot{f: r.f}
	seg, preds, err := b.write(r.out, alone, false)
	if err == nil {
		err = r.out.flush()
	}
	alone.segs, alone.preds = []*segment{seg}, preds
	alone.index()
	r.all = append(r.all, alone)
	return err
}

// Compact writes the file anew without what is no longer used.
func (s *Store) Compact(ctx context.Context) error {
	if !s.change.TryLock() {
		return ErrBusy
	}
	defer s.change.Unlock()
	return s.compact(ctx)
}

func (s *Store) compact(ctx context.Context) error {
	now := s.Now()
	if s.path == "" || now.f == nil {
		return nil
	}
	r, err := newRuns(s.path, s.opt)
	if err != nil {
		return err
	}
	defer r.close()
	return s.rewrite(ctx, now, r, nil)
}

// rewrite writes a new file of a state and the runs of a change, and puts it in the place of the old one.
func (s *Store) rewrite(ctx context.Context, base *Snapshot, r *runs, meta map[string][]byte) (err error) {
	parts := r.all
	if len(base.segs) > 1 { // the changes since the first segment become runs as well, before those of this change
		parts, err = r.absorb(base, s.opt.batch())
		if err != nil {
			return err
		}
	}
	if len(base.segs) > 0 {
		first := &Snapshot{f: base.f, segs: base.segs[:1:1], preds: base.preds}
		parts = append([]*Snapshot{first}, parts...)
	}
	return replaceFile(s.path, s.opt, func(out *appender, next *Snapshot) error {
		next.meta = mergeMeta(base.meta, meta)
		return merge(ctx, out, parts, next)
	}, s.unchanged, func(next *Snapshot) { s.now.Store(next) }) // who still reads the old state does so from the old file
}

// replaceFile writes a new file and puts it in the place of the one at path. fill writes the segments; ready is asked before the new file takes
// its place, and may refuse; done is given the new state.
func replaceFile(path string, o Options, fill func(*appender, *Snapshot) error, ready func() error, done func(*Snapshot)) (err error) {
	name := temporary(path, "")
	mode := fs.FileMode(0o666)
	if info, err := os.Stat(path); err == nil {
		mode = info.Mode().Perm()
	}
	osf, err := os.OpenFile(name, os.O_RDWR|os.O_CREATE|os.O_TRUNC, mode)
	if err != nil {
		return err
	}
	defer func() {
		if err != nil {
			_ = os.Remove(name)
		}
		if err != nil || done == nil {
			_ = osf.Close()
		}
	}()
	if _, err = osf.WriteAt(header(), 0); err != nil {
		return err
	}
	f := newFile(osf, o.CacheBytes)
	next := &Snapshot{f: f, seq: 1}
	out := newAppender(f, dataStart)
	if err = fill(out, next); err != nil {
		return err
	}
	next.index()
	if err = writeRoot(out, next, always); err != nil {
		return err
	}
	if err = ready(); err != nil {
		return err
	}
	if err = os.Rename(name, path); err != nil {
		return err
	}
	if done != nil {
		done(next)
	}
	return syncFolder(path)
}

// always is ready.
func always() error { return nil }

// absorb makes runs of the segments of a state but the first, and returns them with those of the change behind them.
func (r *runs) absorb(base *Snapshot, limit int64) ([]*Snapshot, error) {
	later := r.all
	r.all = nil
	b := newBatch()
	write := func() error {
		if b.empty() {
			return nil
		}
		err := r.add(b)
		*b = *newBatch()
		return err
	}
	err := b.absorb(base, 1, func() error {
		if b.bytes < limit {
			return nil
		}
		return write()
	})
	if err == nil {
		err = write()
	}
	r.all = append(r.all, later...)
	return r.all, err
}

// merger puts states of one segment each together, as one segment. They come in the order of the changes.
type merger struct {
	out   *appender
	in    []*Snapshot
	ids   []*numbering // for each state, the place of its values among those of all states
	preds [][]uint32   // the same of its predicates
	all   []uint32     // the predicates, by those places
	total uint32
	kept  *bitmap  // the values that the new segment has, by their places; nil when it has all
	keptP []uint32 // what a predicate is called there
	seg   *segment
	next  *Snapshot
}

func merge(ctx context.Context, out *appender, in []*Snapshot, next *Snapshot) error {
	m := &merger{out: out, in: in, seg: &segment{}, next: next}
	start := out.off
	losses := false
	for _, s := range in {
		losses = losses || s.segs[0].dels[spog].count > 0
	}
	if err := m.dictionary(ctx, nil, !losses); err != nil {
		return err
	}
	m.predicates()
	next.preds = m.all
	if losses { // some values may have lost their last quad
		if err := m.drop(ctx); err != nil {
			return err
		}
	}
	for o := range orders {
		w := newTupleWriter(out, o)
		if err := m.quads(ctx, o, func(t tuple) error { return w.add(m.renamed(o, t)) }); err != nil {
			return err
		}
		var err error
		if m.seg.adds[o], err = w.end(); err != nil {
			return err
		}
	}
	if err := m.sets(ctx); err != nil {
		return err
	}
	m.seg.bytes = uint64(out.off - start)
	next.segs = []*segment{m.seg}
	return nil
}

// drop finds out which values are still used, and writes the dictionary without the others.
func (m *merger) drop(ctx context.Context) error {
	used, preds := newBitmap(m.total), make([]bool, len(m.all)+1)
	err := m.quads(ctx, gspo, func(t tuple) error {
		q := gspo.restore(t)
		for _, id := range [...]uint32{q[0], q[2], q[3], m.all[q[1]-1]} {
			used.set(id)
		}
		preds[q[1]] = true
		return nil
	})
	if err != nil {
		return err
	}
	used.words[0] &^= 1 // none
	used.count()
	m.kept = &used
	m.keptP = make([]uint32, len(m.all)+1)
	m.next.preds = nil
	for i, id := range m.all {
		if preds[i+1] {
			m.next.preds = append(m.next.preds, used.rank(id))
			m.keptP[i+1] = uint32(len(m.next.preds))
		}
	}
	return m.dictionary(ctx, &used, true)
}

// renamed returns a tuple in the numbers of the new segment.
func (m *merger) renamed(o order, t tuple) tuple {
	if m.kept == nil {
		return t
	}
	for i, p := range forms[o].part {
		if p == 1 {
			t[i] = m.keptP[t[i]]
		} else {
			t[i] = m.kept.rank(t[i])
		}
	}
	return t
}

// dictionary merges the dictionaries: it notes the place of each value among all, and writes those that are used, or all
// when used is nil.
func (m *merger) dictionary(ctx context.Context, used *bitmap, write bool) error {
	var h stringHeap
	m.ids = nil
	for i, s := range m.in {
		m.ids = append(m.ids, newNumbering(uint32(s.segs[0].dict.count)))
		w := table{s.f, s.segs[0].dict}.from(nil)
		if w.next() {
			h = append(h, stringSource{w, i})
		} else if w.err != nil {
			return w.err
		}
	}
	heap.Init(&h)
	dict := newStringWriter(m.out, true)
	var last, entry []byte
	m.total = 0
	for n := 0; len(h) > 0; n++ {
		if err := ended(ctx, n); err != nil {
			return err
		}
		top := h[0]
		key := top.w.key[:keyLength(top.w.key)]
		if n == 0 || !bytes.Equal(key, last) {
			m.total++
			last = append(last[:0], key...)
			if write && (used == nil || used.has(m.total)) {
				var err error
				if entry, err = m.entry(entry[:0], top); err != nil {
					return err
				}
				if err := dict.add(entry); err != nil {
					return err
				}
			}
		}
		m.ids[top.i].add(m.total)
		if top.w.next() {
			heap.Fix(&h, 0)
		} else if top.w.err != nil {
			return top.w.err
		} else {
			heap.Pop(&h)
		}
	}
	if !write {
		return nil
	}
	var err error
	m.seg.dict, err = dict.end()
	return err
}

// entry returns the entry of a value for the new file. What lies apart is copied.
func (m *merger) entry(b []byte, x stringSource) ([]byte, error) {
	e := x.w.key
	n := keyLength(e)
	b = append(b, e[:n]...)
	if n == len(e) {
		return b, nil
	}
	at, err := blobAt(e)
	if err != nil {
		return b, err
	}
	to, err := m.out.blob(blob{f: m.in[x.i].f, at: at})
	return appendPlace(b, to), err
}

// predicates puts the predicates of all states in the order of their values.
func (m *merger) predicates() {
	seen := map[uint32]uint32{}
	for i, s := range m.in {
		for _, p := range s.preds {
			if id, ok := m.ids[i].of(p); ok { // others are of later segments
				seen[id] = 0
			}
		}
	}
	m.all = slices.Sorted(maps.Keys(seen))
	for n, id := range m.all {
		seen[id] = uint32(n + 1)
	}
	for i, s := range m.in {
		numbers := make([]uint32, len(s.preds)+1)
		for n, p := range s.preds {
			if id, ok := m.ids[i].of(p); ok {
				numbers[n+1] = seen[id]
			}
		}
		m.preds = append(m.preds, numbers)
	}
}

// quads merges the quads of one order and gives each that is left to use.
func (m *merger) quads(ctx context.Context, o order, use func(tuple) error) error {
	var h tupleHeap
	for i, s := range m.in {
		for _, x := range []struct {
			r    root
			sign int
		}{{s.segs[0].adds[o], 1}, {s.segs[0].dels[o], -1}} {
			src := &tupleSource{r: newTupleReader(s.f, x.r, o), sign: x.sign, ids: m.ids[i], preds: m.preds[i], pred: predPlace(o)}
			src.r.enter(src.r.toRank(0))
			ok, err := src.next()
			if err != nil {
				return err
			}
			if ok {
				h = append(h, src)
			}
		}
	}
	heap.Init(&h)
	for n := 0; len(h) > 0; n++ {
		if err := ended(ctx, n); err != nil {
			return err
		}
		t, count := h[0].at, 0
		for len(h) > 0 && h[0].at == t {
			count += h[0].sign
			ok, err := h[0].next()
			if err != nil {
				return err
			}
			if !ok {
				heap.Pop(&h)
			} else if len(h) > 1 {
				heap.Fix(&h, 0)
			}
		}
		if count > 0 {
			if err := use(t); err != nil {
				return err
			}
		}
	}
	return nil
}

// sets merges the sets: the newest word on an entry counts.
func (m *merger) sets(ctx context.Context) error {
	for n := range Sets {
		w := newStringWriter(m.out, false)
		scan := &setScan{}
		for age, s := range m.in {
			part := newSetScan(s.f, s.segs, n, nil)
			if part.err != nil {
				return part.err
			}
			for _, x := range part.in {
				x.age = age
				scan.in = append(scan.in, x)
			}
		}
		for i := 0; scan.next(); i++ {
			if err := ended(ctx, i); err != nil {
				return err
			}
			if scan.put {
				if err := w.add(scan.entry); err != nil {
					return err
				}
			}
		}
		if scan.err != nil {
			return scan.err
		}
		var err error
		if m.seg.sets[n][0], err = w.end(); err != nil {
			return err
		}
	}
	return nil
}

// stringSource is one dictionary of those that are merged.
type stringSource struct {
	w *walker
	i int
}

type stringHeap []stringSource

func (h stringHeap) Len() int { return len(h) }
func (h stringHeap) Less(a, b int) bool {
	c := bytes.Compare(h[a].w.key, h[b].w.key)
	return c < 0 || c == 0 && h[a].i < h[b].i
}
func (h stringHeap) Swap(a, b int) { h[a], h[b] = h[b], h[a] }
func (h *stringHeap) Push(x any)   { *h = append(*h, x.(stringSource)) }
func (h *stringHeap) Pop() any {
	last := (*h)[len(*h)-1]
	*h = (*h)[:len(*h)-1]
	return last
}

// tupleSource is one tree of those that are merged, in the numbers of the new segment.
type tupleSource struct {
	r     *tupleReader
	sign  int
	ids   *numbering
	preds []uint32
	pred  int // the place of the predicate
	at    tuple
}

func predPlace(o order) int {
	for i, p := range forms[o].part {
		if p == 1 {
			return i
		}
	}
	return -1
}

func (x *tupleSource) next() (bool, error) {
	if !x.r.next() {
		return false, x.r.err
	}
	for i, v := range x.r.tuple {
		if i != x.pred {
			to, ok := x.ids.of(v)
			if !ok {
				return false, errNoValue
			}
			x.at[i] = to
		} else if int(v) < len(x.preds) && (v == 0 || x.preds[v] != 0) {
			x.at[i] = x.preds[v]
		} else {
			return false, errNoValue
		}
	}
	return true, nil
}

var errNoValue = damaged("a quad has a value that is not there")

type tupleHeap []*tupleSource

func (h tupleHeap) Len() int           { return len(h) }
func (h tupleHeap) Less(a, b int) bool { return h[a].at.compare(h[b].at) < 0 }
func (h tupleHeap) Swap(a, b int)      { h[a], h[b] = h[b], h[a] }
func (h *tupleHeap) Push(x any)        { *h = append(*h, x.(*tupleSource)) }
func (h *tupleHeap) Pop() any {
	last := (*h)[len(*h)-1]
	*h = (*h)[:len(*h)-1]
	return last
}
