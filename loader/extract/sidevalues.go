package extract

import (
	"cmp"
	"slices"
	"strings"

	"github.com/picograph/picograph/graph/evidence"
	"github.com/picograph/picograph/graph/quantity"
	"github.com/picograph/picograph/graph/vocab"
	"github.com/picograph/picograph/loader/annotate"
	"github.com/picograph/picograph/loader/document"
)

// splitChange makes two values of a change whose ends are each of an arm of their own, which is no change but a comparison:
// "mortality fell from 12% with placebo to 8% with A". The arm told last is the one that is compared.
func (f *finder) splitChange(c *clause) {
	single := f.singleArms(c)
	if len(c.results) != 1 || c.results[0].Kind != annotate.Change || len(single) != 2 {
		return
	}
	it := c.results[0]
	if it.Estimate.Before == nil || it.Estimate.After == nil {
		return
	}
	to := slices.IndexFunc(c.words, func(w word) bool { return w.lower == "to" && w.depth == 0 && w.Start >= it.Start && w.End <= it.End })
	first, last := single[0], single[1]
	if to < 0 || first.Start < it.Start || first.End > c.words[to].Start || last.Start < c.words[to].End || last.Start > it.End+24 {
		return
	}
	value := func(m evidence.Moment, s document.Span) annotate.Item {
		v := annotate.Item{Kind: annotate.Moment, Span: s, Depth: it.Depth}
		v.Estimate = evidence.Estimate{Value: m.Mean, SD: m.SD, Unit: it.Estimate.Unit, Printed: f.r.doc.At(s)}
		if it.Estimate.Unit == "%" {
			v.Kind, v.Estimate.Measure, v.Estimate.Percent, v.Estimate.Value = annotate.Percent, "proportion", m.Mean, ""
		}
		return v
	}
	from := it.Start
	if i := slices.IndexFunc(c.words, func(w word) bool { return w.Start >= it.Start }); i >= 0 && c.words[i].lower == "from" {
		from = c.words[i].End
	}
	before := trimmed(f.r.doc.Text, document.Span{Start: from, End: c.words[to].Start})
	after := trimmed(f.r.doc.Text, document.Span{Start: c.words[to].End, End: it.End})
	c.results = []annotate.Item{value(*it.Estimate.After, after), value(*it.Estimate.Before, before)}
	c.arms = []armMention{last, first}
	c.telling.change, c.telling.compares = false, true
	for i := range c.ps {
		if c.ps[i].P.Of == evidence.PWithin {
			c.ps[i].P.Of = ""
		}
	}
}

// across adds to the one value that a clause tells of an arm the one that the clause before, in its sentence, tells of
// another: "A was stopped in 5%, whereas B was stopped in 20% (P = .01)".
func (f *finder) across(c *clause, told []*toldFinding) []*toldFinding {
	if len(told) != 1 || told[0].Kind != evidence.ArmLevel || len(told[0].Arm) != 1 || len(c.words) == 0 || !clauseOpeners[c.words[0].lower] || len(f.singleArms(c)) != 1 {
		return told
	}
	for i := len(f.found) - 1; i >= 0 && f.tellsOf(f.found[i], c); i-- {
		d := f.found[i]
		if d != told[0] && d.Kind == evidence.ArmLevel && len(d.Arm) == 1 && d.Arm[0] != told[0].Arm[0] && d.Estimates[0].Measure == told[0].Estimates[0].Measure && (d.Outcome == told[0].Outcome || c.goesBack || told[0].Outcome.Text == "") {
			return []*toldFinding{d, told[0]}
		}
	}
	return told
}

// oneByOne returns a comparison as those of one arm each, where each has a P value in turn, or a value of its own and all are set against one.
func (f *finder) oneByOne(e evidence.Finding, c *clause, told []*toldFinding) []evidence.Finding {
	if each := f.eachWithP(e, c); each != nil {
		return each
	}
	if len(e.Arm) < 2 || len(e.Comparator) != 1 || valueOf(e.Comparator, told) == nil {
		return []evidence.Finding{e}
	}
	var out []evidence.Finding
	for i := range e.Arm {
		if valueOf(e.Arm[i:i+1], told) == nil {
			return []evidence.Finding{e}
		}
		d := e
		d.Arm = e.Arm[i : i+1 : i+1]
		out = append(out, d)
	}
	return out
}

