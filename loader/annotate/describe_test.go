package annotate

import (
	"fmt"
	"strings"

	"github.com/picograph/picograph/graph/evidence"
	"github.com/picograph/picograph/graph/quantity"
)

// describe writes an item in one line, with only what is set, for the tables of tests.
func describe(it Item) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s", it.Kind)
	add := func(name string, v any) {
		if s := fmt.Sprint(v); s != "" && s != "[]" && s != "false" {
			fmt.Fprintf(&b, " %s=%s", name, s)
		}
	}
	e := it.Estimate
	if e.Measure != "" {
		add("", e.Measure)
	}
	add("v", e.Value)
	add("events", e.Events)
	add("total", e.Total)
	add("pct", e.Percent)
	add("mean", e.Mean)
	add("median", e.Median)
	add("sd", e.SD)
	add("se", e.SE)
	add("iqr", e.IQR)
	add("range", e.Range)
	add("low", e.Low)
	add("high", e.High)
	for _, m := range []*evidence.Moment{e.Before, e.After} {
		if m != nil {
			fmt.Fprintf(&b, " moment=%s", m.Mean)
			if m.SD != "" {
				fmt.Fprintf(&b, "(%s)", m.SD)
			}
		}
	}
	if c := e.CI; c != nil {
		fmt.Fprintf(&b, " ci%s=%s..%s", c.Level, c.Low, c.High)
		if c.Kind != "confidence" {
			b.WriteString(" " + c.Kind)
		}
		if c.OneSided {
			b.WriteString(" one-sided")
		}
	}
	add("unit", e.Unit)
	add("adjusted", e.Adjusted)
	if it.Kind == PValue {
		fmt.Fprintf(&b, " %s%s", it.P.Relation, it.P.Value)
		add("high", it.P.High)
		add("of", it.P.Of)
	}
	m := it.Measured
	if it.Kind != Count {
		add("rel", m.Relation)
		add("n", m.Value)
		add("to", m.High)
	}
	add("of", m.Unit)
	add("months", m.Months)
	add("date", m.Date)
	add("lasts", m.Duration)
	if e.Doubt != "" || m.Doubt != "" {
		b.WriteString(" ?")
	}
	return b.String()
}

// numbersOf returns every number that an item holds.
func numbersOf(it Item) []quantity.Decimal {
	e, m := it.Estimate, it.Measured
	out := []quantity.Decimal{
		e.Value, e.Events, e.Total, e.Percent, e.Mean, e.Median, e.Low, e.High, e.SD, e.SE,
		it.P.Value, it.P.High, m.Value, m.High, m.Months,
	}
	out = append(out, e.IQR...)
	out = append(out, e.Range...)
	if e.CI != nil {
		out = append(out, e.CI.Level, e.CI.Low, e.CI.High)
	}
	for _, x := range []*evidence.Moment{e.Before, e.After} {
		if x != nil {
			out = append(out, x.Mean, x.SD)
		}
	}
	return out
}
