package check

import (
	"fmt"
	"math"
	"slices"

	"github.com/picograph/picograph/graph/evidence"
	"github.com/picograph/picograph/graph/quantity"
	"github.com/picograph/picograph/graph/vocab"
)

// pair returns the findings that a comparison compares: that of its arm and that of its comparator.
func (s *subject) pair(f *evidence.Finding) (arm, comparator *evidence.Finding, ok bool) {
	if f.Kind != evidence.BetweenArms || len(f.From) != 2 {
		return nil, nil, false
	}
	a, b := s.findings[f.From[0]], s.findings[f.From[1]]
	if a == nil || b == nil {
		return nil, nil, false
	}
	if slices.Equal(a.Arm, f.Comparator) && slices.Equal(b.Arm, f.Arm) && !slices.Equal(f.Arm, f.Comparator) {
		a, b = b, a
	}
	return a, b, true
}

func checkCrude(s *subject, f *evidence.Finding) {
	a, b, ok := s.pair(f)
	if !ok {
		return
	}
	xWhole, nWhole, shownA, okA := fractionOf(a)
	yWhole, mWhole, shownB, okB := fractionOf(b)
	if !okA || !okB {
		return
	}
	x, n, y, m := float64(xWhole), float64(nWhole), float64(yWhole), float64(mWhole)
	for i := range f.Estimates {
		e := &f.Estimates[i]
		if !e.Value.Present() {
			continue
		}
		crude, name := crudeMeasure(e, x, n, y, m)
		if math.IsNaN(crude) || math.IsInf(crude, 0) || name == "" {
			continue
		}
		how := fmt.Sprintf("%s and %s: crude %s = %s", shownA, shownB, name, show(crude))
		if printsAs(crude, e.Value) {
			s.add(Consistent, fmt.Sprintf("%s and %s give the printed %s of %s", shownA, shownB, name, e.Value), how)
			continue
		}
		if math.Abs(crude-e.Value.Float()) <= 3*half(e.Value)+tiny {
			s.add(Consistent, fmt.Sprintf("%s and %s give a crude %s of %s, printed %s: one in the last digit", shownA, shownB, name, apartFrom(crude, e.Value), e.Value), how)
			continue
		}
		text := fmt.Sprintf("%s and %s give a crude %s of %s, printed %s", shownA, shownB, name, apartFrom(crude, e.Value), e.Value)
		turned, _ := crudeMeasure(e, y, m, x, n)
		switch {
		case printsAs(turned, e.Value):
			s.add(Explainable, text+"; taken the other way round they agree", how)
		case e.Adjusted:
			s.add(Explainable, text+" after adjustment", how)
		case !(hasTotal(a) && hasTotal(b)) && bounded(e) && within(quantity.Round(crude, e.Value.Places()+1), e.CI.Low, e.CI.High) && sameSide(crude, e, s):
			s.add(Consistent, text+", within its interval: as adjustment or missing data leave it", how)
		case bounded(e) && !within(quantity.Round(crude, e.Value.Places()+1), e.CI.Low, e.CI.High):
			s.add(Explainable, text+", and the crude one lies outside the printed interval; adjustment or imputation would have to account for it", how)
		default:
			s.add(Explainable, text+"; explainable by adjustment", how)
		}
	}
}

// crudeMeasure works out the measure of an estimate from x of n against y of m, on the scale on which it is printed.
// The name is empty for a measure that counts do not give.
func crudeMeasure(e *evidence.Estimate, x, n, y, m float64) (value float64, name string) {
	switch e.Measure {
	case "OR":
		return (x / (n - x)) / (y / (m - y)), "odds ratio"
	case "RR":
		return (x / n) / (y / m), "risk ratio"
	case "RD":
		d := x/n - y/m
		if e.Unit == "%" || e.Unit == "percentage points" || math.Abs(e.Value.Float()) >= 1 || closer(100*d, d, e.Value.Float()) {
			d *= 100
		}
		return d, "risk difference"
	}
	return math.NaN(), ""
}

// hasTotal reports whether the total of a share is printed with it, rather than as the size of its arm.
func hasTotal(f *evidence.Finding) bool {
	return slices.ContainsFunc(f.Estimates, func(e evidence.Estimate) bool { return e.Total.Present() })
}

// sameSide reports whether a crude measure lies on the side of no effect on which the printed one does, or that one's
// interval leaves the side open.
func sameSide(crude float64, e *evidence.Estimate, s *subject) bool {
	m, ok := s.measure(e.Measure)
	if !ok || !m.Null.Present() {
		return true
	}
	return intervalSide(e.CI, m.Null.Float()) != shows || (crude > m.Null.Float()) == (e.Value.Float() > m.Null.Float())
}

// closer reports whether a is nearer to v than b is.
func closer(a, b, v float64) bool { return math.Abs(a-v) < math.Abs(b-v) }

// number is a value with the room that its rounding leaves.
type number struct {
	v, room float64
	shown   string
}

// changeOf returns an arm's change: as printed, else from its means before and after.
func changeOf(f *evidence.Finding) (number, bool) {
	for _, e := range f.Estimates {
		if e.Measure == "mean change" && e.Value.Present() {
			return number{e.Value.Float(), half(e.Value), string(e.Value)}, true
		}
	}
	for i := range f.Estimates {
		if n, ok := beforeAfter(&f.Estimates[i]); ok {
			return n, true
		}
	}
	return number{}, false
}

