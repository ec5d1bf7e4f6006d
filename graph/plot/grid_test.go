package plot

import (
	"fmt"
	"strings"
	"testing"

	"github.com/picograph/picograph/graph/evidence"
)

// told is trials with findings of every direction, in several kinds.
func told() []*evidence.Document {
	sleep := evidence.OutcomeRef{Text: "quality of sleep"}
	between := func(o evidence.OutcomeRef, d evidence.Direction) evidence.Finding {
		return evidence.Finding{Outcome: o, Direction: d}
	}
	var pain evidence.OutcomeRef // that of trial
	review := trial(7, evidence.Finding{Kind: evidence.VoteCount, Direction: evidence.Decreased, Estimates: []evidence.Estimate{{Events: "3", Total: "4"}}})
	review.Studies[0].Design = evidence.Design{Kind: evidence.KindSystematicReview}
	review.Studies[0].NRandomized = ""
	again := trial(1, between(pain, evidence.Decreased))
	again.Text += "It is told here again.\n"
	again.Source, again.SHA256 = "trials/trial-01-again.txt", strings.Repeat("a", 64)
	again.Report.Year, again.Report.DOI = 1999, "10.5555/again"
	small := trial(6, evidence.Finding{Kind: evidence.WithinArm, Direction: evidence.Increased}, evidence.Finding{Kind: evidence.InWords, Direction: evidence.NotStated})
	small.Studies[0].NRandomized = "12"
	small.Studies[0].Recruited = evidence.Dates{From: "1993-02", To: "1995"}
	unknown := trial(5, between(pain, evidence.NotStated), evidence.Finding{Kind: evidence.WithinArm, Direction: evidence.Decreased})
	unknown.Studies[0].NRandomized, unknown.Studies[0].Arms[0].N = "", ""
	unknown.Studies[0].Arms[0].Interventions = nil
	unknown.Report.Year = 0
	return []*evidence.Document{
		trial(1, between(pain, evidence.Decreased), between(sleep, evidence.Increased)), again,
		trial(2, between(pain, evidence.Decreased)),
		trial(3, between(pain, evidence.NoDifference), between(sleep, evidence.NoDifference)),
		trial(20, between(sleep, evidence.Increased), evidence.Finding{Kind: evidence.Prevalence, Outcome: sleep}),
		unknown, small, review,
	}
}

func TestGridGoldens(t *testing.T) {
	goldens(t, "map", make1(t, "map", told()...))
	goldens(t, "direction", make1(t, "direction", told()...))
	goldens(t, "network", make1(t, "network", told()...))
	goldens(t, "timeline", make1(t, "timeline", told()...))
}

// cell returns the cell of an evidence map whose row and column have these names.
func cell(t *testing.T, p *Plot, kind evidence.Kind, row, column string) *Cell {
	t.Helper()
	for _, panel := range p.Body.(*Grid).Panels {
		for _, r := range panel.Rows {
			for i, c := range r.Cells {
				if panel.Kind == kind && (r.Label == row && panel.Columns[i] == column || r.Label == column && panel.Columns[i] == row) {
					return c
				}
			}
		}
	}
	return nil
}

// TestMapCountsStudies counts a study once, however many documents tell of it, and calls mixed what does not agree.
func TestMapCountsStudies(t *testing.T) {
	p := make1(t, "map", told()...)
	pain := cell(t, p, evidence.BetweenArms, "exercise", "pain intensity")
	if pain == nil || len(pain.Studies) != 3 || pain.Direction != mixed || len(pain.From) != 4 {
		t.Errorf("pain is %+v", pain)
	}
	sleep := cell(t, p, evidence.BetweenArms, "exercise", "quality of sleep")
	if sleep == nil || len(sleep.Studies) != 3 || sleep.Direction != mixed {
		t.Errorf("sleep is %+v", sleep)
	}
	if c := cell(t, p, evidence.BetweenArms, "brisk walking (TRIAL-05)", "pain intensity"); c == nil || c.Direction != evidence.NotStated {
		t.Errorf("an arm of no known intervention is %+v", c)
	}
	if c := cell(t, p, evidence.WithinArm, "exercise", "pain intensity"); c == nil || c.Direction != evidence.Increased || len(c.Studies) != 1 {
		t.Errorf("the change from baseline is %+v", c)
	}
}

// TestMapOfPopulations has the people in place of what they were given.
func TestMapOfPopulations(t *testing.T) {
	g, v := load(t, told()...)
	p, err := New(t.Context(), g, Request{Kind: "map", Patients: true, Rows: rowsOf(t, g), Vocab: v})
	if err != nil {
		t.Fatal(err)
	}
	if c := cell(t, p, evidence.BetweenArms, "adults with back pain", "pain intensity"); c == nil || len(c.Studies) != 4 {
		t.Errorf("pain is %+v", c)
	}
}

// TestAgreed has one direction for several findings only where they agree.
func TestAgreed(t *testing.T) {
	up, down, same, unknown := evidence.Increased, evidence.Decreased, evidence.NoDifference, evidence.NotStated
	for _, c := range []struct {
		all  []evidence.Direction
		want evidence.Direction
	}{
		{[]evidence.Direction{up, up}, up},
		{[]evidence.Direction{up, unknown}, up},
		{[]evidence.Direction{up, down}, mixed},
		{[]evidence.Direction{same, down}, mixed},
		{[]evidence.Direction{unknown}, unknown},
		{nil, unknown},
	} {
		if got := agreed(c.all); got != c.want {
			t.Errorf("%v is %s, want %s", c.all, got, c.want)
		}
	}
}

