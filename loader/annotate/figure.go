package annotate

import (
	"strings"

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
	case p.currency(i) != "" && p.is(i+1, tDash) && !p.tok[i+1].spaced && p.is(i+2, tNumber) && !p.tok[i+2].spaced: // "€-20"
		f.unit = p.currency(i)
		negative = true
		i += 2
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
		return p.tok[i-1].word.id() != 0 && p.raw(i) != "\u2014" // "in both groups\u201485% and 87%" goes on, and is not below zero
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
	if p.is(joint, tDash) && p.is(k, tComma) && !p.tok[k].spaced && p.is(k+1, tNumber) && !p.tok[k+1].spaced && p.tok[k+1].end-p.tok[k+1].start < 3 {
		return low, high, 0 // "0.26–1,72": where the upper bound ends is doubtful
	}
	low.doubt, high.doubt = "", "" // within an interval a dash before a number is its sign
	if high.unit != "" && low.unit == "" {
		low.unit, low.percent = high.unit, high.percent
	}
	return low, high, k
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
