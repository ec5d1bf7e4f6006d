package extract

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/picograph/picograph/graph/evidence"
	"github.com/picograph/picograph/graph/quantity"
	"github.com/picograph/picograph/loader/annotate"
	"github.com/picograph/picograph/loader/document"
)

// effects makes the findings of effect measures. Effects that stand side by side and name different measures are
// estimates of one comparison.
func (f *finder) effects(c *clause, items []annotate.Item, told []*toldFinding) {
	outcomes, groups := f.outcomesOf(c), groupedEffects(c, items)
	after := c.Start // where the comparison before ends
	inTurn := f.effectsInTurn(c, outcomes, groups)
	times := c.timesOfEffects(groups)
	behind := f.outcomesBehind(c, groups)
	listed, factors := f.exposuresOf(c, items, groups)
	each := f.armsOfEffects(c, groups)
	for k, group := range groups {
		outcome := evidence.OutcomeRef{}
		switch {
		case listed != nil:
			outcome = listed[k].outcome
		case behind != nil:
			outcome = behind[k]
		case each != nil:
			outcome = f.outcomeOfEach(c, groups[0][0].Start, outcomes)
		case inTurn:
			outcome = outcomes[k]
		case len(groups) > 1:
			outcome = f.outcomeBetween(c, after, group[0].Start, outcomes)
		case len(outcomes) > 0:
			outcome = f.eitherOf(c, c.Start, group[0].Start, outcomes[0])
		}
		from := after
		after = group[len(group)-1].End
		next := c.End
		if k+1 < len(groups) {
			next = groups[k+1][0].Start
		}
		e := f.effect(c, group, outcome, next)
		if each != nil && e.Kind == evidence.BetweenArms {
			e.Arm = f.labels(each[k])
		}
		if times != nil {
			e.Timepoint = times[k]
		}
		if factors {
			f.ofFactor(&e)
		}
		if listed != nil && e.Kind == evidence.Association {
			e.Exposure = listed[k].exposure
			if at := e.Timepoint.Text; at != "" && slices.ContainsFunc(listed, func(x exposed) bool { return strings.Contains(x.exposure, at) }) {
				e.Timepoint = evidence.Timepoint{} // the time is one of the exposures
			}
		}
		if len(groups) > 1 {
			f.ownPopulation(&e, from, group[0].Start)
		}
		f.byValues(&e, c, told)
		if f.turned(&e, c, told) {
			e.Arm, e.Comparator = e.Comparator, e.Arm
		}
		f.bySentence(&e, c)
		f.add(e, told)
	}
}

// armsOfEffects returns the arm that each of several effects is of, where a clause has each in a bracket right behind its own arm and sets
// all against one: "A (MD 1.2) and B (MD 2.3) compared with C"; nil for every other clause.
func (f *finder) armsOfEffects(c *clause, groups [][]annotate.Item) [][]int {
	if len(groups) < 2 || c.compare.Len() == 0 || c.compare.Start < groups[len(groups)-1][0].End {
		return nil
	}
	var out [][]int
	for _, g := range groups {
		open := bracketAround(c.words, g[0].Span)
		at := -1
		for i, m := range c.arms {
			if len(m.arms) == 1 && !m.every && m.End <= open && f.wordsBetween(c, m.End, open) < 2 {
				at = i
			}
		}
		if at < 0 || slices.ContainsFunc(out, func(o []int) bool { return o[0] == c.arms[at].arms[0] }) {
			return nil
		}
		out = append(out, c.arms[at].arms)
	}
	return out
}

// outcomeOfEach returns the outcome of all of several effects of which each has its own arm: that named before them, and of what only an
// analysis is said to have shown that of the finding before.
func (f *finder) outcomeOfEach(c *clause, to int, outcomes []evidence.OutcomeRef) (out evidence.OutcomeRef) {
	for _, m := range c.outcomes {
		if m.End <= to {
			return f.announcedFor(m)
		}
	}
	if len(outcomes) > 0 {
		out = outcomes[0]
	}
	if n := len(f.found); n > 0 && analysisAlone.MatchString(out.Text) && f.found[n-1].Passages[0].Start >= f.r.doc.Sentences[max(0, c.sentence-1)].Start {
		return f.found[n-1].Outcome
	}
	return out
}

