package queries

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"github.com/picograph/picograph/graph/evidence"
)

// unreadDocument speaks of more than was read of it: of deaths and the primary end point, and not of sleep.
func unreadDocument() *evidence.Document {
	text := "Yoga or a waiting list for old knees. Deaths are feared in this group.\n" +
		"Walking speed was the primary end point. Of the 80 people given yoga two died, against five of the waiting list. Pain fell with yoga."
	at := strings.Index(text, "Pain fell")
	return &evidence.Document{
		Source: "knees.txt", Text: text, Report: evidence.Report{Title: "The KNEES trial"},
		Studies: []evidence.Study{{
			ID: "s1", Name: "KNEES", Design: evidence.Design{Kind: evidence.KindTrial, Allocation: "randomized"},
			Arms: []evidence.Arm{{Label: "yoga", Interventions: []string{"yoga"}, Role: evidence.Experimental}, {Label: "waiting list", Role: evidence.NoIntervention}},
			Findings: []evidence.Finding{{
				ID: "f1", Kind: evidence.WithinArm, Outcome: evidence.OutcomeRef{Text: "pain", Concept: "pain"}, Arm: []string{"yoga"}, Direction: evidence.Decreased,
				Passages: []evidence.Passage{{Start: at, End: len(text), Text: text[at:]}},
			}},
		}},
	}
}

// TestUnread asks for what the document speaks of and nothing was read of, and for what it never speaks of.
func TestUnread(t *testing.T) {
	e := engineOver(t, unreadDocument())
	for _, c := range []struct{ question, has, lacks string }{
		{"did yoga reduce mortality?", "No result on it was read from KNEES, whose text speaks of it: “Of the 80 people given yoga two died, against five of the waiting list.” (knees.txt).", "does not report"},
		{"did yoga improve sleep quality?", "KNEES is here and does not report it.", "speaks of it"},
		{"primary outcome of KNEES", "Not read, though the text speaks of it: primary outcome of KNEES: “Walking speed was the primary end point.”", "Not reported"},
		{"sponsor of KNEES", "Not reported here: sponsor of KNEES.", "speaks of it"},
	} {
		a, err := e.Ask(context.Background(), c.question)
		if err != nil {
			t.Fatal(err)
		}
		if !strings.Contains(a.Text, c.has) || strings.Contains(a.Text, c.lacks) {
			t.Errorf("%s: %q should have %q and lack %q", c.question, a.Text, c.has, c.lacks)
		}
	}
	a, err := e.Ask(context.Background(), "primary outcome of KNEES")
	if err != nil {
		t.Fatal(err)
	}
	if len(a.Sources) != 1 || a.Sources[0].Passage.Text != "Walking speed was the primary end point." {
		t.Errorf("the sentence shown is not a source: %+v", a.Sources)
	}
}

// TestLooseWord holds that one word of a longer name is not taken for the whole of it.
func TestLooseWord(t *testing.T) {
	e := engineOver(t, unreadDocument())
	for question, lacks := range map[string]string{
		"in whom was yoga tested?":         "illicit",
		"did yoga facilities reduce pain?": "nursing",
	} {
		a, err := e.Ask(context.Background(), question)
		if err != nil {
			t.Fatal(err)
		}
		if strings.Contains(a.Reading, lacks) {
			t.Errorf("%s is read as %q", question, a.Reading)
		}
	}
}

// TestCrossover holds that an arm was not given what its people could cross over to, and that where both arms had the
// thing asked for, the answer's first sentence says so.
func TestCrossover(t *testing.T) {
	for given, had := range map[string]bool{
		"infusions; those who worsened could cross over to zelbramine": false,
		"infusions, and could switch to zelbramine after a year":       false,
		"infusions with zelbramine":                                    true,
	} {
		doc := unreadDocument()
		s := &doc.Studies[0]
		s.Arms = []evidence.Arm{{Label: "zelbramine", Role: evidence.Experimental}, {Label: "infusions", Description: given, Role: evidence.ActiveComparator}}
		s.Findings[0].Kind, s.Findings[0].Arm, s.Findings[0].Comparator = evidence.BetweenArms, []string{"zelbramine"}, []string{"infusions"}
		a, err := engineOver(t, doc).Ask(context.Background(), "did zelbramine reduce pain?")
		if err != nil {
			t.Fatal(err)
		}
		if len(a.Sections) == 0 || strings.Contains(fmt.Sprint(a.Sections), bothHave) != had || strings.Contains(a.Text, bothHave) != had {
			t.Errorf("%s: %s %+v", given, a.Text, a.Sections)
		}
	}
}
