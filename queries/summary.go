package queries

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strings"

	"github.com/picograph/picograph/graph/evidence"
	"github.com/picograph/picograph/graph/quantity"
	"github.com/picograph/picograph/queries/syntax"
)

// summary answers with a summary-of-findings table, as guideline panels use it: for each comparison and outcome the number
// of people, the risk or mean with the comparator and with the intervention, the relative effect as printed, the absolute
// effect calculated from the printed counts, and a cell for the certainty, which a person has to judge.
func (j *job) summary(where syntax.Condition) error {
	a := j.answer
	a.Reading = "summary of findings" + readMatch("", where)
	conds, ok := j.compileAll(syntax.Join(where, syntax.Is("kind", "between")))
	if !ok {
		return nil
	}
	f, err := j.search(conds)
	if err != nil {
		return err
	}
	items, _ := dedupe(f.items)
	comparisons := groupItems(items, func(it *item) string {
		return it.StudyID + "\x1f" + j.armNames(it, it.arms, it.Arm) + "\x1f" + j.armNames(it, it.comps, it.Comparator)
	})
	for _, g := range comparisons {
		it := g[0]
		sec := Section{
			Title:   cmp.Or(j.armNames(it, it.arms, it.Arm), "an arm that is not named") + " compared with " + cmp.Or(j.armNames(it, it.comps, it.Comparator), "its comparator") + " (" + studyLabel(it.study) + ")",
			Kind:    "summary",
			Columns: []string{"Outcome", "Time", "Participants", "With comparator", "With intervention", "Relative effect", "Absolute effect (calculated)", "Result", "Certainty"},
		}
		for _, it := range g {
			sec.Rows = append(sec.Rows, j.summaryRow(it))
		}
		a.Sections = append(a.Sections, sec)
	}
	j.nearMisses(f)
	a.Studies = j.studiesOf(items)
	a.Cautions = append(j.cautions(items), "certainty is not assessed: that is for a person, with the documents at hand")
	if len(items) == 0 {
		a.Text = j.emptySentence(f)
		return nil
	}
	a.Text = j.ofUnread(len(items)) + upperFirst(inWords(len(comparisons))) + " " + plural("comparison", decimal(len(comparisons))) + " with " + inWords(len(items)) + " " + plural("result", decimal(len(items))) + "; absolute effects are calculated from printed counts, all else is as printed."
	return nil
}

// summaryRow is one outcome of a comparison.
func (j *job) summaryRow(it *item) Row {
	arm, comp := j.fromEstimate(it, it.Arm), j.fromEstimate(it, it.Comparator)
	participants, with, without, absolute := "", "", "", ""
	if arm != nil && comp != nil {
		with, without = estimate(*arm, evidence.ArmLevel), estimate(*comp, evidence.ArmLevel)
		if d, n, ok := riskDifference(arm, comp); ok {
			participants, absolute = itoa(n), d
			with, without = perThousand(arm)+" ("+with+")", perThousand(comp)+" ("+without+")"
		}
	}
	if participants == "" {
		participants = sizeText(it)
	}
	var relative []string
	for _, e := range it.Estimates {
		if s := shown(it, e); s != "" {
			relative = append(relative, s)
		}
	}
	if p := pvalue(it.P); p != "" {
		relative = append(relative, p)
	}
	if len(relative) == 0 {
		relative = []string{noEstimate(it)}
	}
	result := string(it.Direction)
	if it.Direction == evidence.NoDifference {
		result = "no difference shown"
	}
	return Row{
		Cells:    []string{outcomeText(it), timeText(it), participants, cmp.Or(without, "not reported"), cmp.Or(with, "not reported"), strings.Join(relative, "; "), cmp.Or(absolute, "not calculable"), result, "not assessed"},
		Findings: j.findings([]*item{it}), study: it.study, item: it,
	}
}

// fromEstimate returns the estimate of the arm-level finding that a comparison compares for some arms.
func (j *job) fromEstimate(it *item, labels []string) *evidence.Estimate {
	for _, id := range it.From {
		i := slices.IndexFunc(it.st.Findings, func(f evidence.Finding) bool { return f.ID == id })
		if i < 0 {
			continue
		}
		f := &it.st.Findings[i]
		if f.Kind == evidence.ArmLevel && len(f.Estimates) > 0 && slices.Equal(f.Arm, labels) {
			return &f.Estimates[0]
		}
	}
	return nil
}

// riskDifference returns the difference of two proportions per 1000 people with its 95% confidence interval by Wald's method
// (Cochrane Handbook, version 6, section 6.4.1), and the number of people; false without both counts.
func riskDifference(arm, comp *evidence.Estimate) (string, int, bool) {
	x1, ok1 := arm.Events.Int()
	n1, ok2 := arm.Total.Int()
	x0, ok3 := comp.Events.Int()
	n0, ok4 := comp.Total.Int()
	if !ok1 || !ok2 || !ok3 || !ok4 || n1 <= 0 || n0 <= 0 || x1 > n1 || x0 > n0 {
		return "", 0, false
	}
	p1, p0 := float64(x1)/float64(n1), float64(x0)/float64(n0)
	const z = 1.959964 // the 97.5th percentile of the standard normal distribution
	half := z * math.Sqrt(p1*(1-p1)/float64(n1)+p0*(1-p0)/float64(n0))
	d := p1 - p0
	word := "more"
	if d < 0 {
		word = "fewer"
	}
	per := func(v float64) string { return string(quantity.Round(1000*v, 0)) }
	return fmt.Sprintf("%s %s per 1000 (95%% CI %s to %s)", strings.TrimPrefix(per(d), "-"), word, per(d-half), per(d+half)), n1 + n0, true
}

// perThousand prints a proportion as people in a thousand.
func perThousand(e *evidence.Estimate) string {
	x, _ := e.Events.Int()
	n, _ := e.Total.Int()
	return string(quantity.Round(1000*float64(x)/float64(n), 0)) + " per 1000"
}
