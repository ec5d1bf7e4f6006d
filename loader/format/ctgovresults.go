package format

import (
	"fmt"
	"slices"
	"strings"

	"github.com/picograph/picograph/graph/evidence"
	"github.com/picograph/picograph/graph/lazyregexp"
	"github.com/picograph/picograph/graph/quantity"
)

// flow tells who went through the study.
func (c *ctRecord) flow() {
	const at = "/resultsSection/participantFlowModule"
	f := &c.s.Results.Flow
	c.heading("Participant flow")
	c.line(at+"/recruitmentDetails", f.Recruitment.line())
	c.line(at+"/preAssignmentDetails", f.PreAssignment.line())
	groups := c.groupsOf(at+"/groups", f.Groups, true)
	units := strings.ToLower(f.Units.line())
	for i, period := range f.Periods {
		of := ""
		if len(f.Periods) > 1 {
			of = period.Title.line()
		}
		for j, m := range period.Milestones {
			list := fmt.Sprintf("%s/periods/%d/milestones/%d", at, i, j)
			name := m.Type.words()
			if m.Type != ctText(strings.ToUpper(string(m.Type))) || strings.ContainsAny(string(m.Type), "(0123456789") {
				name = m.Type.line()
			}
			c.line(list+"/comment", m.Comment.line())
			for k, n := range m.Achievements {
				p := c.counted(item(list+"/achievements", k), capital(name), of, units, n, groups[n.Group])
				if m.Type == "STARTED" {
					c.size(groups[n.Group].arm, n.Subjects.number(), p)
				}
			}
		}
		for j, d := range period.Drops {
			list := fmt.Sprintf("%s/periods/%d/dropWithdraws/%d", at, i, j)
			c.line(list+"/comment", d.Comment.line())
			for k, n := range d.Reasons {
				c.counted(item(list+"/reasons", k), "Not completed: "+d.Type.line(), of, units, n, groups[n.Group])
			}
		}
	}
}

// size gives an arm the number that started in it, in the first period in which anybody did.
func (c *ctRecord) size(label string, n quantity.Decimal, p evidence.Passage) {
	i, ok := c.labels[label]
	if !ok || !n.Present() || c.out.Arms[i].N.Present() && c.out.Arms[i].N.Float() > 0 {
		return
	}
	c.out.Arms[i].N = n
	c.out.Arms[i].Passages = append(c.out.Arms[i].Passages, passages(p)...)
}

// counted tells how many of a group reached a milestone or left.
func (c *ctRecord) counted(at, what, period, units string, n ctCount, g group) evidence.Passage {
	if period != "" {
		what += " (" + period + ")"
	}
	printed := n.Subjects.line() + " participants"
	if u := n.Units.line(); u != "" {
		printed += ", " + strings.TrimSpace(u+" "+units)
	}
	if n.Subjects.line() == "" && n.Units.line() == "" {
		return evidence.Passage{}
	}
	p := c.line(at, sentence(what+g.named()+": "+printed, n.Comment.line()))
	e := evidence.Estimate{Measure: "count", Value: n.Subjects.number(), Unit: "participants", Printed: printed}
	f := evidence.Finding{Kind: evidence.ArmLevel, Outcome: evidence.OutcomeRef{Text: what}, Arm: g.of(), Estimates: []evidence.Estimate{e}, Passages: passages(p)}
	if u := n.Units.number(); u.Present() {
		f.Estimates = append(f.Estimates, evidence.Estimate{Measure: "count", Value: u, Unit: units})
	}
	c.found(f)
	return p
}

// baseline tells what those enrolled were like.
func (c *ctRecord) baseline() {
	const at = "/resultsSection/baselineCharacteristicsModule"
	b := &c.s.Results.Baseline
	c.heading("Baseline characteristics")
	c.line(at+"/populationDescription", b.Population.line())
	groups := c.groupsOf(at+"/groups", b.Groups, false)
	whole := c.denomsOf(at+"/denoms", "Analyzed at baseline", b.Denoms, groups, "")
	for i := range b.Measures {
		m := &b.Measures[i]
		list := item(at+"/measures", i)
		c.line(list+"/description", m.Description.line())
		c.line(list+"/populationDescription", m.Population.line())
		denoms := c.denomsOf(list+"/denoms", "Analyzed", m.Denoms, groups, m.DenomUnits)
		if denoms == nil {
			denoms = whole
		}
		c.values(list, m, groups, denoms, evidence.Finding{Kind: evidence.Baseline, Outcome: evidence.OutcomeRef{Text: m.Title.line()}}, paramOf(m))
	}
}

