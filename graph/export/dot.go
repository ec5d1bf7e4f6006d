package export

import (
	"bufio"
	"cmp"
	"context"
	"fmt"
	"io"
	"path"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/picograph/picograph/graph"
	"github.com/picograph/picograph/graph/evidence"
)

// dot writes a drawing for Graphviz: each study in a frame, from left to right its populations, arms, findings and
// outcomes. The line of a finding tells its kind, its colour what happened to the outcome.
func dot(ctx context.Context, w io.Writer, g *graph.Graph, r Request) error {
	d := &drawing{out: bufio.NewWriter(w)}
	var err error
	if d.labels, err = g.Labels(ctx); err != nil {
		return err
	}
	studies, err := chosen(ctx, g, r.Only)
	if err != nil {
		return err
	}
	about, err := newPreface(ctx, g, r)
	if err != nil {
		return err
	}
	defer about.close()
	if err := about.lines(d.comment); err != nil {
		return err
	}
	d.line("digraph evidence {")
	d.line(`  graph [rankdir=LR, fontname="Helvetica", fontsize=14, ranksep=0.9, nodesep=0.18, bgcolor="white"];`)
	d.line(`  node [fontname="Helvetica", fontsize=11, shape=box, style="filled", fillcolor="white", color="#555555"];`)
	d.line(`  edge [fontname="Helvetica", fontsize=9, color="#555555", arrowsize=0.7];`)
	for i, s := range slices.Backward(studies) { // Graphviz puts the first at the foot
		d.study(fmt.Sprintf("s%d", i+1), s)
	}
	d.legend(studies)
	d.line("}")
	return d.out.Flush()
}

// part is a study with the findings of it that are drawn.
type part struct {
	*graph.Study
	findings []drawn
}

// drawn is one finding with the telling that it is from.
type drawn struct {
	*evidence.Finding
	telling *graph.Telling
	key     graph.FindingID
}

// chosen returns the studies of a selection, or all, with their findings in order: by name, those known only through
// other reports last.
func chosen(ctx context.Context, g *graph.Graph, only *graph.Selection) ([]part, error) {
	var out []part
	for p, err := range parts(ctx, g, only) {
		if err != nil {
			return nil, err
		}
		out = append(out, p)
	}
	slices.SortStableFunc(out, func(a, b part) int {
		x, y := a.Tellings[0].Study.SecondHand, b.Tellings[0].Study.SecondHand
		if x != y && y {
			return -1
		}
		if x != y {
			return 1
		}
		return cmp.Compare(a.Name, b.Name)
	})
	return out, nil
}

// drawing writes one drawing. Errors of writing stay in out until it is flushed.
type drawing struct {
	out    *bufio.Writer
	labels map[string]string // of concepts, by identifier
}

func (d *drawing) line(format string, args ...any) { _, _ = fmt.Fprintf(d.out, format+"\n", args...) }

// longToken is how long a comment or a label may get, in bytes: Graphviz reads none of more than 16 kB.
const longToken = 12000

// comment writes a line of any length.
func (d *drawing) comment(s string) {
	for len(s) > longToken {
		end := longToken
		for !utf8.RuneStart(s[end]) {
			end--
		}
		d.line("// %s", s[:end])
		s = s[end:]
	}
	d.line("// %s", s)
}

// study draws one study in a frame. Nodes are named by the study's prefix and a number, never by anything printed.
func (d *drawing) study(prefix string, p part) {
	s := &sketch{drawing: d, prefix: prefix, part: p, nodes: map[string]string{}, lineup: newLineup(p.Tellings)}
	d.line("")
	d.line("  subgraph cluster_%s {", prefix)
	d.line(`    label=%s; labeljust=l; style="rounded,filled"; fillcolor="#f7f7f5"; color="#999999"; penwidth=1.2; margin=14;`, heading(p))
	groups := s.group()
	s.populations(groups)
	s.arms(groups)
	for _, g := range groups {
		s.finding(g)
	}
	if len(groups) == 0 && len(s.nodes) == 0 {
		d.line(`    %s_none [shape=plaintext, style="", label=<<i>no findings</i>>];`, prefix)
	}
	d.line("  }")
}

