package extract

import (
	"slices"
	"strings"

	"github.com/picograph/picograph/graph/evidence"
	"github.com/picograph/picograph/loader/annotate"
	"github.com/picograph/picograph/loader/document"
)

// Not all that a trial sets side by side are its arms: it tells what goes along with what, and of what kinds of people
// something was more often true. Where a clause names no arm, what it does compare is read here, so that no arms are put
// in its place.

// treatmentWords name what a study gave, or that something was given, without saying what.
var treatmentWords = setOf("treatment", "treatments", "therapy", "intervention", "interventions", "supplementation", "program", "programme", "training", "allocation", "randomization",
	"randomisation", "group", "groups", "arm", "arms", "control", "controls", "placebo", "condition", "conditions", "exercise", "regimen", "drug", "drugs", "use", "administration", "dose", "doses", "vaccine", "vaccination", "surgery", "technique", "method")

// notOfArms reports whether a clause compares something else than the study's arms, and returns what its outcome goes along
// with: "age was associated with pain (OR 1.2)", "more frequent in women than in men".
func (f *finder) notOfArms(c *clause, items []annotate.Item) (exposure string, ok bool) {
	v := c.telling
	if s := betweenKinds(c.words); s.Len() > 0 && !v.interaction {
		return f.r.doc.At(s), true
	}
	if v.interaction || v.between && (len(c.arms) > 0 || len(c.carried) > 0 || c.compare.Len()+c.carriedCompare.Len() == 0 || f.kindsOfPeople(c).Len() == 0) {
		return "", false
	}
	if within := f.withinArm(c); within.Len() > 0 {
		return f.r.doc.At(within), true
	}
	if goesAlong := f.goesAlong(c); goesAlong && slices.ContainsFunc(items, func(it annotate.Item) bool { return it.Estimate.Measure == "correlation" }) {
		return f.exposure(c), true
	}
	if f.foretells(c) {
		return f.exposure(c), true
	}
	if c.hasPrefix("correlation") {
		return f.exposure(c), true
	}
	if s := relatesTwo(c.words); s.Len() > 0 && len(f.singleArms(c)) == 0 && !f.treats(s) {
		return "", true
	}
	if len(c.arms) > 0 || len(c.carried) > 0 {
		return "", false
	}
	if s := f.kindsOfPeople(c); s.Len() > 0 {
		return f.r.doc.At(s), true
	}
	if at := f.alongBehind(c); at > 0 && !f.treats(document.Span{Start: f.r.doc.Sentences[c.sentence].Start, End: at}) {
		return f.exposure(c), true
	}
	if v.predicts && c.compare.Len() == 0 && f.goesAlong(c) && !f.treats(document.Span{Start: f.r.doc.Sentences[c.sentence].Start, End: c.End}) {
		return f.exposure(c), true
	}
	return "", false
}

// interactionOf reports whether a clause names an interaction of something with the arms: "an interaction of age by treatment". One with time
// is how arms are compared.
func (c *clause) interactionOf() bool {
	if c.telling.between || !c.telling.interaction || c.has("time") {
		return false
	}
	for i, w := range c.words[:max(0, len(c.words)-1)] {
		if l := c.words[i+1].lower; strings.HasPrefix(w.lower, "interaction") && (l == "of" || l == "between" || l == "with") {
			return true
		}
	}
	return false
}

// withinOpeners stand before those of one arm, within whom a clause sets an outcome against something else.
var withinOpeners = setOf("among", "in", "within", "for")

// riskWords are what something raises or lowers of an outcome among the people of one arm.
var riskWords = setOf("risk", "risks", "odds", "likelihood", "hazard", "hazards", "probability", "chance", "chances")