// cell is a value of a measure: where it stands among the others, and the finding that it gave.
type cell struct {
	class, category int
	group           ctText
	id              string
}

// values tells the measurements of a measure, each as one finding made after a pattern.
func (c *ctRecord) values(at string, m *ctMeasure, groups map[ctText]group, denoms denominators, pattern evidence.Finding, p param) []cell {
	var out []cell
	for i, class := range m.Classes {
		classAt := item(at+"/classes", i)
		name := class.Title.line()
		counts := denoms
		if own := c.denomsOf(classAt+"/denoms", strings.Join(slices.DeleteFunc([]string{"Analyzed", name}, func(s string) bool { return s == "" }), ", "), class.Denoms, groups, m.DenomUnits); own != nil {
			counts = own
		}
		f := pattern
		if isTime(name) && f.Kind != evidence.Baseline {
			f.Timepoint = evidence.Timepoint{Text: name}
		} else if name != "" {
			f.Outcome.Text = addTo(f.Outcome.Text, name)
			if t := timeIn(name); t != "" && f.Kind != evidence.Baseline {
				f.Timepoint = evidence.Timepoint{Text: t}
			}
		}
		for j, category := range class.Categories {
			f := f
			if t := category.Title.line(); t != "" {
				f.Outcome.Text = addTo(f.Outcome.Text, t)
			}
			for k := range category.Measurements {
				v := &category.Measurements[k]
				g := groups[v.Group]
				n := counts[v.Group]
				f := f
				q := p
				if strings.EqualFold(name, "baseline") {
					q.change = false // the value that others are compared with
				}
				e := valueOf(q, v, n.n, n.units)
				if q.change && f.Kind == evidence.ArmLevel && g.arm != "" {
					f.Kind = evidence.WithinArm
				}
				f.Arm, f.Estimates = g.of(), []evidence.Estimate{e}
				text := sentence(strings.Join(slices.DeleteFunc([]string{m.Title.line(), name, category.Title.line()}, func(s string) bool { return s == "" }), ", ")+g.named()+": "+e.Printed, v.Comment.line())
				f.Passages = passages(c.line(fmt.Sprintf("%s/categories/%d/measurements/%d", classAt, j, k), text), n.passage)
				out = append(out, cell{class: i, category: j, group: v.Group, id: c.found(f)})
			}
		}
	}
	return out
}

// addTo joins the name of a class or a category to that of what was measured.
func addTo(title, name string) string {
	if title == "" {
		return name
	}
	return title + " - " + name
}

// outcomeRoles are the registry's types of outcome in the terms of the model.
var outcomeRoles = map[ctText]string{"PRIMARY": "primary", "SECONDARY": "secondary", "OTHER_PRE_SPECIFIED": "exploratory", "POST_HOC": "post hoc"}

var (
	changeWords = lazyregexp.New(`(?i)\b(?:changes?|difference|reduction|decrease|increase|improvement|decline)\b`)
	fromBase    = lazyregexp.New(`(?i)\bfrom (?:the )?(?:study |mean |treatment )?baseline\b|\bbaseline (?:to|and|through|up to)\b|\bchange from\b`)
)

// measured tells the outcome measures: every value, and the analyses.
func (c *ctRecord) measured() {
	const at = "/resultsSection/outcomeMeasuresModule/outcomeMeasures"
	for i := range c.s.Results.Outcomes.Measures {
		m := &c.s.Results.Outcomes.Measures[i]
		list := item(at, i)
		role := outcomeRoles[m.Type]
		title := m.Title.line()
		c.heading(strings.TrimSpace(capital(role) + " outcome results"))
		frame := m.TimeFrame.line()
		p := c.line(list, sentence(title, labelled("Time frame", frame), m.Description.line()))
		q := c.line(list+"/populationDescription", labelled("Analysis population", m.Population.line()))
		c.reportedOutcome(title, role, frame, m, passages(p, q))
		groups := c.groupsOf(list+"/groups", m.Groups, false)
		denoms := c.denomsOf(list+"/denoms", "Analyzed", m.Denoms, groups, m.DenomUnits)
		pattern := evidence.Finding{
			Kind: evidence.ArmLevel, Outcome: evidence.OutcomeRef{Text: title, Role: role}, Timepoint: evidence.Timepoint{Text: frame},
		}
		if role == "post hoc" {
			pattern.Outcome.Role, pattern.Analysis = "", "post hoc"
		}
		value := paramOf(m)
		value.change = changeWords.MatchString(title) && fromBase.MatchString(title+"; "+frame) && value.kind != "count" && value.kind != "number"
		cells := c.values(list, m, groups, denoms, pattern, value)
		for k := range m.Analyses {
			c.analysis(item(list+"/analyses", k), m, &m.Analyses[k], groups, cells, pattern)
		}
	}
	const more = "/resultsSection/moreInfoModule/limitationsAndCaveats/description"
	c.heading("Limitations")
	c.line(more, c.s.Results.More.Limitations.Description.line())
}

