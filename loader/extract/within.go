package extract

import (
	"slices"
	"strings"

	"github.com/picograph/picograph/graph/evidence"
	"github.com/picograph/picograph/graph/vocab"
	"github.com/picograph/picograph/loader/annotate"
	"github.com/picograph/picograph/loader/document"
)

// A P value beside a change can test the change itself or compare it with that of the other arms. What decides is read
// here: what the clause says outright, how it names the arms, and what is told of the other arms.

// ofChange reports whether a clause without values tells how arms changed, each against its own start, so that its P value
// is no comparison of arms: "fell in both groups (P < .01)", "was lower in A than at baseline", "fell in A and B".
func (f *finder) ofChange(c *clause, p *annotate.Item, told []*toldFinding) bool {
	v := c.telling
	if f.startToEnd(c) || f.eachItsOwn(c) {
		return true
	}
	if c.hasPrefix("differ") {
		return false
	}
	if v.compares || v.between || p != nil && p.P.Of != "" || len(told) > 0 || c.compare.Len() > 0 || v.noDifference {
		return false
	}
	if slices.ContainsFunc(c.ps, func(it annotate.Item) bool { return it.P.Of == evidence.PWithin }) {
		return true // "fell in A and B (within groups P = .01 and P < .001)"
	}
	if f.sinceGiven(c) {
		return true
	}
	if !v.change && !v.noChange || !beforeAfter(c) && slices.ContainsFunc(c.words, func(w word) bool { return w.depth == 0 && comparative(w.lower) }) {
		return false
	}
	single := f.singleArms(c)
	return slices.ContainsFunc(c.arms, func(m armMention) bool { return m.every }) || f.sinceStart(c) && (len(single) > 0 || f.ofNoArm(c)) || len(single) > 1 && v.signal != "" && sideBySide(c, single)
}

// sinceGiven reports whether a clause tells outright of what came about after people had been treated, of one arm at most, and calls nothing
// more or less than something else: "walking improved after training (P = .01)", "increased in group A after the intervention (P = .02)".
func (f *finder) sinceGiven(c *clause) bool {
	v := c.telling
	single := f.singleArms(c)
	if v.signal == "" && !v.noChange || v.negated || len(c.ps) == 0 || f.comparesIn(c.sentence) || slices.ContainsFunc(c.words, func(w word) bool { return comparative(w.lower) }) {
		return false
	}
	if len(single) > 1 || len(single) == 0 && len(c.arms) > 0 {
		return false
	}
	ws, others := c.plain(), len(single) == 0 && !f.ofNoArm(c) // others may be compared
	for i, w := range ws {
		if w.lower == "between" && i+1 < len(ws) && (timePoints[ws[i+1].lower] || timeUnits[ws[i+1].lower]) {
			return true // "between periods 1 and 2"
		}
		if w.lower != "after" && w.lower != "following" || others {
			continue
		}
		for k, n := range ws[i+1 : min(i+6, len(ws))] {
			if givenNouns[n.lower] || slices.ContainsFunc(single, func(m armMention) bool { return m.Start == n.Start }) {
				return true
			}
			if phraseStops[n.lower] && k > 0 && n.lower != "of" || finiteVerbs[n.lower] || isBracket(n.lower) || n.lower == "," || strings.HasPrefix(n.lower, "surg") || n.lower == "end" {
				break
			}
		}
	}
	return false
}

// ofNoArm reports whether a clause names no arm, sets nothing against another and lists nothing in turn.
func (f *finder) ofNoArm(c *clause) bool {
	return len(c.arms)+len(c.carried) == 0 && !slices.ContainsFunc(f.r.words(f.r.doc.Sentences[c.sentence].Span), func(w word) bool {
		return w.lower == "between" || w.lower == "respectively"
	})
}

