package extract

import (
	"slices"

	"github.com/picograph/picograph/graph/check"
	"github.com/picograph/picograph/graph/evidence"
	"github.com/picograph/picograph/graph/vocab"
	"github.com/picograph/picograph/loader/document"
)

// Extract reads a document as an expert would: its report, its citations, the studies it tells of and their findings,
// each with its passages. It is pure: the same document and vocabulary give the same result.
func Extract(d *document.Document, v *vocab.Vocabulary) *evidence.Document {
	if len(d.Known.Studies) > 0 {
		return labelled(d, v)
	}
	r := read(d, v)
	r.out.Keywords = d.Known.Keywords
	r.out.Cites = append(r.citations(), d.Known.Cites...)
	for _, t := range r.tellings() {
		if !t.secondHand {
			r.indexed(t)
		}
		f := finder{r: r, t: t}
		t.study.Findings = f.findings()
		r.out.Studies = append(r.out.Studies, *t.study)
	}
	r.flag()
	return r.out
}

// flag writes into each finding what the arithmetic of the printed numbers shows.
func (r *reading) flag() {
	results := check.Check(r.out, r.vocab)
	for i := range r.out.Studies {
		for j := range r.out.Studies[i].Findings {
			f := &r.out.Studies[i].Findings[j]
			for _, s := range check.Flags(results, f.ID) {
				if !slices.Contains(f.Checks, s) {
					f.Checks = append(f.Checks, s)
				}
			}
		}
	}
}
