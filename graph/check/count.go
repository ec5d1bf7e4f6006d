package check

import (
	"fmt"
	"math"
	"strings"

	"github.com/picograph/picograph/graph/evidence"
	"github.com/picograph/picograph/graph/lazyregexp"
	"github.com/picograph/picograph/graph/quantity"
)

// checkArmTotals leaves out designs in which one person is in several arms.
func checkArmTotals(s *subject) {
	if model := s.study.Design.Model; model == "crossover" || model == "factorial" || len(s.study.Arms) < 2 {
		return
	}
	var terms []string
	var passages []evidence.Passage
	sum, known := 0, 0
	for _, a := range s.study.Arms {
		n, ok := a.N.Int()
		if !ok {
			continue
		}
		known++
		sum += n
		terms = append(terms, string(a.N))
		passages = append(passages, a.Passages...)
	}
	if known == 0 {
		return
	}
	all := known == len(s.study.Arms)
	totals := s.totals()
	if c, ok := s.study.Clusters.Int(); ok {
		totals = append(totals, total{c, "clusters"})
	}
	if len(totals) == 0 {
		return
	}
	how := fmt.Sprintf("%s = %d", strings.Join(terms, " + "), sum)
	largest := totals[0]
	for _, t := range totals {
		if all && t.n == sum {
			s.addField("arms", Consistent, fmt.Sprintf("the arms add up to the %d %s", t.n, t.of), how, passages)
			return
		}
		if t.n > largest.n {
			largest = t
		}
	}
	if parts := s.partsOf(totals); parts != "" {
		s.addField("arms", Explainable, parts, how, passages)
		return
	}
	switch {
	case sum > largest.n && known > 1 && s.study.NRandomized.Present():
		s.addField("arms", Inconsistent, fmt.Sprintf("the arms add up to %d, more than the %d %s", sum, largest.n, largest.of), how, passages)
	case sum > largest.n:
		s.addField("arms", Explainable, fmt.Sprintf("the arms add up to %d, more than the %d %s; the number may be of a part of them", sum, largest.n, largest.of), how, passages)
	case all:
		s.addField("arms", Explainable, fmt.Sprintf("the arms add up to %d, %d fewer than the %d %s; losses or an arm not told of can account for it",
			sum, largest.n-sum, largest.n, largest.of), how, passages)
	}
}

// partsOf looks for arms that add up to a total, the others being parts of them ("40 on the drug, 20 of them at the high
// dose, and 40 on placebo"), and returns the words for it.
func (s *subject) partsOf(totals []total) string {
	if len(s.study.Arms) > 10 {
		return ""
	}
	for _, t := range totals {
		for pick := 3; pick < 1<<len(s.study.Arms)-1; pick++ {
			sum, count := 0, 0
			for i, a := range s.study.Arms {
				if n, ok := a.N.Int(); ok && pick&(1<<i) != 0 {
					sum += n
					count++
				}
			}
			if sum == t.n && count > 1 {
				return fmt.Sprintf("%d of the arms add up to the %d %s; the others may be parts of them", count, t.n, t.of)
			}
		}
	}
	return ""
}

// total is one of a study's numbers of people and what it counts.
type total struct {
	n  int
	of string
}

// totals are the study's numbers of people, the most telling first.
func (s *subject) totals() []total {
	var out []total
	for _, t := range []struct {
		n  quantity.Decimal
		of string
	}{{s.study.NRandomized, "randomized"}, {s.study.N, "participants"}, {s.study.NAnalyzed, "analyzed"}} {
		if n, ok := t.n.Int(); ok && n > 0 {
			out = append(out, total{n, t.of})
		}
	}
	return out
}

func checkTotals(s *subject) {
	analyzed, ok := s.study.NAnalyzed.Int()
	if !ok {
		return
	}
	for _, n := range []struct {
		n  quantity.Decimal
		of string
	}{{s.study.NRandomized, "randomized"}, {s.study.N, "participants"}} {
		given, ok := n.n.Int()
		if !ok {
			continue
		}
		how := fmt.Sprintf("%d and %d", analyzed, given)
		if analyzed <= given {
			s.addField("n_analyzed", Consistent, fmt.Sprintf("%d analyzed of %d %s", analyzed, given, n.of), how, s.stated("n_analyzed"))
			return
		}
		text := fmt.Sprintf("%d analyzed, more than the %d %s", analyzed, given, n.of)
		switch {
		case analyzed > 5*given:
			s.addField("n_analyzed", Explainable, text+"; those may be clusters", how, s.stated("n_analyzed"))
		case n.of == "randomized":
			s.addField("n_analyzed", Inconsistent, text, how, s.stated("n_analyzed"))
		default: // a total that does not say of whom may be of a part
			s.addField("n_analyzed", Explainable, text, how, s.stated("n_analyzed"))
		}
		return
	}
}

