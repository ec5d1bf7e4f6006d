package queries

import (
	"strings"

	"github.com/picograph/picograph/graph/lazyregexp"
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

var firstNumber = lazyregexp.New(`-?\d+(\.\d+)?`)

// inBrackets returns a text in brackets after a blank, nothing for none.
func inBrackets(s string) string {
	if s == "" {
		return ""
	}
	return " (" + s + ")"
}

// numberWords are the small numbers as they are written out.
var numberWords = map[string]quantity.Decimal{
	"a": "1", "an": "1", "one": "1", "two": "2", "three": "3", "four": "4", "five": "5", "six": "6", "seven": "7", "eight": "8", "nine": "9", "ten": "10", "twelve": "12",
}

// numberWordAt reads a number that is written out before a unit of time: "one year", "after six weeks". Before anything else "one"
// and "a" are no numbers, nor is "a day" that says how often.
func (r *reader) numberWordAt(i int) (quantity.Decimal, bool) {
	d, ok := numberWords[r.normAt(i)]
	if !ok {
		return "", false
	}
	switch r.normAt(i + 1) {
	case "year", "month", "week", "day":
	default:
		return "", false
	}
	if next := strings.ToLower(r.words[i].text); next == "a" || next == "an" { // "twice a week", "90 MME a day"
		switch r.normAt(i - 1) {
		case "at", "after", "for", "than", "within", "over":
			return d, true
		}
		return "", false
	}
	return d, true
}

// saysDuration reports whether the words around an amount of years, from i to j, make it a time and no age: "for 2 years or longer",
// "at least 2 years of follow-up".
func (r *reader) saysDuration(i, j int) bool {
	for _, w := range r.words[i:j] {
		switch strings.ToLower(w.text) {
		case "longer", "shorter":
			return true
		case "older", "younger", "old":
			return false
		}
	}
	if r.normAt(j) == "of" {
		j++
	}
	switch next := r.normAt(j); {
	case next == "follow", next == "after", next == "later", next == "treatment":
		return true
	}
	k := i - 1
	if r.normAt(k) == "of" {
		k--
	}
	switch r.normAt(k) {
	case "for", "up", "lasting", "lasted", "duration", "period":
		return true
	}
	return false
}
