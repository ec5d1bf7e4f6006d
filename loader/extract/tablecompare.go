package extract

import (
	"slices"
	"strings"

	"github.com/picograph/picograph/graph/evidence"
	"github.com/picograph/picograph/graph/quantity"
	"github.com/picograph/picograph/graph/vocab"
)

// comparison columns of a row at one time: the effects, with the P value that stands with them.
type rowComparison struct {
	time    evidence.Timepoint
	columns []int
	effects []int // those of columns that hold effects
	p       int   // the column of the P value, -1 where there is none
}

// comparisons makes the findings that compare arms.
func (t *tableReader) comparisons(row *sheetRow, s *rowSubject, values []groupValue) {
	for _, c := range t.compared(row, s) {
		t.tellComparison(row, s, &c, values)
	}
}

// compared gathers the columns of effects and P values of a row: an effect, its interval, and the P value to its right
// are one comparison; effects that stand together at one time and share a P value, or have none, are one too.
func (t *tableReader) compared(row *sheetRow, s *rowSubject) []rowComparison {
	var out []rowComparison
	closed := false
	for k := t.sheet.stub; k < len(t.sheet.columns); k++ {
		c := &t.sheet.columns[k]
		v := t.lines(row, k)
		effect := c.kind == columnEffect || c.kind == columnTime && s.arm >= 0 && t.measure != "" && !c.baseline && !c.change
		n := len(out)
		switch {
		case !v.numeric():
		case effect:
			same := n > 0 && !closed && len(out[n-1].effects) > 0 && out[n-1].p < 0 && c.kind == columnEffect && out[n-1].time == c.time && t.sameSides(out[n-1].effects[0], k)
			if !same {
				out = append(out, rowComparison{time: c.time, p: -1})
				n++
			}
			out[n-1].effects = append(out[n-1].effects, k)
			out[n-1].columns = append(out[n-1].columns, k)
			closed = false
		case c.kind == columnInterval && n > 0 && len(out[n-1].effects) > 0 && out[n-1].p < 0:
			out[n-1].columns = append(out[n-1].columns, k)
		case c.kind == columnP && len(c.arms) == 0 && !c.within:
			if n > 0 && out[n-1].p < 0 && len(out[n-1].effects) > 0 && (c.time.Text == "" || c.time == out[n-1].time) {
				out[n-1].p = k
				out[n-1].columns = append(out[n-1].columns, k)
			} else {
				out = append(out, rowComparison{time: c.time, p: k, columns: []int{k}})
			}
			closed = true
		}
	}
	return out
}

// sameSides reports whether two columns of effects set the same arms against each other, as far as their headers say.
func (t *tableReader) sameSides(a, b int) bool {
	x, y := &t.sheet.columns[a], &t.sheet.columns[b]
	return len(x.comparator) == 0 || len(y.comparator) == 0 || slices.Equal(x.arms, y.arms) && slices.Equal(x.comparator, y.comparator)
}

// tellComparison makes the finding of a comparison.
func (t *tableReader) tellComparison(row *sheetRow, s *rowSubject, rc *rowComparison, values []groupValue) {
	first := &t.sheet.columns[rc.columns[0]]
	e := t.base(row, s, first, evidence.BetweenArms)
	values = atTime(values, rc.time)
	arm, comparator, doubt, ok := t.sidesOf(s, rc, values)
	if !ok {
		if len(rc.effects) > 0 {
			t.miss(row, rc.columns[0], "which arms it is between is not stated")
		}
		return
	}
	e.Arm, e.Comparator = t.f.labels(arm), t.f.labels(comparator)
	for _, k := range rc.effects {
		est, ok := t.effect(row, s, rc, k, values)
		if ok {
			est.Doubt = joined(est.Doubt, doubt)
			e.Estimates = append(e.Estimates, est)
		}
	}
	if len(rc.effects) > 0 && len(e.Estimates) == 0 {
		return
	}
	if t.pValue(&e, row, rc); len(e.Estimates) == 0 && e.P.Printed == "" {
		return
	}
	e.Passages = append(t.passages(row, rc.columns...), t.noted(&e, row, rc)...)
	d := &toldFinding{Finding: e, tabular: true}
	changes := ofChange(values, first)
	for _, g := range values {
		if g.told != nil && g.told.Kind != evidence.Baseline && (g.told.Kind == evidence.WithinArm) == changes && (hasArm(arm, g.column.arms) || hasArm(comparator, g.column.arms)) {
			d.from = append(d.from, g.told)
		}
	}
	slices.SortStableFunc(d.from, func(x, y *toldFinding) int { // those of the arm before those of the comparator
		return sideOf(x, e.Arm) - sideOf(y, e.Arm)
	})
	t.judge(d)
	t.read += len(rc.columns)
	t.found = append(t.found, d)
}

