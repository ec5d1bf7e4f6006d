package score

import (
	"fmt"
	"slices"
	"strings"

	"github.com/picograph/picograph/graph/evidence"
	"github.com/picograph/picograph/graph/quantity"
)

// findings compares the findings of a study: they are paired by kind, sentence and numbers, and the fields of those that
// are paired are compared.
func (s *Score) findings(want, got *evidence.Study, arms map[string]string) {
	pairs := match(len(want.Findings), len(got.Findings), func(i, k int) float64 { return likeFinding(&want.Findings[i], &got.Findings[k], arms) }, 1)
	taken := map[int]bool{}
	for i := range want.Findings {
		w := &want.Findings[i]
		k, ok := pairs[i]
		if !ok {
			s.finding(w, nil)
			continue
		}
		taken[k] = true
		s.finding(w, &got.Findings[k])
		s.fields(w, &got.Findings[k], arms)
	}
	for k := range got.Findings {
		if !taken[k] {
			s.finding(nil, &got.Findings[k])
		}
	}
}

// finding counts a finding that both have, or one of them.
func (s *Score) finding(want, got *evidence.Finding) {
	t := []*Tally{s.tally("finding")}
	either := want
	if either == nil {
		either = got
	}
	if i, ok := s.at["finding: "+string(either.Kind)]; ok {
		t = append(t, &s.Tallies[i])
	}
	for _, x := range t {
		switch {
		case want != nil && got != nil:
			x.Hit++
		case want != nil:
			x.Missed++
		default:
			x.Extra++
		}
	}
	miss := Miss{Document: s.document, What: "finding: " + string(either.Kind), Sentence: sentenceOf(either)}
	switch {
	case got == nil:
		miss.Want = told(want)
	case want == nil:
		miss.Got = told(got)
	default:
		return
	}
	s.Misses = append(s.Misses, miss)
}

// told is a finding in short.
func told(f *evidence.Finding) string {
	parts := []string{f.Outcome.Text}
	if len(f.Arm) > 0 {
		parts = append(parts, strings.Join(f.Arm, " and "))
	}
	if len(f.Comparator) > 0 {
		parts = append(parts, "v "+strings.Join(f.Comparator, " and "))
	}
	for i := range f.Estimates {
		parts = append(parts, estimate(&f.Estimates[i]))
	}
	if f.P.Value.Present() {
		parts = append(parts, "P "+f.P.Relation+" "+string(f.P.Value))
	}
	if f.Direction != "" {
		parts = append(parts, string(f.Direction))
	}
	return strings.Join(slices.DeleteFunc(parts, func(p string) bool { return p == "" }), "; ")
}

func sentenceOf(f *evidence.Finding) string {
	if len(f.Passages) == 0 {
		return ""
	}
	return strings.Join(strings.Fields(f.Passages[0].Text), " ")
}

// likeFinding returns how alike two findings are; below 1 they are two. Those with numbers must share one, those without a
// sentence or an outcome.
func likeFinding(a, b *evidence.Finding, arms map[string]string) float64 {
	if a.Kind != b.Kind {
		return 0
	}
	together := sameSentence(a, b)
	shared := 0
	for _, x := range numbers(a) {
		if slices.ContainsFunc(numbers(b), func(y quantity.Decimal) bool { return equal(x, y) || equal(x, y.Negate()) }) {
			shared++
		}
	}
	outcome := likeOutcome(a.Outcome, b.Outcome)
	if len(numbers(a)) > 0 && shared == 0 || len(numbers(a)) == 0 && len(numbers(b)) > 0 || !together && outcome < 0.5 {
		return 0
	}
	if len(numbers(a)) == 0 && outcome == 0 && a.Outcome.Text != "" {
		return 0
	}
	like := 1 + float64(shared) + outcome
	if together {
		like++
	}
	if sameArms(a.Arm, b.Arm, arms) {
		like += 2
	}
	if a.Timepoint.Months.Present() && equal(a.Timepoint.Months, b.Timepoint.Months) {
		like++
	}
	return like
}

// numbers are the numbers that make a finding: values, counts, means, and the P value.
func numbers(f *evidence.Finding) []quantity.Decimal {
	var out []quantity.Decimal
	for i := range f.Estimates {
		e := &f.Estimates[i]
		for _, d := range []quantity.Decimal{e.Value, e.Events, e.Percent, e.Mean, e.Median} {
			if d.Present() {
				out = append(out, d)
			}
		}
		if e.After != nil && e.After.Mean.Present() {
			out = append(out, e.After.Mean)
		}
	}
	if f.P.Value.Present() {
		out = append(out, f.P.Value)
	}
	return out
}