// reportedOutcome adds an outcome measure to the study's outcomes, or its passages to the registered one.
func (c *ctRecord) reportedOutcome(title, role, frame string, m *ctMeasure, ps []evidence.Passage) {
	if title == "" {
		return
	}
	if role == "post hoc" {
		role = ""
	}
	for i := range c.out.Outcomes {
		if o := &c.out.Outcomes[i]; o.Role == role && strings.EqualFold(o.Text, title) && !slices.ContainsFunc(o.Passages, func(p evidence.Passage) bool { return strings.HasPrefix(p.Pointer, "/resultsSection/") }) {
			o.Passages = append(o.Passages, ps...)
			return
		}
	}
	c.out.Outcomes = append(c.out.Outcomes, evidence.Outcome{
		ID: fmt.Sprintf("o%d", len(c.out.Outcomes)+1), Text: title, Role: role, Definition: m.Description.line(), Timepoint: frame, Passages: ps,
	})
}

// adverse tells the adverse events: of each group all deaths, serious and other events, and every event that is listed.
func (c *ctRecord) adverse() {
	const at = "/resultsSection/adverseEventsModule"
	a := &c.s.Results.Adverse
	c.heading("Adverse events")
	c.line(at+"/timeFrame", labelled("Time frame", a.TimeFrame.line()))
	c.line(at+"/description", a.Description.line())
	c.line(at+"/frequencyThreshold", labelled("Threshold for other events (percent)", a.Threshold.line()))
	c.line(at+"/allCauseMortalityComment", a.Mortality.line())
	groups := c.groupsOf(at+"/eventGroups", a.Groups, false)
	when := evidence.Timepoint{Text: a.TimeFrame.line()}
	tell := func(at, what string, g group, affected, of, events ctText) {
		if affected.line() == "" && events.line() == "" {
			return
		}
		e := evidence.Estimate{Measure: "proportion", Events: affected.number(), Total: of.number()}
		e.Printed = joined("/", affected, of) + " participants"
		if !e.Total.Present() {
			e = evidence.Estimate{Measure: "count", Value: affected.number(), Unit: "participants", Printed: affected.line() + " participants"}
		}
		f := evidence.Finding{Kind: evidence.ArmLevel, Outcome: evidence.OutcomeRef{Text: what}, Arm: g.of(), Timepoint: when}
		text := what + g.named() + ": " + e.Printed
		if affected.line() != "" {
			f.Estimates = append(f.Estimates, e)
		}
		if n := events.number(); n.Present() {
			text += ", " + string(n) + " events"
			f.Estimates = append(f.Estimates, evidence.Estimate{Measure: "count", Value: n, Unit: "events", Printed: string(n) + " events"})
		}
		f.Passages = passages(c.line(at, text))
		c.found(f)
	}
	for i, g := range a.Groups {
		at := item(at+"/eventGroups", i)
		tell(at, "All-cause mortality", groups[g.ID], g.Deaths, g.DeathsOf, "")
		tell(at, "Serious adverse events", groups[g.ID], g.Serious, g.SeriousOf, "")
		tell(at, "Other adverse events", groups[g.ID], g.Other, g.OtherOf, "")
	}
	for _, list := range []struct {
		name, what string
		events     []ctEvent
	}{{"seriousEvents", "serious adverse event", a.Serious}, {"otherEvents", "adverse event", a.Other}} {
		for i, e := range list.events {
			what := e.Term.line()
			if what == "" {
				what = e.Organ.line()
			}
			for k, s := range e.Stats {
				tell(fmt.Sprintf("%s/%s/%d/stats/%d", at, list.name, i, k), what+" ("+list.what+")", groups[s.Group], s.Affected, s.AtRisk, s.Events)
			}
		}
	}
}
