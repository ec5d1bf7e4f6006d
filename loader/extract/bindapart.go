package extract

import (
	"slices"

	"github.com/picograph/picograph/loader/document"
)

// sideBeforeSide reports whether the values of one of two arms stand before the words that compare and as many of the other behind them, each
// with its own outcome: "12% of A had a fall and 30% a fever, compared with 4% and 9% of B, respectively".
func (f *finder) sideBeforeSide(c *clause, out []result, single []armMention) bool {
	n := len(out)
	if len(single) != 2 || n%2 > 0 || n < 4 {
		return false
	}
	first, last := out[n/2-1].Span, out[n/2].Span
	for i := range out[1:] {
		if against := f.against(c, out[i].Span, out[i+1].Span); against != (i == n/2-1) {
			return false
		}
	}
	return single[0].Start < last.Start && single[1].Start > first.End
}

// against reports whether words between two results set one against the other.
func (f *finder) against(c *clause, a, b document.Span) bool {
	return slices.ContainsFunc(c.words, func(w word) bool {
		return w.Start >= a.End && w.End <= b.Start && (againstWords[w.lower] || w.lower == "compared" || w.lower == "than")
	})
}

// setApart takes the arm off two values that are set against each other and were both given it, but for the one of them that the arm is named
// beside: "11 days with A compared to 14 days in the late group".
func (f *finder) setApart(c *clause, out []result) {
	for i := 0; i+1 < len(out); i++ {
		a, b := &out[i], &out[i+1]
		if len(a.arms) != 1 || !slices.Equal(a.arms, b.arms) || a.Kind != b.Kind || b.Start-a.End > 60 || !f.against(c, a.Span, b.Span) {
			continue
		}
		before, behind := f.namedOn(c, a, b)
		if !before && !behind && inBrackets(c.words, a.Span) && ownTimes.MatchString(f.r.text(c.sentence)) {
			continue
		}
		arm := a.arms
		for k := i; k >= 0 && !before && slices.Equal(out[k].arms, arm) && (k == i || f.paired(c, out[k].Span, out[k+1].Span)); k-- {
			out[k].arms = nil
		}
		for k := i + 1; k < len(out) && (before || !behind) && slices.Equal(out[k].arms, arm) && (k == i+1 || f.paired(c, out[k-1].Span, out[k].Span)); k++ {
			out[k].arms = nil
		}
		if before && behind {
			a.arms = nil
		}
	}
}

// ownTimes matches words of the start of a study, so that two values set against each other may be of one arm at two times.
var ownTimes = rules.New(`(?i)\b(?:baseline|before|pre(?:-\w+|test|treatment|training|intervention)?)\b`)

// namedOn reports on which sides of the words that set two values against each other the arm of both is named, outside of brackets that hold
// the two.
func (f *finder) namedOn(c *clause, a, b *result) (before, behind bool) {
	aside := bracketAround(c.words, a.Span)
	if aside >= 0 && aside != bracketAround(c.words, b.Span) {
		aside = -1
	}
	for _, m := range c.arms {
		if m.every || m.rest || !slices.Equal(m.arms, a.arms) || aside >= 0 && bracketAround(c.words, m.Span) != aside {
			continue
		}
		before = before || m.Start < a.End || m.Start < b.Start && !f.against(c, a.Span, m.Span)
		behind = behind || m.Start >= b.End || m.Start >= a.End && f.against(c, a.Span, m.Span)
	}
	return before, behind
}
