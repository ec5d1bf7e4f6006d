package extract

import (
	"slices"
	"strings"

	"github.com/picograph/picograph/graph/evidence"
	"github.com/picograph/picograph/graph/vocab"
	"github.com/picograph/picograph/loader/annotate"
	"github.com/picograph/picograph/loader/document"
)

// verdict is what the words of a clause claim, before the numbers are looked at.
type verdict struct {
	at            document.Span // the words that claim a direction
	signal        string        // vocab.SignalUp, SignalDown, SignalBetter, SignalWorse, or empty
	negated       bool          // the direction is denied: "did not improve"
	noDifference  bool          // arms are said not to differ
	nonInferior   bool          // an arm is said to be no worse
	noChange      bool          // nothing is said to have changed over time
	similarChange bool          // arms are said to have changed alike: "decreased similarly in both groups"
	significant   *bool         // what is said of significance
	between       bool          // what is told lies between the arms
	compares      bool          // one side is set against another
	differ        bool          // arms are said to differ significantly
	change        bool          // a change over time within an arm
	predicts      bool          // an association
	interaction   bool
	result        bool // a result is announced: "was achieved", "tested positive"
	hedged        bool // "may", "appears"
	trend         bool // "a trend toward"
	enrolment     bool // people are said to have been assigned or enrolled
	carried       bool // it was said of another result of the list
}

// claims reports whether a direction is claimed, or that there is none.
func (v verdict) claims() bool { return v.signal != "" || v.noDifference || v.noChange }

// values reports whether one side is called better or worse, whichever way is better.
func (v verdict) values() bool {
	return (v.signal == vocab.SignalBetter || v.signal == vocab.SignalWorse) && !v.negated && !v.hedged
}

// stated reports whether anything is claimed.
func (v verdict) stated() bool {
	return v.signal != "" || v.noDifference || v.noChange || v.predicts || v.result
}

// claiming is a verdict while the cues of a clause are read.
type claiming struct {
	verdict
	every  bool          // something is said of every arm
	from   bool          // a change since the start is told
	denied document.Span // words that say that nothing significant was found
	alike  document.Span // words that say that arms do not differ
}

// claim reads what the words of a clause claim. Direction words inside the name of an outcome ("a 50% dose reduction was
// achieved") are part of the name.
func (f *finder) claim(c *clause) verdict {
	var v claiming
	for i, m := range c.cues {
		s := document.Span{Start: m.Start, End: m.End}
		switch m.Cue.Signal {
		case vocab.SignalUp, vocab.SignalDown, vocab.SignalBetter, vocab.SignalWorse:
			f.claimSide(&v, c, i, s)
		case vocab.SignalNoDifference, vocab.SignalNonInferior:
			f.claimAlike(&v, c, m, s)
		case vocab.SignalNoChange:
			if !f.keepsChange(c, s) {
				v.noChange, v.at = true, s
			}
		case vocab.SignalNegation:
			f.claimUnseen(&v, c, m, s)
		case vocab.SignalBothArms:
			v.every = v.every || !slices.ContainsFunc(c.arms, func(a armMention) bool { return !a.every && !a.rest && len(a.arms) == 1 && a.Contains(s) }) // "the Group D"
		default:
			f.mark(&v, c, m, s)
		}
	}
	if v.signal != "" && f.insideOutcome(c, v.at) && v.at.Len() > 0 && !v.negated && v.result {
		v.signal, v.at = "", document.Span{}
	}
	if v.signal == "" && !v.noDifference && neitherAffected(c) {
		v.noDifference = true
	}
	v.between = v.between || differBetween(c)
	v.every = v.every || slices.ContainsFunc(c.arms, func(a armMention) bool { return a.every })
	f.saidSignificant(&v)
	f.denies(&v, c)
	f.setsAgainst(&v, c)
	return v.verdict
}

// claimSide takes a cue of which way something went, where it claims that of the clause's outcome.
func (f *finder) claimSide(v *claiming, c *clause, i int, s document.Span) {
	if (f.insideOutcome(c, s) || saidOfPeople(c, s)) && f.laterDirection(c, i) || f.evaluates(c, i) || ofAtLeast(c, s) {
		return
	}
	if v.signal != "" && (!inBrackets(c.words, v.at) || inBrackets(c.words, s)) {
		return
	}
	v.signal, v.at, v.negated = f.effectOf(c, s, f.amountOf(c, s, c.cues[i].Cue.Signal)), s, f.negated(c, s)
	if f.saidAhead(c, s) {
		v.compares = true
	}
	if f.lessSo(c, s) {
		v.signal, v.compares = opposite[v.signal], true // "decreased less" is higher than the other
	}
}

