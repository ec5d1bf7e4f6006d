package queries

import (
	"slices"
	"strings"
)

// Words with which no question ends: something has to follow them.
var openEnds = []string{"and", "or", "than", "vs", "vs.", "versus", "the", "an", "compared", "between", "whose", "into", "per"}

// strandable are prepositions that end a question only where it asks for what belongs to them ("what is IPT used for"):
// it opens with a question word and turns the verb round.
var strandable = []string{"in", "with", "of", "for", "from", "to", "on", "at", "by", "among", "about", "against", "without", "after", "during", "over", "under", "within"}

var (
	askers  = []string{"what", "which", "who", "whom", "where", "when", "how"}
	turners = []string{"was", "were", "is", "are", "did", "does", "do", "has", "have", "been", "can", "could", "will", "would"}
)

// unfinished returns the last word of a question where something has to follow it; ok is false when the question can
// end there. A word in capitals is a name ("what was the OR").
func unfinished(words []word) (last word, ok bool) {
	if len(words) < 2 {
		return word{}, false
	}
	last = words[len(words)-1]
	switch {
	case slices.Contains(openEnds, last.text):
		return last, last.text != "compared" || !turned(words)
	case slices.Contains(strandable, last.text):
		return last, !turned(words)
	}
	return word{}, false
}

// turned reports whether words open with a question word and hold a verb that a question turns round.
func turned(words []word) bool {
	return slices.Contains(askers, strings.ToLower(words[0].text)) &&
		slices.ContainsFunc(words, func(w word) bool { return slices.Contains(turners, strings.ToLower(w.text)) })
}
