package extract

import (
	"slices"

	"github.com/picograph/picograph/loader/annotate"
	"github.com/picograph/picograph/loader/document"
)

// A change in percent is told of one arm since the start, or of one arm against another; a share of people is neither.

// percentApart reports whether a change in percent without an interval is how far one arm lies from the other: "A reduced pain by
// 24% compared with B", "days of poor control fell versus B by 24%". It is no value of the arm that it stands beside.
func (f *finder) percentApart(c *clause, it annotate.Item) bool {
	if !isPercentChange(it) || it.Estimate.CI != nil || len(f.t.study.Arms) < 2 || !f.assigns() || f.sinceStart(c) || inBrackets(c.words, it.Span) {
		return false
	}
	if c.compare.Len() == 0 || inBrackets(c.words, c.compare) || c.telling.signal == "" && !f.saidLess(c, it) {
		return false
	}
	behind := it.Start > c.compare.End
	for _, o := range c.results {
		if !isPercentChange(o) || o.Start > c.compare.End != behind {
			return false // each side has a value of its own, or the estimate is another number
		}
	}
	return slices.ContainsFunc(f.singleArms(c), func(m armMention) bool {
		return m.Start >= c.compare.End && (!behind || m.End <= it.Start)
	})
}

// percentSince reports whether a percentage is how far one arm went from where it began: it has a sign, or the clause says which way
// the outcome went by it. Where the clause sets the arm against another it may be the difference between both.
func (f *finder) percentSince(c *clause, res result) bool {
	if res.Kind != annotate.Percent || len(res.arms) != 1 || !f.assigns() || res.Estimate.CI != nil {
		return false
	}
	if c.compare.Len() > 0 && !inBrackets(c.words, c.compare) && !f.sinceStart(c) && (len(f.singleArms(c)) < 2 || len(c.results) < len(f.singleArms(c))) {
		return false
	}
	return isSigned(res.Item) || isPercentChange(res.Item) && c.telling.change && c.telling.signal != "" && !c.telling.negated && (f.sinceStart(c) || !f.actsOnOutcome(c)) && !c.lessBehind(res.Span)
}

// actsOnOutcome reports whether a treatment is told to do to what follows what the clause claims: "the offer raised enrolment by 5%" leaves open
// whether that is since the start or against who had no offer.
func (f *finder) actsOnOutcome(c *clause) bool {
	at := c.telling.at
	return slices.ContainsFunc(f.singleArms(c), func(m armMention) bool { return m.Start < at.Start && !c.groupBehindArm(m) }) &&
		!slices.ContainsFunc(c.outcomes, func(m outcomeMention) bool { return m.Start < at.Start })
}

// groupBehindArm reports whether an arm is spoken of as its people: "the diet group".
func (c *clause) groupBehindArm(m armMention) bool {
	i := slices.IndexFunc(c.words, func(w word) bool { return w.Start >= m.End })
	return i > 0 && (groupNouns[c.words[i].lower] || groupNouns[c.words[i-1].lower] || personNouns[c.words[i].lower])
}

// lessBehind reports whether a comparative follows a number: "levels 23% lower".
func (c *clause) lessBehind(s document.Span) bool {
	i := slices.IndexFunc(c.words, func(w word) bool { return w.Start >= s.End })
	return i >= 0 && comparative(c.words[i].lower)
}

func isPercentChange(it annotate.Item) bool {
	return it.Kind == annotate.Percent && it.Estimate.Measure == "percent change"
}

// isSigned reports whether a percentage is printed with its sign, as no share is.
func isSigned(it annotate.Item) bool {
	e := it.Estimate
	return it.Kind == annotate.Percent && e.Measure == "" && e.Unit == "%" && (e.Percent.Negative() || len(e.Printed) > 0 && e.Printed[0] == '+')
}
