package annotate

import (
	"slices"
	"strings"

	"github.com/picograph/picograph/graph/evidence"
	"github.com/picograph/picograph/graph/quantity"
)

// point is one end of a before-to-after pair.
type point struct {
	f    figure
	s    spreadOf
	said bool // a spread is printed
}

// point reads a value with its spread and unit at token k.
func (p *parser) point(k int) (pt point, n int) {
	for j := k; j < k+5; j++ { // "a mean (SD) of"
		if p.is(j, tNumber) || p.is(j, tDash) || p.is(j, tPlus) || p.is(j, tAbout) {
			k = j
			break
		}
		if _, m := p.announce(j); m > 0 {
			j = m - 1
			k = m
			continue
		}
		if !p.isWord(j, wA, wMean, wMedian, wAverage, wOf, wThe, wTotal) {
			break
		}
	}
	pt.f, n = p.figure(k, false)
	if n == 0 || p.at(k).label || p.at(n).word.is(fMonth) {
		return pt, 0
	}
	if s, e := p.spreadAfter(n); e > 0 {
		pt.s, pt.said, n = s, true, e
		if pt.f.unit == "" {
			pt.f.unit = s.unit
		}
		if pt.f.unit == "" {
			if u, m := p.unitAt(n); u != "" && m > n {
				pt.f.unit, n = u, m
			}
		}
	}
	return pt, n
}

// pairAt reads "A to B" at token k, over a few words such as "at baseline" after A.
func (p *parser) pairAt(k int) (a, b point, n int) {
	a, n = p.point(k)
	if n == 0 {
		return a, b, 0
	}
	j := n
	for steps := 0; !p.isWord(j, wTo); steps++ {
		t := p.at(j)
		if steps == 0 && t.kind == tDash && p.is(j+1, tNumber) && p.isWord(k-1, wFrom) { // "fell from 50.4–49.0"
			if b, n = p.point(j + 1); n > 0 && quantity.Compare(a.f.value, b.f.value) > 0 {
				return a, b, n
			}
			return a, b, 0
		}
		if p.turns(j) { // "was 6.7 after a week and declined to 2.8"
			j += 2
			continue
		}
		switch {
		case steps > 8:
			return a, b, 0
		case t.kind == tOpen:
			if e := p.wordBracket(j); e > 0 {
				j = e
				continue
			}
			return a, b, 0
		case t.kind == tNumber:
			e, ok := p.timeLength(j)
			if !ok && !t.label {
				return a, b, 0
			}
			if !ok {
				e = j + 1
			}
			j = e
		case t.kind == tWord && !t.word.is(fCopula|fChanges) && t.word.id() != wFrom && t.word.id() != wVs && t.word.id() != wAnd:
			j++
		case t.kind == tDash && p.is(j+1, tWord), t.kind == tName, t.kind == tComma && steps > 0:
			j++
		default:
			return a, b, 0
		}
	}
	b, n = p.point(j + 1)
	if n == 0 {
		return a, b, 0
	}
	return a, b, n
}

// turns reports whether token j starts "and declined to".
func (p *parser) turns(j int) bool {
	return p.isWord(j, wAnd) && p.is(j+1, tWord) && p.at(j+1).word.is(fChanges) && p.isWord(j+2, wTo)
}

// change marks "from A to B" as a before-to-after pair unless it is a range or a period.
func (p *parser) change(i int) int {
	k := i + 1
	a, b, n := p.pairAt(k)
	if n == 0 {
		return 0
	}
	verb := p.changing(i)
	if !verb && !a.said && !b.said {
		if quantity.Compare(a.f.value, b.f.value) < 0 || p.isTime(a.f.unit) || p.isTime(b.f.unit) {
			return 0
		}
		if a.f.whole && b.f.whole && len(a.f.value) == 4 && len(b.f.value) == 4 {
			return 0
		}
	}
	if a.f.whole && b.f.whole && isYear(string(a.f.value)) && isYear(string(b.f.value)) && a.f.unit == "" && b.f.unit == "" {
		return 0
	}
	if !verb && p.isWord(i-1, wRanging, wAged, wAge) || p.isWord(i-1, wRanging) {
		return 0
	}
	return p.emitChange(i, i+1, a, b, n)
}

