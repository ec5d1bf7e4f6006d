package extract

import (
	"slices"
	"strings"

	"github.com/picograph/picograph/graph/evidence"
	"github.com/picograph/picograph/graph/vocab"
	"github.com/picograph/picograph/loader/annotate"
	"github.com/picograph/picograph/loader/document"
)

// Some comparisons are told by one number, or by none: how much less one side had, and that no side had any.

// byHowMuch reports whether a number says by how much one side differs from the other: "was 0.7% lower (95% CI 0.5 to 0.8) than
// in B", "with mean differences from B of -31 (95% CI -56 to -6)".
func (f *finder) byHowMuch(c *clause, it annotate.Item) bool {
	if k := f.t.study.Design.Kind; (k == evidence.KindSystematicReview || k == evidence.KindMetaAnalysis) && it.Kind == annotate.Value && it.Estimate.CI != nil && inBrackets(c.words, it.Span) && c.telling.signal != "" && !c.telling.negated {
		return true // pooled: "exercise reduced pain (12 points; 95% CI, 10 to 15)"
	}
	if len(f.t.study.Arms) < 2 || it.Kind != annotate.Value && it.Kind != annotate.Percent && it.Kind != annotate.Change || c.compare.Len() == 0 || inBrackets(c.words, c.compare) || it.Estimate.CI == nil {
		return false
	}
	if strings.EqualFold(f.r.doc.At(c.compare), "from") {
		return it.Start > c.compare.End
	}
	return it.Start < c.compare.Start && f.saidLess(c, it)
}

// differenceOf reports whether a number is called the difference of the values that two arms have before it: "was 1.5 L with A and 1.4 L
// with B, a difference of 0.1 L".
func (f *finder) differenceOf(c *clause, it annotate.Item) bool {
	if it.Kind != annotate.Moment && it.Kind != annotate.Value || len(f.singleArms(c)) < 2 {
		return false
	}
	i := slices.IndexFunc(c.words, func(w word) bool { return w.Start >= it.Start })
	before := 0
	for _, o := range c.results {
		if o.End <= it.Start {
			before++
		}
	}
	return i > 1 && before == 2 && c.words[i-1].lower == "of" && c.words[i-2].lower == "difference"
}

// saidLess reports whether a comparative stands behind a number, and lets the clause claim what it says: the number is an
// amount, and its sign tells nothing.
func (f *finder) saidLess(c *clause, it annotate.Item) bool {
	m := lessByMatch.FindStringSubmatch(f.r.doc.At(document.Span{Start: it.Start, End: min(it.Start+40, c.End)}))
	if m == nil {
		return false
	}
	if c.telling.signal == "" {
		if c.telling.signal = vocab.SignalDown; m[1] == "higher" || m[1] == "more" || m[1] == "greater" || m[1] == "longer" {
			c.telling.signal = vocab.SignalUp
		}
		c.telling.compares = true
	}
	return true
}

// lessByMatch matches a number that a comparative follows.
var lessByMatch = rules.New(`(?i)^[-−+]?\d[\d.·]*\s?(?:%|percentage points?|[^\s\d]{1,9})?\s(lower|higher|less|more|greater|fewer|shorter|longer)\b`)

// noneInAny makes the comparison that "there were no deaths in either group" tells: the arms do not differ.
func (f *finder) noneInAny(c *clause, told []*toldFinding) {
	n := len(f.t.study.Arms)
	if n < 2 || len(told) != n || !slices.ContainsFunc(c.arms, func(m armMention) bool { return m.every }) {
		return
	}
	for _, d := range told {
		if e := d.Estimates[0]; d.Kind != evidence.ArmLevel || len(d.Arm) != 1 || e.Events != "0" || e.Printed != told[0].Estimates[0].Printed {
			return
		}
	}
	e := f.base(c, evidence.BetweenArms, told[0].Outcome)
	e.Direction = evidence.NoDifference
	f.sides(&e, c)
	f.add(e, told)
}

// noneOf reports whether a clause says of an unwanted event that no group had it: "no side-effects were seen in any group".
func (f *finder) noneOf(c *clause, o evidence.OutcomeRef) bool {
	ws := withoutAdverbial(c.plain())
	for len(ws) > 1 && (ws[0].lower == "there" || ws[0].lower == "were" || ws[0].lower == "was") {
		ws = ws[1:]
	}
	return len(ws) > 0 && ws[0].lower == "no" && len(f.t.study.Arms) > 1 && c.telling.signal == "" && f.better(o) == vocab.Lower && f.r.vocab.IsA(o.Concept, "adverse_events") &&
		slices.ContainsFunc(c.arms, func(m armMention) bool { return m.every })
}

