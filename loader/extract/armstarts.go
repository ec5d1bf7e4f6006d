package extract

import (
	"slices"
	"strings"

	"github.com/picograph/picograph/loader/document"
)

// Where a list of arms starts is told by the words before it: "randomised to", "to compare the effects of", "the following:".

// colonAnnounces reports whether the colon at a place stands behind words that announce what was done with groups: "the following:",
// "two regimens:".
func colonAnnounces(ws []word, i int) bool {
	if ws[i-1].lower == "following" {
		return slices.ContainsFunc(ws[max(0, i-7):i-1], func(w word) bool { return receptionVerbs[w.lower] || allocationVerbs[w.lower] || groupNouns[w.lower] })
	}
	return (groupNouns[ws[i-1].lower] || givenPlurals[ws[i-1].lower] || ws[i-1].lower == "occasions" || ws[i-1].lower == "visits") && slices.ContainsFunc(ws[max(0, i-5):i-1], func(w word) bool { return countWord(w.lower) })
}

// enumeratedGroups returns the places where the numbered items of a list start that has as many as the words before it say: "three
// sessions 72 h apart: 1) A, 2) B, and 3) C".
func enumeratedGroups(ws []word, text string) []int {
	marks := enumerated(ws, text)
	if len(marks) < 2 {
		return nil
	}
	for k, w := range ws[:marks[0]] {
		if !countWord(w.lower) || countOf(w.lower) != len(marks) {
			continue
		}
		for _, x := range ws[k+1 : min(marks[0], k+5)] {
			if groupPlurals[x.lower] || givenPlurals[x.lower] || x.lower == "occasions" || x.lower == "visits" {
				return marks
			}
		}
	}
	return nil
}

// bothInTurn reports whether a verb of receiving tells what everybody received one after the other: "received both A and B
// in random order".
func bothInTurn(ws []word, i int) bool {
	if i+1 < len(ws) && ws[i+1].lower != "both" { // "received A and B in a randomised order"
		for k := i + 2; k+2 < len(ws) && k < i+14 && ws[k].lower != "." && ws[k].lower != ";"; k++ {
			if ws[k].lower == "in" && slices.ContainsFunc(ws[k+1:min(len(ws), k+4)], func(w word) bool { return strings.HasPrefix(w.lower, "random") }) &&
				slices.ContainsFunc(ws[k+1:min(len(ws), k+5)], func(w word) bool { return w.lower == "order" || w.lower == "sequence" }) {
				return slices.ContainsFunc(ws[i+1:k], func(w word) bool { return w.lower == "and" })
			}
		}
		return false
	}
	if i+1 >= len(ws) {
		return false
	}
	return slices.ContainsFunc(ws[i:], func(w word) bool {
		return w.lower == "order" || w.lower == "sequence" || w.lower == "crossover" || w.lower == "cross-over"
	})
}

// inTurnAt returns the place behind "respectively" where it opens a list, or 0: "the groups received, respectively, A, B or C".
func inTurnAt(ws []word, i int) int {
	if i < len(ws) && ws[i].lower == "," {
		i++
	}
	if i+1 >= len(ws) || ws[i].lower != "respectively" {
		return 0
	}
	if i++; ws[i].lower == "," || ws[i].lower == ":" {
		i++
	}
	return i
}

// describesPeople reports whether a verb of receiving tells who the people are rather than what they were given: "adults
// who had received", "not receiving".
func describesPeople(ws []word, i int) bool {
	for j := i; j >= 0 && j > i-5; j-- {
		switch ws[j].lower {
		case "randomly":
			return false
		case "without", "not", "never":
			if j > i-3 {
				return true
			}
		case "who", "receiving", "undergoing", "previously", "had", "whose":
			return true
		}
	}
	return false
}

