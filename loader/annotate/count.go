package annotate

import (
	"math"
	"strings"

	"github.com/picograph/picograph/graph/evidence"
	"github.com/picograph/picograph/graph/quantity"
	"github.com/picograph/picograph/graph/vocab"
)

// count marks events of a total, with the percentage printed with them: "58/350 ... (16.4%)", "102 of 403",
// "709 (86.5%)", "139 women [59.9%]", "17.5% (63/361)".
func (p *parser) count(i int) int {
	if n := p.shareOf(i); n > 0 {
		return n
	}
	t := p.tok[i]
	if !t.whole {
		return 0
	}
	events, total, n := p.fraction(i)
	if n == 0 {
		return p.countPercent(i)
	}
	e := evidence.Estimate{Measure: "proportion", Events: events, Total: total}
	it := Item{Kind: Count, Measured: Measured{Value: events, Unit: p.nounAt(n)}}
	at := n
	if p.is(at, tWord) && p.tok[at].word.is(fCounted) && p.is(at+1, tComma) {
		at++ // "16 of 28 patients, 57.1%"
	}
	if pct, ci, at, m := p.percentBracket(at, 12); m > 0 {
		e.Percent, e.CI = pct, ci
		p.between(n, at)
		n = m
	}
	it.Estimate = e
	p.emit(i, n, it)
	return n
}

// fraction reads "58/350", "102 of 403", "11 of the 12", "19 out of 70", "four out of nine".
func (p *parser) fraction(i int) (events, total quantity.Decimal, n int) {
	j := i + 1
	noun := false
	switch {
	case p.is(j, tSlash) && p.is(j+1, tNumber) && p.tok[j+1].whole && !p.is(j+2, tSlash):
		j++
		if p.padded(i) || p.padded(j) { // "03/06", "07/2010"
			return "", "", 0
		}
		if u, _ := p.unitAt(j + 1); u != "" && !p.tok[j+1].word.is(fCounted) {
			return "", "", 0 // 120/80 mm Hg
		}
	default:
		for k := j; k < i+4 && p.is(k, tWord) && !p.tok[k].word.is(fStop|fTimeUnit|fClock); k++ {
			if p.tok[k].word.is(fCounted) { // "12 patients of 40"
				noun, j = true, k+1
				break
			}
		}
		if p.is(j, tOpen) {
			j++
		}
		switch {
		case p.isWord(j, wOut) && p.isWord(j+1, wOf):
			j += 2
		case p.isWord(j, wOf):
			j++
		case p.isWord(j, wAmong) && noun:
			return "", "", 0
		default:
			return "", "", 0
		}
		if p.isWord(j, wA) && p.isWord(j+1, wTotal) && p.isWord(j+2, wOf) {
			j += 3
		}
		for p.isWord(j, wThe, wAll) || p.is(j, tWord) && (strings.EqualFold(p.raw(j), "these") || strings.EqualFold(p.raw(j), "those")) {
			j++
		}
	}
	if !p.is(j, tNumber) || !p.tok[j].whole || p.tok[j].label || p.is(j+1, tPercent) {
		return "", "", 0
	}
	events, total = p.tok[i].value, p.tok[j].value
	if p.tok[i].spelt && p.tok[j].spelt && events == "1" && p.into(i-1) {
		return "", "", 0 // "assigned to one of two groups" counts nobody
	}
	if quantity.Compare(events, total) > 0 || total == "0" || p.is(j+1, tDash) && !p.tok[j+1].spaced {
		return "", "", 0
	}
	if _, ok := p.timeLength(j); ok {
		return "", "", 0
	}
	if p.at(j+1).word.is(fUnit) && !p.at(j+1).word.is(fCounted) && p.unitHere(j+1) {
		return "", "", 0
	}
	if noun && p.at(j+1).word.is(fCounted) && !strings.EqualFold(p.raw(j+1), p.raw(i+1)) && isStudies(p.raw(i+1)) {
		return "", "", 0 // "75 trials of 45,049 people" is a size twice
	}
	n = j + 1
	if p.is(n, tClose) && p.tok[n].depth >= p.tok[i].depth && p.tok[i].depth < p.tok[j].depth {
		n++
	}
	return events, total, n
}

// isStudies reports whether a noun counts studies rather than people.
func isStudies(noun string) bool {
	switch strings.ToLower(noun) {
	case "trials", "studies", "rcts", "cohorts":
		return true
	}
	return false
}

