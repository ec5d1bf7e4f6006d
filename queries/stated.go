package queries

import (
	"fmt"
	"slices"
	"strings"

	"github.com/picograph/picograph/graph"
	"github.com/picograph/picograph/graph/check"
	"github.com/picograph/picograph/graph/evidence"
	"github.com/picograph/picograph/graph/lazyregexp"
	"github.com/picograph/picograph/graph/quantity"
	"github.com/picograph/picograph/graph/vocab"
	"github.com/picograph/picograph/queries/syntax"
)

// definition prints how an outcome was defined, when that says more than its name.
func definition(o *evidence.Outcome) string {
	s := o.Definition
	if s == o.Text {
		s = ""
	}
	if o.Doubt != "" {
		s = strings.TrimSpace(s + " (" + o.Doubt + ")")
	}
	return s
}

// printOutcomes makes a printer of the outcomes of a role; "" is all of them.
func printOutcomes(role string) func(*job, *graph.Study) []value {
	return func(j *job, s *graph.Study) []value {
		var out []value
		for _, t := range s.Tellings {
			for i := range t.Study.Outcomes {
				o := &t.Study.Outcomes[i]
				if role != "" && o.Role != role {
					continue
				}
				text := o.Text
				if d := definition(o); d != "" {
					text += ": " + d
				}
				if o.Instrument != "" {
					text += "; instrument: " + j.conceptLabel(o.Instrument)
				}
				if o.Timepoint != "" {
					text += "; at " + strings.TrimPrefix(o.Timepoint, "at ")
				}
				if role == "" && o.Role != "" {
					text += " (" + o.Role + ")"
				}
				out = addValue(out, value{text, located(t, o.Passages), shortSource(t.Source)})
			}
		}
		return out
	}
}

// outcomesAbout returns the outcomes of a telling that a look-up is about: those that fit one of some names, else all.
func outcomesAbout(t *graph.Telling, about []*meaning) []*evidence.Outcome {
	var all, fit []*evidence.Outcome
	for i := range t.Study.Outcomes {
		o := &t.Study.Outcomes[i]
		all = append(all, o)
		if slices.ContainsFunc(about, func(m *meaning) bool { return m.fits(o.Concept, o.Text) || o.Instrument != "" && m.all[o.Instrument] }) {
			fit = append(fit, o)
		}
	}
	if len(fit) > 0 {
		return fit
	}
	return all
}

func printDefinitions(j *job, s *graph.Study) []value {
	var out []value
	for _, t := range s.Tellings {
		for _, o := range outcomesAbout(t, j.about) {
			if d := definition(o); d != "" {
				out = addValue(out, value{o.Text + ": " + d, located(t, o.Passages), shortSource(t.Source)})
			}
		}
	}
	return out
}

func printInstruments(j *job, s *graph.Study) []value {
	var out []value
	about := func(t *graph.Telling) bool {
		return slices.ContainsFunc(outcomesAbout(t, j.about), func(o *evidence.Outcome) bool {
			return slices.ContainsFunc(j.about, func(m *meaning) bool { return m.fits(o.Concept, o.Text) })
		})
	}
	some := slices.ContainsFunc(s.Tellings, about)
	for _, t := range s.Tellings {
		if some && !about(t) {
			continue // another report of the study tells of it
		}
		tellings := j.instrumentSentences(t)
		for _, o := range outcomesAbout(t, j.about) {
			how := j.instrumentOf(t, o, tellings)
			if d := definition(o); d != "" {
				how += "; defined as " + d
			}
			out = addValue(out, value{o.Text + ": " + how, located(t, o.Passages), shortSource(t.Source)})
		}
		for _, in := range t.Study.Instruments {
			out = addValue(out, value{in.Label, located(t, in.Passages), shortSource(t.Source)})
		}
	}
	return out
}

// instrumentSentence is a sentence of a document that names an instrument.
type instrumentSentence struct {
	label string
	words []string
	about []string // the outcomes that it measures
}

// instrumentSentences returns the sentences of a telling's document that name instruments; none where its text cannot be read.
func (j *job) instrumentSentences(t *graph.Telling) []instrumentSentence {
	text, err := j.graph.Text(j.ctx, t.DocumentID)
	if err != nil {
		return nil
	}
	var out []instrumentSentence
	for _, m := range j.vocab.Mentions(text, 0) {
		for _, id := range m.Concepts {
			if c, ok := j.vocab.Concept(id); ok && c.Type == vocab.TypeInstrument && !m.Ambiguous {
				out = append(out, instrumentSentence{c.Label, content(sentenceAround(text, m.Start, m.End).Text), c.Related})
			}
		}
	}
	return out
}

