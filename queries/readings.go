package queries

import (
	"slices"
	"strings"

	"github.com/picograph/picograph/graph"
	"github.com/picograph/picograph/graph/lazyregexp"
	"github.com/picograph/picograph/queries/syntax"
)

// reading is one way to read a question as a query. The table of them is tried from the top; the first whose kind of question
// it is, and that makes a query of its slots, is the reading.
type reading struct {
	name    string                                              // for --explain
	example string                                              // a question that is read so
	when    func(*reader, *slots) bool                          // whether it is a question of this kind
	make    func(*reader, *slots, *understood) syntax.Selection // nil where it names nothing that such a query can be of
}

// readings are in the order of precedence: what asks for one thing in particular stands before what takes any question
// that names something.
func readings() []reading {
	return []reading{
		{"a check of the arithmetic", "do the numbers of VOICE add up?", asksCheck, (*reader).asCheck},
		{"a map of evidence", "where are the evidence gaps?", asksTable, (*reader).asTable},
		{"the items of an instrument", "what are the items of the checklist?", asksItems, (*reader).asItems},
		{"a count", "how many randomized trials are there?", (*reader).counts, (*reader).asCount},
		{"attributes", "what is the registration number of VOICE?", (*reader).looksUp, (*reader).asAttributes},
		{"content, asked for by its name", "what did IPT consist of?", asksContentAlone, (*reader).asContent},
		{"subgroups", "which subgroups were analysed?", (*reader).asksSubgroups, (*reader).asSubgroups},
		{"several studies side by side", "compare VOICE and INSPIRE", comparesStudies, (*reader).asStudiesCompared},
		{"a comparison", "IPT vs PCM for pain", comparesTwo, (*reader).asCompare},
		{"predictors", "what predicts a lower dose?", asksPredictors, (*reader).asPredictors},
		{"characteristics of those enrolled", "what share of VOICE participants were women?", (*reader).asksBaseline, (*reader).asBaseline},
		{"how common something is", "how common is opioid use disorder?", asksPrevalence, (*reader).asPrevalence},
		{"interventions by their parts", "which interventions used motivational interviewing?", asksByParts, (*reader).asByParts},
		{"interventions that beat a comparator", "which interventions beat their comparator?", asksBest, (*reader).asBest},
		{"interventions by what they did", "which interventions reduced opioid dose?", asksInterventions, (*reader).asInterventions},
		{"what an intervention consisted of", "what is IPT?", asksContent, (*reader).asContent},
		{"a card", "motivational interviewing", asksCard, (*reader).asCard},
		{"a list of what was measured or who was studied", "what outcomes did VOICE have?", asksParts, (*reader).asList},
		{"a list", "which studies are randomized?", asksStudies, (*reader).asStudies},
		{"findings", "does IPT reduce opioid dose?", asksFindings, (*reader).asFindings},
		{"the card of a study", "VOICE", func(*reader, *slots) bool { return true }, (*reader).asShow},
	}
}

func asksCheck(_ *reader, s *slots) bool {
	return s.asks("check") && (len(s.outcomes)+len(s.interventions) == 0 || len(s.studies) > 0)
}

func asksTable(_ *reader, s *slots) bool {
	return s.frame == "conflicts" || s.frame == "gaps" || s.frame == "summary"
}

func asksItems(_ *reader, s *slots) bool {
	return s.asks("items") || s.asks("content") && len(s.instruments) > 0
}

// counts reports whether studies, reports, interventions or outcomes are to be counted; people are an attribute, and what a
// review counted is one of its own.
func (r *reader) counts(s *slots) bool {
	if r.countsText() || s.asks("included studies") && len(s.studies) == 0 {
		return false
	}
	if s.frame == "how many" && r.countsPeople() || r.asksReview(s) || len(s.studies) > 0 && len(s.attributes) > 0 {
		return false
	}
	return s.wantsNumber()
}