// sideOf returns 0 for a value of one of some arms and 1 for one of another.
func sideOf(d *toldFinding, arms []string) int {
	if len(d.Arm) == 1 && slices.Contains(arms, d.Arm[0]) {
		return 0
	}
	return 1
}

// ofChange reports whether a comparison is of the changes in a row rather than of its values: its header says so, or
// there are only changes.
func ofChange(values []groupValue, c *sheetColumn) bool {
	n, changes := 0, 0
	for _, g := range values {
		if g.told == nil || g.told.Kind == evidence.Baseline {
			continue
		}
		if n++; g.told.Kind == evidence.WithinArm {
			changes++
		}
	}
	return changes > 0 && (changes == n || changeInName.MatchString(c.name()))
}

func hasArm(list, arms []int) bool {
	return slices.ContainsFunc(arms, func(a int) bool { return slices.Contains(list, a) })
}

// joined joins two doubts.
func joined(a, b string) string {
	if b == "" {
		return a
	}
	return joinDoubts(a, b)
}

// atTime returns the values that a comparison at a time is of.
func atTime(values []groupValue, at evidence.Timepoint) []groupValue {
	var out []groupValue
	for _, g := range values {
		if !g.column.baseline && (at.Text == "" || g.column.time.Text == "" || g.column.time == at) {
			out = append(out, g)
		}
	}
	return out
}

// sidesOf returns which arms a comparison is between: those that the column's header sets against each other, the arm
// that the row is of against the control, or the two arms that the row has values of.
func (t *tableReader) sidesOf(s *rowSubject, rc *rowComparison, values []groupValue) (arm, comparator []int, doubt string, ok bool) {
	if len(rc.effects) > 0 {
		c := &t.sheet.columns[rc.effects[0]]
		if len(c.comparator) > 0 {
			return c.arms, c.comparator, "", true
		}
		if c.swapped {
			defer func() { arm, comparator = comparator, arm }()
		}
	}
	if s.arm >= 0 {
		for i := range t.f.t.study.Arms {
			if i != s.arm && t.f.isControl(i) {
				comparator = append(comparator, i)
			}
		}
		return []int{s.arm}, comparator, "", len(comparator) == 1
	}
	arms := t.armColumns()
	if len(arms) == 0 && len(t.f.t.study.Arms) == 2 {
		arms = []int{0, 1}
		doubt = "the arm presumed to be set against the control, which the table does not say"
	}
	for _, a := range arms {
		if t.f.isControl(a) {
			comparator = append(comparator, a)
		} else {
			arm = append(arm, a)
		}
	}
	if len(arm) == 0 || len(comparator) == 0 {
		if len(arms) != 2 {
			return nil, nil, "", false
		}
		arm, comparator = arms[:1], arms[1:]
	}
	if len(rc.effects) > 0 && (len(arm) != 1 || len(comparator) != 1) {
		return nil, nil, "", false
	}
	return arm, comparator, doubt, true
}

// armColumns returns the arms that the table has columns of.
func (t *tableReader) armColumns() []int {
	var out []int
	for i := range t.sheet.columns {
		if c := &t.sheet.columns[i]; c.kind == columnArm && !slices.Contains(out, c.arms[0]) {
			out = append(out, c.arms[0])
		}
	}
	return out
}

