package queries

import (
	"context"
	"strings"
	"testing"

	"github.com/picograph/picograph/graph"
	"github.com/picograph/picograph/graph/evidence"
	"github.com/picograph/picograph/graph/vocab"
)

// engineOver returns an engine over one document.
func engineOver(t *testing.T, docs ...*evidence.Document) *Engine {
	t.Helper()
	v, err := vocab.Load()
	if err != nil {
		t.Fatal(err)
	}
	ctx := context.Background()
	g, err := graph.Open(ctx, graph.Memory, graph.Options{Vocab: v})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { g.Close() })
	w, err := g.Begin(ctx)
	if err != nil {
		t.Fatal(err)
	}
	for _, doc := range docs {
		if err := w.Put(doc); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Commit(ctx); err != nil {
		t.Fatal(err)
	}
	return &Engine{Graph: g, Vocab: v}
}

// plainDocument has findings that are easily told too strongly: a comparison without arms, one whose arms are lumped
// with the control, a change whose interval includes none, and an association.
func plainDocument() *evidence.Document {
	no := false
	said := func(text string) []evidence.Passage { return []evidence.Passage{{Section: "results", Text: text}} }
	return &evidence.Document{
		Source: "calm.txt", Text: "x", Report: evidence.Report{Title: "The CALM trial"},
		Studies: []evidence.Study{{
			ID: "s1", Name: "CALM", Design: evidence.Design{Kind: evidence.KindTrial, Allocation: "randomized"},
			Arms: []evidence.Arm{
				{Label: "yoga", Interventions: []string{"yoga"}, Role: evidence.Experimental},
				{Label: "walking", Interventions: []string{"walking"}, Role: evidence.Experimental},
				{Label: "waiting list", Role: evidence.NoIntervention},
			},
			Populations: []evidence.Population{{ID: "p1", Text: "adults aged 65 years or older", Criteria: []evidence.Criterion{{Variable: "age", Relation: ">=", Value: "65", Unit: "years"}}}},
			Findings: []evidence.Finding{
				{ID: "f1", Kind: evidence.BetweenArms, Outcome: evidence.OutcomeRef{Text: "pain", Concept: "pain"}, Direction: evidence.Decreased, Estimates: []evidence.Estimate{{Measure: "MD", Value: "-9.1", CI: &evidence.Interval{Level: "95", Low: "-11.6", High: "-6.6"}}}, Passages: said("Pain differed (-9.1).")},
				{ID: "f2", Kind: evidence.BetweenArms, Outcome: evidence.OutcomeRef{Text: "anxiety", Concept: "anxiety"}, Arm: []string{"yoga", "waiting list"}, Comparator: []string{"walking"}, Direction: evidence.Decreased, Estimates: []evidence.Estimate{{Measure: "MD", Value: "-3.6"}}, Passages: said("Anxiety fell, as with walking (-3.6).")},
				{ID: "f3", Kind: evidence.WithinArm, Outcome: evidence.OutcomeRef{Text: "opioid dose", Concept: "opioid_dose"}, Arm: []string{"yoga"}, Direction: evidence.Decreased, Significant: &no, Estimates: []evidence.Estimate{{Measure: "mean change", Value: "-6", CI: &evidence.Interval{Level: "95", Low: "-14", High: "2"}}}, Passages: said("Dose fell by 6.")},
				{ID: "f4", Kind: evidence.Association, Outcome: evidence.OutcomeRef{Text: "overdose", Concept: "overdose"}, Exposure: "yoga", Arm: []string{"yoga"}, Direction: evidence.Increased, Estimates: []evidence.Estimate{{Measure: "HR", Value: "1.68"}}, Passages: said("Yoga was associated with more overdose (HR, 1.68).")},
			},
		}},
	}
}

// TestNotOverstated asks what is easily told too strongly.
func TestNotOverstated(t *testing.T) {
	e := engineOver(t, plainDocument())
	for _, c := range []struct{ question, has, lacks string }{
		{"what changed pain", "in favour of which arm could not be read", "better than its"},
		{"what was the effect of yoga versus waiting list on pain", "could not be read", "pain decreased"},
		{"anxiety", "in favour of which arm could not be read", "did better"},
		{"did yoga reduce opioid dose", "an interval that includes no change", "did better"},
		{"does yoga increase overdose?", "associated with more overdose", "No result here shows"},
	} {
		a, err := e.Ask(context.Background(), c.question)
		if err != nil {
			t.Fatal(err)
		}
		if !strings.Contains(a.Text, c.has) || strings.Contains(a.Text, c.lacks) {
			t.Errorf("%s: %q should have %q and lack %q", c.question, a.Text, c.has, c.lacks)
		}
	}
}

// TestReadings holds the queries that words are read as.
func TestReadings(t *testing.T) {
	e := engineOver(t, plainDocument())
	for _, c := range []struct{ question, query string }{
		{"pain in participants aged 65 or older", "findings where outcome is pain and population has age >= 65 years"},
		{"adverse events of yoga", `findings where intervention is yoga and outcome is "adverse events"`},
		{"list all randomized trials", "studies where design is randomized"},
		{"which results were significant", "findings where significant is yes"},
		{"non-significant results for pain", `findings where outcome is pain and direction is "no difference"`},
		{"which drugs reduce pain", "interventions where outcome is pain and direction is decreased"},
	} {
		a, err := e.Ask(context.Background(), c.question)
		if err != nil {
			t.Fatal(err)
		}
		if a.Query != c.query {
			t.Errorf("%s: read as %s, not as %s", c.question, a.Query, c.query)
		}
	}
}

// TestAskedByAlias holds that a study answers to the name that its text gives it beside the one it goes by.
func TestAskedByAlias(t *testing.T) {
	doc := plainDocument()
	doc.Studies[0].Name, doc.Studies[0].Aliases = "Roe 2020", []string{"WALKPRIC"}
	doc.Report.Title = "Walking for pain"
	a, err := engineOver(t, doc).Ask(context.Background(), "What did the WALKPRIC trial find?")
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(a.Text, "Roe 2020") {
		t.Errorf("answer %q", a.Text)
	}
}