// titledScale matches what is written like the name of an instrument: "Neck Disability Index".
var titledScale = lazyregexp.New(`\b[A-Z][\w-]+(?: (?:of |for |and )?[A-Z][\w-]+)* (?:Index|Scale|Questionnaire|Inventory|Measure|Survey|Schedule|Interview|Checklist|Test|Grade)\b`)

// instrumentOf prints what an outcome was measured with. Where that was not read, the instruments that its sentences speak of
// are named, for a person to tell.
func (j *job) instrumentOf(t *graph.Telling, o *evidence.Outcome, spoken []instrumentSentence) string {
	if o.Instrument != "" {
		return j.conceptLabel(o.Instrument)
	}
	passages := slices.Clone(o.Passages)
	for i := range t.Study.Findings {
		if f := &t.Study.Findings[i]; f.Outcome.Text == o.Text || o.Concept != "" && f.Outcome.Concept == o.Concept {
			passages = append(passages, f.Passages...)
		}
	}
	var named []string
	for _, p := range passages {
		for _, m := range j.vocab.Mentions(p.Text, 0) {
			for _, id := range m.Concepts {
				if c, ok := j.vocab.Concept(id); ok && c.Type == vocab.TypeInstrument && !m.Ambiguous {
					named = appendNew(named, c.Label)
				}
			}
		}
	}
	for _, p := range passages {
		for _, n := range titledScale.FindAllString(p.Text, -1) {
			if !slices.ContainsFunc(named, func(l string) bool { return strings.EqualFold(l, n) }) {
				named = append(named, n)
			}
		}
	}
	for _, s := range spoken {
		measures := o.Concept != "" && slices.ContainsFunc(s.about, func(id string) bool { return j.vocab.IsA(o.Concept, id) || j.vocab.IsA(id, o.Concept) })
		if measures || containsAll(s.words, content(o.Text)) {
			named = appendNew(named, s.label)
		}
	}
	if len(named) == 0 {
		return "instrument not named"
	}
	if called := key(o.Text + " " + o.Definition); len(named) == 1 && strings.Contains(called, key(named[0])) {
		return named[0] // "Brief Pain Inventory total score"
	}
	return "instrument not read; sentences that speak of it name " + join(named, "and") + ", of which some may measure something else"
}

func printItems(_ *job, s *graph.Study) []value {
	var out []value
	for _, t := range s.Tellings {
		for _, in := range t.Study.Instruments {
			for i, item := range in.Items {
				out = addValue(out, value{fmt.Sprintf("%s %d: %s", in.Label, i+1, item), located(t, in.Passages), shortSource(t.Source)})
			}
		}
	}
	return out
}

func printIncluded(_ *job, s *graph.Study) []value {
	var out []value
	for _, t := range s.Tellings {
		d := t.Study.Design
		switch {
		case d.Kind == evidence.KindSystematicReview || d.Kind == evidence.KindMetaAnalysis:
			if n := includedCount(t.Study); n != "" {
				out = addValue(out, value{n, stated(t, "n_studies"), shortSource(t.Source)})
			} else if strings.ContainsAny(d.Text, "0123456789") {
				out = addValue(out, value{d.Text, stated(t, "design"), shortSource(t.Source)})
			}
			for _, f := range t.Study.Findings {
				for _, e := range f.Estimates {
					if f.Kind == evidence.VoteCount && e.Total.Present() {
						out = addValue(out, value{string(e.Total) + " of them on " + f.Outcome.Text, located(t, f.Passages), shortSource(t.Source)})
					}
				}
			}
		}
	}
	return out
}

// includedCount says how many studies a review included, the randomized and the observational ones apart where it tells them apart.
func includedCount(s *evidence.Study) string {
	var parts []string
	if s.NTrials.Present() {
		parts = append(parts, string(s.NTrials)+" randomized "+plural("trial", s.NTrials))
	}
	if s.NObservational.Present() {
		parts = append(parts, string(s.NObservational)+" observational")
	}
	if s.NStudies.Present() {
		return string(s.NStudies) + " " + plural("study", s.NStudies) + " included" + inBrackets(join(parts, "and"))
	}
	if len(parts) == 0 {
		return ""
	}
	return join(parts, "and") + " included"
}

func printConclusions(_ *job, s *graph.Study) []value {
	var out []value
	for _, t := range s.Tellings {
		for _, p := range t.Study.Conclusions {
			out = addValue(out, value{"“" + strings.Join(strings.Fields(p.Text), " ") + "”", []Located{{t.Source, p}}, shortSource(t.Source)})
		}
	}
	return out
}

