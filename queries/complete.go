package queries

import (
	"slices"
	"strings"

	"github.com/picograph/picograph/graph"
	"github.com/picograph/picograph/graph/evidence"
	"github.com/picograph/picograph/graph/vocab"
	"github.com/picograph/picograph/queries/syntax"
)

// complete draws what the slots imply: studies that are described rather than named, frames that ask for attributes.
func (r *reader) complete(s *slots, u *understood) {
	r.compared(s)
	if s.noun == "" && len(s.studies) == 0 && (s.kind("protocol") || s.kind("cohort") || s.kind("secondary analysis")) && (s.frame == "yes or no" || s.frame == "which" || s.frame == "list" || s.frame == "show") {
		s.noun = "studies" // "is there a protocol for ..."
	}
	r.modified(s)
	for _, d := range s.designs {
		if k := studyKindOf(d); k != "" {
			s.kinds = append(s.kinds, k)
		}
	}
	r.describing(s)
	listed := s.noun == "studies" && s.listsAny() && len(s.attributes) == 0 && len(s.interventions)+len(s.conditions) > 0 && !r.opensWithTrait() // "trials of A in women"
	if (listed || s.asks("follow-up", "masking", "dates", "arms", "sponsor", "registration")) && s.frame != "how many" && s.frame != "share" && !slices.ContainsFunc(s.outcomes, func(o string) bool { return !r.isTrait(o) }) {
		s.populations, s.outcomes = append(s.populations, s.outcomes...), nil // "how long were the girls followed"
	}
	if ended := slices.ContainsFunc(r.tags, func(t tag) bool { return t.use == useDesign && t.value == "terminated" }); s.frame == "why" && len(s.studies) > 0 && len(s.outcomes)+len(s.interventions) == 0 && (ended || r.says("stopped", "halted", "discontinued", "withdrawn")) {
		s.attributes, s.designsAsked, s.designFilters = appendNew(slices.DeleteFunc(s.attributes, func(a string) bool { return a != "sample size" }), "reason stopped"), nil, nil // "why was it stopped"
	}
	r.doseGiven(s)
	r.lengthGiven(s)
	r.havingOutcomes(s)
	if s.frame == "how old" {
		s.outcomes, s.kinds = append(s.outcomes, "age"), appendNew(s.kinds, "baseline")
	}
	subject := len(s.studies)+len(s.reports)+len(s.documents) > 0
	if !subject {
		r.describedStudy(s, u)
		subject = len(s.studies) > 0
	}
	if len(s.documents) > 0 && len(s.studies) == 0 {
		s.studies = append(s.studies, r.studiesIn(s.documents)...)
	}
	if len(s.reports) > 0 && len(s.studies) == 0 {
		s.studies = append(s.studies, r.studiesOfReports(s.reports)...)
	}
	r.moveConditions(s)
	r.numbers(s)
	r.listed(s)
	if !subject && s.noun == "studies" && r.singular() && !s.has("contains") {
		switch s.frame { // "where was the malaria trial done"
		case "where":
			s.attributes = appendNew(s.attributes, "setting")
		case "when":
			s.attributes = appendNew(s.attributes, "dates")
		}
	}
	if !subject && s.frame == "where" && len(s.interventions) == 1 && len(s.outcomes)+len(s.attributes)+len(s.relations) == 0 && s.noun == "" {
		s.attributes = append(s.attributes, "setting") // "where was the app tried"
	}
	if !subject {
		return
	}
	r.askedOf(s)
}

// compared takes two interventions joined by "or", or between which something differed, for the two sides of a comparison.
func (r *reader) compared(s *slots) {
	if s.versusAt >= 0 && len(s.interventions) == 0 && len(s.comparators) == 2 { // "usual care versus collaborative care"
		s.interventions, s.comparators = s.comparators[:1:1], s.comparators[1:]
	}
	if len(s.interventions) > 1 && s.or && (s.has("beats", "improved") || s.frame == "which" && s.noun == "" && len(s.outcomes) > 0) {
		s.versusAt = 0
		s.comparators = append(s.comparators, s.interventions[1:]...)
		s.interventions = s.interventions[:1]
	}
	if s.has("modifies") && len(s.interventions) > 1 { // "did pain differ between A and B": a comparison, not a modified effect
		s.relations = slices.DeleteFunc(s.relations, func(v string) bool { return v == "modifies" })
		s.compares = true
		for _, p := range s.populations {
			if len(r.vocab.Named(p, vocab.TypeCondition, vocab.TypeOutcome)) > 0 {
				s.outcomes = append(s.outcomes, p)
				s.populations = slices.DeleteFunc(slices.Clone(s.populations), func(v string) bool { return v == p })
			}
		}
	}
}

