package queries

import (
	"slices"
	"strings"

	"github.com/picograph/picograph/graph"
	"github.com/picograph/picograph/graph/evidence"
	"github.com/picograph/picograph/graph/lazyregexp"
	"github.com/picograph/picograph/graph/vocab"
)

// notAssessed opens what is said where the documents rate nothing, and byAuthors what the authors of a review rated themselves.
const (
	notAssessed = "not assessed"
	byAuthors   = "as its authors rate it: "
)

// speaksOfCertainty matches words for how sure evidence is. That a text has them does not make them a rating of its own study.
var speaksOfCertainty = lazyregexp.New(`(?i)\b(?:(?:certainty|quality|strength|level) of (?:(?:the|this|available|included|current) ){0,2}(?:evidence|studies|trials)|evidence (?:quality|certainty|strength)|(?:low|moderate|high)[- ](?:certainty|quality|strength) evidence|(?:study|methodological) quality|risks? of bias)\b|\bGRADE\b[^.]{0,60}\b(?:evidence|certainty|quality|approach|system)`)

// ratings prints what the authors of a review state of how sure its evidence is: what is said of the outcomes that are asked about
// first. It prints nothing where none was read.
func (j *job) ratings(s *graph.Study) []value {
	var about, rest []value
	for _, t := range s.Tellings {
		for _, p := range t.Study.Certainty {
			v := value{byAuthors + "“" + strings.Join(strings.Fields(p.Text), " ") + "”", []Located{{t.Source, p}}, shortSource(t.Source)}
			if j.speaksOfAsked(p) {
				about = addValue(about, v)
			} else {
				rest = addValue(rest, v)
			}
		}
	}
	for _, v := range rest {
		about = addValue(about, v)
	}
	return about
}

// speaksOfAsked reports whether a passage names an outcome that is asked about.
func (j *job) speaksOfAsked(p evidence.Passage) bool {
	if len(j.about) == 0 {
		return false
	}
	for _, m := range j.vocab.Mentions(p.Text, 0) {
		for _, id := range m.Concepts {
			if c, ok := j.vocab.Concept(id); ok && c.Type == vocab.TypeOutcome && slices.ContainsFunc(j.about, func(a *meaning) bool { return a.all[id] }) {
				return true
			}
		}
	}
	return slices.ContainsFunc(j.about, func(a *meaning) bool { return len(a.words) > 0 && containsAll(content(p.Text), a.words) })
}

// unrated says of a study of which no rating was read that nothing is assessed, with the sentence that speaks of certainty where the
// document has one: it may be of this study's evidence or of others'.
func (j *job) unrated(s *graph.Study) value {
	said, err := j.speaksOf(s, func(text string) [][]int { return speaksOfCertainty.FindAllStringIndex(text, -1) }, withNumber)
	if err == nil && said != nil {
		return value{
			notAssessed + ": no rating (GRADE, risk of bias) of it was read, and picograph makes none; the document says “" + evidence.Clip(said.Passage.Text, mostQuoted) + "”",
			[]Located{said.Located},
			shortSource(said.Document),
		}
	}
	return value{text: notAssessed + ": the documents give no rating (GRADE, risk of bias), and picograph makes none; what they say that bears on it follows"}
}

// certaintyShort is what a short answer says of certainty: the authors' own ratings, else what stands first.
func certaintyShort(printed []string) string {
	n := 0
	for n < len(printed) && strings.HasPrefix(printed[n], byAuthors) {
		n++
	}
	if n == 0 {
		return printed[0]
	}
	text := printed[0]
	if n > 1 {
		text += "; " + strings.TrimPrefix(printed[1], byAuthors)
	}
	if n > 2 {
		text += "; and more below"
	}
	return text + "; picograph itself makes no rating"
}