func printTellings(_ *job, s *graph.Study) []value {
	var out []value
	for _, t := range s.Tellings {
		text := shortSource(t.Source)
		if t.Report != nil {
			text += ": " + evidence.Clip(reference(*t.Report), 200)
		}
		if t.Study.SecondHand {
			text += " (describes it)"
		}
		if t.Retracted != "" {
			text += " (RETRACTED: " + t.Retracted + ")"
		}
		out = addValue(out, value{text, studyPassages(s)[:min(1, len(studyPassages(s)))], shortSource(t.Source)})
	}
	for _, j := range s.Joins {
		out = addValue(out, value{"joined: " + j.Evidence, nil, ""})
	}
	return out
}

func printReferences(_ *job, s *graph.Study) []value {
	var out []value
	for _, t := range s.Tellings {
		if t.Study.SecondHand {
			continue
		}
		for _, c := range t.Cites {
			out = addValue(out, value{reference(c.Report), located(t, c.Passages), shortSource(t.Source)})
		}
	}
	return out
}

// printCertainty prints the authors' own ratings of the evidence, and what bears on certainty and risk of bias. It rates nothing: that
// is for a person.
func printCertainty(j *job, s *graph.Study) []value {
	out := j.ratings(s)
	if len(out) == 0 {
		out = []value{j.unrated(s)}
	}
	for _, t := range s.Tellings {
		st, src := t.Study, shortSource(t.Source)
		signal := func(text string, ps []Located) { out = addValue(out, value{text, ps, src}) }
		if st.Design.Allocation != "" {
			signal("allocation: "+st.Design.Allocation+"; how it was concealed is not extracted", stated(t, "design"))
		}
		if st.Design.Masking != "" {
			signal("masking: masked as stated: "+st.Design.Masking, stated(t, "design.masking", "design"))
		} else if st.Design.Kind == evidence.KindTrial {
			signal("masking: not stated", nil)
		}
		if len(st.Registrations) > 0 {
			signal("registered: "+strings.Join(st.Registrations, ", "), stated(t, "registrations"))
		}
		if c := roles(j, s, t); c != "" {
			signal(c, nil)
		}
		for _, m := range missingData(t) {
			signal(m.text, m.passages)
		}
		for i := range st.Findings {
			f := &st.Findings[i]
			if f.Kind == evidence.BetweenArms && len(f.Estimates) > 0 && f.Estimates[0].CI != nil {
				signal("imprecision: "+f.Outcome.Text+", "+estimate(f.Estimates[0], f.Kind)+includes(j, f), located(t, f.Passages))
			}
			if f.Kind == evidence.Baseline {
				signal("people (directness): "+f.Outcome.Text+" "+baselineFigure(f), located(t, f.Passages))
			}
		}
		if st.Setting != "" {
			signal("setting (directness): "+st.Setting, stated(t, "setting"))
		}
		if st.SecondHand {
			signal("known only second-hand, via "+src, nil)
		}
	}
	return out
}

func baselineFigure(f *evidence.Finding) string {
	var parts []string
	for _, e := range f.Estimates {
		parts = append(parts, estimate(e, f.Kind))
	}
	return strings.Join(parts, ", ")
}

func includes(j *job, f *evidence.Finding) string {
	if j.includesNull(&item{Finding: &graph.Finding{Finding: *f}}) {
		return " (includes no difference)"
	}
	return ""
}

// roles says whether a study had an arm without an active intervention.
func roles(j *job, s *graph.Study, t *graph.Telling) string {
	if len(t.Study.Arms) == 0 {
		return ""
	}
	if len(t.Study.Arms) == 1 {
		return "comparison: none, one group only"
	}
	var names []string
	for i := range t.Study.Arms {
		names = append(names, j.armName(s, &t.Study.Arms[i]))
	}
	if hasUntreated(s) {
		return "comparison: " + join(names, "against")
	}
	return "comparison: " + join(names, "against") + "; no arm with usual care, placebo or no intervention"
}

// missingData compares how many people an outcome's numbers rest on with how many were randomized.
func missingData(t *graph.Telling) []value {
	var out []value
	n := t.Study.NRandomized
	for i := range t.Study.Findings {
		f := &t.Study.Findings[i]
		if f.Kind != evidence.BetweenArms || len(f.From) < 2 || !n.Present() {
			continue
		}
		total := 0
		for _, id := range f.From {
			k := slices.IndexFunc(t.Study.Findings, func(o evidence.Finding) bool { return o.ID == id })
			if k < 0 || len(t.Study.Findings[k].Estimates) == 0 {
				total = 0
				break
			}
			v, ok := t.Study.Findings[k].Estimates[0].Total.Int()
			if !ok || v == 0 {
				total = 0
				break
			}
			total += v
		}
		all, ok := n.Int()
		if total == 0 || !ok || total > all {
			continue
		}
		missing := all - total
		share := quantity.Round(100*float64(missing)/float64(all), 1)
		out = append(out, value{fmt.Sprintf("missing data: %s rests on %d of %d randomized, %d (%s%%) missing (calculated)", lowerFirst(f.Outcome.Text), total, all, missing, share), located(t, f.Passages), ""})
	}
	return out
}

