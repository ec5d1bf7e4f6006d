package extract

import (
	"slices"
	"strings"

	"github.com/picograph/picograph/graph/evidence"
	"github.com/picograph/picograph/graph/vocab"
	"github.com/picograph/picograph/loader/annotate"
	"github.com/picograph/picograph/loader/document"
)

// tell makes the findings of a clause: first the numbers, each by what it is a number of; then what P values and words
// say beyond them.
func (f *finder) tell(c *clause) {
	f.before = len(f.found)
	if f.baselines(c); f.onlyBaseline(c) {
		return
	}
	if f.comparesAtStart(c) {
		f.atStart(c)
		return
	}
	f.splitChange(c)
	effects, values := f.sorted(c)
	told := f.values(c, values, len(effects) > 0)
	f.effects(c, effects, told)
	f.inEvery(c, told)
	f.noneInAny(c, told)
	if len(effects) > 0 {
		return
	}
	switch compared := f.compared(c, told); {
	case changesTested(told): // they are told with their numbers
	case !compared && len(f.t.study.Arms) > 1 && (len(c.ps) > 0 || len(told) == 0 && c.telling.claims()) && f.assigns() && (f.startToEnd(c) || f.eachItsOwn(c)):
		f.changes(c)
	case !compared && len(told) == 2 && len(c.ps) == 1 && len(f.t.study.Arms) < 2 && c.telling.noDifference && c.compare.Len() > 0:
		f.inWords(c) // of two sides, of which no arm is known: the shares alone would not say that they are alike
	case len(told) > 0 || compared && !c.telling.similarChange:
	case !compared && len(c.ps) > 0 && len(f.t.study.Arms) > 1 && f.assigns() && f.ofChange(c, nil, nil):
		f.changes(c)
	case len(c.ps) > 0 && len(f.t.study.Arms) == 1 && f.assigns() && f.sinceStart(c) && c.telling.change:
		f.changes(c)
	default:
		f.inWords(c)
	}
}

// sorted returns the numbers of a clause that compare arms, and those of one arm.
func (f *finder) sorted(c *clause) (effects, values []annotate.Item) {
	for _, it := range c.results {
		it = f.asMeant(c, it)
		if f.relative(c, it) || f.ofLimit(c, it) || f.ofParts(c, it) {
			continue
		}
		if it.Kind == annotate.Effect && comparesArms(it) {
			effects = append(effects, it)
		} else {
			values = append(values, it)
		}
	}
	return effects, values
}

// asMeant returns a number as what the words of its clause make of it: a difference between arms of what looks like a value of one.
func (f *finder) asMeant(c *clause, it annotate.Item) annotate.Item {
	if f.actsOn(c, it) {
		it.Kind = annotate.Effect
	}
	if f.protects(c, it) {
		it.Kind, it.Estimate.Measure = annotate.Effect, "percent change"
		it.Estimate = percentAsValue(it.Estimate)
		it.Estimate.Unit = "%"
	}
	if f.differenceOf(c, it) {
		it.Kind, it.Estimate.Measure = annotate.Effect, "MD"
		it.Estimate = meanAsValue(it.Estimate)
	}
	if more := f.byHowMuch(c, it); more || f.isDifference(c, it) {
		if it.Kind = annotate.Effect; !more || !f.saidLess(c, it) {
			it.Estimate.Measure = "MD"
		}
		it.Estimate = meanAsValue(percentAsValue(it.Estimate))
	}
	if f.percentApart(c, it) {
		it.Kind = annotate.Effect
		it.Estimate = percentAsValue(it.Estimate)
	}
	return it
}

// percentAsValue returns an estimate whose percentage, where it has one, is its value.
func percentAsValue(e evidence.Estimate) evidence.Estimate {
	if e.Percent.Present() {
		e.Value, e.Percent, e.Unit = e.Percent, "", "%"
	}
	return e
}

// meanAsValue returns an estimate whose mean is its value where it has no other.
func meanAsValue(e evidence.Estimate) evidence.Estimate {
	if !e.Value.Present() {
		e.Value, e.Mean = e.Mean, ""
	}
	return e
}

