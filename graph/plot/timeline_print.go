package plot

import (
	"fmt"
	"strconv"
	"strings"
)

// print lays the studies out by design, with the years below.
func (b *Timeline) print(t *printer) {
	label, size := min(34, t.width*2/5), 14
	axis := t.width - label - size - 4
	for i := range b.Designs {
		d := &b.Designs[i]
		t.para("", fmt.Sprintf("%s (%d)", d.Name, len(d.Studies)))
		for k := range d.Studies {
			s := &d.Studies[k]
			on := make([]string, axis)
			for c := range on {
				on[c] = " "
			}
			if s.Recruited[1] > 0 {
				for c := column(b.at(s.Recruited[0]), axis); c <= column(b.at(s.Recruited[1]), axis); c++ {
					on[c] = t.signs.bar
				}
			}
			for _, y := range s.Years {
				on[column(b.at(float64(y)+0.5), axis)] = t.signs.square
			}
			name := t.wrap(numbered(s.Row)+s.Labels.Study, label-2, 2)
			for n, l := range name {
				if n == 0 {
					t.line("  " + pad(l, label) + strings.Join(on, "") + "  " + s.Size)
				} else {
					t.line("    " + l)
				}
			}
		}
	}
	base := make([]string, axis)
	for c := range base {
		base[c] = t.signs.base
	}
	row := ""
	for _, y := range b.Ticks {
		c := column(b.at(float64(y)), axis)
		base[c] = t.signs.tick
		if c > columns(row) || row == "" {
			row = pad(row, c) + strconv.Itoa(y) // begins two columns before the axis
		}
	}
	t.line("  " + pad("", label) + strings.Join(base, ""))
	t.line(pad("", label) + row)
}