// estimateOf returns an item's estimate in the form of its finding's kind. The amount of an opioid dose is one a day; in
// milligrams without a drug it is presumed to be of morphine equivalents.
func (f *finder) estimateOf(it annotate.Item, kind evidence.Kind, o evidence.OutcomeRef) evidence.Estimate {
	e := it.Estimate
	if kind == evidence.WithinArm && (e.Measure == "" || e.Measure == "mean" && e.Before == nil && e.Value.Present()) {
		e.Measure = "mean change"
	}
	if kind == evidence.WithinArm && it.Kind == annotate.Percent && e.Measure == "mean change" {
		e.Value, e.Percent, e.Unit = e.Percent, "", "%" // "-12%": of what it was, or of what is counted in percent
	}
	if kind == evidence.WithinArm && e.Before == nil && e.Mean.Present() && !e.Value.Present() {
		e.Measure, e.Value, e.Mean = "mean change", e.Mean, ""
	}
	if kind == evidence.Prevalence && e.Measure == "" {
		e.Measure = "proportion"
	}
	if e.Unit == "%" && e.Percent.Present() {
		e.Unit = ""
	}
	if f.r.vocab.IsA(o.Concept, "opioid_dose") {
		switch e.Unit {
		case "MME":
			e.Unit = unitMME
		case "mg/d", "mg":
			e.Doubt = joinDoubts(e.Doubt, "printed "+e.Unit+"; morphine equivalents presumed")
			e.Unit = unitMME
		}
	}
	return e
}

// unitMME is the unit of an opioid dose: morphine milligram equivalents a day.
const unitMME = "MME/day"

func joinDoubts(a, b string) string {
	if a == "" {
		return b
	}
	return a + "; " + b
}

// actsOn reports whether a change in percent with an interval is what one arm is told to do to an outcome that is a risk, which it can do
// only beside the other: "A reduced the risk of death by 30% (95% CI, 10% to 45%)".
func (f *finder) actsOn(c *clause, it annotate.Item) bool {
	if it.Estimate.Measure != "percent change" || it.Estimate.CI == nil || len(f.t.study.Arms) < 2 || !f.assigns() || f.sinceStart(c) {
		return false
	}
	single, at := f.singleArms(c), c.telling.at
	if len(single) > 1 {
		return false
	}
	acts := slices.ContainsFunc(c.words, func(w word) bool { return at.Contains(w.Span) && finiteVerbs[w.lower] })
	if len(single) == 1 && single[0].End <= at.Start && f.wordsBetween(c, single[0].End, at.Start) <= 2 && acts {
		return slices.ContainsFunc(c.words, func(w word) bool { return w.depth == 0 && w.Start >= at.End && rateWords[w.lower] })
	}
	return (len(single) == 0 || f.behindBy(c, it.End, single[0])) && f.rateFell(c, it.Start)
}

// rateWords name what is reduced by a share of itself between arms.
var rateWords = setOf("risk", "odds", "hazard", "incidence", "likelihood", "rate", "rates", "mortality")

// bodilyRates stand before the rate of something in a body, which is measured in each arm by itself.
var bodilyRates = setOf("heart", "pulse", "respiratory", "breathing", "filtration", "flow", "metabolic", "growth", "sedimentation", "infusion")

// protection is what stands before the share of events that a vaccine or the like kept off, of those without it.
var protection = rules.New(`(?i)\b(?:(?:vaccine|protective) (?:efficacy|effectiveness)|VE|(?:efficacy|effectiveness) against|(?:estimated|overall|an?) (?:efficacy|effectiveness) of)\b[^.;()]*$`)

// protects reports whether a share with an interval is of the events that one arm kept off beside the other: "the efficacy against pneumonia was 72%
// (95% CI, 63 to 79)".
func (f *finder) protects(c *clause, it annotate.Item) bool {
	if it.Kind != annotate.Percent && it.Kind != annotate.Value && it.Kind != annotate.Moment || it.Estimate.CI == nil || len(f.t.study.Arms) < 2 || !f.assigns() {
		return false
	}
	percent := it.Estimate.Unit == "%" || it.Estimate.Percent.Present()
	return percent && protection.MatchString(f.r.doc.At(document.Span{Start: c.Start, End: it.Start}))
}

// rateFell reports whether the sentence of a clause says, before a place, of a rate or a risk that it was reduced or raised: "the incidence of falls was
// reduced by 24% (...) and of fractures by 35% (...)".
func (f *finder) rateFell(c *clause, before int) bool {
	rate := false
	ws := clauseWords(f.r.words(f.r.doc.Sentences[c.sentence].Span), document.Span{Start: f.r.doc.Sentences[c.sentence].Start, End: before})
	for i, w := range ws {
		switch w.lower {
		case "reduced", "decreased", "lowered", "fell", "declined", "increased", "raised", "rose":
			if rate {
				return true
			}
		}
		rate = rate || rateWords[w.lower] && (i == 0 || !bodilyRates[ws[i-1].lower])
	}
	return false
}

// behindBy reports whether an arm stands behind a place as what something came about by, or in whom: "reduced by 24% (...) with A".
func (f *finder) behindBy(c *clause, from int, m armMention) bool {
	i := slices.IndexFunc(c.words, func(w word) bool { return w.End > m.Start })
	for i--; i > 0 && determiners[c.words[i].lower]; i-- {
	}
	return m.Start >= from && i > 0 && (c.words[i].lower == "with" || c.words[i].lower == "by" || c.words[i].lower == "in")
}

// ofLimit reports whether an effect without an interval is a limit of one: "the upper limit for the difference was 0.69".
func (f *finder) ofLimit(c *clause, it annotate.Item) bool {
	if it.Kind != annotate.Effect || it.Estimate.CI != nil {
		return false
	}
	i := slices.IndexFunc(c.words, func(w word) bool { return w.lower == "limit" || w.lower == "bound" })
	return i > 0 && c.words[i].Start < it.End && (c.words[i-1].lower == "upper" || c.words[i-1].lower == "lower" || c.words[i-1].lower == "confidence")
}
