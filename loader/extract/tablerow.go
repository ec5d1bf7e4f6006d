package extract

import (
	"slices"
	"strings"

	"github.com/picograph/picograph/graph/evidence"
	"github.com/picograph/picograph/graph/lazyregexp"
	"github.com/picograph/picograph/graph/quantity"
	"github.com/picograph/picograph/graph/vocab"
)

// rowSubject is what a row of a table is about.
type rowSubject struct {
	outcome  evidence.OutcomeRef
	unit     string
	time     evidence.Timepoint
	baseline bool
	change   bool
	arm      int // the arm that its label names, -1 where none
	style    cellStyle
	share    bool // its values are shares of people
}

// groupValue is the value of one arm at one time, with the columns that it stands in.
type groupValue struct {
	column   *sheetColumn
	columns  []int
	estimate evidence.Estimate
	told     *toldFinding
}

var (
	// sectionLabel are headings that group rows and say nothing of them that a name should hold.
	sectionLabel = lazyregexp.New(`(?i)^(?:.*\b)?(?:outcomes?(?: measures?)?|end ?points?|measures|variables?|characteristics|parameters|data|results|analys[ei]s|related|demographics?|clinical events|items|domains|subscales|tests|assessments)(?:[\s,:–-]*(?:n|no\.|mean|median)?\s*[(\[].*)?$`)
	roleLabel    = lazyregexp.New(`(?i)^(primary|secondary|exploratory|other|additional)\s(?:(?:efficacy|safety|clinical)\s)?(?:outcomes?|end ?points?)(?: measures?)?\s*[:–—-]?\s*`)
	unitTail     = lazyregexp.New(`^(.*?)(?:,\s*|\s*[(\[])([^()\[\],]{1,24})[)\]]?$`)
	// afterTreatment is a time that is not counted from the start of the study.
	afterTreatment = lazyregexp.New(`(?i)\b(?:post|after|follow|since)`)
	changeLabel    = lazyregexp.New(`(?i)^(?:(?:mean|average|absolute|adjusted|percent(?:age)?)\s)*change\s(?:in|from)\b|\bchange from baseline\b`)
	shareLabel     = lazyregexp.New(`(?i)\bproportion|%|\bper ?cent`)
)

// subject reads the labels that lead to a row.
func (t *tableReader) subject(row *sheetRow) rowSubject {
	s := rowSubject{arm: -1, style: t.style}
	rowsOfArms := !slices.ContainsFunc(t.sheet.columns, func(c sheetColumn) bool { return c.kind == columnArm })
	var names []piece
	role := ""
	for i, p := range row.path {
		if st, _ := t.styles.of(p.text); st.said() {
			s.style = st
		}
		for _, mark := range strings.Split(p.marks, ",") {
			if st := t.styles.both(t.marked[mark]); mark != "" && st.said() {
				s.style = st
			}
		}
		if rowsOfArms && i == len(row.path)-1 || rowsOfArms && s.arm < 0 {
			if a := t.rowArm(&sheetRow{path: []piece{p}}); a >= 0 {
				s.arm = a
				continue
			}
		}
		if baselineHeader.MatchString(p.text) {
			s.baseline = true
			continue
		}
		if changeHeader.MatchString(p.text) && len(strings.Fields(p.text)) <= 4 && i > 0 {
			s.change = true
			if tp := t.timeIn(p.Span); tp.Text != "" {
				s.time = tp
			}
			continue
		}
		if tp := t.timeIn(p.Span); tp.Text != "" && (momentLabel.MatchString(p.text) || namedTime.MatchString(p.text)) {
			if s.time = tp; afterTreatment.MatchString(p.text) {
				s.time.Text = p.text
			}
			continue
		}
		if namedTime.MatchString(p.text) && len(strings.Fields(p.text)) <= 4 {
			s.time = evidence.Timepoint{Text: p.text}
			continue
		}
		if m := roleLabel.FindStringSubmatchIndex(p.text); m != nil {
			role = outcomeRole(p.text[m[2]:m[3]])
			p.text = p.text[m[1]:]
		}
		if p.text != "" && (i == len(row.path)-1 || !sectionLabel.MatchString(p.text)) {
			names = append(names, p)
		}
	}
	if len(names) == 0 && t.sheet.table.Caption.Len() > 0 && (s.arm >= 0 || s.time.Text != "" || s.baseline) {
		if name := captionOutcome(t.r.doc.At(t.sheet.table.Caption)); name != "" && t.known(name) {
			names = append(names, piece{text: name})
		}
	}
	t.nameOutcome(&s, names, role)
	return s
}

