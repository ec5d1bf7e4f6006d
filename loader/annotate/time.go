package annotate

import (
	"strconv"
	"strings"

	"github.com/picograph/picograph/graph/quantity"
)

// weeksPerYear is the mean number of weeks in a year, for turning weeks into months.
const weeksPerYear = 52.18

// timeUnit returns the unit of time named by token k: days, weeks, months, years, hours, minutes or seconds.
func (p *parser) timeUnit(k int) string {
	t := p.at(k)
	if t.kind != tWord || !t.word.is(fTimeUnit|fClock) {
		return ""
	}
	switch t.word.id() {
	case wDay:
		return "days"
	case wWeek:
		return "weeks"
	case wMonthUnit:
		return "months"
	case wYear:
		return "years"
	}
	switch raw := strings.ToLower(p.raw(k)); raw[0] {
	case 'd':
		return "days"
	case 'h':
		return "hours"
	case 'm':
		return "minutes"
	case 's':
		if raw == "s" && t.spaced {
			return ""
		}
		return "seconds"
	}
	return ""
}

// months returns a length of time in months, with at most two decimal places; empty for hours and less.
func months(v quantity.Decimal, unit string) quantity.Decimal {
	f := v.Float()
	switch unit {
	case "months":
		return v
	case "years":
		f *= 12
	case "weeks":
		f *= 12 / weeksPerYear
	case "days":
		f *= 12 / weeksPerYear / 7
	default:
		return ""
	}
	d := string(quantity.Round(f, 2))
	if strings.Contains(d, ".") {
		d = strings.TrimRight(strings.TrimRight(d, "0"), ".")
	}
	return quantity.Decimal(d)
}

// timeLength reads a number with a unit of time at token k: "12 months", "12-month", "6 to 12 weeks".
func (p *parser) timeLength(k int) (n int, ok bool) {
	if !p.is(k, tNumber) {
		return 0, false
	}
	j := k + 1
	if (p.is(j, tDash) || p.isWord(j, wTo)) && p.is(j+1, tNumber) {
		j += 2
	}
	if p.is(j, tDash) && !p.tok[j].spaced {
		j++
	}
	if p.timeUnit(j) == "" {
		return 0, false
	}
	return j + 1, true
}

// times marks one or more numbers with a unit of time that they share: "12 months", "3, 6, and 12 months",
// "3 to 6 weeks", "90-minute".
func (p *parser) times(i int) int {
	if n := p.date(i); n > 0 {
		return n
	}
	type at struct{ first, last int }
	var list [12]at
	count := 0
	k := i
	for {
		if !p.is(k, tNumber) || p.tok[k].value == "" || count == len(list) {
			return 0
		}
		a := at{k, k}
		k++
		if (p.is(k, tDash) || p.isWord(k, wTo)) && p.is(k+1, tNumber) {
			a.last = k + 1
			k += 2
		}
		list[count] = a
		count++
		if p.is(k, tDash) && !p.tok[k].spaced && (p.timeUnit(k+1) != "" || p.is(k+1, tComma) || p.isWord(k+1, wAnd, wOr, wTo)) {
			k++ // "6- and 12-month"
		}
		if p.timeUnit(k) != "" {
			break
		}
		j := k
		if p.is(j, tComma) {
			j++
		}
		if p.isWord(j, wAnd, wOr) {
			j++
		}
		if j == k {
			return 0
		}
		k = j
	}
	unit := p.timeUnit(k)
	if unit == "hours" && (p.raw(k) == "h") && p.is(k+1, tSlash) {
		return 0
	}
	if p.tok[k].end-p.tok[k].start == 1 && p.tok[k].word.id() != wDay && unit != "hours" && !p.tok[list[0].first].whole {
		return 0
	}
	if p.is(k+1, tSlash) && !p.tok[k+1].spaced { // "30 min/session"
		return 0
	}
	if unit == "days" && !p.tok[list[0].first].whole {
		return 0 // "5.3 days a week": an amount, and no time at which something was measured
	}
	if p.aged(list[0].first, k+1) {
		return 0
	}
	for c := range list[:count] {
		a := list[c]
		m := Measured{Value: p.tok[a.first].value, Unit: unit}
		if a.last > a.first {
			m.High, m.Relation = p.tok[a.last].value, quantity.Between
		}
		end := a.last + 1
		if c == count-1 {
			end = k + 1
		}
		p.emitTime(a.first, a.first, end, m)
	}
	return k + 1
}

