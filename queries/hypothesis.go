package queries

import (
	"slices"
	"strings"

	"github.com/picograph/picograph/graph"
	"github.com/picograph/picograph/graph/evidence"
	"github.com/picograph/picograph/queries/syntax"
)

// judgeHypothesis tells whether a comparison was made to show non-inferiority or equivalence.
func judgeHypothesis(it *item, t *syntax.Test) judgement {
	if it.Kind != evidence.BetweenArms {
		return judgement{}
	}
	if slices.ContainsFunc(it.Estimates, func(e evidence.Estimate) bool { return hasValue(t, e.Hypothesis) }) {
		return judgement{verdict: yes}
	}
	for _, p := range it.Passages {
		if speaksOfTest(p.Text, t) {
			return judgement{verdict: yes, label: "its sentence speaks of " + texts(t.Values)[0]}
		}
	}
	return judgement{verdict: near, why: "not told as a test of " + texts(t.Values)[0]}
}

// testedFor is a condition on any of the things that a comparison can be made to show.
var testedFor = syntax.Is("hypothesis", "non-inferiority", "noninferior", "equivalence")

// speaksOfTest reports whether a sentence has one of the values of a condition on what was to be shown.
func speaksOfTest(text string, t *syntax.Test) bool {
	said := strings.ReplaceAll(strings.ToLower(text), "-", "")
	return slices.ContainsFunc(t.Values, func(v syntax.Value) bool {
		return strings.Contains(said, strings.ReplaceAll(strings.ToLower(v.Text), "-", ""))
	})
}

// saysTested reports whether the text of a design or a title has one of these values.
func saysTested(text string, t *syntax.Test) bool {
	return slices.ContainsFunc(t.Values, func(v syntax.Value) bool {
		return strings.Contains(strings.ReplaceAll(key(text), " ", ""), strings.ReplaceAll(key(v.Text), " ", ""))
	})
}

// studyTests reports whether a study made a comparison to show something, or says so of its design.
func studyTests(s *graph.Study, t *syntax.Test) bool {
	for _, tl := range s.Tellings {
		for i := range tl.Study.Findings {
			f := &tl.Study.Findings[i]
			if slices.ContainsFunc(f.Estimates, func(e evidence.Estimate) bool { return hasValue(t, e.Hypothesis) }) {
				return true
			}
			if f.Kind == evidence.BetweenArms && slices.ContainsFunc(f.Passages, func(p evidence.Passage) bool { return speaksOfTest(p.Text, t) }) {
				return true
			}
		}
		title := ""
		if r := telledReport(tl); r != nil {
			title = r.Title
		}
		if saysTested(tl.Study.Design.Text+" "+title, t) {
			return true
		}
	}
	return false
}

// hypothesisOf returns what a trial of a design is made to show, "" where its design does not say.
func hypothesisOf(design string) string {
	switch d := strings.ReplaceAll(key(design), " ", ""); {
	case strings.HasPrefix(d, "noninferiority"):
		return "non-inferiority"
	case strings.HasPrefix(d, "equivalence"):
		return "equivalence"
	}
	return ""
}
