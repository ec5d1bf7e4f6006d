package queries

import "github.com/picograph/picograph/queries/syntax"

// reading is one way to read a question as a query. The table of them is tried from the top; the first that makes a query
// of the question's slots is the reading.
type reading struct {
	name    string // for --explain
	example string // a question that is read so
	make    func(*reader, *slots, *understood) syntax.Selection
}

// readings are in the order of precedence: what asks for one thing in particular stands before what takes any question
// that names something.
func readings() []reading {
	return []reading{
		{"a check of the arithmetic", "do the numbers of VOICE add up?", (*reader).asCheck},
		{"a map of evidence", "where are the evidence gaps?", (*reader).asTable},
		{"the items of an instrument", "what are the items of the checklist?", (*reader).asItems},
		{"a count", "how many randomized trials are there?", (*reader).asCount},
		{"attributes", "what is the registration number of VOICE?", (*reader).asAttributes},
		{"subgroups", "which subgroups were analysed?", (*reader).asSubgroups},
		{"a comparison", "IPT vs PCM for pain", (*reader).asCompare},
		{"predictors", "what predicts a lower dose?", (*reader).asPredictors},
		{"characteristics of those enrolled", "what share of VOICE participants were women?", (*reader).asBaseline},
		{"how common something is", "how common is opioid use disorder?", (*reader).asPrevalence},
		{"interventions by what they did", "which interventions reduced opioid dose?", (*reader).asInterventions},
		{"what an intervention consisted of", "what is IPT?", (*reader).asContent},
		{"a card", "motivational interviewing", (*reader).asCard},
		{"a list", "which studies are randomized?", (*reader).asList},
		{"findings", "does IPT reduce opioid dose?", (*reader).asFindings},
		{"the card of a study", "VOICE", (*reader).asShow},
	}
}

// asTable asks for findings put together: those that disagree, a map of them, a summary of findings.
func (r *reader) asTable(s *slots, _ *understood) syntax.Selection {
	switch s.frame {
	case "conflicts", "gaps", "summary":
		return &syntax.Match{Noun: s.frame, Where: r.conditions(s, false)}
	}
	return nil
}

// selection makes the query that the slots call for; nil when they call for none.
func (r *reader) selection(s *slots, u *understood) syntax.Selection {
	u.asked.yesNo = s.frame == "yes or no"
	u.asked.direction = s.direction()
	if s.frame == "why" {
		u.said = append(u.said, "“why” is answered by what the documents say, no reason is inferred")
	}
	u.asked.designs = s.designsAsked
	u.asked.share = s.frame == "share" || s.frame == "how common"
	for _, as := range readings() {
		if sel := as.make(r, s, u); sel != nil {
			u.reading = as.name
			return sel
		}
	}
	return nil
}