// withinArm returns what a clause sets beside the risk of an outcome within one arm, which it names only to say among whom:
// "among patients given placebo, a missed visit increased the risk of relapse (HR 6.2)". No arm is compared there.
func (f *finder) withinArm(c *clause) document.Span {
	ws := c.words
	for len(ws) > 0 && (joint(ws[0].lower) || ws[0].lower == "whereas" || ws[0].lower == "while" || ws[0].lower == ",") {
		ws = ws[1:]
	}
	comma := slices.IndexFunc(ws, func(w word) bool { return w.lower == "," && w.depth == 0 })
	if comma < 2 || comma > 10 || !withinOpeners[ws[0].lower] || !slices.ContainsFunc(ws[:comma], func(w word) bool { return personNouns[w.lower] }) || len(f.singleArms(c)) != 1 {
		return document.Span{}
	}
	if slices.ContainsFunc(c.arms, func(m armMention) bool { return m.every || m.Start < ws[0].Start || m.End > ws[comma].Start }) {
		return document.Span{}
	}
	ws = ws[comma+1:]
	verb := mainVerb(ws)
	if verb < 1 || !slices.ContainsFunc(ws[verb:], func(w word) bool { return w.depth == 0 && riskWords[w.lower] }) ||
		slices.ContainsFunc(ws[:verb], func(w word) bool { return riskWords[w.lower] }) {
		return document.Span{}
	}
	s, ok := trimPhrase(ws[:verb], nil)
	if !ok || f.treats(s) {
		return document.Span{}
	}
	return s
}

// foretells reports whether the verb of a clause says that one thing went before another or stood between two, which compares
// no arms even where it names one: "hope mediated the effect of A on pain", "which in turn predicted pain".
func (f *finder) foretells(c *clause) bool {
	if c.compare.Len() > 0 {
		return false
	}
	for i, w := range c.words {
		if w.depth > 0 || !finiteVerbs[w.lower] && w.lower != "mediated" && w.lower != "mediates" && w.lower != "predicts" {
			continue
		}
		switch w.lower {
		case "mediated", "mediates", "predicted", "predicts":
			return i > 0 && !auxiliaries[c.words[i-1].lower]
		}
		return false
	}
	return false
}

// relatesTwo returns the two things that a clause tells of a relation between: "age and pain" of "no association between age and pain".
func relatesTwo(words []word) document.Span {
	for i, w := range words {
		if w.depth > 0 || !strings.HasPrefix(w.lower, "association") && !strings.HasPrefix(w.lower, "relation") {
			continue
		}
		for j := i + 1; j+3 < len(words) && j < i+5; j++ {
			if words[j].lower != "between" {
				continue
			}
			end := j + 1
			for end < len(words) && words[end].depth == 0 && words[end].lower != "," && words[end].lower != ";" && words[end].lower != "." && !finiteVerbs[words[end].lower] {
				end++
			}
			if slices.ContainsFunc(words[j+1:end], func(w word) bool { return w.lower == "and" }) {
				return document.Span{Start: words[j+1].Start, End: words[end-1].End}
			}
		}
	}
	return document.Span{}
}

// alongWords begin the words that tell what goes along with what.
var alongWords = []string{"associat", "correlat", "predict", "determinant", "relationship"}

// goesAlong reports whether a sentence says outright that something goes along with something else, or is a risk for it:
// "associated with", "were related to", "risk factors were".
func (f *finder) goesAlong(c *clause) bool {
	ws := f.r.words(f.r.doc.Sentences[c.sentence].Span)
	for i, w := range ws {
		switch {
		case slices.ContainsFunc(alongWords, func(s string) bool { return strings.HasPrefix(w.lower, s) }):
			return true
		case i == 0:
		case w.lower == "related" || w.lower == "linked":
			if b := ws[i-1].lower; auxiliaries[b] || strings.HasSuffix(b, "ly") {
				return true
			}
		case strings.HasPrefix(w.lower, "factor") && (ws[i-1].lower == "risk" || ws[i-1].lower == "prognostic") && !c.telling.noDifference:
			return true
		}
	}
	return false
}

// alongBehind returns the place behind a clause where the sentence says of the list that the clause is an item of what it went along
// with: "haste (P = .01), heavy loss (P = .02) and age (P = .3) were associated with infection"; 0 where it does not.
func (f *finder) alongBehind(c *clause) int {
	if c.telling.noDifference {
		return 0
	}
	ws := f.r.words(f.r.doc.Sentences[c.sentence].Span)
	for i, w := range ws {
		if i == 0 || w.depth > 0 || w.Start < c.End {
			if w.depth == 0 && w.Start < c.End && finiteVerbs[w.lower] {
				return 0 // the clause has a verb of its own
			}
			continue
		}
		if auxiliaries[ws[i-1].lower] && slices.ContainsFunc(alongWords, func(s string) bool { return strings.HasPrefix(w.lower, s) }) {
			return w.Start
		}
		if w.lower == ";" || w.lower == "." || againstWords[w.lower] || w.lower == "compared" {
			return 0
		}
	}
	return 0
}

