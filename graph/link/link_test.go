package link

import (
	"encoding/json"
	"errors"
	"fmt"
	"math/rand"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/picograph/picograph/graph/evidence"
	"github.com/picograph/picograph/graph/quantity"
)

// tell builds a telling from short parts: "name=ALFA", "reg=NCT00000001", "doi=10.1/a", "team=ALFA Study Group",
// "arms=mi_cbt/sdm", "outcome=opioid_dose", "kind=secondary analysis", "parent=ALFA", "n=100", "from=2019", "via=c1".
func tell(document string, parts ...string) Telling {
	s := &evidence.Study{ID: "s1"}
	t := Telling{Document: document, Report: &evidence.Report{Title: "A trial of two ways of care for people in pain", Year: 2020}, Study: s}
	for _, p := range parts {
		key, value, _ := strings.Cut(p, "=")
		switch key {
		case "id":
			s.ID = value
		case "name":
			s.Name = value
		case "alias":
			s.Aliases = append(s.Aliases, value)
		case "reg":
			s.Registrations = append(s.Registrations, value)
		case "doi":
			t.Report.DOI = value
		case "pmid":
			t.Report.PMID = value
		case "title":
			t.Report.Title = value
		case "team":
			t.Report.Authors = append(t.Report.Authors, value)
		case "arms":
			for _, a := range strings.Split(value, "/") {
				s.Arms = append(s.Arms, evidence.Arm{Label: a, Interventions: []string{a}})
			}
		case "outcome":
			s.Outcomes = append(s.Outcomes, evidence.Outcome{ID: "o", Text: value, Concept: value})
		case "kind":
			s.Design.Kind = value
		case "parent":
			s.Parent = value
		case "n":
			s.NRandomized = quantity.Decimal(value)
		case "total":
			s.N = quantity.Decimal(value)
		case "analyzed":
			s.NAnalyzed = quantity.Decimal(value)
		case "from":
			s.Recruited.From = value
		case "corrects", "comments on", "reported in", "retracts":
			t.Cites = append(t.Cites, evidence.Citation{ID: "c9", Relation: key, Report: evidence.Report{DOI: value}})
		case "via":
			s.SecondHand, s.Via = true, "c1"
			t.Cites = []evidence.Citation{{ID: "c1", Report: evidence.Report{DOI: value}}}
		default:
			panic(p)
		}
	}
	return t
}

