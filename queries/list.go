package queries

import (
	"cmp"
	"slices"
	"strings"

	"github.com/picograph/picograph/graph"
	"github.com/picograph/picograph/graph/evidence"
	"github.com/picograph/picograph/queries/syntax"
)

// studyMatch is a study that meets the conditions on studies, with what the meeting was.
type studyMatch struct {
	study  *graph.Study
	labels []string
	items  []*item
}

// matchStudies returns the studies that meet all conditions. Conditions that only findings can tell are met by a study
// with a finding that meets them all.
func (j *job) matchStudies(conds []*cond) ([]studyMatch, *found, error) {
	outcomes := 0
	for _, c := range conds {
		if c.test != nil && c.test.Field == "outcome" {
			outcomes++
		}
	}
	byFinding := slices.ContainsFunc(conds, func(c *cond) bool {
		return c.study == nil || c.test != nil && c.test.Criterion != nil
	}) || outcomes == 1 && len(conds) > 2 // no finding is of two outcomes
	if !byFinding {
		if j.partial {
			out, err := j.siftStudies(conds)
			return out, nil, err
		}
		var out []studyMatch
		for _, s := range j.studies {
			if !slices.ContainsFunc(conds, func(c *cond) bool { return !c.study(s) }) {
				out = append(out, studyMatch{study: s})
			}
		}
		j.step(len(out), "keep studies that meet all %d conditions", len(conds))
		return out, nil, nil
	}
	f, err := j.search(conds)
	if err != nil {
		return nil, nil, err
	}
	of := map[string][]*item{} // by study
	for _, it := range f.items {
		of[it.StudyID] = append(of[it.StudyID], it)
	}
	var out []studyMatch
	for _, s := range j.studies {
		m := studyMatch{study: s, items: of[s.ID]}
		for _, it := range m.items {
			for _, l := range it.labels {
				m.labels = appendNew(m.labels, l)
			}
		}
		if len(m.items) > 0 && slices.ContainsFunc(m.items, func(it *item) bool { return !it.context }) {
			out = append(out, m)
		}
	}
	return out, f, nil
}

// count counts studies, reports, findings or other things, and lists them.
func (j *job) count(c *syntax.Count) error {
	j.answer.Reading = "how many " + readMatch(c.Noun, c.Where)
	if c.Noun != "studies" {
		return j.countListed(c)
	}
	conds, ok := j.compileAll(c.Where)
	if !ok {
		return nil
	}
	matches, f, err := j.matchStudies(conds)
	if err != nil {
		return err
	}
	if matches, err = j.silent(matches, conds); err != nil {
		return err
	}
	j.studySection(matches)
	if f != nil {
		j.nearMisses(f)
		var items []*item
		for _, m := range matches {
			items = append(items, m.items...)
		}
		j.answer.Cautions = j.cautions(items)
	} else {
		j.studiesLeftOut(conds)
	}
	j.answer.Text = j.countSentence(matches, countedAs(conds), f != nil)
	j.answer.Status = Answered
	if len(matches)+j.unlisted == 0 && f != nil && len(j.answer.Near) > 0 {
		j.answer.Status = NearOnly
	}
	return nil
}

// countListed counts what is no study by the rows that are listed of it.
func (j *job) countListed(c *syntax.Count) error {
	a := j.answer
	if err := j.listNoun(c.Noun, c.Where); err != nil || a.Status == UnknownTerm {
		return err
	}
	a.Text = upperFirst(inWords(a.RowCount())) + " (" + itoa(a.RowCount()) + "): see the list."
	if j.unlisted > 0 || j.unread > 0 {
		a.Text = "At least " + itoa(a.RowCount()) + ": not all that may meet this was read."
		n, ok, err := j.countMany(c.Noun)
		if err != nil {
			return err
		}
		if ok {
			a.Text = itoa(n) + ": those of the first studies are listed."
		}
	}
	a.Status = Answered
	return nil
}

// countSentence says how many studies there are, and which where they are few; byFinding is that their findings were asked.
func (j *job) countSentence(matches []studyMatch, noun string, byFinding bool) string {
	n := len(matches) + j.unlisted
	if n == 0 {
		return "None: no " + noun + " here meets this."
	}
	var names []string
	for _, m := range matches {
		name := studyLabel(m.study)
		if len(m.study.Tellings) > 1 {
			name += " (" + inWords(len(m.study.Tellings)) + " reports, one " + noun + ")"
		}
		names = append(names, name)
	}
	said := upperFirst(inWords(n)) + " " + plural(noun, decimal(n)) + " (" + itoa(n) + ")"
	if n <= 12 {
		said += ": " + join(names, "and")
	}
	said += "."
	if slices.Contains(j.answer.Cautions, mayBeSaid) {
		said = "At most " + lowerFirst(said)
	}
	if j.unread > 0 {
		said = "At least " + itoa(n) + " " + plural(noun, decimal(n)) + ": not all findings that may meet this were read."
	}
	if byFinding {
		if w := j.withinSentence(pick(j.lexicon, matches, "within")); w != "" {
			said += " " + w
		}
		said += " Trials are counted, not reports or arms."
	}
	return said
}