// sameSentence reports whether a passage of one finding is, or is part of, one of the other.
func sameSentence(a, b *evidence.Finding) bool {
	for _, p := range a.Passages {
		x := strings.Join(strings.Fields(p.Text), " ")
		for _, q := range b.Passages {
			y := strings.Join(strings.Fields(q.Text), " ")
			if x != "" && y != "" && (strings.Contains(x, y) || strings.Contains(y, x)) {
				return true
			}
		}
	}
	return false
}

// sameArms reports whether labels found are those of the gold, whatever they are called.
func sameArms(want, got []string, arms map[string]string) bool {
	if len(want) != len(got) {
		return false
	}
	for _, g := range got {
		label, ok := arms[g]
		if !ok {
			label = g
		}
		if !slices.Contains(want, label) {
			return false
		}
	}
	return true
}

// fields compares the fields of two findings that are one.
func (s *Score) fields(want, got *evidence.Finding, arms map[string]string) {
	at := sentenceOf(want)
	s.weigh("of findings: outcome", want.Outcome.Text, got.Outcome.Text, likeOutcome(want.Outcome, got.Outcome) >= 0.5, at)
	s.weigh("of findings: arm", strings.Join(want.Arm, " and "), strings.Join(got.Arm, " and "), sameArms(want.Arm, got.Arm, arms), at)
	s.weigh("of findings: comparator", strings.Join(want.Comparator, " and "), strings.Join(got.Comparator, " and "), sameArms(want.Comparator, got.Comparator, arms), at)
	sameTime := equal(want.Timepoint.Months, got.Timepoint.Months) || strings.EqualFold(want.Timepoint.Text, got.Timepoint.Text)
	s.weigh("of findings: time", want.Timepoint.Text, got.Timepoint.Text, sameTime, at)
	for i := range max(len(want.Estimates), len(got.Estimates)) {
		var w, g evidence.Estimate
		if i < len(want.Estimates) {
			w = want.Estimates[i]
		}
		if i < len(got.Estimates) {
			g = got.Estimates[i]
		}
		s.weigh("of findings: estimate", estimate(&w), estimate(&g), estimate(&w) == estimate(&g), at)
		s.weigh("of findings: interval", interval(w.CI), interval(g.CI), interval(w.CI) == interval(g.CI), at)
	}
	s.weigh("of findings: P", pText(&want.P), pText(&got.P), pText(&want.P) == pText(&got.P), at)
	s.weigh("of findings: direction", claimed(want), claimed(got), want.Direction == got.Direction, at)
	s.weigh("of findings: significance", yesNo(want.Significant), yesNo(got.Significant), yesNo(want.Significant) == yesNo(got.Significant), at)
}

// estimate writes the numbers of an estimate, without its interval.
func estimate(e *evidence.Estimate) string {
	var parts []string
	for _, f := range []struct {
		name string
		d    quantity.Decimal
	}{
		{"value", e.Value}, {"events", e.Events}, {"total", e.Total}, {"percent", e.Percent}, {"mean", e.Mean}, {"median", e.Median}, {"SD", e.SD}, {"SE", e.SE},
	} {
		if f.d.Present() {
			parts = append(parts, f.name+" "+plain(f.d))
		}
	}
	if e.Before != nil && e.After != nil {
		parts = append(parts, "from "+plain(e.Before.Mean)+" to "+plain(e.After.Mean))
	}
	if len(parts) == 0 {
		return ""
	}
	switch e.Measure {
	case "", "mean", "mean change", "median", "proportion", "count": // the names of the numbers say it
	default:
		parts = append([]string{e.Measure}, parts...)
	}
	return strings.Join(parts, ", ")
}

// plain returns a number without the zeros at its end, so that 0.10 is 0.1.
func plain(d quantity.Decimal) string {
	if s := string(d); strings.Contains(s, ".") {
		return strings.TrimRight(strings.TrimRight(s, "0"), ".")
	}
	return string(d)
}

func interval(ci *evidence.Interval) string {
	if ci == nil {
		return ""
	}
	return fmt.Sprintf("%s to %s", plain(ci.Low), plain(ci.High))
}

func pText(p *evidence.PValue) string {
	if !p.Value.Present() {
		return ""
	}
	return p.Relation + " " + plain(p.Value)
}

// claimed returns the direction that a finding claims; one that is not stated is none.
func claimed(f *evidence.Finding) string {
	if f.Direction == evidence.NotStated {
		return ""
	}
	return string(f.Direction)
}

func yesNo(b *bool) string {
	switch {
	case b == nil:
		return ""
	case *b:
		return "significant"
	}
	return "not significant"
}
