package graph

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"math/bits"
	"slices"
	"strings"

	"github.com/cayleygraph/quad"
)

// digest stands for a set of quads that is stored and replaced as a whole: the SHA-256 of their canonical lines, sorted,
// each with its end; and for a whole graph: the sum of these modulo two to the power of 256, as numbers with the first byte
// the greatest. Such sets are the quads of a document, those of the vocabulary, those of each joined study with its
// joins, and those of each report that the joins tell of. The sum does not depend on any order, and a change needs only the sets that it changes. It tells graphs apart that
// differ; it is no protection against who makes a graph to have a given digest.
type digest [sha256.Size]byte

// String returns the digest in hexadecimal.
func (d digest) String() string { return hex.EncodeToString(d[:]) }

// plus and minus add and take away, modulo two to the power of 256.
func (d digest) plus(e digest) digest  { return d.combine(e, bits.Add64) }
func (d digest) minus(e digest) digest { return d.combine(e, bits.Sub64) }

func (d digest) combine(e digest, f func(x, y, carry uint64) (uint64, uint64)) digest {
	carry := uint64(0)
	for i := len(d) - 8; i >= 0; i -= 8 {
		var x uint64
		x, carry = f(binary.BigEndian.Uint64(d[i:]), binary.BigEndian.Uint64(e[i:]), carry)
		binary.BigEndian.PutUint64(d[i:], x)
	}
	return d
}

// sortedSum sorts quads by their canonical lines, drops what is there twice, and returns their digest.
func sortedSum(quads []quad.Quad) ([]quad.Quad, digest) {
	type line struct {
		s string
		q int
	}
	b := make([]byte, 0, 200*len(quads))
	ends := make([]int, len(quads))
	// Subjects follow one another and labels are mostly one: they are written once and copied.
	var last quad.Quad
	var subject, label []byte
	for i := range quads {
		q := &quads[i]
		if q.Subject != last.Subject || i == 0 {
			subject = append(appendTerm(subject[:0], q.Subject), ' ')
		}
		if q.Label != last.Label && q.Label != nil {
			label = append(appendTerm(append(label[:0], ' '), q.Label), " .\n"...)
		}
		b = append(b, subject...)
		b = append(appendTerm(b, q.Predicate), ' ')
		b = appendTerm(b, q.Object)
		if q.Label == nil {
			b = append(b, " .\n"...)
		} else {
			b = append(b, label...)
		}
		ends[i] = len(b)
		last.Subject, last.Label = q.Subject, q.Label
	}
	whole := string(b)
	lines := make([]line, len(quads))
	from := 0
	for i, end := range ends {
		lines[i] = line{whole[from:end], i}
		from = end
	}
	slices.SortFunc(lines, func(x, y line) int { return strings.Compare(x.s, y.s) })
	out := make([]quad.Quad, 0, len(quads))
	b = b[:0]
	for i, l := range lines {
		if i == 0 || l.s != lines[i-1].s {
			out = append(out, quads[l.q])
			b = append(b, l.s...)
		}
	}
	return out, sha256.Sum256(b)
}
