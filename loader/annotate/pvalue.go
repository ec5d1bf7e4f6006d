package annotate

import (
	"strings"

	"github.com/picograph/picograph/graph/evidence"
	"github.com/picograph/picograph/graph/quantity"
)

// pValue marks a P value: "P = .61", "p<0·05", "P for interaction = .03", "P values ranged from .02 to .04", "NS".
func (p *parser) pValue(i int) int {
	if p.isWord(i, wNS) && (p.raw(i) == "NS" || strings.EqualFold(p.raw(i), "n.s")) {
		n := i + 1
		if p.is(n, tDot) && !p.tok[n].spaced && strings.Contains(p.raw(i), ".") {
			n++
		}
		p.emitP(i, n, evidence.PValue{})
		return n
	}
	if !p.isWord(i, wP) {
		return 0
	}
	k, of := p.pName(i + 1)
	return p.pNumber(i, k, of)
}

// symbolP reads a P whose subject is part of the word: "Pinteraction", "Ptrend", "p_int".
func (p *parser) symbolP(i int) int {
	raw := p.raw(i)
	if len(raw) < 3 || raw[0]|0x20 != 'p' {
		return 0
	}
	of := ""
	switch strings.ToLower(strings.TrimPrefix(raw[1:], "_")) {
	case "interaction", "int", "inter", "het", "heterogeneity":
		of = evidence.PInteraction
	case "trend":
		of = evidence.PTrend
	case "value", "values", "adj", "adjusted", "corrected", "fdr", "s":
	case "between":
		of = evidence.PBetween
	case "within":
		of = evidence.PWithin
	default:
		return 0
	}
	if !p.is(i+1, tRelation) && of == "" && !strings.Contains(raw, "alue") {
		return 0
	}
	return p.pNumber(i, i+1, of)
}

// pName goes past the words of a P value's name, and says what it tests.
func (p *parser) pName(k int) (int, string) {
	of := ""
	for steps := 0; steps < 8; steps++ {
		t := p.at(k)
		switch {
		case t.kind == tDash && !t.spaced && p.isWord(k+1, wValue, wInteraction, wTrend):
			k++
		case t.kind == tWord && t.word.id() == wValue:
			k++
		case t.kind == tWord && t.word.id() == wInteraction:
			of = evidence.PInteraction
			k++
		case t.kind == tWord && t.word.id() == wTrend:
			of = evidence.PTrend
			k++
		case t.kind == tWord && t.word.id() == wFor && p.is(k+1, tWord) && steps < 3:
			j := k + 1
			for j < k+7 && p.is(j, tWord) && !p.isWord(j, wWas, wP) {
				switch p.tok[j].word.id() {
				case wInteraction:
					of = evidence.PInteraction
				case wTrend:
					of = evidence.PTrend
				}
				if strings.HasPrefix(p.raw(j), "heterogen") {
					of = evidence.PInteraction
				}
				if strings.EqualFold(p.raw(j), "superiority") || strings.EqualFold(p.raw(j), "noninferiority") {
					of = evidence.PBetween
				}
				j++
			}
			k = j
		case t.kind == tOpen && p.is(k+1, tWord) && p.is(k+2, tClose):
			switch {
			case p.isWord(k+1, wInteraction):
				of = evidence.PInteraction
			case p.isWord(k+1, wTrend):
				of = evidence.PTrend
			}
			k += 3
		default:
			return k, of
		}
	}
	return k, of
}

// pNumber reads the relation and number of a P value whose name ends before token k.
func (p *parser) pNumber(i, k int, of string) int {
	v := evidence.PValue{Of: of}
	if k = p.pRelation(k, k > i+1, &v); k == 0 {
		return 0
	}
	for p.isWord(k, wRanging, wFrom, wBetween, wRange) {
		k++
	}
	if p.isWord(k, wNS) || p.isWord(k, wNot) && p.isWord(k+1, wSignificant) {
		n := k + 1
		if p.isWord(k, wNot) {
			n++
		}
		v.Relation = ""
		p.emitP(i, n, v)
		return n
	}
	f, n := p.pFigure(k)
	if n == 0 {
		return 0
	}
	v.Value = f
	if p.isWord(n, wTo) || p.is(n, tDash) || p.isWord(n, wAnd) && p.isWord(k-1, wBetween) {
		if high, e := p.pFigure(n + 1); e > 0 {
			v.High, n = high, e
			if v.Relation == "" {
				v.Relation = string(quantity.Equal)
			}
		}
	}
	p.emitP(i, n, v)
	return p.moreP(n)
}

