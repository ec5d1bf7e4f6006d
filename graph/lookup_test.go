package graph

import (
	"fmt"
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
		var texts []Name
		for _, n := range got {
			if n.ID = ""; len(texts) == 0 || n != texts[len(texts)-1] {
				texts = append(texts, n)
			}
		}
		if short, err := g.NameTexts(t.Context(), strings.ToValidUTF8(half, ""), len(names)); err != nil || !slices.Equal(short, texts) {
			t.Errorf("NameTexts(%q) = %v, %v, want %v", half, short, err, texts)
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
	for i := range 3 * dull { // one name of many things does not hide the next
		put(t, g, simple(fmt.Sprint("m", i), "many"), simple(fmt.Sprint("n", i), fmt.Sprint("many more ", i/20)))
	}
	texts, err := g.NameTexts(t.Context(), "study of many", 4)
	want := []Name{{Text: "Study of many", Type: "study"}}
	for i := range 3 {
		want = append(want, Name{Text: fmt.Sprint("Study of many more ", i), Type: "study"})
	}
	if err != nil || !slices.Equal(texts, want) {
		t.Errorf("names of many things = %v, %v, want %v", texts, err, want)
	}
	put(t, g, simple("new.txt", "quite new"))
	if got, err := g.Lookup(t.Context(), "study of QUITE new"); err != nil || len(got) == 0 {
		t.Errorf("a name that came later = %v, %v", got, err)
	}
}