// known reports whether a phrase names an outcome that the vocabulary or the study has.
func (t *tableReader) known(name string) bool {
	o, _ := t.announced(name, "")
	return o != nil || t.c.outcome(name) != ""
}

// captionOutcome returns the outcome that a caption is about: what stands before "by group", "at", "in".
func captionOutcome(caption string) string {
	caption = captionLead.ReplaceAllString(caption, "")
	if m := captionEnd.FindStringIndex(caption); m != nil {
		caption = caption[:m[0]]
	}
	caption = plainLabel(strings.TrimSpace(caption))
	if n := len(strings.Fields(caption)); n == 0 || n > 8 || sectionLabel.MatchString(caption) {
		return ""
	}
	return caption
}

var (
	captionLead = lazyregexp.New(`(?i)^(?:(?:mean|median|change(?:s)? in|effects? (?:of \w+ )?on|comparison of|differences? in|results (?:of|for)|scores (?:of|on)|the)\s(?:[(\[][^)\]]*[)\]]\s)?)+`)
	captionEnd  = lazyregexp.New(`(?i)\s(?:by|at|in|among|for|over|during|across|between|from|of the|according|before|after)\s|[.,;:(]`)
)

// nameOutcome names the outcome of a row by its label, and by the heading above it where the label is one of its items.
func (t *tableReader) nameOutcome(s *rowSubject, names []piece, role string) {
	if len(names) == 0 {
		return
	}
	label := plainLabel(names[len(names)-1].text)
	s.share = shareLabel.MatchString(names[len(names)-1].text)
	s.change = s.change || changeLabel.MatchString(label)
	if text, unit := t.unit(label); unit != "" {
		label, s.unit = text, unit
	}
	name := label
	if n := len(names); n > 1 {
		name = plainLabel(names[n-2].text)
		if text, unit := t.unit(name); unit != "" {
			name = text
			if s.unit == "" {
				s.unit = unit
			}
		}
		name += ": " + label
	}
	ref := evidence.OutcomeRef{Text: name, Role: role}
	if t.baseline || s.baseline {
		ref.Concept = t.characteristic(label, name)
	} else {
		ref.Concept = t.outcomeConcept(names, name, label)
	}
	if o, exact := t.announced(label, ref.Concept); o != nil && !t.baseline {
		if ref.Concept == "" {
			ref.Concept = o.Concept
		}
		if ref.Role == "" {
			ref.Role = o.Role
		}
		if exact && s.time.Text == "" && !s.baseline {
			s.time = t.f.announced(evidence.OutcomeRef{Text: o.Text})
		}
	}
	s.outcome = ref
}

// outcomeConcept returns the concept of an outcome: that of its whole name, of its label, of the heading above it, else the
// one that label or heading mention; or "".
func (t *tableReader) outcomeConcept(names []piece, name, label string) string {
	for _, form := range []string{name, label, strings.SplitN(name, ": ", 2)[0]} {
		if id := t.c.outcome(form); id != "" {
			return id
		}
	}
	for i := len(names) - 1; i >= max(0, len(names)-2); i-- {
		if names[i].Len() == 0 {
			continue
		}
		if id := t.r.outcomeConcept(names[i].Span, names[i].Span); id != "" && t.r.typed(id, []string{vocab.TypeOutcome}) {
			return id
		}
	}
	return ""
}

// characteristic returns the concept of a characteristic of those enrolled, or "".
func (t *tableReader) characteristic(label, name string) string {
	for _, form := range []string{label, name, strings.SplitN(label, ", ", 2)[0]} {
		if id := t.c.concept(form, vocab.TypeCharacteristic, vocab.TypeOutcome, vocab.TypeInstrument, vocab.TypeCondition); id != form {
			return id
		}
	}
	return t.c.outcome(label)
}

// announced returns the one outcome of the study that a label names, by its words or by its concept, or nil; exact tells
// that the words are the same.
func (t *tableReader) announced(label, concept string) (o *evidence.Outcome, exact bool) {
	n := 0
	words := topicWords(label)
	for i := range t.f.t.study.Outcomes {
		have := &t.f.t.study.Outcomes[i]
		if strings.EqualFold(have.Text, label) {
			return have, true
		}
		if same := allAmong(words, topicWords(have.Text)) && allAmong(topicWords(have.Text), words); same || concept != "" && have.Concept == concept {
			o, exact = have, same
			n++
		}
	}
	if n != 1 {
		return nil, false
	}
	return o, exact
}