// into reports whether token k is a word that says where somebody went.
func (p *parser) into(k int) bool {
	return p.isWord(k, wTo) || p.is(k, tWord) && (strings.EqualFold(p.raw(k), "into") || strings.EqualFold(p.raw(k), "receive") || strings.EqualFold(p.raw(k), "received"))
}

// padded reports whether a number is printed with a zero before its first digit, as in dates and identifiers.
func (p *parser) padded(k int) bool {
	t := p.tok[k]
	return t.end-t.start > 1 && p.text[t.start] == '0'
}

// percentBracket reads the percentage in the first bracket after token k, at most reach tokens on, over words without
// a number: "patients in the IPT group (16.4%)". It returns the tokens of the bracket and after it.
func (p *parser) percentBracket(k, reach int) (pct quantity.Decimal, ci *evidence.Interval, at, n int) {
	for j := k; j < k+reach && j < len(p.tok); j++ {
		switch t := p.tok[j]; t.kind {
		case tOpen:
			if _, h := p.intervalHead(j + 1); h > 0 {
				return "", nil, 0, 0
			}
			f, m := p.figure(j+1, false)
			if m > 0 && (f.percent || p.share && j == k && p.is(m, tClose)) && !f.signed && f.unit != "percentage points" {
				pct, ci, n = p.closePercent(f, m)
				return pct, ci, j, n
			}
			if m > 0 {
				return "", nil, 0, 0
			}
			e := p.wordBracket(j)
			if e == 0 {
				return "", nil, 0, 0
			}
			j = e - 1
		case tComma:
			if f, m := p.figure(j+1, false); m > 0 && j == k && f.percent && !f.signed {
				if _, _, e := p.intervalAfter(m, false); e == 0 && p.is(m, tClose) {
					return f.value, nil, j, m
				}
			}
			return "", nil, 0, 0
		case tWord:
			if t.word.id() == wVs || t.word.id() == wAnd || t.word.is(fMeasure) && t.word.id() == 0 && p.measureHere(j) {
				return "", nil, 0, 0
			}
		case tName, tDash, tPlus, tSlash:
		case tNumber:
			if t.label {
				continue
			}
			e, ok := p.timeLength(j)
			if !ok || !p.is(j+1, tDash) {
				return "", nil, 0, 0
			}
			j = e - 1 // "12-week"
		default:
			return "", nil, 0, 0
		}
	}
	return "", nil, 0, 0
}

func (p *parser) measureHere(j int) bool {
	m, n := p.measureName(j)
	return n > 0 && !m.vague
}

// closePercent ends a bracketed percentage, with its interval where one stands in the bracket.
func (p *parser) closePercent(f figure, m int) (quantity.Decimal, *evidence.Interval, int) {
	if p.is(m, tClose) {
		return f.value, nil, m + 1
	}
	if ci, _, e := p.intervalAfter(m, false); e > 0 {
		if p.is(e, tClose) {
			e++
		}
		return f.value, ci, e
	}
	return f.value, nil, m
}

// wordBracket returns the token after a bracket that holds no number, or 0.
func (p *parser) wordBracket(j int) int {
	for k := j + 1; k < j+8 && k < len(p.tok); k++ {
		switch p.tok[k].kind {
		case tClose:
			return k + 1
		case tNumber, tOpen:
			return 0
		}
	}
	return 0
}

// countPercent reads a number with its percentage and no total: "709 (86.5%)", "139 women [59.9%]".
func (p *parser) countPercent(i int) int {
	if u, k := p.unitAt(i + 1); u != "" && k > i+1 && !p.tok[i+1].word.is(fCounted) {
		return 0
	}
	if _, ok := p.timeLength(i); ok {
		return 0
	}
	if p.is(i+1, tPercent) || p.is(i+1, tDash) {
		return 0
	}
	if p.is(i-1, tWord) && strings.EqualFold(p.raw(i-1), "in") && p.is(i-2, tNumber) && p.tok[i].spelt {
		return 0 // "one in four (25.0%)"
	}
	pct, ci, at, n := p.percentBracket(i+1, 9)
	if n == 0 || p.tok[i].spelt && p.countsGroups(i+1) {
		return 0
	}
	if p.is(i-1, tWord) && (strings.EqualFold(p.raw(i-1), "of") || strings.EqualFold(p.raw(i-1), "among")) && !p.is(n-1, tClose) {
		return 0 // "of 143 patients (72% men)": the whole, and a share of it
	}
	if v, ok := p.tok[i].value.Int(); ok && v >= 1900 && v < 2100 && n > i+5 {
		return 0
	}
	e := evidence.Estimate{Measure: "proportion", Events: p.tok[i].value, Percent: pct, CI: ci}
	noun := p.nounAt(i + 1)
	p.between(i+1, at)
	if m := p.wholeBehind(n, e); m > 0 {
		e.Total, noun, n = p.tok[m-1].value, p.nounAt(m), m
	}
	p.emit(i, n, Item{Kind: Count, Estimate: e, Measured: Measured{Value: e.Events, Unit: noun}})
	return n
}

