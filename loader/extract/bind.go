package extract

import (
	"slices"

	"github.com/picograph/picograph/loader/annotate"
	"github.com/picograph/picograph/loader/document"
)

// result is a number of a clause with the arms that it belongs to. No arm means that the clause names none.
type result struct {
	annotate.Item
	arms []int
	p    *annotate.Item
}

// bind gives each result of one arm its arm. Results and the mentions of single arms are read in the order in which
// they stand: "58/350 in the IPT group vs 54/362 in the PCM group", "Arm 1 -12 MME; Arm 2 -6 MME", "with A and B, 5 and
// 6, respectively".
func (f *finder) bind(c *clause, items []annotate.Item) []result {
	out := make([]result, len(items))
	for i, it := range items {
		out[i] = result{Item: it}
	}
	single := f.singleArms(c)
	switch {
	case len(items) == 0:
	case len(single) == 0:
		f.bindUnnamed(c, out)
	case len(single) == 1 && (len(out) == 1 || len(f.t.study.Arms) == 1 || single[0].End <= out[0].Start):
		for i := range out {
			out[i].arms = single[0].arms
		}
	case len(single) == 1: // named behind the first of several: of the one beside it
		at := 0
		for i := range out {
			if gap(out[i].Span, single[0].Span) < gap(out[at].Span, single[0].Span) {
				at = i
			}
		}
		out[at].arms = single[0].arms
	case len(single) == len(items):
		for i := range out {
			out[i].arms = single[i].arms
		}
	case len(items)%len(single) == 0 && c.has("respectively"):
		for i := range out {
			out[i].arms = single[i%len(single)].arms
		}
	default:
		f.bindTuples(c, out, single)
	}
	f.bindOther(c, out)
	return out
}

// bindOther gives the one of two values set against each other that has no arm the other arm of two: "28 patients (61%)
// vs 15 with A (26%)".
func (f *finder) bindOther(c *clause, out []result) {
	if len(out) != 2 || len(f.t.study.Arms) != 2 || len(out[0].arms)+len(out[1].arms) != 1 {
		return
	}
	if !slices.ContainsFunc(c.words, func(w word) bool {
		return w.Start >= out[0].End && w.End <= out[1].Start && w.depth == 0 && (againstWords[w.lower] || w.lower == "compared")
	}) {
		return
	}
	for i := range out {
		if len(out[i].arms) == 0 {
			out[i].arms = f.others(out[1-i].arms)
		}
	}
}

// bindTuples binds results that stand together ("5.5% vs 2.3%") to the arms in the order in which the clause names or
// compares as many, and a result that stands alone to the arm nearest to it. Results for which there is no such order
// stay without an arm: none is guessed.
func (f *finder) bindTuples(c *clause, out []result, single []armMention) {
	for i := 0; i < len(out); {
		j := i + 1
		for j < len(out) && f.paired(c, out[j-1].Span, out[j].Span) {
			j++
		}
		if j == i+1 {
			out[i].arms = f.nearestArm(c, single, out[i].Span).arms
		} else if order := f.order(c, single, j-i); order != nil {
			for k := range order {
				out[i+k].arms = order[k]
			}
		}
		i = j
	}
}

// paired reports whether two results stand together: nothing but "vs", "and" and commas between them.
func (f *finder) paired(c *clause, a, b document.Span) bool {
	n := 0
	for _, w := range c.words {
		if w.Start < a.End || w.End > b.Start {
			continue
		}
		switch w.lower {
		case "vs", "vs.", "v", "versus", "and", ",", "compared", "with", "to", "or":
			n++
		default:
			return false
		}
	}
	return n > 0
}

// order returns the arms of n results that stand together: the two sides of the comparison, else the arms that the
// clause names where they are n.
func (f *finder) order(c *clause, single []armMention, n int) [][]int {
	var before, after, all [][]int
	for _, m := range single {
		if slices.ContainsFunc(all, func(a []int) bool { return slices.Equal(a, m.arms) }) {
			continue
		}
		all = append(all, m.arms)
		if c.compare.Len() > 0 && m.Start >= c.compare.End {
			after = append(after, m.arms)
		} else {
			before = append(before, m.arms)
		}
	}
	switch {
	case len(all) == n:
		return all
	case n == 2 && len(before) == 1 && len(f.t.study.Arms) == 2:
		return [][]int{before[0], f.others(before[0])}
	case n == 2 && len(after) == 1 && len(before) == 0 && len(f.t.study.Arms) == 2:
		return [][]int{f.others(after[0]), after[0]}
	}
	return nil
}

// bindNamed gives results the arms that the clause itself names for them, and no others.
func (f *finder) bindNamed(c *clause, items []annotate.Item) []result {
	if n := len(f.singleArms(c)); n > 1 && len(items)%n == 0 {
		return f.bind(c, items)
	}
	out := make([]result, len(items))
	for i, it := range items {
		out[i] = result{Item: it}
	}
	return out
}

// bindUnnamed binds results where the clause names no single arm: two or more results beside "both groups" belong to
// the arms in the study's order, as do results joined by "vs"; one result belongs to the only arm there is.
func (f *finder) bindUnnamed(c *clause, out []result) {
	arms := f.t.study.Arms
	every := slices.ContainsFunc(c.arms, func(m armMention) bool { return m.every })
	if f.last != nil && f.last.sentence >= c.sentence-1 && !every {
		if s := f.singleArms(f.last); len(s) == len(out) && len(out) > 1 {
			for i := range out {
				out[i].arms = s[i].arms
			}
			return
		}
	}
	switch {
	case len(arms) == 1 && f.t.study.Design.Allocation != "":
		for i := range out {
			out[i].arms = []int{0}
		}
	case len(out) > 1 && len(out) == len(arms) && (every || c.compare.Len() > 0 || c.has("respectively")):
		for i := range out {
			out[i].arms = []int{i}
		}
	case every && len(out) == 1:
		out[0].arms = allArms(len(arms))
	}
}

func allArms(n int) []int {
	out := make([]int, n)
	for i := range out {
		out[i] = i
	}
	return out
}

// singleArms returns the mentions of one arm each, without those that stand behind "than" as the other side of a
// comparison of populations.
func (f *finder) singleArms(c *clause) []armMention {
	var out []armMention
	for _, m := range c.arms {
		if m.every || m.rest || len(m.arms) != 1 {
			continue
		}
		if c.other.Text != "" && c.compare.Len() > 0 && m.Start >= c.compare.End {
			continue
		}
		if n := len(out); n > 0 && slices.Equal(out[n-1].arms, m.arms) {
			continue
		}
		out = append(out, m)
	}
	return out
}

// nearestArm returns the mention nearest to a result; of two as near, the one that the clause's order favours.
func (f *finder) nearestArm(c *clause, single []armMention, s document.Span) armMention {
	armFirst := len(c.results) > 0 && single[0].Start < c.results[0].Start
	best, bestGap := single[0], 1<<30
	for _, m := range single {
		g := gap(m.Span, s)
		if armFirst != (m.Start < s.Start) {
			g = g*2 + 8
		}
		if g < bestGap {
			best, bestGap = m, g
		}
	}
	return best
}

// has reports whether a word stands in the clause.
func (c *clause) has(lower string) bool {
	return slices.ContainsFunc(c.words, func(w word) bool { return w.lower == lower })
}
