package extract

import (
	"slices"
	"strings"

	"github.com/picograph/picograph/loader/document"
)

// A small reading of English clauses, enough to say which noun phrase a result is about where neither the study nor
// the vocabulary names it: the subject ("Days using opioids decreased"), the object where the subject is a group of
// people ("The intervention reduced opioid use"), or what stands behind a noun of change ("no change in appetite").

var (
	adverbialOpeners = setOf("at", "over", "after", "during", "among", "in", "compared", "within", "for", "by", "from", "on",
		"overall", "importantly", "however", "moreover", "notably", "similarly", "additionally", "furthermore", "relative", "when",
		"although", "while", "despite", "with", "between", "finally", "secondly", "consequently", "of", "following", "through",
		"also", "unlike", "to", "both", "likewise", "conversely", "interestingly", "instead", "otherwise", "meanwhile", "subsequently", "according", "accordingly", "specifically", "again",
		"first", "firstly", "third", "thirdly", "fourth", "fourthly", "fifth", "lastly", "thus", "therefore", "hence", "nevertheless", "nonetheless", "thereafter", "surprisingly", "unfortunately", "using", "considering", "out", "outside")
	determiners = setOf("the", "a", "an", "this", "that", "these", "those", "their", "its", "his", "her", "our", "mean", "median",
		"significant", "significantly", "statistical", "statistically", "overall", "no", "essentially", "little", "any", "such", "later", "still", "then", "also", "adjusted", "unadjusted", "estimated", "respective", "total", "observed")
	// changeNouns are nouns behind which the thing that changed stands after "in" or "of".
	changeNouns = setOf("reduction", "reductions", "decrease", "decreases", "increase", "increases", "increment", "increments", "improvement", "improvements",
		"change", "changes", "difference", "differences", "decline", "declines", "gain", "gains", "effect", "effects", "worsening",
		"deterioration", "rise", "drop", "benefit", "benefits", "superiority", "enhancement", "enhancements", "elevation", "elevations", "attenuation")
	phraseStops = setOf("more", "than", "compared", "versus", "vs", "vs.", "relative", "in", "by", "from", "at", "over", "after", "during",
		"among", "for", "between", "when", "while", "whereas", "but", "although", "which", "who", "that", "as", "because", "with",
		"to", "on", "within", "across", "were", "was", "is", "are", "had", "did", "similarly", "significantly", "throughout", "until",
		"following", "favoring", "favouring", "along", "both", "either", "neither", "nor", "respectively", "slightly", "substantially",
		"occurred", "compared", "less", "only", "not", "before", "despite", "through", "also")
	auxiliaries = setOf("was", "were", "is", "are", "did", "do", "does", "had", "has", "have", "could", "would", "be", "been", "not",
		"significantly", "also", "still", "more", "less", "greater", "larger", "smaller", "higher", "lower", "fewer", "no", "slightly",
		"substantially", "markedly", "only", "a", "an", "the", "any", "some", "considerably", "their", "better", "worse", "clinically",
		"statistically", "non-significantly", "nonsignificantly", "all", "improved", "reduced", "increased", "decreased",
		"lowered", "worsened", "improve", "reduce", "increase", "decrease", "lower", "worsen", "affect", "change", "alter", "reported", "showed", "experienced", "achieved", "demonstrated", "gained", "lost", "that", "said",
		"felt", "of", "much", "two", "shown", "to", "into", "small", "large", "modest", "moderate", "medium")
	personNouns = setOf("patients", "participants", "people", "individuals", "subjects", "adults", "women", "men", "children", "those",
		"adolescents", "veterans", "residents", "infants", "neonates", "respondents", "outpatients", "inpatients", "mothers", "students", "intervention", "control", "group", "groups", "arm",
		"arms", "placebo", "treatment", "therapy", "program", "programme", "both", "users")
)

// clauseWords returns the words of a clause outside brackets, which the caller must not change.
func clauseWords(words []word, span document.Span) []word {
	words = wordsIn(words, span)
	bracketed := func(w word) bool { return w.depth > 0 || isBracket(w.lower) }
	first := slices.IndexFunc(words, bracketed)
	if first < 0 {
		return words
	}
	out := append(make([]word, 0, len(words)), words[:first]...)
	for _, w := range words[first:] {
		if !bracketed(w) {
			out = append(out, w)
		}
	}
	return out
}

// plainWords are the words of a clause outside brackets, kept for those who ask again.
type plainWords struct {
	span  document.Span
	of    int // how many words it was asked for
	words []word
}

