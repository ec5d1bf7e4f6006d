package graph

import (
	"fmt"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/picograph/picograph/graph/postgres/pgtest"
)

// TestSources asks for the sources in one place, in several of which some lie in others, and in more than are looked for each.
func TestSources(t *testing.T) { checkSources(t, open(t, Memory, Options{})) }

func TestDatabaseSources(t *testing.T) {
	checkSources(t, open(t, pgtest.Start(t).Database("sources"), Options{}))
}

func checkSources(t *testing.T, g *Graph) {
	t.Helper()
	all := []string{"a", "a#1", "a#1!x", "a!m", "a!m#2", "a/b", "a/b#3", "ab", "ab#1", "b/c/d", "b/c-d", "/a", "-"}
	put(t, g, simple("a", "0"))
	for i, source := range all {
		put(t, g, simple(source, fmt.Sprint("text ", i)))
	}
	w, err := g.Begin(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer w.Rollback()
	if err := w.Put(simple("a#1", "new")); err != nil {
		t.Fatal(err)
	}
	if err := w.Put(simple("a#9", "newer")); err != nil {
		t.Fatal(err)
	}
	if _, err := w.Remove("a!m"); err != nil {
		t.Fatal(err)
	}
	many := []string{"a", "b/c"}
	for i := range 2 * fewPlaces {
		many = append(many, fmt.Sprint("c", i))
	}
	for name, tt := range map[string]struct{ in, left, with []string }{
		"a file":     {[]string{"a"}, []string{"a", "a!m#2", "a#1!x", "a/b", "a/b#3"}, []string{"a#1", "a#9"}},
		"its record": {[]string{"a#1"}, []string{"a#1!x"}, []string{"a#1"}},
		"a folder":   {[]string{"b/"}, []string{"b/c-d", "b/c/d"}, nil},
		"nested":     {[]string{"a/b", "a", "b/c", "ab"}, []string{"a", "a!m#2", "a#1!x", "a/b", "a/b#3", "ab", "ab#1", "b/c/d"}, []string{"a#1", "a#9"}},
		"many":       {many, []string{"a", "a!m#2", "a#1!x", "a/b", "a/b#3", "b/c/d"}, []string{"a#1", "a#9"}},
		"everywhere": {[]string{"", "a"}, []string{"-", "/a", "a", "a!m#2", "a#1!x", "a/b", "a/b#3", "ab", "ab#1", "b/c-d", "b/c/d"}, []string{"a#1", "a#9"}},
		"nowhere":    {[]string{"z"}, nil, nil},
	} {
		var left []string
		for s, err := range w.Left(tt.in...) {
			if err != nil {
				t.Fatal(err)
			}
			left = append(left, s)
		}
		slices.Sort(left)
		if diff := cmp.Diff(tt.left, left); diff != "" {
			t.Errorf("%s, left (-want +got):\n%s", name, diff)
		}
		sources, err := w.Sources(tt.in...)
		want := slices.Concat(tt.left, tt.with)
		slices.Sort(want)
		if diff := cmp.Diff(want, sources); diff != "" || err != nil {
			t.Errorf("%s, sources (-want +got): %v\n%s", name, err, diff)
		}
	}
}