// eachWithP returns the comparisons of one arm with each of several, or of each of several with one, where a clause gives each a P value in
// turn: "lower with A and B than with C (P = .02 and P = .03, respectively)"; nil where it does not.
func (f *finder) eachWithP(e evidence.Finding, c *clause) []evidence.Finding {
	s, n := f.sidesIn(c), len(c.ps)
	if n < 2 || !c.has("respectively") || len(e.Arm) == 0 || slices.ContainsFunc(c.ps, func(p annotate.Item) bool {
		return p.P.Of != "" && p.P.Of != evidence.PBetween || bracketAround(c.words, p.Span) != bracketAround(c.words, c.ps[0].Span)
	}) {
		return nil
	}
	var out []evidence.Finding
	for k := range n {
		d := e
		switch {
		case len(s.before) == n && len(s.after) == 1:
			d.Arm = f.labels(s.before[k : k+1])
		case len(s.after) == n && len(s.before) == 1:
			d.Comparator = f.labels(s.after[k : k+1])
		default:
			return nil
		}
		d.P = c.ps[k].P
		d.P.Of = evidence.PBetween
		out = append(out, d)
	}
	return out
}

// apart reads the direction of a comparison from the values of its two sides, where it is significant or their
// intervals do not meet: a difference that only the reader sees is not claimed.
func apart(e evidence.Finding, told []*toldFinding) evidence.Direction {
	arm, comparator := valueOf(e.Arm, told), valueOf(e.Comparator, told)
	if arm == nil && comparator == nil {
		arm, comparator = changeOf(e.Arm, told), changeOf(e.Comparator, told)
	}
	if arm == nil || comparator == nil || arm.Measure != comparator.Measure && !inPercent(*arm, *comparator) {
		return evidence.NotStated
	}
	x, y := mainNumber(*arm), mainNumber(*comparator)
	if !x.Present() || !y.Present() {
		return evidence.NotStated
	}
	shown := e.Significant != nil && *e.Significant
	if a, b := arm.CI, comparator.CI; !shown && e.Significant == nil && a != nil && b != nil {
		shown = quantity.Compare(a.High, b.Low) < 0 || quantity.Compare(b.High, a.Low) < 0
	}
	if !shown {
		return evidence.NotStated
	}
	return direction(quantity.Compare(x, y))
}

// inPercent reports whether one of two numbers without a measure is in percent as the other is: "-42.5% vs 15.8%".
func inPercent(a, b evidence.Estimate) bool {
	percent := func(e evidence.Estimate) bool { return e.Unit == "%" || e.Percent.Present() }
	return (a.Measure == "" || b.Measure == "") && percent(a) && percent(b)
}

// byAmounts returns the direction of a significant comparison from how far each of its sides went the way that the clause says both did:
// "fell by 2 with A and by 6 with B" is less of a fall with A.
func (f *finder) byAmounts(e *evidence.Finding, c *clause, told []*toldFinding) evidence.Direction {
	v := c.telling
	if e.Significant == nil || !*e.Significant || v.signal != vocab.SignalUp && v.signal != vocab.SignalDown && !f.namedChange(c) || v.negated || comparative(strings.ToLower(f.r.doc.At(v.at))) || f.largerThan(c, v.at) {
		return evidence.NotStated
	}
	if changeOf(e.Arm, told) != nil {
		return apart(*e, told)
	}
	if len(told) > 0 {
		if f.cameTo(c) {
			return apart(*e, told)
		}
		return evidence.NotStated
	}
	to := f.byNumbers(e, c)
	if to == evidence.NotStated || !f.namedChange(c) && !slices.ContainsFunc(c.words, func(w word) bool { return w.Start >= v.at.End && w.lower == "by" }) {
		return evidence.NotStated // "fell to 2 with A" is a value
	}
	if v.of(e.Outcome, f) == evidence.Decreased {
		return opposed(to)
	}
	return to
}