// analysisAlone matches the name of an analysis.
var analysisAlone = rules.New(`(?i)^(?:\w+ )?(?:sub-?group |sensitivity |secondary )?analys[ei]s$`)

// ofFactor makes a finding one of what goes along with an outcome, whichever arms and directions the list names: the estimate alone
// tells which way.
func (f *finder) ofFactor(e *evidence.Finding) {
	e.Kind, e.Arm, e.Comparator, e.Modifier = evidence.Association, nil, nil, ""
	if e.P.Of != "" {
		e.P.Of = ""
	}
	e.Direction = f.signOf(e)
	if yes := f.byInterval(e); yes != nil {
		if e.Significant = yes; !*yes {
			e.Direction = evidence.NoDifference
		}
	}
}

// bySentence lets what a sentence told of one arm's change before it says that "the difference between groups was significant
// (mean difference 105)" decide the direction, as such a difference is often printed without its sign.
func (f *finder) bySentence(e *evidence.Finding, c *clause) {
	m := e.Estimates[0]
	if e.Kind != evidence.BetweenArms || e.Direction != evidence.Increased || m.Measure != "MD" || c.telling.signal != "" || !c.telling.between || strings.HasPrefix(m.Printed, "+") {
		return
	}
	for i := len(f.found) - 1; i >= 0 && f.tellsOf(f.found[i], c); i-- {
		if d := f.found[i]; (d.Kind == evidence.WithinArm || d.Kind == evidence.BetweenArms) && d.Outcome == e.Outcome && d.Direction == evidence.Decreased && slices.Equal(d.Arm, e.Arm) {
			e.Direction = evidence.Decreased
			return
		}
	}
}

// outcomesBehind returns the outcomes of several comparisons where each is said directly behind its number: "a rate ratio of
// 1.68 for overdose and 2.28 for falls"; nil where one is not.
func (f *finder) outcomesBehind(c *clause, groups [][]annotate.Item) []evidence.OutcomeRef {
	if len(groups) < 2 {
		return nil
	}
	var out []evidence.OutcomeRef
	for k, g := range groups {
		to := c.End
		if k+1 < len(groups) {
			to = groups[k+1][0].Start
		}
		ws := clauseWords(c.words, document.Span{Start: g[len(g)-1].End, End: to})
		if len(ws) < 2 || ws[0].lower != "for" || ws[0].depth > 0 {
			return nil
		}
		end := slices.IndexFunc(ws, func(w word) bool {
			return w.lower == "and" || w.lower == "," || w.lower == ";" || w.lower == "(" || w.lower == "."
		})
		if end < 0 {
			end = len(ws)
		}
		s, ok := trimPhrase(ws[1:end], c.arms)
		if !ok {
			return nil
		}
		o := f.resolve(s)
		if o.Concept == "" {
			o.Concept = f.r.outcomeConcept(s, s)
		}
		out = append(out, o)
	}
	return out
}

// groupedEffects puts the estimates of a clause that are of one comparison together.
func groupedEffects(c *clause, items []annotate.Item) [][]annotate.Item {
	var groups [][]annotate.Item
	for i := 0; i < len(items); {
		group := []annotate.Item{items[i]}
		for i++; i < len(items) && sameComparison(group, items[i], c); i++ {
			group = append(group, items[i])
		}
		groups = append(groups, group)
	}
	return groups
}

// exposuresOf returns what each estimate of a clause is of where it lists what an outcome goes along with; factors tells that it sets them against
// others whom it does not name.
func (f *finder) exposuresOf(c *clause, items []annotate.Item, groups [][]annotate.Item) (listed []exposed, factors bool) {
	if _, ok := f.notOfArms(c, items); ok || !f.setsArms(c, items) {
		listed = f.exposedEach(c, groups)
	}
	for _, of := range []func(*clause, [][]annotate.Item) []exposed{f.factorsListed, f.oppositeRatios} {
		if each := of(c, groups); each != nil {
			return each, true
		}
	}
	return listed, false
}