// heading is the title of a study's frame.
func heading(p part) string {
	first := p.Tellings[0].Study
	var facts []string
	add := func(s string) {
		if s != "" && !slices.Contains(facts, s) {
			facts = append(facts, s)
		}
	}
	for _, t := range p.Tellings {
		for _, r := range t.Study.Registrations {
			add(r)
		}
	}
	kind := first.Design.Kind
	if a := first.Design.Allocation; a != "" && a != evidence.NoAllocation {
		kind = strings.TrimSpace(a + " " + kind)
	}
	add(kind)
	switch {
	case first.NRandomized.Present():
		add("N randomized " + string(first.NRandomized))
	case first.N.Present():
		add("N " + string(first.N))
	case first.NAnalyzed.Present():
		add("N analyzed " + string(first.NAnalyzed))
	default:
		add("N not reported")
	}
	if first.SecondHand {
		via := first.Via
		if via == "" {
			via = "another report"
		}
		add("known only via " + via)
	}
	name := p.Name
	if name == "" {
		name = p.ID
	}
	var b strings.Builder
	fmt.Fprintf(&b, `<<table border="0" cellborder="0" cellspacing="0"><tr><td align="left"><font point-size="17"><b>%s</b></font></td></tr>`, wrapped(name, 90, 2))
	fmt.Fprintf(&b, `<tr><td align="left" balign="left">%s</td></tr>`, wrapped(strings.Join(facts, " · "), 130, 3))
	for i, t := range p.Tellings {
		if b.Len() > longToken {
			fmt.Fprintf(&b, `<tr><td align="left"><i>and in %d more</i></td></tr>`, len(p.Tellings)-i)
			break
		}
		fmt.Fprintf(&b, `<tr><td align="left"><font point-size="10" color="#555555">%s</font></td></tr>`, wrapped(told(t), 110, 1))
	}
	b.WriteString("</table>>")
	return b.String()
}

// told says where a telling stands.
func told(t *graph.Telling) string {
	title := t.Report.Title
	if title == "" {
		title = path.Base(t.Source)
	}
	if t.Retracted != "" {
		title = "RETRACTED: " + title
	}
	if t.Report.Year > 0 {
		title = fmt.Sprintf("%s (%d)", title, t.Report.Year)
	}
	return "in: " + title
}

// html escapes text for a label, without characters that no label can hold.
func html(s string) string {
	var b strings.Builder
	for _, r := range s {
		switch {
		case r == '&':
			b.WriteString("&amp;")
		case r == '<':
			b.WriteString("&lt;")
		case r == '>':
			b.WriteString("&gt;")
		case r == '"':
			b.WriteString("&quot;")
		case r < ' ', r == 0x7f, r == 0xfffe, r == 0xffff, r == 0xfffd:
			b.WriteByte(' ')
		default:
			b.WriteRune(r)
		}
	}
	return b.String()
}

// wrapped breaks text into lines of about width characters, at most a number of lines, and escapes it.
func wrapped(s string, width, most int) string {
	var rows []string
	row := ""
	for _, word := range strings.Fields(s) {
		if r := []rune(word); len(r) > width {
			word = string(r[:width-1]) + "…"
		}
		switch {
		case row == "":
			row = word
		case len([]rune(row))+1+len([]rune(word)) > width:
			rows = append(rows, row)
			row = word
		default:
			row += " " + word
		}
	}
	rows = append(rows, row)
	if len(rows) > most {
		rows = rows[:most]
		rows[most-1] += " …"
	}
	for i := range rows {
		rows[i] = html(rows[i])
	}
	return strings.Join(rows, `<br align="left"/>`)
}
