package export

import (
	"regexp"
	"strings"

	"github.com/picograph/picograph/graph/evidence"
	"github.com/picograph/picograph/graph/quantity"
)

var printedNumber = regexp.MustCompile(`\d[\d,]*(?:[.·]\d+)?|[.·]\d+`)

// numbersOf returns the numbers that a finding states, as plainNumber has them.
func numbersOf(f *evidence.Finding) map[string]bool {
	out := map[string]bool{}
	add := func(all ...quantity.Decimal) {
		for _, d := range all {
			if d.Present() {
				out[plainNumber(string(d))] = true
			}
		}
	}
	add(f.P.Value, f.P.High)
	for _, e := range f.Estimates {
		add(e.Value, e.Events, e.Total, e.Percent, e.Mean, e.Median, e.Low, e.High, e.SD, e.SE, e.N, e.Margin)
		add(e.IQR...)
		add(e.Range...)
		if e.CI != nil {
			add(e.CI.Low, e.CI.High)
		}
		for _, m := range []*evidence.Moment{e.Before, e.After} {
			if m != nil {
				add(m.Mean, m.SD)
			}
		}
	}
	return out
}

// plainNumber returns a number without its sign, the commas between its thousands and a zero before its point.
func plainNumber(s string) string {
	s = strings.NewReplacer(",", "", "·", ".", "-", "", "−", "", "+", "").Replace(s)
	if len(s) > 1 && strings.HasPrefix(s, "0.") {
		s = s[1:]
	}
	return s
}

// marked cuts a text into pieces so that every second one is one of the numbers.
func marked(text string, numbers map[string]bool) []string {
	out, done := []string{}, 0
	for _, at := range printedNumber.FindAllStringIndex(text, -1) {
		n := strings.TrimRight(text[at[0]:at[1]], ",")
		if !numbers[plainNumber(n)] {
			continue
		}
		out = append(out, text[done:at[0]], n)
		done = at[0] + len(n)
	}
	return append(out, text[done:])
}
