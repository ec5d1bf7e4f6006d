package queries

import (
	"slices"
	"strings"
	"testing"
)

// The table of words has three cells a line; the countries of regions are countries, and no form of a list stands in it twice.
func TestWordLists(t *testing.T) {
	for n, line := range strings.Split(strings.TrimSpace(wordsTable), "\n") {
		if !strings.HasPrefix(line, "#") && strings.Count(line, "\t") != 2 {
			t.Errorf("line %d has no three cells: %s", n+1, line)
		}
	}
	for _, list := range []string{"country", "region", "everyday", "spelling", "opener", "group"} {
		seen := map[string]bool{}
		for _, row := range wordLists[list] {
			for _, f := range row.forms {
				if f == "" || seen[f] {
					t.Errorf("%s: %q is empty or twice", list, f)
				}
				seen[f] = true
			}
		}
		if len(seen) == 0 {
			t.Errorf("no %s", list)
		}
	}
	for _, region := range wordLists["region"] {
		for _, row := range wordLists["in "+region.value] {
			for _, name := range row.forms {
				if !slices.ContainsFunc(wordLists["country"], func(c wordRow) bool { return c.value == name }) {
					t.Errorf("%s is in %s and no country", name, region.value)
				}
			}
		}
	}
}

// A region is its countries, and its own name where a study states no more.
func TestRegions(t *testing.T) {
	one, other := drawnDocument(), unreadDocument()
	one.Studies[0].Country, other.Studies[0].Country = "Kenya", "Europe"
	e := engineOver(t, one, other)
	for q, want := range map[string]string{"studies in sub-Saharan Africa": "JUGGLE", "studies done in Africa": "JUGGLE", "studies in Europe": "KNEES", "studies in Kenya": "JUGGLE"} {
		a, err := e.Ask(t.Context(), q)
		if err != nil {
			t.Fatal(err)
		}
		if a.RowCount() != 1 || a.Sections[0].Rows[0].Cells[0] != want {
			t.Errorf("%s: %s", q, a.Text)
		}
	}
}
