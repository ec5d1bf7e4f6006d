package extract

import (
	"slices"
	"strings"

	"github.com/picograph/picograph/graph/vocab"
	"github.com/picograph/picograph/loader/document"
)

// What a clause claims can be said by how much: of a change that is named, "a greater reduction", "the improvement was smaller", or of how
// well something was done, "effective in reducing". Which way the outcome went follows from both.

// changeSigns are nouns of change and where the thing that changed went.
var changeSigns = map[string]string{
	"reduction": vocab.SignalDown, "reductions": vocab.SignalDown, "decrease": vocab.SignalDown, "decreases": vocab.SignalDown,
	"decline": vocab.SignalDown, "declines": vocab.SignalDown, "fall": vocab.SignalDown, "drop": vocab.SignalDown, "loss": vocab.SignalDown,
	"attenuation": vocab.SignalDown, "elevation": vocab.SignalUp, "elevations": vocab.SignalUp, "enhancement": vocab.SignalUp, "enhancements": vocab.SignalUp,
	"increase": vocab.SignalUp, "increases": vocab.SignalUp, "increment": vocab.SignalUp, "increments": vocab.SignalUp, "rise": vocab.SignalUp, "gain": vocab.SignalUp, "gains": vocab.SignalUp,
	"effect": vocab.SignalBetter, "improvement": vocab.SignalBetter, "improvements": vocab.SignalBetter, "worsening": vocab.SignalWorse, "deterioration": vocab.SignalWorse,
}

// amountOf returns what a cue says where it is the amount of a change that is named behind it: "a greater pain reduction"
// went down more, "a smaller weight gain" went up less. Any other cue keeps its signal.
func (f *finder) amountOf(c *clause, s document.Span, signal string) string {
	more := map[string]bool{"greater": true, "larger": true, "more": true, "higher": true, "smaller": false, "less": false, "lower": false}
	cue, likely := strings.ToLower(f.r.doc.At(s)), false
	if before, _, ok := strings.Cut(cue, " likely"); ok {
		cue, likely = before, true
	}
	up, amount := more[lastWord(cue)]
	if !amount {
		if said := f.amountBehind(c, s); said == "smaller" || said == "less" || said == "lower" {
			return opposite[signal]
		}
		return signal
	}
	if to := f.amountAhead(c, s); to != "" {
		if !up {
			to = opposite[to]
		}
		return to
	}
	n, most, had := 0, 4, false
	for i, w := range c.words {
		if w.Start < s.End {
			continue
		}
		if n == 0 && likely && (w.lower == "to" || hadVerbs[w.lower]) {
			had = had || w.lower != "to"
			continue // "more likely to have an improvement in pain"
		}
		if likely && !had {
			return signal // "more likely to drop out"
		}
		if n == 0 && (w.lower == "had" || w.lower == "showed" || w.lower == "reported" || w.lower == "achieved") {
			n, most = 1, 9 // "more had a reduction of smoking by half"
			continue
		}
		if w.lower == "adverse" || w.lower == "side" || w.lower == "harmful" {
			return signal
		}
		if n++; n > most || finiteVerbs[w.lower] && changeSigns[w.lower] == "" || phraseStops[w.lower] || w.depth > 0 {
			return signal
		}
		if w.lower == "loss" && (likely || i > 0 && lostThings[c.words[i-1].lower]) {
			return signal // "higher blood loss" and "more likely to have a loss of diagnosis" are more of it
		}
		if changeSigns[w.lower] != "" && f.outcomeEndsIn(c, w) {
			return signal // "greater weight loss" is more of it
		}
		if to := changeSigns[w.lower]; to != "" {
			if !up {
				to = opposite[to]
			}
			return to
		}
	}
	return signal
}

// amountAhead returns where what changed went that a cue of amount is said of right behind its verb: "reductions in pain were larger with A".
func (f *finder) amountAhead(c *clause, s document.Span) string {
	ws := c.plain()
	at := slices.IndexFunc(ws, func(w word) bool { return w.Start >= s.Start })
	for at--; at > 0 && strings.HasSuffix(ws[at].lower, "ly"); at-- {
	}
	if at < 1 || ws[at].lower != "was" && ws[at].lower != "were" || at+1 < len(ws) && ws[at+1].depth > 0 {
		return ""
	}
	if noun := ws[at-1].lower; noun != "effect" && noun != "loss" { // "weight loss" is measured as such
		return changeSigns[noun]
	}
	return ""
}

// hadVerbs stand before what somebody was likely to have.
var hadVerbs = setOf("have", "experience", "show", "report", "achieve", "see", "attain", "demonstrate", "exhibit", "a", "an", "any", "some")

// outcomeEndsIn reports whether a noun of change is the last word of what an outcome is called by the vocabulary: the "loss" of "weight loss".
func (f *finder) outcomeEndsIn(c *clause, w word) bool {
	return slices.ContainsFunc(c.outcomes, func(m outcomeMention) bool {
		if !m.Contains(w.Span) {
			return false
		}
		k, ok := f.r.vocab.Concept(f.announcedFor(m).Concept)
		return ok && lastWord(strings.ToLower(k.Label)) == w.lower
	})
}

// effectOf returns what was done to an outcome where a cue judges it to be done well: "effective in reducing X" is of less of it.
func (f *finder) effectOf(c *clause, s document.Span, signal string) string {
	if signal != vocab.SignalBetter && signal != vocab.SignalWorse || !strings.Contains(strings.ToLower(f.r.doc.At(s)), "effective") {
		return signal
	}
	said := ""
	for _, w := range c.words {
		if to := changingSigns[w.lower]; to != "" && w.Start >= s.End-len(w.lower) && w.depth == 0 {
			if said != "" && said != to {
				return signal // "in increasing X and reducing Y"
			}
			said = to
		}
	}
	switch {
	case said == "":
		return signal
	case signal == vocab.SignalWorse:
		return opposite[said]
	}
	return said
}

// changingSigns are the verbs by which a purpose is told, with where the thing goes that is changed so.
var changingSigns = map[string]string{
	"reducing": vocab.SignalDown, "decreasing": vocab.SignalDown, "lowering": vocab.SignalDown, "preventing": vocab.SignalDown, "alleviating": vocab.SignalDown, "relieving": vocab.SignalDown, "shortening": vocab.SignalDown,
	"increasing": vocab.SignalUp, "raising": vocab.SignalUp, "enhancing": vocab.SignalUp, "prolonging": vocab.SignalUp,
}

// amountBehind returns the comparative that is said of a noun of change behind its verb: "smaller" of "the improvement in pain was
// significantly smaller".
func (f *finder) amountBehind(c *clause, s document.Span) string {
	ws := wordsIn(c.words, s)
	if len(ws) == 0 || ws[0].depth > 0 || changeSigns[ws[0].lower] == "" {
		return ""
	}
	verb := slices.IndexFunc(c.words, func(w word) bool { return w.Start >= s.End && w.depth == 0 && finiteVerbs[w.lower] })
	if verb < 0 || c.words[verb].lower != "was" && c.words[verb].lower != "were" {
		return ""
	}
	for _, w := range c.words[verb+1:] {
		if comparative(w.lower) {
			return w.lower
		}
		if !strings.HasSuffix(w.lower, "ly") && w.lower != "also" {
			break
		}
	}
	return ""
}

// lostThings are what is measured by how much of it was lost.
var lostThings = setOf("blood", "hearing", "hair", "tooth", "fluid", "vision", "fetal", "pregnancy")
