package annotate

import (
	"github.com/picograph/picograph/graph/evidence"
	"github.com/picograph/picograph/graph/quantity"
)

// intervalName reads the words for an interval: "CI", "confidence intervals (CI)", "credible interval".
func (p *parser) intervalName(i int) (kind string, n int) {
	t := p.at(i)
	if t.kind != tWord {
		return "", 0
	}
	if p.raw(i) == "Bayesian" || p.raw(i) == "simultaneous" || p.raw(i) == "bootstrap" || p.raw(i) == "exact" || p.isWord(i, wHighest) {
		i++
		for range 2 {
			if p.is(i, tWord) && p.tok[i].word.id() == 0 {
				i++
			}
		}
		t = p.at(i)
	}
	switch t.word.id() {
	case wCI, wIC:
		n = i + 1
		if p.is(n, tDot) && !p.tok[n].spaced {
			n++
		}
		kind = "confidence"
		if r := p.raw(i); r == "CrI" || r == "HDI" || r == "BCI" || r == "CRI" {
			kind = "credible"
		}
		return kind, n
	case wConfidence:
		n = i + 1
		kind = "credible"
		if c := p.text[t.start]; c == 'c' || c == 'C' {
			if p.raw(i)[1]|0x20 == 'o' {
				kind = "confidence"
			}
		}
		if p.raw(i)[0]|0x20 == 'u' {
			kind = "confidence"
		}
		if !p.isWord(n, wInterval, wLimit, wBound) {
			return "", 0
		}
		n++
		if p.is(n, tOpen) && p.isWord(n+1, wCI, wIC) {
			switch {
			case p.is(n+2, tClose):
				n += 3
			case p.is(n+2, tSemicolon), p.is(n+2, tColon), p.is(n+2, tComma):
				n += 3
			}
		}
		return kind, n
	}
	return "", 0
}

// head is what announces an interval.
type head struct {
	level quantity.Decimal
	kind  string
	side  word // wUpper or wLower for a one-sided limit
}

// intervalHead reads what announces an interval: "95% CI", "two-sided 97.5% confidence interval", "CI 95%",
// "upper limit of the 95% CI".
func (p *parser) intervalHead(i int) (h head, n int) {
	if p.isWord(i, wUpper, wLower) {
		side := p.tok[i].word.id()
		k := i + 1
		for p.is(k, tWord) && k < i+4 && (p.isWord(k, wLimit, wBound, wOf, wThe) || p.tok[k].word.id() == 0) {
			k++
		}
		if h, n = p.intervalHead(k); n > 0 {
			h.side = side
			return h, n
		}
		return h, 0
	}
	k := p.sided(i)
	if p.is(k, tNumber) && !p.tok[k].spelt {
		h.level = p.tok[k].value
		j := k + 1
		switch {
		case p.is(j, tPercent):
			j++
		case p.isWord(j, wPercent):
			j++
		case p.isWord(j, wPer) && p.isWord(j+1, wCent):
			j += 2
		default:
			if !p.isWord(j, wCI) || p.tok[k].value != "95" && p.tok[k].value != "99" && p.tok[k].value != "90" {
				return h, 0
			}
		}
		if p.is(j, tDash) {
			j++
		}
		j = p.sided(j)
		h.kind, n = p.intervalName(j)
		if n == 0 {
			return h, 0
		}
		if p.isWord(n, wUpper, wLower) && p.isWord(n+1, wLimit, wBound) && !p.isWord(n+2, wInterval) {
			h.side = p.tok[n].word.id()
			n += 2
		}
		return h, n
	}
	h.kind, n = p.intervalName(i)
	if n == 0 || h.kind == "" {
		return h, 0
	}
	if p.isWord(i, wIC) && !p.is(n, tNumber) {
		return h, 0
	}
	at := n
	open := p.is(at, tOpen)
	if open || p.is(at, tComma) || p.is(at, tDash) {
		at++
	}
	if p.is(at, tNumber) && p.is(at+1, tPercent) && (p.tok[at].value == "95" || p.tok[at].value == "90" || p.tok[at].value == "99" || p.tok[at].value == "97.5" || p.tok[at].value == "98.3" || p.tok[at].value == "80") {
		if !open || p.is(at+2, tClose) {
			h.level = p.tok[at].value
			n = at + 2
			if open {
				n++
			}
		}
	}
	return h, n
}

// sided goes past "two-sided" and the like.
func (p *parser) sided(i int) int {
	if p.is(i, tNumber) && p.is(i+1, tDash) && p.isWord(i+2, wSided) {
		return i + 3
	}
	if p.is(i, tNumber) && p.isWord(i+1, wSided) {
		return i + 2
	}
	return i
}

