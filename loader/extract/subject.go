package extract

import (
	"slices"
	"strings"

	"github.com/picograph/picograph/loader/document"
)

// subject returns the noun phrase before the verb of a clause.
func (f *finder) subject(c *clause) (document.Span, bool) {
	ws := withoutAdverbial(withoutLabel(c.plainTopic()))
	verb := mainVerb(ws)
	if verb < 1 || pronouns[ws[0].lower] || refersByPronoun(c.topic) {
		return document.Span{}, false
	}
	return trimPhrase(ws[:verb], c.arms)
}

// predicate returns where "was" or "were" stands if what a clause claims is said right behind it: "torque was reduced".
func (f *finder) predicate(c *clause) (at int, ok bool) {
	for i, w := range c.words {
		if w.depth > 0 || w.lower != "was" && w.lower != "were" || w.Start > c.telling.at.Start || i > 0 && c.words[i-1].lower == "there" {
			continue // "there were no differences in" is said of no subject
		}
		for i++; i < len(c.words) && c.words[i].End <= c.telling.at.Start && (strings.HasSuffix(c.words[i].lower, "ly") || c.words[i].lower == "not" || c.words[i].lower == "also"); i++ {
		}
		if i < len(c.words) && c.words[i].Start >= c.telling.at.Start {
			return w.Start, c.telling.at.Len() > 0
		}
	}
	return 0, false
}

// behindClaim reports whether all outcomes that a clause names are guesses by their form alone, and stand behind what is
// claimed of its subject: "torque was reduced after the wash-out period".
func (f *finder) behindClaim(c *clause, subject document.Span) bool {
	be, ok := f.predicate(c)
	return ok && be >= subject.End && len(c.outcomes) > 0 && !slices.ContainsFunc(c.outcomes, func(m outcomeMention) bool {
		return !guessed(m) || m.Start < c.telling.at.End || !c.Contains(m.Span)
	})
}

// guessed reports whether an outcome is known by its form alone: neither announced nor in the vocabulary.
func guessed(m outcomeMention) bool { return m.outcome < 0 && m.ref.Concept == "" }

// ofSubject leaves out, of the outcomes of a clause that is about its subject, those that say more of it: guesses behind the
// claim, "torque was reduced at high speed", how it was measured, "lipids, expressed as area under the curve, were lower",
// and whom it was measured in, "survival of those with high expression was shorter".
func (f *finder) ofSubject(c *clause, ms []outcomeMention) []outcomeMention {
	be, ok := f.predicate(c)
	if !ok || !slices.ContainsFunc(ms, func(m outcomeMention) bool { return m.Start < be }) && slices.ContainsFunc(c.arms, func(a armMention) bool { return a.End <= be }) {
		return ms // an arm is the subject: "A was superior for pain, itch and mood"
	}
	keep := slices.DeleteFunc(slices.Clone(ms), func(m outcomeMention) bool { return m.Start >= be && guessed(m) })
	for k := 1; k < len(keep); k++ {
		if m := keep[k]; m.End <= be && f.saysMore(keep[0].Span, m.Span) {
			keep = slices.Delete(keep, k, k+1)
			k--
		}
	}
	if len(keep) == 0 {
		return ms
	}
	return keep
}

// ofObject leaves out, of the outcomes of a clause whose claim is a verb with one of them as its object, those before the verb: what was
// done is no outcome of "drinking tea reduced eyestrain".
func (f *finder) ofObject(c *clause, ms []outcomeMention) []outcomeMention {
	i := slices.IndexFunc(c.words, func(w word) bool { return w.End == c.telling.at.End })
	if i < 0 || i+1 >= len(c.words) || !verbOfChange(c.words, i) || !slices.ContainsFunc(ms, func(m outcomeMention) bool {
		return m.Start >= c.telling.at.End && f.wordsBetween(c, c.telling.at.End, m.Start) < 2
	}) {
		return ms
	}
	return slices.DeleteFunc(slices.Clone(ms), func(m outcomeMention) bool { return m.End <= c.telling.at.Start && guessed(m) })
}

// saysMore reports whether the words between two names make the second say how, or in whom, the first was measured.
func (f *finder) saysMore(a, b document.Span) bool {
	if b.Start <= a.End {
		return false
	}
	words := f.r.words(document.Span{Start: a.End, End: b.Start})
	if len(words) > 12 || slices.ContainsFunc(words, func(w word) bool { return finiteVerbs[w.lower] || w.lower == "." }) {
		return false
	}
	people := false
	for i, w := range words {
		people = people || personNouns[w.lower] || w.lower == "population" || w.lower == "populations" || w.lower == "tumors" || w.lower == "tumours"
		if people && w.lower == "with" {
			return true
		}
		if (w.lower == "as" || w.lower == "by" || w.lower == "using") && i > 0 && measuredWords[words[i-1].lower] {
			return true
		}
	}
	return false
}