func (p *plainWords) in(words []word, span document.Span) []word {
	if p.words == nil || p.span != span || p.of != len(words) {
		*p = plainWords{span, len(words), clauseWords(words, span)}
	}
	return p.words
}

// plain returns the words of the clause outside brackets, which the caller must not change.
func (c *clause) plain() []word { return c.plainOf.in(c.words, c.Span) }

// plainTopic returns those of its topic.
func (c *clause) plainTopic() []word { return c.plainTopicOf.in(c.topic, c.Span) }

func isBracket(s string) bool { return s == "(" || s == ")" || s == "[" || s == "]" }

// topicPhrase returns the noun phrase that a clause is about, leaving out what the arms' mentions cover. ok is false
// when no phrase of letters remains.
func topicPhrase(words []word, span document.Span, arms []armMention) (document.Span, bool) {
	ws := withoutAdverbial(reported(withoutAdverbial(withoutLabel(clauseWords(words, span)))))
	if len(ws) > 1 && ws[0].lower == "there" && finiteVerbs[ws[1].lower] { // "there was less need for X": the subject follows
		ws = ws[1:]
	}
	if len(ws) > 3 && fails(ws, 0) {
		ws = ws[3:] // "but failed to improve sleep"
	}
	verb := mainVerb(ws)
	if s, ok := afterChangeNoun(ws, arms); ok {
		return s, true
	}
	if verb > 3 && (ws[0].lower == "neither" || ws[0].lower == "both") { // "neither pain nor sleep"
		ws, verb = ws[1:], verb-1
	}
	if s, ok := afterAlike(ws, verb, arms); ok {
		return s, true
	}
	if verb > 0 {
		if s, ok := shareOfPeople(ws[:verb], arms); ok {
			return s, true
		}
		if s, ok := trimPhrase(ws[:verb], arms); ok {
			return s, true
		}
	}
	if verb >= 0 {
		rest := ws[verb+1:]
		for len(rest) > 0 && (auxiliaries[rest[0].lower] || finiteVerbs[rest[0].lower]) {
			rest = rest[1:]
		}
		if len(rest) > 0 && digitStart(rest[0].lower) {
			return document.Span{}, false // "was 17.9 min"
		}
		if s, ok := afterDiffer(ws[verb:], arms); ok {
			return s, true
		}
		if changeVerbs[ws[verb].lower] != "" && len(rest) > 1 && (rest[0].lower == "in" || rest[0].lower == "on") {
			s, ok := trimPhrase(rest[1:], arms) // "both groups improved in grip strength"
			return s, ok && !slices.ContainsFunc(wordsWithin(rest, s), func(w word) bool { return w.lower == "these" || w.lower == "those" })
		}
		return trimPhrase(rest, arms)
	}
	return trimPhrase(ws, arms)
}

// reported drops what says that something was found: "the results showed that pain fell".
func reported(ws []word) []word {
	for i, w := range ws[:min(8, len(ws))] {
		if w.lower == "that" && i > 0 && reportVerbs[ws[i-1].lower] && mainVerb(ws[i+1:]) > 0 {
			return ws[i+1:]
		}
		if i > 0 && reportVerbs[w.lower] && analysisNouns[ws[i-1].lower] && i+1 < len(ws) && ws[i+1].lower != "that" && mainVerb(ws[i+1:]) > 0 {
			return ws[i+1:] // "repeated measures ANOVA revealed pain was lower"
		}
	}
	return ws
}

// analysisNouns name what a result was found by.
var analysisNouns = setOf("analysis", "analyses", "anova", "ancova", "manova", "regression", "test", "tests", "testing", "model", "models", "results", "comparison", "comparisons", "data", "findings")

var reportVerbs = setOf("showed", "shows", "shown", "revealed", "reveals", "found", "indicated", "indicates", "demonstrated", "demonstrates", "suggested", "suggests", "observed", "confirmed", "reported", "noted", "seen")

