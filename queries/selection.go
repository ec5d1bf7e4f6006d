package queries

import (
	"slices"
	"strings"

	"github.com/picograph/picograph/graph/quantity"
	"github.com/picograph/picograph/queries/syntax"
)

func names(texts []string) []syntax.Value {
	out := make([]syntax.Value, len(texts))
	for i, t := range texts {
		out[i] = syntax.Value{Text: t}
	}
	return out
}

func (r *reader) asCheck(s *slots, _ *understood) syntax.Selection {
	if !s.asks("check") || len(s.outcomes)+len(s.interventions) > 0 && len(s.studies) == 0 {
		return nil
	}
	return &syntax.Check{Of: names(s.studies)}
}

// asItems asks for the items of a checklist or scale.
func (r *reader) asItems(s *slots, _ *understood) syntax.Selection {
	if !s.asks("items") && !(s.asks("content") && len(s.instruments) > 0) {
		return nil
	}
	of := slices.Clone(s.instruments)
	for i := 0; len(of) == 0 && i < 2; i++ { // first those of the studies that fit, then any
		for _, st := range r.studies {
			if i == 0 && len(s.interventions) > 0 && !r.studyGives(st, s.interventions) || len(s.studies) > 0 && !slices.Contains(s.studies, studyLabel(st)) {
				continue
			}
			for _, t := range st.Tellings {
				for _, in := range t.Study.Instruments {
					if len(in.Items) > 0 {
						of = appendNew(of, in.Label)
					}
				}
			}
		}
	}
	if len(of) == 0 || len(of) > 1 && len(s.instruments) == 0 && len(s.studies) == 0 {
		return nil
	}
	return &syntax.Attributes{Names: []string{"items"}, Subject: "instrument", Of: names(of[:1])}
}

// asCount counts studies. In a review, "how many studies" is what the review counted: findings.
func (r *reader) asCount(s *slots, u *understood) syntax.Selection {
	if s.frame == "how many" && r.countsPeople() {
		if len(s.outcomes) == 0 && !s.effect() {
			s.populations, s.attributes = nil, appendNew(s.attributes, "sample size")
		}
		return nil
	}
	counted := s.noun == "studies" || s.noun == "reports" || s.noun == "interventions" || s.noun == "outcomes"
	if !(s.frame == "how many" && counted) && !(s.moreThanOne && (s.noun == "studies" || s.kind("randomized"))) && !(s.frame == "how many" && s.kind("randomized")) {
		return nil
	}
	if slices.ContainsFunc(s.studies, func(n string) bool { return r.studyNamedIs(n, "review") }) {
		if s.has("contains") || len(s.outcomes) == 0 {
			s.attributes = appendNew(s.attributes, "included studies")
		}
		return nil
	}
	if len(s.studies) > 0 && len(s.attributes) > 0 {
		return nil
	}
	noun := "studies"
	if s.noun == "reports" || s.noun == "interventions" || s.noun == "outcomes" {
		noun = s.noun
	}
	u.asked.independent = s.moreThanOne || len(s.outcomes)+len(s.criteria) > 0
	where := r.conditions(s, true)
	if !slices.ContainsFunc(syntax.Conjuncts(where), isDesignTest) && (s.kind("randomized") || r.saysTrials()) {
		where = syntax.Join(syntax.Is("design", "randomized"), where)
	}
	return &syntax.Count{Noun: noun, Where: where}
}

