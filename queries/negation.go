package queries

import (
	"slices"
	"strings"

	"github.com/picograph/picograph/graph/vocab"
)

// denial is how far a question denies what its words name, while these are put into slots.
type denial struct {
	on    bool
	took  bool // something was denied since
	pair  bool // a comparison is denied, of which both things are named
	at    int  // the word that denies
	n     int  // how many such words there were
	loose int  // the first such word that denied nothing, -1 without
}

// start begins to deny with tag i.
func (d *denial) start(i int) {
	d.end()
	d.on, d.took, d.at, d.n = true, false, i, d.n+1
}

// end notes whether the last word that denies had anything to deny.
func (d *denial) end() {
	if d.on && !d.took && d.loose < 0 {
		d.loose = d.at
	}
	d.on, d.pair = false, false
}

// fillAll puts the tags into slots, one after the other. What stands after "without", "not" or "other than" goes into the
// slots of what is asked not to be so, up to the next noun or relation; "did not reduce" asks for no difference. A word that
// denies and has nothing to deny is left to undenied.
func (r *reader) fillAll(s *slots, u *understood) {
	d := &denial{loose: -1}
	for i := range r.tags {
		t := &r.tags[i]
		if r.neitherDid(s, i) {
			continue
		}
		if t.use == useLink && (t.value == "not" || t.value == "nobody") {
			if next := r.contentAfter(i); next != nil && next.use == useRelation && effectRelation(next.value) {
				next.phrase = phrase{useRelation, "no difference", ""}
				s.said = appendNew(s.said, "“"+r.text(*t)+" "+r.text(*next)+"” read as: no difference was shown")
				t.as = "negates the next word"
				continue
			}
			prev, _ := r.before(i)
			switch {
			case prev == "or" && d.n == 1 && s.without != nil && !s.without.together: // "not A or not B": not both
				s.without.together = true
			case prev == "or", s.without != nil && s.without.together: // "A or not B", "not A or not B and not C" have no query
				d.loose = i
			}
			d.start(i)
			t.as = "negates what follows"
			continue
		}
		if r.noThing(i) && r.againstNone(s, i) {
			continue
		}
		if r.noThing(i) {
			d.start(i)
			t.as = "negates what follows"
			continue
		}
		if !d.on && (s.without == nil || !deniesItself(t, r.text(*t))) {
			r.fillOne(s, u, i)
			continue
		}
		r.fillDenied(s, u, d, i)
	}
	d.end()
	r.undenied = d.loose
	if s.without != nil && len(s.without.interventions)+len(s.without.comparators) > 0 && s.noun == "studies" {
		// a study without placebo has it in none of its arms
		s.without.interventions = slices.Concat(s.without.interventions, s.without.comparators)
		s.without.comparators = nil
	}
}

// neitherDid takes "neither A nor B improved" for A or B, of which no difference was shown: what is denied is what they did, and not that
// they were given.
func (r *reader) neitherDid(s *slots, i int) bool {
	if r.tags[i].use != useLink || !strings.HasPrefix(key(r.text(r.tags[i])), "neither") {
		return false
	}
	named := false
	for k := i + 1; k < len(r.tags); k++ {
		t := &r.tags[k]
		switch said := key(r.text(*t)); {
		case len(t.concepts)+len(t.names) > 0:
			named = true
		case t.use == useRelation && effectRelation(t.value) && named:
			s.said = appendNew(s.said, "“"+r.question[r.words[r.tags[i].from].start:r.words[t.to-1].end]+"” read as: no difference was shown")
			t.phrase = phrase{useRelation, "no difference", ""}
			for n := i; n < k; n++ {
				if r.tags[n].use == useLink {
					r.tags[n].phrase, r.tags[n].as = phrase{useLink, "or", ""}, "joins its neighbours"
				}
			}
			return true
		case t.use == useEmpty, t.use == useText, said == "nor", said == "or", said == "and":
		default:
			return false
		}
	}
	return false
}