// interval reads an announced interval with its bounds at token i: "95% CI, -44 to -21", "97.5% CI [0.1; 0.4]".
func (p *parser) interval(i int) (ci *evidence.Interval, unit string, n int) {
	open := 0
	k := i
	if p.is(k, tOpen) {
		open++
		k++
	}
	h, k := p.intervalHead(k)
	if k == 0 {
		return nil, "", 0
	}
	for steps := 0; steps < 5; steps++ {
		switch t := p.at(k); {
		case t.kind == tComma || t.kind == tColon || t.kind == tSemicolon || t.kind == tRelation && t.rel == quantity.Equal:
			k++
			continue
		case t.kind == tOpen:
			open++
			k++
			continue
		case t.kind == tClose && open > 0 && steps == 0: // "(95% CI) 0.3-0.8"
			open--
			k++
			continue
		case t.kind == tWord && t.word.id() == wDifference && p.is(k+1, tColon), t.kind == tWord && t.word.id() == wFor && steps == 0:
			j := k + 1
			for j < k+5 && p.is(j, tWord) && !p.tok[j].word.is(fCopula) {
				j++
			}
			k = j
			continue
		case t.kind == tWord && (t.word.id() == wOf || t.word.id() == wFrom || t.word.id() == wRange || t.word.id() == wRanging ||
			t.word.id() == wWas || t.word.id() == wThe || t.word.id() == wBetween):
			k++
			continue
		case t.kind == tWord && (t.word.id() == wUpper || t.word.id() == wLower) && h.side == 0 && p.isWord(k+1, wLimit, wBound):
			h.side = t.word.id()
			k += 2
			continue
		}
		break
	}
	ci = &evidence.Interval{Level: h.level, Kind: h.kind}
	unit, n = p.bounds(ci, h.side, k)
	if n == 0 {
		return nil, "", 0
	}
	for ; open > 0 && p.is(n, tClose); open-- {
		n++
	}
	return ci, unit, n
}

// bounds reads the bounds of an interval into ci.
func (p *parser) bounds(ci *evidence.Interval, side word, k int) (unit string, n int) {
	if side == 0 {
		if low, high, n := p.span(k, true); n > 0 {
			ci.Low, ci.High = ascending(low.value, high.value)
			return high.unit, n
		}
		if n := p.infinite(ci, k); n > 0 {
			return "", n
		}
	}
	rel := quantity.Relation("")
	if p.is(k, tRelation) {
		rel = p.tok[k].rel
		k++
	}
	f, n := p.figure(k, true)
	if n == 0 || side == 0 && !ordered(rel) {
		return "", 0
	}
	ci.OneSided = true
	if side == wUpper || rel == quantity.Below || rel == quantity.AtMost {
		ci.High = f.value
	} else {
		ci.Low = f.value
	}
	return f.unit, n
}

// ascending returns two bounds with the lower first, in whatever order they are printed.
func ascending(a, b quantity.Decimal) (low, high quantity.Decimal) {
	if quantity.Compare(a, b) > 0 {
		return b, a
	}
	return a, b
}

func ordered(r quantity.Relation) bool {
	return r == quantity.Below || r == quantity.AtMost || r == quantity.Above || r == quantity.AtLeast
}

// infinite reads an interval that is open to one side: "-∞ to 1.4", "0.3 to infinity".
func (p *parser) infinite(ci *evidence.Interval, k int) int {
	infinity := func(i int) bool { return p.is(i, tInfinity) || p.isWord(i, wInfinity) }
	joint := func(i int) bool {
		return p.is(i, tComma) || p.is(i, tDash) || p.is(i, tSemicolon) || p.isWord(i, wTo)
	}
	j := k
	if p.is(j, tDash) || p.isWord(j, wMinus) {
		j++
	}
	if infinity(j) && joint(j+1) {
		if f, n := p.figure(j+2, true); n > 0 {
			ci.High, ci.OneSided = f.value, true
			return n
		}
		return 0
	}
	f, n := p.figure(k, true)
	if n == 0 || !joint(n) {
		return 0
	}
	n++
	if p.is(n, tPlus) {
		n++
	}
	if !infinity(n) {
		return 0
	}
	ci.Low, ci.OneSided = f.value, true
	return n + 1
}

// loneInterval marks an interval that belongs to no estimate read before it.
func (p *parser) loneInterval(i int) int {
	ci, unit, n := p.interval(i)
	if n > 0 {
		p.emit(i, n, Item{Kind: Interval, Estimate: evidence.Estimate{CI: ci, Unit: unit}})
		return n
	}
	if h, n := p.intervalHead(i); n > 0 && h.level != "" {
		p.ci, p.level = true, h.level // announced: "OR (95% CI)"
		return n
	}
	return 0
}

// intervalAfter reads the interval of a value that ends before token k, over a comma, a bracket or a unit. Announced
// allows a bracketed pair of numbers that is not itself called an interval.
func (p *parser) intervalAfter(k int, announced bool) (ci *evidence.Interval, unit string, n int) {
	j := k
	open := 0
	if p.is(j, tComma) || p.is(j, tSemicolon) || p.is(j, tColon) {
		j++
	}
	if p.is(j, tDash) && p.tok[j].spaced && p.is(j+1, tNumber) && p.tok[j+1].spaced { // in a line of its own: "RR: 0.8\n- 95% CI: ..."
		if _, h := p.intervalHead(j + 1); h > 0 {
			j++
		}
	}
	if p.isWord(j, wWith) || p.isWord(j, wAnd) {
		j++
		if p.isWord(j, wA, wThe) {
			j++
		}
	}
	if p.is(j, tOpen) {
		open++
		j++
	}
	if ci, unit, n = p.interval(j); n == 0 && announced {
		low, high, m := p.span(j, false)
		if m > 0 && (open > 0 && (p.is(m, tClose) || p.is(m, tSemicolon) || p.is(m, tComma)) || open == 0 && j > k && m > 0 && !p.is(m, tPercent)) &&
			quantity.Compare(low.value, high.value) <= 0 {
			ci, unit, n = &evidence.Interval{Level: p.level, Kind: "confidence", Low: low.value, High: high.value}, high.unit, m
		}
	}
	if n == 0 {
		return nil, "", 0
	}
	if open > 0 && p.is(n, tClose) {
		n++
	}
	return ci, unit, n
}
