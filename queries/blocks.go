package queries

import (
	"cmp"
	"slices"
	"strings"

	"github.com/picograph/picograph/graph"
	"github.com/picograph/picograph/graph/evidence"
)

// block is one kind of evidence, as answers keep them apart.
type block struct {
	name  string
	title string
	holds func(l *lexicon, it *item) bool
}

// blocks are the sections of an answer, in the order in which they are shown; the first that holds a finding gets it.
var blocks = []block{
	{"better", "Better than comparator", func(l *lexicon, it *item) bool {
		return differs(it) && sided(it) && it.Direction != evidence.NotStated && l.wentTo(it) == goodDirection(l.better(it))
	}},
	{"worse", "Worse than comparator", func(l *lexicon, it *item) bool {
		return differs(it) && sided(it) && l.wentTo(it) == opposite(goodDirection(l.better(it))) && goodDirection(l.better(it)) != evidence.NotStated
	}},
	{"differs", "Different from comparator", func(_ *lexicon, it *item) bool { return differs(it) }},
	{"nodifference", "Compared between arms: no difference shown", func(_ *lexicon, it *item) bool {
		return it.Kind == evidence.BetweenArms && (it.Direction == evidence.NoDifference || it.Significant != nil && !*it.Significant)
	}},
	{"compared", "Compared between arms: result not stated", func(_ *lexicon, it *item) bool { return it.Kind == evidence.BetweenArms }},
	{"interaction", "Whether the effect differs between groups of people", func(_ *lexicon, it *item) bool { return it.Kind == evidence.Interaction }},
	{"within", "Changed from baseline", func(_ *lexicon, it *item) bool {
		return it.Kind == evidence.WithinArm && it.Direction != evidence.NoDifference
	}},
	{"nochange", "No change from baseline", func(_ *lexicon, it *item) bool {
		return it.Kind == evidence.WithinArm && it.Direction == evidence.NoDifference
	}},
	{"arm", "Values of single arms (not compared)", func(_ *lexicon, it *item) bool { return it.Kind == evidence.ArmLevel }},
	{"vote", "Counts of studies in reviews (not sizes of effects)", func(_ *lexicon, it *item) bool { return it.Kind == evidence.VoteCount }},
	{"association", "Associated (not assigned)", func(_ *lexicon, it *item) bool { return it.Kind == evidence.Association }},
	{"prevalence", "How common", func(_ *lexicon, it *item) bool { return it.Kind == evidence.Prevalence }},
	{"baseline", "Characteristics of those enrolled", func(_ *lexicon, it *item) bool { return it.Kind == evidence.Baseline }},
	{"statement", "Reported in words only", func(_ *lexicon, _ *item) bool { return true }},
}

// differs reports whether a comparison shows a difference: its direction is a side, and nothing says not significant.
func differs(it *item) bool {
	return it.Kind == evidence.BetweenArms && (it.Direction == evidence.Increased || it.Direction == evidence.Decreased) &&
		(it.Significant == nil || *it.Significant)
}

// sided reports whether a comparison tells which arm its direction is of: there is such an arm, and an arm without an
// active intervention is not lumped with an active one against a third.
func sided(it *item) bool {
	if len(it.Arm) == 0 && len(it.arms) == 0 || it.reversed() {
		return false
	}
	passive := 0
	for _, a := range it.arms {
		if untreated(a.Role) {
			passive++
		}
	}
	return passive == 0 || passive == len(it.arms)
}

// untreated reports whether an arm's role is that of one without an active intervention.
func untreated(role evidence.Role) bool {
	switch role {
	case evidence.Placebo, evidence.Sham, evidence.UsualCare, evidence.NoIntervention:
		return true
	}
	return false
}

func (l *lexicon) blockOf(it *item) string {
	for _, b := range blocks {
		if b.holds(l, it) {
			return b.name
		}
	}
	return ""
}

// columns of a section's table, in order; those that are empty in all rows are left out.
var columnNames = []string{"Intervention", "Comparator", "By or with", "Outcome", "Study", "Population", "N", "Time", "Result", "P", "Note", "Source"}

