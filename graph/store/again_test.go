package store

import (
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"testing"

	"github.com/cayleygraph/quad"
)

// manyQuads returns a store of several segments, of which each tree has many leaves, and some quads went again.
func manyQuads(t *testing.T, r *rand.Rand) *Store {
	t.Helper()
	path := filepath.Join(t.TempDir(), "g.db")
	s := reopen(t, path, Options{})
	for part := range 3 {
		tx, err := s.Begin()
		if err != nil {
			t.Fatal(err)
		}
		for d := range 120 / (1 + part) {
			label := iri("doc%03d", (d*7+part*5)%130)
			var quads []quad.Quad
			for n := range 60 {
				subject := iri("%s/%d", string(label), n%20)
				quads = append(quads, quad.Quad{Subject: subject, Predicate: iri("p%d", n%7), Object: randomValue(r), Label: label},
					quad.Quad{Subject: subject, Predicate: iri("text"), Object: quad.String(fmt.Sprintf("%d: a sentence of its own, which is long enough to lie among the long ones", r.IntN(1<<20))), Label: label})
			}
			if err := tx.Replace(label, quads); err != nil {
				t.Fatal(err)
			}
		}
		if err := tx.Commit(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	return reopen(t, path, Options{})
}

// TestAgain asks one scan for one pattern after another, near and far, and each time a new scan too: they have to find the same.
func TestAgain(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	now := manyQuads(t, r).Now()
	if len(now.segs) < 2 {
		t.Fatal("there is one segment only")
	}
	var all []Quad
	for scan := now.Scan(Pattern{}); scan.Next(); {
		all = append(all, scan.Quad())
	}
	if len(all) < 5000 {
		t.Fatalf("%d quads are too few", len(all))
	}
	again := now.Scan(Pattern{})
	at := 0
	for n := range 4000 {
		if at += r.IntN(30); n%5 == 0 {
			at = r.IntN(len(all))
		}
		p := all[at%len(all)]
		if n%11 == 0 {
			p.Object = ID(1 + r.IntN(int(now.values())))
		}
		for k, part := range []*ID{&p.Subject, &p.Predicate, &p.Object, &p.Label} {
			if r.IntN(2) == 0 && (k != 2 || n%3 > 0) {
				*part = 0
			}
		}
		if p == (Pattern{}) {
			continue
		}
		var want, got []Quad
		scan := now.Scan(p)
		for scan.Next() {
			want = append(want, scan.Quad())
		}
		again.Again(p)
		if n%2 == 0 {
			again.Each(func(q Quad) bool { got = append(got, q); return len(got) < 40 })
			want = want[:min(len(want), 40)]
		} else {
			for again.Next() {
				got = append(got, again.Quad())
			}
		}
		if scan.Err() != nil || again.Err() != nil || !slices.Equal(got, want) {
			t.Fatalf("pattern %v: %d quads, and %d by a new scan (%v, %v)", p, len(got), len(want), again.Err(), scan.Err())
		}
	}
}

// TestEachValue reads values many at a time, and one by one.
func TestEachValue(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 6))
	now := manyQuads(t, r).Now()
	for range 60 {
		ids := make([]ID, 1+r.IntN(400))
		for i := range ids {
			ids[i] = ID(1 + r.IntN(int(now.values())))
		}
		want := slices.Clone(ids)
		slices.Sort(want)
		want = slices.Compact(want)
		err := now.EachValue(ids, func(id ID, v quad.Value) error {
			if len(want) == 0 || want[0] != id {
				t.Fatalf("value %d comes out of turn", id)
			}
			want = want[1:]
			one, err := now.Value(id)
			if err == nil && one != v {
				t.Errorf("value %d is %v, and by itself %v", id, v, one)
			}
			back, e := now.Lookup(v)
			if e != nil || back != id {
				t.Errorf("value %d, %v, has the number %d (%v)", id, v, back, e)
			}
			return err
		})
		if err != nil || len(want) > 0 {
			t.Fatalf("%d values are missing: %v", len(want), err)
		}
	}
}
