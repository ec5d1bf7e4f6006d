package check

import (
	"math"
	"strconv"

	"github.com/picograph/picograph/graph/quantity"
)

// tiny is what floating point may add to a comparison.
const tiny = 1e-9

// half is the most by which rounding to the printed digits can have moved a number.
func half(d quantity.Decimal) float64 { return 0.5 * math.Pow10(-d.Places()) }

// span is the numbers that are printed as d.
func span(d quantity.Decimal) (low, high float64) {
	return d.Float() - half(d), d.Float() + half(d)
}

// printsAs reports whether f, rounded to the digits of d, is d. A number just between two may go to either.
func printsAs(f float64, d quantity.Decimal) bool {
	return math.Abs(f-d.Float()) <= half(d)*(1+tiny)+tiny*math.Abs(f)
}

// cutsTo reports whether f, cut off after the digits of d, is d.
func cutsTo(f float64, d quantity.Decimal) bool {
	scale := math.Pow10(d.Places())
	return math.Abs(math.Trunc(f*scale+math.Copysign(tiny, f))/scale-d.Float()) < tiny
}

// raisedTo reports whether f, with any rest rounded up, is d.
func raisedTo(f float64, d quantity.Decimal) bool {
	scale := math.Pow10(d.Places())
	return math.Abs(math.Ceil(f*scale-tiny)/scale-d.Float()) < tiny
}

// show writes a calculated number for a calculation.
func show(f float64) string {
	if f == 0 {
		return "0"
	}
	places := 4
	if a := math.Abs(f); a < 0.01 {
		places = 6
	} else if a >= 1000 {
		places = 1
	}
	return strconv.FormatFloat(f, 'f', places, 64)
}

// showP writes a calculated P value with its relation: "= 0.0719", "< 0.0001".
func showP(p float64) string {
	if p < 0.0001 {
		return "< 0.0001"
	}
	return "= " + strconv.FormatFloat(p, 'f', 4, 64)
}

// like writes a calculated number with the digits of a printed one.
func like(f float64, d quantity.Decimal) string { return string(quantity.Round(f, d.Places())) }

// apartFrom writes a calculated number with the digits of a printed one, or with one more where they would look the
// same.
func apartFrom(f float64, d quantity.Decimal) string {
	if s := like(f, d); quantity.Compare(quantity.Decimal(s), d) != 0 {
		return s
	}
	return string(quantity.Round(f, d.Places()+1))
}

// twoSided returns the P value of a standard normal deviate, both tails.
func twoSided(z float64) float64 { return math.Erfc(math.Abs(z) / math.Sqrt2) }

// deviate returns z for which twoSided(z) is p, by bisection: enough for the levels of intervals.
func deviate(p float64) float64 {
	low, high := 0.0, 40.0
	for range 80 {
		if mid := (low + high) / 2; twoSided(mid) > p {
			low = mid
		} else {
			high = mid
		}
	}
	return (low + high) / 2
}
