package check

import (
	"fmt"
	"math"
	"strings"

	"github.com/picograph/picograph/graph/evidence"
	"github.com/picograph/picograph/graph/lazyregexp"
	"github.com/picograph/picograph/graph/quantity"
	"github.com/picograph/picograph/graph/vocab"
)

// point returns the number that an estimate's interval is of.
func point(e *evidence.Estimate) quantity.Decimal {
	for _, d := range []quantity.Decimal{e.Value, e.Percent, e.Mean, e.Median} {
		if d.Present() {
			return d
		}
	}
	return ""
}

// bounded reports whether an estimate has a number and both ends of a two-sided interval.
func bounded(e *evidence.Estimate) bool {
	return e.CI != nil && e.CI.Low.Present() && e.CI.High.Present() && !e.CI.OneSided && point(e).Present()
}

// level is the level of an interval in percent; 95 where none is printed.
func level(ci *evidence.Interval) quantity.Decimal {
	if ci.Level.Present() {
		return ci.Level
	}
	return "95"
}

// ends writes an interval: "95% CI, 0.74 to 1.67".
func ends(ci *evidence.Interval) string {
	kind := "CI"
	if ci.Kind == "credible" {
		kind = "credible interval"
	}
	return fmt.Sprintf("%s%% %s, %s to %s", level(ci), kind, ci.Low, ci.High)
}

func checkInside(s *subject, f *evidence.Finding) {
	for i := range f.Estimates {
		e := &f.Estimates[i]
		if !bounded(e) {
			continue
		}
		v, low, high := point(e), e.CI.Low, e.CI.High
		if quantity.Compare(low, high) > 0 {
			if within(v, high, low) {
				s.add(Explainable, fmt.Sprintf("the ends of the interval (%s) stand the other way round", ends(e.CI)), fmt.Sprintf("%s > %s", low, high))
			} else {
				s.add(Inconsistent, fmt.Sprintf("the interval (%s) does not run from low to high, and %s is not in it", ends(e.CI), v), fmt.Sprintf("%s > %s", low, high))
			}
			continue
		}
		how := fmt.Sprintf("%s <= %s <= %s", low, v, high)
		if within(v, low, high) {
			s.add(Consistent, fmt.Sprintf("%s lies inside its interval (%s)", v, ends(e.CI)), how)
			continue
		}
		text := fmt.Sprintf("%s lies outside its interval (%s)", v, ends(e.CI))
		width := high.Float() - low.Float()
		gap := math.Max(low.Float()-v.Float(), v.Float()-high.Float())
		switch {
		case within(v.Negate(), low, high) && (f.Direction == evidence.Decreased || says(downWords, f, e)):
			s.add(Consistent, fmt.Sprintf("%s lies inside its interval (%s), its sign being in the words", v.Negate(), ends(e.CI)), fmt.Sprintf("%s <= %s <= %s", low, v.Negate(), high))
		case within(v.Negate(), low, high):
			s.add(Explainable, fmt.Sprintf("%s; %s would lie inside: a sign may be lost, or be in the words", text, v.Negate()), "not "+how)
		case within(times(v, 100), low, high) && math.Abs(v.Float()) <= 1, within(times(v, 0.01), low, high) && math.Abs(high.Float()) <= 1:
			s.add(Explainable, text+"; one of them is in percent", "not "+how)
		case (e.Percent.Present() || e.Unit == "%") && low.Negative() && quantity.Compare(high, "0") > 0:
			s.add(Explainable, text+"; it may be the interval of a difference", "not "+how)
		case s.behindSlash(f, v):
			s.add(Explainable, text+"; the number behind the slash may be the most that can be reached", "not "+how)
		case timeUnits[e.Unit]:
			s.add(Explainable, text+"; it may be the interval of another number, and this one a time", "not "+how)
		case gap > 5*width:
			s.add(Explainable, text+"; they may be on different scales, or of different things", "not "+how)
		default:
			s.add(Inconsistent, text, "not "+how)
		}
	}
}

