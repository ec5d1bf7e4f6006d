package annotate

import (
	"github.com/picograph/picograph/graph/evidence"
	"github.com/picograph/picograph/graph/quantity"
)

// gap looks for the value of a measure over the words after its name.
type gap struct {
	*parser
	m         *namedMeasure
	from      int
	depth     int
	at        int // the token of the value
	end       int
	value     figure
	ci        *evidence.Interval
	sd, se    quantity.Decimal
	announced bool // "(95% CI)" stands before the value
	p         int  // the token before a P value between the value and its interval
}

// farthest is how many tokens may stand between the name of a measure and its value.
const farthest = 26

// scan finds the value. It reports false when none belongs to the measure.
func (g *gap) scan() bool {
	connected := true // the value may stand here
	for k := g.from; k < len(g.tok) && k < g.from+farthest; {
		t := g.tok[k]
		switch t.kind {
		case tOpen:
			n, ok := g.bracket(k)
			if ok {
				return true
			}
			if n == 0 {
				return false
			}
			if n > k+1 {
				connected = connected || n == g.from
			} else {
				connected = true
			}
			k = n
		case tClose:
			if t.depth < g.depth {
				return false
			}
			k++
		case tComma, tColon:
			connected = true
			k++
		case tRelation:
			if t.rel != quantity.Equal && !g.next(k, t) {
				return false
			}
			connected = true
			k++
		case tSemicolon, tDot:
			return false
		case tNumber, tDash, tPlus, tAbout:
			if n := g.skip(k, connected); n > 0 {
				k = n
				continue
			}
			if t.kind == tDash && !g.is(k+1, tNumber) || t.kind == tDash && !connected && !t.spaced {
				connected = false
				k++
				continue
			}
			if _, n := g.intervalHead(k); n > 0 {
				return g.ci != nil
			}
			return g.take(k, connected)
		case tWord:
			if t.word.id() == wMinus && connected && g.is(k+1, tNumber) {
				return g.take(k, connected)
			}
			n, c, stop := g.word(k, connected)
			if stop {
				return g.ci != nil
			}
			k, connected = n, c
		default:
			connected = false
			k++
		}
	}
	return false
}

// next reports whether a sign of comparison may stand before the value of an effect ("OR <1.0" may not stand for one).
func (g *gap) next(_ int, _ token) bool { return false }

// word goes past one word of the gap; connected says whether the value may follow it.
func (g *gap) word(k int, connected bool) (n int, c, stop bool) {
	t := g.tok[k]
	if t.word.id() == wP && !g.isWord(k+1, wFor) && (g.is(k+1, tRelation) || g.isWord(k+1, wValue) || g.is(k+1, tDash)) {
		return 0, false, true
	}
	if h, n := g.intervalHead(k); n > 0 {
		return g.head(k, n, h)
	}
	if _, n := g.measureAt(k); n > 0 && k > g.from {
		if x, _ := g.measureName(k); x.id != "" && (x.id != g.m.id && !x.vague || g.m.vague && !x.vague) {
			return 0, false, true
		}
		return n, true, false
	}
	switch t.word.id() {
	case wWas, wOf, wAt, wBy, wAs:
		return k + 1, true, false
	case wMean, wMedian, wFrom:
		return 0, false, true
	}
	if t.word.is(fCopula) {
		return k + 1, true, false
	}
	return k + 1, false, false
}

// head goes past the announcement of an interval before the value ("odds ratio, 95% CI: 1.2, 0.9 to 1.6"), or takes
// an interval that stands without a value.
func (g *gap) head(k, n int, h head) (int, bool, bool) {
	g.announced = true
	if h.level != "" {
		g.level = h.level
	}
	if h.side != 0 {
		return 0, false, true
	}
	j := n
	for g.is(j, tComma) || g.is(j, tColon) || g.is(j, tRelation) || g.is(j, tClose) {
		j++
	}
	if _, m := g.figure(j, true); m > 0 {
		if g.is(m, tOpen) || g.is(m, tComma) || g.is(m, tSemicolon) {
			if _, _, e := g.intervalAfter(m, true); e > 0 {
				return j, true, false
			}
		}
		if ci, unit, e := g.interval(k); e > 0 && k <= g.from+2 {
			g.ci, g.end, g.at = ci, e, k
			g.value.unit = unit
		}
		return 0, false, true
	}
	return n, true, false
}

