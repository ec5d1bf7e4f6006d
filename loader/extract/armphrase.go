package extract

import (
	"slices"
	"strings"

	"github.com/picograph/picograph/loader/document"
)

var (
	// phraseOpeners stand before the name of an arm and are no part of it.
	phraseOpeners = setOf("the", "a", "an", "either", "to", "receive", "receiving", "received", "of", "with", "treatment", "therapy", "both", "one", "undergo",
		"undergoing", "and", "or", ",", "using", "use", "effects", "effect", "that", "those", "then", "into", "given", "get", "take", "consuming", "consume", "ingesting", "matching", "treated",
		"matched", "addition", "combining", "same", "performing", "administering", "administration", "versus", "vs", "against", "underwent", "evaluating", "assessing", "investigating", "examining", "comparing", "allocated", "assigned", "randomized", "randomised", "in", "session", "sessions", "single", "doses", "dose", "once-daily", "twice-daily", "weekly", "as", "also", "giving", "adding", "providing", "having", "application", "combination", "–", "-", "“", "\"", "‘", "'", "namely", "only", "new", "different", "identical", "other", "simply", "intravenously", "orally")
	// itemEnds end the name of an arm within its item: how often, how, where, for how long.
	itemEnds = setOf("once", "twice", "daily", "weekly", "monthly", "every", "per", "administered", "given", "taken", "delivered", "provided", "who", "which", "each", "for",
		"in", "orally", "intravenously", "intramuscularly", "subcutaneously", "consisting", "comprising", "including", "involving", "established", "followed", "starting", "three-times",
		"as", "at", "between", "immediately", "nightly", "added", "plan", "bid", "tid", "b.i.d", "t.i.d", "qd", "bd", "od", "q.d", "alternately", "applied", "twice-daily", "aiming", "groups", "arms", "beginning", "performed", "aged", "such", "i.e", "e.g", "conducted", "via", "thrice", "times", "condition", "repeated", "wherein", "whereby", "orally", "four", "three", "(")
	doseUnits = setOf("mg", "g", "ng", "ng/ml", "mg/ml", "µg/ml", "μg/ml", "mcg", "µg", "μg", "ug", "ml", "iu", "u", "units", "mg/kg", "mg/d", "mg/day", "g/day", "g/d", "µg/kg", "μg/kg", "mcg/kg", "mmol", "%", "ppm", "gy", "mg/m2", "mg/m", "mg/kg/d", "mg/kg/day", "minutes", "min", "hours", "h", "weeks", "days", "months", "nmol", "kcal", "cm", "mm", "cycles", "sessions", "doses", "wk", "wks", "mo", "d", "yr", "session", "visits", "mcg/kg/min", "cc", "microg", "microgram", "micrograms", "milligrams", "grams", "gram", "microg/kg", "microg/day", "mcg/day", "µg/day", "μg/day", "u/kg", "iu/kg", "iu/d", "iu/day", "ml/kg", "g/kg", "mmol/l", "mg/24h", "mg/kg/min", "microm", "mm", "mumol")
	// noArmWords are words that the name of an arm never has: verbs, measures, outcomes, statistics.
	noArmWords = setOf("was", "were", "is", "are", "had", "have", "has", "did", "will", "would", "differ", "differed", "we", "they", "it", "their", "its", "them", "there", "participants'",
		"t-test", "anova", "incidence", "proportions", "variables", "significant", "significantly", "p", "outcomes", "endpoint", "endpoints", "changes", "rates", "scores", "baseline", "months",
		"efficacy", "effectiveness", "differences", "improvement", "improvements", "reductions", "safety", "tolerability", "adverse", "follow-up", "increase", "decrease", "mortality",
		"variability", "characteristics", "groups'", "asked", "followed", "searched", "data", "metrics", "tested", "between", "values", "measurements", "articles", "relevant", "success", "years", "blocks", "random", "randomly", "test", "tests", "chi-square", "regression", "u-test", "t-tests", "although", "difference", "this", "but", "analysis", "analyses", "trimester", "trial", "study", "separated", "toxicity", "progression", "population", "populations", "results", "findings")
	// noArmOpeners open phrases that tell of time, people or purpose rather than of an arm.
	noArmOpeners = setOf("interest", "called", "named", "termed", "defined", "at", "on", "after", "before", "during", "by", "from", "until", "among", "how", "what", "why", "when", "where", "if", "whether", "baseline", "months", "weeks", "days",
		"favouring", "favoring", "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december", "participants", "patients", "children", "women", "men",
		"adults", "people", "subjects", "individuals", "age", "sex", "gender", "changes", "change", "outcomes", "placebos", "quality", "our", "this", "these", "others", "not", "being", "severity", "type", "etiology", "than", "number", "time", "level", "levels", "rate",
		"asking", "reverse", "compare", "assess", "evaluate", "determine", "actively", "concentrations", "significant", "pain", "mean", "response", "responses", "including", "consisting", "comprising", "relation", "differences", "difference", "results", "healthy", "groups", "arms", "controls'")
)

