package extract

import (
	"sort"

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
// brackets; nil, which matches nothing, where the sentence around the span lacks the words that the rule needs.
func (r *reading) rule(s document.Span, p *pattern.Pattern) *pattern.Pattern {
	all := r.doc.Sentences
	i := sort.Search(len(all), func(k int) bool { return all[k].End > s.Start })
	if i < len(all) && all[i].Contains(s) && !r.hit(i).May(p) {
		return nil
	}
	return p
}