// cameTo reports whether a clause says by a verb what its first value came to: "rose to 5.9 in A and to 8.3 in B".
func (f *finder) cameTo(c *clause) bool {
	if len(c.results) == 0 || c.telling.at.End > c.results[0].Start {
		return false
	}
	ws := clauseWords(c.words, document.Span{Start: c.telling.at.End, End: c.results[0].Start})
	return len(ws) > 0 && len(ws) < 4 && ws[len(ws)-1].lower == "to"
}

// saidOfSpeed reports whether a clause says that something was faster of which lengths of time are told: these say which way it went.
func (f *finder) saidOfSpeed(c *clause, told []*toldFinding) bool {
	switch strings.ToLower(f.r.doc.At(c.telling.at)) {
	case "faster", "quicker", "faster recovery":
	default:
		return false
	}
	return !slices.ContainsFunc(told, func(d *toldFinding) bool {
		return len(d.Estimates) == 0 || d.Kind != evidence.ArmLevel
	}) && slices.ContainsFunc(told, func(d *toldFinding) bool {
		switch u := d.Estimates[0].Unit; u {
		case "hours", "minutes", "seconds":
			return true
		default:
			return timeUnits[u]
		}
	})
}

// signed returns the direction that the sign of the one value told has, where it is printed: "(+25%, P = .01)"; else "".
func signed(told []*toldFinding) evidence.Direction {
	if len(told) != 1 || len(told[0].Estimates) == 0 {
		return ""
	}
	return signOfPrint(told[0].Estimates[0])
}

// signOfPrint returns the direction of the sign that an estimate is printed with; else "".
func signOfPrint(m evidence.Estimate) evidence.Direction {
	switch p := m.Printed; {
	case strings.HasPrefix(p, "+"):
		return evidence.Increased
	case strings.HasPrefix(p, "-"), strings.HasPrefix(p, "−"), strings.HasPrefix(p, "–"):
		return evidence.Decreased
	}
	return ""
}

// byChanges returns the direction of a comparison from what its sentence and the one before tell of how the outcome changed in each of two
// arms, where one rose or fell and the other did not, or the other way: "rose in A but not in B, and the difference between
// the groups was significant".
func (f *finder) byChanges(e *evidence.Finding, c *clause) evidence.Direction {
	to := map[evidence.Direction]int{evidence.Increased: 1, evidence.Decreased: -1}
	from := f.r.doc.Sentences[max(0, c.sentence-1)].Start
	of := func(labels []string) (int, bool) {
		for i := len(f.found) - 1; i >= 0 && f.found[i].Passages[0].Start >= from; i-- {
			if d := f.found[i]; sameName(d.Outcome, e.Outcome) && (d.own || d.Kind == evidence.WithinArm) && len(labels) == 1 && slices.Equal(d.Arm, labels) && d.Direction != evidence.NotStated {
				return to[d.Direction], true
			}
		}
		return 0, false
	}
	arm, ok := of(e.Arm)
	comparator, both := of(e.Comparator)
	if !ok || !both || arm == comparator {
		return evidence.NotStated
	}
	return direction(arm - comparator)
}

