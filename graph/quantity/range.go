package quantity

// Relation is how a variable stands to the value of a criterion.
type Relation string

// The relations a criterion can state. Has, Not and In are about things named in words rather than numbers.
const (
	AtLeast Relation = ">="
	Above   Relation = ">"
	Equal   Relation = "="
	Below   Relation = "<"
	AtMost  Relation = "<="
	Between Relation = "between"
	In      Relation = "in"
	Has     Relation = "has"
	Not     Relation = "not"
)

// Numeric reports whether the relation compares numbers.
func (r Relation) Numeric() bool {
	switch r {
	case AtLeast, Above, Equal, Below, AtMost, Between:
		return true
	}
	return false
}

// Range is the set of numbers that a numeric criterion admits, in one unit. An empty bound is open to that side.
type Range struct {
	Low, High         Decimal
	LowOpen, HighOpen bool
	Unit              string // canonical unit identifier, such as "MME/day"
}

// NewRange returns the numbers admitted by "x relation value" (and high, for Between). ok is false when the relation
// is not numeric or a bound is missing.
func NewRange(rel Relation, value, high Decimal, unit string) (r Range, ok bool) {
	if !rel.Numeric() || !value.Present() || (rel == Between && !high.Present()) {
		return Range{}, false
	}
	r.Unit = unit
	switch rel {
	case AtLeast:
		r.Low = value
	case Above:
		r.Low, r.LowOpen = value, true
	case Below:
		r.High, r.HighOpen = value, true
	case AtMost:
		r.High = value
	case Equal:
		r.Low, r.High = value, value
	case Between:
		r.Low, r.High = value, high
	}
	return r, true
}

// Overlap is how one set of numbers stands to another.
type Overlap string

// The ways in which range a can stand to range b.
const (
	Same        Overlap = "same"
	Narrower    Overlap = "narrower"    // a lies within b
	Wider       Overlap = "wider"       // b lies within a
	Overlapping Overlap = "overlapping" // they share some numbers, and each has others
	Disjoint    Overlap = "disjoint"
	Unlike      Overlap = "unlike" // different units: not comparable
)

// Relate tells how a stands to b. Ranges in different units are Unlike.
func Relate(a, b Range) Overlap {
	if a.Unit != b.Unit {
		return Unlike
	}
	if apart(a, b) || apart(b, a) {
		return Disjoint
	}
	low, high := compareLow(a, b), compareHigh(a, b)
	switch {
	case low == 0 && high == 0:
		return Same
	case low >= 0 && high <= 0:
		return Narrower
	case low <= 0 && high >= 0:
		return Wider
	}
	return Overlapping
}

// apart reports whether all of a lies below all of b.
func apart(a, b Range) bool {
	if a.High == "" || b.Low == "" {
		return false
	}
	c := Compare(a.High, b.Low)
	return c < 0 || (c == 0 && (a.HighOpen || b.LowOpen))
}

// compareLow orders the lower ends: -1 when a reaches further down.
func compareLow(a, b Range) int {
	switch {
	case a.Low == "" && b.Low == "":
		return 0
	case a.Low == "":
		return -1
	case b.Low == "":
		return 1
	}
	if c := Compare(a.Low, b.Low); c != 0 {
		return c
	}
	return boolOrder(a.LowOpen, b.LowOpen)
}

// compareHigh orders the upper ends: 1 when a reaches further up.
func compareHigh(a, b Range) int {
	switch {
	case a.High == "" && b.High == "":
		return 0
	case a.High == "":
		return 1
	case b.High == "":
		return -1
	}
	if c := Compare(a.High, b.High); c != 0 {
		return c
	}
	return -boolOrder(a.HighOpen, b.HighOpen)
}

func boolOrder(a, b bool) int {
	switch {
	case a == b:
		return 0
	case a:
		return 1
	}
	return -1
}