// asAttributes looks up what was asked for of studies, reports or interventions.
func (r *reader) asAttributes(s *slots, u *understood) syntax.Selection {
	attrs := slices.DeleteFunc(slices.Clone(s.attributes), func(a string) bool {
		return a == "items" || a == "check" || a == "content" && len(s.interventions) == 0 || len(s.tests) > 0 && (a == "year" || a == "sample size")
	})
	attrs = dropImplied(attrs)
	if len(attrs) == 0 {
		return nil
	}
	only := len(attrs) == 1
	switch {
	case only && attrs[0] == "follow-up" && len(s.times) > 0: // "at least 6 months of follow-up": a condition
		return nil
	case only && weakAttribute(attrs[0]) && (s.effect() || s.has("predicts", "modifies") || len(s.comparators) > 0) && len(s.outcomes)+len(s.interventions) > 0:
		return nil
	case only && attrs[0] == "instruments" && (s.frame == "how" && len(s.studies) > 0 || s.noun == "outcomes"):
		if s.noun == "outcomes" {
			return nil
		}
	case only && weakAttribute(attrs[0]) && attrs[0] != "content" && attrs[0] != "certainty" && len(s.outcomes)+len(s.instruments)+len(s.criteria)+len(s.measures) > 0 && s.frame != "who":
		return nil
	case only && attrs[0] == "content":
		return r.asContent(s, u)
	case only && attrs[0] == "certainty" && len(s.studies) == 0 && len(s.outcomes)+len(s.interventions) == 0:
		return nil
	}
	if slices.ContainsFunc(attrs, func(a string) bool { return !weakAttribute(a) }) {
		attrs = slices.DeleteFunc(attrs, func(a string) bool { return weakAttribute(a) && a != "setting" && a != "dates" && a != "design" })
	}
	if len(attrs) == 0 {
		return nil
	}
	a := &syntax.Attributes{Names: attrs, Subject: "study"}
	bibliographic := slices.ContainsFunc(attrs, func(n string) bool {
		return slices.Contains([]string{"doi", "reference", "title", "authors", "journal", "year", "pmid"}, n)
	})
	switch {
	case bibliographic && len(s.reports) > 0 && len(s.studies) == 0:
		a.Subject, a.Of = "report", names(s.reports)
	case len(s.studies) > 0:
		a.Of = names(s.studies)
		if s.has("results") && len(s.outcomes) > 0 || slices.Contains(attrs, "included studies") && len(s.outcomes) > 0 {
			a.Names = appendNew(a.Names, "results")
			a.Where = syntax.Is("outcome", r.canonicals("outcome", s.outcomes)...)
		}
	default:
		if s.kind("review") && s.noun == "studies" {
			s.kinds = append(s.kinds, "review")
		}
		if slices.Contains(attrs, "dates") && len(s.tests) > 0 {
			return nil
		}
		a.Where = r.conditions(s, false)
		if a.Where == nil && !s.that && s.noun != "studies" && s.noun != "reports" && !slices.Contains(attrs, "status") {
			only := r.onlyStudy()
			if only == "" {
				return nil
			}
			a.Of = names([]string{only})
			u.said = appendNew(u.said, "asked of "+only+", the only study here")
		}
	}
	return a
}

// onlyStudy names the study that a question without any must be about: the one that the documents tell of themselves, where
// there is one alone.
func (r *reader) onlyStudy() string {
	name := ""
	for _, st := range r.studies {
		if mainTelling(st).Study.SecondHand {
			continue
		}
		if name != "" {
			return ""
		}
		name = studyLabel(st)
	}
	return name
}

// asContent asks what an intervention consisted of.
func (r *reader) asContent(s *slots, _ *understood) syntax.Selection {
	if len(s.interventions) == 0 && len(s.studies) == 0 || s.kind("harms") {
		return nil
	}
	asksWhat := s.frame == "what is" || s.asks("content") || s.frame == "show"
	if !asksWhat || s.effect() && !(s.asks("content") && s.frame == "what is") || len(s.comparators) > 0 {
		return nil
	}
	attrs := []string{"content"}
	if s.has("results") {
		attrs = append(attrs, "results")
	}
	if len(s.interventions) == 0 {
		if !s.asks("content") {
			return nil
		}
		return &syntax.Attributes{Names: attrs, Subject: "study", Of: names(s.studies)}
	}
	if len(s.outcomes) > 0 && !s.asks("content") {
		return nil
	}
	a := &syntax.Attributes{Names: attrs, Subject: "intervention", Of: names(r.canonicals("intervention", s.interventions))}
	if len(s.studies) > 0 {
		a.Where = syntax.Is("study", s.studies...)
	}
	return a
}