// changesTested reports whether all that was told with numbers are changes within arms with P values of their own.
func changesTested(told []*toldFinding) bool {
	return len(told) > 0 && !slices.ContainsFunc(told, func(d *toldFinding) bool { return d.Kind != evidence.WithinArm || d.P.Printed == "" })
}

// relative reports whether a percentage says by how much one side was above or below the other, beside the estimate of the
// same: "47% fewer visits (rate ratio, 0.53)". It is no share of an arm, nor is "fell by 2.4 units more than" a mean.
func (f *finder) relative(c *clause, it annotate.Item) bool {
	if it.Kind == annotate.Moment && strings.Contains(f.r.doc.At(it.Span), " by ") {
		ws := clauseWords(f.r.words(f.r.doc.Sentences[c.sentence].Span), document.Span{Start: it.End, End: f.r.doc.Sentences[c.sentence].End})
		return len(ws) > 1 && (ws[0].lower == "more" || ws[0].lower == "less") && ws[1].lower == "than"
	}
	if it.Kind != annotate.Percent || it.Estimate.Measure != "percent change" {
		return false
	}
	if i := slices.IndexFunc(c.words, func(w word) bool { return w.Start >= it.End }); i < 0 || !comparative(c.words[i].lower) {
		return false
	}
	return slices.ContainsFunc(c.results, func(o annotate.Item) bool { return o.Kind == annotate.Effect && comparesArms(o) })
}

// ofParts reports whether a count is of the parts of an instrument or of outcomes, and of nobody: "on 3 of the 4 subscales".
func (f *finder) ofParts(c *clause, it annotate.Item) bool {
	if it.Kind != annotate.Count || !it.Estimate.Total.Present() || it.Estimate.Percent.Present() {
		return false
	}
	i := slices.IndexFunc(c.words, func(w word) bool { return w.Start >= it.End })
	for k := i; k >= 0 && k < len(c.words) && k < i+2; k++ {
		if partNouns[c.words[k].lower] || measuredNouns[c.words[k].lower] {
			return true
		}
		if !isLetter(c.words[k].lower[:1]) || phraseStops[c.words[k].lower] || finiteVerbs[c.words[k].lower] {
			return false
		}
	}
	return false
}

// measuredNouns name what is measured, of which a study may have many.
var measuredNouns = setOf("item", "items", "scales", "outcomes", "measures", "parameters", "variables", "components", "symptoms", "tests", "scores", "questions")

// onlyMay reports whether "may" or "might" stands before what a clause claims.
func (f *finder) onlyMay(c *clause, at document.Span) bool {
	return slices.ContainsFunc(c.words, func(w word) bool {
		return w.depth == 0 && w.End <= at.Start && (w.lower == "may" || w.lower == "might")
	})
}

// isDifference reports whether an unnamed number with an interval is the difference between arms: the clause speaks of
// what lies between them, and names no arm that it could be of.
func (f *finder) isDifference(c *clause, it annotate.Item) bool {
	unnamed := it.Kind == annotate.Value || it.Kind == annotate.Moment || it.Kind == annotate.Effect && !comparesArms(it)
	if it.Kind == annotate.Value && len(f.t.study.Arms) > 1 && it.Estimate.CI != nil && it.Estimate.CI.Low.Negative() && !it.Estimate.CI.High.Negative() && f.moreThan(c, it) {
		return true
	}
	if !unnamed || it.Estimate.CI == nil || it.Estimate.Before != nil || len(f.t.study.Arms) < 2 {
		return false
	}
	return f.tellsEffect(c, it) || (c.telling.between || f.wentAhead(c)) && len(f.singleArms(c)) == 0
}

// tellsEffect reports whether a clause announced the effect of the intervention, which a number in brackets then gives: "intervention effects were
// found for pain (-1.2, 95% CI -2.0 to -0.4)".
func (f *finder) tellsEffect(c *clause, it annotate.Item) bool {
	for i, w := range c.words {
		if i > 0 && w.End <= it.Start && (w.lower == "effect" || w.lower == "effects") {
			if f.r.vocab.Listed(vocab.WhatHasEffect, c.words[i-1].lower) {
				return inBrackets(c.words, it.Span)
			}
		}
	}
	return false
}

