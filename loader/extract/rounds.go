package extract

import (
	"slices"
	"strings"

	"github.com/picograph/picograph/graph/evidence"
	"github.com/picograph/picograph/loader/annotate"
	"github.com/picograph/picograph/loader/document"
)

// rounds splits a clause that tells several results, each with its own P value, where each P value's bracket ends: "60%
// and 47% at 6 weeks (P = .009), 42% and 31% at 12 weeks (P = .02)", "less pain (P = .01), less fatigue (P = .03)". A
// clause whose P values test the changes of single arms is left whole. So is a list of outcomes with their numbers in
// brackets, where each begins.
func (f *finder) rounds(c *clause) []document.Span {
	changes, own := 0, 0
	for _, it := range c.results {
		if it.Kind == annotate.Change {
			changes++
		}
	}
	for i := range c.ps {
		if c.ps[i].P.Of == "" {
			own++
		}
	}
	if changes > 0 {
		return nil
	}
	if own < 2 {
		if parts := f.items(c); len(parts) > 1 {
			return parts
		}
		return f.comparatives(c)
	}
	if parts := f.leading(c); len(parts) > 1 {
		return parts
	}
	var out []document.Span
	start, pending := c.Start, false
	for _, w := range c.words {
		for i := range c.ps {
			pending = pending || c.ps[i].P.Of == "" && c.ps[i].Contains(w.Span)
		}
		if pending && (w.depth == 0 && (w.lower == ")" || w.lower == "]") || w.depth == 1 && w.lower == ";" && f.restsTested(c, w)) {
			end := w.End
			if w.depth == 0 {
				end = f.armBehind(c, w.End)
			}
			out = append(out, document.Span{Start: start, End: end})
			start, pending = end, false
		}
	}
	if len(out) > 0 {
		out[len(out)-1].End = c.End
	}
	return out
}

// restsTested reports whether each part of a bracket from a semicolon on has values and a P value: "(2 vs 3, P = .1; 4 vs 5, P = .2)".
// Values of which the bracket itself says whose they are do not compare arms.
func (f *finder) restsTested(c *clause, semicolon word) bool {
	results, ps := 0, 0
	at := bracketAround(c.words, semicolon.Span)
	for _, it := range c.results {
		if bracketAround(c.words, it.Span) != at {
			continue
		}
		if it.Kind == annotate.Effect {
			return false
		}
		if it.Start > semicolon.End {
			results++
		}
	}
	if slices.ContainsFunc(c.arms, func(m armMention) bool { return bracketAround(c.words, m.Span) == at }) {
		return false
	}
	for i := range c.ps {
		if p := &c.ps[i]; p.Start > semicolon.End && p.P.Of == "" && bracketAround(c.words, p.Span) == at {
			ps++
		}
	}
	parts := 1
	for _, w := range c.words {
		if w.Start > semicolon.Start && w.depth == 0 {
			break
		}
		if w.Start > semicolon.Start && w.lower == ";" {
			parts++
		}
	}
	return ps == parts && results >= 2*parts
}

// leading splits a clause whose P values each stand before what they are of, behind "significant", where the next one
// starts: "a significant (P < .01) reduction in anger and a significant (P = .02) gain in vigor".
func (f *finder) leading(c *clause) []document.Span {
	var out []document.Span
	start := c.Start
	for k := range c.ps {
		i := slices.IndexFunc(c.words, func(w word) bool {
			return w.depth == 0 && isBracket(w.lower) && w.Start == bracketAround(c.words, c.ps[k].Span)
		})
		if i < 1 || !strings.HasPrefix(c.words[i-1].lower, "significan") {
			return nil
		}
		for i--; i > 0 && (strings.HasPrefix(c.words[i].lower, "significan") || strings.HasPrefix(c.words[i].lower, "statistical") || determiners[c.words[i].lower]); i-- {
		}
		told := f.namesOutcome(c, document.Span{Start: start, End: c.words[i].Start})
		if k == 0 && !(joint(c.words[i].lower) && told) {
			continue
		}
		if !joint(c.words[i].lower) {
			return nil
		}
		out = append(out, document.Span{Start: start, End: c.words[i].Start})
		start = c.words[i].Start
	}
	return append(out, document.Span{Start: start, End: c.End})
}

// outcomesInTurn returns the outcomes that a clause lists before its first result where each round but the first tells
// numbers alone, of one of them in turn: "A, B and C were 4 vs 5 (P = .1), 6 vs 7 (P = .2) and 8 vs 9 (P = .3), respectively".
func (f *finder) outcomesInTurn(c *clause, rounds []document.Span) []outcomeMention {
	if len(c.results) == 0 {
		return nil
	}
	open := bracketAround(c.words, c.results[0].Span)
	bracketed := open >= 0 && open == bracketAround(c.words, c.results[len(c.results)-1].Span)
	if !bracketed && !c.has("respectively") {
		return nil
	}
	ms := f.aboutOutcomes(c)
	if len(ms) == len(rounds) && len(ms) == len(c.outcomes) && ms[len(ms)-1].End <= rounds[0].End {
		return ms
	}
	if bracketed {
		return f.itemsInTurn(c, len(rounds))
	}
	return nil
}

