package plot

import (
	"cmp"
	"math"
	"slices"
	"strings"

	"github.com/picograph/picograph/graph/evidence"
	"github.com/picograph/picograph/graph/quantity"
	"github.com/picograph/picograph/graph/vocab"
)

// Forest is a forest plot: a panel with an axis of its own for each kind of finding and each measure, so that nothing
// unlike stands on one axis.
type Forest struct {
	Panels []Panel `json:"panels"`
}

// Panel is the estimates of one measure, of findings of one kind.
type Panel struct {
	Kind    evidence.Kind `json:"kind"`
	Heading string        `json:"heading"` // what was compared with what, and in which measure
	Measure string        `json:"measure"` // of the vocabulary
	Axis    Axis          `json:"axis"`
	Groups  []Group       `json:"groups"` // by outcome
	Favours [2]string     `json:"favours,omitzero"`
}

// Group is the estimates of one outcome.
type Group struct {
	Outcome   string     `json:"outcome"`
	Estimates []Estimate `json:"estimates"`
}

// Estimate is one line of a forest plot. Value, Low and High are as printed; an absent end of an interval is empty.
type Estimate struct {
	Mark
	Value quantity.Decimal `json:"value"`
	Low   quantity.Decimal `json:"low,omitempty"`
	High  quantity.Decimal `json:"high,omitempty"`
	Level quantity.Decimal `json:"level,omitempty"`
	Shown string           `json:"shown"`           // the numbers as the line prints them
	About string           `json:"about,omitempty"` // what tells the line from others of its study
	Flag  string           `json:"flag,omitempty"`  // what is odd about the numbers
	P     string           `json:"p,omitempty"`
}

// interval reports whether any end of the interval was printed.
func (e *Estimate) interval() bool { return e.Low.Present() || e.High.Present() }

// panelKinds are the kinds of finding that a forest plot draws, in the order of its panels.
var panelKinds = []struct {
	kind    evidence.Kind
	heading string
}{
	{evidence.BetweenArms, "Compared between arms"},
	{evidence.Interaction, "Whether the effect differs between groups of people"},
	{evidence.Association, "Associated (not assigned)"},
	{evidence.WithinArm, "Changed from baseline, each arm alone (no effect against a comparator)"},
	{evidence.ArmLevel, "Values of single arms (not compared)"},
	{evidence.Prevalence, "How common"},
}

// The reasons why a forest plot leaves a finding out.
const (
	noNumber      = "reported in words only: no estimate printed"
	noMeasure     = "its measure is not known"
	notPositive   = "a ratio that is not above zero has no place on a logarithmic axis"
	endsCrossed   = "the printed interval does not hold together: its lower end is above its upper one"
	onlyStudies   = "a count of studies, not an estimate"
	ofThoseHere   = "a characteristic of those enrolled, not a result"
	isStatement   = "a statement in words"
	onlyPValue    = "no estimate printed, only a P value"
	beforeAfter   = "printed as values before and after, without the change"
	offPaper      = "a number that no axis can hold"
	onlyIntervals = "an interval without an estimate"
)

// What an axis can hold.
const (
	mostDrawn  = 1e12
	leastRatio = 1e-12
)

// forest makes a forest plot.
func forest(g *gathered, p *Plot) {
	panels := map[string]*Panel{}
	var keys []string
	hollow := false
	for _, f := range g.findings {
		if why := undrawable(f); why != "" {
			p.leave(f, why)
			continue
		}
		drawn, why := 0, ""
		for _, e := range f.Estimates {
			m, line, reason := forestLine(g.vocab, f, e)
			if reason != "" {
				why = cmp.Or(why, reason)
				continue
			}
			drawn++
			hollow = hollow || !line.interval()
			key := panelKey(f, e, m)
			if panels[key] == nil {
				panels[key] = &Panel{Kind: f.Kind, Heading: heading(f.Kind) + ": " + axisLabel(m, e), Measure: m.ID, Axis: Axis{Label: axisLabel(m, e), Log: m.Scale == vocab.ScaleRatio, Null: nullOf(f, m)}}
				keys = append(keys, key)
			}
			panels[key].add(f, line)
		}
		if drawn == 0 {
			p.leave(f, cmp.Or(why, noNumber))
		}
	}
	if len(panels) == 0 {
		return
	}
	body := &Forest{}
	slices.SortStableFunc(keys, func(a, b string) int { return cmp.Compare(rank(panels[a].Kind), rank(panels[b].Kind)) })
	for _, k := range keys {
		panel := panels[k]
		panel.Axis.fit(panel.lines())
		panel.Favours = favours(g, panel)
		body.Panels = append(body.Panels, *panel)
	}
	p.Body = body
	p.Notes = forestNotes(body, hollow)
}

func undrawable(f *found) string {
	switch f.Kind {
	case evidence.VoteCount:
		return onlyStudies
	case evidence.Baseline:
		return ofThoseHere
	case evidence.InWords:
		return isStatement
	}
	if len(f.Estimates) == 0 && f.P.Value.Present() {
		return onlyPValue
	}
	return ""
}

