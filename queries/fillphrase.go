package queries

import (
	"slices"
	"strings"

	"github.com/picograph/picograph/graph/quantity"
	"github.com/picograph/picograph/graph/vocab"
	"github.com/picograph/picograph/queries/syntax"
)

// fillPhrase puts a word of the tables into its slot.
func (r *reader) fillPhrase(s *slots, i int) {
	t := &r.tags[i]
	switch t.use {
	case useFrame:
		s.fillFrame(t)
	case useNoun:
		if s.noun == "" || s.noun == "people" {
			s.noun = t.value
		}
		t.as = "asks for " + t.value
	case useRelation:
		s.fillRelation(t, i, r.normAt(t.from-1))
	case useAttribute:
		r.fillAttribute(s, i)
	case useKind:
		t.as = "the kind " + t.value
		r.orDesign(s, i)
	case useSetting:
		r.fillDose(s, i)
	case useDesign:
		r.fillDesign(s, t)
		r.orDesign(s, i)
	case useStated:
		r.fillStated(s, t)
	case useOrder:
		s.order = t.value
		t.as = "the order by " + t.value
	case useUnrecorded:
		s.attributes = appendNew(s.attributes, t.value)
		t.as = "the attribute " + t.value
	case useCountry:
		if len(wordLists["in "+t.value]) > 0 {
			s.said = appendNew(s.said, "“"+r.text(*t)+"” read as its countries (UN M49)")
		}
		s.countries = appendNew(s.countries, t.value)
		t.as = "the country " + t.value
	case useText:
		s.texts = append(s.texts, r.text(*t))
	case useLink:
		if t.value == "that" {
			s.that = true
		}
		t.as = "joins its neighbours"
	}
}

// fillFrame takes a word that says what is asked for. What asks for a table of findings wins over every other, and of the others the
// first, unless it says less than a later one.
func (s *slots) fillFrame(t *tag) {
	table := func(frame string) bool { return frame == "conflicts" || frame == "gaps" || frame == "summary" }
	switch {
	case t.value == "more than one":
		s.moreThanOne = true
	case table(t.value):
		s.frame = t.value
	case table(s.frame):
		t.as = "asks " + s.frame
		return
	case s.frame == "", s.frame == "yes or no" && t.value != "which", s.frame == "which" && t.value == "share", s.frame == "list" && t.value != "yes or no":
		s.frame = t.value
	}
	t.as = "asks " + t.value
}

// fillRelation takes tag i, a word for what happened or what stands to what, with the word before it.
func (s *slots) fillRelation(t *tag, i int, before string) {
	if t.value == "versus" && s.versusAt < 0 {
		s.versusAt = i
	}
	if t.value == "non-inferior" || t.value == "equivalent" {
		s.hypothesis, s.compares = map[string]string{"non-inferior": "non-inferiority", "equivalent": "equivalence"}[t.value], true
		t.as = "the hypothesis " + s.hypothesis
		return
	}
	if to := moreOrLess[before]; to != "" && t.value == "prevalence" { // "was it less common with A": than with what
		t.as = "the direction " + before
		s.relations = append(s.relations, to)
		return
	}
	s.relations = append(s.relations, t.value)
	t.as = "the relation " + t.value
}

// moreOrLess are words before "common" and the like that say which way something went.
var moreOrLess = map[string]string{"less": "decreased", "more": "increased"}

// fillAttribute takes tag i, a word for what can be looked up, where its place makes it nothing else.
func (r *reader) fillAttribute(s *slots, i int) {
	t := &r.tags[i]
	if k := key(r.text(*t)); t.value == "follow-up" && s.frame == "yes or no" && (k == "last" || k == "lasted") { // "did the effect last"
		t.use, t.as = useText, "words of the documents"
		return
	}
	if c := r.registryNamed(s, i); t.value == "registration" && c != nil {
		r.fillRegistry(s, t, c)
		return
	}
	if t.value == "journal" && i+1 < len(r.tags) && r.tags[i+1].amount != nil { // "published in 2014"
		t.as = "joins its neighbours"
		return
	}
	if t.value == "certainty" && key(r.text(*t)) == "grade" && t.to < len(r.words) && strings.ContainsAny(r.words[t.to].text[:1], "12345") { // "grade 3 rash"
		t.as = "joins its neighbours"
		return
	}
	s.attributes = appendNew(s.attributes, t.value)
	t.as = "the attribute " + t.value
}