// claimAlike takes a cue that says that arms do not differ, or are no worse.
func (f *finder) claimAlike(v *claiming, c *clause, m vocab.CueMention, s document.Span) {
	if f.equivalentDose(c, s) || f.identical(c, s) || len(c.arms) == 0 && len(c.words) > 0 && alikeChanges(append([]word{{lower: ","}}, c.words...), 1) {
		return
	}
	v.noDifference, v.alike = true, s
	v.nonInferior = v.nonInferior || m.Cue.Signal == vocab.SignalNonInferior
	if v.at.Len() == 0 {
		v.at = s
	}
	if strings.Contains(f.r.small(s), "significan") {
		v.denied = s
	}
}

// keepsChange reports whether a cue of no change is said of a change that stayed: "sustained larger reductions", "a sustained improvement".
func (f *finder) keepsChange(c *clause, s document.Span) bool {
	next := slices.IndexFunc(c.words, func(w word) bool { return w.Start >= s.End })
	return next >= 0 && (f.largerThan(c, c.words[next].Span) || changeSigns[c.words[next].lower] != "")
}

// claimUnseen takes words that say that something was not seen: "effects on sleep were not observed".
func (f *finder) claimUnseen(v *claiming, c *clause, m vocab.CueMention, s document.Span) {
	if m.Cue.Side != vocab.SideBoth {
		return
	}
	v.result = v.result || strings.HasPrefix(m.Cue.Form, "w") // "was not seen", and not "could not be detected"
	switch noun := f.notSeen(c, m.Start); {
	case strings.HasPrefix(noun, "change"):
		v.noChange, v.at = true, s
	case noun != "":
		v.noDifference, v.at = true, s
	}
}

// mark takes a cue that by itself claims no side.
func (f *finder) mark(v *claiming, c *clause, m vocab.CueMention, s document.Span) {
	switch m.Cue.Signal {
	case vocab.SignalSignificant:
		yes := !f.negated(c, s)
		v.significant = &yes
	case vocab.SignalNotSignificant:
		no := false
		v.significant = &no
	case vocab.SignalFromBaseline:
		v.from = true
	case vocab.SignalBetweenArms:
		v.between = true
	case vocab.SignalComparison:
		v.between = v.between || m.Cue.Side == vocab.SideBoth
	case vocab.SignalAssociation:
		v.predicts = true
	case vocab.SignalInteraction:
		v.interaction = true
	case vocab.SignalHedge:
		v.hedged = true
		v.trend = v.trend || f.trend(c, s)
	case vocab.SignalResult:
		v.result = true
	case vocab.SignalMethod, vocab.SignalEligibility:
		v.enrolment = true
	}
}

// saidSignificant settles what a clause says of significance: words that deny it go before those that claim it.
func (f *finder) saidSignificant(v *claiming) {
	cue := f.r.small(v.at)
	if v.noDifference && v.at.Len() > 0 && negatedWord(cue) && v.significant != nil && *v.significant {
		v.denied = v.at // "did not show a significant effect"
	}
	if v.denied.Len() > 0 {
		no := false
		v.significant = &no
	}
	if v.signal != "" && v.significant == nil && strings.Contains(cue, "significant") {
		yes := !v.negated && !(v.noDifference && negatedWord(f.r.small(v.alike))) && !strings.Contains(cue, "not ") && !strings.Contains(cue, "non")
		if !yes || !v.noDifference && !v.noChange {
			v.significant = &yes // "significantly lower"
		}
	}
}