// armPhrase cuts a part of a list to the name of one arm: without determiners and counts of people in front, without
// frequency, route, duration, setting or purpose behind. The brackets that follow the name stay with it. ok is false
// where no name remains.
func (r *reading) armPhrase(ws []word) (document.Span, bool) {
	text := r.doc.Text
	whole := ws
	ws = withoutOpeners(ws)
	cut := len(whole) - len(ws)
	if k := slices.IndexFunc(whole, func(w word) bool { return w.lower == "treatment" || w.lower == "intervention" }); k >= 0 && !slices.ContainsFunc(whole[:k], func(w word) bool { return !determiners[w.lower] && w.lower != "either" && w.lower != "a" }) && treatmentOf.MatchString(text[whole[k].End:]) && (k+1 == len(whole) || trailers[whole[k+1].lower]) { // "a treatment (Zolpam Stent)"
		return document.Span{Start: whole[k].Start, End: bracketsEnd(text, whole[k].End)}, true
	}
	course := cut > 2 && courseOf(whole[cut-3:]) == 3 // "6 weeks of 24 micronutrients"
	if len(ws) == 0 || phraseOpeners[ws[0].lower] && !(len(ws) > 2 && ws[1].lower == "as" && ws[2].lower == "usual") && !kindOfGroup(ws) {
		return document.Span{}, false
	}
	if groupLabel(ws) {
		return document.Span{Start: ws[0].Start, End: bracketsEnd(text, ws[1].End)}, true
	}
	for len(ws) > 1 && trailers[ws[len(ws)-1].lower] && text[ws[len(ws)-1].Start] != 'A' {
		ws = ws[:len(ws)-1]
	}
	end := r.nameEnds(ws)
	if end > 1 && onlyDigits(ws[end-1].lower) && timesSign.MatchString(text[ws[end-1].End:]) { // "placebo 3 × 2 capsules", "placebo 3 times daily"
		end--
	}
	for end > 0 && (trailers[ws[end-1].lower] && text[ws[end-1].Start] != 'A' || ws[end-1].Len() == 1 && !digitStart(ws[end-1].lower) && !isLetter(ws[end-1].lower) && !(ws[end-1].lower == "%" && end > 1 && digitStart(ws[end-2].lower))) {
		end--
	}
	if end == 0 || end > 14 || noArmOpeners[ws[0].lower] && !programOn(ws[:end]) {
		return document.Span{}, false
	}
	name := ws[:end]
	s := document.Span{Start: name[0].Start, End: name[len(name)-1].End}
	if digitStart(name[0].lower) && onlyDigits(name[0].lower) && !(len(name) > 2 && calledBehind(text, s.End)) && !(course && len(name) > 1 && !personNouns[name[1].lower]) && (len(name) == 1 || !doseUnits[name[1].lower] && !strings.Contains(name[1].lower, "/")) {
		return document.Span{}, false
	}
	lettered := false
	for i, w := range name {
		if noArmWords[w.lower] && !(w.lower == "follow-up" && len(name) < 3 && (len(name) == 1 || aloneWords[name[len(name)-1].lower] || i > 0 && usualAdjectives[name[i-1].lower])) && !(i+1 < len(name) && (w.lower == "trial" || w.lower == "study" || w.lower == "toxicity" || w.lower == "safety" && !joint(name[i+1].lower) && name[i+1].lower != "of")) && !testOfPeople(name, i) && !(w.lower == "followed" && followedBy(name[i:])) || ordinal(w.lower) {
			return document.Span{}, false
		}
		lettered = lettered || !digitStart(w.lower) && len(w.lower) > 1 || i > 0 && doseUnits[w.lower] || numberedCode.MatchString(text[w.Start:w.End])
	}
	if !lettered || len(name) == 1 && groupLetter(name[0]) {
		return document.Span{}, false
	}
	for i := range whole { // the count of people stays in front: it is the size of the arm
		if whole[i].Start < s.Start && peopleCount(whole[i:]) > 0 {
			s.Start = whole[i].Start
			break
		}
	}
	s.End = bracketsEnd(text, s.End)
	if end < len(ws) && (ws[end].lower == "group" || ws[end].lower == "arm" || ws[end].lower == "groups" || ws[end].lower == "arms" || ws[end].lower == "condition") {
		s.End = bracketsEnd(text, ws[end].End)
	}
	return s, true
}

