package check

import (
	"math"
	"testing"
)

// TestDistributions compares with published values: critical values of t, F and chi-square as every table of them has them
// (Abramowitz and Stegun 1964, tables 26.8, 26.9 and 26.10), the tea tasting (Fisher 1935, section 11), and the 2x2
// table of Pearson 1900 that Agresti 2002, table 3.1, works through.
func TestDistributions(t *testing.T) {
	for _, c := range []struct {
		name      string
		got, want float64
		within    float64
	}{
		{"t 2.228, 10 df", studentP(2.228, 10), 0.05, 5e-5},
		{"t 2.763, 28 df", studentP(2.763, 28), 0.01, 1e-5},
		{"t 1.000, 1 df", studentP(1, 1), 0.5, 1e-12},
		{"t 636.62, 1 df", studentP(636.62, 1), 0.001, 1e-7},
		{"F 3.35, 2 and 27 df", varianceP(3.354, 2, 27), 0.05, 2e-5},
		{"F 4.96, 1 and 10 df", varianceP(4.965, 1, 10), 0.05, 2e-5},
		{"F 161.4, 1 and 1 df", varianceP(161.45, 1, 1), 0.05, 1e-5},
		{"F is t squared", varianceP(2.228*2.228, 1, 10), studentP(2.228, 10), 1e-12},
		{"chi-square 3.841, 1 df", squareP(3.841, 1), 0.05, 2e-5},
		{"chi-square 7.815, 3 df", squareP(7.815, 3), 0.05, 1e-5},
		{"chi-square 18.307, 10 df", squareP(18.307, 10), 0.05, 1e-5},
		{"chi-square 124.342, 100 df", squareP(124.342, 100), 0.05, 1e-5},
		{"chi-square of 1 df is a normal squared", squareP(1.959964*1.959964, 1), 0.05, 1e-6},
		{"tea tasting, 3 of 4", exactP(3, 4, 1, 4), 34.0 / 70, 1e-9},
		{"tea tasting, 4 of 4", exactP(4, 4, 0, 4), 2.0 / 70, 1e-9},
		{"no difference", exactP(5, 10, 5, 10), 1, 1e-9},
		{"table of 10/20 against 10/20", tableP(10, 20, 10, 20), 1, 1e-12},
		{"all with the event", tableP(5, 5, 5, 5), math.NaN(), 0},
		{"nothing below", betaPart(0, 2, 3), 0, 0},
		{"all below", betaPart(1, 2, 3), 1, 0},
		{"uniform", betaPart(0.3, 1, 1), 0.3, 1e-12},
		{"exponential", gammaRest(1, 2), math.Exp(-2), 1e-12},
	} {
		if math.IsNaN(c.want) != math.IsNaN(c.got) || math.Abs(c.got-c.want) > c.within {
			t.Errorf("%s: %.8f, want %.8f", c.name, c.got, c.want)
		}
	}
}
