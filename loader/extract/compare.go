package extract

import (
	"slices"
	"strings"

	"github.com/picograph/picograph/graph/evidence"
	"github.com/picograph/picograph/graph/vocab"
	"github.com/picograph/picograph/loader/document"
)

// comparedBy returns the words that set one side against another: "than", "compared with", "vs".
func comparedBy(words []word, cues []vocab.CueMention) document.Span {
	found := document.Span{}
	for _, m := range cues {
		s := document.Span{Start: m.Start, End: m.End}
		if m.Cue.Signal != vocab.SignalComparison || m.Cue.Side != vocab.SideAfter || beforeFollows(words, s) || thanNumber(words, s) || beforeVersusAfter(words, s) {
			continue
		}
		if found.Len() == 0 || inBrackets(words, found) && !inBrackets(words, s) {
			found = s
		}
	}
	for i := len(words) - 1; i > 0; i-- { // "than the", "over placebo": these words belong to what is compared with
		if found.Contains(words[i].Span) && (determiners[words[i].lower] || words[i].lower == "placebo") && words[i-1].Start >= found.Start {
			found.End = words[i-1].End
		}
	}
	return found
}

// thanNumber reports whether comparison words end in a "than" that a number follows, which is an amount: "more than 6 hours".
func thanNumber(words []word, s document.Span) bool {
	i := slices.IndexFunc(words, func(w word) bool { return w.Start >= s.End })
	return i > 0 && words[i-1].lower == "than" && words[i].depth == words[i-1].depth && digitStart(words[i].lower)
}

// differenceFrom returns the "from" of "a mean difference from placebo of", behind which an arm stands.
func differenceFrom(words []word, arms []armMention) document.Span {
	for i := 1; i+1 < len(words); i++ {
		if words[i].lower == "from" && strings.HasPrefix(words[i-1].lower, "differ") && slices.ContainsFunc(arms, func(m armMention) bool {
			return !m.every && m.Start >= words[i].End && m.Start < words[i+1].End+5
		}) {
			return words[i].Span
		}
	}
	return document.Span{}
}

// thanArm returns a "than", or an "over" behind a change, with an arm right behind it where no comparison was seen otherwise: "more effective
// than placebo", "greater improvements over placebo".
func thanArm(words []word, arms []armMention) document.Span {
	superior := len(words) > 0 && words[0].lower == "superiority" // "the superiority of A over B"
	for i := 1; i+1 < len(words); i++ {
		if words[i].lower != "than" && !(words[i].lower == "over" && (changeNouns[words[i-1].lower] || superior)) || words[i].depth > 0 {
			superior = superior || words[i].lower == "superiority" || words[i].lower == "advantage"
			continue
		}
		near := words[min(i+2, len(words)-1)]
		if slices.ContainsFunc(arms, func(m armMention) bool { return !m.every && m.Start > words[i].End && m.Start <= near.Start }) {
			return words[i].Span
		}
	}
	return document.Span{}
}

// beforeFollows reports whether what stands behind comparison words is an earlier time: "than before".
func beforeFollows(words []word, s document.Span) bool {
	i := slices.IndexFunc(words, func(w word) bool { return w.Start >= s.End })
	if i > 1 && strings.HasPrefix(words[i].lower, "post") && strings.HasPrefix(words[i-2].lower, "pre") {
		return true // "pre vs post"
	}
	return i >= 0 && (earlier(words[i:]) || numberedTime(words[i:]))
}

// earlierWords name the start of a study, or the time before it.
var earlierWords = setOf("baseline", "before", "beginning", "pretreatment", "pre-treatment", "pre-intervention", "preintervention", "preoperative", "pre-operative", "pretest", "pre-test", "pre-exercise")

// earlierLeads are the words that may stand between a comparison and the earlier time that it is made with.
var earlierLeads = setOf("the", "their", "its", "own", "respective", "corresponding", "initial", "that", "those", "value", "values", "level", "levels", "score", "scores", "measurement", "measurements",
	"number", "numbers", "status", "observed", "seen", "found", "measured", "recorded", "obtained", "at", "in", "of")

// earlier reports whether words name an earlier time, with no more before it than says what was measured then: "their own
// baseline", "that observed before", "the values at baseline".
func earlier(words []word) bool {
	for k, w := range words[:min(len(words), 7)] {
		if earlierWords[w.lower] {
			return w.lower != "baseline" || k+1 >= len(words) || words[k+1].lower != "and"
		}
		if k > 0 && (words[k-1].lower == "at" || words[k-1].lower == "on") && pointOfTime(words[k:]) {
			return true
		}
		if !earlierLeads[w.lower] {
			return false
		}
	}
	return false
}