// numberedCode is a code that opens with a number: "5-FU", "3MIX-MP".
var numberedCode = rules.New(`^\d+-?\p{Lu}{2,}(?:-\p{Lu}+)?$`)

// nameEnds returns the place of the word that ends the name of an arm which some words open with: how often, how, where, for what it was given.
func (r *reading) nameEnds(ws []word) int {
	text := r.doc.Text
	end := 0
	named := genericBracket(text, ws[len(ws)-1].End) || initialsBehind(text, ws)
	for end < len(ws) && end < 17 {
		l := ws[end].lower
		if l == "," && betweenAdjectives(ws, end) {
			end++
			continue
		}
		if named && !finiteStops[l] && l != "," || end > 0 && l == "followed" && followedBy(ws[end:]) || end > 1 && l == "by" && ws[end-1].lower == "followed" {
			end++
			continue
		}
		if end > 0 && end+1 < len(ws) && (l == "as" && ws[end+1].lower == "usual" || l == "in" && combinationAhead(ws, end)) {
			end++
			continue
		}
		if n := r.goesOnBehind(ws, end); n > 0 {
			end = n
			continue
		}
		if end > 1 && scheduled[l] { // "a yoga program prescribed three times a week"
			break
		}
		if end > 1 && ws[end-1].lower == "and" && (l == "they" || l == "who") { // "no exercise and they only received tablets"
			return end - 1
		}
		if end > 0 && (itemEnds[l] || listStops[l] || groupWord[l] && endsName(ws[end+1:]) && !(kindOfGroup(ws) && end+1 < len(ws) && givenVerbs[ws[end+1].lower]) || l == "," || l == ";" || l == "." || l == ":" && end > 0 || l == "–" && !(end > 0 && end+1 < len(ws) && ws[end-1].End == ws[end].Start && ws[end].End == ws[end+1].Start) || l == "-") {
			break
		}
		if l == "using" && end > 2 { // "training with a game using a simulator"
			break
		}
		if l == "the" && end > 0 && end+1 < len(ws) && timesOfDay[ws[end+1].lower] { // "a tablet the evening before"
			break
		}
		if l == "with" && end > 0 && end+1 < len(ws) && (ws[end+1].lower == "a" || ws[end+1].lower == "an") && end > 3 {
			break
		}
		end++
	}
	return end
}

// goesOnBehind returns the place from which the name of an arm goes on with another thing that it was given, behind the words from end on
// that tell how often the first was: "zolpam 5 mg four times daily and placebo". It is 0 where the name does not go on.
func (r *reading) goesOnBehind(ws []word, end int) int {
	k := end
	for k < len(ws) && k < end+5 && howOften[ws[k].lower] {
		k++
	}
	if k == end || end == 0 || k+1 >= len(ws) || ws[k].lower != "and" && ws[k].lower != "plus" && ws[k].lower != "with" {
		return 0
	}
	next := ws[k+1]
	if next.lower != "placebo" && len(r.treatments(next.Span)) == 0 && r.doubtful(draft{label: next.Span}) >= 0 {
		return 0
	}
	return k + 1
}