// columns that are kept even where they are empty in all rows.
const resultColumn = 8

// sections puts findings into blocks. Arm values that a shown comparison prints already are left out.
func (j *job) sections(items []*item) []Section {
	items, also := dedupe(items)
	shown := map[string]bool{}
	for _, it := range items {
		if it.Kind == evidence.BetweenArms {
			for _, id := range it.From {
				shown[it.DocumentID+"\x1f"+id] = true
			}
		}
	}
	var out []Section
	for _, b := range blocks {
		var rows []Row
		for _, it := range items {
			if j.blockOf(it) != b.name || it.Kind == evidence.ArmLevel && shown[it.DocumentID+"\x1f"+it.Finding.Finding.ID] {
				continue
			}
			rows = append(rows, Row{Cells: j.cells(it), Findings: j.findings(append([]*item{it}, also[it]...)), study: it.study, item: it, direction: j.shownDirection(it)})
		}
		if len(rows) == 0 {
			continue
		}
		s := Section{Title: b.title, Kind: b.name, Columns: columnNames, Rows: rows}
		if b.name == "within" {
			s.Title += " (" + j.whyWithin(items) + ")"
		}
		out = append(out, s.trimmed())
	}
	return out
}

// whyWithin says why a change from baseline is not an effect.
func (j *job) whyWithin(items []*item) string {
	for _, it := range items {
		if it.Kind == evidence.WithinArm && hasUntreated(it.study) {
			return "within one arm, so not an effect of the intervention alone"
		}
	}
	return "no untreated arm, so not an effect of the intervention alone"
}

// hasUntreated reports whether a study has an arm without an active intervention.
func hasUntreated(s *graph.Study) bool {
	for _, t := range s.Tellings {
		for _, a := range t.Study.Arms {
			if untreated(a.Role) {
				return true
			}
		}
	}
	return false
}

// trimmed drops the columns that are empty in all rows.
func (s Section) trimmed() Section {
	var keep []int
	for c := range s.Columns {
		full := c == resultColumn && len(s.Columns) == len(columnNames)
		for _, r := range s.Rows {
			full = full || r.Cells[c] != ""
		}
		if full {
			keep = append(keep, c)
		}
	}
	pick := func(cells []string) []string {
		out := make([]string, len(keep))
		for i, c := range keep {
			out[i] = cells[c]
		}
		return out
	}
	rows := make([]Row, len(s.Rows))
	for i, r := range s.Rows {
		r.Cells = pick(r.Cells)
		rows[i] = r
	}
	s.Columns, s.Rows = pick(s.Columns), rows
	return s
}

// cells prints a finding as a row of columnNames.
func (j *job) cells(it *item) []string {
	by := ""
	switch it.Kind {
	case evidence.Interaction:
		by = "by " + evidence.Clip(lowerFirst(j.conceptLabel(it.Modifier)), 60)
	case evidence.Association, evidence.InWords:
		if it.Exposure != "" {
			by = "with " + it.Exposure
		}
	}
	result := j.figures(it)
	words := ""
	switch {
	case result == "" && it.Kind == evidence.BetweenArms && it.P.Value.Present():
		result = directionWord(it) + noEstimate(it)
	case result == "":
		result, words = "in words only", quote(it)
	}
	switch {
	case it.Kind == evidence.InWords, it.Kind == evidence.Association && len(it.Estimates) == 0:
		result = words
	case it.Kind == evidence.VoteCount && quote(it) != "":
		result += ", in words: " + quote(it) // what the studies found, which the count does not say
	case words != "" && it.Kind == evidence.BetweenArms:
		result = directionWord(it) + noEstimate(it) + ", in words: " + words
	case words != "":
		result = directionWord(it) + "in words only: " + words
	}
	return []string{
		j.armNames(it, it.arms, it.Arm), j.armNames(it, it.comps, it.Comparator), by, outcomeText(it), studyLabel(it.study), j.populationText(it), sizeText(it),
		timeText(it), result, pvalue(it.P), j.note(it), shortSource(it.Telling.Source),
	}
}

