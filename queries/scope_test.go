package queries

import (
	"os"
	"strings"
	"testing"

	"github.com/picograph/picograph/graph"
	"github.com/picograph/picograph/graph/vocab"
)

// A question that names something is answered from the studies that its names lead to as from the whole graph.
func TestScoped(t *testing.T) {
	whole, part := goldEngine(t), goldEngine(t)
	part.whole = 1
	scopedOnes := 0
	for _, f := range []string{"testdata/effects.txt", "testdata/lookups.txt"} {
		b, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		for q := range strings.Lines(string(b)) {
			q = strings.TrimSpace(q)
			part.lexicon = nil
			a, err := whole.Ask(t.Context(), q)
			if err != nil {
				t.Fatal(err)
			}
			p, err := part.Ask(t.Context(), q)
			if err != nil {
				t.Fatal(err)
			}
			if part.lexicon == nil {
				scopedOnes++
			}
			if a.Query == p.Query && a.Text == p.Text && a.RowCount() == p.RowCount() {
				continue
			}
			t.Errorf("%s\n whole %s: %s\n part  %s: %s", q, a.Query, a.Text, p.Query, p.Text)
		}
	}
	if scopedOnes < 20 {
		t.Errorf("only %d questions were answered from a part", scopedOnes)
	}
}

// TestConceptsLeadToNoStudy holds that the name of a concept is not taken for that of a study: a question would be answered from
// no study at all.
func TestConceptsLeadToNoStudy(t *testing.T) {
	v, err := vocab.Load()
	if err != nil {
		t.Fatal(err)
	}
	names := []graph.Name{{Text: "opioid dose", Type: "outcome", ID: "opioid_dose"}}
	if l, ok := leadOf(v, names); ok {
		t.Errorf("a concept leads to %v", l.studies)
	}
	names = append(names, graph.Name{Text: "opioid dose", Type: "outcome", ID: "NCT00000001"})
	if l, ok := leadOf(v, names); !ok || len(l.studies) != 1 || l.studies[0] != "NCT00000001" {
		t.Errorf("a study's own name leads to %v", l.studies)
	}
}
