package export

import (
	"cmp"
	"fmt"
	"path"
	"slices"
	"strconv"
	"strings"

	"github.com/picograph/picograph/graph"
	"github.com/picograph/picograph/graph/evidence"
)

// full paints a study with all that belongs to it.
func (b *painter) full(p part) {
	study := b.study(p)
	arms := newLineup(p.Tellings)
	for _, m := range arms.all {
		b.arm(p, study, arms, m)
	}
	for _, t := range p.Tellings {
		b.edge(study, b.document(t), "told in", "told in", nil)
		for i := range t.Study.Populations {
			pop := &t.Study.Populations[i]
			id := b.population(study, pop.Text, pop)
			b.edge(study, id, "population", "population", nil)
			for j := range t.Study.Populations {
				if parent := &t.Study.Populations[j]; pop.Parent != "" && parent.ID == pop.Parent {
					b.edge(id, b.population(study, parent.Text, parent), "part of", "part of", nil)
				}
			}
		}
	}
	for _, f := range p.findings {
		id := b.node(string(f.key), "finding", results(f.Finding), b.finding(p, f))
		b.edge(id, study, "found in", "found in", nil)
		b.edge(id, b.document(f.telling), "stated in", "stated in", nil)
		for _, l := range f.Arm {
			b.edge(id, b.armNamed(p, study, arms, f.telling, l), "arm", "arm", nil)
		}
		for _, l := range f.Comparator {
			b.edge(id, b.armNamed(p, study, arms, f.telling, l), "comparator", "comparator", nil)
		}
		if text := populationText(f); text != "" {
			b.edge(id, b.population(study, text, population(f)), "in", "in", nil)
		}
		if o := b.outcome(f); o != "" {
			b.edge(id, o, "about", "about", nil)
		}
	}
}

// evidence paints each finding as an edge from what was done, or else from the people or the study, to the outcome.
func (b *painter) evidence(p part) {
	arms := newLineup(p.Tellings)
	for _, f := range p.findings {
		outcome := b.outcome(f)
		if outcome == "" {
			outcome = b.node("outcome:", "outcome", "outcome not named", nil)
		}
		var from []string
		for _, l := range f.Arm {
			from = append(from, b.care(p, arms, f.telling, l))
		}
		if len(from) == 0 {
			if text := populationText(f); text != "" {
				from = append(from, b.population("study:"+p.ID, text, population(f)))
			} else {
				from = append(from, b.study(p))
			}
		}
		for _, id := range from {
			b.edge(id, outcome, "finding", kindName(f.Kind)+": "+results(f.Finding), b.finding(p, f))
		}
	}
}

// network paints what was compared with what: one edge for each study, however many findings it has.
func (b *painter) network(p part) {
	arms := newLineup(p.Tellings)
	pairs := map[[2]string]facts{}
	var order [][2]string
	for _, f := range p.findings {
		if f.Kind != evidence.BetweenArms {
			continue
		}
		for _, x := range f.Arm {
			for _, y := range f.Comparator {
				pair := [2]string{b.care(p, arms, f.telling, x), b.care(p, arms, f.telling, y)}
				if pair[0] == pair[1] {
					continue
				}
				slices.Sort(pair[:])
				if pairs[pair] == nil {
					pairs[pair] = facts{"study": p.ID}
					order = append(order, pair)
				}
				for name, v := range map[string]string{"finding": string(f.key), "document": f.telling.DocumentID, "offsets": offsets(f)} {
					pairs[pair].join(name, v)
				}
			}
		}
	}
	counted := map[string]bool{}
	for _, pair := range order {
		b.edge(pair[0], pair[1], "compared", cmp.Or(p.Name, p.ID), pairs[pair])
		for _, id := range pair {
			if !counted[id] {
				counted[id] = true
				b.count(id)
			}
		}
	}
}

// join adds a value to a list in one fact, once.
func (f facts) join(name, value string) {
	have := strings.Split(f[name], "; ")
	switch {
	case value == "" || slices.Contains(have, value) && name != "offsets":
	case f[name] == "":
		f[name] = value
	default:
		f[name] += "; " + value
	}
}

// count notes one trial more of a node.
func (b *painter) count(id string) {
	f := b.nodes[b.at[id]].facts
	n, _ := strconv.Atoi(f["trials"])
	f["trials"] = strconv.Itoa(n + 1)
}

