package queries

import (
	"slices"
	"strings"

	"github.com/picograph/picograph/graph/evidence"
	"github.com/picograph/picograph/queries/syntax"
)

// evidence answers a query for interventions, findings or predictors.
func (j *job) evidence(noun string, where syntax.Condition) error {
	j.answer.Reading = readMatch(noun, where)
	conds, ok := j.compileAll(where)
	if !ok {
		return nil
	}
	f, err := j.search(conds)
	if err != nil {
		return err
	}
	switch noun {
	case "interventions":
		component := slices.ContainsFunc(conds, func(c *cond) bool { return c.test != nil && c.test.Field == "component" })
		if component && !asksResults(conds) {
			return j.list("interventions", where)
		}
		if len(conds) == 0 {
			return j.list("interventions", where)
		}
		f.items = slices.DeleteFunc(f.items, func(it *item) bool { return !ofIntervention(it) })
		f.near = slices.DeleteFunc(f.near, func(n nearItem) bool { return !ofIntervention(n.item) })
	case "predictors":
		keep := func(it *item) bool { return it.Kind == evidence.Association || it.Kind == evidence.Interaction }
		f.items = slices.DeleteFunc(f.items, func(it *item) bool { return !keep(it) })
		f.near = slices.DeleteFunc(f.near, func(n nearItem) bool { return !keep(n.item) })
	}
	j.show1(f, noun)
	return nil
}

// asksResults reports whether conditions are about results rather than about what was given.
func asksResults(conds []*cond) bool {
	return slices.ContainsFunc(conds, func(c *cond) bool {
		if c.test == nil {
			return true
		}
		switch c.test.Field {
		case "outcome", "direction", "kind", "significant", "p", "measure", "time":
			return true
		}
		return false
	})
}

// asksEffect reports whether conditions ask for what happened to an outcome.
func asksEffect(conds []*cond) bool {
	return slices.ContainsFunc(conds, func(c *cond) bool {
		return c.test != nil && (c.test.Field == "direction" || c.test.Field == "significant")
	})
}

// ofIntervention reports whether a finding says something of an intervention.
func ofIntervention(it *item) bool {
	switch it.Kind {
	case evidence.BetweenArms, evidence.WithinArm, evidence.ArmLevel, evidence.VoteCount:
		return true
	case evidence.InWords:
		return len(it.arms) > 0
	}
	return false
}

// show1 fills the answer from what a search found.
func (j *job) show1(f *found, noun string) {
	a := j.answer
	a.Sections = j.sections(f.items)
	if asksEffect(f.conds) && len(f.items) > 0 && !slices.ContainsFunc(a.Sections, func(s Section) bool { return s.Kind == "better" || s.Kind == "worse" || s.Kind == "differs" }) {
		a.Sections = slices.Insert(a.Sections, 0, Section{Title: "Better than comparator", Kind: "better", Note: "none shown", Columns: []string{}, Rows: []Row{}})
	}
	j.steps()
	j.nearMisses(f)
	a.Cautions = j.cautions(f.items)
	a.Studies = j.studiesOf(f.items)
	if a.Text == "" { // else a step has said it
		a.Text = j.ofUnread(len(f.items)) + j.sentences(f, noun)
	}
	if len(f.items) == 0 && len(a.Near) == 0 {
		a.Status = Empty
	}
}

// nearMisses lists what is close and does not count: a wider population, another comparator, outcome or time.
func (j *job) nearMisses(f *found) {
	items, why := j.nearItems(f)
	counted := map[string]bool{} // documents and studies
	for _, it := range f.items {
		counted[it.StudyID], counted[it.DocumentID] = true, true
	}
	var groups []*nearGroup
	for _, it := range items {
		if strings.HasPrefix(why[it], whyOther) && !counted[it.DocumentID] || it.Kind == evidence.Baseline && why[it] != whyRest {
			continue
		}
		head := studyLabel(it.study) + ", " + outcomeText(it)
		if it.Subgroup && !strings.Contains(why[it], "population: ") {
			head += ", " + evidence.Clip(it.Population.Text, 60)
			why[it] = strings.Replace(why[it], "whole study: ", "another subgroup: ", 1)
		}
		at := slices.IndexFunc(groups, func(g *nearGroup) bool { return g.what == head && g.why == why[it] })
		if at < 0 {
			at = len(groups)
			groups = append(groups, &nearGroup{what: head, why: why[it]})
		}
		g := groups[at]
		g.figures = append(g.figures, j.nearLine(it))
		g.findings = append(g.findings, j.findings([]*item{it})...)
	}
	slices.SortStableFunc(groups, func(a, b *nearGroup) int { // what speaks of what was asked comes first
		return compareBool(!strings.HasPrefix(a.why, whySpeaks), !strings.HasPrefix(b.why, whySpeaks))
	})
	for i, g := range groups {
		if i == mostMisses {
			j.answer.Cautions = append(j.answer.Cautions, itoa(len(groups)-mostMisses)+" more near misses are not listed")
			break
		}
		j.answer.Near = append(j.answer.Near, Near{What: g.what + ": " + strings.Join(g.figures, "; "), Why: g.why, Findings: g.findings})
	}
}

