package synth

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/picograph/picograph/graph/evidence"
	"github.com/picograph/picograph/graph/vocab"
)

// TestDocuments checks that documents are as documents must be, and come out the same again.
func TestDocuments(t *testing.T) {
	v, err := vocab.Load()
	if err != nil {
		t.Fatal(err)
	}
	a, b := New(1, v), New(1, v)
	sources := map[string]bool{}
	findings, shared := 0, map[string]int{}
	for i := range 500 {
		d := a.Document(i)
		if diff := cmp.Diff(d, b.Document(i)); diff != "" {
			t.Fatalf("document %d is not the same again:\n%s", i, diff)
		}
		if sources[d.Source] {
			t.Errorf("the source %s comes twice", d.Source)
		}
		sources[d.Source] = true
		evidence.WalkPassages(d, func(where string, p *evidence.Passage) {
			if d.Text[p.Start:p.End] != p.Text {
				t.Errorf("document %d, %s: the passage %q is not at its place", i, where, p.Text)
			}
		})
		findings += len(d.Studies[0].Findings)
		for _, r := range d.Studies[0].Registrations {
			shared[r]++
		}
	}
	twice := 0
	for _, n := range shared {
		if n > 1 {
			twice++
		}
	}
	if findings < 2000 || twice < 10 {
		t.Errorf("%d findings in 500 documents, %d registrations in several", findings, twice)
	}
}