// forestLine makes a line of an estimate, or says why it cannot.
func forestLine(v *vocab.Vocabulary, f *found, e evidence.Estimate) (*vocab.Measure, Estimate, string) {
	line := Estimate{Mark: f.mark(), Value: mainValue(e)}
	if !line.Value.Present() {
		switch {
		case e.CI != nil:
			return nil, line, onlyIntervals
		case e.Before != nil && e.After != nil:
			return nil, line, beforeAfter
		}
		return nil, line, noNumber
	}
	m, ok := v.Measure(measureOf(e))
	if !ok || m.Scale == vocab.ScaleCount {
		return nil, line, noMeasure
	}
	if e.CI != nil {
		line.Low, line.High, line.Level = e.CI.Low, e.CI.High, e.CI.Level
	}
	for _, d := range []quantity.Decimal{line.Value, line.Low, line.High} {
		switch {
		case !d.Present():
		case math.Abs(d.Float()) > mostDrawn:
			return nil, line, offPaper
		case m.Scale == vocab.ScaleRatio && d.Float() < leastRatio:
			return nil, line, notPositive
		}
	}
	if line.Low.Present() && line.High.Present() && quantity.Compare(line.Low, line.High) > 0 {
		return nil, line, endsCrossed
	}
	if line.Low.Present() && quantity.Compare(line.Value, line.Low) < 0 || line.High.Present() && quantity.Compare(line.Value, line.High) > 0 {
		line.Flag = "the estimate lies outside its interval"
	}
	line.P = f.P.Printed
	line.Shown = shown(&line, e)
	line.Label += ": " + m.Label + " " + line.Shown
	line.About = about(f, e)
	return m, line, ""
}

// mainValue returns the number that an estimate is drawn at.
func mainValue(e evidence.Estimate) quantity.Decimal {
	return cmp.Or(e.Value, e.Percent, e.Mean, e.Median)
}

// measureOf returns the measure that the number of mainValue is of.
func measureOf(e evidence.Estimate) string {
	switch {
	case e.Value.Present() || e.Measure != "":
		return e.Measure
	case e.Percent.Present():
		return "proportion"
	case e.Mean.Present():
		return "mean"
	}
	return "median"
}

// unitOf returns the unit of an estimate, with that of a share.
func unitOf(e evidence.Estimate) string {
	if e.Unit == "" && !e.Value.Present() && e.Percent.Present() {
		return "%"
	}
	return e.Unit
}

// shown prints an estimate with its interval, as metafor does.
func shown(l *Estimate, e evidence.Estimate) string {
	s := string(l.Value)
	switch {
	case l.Low.Present() && l.High.Present():
		s += " [" + string(l.Low) + " to " + string(l.High)
	case l.Low.Present():
		s += " [from " + string(l.Low)
	case l.High.Present():
		s += " [up to " + string(l.High)
	default:
		return s
	}
	if l.Level.Present() && l.Level != "95" {
		s += "; " + string(l.Level) + "%"
	}
	if e.CI.Kind == "credible" {
		s += " CrI"
	}
	return s + "]"
}

// longArm is how many letters of an arm's name stand beside an estimate.
const longArm = 36

// about says what tells a line from others of its study and outcome.
func about(f *found, e evidence.Estimate) string {
	var parts []string
	short := *f // so that both arms are seen
	short.labels.Arm, short.labels.Comparator = evidence.Clip(f.labels.Arm, longArm), evidence.Clip(f.labels.Comparator, longArm)
	for _, s := range []string{short.comparison(), f.labels.Population, f.labels.Time} {
		if s != "" {
			parts = append(parts, s)
		}
	}
	if e.Adjusted {
		parts = append(parts, "adjusted")
	}
	return strings.Join(parts, ", ")
}

// panelKey tells what may stand on one axis: findings of one kind, of one measure. Ratios and standardized differences of
// several outcomes may; differences and levels may only of one outcome in one unit, and where the unit is not stated, only if
// the outcome is worded alike.
func panelKey(f *found, e evidence.Estimate, m *vocab.Measure) string {
	key := []string{string(f.Kind), m.ID}
	switch m.Scale {
	case vocab.ScaleRatio, vocab.ScaleStandardized:
	case vocab.ScaleShare:
		key = append(key, unitOf(e))
	default:
		key = append(key, unitOf(e), f.outcomeKey())
		if unitOf(e) == "" {
			key = append(key, strings.ToLower(f.Outcome.Text))
		}
	}
	return strings.Join(key, "\x1f")
}

func heading(k evidence.Kind) string {
	for _, p := range panelKinds {
		if p.kind == k {
			return p.heading
		}
	}
	return string(k)
}

func rank(k evidence.Kind) int {
	for i, p := range panelKinds {
		if p.kind == k {
			return i
		}
	}
	return len(panelKinds)
}

// axisLabel names a measure with its unit.
func axisLabel(m *vocab.Measure, e evidence.Estimate) string {
	label := m.Label
	if u := unitOf(e); u != "" {
		label += " (" + u + ")"
	}
	if m.Scale == vocab.ScaleRatio {
		label += ", logarithmic scale"
	}
	return label
}