// howOften are the words of how often something was given.
var howOften = setOf("once", "twice", "thrice", "times", "daily", "weekly", "monthly", "nightly", "a", "per", "day", "week", "bid", "tid", "qd", "bd", "od", "two", "three", "four", "five", "six")

// timesSign stands behind how often something was given.
var timesSign = rules.New(`^\s?(?:[×x]\s?\d|times\b)`)

// treatmentOf is a bracket with capitals behind a word that says only that something was given.
var treatmentOf = rules.New(`^ ?\([^()= ]*\p{Lu}[^()= ]* [^()=]*\)`)

// programOn reports whether a name that opens with what a study tells of outcomes and people is of something done for them: "pain coping
// skills training", "healthy eating".
func programOn(name []word) bool {
	last := name[len(name)-1].lower
	return programTopics[name[0].lower] && !peopleHeads[last] && slices.ContainsFunc(name[1:], func(w word) bool { return programs[w.lower] })
}

// programTopics are words for outcomes and people that what is done with people is named after.
var programTopics = setOf("healthy", "pain", "quality", "time", "change", "age", "sex", "number", "response", "women", "men", "children", "people")

// programs are nouns for what is done with people.
var programs = setOf("education", "training", "program", "programme", "management", "eating", "intervention", "coaching", "counselling", "counseling", "course", "skills", "lifestyle", "diet", "therapy", "promotion", "support",
	"advice", "workshop", "workshops", "classes", "module", "modules", "reprocessing", "exercises", "collaborative", "improvement")

// timesOfDay tell when something was given.
var timesOfDay = setOf("evening", "morning", "night", "next", "previous", "following")

// usualAdjectives tell of what is done where nothing special is.
var usualAdjectives = setOf("standard", "usual", "routine", "conventional", "regular", "no", "normal")

// aloneWords say that an arm got nothing else.
var aloneWords = setOf("alone", "only")

// inCombination are words behind "in" that go on with the name of an arm: "A in combination with B".
var inCombination = setOf("combination", "addition", "association", "conjunction")

// combinationAhead reports whether the words from i on tell, in few words, what a treatment is combined with.
func combinationAhead(ws []word, i int) bool {
	if i+3 >= len(ws) || len(ws) > 13 || !inCombination[ws[i+1].lower] || ws[i+2].lower != "with" && ws[i+2].lower != "to" || itemEnds[ws[i+3].lower] {
		return false
	}
	return !slices.ContainsFunc(ws[i+3:], func(w word) bool { return noArmWords[w.lower] || w.lower == "a" || w.lower == "," })
}

// stayVerbs tell that people go on with a treatment, or change to it.
var stayVerbs = setOf("remain", "remained", "remaining", "stay", "continue", "continued", "continuing", "switch", "switched", "switching", "kept", "maintained", "change", "changed")

// goesOnWith returns how many words at the start of some words say that people go on with a treatment: "remain on their",
// "switch to", "continue to receive"; 0 where they do not.
func goesOnWith(ws []word) int {
	if len(ws) < 3 || !stayVerbs[ws[0].lower] {
		return 0
	}
	n := 0
	switch l := ws[1].lower; {
	case l == "on" || l == "with" || l == "to" && !infinitives[ws[2].lower]:
		n = 2
	case (l == "treatment" || l == "therapy") && (ws[2].lower == "with" || ws[2].lower == "on"):
		n = 3
	case l == "to" && (ws[2].lower == "provide" || ws[2].lower == "receive" || ws[2].lower == "use"):
		n = 3
	}
	if n > 0 && n+1 < len(ws) && ws[n].lower == "their" {
		n++
	}
	return n
}

// followedBy reports whether words go on with what a treatment is followed by: "followed by adjuvant gemcitabine".
func followedBy(ws []word) bool {
	return len(ws) > 2 && ws[0].lower == "followed" && ws[1].lower == "by" && !finiteVerbs[ws[2].lower] && ws[2].lower != "the"
}

