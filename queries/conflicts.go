package queries

import (
	"cmp"
	"slices"
	"strings"

	"github.com/picograph/picograph/graph/evidence"
	"github.com/picograph/picograph/queries/syntax"
)

// conflicts answers with findings on the same outcome that disagree: comparisons that went different ways, or shares of the
// same thing that differ. Beside each group it says what differs between the studies; it decides nothing.
func (j *job) conflicts(where syntax.Condition) error {
	a := j.answer
	a.Reading = "findings that disagree" + readMatch("", where)
	conds, ok := j.compileAll(where)
	if !ok {
		return nil
	}
	f, err := j.search(conds)
	if err != nil {
		return err
	}
	items, _ := dedupe(slices.DeleteFunc(slices.Clone(f.items), func(it *item) bool {
		return it.Kind != evidence.BetweenArms && it.Kind != evidence.Prevalence || it.Kind == evidence.BetweenArms && it.Direction == evidence.NotStated
	}))
	var shown []*item
	for _, g := range groupItems(items, func(it *item) string {
		return string(it.Kind) + "\x1f" + cmp.Or(it.Outcome.Concept, key(it.Outcome.Text))
	}) {
		if !disagree(g) {
			continue
		}
		sec := Section{Title: upperFirst(j.outcomeName(g[0])), Kind: "conflict", Columns: columnNames, Note: "what differs: " + j.differing(g)}
		for _, it := range g {
			sec.Rows = append(sec.Rows, Row{Cells: j.cells(it), Findings: j.findings([]*item{it}), study: it.study, item: it})
		}
		a.Sections = append(a.Sections, sec.trimmed())
		shown = append(shown, g...)
	}
	j.steps()
	a.Cautions, a.Studies = j.cautions(shown), j.studiesOf(shown)
	switch n := len(a.Sections); {
	case len(items) == 0:
		a.Text = j.emptySentence(f)
	case n == 0 && j.unread > 0:
		a.Status = Empty
		a.Text = j.ofUnread(len(items)) + "None of them disagree."
	case n == 0:
		a.Status = Empty
		a.Text = "No findings here disagree: on no outcome do comparisons of different studies, or shares, point different ways."
	default:
		var names []string
		for _, s := range a.Sections {
			names = append(names, lowerFirst(s.Title))
		}
		a.Text = j.ofUnread(len(items)) + "Findings disagree on " + inWords(n) + " " + plural("outcome", decimal(n)) + ": " + join(names[:min(n, 6)], "and") + "."
	}
	return nil
}

// outcomeName is what an outcome is called: its concept, else its text.
func (j *job) outcomeName(it *item) string {
	if c, ok := j.vocab.Concept(it.Outcome.Concept); ok {
		return c.Label
	}
	return it.Outcome.Text
}

// disagree reports whether findings of one outcome point different ways: in more than one study, or for different people.
func disagree(g []*item) bool {
	studies, ways := map[string]bool{}, map[string]bool{}
	for _, it := range g {
		studies[it.StudyID] = true
		if it.Kind == evidence.Prevalence {
			for _, e := range it.Estimates[:min(1, len(it.Estimates))] {
				ways[string(e.Percent)] = true
			}
			continue
		}
		d := it.Direction
		if it.Significant != nil && !*it.Significant {
			d = evidence.NoDifference
		}
		if len(it.arms) > 0 && !slices.ContainsFunc(it.arms, func(a *evidence.Arm) bool { return !untreated(a.Role) }) {
			d = opposite(d) // the arm without an active intervention stands first
		}
		ways[string(d)] = true
	}
	return len(studies) > 1 && len(ways) > 1
}

// differing says in what the studies of some findings differ, as far as it is stated.
func (j *job) differing(g []*item) string {
	var out []string
	for _, f := range comparability {
		var values []string
		for _, it := range g {
			v := f.value(j, it)
			if v == "" {
				v = "not stated"
			}
			values = appendNew(values, v)
		}
		if len(values) > 1 {
			if len(values) > 4 {
				values = append(values[:4], "...")
			}
			out = append(out, f.name+" ("+strings.Join(values, " / ")+")")
		}
	}
	if len(out) == 0 {
		return "nothing that is stated"
	}
	return strings.Join(out, "; ")
}

// comparability is what has to be alike before results can stand side by side.
var comparability = []struct {
	name  string
	value func(j *job, it *item) string
}{
	{"population", func(j *job, it *item) string { return j.populationText(it) }},
	{"intervention", func(j *job, it *item) string { return j.armNames(it, it.arms, it.Arm) }},
	{"comparator", func(j *job, it *item) string { return j.armNames(it, it.comps, it.Comparator) }},
	{"time", func(_ *job, it *item) string { return timeText(it) }},
	{"measure", func(_ *job, it *item) string {
		if len(it.Estimates) == 0 {
			return noEstimate(it)
		}
		return it.Estimates[0].Measure
	}},
	{"unit", func(_ *job, it *item) string {
		if len(it.Estimates) == 0 {
			return ""
		}
		return it.Estimates[0].Unit
	}},
	{"design", func(_ *job, it *item) string { return it.st.Design.Allocation }},
}

// sideBySide warns when comparisons of several studies stand in one answer that are not alike.
func (j *job) sideBySide(items []*item) string {
	var between []*item
	studies := map[string]bool{}
	for _, it := range items {
		if it.Kind == evidence.BetweenArms {
			between = append(between, it)
			studies[it.StudyID] = true
		}
	}
	if len(studies) < 2 {
		return ""
	}
	var differ []string
	for _, f := range comparability {
		first := f.value(j, between[0])
		if slices.ContainsFunc(between, func(it *item) bool { return f.value(j, it) != first }) && f.name != "design" {
			differ = append(differ, f.name)
		}
	}
	if len(differ) == 0 {
		return ""
	}
	return "comparisons of " + inWords(len(studies)) + " studies stand side by side here and are neither pooled nor ranked: they differ in " + join(differ, "and")
}
