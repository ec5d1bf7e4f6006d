package graph

import (
	"slices"
	"strings"
	"testing"
)

func TestLookup(t *testing.T) {
	g := open(t, Memory, Options{Vocab: words(t)})
	put(t, g, golds(t)...)
	names, err := g.Names(t.Context())
	if err != nil || len(names) == 0 {
		t.Fatal(err)
	}
	for _, want := range names {
		for _, written := range []string{want.Text, strings.ToUpper(want.Text), " " + strings.ReplaceAll(want.Text, " ", " - ")} {
			if got, err := g.Lookup(t.Context(), written); err != nil || !slices.Contains(got, want) {
				t.Errorf("Lookup(%q) = %v, %v, without %v", written, got, err, want)
			}
		}
		half := want.Text[:len(want.Text)/2]
		got, err := g.NamesWithPrefix(t.Context(), strings.ToValidUTF8(half, ""), len(names))
		if err != nil || !slices.Contains(got, want) {
			t.Errorf("NamesWithPrefix(%q) lacks %v (%v)", half, want, err)
		}
	}
	for _, nothing := range []string{"", "no such thing at all", "--"} {
		if got, err := g.Lookup(t.Context(), nothing); err != nil || len(got) > 0 {
			t.Errorf("Lookup(%q) = %v, %v", nothing, got, err)
		}
	}
	if got, err := g.NamesWithPrefix(t.Context(), "", 3); err != nil || len(got) != 3 {
		t.Errorf("three names of any kind = %v, %v", got, err)
	}
	put(t, g, simple("new.txt", "quite new"))
	if got, err := g.Lookup(t.Context(), "study of QUITE new"); err != nil || len(got) == 0 {
		t.Errorf("a name that came later = %v, %v", got, err)
	}
}
