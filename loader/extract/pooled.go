package extract

import (
	"slices"

	"github.com/picograph/picograph/graph/evidence"
	"github.com/picograph/picograph/loader/document"
)

// A review has no arms: its results set what its studies gave against what they compared it with, and one review sets
// several pairs. What its results name on the two sides of a comparison stands for arms.

// pools reports whether a document tells what studies of treatments found together.
func pools(s *evidence.Study) bool {
	return s.Design.Kind == evidence.KindSystematicReview || s.Design.Kind == evidence.KindMetaAnalysis
}

// pooledSides returns what the results and conclusions of a review set against each other, each treatment once, in text order;
// nil where they name no two treatments that the vocabulary knows.
func (r *reading) pooledSides(t *telling) []draft {
	var out []draft
	var known []string
	add := func(m conceptMention, i int) {
		if slices.Contains(known, m.id) {
			return
		}
		if d, ok := r.draft(m.Span); ok {
			d.at = []int{i}
			known, out = append(known, m.id), append(out, d)
		}
	}
	for _, i := range t.sentences {
		if r.roles[i] != roleResults && r.roles[i] != roleConclusion {
			continue
		}
		s := r.doc.Sentences[i].Span
		ws := r.words(s)
		for k, w := range ws {
			n := sideBreak(ws, k)
			if w.lower == "than" {
				n = 1
			}
			if n == 0 || k == 0 || k+n >= len(ws) {
				continue
			}
			before := r.conceptsIn(document.Span{Start: s.Start, End: w.Start}, treatmentTypes...)
			for _, id := range r.named(r.doc.At(ws[k-1].Span)) { // "the use of opioids" names the drug too
				if r.typed(id, treatmentTypes) && (len(before) == 0 || before[len(before)-1].End <= ws[k-1].Start) {
					before = append(before, conceptMention{ws[k-1].Span, id})
					break
				}
			}
			behind := r.conceptsIn(document.Span{Start: ws[k+n].Start, End: ws[min(k+n+6, len(ws)-1)].End}, treatmentTypes...)
			if len(before) == 0 || len(behind) == 0 || behind[0].Start > ws[min(k+n+2, len(ws)-1)].Start {
				continue
			}
			for _, m := range before[:len(before)-1] {
				if estimateBehind.MatchString(r.doc.Text[m.End:s.End]) { // "with A (MD 1.2, ...) and B (MD 2.1, ...) compared to C"
					add(m, i)
				}
			}
			add(before[len(before)-1], i)
			add(behind[0], i)
		}
	}
	if len(out) < 2 || len(out) > 8 {
		return nil
	}
	return out
}

// estimateBehind matches a bracket with an estimate right behind a name.
var estimateBehind = rules.New(`^ ?\([^()]{0,12}-?\d[^()]*\)`)

// poolsSides reports whether a clause of a review names a treatment on either side of a comparison, or goes on with one that
// does.
func (f *finder) poolsSides(c *clause) bool {
	if !pools(f.t.study) || len(f.t.study.Arms) < 2 {
		return false
	}
	arms, compare := c.arms, c.compare
	if len(arms) < 2 && len(c.carried) > 0 {
		arms, compare = c.carried, c.carriedCompare
	}
	if compare.Len() == 0 {
		return false
	}
	named := func(m armMention) bool { return !m.every && !genericArm.MatchString(f.r.doc.At(m.Span)) } // "intervention groups" are of every study
	before := slices.ContainsFunc(arms, func(m armMention) bool { return named(m) && m.End <= compare.Start })
	behind := slices.ContainsFunc(arms, func(m armMention) bool { return named(m) && m.Start >= compare.End })
	return before && behind
}
