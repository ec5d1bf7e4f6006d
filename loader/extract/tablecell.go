package extract

import (
	"strings"

	"github.com/picograph/picograph/graph/lazyregexp"
	"github.com/picograph/picograph/graph/quantity"
)

// cellForm is the shape of what is printed in a cell of a table.
type cellForm int

// The shapes. What the numbers are is told by the table's words, not by their shape.
const (
	cellEmpty    cellForm = iota // nothing, or a sign for nothing
	cellText                     // words, or numbers of no known shape
	cellOne                      // 12.3, 45%, <0.001
	cellPair                     // 12.3 (4.5), 54 (26%), 54 26%
	cellPlus                     // 12.3 ± 4.5
	cellRange                    // 12.3 (4.5 to 6.7)
	cellSpan                     // 4.5 to 6.7
	cellFraction                 // 12/94, 12/94 (12.8), 12 of 94 (12.8%)
	cellNull                     // the reference category: 1, 1.00 (reference)
)

// cellValue is what is printed in a cell: up to three numbers, and what is printed behind them.
type cellValue struct {
	form     cellForm
	a, b, c  quantity.Decimal
	percentA bool // a stands before a percent sign
	percentB bool
	relation string // before a: "<", ">", "≤", "≥"
	p        quantity.Decimal
	pRel     string           // before p; empty where no P value is printed
	n        quantity.Decimal // "(n = 210)"
	currency string           // the sign before its numbers
}

const (
	cellNumber = `([-+]?(?:\d{1,3}(?:[,\x{2009}\x{00a0}\x{202f} ]\d{3})+|\d+)(?:\.\d+)?|[-+]?\.\d+)`
	cellSign   = `\s*(%?)\s*`
)

var (
	cellMinus    = strings.NewReplacer("\u2212", "-", "\ufe63", "-", "\uff0d", "-", "\u2010", "-", "\u2011", "-", "\u00b7", ".", "\u00a0", " ", "\u2009", " ", "\u202f", " ", "\u2005", " ", "\u2002", " ", "\u2003", " ", "＜", "<", "％", "%")
	cellDash     = lazyregexp.New(`(^|[(\[,;]\s*|\bto\s+|[–—]\s?)[–—]\s?(\d|\.\d)`)
	cellAbsent   = lazyregexp.New(`(?i)^(?:[-–—.·…*]*|n/?a\.?|n\.a\.|n/?r|n\.?d\.?|not (?:applicable|available|reported|estimable|measured|assessed|done|calculable)|none reported|missing)$`)
	cellRef      = lazyregexp.New(`(?i)^(?:1(?:\.0+)?|0(?:\.0+)?)?\s*[(\[]?(?:ref(?:erence)?\.?(?: group| category)?|referent)[)\]]?$`)
	cellP        = lazyregexp.New(`(?i)^(.*?)[,;]?\s*[(\[]?\bp\s*(?:value)?\s*([=<>≤≥])\s*` + cellNumber + `[)\]]?$`)
	cellN        = lazyregexp.New(`(?i)^(.*?)[,;]?\s*[(\[]\s*n\s*=\s*` + cellNumber + `\s*[)\]]$`)
	cellCurrency = lazyregexp.New(`([£$€¥])\s?(\d)`)
	oneCell      = lazyregexp.New(`^([<>≤≥=]?)\s*` + cellNumber + cellSign + `$`)
	pairCell     = lazyregexp.New(`^` + cellNumber + cellSign + `[(\[]\s*([<>≤≥]?)\s*` + cellNumber + cellSign + `[)\]]$`)
	barePair     = lazyregexp.New(`^` + cellNumber + `\s+` + cellNumber + `\s*%$|^` + cellNumber + `\s*,\s+` + cellNumber + `\s*%$`)
	plusCell     = lazyregexp.New(`^` + cellNumber + cellSign + `(?:[(\[]\s*)?(?:±|\+/-|\+-)\s*` + cellNumber + cellSign + `[)\]]?$`)
	rangeCell    = lazyregexp.New(`(?i)^` + cellNumber + cellSign + `[(\[]\s*(?:(?:9\d(?:\.\d)?|80)\s?%\s?(?:CI|C\.I\.|confidence interval|CrI)[:,]?|IQR:?|range:?)?\s*` + cellNumber + cellSign + `(?:to|-|–|—|,|;|\.\.)\s*` + cellNumber + cellSign + `[)\]]$`)
	looseRange   = lazyregexp.New(`^` + cellNumber + cellSign + `[,;]?\s+` + cellNumber + cellSign + `(?:to|-|–|—)\s*` + cellNumber + cellSign + `$`)
	spanCell     = lazyregexp.New(`^[(\[]?\s*` + cellNumber + cellSign + `(?:to|-|–|—|,|;)\s*` + cellNumber + cellSign + `[)\]]?$`)
	fractionCell = lazyregexp.New(`(?i)^` + cellNumber + `\s*(?:/|of)\s*` + cellNumber + `(?:\s*[(\[,]?\s*` + cellNumber + `\s*(%?)\s*[)\]]?)?$`)
	percentFirst = lazyregexp.New(`(?i)^` + cellNumber + `\s*%\s*[(\[]\s*` + cellNumber + `\s*/\s*` + cellNumber + `\s*[)\]]$`)
)

