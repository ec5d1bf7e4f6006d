package extract

import (
	"slices"

	"github.com/picograph/picograph/graph/evidence"
	"github.com/picograph/picograph/loader/annotate"
	"github.com/picograph/picograph/loader/document"
)

// compared makes the comparison that a clause tells without an effect measure: by a P value between groups, an
// interaction, or in words.
func (f *finder) compared(c *clause, told []*toldFinding) bool {
	between, interaction := f.psBetween(c, told)
	if interaction != nil {
		f.interacts(c, interaction)
		return true
	}
	if len(f.t.study.Arms) < 2 || between == nil && !c.telling.compares && !disjoint(told) {
		return false
	}
	if f.ofChange(c, between, told) || f.t.pooled && !f.poolsSides(c) || f.ownValues(c, between, told) {
		return false
	}
	if exposure, ok := f.notOfArms(c, nil); ok && f.assigns() {
		f.associates(c, exposure, between)
		return true
	}
	if f.dosesOfOne(c) {
		return false
	}
	told = f.across(c, told)
	if c.named && len(outcomesTold(told)) == 1 && between != nil && len(c.results) > 0 && between.End <= c.results[len(c.results)-1].Start {
		return false // the P value is of something before it
	}
	f.compareEach(c, told, between)
	return true
}

// psBetween returns the P value of a clause that compares arms, and that of an interaction.
func (f *finder) psBetween(c *clause, told []*toldFinding) (between, interaction *annotate.Item) {
	for i := range c.ps {
		switch p := &c.ps[i]; p.P.Of {
		case evidence.PBetween:
			between = p
		case evidence.PInteraction:
			interaction = p
		case "":
			if !f.usedP(c, p) && between == nil {
				between = p
			}
		}
	}
	if interaction == nil && between != nil && between.P.Of == "" && len(told) == 0 && c.interactionOf() {
		interaction, between = between, nil // "a significant interaction of age by treatment (P = .02)"
		interaction.P.Of = evidence.PInteraction
	}
	return between, interaction
}

// interacts makes the finding of an interaction.
func (f *finder) interacts(c *clause, p *annotate.Item) {
	for _, o := range first(f.outcomesOf(c)) {
		e := f.base(c, evidence.Interaction, o)
		e.P, e.Modifier = p.P, f.modifier(c)
		e.Population, e.Subgroup = f.t.mainPopulation(), false
		f.interactionSides(&e, c)
		f.judge(&e, c)
		f.add(e, nil)
	}
}

// compareEach makes the comparison of each outcome of a clause, of which told are the values.
func (f *finder) compareEach(c *clause, told []*toldFinding, between *annotate.Item) {
	outcomes := f.outcomesOf(c)
	if len(told) > 0 {
		outcomes = first(outcomes)
	}
	if len(told) == 0 || between != nil {
		outcomes = allOf(outcomes)
	}
	if c.named {
		outcomes = outcomesTold(told)
	}
	inTurn := f.psInTurn(c, outcomes)
	for k, o := range outcomes {
		e := f.base(c, evidence.BetweenArms, o)
		if inTurn {
			between = &c.ps[k]
		}
		if between != nil {
			e.P = between.P
			e.P.Of = evidence.PBetween
		}
		f.sides(&e, c)
		of := told
		if c.named {
			of = slices.DeleteFunc(slices.Clone(told), func(d *toldFinding) bool { return d.Outcome != o })
		}
		for _, each := range f.oneByOne(e, c, of) {
			f.tellCompared(each, c, of, between)
		}
		f.armLeftOut(e, c)
	}
	f.butNot(c, between)
}

// ownValues reports whether all that a clause tells is how much one arm changed, or each of them alike, so that its P value is of that: "with A,
// pain changed by -3 points (P = .01)", "pain fell in both groups (P = .01; -3 and -4 points)".
func (f *finder) ownValues(c *clause, p *annotate.Item, told []*toldFinding) bool {
	if len(told) == 0 || p == nil || p.P.Of != "" || c.telling.compares || c.telling.between || f.comparesIn(c.sentence) || slices.ContainsFunc(c.words, func(w word) bool { return comparative(w.lower) }) {
		return false
	}
	every := slices.ContainsFunc(c.arms, func(m armMention) bool { return m.every })
	if slices.ContainsFunc(told, func(d *toldFinding) bool {
		return d.Kind != evidence.WithinArm || len(d.Arm) != 1 || !every && !slices.Equal(d.Arm, told[0].Arm)
	}) {
		return false
	}
	for _, d := range told {
		if d.P.Printed == "" && len(c.ps) == 1 {
			d.P = p.P
			d.P.Of = evidence.PWithin
			d.Significant = f.significant(&d.Finding)
		}
	}
	return true
}

// psInTurn reports whether a clause without values lists as many P values in one bracket as outcomes before it, each of one in turn: "pain and
// sleep improved (P = .01 and P = .06)".
func (f *finder) psInTurn(c *clause, outcomes []evidence.OutcomeRef) bool {
	if len(outcomes) < 2 || len(c.ps) != len(outcomes) || len(c.results) > 0 || len(c.outcomes) != len(outcomes) || !inBrackets(c.words, c.ps[0].Span) {
		return false
	}
	if s := f.sidesIn(c); (len(s.before) == len(c.ps) || len(s.after) == len(c.ps)) && !f.lieBetween(c) {
		return false // they may be of the arms
	}
	for k, p := range c.ps[1:] {
		if slices.ContainsFunc(wordsIn(c.words, document.Span{Start: c.ps[k].End, End: p.Start}), func(w word) bool { return len(w.lower) > 4 && isLetter(w.lower[:1]) }) {
			return false // each is told with something of its own
		}
	}
	return !slices.ContainsFunc(c.ps, func(p annotate.Item) bool {
		return p.P.Of != "" && p.P.Of != evidence.PBetween || bracketAround(c.words, p.Span) != bracketAround(c.words, c.ps[0].Span) || p.Start < c.outcomes[len(c.outcomes)-1].End
	})
}