// bracket goes past a bracket in the gap. A bracket that holds the value is entered; ok is true when the estimate
// was completed within it.
func (g *gap) bracket(k int) (n int, ok bool) {
	j := k + 1
	if ci, unit, e := g.interval(k); e > 0 && k == g.from {
		g.ci, g.end, g.at = ci, e, k
		g.value.unit = unit
		return e, true
	}
	if h, e := g.intervalHead(j); e > 0 && g.is(e, tClose) {
		g.announced = true
		if h.level != "" {
			g.level = h.level
		}
		return e + 1, false
	}
	words := 0
	for ; j < len(g.tok) && j < k+10; j++ {
		switch t := g.tok[j]; t.kind {
		case tClose:
			return j + 1, false // nothing but words
		case tNumber:
			if words == 0 || g.is(j-1, tRelation) || g.is(j-1, tComma) || g.is(j-1, tColon) || g.is(j-1, tDash) {
				if k == g.from || words > 0 && k <= g.from+1 || k <= g.from+8 {
					return k + 1, false // enter it
				}
			}
			if h, e := g.intervalHead(j); e > 0 && g.is(e, tClose) {
				g.announced = true
				if h.level != "" {
					g.level = h.level
				}
				return e + 1, false
			}
			return 0, false
		case tWord, tName:
			if t.word.id() == wP || t.word.id() == wN {
				return 0, false
			}
			if g.m.vague && t.word.is(fMeasure) {
				if x, n := g.measureName(j); n > 0 && !x.vague {
					return 0, false
				}
			}
			words++
		}
	}
	return 0, false
}

// skip goes past a number in the gap that cannot be the value: a label, a time, a dose, a number of people.
func (g *gap) skip(k int, connected bool) int {
	t := g.tok[k]
	if t.kind != tNumber {
		return 0
	}
	if t.label {
		return k + 1
	}
	if h, n := g.intervalHead(k); n > 0 {
		n, c, stop := g.head(k, n, h)
		if stop || !c {
			return 0
		}
		return n
	}
	if f, n := g.figure(k, false); n > 0 {
		if _, _, e := g.intervalAfter(n, g.announced); e > 0 {
			return 0
		}
		if f.unit != "" && !f.percent && !connected {
			return n
		}
	}
	if n := g.timeList(k); n > 0 {
		if !connected || g.isWord(k-1, wAt, wBy, wOf) {
			return n
		}
	}
	if t.spelt && !connected {
		return k + 1
	}
	return 0
}

// sharesPeople reports whether people are named at token k, past an article.
func (g *gap) sharesPeople(k int) bool {
	if g.isWord(k, wThe, wAll) {
		k++
	}
	return g.is(k, tWord) && g.tok[k].word.is(fPeople)
}

// take takes the value at token k and what follows it.
func (g *gap) take(k int, connected bool) bool {
	f, n := g.figure(k, connected)
	if n == 0 {
		return false
	}
	if g.is(n, tSlash) && g.is(n+1, tNumber) || g.isWord(n, wOf) && g.is(n+1, tNumber) {
		return false
	}
	if f.unit == "" && g.is(n, tWord) && g.tok[n].word.is(fCounted|fTimeUnit) {
		return false
	}
	if g.isTime(f.unit) && g.isWord(k-1, wAt) {
		return false // "the difference reached 1 point at 26 weeks": a time
	}
	if f.percent && g.isWord(n, wOf) && g.sharesPeople(n+1) {
		return false // "no difference was found in use, 37% of participants were": a share
	}
	if g.m.scale == "ratio" && f.unit != "" && f.unit != "fold" {
		return false
	}
	ratio := g.m.scale == "ratio"
	ci, unit, e := g.intervalAfter(n, g.announced || ratio && g.is(n, tOpen) || ratio && !f.whole && g.is(n, tComma))
	if e == 0 && !f.whole && g.is(n, tOpen) && g.raw(n) == "[" { // "difference = -0.50 [-0.80, -0.20]"
		if ci, unit, e = g.intervalAfter(n, true); e > 0 && (quantity.Compare(ci.Low, f.value) > 0 || quantity.Compare(f.value, ci.High) > 0) {
			ci, unit, e = nil, "", 0
		}
	}
	if e == 0 { // "OR = 1.27; P = .04; CI = 1.01-1.59"
		if j := g.pastP(n); j > n {
			if ci, unit, e = g.intervalAfter(j, false); e > 0 {
				g.p = n
			}
		}
	}
	if e == 0 && g.is(n, tComma) { // "-1.0, exercise versus control, 95% CI -4.9 to 3.0"
		j := n + 1
		for j < n+8 && (g.is(j, tWord) || g.is(j, tDash)) && !g.tok[j].word.is(fCopula) {
			j++
		}
		if j > n+1 && g.is(j, tComma) {
			ci, unit, e = g.intervalAfter(j, false)
		}
	}
	if e == 0 && f.unit == "" { // "2.3 beats faster (95% CI ...)"
		j := n
		for j < n+5 && g.is(j, tWord) && !g.tok[j].word.is(fCopula) {
			j++
		}
		if j > n {
			if ci, unit, e = g.intervalAfter(j, false); e == 0 && g.is(j, tOpen) {
				e = 0
			}
		}
	}
	if e == 0 && !g.credible(k, connected, f) {
		return false
	}
	if e == 0 && f.whole && len(f.value) == 4 && f.unit == "" {
		return false // a year
	}
	g.at, g.value, g.end = k, f, n
	if e > 0 {
		g.ci, g.end = ci, e
		if g.value.unit == "" && unit != "" {
			g.value.unit, g.value.percent = unit, unit == "%"
		}
	}
	g.dispersion()
	g.settleSign(k)
	return true
}

