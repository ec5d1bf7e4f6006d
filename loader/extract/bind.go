package extract

import (
	"slices"
	"strings"

	"github.com/picograph/picograph/graph/evidence"
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
	single := namedInside(c, items, f.behindColon(c, items, f.sizesAside(c, items, f.singleArms(c))))
	switch {
	case len(items) == 0:
	case len(items) > 1 && len(single) > 1 && f.bindBrackets(c, out, single):
	case len(f.t.study.Arms) == 1 && f.randomises() && f.setAgainst(c, out):
		// the other side is an arm that the document was not found to name
	case len(single) == 0:
		f.bindUnnamed(c, out)
	case len(single) == 1 && f.mayBeTimes(c, single[0]) && f.setAgainst(c, out):
	case len(single) == 1 && len(f.t.study.Arms) > 1 && f.setAgainst(c, out): // "lower with A (5% vs 9%)"
		f.bindTuples(c, out, single)
	case len(single) == 1 && len(f.t.study.Arms) == 2 && c.compare.Len() > 0 && !inBrackets(c.words, c.compare) && single[0].Start >= c.compare.End && out[len(out)-1].End <= c.compare.Start && !f.opensWithComparison(c):
		for i := range out { // "fell (-24%) compared with placebo" is of the other
			out[i].arms = f.others(single[0].arms)
		}
	case len(single) == 1 && (len(out) == 1 || len(f.t.study.Arms) == 1 || single[0].End <= out[0].Start):
		for i := range out {
			out[i].arms = single[0].arms
		}
	case len(single) == 1: // named behind the first of several: of the one beside it
		at := 0
		for i := range out {
			if gap(out[i].Span, single[0].Span) < gap(out[at].Span, single[0].Span) && !f.saidOf(c, out[at].Span, single[0].Span) {
				at = i
			}
		}
		out[at].arms = single[0].arms
	case len(single) == len(items):
		if comma := f.firstComma(c); len(single) == 2 && f.opensWithComparison(c) && single[0].Start < comma && single[1].Start > comma && out[0].Start > single[1].End && f.setAgainst(c, out) {
			slices.Reverse(single) // "compared with B, A had more (8 vs 5)": what is told of comes first
		}
		for i := range out {
			out[i].arms = single[i].arms
		}
	case len(items)%len(single) == 0 && c.has("respectively"):
		halves := f.sideBeforeSide(c, out, single)
		for i := range out {
			k := i % len(single)
			if halves {
				k = 2 * i / len(out)
			}
			out[i].arms = single[k].arms
		}
	default:
		f.bindTuples(c, out, single)
	}
	f.unboundOthers(c, out)
	f.bindOther(c, out)
	f.setApart(c, out)
	return out
}

// unboundOthers takes the only arm that a document was found to name off results that the clause sets against it: "engaged with A (68/92)
// compared with B (42/79) and C (39/83)", and off the counts of several groups that are said not to differ.
func (f *finder) unboundOthers(c *clause, out []result) {
	if len(f.t.study.Arms) != 1 || !f.randomises() || len(out) < 2 {
		return
	}
	if c.compare.Len() > 0 && !inBrackets(c.words, c.compare) && !slices.ContainsFunc(c.words, func(w word) bool {
		return w.Start >= c.compare.Start && (w.lower == "baseline" || w.lower == "before" || strings.HasPrefix(w.lower, "pre"))
	}) {
		for i := range out {
			if out[i].Start > c.compare.End {
				out[i].arms = nil
			}
		}
		return
	}
	totals := map[string]bool{}
	for i := range out {
		if t := out[i].Estimate.Total; t.Present() {
			totals[string(t)] = true
		}
	}
	if len(totals) > 2 && c.hasPrefix("differ") {
		for i := range out {
			out[i].arms = nil
		}
	}
}

// randomises reports whether the study put people into arms by chance, so that it has more than one.
func (f *finder) randomises() bool {
	a := f.t.study.Design.Allocation
	return a == evidence.Randomized || a == evidence.ClusterRandomized
}

