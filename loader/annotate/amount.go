package annotate

import (
	"strings"

	"github.com/picograph/picograph/graph/evidence"
	"github.com/picograph/picograph/graph/quantity"
	"github.com/picograph/picograph/graph/vocab"
)

// amount marks a number with a unit or a relation: "≥90 MME", "at least 20 mg/d", "50% or greater", "aged 18-65 years".
func (p *parser) amount(i int) int {
	if p.isWord(i, wBetween) {
		return p.betweenAmounts(i)
	}
	rel, k, lost := p.relationBefore(i)
	if k < 0 || p.at(k).label {
		return 0
	}
	f, n := p.figure(k, false)
	if n == 0 {
		return 0
	}
	m := Measured{Relation: rel, Value: f.value, Unit: f.unit, Doubt: f.doubt}
	if low, high, e := p.span(k, false); e > 0 && (rel == "" || p.fromTo(rel, n, low, high)) && p.bounded(n, e) && low.unit == high.unit {
		if quantity.Compare(low.value, high.value) > 0 {
			return 0
		}
		m.Relation, m.Value, m.High, m.Unit, n = quantity.Between, low.value, high.value, high.unit, e
	}
	age := p.aged(k, n)
	switch {
	case p.isTime(m.Unit) && !age:
		return p.timeAmount(i, k, n, m)
	case m.Unit == "" && rel == "" && !age && p.orMore(n) == 0:
		return 0
	case m.Unit == "" && age && !f.percent:
		m.Unit = "years"
	}
	n = p.amountTail(n, &m)
	if m.Relation == "" && (f.percent || m.Unit == "") {
		return 0
	}
	if noun := p.nounAt(n); m.Unit == "" && !age && noun != "" && f.whole {
		p.emit(i, p.nounEnd(n), Item{Kind: Size, Measured: Measured{Relation: m.Relation, Value: m.Value, High: m.High, Unit: noun}})
		return p.nounEnd(n)
	}
	first := k
	if m.Relation != "" {
		first = i
	}
	if lost {
		m.Doubt = "printed \"" + p.printed(first, n) + "\"; a sign such as ≥ seems lost"
	}
	p.emit(first, n, Item{Kind: Quantity, Measured: m})
	return n
}

// relationBefore reads the relation of an amount, as a sign or in words, and returns the token of its number; -1 where no
// amount can begin at token i. Lost is true for an equals sign in the place of another sign.
func (p *parser) relationBefore(i int) (rel quantity.Relation, k int, lost bool) {
	switch {
	case p.is(i, tRelation):
		rel = p.tok[i].rel
		if rel == quantity.Equal && !p.lostSign(i) {
			return "", -1, false
		}
		return rel, i + 1, rel == quantity.Equal
	case p.is(i, tWord):
		if rel, k = p.comparison(i); k == 0 {
			k = -1
		}
		return rel, k, false
	}
	return "", i, false
}

// amountTail goes past the words after an amount that belong to it: "of age", "or more", "and older".
func (p *parser) amountTail(n int, m *Measured) int {
	for p.isWord(n, wOf) && p.isWord(n+1, wAge) || p.isWord(n, wOld) {
		if p.isWord(n, wOf) {
			n++
		}
		n++
	}
	e := p.orMore(n)
	if e == 0 || m.Relation != "" {
		return n
	}
	m.Relation, n = p.moreRelation(n), e
	if m.Unit == "" { // "65+ years"
		if u, k := p.timeUnitAt(n); u == "years" {
			m.Unit, n = u, k
		} else if u, k := p.unitAt(n); u != "" && k > n {
			m.Unit, n = u, k
		}
	}
	for p.isWord(n, wOf) && p.isWord(n+1, wAge) {
		n += 2
	}
	return n
}

// nounEnd returns the token after the counted noun at or after token k.
func (p *parser) nounEnd(k int) int {
	for j := k; j < k+5 && p.is(j, tWord); j++ {
		if p.tok[j].word.is(fCounted) {
			return j + 1
		}
	}
	return k
}

