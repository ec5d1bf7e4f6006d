package extract

import (
	"strings"

	"github.com/picograph/picograph/graph/evidence"
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

// indexed fills what the text does not say of a study's design from the terms that its record was indexed with. What the
// text says stands.
func (r *reading) indexed(d *evidence.Design) {
	for _, row := range indexedDesigns {
		for _, k := range r.doc.Known.Keywords {
			term := strings.ToLower(k.Text)
			if term != row.term && !(row.term == "clinical trial" && strings.HasPrefix(term, "clinical trial, ")) {
				continue
			}
			if k.Source != "publication type" && k.Source != "MeSH" {
				continue
			}
			if d.Kind == "" {
				d.Kind = row.tell.Kind
			}
			if d.Allocation == "" && d.Kind == evidence.KindTrial {
				d.Allocation = row.tell.Allocation
			}
			if phase, ok := strings.CutPrefix(term, "clinical trial, phase "); ok && d.Phase == "" {
				d.Phase = strings.ToUpper(phase)
			}
		}
	}
}