// countedAs is what the studies that meet some conditions are called when they are counted: by the design asked for.
func countedAs(conds []*cond) string {
	noun := "study"
	for _, c := range conds {
		if c.test == nil || c.test.Field != "design" {
			continue
		}
		noun = "trial"
		for _, v := range c.test.Values {
			switch d := strings.ToLower(v.Text); d {
			case "protocol":
				return d
			case "cohort", "systematic review", "observational", "secondary analysis":
				return "study"
			}
		}
	}
	return noun
}

func pick(l *lexicon, matches []studyMatch, block string) []*item {
	var out []*item
	for _, m := range matches {
		for _, it := range m.items {
			if l.blockOf(it) == block {
				out = append(out, it)
			}
		}
	}
	out, _ = dedupe(out)
	return out
}

// studySection lists studies.
func (j *job) studySection(matches []studyMatch) {
	s := Section{Title: "Studies", Kind: "studies", Columns: []string{"Study", "What", "Note", "Source"}}
	for _, m := range matches {
		var sources []string
		for _, t := range m.study.Tellings {
			sources = appendNew(sources, shortSource(t.Source))
		}
		row := Row{Cells: []string{studyLabel(m.study), j.studyLine(m.study), strings.Join(m.labels, "; "), strings.Join(sources, ", ")}, Findings: []Finding{}, Passages: studyPassages(m.study), study: m.study}
		if len(m.items) > 0 {
			items, _ := dedupe(m.items)
			row.Findings = j.findings(items)
		}
		s.Rows = append(s.Rows, row)
	}
	if j.unlisted > 0 {
		s.Note = itoa(j.unlisted) + " more are not listed"
	}
	if len(s.Rows) > 0 {
		j.answer.Sections = append(j.answer.Sections, s.trimmed())
	}
}

// studyPassages returns where a study's design stands, or the first passage of anything about it.
func studyPassages(s *graph.Study) []Located {
	var out []Located
	for _, t := range s.Tellings {
		ps := stated(t, "design", "n_randomized", "n", "registrations")
		if len(ps) == 0 && len(t.Study.Arms) > 0 {
			ps = located(t, t.Study.Arms[0].Passages)
		}
		if len(ps) == 0 && len(t.Study.Findings) > 0 {
			ps = located(t, t.Study.Findings[0].Passages)
		}
		if len(ps) > 2 {
			ps = ps[:2]
		}
		out = append(out, ps...)
	}
	return out
}

// studiesLeftOut names, when trials are counted, the studies that are none, so that the count can be followed.
func (j *job) studiesLeftOut(conds []*cond) {
	if !namesTheRest(conds) {
		return
	}
	for _, s := range j.studies {
		if !conds[0].study(s) {
			j.answer.Near = append(j.answer.Near, Near{What: studyLabel(s) + ": " + j.studyLine(s), Why: "not " + texts(conds[0].test.Values)[0], Findings: []Finding{}, Passages: studyPassages(s)})
		}
	}
}

// namesTheRest reports whether it is to be told which studies a condition leaves out: when trials are counted.
func namesTheRest(conds []*cond) bool {
	return len(conds) == 1 && conds[0].test != nil && conds[0].test.Field == "design"
}

// list answers what asks for studies, reports, outcomes, populations or interventions.
func (j *job) list(noun string, where syntax.Condition) error {
	j.answer.Reading = readMatch(noun, where)
	return j.listNoun(noun, where)
}

// listNoun lists things of a kind that meet conditions.
func (j *job) listNoun(noun string, where syntax.Condition) error {
	conds, ok := j.compileAll(where)
	if !ok {
		return nil
	}
	if noun == "findings" {
		f, err := j.search(conds)
		if err != nil {
			return err
		}
		j.show1(f, noun)
		return nil
	}
	if done, err := j.groupMany(noun, conds); done || err != nil {
		return err
	}
	matches, f, err := j.matchStudies(conds)
	if err != nil {
		return err
	}
	if matches, err = j.silent(matches, conds); err != nil {
		return err
	}
	names, err := j.listSection(noun, matches, conds)
	if err != nil {
		return err
	}
	if f != nil {
		j.nearMisses(f)
	}
	j.steps()
	if j.answer.Text == "" { // no step has said it
		j.answer.Text = j.listedSentence(noun, names, len(matches), conds, f)
	}
	return nil
}

