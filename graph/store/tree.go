package store

import (
	"bytes"
	"encoding/binary"
	"sort"
	"sync/atomic"
)

// A tree is a sorted list of entries in blocks. Its leaves hold the entries, the blocks above hold for each block beneath
// a key that parts it from the one before, its place, and how many entries it holds: so the place of a key and the
// number of entries before it are found by reading one block a level.

// The kinds of block, which are their first byte.
const (
	kindInner    = 'I'
	kindStrings  = 'S'
	kindPacked   = 'Z' // strings, compressed
	kindTuples   = 'T'
	kindBlob     = 'B'
	kindManifest = 'M'
)

// leafBytes is how large blocks become, roughly; those of long strings before they are compressed: four times as much would make a file one
// percent smaller, and a string of it four times as slow to read.
const leafBytes = 4096

// root is where a tree begins. Without entries it has no blocks.
type root struct {
	place
	height uint8 // levels above the leaves
	count  uint64
}

// child is one line of an inner block.
type child struct {
	key   []byte
	count uint64
	place
}

// inner is a block above the leaves.
type inner struct {
	children []child
	before   []uint64                // entries before each child
	total    uint64                  // entries
	tuples   atomic.Pointer[[]tuple] // the keys of a tree of quads: see keys
}

// planter writes a tree, its leaves in order.
type planter struct {
	out   *appender
	level []child
}

// leaf writes a leaf of count entries. key must be greater than every entry before and not greater than its first.
func (p *planter) leaf(payload, key []byte, count int) error {
	at, err := p.out.block(payload)
	p.level = append(p.level, child{bytes.Clone(key), uint64(count), at})
	return err
}

// finish writes the blocks above the leaves.
func (p *planter) finish() (root, error) {
	if len(p.level) == 0 {
		return root{}, nil
	}
	height := uint8(0)
	for len(p.level) > 1 {
		var up []child
		for at := 0; at < len(p.level); {
			n, size := 0, 0
			for at+n < len(p.level) && (n < 2 || size < leafBytes) {
				size += len(p.level[at+n].key) + 10
				n++
			}
			group := p.level[at : at+n]
			c := child{key: group[0].key}
			b := binary.AppendUvarint([]byte{kindInner}, uint64(n))
			for _, g := range group {
				b = appendBytes(b, g.key)
				b = binary.AppendUvarint(b, uint64(g.off))
				b = binary.AppendUvarint(b, uint64(g.size))
				b = binary.AppendUvarint(b, g.count)
				c.count += g.count
			}
			var err error
			if c.place, err = p.out.block(b); err != nil {
				return root{}, err
			}
			up = append(up, c)
			at += n
		}
		p.level = up
		height++
	}
	return root{p.level[0].place, height, p.level[0].count}, nil
}

// parseInner reads an inner block.
func parseInner(b []byte) (*inner, error) {
	d := &decoder{b: b}
	if d.byte() != kindInner {
		return nil, damaged("a block is not of the kind that it should be")
	}
	n := d.uint()
	room := min(n, uint64(len(b)/4)) // a child takes four bytes and more
	in := &inner{children: make([]child, 0, room), before: make([]uint64, 0, room)}
	for i := uint64(0); i < n && d.err == nil; i++ {
		c := child{key: d.bytes()}
		c.off, c.size, c.count = int64(d.uint()), uint32(d.uint()), d.uint()
		in.children = append(in.children, c)
		in.before = append(in.before, in.total)
		in.total += c.count
	}
	if d.err == nil && (n == 0 || len(d.b) > 0) {
		d.fail()
	}
	return in, d.err
}

// inner returns an inner block.
func (f *file) inner(p place) (*inner, error) {
	if in, ok := f.cache.get(p.off).(*inner); ok {
		return in, nil
	}
	b, err := f.read(p)
	if err != nil {
		return nil, err
	}
	in, err := parseInner(b)
	if err != nil {
		return nil, err
	}
	f.cache.put(p.off, in, 2*len(b)+len(in.children)*64)
	return in, nil
}

// leaf is a leaf as it is kept in memory.
type leaf struct {
	b      []byte // its kind, and the entries
	off    int64  // where it lies
	tuples atomic.Pointer[[]tuple]
	starts atomic.Pointer[[]start] // from which strings can be read
	sought atomic.Int32            // how often something was looked for in it
}

// leaf returns a leaf, unpacked, with its kind before it.
func (f *file) leaf(p place) (*leaf, error) {
	if l, ok := f.cache.get(p.off).(*leaf); ok {
		return l, nil
	}
	b, err := f.read(p)
	if err != nil {
		return nil, err
	}
	if b[0] == kindPacked {
		if b, err = unpack(b); err != nil {
			return nil, err
		}
	}
	l := &leaf{b: b, off: p.off}
	f.cache.put(p.off, l, len(b))
	return l, nil
}

// climber finds leaves of a tree, and goes from one to the next.
type climber struct {
	f      *file
	root   root
	path   []step
	space  [4]step // of path, for trees of up to hundreds of millions of entries
	leaf   *leaf   // nil before the first was found
	before uint64  // entries before the leaf
	has    uint64  // entries in the leaf
}

