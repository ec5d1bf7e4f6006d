package plot

import (
	"fmt"
	"strings"
)

// print lists the edges of each part, thicker where more studies compare the two, and the nodes with their participants.
func (b *Network) print(t *printer) {
	for i := range b.Parts {
		if i > 0 {
			t.line("")
		}
		b.Parts[i].print(t)
	}
}

func (p *Part) print(t *printer) {
	side := (t.width - 16) / 2
	for i := range p.Edges {
		e := &p.Edges[i]
		a, z := t.wrap(p.Nodes[e.Begin].Name, side, 3), t.wrap(p.Nodes[e.End].Name, side, 3)
		bar := strings.Repeat(t.signs.bar, 4)
		if len(e.Studies) > 1 {
			bar = strings.Repeat(t.signs.thick, 4)
		}
		for k := range max(len(a), len(z)) {
			x, y, between := "", "", strings.Repeat(" ", 13)
			if k < len(a) {
				x = a[k]
			}
			if k < len(z) {
				y = z[k]
			}
			if k == 0 {
				n := fmt.Sprintf("%d", len(e.Studies))
				between = " " + bar + pad(padLeft(n, (3+len(n))/2), 3) + bar + " "
			}
			t.line("  " + padLeft(x, side) + between + y)
		}
		t.line("  " + padLeft("", side) + " " + strings.Join(t.wrap(strings.Join(e.Names, ", "), t.width-side-3, 1), ""))
	}
	for i := range p.Nodes {
		t.para("  ", t.signs.dot+" "+p.Nodes[i].Label)
	}
}