// TestSubgroupsDoNotOutvoteTheStudy takes a study's direction from its findings on all participants.
func TestSubgroupsDoNotOutvoteTheStudy(t *testing.T) {
	d := trial(1, evidence.Finding{Direction: evidence.NoDifference}, evidence.Finding{Direction: evidence.Decreased})
	d.Studies[0].Findings[1].Subgroup = true
	if c := cell(t, make1(t, "map", d), evidence.BetweenArms, "exercise", "pain intensity"); c.Direction != evidence.NoDifference || len(c.From) != 2 {
		t.Errorf("the cell is %+v", c)
	}
}

// TestHazardOfWhatEnds has no direction of an outcome whose hazard ratio may be that of the event that ends it, unless the
// answer tells.
func TestHazardOfWhatEnds(t *testing.T) {
	d := trial(1, evidence.Finding{Outcome: evidence.OutcomeRef{Text: "survival"}, Estimates: value("HR", "0.7", "0.5", "0.9"), Direction: evidence.Decreased})
	d.Studies[0].Outcomes = append(d.Studies[0].Outcomes, evidence.Outcome{ID: "o2", Text: "survival", Better: "higher"})
	g, v := load(t, d)
	rows := rowsOf(t, g)
	for _, told := range []evidence.Direction{"", evidence.Increased} {
		rows[0].Direction = told
		p, err := New(t.Context(), g, Request{Kind: "map", Rows: rows, Vocab: v})
		if err != nil {
			t.Fatal(err)
		}
		want := told
		if told == "" {
			want = evidence.NotStated
		}
		if c := cell(t, p, evidence.BetweenArms, "exercise", "survival"); c.Direction != want {
			t.Errorf("told %q it is %s", told, c.Direction)
		}
	}
}

// TestGridsOfManySizes draws one row and sixty, and more than a picture holds.
func TestGridsOfManySizes(t *testing.T) {
	for _, n := range []int{1, 60, 70} {
		var docs []*evidence.Document
		for i := range n {
			docs = append(docs, trial(i+1, evidence.Finding{Outcome: evidence.OutcomeRef{Text: fmt.Sprintf("outcome %d", i%40)}, Direction: evidence.Decreased}))
		}
		for _, kind := range []string{"map", "direction", "network", "timeline"} {
			wellFormed(t, make1(t, kind, docs...))
		}
	}
}

// TestNetwork counts the studies on an edge and the participants of a node once each, and joins nothing by a name that is no
// concept.
func TestNetwork(t *testing.T) {
	p := make1(t, "network", told()...)
	parts := p.Body.(*Network).Parts
	if len(parts) != 1 || len(parts[0].Edges) != 2 || len(parts[0].Nodes) != 3 {
		t.Fatalf("parts are %+v", parts)
	}
	for _, n := range parts[0].Nodes {
		want := map[string]int{"exercise": 30 + 40 + 50 + 220, "usual care": 30 + 40 + 50 + 70 + 220, "brisk walking (TRIAL-05)": 0}[n.Name]
		if n.N != want {
			t.Errorf("%s has %d, want %d", n.Name, n.N, want)
		}
	}
	for _, e := range parts[0].Edges {
		if n := len(e.Studies); n != 4 && n != 1 {
			t.Errorf("%s", e.Label)
		}
	}
}

// TestTimeline has a line for a study with the years of all its reports.
func TestTimeline(t *testing.T) {
	p := make1(t, "timeline", told()...)
	found := map[string]string{}
	for _, d := range p.Body.(*Timeline).Designs {
		for _, s := range d.Studies {
			found[s.Labels.Study] = fmt.Sprint(d.Name, " ", s.Years, " ", s.Size)
		}
	}
	for name, want := range map[string]string{"TRIAL-01": "randomized trials [1991 1999] N 60", "TRIAL-07": "systematic reviews [1997] N not reported", "TRIAL-06": "randomized trials [1996] N 12"} {
		if found[name] != want {
			t.Errorf("%s is %q, want %q", name, found[name], want)
		}
	}
	if len(p.Left) != 1 || p.Left[0].Labels.Study != "TRIAL-05" {
		t.Errorf("left out are %+v", p.Left)
	}
}

// TestRowOfAStudy stands for all its findings.
func TestRowOfAStudy(t *testing.T) {
	g, v := load(t, told()...)
	studies, err := g.Studies(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	var rows []Row
	for i, s := range studies {
		rows = append(rows, Row{Number: i + 1, Study: s.ID})
	}
	p, err := New(t.Context(), g, Request{Kind: "map", Rows: rows, Vocab: v})
	if err != nil {
		t.Fatal(err)
	}
	if c := cell(t, p, evidence.BetweenArms, "exercise", "pain intensity"); c == nil || len(c.Studies) != 3 {
		t.Errorf("the cell is %+v", c)
	}
}

// TestYears reads dates as exact as they are stated.
func TestYears(t *testing.T) {
	for date, want := range map[string]float64{"2020": 2020, "2020-07": 2020.5, "2020-07-31": 2020.5, "2020-99": 2020, "soon": -1, "": -1, "0": -1} {
		got, ok := yearOf(date, 0)
		if !ok {
			got = -1
		}
		if got != want {
			t.Errorf("%q is %v, want %v", date, got, want)
		}
	}
}
