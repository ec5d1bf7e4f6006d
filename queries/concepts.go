package queries

import (
	"slices"
	"strings"

	"github.com/picograph/picograph/graph/vocab"
	"github.com/picograph/picograph/queries/syntax"
)

// fillConcept puts a concept into the slot that its type and place call for.
func (r *reader) fillConcept(s *slots, u *understood, i int) {
	t := &r.tags[i]
	c := r.choose(t, u)
	if c == nil {
		return
	}
	c = r.asPlaced(s, i, c)
	text := r.text(*t)
	if slices.ContainsFunc(norms(text), func(n string) bool { p := r.phrases[n]; return p.use == useRelation && p.value == "predicts" }) {
		s.relations = append(s.relations, "predicts")
		t.as = "the relation predicts"
		return
	}
	if prev, _ := r.before(i); prev == "of" && (c.Type == vocab.TypeDrug || c.Type == vocab.TypeDrugClass) {
		if b := r.contentBefore(i); b != nil && strings.HasPrefix(b.as, "the outcome") && (len(r.vocab.Named(text+" "+r.text(*b), vocab.TypeOutcome)) > 0 || slices.ContainsFunc(b.names, func(n name) bool { return containsAll(n.content, content(text)) })) {
			t.as = "part of " + b.as // the dose of opioids
			return
		}
	}
	switch c.Type {
	case vocab.TypeIntervention, vocab.TypeDrug, vocab.TypeDrugClass:
		r.fillGiven(s, i, c)
	case vocab.TypeComparator:
		s.comparators = append(s.comparators, text)
		t.as = "the comparator " + c.Label
	case vocab.TypeOutcome, vocab.TypeCharacteristic, vocab.TypeCondition, vocab.TypePopulation:
		r.fillPeople(s, i, c)
	default:
		r.fillHow(s, i, c)
	}
}

// asPlaced returns the condition that an outcome's name also is, where it says who was studied: "in people with low back pain", which is
// measured too.
func (r *reader) asPlaced(s *slots, i int, c *vocab.Concept) *vocab.Concept {
	if prev, _ := r.before(i); c.Type != vocab.TypeOutcome || prev == "for" && s.noun == "" || !r.conditionPlace(s, i) {
		return c
	}
	for _, id := range r.tags[i].concepts {
		if o, ok := r.vocab.Concept(id); ok && o.Type == vocab.TypeCondition {
			c = o
		}
	}
	return c
}

// fillGiven puts what can be given into its slot: where it stands as what was measured, or nobody was given it and outcomes are known of it,
// it is an outcome; not behind "versus".
func (r *reader) fillGiven(s *slots, i int, c *vocab.Concept) {
	text := r.text(r.tags[i])
	measured := r.outcomePlace(s, i) && !r.followedBy(i, "studies") && !r.followedBy(i, "people") && (c.Type != vocab.TypeIntervention || s.kind("baseline") || r.followedBy(i, "outcomes"))
	compared := s.versusAt >= 0 && i > s.versusAt && len(s.interventions) > 0
	if measured || c.Type != vocab.TypeIntervention && !compared && !r.given(c.ID) && r.hasOutcomes(c.ID, text) {
		r.addOutcome(s, i, text)
		return
	}
	r.addIntervention(s, i, text)
}

// fillPeople puts what people are, have or are measured by into its slot.
func (r *reader) fillPeople(s *slots, i int, c *vocab.Concept) {
	t := &r.tags[i]
	text := r.text(*t)
	switch {
	case r.toldExcluded(s, i):
		s.texts = appendNew(s.texts, text)
		t.as = "words of the documents"
	case c.Type == vocab.TypePopulation && r.settingIn(text) != "":
		t.phrase = phrase{useSetting, r.settingIn(text), ""}
		r.fillPhrase(s, i)
	case c.Type == vocab.TypePopulation, c.Type == vocab.TypeCharacteristic && r.peoplePlace(s, i):
		s.populations = append(s.populations, text)
		t.as = "the population " + c.Label
	case c.Type == vocab.TypeCondition && r.conditionPlace(s, i):
		s.conditions = append(s.conditions, text)
		t.as = "the condition " + c.Label
	default:
		r.addOutcome(s, i, text)
	}
}