// effectsInTurn reports whether a list of outcomes stands before as many comparisons, which are of them in turn: "A, B and C
// differed by 1 (MD ...), 2 (MD ...) and 3 (MD ...)".
func (f *finder) effectsInTurn(c *clause, outcomes []evidence.OutcomeRef, groups [][]annotate.Item) bool {
	if len(outcomes) < 2 || len(outcomes) != len(groups) {
		return false
	}
	return !slices.ContainsFunc(c.outcomes, func(m outcomeMention) bool { return m.Start >= groups[0][0].Start })
}

// outcomeBetween returns the outcome of one of several comparisons in a clause: that named last between the one before and
// it, else what stands there before its bracket, else what the clause is about.
func (f *finder) outcomeBetween(c *clause, from, to int, outcomes []evidence.OutcomeRef) (out evidence.OutcomeRef) {
	if len(outcomes) > 0 {
		out = outcomes[0]
	}
	named := false
	exposure := ""
	if !f.setsArms(c, nil) {
		exposure = f.exposure(c)
	}
	for _, m := range c.outcomes {
		if o := f.announcedFor(m); m.Start >= from && m.End <= to && o.Text != exposure && !(named && oneOf(c, m.Span)) {
			out, named = o, true
		}
	}
	if f.r.vocab.IsA(out.Concept, "adverse_events") {
		if s, ok := f.namedHarm(c, from, to); ok {
			return evidence.OutcomeRef{Text: f.r.doc.At(s), Concept: cmp.Or(f.r.outcomeConcept(s, s), out.Concept)}
		}
	}
	if named {
		return f.eitherOf(c, from, to, out)
	}
	p := phrases{f, c, clauseWords(c.words, document.Span{Start: from, End: to})}
	start := len(p.ws)
	for start > 0 && len(p.ws)-start < 8 && p.nameWord(start-1) && p.ws[start-1].lower != "," && !clauseOpeners[p.ws[start-1].lower] {
		start--
	}
	for start < len(p.ws) && (p.ws[start].lower == "to" || auxiliaries[p.ws[start].lower] || phraseStops[p.ws[start].lower]) {
		start++
	}
	if s, at := p.item(start, len(p.ws)); at >= 0 && (from > c.Start || out.Text == "" && start > 0 && comparative(p.ws[start-1].lower)) {
		return f.resolve(s)
	}
	return out
}

// namedHarm returns the harm that a clause names behind "the most common side effects were", right before its number.
func (f *finder) namedHarm(c *clause, from, to int) (document.Span, bool) {
	ws := clauseWords(c.words, document.Span{Start: from, End: to})
	verb := slices.IndexFunc(ws, func(w word) bool { return w.lower == "were" || w.lower == "was" || w.lower == "included" })
	if verb < 1 || !slices.ContainsFunc(c.outcomes, func(m outcomeMention) bool {
		return m.Start >= from && m.End <= ws[verb].Start && f.r.vocab.IsA(f.announcedFor(m).Concept, "adverse_events")
	}) {
		return document.Span{}, false
	}
	ws = ws[verb+1:]
	for len(ws) > 0 && (ws[len(ws)-1].lower == "," || ws[len(ws)-1].lower == "(" || ws[len(ws)-1].lower == ":") {
		ws = ws[:len(ws)-1]
	}
	if len(ws) == 0 || len(ws) > 3 || slices.ContainsFunc(ws, func(w word) bool {
		return comparative(w.lower) || w.lower == "not" || w.lower == "," || strings.HasSuffix(w.lower, "ly")
	}) {
		return document.Span{}, false
	}
	return trimPhrase(ws, c.arms)
}