// pointOfTime reports whether words open with a time by its number: "week 2", "3 months".
func pointOfTime(words []word) bool {
	return numberedTime(words) || len(words) > 1 && digitStart(words[0].lower) && timeUnits[words[1].lower]
}

// numberedTime reports whether words open with a time that has a number as its name: "week 2".
func numberedTime(words []word) bool {
	return len(words) > 1 && (timeUnits[words[0].lower] || words[0].lower == "visit") && digitStart(words[1].lower)
}

// sidesNamed is how a clause divides the arms that it names, or those of the clause before where it names none.
type sidesNamed struct {
	before, after []int         // named as what is compared, and as what it is compared with
	compare       document.Span // the words between the two
	opens         bool          // what it is compared with is said first
	aside         bool          // the words stand in a bracket: "(5 vs 3) in A"
	together      bool          // what is compared is called all the arms: "both groups were better than"
	base          bool          // an arm is what both sides were measured against: "more of a gain over placebo than"
}

// sidesIn divides the arms that a clause names at the words that compare.
func (f *finder) sidesIn(c *clause) sidesNamed {
	arms, s := c.arms, sidesNamed{compare: c.compare}
	if len(arms) == 0 && len(c.carried) > 0 {
		arms, s.compare = c.carried, c.carriedCompare
	}
	compare := s.compare
	head := c
	if compare.Len() > 0 && compare.Start < c.Start { // it stands in the head of the list that the clause is of
		head = &clause{Span: f.r.doc.Sentences[c.sentence].Span, words: f.wordsAround(c, compare), arms: arms, compare: compare}
	}
	s.opens = f.opensWithComparison(head)
	comma := f.firstComma(head)
	s.aside = compare.Len() > 0 && inBrackets(head.words, compare)
	against := f.againstInBracket(c, compare)
	favours := compare.Len() > 0 && favouring.MatchString(f.r.doc.At(compare))
	bracketed := func(m armMention) bool { return inBrackets(f.wordsAround(c, m.Span), m.Span) }
	outside := slices.ContainsFunc(arms, func(m armMention) bool { return !m.every && !m.rest && !bracketed(m) })
	for _, m := range arms {
		if m.every || m.rest || leftOut(c.words, m.Span) || outside && bracketed(m) && m.Span != against {
			s.together = s.together || m.every && m.End <= compare.Start
			continue // the arms that the numbers in a bracket are of are not set against each other there
		}
		if baseOfGain(c.words, m.Span, compare) {
			s.base = true
			continue
		}
		behind := compare.Len() > 0 && m.Start >= compare.End && !(s.aside && !bracketed(m))
		if s.opens {
			behind = m.Start < comma
		} else if behind && len(s.before) == 0 && len(s.after) > 0 && newSide(c.words, m.Span) {
			behind = false
		}
		if favours && m.Start >= compare.End && len(f.r.words(document.Span{Start: compare.End, End: m.Start})) < 3 { // "the difference was in favor of A", whatever stands before
			s.before, s.after, favours = m.arms, others(s.before, m.arms), false
			continue
		}
		if behind {
			s.after = appendNew(s.after, m.arms)
		} else {
			s.before = appendNew(s.before, m.arms)
		}
	}
	if i := slices.IndexFunc(arms, func(m armMention) bool { return !m.every && !m.rest && m.Start >= compare.End }); i >= 0 && compare.Len() > 0 && len(s.before) > 1 && !s.opens && !s.aside &&
		len(arms[i].arms) == 1 && len(f.r.words(document.Span{Start: compare.End, End: arms[i].Start})) < 3 && slices.Contains(s.after, arms[i].arms[0]) {
		s.before = others(s.before, arms[i].arms) // "with A, ventilation was less than with B ventilation": what it is compared with is said outright
	}
	s.after = slices.DeleteFunc(s.after, func(a int) bool { return slices.Contains(s.before, a) })
	if len(s.after) == 0 && len(s.before) > 0 && compare.Len() > 0 && !s.opens && !s.aside {
		for _, m := range arms { // "than in the control group (A)"
			if !m.every && !m.rest && m.Start >= compare.End && bracketed(m) && len(f.r.words(document.Span{Start: compare.End, End: m.Start})) < 7 && len(others(m.arms, s.before)) == 1 && f.closesBehind(m.Span) {
				s.after = m.arms
				break
			}
		}
	}
	return s
}

