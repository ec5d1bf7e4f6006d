package queries

import (
	"slices"

	"github.com/picograph/picograph/graph/vocab"
)

// fillAll puts the tags into slots, one after the other. What stands after "without", "not" or "other than" goes into the
// slots of what is asked not to be so, up to the next noun or relation; "did not reduce" asks for no difference.
func (r *reader) fillAll(s *slots, u *understood) {
	negated, took := false, false // took tells that something was put there since
	for i := range r.tags {
		t := &r.tags[i]
		if t.use == useLink && t.value == "not" {
			if next := r.contentAfter(i); next != nil && next.use == useRelation && effectRelation(next.value) {
				next.phrase = phrase{useRelation, "no difference", ""}
				s.said = appendNew(s.said, "“"+r.text(*t)+" "+r.text(*next)+"” read as: no difference was shown")
				t.as = "negates the next word"
				continue
			}
			negated, took = true, false
			t.as = "negates what follows"
			continue
		}
		if r.noThing(i) {
			negated, took = true, false
			t.as = "negates what follows"
			continue
		}
		to := s
		switch {
		case !negated:
		case t.use == useRelation && (t.value == "results" || t.value == "contains"): // "did not report adverse events", "did not use placebo"
			continue
		case t.use == useKind && t.value == "harms":
			s.deny()
			s.without.outcomes = appendNew(s.without.outcomes, "adverse events")
			s.kinds = slices.DeleteFunc(s.kinds, func(k string) bool { return k == "harms" })
			t.as = "not the outcome adverse events"
			continue
		case t.use == useKind && len(kindDesigns(t.value)) > 0: // "that are not systematic reviews"
			s.deny()
			s.without.designFilters = append(s.without.designFilters, kindDesigns(t.value)...)
			s.kinds = slices.DeleteFunc(s.kinds, func(k string) bool { return k == t.value })
			t.as, took = "not the kind "+t.value, true
			continue
		case t.amount != nil, len(t.names) > 0, len(t.concepts) > 0, t.use == useSetting, t.use == useCountry, t.use == useDesign:
			s.deny()
			to, took = s.without, true
		case !took && (t.use == useLink || t.use == useFrame): // "not in men", "do not have placebo"
		case t.use == useNoun, t.use == useRelation, t.use == useFrame, t.use == useLink && t.value != "and" && t.value != "or":
			negated = false
		}
		r.fillOne(to, u, i)
		if to != s {
			t.as = "not " + t.as
		}
	}
	if s.without != nil && len(s.without.interventions)+len(s.without.comparators) > 0 && s.noun == "studies" {
		// a study without placebo has it in none of its arms
		s.without.interventions = slices.Concat(s.without.interventions, s.without.comparators)
		s.without.comparators = nil
	}
}

// deny makes room for what is asked not to be so.
func (s *slots) deny() {
	if s.without == nil {
		s.without = &slots{versusAt: -1}
	}
}

// noThing reports whether tag i is "no" before something that is given: "trials with no placebo group".
func (r *reader) noThing(i int) bool {
	t := &r.tags[i]
	if t.use != useEmpty || t.to-t.from != 1 || r.words[t.from].norm != "no" || i+1 >= len(r.tags) {
		return false
	}
	return slices.ContainsFunc(r.tags[i+1].concepts, func(id string) bool {
		c, ok := r.vocab.Concept(id)
		return ok && (c.Type == vocab.TypeComparator || c.Type == vocab.TypeIntervention || c.Type == vocab.TypeDrug || c.Type == vocab.TypeDrugClass)
	})
}

// effectRelation reports whether a relation says that something happened.
func effectRelation(value string) bool {
	switch value {
	case "decreased", "increased", "improved", "worsened", "changed":
		return true
	}
	return false
}

// contentAfter returns the nearest later tag that is neither a link nor empty.
func (r *reader) contentAfter(i int) *tag {
	for i++; i < len(r.tags); i++ {
		if t := &r.tags[i]; t.use != useEmpty && t.use != useLink && t.use != useFrame {
			return t
		}
	}
	return nil
}