// effect reads the effect in a column of a row, with the interval that stands to its right.
func (t *tableReader) effect(row *sheetRow, s *rowSubject, rc *rowComparison, k int, values []groupValue) (evidence.Estimate, bool) {
	c := &t.sheet.columns[k]
	v := t.lines(row, k)
	e := evidence.Estimate{Measure: c.measure, Adjusted: c.adjusted, Value: v.a, Printed: t.r.doc.At(t.sheet.table.Rows[row.at[0]][k].Span)}
	if c.kind == columnTime {
		e.Measure, e.Adjusted = t.measure, adjustedHeader.MatchString(t.r.doc.At(t.sheet.table.Caption))
	}
	switch v.form {
	case cellOne:
		if v.relation != "" && v.relation != "=" {
			return e, false
		}
		if k+1 < len(t.sheet.columns) && slices.Contains(rc.columns, k+1) && t.sheet.columns[k+1].kind == columnInterval {
			if ci := t.lines(row, k+1); ci.form == cellSpan {
				v.b, v.c = ci.a, ci.b
			}
		}
	case cellRange:
		if !t.ci && c.style.spread != "CI" {
			t.miss(row, k, "what the bounds in brackets are is not stated")
			return e, false
		}
	case cellPair, cellPlus:
		st, _ := t.styles.of(c.name())
		if st.spread != "SE" && st.spread != "SD" {
			t.miss(row, k, "what the number beside the effect is is not stated")
			return e, false
		}
		if st.spread == "SE" {
			e.SE = v.b
		} else {
			e.SD = v.b
		}
		v.b, v.c = "", ""
	default:
		t.miss(row, k, "it has no known shape")
		return e, false
	}
	if m, ok := t.r.vocab.Measure(e.Measure); ok && m.Scale == vocab.ScaleRatio && (e.Value.Negative() || v.b.Negative()) {
		t.miss(row, k, "a ratio below zero")
		return e, false
	}
	if v.c.Present() {
		if quantity.Compare(v.b, v.c) > 0 {
			t.miss(row, k, "the bounds of the interval stand in the wrong order")
			return e, false
		}
		e.CI = &evidence.Interval{Level: t.levelOf(c), Low: v.b, High: v.c, Kind: "confidence"}
	}
	shares := slices.ContainsFunc(values, func(g groupValue) bool { return g.estimate.Measure == "proportion" })
	switch {
	case e.Measure == "MD" && (shares || v.percentA && s.share):
		e.Measure = "RD"
	case e.Measure == "MD" && e.Unit == "":
		e.Unit = s.unit
	}
	if v.percentA {
		e.Unit = "%"
	}
	t.currency(&e, v)
	return e, true
}

// levelOf returns the level of the intervals of a column.
func (t *tableReader) levelOf(c *sheetColumn) quantity.Decimal {
	if m := levelNote.FindStringSubmatch(c.name()); m != nil {
		return quantity.Decimal(m[1])
	}
	return t.level
}

// pValue reads the P value of a comparison: of its own column, or printed with the effect.
func (t *tableReader) pValue(e *evidence.Finding, row *sheetRow, rc *rowComparison) {
	if rc.p >= 0 {
		c := &t.sheet.columns[rc.p]
		v := t.lines(row, rc.p)
		text := t.r.doc.At(t.sheet.table.Rows[row.at[0]][rc.p].Span)
		rel, p := v.relation, v.a
		if v.p.Present() {
			rel, p = v.pRel, v.p
		}
		if v.form != cellOne && !v.p.Present() || p.Negative() || quantity.Compare(p, "1") > 0 {
			t.miss(row, rc.p, "it is no P value")
			return
		}
		e.P = evidence.PValue{Relation: relationSign(rel), Value: p, Printed: text, Of: evidence.PBetween}
		if c.pOf != "" {
			e.P.Of = c.pOf
			if c.pOf == evidence.PInteraction {
				e.Kind, e.Modifier = evidence.Interaction, modifierOf(c.name())
			}
		}
		return
	}
	for _, k := range rc.effects {
		if v := t.lines(row, k); v.p.Present() {
			e.P = evidence.PValue{Relation: relationSign(v.pRel), Value: v.p, Printed: string(v.p), Of: evidence.PBetween}
			return
		}
	}
}

