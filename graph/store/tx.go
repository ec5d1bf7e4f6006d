package store

import (
	"context"
	"errors"
	"fmt"
	"hash/maphash"
	"os"
	"strconv"

	"github.com/cayleygraph/quad"
)

// Tx is a change of a store. Nothing of it is seen before Commit. It is for one goroutine, and one process: that no other
// one changes the file meanwhile is for the caller to see to. When one did all the same, Commit writes nothing: ErrChanged.
type Tx struct {
	s     *Store
	base  *Snapshot
	batch *batch
	meta  map[string][]byte
	runs  *runs             // what did not fit in memory
	at    map[uint32]extent // of the labels replaced in this batch, where their quads are
	spilt map[uint64]bool   // of labels that went to the runs the hashes; another label may have the same
	done  bool
}

var labels = maphash.MakeSeed()

// extent is where the quads of a label stand in the lists of a batch.
type extent struct{ adds, dels [2]int }

// ErrBusy is the error of a second change at a time.
var ErrBusy = errors.New("the store is being changed")

// Begin starts a change.
func (s *Store) Begin() (*Tx, error) {
	if !s.change.TryLock() {
		return nil, ErrBusy
	}
	return &Tx{s: s, base: s.Now(), batch: newBatch(), meta: map[string][]byte{}, at: map[uint32]extent{}, spilt: map[uint64]bool{}}, nil
}

// Rollback gives a change up. After Commit it does nothing.
func (t *Tx) Rollback() {
	if t.done {
		return
	}
	t.done = true
	t.runs.close()
	t.s.change.Unlock()
}

// SetMeta keeps some bytes under a name.
func (t *Tx) SetMeta(name string, b []byte) { t.meta[name] = b }

// Put puts an entry into a set; Delete takes it out. What is there already stays, and what is not there is ignored.
func (t *Tx) Put(set int, entry string) { t.batch.set(set, entry, true) }

// Delete takes an entry out of a set.
func (t *Tx) Delete(set int, entry string) { t.batch.set(set, entry, false) }

// Replace makes the quads of a label exactly these. Each of them must have that label.
func (t *Tx) Replace(label quad.Value, quads []quad.Quad) error {
	if err := t.room(); err != nil {
		return err
	}
	key, _, err := term(nil, label)
	if err != nil {
		return fmt.Errorf("the label: %w", err)
	}
	b := t.batch
	g := b.id(key, blob{})
	t.forget(g)
	had, err := t.under(key)
	if err != nil {
		return err
	}
	e := extent{adds: [2]int{len(b.adds), 0}, dels: [2]int{len(b.dels), 0}}
	if err := t.compare(g, label, quads, had); err != nil {
		b.adds, b.dels = b.adds[:e.adds[0]], b.dels[:e.dels[0]]
		return err
	}
	e.adds[1], e.dels[1] = len(b.adds), len(b.dels)
	t.at[g] = e
	return nil
}

// number returns the batch's number of a value; none has 0.
func (t *Tx) number(v quad.Value) (uint32, error) {
	if v == nil {
		return 0, nil
	}
	key, apart, err := term(nil, v)
	if err != nil {
		return 0, err
	}
	return t.batch.id(key, blob{bytes: apart}), nil
}

// Change adds a quad that is not there, or takes one out that is: the caller must know. It does not go together with
// Replace of the same label.
func (t *Tx) Change(q quad.Quad, add bool) error {
	if err := t.room(); err != nil {
		return err
	}
	if q.Subject == nil || q.Predicate == nil || q.Object == nil {
		return fmt.Errorf("not a quad: %v", q)
	}
	var x tuple
	for i, v := range []quad.Value{q.Subject, q.Predicate, q.Object, q.Label} {
		var err error
		if x[i], err = t.number(v); err != nil {
			return fmt.Errorf("%v: %w", q, err)
		}
	}
	if add {
		t.batch.add(x)
	} else {
		t.batch.del(x)
	}
	return nil
}

// room writes the batch to the runs when it has become too large for memory.
func (t *Tx) room() error {
	if t.batch.bytes < t.s.opt.batch() || t.s.path == "" {
		return nil
	}
	return t.spill()
}

// Empty reports whether the change changes nothing so far.
func (t *Tx) Empty() bool {
	t.tidy()
	return t.runs == nil && t.batch.empty() && len(t.meta) == 0
}

// Quads returns the quads that a label has with what was changed so far by Replace, in no order.
func (t *Tx) Quads(label quad.Value) ([]quad.Quad, error) {
	key, _, err := term(nil, label)
	if err != nil {
		return nil, fmt.Errorf("the label: %w", err)
	}
	had, err := t.under(key)
	if err != nil {
		return nil, err
	}
	if had == nil {
		had = map[tuple]int{}
	}
	if e, ok := t.at[t.batch.ids[string(key)]]; ok {
		for _, x := range t.batch.adds[e.adds[0]:e.adds[1]] {
			had[x]++
		}
		for _, x := range t.batch.dels[e.dels[0]:e.dels[1]] {
			had[x]--
		}
	}
	var out []quad.Quad
	for x, n := range had {
		if n <= 0 {
			continue
		}
		var v [4]quad.Value
		for i, id := range x {
			if v[i], err = t.batch.value(id); err != nil {
				return nil, err
			}
		}
		out = append(out, quad.Quad{Subject: v[0], Predicate: v[1], Object: v[2], Label: v[3]})
	}
	return out, nil
}