// countsText reports whether what a question counts is no more than a word of the documents: "how many records did the review screen".
func (r *reader) countsText() bool {
	for i, t := range r.tags {
		if t.use == useFrame && t.value == "how many" {
			return i+1 < len(r.tags) && r.tags[i+1].use == useText
		}
	}
	return false
}

// wantsNumber reports whether a question asks how many of something that can be listed there are.
func (s *slots) wantsNumber() bool {
	switch s.noun {
	case "studies", "reports", "interventions", "outcomes":
		if s.frame == "how many" {
			return true
		}
	}
	return s.frame == "how many" && s.kind("randomized") || s.moreThanOne && (s.noun == "studies" || s.kind("randomized"))
}

// asksReview reports whether one of the studies named is a review.
func (r *reader) asksReview(s *slots) bool {
	return slices.ContainsFunc(s.studies, func(n string) bool { return r.studyNamedIs(n, "review") })
}

// looksUp reports whether a question asks for attributes. The words of some are as likely part of a question about findings:
// alone, beside what was found or measured, they ask for nothing.
func (r *reader) looksUp(s *slots) bool {
	attrs := s.wanted()
	if s.frame == "why" && len(attrs) == 1 && slices.Contains([]string{"dates", "setting", "sample size", "follow-up"}, attrs[0]) { // none is a reason
		return false
	}
	if len(attrs) == 0 || slices.Contains(attrs, "dates") && len(s.tests) > 0 && len(s.studies) == 0 {
		return false
	}
	if len(attrs) > 1 || !weakAttribute(attrs[0]) || len(s.designsAsked) > 0 && r.singular() {
		return true
	}
	described := s.noun == "studies" && r.singular() && (s.compares || s.frame == "where" || s.frame == "when") // "the sample size of the trial of A against B"
	effect := s.effect() || s.has("predicts", "modifies") || len(s.comparators) > 0 && !described
	if asks, sure := r.asksWeak(s, attrs[0], effect); sure {
		return asks
	}
	if attrs[0] == "certainty" && (!effect || r.asksCertainty()) {
		return len(s.studies)+len(s.outcomes)+len(s.interventions) > 0 || r.onlyStudy() != ""
	}
	if effect && len(s.outcomes)+len(s.interventions) > 0 {
		return false
	}
	return len(s.outcomes)+len(s.instruments)+len(s.criteria)+len(s.measures) == 0 || s.frame == "who"
}

// asksWeak reports whether an attribute whose word is as likely part of another question is asked for, where the question tells so for
// sure; effect is that it is about what something does.
func (r *reader) asksWeak(s *slots, attribute string, effect bool) (asks, sure bool) {
	switch attribute {
	case "content":
		return false, true
	case "sample size":
		if r.sizesOfArms(s) {
			return true, true
		}
	case "setting":
		if s.noun == "studies" && s.listsAny() && s.frame != "where" && len(s.settings)+len(s.countries) > 0 && len(s.studies) == 0 { // "which studies took place in hospitals": a condition
			return false, true
		}
	case "definition":
		if len(s.studies) > 0 && s.frame != "yes or no" {
			return true, true
		}
	case "arms":
		if s.has("beats") && len(s.studies) == 0 { // "which interventions beat their comparator?"
			return false, true
		}
		if s.noun == "studies" && !r.singular() && s.listsAny() && len(s.studies) == 0 && len(s.comparators)+len(s.interventions) > 0 { // "which trials had a placebo arm?"
			return false, true
		}
	case "follow-up":
		if len(s.times) > 0 { // "at least 6 months of follow-up": a condition
			return false, true
		}
		if r.asksFirst("follow-up") || s.noun == "studies" && r.says("follow up time", "time of follow up", "follow up period", "length of follow up", "duration of follow up", "follow up duration") {
			return true, true
		}
	case "instruments":
		if s.without != nil && len(s.without.outcomes) > 0 && s.noun == "studies" && !r.saysInstrument() { // "which studies did not measure pain?"
			return false, true
		}
		if s.hypothesis != "" || s.has("no difference") || s.effect() && len(r.measuredWith(s)) > 0 { // "are questionnaires on paper equivalent to ..."
			return false, true
		}
		if s.frame == "how" && (len(s.studies) > 0 || s.noun == "studies" || len(s.outcomes) > 0 && len(s.interventions) == 0 && r.says("measured", "assessed")) && !(effect && len(s.outcomes)+len(s.interventions) > 0) {
			return true, true
		}
		if s.noun == "outcomes" {
			return false, true
		}
		if r.saysInstrument() {
			return true, true
		}
	}
	return false, false
}

