package queries

import (
	"slices"
	"strings"

	"github.com/picograph/picograph/graph/vocab"
	"github.com/picograph/picograph/queries/syntax"
)

// unused returns the names of a question that its query does not hold: a reading that has no place for one says so, and does
// not answer as if it had not been there.
func (r *reader) unused(s *slots, q *syntax.Query) []string {
	held := " " + key(q.String()) + " "
	holds := func(text string) bool { return strings.Contains(held, " "+key(text)+" ") }
	var out []string
	if s.without != nil && !strings.Contains(held, " not ") {
		for _, t := range r.tags {
			if strings.HasPrefix(t.as, "not ") && t.as != "not used" {
				out = appendNew(out, "not "+r.text(t))
			}
		}
	}
	for _, slot := range []struct {
		field string
		names []string
	}{
		{"study", s.studies},
		{"intervention", s.interventions},
		{"comparator", s.comparators},
		{"outcome", s.outcomes},
		{"population", s.populations},
		{"condition", s.conditions},
		{"setting", s.settings},
		{"measure", s.measures},
		{"country", s.countries},
		{"design", s.designFilters},
		{"outcome", s.instruments},
		{"text", s.texts},
	} {
		for _, n := range slot.names {
			if h := hypothesisOf(n); slot.field == "design" && h != "" && holds(h) {
				continue
			}
			if !holds(n) && !holds(r.canonical(slot.field, n)) {
				out = appendNew(out, n)
			}
		}
	}
	for _, t := range slices.Concat(s.tests, s.times) {
		if !holds(t.Field) {
			out = appendNew(out, t.String())
		}
	}
	for _, c := range s.criteria {
		if !holds(c.String()) {
			out = appendNew(out, c.String())
		}
	}
	if len(s.reports) > 0 && len(s.studies) == 0 && !slices.ContainsFunc(s.reports, holds) {
		out = append(out, s.reports...)
	}
	return out
}

// passedOver returns the words of a question that say which evidence is meant, and that no part of its query stands for: an answer
// without them is one to a wider question.
func (r *reader) passedOver(s *slots, q *syntax.Query) (out []string) {
	held := " " + key(q.String()) + " "
	for i := range r.tags {
		if t := &r.tags[i]; r.isPassedOver(s, t, q, func(text string) bool { return strings.Contains(held, " "+text+" ") }) {
			out = appendNew(out, r.text(*t))
		}
	}
	return out
}

func (r *reader) isPassedOver(s *slots, t *tag, q *syntax.Query, holds func(string) bool) bool {
	named := len(s.studies)+len(s.reports) > 0
	switch t.use {
	case useUnrecorded:
		a, ok := q.Selection.(*syntax.Attributes)
		return !ok || !slices.Contains(a.Names, t.value)
	case useEmpty:
		return t.as == "not used" || t.as == "" && t.value == weighty
	case useKind:
		switch t.value {
		case "harms":
			return !holds("adverse") && t.as == "the kind harms"
		case "significant":
			return !holds("significant") && !holds("interaction") && s.frame != "yes or no" && !s.compares
		case "within":
			return !holds("within") && !s.compares
		case "baseline":
			return !holds("baseline") && !holds("sample size")
		}
		return len(kindDesigns(t.value)) > 0 && !named && !holds("design") && t.as == "the kind "+t.value
	case useAttribute:
		if _, ok := q.Selection.(*syntax.Count); ok {
			return t.as == "the attribute "+t.value && !(t.value == "registration" && holds(t.value))
		}
	case "":
		return len(t.concepts) > 0 && slices.ContainsFunc(asidesOf, func(kind string) bool { return strings.HasPrefix(t.as, "the "+kind+" ") }) && !holds(key(r.text(*t)))
	}
	return false
}

// asidesOf are the types of concept for which a query has no condition.
var asidesOf = []string{vocab.TypeMethod, vocab.TypeStatistic, vocab.TypeMeasure, vocab.TypeDataSource, vocab.TypeOrganisation, "registry"}

// givesBoth reports whether studies are asked for that gave each of two things: "trials of both exercise and diet".
func (r *reader) givesBoth(s *slots) bool {
	return s.noun == "studies" && len(s.interventions) == 2 && len(s.exposures) == 0 && !s.effect() && !s.compares && !s.or && r.says("both")
}

// losesWeight reports whether a name leaves out a number, or a word of how much or how long, that the text it stands for has: "30-day
// mortality" is more than mortality.
func (r *reader) losesWeight(text, name string) bool {
	kept := norms(name)
	return slices.ContainsFunc(norms(text), func(w string) bool {
		return (digit(w[0]) || r.phrases[w].value == weighty) && !slices.Contains(kept, w)
	})
}