// statisticWords stand before "test" in the names of tests of numbers.
var statisticWords = setOf("exact", "chi-square", "chi-squared", "chi", "square", "squared", "χ2", "x2", "t", "u", "z", "f", "student", "student's", "fisher", "fisher's", "whitney", "mann-whitney", "wilcoxon",
	"rank", "sum", "rank-sum", "signed-rank", "log-rank", "logrank", "mcnemar", "mcnemar's", "kruskal-wallis", "wallis", "friedman", "friedman's", "paired", "unpaired", "statistical", "independent", "post-hoc",
	"hoc", "multiple", "tukey's", "tukey", "bonferroni", "shapiro-wilk", "sided", "two-sided", "two-tailed", "the", "of", "on")

// testOfPeople reports whether the word at a place is "test" behind what people are tested by: "standard genetic tests".
func testOfPeople(name []word, i int) bool {
	if name[i].lower != "test" && name[i].lower != "tests" || i == 0 || i+1 < len(name) && (name[i+1].lower == "set" || name[i+1].lower == "sets") {
		return false
	}
	return !slices.ContainsFunc(name, func(w word) bool { return statisticWords[w.lower] || strings.HasSuffix(w.lower, "-test") })
}

// ordinal reports whether a word is a numbered one: "7th", "21st".
func ordinal(s string) bool {
	return len(s) > 2 && digitStart(s) && (strings.HasSuffix(s, "th") || strings.HasSuffix(s, "st") || strings.HasSuffix(s, "nd") || strings.HasSuffix(s, "rd"))
}

func onlyDigits(s string) bool { return strings.Trim(s, "0123456789.,") == "" }

// endsName reports whether the word "group" before some words ends a name: it does not in "group counseling".
func endsName(ws []word) bool {
	return len(ws) == 0 || trailers[ws[0].lower] || listStops[ws[0].lower] || givenVerbs[ws[0].lower] || phraseStops[ws[0].lower] || groupLetter(ws[0]) || ws[0].lower == ";" || ws[0].lower == "." || ws[0].lower == ":"
}

// genericBracket reports whether the bracket directly behind a place says what part an arm plays: "(active control)".
func genericBracket(text string, at int) bool {
	end := bracketsEnd(text, at)
	return end > at && genericArm.MatchString(strings.Trim(strings.TrimSpace(text[at:end]), "()[]"))
}

// calledBehind reports whether the bracket directly behind a place says what an arm is called for short, with its size: "(short course;
// n = 12)".
func calledBehind(text string, at int) bool {
	end := bracketsEnd(text, at)
	return end > at && calledSized.MatchString(strings.TrimSpace(text[at:end]))
}

// calledSized is a bracket with a short name and a size.
var calledSized = rules.New(`^[(\[](\p{L}[\p{L} -]{2,30})[;,:] n\s?=\s?\d+[)\]]$`)

// initialsBehind reports whether the bracket directly behind some words, two to four, holds the first letters of each of them:
// "Seed Added (SA)".
func initialsBehind(text string, ws []word) bool {
	if len(ws) < 2 || len(ws) > 4 {
		return false
	}
	last := ws[len(ws)-1].End
	end := bracketsEnd(text, last)
	if end == last {
		return false
	}
	initials := ""
	for _, w := range ws {
		initials += w.lower[:1]
	}
	return strings.EqualFold(strings.Trim(strings.TrimSpace(text[last:end]), "()[]"), initials)
}

// namesGroup are openers of the names of arms that are the whole name where a group follows: "the combination group".
var namesGroup = setOf("treatment", "combination", "therapy", "combined", "addition", "supplementation")

// studyOf returns how many words at the start of some words say what kind of study tries what follows: "phase 3 trial assessing",
// "multicentre study of"; 0 where they do not.
func studyOf(ws []word) int {
	for i := 0; i+2 < len(ws) && i < 6; i++ {
		switch ws[i].lower {
		case "trial", "trials", "study", "studies", "rct":
			if next := ws[i+1].lower; next == "of" || comparisonVerbs[next] || triesVerbs[next] {
				i += 2
				if i < len(ws) && (ws[i].lower == "a" || ws[i].lower == "an") {
					i++
				}
				if i+2 < len(ws) && digitStart(ws[i].lower) && (ws[i+1].lower == "week" || ws[i+1].lower == "month" || ws[i+1].lower == "day" || ws[i+1].lower == "year") {
					i += 2
				}
				return i
			}
		case ",", ";", "with", "of", "plus", "and":
			return 0
		}
	}
	return 0
}

