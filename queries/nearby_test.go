package queries

import (
	"strings"
	"testing"

	"github.com/picograph/picograph/graph/evidence"
)

// What is near says why: the other sex, a sentence that speaks of what was asked, a comparison that nothing in the document is called.
func TestNearSaysWhy(t *testing.T) {
	e := goldEngine(t)
	for question, want := range map[string]string{
		"how many women were in VOICE?":       whyRest,
		"effect on opioid prescriptions":      whySpeaks,
		"tapering versus usual care for pain": "nothing in its document is called “usual care”",
	} {
		a, err := e.Ask(t.Context(), question)
		if err != nil {
			t.Fatal(err)
		}
		if a.Status != NearOnly || len(a.Near) == 0 || !strings.Contains(a.Near[0].Why, want) {
			t.Errorf("%s: %s %s", question, a.Status, a.Text)
			for _, n := range a.Near {
				t.Log(n.What, "--", n.Why)
			}
		}
	}
}

// Authors that a document breaks off with "et al" are not shown as all.
func TestAuthorsBrokenOff(t *testing.T) {
	doc := drawnDocument()
	doc.Report.Authors, doc.Text = []string{"Ito K", "Berg L"}, "Ito K, Berg L, et al. Juggling after work."
	a, err := engineOver(t, doc).Ask(t.Context(), "authors of JUGGLE")
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(a.Text, "Berg L, et al") {
		t.Error(a.Text)
	}
}

// A question with a word that nothing knows is answered with what has all its other words, as near; with fewer words it is not.
func TestByWords(t *testing.T) {
	doc := drawnDocument()
	doc.Studies[0].Findings = append(doc.Studies[0].Findings, evidence.Finding{
		ID: "x1", Kind: evidence.BetweenArms, Outcome: evidence.OutcomeRef{Text: "evening calm"}, Arm: []string{"juggling"}, Comparator: []string{"reading"},
		Direction: evidence.Increased, Passages: []evidence.Passage{{Section: "results", Text: "Evening calm was greater with juggling in teachers."}},
	})
	e := engineOver(t, doc)
	for question, want := range map[string]Status{
		"which zorble made teachers of juggling calm in the evening rather than reading?": NearOnly,
		"effect of flurbnitz on reach": UnknownTerm,
	} {
		a, err := e.Ask(t.Context(), question)
		if err != nil {
			t.Fatal(err)
		}
		if a.Status != want {
			t.Errorf("%s: %s %s", question, a.Status, a.Text)
		}
	}
}

// barkDocument tells of one study whose title and text have words that nothing was read of.
func barkDocument() *evidence.Document {
	text := "Bark chewing in circus clowns. Clowns chewed birch bark. A drum roll was heard by 9 of 12 clowns who chewed (P = .01). Juggling speed rose."
	at := strings.Index(text, "Juggling")
	return &evidence.Document{
		Source: "bark.txt", Text: text, Report: evidence.Report{Title: "Bark chewing in circus clowns"},
		Studies: []evidence.Study{{
			ID: "s1", Name: "BARK", Design: evidence.Design{Kind: evidence.KindTrial, Allocation: "randomized", Masking: "open-label"},
			Arms: []evidence.Arm{{Label: "birch bark", Role: evidence.Experimental}, {Label: "chewing gum", Role: evidence.ActiveComparator}},
			Findings: []evidence.Finding{{
				ID: "f1", Kind: evidence.BetweenArms, Outcome: evidence.OutcomeRef{Text: "juggling speed"}, Arm: []string{"birch bark"}, Comparator: []string{"chewing gum"},
				Direction: evidence.Increased, Passages: []evidence.Passage{{Start: at, End: len(text), Text: text[at:]}},
			}},
		}},
	}
}

// What the words of a question lead to is near: the sentence that has most of them, or the study that they describe.
func TestByWordsOfText(t *testing.T) {
	e := engineOver(t, barkDocument())
	for _, c := range []struct{ question, status, has string }{
		{"did clowns who chewed bark hear a drum roll?", "near", "A drum roll was heard by 9 of 12 clowns"},
		{"was the pain study of circus clowns with birch and a drum blinded?", "near", "is taken to be meant, without “pain”"},
		{"birch bark vs chewing gum juggling speed", "answered", "birch bark differed from chewing gum on juggling speed"},
		{"birch bark vs chewing gum in circus clowns", "answered", "birch bark differed from chewing gum on juggling speed"},
	} {
		a, err := e.Ask(t.Context(), c.question)
		if err != nil {
			t.Fatal(err)
		}
		all := a.Text
		for _, n := range a.Near {
			all += " " + n.What
		}
		if string(a.Status) != c.status || !strings.Contains(all, c.has) {
			t.Errorf("%s: %s %s, want %s with %q (%s)", c.question, a.Status, all, c.status, c.has, a.Query)
		}
	}
}

// A comparison that is only planned is told of, with why there is no result.
func TestPlannedComparison(t *testing.T) {
	doc := drawnDocument()
	st := &doc.Studies[0]
	st.Findings, st.Design.Kind = nil, evidence.KindProtocol
	st.Arms[0].Interventions, st.Arms[1].Interventions = []string{"mindfulness"}, []string{"cbt"}
	a, err := engineOver(t, doc).Ask(t.Context(), "mindfulness vs CBT for pain")
	if err != nil {
		t.Fatal(err)
	}
	if a.Status != NearOnly || len(a.Near) != 1 || !strings.Contains(a.Near[0].Why, "protocol") {
		t.Errorf("%s %s", a.Status, a.Text)
	}
}

