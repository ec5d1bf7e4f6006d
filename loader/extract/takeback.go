package extract

import (
	"slices"
	"strings"

	"github.com/picograph/picograph/graph/evidence"
	"github.com/picograph/picograph/loader/document"
)

// differenceWords are what a clause speaks of when it says of a result told before that it was not significant.
var differenceWords = setOf("difference", "differences", "this", "these", "it", "which", "trend", "reduction", "increase", "decrease", "improvement", "change", "effect")

// ofDifference reports whether a clause is about a difference as such: it denies significance, names no direction, and
// speaks of "the difference", "this" or of reaching significance.
func ofDifference(c *clause, v verdict) bool {
	if v.significant == nil || *v.significant || v.signal != "" {
		return false
	}
	return slices.ContainsFunc(c.words, func(w word) bool {
		return w.depth == 0 && (differenceWords[w.lower] || strings.HasPrefix(w.lower, "reach"))
	})
}

// takeBack lets a clause that speaks of the difference that its sentence told before speak of that one: "A was lower than B,
// but the difference was not significant" is no difference, and the P value of "the difference was significant (P = .01)"
// is that of the comparison. Of the findings from index from on, those made before index at are what was told before; those
// of the clause go where an earlier one takes over what they say.
func (f *finder) takeBack(from, at int, c *clause) {
	if !c.goesBack {
		return
	}
	drop := map[*toldFinding]bool{}
	for _, later := range f.found[at:] {
		if later.Kind != evidence.BetweenArms || later.Direction != evidence.NoDifference && later.Direction != evidence.NotStated {
			continue
		}
		for _, d := range f.found[from:at] {
			if d.Kind == evidence.WithinArm && d.Outcome == later.Outcome && len(d.Estimates) == 0 && d.P.Printed == "" && later.Direction == evidence.NoDifference && c.hasPrefix("differ") && f.comparedBefore(c) {
				drop[d] = true // "was lower in A, but the difference was not significant" tells of no change in A
			}
			shown := d.Significant != nil && *d.Significant && (len(d.Estimates) > 0 || d.P.Printed != "")
			contrary := later.Significant != nil && *later.Significant && d.P.Printed != ""
			if d.Kind != evidence.BetweenArms || d.Outcome != later.Outcome || shown || d.own || contrary {
				continue // numbers of its own show a difference, or it is of one arm: both are told
			}
			if d.Significant = later.Significant; later.Direction == evidence.NoDifference {
				d.Direction = evidence.NoDifference
			}
			if d.P.Printed == "" {
				d.P = later.P
			}
			drop[later] = len(later.Estimates) == 0
		}
	}
	f.found = slices.DeleteFunc(f.found, func(d *toldFinding) bool { return drop[d] })
}

// comparedBefore reports whether the words of the sentence before a clause set one arm against another by a comparative, and
// tell nothing of all arms.
func (f *finder) comparedBefore(c *clause) bool {
	compared := false
	for _, w := range f.r.words(document.Span{Start: f.r.doc.Sentences[c.sentence].Start, End: c.Start}) {
		if w.lower == "both" || w.lower == "all" || w.lower == "each" || w.lower == "either" {
			return false
		}
		compared = compared || w.depth == 0 && comparative(w.lower)
	}
	return compared
}