// shareOfPeople returns a subject that counts people, with all that says which: "proportion of patients with a negative test
// given an antibiotic".
func shareOfPeople(ws []word, arms []armMention) (document.Span, bool) {
	for len(ws) > 0 && determiners[ws[0].lower] {
		ws = ws[1:]
	}
	if len(ws) < 5 || !shareNouns[ws[0].lower] || ws[1].lower != "of" {
		return document.Span{}, false
	}
	people := slices.IndexFunc(ws[:min(6, len(ws))], func(w word) bool { return personNouns[w.lower] || countedPeople[w.lower] })
	if people < 0 {
		return document.Span{}, false
	}
	end := people + 1
	for end < len(ws) && end < people+14 && ws[end].lower != "," && ws[end].lower != "." && !(end+1 < len(ws) && joint(ws[end].lower) && ws[end+1].lower == "in") && ws[end].lower != ";" && !slices.ContainsFunc(arms, func(a armMention) bool { return a.Overlaps(ws[end].Span) }) {
		end++
	}
	for end > people && (phraseStops[ws[end-1].lower] || determiners[ws[end-1].lower] || clauseOpeners[ws[end-1].lower] || ws[end-1].lower == "of" || strings.HasSuffix(ws[end-1].lower, "ly")) {
		end--
	}
	if end <= people+2 {
		return document.Span{}, false
	}
	return document.Span{Start: ws[0].Start, End: ws[end-1].End}, true
}

var shareNouns = setOf("proportion", "proportions", "percentage", "percentages", "percent", "number", "numbers", "rate", "rates", "frequency", "share", "fraction", "odds", "incidence")

// countedPeople are further nouns for those of whom a share is told.
var countedPeople = setOf("newborns", "neonates", "babies", "volunteers", "pupils", "girls", "boys", "nurses", "physicians", "parents", "caregivers", "households", "families")

// withoutLabel drops what stands before a colon as a heading: "Secondary outcomes: pain fell".
func withoutLabel(ws []word) []word {
	for i, w := range ws[:min(6, len(ws))] {
		if w.lower == ":" && i > 0 && i+2 < len(ws) && mainVerb(ws[i+1:]) > 0 {
			return ws[i+1:]
		}
		if finiteVerbs[w.lower] {
			break
		}
	}
	return ws
}

// mainVerb returns the place of the clause's own verb: the first that belongs to no relative clause ("participants who had
// asthma reduced their dose"); -1 where there is none.
func mainVerb(ws []word) int {
	relative := false
	for i, w := range ws {
		switch {
		case w.lower == "who" || w.lower == "which" || w.lower == "whose" || w.lower == "that" && i > 0 && personNouns[ws[i-1].lower]:
			relative = true
		case finiteVerbs[w.lower] && relative:
			if i+1 < len(ws) && finiteVerbs[ws[i+1].lower] { // "who had received"
				continue
			}
			relative = false
		case finiteVerbs[w.lower]:
			return i
		}
	}
	return -1
}

// withoutAdverbial drops the opener of a clause: a conjunction, and "At 12 months," or "Compared with placebo,".
func withoutAdverbial(ws []word) []word {
	for len(ws) > 0 && (clauseOpeners[ws[0].lower] && ws[0].lower != "with" || ws[0].lower == "," || ws[0].lower == ";") {
		ws = ws[1:]
	}
	if len(ws) > 1 && (adjusts(ws[0]) || adverbialOpeners[ws[0].lower] && adjusts(ws[1])) {
		end := slices.IndexFunc(ws, func(w word) bool { return finiteVerbs[w.lower] })
		for end > 0 && ws[end-1].lower != "," {
			end--
		}
		ws = ws[max(0, end):]
	}
	for len(ws) > 0 && adverbialOpeners[ws[0].lower] && !opensName(ws) {
		comma := slices.IndexFunc(ws, func(w word) bool { return w.lower == "," })
		verb := slices.IndexFunc(ws, func(w word) bool { return finiteVerbs[w.lower] })
		if comma < 0 || (verb >= 0 && verb < comma) {
			if next := nextNoun(ws, verb); next > 0 {
				ws = ws[next:]
			}
			break
		}
		ws = ws[comma+1:]
	}
	return ws
}

// opensName reports whether the first word of a clause, which may stand by itself as an adverb, belongs to the noun behind it: "overall
// survival, relapse and cost were", "first relapse, ...".
func opensName(ws []word) bool {
	switch ws[0].lower {
	case "overall", "first", "third", "fourth", "fifth":
		return len(ws) > 1 && isLetter(ws[1].lower[:1]) && !adverbialOpeners[ws[1].lower] && !determiners[ws[1].lower] && !pronouns[ws[1].lower]
	}
	return false
}

// adjusts reports whether a word opens the list of what a result was adjusted for: "Adjusting for age, sex and weight,".
func adjusts(w word) bool {
	return strings.HasPrefix(w.lower, "adjust") && w.lower != "adjusted" || w.lower == "controlling" || w.lower == "accounting"
}