func beforeAfter(e *evidence.Estimate) (number, bool) {
	if e.Before == nil || e.After == nil || !e.Before.Mean.Present() || !e.After.Mean.Present() {
		return number{}, false
	}
	return number{
		e.After.Mean.Float() - e.Before.Mean.Float(), half(e.After.Mean) + half(e.Before.Mean),
		fmt.Sprintf("(%s - %s)", e.After.Mean, e.Before.Mean),
	}, true
}

// meanOf returns an arm's mean.
func meanOf(f *evidence.Finding) (number, bool) {
	for _, e := range f.Estimates {
		if e.Mean.Present() {
			return number{e.Mean.Float(), half(e.Mean), string(e.Mean)}, true
		}
	}
	return number{}, false
}

// agree reports whether a printed number is what was worked out, the rounding of all of them allowed for.
func agree(printed quantity.Decimal, v, room float64) bool {
	return math.Abs(printed.Float()-v) <= half(printed)+room+tiny
}

func checkDifference(s *subject, f *evidence.Finding) {
	a, b, ok := s.pair(f)
	if !ok {
		return
	}
	kind := "changes"
	x, okX := changeOf(a)
	y, okY := changeOf(b)
	if !okX || !okY {
		kind = "means"
		x, okX = meanOf(a)
		y, okY = meanOf(b)
	}
	if !okX || !okY {
		return
	}
	for i := range f.Estimates {
		e := &f.Estimates[i]
		if e.Measure != "MD" || !e.Value.Present() {
			continue
		}
		d, room := x.v-y.v, x.room+y.room
		how := fmt.Sprintf("%s - %s = %s", x.shown, bracket(y.shown), show(d))
		if agree(e.Value, d, room) {
			s.add(Consistent, fmt.Sprintf("the arms' %s give the printed difference of %s", kind, e.Value), how)
			continue
		}
		text := fmt.Sprintf("the arms' %s differ by %s, the printed difference is %s", kind, apartFrom(d, e.Value), e.Value)
		switch {
		case agree(e.Value, -d, room):
			text += "; taken the other way round they agree"
		case bounded(e) && within(quantity.Round(d, e.Value.Places()+1), e.CI.Low, e.CI.High):
			s.add(Consistent, text+", and theirs lies within its interval: as adjustment or missing data leave it", how)
			continue
		case e.Adjusted:
			text += " after adjustment"
		default:
			text += "; explainable by adjustment or by missing data"
		}
		s.add(Explainable, text, how)
	}
}

// bracket sets a negative number in brackets.
func bracket(s string) string {
	if quantity.Decimal(s).Negative() {
		return "(" + s + ")"
	}
	return s
}

func checkChange(s *subject, f *evidence.Finding) {
	if f.Kind != evidence.WithinArm {
		return
	}
	for i := range f.Estimates {
		d, ok := beforeAfter(&f.Estimates[i])
		if !ok {
			continue
		}
		for _, e := range f.Estimates {
			if e.Measure != "mean change" || !e.Value.Present() {
				continue
			}
			how := fmt.Sprintf("%s = %s", d.shown, show(d.v))
			switch {
			case agree(e.Value, d.v, d.room):
				s.add(Consistent, fmt.Sprintf("the means before and after give the printed change of %s", e.Value), how)
			case agree(e.Value, -d.v, d.room):
				s.add(Consistent, fmt.Sprintf("the means before and after give the printed change of %s, its sign being in the words", e.Value), how)
			default:
				s.add(Explainable, fmt.Sprintf("the means before and after differ by %s, the printed change is %s; adjustment, or patients without both, can account for it",
					apartFrom(d.v, e.Value), e.Value), how)
			}
		}
	}
}

// checkAgreement compares the estimates of one comparison by the side of no effect on which they lie.
func checkAgreement(s *subject, f *evidence.Finding) {
	var first *evidence.Estimate
	side := 0
	for i := range f.Estimates {
		e := &f.Estimates[i]
		m, ok := s.measure(e.Measure)
		if !ok || !m.Null.Present() || !e.Value.Present() || m.Scale == vocab.ScaleShare {
			continue
		}
		here := sign(e.Value, m.Null)
		if here == 0 {
			continue
		}
		if first == nil {
			first, side = e, here
			continue
		}
		how := fmt.Sprintf("%s %s %s; %s %s %s", first.Measure, first.Value, sideWord(side), e.Measure, e.Value, sideWord(here))
		if here == side {
			s.add(Consistent, fmt.Sprintf("%s %s and %s %s lie on the same side of no effect", first.Measure, first.Value, e.Measure, e.Value), how)
		} else if !says(downWords, f, e) {
			s.add(Explainable, fmt.Sprintf("%s %s and %s %s lie on different sides of no effect; one may be counted the other way round",
				first.Measure, first.Value, e.Measure, e.Value), how)
		}
	}
}

// sign is 1 above no effect, -1 below it, 0 at it.
func sign(v, null quantity.Decimal) int { return quantity.Compare(v, null) }

func sideWord(side int) string {
	if side > 0 {
		return "above no effect"
	}
	return "below no effect"
}