// Where nothing was read of what was asked, the sentence that most likely tells it is near, cut around the place; a full stop that ends an
// abbreviation does not end it.
func TestSpokenResult(t *testing.T) {
	doc := drawnDocument()
	doc.Text = "Insomnia was asked for at each visit. " + strings.Repeat("At home and at work, ", 12) + "insomnia was less common with juggling (12% vs. 31%). Nothing else was seen."
	a, err := engineOver(t, doc).Ask(t.Context(), "effect of juggling on insomnia")
	if err != nil {
		t.Fatal(err)
	}
	if a.Status != NearOnly || len(a.Near) != 1 || !strings.Contains(a.Near[0].What, "… ") || !strings.HasSuffix(a.Near[0].What, "31%).”") {
		t.Errorf("%s %s %v", a.Status, a.Text, a.Near)
	}
}

// What is said to do something is not left out of a question because nothing is called so: it is looked for in the documents.
func TestSubjectKept(t *testing.T) {
	doc := drawnDocument()
	doc.Text = "The evening clubs juggled. Reach grew."
	e := engineOver(t, doc)
	for question, want := range map[string]Status{
		"does a club increase reach?":   NearOnly,
		"does a zorble increase reach?": UnknownTerm,
	} {
		a, err := e.Ask(t.Context(), question)
		if err != nil {
			t.Fatal(err)
		}
		if a.Status != want {
			t.Errorf("%s: %s %s", question, a.Status, a.Text)
		}
	}
}

// Two studies stand side by side, also where the question could be a query that compares what was given; and that a result was not read
// is not said of a sentence from which it was.
func TestStudiesComparedAndReadSentences(t *testing.T) {
	e := goldEngine(t)
	for question, want := range map[string]struct {
		query, never string
	}{
		"compare VOICE with INSPIRE":                    {"of study VOICE or INSPIRE", ""},
		"number needed to treat for pain response, IPT": {"measure is NNT", "whose text speaks of it"},
	} {
		a, err := e.Ask(t.Context(), question)
		if err != nil {
			t.Fatal(err)
		}
		if !strings.Contains(a.Query, want.query) || want.never != "" && strings.Contains(a.Text, want.never) {
			t.Errorf("%s: %s: %s", question, a.Query, a.Text)
		}
	}
}

// The length of follow-up that a document reports, and when it says that people were assessed, are its follow-up.
func TestFollowUp(t *testing.T) {
	doc := drawnDocument()
	doc.Text += "\n\nAssessments were conducted at baseline and 22 and 34 weeks after randomization. Falls were counted over the follow-up (mean 23.1 months)."
	doc.Studies[0].Findings = append(doc.Studies[0].Findings, evidence.Finding{
		ID: "x1", Kind: evidence.Baseline, Outcome: evidence.OutcomeRef{Text: "follow-up"}, Estimates: []evidence.Estimate{{Measure: "median", Printed: "Median follow-up was 2.7 years"}},
		Passages: []evidence.Passage{{Section: "results", Text: "Median follow-up was 2.7 years."}},
	})
	a, err := engineOver(t, doc).Ask(t.Context(), "how long was the follow-up in JUGGLE?")
	if err != nil {
		t.Fatal(err)
	}
	for i, want := range []string{"median follow-up was 2.7 years", "at baseline and 22 and 34 weeks", "mean 23.1 months"} {
		if rows := a.Sections[0].Rows; len(rows) != 3 || !strings.Contains(rows[i].Cells[2], want) {
			t.Errorf("no %q in %v", want, rows)
		}
	}
}

// Who could not take part is answered with what excluded people, and how many did something with the sentence that counts them.
func TestCountedSo(t *testing.T) {
	doc := drawnDocument()
	doc.Text += "\n\nIn all, 82 of 110 jugglers agreed to read."
	doc.Studies[0].Populations = []evidence.Population{{ID: "p1", Text: "adults", Criteria: []evidence.Criterion{
		{Variable: "asthma", Relation: "has", Printed: "asthma"}, {Variable: "hb <9.0 g/dl", Relation: "has", Exclude: true, Printed: "Hb <9.0 g/dL"},
	}}}
	doc.Studies[0].N = "51"
	e := engineOver(t, doc)
	for question, want := range map[string][2]string{
		"how many people agreed?":            {"82 of 110 jugglers agreed", ""},
		"who could not take part in JUGGLE?": {"excluded: hb <9.0 g/dl", "asthma"},
	} {
		a, err := e.Ask(t.Context(), question)
		if err != nil {
			t.Fatal(err)
		}
		if !strings.Contains(a.Text, want[0]) || want[1] != "" && strings.Contains(a.Text, want[1]) {
			t.Errorf("%s: %s", question, a.Text)
		}
	}
}

// The grade of an adverse event asks for no certainty, and what was not randomized is no trial whose text has both words.
func TestGradeOfEvent(t *testing.T) {
	doc := drawnDocument()
	doc.Studies[0].Design.Text = "randomized, non-inferiority trial"
	doc.Studies[0].Findings = append(doc.Studies[0].Findings, evidence.Finding{
		ID: "x1", Kind: evidence.Prevalence, Outcome: evidence.OutcomeRef{Text: "grade 3 neutropenia", Concept: "neutropenia"}, Estimates: []evidence.Estimate{{Measure: "proportion", Printed: "six (23%)", Events: "6", Percent: "23"}},
		Passages: []evidence.Passage{{Section: "results", Text: "Grade 3 neutropenia was had by six (23%)."}},
	})
	e := engineOver(t, doc)
	for question, want := range map[string]string{"how many people had grade 3 neutropenia?": "23%", "which studies were not randomized?": "No studies here"} {
		a, err := e.Ask(t.Context(), question)
		if err != nil {
			t.Fatal(err)
		}
		if !strings.Contains(a.Text, want) || strings.Contains(a.Text, "GRADE") {
			t.Errorf("%s: %s", question, a.Text)
		}
	}
}
