package extract

import (
	"strings"

	"github.com/picograph/picograph/graph/evidence"
	"github.com/picograph/picograph/graph/lazyregexp"
	"github.com/picograph/picograph/graph/quantity"
)

// style is what the words of a table say of the numbers in its cells. The fields that they do not speak of are empty.
type cellStyle struct {
	centre string // "mean", "median", "count", "percent", "proportion"
	spread string // "SD", "SE", "IQR", "range", "CI", "percent", "proportion", "count"
	other  *cellStyle
}

func (s cellStyle) said() bool { return s.centre != "" || s.spread != "" }

const (
	styleSD    = `(?:s\.?d\.?|std\.? ?dev\.?|standard deviations?)`
	styleSE    = `(?:s\.?e\.?m?\.?|standard errors?(?: of the mean)?)`
	styleOpen  = `[\s,;:/]*(?:[(\[{±]|\+/-|and|,|/)[\s±]*`
	styleCount = `(?:n|no\.?|nos\.?|numbers?|counts?|#|frequenc(?:y|ies)|patients|participants|cases|events)`
)

// styleRow is a wording and what it says. They are tried in order; the first that a text has counts.
type styleRow struct {
	pattern        *lazyregexp.Regexp
	centre, spread string
}

// styleRows returns the wordings that say what a cell holds.
func styleRows() []styleRow {
	row := func(centre, spread, pattern string) styleRow {
		return styleRow{lazyregexp.New(`(?i)` + pattern), centre, spread}
	}
	return []styleRow{
		row("median", "IQR", `\bmedians?\b.{0,40}?\b(?:iqr|inter-?quartile|quartiles?|q1\b|25th|p25)|\biqr\b|\binter-?quartile range|\(q1\s?[,–-]\s?q3\)`),
		row("median", "range", `\bmedians?\b.{0,30}?\b(?:range|min)\b`),
		row("median", "CI", `\bmedians?\b.{0,30}?\b(?:ci|confidence interval)\b`),
		row("mean", "SE", `\bmeans?\b`+styleOpen+styleSE+`\b|\b(?:means?|estimates?|m)\s?\(`+styleSE+`\)|\(`+styleSE+`\)`),
		row("mean", "CI", `\bmeans?\b[^()\[\]]{0,24}?[(\[,;]?\s?(?:9\d\s?%\s?)?\b(?:cis?|confidence intervals?)\b`),
		row("mean", "SD", `\bmeans?\b.{0,30}?`+styleOpen+`(?:\w+ )?`+styleSD+`|\bm\s?[(±]\s?`+styleSD+`|[x×]̄?\s?±\s?sd?\b|\(`+styleSD+`\)|±\s?`+styleSD+`\b|\bmeans? and `+styleSD+`|\bmeans?\s?±`),
		row("mean", "range", `\bmeans?\b.{0,24}?\brange\b`),
		row("percent", "count", `(?:(?:^|[\s(\[])%|\bper ?cent(?:age)?s?\b)\s?[(\[,]\s?`+styleCount+`\s?[)\]]?`),
		row("count", "percent", `\b`+styleCount+`\s?(?:of [\w -]{1,30}?)?[\s,]*[(\[,/]\s?(?:%|per ?cent(?:age)?s?\b)|\bn/n\b.{0,6}%|\b`+styleCount+`\s?[(\[]\s?col(?:umn)? ?%|\bn\s%|\b`+styleCount+` and (?:percentages?|%)|\bn\s?=?\s?\(%\)`),
		row("count", "proportion", `\b`+styleCount+`\s?[(\[,]\s?proportions?`),
		row("percent", "CI", `(?:(?:^|[^\d\s])\s?%|\bper ?cent(?:age)?s?\b).{0,12}\b(?:ci|confidence interval)\b`),
		row("percent", "", `\(\s?%\s?\)|,\s?%|^%|\bper ?cent(?:age)?s?\b|\s%$`),
		row("proportion", "", `\bproportions?\b`),
		row("median", "", `\bmedians?\b`),
		row("mean", "", `\bmeans?\b|\baverages?\b`),
		row("count", "", `^(?:n|no\.?|number|#)$|,\s(?:n|no\.)$|\(n\)$|^(?:number|no\.) of\b`),
		row("", "CI", `\b9\d(?:\.\d)?\s?%\s?-?(?:cis?|c\.i\.|confidence intervals?|cri)\b|\((?:ci|cri)\)`),
	}
}

// styles reads wordings of cells.
type styles struct{ rows []styleRow }

// of returns what a text says of cells, and the text without it.
func (s *styles) of(text string) (cellStyle, string) {
	var out cellStyle
	text = cellMinus.Replace(text)
	for _, row := range s.rows {
		m := row.pattern.FindStringIndex(text)
		if m == nil {
			continue
		}
		out = cellStyle{centre: row.centre, spread: row.spread}
		return out, text
	}
	return out, text
}