func TestStudies(t *testing.T) {
	trial := tell("a", "name=ALFA", "reg=NCT00000001", "doi=10.1/a", "team=ALFA Study Group", "arms=mi_cbt/sdm", "outcome=opioid_dose", "kind=trial", "n=400")
	for _, c := range []struct {
		name string
		in   []Telling
		want string // groups as "ID: documents; reason"
	}{
		{"shared registration", []Telling{trial, tell("b", "reg=nct 00000001", "doi=10.1/b")}, "NCT00000001 ALFA: a b; shared registration"},
		{"registration as parent", []Telling{trial, tell("b", "parent=NCT00000001", "doi=10.1/b")}, "NCT00000001 ALFA: a b; shared registration"},
		{"two registries, one in common", []Telling{tell("a", "reg=NCT00000001", "reg=2011-004554-26"), tell("b", "reg=2011-004554-26")}, "NCT00000001 : a b; shared registration"},
		{"a pooled analysis is a study of its own", []Telling{trial, tell("b", "reg=NCT00000001", "reg=NCT00000002"), tell("c", "reg=NCT00000002")}, "NCT00000001 ALFA: a|NCT00000002 : c|b.s1 : b"},
		{"one report in two files", []Telling{trial, tell("b", "doi=10.1/A", "name=Doe 2020")}, "NCT00000001 ALFA: a b; same report"},
		{"second-hand, by the report's DOI", []Telling{tell("r", "via=10.1/a", "name=Doe 2020", "arms=mi_cbt/sdm"), trial}, "NCT00000001 ALFA: a r; same report"},
		{"two documents know one study second-hand", []Telling{tell("r", "via=10.1/z", "name=Doe 2020"), tell("q", "via=10.1/z", "name=Doe et al 2020")}, "doi:10.1/z Doe et al 2020: q r; same report"},
		{"what corrects a report", []Telling{trial, tell("b", "doi=10.1/b", "corrects=10.1/a")}, "NCT00000001 ALFA: a b; linked report"},
		{"a comment on a report", []Telling{trial, tell("b", "doi=10.1/b", "comments on=10.1/a", "arms=sdm/mi_cbt")}, "NCT00000001 ALFA: a b; linked report"},
		{"a comment that tells of another trial", []Telling{trial, tell("b", "doi=10.1/b", "comments on=10.1/a", "reg=NCT00000002")}, "NCT00000001 ALFA: a|NCT00000002 : b"},
		{"a comment of other arms", []Telling{trial, tell("b", "doi=10.1/b", "comments on=10.1/a", "arms=walking/stretching")}, "NCT00000001 ALFA: a|doi:10.1/b : b"},
		{"a registry that names the report", []Telling{tell("r", "reg=NCT00000009", "reported in=10.1/b", "arms=arm one/arm two"), tell("b", "doi=10.1/b", "arms=walking/stretching")}, "NCT00000009 : b r; linked report"},
		{"named parent", []Telling{trial, tell("b", "doi=10.1/b", "parent=ALFA trial", "kind=secondary analysis")}, "NCT00000001 ALFA: a b; named parent"},
		{"same team, arms and outcome", []Telling{trial, tell("b", "doi=10.1/b", "team=ALFA Study Group", "arms=sdm/mi_cbt", "outcome=opioid_dose", "kind=secondary analysis")}, "NCT00000001 ALFA: a b; same team, arms and outcome"},
		{"same acronym, arms and outcome", []Telling{trial, tell("b", "doi=10.1/b", "name=Alfa", "arms=sdm/mi_cbt", "outcome=opioid_dose")}, "NCT00000001 ALFA: a b; same team, arms and outcome"},

		{"an acronym in the text of one, arms, outcome and number", []Telling{trial, tell("b", "doi=10.1/b", "name=Roe 2020", "alias=Alfa", "arms=sdm/mi_cbt", "outcome=opioid_dose", "n=400")}, "NCT00000001 ALFA: a b; same team, arms and outcome"},
		{"an acronym in the texts of both, with the number", []Telling{tell("a", "doi=10.1/a", "alias=Alfa", "arms=sdm/mi_cbt", "outcome=opioid_dose", "n=40"), tell("b", "doi=10.1/b", "alias=ALFA", "arms=sdm/mi_cbt", "outcome=opioid_dose", "n=40")}, "doi:10.1/a : a b; same team, arms and outcome"},
		{"an acronym in the text of one, no number", []Telling{trial, tell("b", "doi=10.1/b", "name=Roe 2020", "alias=Alfa", "arms=sdm/mi_cbt", "outcome=opioid_dose")}, "NCT00000001 ALFA: a|doi:10.1/b Roe 2020: b"},
		{"an acronym in the texts of both, numbers that differ", []Telling{tell("a", "doi=10.1/a", "alias=Alfa", "arms=sdm/mi_cbt", "outcome=opioid_dose", "n=40"), tell("b", "doi=10.1/b", "alias=ALFA", "arms=sdm/mi_cbt", "outcome=opioid_dose", "n=90")}, "doi:10.1/a : a|doi:10.1/b : b"},

		{"an acronym, the number and a treatment of one arm", []Telling{trial, tell("b", "title=News of a trial", "name=ALFA", "arms=mi_cbt/placebo", "outcome=falls", "n=400")}, "NCT00000001 ALFA: a b; same team, arms and outcome"},
		{"an acronym, the number in all and a treatment of one arm", []Telling{trial, tell("b", "title=News of a trial", "name=ALFA", "arms=mi_cbt/placebo", "total=400")}, "NCT00000001 ALFA: a b; same team, arms and outcome"},
		{"an acronym, the number analyzed and a treatment of one arm", []Telling{trial, tell("b", "title=News of a trial", "name=ALFA", "arms=mi_cbt/placebo", "analyzed=400")}, "NCT00000001 ALFA: a b; same team, arms and outcome"},
		{"an acronym and the number, and only placebo in common", []Telling{tell("a", "title=News", "name=BETA", "arms=yoga/placebo", "n=400"), tell("b", "name=BETA", "arms=sdm/placebo", "n=400")}, "a.s1 BETA: a|b.s1 BETA: b"},
		{"a title and the arms, one without identifiers", []Telling{trial, tell("b", "arms=mi_cbt/sdm")}, "NCT00000001 ALFA: a b; same report"},
		{"a title and the number, one without identifiers", []Telling{trial, tell("b", "arms=talk/walk", "n=400")}, "NCT00000001 ALFA: a b; same report"},
		{"a short title and the arms", []Telling{tell("a", "title=A trial of care", "arms=mi_cbt/sdm"), tell("b", "title=A trial of care", "arms=mi_cbt/sdm")}, "a.s1 : a|b.s1 : b"},
		{"a title and the arms, two DOIs", []Telling{trial, tell("b", "doi=10.1/b", "arms=mi_cbt/sdm")}, "NCT00000001 ALFA: a|doi:10.1/b : b"},

		{"a title alone", []Telling{tell("a", "doi=10.1/a"), tell("b", "doi=10.1/b")}, "doi:10.1/a : a|doi:10.1/b : b"},
		{"a title and a year without authors", []Telling{tell("a"), tell("b")}, "a.s1 : a|b.s1 : b"},
		{"one title, year and author in two files", []Telling{tell("a", "team=Roe R", "name=Roe 2020"), tell("b", "team=Roe R", "doi=10.1/b")}, "doi:10.1/b Roe 2020: a b; same report"},
		{"one title, year and author, but two DOIs", []Telling{tell("a", "team=Roe R", "doi=10.1/a"), tell("b", "team=Roe R", "doi=10.1/b")}, "doi:10.1/a : a|doi:10.1/b : b"},
		{"an acronym alone", []Telling{trial, tell("b", "doi=10.1/b", "name=ALFA")}, "NCT00000001 ALFA: a|doi:10.1/b ALFA: b"},
		{"authors and a year are no acronym, with a hyphen neither", []Telling{tell("a", "doi=10.1/a", "name=Roe-Doe 2020", "arms=sdm/mi_cbt", "outcome=x y"), tell("b", "doi=10.1/b", "name=Roe-Doe 2020", "arms=sdm/mi_cbt", "outcome=x y")}, "doi:10.1/a Roe-Doe 2020: a|doi:10.1/b Roe-Doe 2020: b"},
		{"an acronym, other arms", []Telling{trial, tell("b", "doi=10.1/b", "name=ALFA", "arms=yoga/usual_care", "outcome=opioid_dose")}, "NCT00000001 ALFA: a|doi:10.1/b ALFA: b"},
		{"same arms and outcome, other team", []Telling{trial, tell("b", "doi=10.1/b", "team=Beta Study Group", "arms=sdm/mi_cbt", "outcome=opioid_dose")}, "NCT00000001 ALFA: a|doi:10.1/b : b"},
		{"same team and arms, other outcome", []Telling{trial, tell("b", "doi=10.1/b", "team=ALFA Study Group", "arms=sdm/mi_cbt", "outcome=sleep_quality", "kind=secondary analysis")}, "NCT00000001 ALFA: a|doi:10.1/b : b"},
		{"the team's next trial of the same arms", []Telling{trial, tell("b", "doi=10.1/b", "team=ALFA Study Group", "arms=sdm/mi_cbt", "outcome=opioid_dose", "kind=trial")}, "NCT00000001 ALFA: a|doi:10.1/b : b"},
		{"registrations that contradict", []Telling{trial, tell("b", "reg=NCT00000002", "name=ALFA", "team=ALFA Study Group", "arms=sdm/mi_cbt", "outcome=opioid_dose")}, "NCT00000001 ALFA: a|NCT00000002 ALFA: b"},
		{"a named parent whose registration contradicts", []Telling{trial, tell("b", "reg=NCT00000002", "parent=ALFA")}, "NCT00000001 ALFA: a|NCT00000002 : b"},
		{"a parent's name that two trials have", []Telling{trial, tell("b", "reg=NCT00000002", "name=ALFA"), tell("c", "doi=10.1/c", "parent=ALFA")}, "NCT00000001 ALFA: a|NCT00000002 ALFA: b|doi:10.1/c : c"},
		{"a named parent with quite other arms", []Telling{trial, tell("b", "doi=10.1/b", "parent=ALFA", "arms=yoga/usual_care")}, "NCT00000001 ALFA: a|doi:10.1/b : b"},
		{"other numbers randomized", []Telling{trial, tell("b", "doi=10.1/b", "name=ALFA", "arms=sdm/mi_cbt", "outcome=opioid_dose", "n=120")}, "NCT00000001 ALFA: a|doi:10.1/b ALFA: b"},
		{"placebo is no arm to tell studies by", []Telling{tell("a", "title=News", "name=BETA", "arms=placebo/usual_care", "outcome=x y"), tell("b", "name=BETA", "arms=placebo/usual_care", "outcome=x y")}, "a.s1 BETA: a|b.s1 BETA: b"},
		{"a review of the trial", []Telling{trial, tell("b", "doi=10.1/b", "name=ALFA", "kind=systematic review", "arms=sdm/mi_cbt", "outcome=opioid_dose")}, "NCT00000001 ALFA: a|doi:10.1/b ALFA: b"},
		{"two studies of one report", []Telling{tell("a", "id=s1", "doi=10.1/a"), tell("a", "id=s2", "doi=10.1/a")}, "doi:10.1/a.s1 : a|doi:10.1/a.s2 : a"},
		{
			"a telling that fits two trials equally well joins neither",
			[]Telling{
				trial, tell("b", "reg=NCT00000002", "name=ALFA", "arms=mi_cbt/sdm", "outcome=opioid_dose"),
				tell("c", "name=ALFA", "arms=mi_cbt/sdm", "outcome=opioid_dose"),
			},
			"NCT00000001 ALFA: a|NCT00000002 ALFA: b|c.s1 ALFA: c",
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			if diff := cmp.Diff(c.want, told(c.in, Studies(c.in))); diff != "" {
				t.Errorf("groups (-want +got):\n%s", diff)
			}
			if diff := cmp.Diff(Studies(c.in), Studies(briefs(t, c.in))); diff != "" {
				t.Errorf("groups of what counts of the documents (-of all +of that):\n%s", diff)
			}
			r := rand.New(rand.NewSource(1))
			for range 20 {
				in := append([]Telling(nil), c.in...)
				r.Shuffle(len(in), func(a, b int) { in[a], in[b] = in[b], in[a] })
				if diff := cmp.Diff(c.want, told(in, Studies(in))); diff != "" {
					t.Fatalf("in another order (-want +got):\n%s", diff)
				}
			}
		})
	}
}