func checkPercent(s *subject, f *evidence.Finding) {
	for i := range f.Estimates {
		e := &f.Estimates[i]
		if !isShare(e.Measure) {
			continue
		}
		events, ok := e.Events.Int()
		if !ok || events < 0 {
			continue
		}
		if n, ok := e.Total.Int(); ok && n > 0 {
			s.percentOfTotal(e, events, n)
		} else if e.Percent.Present() && events > 0 {
			s.percentWithoutTotal(f, e, events)
		}
	}
}

// isShare reports whether events of an estimate of this measure are people or studies of a whole.
func isShare(measure string) bool {
	switch measure {
	case "", "proportion", "count":
		return true
	}
	return false
}

// percentOfTotal checks "58/350 (16.4%)".
func (s *subject) percentOfTotal(e *evidence.Estimate, events, n int) {
	if events > n {
		s.add(Inconsistent, fmt.Sprintf("%d of %d is more than all", events, n), fmt.Sprintf("%d > %d", events, n))
		return
	}
	if !e.Percent.Present() {
		return
	}
	share := 100 * float64(events) / float64(n)
	how := fmt.Sprintf("100 x %d / %d = %s", events, n, show(share))
	text := fmt.Sprintf("%d/%d is %s%%, printed %s%%", events, n, apartFrom(share, e.Percent), e.Percent)
	switch {
	case printsAs(share, e.Percent):
		s.add(Consistent, fmt.Sprintf("%d/%d is %s%%", events, n, e.Percent), how)
		return
	case cutsTo(share, e.Percent):
		s.add(Explainable, text+"; cut off rather than rounded", how)
		return
	case raisedTo(share, e.Percent):
		s.add(Explainable, text+"; rounded up rather than to the nearest", how)
		return
	}
	if fits := totalsThatFit(events, e.Percent, 0); len(fits) > 0 {
		how += fmt.Sprintf("; %d is %s%% of %s", events, e.Percent, list(fits))
	}
	if fitting := countsThatFit(n, e.Percent); len(fitting) == 0 {
		text += fmt.Sprintf("; no whole number of %d gives %s%%", n, e.Percent)
	} else {
		text += fmt.Sprintf("; %s of %d would", list(fitting), n)
	}
	if isModelled(e) {
		s.add(Explainable, text+"; the percentage is "+modelled(e), how)
		return
	}
	s.add(Inconsistent, text, how)
}

// isModelled reports whether a percentage is not a plain share of people, by what the text says of it.
func isModelled(e *evidence.Estimate) bool { return modelled(e) != "" }

var models = lazyregexp.New(`(?i)weighted|imput\w+|kaplan.meier|model\w*|standardi[sz]ed|estimated|adjusted`)

func modelled(e *evidence.Estimate) string {
	if e.Adjusted {
		return "adjusted"
	}
	return strings.ToLower(models.FindString(e.Method + " " + e.Printed))
}

// mostOf is the part of a total that must be left for a smaller total to be those with the information rather than a
// group within it.
const mostOf = 0.6

// percentWithoutTotal checks "139 women (59.9%)" against the totals that the document gives elsewhere. The total meant
// is not printed, so nothing here is more than explainable, and a share of another group gives nothing.
func (s *subject) percentWithoutTotal(f *evidence.Finding, e *evidence.Estimate, events int) {
	candidates := s.denominators(f, e)
	if len(candidates) == 0 {
		return
	}
	most := 0
	for _, c := range candidates {
		share := 100 * float64(events) / float64(c.n)
		if c.n >= events && (printsAs(share, e.Percent) || cutsTo(share, e.Percent) || raisedTo(share, e.Percent)) {
			s.add(Consistent, fmt.Sprintf("%d of the %d %s is %s%%", events, c.n, c.of, e.Percent), fmt.Sprintf("100 x %d / %d = %s", events, c.n, show(share)))
			return
		}
		most = max(most, c.n)
	}
	if events >= most {
		return
	}
	first := candidates[0]
	share := 100 * float64(events) / float64(first.n)
	how := fmt.Sprintf("100 x %d / %d = %s", events, first.n, show(share))
	text := fmt.Sprintf("%d of %d is %s%%, printed %s%%", events, first.n, apartFrom(share, e.Percent), e.Percent)
	fits := totalsThatFit(events, e.Percent, 0)
	switch {
	case len(fits) == 0:
		s.add(Explainable, fmt.Sprintf("%s; %d is %s%% of no whole number", text, events, e.Percent), how)
	case fits[0] < most && float64(fits[len(fits)-1]) >= mostOf*float64(most):
		how += fmt.Sprintf("; 100 x %d / %d = %s", events, fits[0], show(100*float64(events)/float64(fits[0])))
		s.add(Explainable, fmt.Sprintf("%s; %s%% fits a total of %s", text, e.Percent, list(fits)), how)
	}
}