// readCell reads what is printed in a cell. Signs of notes behind the numbers are left out.
func readCell(text string) cellValue {
	s := strings.TrimSpace(cellMinus.Replace(text))
	if strings.Trim(s, "*") != "" {
		s = strings.TrimSpace(stripMarks.ReplaceAllString(s, ""))
	}
	for m := cellDash.FindStringIndex(s); m != nil; m = cellDash.FindStringIndex(s) {
		next := cellDash.ReplaceAllString(s, "${1}-${2}")
		if next == s {
			break
		}
		s = next
	}
	var v cellValue
	if m := cellCurrency.FindStringSubmatch(s); m != nil {
		v.currency = m[1]
		s = cellCurrency.ReplaceAllString(s, "$2")
	}
	switch {
	case cellAbsent.MatchString(s):
		return v
	case cellRef.MatchString(s):
		v.form = cellNull
		return v
	}
	if m := cellP.FindStringSubmatch(s); m != nil {
		v.pRel, v.p = m[2], cellDecimal(m[3])
		s = strings.TrimRight(m[1], " ,;(")
	}
	if m := cellN.FindStringSubmatch(s); m != nil {
		v.n = cellDecimal(m[2])
		s = strings.TrimSpace(m[1])
	}
	if s == "" && v.p.Present() {
		return v
	}
	v.read(s)
	return v
}

// read finds the shape of a cell's text.
func (v *cellValue) read(s string) {
	set := func(form cellForm, numbers ...string) {
		v.form = form
		to := []*quantity.Decimal{&v.a, &v.b, &v.c}
		for i, n := range numbers {
			if *to[i] = cellDecimal(n); n != "" && !to[i].Present() {
				v.form = cellText
			}
		}
	}
	if m := oneCell.FindStringSubmatch(s); m != nil {
		v.relation, v.percentA = m[1], m[3] != ""
		set(cellOne, m[2])
		return
	}
	if m := rangeCell.FindStringSubmatch(s); m != nil {
		v.percentA, v.percentB = m[2] != "", m[4] != "" || m[6] != ""
		set(cellRange, m[1], m[3], m[5])
		return
	}
	if m := pairCell.FindStringSubmatch(s); m != nil {
		v.percentA, v.percentB = m[2] != "", m[5] != ""
		set(cellPair, m[1], m[4])
		if m[3] != "" { // "5 (<1%)": a bound and no number
			v.b = ""
		}
		return
	}
	if m := percentFirst.FindStringSubmatch(s); m != nil {
		set(cellFraction, m[2], m[3], m[1])
		return
	}
	if m := fractionCell.FindStringSubmatch(s); m != nil {
		set(cellFraction, m[1], m[2], m[3])
		return
	}
	if m := barePair.FindStringSubmatch(s); m != nil {
		v.percentB = true
		set(cellPair, m[1]+m[3], m[2]+m[4])
		return
	}
	if m := plusCell.FindStringSubmatch(s); m != nil {
		v.percentA = m[2] != ""
		set(cellPlus, m[1], m[3])
		return
	}
	if m := looseRange.FindStringSubmatch(s); m != nil {
		v.percentA, v.percentB = m[2] != "", m[4] != "" || m[6] != ""
		set(cellRange, m[1], m[3], m[5])
		return
	}
	if m := spanCell.FindStringSubmatch(s); m != nil {
		v.percentA = m[4] != ""
		if set(cellSpan, m[1], m[3]); !whole(v.a) || !whole(v.b) || !strings.Contains(s, ",") || strings.Contains(s, ", ") {
			return
		} // "10,5" may be a decimal
	}
	v.form = cellText
}

// cellDecimal reads a number whose groups of three digits may be set apart by commas or blanks.
func cellDecimal(s string) quantity.Decimal {
	d, err := quantity.ParseDecimal(strings.ReplaceAll(s, " ", ""))
	if err != nil {
		return ""
	}
	return d
}

// numeric reports whether a cell holds numbers of a known shape.
func (v cellValue) numeric() bool {
	return v.form > cellText && v.form != cellNull || v.p.Present()
}

// whole reports whether a number is a count.
func whole(d quantity.Decimal) bool {
	n, ok := d.Int()
	return ok && n >= 0 && d.Places() == 0
}
