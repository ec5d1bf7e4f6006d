package score_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/picograph/picograph/graph/evidence"
	"github.com/picograph/picograph/graph/quantity"
	"github.com/picograph/picograph/loader/score"
)

// value is a mean of an arm.
func value(arm string, mean quantity.Decimal) evidence.Finding {
	return evidence.Finding{
		Kind: evidence.ArmLevel, Outcome: evidence.OutcomeRef{Text: "pain"}, Arm: []string{arm},
		Estimates: []evidence.Estimate{{Measure: "mean", Mean: mean}},
		Passages:  []evidence.Passage{{Text: "Pain was 2.0 with soup and 3.0 with water."}},
	}
}

func document(arms []string, fs ...evidence.Finding) *evidence.Document {
	s := evidence.Study{ID: "s", Design: evidence.Design{Kind: "trial"}, NRandomized: "40", Findings: fs}
	for _, a := range arms {
		s.Arms = append(s.Arms, evidence.Arm{Label: a, N: "20"})
	}
	return &evidence.Document{Source: "a.txt", Report: evidence.Report{Title: "Soup"}, Studies: []evidence.Study{s}}
}

// TestScore compares small documents with their gold.
func TestScore(t *testing.T) {
	gold := document([]string{"soup", "water"}, value("soup", "2.0"), value("water", "3.0"))
	for _, c := range []struct {
		name string
		got  *evidence.Document
		want string // tallies that are not full, as name hit/missed/extra
	}{
		{"the gold itself", gold, ""},
		{"nothing", &evidence.Document{}, "report 0/1/0, study 0/2/0, arm 0/2/0, finding 0/2/0, finding: arm 0/2/0"},
		{"arms of other names", document([]string{"the soup group", "tap water"}, value("the soup group", "2.00"), value("tap water", "3.0")), ""},
		{"one missed", document([]string{"soup", "water"}, value("soup", "2.0")), "finding 1/1/0, finding: arm 1/1/0"},
		{"another number", document([]string{"soup", "water"}, value("soup", "2.5"), value("water", "3.0")), "finding 1/1/1, finding: arm 1/1/1"},
		{"one too many", document([]string{"soup", "water", "ice"}, value("soup", "2.0"), value("water", "3.0"), value("ice", "9.0")), "arm 2/0/1, finding 2/0/1, finding: arm 2/0/1"},
		{"arms turned round", document([]string{"soup", "water"}, value("water", "2.0"), value("soup", "3.0")), "of findings: arm 0/2/2"},
	} {
		s := score.New()
		s.Add(gold, c.got)
		s.Finish()
		var got []string
		for _, x := range s.Tallies {
			if x.Missed+x.Extra > 0 {
				got = append(got, fmt.Sprintf("%s %d/%d/%d", x.Name, x.Hit, x.Missed, x.Extra))
			}
		}
		if diff := cmp.Diff(c.want, strings.Join(got, ", ")); diff != "" {
			t.Errorf("%s (-want +got):\n%s", c.name, diff)
		}
		if (c.want == "") != (len(s.Misses) == 0) {
			t.Errorf("%s: misses %v", c.name, s.Misses)
		}
	}
}

// TestFigures works precision, recall and F1 out of counts.
func TestFigures(t *testing.T) {
	s := score.New()
	for i := range s.Tallies {
		if s.Tallies[i].Name == "finding" {
			s.Tallies[i].Hit, s.Tallies[i].Missed, s.Tallies[i].Extra = 6, 2, 4
		}
	}
	s.Finish()
	x := s.Of("finding")
	if x.Precision != 0.6 || x.Recall != 0.75 || x.F1 < 0.6666 || x.F1 > 0.6667 {
		t.Errorf("%+v", x)
	}
	if none := s.Of("arm"); none.Precision != 1 || none.Recall != 1 {
		t.Errorf("nothing to find and nothing found: %+v", none)
	}
}
