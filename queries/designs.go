package queries

import (
	"slices"
	"strings"

	"github.com/picograph/picograph/graph"
	"github.com/picograph/picograph/graph/evidence"
	"github.com/picograph/picograph/graph/quantity"
	"github.com/picograph/picograph/queries/syntax"
)

// reach is which studies can meet a condition, and those of them that surely do: between the two a study has to be read.
type reach struct{ may, sure graph.Set }

// studyReach returns which studies can meet a condition on studies; false where all can.
func (s *sieve) studyReach(c *cond) (reach, bool) {
	switch {
	case len(c.of) == 2:
		a, okA := s.studyReach(c.of[0])
		b, okB := s.studyReach(c.of[1])
		switch {
		case c.either:
			return reach{a.may.Or(b.may), a.sure.Or(b.sure)}, okA && okB
		case okA && okB:
			return reach{a.may.And(b.may), a.sure.And(b.sure)}, true
		case okA:
			return reach{may: a.may}, true
		}
		return reach{may: b.may}, okB
	case c.test == nil || c.test.Relation == quantity.Not:
		return reach{}, false
	}
	if r, ok := s.stated(c.test); ok {
		return r, true
	}
	switch c.test.Field {
	case "outcome", "intervention", "component", "comparator", "population", "condition", "study":
	case "hypothesis": // see studyTests
		tested := s.testing(c.test).Documents()
		said := func(x string) bool { return saysTested(x, c.test) }
		spoken := s.having("oa:exact", "", func(x string) bool { return speaksOfTest(x, c.test) })
		may := s.having("pg:designText", "", said).Or(s.having("dcterms:title", "", said)).Or(spoken).Documents()
		return s.reach(tested.Or(may), tested), true
	default:
		return reach{}, false
	}
	b := s.bounds(c).yes
	if b.all {
		return reach{}, false
	}
	may, sure := b.told(), graph.Set(nil) // documents
	for _, m := range c.means {
		ids := listed(m.all)
		switch c.test.Field {
		case "outcome": // a study may have measured what no finding is about
			measured := s.with("pico:outcomeDomain", ids...).Documents()
			may = may.Or(measured).Or(s.having("pico:outcomeText", "Outcome", m.spoken(func(x string) bool { return m.fits("", x) })).Documents())
			sure = sure.Or(measured).Or(s.by(graph.ByOutcome, ids...).Documents())
		case "intervention", "component", "comparator":
			sure = sure.Or(s.with("pico:intervention", ids...).Or(s.with("pg:component", ids...)).Documents())
		case "population", "condition":
			sure = sure.Or(s.with("pico:condition", ids...).Or(s.having("dcterms:description", "Population", s.says(m))).Documents())
			sure = sure.Or(s.firstHand(s.having("dcterms:title", "Report", s.says(m)).Documents()))
		}
	}
	if c.test.Field == "study" {
		sure = may
	}
	return s.reach(may, sure), true
}

// reach returns the studies that documents tell of. A document that tells of several is in doubt.
func (s *sieve) reach(may, sure graph.Set) reach {
	return reach{s.keep(s.sets.Studies(may.Or(sure))), s.keep(s.sets.Studies(s.keep(s.sets.Alone(sure))))}
}

// firstHand leaves out the documents that tell of studies at second hand.
func (s *sieve) firstHand(documents graph.Set) graph.Set {
	return documents.Without(s.having("pg:secondHand", "", func(x string) bool { return x == "true" }).Documents())
}

// stated returns which studies can meet a condition on what studies state of themselves; false for other conditions.
func (s *sieve) stated(t *syntax.Test) (reach, bool) {
	if t.Relation == quantity.Not {
		return reach{}, false
	}
	var may, sure graph.Set // documents
	switch t.Field {
	case "design":
		for _, v := range t.Values {
			m, n := s.design(v.Text)
			may, sure = may.Or(m), sure.Or(n)
		}
	case "n":
		fits := func(x string) bool { return compares(quantity.Decimal(x), t) }
		return s.sized(fits), true
	case "year":
		fits := func(x string) bool { return compares(quantity.Decimal(x), t) }
		may = s.having("fabio:hasPublicationYear", "", fits).Documents()
		sure = s.firstHand(s.having("fabio:hasPublicationYear", "Report", fits).Documents())
	case "country":
		for _, v := range t.Values {
			forms := countryForms(v.Text)
			in := func(x string) bool { return inCountry(x, forms) }
			told := s.having("schema:studyLocation", "", in).Documents()
			sure = sure.Or(told)
			may = may.Or(told).Or(s.having("pg:setting", "", in).Documents()).Or(s.having("dcterms:title", "", in).Documents()).
				Or(s.having("dcterms:description", "Population", in).Documents())
		}
	case "phase", "sponsor", "journal":
		may = s.having(map[string]string{"phase": "pg:phase", "sponsor": "schema:sponsor", "journal": "prism:publicationName"}[t.Field], "", func(x string) bool { return isCalled(x, t) }).Documents()
	case "registration":
		may = s.having("pg:registration", "", func(x string) bool { return isRegistration(x, t) }).Documents()
	case "recruited":
		any := func(string) bool { return true }
		may = s.having("pg:recruitedFrom", "", any).Or(s.having("pg:recruitedTo", "", any)).Documents()
	case "setting":
		for _, v := range t.Values {
			m := s.meaning("setting", v.Text, false)
			in := func(x string) bool { return overlaps(content(x), m.words) || s.textMeans(x, m) }
			may = may.Or(s.having("pg:setting", "", in).Documents()).Or(s.having("schema:studyLocation", "", in).Documents()).
				Or(s.having("dcterms:title", "", in).Documents()).Or(s.having("schema:name", "Arm", in).Documents())
		}
	case "text":
		may = s.saying(t)
	default:
		return reach{}, false
	}
	return s.reach(may, sure), true
}