// unit splits the unit off a label: "Age (years)", "Weight, kg".
func (t *tableReader) unit(label string) (text, unit string) {
	m := unitTail.FindStringSubmatch(label)
	if m == nil || strings.TrimSpace(m[1]) == "" {
		return label, ""
	}
	if u, ok := t.r.vocab.Unit(m[2]); ok && m[2] != "m" {
		return strings.TrimSpace(m[1]), u.ID
	}
	return label, ""
}

// row makes the findings of a row.
func (t *tableReader) row(row *sheetRow) {
	s := t.subject(row)
	if s.outcome.Text == "" {
		t.miss(row, t.sheet.stub, "no label names what was measured")
		return
	}
	values := t.values(row, &s)
	for i := range values {
		t.tellValue(row, &s, &values[i])
	}
	if t.baseline || s.baseline {
		return
	}
	t.comparisons(row, &s, values)
}

// values reads the values of arms in a row, those that stand in several columns put together.
func (t *tableReader) values(row *sheetRow, s *rowSubject) []groupValue {
	var out []groupValue
	for k := t.sheet.stub; k < len(t.sheet.columns); k++ {
		c := &t.sheet.columns[k]
		if c.kind == columnTime && s.arm >= 0 && t.measure == "" || c.kind == columnTime && s.arm < 0 && len(t.f.t.study.Arms) == 1 {
			own := *c
			own.kind, own.arms = columnArm, []int{max(s.arm, 0)}
			c = &own
		}
		if c.kind != columnArm && (c.kind != columnTotal || !t.baseline) {
			continue
		}
		i := slices.IndexFunc(out, func(g groupValue) bool {
			return c.part != "" && g.column.part != "" && g.column.kind == c.kind && slices.Equal(g.column.arms, c.arms) && g.column.time == c.time && g.column.baseline == c.baseline && g.column.change == c.change
		})
		if i < 0 {
			out = append(out, groupValue{column: c})
			i = len(out) - 1
		}
		t.addValue(&out[i], row, s, k, c)
	}
	return slices.DeleteFunc(out, func(g groupValue) bool { return len(g.columns) == 0 })
}

// addValue reads a cell into the value of its arm.
func (t *tableReader) addValue(g *groupValue, row *sheetRow, s *rowSubject, k int, c *sheetColumn) {
	v := t.lines(row, k)
	if !v.numeric() {
		if v.form == cellText {
			t.miss(row, k, "words where a number belongs")
		}
		return
	}
	if c.part != "" {
		if v.form == cellOne && v.relation == "" && g.set(c.part, v) {
			t.read++
			g.columns = append(g.columns, k)
			return
		}
		if v.form == cellOne || c.part != "n" && c.part != "CI" {
			t.miss(row, k, "it does not fit the column "+c.part)
			return
		}
	}
	e, reason := v.estimate(t.styleFor(s, c, v), c.n)
	if reason != "" {
		t.miss(row, k, reason)
		return
	}
	if e.CI != nil {
		e.CI.Level = t.level
	}
	t.currency(&e, v)
	if !e.N.Present() && !e.Total.Present() {
		e.N = c.n
	}
	t.read++
	g.columns = append(g.columns, k)
	n := g.estimate.N
	g.estimate = e
	if n.Present() {
		g.estimate.N = n
	}
}

// currency gives an estimate the unit of the sign before its numbers.
func (t *tableReader) currency(e *evidence.Estimate, v cellValue) {
	if v.currency == "" {
		return
	}
	e.Unit = v.currency
	if u, ok := t.r.vocab.Unit(v.currency); ok {
		e.Unit = u.ID
	}
}

// styleFor returns what the table says of a cell: the row's words before those of the column, of the caption and of the
// notes.
func (t *tableReader) styleFor(s *rowSubject, c *sheetColumn, v cellValue) cellStyle {
	st := s.style
	if s.style == t.style && c.style.said() { // the row itself says nothing
		st = c.style
	} else if st.centre != "" && st.spread == "" && c.style.spread != "" && (c.style.centre == "" || c.style.centre == st.centre) {
		st.spread = c.style.spread
	}
	if v.form == cellPair && v.percentB && whole(v.a) {
		return cellStyle{centre: "count", spread: "percent"}
	}
	return st
}

