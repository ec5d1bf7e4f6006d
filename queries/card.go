package queries

import (
	"slices"
	"strings"

	"github.com/picograph/picograph/graph"
	"github.com/picograph/picograph/graph/evidence"
	"github.com/picograph/picograph/queries/syntax"
)

// show answers with the card of one thing: whatever the name fits best, a study first.
func (j *job) show(s *syntax.Show) error {
	text := s.Name.Text
	if s.Name.Number.Present() {
		text = s.Name.String()
	}
	for _, c := range []struct {
		subject string
		card    func(string) (bool, error)
	}{
		{"study", j.studyCard},
		{"document", j.studyCard},
		{"report", j.reportCard},
		{"instrument", j.instrumentCard},
		{"intervention", j.interventionCard},
		{"outcome", j.outcomeCard},
		{"population", j.populationCard},
	} {
		if s.Subject != "" && s.Subject != c.subject && !(s.Subject == "instrument" && c.subject == "outcome") {
			continue
		}
		done, err := c.card(text)
		if err != nil || done {
			j.answer.Reading = strings.TrimSpace("the card of " + strings.TrimSpace(s.Subject+" "+text))
			return err
		}
	}
	j.answer.Reading = "the card of " + text
	if len(j.vocab.Named(text)) > 0 {
		return j.cardSpoken(text)
	}
	j.unknownTerm([]string{text})
	return nil
}

// cardAttributes are the lines of a study's card.
var cardAttributes = []string{"reference", "design", "registration", "setting", "dates", "sponsor", "sample size", "eligibility", "arms", "primary outcome", "secondary outcomes", "conclusions", "loaded reports"}

func (j *job) studyCard(text string) (bool, error) {
	studies := j.studyNamed(text)
	if len(studies) == 0 {
		return false, nil
	}
	a := j.answer
	for _, st := range studies {
		sec := Section{Title: studyLabel(st), Kind: "card", Columns: []string{"What", "Value", "Source"}}
		for _, n := range cardAttributes {
			if n == "loaded reports" && len(st.Tellings) < 2 {
				continue
			}
			for i, v := range printerNamed(n).print(j, st) {
				if i == 4 && n != "arms" {
					break
				}
				name := n
				if i > 0 {
					name = ""
				}
				sec.Rows = append(sec.Rows, Row{Cells: []string{name, evidence.Clip(v.text, 240), v.source}, Findings: []Finding{}, Passages: v.passages})
			}
		}
		var counts []string
		total := 0
		for _, k := range allKinds {
			n := 0
			for _, t := range st.Tellings {
				for _, f := range t.Study.Findings {
					if f.Kind == k {
						n++
					}
				}
			}
			if n > 0 {
				counts = append(counts, itoa(n)+" "+kindNames[k])
				total += n
			}
		}
		if total > 0 {
			sec.Rows = append(sec.Rows, Row{Cells: []string{"findings", itoa(total) + ": " + strings.Join(counts, ", "), ""}, Findings: []Finding{}})
		}
		a.Sections = append(a.Sections, sec)
	}
	a.Text = studyLabel(studies[0]) + ": " + j.studyLine(studies[0]) + "."
	return true, nil
}

// kindNames are what the kinds of finding are called in a count.
var kindNames = map[evidence.Kind]string{
	evidence.BetweenArms: "between arms", evidence.WithinArm: "changes from baseline", evidence.ArmLevel: "values of arms",
	evidence.Baseline: "baseline characteristics", evidence.Interaction: "interactions", evidence.Association: "associations",
	evidence.Prevalence: "prevalences", evidence.VoteCount: "counts of studies", evidence.InWords: "in words",
}