// fillDenied puts tag i, which stands after a word that denies, into its slot.
func (r *reader) fillDenied(s *slots, u *understood, d *denial, i int) {
	t := &r.tags[i]
	to := s
	deny := func() {
		s.deny()
		d.took = true
	}
	switch {
	case d.took && r.verbAnew(i): // "that are not reviews and measured pain"
		d.end()
	case deniesItself(t, r.text(*t)): // "not crossover or not randomized"
		prev, _ := r.before(i)
		switch {
		case prev != "or" || s.without == nil:
			d.end()
		case d.n > 1 || s.without.together || t.value != "non-randomized":
			d.loose = i
		default:
			t.value = "randomized"
			deny()
			s.without.together = true
			to = s.without
		}
	case t.use == useFrame && t.value == "compare" && !d.took: // "did not compare A with B" denies that both were given
		s.deny()
		s.without.together, d.pair = true, true
	case t.use == useRelation && t.value == "versus" && (!d.took || d.pair), d.pair && t.use == useLink: // "not compared with placebo"
		t.as = "joins its neighbours"
		return
	case t.use == useRelation && (t.value == "results" || t.value == "contains"): // "did not report adverse events", "did not use placebo"
		return
	case t.use == useKind && t.value == "harms":
		deny()
		s.without.outcomes = appendNew(s.without.outcomes, "adverse events")
		s.kinds = slices.DeleteFunc(s.kinds, func(k string) bool { return k == "harms" })
		t.as = "not the outcome adverse events"
		return
	case t.use == useKind && len(kindDesigns(t.value)) > 0: // "that are not systematic reviews"
		deny()
		s.without.designFilters = append(s.without.designFilters, kindDesigns(t.value)...)
		s.kinds = slices.DeleteFunc(s.kinds, func(k string) bool { return k == t.value })
		t.as = "not the kind " + t.value
		return
	case t.amount != nil, len(t.names) > 0, len(t.concepts) > 0, t.use == useSetting, t.use == useCountry, t.use == useDesign:
		deny()
		to = s.without
	case t.use == useText: // words of a text can be looked for, and that they are not there tells little
		d.loose = d.at
	case !d.took && (t.use == useLink || t.use == useFrame): // "not in men", "do not have placebo"
	case t.use == useNoun, t.use == useRelation, t.use == useFrame, t.use == useLink && t.value != "and" && t.value != "or":
		d.end()
	}
	r.fillOne(to, u, i)
	if to != s {
		t.as = "not " + t.as
	}
	if to == s.without && r.tags[d.at].value == "nobody" && len(to.outcomes) > 0 {
		d.loose = d.at // that nobody died is a result, and not that deaths were not counted
	}
}

// deniesItself reports whether a design's own words deny: "not blinded".
func deniesItself(t *tag, text string) bool {
	return t.use == useDesign && strings.HasPrefix(key(text), "not ")
}

// verbAnew reports whether tag i is a verb in the past that stands after "and", of which a word that denies a noun or a verb before it
// denies nothing.
func (r *reader) verbAnew(i int) bool {
	t := &r.tags[i]
	prev, _ := r.before(i)
	return prev == "and" && (t.use == useRelation || t.use == useAttribute) && strings.HasSuffix(r.text(*t), "ed")
}

// denyNothing refuses a question in which a word denies, and nothing that it denies was read: without it the answer would be of the
// opposite.
func (r *reader) denyNothing(u *understood) bool {
	if r.undenied < 0 {
		return false
	}
	start := r.words[r.tags[r.undenied].from].start
	u.fault = &Fault{Start: start, End: len(r.question), Words: strings.TrimRight(r.question[start:], "?!. ")}
	u.hints = []string{"say what is not to be so by a name: an intervention, an outcome, people, a country or a design"}
	return true
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

// againstNone takes "no" and what it denies behind "versus" for what something was compared with: "tapering versus no tapering".
func (r *reader) againstNone(s *slots, i int) bool {
	if i == 0 || r.tags[i-1].use != useRelation || r.tags[i-1].value != "versus" || len(s.interventions) == 0 {
		return false
	}
	text := r.question[r.words[r.tags[i].from].start:r.words[r.tags[i+1].to-1].end]
	s.comparators = append(s.comparators, "no intervention")
	s.said = appendNew(s.said, "“"+text+"” read as no intervention")
	r.tags[i].as = "joins its neighbours"
	r.tags[i+1] = tag{from: r.tags[i+1].from, to: r.tags[i+1].to, phrase: phrase{use: useEmpty}, as: "the comparator no intervention"}
	return true
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