func directionWord(it *item) string {
	switch it.Direction {
	case evidence.Increased, evidence.Decreased:
		return string(it.Direction) + ", "
	case evidence.NoDifference:
		if it.Kind == evidence.WithinArm {
			return "no change, "
		}
	}
	return ""
}

// plain prints a concept identifier or text in words.
func plain(s string) string { return strings.ReplaceAll(s, "_", " ") }

func outcomeText(it *item) string {
	if it.Outcome.Text == "" {
		return plain(it.Outcome.Concept)
	}
	text := lowerFirst(evidence.Clip(it.Outcome.Text, 90))
	if o := studyOutcome(it); o != nil && it.st != nil && !strings.EqualFold(o.Text, it.Outcome.Text) && !containsAll(content(it.Outcome.Text), content(o.Text)) && it.Kind != evidence.Baseline {
		text += " (" + lowerFirst(evidence.Clip(o.Text, 60)) + ")"
	}
	return text
}

func timeText(it *item) string {
	if it.Timepoint.Text != "" {
		return it.Timepoint.Text
	}
	if it.Timepoint.Months.Present() {
		return string(it.Timepoint.Months) + " months"
	}
	switch it.Kind {
	case evidence.BetweenArms, evidence.WithinArm:
		return "not stated"
	}
	return ""
}

// armNames prints the arms of a finding by the name that is best understood.
func (j *job) armNames(it *item, arms []*evidence.Arm, labels []string) string {
	if len(arms) < len(labels) {
		return strings.Join(labels, ", ")
	}
	out := make([]string, len(arms))
	for i, a := range arms {
		out[i] = j.armName(it.study, a)
	}
	return strings.Join(out, ", ")
}

// armName returns an arm's abbreviation, also where another report of the study has it; else a label that tells what
// was given.
func (l *lexicon) armName(st *graph.Study, a *evidence.Arm) string {
	if a.Abbreviation != "" {
		return a.Abbreviation
	}
	if short := abbreviatedElsewhere(st, a); short != "" {
		return short
	}
	if !genericArm(a.Label) {
		return a.Label
	}
	var labels []string
	for _, i := range a.Interventions {
		label := i
		if c, ok := l.vocab.Concept(i); ok {
			label = c.Label
		}
		if !strings.EqualFold(label, a.Label) {
			labels = append(labels, label)
		}
	}
	if len(labels) > 0 {
		return a.Label + " (" + strings.Join(labels, " + ") + ")"
	}
	return armLabel(*a)
}

// abbreviatedElsewhere returns the abbreviation under which another report of a study has the one arm that was given the same; "" where its
// own report has a further arm that was: which of the two is meant cannot be told.
func abbreviatedElsewhere(st *graph.Study, a *evidence.Arm) string {
	if len(a.Interventions) == 0 || st == nil {
		return ""
	}
	short := ""
	for _, t := range st.Tellings {
		own, others := false, 0
		for i := range t.Study.Arms {
			switch o := &t.Study.Arms[i]; {
			case o == a:
				own = true
			case slices.Equal(o.Interventions, a.Interventions):
				others++
				short = cmp.Or(short, o.Abbreviation)
			}
		}
		if own && others > 0 {
			return ""
		}
	}
	return short
}

func armList(arms []*evidence.Arm) string {
	out := make([]string, len(arms))
	for i, a := range arms {
		out[i] = armLabel(*a)
	}
	return join(out, "and")
}

// populationText prints who a finding is about: a subgroup by its criteria, else the whole study.
func (j *job) populationText(it *item) string {
	text := it.Population.Text
	if it.Subgroup && len(it.pops) > 0 {
		var cs []string
		for _, c := range it.pops[0].Criteria {
			if c.Relation.Numeric() {
				cs = append(cs, strings.TrimSpace(sign(c.Relation)+c.Value+" "+c.Unit))
			}
		}
		switch {
		case len(cs) > 0:
			text = strings.Join(cs, ", ")
		case text == "":
			text = cmp.Or(strings.Join(j.criteriaTexts(&it.pops[0]), ", "), "that is not described")
		}
	} else if it.Kind != evidence.Prevalence && it.Kind != evidence.Association && it.Kind != evidence.InWords {
		text = "all"
		if len(it.st.Populations) == 0 {
			text = ""
		}
		if c := j.mainCriterion(it); c != "" {
			text = "all (" + c + ")"
		}
	}
	return evidence.Clip(text, 80)
}

