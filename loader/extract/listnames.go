package extract

import (
	"slices"
	"strings"

	"github.com/picograph/picograph/graph/evidence"
	"github.com/picograph/picograph/loader/annotate"
	"github.com/picograph/picograph/loader/document"
)

// A sentence that tells several outcomes of the same people often prints each number beside the outcome that it is of:
// "toxicities included neutropenia (25%), diarrhea (16%) and rash (9%)", "nausea in 12 (17%) and rash in 8 (11%)", "33% (19/57)
// complete remissions and 49% (28/57) partial remissions". What each is of is read from here.

// listNames returns the outcomes that the results of a clause stand beside, by their index: nothing unless two at least are told
// so, each under a name of its own, or the clause names what the one is one of.
func (f *finder) listNames(c *clause, results []result) map[int]evidence.OutcomeRef {
	names := map[int]evidence.OutcomeRef{}
	var spans []document.Span
	for i := range results {
		s, ok := f.nameBeside(c, results[i].Item)
		if !ok {
			continue
		}
		names[i] = evidence.OutcomeRef{Text: f.grade(c, s) + f.r.doc.At(s), Concept: f.r.outcomeConcept(s, s)}
		if !slices.Contains(spans, s) {
			spans = append(spans, s)
		}
	}
	rate := slices.ContainsFunc(spans, func(s document.Span) bool { // "a response rate of 55%"
		ws := f.r.words(s)
		return rateNouns[ws[len(ws)-1].lower] && strings.HasPrefix(f.r.doc.Text[s.End:], " of ")
	})
	if len(spans) < 2 && !rate && !slices.ContainsFunc(c.words, func(w word) bool { return headsList[w.lower] }) {
		return nil
	}
	return names
}

// headsList are words of what heads a list of outcomes: "the most common reaction was", "severe harms were".
var headsList = setOf("common", "commonest", "commonly", "frequent", "frequently", "events", "toxicities", "reactions", "effects", "harms", "complications")

// outcomesTold returns the outcomes of findings, each once.
func outcomesTold(told []*toldFinding) []evidence.OutcomeRef {
	var out []evidence.OutcomeRef
	for _, d := range told {
		if !slices.Contains(out, d.Outcome) {
			out = append(out, d.Outcome)
		}
	}
	return out
}

// listLeads are words behind which a list of outcomes begins.
var listLeads = setOf("included", "include", "includes", "including", "were", "was", "are", "is", ":", "comprised", "comprise", "as", "being", "namely")

// nameBeside returns the name that a share stands beside in a list: before its bracket, before "in 12 patients", or right behind it.
func (f *finder) nameBeside(c *clause, it annotate.Item) (document.Span, bool) {
	if it.Kind != annotate.Count && it.Kind != annotate.Percent || it.Estimate.Measure != "proportion" {
		return document.Span{}, false
	}
	at := slices.IndexFunc(c.words, func(w word) bool { return w.End > it.Start })
	if at < 1 {
		return document.Span{}, false
	}
	if open := bracketAround(c.words, it.Span); open >= 0 && c.words[at].depth > 0 {
		at = slices.IndexFunc(c.words, func(w word) bool { return w.Start == open })
		return f.nameBefore(c, at)
	}
	if c.words[at-1].lower == "in" && (it.Estimate.Events.Present() || it.Estimate.Percent.Present()) {
		return f.nameBefore(c, at-1)
	}
	switch l := c.words[at-1].lower; {
	case l == "of" && at > 1 && rateNouns[c.words[at-2].lower]:
		return f.rateBefore(c, at-1)
	case l == "and", l == ",", l == "with":
		if s, ok := f.nameInside(c, it); ok {
			return s, ok
		}
		return f.nameBehind(c, it)
	}
	return f.nameInside(c, it)
}

// befalls are verbs whose object is what happened to people.
var befalls = setOf("experienced", "developed", "had", "achieved", "attained", "suffered", "obtained")

// rateBefore returns the name of a rate that ends before word k of a clause: "an objective response rate" of 55%.
func (f *finder) rateBefore(c *clause, k int) (document.Span, bool) {
	from := k
	for from > 0 && !nameStop(c.words[from-1]) && !determiners[c.words[from-1].lower] && c.words[from-1].lower != "for" && c.words[from-1].lower != "to" && c.words[from-1].lower != "with" {
		from--
	}
	return f.listName(c, c.words[from:k])
}

// rateNouns end names before "of" and a share: "an objective response rate of 55%".
var rateNouns = setOf("rate", "rates", "incidence", "prevalence")

// nameInside returns the name that stands between a count and its percentage: "one partial remission (4%)", "12 patients had stable
// disease (44%)".
func (f *finder) nameInside(c *clause, it annotate.Item) (document.Span, bool) {
	if it.Kind != annotate.Count || !it.Estimate.Percent.Present() {
		return document.Span{}, false
	}
	ws := slices.DeleteFunc(wordsWithin(c.words, it.Span), func(w word) bool { return w.depth > 0 || isBracket(w.lower) })
	if len(ws) > 0 {
		ws = ws[1:]
	}
	befell := false
	if i := slices.IndexFunc(ws, func(w word) bool { return finiteVerbs[w.lower] || befalls[w.lower] }); i >= 0 {
		befell = befalls[ws[i].lower]
		ws = ws[i+1:]
	}
	s, ok := f.listName(c, ws)
	return s, ok && (befell || f.r.outcomeConcept(s, s) != "")
}