// bounded reports whether two numbers read as a span are a range of amounts: joined by a dash or by "to".
func (p *parser) bounded(n, e int) bool {
	return e > n && (p.is(n, tDash) || p.isWord(n, wTo))
}

// fromTo reports whether a sign before a range belongs to the lower of its bounds, which a dash without blanks joins: "≥9.0–15.0%".
func (p *parser) fromTo(rel quantity.Relation, n int, low, high figure) bool {
	return (rel == quantity.AtLeast || rel == quantity.Above) && p.is(n, tDash) && !p.tok[n].spaced && !p.tok[n+1].spaced && quantity.Compare(low.value, high.value) < 0
}

// timeAmount marks a relation with a length of time as a time.
func (p *parser) timeAmount(i, k, n int, m Measured) int {
	if e := p.orMore(n); e > 0 && m.Relation == "" {
		m.Relation, n = p.moreRelation(n), e
	}
	return p.emitTime(i, k, n, m)
}

// aged reports whether the words round a number speak of age.
func (p *parser) aged(k, n int) bool {
	for j := k - 1; j >= 0 && j >= k-5; j-- {
		t := p.tok[j]
		if t.kind == tWord && (t.word.id() == wAge || t.word.id() == wAged || t.word.id() == wOlder || t.word.id() == wYounger) {
			return p.isYears(n) || !p.is(n, tPercent) && p.tok[k].whole && len(p.tok[k].value) <= 3
		}
		if t.kind == tNumber || t.kind == tClose || t.kind == tOpen || t.kind == tSemicolon {
			break
		}
	}
	j := n
	if p.is(j, tDash) {
		j++
	}
	if p.isWord(j, wOld) || p.isWord(j, wOf) && p.isWord(j+1, wAge) {
		return true
	}
	if (p.isWord(j, wOr) || p.isWord(j, wAnd)) && p.isWord(j+1, wOlder, wYounger) {
		return true
	}
	return false
}

func (p *parser) isYears(n int) bool {
	return p.isWord(n, wYear) || p.isWord(n-1, wYear) || p.is(n-1, tWord) && p.tok[n-1].word.is(fTimeUnit)
}

// betweenAmounts marks "between 5 and 10", with a unit.
func (p *parser) betweenAmounts(i int) int {
	low, high, n := p.span(i+1, true)
	if n == 0 || quantity.Compare(low.value, high.value) > 0 {
		return 0
	}
	if low.whole && high.whole && isYear(string(low.value)) && isYear(string(high.value)) {
		return 0
	}
	m := Measured{Relation: quantity.Between, Value: low.value, High: high.value, Unit: high.unit}
	if p.isTime(m.Unit) && !p.aged(i+1, n) {
		return p.emitTime(i, i+1, n, m)
	}
	if m.Unit == "" && p.aged(i, n) {
		m.Unit = "years"
	}
	for p.isWord(n, wOf) && p.isWord(n+1, wAge) {
		n += 2
	}
	p.emit(i, n, Item{Kind: Quantity, Measured: m})
	return n
}

// number marks any other number.
func (p *parser) number(i int) int {
	t := p.at(i)
	if t.kind != tNumber {
		f, n := p.signed(i, p.is(i-1, tOpen) || p.is(i-1, tRelation))
		if n == 0 {
			return 0
		}
		p.emit(i, n, Item{Kind: Number, Measured: Measured{Value: f.value, Doubt: f.doubt}})
		return n
	}
	if t.spelt && (t.value == "1" || t.value == "0") || t.value == "" {
		return 0
	}
	n := i + 1
	if e := p.nameOfNumber(i); e > 0 {
		return e
	}
	m := Measured{Value: t.value}
	if low, high, e := p.span(i, false); e > 0 && p.bounded(n, e) && low.whole == high.whole && quantity.Compare(low.value, high.value) < 0 && high.unit == "" {
		m.Relation, m.Value, m.High, n = quantity.Between, low.value, high.value, e
	} else if p.is(n, tDash) && !p.tok[n].spaced && p.is(n+1, tWord) && !p.tok[n+1].spaced {
		m.Unit = strings.ToLower(p.raw(n + 1))
		n += 2
	} else if t.whole && p.noun(n) {
		m.Unit = vocab.Singular(strings.ToLower(p.raw(n)))
		p.emit(i, i+1, Item{Kind: Number, Measured: m})
		return i + 1
	}
	p.emit(i, n, Item{Kind: Number, Measured: m})
	return n
}