// emitTime adds a time over the tokens i to n, whose number is at token k.
func (p *parser) emitTime(i, k, n int, m Measured) int {
	unit := m.Unit
	switch {
	case strings.HasPrefix(unit, "day"):
		unit = "days"
	case strings.HasPrefix(unit, "week"):
		unit = "weeks"
	case strings.HasPrefix(unit, "month"):
		unit = "months"
	case strings.HasPrefix(unit, "year"):
		unit = "years"
	}
	m.Unit = unit
	m.Months = months(m.Value, unit)
	m.Duration = ordered(m.Relation) || p.lasts(i, k, n)
	switch unit {
	case "hours", "minutes", "seconds", "hour", "minute", "second":
		if m.Duration || m.Relation != "" {
			m.Months = ""
		}
	}
	p.emit(i, n, Item{Kind: Time, Measured: m})
	return n
}

// lasts reports whether a length of time is a duration rather than a time point: "for 3 months" and "a 12-week
// program", not "at 3 months" and "3-month follow-up".
func (p *parser) lasts(i, k, n int) bool {
	for j := i - 1; j >= 0 && j >= i-4; j-- {
		t := p.tok[j]
		if t.kind == tNumber || t.kind == tComma || t.kind == tDash || t.kind == tName {
			continue
		}
		if t.kind != tWord {
			break
		}
		switch t.word.id() {
		case wFor, wOver, wDuring, wWithin, wThroughout, wPast, wUp, wLast, wIn, wLeast:
			return true
		case wAt, wAfter, wBy, wUntil, wFrom:
			return false
		case wThe, wA, wAnd, wOr, wTo, wMost, wThan, wMore, wLess, wFewer:
			continue
		}
		if r := strings.ToLower(p.raw(j)); r == "lasting" || r == "lasted" || r == "first" || r == "each" || r == "every" || r == "approximately" || r == "about" {
			if r == "approximately" || r == "about" {
				continue
			}
			return true
		}
		break
	}
	if p.is(n-2, tDash) && k < n-2 { // "12-month ..."
		for j := n; j < n+3 && p.is(j, tWord) || p.is(j, tDash) && j < n+3; j++ {
			if p.isWord(j, wFollow) || followUpWord(p.raw(j)) {
				return false
			}
		}
		return true
	}
	return p.isWord(n, wOf) || p.is(n, tWord) && (strings.EqualFold(p.raw(n), "long") || strings.EqualFold(p.raw(n), "duration"))
}

// followUpWord reports whether a word names an occasion of measurement.
func followUpWord(s string) bool {
	switch strings.ToLower(s) {
	case "assessment", "assessments", "visit", "visits", "outcome", "outcomes", "post", "postintervention", "posttreatment",
		"postbaseline", "endpoint", "time", "timepoint", "mark", "survey", "surveys", "evaluation", "interview", "interviews", "mortality", "survival":
		return true
	}
	return false
}

// timeWord marks what a word begins: "week eight", "months 6 and 12", "past-month", "October 2017".
func (p *parser) timeWord(i int) int {
	t := p.tok[i]
	if t.word.is(fMonth) {
		return p.date(i)
	}
	if t.word.is(fTimeUnit) && t.end-t.start > 1 {
		return p.timeNamed(i)
	}
	if t.word.id() == wPast || t.word.id() == wLast {
		k := i + 1
		if p.is(k, tDash) {
			k++
		}
		if unit := p.timeUnit(k); unit != "" && strings.ToLower(p.raw(k)) == strings.TrimSuffix(unit, "s") && p.tok[k].word.is(fTimeUnit) {
			p.emit(i, k+1, Item{Kind: Time, Measured: Measured{Value: "1", Unit: unit, Months: months("1", unit), Duration: true}})
			return k + 1
		}
	}
	if t.word.is(fStop) && (t.word.id() == wIn || t.word.id() == wFrom || t.word.id() == wBetween) {
		return 0
	}
	return 0
}

