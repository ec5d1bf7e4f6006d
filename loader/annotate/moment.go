package annotate

import (
	"strings"

	"github.com/picograph/picograph/graph/evidence"
	"github.com/picograph/picograph/graph/quantity"
)

// spreadOf is what stands after a mean or median: one number or two, and what it is said to be.
type spreadOf struct {
	style     style
	value     quantity.Decimal
	low, high quantity.Decimal
	unit      string
	ci        *evidence.Interval
	plus      bool // printed with ±
}

// styleAt reads a word for a measure of spread: "SD", "standard deviation", "interquartile range", "range".
func (p *parser) styleAt(k int) (style, int) {
	switch {
	case p.isWord(k, wSD):
		return saidSD, p.dotted(k)
	case p.isWord(k, wSE):
		return saidSE, p.dotted(k)
	case p.isWord(k, wStandard) && p.isWord(k+1, wDeviation):
		return saidSD, p.abbreviated(k + 2)
	case p.isWord(k, wStandard) && p.isWord(k+1, wError):
		k += 2
		for p.isWord(k, wOf, wThe, wMean) {
			k++
		}
		return saidSE, p.abbreviated(k)
	case p.isWord(k, wIQR):
		return saidIQR, k + 1
	case p.isWord(k, wInterquartile):
		k++
		if p.isWord(k, wRange) {
			k++
		}
		return saidIQR, p.abbreviated(k)
	case p.is(k, tWord) && (p.raw(k) == "inter" || p.raw(k) == "Inter") && p.is(k+1, tDash) && p.isWord(k+2, wInterquartile):
		k += 3
		if p.isWord(k, wRange) {
			k++
		}
		return saidIQR, p.abbreviated(k)
	case p.isWord(k, wRange):
		return saidRange, k + 1
	case p.is(k, tName) && (p.raw(k) == "Q1-Q3" || p.raw(k) == "Q1–Q3"):
		return saidIQR, k + 1
	case p.is(k, tName) && p.raw(k) == "Q1" && (p.is(k+1, tComma) || p.is(k+1, tDash) || p.is(k+1, tSemicolon)) && p.is(k+2, tName):
		return saidIQR, k + 3
	case p.is(k, tNumber) && p.isWord(k+1, wStandard, wSD): // "±1 SD"
		if st, n := p.styleAt(k + 1); n > 0 && p.tok[k].value == "1" {
			return st, n
		}
	}
	return unsaid, 0
}

// dotted goes past the last dot of "S.D.".
func (p *parser) dotted(k int) int {
	if p.is(k+1, tDot) && !p.tok[k+1].spaced && p.tok[k].end-p.tok[k].start == 3 {
		return k + 2
	}
	return k + 1
}

// abbreviated goes past an abbreviation in brackets.
func (p *parser) abbreviated(k int) int {
	if p.is(k, tOpen) && p.is(k+1, tWord) && p.is(k+2, tClose) && p.isWord(k+1, wSD, wSE, wIQR) {
		return k + 3
	}
	return k
}

// announce reads what the numbers of a mean or median will be followed by: "(SD)", "[SD]", "± SD", "(IQR)",
// "(95% CI)", "(range)".
func (p *parser) announce(k int) (style, int) {
	if p.is(k, tPlusMinus) {
		if st, n := p.styleAt(k + 1); n > 0 {
			return st, n
		}
		return unsaid, 0
	}
	if p.is(k, tComma) {
		if st, n := p.styleAt(k + 1); n > 0 && !p.is(n, tNumber) && !p.is(n, tRelation) {
			return st, n
		}
		return unsaid, 0
	}
	if !p.is(k, tOpen) {
		return unsaid, 0
	}
	j := k + 1
	if p.is(j, tPlusMinus) {
		j++
	}
	if h, n := p.intervalHead(j); n > 0 && p.is(n, tClose) {
		if h.level != "" {
			p.level = h.level
		}
		return saidCI, n + 1
	}
	if st, n := p.styleAt(j); n > 0 && p.is(n, tClose) {
		return st, n + 1
	}
	return unsaid, 0
}

