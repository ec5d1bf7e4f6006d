package queries

import (
	"cmp"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/picograph/picograph/graph"
	"github.com/picograph/picograph/graph/evidence"
	"github.com/picograph/picograph/graph/lazyregexp"
	"github.com/picograph/picograph/queries/syntax"
)

// value is one thing stated of a study, with where it stands.
type value struct {
	text     string
	passages []Located
	source   string // of the document
}

// attributePrinter prints one attribute of a study: all that its tellings state of it, nothing where they do not.
type attributePrinter struct {
	name  string
	does  string
	print func(j *job, s *graph.Study) []value
}

// Attributes returns the names of the attributes with what they print, in the order in which help shows them.
func Attributes() [][2]string {
	var out [][2]string
	for _, p := range printers() {
		out = append(out, [2]string{p.name, p.does})
	}
	return out
}

func printerNamed(name string) *attributePrinter {
	for _, p := range printers() {
		if p.name == name {
			return &p
		}
	}
	return nil
}

// attributes answers a look-up.
func (j *job) attributes(s *syntax.Attributes) error {
	a := j.answer
	of := join(texts(s.Of), "and")
	subject := s.Subject + " "
	if len(s.Of) == 0 {
		subject, of = "", "studies"
	}
	a.Reading = join(s.Names, "and") + " of " + strings.TrimSpace(subject+of)
	if s.Where != nil {
		a.Reading += " where " + readCondition(s.Where)
	}
	for _, c := range syntax.Conjuncts(s.Where) {
		if t, ok := c.(*syntax.Test); ok && t.Field == "outcome" {
			for _, v := range t.Values {
				j.about = append(j.about, j.meaning("outcome", v.Text, t.Exactly))
			}
		}
	}
	switch s.Subject {
	case "instrument":
		return j.instrumentItems(s)
	case "intervention":
		return j.interventionContent(s)
	case "report":
		if done := j.citedReports(s); done {
			return nil
		}
	}
	studies, ok, err := j.attributeStudies(s)
	if err != nil || !ok {
		return err
	}
	return j.lookUp(s, studies)
}

// attributeStudies returns the studies that a look-up is of.
func (j *job) attributeStudies(s *syntax.Attributes) ([]*graph.Study, bool, error) {
	var studies []*graph.Study
	for _, v := range texts(s.Of) {
		found := j.studyNamed(v)
		if len(found) == 0 {
			j.unknownTerm([]string{v})
			return nil, false, nil
		}
		for _, st := range found {
			if !slices.Contains(studies, st) {
				studies = append(studies, st)
			}
		}
	}
	if len(s.Of) > 0 {
		return studies, true, nil
	}
	conds, ok := j.compileAll(s.Where)
	if !ok {
		return nil, false, nil
	}
	matches, _, err := j.matchStudies(conds)
	if err != nil {
		return nil, false, err
	}
	if len(matches) == 0 {
		j.answer.Status = Empty
		j.answer.Text = "No study here has " + join(condWords(conds), "and") + "."
		return nil, false, nil
	}
	if narrowed := conditioned(matches, s.Names); len(narrowed) > 0 {
		matches = narrowed
	}
	for _, m := range matches {
		studies = append(studies, m.study)
	}
	if j.unlisted > 0 {
		j.answer.Cautions = append(j.answer.Cautions, j.ofMany("studies", len(studies)))
	}
	return studies, true, nil
}

// conditioned keeps, of several studies that fit a description, those at first hand.
func conditioned(matches []studyMatch, _ []string) []studyMatch {
	return slices.DeleteFunc(slices.Clone(matches), func(m studyMatch) bool { return mainTelling(m.study).Study.SecondHand })
}

// lookedUp gathers what a look-up finds: what is stated, what the text speaks of and nothing read, and what is not reported.
type lookedUp struct {
	sec                  Section
	said, unread, absent []string
}