// wentAhead reports whether the clause before, in the same sentence, said that one arm changed more than the other, by how much
// this one goes on to tell: "A had larger reductions; the change in pain was -0.4 point (95% CI, ...)".
func (f *finder) wentAhead(c *clause) bool {
	b := f.last
	if len(c.arms) == 0 && f.ahead == c.sentence && f.ahead > 0 {
		return true
	}
	if b == nil || b.sentence != c.sentence || b.Start == c.Start || len(c.arms) > 0 || len(f.singleArms(b)) != 1 || len(b.results) > 0 {
		return false
	}
	if slices.ContainsFunc(b.words, func(w word) bool { return w.depth == 0 && comparative(w.lower) }) {
		f.ahead = c.sentence
		return true
	}
	return false
}

// moreThan reports whether a number with an interval on both sides of zero says by how much one side was above the other:
// "cost more than usual care (£188, 95% CI -£125 to £501)", "a small benefit in QALYs (0.03, 95% CI -0.01 to 0.07)".
func (f *finder) moreThan(c *clause, it annotate.Item) bool {
	if c.compare.Len() > 0 && !inBrackets(c.words, c.compare) {
		return it.Start > c.compare.End && len(c.results) == 1 && strings.Contains(strings.ToLower(f.r.doc.At(c.compare)), "than")
	}
	return len(f.singleArms(c)) == 0 && slices.ContainsFunc(c.words, func(w word) bool {
		return w.End <= it.Start && (w.lower == "benefit" || w.lower == "advantage")
	})
}

// comparesArms reports whether an effect is one of two groups; a mean change is of one.
func comparesArms(it annotate.Item) bool {
	switch it.Estimate.Measure {
	case "mean change", "mean", "median", "proportion", "count", "rate":
		return false
	}
	return true
}

// base returns a finding with what the clause says of all its findings.
func (f *finder) base(c *clause, kind evidence.Kind, outcome evidence.OutcomeRef) evidence.Finding {
	at, listed := f.timeInList(c, outcome)
	if !listed {
		at = c.time
	}
	if at.Text == "" {
		at = f.announced(outcome)
	}
	return evidence.Finding{
		Kind: kind, Outcome: outcome, Population: c.population, Subgroup: c.subgroup,
		Timepoint: at, Passages: []evidence.Passage{f.r.passage(c.sentence)},
	}
}

// announced returns the time at which the study said that it would measure an outcome.
func (f *finder) announced(outcome evidence.OutcomeRef) evidence.Timepoint {
	for _, o := range f.t.study.Outcomes {
		same := o.Text == outcome.Text || o.Role != "" && o.Role == outcome.Role && o.Concept != "" && o.Concept == outcome.Concept
		if o.Timepoint == "" || !same {
			continue
		}
		s := annotate.Annotate(o.Timepoint, document.Span{End: len(o.Timepoint)}, f.r.vocab)
		for _, it := range s.Items {
			if it.Kind == annotate.Time && it.Measured.Months.Present() {
				return evidence.Timepoint{Text: o.Timepoint, Months: it.Measured.Months}
			}
		}
		return evidence.Timepoint{Text: o.Timepoint}
	}
	return evidence.Timepoint{}
}

// labels returns the labels of arms.
func (f *finder) labels(arms []int) []string {
	var out []string
	for _, i := range arms {
		if i < len(f.t.study.Arms) {
			out = append(out, f.t.study.Arms[i].Label)
		}
	}
	return out
}