// treats reports whether a stretch of text speaks of a treatment, or has a word of an arm's name.
func (f *finder) treats(s document.Span) bool {
	if len(f.r.treatments(s)) > 0 {
		return true
	}
	var arms []string
	for _, a := range f.t.study.Arms {
		arms = append(arms, topicWords(a.Label)...)
	}
	return slices.ContainsFunc(f.r.words(s), func(w word) bool {
		return treatmentWords[w.lower] || !personNouns[w.lower] && slices.ContainsFunc(arms, func(a string) bool { return len(a) > 3 && sameStem(a, w.lower) })
	})
}

// kindsOfPeople returns the people that a clause compares by what they are, rather than by the arm they are in: "among
// non-smokers than smokers", "Younger patients were more likely to".
func (f *finder) kindsOfPeople(c *clause) document.Span {
	compare := c.compare
	if compare.Len() == 0 {
		compare = c.carriedCompare // of a list of results, each with its own P value
	}
	if compare.Len() > 0 && !inBrackets(f.wordsAround(c, compare), compare) {
		behind := f.r.words(document.Span{Start: compare.End, End: f.r.doc.Sentences[c.sentence].End})
		if len(behind) > 0 && behind[0].lower == "," {
			return document.Span{} // "when the groups were compared, newborns ..."
		}
		end, people := 0, false
		for end < len(behind) && end < 8 && behind[end].depth == 0 && (end == 0 || !joint(behind[end].lower)) && behind[end].lower != "(" && behind[end].lower != "." {
			if w := behind[end].lower; digitStart(w) || w == "other" || w == "others" || w == "another" {
				return document.Span{}
			}
			people = people || kindOfPeople(behind, end)
			end++
		}
		if end == 0 || !people {
			return document.Span{}
		}
		s := document.Span{Start: behind[0].Start, End: behind[end-1].End}
		for i := len(c.words) - 1; i >= 0 && c.Contains(compare); i-- {
			if w := c.words[i]; w.End <= compare.Start && (w.lower == "in" || w.lower == "among" || w.lower == "for") && i+1 < len(c.words) && f.wordsBetween(c, w.End, compare.Start) < 6 {
				s.Start = c.words[i+1].Start
				break
			}
		}
		if f.treats(s) {
			return document.Span{}
		}
		return s
	}
	ws := withoutAdverbial(c.plain())
	if s := f.peopleBehind(c, ws); s.Len() > 0 {
		return s
	}
	if s := f.peopleTwice(c, ws); s.Len() > 0 {
		return s
	}
	i := slices.IndexFunc(ws, func(w word) bool { return w.lower == "was" || w.lower == "were" || w.lower == "had" })
	if i < 2 || i > 5 || !personNouns[ws[i-1].lower] || i+2 >= len(ws) || !slices.ContainsFunc(ws[i+1:min(i+4, len(ws))], func(w word) bool { return w.lower == "likely" }) {
		return document.Span{}
	}
	s := document.Span{Start: ws[0].Start, End: ws[i-1].End}
	if f.treats(s) || determiners[ws[0].lower] && i < 3 {
		return document.Span{}
	}
	return s
}

// kindOfPeople reports whether a word names people by what they are, or by what is said of them right behind it: "boys", "those with asthma".
func kindOfPeople(ws []word, i int) bool {
	if ws[i].lower == "those" && i+2 < len(ws) {
		return ws[i+1].lower == "with" || ws[i+1].lower == "without" || ws[i+1].lower == "who" || ws[i+1].lower == "aged"
	}
	return personNouns[ws[i].lower] && ws[i].lower != "those" || kindNouns[ws[i].lower]
}

// betweenKinds returns two kinds of people between which words tell a difference: "between men and women".
func betweenKinds(words []word) document.Span {
	kind := func(at int) int { // where the name of a kind ends that starts there, or -1
		for i := at; i < len(words) && i < at+2 && words[i].depth == 0; i++ {
			if l := words[i].lower; kindNouns[l] || l == "men" || l == "women" || l == "adults" && i > at || l == "children" && i > at {
				return i
			}
		}
		return -1
	}
	for i, w := range words {
		if w.lower != "between" || w.depth > 0 {
			continue
		}
		first := kind(i + 1)
		if first < 0 || first+1 >= len(words) || words[first+1].lower != "and" {
			continue
		}
		if last := kind(first + 2); last > 0 && (last+1 == len(words) || !isLetter(words[last+1].lower[:1])) {
			return document.Span{Start: words[i+1].Start, End: words[last].End}
		}
	}
	return document.Span{}
}

