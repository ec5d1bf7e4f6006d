package queries

import (
	"cmp"
	"strings"

	"github.com/picograph/picograph/graph/evidence"
	"github.com/picograph/picograph/graph/quantity"
	"github.com/picograph/picograph/queries/syntax"
)

// monthsIn are the lengths of units of time in months.
var monthsIn = []struct {
	prefix string
	months float64
}{{"year", 12}, {"month", 1}, {"week", 12.0 / 52}, {"day", 12.0 / 365}}

// judgeTimes tells whether a finding was measured between two times.
func judgeTimes(it *item, t *syntax.Test) judgement {
	if !it.Timepoint.Months.Present() {
		return judgement{verdict: near, why: "the time point is not stated"}
	}
	for i, rel := range []quantity.Relation{quantity.AtLeast, quantity.AtMost} {
		end := &syntax.Test{Field: t.Field, Relation: rel, Values: t.Values[i : i+1]}
		if v := judgeTime(it, end); v.verdict != yes {
			return judgement{verdict: near, why: "measured at " + cmp.Or(it.Timepoint.Text, string(it.Timepoint.Months)+" months")}
		}
	}
	return judgement{verdict: yes}
}

func judgeTime(it *item, t *syntax.Test) judgement {
	v := t.Values[0]
	if t.Relation == quantity.Between {
		return judgeTimes(it, t)
	}
	factor := 1.0
	for _, u := range monthsIn {
		if strings.HasPrefix(v.Unit, u.prefix) {
			factor = u.months
		}
	}
	want := v.Number.Float() * factor
	at, label := it.Timepoint, ""
	if at.Text == "" && it.Kind != evidence.Baseline {
		if at = onlyTime(it.st); at.Text != "" {
			label = "its sentence states no time; the only time at which the study has results is " + at.Text
		}
	}
	if !at.Months.Present() {
		if at.Text != "" && containsAll(content(at.Text), content(v.String())) {
			return judgement{verdict: yes}
		}
		return judgement{verdict: near, why: "the time point is not stated"}
	}
	have := at.Months.Float()
	if diff := have - want; diff > 0.35 || diff < -0.35 || t.Relation == quantity.Above || t.Relation == quantity.Below {
		if t.Relation.Numeric() && t.Relation != quantity.Equal {
			in := *t
			in.Values = []syntax.Value{{Number: quantity.Round(want, 4)}}
			j := pass(compares(at.Months, &in))
			j.label = label
			return j
		}
		if label != "" {
			return judgement{verdict: near, why: "the time point is not stated"}
		}
		return judgement{verdict: near, why: "measured at " + cmp.Or(at.Text, string(at.Months)+" months")}
	}
	return judgement{verdict: yes, label: label}
}

// oneNumber are the fields whose tests compare one number.
var oneNumber = map[string]bool{"time": true, "p": true, "n": true, "year": true, "recruited": true}

// eachNumber takes a test of several numbers, "time is 6 months or 12 months", apart.
func eachNumber(t *syntax.Test) syntax.Condition {
	var out syntax.Condition
	for _, v := range t.Values {
		one := *t
		one.Relation, one.Values = quantity.Equal, []syntax.Value{v}
		if out == nil {
			out = &one
		} else {
			out = &syntax.Or{Left: out, Right: &one}
		}
	}
	if t.Relation == quantity.Not {
		return &syntax.Not{Of: out}
	}
	return out
}

// onlyTime returns the time at which a study has results, where they have one alone and one of them states it; else none.
func onlyTime(st *evidence.Study) evidence.Timepoint {
	var only evidence.Timepoint
	for i := range st.Findings {
		f := &st.Findings[i]
		switch {
		case f.Kind == evidence.Baseline || f.Timepoint.Text == "":
		case !f.Timepoint.Months.Present(), only.Text != "" && f.Timepoint.Months != only.Months:
			return evidence.Timepoint{}
		case only.Text == "":
			only = f.Timepoint
		}
	}
	return only
}
