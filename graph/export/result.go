package export

import (
	"fmt"
	"strings"

	"github.com/picograph/picograph/graph/evidence"
	"github.com/picograph/picograph/graph/quantity"
)

// mostRows is how many findings one node of the drawing shows.
const mostRows = 14

// kindLine is how findings of one kind are drawn. Between and within arms must never be taken for each other.
type kindLine struct {
	kind evidence.Kind
	name string
	line string
}

// kindLines returns the kinds in the order of the legend.
func kindLines() []kindLine {
	return []kindLine{
		{evidence.BetweenArms, "between arms: arm against comparator", `style=solid, penwidth=2.2, color="#222222"`},
		{evidence.WithinArm, "change within one arm (no control)", `style=dashed, penwidth=1.6, color="#8a2be2"`},
		{evidence.ArmLevel, "value of one arm", `style=dotted, penwidth=1.6, color="#2c5f9e"`},
		{evidence.Baseline, "at baseline", `style=dotted, penwidth=1.0, color="#999999"`},
		{evidence.Interaction, "interaction: does the effect differ", `style=solid, penwidth=1.2, color="#b03060:#b03060"`},
		{evidence.Association, "association (not assigned)", `style=dashed, penwidth=1.0, color="#a0522d"`},
		{evidence.Prevalence, "prevalence", `style=solid, penwidth=0.8, color="#999999"`},
		{evidence.VoteCount, "vote count of studies", `style=dashed, penwidth=0.8, color="#999999"`},
		{evidence.InWords, "statement in words", `style=dotted, penwidth=1.0, color="#555555"`},
	}
}

func lineOf(k evidence.Kind) string {
	for _, l := range kindLines() {
		if l.kind == k {
			return l.line
		}
	}
	return `style=solid, penwidth=1.0`
}

func kindName(k evidence.Kind) string {
	for _, l := range kindLines() {
		if l.kind == k {
			name, _, _ := strings.Cut(l.name, ":")
			return name
		}
	}
	return string(k)
}

// directions are the colours of what happened to the outcome. They do not say what is good.
func directions() []struct {
	direction evidence.Direction
	mark      string
	fill      string
} {
	return []struct {
		direction evidence.Direction
		mark      string
		fill      string
	}{
		{evidence.Decreased, "↓", "#cfe3f7"},
		{evidence.Increased, "↑", "#fbdcc0"},
		{evidence.NoDifference, "", "#e4e4e4"},
		{evidence.NotStated, "", "#ffffff"},
	}
}

func markOf(d evidence.Direction) (mark, fill string) {
	for _, c := range directions() {
		if c.direction == d {
			return c.mark, c.fill
		}
	}
	return "", "#ffffff"
}

// colours returns the fill and the border of a bundle's title.
func colours(b *bundle) (fill, border string) {
	switch b.kind {
	case evidence.BetweenArms:
		return "#222222", "#222222"
	case evidence.WithinArm:
		return "#8a2be2", "#8a2be2"
	case evidence.Interaction:
		return "#b03060", "#b03060"
	case evidence.ArmLevel:
		return "#2c5f9e", "#2c5f9e"
	}
	return "#777777", "#777777"
}

// table is the label of a bundle: a title with the kind, then a row for each finding.
func (s *sketch) table(b *bundle, fill, border string) string {
	var t strings.Builder
	fmt.Fprintf(&t, `<table border="1" cellborder="0" cellspacing="0" cellpadding="3" color="%s" bgcolor="white">`, border)
	fmt.Fprintf(&t, `<tr><td align="left" balign="left" bgcolor="%s"><font color="white" point-size="10">%s</font></td></tr>`, fill, wrapped(s.titleOf(b), 54, 3))
	for i, f := range b.findings {
		if i == mostRows || t.Len() > longToken {
			fmt.Fprintf(&t, `<tr><td align="left"><i>and %d more</i></td></tr>`, len(b.findings)-i)
			break
		}
		mark, fill := markOf(f.Direction)
		rows := []string{}
		if b.kind == evidence.Baseline {
			rows = append(rows, wrapped(strings.TrimSpace(s.outcomeName(f)), 40, 2))
		}
		main := results(f.Finding)
		if mark != "" {
			main = mark + " " + main
		}
		rows = append(rows, "<b>"+wrapped(main, 44, 4)+"</b>")
		if d := details(f.Finding); d != "" {
			rows = append(rows, `<font point-size="9">`+wrapped(d, 54, 2)+`</font>`)
		}
		fmt.Fprintf(&t, `<tr><td align="left" balign="left" bgcolor="%s">%s</td></tr>`, fill, strings.Join(rows, `<br align="left"/>`))
	}
	t.WriteString(`</table>`)
	return t.String()
}