// pRelation reads the relation of a P value at token k into v and returns the token after it, or 0 where no number can
// follow. Named is true after "P value", "P for trend" and the like.
func (p *parser) pRelation(k int, named bool, v *evidence.PValue) int {
	t := p.at(k)
	switch {
	case t.kind == tRelation:
		v.Relation = string(t.rel)
		if strings.HasPrefix(p.raw(k), "=") && strings.Contains(p.raw(k), "<") {
			v.Relation = string(quantity.Below)
		}
		k++
		if p.is(k, tRelation) { // "P = <.001" in any spelling
			v.Relation = string(p.tok[k].rel)
			k++
		}
	case named && p.isWord(k, wWas, wOf):
		v.Relation = string(quantity.Equal)
		k++
		if rel, n := p.comparison(k); n > 0 {
			v.Relation, k = string(rel), n
		} else if p.is(k, tRelation) {
			v.Relation = string(p.tok[k].rel)
			k++
		}
	case named && p.isWord(k, wRanging, wBetween, wRange):
	case t.kind == tColon || t.kind == tComma && named:
		k++
		if p.is(k, tRelation) {
			v.Relation = string(p.tok[k].rel)
			k++
		}
	case t.kind == tWord && t.word.id() == wNS, t.kind == tNumber && !t.whole:
	case p.isWord(k, wLess, wGreater):
		if rel, n := p.comparison(k); n > 0 {
			v.Relation, k = string(rel), n
		}
	case p.isWord(k, wBetween):
	default:
		return 0
	}
	return k
}

// pFigure reads the number of a P value: between 0 and 1, also with a stray space ("=. 14") or a power of ten.
func (p *parser) pFigure(k int) (quantity.Decimal, int) {
	if p.is(k, tDot) && p.is(k+1, tNumber) && p.tok[k+1].whole {
		return quantity.Decimal("0." + string(p.tok[k+1].value)), k + 2
	}
	t := p.at(k)
	if t.kind != tNumber || t.spelt || t.value == "" {
		return "", 0
	}
	if t.whole && t.value == "0" && p.is(k+1, tDot) && p.is(k+2, tNumber) && p.tok[k+2].spaced && p.tok[k+2].whole {
		return quantity.Decimal("0." + p.printed(k+2, k+3)), k + 3
	}
	if t.whole && t.value == "0" && p.is(k+1, tSlash) && p.is(k+2, tNumber) && p.tok[k+2].whole && !p.tok[k+2].spaced { // "0/03" for 0.03
		return quantity.Decimal("0." + p.printed(k+2, k+3)), k + 3
	}
	n := k + 1
	v := t.value
	if p.is(n, tTimes) || p.is(n, tWord) && p.raw(n) == "x" {
		if e := p.power(n + 1); e > n+1 {
			if scaled, ok := scale(v, p.exponent(n+1)); ok {
				return scaled, e
			}
		}
	}
	if quantity.Compare(v, "1") > 0 {
		return "", 0
	}
	return v, n
}

// power goes past "10-8", "10^-8" or "10(-8)" at token k.
func (p *parser) power(k int) int {
	if !p.is(k, tNumber) || p.tok[k].value != "10" {
		return 0
	}
	j := k + 1
	if p.is(j, tOther) || p.is(j, tOpen) {
		j++
	}
	if p.is(j, tDash) && p.is(j+1, tNumber) {
		j += 2
		if p.is(j, tClose) && p.is(k+1, tOpen) {
			j++
		}
		return j
	}
	return 0
}

func (p *parser) exponent(k int) int {
	for j := k + 1; j < k+4; j++ {
		if p.is(j, tDash) && p.is(j+1, tNumber) {
			x, _ := p.tok[j+1].value.Int()
			return x
		}
	}
	return 0
}

