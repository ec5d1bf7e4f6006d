package export

import (
	"fmt"
	"slices"
	"strings"

	"github.com/picograph/picograph/graph/evidence"
	"github.com/picograph/picograph/graph/quantity"
)

// sketch draws one study.
type sketch struct {
	*drawing
	part
	prefix string
	nodes  map[string]string // what a node stands for -> its name
	lineup *lineup
}

// node returns the name of the node that stands for a thing, and whether it is new.
func (s *sketch) node(thing string) (name string, isNew bool) {
	if name, ok := s.nodes[thing]; ok {
		return name, false
	}
	name = fmt.Sprintf("%s_n%d", s.prefix, len(s.nodes)+1)
	s.nodes[thing] = name
	return name, true
}

// bundle is the findings that are drawn as one node: of one kind, about the same arms, population and outcome.
type bundle struct {
	kind             evidence.Kind
	arms, comparator []string // things
	population       string   // a thing, empty for the study's main population
	outcome          string   // a thing
	findings         []drawn
}

// group bundles the findings in the order of their first.
func (s *sketch) group() []*bundle {
	var out []*bundle
	at := map[string]*bundle{}
	for _, f := range s.findings {
		b := &bundle{kind: f.Kind, population: s.populationOf(f), outcome: outcomeThing(f)}
		for _, l := range f.Arm {
			b.arms = append(b.arms, s.lineup.thing(f.telling, l))
		}
		for _, l := range f.Comparator {
			b.comparator = append(b.comparator, s.lineup.thing(f.telling, l))
		}
		if f.Kind == evidence.Baseline {
			b.outcome = ""
		}
		key := fmt.Sprintf("%q %q %q %q %q", b.kind, b.arms, b.comparator, b.population, b.outcome)
		if at[key] == nil {
			at[key] = b
			out = append(out, b)
		}
		at[key].findings = append(at[key].findings, f)
	}
	return out
}

func outcomeThing(f drawn) string {
	if f.Outcome.Concept != "" {
		return "outcome " + f.Outcome.Concept
	}
	return "outcome " + strings.ToLower(f.Outcome.Text)
}

// populationOf returns the thing for a finding's population, or nothing for the main one of the study.
func (s *sketch) populationOf(f drawn) string {
	p := population(f)
	if p == nil && f.Population.Text != "" {
		return "population " + strings.ToLower(f.Population.Text)
	}
	if p == nil || p.Parent == "" {
		return ""
	}
	return "population " + strings.ToLower(p.Text)
}

// population returns the population that a finding names, if its study has it.
func population(f drawn) *evidence.Population {
	for i := range f.telling.Study.Populations {
		if p := &f.telling.Study.Populations[i]; f.Population.ID != "" && p.ID == f.Population.ID {
			return p
		}
	}
	return nil
}

// main returns the study's main population.
func (s *sketch) main() *evidence.Population {
	for _, t := range s.Tellings {
		for i := range t.Study.Populations {
			if p := &t.Study.Populations[i]; p.Parent == "" {
				return p
			}
		}
	}
	return nil
}

// populations draws the main population and the subgroups that findings are about.
func (s *sketch) populations(groups []*bundle) {
	root := ""
	if p := s.main(); p != nil {
		root, _ = s.node("main population")
		s.line(`    %s [shape=folder, fillcolor="#fff3c4", color="#b8860b", label=<%s>];`, root, s.populationLabel(p, "Population"))
	}
	for _, g := range groups {
		if g.population == "" {
			continue
		}
		name, isNew := s.node(g.population)
		if !isNew {
			continue
		}
		p := population(g.findings[0])
		if p == nil {
			p = &evidence.Population{Text: g.findings[0].Population.Text}
		}
		s.line(`    %s [shape=folder, fillcolor="#fff9e3", color="#b8860b", label=<%s>];`, name, s.populationLabel(p, "Subgroup"))
		if root != "" {
			s.line(`    %s -> %s [color="#b8860b", arrowhead=none, style=solid, penwidth=0.8];`, root, name)
		}
	}
}

func (s *sketch) populationLabel(p *evidence.Population, word string) string {
	rows := []string{`<b>` + word + `</b>`, wrapped(p.Text, 34, 3)}
	var criteria []string
	for _, c := range p.Criteria {
		if !c.Exclude && c.Relation.Numeric() {
			criteria = append(criteria, strings.TrimSpace(strings.Join([]string{s.named(c.Variable), sign(c.Relation), c.Value, c.Unit}, " ")))
		}
	}
	if len(criteria) > 0 && len(criteria) <= 4 {
		for _, c := range criteria {
			rows = append(rows, `<font point-size="9">`+wrapped(c, 40, 1)+`</font>`)
		}
	}
	return strings.Join(rows, `<br align="left"/>`) + `<br align="left"/>`
}

