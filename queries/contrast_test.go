package queries

import (
	"context"
	"strings"
	"testing"

	"github.com/picograph/picograph/graph/evidence"
)

// contrastDocument compares two things whose names no vocabulary has, in several ways of writing them.
func contrastDocument() *evidence.Document {
	yes, no := true, false
	said := func(text string) []evidence.Passage { return []evidence.Passage{{Section: "results", Text: text}} }
	arm, other := []string{"guided stair climbing (GSC)"}, []string{"handout"}
	return &evidence.Document{
		Source: "stairs.txt", Text: "The timed hill walk (THW) was measured.", Report: evidence.Report{Title: "Stair climbing at work"},
		Studies: []evidence.Study{{
			ID: "s1", Name: "STAIRS", Design: evidence.Design{Kind: evidence.KindTrial, Allocation: "randomized"},
			Arms: []evidence.Arm{
				{Label: "guided stair climbing (GSC)", Abbreviation: "GSC", Role: evidence.Experimental},
				{Label: "handout", Role: evidence.NoIntervention},
			},
			Findings: []evidence.Finding{
				{ID: "f1", Kind: evidence.BetweenArms, Outcome: evidence.OutcomeRef{Text: "THW time"}, Arm: arm, Comparator: other, Direction: evidence.Decreased, Significant: &yes, P: evidence.PValue{Printed: "P = .01", Value: "0.01"}, Passages: said("THW time was shorter with GSC (P = .01).")},
				{ID: "f2", Kind: evidence.BetweenArms, Outcome: evidence.OutcomeRef{Text: "days off work"}, Arm: arm, Comparator: other, Direction: evidence.NoDifference, Significant: &no, Passages: said("Days off work did not differ.")},
				{ID: "f3", Kind: evidence.WithinArm, Outcome: evidence.OutcomeRef{Text: "waist girth"}, Arm: arm, Direction: evidence.Decreased, Passages: said("Waist girth fell with GSC.")},
			},
		}},
	}
}

// A comparison in the asker's own words finds the finding whose arms and outcome are called most like them, and says what
// happened under the first of the two.
func TestContrasts(t *testing.T) {
	e := engineOver(t, contrastDocument())
	for _, c := range []struct {
		question string
		status   Status
		want     evidence.Direction
	}{
		{"What is the effect of guided stair climbing versus the handout on timed hill walk (THW)?", Answered, evidence.Decreased},
		{"what is the effect of a printed handout compared with guided stair climbing on time of the timed hill walk", Answered, evidence.Increased},
		{"What was the effect of GSC on days off from work, compared to the printed handout?", Answered, evidence.NoDifference},
		{"does guided stair climbing (GSC) reduce the number of days off work more than a printed handout?", Answered, evidence.NoDifference},
		{"compared with handout, what is the effect of stair climbing on timed hill walk?", Answered, evidence.Decreased},
		{"how does stair climbing compare with control on timed hill walk", Answered, evidence.Decreased},
		{"GSC at work versus the printed handout: days off work", Answered, evidence.NoDifference},
		{"What is the effect of stair climbing versus handout on blood lead levels?", Empty, ""},
		{"What is the effect of zorbamine versus flimflammery on timed hill walk?", UnknownTerm, ""},
	} {
		a, err := e.Ask(context.Background(), c.question)
		if err != nil {
			t.Fatal(err)
		}
		if a.Status != c.status || a.Direction != c.want {
			t.Errorf("%s: %s, %q (%s: %s), want %s, %q", c.question, a.Status, a.Direction, a.Query, a.Text, c.status, c.want)
		}
	}
}

