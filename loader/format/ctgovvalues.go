package format

import (
	"strings"

	"github.com/picograph/picograph/graph/evidence"
	"github.com/picograph/picograph/graph/lazyregexp"
	"github.com/picograph/picograph/graph/quantity"
)

// param is what a measure gives of each group.
type param struct {
	name   string // as printed: "least squares mean"
	kind   string // mean, median, count or number
	of     string // the ways of dispersion, as printed
	unit   string
	change bool // a difference from an earlier value of the same group
}

// paramOf reads what a measure gives.
func paramOf(m *ctMeasure) param {
	p := param{name: m.Param.words(), of: dispersionOf(m.Dispersion), unit: m.Unit.line()}
	switch {
	case strings.Contains(p.name, "mean"):
		p.kind = "mean"
	case strings.Contains(p.name, "median"):
		p.kind = "median"
	case strings.HasPrefix(p.name, "count"):
		p.kind = "count"
	default:
		p.kind = "number"
	}
	return p
}

// dispersionOf returns a dispersion in words.
func dispersionOf(t ctText) string {
	return strings.TrimSpace(t.words())
}

var ciLevel = lazyregexp.New(`(\d+(?:\.\d+)?)\s?%`)

// people is a unit that counts participants; percent is one that is a share of them.
var (
	peopleUnit  = lazyregexp.New(`(?i)^(?:number of |no\. of |count of )?(?:participants?|patients?|subjects?|persons?|people|individuals?|children|infants?|women|men|adults|respondents?)$`)
	percentUnit = lazyregexp.New(`(?i)^(?:%|per ?cent(?:age)?s?)(?:$| of (?:the )?(?:total |eligible |evaluable |all |randomi[sz]ed |enrolled |analy[sz]ed )*(?:participants?|patients?|subjects?|persons?|people|individuals?|children|women|men|responders)\b.*)|^(?:participants?|patients?|subjects?) \(%\)$|^% .*(?:participants|patients|subjects)`)
	shareUnit   = lazyregexp.New(`(?i)^proportions?\b`)
	rateUnit    = lazyregexp.New(`(?i)\b(?:per|/)\b.*\b(?:year|years|month|week|day|patient|person|participant)|\brate\b`)
)

// valueOf reads a measurement: the estimate, with how it is printed in the line. Denominator is how many were counted
// in, empty where it is not told.
func valueOf(p param, m *ctMeasurement, denominator quantity.Decimal, counted string) evidence.Estimate {
	e := evidence.Estimate{Unit: p.unit}
	v := m.Value.number()
	switch {
	case p.kind == "mean":
		e.Measure, e.Mean = "mean", v
		if p.name != "mean" {
			e.Method = p.name
		}
	case p.kind == "median":
		e.Measure, e.Median = "median", v
	case (p.kind == "count" || peopleUnit.MatchString(p.unit)) && denominator.Present() && atMost(v, denominator):
		e.Measure, e.Events, e.Total, e.Unit = "proportion", v, denominator, ""
	case percentUnit.MatchString(p.unit):
		e.Measure, e.Percent, e.Unit = "proportion", v, ""
	case shareUnit.MatchString(p.unit):
		e.Measure, e.Value = "proportion", v
	case p.kind == "count" || peopleUnit.MatchString(p.unit):
		e.Measure, e.Value = "count", v
	case rateUnit.MatchString(p.unit):
		e.Measure, e.Value = "rate", v
	default:
		if _, whole := v.Int(); whole {
			e.Measure = "count"
		}
		e.Value = v
	}
	if p.change && (p.kind == "mean" || p.kind == "median") {
		e.Measure, e.Value, e.Mean, e.Median = "mean change", v, "", ""
		if p.kind == "median" {
			e.Method = "median"
		}
	}
	e.Printed = p.printed(m)
	disperse(&e, p.of, m.Spread.number(), m.Low.number(), m.High.number())
	if !v.Present() {
		e.Doubt = strings.TrimSpace("no value is given: " + joined("; ", m.Value, m.Comment))
	}
	if denominator.Present() && !e.Total.Present() {
		e.N = denominator
		if counted != "" && counted != "participants" {
			e.N = "" // of other units than people
			e.Total = denominator
		}
	}
	return e
}