// briefs returns tellings of what counts of their documents, as they come back from JSON.
func briefs(t *testing.T, in []Telling) []Telling {
	t.Helper()
	var out []Telling
	for _, x := range in {
		whole := &evidence.Document{Report: *x.Report, Cites: x.Cites, Studies: []evidence.Study{*x.Study}}
		b, err := json.Marshal(Brief(whole))
		if err != nil {
			t.Fatal(err)
		}
		d := &evidence.Document{}
		if err := json.Unmarshal(b, d); err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(Keys(x), Keys(Telling{x.Document, &d.Report, &d.Studies[0], d.Cites})); diff != "" {
			t.Errorf("keys (-of all +of what counts):\n%s", diff)
		}
		out = append(out, Telling{x.Document, &d.Report, &d.Studies[0], d.Cites})
	}
	return out
}

// told writes groups as text.
func told(in []Telling, groups []Group) string {
	var out []string
	for _, g := range groups {
		var docs []string
		for _, m := range g.Members {
			docs = append(docs, in[m].Document)
		}
		line := fmt.Sprintf("%s %s: %s", g.ID, g.Name, strings.Join(docs, " "))
		for _, j := range g.Joins {
			line += "; " + j.Reason
		}
		out = append(out, line)
	}
	return strings.Join(out, "|")
}