// spreadAfter reads the spread printed after a value: "(10.6)", "± 1.5", "(SD 10.6)", "; SD, 10.6", "(IQR, 3-8)".
func (p *parser) spreadAfter(k int) (s spreadOf, n int) {
	if st, at := p.styleAt(k); at > 0 && st <= saidSE && p.is(at, tPlusMinus) { // "1,907 SD ± 878"
		if s, n = p.spreadAfter(at); n > 0 {
			s.style = st
		}
		return s, n
	}
	if p.is(k, tPlusMinus) {
		f, m := p.figure(k+1, false)
		if m == 0 {
			return s, 0
		}
		s.style, s.value, s.unit, s.plus = p.spread, f.value, f.unit, true
		if p.is(m, tOpen) {
			if st, e := p.styleAt(m + 1); e > 0 && p.is(e, tClose) && st <= saidSE {
				s.style, m = st, e+1
			}
		} else if st, e := p.styleAt(m); e > 0 && st <= saidSE {
			s.style, m = st, e
		}
		return s, m
	}
	open := p.is(k, tOpen)
	j := k
	if open || p.is(j, tComma) || p.is(j, tSemicolon) {
		j++
	}
	if p.is(j, tPlusMinus) && open {
		j++
		s.plus = true
	}
	st, m := p.styleAt(j)
	if m > 0 {
		j = m
		for p.is(j, tComma) || p.is(j, tColon) || p.is(j, tRelation) || p.isWord(j, wOf, wFrom, wWas) {
			j++
		}
	} else if !open {
		return s, 0
	}
	s.style = st
	if open && m == 0 {
		if ci, unit, e := p.interval(k); e > 0 {
			s.style, s.ci, s.unit = saidCI, ci, unit
			return s, e
		}
	}
	between := p.tok[j-1].word.id() == wFrom
	inner := false
	if p.is(j, tOpen) && m > 0 {
		inner = true
		j++
	}
	if low, high, e := p.span(j, between); e > 0 && (m > 0 && st != saidSD && st != saidSE || open && p.is(e, tClose) && m == 0) {
		s.low, s.high, s.unit = low.value, high.value, high.unit
		return p.closeSpread(s, e, open, inner, m > 0)
	}
	f, e := p.figure(j, false)
	if e == 0 || f.percent && m == 0 && !p.is(k-1, tPercent) {
		return s, 0
	}
	s.value, s.unit = f.value, f.unit
	return p.closeSpread(s, e, open, inner, m > 0)
}

// closeSpread ends a spread that began with a bracket. A bracket that goes on after a spread that was named stays open.
func (p *parser) closeSpread(s spreadOf, e int, open, inner, said bool) (spreadOf, int) {
	if inner && p.is(e, tClose) {
		e++
	}
	if !open {
		return s, e
	}
	if p.is(e, tClose) {
		return s, e + 1
	}
	if (said || p.spread == saidSD) && (p.is(e, tComma) || p.is(e, tSemicolon)) && (said || p.is(e, tSemicolon)) {
		return s, e
	}
	return s, 0
}

// apply writes a spread into an estimate.
func (s spreadOf) apply(e *evidence.Estimate, st style, median bool) {
	if s.style == unsaid {
		s.style = st
	}
	if e.Unit == "" {
		e.Unit = s.unit
	}
	switch {
	case s.ci != nil:
		e.CI = s.ci
	case s.low != "" && s.style == saidCI:
		e.CI = &evidence.Interval{Low: s.low, High: s.high, Kind: "confidence"}
	case s.low != "" && s.style == saidIQR:
		e.IQR = []quantity.Decimal{s.low, s.high}
	case s.low != "" && s.style == saidRange:
		e.Range = []quantity.Decimal{s.low, s.high}
	case s.low != "":
		e.Low, e.High = s.low, s.high
		e.Doubt = join(e.Doubt, "what the bracketed bounds are is not stated")
	case s.style == saidSE:
		e.SE = s.value
	case s.style == saidIQR || s.style == saidRange:
		e.Doubt = join(e.Doubt, "a spread of one number: "+string(s.value))
	case s.value != "":
		e.SD = s.value
		if s.style != saidSD {
			note := "the number in brackets presumed to be a standard deviation"
			if s.plus {
				note = "the number after ± presumed to be a standard deviation"
			}
			e.Doubt = join(e.Doubt, note)
		}
	}
}

// moment marks a mean or median with its spread: "mean (SD) age was 62.2 (10.6) years", "median (IQR) 5 (3-8)".
func (p *parser) moment(i int) int {
	id := p.tok[i].word.id()
	if id == wAverage {
		id = wMean
	}
	st := unsaid
	connected := true // the value may stand here
	for k := i + 1; k < len(p.tok) && k < i+22; {
		if s, n := p.announce(k); n > 0 {
			st, k, connected = s, n, true
			p.spread, p.middle = s, id
			continue
		}
		n, c, here := p.momentGap(i, k, id, connected)
		if here {
			return p.takeMoment(i, k, id, st, connected)
		}
		if n == 0 {
			return 0
		}
		k, connected = n, c
	}
	return 0
}

