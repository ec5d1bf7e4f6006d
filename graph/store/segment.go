package store

import (
	"encoding/binary"
	"slices"
)

// A segment is what one change added to a store, or several that were put together: new values, quads that came and
// quads that went, entries of the sets that came and went. The values of a segment have the numbers base+1 and on, in
// the order of the values; its quads may use the values of older segments too.
type segment struct {
	base  uint32
	dict  root
	adds  [orders]root
	dels  [orders]root
	sets  [Sets][2]root // put, taken out
	bytes uint64        // blocks, and what lies apart
}

func (g *segment) roots() []*root {
	all := []*root{&g.dict}
	for i := range g.adds {
		all = append(all, &g.adds[i], &g.dels[i])
	}
	for i := range g.sets {
		all = append(all, &g.sets[i][0], &g.sets[i][1])
	}
	return all
}

// size is a measure of the work that it takes to write a segment.
func (g *segment) size() uint64 {
	n := g.dict.count + g.adds[spog].count + g.dels[spog].count
	for _, s := range g.sets {
		n += s[0].count + s[1].count
	}
	return n
}

// encodeManifest writes all of a state that is not in trees.
func (s *Snapshot) encodeManifest() []byte {
	b := []byte{kindManifest}
	b = binary.AppendUvarint(b, uint64(len(s.segs)))
	for _, g := range s.segs {
		b = binary.AppendUvarint(b, uint64(g.base))
		b = binary.AppendUvarint(b, g.bytes)
		for _, r := range g.roots() {
			b = binary.AppendUvarint(b, r.count)
			if r.count > 0 {
				b = appendPlace(append(b, r.height), r.place)
			}
		}
	}
	b = binary.AppendUvarint(b, uint64(len(s.preds)))
	for _, p := range s.preds {
		b = binary.AppendUvarint(b, uint64(p))
	}
	names := make([]string, 0, len(s.meta))
	for name := range s.meta {
		names = append(names, name)
	}
	slices.Sort(names)
	b = binary.AppendUvarint(b, uint64(len(names)))
	for _, name := range names {
		b = appendBytes(appendBytes(b, []byte(name)), s.meta[name])
	}
	return b
}

func decodeManifest(b []byte) (*Snapshot, error) {
	d := &decoder{b: b}
	if d.byte() != kindManifest {
		d.fail()
	}
	s := &Snapshot{meta: map[string][]byte{}}
	for range d.uint() {
		if d.err != nil {
			break
		}
		g := &segment{base: uint32(d.uint()), bytes: d.uint()}
		for _, r := range g.roots() {
			if r.count = d.uint(); r.count > 0 {
				r.height = d.byte()
				r.place = place{int64(d.uint()), uint32(d.uint())}
			}
			if r.height > 20 {
				d.fail()
			}
		}
		s.segs = append(s.segs, g)
	}
	for range d.uint() {
		if d.err != nil {
			break
		}
		s.preds = append(s.preds, uint32(d.uint()))
	}
	for range d.uint() {
		if d.err != nil {
			break
		}
		name := string(d.bytes())
		s.meta[name] = slices.Clone(d.bytes())
	}
	if d.err == nil && len(d.b) > 0 {
		d.fail()
	}
	if d.err == nil {
		d.err = s.plausible()
	}
	s.index()
	return s, d.err
}

// plausible checks what reading relies on.
func (s *Snapshot) plausible() error {
	next := uint64(0)
	for i, g := range s.segs {
		if uint64(g.base) < next || i == 0 && g.base != 0 || next > 1<<32-1 {
			return damaged("the segments do not follow one another")
		}
		next = uint64(g.base) + g.dict.count
		for o := range g.adds {
			if g.adds[o].count != g.adds[0].count || g.dels[o].count != g.dels[0].count {
				return damaged("the orders hold different numbers of quads")
			}
		}
	}
	return nil
}

// index makes the way back from a value to its number as a predicate.
func (s *Snapshot) index() {
	s.byID = make(map[uint32]uint32, len(s.preds))
	for i, id := range s.preds {
		s.byID[id] = uint32(i + 1)
	}
}

// values is how many numbers of values are taken.
func (s *Snapshot) values() uint32 {
	if len(s.segs) == 0 {
		return 0
	}
	last := s.segs[len(s.segs)-1]
	return last.base + uint32(last.dict.count)
}
