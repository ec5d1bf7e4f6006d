package extract

import (
	"slices"
	"strings"

	"github.com/picograph/picograph/graph/evidence"
	"github.com/picograph/picograph/graph/quantity"
	"github.com/picograph/picograph/graph/vocab"
)

// indexedDesigns are publication types and index terms that tell a design, with what they tell. They are those of MEDLINE
// (Publication Types and Study Characteristics in MeSH).
var indexedDesigns = []struct {
	term string
	tell evidence.Design
}{
	{"meta-analysis", evidence.Design{Kind: evidence.KindMetaAnalysis}},
	{"systematic review", evidence.Design{Kind: evidence.KindSystematicReview}},
	{"clinical trial protocol", evidence.Design{Kind: evidence.KindProtocol}},
	{"randomized controlled trial", evidence.Design{Kind: evidence.KindTrial, Allocation: evidence.Randomized}},
	{"pragmatic clinical trial", evidence.Design{Kind: evidence.KindTrial}},
	{"controlled clinical trial", evidence.Design{Kind: evidence.KindTrial}},
	{"clinical trial", evidence.Design{Kind: evidence.KindTrial}},
	{"cohort studies", evidence.Design{Kind: evidence.KindCohort}},
	{"cross-sectional studies", evidence.Design{Kind: evidence.KindCrossSectional}},
	{"qualitative research", evidence.Design{Kind: evidence.KindQualitative}},
}

// indexed fills what the text does not say of a study from the terms that its record was indexed with: its design, and the
// conditions of its people. What the text says stands; what a term says is stated with the term.
func (r *reading) indexed(t *telling) {
	d := &t.study.Design
	for _, row := range indexedDesigns {
		for _, k := range r.doc.Known.Keywords {
			term := strings.ToLower(k.Text)
			if term != row.term && !(row.term == "clinical trial" && strings.HasPrefix(term, "clinical trial, ")) {
				continue
			}
			if k.Source != "publication type" && k.Source != "MeSH" {
				continue
			}
			before := *d
			if d.Kind == "" {
				d.Kind = row.tell.Kind
			}
			if d.Allocation == "" && d.Kind == evidence.KindTrial {
				d.Allocation = row.tell.Allocation
			}
			if phase, ok := strings.CutPrefix(term, "clinical trial, phase "); ok && d.Phase == "" {
				d.Phase = strings.ToUpper(phase)
			}
			if *d != before {
				t.statedBy("design", k)
			}
		}
	}
	r.indexedConditions(t)
}

// indexedConditions takes the conditions of a study's people from the main topics among its MeSH headings, where the text names
// none: those that the vocabulary knows as conditions.
func (r *reading) indexedConditions(t *telling) {
	if len(t.study.Populations) == 0 || len(t.study.Populations[0].Conditions) > 0 {
		return
	}
	main := &t.study.Populations[0]
	for _, k := range r.doc.Known.Keywords {
		if k.Source != "MeSH" || !k.Major || strings.Contains(k.Text, "/") {
			continue
		}
		names := r.vocab.Named(k.Text, vocab.TypeCondition)
		if head, rest, ok := strings.Cut(k.Text, ", "); ok && len(names) == 0 { // "Low Back Pain, Chronic"
			names = r.vocab.Named(rest+" "+head, vocab.TypeCondition)
		}
		if len(names) != 1 || slices.Contains(main.Conditions, names[0]) {
			continue
		}
		main.Conditions = append(main.Conditions, names[0])
		main.Criteria = append(main.Criteria, evidence.Criterion{
			Variable: names[0], Relation: quantity.Has, Doubt: "not in the text: the record was indexed with “" + k.Text + "” (" + k.Source + ")",
		})
		t.statedBy("populations.conditions", k)
	}
}

// statedBy takes down that a field of the study was taken from an index term.
func (t *telling) statedBy(field string, k evidence.Keyword) {
	term := k.Text + " (" + k.Source + ")"
	for i := range t.study.Stated {
		if s := &t.study.Stated[i]; s.Field == field {
			if !slices.Contains(s.Terms, term) {
				s.Terms = append(s.Terms, term)
			}
			return
		}
	}
	t.study.Stated = append(t.study.Stated, evidence.Statement{Field: field, Terms: []string{term}})
}
