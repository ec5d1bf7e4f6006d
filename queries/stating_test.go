package queries

import (
	"testing"

	"github.com/picograph/picograph/queries/syntax"
)

// Studies are found by their phase, by who paid for them and by the journal they were published in.
func TestStating(t *testing.T) {
	doc := drawnDocument()
	doc.Report.Journal, doc.Report.Year = "The Journal of Stairs", 2014
	st := &doc.Studies[0]
	st.Design.Phase, st.Sponsor = "IIb", "National Foundation for Steps, grant 12"
	e := engineOver(t, doc)
	for q, want := range map[string]struct {
		query string
		rows  int
	}{
		"trials funded by the NFS":                                         {"studies where design is trial and sponsor is NFS", 1},
		"studies sponsored by the National Foundation for Steps":           {`studies where sponsor is "National Foundation for Steps"`, 1},
		"trials funded by Wellcome":                                        {"studies where design is trial and sponsor is Wellcome", 0},
		"studies published in the Journal of Stairs":                       {`studies where journal is "Journal of Stairs"`, 1},
		"studies published between 2012 and 2016 in the Journal of Stairs": {`studies where year between 2012 and 2016 and journal is "Journal of Stairs"`, 1},
		"phase 2 trials":            {`studies where design is "phase 2"`, 1},
		"phase III trials":          {`studies where design is "phase 3"`, 0},
		"studies where phase is 2b": {"studies where phase is 2b", 1},
		"studies | group by phase":  {"studies | group by phase", 1},
	} {
		a, err := e.Ask(t.Context(), q)
		if err != nil {
			t.Fatal(err)
		}
		if got := readAs(a.Query); got != readAs(want.query) || a.RowCount() != want.rows {
			t.Errorf("%s: %s, %d rows, want %s, %d", q, a.Query, a.RowCount(), want.query, want.rows)
		}
	}
}

// readAs returns a query in its canonical form.
func readAs(query string) string {
	q, err := syntax.Parse(query)
	if err != nil {
		return query
	}
	return q.String()
}

func TestPhaseNamed(t *testing.T) {
	for stated, want := range map[string]string{"II": "2", "Phase IIb": "2b", "I/II": "1/2", "PHASE2": "", "3": "3", "phase 2 and 3": "2/3"} {
		if got := phaseNamed(stated); got != want {
			t.Errorf("%s: %q, want %q", stated, got, want)
		}
	}
}