var triesVerbs = setOf("assessing", "evaluating", "testing", "investigating", "examining", "studying", "exploring")

func kindOfGroup(ws []word) bool {
	return len(ws) > 1 && namesGroup[ws[0].lower] && groupWord[ws[1].lower]
}

// withoutOpeners drops what stands before the name of an arm: determiners, "treatment with", "411 patients to".
func withoutOpeners(ws []word) []word {
	for len(ws) > 1 && !groupLabel(ws) {
		n := max(peopleCount(ws), courseOf(ws))
		switch {
		case n > 0 || len(ws) > 2 && ws[1].lower == "as" && ws[2].lower == "usual": // "treatment as usual"
		case len(ws) > 2 && (ws[0].lower == "once" || ws[0].lower == "twice") && (ws[1].lower == "daily" || ws[1].lower == "weekly" || ws[1].lower == "monthly"):
			n = 2
		case len(ws) > 2 && ws[0].lower == "substitution" && ws[1].lower == "with": // of what is given in a drug's stead
			n = 2
		case goesOnWith(ws) > 0:
			n = goesOnWith(ws)
		case studyOf(ws) > 0:
			n = studyOf(ws)
		case kindOfGroup(ws):
		case groupThat(ws) > 0:
			n = groupThat(ws)
		case groupGot(ws) > 0:
			n = groupGot(ws)
		case ws[0].lower == "our" || len(ws) == 2 && onlyDigits(ws[0].lower) && adjective(ws[1].lower): // "our standard dose", "30 controllable"
			n = 1
		case phraseOpeners[ws[0].lower]:
			n = 1
		}
		if n == 0 || n >= len(ws) {
			break
		}
		ws = ws[n:]
	}
	return ws
}

// groupThat returns how many words at the start say of a group, which has no other name, that it was given something: "condition that
// provided"; 0 where they do not.
func groupThat(ws []word) int {
	if len(ws) > 3 && groupNouns[ws[0].lower] && (ws[1].lower == "that" || ws[1].lower == "which" || ws[1].lower == "who") && (givenVerbs[ws[2].lower] && !auxiliaries[ws[2].lower] || ws[2].lower == "provided" || ws[2].lower == "offered") {
		return 3
	}
	if len(ws) > 3 && groupNouns[ws[0].lower] && groupDone[ws[1].lower] && (ws[2].lower == "with" || ws[2].lower == "to" || ws[2].lower == "by") { // "a group confronted with"
		return 3
	}
	return 0
}

// groupDone are participles of what was done with a group.
var groupDone = setOf("confronted", "exposed", "treated", "subjected", "presented", "provided", "supplemented", "managed")

// courseNouns are what a treatment is given in.
var courseNouns = setOf("course", "days", "minutes", "years", "year", "month", "week", "sessions", "weeks", "months", "cycles", "courses", "hours", "visits", "classes", "injections", "infusions", "applications")

// courseOf returns how many words at the start say how much of a treatment was given: "8 weeks of", "24 individual therapy
// sessions of"; 0 where none do.
func courseOf(ws []word) int {
	if !digitStart(ws[0].lower) && numerals[ws[0].lower] == 0 {
		return 0
	}
	for i := 1; i+1 < len(ws) && i < 5; i++ {
		if courseNouns[ws[i].lower] && ws[i+1].lower == "of" {
			return i + 2
		}
		if itemEnds[ws[i].lower] || listStops[ws[i].lower] || ws[i].lower == "," || ws[i].lower == "or" || ws[i].lower == "and" {
			return 0
		}
	}
	return 0
}

var trailers = setOf(".", ";", ":", "versus", "vs", "vs.", "v", "against", "compared", "relative", "as", "or", "but", "either", "and", "of", "to", "with", "the", "a", "an", "for", "in", "at", "on", "plus", "then", ",", "-", "–", "’", "'", "”", "\"", "were", "was", "/")

