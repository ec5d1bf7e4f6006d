package plot

import (
	"math"
	"strconv"

	"github.com/picograph/picograph/graph/evidence"
)

// The measures of a grid on a sheet.
const (
	gridLabels  = 164.0
	leastCell   = 28.0
	mostCell    = 56.0
	headingMost = 150.0 // how long the turned names of columns may be
)

// triangle is half the width of a triangle, where the circle of the same area has radius 1.
const triangle = 1.3

// draw draws the panels one below the other.
func (g *Grid) draw(s *sheet) {
	for i := range g.Panels {
		n := float64(len(g.Panels[i].Columns))
		s.width = max(s.width, 2*margin+gridLabels+n*leastCell)
	}
	for i := range g.Panels {
		if i > 0 {
			s.y += 16
		}
		g.drawPanel(s, &g.Panels[i])
	}
	g.legend(s)
}

// drawPanel draws a panel: its heading, the names of the columns turned upwards, and the rows.
func (g *Grid) drawPanel(s *sheet, p *GridPanel) {
	s.paragraph(margin, s.width-2*margin, p.Heading, strong(), 2)
	s.y += 4
	s.line(margin, s.y, s.width-margin, s.y, ink, 1)
	s.y += 16
	s.text(margin, s.y-1, p.Down, small())
	from := margin + gridLabels
	s.text(s.width-margin, s.y-1, p.Across, small().to(right))
	cell := min(max((s.width-margin-from)/float64(len(p.Columns)), leastCell), mostCell)
	tall := 0.0
	var names [][]string
	for _, c := range p.Columns {
		lines := s.wrap(c, headingMost, small(), int(cell/13))
		for _, l := range lines {
			tall = max(tall, s.fonts.width(l, smallSize, false))
		}
		names = append(names, lines)
	}
	s.y += tall + 6
	for i, lines := range names {
		x := from + (float64(i)+0.5)*cell - float64(len(lines))*13/2 + 10
		for k, l := range lines {
			t := small().in(ink)
			t.turned = true
			s.text(x+float64(k)*13, s.y-4, l, t)
		}
	}
	wide := g.beside(s, p)
	for i := range p.Rows {
		g.drawRow(s, &p.Rows[i], from, cell, wide)
	}
}

// beside returns how much of a cell the widest number takes that stands beside a sign.
func (g *Grid) beside(s *sheet, p *GridPanel) float64 {
	wide := 0.0
	for _, r := range p.Rows {
		for _, c := range r.Cells {
			if c != nil && c.Text != "" {
				wide = max(wide, s.fonts.width(c.Text, smallSize, true)+2)
			}
		}
	}
	return wide
}

// drawRow draws a row: its label and its cells, the empty ones too. Beside is the room for numbers beside the signs.
func (g *Grid) drawRow(s *sheet, r *GridRow, from, cell, beside float64) {
	top := s.y
	s.y += 3
	s.paragraph(margin, gridLabels-8, r.Label, plain(), 3)
	s.paragraph(margin, gridLabels-8, r.About, small(), 3)
	s.y += 4
	tall := max(s.y-top, min(cell, 34))
	s.y = top + tall
	for i, c := range r.Cells {
		x := from + float64(i)*cell
		fill := paper
		if c == nil {
			fill = band
		}
		s.rect(x+1, top+1, cell-2, tall-2, fill, faint)
		if c != nil {
			s.with(&c.Mark, func() { g.drawCell(s, c, x+cell/2, top+tall/2, (min(cell-beside, tall)/2-3)/triangle) })
		}
	}
}

// drawCell draws the sign of a cell around a point.
func (g *Grid) drawCell(s *sheet, c *Cell, x, y, most float64) {
	r := g.radius(c, max(min(most, 12), 5))
	label := c.Text
	if g.Counts {
		label = strconv.Itoa(len(c.Studies))
	}
	inside := g.Counts && r >= 8
	if !inside && label != "" {
		x -= s.fonts.width(label, smallSize, true)/2 + 1
	}
	drawSign(s, c.Direction, x, y, r, g.Counts, !g.Counts && c.N == 0)
	switch t := (style{size: smallSize, bold: true, colour: ink}); {
	case label == "":
	case !inside:
		s.text(x+r+2, y+4, label, t)
	default:
		if c.Direction != evidence.NotStated {
			t.colour = paper
		}
		down := map[evidence.Direction]float64{evidence.Increased: 3, evidence.Decreased: -2}[c.Direction]
		s.text(x, y+4+down, label, t.to(middle))
	}
}

// drawSign draws the sign of a direction, of the area of a circle of radius r. Sideways says whether no difference is an arrow
// to both sides; else it is a circle.
func drawSign(s *sheet, d evidence.Direction, x, y, r float64, round, pale bool) {
	area := math.Pi * r * r
	edge := ""
	if pale {
		edge = faint
	}
	switch d {
	case evidence.Increased, evidence.Decreased:
		w := r * triangle
		h := area / w / 2 // so that the area is that of the circle
		if d == evidence.Increased {
			s.polygon(orange, edge, x-w, y+h, x+w, y+h, x, y-h)
		} else {
			s.polygon(blue, edge, x-w, y-h, x+w, y-h, x, y+h)
		}
	case evidence.NoDifference:
		if round {
			s.circle(x, y, r, silver, edge)
			return
		}
		h := r * 0.62
		s.polygon(silver, edge, x-r*1.1, y, x-r*0.15, y-h, x-r*0.15, y-h*0.3, x+r*0.15, y-h*0.3, x+r*0.15, y-h, x+r*1.1, y, x+r*0.15, y+h, x+r*0.15, y+h*0.3, x-r*0.15, y+h*0.3, x-r*0.15, y+h)
	case mixed:
		h := math.Sqrt(area / 2)
		s.polygon(ink, edge, x, y-h, x+h, y, x, y+h, x-h, y)
	default:
		h := math.Sqrt(area) / 2
		s.rect(x-h, y-h, 2*h, 2*h, paper, ink)
	}
}

// legend draws the signs with their meaning in a line.
func (g *Grid) legend(s *sheet) {
	s.y += 20
	x := margin
	for _, d := range []evidence.Direction{evidence.Increased, evidence.Decreased, evidence.NoDifference, mixed, evidence.NotStated} {
		if !g.shows(d) {
			continue
		}
		word := directionWords(d)
		wide := 22 + s.fonts.width(word, smallSize, false)
		if x+wide > s.width-margin {
			x = margin
			s.y += 18
		}
		drawSign(s, d, x+8, s.y-4, 6.5, g.Counts, false)
		s.text(x+20, s.y, word, small().in(ink))
		x += wide + 12
	}
	s.y += 4
}

// shows reports whether a grid has a cell of a direction.
func (g *Grid) shows(d evidence.Direction) bool {
	for _, p := range g.Panels {
		for _, r := range p.Rows {
			for _, c := range r.Cells {
				if c != nil && c.Direction == d {
					return true
				}
			}
		}
	}
	return false
}