// values makes the findings of numbers of single arms, changes within an arm and values of an arm, and returns them.
func (f *finder) values(c *clause, items []annotate.Item, effects bool) []*toldFinding {
	var told []*toldFinding
	results := f.bind(c, items)
	f.attachP(c, results, effects)
	outcomes := f.outcomesOf(c)
	names := f.namesInTurn(c, results, outcomes)
	times := c.timesInTurn(results)
	for i, res := range results {
		kind := f.kindOf(c, res)
		outcome := evidence.OutcomeRef{}
		if len(outcomes) > 0 {
			outcome = outcomes[0]
		}
		if own, ok := names[i]; ok {
			outcome = own
		}
		if kind == evidence.Prevalence && len(names) == 0 {
			outcome = f.prevalent(c, outcome)
		}
		e := f.base(c, kind, outcome)
		if times != nil {
			e.Timepoint = times[i]
		}
		e.Estimates = []evidence.Estimate{f.estimateOf(res.Item, kind, outcome)}
		if res.p != nil {
			e.P = res.p.P
			if e.P.Of == "" && kind == evidence.WithinArm {
				e.P.Of = evidence.PWithin
			}
		}
		arms := res.arms
		if len(arms) == 0 {
			arms = []int{-1}
		}
		for _, a := range arms {
			g := e
			if a >= 0 {
				g.Arm = f.labels([]int{a})
			}
			if kind == evidence.WithinArm {
				f.judge(&g, c)
			}
			told = append(told, f.add(g, nil))
		}
	}
	if times != nil {
		c.atAll()
	}
	return told
}

// namesInTurn returns the outcomes of results that stand beside names of their own, by their place, and makes the clause one of named numbers where
// there are any.
func (f *finder) namesInTurn(c *clause, results []result, outcomes []evidence.OutcomeRef) map[int]evidence.OutcomeRef {
	names := f.listNames(c, results)
	if names == nil && len(outcomes) > 1 && len(outcomes) == len(results) && c.has("respectively") && len(f.singleArms(c)) == 1 {
		names = map[int]evidence.OutcomeRef{} // "A, B and C fell by 64%, 37% and 46%, respectively"
		for i, o := range outcomes {
			names[i] = o
		}
	}
	if _, own := names[0]; !own && len(names) > 0 && len(names) == len(results)-1 && len(outcomes) > 0 {
		names[0] = outcomes[0] // the subject, of whose verb the list goes on: "nausea occurred in 5%, rash in 4%"
	}
	if c.named = len(names) > 0; c.named && len(names) == len(results) {
		c.about = nil
		for i := range results {
			if !slices.Contains(c.about, names[i]) {
				c.about = append(c.about, names[i])
			}
		}
	}
	return names
}

// prevalent returns what a share is the prevalence of: the condition that the clause, or what it shares with others, names
// other than as the people it was looked for in ("OUD patients", "people with asthma"); the outcome itself where a
// concept of a prevalence is named.
func (f *finder) prevalent(c *clause, o evidence.OutcomeRef) evidence.OutcomeRef {
	if o.Concept != "" {
		return o
	}
	text := f.r.doc.Text
	span := f.r.doc.Sentences[c.sentence].Span
	for _, m := range f.r.sentences[c.sentence].Mentions {
		k, ok := f.r.vocab.Concept(m.Concepts[0])
		if !ok || k.Type != vocab.TypeCondition {
			continue
		}
		behind := wordsOf(text, document.Span{Start: m.End, End: min(m.End+24, span.End)})
		before := wordsOf(text, document.Span{Start: max(m.Start-12, span.Start), End: m.Start})
		if len(behind) > 0 && personNouns[behind[0].lower] || len(before) > 0 && before[len(before)-1].lower == "with" {
			continue
		}
		ref := evidence.OutcomeRef{Text: text[m.Start:m.End], Concept: k.ID}
		if ids := f.r.vocab.Named("prevalence of "+k.Label, vocab.TypeOutcome); len(ids) == 1 {
			ref.Concept = ids[0]
		}
		return ref
	}
	return o
}

// kindOf tells what a number of one arm is: a change, a value, or a share of a population that no trial assigned.
func (f *finder) kindOf(c *clause, res result) evidence.Kind {
	e := res.Estimate
	changes := c.telling.change && c.telling.claims() || c.telling.similarChange || f.changeOutcome(c)
	switch {
	case res.Kind == annotate.Change, e.Measure == "mean change":
		return evidence.WithinArm
	case res.Kind == annotate.Value && (changes || e.Value.Negative()):
		return evidence.WithinArm
	case f.percentSince(c, res):
		return evidence.WithinArm
	case changes && e.CI != nil && (e.Mean.Negative() || e.Value.Negative()):
		return evidence.WithinArm // a mean below zero of what fell is the mean change
	case f.signedChange(c, res):
		return evidence.WithinArm
	case len(res.arms) == 0 && len(f.singleArms(c)) == 0 && !f.assigns() && (res.Kind == annotate.Count || res.Kind == annotate.Percent):
		return evidence.Prevalence
	}
	return evidence.ArmLevel
}