// byNumbers returns the direction of a comparison from the bare numbers that stand before the names of its two sides, "was 3.1 with A and
// 4.2 with B", where the clause has no others.
func (f *finder) byNumbers(e *evidence.Finding, c *clause) evidence.Direction {
	if to := f.numbersInTurn(e, c); to != evidence.NotStated {
		return to
	}
	items := f.r.sentences[c.sentence].Items
	values := map[string]quantity.Decimal{}
	for i, w := range c.words {
		if w.depth > 0 || !digitStart(w.lower) || slices.ContainsFunc(items, func(it annotate.Item) bool {
			return it.Kind != annotate.Number && it.Kind != annotate.Quantity && it.Overlaps(w.Span)
		}) ||
			slices.ContainsFunc(c.arms, func(m armMention) bool { return m.Overlaps(w.Span) }) || slices.ContainsFunc(c.outcomes, func(m outcomeMention) bool { return m.Overlaps(w.Span) }) {
			continue
		}
		value, err := quantity.ParseDecimal(w.lower)
		arm := f.armOfNumber(c, i)
		if err != nil || arm < 0 || arm >= len(f.t.study.Arms) {
			return evidence.NotStated
		}
		label := f.t.study.Arms[arm].Label
		if values[label].Present() {
			return evidence.NotStated
		}
		values[label] = value
	}
	if len(values) != 2 || len(e.Arm) != 1 || len(e.Comparator) != 1 {
		return evidence.NotStated
	}
	a, b := values[e.Arm[0]], values[e.Comparator[0]]
	if !a.Present() || !b.Present() {
		return evidence.NotStated
	}
	return direction(quantity.Compare(a, b))
}

// armOfNumber returns the arm that is named behind the number at a place, after its unit and a preposition; -1 where none is.
func (f *finder) armOfNumber(c *clause, i int) int {
	from := i + 1
	for from < len(c.words) && from < i+4 && !sidePrepositions[c.words[from].lower] {
		if joint(c.words[from].lower) || c.words[from].depth != c.words[i].depth || digitStart(c.words[from].lower) {
			return -1
		}
		from++
	}
	for from++; from < len(c.words) && (determiners[c.words[from].lower] || whatGiven[c.words[from].lower] || personNouns[c.words[from].lower] && !groupWord[c.words[from].lower] && !slices.ContainsFunc(c.arms, func(m armMention) bool { return m.Contains(c.words[from].Span) })); from++ {
	}
	if from >= len(c.words) {
		return -1
	}
	for _, m := range f.singleArms(c) {
		if m.Contains(c.words[from].Span) && len(m.arms) == 1 {
			return m.arms[0]
		}
	}
	return -1
}

// whatGiven stand between those in an arm and what they were given: "for those assigned A".
var whatGiven = setOf("who", "received", "receiving", "given", "assigned", "allocated", "randomized", "randomised", "treated", "taking", "on", "to", "with")

// againstNone returns the direction of a comparison of one value with none: "none of those with A had a fall, compared with 5 of 18 with B".
func (f *finder) againstNone(e *evidence.Finding, c *clause, told *toldFinding) evidence.Direction {
	ws := withoutAdverbial(c.plain())
	if len(ws) < 2 || told.Kind != evidence.ArmLevel || told.Estimates[0].Measure != "proportion" || ws[0].lower != "none" && !(ws[0].lower == "no" && personNouns[ws[1].lower]) {
		return evidence.NotStated
	}
	switch {
	case slices.Equal(told.Arm, e.Arm):
		return evidence.Increased
	case slices.Equal(told.Arm, e.Comparator):
		return evidence.Decreased
	}
	return evidence.NotStated
}

// numbersInTurn returns the direction of a comparison from two bare numbers side by side that a clause gives to the two arms it names in turn:
// "13.8 and 17.5 days for A and B, respectively".
func (f *finder) numbersInTurn(e *evidence.Finding, c *clause) evidence.Direction {
	single := f.singleArms(c)
	if len(single) != 2 || !c.has("respectively") || len(e.Arm) != 1 || len(e.Comparator) != 1 {
		return evidence.NotStated
	}
	var found []quantity.Decimal
	for i := 1; i+1 < len(c.words); i++ {
		if w := c.words[i]; w.lower != "and" && !againstWords[w.lower] || !digitStart(c.words[i-1].lower) || !digitStart(c.words[i+1].lower) {
			continue
		}
		a, err := quantity.ParseDecimal(c.words[i-1].lower)
		b, also := quantity.ParseDecimal(c.words[i+1].lower)
		if err != nil || also != nil || found != nil {
			return evidence.NotStated
		}
		found = []quantity.Decimal{a, b}
	}
	switch first := f.labels(single[0].arms)[0]; {
	case found == nil:
		return evidence.NotStated
	case first == e.Arm[0]:
		return direction(quantity.Compare(found[0], found[1]))
	case first == e.Comparator[0]:
		return direction(quantity.Compare(found[1], found[0]))
	}
	return evidence.NotStated
}

