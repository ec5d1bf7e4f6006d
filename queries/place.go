package queries

import (
	"slices"
	"strings"

	"github.com/picograph/picograph/graph"
	"github.com/picograph/picograph/graph/vocab"
	"github.com/picograph/picograph/queries/syntax"
)

// given reports whether an arm of the graph was given a concept or a narrower one.
func (r *reader) given(id string) bool {
	m := &meaning{all: map[string]bool{}, direct: []string{id}}
	for _, n := range r.vocab.Narrower(id) {
		m.all[n] = true
	}
	return slices.ContainsFunc(r.studies, func(s *graph.Study) bool { return r.studyHasArm(s, m) })
}

// hasOutcomes reports whether the vocabulary knows outcomes that are about a concept.
func (r *reader) hasOutcomes(id, text string) bool {
	return slices.ContainsFunc(r.outcomesOf([]string{id}, text), func(o string) bool {
		c, ok := r.vocab.Concept(o)
		return ok && c.Type == vocab.TypeOutcome
	})
}

// relatedOutcome returns the label of the outcome concept that a concept is related to.
func (r *reader) relatedOutcome(c *vocab.Concept) string {
	for _, id := range c.Related {
		if o, ok := r.vocab.Concept(id); ok && o.Type == vocab.TypeOutcome {
			return o.Label
		}
	}
	return ""
}

// relatedIntervention returns the label of the intervention that consists in changing an outcome: tapering for dose.
func (r *reader) relatedIntervention(outcome string) string {
	ids := r.vocab.Named(outcome, vocab.TypeOutcome, vocab.TypeDrugClass, vocab.TypeIntervention)
	for _, c := range r.vocab.Concepts() {
		if c.Type == vocab.TypeIntervention && slices.ContainsFunc(c.Forms, func(f vocab.Form) bool { return key(f.Text) == key(outcome)+" reduction" }) {
			return c.Label
		}
	}
	for _, c := range r.vocab.Concepts() {
		if c.Type != vocab.TypeIntervention {
			continue
		}
		for _, rel := range c.Related {
			for _, id := range ids {
				if o, ok := r.vocab.Concept(rel); ok && o.Type == vocab.TypeOutcome && (r.vocab.IsA(id, rel) || strings.Contains(key(o.Label), key(outcome))) {
					return c.Label
				}
			}
		}
	}
	return ""
}

// before returns the words of the tag before tag i that is no article, and its index; -1 when there is none.
func (r *reader) before(i int) (string, int) {
	for i--; i >= 0; i-- {
		t := r.tags[i]
		if t.use == useEmpty && t.to-t.from == 1 {
			switch r.words[t.from].norm {
			case "the", "a", "an", "any", "average", "mean", "daily", "some", "their", "prescribed":
				continue
			}
		}
		return key(r.text(t)), i
	}
	return "", -1
}

// contentBefore returns the nearest earlier tag that is neither a link nor empty.
func (r *reader) contentBefore(i int) *tag {
	for i--; i >= 0; i-- {
		if t := &r.tags[i]; t.use != useEmpty && t.use != useLink && t.use != useFrame {
			return t
		}
	}
	return nil
}

func (r *reader) followedBy(i int, noun string) bool {
	return i+1 < len(r.tags) && r.tags[i+1].use == useNoun && r.tags[i+1].value == noun
}

// outcomePlace reports whether tag i stands where the question says what was changed or measured: right after
// "reduced", after "effect ... on", before "outcomes".
func (r *reader) outcomePlace(s *slots, i int) bool {
	prev, _ := r.before(i)
	given := prev == "with" || prev == "on" || prev == "by" || prev == "after" || prev == "receiving" || prev == "taking" || prev == "under"
	if s.kind("baseline") || s.frame == "share" && !given || r.followedBy(i, "outcomes") {
		return true
	}
	if c := r.contentBefore(i); c != nil && c.use == useRelation {
		switch c.value {
		case "decreased", "increased", "improved", "worsened":
			return prev != "with" && prev != "by" && prev != "of" && prev != "after" && prev != "for"
		case "changed", "predicts", "results":
			return prev == "on" || prev == "in" || prev == key(r.text(*c)) && !strings.HasSuffix(prev, " for")
		}
	}
	return (prev == "or" || prev == "and") && len(s.outcomes) > 0 && r.contentBefore(i) != nil && strings.HasPrefix(r.contentBefore(i).as, "the outcome")
}