// sizesOfArms reports whether a question asks how many people arms had: "how many were randomized to A and how many to B".
func (r *reader) sizesOfArms(s *slots) bool {
	assigned := slices.ContainsFunc(r.words, func(w word) bool {
		switch strings.ToLower(w.text) {
		case "randomized", "randomised", "assigned", "allocated", "received", "got":
			return true
		}
		return false
	})
	return assigned && s.asks("sample size") && len(s.interventions)+len(s.comparators) > 0 && len(s.outcomes)+len(s.texts) == 0 && !s.effect()
}

// countsIncluded reports whether a question asks how many studies were put together on something that a review here is of: "how many
// trials of exercise were included".
func (r *reader) countsIncluded(s *slots) bool {
	return s.frame == "how many" && s.noun == "studies" && len(s.studies) == 0 && len(s.interventions)+len(s.conditions)+len(s.outcomes) > 0 &&
		r.endsIncluded() && slices.ContainsFunc(r.studies, func(st *graph.Study) bool {
		return studyIs(st, "review") && (len(s.interventions) == 0 || s.kind("review") || r.studyGives(st, s.interventions))
	})
}

// endsIncluded reports whether nothing that could be included follows "included" or the like.
func (r *reader) endsIncluded() bool {
	for i, w := range r.words {
		switch strings.ToLower(w.text) {
		case "included", "include", "pooled", "meta-analysed", "meta-analyzed", "synthesised", "synthesized":
			return i+1 == len(r.words) || r.normAt(i+1) == "and"
		}
	}
	return false
}

// asksFirst reports whether an attribute is what a question asks for first, by its noun: "what time points ...", "how long was the
// follow-up ...".
func (r *reader) asksFirst(attribute string) bool {
	for _, t := range r.tags {
		switch {
		case t.use == useAttribute && t.value == attribute:
			if text := key(r.text(t)); strings.Contains(text, "follow up") || strings.Contains(text, "point") {
				return true
			}
		case t.use == useFrame, t.use == useEmpty:
		default:
			return false
		}
	}
	return false
}

// asksCertainty reports whether how sure the evidence is comes first in a question, and not what the evidence is of: "how certain is the
// evidence that ...", "what is the quality of the evidence for a lower dose?".
func (r *reader) asksCertainty() bool {
	for _, t := range r.tags {
		switch {
		case t.use == useAttribute && t.value == "certainty":
			return true
		case t.use == useFrame && t.value != "yes or no", t.use == useEmpty:
		default:
			return false
		}
	}
	return false
}

// says reports whether a question has one of some phrases that the tables know.
func (r *reader) says(phrases ...string) bool {
	return slices.ContainsFunc(r.tags, func(t tag) bool { return slices.Contains(phrases, key(r.text(t))) })
}

// saysInstrument reports whether a question asks for what was measured with by a noun: "which scale", and not only "measured".
func (r *reader) saysInstrument() bool {
	return slices.ContainsFunc(r.words, func(w word) bool {
		switch w.norm {
		case "instrument", "scale", "questionnaire", "tool":
			return true
		}
		return false
	})
}

func asksContentAlone(r *reader, s *slots) bool {
	attrs := s.wanted()
	return len(attrs) == 1 && attrs[0] == "content" && asksContent(r, s)
}

