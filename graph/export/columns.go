package export

import (
	"cmp"
	"math"
	"slices"
)

const (
	columnGap  = 400.0 // between the two columns
	railGap    = 23.0  // between lines, where they pass one above the other
	rowGap     = 30.0  // between nodes of a column, beside their marks
	mostInRow  = 24    // of one column: a longer one would not be read
	unravels   = 24    // passes to take crossings out
	levellings = 12    // passes to bring linked nodes to one height
)

// inColumns stands an island in two columns, what was done at the left and what was measured at the right, and reports
// whether it is one that can: every spring goes from the one to the other, and the columns are short.
func inColumns(spots []spot, springs []spring) bool {
	var columns [2][]int
	for i, s := range spots {
		if s.column == 0 {
			return false
		}
		columns[max(0, s.column)] = append(columns[max(0, s.column)], i)
	}
	near := make([][]int, len(spots))
	for _, s := range springs {
		if spots[s.a].column == spots[s.b].column {
			return false
		}
		near[s.a], near[s.b] = append(near[s.a], s.b), append(near[s.b], s.a)
	}
	if max(len(columns[0]), len(columns[1])) > mostInRow {
		return false
	}
	for k, column := range columns {
		stack(spots, column)
		for _, i := range column {
			spots[i].x = mul(float64(2*k-1), columnGap/2)
		}
	}
	for pass := range unravels {
		sortByNeighbours(spots, columns[(pass+1)%2], near)
		stack(spots, columns[(pass+1)%2])
	}
	for pass := range levellings {
		even(spots, columns[pass%2], near)
	}
	b := bounds(spots)
	stretch := min(1.6, max(1, mul(railGap, float64(len(springs)))/(b.bottom-b.top)))
	for i := range spots {
		spots[i].y = mul(spots[i].y, stretch)
	}
	return true
}

// stack puts a column's nodes beneath one another, its middle at 0.
func stack(spots []spot, column []int) {
	y := 0.0
	for k, i := range column {
		if k > 0 {
			y += between(&spots[column[k-1]], &spots[i])
		}
		spots[i].y = y
	}
	for _, i := range column {
		spots[i].y -= y / 2
	}
}

// between is how far one node stands beneath another.
func between(a, b *spot) float64 {
	return max(a.radius+b.radius, (a.labelHeight+b.labelHeight)/2) + rowGap
}

// middle returns the mean height of a node's neighbours.
func middle(spots []spot, near []int) float64 {
	sum := 0.0
	for _, j := range near {
		sum += spots[j].y
	}
	return sum / math.Max(1, float64(len(near)))
}

func sortByNeighbours(spots []spot, column []int, near [][]int) {
	heights := make(map[int]float64, len(column))
	for _, i := range column {
		heights[i] = middle(spots, near[i])
	}
	slices.SortStableFunc(column, func(a, b int) int { return cmp.Compare(heights[a], heights[b]) })
}

// even moves a column's nodes towards their neighbours' heights, in their order and as far apart as they have to be.
func even(spots []spot, column []int, near [][]int) {
	want, wanted := 0.0, 0.0
	for k, i := range column {
		h := middle(spots, near[i])
		wanted += h
		if k > 0 {
			prev := &spots[column[k-1]]
			h = max(h, prev.y+between(prev, &spots[i]))
		}
		spots[i].y = h
		want += h
	}
	for _, i := range column {
		spots[i].y += (wanted - want) / float64(len(column))
	}
}
