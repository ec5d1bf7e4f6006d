package evidence

import "fmt"

// WalkPassages calls f with every passage of a document, in the document's order, and where it belongs
// ("studies[0].findings[2]"). f may change the passage.
func WalkPassages(d *Document, f func(where string, p *Passage)) {
	each := func(where string, ps []Passage) {
		for i := range ps {
			f(where, &ps[i])
		}
	}
	for i := range d.Cites {
		each(fmt.Sprintf("cites[%d]", i), d.Cites[i].Passages)
	}
	for i := range d.Studies {
		d.Studies[i].walkPassages(fmt.Sprintf("studies[%d]", i), each)
	}
}

func (s *Study) walkPassages(at string, each func(where string, ps []Passage)) {
	for i := range s.Arms {
		each(fmt.Sprintf("%s.arms[%d]", at, i), s.Arms[i].Passages)
	}
	for i := range s.Populations {
		p := &s.Populations[i]
		each(fmt.Sprintf("%s.populations[%d]", at, i), p.Passages)
		for j := range p.Criteria {
			each(fmt.Sprintf("%s.populations[%d].criteria[%d]", at, i, j), p.Criteria[j].Passages)
		}
	}
	for i := range s.Outcomes {
		each(fmt.Sprintf("%s.outcomes[%d]", at, i), s.Outcomes[i].Passages)
	}
	for i := range s.Instruments {
		each(fmt.Sprintf("%s.instruments[%d]", at, i), s.Instruments[i].Passages)
	}
	for i := range s.Findings {
		each(fmt.Sprintf("%s.findings[%d]", at, i), s.Findings[i].Passages)
	}
	each(at+".conclusions", s.Conclusions)
	each(at+".certainty", s.Certainty)
	for i := range s.Stated {
		each(fmt.Sprintf("%s.stated[%d]", at, i), s.Stated[i].Passages)
	}
}