// sides names the two sides of a comparison: what stands before "than" or "vs" against what stands behind it; the
// other way round where the sentence opens with "Compared with"; else the arms in the order of their mention, and the
// study's arms where none is named. It names none where the clause compares others than the arms.
func (f *finder) sides(e *evidence.Finding, c *clause) {
	n := len(f.t.study.Arms)
	if n < 2 {
		return
	}
	s := f.sidesIn(c)
	if f.strangers(c, s) || s.base && len(s.before)+len(s.after) < 2 || f.togetherAgainstOthers(c, &s) {
		return
	}
	before, after := s.before, s.after
	if yes := f.significant(e); len(after) == 0 && len(before) == n && n > 2 && !c.telling.noDifference && (yes == nil || *yes) {
		return // "4, 5 and 9 with A, B and C (P = .02)" tests all at once
	}
	if len(after) == 0 && len(before) > 1 { // "in A and B", told of both alike
		before, after = before[:1], before[1:]
		if len(after) == 1 && f.isControl(before[0]) && !f.isControl(after[0]) && !f.saidRightBehind(c, before[0]) {
			before, after = after, before
		}
	}
	if two := f.twoOf(c); len(before)+len(after) == 0 && two {
		if before, _ = f.byRole(); len(before) != 2 {
			return // which two of them is not told
		}
		before, after = before[:1], before[1:]
	}
	switch {
	case len(before) == 0 && len(after) == 0:
		if before, after = f.byDose(c, s.compare); before == nil {
			before, after = f.byOwnWords(c, s)
		}
		if before == nil {
			if s.compare.Len() > 0 && !s.aside && comparingWords.MatchString(f.r.doc.At(s.compare)) && !f.controlOrNumberBehind(s.compare) {
				return // two sides are named, and neither is known: which is which would be a guess
			}
			before, after = f.byRole()
		}
	case len(before) == 0 && len(after) == n:
		before, after = f.byRole()
	case len(before) == 0:
		before = f.comparedWith(c, s, after)
	case len(after) == 0:
		after = f.others(before)
		if len(after) > 1 {
			after = slices.DeleteFunc(after, func(a int) bool { return !f.isControl(a) })
		}
	}
	e.Arm, e.Comparator = f.labels(before), f.labels(after)
}

// controlOrNumberBehind reports whether behind the words that compare stands a control, by whatever name its arm goes, or a number,
// before whose side another name may stand: "5% vs. 13%", of the arms in their order.
func (f *finder) controlOrNumberBehind(compare document.Span) bool {
	return untreatedSide.MatchString(f.r.doc.Text[compare.End:min(len(f.r.doc.Text), compare.End+60)])
}

// untreatedSide matches the names of a control.
var untreatedSide = rules.New(`(?i)^\s*(?:with |to )?(?:that |those )?(?:in |of |on |with |for )?(?:the |a |an )?(?:[\w-]+ )?(?:placebo|controls?|sham|usual care|standard care|routine care|no treatment|no intervention|baseline|wait(?:ing)?[- ]list|CG|(?:un|non-?)treated|non-\w+)\b|^\s*(?:only )?[-−–]?[\d(]`)

// comparingWords set what stands before them against what stands behind.
var comparingWords = rules.New(`(?i)\b(?:than|versus|vs|compared (?:with|to)|relative to|in comparison (?:with|to))\b`)

