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
	if prev, _ := r.before(i); c.Type == vocab.TypeOutcome && (prev != "for" || s.noun != "") && r.conditionPlace(s, i) { // "in people with low back pain", which is measured too
		for _, id := range t.concepts {
			if o, ok := r.vocab.Concept(id); ok && o.Type == vocab.TypeCondition {
				c = o
			}
		}
	}
	text := r.text(*t)
	if slices.ContainsFunc(norms(text), func(n string) bool { p := r.phrases[n]; return p.use == useRelation && p.value == "predicts" }) {
		s.relations = append(s.relations, "predicts")
		t.as = "the relation predicts"
		return
	}
	if prev, _ := r.before(i); prev == "of" && (c.Type == vocab.TypeDrug || c.Type == vocab.TypeDrugClass) {
		if b := r.contentBefore(i); b != nil && strings.HasPrefix(b.as, "the outcome") {
			t.as = "part of " + b.as // the dose of opioids
			return
		}
	}
	switch c.Type {
	case vocab.TypeIntervention, vocab.TypeDrug, vocab.TypeDrugClass:
		if r.outcomePlace(s, i) && !r.followedBy(i, "studies") && !r.followedBy(i, "people") && (c.Type != vocab.TypeIntervention || s.kind("baseline") || r.followedBy(i, "outcomes")) {
			r.addOutcome(s, i, text)
			return
		}
		compared := s.versusAt >= 0 && i > s.versusAt && len(s.interventions) > 0
		if c.Type != vocab.TypeIntervention && !compared && !r.given(c.ID) && r.hasOutcomes(c.ID, text) {
			r.addOutcome(s, i, text) // nobody was given it; what is known of it is an outcome
			return
		}
		r.addIntervention(s, i, text)
	case vocab.TypeComparator:
		s.comparators = append(s.comparators, text)
		t.as = "the comparator " + c.Label
	case vocab.TypeOutcome, vocab.TypeCharacteristic:
		if c.Type == vocab.TypeCharacteristic && r.peoplePlace(s, i) {
			s.populations = append(s.populations, text)
			t.as = "the population " + c.Label
			return
		}
		r.addOutcome(s, i, text)
	case vocab.TypeCondition:
		if r.conditionPlace(s, i) {
			s.conditions = append(s.conditions, text)
			t.as = "the condition " + c.Label
			return
		}
		r.addOutcome(s, i, text)
	case vocab.TypePopulation:
		if k := r.settingIn(text); k != "" {
			t.phrase = phrase{useSetting, k, ""}
			r.fillPhrase(s, i)
			return
		}
		s.populations = append(s.populations, text)
		t.as = "the population " + c.Label
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
		if len(s.studies) == 0 && s.noun == "studies" && !r.singular() { // "trials registered with ...": their documents say so
			s.attributes = slices.DeleteFunc(s.attributes, func(a string) bool { return a == "registration" })
			if r.isRegistry(text) {
				s.tests = append(s.tests, syntax.Is("registration", text))
				t.as = "the registration " + text
				return
			}
			s.texts = appendNew(s.texts, text)
			t.as = "words of the documents"
			return
		}
		t.as = "the registry " + c.Label
	default:
		t.as = "the " + c.Type + " " + c.Label
	}
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
