package annotate

import (
	"strings"

	"github.com/picograph/picograph/graph/evidence"
	"github.com/picograph/picograph/graph/quantity"
)

// figure is a printed number with its sign and unit.
type figure struct {
	value   quantity.Decimal
	unit    string
	doubt   string
	percent bool
	whole   bool
	spelt   bool
	signed  bool
	start   int // token
}

const dashDoubt = "a dash read as a minus sign"

// signed reads a number with an optional sign at token i. A dash that touches the number is its minus sign unless it
// joins it to something before; where loose is true, a dash with a space after it counts too.
func (p *parser) signed(i int, loose bool) (f figure, n int) {
	f.start = i
	negative := false
	switch t := p.at(i); {
	case t.kind == tDash && p.is(i+1, tNumber):
		touching := !p.tok[i+1].spaced
		if !touching && !loose || touching && !p.mayBeMinus(i) {
			return f, 0
		}
		if !touching {
			f.doubt = dashDoubt
		}
		negative = true
		i++
	case t.kind == tWord && t.word.id() == wMinus && p.is(i+1, tNumber):
		negative = true
		i++
	case p.currency(i) != "" && p.is(i+1, tNumber):
		f.unit = p.currency(i)
		i++
	case t.kind == tDash && p.currency(i+1) != "" && p.is(i+2, tNumber) && p.mayBeMinus(i):
		f.unit = p.currency(i + 1)
		negative = true
		i += 2
	case (t.kind == tPlus || t.kind == tAbout) && p.is(i+1, tNumber):
		f.signed = t.kind == tPlus
		i++
	}
	t := p.at(i)
	if t.kind != tNumber || t.value == "" {
		return f, 0
	}
	f.value, f.whole, f.spelt = t.value, t.whole, t.spelt
	if p.brokenDecimal(i) { // "= 1. 37"
		f.value, f.whole = t.value+"."+quantity.Decimal(p.raw(i+2)), false
		f.doubt = join(f.doubt, "a space within the number")
		if negative {
			f.value, f.signed = f.value.Negate(), true
		}
		return f, i + 3
	}
	if negative {
		f.value, f.signed, f.whole = p.negative(i), true, t.whole
	}
	return f, i + 1
}

// brokenDecimal reports whether a space stands after the decimal sign of the number at token i, which follows an equals
// sign: "odds ratio = 1. 37,".
func (p *parser) brokenDecimal(i int) bool {
	if !p.is(i-1, tRelation) || !p.tok[i].whole || !p.is(i+1, tDot) || p.tok[i+1].spaced || !p.is(i+2, tNumber) || !p.tok[i+2].spaced || p.tok[i+2].spelt || !p.tok[i+2].whole {
		return false
	}
	return p.is(i+3, tComma) || p.is(i+3, tSemicolon) || p.is(i+3, tClose)
}

// currency returns the unit of a currency sign at token i, or nothing.
func (p *parser) currency(i int) string {
	if !p.is(i, tOther) || i+1 >= len(p.tok) || p.tok[i+1].spaced {
		return ""
	}
	switch s := p.raw(i); s {
	case "$", "£", "€", "¥":
		if u, ok := p.vocab.Unit(s); ok {
			return u.ID
		}
		return s
	}
	return ""
}

// negative returns the number at token i with a minus sign, from the text itself where that is possible.
func (p *parser) negative(i int) quantity.Decimal {
	t := p.tok[i]
	if t.start > 0 && p.text[t.start-1] == '-' && p.text[t.start:t.end] == string(t.value) {
		return quantity.Decimal(p.text[t.start-1 : t.end])
	}
	return t.value.Negate()
}

// mayBeMinus reports whether the dash at token i can be a sign rather than a range or a hyphen.
func (p *parser) mayBeMinus(i int) bool {
	if i == 0 || p.tok[i].spaced {
		return true
	}
	switch p.tok[i-1].kind {
	case tOpen, tRelation, tComma, tSemicolon, tColon, tDash, tSlash, tPlusMinus, tAbout:
		return true
	case tWord:
		return p.tok[i-1].word.id() != 0
	}
	return false
}

