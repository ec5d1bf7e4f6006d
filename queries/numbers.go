package queries

import (
	"regexp"
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

// inBrackets returns a text in brackets after a blank, nothing for none.
func inBrackets(s string) string {
	if s == "" {
		return ""
	}
	return " (" + s + ")"
}
