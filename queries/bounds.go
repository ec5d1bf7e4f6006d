package queries

import (
	"context"
	"slices"
	"strings"

	"github.com/picograph/picograph/graph"
	"github.com/picograph/picograph/graph/evidence"
	"github.com/picograph/picograph/graph/quantity"
	"github.com/picograph/picograph/graph/vocab"
	"github.com/picograph/picograph/queries/syntax"
)

// bounds is where the findings are that can meet a condition, and those that can be near to it or meet it. Nothing outside meets
// it; what is inside is judged when it has been read.
type bounds struct{ yes, close within }

func only(w within) bounds { return bounds{w, w} }

// sieve finds bounds in a graph that is too large to be read. The first error ends its work and is kept.
type sieve struct {
	*lexicon
	ctx  context.Context
	sets *graph.Sets
	err  error
}

func (s *sieve) keep(set graph.Set, err error) graph.Set {
	if err != nil && s.err == nil {
		s.err = err
	}
	return set
}

func (s *sieve) keep1(ids []string, err error) []string {
	if err != nil && s.err == nil {
		s.err = err
	}
	return ids
}

func (s *sieve) with(property string, values ...string) graph.Set {
	return s.keep(s.sets.With(s.ctx, property, values...))
}

func (s *sieve) having(property, class string, ok func(string) bool) graph.Set {
	return s.keep(s.sets.Having(s.ctx, property, class, ok))
}

func (s *sieve) by(r graph.Relation, values ...string) graph.Set {
	return s.keep(s.sets.Findings(s.ctx, r, values...))
}

// everyTelling widens documents to all that tell of the same studies.
func (s *sieve) everyTelling(documents graph.Set) graph.Set {
	return s.keep(s.sets.Told(s.keep(s.sets.Studies(documents))))
}

// bounds returns the bounds of a condition.
func (s *sieve) bounds(c *cond) bounds {
	switch {
	case s.err != nil:
		return only(anywhere)
	case c.bounds != nil:
		return c.bounds(s)
	case len(c.of) == 2:
		a, b := s.bounds(c.of[0]), s.bounds(c.of[1])
		if c.either {
			return bounds{a.yes.or(b.yes), a.close.or(b.close)}
		}
		return bounds{a.yes.and(b.yes), a.close.and(b.close)}
	case c.test == nil || c.test.Relation == quantity.Not:
		return only(anywhere)
	}
	return s.testBounds(c, c.test)
}

func (s *sieve) testBounds(c *cond, t *syntax.Test) bounds {
	if t.Criterion != nil {
		return s.criterionBounds(t.Criterion)
	}
	switch t.Field {
	case "outcome":
		return s.outcomeBounds(c)
	case "intervention", "component":
		given := within{}
		for _, m := range c.means {
			given = given.or(inside(s.everyTelling(s.given(m).Or(s.aiming(m)))))
		}
		return only(given)
	case "comparator":
		given := graph.Set(nil)
		for _, m := range c.means {
			given = given.Or(s.given(m)).Or(s.inRole(m))
		}
		return bounds{inside(given), inside(given).or(among(s.by(graph.ByKind, string(evidence.BetweenArms))))}
	case "population", "condition":
		out := bounds{}
		for _, m := range c.means {
			people := inside(s.people(m)).or(among(s.having("pg:populationText", "", s.says(m)))).or(among(s.having("pg:modifier", "", s.names(m)))).
				or(among(s.having("pg:comparatorPopulationText", "", m.spoken(func(x string) bool { return containsAll(content(x), m.words) }))))
			out = bounds{out.yes.or(people), out.close.or(people).or(inside(s.by(graph.ByOutcome, m.direct...).Documents()))}
		}
		return out
	case "exposure", "modifier":
		found := graph.Set(nil)
		for _, m := range c.means {
			found = found.Or(s.having("pg:"+t.Field, "", func(x string) bool { return containsAll(content(x), m.words) || m.fits(x, x) }))
		}
		return only(among(found))
	case "study", "document", "kind":
		found := graph.Set(nil)
		for _, v := range c.values {
			found = found.Or(s.by(v.relation, v.value))
		}
		return only(among(found))
	}
	return s.plainBounds(t)
}

