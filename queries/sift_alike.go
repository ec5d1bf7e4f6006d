package queries

import (
	"cmp"
	"maps"
	"slices"

	"github.com/picograph/picograph/graph"
	"github.com/picograph/picograph/queries/syntax"
)

// siftAlike returns the studies of a large graph that use the most of a comparison's words: see studiesAlike.
func (j *job) siftAlike(c *syntax.Compare) ([]*graph.Study, error) {
	s, err := j.sieve()
	if err != nil {
		return nil, err
	}
	groups := []graph.Set{s.keep(s.sets.AllStudies())}
	if groups[0].Len() > mostAlike {
		groups = s.alike(comparedWords(c))
	}
	var out []*graph.Study
	for _, g := range groups {
		studies, err := j.knowAll(s, g)
		if err != nil {
			return nil, err
		}
		slices.SortFunc(studies, compareStudies)
		for _, st := range studies {
			j.addStudy(st)
		}
		out = append(out, studies...)
	}
	return out, s.err
}

// alike returns the studies that use the most of some words in what they call their arms, outcomes, instruments and people: those
// with the same words together.
func (s *sieve) alike(words []string) []graph.Set {
	sets := map[string]graph.Set{}
	for _, w := range words {
		if sets[w] == nil {
			sets[w] = s.keep(s.sets.Studies(s.using(w)))
		}
	}
	type group struct {
		score   float64
		studies graph.Set
	}
	groups := []group{{}}
	for _, set := range sets {
		groups[0].studies = groups[0].studies.Or(set)
	}
	for _, w := range slices.Sorted(maps.Keys(sets)) {
		times := 0
		for _, x := range words {
			if x == w {
				times++
			}
		}
		var split []group
		for _, g := range groups {
			in := g.studies.And(sets[w])
			split = append(split, group{g.score + float64(times)*rarity(sets[w].Len()), in}, group{g.score, g.studies.Without(in)})
		}
		groups = slices.DeleteFunc(split, func(g group) bool { return g.studies.Len() == 0 })
	}
	slices.SortStableFunc(groups, func(a, b group) int { return cmp.Compare(b.score, a.score) })
	var out []graph.Set
	room := mostAlike
	for _, g := range groups {
		if room > 0 {
			some := s.keep(s.sets.First(s.ctx, g.studies, room))
			out, room = append(out, some), room-some.Len()
		}
	}
	return out
}

// using returns the documents that have a word in the name of an arm, outcome or instrument, or in what they say of their people.
func (s *sieve) using(word string) graph.Set {
	m := &meaning{words: []string{word}}
	has := m.spoken(func(x string) bool { return containsAll(content(x), m.words) })
	named := m.spoken(func(x string) bool { return !genericArm(x) && containsAll(content(x), m.words) })
	uncoded := m.spoken(func(x string) bool {
		_, coded := s.vocab.Concept(x)
		return !coded && containsAll(content(x), m.words)
	})
	found := graph.Set(nil)
	for _, set := range []graph.Set{
		s.having("schema:name", "Arm", named), s.having("schema:alternateName", "Arm", named), s.having("pg:alias", "Arm", named),
		s.having("pico:intervention", "Arm", uncoded), s.having("pg:component", "Arm", uncoded),
		s.having("pico:outcomeText", "Outcome", has), s.having("pg:instrument", "Outcome", has), s.having("pg:outcomeText", "", has),
		s.having("schema:name", "Instrument", has), s.having("dcterms:description", "Population", has),
	} {
		found = found.Or(set.Documents())
	}
	return found
}

// givenAnywhere reports whether some arm of a large graph was given what is meant.
func (j *job) givenAnywhere(m *meaning) bool {
	if !j.partial {
		return false
	}
	s, err := j.sieve()
	if err != nil {
		return false // then its words alone tell
	}
	ids := listed(m.all)
	return s.with("pico:intervention", ids...).Or(s.with("pg:component", ids...)).Len() > 0
}
