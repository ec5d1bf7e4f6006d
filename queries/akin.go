package queries

import (
	"slices"

	"github.com/picograph/picograph/graph/evidence"
	"github.com/picograph/picograph/graph/vocab"
)

// What is not the very thing that was asked for may still be it by what is known of its study, or near it by what its sentence says.

// aimedArm says that an arm was given what the thing asked for is a kind of, in people with just the condition that makes it this kind:
// cognitive behavioural therapy in people with insomnia, where that for insomnia was asked for. It is "" where none was.
func (l *lexicon) aimedArm(it *item, m *meaning) string {
	for _, id := range m.direct {
		c, ok := l.vocab.Concept(id)
		if !ok || c.Type != vocab.TypeIntervention {
			continue
		}
		for _, rel := range c.Related {
			of, ok := l.vocab.Concept(rel)
			if !ok || of.Type != vocab.TypeCondition || !l.studyOf(it.study, l.meaning("condition", of.Label, false)) {
				continue
			}
			for _, a := range slices.Concat(it.arms, it.comps) {
				if overlapping(a.Interventions, c.Broader) {
					return armLabel(*a) + " in people with " + lowerFirst(of.Label)
				}
			}
		}
	}
	return ""
}

// widerArm says that an arm of a finding was given what the thing asked for is a kind of: cognitive behavioural therapy,
// where that for insomnia was asked for. It is "" where none was.
func (l *lexicon) widerArm(it *item, m *meaning) string {
	for _, id := range m.direct {
		c, ok := l.vocab.Concept(id)
		if !ok || c.Type != vocab.TypeIntervention && c.Type != vocab.TypeDrug {
			continue
		}
		for _, a := range slices.Concat(it.arms, it.comps) {
			for _, b := range c.Broader {
				if slices.Contains(a.Interventions, b) {
					return armLabel(*a) + " is " + lowerFirst(l.conceptLabel(b)) + ", wider than " + l.label(m)
				}
			}
		}
	}
	return ""
}

// whyRest is why the share of one sex is near where the other is asked for.
const whyRest = "what is printed is the other sex; the rest is not printed"

// sexes are the two of which the share of one is often all that is printed.
var sexes = []string{"female", "male"}

// otherSex reports whether a finding is how many of a study's people are of one sex, where the other is asked for and not printed.
func otherSex(it *item, m *meaning) bool {
	if it.Kind != evidence.Baseline || !slices.Contains(sexes, it.Outcome.Concept) || !overlapping(m.direct, sexes) {
		return false
	}
	return !slices.ContainsFunc(it.st.Findings, func(f evidence.Finding) bool { return slices.Contains(m.direct, f.Outcome.Concept) })
}

// whyOutcome begins why a finding is near that is of another outcome of the same family.
const whyOutcome = "another outcome: "

// whySpeaks begins why a finding is near that tells of something else in a sentence that speaks of what was asked.
const whySpeaks = "another outcome, in a sentence that speaks of what was asked: "

// speaksOfConcept returns the sentence of a finding that names what is meant, "" where none does.
func (l *lexicon) speaksOfConcept(it *item, m *meaning) string {
	for _, p := range it.Passages {
		for _, said := range l.vocab.Mentions(p.Text, 0) {
			if !said.Ambiguous && slices.ContainsFunc(said.Concepts, func(id string) bool { return m.all[id] }) {
				return p.Text
			}
		}
	}
	return ""
}
