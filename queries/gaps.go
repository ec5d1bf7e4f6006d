package queries

import (
	"cmp"
	"slices"
	"strings"

	"github.com/picograph/picograph/graph/evidence"
	"github.com/picograph/picograph/queries/syntax"
)

// A map of evidence has at most so many interventions and outcomes, those with the most studies.
const (
	mostMapped   = 24
	mostMeasured = 8
)

// gaps answers with a map of evidence: for every population and intervention, and every outcome, how many studies have
// findings and of which kind; and, apart from it, the pairs of which none has any.
func (j *job) gaps(where syntax.Condition) error {
	a := j.answer
	a.Reading = "map of evidence" + readMatch("", where)
	conds, ok := j.compileAll(where)
	if !ok {
		return nil
	}
	f, err := j.search(conds)
	if err != nil {
		return err
	}
	type cell struct {
		studies map[string]bool
		kinds   map[evidence.Kind]bool
		items   []*item
	}
	cells := map[[2]string]*cell{}
	byRow, byColumn := map[string]map[string]bool{}, map[string]map[string]bool{}
	count := func(m map[string]map[string]bool, k, study string) {
		if m[k] == nil {
			m[k] = map[string]bool{}
		}
		m[k][study] = true
	}
	for _, it := range f.items {
		if !ofIntervention(it) || it.Kind == evidence.VoteCount {
			continue
		}
		outcome := j.mapped(it)
		for _, who := range j.mappedArms(it) {
			k := [2]string{who, outcome}
			if cells[k] == nil {
				cells[k] = &cell{studies: map[string]bool{}, kinds: map[evidence.Kind]bool{}}
			}
			cells[k].studies[it.StudyID], cells[k].kinds[it.Kind] = true, true
			cells[k].items = append(cells[k].items, it)
			count(byRow, who, it.StudyID)
			count(byColumn, outcome, it.StudyID)
		}
	}
	rows, columns := most(byRow, mostMapped), most(byColumn, mostMeasured)
	sec := Section{Title: "Studies with findings, by population and intervention, and outcome", Kind: "gaps", Columns: append([]string{"Population, intervention"}, columns...), Note: "B: arms compared; W: change within an arm only; A: values of single arms only; –: no study here"}
	var empty []string
	for _, r := range rows {
		row := Row{Cells: []string{r}, Findings: []Finding{}}
		for _, c := range columns {
			x := cells[[2]string{r, c}]
			if x == nil {
				row.Cells = append(row.Cells, "–")
				empty = append(empty, r+": "+c)
				continue
			}
			letter := "A"
			switch {
			case x.kinds[evidence.BetweenArms]:
				letter = "B"
			case x.kinds[evidence.WithinArm]:
				letter = "W"
			}
			row.Cells = append(row.Cells, itoa(len(x.studies))+" "+letter)
			row.Findings = append(row.Findings, j.findings(x.items)...)
		}
		sec.Rows = append(sec.Rows, row)
	}
	if len(sec.Rows) == 0 {
		a.Text = j.emptySentence(f)
		return nil
	}
	a.Sections = append(a.Sections, sec)
	if len(empty) > 0 && j.unread == 0 {
		gap := Section{Title: "Without evidence here", Kind: "empty", Columns: []string{"Population, intervention: outcome"}}
		for i, e := range empty {
			if i == 2*mostMapped {
				gap.Note = itoa(len(empty)-i) + " more are not listed"
				break
			}
			gap.Rows = append(gap.Rows, Row{Cells: []string{e}, Findings: []Finding{}})
		}
		a.Sections = append(a.Sections, gap)
	}
	total := len(rows) * len(columns)
	if j.unread > 0 {
		a.Text = j.ofUnread(len(f.items)) + itoa(total-len(empty)) + " of " + itoa(total) + " pairs of an intervention and an outcome have a study among them. An empty cell says nothing of what was not read."
		return nil
	}
	a.Text = "Of " + itoa(total) + " pairs of an intervention and an outcome, " + itoa(total-len(empty)) + " have a study here and " + itoa(len(empty)) + " have none. An empty cell says that nothing is loaded, not that nothing exists."
	if len(byRow) > len(rows) || len(byColumn) > len(columns) {
		a.Cautions = append(a.Cautions, "the map holds the "+itoa(len(rows))+" interventions and "+itoa(len(columns))+" outcomes with the most studies, of "+itoa(len(byRow))+" and "+itoa(len(byColumn)))
	}
	return nil
}

// most returns the keys with the most studies, at most n, sorted by that and then by name.
func most(m map[string]map[string]bool, n int) []string {
	var out []string
	for k := range m {
		out = append(out, k)
	}
	slices.SortFunc(out, func(a, b string) int { return cmp.Or(cmp.Compare(len(m[b]), len(m[a])), strings.Compare(a, b)) })
	return out[:min(n, len(out))]
}

// mapped is the outcome under which a finding stands in the map: the broadest concept below the families, else its text.
func (j *job) mapped(it *item) string {
	id := it.Outcome.Concept
	for range 8 {
		c, ok := j.vocab.Concept(id)
		if !ok {
			return lowerFirst(evidence.Clip(cmp.Or(it.Outcome.Text, "not named"), 40))
		}
		next := ""
		for _, b := range c.Broader {
			if o, ok := j.vocab.Concept(b); ok && o.Type == c.Type {
				next = b
				break
			}
		}
		if next == "" {
			return lowerFirst(c.Label)
		}
		id = next
	}
	return lowerFirst(j.conceptLabel(id))
}

// mappedArms are the population and the intervention under which a finding stands in the map.
func (j *job) mappedArms(it *item) []string {
	who := "people not described"
	for _, p := range it.pops {
		if len(p.Conditions) > 0 {
			who = lowerFirst(j.conceptLabel(p.Conditions[0]))
			break
		}
	}
	if it.Subgroup {
		who += ", " + j.populationText(it)
	}
	var out []string
	for _, a := range slices.Concat(it.arms, it.comps) {
		if untreated(a.Role) {
			continue
		}
		what := j.armName(it.study, a)
		if len(a.Interventions) > 0 {
			what = lowerFirst(j.conceptLabel(a.Interventions[0]))
		}
		out = appendNew(out, who+": "+what)
	}
	return out
}
