package extract

import (
	"slices"
	"strings"

	"github.com/picograph/picograph/graph/vocab"
	"github.com/picograph/picograph/loader/document"
)

// What a clause denies is read here: a negation before a claim, and words behind it that say that it was not seen.

// negated reports whether a negation governs a span: it stands before it in the clause, within its reach.
func (f *finder) negated(c *clause, s document.Span) bool {
	for _, m := range c.cues {
		if m.Cue.Signal == vocab.SignalNegation && m.Cue.Side == vocab.SideBoth && f.deniedBehind(c, s, m.Start) {
			return true // "superiority was not shown"
		}
		if m.Cue.Signal != vocab.SignalNegation || m.End > s.Start || aside(c, document.Span{Start: m.Start, End: m.End}, s) || c.inArm(document.Span{Start: m.Start, End: m.End}) {
			continue
		}
		if lacking[strings.ToLower(m.Cue.Form)] && slices.ContainsFunc(c.words, func(w word) bool {
			return w.Start >= m.End && w.End <= s.Start && finiteVerbs[w.lower]
		}) {
			continue // "days without symptoms were more"
		}
		if opensWithNone(c, m) {
			return true // "neither group could tell more than chance"
		}
		reach := m.Cue.Reach
		if reach == 0 {
			reach = 6
		}
		if f.wordsBetween(c, m.End, s.Start) <= reach {
			return true
		}
	}
	return false
}

// deniedBehind reports whether the words at a place, which say that something was not seen, are told of what a span claims: nothing but the rest
// of its noun phrase stands between.
func (f *finder) deniedBehind(c *clause, claim document.Span, denial int) bool {
	if denial < claim.End || inBrackets(c.words, claim) {
		return false
	}
	for i, w := range c.words {
		if w.depth > 0 || w.Start < claim.Start || w.Start >= denial {
			continue
		}
		if finiteVerbs[w.lower] && !attributive(c.words[i:]) || pronouns[w.lower] || w.lower == "," || w.lower == ";" || w.lower == "but" {
			return false
		}
	}
	return true
}

// notSeen returns the noun by which a clause tells of a change or a difference, without its side, that words at a place say was not seen: the
// "effects" of "effects on sleep were not observed". It is empty where there is none.
func (f *finder) notSeen(c *clause, denial int) string {
	for _, w := range c.words {
		if l := w.lower; w.depth == 0 && w.End <= denial && changeSigns[l] == "" && (strings.HasPrefix(l, "change") || strings.HasPrefix(l, "difference") || l == "effects") && f.deniedBehind(c, w.Span, denial) {
			return l
		}
	}
	return ""
}

// lacking are negations that deny the noun behind them, and nothing that a verb tells.
var lacking = setOf("without", "absence of", "devoid of", "free of", "lack of", "instead of", "rather than")

// inArm reports whether words are part of an arm's name: the "no" of "exercise vs no intervention reduces pain".
func (c *clause) inArm(s document.Span) bool {
	return slices.ContainsFunc(c.arms, func(m armMention) bool { return m.Contains(s) && m.Len() > s.Len() })
}

// opensWithNone reports whether a negation is the subject of its clause: "none of them", "neither group".
func opensWithNone(c *clause, m vocab.CueMention) bool {
	l := strings.ToLower(m.Cue.Form)
	if !strings.HasPrefix(l, "neither") && !strings.HasPrefix(l, "none") {
		return false
	}
	for _, w := range c.words {
		if w.Start >= m.Start {
			return true
		}
		if !clauseOpeners[w.lower] && w.lower != "," {
			return false
		}
	}
	return false
}

// aside reports whether a negation stands in an aside that ends before what it would govern: ", but not B," and "A but not the B group
// showed" deny nothing of A, and "among those in whom it was not achieved," nothing of what came of them.
func aside(c *clause, negation, governed document.Span) bool {
	opened, but, arm, closed := false, false, false, false
	for i, w := range c.words {
		but = but || w.End <= negation.Start && w.lower == "but" && i+1 < len(c.words) && c.words[i+1].Overlaps(negation)
		opened = opened || but || w.End <= negation.Start && (w.lower == "who" || w.lower == "whom")
		if w.Start < negation.End || w.End > governed.Start {
			continue
		}
		arm = arm || slices.ContainsFunc(c.arms, func(m armMention) bool { return m.Contains(w.Span) })
		closed = closed || w.lower == "," && w.depth == 0 || but && arm && finiteVerbs[w.lower]
	}
	return opened && closed
}