// timeNamed marks "week eight", "day 28", "weeks 4, 8 and 12".
func (p *parser) timeNamed(i int) int {
	unit := p.timeUnit(i)
	k := i + 1
	if p.is(k, tDash) && !p.tok[k].spaced {
		k++
	}
	first := i
	for {
		t := p.at(k)
		if t.kind != tNumber || t.value == "" || !t.whole || p.is(k+1, tPercent) || isYear(string(t.value)) {
			break
		}
		if p.is(k+1, tOpen) && k > i+1 {
			if f, n := p.figure(k+2, false); n > 0 && f.percent {
				break
			}
		}
		if u, m := p.unitAt(k + 1); u != "" && m > k+1 || p.at(k+1).word.is(fCounted) {
			break
		}
		m := Measured{Value: t.value, Unit: unit, Months: months(t.value, unit)}
		n := k + 1
		if (p.is(n, tDash) || p.isWord(n, wTo)) && p.is(n+1, tNumber) && p.tok[n+1].whole && quantity.Compare(t.value, p.tok[n+1].value) < 0 {
			m.High, m.Relation, m.Duration = p.tok[n+1].value, quantity.Between, true
			n += 2
		}
		p.emit(first, n, Item{Kind: Time, Measured: m})
		j := n
		if p.is(j, tComma) {
			j++
		}
		if p.isWord(j, wAnd, wOr) {
			j++
		}
		if j == n || !p.is(j, tNumber) || p.timeUnit(j+1) != "" {
			return n
		}
		if !p.isWord(j-1, wAnd, wOr) && !p.listed(j+1) {
			return n // "At week 4, 28 patients"
		}
		k, first = j, j
		if u, m := p.unitAt(k + 1); u != "" && m > k+1 || p.at(k+1).word.is(fCounted) || p.is(k+1, tPercent) {
			return n
		}
	}
	if first == i {
		return 0
	}
	return k
}

// listed reports whether token k, after a number, goes on with a list or ends it.
func (p *parser) listed(k int) bool {
	if k >= len(p.tok) || p.isWord(k, wAnd, wOr, wTo) {
		return true
	}
	switch p.tok[k].kind {
	case tComma, tSemicolon, tClose, tDot, tColon:
		return true
	}
	return false
}

// timeList returns the token after numbers that share a unit of time, from token k: "6 or 12 months". It returns 0 where
// there is none.
func (p *parser) timeList(k int) int {
	for j := k; p.is(j, tNumber) && j < k+12; {
		if n, ok := p.timeLength(j); ok {
			return n
		}
		j++
		if p.is(j, tDash) {
			j++
		}
		at := j
		if p.is(j, tComma) {
			j++
		}
		if p.isWord(j, wAnd, wOr) {
			j++
		}
		if j == at {
			return 0
		}
	}
	return 0
}

// date marks a date: "October 2017", "June 26, 2019", "26 June 2019", "2019-06-26", a year alone.
func (p *parser) date(i int) int {
	t := p.at(i)
	if t.kind == tWord {
		return p.monthDate(i, i, "")
	}
	if t.kind != tNumber || !t.whole || t.spelt {
		return 0
	}
	v := string(t.value)
	if len(v) <= 2 && p.is(i+1, tWord) && p.tok[i+1].word.is(fMonth) {
		return p.monthDate(i, i+1, v)
	}
	if p.is(i+1, tSlash) && !p.tok[i+1].spaced && p.is(i+2, tNumber) && isYear(string(p.tok[i+2].value)) && !p.is(i+3, tSlash) { // "07/2010"
		if month, ok := t.value.Int(); ok && month >= 1 && month <= 12 && p.padded(i) {
			return p.emitDate(i, i+3, string(p.tok[i+2].value)+"-"+two(month))
		}
	}
	if !isYear(v) || t.end-t.start != 4 {
		return 0
	}
	if p.is(i+1, tDash) && p.is(i+2, tNumber) && p.is(i+3, tDash) && p.is(i+4, tNumber) && !p.tok[i+2].spaced && !p.tok[i+4].spaced {
		mo, ok1 := p.tok[i+2].value.Int()
		d, ok2 := p.tok[i+4].value.Int()
		if ok1 && ok2 && mo >= 1 && mo <= 12 && d >= 1 && d <= 31 {
			return p.emitDate(i, i+5, v+"-"+two(mo)+"-"+two(d))
		}
	}
	if !p.yearHere(i) {
		return 0
	}
	return p.emitDate(i, i+1, v)
}

