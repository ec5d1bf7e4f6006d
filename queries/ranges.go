package queries

import (
	"cmp"
	"strings"

	"github.com/picograph/picograph/graph/quantity"
	"github.com/picograph/picograph/queries/syntax"
)

// rangeAt reads two numbers with one unit from word i on: "between 20 and 50 MME", "aged 18 to 65", "18-65 years",
// "between 2010 and 2015".
func (r *reader) rangeAt(i int) (tag, bool) {
	j, aged, ofP := r.rangeOpening(i)
	low, high, j, ok := r.rangeEnds(i, j)
	if !ok {
		return tag{}, false
	}
	a := &amountTag{relation: quantity.Between, value: syntax.Value{Number: low}, high: syntax.Value{Number: high}}
	unit, k := r.unitAt(j)
	switch {
	case k > j && unit.ID == "%":
		return tag{}, false
	case k > j:
		j = k
		a.value.Unit, a.high.Unit = dailyDose(unit.ID), dailyDose(unit.ID)
		a.time = timeUnit(unit.ID)
		a.age = a.time && strings.HasPrefix(unit.ID, "year") && (aged || r.normAt(j) == "old" || r.normAt(j) == "of" && r.normAt(j+1) == "age" || r.isPeople(i-1) || r.phrases[r.normAt(i-1)].value == "people")
	default:
		if j, ok = r.plainRange(a, i, j, aged, ofP); !ok {
			return tag{}, false
		}
	}
	for a.age && (r.normAt(j) == "old" || r.normAt(j) == "of" && r.normAt(j+1) == "age" || r.normAt(j) == "age") {
		j++
	}
	return tag{from: i, to: j, amount: a}, true
}

// rangeOpening reads the words before the numbers of a range, and returns the word after them: whether they say that it is of ages, or of P.
func (r *reader) rangeOpening(i int) (j int, aged, ofP bool) {
	for j = i; ; j++ {
		switch next := r.normAt(j + 1); r.normAt(j) {
		case "aged", "age", "ages":
			aged = true
		case "between", "from":
		case "p":
			if next != "between" && next != "from" && next != "value" {
				return j, aged, ofP
			}
			ofP = true
		case "value":
			if !ofP {
				return j, aged, ofP
			}
		default:
			return j, aged, ofP
		}
	}
}

// rangeEnds reads the two numbers of a range that begins at word i, from word j on, and returns the word after them.
func (r *reader) rangeEnds(i, j int) (low, high quantity.Decimal, after int, ok bool) {
	if low, ok = r.numberAt(j); !ok {
		return "", "", j, false
	}
	j++
	if u, k := r.unitAt(j); k > j && u.Dimension != "" && (r.normAt(k) == "and" || r.normAt(k) == "to") {
		j = k // between 20 MME and 50 MME
	}
	switch {
	case r.normAt(j) == "to" || r.normAt(j) == "and" && i < j-1 || r.normAt(j) == "through":
		j++
	case j < len(r.words) && strings.ContainsAny(r.question[r.words[j-1].end:r.words[j].start], "-–"):
	default:
		return "", "", j, false
	}
	high, ok = r.numberAt(j)
	return low, high, j + 1, ok && quantity.Compare(low, high) <= 0
}

// plainRange takes a range without a unit, which begins at word i and ends before j, for one of P values, ages, years or numbers of people,
// or of what stands before it; it returns the word after the range.
func (r *reader) plainRange(a *amountTag, i, j int, aged, ofP bool) (int, bool) {
	v, _ := a.value.Number.Int()
	next := r.phrases[r.normAt(j)]
	switch {
	case ofP:
		a.field = "p"
	case r.measuredBefore(i): // see limits
	case aged || r.isPeople(i-1):
		a.age, a.time = true, true
		a.value.Unit, a.high.Unit = "years", "years"
	case v >= 1900 && v < 2100:
		a.field = "year"
	case next.use == useNoun && next.value == "people":
		a.field = "n"
		j++
	default:
		return j, false
	}
	return j, true
}

// listAt reads several times with one unit from word i on: "6 and 12 months", "3, 6 or 12 weeks".
func (r *reader) listAt(i int) (tag, bool) {
	var all []quantity.Decimal
	j := i
	for {
		n, ok := r.numberAt(j)
		if !ok {
			break
		}
		all = append(all, n)
		if j++; r.normAt(j) == "and" || r.normAt(j) == "or" {
			j++
		}
	}
	unit, k := r.unitAt(j)
	if len(all) < 2 || k == j || !timeUnit(unit.ID) || r.normAt(i-1) == "between" || r.normAt(i-1) == "from" {
		return tag{}, false
	}
	a := &amountTag{relation: quantity.Equal, time: true, value: syntax.Value{Number: all[0], Unit: unit.ID}}
	for _, n := range all[1:] {
		a.others = append(a.others, syntax.Value{Number: n, Unit: unit.ID})
	}
	return tag{from: i, to: k, amount: a}, true
}

// unitFirst reads a time whose unit stands first: "week 12", "month 6".
func (r *reader) unitFirst(i int) (tag, bool) {
	switch r.normAt(i) {
	case "week", "month", "year", "day":
	default:
		return tag{}, false
	}
	n, ok := r.numberAt(i + 1)
	if v, whole := n.Int(); !ok || !whole || v > 600 {
		return tag{}, false
	}
	return tag{from: i, to: i + 2, amount: &amountTag{relation: quantity.Equal, time: true, value: syntax.Value{Number: n, Unit: r.normAt(i) + "s"}}}, true
}

// phaseAt reads the phase of a trial: "phase 3", "phase II".
func (r *reader) phaseAt(i int) (tag, bool) {
	if r.normAt(i) != "phase" {
		return tag{}, false
	}
	n := strings.ToLower(r.normAt(i + 1))
	n = cmp.Or(phaseNumbers[n], n)
	if len(n) == 0 || n[0] < '1' || n[0] > '4' || len(n) > 2 {
		return tag{}, false
	}
	to := i + 2
	for r.phrases[r.normAt(to)].use == useNoun && r.phrases[r.normAt(to)].value == "studies" {
		to++
	}
	return tag{from: i, to: to, phrase: phrase{useDesign, "phase " + n, ""}}, true
}

// timeUnit reports whether a unit is one of time.
func timeUnit(id string) bool {
	switch id {
	case "months", "weeks", "days", "hours", "minutes", "years", "month", "week", "day", "year", "minute", "hour":
		return true
	}
	return false
}