// mainCriterion returns the numbers that limit who could take part in a study, besides age.
func (l *lexicon) mainCriterion(it *item) string {
	if len(it.pops) == 0 {
		return ""
	}
	var cs []string
	for _, c := range it.pops[len(it.pops)-1].Criteria {
		if c.Relation.Numeric() && c.Variable != "age" && !c.Exclude {
			s := sign(c.Relation) + c.Value
			if c.High.Present() {
				s += " to " + string(c.High)
			}
			s = strings.TrimSpace(s + " " + c.Unit)
			if c.Unit != "MME/day" && c.Variable != "" { // whose unit does not tell what is measured
				s = l.variableText(c) + " " + s
			}
			cs = append(cs, s)
		}
	}
	return strings.Join(cs, ", ")
}

// sizeText prints how many people a finding rests on, or that this is not reported; nothing where the result says it.
func sizeText(it *item) string {
	switch it.Kind {
	case evidence.WithinArm, evidence.ArmLevel:
		for _, e := range it.Estimates {
			if e.Total.Present() {
				return ""
			}
			if e.N.Present() {
				return string(e.N)
			}
		}
		if it.Subgroup {
			return "not reported"
		}
		for _, a := range it.arms {
			if a.N.Present() {
				return string(a.N) + " in the arm"
			}
		}
		if n := studySize(it.study); n.Present() {
			return string(n) + " in the study"
		}
		return "not reported"
	case evidence.BetweenArms, evidence.Interaction:
		for _, e := range it.Estimates {
			if e.N.Present() {
				return string(e.N)
			}
		}
		if it.Subgroup {
			return "not reported"
		}
		if n := studySize(it.study); n.Present() {
			return string(n) + " in the study"
		}
		return "not reported"
	}
	return ""
}

// note prints what a reader has to know of one finding besides its numbers.
func (j *job) note(it *item) string {
	var out []string
	if it.Telling.Retracted != "" {
		out = append(out, "RETRACTED")
	}
	out = append(out, it.labels...)
	if it.Analysis != "" {
		out = append(out, it.Analysis+" analysis")
	}
	if it.st.SecondHand {
		out = append(out, "second-hand, via "+shortSource(it.Telling.Source))
	}
	if it.Kind != evidence.InWords && j.includesNull(it) && (it.Direction == evidence.Increased || it.Direction == evidence.Decreased) {
		out = append(out, "interval includes no change")
	}
	if j.ofEvents(it) {
		out = append(out, "the hazard ratio is of the event that ends it: below 1 is fewer events")
	}
	if it.reversed() {
		out = append(out, "the printed difference is that of the second arm less the first, by the arms' own values")
	}
	for _, e := range it.Estimates {
		if e.Doubt != "" {
			out = append(out, e.Doubt)
			break
		}
	}
	for _, c := range it.Checks {
		if !slices.Contains(out, c) {
			out = append(out, "flag: "+c)
		}
	}
	for _, id := range it.From {
		for i := range it.st.Findings {
			if f := &it.st.Findings[i]; f.ID == id && f.Kind == evidence.ArmLevel {
				for _, c := range f.Checks {
					out = append(out, "flag: "+c)
				}
			}
		}
	}
	return strings.Join(out, "; ")
}

// findings puts findings into the form of an answer.
func (j *job) findings(items []*item) []Finding {
	out := make([]Finding, len(items))
	for i, it := range items {
		out[i] = Finding{ID: string(it.Key), Study: studyLabel(it.study), Document: it.Telling.Source, Finding: it.Finding.Finding}
		out[i].Finding.ID = string(it.Key)
	}
	return out
}

// telledReport returns the report that a telling's study is known by.
func telledReport(t *graph.Telling) *evidence.Report {
	if t.Study.SecondHand {
		return citation(t)
	}
	return t.Report
}