// adjustedFor returns where a clause lists, before its verb, what a result was adjusted for; zero where it does not.
func adjustedFor(ws []word) document.Span {
	i := slices.IndexFunc(ws, adjusts)
	if i < 0 {
		return document.Span{}
	}
	end := slices.IndexFunc(ws[i:], func(w word) bool { return w.depth == 0 && finiteVerbs[w.lower] })
	if end < 0 {
		return document.Span{}
	}
	if end += i; !reportVerbs[ws[end].lower] {
		for end > i && ws[end-1].lower != "," {
			end--
		}
	}
	if end == i {
		return document.Span{}
	}
	return document.Span{Start: ws[i].Start, End: ws[end-1].End}
}

// nextNoun returns where the subject starts behind an opening time without a comma, "after the treatment the score was"; 0
// where the words show no such place.
func nextNoun(ws []word, verb int) int {
	switch ws[0].lower {
	case "after", "before", "at", "during", "following":
	default:
		return 0
	}
	for i := 2; i < verb-1 && i < 6; i++ {
		if l := ws[i].lower; (l == "the" || l == "mean" || l == "median") && !phraseStops[ws[i-1].lower] && !determiners[ws[i-1].lower] && ws[i-1].lower != "of" {
			return i
		}
	}
	return 0
}

// afterChangeNoun finds "reduction in X", "no difference between groups in X".
func afterChangeNoun(ws []word, arms []armMention) (document.Span, bool) {
	for i, w := range ws {
		if (w.lower == "association" || w.lower == "correlation" || w.lower == "relationship") && i+2 < len(ws) && ws[i+1].lower == "between" {
			rest := ws[i+2:]
			if and := slices.IndexFunc(rest, func(w word) bool { return w.lower == "and" }); and > 0 {
				return trimPhrase(rest[:and], arms) // the first of the two
			}
		}
		if !changeNouns[w.lower] {
			continue
		}
		if strings.HasPrefix(w.lower, "difference") {
			if s, ok := differsBetween(ws[i+1:], arms); ok {
				return s, true
			}
		}
		for j := i + 1; j < len(ws) && j < i+9; j++ {
			if ws[j].lower == "of" && (ws[j-1].lower == "time" || ws[j-1].lower == "moment" || ws[j-1].lower == "end" || ws[j-1].lower == "start") {
				continue // "no difference at the time of discharge"
			}
			if ws[j].lower == "in" && j+1 < len(ws) && (ws[j+1].lower == "terms" || ws[j+1].lower == "favor" || ws[j+1].lower == "favour") {
				continue // "a difference in favor of A for X"
			}
			ofArm := ws[j].lower == "for" && !ofTreatment[w.lower] && slices.ContainsFunc(arms, func(a armMention) bool {
				return a.Contains(ws[j-1].Span) || a.End <= ws[j-1].Start && a.End+1 >= ws[j-1].Start && armNouns[ws[j-1].lower]
			})
			if (ofArm || ws[j].lower == "in" || ws[j].lower == "of" && !ofTreatment[w.lower] || ws[j].lower == "on" || regards(ws, j)) && j+1 < len(ws) && !digitStart(ws[j+1].lower) {
				if s, ok := shareOfPeople(ws[j+1:], arms); ok {
					return s, true
				}
				if s, ok := trimPhrase(ws[j+1:], arms); ok {
					return s, true
				}
			}
			if ws[j].lower == "," || ws[j].lower == ";" {
				break
			}
		}
	}
	return document.Span{}, false
}

// differsBetween finds what is told to differ where its name stands between "between" and the arms: "between the weight of A and B", "between
// serum levels in A and B".
func differsBetween(ws []word, arms []armMention) (document.Span, bool) {
	at := slices.IndexFunc(ws[:min(4, len(ws))], func(w word) bool { return w.lower == "between" })
	if at < 0 || at+3 >= len(ws) {
		return document.Span{}, false
	}
	s, ok := trimPhrase(ws[at+1:], arms)
	if !ok {
		return s, false
	}
	end := slices.IndexFunc(ws, func(w word) bool { return w.Start >= s.End })
	first := slices.IndexFunc(arms, func(a armMention) bool { return !a.every && !a.rest && a.Start >= s.End })
	if end < 0 || first < 0 || ws[end].lower != "in" && ws[end].lower != "of" && ws[end].lower != "for" && ws[end].lower != "with" {
		return s, false
	}
	between := wordsWithin(ws, document.Span{Start: ws[end].End, End: arms[first].Start})
	return s, !slices.ContainsFunc(between, func(w word) bool { return !determiners[w.lower] && !armNouns[w.lower] && w.lower != "two" })
}