// signedChange reports whether a mean is printed with the sign of what its clause says became of it: "fell (-0.3 kg)", "rose (+0.4 kg)".
func (f *finder) signedChange(c *clause, res result) bool {
	m := res.Estimate
	every := slices.ContainsFunc(c.arms, func(m armMention) bool { return m.every })
	if !m.Mean.Present() || len(f.singleArms(c)) > 1 && !every || f.comparesIn(c.sentence) || inBrackets(c.words, c.compare) || comparative(strings.ToLower(f.r.doc.At(c.telling.at))) {
		return false
	}
	switch c.telling.signal {
	case vocab.SignalDown:
		return m.Mean.Negative()
	case vocab.SignalUp:
		return strings.HasPrefix(m.Printed, "+")
	}
	return false
}

// changeOutcome reports whether a clause is about an outcome that is a change from baseline.
func (f *finder) changeOutcome(c *clause) bool {
	return slices.ContainsFunc(c.outcomes, func(m outcomeMention) bool { return strings.HasPrefix(strings.ToLower(m.ref.Text), "change") })
}

// assigns reports whether the study assigns interventions, or at least gives one to a group.
func (f *finder) assigns() bool {
	d := f.t.study.Design
	if evidence.Unassigned(d.Kind) && d.Kind != evidence.KindQualitative {
		return false
	}
	return len(f.t.study.Arms) > 0 || d.Model == "single group" || d.Kind == evidence.KindTrial || d.Kind == evidence.KindSecondaryAnalysis
}

// attachP gives each result of one arm the P value that tests it: where there is one for each result, or one for the
// only result and no effect that it could be of.
func (f *finder) attachP(c *clause, results []result, effects bool) {
	var own []*annotate.Item
	for i := range c.ps {
		if of := c.ps[i].P.Of; of == "" || of == evidence.PWithin {
			own = append(own, &c.ps[i])
		}
	}
	if effects || len(results) == 0 {
		return
	}
	if len(own) != len(results) && !(len(results) == 1 && len(own) == 1) {
		return
	}
	if len(results) > 1 || results[0].Kind == annotate.Change || results[0].Kind == annotate.Value || c.telling.change {
		for i := range results {
			results[i].p = own[i]
		}
	}
}

func first(o []evidence.OutcomeRef) []evidence.OutcomeRef { return o[:min(1, len(o))] }

// allOf returns the outcomes, or one without a name, for what is told of none.
func allOf(o []evidence.OutcomeRef) []evidence.OutcomeRef {
	if len(o) == 0 {
		return []evidence.OutcomeRef{{}}
	}
	return o
}

// usedP reports whether a P value already stands with a finding of the clause.
func (f *finder) usedP(c *clause, p *annotate.Item) bool {
	for i := len(f.found) - 1; i >= f.before && f.tellsOf(f.found[i], c); i-- {
		if f.found[i].P.Printed != "" && f.found[i].P.Printed == p.P.Printed {
			return true
		}
	}
	return false
}

// tellsOf reports whether a finding is of the sentence that a clause stands in.
func (f *finder) tellsOf(d *toldFinding, c *clause) bool {
	return d.Passages[0].Start == f.r.doc.Sentences[c.sentence].Start
}