// countsGroups reports whether what a number counts are the groups of a study: "two study arms".
func (p *parser) countsGroups(k int) bool {
	for j := k; j < k+4 && p.is(j, tWord); j++ {
		switch strings.ToLower(p.raw(j)) {
		case "arms", "groups", "conditions":
			return true
		}
	}
	return false
}

// wholeBehind returns the token after the number that a count with its percentage is a share of, 0 where none stands at
// token k or the share of it is another: "12 (5%) of 238", "12 (5%) of the 238".
func (p *parser) wholeBehind(k int, e evidence.Estimate) int {
	if !p.isWord(k, wOf) {
		return 0
	}
	for k++; p.isWord(k, wThe, wAll); k++ {
	}
	if !p.is(k, tNumber) || !p.tok[k].whole || p.tok[k].label || p.is(k+1, tPercent) || p.is(k+1, tOpen) {
		return 0
	}
	total, events := p.tok[k].value.Float(), e.Events.Float()
	if total <= 0 || events > total || math.Abs(100*events/total-e.Percent.Float()) > 1 {
		return 0
	}
	return k + 1
}

// shareOf reads a percentage with its events: "17.5% (63/361)", "27% (19 of 70)", "86.5% (n = 709)".
func (p *parser) shareOf(i int) int {
	f, n := p.figure(i, false)
	if n == 0 || !f.percent || f.unit != "%" {
		return 0
	}
	k := n
	if p.is(k, tComma) && p.is(k+1, tOpen) {
		k++
	}
	open := p.is(k, tOpen)
	if open {
		k++
	}
	inner := open && p.is(k, tOpen)
	if inner {
		k++
	}
	e := evidence.Estimate{Measure: "proportion", Percent: f.value}
	if k = p.eventsAt(k, &e); !open || k == 0 {
		return 0
	}
	if inner && p.is(k, tClose) {
		k++
	}
	for p.is(k, tWord) && p.tok[k].word.is(fCounted) {
		k++
	}
	if ci, _, m := p.intervalAfter(k, false); m > 0 {
		e.CI, k = ci, m
	}
	if !p.is(k, tClose) && !p.is(k, tSemicolon) && !p.is(k, tComma) {
		for j := k; j < k+4; j++ { // "(63/361 patients)"
			if p.is(j, tClose) {
				k = j
				break
			}
			if !p.is(j, tWord) {
				return 0
			}
		}
	}
	if p.is(k, tClose) {
		k++
	}
	p.emit(i, k, Item{Kind: Count, Estimate: e, Measured: Measured{Value: e.Events}})
	return k
}

// eventsAt reads the events behind a percentage into e: "63/361", "n = 709", "19 of 70", "172 patients". It returns the
// token after them, or 0.
func (p *parser) eventsAt(k int, e *evidence.Estimate) int {
	named := p.isWord(k, wN) && p.is(k+1, tRelation)
	if named {
		k += 2
	}
	if !p.is(k, tNumber) || !p.tok[k].whole {
		return 0
	}
	if ev, tot, m := p.fraction(k); m > 0 {
		e.Events, e.Total = ev, tot
		return m
	}
	e.Events = p.tok[k].value
	switch {
	case named, p.is(k+1, tClose) && p.share:
		return k + 1
	case p.is(k+1, tWord) && p.tok[k+1].word.is(fCounted) && p.is(k+2, tClose):
		return k + 2
	}
	return 0
}