func TestEvidenceInWords(t *testing.T) {
	in := []Telling{
		tell("a", "title=Main results of the trial at one year", "name=ALFA", "reg=NCT00000001", "team=ALFA Study Team", "arms=mi_cbt/sdm", "outcome=opioid dose", "kind=trial"),
		tell("b", "team=ALFA Study Team", "arms=mi_cbt/sdm", "outcome=opioid dose", "kind=secondary analysis"),
	}
	got := Studies(in)
	want := "same team (ALFA Study Team), same arms (mi_cbt, sdm) and outcome (opioid dose); no registration number in the second"
	if len(got) != 1 || len(got[0].Joins) != 1 || got[0].Joins[0].Evidence != want {
		t.Fatalf("got %+v, want one group joined by %q", got, want)
	}
	if diff := cmp.Diff(got, Studies(briefs(t, in))); diff != "" {
		t.Errorf("words of what counts of the documents (-of all +of that):\n%s", diff)
	}
	if got[0].Parent != 0 {
		t.Errorf("the parent is %d, want the trial's own report", got[0].Parent)
	}
}

func TestManyTellings(t *testing.T) {
	var in []Telling
	for i := range 20000 {
		in = append(in, tell(fmt.Sprintf("d%05d", i), fmt.Sprintf("reg=NCT%08d", i/2), "team=Big Network", "arms=mi_cbt/sdm", "outcome=opioid_dose", "kind=secondary analysis"))
	}
	if got := len(Studies(in)); got != 10000 {
		t.Errorf("%d groups, want 10000", got)
	}
}

