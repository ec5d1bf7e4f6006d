package extract

import (
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
	var out []document.Span
	start, pending := c.Start, false
	for _, w := range c.words {
		for i := range c.ps {
			pending = pending || c.ps[i].P.Of == "" && c.ps[i].Contains(w.Span)
		}
		if pending && w.depth == 0 && (w.lower == ")" || w.lower == "]") {
			out = append(out, document.Span{Start: start, End: w.End})
			start, pending = w.End, false
		}
	}
	if len(out) > 0 {
		out[len(out)-1].End = c.End
	}
	return out
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
	if len(c.arms) == 0 {
		c.arms = head.arms
	}
	if c.compare.Len() == 0 {
		c.compare = head.compare
	}
	if !c.telling.claims() {
		at := c.telling.at
		c.telling = said.telling
		c.telling.at, c.telling.carried = at, true
	}
	c.telling.compares = c.telling.compares || head.telling.compares
}