// nameOfNumber goes past a number that is part of a name or an identifier: "5-HT", "2-sided", "2012-005480-28".
func (p *parser) nameOfNumber(i int) int {
	if !p.is(i+1, tDash) || p.tok[i+1].spaced || i+2 >= len(p.tok) || p.tok[i+2].spaced {
		return 0
	}
	if p.isWord(i+2, wSided) {
		return i + 3
	}
	if p.is(i+2, tWord) {
		if raw := p.raw(i + 2); len(raw) <= 4 && strings.ToUpper(raw) == raw && isUpper(raw[0]) {
			return i + 3
		}
		return 0
	}
	j := i
	for p.is(j+1, tDash) && !p.tok[j+1].spaced && p.is(j+2, tNumber) && !p.tok[j+2].spaced {
		j += 2
	}
	if j > i+2 {
		return j + 1
	}
	return 0
}

// noun reports whether token k looks like the noun that a number counts: it is known, or ends like a plural.
func (p *parser) noun(k int) bool {
	if !p.is(k, tWord) || p.tok[k].word.is(fStop|fCopula) {
		return false
	}
	s := p.raw(k)
	return p.tok[k].word.is(fCounted|fLabel) || p.tok[k].word.id() == 0 && len(s) > 3 && strings.HasSuffix(s, "s") &&
		!strings.HasSuffix(s, "ss") && !strings.HasSuffix(s, "us") && !strings.HasSuffix(s, "is")
}

// ratioPair goes past "1:1" and the like, which say how many to how many.
func (p *parser) ratioPair(i int) int {
	j := i
	for p.is(j+1, tColon) && !p.tok[j+1].spaced && p.is(j+2, tNumber) && !p.tok[j+2].spaced {
		j += 2
	}
	if j == i {
		return 0
	}
	return j + 1
}

// sizeN marks "n = 411", "N=1,200", "n = 20 per group".
func (p *parser) sizeN(i int) int {
	if raw := p.raw(i); len(raw) != 1 {
		return 0
	}
	k := i + 1
	switch {
	case p.is(k, tRelation) || p.is(k, tColon):
		k++
	case p.is(k, tNumber) && p.is(i-1, tOpen):
	default:
		return 0
	}
	if !p.is(k, tNumber) || !p.tok[k].whole {
		return 0
	}
	m := Measured{Value: p.tok[k].value}
	if p.is(i+1, tRelation) && p.tok[i+1].rel != quantity.Equal {
		m.Relation = p.tok[i+1].rel
	}
	n := k + 1
	if p.is(n, tSlash) && p.is(n+1, tNumber) {
		if ev, tot, e := p.fraction(k); e > 0 {
			est := evidence.Estimate{Measure: "proportion", Events: ev, Total: tot}
			if p.is(e, tComma) || p.is(e, tSemicolon) {
				if f, m := p.figure(e+1, false); m > 0 && f.percent {
					est.Percent, e = f.value, m
				}
			}
			p.emit(i, e, Item{Kind: Count, Estimate: est, Measured: Measured{Value: ev}})
			return e
		}
	}
	if p.is(n, tComma) || p.is(n, tSemicolon) { // "(n = 30, 24%)"
		if f, e := p.figure(n+1, false); e > 0 && f.percent && !f.signed && p.is(e, tClose) {
			p.emit(i, e, Item{Kind: Count, Estimate: evidence.Estimate{Measure: "proportion", Events: m.Value, Percent: f.value}, Measured: m})
			return e
		}
	}
	if p.is(n, tOpen) {
		if pct, ci, _, e := p.percentBracket(n, 1); e > 0 {
			p.emit(i, e, Item{Kind: Count, Estimate: evidence.Estimate{Measure: "proportion", Events: m.Value, Percent: pct, CI: ci}, Measured: m})
			return e
		}
	}
	if j := n; p.is(j, tWord) && !p.tok[j].word.is(fStop) && p.tok[j].word.is(fCounted) {
		m.Unit = vocab.Singular(strings.ToLower(p.raw(j)))
	}
	p.emit(i, n, Item{Kind: Size, Measured: m})
	return n
}

