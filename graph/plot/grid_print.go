package plot

import (
	"fmt"
	"slices"
	"strings"

	"github.com/picograph/picograph/graph/evidence"
)

// print lays the panels out one below the other.
func (g *Grid) print(t *printer) {
	for i := range g.Panels {
		if i > 0 {
			t.line("")
		}
		g.printPanel(t, &g.Panels[i])
	}
	t.line("")
	var parts []string
	for _, d := range []evidence.Direction{evidence.Increased, evidence.Decreased, evidence.NoDifference, mixed, evidence.NotStated} {
		if g.shows(d) {
			parts = append(parts, t.sign(d)+" "+directionWords(d))
		}
	}
	t.para("", strings.Join(parts, "   ")+"   "+t.signs.empty+" nothing here")
}

// sign returns the sign of a direction.
func (t *printer) sign(d evidence.Direction) string {
	switch d {
	case evidence.Increased:
		return t.signs.up
	case evidence.Decreased:
		return t.signs.down
	case evidence.NoDifference:
		return "="
	case mixed:
		return t.signs.mixed
	}
	return "?"
}

// printPanel prints a panel in blocks of as many columns as fit. The columns have letters, which a key explains.
func (g *Grid) printPanel(t *printer, p *GridPanel) {
	t.para("", p.Heading)
	cell := len(letter(len(p.Columns))) + 2
	for _, r := range p.Rows {
		for _, c := range r.Cells {
			cell = max(cell, columns(g.cellText(t, c))+2)
		}
	}
	label := min(max(t.width-2-cell*len(p.Columns), 30), 44)
	fits := max(1, (t.width-label-2)/cell)
	for from := 0; from < len(p.Columns); from += fits {
		to := min(from+fits, len(p.Columns))
		head := "  " + pad(p.Down, label)
		for i := from; i < to; i++ {
			head += pad(letter(i), cell)
		}
		for i := from; i < to; i++ {
			t.para("  ", letter(i)+"  "+p.Columns[i])
		}
		t.line(head)
		for k := range p.Rows {
			r := &p.Rows[k]
			if !slices.ContainsFunc(r.Cells[from:to], func(c *Cell) bool { return c != nil }) && fits < len(p.Columns) {
				continue // in these columns it has nothing
			}
			name := r.Label
			if r.About != "" {
				name += ", " + r.About
			}
			cells := ""
			for _, c := range r.Cells[from:to] {
				cells += pad(g.cellText(t, c), cell)
			}
			for n, l := range t.wrap(name, label-2, 3) {
				line := "  " + pad(l, label)
				if n == 0 {
					line += cells
				} else {
					line = "    " + l
				}
				t.line(line)
			}
		}
	}
}

// cellText prints the sign of a cell with its number.
func (g *Grid) cellText(t *printer, c *Cell) string {
	switch {
	case c == nil:
		return t.signs.empty
	case g.Counts:
		return fmt.Sprintf("%s%d", t.sign(c.Direction), len(c.Studies))
	case c.Text != "":
		return t.sign(c.Direction) + " " + c.Text
	}
	return t.sign(c.Direction)
}

// letter names a column: A to Z, then AA and so on.
func letter(i int) string {
	s := string(rune('A' + i%26))
	if i >= 26 {
		return letter(i/26-1) + s
	}
	return s
}
