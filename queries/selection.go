package queries

import (
	"slices"
	"strings"

	"github.com/picograph/picograph/graph/quantity"
	"github.com/picograph/picograph/graph/vocab"
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
	return &syntax.Check{Of: names(s.studies)}
}

// asTable asks for findings put together: those that disagree, a map of them, a summary of findings.
func (r *reader) asTable(s *slots, _ *understood) syntax.Selection {
	return &syntax.Match{Noun: s.frame, Where: r.conditions(s, false)}
}

// asItems asks for the items of a checklist or scale.
func (r *reader) asItems(s *slots, _ *understood) syntax.Selection {
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

// asCount counts studies, or what they have.
func (r *reader) asCount(s *slots, u *understood) syntax.Selection {
	noun := "studies"
	if s.noun == "reports" || s.noun == "interventions" || s.noun == "outcomes" {
		noun = s.noun
	}
	if s.asks("sample size") && len(s.tests) == 0 {
		u.said = appendNew(u.said, "how many people took part is not counted here: ask for the sample size")
	}
	u.asked.independent = s.moreThanOne || len(s.outcomes)+len(s.criteria) > 0
	where := r.conditions(s, true)
	if !slices.ContainsFunc(syntax.Conjuncts(where), isDesignTest) && (s.kind("randomized") || r.saysTrials()) {
		where = syntax.Join(syntax.Is("design", "randomized"), where)
	}
	return &syntax.Count{Noun: noun, Where: where}
}

// wanted are the attributes that a question asks to be looked up: not those whose words belong to others, to a number or to
// another kind of question.
func (s *slots) wanted() []string {
	return dropImplied(slices.DeleteFunc(slices.Clone(s.attributes), func(a string) bool {
		return a == "items" || a == "check" || s.frame == "share" && a == "eligibility" || a == "content" && len(s.interventions) == 0 || len(s.tests) > 0 && (a == "year" || a == "sample size")
	}))
}

// asAttributes looks up what was asked for of studies, reports or interventions.
func (r *reader) asAttributes(s *slots, u *understood) syntax.Selection {
	attrs := s.wanted()
	if slices.ContainsFunc(attrs, func(a string) bool { return !weakAttribute(a) }) {
		both := slices.Contains(attrs, "included studies") || slices.Contains(attrs, "reason stopped") || strings.Contains(strings.ToLower(r.question), " and how many ") // "how many trials were included, and how many people"
		attrs = slices.DeleteFunc(attrs, func(a string) bool {
			return weakAttribute(a) && a != "setting" && a != "dates" && a != "design" && !(both && a == "sample size")
		})
	}
	if len(attrs) == 0 {
		return nil
	}
	if slices.Equal(attrs, []string{"sample size"}) && (r.perArm() || r.sizesOfArms(s)) {
		attrs = append(attrs, "arms")
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
		} else if len(s.outcomes) > 0 && (slices.Contains(attrs, "instruments") || slices.Contains(attrs, "definition")) {
			a.Where = syntax.Is("outcome", r.canonicals("outcome", s.outcomes)...)
		}
	default:
		if s.kind("review") && s.noun == "studies" {
			s.kinds = append(s.kinds, "review")
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

// perArm reports whether a question asks for something of each arm.
func (r *reader) perArm() bool {
	for i := range r.words {
		if n := r.normAt(i + 1); n != "arm" && n != "group" {
			continue
		}
		switch r.normAt(i) {
		case "each", "per", "both", "either", "every", "by", "two", "three":
			return true
		}
	}
	return false
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
	attrs := []string{"content"}
	if s.has("results") {
		attrs = append(attrs, "results")
	}
	if len(s.interventions) == 0 {
		return &syntax.Attributes{Names: attrs, Subject: "study", Of: names(s.studies)}
	}
	a := &syntax.Attributes{Names: attrs, Subject: "intervention", Of: names(r.canonicals("intervention", s.interventions))}
	a.Where = r.conditions(&slots{studies: s.studies, countries: s.countries, settings: s.settings, texts: s.texts, versusAt: -1}, false)
	return a
}

// asSubgroups lists which groups within studies have results of their own.
func (r *reader) asSubgroups(s *slots, u *understood) syntax.Selection {
	u.said = append(u.said, "a subgroup is listed with what it is part of")
	return &syntax.Match{Noun: "subgroups", Where: r.conditions(s, false)}
}

// asStudiesCompared puts what is known of several studies side by side.
func (r *reader) asStudiesCompared(s *slots, _ *understood) syntax.Selection {
	return &syntax.Attributes{Names: []string{"design", "sample size", "eligibility", "arms", "primary outcome", "conclusions"}, Subject: "study", Of: names(s.studies)}
}

// asCompare compares two interventions, or one with its comparator.
func (r *reader) asCompare(s *slots, _ *understood) syntax.Selection {
	rest := *s
	rest.interventions, rest.comparators, rest.outcomes = nil, nil, nil
	c := &syntax.Compare{A: syntax.Value{Text: r.canonical("intervention", s.interventions[0])}, On: names(r.canonicals("outcome", s.outcomes)), Where: r.conditions(&rest, false)}
	if len(s.interventions) == 2 {
		c.B.Text = r.canonical("intervention", s.interventions[1])
	} else {
		c.B.Text = r.canonical("comparator", s.comparators[0])
	}
	return c
}

// asPredictors asks what an outcome was associated with.
func (r *reader) asPredictors(s *slots, _ *understood) syntax.Selection {
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
		for _, slot := range []*[]string{&s.interventions, &s.populations, &s.conditions, &s.outcomes} {
			if slot == &s.outcomes && len(s.outcomes) < 2 {
				continue // what it is associated with
			}
			if k := slices.IndexFunc(*slot, func(v string) bool { return v == text || len(t.names) > 0 && v == t.names[0].text }); k >= 0 {
				*slot = slices.Delete(slices.Clone(*slot), k, k+1)
				s.texts = appendNew(s.texts, r.question[r.words[t.from].start:r.words[t.to-1].end])
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
	if r.asksTraits(s) && len(s.outcomes) == 0 {
		s.outcomes, s.populations = s.populations, nil
	}
	where := syntax.Join(syntax.Is("kind", "baseline"), r.conditions(s, false))
	return &syntax.Match{Noun: "findings", Where: where}
}

// asPrevalence asks how common something is.
func (r *reader) asPrevalence(s *slots, _ *understood) syntax.Selection {
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
	if s.frame == "share" {
		kinds = append(kinds, "arm")
	}
	return &syntax.Match{Noun: "findings", Where: syntax.Join(syntax.Is("kind", kinds...), r.conditions(s, false))}
}

// asByParts asks which interventions contain something.
func (r *reader) asByParts(s *slots, _ *understood) syntax.Selection {
	rest := *s
	rest.interventions = nil
	return &syntax.Match{Noun: "interventions", Where: syntax.Join(syntax.Is("component", r.canonicals("component", s.interventions)...), r.conditions(&rest, false))}
}

// asBest asks which interventions did better than what they were compared with.
func (r *reader) asBest(s *slots, _ *understood) syntax.Selection {
	return &syntax.Match{Noun: "interventions", Where: syntax.Join(syntax.Is("kind", "between"), r.conditions(s, false), syntax.Is("significant", "yes"))}
}

// asInterventions asks which interventions did something, or what has been tried.
func (r *reader) asInterventions(s *slots, _ *understood) syntax.Selection {
	return &syntax.Match{Noun: "interventions", Where: r.conditions(s, true)}
}

// asList lists outcomes or populations.
func (r *reader) asList(s *slots, _ *understood) syntax.Selection {
	return &syntax.Match{Noun: s.noun, Where: r.conditions(s, false)}
}

// asStudies lists studies or reports.
func (r *reader) asStudies(s *slots, _ *understood) syntax.Selection {
	s.trials = s.noun == "studies" && r.saysTrials()
	return &syntax.Match{Noun: s.noun, Where: r.conditions(s, false)}
}

// mostFirst is how many of the first studies in an order are shown: several may be equal.
const mostFirst = 5

// first keeps of the studies listed those that are first in an order: "the largest trial".
func (r *reader) first(s *slots, u *understood) {
	m, ok := u.query.Selection.(*syntax.Match)
	if !ok || m.Noun != "studies" {
		for _, t := range r.tags {
			if t.use == useOrder {
				u.said = append(u.said, "“"+r.text(t)+"” was not used")
			}
		}
		return
	}
	field, way, _ := strings.Cut(s.order, " ")
	u.query.Steps = []syntax.Step{{Name: "order", By: field, Descending: way == "desc"}, {Name: "limit", N: mostFirst}}
	u.said = append(u.said, "in the order of "+field+", those that do not state it last")
}

// asCard shows the card of what is named alone, or described in no more words than "tell me about".
func (r *reader) asCard(s *slots, _ *understood) syntax.Selection {
	switch {
	case len(s.instruments) == 1 && len(s.interventions) == 0:
		return &syntax.Show{Subject: "instrument", Name: syntax.Value{Text: s.instruments[0]}}
	case len(s.interventions) == 1 && len(s.instruments) == 0 && s.noun == "":
		return &syntax.Show{Subject: "intervention", Name: syntax.Value{Text: r.canonical("intervention", s.interventions[0])}}
	}
	return nil
}

// asFindings asks for findings.
func (r *reader) asFindings(s *slots, u *understood) syntax.Selection {
	if s.noun == "outcomes" && s.direction() != "" {
		return &syntax.Match{Noun: "findings", Where: r.conditions(s, true)} // "which outcomes got worse?"
	}
	where := r.conditions(s, false)
	if r.keyword(s) { // what people have and what is measured of it
		rest := *s
		rest.outcomes = nil
		where = syntax.Join(r.conditions(&rest, false), &syntax.Or{Left: syntax.Is("outcome", r.canonicals("outcome", s.outcomes)...), Right: syntax.Is("condition", r.canonicals("condition", s.outcomes)...)})
	}
	switch {
	case s.frame == "yes or no" || s.has("modifies"):
	case s.has("no difference"):
		where = syntax.Join(where, syntax.Is("direction", "no difference"))
	case s.kind("significant") && s.has("results"):
		if s.noun == "studies" && !s.kind("within") { // trials find differences between their arms
			where = syntax.Join(syntax.Is("kind", "between"), where)
		}
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
	if s.asks("follow-up") && s.effect() && r.says("how long") {
		u.said = append(u.said, "how long an effect lasts is not worked out: each result shows when it was measured")
	}
	return &syntax.Match{Noun: "findings", Where: where}
}

// keyword reports whether a question is no more than the name of something that both people have and studies measure:
// "insomnia", or the name of that beside an intervention on which evidence is asked for: "the evidence on insomnia and melatonin".
func (r *reader) keyword(s *slots) bool {
	return (len(r.tags) == 1 || s.has("results") && len(s.interventions) > 0 && s.frame != "yes or no" && !s.effect()) &&
		len(s.outcomes) == 1 && s.noun == "" && len(r.vocab.Named(s.outcomes[0], vocab.TypeCondition)) > 0
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

// kindDesigns are the designs that the kinds of study asked for name.
func kindDesigns(kinds ...string) (out []string) {
	for _, k := range kinds {
		switch k {
		case "randomized", "pilot", "protocol", "cohort", "secondary analysis":
			out = append(out, k)
		case "review":
			out = append(out, "systematic review")
		}
	}
	return out
}

// together reports whether two conditions are what the same people have: the question says them with no "or", "and" or comma between,
// "tuberculosis in people with HIV".
func (r *reader) together(conditions []string) bool {
	if len(conditions) != 2 {
		return false
	}
	var at []tag
	for _, t := range r.tags {
		if slices.Contains(conditions, r.text(t)) || t.reads != "" && slices.Contains(conditions, t.reads) {
			at = append(at, t)
		}
	}
	if len(at) != 2 {
		return false
	}
	between := r.words[at[0].to:at[1].from]
	return len(between) > 0 && !strings.Contains(r.question[r.words[at[0].to-1].end:r.words[at[1].from].start], ",") &&
		!slices.ContainsFunc(between, func(w word) bool {
			return w.norm == "or" || w.norm == "and" || w.norm == "versus" || w.norm == "vs" || w.norm == "than"
		})
}

// conditions makes the conditions that the slots stand for; withDirection adds what is said to have happened.
func (r *reader) conditions(s *slots, withDirection bool) syntax.Condition {
	cs := r.anyOf("study", s.studies, s)
	cs = append(cs, r.designConditions(s)...)
	given := [][]string{append(slices.Clone(s.interventions), s.exposures...)}
	if r.givesBoth(s) {
		given = [][]string{s.interventions[:1], s.interventions[1:]}
	}
	for _, g := range given {
		cs = append(cs, r.anyOf("intervention", g, s)...)
	}
	cs = append(cs, r.anyOf("comparator", s.comparators, s)...)
	cs = append(cs, r.outcomeConditions(s, withDirection)...)
	cs = append(cs, r.peopleConditions(s)...)
	cs = append(cs, r.anyOf("measure", s.measures, s)...)
	cs = append(cs, r.anyOf("setting", s.settings, s)...)
	if s.kind("vote") {
		cs = append(cs, syntax.Is("kind", "vote"))
	}
	if s.kind("within") && !s.compares {
		cs = append(cs, syntax.Is("kind", "within"))
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
	cs = append(cs, r.anyOf("country", s.countries, s)...)
	if s.hypothesis != "" {
		cs = append(cs, syntax.Is("hypothesis", s.hypothesis))
	}
	if s.without != nil {
		cs = append(cs, denied(syntax.Conjuncts(r.conditions(s.without, false)), s.without.together || r.says("both"))...)
	}
	return syntax.Join(cs...)
}

// anyOf makes a condition on any of some names, by their canonical ones; none where there are no names.
func (r *reader) anyOf(field string, values []string, s *slots) []syntax.Condition {
	if len(values) == 0 {
		return nil
	}
	canonical := make([]string, 0, len(values))
	for _, v := range values {
		name := r.canonical(field, v)
		canonical = appendNew(canonical, name)
		if name != v && v == strings.ToLower(v) && (!overlaps(content(name), content(v)) || r.losesWeight(v, name)) {
			s.said = appendNew(s.said, "“"+v+"” read as "+name)
		}
	}
	return []syntax.Condition{syntax.Is(field, canonical...)}
}

// designConditions makes the conditions on what kind of study is meant.
func (r *reader) designConditions(s *slots) (cs []syntax.Condition) {
	if s.trials && len(s.designFilters) == 0 && len(s.studies) == 0 && !slices.ContainsFunc(s.kinds, func(k string) bool { return k != "harms" && k != "baseline" && k != "significant" }) {
		cs = append(cs, r.anyOf("design", []string{"trial"}, s)...)
	}
	if s.eitherDesign {
		return append(cs, r.anyOf("design", slices.Concat(s.designFilters, kindDesigns(s.kinds...)), s)...)
	}
	for _, d := range s.designFilters {
		if h := hypothesisOf(d); h != "" {
			s.hypothesis = h
			continue
		}
		cs = append(cs, r.anyOf("design", []string{d}, s)...)
	}
	for _, k := range s.kinds {
		if k == "randomized" && len(s.studies) == 0 || (k == "review" || k == "pilot") && len(s.studies) == 0 {
			return append(cs, r.anyOf("design", []string{map[string]string{"randomized": "randomized", "review": "systematic review", "pilot": "pilot"}[k]}, s)...)
		}
		if (k == "protocol" || k == "cohort" || k == "secondary analysis") && len(s.studies) == 0 && s.noun == "studies" {
			return append(cs, r.anyOf("design", []string{k}, s)...)
		}
	}
	return cs
}

// outcomeConditions makes the conditions on what was measured, and on what happened to it.
func (r *reader) outcomeConditions(s *slots, withDirection bool) []syntax.Condition {
	outcomes := slices.Clone(s.outcomes)
	with := r.measuredWith(s)
	for _, i := range s.instruments {
		if !slices.Contains(with, i) {
			outcomes = appendNew(outcomes, i)
		}
	}
	if s.kind("harms") && len(outcomes) == 0 {
		outcomes = append(outcomes, "adverse events")
	}
	var cs []syntax.Condition
	if r.measuresBoth(s) {
		for _, o := range outcomes {
			cs = append(cs, r.anyOf("outcome", []string{o}, s)...)
		}
	} else {
		cs = r.anyOf("outcome", outcomes, s)
	}
	cs = append(cs, r.anyOf("outcome", with, s)...)
	d := s.direction()
	if d == "" && s.has("no difference") {
		d = "no difference"
	}
	if withDirection && d != "" && d != "changed" {
		cs = append(cs, syntax.Is("direction", d))
	}
	return cs
}

// measuresBoth reports whether studies are asked for that measured each of several outcomes: "which trials measured both pain and sleep".
func (r *reader) measuresBoth(s *slots) bool {
	return s.noun == "studies" && len(s.outcomes) > 1 && !s.effect() && r.says("both")
}

// measuredWith returns the instruments with which the outcome asked for is to have been measured: "pain as measured by the BPI", "pain on
// the BPI".
func (r *reader) measuredWith(s *slots) (out []string) {
	if len(s.outcomes) == 0 {
		return nil
	}
	for i := range r.tags {
		text := r.text(r.tags[i])
		if !slices.Contains(s.instruments, text) {
			continue
		}
		prev, _ := r.before(i)
		switch prev[strings.LastIndexByte(prev, ' ')+1:] {
		case "on", "by", "with", "using":
			out = appendNew(out, text)
		}
	}
	return out
}

// peopleConditions makes the conditions on who was studied.
func (r *reader) peopleConditions(s *slots) []syntax.Condition {
	cs := r.anyOf("population", s.populations, s)
	if r.together(s.conditions) {
		for _, c := range s.conditions {
			cs = append(cs, r.anyOf("condition", []string{c}, s)...)
		}
	} else {
		cs = append(cs, r.anyOf("condition", s.conditions, s)...)
	}
	for _, c := range s.criteria {
		cs = append(cs, &syntax.Test{Field: "population", Relation: quantity.Has, Criterion: c})
	}
	return cs
}

// denied are the conditions that deny others: each of them, or all of them together.
func denied(cs []syntax.Condition, together bool) (out []syntax.Condition) {
	var each []syntax.Condition
	for _, c := range cs {
		t, ok := c.(*syntax.Test)
		if !together || !ok || len(t.Values) < 2 || t.Relation == quantity.Between {
			each = append(each, c)
			continue
		}
		for _, v := range t.Values {
			one := *t
			one.Values = []syntax.Value{v}
			each = append(each, &one)
		}
	}
	if together && len(each) > 0 {
		return []syntax.Condition{&syntax.Not{Of: syntax.Join(each...)}}
	}
	for _, c := range each {
		out = append(out, &syntax.Not{Of: c})
	}
	return out
}
