package store

import (
	"bytes"
	"cmp"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"hash/maphash"
	"slices"

	"github.com/cayleygraph/quad"
)

// Damage is a part of the file that is not as it was written.
type Damage struct {
	Part   string       // what it is part of: "values", "quads by subject", ...
	Err    error        // with the place
	Labels []quad.Value // whose quads cannot be trusted, as far as can be told
	Lost   int          // the same, of which not even the label can be read
	Index  bool         // the quads stand elsewhere in the file as well, so nothing is lost
}

// partNames says what the orders are for.
var partNames = [orders]string{"quads by subject", "quads by predicate and object", "quads by object", "quads by label"}

// checker reads everything of a state.
type checker struct {
	s      *Snapshot
	ctx    context.Context
	found  []Damage
	values []Range           // whose leaves are damaged
	labels map[int][]Range   // by number of the damage: labels between which it lies
	sums   map[string]uint64 // of the quads of each tree, to compare the orders
	seed   maphash.Seed
	leaves int
}

// Verify reads every block of a state and compares what is told twice. It returns what is wrong; the error is the
// context's, or one of reading.
func (s *Snapshot) Verify(ctx context.Context) ([]Damage, error) {
	c := &checker{s: s, ctx: ctx, labels: map[int][]Range{}, sums: map[string]uint64{}, seed: maphash.MakeSeed()}
	if s.f == nil {
		return nil, nil
	}
	for i, g := range s.segs {
		if err := c.segment(i, g); err != nil {
			return nil, err
		}
	}
	if len(c.found) == 0 {
		if err := c.whole(); err != nil {
			return nil, err
		}
	}
	return c.found, c.blame()
}

func (c *checker) note(part string, err error, index bool) {
	c.found = append(c.found, Damage{Part: part, Err: err, Index: index})
}

func (c *checker) segment(i int, g *segment) error {
	if err := c.dictionary(g); err != nil {
		return err
	}
	for o := range orders {
		for kind, r := range map[string]root{"came": g.adds[o], "went": g.dels[o]} {
			name := fmt.Sprintf("%d %s", i, kind)
			sum, err := c.tuples(o, r)
			if err != nil {
				return err
			}
			if first, ok := c.sums[name]; ok && first != sum && len(c.found) == 0 {
				c.note(partNames[o], damaged("the orders hold different quads"), true)
			}
			c.sums[name] = sum
		}
	}
	for n := range g.sets {
		for _, r := range g.sets[n] {
			if err := c.strings(r, fmt.Sprintf("set %d", n), nil); err != nil {
				return err
			}
		}
	}
	return nil
}

// visit gives each leaf of a tree, or why it cannot be read, with the entries before it.
func (c *checker) visit(r root, leaf func(b []byte, before, count uint64, err error)) error {
	if r.count == 0 {
		return nil
	}
	var down func(at place, height uint8, before, count uint64) error
	down = func(at place, height uint8, before, count uint64) error {
		c.leaves++
		if err := c.ctx.Err(); err != nil {
			return err
		}
		b, err := c.s.f.read(at)
		if err == nil && b[0] == kindPacked && height == 0 {
			b, err = unpack(b)
		}
		if height == 0 || err != nil {
			if err != nil && !errors.Is(err, ErrDamaged) {
				return err
			}
			leaf(b, before, count, err)
			return nil
		}
		in, err := parseInner(b)
		if err != nil {
			leaf(nil, before, count, err)
			return nil
		}
		total := uint64(0)
		for _, x := range in.children {
			if err := down(x.place, height-1, before+total, x.count); err != nil {
				return err
			}
			total += x.count
		}
		if total != count {
			leaf(nil, before, count, damaged("a block at byte %d leads to %d entries, not %d", at.off, total, count))
		}
		return nil
	}
	return down(r.place, r.height, 0, r.count)
}

// oneLeaf is a leaf as a tree of its own, to be read by the same readers.
func oneLeaf(b []byte, count uint64) climber {
	return climber{root: root{count: count}, leaf: &leaf{b: b}, has: count}
}

func (c *checker) strings(r root, part string, each func(key []byte, rank uint64) error) error {
	var last []byte
	var failed error
	err := c.visit(r, func(b []byte, before, count uint64, err error) {
		n := uint64(0)
		if err == nil {
			w := walker{climber: oneLeaf(b, count)}
			w.enter(true, nil)
			for err == nil && w.next() {
				if (before+n > 0) && bytes.Compare(last, w.key) >= 0 {
					err = damaged("strings are not in order")
				} else if each != nil {
					err = each(w.key, before+n)
				}
				last = append(last[:0], w.key...)
				n++
			}
			err = cmp.Or(err, w.err)
		}
		switch {
		case err != nil && !errors.Is(err, ErrDamaged):
			failed = err
		case err != nil:
			c.note(part, err, false)
			if part == valuesPart {
				c.values = append(c.values, Range{ID(before), ID(before + count)})
			}
		}
	})
	return cmp.Or(err, failed)
}

const valuesPart = "values"