// eitherOf returns the outcome of two events that "or" joins before a comparison, "overdose or withdrawal (IRR 1.6)", where
// these are what is named there last; else the outcome that it is given.
func (f *finder) eitherOf(c *clause, from, to int, last evidence.OutcomeRef) evidence.OutcomeRef {
	var in []outcomeMention
	for _, m := range c.outcomes {
		if m.Start >= from && m.End <= to && !inBrackets(c.words, m.Span) {
			in = append(in, m)
		}
	}
	n := len(in)
	if n < 2 || f.r.doc.Text[in[n-2].End:in[n-1].Start] != " or " || f.announcedFor(in[n-1]).Text != last.Text && f.announcedFor(in[n-2]).Text != last.Text {
		return last
	}
	return f.resolve(document.Span{Start: in[n-2].Start, End: in[n-1].End})
}

// ownPopulation gives one of several comparisons in a clause the subgroup that is named between the one before and it: "lower
// among women (HR 0.3) but not among men (HR 0.9)".
func (f *finder) ownPopulation(e *evidence.Finding, from, to int) {
	if from >= to {
		return
	}
	ms := f.t.populationsIn(f.r, document.Span{Start: from, End: to})
	for i := len(ms) - 1; i >= 0; i-- {
		if ms[i].subgroup {
			p := f.t.study.Populations[ms[i].population]
			e.Population, e.Subgroup = evidence.Ref{Text: p.Text, ID: p.ID}, true
			return
		}
	}
}

// turned reports whether a ratio is of the second side of a comparison to the first, as the values of the two show: "60%
// with A and 18% with B (OR 0.11)". Where the values are amounts of a change that is named, "the reduction was 40% with A and 60% with B (RR
// 1.49)", the ratio is of these amounts and the direction of what changed.
func (f *finder) turned(e *evidence.Finding, c *clause, told []*toldFinding) bool {
	if e.Kind != evidence.BetweenArms || len(e.Estimates) == 0 || !ratiosOfShares[e.Estimates[0].Measure] {
		return false
	}
	arm, comparator := valueOf(e.Arm, told), valueOf(e.Comparator, told)
	if arm == nil || comparator == nil || !arm.Percent.Present() || !comparator.Percent.Present() || !e.Estimates[0].Value.Present() {
		return false
	}
	values, ratio := quantity.Compare(arm.Percent, comparator.Percent), quantity.Compare(e.Estimates[0].Value, "1")
	if values*ratio >= 0 || e.Direction == evidence.NoDifference {
		return false
	}
	if len(f.singleArms(c)) == 1 && e.Direction == direction(ratio) && c.telling.signal != "" && comparative(strings.ToLower(f.r.doc.At(c.telling.at))) {
		f.exchange(e, told) // "less frequent in A (15% vs 10%, RR 0.65)": the words and the ratio are of A
		return false
	}
	return e.Direction == direction(ratio) || f.namedChange(c)
}

// exchange gives the values of two arms, whose order only their bracket has, to each other's arm, where their quotient then is the ratio that
// the bracket prints, and says so.
func (f *finder) exchange(e *evidence.Finding, told []*toldFinding) {
	arm, comparator := valueOf(e.Arm, told), valueOf(e.Comparator, told)
	quotient := comparator.Percent.Float() / max(arm.Percent.Float(), 1e-9)
	if r := e.Estimates[0].Value.Float(); r <= 0 || quotient/r > 1.05 || quotient/r < 0.95 {
		return
	}
	for _, d := range told {
		switch {
		case slices.Equal(d.Arm, e.Arm):
			d.Arm = e.Comparator
		case slices.Equal(d.Arm, e.Comparator):
			d.Arm = e.Arm
		}
	}
	e.Checks = append(e.Checks, "the values are printed in the other order than the words and the ratio have; taken by these")
}

// ratiosOfShares are measures that set one share against another.
var ratiosOfShares = setOf("OR", "RR", "rate ratio", "IRR")