// modified takes what an effect differs by for people, and not for what was measured.
func (r *reader) modified(s *slots) {
	if s.has("modifies") && len(s.outcomes) > 0 {
		keep := s.outcomes[:0:0]
		for _, o := range s.outcomes {
			if len(r.vocab.Named(o, vocab.TypeCondition, vocab.TypePopulation, vocab.TypeCharacteristic)) > 0 || len(s.outcomes) == 1 && len(s.populations)+len(s.conditions)+len(s.criteria) == 0 {
				s.populations = append(s.populations, o)
			} else {
				keep = append(keep, o)
			}
		}
		s.outcomes = keep
	}
}

// askedOf draws what is asked of a study that is named: when, where, how many and who.
func (r *reader) askedOf(s *slots) {
	if s.frame == "when" || slices.ContainsFunc(r.tags, func(t tag) bool { return t.use == useFrame && t.value == "when" }) && len(s.exposures) == 0 {
		s.attributes = appendNew(s.attributes, "dates")
	}
	if slices.ContainsFunc(r.tags, func(t tag) bool { return t.use == useFrame && t.value == "where" }) && !s.has("contains") && !s.asks("registration", "journal") {
		s.attributes = appendNew(s.attributes, "setting")
	}
	if s.frame == "how many" && s.noun == "people" && len(s.outcomes) == 0 && !s.kind("baseline") {
		s.attributes = appendNew(s.attributes, "sample size")
	}
	if s.frame == "who" && len(s.attributes)+len(s.texts) == 0 {
		s.attributes = append(s.attributes, "eligibility")
	}
	if s.compares && s.versusAt < 0 && len(s.studies) == 1 && len(s.interventions)+len(s.comparators)+len(s.outcomes)+len(s.attributes) == 0 {
		s.attributes = append(s.attributes, "arms") // "what does VOICE compare?"
	}
}

// numbers takes "how many people" for the size of studies, and how many studies there are in a review for what it included.
func (r *reader) numbers(s *slots) {
	switch {
	case s.frame == "how many" && len(s.outcomes) == 1 && r.countsPeople() && r.isTrait(s.outcomes[0]) && r.says("randomized", "were randomized", "was randomized", "assigned to", "were assigned", "allocated to", "randomized to"):
		s.said = appendNew(s.said, "the number is of all who were randomized, whether or not all were “"+s.outcomes[0]+"”")
		s.outcomes, s.populations, s.attributes = nil, nil, appendNew(s.attributes, "sample size")
	case s.frame == "how many" && r.countsPeople():
		if len(s.outcomes) == 0 && !s.effect() {
			s.populations, s.attributes = nil, appendNew(s.attributes, "sample size")
		}
	case (s.wantsNumber() || s.frame == "how many" && s.kind("cohort")) && r.asksReview(s) && (s.has("contains") || len(s.outcomes) == 0):
		s.attributes = appendNew(s.attributes, "included studies")
	case r.countsIncluded(s):
		s.attributes = appendNew(s.attributes, "included studies")
		s.designFilters = appendNew(s.designFilters, "review")
	}
}

// listed takes what names studies by their kind, country or years for a list of them.
func (r *reader) listed(s *slots) {
	if s.asks("dates") && len(s.tests) > 0 { // recruited between 2010 and 2015
		s.noun = "studies"
		for _, t := range s.tests {
			if t.Field == "year" {
				t.Field = "recruited"
			}
		}
	}
	if s.noun != "" {
		return
	}
	of := s.studyKinds()
	switch {
	case s.frame == "" && of+len(s.countries) > 0 && of == len(s.kinds) && len(s.studies)+len(s.outcomes)+len(s.interventions)+len(s.instruments) == 0:
		s.noun = "studies" // "protocols", "randomized trials before 2005"
	case s.frame == "" && of > 0 && of == len(s.kinds) && len(s.studies)+len(s.relations)+len(s.attributes)+len(s.comparators) == 0 && r.opensWithKind():
		s.noun = "studies" // "systematic reviews of exercise"
	case s.frame != "" && of == 1 && len(s.studies)+len(s.outcomes)+len(s.kinds) == 1:
		s.noun = "studies" // "list all randomized trials"
	}
}

// opensWithKind reports whether a kind of study is what a question names first, but for which of them comes first: "the largest
// randomized trial of A".
func (r *reader) opensWithKind() bool {
	for _, t := range r.tags {
		switch t.use {
		case useEmpty, useOrder, useDesign:
			continue
		}
		return t.use == useKind
	}
	return false
}

// studyKinds counts the kinds of study, rather than of evidence, that a question names.
func (s *slots) studyKinds() int {
	n := 0
	for _, k := range s.kinds {
		switch k {
		case "review", "pilot", "cohort", "protocol", "secondary analysis", "randomized":
			n++
		}
	}
	return n
}

