package plot

import (
	"math"
	"strings"
)

// print lays the panels out one below the other.
func (b *Forest) print(t *printer) {
	for i := range b.Panels {
		if i > 0 {
			t.line("")
		}
		b.Panels[i].print(t)
	}
}

// forestColumns are the columns of a panel in a terminal.
type forestColumns struct{ label, axis, numbers int }

// print lays out a panel: labels, axis and numbers beside each other.
func (p *Panel) print(t *printer) {
	var c forestColumns
	for _, l := range p.lines() {
		c.numbers = max(c.numbers, columns(l.Shown)+2*len(l.Flag[:min(1, len(l.Flag))]))
	}
	c.numbers = min(c.numbers, t.width/3)
	c.label = min(36, (t.width-c.numbers)*2/5)
	c.axis = t.width - c.label - c.numbers - 4
	t.para("", p.Heading)
	for i := range p.Groups {
		g := &p.Groups[i]
		t.para(" ", g.Outcome)
		for k := range g.Estimates {
			p.printLine(t, c, &g.Estimates[k])
		}
	}
	p.printAxis(t, c)
}

// printLine prints an estimate: the label may take several lines, the first of them has the mark.
func (p *Panel) printLine(t *printer, c forestColumns, l *Estimate) {
	label := numbered(l.Row) + l.Labels.Study
	if l.About != "" {
		label += ", " + l.About
	}
	labels := t.wrap(label, c.label-2, 5)
	numbers := l.Shown
	if l.Flag != "" {
		numbers = "! " + numbers
	}
	shown := t.wrap(numbers, c.numbers, 3)
	for i := range max(len(labels), len(shown)) {
		a, n, mark := "", "", p.blank(t, c.axis)
		if i < len(labels) {
			a = labels[i]
			if i > 0 {
				a = "  " + a
			}
		}
		if i < len(shown) {
			n = shown[i]
		}
		if i == 0 {
			p.plotLine(t, l, mark)
		}
		t.line("  " + pad(a, c.label) + strings.Join(mark, "") + "  " + n)
	}
}

// blank is a line of the axis with nothing but the null on it.
func (p *Panel) blank(t *printer, width int) []string {
	out := make([]string, width)
	for i := range out {
		out[i] = " "
	}
	if p.Axis.Null.Present() {
		out[column(p.Axis.at(p.Axis.Null.Float()), width)] = t.signs.null
	}
	return out
}

// column returns the column of a place on the axis.
func column(at float64, width int) int {
	return int(math.Round(min(max(at, 0), 1) * float64(width-1)))
}

func (p *Panel) plotLine(t *printer, l *Estimate, on []string) {
	w := len(on)
	sign := t.signs.hollow
	if l.interval() {
		sign = t.signs.square
		lo, hi := p.Axis.span(l)
		from, to := column(lo, w), column(hi, w)
		for i := from; i <= to; i++ {
			on[i] = t.signs.bar
		}
		on[from], on[to] = t.signs.low, t.signs.high
		if lo < 0 {
			on[from] = t.signs.left
		}
		if hi > 1 {
			on[to] = t.signs.right
		}
	}
	on[column(p.Axis.at(l.Value.Float()), w)] = sign
}

// printAxis prints the axis below the lines.
func (p *Panel) printAxis(t *printer, c forestColumns) {
	base, marks := make([]string, c.axis), make([]string, 0)
	for i := range base {
		base[i] = t.signs.base
	}
	row, end := "", -1
	for _, v := range p.Axis.Ticks {
		at := column(p.Axis.at(v), c.axis)
		base[at] = t.signs.tick
		label := tickText(v)
		from := max(0, at-columns(label)/2)
		if from > end {
			row = pad(row, from) + label
			end = from + columns(label)
		}
	}
	marks = append(marks, row)
	if p.Favours[0] != "" {
		null := column(p.Axis.at(p.Axis.Null.Float()), c.axis)
		l, r := "← "+p.Favours[0], p.Favours[1]+" →"
		if columns(l) <= null+c.label && columns(r) <= t.width-c.label-null-3 {
			t.line("  " + pad("", c.label) + strings.Join(base, ""))
			t.line("  " + pad("", c.label) + row)
			t.line("  " + padLeft(l, c.label+null) + " " + t.signs.null + " " + r)
			return
		}
		t.line("  " + pad("", c.label) + strings.Join(base, ""))
		t.line("  " + pad("", c.label) + row)
		t.para("  ", "left of the null "+p.Favours[0]+", right of it "+p.Favours[1])
		return
	}
	t.line("  " + pad("", c.label) + strings.Join(base, ""))
	for _, m := range marks {
		t.line("  " + pad("", c.label) + m)
	}
}
