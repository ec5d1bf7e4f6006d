package extract

import (
	"strconv"
	"strings"

	"github.com/picograph/picograph/graph/evidence"
	"github.com/picograph/picograph/graph/vocab"
	"github.com/picograph/picograph/loader/annotate"
	"github.com/picograph/picograph/loader/document"
)

// timepoint returns the time of a time item, with the preposition that stands before it left out.
func timepoint(d *document.Document, it annotate.Item) evidence.Timepoint {
	if it.Measured.Date != "" {
		return evidence.Timepoint{}
	}
	return evidence.Timepoint{Text: d.At(it.Span), Months: it.Measured.Months}
}

var (
	// measuredOver is what follows a time that is a part of what a measure is called: "24-h average pain", "24-hour urinary sodium".
	measuredOver = rules.New(`(?i)^\s(?:average|ambulatory|urin\w+|recalls?|dietary|worst|systolic|diastolic|holter|pad|ph)\b`)
	// otherValue is what stands before the second of two values that have their unit in common: "180 versus 30 days".
	otherValue = rules.New(`(?i)\d\s?(?:versus|vs\.?|v)\s$`)
)

// tellsNoTime reports whether a time is no time at which something was measured: it is in the name of a measure, or is a value.
func (r *reading) tellsNoTime(s document.Span) bool {
	text := r.doc.Text
	name := strings.ContainsAny(r.doc.At(s), "-–") && measuredOver.MatchString(text[s.End:min(len(text), s.End+16)])
	before := text[max(0, s.Start-16):s.Start]
	if strings.HasPrefix(text[s.End:], " after ") || strings.HasPrefix(text[s.End:], " later") || strings.HasPrefix(text[s.End:], " post") {
		return name
	}
	return name || otherValue.MatchString(text[max(0, s.Start-12):s.Start]) || brokenTime.MatchString(r.doc.At(s)) && !strings.Contains(r.doc.At(s), ".5") && !saidWhen.MatchString(before)
}

// brokenTime matches a length of time that is measured: "6.9 mo".
var brokenTime = rules.New(`^\d+\.\d`)

// saidWhen is what stands before when something was measured.
var saidWhen = rules.New(`(?i)\b(?:at|after|for|over|within|until|by|to|median|mean|follow[- ]?up)(?: of| the| an?)? \(?$`)

// timeMention is a time where it stands.
type timeMention struct {
	document.Span
	at evidence.Timepoint
}

// timesOf takes the times of a clause: the first one, or, where they stand in one list, "at 4, 8 and 12 weeks", the list, and each of it.
func (c *clause) timesOf(d *document.Document, items []annotate.Item) {
	if len(items) == 0 {
		return
	}
	for _, it := range items {
		c.times = append(c.times, timeMention{it.Span, timepoint(d, it)})
	}
	n := 1
	for n < len(items) && listsTimes(d.At(document.Span{Start: items[n-1].End, End: items[n].Start})) {
		n++
	}
	if c.time = timepoint(d, items[0]); n == 1 || c.time.Text == "" {
		return
	}
	c.time = evidence.Timepoint{Text: d.At(document.Span{Start: items[0].Start, End: items[n-1].End})}
	unit, _, ahead := strings.Cut(d.At(items[0].Span), " ") // "weeks 4, 8 and 12"
	for _, it := range items[:n] {
		t := timepoint(d, it)
		if number := strings.TrimPrefix(t.Text, unit+" "); ahead && !digitStart(unit) && strings.Trim(number, "0123456789.") == "" {
			t.Text = vocab.Singular(unit) + " " + number
		} else if strings.Trim(t.Text, "0123456789.") == "" { // the unit stands with another of the list
			t.Text += " " + it.Measured.Unit
		}
		c.series = append(c.series, t)
	}
}

// listsTimes reports whether nothing but a comma or a conjunction stands between two times.
func listsTimes(between string) bool {
	switch strings.TrimSpace(strings.TrimPrefix(strings.TrimSpace(between), ",")) {
	case "", "and", "or", "&":
		return strings.TrimSpace(between) != ""
	}
	return false
}