// modifierOf returns by what an interaction's header says that effects differ.
func modifierOf(header string) string {
	low := strings.ToLower(header)
	if strings.Contains(low, "time") {
		return "time"
	}
	return ""
}

// relationSign returns the sign of a relation as evidence has it.
func relationSign(s string) string {
	switch s {
	case "", "=":
		return "="
	case "≤":
		return "<="
	case "≥":
		return ">="
	}
	return s
}

// noted reads the P value that a mark behind an effect stands for, "‡ p<0.05", and returns the note's passage.
func (t *tableReader) noted(e *evidence.Finding, row *sheetRow, rc *rowComparison) []evidence.Passage {
	if e.P.Printed != "" || len(rc.effects) == 0 {
		return nil
	}
	p := t.sheet.piece(t.sheet.table.Rows[row.at[0]][rc.effects[0]])
	for _, mark := range strings.Split(p.marks, ",") {
		for _, n := range t.sheet.table.Notes {
			for _, m := range noteP.FindAllStringSubmatch(t.r.doc.At(n), -1) {
				if mark == "" || m[1] != mark {
					continue
				}
				v := readCell(m[2])
				if !v.p.Present() {
					continue
				}
				e.P = evidence.PValue{Relation: relationSign(v.pRel), Value: v.p, Printed: m[2], Of: evidence.PBetween}
				return []evidence.Passage{{Section: t.r.doc.At(t.sheet.table.Label) + ": note", Start: n.Start, End: n.End, Text: t.r.doc.At(n)}}
			}
		}
	}
	return nil
}

// judge sets direction and significance of a comparison from its numbers alone.
func (t *tableReader) judge(d *toldFinding) {
	d.Significant = t.f.significant(&d.Finding)
	switch {
	case d.Significant == nil:
		d.Direction = evidence.NotStated
	case !*d.Significant:
		d.Direction = evidence.NoDifference
	default:
		if d.Direction = t.f.signOf(&d.Finding); d.Direction == evidence.NotStated {
			d.Direction = apart(d.Finding, d.from)
		}
	}
}

// orient finds out, for effects whose header does not say which arm is set against which, which way round the table
// sets them: as the values of the arms lie, in most rows.
func (t *tableReader) orient() {
	for k := range t.sheet.columns {
		c := &t.sheet.columns[k]
		if c.kind != columnEffect || len(c.comparator) > 0 {
			continue
		}
		votes := 0
		for i := range t.sheet.rows {
			votes += t.vote(&t.sheet.rows[i], k)
		}
		c.swapped = votes < -1
	}
}

// vote returns 1 where the effect in a column lies as the arm's value does beside the comparator's, -1 where it lies the
// other way round, 0 where the row does not say.
func (t *tableReader) vote(row *sheetRow, k int) int {
	c := &t.sheet.columns[k]
	m, ok := t.r.vocab.Measure(c.measure)
	if !ok || !m.Null.Present() {
		return 0
	}
	v := t.lines(row, k)
	if v.form != cellOne && v.form != cellRange {
		return 0
	}
	effect := quantity.Compare(v.a, m.Null)
	unread, read := len(t.unread), t.read
	s := t.subject(row)
	rc := rowComparison{time: c.time, effects: []int{k}, columns: []int{k}, p: -1}
	values := atTime(t.values(row, &s), c.time)
	t.unread, t.read = t.unread[:unread], read
	arm, comparator, _, ok := t.sidesOf(&s, &rc, values)
	if !ok || s.arm >= 0 {
		return 0
	}
	var x, y quantity.Decimal
	for _, g := range values {
		if hasArm(arm, g.column.arms) {
			x = mainNumber(g.estimate)
		}
		if hasArm(comparator, g.column.arms) {
			y = mainNumber(g.estimate)
		}
	}
	if !x.Present() || !y.Present() || m.Scale == vocab.ScaleRatio && (x.Negative() || y.Negative()) {
		return 0
	}
	return signum(effect) * signum(quantity.Compare(x, y))
}

func signum(n int) int {
	switch {
	case n > 0:
		return 1
	case n < 0:
		return -1
	}
	return 0
}