// allocatedTo returns where the list behind a verb of allocation starts, or 0.
func allocatedTo(ws []word, i int) int {
	for j := i + 1; j < len(ws) && j < i+16; j++ {
		switch l := ws[j].lower; {
		case allocationNouns[l] || l == "." || l == ";":
			return 0
		case (l == "receiving" || l == "undergoing") && personNouns[ws[j-1].lower] && toEitherAhead(ws[j+1:]): // "randomised patients undergoing surgery to A or B"
		case l == "receive" || l == "receiving" || l == "undergo" || l == "undergoing":
			return j + 1
		case l == "to" && toReceiveAhead(ws[j+1:]): // "randomised people who came to hospital to receive"
		case l == "to" && intoAhead(ws[j+1:]): // "randomized 38 people with early to moderate disease into"
		case l == "to" || l == "into" || l == "between" || l == "in" && j+1 < len(ws) && countWord(ws[j+1].lower):
			if j+1 < len(ws) && (ws[j+1].lower == "receive" || ws[j+1].lower == "undergo" || ws[j+1].lower == "use") {
				return j + 2
			}
			if j+3 < len(ws) && ws[j+1].lower == "be" && strings.HasSuffix(ws[j+2].lower, "ed") && (ws[j+3].lower == "with" || ws[j+3].lower == "by" || ws[j+3].lower == "to") { // "to be treated with"
				return j + 4
			}
			if j+1 < len(ws) && infinitives[ws[j+1].lower] {
				return 0
			}
			if j+1 < len(ws) && allocationVerbs[ws[j+1].lower] { // "randomisation was used to allocate people to A or B"
				continue
			}
			return j + 1
		case l == "for" && j == i+1 && orAhead(ws[j+1:]): // "randomised for A or B"
			return j + 1
		case finiteVerbs[l] && l != "received" && l != "were" && l != "was":
			return 0
		}
	}
	return 0
}

// toEitherAhead reports whether "to" and a list follow before anything else divides some words.
func toEitherAhead(ws []word) bool {
	for i := 1; i < len(ws) && i < 12; i++ {
		switch l := ws[i].lower; {
		case l == "to":
			return !infinitives[ws[min(i+1, len(ws)-1)].lower] && orAhead(ws[i:])
		case l == "or" || l == "," || l == "." || l == ";" || finiteStops[l]:
			return false
		}
	}
	return false
}

// orAhead reports whether "or" or "versus" divides some words before anything ends them.
func orAhead(ws []word) bool {
	for i := 1; i < len(ws) && i < 9; i++ {
		switch l := ws[i].lower; {
		case l == "or" || againstWords[l]:
			return true
		case l == "," || l == "." || l == ";" || listStops[l]:
			return false
		}
	}
	return false
}

// setVerbs are participles of verbs that a study says of what it set side by side.
var setVerbs = setOf("compared", "evaluated", "assessed", "investigated", "studied", "examined", "tested", "determined", "contrasted")

// passive reports whether the word at a place says what was done with what stands before it: "the effects of A and B were compared".
func passive(ws []word, i int) bool {
	if !setVerbs[ws[i].lower] && !administering[ws[i].lower] || i < 4 || i+1 < len(ws) && (ws[i+1].lower == "with" || ws[i+1].lower == "to") {
		return false
	}
	k := i - 1
	if strings.HasSuffix(ws[k].lower, "ly") {
		k--
	}
	return ws[k].lower == "were" || ws[k].lower == "was"
}

// setSideBySide reads the arms that stand before a passive verb: behind "the effects of", or where each is something given.
func (r *reading) setSideBySide(ws []word, i int) []document.Span {
	start := 0
	for k := range ws[:i] {
		if l := ws[k].lower; l == ";" || l == ":" || l == "." {
			start = k + 1
		}
	}
	if at := effectsOfAt(ws[start:i]); at > 0 {
		if !slices.ContainsFunc(ws[start:start+at], func(w word) bool { return hadByTreatment[w.lower] }) {
			return nil
		}
		return r.listFrom(ws[:i], start+at, methodList)
	}
	if ws[i].lower != "compared" && !administering[ws[i].lower] {
		return nil
	}
	if ws[start].lower == "either" {
		start++
	}
	items := r.listFrom(ws[:i], start, methodList)
	if !r.allGiven(items) || administering[ws[i].lower] && r.givenTogether(ws[start:], i-start, items) {
		return nil
	}
	return items
}