// nounAt returns the noun that stands at token k, within a few words, in the singular.
func (p *parser) nounAt(k int) string {
	for j := k; j < k+5 && p.is(j, tWord); j++ {
		if p.tok[j].word.is(fCounted) {
			return vocab.Singular(strings.ToLower(p.raw(j)))
		}
		if p.tok[j].word.is(fStop) && !p.isWord(j, wThe, wOf) {
			return ""
		}
	}
	return ""
}

// countWord marks "all participants", "none of the 12 trials", "half of the patients". Only what is printed becomes a
// number: none is no events, all and half are left in words.
func (p *parser) countWord(i int) int {
	id := p.tok[i].word.id()
	if id == wNo {
		return p.countNo(i)
	}
	if id == wAll && p.is(i-1, tWord) && (strings.EqualFold(p.raw(i-1), "from") || strings.EqualFold(p.raw(i-1), "across") || strings.EqualFold(p.raw(i-1), "throughout")) {
		return 0 // "people from all regions" are no share of the regions
	}
	j := i + 1
	if p.isWord(j, wOf) {
		j++
	} else if id == wNone {
		return 0
	}
	for p.isWord(j, wThe, wA) || p.is(j, tWord) && (strings.EqualFold(p.raw(j), "these") || strings.EqualFold(p.raw(j), "our")) {
		j++
	}
	total := quantity.Decimal("")
	if id != wNone && !p.is(j, tNumber) && p.ofWhom(i) {
		return 0
	}
	if p.is(j, tNumber) && p.tok[j].whole && !p.tok[j].label && !p.is(j+1, tPercent) {
		if strings.EqualFold(p.raw(i), "every") {
			return 0 // "one for every 76 women" counts nobody
		}
		total = p.tok[j].value
		j++
	}
	if id != wNone && total == "" && !strings.EqualFold(p.raw(i), "every") && p.singularNoun(j) {
		return 0
	}
	k := j
	for k < j+4 && p.is(k, tWord) && !p.tok[k].word.is(fCounted) && !p.tok[k].word.is(fStop) && p.tok[k].word.id() == 0 {
		k++
	}
	if !p.is(k, tWord) || !p.tok[k].word.is(fCounted) {
		return 0
	}
	e := evidence.Estimate{Measure: "proportion", Total: total}
	switch id {
	case wNone:
		e.Events = "0"
	case wAll:
		e.Events, e.Doubt = total, "in words: all"
	case wHalf:
		e.Doubt = "in words: half"
	}
	n := k + 1
	if pct, ci, _, m := p.percentBracket(n, 1); m > 0 {
		e.Percent, e.CI, e.Doubt, n = pct, ci, "", m
	}
	p.emit(i, n, Item{Kind: Count, Estimate: e, Measured: Measured{Value: e.Events, Unit: vocab.Singular(strings.ToLower(p.raw(k)))}})
	return n
}

// ofWhom reports whether "all" at token i says of whom something is told, and of how many it was true: "fell in all patients",
// "(P < .01 for all comparisons)", but not "was achieved in all patients".
func (p *parser) ofWhom(i int) bool {
	if p.tok[i].depth > 0 {
		return true
	}
	if !p.isWord(i-1, wIn, wOf, wFor, wFrom, wAt, wTo, wWith, wBy, wAmong, wBetween, wOver) {
		return false
	}
	if p.isWord(i-1, wIn) && p.is(i-2, tWord) {
		switch strings.ToLower(p.raw(i - 2)) {
		case "achieved", "reached", "obtained", "occurred", "observed", "seen", "found", "noted", "detected", "present", "successful", "feasible", "possible":
			return false
		}
	}
	return true
}

// countNo marks "no participants", "no one": no events. A noun that only qualifies another ("no patient data") is none.
func (p *parser) countNo(i int) int {
	k := i + 1
	if p.is(k, tDash) {
		k++
	}
	noun := ""
	switch {
	case p.is(k, tNumber) && p.tok[k].spelt && p.tok[k].value == "1" && p.verbal(k+1): // "no one"
		noun = "person"
	default:
		for k < i+4 && p.is(k, tWord) && !p.tok[k].word.is(fPeople|fStop) && p.tok[k].word.id() == 0 {
			k++
		}
		if !p.is(k, tWord) || !p.tok[k].word.is(fPeople) || !p.verbal(k+1) {
			return 0
		}
		noun = vocab.Singular(strings.ToLower(p.raw(k)))
	}
	p.emit(i, k+1, Item{Kind: Count, Estimate: evidence.Estimate{Measure: "proportion", Events: "0"}, Measured: Measured{Value: "0", Unit: noun}})
	return k + 1
}