// sized returns the studies whose size passes a test: see studySize. Where tellings of one study differ, the first that has a size
// counts.
func (s *sieve) sized(fits func(string) bool) reach {
	any := func(string) bool { return true }
	var told, fit graph.Set // nodes of studies
	for _, p := range []string{"pg:nRandomized", "pg:n", "pg:nAnalyzed"} {
		fit = fit.Or(s.having(p, "Study", fits).Without(told))
		told = told.Or(s.having(p, "Study", any))
	}
	some := s.keep(s.sets.StudiesOf(fit))
	differ := some.And(s.keep(s.sets.StudiesOf(told.Without(fit))))
	is := some.Without(differ).Or(s.keep(s.sets.Leading(s.ctx, differ, told, fit)))
	return reach{is, is}
}

// designNamed brings the name of a design to the form in which studies have it: "Double-blind trial" is double-blind.
func designNamed(want string) string {
	w := strings.ToLower(want)
	for _, noun := range []string{" trial", " study"} {
		w = strings.TrimSuffix(w, noun)
	}
	if w == "cluster randomized" {
		w = string(evidence.ClusterRandomized)
	}
	return w
}

// design returns the documents that can tell of a study of a design, and those that surely do: see designIs.
func (s *sieve) design(want string) (may, sure graph.Set) {
	w := designNamed(want)
	is := func(x string) bool { return strings.EqualFold(x, w) }
	words := content(w)
	words = slices.DeleteFunc(words, func(x string) bool { return x == stem("phase") }) // every study is of some phase, or may be
	some := func(x string) bool { return overlaps(content(x), words) }
	randomized := func() graph.Set { return s.with("pg:allocation", evidence.Randomized, evidence.ClusterRandomized) }
	sure = s.having("pg:allocation", "", is).Or(s.having("pg:designKind", "", is)).Or(s.having("pg:model", "", is))
	switch w {
	case "randomized":
		sure = sure.Or(randomized())
		return sure.Documents(), sure.Documents()
	case "trial":
		sure = sure.Or(randomized()).Or(s.with("pg:allocation", evidence.NonRandomized)).Or(s.with("pg:designKind", evidence.KindSecondaryAnalysis))
		// of a design that is not told, one of several arms counts
		untold := s.keep(s.sets.All(s.ctx, "Study")).Without(s.having("pg:designKind", "", func(string) bool { return true }))
		return sure.Or(untold).Documents(), sure.Documents()
	case "phase 1", "phase 2", "phase 3", "phase 4":
		sure = sure.Or(s.having("pg:phase", "", func(x string) bool { return isPhase(x, w) }))
	case "ongoing":
		sure = sure.Or(s.with("pg:designKind", evidence.KindProtocol)).Or(s.having("pg:status", "", func(x string) bool { return x != "" && !over(x) }))
	case "completed", "terminated":
		sure = sure.Or(s.having("pg:status", "", is))
	case "placebo-controlled":
		sure = sure.Or(s.with("pg:role", string(evidence.Placebo)))
	case "sham-controlled":
		sure = sure.Or(s.with("pg:role", string(evidence.Sham)))
	case "review", "systematic review":
		sure = sure.Or(s.with("pg:designKind", evidence.KindMetaAnalysis, evidence.KindSystematicReview))
	case "observational":
		sure = sure.Or(s.with("pg:designKind", evidence.KindCohort, evidence.KindCrossSectional, evidence.KindQuasiExperiment))
		some = func(x string) bool {
			return strings.Contains(strings.ToLower(x), "observational") || overlaps(content(x), words)
		}
	case "double-blind":
		words = content("double triple quadruple " + w)
	}
	if len(words) == 0 {
		return s.keep(s.sets.All(s.ctx, "Study")).Documents(), sure.Documents()
	}
	may = sure.Or(s.having("pg:masking", "", some)).Or(s.having("pg:model", "", some)).Or(s.having("pg:phase", "", some)).Or(s.having("pg:designText", "", some))
	return may.Documents(), sure.Documents()
}