// givenTogether reports whether the treatments before a passive verb at i may all have been given to everybody: neither "or" nor a control
// is among them, nor has each a dose of its own.
func (r *reading) givenTogether(ws []word, i int, items []document.Span) bool {
	for k, w := range ws {
		switch w.lower {
		case "all", "every", "each", "both", "alone", "together", "combination", "combined", "concomitantly", "simultaneously":
			return true
		case "or":
			if k < i {
				return false
			}
		}
	}
	control := slices.ContainsFunc(items, func(s document.Span) bool { return isControlLabel(r.doc.At(s)) })
	return !control && slices.ContainsFunc(items, func(s document.Span) bool { return !strings.ContainsAny(r.doc.At(s), "0123456789") })
}

// allGiven reports whether each item of a list is something that people are given, by the vocabulary or the tagger, or a control.
func (r *reading) allGiven(items []document.Span) bool {
	for _, s := range items {
		if d, ok := r.draft(s); !ok || numberedName.MatchString(d.generic) || len(r.treatments(s)) == 0 && r.doubtful(d) >= 0 && !isControlLabel(r.doc.At(s)) && !d.n.Present() && d.abbr == "" {
			return false
		}
	}
	return true
}

// hadByTreatment are nouns for what a treatment has.
var hadByTreatment = setOf("effect", "effects", "effectiveness", "efficacy", "safety", "impact", "influence", "tolerability", "performance", "potency")

// trialOf returns the place behind "trial of" near the start of a clause that says what kind of trial it is, or 0.
func trialOf(ws []word) int {
	for i := 1; i+2 < len(ws) && i < 24; i++ {
		if (ws[i].lower == "trial" || ws[i].lower == "study") && ws[i+1].lower == "of" && (trialKinds[ws[i-1].lower] || i > 1 && ws[i-1].lower == "," && trialKinds[ws[i-2].lower]) {
			return i + 2
		}
	}
	return 0
}

// trialKinds stand before the word for a trial.
var trialKinds = setOf("controlled", "placebo-controlled", "sham-controlled", "randomized", "randomised", "double-blind", "crossover", "cross-over", "blind", "blinded", "clinical", "comparative", "pilot", "open-label", "parallel")

// randomisedLater reports whether the verb of allocation at a place only tells who the people were that the sentence goes on to
// randomise: "women assigned to surgery were randomised to A or B".
func randomisedLater(ws []word, i int) bool {
	if i == 0 || !personNouns[ws[i-1].lower] {
		return false
	}
	for k := i + 2; k < len(ws); k++ {
		if strings.HasPrefix(ws[k].lower, "random") && (ws[k-1].lower == "were" || ws[k-1].lower == "was") {
			return true
		}
	}
	return false
}

// toReceiveAhead reports whether "to receive" follows before the first break of a list and behind a place or people.
func toReceiveAhead(ws []word) bool {
	for i := 0; i+2 < len(ws) && i < 14; i++ {
		switch l := ws[i].lower; {
		case l == "to" && i > 0 && (ws[i+1].lower == "receive" || ws[i+1].lower == "undergo"):
			return true
		case l == "or", l == "and", l == ",", l == ".", l == ";", againstWords[l], groupNouns[l], finiteStops[l]:
			return false
		}
	}
	return false
}

// intoAhead reports whether "into" follows in a few words with a group behind it.
func intoAhead(ws []word) bool {
	for i := 0; i+2 < len(ws) && i < 9; i++ {
		switch {
		case ws[i].lower == "into":
			return slices.ContainsFunc(ws[i+1:min(len(ws), i+6)], func(w word) bool { return groupNouns[w.lower] })
		case listStops[ws[i].lower] && ws[i].lower != "with" && ws[i].lower != "of" && ws[i].lower != "for", ws[i].lower == "or", ws[i].lower == ",", finiteStops[ws[i].lower], groupNouns[ws[i].lower]:
			return false
		}
	}
	return false
}

