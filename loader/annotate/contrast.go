package annotate

import (
	"strings"

	"github.com/picograph/picograph/graph/evidence"
)

// contrast marks numbers that are set against each other and whose measure nothing beside them names: "(12 vs 8 days, P = .01)",
// "was 45 min in group A and 52 min in group B". Without the other number a length of time would be when something was measured.
func (p *parser) contrast(i int) int {
	f, n := p.figure(i, p.is(i-1, tOpen))
	if n == 0 || f.percent || f.spelt || p.notValue(f, n) || p.is(i-1, tRelation) {
		return 0
	}
	if p.isWord(n, wVs) {
		return p.versus(i, n, f)
	}
	if !p.wasAt(i-1) || f.unit == "" || p.noted(n) {
		return 0
	}
	for j := n; j < len(p.tok) && j < n+14; j++ {
		if !p.is(j, tNumber) || p.tok[j].label {
			continue
		}
		g, m := p.figure(j, false)
		if m == 0 || g.unit != f.unit || !p.continues(n, j) || p.noted(m) {
			return 0
		}
		return p.emitContrast(i, n, f)
	}
	return 0
}

// versus marks the two numbers of "3.2 vs 8.1 months", which stand behind a verb or with a P value in their bracket. Token n is
// the word between them.
func (p *parser) versus(i, n int, f figure) int {
	k := n + 1
	if p.is(k, tDot) || p.isWord(k, wWith, wTo) {
		k++
	}
	g, m := p.figure(k, true)
	if m == 0 || g.percent || g.spelt || p.notValue(g, m) || p.noted(m) {
		return 0
	}
	switch {
	case f.unit == "":
		f.unit = g.unit
	case g.unit == "":
		g.unit = f.unit
	}
	if f.unit != g.unit || !p.tested(m) && !p.wasAt(i-1) {
		return 0
	}
	p.emitContrast(i, n, f)
	p.emitContrast(k, m, g)
	return m
}

// wasAt reports whether a verb that tells what a value was stands at token k.
func (p *parser) wasAt(k int) bool {
	if !p.is(k, tWord) {
		return false
	}
	switch strings.ToLower(p.raw(k)) {
	case "was", "were", "averaged":
		return true
	}
	return false
}

// notValue reports whether what stands behind a number makes it a count, a part of a date or of a ratio, or a value with a spread.
func (p *parser) notValue(f figure, n int) bool {
	t := p.at(n)
	return t.kind == tSlash || t.kind == tPlusMinus || t.kind == tColon || t.kind == tPercent || f.unit == "" && (t.word.is(fCounted) || f.whole && isYear(string(f.value)))
}

// noted reports whether a bracket with a number stands at token n, or words by which a length of time is an age or a moment.
func (p *parser) noted(n int) bool {
	return p.is(n, tOpen) && (p.is(n+1, tNumber) || p.is(n+1, tDash)) || p.isWord(n, wAfter, wOld, wOf, wPer) || p.is(n, tWord) && strings.EqualFold(p.raw(n), "before")
}

// tested reports whether a P value, or an effect, follows in the bracket that token k stands in.
func (p *parser) tested(k int) bool {
	depth := p.at(k - 1).depth
	for ; depth > 0 && k < len(p.tok) && p.tok[k].depth >= depth; k++ {
		if p.isWord(k, wP) || p.is(k, tClose) && p.tok[k].depth < depth {
			return p.isWord(k, wP)
		}
		if m, e := p.measureAt(k); e > 0 && !notEffect(m.ID) {
			return true
		}
	}
	return false
}

// emitContrast adds a value of the tokens i to n: a mean or a median where the words before it say so.
func (p *parser) emitContrast(i, n int, f figure) int {
	est := evidence.Estimate{Unit: f.unit, Value: f.value, Doubt: f.doubt}
	switch p.middleBefore(i) {
	case wMean:
		est.Measure, est.Mean, est.Value = "mean", f.value, ""
	case wMedian:
		est.Measure, est.Median, est.Value = "median", f.value, ""
	}
	p.carried = carried{id: est.Measure, unit: f.unit, end: n, bare: true}
	p.emit(i, n, Item{Kind: Moment, Estimate: est})
	return n
}

// middleBefore returns the word mean or median where one stands before token i, in the same part of its sentence.
func (p *parser) middleBefore(i int) word {
	for k := i - 1; k >= 0 && k > i-24; k-- {
		switch {
		case p.is(k, tSemicolon):
			return 0
		case p.isWord(k, wMean, wAverage):
			return wMean
		case p.isWord(k, wMedian):
			return wMedian
		}
	}
	return 0
}