// verbal reports whether a clause goes on or ends at token k after its subject: a verb, a preposition, or punctuation.
func (p *parser) verbal(k int) bool {
	if !p.is(k, tWord) {
		return !p.is(k, tDash) && !p.is(k, tSlash)
	}
	s := p.raw(k)
	return p.tok[k].word.is(fStop|fCopula|fEnrolled|fChanges) || strings.HasSuffix(s, "ed") || strings.HasSuffix(s, "red")
}

// singularNoun reports whether the counted noun at or after token j is in the singular.
func (p *parser) singularNoun(j int) bool {
	for k := j; k < j+4 && p.is(k, tWord); k++ {
		if p.tok[k].word.is(fCounted) {
			s := strings.ToLower(p.raw(k))
			return vocab.Singular(s) == s
		}
	}
	return false
}

// sharesPercent reports whether a number has its percent sign with the number it is compared with: "5.1 vs 9.6%".
func (p *parser) sharesPercent(f figure, n int) bool {
	and := p.isWord(n, wAnd)
	if !and && !p.isWord(n, wVs) {
		return false
	}
	n++
	if p.is(n, tDot) || p.isWord(n, wWith, wTo) {
		n++
	}
	g, m := p.figure(n, false)
	return m > 0 && g.unit == "%" && g.whole == f.whole && !(and && f.whole) && quantity.Compare(f.value, "100") <= 0
}

// heterogeneity reports whether a number is the I² of a meta-analysis, which is a share of the variance and of nobody:
// "I2 = 61%", "I² of 0%".
func (p *parser) heterogeneity(i int) bool {
	before := strings.TrimRight(p.text[max(0, p.tok[i].start-12):p.tok[i].start], " =:<\u00a0")
	before = strings.TrimSuffix(strings.TrimSuffix(before, " of"), " was")
	for _, square := range []string{"²", "^2", " 2", "2"} {
		if s, ok := strings.CutSuffix(before, square); ok {
			return strings.HasSuffix(s, "I") && (len(s) == 1 || !isLetter(s[len(s)-2]))
		}
	}
	return false
}

// levelOfLimit reports whether a percentage is the level of a limit: "95% lower confidence limits".
func (p *parser) levelOfLimit(n int) bool {
	for k := n; k < n+4 && p.is(k, tWord); k++ {
		if w := strings.ToLower(p.raw(k)); w == "limit" || w == "limits" || w == "bound" || w == "bounds" {
			return k > n
		}
	}
	return false
}

// percent marks a percentage that stands alone.
func (p *parser) percent(i int) int {
	if p.is(i, tRelation) {
		return 0
	}
	f, n := p.figure(i, p.is(i-1, tOpen) || p.is(i-1, tRelation))
	if n > 0 && f.unit == "" && p.sharesPercent(f, n) {
		f.percent, f.unit = true, "%"
	}
	if n == 0 || !f.percent {
		return 0
	}
	if p.heterogeneity(i) || p.levelOfLimit(n) {
		return n
	}
	if p.isWord(n, wOr) || p.is(n, tDash) || p.isWord(n, wTo) {
		if p.orMore(n) > 0 {
			return 0
		}
	}
	if p.is(n, tDash) && !p.tok[n].spaced && f.unit == "%" {
		if g, m := p.figure(n+1, false); m > 0 && g.unit == "%" && !p.is(m, tClose) && !p.is(i-1, tOpen) {
			return m // "a dose of 1%-49%" is a range, and no two shares
		}
	}
	e := evidence.Estimate{Percent: f.value, Unit: "%", Doubt: f.doubt}
	if !f.signed && f.unit == "%" {
		e.Measure = "proportion"
	}
	if f.unit != "%" {
		e.Unit = f.unit
	} else if p.changeBy(i, n) && !(p.isWord(n, wOf) && p.is(n+1, tWord) && p.tok[n+1].word.is(fCounted)) { // not "completed by 74% of patients"
		e.Measure = "percent change"
	}
	p.emit(i, n, Item{Kind: Percent, Estimate: e})
	return n
}