// denies settles what a clause says did not differ or change.
func (f *finder) denies(v *claiming, c *clause) {
	if ofDifference(c, v.verdict) && !v.noDifference {
		v.noDifference = true // "the difference between the groups was not significant"
	}
	if v.noChange && !v.noDifference && (v.between || v.signal == "" && c.compare.Len() > 0 && !inBrackets(c.words, c.compare) && !beforeAfter(c)) {
		v.noChange, v.noDifference = false, true // "did not change between the groups"
	}
	if v.noDifference && v.alike.Len() > 0 && v.alike.End <= v.at.Start && negatedWord(f.r.small(v.alike)) &&
		(!comparative(f.r.small(v.at)) || f.wordsBetween(c, v.alike.End, v.at.Start) < 2) {
		v.signal, v.at = "", v.alike // "no differences in the uptake of vaccines"
	}
}

// setsAgainst settles whether a clause sets one side against another, or tells a change within arms.
func (f *finder) setsAgainst(v *claiming, c *clause) {
	directed := v.signal != "" && !v.negated
	v.similarChange = v.noDifference && directed
	changed := v.signal == "" && c.hasPrefix("change") && c.compare.Len() > 0 && !inBrackets(c.words, c.compare) && !beforeAfter(c) // "changes with A compared to B"
	v.differ = (changed || (v.between || len(c.results) == 2 && len(f.singleArms(c)) == 2) && c.hasPrefix("differ")) && v.significant != nil && *v.significant
	v.compares = v.compares || v.differ || c.compare.Len() > 0 && !f.comparesValues(c) || v.between && (v.signal != "" || v.noDifference) || v.noDifference
	if directed && v.from && len(f.t.study.Arms) > 1 && len(f.singleArms(c)) == 1 && !v.every && f.largerThan(c, v.at) {
		v.compares = true // "larger reductions from baseline": than in the other arm
	}
	if directed && !v.from && !(v.predicts && c.hasPrefix("predict")) && !beforeAfter(c) && !v.compares && len(f.t.study.Arms) > 1 && f.namesOne(c) && !v.every && (comparative(f.r.small(v.at)) || f.amountBehind(c, v.at) != "") {
		v.compares = true // "the control group had higher rates": than the other arm
	}
	v.change = v.from || beforeAfter(c) || directed && !v.compares && (v.every || len(c.arms) > 0 || len(f.t.study.Arms) == 1) || v.similarChange
	if v.noChange && v.noDifference {
		v.noDifference = false
	}
}

// namesOne reports whether a clause names one arm, those aside that stand in brackets with their numbers: "pain (A, 3; B, 5) was lower in A".
func (f *finder) namesOne(c *clause) bool {
	single := f.singleArms(c)
	outside := slices.DeleteFunc(slices.Clone(single), func(m armMention) bool { return inBrackets(c.words, m.Span) })
	return len(single) == 1 || len(outside) == 1 && !slices.ContainsFunc(single, func(m armMention) bool {
		at := bracketAround(c.words, m.Span)
		return at >= 0 && !slices.ContainsFunc(slices.Concat(c.results, c.ps), func(it annotate.Item) bool { return bracketAround(c.words, it.Span) == at })
	})
}

// differBetween reports whether a clause speaks of the difference between two arms that it names: "differences between A and B were".
func differBetween(c *clause) bool {
	for i := 1; i+1 < len(c.words); i++ {
		if c.words[i].lower != "between" || c.words[i].depth > 0 || !strings.HasPrefix(c.words[i-1].lower, "differ") {
			continue
		}
		n := 0
		for _, m := range c.arms {
			if m.Start >= c.words[i].End && gap(m.Span, c.words[i].Span) < 60 && len(m.arms) == 1 {
				n++
			}
		}
		return n == 2
	}
	return false
}

// neitherAffected reports whether a clause says of two outcomes that nothing was done to them: "neither pain nor fatigue was affected".
func neitherAffected(c *clause) bool {
	ws := withoutAdverbial(c.plain())
	if len(ws) == 0 || ws[0].lower != "neither" || !c.has("nor") {
		return false
	}
	return slices.ContainsFunc(ws, func(w word) bool {
		return w.lower == "affected" || w.lower == "influenced" || w.lower == "altered" || strings.HasPrefix(w.lower, "differ")
	})
}

// largerThan reports whether a noun of change has a comparative before it: "larger reductions".
func (f *finder) largerThan(c *clause, s document.Span) bool {
	i := slices.IndexFunc(c.words, func(w word) bool { return w.Start >= s.Start })
	if i >= 0 && comparative(c.words[i].lower) {
		i++
	}
	return i > 0 && i < len(c.words) && comparative(c.words[i-1].lower) && changeSigns[c.words[i].lower] != ""
}

