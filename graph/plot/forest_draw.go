package plot

// The columns of a forest plot on a sheet: labels, axis, numbers.
const (
	labelsWide  = 170.0
	numbersWide = 136.0 // at most
	axisLeft    = margin + labelsWide + 10
	lineGap     = 7.0
)

// row is the axis of a panel on a sheet: how wide it and the column of numbers are.
type row struct{ axis, numbers float64 }

// measure makes the column of numbers as wide as they are, and leaves the rest to the axis.
func (p *Panel) measure(s *sheet) row {
	wide := 0.0
	for _, l := range p.lines() {
		wide = max(wide, s.fonts.width(l.numbers(), textSize, false))
	}
	wide = min(wide, numbersWide)
	return row{s.width - margin - wide - 12 - axisLeft, wide}
}

// numbers prints the numbers of a line for a sheet.
func (l *Estimate) numbers() string {
	if l.Flag != "" {
		return "! " + minus(l.Shown)
	}
	return minus(l.Shown)
}

// draw draws the panels one below the other.
func (b *Forest) draw(s *sheet) {
	for i := range b.Panels {
		if i > 0 {
			s.y += 14
		}
		b.Panels[i].draw(s)
	}
}

// draw draws a panel: its heading, its lines by outcome, its axis.
func (p *Panel) draw(s *sheet) {
	r := p.measure(s)
	s.paragraph(margin, s.width-2*margin, p.Heading, strong(), 2)
	s.y += 4
	s.line(margin, s.y, s.width-margin, s.y, ink, 1)
	s.y += 16
	s.text(margin, s.y-1, "study", small())
	s.text(s.width-margin, s.y-1, "as printed: estimate [interval]", small().to(right))
	for i := range p.Groups {
		g := &p.Groups[i]
		s.y += 5
		s.paragraph(margin, s.width-2*margin, g.Outcome, style{size: textSize, bold: true, colour: muted}, 2)
		at, top := len(s.shapes), s.y+2
		for k := range g.Estimates {
			l := &g.Estimates[k]
			s.with(&l.Mark, func() { p.drawLine(s, r, l) })
		}
		s.y += 4
		p.drawNull(s, r, at, top)
	}
	p.drawAxis(s, r)
}

// drawNull draws the line of no effect from top on, behind the shapes from at on.
func (p *Panel) drawNull(s *sheet, r row, at int, top float64) {
	if !p.Axis.Null.Present() {
		return
	}
	x := axisLeft + p.Axis.at(p.Axis.Null.Float())*r.axis
	s.dashes(x, top, x, s.y, silver, 1)
	last := s.shapes[len(s.shapes)-1]
	copy(s.shapes[at+1:], s.shapes[at:])
	s.shapes[at] = last
}

// drawAxis draws the axis with its ticks, its name and what its sides favour.
func (p *Panel) drawAxis(s *sheet, r row) {
	a := &p.Axis
	s.line(axisLeft, s.y, axisLeft+r.axis, s.y, ink, 1)
	end := -1e9
	for _, t := range a.Ticks {
		x := axisLeft + a.at(t)*r.axis
		s.line(x, s.y, x, s.y+4, ink, 1)
		label := minus(tickText(t))
		if w := s.fonts.width(label, smallSize, false); x-w/2 > end+5 {
			s.text(x, s.y+16, label, small().in(ink).to(middle))
			end = x + w/2
		}
	}
	s.y += 18
	p.drawFavours(s, r)
	for _, l := range s.wrap(a.Label, r.axis+60, small(), 2) {
		s.y += smallSize * 1.25
		s.text(axisLeft+r.axis/2, s.y-smallSize*0.3, l, small().to(middle))
	}
}

// drawFavours says on both sides of the null whom they favour.
func (p *Panel) drawFavours(s *sheet, r row) {
	if p.Favours[0] == "" {
		return
	}
	null := axisLeft + p.Axis.at(p.Axis.Null.Float())*r.axis
	y, foot := s.y, s.y
	say := func(text, before, after string, x, room float64, anchor int) {
		for i, line := range s.wrap(text, min(room, 190)-18, small(), 2) {
			if i == 0 {
				line = before + line + after
			}
			at := y + float64(i+1)*smallSize*1.25
			s.text(x, at-smallSize*0.3, line, small().to(anchor))
			foot = max(foot, at)
		}
	}
	say(p.Favours[0], "← ", "", null-5, null-5-margin, right)
	say(p.Favours[1], "", " →", null+5, s.width-margin-null-5, left)
	s.y = foot
}

// drawLine draws an estimate: its study, what tells it from others, the mark and its interval, and the numbers.
func (p *Panel) drawLine(s *sheet, r row, l *Estimate) {
	s.y += lineGap
	top := s.y
	s.paragraph(margin+6, labelsWide-6, l.Labels.Study, plain(), 2)
	s.paragraph(margin+6, labelsWide-6, l.About, small(), 4)
	foot := s.y
	s.y = top
	for _, line := range s.wrap(l.numbers(), r.numbers+1, plain(), 3) {
		s.y += textSize * 1.25
		s.text(s.width-margin, s.y-textSize*0.3, line, plain().to(right))
	}
	y := top + textSize*0.78
	s.y = max(s.y, foot)
	p.Axis.drawEstimate(s, r, l, y)
}

// drawEstimate draws the mark of an estimate and its interval at a height.
func (a *Axis) drawEstimate(s *sheet, r row, l *Estimate, y float64) {
	const half = 4.5
	x := func(at float64) float64 { return axisLeft + at*r.axis }
	if l.interval() {
		lo, hi := a.span(l)
		from, to := x(max(lo, 0)), x(min(hi, 1))
		s.line(from, y, to, y, ink, 1.5)
		if lo < 0 {
			s.polygon(ink, "", from-1, y, from+7, y-4, from+7, y+4)
		} else {
			s.line(from, y-3.5, from, y+3.5, ink, 1.5)
		}
		if hi > 1 {
			s.polygon(ink, "", to+1, y, to-7, y-4, to-7, y+4)
		} else {
			s.line(to, y-3.5, to, y+3.5, ink, 1.5)
		}
	}
	v := x(a.at(l.Value.Float()))
	if !l.interval() {
		s.circle(v, y, half, paper, ink)
		return
	}
	s.rect(v-half, y-half, 2*half, 2*half, blue, "")
}