// figure reads a number with its sign and unit at token i.
func (p *parser) figure(i int, loose bool) (figure, int) {
	f, n := p.signed(i, loose)
	if n == 0 {
		return f, 0
	}
	return p.withUnit(f, n)
}

// withUnit adds the unit that stands at token n to a figure.
func (p *parser) withUnit(f figure, n int) (figure, int) {
	if f.unit != "" {
		return f, p.skipConversion(n)
	}
	if p.is(n, tPercent) {
		f.percent, f.unit = true, "%"
		n++
		if p.isWord(n, wPoint) {
			f.unit = "percentage points"
			n++
		} else if p.is(n, tDash) && !p.tok[n].spaced && p.isWord(n+1, wPoint) {
			f.unit = "percentage points"
			n += 2
		}
		return f, n
	}
	if p.isWord(n, wPercent) || p.isWord(n, wPer) && p.isWord(n+1, wCent) {
		if p.tok[n].word.id() == wPer {
			n++
		}
		n++
		f.percent, f.unit = true, "%"
		if p.isWord(n, wPoint) {
			f.unit = "percentage points"
			n++
		}
		return f, n
	}
	if p.is(n, tWord) && p.tok[n].word.id() == wFold || p.is(n, tDash) && !p.tok[n].spaced && p.isWord(n+1, wFold) {
		f.unit = "fold"
		if p.is(n, tDash) {
			n++
		}
		return f, n + 1
	}
	if u, k := p.timeUnitAt(n); u != "" {
		f.unit = u
		return f, k
	}
	if k := p.powerUnit(n); k > n {
		f.unit = p.printed(n, k)
		return f, k
	}
	if k := p.perUnit(n); k > n {
		f.unit = p.printed(n, k)
		if u, ok := p.vocab.Unit(f.unit); ok {
			f.unit = u.ID
		}
		return f, k
	}
	if u, k := p.unitAt(n); u != "" && k > n {
		if u == "%" {
			f.percent = true
		}
		f.unit, n = u, k
	}
	return f, n
}

// skipConversion goes past the same sum in another currency: "£188 [US$277]".
func (p *parser) skipConversion(n int) int {
	if _, e := p.styleAt(n + 1); e > 0 || !p.is(n, tOpen) {
		return n
	}
	money := false
	for k := n + 1; k < n+7; k++ {
		switch {
		case p.is(k, tClose):
			if money {
				return k + 1
			}
			return n
		case p.is(k, tOther):
			money = money || p.currency(k) != ""
		case !p.is(k, tDash) && !p.is(k, tWord) && !p.is(k, tNumber):
			return n
		}
	}
	return n
}

// powerUnit goes past a power of ten with its unit: "× 10^9/L", "×10(6) cells/mL". It returns n where none stands.
func (p *parser) powerUnit(n int) int {
	if !p.is(n, tTimes) || !p.is(n+1, tNumber) || !p.tok[n+1].whole || !strings.HasPrefix(string(p.tok[n+1].value), "10") {
		return n
	}
	k := n + 2
	if p.is(k, tOther) && !p.tok[k].spaced && p.is(k+1, tNumber) {
		k += 2
	} else if p.is(k, tOpen) && p.is(k+1, tNumber) && p.is(k+2, tClose) {
		k += 3
	} else if len(p.tok[n+1].value) < 3 && p.tok[n+1].end-p.tok[n+1].start == len(p.tok[n+1].value) {
		return n
	}
	if p.is(k, tSlash) && p.is(k+1, tWord) {
		return k + 2
	}
	if u, e := p.unitAt(k); u != "" && e > k {
		return e
	}
	return k
}

