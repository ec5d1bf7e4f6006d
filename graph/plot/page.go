package plot

import (
	"fmt"
	"strings"

	"github.com/picograph/picograph/graph/evidence"
)

// summary names a plot in a line: its kind and what it answers.
func (p *Plot) summary() string {
	if p.Question == "" {
		return p.Title
	}
	return p.Title + ": " + evidence.Clip(p.Question, 300)
}

// about says what a plot rests on.
func (p *Plot) about() string {
	out := []string{"Drawn by picograph from the graph with sha256 " + p.Graph + "."}
	if p.Query != "" {
		out = append(out, "Query: "+p.Query)
	}
	out = append(out, p.Notes...)
	for _, why := range reasons(p.Left) {
		out = append(out, "Not drawn: "+why+".")
	}
	for _, d := range p.Documents {
		out = append(out, "Document: "+d.Source+" ("+d.ID+")")
	}
	return strings.Join(out, "\n")
}

// The most that the foot of a sheet lists: what is beyond is in the plot all the same, as data.
const (
	mostLeft      = 12
	mostFootLines = 6
)

// sheet lays a plot out: what was asked, the plot, and what it rests on.
func (p *Plot) sheet() (*sheet, error) {
	s, err := newSheet()
	if err != nil {
		return nil, err
	}
	heading := s.y
	s.y += 0
	p.Body.draw(s) // tells the width
	body := s.shapes
	drawn := s.y
	s.shapes, s.y = nil, heading
	inner := s.width - 2*margin
	title := p.Question
	if title == "" {
		title = p.Title
	}
	s.paragraph(margin, inner, title, style{size: titleSize, bold: true, colour: ink}, 4)
	if p.Question != "" {
		s.y += 2
		s.paragraph(margin, inner, p.Title, small(), 1)
	}
	s.y += 6
	down := s.y - heading
	for i := range body {
		body[i].move(down)
	}
	s.shapes = append(s.shapes, body...)
	s.y = drawn + down
	p.foot(s)
	return s, nil
}

// move moves a shape down.
func (x *shape) move(down float64) {
	if x.form == aCircle {
		x.at[1] += down
		return
	}
	for i := 1; i < len(x.at); i += 2 {
		x.at[i] += down
	}
}

// foot says below a plot what could not be drawn, what its signs mean and what it rests on.
func (p *Plot) foot(s *sheet) {
	inner := s.width - 2*margin
	if len(p.Left) > 0 {
		s.y += 10
		s.paragraph(margin, inner, "Not drawn", style{size: smallSize, bold: true, colour: ink}, 1)
		for i := range p.Left {
			if l := &p.Left[i]; len(p.Left) <= mostLeft {
				s.with(&l.Mark, func() { s.paragraph(margin, inner, l.Label+": "+l.Why, small(), 2) })
			}
		}
		if len(p.Left) > mostLeft {
			for _, why := range reasons(p.Left) {
				s.paragraph(margin, inner, why, small(), 2)
			}
		}
	}
	s.y += 8
	s.line(margin, s.y, s.width-margin, s.y, faint, 1)
	s.y += 3
	for _, n := range p.Notes {
		s.paragraph(margin, inner, n, small(), 0)
	}
	s.y += 3
	if p.Query != "" {
		s.paragraph(margin, inner, "Query: "+p.Query, small(), mostFootLines)
	}
	var names []string
	for _, d := range p.Documents {
		names = appendNew(names, baseName(d.Source))
	}
	s.paragraph(margin, inner, counted(len(p.Documents), "document")+": "+strings.Join(names, ", "), small(), mostFootLines)
	s.paragraph(margin, inner, "picograph, graph sha256 "+p.Graph, small(), 2)
}

// spans prints the offsets of a source: "12-40,51-60".
func (s *Source) spans() string {
	out := make([]string, len(s.Offsets))
	for i, o := range s.Offsets {
		out[i] = fmt.Sprintf("%d-%d", o[0], o[1])
	}
	if len(out) == 0 {
		return "-"
	}
	return strings.Join(out, ",")
}

// place says in words where a source stands.
func (s *Source) place() string {
	out := baseName(s.Name)
	if len(s.Offsets) > 0 {
		out += ", bytes " + strings.ReplaceAll(s.spans(), ",", ", ")
	}
	if s.Finding != "" {
		out += ", finding " + string(s.Finding)
	}
	return out
}