// momentGap goes past token k of the words between a mean and its value; connected says whether the value may stand next,
// here that it stands at k. It returns 0 where the words are no longer about the mean.
func (p *parser) momentGap(i, k int, id word, connected bool) (n int, next, here bool) {
	t := p.tok[k]
	switch t.kind {
	case tWord:
		if p.endsMoment(k, id) || t.word.is(fChanges) {
			return 0, false, false
		}
		if t.word.id() == wMinus && p.is(k+1, tNumber) {
			return 0, false, true
		}
		return k + 1, t.word.is(fCopula) || p.isWord(k, wOf, wAt, wBy), false
	case tComma:
		return k + 1, true, false
	case tColon:
		if k > i+7 {
			return 0, false, false // another clause
		}
		return k + 1, true, false
	case tRelation:
		if t.rel == quantity.Equal {
			return k + 1, true, false
		}
		_, e := p.figure(k+1, false)
		return e, false, false // "proportions with <50 copies/mL were"
	case tOpen:
		if e := p.wordBracket(k); e > 0 {
			return e, connected, false
		}
		if f, m := p.figure(k+1, true); m > 0 && !f.percent && k <= i+6 {
			return k + 1, true, false
		}
		return 0, false, false
	case tNumber, tDash, tPlus, tAbout:
		return p.momentNumber(i, k, connected)
	case tName, tSlash, tOther, tPlusMinus, tTimes:
		return k + 1, connected, false
	}
	return 0, false, false
}

// endsMoment reports whether the word at token k means that the mean before it has no value of its own.
func (p *parser) endsMoment(k int, id word) bool {
	t := p.tok[k]
	switch t.word.id() {
	case wDifference, wChange, wFrom, wP:
		return true
	case wMedian:
		if id == wMean {
			return true
		}
	}
	if t.word.is(fMeasure) && p.measureHere(k) {
		return true
	}
	_, n := p.intervalHead(k)
	return n > 0
}

// momentNumber decides whether the number or sign at token k is the value of a mean, or goes past it.
func (p *parser) momentNumber(i, k int, connected bool) (n int, next, here bool) {
	t := p.tok[k]
	if t.kind == tDash && !t.spaced && p.is(k+1, tNumber) && p.is(k-1, tWord) && strings.Trim(p.raw(k+1), "0123456789.,·") != "" { // "the mean train-of-four ratio"
		return k + 2, false, false
	}
	if t.label || t.kind == tDash && !(p.is(k+1, tNumber) && (t.spaced || connected)) {
		return k + 1, connected, false
	}
	if _, h := p.intervalHead(k); h > 0 {
		return 0, false, false
	}
	if t.kind == tNumber && p.is(k+1, tPercent) && p.isWord(k-1, wTo) && strings.ToLower(p.raw(k-2)) == "time" { // "the median time to 50% recovery"
		return k + 2, connected, false
	}
	if t.kind == tNumber && (!connected || p.isWord(k-1, wAt)) {
		if e, ok := p.timeLength(k); ok && (p.at(k-1).word.is(fStop) || p.is(k+1, tDash) || !connected && p.placesInTime(i, k, e)) { // "mean score at 12 months"
			if _, spread := p.spreadAfter(e); spread == 0 {
				return e, connected, false
			}
		}
		if p.is(k+1, tDash) && p.is(k+2, tWord) && !p.tok[k+1].spaced { // "the mean 36-item score"
			return k + 3, connected, false
		}
	}
	return 0, false, true
}

// placesInTime reports whether a length of time from token k to e says when a mean was taken rather than what it was: it stands before "after", behind
// "previous", or far from the mean, which began at token i.
func (p *parser) placesInTime(i, k, e int) bool {
	if k > i+5 {
		return true
	}
	switch strings.ToLower(p.raw(k - 1)) {
	case "previous", "past", "last", "first", "next":
		return true
	}
	if !p.is(e, tWord) {
		return false
	}
	switch strings.ToLower(p.raw(e)) {
	case "after", "before", "following", "post", "later":
		return true
	}
	return false
}

