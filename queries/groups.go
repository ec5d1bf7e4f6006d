package queries

import (
	"maps"
	"slices"
	"strings"

	"github.com/picograph/picograph/graph"
	"github.com/picograph/picograph/queries/syntax"
)

// stating are the fields of studies whose groups can be counted without reading the studies, with the properties that have them:
// the first that a telling has counts.
var stating = map[string][]string{
	"design":  {"pg:allocation", "pg:designKind"},
	"country": {"schema:studyLocation"},
	"setting": {"pg:setting"},
	"phase":   {"pg:phase"},
}

// mostGrouped is from how many studies a group shows where they say what they have in common.
const mostGrouped = 3

// groupMany counts the studies of a large graph by what they state of themselves; false where the query asks for something else.
func (j *job) groupMany(noun string, conds []*cond) (bool, error) {
	by := j.groupedBy()
	if !j.partial || noun != "studies" || by == "" || slices.ContainsFunc(conds, func(c *cond) bool { return c.study == nil || c.test != nil && c.test.Criterion != nil }) {
		return false, nil
	}
	s, err := j.sieve()
	if err != nil {
		return false, err
	}
	in, err := j.meeting(s, conds)
	if err != nil {
		return false, err
	}
	groups, err := s.sets.Groups(j.ctx, in, stating[by]...)
	if err != nil {
		return false, err
	}
	sec := Section{Title: "By " + by, Kind: "statistics", Columns: []string{upperFirst(by), "Count", "Studies"}}
	of := map[string]graph.Set{}
	for _, g := range groups {
		values := []string{g.Value}
		switch by {
		case "country": // a study in several counts in each
			values = strings.Split(g.Value, ", ")
		case "phase":
			values = []string{phaseNamed(g.Value)}
		}
		for _, v := range values {
			of[v] = of[v].Or(g.Studies)
		}
	}
	var out []group
	for _, v := range slices.Sorted(maps.Keys(of)) {
		n := of[v].Len()
		row := Row{Cells: []string{"", itoa(n), itoa(n)}, Findings: []Finding{}}
		studies, err := j.knowAll(s, of[v].Spread(mostGrouped))
		if err != nil {
			return false, err
		}
		for _, st := range studies {
			row.Passages = append(row.Passages, studyPassages(st)...)
		}
		out = append(out, group{v, n, row})
	}
	if len(out) == 0 {
		return false, nil
	}
	sec.Rows = j.inOrder(out, []string{by})
	j.answer.Sections = []Section{sec}
	return true, nil
}

// groupedBy returns the field by which the query counts rows and does nothing else with them, where it is one of stating; else "".
func (j *job) groupedBy() string {
	by := ""
	for _, s := range j.query.Steps {
		switch s.Name {
		case "where":
		case "group":
			if by != "" || s.And != "" || stating[s.By] == nil {
				return ""
			}
			by = s.By
		case "show":
			if by == "" || slices.ContainsFunc(s.Columns, func(c syntax.Column) bool { return c.Statistic != "count" }) || len(s.Columns) != 1 {
				return ""
			}
		default:
			return ""
		}
	}
	return by
}