func isLetter(s string) bool { return len(s) == 1 && s[0] >= 'a' && s[0] <= 'z' }

// groupLabel reports whether words start with the label of a group: "group A", "arm 2".
func groupLabel(ws []word) bool {
	return len(ws) > 1 && (ws[0].lower == "group" || ws[0].lower == "arm") && groupLetter(ws[1])
}

// peopleCount returns how many words at the start of some words count people sent to an arm: "411 patients to",
// "87 were assigned to", "40 to"; 0 where they do not.
func peopleCount(ws []word) int {
	if len(ws) < 2 || !digitStart(ws[0].lower) && numerals[ws[0].lower] == 0 {
		return 0
	}
	for i := 1; i < len(ws) && i < 9; i++ {
		switch l := ws[i].lower; {
		case l == "to" || l == "received" || l == "receive" || l == "receiving", l == ":" && i > 1:
			return i + 1
		case i > 1 && (l == "given" || l == "fed" || l == "offered"): // "30 were given"
			return i + 1
		case i > 1 && l == "treated" && i+1 < len(ws) && ws[i+1].lower == "with":
			return i + 2
		case l == "each" && i == 2, l == "who" && i == 2:
		case l == "with" && i == 2 && receivedAhead(ws, i) > 0:
			return receivedAhead(ws, i)
		case l == "in" && i < 3 || l == "with" && i < 3:
			return i + 1
		case i == 1 && i+1 < len(ws) && unitNouns[ws[i+1].lower]: // "16 rural villages"
		case personNouns[l] && i == 1 || unitNouns[l] && i < 3 || l == "were" || l == "was" || allocationVerbs[l] || l == "the" || i == 1 && (l == "clinics" || l == "practices" || l == "clusters" || l == "infants" || l == "eyes"):
		default:
			return 0
		}
	}
	return 0
}

// receivedAhead returns the place behind a verb of receiving that follows, in few words, what people have: "with mild asthma received"; 0
// where none does.
func receivedAhead(ws []word, i int) int {
	for k := i + 1; k+1 < len(ws) && k < i+6; k++ {
		switch l := ws[k].lower; {
		case l == "received":
			return k + 1
		case (l == "were" || l == "was") && (ws[k+1].lower == "given" || ws[k+1].lower == "fed" || ws[k+1].lower == "offered"):
			return k + 2
		case l == "," || l == "and" || l == "or" || l == ";" || l == ".":
			return 0
		}
	}
	return 0
}

// bracketsEnd returns where the brackets that follow directly after i end, or i.
func bracketsEnd(text string, i int) int {
	for i < len(text) {
		rest := strings.TrimLeft(text[i:], " ”\"’'")
		if rest == "" || rest[0] != '(' && rest[0] != '[' {
			return i
		}
		c := closes(rest[:min(len(rest), 400)])
		if c < 0 {
			return i
		}
		i = len(text) - len(rest) + c + 1
	}
	return i
}

// distinctFrom reports whether words has one that none of the others has.
func distinctFrom(words []string, others [][]string) bool {
	return slices.ContainsFunc(words, func(w string) bool {
		return !slices.ContainsFunc(others, func(o []string) bool { return slices.Contains(o, w) })
	})
}

// groupGot returns how many words at the start of some words say that a group without a name got what follows, or 0: "intervention received",
// "the control group was given".
func groupGot(ws []word) int {
	i := 0
	for i < len(ws) && determiners[ws[i].lower] {
		i++
	}
	if i == len(ws) || !namelessGroups[ws[i].lower] {
		return 0
	}
	for i++; i < len(ws) && (groupNouns[ws[i].lower] || ws[i].lower == "was" || ws[i].lower == "were"); i++ {
	}
	if i+1 >= len(ws) || ws[i].lower != "received" && ws[i].lower != "given" && ws[i].lower != "underwent" && ws[i].lower != "got" {
		return 0
	}
	return i + 1
}

// scheduled are words behind the name of what a group got that go on to how often it did.
var scheduled = setOf("prescribed", "conducted")

// namelessGroups are what a group is called by its part in a study.
var namelessGroups = setOf("intervention", "experimental", "control", "treatment", "study", "comparison", "active")