// comparedWith returns the arms that a clause sets against others without naming one outright: those that its sentence begins with, those
// whose drug or dose stands before the words that compare, "liraglutide (1.2 or 1.8 mg) was better than placebo", else all others but those that the sentence names as further
// comparators: "than placebo (P = .01) or rosiglitazone (P = .02)".
func (f *finder) comparedWith(c *clause, s sidesNamed, after []int) []int {
	rest := f.others(after)
	sentence := f.r.doc.Sentences[c.sentence].Span
	if len(rest) < 2 || s.opens || s.compare.Len() == 0 || !sentence.Contains(s.compare) || c.has("both") {
		return rest
	}
	if at := comparingWords.FindStringIndex(f.r.doc.At(sentence)); at != nil {
		subject := f.t.armsIn(f.r, document.Span{Start: sentence.Start, End: sentence.Start + at[0]})
		if of := slices.DeleteFunc(slices.Clone(rest), func(a int) bool {
			return !slices.ContainsFunc(subject, func(m armMention) bool {
				return slices.Equal(m.arms, []int{a}) && !inBrackets(f.r.words(sentence), m.Span)
			})
		}); len(of) > 0 {
			return of
		}
	}
	if left := slices.DeleteFunc(slices.Clone(rest), func(a int) bool {
		return slices.ContainsFunc(f.t.armsIn(f.r, document.Span{Start: s.compare.End, End: sentence.End}), func(m armMention) bool { return slices.Equal(m.arms, []int{a}) })
	}); len(left) > 0 {
		rest = left
	}
	said := topicWords(f.r.doc.At(document.Span{Start: max(sentence.Start, min(c.Start, s.compare.Start)), End: s.compare.Start}))
	for _, numbers := range []bool{false, true} { // the name, then the dose
		if of := slices.DeleteFunc(slices.Clone(rest), func(a int) bool {
			return !slices.ContainsFunc(topicWords(f.t.study.Arms[a].Label), func(w string) bool {
				return digitStart(w) == numbers && (numbers || len(w) > 3) && slices.Contains(said, w)
			})
		}); len(of) > 0 {
			rest = of
		}
	}
	return rest
}

// twoOf reports whether a clause speaks of two groups where the study has more: "alike in the two exercise groups".
func (f *finder) twoOf(c *clause) bool {
	return len(f.t.study.Arms) > 2 && slices.ContainsFunc(c.arms, func(m armMention) bool {
		return m.every && kindOfTwo.MatchString(f.r.doc.At(m.Span)) && !plainTwo.MatchString(f.r.doc.At(m.Span))
	})
}

var (
	kindOfTwo = rules.New(`(?i)\btwo \S+ \S`)
	plainTwo  = rules.New(`(?i)\btwo (?:study|treatment|intervention|trial|experimental|patient|different|randomi[sz]ed) `)
)

// wordsAround returns the words of a clause, or those of its sentence where what they are asked about stands before it.
func (f *finder) wordsAround(c *clause, s document.Span) []word {
	if c.Contains(s) {
		return c.words
	}
	return f.r.words(f.r.doc.Sentences[c.sentence].Span)
}

// newSide reports whether an arm behind the comparator is the side that was compared with it: "longer versus placebo with A".
func newSide(words []word, arm document.Span) bool {
	i := slices.IndexFunc(words, func(w word) bool { return w.End > arm.Start })
	for i--; i > 0 && (determiners[words[i].lower] || words[i].lower == "the"); i-- {
	}
	if i < 1 || words[i].depth > 0 || words[i].lower != "with" && words[i].lower != "in" && words[i].lower != "by" && words[i].lower != "for" {
		return false
	}
	switch words[i-1].lower {
	case "and", "or", ",", "nor", "not", "but", "than":
		return false
	}
	return true
}

// byRole splits the study's arms into those that are tested and those they are compared with.
func (f *finder) byRole() (arm, comparator []int) {
	for i := range f.t.study.Arms {
		if f.isControl(i) {
			comparator = append(comparator, i)
		} else {
			arm = append(arm, i)
		}
	}
	if len(arm) == 0 || len(comparator) == 0 {
		all := allArms(len(f.t.study.Arms))
		return all[:1], all[1:]
	}
	return arm, comparator
}

func (f *finder) isControl(i int) bool {
	switch f.t.study.Arms[i].Role {
	case evidence.Placebo, evidence.Sham, evidence.UsualCare, evidence.NoIntervention, evidence.ActiveComparator:
		return true
	}
	return false
}

// others returns the arms that are not among those left out.
func others(arms, leftOut []int) []int {
	return slices.DeleteFunc(slices.Clone(arms), func(a int) bool { return slices.Contains(leftOut, a) })
}

func (f *finder) others(arms []int) []int {
	return slices.DeleteFunc(allArms(len(f.t.study.Arms)), func(a int) bool { return slices.Contains(arms, a) })
}

// opensWithComparison reports whether a clause says first what it compares with: "Compared with placebo, A ...",
// "however, when compared with B, A ...".
func (f *finder) opensWithComparison(c *clause) bool {
	if c.compare.Len() == 0 || len(c.words) == 0 || c.compare.Start < c.Start {
		return false
	}
	if c.compare.Start <= c.words[0].End {
		return true
	}
	before := 0
	for _, w := range c.words {
		if w.End <= c.compare.Start && w.lower != "," && !clauseOpeners[w.lower] && w.lower != "when" && w.lower != "as" && w.lower != ";" {
			before++
		}
	}
	comma := f.firstComma(c)
	return (before == 0 || f.comparesAside(c)) && comma > c.compare.End && slices.ContainsFunc(c.arms, func(m armMention) bool { return m.Start >= comma })
}

