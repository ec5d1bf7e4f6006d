package annotate

import (
	"strings"

	"github.com/picograph/picograph/graph/evidence"
	"github.com/picograph/picograph/graph/quantity"
	"github.com/picograph/picograph/graph/vocab"
)

// named is a measure as a sentence names it.
type namedMeasure struct {
	id       string
	scale    string
	adjusted bool
	first    int // token
	measure  *vocab.Measure
	mean     bool // the word mean is part of the name
	vague    bool // a word that is often no measure: difference, change, estimate
}

// notEffects are the measures whose values are marked by rules of their own.
func notEffect(id string) bool {
	switch id {
	case "mean", "median", "proportion", "count", "rate", "sensitivity", "specificity":
		return true
	}
	return false
}

// measureName reads the name of a measure with the words that qualify it: "adjusted odds ratio (aOR)",
// "between-group difference".
func (p *parser) measureName(i int) (m namedMeasure, n int) {
	x, n := p.measureAt(i)
	switch {
	case n > 0 && notEffect(x.ID):
		return m, 0
	case n > 0:
		m = namedMeasure{id: x.ID, scale: x.Scale, first: i, measure: x}
		form := p.printed(i, n)
		lower := strings.ToLower(form)
		m.adjusted = strings.Contains(lower, "adjusted") && !strings.Contains(lower, "unadjusted") ||
			len(form) > 2 && len(form) < 6 && form[0] == 'a' && isUpper(form[1]) || len(form) == 3 && form[0] == 'A' && strings.HasSuffix(form, "OR")
		m.vague = n == i+1 && len(form) > 3 && form[1:] == lower[1:]
		m.mean = strings.Contains(lower, "mean") || strings.Contains(lower, "score") || strings.Contains(lower, "ls")
	case p.isWord(i, wDifference):
		m, n = namedMeasure{id: "MD", scale: "difference", first: i, vague: true}, i+1
	default:
		return m, 0
	}
	p.qualify(&m)
	return m, n
}

// qualify takes the words before a measure that belong to its name.
func (p *parser) qualify(m *namedMeasure) {
	for k := m.first - 1; k >= 0 && k > m.first-7; k-- {
		t := p.tok[k]
		if t.kind == tDash && !t.spaced {
			continue
		}
		if t.kind != tWord {
			return
		}
		switch t.word.id() {
		case wAdjusted:
			m.adjusted = true
			m.first = k
			if k >= 2 && p.is(k-1, tDash) && p.is(k-2, tWord) && !p.tok[k].spaced {
				m.first = k - 2
			}
			return
		case wUnadjusted:
			m.first = k
			return
		case wStandardized:
			if m.scale == "difference" {
				m.id, m.scale = "SMD", "standardized"
			}
			m.first = k
		case wMean, wAverage, wRisk, wBetween, wGroup:
			m.mean = m.mean || t.word.id() == wMean
			if m.id == "MD" && m.vague && t.word.id() == wRisk {
				m.id = "RD"
			}
			if t.word.id() != wRisk || m.vague {
				m.first = k
			}
		default:
			if t.word.is(fStop) || t.word.id() != 0 {
				return
			}
		}
	}
}

// effect marks a named measure with its value, and its interval where one is printed with it.
func (p *parser) effect(i int) int {
	m, j := p.measureName(i)
	if j == 0 {
		return 0
	}
	g := gap{parser: p, m: &m, from: j, depth: p.at(m.first).depth}
	if !g.scan() {
		if !m.vague && g.announced {
			p.ci = true
		}
		if !m.vague {
			p.carried = carried{id: m.id, scale: m.scale, adjusted: m.adjusted}
		}
		return 0
	}
	est := evidence.Estimate{Measure: m.id, Adjusted: m.adjusted}
	est.Value, est.Unit, est.Doubt, est.CI = g.value.value, g.value.unit, g.value.doubt, g.ci
	est.SE, est.SD = g.se, g.sd
	if m.vague && est.CI == nil && est.SD == "" && est.SE == "" && !p.pSoon(g.end) && !(m.id == "MD" && est.Unit != "") && !p.is(g.at-1, tRelation) {
		return 0 // a bare "difference of 3" is a number
	}
	if m.id == "MD" && !m.mean && g.value.percent {
		est.Measure, est.Doubt = "RD", join(est.Doubt, "a difference in percent read as a risk difference")
	}
	if m.scale == "ratio" && g.value.percent {
		return 0
	}
	p.between(j, g.at)
	if g.p > 0 {
		p.pValue(g.p + 1)
	}
	p.carried = carried{id: est.Measure, scale: m.scale, adjusted: m.adjusted, unit: est.Unit, end: g.end, bare: est.CI == nil && !m.vague}
	p.ci = p.ci || g.announced || g.ci != nil
	if g.ci != nil && g.ci.Level != "" {
		p.level = g.ci.Level
	}
	if est.CI == nil && est.Unit == "" {
		if f, _ := p.alsoValue(g.end); f.unit != "" && f.unit != "%" { // "mean changes of −4.2 and −1.1 points"
			est.Unit = f.unit
		}
	}
	n := p.emitOver(m.first, g.end, Item{Kind: Effect, Estimate: est})
	if est.CI == nil && !m.vague {
		if f, e := p.alsoValue(n); e > 0 && (f.unit == est.Unit || est.Unit == "") {
			est.Value, est.Doubt, est.SD, est.SE = f.value, "", "", ""
			return p.emitOver(f.start, e, Item{Kind: Effect, Estimate: est})
		}
	}
	return n
}