// titleOf says of what kind the findings of a bundle are, and about which arms.
func (s *sketch) titleOf(b *bundle) string {
	f := b.findings[0]
	arms := strings.Join(s.names(f, f.Arm), ", ")
	if len(f.Comparator) > 0 {
		arms += " against " + strings.Join(s.names(f, f.Comparator), ", ")
	}
	if arms == "" {
		return kindName(b.kind)
	}
	return kindName(b.kind) + " · " + arms
}

// names returns the short names of arms.
func (s *sketch) names(f drawn, labels []string) []string {
	var out []string
	for _, l := range labels {
		out = append(out, s.lineup.short(f.telling, l))
	}
	return out
}

func (s *sketch) outcomeName(f drawn) string {
	if f.Outcome.Text != "" {
		return f.Outcome.Text
	}
	return s.named(f.Outcome.Concept)
}

// results returns the numbers of a finding as printed, or its words where it has none.
func results(f *evidence.Finding) string {
	var all []string
	for _, e := range f.Estimates {
		if r := estimate(e); r != "" {
			all = append(all, r)
		}
	}
	if p := pValue(f.P); p != "" {
		all = append(all, p)
	}
	if len(all) > 0 {
		if f.Kind == evidence.VoteCount {
			all[0] += " studies"
		}
		return strings.Join(all, "; ")
	}
	switch {
	case f.Direction != "" && f.Direction != evidence.NotStated:
		return directionWord(f) + " (in words only)"
	case len(f.Passages) > 0:
		return "“" + f.Passages[0].Text + "”"
	}
	return "in words only"
}

// directionWord keeps apart that two arms did not differ and that one arm did not change.
func directionWord(f *evidence.Finding) string {
	if f.Direction == evidence.NoDifference && f.Kind == evidence.WithinArm {
		return "no change"
	}
	return string(f.Direction)
}

// details says of whom, when and how certain, in small letters.
func details(f *evidence.Finding) string {
	var all []string
	if f.Direction == evidence.NoDifference && len(f.Estimates)+len(f.P.Printed) > 0 {
		all = append(all, directionWord(f))
	}
	if f.Timepoint.Text != "" {
		all = append(all, f.Timepoint.Text)
	} else if f.Timepoint.Months.Present() {
		all = append(all, string(f.Timepoint.Months)+" months")
	}
	if f.Exposure != "" {
		all = append(all, "with "+f.Exposure)
	}
	if f.Modifier != "" {
		all = append(all, "by "+f.Modifier)
	}
	if f.Analysis != "" {
		all = append(all, f.Analysis)
	}
	if f.Significant != nil && !*f.Significant && f.Direction != evidence.NoDifference {
		all = append(all, "not significant")
	}
	if len(f.Checks) > 0 {
		all = append(all, "check: "+f.Checks[0])
	}
	return strings.Join(all, "; ")
}