// afterAlike finds what something brought about alike: "resulted in similar X", "had comparable X".
func afterAlike(ws []word, verb int, arms []armMention) (document.Span, bool) {
	if verb < 0 || verb+2 >= len(ws) {
		return document.Span{}, false
	}
	next := verb + 1
	switch ws[verb].lower {
	case "resulted", "led":
		next++
	case "had", "showed", "produced", "achieved", "provided", "yielded", "experienced", "reported":
	default:
		return document.Span{}, false
	}
	if next+1 >= len(ws) || ws[next].lower != "similar" && ws[next].lower != "comparable" || valueNouns[ws[next+1].lower] || strings.HasPrefix(ws[next+1].lower, "outcome") {
		return document.Span{}, false
	}
	return trimPhrase(ws[next:], arms)
}

// afterDiffer finds what groups are told to differ or to be alike in, or one to be ahead in: "did not differ with respect to X", "were
// similar in X", "was superior to A in X", "was more effective in reducing X".
func afterDiffer(ws []word, arms []armMention) (document.Span, bool) {
	said := slices.IndexFunc(ws[:min(len(ws), 9)], func(w word) bool { return differing[w.lower] })
	if said < 0 {
		return document.Span{}, false
	}
	for j := said + 1; j+1 < len(ws) && j < said+12 && ws[j].lower != ";"; j++ {
		next := j + 1
		if changing[ws[next].lower] && next+1 < len(ws) {
			next++
		}
		ofArm := (ws[j].lower == "for" || ws[j].lower == "on") && slices.ContainsFunc(arms, func(a armMention) bool { return a.Contains(ws[j-1].Span) }) // "superior to A for X"
		if ws[j].lower != "in" && (ws[j].lower != "at" || next == j+1) && !ofArm && !regards(ws, j) || numerals[ws[next].lower] > 0 || next+1 < len(ws) && numerals[ws[next+1].lower] > 0 || digitStart(ws[next].lower) || ws[next].lower == "favor" || ws[next].lower == "favour" || ws[next].lower == "terms" || ws[next].lower == "regard" {
			continue
		}
		if s, ok := trimPhrase(ws[next:], arms); ok && slices.ContainsFunc(wordsWithin(ws, s), func(w word) bool { return !courseOfStudy[w.lower] && !courseWords[w.lower] && !determiners[w.lower] }) {
			return s, true
		}
	}
	return document.Span{}, false
}

// differing are words behind which stands what it is that groups differ or are alike in.
var differing = setOf("differ", "differed", "different", "similar", "comparable", "equivalent", "alike", "superior", "inferior", "noninferior", "non-inferior", "effective", "efficacious", "better", "worse", "comparably", "equal", "equally", "outperformed")

// afterComparative finds what was more or less of: "as well as lower benevolence".
func afterComparative(ws []word, arms []armMention) (document.Span, bool) {
	for i, w := range ws {
		if !comparative(w.lower) || i+1 >= len(ws) {
			continue
		}
		if next := ws[i+1].lower; strings.HasSuffix(next, "ly") || notCompared[next] || changeNouns[next] || finiteVerbs[next] {
			return document.Span{}, false
		}
		return trimPhrase(ws[i+1:], arms)
	}
	return document.Span{}, false
}

// notCompared are words that a comparative belongs to without naming what was measured: "more likely", "better able".
var notCompared = setOf("likely", "often", "frequent", "able", "effective", "efficacious", "common", "pronounced", "marked", "successful", "rapid", "prone", "and", "or", "tolerated", "prevalent",
	"severe", "favorable", "favourable", "efficient", "beneficial", "stable", "accurate", "extensive", "one", "two", "three", "rate", "rates", "number", "proportion", "percentage", "level", "levels", "degree", "results", "outcomes", "performance", "control", "so", "consistent")

// regards reports whether the word at a place is the last of those that lead to what is spoken of: "regarding", "with
// respect to".
func regards(ws []word, i int) bool {
	switch ws[i].lower {
	case "regarding", "concerning":
		return true
	case "of":
		return i > 0 && ws[i-1].lower == "terms"
	case "to":
		return i > 0 && (ws[i-1].lower == "respect" || ws[i-1].lower == "regard" || ws[i-1].lower == "regards" || ws[i-1].lower == "relation")
	case "for":
		return i > 0 && (strings.HasPrefix(ws[i-1].lower, "difference") || ws[i-1].lower == "groups" || ws[i-1].lower == "significant" || ws[i-1].lower == "present" || ws[i-1].lower == "evident" || ws[i-1].lower == "noted" || ws[i-1].lower == "found" || ws[i-1].lower == "observed" || ws[i-1].lower == "seen")
	}
	return false
}