// citations paints the reports of a study and what they refer to.
func (b *painter) citations(p part) {
	study := b.study(p)
	for _, t := range p.Tellings {
		id := b.document(t)
		b.edge(study, id, "told in", "told in", nil)
		for i := range t.Cites {
			c := &t.Cites[i]
			f := facts{"document": t.DocumentID}
			if len(c.Passages) > 0 {
				f.set("offsets", places(c.Passages))
				f.set("sentence", sentences(c.Passages))
			}
			relation := cmp.Or(c.Relation, "cites")
			b.edge(id, b.report(reportID(&c.Report, t.DocumentID+"/citation/"+c.ID), &c.Report, nil), relation, relation, f)
		}
	}
}

// reportID names a report so that a document and those who cite it mean the same.
func reportID(r *evidence.Report, otherwise string) string {
	switch {
	case r.DOI != "":
		return "doi:" + r.DOI
	case r.PMID != "":
		return "pmid:" + r.PMID
	}
	return otherwise
}

func (b *painter) document(t *graph.Telling) string {
	f := facts{}
	f.set("source", t.Source)
	f.set("retracted", t.Retracted)
	f.set("document", t.DocumentID)
	return b.report(reportID(t.Report, t.DocumentID), t.Report, f)
}

// report adds the node of a report. What a loaded document tells of itself completes what others cite it by.
func (b *painter) report(id string, r *evidence.Report, more facts) string {
	if i, ok := b.at[id]; ok && b.nodes[i].facts["document"] == "" {
		for k, v := range more {
			b.nodes[i].facts[k] = v
		}
	}
	f := facts{}
	for k, v := range more {
		f[k] = v
	}
	f.set("doi", r.DOI)
	f.set("pmid", r.PMID)
	if r.Year > 0 {
		f.set("year", strconv.Itoa(r.Year))
	}
	label := r.Title
	if label == "" && more["source"] != "" {
		label = path.Base(more["source"])
	}
	return b.node(id, "report", label, f)
}

func (b *painter) study(p part) string {
	first := p.Tellings[0].Study
	f := facts{"study": p.ID}
	var numbers []string
	for _, t := range p.Tellings {
		numbers = append(numbers, t.Study.Registrations...)
	}
	slices.Sort(numbers)
	f.set("registrations", strings.Join(slices.Compact(numbers), "; "))
	f.set("design", designOf(first))
	f.set("n", string(cmp.Or(first.NRandomized, first.N, first.NAnalyzed)))
	if first.SecondHand {
		f.set("second_hand", "true")
	}
	return b.node("study:"+p.ID, "study", p.Name, f)
}

// designOf returns the design of a study in a few words.
func designOf(s *evidence.Study) string {
	allocation := s.Design.Allocation
	if allocation == evidence.NoAllocation {
		allocation = ""
	}
	return strings.TrimSpace(allocation + " " + s.Design.Kind)
}

func (b *painter) arm(p part, study string, arms *lineup, m *merged) string {
	i := slices.Index(arms.all, m)
	f := facts{"study": strings.TrimPrefix(study, "study:")}
	f.set("role", m.first(func(a *evidence.Arm) string { return string(a.Role) }))
	f.set("n", m.first(func(a *evidence.Arm) string { return string(a.N) }))
	id := b.node(fmt.Sprintf("%s/arm/%d", study, i+1), "arm", m.arms[0].Label, f)
	b.edge(study, id, "has arm", "has arm", nil)
	for _, a := range m.arms {
		for _, x := range a.Interventions {
			b.edge(id, b.intervention(p, x), "receives", "receives", nil)
		}
	}
	return id
}

// armNamed returns the node of the arm that a label means; a finding may name one that its study does not describe.
func (b *painter) armNamed(p part, study string, arms *lineup, t *graph.Telling, label string) string {
	if m := arms.find(t, label); m != nil {
		return b.arm(p, study, arms, m)
	}
	id := b.node(study+"/arm/"+strings.ToLower(label), "arm", label, facts{"study": strings.TrimPrefix(study, "study:")})
	b.edge(study, id, "has arm", "has arm", nil)
	return id
}

// care returns the node for all that an arm received together, or for its name where that is not known. What the
// vocabulary has no concept for is of its study alone: the control group of one is not that of another.
func (b *painter) care(p part, arms *lineup, t *graph.Telling, label string) string {
	var ids, names []string
	if m := arms.find(t, label); m != nil {
		for _, a := range m.arms {
			ids = append(ids, a.Interventions...)
		}
	}
	if len(ids) == 0 {
		return b.own(p, "arm", label)
	}
	slices.Sort(ids)
	ids = slices.Compact(ids)
	known := true
	for _, id := range ids {
		names = append(names, cmp.Or(b.labels[id], id))
		known = known && b.labels[id] != ""
	}
	if !known {
		return b.own(p, "intervention", strings.Join(names, " + "))
	}
	return b.node("intervention:"+strings.Join(ids, "+"), "intervention", strings.Join(names, " + "), nil)
}