// studyLine prints a study in one line: design, size, registration, reports, and how it is known.
func (l *lexicon) studyLine(s *graph.Study) string {
	var parts []string
	d := mainTelling(s).Study.Design
	kind := cmp.Or(d.Allocation, "")
	switch {
	case d.Kind != "" && kind != "" && kind != evidence.NoAllocation:
		kind += " " + d.Kind
	case kind == evidence.NoAllocation:
		kind = "no comparison group"
		if d.Model == "single group" || d.Model == "" {
			kind = strings.TrimSpace(d.Text + " without a comparison group")
		}
	case d.Kind != "":
		kind = d.Kind
	}
	if kind == evidence.KindSystematicReview && d.Text != "" && d.Text != kind {
		kind += " (" + d.Text + ")"
	}
	parts = append(parts, cmp.Or(kind, d.Text, "design not stated"))
	if n := mainTelling(s).Study.NStudies; n.Present() {
		parts = append(parts, string(n)+" studies included")
	}
	if n := studySize(s); n.Present() {
		parts = append(parts, "N "+string(n))
	}
	if c := mainTelling(s).Study.Clusters; c.Present() {
		parts = append(parts, string(c)+" "+plural(cmp.Or(mainTelling(s).Study.ClusterUnit, "cluster"), c))
	}
	for _, t := range s.Tellings {
		if len(t.Study.Registrations) > 0 {
			parts = append(parts, t.Study.Registrations[0])
			break
		}
	}
	if why := retracted(s); why != "" {
		parts = append(parts, why)
	}
	if mainTelling(s).Study.SecondHand {
		parts = append(parts, "known only second-hand, via "+shortSource(mainTelling(s).Source))
	} else if n := len(s.Tellings); n > 1 {
		why := ""
		if len(s.Joins) > 0 {
			why, _, _ = strings.Cut(s.Joins[0].Evidence, ";")
			why = ": " + why
		}
		if r := reports(s); r > 1 {
			parts = append(parts, itoa(r)+" reports"+why)
		} else {
			parts = append(parts, "1 report in "+itoa(n)+" documents")
		}
	}
	return strings.Join(parts, ", ")
}

// reports returns how many reports a study is told in: a report that comes in several documents is one.
func reports(s *graph.Study) int {
	ids := map[string]bool{}
	for _, t := range s.Tellings {
		ids[t.ReportID] = true
	}
	return len(ids)
}

// retracted tells that a report of a study was retracted, and why it counts as that; "" where nothing says so.
func retracted(s *graph.Study) string {
	n, why := 0, ""
	ids := map[string]bool{}
	for _, t := range s.Tellings {
		if t.Retracted != "" && !ids[t.ReportID] {
			ids[t.ReportID] = true
			n++
			why = t.Retracted
		}
	}
	switch {
	case n == 0:
		return ""
	case n < reports(s):
		return "RETRACTED: " + itoa(n) + " of its reports (" + why + ")"
	}
	return "RETRACTED (" + why + ")"
}

// studyLong prints a study in one line with where and when it was done.
func (l *lexicon) studyLong(s *graph.Study) string {
	out := l.studyLine(s)
	for _, name := range []string{"setting", "dates"} {
		for _, v := range printerNamed(name).print(&job{lexicon: l}, s) {
			out += "; " + v.text
		}
	}
	return out
}

// mainTelling returns the telling that is the study's own report: first-hand, and no secondary analysis, if there is one.
func mainTelling(s *graph.Study) *graph.Telling {
	best := s.Tellings[0]
	rank := func(t *graph.Telling) int {
		r := 0
		if t.Study.SecondHand {
			r += 4
		}
		if t.Study.Design.Kind == evidence.KindSecondaryAnalysis || t.Study.Parent != "" {
			r += 2
		}
		if !t.Study.NRandomized.Present() && !t.Study.N.Present() {
			r++
		}
		return r
	}
	for _, t := range s.Tellings[1:] {
		if rank(t) < rank(best) {
			best = t
		}
	}
	return best
}