// asSubgroups lists which groups within studies have results of their own.
func (r *reader) asSubgroups(s *slots, u *understood) syntax.Selection {
	if !r.asksSubgroups() || len(s.outcomes)+len(s.interventions)+len(s.relations) > 0 {
		return nil
	}
	u.said = append(u.said, "a subgroup is listed with what it is part of")
	return &syntax.Match{Noun: "populations", Where: r.conditions(s, false)}
}

// asksSubgroups reports whether subgroups are what a question asks for, and not only where something was found.
func (r *reader) asksSubgroups() bool {
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

func (r *reader) asCompare(s *slots, _ *understood) syntax.Selection {
	if s.compares && len(s.studies) > 1 && len(s.interventions)+len(s.outcomes)+len(s.attributes) == 0 {
		return &syntax.Attributes{Names: []string{"design", "sample size", "eligibility", "arms", "primary outcome", "conclusions"}, Subject: "study", Of: names(s.studies)}
	}
	if len(s.interventions) == 1 && len(s.comparators) == 1 && s.versusAt >= 0 || len(s.interventions) == 1 && len(s.comparators) == 1 {
		rest := *s
		rest.interventions, rest.comparators, rest.outcomes = nil, nil, nil
		return &syntax.Compare{A: syntax.Value{Text: r.canonical("intervention", s.interventions[0])}, B: syntax.Value{Text: r.canonical("comparator", s.comparators[0])}, On: names(r.canonicals("outcome", s.outcomes)), Where: r.conditions(&rest, false)}
	}
	if len(s.interventions) == 2 && len(s.comparators) == 0 && (s.compares || s.has("beats")) {
		rest := *s
		rest.interventions, rest.outcomes = nil, nil
		return &syntax.Compare{A: syntax.Value{Text: r.canonical("intervention", s.interventions[0])}, B: syntax.Value{Text: r.canonical("intervention", s.interventions[1])}, On: names(r.canonicals("outcome", s.outcomes)), Where: r.conditions(&rest, false)}
	}
	return nil
}

func (r *reader) asPredictors(s *slots, _ *understood) syntax.Selection {
	if s.has("modifies") {
		return nil
	}
	if !s.has("predicts") {
		return nil
	}
	r.exposed(s)
	if len(s.outcomes) == 0 {
		for i, iv := range s.interventions { // predictors of tapering: of the outcome that it changes
			if o := r.outcomeOfIntervention(iv); o != "" {
				s.outcomes = append(s.outcomes, o)
				s.interventions = slices.Delete(slices.Clone(s.interventions), i, i+1)
				break
			}
		}
	}
	return &syntax.Match{Noun: "predictors", Where: r.conditions(s, false)}
}

// exposed takes what stands before "associated with" or "predicts" for words of the sentences asked for: what was not
// assigned is named in many ways.
func (r *reader) exposed(s *slots) {
	at := slices.IndexFunc(r.tags, func(t tag) bool { return t.use == useRelation && t.value == "predicts" })
	for i := range max(at, 0) {
		t := &r.tags[i]
		text := r.text(*t)
		for _, slot := range []*[]string{&s.interventions, &s.populations, &s.conditions} {
			if k := slices.IndexFunc(*slot, func(v string) bool { return v == text || len(t.names) > 0 && v == t.names[0].text }); k >= 0 {
				*slot = slices.Delete(slices.Clone(*slot), k, k+1)
				s.texts = appendNew(s.texts, text)
				t.as = "words of the documents"
			}
		}
	}
}

// outcomeOfIntervention returns the outcome that an intervention consists in changing.
func (r *reader) outcomeOfIntervention(text string) string {
	for _, id := range r.vocab.Named(text) {
		for _, b := range r.vocab.Broader(id) {
			if c, ok := r.vocab.Concept(b); ok {
				if o := r.relatedOutcome(c); o != "" {
					return o
				}
			}
		}
	}
	return ""
}

// asBaseline asks for a characteristic of those enrolled.
func (r *reader) asBaseline(s *slots, _ *understood) syntax.Selection {
	traits := slices.ContainsFunc(s.outcomes, r.isTrait) || len(s.outcomes)+len(s.interventions)+len(s.conditions) == 0 && slices.ContainsFunc(s.populations, r.isTrait)
	if s.has("predicts", "modifies") || len(s.times) > 0 || len(s.comparators) > 0 || s.effect() && !traits {
		return nil
	}
	if !traits && !s.kind("baseline") {
		return nil
	}
	if traits && len(s.outcomes) == 0 {
		s.outcomes, s.populations = s.populations, nil
	}
	where := syntax.Join(syntax.Is("kind", "baseline"), r.conditions(s, false))
	return &syntax.Match{Noun: "findings", Where: where}
}

// asPrevalence asks how common something is.
func (r *reader) asPrevalence(s *slots, _ *understood) syntax.Selection {
	if s.frame != "how common" && !s.has("prevalence") && !(s.frame == "share" && len(s.conditions)+len(s.outcomes) > 0 && len(s.interventions)+len(s.studies) == 0 && !s.effect()) {
		return nil
	}
	if len(s.outcomes) == 0 && len(s.conditions) > 0 {
		s.outcomes, s.conditions = s.conditions[:1], s.conditions[1:]
	}
	if len(s.outcomes) == 0 {
		return nil
	}
	kinds := []string{"prevalence"}
	if s.frame == "share" || len(s.studies) > 0 {
		kinds = append(kinds, "baseline")
	}
	return &syntax.Match{Noun: "findings", Where: syntax.Join(syntax.Is("kind", kinds...), r.conditions(s, false))}
}

// asInterventions asks which interventions did something, or what has been tried.
func (r *reader) asInterventions(s *slots, _ *understood) syntax.Selection {
	lists := s.frame == "which" || s.frame == "list" || s.frame == "what is" || s.frame == "where" || s.frame == "show" || s.frame == ""
	if len(s.studies) > 0 || s.frame == "how many" || s.has("modifies") || s.noun == "studies" && s.has("no difference") {
		return nil
	}
	if s.has("contains") && len(s.interventions) > 0 && (s.noun == "interventions" || s.noun == "" && s.frame == "where" || s.noun == "studies") && !s.effect() {
		rest := *s
		rest.interventions = nil
		return &syntax.Match{Noun: "interventions", Where: syntax.Join(syntax.Is("component", r.canonicals("component", s.interventions)...), r.conditions(&rest, false))}
	}
	wants := s.noun == "interventions" && lists || s.frame == "which" && s.noun == "" && s.effect()
	if !wants && lists && s.frame != "" && len(s.interventions) == 0 && s.effect() && len(s.outcomes) > 0 && s.noun != "populations" {
		wants = true
	}
	if s.has("beats") && len(s.interventions) == 0 && s.frame != "yes or no" {
		rest := *s
		where := syntax.Join(syntax.Is("kind", "between"), r.conditions(&rest, false), syntax.Is("significant", "yes"))
		return &syntax.Match{Noun: "interventions", Where: where}
	}
	if !wants || len(s.interventions) > 0 && s.frame != "which" {
		return nil
	}
	return &syntax.Match{Noun: "interventions", Where: r.conditions(s, true)}
}

// asList lists studies, reports, outcomes or populations.
func (r *reader) asList(s *slots, _ *understood) syntax.Selection {
	if s.noun == "" && s.frame == "" && len(s.kinds)+len(s.countries) > 0 && len(s.studies)+len(s.outcomes)+len(s.interventions)+len(s.instruments) == 0 && !s.kind("harms") && !s.kind("baseline") && !s.kind("significant") {
		s.noun = "studies" // "protocols", "randomized trials before 2005"
	}
	if s.asks("dates") && len(s.tests) > 0 { // recruited between 2010 and 2015
		s.noun = "studies"
		for _, t := range s.tests {
			if t.Field == "year" {
				t.Field = "recruited"
			}
		}
	}
	if s.noun == "" && s.frame != "" && len(s.studies)+len(s.outcomes)+len(s.kinds) == 1 && slices.ContainsFunc(s.kinds, func(k string) bool { return k != "baseline" && k != "vote" && k != "significant" && k != "harms" }) {
		s.noun = "studies" // "list all randomized trials"
	}
	switch s.noun {
	case "outcomes", "populations":
		if s.noun == "outcomes" && s.direction() != "" {
			return nil
		}
		if len(s.outcomes)+len(s.interventions) == 0 || len(s.studies) > 0 && !s.has("results") {
			return &syntax.Match{Noun: s.noun, Where: r.conditions(s, false)}
		}
	case "studies", "reports":
		if s.effect() && !s.kind("protocol") || s.has("results") && len(s.outcomes)+len(s.studies) > 0 || s.has("modifies") || s.kind("vote") {
			return nil
		}
		if s.frame != "which" && s.frame != "list" && s.frame != "show" && s.frame != "" && s.frame != "where" && s.frame != "yes or no" {
			return nil
		}
		if len(s.studies) > 0 && (len(s.outcomes) > 0 || s.noun == "studies") {
			return nil
		}
		s.trials = s.noun == "studies" && r.saysTrials()
		return &syntax.Match{Noun: s.noun, Where: r.conditions(s, false)}
	}
	return nil
}

// asCard shows the card of what is named alone, or described in no more words than "tell me about".
func (r *reader) asCard(s *slots, _ *understood) syntax.Selection {
	if s.kind("harms") || s.frame != "" && s.frame != "show" && s.frame != "what is" || s.effect() || len(s.outcomes)+len(s.criteria)+len(s.populations)+len(s.conditions)+len(s.measures)+len(s.comparators)+len(s.studies)+len(s.attributes)+len(s.relations)+len(s.exposures) > 0 {
		return nil
	}
	switch {
	case len(s.instruments) == 1 && len(s.interventions) == 0:
		return &syntax.Show{Subject: "instrument", Name: syntax.Value{Text: s.instruments[0]}}
	case len(s.interventions) == 1 && len(s.instruments) == 0 && s.noun == "":
		return &syntax.Show{Subject: "intervention", Name: syntax.Value{Text: r.canonical("intervention", s.interventions[0])}}
	}
	return nil
}

// asFindings is the reading of everything that names an outcome, an intervention with a relation, or a study's results.
func (r *reader) asFindings(s *slots, _ *understood) syntax.Selection {
	named := len(s.outcomes) + len(s.interventions) + len(s.measures) + len(s.criteria) + len(s.populations) + len(s.conditions) + len(s.comparators) + len(s.exposures) + len(s.instruments) + len(s.texts)
	if s.has("results") {
		named += len(s.tests) + len(s.times)
	}
	statesResult := s.has("results") || s.noun == "" && s.frame == "which"
	if named == 0 && !s.has("modifies") && !(s.noun == "outcomes" && s.direction() != "") && !(len(s.studies) > 0 && (s.has("results", "modifies") || s.effect())) && !s.kind("harms") && !(s.kind("significant") && statesResult) {
		return nil
	}
	if s.noun == "outcomes" && s.direction() != "" {
		return &syntax.Match{Noun: "findings", Where: r.conditions(s, true)} // "which outcomes got worse?"
	}
	where := r.conditions(s, false)
	switch {
	case s.frame == "yes or no" || s.has("modifies"):
	case s.has("no difference"):
		where = syntax.Join(where, syntax.Is("direction", "no difference"))
	case s.kind("significant") && s.has("results"):
		where = syntax.Join(where, syntax.Is("significant", "yes"))
	}
	if s.has("modifies") {
		mods := slices.Concat(s.populations, s.conditions)
		if len(mods) == 0 {
			where = syntax.Join(where, syntax.Is("kind", "interaction"))
		}
	}
	if where == nil {
		return nil
	}
	return &syntax.Match{Noun: "findings", Where: where}
}

func (r *reader) asShow(s *slots, _ *understood) syntax.Selection {
	switch {
	case len(s.studies) > 0:
		return &syntax.Show{Subject: "study", Name: syntax.Value{Text: s.studies[0]}}
	case len(s.reports) > 0:
		return &syntax.Show{Subject: "report", Name: syntax.Value{Text: s.reports[0]}}
	}
	return nil
}

// conditions makes the conditions that the slots stand for; withDirection adds what is said to have happened.
func (r *reader) conditions(s *slots, withDirection bool) syntax.Condition {
	var cs []syntax.Condition
	add := func(field string, values []string) {
		if len(values) > 0 {
			canonical := make([]string, 0, len(values))
			for _, v := range values {
				name := r.canonical(field, v)
				canonical = appendNew(canonical, name)
				if name != v && v == strings.ToLower(v) && !overlaps(content(name), content(v)) {
					s.said = appendNew(s.said, "“"+v+"” read as "+name)
				}
			}
			cs = append(cs, syntax.Is(field, canonical...))
		}
	}
	add("study", s.studies)
	if s.trials && len(s.designFilters) == 0 && len(s.studies) == 0 && !slices.ContainsFunc(s.kinds, func(k string) bool { return k != "harms" && k != "baseline" && k != "significant" }) {
		add("design", []string{"trial"})
	}
	add("design", s.designFilters)
	for _, k := range s.kinds {
		if k == "randomized" && len(s.studies) == 0 || (k == "review" || k == "pilot") && len(s.studies) == 0 {
			add("design", []string{map[string]string{"randomized": "randomized", "review": "systematic review", "pilot": "pilot"}[k]})
			break
		}
		if (k == "protocol" || k == "cohort" || k == "secondary analysis") && len(s.studies) == 0 && s.noun == "studies" {
			add("design", []string{k})
			break
		}
	}
	add("intervention", append(slices.Clone(s.interventions), s.exposures...))
	add("comparator", s.comparators)
	outcomes := slices.Clone(s.outcomes)
	for _, i := range s.instruments {
		outcomes = appendNew(outcomes, i)
	}
	if s.kind("harms") && len(outcomes) == 0 {
		outcomes = append(outcomes, "adverse events")
	}
	add("outcome", outcomes)
	if d := s.direction(); withDirection && d == "" && s.has("no difference") {
		add("direction", []string{"no difference"})
	}
	if d := s.direction(); withDirection && d != "" && d != "changed" {
		add("direction", []string{d})
	}
	add("population", s.populations)
	add("condition", s.conditions)
	for _, c := range s.criteria {
		cs = append(cs, &syntax.Test{Field: "population", Relation: quantity.Has, Criterion: c})
	}
	add("measure", s.measures)
	add("setting", s.settings)
	if s.kind("vote") {
		add("kind", []string{"vote"})
	}
	if s.kind("within") && !s.compares {
		add("kind", []string{"within"})
	}
	for _, t := range s.tests {
		cs = append(cs, t)
	}
	for _, t := range s.texts {
		cs = append(cs, syntax.Is("text", t))
	}
	for _, t := range s.times {
		cs = append(cs, t)
	}
	add("country", s.countries)
	if s.hypothesis != "" {
		add("hypothesis", []string{s.hypothesis})
	}
	if s.without != nil {
		for _, c := range syntax.Conjuncts(r.conditions(s.without, false)) {
			cs = append(cs, &syntax.Not{Of: c})
		}
	}
	return syntax.Join(cs...)
}
