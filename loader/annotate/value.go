package annotate

import (
	"strings"

	"github.com/picograph/picograph/graph/evidence"
	"github.com/picograph/picograph/graph/quantity"
)

// value marks a number with an interval whose measure is not named; after a measure named for several values it is
// an effect of that measure.
func (p *parser) value(i int) int {
	if p.is(i, tRelation) {
		if p.tok[i].rel != quantity.Equal {
			return 0
		}
		i++
	}
	f, n := p.figure(i, true)
	if n == 0 {
		return 0
	}
	if _, h := p.intervalHead(i); h > 0 || f.percent && p.levelOfLimit(n) {
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
	if e == 0 {
		ci, unit, m, e = p.intervalBeyond(f, n)
	}
	switch {
	case e == 0:
		return p.triple(i)
	case p.isTime(f.unit) && outside(f.value, ci) && (p.isWord(i-1, wAt) || p.is(i-1, tWord) && strings.EqualFold(p.raw(i-1), "after")):
		return 0 // "by 1 point at 26 weeks (95% CI ...)": a time, and no value
	case f.doubt == dashDoubt && outside(f.value, ci):
		return 0 // the dash was a dash: the number after it is tried by itself
	case unit != "" && f.unit != "" && unit != f.unit && (unit == "%" || f.unit == "%"):
		return 0 // the interval is of something else
	case unit != "" && f.unit == "":
		f.unit, f.percent = unit, unit == "%"
	}
	it := p.valueItem(f, ci, m, i, n, e)
	if p.testStatistic(i) {
		if k := len(p.items) - 1; k < 0 || p.items[k].Kind != Moment {
			return 0
		}
		it = Item{Kind: Effect, Estimate: evidence.Estimate{Measure: "MD", CI: ci}}
		if i = n; p.is(i, tComma) || p.is(i, tSemicolon) || p.is(i, tOpen) {
			i++
		}
	}
	p.ci = true
	if ci.Level != "" {
		p.level = ci.Level
	}
	return p.emitOver(i, e, it)
}

// testStatistic reports whether the number at token i is a test statistic, whose interval is that of the difference it tests:
// "means 73.3 v 79.0, t = -2.31, 95% CI -10.5 to -0.8".
func (p *parser) testStatistic(i int) bool {
	if !p.is(i-1, tRelation) {
		return false
	}
	switch p.raw(i - 2) {
	case "t", "T", "z", "Z":
		return true
	}
	return false
}

// intervalBeyond reads the interval of a value over a unit that the vocabulary does not know, a noun, or the measure:
// "2.3 beats faster (95% CI ...)", "an 8.8% difference (95% CI ...)".
func (p *parser) intervalBeyond(f figure, n int) (ci *evidence.Interval, unit string, m namedMeasure, e int) {
	j := n
	for j < n+5 && (p.is(j, tWord) || p.is(j, tDash) && p.is(j+1, tWord)) && !p.tok[j].word.is(fStop) {
		if x, k := p.measureName(j); k > 0 {
			m, j = x, k
			continue
		}
		j++
	}
	if j == n || !p.is(j, tOpen) && !p.is(j, tComma) && !p.is(j, tSemicolon) {
		return nil, "", m, 0
	}
	ci, unit, e = p.intervalAfter(j, false)
	if e > 0 && f.whole && p.tok[n].word.is(fCounted) {
		return nil, "", m, 0
	}
	return ci, unit, m, e
}

// valueItem decides what a value with an interval is. The value stands before token n, the interval before e.
func (p *parser) valueItem(f figure, ci *evidence.Interval, m namedMeasure, i, n, e int) Item {
	it := Item{Kind: Value, Estimate: evidence.Estimate{Value: f.value, Unit: f.unit, Doubt: f.doubt, CI: ci}}
	est := &it.Estimate
	switch {
	case m.id != "" && !(m.scale == "ratio" && f.unit != ""):
		it.Kind = Effect
		est.Measure, est.Adjusted = m.id, m.adjusted
		if m.id == "MD" && !m.mean && f.percent {
			est.Measure, est.Doubt = "RD", join(f.doubt, percentDoubt)
		}
	case f.unit == "%" && p.changeBy(i, n):
		est.Measure = "percent change"
	case f.unit == "%" && !f.signed && !ci.Low.Negative():
		it.Kind = Percent
		est.Measure, est.Percent, est.Value = "proportion", f.value, ""
	case p.carries(f, i):
		it.Kind = Effect
		est.Measure, est.Adjusted = p.carried.id, p.carried.adjusted
		p.carried.end = e
	case p.spread == saidCI && p.middle == wMean:
		it.Kind = Moment
		est.Measure, est.Mean, est.Value = "mean", f.value, ""
	case p.spread == saidCI && p.middle == wMedian:
		it.Kind = Moment
		est.Measure, est.Median, est.Value = "median", f.value, ""
	}
	return it
}

// changeBy reports whether a percentage, of the tokens i to n, says by how much something changed: "by 32%", "a 32%
// reduction".
func (p *parser) changeBy(i, n int) bool {
	if p.isWord(i-1, wBy) {
		return true
	}
	for k := n; k < n+3 && p.is(k, tWord); k++ {
		if p.isWord(k, wChange, wLower, wHigher, wLess, wMore, wGreater) || strings.EqualFold(p.raw(k), "fewer") {
			return true
		}
		if p.tok[k].word.is(fStop) {
			return false
		}
	}
	return false
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
	case "":
		it.Kind, est.Value = Moment, f.value
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
	joined, grouped := false, false
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
			case k == j-1 && joined && grouped && t.word.is(fCopula): // "with group A was 0.98 mm and group B was 0.26 mm"
			case t.word.is(fCopula | fChanges | fEnrolled):
				return false
			case t.word.id() == wAnd || t.word.id() == wVs:
				joined = true
			case t.word.id() == wGroup:
				grouped = true
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
	it := Item{Kind: Value, Estimate: evidence.Estimate{Value: f.value, Unit: f.unit, Doubt: f.doubt, CI: ci}}
	if p.carries(f, i) {
		it.Kind = Effect
		it.Estimate.Measure, it.Estimate.Adjusted = p.carried.id, p.carried.adjusted
		p.carried.end = e
	}
	return p.emitOver(i, e, it)
}