// set takes the number of a column that holds a part of a value.
func (g *groupValue) set(part string, v cellValue) bool {
	e := &g.estimate
	switch part {
	case "n":
		e.N = v.a
	case "count":
		e.Events = v.a
	case "mean":
		e.Mean = v.a
	case "SD":
		e.SD = v.a
	case "SE":
		e.SE = v.a
	case "median":
		e.Median = v.a
	case "percent":
		e.Percent = v.a
	default:
		return false
	}
	switch {
	case e.Mean.Present():
		e.Measure = "mean"
	case e.Median.Present():
		e.Measure = "median"
	case e.Percent.Present() || e.Events.Present():
		e.Measure = "proportion"
		if e.N.Present() && e.Percent.Present() && !e.Events.Present() && whole(e.N) {
			// "n" beside "%": those counted, not the size of the group
			e.Events, e.N = e.N, ""
		}
	}
	return true
}

// miss takes down a cell that could not be read.
func (t *tableReader) miss(row *sheetRow, k int, reason string) {
	t.unread = append(t.unread, unreadCell{t.sheet.table.Rows[row.at[0]][k].Span, reason})
}

// lines reads a cell of a row, with what stands in the lines of it below: the interval, the P value.
func (t *tableReader) lines(row *sheetRow, k int) cellValue {
	v := t.sheet.value(row.at[0], k)
	for _, r := range row.at[1:] {
		below := t.sheet.value(r, k)
		switch {
		case below.form == cellSpan && v.form == cellOne:
			v.form, v.b, v.c = cellRange, below.a, below.b
		case below.form == cellOne && v.form != cellText && !v.p.Present() && quantity.Compare(below.a, "1") <= 0 && !below.a.Negative():
			v.p, v.pRel = below.a, below.relation
			if v.pRel == "" {
				v.pRel = "="
			}
		case below.form == cellEmpty:
		default:
			v.form = cellText
		}
	}
	return v
}

// tellValue makes the finding of an arm's value.
func (t *tableReader) tellValue(row *sheetRow, s *rowSubject, g *groupValue) {
	if !hasNumber(g.estimate) {
		return
	}
	kind := evidence.ArmLevel
	switch {
	case t.baseline || s.baseline || g.column.baseline:
		kind = evidence.Baseline
	case g.column.change || s.change:
		kind = evidence.WithinArm
	}
	e := t.base(row, s, g.column, kind)
	if kind == evidence.Baseline {
		e.Timepoint = evidence.Timepoint{}
	}
	e.Arm = t.f.labels(g.column.arms)
	est := g.estimate
	if !est.N.Present() && !est.Total.Present() {
		est.N = g.column.n
	}
	est.Printed = t.r.doc.At(t.sheet.table.Rows[row.at[0]][g.columns[0]].Span)
	if est.Unit == "" && est.Measure != "proportion" && est.Measure != "count" {
		est.Unit = s.unit
	}
	if kind == evidence.WithinArm {
		est.Measure = "mean change"
		if est.Mean.Present() && !est.Value.Present() {
			est.Value, est.Mean = est.Mean, ""
		}
	}
	e.Estimates = []evidence.Estimate{est}
	e.Passages = t.passages(row, g.columns...)
	if kind == evidence.WithinArm {
		e.Significant = t.f.significant(&e)
		e.Direction = t.f.signOf(&e)
	}
	g.told = &toldFinding{Finding: e, tabular: true}
	t.found = append(t.found, g.told)
}

// hasNumber reports whether an estimate of one arm has a value, rather than only a size or a spread.
func hasNumber(e evidence.Estimate) bool {
	return mainNumber(e).Present() || e.Events.Present()
}

// base returns a finding with what a row and a column say of all its findings.
func (t *tableReader) base(row *sheetRow, s *rowSubject, c *sheetColumn, kind evidence.Kind) evidence.Finding {
	e := evidence.Finding{Kind: kind, Outcome: s.outcome, Population: t.f.t.mainPopulation()}
	switch {
	case c.time.Text != "":
		e.Timepoint = c.time
	case s.time.Text != "":
		e.Timepoint = s.time
	default:
		e.Timepoint = t.time
	}
	return e
}