// Pain in people with low back pain is low back pain, and a word in small letters is no abbreviation that has other meanings.
func TestWordsOfQuestions(t *testing.T) {
	said := []evidence.Passage{{Section: "results", Text: "Pain was less with braces (P = .01)."}}
	doc := &evidence.Document{
		Source: "braces.txt", Text: "Braces.", Report: evidence.Report{Title: "Cognitive behavioral therapy reduces pain in porters: a trial"},
		Studies: []evidence.Study{{
			ID: "s1", Name: "BRACE", Design: evidence.Design{Kind: evidence.KindTrial, Allocation: "randomized"},
			Arms: []evidence.Arm{
				{Label: "cognitive behavioral therapy", Interventions: []string{"cbt"}, Role: evidence.Experimental},
				{Label: "usual care", Interventions: []string{"usual_care"}, Role: evidence.UsualCare},
			},
			Populations: []evidence.Population{{ID: "p1", Text: "porters", Conditions: []string{"low_back_pain"}}},
			Findings: []evidence.Finding{
				{ID: "f1", Kind: evidence.BetweenArms, Outcome: evidence.OutcomeRef{Text: "pain severity", Concept: "pain_severity"}, Arm: []string{"cognitive behavioral therapy"}, Comparator: []string{"usual care"}, Direction: evidence.Decreased, Passages: said},
				{ID: "f2", Kind: evidence.BetweenArms, Outcome: evidence.OutcomeRef{Text: "stopped opioids", Concept: "opioid_discontinuation"}, Arm: []string{"cognitive behavioral therapy"}, Comparator: []string{"usual care"}, Direction: evidence.Increased, Passages: said},
			},
		}},
	}
	e := engineOver(t, doc)
	for _, c := range []struct{ question, row string }{
		{"Does cognitive behavioral therapy relieve low back pain?", "in people with low back pain"},
		{"Did BRACE help people to stop opioids?", "stopped opioids"},
		{"Does cognitive behavioral therapy reduce pain severity?", "pain severity"},
	} {
		a, err := e.Ask(context.Background(), c.question)
		if err != nil {
			t.Fatal(err)
		}
		var rows strings.Builder
		for _, s := range a.Sections {
			for _, r := range s.Rows {
				rows.WriteString(strings.Join(r.Cells, " ") + "\n")
			}
		}
		if a.Status != Answered || !strings.Contains(rows.String()+a.Text, c.row) {
			t.Errorf("%s: %s (%s)\n%s%s", c.question, a.Status, a.Query, a.Text, rows.String())
		}
	}
}

// A comparison with an untreated arm is not one with an active treatment that no arm was given, however well the other side fits.
func TestNotGiven(t *testing.T) {
	doc := plainDocument()
	doc.Text = "Strong joint massage is often tried. Nurses managed the care of some."
	st := &doc.Studies[0]
	st.Arms[2].Interventions = []string{"waiting_list"}
	st.Findings = []evidence.Finding{{
		ID: "f1", Kind: evidence.BetweenArms, Outcome: evidence.OutcomeRef{Text: "pain", Concept: "pain"}, Arm: []string{"yoga"}, Comparator: []string{"waiting list"},
		Direction: evidence.Decreased, Passages: []evidence.Passage{{Section: "results", Text: "Pain fell more with yoga than on the waiting list."}},
	}}
	e := engineOver(t, doc)
	for question, want := range map[string]string{
		"does yoga reduce pain compared with strong joint massage?":       "near no arm is known to have been given “strong joint massage”",
		"is nurse care management better than the waiting list for pain?": "near no arm is known to have been given “nurse care management”",
		"does yoga reduce pain compared with the waiting list?":           "answered ",
	} {
		a, err := e.Ask(t.Context(), question)
		if err != nil {
			t.Fatal(err)
		}
		got := string(a.Status) + " "
		for _, n := range a.Near {
			got += n.Why
		}
		if got != want {
			t.Errorf("%s: %s, want %s: %s", question, got, want, a.Text)
		}
	}
}

// The name of an arm right before an intervention is a part of its name, and neither alone is meant.
func TestHowGiven(t *testing.T) {
	doc := plainDocument()
	doc.Studies[0].Arms[1].Label, doc.Studies[0].Arms[1].Interventions = "radio", []string{"radio"}
	a, err := engineOver(t, doc).Ask(t.Context(), "does radio yoga reduce pain?")
	if err != nil {
		t.Fatal(err)
	}
	if want := "findings where intervention is yoga and outcome is pain and intervention is radio"; a.Query != want {
		t.Errorf("got %s\nwant %s", a.Query, want)
	}
}

// A comparison of which one side is not named says so.
func TestUnnamedSide(t *testing.T) {
	doc := contrastDocument()
	f := &doc.Studies[0].Findings[1]
	f.Arm, f.Direction = nil, evidence.Decreased
	a, err := engineOver(t, doc).Ask(t.Context(), "does guided stair climbing reduce days off work compared with the handout?")
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(a.Text, "with an arm that is not named compared with handout") {
		t.Error(a.Text)
	}
}

// TestTitlesAlike holds that the beginning of a title, with which questions begin too, is no name of its study.
func TestTitlesAlike(t *testing.T) {
	doc := plainDocument()
	doc.Report.Title = "The effect of yoga classes on pain in porters"
	e := engineOver(t, doc)
	for question, query := range map[string]string{
		"what is the effect of yoga on pain":                             "findings where intervention is yoga and outcome is pain",
		"what is the effect of yoga classes on pain in porters on sleep": "findings where study is ",
	} {
		a, err := e.Ask(t.Context(), question)
		if err != nil {
			t.Fatal(err)
		}
		if !strings.HasPrefix(a.Query, query) {
			t.Errorf("%s: read as %s, want %s", question, a.Query, query)
		}
	}
}
