package queries

import (
	"cmp"
	"slices"
	"strings"

	"github.com/picograph/picograph/graph/evidence"
	"github.com/picograph/picograph/graph/lazyregexp"
	"github.com/picograph/picograph/graph/quantity"
)

// figures prints a finding's numbers as they stand in the text; what is calculated is marked so.
func (l *lexicon) figures(it *item) string {
	var parts []string
	if it.Kind == evidence.BetweenArms {
		if arms := l.fromArms(it); arms != "" {
			parts = append(parts, arms)
		}
	}
	for _, e := range it.Estimates {
		if s := shown(it, e); s != "" {
			parts = append(parts, s)
		}
	}
	if len(parts) == 0 {
		return ""
	}
	return strings.Join(parts, "; ")
}

// fromArms prints the arm-level values that a comparison compares, of its arm and then of what that is compared with:
// "58/350 (16.4%) vs 54/362 (14.9%)"; nothing where a value is of neither.
func (l *lexicon) fromArms(it *item) string {
	arms := slices.Concat(it.Arm, it.Comparator)
	vals := make([]string, len(arms))
	for _, id := range it.From {
		i := slices.IndexFunc(it.st.Findings, func(f evidence.Finding) bool { return f.ID == id })
		if i < 0 || it.st.Findings[i].Kind != evidence.ArmLevel {
			return ""
		}
		f := &it.st.Findings[i]
		at := slices.IndexFunc(arms, func(a string) bool { return slices.Contains(f.Arm, a) })
		if at < 0 || vals[at] != "" {
			return "" // of several time points: which belong together is not told
		}
		var es []string
		for _, e := range f.Estimates {
			es = append(es, estimate(e, evidence.ArmLevel))
		}
		vals[at] = strings.Join(es, ", ")
	}
	return strings.Join(slices.DeleteFunc(vals, func(s string) bool { return s == "" }), " vs ")
}

// shown prints an estimate of a finding. How far one arm lies from another in percent is printed without a sign, so that the
// finding's direction says which way.
func shown(it *item, e evidence.Estimate) string {
	way := map[evidence.Direction]string{evidence.Increased: " higher", evidence.Decreased: " lower"}[it.Direction]
	if it.Kind == evidence.BetweenArms && e.Measure == "percent change" && way != "" && e.Value.Present() && !e.Value.Negative() && !strings.HasPrefix(e.Printed, "+") {
		return string(e.Value) + unitOf(e) + way + interval(e)
	}
	return estimate(e, it.Kind)
}

// estimate prints one estimate.
func estimate(e evidence.Estimate, kind evidence.Kind) string {
	unit := unitOf(e)
	switch {
	case e.Before != nil && e.After != nil:
		s := moment(*e.Before) + " to " + moment(*e.After) + unit
		if d := difference(e.Before.Mean, e.After.Mean); d.Present() {
			s += "; change " + string(d) + " (calculated)"
		}
		return s
	case e.After != nil && e.After.Mean.Present():
		return "to " + moment(*e.After) + unit + interval(e)
	case e.Value.Present():
		s := string(e.Value) + unit
		if name := measureName(e, kind); name != "" {
			s = name + " " + s
		}
		return s + interval(e)
	case e.Events.Present() && e.Total.Present():
		s := string(e.Events) + "/" + string(e.Total)
		if kind == evidence.VoteCount {
			s = string(e.Events) + " of " + string(e.Total) + " studies"
		}
		if e.Percent.Present() {
			s += " (" + string(e.Percent) + "%)"
		}
		return s + interval(e)
	case e.Events.Present():
		if e.Percent.Present() {
			return string(e.Events) + " (" + string(e.Percent) + "%)"
		}
		return string(e.Events)
	case e.Percent.Present():
		return string(e.Percent) + "%" + interval(e)
	case e.Mean.Present():
		s := "mean " + string(e.Mean)
		if e.SD.Present() {
			s += " (SD " + string(e.SD) + ")"
		}
		return s + unit + interval(e)
	case e.Median.Present():
		s := "median " + string(e.Median)
		if len(e.IQR) == 2 {
			s += " (IQR " + string(e.IQR[0]) + " to " + string(e.IQR[1]) + ")"
		}
		return s + unit + interval(e)
	case e.Low.Present() && e.High.Present():
		return string(e.Low) + " to " + string(e.High) + unit
	case e.CI != nil:
		return strings.TrimSpace(interval(e))
	}
	return cmp.Or(e.Statistic, e.Printed)
}

func moment(m evidence.Moment) string {
	s := string(m.Mean)
	if m.SD.Present() {
		s += " (SD " + string(m.SD) + ")"
	}
	return s
}

// difference is after minus before, with the places that both were printed with.
func difference(before, after quantity.Decimal) quantity.Decimal {
	if !before.Present() || !after.Present() {
		return ""
	}
	return quantity.Round(after.Float()-before.Float(), max(before.Places(), after.Places()))
}

func interval(e evidence.Estimate) string {
	if e.CI == nil || !e.CI.Low.Present() && !e.CI.High.Present() {
		return ""
	}
	kind := "CI"
	if e.CI.Kind == "credible" {
		kind = "credible interval"
	}
	level := ""
	if e.CI.Level.Present() {
		level = string(e.CI.Level) + "% "
	}
	ends := string(e.CI.Low) + " to " + string(e.CI.High)
	if !e.CI.High.Present() {
		ends = "from " + string(e.CI.Low)
	} else if !e.CI.Low.Present() {
		ends = "up to " + string(e.CI.High)
	}
	return " (" + level + kind + " " + ends + ")"
}