// perUnit goes past what a rate is per: "per 100 person-years", "events per 1000 live births", "per child per year". It
// returns n where no rate stands.
func (p *parser) perUnit(n int) int {
	k := n
	if p.is(k, tSlash) && p.is(k+1, tNumber) && p.tok[k+1].whole && len(p.tok[k+1].value) > 3 && !p.tok[k+1].spaced {
		k++
	} else if !p.isWord(k, wPer) {
		return n
	} else {
		k++
	}
	number := p.is(k, tNumber) && strings.Trim(string(p.tok[k].value), "0") == "1"
	if number {
		k++
	} else if !p.is(k, tWord) || !p.tok[k].word.is(fPeople) {
		return n
	}
	last := k
	for k < n+8 {
		switch {
		case p.is(k, tDash) && !p.tok[k].spaced && p.is(k+1, tWord):
			k += 2
		case p.isWord(k, wPer) && p.is(k+1, tWord):
			k += 2
		case p.is(k, tWord) && (p.tok[k].word.is(fPeople|fTimeUnit) || p.is(k+1, tWord) && p.tok[k+1].word.is(fPeople|fTimeUnit)):
			k++
		default:
			return max(last, k)
		}
	}
	return max(last, k)
}

// timeUnitAt returns the unit of time at token n, over a hyphen, unless it is only a part of a unit ("min/session").
func (p *parser) timeUnitAt(n int) (string, int) {
	k := n
	if p.is(k, tDash) && !p.tok[k].spaced && p.is(k+1, tWord) && !p.tok[k+1].spaced {
		k++
	}
	u := p.timeUnit(k)
	if u == "" || p.is(k+1, tSlash) && !p.tok[k+1].spaced || p.isWord(k+1, wPer) {
		return "", n
	}
	return u, k + 1
}

// span reads two numbers that bound something, with their units: "-44 to -21", "11%–26%", "0.39, 1.08". Between is
// true after the word between, where "and" joins them.
func (p *parser) span(i int, between bool) (low, high figure, n int) {
	low, n = p.figure(i, true)
	if n == 0 {
		return low, high, 0
	}
	switch t := p.at(n); {
	case t.kind == tDash, t.kind == tComma, t.kind == tSemicolon, t.kind == tColon && !p.at(n+1).spaced, t.kind == tSlash:
	case t.kind == tWord && (t.word.id() == wTo || t.word.id() == wThrough):
	case t.kind == tWord && t.word.id() == wAnd && between:
	case t.kind == tAbout && !t.spaced:
	default:
		return low, high, 0
	}
	joint := n
	n++
	if p.is(joint, tComma) && p.isWord(n, wTo) { // ", to"
		n++
	}
	if p.is(n, tWord) && p.tok[n].word.id() == wTo && p.is(joint, tDash) { // "-to-"
		n++
		if p.is(n, tDash) && !p.is(n+1, tNumber) {
			n++
		}
	}
	bracket := p.is(n, tOpen) && (p.is(joint, tDash) || p.isWord(joint, wTo)) && p.is(n+1, tDash)
	if bracket { // "-2.6 - (-0.21)"
		n++
	}
	high, k := p.figure(n, true)
	if k == 0 || bracket && !p.is(k, tClose) {
		return low, high, 0
	}
	if bracket {
		k++
	}
	low.doubt, high.doubt = "", "" // within an interval a dash before a number is its sign
	if high.unit != "" && low.unit == "" {
		low.unit, low.percent = high.unit, high.percent
	}
	return low, high, k
}

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

// emitOver adds an item over the tokens first to n and returns the token to go on with. Where the item opened a
// bracket that holds only a P value after it, the item takes the bracket to its end: "1.4 (95% CI, 1.1 to 1.8; P = .02)".
func (p *parser) emitOver(first, n int, it Item) int {
	open := 0
	for _, t := range p.tok[first:n] {
		switch t.kind {
		case tOpen:
			open++
		case tClose:
			open--
		}
	}
	if open == 1 && p.is(n, tClose) {
		n++
	}
	next := n
	if open == 1 && (p.is(n, tComma) || p.is(n, tSemicolon)) && p.isWord(n+1, wP) {
		if m := p.pValue(n + 1); m > 0 {
			next = m
			if p.is(m, tClose) {
				n, next = m+1, m+1
			}
		}
	}
	p.emit(first, n, it)
	return next
}