// lookUp prints attributes of studies: what is stated, and of what is not, that it is not reported.
func (j *job) lookUp(s *syntax.Attributes, studies []*graph.Study) error {
	for _, n := range s.Names {
		if n != "results" && printerNamed(n) == nil {
			j.unknownTerm([]string{n})
			j.answer.Hints = nil
			for _, p := range printers() {
				j.answer.Hints = append(j.answer.Hints, p.name)
			}
			return nil
		}
	}
	f := &lookedUp{sec: Section{Title: "As stated", Kind: "attributes", Columns: []string{"Study", "What", "Value", "Source"}}}
	for _, st := range studies {
		var mine []string
		for _, n := range s.Names {
			if n == "results" {
				continue
			}
			vals := printerNamed(n).print(j, st)
			if n == "sample size" {
				said, err := j.countedSo(s.Where, st)
				if err != nil {
					return err
				}
				vals = append(said, vals...)
			}
			excluded := onlyExcluded(vals)
			if n == "eligibility" && j.asked.excluded && len(excluded) > 0 {
				vals = excluded
			} else if len(vals) == 0 || n == "eligibility" && j.asked.excluded {
				if err := j.lookInText(f, st, n, len(vals) == 0); err != nil {
					return err
				}
			}
			if len(vals) > 0 {
				mine = append(mine, j.lookedAt(f, st, n, vals))
			}
		}
		if len(mine) > 0 {
			f.said = append(f.said, studyLabel(st)+": "+strings.TrimSuffix(strings.Join(mine, ". "), "."))
		}
	}
	results := slices.Contains(s.Names, "results")
	j.lookedUpText(f, results)
	return j.attributeResults(s, studies, results)
}

// onlyExcluded returns those of the criteria of a study that say who could not take part.
func onlyExcluded(vals []value) []value {
	return slices.DeleteFunc(slices.Clone(vals), func(v value) bool { return !strings.HasPrefix(v.text, criterionMark+excludedMark) })
}

// lookInText looks for the sentence that states what was not read of a study; where there is none, the attribute is not reported.
func (j *job) lookInText(f *lookedUp, st *graph.Study, n string, absent bool) error {
	said, err := j.attributeSpoken(st, n)
	switch {
	case err != nil:
		return err
	case said != nil:
		f.unread = append(f.unread, n+" of "+studyLabel(st)+": “"+evidence.Clip(said.Passage.Text, mostQuoted)+"”")
		f.sec.Rows = append(f.sec.Rows, Row{Cells: []string{studyLabel(st), n, "not read; the text says: “" + said.Passage.Text + "”", shortSource(said.Document)}, Findings: []Finding{}, Passages: []Located{said.Located}})
	case absent:
		f.absent = append(f.absent, n+" of "+studyLabel(st))
		f.sec.Rows = append(f.sec.Rows, Row{Cells: []string{studyLabel(st), n, "not reported", ""}, Findings: []Finding{}})
	}
	return nil
}

// lookedAt adds the rows of one attribute of a study, and returns it in short.
func (j *job) lookedAt(f *lookedUp, st *graph.Study, n string, vals []value) string {
	var short []string
	for _, v := range vals {
		f.sec.Rows = append(f.sec.Rows, Row{Cells: []string{studyLabel(st), n, v.text, v.source}, Findings: []Finding{}, Passages: v.passages})
		short = appendNew(short, v.text)
	}
	switch n {
	case "certainty":
		return certaintyShort(short)
	case "references":
		return n + ": " + itoa(len(vals)) + " cited, listed below"
	}
	if len(short) > 2 {
		short = append(short[:2], "and more below")
	}
	if n == "design" || n == "masking" {
		if v := j.designVerdict(st); v != "" {
			short = append([]string{v}, short...)
		}
	}
	return n + ": " + evidence.Clip(strings.Join(short, "; "), 420)
}

// lookedUpText puts what a look-up found into the answer.
func (j *job) lookedUpText(f *lookedUp, results bool) {
	a := j.answer
	if len(f.sec.Rows) > 0 {
		a.Sections = append(a.Sections, f.sec)
	}
	if len(f.said) > 0 {
		if len(f.said) > maxSentences {
			f.said = append(f.said[:maxSentences-1], "and more below")
		}
		a.Text = strings.Join(f.said, ". ") + "."
	}
	if len(f.unread) > 0 {
		if n := len(f.unread); n > maxSentences {
			f.unread = append(f.unread[:maxSentences], inWords(n-maxSentences)+" more below")
		}
		a.Text = strings.TrimSpace(a.Text + " Not read, though the text speaks of it: " + strings.Join(f.unread, "; "))
	}
	if len(f.absent) > 0 {
		if n := len(f.absent); n > mostSilent+1 {
			f.absent = append(f.absent[:mostSilent], inWords(n-mostSilent)+" more below")
		}
		a.Text = strings.TrimSpace(a.Text + " Not reported here: " + join(f.absent, "and") + ".")
		if len(f.said)+len(f.unread) == 0 && !results {
			a.Status = Empty
		}
	}
}