// comparesAside reports whether what a clause compares with is said between commas before its verb: "In this trial, relative
// to A, B lowered pain".
func (f *finder) comparesAside(c *clause) bool {
	i := slices.IndexFunc(c.words, func(w word) bool { return w.Start >= c.compare.Start })
	return i > 0 && c.words[i-1].lower == "," && c.words[i].depth == 0 && adverbialOpeners[c.words[0].lower] &&
		!slices.ContainsFunc(c.words[:i], func(w word) bool { return w.depth == 0 && finiteVerbs[w.lower] })
}

// firstComma returns the place of the first comma of a clause behind the words that compare, or its start.
func (f *finder) firstComma(c *clause) int {
	for _, w := range c.words {
		if w.lower == "," && w.depth == 0 && (c.compare.Len() == 0 || w.Start > c.compare.Start) {
			return w.Start
		}
	}
	return c.Start
}

func appendNew(to, from []int) []int {
	for _, a := range from {
		if !slices.Contains(to, a) {
			to = append(to, a)
		}
	}
	return to
}

// interactionSides names what an interaction was looked for between: the arms, and the subgroups where they are told.
func (f *finder) interactionSides(e *evidence.Finding, c *clause) {
	if c.subgroup {
		e.Population, e.Subgroup, e.ComparatorPopulation = c.population, true, c.other
	}
	f.sides(e, c)
}

// modifier returns by what an effect was examined to differ: the subgroup's variable, else what stands behind "by" or
// "with".
func (f *finder) modifier(c *clause) string {
	for _, p := range f.t.study.Populations {
		if p.ID == c.population.ID && c.subgroup {
			if len(p.Criteria) > 0 {
				return f.nameOf(p.Criteria[0])
			}
			return p.Text
		}
	}
	for i, w := range c.words {
		if (w.lower == "by" || w.lower == "with") && i+1 < len(c.words) && i > 0 && strings.HasPrefix(c.words[i-1].lower, "interact") {
			if s, ok := trimPhrase(c.words[i+1:], nil); ok {
				return f.r.doc.At(s)
			}
		}
	}
	return ""
}

// nameOf returns the variable of a criterion in words.
func (f *finder) nameOf(c evidence.Criterion) string {
	name := c.Variable
	if (c.Relation == "has" || c.Relation == "not") && c.Value != "" {
		name = c.Value
	}
	if k, ok := f.r.vocab.Concept(name); ok {
		return k.Label
	}
	return name
}

// exposure returns what an association is with: the subject of the clause.
func (f *finder) exposure(c *clause) string {
	ws := withoutAdverbial(reported(withoutAdverbial(withoutLabel(c.plain()))))
	i := slices.IndexFunc(ws, func(w word) bool { return finiteVerbs[w.lower] })
	if i <= 0 {
		return ""
	}
	if main := mainVerb(ws); main > 0 {
		i = main
	}
	if slices.ContainsFunc(ws[:min(i, 4)], analysisWord) {
		return "" // "Meta-analysis of 15 trials found"
	}
	if k := slices.IndexFunc(ws[:i], func(w word) bool { return w.lower == "compared" }); k > 1 && ws[k-1].lower == "," { // an aside before the verb
		i = k - 1
	}
	for j := i - 1; j >= 0; j-- {
		switch ws[j].lower {
		case "following", "after", "with", "receiving", "received", "using", "used", "taking", "took", "had", "having":
			if s, ok := trimPhrase(ws[j+1:i], nil); ok {
				return f.r.doc.At(s)
			}
		}
	}
	if s, ok := trimPhrase(ws[:i], nil); ok && !exposureOpeners[strings.ToLower(f.r.doc.At(s))] {
		return f.r.doc.At(s)
	}
	return ""
}

// analysisWord reports whether a word names what was computed, along with which nothing goes.
func analysisWord(w word) bool {
	return strings.Contains(w.lower, "analys") || w.lower == "pooling"
}

