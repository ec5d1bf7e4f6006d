package store

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"testing"

	"github.com/cayleygraph/quad"
	"github.com/google/go-cmp/cmp"
)

func iri(format string, args ...any) quad.IRI { return quad.IRI(fmt.Sprintf(format, args...)) }

// randomQuads returns quads under a label, some of whose values other labels use too.
func randomQuads(r *rand.Rand, label quad.IRI) []quad.Quad {
	var out []quad.Quad
	for range r.IntN(30) {
		out = append(out, quad.Quad{
			Subject: iri("%s/%d", string(label), r.IntN(8)), Predicate: iri("p%d", r.IntN(6)), Object: randomValue(r), Label: label,
		})
	}
	return out
}

func randomValue(r *rand.Rand) quad.Value {
	switch r.IntN(9) {
	case 0:
		return iri("node%d", r.IntN(20))
	case 1:
		return typed(fmt.Sprintf("%d.%d", r.IntN(4), r.IntN(100)), xsd+"decimal")
	case 2:
		return typed(fmt.Sprint(r.IntN(1000)-500), xsd+"integer")
	case 3:
		return quad.LangString{Value: quad.String(fmt.Sprint("word", r.IntN(9))), Lang: "en"}
	case 4:
		return quad.String(fmt.Sprint("a long sentence of which there are many, and which goes on for a while ", r.IntN(40)))
	case 5:
		b := make([]byte, 300)
		for i := range b {
			b[i] = byte(i * r.IntN(3))
		}
		return typed(fmt.Sprintf("%0100d", r.IntN(9)), xsd+"base64Binary")
	case 6:
		return typed(fmt.Sprintf("20%02d-01-02", r.IntN(30)), xsd+"date")
	case 7:
		return quad.BNode(fmt.Sprint("b", r.IntN(5)))
	}
	return quad.String(fmt.Sprint("s", r.IntN(30)))
}

type model struct {
	quads map[quad.IRI]map[quad.Quad]bool
	set   map[string]bool
}

func (m model) clone() model {
	c := model{map[quad.IRI]map[quad.Quad]bool{}, maps.Clone(m.set)}
	for k, v := range m.quads {
		c.quads[k] = maps.Clone(v)
	}
	return c
}

func lines(quads map[quad.Quad]bool) []string {
	var out []string
	for q := range quads {
		out = append(out, q.String())
	}
	slices.Sort(out)
	return out
}

func read(t *testing.T, s *Snapshot, p Pattern) []string {
	t.Helper()
	var out []string
	scan := s.Scan(p)
	for scan.Next() {
		q, err := s.Values(scan.Quad())
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, q.String())
	}
	if scan.Err() != nil {
		t.Fatal(scan.Err())
	}
	slices.Sort(out)
	if n, err := s.Count(p); err != nil || n != len(out) {
		t.Fatalf("Count(%v) = %d, %v, and the scan gives %d", p, n, err, len(out))
	}
	return out
}