// doseGiven takes "the dose of X that was used" for what an intervention consisted of, and not for an outcome.
func (r *reader) doseGiven(s *slots) {
	if len(s.interventions) > 1 || len(s.outcomes) != 1 || s.effect() || key(s.outcomes[0]) != "dose" && key(s.outcomes[0]) != "dosage" {
		return
	}
	for i := range r.tags {
		t := &r.tags[i]
		prev, _ := r.before(i)
		if prev == "of" && t.use == useText { // nothing is known of it but the word: the arms are shown, whose doses these are
			s.outcomes, s.attributes = nil, appendNew(s.attributes, "arms")
			return
		}
		if prev != "of" || !slices.ContainsFunc(t.concepts, r.given) && (len(t.names) == 0 || t.names[0].kind != armName) {
			continue
		}
		t.as = "the intervention " + r.text(*t)
		s.interventions = appendNew(s.interventions, r.text(*t))
		s.outcomes, s.attributes, s.frame = nil, appendNew(s.attributes, "content"), "what is"
		return
	}
}

// havingOutcomes takes those of whom it is asked how many had something for the people meant, and not for an outcome beside it: "how many
// women had a fever"; and what an outcome came after for what they had gone through: "infection after C-section".
func (r *reader) havingOutcomes(s *slots) {
	if len(s.outcomes) < 2 {
		return
	}
	rest := slices.DeleteFunc(slices.Clone(s.outcomes), r.isTrait)
	if s.frame == "how many" && len(rest) > 0 && len(rest) < len(s.outcomes) && !s.kind("baseline") {
		s.populations = append(s.populations, slices.DeleteFunc(slices.Clone(s.outcomes), func(o string) bool { return slices.Contains(rest, o) })...)
		s.outcomes = rest
	}
	for i := range r.tags {
		text := r.text(r.tags[i])
		prev, _ := r.before(i)
		if len(s.outcomes) < 2 || prev != "after" && prev != "following" || !slices.Contains(s.outcomes, text) {
			continue
		}
		s.populations = append(s.populations, text)
		s.outcomes = slices.DeleteFunc(slices.Clone(s.outcomes), func(o string) bool { return o == text })
		r.tags[i].as = "the population " + text
	}
}

// lengthGiven takes "how long was the programme" for what an intervention consisted of, and not for how long people were followed.
func (r *reader) lengthGiven(s *slots) {
	if len(s.attributes) != 1 || s.attributes[0] != "follow-up" || len(s.interventions) != 1 || len(s.outcomes)+len(s.studies) > 0 || s.noun == "studies" || s.effect() || !r.says("how long", "duration") || r.says("follow up") {
		return
	}
	s.attributes, s.frame = []string{"content"}, "what is"
}

// singular reports whether the question speaks of one study: "the malaria trial".
func (r *reader) singular() bool {
	return slices.ContainsFunc(r.words, func(w word) bool {
		t := strings.ToLower(w.text)
		return t == "trial" || t == "study" || t == "rct"
	})
}

// moveConditions takes what people have, and no study measures, for the people meant rather than for an outcome.
func (r *reader) moveConditions(s *slots) {
	if s.has("prevalence") || s.kind("baseline") || s.frame == "how common" || s.frame == "share" {
		return
	}
	keep := s.outcomes[:0:0]
	studies := r.studies
	if s.kind("protocol") { // what is planned has no results: what it is about tells
		studies = slices.DeleteFunc(slices.Clone(studies), func(st *graph.Study) bool { return !studyIs(st, "protocol") })
	}
	for _, o := range s.outcomes {
		m := r.meaning("outcome", o, false)
		p := r.meaning("condition", o, false)
		if r.afterEffect(o) && !s.kind("protocol") {
			keep = append(keep, o)
			continue
		}
		measured := slices.ContainsFunc(studies, func(st *graph.Study) bool { return r.measures(st, []*meaning{m}) })
		if r.isCondition(o) && r.hasPeople(o) {
			s.conditions = append(s.conditions, o)
			continue
		}
		if !measured && len(p.direct) > 0 && r.isCondition(o) && slices.ContainsFunc(studies, func(st *graph.Study) bool { return r.studyOf(st, p) }) {
			s.conditions = append(s.conditions, o)
		} else {
			keep = append(keep, o)
		}
	}
	s.outcomes = keep
}

// isCondition reports whether a name is of something that people have or are, and of no outcome.
func (r *reader) isCondition(text string) bool {
	return len(r.vocab.Named(text, vocab.TypeOutcome)) == 0 && len(r.vocab.Named(text, vocab.TypeCondition, vocab.TypePopulation)) > 0
}