// valueNouns stand before what they are of, and add nothing to its name: "values for ear pain".
var valueNouns = setOf("value", "values", "figure", "figures", "result", "results", "data", "findings", "finding")

// ofTreatment are the change nouns of which what stands behind "of" is what was given: "the superiority of A".
var ofTreatment = setOf("superiority", "benefit", "benefits", "effect", "effects")

// withoutTime drops the time at the end of a phrase, when something was measured, which is no part of what: "retention at week 24".
func withoutTime(ws []word) []word {
	for i := max(1, len(ws)-3); i+2 < len(ws); i++ {
		if p := ws[i].lower; p != "at" && p != "after" && p != "by" {
			continue
		}
		rest := ws[i+1:]
		if len(rest) == 2 && (timeUnits[rest[0].lower] && digitStart(rest[1].lower) || digitStart(rest[0].lower) && timeUnits[rest[1].lower]) {
			return ws[:i]
		}
	}
	return ws
}

// trimPhrase cuts a run of words to its leading noun phrase: no determiners before it, nothing from the first word
// that ends a phrase on, no arm and no group of people.
func trimPhrase(ws []word, arms []armMention) (document.Span, bool) {
	if len(ws) > 0 && ws[0].lower == "we" { // "we used a stent in 8 patients"
		ws = ws[min(2, len(ws)):]
	}
	for len(ws) > 0 && (determiners[ws[0].lower] || len(ws) > 1 && (ws[0].lower == "regarding" || ws[0].lower == "concerning") || digitStart(ws[0].lower) || len(ws[0].lower) == 1 || ws[0].lower == "of" || ws[0].lower == "all" || len(ws) > 1 && (ws[0].lower == "none" && ws[1].lower == "of" || ws[0].lower == "similar" || ws[0].lower == "comparable") || len(ws) > 1 && comparedAlone(ws)) {
		ws = ws[1:]
	}
	if len(ws) > 2 && valueNouns[ws[0].lower] && (ws[1].lower == "for" || ws[1].lower == "of") {
		return trimPhrase(ws[2:], arms)
	}
	if len(ws) > 4 && strings.HasPrefix(ws[1].lower, "outcome") && ws[2].lower == "such" && ws[3].lower == "as" { // "secondary outcomes such as pain"
		ws = ws[4:]
	}
	end := 0
	for end < len(ws) && !phraseStops[ws[end].lower] && !(end > 0 && finiteVerbs[ws[end].lower]) && ws[end].lower != "," && ws[end].lower != ";" && ws[end].lower != ":" && ws[end].lower != "." && end < 14 {
		end++
	}
	if end == 0 {
		return document.Span{}, false
	}
	ws = withoutTime(ws[:end])
	for len(ws) > 1 && (ws[len(ws)-1].lower == "and" || ws[len(ws)-1].lower == "or" || ws[len(ws)-1].lower == "of" || changeNouns[ws[len(ws)-1].lower]) {
		ws = ws[:len(ws)-1]
	}
	if n := len(ws); n > 3 && personNouns[ws[n-1].lower] && ws[n-2].lower == "of" && !shareNouns[ws[0].lower] { // "scores of patients"
		ws = ws[:n-2]
	}
	if n := len(ws); n == 0 || personNouns[ws[0].lower] || personNouns[ws[n-1].lower] && !(asGroups[ws[n-1].lower] && n > 2 && ws[n-2].lower == "of" && headNouns[ws[n-3].lower]) || len(ws) == 1 && auxiliaries[ws[0].lower] {
		return document.Span{}, false
	}
	if !slices.ContainsFunc(ws, func(w word) bool {
		return len(w.lower) > 2 && !clauseOpeners[w.lower] && !digitStart(w.lower) && !strings.HasSuffix(w.lower, "ly")
	}) {
		return document.Span{}, false
	}
	for i, w := range ws {
		if !slices.ContainsFunc(arms, func(a armMention) bool { return a.Overlaps(w.Span) }) {
			continue
		}
		if i < 2 || ws[i-1].lower != "of" { // "preference of treatment" is about the preference
			return document.Span{}, false
		}
		ws = ws[:i-1]
		break
	}
	return document.Span{Start: ws[0].Start, End: ws[len(ws)-1].End}, true
}
