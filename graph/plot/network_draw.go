package plot

import (
	"math"
	"strconv"
)

// The sizes of a network on a sheet.
const (
	largestNode = 22.0
	leastNode   = 5.0
	widestLine  = 9.0
)

// draw draws the parts: large ones on a circle each, those of two nodes as a line.
func (b *Network) draw(s *sheet) {
	people, studies := b.most()
	for i := range b.Parts {
		p := &b.Parts[i]
		if i > 0 {
			s.y += 8
		}
		if len(p.Nodes) == 2 {
			p.drawPair(s, people, studies)
		} else {
			p.drawRing(s, people, studies)
		}
	}
}

// radius returns the size of a node whose area is its participants.
func (n *Node) radius(people int) float64 {
	return max(leastNode, largestNode*math.Sqrt(float64(n.N)/float64(people)))
}

// lineWidth returns the width of an edge.
func (e *Edge) lineWidth(studies int) float64 {
	return 1.5 + (widestLine-1.5)*float64(len(e.Studies)-1)/float64(max(studies-1, 1))
}

// drawNode draws a node; one of unknown size is hollow.
func (n *Node) drawNode(s *sheet, people int, x, y float64) {
	s.with(&n.Mark, func() {
		if n.N == 0 {
			s.circle(x, y, leastNode, paper, blue)
		} else {
			s.circle(x, y, n.radius(people), blue, paper)
		}
	})
}

// drawEdge draws a line with the number of its studies.
func (e *Edge) drawEdge(s *sheet, studies int, x1, y1, x2, y2, along float64) {
	s.with(&e.Mark, func() {
		s.line(x1, y1, x2, y2, silver, e.lineWidth(studies))
		x, y := x1+(x2-x1)*along, y1+(y2-y1)*along
		s.circle(x, y, 8, paper, silver)
		s.text(x, y+4.2, strconv.Itoa(len(e.Studies)), style{size: smallSize, bold: true, colour: ink}.to(middle))
	})
}

// label sets the name and the size of a node in lines, from a height on.
func (n *Node) label(s *sheet, x, y, width float64, anchor int) {
	lines := s.wrap(n.Name, width, plain(), 3)
	for _, l := range lines {
		s.text(x, y, l, plain().to(anchor))
		y += textSize * 1.2
	}
	s.text(x, y, n.size(), small().to(anchor))
}

// size says how many took part, in short.
func (n *Node) size() string {
	if n.N == 0 {
		return "N not reported"
	}
	if n.Unknown > 0 {
		return "N " + strconv.Itoa(n.N) + " and more"
	}
	return "N " + strconv.Itoa(n.N)
}

// drawPair draws two nodes and the line between them.
func (p *Part) drawPair(s *sheet, people, studies int) {
	const reach = 60.0
	x1, x2 := s.width/2-reach, s.width/2+reach
	tall := 2 * largestNode
	for i := range p.Nodes {
		tall = max(tall, float64(len(s.wrap(p.Nodes[i].Name, 140, plain(), 3))+1)*textSize*1.2+4)
	}
	y := s.y + tall/2
	p.Edges[0].drawEdge(s, studies, x1, y, x2, y, 0.5)
	for i, x := range []float64{x1, x2} {
		n := &p.Nodes[i]
		n.drawNode(s, people, x, y)
		lines := float64(len(s.wrap(n.Name, 140, plain(), 3)))
		at := y - lines*textSize*0.6 + 4
		if i == 0 {
			n.label(s, x-largestNode-5, at, 140, right)
		} else {
			n.label(s, x+largestNode+5, at, 140, left)
		}
	}
	s.y += tall
}

// drawRing draws nodes on a circle, the first at the top, with their names outside.
func (p *Part) drawRing(s *sheet, people, studies int) {
	count := float64(len(p.Nodes))
	r := min(max(62, count*14), 320)
	s.width = max(s.width, 2*(r+largestNode+6+132+margin))
	const above = 58.0 // for the name of the first node
	cx, cy := s.width/2, s.y+above+r
	place := func(i int) (x, y, dx, dy float64) {
		a := 2*math.Pi*float64(i)/count - math.Pi/2
		dx, dy = math.Cos(a), math.Sin(a)
		return cx + r*dx, cy + r*dy, dx, dy
	}
	for i := range p.Edges {
		e := &p.Edges[i]
		x1, y1, _, _ := place(e.Begin)
		x2, y2, _, _ := place(e.End)
		along := 0.3 // beside the middle, where lines cross
		if apart := e.End - e.Begin; apart*apart == 1 || apart == len(p.Nodes)-1 || apart == 1-len(p.Nodes) {
			along = 0.5
		}
		e.drawEdge(s, studies, x1, y1, x2, y2, along)
	}
	foot := cy
	for i := range p.Nodes {
		n := &p.Nodes[i]
		x, y, dx, dy := place(i)
		n.drawNode(s, people, x, y)
		away := n.radius(people) + 5
		at, room, anchor := x, 200.0, middle
		switch {
		case dx > 0.25:
			at, anchor = x+away*max(dx, 0.7)+2, left
			room = min(132, s.width-margin-at)
		case dx < -0.25:
			at, anchor = x+away*min(dx, -0.7)-2, right
			room = min(132, at-margin)
		}
		tall := float64(len(s.wrap(n.Name, room, plain(), 3))) * textSize * 1.2 // of the name; its last line has the size
		first := y + dy*away - tall/2 + textSize*0.4
		switch {
		case anchor == middle && dy < 0:
			first = y - away - tall
		case anchor == middle:
			first = y + away + textSize
		}
		n.label(s, at, first, room, anchor)
		foot = max(foot, y+away, first+tall)
	}
	s.y = foot + 8
}