// startToEnd reports whether a clause sets the start of arms against their end and against nothing else: "was 9 before and 4 after
// treatment in A (P = .01)", "no difference between pre- and post-operative pain with A (P = .2) or B (P = .3)".
func (f *finder) startToEnd(c *clause) bool {
	if c.compare.Len() > 0 || len(f.singleArms(c)) == 0 || f.comparesIn(c.sentence) || slices.ContainsFunc(c.arms, func(m armMention) bool { return m.every || m.rest }) {
		return false
	}
	ownStart := func(s string) bool { return s == "before" || s == "baseline" || strings.HasPrefix(s, "pre") }
	ws := f.r.words(f.r.doc.Sentences[c.sentence].Span)
	for i, w := range ws {
		if w.lower == "between" && (i+1 == len(ws) || !ownStart(ws[i+1].lower)) {
			return false
		}
	}
	return spansTime(c.words) || c.telling.carried && spansTime(f.r.words(f.r.doc.Sentences[c.sentence].Span))
}

// spansTime reports whether words tell of the start and of the end of something: "before and after", "pre- to post-test", "9 before
// treatment and 4 after treatment".
func spansTime(words []word) bool {
	before := -1
	for i, w := range words {
		switch l := w.lower; {
		case l == "before" || strings.HasPrefix(l, "pre-") || l == "pre":
			before = i
		case before >= 0 && i-before < 12 && (l == "after" && words[before].lower == "before" || strings.HasPrefix(l, "post") && strings.HasPrefix(words[before].lower, "pre")):
			if i-before < 4 && (words[i-1].lower == "and" || words[i-1].lower == "to") {
				return true
			}
			return slices.ContainsFunc(words[before:i], func(w word) bool { return digitStart(w.lower) || w.lower == "and" }) && (i+1 == len(words) || before+1 < i && words[i+1].lower == words[before+1].lower)
		}
	}
	return false
}

// eachItsOwn reports whether the sentence of a clause names all the arms of the study, each with a P value of its own in the bracket
// behind it, and sets none against another: "fell by 3 with A (P = .02) and by 5 with B (P = .001)".
func (f *finder) eachItsOwn(c *clause) bool {
	v := c.telling
	if c.compare.Len() > 0 || v.between || len(c.ps) == 0 || !v.noDifference && (v.signal == "" || comparative(strings.ToLower(f.r.doc.At(v.at)))) || v.noDifference && !f.startToEnd(c) {
		return false
	}
	s := f.r.doc.Sentences[c.sentence].Span
	ws := f.r.words(s)
	if slices.ContainsFunc(ws, func(w word) bool {
		return w.lower == "than" || w.lower == "versus" || w.lower == "vs" || w.lower == "respectively"
	}) {
		return false
	}
	named := map[int]bool{}
	all := f.t.armsIn(f.r, s)
	for k, m := range all {
		if m.every || m.rest || len(m.arms) != 1 {
			return false
		}
		i := slices.IndexFunc(ws, func(w word) bool { return w.Start >= m.End })
		before := i - len(wordsOf(f.r.doc.Text, m.Span)) - 1
		if before >= 0 && (determiners[ws[before].lower] || ws[before].lower == "either" || ws[before].lower == "both") {
			before--
		}
		if i >= 0 && before >= 0 && (ws[before].lower == "by" || ws[before].lower == "of" || ws[before].lower == "over" || ws[before].lower == "to") {
			return false // what is done by A is no change of those with A
		}
		for n := 0; i >= 0 && i < len(ws) && n < 3 && !isBracket(ws[i].lower) && !betweenItems[ws[i].lower] && ws[i].depth == 0 && (k+1 == len(all) || ws[i].End <= all[k+1].Start); n++ {
			i++
		}
		if i >= 0 && i+2 < len(ws) && isBracket(ws[i].lower) && ws[i+1].lower == "p" {
			if named[m.arms[0]] {
				return false
			}
			named[m.arms[0]] = true
		}
	}
	return len(named) == len(f.t.study.Arms) && len(named) > 1
}