// predicted makes the findings of "A was the strongest predictor of B in both groups".
func (f *finder) predicted(c *clause) {
	if f.broughtByArm(c) {
		c.telling.noDifference, c.telling.noChange = true, false
		for _, o := range allOf(f.outcomesOf(c)) {
			e := f.base(c, evidence.BetweenArms, o)
			f.sides(&e, c)
			f.judge(&e, c)
			f.add(e, nil)
		}
		return
	}
	if f.predictedBy(c) {
		return
	}
	exposure := f.exposure(c)
	if exposure == "" {
		return
	}
	from := slices.IndexFunc(c.words, func(w word) bool {
		return strings.HasPrefix(w.lower, "predict") || strings.HasPrefix(w.lower, "associat")
	})
	o := evidence.OutcomeRef{}
	if from >= 0 {
		behind := document.Span{Start: c.words[from].End, End: c.End}
		if m, ok := f.t.outcomeIn(f.r, behind); ok {
			o = m.ref
		} else if s, ok := afterPreposition(c.words[from+1:]); ok {
			o = f.resolve(s)
		}
	}
	e := f.base(c, evidence.Association, o)
	e.Timepoint, e.Exposure = c.time, exposure
	for _, m := range c.arms {
		e.Arm = f.labels(appendNew(nil, m.arms))
	}
	f.judge(&e, c)
	if from >= 0 && e.Direction == evidence.NotStated && (e.Significant == nil || !*e.Significant) && (c.has("not") || c.has("no") || c.has("none") || c.has("neither")) && f.negated(c, c.words[from].Span) {
		e.Direction = evidence.NoDifference // "did not predict relapse"
	}
	f.add(e, nil)
}

// broughtByArm reports whether a clause says of its subjects that no change of them went with one of several arms: "no changes in sleep or
// mood were associated with A".
func (f *finder) broughtByArm(c *clause) bool {
	if !c.telling.noChange && !(c.telling.noDifference && c.telling.signal == "") || len(f.t.study.Arms) < 2 || len(f.singleArms(c)) != 1 || len(c.outcomes) == 0 {
		return false
	}
	with := slices.IndexFunc(c.words, func(w word) bool { return w.depth == 0 && w.lower == "with" })
	if with < 1 || !strings.HasPrefix(c.words[with-1].lower, "associat") {
		return false
	}
	at := c.words[with].End
	return slices.ContainsFunc(c.arms, func(m armMention) bool { return !m.every && m.Start >= at && f.wordsBetween(c, at, m.Start) < 2 }) &&
		!slices.ContainsFunc(c.outcomes, func(m outcomeMention) bool { return m.Start > at })
}

func afterPreposition(words []word) (document.Span, bool) {
	for i, w := range words {
		if w.lower == "of" || w.lower == "with" || w.lower == "for" {
			return trimPhrase(words[i+1:], nil)
		}
	}
	return document.Span{}, false
}

// analysisWords are what documents call an analysis that was not the main one, or was planned.
var analysisWords = []string{
	"exploratory", "post hoc", "post-hoc", "sensitivity", "prespecified", "pre-specified", "per-protocol", "intention-to-treat",
}

// named is a sentence that calls an analysis something.
type named struct {
	sentence int
	word     string
	text     string // the sentence in lower case
	general  bool   // it speaks of an analysis, not only of its own result
}

// namedAnalyses returns the sentences of the study that call an analysis something.
func (f *finder) namedAnalyses() []named {
	var out []named
	for _, i := range f.t.sentences {
		text := f.r.small(f.r.doc.Sentences[i].Span)
		for _, w := range analysisWords {
			if strings.Contains(text, w) && (w != "sensitivity" || strings.Contains(text, "sensitivity analys")) { // the sensitivity to insulin is none
				general := strings.Contains(text, w+" analys") || strings.Contains(text, w+" subgroup")
				out = append(out, named{i, w, text, general})
				break
			}
		}
	}
	return out
}

// analysis returns what the document calls the analysis behind a finding: its own sentence says so, or one that speaks of
// the analysis of predictors or of subgroups.
func (f *finder) analysis(d *toldFinding, in []named) string {
	for _, n := range in {
		own := f.r.doc.Sentences[n.sentence].Start == d.Passages[0].Start
		switch {
		case own,
			n.general && d.Kind == evidence.Association && strings.Contains(n.text, "predict"),
			n.general && d.Subgroup && strings.Contains(n.text, "subgroup"):
			return n.word
		}
	}
	return ""
}

// favouring matches comparison words behind which the better side stands.
var favouring = rules.New(`(?i)favou?r(?:ed|ing|s)?\b`)
