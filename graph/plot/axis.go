package plot

import (
	"math"
	"slices"
	"strconv"

	"github.com/picograph/picograph/graph/quantity"
)

// Axis is a scale with its ends and ticks, in the numbers that are printed.
type Axis struct {
	Label string           `json:"label"`
	Log   bool             `json:"log,omitempty"`
	Null  quantity.Decimal `json:"null,omitempty"` // of no effect
	Low   float64          `json:"low"`
	High  float64          `json:"high"`
	Ticks []float64        `json:"ticks"`
}

// along turns a value into a place on a line: its logarithm where the axis is logarithmic.
func (a *Axis) along(v float64) float64 {
	if a.Log {
		return math.Log(v)
	}
	return v
}

// at returns where a value stands on the axis, from 0 to 1, and beyond for one that is off it.
func (a *Axis) at(v float64) float64 {
	lo, hi := a.along(a.Low), a.along(a.High)
	return (a.along(v) - lo) / (hi - lo)
}

// clips reports whether a line's interval goes on beyond the axis, or has no end on one side.
func (a *Axis) clips(l *Estimate) bool {
	if !l.interval() {
		return false
	}
	lo, hi := a.span(l)
	return lo < 0 || hi > 1
}

// span returns where a line's interval begins and ends; an end that is not printed is beyond the axis.
func (a *Axis) span(l *Estimate) (lo, hi float64) {
	lo, hi = -1, 2
	if l.Low.Present() {
		lo = a.at(l.Low.Float())
	}
	if l.High.Present() {
		hi = a.at(l.High.Float())
	}
	return lo, hi
}

// farOut is how many times wider than a middling interval one must be to be cut.
const farOut = 4

// fit chooses the ends and ticks: all estimates and the null are on the axis, and so are the intervals, other than the far
// ends of those much wider than most.
func (a *Axis) fit(lines []*Estimate) {
	lo, hi := math.Inf(1), math.Inf(-1)
	if a.Null.Present() {
		lo, hi = a.along(a.Null.Float()), a.along(a.Null.Float())
	}
	var arms []float64 // how far intervals reach from their estimates
	for _, l := range lines {
		v := a.along(l.Value.Float())
		lo, hi = min(lo, v), max(hi, v)
		for _, d := range []quantity.Decimal{l.Low, l.High} {
			if d.Present() {
				arms = append(arms, math.Abs(a.along(d.Float())-v))
			}
		}
	}
	if len(arms) > 0 {
		slices.Sort(arms)
		reach := max(arms[len(arms)/2]*farOut, hi-lo)
		points := [2]float64{lo, hi}
		for _, l := range lines {
			if l.Low.Present() {
				lo = min(lo, max(a.along(l.Low.Float()), points[0]-reach))
			}
			if l.High.Present() {
				hi = max(hi, min(a.along(l.High.Float()), points[1]+reach))
			}
		}
	}
	if hi-lo < 1e-9 {
		room := max(math.Abs(hi)/2, 1)
		if a.Log {
			room = math.Log(2)
		}
		lo, hi = lo-room, hi+room
	}
	room := (hi - lo) * 0.06
	lo, hi = lo-room, hi+room
	if a.Log {
		a.Low, a.High = math.Exp(lo), math.Exp(hi)
		a.Ticks = logTicks(a.Low, a.High)
		return
	}
	a.Low, a.High = lo, hi
	a.Ticks = linearTicks(lo, hi, 5)
}

// linearTicks returns round numbers from low to high, about as many as wanted.
func linearTicks(low, high float64, wanted int) []float64 {
	step := math.Pow(10, math.Floor(math.Log10((high-low)/float64(wanted))))
	for _, m := range []float64{1, 2, 5, 10} {
		if (high-low)/(step*m) <= float64(wanted) {
			step *= m
			break
		}
	}
	var out []float64
	first := math.Ceil(low / step)
	for i := range 2 * wanted {
		if v := (first + float64(i)) * step; v <= high {
			out = append(out, v)
		}
	}
	return slices.Compact(out)
}

// logTicks returns round numbers from low to high, evenly spread on a logarithmic axis.
func logTicks(low, high float64) []float64 {
	for _, steps := range [][]float64{{1, 1.25, 1.5, 2, 2.5, 3, 4, 5, 6, 8}, {1, 1.5, 2, 3, 5, 7}, {1, 2, 5}, {1, 3}, {1}} {
		out := decades(low, high, steps)
		gap := math.Inf(1)
		for i := 1; i < len(out); i++ {
			gap = min(gap, math.Log(out[i]/out[i-1]))
		}
		if len(out) <= 5 && gap > math.Log(high/low)*0.12 {
			return out
		}
	}
	all := decades(low, high, []float64{1})
	var out []float64
	step := (len(all) + 4) / 5
	for i, v := range all {
		if (len(all)-1-i)%step == 0 {
			out = append(out, v)
		}
	}
	return out
}

// decades returns steps of every power of ten from low to high.
func decades(low, high float64, steps []float64) []float64 {
	var out []float64
	for e := math.Floor(math.Log10(low)); math.Pow(10, e) <= high; e++ {
		for _, s := range steps {
			if v := s * math.Pow(10, e); v >= low && v <= high {
				out = append(out, v)
			}
		}
	}
	return out
}

// tickText prints the value of a tick without the noise of floating point.
func tickText(v float64) string {
	if math.Abs(v) < 1e-12 {
		return "0"
	}
	return strconv.FormatFloat(v, 'g', 6, 64)
}
