package extract

import (
	"slices"
	"strings"

	"github.com/picograph/picograph/graph/evidence"
	"github.com/picograph/picograph/graph/quantity"
	"github.com/picograph/picograph/graph/vocab"
	"github.com/picograph/picograph/loader/annotate"
	"github.com/picograph/picograph/loader/document"
)

// studyNouns are what a vote counts.
var studyNouns = setOf("study", "studies", "trial", "trials", "rct", "rcts", "review", "reviews", "comparison", "comparisons", "article", "articles")

// votes makes the findings of a clause that counts studies: "11 of the 12 trials", "among the 12 studies on pain, 11
// showed", "Ten studies examined A, with seven showing B and three C". It reports whether the clause was one.
func (f *finder) votes(c *clause) bool {
	if !f.countsStudies(c) {
		return false
	}
	total, counts := f.ballot(c)
	if f.divided(c, counts) {
		return true
	}
	if f.pools(c) && !slices.ContainsFunc(counts, func(n vote) bool { return n.total.Present() }) {
		return false // "evidence from 13 studies showed that exercise eased pain (4 points; 95% CI 2 to 5)" counts no votes
	}
	for i, n := range counts {
		part, examples := f.votePart(c, counts, i)
		o := f.voted(c, part)
		e := f.base(c, evidence.VoteCount, o)
		e.Arm = f.labels(f.onlyArm())
		e.Estimates = []evidence.Estimate{{Measure: "count", Events: n.value, Total: total, Printed: n.printed}}
		if n.total.Present() {
			e.Estimates[0].Total = n.total
		}
		e.Direction = f.claim(part).of(o, f)
		if examples {
			e.Direction = evidence.NotStated
		}
		f.add(e, nil)
	}
	return len(counts) > 0
}

// votePart returns the part of a clause that count k of studies is of. What stands behind "including" are examples of the outcome, and not the
// outcome.
func (f *finder) votePart(c *clause, counts []vote, k int) (part *clause, examples bool) {
	p, n := *c, counts[k]
	p.Start = n.span.End
	if k+1 < len(counts) {
		p.End = counts[k+1].span.Start
	}
	before := func() {
		p.Start, p.End = c.Start, n.span.Start
		if k > 0 {
			p.Start = counts[k-1].span.End
		}
	}
	named := 0
	for _, w := range c.words {
		if p.Contains(w.Span) && (w.lower == "including" || w.lower == "such" || w.lower == "be") {
			named, p.End = p.End-w.Start, w.Start
			break
		}
	}
	behind := inBrackets(c.words, n.span) // "pain (8 of 8 studies), function (5 of 5)"
	if behind {
		before()
	}
	within := func() []vocab.CueMention {
		return slices.DeleteFunc(slices.Clone(c.cues), func(m vocab.CueMention) bool { return m.Start < p.Start || m.End > p.End })
	}
	p.cues = within()
	p.outcomes = f.t.outcomesIn(f.r, p.Span)
	if behind && len(p.outcomes) > 1 {
		p.outcomes = p.outcomes[len(p.outcomes)-1:]
	}
	if behind && !directed(p.cues) {
		p.cues = c.cues // what was found is said once, before the list
	}
	if len(p.outcomes) == 0 && !directed(p.cues) && named == 0 { // "eased pain in 11 of these"
		before()
		p.cues = within()
		p.outcomes = f.t.outcomesIn(f.r, p.Span)
		p.telling = f.claim(&p)
		p.outcomes = f.aboutOutcomes(&p)
	}
	return &p, named > 0
}

// divided reports whether a clause only divides studies by what they looked at: "24 studies examined A, ten examined B".
func (f *finder) divided(c *clause, counts []vote) bool {
	verb := slices.IndexFunc(c.words, func(w word) bool { return dividingVerbs[w.lower] })
	if verb < 0 || len(counts) == 0 || c.words[verb].Start > counts[0].span.Start {
		return false
	}
	return !slices.ContainsFunc(counts, func(n vote) bool {
		next := slices.IndexFunc(c.words, func(w word) bool { return w.Start >= n.span.End })
		return next < 0 || c.words[next].lower != c.words[verb].lower
	})
}

// dividingVerbs tell what studies looked at or used, and not what they found.
var dividingVerbs = setOf("examined", "used", "evaluated", "included", "investigated", "assessed", "compared", "tested", "studied", "measured", "focused", "incentivized", "enrolled", "involved")

// pools reports whether a clause tells an estimate with its interval.
func (f *finder) pools(c *clause) bool {
	return slices.ContainsFunc(c.results, func(it annotate.Item) bool { return it.Estimate.CI != nil })
}

// directed reports whether any of the cues claims a direction.
func directed(cues []vocab.CueMention) bool {
	return slices.ContainsFunc(cues, func(m vocab.CueMention) bool {
		switch m.Cue.Signal {
		case vocab.SignalUp, vocab.SignalDown, vocab.SignalBetter, vocab.SignalWorse:
			return true
		}
		return false
	})
}

