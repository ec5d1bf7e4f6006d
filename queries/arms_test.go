package queries

import (
	"strings"
	"testing"

	"github.com/picograph/picograph/graph"
	"github.com/picograph/picograph/graph/evidence"
	"github.com/picograph/picograph/graph/quantity"
	"github.com/picograph/picograph/graph/vocab"
)

// tableDocument compares two ways of giving the same, of which one has an abbreviation.
func tableDocument() *evidence.Document {
	yes := true
	said := func(start int, text string) []evidence.Passage {
		return []evidence.Passage{{Section: "results", Start: start, End: start + len(text), Text: text}}
	}
	arm, other := []string{"yoga by post"}, []string{"yoga in a hall"}
	return &evidence.Document{
		Source: "halls.txt", Text: "Yoga by post and yoga in a hall (YIH). Walking was tried elsewhere.",
		Studies: []evidence.Study{{
			ID: "s1", Name: "HALLS", Design: evidence.Design{Kind: evidence.KindTrial, Allocation: "randomized"}, NRandomized: "80",
			Arms: []evidence.Arm{
				{Label: "yoga by post", Interventions: []string{"yoga"}, N: "41", Role: evidence.Experimental},
				{Label: "yoga in a hall", Abbreviation: "YIH", Interventions: []string{"yoga"}, N: "39", Role: evidence.ActiveComparator},
			},
			Findings: []evidence.Finding{
				{ID: "f1", Kind: evidence.BetweenArms, Outcome: evidence.OutcomeRef{Text: "pain", Concept: "pain_outcome"}, Arm: arm, Comparator: other, Direction: evidence.Increased, Significant: &yes, Passages: said(0, "Pain was greater with yoga by post than in a hall (4.1 vs 2.9).")},
				{ID: "f2", Kind: evidence.BetweenArms, Outcome: evidence.OutcomeRef{Text: "stiffness"}, Arm: arm, Comparator: other, Direction: evidence.NoDifference, Timepoint: evidence.Timepoint{Text: "week 8", Months: "1.84"}, Passages: said(90, "Stiffness did not differ at week 8.")},
			},
		}},
	}
}

// Two arms that were given the same keep their own names: the abbreviation of one is not the other's.
func TestArmsGivenTheSame(t *testing.T) {
	a, err := engineOver(t, tableDocument()).Ask(t.Context(), "findings of HALLS on pain")
	if err != nil {
		t.Fatal(err)
	}
	if got := a.Text; !strings.Contains(got, "yoga by post") || strings.Count(got, "YIH") != 1 {
		t.Error(got)
	}
}

// A finding without an estimate says whether its sentence has figures of which none was read.
func TestFiguresNotRead(t *testing.T) {
	a, err := engineOver(t, tableDocument()).Ask(t.Context(), "findings of HALLS")
	if err != nil {
		t.Fatal(err)
	}
	var rows []string
	for _, s := range a.Sections {
		for _, r := range s.Rows {
			rows = append(rows, strings.Join(r.Cells, " "))
		}
	}
	if got := strings.Join(rows, "\n"); !strings.Contains(got, "no estimate read from its figures, in words: “Pain was") || !strings.Contains(got, "no estimate printed, in words: “Stiffness") {
		t.Error(got)
	}
}

// How many people arms had is looked up, and no result is told in its place.
func TestSizesOfArms(t *testing.T) {
	a, err := engineOver(t, tableDocument()).Ask(t.Context(), "how many people were randomized to yoga?")
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(a.Text, "80 randomized") || !strings.Contains(a.Text, "yoga by post, experimental, n 41") {
		t.Error(a.Text)
	}
}

// A result without a time is of the only time at which its study has results, which is said; it is of no other.
func TestOnlyTime(t *testing.T) {
	e := engineOver(t, tableDocument())
	for at, want := range map[string]string{"8 weeks": "", "6 months": "the time point is not stated"} {
		a, err := e.Ask(t.Context(), "findings where study is HALLS and outcome is pain and time is "+at)
		if err != nil {
			t.Fatal(err)
		}
		switch {
		case want != "":
			if a.Status != NearOnly || a.Near[0].Why != want {
				t.Errorf("%s: %s %+v", at, a.Status, a.Near)
			}
		case a.Status != Answered || !strings.Contains(strings.Join(a.Sections[0].Rows[0].Cells, " "), "the only time at which the study has results is week 8"):
			t.Errorf("%s: %s %s", at, a.Status, a.Text)
		}
	}
}