// equivalentDose reports whether "equivalent" is part of a unit: "120 mg morphine equivalent dose".
func (f *finder) equivalentDose(c *clause, s document.Span) bool {
	i := slices.IndexFunc(c.words, func(w word) bool { return w.Start >= s.Start })
	return i > 0 && strings.HasPrefix(c.words[i].lower, "equivalent") && (c.words[i-1].lower == "morphine" || c.words[i-1].lower == "milligram" || c.words[i-1].lower == "mg")
}

// saidOfPeople reports whether a comparative says who people are: "mothers with higher education had a lower risk".
func saidOfPeople(c *clause, s document.Span) bool {
	i := slices.IndexFunc(c.words, func(w word) bool { return w.Start >= s.Start })
	for k := i - 1; k > 0 && k >= i-3 && comparative(c.words[i].lower); k-- {
		if w := c.words[k]; w.lower == "with" || w.lower == "having" {
			return personNouns[c.words[k-1].lower]
		} else if phraseStops[w.lower] || finiteVerbs[w.lower] {
			return false
		}
	}
	return false
}

// identical reports whether "the same" says that one thing is meant.
func (f *finder) identical(c *clause, s document.Span) bool {
	i := slices.IndexFunc(c.words, func(w word) bool { return w.Start >= s.End })
	return i > 0 && c.words[i-1].lower == "same" && f.r.vocab.Listed(vocab.SameThing, c.words[i].lower)
}

// saidAhead reports whether a cue says that one side was ahead of the other: "was superior to", "outperformed".
func (f *finder) saidAhead(c *clause, s document.Span) bool {
	cue := strings.ToLower(f.r.doc.At(s))
	if strings.HasPrefix(cue, "outperform") {
		return true
	}
	next := slices.IndexFunc(c.words, func(w word) bool { return w.Start >= s.End })
	return strings.Contains(cue, "superior") && (strings.HasSuffix(cue, " to") || next >= 0 && c.words[next].lower == "to")
}

// ofAtLeast reports whether a cue opens with the "more" of an amount: "one or more falls", "two or more".
func ofAtLeast(c *clause, s document.Span) bool {
	i := slices.IndexFunc(c.words, func(w word) bool { return w.Start >= s.Start })
	return i > 1 && (c.words[i].lower == "more" || c.words[i].lower == "fewer") && c.words[i-1].lower == "or"
}

// intervalWords follow "confidence" where it is that of an interval.
var intervalWords = setOf("interval", "intervals", "limit", "limits", "bound", "bounds", "level")

// possessives stand before what is taken for known.
var possessives = setOf("their", "its", "whose")

// evaluationNouns are judged rather than measured: "the success was smaller".
var evaluationNouns = setOf("success", "results", "effectiveness", "efficacy", "evidence")

// feelingVerbs stand before how somebody felt, which is no change of an outcome: "felt relieved".
var feelingVerbs = setOf("feel", "feels", "felt", "feeling")

// evaluates reports whether cue i is part of a judgement of success rather than of a direction: "less successful",
// "more effective".
func (f *finder) evaluates(c *clause, i int) bool {
	valued := func(s string) bool { return s == vocab.SignalBetter || s == vocab.SignalWorse }
	m := c.cues[i]
	at := slices.IndexFunc(c.words, func(w word) bool { return w.Start >= m.Start })
	next := slices.IndexFunc(c.words, func(w word) bool { return w.Start >= m.End })
	if next >= 0 && (strings.HasPrefix(c.words[next].lower, "analys") || c.words[next].lower == "confidence" && next+1 < len(c.words) && intervalWords[c.words[next+1].lower]) {
		return true // "superiority analysis", "lower confidence limits"
	}
	if at > 0 && possessives[c.words[at-1].lower] && comparative(c.words[at].lower) {
		return true // "their greater risk" is taken for known
	}
	if at > 0 && feelingVerbs[c.words[at-1].lower] && strings.HasSuffix(c.words[at].lower, "ed") {
		return true // "people felt relieved"
	}
	for j := at - 1; j >= 0 && j >= at-2 && !changing[c.words[at].lower]; j-- {
		if evaluationNouns[c.words[j].lower] {
			return true
		}
	}
	for _, n := range c.cues {
		if valued(n.Cue.Signal) == valued(m.Cue.Signal) || n.Cue.Signal != vocab.SignalUp && n.Cue.Signal != vocab.SignalDown && !valued(n.Cue.Signal) {
			continue
		}
		amount, value := n, m
		if valued(n.Cue.Signal) {
			amount, value = m, n
		}
		if amount.End <= value.Start && f.wordsBetween(c, amount.End, value.Start) == 0 && !f.largerThan(c, document.Span{Start: value.Start, End: value.End}) {
			return true
		}
	}
	return false
}