// scale divides a number by a power of ten, in digits.
func scale(v quantity.Decimal, places int) (quantity.Decimal, bool) {
	if places < 1 || places > 30 || v.Negative() {
		return "", false
	}
	whole, frac, _ := strings.Cut(string(v), ".")
	if len(whole) != 1 {
		return "", false
	}
	return quantity.Decimal("0." + strings.Repeat("0", places-1) + whole + frac), true
}

// moreP takes further P values of a list: "P = .03, .04, and <.001, respectively".
func (p *parser) moreP(n int) int {
	for {
		j := n
		if p.is(j, tComma) {
			j++
		}
		if p.isWord(j, wAnd, wOr) {
			j++
		}
		if j == n {
			return n
		}
		v := evidence.PValue{Relation: string(quantity.Equal)}
		at := j
		bare := !p.is(j, tRelation)
		if p.is(j, tRelation) {
			v.Relation = string(p.tok[j].rel)
			j++
		}
		t := p.at(j)
		if t.kind != tNumber || t.whole || t.spelt || quantity.Compare(t.value, "1") > 0 || t.value == "" || p.is(j+1, tPercent) || p.is(j+1, tOpen) {
			return n
		}
		if u, _ := p.unitAt(j + 1); u != "" {
			return n
		}
		if bare && !p.respectively && p.text[t.start] != '.' {
			return n // another estimate
		}
		v.Value = t.value
		p.emitP(at, j+1, v)
		n = j + 1
	}
}

// shortP reads a P value between two bounds: "0.01 < P < 0.05".
func (p *parser) shortP(i int) int {
	if !p.is(i+1, tRelation) || !p.isWord(i+2, wP) || !p.is(i+3, tRelation) || !p.is(i+4, tNumber) {
		return 0
	}
	if !ordered(p.tok[i+1].rel) || !ordered(p.tok[i+3].rel) {
		return 0
	}
	p.emitP(i, i+5, evidence.PValue{Relation: string(quantity.Equal), Value: p.tok[i].value, High: p.tok[i+4].value})
	return i + 5
}

// emitP adds a P value over the tokens i to j, and says what it tests where the words next to it do.
func (p *parser) emitP(i, j int, v evidence.PValue) {
	if v.Of == "" {
		v.Of = p.testedBefore(i)
	}
	if v.Of == "" {
		v.Of = p.testedAfter(j)
	}
	v.Printed = p.printed(i, j)
	p.emit(i, j, Item{Kind: PValue, P: v})
}

// testedBefore looks at the words just before a P value: "interaction P", "between-group P", "P for trend".
func (p *parser) testedBefore(i int) string {
	for k := i - 1; k >= 0 && k >= i-6; k-- {
		t := p.tok[k]
		switch t.kind {
		case tDash, tComma, tColon:
			continue
		case tWord:
		default:
			return ""
		}
		switch t.word.id() {
		case wInteraction:
			return evidence.PInteraction
		case wTrend:
			return evidence.PTrend
		case wBetween:
			return evidence.PBetween
		case wWithin:
			return evidence.PWithin
		case wGroup, wDifference, wFor, wThe, wValue:
			continue
		}
		if strings.EqualFold(p.raw(k), "intergroup") {
			return evidence.PBetween
		}
		if strings.EqualFold(p.raw(k), "intragroup") {
			return evidence.PWithin
		}
		return ""
	}
	return ""
}

// testedAfter looks at the words just after a P value: "P = .03 for interaction".
func (p *parser) testedAfter(j int) string {
	if !p.isWord(j, wFor) {
		switch {
		case p.isWord(j, wBetween) && p.isWord(j+1, wGroup):
			return evidence.PBetween
		case p.isWord(j, wVs, wFrom) && p.isWord(j+1, wBaseline), p.is(j, tWord) && strings.EqualFold(p.raw(j), "compared") && p.isWord(j+2, wBaseline):
			return evidence.PWithin
		}
		return ""
	}
	for k := j + 1; k < j+6; k++ {
		switch {
		case p.isWord(k, wInteraction):
			return evidence.PInteraction
		case p.isWord(k, wTrend):
			return evidence.PTrend
		case p.isWord(k, wBetween):
			return evidence.PBetween
		case p.isWord(k, wWithin):
			return evidence.PWithin
		case !p.is(k, tWord) && !p.is(k, tDash):
			return ""
		}
	}
	return ""
}