// atMost reports whether v is a number of at most n.
func atMost(v, n quantity.Decimal) bool {
	return v.Present() && !v.Negative() && quantity.Compare(v, n) <= 0
}

// disperse writes a dispersion into an estimate.
func disperse(e *evidence.Estimate, of string, spread, low, high quantity.Decimal) {
	switch {
	case strings.Contains(of, "standard dev"):
		e.SD = spread
	case strings.Contains(of, "standard err"):
		e.SE = spread
	case spread.Present():
		e.Statistic = strings.TrimSpace(of + " " + string(spread))
	}
	if !low.Present() && !high.Present() {
		return
	}
	both := low.Present() && high.Present()
	switch {
	case strings.Contains(of, "confidence") || strings.Contains(of, "credib"):
		kind := "confidence"
		if strings.Contains(of, "credib") {
			kind = "credible"
		}
		e.CI = &evidence.Interval{Low: low, High: high, Kind: kind}
		if l := ciLevel.FindStringSubmatch(of); l != nil {
			e.CI.Level, _ = quantity.ParseDecimal(l[1])
		}
	case strings.Contains(of, "quartile") && both:
		e.IQR = []quantity.Decimal{low, high}
	case strings.Contains(of, "range") && both:
		e.Range = []quantity.Decimal{low, high}
	default:
		e.Low, e.High = low, high
	}
}

// printed returns a measurement as it is written in its line: "mean 10.2 (standard deviation 3.1) points".
func (p param) printed(m *ctMeasurement) string {
	var b strings.Builder
	if p.kind == "mean" || p.kind == "median" {
		b.WriteString(p.name + " ")
	}
	value := m.Value.line()
	if value == "" {
		value = "no value"
	}
	b.WriteString(value)
	spread, limits := m.Spread.line(), joined(" to ", m.Low, m.High)
	if spread != "" || limits != "" {
		b.WriteString(" (")
		b.WriteString(strings.TrimSpace(p.of + " " + spread))
		if spread != "" && limits != "" {
			b.WriteString(", ")
		} else if limits != "" && spread == "" && p.of != "" {
			b.WriteByte(' ')
		}
		b.WriteString(limits + ")")
	}
	if p.unit != "" {
		b.WriteString(" " + p.unit)
	}
	return b.String()
}

var pPattern = lazyregexp.New(`^(?:[pP]\s*)?(<\s?=|>\s?=|≤|≥|[<>=])?\s*([0-9]*[.,·]?[0-9]+)$`)

// pOf reads a P value.
func pOf(t ctText) evidence.PValue {
	s := t.line()
	if s == "" {
		return evidence.PValue{}
	}
	p := evidence.PValue{Printed: s, Of: evidence.PBetween}
	m := pPattern.FindStringSubmatch(s)
	if m == nil {
		return p
	}
	v, err := quantity.ParseDecimal(strings.ReplaceAll(m[2], ",", "."))
	if err != nil {
		return p
	}
	p.Value = v
	switch r := strings.ReplaceAll(m[1], " ", ""); r {
	case "":
		p.Relation = "="
	case "≤":
		p.Relation = "<="
	case "≥":
		p.Relation = ">="
	default:
		p.Relation = r
	}
	return p
}

// hypotheses are the registry's types of hypothesis in the terms of the model.
func hypothesisOf(t ctText) string {
	s := string(t)
	switch {
	case strings.HasPrefix(s, "SUPERIORITY"):
		return "superiority"
	case strings.HasPrefix(s, "NON_INFERIORITY"):
		return "non-inferiority"
	case strings.HasPrefix(s, "EQUIVALENCE"):
		return "equivalence"
	}
	return ""
}

var marginPattern = lazyregexp.New(`(?i)\bmargins?\b(?:\s+(?:of|was|is|were|for|set|at|to|defined|as|chosen|the|difference|equal|=|:))*[\s(=:]*([-−–]?\d+(?:[.·]\d+)?)`)

// marginOf returns the margin that a comment tells, or none.
func marginOf(s string) quantity.Decimal {
	m := marginPattern.FindStringSubmatch(s)
	if m == nil {
		return ""
	}
	d, err := quantity.ParseDecimal(m[1])
	if err != nil {
		return ""
	}
	return d
}
