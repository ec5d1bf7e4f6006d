package queries

import (
	"context"
	"testing"

	"github.com/picograph/picograph/graph"
	"github.com/picograph/picograph/graph/evidence"
	"github.com/picograph/picograph/graph/quantity"
)

// drawnDocument has results that tell nothing of one arm against the other by themselves, but with others of the study do, or
// seem to.
func drawnDocument() *evidence.Document {
	yes := true
	said := func(start int, text string) []evidence.Passage {
		return []evidence.Passage{{Section: "results", Start: start, End: start + len(text), Text: text}}
	}
	text := "Secondary outcomes were stride length and loneliness. Sleep length was also asked for."
	arm, other := []string{"juggling"}, []string{"reading"}
	changed := func(id, outcome string, arm []string, d evidence.Direction, value string) evidence.Finding {
		f := evidence.Finding{ID: id, Kind: evidence.WithinArm, Outcome: evidence.OutcomeRef{Text: outcome}, Arm: arm, Direction: d, Passages: said(10, outcome+" changed.")}
		if value != "" {
			f.Estimates = []evidence.Estimate{{Measure: "mean change", Value: quantity.Decimal(value)}}
		}
		return f
	}
	none := evidence.Estimate{Measure: "proportion", Events: "0", Printed: "no falls"}
	return &evidence.Document{
		Source: "juggling.txt", Text: text, Report: evidence.Report{Title: "Juggling after work"},
		Studies: []evidence.Study{{
			ID: "s1", Name: "JUGGLE", Design: evidence.Design{Kind: evidence.KindTrial, Allocation: "randomized"},
			Arms: []evidence.Arm{{Label: "juggling", Role: evidence.Experimental}, {Label: "reading", Role: evidence.ActiveComparator}},
			Findings: []evidence.Finding{
				changed("w1", "reach", arm, evidence.Increased, "4.1"),
				changed("w2", "reach", other, evidence.Increased, "1.3"),
				{ID: "b1", Kind: evidence.BetweenArms, Outcome: evidence.OutcomeRef{Text: "reach"}, Arm: arm, Comparator: other, Direction: evidence.NotStated, Significant: &yes, Passages: said(20, "The change in reach differed (P = .02).")},
				changed("w3", "grip", arm, evidence.Increased, ""),
				changed("w4", "grip", other, evidence.Increased, ""),
				changed("w5", "yawning", arm, evidence.Decreased, ""),
				{ID: "n1", Kind: evidence.InWords, Outcome: evidence.OutcomeRef{Text: "dropped balls at home"}, Direction: evidence.NotStated, Passages: said(30, "No dropped balls at home were reported in any group.")},
				{ID: "n2", Kind: evidence.InWords, Outcome: evidence.OutcomeRef{Text: "broken windows"}, Direction: evidence.NotStated, Passages: said(40, "No broken windows were reported in the control group.")},
				{ID: "l1", Kind: evidence.BetweenArms, Outcome: evidence.OutcomeRef{Text: "any of the secondary outcomes"}, Arm: arm, Comparator: other, Direction: evidence.NoDifference, Passages: said(50, "There was no difference in any of the secondary outcomes.")},
				{ID: "a1", Kind: evidence.ArmLevel, Outcome: evidence.OutcomeRef{Text: "tumbles indoors"}, Arm: arm, Estimates: []evidence.Estimate{none}, Passages: said(60, "No tumbles indoors in either group.")},
				{ID: "a2", Kind: evidence.ArmLevel, Outcome: evidence.OutcomeRef{Text: "tumbles indoors"}, Arm: other, Estimates: []evidence.Estimate{none}, Passages: said(60, "No tumbles indoors in either group.")},
				{ID: "a3", Kind: evidence.ArmLevel, Outcome: evidence.OutcomeRef{Text: "scratches of paint"}, Arm: arm, Estimates: []evidence.Estimate{none}, Passages: said(70, "No scratches of paint with juggling.")},
			},
		}},
	}
}

// What one arm came to against the other is drawn from several results only where together they tell it.
func TestTowardsFromSeveral(t *testing.T) {
	e := engineOver(t, drawnDocument())
	for outcome, want := range map[string]evidence.Direction{
		"reach":                 evidence.Increased, // significant, and by the arms' changes
		"grip":                  "",                 // both arms changed alike
		"yawning":               evidence.Decreased, // one arm alone: the answer says that it is no comparison
		"dropped balls at home": evidence.NoDifference,
		"broken windows":        "",
		"tumbles indoors":       evidence.NoDifference,
		"scratches of paint":    "",
		"stride length":         evidence.NoDifference, // listed among the secondary outcomes
		"sleep length":          "",                    // asked for in the same text, but not among them
	} {
		a, err := e.Ask(context.Background(), "What was the effect of daily juggling versus quiet reading on "+outcome+"?")
		if err != nil {
			t.Fatal(err)
		}
		if a.Direction != want {
			t.Errorf("%s: %q, want %q: %s", outcome, a.Direction, want, a.Text)
		}
	}
}

// The values of the arms tell which way a significant difference went where its words do not, also where one value's arm was not read, or
// stands in the same sentence only.
func TestSideOfUnnamedValues(t *testing.T) {
	value := func(id string, arm []string, mean string) evidence.Finding {
		return evidence.Finding{ID: id, Kind: evidence.ArmLevel, Outcome: evidence.OutcomeRef{Text: "use"}, Arm: arm, Estimates: []evidence.Estimate{{Mean: quantity.Decimal(mean)}}, Passages: []evidence.Passage{{Start: 5}}}
	}
	yes := true
	between := evidence.Finding{ID: "b", Kind: evidence.BetweenArms, Outcome: evidence.OutcomeRef{Text: "use"}, Arm: []string{"a"}, Comparator: []string{"c"}, Significant: &yes, Passages: []evidence.Passage{{Start: 5}}}
	for _, c := range []struct {
		name   string
		from   []string
		values []evidence.Finding
		want   evidence.Direction
	}{
		{"one unnamed", []string{"1", "2"}, []evidence.Finding{value("1", nil, "54"), value("2", []string{"c"}, "68")}, evidence.Decreased},
		{"both unnamed", []string{"1", "2"}, []evidence.Finding{value("1", nil, "54"), value("2", nil, "68")}, ""},
		{"in the sentence", []string{"1"}, []evidence.Finding{value("1", []string{"a"}, "74"), value("2", []string{"c"}, "34")}, evidence.Increased},
		{"two pairs", []string{"1", "2", "3", "4"}, []evidence.Finding{value("1", []string{"a"}, "82"), value("2", []string{"c"}, "36"), value("3", []string{"a"}, "83"), value("4", []string{"c"}, "18")}, evidence.Increased},
	} {
		f := between
		f.From = c.from
		x := &likeness{item: &item{Finding: &graph.Finding{Finding: f}, st: &evidence.Study{Findings: c.values}}}
		if got := x.ofArms(); got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}