// conditionPlace reports whether a condition says who was studied rather than what was measured.
func (r *reader) conditionPlace(s *slots, i int) bool {
	if i+1 < len(r.tags) && r.tags[i+1].use == useNoun && (r.tags[i+1].value == "people" || r.tags[i+1].value == "studies") {
		return true
	}
	prev, at := r.before(i)
	if at < 0 {
		return false
	}
	if i+1 < len(r.tags) && r.tags[i+1].use == useRelation && r.tags[i+1].value != "contains" && r.tags[i+1].value != "versus" {
		return false
	}
	p := r.tags[at]
	if p.use == useLink && p.value == "people" {
		return true
	}
	switch prev {
	case "and", "or":
		c := r.contentBefore(i)
		return c != nil && strings.HasPrefix(c.as, "the condition")
	case "among", "amongst":
		return true
	case "in":
		return !s.effectBefore(r, i)
	case "of", "on":
		b := r.contentBefore(i) // "trials of low back pain"
		return b != nil && b.use == useNoun && b.value == "studies"
	case "with":
		b := r.contentBefore(i)
		return b != nil && (b.use == useNoun && b.value != "studies" || len(b.concepts) > 0 || b.amount != nil && b.amount.field == "n")
	case "for":
		b := r.contentBefore(i)
		return b != nil && (strings.HasPrefix(b.as, "the intervention") || strings.HasPrefix(b.as, "the comparator") || b.use == useNoun && b.value == "interventions") && !s.effect() && !s.compares
	}
	return false
}

// peoplePlace reports whether a characteristic says who is meant rather than what is asked of those enrolled: "in women",
// beside an intervention or an outcome.
func (r *reader) peoplePlace(s *slots, i int) bool {
	if s.kind("baseline") || s.frame == "share" || s.frame == "how many" || s.frame == "how old" {
		return false
	}
	prev, at := r.before(i)
	if at < 0 {
		return s.frame == "" && r.openingPeople(i) && r.namesBeside(i)
	}
	if a := r.tags[at].amount; a != nil && a.field == "n" { // "more than 1000 women"
		return true
	}
	if p := r.tags[at]; strings.HasPrefix(p.as, "the population") { // "for teenage girls"
		prev, at = r.before(at)
		if at < 0 {
			return false
		}
	}
	if p := r.tags[at]; p.use == useRelation && p.value == "versus" && at > 0 && strings.HasPrefix(r.tags[at-1].as, "the population") { // "in women versus men"
		return true
	}
	switch prev[strings.LastIndexByte(prev, ' ')+1:] {
	case "in", "among", "amongst", "for", "including", "included", "enrolled", "enrolling", "only":
	case "by":
		if !s.has("results", "no difference") && !s.effect() {
			return false
		}
	default:
		if p := r.tags[at]; p.use != useNoun && !(p.use == useLink && p.value == "people") {
			return false
		}
	}
	return r.namesBeside(i)
}

// openingPeople reports whether tag i opens a question and what stands behind it says who they are: "women over 50", "men with gout".
func (r *reader) openingPeople(i int) bool {
	if i != 0 || i+1 >= len(r.tags) || !r.isPeople(r.tags[i].to-1) {
		return false
	}
	next := &r.tags[i+1]
	return next.amount != nil && next.amount.age || next.use == useLink && next.value == "with"
}

// namesBeside reports whether a question names something else than tag i that can be asked about.
func (r *reader) namesBeside(i int) bool {
	for k := range r.tags {
		t := &r.tags[k]
		if k == i {
			continue
		}
		if t.use == useRelation || t.use == useNoun && t.value != "people" || len(t.names) > 0 && t.names[0].kind != studyName {
			return true
		}
		for _, id := range t.concepts {
			if c, ok := r.vocab.Concept(id); ok {
				switch c.Type {
				case vocab.TypeIntervention, vocab.TypeDrug, vocab.TypeDrugClass, vocab.TypeOutcome, vocab.TypeCondition, vocab.TypeInstrument:
					return true
				}
			}
		}
	}
	return false
}