// byValues lets what two arms are printed to have reached decide the direction of a hazard ratio, which is of the event
// where the outcome is often the time to it or free of it: "92 h with A and 138 h with B (HR 2.17)", or of a difference without a sign. Words that the hazard ratio bears out stand
// against them.
func (f *finder) byValues(e *evidence.Finding, c *clause, told []*toldFinding) {
	if e.Kind != evidence.BetweenArms || len(e.Estimates) == 0 || e.Estimates[0].Measure != "HR" && !f.unsigned(e, c) || e.Direction != evidence.Increased && e.Direction != evidence.Decreased {
		return
	}
	arm, comparator := valueOf(e.Arm, told), valueOf(e.Comparator, told)
	if arm == nil || comparator == nil || arm.Measure != comparator.Measure {
		return
	}
	x, y := mainNumber(*arm), mainNumber(*comparator)
	if !x.Present() || !y.Present() {
		return
	}
	by := direction(quantity.Compare(x, y))
	if by == evidence.NoDifference || by == e.Direction {
		return
	}
	if e.Estimates[0].Measure != "HR" {
		e.Direction = by
		return
	}
	if v := c.telling; v.signal != "" && !v.negated && v.of(e.Outcome, f) == e.Direction && f.signOf(e) == e.Direction {
		e.Checks = append(e.Checks, fmt.Sprintf("told as %s by the words and the hazard ratio, against the values of the arms, %s and %s", e.Direction, x, y))
		return
	}
	if timed := timeOutcome.MatchString(e.Outcome.Text); timed == (f.signOf(e) == by) {
		e.Checks = append(e.Checks, fmt.Sprintf("told as %s by the values of the arms, %s and %s, against the hazard ratio or the words", by, x, y))
	}
	e.Direction = by
}

// unsigned reports whether the direction of a comparison is only that of a difference which may be printed as an amount without a sign:
// "17% with A and 73% with B (risk difference 56%)".
func (f *finder) unsigned(e *evidence.Finding, c *clause) bool {
	m := e.Estimates[0]
	if m.Measure != "RD" && m.Measure != "MD" || !m.Value.Present() || m.Value.Negative() || strings.Contains(m.Printed, "+") || m.CI != nil && m.CI.Low.Negative() {
		return false
	}
	return c.telling.signal == "" || c.telling.of(e.Outcome, f) == evidence.NotStated
}

// sameComparison reports whether an effect goes on with the comparison of those before it.
func sameComparison(group []annotate.Item, it annotate.Item, c *clause) bool {
	prev := group[len(group)-1]
	for _, g := range group {
		if g.Estimate.Measure == it.Estimate.Measure {
			return false
		}
	}
	if slices.ContainsFunc(c.outcomes, func(m outcomeMention) bool { return m.Start >= prev.End && m.End <= it.Start }) {
		return false
	}
	between := 0
	for _, a := range c.arms {
		if a.Start >= prev.End && a.End <= it.Start {
			between++
		}
	}
	if open := bracketAround(c.words, it.Span); open > prev.End && bracketAround(c.words, prev.Span) >= 0 && slices.ContainsFunc(c.words, func(w word) bool {
		return w.depth == 0 && w.Start >= prev.End && w.End <= open && len(w.lower) > 3 && isLetter(w.lower[:1])
	}) {
		return false // "cure (OR 1.0), failure (RR 1.1)"
	}
	return between == 0 && it.Start-prev.End < 60
}

// effect makes the finding of one comparison. The P value printed between it and the next effect is its own.
func (f *finder) effect(c *clause, group []annotate.Item, outcome evidence.OutcomeRef, next int) evidence.Finding {
	kind := evidence.BetweenArms
	exposure, ok := f.notOfArms(c, group)
	if ok || !f.setsArms(c, group) && !f.poolsSides(c) {
		kind = evidence.Association
	}
	own, against := f.labelled(c, group[0].Start)
	if own >= 0 && against < 0 && kind == evidence.BetweenArms {
		if kind = evidence.WithinArm; c.telling.predicts {
			kind = evidence.Association
		}
	}
	e := f.base(c, kind, outcome)
	for _, it := range group {
		e.Estimates = append(e.Estimates, f.estimateOf(it, kind, outcome))
	}
	e.P = f.pBefore(c, group[0].Span)
	for i := range c.ps {
		if p := &c.ps[i]; p.Start >= group[0].Start && p.Start < next && e.P.Printed == "" {
			e.P = p.P
		}
	}
	if e.P.Printed == "" && len(c.ps) == 1 && len(c.results) == len(group) && c.ps[0].P.Of == "" && inBrackets(c.words, c.ps[0].Span) && !f.usedP(c, &c.ps[0]) {
		e.P = c.ps[0].P // "a significant effect (t = -1.99, P < .05) of small size (d = -0.16)"
	}
	switch {
	case e.P.Of == evidence.PInteraction || c.telling.interaction:
		e.Kind, e.Modifier = evidence.Interaction, f.modifier(c)
	case ok:
		e.Exposure = exposure
	case kind == evidence.Association:
		if e.Exposure = f.during(&e.Outcome); e.Exposure == "" {
			e.Exposure = f.along(c, group, outcome)
		}
	}
	if e.Kind == evidence.BetweenArms {
		if e.P.Printed != "" && e.P.Of == "" {
			e.P.Of = evidence.PBetween
		}
		f.sides(&e, c)
	}
	switch {
	case e.Kind == evidence.BetweenArms && against >= 0:
		e.Arm, e.Comparator = f.labels([]int{own}), f.labels([]int{against})
	case e.Kind == evidence.WithinArm:
		e.Arm = f.labels([]int{own})
		if e.P.Printed != "" && e.P.Of == "" {
			e.P.Of = evidence.PWithin
		}
	}
	f.judge(&e, c)
	return e
}

