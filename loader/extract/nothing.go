package extract

import (
	"slices"
	"strings"

	"github.com/picograph/picograph/graph/evidence"
	"github.com/picograph/picograph/loader/document"
)

// courseOfStudy are words of the course of a study and of its statistics, which name nothing that was measured: "40 patients
// were treated", "no time effect was noted", "there was a trend".
var courseOfStudy = setOf("study", "studies", "trial", "trials", "included", "inclusion", "treated", "enrolled", "enrollment", "recruited", "recruitment", "analysis", "analyses",
	"considered", "excluded", "measured", "detected", "able", "further", "evidence", "percent", "percentage", "trend", "trends", "interaction", "interactions",
	"effect", "effects", "main", "condition", "size", "post", "hoc", "odds", "factor", "factors", "unchanged", "patient", "patients", "person", "persons", "procedure", "procedures",
	"one", "two", "three", "four", "five", "six", "eligible", "screened", "allocated", "allocation", "randomized", "randomised", "data", "available", "respondents", "equally", "effective",
	"time", "group", "treatment", "difference", "differences", "respectively", "results", "result", "primary", "limitation", "of", "the", "a", "x", "×", "by", "number", "was", "relation", "hand", "lower", "upper", "limit", "limits", "bound", "bounds", "to", "in", "there")

// namesNothing reports whether all words of a name are of the course of a study, so that it names no outcome. A name that the study
// announced is one.
func namesNothing(o evidence.OutcomeRef) bool {
	if o.Concept != "" || o.Role != "" || o.Text == "" {
		return false
	}
	ws := wordsOf(o.Text, document.Span{End: len(o.Text)})
	return !slices.ContainsFunc(ws, func(w word) bool { return !courseOfStudy[w.lower] }) && !timeNames[strings.ToLower(o.Text)]
}

// timeNames are names of outcomes that consist of such words.
var timeNames = setOf("time", "effect", "effects", "number", "number of patients", "primary", "number of procedures", "number of treatments", "treatment effect", "effective", "equally effective")

// concedes is how a sentence takes back what it told of several differences: ", though these differences were not significant".
var concedes = rules.New(`(?i)[,;] ?(?:though|although|but|however),? (?:these|both|all|the|such|none of these|none of the) (?:differences?|changes?|trends?|improvements?|reductions?|increases?|decreases?) (?:was|were|did) (?:not |reach(?:ed)? )[^.;]{0,30}significan`)

// withoutConceded says of the comparisons that a sentence takes back that the arms do not differ, where they have no P value or
// interval of their own.
func (f *finder) withoutConceded(from, i int) {
	if from == len(f.found) || !f.r.matches(i, concedes) {
		return
	}
	no := false
	for _, d := range f.found[from:] {
		if d.Kind != evidence.BetweenArms || d.P.Printed != "" || slices.ContainsFunc(d.Estimates, func(e evidence.Estimate) bool { return e.CI != nil }) {
			continue
		}
		d.Significant, d.Direction = &no, evidence.NoDifference
	}
}

// completing matches what a share of those who stayed to the end is of.
var completing = rules.New(`(?i)\bcomplet(?:ed|ing|ion of) (?:the )?(?:entire |whole )?(?:study|trial)\b`)

// withoutNothing takes away the findings whose outcome names nothing, unless they tell numbers: these keep them, of an outcome that
// is not told.
func (f *finder) withoutNothing() {
	gone := map[*toldFinding]bool{}
	for _, d := range f.found {
		timeEffect := strings.EqualFold(d.Outcome.Text, "time") && d.Direction == evidence.NotStated // "a time effect was noted"
		if !namesNothing(d.Outcome) && !timeEffect || d.Kind == evidence.Baseline || d.Kind == evidence.VoteCount || d.Kind == evidence.Prevalence {
			continue
		}
		if len(d.Estimates) == 0 {
			gone[d] = true
			continue
		}
		d.Outcome.Text = completing.FindString(d.Passages[0].Text)
	}
	if len(gone) > 0 {
		f.found = slices.DeleteFunc(f.found, func(d *toldFinding) bool { return gone[d] })
	}
}