// timeUnits are the units of time of the vocabulary.
var timeUnits = map[string]bool{"years": true, "months": true, "weeks": true, "days": true, "hours": true, "minutes": true}

// behindSlash reports whether a number is printed behind a slash, as the most that a score can be: "14.5/17 (95% CI ...".
func (s *subject) behindSlash(f *evidence.Finding, v quantity.Decimal) bool {
	for _, p := range f.Passages {
		if strings.Contains(p.Text, "/"+string(v)) {
			return true
		}
	}
	return false
}

// times returns a number on another scale, without loss of digits.
func times(v quantity.Decimal, factor float64) quantity.Decimal {
	return quantity.Round(v.Float()*factor, v.Places()+2)
}

// within reports whether v lies between two numbers, all of them as rounded.
func within(v, low, high quantity.Decimal) bool {
	least, _ := span(low)
	_, most := span(high)
	under, over := span(v)
	return quantity.Compare(low, v) <= 0 && quantity.Compare(v, high) <= 0 || (over > least+tiny && under < most-tiny)
}

// slack is how far from the middle, as a part of half the interval's width, an estimate may lie beyond rounding: small
// samples and models leave a little.
const slack = 0.1

var uneven = lazyregexp.New(`(?i)bootstrap|bayes|credible|exact|profile|median|hodges|percentile|posterior`)

func checkSymmetry(s *subject, f *evidence.Finding) {
	for i := range f.Estimates {
		e := &f.Estimates[i]
		m, ok := s.measure(e.Measure)
		if !ok || !bounded(e) || !e.Value.Present() || e.CI.Kind == "credible" || uneven.MatchString(e.Method+" "+e.Printed) {
			continue
		}
		scale := func(f float64) float64 { return f }
		back, on := scale, ""
		switch m.Scale {
		case vocab.ScaleRatio:
			scale, back, on = math.Log, math.Exp, " on the log scale"
			if low, _ := span(e.CI.Low); low <= 0 || e.Value.Float() <= 0 {
				continue // rounded to 0: nothing to go by
			}
		case vocab.ScaleDifference, vocab.ScaleStandardized:
		default:
			continue
		}
		if quantity.Compare(e.CI.Low, e.CI.High) >= 0 || !within(e.Value, e.CI.Low, e.CI.High) {
			continue // told of by another rule
		}
		v := scale(e.Value.Float())
		middle := (scale(e.CI.Low.Float()) + scale(e.CI.High.Float())) / 2
		width := scale(e.CI.High.Float()) - scale(e.CI.Low.Float())
		least, most := middleSpan(e.CI, scale)
		under, over := span(e.Value)
		if on != "" {
			under = max(under, over/1000) // 0.00 to two places: the logarithm needs a start
		}
		room := slack * width / 2
		how := fmt.Sprintf("middle of %s and %s%s = %s", e.CI.Low, e.CI.High, on, show(back(middle)))
		if scale(under)-room <= most+tiny && scale(over)+room >= least-tiny {
			s.add(Consistent, fmt.Sprintf("%s lies in the middle of its interval (%s)", e.Value, ends(e.CI)), how)
			continue
		}
		text := fmt.Sprintf("%s does not lie in the middle of its interval (%s), which is %s%s", e.Value, ends(e.CI), quantity.Round(back(middle), e.Value.Places()+1), on)
		plain := (e.CI.Low.Float() + e.CI.High.Float()) / 2
		switch {
		case on != "" && math.Abs(plain-e.Value.Float()) <= half(e.Value)+(half(e.CI.Low)+half(e.CI.High))/2+tiny:
			text += "; it is symmetric on the plain scale"
		case on == "" && logMiddle(e):
			text += "; it is symmetric on the log scale, as for a ratio"
		default:
			text += "; an interval that is not of the usual (Wald) kind can account for it"
		}
		s.add(Explainable, text, fmt.Sprintf("%s; estimate %s off by %s of half the width", how, e.Value, show(math.Abs(v-middle)/(width/2))))
	}
}

