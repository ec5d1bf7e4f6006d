package extract

import (
	"strings"

	"github.com/picograph/picograph/loader/document"
	"github.com/picograph/picograph/loader/pattern"
)

// rules are the patterns of this package. One pass over a sentence tells which of them can match in it or in a part of
// it, so that the others need not be tried: ask matches or rule.
var rules pattern.Set

// hit tells which rules can match in a sentence.
func (r *reading) hit(i int) pattern.Hits {
	if r.hits == nil {
		return nil
	}
	return r.hits[i]
}

// matches reports whether a rule matches in a sentence.
func (r *reading) matches(i int, p *pattern.Pattern) bool {
	return r.hit(i).May(p) && p.MatchString(r.text(i))
}

// rule returns a rule for use on a span that does not start within a word, as it stands or without what stands in
// brackets; nil, which matches nothing, where the sentence around the span lacks the words that the rule needs, or the
// document does where the span is in no sentence.
func (r *reading) rule(s document.Span, p *pattern.Pattern) *pattern.Pattern {
	hits := r.anywhere
	if i, ok := r.sentenceAround(s); ok {
		hits = r.hit(i)
	}
	if !hits.May(p) {
		return nil
	}
	return p
}

// hitsOf tells which rules can match in each sentence of a document, and which in the whole of it.
func hitsOf(d *document.Document) (sentences []pattern.Hits, anywhere pattern.Hits) {
	sentences = make([]pattern.Hits, len(d.Sentences))
	anywhere = rules.Read("")
	at, whole := 0, true
	between := func(end int) {
		if at < end && strings.TrimSpace(d.Text[at:end]) != "" {
			anywhere = anywhere.Join(rules.Read(d.Text[at:end]))
		}
		whole = whole && !(end > 0 && end < len(d.Text) && wordByte(d.Text[end-1]) && wordByte(d.Text[end]))
	}
	for i, s := range d.Sentences {
		between(s.Start)
		sentences[i] = rules.Read(d.At(s.Span))
		anywhere = anywhere.Join(sentences[i])
		at = max(at, s.End)
		between(at)
	}
	if between(len(d.Text)); !whole {
		anywhere = nil // a word goes on from a sentence into what is none
	}
	return sentences, anywhere
}
