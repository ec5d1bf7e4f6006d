package extract

import (
	"slices"

	"github.com/picograph/picograph/graph/evidence"
	"github.com/picograph/picograph/loader/document"
)

// shareWho returns as outcome what people did of whom a share is told, where the vocabulary knows no outcome in it or the words
// say what they did without: "the proportion of patients who finished the trial without any positive test was".
func (f *finder) shareWho(c *clause) (evidence.OutcomeRef, bool) {
	ws := withoutAdverbial(clauseWords(c.words, c.Span))
	who := slices.IndexFunc(ws, func(w word) bool { return w.lower == "who" })
	if who < 3 || who > 7 || !personNouns[ws[who-1].lower] {
		return evidence.OutcomeRef{}, false
	}
	noun := slices.IndexFunc(ws[:who], func(w word) bool { return shareNouns[w.lower] })
	if noun < 0 || noun > 1 || ws[noun+1].lower != "of" {
		return evidence.OutcomeRef{}, false
	}
	if _, ok := shareOfPeople(ws, c.arms); ok && !slices.ContainsFunc(ws, func(w word) bool { return w.lower == "without" }) {
		return evidence.OutcomeRef{}, false // all of it names the outcome
	}
	end := mainVerb(ws)
	if end < 0 { // what they did is told by a rare verb
		if n := slices.IndexFunc(ws[min(who+2, len(ws)):], func(w word) bool { return w.lower == "was" || w.lower == "were" }); n >= 0 {
			end = who + 2 + n
		}
	}
	if end <= who+1 || end > who+14 || !auxiliaries[ws[end].lower] {
		return evidence.OutcomeRef{}, false
	}
	did := document.Span{Start: ws[who+1].Start, End: ws[end-1].End}
	if slices.ContainsFunc(c.arms, func(m armMention) bool { return m.Overlaps(did) }) {
		return evidence.OutcomeRef{}, false
	}
	if slices.ContainsFunc(ws[who:end], func(w word) bool { return w.depth > 0 }) || ws[who+1].lower == "improved" {
		return evidence.OutcomeRef{}, false
	}
	if slices.ContainsFunc(ws[who:end], func(w word) bool { return w.lower == "without" }) {
		return evidence.OutcomeRef{Text: f.r.doc.At(did)}, true
	}
	if slices.ContainsFunc(c.outcomes, func(m outcomeMention) bool { return did.Overlaps(m.Span) }) {
		return evidence.OutcomeRef{}, false
	}
	return evidence.OutcomeRef{Text: f.r.doc.At(did), Concept: f.r.outcomeConcept(did, did)}, true
}
