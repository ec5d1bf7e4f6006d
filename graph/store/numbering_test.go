package store

import (
	"math/rand/v2"
	"testing"
)

// TestNumbering compares numberings of runs long and short with a list.
func TestNumbering(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 4))
	for _, values := range []uint32{0, 1, 63, 64, 65, 1000, 5000} {
		for _, gaps := range []int{1, 2, 5, 200} {
			n := newNumbering(values)
			want := []uint32{0}
			last := uint32(0)
			for range values {
				last++
				if r.IntN(gaps) > 0 == (gaps < 100) {
					last += uint32(r.IntN(3)) * uint32(r.IntN(100000))
				}
				want = append(want, last)
				n.add(last)
			}
			for i, to := range want {
				if got, ok := n.of(uint32(i)); got != to || !ok {
					t.Fatalf("%d values: value %d is called %d %v, want %d", values, i, got, ok, to)
				}
			}
			if _, ok := n.of(values + 1); ok {
				t.Errorf("%d values: there is one behind the last", values)
			}
		}
	}
}

// TestBitmap compares a bitmap with a list.
func TestBitmap(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 5))
	const n = 1000
	b := newBitmap(n)
	var in [n + 1]bool
	for range 300 {
		i := uint32(r.IntN(n + 1))
		b.set(i)
		in[i] = true
	}
	total := b.count()
	rank := uint32(0)
	for i := range uint32(n + 1) {
		if in[i] {
			rank++
		}
		if b.has(i) != in[i] || b.rank(i) != rank {
			t.Fatalf("%d: %v %d, want %v %d", i, b.has(i), b.rank(i), in[i], rank)
		}
	}
	if total != rank {
		t.Errorf("%d numbers, want %d", total, rank)
	}
}
