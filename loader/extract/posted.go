package extract

import (
	"slices"
	"strings"

	"github.com/picograph/picograph/graph/evidence"
	"github.com/picograph/picograph/graph/quantity"
)

// finding gives a posted result its concept, its unit, its measure, its significance and its direction.
func (c *conceptualizer) finding(s *evidence.Study, t *toldFinding) {
	f := &t.Finding
	f.Outcome.Concept = c.findingOutcome(f)
	if f.Timepoint.Text != "" {
		f.Timepoint.Months = c.months(f.Timepoint.Text)
	}
	for i := range f.Estimates {
		e := &f.Estimates[i]
		if u, ok := c.vocab.Unit(e.Unit); ok {
			e.Unit = u.ID
		}
		if len(t.from) > 0 || f.Kind == evidence.BetweenArms || e.CI != nil || e.Method != "" {
			e.Measure = c.measure(e.Measure)
		}
	}
	judge := finder{r: c.reading}
	switch f.Kind {
	case evidence.BetweenArms:
		f.Significant = judge.significant(f)
		f.Direction = c.between(s, t, &judge)
	case evidence.WithinArm:
		f.Significant = judge.significant(f)
		f.Direction = changed(f, &judge)
	}
}

var (
	measureNote = rules.New(`\s*\([^()]*\)|,? (?:final values|net)\b`)
	logMeasure  = rules.New(`(?i)\blog\b|\blogarithm`)
	shareWords  = rules.New(`(?i)percent|proportion|\brates?\b|\brisk|response|\bshare`)
)

// measure returns the measure of the vocabulary that a registry's name of one is, or the name where there is none.
func (c *conceptualizer) measure(name string) string {
	if name == "" {
		return ""
	}
	plain := strings.TrimSpace(measureNote.ReplaceAllString(name, ""))
	for _, form := range []string{name, plain, lastBracket(name)} {
		if m, ok := c.vocab.Measure(form); ok && form != "" && !singleLetter(form) {
			return m.ID
		}
	}
	lower := strings.ToLower(plain)
	has := func(s string) bool { return strings.Contains(lower, s) }
	switch {
	case logMeasure.MatchString(lower):
		return name
	case has("hazard"):
		return "HR"
	case has("odds"):
		return "OR"
	case has("ratio") && (has("mean") || has("geometric")):
		return "ratio of means"
	case has("ratio") && has("incidence"):
		return "IRR"
	case has("ratio") && shareWords.MatchString(lower), has("relative risk"):
		return "RR"
	case has("standardi") && has("difference"):
		return "SMD"
	case has("difference") && shareWords.MatchString(lower):
		return "RD"
	case has("difference"):
		return "MD"
	}
	return name
}

// singleLetter reports whether a name is a letter, such as the statistic F or t, of which measures have their own.
func singleLetter(s string) bool { return len(s) == 1 }

// between returns the direction of a posted comparison. A result that is not significant is no difference. Else the
// values of the two groups tell, then the side of the null on which the estimate lies, if the arms were listed in the
// order in which they are compared. A doubt about that order goes when the values clear it.
func (c *conceptualizer) between(s *evidence.Study, t *toldFinding, judge *finder) evidence.Direction {
	f := &t.Finding
	two := len(f.Arm) == 1 && len(f.Comparator) == 1
	values, known := 0, false
	if two {
		values, known = compared(t)
	}
	side := judge.signOf(f)
	var e *evidence.Estimate
	if len(f.Estimates) > 0 {
		e = &f.Estimates[0]
	}
	if e != nil && e.Doubt != "" {
		switch {
		case known && agrees(values, side):
			e.Doubt = ""
		case known && side != evidence.NotStated && side != evidence.NoDifference && c.oriented(e):
			e.Doubt += "; the estimate is " + f.Comparator[0] + " against " + f.Arm[0]
		}
	} else if e != nil && known && c.oriented(e) && side != evidence.NotStated && side != evidence.NoDifference && !agrees(values, side) && values != 0 {
		e.Doubt = "the values of the groups lie the other way round"
	}
	switch {
	case f.Significant != nil && !*f.Significant:
		return evidence.NoDifference
	case !two:
		return evidence.NotStated
	case known && values != 0:
		return direction(values)
	case e == nil || e.Doubt != "" || !ordered(s, f):
		return evidence.NotStated
	case e.Measure == "HR" && survival.MatchString(f.Outcome.Text):
		return turned(side)
	}
	return side
}

// survival are outcomes that last longer where the hazard is lower.
var survival = rules.New(`(?i)\bsurvival\b|\btime to\b|\bduration\b|\b(?:pfs|os|dfs|efs)\b`)

// oriented reports whether an estimate lies on the side of the null on which the values of the groups lie.
func (c *conceptualizer) oriented(e *evidence.Estimate) bool {
	m, ok := c.vocab.Measure(e.Measure)
	return ok && m.Null.Present() && e.Measure != "HR"
}

// ordered reports whether the roles of two arms say which is compared with which.
func ordered(s *evidence.Study, f *evidence.Finding) bool {
	role := func(label string) evidence.Role {
		i := slices.IndexFunc(s.Arms, func(a evidence.Arm) bool { return a.Label == label })
		if i < 0 {
			return ""
		}
		return s.Arms[i].Role
	}
	return role(f.Arm[0]) == evidence.Experimental && role(f.Comparator[0]) != evidence.Experimental
}

// agrees reports whether the order of two values is a direction.
func agrees(order int, side evidence.Direction) bool { return direction(order) == side }

func turned(d evidence.Direction) evidence.Direction {
	switch d {
	case evidence.Increased:
		return evidence.Decreased
	case evidence.Decreased:
		return evidence.Increased
	}
	return d
}

// compared returns how the arm's value stands to the comparator's, of the values that a comparison names.
func compared(t *toldFinding) (order int, ok bool) {
	var of [2]float64
	var have [2]bool
	for _, from := range t.from {
		if len(from.Arm) != 1 || len(from.Estimates) == 0 {
			continue
		}
		v, ok := pointOf(from.Estimates[0])
		if !ok {
			return 0, false
		}
		switch from.Arm[0] {
		case t.Arm[0]:
			of[0], have[0] = v, true
		case t.Comparator[0]:
			of[1], have[1] = v, true
		}
	}
	if !have[0] || !have[1] {
		return 0, false
	}
	switch {
	case of[0] > of[1]:
		return 1, true
	case of[0] < of[1]:
		return -1, true
	}
	return 0, true
}

// pointOf returns the value of a group.
func pointOf(e evidence.Estimate) (float64, bool) {
	for _, d := range []quantity.Decimal{e.Mean, e.Median, e.Value, e.Percent} {
		if d.Present() {
			return d.Float(), true
		}
	}
	if e.Events.Present() && e.Total.Present() && e.Total.Float() > 0 {
		return e.Events.Float() / e.Total.Float(), true
	}
	return 0, false
}

// fallen are names of changes of which a positive number is a fall; better are those that do not say which way.
var (
	fallen   = rules.New(`(?i)\b(?:reduction|decrease|decline|fall|loss)\b`)
	improved = rules.New(`(?i)\bimprovement\b`)
)

// changed returns the direction of a change of one group against its own start.
func changed(f *evidence.Finding, judge *finder) evidence.Direction {
	side := judge.signOf(f)
	switch {
	case improved.MatchString(f.Outcome.Text):
		return evidence.NotStated
	case fallen.MatchString(f.Outcome.Text) && len(f.Estimates) > 0 && !f.Estimates[0].Value.Negative():
		return turned(side)
	}
	return side
}
