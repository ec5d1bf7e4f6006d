package graph

import (
	"crypto/sha256"
	"encoding/binary"
	"slices"

	"github.com/picograph/picograph/graph/store"
)

// Set is a set of things of one state of a graph, by the numbers that the state has for them: of findings or other nodes
// of documents, of whole documents, or of joined studies. It is sorted, and what is of one document stands together.
// Sets of different states do not go together.
type Set []ref

// ref is a node of a document, or the document as a whole where the node is 0: the document's number above the node's.
// Of a joined study it is the study's number above 0.
type ref uint64

func refOf(whole, node store.ID) ref { return ref(whole)<<32 | ref(node) }

func (r ref) whole() store.ID { return store.ID(r >> 32) }
func (r ref) node() store.ID  { return store.ID(r & (1<<32 - 1)) }

// fewRuns is up to how many sorted stretches are merged rather than sorted anew.
const fewRuns = 16

// setOf makes a set of what stands in any order. What was taken from several places of an order is some sorted stretches.
func setOf(refs []ref) Set {
	var runs []Set
	from := 0
	for i := 1; i <= len(refs); i++ {
		if i < len(refs) && refs[i-1] <= refs[i] {
			continue
		}
		runs, from = append(runs, refs[from:i:i]), i
		if len(runs) > fewRuns {
			return slices.Compact(sorted(refs))
		}
	}
	return slices.Compact(merged(runs))
}

// byDigits is from how many on references are sorted by their digits.
const byDigits = 512

// sorted returns references sorted: of many, by one digit after the other, from the last; digits that are the same in all are passed.
func sorted(refs []ref) []ref {
	if len(refs) < byDigits {
		slices.Sort(refs)
		return refs
	}
	var differ ref
	for _, x := range refs {
		differ |= x ^ refs[0]
	}
	const digit = 11
	other := make([]ref, len(refs))
	for shift := 0; shift < 64; shift += digit {
		if differ>>shift&(1<<digit-1) == 0 {
			continue
		}
		var at [1 << digit]int
		for _, x := range refs {
			at[x>>shift&(1<<digit-1)]++
		}
		sum := 0
		for d, n := range at {
			at[d], sum = sum, sum+n
		}
		for _, x := range refs {
			d := x >> shift & (1<<digit - 1)
			other[at[d]] = x
			at[d]++
		}
		refs, other = other, refs
	}
	return refs
}

// members tells fast of a document or study whether it is in a set of them.
type members []uint64

// members returns the members of a set of wholes.
func (a Set) members() members {
	if len(a) == 0 {
		return nil
	}
	bits := make(members, a[len(a)-1].whole()/64+1)
	for _, x := range a {
		bits[x.whole()/64] |= 1 << (x.whole() % 64)
	}
	return bits
}

func (m members) has(id store.ID) bool {
	return int(id/64) < len(m) && m[id/64]>>(id%64)&1 != 0
}

func (m members) drop(id store.ID) { m[id/64] &^= 1 << (id % 64) }

// merged returns what is in any of some sorted stretches.
func merged(sets []Set) Set {
	switch len(sets) {
	case 0:
		return nil
	case 1:
		return sets[0]
	}
	return merged(sets[:len(sets)/2]).Or(merged(sets[len(sets)/2:]))
}

// digest stands for what is in a set: sets that differ have others.
func (a Set) digest() []byte {
	h := sha256.New()
	var some [4096]byte
	for part := range slices.Chunk(a, len(some)/8) {
		for i, x := range part {
			binary.LittleEndian.PutUint64(some[8*i:], uint64(x))
		}
		h.Write(some[:8*len(part)])
	}
	return h.Sum(nil)
}

// Len returns how many there are.
func (a Set) Len() int { return len(a) }

// gallop returns the first place from i on whose element is not less than x: near ones are found fast, far ones in the
// logarithm of the way.
func (a Set) gallop(i int, x ref) int {
	step := 1
	lo := i
	for i < len(a) && a[i] < x {
		lo = i + 1
		i += step
		step *= 2
	}
	hi := min(i, len(a))
	n, _ := slices.BinarySearch(a[lo:hi], x)
	return lo + n
}

// And returns what is in both.
func (a Set) And(b Set) Set {
	out := make(Set, 0, min(len(a), len(b)))
	for i, k := 0, 0; i < len(a) && k < len(b); {
		switch {
		case a[i] < b[k]:
			i = a.gallop(i, b[k])
		case a[i] > b[k]:
			k = b.gallop(k, a[i])
		default:
			out = append(out, a[i])
			i, k = i+1, k+1
		}
	}
	return out
}

// Or returns what is in either.
func (a Set) Or(b Set) Set {
	switch {
	case len(a) == 0:
		return b
	case len(b) == 0:
		return a
	}
	out := make(Set, 0, len(a)+len(b))
	i, k := 0, 0
	for i < len(a) && k < len(b) {
		switch {
		case a[i] < b[k]:
			out = append(out, a[i])
			i++
		case a[i] > b[k]:
			out = append(out, b[k])
			k++
		default:
			out = append(out, a[i])
			i, k = i+1, k+1
		}
	}
	return append(append(out, a[i:]...), b[k:]...)
}

// Without returns what is in a and not in b.
func (a Set) Without(b Set) Set {
	out := make(Set, 0, len(a))
	k := 0
	for _, x := range a {
		if k = b.gallop(k, x); k == len(b) || b[k] != x {
			out = append(out, x)
		}
	}
	return out
}

// Documents returns the documents of nodes.
func (a Set) Documents() Set {
	out := make(Set, 0, len(a))
	for _, x := range a {
		if d := refOf(x.whole(), 0); len(out) == 0 || out[len(out)-1] != d {
			out = append(out, d)
		}
	}
	return out
}

// In returns the nodes of a whose document is in documents, and NotIn the others.
func (a Set) In(documents Set) Set    { return a.within(documents, true) }
func (a Set) NotIn(documents Set) Set { return a.within(documents, false) }

func (a Set) within(documents Set, want bool) Set {
	if want && len(documents)*8 < len(a) {
		return a.of(documents)
	}
	out := make(Set, 0, len(a))
	k := 0
	for _, x := range a {
		d := refOf(x.whole(), 0)
		k = documents.gallop(k, d)
		if (k < len(documents) && documents[k] == d) == want {
			out = append(out, x)
		}
	}
	return out
}

// of is In where documents are few.
func (a Set) of(documents Set) Set {
	var out Set
	k := 0
	for _, d := range documents {
		for k = a.gallop(k, d); k < len(a) && a[k].whole() == d.whole(); k++ {
			out = append(out, a[k])
		}
	}
	return out
}

// Spread returns a node of each of some n documents, or of all where there are no more, evenly spread over the set.
func (a Set) Spread(n int) Set {
	documents := a.Documents()
	out := make(Set, 0, n)
	for i := range min(n, len(documents)) {
		d := documents[i*len(documents)/min(n, len(documents))]
		out = append(out, a[a.gallop(0, d)])
	}
	return out
}

// Pick returns what stands at some places, which must be sorted.
func (a Set) Pick(places []int) Set {
	out := make(Set, len(places))
	for i, p := range places {
		out[i] = a[p]
	}
	return out
}