// comparedFrom returns where the list behind a verb of comparison starts, or 0.
func comparedFrom(ws []word, i int) int {
	j := i + 1
	if j >= len(ws) {
		return 0
	}
	switch ws[i].lower {
	case "compared", "contrasted":
		if ws[j].lower == "with" || ws[j].lower == "to" || ws[j].lower == "between" || ws[j].lower == "using" || ws[j].lower == "by" || ws[j].lower == "in" || ws[j].lower == "for" || ws[j].lower == "at" {
			return 0
		}
	case "comparison", "comparisons", "contrast":
		if ws[j].lower == "with" || ws[j].lower == "to" {
			return 0
		}
	case "set", "sets", "setting", "pit", "pits", "pitted", "pitting", "weighed", "weighing":
		if !slices.ContainsFunc(ws[j:], func(w word) bool { return w.lower == "against" }) {
			return 0
		}
	}
	if ws[j].lower == "of" || ws[j].lower == "between" {
		j++
	}
	if k := slices.IndexFunc(ws[j:min(len(ws), j+6)], func(w word) bool { return w.lower == ":" }); k > 1 && colonAnnounces(ws, j+k) { // "compared 3 scenarios: A; B"
		return 0
	}
	if at := betweenBehind(ws, j); at > 0 {
		return at
	}
	if at := effectsOfAt(ws[j:]); at > 0 {
		j += at
	}
	return j
}

// betweenBehind returns the place behind "between" where a comparison says first what is compared: "compared the duration
// of surgery and blood loss between A and B"; 0 where it does not.
func betweenBehind(ws []word, from int) int {
	for i := from + 1; i+3 < len(ws) && i < from+16; i++ {
		switch l := ws[i].lower; {
		case l == "." || l == ";" || finiteStops[l] || againstWords[l]:
			return 0
		case l == "between" && ws[i+1].lower != "the" && !groupsCounted(ws[i+1:i+2]) && !groupNouns[ws[i+1].lower] && ws[i+1].lower != "baseline":
			return i + 1
		}
	}
	return 0
}

var effectNouns = setOf("effect", "effects", "effectiveness", "efficacy", "safety", "impact", "outcome", "outcomes", "benefit", "benefits", "performance",
	"influence", "feasibility", "acceptability", "usefulness", "value", "use", "tolerability", "results", "cost", "costs", "cost-effectiveness", "potency",
	"efficiency", "addition", "utility", "accuracy")

// effectsOfAt returns the place behind "the effects of", "the efficacy and safety of" near the start of some words, or 0.
func effectsOfAt(ws []word) int {
	at := 0
	for i := 0; i+1 < len(ws) && i < at+9; i++ {
		if ws[i].lower == "," && i > at+3 || againstWords[ws[i].lower] {
			break
		}
		if effectNouns[ws[i].lower] && (ws[i+1].lower == "of" || ws[i+1].lower == "between") {
			at = i + 2
			if at < len(ws) && (ws[at].lower == "the" || ws[at].lower == "a" || ws[at].lower == "an") {
				at++
			}
			i = at - 1
		}
	}
	return at
}

// byEither returns the place behind "by" where it stands near the start of a list and its two means follow at once: "by A or B".
func byEither(ws []word, at int) int {
	for k := at + 1; k+3 < len(ws) && k < at+8; k++ {
		switch l := ws[k].lower; {
		case l == "by":
			n := slices.IndexFunc(ws[k+1:min(len(ws), k+5)], func(w word) bool { return w.lower == "or" })
			if n > 0 && !slices.ContainsFunc(ws[k+1:k+1+n], func(w word) bool { return groupNouns[w.lower] || w.lower == "," }) {
				return k + 1
			}
			return 0
		case l == "or" || l == "and" || l == "," || l == "." || groupNouns[l]:
			return 0
		}
	}
	return 0
}