// yearHere reports whether the number at token i, which could be a year, stands where a year does.
func (p *parser) yearHere(i int) bool {
	if t := p.at(i + 1); t.kind == tPercent || t.kind == tSlash || t.kind == tPlusMinus || t.kind == tOpen && t.spaced && p.is(i+2, tNumber) && p.is(i+3, tPercent) {
		return false
	}
	if u, n := p.unitAt(i + 1); u != "" && n > i+1 {
		return false
	}
	for j := i + 1; j < i+4 && p.is(j, tWord) && !p.tok[j].word.is(fStop); j++ {
		if p.tok[j].word.is(fCounted) {
			return false
		}
	}
	if t := p.at(i - 1); t.kind == tRelation || t.kind == tSlash || t.kind == tDash && !p.is(i-2, tNumber) && !p.is(i-2, tWord) {
		return false
	}
	return true
}

// monthDate marks a date whose month is at token k.
func (p *parser) monthDate(i, k int, day string) int {
	month := monthNumber(p.raw(k))
	if p.raw(k)[0] < 'A' || p.raw(k)[0] > 'Z' || month == 0 {
		return 0
	}
	n := k + 1
	if p.is(n, tDot) && !p.tok[n].spaced && p.tok[k].end-p.tok[k].start <= 4 {
		n++
	}
	if p.is(n, tNumber) && p.tok[n].whole && len(p.tok[n].value) <= 2 && day == "" {
		day = string(p.tok[n].value)
		n++
	}
	j := n
	if p.is(j, tComma) {
		j++
	}
	if p.isWord(j, wOf) {
		j++
	}
	if p.is(j, tNumber) && isYear(string(p.tok[j].value)) && p.tok[j].whole {
		return p.emitDate(i, j+1, isoDate(string(p.tok[j].value), month, day))
	}
	if p.isWord(j, wAnd, wTo, wThrough, wUntil) || p.is(j, tDash) || p.is(j, tSlash) { // "June to December 2012"
		if y := p.yearAfter(j + 1); y != "" {
			return p.emitDate(i, n, isoDate(y, month, day))
		}
	}
	return 0
}

// yearAfter returns the year of the date at token k, which must begin with a month or a day and a month.
func (p *parser) yearAfter(k int) string {
	if p.is(k, tNumber) && len(p.tok[k].value) <= 2 {
		k++
	}
	if !p.is(k, tWord) || !p.tok[k].word.is(fMonth) {
		return ""
	}
	for j := k + 1; j < k+4; j++ {
		if p.is(j, tNumber) && isYear(string(p.tok[j].value)) {
			return string(p.tok[j].value)
		}
		if !p.is(j, tNumber) && !p.is(j, tComma) && !p.is(j, tDot) {
			return ""
		}
	}
	return ""
}

func (p *parser) emitDate(i, n int, date string) int {
	p.emit(i, n, Item{Kind: Time, Measured: Measured{Date: date}})
	return n
}

func isYear(s string) bool { return len(s) == 4 && (s[:2] == "19" || s[:2] == "20") }

func isoDate(year string, month int, day string) string {
	out := year + "-" + two(month)
	if d, err := strconv.Atoi(day); err == nil && d >= 1 && d <= 31 {
		out += "-" + two(d)
	}
	return out
}

func two(n int) string {
	if n < 10 {
		return "0" + strconv.Itoa(n)
	}
	return strconv.Itoa(n)
}

func monthNumber(s string) int {
	if len(s) < 3 {
		return 0
	}
	n := strings.Index("janfebmaraprmayjunjulaugsepoctnovdec", strings.ToLower(s[:3]))
	if n < 0 || n%3 != 0 {
		return 0
	}
	return n/3 + 1
}