// logMiddle reports whether an estimate lies in the middle of its interval on the log scale.
func logMiddle(e *evidence.Estimate) bool {
	if e.CI.Low.Float() <= half(e.CI.Low) || e.Value.Float() <= 0 {
		return false
	}
	least, most := middleSpan(e.CI, math.Log)
	under, over := span(e.Value)
	return math.Log(math.Max(under, over/1000)) <= most+tiny && math.Log(over) >= least-tiny
}

// middleSpan is where the middle of an interval can lie, given the rounding of its ends.
func middleSpan(ci *evidence.Interval, scale func(float64) float64) (least, most float64) {
	lowLeast, lowMost := span(ci.Low)
	highLeast, highMost := span(ci.High)
	return (scale(lowLeast) + scale(highLeast)) / 2, (scale(lowMost) + scale(highMost)) / 2
}

// side is what a number says of a difference.
type side int

const (
	unclear side = iota
	shows        // there is a difference
	showsNot
)

// pSide says whether a P value is below alpha; unclear when its relation leaves that open or it is alpha itself.
func pSide(p evidence.PValue, alpha float64) side {
	if !p.Value.Present() || p.High.Present() {
		return unclear
	}
	v := p.Value.Float()
	low, high := span(p.Value)
	switch p.Relation {
	case "<", "<=":
		if v <= alpha+tiny {
			return shows
		}
	case ">", ">=":
		if v >= alpha-tiny {
			return showsNot
		}
	case "=", "":
		switch {
		case low < alpha-tiny && high > alpha+tiny || math.Abs(v-alpha) < tiny:
			return unclear
		case v < alpha:
			return shows
		}
		return showsNot
	}
	return unclear
}

// intervalSide says whether an interval leaves out no effect; unclear when an end is no effect as far as the printed
// digits show.
func intervalSide(ci *evidence.Interval, null float64) side {
	if printsAs(null, ci.Low) || printsAs(null, ci.High) {
		return unclear
	}
	if ci.Low.Float() < null && null < ci.High.Float() {
		return showsNot
	}
	return shows
}

// tested reports whether the P value of a finding is that of its estimates.
func tested(f *evidence.Finding) bool {
	switch f.P.Of {
	case evidence.PInteraction:
		return f.Kind == evidence.Interaction
	case evidence.PTrend:
		return false
	case evidence.PWithin:
		return f.Kind == evidence.WithinArm
	case evidence.PBetween:
		return f.Kind == evidence.BetweenArms || f.Kind == evidence.Association
	}
	return f.Kind == evidence.BetweenArms || f.Kind == evidence.WithinArm || f.Kind == evidence.Association
}

// otherHypothesis are words of tests whose P value is not of no difference.
var otherHypothesis = lazyregexp.New(`(?i)non-?\s?inferior|equivalen`)

// ordinary reports whether an estimate's hypothesis is that there is no effect.
func ordinary(e *evidence.Estimate) bool { return e.Hypothesis == "" || e.Hypothesis == "superiority" }