// sizesAside leaves out the arms of a bracket that stands before all results and holds none of them, where as many are named
// outside it as there are results: "(A: 205; B: 202), 166 from the A group and 176 from the B group".
func (f *finder) sizesAside(c *clause, items []annotate.Item, single []armMention) []armMention {
	if len(items) < 2 || len(single) <= len(items) {
		return single
	}
	outside := slices.DeleteFunc(slices.Clone(single), func(m armMention) bool {
		return m.End <= items[0].Start && inBrackets(c.words, m.Span) && bracketAround(c.words, m.Span) != bracketAround(c.words, items[0].Span)
	})
	if len(outside) != len(items) {
		return single
	}
	return outside
}

// behindColon leaves out arms that a clause names before a colon where it names as many as there are results behind it: the
// colon ends what was claimed, and the results are of those named beside them: "B was harder than A: 31% left B, 9% left A".
func (f *finder) behindColon(c *clause, items []annotate.Item, single []armMention) []armMention {
	if len(items) < 2 || len(single) <= len(items) {
		return single
	}
	for _, w := range c.words {
		if w.lower != ":" || w.depth > 0 || w.Start > items[0].Start {
			continue
		}
		i := slices.IndexFunc(single, func(m armMention) bool { return m.Start > w.Start })
		if i > 0 && len(single)-i == len(items) {
			return single[i:]
		}
	}
	return single
}

// namedInside leaves out the arms outside of a bracket that holds all results and names an arm for each: "lower with A than with B (3 with
// A vs 5 with B)".
func namedInside(c *clause, items []annotate.Item, single []armMention) []armMention {
	if len(items) < 2 || len(c.arms) <= len(items) {
		return single
	}
	bracket := bracketAround(c.words, items[0].Span)
	if bracket < 0 || slices.ContainsFunc(items, func(it annotate.Item) bool { return bracketAround(c.words, it.Span) != bracket }) {
		return single
	}
	inside := slices.DeleteFunc(slices.Clone(c.arms), func(m armMention) bool {
		return m.every || m.rest || len(m.arms) != 1 || bracketAround(c.words, m.Span) != bracket
	})
	if len(inside) != len(items) {
		return single
	}
	return inside
}

// bindBrackets binds results that stand in brackets of their own behind each arm: "in cases (32%, 7 of 22) than in controls
// (0%, 0 of 23)". It reports whether that is how all results in brackets stand, behind two arms at least; the results
// before the first arm are of none.
func (f *finder) bindBrackets(c *clause, out []result, single []armMention) bool {
	arms := make([][]int, len(out))
	behind := map[int]int{} // results in the bracket behind an arm, by where the bracket opens
	before := map[int]*result{}
	var bound []int
	for i := range out {
		open := bracketAround(c.words, out[i].Span)
		if open < 0 {
			if out[i].Start > single[0].Start {
				return false
			}
			continue
		}
		k := slices.IndexFunc(single, func(m armMention) bool { return m.End <= open && open-m.End < 16 })
		for k >= 0 && k+1 < len(single) && single[k+1].End <= open {
			k++
		}
		if k < 0 || behind[open] > 1 || behind[open] == 1 && !toldTwice(before[open], &out[i]) {
			return false
		}
		behind[open]++
		before[open] = &out[i]
		arms[i] = single[k].arms
		if !slices.Contains(bound, single[k].arms[0]) {
			bound = append(bound, single[k].arms[0])
		}
	}
	if len(bound) < 2 {
		return false
	}
	for i := range out {
		out[i].arms = arms[i]
	}
	return true
}

// toldTwice reports whether two results of one bracket may tell one thing in two ways: as a count and a share, or in a unit and in percent.
func toldTwice(a, b *result) bool {
	if a.Kind == b.Kind {
		return a.Estimate.Unit != b.Estimate.Unit && (a.Estimate.Unit == "%" || b.Estimate.Unit == "%")
	}
	return b.Kind == annotate.Count || b.Kind == annotate.Percent
}

