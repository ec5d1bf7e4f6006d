package store

import (
	"bytes"
	"math/big"
	"testing"
)

// compareNumbers compares the keys of two numbers with the numbers as fractions.
func compareNumbers(t *testing.T, a, b string) {
	t.Helper()
	x, _, okX := numberKey(nil, a)
	y, _, okY := numberKey(nil, b)
	if !okX || !okY || len(a) > 40 || len(b) > 40 {
		return
	}
	p, okP := new(big.Rat).SetString(a)
	q, okQ := new(big.Rat).SetString(b)
	if !okP || !okQ {
		return // infinite, or none
	}
	if got, want := bytes.Compare(x, y), p.Cmp(q); got != want {
		t.Errorf("%s and %s compare as %d by their keys, want %d", a, b, got, want)
	}
}

func TestNumbersAreInOrder(t *testing.T) {
	all := []string{
		"-1e30", "-100", "-99.5", "-5", "-5.0", "-0.05", "-0.049", "0", "0.00", "-0", "1e-9", "0.001", "0.0010", "0.049", "0.05", "0.050", "0.5", "5", "5.0", "5e0",
		"05", "9", "10", "99.99", "100", "1e2", "1000000000000000000001", "1000000000000000000002",
	}
	for _, a := range all {
		for _, b := range all {
			compareNumbers(t, a, b)
		}
	}
	for _, none := range []string{"", "-", ".", "1e", "0x5", "1_000", "1 ", "e5", "1e99999999"} {
		if key, _, ok := numberKey(nil, none); ok {
			t.Errorf("%q is a number: %x", none, key)
		}
	}
}