// value returns a value of the batch.
func (b *batch) value(id uint32) (quad.Value, error) {
	if id == 0 {
		return nil, nil
	}
	return value([]byte(b.keys[id-1]), false, func() ([]byte, error) {
		bl := b.blobs[id]
		if bl.f == nil {
			return bl.bytes, nil
		}
		return bl.f.blobAt(bl.at)
	})
}

// forget takes back what this batch has for a label.
func (t *Tx) forget(g uint32) {
	e, ok := t.at[g]
	if !ok {
		return
	}
	clear(t.batch.adds[e.adds[0]:e.adds[1]])
	clear(t.batch.dels[e.dels[0]:e.dels[1]])
	delete(t.at, g)
}

// compare notes what comes and what goes when a label that had some quads has others from now on. Quads are known by the
// numbers that the batch gives their values.
func (t *Tx) compare(g uint32, label quad.Value, quads []quad.Quad, had map[tuple]int) error {
	b := t.batch
	var buf []byte
	number := func(v quad.Value) (uint32, error) {
		key, apart, err := term(buf[:0], v)
		buf = key
		if err != nil {
			return 0, err
		}
		return b.id(key, blob{bytes: apart}), nil
	}
	var last quad.Quad
	var x tuple
	for i := range quads {
		q := &quads[i]
		if q.Subject == nil || q.Predicate == nil || q.Object == nil || q.Label != label {
			return fmt.Errorf("not a quad of %v: %v", label, *q)
		}
		var err error
		if q.Subject != last.Subject {
			if x[0], err = number(q.Subject); err != nil {
				return fmt.Errorf("%v: %w", *q, err)
			}
		}
		if x[1], err = number(q.Predicate); err != nil {
			return fmt.Errorf("%v: %w", *q, err)
		}
		if x[2], err = number(q.Object); err != nil {
			return fmt.Errorf("%v: %w", *q, err)
		}
		x[3], last = g, *q
		if had != nil {
			if n := had[x]; n > 0 {
				had[x] = -1 // it stays
				continue
			} else if n < 0 {
				continue
			}
			had[x] = -1
		}
		b.add(x)
	}
	for x, n := range had {
		if n > 0 {
			b.del(x)
		}
	}
	return nil
}

// under returns the quads that a label has, before this batch; nil when it has none.
func (t *Tx) under(label []byte) (map[tuple]int, error) {
	var had map[tuple]int
	collect := func(s *Snapshot, id ID) error {
		if id == 0 {
			return nil
		}
		if had == nil {
			had = map[tuple]int{}
		}
		_, hi := between(tuple{uint32(id)}, 1)
		scan := s.scan(s.segs, gspo, tuple{uint32(id)}, hi)
		type counted struct {
			q Quad
			n int
		}
		var all []counted
		var ids []ID
		for len(scan.in) > 0 && scan.err == nil {
			at, n := scan.least()
			q, err := s.external(scan.o.restore(at))
			if err != nil {
				return err
			}
			all = append(all, counted{q, n})
			ids = append(ids, q.Subject, q.Predicate, q.Object, q.Label)
		}
		if scan.err != nil {
			return scan.err
		}
		known, err := t.batch.adopt(s, ids)
		if err != nil {
			return err
		}
		for _, c := range all {
			x := tuple{known[c.q.Subject], known[c.q.Predicate], known[c.q.Object], known[c.q.Label]}
			if had[x] += c.n; had[x] == 0 {
				delete(had, x)
			}
		}
		return nil
	}
	id, err := t.base.lookup(label)
	if err != nil {
		return nil, err
	}
	if err := collect(t.base, id); err != nil || !t.spilt[maphash.Bytes(labels, label)] {
		return had, err
	}
	for _, r := range t.runs.all {
		id, err := r.lookup(label)
		if err != nil {
			return nil, err
		}
		if err := collect(r, id); err != nil {
			return nil, err
		}
	}
	return had, nil
}

// Commit makes the change. When it fails, the store is as it was. The change is done after it in any case.
func (t *Tx) Commit(ctx context.Context) (err error) {
	if t.done {
		return errors.New("the change is done")
	}
	defer t.Rollback()
	if err := ctx.Err(); err != nil {
		return err
	}
	if err := t.s.unchanged(); err != nil {
		return err
	}
	t.tidy()
	if t.runs != nil || t.base.f != nil && t.s.path != "" && t.base.folded(t.batch) > t.s.opt.batch() {
		if err := t.spill(); err != nil {
			return err
		}
		return t.s.rewrite(ctx, t.base, t.runs, t.meta)
	}
	next, err := t.s.append(t.base, t.batch, t.meta)
	if err != nil {
		return err
	}
	t.s.now.Store(next)
	if t.s.path != "" && next.wasteful() {
		// What was to be stored is stored. That the file could not be made smaller is no reason to say otherwise.
		_ = t.s.compact(ctx)
	}
	return nil
}