// asksSubgroups reports whether subgroups are what a question asks for, and not only where something was found.
func (r *reader) asksSubgroups(s *slots) bool {
	if len(s.outcomes)+len(s.interventions)+len(s.relations) > 0 {
		return false
	}
	for i := range r.words {
		if r.words[i].norm != "subgroup" {
			continue
		}
		if i == 0 || r.phrases[r.words[i-1].norm].use == useFrame || emptyWords[r.words[i-1].norm] && r.words[i-1].norm != "in" {
			return true
		}
	}
	return false
}

func comparesStudies(_ *reader, s *slots) bool {
	return s.compares && len(s.studies) > 1 && len(s.interventions)+len(s.outcomes)+len(s.attributes) == 0
}

func comparesTwo(r *reader, s *slots) bool {
	switch len(s.interventions) {
	case 1:
		return len(s.comparators) == 1 && !r.otherBefore(s)
	case 2:
		return len(s.comparators) == 0 && s.versusAt < 0 && (s.compares || s.has("beats")) // both before "versus" are one side of it
	}
	return false
}

// otherBefore reports whether what stands right before "versus" is a word that names nothing given: then the two things behind it are
// not the two that are compared.
func (r *reader) otherBefore(s *slots) bool {
	if s.versusAt < 1 {
		return false
	}
	before := r.tags[s.versusAt-1]
	return before.use == useText && !slices.ContainsFunc(r.tags[:s.versusAt], func(t tag) bool { return strings.HasPrefix(t.as, "the intervention") })
}

func asksPredictors(_ *reader, s *slots) bool { return s.has("predicts") && !s.has("modifies") }

// asksBaseline reports whether a question asks for what those enrolled were like: by a characteristic, or at baseline.
func (r *reader) asksBaseline(s *slots) bool {
	traits := r.asksTraits(s)
	if s.effect() && len(s.interventions) > 0 && !s.kind("baseline") { // "does exercise reduce BMI"
		return false
	}
	if s.has("predicts", "modifies") || len(s.times) > 0 || len(s.comparators) > 0 || s.effect() && !traits {
		return false
	}
	return traits || s.kind("baseline")
}

func (r *reader) asksTraits(s *slots) bool {
	ofStudies := (s.noun == "studies" || s.noun == "reports") && s.listsAny() && !r.opensWithTrait() // "which trials were in women?"
	return slices.ContainsFunc(s.outcomes, r.isTrait) || !ofStudies && !s.has("results") && len(s.outcomes)+len(s.interventions)+len(s.conditions) == 0 && slices.ContainsFunc(s.populations, r.isTrait)
}

// opensWithTrait reports whether what a question names first is a characteristic of people, of whom it is asked: "the mean age of those in
// trials of dementia".
func (r *reader) opensWithTrait() bool {
	for i, t := range r.tags {
		if t.use == useEmpty || t.use == useFrame && t.value != "how many" {
			continue
		}
		next := ""
		if i+1 < len(r.tags) {
			next = key(r.text(r.tags[i+1]))
		}
		return (next == "of" || next == "in") && r.isTrait(r.text(t))
	}
	return false
}

func asksPrevalence(_ *reader, s *slots) bool {
	return s.frame == "how common" || s.has("prevalence") || s.frame == "share" && len(s.conditions)+len(s.outcomes) > 0 && len(s.interventions)+len(s.studies) == 0 && !s.effect()
}

// listsAny reports whether a question asks for several things, or gives keywords.
func (s *slots) listsAny() bool {
	switch s.frame {
	case "which", "list", "what is", "where", "show", "":
		return true
	}
	return false
}

// ofInterventions reports whether a question may ask for interventions at all.
func ofInterventions(s *slots) bool {
	return len(s.studies) == 0 && s.frame != "how many" && !s.has("modifies") && !(s.noun == "studies" && s.has("no difference"))
}