// pastP returns the token after a P value that follows token n over a comma, or n.
func (p *parser) pastP(n int) int {
	if !p.is(n, tComma) && !p.is(n, tSemicolon) || !p.isWord(n+1, wP) || !p.is(n+2, tRelation) {
		return n
	}
	if _, m := p.pFigure(n + 3); m > 0 {
		return m
	}
	return n
}

// credible reports whether a value without an interval may belong to the measure: the words between are few and
// of one clause, and a ratio is not a count or a rate.
func (g *gap) credible(k int, connected bool, f figure) bool {
	if !connected || k > g.from+12 {
		return false
	}
	direct := g.is(k-1, tRelation)
	if g.m.scale == "ratio" && f.whole && !direct {
		return false
	}
	if (g.m.scale == "share" || g.m.scale == "coefficient" && g.m.id != "beta") && !f.percent && (f.whole || quantity.Compare(f.value, "1") > 0) {
		return false // "AUC(0-24)" is an amount of a drug
	}
	if g.m.vague && f.percent && g.tok[k].depth > g.depth && g.another(k) {
		return false // "no difference in dropout (24% with A and 20% with B)": values of the arms
	}
	if g.m.vague && (k > g.from+6 || f.whole && f.unit == "" && !f.signed && g.is(k-1, tWord) && !g.isWord(k-1, wWas, wOf)) {
		return false
	}
	for j := g.from; j < k; j++ {
		if g.isWord(j, wThat, wVs) || g.isWord(j, wAnd) && k > g.from+5 {
			return false
		}
	}
	return true
}

// another reports whether a second percentage stands in the bracket of the value at token k.
func (g *gap) another(k int) bool {
	for j := k + 2; j < len(g.tok) && j < k+farthest && g.tok[j].depth >= g.tok[k].depth; j++ {
		if g.tok[j].kind == tNumber && g.is(j+1, tPercent) {
			if _, n := g.intervalHead(j); n == 0 {
				return true
			}
		}
	}
	return false
}

// dispersion takes a standard deviation or error after the value.
func (g *gap) dispersion() {
	if g.ci != nil {
		return
	}
	s, n := g.spreadAfter(g.end)
	if n == 0 || s.low != "" || s.ci != nil {
		return
	}
	if s.style == unsaid && g.m.id == "mean change" {
		s.style = g.spread
	}
	switch s.style {
	case saidSD:
		g.sd, g.end = s.value, n
	case saidSE:
		g.se, g.end = s.value, n
	}
}

// settleSign decides, by the interval, whether a dash with a space after it was a minus sign.
func (g *gap) settleSign(k int) {
	if g.value.doubt != dashDoubt || g.ci == nil {
		return
	}
	if !outside(g.value.value, g.ci) {
		return
	}
	if plain := g.value.value.Negate(); !outside(plain, g.ci) {
		g.value.value, g.value.doubt = plain, ""
		g.at = k + 1
	}
}

// outside reports whether a value lies outside an interval.
func outside(v quantity.Decimal, ci *evidence.Interval) bool {
	return ci.Low != "" && quantity.Compare(v, ci.Low) < 0 || ci.High != "" && quantity.Compare(v, ci.High) > 0
}