// designVerdict answers whether a study is of the designs that a question asks about; "" where it asks about none. A
// design that is not stated is not denied, but for those that a study's kind rules out.
func (j *job) designVerdict(st *graph.Study) string {
	var out []string
	for _, d := range j.asked.designs {
		switch {
		case designIs(st, d):
			out = append(out, "yes, "+d)
		case strings.Contains(d, "randomized") && d != "non-randomized" && unassigned(st):
			out = append(out, "not "+d)
		default:
			out = append(out, "not said to be "+d)
		}
	}
	return join(out, "and")
}

// unassigned reports whether a study is of a kind in which nobody is assigned to anything by chance.
func unassigned(st *graph.Study) bool {
	d := mainTelling(st).Study.Design
	return evidence.Unassigned(d.Kind) || d.Allocation == evidence.NoAllocation || d.Allocation == evidence.NonRandomized || d.Model == "single group"
}

// attributeResults adds the findings that a look-up implies: those on its primary or secondary outcomes, or those that
// were asked for.
func (j *job) attributeResults(s *syntax.Attributes, studies []*graph.Study, results bool) error {
	var where []syntax.Condition
	switch {
	case slices.Contains(s.Names, "primary outcome"):
		where = append(where, syntax.Is("role", "primary"))
	case slices.Contains(s.Names, "secondary outcomes"):
		where = append(where, syntax.Is("role", "secondary"))
	case !results:
		for _, st := range studies {
			j.answer.Studies = append(j.answer.Studies, Study{studyLabel(st), j.studyLong(st)})
		}
		return nil
	}
	ids := make([]string, len(studies))
	for i, st := range studies {
		ids[i] = st.ID
	}
	where = append([]syntax.Condition{syntax.Is("study", ids...)}, where...)
	if len(s.Of) > 0 {
		where = append(where, syntax.Conjuncts(s.Where)...)
	}
	return j.addResults(syntax.Join(where...))
}

// addResults adds the findings that meet a condition to an answer that has something else already.
func (j *job) addResults(where syntax.Condition) error {
	conds, ok := j.compileAll(where)
	if !ok {
		return nil
	}
	f, err := j.search(conds)
	if err != nil {
		return err
	}
	f.near = nil
	f.items = slices.DeleteFunc(f.items, func(it *item) bool { return it.Kind == evidence.Baseline })
	a := j.answer
	a.Sections = append(a.Sections, j.sections(f.items)...)
	a.Cautions = append(a.Cautions, j.cautions(f.items)...)
	for _, st := range j.studiesOf(f.items) {
		if !slices.Contains(a.Studies, st) {
			a.Studies = append(a.Studies, st)
		}
	}
	if len(f.items) > 0 {
		a.Text = strings.TrimSpace(a.Text + " " + j.sentences(f, "findings"))
	} else {
		a.Text = strings.TrimSpace(a.Text + " No result on it was read.")
	}
	return nil
}

// stated returns the passages behind a study's fields.
func stated(t *graph.Telling, fields ...string) []Located {
	var out []Located
	for _, f := range fields {
		for _, s := range t.Study.Stated {
			if s.Field == f || strings.HasPrefix(s.Field, f+".") {
				out = append(out, located(t, s.Passages)...)
			}
		}
	}
	return out
}

func located(t *graph.Telling, ps []evidence.Passage) []Located {
	out := make([]Located, len(ps))
	for i, p := range ps {
		out[i] = Located{t.Source, p}
	}
	return out
}

// reportPassages returns where a cited report is cited.
func reportPassages(t *graph.Telling) []Located {
	for _, c := range t.Cites {
		if c.ID == t.Study.Via {
			return located(t, c.Passages)
		}
	}
	return nil
}