// fillDose takes tag i, a high or low dose, for a criterion by the setting that says which doses are high.
func (r *reader) fillDose(s *slots, i int) {
	t := &r.tags[i]
	if r.doseOfOther(i) {
		t.use, t.as = useEmpty, "not used"
		s.said = appendNew(s.said, "“"+r.text(*t)+"” was not used")
		return
	}
	v := r.settings.highDose(r.vocab)
	rel := quantity.AtLeast
	if t.value == "low-dose" {
		rel = quantity.Below
	}
	s.criteria = append(s.criteria, &syntax.Criterion{Variable: syntax.Value{Text: "dose"}, Relation: rel, Value: v})
	t.as = "the setting high-dose, " + string(rel) + " " + v.String()
	s.said = appendNew(s.said, "“"+r.text(*t)+"” read as "+sign(rel)+v.String()+" (the setting high-dose)")
}

// fillStated takes a sponsor or journal for a condition on studies, or, of one that is named, for a question.
func (r *reader) fillStated(s *slots, t *tag) {
	if len(s.studies) > 0 { // "was VOICE funded by ...": shown as stated
		s.attributes = appendNew(s.attributes, t.value)
		t.as = "the attribute " + t.value
		return
	}
	s.tests = append(s.tests, syntax.Is(t.value, r.text(*t)))
	t.as = "the " + t.value + " " + r.text(*t)
	if s.noun == "" {
		s.noun = "studies"
	}
}

// doseOfOther reports whether a high or low dose is one of the drug or procedure that follows, and not of the opioids that people take:
// "low-dose aspirin", "low-dose CT".
func (r *reader) doseOfOther(i int) bool {
	k := i + 1
	for k+1 < len(r.tags) && (r.tags[k].value == "versus" || key(r.text(r.tags[k])) == "or" || key(r.text(r.tags[k])) == "and") && r.tags[k+1].use == useSetting {
		k += 2 // "high-dose versus low-dose aspirin"
	}
	if k >= len(r.tags) || r.tags[k].from != r.tags[k-1].to {
		return false
	}
	return slices.ContainsFunc(r.tags[k].concepts, func(id string) bool {
		c, ok := r.vocab.Concept(id)
		switch {
		case !ok, r.vocab.IsA(id, "opioid"):
			return false
		}
		return c.Type != vocab.TypePopulation && c.Type != vocab.TypeCondition && c.Type != vocab.TypeOutcome && c.Type != vocab.TypeUnit
	})
}

// orDesign notes that tag i stands after "or" and another design: "stopped early or a pilot".
func (r *reader) orDesign(s *slots, i int) {
	prev, _ := r.before(i)
	for k := i - 1; prev != "or" && k >= 0 && (r.tags[k].use == useEmpty || r.tags[k].use == useFrame); k-- {
		prev, _ = r.before(k) // "or were pilots"
	}
	if b := r.contentBefore(i); prev == "or" && b != nil && (b.use == useDesign || b.use == useKind) {
		s.eitherDesign = true
	}
}

// fillDesign takes a design for what is asked of a study that is named, else for a condition on studies.
func (r *reader) fillDesign(s *slots, t *tag) {
	named := slices.ContainsFunc(r.tags, func(o tag) bool {
		return len(o.names) > 0 && (o.names[0].kind == studyName || o.names[0].kind == reportName || o.names[0].kind == documentName)
	})
	if named || s.frame == "yes or no" && !r.asksWhetherAny() && (r.singular() || !slices.ContainsFunc(r.tags, func(o tag) bool { return o.use == useNoun && o.value == "studies" })) {
		attribute := "design"
		if strings.HasSuffix(t.value, "blind") || strings.HasSuffix(t.value, "label") {
			attribute = "masking"
		}
		s.attributes = appendNew(s.attributes, attribute)
		if s.frame == "yes or no" {
			s.designsAsked = appendNew(s.designsAsked, t.value)
		}
		t.as = "the attribute " + attribute
		return
	}
	if next := r.contentAfter(slices.IndexFunc(r.tags, func(o tag) bool { return o.from == t.from })); t.value == "ongoing" && next != nil && next.amount != nil && next.amount.field == "year" {
		s.attributes = appendNew(s.attributes, "dates") // "recruiting before 2010"
		t.as = "the attribute dates"
		return
	}
	if t.value == "ongoing" {
		s.said = appendNew(s.said, "“"+r.text(*t)+"” read as: registered as not completed, or told of in a protocol")
	}
	s.designFilters = appendNew(s.designFilters, t.value)
	t.as = "the design " + t.value
	if s.noun == "" {
		s.noun = "studies"
	}
}