// kindNouns name people by what they are.
var kindNouns = setOf("boys", "girls", "males", "females", "smokers", "nonsmokers", "non-smokers", "diabetics", "nondiabetics", "non-diabetics", "whites", "blacks")

// peopleTwice returns the two kinds of people of whom a clause has a value each: "pain fell by 1.4 in patients younger than 50 and by 0.9
// in patients over 50". Who was given something is one of an arm.
func (f *finder) peopleTwice(c *clause, ws []word) document.Span {
	var at []int
	for i := 0; i+2 < len(ws); i++ {
		if ws[i].depth == 0 && (ws[i].lower == "in" || ws[i].lower == "among") && personNouns[ws[i+1].lower] && !groupWord[ws[i+1].lower] && !groupWord[ws[i+2].lower] {
			at = append(at, i)
		}
	}
	if len(at) != 2 || !slices.ContainsFunc(ws[:at[0]], func(w word) bool { return digitStart(w.lower) }) || !slices.ContainsFunc(ws[at[0]:at[1]], func(w word) bool { return w.lower == "and" || w.lower == "versus" || w.lower == "vs" }) {
		return document.Span{}
	}
	s := document.Span{Start: ws[at[0]+1].Start, End: c.End}
	if f.treats(s) {
		return document.Span{}
	}
	return s
}

// peopleBehind returns the people that a clause says, behind a comparative, that something was more or less of, by what they had
// rather than by what they were given: "survival was worse in patients with high levels". What it says of people before the verb is
// told of them alone: "in patients with asthma, pain was lower".
func (f *finder) peopleBehind(c *clause, ws []word) document.Span {
	more := slices.IndexFunc(ws, func(w word) bool { return comparative(w.lower) })
	if more < 1 || c.compare.Len() > 0 || f.comparesIn(c.sentence) {
		return document.Span{}
	}
	for i := more + 1; i+3 < len(ws) && i < more+8; i++ {
		if ws[i].lower != "in" && ws[i].lower != "among" || !personNouns[ws[i+1].lower] || groupWord[ws[i+1].lower] {
			continue
		}
		switch ws[i+2].lower {
		case "with", "without", "having", "expressing", "aged", "whose", "who":
		default:
			return document.Span{}
		}
		end := i + 3
		for end < len(ws) && end < i+12 && ws[end].lower != "," && ws[end].lower != "." && ws[end].lower != ";" {
			if receptionVerbs[ws[end].lower] || allocationVerbs[ws[end].lower] {
				return document.Span{}
			}
			end++
		}
		if s := (document.Span{Start: ws[i+1].Start, End: ws[end-1].End}); !f.treats(s) {
			return s
		}
		return document.Span{}
	}
	return document.Span{}
}

// associates makes the findings of a clause that tells, without an effect measure, what its outcome goes along with.
func (f *finder) associates(c *clause, exposure string, p *annotate.Item) {
	s := betweenKinds(c.words)
	if s.Len() == 0 {
		s = f.kindsOfPeople(c)
	}
	if s.Len() > 0 { // what the people are called tells nothing of the outcome
		if rest := slices.DeleteFunc(slices.Clone(c.outcomes), func(m outcomeMention) bool { return m.Overlaps(s) }); len(rest) > 0 {
			c.outcomes = rest
		} else if n := len(f.found); n > 0 && f.tellsOf(f.found[n-1], c) { // it goes on with the outcome told before
			c.outcomes = []outcomeMention{{Span: document.Span{Start: c.Start, End: c.Start}, ref: f.found[n-1].Outcome, outcome: -1, own: true}}
		}
		if c.telling.at.Overlaps(s) {
			c.telling.signal = ""
		}
	}
	for _, o := range allOf(f.outcomesOf(c)) {
		e := f.base(c, evidence.Association, o)
		e.Exposure = exposure
		if p != nil {
			e.P = p.P
			e.P.Of = ""
		}
		if f.judge(&e, c); e.Direction != evidence.NotStated || e.P.Printed != "" {
			f.add(e, nil)
		}
	}
}