// effectBefore reports whether the word before "in" is one of change or a measure of it: "change in pain", "mean difference in pain".
func (s *slots) effectBefore(r *reader, i int) bool {
	c := r.contentBefore(i)
	return c != nil && (c.use == useRelation && c.value != "prevalence" || strings.HasPrefix(c.as, "the measure"))
}

// afterOperation reports whether tag i is an operation that people had before what is asked about: "pain after knee replacement".
func (r *reader) afterOperation(i int) bool {
	if prev, _ := r.before(i); prev != "after" && prev != "following" && prev != "undergoing" && prev != "recovering from" {
		return false
	}
	return slices.ContainsFunc(r.tags[i].concepts, func(id string) bool { return r.vocab.IsA(id, "surgery") })
}

// addIntervention files an intervention, as comparator when it stands after "versus".
func (r *reader) addIntervention(s *slots, i int, text string) {
	t := &r.tags[i]
	if r.afterOperation(i) {
		if len(content(text)) > 1 { // "after knee replacement": who was studied, and not what was tried
			s.texts = appendNew(s.texts, text)
			t.as = "words of the documents"
		} else {
			t.as = "when it was measured: after " + text
			s.said = appendNew(s.said, "“after "+text+"” was not used")
		}
		return
	}
	t.as = "the intervention " + text
	if prev, _ := r.before(i); prev == "or" && len(s.interventions) > 0 {
		s.or = true
	}
	if s.versusAt >= 0 && len(s.interventions)+len(s.comparators) > 0 && i > s.versusAt {
		if !slices.Contains(s.comparators, text) {
			s.comparators = append(s.comparators, text)
		}
		t.as = "the comparator " + text
		return
	}
	if !slices.Contains(s.interventions, text) {
		s.interventions = append(s.interventions, text)
	}
}

// addArmName files the name of an arm.
func (r *reader) addArmName(s *slots, i int) {
	if text := r.text(r.tags[i]); r.howGiven(i) {
		s.tests = append(s.tests, syntax.Is("intervention", text))
		r.tags[i].as = "how it was given: " + text
	} else {
		r.addIntervention(s, i, text)
	}
}

// howGiven reports whether the name of an arm stands right before an intervention, and so is a part of its name: of "telephone CBT"
// not all that is done by telephone is meant, nor every kind of CBT.
func (r *reader) howGiven(i int) bool {
	if i+1 >= len(r.tags) || r.tags[i+1].from != r.tags[i].to {
		return false
	}
	between := r.question[r.words[r.tags[i].to-1].end:r.words[r.tags[i+1].from].start]
	return strings.TrimSpace(between) == "" && slices.ContainsFunc(r.tags[i+1].concepts, func(id string) bool {
		c, ok := r.vocab.Concept(id)
		return ok && c.Type == vocab.TypeIntervention
	})
}

// addOutcome files an outcome. A form that says itself what happened, such as "dose reduction", gives the relation too;
// and when another outcome is asked about already, it says what happened meanwhile.
func (r *reader) addOutcome(s *slots, i int, text string) {
	t := &r.tags[i]
	t.as = "the outcome " + text
	directed := ""
	for _, n := range norms(text) {
		if p, ok := r.phrases[n]; ok && p.use == useRelation && (p.value == "decreased" || p.value == "increased") {
			directed = p.value
		}
	}
	meanwhile := directed != ""
	if !meanwhile && i+1 < len(r.tags) {
		for _, n := range r.tags[i+1:] {
			if n.use == useRelation && (n.value == "decreased" || n.value == "increased") {
				meanwhile = true
			}
		}
	}
	prev, _ := r.before(i)
	switch prev {
	case "with", "when", "while", "during", "after", "of", "from", "under":
		if meanwhile && len(s.outcomes) > 0 || prev == "during" || (prev == "of" && s.kind("harms")) {
			if iv := r.relatedIntervention(text); iv != "" {
				s.exposures = append(s.exposures, iv)
				t.as = "what was done meanwhile: " + iv
				return
			}
		}
	}
	if directed != "" && !s.has(directed) {
		s.relations = append(s.relations, directed)
	}
	if !slices.Contains(s.outcomes, text) {
		s.outcomes = append(s.outcomes, text)
	}
}