// both returns what a note says that speaks of two kinds of cells whose shapes differ: "Data are mean (SD) or n (%)".
func (s *styles) both(text string) cellStyle {
	first, _ := s.of(text)
	if first.spread == "" {
		return first
	}
	for _, row := range s.rows {
		if row.spread == "" || row.centre == first.centre && row.spread == first.spread || !row.pattern.MatchString(text) {
			continue
		}
		if twoNumbers(row.spread) != twoNumbers(first.spread) || (row.spread == "percent") != (first.spread == "percent") {
			first.other = &cellStyle{centre: row.centre, spread: row.spread}
			return first
		}
	}
	return first
}

// twoNumbers reports whether a spread is printed as two numbers.
func twoNumbers(spread string) bool { return spread == "IQR" || spread == "range" || spread == "CI" }

var (
	// styleTail is what a label says of its cells, behind its name: ", mean (SD)", "– n (%)", "(%)".
	styleTail = lazyregexp.New(`(?i)[\s,;:–—-]*(?:[,;:–—-]|\s)\s*[(\[]?(?:(?:mean|median|average|m|n|no|nos|number|value|values|data)\.?\s*(?:of (?:patients|participants))?[\s,]*(?:±|[(\[]|\+/-|and)?\s*(?:±\s*)?(?:` + styleSD + `|` + styleSE + `|%|per ?cent(?:age)?|iqr|inter-?quartile range|range|proportions?|q1\s?[,–-]\s?q3|min\s?[,–-]\s?max|95% ?ci)\s*[)\]]?|[(\[]\s*(?:` + styleSD + `|` + styleSE + `|%|iqr|range|n|n, ?%)\s*[)\]]|%|mean|median|n|n/n(?:\s*[(\[]\s*%\s*[)\]])?)[)\]]?\s*$`)
	// styleHead is the same before the name: "Mean (SD) age", "Median [IQR] dose", "No. (%) with".
	styleHead = lazyregexp.New(`(?i)^(?:mean|median|average|no\.?|n|number)\s*(?:[(\[±]\s*±?\s*(?:` + styleSD + `|` + styleSE + `|%|iqr|inter-?quartile range|range)\s*[)\]]?)\s*(?:(?:of|with|for)\s+)?`)
	styleMark = lazyregexp.New(`^\s*([*†‡§¶#‖]+|[a-z]\b(?:[.):])?|\d{1,2}\b(?:[.):])?)\s*`)
)

// estimate turns what a cell holds into an estimate, by what the table says of it; size is how many people the column
// is of, where the header says so. The reason says why it cannot be read safely.
func (v cellValue) estimate(s cellStyle, size quantity.Decimal) (e evidence.Estimate, reason string) {
	if s.other != nil {
		if v.fits(*s.other, size) && !v.fits(cellStyle{centre: s.centre, spread: s.spread}, size) {
			s = *s.other
		} else if v.fits(*s.other, size) {
			return e, "the table names two kinds of numbers, and both would fit"
		}
	}
	e.N = v.n
	switch v.form {
	case cellFraction:
		if !whole(v.a) || !whole(v.b) || quantity.Compare(v.a, v.b) > 0 {
			return e, "numbers with a slash that are no events of a total"
		}
		e.Measure, e.Events, e.Total, e.Percent = "proportion", v.a, v.b, v.c
		return e, ""
	case cellPlus:
		e.Measure, e.Mean = "mean", v.a
		switch s.spread {
		case "SE":
			e.SE = v.b
		case "SD", "":
			e.SD = v.b
			if s.spread == "" {
				e.Doubt = "the number after ± presumed to be a standard deviation"
			}
		default:
			return e, "what the number after ± is is not stated"
		}
		return e, ""
	case cellPair:
		return v.pair(s, size)
	case cellRange:
		return v.bounds(s)
	case cellOne:
		return v.single(s)
	}
	return e, "it has no known shape"
}

// fits reports whether the numbers of a cell can be what a style says.
func (v cellValue) fits(s cellStyle, size quantity.Decimal) bool {
	switch {
	case s.spread == "percent" || s.spread == "proportion":
		if v.form == cellFraction || v.form == cellOne && whole(v.a) {
			return true
		}
		return v.form == cellPair && whole(v.a) && (v.percentB || v.shareOf(size))
	case v.percentB:
		return false
	case s.spread == "IQR" || s.spread == "range" || s.spread == "CI":
		return v.form == cellRange
	}
	return (v.form == cellPair || v.form == cellPlus) && !v.shareOf(size)
}