// nullOf returns the value of no effect, where a finding of this kind has one.
func nullOf(f *found, m *vocab.Measure) quantity.Decimal {
	if f.Kind == evidence.ArmLevel || f.Kind == evidence.Prevalence {
		return ""
	}
	return m.Null
}

// add puts a line into the group of its outcome.
func (p *Panel) add(f *found, line Estimate) {
	name := f.labels.Outcome
	for i := range p.Groups {
		if p.Groups[i].Outcome == name {
			p.Groups[i].Estimates = append(p.Groups[i].Estimates, line)
			return
		}
	}
	p.Groups = append(p.Groups, Group{name, []Estimate{line}})
}

func (p *Panel) lines() []*Estimate {
	var out []*Estimate
	for i := range p.Groups {
		for k := range p.Groups[i].Estimates {
			out = append(out, &p.Groups[i].Estimates[k])
		}
	}
	return out
}

func (b *Forest) marks() []*Mark {
	var out []*Mark
	for i := range b.Panels {
		for _, l := range b.Panels[i].lines() {
			out = append(out, &l.Mark)
		}
	}
	return out
}

// favours names what the two sides of the null favour. It does so only where it is known of all lines which direction is
// good, and the numbers of the two arms, or the direction the authors claim, confirm that the estimate is of the arm against
// the comparator.
func favours(g *gathered, p *Panel) [2]string {
	if p.Kind != evidence.BetweenArms || !p.Axis.Null.Present() {
		return [2]string{}
	}
	rows := map[int]bool{}
	for _, l := range p.lines() {
		rows[l.Row] = true
	}
	better := ""
	arms, comparators := []string{}, []string{}
	for _, f := range g.findings {
		if f.Kind != p.Kind || !rows[f.row] {
			continue
		}
		for _, e := range f.Estimates {
			if measureOf(e) != p.Measure {
				continue
			}
			if f.better == "" || better != "" && better != f.better || !f.confirmed(e, p.Axis.Null) {
				return [2]string{}
			}
			better = f.better
			arms, comparators = appendNew(arms, f.labels.Arm), appendNew(comparators, f.labels.Comparator)
		}
	}
	left, right := "intervention", "comparator"
	if len(arms) == 1 && len(comparators) == 1 {
		left, right = arms[0], comparators[0]
	}
	switch better {
	case vocab.Lower:
		return [2]string{"favours " + left, "favours " + right}
	case vocab.Higher:
		return [2]string{"favours " + right, "favours " + left}
	}
	return [2]string{}
}

// confirmed reports whether something else that the document says shows that an estimate is of the arm against its
// comparator, and of the outcome rather than of the event that ends it.
func (f *found) confirmed(e evidence.Estimate, null quantity.Decimal) bool {
	if f.labels.Arm == "" || f.labels.Comparator == "" || e.Measure == "HR" && f.better == vocab.Higher {
		return false
	}
	side := quantity.Compare(mainValue(e), null)
	switch f.Direction {
	case evidence.Increased:
		return side > 0
	case evidence.Decreased:
		return side < 0
	}
	a, ok := f.armValue(f.Arm)
	b, also := f.armValue(f.Comparator)
	if !ok || !also || math.Abs(a-b) < 1e-9 {
		return false
	}
	return (a > b) == (side > 0) && side != 0
}

// armValue returns the one value that the document has of some arms with the outcome, population and time of a comparison.
func (f *found) armValue(arms []string) (v float64, ok bool) {
	for _, x := range f.Telling.Study.Findings {
		if x.Kind != evidence.ArmLevel && x.Kind != evidence.WithinArm || !slices.Equal(x.Arm, arms) || len(x.Estimates) == 0 || !mainValue(x.Estimates[0]).Present() {
			continue
		}
		same := x.Outcome.Concept == f.Outcome.Concept && x.Outcome.Text == f.Outcome.Text && x.Population.ID == f.Population.ID && x.Timepoint.Months == f.Timepoint.Months
		if !slices.Contains(f.From, x.ID) && !same {
			continue
		}
		if ok {
			return 0, false
		}
		v, ok = mainValue(x.Estimates[0]).Float(), true
	}
	return v, ok
}

// forestNotes explains the signs that a forest plot uses.
func forestNotes(b *Forest, hollow bool) []string {
	out := []string{"Estimates and intervals are as printed (95% unless said). Squares are of one size: nothing is pooled and no weights are given."}
	clipped, flagged, log := false, false, false
	for i := range b.Panels {
		p := &b.Panels[i]
		log = log || p.Axis.Log
		for _, l := range p.lines() {
			clipped = clipped || p.Axis.clips(l)
			flagged = flagged || l.Flag != ""
		}
	}
	if len(b.Panels) > 1 {
		out = append(out, "Each panel has an axis of its own: its numbers are not to be compared with those of another panel.")
	}
	if hollow {
		out = append(out, "A hollow mark is an estimate without a printed interval.")
	}
	if clipped {
		out = append(out, "An arrow is an interval that goes on beyond the axis, or whose end is not printed.")
	}
	if flagged {
		out = append(out, "! marks numbers that do not fit together as printed.")
	}
	return out
}
