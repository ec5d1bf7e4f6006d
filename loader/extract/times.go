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

// timesOf takes the times of a clause: the first one, or, where they stand in one list, "at 4, 8 and 12 weeks", the list, and each of it.
func (c *clause) timesOf(d *document.Document, items []annotate.Item) {
	if len(items) == 0 {
		return
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

// timesInTurn returns the time of each result where as many times are listed as each arm has results; nil where there is no such order.
func (c *clause) timesInTurn(results []result) []evidence.Timepoint {
	if len(c.series) == 0 || len(results)%len(c.series) != 0 {
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
