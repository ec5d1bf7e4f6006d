package queries

import "slices"

// fillAll puts the tags into slots, one after the other. What stands after "without", "not" or "other than" goes into the
// slots of what is asked not to be so, up to the next noun or relation; "did not reduce" asks for no difference.
func (r *reader) fillAll(s *slots, u *understood) {
	negated := false
	for i := range r.tags {
		t := &r.tags[i]
		if t.use == useLink && t.value == "not" {
			if next := r.contentAfter(i); next != nil && next.use == useRelation && effectRelation(next.value) {
				next.phrase = phrase{useRelation, "no difference", ""}
				s.said = appendNew(s.said, "“"+r.text(*t)+" "+r.text(*next)+"” read as: no difference was shown")
				t.as = "negates the next word"
				continue
			}
			negated = true
			t.as = "negates what follows"
			continue
		}
		to := s
		switch {
		case !negated:
		case t.use == useRelation && t.value == "results": // "did not report adverse events"
			continue
		case t.use == useKind && t.value == "harms":
			if s.without == nil {
				s.without = &slots{versusAt: -1}
			}
			s.without.outcomes = appendNew(s.without.outcomes, "adverse events")
			s.kinds = slices.DeleteFunc(s.kinds, func(k string) bool { return k == "harms" })
			t.as = "not the outcome adverse events"
			continue
		case t.amount != nil, len(t.names) > 0, len(t.concepts) > 0, t.use == useSetting, t.use == useCountry, t.use == useDesign:
			if s.without == nil {
				s.without = &slots{versusAt: -1}
			}
			to = s.without
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
