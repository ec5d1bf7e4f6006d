package plot

import (
	"math"
	"strings"
)

// The colours, of Okabe and Ito's palette for people of any colour vision; in grey they differ too, and no sign is told by
// its colour alone.
const (
	ink    = "#1a1a1a"
	muted  = "#555b63"
	faint  = "#d5d9de"
	paper  = "#ffffff"
	band   = "#f2f4f6"
	blue   = "#0072b2"
	orange = "#d55e00"
	silver = "#8a9099"
)

// The sizes of type. On a sheet of the usual width that is shrunk to a column of 85 mm, the small size is 6 points.
const (
	sheetWidth = 480.0
	textSize   = 13.0
	smallSize  = 12.0
	titleSize  = 15.0
	margin     = 12.0
)

// Anchors of text.
const (
	left = iota
	middle
	right
)

// shape is one thing on a sheet. What the numbers are depends on the form.
type shape struct {
	form   form
	at     []float64 // points x, y; of a circle its centre and radius; of a text its foot
	fill   string    // "" for none
	stroke string
	width  float64 // of a stroke; of a text as it was measured, 0 where the font lacks a letter
	dashed bool
	text   string
	size   float64
	bold   bool
	anchor int
	turned bool // a text that runs upwards
	mark   *Mark
}

type form int

// The forms of shapes.
const (
	aLine form = iota
	aPolygon
	aCircle
	aText
)

// sheet is what plots are drawn on: shapes in order, in a unit of which a sheet has 480 across.
type sheet struct {
	width  float64
	y      float64 // down to where it is drawn on
	shapes []shape
	fonts  *fonts
	mark   *Mark // that the shapes belong to which are drawn next
}

func newSheet() (*sheet, error) {
	f, err := newFonts()
	if err != nil {
		return nil, err
	}
	return &sheet{width: sheetWidth, y: margin, fonts: f}, nil
}

// with draws the shapes of a mark.
func (s *sheet) with(m *Mark, draw func()) {
	s.mark = m
	draw()
	s.mark = nil
}

func (s *sheet) add(x shape) {
	x.mark = s.mark
	s.shapes = append(s.shapes, x)
}

func (s *sheet) line(x1, y1, x2, y2 float64, colour string, width float64) {
	s.add(shape{form: aLine, at: []float64{x1, y1, x2, y2}, stroke: colour, width: width})
}

func (s *sheet) dashes(x1, y1, x2, y2 float64, colour string, width float64) {
	s.add(shape{form: aLine, at: []float64{x1, y1, x2, y2}, stroke: colour, width: width, dashed: true})
}

func (s *sheet) rect(x, y, w, h float64, fill, stroke string) {
	s.polygon(fill, stroke, x, y, x+w, y, x+w, y+h, x, y+h)
}

func (s *sheet) polygon(fill, stroke string, points ...float64) {
	s.add(shape{form: aPolygon, at: points, fill: fill, stroke: stroke, width: 1.3})
}

func (s *sheet) circle(x, y, r float64, fill, stroke string) {
	s.add(shape{form: aCircle, at: []float64{x, y, r}, fill: fill, stroke: stroke, width: 1.3})
}

// style is how a text is set.
type style struct {
	size   float64
	bold   bool
	colour string
	anchor int
	turned bool
}

// The styles of text.
func plain() style  { return style{size: textSize, colour: ink} }
func small() style  { return style{size: smallSize, colour: muted} }
func strong() style { return style{size: textSize, bold: true, colour: ink} }

func (t style) to(anchor int) style { t.anchor = anchor; return t }
func (t style) in(colour string) style {
	t.colour = colour
	return t
}

// text sets a text with its foot at y.
func (s *sheet) text(x, y float64, text string, t style) {
	if text == "" {
		return
	}
	wide := 0.0
	if s.fonts.has(text) {
		wide = s.fonts.width(text, t.size, t.bold)
	}
	s.add(shape{form: aText, at: []float64{x, y}, text: text, size: t.size, bold: t.bold, fill: t.colour, anchor: t.anchor, turned: t.turned, width: wide})
}

// paragraph sets a text in lines of a width from the sheet's foot on, at most so many; 0 for any number.
func (s *sheet) paragraph(x, width float64, text string, t style, most int) {
	for _, l := range s.wrap(text, width, t, most) {
		s.y += t.size * 1.25
		s.text(x, s.y-t.size*0.3, l, t)
	}
}

// wrap breaks a text into lines of a width; what is beyond the most lines is left out, and an ellipsis says so.
func (s *sheet) wrap(text string, width float64, t style, most int) []string {
	return wrapBy(printable(text), most, func(l string) bool { return s.fonts.width(l, t.size, t.bold) <= width })
}

// wrapBy breaks a text into lines that fit: at blanks, and within a word only where it is longer than a line.
func wrapBy(text string, most int, fits func(string) bool) []string {
	const far = 4000 // letters; a longer text is cut before it is measured
	if r := []rune(text); len(r) > far {
		text = string(r[:far]) + "…"
	}
	var out []string
	line := ""
	push := func() { out = append(out, line); line = "" }
	for _, word := range strings.Fields(text) {
		if most > 0 && len(out) > most {
			break
		}
		if try := strings.TrimSpace(line + " " + word); fits(try) {
			line = try
			continue
		}
		if line != "" {
			push()
		}
		for !fits(word) {
			n := longest(word, fits)
			line = string([]rune(word)[:n])
			word = string([]rune(word)[n:])
			push()
		}
		line = word
	}
	if line != "" {
		push()
	}
	if most > 0 && len(out) > most {
		out = out[:most]
		r := []rune(strings.TrimRight(out[most-1], " …"))
		for len(r) > 0 && !fits(string(r)+"…") {
			r = r[:len(r)-1]
		}
		out[most-1] = strings.TrimRight(string(r), " ,;:") + "…"
	}
	return out
}

// longest returns how many letters of a word fit, at least one.
func longest(word string, fits func(string) bool) int {
	r := []rune(word)
	lo, hi := 1, len(r)
	for lo < hi {
		if n := (lo + hi + 1) / 2; fits(string(r[:n])) {
			lo = n
		} else {
			hi = n - 1
		}
	}
	return lo
}

// height is how tall the sheet is.
func (s *sheet) height() float64 { return math.Ceil(s.y + margin) }
