package extract

import (
	"slices"
	"strconv"
	"strings"

	"github.com/picograph/picograph/graph/evidence"
	"github.com/picograph/picograph/graph/quantity"
	"github.com/picograph/picograph/graph/vocab"
	"github.com/picograph/picograph/loader/document"
)

// resolve returns the population that a group phrase names, and adds it to the study when it is a new subgroup. Ok is
// false when the phrase restricts nothing: people in an arm, people with an outcome.
func (t *telling) resolve(r *reading, g document.Span) (int, bool) {
	phrase := r.doc.At(g)
	criteria := r.criteriaIn(g, true)
	found := r.told(g)
	main := &t.study.Populations[0]
	levels := t.levels(r, found)
	for i, p := range t.study.Populations[1:] {
		if samePopulation(p, criteria, levels, phrase) {
			return i + 1, true
		}
	}
	if n, ok := t.onThatSide(phrase, criteria); ok {
		return n, true
	}
	if n, ok := t.whoHadOne(r, g); ok {
		return n, true
	}
	if within(contentWords(phrase), contentWords(main.Text)) {
		return 0, true
	}
	if t.repeatsEntry(r, criteria, found) {
		return 0, true
	}
	sentence := r.doc.At(r.around(g))
	before := r.doc.Text[r.around(g).Start:g.Start]
	switch {
	case len(criteria) > 0 && criteria[0].Relation.Numeric() && r.restricts(t, criteria[0]):
	case len(levels) > 0:
	case shareOf.MatchString(before), len(t.armsIn(r, g)) > 0 && len(found) == 0:
		return 0, false
	case t.restates(r, found) || !groupSignal.MatchString(sentence) || !t.ownSentence(r, g):
		return 0, false
	case len(found) > 0 || namedGroup.MatchString(r.doc.Text[max(0, g.Start-9):min(len(r.doc.Text), g.End+8)]):
		if !peopleFirst.MatchString(phrase) {
			return 0, false
		}
	default:
		return 0, false
	}
	return t.addSubgroup(r, g, criteria, found, levels), true
}

var (
	highSide = rules.New(`(?i)\b(?:high|higher|highest|high-(?:dose|dosage|risk)|more|older|above|severe)\b`)
	lowSide  = rules.New(`(?i)\b(?:low|lower|lowest|less|moderate|low-to-moderate|younger|below|fewer|mild)\b`)
	hadOne   = rules.New(`(?i)\b(?:who|that) (?:had|have|did|do|were|was) (none|one|not|so)\b|\b(without|with) (?:one|it|any|such|either)\b`)
)

// onThatSide returns the subgroup on the side of a threshold that a phrase names in words, where the study divides its
// participants by one: "prescribed low-to-moderate dosages" are those below 90 MME.
func (t *telling) onThatSide(phrase string, criteria []evidence.Criterion) (int, bool) {
	if len(criteria) > 0 {
		return 0, false
	}
	high, low := highSide.MatchString(phrase), lowSide.MatchString(phrase)
	if high == low {
		return 0, false
	}
	words := contentWords(phrase)
	for i, p := range t.study.Populations[1:] {
		for _, c := range p.Criteria {
			up := c.Relation == quantity.AtLeast || c.Relation == quantity.Above
			if !c.Relation.Numeric() || up != high {
				continue
			}
			about := contentWords(strings.ReplaceAll(c.Variable, "_", " ") + " " + c.Unit + " " + p.Text)
			if slices.ContainsFunc(words, func(w string) bool {
				return slices.Contains(about, w) && !highSide.MatchString(w) && !lowSide.MatchString(w) && w != "baseline" && w != "prescribed"
			}) {
				return i + 1, true
			}
		}
	}
	return 0, false
}

