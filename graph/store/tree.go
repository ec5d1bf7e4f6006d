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

// leafBytes is how large blocks become, roughly.
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
	before   []uint64 // entries before each child
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
	in := &inner{}
	total := uint64(0)
	for i := uint64(0); i < n && d.err == nil; i++ {
		c := child{key: d.bytes()}
		c.off, c.size, c.count = int64(d.uint()), uint32(d.uint()), d.uint()
		in.children = append(in.children, c)
		in.before = append(in.before, total)
		total += c.count
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
	b     []byte // its kind, and the entries
	marks atomic.Pointer[[]mark]
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
	l := &leaf{b: b}
	f.cache.put(p.off, l, len(b)+len(b)/4) // a quarter for marks
	return l, nil
}

// climber finds leaves of a tree, and goes from one to the next.
type climber struct {
	f      *file
	root   root
	path   []step
	space  [4]step // of path, for trees of up to hundreds of millions of entries
	leaf   *leaf
	before uint64 // entries before the leaf
	has    uint64 // entries in the leaf
}

type step struct {
	in *inner
	at int
}

// descend goes down from the root; choose returns the child to take. It reports false for an empty tree.
func (c *climber) descend(choose func(in *inner, before uint64) int) (bool, error) {
	c.path, c.before = c.space[:0], 0
	if c.root.count == 0 {
		return false, nil
	}
	at := c.root.place
	c.has = c.root.count
	for range c.root.height {
		in, err := c.f.inner(at)
		if err != nil {
			return false, err
		}
		i := choose(in, c.before)
		c.path = append(c.path, step{in, i})
		c.before += in.before[i]
		at, c.has = in.children[i].place, in.children[i].count
	}
	var err error
	c.leaf, err = c.f.leaf(at)
	return err == nil, err
}

// toKey goes to the leaf that has the first entry not less than key, if any leaf but the last before it has.
func (c *climber) toKey(key []byte) (bool, error) {
	return c.descend(func(in *inner, _ uint64) int {
		i := sort.Search(len(in.children), func(i int) bool { return bytes.Compare(in.children[i].key, key) > 0 })
		return max(i-1, 0)
	})
}

// toRank goes to the leaf of the entry of a number, from 0.
func (c *climber) toRank(n uint64) (bool, error) {
	if n >= c.root.count {
		return false, nil
	}
	return c.descend(func(in *inner, before uint64) int {
		i := sort.Search(len(in.children), func(i int) bool { return before+in.before[i] > n })
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
	c.before += c.has
	c.path[level].at++
	at := c.path[level].in.children[c.path[level].at]
	for level++; level < len(c.path); level++ {
		in, err := c.f.inner(at.place)
		if err != nil {
			return false, err
		}
		c.path[level] = step{in, 0}
		at = in.children[0]
	}
	var err error
	c.has = at.count
	c.leaf, err = c.f.leaf(at.place)
	return err == nil, err
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