// bracketAround returns where the outermost bracket opens that a span stands in, or -1.
func bracketAround(words []word, s document.Span) int {
	open := -1
	for _, w := range words {
		if w.Start >= s.End {
			break
		}
		if w.depth == 0 {
			open = -1
			if w.lower == "(" || w.lower == "[" {
				open = w.Start
			}
		}
	}
	return open
}

// bindOther gives the one of two values that has no arm the other arm of two, where they are set against each other, "28 patients (61%)
// vs 15 with A (26%)", or where it is said of a group that is called nearly as that arm: "13 days with A and 7 days in the B-like group".
func (f *finder) bindOther(c *clause, out []result) {
	if len(out) != 2 || len(f.t.study.Arms) != 2 || len(out[0].arms)+len(out[1].arms) != 1 {
		return
	}
	set := slices.ContainsFunc(c.words, func(w word) bool {
		return w.Start >= out[0].End && w.End <= out[1].Start && w.depth == 0 && (againstWords[w.lower] || w.lower == "compared")
	})
	for i := range out {
		if other := out[1-i].arms; len(out[i].arms) == 0 && (set || f.calledLike(c, out[i].Span, f.others(other), other)) {
			out[i].arms = f.others(other)
		}
	}
}

// calledLike reports whether the group that a result is said of is called nearly as one arm is, and not as another: the words of their names
// begin alike.
func (f *finder) calledLike(c *clause, s document.Span, arm, other []int) bool {
	shares := func(w word, arms []int) bool {
		return slices.ContainsFunc(arms, func(a int) bool {
			l := f.t.study.Arms[a].Label
			return slices.ContainsFunc(wordsOf(l, document.Span{End: len(l)}), func(x word) bool {
				return len(w.lower) > 5 && len(x.lower) > 5 && !groupNouns[x.lower] && w.lower[:6] == x.lower[:6]
			})
		})
	}
	like := false
	for _, w := range f.otherBehind(c, s) {
		if shares(w, other) {
			return false
		}
		like = like || shares(w, arm)
	}
	return like
}

// bindTuples binds results that stand together ("5.5% vs 2.3%") to the arms in the order in which the clause names or
// compares as many, and a result that stands alone to the arm nearest to it. Results for which there is no such order
// stay without an arm: none is guessed.
func (f *finder) bindTuples(c *clause, out []result, single []armMention) {
	for i := 0; i < len(out); {
		j := i + 1
		for j < len(out) && f.paired(c, out[j-1].Span, out[j].Span) && !sameShare(c, out[j-1], out[j]) {
			j++
		}
		if j == i+1 && len(f.otherBehind(c, out[i].Span)) > 0 {
			out[i].arms = nil
		} else if j == i+1 {
			near := f.nearestArm(c, single, out[i].Span)
			if out[i].arms = near.arms; len(single) == 1 && len(f.t.study.Arms) == 2 && c.compare.Len() > 0 && near.Start >= c.compare.Start && out[i].End <= c.compare.Start {
				out[i].arms = f.others(near.arms) // "31% of cases than with B"
			}
		} else if order := f.order(c, single, j-i); order != nil {
			for k := range order {
				out[i+k].arms = order[k]
			}
		}
		i = j
	}
}