// takeMoment takes the value of a mean or median at token k.
func (p *parser) takeMoment(i, k int, id word, st style, connected bool) int {
	f, n := p.figure(k, connected)
	if n == 0 || p.is(n, tSlash) && p.is(n+1, tNumber) {
		return 0
	}
	s, e := p.spreadAfter(n)
	if e == 0 && p.is(n, tWord) { // a unit that is not in the vocabulary
		j := n
		for j < n+3 && p.is(j, tWord) && !p.tok[j].word.is(fStop|fCounted) {
			j++
		}
		if s, e = p.spreadAfter(j); e > 0 && s.style == unsaid && !s.plus {
			s, e = spreadOf{}, 0
		}
	}
	versus := p.isWord(n, wVs) && (p.is(n+1, tNumber) || p.is(n+2, tNumber)) // "mean scores 73.3 v 79.0"
	if e == 0 && (!connected && !versus && f.unit == "" || f.percent && p.is(k-1, tOpen)) {
		return 0
	}
	if e == 0 && f.whole && f.unit == "" && p.is(n, tWord) && p.tok[n].word.is(fCounted) {
		return 0
	}
	if to := p.beforeAfter(i, k); to > 0 {
		return to
	}
	est := evidence.Estimate{Unit: f.unit, Doubt: f.doubt}
	if id == wMedian {
		est.Measure, est.Median = "median", f.value
	} else {
		est.Measure, est.Mean = "mean", f.value
	}
	if e > 0 {
		s.apply(&est, st, id == wMedian)
		n = e
	}
	if est.Unit == "" {
		if u, m := p.unitAt(n); u != "" && m > n {
			est.Unit, n = u, m
		}
	}
	p.middle = id
	if s.style != unsaid && p.spread == unsaid {
		p.spread = s.style
	}
	p.carried = carried{id: est.Measure, unit: est.Unit, end: n, bare: e == 0}
	p.between(i+1, k)
	p.emit(i, n, Item{Kind: Moment, Estimate: est})
	return n
}

// looseMoment marks a value with its spread, without the word mean: "62.2 (10.6) years" after "mean (SD)", "6.7 ± 1.5".
func (p *parser) looseMoment(i int) int {
	f, n := p.figure(i, p.is(i-1, tOpen) || p.isWord(i-1, wVs))
	if n == 0 {
		return 0
	}
	tail, average := p.onAverage(n)
	s, e := p.spreadAfter(tail)
	if tail > n && !average && s.style == unsaid {
		e = 0
	}
	if e == 0 && average {
		p.emit(i, tail, Item{Kind: Moment, Estimate: evidence.Estimate{Measure: "mean", Mean: f.value, Unit: f.unit, Doubt: f.doubt}})
		return tail
	}
	if e == 0 || s.ci != nil {
		return 0
	}
	bare := s.style == unsaid && !s.plus
	if bare && p.spread == unsaid && (f.whole || p.wholeText(s) || f.percent || s.low != "") {
		return 0
	}
	if bare && s.low == "" && (p.spread == saidIQR || p.spread == saidRange || p.spread == saidCI) {
		return 0
	}
	if bare && s.low != "" && (p.spread == saidSD || p.spread == saidSE) {
		return 0
	}
	if to := p.beforeAfter(i, i); to > 0 {
		return to
	}
	est := evidence.Estimate{Unit: f.unit, Doubt: f.doubt}
	if p.middle == wMedian || s.style == saidIQR && p.middle != wMean {
		est.Measure, est.Median = "median", f.value
	} else {
		est.Measure, est.Mean = "mean", f.value
	}
	s.apply(&est, p.spread, p.middle == wMedian)
	if est.Unit == "" {
		if u, m := p.unitAt(e); u != "" && m > e {
			est.Unit, e = u, m
		}
	}
	p.emit(i, e, Item{Kind: Moment, Estimate: est})
	return e
}

// onAverage goes past "old", "of age" and "on average" after a value; average says whether the last is there.
func (p *parser) onAverage(n int) (tail int, average bool) {
	for {
		switch {
		case p.isWord(n, wOld):
			n++
		case p.isWord(n, wOf) && p.isWord(n+1, wAge):
			n += 2
		case p.is(n, tWord) && p.raw(n) == "on" && p.isWord(n+1, wAverage):
			n, average = n+2, true
		default:
			return n, average
		}
	}
}

// wholeText reports whether a spread is one whole number.
func (p *parser) wholeText(s spreadOf) bool {
	_, ok := s.value.Int()
	return ok && s.value.Places() == 0
}
