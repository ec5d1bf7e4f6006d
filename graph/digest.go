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
// the greatest. Such sets are the quads of a document, those of the vocabulary, and those of each joined study with its
// joins. The sum does not depend on any order, and a change needs only the sets that it changes. It tells graphs apart that
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
		q quad.Quad
	}
	var all []byte
	ends := make([]int, len(quads))
	for i, q := range quads {
		all = append(AppendNQuad(all, q), '\n')
		ends[i] = len(all)
	}
	whole := string(all)
	lines := make([]line, len(quads))
	from := 0
	for i, q := range quads {
		lines[i] = line{whole[from:ends[i]], q}
		from = ends[i]
	}
	slices.SortFunc(lines, func(x, y line) int { return strings.Compare(x.s, y.s) })
	sum := sha256.New()
	out := quads[:0]
	all = all[:0]
	for i, l := range lines {
		if i == 0 || l.s != lines[i-1].s {
			out = append(out, l.q)
			all = append(all, l.s...)
		}
	}
	_, _ = sum.Write(all) // a hash never fails
	var d digest
	sum.Sum(d[:0])
	return out, d
}