// comparesValues reports whether the comparison words of a clause stand between its numbers rather than between things
// that are told to differ: "6.7 vs 6.1", "improved in both groups (55% vs 50%)".
func (f *finder) comparesValues(c *clause) bool {
	if len(c.cues) == 1 {
		by := strings.ToLower(f.r.doc.At(c.compare))
		return !strings.HasSuffix(by, "than") && by != "over"
	}
	both := func(m armMention) bool { return m.every && !inBrackets(c.words, m.Span) }
	return inBrackets(c.words, c.compare) && slices.ContainsFunc(c.arms, both) && !slices.ContainsFunc(c.words, func(w word) bool { return w.depth == 0 && comparative(w.lower) })
}

// negatedWord reports whether a cue of no difference denies something, rather than calling things alike.
func negatedWord(cue string) bool {
	for _, p := range []string{"no ", "not ", "did not", "neither", "without", "failed"} {
		if strings.HasPrefix(cue, p) {
			return true
		}
	}
	return false
}

// comparative reports whether a cue is a comparative, which sets one side against another even where only one is named.
func comparative(cue string) bool {
	for w := range strings.FieldsSeq(cue) {
		switch w {
		case "higher", "lower", "less", "fewer", "greater", "more", "better", "worse", "larger", "smaller", "longer", "shorter", "faster", "slower", "superior", "inferior", "lesser", "poorer", "milder", "stronger", "weaker", "quicker":
			return true
		}
	}
	return false
}

var opposite = map[string]string{
	vocab.SignalDown: vocab.SignalUp, vocab.SignalUp: vocab.SignalDown,
	vocab.SignalBetter: vocab.SignalWorse, vocab.SignalWorse: vocab.SignalBetter,
}

// trend reports whether a hedge is "a trend toward": not "adverse trends".
func (f *finder) trend(c *clause, s document.Span) bool {
	i := slices.IndexFunc(c.words, func(w word) bool { return s.Contains(w.Span) && strings.HasPrefix(w.lower, "trend") })
	return i >= 0 && (c.words[i].lower != "trends" || i+1 < len(c.words) && c.words[i+1].lower != "in" && c.words[i+1].lower != "of")
}

// lessSo reports whether a verb of change is followed by "less": "decreased significantly less in A".
func (f *finder) lessSo(c *clause, s document.Span) bool {
	i := slices.IndexFunc(c.words, func(w word) bool { return w.Start >= s.End })
	if !slices.ContainsFunc(c.words, func(w word) bool { return s.Contains(w.Span) && finiteVerbs[w.lower] }) || i < 1 {
		return false
	}
	for i < len(c.words) && strings.HasSuffix(c.words[i].lower, "ly") {
		i++
	}
	return i+1 < len(c.words) && c.words[i].lower == "less" && (phraseStops[c.words[i+1].lower] || c.words[i+1].lower == "," || c.words[i+1].lower == "(" || c.words[i+1].lower == "markedly")
}

// beforeAfter reports whether a clause compares with the time before: "longer than before", "compared with baseline".
func beforeAfter(c *clause) bool {
	for i, w := range c.words {
		if (w.lower == "than" || w.lower == "with" || w.lower == "to") && earlier(c.words[i+1:]) {
			return true
		}
		if (w.lower == "than" || i > 0 && c.words[i-1].lower == "compared") && numberedTime(c.words[i+1:]) {
			return true // "at week 8 compared to week 1"
		}
		if i > 1 && strings.HasPrefix(w.lower, "post") && againstWords[c.words[i-1].lower] && strings.HasPrefix(c.words[i-2].lower, "pre") {
			return true
		}
	}
	return false
}