func measureName(e evidence.Estimate, kind evidence.Kind) string {
	name := e.Measure
	switch e.Measure {
	case "mean change", "count", "mean", "proportion", "median", "":
		name = ""
		if kind == evidence.BetweenArms && e.Measure != "" {
			name = e.Measure
		}
	case "MD":
		name = "difference"
	}
	if e.Adjusted {
		return strings.TrimSpace("adjusted " + name)
	}
	return name
}

var unitAfter = lazyregexp.New(`^(?:\s*\([^)]*\))?[\s-]?([A-Za-zµ/]{1,6})(?:[^A-Za-z]|$)`)

// unitOf prints an estimate's unit: as printed, when that is a short sign right after the number; else the canonical
// one.
func unitOf(e evidence.Estimate) string {
	switch e.Unit {
	case "":
		return ""
	case "%":
		return "%"
	}
	number := e.Value
	for _, d := range []quantity.Decimal{e.Mean, e.Median} {
		if !number.Present() {
			number = d
		}
	}
	if e.After != nil {
		number = e.After.Mean
	}
	digits := strings.TrimPrefix(string(number), "-")
	if _, after, ok := strings.Cut(e.Printed, digits); ok && digits != "" {
		if m := unitAfter.FindStringSubmatch(after); m != nil && !slices.Contains(noUnits, m[1]) {
			return " " + m[1]
		}
	}
	return " " + e.Unit
}

// noUnits are words that stand after numbers and are no units.
var noUnits = []string{"CI", "to", "and", "SD", "SE", "vs", "in", "of", "or", "at", "for", "with", "versus", "P", "p", "n", "N"}

// pvalue prints a P value as it was printed, with what it tests.
func pvalue(p evidence.PValue) string {
	if !p.Value.Present() && p.Printed == "" {
		return ""
	}
	s := p.Printed
	if s == "" {
		s = "P " + cmp.Or(p.Relation, "=") + " " + string(p.Value)
	}
	switch p.Of {
	case evidence.PWithin:
		return s + " (within arm)"
	case evidence.PBetween:
		return s + " (between groups)"
	case evidence.PInteraction:
		if strings.Contains(s, "interaction") {
			return s
		}
		return s + " (interaction)"
	case evidence.PTrend:
		return s + " (trend)"
	}
	return s
}

// includesNull reports whether the interval of a finding's main estimate includes no change or no difference.
func (l *lexicon) includesNull(it *item) bool {
	if len(it.Estimates) == 0 || it.Estimates[0].CI == nil {
		return false
	}
	e := it.Estimates[0]
	null := quantity.Decimal("0")
	if m, ok := l.vocab.Measure(e.Measure); ok && m.Null.Present() {
		null = m.Null
	}
	if !e.CI.Low.Present() || !e.CI.High.Present() {
		return false
	}
	return quantity.Compare(e.CI.Low, null) <= 0 && quantity.Compare(e.CI.High, null) >= 0
}

// quote returns what a finding says in words: its first sentence, cut to a length that a table can hold.
func quote(it *item) string {
	if len(it.Passages) == 0 {
		return ""
	}
	text := strings.Join(strings.Fields(it.Passages[0].Text), " ")
	if m := figuresIn.FindStringIndex(text); m != nil && len(text) > mostQuote && m[1] > mostQuote { // the end tells more than the beginning
		from := max(0, m[1]-mostQuote*3/4)
		if i := strings.IndexByte(text[from:], ' '); i >= 0 {
			from += i + 1
		}
		return "“… " + evidence.Clip(text[from:], mostQuote) + "”"
	}
	return "“" + evidence.Clip(text, mostQuote) + "”"
}

// mostQuote is how long a sentence is at most that is shown beside a finding.
const mostQuote = 260

// figuresIn matches the figures of a result: a percentage, two numbers against each other, an effect measure with a number.
var figuresIn = lazyregexp.New(`\d ?%|\d[\d.,]* ?(?:versus|vs\.?|v|compared with) ?[-−]?\d[\d.]*|\b(?:CI|OR|RR|HR|MD|SMD|IRR)\b[^.;]{0,20}\d[\d.]*`)

// noEstimate says of a finding without an estimate whether its sentence prints none, or figures of which nothing was read.
func noEstimate(it *item) string {
	if len(it.Passages) == 0 || !figuresIn.MatchString(it.Passages[0].Text) || slices.ContainsFunc(it.st.Findings, func(f evidence.Finding) bool {
		return len(f.Estimates) > 0 && slices.ContainsFunc(f.Passages, func(p evidence.Passage) bool {
			return p.Start < it.Passages[0].End && it.Passages[0].Start < p.End
		})
	}) {
		return "no estimate printed"
	}
	return "no estimate read from its figures"
}

// join lists texts in words: "a, b and c".
func join(list []string, word string) string {
	switch len(list) {
	case 0:
		return ""
	case 1:
		return list[0]
	}
	return strings.Join(list[:len(list)-1], ", ") + " " + word + " " + list[len(list)-1]
}
