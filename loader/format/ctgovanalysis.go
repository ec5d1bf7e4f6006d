package format

import (
	"slices"
	"strings"

	"github.com/picograph/picograph/graph/evidence"
	"github.com/picograph/picograph/graph/lazyregexp"
)

// analysis tells a posted analysis: what it compares, by what method, and what came of it. Who was assigned to what
// comes first among the arms; whether the numbers are printed so is for who judges them.
func (c *ctRecord) analysis(at string, m *ctMeasure, a *ctAnalysis, groups map[ctText]group, cells []cell, pattern evidence.Finding) {
	f := pattern
	about := c.about(m, a)
	if about >= 0 {
		name := m.Classes[about].Title.line()
		if isTime(name) {
			f.Timepoint = evidence.Timepoint{Text: name}
		} else if name != "" {
			f.Outcome.Text = addTo(f.Outcome.Text, name)
			if t := timeIn(name); t != "" {
				f.Timepoint = evidence.Timepoint{Text: t}
			}
		}
	}
	said := a.Description.line()
	switch t := timeIn(said); {
	case isTime(said):
		f.Timepoint = evidence.Timepoint{Text: said}
	case t != "" && about < 0:
		f.Timepoint = evidence.Timepoint{Text: t}
	}
	var labels, titles []string
	for _, id := range a.Groups {
		g := groups[id]
		if g.arm != "" && !slices.Contains(labels, g.arm) {
			labels = append(labels, g.arm)
		}
		if g.title != "" {
			titles = append(titles, g.title)
		}
	}
	turned := c.compare(&f, labels)
	f.From = comparedCells(a.Groups, cells, about, len(m.Classes))
	e := analysisEstimate(a)
	if turned && (e.Value.Present() || e.CI != nil) {
		e.Doubt = "groups are listed as " + strings.Join(titles, " against ")
	}
	f.P = pOf(a.P)
	if f.Kind != evidence.BetweenArms && f.P.Printed != "" {
		f.P.Of = evidence.PWithin
	}
	text := sentence(
		"Analysis of "+pattern.Outcome.Text+prefixed(" in ", strings.Join(titles, " against ")), said, labelled("Hypothesis", a.Hypothesis.words()), a.HypothesisText.line(),
		labelled("Method", a.Method.line()), a.MethodComment.line(), e.Printed, prefixed("P ", f.P.Printed), a.PComment.line(), a.Comment.line(), a.Other.line(),
		a.LowComment.line(), a.HighComment.line(),
	)
	if e.Value.Present() || e.CI != nil || e.Measure != "" {
		f.Estimates = []evidence.Estimate{e}
	} else if e.Method != "" || e.Hypothesis != "" {
		f.Estimates = []evidence.Estimate{{Method: e.Method, Hypothesis: e.Hypothesis, Margin: e.Margin}}
	}
	f.Passages = passages(c.line(at, text))
	c.found(f)
}

// asControl is how a group is called that is there to be compared with.
var asControl = lazyregexp.New(`(?i)^(?:placebo|sham|vehicle|controls?|usual care|standard (?:of )?care|no treatment|wait\w*[- ]?list)\b`)

// compare makes a finding a comparison of some arms, or of one arm with itself: those that were given what is tested
// come first. It reports whether that turned the order in which they are listed.
func (c *ctRecord) compare(f *evidence.Finding, labels []string) (turned bool) {
	if len(labels) < 2 {
		f.Arm = labels
		if len(labels) == 1 {
			return false
		}
		f.Kind = evidence.BetweenArms
		return false
	}
	f.Kind = evidence.BetweenArms
	rank := func(label string) int {
		for _, a := range c.out.Arms {
			if a.Label != label {
				continue
			}
			switch a.Role {
			case evidence.Experimental:
				if asControl.MatchString(label) {
					return 1
				}
				return 0
			case evidence.ActiveComparator:
				return 2
			case evidence.Placebo, evidence.Sham, evidence.UsualCare, evidence.NoIntervention:
				return 3
			}
		}
		return 1
	}
	least := rank(labels[0])
	for _, l := range labels {
		least = min(least, rank(l))
	}
	same := !slices.ContainsFunc(labels, func(l string) bool { return rank(l) != least })
	for i, l := range labels {
		if same && i == 0 || !same && rank(l) == least {
			f.Arm = append(f.Arm, l)
		} else {
			f.Comparator = append(f.Comparator, l)
		}
	}
	return f.Arm[0] != labels[0]
}

// about returns the class of a measure that an analysis is of: the only one, or the only one that its words name; -1
// where that is not told.
func (c *ctRecord) about(m *ctMeasure, a *ctAnalysis) int {
	if len(m.Classes) == 1 {
		return 0
	}
	said := " " + nameKey(joined(" ", a.Description, a.Comment, a.PComment, a.MethodComment, a.Other)) + " "
	best, length, twice := -1, 0, false
	for i, class := range m.Classes {
		name := nameKey(class.Title.line())
		if name == "" || !strings.Contains(said, " "+name+" ") {
			continue
		}
		switch {
		case len(name) > length && !(best >= 0 && !strings.Contains(name, nameKey(m.Classes[best].Title.line()))):
			best, length, twice = i, len(name), false
		case best >= 0 && strings.Contains(nameKey(m.Classes[best].Title.line()), name):
		default:
			twice = true
		}
	}
	if twice {
		return -1
	}
	return best
}

// comparedCells returns the findings that an analysis compares: of each of its groups the one value of the class that it
// is about; none where that is not clear.
func comparedCells(ids []ctText, cells []cell, about, classes int) []string {
	if about < 0 && classes != 1 {
		return nil
	}
	var out []string
	for _, id := range ids {
		n := 0
		for _, x := range cells {
			if x.group == id && x.class == about {
				out = append(out, x.id)
				n++
			}
		}
		if n != 1 {
			return nil
		}
	}
	return out
}

// analysisEstimate reads the numbers of an analysis. The measure is as it is printed.
func analysisEstimate(a *ctAnalysis) evidence.Estimate {
	e := evidence.Estimate{
		Measure: a.Param.line(), Value: a.Value.number(), Method: a.Method.line(), Hypothesis: hypothesisOf(a.Hypothesis),
		Adjusted: strings.Contains(a.Param.words(), "adjusted") && !strings.Contains(a.Param.words(), "unadjusted"),
	}
	if e.Hypothesis != "superiority" {
		e.Margin = marginOf(joined(" ", a.HypothesisText, a.Comment))
	}
	printed := joined(" ", a.Param, a.Value)
	if spread := a.Spread.line(); spread != "" {
		of := dispersionOf(a.Dispersion)
		disperse(&e, of, a.Spread.number(), "", "")
		printed += " (" + strings.TrimSpace(of+" "+spread) + ")"
	}
	low, high := a.Low.number(), a.High.number()
	if limits := joined(" to ", a.Low, a.High); limits != "" {
		level := a.Level.number()
		printed += ", "
		if level.Present() {
			printed += string(level) + "% "
		}
		printed += "CI "
		switch {
		case a.Low.line() == "":
			limits = "up to " + limits
		case a.High.line() == "":
			limits = "from " + limits
		}
		printed += limits
		if low.Present() || high.Present() {
			e.CI = &evidence.Interval{Level: level, Low: low, High: high, Kind: "confidence", OneSided: a.Sides == "ONE_SIDED"}
		}
	}
	e.Printed = strings.TrimPrefix(printed, ", ")
	return e
}
