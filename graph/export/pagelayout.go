package export

import (
	"encoding/json"
	"math"
	"strconv"
	"unicode/utf8"
)

// place gives every node its place and size.
func (d *pageData) place() {
	springs := make([]spring, 0, len(d.Edges))
	links := make([]int, len(d.Nodes)) // findings of a node, else edges
	degree := make([]int, len(d.Nodes))
	for _, e := range d.Edges {
		for _, i := range []int{e.From, e.To} {
			links[i] += max(1, len(e.Findings))
			degree[i]++
		}
	}
	for _, e := range d.Edges {
		if e.From != e.To {
			common := max(degree[e.From], degree[e.To]) // what all have in common tells little apart
			springs = append(springs, spring{e.From, e.To, pullOf(e) / (1 + float64(common)/30)})
		}
	}
	spots := make([]spot, len(d.Nodes))
	room := min(1, max(0, float64(260-len(d.Nodes))/200)) // labels of a large picture are shown as one comes nearer
	for i, n := range d.Nodes {
		spots[i] = spot{radius: radiusOf(n.Kind, links[i]), column: columnOf(d.View, n.Kind)}
		letters := float64(min(utf8.RuneCountInString(n.Label), 26))
		lines := min(2, 1+utf8.RuneCountInString(n.Label)/26)
		if n.Kind == "finding" {
			letters, lines = min(letters, 20), 1
		}
		width := 6.6
		if spots[i].column != 0 {
			width = 9 // islands side by side are seen from afar, labels keep their size
		}
		spots[i].labelWidth, spots[i].labelHeight = mul(mul(letters, width), room), mul(mul(15, float64(lines)), room)
	}
	tall := layOut(spots, springs)
	for i := range d.Nodes {
		d.Nodes[i].X, d.Nodes[i].Y, d.Nodes[i].R = tenth(spots[i].x), tenth(spots[i].y), tenth(spots[i].radius)
		if tall[i] != (vector{}) {
			d.Nodes[i].Tall = &[2]json.Number{tenth(spots[i].x + tall[i].x), tenth(spots[i].y + tall[i].y)}
		}
		if spots[i].beside {
			d.Nodes[i].Side = spots[i].column
		}
	}
}

// pullOf returns how strongly an edge holds its ends together: a study holds its findings.
func pullOf(e pageEdge) float64 {
	switch e.Kind {
	case "stated in", "in":
		return 0.2
	case "finding", "compared":
		return 1 + math.Sqrt(float64(len(e.Findings)))/4
	}
	return 1
}

// tenth prints a coordinate.
func tenth(f float64) json.Number {
	return json.Number(strconv.FormatFloat(math.Round(mul(f, 10))/10, 'f', -1, 64))
}

// radiusOf makes what much is known of larger.
func radiusOf(kind string, links int) float64 {
	if kind == "finding" {
		return 8
	}
	return 8 + min(18, mul(2, math.Sqrt(float64(links))))
}

// columnOf stands what was done, or else the people or the study, at the left of the evidence view, what was measured at
// the right.
func columnOf(v View, kind string) int {
	switch {
	case v != Evidence:
		return 0
	case kind == "outcome":
		return 1
	}
	return -1
}
