package queries

import (
	"regexp"
	"slices"
	"strings"

	"github.com/picograph/picograph/graph/quantity"
)

// plural puts a noun into the plural for a number other than one.
func plural(noun string, n quantity.Decimal) string {
	if n == "1" || strings.HasSuffix(noun, "s") {
		return noun
	}
	if strings.HasSuffix(noun, "y") && len(noun) > 1 && !strings.ContainsRune("aeiou", rune(noun[len(noun)-2])) {
		return noun[:len(noun)-1] + "ies"
	}
	return noun + "s"
}

var small = []string{"no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"}

// inWords returns small numbers in words.
func inWords(n int) string {
	if n >= 0 && n < len(small) {
		return small[n]
	}
	return itoa(n)
}

// upperFirst writes the first letter large.
func upperFirst(s string) string {
	if s == "" {
		return s
	}
	return strings.ToUpper(s[:1]) + s[1:]
}

func decimal(n int) quantity.Decimal { return quantity.FromInt(n) }

var firstNumber = regexp.MustCompile(`-?\d+(\.\d+)?`)

// compareBy orders two rows by a field of their main finding.
func compareBy(field string, columns []string, x, y Row) int {
	if len(x.Findings) == 0 || len(y.Findings) == 0 {
		return 0
	}
	a, b := x.Findings[0], y.Findings[0]
	switch field {
	case "p":
		return quantity.Compare(a.P.Value, b.P.Value)
	case "time":
		return quantity.Compare(a.Timepoint.Months, b.Timepoint.Months)
	case "study":
		return strings.Compare(a.Study, b.Study)
	case "outcome":
		return strings.Compare(a.Outcome.Text, b.Outcome.Text)
	case "kind":
		return strings.Compare(string(a.Kind), string(b.Kind))
	case "document":
		return strings.Compare(a.Document, b.Document)
	case "n":
		return quantity.Compare(rowSize(columns, x), rowSize(columns, y))
	}
	return strings.Compare(strings.Join(a.Arm, " "), strings.Join(b.Arm, " "))
}

// rowSize returns the number of people in a row's column N.
func rowSize(columns []string, r Row) quantity.Decimal {
	if i := slices.Index(columns, "N"); i >= 0 {
		return quantity.Decimal(firstNumber.FindString(r.Cells[i]))
	}
	return ""
}

// inBrackets returns a text in brackets after a blank, nothing for none.
func inBrackets(s string) string {
	if s == "" {
		return ""
	}
	return " (" + s + ")"
}
