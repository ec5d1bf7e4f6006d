package plot

import "strconv"

// The columns of a timeline on a sheet.
const (
	studiesWide = 158.0
	sizesWide   = 92.0
	yearsLeft   = margin + studiesWide + 8
	yearsWide   = sheetWidth - margin - sizesWide - yearsLeft
)

// draw draws the studies by design, with the years below and faint lines up from them.
func (b *Timeline) draw(s *sheet) {
	s.y += 4
	top, at := s.y, len(s.shapes)
	for i := range b.Designs {
		d := &b.Designs[i]
		s.y += 8
		s.paragraph(margin, s.width-2*margin, d.Name+" ("+strconv.Itoa(len(d.Studies))+")", strong(), 1)
		for k := range d.Studies {
			t := &d.Studies[k]
			s.with(&t.Mark, func() { b.drawStudy(s, t) })
		}
	}
	s.y += 8
	after := append([]shape{}, s.shapes[at:]...)
	s.shapes = s.shapes[:at]
	for _, y := range b.Ticks {
		x := yearsLeft + b.at(float64(y))*yearsWide
		s.line(x, top, x, s.y, faint, 1)
	}
	s.shapes = append(s.shapes, after...)
	s.line(yearsLeft, s.y, yearsLeft+yearsWide, s.y, ink, 1)
	for _, y := range b.Ticks {
		x := yearsLeft + b.at(float64(y))*yearsWide
		s.line(x, s.y, x, s.y+4, ink, 1)
		s.text(x, s.y+16, strconv.Itoa(y), small().in(ink).to(middle))
	}
	s.y += 20
}

// drawStudy draws a line: the name, the time of recruitment, the years of reports, the size.
func (b *Timeline) drawStudy(s *sheet, t *TimedStudy) {
	top := s.y + 3
	s.y = top
	s.paragraph(margin+6, studiesWide-6, t.Labels.Study, plain(), 2)
	y := top + textSize*0.78
	x := func(year float64) float64 { return yearsLeft + b.at(year)*yearsWide }
	if t.Recruited[1] > 0 {
		from, to := x(t.Recruited[0]), max(x(t.Recruited[1]), x(t.Recruited[0])+3)
		s.rect(from, y-2.5, to-from, 5, silver, "")
	}
	for _, year := range t.Years {
		s.rect(x(float64(year)+0.5)-4.5, y-4.5, 9, 9, blue, paper)
	}
	s.text(s.width-margin, top+textSize*0.95, t.Size, small().to(right))
}
