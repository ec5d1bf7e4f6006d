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
		out.Studies = append(out.Studies, briefly(&d.Studies[i]))
	}
	return out
}

// briefly is Brief for a study. Tellings are read through it, so that nothing else of a study can count.
func briefly(s *evidence.Study) evidence.Study {
	out := evidence.Study{
		ID: s.ID, Name: s.Name, Aliases: s.Aliases, Registrations: s.Registrations, N: s.N, NRandomized: s.NRandomized, NAnalyzed: s.NAnalyzed,
		Recruited: s.Recruited, Parent: s.Parent, SecondHand: s.SecondHand, Via: s.Via,
	}
	out.Design.Kind = s.Design.Kind
	for i := range s.Arms {
		a := &s.Arms[i]
		out.Arms = append(out.Arms, evidence.Arm{Label: a.Label, Abbreviation: a.Abbreviation, Interventions: a.Interventions})
	}
	for i := range s.Outcomes {
		out.Outcomes = append(out.Outcomes, evidence.Outcome{Text: s.Outcomes[i].Text, Concept: s.Outcomes[i].Concept})
	}
	return out
}