// intervention returns the node for one intervention: a concept that studies share, or a text of one study.
func (b *painter) intervention(p part, id string) string {
	if b.labels[id] == "" {
		return b.own(p, "intervention", id)
	}
	return b.node("intervention:"+id, "intervention", b.labels[id], nil)
}

// own returns a node that is named by words of one study. Its label says of which.
func (b *painter) own(p part, kind, name string) string {
	label := name + " (" + cmp.Or(p.Name, p.ID) + ")"
	return b.node("study:"+p.ID+"/"+kind+"/"+strings.ToLower(name), kind, label, facts{"study": p.ID})
}

func (b *painter) population(study, text string, p *evidence.Population) string {
	f := facts{"study": strings.TrimPrefix(study, "study:")}
	if p != nil {
		var all []string
		for _, c := range p.Criteria {
			s := strings.Join(strings.Fields(strings.Join([]string{cmp.Or(b.labels[c.Variable], c.Variable), string(c.Relation), c.Value, string(c.High), c.Unit}, " ")), " ")
			if c.Exclude {
				s = "not: " + s
			}
			all = append(all, s)
		}
		f.set("criteria", strings.Join(all, "; "))
	}
	return b.node(study+"/population/"+strings.ToLower(text), "population", text, f)
}

func populationText(f drawn) string {
	if p := population(f); p != nil {
		return p.Text
	}
	return f.Population.Text
}

func (b *painter) outcome(f drawn) string {
	switch {
	case f.Outcome.Concept != "":
		return b.node("outcome:"+f.Outcome.Concept, "outcome", cmp.Or(b.labels[f.Outcome.Concept], f.Outcome.Text), nil)
	case f.Outcome.Text != "":
		return b.node("outcome:"+strings.ToLower(f.Outcome.Text), "outcome", f.Outcome.Text, nil)
	}
	return ""
}

// finding returns the numbers of a finding's main estimate, and where it stands.
func (b *painter) finding(p part, d drawn) facts {
	f := facts{"finding": string(d.key), "study": p.ID, "document": d.telling.DocumentID}
	f.set("finding_kind", string(d.Kind))
	f.set("arm", strings.Join(d.Arm, "; "))
	f.set("comparator", strings.Join(d.Comparator, "; "))
	f.set("population", populationText(d))
	f.set("outcome", d.Outcome.Text)
	f.set("timepoint", d.Timepoint.Text)
	f.set("months", string(d.Timepoint.Months))
	f.set("p", pValue(d.P))
	f.set("direction", string(d.Direction))
	if d.Significant != nil {
		f.set("significant", strconv.FormatBool(*d.Significant))
	}
	f.set("retracted", d.telling.Retracted)
	f.set("checks", strings.Join(d.Checks, "; "))
	f.set("offsets", offsets(d))
	f.set("sentence", sentences(d.Passages))
	if len(d.Estimates) == 0 {
		return f
	}
	e := d.Estimates[0]
	measure, value := mainNumber(e)
	f.set("measure", measure)
	f.set("estimate", value)
	f.set("unit", e.Unit)
	f.set("events", string(e.Events))
	f.set("total", string(e.Total))
	if e.CI != nil {
		f.set("ci_level", string(e.CI.Level))
		f.set("low", string(e.CI.Low))
		f.set("high", string(e.CI.High))
	}
	return f
}

// mainNumber returns the first number that an estimate has, and what it is.
func mainNumber(e evidence.Estimate) (measure, value string) {
	switch {
	case e.Value.Present():
		return e.Measure, string(e.Value)
	case e.Mean.Present():
		return "mean", string(e.Mean)
	case e.Median.Present():
		return "median", string(e.Median)
	case e.Percent.Present():
		return "percent", string(e.Percent)
	}
	return e.Measure, ""
}

// offsets returns where a finding stands in the text of its document: byte offsets, the end exclusive.
func offsets(d drawn) string { return places(d.Passages) }

func places(passages []evidence.Passage) string {
	var all []string
	for _, p := range passages {
		all = append(all, fmt.Sprintf("%d-%d", p.Start, p.End))
	}
	return strings.Join(all, "; ")
}

func sentences(passages []evidence.Passage) string {
	var all []string
	for _, p := range passages {
		all = append(all, p.Text)
	}
	return strings.Join(all, " | ")
}
