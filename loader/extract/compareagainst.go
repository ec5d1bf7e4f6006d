package extract

import (
	"slices"
	"strings"

	"github.com/picograph/picograph/loader/annotate"
	"github.com/picograph/picograph/loader/document"
)

// baseOfGain reports whether an arm is what a gain is measured over that is then compared: placebo of "A gave more of a gain over placebo than B".
func baseOfGain(words []word, arm, compare document.Span) bool {
	i := slices.IndexFunc(words, func(w word) bool { return w.End > arm.Start })
	than := slices.IndexFunc(words, func(w word) bool { return w.Start >= arm.End })
	for i--; i > 0 && determiners[words[i].lower]; i-- {
	}
	return i > 1 && than > 0 && words[than].lower == "than" && (compare.Len() == 0 || compare.End <= arm.Start || compare.Start == words[than].Start) && (words[i].lower == "over" || againstWords[words[i].lower])
}

// againstInBracket returns the arm that a bracket with a P value says the arms before it were compared with: "A (P = .02 versus B)".
func (f *finder) againstInBracket(c *clause, compare document.Span) document.Span {
	i := slices.IndexFunc(c.words, func(w word) bool { return w.Start >= compare.Start })
	if compare.Len() == 0 || i < 1 || c.words[i].depth == 0 {
		return document.Span{}
	}
	at := slices.IndexFunc(c.arms, func(m armMention) bool {
		return !m.every && !m.rest && m.Start >= compare.End && len(f.r.words(document.Span{Start: compare.End, End: m.Start})) < 2
	})
	tested := c.words[i-1].lower == "respectively" || c.words[i-1].lower == "," || slices.ContainsFunc(c.ps, func(p annotate.Item) bool { return p.End <= compare.Start && p.End >= c.words[i-1].Start })
	if at < 0 || !tested || !slices.ContainsFunc(c.arms, func(m armMention) bool { return !m.every && m.End < compare.Start && !inBrackets(c.words, m.Span) }) {
		return document.Span{}
	}
	return c.arms[at].Span
}

// closesBehind reports whether a bracket holds an arm and nothing else.
func (f *finder) closesBehind(arm document.Span) bool {
	text := f.r.doc.Text
	return arm.Start > 0 && arm.End < len(text) && strings.ContainsRune("([", rune(text[arm.Start-1])) && strings.ContainsRune(")]", rune(text[arm.End]))
}

// togetherAgainstOthers reports whether all the arms are set together against controls that are none of them: "both groups lost more than the
// controls". Where one of several arms is the control, they are set against that one.
func (f *finder) togetherAgainstOthers(c *clause, s *sidesNamed) bool {
	n := len(f.t.study.Arms)
	if !s.together || s.aside || s.opens || !c.Contains(s.compare) || n > 2 && slices.ContainsFunc(c.arms, func(m armMention) bool {
		return !m.every && m.Start >= s.compare.End && !inBrackets(c.words, m.Span)
	}) {
		return false
	}
	ws := clauseWords(c.words, document.Span{Start: s.compare.End, End: c.End})
	if len(ws) > 1 && determiners[ws[0].lower] {
		ws = ws[1:]
	}
	if len(ws) == 0 || !strings.HasPrefix(ws[0].lower, "control") && ws[0].lower != "untreated" {
		return false
	}
	arms, controls := f.byRole()
	if n < 3 || len(controls) != 1 || len(arms) < 2 {
		return true
	}
	s.before, s.after = arms, controls
	return false
}

// leftOut reports whether an arm is named as one of which a result is not told: "in A, but not B, than in C".
func leftOut(words []word, arm document.Span) bool {
	i := slices.IndexFunc(words, func(w word) bool { return w.End > arm.Start })
	at, listed := i, false // "but not A and B"
	for i--; i > 0 && at-i < 8; i-- {
		switch l := words[i].lower; {
		case l == "not":
			return words[i-1].lower == "but" || words[i-1].lower == "though" || words[i-1].lower == "although"
		case l == "and" || l == "or" || l == "nor":
			listed = true
		case l == "the", l == "in", l == "with", l == "for", l == "by", l == "on", l == "of", l == "among", l == "those":
		case listed && !phraseStops[l] && !finiteVerbs[l] && isLetter(l[:1]):
		default:
			return false
		}
	}
	return false
}

// beforeVersusAfter reports whether comparison words stand in a bracket that says that it sets the start against the end: "(before vs after, 42 vs 45)".
func beforeVersusAfter(words []word, s document.Span) bool {
	open := bracketAround(words, s)
	if open < 0 {
		return false
	}
	i := slices.IndexFunc(words, func(w word) bool { return w.Start > open })
	return i >= 0 && i+2 < len(words) && againstWords[words[i+1].lower] &&
		(words[i].lower == "before" && words[i+2].lower == "after" || strings.HasPrefix(words[i].lower, "pre") && strings.HasPrefix(words[i+2].lower, "post"))
}