// hasPeople reports whether a study is of people who have the very condition named, so that it says who is meant; one that
// has outcomes of its own may be either.
func (r *reader) hasPeople(text string) bool {
	for _, suffix := range suffixes {
		if len(r.vocab.Named(text+" "+suffix, vocab.TypeOutcome)) > 0 {
			return false
		}
	}
	ids := r.vocab.Named(text, vocab.TypeCondition)
	for _, id := range ids {
		c, ok := r.vocab.Concept(id)
		if ok && slices.ContainsFunc(c.Related, func(rel string) bool { o, ok := r.vocab.Concept(rel); return ok && o.Type == vocab.TypeOutcome }) {
			return false
		}
	}
	return slices.ContainsFunc(r.studies, func(st *graph.Study) bool {
		return slices.ContainsFunc(st.Tellings, func(t *graph.Telling) bool {
			return slices.ContainsFunc(t.Study.Populations, func(p evidence.Population) bool { return overlapping(p.Conditions, ids) })
		})
	})
}

// afterEffect reports whether an outcome stands right after what is said to have happened: "reduced insomnia".
func (r *reader) afterEffect(outcome string) bool {
	for i := range r.tags {
		if r.text(r.tags[i]) != outcome {
			continue
		}
		prev, at := r.before(i)
		if at >= 0 && r.tags[at].use == useRelation && effectRelation(r.tags[at].value) {
			return true
		}
		if c := r.contentBefore(i); prev == "on" && c != nil && c.use == useRelation && c.value == "changed" {
			return true
		}
	}
	return false
}

func appendNew(list []string, s string) []string {
	if slices.Contains(list, s) {
		return list
	}
	return append(list, s)
}

// studyKindOf returns the kind of study that a design concept or kind word stands for, "" for those that assign.
func studyKindOf(design string) string {
	switch design {
	case "systematic_review", "meta_analysis", "narrative_review", "review":
		return "review"
	case "single_group_pilot", "pilot":
		return "pilot"
	case "secondary_analysis":
		return "secondary analysis"
	case "rct", "pragmatic_rct", "cluster_rct", "randomized":
		return "randomized"
	}
	return ""
}

// countsPeople reports whether what stands right after "how many" is people.
func (r *reader) countsPeople() bool {
	for i := range r.tags {
		if t := &r.tags[i]; t.use != useFrame || t.value != "how many" {
			continue
		}
		for _, t := range r.tags[i+1:] {
			switch {
			case t.use == useNoun:
				return t.value == "people"
			case t.use == useKind, len(t.names) > 0, t.use == useAttribute:
				return false
			case strings.HasPrefix(t.as, "the condition"): // "how many depressed adults"
			case len(t.concepts) > 0:
				return strings.HasPrefix(t.as, "the population") || r.isTrait(r.text(t))
			}
		}
	}
	return false
}

func isDesignTest(c syntax.Condition) bool {
	t, ok := c.(*syntax.Test)
	return ok && t.Field == "design"
}

// saysTrials reports whether the question says "trials" rather than "studies".
func (r *reader) saysTrials() bool {
	return slices.ContainsFunc(r.words, func(w word) bool { return w.norm == "trial" || w.norm == "rct" })
}

// studyNamedIs reports whether a study's name is that of a study of a kind.
func (r *reader) studyNamedIs(study, kind string) bool {
	for _, st := range r.studies {
		if studyLabel(st) == study && studyIs(st, kind) {
			return true
		}
	}
	return false
}

// dropImplied drops attributes whose words only belong to those of another: "how many were randomized" asks for a
// number, not for the design, and what "the authors conclude" for conclusions.
func dropImplied(attrs []string) []string {
	drop := func(this, beside string) {
		if slices.Contains(attrs, beside) {
			attrs = slices.DeleteFunc(attrs, func(a string) bool { return a == this })
		}
	}
	drop("design", "sample size")
	drop("authors", "conclusions")
	drop("design", "unit randomized")
	drop("reference", "references")
	drop("outcomes", "primary outcome")
	return attrs
}

// weakAttribute reports whether an attribute's word is as likely part of a question about findings.
func weakAttribute(a string) bool {
	switch a {
	case "arms", "sample size", "follow-up", "content", "instruments", "dates", "setting", "year", "design", "outcomes", "loaded reports", "unit randomized", "title", "clusters", "conclusions", "certainty", "authors", "definition":
		return true
	}
	return false
}

// isTrait reports whether a name is of a characteristic of people, such as their sex or age, rather than of an outcome.
func (r *reader) isTrait(text string) bool {
	for _, id := range r.vocab.Named(text) {
		if c, ok := r.vocab.Concept(id); ok && c.Type == vocab.TypeCharacteristic {
			return true
		}
	}
	return false
}