// sinceStart reports whether a clause says outright that it tells of a change since the start.
func (f *finder) sinceStart(c *clause) bool {
	return beforeAfter(c) || slices.ContainsFunc(c.cues, func(m vocab.CueMention) bool {
		l := strings.ToLower(m.Cue.Form)
		return m.Cue.Signal == vocab.SignalFromBaseline && (strings.Contains(l, "baseline") || strings.Contains(l, "within") || strings.Contains(l, "intra") || strings.Contains(l, "pre") || strings.Contains(l, "before"))
	})
}

// timePoints name what times are known by.
var timePoints = setOf("period", "periods", "phase", "phases", "visit", "visits", "baseline")

// givenNouns name what people are given, behind "after".
var givenNouns = setOf("intervention", "interventions", "treatment", "treatments", "training", "supplementation", "program", "programme", "exercise", "therapy")

// sideBySide reports whether arms are named side by side, as those of which one thing is told: "in A, B and C".
func sideBySide(c *clause, single []armMention) bool {
	for i, m := range single[1:] {
		for _, w := range c.words {
			if w.Start < single[i].End || w.End > m.Start || w.depth > 0 || isBracket(w.lower) {
				continue
			}
			if !betweenItems[w.lower] && !determiners[w.lower] && !armNouns[w.lower] && w.lower != "-" {
				return false
			}
		}
	}
	return true
}

// armNouns name those whom an arm consists of.
var armNouns = setOf("group", "groups", "arm", "arms", "-group", "-groups")

// inEvery makes the changes that a clause with values tells of all arms in words: "control improved in both groups (55% with A
// and 50% with B)".
func (f *finder) inEvery(c *clause, told []*toldFinding) {
	v := c.telling
	if v.signal == "" || v.negated || len(told) < 2 || slices.ContainsFunc(told, func(d *toldFinding) bool { return d.Kind != evidence.ArmLevel || len(d.Arm) != 1 }) {
		return
	}
	i := slices.IndexFunc(c.arms, func(m armMention) bool { return m.every && m.Start >= v.at.End })
	if i < 0 || c.arms[i].End > c.results[0].Start || comparative(strings.ToLower(f.r.doc.At(v.at))) || f.wordsBetween(c, v.at.End, c.arms[i].Start) > 2 {
		return
	}
	v.noDifference, v.noChange, v.similarChange = false, false, false
	for _, d := range told {
		e := f.base(c, evidence.WithinArm, d.Outcome)
		if e.Direction = v.of(d.Outcome, f); e.Direction != evidence.NotStated {
			e.Arm, e.Significant, e.Estimates = d.Arm, f.calledSignificant(c, v.at), nil
			if inBrackets(c.words, c.results[0].Span) {
				e.Estimates = reached(d.Estimates)
			}
			f.add(e, nil)
		}
	}
}

// reached returns the shares that arms are told to have come to as those after a change.
func reached(values []evidence.Estimate) []evidence.Estimate {
	var out []evidence.Estimate
	for _, e := range values {
		if e.Measure == "proportion" && e.Percent.Present() {
			out = append(out, evidence.Estimate{Measure: e.Measure, Unit: "%", After: &evidence.Moment{Mean: e.Percent}, CI: e.CI, Printed: e.Printed})
		}
	}
	return out
}

// calledSignificant tells what is said of the significance of a change right beside the words that claim it; nil where nothing is.
func (f *finder) calledSignificant(c *clause, at document.Span) *bool {
	for _, m := range c.cues {
		s := document.Span{Start: m.Start, End: m.End}
		if m.Cue.Signal != vocab.SignalSignificant && m.Cue.Signal != vocab.SignalNotSignificant || len(clauseWords(c.words, document.Span{Start: s.End, End: at.Start}))+len(clauseWords(c.words, document.Span{Start: at.End, End: s.Start})) > 1 {
			continue
		}
		yes := m.Cue.Signal == vocab.SignalSignificant && !f.negated(c, s)
		return &yes
	}
	if s := strings.ToLower(f.r.doc.At(at)); strings.Contains(s, "significant") {
		yes := !strings.Contains(s, "not ") && !strings.Contains(s, "non")
		return &yes
	}
	return nil
}