// itemsInTurn returns the n outcomes that a clause lists as its subject, or nil where it does not list so many.
func (f *finder) itemsInTurn(c *clause, n int) []outcomeMention {
	ws := withoutAdverbial(withoutLabel(c.plain()))
	verb := mainVerb(ws)
	if verb < 1 || ws[verb].Start > c.results[0].Start {
		return nil
	}
	var out []outcomeMention
	from := 0
	for k, w := range ws[:verb+1] {
		if k < verb && w.lower != "," && w.lower != "and" {
			continue
		}
		item := ws[from:k]
		for len(item) > 0 && (determiners[item[0].lower] || strings.HasSuffix(item[0].lower, "ly")) {
			item = item[1:]
		}
		if from = k + 1; len(item) == 0 {
			continue
		}
		s := document.Span{Start: item[0].Start, End: item[len(item)-1].End}
		if slices.ContainsFunc(c.arms, func(m armMention) bool { return m.Overlaps(s) }) {
			return nil
		}
		out = append(out, outcomeMention{Span: s, ref: f.inTurn(c, s), outcome: -1, own: true})
	}
	if len(out) != n {
		return nil
	}
	return out
}

// inTurn names an outcome of a list: as the clause knows it where it is the whole item.
func (f *finder) inTurn(c *clause, s document.Span) evidence.OutcomeRef {
	for _, m := range c.outcomes {
		if m.Contains(s) || s.Contains(m.Span) && s.Len()-m.Len() < 6 {
			return m.ref
		}
	}
	return f.resolve(s)
}

// armBehind returns where the arm ends of which a result in a bracket is told, where it stands right behind the bracket and
// another result follows: "0.78 (P < .001) in A and 0.65 (P = .001) in B". It returns at where none does.
func (f *finder) armBehind(c *clause, at int) int {
	for _, m := range f.singleArms(c) {
		if m.Start < at || !f.saidOf(c, document.Span{Start: at, End: at}, m.Span) {
			continue
		}
		i := slices.IndexFunc(c.words, func(w word) bool { return w.Start >= m.End && !armNouns[w.lower] })
		if i >= 0 && joint(c.words[i].lower) && f.saidAgain(c, m.End) {
			return c.words[i].Start
		}
		return at
	}
	return at
}

// saidAgain reports whether a result with an arm right behind it stands behind a place.
func (f *finder) saidAgain(c *clause, from int) bool {
	for _, m := range f.singleArms(c) {
		for i := range c.ps {
			p := &c.ps[i]
			end := slices.IndexFunc(c.words, func(w word) bool { return w.Start >= p.End && w.depth == 0 })
			if p.Start >= from && end >= 0 && f.saidOf(c, document.Span{Start: p.End, End: c.words[end].End}, m.Span) {
				return true
			}
		}
	}
	return false
}

// roundsInTurn returns the arms of rounds that tell one value each of the arms that the clause names behind them, in the
// same order: "-29% (P = .02) and -8% (P = .4) with A and B, respectively"; nil where they do not.
func (f *finder) roundsInTurn(c *clause, rounds []document.Span) []armMention {
	arms := f.singleArms(c)
	if len(arms) != len(rounds) || !c.has("respectively") || len(c.results) != len(rounds) {
		return nil
	}
	for k, it := range c.results {
		if !rounds[k].Contains(it.Span) || k > 0 && it.Start < c.results[k-1].End || arms[0].Start < it.End {
			return nil
		}
	}
	return arms
}

// goOn takes from the head of a list of results what a later one leaves unsaid: the arms, what is compared; and the claim
// from the one before that made one.
func (c *clause) goOn(head, said *clause) {
	if len(c.arms) == 0 && betweenKinds(c.words).Len() == 0 {
		c.arms = head.arms
		directed := c.telling.signal != "" && !c.telling.negated && !c.telling.compares && !head.telling.compares
		if directed && len(c.arms) > 0 && slices.ContainsFunc(c.results, func(it annotate.Item) bool { return it.Kind == annotate.Value }) {
			c.telling.change = true // "an increase in A (1.2, P = .01) and B (2.1, P = .02) in C": the head names the arm
		}
	}
	if c.compare.Len() == 0 || head.compare.Len() > 0 && inBrackets(c.words, c.compare) && !inBrackets(head.words, head.compare) {
		c.compare = head.compare
	}
	if !c.telling.claims() {
		at := c.telling.at
		c.telling = said.telling
		c.telling.at, c.telling.carried = at, true
	}
	c.telling.compares = c.telling.compares || head.telling.compares
}