func checkPInterval(s *subject, f *evidence.Finding) {
	if !f.P.Value.Present() || !tested(f) {
		return
	}
	for i := range f.Estimates {
		e := &f.Estimates[i]
		m, ok := s.measure(e.Measure)
		if !ok || !m.Null.Present() || !bounded(e) || !e.Value.Present() || !ordinary(e) || quantity.Compare(e.CI.Low, e.CI.High) >= 0 {
			continue
		}
		null := m.Null.Float()
		alpha := 1 - level(e.CI).Float()/100
		p, ci := pSide(f.P, alpha), intervalSide(e.CI, null)
		calculated, how := pOfInterval(e, m, alpha)
		printed := fmt.Sprintf("P %s %s", relation(f.P), f.P.Value)
		switch {
		case relation(f.P) == "=" && (p == ci || p == unclear || ci == unclear) && s.farFrom(f, e, m, alpha):
			s.add(Explainable, fmt.Sprintf("the interval (%s) gives P %s, printed %s; another test, or adjustment, can account for it", ends(e.CI), showP(calculated), printed), how)
		case p == unclear || ci == unclear:
		case p == ci && p == shows:
			s.add(Consistent, fmt.Sprintf("%s and the interval (%s) both show a difference", printed, ends(e.CI)), how)
		case p == ci:
			s.add(Consistent, fmt.Sprintf("%s and the interval (%s) both leave no difference open", printed, ends(e.CI)), how)
		default:
			text := fmt.Sprintf("%s shows a difference, the interval (%s) includes none", printed, ends(e.CI))
			if p == showsNot {
				text = fmt.Sprintf("%s shows no difference, the interval (%s) leaves none out", printed, ends(e.CI))
			}
			switch {
			case p == showsNot && m.Scale != vocab.ScaleRatio && e.CI.Low.Float() < 1 && e.CI.High.Float() > 1 && logMiddle(e):
				s.add(Explainable, text+"; read as a ratio they agree", how)
			case p == showsNot && calculated < 1e-9:
				s.add(Explainable, text+"; the interval may be of one arm alone", how)
			case p == shows && says(otherHypothesis, f, e):
				s.add(Explainable, text+"; the P value may be of non-inferiority or equivalence", how)
			case near(f.P, calculated):
				s.add(Explainable, text+"; another test, or adjustment, can account for it", how)
			default:
				s.add(Inconsistent, text, how)
			}
		}
	}
}

// farFrom reports whether a printed P value is far from what the interval gives, whatever the rounding of estimate and
// interval hides: by a factor of ten.
func (s *subject) farFrom(f *evidence.Finding, e *evidence.Estimate, m *vocab.Measure, alpha float64) bool {
	least, most := 1.0, 0.0
	for _, v := range ofRounding(e.Value) {
		for _, low := range ofRounding(e.CI.Low) {
			for _, high := range ofRounding(e.CI.High) {
				x := evidence.Estimate{Value: v, CI: &evidence.Interval{Low: low, High: high}}
				p, _ := pOfInterval(&x, m, alpha)
				if math.IsNaN(p) {
					return false
				}
				least, most = math.Min(least, p), math.Max(most, p)
			}
		}
	}
	if f.P.Value.Float() == 0 || least < 1e-6 && f.P.Value.Float() < 0.001 {
		return false
	}
	return !allows(f.P, least/farApart, math.Min(1, most*farApart))
}

// ofRounding returns a number and the two between which it was rounded.
func ofRounding(d quantity.Decimal) []quantity.Decimal {
	low, high := span(d)
	return []quantity.Decimal{d, quantity.Round(low, d.Places()+1), quantity.Round(high, d.Places()+1)}
}

func relation(p evidence.PValue) string {
	if p.Relation == "" {
		return "="
	}
	return p.Relation
}

// pOfInterval works back from an interval to the P value, as Altman and Bland do. It is NaN where the scale does not
// allow it.
func pOfInterval(e *evidence.Estimate, m *vocab.Measure, alpha float64) (p float64, how string) {
	v, low, high, null := e.Value.Float(), e.CI.Low.Float(), e.CI.High.Float(), m.Null.Float()
	if m.Scale == vocab.ScaleRatio {
		if v <= 0 || low <= 0 || high <= 0 {
			return math.NaN(), "the interval reaches 0"
		}
		v, low, high, null = math.Log(v), math.Log(low), math.Log(high), 0
	}
	se := (high - low) / (2 * deviate(alpha))
	if se <= 0 {
		return math.NaN(), "the interval has no width"
	}
	z := (v - null) / se
	p = twoSided(z)
	return p, fmt.Sprintf("from the interval: standard error %s, z = %s, P = %s", show(se), show(z), show(p))
}

// near reports whether two P values are close enough for another test of the same data.
func near(p evidence.PValue, calculated float64) bool {
	v := p.Value.Float()
	switch p.Relation {
	case "<", "<=":
		return calculated <= 3*v
	case ">", ">=":
		return calculated >= v/3
	}
	return calculated <= 3*v && calculated >= v/3
}