// eachTested reports whether a clause tells a change of several arms with a P value right behind the name of each: "improved in A
// (P < .001) versus B (P = .08)".
func (f *finder) eachTested(c *clause) bool {
	v, single := c.telling, f.singleArms(c)
	if len(single) < 2 || len(c.ps) != len(single) || len(c.results) > 0 || v.signal == "" || v.negated || v.noDifference || v.between || comparative(strings.ToLower(f.r.doc.At(v.at))) || f.largerThan(c, v.at) {
		return false
	}
	if single[0].Start < v.at.End || slices.ContainsFunc(c.words, func(w word) bool { return w.lower == "than" }) {
		return false
	}
	for k, m := range single {
		open := bracketAround(c.words, c.ps[k].Span)
		if c.ps[k].P.Of == evidence.PBetween || open < m.End || open-m.End > 8 || !f.ofPeople(c, m) {
			return false
		}
	}
	return true
}

// asDid reports whether a clause without values tells a change of one arm and says that it came about in another as well: "A improved sleep
// (P = .02), as did B (P = .04)".
func (f *finder) asDid(c *clause) bool {
	v, single := c.telling, f.singleArms(c)
	if len(single) != 2 || len(c.results) > 0 || len(c.ps) > 2 || v.signal == "" || v.negated || c.compare.Len() > 0 || comparative(strings.ToLower(f.r.doc.At(v.at))) {
		return false
	}
	i := slices.IndexFunc(c.words, func(w word) bool { return w.Start >= v.at.End && w.depth == 0 && w.lower == "as" })
	if i < 0 || i+2 >= len(c.words) || c.words[i+1].lower != "did" || single[0].End > c.words[i].Start || single[1].Start < c.words[i].End {
		return false
	}
	return f.wordsBetween(c, c.words[i+1].End, single[1].Start) < 3
}

// changes makes the changes within arms that a clause tells with P values of the change.
func (f *finder) changes(c *clause) {
	arms := f.armsOf(c)
	if c.telling.noDifference && c.telling.signal == "" && f.startToEnd(c) {
		c.telling.noDifference, c.telling.noChange = false, true
	}
	if single := f.singleArms(c); len(single) > 1 && len(single) == len(c.ps) { // in the order of their P values
		arms = nil
		for _, m := range single {
			arms = append(arms, m.arms...)
		}
	}
	for _, o := range allOf(f.outcomesOf(c)) {
		if len(arms) == 0 { // "fell from the start (P = .01)": in all of them
			e := f.base(c, evidence.InWords, o)
			if e.P = c.ps[0].P; len(c.ps) > 1 {
				e.P = evidence.PValue{}
			}
			f.judge(&e, c)
			f.add(e, nil)
		}
		for k, a := range arms {
			e := f.base(c, evidence.WithinArm, o)
			e.Arm = f.labels([]int{a})
			switch {
			case len(c.ps) == len(arms):
				e.P = c.ps[k].P
			case len(c.ps) == 1 && !behindOther(c, a):
				e.P = c.ps[0].P
			}
			if e.P.Printed != "" {
				e.P.Of = evidence.PWithin
			}
			f.judge(&e, c)
			f.add(e, nil)
		}
	}
}

// behindOther reports whether an arm is named behind the P value of a clause and another before it, which that value is of.
func behindOther(c *clause, arm int) bool {
	at := c.ps[0].Start
	return slices.ContainsFunc(c.arms, func(m armMention) bool { return m.Start > at && slices.Contains(m.arms, arm) }) &&
		slices.ContainsFunc(c.arms, func(m armMention) bool { return m.End <= at && !slices.Contains(m.arms, arm) })
}

