package graph

import (
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/picograph/picograph/graph/store"
	"github.com/picograph/picograph/graph/synth"
)

// TestSet compares the ways of joining sets with what they mean, element by element.
func TestSet(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	random := func(nodes bool) Set {
		var out []ref
		for range r.IntN(60) {
			n := 0
			if nodes {
				n = 1 + r.IntN(5)
			}
			out = append(out, refOf(store.ID(1+r.IntN(30)), store.ID(n)))
		}
		return setOf(out)
	}
	keep := func(s Set, f func(ref) bool) Set {
		return slices.DeleteFunc(slices.Clone(s), func(x ref) bool { return !f(x) })
	}
	in := func(s Set) func(ref) bool { return func(x ref) bool { return slices.Contains(s, x) } }
	for range 2000 {
		a, b, d := random(true), random(true), random(false)
		whole := func(x ref) bool { return slices.Contains(d, refOf(x.whole(), 0)) }
		for _, c := range []struct {
			name      string
			got, want Set
		}{
			{"and", a.And(b), keep(a, in(b))},
			{"or", a.Or(b), setOf(slices.Concat(a, b))},
			{"without", a.Without(b), keep(a, func(x ref) bool { return !in(b)(x) })},
			{"in", a.In(d), keep(a, whole)},
			{"not in", a.NotIn(d), keep(a, func(x ref) bool { return !whole(x) })},
		} {
			if !slices.Equal(c.got, c.want) {
				t.Fatalf("%s of %v and %v or %v: %v, not %v", c.name, a, b, d, c.got, c.want)
			}
		}
	}
}

// TestSorted sorts many references by their digits.
func TestSorted(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	for _, n := range []int{byDigits - 1, byDigits, 3 * byDigits, 20000} {
		for _, whole := range []int{1, 1 << 12, 1<<31 - 1} {
			refs := make([]ref, n)
			for i := range refs {
				refs[i] = refOf(store.ID(1+r.IntN(whole)), store.ID(r.IntN(1<<r.IntN(32))))
			}
			want := slices.Clone(refs)
			slices.Sort(want)
			if !slices.Equal(sorted(slices.Clone(refs)), want) {
				t.Errorf("%d references up to %d are not sorted", n, whole)
			}
			want = slices.Compact(want)
			if got := setOf(refs); !slices.Equal(got, want) {
				t.Errorf("the set of %d references up to %d is not right", n, whole)
			}
			if whole == 1<<31-1 {
				continue // a place for each number up to there is more than a test needs
			}
			wholes := Set(want).Documents()
			in := wholes.members()
			for id := range store.ID(whole + 2) {
				if _, is := slices.BinarySearch(wholes, refOf(id, 0)); is != in.has(id) {
					t.Fatalf("%d is a member: %v", id, !is)
				}
			}
		}
	}
}

// TestSets compares what is found as sets with what is found by reading.
func TestSets(t *testing.T) {
	checkSets(t, open(t, Memory, Options{Vocab: words(t)}))
}

func checkSets(t *testing.T, g *Graph) {
	t.Helper()
	made := synth.New(1, words(t))
	for i := range 60 {
		put(t, g, made.Document(i))
	}
	ctx := t.Context()
	sets, err := g.Sets(ctx)
	if err != nil {
		t.Fatal(err)
	}
	found, err := sets.Findings(ctx, ByKind, "between")
	if err != nil {
		t.Fatal(err)
	}
	ids, err := sets.FindingIDs(ctx, found)
	if err != nil {
		t.Fatal(err)
	}
	slices.Sort(ids)
	want, err := g.Findings(ctx, ByKind, "between")
	if err != nil || len(want) == 0 || !slices.Equal(ids, want) {
		t.Errorf("findings between arms: %d, not %d (%v)", len(ids), len(want), err)
	}
	large, err := sets.Having(ctx, "pg:nRandomized", "Study", func(n string) bool { return len(n) > 2 })
	if err != nil {
		t.Fatal(err)
	}
	studies, err := sets.Studies(large.Documents())
	if err != nil {
		t.Fatal(err)
	}
	names, err := sets.StudyIDs(ctx, studies)
	if err != nil {
		t.Fatal(err)
	}
	slices.Sort(names)
	var wanted []string
	all, err := g.Studies(ctx)
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range all {
		if slices.ContainsFunc(s.Tellings, func(t *Telling) bool { return len(t.Study.NRandomized) > 2 }) {
			wanted = append(wanted, s.ID)
		}
	}
	if len(wanted) == 0 || !slices.Equal(names, wanted) {
		t.Errorf("studies of 100 people or more: %v, not %v", names, wanted)
	}
	every, err := sets.AllStudies()
	if err != nil || len(every) != len(all) {
		t.Errorf("%d studies, not %d (%v)", len(every), len(all), err)
	}
	first, err := sets.First(ctx, every, 5)
	if err != nil || len(first) != 5 {
		t.Errorf("the first five are %d (%v)", len(first), err)
	}
	checkHavingIn(t, sets, all)
}

// checkHavingIn finds the limits of ages up to 40 and above, twice, since what was found once is kept.
func checkHavingIn(t *testing.T, sets *Sets, all []*Study) {
	t.Helper()
	limits, err := sets.Having(t.Context(), "pg:unit", "Criterion", func(x string) bool { return x == "years" })
	if err != nil {
		t.Fatal(err)
	}
	young := func(x string) bool { return len(x) == 2 && x <= "40" }
	want := [2]int{}
	for _, s := range all {
		for _, told := range s.Tellings {
			for _, p := range told.Study.Populations {
				for _, c := range p.Criteria {
					if c.Unit == "years" && young(c.Value) {
						want[0]++
					} else if c.Unit == "years" {
						want[1]++
					}
				}
			}
		}
	}
	for range 2 {
		for i, ok := range []func(string) bool{young, func(x string) bool { return !young(x) }} {
			got, err := sets.HavingIn(t.Context(), limits, "pg:value", ok)
			if err != nil || want[i] == 0 || len(got) != want[i] {
				t.Errorf("%d limits, not %d (%v)", len(got), want[i], err)
			}
		}
	}
	if none, err := sets.HavingIn(t.Context(), limits[:0], "pg:value", young); err != nil || len(none) > 0 {
		t.Errorf("%d limits of none (%v)", len(none), err)
	}
}