// shareOf reports whether the number in brackets is the share, in percent, that the first is of a size.
func (v cellValue) shareOf(size quantity.Decimal) bool {
	n := size.Float()
	if !size.Present() || n <= 0 || !whole(v.a) || !v.b.Present() || quantity.Compare(v.b, "100") > 0 {
		return false
	}
	half := 0.5
	for range v.b.Places() {
		half /= 10
	}
	share := 100 * v.a.Float() / n
	return share-v.b.Float() <= half*1.01 && v.b.Float()-share <= half*1.01
}

// pair reads a number with one in brackets.
func (v cellValue) pair(s cellStyle, size quantity.Decimal) (e evidence.Estimate, reason string) {
	e.N = v.n
	switch {
	case v.percentA && s.spread == "count" && whole(v.b), v.percentA && !v.percentB && whole(v.b) && s.spread == "":
		e.Measure, e.Percent, e.Events = "proportion", v.a, v.b
	case s.spread == "count" && whole(v.b):
		e.Measure, e.Percent, e.Events = "proportion", v.a, v.b
	case v.percentB && !v.percentA && whole(v.a), s.spread == "percent" && whole(v.a), s.spread == "" && s.centre != "mean" && s.centre != "median" && v.shareOf(size):
		e.Measure, e.Events, e.Percent = "proportion", v.a, v.b
		if e.Percent.Present() && quantity.Compare(e.Percent, "100") > 0 {
			return e, "a percentage above 100"
		}
	case s.spread == "proportion" && whole(v.a):
		e.Measure, e.Events, e.Value = "proportion", v.a, v.b
	case s.spread == "SD" && v.b.Present():
		e.Measure, e.Mean, e.SD = "mean", v.a, v.b
	case s.spread == "SE" && v.b.Present():
		e.Measure, e.Mean, e.SE = "mean", v.a, v.b
	case s.spread == "percent":
		return e, "a count with decimals"
	default:
		return e, "what the number in brackets is is not stated"
	}
	if e.SD.Negative() || e.SE.Negative() || e.Percent.Negative() {
		return e, "a negative number where none can be"
	}
	if v.percentA && e.Measure == "mean" {
		e.Unit = "%"
	}
	return e, ""
}

// bounds reads a number with two in brackets.
func (v cellValue) bounds(s cellStyle) (e evidence.Estimate, reason string) {
	e.N = v.n
	if quantity.Compare(v.b, v.c) > 0 {
		return e, "the bounds in brackets stand in the wrong order"
	}
	pair := []quantity.Decimal{v.b, v.c}
	switch {
	case s.centre == "median" && s.spread == "IQR":
		e.Measure, e.Median, e.IQR = "median", v.a, pair
	case s.centre == "median" && s.spread == "range":
		e.Measure, e.Median, e.Range = "median", v.a, pair
	case s.centre == "mean" && s.spread == "range":
		e.Measure, e.Mean, e.Range = "mean", v.a, pair
	case s.spread == "CI":
		e.CI = &evidence.Interval{Level: "95", Low: v.b, High: v.c, Kind: "confidence"}
		switch {
		case s.centre == "median":
			e.Measure, e.Median = "median", v.a
		case s.centre == "mean":
			e.Measure, e.Mean = "mean", v.a
		case s.centre == "percent" || v.percentA:
			e.Measure, e.Percent = "proportion", v.a
		default:
			e.Value = v.a
		}
	default:
		return e, "what the bounds in brackets are is not stated"
	}
	if v.percentA && !e.Percent.Present() {
		e.Unit = "%"
	}
	return e, ""
}

// single reads a number that stands alone.
func (v cellValue) single(s cellStyle) (e evidence.Estimate, reason string) {
	e.N = v.n
	switch {
	case v.relation != "" && v.relation != "=":
		return e, "a bound and no number"
	case s.centre == "count" && whole(v.a) && !v.percentA:
		e.Measure, e.Events = "proportion", v.a
		if s.spread == "" {
			e.Measure = "count"
		}
	case s.centre == "mean":
		e.Measure, e.Mean = "mean", v.a
		if v.percentA {
			e.Unit = "%"
		}
	case s.centre == "median":
		e.Measure, e.Median = "median", v.a
		if v.percentA {
			e.Unit = "%"
		}
	case v.percentA || s.centre == "percent":
		e.Measure, e.Percent = "proportion", v.a
	case s.centre == "proportion":
		e.Measure, e.Value = "proportion", v.a
	case v.a.Places() > 0:
		e.Value = v.a
	default:
		return e, "what the number is is not stated"
	}
	return e, ""
}

// plainLabel returns a label without what it says of its cells and without the signs of notes.
func plainLabel(s string) string {
	s = strings.TrimSpace(stripMarks.ReplaceAllString(s, ""))
	if t := styleTail.ReplaceAllString(s, ""); len(t) > 1 {
		s = t
	}
	if t := styleHead.ReplaceAllString(s, ""); len(t) > 2 {
		s = t
	}
	return strings.TrimRight(strings.TrimSpace(s), " ,;:–—-")
}