// labelled returns the arms whose label and a colon stand before a number in its bracket: of "(A vs B: OR 0.5; ...)" both sides of the
// comparison, and of "(A: p < .01, d = 0.5; B: p = .20, d = 0.1)" the one arm that each number is of. It is -1 for what has no label.
func (f *finder) labelled(c *clause, at int) (own, against int) {
	for i, m := range slices.Backward(c.arms) {
		if m.End > at {
			continue
		}
		between, ok := strings.CutPrefix(f.r.doc.Text[m.End:at], ":")
		if !ok || strings.ContainsAny(between, ";()[]") && !strings.HasSuffix(strings.TrimRight(between, " "), ")") || len(m.arms) != 1 || !inBrackets(c.words, m.Span) {
			return -1, -1
		}
		if i > 0 && len(c.arms[i-1].arms) == 1 && betweenLabels.MatchString(f.r.doc.Text[c.arms[i-1].End:m.Start]) {
			return c.arms[i-1].arms[0], m.arms[0]
		}
		if before := strings.TrimRight(f.r.doc.Text[:m.Start], " "); before == "" || !strings.ContainsRune("([;,", rune(before[len(before)-1])) {
			return -1, -1
		}
		return m.arms[0], -1
	}
	return -1, -1
}

// betweenLabels is what stands between the labels of two arms that are compared.
var betweenLabels = rules.New(`(?i)^ ?(?:versus|vs?\.?|compared (?:with|to)|against|[-–—]) ?(?:the )?$`)

// pBefore returns the P value that stands right before an effect in a bracket that opens with a P value: "(P = .86; HR 1.03)".
func (f *finder) pBefore(c *clause, effect document.Span) (p evidence.PValue) {
	open := bracketAround(c.words, effect)
	if open < 0 {
		return p
	}
	first := slices.IndexFunc(c.results, func(it annotate.Item) bool { return it.Kind == annotate.Effect && it.Start > open })
	if first < 0 || f.adjacentP(c, open, c.results[first].Span) == nil {
		return p
	}
	if own := f.adjacentP(c, open, effect); own != nil {
		return own.P
	}
	return p
}

// adjacentP returns the P value behind a place that only a comma or a semicolon parts from an effect behind it.
func (f *finder) adjacentP(c *clause, from int, effect document.Span) *annotate.Item {
	for i := range c.ps {
		if p := &c.ps[i]; p.Start >= from && p.End <= effect.Start {
			if ws := wordsIn(c.words, document.Span{Start: p.End, End: effect.Start}); len(ws) == 1 && (ws[0].lower == ";" || ws[0].lower == ",") {
				return p
			}
		}
	}
	return nil
}

// timeOutcome matches outcomes that are the time to an event or free of it, which a hazard ratio below 1 makes longer.
var timeOutcome = rules.New(`(?i)\b(?:survival|time (?:to|until|from|of|in)|time-to|duration|length of|-free)\b`)