// size marks a number of people, places or studies: "820 patients", "24 US primary care clinics", "three health
// systems"; and a number before a verb of enrolment: "411 were randomized".
func (p *parser) size(i int) int {
	t := p.at(i)
	if t.kind != tNumber || !t.whole {
		return 0
	}
	k := i + 1
	if p.isWord(k, wWas) && p.is(k+1, tWord) && p.tok[k+1].word.is(fEnrolled) && t.value != "1" {
		p.emit(i, i+1, Item{Kind: Size, Measured: Measured{Value: t.value}})
		return i + 1
	}
	if p.is(k, tDash) && !p.tok[k].spaced {
		return 0
	}
	head := 0
	for j := k; j < k+8 && j < len(p.tok); j++ {
		x := p.tok[j]
		if x.kind == tWord {
			if x.word.is(fCounted) && p.countable(i, j) {
				head = j
				continue
			}
			if head > 0 {
				break
			}
			if x.word.is(fStop) && !(p.isWord(j, wAnd, wOr) && j > k) || x.word.is(fUnit) && j == k && x.word.id() == 0 && p.unitHere(j) {
				break
			}
			if x.word.is(fTimeUnit) {
				break
			}
			continue
		}
		if head > 0 && x.kind == tDash && !x.spaced && p.is(j+1, tWord) { // "100 person-years"
			return 0
		}
		if head > 0 || x.kind == tComma && !p.adjectives(j) {
			break
		}
		if x.kind != tDash && x.kind != tName && x.kind != tSlash && x.kind != tComma && x.kind != tPlus {
			break
		}
	}
	if head == 0 {
		return 0
	}
	p.emit(i, head+1, Item{Kind: Size, Measured: Measured{Value: t.value, Unit: p.nounPhrase(k, head)}})
	return head + 1
}

// countable reports whether the noun at token j can be what the number at token i counts: a plural, or the last word
// of its phrase ("thirty-seven breast cancer patients" counts patients), and no part of a name.
func (p *parser) countable(i, j int) bool {
	next := p.is(j+1, tWord)
	if next && isUpper(p.text[p.tok[j].start]) && isUpper(p.raw(j + 1)[0]) {
		return false
	}
	s := strings.ToLower(p.raw(j))
	return vocab.Singular(s) != s || !next || p.tok[j+1].word.is(fStop|fEnrolled|fCopula) || p.tok[i].value == "1" && !p.tok[j+1].word.is(fCounted)
}

func (p *parser) unitHere(j int) bool {
	u, n := p.unitAt(j)
	return u != "" && n > j
}

// adjectives reports whether the comma at token j stands between adjectives: a plain word on each side.
func (p *parser) adjectives(j int) bool {
	return p.is(j-1, tWord) && p.is(j+1, tWord) && !p.tok[j+1].word.is(fStop) && !p.isWord(j+1, wAnd)
}

// nounPhrase returns the noun at token head in the singular: with its adjectives for places and studies, without
// names of countries and the like ("24 US primary care clinics" gives "primary care clinic"), alone for people.
func (p *parser) nounPhrase(k, head int) string {
	noun := vocab.Singular(strings.ToLower(p.raw(head)))
	if p.tok[head].word.is(fPeople) {
		return noun
	}
	first := head
	for j := head - 1; j >= k; j-- {
		if p.is(j, tComma) || p.isWord(j, wAnd, wOr) {
			break
		}
		if p.is(j, tDash) && !p.tok[j].spaced {
			continue
		}
		if !p.is(j, tWord) || isUpper(p.raw(j)[0]) && j > k || isUpper(p.raw(j)[0]) {
			break
		}
		first = j
	}
	if first == head {
		return noun
	}
	return strings.ToLower(p.text[p.tok[first].start:p.tok[head].start]) + noun
}