// fleeting hands out tellings that are made anew each time.
type fleeting struct {
	n    int
	make func(i int) Telling
	fail int // which cannot be read
}

func (f fleeting) Len() int { return f.n }

func (f fleeting) Telling(i int) (Telling, error) {
	if i == f.fail {
		return Telling{}, errors.New("it is gone")
	}
	return f.make(i), nil
}

// TestGroupsInLittleRoom compares what comes out where next to nothing may be kept in memory with what comes out where all is.
func TestGroupsInLittleRoom(t *testing.T) {
	pick := func(r *rand.Rand, list ...string) string { return list[r.Intn(len(list))] }
	made := func(i int) Telling {
		r := rand.New(rand.NewSource(int64(i)))
		parts := []string{"id=" + pick(r, "s1", "s2"), "kind=" + pick(r, "trial", "trial", "secondary analysis", "protocol"), "arms=" + pick(r, "mi_cbt/sdm", "placebo/yoga"), "outcome=" + pick(r, "pain", "sleep"), fmt.Sprint("n=", 100+r.Intn(3))}
		for _, p := range []string{
			fmt.Sprint("reg=NCT0000", 1000+r.Intn(400)), fmt.Sprint("doi=10.1000/", r.Intn(700)), fmt.Sprint("name=ALFA", r.Intn(60)),
			fmt.Sprint("parent=ALFA", r.Intn(60)), fmt.Sprint("comments on=10.1000/", r.Intn(700)), fmt.Sprint("team=Group ", r.Intn(90), " Investigators"),
			fmt.Sprint("title=What ", r.Intn(200), " ways of care did for pain in all who were asked to take part"),
		} {
			if r.Intn(3) == 0 {
				parts = append(parts, p)
			}
		}
		return tell(fmt.Sprint("d", i-i%4/3), parts...) // a third of the documents tell of two studies
	}
	var in []Telling
	for i := range 900 {
		in = append(in, made(i))
	}
	want, reasons := Studies(in), map[string]int{}
	for _, g := range want {
		for _, j := range g.Joins {
			reasons[j.Reason]++
		}
	}
	if len(reasons) != 5 {
		t.Errorf("not all reasons are met: %v", reasons)
	}
	for _, bound := range []int{0, 20000} {
		var got []Group
		room := Room{Folder: t.TempDir(), Bound: bound}
		if err := Groups(fleeting{len(in), made, -1}, room, func(g Group) error { got = append(got, g); return nil }); err != nil {
			t.Fatal(err)
		}
		slices.SortFunc(got, func(a, b Group) int { return strings.Compare(a.ID, b.ID) })
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("in a room of %d bytes (-in memory +there):\n%s", bound, diff)
		}
		if err := Groups(fleeting{len(in), made, 777}, room, func(Group) error { return nil }); err == nil {
			t.Error("a telling that cannot be read is not missed")
		}
	}
}