// alsoValue reads a second value that "and" or "versus" joins to the one that ends before token n.
func (p *parser) alsoValue(n int) (figure, int) {
	if !p.isWord(n, wAnd) && !p.isWord(n, wVs) {
		return figure{}, 0
	}
	k := n + 1
	if p.is(k, tDot) {
		k++
	}
	if _, h := p.intervalHead(k); h > 0 {
		return figure{}, 0
	}
	f, e := p.figure(k, false)
	if e == 0 || f.whole && !f.signed || p.isTime(f.unit) || p.is(e, tSlash) || p.is(e, tOpen) {
		return figure{}, 0
	}
	return f, e
}

func join(a, b string) string {
	if a == "" {
		return b
	}
	return a + "; " + b
}

// pSoon reports whether a P value stands within a few tokens.
func (p *parser) pSoon(k int) bool {
	for j := k; j < k+4 && j < len(p.tok); j++ {
		if p.isWord(j, wP) {
			return true
		}
	}
	return false
}

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
			if t.rel != quantity.Equal && !(g.next(k, t)) {
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
	if g.m.scale == "ratio" && f.unit != "" && f.unit != "fold" {
		return false
	}
	ratio := g.m.scale == "ratio"
	ci, unit, e := g.intervalAfter(n, g.announced || ratio && g.is(n, tOpen) || ratio && f.whole == false && g.is(n, tComma))
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

// value marks a number with an interval whose measure is not named; after a measure named for several values it is
// an effect of that measure.
func (p *parser) value(i int) int {
	first := i
	if p.is(i, tRelation) {
		if p.tok[i].rel != quantity.Equal {
			return 0
		}
		first = i + 1
	}
	f, n := p.figure(first, true)
	if n == 0 {
		return 0
	}
	if _, at := p.intervalHead(first); at > 0 {
		return 0
	}
	announced := p.ci && p.is(n, tOpen)
	ci, unit, e := p.intervalAfter(n, announced)
	if e > 0 && announced && outside(f.value, ci) && f.doubt == "" {
		if _, _, k := p.intervalAfter(n, false); k == 0 {
			return 0
		}
	}
	var m namedMeasure
	if e == 0 { // a unit that the vocabulary does not know, a noun, or the measure ("an 8.8% difference (95% CI ...)")
		j := n
		for j < n+5 && (p.is(j, tWord) || p.is(j, tDash) && p.is(j+1, tWord)) && !p.tok[j].word.is(fStop) {
			if x, k := p.measureName(j); k > 0 {
				m, j = x, k
				continue
			}
			j++
		}
		if j > n && (p.is(j, tOpen) || p.is(j, tComma) || p.is(j, tSemicolon)) {
			if ci, unit, e = p.intervalAfter(j, false); e > 0 && f.whole && p.tok[n].word.is(fCounted) {
				return 0
			}
		}
	}
	if e == 0 {
		return p.triple(first)
	}
	if f.doubt == dashDoubt && outside(f.value, ci) {
		return 0 // the dash was a dash: the number after it is tried by itself
	}
	if unit != "" && f.unit != "" && unit != f.unit && (unit == "%" || f.unit == "%") {
		return 0 // the interval is of something else
	}
	if unit != "" && f.unit == "" {
		f.unit, f.percent = unit, unit == "%"
	}
	it := Item{Kind: Value, Estimate: estimateOf(f, ci)}
	switch {
	case m.id != "" && !(m.scale == "ratio" && f.unit != ""):
		it.Kind = Effect
		it.Estimate.Measure, it.Estimate.Adjusted = m.id, m.adjusted
		if m.id == "MD" && !m.mean && f.percent {
			it.Estimate.Measure, it.Estimate.Doubt = "RD", join(f.doubt, "a difference in percent read as a risk difference")
		}
	case f.percent && !f.signed && !ci.Low.Negative():
		it.Kind = Percent
		it.Estimate.Measure, it.Estimate.Percent, it.Estimate.Value = "proportion", f.value, ""
	case p.carries(f, first):
		it.Kind = Effect
		it.Estimate.Measure, it.Estimate.Adjusted = p.carried.id, p.carried.adjusted
		p.carried.end = e
	case p.spread == saidCI && p.middle == wMean:
		it.Kind = Moment
		it.Estimate.Measure, it.Estimate.Mean, it.Estimate.Value = "mean", f.value, ""
	case p.spread == saidCI && p.middle == wMedian:
		it.Kind = Moment
		it.Estimate.Measure, it.Estimate.Median, it.Estimate.Value = "median", f.value, ""
	}
	p.ci = true
	if ci.Level != "" {
		p.level = ci.Level
	}
	return p.emitOver(first, e, it)
}

// carried is a measure that a sentence named before a list of values.
type carried struct {
	id, scale string
	adjusted  bool
	unit      string
	end       int // the token after the last value it had
	bare      bool
}

// again marks a value that "and", "versus" or a comma joins to an estimate of the same measure, over a few words:
// "effect sizes were 0.78 (P < .001) with A and 0.65 (P = .001) with B", "4.8 months with A and 1.5 months with B".
func (p *parser) again(i int) int {
	c := p.carried
	if !c.bare || c.end == 0 || i <= c.end || !p.continues(c.end, i) {
		return 0
	}
	f, n := p.figure(i, false)
	if n == 0 || f.unit != c.unit || f.unit == "" && f.whole || p.is(n, tSlash) || p.at(n).word.is(fCounted) || p.isWord(n, wOf) && p.is(n+1, tNumber) {
		return 0
	}
	est := evidence.Estimate{Measure: c.id, Adjusted: c.adjusted, Unit: f.unit, Doubt: f.doubt}
	it := Item{Kind: Effect}
	switch c.id {
	case "mean":
		it.Kind, est.Mean = Moment, f.value
	case "median":
		it.Kind, est.Median = Moment, f.value
	default:
		est.Value = f.value
	}
	it.Estimate = est
	p.carried.end = n
	p.emit(i, n, it)
	return n
}

// continues reports whether the tokens from i up to j only lead from one value to the next of a list: words with "and",
// "versus" or a comma among them, and P values.
func (p *parser) continues(i, j int) bool {
	if j-i > 16 {
		return false
	}
	joined := false
	for k := i; k < j; k++ {
		t := p.tok[k]
		switch t.kind {
		case tSemicolon, tColon, tRelation:
			if t.kind == tRelation && p.inP(t.start) {
				continue
			}
			return false
		case tDot:
			if !p.isWord(k-1, wVs) && !p.inP(t.start) {
				return false
			}
		case tNumber:
			if !t.label && !p.inP(t.start) {
				return false
			}
		case tWord:
			switch {
			case t.word.is(fCopula | fChanges | fEnrolled):
				return false
			case t.word.id() == wAnd || t.word.id() == wVs:
				joined = true
			}
		case tComma:
			joined = true
		}
	}
	return joined
}

// inP reports whether an offset lies in the P value marked last.
func (p *parser) inP(offset int) bool {
	for k := len(p.items) - 1; k >= 0 && k >= len(p.items)-3; k-- {
		if it := p.items[k]; it.Kind == PValue && it.Start <= offset && offset < it.End {
			return true
		}
	}
	return false
}

// carries reports whether a measure named earlier in the sentence also names the value at token i: a ratio for any
// bare decimal, a difference for a value of its unit that "and" or a comma joins to the last one.
func (p *parser) carries(f figure, i int) bool {
	c := p.carried
	switch {
	case c.id == "":
		return false
	case c.scale == "ratio":
		return f.unit == "" && !f.signed && !f.whole
	case c.end == 0 || i-c.end > 14 || f.unit != c.unit && f.unit != "":
		return false
	}
	joined := false
	for _, t := range p.tok[c.end:i] {
		switch {
		case t.kind == tSemicolon || t.kind == tDot:
			return false
		case t.kind == tComma || t.word.id() == wAnd || t.word.id() == wVs || t.word.id() == wOr:
			joined = true
		}
	}
	return joined
}

// triple reads "(−2.9; −5.7, −1.1)": a value and its interval in one bracket, where an interval was announced before.
func (p *parser) triple(i int) int {
	if !p.ci || !p.is(i-1, tOpen) {
		return 0
	}
	f, n := p.figure(i, true)
	if n == 0 || !p.is(n, tSemicolon) && !p.is(n, tComma) {
		return 0
	}
	low, high, e := p.span(n+1, false)
	if e == 0 || !p.is(e, tClose) && !p.is(e, tSemicolon) {
		return 0
	}
	ci := &evidence.Interval{Level: p.level, Kind: "confidence", Low: low.value, High: high.value}
	if outside(f.value, ci) {
		return 0
	}
	it := Item{Kind: Value, Estimate: estimateOf(f, ci)}
	if p.carries(f, i) {
		it.Kind = Effect
		it.Estimate.Measure, it.Estimate.Adjusted = p.carried.id, p.carried.adjusted
		p.carried.end = e
	}
	return p.emitOver(i, e, it)
}
