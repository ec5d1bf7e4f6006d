// Package annotate marks what a sentence mentions: statistics, quantities, sizes, time points, concepts and cues.
// It says what stands where; what follows from it (whose number it is, what was compared) is for loader/extract.
// All offsets are byte offsets into the document's text.
package annotate

import (
	"slices"
	"strings"
	"unicode"

	"github.com/picograph/picograph/graph/evidence"
	"github.com/picograph/picograph/graph/quantity"
	"github.com/picograph/picograph/graph/vocab"
	"github.com/picograph/picograph/loader/document"
)

// Kind is what an item is.
type Kind string

// The kinds of item.
const (
	Effect   Kind = "effect"   // an effect measure with its value, and its interval where one is printed with it
	Value    Kind = "value"    // a signed or unit-bearing number with an interval, whose measure is not named: "-33 MME (95% CI, -44 to -21)"
	Count    Kind = "count"    // events/total, n (%), "172 of 212 [81.1%]", "all participants", "none of the participants"
	Percent  Kind = "percent"  // a percentage without its events, with its interval where one is printed; a signed one with an interval is a Value
	Moment   Kind = "moment"   // mean (SD), mean ± SD, median (IQR), mean alone after the word
	Change   Kind = "change"   // a before-to-after pair: "from 6.7 (1.5) points to 6.1 (1.8) points"
	Interval Kind = "interval" // an interval that belongs to no estimate nearby
	PValue   Kind = "p"
	Size     Kind = "size"     // n = 411, N = 525, "820 patients", "24 clinics": a number of people or units
	Quantity Kind = "quantity" // a number with a unit and perhaps a relation: ">=90 MME", "=20 mg/d", "90-minute"
	Time     Kind = "time"     // a time point or a duration: "at 12 months", "for at least 3 months", "week eight", a date
	Number   Kind = "number"   // any other number, in digits or words
)

// Item is something marked in a sentence. The fields that its kind does not use are zero.
type Item struct {
	Kind Kind
	document.Span
	Depth    int               // how many brackets it stands in
	Estimate evidence.Estimate // Effect, Value, Count, Percent, Moment, Change, Interval
	P        evidence.PValue   // PValue
	Measured Measured          // Size, Quantity, Time, Number
}

// Measured is a number with what it counts or measures.
type Measured struct {
	Relation quantity.Relation // empty where none is printed
	Value    quantity.Decimal
	High     quantity.Decimal // of "6 to 12 months"
	Unit     string           // canonical unit for Quantity ("MME/day") and Time ("months"); for Size and Count the noun in the singular ("patient")
	Months   quantity.Decimal // Time only: the length in months, where it has one
	Date     string           // Time only: an ISO 8601 date as exact as printed
	Duration bool             // Time only: "for at least 3 months", "over 12 months", "a 12-week program" rather than "at 3 months"
	Doubt    string           // what was presumed: a lost sign, an equivalence that is not stated
}

// Sentence is a sentence with what it mentions. Items are in text order; one may lie within another's span only
// when it is its part (a P value within a bracketed effect is an item of its own).
type Sentence struct {
	document.Span
	Text     string // the sentence's text
	Items    []Item
	Mentions []vocab.Mention // offsets into the document's text
	Cues     []vocab.CueMention
	Tokens   vocab.Tokens // what both were found in
}

// withoutAcronyms leaves out cues that stand in capitals where the sentence does not: a treatment or a trial called
// MORE, STOP or REDUCE says nothing of more, stopping or reducing.
func withoutAcronyms(cues []vocab.CueMention, text string, base int) []vocab.CueMention {
	return slices.DeleteFunc(cues, func(c vocab.CueMention) bool {
		form := text[c.Start-base : c.End-base]
		return len(form) > 2 && c.Cue.Form != form && onlyCapitals(form) && strings.ContainsFunc(text, unicode.IsLower)
	})
}

// onlyCapitals reports whether s is one word in capital letters.
func onlyCapitals(s string) bool {
	return !strings.ContainsFunc(s, func(r rune) bool { return !unicode.IsUpper(r) })
}
