package extract_test

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/picograph/picograph/graph/evidence"
	"github.com/picograph/picograph/graph/quantity"
	"github.com/picograph/picograph/graph/vocab"
	"github.com/picograph/picograph/loader/document"
	"github.com/picograph/picograph/loader/extract"
)

// TestLabelled gives a study that its source labels to Extract: the source's names become concepts, comparisons are
// judged, and the document that was given stays as it was.
func TestLabelled(t *testing.T) {
	v, err := vocab.Load()
	if err != nil {
		t.Fatal(err)
	}
	const text = "Tea for insomnia\n"
	line := []evidence.Passage{{Start: 0, End: 16, Text: "Tea for insomnia", Pointer: "/a"}}
	value := func(id, arm string, mean quantity.Decimal) evidence.Finding {
		return evidence.Finding{
			ID: id, Kind: evidence.ArmLevel, Outcome: evidence.OutcomeRef{Text: "Insomnia Severity Index total score at week 6"}, Arm: []string{arm},
			Timepoint: evidence.Timepoint{Text: "Week 6"}, Estimates: []evidence.Estimate{{Measure: "mean", Mean: mean}}, Passages: line,
		}
	}
	compare := func(measure string, estimate quantity.Decimal, doubt string, p evidence.PValue, from ...string) evidence.Finding {
		return evidence.Finding{
			Kind: evidence.BetweenArms, Outcome: evidence.OutcomeRef{Text: "Sleep"}, Arm: []string{"Tea"}, Comparator: []string{"Placebo"},
			Estimates: []evidence.Estimate{{Measure: measure, Value: estimate, Doubt: doubt}}, P: p, From: from, Passages: line,
		}
	}
	small, large := evidence.PValue{Relation: "<", Value: "0.001"}, evidence.PValue{Relation: "=", Value: "0.4"}
	study := evidence.Study{
		ID:   "NCT09990001",
		Arms: []evidence.Arm{{Label: "Tea", Role: evidence.Experimental, Interventions: []string{"Naltrexone 50 MG", "Bog tea"}}, {Label: "Placebo", Role: evidence.Placebo, Interventions: []string{"Placebo"}}},
		Populations: []evidence.Population{{
			ID: "p1", Text: "Opioid Use Disorder (OUD)", Conditions: []string{"Opioid Use Disorder (OUD)", "Teacup disease"},
		}},
		Findings: []evidence.Finding{
			value("f1", "Tea", "9"), value("f2", "Placebo", "12"),
			compare("Mean Difference (Net)", "-3", "", small, "f1", "f2"),
			compare("LS Mean Difference", "3", "groups are listed as Placebo against Tea", small, "f1", "f2"),
			compare("Odds Ratio (OR)", "1.4", "", small),
			compare("Odds Ratio (OR)", "1.4", "groups are listed as Placebo against Tea", small),
			compare("Odds Ratio (OR)", "1.4", "", large),
			compare("F", "1.4", "", small, "f1", "f2"),
		},
	}
	d := document.Parse("a.json", text, v.Heading)
	d.Known.Studies = []evidence.Study{study}
	out := extract.Extract(d, v)
	again := extract.Extract(d, v)
	if diff := cmp.Diff(out, again); diff != "" {
		t.Errorf("a second time:\n%s", diff)
	}
	if study.Arms[0].Interventions[0] != "Naltrexone 50 MG" || study.Findings[2].From[0] != "f1" {
		t.Error("the document was changed")
	}
	s := out.Studies[0]
	if got := s.Arms[0].Interventions; !slices.Equal(got, []string{"naltrexone", "Bog tea"}) {
		t.Errorf("interventions %q", got)
	}
	if got := s.Populations[0].Conditions; !slices.Equal(got, []string{"oud", "Teacup disease"}) {
		t.Errorf("conditions %q", got)
	}
	if f := s.Findings[0]; f.Outcome.Concept == "" || f.Timepoint.Months == "" || f.ID == "f1" {
		t.Errorf("finding %+v", f)
	}
	var got []string
	for _, f := range s.Findings[2:] {
		doubt := ""
		if f.Estimates[0].Doubt != "" {
			doubt = " in doubt"
		}
		got = append(got, f.Estimates[0].Measure+" "+string(f.Direction)+doubt)
		if len(f.From) > 0 && !slices.Equal(f.From, []string{s.Findings[0].ID, s.Findings[1].ID}) {
			t.Errorf("compares %q", f.From)
		}
	}
	want := []string{"MD decreased", "MD decreased in doubt", "OR increased", "OR not stated in doubt", "OR no difference", "F decreased"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}