// check works through the arithmetic of studies: those named, else all of the graph, one at a time.
func (j *job) check(s *syntax.Check) error {
	j.answer.Reading = "the arithmetic of what was printed"
	c := checking{job: j, counts: map[check.Verdict]int{}}
	c.rows = Section{Title: "What does not add up, or had to be presumed", Kind: "checks", Columns: []string{"Study", "Verdict", "What", "Calculation", "Source"}}
	if len(s.Of) == 0 {
		for st, err := range j.graph.EachStudy(j.ctx) {
			if err != nil {
				return fmt.Errorf("reading the studies: %w", err)
			}
			c.study(st, false)
		}
	} else {
		j.answer.Reading += " of " + join(texts(s.Of), "and")
		for _, v := range texts(s.Of) {
			found := j.studyNamed(v)
			if len(found) == 0 {
				j.unknownTerm([]string{v})
				return nil
			}
			for _, st := range found {
				c.study(st, true)
			}
		}
	}
	c.tell()
	return nil
}

// checking gathers what the checks of studies say.
type checking struct {
	*job
	rows   Section
	counts map[check.Verdict]int
	wrong  []string
}

// study checks a study. It is listed where something is to be said of it, or it was asked for.
func (c *checking) study(st *graph.Study, asked bool) {
	before := len(c.rows.Rows)
	for _, t := range st.Tellings {
		doc := &evidence.Document{Source: t.Source, Studies: []evidence.Study{*t.Study}}
		if t.Report != nil {
			doc.Report = *t.Report
		}
		for _, r := range check.Check(doc, c.vocab) {
			c.counts[r.Verdict]++
			if r.Verdict == check.Consistent {
				continue
			}
			row := Row{Cells: []string{studyLabel(st), string(r.Verdict), r.Text, r.Calculation, shortSource(t.Source)}, Findings: []Finding{}, Passages: located(t, r.Passages)}
			for i := range t.Study.Findings {
				if f := &t.Study.Findings[i]; f.ID == r.Finding && len(row.Passages) == 0 {
					row.Passages = located(t, f.Passages)
				}
			}
			c.rows.Rows = append(c.rows.Rows, row)
			if r.Verdict == check.Inconsistent {
				c.wrong = append(c.wrong, r.Text)
			}
		}
		c.presumed(&c.rows, st, t)
	}
	if asked || len(c.rows.Rows) > before {
		c.answer.Studies = append(c.answer.Studies, Study{studyLabel(st), c.studyLine(st)})
	}
}

// tell puts what was found into the answer.
func (c *checking) tell() {
	a := c.answer
	slices.SortStableFunc(c.rows.Rows, func(x, y Row) int { return verdictOrder(x.Cells[1]) - verdictOrder(y.Cells[1]) })
	a.Status = Answered
	if len(c.rows.Rows) > 0 {
		a.Sections = append(a.Sections, c.rows.trimmed())
	}
	switch n := len(c.wrong); {
	case n > 2:
		a.Text = "Does not add up: " + strings.Join(c.wrong[:2], "; ") + "; " + inWords(n-2) + " more below."
	case n > 0:
		a.Text = "Does not add up: " + strings.Join(c.wrong, "; ") + "."
	default:
		a.Text = "Nothing that was printed contradicts itself."
	}
	a.Text += fmt.Sprintf(" %d checks agree, %d differ in a way that usual practice can explain.", c.counts[check.Consistent], c.counts[check.Explainable])
	a.Cautions = append(a.Cautions, "a flag is not a correction: the numbers stay as they were printed")
}

func verdictOrder(v string) int {
	return slices.Index([]string{string(check.Inconsistent), string(check.Explainable), "presumed"}, v)
}

// presumed adds what had to be presumed of estimates, such as a unit that is not stated; the checks have the rest.
func (j *job) presumed(sec *Section, st *graph.Study, t *graph.Telling) {
	seen := map[string]bool{}
	add := func(what, doubt string, ps []evidence.Passage) {
		if doubt == "" || seen[doubt] {
			return
		}
		seen[doubt] = true
		sec.Rows = append(sec.Rows, Row{Cells: []string{studyLabel(st), "presumed", what + ": " + doubt, "", shortSource(t.Source)}, Findings: []Finding{}, Passages: located(t, ps)})
	}
	for _, f := range t.Study.Findings {
		for _, e := range f.Estimates {
			add("“"+e.Printed+"”", e.Doubt, f.Passages)
		}
	}
}