// inWords makes the findings of a clause without numbers: a change told of each arm, a comparison (which compared
// makes), or a statement.
func (f *finder) inWords(c *clause) {
	if !f.claimsInWords(c) {
		return
	}
	v := c.telling
	if v.predicts {
		f.predicted(c)
		return
	}
	arms := f.armsOf(c)
	kind := evidence.InWords
	switch {
	case !f.assigns() && v.signal != "" && len(arms) == 0 && !v.hedged && f.exposure(c) != "":
		kind = evidence.Association
	case f.assigns() && len(arms) > 0 && (v.change || v.noChange) && !f.untold(c):
		kind = evidence.WithinArm
	}
	for _, o := range allOf(f.outcomesOf(c)) {
		if f.noneOf(c, o) {
			e := f.base(c, evidence.BetweenArms, o)
			e.Direction = evidence.NoDifference
			f.sides(&e, c)
			f.add(e, nil)
			continue
		}
		if kind != evidence.WithinArm {
			f.statement(c, kind, o, arms)
			continue
		}
		if v.similarChange && f.namedAnew(c, o) {
			continue // the reduction is of what stands before it
		}
		for _, a := range arms {
			e := f.base(c, kind, o)
			e.Arm = f.labels([]int{a})
			f.judge(&e, c)
			f.add(e, nil)
		}
	}
}

// claimsInWords reports whether a clause without numbers claims a result that no comparison of arms was made of.
func (f *finder) claimsInWords(c *clause) bool {
	v := c.telling
	if f.t.secondHand && len(c.outcomes) > 0 {
		v.result = true // all that is told of another's study are its results
	}
	switch {
	case v.hedged && f.onlyMay(c, v.at): // what may be is no result
	case f.r.rule(c.Span, intervalTold).MatchString(f.r.doc.At(c.Span)):
	case !v.stated() || f.r.roles[c.sentence] != roleResults || v.enrolment && v.signal == "":
	case v.signal == "" && !v.noChange && !v.noDifference && !v.predicts && len(c.outcomes) == 0:
	case v.compares && len(f.t.study.Arms) > 1 && !v.similarChange:
	default:
		return true
	}
	return false
}

// statement makes the finding of what a clause tells of an outcome in words, or of what it goes along with.
func (f *finder) statement(c *clause, kind evidence.Kind, o evidence.OutcomeRef, arms []int) {
	e := f.base(c, kind, o)
	e.Arm = f.labels(arms)
	if x := f.exposure(c); kind == evidence.Association && !f.goesAlong(c) && o.Text != "" && strings.Contains(x, o.Text) {
		e.Kind = evidence.InWords // it is told of the outcome alone
	} else if kind == evidence.Association {
		if e.Exposure = x; e.Subgroup && e.Exposure != "" && strings.Contains(e.Population.Text, e.Exposure) { // they are those exposed
			e.Population, e.Subgroup = f.t.mainPopulation(), false
		}
	}
	f.judge(&e, c)
	f.add(e, nil)
}

// namedAnew reports whether an outcome stands in a list behind the one that a noun of change is of, with a determiner or a count of its own: "the
// reduction of pain and the proportion of responders".
func (f *finder) namedAnew(c *clause, o evidence.OutcomeRef) bool {
	k := slices.IndexFunc(c.outcomes, func(m outcomeMention) bool { return f.announcedFor(m) == o })
	if k < 0 || !f.namedChange(c) {
		return false
	}
	ws := clauseWords(c.words, document.Span{Start: c.telling.at.End, End: c.outcomes[k].End})
	for i := range ws {
		if i+1 < len(ws) && joint(ws[i].lower) && (determiners[ws[i+1].lower] || shareNouns[ws[i+1].lower]) {
			return true
		}
	}
	return false
}

// untold reports whether nothing says that a document followed anybody through the one thing that it names: it tells of no
// design, and the clause of no change since the start. What such a page says of that thing is told in words.
func (f *finder) untold(c *clause) bool {
	d := f.t.study.Design
	return d.Kind == "" && d.Allocation == "" && d.Model == "" && len(f.t.study.Arms) == 1 && !f.t.study.NRandomized.Present() && !f.t.study.N.Present() && !f.sinceStart(c)
}

// armsOf returns the arms that a clause without numbers tells of, one finding each.
func (f *finder) armsOf(c *clause) []int {
	if n := len(f.t.study.Arms); n == 1 {
		return []int{0}
	}
	var out []int
	for _, m := range c.arms {
		if c.compare.Len() > 0 && m.Start >= c.compare.End && !m.every || leftOut(c.words, m.Span) {
			continue
		}
		for _, a := range m.arms {
			if !slices.Contains(out, a) {
				out = append(out, a)
			}
		}
	}
	slices.Sort(out)
	return out
}