// denominators are the totals of which a share without one may be taken: all who were enrolled for a baseline
// characteristic, the arm for a result of one arm. There are none where the share is of a part of them.
func (s *subject) denominators(f *evidence.Finding, e *evidence.Estimate) []total {
	if n, ok := e.N.Int(); ok && n > 0 {
		return []total{{n, "counted"}}
	}
	if f.Subgroup || s.isPart(f.Population.ID) || len(f.Arm) > 1 {
		return nil
	}
	if len(f.Arm) == 1 {
		if a, ok := s.arm(f.Arm[0]); ok {
			if n, ok := a.N.Int(); ok && n > 0 {
				return []total{{n, "in the arm"}}
			}
		}
		return nil
	}
	if f.Kind == evidence.Baseline {
		return s.totals()
	}
	return nil
}

// isPart reports whether a population is a part of another one.
func (s *subject) isPart(id string) bool {
	for _, p := range s.study.Populations {
		if p.ID == id && id != "" {
			return p.Parent != ""
		}
	}
	return false
}

// countsThatFit are the whole numbers of a total that print as a percentage, at most 1000 of them.
func countsThatFit(n int, percent quantity.Decimal) []int {
	low, high := span(percent)
	var out []int
	for c := max(0, int(math.Floor(low*float64(n)/100))); c <= n && float64(c) <= high*float64(n)/100+1 && len(out) < 1000; c++ {
		if printsAs(100*float64(c)/float64(n), percent) {
			out = append(out, c)
		}
	}
	return out
}

// totalsThatFit are the totals of which a count prints as a percentage, from the smallest, none above most (0: any),
// at most 1000.
func totalsThatFit(events int, percent quantity.Decimal, most int) []int {
	low, high := span(percent)
	if events <= 0 || low <= 0 {
		return nil
	}
	var out []int
	last := int(math.Ceil(100 * float64(events) / low))
	if most > 0 {
		last = min(last, most)
	}
	for n := max(events, int(math.Floor(100*float64(events)/high))); n <= last && len(out) < 1000; n++ {
		if printsAs(100*float64(events)/float64(n), percent) {
			out = append(out, n)
		}
	}
	return out
}

// list writes whole numbers in order: "353 or 354", "76 to 82".
func list(ns []int) string {
	switch len(ns) {
	case 1:
		return fmt.Sprint(ns[0])
	case 2:
		return fmt.Sprintf("%d or %d", ns[0], ns[1])
	}
	return fmt.Sprintf("%d to %d", ns[0], ns[len(ns)-1])
}

func checkDenominator(s *subject, f *evidence.Finding) {
	for i := range f.Estimates {
		e := &f.Estimates[i]
		n, ok := e.Total.Int()
		if !ok {
			n, ok = e.N.Int()
		}
		if !ok || n <= 0 || f.Kind == evidence.VoteCount || !isShare(e.Measure) && !e.N.Present() {
			continue
		}
		largest := total{}
		if k, ok := s.study.NRandomized.Int(); ok {
			largest = total{k, "randomized"}
		}
		if len(f.Arm) == 1 {
			if a, ok := s.arm(f.Arm[0]); ok {
				if k, ok := a.N.Int(); ok {
					largest = total{k, "in the arm"}
				}
			}
		}
		how := fmt.Sprintf("%d and %d", n, largest.n)
		switch {
		case largest.n == 0:
		case n <= largest.n:
			s.add(Consistent, fmt.Sprintf("a total of %d, of %d %s", n, largest.n, largest.of), how)
		default:
			s.add(Explainable, fmt.Sprintf("a total of %d, more than the %d %s; counting something other than people can account for it", n, largest.n, largest.of), how)
		}
	}
}

func checkSpread(s *subject, f *evidence.Finding) {
	for i := range f.Estimates {
		e := &f.Estimates[i]
		for _, c := range []struct {
			inner     string
			low, high quantity.Decimal
			outer     string
			ends      []quantity.Decimal
		}{
			{"the median", e.Median, e.Median, "interquartile range", e.IQR},
			{"the median", e.Median, e.Median, "range", e.Range},
			{"the mean", e.Mean, e.Mean, "range", e.Range},
			{"the interquartile range", first(e.IQR), last(e.IQR), "range", e.Range},
		} {
			if len(c.ends) != 2 || !c.low.Present() || !c.high.Present() || !c.ends[0].Present() || !c.ends[1].Present() {
				continue
			}
			shown := string(c.low)
			if c.low != c.high {
				shown += " to " + string(c.high)
			}
			how := fmt.Sprintf("%s <= %s <= %s", c.ends[0], shown, c.ends[1])
			if quantity.Compare(c.ends[0], c.low) <= 0 && quantity.Compare(c.high, c.ends[1]) <= 0 {
				s.add(Consistent, fmt.Sprintf("%s, %s, lies in the %s", c.inner, shown, c.outer), how)
			} else {
				s.add(Inconsistent, fmt.Sprintf("%s, %s, lies outside the %s, %s to %s", c.inner, shown, c.outer, c.ends[0], c.ends[1]), "not "+how)
			}
		}
	}
}

func first(ds []quantity.Decimal) quantity.Decimal {
	if len(ds) != 2 {
		return ""
	}
	return ds[0]
}

func last(ds []quantity.Decimal) quantity.Decimal {
	if len(ds) != 2 {
		return ""
	}
	return ds[1]
}