// listSection adds the section of what is listed of some studies, and returns what its rows are called.
func (j *job) listSection(noun string, matches []studyMatch, conds []*cond) (names []string, err error) {
	switch noun {
	case "studies":
		j.labelStudies(matches, conds)
		j.studySection(matches)
		if err := j.studiesSpeaking(matches, conds); err != nil {
			return nil, err
		}
		for _, m := range matches {
			names = append(names, studyLabel(m.study))
		}
	case "reports":
		names = j.reportSection(matches)
	case "interventions":
		names = j.armSection(matches, conds)
	case "outcomes":
		names = j.outcomeSection(matches)
	case "populations":
		names = j.populationSection(matches, isWhole)
	case "subgroups":
		names = j.populationSection(matches, isPart)
	}
	return names, nil
}

// listedSentence says how many things of a kind some studies have, and which where they are few.
func (j *job) listedSentence(noun string, names []string, studies int, conds []*cond, f *found) string {
	a := j.answer
	n := len(names)
	if j.unlisted > 0 && j.byNumber() != nil { // the rows are the first of all
		n += j.unlisted
	}
	switch {
	case n == len(names) && j.unlisted > 0:
		return j.ofMany(noun, studies)
	case n == 0 && f != nil:
		return j.emptySentence(f)
	case n == 0 && len(conds) == 0:
		return "The graph holds no " + noun + "."
	case n == 0:
		return "No " + noun + " here: none has " + join(condWords(conds), "and") + "."
	case a.RowCount() > 0 && a.RowCount() < n && a.RowCount() <= 8:
		var first []string
		for _, sec := range a.Sections {
			for _, r := range sec.Rows {
				first = append(first, r.Cells[0])
			}
		}
		return "Of " + inWords(n) + " " + noun + ", as ordered: " + join(first, "and") + "."
	case n > 8:
		return upperFirst(inWords(n)) + " " + noun + ", listed below."
	}
	return upperFirst(inWords(n)) + " " + singularNoun(noun, n) + ": " + join(names, "and") + "."
}

func singularNoun(noun string, n int) string {
	if n != 1 {
		return noun
	}
	if noun == "studies" {
		return "study"
	}
	return strings.TrimSuffix(noun, "s")
}

// labelStudies says of listed studies how their arms meet conditions on interventions.
func (j *job) labelStudies(matches []studyMatch, conds []*cond) {
	for i := range matches {
		for _, c := range conds {
			if c.test == nil || c.test.Field != "intervention" && c.test.Field != "component" {
				continue
			}
			for _, m := range c.means {
				for _, t := range matches[i].study.Tellings {
					for k := range t.Study.Arms {
						x := &t.Study.Arms[k]
						if ok, how := j.armHas(x, m); ok {
							if how == "" {
								how = j.armName(matches[i].study, x)
							}
							matches[i].labels = appendNew(matches[i].labels, how)
						}
					}
				}
			}
		}
	}
}

// armSection lists the arms of studies that meet the conditions on interventions.
func (j *job) armSection(matches []studyMatch, conds []*cond) []string {
	s := Section{Title: "Interventions", Kind: "interventions", Columns: []string{"Intervention", "Study", "Role", "Why", "What it was", "Source"}}
	var names []string
	seen := map[string]bool{}
	for _, m := range matches {
		for _, t := range m.study.Tellings {
			for i := range t.Study.Arms {
				x := &t.Study.Arms[i]
				ok, how := j.armMeets(x, conds)
				name := j.armName(m.study, x)
				if !ok || seen[m.study.ID+"\x1f"+name] {
					continue
				}
				seen[m.study.ID+"\x1f"+name] = true
				names = append(names, name+" ("+studyLabel(m.study)+")")
				s.Rows = append(s.Rows, Row{
					Cells:    []string{name, studyLabel(m.study), string(x.Role), how, evidence.Clip(armText(x), 240), shortSource(t.Source)},
					Findings: []Finding{}, Passages: located(t, x.Passages),
				})
			}
		}
	}
	if len(s.Rows) > 0 {
		j.answer.Sections = append(j.answer.Sections, s.trimmed())
	}
	return names
}

