package queries

import (
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/picograph/picograph/graph"
)

// TestInAll joins bounds from the smallest on: what is in all of them is what it is in any other order.
func TestInAll(t *testing.T) {
	findings := graph.Set{1<<32 | 1, 1<<32 | 2, 2<<32 | 1, 2<<32 | 3, 3<<32 | 1, 4<<32 | 1, 4<<32 | 2, 4<<32 | 3, 4<<32 | 4, 5<<32 | 1}
	documents := graph.Set{1 << 32, 2 << 32, 3 << 32, 4 << 32, 5 << 32, 6 << 32}
	r := rand.New(rand.NewPCG(5, 6))
	some := func(of graph.Set) graph.Set {
		var places []int
		for i := range of {
			if r.IntN(2) == 0 {
				places = append(places, i)
			}
		}
		return of.Pick(places)
	}
	met := 0
	for range 2000 {
		list := make([]within, 1+r.IntN(4))
		for i := range list {
			switch r.IntN(4) {
			case 0:
				list[i] = anywhere
			case 1:
				list[i] = inside(some(documents))
			case 2:
				list[i] = among(some(findings))
			default:
				list[i] = among(some(findings)).or(inside(some(documents)))
			}
		}
		want := anywhere
		for _, w := range list {
			want = want.and(w)
		}
		got := inAll(list)
		if got.all != want.all || !slices.Equal(got.findings, want.findings) || !slices.Equal(got.documents, want.documents) {
			t.Fatalf("all of %v: %v, not %v", list, got, want)
		}
		met += len(want.findings)
	}
	if met == 0 {
		t.Error("nothing is ever in all")
	}
}