// otherBehind returns by what words a result is said, right behind it, of a group that is none of the study's arms as they are known: "11% in
// the 900 mg group", or of something else that was given: "29% with naproxen, and 50% with placebo".
func (f *finder) otherBehind(c *clause, s document.Span) []word {
	i := slices.IndexFunc(c.words, func(w word) bool { return w.Start >= s.End && w.depth == 0 && !isBracket(w.lower) })
	if i < 0 || i+1 >= len(c.words) || !givenBy[c.words[i].lower] {
		return nil
	}
	by := c.words[i].lower
	called := c.words[i+1].lower == "the"
	if i++; called {
		i++
	}
	for k := i; k < len(c.words) && k < i+7; k++ {
		w := c.words[k]
		switch {
		case slices.ContainsFunc(c.arms, func(m armMention) bool { return m.Overlaps(w.Span) }):
			return nil
		case called && (w.lower == "group" || w.lower == "arm"):
			return c.words[i:k]
		case w.lower == "," || w.lower == ";" || w.lower == "and" || finiteVerbs[w.lower]:
			if name := c.words[i:k]; by != "in" && by != "for" && k > i && len(f.r.conceptsIn(document.Span{Start: name[0].Start, End: name[len(name)-1].End}, treatmentTypes...)) > 0 {
				return name
			}
			return nil
		}
	}
	return nil
}

// givenBy stand between a result and the group or the treatment that it is said of.
var givenBy = setOf("in", "for", "with", "on", "after", "receiving")

// mayBeTimes reports whether two values set against each other may be those of one arm at two times: "was unchanged in A (59.1
// vs 61.2)", "fell in A (57.3 vs 53.7)".
func (f *finder) mayBeTimes(c *clause, arm armMention) bool {
	if beforeAndAfter.MatchString(f.r.text(c.sentence)) {
		return true
	}
	if c.compare.Len() > 0 && !inBrackets(c.words, c.compare) || slices.ContainsFunc(c.words, func(w word) bool { return w.depth == 0 && comparative(w.lower) }) {
		return false
	}
	i := slices.IndexFunc(c.words, func(w word) bool { return w.End > arm.Start }) - 1
	if i > 0 && determiners[c.words[i].lower] {
		i--
	}
	return i > 0 && c.words[i].lower == "in" && (c.has("unchanged") || c.telling.signal != "" && c.telling.at.End <= arm.Start)
}

// setAgainst reports whether two of the results that stand together are set against each other: "5% vs 9%".
func (f *finder) setAgainst(c *clause, out []result) bool {
	if strings.Contains(strings.ToLower(f.r.text(c.sentence)), "baseline") {
		return false // it may be the time before that is set against
	}
	for i := 1; i < len(out); i++ {
		if f.paired(c, out[i-1].Span, out[i].Span) && slices.ContainsFunc(c.words, func(w word) bool {
			return w.Start >= out[i-1].End && w.End <= out[i].Start && (againstWords[w.lower] || w.lower == "compared")
		}) {
			return true
		}
	}
	return false
}