// insideOutcome reports whether a span lies in the name of an outcome that the study announced or the vocabulary knows.
func (f *finder) insideOutcome(c *clause, s document.Span) bool {
	return slices.ContainsFunc(c.outcomes, func(m outcomeMention) bool { return m.Contains(s) })
}

// laterDirection reports whether a direction cue that is no part of an outcome's name follows or precedes cue i.
func (f *finder) laterDirection(c *clause, i int) bool {
	for j, m := range c.cues {
		switch m.Cue.Signal {
		case vocab.SignalUp, vocab.SignalDown, vocab.SignalBetter, vocab.SignalWorse, vocab.SignalNoDifference, vocab.SignalNoChange:
			if c.compare.Len() > 0 && m.Start >= c.compare.End && c.cues[i].End <= c.compare.Start && !inBrackets(c.words, c.compare) {
				continue // it says what became of the other side: "a 31% decrease in A versus a 6% increase with B"
			}
			if j != i && !f.insideOutcome(c, document.Span{Start: m.Start, End: m.End}) {
				return true
			}
		}
	}
	return false
}

// inBrackets reports whether a span stands in brackets.
func inBrackets(words []word, s document.Span) bool {
	for _, w := range words {
		if w.Overlaps(s) {
			return w.depth > 0
		}
	}
	return false
}

func (f *finder) wordsBetween(c *clause, from, to int) int {
	n := 0
	for _, w := range c.words {
		if w.Start >= from && w.End <= to {
			n++
		}
	}
	return n
}

// of returns what the verdict says happened to an outcome. "Improved" needs to know which way is better.
func (v verdict) of(o evidence.OutcomeRef, f *finder) evidence.Direction {
	switch {
	case v.noChange, v.noDifference && !v.similarChange, v.negated:
		return evidence.NoDifference
	}
	better := f.better(o)
	switch v.signal {
	case vocab.SignalUp:
		return evidence.Increased
	case vocab.SignalDown:
		return evidence.Decreased
	case vocab.SignalBetter:
		return towards(better, false)
	case vocab.SignalWorse:
		return towards(better, true)
	}
	return evidence.NotStated
}

// shareOfThem matches outcomes that are the share of those who passed a threshold of an instrument, or improved on it.
var shareOfThem = rules.New(`(?i)\b(?:much|improved|improvement|respon\w+|remission|proportion|percentage)\b|≥|≤|<|>|\d%`)

func towards(better string, opposite bool) evidence.Direction {
	switch {
	case better == "":
		return evidence.NotStated
	case (better == vocab.Higher) != opposite:
		return evidence.Increased
	}
	return evidence.Decreased
}

// better returns which direction of an outcome is good: as the study's outcome or the vocabulary says.
func (f *finder) better(o evidence.OutcomeRef) string {
	mentions := f.r.vocab.Mentions(o.Text, 0)
	for _, m := range mentions {
		for _, id := range m.Concepts {
			if k, ok := f.r.vocab.Concept(id); ok && k.Type == vocab.TypeInstrument && k.Better != "" && !shareOfThem.MatchString(o.Text) {
				return k.Better // the score may rise where what it is of falls
			}
		}
	}
	for _, s := range f.t.study.Outcomes {
		if s.Better != "" && (s.Text == o.Text || o.Concept != "" && s.Concept == o.Concept) {
			return s.Better
		}
	}
	if k, ok := f.r.vocab.Concept(o.Concept); ok {
		if k.Better != "" {
			return k.Better
		}
		for _, id := range f.r.vocab.Broader(o.Concept) {
			if b, ok := f.r.vocab.Concept(id); ok && b.Better != "" {
				return b.Better
			}
		}
	}
	for _, m := range mentions {
		for _, id := range m.Concepts {
			if k, ok := f.r.vocab.Concept(id); ok && k.Better != "" {
				return k.Better
			}
		}
	}
	if len(o.Text) < 70 {
		words := wordsOf(o.Text, document.Span{End: len(o.Text)})
		for k := len(words) - 1; k >= 0; k-- {
			if b := f.r.vocab.BetterNoun(words[k].lower); b != "" {
				return b
			}
		}
	}
	return ""
}