// citedReports answers look-ups of reports that are only cited; false when they are studies' own.
func (j *job) citedReports(s *syntax.Attributes) bool {
	sec := Section{Title: "As stated", Kind: "attributes", Columns: []string{"Report", "What", "Value", "Source"}}
	for _, v := range texts(s.Of) {
		for _, n := range j.find(v, citedName, reportName) {
			r, source, passages := j.reportByID(n)
			if r == nil {
				continue
			}
			for _, attr := range s.Names {
				text := reportAttribute(*r, attr)
				if text == "" {
					text = "not reported"
				}
				sec.Rows = append(sec.Rows, Row{Cells: []string{reportLabel(*r), attr, text, shortSource(source)}, Findings: []Finding{}, Passages: passages})
			}
		}
		if len(sec.Rows) > 0 {
			break
		}
	}
	if len(sec.Rows) == 0 {
		return false
	}
	j.answer.Sections = append(j.answer.Sections, sec)
	var said []string
	for _, r := range sec.Rows[:min(len(sec.Rows), 3)] {
		said = append(said, r.Cells[1]+": "+r.Cells[2])
	}
	j.answer.Text = sec.Rows[0].Cells[0] + ": " + strings.Join(said, ". ") + "."
	return true
}

// reportByID returns a loaded or cited report, the document that has it, and where.
func (j *job) reportByID(n name) (*evidence.Report, string, []Located) {
	id, cite, _ := strings.Cut(n.id, "#")
	for i := range j.documents {
		d := &j.documents[i]
		if d.ID != id {
			continue
		}
		if cite == "" {
			return &d.Report, d.Source, nil
		}
		for k := range d.Cites {
			if d.Cites[k].ID == cite {
				var ps []Located
				for _, p := range d.Cites[k].Passages {
					ps = append(ps, Located{d.Source, p})
				}
				return &d.Cites[k].Report, d.Source, ps
			}
		}
	}
	return nil, "", nil
}

// instrumentItems answers what a checklist or scale consists of.
func (j *job) instrumentItems(s *syntax.Attributes) error {
	a := j.answer
	for _, v := range texts(s.Of) {
		m := j.meaning("outcome", v, false)
		for _, st := range j.studies {
			for _, t := range st.Tellings {
				for i := range t.Study.Instruments {
					in := &t.Study.Instruments[i]
					if key(in.Label) != key(v) && key(in.Abbreviation) != key(v) && (in.Concept == "" || !slices.Contains(m.direct, in.Concept)) && !containsAll(content(in.Label+" "+in.Abbreviation), m.words) {
						continue
					}
					sec := Section{Title: cmp.Or(in.Label, in.Abbreviation), Kind: "items", Columns: []string{"Item", "Source"}}
					for k, item := range in.Items {
						sec.Rows = append(sec.Rows, Row{Cells: []string{fmt.Sprintf("%d. %s", k+1, item), shortSource(t.Source)}, Findings: []Finding{}, Passages: located(t, in.Passages)})
					}
					if len(sec.Rows) == 0 {
						continue
					}
					a.Sections = append(a.Sections, sec)
					a.Text = fmt.Sprintf("%s has %s items, as %s lists them.", in.Label, inWords(len(in.Items)), shortSource(t.Source))
					if st != nil {
						a.Studies = append(a.Studies, Study{studyLabel(st), j.studyLine(st)})
					}
					return nil
				}
			}
		}
		if !m.known {
			j.unknownTerm([]string{v})
			return nil
		}
	}
	a.Status = Empty
	a.Text = "No document here lists the items of " + join(texts(s.Of), "or") + "."
	return nil
}

// interventionContent answers what an intervention consisted of, in each study that gave it.
func (j *job) interventionContent(s *syntax.Attributes) error {
	a := j.answer
	conds, ok := j.compileAll(s.Where)
	if !ok {
		return nil
	}
	c := &contents{sec: Section{Title: "What it consisted of", Kind: "content", Columns: []string{"Intervention", "Study", "Role", "N", "Parts", "As described", "Source"}}}
	for _, v := range texts(s.Of) {
		m := j.meaning("intervention", v, false)
		if !m.known {
			j.unknownTerm([]string{v})
			return nil
		}
		if err := j.bring("intervention", v); err != nil {
			return err
		}
		for _, exact := range []bool{true, false} {
			if exact || len(c.sec.Rows) == 0 {
				j.armContents(c, m, conds, exact)
			}
		}
	}
	if len(c.sec.Rows) == 0 {
		a.Status = Empty
		a.Text = "No study here gave " + join(texts(s.Of), "or") + " as an intervention of its own."
		return nil
	}
	if j.asked.dose && !slices.ContainsFunc(c.sec.Rows, func(r Row) bool { return amountIn.MatchString(strings.Join(r.Cells, " ")) }) {
		more, err := j.dosesSpoken(s, c.ids)
		if err != nil {
			return err
		}
		c.said = append(more, c.said...)
	}
	a.Sections = append(a.Sections, c.sec.trimmed())
	if a.Text = strings.Join(c.said, ". "); a.Text != "" && !strings.HasSuffix(a.Text, ".") {
		a.Text += "."
	}
	for _, id := range c.ids {
		a.Studies = append(a.Studies, Study{studyLabel(j.byID[id]), j.studyLine(j.byID[id])})
	}
	if slices.Contains(s.Names, "results") {
		return j.addResults(syntax.Join(syntax.Is("intervention", texts(s.Of)...), syntax.Is("study", c.ids...)))
	}
	return nil
}