// estimate returns one estimate in the usual form: "OR 1.11 (95% CI 0.74 to 1.67)", "58/350 (16.4%)".
func estimate(e evidence.Estimate) string {
	var b strings.Builder
	word := func(s string) {
		if s == "" {
			return
		}
		if b.Len() > 0 {
			b.WriteByte(' ')
		}
		b.WriteString(s)
	}
	switch e.Measure {
	case "", "count", "proportion", "mean change":
	default:
		if e.Value.Present() || e.CI != nil {
			word(e.Measure)
		}
	}
	if e.Value.Present() {
		word(minus(e.Value))
		word(e.Unit)
	}
	if e.Events.Present() {
		n := string(e.Events)
		if e.Total.Present() {
			n += "/" + string(e.Total)
		}
		word(n)
	}
	if e.Percent.Present() && e.Percent != e.Value {
		if p := string(e.Percent) + "%"; b.Len() > 0 {
			word("(" + p + ")")
		} else {
			word(p)
		}
	}
	if e.Before != nil && e.After != nil {
		word(fmt.Sprintf("%s to %s", minus(e.Before.Mean), minus(e.After.Mean)))
		word(e.Unit)
	}
	if e.Mean.Present() && e.Mean != e.Value {
		word("mean " + minus(e.Mean))
	}
	if e.Median.Present() && e.Median != e.Value {
		word("median " + minus(e.Median))
	}
	if e.SD.Present() {
		word("(SD " + string(e.SD) + ")")
	}
	if e.CI != nil {
		word("(" + interval(*e.CI) + ")")
	}
	if b.Len() == 0 {
		return e.Printed
	}
	return b.String()
}

func interval(c evidence.Interval) string {
	name := "CI"
	if c.Kind == "credible" {
		name = "CrI"
	}
	if c.Level.Present() {
		name = string(c.Level) + "% " + name
	}
	switch {
	case c.Low.Present() && c.High.Present():
		return fmt.Sprintf("%s %s to %s", name, minus(c.Low), minus(c.High))
	case c.Low.Present():
		return fmt.Sprintf("%s from %s", name, minus(c.Low))
	}
	return fmt.Sprintf("%s to %s", name, minus(c.High))
}

func pValue(p evidence.PValue) string {
	if p.Value.Present() {
		rel := p.Relation
		if rel == "" {
			rel = "="
		}
		s := "P " + rel + " " + string(p.Value)
		if p.Of == evidence.PInteraction {
			s += " for interaction"
		}
		return s
	}
	return p.Printed
}

// minus prints a number with a true minus sign.
func minus(d quantity.Decimal) string { return strings.Replace(string(d), "-", "−", 1) }

// legend explains the lines and colours that are used.
func (d *drawing) legend(studies []part) {
	used := map[evidence.Kind]bool{}
	for _, s := range studies {
		for _, f := range s.findings {
			used[f.Kind] = true
		}
	}
	if len(used) == 0 {
		return
	}
	d.line("")
	d.line("  subgraph cluster_legend {")
	d.line(`    label=<<b>How to read this</b>>; labeljust=l; style="rounded"; color="#999999"; margin=10;`)
	n := 0
	for _, l := range kindLines() {
		if !used[l.kind] {
			continue
		}
		n++
		d.legendLine(n, l.name, l.line)
	}
	if used[evidence.BetweenArms] || used[evidence.Interaction] {
		n++
		d.legendLine(n, "a circle: the comparator's end", `style=solid, penwidth=2.2, color="#222222", arrowhead=odot`)
	}
	var cells strings.Builder
	for _, c := range directions() {
		fmt.Fprintf(&cells, `<td bgcolor="%s">%s</td>`, c.fill, html(strings.TrimSpace(c.mark+" "+string(c.direction))))
	}
	d.line(`    legend_a%d -> legend_c [style=invis];`, n)
	d.line(`    legend_c [shape=plain, style="", label=<<table border="0" cellborder="1" cellspacing="2" cellpadding="4" color="#999999"><tr><td border="0">the outcome:</td>%s</tr></table>>];`, cells.String())
	d.line("  }")
}

// legendLine draws one line of the legend with its meaning.
func (d *drawing) legendLine(n int, name, line string) {
	d.line(`    legend_a%d [shape=point, width=0.04, height=0.04, label=""];`, n)
	d.line(`    legend_b%d [shape=plaintext, style="", fixedsize=true, width=3.1, height=0.22, label="%s\l"];`, n, name)
	d.line(`    legend_a%d -> legend_b%d [%s];`, n, n, line)
}