// sidePrepositions stand between a value and the arm that it is of.
var sidePrepositions = setOf("in", "with", "for", "among", "under", "on", "by")

// valuesBefore returns what this sentence and the one before tell of an outcome's values in the arms or its changes within
// them: "A fell by 29% and 8%. The difference between the groups was significant (P = .03)".
func (f *finder) valuesBefore(e evidence.Finding, c *clause) []*toldFinding {
	from := f.r.doc.Sentences[max(0, c.sentence-1)].Start
	var out []*toldFinding
	for i := len(f.found) - 1; i >= 0 && f.found[i].Passages[0].Start >= from; i-- {
		d := f.found[i]
		if slices.ContainsFunc(f.found[i+1:], func(b *toldFinding) bool { return slices.Contains(b.from, d) }) {
			return nil // they are compared already: what is tested is something else
		}
		if sameName(d.Outcome, e.Outcome) && len(d.Estimates) > 0 && (d.Timepoint == e.Timepoint || e.Timepoint.Text == "") && (d.Kind == evidence.ArmLevel || d.Kind == evidence.WithinArm) {
			out = append(out, d)
		}
	}
	return out
}

// sameName reports whether two outcomes are called the same, whether or not a sentence opens with one.
func sameName(a, b evidence.OutcomeRef) bool {
	return a.Concept == b.Concept && strings.EqualFold(a.Text, b.Text)
}

// changeOf returns the estimate of the one change within the arms with the given labels: as printed, or after less before.
func changeOf(labels []string, told []*toldFinding) *evidence.Estimate {
	var found *evidence.Estimate
	for _, d := range told {
		if d.Kind != evidence.WithinArm || !slices.Equal(d.Arm, labels) || len(d.Estimates) == 0 {
			continue
		}
		if found != nil {
			return nil
		}
		found = &d.Estimates[0]
		if b, a := found.Before, found.After; b != nil && a != nil && b.Mean.Present() && a.Mean.Present() {
			found = &evidence.Estimate{Measure: found.Measure, Value: quantity.Round(a.Mean.Float()-b.Mean.Float(), max(a.Mean.Places(), b.Mean.Places()))}
		} else if v := cmp.Or(found.Value, found.Percent); d.Direction == evidence.Decreased && v.Present() && !v.Negative() { // "fell by 3", "fell by 3%"
			found = &evidence.Estimate{Measure: found.Measure, Value: v.Negate(), Unit: found.Unit}
		}
	}
	return found
}

// valueOf returns the estimate of the one value told of the arms with the given labels.
func valueOf(labels []string, told []*toldFinding) *evidence.Estimate {
	var found *evidence.Estimate
	for _, d := range told {
		if d.Kind == evidence.ArmLevel && slices.Equal(d.Arm, labels) {
			if found != nil {
				return nil
			}
			found = &d.Estimates[0]
		}
	}
	return found
}

// mainNumber returns the number that an estimate of one arm is about.
func mainNumber(e evidence.Estimate) quantity.Decimal {
	for _, d := range []quantity.Decimal{e.Percent, e.Mean, e.Median, e.Value} {
		if d.Present() {
			return d
		}
	}
	return ""
}

// disjoint reports whether a clause tells values of two arms, and no others, of which the intervals do not meet.
func disjoint(told []*toldFinding) bool {
	if len(told) != 2 || slices.Equal(told[0].Arm, told[1].Arm) {
		return false
	}
	for _, d := range told {
		if ci := d.Estimates[0].CI; d.Kind != evidence.ArmLevel || len(d.Arm) != 1 || ci == nil || !ci.Low.Present() || !ci.High.Present() {
			return false
		}
	}
	a, b := told[0].Estimates[0], told[1].Estimates[0]
	return a.Measure == b.Measure && (quantity.Compare(a.CI.High, b.CI.Low) < 0 || quantity.Compare(b.CI.High, a.CI.Low) < 0)
}
