package export

import (
	"cmp"
	"math"
	"slices"
)

// spot is a node of a layout: where its centre is, the radius of its mark, the room that its label needs, and the column
// it can stand in: -1 at the left, 1 at the right, 0 for neither.
type spot struct {
	x, y, radius float64
	labelWidth   float64
	labelHeight  float64
	column       int
	beside       bool // the label stands beside the mark, away from the other column, and not beneath
}

// spring draws two spots together, by their indices.
type spring struct {
	a, b   int
	weight float64
}

const (
	ideal      = 44.0 // the length of a spring at rest, if it were alone
	rounds     = 420  // of the forces
	pushes     = 160  // at most, to take marks and labels off one another
	apart      = 6.0  // between what no longer overlaps
	islandGap  = 46.0 // between parts that nothing links
	widthRatio = 1.5  // of the whole picture to its height
	tallRatio  = 0.5  // the same, where the screen is higher than wide
)

// mul keeps a product from being fused with a sum, which would make a layout differ from processor to processor.
func mul(a, b float64) float64 { return float64(a * b) }

func length(x, y float64) float64 { return math.Sqrt(mul(x, x) + mul(y, y)) }

// layOut places spots: springs pull, everything else pushes, what overlaps is moved apart, and parts that nothing links
// stand side by side. There is no chance in it: the same spots and springs give the same places on every machine, since
// it only adds, multiplies, divides and takes roots. It returns by how much each spot moves where the whole is to be higher
// than wide.
func layOut(spots []spot, springs []spring) (tall []vector) {
	var boxes []box
	islands := components(len(spots), springs)
	for _, island := range islands {
		at := make(map[int]int, len(island.members))
		part := make([]spot, len(island.members))
		for i, m := range island.members {
			at[m], part[i] = i, spots[m]
		}
		inner := make([]spring, len(island.springs))
		for i, s := range island.springs {
			inner[i] = spring{at[s.a], at[s.b], s.weight}
		}
		if inColumns(part, inner) {
			for i := range part {
				part[i].beside = true
			}
		} else {
			spread(part, inner)
			lie(part)
			settle(part)
		}
		for i, m := range island.members {
			spots[m] = part[i]
		}
		b := bounds(part)
		if part[0].beside { // its lines pass one above the other in the middle
			more := max(0, mul(railGap, float64(len(inner)))-(b.bottom-b.top)) / 2
			b.top, b.bottom = b.top-more, b.bottom+more
		}
		boxes = append(boxes, b)
	}
	tall = make([]vector, len(spots))
	pack(boxes, tallRatio, func(island int, dx, dy float64) {
		for _, m := range islands[island].members {
			tall[m] = vector{dx, dy}
		}
	})
	pack(boxes, widthRatio, func(island int, dx, dy float64) {
		for _, m := range islands[island].members {
			spots[m].x += dx
			spots[m].y += dy
			tall[m] = vector{tall[m].x - dx, tall[m].y - dy}
		}
	})
	return tall
}

// island is spots that springs link, and these springs.
type island struct {
	members []int
	springs []spring
}

// components returns the islands, the largest first.
func components(n int, springs []spring) []island {
	root := make([]int, n)
	for i := range root {
		root[i] = i
	}
	find := func(i int) int {
		for root[i] != i {
			root[i] = root[root[i]]
			i = root[i]
		}
		return i
	}
	for _, s := range springs {
		if a, b := find(s.a), find(s.b); a != b {
			root[max(a, b)] = min(a, b)
		}
	}
	var out []island
	at := map[int]int{}
	for i := range n {
		r := find(i)
		if _, ok := at[r]; !ok {
			at[r] = len(out)
			out = append(out, island{})
		}
		out[at[r]].members = append(out[at[r]].members, i)
	}
	for _, s := range springs {
		o := &out[at[find(s.a)]]
		o.springs = append(o.springs, s)
	}
	slices.SortStableFunc(out, func(a, b island) int { return cmp.Compare(len(b.members), len(a.members)) })
	return out
}

// spread lets the forces work on one island, from a spiral on which neighbours begin near one another.
func spread(spots []spot, springs []spring) {
	n := len(spots)
	if n == 1 {
		spots[0].x, spots[0].y = 0, 0
		return
	}
	weights := spiral(spots, springs)
	size := mul(ideal, math.Sqrt(float64(n)))
	pull := make([]vector, n)
	var field tree
	for round := range rounds {
		heat := mul(size/8, 1-float64(round)/rounds)
		heat = max(mul(heat, 1-float64(round)/rounds), 0.5)
		field.build(spots, weights)
		for i := range spots {
			pull[i] = field.push(spots, weights, i)
			pull[i].x -= mul(0.012, mul(spots[i].x, weights[i]))
			pull[i].y -= mul(0.02, mul(spots[i].y, weights[i]))
		}
		for _, s := range springs {
			dx, dy := spots[s.b].x-spots[s.a].x, spots[s.b].y-spots[s.a].y
			f := mul(s.weight, length(dx, dy)) / ideal
			pull[s.a].x += mul(f, dx)
			pull[s.a].y += mul(f, dy)
			pull[s.b].x -= mul(f, dx)
			pull[s.b].y -= mul(f, dy)
		}
		for i := range spots {
			f := length(pull[i].x, pull[i].y) + 1e-9
			step := min(f/weights[i], heat)
			spots[i].x += mul(pull[i].x, step/f)
			spots[i].y += mul(pull[i].y, step/f)
		}
	}
}

