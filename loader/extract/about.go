package extract

import (
	"cmp"
	"slices"
	"strings"

	"github.com/picograph/picograph/graph/evidence"
	"github.com/picograph/picograph/graph/vocab"
	"github.com/picograph/picograph/loader/annotate"
	"github.com/picograph/picograph/loader/document"
)

// outcomesOf returns the outcomes that a clause is about. A clause that names none is about its topic phrase, else
// about what the clause before it was about.
func (f *finder) outcomesOf(c *clause) []evidence.OutcomeRef {
	if o, ok := f.responder(c); ok {
		return []evidence.OutcomeRef{o}
	}
	var out []evidence.OutcomeRef
	for _, m := range f.aboutOutcomes(c) {
		if ref := f.announcedFor(m); !slices.Contains(out, ref) {
			out = append(out, ref)
		}
	}
	if len(out) > 0 {
		return out
	}
	if s, ok := topicPhrase(c.topic, c.Span, c.arms); ok && !refersByPronoun(c.topic) && len(topicWords(f.r.doc.At(s))) > 0 {
		return f.topics(c, s)
	}
	if o, ok := f.happened(c); ok {
		return []evidence.OutcomeRef{o}
	}
	if f.last != nil && len(f.last.outcomes) > 0 && f.last.sentence >= c.sentence-1 {
		return []evidence.OutcomeRef{f.announcedFor(f.last.outcomes[0])}
	}
	return nil
}

// happened returns as outcome the verb of a clause of which an arm is the subject: "A was discontinued in 24/73".
func (f *finder) happened(c *clause) (evidence.OutcomeRef, bool) {
	for i := 1; i+2 < len(c.words) && i < 9; i++ {
		if l := c.words[i].lower; l != "was" && l != "were" {
			continue
		}
		verb := c.words[i+1]
		if l := c.words[i+2].lower; l != "in" && l != "by" || !strings.HasSuffix(verb.lower, "ed") || claimVerbs[verb.lower] {
			return evidence.OutcomeRef{}, false
		}
		if !slices.ContainsFunc(c.arms, func(a armMention) bool { return !a.every && a.End <= c.words[i].Start }) {
			return evidence.OutcomeRef{}, false
		}
		return f.resolve(verb.Span), true
	}
	return evidence.OutcomeRef{}, false
}

// claimVerbs are participles that tell of a result rather than of what happened.
var claimVerbs = setOf("observed", "noted", "reported", "detected", "recorded", "associated", "compared", "reduced", "increased", "decreased", "improved", "randomized", "randomised",
	"assigned", "allocated", "included", "enrolled", "evaluated", "analyzed", "analysed", "performed", "administered", "used", "assessed", "measured")

// announcedFor returns the announced outcome that a mention stands for: itself, or the only one of a narrower or related
// concept ("opioid use" where days of opioid use were announced).
func (f *finder) announcedFor(m outcomeMention) evidence.OutcomeRef {
	if m.outcome >= 0 || m.own || m.ref.Concept == "" {
		return m.ref
	}
	k, ok := f.r.vocab.Concept(m.ref.Concept)
	if !ok {
		return m.ref
	}
	var fits []evidence.OutcomeRef
	for _, o := range f.t.study.Outcomes {
		if o.Concept == "" || o.Concept == m.ref.Concept || strings.Contains(o.Text+o.Definition, "%") {
			continue // the share that passes a threshold is an outcome of its own
		}
		if f.r.vocab.IsA(o.Concept, m.ref.Concept) || k.Type == vocab.TypeOutcome && slices.Contains(k.Related, o.Concept) {
			fits = append(fits, evidence.OutcomeRef{Text: o.Text, Concept: o.Concept, Role: o.Role})
		}
	}
	if len(fits) == 1 {
		return fits[0]
	}
	return m.ref
}

// responder finds the announced outcome that a clause with counts tells as a change past a threshold: "dose fell by at
// least 50% in 20/40" is of "50% or greater reduction in dose".
func (f *finder) responder(c *clause) (evidence.OutcomeRef, bool) {
	if !slices.ContainsFunc(c.results, func(it annotate.Item) bool { return it.Kind == annotate.Count }) {
		return evidence.OutcomeRef{}, false
	}
	for _, it := range f.r.sentences[c.sentence].Items {
		if it.Kind != annotate.Quantity || it.Measured.Unit != "%" || !c.Contains(it.Span) {
			continue
		}
		words := topicWords(f.r.doc.At(c.Span))
		for _, o := range f.t.study.Outcomes {
			text := o.Text + " " + o.Definition
			if !strings.Contains(text, string(it.Measured.Value)+"%") {
				continue
			}
			if slices.ContainsFunc(topicWords(text), func(w string) bool { return slices.Contains(words, w) }) {
				return evidence.OutcomeRef{Text: o.Text, Concept: o.Concept, Role: o.Role}, true
			}
		}
	}
	return evidence.OutcomeRef{}, false
}