func asksByParts(_ *reader, s *slots) bool {
	return ofInterventions(s) && s.has("contains") && len(s.interventions) > 0 && !s.effect() &&
		(s.noun == "interventions" || s.noun == "studies" || s.noun == "" && s.frame == "where")
}

func asksBest(_ *reader, s *slots) bool {
	return ofInterventions(s) && s.has("beats") && len(s.interventions) == 0 && s.frame != "yes or no"
}

func asksInterventions(_ *reader, s *slots) bool {
	if !ofInterventions(s) || len(s.interventions) > 0 && s.frame != "which" {
		return false
	}
	return s.noun == "interventions" && s.listsAny() ||
		s.frame == "which" && s.noun == "" && s.effect() ||
		s.listsAny() && s.frame != "" && len(s.interventions) == 0 && s.effect() && len(s.outcomes) > 0 && s.noun != "populations"
}

func asksContent(r *reader, s *slots) bool {
	byName := s.asks("content")
	if len(s.texts) > 0 && !byName && len(s.studies) > 0 { // "what databases were searched in the review of A"
		return false
	}
	switch {
	case len(s.interventions)+len(s.studies) == 0, len(s.comparators) > 0, s.kind("harms"), s.effect() && !(byName && s.frame == "what is"):
		return false
	case byName:
		return true
	}
	if s.has("results") && (len(s.conditions)+len(s.populations)+len(s.criteria) > 0 || r.says("effect size", "effect estimate", "size of the effect")) { // "what is the evidence on exercise for pain?"
		return false
	}
	return (s.frame == "what is" || s.frame == "show") && len(s.interventions) > 0 && len(s.outcomes) == 0
}

func asksCard(_ *reader, s *slots) bool {
	if s.kind("harms") || s.effect() || s.frame != "" && s.frame != "show" && s.frame != "what is" {
		return false
	}
	return len(s.outcomes)+len(s.criteria)+len(s.populations)+len(s.conditions)+len(s.measures)+len(s.comparators)+len(s.studies)+len(s.attributes)+len(s.relations)+len(s.exposures)+len(s.texts)+len(s.times) == 0
}

func asksParts(_ *reader, s *slots) bool {
	if s.noun != "outcomes" && s.noun != "populations" || s.noun == "outcomes" && s.direction() != "" {
		return false
	}
	return len(s.outcomes)+len(s.interventions) == 0 || len(s.studies) > 0 && !s.has("results")
}

// asksStudies reports whether studies or reports are to be listed.
func asksStudies(r *reader, s *slots) bool {
	if r.measuresBoth(s) {
		return true
	}
	if s.noun != "studies" && s.noun != "reports" || r.saysNone(s) || s.significantResults() {
		return false
	}
	if (s.frame == "how many" && r.countsPeople() || s.asks("sample size") && r.singular()) && len(s.outcomes)+len(s.texts) > 0 { // "how many people of the trial fell"
		return false
	}
	if s.effect() && !s.kind("protocol") || r.asksOutcome(s) || s.has("results") && len(s.outcomes)+len(s.studies) > 0 || s.has("modifies") || s.kind("vote") {
		return false
	}
	switch s.frame {
	case "what is":
		return (s.order != "" || len(s.designFilters) > 0 && !r.singular()) && len(s.studies) == 0
	case "which", "list", "show", "", "where", "yes or no":
		return len(s.studies) == 0 || len(s.outcomes) == 0 && s.noun != "studies"
	}
	return false
}

// significantResults reports whether a question asks for what was found to differ: "which trials found a significant difference".
func (s *slots) significantResults() bool {
	return s.kind("significant") && s.has("results") && len(s.studies) == 0
}

// saysNone reports whether a question asks where nothing of a kind was seen: "which trials reported no adverse events?". That is
// for their sentences to tell, and no condition on studies: a study that measured it may have seen some.
func (r *reader) saysNone(s *slots) bool {
	for i, t := range r.tags[1:] {
		if prev := r.tags[i]; prev.use == useEmpty && prev.to-prev.from == 1 && r.words[prev.from].norm == "no" && (t.use == useKind && t.value == "harms" || strings.HasPrefix(t.as, "the outcome")) {
			s.said = appendNew(s.said, "where none was seen is for the sentences to tell: all that was reported of it is shown")
			return true
		}
	}
	return false
}