type step struct {
	in     *inner
	at     int
	before uint64 // entries before the block
}

// descend goes to a leaf: from the lowest block of the path that surely has what is looked for, which inside tells, else from the
// root; choose returns the child to take. So what is near is found without going back to the root. It reports false for an empty tree.
func (c *climber) descend(inside func(s *step) bool, choose func(s *step) int) (bool, error) {
	if c.root.count == 0 {
		return false, nil
	}
	level := 0
	if c.leaf == nil {
		c.path = c.space[:0]
	} else {
		for level = len(c.path) - 1; level > 0 && !inside(&c.path[level]); level-- {
		}
		level = max(level, 0)
	}
	at, before, has := c.root.place, uint64(0), c.root.count
	for ; level < int(c.root.height); level++ {
		known := c.leaf != nil && level < len(c.path)
		if !known {
			in, err := c.f.inner(at)
			if err != nil {
				c.leaf = nil
				return false, err
			}
			c.path = append(c.path[:level], step{in: in, before: before})
		}
		s := &c.path[level]
		i := choose(s)
		if known && i == s.at && level+1 == len(c.path) {
			return true, nil
		}
		if known {
			c.path = c.path[:level+1]
		}
		s.at = i
		at, before, has = s.in.children[i].place, s.before+s.in.before[i], s.in.children[i].count
	}
	if c.root.height == 0 && c.leaf != nil {
		return true, nil
	}
	return c.land(at, before, has)
}

// land enters a leaf.
func (c *climber) land(at place, before, has uint64) (bool, error) {
	var err error
	c.before, c.has = before, has
	c.leaf, err = c.f.leaf(at)
	return err == nil, err
}

// toKey goes to the leaf that has the first entry not less than key, if any leaf but the last before it has.
func (c *climber) toKey(key []byte) (bool, error) {
	return c.descend(func(s *step) bool {
		all := s.in.children
		return bytes.Compare(all[0].key, key) <= 0 && bytes.Compare(key, all[len(all)-1].key) < 0
	}, func(s *step) int {
		all := s.in.children
		i := sort.Search(len(all), func(i int) bool { return bytes.Compare(all[i].key, key) > 0 })
		return max(i-1, 0)
	})
}

// toRank goes to the leaf of the entry of a number, from 0.
func (c *climber) toRank(n uint64) (bool, error) {
	if n >= c.root.count {
		return false, nil
	}
	return c.descend(func(s *step) bool { return s.before <= n && n-s.before < s.in.total }, func(s *step) int {
		i := sort.Search(len(s.in.before), func(i int) bool { return s.before+s.in.before[i] > n })
		return max(i-1, 0)
	})
}

// behind returns the key that parts this leaf from the next; nil when it is the last.
func (c *climber) behind() []byte {
	for level := len(c.path) - 1; level >= 0; level-- {
		if s := c.path[level]; s.at+1 < len(s.in.children) {
			return s.in.children[s.at+1].key
		}
	}
	return nil
}

// next goes to the leaf behind this one.
func (c *climber) next() (bool, error) {
	level := len(c.path) - 1
	for level >= 0 && c.path[level].at+1 == len(c.path[level].in.children) {
		level--
	}
	if level < 0 {
		return false, nil
	}
	before := c.before + c.has
	c.path[level].at++
	at := c.path[level].in.children[c.path[level].at]
	for level++; level < len(c.path); level++ {
		in, err := c.f.inner(at.place)
		if err != nil {
			c.leaf = nil
			return false, err
		}
		c.path[level] = step{in, 0, before}
		at = in.children[0]
	}
	return c.land(at.place, before, at.count)
}

// part returns the shortest key that is greater than a and not greater than b, which is greater than a.
func part(a, b []byte) []byte {
	n := 0
	for n < len(a) && n < len(b) && a[n] == b[n] {
		n++
	}
	return b[:min(n+1, len(b))]
}

func appendBytes(b, s []byte) []byte { return append(binary.AppendUvarint(b, uint64(len(s))), s...) }

// decoder reads what was appended; after the first error it returns zeros.
type decoder struct {
	b   []byte
	err error
}

func (d *decoder) fail() {
	if d.err == nil {
		d.err = damaged("a block does not hold what it should")
	}
	d.b = nil
}

func (d *decoder) byte() byte {
	if len(d.b) == 0 {
		d.fail()
		return 0
	}
	c := d.b[0]
	d.b = d.b[1:]
	return c
}

func (d *decoder) uint() uint64 {
	v, n := binary.Uvarint(d.b)
	if n <= 0 {
		d.fail()
		return 0
	}
	d.b = d.b[n:]
	return v
}

func (d *decoder) bytes() []byte {
	n := d.uint()
	if n > uint64(len(d.b)) {
		d.fail()
		return nil
	}
	s := d.b[:n]
	d.b = d.b[n:]
	return s
}