// voted returns the outcome that studies were counted for: the one named behind the count, else the one the sentence
// opens with, else what the sentence before was about.
func (f *finder) voted(c, part *clause) evidence.OutcomeRef {
	if len(part.outcomes) > 0 {
		return part.outcomes[0].ref
	}
	head := document.Span{Start: c.Start, End: part.Start}
	if ms := f.t.outcomesIn(f.r, head); len(ms) > 0 {
		return ms[0].ref
	}
	if f.last != nil {
		if o := f.outcomesOf(f.last); len(o) > 0 {
			return o[0]
		}
	}
	if s, ok := topicPhrase(c.topic, part.Span, nil); ok {
		return f.resolve(s)
	}
	return evidence.OutcomeRef{}
}

// onlyArm returns the study's arm where it has one: what a review is about.
func (f *finder) onlyArm() []int {
	if len(f.t.study.Arms) == 1 {
		return []int{0}
	}
	return nil
}

// reviews reports whether the study is one of studies.
func (f *finder) reviews() bool {
	k := f.t.study.Design.Kind
	return k == evidence.KindSystematicReview || k == evidence.KindMetaAnalysis || strings.Contains(k, "review")
}

func (f *finder) countsStudies(c *clause) bool {
	return slices.ContainsFunc(c.words, func(w word) bool { return studyNouns[w.lower] })
}

// vote is how many studies a clause counts for something.
type vote struct {
	span         document.Span
	value, total quantity.Decimal
	printed      string
}

// ballot returns the number of studies that a clause counts from, and each number that it counts for something.
func (f *finder) ballot(c *clause) (total quantity.Decimal, votes []vote) {
	for _, it := range f.r.sentences[c.sentence].Items {
		if !c.Contains(it.Span) {
			continue
		}
		n := vote{span: it.Span, value: it.Measured.Value, printed: f.r.doc.At(it.Span)}
		switch it.Kind {
		case annotate.Count:
			known := total.Present() || f.t.study.NStudies.Present() || f.ofStudies(c, it)
			if it.Estimate.Events.Present() && it.Estimate.Total.Present() && (known || !f.sharesPeople(c, it)) && !f.exceeds(it.Estimate.Total) && !(total.Present() && quantity.Compare(it.Estimate.Total, total) > 0) {
				n.value, n.total = it.Estimate.Events, it.Estimate.Total
				votes = append(votes, n)
			}
		case annotate.Size, annotate.Number:
			switch {
			case !total.Present() && f.ofStudies(c, it):
				total = it.Measured.Value
			case total.Present() && !strings.Contains(string(n.value), ".") && quantity.Compare(n.value, total) <= 0 && f.countsFor(c, it):
				votes = append(votes, n)
			}
		}
	}
	return total, votes
}

// exceeds reports whether a total is more than the studies that a review included: it counts people.
func (f *finder) exceeds(total quantity.Decimal) bool {
	n := f.t.study.NStudies
	return n.Present() && quantity.Compare(total, n) > 0
}

// sharesPeople reports whether people are named before a count, whose share it is: "the proportion of patients with a fall was 8% (4/49)".
func (f *finder) sharesPeople(c *clause, it annotate.Item) bool {
	return slices.ContainsFunc(c.words, func(w word) bool {
		return w.End <= it.Start && (w.lower == "patients" || w.lower == "participants" || w.lower == "people" || w.lower == "women" || w.lower == "children")
	})
}

// ofStudies reports whether a number is one of studies: "12 studies", "12 of the trials".
func (f *finder) ofStudies(c *clause, it annotate.Item) bool {
	if studyNouns[strings.ToLower(lastWord(it.Measured.Unit))] {
		return true
	}
	i := slices.IndexFunc(c.words, func(w word) bool { return w.Start >= it.End })
	for n := i; i >= 0 && n < len(c.words) && n < i+4; n++ {
		if studyNouns[c.words[n].lower] {
			return true
		}
		if c.words[n].lower == "," {
			return false
		}
	}
	return false
}

// countsFor reports whether a number counts studies for something: a verb stands behind it ("11 showed", "seven
// showing"), it is "of these", or it stands in "in seven".
func (f *finder) countsFor(c *clause, it annotate.Item) bool {
	i := slices.IndexFunc(c.words, func(w word) bool { return w.Start >= it.Start })
	next := slices.IndexFunc(c.words, func(w word) bool { return w.Start >= it.End })
	if i > 0 && (c.words[i-1].lower == "in" || c.words[i-1].lower == "with") {
		return true
	}
	if next < 0 {
		return false
	}
	w := c.words[next].lower
	return finiteVerbs[w] || strings.HasSuffix(w, "ing") || strings.HasSuffix(w, "ed") || w == "of" || studyNouns[w]
}