func (j *job) reportCard(text string) (bool, error) {
	for _, n := range j.find(text, citedName, reportName) {
		r, source, ps := j.reportByID(n)
		if r == nil {
			continue
		}
		sec := Section{Title: reportLabel(*r), Kind: "card", Columns: []string{"What", "Value", "Source"}}
		for _, attr := range []string{"reference", "title", "authors", "journal", "year", "doi", "pmid"} {
			if v := reportAttribute(*r, attr); v != "" {
				sec.Rows = append(sec.Rows, Row{Cells: []string{attr, evidence.Clip(v, 300), shortSource(source)}, Findings: []Finding{}, Passages: ps})
			}
		}
		j.answer.Sections = append(j.answer.Sections, sec)
		j.answer.Text = reference(*r) + "."
		return true, nil
	}
	return false, nil
}

func (j *job) instrumentCard(text string) (bool, error) {
	if len(j.find(text, instrumentName)) == 0 {
		return false, nil
	}
	err := j.instrumentItems(&syntax.Attributes{Names: []string{"items"}, Subject: "instrument", Of: []syntax.Value{{Text: text}}})
	return j.answer.RowCount() > 0, err
}

func (j *job) interventionCard(text string) (bool, error) {
	m := j.meaning("intervention", text, false)
	if !m.known || !slices.ContainsFunc(j.studies, func(s *graph.Study) bool { return j.studyHasArm(s, m) }) {
		return false, nil
	}
	return true, j.interventionContent(&syntax.Attributes{Names: []string{"content", "results"}, Subject: "intervention", Of: []syntax.Value{{Text: text}}})
}

func (j *job) outcomeCard(text string) (bool, error) {
	if err := j.bring("outcome", text); err != nil {
		return false, err
	}
	m := j.meaning("outcome", text, false)
	if !m.known || !slices.ContainsFunc(j.studies, func(s *graph.Study) bool { return j.measures(s, []*meaning{m}) }) {
		return false, nil
	}
	sec := Section{Title: upperFirst(j.label(m)), Kind: "outcomes", Columns: []string{"Outcome", "Study", "Role", "Definition", "Instrument", "Time", "Source"}}
	for _, st := range j.studies {
		for _, t := range st.Tellings {
			for i := range t.Study.Outcomes {
				o := &t.Study.Outcomes[i]
				if m.fits(o.Concept, o.Text) && j.otherInstrument(m, o.Concept, o.Text) == "" {
					sec.Rows = append(sec.Rows, Row{
						Cells:    []string{o.Text, studyLabel(st), o.Role, definition(o), j.conceptLabel(o.Instrument), o.Timepoint, shortSource(t.Source)},
						Findings: []Finding{}, Passages: located(t, o.Passages),
					})
				}
			}
		}
	}
	if len(sec.Rows) > 0 {
		j.answer.Sections = append(j.answer.Sections, sec.trimmed())
	}
	return true, j.addResults(syntax.Is("outcome", text))
}

func (j *job) populationCard(text string) (bool, error) {
	if err := j.bring("population", text); err != nil {
		return false, err
	}
	m := j.meaning("population", text, false)
	var matches []studyMatch
	for _, st := range j.studies {
		if m.known && j.studyOf(st, m) {
			matches = append(matches, studyMatch{study: st})
		}
	}
	if len(matches) == 0 {
		return false, nil
	}
	names := j.populationSection(matches, isWhole)
	j.answer.Text = upperFirst(text) + ": " + join(names[:min(len(names), 4)], "and") + "."
	return true, nil
}

// cardSpoken answers for a name that the vocabulary knows and nothing that was read is about: which documents speak of it.
func (j *job) cardSpoken(text string) error {
	t := &syntax.Test{Field: "outcome", Relation: "=", Values: names([]string{text})}
	said := "; nothing that was read here gave it, measured it or studied people who have it."
	find := j.outcomePlaces([]*cond{{test: t}}, true)
	for i, st := range j.studies {
		if i == mostListed {
			break
		}
		at, err := j.speaksOf(st, find, tells)
		if err != nil {
			return err
		}
		if at != nil {
			said += " The text of " + studyLabel(st) + " speaks of it: " + at.quote() + " (" + shortSource(at.Document) + ")."
			break
		}
	}
	j.answer.Status, j.answer.Text = Empty, upperFirst(text)+" is known to the vocabulary"+said
	return nil
}