// nameBefore returns the name that ends before word k of a clause and begins behind the item of the list before it, or behind the
// words that open the list.
func (f *finder) nameBefore(c *clause, k int) (document.Span, bool) {
	from := k
	for from > 0 && (!nameStop(c.words[from-1]) || from > 1 && changedWords[c.words[from-1].lower] && nameStop(c.words[from-2])) { // "increased prolactin"
		from--
	}
	if from == 0 || from == k || c.words[from-1].depth > 0 {
		return document.Span{}, false
	}
	if !listLeads[c.words[from-1].lower] && !f.behindItem(c, from-1) {
		return document.Span{}, false
	}
	return f.listName(c, c.words[from:k])
}

// changedWords say in a name that something was too high or too low.
var changedWords = setOf("increased", "decreased", "reduced", "elevated", "raised", "lowered", "worsened")

// nameStop reports whether a word can stand before an item of a list, and in none.
func nameStop(w word) bool {
	return listLeads[w.lower] || joint(w.lower) || w.lower == "or" || w.lower == ";" || isBracket(w.lower) || finiteVerbs[w.lower]
}

// behindItem reports whether the comma or "and" at a place follows an item of a list with its number: ", " behind "nausea (12%)",
// "nausea in 12 (17%)" or "nausea in 17% of patients".
func (f *finder) behindItem(c *clause, k int) bool {
	for k > 0 && (joint(c.words[k].lower) || c.words[k].lower == "or") {
		k--
	}
	end := c.words[k].End
	return slices.ContainsFunc(c.results, func(it annotate.Item) bool {
		return it.End <= end && (it.End == end || c.words[k].lower == ")" || c.words[k].lower == "]" || personNouns[c.words[k].lower]) && f.wordsBetween(c, it.End, end) < 4
	})
}

// nameBehind returns the name that stands right behind a share: "33% (19/57) complete remissions".
func (f *finder) nameBehind(c *clause, it annotate.Item) (document.Span, bool) {
	from := slices.IndexFunc(c.words, func(w word) bool { return w.Start >= it.End })
	if from < 0 {
		return document.Span{}, false
	}
	to := from
	for to < len(c.words) && !nameStop(c.words[to]) && c.words[to].lower != "." && c.words[to].lower != "with" {
		to++
	}
	s, ok := f.listName(c, c.words[from:to])
	return s, ok && f.r.outcomeConcept(s, s) != ""
}

// listName returns the span of words that can be the name of an outcome in a list.
func (f *finder) listName(c *clause, ws []word) (document.Span, bool) {
	for len(ws) > 0 && (determiners[ws[0].lower] || ws[0].lower == "a") {
		ws = ws[1:]
	}
	if len(ws) == 0 || len(ws) > 6 || comparative(ws[0].lower) || digitStart(ws[0].lower) || !slices.ContainsFunc(ws, func(w word) bool { return !degreeWords[w.lower] }) {
		return document.Span{}, false
	}
	s := document.Span{Start: ws[0].Start, End: ws[len(ws)-1].End}
	for _, w := range ws {
		if w.depth > 0 || personNouns[w.lower] || armNouns[w.lower] || againstWords[w.lower] || w.lower == "than" || w.lower == "in" || w.lower == "with" || w.lower == "%" || digitStart(w.lower) && len(w.lower) < 4 && !gradeWords[ws[0].lower] {
			return document.Span{}, false
		}
	}
	if slices.ContainsFunc(c.arms, func(m armMention) bool { return m.Overlaps(s) }) || f.describesPeople(c.sentence, s) || len(topicWords(f.r.doc.At(s))) == 0 {
		return document.Span{}, false
	}
	return s, true
}

// degreeWords name no outcome by themselves.
var degreeWords = setOf("low", "lower", "very", "high", "higher", "normal", "moderate", "mild", "severe", "none", "both", "other", "others", "yes", "no")

// gradeWords open the names of outcomes that are told by their severity.
var gradeWords = setOf("grade", "grades")

// grade returns the grade that the head of a list gives to all of it, with a space: "Grade 3 or 4 toxicities included".
func (f *finder) grade(c *clause, s document.Span) string {
	i := slices.IndexFunc(c.words, func(w word) bool { return gradeWords[w.lower] })
	if i < 0 || c.words[i].Start >= s.Start {
		return ""
	}
	to := i + 1
	for to < len(c.words) && (digitStart(c.words[to].lower) || len(c.words[to].lower) < 4 && !isBracket(c.words[to].lower) && c.words[to].lower != "," || c.words[to].lower == "higher") {
		to++
	}
	if to == i+1 || c.words[to-1].End > s.Start || slices.ContainsFunc(c.words[:i], func(w word) bool { return listLeads[w.lower] }) {
		return ""
	}
	return strings.ToLower(f.r.doc.At(document.Span{Start: c.words[i].Start, End: c.words[to-1].End})) + " "
}
