// Package quantity holds numbers as clinical documents print them: decimals that keep their digits, ranges with
// units, and how two ranges relate. It knows nothing of studies, documents or the vocabulary; unit identifiers are
// the canonical ones of graph/vocab and are compared as plain strings.
package quantity

import (
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"math/big"
	"strconv"
	"strings"
)

// Decimal is a number that keeps the digits it was printed with: "0.10", "-33", "6.0". Its text is always a valid
// JSON number without an exponent. The empty Decimal means that no number was given, which is never the same as zero.
type Decimal string

// errNotNumber is returned, wrapped, for text that is not one decimal number.
var errNotNumber = errors.New("not a number")

// ParseDecimal reads one printed number. It accepts a missing leading zero (".61"), a plus sign, Unicode minus signs
// and dashes before the digits, a middle dot as the decimal sign ("0·74") and commas between groups of three digits.
// The digits stay as printed: ParseDecimal(".10") is "0.10".
func ParseDecimal(s string) (Decimal, error) {
	t := strings.TrimSpace(s)
	sign := ""
	for _, minus := range []string{"-", "\u2212", "\u2013", "\u2010", "\u2011", "\ufe63", "\uff0d"} {
		if rest, ok := strings.CutPrefix(t, minus); ok {
			sign, t = "-", strings.TrimLeft(rest, " \u00a0\u2009")
			break
		}
	}
	if sign == "" {
		t = strings.TrimPrefix(t, "+")
	}
	t = strings.Replace(t, "\u00b7", ".", 1)
	whole, frac, dotted := strings.Cut(t, ".")
	whole, ok := ungroup(whole)
	if !ok || !digits(whole) || !digits(frac) || (whole == "" && frac == "") || (dotted && frac == "") {
		return "", fmt.Errorf("%w: %q", errNotNumber, s)
	}
	whole = strings.TrimLeft(whole, "0")
	if whole == "" {
		whole = "0"
	}
	if dotted {
		whole += "." + frac
	}
	return Decimal(sign + whole), nil
}

// ungroup removes commas that separate groups of three digits; ok is false when commas stand anywhere else.
func ungroup(s string) (string, bool) {
	groups := strings.Split(s, ",")
	if len(groups) == 1 {
		return s, true
	}
	for i, g := range groups {
		if (i == 0 && (g == "" || len(g) > 3)) || (i > 0 && len(g) != 3) {
			return "", false
		}
	}
	return strings.Join(groups, ""), true
}

func digits(s string) bool {
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return true
}

// FromInt returns n as a Decimal.
func FromInt(n int) Decimal { return Decimal(strconv.Itoa(n)) }

// Round returns f with the given number of decimal places; it is for calculated values only. A value that is not
// finite gives the empty Decimal.
func Round(f float64, places int) Decimal {
	if math.IsNaN(f) || math.IsInf(f, 0) {
		return ""
	}
	s := strconv.FormatFloat(f, 'f', places, 64)
	if strings.Trim(s, "-0.") == "" {
		s = strings.TrimPrefix(s, "-")
	}
	return Decimal(s)
}

// Present reports whether a number was given.
func (d Decimal) Present() bool { return d != "" }

// Float returns the value, and NaN for the empty Decimal.
func (d Decimal) Float() float64 {
	if d == "" {
		return math.NaN()
	}
	f, err := strconv.ParseFloat(string(d), 64)
	if err != nil {
		return math.NaN()
	}
	return f
}

// Int returns the value when it is a whole number that fits an int.
func (d Decimal) Int() (int, bool) {
	whole, frac, _ := strings.Cut(string(d), ".")
	if strings.Trim(frac, "0") != "" {
		return 0, false
	}
	n, err := strconv.Atoi(whole)
	return n, err == nil
}

// Places returns the number of digits printed after the decimal sign.
func (d Decimal) Places() int {
	_, frac, _ := strings.Cut(string(d), ".")
	return len(frac)
}

// Negative reports whether the number was printed with a minus sign.
func (d Decimal) Negative() bool { return strings.HasPrefix(string(d), "-") }

// Negate returns the number with its sign turned round; the empty Decimal stays empty.
func (d Decimal) Negate() Decimal {
	if rest, ok := strings.CutPrefix(string(d), "-"); ok {
		return Decimal(rest)
	}
	if d == "" {
		return d
	}
	return "-" + d
}

// Compare orders two present numbers by value, whatever their digits: Compare("0.1", "0.10") is 0. The empty Decimal
// comes before every number.
func Compare(a, b Decimal) int {
	switch {
	case a == b:
		return 0
	case a == "":
		return -1
	case b == "":
		return 1
	}
	if x, y, ok := aligned(a, b); ok {
		return cmp.Compare(x, y)
	}
	x, okX := new(big.Rat).SetString(string(a))
	y, okY := new(big.Rat).SetString(string(b))
	if !okX || !okY {
		return strings.Compare(string(a), string(b))
	}
	return x.Cmp(y)
}

// fewDigits is up to how many digits two numbers can be brought to the same places without leaving 64 bits.
const fewDigits = 9

// aligned returns two numbers of few digits as whole numbers of the smallest place that either has.
func aligned(a, b Decimal) (x, y int64, ok bool) {
	x, p, okX := a.plain()
	y, q, okY := b.plain()
	for ; p < q; p++ {
		x *= 10
	}
	for ; q < p; q++ {
		y *= 10
	}
	return x, y, okX && okY
}

// plain returns the digits of a number as one whole number, and how many of them stand behind the decimal sign.
func (d Decimal) plain() (n int64, places int, ok bool) {
	s := strings.TrimPrefix(string(d), "-")
	count, dotted := 0, false
	for i := range len(s) {
		switch c := s[i]; {
		case c == '.' && !dotted && i > 0:
			dotted = true
		case c >= '0' && c <= '9' && count < fewDigits:
			n, count = 10*n+int64(c-'0'), count+1
			if dotted {
				places++
			}
		default:
			return 0, 0, false
		}
	}
	if len(s) < len(d) {
		n = -n
	}
	return n, places, count > 0 && s[len(s)-1] != '.'
}

// MarshalJSON writes the number with its printed digits. An invalid text is an error rather than invalid JSON.
func (d Decimal) MarshalJSON() ([]byte, error) {
	if d == "" {
		return []byte("null"), nil
	}
	if !json.Valid([]byte(d)) {
		return nil, fmt.Errorf("%w: %q", errNotNumber, string(d))
	}
	return []byte(d), nil
}

// UnmarshalJSON reads a JSON number, keeping its digits; null is the empty Decimal.
func (d *Decimal) UnmarshalJSON(b []byte) error {
	if string(b) == "null" {
		*d = ""
		return nil
	}
	v, err := ParseDecimal(string(b))
	if err != nil {
		return fmt.Errorf("reading a number: %w", err)
	}
	*d = v
	return nil
}