// asksOutcome reports whether what stands right after "which" is an outcome of the study that is named after it: "which adverse
// events were reported in the trial of ...".
func (r *reader) asksOutcome(s *slots) bool {
	if len(s.outcomes) == 0 && !s.kind("harms") || !r.singular() {
		return false
	}
	for _, t := range r.tags {
		switch {
		case t.use == useFrame, t.use == useEmpty, t.use == useLink:
		default:
			return strings.HasPrefix(t.as, "the outcome") || t.use == useKind && t.value == "harms"
		}
	}
	return false
}

// asksFindings takes everything that names an outcome, an intervention with a relation, or a study's results.
func asksFindings(_ *reader, s *slots) bool {
	named := len(s.outcomes) + len(s.interventions) + len(s.measures) + len(s.criteria) + len(s.populations) + len(s.conditions) + len(s.comparators) + len(s.exposures) + len(s.instruments) + len(s.texts)
	if s.has("results") {
		named += len(s.tests) + len(s.times)
	}
	measured := len(s.outcomes) + len(s.measures) + len(s.conditions) + len(s.exposures) + len(s.instruments) + len(s.texts)
	switch {
	case s.frame == "why" && len(s.outcomes)+len(s.interventions)+len(s.relations) == 0: // the sentences may say
		return false
	case s.frame == "share" && measured == 0 && !s.kind("harms"): // the share of whom is not said in words that are known
		return false
	case named > 0, s.kind("harms"), s.has("modifies"), s.has("no difference") && s.frame != "yes or no":
		return true
	case s.noun == "outcomes" && s.direction() != "": // "which outcomes got worse?"
		return true
	case len(s.studies) > 0 && (s.has("results") || s.effect()):
		return true
	}
	return s.kind("significant") && (s.has("results") || s.noun == "" && s.frame == "which")
}

// keptOut matches words for people who were not let into a study.
var keptOut = lazyregexp.New(`(?i)\b(?:not eligible|could(?: not|n't) (?:take part|join|participate|enter|enrol?l)|not allowed|left out)\b`)

// letIn matches words for people who were let into a study.
var letIn = lazyregexp.New(`(?i)\binclusion\b|\b(?:was|were|is|are) (?:eligible|included)\b|\bcould (?:take part|join|participate)\b`)

// selection makes the query that the slots call for; nil when they call for none.
func (r *reader) selection(s *slots, u *understood) syntax.Selection {
	u.asked.yesNo = s.frame == "yes or no"
	for _, w := range r.words {
		u.asked.dose = u.asked.dose || w.norm == "dose" || w.norm == "dosage"
		u.asked.excluded = u.asked.excluded || w.norm == "excluded" || w.norm == "exclusion" || w.norm == "ineligible"
	}
	u.asked.excluded = (u.asked.excluded || keptOut.MatchString(r.question)) && !letIn.MatchString(r.question)
	u.asked.direction = s.direction()
	if s.frame == "why" {
		u.said = append(u.said, "“why” is answered by what the documents say, no reason is inferred")
	}
	u.asked.designs = s.designsAsked
	u.asked.share = s.frame == "share" || s.frame == "how common"
	for _, row := range readings() {
		if !row.when(r, s) {
			continue
		}
		if sel := row.make(r, s, u); sel != nil {
			u.reading = row.name
			return sel
		}
	}
	return nil
}

// asksWhetherAny reports whether a question asks whether there is something: "are there any crossover trials?".
func (r *reader) asksWhetherAny() bool {
	return len(r.words) > 1 && (r.words[0].norm == "is" || r.words[0].norm == "are" || r.words[0].norm == "were") && strings.EqualFold(r.words[1].text, "there")
}