// check compares a state with the model: everything, and the answers to many patterns.
func (m model) check(t *testing.T, r *rand.Rand, s *Snapshot) {
	t.Helper()
	all := map[quad.Quad]bool{}
	for _, quads := range m.quads {
		maps.Copy(all, quads)
	}
	if diff := cmp.Diff(lines(all), read(t, s, Pattern{})); diff != "" {
		t.Fatalf("all quads (-want +got):\n%s", diff)
	}
	if s.Len() != len(all) {
		t.Fatalf("Len() = %d, want %d", s.Len(), len(all))
	}
	list := slices.SortedFunc(maps.Keys(all), func(a, b quad.Quad) int { return cmpString(a.String(), b.String()) })
	for range min(30, len(list)) {
		q := list[r.IntN(len(list))]
		mask := r.IntN(16)
		want := map[quad.Quad]bool{}
		for x := range all {
			if (mask&1 == 0 || x.Subject == q.Subject) && (mask&2 == 0 || x.Predicate == q.Predicate) && (mask&4 == 0 || x.Object == q.Object) && (mask&8 == 0 || x.Label == q.Label) {
				want[x] = true
			}
		}
		var p Pattern
		for i, v := range []quad.Value{q.Subject, q.Predicate, q.Object, q.Label} {
			if mask&(1<<i) != 0 {
				id, err := s.Lookup(v)
				if err != nil || id == 0 {
					t.Fatalf("Lookup(%v) = %d, %v", v, id, err)
				}
				*[]*ID{&p.Subject, &p.Predicate, &p.Object, &p.Label}[i] = id
			}
		}
		if diff := cmp.Diff(lines(want), read(t, s, p)); diff != "" {
			t.Fatalf("pattern %04b of %v (-want +got):\n%s", mask, q, diff)
		}
	}
	var entries []string
	for e, err := range s.Entries(1, nil) {
		if err != nil {
			t.Fatal(err)
		}
		entries = append(entries, string(e))
	}
	if diff := cmp.Diff(slices.Sorted(maps.Keys(m.set)), entries); diff != "" {
		t.Fatalf("set (-want +got):\n%s", diff)
	}
	if found, err := s.Verify(t.Context()); err != nil || len(found) > 0 {
		t.Fatalf("Verify = %v, %v", found, err)
	}
}

func cmpString(a, b string) int {
	if a < b {
		return -1
	}
	if a > b {
		return 1
	}
	return 0
}

// TestModel takes a store through random changes, some given up, with batches that are too large for memory, with
// compaction, and with the file opened again, and compares each state with a plain map.
func TestModel(t *testing.T) {
	for _, tt := range []struct {
		name string
		o    Options
		mem  bool
	}{
		{"memory", Options{}, true},
		{"file", Options{}, false},
		{"small cache", Options{CacheBytes: 1}, false},
		{"runs", Options{BatchBytes: 6000}, false},
	} {
		t.Run(tt.name, func(t *testing.T) {
			r := rand.New(rand.NewPCG(5, 7))
			path := filepath.Join(t.TempDir(), "g.db")
			s := InMemory(tt.o)
			if !tt.mem {
				s = reopen(t, path, tt.o)
			}
			m := model{map[quad.IRI]map[quad.Quad]bool{}, map[string]bool{}}
			steps := 80
			if testing.Short() {
				steps = 25
			}
			for step := range steps {
				next := m.clone()
				tx, err := s.Begin()
				if err != nil {
					t.Fatal(err)
				}
				for range 1 + r.IntN(1+step/8) {
					label := iri("doc%d", r.IntN(25))
					quads := randomQuads(r, label)
					if err := tx.Replace(label, quads); err != nil {
						t.Fatal(err)
					}
					next.quads[label] = map[quad.Quad]bool{}
					for _, q := range quads {
						next.quads[label][q] = true
					}
					e := fmt.Sprint("entry", r.IntN(50))
					if next.set[e] = r.IntN(2) == 0; next.set[e] {
						tx.Put(1, e)
					} else {
						tx.Delete(1, e)
						delete(next.set, e)
					}
				}
				if r.IntN(6) == 0 {
					tx.Rollback()
				} else {
					if err := tx.Commit(t.Context()); err != nil {
						t.Fatal(err)
					}
					m = next
				}
				if r.IntN(10) == 0 {
					if err := s.Compact(t.Context()); err != nil {
						t.Fatal(err)
					}
				}
				if r.IntN(4) == 0 && !tt.mem {
					s = reopen(t, path, tt.o)
				}
				if step%5 == 0 || step > steps-4 {
					m.check(t, r, s.Now())
				}
			}
			if left, _ := filepath.Glob(path + ".*"); len(left) > 0 {
				t.Errorf("left behind: %v", left)
			}
		})
	}
}

func reopen(t testing.TB, path string, o Options) *Store {
	t.Helper()
	s, err := Open(path, false, o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() })
	return s
}
