package extract

import (
	"slices"
	"strings"

	"github.com/picograph/picograph/graph/evidence"
	"github.com/picograph/picograph/loader/document"
)

// A summary of a trial can give its results as lists: a line that names an outcome, and below it a line for each arm with its value, the
// effect and the P value.

// valueLine matches a line of such a list: what it is of, a sign and a value.
var valueLine = rules.New(`^(?:\p{L}[^.;:=<>\n]{0,60}: ?|(?i:p|95 ?% (?:ci|confidence interval))[^\p{L}\n]{0,3})[-−–<>=≤≥]? ?[.\d][^\n]*(?:\n[^\n]*){0,2}$`)

// card keeps the outcome of the list that the lines of a summary stand in.
type card struct {
	about []evidence.OutcomeRef
	last  int // the sentence up to which the list goes
}

// follow sees whether sentence i goes on with a list of values, or is the line that names the outcome of one.
func (f *finder) follow(i int) {
	switch {
	case len(f.card.about) > 0 && f.card.last == i-1 && f.lineOf(i, i) && valueLine.MatchString(f.r.doc.At(f.r.doc.Sentences[i].Span)):
		f.card.last = i
	default:
		f.card = card{about: f.namedByLine(i), last: i}
	}
}

// namedByLine returns the outcome that a line by itself names, before a line with the value of an arm; nil where it is none.
func (f *finder) namedByLine(i int) []evidence.OutcomeRef {
	if i+1 >= len(f.r.doc.Sentences) || len(resultItems(f.r.sentences[i].Items)) > 0 {
		return nil
	}
	s, next := f.r.doc.Sentences[i].Span, f.r.doc.Sentences[i+1].Span
	text := f.r.doc.At(s)
	if s.Len() > 120 || strings.HasSuffix(text, ".") || !f.lineOf(i, i+1) || !valueLine.MatchString(f.r.doc.At(next)) {
		return nil
	}
	if arms := f.t.armsIn(f.r, next); len(arms) == 0 || arms[0].Start != next.Start {
		return nil
	}
	words := f.r.words(s)
	if hasVerb(words) {
		return nil
	}
	c := f.clause(i, s, words, document.Span{})
	if len(c.outcomes) == 0 {
		return nil
	}
	if at := strings.IndexAny(text, "(:"); at > 0 {
		text = strings.TrimSpace(text[:at])
	}
	o := evidence.OutcomeRef{Text: text, Concept: f.announcedFor(c.outcomes[0]).Concept}
	if slices.ContainsFunc(c.outcomes, func(m outcomeMention) bool { return f.announcedFor(m).Concept != o.Concept }) {
		o.Concept = "" // "death or stroke" is neither
	}
	return []evidence.OutcomeRef{o}
}

// lineOf reports whether sentences are whole lines.
func (f *finder) lineOf(from, to int) bool {
	for i := from; i <= to; i++ {
		s := f.r.doc.Sentences[i].Span
		before := strings.TrimRight(f.r.doc.Text[:s.Start], " \t-–—•◦▪●‣*")
		after := strings.TrimLeft(f.r.doc.Text[s.End:], " \t\r:")
		if before != "" && !strings.HasSuffix(before, "\n") || after != "" && after[0] != '\n' {
			return false
		}
	}
	return true
}