// whoHadOne resolves "those who had none" and "those who had one" by the condition that was named last before it.
func (t *telling) whoHadOne(r *reading, g document.Span) (int, bool) {
	m := hadOne.FindStringSubmatch(r.doc.At(g))
	if m == nil {
		return 0, false
	}
	absent := strings.EqualFold(m[1], "none") || strings.EqualFold(m[1], "not") || strings.EqualFold(m[2], "without")
	for i := len(t.study.Populations) - 1; i > 0; i-- {
		for _, c := range t.study.Populations[i].Criteria {
			if c.Relation != quantity.Has && c.Relation != quantity.Not {
				continue
			}
			if absent == (c.Relation == quantity.Not) {
				return i, true
			}
			rel := quantity.Has
			if absent {
				rel = quantity.Not
			}
			for k, q := range t.study.Populations {
				if slices.ContainsFunc(q.Criteria, func(x evidence.Criterion) bool { return k > 0 && x.Variable == c.Variable && x.Relation == rel }) {
					return k, true
				}
			}
			p := evidence.Population{
				ID: "p" + strconv.Itoa(len(t.study.Populations)+1), Parent: t.study.Populations[0].ID, Text: r.doc.At(g),
				Passages: []evidence.Passage{r.doc.Passage(r.around(g))},
			}
			p.Criteria = []evidence.Criterion{{Variable: c.Variable, Relation: rel, Passages: p.Passages}}
			t.study.Populations = append(t.study.Populations, p)
			return len(t.study.Populations) - 1, true
		}
	}
	return 0, false
}

var withOrWithout = rules.New(`(?i)\b(?:with|without)\s(?:an? |any |no )?`)

// told returns the conditions and the populations that a phrase names; a population that stands for people with a
// condition gives the condition too.
func (r *reading) told(g document.Span) []conceptMention {
	out := r.conceptsIn(g, vocab.TypeCondition, vocab.TypePopulation)
	more := r.conditionsOf(g)
	if m := withOrWithout.FindStringIndex(r.doc.At(g)); m != nil { // a name for the group may hide what it has
		more = append(more, r.conceptsIn(document.Span{Start: g.Start + m[1], End: g.End}, vocab.TypeCondition)...)
	}
	for _, m := range more {
		if !slices.ContainsFunc(out, func(x conceptMention) bool { return x.id == m.id }) {
			out = append(out, m)
		}
	}
	return out
}

// ownSentence reports whether a phrase stands where subgroups of the study are told of: results and methods.
func (t *telling) ownSentence(r *reading, g document.Span) bool {
	if i := r.sentenceOf(g); i >= 0 {
		switch r.roles[i] {
		case roleResults, roleDesign, roleMethods, roleOutcomes, roleConclusion:
			return true
		}
	}
	return false
}

// restricts reports whether a numeric criterion in a phrase divides the participants rather than admits all of them.
func (r *reading) restricts(t *telling, c evidence.Criterion) bool {
	for _, m := range t.study.Populations[0].Criteria {
		if m.Variable == c.Variable && m.Relation == c.Relation && m.Value == c.Value {
			return false
		}
	}
	return true
}

// repeatsEntry reports whether a phrase has no thresholds but those by which people were taken into the study, and no condition but those
// that its title or its first sentence speaks of: it is about all of them.
func (t *telling) repeatsEntry(r *reading, criteria []evidence.Criterion, found []conceptMention) bool {
	if len(criteria) == 0 {
		return false
	}
	for _, c := range criteria {
		if !c.Relation.Numeric() || r.restricts(t, c) {
			return false
		}
	}
	opening := slices.Clone(t.titles)
	if !t.secondHand {
		opening = append(opening, r.doc.Sentences[0].Span)
	}
	for _, m := range found {
		said := slices.ContainsFunc(opening, func(s document.Span) bool {
			return slices.ContainsFunc(r.told(s), func(x conceptMention) bool { return x.id == m.id })
		})
		if !said && !slices.Contains(t.study.Populations[0].Conditions, m.id) {
			return false
		}
	}
	return true
}

