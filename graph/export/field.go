package export

type vector struct{ x, y float64 }

// tree is a quadtree over spots: far away, those of a square push as one (Barnes and Hut).
type tree struct {
	cells []cell
}

// cell is a square. It has four children, or one spot, or spots too close to be told apart.
type cell struct {
	x, y, half float64 // centre and half the side
	weight     float64
	cx, cy     float64 // the weighted sum of places, then their centre
	children   int32   // index of the first of four; 0 for none
	spot       int32   // -1 where there is none of its own
}

const (
	farAway = 0.9 // the side of a square over its distance, below which it pushes as one
	deepest = 40
)

// build makes the tree anew.
func (t *tree) build(spots []spot, weights []float64) {
	half := 1.0
	for i := range spots {
		half = max(half, spots[i].x, -spots[i].x, spots[i].y, -spots[i].y)
	}
	t.cells = append(t.cells[:0], cell{half: half, spot: -1})
	for i := range spots {
		t.put(spots, weights, int32(i))
	}
	for i := range t.cells {
		if c := &t.cells[i]; c.weight > 0 {
			c.cx, c.cy = c.cx/c.weight, c.cy/c.weight
		}
	}
}

// put adds a spot: it goes down to a square of its own, and one that is there already goes down with it.
func (t *tree) put(spots []spot, weights []float64, i int32) {
	at := int32(0)
	for depth := 0; ; depth++ {
		c := &t.cells[at]
		other := c.spot
		empty := c.weight == 0
		c.weight += weights[i]
		c.cx += mul(weights[i], spots[i].x)
		c.cy += mul(weights[i], spots[i].y)
		if empty {
			c.spot = i
			return
		}
		if depth == deepest {
			return
		}
		if c.children == 0 {
			t.split(at)
			if other >= 0 {
				t.lower(spots, weights, at, other)
			}
		}
		at = t.child(at, &spots[i])
	}
}

// split gives a square its four.
func (t *tree) split(at int32) {
	c := &t.cells[at]
	c.children, c.spot = int32(len(t.cells)), -1
	x, y, h := c.x, c.y, c.half/2
	t.cells = append(t.cells,
		cell{x: x - h, y: y - h, half: h, spot: -1}, cell{x: x + h, y: y - h, half: h, spot: -1},
		cell{x: x - h, y: y + h, half: h, spot: -1}, cell{x: x + h, y: y + h, half: h, spot: -1})
}

// lower moves the only spot of a square that was split into one of the four.
func (t *tree) lower(spots []spot, weights []float64, at, i int32) {
	c := &t.cells[t.child(at, &spots[i])]
	c.spot, c.weight = i, weights[i]
	c.cx, c.cy = mul(weights[i], spots[i].x), mul(weights[i], spots[i].y)
}

func (t *tree) child(at int32, s *spot) int32 {
	c := &t.cells[at]
	k := c.children
	if s.x >= c.x {
		k++
	}
	if s.y >= c.y {
		k += 2
	}
	return k
}

// push returns with what force all others push a spot away.
func (t *tree) push(spots []spot, weights []float64, i int) vector {
	var out vector
	stack := make([]int32, 1, 64)
	for len(stack) > 0 {
		c := &t.cells[stack[len(stack)-1]]
		stack = stack[:len(stack)-1]
		if c.weight == 0 || c.spot == int32(i) {
			continue
		}
		dx, dy := spots[i].x-c.cx, spots[i].y-c.cy
		d2 := mul(dx, dx) + mul(dy, dy)
		side := mul(2, c.half)
		if c.children != 0 && mul(side, side) > mul(farAway, d2) {
			stack = append(stack, c.children, c.children+1, c.children+2, c.children+3)
			continue
		}
		if d2 < 1e-6 { // in one place: each goes its own way
			dx, dy, d2 = float64(i%7)-3.1, float64(i%5)-2.1, 1
		}
		f := mul(mul(weights[i], c.weight), ideal*ideal) / d2
		out.x += mul(f, dx)
		out.y += mul(f, dy)
	}
	return out
}
