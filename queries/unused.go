package queries

import (
	"slices"
	"strings"

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