// contents gathers what interventions consisted of: the rows, the studies that gave them and the first descriptions.
type contents struct {
	sec       Section
	ids, said []string
}

// armContents adds the arms that were given an intervention, in the studies that meet some conditions; exactly leaves out those of a kind of
// it, or of which it is a part.
func (j *job) armContents(c *contents, m *meaning, conds []*cond, exact bool) {
	for _, st := range j.studies {
		if slices.ContainsFunc(conds, func(c *cond) bool { return c.study != nil && !c.study(st) }) {
			continue
		}
		for _, t := range st.Tellings {
			for i := range t.Study.Arms {
				x := &t.Study.Arms[i]
				if ok, how := j.armHas(x, m); !ok || exact && how != "" {
					continue
				}
				c.ids = appendNew(c.ids, st.ID)
				c.sec.Rows = append(c.sec.Rows, Row{
					Cells:    []string{j.armName(st, x), studyLabel(st), string(x.Role), string(x.N), j.partsText(x), describing(x), shortSource(t.Source)},
					Findings: []Finding{}, Passages: located(t, x.Passages),
				})
				if d := describing(x); d != "" && len(c.said) < 2 {
					c.said = append(c.said, j.armName(st, x)+" ("+studyLabel(st)+"): "+evidence.Clip(d, 300))
				}
			}
		}
	}
}

// amountIn matches an amount of something that is given.
var amountIn = lazyregexp.New(`(?i)\d ?(?:mg|mcg|µg|μg|g|ml|iu|units?|mmol|tablets?|capsules?)\b`)

// dosesSpoken returns the sentences of some studies that name what was given and an amount, which was not read.
func (j *job) dosesSpoken(s *syntax.Attributes, ids []string) (out []string, err error) {
	var names []string
	for _, v := range texts(s.Of) {
		names = append(names, regexp.QuoteMeta(v))
	}
	named := regexp.MustCompile(`(?i)\b(?:` + strings.Join(names, "|") + `)\b[^.;\n]{0,80}?\d`)
	for _, id := range ids {
		said, err := j.speaksOf(j.byID[id], func(text string) [][]int { return named.FindAllStringIndex(text, -1) }, func(sentence string) int { return len(amountIn.FindAllString(sentence, -1)) })
		if err != nil {
			return nil, err
		}
		if said != nil && amountIn.MatchString(said.Passage.Text) {
			out = append(out, "Not read, though the text speaks of it: dose in "+studyLabel(j.byID[id])+": "+said.quote())
			j.answer.Near = append(j.answer.Near, Near{What: studyLabel(j.byID[id]) + ": “" + said.Passage.Text + "”", Why: whyQuoted, Findings: []Finding{}, Passages: []Located{said.Located}})
		}
	}
	return out, nil
}

// partsText lists the components of an arm.
func (j *job) partsText(a *evidence.Arm) string {
	var out []string
	for _, c := range a.Components {
		out = append(out, lowerFirst(j.conceptLabel(c)))
	}
	return strings.Join(out, ", ")
}

// describing returns the text that describes an arm: its description, else the sentences that name it, each once.
func describing(a *evidence.Arm) string {
	if a.Description != "" {
		return a.Description
	}
	var out []string
	for _, p := range a.Passages {
		out = appendNew(out, strings.Join(strings.Fields(p.Text), " "))
	}
	return evidence.Clip(strings.Join(out, " "), 900)
}