// A result that names no arms and tells of another thing than was asked about is not of what was asked about.
func TestResultsOfOthers(t *testing.T) {
	doc := &evidence.Document{
		Source: "walks.txt", Text: "Yoga against placebo. Walking was looked at as well.",
		Studies: []evidence.Study{{
			ID: "s1", Name: "WALKS",
			Findings: []evidence.Finding{
				{ID: "f1", Kind: evidence.Association, Outcome: evidence.OutcomeRef{Text: "falls", Concept: "falls"}, Direction: evidence.Decreased, Estimates: []evidence.Estimate{{Measure: "HR", Value: "0.57"}}, Passages: []evidence.Passage{{Section: "results", Text: "Pooled, physiotherapy halved falls (HR 0.57)."}}},
				{ID: "f2", Kind: evidence.Association, Outcome: evidence.OutcomeRef{Text: "falls", Concept: "falls"}, Exposure: "yoga", Direction: evidence.NoDifference, Estimates: []evidence.Estimate{{Measure: "HR", Value: "0.91"}}, Passages: []evidence.Passage{{Section: "results", Text: "Falls were no fewer with yoga (HR 0.91)."}}},
			},
		}},
	}
	a, err := engineOver(t, doc).Ask(t.Context(), "did yoga reduce falls compared with placebo?")
	if err != nil {
		t.Fatal(err)
	}
	if a.Status != Answered || a.RowCount() != 1 || strings.Contains(a.Text, "0.57") {
		t.Errorf("%s: %s", a.Status, a.Text)
	}
}

// How many studies were included on something is asked of the review that is of it.
func TestStudiesIncluded(t *testing.T) {
	doc := tableDocument()
	doc.Studies = []evidence.Study{{
		ID: "r1", Name: "Yoga reviewed", Design: evidence.Design{Kind: evidence.KindSystematicReview}, NStudies: "12",
		Arms: []evidence.Arm{{Label: "yoga", Interventions: []string{"yoga"}}},
	}}
	e := engineOver(t, doc)
	for question, want := range map[string]string{
		"how many trials of yoga were included?":         "included studies of study where design is review and intervention is yoga",
		"how many trials of yoga included older people?": "count studies",
	} {
		a, err := e.Ask(t.Context(), question)
		if err != nil {
			t.Fatal(err)
		}
		if !strings.HasPrefix(a.Query, want) {
			t.Errorf("%s: %s", question, a.Query)
		}
	}
}

// Studies of pregnant women are of women, and those in which some were women are near.
func TestWomenAsFilter(t *testing.T) {
	for people, want := range map[string]Status{"pregnant_women": Answered, "adults": NearOnly} {
		doc := tableDocument()
		doc.Studies[0].Populations = []evidence.Population{{ID: "p1", Text: "those in " + people, Conditions: []string{people}}}
		doc.Studies[0].Findings = append(doc.Studies[0].Findings, evidence.Finding{ID: "b1", Kind: evidence.Baseline, Outcome: evidence.OutcomeRef{Text: "female", Concept: "female"}, Estimates: []evidence.Estimate{{Measure: "proportion", Percent: "34"}}, Passages: []evidence.Passage{{Section: "results", Text: "34% were female."}}})
		a, err := engineOver(t, doc).Ask(t.Context(), "did yoga increase pain in women?")
		if err != nil {
			t.Fatal(err)
		}
		if a.Status != want {
			t.Errorf("%s: %s %s", people, a.Status, a.Text)
		}
	}
}

// A registration number is a condition on studies, and so is how those of a registry begin.
func TestRegistrationAsFilter(t *testing.T) {
	doc := tableDocument()
	doc.Studies[0].Registrations = []string{"NCT00000815"}
	e := engineOver(t, doc)
	for query, want := range map[string]Status{
		"studies where registration is NCT00000815": Answered, "studies where registration is nct": Answered,
		"studies where registration is ISRCTN": Empty, "studies where registration is NCT0000081": Empty,
	} {
		a, err := e.Ask(t.Context(), query)
		if err != nil {
			t.Fatal(err)
		}
		if a.Status != want {
			t.Errorf("%s: %s %s", query, a.Status, a.Text)
		}
	}
}