// nearGroup are the near findings of one outcome of one study that do not count for one reason.
type nearGroup struct {
	what, why string
	findings  []Finding
	figures   []string
}

// mostMisses is how many near misses are listed.
const mostMisses = 12

// nearItems returns the near findings, each once and in order, and why each does not count. The values of arms that a finding beside them
// compares are left out.
func (j *job) nearItems(f *found) ([]*item, map[*item]string) {
	items, why := make([]*item, len(f.near)), map[*item]string{}
	for i, n := range f.near {
		items[i] = n.item
		why[n.item] = n.why
		if len(f.items) > 0 && strings.HasPrefix(n.why, whySpeaks) { // what was asked is told of already
			why[n.item] = whyOutcome + outcomeText(n.item)
			if n.cond != nil && len(n.cond.means) > 0 {
				why[n.item] += ", not " + j.label(n.cond.means[0])
			}
		}
	}
	order(j.lexicon, items)
	items, _ = dedupe(items)
	from := map[string]bool{}
	for _, it := range items {
		for _, id := range it.From {
			if it.Kind == evidence.BetweenArms {
				from[it.DocumentID+id] = true
			}
		}
	}
	return slices.DeleteFunc(items, func(it *item) bool { return it.Kind == evidence.ArmLevel && from[it.DocumentID+it.Finding.Finding.ID] }), why
}

// nearLine prints a finding in a few words.
func (j *job) nearLine(it *item) string {
	var b strings.Builder
	b.WriteString(j.armNames(it, it.arms, it.Arm))
	if len(it.comps) > 0 {
		b.WriteString(" vs " + j.armNames(it, it.comps, it.Comparator))
	}
	parts := []string{}
	if s := j.figures(it); s != "" {
		parts = append(parts, s)
	}
	if p := pvalue(it.P); p != "" && it.P.Of != evidence.PWithin {
		parts = append(parts, p)
	}
	switch {
	case it.Direction == evidence.NoDifference && it.Kind == evidence.BetweenArms:
		if len(parts) == 0 {
			parts = append(parts, noEstimate(it))
		}
		parts = append(parts, "no difference shown")
	case it.Direction == evidence.NoDifference && it.Kind == evidence.Interaction:
		parts = append(parts, "no difference shown")
	case it.Direction == evidence.NoDifference && it.Kind == evidence.Association:
		parts = append(parts, "no association shown")
	case it.Direction == evidence.NoDifference:
		parts = append(parts, "no change")
	case len(parts) == 0 && it.Direction != evidence.NotStated && it.Direction != "":
		parts = append(parts, string(it.Direction)+", in words only")
	case len(parts) == 0:
		parts = append(parts, quote(it))
	}
	if b.Len() > 0 {
		b.WriteString(" ")
	}
	b.WriteString(strings.Join(parts, ", "))
	return b.String()
}

// studiesOf lists the studies behind findings, each once.
func (j *job) studiesOf(items []*item) []Study {
	var out []Study
	seen := map[string]bool{}
	for _, it := range items {
		if !seen[it.StudyID] {
			seen[it.StudyID] = true
			out = append(out, Study{studyLabel(it.study), j.studyLine(it.study)})
		}
	}
	return out
}

// caution is one thing that a reader of findings has to be told, and when.
type caution struct {
	text  string
	holds func(l *lexicon, items []*item) bool
}