// toldExcluded reports whether tag i is of people whom studies are asked to have excluded, which their criteria tell and not who took
// part: "which trials excluded patients with diabetes".
func (r *reader) toldExcluded(s *slots, i int) bool {
	b := r.contentBefore(i)
	return b != nil && b.use == useAttribute && key(r.text(*b)) == "excluded" && s.noun == "studies" && len(s.studies) == 0
}

// fillHow puts how, where and with what a study was done into its slot.
func (r *reader) fillHow(s *slots, i int, c *vocab.Concept) {
	t := &r.tags[i]
	text := r.text(*t)
	switch c.Type {
	case vocab.TypeSetting:
		s.settings = append(s.settings, text)
		t.as = "the setting " + c.Label
	case vocab.TypeInstrument:
		s.instruments = append(s.instruments, text)
		t.as = "the instrument " + c.Label
	case vocab.TypeDesign:
		if studyKindOf(c.ID) == "" { // "stepped-wedge trials"
			t.use, t.value = useDesign, text
			r.fillDesign(s, t)
			r.orDesign(s, i)
			return
		}
		s.designs = append(s.designs, c.ID)
		t.as = "the design " + c.Label
		if s.noun == "" {
			s.noun = "studies"
		}
	case vocab.TypeUnit:
		if o := r.relatedOutcome(c); o != "" && len(s.outcomes) == 0 {
			s.outcomes = append(s.outcomes, o)
			t.as = "the outcome measured in " + c.Label
		}
	case vocab.TypeRegistry:
		r.fillRegistry(s, t, c)
	default:
		t.as = "the " + c.Type + " " + c.Label
	}
}

// fillRegistry puts a registry into its slot: "trials registered with ..." are those with its numbers.
func (r *reader) fillRegistry(s *slots, t *tag, c *vocab.Concept) {
	text := r.text(*t)
	if len(s.studies) > 0 || s.noun != "studies" || r.singular() {
		t.as = "the registry " + c.Label
		return
	}
	var numbers []string // what they begin with
	for _, f := range c.Forms {
		if f.Abbreviation {
			numbers = append(numbers, f.Text)
		}
	}
	s.attributes = slices.DeleteFunc(s.attributes, func(a string) bool { return a == "registration" })
	if len(numbers) == 0 { // of which nothing is known but the name
		s.texts, t.as = appendNew(s.texts, text), "words of the documents"
		return
	}
	s.tests = append(s.tests, syntax.Is("registration", numbers...))
	t.as = "the registration " + strings.Join(numbers, " or ")
}

// registryNamed returns the registry that a word for registration numbers is the name of, where it says which studies are meant: "trials with
// an NCT number". It is nil elsewhere: "the NCT number of the trial".
func (r *reader) registryNamed(s *slots, i int) *vocab.Concept {
	if prev, _ := r.before(i); s.noun != "studies" || len(s.studies) > 0 || !slices.Contains([]string{"with", "in", "at", "by", "under", "a", "an", "have", "has", "having"}, prev[strings.LastIndexByte(prev, ' ')+1:]) {
		return nil
	}
	for _, id := range r.vocab.Named(r.words[r.tags[i].from].text, vocab.TypeRegistry) {
		if c, ok := r.vocab.Concept(id); ok {
			return c
		}
	}
	return nil
}

// choose picks the concept that an ambiguous form stands for: the one that the loaded documents define or use.
func (r *reader) choose(t *tag, u *understood) *vocab.Concept {
	var known []*vocab.Concept
	for _, id := range t.concepts {
		if c, ok := r.vocab.Concept(id); ok {
			known = append(known, c)
		}
	}
	if len(known) == 0 {
		return nil
	}
	if len(known) == 1 {
		return known[0]
	}
	best := known[0]
	for _, c := range known {
		if r.used[c.ID] && !r.used[best.ID] {
			best = c
		}
	}
	var others []string
	for _, c := range known {
		if c != best && c.Type == best.Type {
			others = append(others, c.Label)
		}
	}
	if len(others) > 0 {
		u.said = append(u.said, "“"+r.text(*t)+"” read as "+best.Label+", as the loaded documents use it (not "+strings.Join(others, ", ")+")")
	}
	return best
}

// settingIn returns the setting that stands within a longer form.
func (r *reader) settingIn(text string) string {
	ws := norms(text)
	for i := range ws {
		for j := i + 1; j <= len(ws); j++ {
			if p, ok := r.phrases[strings.Join(ws[i:j], " ")]; ok && p.use == useSetting {
				return p.value
			}
		}
	}
	return ""
}