// lieBetween reports whether a clause names its arms together as those that something lies between: "alike between the A and B groups".
func (f *finder) lieBetween(c *clause) bool {
	i := slices.IndexFunc(c.words, func(w word) bool { return w.depth == 0 && w.lower == "between" })
	single := f.singleArms(c)
	return i >= 0 && len(single) > 1 && single[0].Start >= c.words[i].End && f.wordsBetween(c, c.words[i].End, single[0].Start) < 2
}

// tellCompared judges one comparison of a clause and keeps it where it claims anything: told are the values that it compares, between its P value.
func (f *finder) tellCompared(e evidence.Finding, c *clause, told []*toldFinding, between *annotate.Item) {
	f.judge(&e, c)
	if to := f.byAmounts(&e, c, told); to != evidence.NotStated {
		e.Direction = to
	}
	if e.Direction == evidence.NotStated || f.saidOfSpeed(c, told) && e.Direction != evidence.NoDifference {
		if to := apart(e, told); to != evidence.NotStated {
			e.Direction = to
		}
	}
	if e.Direction == evidence.NotStated && e.Significant != nil && *e.Significant {
		if e.Direction = f.byChanges(&e, c); e.Direction == evidence.NotStated && len(told) == 0 {
			if e.Direction = f.byNumbers(&e, c); e.Direction == evidence.NotStated && c.hasPrefix("differ") && f.last != nil && f.last.sentence == c.sentence && len(c.outcomes)+len(f.last.results) == len(f.last.outcomes) {
				e.Direction = f.byNumbers(&e, f.last) // "was 4 with A and 6 with B, and the difference was significant"
			}
		}
	}
	if e.Direction == evidence.NotStated && e.Significant != nil && *e.Significant && len(told) == 1 {
		e.Direction = f.againstNone(&e, c, told[0])
	}
	if e.Direction == evidence.NotStated && len(told) == 0 && (c.telling.between || c.hasPrefix("differ")) {
		e.Direction = apart(e, f.valuesBefore(e, c))
	}
	if to := signed(told); to != "" && c.telling.carried && e.Significant != nil && *e.Significant {
		e.Direction = to // what was said of another result gives way to the sign of this one
	}
	if e.Direction == evidence.NotStated && e.P.Printed == "" && !((c.telling.differ || c.telling.values()) && e.Outcome.Text != "") && (len(told) == 0 || c.named) {
		return // nothing is claimed
	}
	d := f.add(e, told)
	d.own, d.explicit = len(told) == 0 && f.ownChange(c, between), c.telling.between
}

// armLeftOut makes the comparison of an arm of which a clause says that it did not differ from what another did: B of "lower with A, but not
// with B, than with C".
func (f *finder) armLeftOut(e evidence.Finding, c *clause) {
	v, s := c.telling, f.sidesIn(c)
	if v.signal == "" || v.negated || v.noDifference || len(e.Arm) == 0 || len(s.before) == 0 || len(s.after) == 0 || s.aside {
		return
	}
	for _, m := range c.arms {
		if m.every || m.rest || !leftOut(c.words, m.Span) || inBrackets(c.words, m.Span) || len(others(m.arms, append(s.before, s.after...))) < len(m.arms) {
			continue
		}
		no := false
		e.Arm, e.P, e.Estimates = f.labels(m.arms), evidence.PValue{}, nil
		e.Direction, e.Significant = evidence.NoDifference, &no
		f.add(e, nil)
	}
}

// butNot makes the finding of an outcome of which a clause says that it went no other way in the arms than by chance: Y of "X, but not Y,
// was significantly lower with A than with B".
func (f *finder) butNot(c *clause, p *annotate.Item) {
	v := c.telling
	if p != nil || v.signal == "" || v.negated || v.noDifference || v.significant == nil || !*v.significant {
		return
	}
	for _, m := range c.outcomes {
		if !leftOut(c.words, m.Span) || inBrackets(c.words, m.Span) {
			continue
		}
		no := false
		e := f.base(c, evidence.BetweenArms, f.announcedFor(m))
		e.Direction, e.Significant = evidence.NoDifference, &no
		f.sides(&e, c)
		f.add(e, nil)
	}
}

// saidRightBehind reports whether an arm is the first that a clause names behind a comparative, and close to it, so that the comparative is said of
// it: "higher in the B group (3 in A and 5)".
func (f *finder) saidRightBehind(c *clause, arm int) bool {
	v := c.telling
	if v.signal == "" || v.negated || v.noDifference || !comparative(f.r.small(v.at)) {
		return false
	}
	i := slices.IndexFunc(c.arms, func(m armMention) bool { return !m.every && !m.rest && m.Start >= v.at.End })
	return i >= 0 && slices.Equal(c.arms[i].arms, []int{arm}) && !inBrackets(c.words, c.arms[i].Span) && f.wordsBetween(c, v.at.End, c.arms[i].Start) < 3
}