func (c *checker) dictionary(g *segment) error {
	at := len(c.values)
	err := c.strings(g.dict, valuesPart, func(key []byte, _ uint64) error {
		_, err := value(key, true, func() ([]byte, error) { return c.s.f.blob(key) })
		return err
	})
	for i := at; i < len(c.values); i++ {
		c.values[i].First += ID(g.base) + 1
		c.values[i].Last += ID(g.base)
	}
	return err
}

// tuples checks a tree of quads and returns a sum that does not depend on their order.
func (c *checker) tuples(o order, r root) (uint64, error) {
	var last tuple
	sum, broken := uint64(0), -1
	err := c.visit(r, func(b []byte, before, count uint64, err error) {
		n := uint64(0)
		was := last
		if err == nil {
			x := tupleReader{climber: oneLeaf(b, count), form: &forms[o]}
			x.enter(true, nil)
			for err == nil && x.next() {
				if before+n > 0 && last.compare(x.tuple) >= 0 {
					err = damaged("quads are not in order")
				}
				last = x.tuple
				n++
				q := o.restore(x.tuple)
				if broken >= 0 && o == gspo {
					c.labels[broken] = append(c.labels[broken], Range{ID(was[0]), ID(last[0])})
					broken = -1
				}
				if q[1] == 0 || int(q[1]) > len(c.s.preds) || max(q[0], q[2], q[3]) > c.s.values() || q[0] == 0 || q[2] == 0 {
					err = damaged("a quad has a value that is not there")
				}
				sum += hashTuple(c.seed, q)
			}
			err = cmp.Or(err, x.err)
		}
		if err != nil {
			if o == gspo {
				broken = len(c.found)
				if n > 0 {
					c.labels[broken] = append(c.labels[broken], Range{ID(was[0]), ID(last[0])})
				}
			}
			c.note(partNames[o], err, o != gspo)
		}
	})
	if broken >= 0 {
		c.labels[broken] = append(c.labels[broken], Range{ID(last[0]), ID(c.s.values())})
	}
	return sum, err
}

func hashTuple(seed maphash.Seed, q tuple) uint64 {
	var b [16]byte
	for i, x := range q {
		binary.BigEndian.PutUint32(b[4*i:], x)
	}
	return maphash.Bytes(seed, b[:])
}

// whole checks that every quad is there once or not at all.
func (c *checker) whole() error {
	_, hi := between(tuple{}, 0)
	scan := c.s.scan(c.s.segs, gspo, tuple{}, hi)
	for n := 0; len(scan.in) > 0 && scan.err == nil; n++ {
		if err := ended(c.ctx, n); err != nil {
			return err
		}
		if t, n := scan.least(); n < 0 || n > 1 {
			d := Damage{Part: partNames[gspo], Err: damaged("a quad is there %d times", n)}
			d.Labels, d.Lost = c.names([]uint32{gspo.restore(t)[3]})
			c.found = append(c.found, d)
		}
	}
	return scan.err
}

// blame finds the labels that damage is about.
func (c *checker) blame() error {
	if len(c.found) == 0 {
		return nil
	}
	hit := map[uint32]bool{}
	bad := func(id uint32) bool {
		return slices.ContainsFunc(c.values, func(r Range) bool { return ID(id) >= r.First && ID(id) <= r.Last })
	}
	byDamage := map[int]map[uint32]bool{}
	for _, g := range c.s.segs {
		err := c.visit(g.adds[gspo], func(b []byte, _, count uint64, err error) {
			if err != nil {
				return
			}
			x := tupleReader{climber: oneLeaf(b, count), form: &forms[gspo]}
			x.enter(true, nil)
			for x.next() {
				q := gspo.restore(x.tuple)
				if bad(q[0]) || bad(q[2]) || bad(q[3]) {
					hit[q[3]] = true
				}
				for n, ranges := range c.labels {
					for _, r := range ranges {
						if ID(q[3]) >= r.First && ID(q[3]) <= r.Last {
							if byDamage[n] == nil {
								byDamage[n] = map[uint32]bool{}
							}
							byDamage[n][q[3]] = true
						}
					}
				}
			}
		})
		if err != nil {
			return err
		}
	}
	for i := range c.found {
		switch {
		case c.found[i].Part == valuesPart:
			c.found[i].Labels, c.found[i].Lost = c.names(sortedKeys(hit))
		case len(byDamage[i]) > 0:
			c.found[i].Labels, c.found[i].Lost = c.names(sortedKeys(byDamage[i]))
		}
	}
	return nil
}

func sortedKeys(m map[uint32]bool) []uint32 {
	out := make([]uint32, 0, len(m))
	for k := range m {
		out = append(out, k)
	}
	slices.Sort(out)
	return out
}

// names returns the values of labels that can be read, and the number of the others.
func (c *checker) names(ids []uint32) (out []quad.Value, lost int) {
	for _, id := range ids {
		if id == 0 {
			continue
		}
		if v, err := c.s.Value(ID(id)); err == nil {
			out = append(out, v)
		} else {
			lost++
		}
	}
	return out, lost
}