// plainBounds returns the bounds of a condition on what a finding or its study states.
func (s *sieve) plainBounds(t *syntax.Test) bounds {
	switch t.Field {
	case "direction":
		if hasValue(t, "no difference") && len(t.Values) == 1 {
			return only(among(s.by(graph.ByDirection, string(evidence.NoDifference))))
		}
		return only(among(s.keep(s.sets.Kept("directions", func() (graph.Set, error) {
			told := s.by(graph.ByDirection, string(evidence.Decreased), string(evidence.Increased), string(evidence.NoDifference))
			return told.Or(s.significance("false")).Or(s.by(graph.ByKind, string(evidence.VoteCount), string(evidence.InWords))), s.err
		}))))
	case "significant":
		want := "false"
		if hasValue(t, "yes") {
			want = "true"
		}
		yes := s.significance(want)
		if want == "false" {
			return only(among(yes))
		}
		return bounds{among(yes), among(yes.Or(s.significance("false")).Or(s.by(graph.ByDirection, string(evidence.NoDifference))))}
	case "role":
		return only(inside(s.having("pg:role", "", func(x string) bool { return hasValue(t, x) }).Documents()))
	case "time":
		if t.Relation == quantity.Between {
			return bounds{among(s.having("pg:months", "", func(string) bool { return true })), anywhere}
		}
		at := func(set func(*evidence.Finding, string)) func(string) bool {
			return func(x string) bool {
				it := &item{Finding: &graph.Finding{}, st: &evidence.Study{}}
				set(&it.Finding.Finding, x)
				return judgeTime(it, t).verdict == yes
			}
		}
		months := s.having("pg:months", "", at(func(f *evidence.Finding, x string) {
			f.Timepoint = evidence.Timepoint{Months: quantity.Decimal(x), Text: "-"} // a time that is printed somehow is no other's
		}))
		printed := s.having("pg:timepoint", "", at(func(f *evidence.Finding, x string) { f.Timepoint.Text = x }))
		return bounds{inside(months.Or(printed).Documents()), anywhere} // a finding without a time may be at that of the others
	case "p":
		return only(among(s.having("pg:p", "Finding", func(x string) bool {
			return slices.ContainsFunc([]string{"", "<", ">"}, func(r string) bool {
				return comparesP(evidence.PValue{Relation: r, Value: quantity.Decimal(x)}, t)
			})
		})))
	case "hypothesis":
		spoken := s.having("oa:exact", "", func(x string) bool { return speaksOfTest(x, t) })
		return bounds{inside(s.testing(t).Or(spoken).Documents()), among(s.by(graph.ByKind, string(evidence.BetweenArms)))}
	case "measure":
		return only(inside(s.having("pg:measure", "", func(x string) bool {
			return s.hasMeasure(&item{Finding: &graph.Finding{Finding: evidence.Finding{Estimates: []evidence.Estimate{{Measure: x}}}}}, t)
		}).Documents()))
	}
	if r, ok := s.stated(t); ok {
		return only(inside(s.keep(s.sets.Told(r.may))))
	}
	return only(anywhere)
}

// testing returns what has one of the values of a condition on what was to be shown.
func (s *sieve) testing(t *syntax.Test) graph.Set {
	return s.having("pg:hypothesis", "", func(x string) bool { return hasValue(t, x) })
}

// saying returns the documents that have the words of one of some texts in what they are found by: see spokenIn.
func (s *sieve) saying(t *syntax.Test) graph.Set {
	found := graph.Set(nil)
	for _, v := range t.Values {
		var all graph.Set
		for i, w := range content(v.Text) {
			m := &meaning{words: []string{w}}
			has := m.spoken(func(x string) bool { return containsAll(content(x), m.words) })
			some := s.having("oa:exact", "", has).Or(s.having("dcterms:title", "", has)).Or(s.having("schema:name", "Arm", has)).
				Or(s.having("dcterms:description", "Arm", has)).Documents()
			if all = all.And(some); i == 0 {
				all = some
			}
		}
		found = found.Or(all)
	}
	return found
}

func (s *sieve) significance(want string) graph.Set {
	return s.having("pg:significant", "", func(x string) bool { return x == want })
}

// says returns the test of whether a text speaks of what is meant, as a condition on people asks it.
func (s *sieve) says(m *meaning) func(string) bool {
	return s.mentioned(m, func(x string) bool { return containsAll(content(x), m.words) || s.textMeans(x, m) })
}

// names returns the same test for a concept or text.
func (s *sieve) names(m *meaning) func(string) bool {
	says := s.says(m)
	return func(x string) bool { return m.all[x] || says(x) }
}

// people returns the documents of which a population, or the title, is of the people meant.
func (s *sieve) people(m *meaning) graph.Set {
	ids := listed(m.all)
	return s.with("pico:condition", ids...).Or(s.with("pg:variable", ids...)).Or(s.with("pg:value", ids...)).
		Or(s.having("dcterms:description", "Population", s.says(m))).
		Or(s.having("dcterms:title", "", s.says(m))).Documents()
}

// given returns the documents with an arm that was given what is meant, something that contains it, or what it is a kind of.
func (s *sieve) given(m *meaning) graph.Set {
	ids := listed(m.all)
	packages := slices.Clone(ids)
	for _, id := range ids {
		packages = append(packages, s.vocab.Wholes(id)...)
	}
	for _, id := range m.direct {
		if c, ok := s.vocab.Concept(id); ok {
			packages = append(packages, c.Broader...)
		}
	}
	want := key(m.text)
	called := m.spoken(func(x string) bool { return key(x) == want || containsAll(content(x), m.words) })
	described := m.spoken(func(x string) bool { return containsAll(content(x), m.words) })
	found := s.with("pico:intervention", packages...).Or(s.with("pg:component", ids...)).
		Or(s.having("schema:name", "Arm", called)).Or(s.having("schema:alternateName", "Arm", called)).Or(s.having("pg:alias", "Arm", called)).
		Or(s.having("pg:component", "Arm", described)).Or(s.having("pico:intervention", "Arm", described)).
		Or(s.having("dcterms:description", "Arm", described)).Or(s.having("pg:exposure", "", described))
	return found.Documents()
}