// resolve names the outcome of a topic phrase: the announced outcome, or the one told of last, whose words it repeats
// ("dosage" after "average daily dosage of opioids", "scores" after "summary scores"), else the phrase itself.
func (f *finder) resolve(s document.Span) evidence.OutcomeRef {
	ref := evidence.OutcomeRef{Text: f.r.doc.At(s)}
	words := topicWords(ref.Text)
	if len(words) == 0 {
		return ref
	}
	var fits []evidence.OutcomeRef
	for _, o := range f.t.study.Outcomes {
		if allAmong(words, topicWords(o.Text)) {
			fits = append(fits, evidence.OutcomeRef{Text: o.Text, Concept: o.Concept, Role: o.Role})
		}
	}
	if len(fits) == 1 {
		return fits[0]
	}
	for i := len(f.found) - 1; i >= 0; i-- {
		if o := f.found[i].Outcome; f.found[i].Kind != evidence.Baseline && allAmong(words, topicWords(o.Text)) {
			return o
		}
	}
	return ref
}

// refersByPronoun reports whether a clause opens with a pronoun for what was told before: "It fell more with ...".
func refersByPronoun(words []word) bool {
	ws := withoutAdverbial(words)
	return len(ws) > 1 && (ws[0].lower == "it" || ws[0].lower == "this" && finiteVerbs[ws[1].lower])
}

// topicWords returns the words of a phrase that say what it is about, in lower case.
func topicWords(text string) []string {
	var out []string
	for _, w := range wordsOf(text, document.Span{End: len(text)}) {
		if len(w.lower) > 2 && !determiners[w.lower] && !phraseStops[w.lower] && !auxiliaries[w.lower] && !changeNouns[w.lower] {
			out = append(out, strings.TrimSuffix(w.lower, "s"))
		}
	}
	return out
}

func allAmong(words, of []string) bool {
	for _, w := range words {
		if !slices.Contains(of, w) {
			return false
		}
	}
	return len(words) > 0
}

// aboutOutcomes returns, of the outcomes that a clause names, those that its results are of: those that stand together
// ("pain interference or physical function"), nearest to the words that claim a direction.
func (f *finder) aboutOutcomes(c *clause) []outcomeMention {
	ms := slices.Clone(c.outcomes)
	if c.compare.Len() > 0 && !inBrackets(c.words, c.compare) { // what is named behind "than" or "vs" is what is compared with
		if head := slices.DeleteFunc(slices.Clone(ms), func(m outcomeMention) bool { return m.Start >= c.compare.End }); len(head) > 0 {
			ms = head
		}
	}
	if end := f.opener(c); end > c.Start {
		if rest := slices.DeleteFunc(slices.Clone(ms), func(m outcomeMention) bool { return m.End <= end }); len(rest) > 0 {
			ms = rest
		}
	}
	if len(ms) < 2 {
		return ms
	}
	slices.SortStableFunc(ms, func(a, b outcomeMention) int { return cmp.Compare(a.Start, b.Start) })
	best := 0
	if c.telling.at.Len() > 0 {
		far := func(m outcomeMention) int {
			if m.outcome < 0 && m.ref.Concept == "" {
				return gap(m.Span, c.telling.at) + tagsYield
			}
			return gap(m.Span, c.telling.at)
		}
		for i, m := range ms {
			if far(m) < far(ms[best]) {
				best = i
			}
		}
	}
	out := []outcomeMention{ms[best]}
	for i := best - 1; i >= 0 && f.listed(c, ms[i].Span, out[0].Span); i-- {
		out = slices.Insert(out, 0, ms[i])
	}
	for i := best + 1; i < len(ms) && f.listed(c, out[len(out)-1].Span, ms[i].Span); i++ {
		out = append(out, ms[i])
	}
	if tail := wordsOf(f.r.doc.Text, document.Span{Start: out[len(out)-1].End, End: max(out[len(out)-1].End, c.End)}); len(tail) > 1 && tail[0].lower == "among" && tail[1].lower == "them" {
		out = out[:1] // what stands before "among them" are examples of the first
	}
	return out
}

// opener returns where the words end that say of whom or when a clause tells before it tells anything: "Among infants in
// their first days,". It returns the start of the clause where it has none.
func (f *finder) opener(c *clause) int {
	ws := clauseWords(c.words, c.Span)
	rest := withoutAdverbial(ws)
	if len(rest) == 0 || len(rest) == len(ws) || ws[0].lower == "of" || ws[0].lower == "compared" || ws[0].lower == "both" {
		return c.Start
	}
	return rest[0].Start
}

// listed reports whether two mentions stand side by side in a list: nothing but "and", "or", commas, times and
// brackets between them.
func (f *finder) listed(c *clause, a, b document.Span) bool {
	if a.End > b.Start {
		return false
	}
	for _, w := range wordsOf(f.r.doc.Text, document.Span{Start: a.End, End: b.Start}) {
		if w.depth == 0 && !isBracket(w.lower) && !betweenItems[w.lower] && !determiners[w.lower] && !slices.ContainsFunc(f.r.sentences[c.sentence].Items, func(it annotate.Item) bool {
			return it.Kind == annotate.Time && it.Contains(w.Span)
		}) {
			return false
		}
	}
	return true
}

// betweenItems are the words that may stand between the items of a list, besides times and what is in brackets.
var betweenItems = setOf("and", "or", ",", "nor", "in", "at", "the", "as", "well", "mean")

// gap returns the number of bytes between two spans, zero when they overlap.
func gap(a, b document.Span) int {
	switch {
	case a.End <= b.Start:
		return b.Start - a.End
	case b.End <= a.Start:
		return a.Start - b.End
	}
	return 0
}