// spiral gives every spot its first place, in the order in which a walk from the best linked one meets them, and returns
// how hard each pushes: the better linked, the harder.
func spiral(spots []spot, springs []spring) []float64 {
	weights := make([]float64, len(spots))
	near := make([][]int, len(spots))
	for _, s := range springs {
		near[s.a], near[s.b] = append(near[s.a], s.b), append(near[s.b], s.a)
	}
	first := 0
	for i := range spots {
		weights[i] = 1 + math.Sqrt(float64(len(near[i])))/2
		if len(near[i]) > len(near[first]) {
			first = i
		}
	}
	seen := make([]bool, len(spots))
	queue := []int{first}
	seen[first] = true
	x, y := 1.0, 0.0
	const cos, sin = -0.7373688780783197, 0.6754902942615238 // of the golden angle
	for k := 0; k < len(queue); k++ {
		i := queue[k]
		r := mul(ideal/2, math.Sqrt(float64(k)))
		spots[i].x, spots[i].y = mul(x, r), mul(y, r)
		x, y = mul(x, cos)-mul(y, sin), mul(x, sin)+mul(y, cos)
		for _, j := range near[i] {
			if !seen[j] {
				seen[j] = true
				queue = append(queue, j)
			}
		}
	}
	return weights
}

// lie turns what is higher than wide, as screens are wider than high, and makes room sideways for labels.
func lie(spots []spot) {
	b := bounds(spots)
	turn := b.bottom-b.top > b.right-b.left
	labels := 0.0
	for i := range spots {
		if turn {
			spots[i].x, spots[i].y = spots[i].y, spots[i].x
		}
		labels += spots[i].labelWidth
	}
	stretch := 1.15 + min(0.5, labels/float64(len(spots))/200)
	for i := range spots {
		spots[i].x = mul(spots[i].x, stretch)
	}
}

// settle moves spots apart whose marks or labels overlap, each pair along the shorter way.
func settle(spots []spot) {
	order := make([]int, len(spots))
	for i := range order {
		order[i] = i
	}
	tallest := 0.0
	for i := range spots {
		tallest = max(tallest, mul(2, spots[i].radius)+spots[i].labelHeight)
	}
	for range pushes {
		slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(spots[a].y, spots[b].y) })
		moved := false
		for k, i := range order {
			for _, j := range order[k+1:] {
				if spots[j].y-spots[i].y > tallest+apart {
					break
				}
				moved = part2(&spots[i], &spots[j]) || moved
			}
		}
		if !moved {
			return
		}
	}
}

// part2 takes two spots off one another and reports whether it had to.
func part2(a, b *spot) bool {
	p, q := a.box(), b.box()
	dx := (p.right-p.left+q.right-q.left)/2 + apart - math.Abs((q.left+q.right-p.left-p.right)/2)
	dy := (p.bottom-p.top+q.bottom-q.top)/2 + apart - math.Abs((q.top+q.bottom-p.top-p.bottom)/2)
	if dx <= 0.01 || dy <= 0.01 {
		return false
	}
	if dx < dy {
		d := dx / 2
		if a.x > b.x {
			d = -d
		}
		a.x, b.x = a.x-d, b.x+d
	} else {
		d := dy / 2
		if a.y > b.y {
			d = -d
		}
		a.y, b.y = a.y-d, b.y+d
	}
	return true
}

// box is a rectangle; y grows downwards.
type box struct{ left, top, right, bottom float64 }

func (s *spot) box() box {
	if s.beside {
		high, far := max(s.radius, s.labelHeight/2), s.radius+s.labelWidth+apart
		return box{s.x - pick(s.column < 0, far, s.radius), s.y - high, s.x + pick(s.column > 0, far, s.radius), s.y + high}
	}
	half := max(s.radius, s.labelWidth/2)
	return box{s.x - half, s.y - s.radius, s.x + half, s.y + s.radius + s.labelHeight}
}

func pick(first bool, a, b float64) float64 {
	if first {
		return a
	}
	return b
}

func bounds(spots []spot) box {
	out := spots[0].box()
	for i := range spots {
		b := spots[i].box()
		out = box{min(out.left, b.left), min(out.top, b.top), max(out.right, b.right), max(out.bottom, b.bottom)}
	}
	return out
}

// pack stands boxes in rows, as many to a row as bring the whole nearest to a
// ratio of width to height, and says by how much to move each.
func pack(boxes []box, ratio float64, move func(i int, dx, dy float64)) {
	widest := 0.0
	for _, b := range boxes {
		widest = max(widest, b.right-b.left+islandGap)
	}
	best, least := widest, math.Inf(1)
	for k := 2; k < 40; k++ {
		limit := mul(widest, float64(k)/2)
		w, h := rows(boxes, limit, func(int, float64, float64) {})
		if size := max(w/ratio, h); size < least-1 {
			best, least = limit, size
		}
	}
	rows(boxes, best, move)
}

// rows fills rows up to a width, and returns how wide and high the whole becomes.
func rows(boxes []box, limit float64, move func(i int, dx, dy float64)) (width, height float64) {
	x, y, row := 0.0, 0.0, 0.0
	for i, b := range boxes {
		w, h := b.right-b.left+islandGap, b.bottom-b.top+islandGap
		if x > 0 && x+w > limit+1 {
			x, y, row = 0, y+row, 0
		}
		move(i, x-b.left, y-b.top)
		x += w
		row = max(row, h)
		width = max(width, x)
	}
	return width, y + row
}