// tidy drops what was taken back.
func (t *Tx) tidy() {
	keep := func(all []tuple) []tuple {
		out := all[:0]
		for _, x := range all {
			if x[0] != 0 {
				out = append(out, x)
			}
		}
		return out
	}
	t.batch.adds, t.batch.dels = keep(t.batch.adds), keep(t.batch.dels)
	t.at = map[uint32]extent{}
}

// spill writes the batch as a run and begins a new one.
func (t *Tx) spill() error {
	for g := range t.at {
		t.spilt[maphash.String(labels, t.batch.keys[g-1])] = true
	}
	t.tidy()
	if t.runs == nil {
		var err error
		if t.runs, err = newRuns(t.s.path, t.s.opt); err != nil {
			return err
		}
	}
	batch := t.batch
	t.batch = newBatch()
	if batch.empty() {
		return nil
	}
	return t.runs.add(batch)
}

// fold returns how many segments stay as they are when one of a size is added: the others are written anew together with
// it. Each segment that stays is larger than all behind it together, so there are few, and each quad is written anew only
// as often as the segments double.
func (s *Snapshot) fold(size uint64) int {
	n := len(s.segs)
	for n > 0 && s.segs[n-1].size() <= 2*size {
		n--
		size += s.segs[n].size()
	}
	return n
}

// folded returns how much memory it takes to write a batch together with the segments that it takes in.
func (s *Snapshot) folded(b *batch) int64 {
	size := b.bytes
	for _, g := range s.segs[s.fold(uint64(len(b.adds)+len(b.dels))):] {
		size += int64(g.size()) * tupleBytes
	}
	return size
}

// append writes a batch behind the file's end and makes it part of the newest state. The first batch makes the file.
func (s *Store) append(base *Snapshot, b *batch, meta map[string][]byte) (next *Snapshot, err error) {
	if base.f == nil {
		err := replaceFile(s.path, s.opt, func(out *appender, next *Snapshot) error {
			next.meta = meta
			return next.extend(b, out)
		}, s.unchanged, func(made *Snapshot) { next = made })
		return next, err
	}
	f := base.f
	defer func() {
		if err != nil && !errors.Is(err, ErrChanged) { // what lies there then is another's
			f.cache.forget(base.end)
			_ = f.m.Truncate(base.end) // what lies behind the end does no harm either
		}
	}()
	switch base.seq {
	case 0: // in memory
		_, err = f.m.WriteAt(header(), 0)
	case 1: // in an older file the other slot is all zero
		_, err = f.m.WriteAt(slot{}.encode(), slotAt)
	}
	if err != nil {
		return nil, err
	}
	keep := base.fold(uint64(len(b.adds) + len(b.dels)))
	prefix := &Snapshot{f: f, segs: base.segs[:keep:keep], preds: base.preds}
	prefix.index()
	if keep == 0 {
		prefix.preds, prefix.byID = nil, nil
	}
	if keep < len(base.segs) {
		if err := b.absorb(base, keep, nil); err != nil {
			return nil, err
		}
		b.cancel()
	}
	out := newAppender(f, base.end)
	next = &Snapshot{f: f, seq: base.seq + 1, segs: prefix.segs, preds: prefix.preds, byID: prefix.byID, meta: mergeMeta(base.meta, meta)}
	if err := next.extend(b, out); err != nil {
		return nil, err
	}
	return next, writeRoot(out, next, s.unchanged)
}

// extend writes a batch as another segment of a state.
func (s *Snapshot) extend(b *batch, out *appender) error {
	if b.empty() {
		return nil
	}
	seg, preds, err := b.write(out, s, true)
	s.segs, s.preds = append(s.segs, seg), preds
	s.index()
	return err
}

func mergeMeta(before, after map[string][]byte) map[string][]byte {
	all := map[string][]byte{}
	for _, m := range []map[string][]byte{before, after} {
		for k, v := range m {
			all[k] = v
		}
	}
	return all
}

// wasteful reports whether the file has become large for what it holds: more than half of it is no longer used, or a third
// of its quads are gone.
func (s *Snapshot) wasteful() bool {
	live, adds, dels := int64(0), uint64(0), uint64(0)
	for _, g := range s.segs {
		live += int64(g.bytes)
		adds += g.adds[spog].count
		dels += g.dels[spog].count
	}
	return s.end > 4<<20 && s.end > 2*live || dels > 100000 && dels > adds/3
}

// temporary returns the name of a temporary file beside the store.
func temporary(path, what string) string { return path + ".tmp-" + strconv.Itoa(os.Getpid()) + what }
