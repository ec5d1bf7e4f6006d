package format

import (
	"strings"

	"github.com/picograph/picograph/graph/evidence"
	"github.com/picograph/picograph/graph/lazyregexp"
	"github.com/picograph/picograph/graph/quantity"
)

const eligibilityAt = "/protocolSection/eligibilityModule"

// eligibility tells who may take part: the population with its criteria.
func (c *ctRecord) eligibility() {
	c.heading("Eligibility")
	e := &c.s.Protocol.Eligibility
	p := evidence.Population{ID: "p1"}
	for i, t := range c.s.Protocol.Conditions.Conditions {
		if s := t.line(); s != "" {
			p.Conditions = append(p.Conditions, s)
			p.Passages = append(p.Passages, passages(c.line(item("/protocolSection/conditionsModule/conditions", i), "Condition: "+s))...)
		}
	}
	p.Text = strings.Join(p.Conditions, "; ")
	if s := e.Population.line(); s != "" {
		p.Passages = append(p.Passages, passages(c.line(eligibilityAt+"/studyPopulation", "Population: "+s))...)
	}
	c.age(&p, "minimumAge", "Minimum age", quantity.AtLeast, e.Min)
	c.age(&p, "maximumAge", "Maximum age", quantity.AtMost, e.Max)
	if s := e.Sex.words(); s != "" {
		line := c.line(eligibilityAt+"/sex", "Sex: "+s)
		if s != "all" {
			p.Criteria = append(p.Criteria, evidence.Criterion{Variable: "sex", Relation: quantity.In, Value: s, Printed: line.Text, Passages: passages(line)})
		}
	}
	c.line(eligibilityAt+"/genderDescription", labelled("Gender", e.Gender.line()))
	if s := e.Healthy.words(); s == "true" || s == "false" || s == "yes" || s == "no" {
		accepted := s == "true" || s == "yes"
		text := "Healthy volunteers: not accepted"
		if accepted {
			text = "Healthy volunteers: accepted"
		}
		line := c.line(eligibilityAt+"/healthyVolunteers", text)
		if !accepted {
			p.Criteria = append(p.Criteria, evidence.Criterion{Variable: "healthy volunteers", Relation: quantity.Has, Exclude: true, Printed: text, Passages: passages(line)})
		}
	}
	c.criteria(&p, e.Criteria)
	if p.Text == "" && len(p.Criteria) == 0 {
		return
	}
	if p.Text == "" {
		p.Text = "participants"
	}
	c.out.Populations = append(c.out.Populations, p)
	c.people = evidence.Ref{Text: p.Text, ID: p.ID}
}

// ageLimit is an age as the registry writes it.
var ageLimit = lazyregexp.New(`^(\d+(?:\.\d+)?) ([A-Za-z]+)$`)

// age adds a limit of age.
func (c *ctRecord) age(p *evidence.Population, field, name string, rel quantity.Relation, t ctText) {
	s := t.line()
	line := c.line(eligibilityAt+"/"+field, labelled(name, s))
	m := ageLimit.FindStringSubmatch(s)
	if m == nil {
		return
	}
	unit := strings.ToLower(m[2])
	if !strings.HasSuffix(unit, "s") {
		unit += "s"
	}
	p.Criteria = append(p.Criteria, evidence.Criterion{Variable: "age", Relation: rel, Value: m[1], Unit: unit, Printed: s, Passages: passages(line)})
}

var (
	// excludes and includes are the headings of the two lists, alone on a line or before the list's first words.
	excludes = lazyregexp.New(`(?i)^(?:(?:key|main|major|general|additional|specific|patient|subject|participant|primary|other)\s+)*(?:exclusions?\b(?:\s*/\s*withdrawal)?(?:\s+criteri(?:a|on|um))?|(?:non-?inclusion|ineligibility)\s+criteria|criteria\s+(?:for|of)\s+exclusion|not\s+eligible)\b[^:.]{0,60}(?::|$)\s*`)
	includes = lazyregexp.New(`(?i)^(?:(?:key|main|major|general|additional|specific|patient|subject|participant|primary|other)\s+)*(?:inclusions?\b(?:\s+criteri(?:a|on|um))?|(?:eligibility|entry)\s+criteria|criteria\s+(?:for|of)\s+inclusion)\b[^:.]{0,60}(?::|$)\s*`)
	bullet   = lazyregexp.New(`^(?:[*•·▪●○–—-]+\s+|\(?(?:\d{1,2}(?:\.\d{1,2})*|[A-Za-z]|[ivx]{1,4})[.)]\s+|[•·▪●○]\s*)`)
)

// criteria adds the lines of the free text, each as one criterion in words.
func (c *ctRecord) criteria(p *evidence.Population, t ctText) {
	exclude := false
	for raw := range strings.SplitSeq(string(t), "\n") {
		s := ctText(raw).line()
		s = strings.TrimSpace(bullet.ReplaceAllString(s, ""))
		if s == "" {
			continue
		}
		if m := excludes.FindString(s); m != "" {
			exclude = true
			c.line(eligibilityAt+"/eligibilityCriteria", strings.TrimSpace(m))
			s = s[len(m):]
		} else if m := includes.FindString(s); m != "" {
			exclude = false
			c.line(eligibilityAt+"/eligibilityCriteria", strings.TrimSpace(m))
			s = s[len(m):]
		}
		line := c.line(eligibilityAt+"/eligibilityCriteria", s)
		if line.Text == "" || strings.HasSuffix(s, ":") && !strings.ContainsAny(s, "0123456789") {
			continue // a heading of criteria that follow
		}
		p.Criteria = append(p.Criteria, evidence.Criterion{Variable: s, Relation: quantity.Has, Exclude: exclude, Printed: s, Passages: passages(line)})
	}
}