// sameShare reports whether two results in one bracket, with a comma between them, are one share told twice: "(32%, 7 of 22)".
func sameShare(c *clause, a, b result) bool {
	counted := a.Kind == annotate.Percent && b.Kind == annotate.Count || a.Kind == annotate.Count && b.Kind == annotate.Percent
	if !counted || !inBrackets(c.words, a.Span) || bracketAround(c.words, a.Span) != bracketAround(c.words, b.Span) {
		return false
	}
	return !slices.ContainsFunc(c.words, func(w word) bool {
		return w.Start >= a.End && w.End <= b.Start && w.lower != "," && w.lower != ";"
	})
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
	aside := c.compare.Len() > 0 && inBrackets(c.words, c.compare) // "(5 vs 3)": what stands outside is none of its sides
	for _, m := range single {
		if slices.ContainsFunc(all, func(a []int) bool { return slices.Equal(a, m.arms) }) {
			continue
		}
		all = append(all, m.arms)
		if c.compare.Len() > 0 && m.Start >= c.compare.End && !(aside && !inBrackets(c.words, m.Span)) && !favouring.MatchString(f.r.doc.At(c.compare)) {
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
	single := f.singleArms(c)
	if len(items) > 0 && len(single) > 1 && items[len(items)-1].End <= single[0].Start && inBrackets(c.words, items[0].Span) && !inBrackets(c.words, single[0].Span) {
		single = nil // "patients (72% men; mean age, 48 years) were randomized to A or B": all of them
	}
	if n := len(single); n > 1 && len(items)%n == 0 {
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
	if _, ok := f.notOfArms(c, nil); ok && len(f.t.study.Arms) > 1 {
		return
	}
	arms := f.t.study.Arms
	every := slices.ContainsFunc(c.arms, func(m armMention) bool { return m.every })
	if f.last != nil && f.last.sentence == c.sentence && len(c.arms) == 0 && len(out) == 1 && out[0].Kind == annotate.Count && itemOpens(c.words) {
		if s := f.singleArms(f.last); len(s) == 1 { // "in A, 6 (8%) had a fall, 20 (28%) had a rash"
			c.arms, out[0].arms = s, s[0].arms
			return
		}
	}
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
	case beforeAndAfter.MatchString(f.r.text(c.sentence)):
	case len(out) > 1 && len(out) == len(arms) && (every || c.compare.Len() > 0 || c.has("respectively")):
		order := f.orderAround(c, len(out))
		for i := range out {
			out[i].arms = order[i]
		}
	case every && len(out) == 1:
		out[0].arms = allArms(len(arms))
	}
}

// beforeAndAfter matches what says that two values set against each other are of two times.
var beforeAndAfter = rules.New(`(?i)\b(?:before|pre\S*) (?:vs\.?|versus|and|to|compared (?:with|to)) (?:after|post)`)

// orderAround returns the arms of the n values of a clause that names none, one for each of the study's: as the sentence around it
// names them, "A (8 vs 5) and B were higher in the control group", else as the study does.
func (f *finder) orderAround(c *clause, n int) [][]int {
	span := f.r.doc.Sentences[c.sentence].Span
	words := f.r.words(span)
	var order [][]int
	behind := false
	for _, m := range f.t.armsIn(f.r, span) {
		if m.every || m.rest || len(m.arms) != 1 || inBrackets(words, m.Span) || slices.ContainsFunc(order, func(a []int) bool { return slices.Equal(a, m.arms) }) {
			continue
		}
		order = append(order, m.arms)
		i := slices.IndexFunc(words, func(w word) bool { return w.End > m.Start })
		for i--; i > 0 && (determiners[words[i].lower] || words[i].lower == "with" || words[i].lower == "in"); i-- {
		}
		behind = i >= 0 && (againstWords[words[i].lower] || words[i].lower == "than" || words[i].lower == "compared")
	}
	if n == 2 && len(order) == 1 {
		if order = append(order, f.others(order[0])); behind {
			order[0], order[1] = order[1], order[0]
		}
	}
	if c.compare.Len() > 0 && len(order) == n {
		return order
	}
	if before, after := f.byOwnWords(c, f.sidesIn(c)); n == 2 && len(order) == 0 && before != nil {
		return [][]int{before, after}
	}
	order = nil
	for i := range n {
		order = append(order, []int{i})
	}
	return order
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
		if f.saidOf(c, s, m.Span) {
			return m
		}
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

// saidOf reports whether an arm stands directly behind a result, joined by a preposition: "24% in A".
func (f *finder) saidOf(c *clause, s, arm document.Span) bool {
	if arm.Start < s.End {
		return false
	}
	n := 0
	for _, w := range c.words {
		if w.Start < s.End || w.End > arm.Start {
			continue
		}
		if n == 0 && personNouns[w.lower] { // "176 patients from the A group"
			continue
		}
		if n++; n == 1 && w.lower != "in" && w.lower != "from" && w.lower != "with" && w.lower != "for" && w.lower != "among" && w.lower != "of" {
			return false
		}
		if n > 1 && w.lower != "the" && w.lower != "those" && w.lower != "in" && !personNouns[w.lower] { // "12.9% of the patients in the A group"
			return false
		}
	}
	return n > 0
}

// has reports whether a word stands in the clause.
func (c *clause) has(lower string) bool {
	return slices.ContainsFunc(c.words, func(w word) bool { return w.lower == lower })
}