// aiming returns the documents with an outcome that an intervention consists in changing: see aimsAt.
func (s *sieve) aiming(m *meaning) graph.Set {
	var ids []string
	for _, id := range m.direct {
		c, ok := s.vocab.Concept(id)
		if !ok || c.Type != vocab.TypeIntervention {
			continue
		}
		for _, rel := range c.Related {
			if o, ok := s.vocab.Concept(rel); ok && o.Type == vocab.TypeOutcome {
				ids = append(ids, s.vocab.Narrower(rel)...)
			}
		}
	}
	return s.with("pico:outcomeDomain", ids...).Documents()
}

// inRole returns the documents with an arm whose role is what a comparator names.
func (s *sieve) inRole(m *meaning) graph.Set {
	var roles []string
	for _, r := range []evidence.Role{evidence.UsualCare, evidence.ActiveComparator, evidence.Placebo, evidence.Sham, evidence.NoIntervention} {
		if roleFits(r, m) {
			roles = append(roles, string(r))
		}
	}
	return s.with("pg:role", roles...).Documents()
}

func (s *sieve) outcomeBounds(c *cond) bounds {
	out := bounds{}
	for _, m := range c.means {
		s.callPartly(m)
		ids := slices.Concat(listed(m.all), listed(m.akin), listed(m.called))
		named := s.by(graph.ByOutcome, ids...)
		if len(m.words) > 0 { // an outcome without a concept is found by its words
			in := m.spoken(func(x string) bool { return containsAll(content(x), m.words) })
			named = named.Or(s.having("pg:outcomeText", "", in)).Or(s.having("pg:announcedAs", "", in))
		}
		measured := s.with("pg:instrument", listed(m.all)...)
		if len(m.direct) == 0 && len(m.words) > 0 {
			some := func(x string) bool { return overlaps(content(x), m.words) }
			measured = measured.Or(s.having("pg:instrument", "Outcome", some)).Or(s.having("skos:definition", "Outcome", some))
		}
		yes := among(named).or(inside(measured.Documents()))
		var family []string
		for _, f := range s.families(m) {
			family = append(family, s.vocab.Narrower(f)...)
		}
		out = bounds{out.yes.or(yes), out.close.or(yes).or(among(s.by(graph.ByOutcome, family...)))}
	}
	return out
}

// callPartly completes what outcomes are called by a part of a name, of which the lexicon of a large graph knows some.
func (s *sieve) callPartly(m *meaning) {
	forms := s.longForms(m.direct)
	if len(forms) == 0 {
		return
	}
	var c cues
	for _, f := range forms {
		for _, w := range f {
			c.add(w)
		}
	}
	s.having("pg:outcomeText", "", func(x string) bool {
		if c.in(x) && partly(content(x), forms) {
			m.called[x] = true
		}
		return false
	})
}

// criterionBounds returns the bounds of a condition on who was studied, by a number. Near are whole studies of an outcome that is
// what the number is of.
func (s *sieve) criterionBounds(want *syntax.Criterion) bounds {
	unit := canonicalUnit(s.vocab, want.Value.Unit)
	same := s.sameVariable(want, unit)
	limits := s.having("pg:variable", "", func(x string) bool {
		return same(evidence.Criterion{Variable: x}) || unit != "" && strings.Contains(key(x), key(want.Variable.Text))
	})
	// of the same unit, a limit that lies outside of what was asked for is of other people
	alike := s.having("pg:unit", "Criterion", func(x string) bool { return strings.EqualFold(canonicalUnit(s.vocab, x), unit) })
	if asked, ok := quantity.NewRange(want.Relation, want.Value.Number, want.High.Number, unit); ok && alike.Len() > 0 {
		alike = s.keep(s.sets.HavingIn(s.ctx, alike, "pg:value", func(x string) bool {
			d, err := quantity.ParseDecimal(x)
			return err == nil && (asked.Low.Present() && quantity.Compare(d, asked.Low) < 0 || asked.High.Present() && quantity.Compare(d, asked.High) > 0)
		}))
	}
	limited, within := limits.Documents(), limits.Without(alike).Documents()
	var outcomes []string
	for _, c := range s.vocab.Concepts() {
		if c.Type == vocab.TypeOutcome && slices.ContainsFunc(append([]string{c.ID}, s.vocab.Broader(c.ID)...), func(id string) bool { return same(evidence.Criterion{Variable: id}) }) {
			outcomes = append(outcomes, c.ID)
		}
	}
	whole := s.with("pico:outcomeDomain", outcomes...).Documents()
	return bounds{inside(within), inside(limited.Or(whole))}
}

func listed(ids map[string]bool) []string {
	out := make([]string, 0, len(ids))
	for id := range ids {
		out = append(out, id)
	}
	slices.Sort(out)
	return out
}