func sign(r quantity.Relation) string {
	switch r {
	case quantity.AtLeast:
		return "≥"
	case quantity.AtMost:
		return "≤"
	}
	return string(r)
}

// named returns the name of a concept, or the text itself.
func (s *sketch) named(id string) string {
	if l := s.labels[id]; l != "" {
		return l
	}
	return id
}

// arms draws the arms that findings are about, or all when the whole study is drawn without findings.
func (s *sketch) arms(groups []*bundle) {
	wanted := map[string]bool{}
	for _, g := range groups {
		for _, a := range slices.Concat(g.arms, g.comparator) {
			wanted[a] = true
		}
	}
	for _, m := range s.lineup.all {
		if !wanted[m.thing] && len(groups) > 0 {
			continue
		}
		name, _ := s.node(m.thing)
		s.line(`    %s [shape=box, style="filled,rounded", fillcolor="#d9e8fb", color="#2c5f9e", penwidth=1.4, label=<%s>];`, name, armLabel(m))
		if root, ok := s.nodes["main population"]; ok {
			s.line(`    %s -> %s [color="#b8860b", arrowhead=none, penwidth=0.8];`, root, name)
		}
	}
	for _, g := range groups {
		for i, thing := range slices.Concat(g.arms, g.comparator) {
			if name, isNew := s.node(thing); isNew {
				label := slices.Concat(g.findings[0].Arm, g.findings[0].Comparator)[i]
				s.line(`    %s [shape=box, style="filled,rounded", fillcolor="#d9e8fb", color="#2c5f9e", label=<%s>];`, name, wrapped(label, 30, 2))
			}
		}
	}
}

func armLabel(m *merged) string {
	title := m.arms[0].Label
	short := m.first(func(a *evidence.Arm) string { return a.Abbreviation })
	if short != "" && !strings.EqualFold(short, title) {
		title = short + ": " + title
	}
	rows := []string{"<b>" + wrapped(title, 32, 3) + "</b>"}
	var facts []string
	if role := m.first(func(a *evidence.Arm) string { return string(a.Role) }); role != "" {
		facts = append(facts, role)
	}
	if n := m.first(func(a *evidence.Arm) string { return string(a.N) }); n != "" {
		facts = append(facts, "n = "+n)
	}
	if len(facts) > 0 {
		rows = append(rows, `<font point-size="10">`+wrapped(strings.Join(facts, ", "), 40, 2)+`</font>`)
	}
	return strings.Join(rows, `<br align="left"/>`) + `<br align="left"/>`
}

// finding draws one bundle: its node, the lines from its arms or population, and the line to its outcome.
func (s *sketch) finding(b *bundle) {
	name := fmt.Sprintf("%s_f%d", s.prefix, len(s.nodes)+1)
	s.nodes["finding "+name] = name
	line := lineOf(b.kind)
	fill, border := colours(b)
	s.line(`    %s [shape=plain, style="", label=<%s>];`, name, s.table(b, fill, border))
	for _, a := range b.arms {
		s.line(`    %s -> %s [%s];`, s.nodes[a], name, line)
	}
	for _, a := range b.comparator {
		s.line(`    %s -> %s [%s, arrowhead=odot];`, s.nodes[a], name, line)
	}
	switch {
	case b.population != "":
		s.line(`    %s -> %s [color="#b8860b", arrowhead=none, penwidth=0.8];`, s.nodes[b.population], name)
	case len(b.arms)+len(b.comparator) == 0 && s.nodes["main population"] != "":
		s.line(`    %s -> %s [%s];`, s.nodes["main population"], name, line)
	}
	if b.outcome == "" {
		return
	}
	outcome, isNew := s.node(b.outcome)
	if isNew {
		s.line(`    %s [shape=ellipse, fillcolor="#dff0dc", color="#3c7a36", label=<%s>];`, outcome, s.outcomeLabel(b))
	}
	s.line(`    %s -> %s [%s];`, name, outcome, line)
}

func (s *sketch) outcomeLabel(b *bundle) string {
	f := b.findings[0]
	label := f.Outcome.Text
	if f.Outcome.Concept != "" {
		label = s.named(f.Outcome.Concept)
	}
	if label == "" {
		label = "outcome not named"
	}
	text := strings.ReplaceAll(wrapped(label, 26, 3), ` align="left"`, "")
	if f.Outcome.Role != "" {
		text += `<br/><font point-size="9">` + wrapped(f.Outcome.Role, 26, 1) + ` outcome</font>`
	}
	return text
}
