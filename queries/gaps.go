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
	m := j.mapOf(f.items)
	rows, columns := most(m.byRow, mostMapped), most(m.byColumn, mostMeasured)
	sec, empty := j.mapSection(m, rows, columns)
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
	if len(m.byRow) > len(rows) || len(m.byColumn) > len(columns) {
		a.Cautions = append(a.Cautions, "the map holds the "+itoa(len(rows))+" interventions and "+itoa(len(columns))+" outcomes with the most studies, of "+itoa(len(m.byRow))+" and "+itoa(len(m.byColumn)))
	}
	return nil
}

// evidenceMap is which studies found something on which outcome in whom with what.
type evidenceMap struct {
	cells           map[[2]string]*mapCell
	byRow, byColumn map[string]map[string]bool // the studies of each
}

// mapCell is what is in one cell of the map.
type mapCell struct {
	studies map[string]bool
	kinds   map[evidence.Kind]bool
	items   []*item
}

// letter says what kind of evidence a cell has at best.
func (c *mapCell) letter() string {
	switch {
	case c.kinds[evidence.BetweenArms]:
		return "B"
	case c.kinds[evidence.WithinArm]:
		return "W"
	}
	return "A"
}

// mapOf puts findings into the cells of a map.
func (j *job) mapOf(items []*item) *evidenceMap {
	m := &evidenceMap{cells: map[[2]string]*mapCell{}, byRow: map[string]map[string]bool{}, byColumn: map[string]map[string]bool{}}
	for _, it := range items {
		if !ofIntervention(it) || it.Kind == evidence.VoteCount {
			continue
		}
		outcome := j.mapped(it)
		for _, who := range j.mappedArms(it) {
			c := m.cells[[2]string{who, outcome}]
			if c == nil {
				c = &mapCell{studies: map[string]bool{}, kinds: map[evidence.Kind]bool{}}
				m.cells[[2]string{who, outcome}] = c
			}
			c.studies[it.StudyID], c.kinds[it.Kind] = true, true
			c.items = append(c.items, it)
			m.byRow[who] = put(m.byRow[who], it.StudyID)
			m.byColumn[outcome] = put(m.byColumn[outcome], it.StudyID)
		}
	}
	return m
}

// mapSection lays some rows and columns of a map out, and returns the cells without a study.
func (j *job) mapSection(m *evidenceMap, rows, columns []string) (Section, []string) {
	sec := Section{Title: "Studies with findings, by population and intervention, and outcome", Kind: "gaps", Columns: append([]string{"Population, intervention"}, columns...), Note: "B: arms compared; W: change within an arm only; A: values of single arms only; –: no study here"}
	var empty []string
	for _, r := range rows {
		row := Row{Cells: []string{r}, Findings: []Finding{}}
		for _, c := range columns {
			x := m.cells[[2]string{r, c}]
			if x == nil {
				row.Cells = append(row.Cells, "–")
				empty = append(empty, r+": "+c)
				continue
			}
			row.Cells = append(row.Cells, itoa(len(x.studies))+" "+x.letter())
			row.Findings = append(row.Findings, j.findings(x.items)...)
		}
		sec.Rows = append(sec.Rows, row)
	}
	return sec, empty
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