// timesInTurn returns the time of each result: where as many times are listed as each arm has results, in that order; else where each time stands
// beside as many results. It is nil where there is no such order.
func (c *clause) timesInTurn(results []result) []evidence.Timepoint {
	if len(c.series) == 0 {
		spans := make([]document.Span, len(results))
		for i := range results {
			spans[i] = results[i].Span
		}
		return c.timesBeside(spans)
	}
	if len(results)%len(c.series) != 0 {
		return nil
	}
	of := map[string]int{} // results of an arm so far
	out := make([]evidence.Timepoint, len(results))
	for i, res := range results {
		arm := ""
		if len(res.arms) > 0 {
			arm = strconv.Itoa(res.arms[0])
		}
		if of[arm] == len(c.series) {
			return nil
		}
		out[i] = c.series[of[arm]]
		of[arm]++
	}
	for _, n := range of {
		if n != len(c.series) {
			return nil
		}
	}
	return out
}

// timesOfEffects is timesInTurn for comparisons, of which each is one estimate or several.
func (c *clause) timesOfEffects(groups [][]annotate.Item) []evidence.Timepoint {
	switch {
	case len(c.series) == 0:
		spans := make([]document.Span, len(groups))
		for i, g := range groups {
			spans[i] = g[0].Span
		}
		return c.timesBeside(spans)
	case len(c.series) == len(groups):
		return c.series
	}
	return nil
}

// timesBeside returns the time of each result where every time has as many results before the next one, "at 3 months 5% vs 9% and at 6 months 7% vs
// 12%", or behind the one before, "5% vs 9% at 3 months and 7% vs 12% at 6 months".
func (c *clause) timesBeside(results []document.Span) []evidence.Timepoint {
	n := len(c.times)
	if n < 2 || len(results) == 0 || len(results)%n != 0 {
		return nil
	}
	each := len(results) / n
	ahead := c.times[0].Start < results[0].Start
	out := make([]evidence.Timepoint, len(results))
	for k, t := range c.times {
		first, last := results[k*each], results[(k+1)*each-1]
		switch {
		case t.at.Text == "":
			return nil
		case ahead && (t.End > first.Start || k+1 < n && c.times[k+1].Start < last.End):
			return nil
		case !ahead && (t.Start < last.End || k > 0 && c.times[k-1].End > first.Start):
			return nil
		}
		for i := k * each; i < (k+1)*each; i++ {
			out[i] = t.at
		}
	}
	return out
}

// atAll makes what a clause goes on to tell be told of all its times.
func (c *clause) atAll() {
	if len(c.series) > 0 {
		return // the list is its time already
	}
	var all []string
	for _, t := range c.times {
		all = append(all, t.at.Text)
	}
	c.time = evidence.Timepoint{Text: strings.Join(all, " and ")}
}

// timeInList returns the time of an outcome in a list whose items have times of their own, "pain at 3 weeks, sleep and mood at 6 weeks": the one behind
// it, or none where the list has none behind it. ok is false where no item but the last has a time.
func (f *finder) timeInList(c *clause, outcome evidence.OutcomeRef) (at evidence.Timepoint, ok bool) {
	if len(c.outcomes) < 2 || len(c.times) == 0 || len(c.results) > 0 || c.goesBack || c.times[0].Start < c.outcomes[0].End {
		return at, false
	}
	for k, m := range c.outcomes[1:] {
		if !f.listed(c, c.outcomes[k].Span, m.Span) {
			return at, false
		}
	}
	behind := func(k int) (evidence.Timepoint, bool) {
		for _, t := range c.times {
			if t.Start >= c.outcomes[k].End && (k+1 == len(c.outcomes) || t.End <= c.outcomes[k+1].Start) && f.wordsBetween(c, c.outcomes[k].End, t.Start) < 3 && !inBrackets(c.words, t.Span) {
				return t.at, true
			}
		}
		return evidence.Timepoint{}, false
	}
	mine := -1
	for k, m := range c.outcomes {
		if f.announcedFor(m) == outcome && mine < 0 {
			mine = k
		}
		if _, own := behind(k); own && k+1 < len(c.outcomes) {
			ok = true
		}
	}
	for k := mine; ok && k >= 0 && k < len(c.outcomes); k++ {
		if t, own := behind(k); own {
			return t, true
		}
	}
	return at, ok && mine >= 0
}
