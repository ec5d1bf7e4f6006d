package queries

import (
	"slices"
	"strings"

	"github.com/picograph/picograph/graph"
	"github.com/picograph/picograph/graph/evidence"
	"github.com/picograph/picograph/graph/quantity"
	"github.com/picograph/picograph/graph/vocab"
	"github.com/picograph/picograph/queries/syntax"
)

// criterionCond makes a condition on who was studied, by a number: "population has dose >= 90 MME/day".
func (l *lexicon) criterionCond(c *cond, want *syntax.Criterion) {
	unit := canonicalUnit(l.vocab, want.Value.Unit)
	asked, ok := quantity.NewRange(want.Relation, want.Value.Number, want.High.Number, unit)
	same := l.sameVariable(want, unit)
	c.judge = func(it *item) judgement {
		if !ok {
			return judgement{}
		}
		return l.judgeCriterion(it.pops, it.st, asked, same, want)
	}
	c.study = func(s *graph.Study) bool {
		return slices.ContainsFunc(s.Tellings, func(t *graph.Telling) bool {
			return slices.ContainsFunc(t.Study.Populations, func(p evidence.Population) bool {
				return ok && l.judgeCriterion([]evidence.Population{p}, t.Study, asked, same, want).verdict == yes
			})
		})
	}
}

// sameVariable returns the test of whether a criterion is of the variable that was asked for.
func (l *lexicon) sameVariable(want *syntax.Criterion, unit string) func(evidence.Criterion) bool {
	variables := map[string]bool{}
	for _, id := range l.vocab.Named(want.Variable.Text) {
		for _, n := range l.vocab.Narrower(id) {
			variables[n] = true
		}
	}
	return func(cr evidence.Criterion) bool {
		if key(cr.Variable) == key(want.Variable.Text) || variables[cr.Variable] {
			return true
		}
		// a variable of the same unit, when the unit tells what is measured: MME/day, not years or mg
		return unit != "" && strings.EqualFold(canonicalUnit(l.vocab, cr.Unit), unit) && strings.Contains(key(cr.Variable), key(want.Variable.Text))
	}
}

// judgeCriterion relates what a population and those it is part of say of a variable to what was asked. The same or a
// narrower range counts; a wider or overlapping one is near; other people are near too, as what happened to them is
// worth knowing, but only beside something that counts (see whyOther).
func (l *lexicon) judgeCriterion(pops []evidence.Population, st *evidence.Study, asked quantity.Range, same func(evidence.Criterion) bool, want *syntax.Criterion) judgement {
	for _, p := range pops {
		for _, cr := range p.Criteria {
			if !same(cr) || cr.Exclude {
				continue
			}
			have, ok := cr.Range()
			if !ok {
				continue
			}
			asked := asked
			if asked.Unit == "" { // asked in the unit of what is limited, whichever that is
				asked.Unit = have.Unit
			}
			have = l.convert(have, asked.Unit)
			printed := l.criterionText(cr)
			if have.Unit == "" && !l.isInstrument(cr.Variable) {
				return judgement{verdict: near, why: "limited by " + printed + ", which may be on another scale"}
			}
			if onlyEnds(have, asked) {
				return judgement{verdict: yes, label: "the limit itself differs: " + printed}
			}
			switch quantity.Relate(have, asked) {
			case quantity.Same:
				return judgement{verdict: yes}
			case quantity.Narrower:
				return judgement{verdict: yes, label: "narrower population: " + printed}
			case quantity.Wider:
				return judgement{verdict: near, why: "wider population: " + printed}
			case quantity.Overlapping:
				return judgement{verdict: near, why: "overlapping population: " + printed}
			case quantity.Disjoint:
				return judgement{verdict: near, why: whyOther + printed}
			}
		}
	}
	if l.neverSays(st, same) {
		return judgement{}
	}
	return judgement{verdict: near, why: "whole study: not limited by " + want.Variable.Text}
}

// isInstrument reports whether a variable is a scale of its own.
func (l *lexicon) isInstrument(id string) bool {
	c, ok := l.vocab.Concept(id)
	return ok && c.Type == vocab.TypeInstrument
}

// onlyEnds reports whether two ranges have the same limits and differ in whether these belong to them: ">90" and ">=90".
func onlyEnds(a, b quantity.Range) bool {
	same := func(x, y quantity.Decimal) bool { return x.Present() == y.Present() && quantity.Compare(x, y) == 0 }
	return a.Unit == b.Unit && same(a.Low, b.Low) && same(a.High, b.High) && (a.LowOpen != b.LowOpen || a.HighOpen != b.HighOpen)
}

const whyOther = "another population: "

// neverSays reports whether no population of a study, nor its outcomes, has to do with a variable.
func (l *lexicon) neverSays(st *evidence.Study, same func(evidence.Criterion) bool) bool {
	for _, p := range st.Populations {
		if slices.ContainsFunc(p.Criteria, same) {
			return false
		}
	}
	return !slices.ContainsFunc(st.Outcomes, func(o evidence.Outcome) bool {
		c, ok := l.vocab.Concept(o.Concept)
		return ok && c.Type == vocab.TypeOutcome && same(evidence.Criterion{Variable: o.Concept}) || ok && slices.ContainsFunc(l.vocab.Broader(o.Concept), func(b string) bool { return same(evidence.Criterion{Variable: b}) })
	})
}

// convert brings a range to a unit of the same dimension; ranges of other dimensions stay as they are.
func (l *lexicon) convert(r quantity.Range, unit string) quantity.Range {
	r.Unit = canonicalUnit(l.vocab, r.Unit)
	if r.Unit == unit || strings.EqualFold(r.Unit, unit) {
		r.Unit = unit
		return r
	}
	from, ok1 := l.vocab.Unit(r.Unit)
	to, ok2 := l.vocab.Unit(unit)
	if !ok1 || !ok2 || from.Dimension != to.Dimension || from.Factor == "" || to.Factor == "" {
		return r
	}
	scale := from.Factor.Float() / to.Factor.Float()
	for _, d := range []*quantity.Decimal{&r.Low, &r.High} {
		if d.Present() {
			*d = quantity.Round(d.Float()*scale, d.Places()+3)
		}
	}
	r.Unit = unit
	return r
}

// variableText prints what a criterion is about, without the word by which the vocabulary keeps an outcome apart from a condition.
func (l *lexicon) variableText(c evidence.Criterion) string {
	return strings.TrimSuffix(plain(lowerFirst(l.conceptLabel(c.Variable))), " (outcome)")
}

// criterionText prints a criterion: "daily opioid dose ≥20 MME/day".
func (l *lexicon) criterionText(c evidence.Criterion) string {
	s := l.variableText(c) + " " + sign(c.Relation) + plain(c.Value)
	if c.High.Present() {
		s += " to " + string(c.High)
	}
	if c.Unit != "" {
		s += " " + c.Unit
	}
	if c.Duration != "" {
		s += " for " + strings.TrimPrefix(c.Duration, "for ")
	}
	if c.Doubt != "" && c.Printed != "" {
		s += " (printed “" + c.Printed + "”)"
	}
	return s
}