var cautions = []caution{
	{"a report that some of this rests on was retracted: do not rely on it", func(_ *lexicon, items []*item) bool {
		return slices.ContainsFunc(items, func(it *item) bool { return it.Telling.Retracted != "" })
	}},
	{"no arm without an active intervention: a change from baseline cannot be credited to the intervention", func(_ *lexicon, items []*item) bool {
		return slices.ContainsFunc(items, func(it *item) bool {
			return it.Kind == evidence.WithinArm && !hasUntreated(it.study) && !it.st.SecondHand
		})
	}},
	{"subgroup analysis without a test for interaction", func(_ *lexicon, items []*item) bool {
		return slices.ContainsFunc(items, func(it *item) bool { return it.Subgroup && !tested(it) })
	}},
	{"people selected for a high value at the start tend to have a lower one later, whatever is done (regression to the mean)", func(l *lexicon, items []*item) bool {
		return slices.ContainsFunc(items, func(it *item) bool {
			return it.Kind == evidence.WithinArm && it.Subgroup && it.Direction == evidence.Decreased && selectedHigh(l, it)
		})
	}},
	{"interaction not significant: the difference between subgroups is no more than a hypothesis", func(_ *lexicon, items []*item) bool {
		return slices.ContainsFunc(items, func(it *item) bool {
			return it.Kind == evidence.Interaction && (it.Significant != nil && !*it.Significant || it.P.Value.Present() && it.P.Value.Float() >= 0.05)
		})
	}},
	{"secondary analysis", func(_ *lexicon, items []*item) bool {
		return slices.ContainsFunc(items, func(it *item) bool { return it.st.Design.Kind == evidence.KindSecondaryAnalysis })
	}},
	{"exploratory or post hoc analysis", func(_ *lexicon, items []*item) bool {
		return slices.ContainsFunc(items, func(it *item) bool { return it.Analysis != "" })
	}},
	{"of some comparisons it could not be read which arm they favour: see their sentences", func(_ *lexicon, items []*item) bool {
		return slices.ContainsFunc(items, func(it *item) bool { return differs(it) && !sided(it) })
	}},
	{"single group: nothing to compare with", func(_ *lexicon, items []*item) bool {
		return slices.ContainsFunc(items, func(it *item) bool {
			return it.st.Design.Model == "single group" || len(it.st.Arms) == 1 && it.st.Design.Kind == evidence.KindTrial
		})
	}},
	{"some of this is known only second-hand, through a document that describes the study", func(_ *lexicon, items []*item) bool {
		return slices.ContainsFunc(items, func(it *item) bool { return it.st.SecondHand })
	}},
	{"counts of studies say how many found something, not how large it was", func(_ *lexicon, items []*item) bool {
		return slices.ContainsFunc(items, func(it *item) bool { return it.Kind == evidence.VoteCount })
	}},
	{"some printed numbers do not add up: see the flags", func(_ *lexicon, items []*item) bool {
		return slices.ContainsFunc(items, func(it *item) bool {
			return slices.ContainsFunc(it.Checks, func(c string) bool { return failed(it, c) })
		})
	}},
	{"some of this was tested for non-inferiority or equivalence, where no difference is what was to be shown: see the sentences", func(_ *lexicon, items []*item) bool {
		return slices.ContainsFunc(items, func(it *item) bool {
			return it.Kind == evidence.BetweenArms && slices.ContainsFunc(it.Passages, func(p evidence.Passage) bool { return speaksOfTest(p.Text, testedFor) })
		})
	}},
	{"a difference that was not shown is not the same as no effect: the interval says what is still possible", func(_ *lexicon, items []*item) bool {
		return slices.ContainsFunc(items, func(it *item) bool {
			return it.Kind == evidence.BetweenArms && it.Direction == evidence.NoDifference && len(it.Estimates) > 0 && it.Estimates[0].CI != nil
		})
	}},
}

// failed reports whether a flag is of numbers that cannot all be right, not of a reading or of what usual practice
// explains.
func failed(it *item, check string) bool {
	return !strings.Contains(check, "explainable") && !slices.ContainsFunc(it.Estimates, func(e evidence.Estimate) bool { return e.Doubt == check })
}

func (j *job) cautions(items []*item) []string {
	var out []string
	for _, c := range cautions {
		if c.holds(j.lexicon, items) {
			out = append(out, c.text)
		}
	}
	if s := j.sideBySide(items); s != "" {
		out = append(out, s)
	}
	if d := doseDoubt(items); d != "" {
		out = append(out, d)
	}
	return append(out, j.answer.Cautions...)
}

// tested reports whether the study that a subgroup finding is of reports a test for interaction with that outcome.
func tested(it *item) bool {
	return slices.ContainsFunc(it.st.Findings, func(f evidence.Finding) bool { return f.Kind == evidence.Interaction })
}

// selectedHigh reports whether a subgroup was chosen by a high value of the outcome itself.
func selectedHigh(l *lexicon, it *item) bool {
	if len(it.pops) == 0 {
		return false
	}
	for _, c := range it.pops[0].Criteria {
		if r, ok := c.Range(); ok && r.Low.Present() && c.Variable != "" && (l.vocab.IsA(it.Outcome.Concept, c.Variable) || strings.Contains(it.Outcome.Concept, c.Variable)) {
			return true
		}
	}
	return false
}

func doseDoubt(items []*item) string {
	for _, it := range items {
		for _, p := range it.pops {
			for _, c := range p.Criteria {
				if c.Doubt != "" && c.Relation.Numeric() {
					return studyLabel(it.study) + ": “" + c.Printed + "” read as " + sign(c.Relation) + c.Value + " " + c.Unit + " (" + c.Doubt + ")"
				}
			}
		}
	}
	return ""
}

func texts(vs []syntax.Value) []string {
	out := make([]string, len(vs))
	for i, v := range vs {
		out[i] = v.Text
		if v.Number.Present() {
			out[i] = v.String()
		}
	}
	return out
}