// levels returns the concepts among some mentions that name a level of what the study's participants have: populations
// that are narrower than another population, such as those with a threshold.
func (t *telling) levels(r *reading, found []conceptMention) []string {
	var out []string
	for _, m := range found {
		c, ok := r.vocab.Concept(m.id)
		if ok && c.Type == vocab.TypePopulation && len(c.NotSameAs) > 0 && len(c.Broader) > 0 && r.typed(c.Broader[0], []string{vocab.TypePopulation}) {
			for _, other := range c.NotSameAs {
				o, ok := r.vocab.Concept(other)
				if ok && slices.Equal(o.Broader, c.Broader) && !slices.Contains(out, m.id) {
					out = append(out, m.id)
				}
			}
		}
	}
	return out
}

// samePopulation reports whether a phrase names a population that the study has.
func samePopulation(p evidence.Population, criteria []evidence.Criterion, levels []string, phrase string) bool {
	if strings.EqualFold(p.Text, phrase) {
		return true
	}
	for _, l := range levels {
		if slices.Contains(p.Conditions, l) {
			return true
		}
	}
	for _, c := range criteria {
		for _, q := range p.Criteria {
			if c.Variable == q.Variable && c.Relation == q.Relation && quantity.Compare(decimal(c.Value), decimal(q.Value)) == 0 && c.Unit == q.Unit && (c.Relation.Numeric() || c.Value == q.Value) && c.Exclude == q.Exclude {
				return true
			}
		}
	}
	return false
}

func decimal(s string) quantity.Decimal {
	d, err := quantity.ParseDecimal(s)
	if err != nil {
		return ""
	}
	return d
}

// within reports whether all words of a list are in another.
func within(a, b []string) bool {
	return len(a) > 0 && likeness(a, b) == 1 && len(a) <= len(b)
}

// restates reports whether some concepts say no more than the main population does.
func (t *telling) restates(r *reading, found []conceptMention) bool {
	main := t.study.Populations[0].Conditions
	for _, m := range found {
		if !slices.ContainsFunc(main, func(c string) bool { return r.vocab.IsA(c, m.id) || r.vocab.IsA(m.id, c) }) {
			return false
		}
	}
	return len(found) > 0
}

// addSubgroup adds a population with a parent and returns its index.
func (t *telling) addSubgroup(r *reading, g document.Span, criteria []evidence.Criterion, found []conceptMention, levels []string) int {
	text := g
	if arms := t.armsIn(r, g); len(arms) > 0 { // "those in arm 1 with X": the arm is not the population
		text = trimmed(r.doc.Text, document.Span{Start: arms[len(arms)-1].End, End: g.End})
	}
	if text.Len() <= 0 {
		text = g
	}
	main := t.study.Populations[0]
	p := evidence.Population{
		ID: "p" + strconv.Itoa(len(t.study.Populations)+1), Parent: main.ID, Text: r.doc.At(text),
		Conditions: levels, Criteria: criteria, Passages: []evidence.Passage{r.doc.Passage(r.around(g))},
	}
	absent := absence.MatchString(r.doc.At(text))
	for _, m := range found {
		if slices.Contains(levels, m.id) || slices.Contains(main.Conditions, m.id) || !r.typed(m.id, []string{vocab.TypeCondition}) {
			continue
		}
		rel := quantity.Has
		if absent {
			rel = quantity.Not
		} else {
			p.Conditions = append(p.Conditions, m.id)
		}
		if !slices.ContainsFunc(p.Criteria, func(c evidence.Criterion) bool { return c.Variable == m.id }) {
			p.Criteria = append(p.Criteria, evidence.Criterion{Variable: m.id, Relation: rel, Passages: p.Passages})
		}
	}
	for i := range t.study.Populations[1:] { // the same restriction in other words
		if q := &t.study.Populations[i+1]; sameCriteria(q.Criteria, p.Criteria) && len(p.Criteria) > 0 {
			q.Passages = appendPassage(q.Passages, p.Passages[0])
			return i + 1
		}
	}
	t.study.Populations = append(t.study.Populations, p)
	return len(t.study.Populations) - 1
}

func sameCriteria(a, b []evidence.Criterion) bool {
	if len(a) != len(b) {
		return false
	}
	for i := range a {
		if a[i].Variable != b[i].Variable || a[i].Relation != b[i].Relation || a[i].Value != b[i].Value {
			return false
		}
	}
	return true
}
