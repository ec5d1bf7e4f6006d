package queries

import (
	"slices"

	"github.com/picograph/picograph/graph/vocab"
)

// givesOther reports whether a question names something that is given and no opioid.
func (r *reader) givesOther() bool {
	other := false
	for _, t := range r.tags {
		for _, id := range t.concepts {
			c, ok := r.vocab.Concept(id)
			switch {
			case !ok || c.Type != vocab.TypeDrug && c.Type != vocab.TypeDrugClass:
			case r.vocab.IsA(id, "opioid"):
				return false
			default:
				other = true
			}
		}
	}
	return other
}

// modifiers takes a word that only stands within longer names for a word of the documents where it says more of what follows, or is no
// more than a part of what comparators are called: of "ankle range of motion" the ankle is no outcome beside the motion, and "care" names
// no arm.
func (r *reader) modifiers() {
	for i := range r.tags {
		t := &r.tags[i]
		if prev, _ := r.before(i); prev == "at" && len(t.concepts) > 0 && fold(r.text(*t)) == "dose" && r.givesOther() { // "aspirin at doses below 100 mg"
			t.concepts, t.phrase, t.as = nil, phrase{use: useEmpty}, "not used"
			continue
		}
		if r.doseOfThing(i) {
			t.concepts, t.phrase, t.as = nil, phrase{use: useText}, "words of the documents"
			continue
		}
		if t.to-t.from != 1 || len(t.names) == 0 || len(t.concepts) > 0 || !r.partOfLonger(t) {
			continue
		}
		if r.saysMoreOf(i) || t.names[0].kind == armName && r.ofComparators(r.text(*t)) {
			t.names, t.phrase, t.as = nil, phrase{use: useText}, "words of the documents"
		}
	}
}

// partOfLonger reports whether nothing in the graph is called just so, and what has the word in its name is an arm, an outcome or the like.
func (r *reader) partOfLonger(t *tag) bool {
	k := key(r.text(*t))
	return !slices.ContainsFunc(t.names, func(n name) bool {
		return n.kind != armName && n.kind != outcomeName && n.kind != populationName && n.kind != instrumentName || key(n.text) == k
	})
}

// saysMoreOf reports whether what stands right behind tag i, without a word between, is named too.
func (r *reader) saysMoreOf(i int) bool {
	if i+1 >= len(r.tags) || r.tags[i+1].from != r.tags[i].to {
		return false
	}
	next := &r.tags[i+1]
	return next.use == useText || len(next.names) > 0 || r.isNamed(next.concepts) || next.use == useNoun && (next.value == "interventions" || next.value == "studies")
}

// ofComparators reports whether a word is no more than a part of what comparators are called.
func (r *reader) ofComparators(word string) bool {
	want := content(word)
	return slices.ContainsFunc(r.forms(), func(f form) bool {
		c, ok := r.vocab.Concept(f.id)
		return ok && c.Type == vocab.TypeComparator && len(f.content) > 1 && containsAll(f.content, want)
	})
}

// describing takes an outcome that says which interventions or studies are meant for words of the documents, where another is asked for:
// "does the frailty programme improve mobility".
func (r *reader) describing(s *slots) {
	for i := range r.tags {
		t := &r.tags[i]
		text := r.text(*t)
		at := slices.Index(s.outcomes, text)
		if at < 0 || len(s.outcomes) < 2 || !r.followedBy(i, "interventions") && !r.followedBy(i, "studies") || r.tags[i+1].from != t.to {
			continue
		}
		s.outcomes = slices.Delete(slices.Clone(s.outcomes), at, at+1)
		s.texts = appendNew(s.texts, text)
		t.as = "words of the documents"
	}
}

// doseOfThing reports whether the word dose stands right behind something that is given and is no opioid: "exercise dose" is no dose of
// opioids.
func (r *reader) doseOfThing(i int) bool {
	t := &r.tags[i]
	if i == 0 || t.to-t.from != 1 || r.tags[i-1].to != t.from || r.words[t.from].norm != "dose" && r.words[t.from].norm != "dosage" {
		return false
	}
	return slices.ContainsFunc(r.tags[i-1].concepts, func(id string) bool {
		c, ok := r.vocab.Concept(id)
		return ok && (c.Type == vocab.TypeIntervention || c.Type == vocab.TypeDrug || c.Type == vocab.TypeDrugClass) && !r.vocab.IsA(id, "opioid")
	})
}
