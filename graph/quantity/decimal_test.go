package quantity

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
)

// TestCompareShortAndLong compares numbers as they are with the same numbers written too long for the short way.
func TestCompareShortAndLong(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 6))
	number := func() Decimal {
		s := fmt.Sprint(r.IntN(1000))
		if r.IntN(2) == 0 {
			s += fmt.Sprintf(".%0*d", 1+r.IntN(4), r.IntN(10))
		}
		if r.IntN(3) == 0 {
			s = "-" + s
		}
		return Decimal(s)
	}
	long := func(d Decimal) Decimal {
		if !strings.Contains(string(d), ".") {
			d += "."
		}
		return d + "0000000000"
	}
	for range 5000 {
		a, b := number(), number()
		if got, want := Compare(a, b), Compare(long(a), long(b)); got != want {
			t.Fatalf("Compare(%s, %s) = %d, and with more zeros %d", a, b, got, want)
		}
	}
	for _, odd := range []Decimal{"-", ".", "1.", ".5", "1.2.3", "1e3", "-0"} {
		if x, y, ok := aligned(odd, "1"); ok && odd != "-0" {
			t.Errorf("%q is read as %d beside %d", odd, x, y)
		}
	}
}