// armMeets reports whether an arm meets the conditions on interventions and components.
func (j *job) armMeets(x *evidence.Arm, conds []*cond) (bool, string) {
	why := ""
	for _, c := range conds {
		if c.test == nil || c.test.Field != "intervention" && c.test.Field != "component" {
			continue
		}
		met := false
		for _, m := range c.means {
			if ok, how := j.armHas(x, m); ok {
				met, why = true, how
				break
			}
		}
		if !met {
			return false, ""
		}
	}
	return true, why
}

// armText says what an arm consisted of: as described, else in the sentence that describes it.
func armText(a *evidence.Arm) string {
	if a.Description != "" {
		return a.Description
	}
	if a.Label != a.Abbreviation && !genericArm(a.Label) {
		return a.Label
	}
	return strings.Join(a.Aliases, "; ")
}

func (j *job) reportSection(matches []studyMatch) []string {
	s := Section{Title: "Reports", Kind: "reports", Columns: []string{"Report", "Study", "How known", "Source"}}
	var names []string
	for _, m := range matches {
		for _, t := range m.study.Tellings {
			r := telledReport(t)
			if r == nil {
				continue
			}
			known := "loaded"
			if t.Study.SecondHand {
				known = "cited by " + shortSource(t.Source)
			}
			if t.Retracted != "" {
				known += ", RETRACTED"
			}
			names = append(names, reportLabel(*r))
			s.Rows = append(s.Rows, Row{Cells: []string{reference(*r), studyLabel(m.study), known, shortSource(t.Source)}, Findings: []Finding{}, Passages: reportPassages(t)})
		}
	}
	if len(s.Rows) > 0 {
		j.answer.Sections = append(j.answer.Sections, s.trimmed())
	}
	return names
}

func (j *job) outcomeSection(matches []studyMatch) []string {
	s := Section{Title: "Outcomes", Kind: "outcomes", Columns: []string{"Outcome", "Study", "Role", "Definition", "Instrument", "Time", "Source"}}
	var names []string
	for _, m := range matches {
		for _, t := range m.study.Tellings {
			for i := range t.Study.Outcomes {
				o := &t.Study.Outcomes[i]
				names = appendNew(names, o.Text)
				s.Rows = append(s.Rows, Row{
					Cells:    []string{o.Text, studyLabel(m.study), o.Role, definition(o), j.conceptLabel(o.Instrument), o.Timepoint, shortSource(t.Source)},
					Findings: []Finding{}, Passages: located(t, o.Passages),
				})
			}
		}
	}
	if len(s.Rows) > 0 {
		j.answer.Sections = append(j.answer.Sections, s.trimmed())
	}
	return names
}

// isWhole takes every population of a study, isPart those that are part of another or that a finding calls a subgroup.
func isWhole(*evidence.Study, *evidence.Population) bool { return true }

func isPart(st *evidence.Study, p *evidence.Population) bool {
	return p.Parent != "" || slices.ContainsFunc(st.Findings, func(f evidence.Finding) bool { return f.Subgroup && p.ID != "" && f.Population.ID == p.ID })
}

func (j *job) populationSection(matches []studyMatch, wanted func(*evidence.Study, *evidence.Population) bool) []string {
	s := Section{Title: "Populations", Kind: "populations", Columns: []string{"Population", "Study", "Criteria", "Part of", "Source"}}
	var names []string
	for _, m := range matches {
		for _, t := range m.study.Tellings {
			for i := range t.Study.Populations {
				p := &t.Study.Populations[i]
				criteria, whole := strings.Join(j.criteriaTexts(p), "; "), ""
				if p.Text == "" && criteria == "" || !wanted(t.Study, p) {
					continue
				}
				if k := slices.IndexFunc(t.Study.Populations, func(o evidence.Population) bool { return o.ID == p.Parent }); k >= 0 && p.Parent != "" {
					whole = "part of: " + cmp.Or(evidence.Clip(t.Study.Populations[k].Text, 80), "all")
				}
				name := cmp.Or(p.Text, criteria)
				names = appendNew(names, evidence.Clip(name, 60))
				s.Rows = append(s.Rows, Row{
					Cells:    []string{evidence.Clip(name, 160), studyLabel(m.study), criteria, whole, shortSource(t.Source)},
					Findings: []Finding{}, Passages: located(t, p.Passages),
				})
			}
		}
	}
	if len(s.Rows) > 0 {
		j.answer.Sections = append(j.answer.Sections, s.trimmed())
	}
	return names
}

func (l *lexicon) conceptLabel(id string) string {
	if c, ok := l.vocab.Concept(id); ok {
		return c.Label
	}
	return id
}
