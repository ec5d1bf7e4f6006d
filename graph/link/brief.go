package link

import "github.com/picograph/picograph/graph/evidence"

// Brief returns what of a document Studies, Reports and their keys look at. What they find of it is what they find of the document.
func Brief(d *evidence.Document) *evidence.Document {
	out := &evidence.Document{Report: d.Report}
	for i := range d.Cites {
		c := &d.Cites[i]
		out.Cites = append(out.Cites, evidence.Citation{Report: c.Report, ID: c.ID, Relation: c.Relation})
	}
	for i := range d.Studies {
		s := &d.Studies[i]
		b := evidence.Study{
			ID: s.ID, Name: s.Name, Aliases: s.Aliases, Registrations: s.Registrations, NRandomized: s.NRandomized,
			Recruited: s.Recruited, Parent: s.Parent, SecondHand: s.SecondHand, Via: s.Via,
		}
		b.Design.Kind = s.Design.Kind
		for k := range s.Arms {
			a := &s.Arms[k]
			b.Arms = append(b.Arms, evidence.Arm{Label: a.Label, Abbreviation: a.Abbreviation, Interventions: a.Interventions})
		}
		for k := range s.Outcomes {
			b.Outcomes = append(b.Outcomes, evidence.Outcome{Text: s.Outcomes[k].Text, Concept: s.Outcomes[k].Concept})
		}
		out.Studies = append(out.Studies, b)
	}
	return out
}