// ownChange reports whether a clause tells a change of those in one arm, with a P value that may be of that change: "pain
// fell in group A (P = .02)". What a treatment does to an outcome is told of the comparison: "A lowered pain (P = .02)".
func (f *finder) ownChange(c *clause, p *annotate.Item) bool {
	v := c.telling
	if p == nil || p.P.Of != "" || v.compares || v.between || v.noDifference || c.compare.Len() > 0 || v.signal == "" && !v.noChange {
		return false
	}
	single := f.singleArms(c)
	if len(single) != 1 || f.comparesIn(c.sentence) || slices.ContainsFunc(c.words, func(w word) bool { return w.depth == 0 && comparative(w.lower) }) {
		return false
	}
	return f.ofPeople(c, single[0])
}

// ofPeople reports whether an arm is named as those in it: "in group A", "A patients", "among those given A".
func (f *finder) ofPeople(c *clause, m armMention) bool {
	ws := f.r.words(f.r.doc.Sentences[c.sentence].Span) // the head of a list of results may name the arm
	people := func(s string) bool { return armNouns[s] || personNouns[s] }
	at := 0
	for i, w := range ws {
		switch {
		case m.Overlaps(w.Span) && people(w.lower):
			return true
		case w.End <= m.Start:
			at = i
		case w.Start >= m.End:
			if people(w.lower) {
				return true
			}
			for at > 0 && determiners[ws[at].lower] {
				at--
			}
			switch l := ws[at].lower; l {
			case "in", "among", "within":
				return true
			case "to", "given", "receiving":
				return at > 1 && people(ws[at-2].lower)
			default:
				return people(l)
			}
		}
	}
	return false
}

// ownChanges turns comparisons that may as well be changes of one arm into such where the document shows that they are: the
// other arm's change is told beside it or of the same outcome, the groups are compared outright, or the control arm's
// changes are told with P values of their own.
func (f *finder) ownChanges() {
	var own []*toldFinding
	for _, d := range f.found {
		if d.own && d.Kind == evidence.BetweenArms {
			own = append(own, d)
		}
	}
	ofControl := slices.ContainsFunc(f.found, func(d *toldFinding) bool {
		return !d.tabular && (d.own && d.Kind == evidence.BetweenArms || d.Kind == evidence.WithinArm && len(d.Estimates) == 0) && len(d.Arm) == 1 && f.isLast(d.Arm[0])
	})
	for _, d := range own {
		apart := slices.ContainsFunc(f.found, func(o *toldFinding) bool {
			if o == d || o.Kind != evidence.BetweenArms && o.Kind != evidence.WithinArm || o.tabular {
				return false
			}
			if o.Outcome != d.Outcome {
				return false
			}
			if o.own || o.Kind == evidence.WithinArm {
				return o.P.Printed != "" && !slices.Equal(o.Arm, d.Arm)
			}
			return o.Passages[0].Start == d.Passages[0].Start && o.explicit
		})
		if apart || ofControl {
			d.within = true
		}
	}
	for _, d := range own {
		if !d.within {
			continue
		}
		d.Kind, d.Comparator, d.P.Of, d.from = evidence.WithinArm, nil, evidence.PWithin, nil
	}
}

// isLast reports whether a label is of a control arm.
func (f *finder) isLast(label string) bool {
	i := slices.IndexFunc(f.t.study.Arms, func(a evidence.Arm) bool { return a.Label == label })
	return i >= 0 && f.isControl(i)
}

// hasPrefix reports whether a word of a clause begins with some letters.
func (c *clause) hasPrefix(lower string) bool {
	return slices.ContainsFunc(c.words, func(w word) bool { return strings.HasPrefix(w.lower, lower) })
}

// comparesIn reports whether a sentence sets one side against another, outside brackets.
func (f *finder) comparesIn(i int) bool {
	return slices.ContainsFunc(f.r.words(f.r.doc.Sentences[i].Span), func(w word) bool {
		return w.depth == 0 && (w.lower == "compared" || w.lower == "than" || w.lower == "versus" || w.lower == "vs" || w.lower == "vs." || w.lower == "interaction")
	})
}