// A study whose text speaks of a placebo is not listed among those without one, whatever was read of its arms.
func TestDesignsDenied(t *testing.T) {
	doc := tableDocument()
	doc.Text = "People will be given yoga or a placebo."
	e := engineOver(t, doc)
	for question, want := range map[string]Status{"which trials were not placebo-controlled?": NearOnly, "which trials were not crossover?": Answered} {
		a, err := e.Ask(t.Context(), question)
		if err != nil {
			t.Fatal(err)
		}
		if a.Status != want || want == NearOnly && a.Near[0].Why != whyDesign {
			t.Errorf("%s: %s %s %+v", question, a.Status, a.Text, a.Near)
		}
	}
}

// An outcome whose name the vocabulary has for a condition is found by that name.
func TestOutcomesOfConditions(t *testing.T) {
	doc := tableDocument()
	doc.Studies[0].Findings[0].Outcome = evidence.OutcomeRef{Text: "pneumonia", Concept: "pneumonia_outcome"}
	a, err := engineOver(t, doc).Ask(t.Context(), "did yoga increase the risk of pneumonia?")
	if err != nil {
		t.Fatal(err)
	}
	if a.Status != Answered || a.RowCount() != 1 {
		t.Errorf("%s %s", a.Status, a.Text)
	}
}

// Where a study has both arms that are to be compared, it is not said that none compares them; studies registered by a registry are found
// by its name; and two things that are asked of a study in one question are both looked up.
func TestSaidOfStudies(t *testing.T) {
	doc := tableDocument()
	doc.Text = "Stitching by hand or by machine was tried. Enrollment: 80 participants. Status: Terminated (nobody came)."
	st := &doc.Studies[0]
	st.Registrations = []string{"ISRCTN12345678"}
	st.Arms = []evidence.Arm{{Label: "stitching by hand", Role: evidence.Experimental}, {Label: "stitching by machine", Role: evidence.ActiveComparator}}
	for i := range st.Findings {
		st.Findings[i].Arm, st.Findings[i].Comparator = []string{"stitching by hand"}, []string{"stitching by machine"}
	}
	e := engineOver(t, doc)
	for question, want := range map[string]string{
		"does stitching by hand work as well as stitching by machine for blood lead levels at 9 months?": "No result that was read compares",
		"which trials are registered in ISRCTN?":                                                         "HALLS",
		"why was HALLS stopped and how many participants were enrolled?":                                 "80",
	} {
		a, err := e.Ask(t.Context(), question)
		if err != nil {
			t.Fatal(err)
		}
		if !strings.Contains(a.Text, want) {
			t.Errorf("%s: %s %s (%s)", question, a.Status, a.Text, a.Query)
		}
	}
}

// What limits who could take part is told with both its ends and without the word that keeps an outcome apart; no name is repeated behind itself.
func TestNamesAndLimits(t *testing.T) {
	v, err := vocab.Load()
	if err != nil {
		t.Fatal(err)
	}
	l := &lexicon{vocab: v}
	between := evidence.Criterion{Variable: "bmi_outcome", Relation: quantity.Between, Value: "25", High: "35", Unit: "kg/m2"}
	if got := l.mainCriterion(&item{pops: []evidence.Population{{Criteria: []evidence.Criterion{between}}}}); got != "body mass index from 25 to 35 kg/m2" {
		t.Error(got)
	}
	if got := l.criterionText(between); got != "body mass index from 25 to 35 kg/m2" {
		t.Error(got)
	}
	if got := l.armName(nil, &evidence.Arm{Label: "control group", Interventions: []string{"control group"}}); strings.Count(got, "control group") != 1 {
		t.Error(got)
	}
	it := &item{Finding: &graph.Finding{Finding: evidence.Finding{Outcome: evidence.OutcomeRef{Text: "HADS"}}}, st: &evidence.Study{Outcomes: []evidence.Outcome{{Text: "hADS"}}}}
	if got := outcomeText(it); strings.Contains(got, "(") {
		t.Error(got)
	}
}
