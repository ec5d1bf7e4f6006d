package annotate

import (
	"strings"

	"github.com/picograph/picograph/graph/evidence"
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
		est.Measure, est.Doubt = "RD", join(est.Doubt, percentDoubt)
	}
	if m.scale == "ratio" && g.value.percent {
		return 0
	}
	p.between(j, g.at)
	if g.p > 0 {
		p.pValue(g.p + 1)
	}
	if beside := est.Measure == "NNT" || est.Measure == "RD"; !beside || p.carried.scale != "ratio" || p.at(m.first).depth == 0 { // "(RR 0.7; NNT 22)": what follows is a ratio
		p.carried = carried{id: est.Measure, scale: m.scale, adjusted: m.adjusted, unit: est.Unit, end: g.end, bare: est.CI == nil && !m.vague}
	}
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

// percentDoubt is noted where a difference in percent could be of shares or of a measure in percent.
const percentDoubt = "a difference in percent read as a risk difference"

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