// changing reports whether a verb of change stands before token i in its clause.
func (p *parser) changing(i int) bool {
	if p.changed > 0 && i-p.changed < 14 {
		return true
	}
	for k := i - 1; k >= 0 && k > i-16; k-- {
		t := p.tok[k]
		if t.kind == tSemicolon {
			return false
		}
		if t.kind == tWord && t.word.is(fChanges) {
			return true
		}
		if t.kind == tWord && t.word.id() == wRanging {
			return false
		}
	}
	return false
}

func (p *parser) isTime(unit string) bool {
	switch unit {
	case "day", "days", "week", "weeks", "month", "months", "year", "years", "hour", "hours", "minute", "minutes":
		return true
	}
	return false
}

// emitChange adds a before-to-after pair over the tokens first to n.
func (p *parser) emitChange(first, _ int, a, b point, n int) int {
	est := evidence.Estimate{Measure: "mean change", Unit: b.f.unit}
	if est.Unit == "" {
		est.Unit = a.f.unit
	}
	if est.Unit == "%" {
		est.Measure = ""
	}
	est.Before, est.After = p.momentOf(a, &est), p.momentOf(b, &est)
	if b.s.ci != nil && !a.said {
		est.CI, est.Doubt = b.s.ci, "what the interval after the second value is of is not stated"
	}
	p.changed = n
	return p.emitOver(first, n, Item{Kind: Change, Estimate: est})
}

// momentOf turns one end of a pair into a moment. A spread that is not said to be a standard deviation is kept with
// the doubt on the estimate; a standard error, an interval and a range are left out and noted.
func (p *parser) momentOf(pt point, est *evidence.Estimate) *evidence.Moment {
	m := &evidence.Moment{Mean: pt.f.value}
	if !pt.said {
		return m
	}
	st := pt.s.style
	if st == unsaid {
		st = p.spread
	}
	note := ""
	switch {
	case pt.s.value == "":
		note = "the bounds after each value are left out"
	case st == saidSD:
		m.SD = pt.s.value
	case st == saidSE:
		note = "standard errors are left out"
	case st == unsaid:
		m.SD = pt.s.value
		note = "the second numbers presumed to be standard deviations"
	}
	if note != "" && est.Doubt != note {
		est.Doubt = note
	}
	return m
}

// pair marks "A to B" without "from" where it can only be a change: the values fall, or each has its spread.
func (p *parser) pair(i int) int {
	a, b, n := p.pairAt(i)
	if n == 0 {
		return 0
	}
	if a.said && b.said {
		return p.emitChange(i, i, a, b, n)
	}
	if a.said || b.said || a.f.signed || b.f.signed || quantity.Compare(a.f.value, b.f.value) <= 0 || n > i+6 {
		return 0
	}
	if p.isTime(a.f.unit) || p.isTime(b.f.unit) || p.is(i-1, tRelation) || a.f.spelt || !p.changing(i) {
		return 0
	}
	return p.emitChange(i, i, a, b, n)
}

// beforeAfter reads a pair whose first value stands at token k, for a moment that began at token i.
func (p *parser) beforeAfter(_, k int) int {
	a, b, n := p.pairAt(k)
	turns := false
	for j := k; j < n; j++ {
		turns = turns || p.turns(j)
	}
	if n == 0 || !(a.said && b.said) && !turns {
		return 0
	}
	return p.emitChange(k, k, a, b, n)
}

// ownDifferences joins to a change from before to after the difference that the same bracket tells of it: "from 6.8 (1.5)
// to 6.1 (1.9; mean difference, -0.6; 95% CI, -0.9 to -0.3)". It is of one group and compares none.
func (p *parser) ownDifferences() {
	for i := 0; i+1 < len(p.items); i++ {
		a, b := &p.items[i], p.items[i+1]
		if a.Kind != Change || b.Kind != Effect || b.Estimate.Measure != "MD" || a.Estimate.Value.Present() || b.Start < a.End || strings.TrimSpace(p.text[a.End:b.Start]) != ";" {
			continue
		}
		a.Estimate.Value, a.Estimate.CI, a.Estimate.Adjusted = b.Estimate.Value, b.Estimate.CI, b.Estimate.Adjusted
		a.End = b.End
		a.Estimate.Printed = p.text[a.Start:a.End]
		p.items = slices.Delete(p.items, i+1, i+2)
	}
}
