package store

import "math/bits"

// bitmap is a set of small numbers that tells how many of them come before any number. Where numbers are set in their order,
// that can be asked at once; else after count.
type bitmap struct {
	words  []uint64
	before []uint32 // how many numbers are in the words before each
}

func newBitmap(n uint32) bitmap {
	return bitmap{make([]uint64, n/64+1), make([]uint32, n/64+1)}
}

func (b *bitmap) set(i uint32)      { b.words[i/64] |= 1 << (i % 64) }
func (b *bitmap) has(i uint32) bool { return b.words[i/64]>>(i%64)&1 != 0 }

// count counts the numbers, and returns how many there are.
func (b *bitmap) count() uint32 {
	n := uint32(0)
	for i, w := range b.words {
		b.before[i] = n
		n += uint32(bits.OnesCount64(w))
	}
	return n
}

// rank returns how many numbers are not greater than i.
func (b *bitmap) rank(i uint32) uint32 {
	return b.before[i/64] + uint32(bits.OnesCount64(b.words[i/64]<<(63-i%64)))
}

// numbering tells what the values of a segment, in their order, are called among the values of several segments, which have the same
// order. Most are called one more than the one before, since the nodes of a document lie side by side: only of the others it is kept
// what they are called, and of one in 64. So a value takes a byte or two.
type numbering struct {
	marks  bitmap   // the values of which it is kept
	called []uint32 // what they are called
	next   uint32   // the value that comes next
	last   uint32   // what the one before is called
}

// newNumbering returns the numbering of so many values, which have the numbers from 1 on.
func newNumbering(values uint32) *numbering {
	return &numbering{marks: newBitmap(values), next: 1}
}

// add says what the next value is called: more than the one before.
func (n *numbering) add(to uint32) {
	i := n.next
	if i%64 == 0 {
		n.marks.before[i/64] = uint32(len(n.called))
	}
	if to != n.last+1 || i%64 == 0 || i == 1 {
		n.marks.set(i)
		n.called = append(n.called, to)
	}
	n.next, n.last = i+1, to
}

// of returns what a value is called; ok is false where there is none of that number. None, which is 0, is called 0.
func (n *numbering) of(i uint32) (to uint32, ok bool) {
	if i == 0 || i >= n.next {
		return 0, i == 0
	}
	behind := 63 - i%64
	marks := n.marks.words[i/64] << behind // up to i, from the top
	k := n.marks.before[i/64] + uint32(bits.OnesCount64(marks))
	return n.called[k-1] + uint32(bits.LeadingZeros64(marks)), true
}
