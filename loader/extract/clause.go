package extract

import (
	"slices"
	"sort"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/picograph/picograph/graph/vocab"
	"github.com/picograph/picograph/loader/document"
)

// word is one word, number or mark of a sentence. Depth is how many brackets it stands in; a bracket itself stands at
// the depth outside of it.
type word struct {
	document.Span
	lower string
	depth int
}

// wordsOf splits a stretch of text into words. A word is a run of letters and digits with the hyphens, dots,
// apostrophes and slashes inside it; every other mark is a word of its own.
func wordsOf(text string, s document.Span) []word {
	return appendWords(make([]word, 0, s.Len()/5), text, s)
}

// appendWords appends the words of a stretch of text to out.
func appendWords(out []word, text string, s document.Span) []word {
	depth := 0
	for i := s.Start; i < s.End; {
		c, size := rune(text[i]), 1
		if c >= utf8.RuneSelf {
			c, size = utf8.DecodeRuneInString(text[i:s.End])
		}
		switch {
		case unicode.IsSpace(c):
			i += size
			continue
		case unicode.IsLetter(c) || unicode.IsDigit(c):
			end := wordEnd(text[:s.End], i)
			lower := strings.ToLower(text[i:end])
			switch {
			case lower == "vs" && end < s.End && text[end] == '.': // the full stop of an abbreviation
				end++
			case strings.HasPrefix(lower, "vs.") && digitStart(lower[len("vs."):]): // "12 vs.14"
				end, lower = i+len("vs."), "vs"
			}
			out = append(out, word{document.Span{Start: i, End: end}, lower, depth})
			i = end
			continue
		case (c == ')' || c == ']') && depth > 0:
			depth--
		}
		out = append(out, word{document.Span{Start: i, End: i + size}, text[i : i+size], depth})
		if c == '(' || c == '[' {
			depth++
		}
		i += size
	}
	return out
}

// words returns the words of a stretch of the document. A sentence is cut once: a stretch of it that starts and ends between
// words, outside brackets, has a part of the sentence's words, which the caller must not change.
func (r *reading) words(s document.Span) []word {
	i, ok := r.sentenceAround(s)
	if !ok {
		return r.cutWords(s)
	}
	if r.split == nil {
		r.split = make([][]word, len(r.doc.Sentences))
	}
	if r.split[i] == nil {
		r.split[i] = slices.Clip(r.cutWords(r.doc.Sentences[i].Span))
	}
	if ws, ok := stretchOf(r.split[i], s); ok {
		return ws
	}
	return r.cutWords(s)
}

// stretchOf returns the words in a span of those of a sentence; ok is false where a word lies across one of its ends, or a bracket
// is open where it starts.
func stretchOf(words []word, s document.Span) (in []word, ok bool) {
	from := sort.Search(len(words), func(k int) bool { return words[k].End > s.Start })
	to := from
	for to < len(words) && words[to].Start < s.End {
		to++
	}
	in = words[from:to:to]
	return in, len(in) == 0 || in[0].depth == 0 && in[0].Start >= s.Start && in[len(in)-1].End <= s.End
}

// wordsIn returns those of some words in text order that a span contains.
func wordsIn(words []word, s document.Span) []word {
	from := sort.Search(len(words), func(k int) bool { return words[k].Start >= s.Start })
	to := from
	for to < len(words) && words[to].End <= s.End {
		to++
	}
	return words[from:to:to]
}

// wordEnd returns where the word that starts at i ends.
func wordEnd(text string, i int) int {
	for i < len(text) {
		if wordByte(text[i]) {
			i++
			continue
		}
		c, size := utf8.DecodeRuneInString(text[i:])
		if unicode.IsLetter(c) || unicode.IsDigit(c) || unicode.IsMark(c) {
			i += size
			continue
		}
		if strings.ContainsRune("-.'\u2019/\u2010\u2011·", c) && i+size < len(text) {
			if next, _ := utf8.DecodeRuneInString(text[i+size:]); unicode.IsLetter(next) || unicode.IsDigit(next) {
				i += size
				continue
			}
		}
		if c == '+' && i+1 < len(text) && i > 0 && text[i-1] >= 'A' && text[i-1] <= 'Z' && text[i+1] >= 'A' && text[i+1] <= 'Z' { // "AS+AQ"
			i++
			continue
		}
		return i
	}
	return i
}

// finiteVerbs are words that make a stretch of a result sentence a clause of its own. Participles that also serve as
// adjectives ("reduced", "improved") are left to the direction cues of the vocabulary.
var finiteVerbs = setOf("was", "were", "is", "are", "did", "does", "do", "had", "has", "have", "could", "would",
	"showed", "shows", "showing", "demonstrated", "demonstrating", "reported", "reporting", "experienced", "occurred", "remained", "achieved",
	"found", "differed", "differ", "resulted", "led", "tested", "completed", "received", "favored", "favoured", "changed",
	"reached", "said", "felt", "appreciated", "attended", "became", "developed", "died", "survived", "responded", "gained",
	"lost", "fell", "rose", "declined", "exceeded", "scored", "discontinued", "stopped", "required", "went", "came", "began", "helped", "reduced", "increased",
	"decreased", "improved", "worsened", "lowered", "dropped", "grew", "varied", "ranged", "predicted", "tolerated",
	"exhibited", "displayed", "produced", "caused", "induced", "yielded", "persisted", "appeared", "provided",
	"translated", "revealed", "needed", "elicited", "exerted", "prevented", "attenuated", "enhanced", "preferred", "prolonged", "shortened", "alleviated", "suppressed",
	"benefited", "benefitted", "accelerated", "slowed", "hastened", "blunted", "augmented", "inhibited", "promoted", "ameliorated", "abolished", "potentiated", "delayed", "facilitated",
	"strengthened", "weakened", "boosted", "diminished", "eliminated", "mitigated", "relieved", "exacerbated", "aggravated", "counteracted", "reversed", "halved", "doubled", "tripled")

// concessions open a clause that the next one sets itself against: "while A fell, B did not".
var concessions = setOf("while", "although", "though", "whereas")

// clauseOpeners are words that can open a clause after a comma or a conjunction.
var clauseOpeners = setOf("and", "but", "whereas", "while", "although", "though", "however", "which", "with", "yet", "or", "except")

func setOf(words ...string) map[string]bool {
	m := make(map[string]bool, len(words))
	for _, w := range words {
		m[w] = true
	}
	return m
}

// clausesOf splits a sentence into the clauses that each tell one thing. It splits at a semicolon, and at a
// conjunction or a relative pronoun, when both sides have a verb of their own; brackets are never split.
func clausesOf(words []word, span document.Span) []document.Span {
	var out []document.Span
	start, verbSince := 0, false
	concedes := len(words) > 0 && (concessions[words[0].lower] || words[0].lower == "except" || words[0].lower == "apart" || words[0].lower == "aside")
	for i, w := range words {
		if w.depth > 0 {
			continue
		}
		if verbAt(words, i) && !(i == 0 && attributive(words)) || fails(words, i) { // "Increased torque and power were seen"
			verbSince = true
			continue
		}
		next, verb, ok := -1, false, false
		switch {
		case verbSince && (concedes && start == 0 && w.lower == "," && (opensClause(words[i+1:], false) || sharesOpen(words[i+1:])) || w.lower == "," && asWas(words[i+1:])):
			next, ok = i+1, true // the comma itself is of neither
		case verbSince:
			verb, ok = cutsBefore(words, start, i)
			next = i
		}
		if !ok && opensNext(words, start, i, verbSince) {
			next, verb, ok = i, false, true
		}
		if ok {
			out = append(out, document.Span{Start: words[start].Start, End: w.Start})
			start, verbSince = next, verb
		}
	}
	if start < len(words) {
		out = append(out, document.Span{Start: words[start].Start, End: span.End})
	}
	return out
}

// cutsBefore reports whether a word of a clause that has its verb already opens what needs none of its own: a denial, the most common of a list, an
// item with its number. hasVerb says that what it opens is told as if it had one.
func cutsBefore(words []word, start, i int) (hasVerb, ok bool) {
	switch l := words[i].lower; {
	case (l == "with" || l == "and" || l == "but") && deniesDifference(words[i+1:]), alikeChanges(words, i), furtherDifference(words, i): // ", with no differences between groups"
		return true, true
	case l == "with" && namesMost(words[i+1:]): // ", with the most common being nausea"
		return false, true
	case i > start && joint(l) && itemOpens(words[i+1:]) && !slices.ContainsFunc(words[:i], func(w word) bool { return w.lower == "baseline" }):
		return false, true
	}
	return false, false
}

// opensNext reports whether a word opens a clause with a verb of its own.
func opensNext(words []word, start, i int, verbSince bool) bool {
	l := words[i].lower
	if l == ";" && statisticsOpen(words[i+1:]) || i == start || !verbSince && !((l == ";" || l == "whereas") && i-start > 4) || l != ";" && !clauseOpeners[l] {
		return false
	}
	switch l {
	case "with":
		if words[i-1].lower != "," && joinsBefore(words[i+1:]) {
			return false
		}
		if strings.HasPrefix(words[i-1].lower, "compar") && i+2 < len(words) && words[i+2].lower == "who" {
			return false // "compared with patients who received A"
		}
		return opensClause(words[i+1:], false)
	case "and":
		return opensClause(words[i+1:], false) || turns(words[start:i], words[i+1:])
	case "or", "which":
		return opensClause(words[i+1:], l == "which")
	}
	return hasVerb(words[i+1:])
}

// asWas reports whether words open with what was like what was told before: "as was the pulse".
func asWas(words []word) bool {
	return len(words) > 2 && words[0].lower == "as" && (words[1].lower == "was" || words[1].lower == "were") && !strings.HasSuffix(words[2].lower, "ed")
}

// statisticsOpen reports whether words open with an interval or a P value, which belong to what stands before: "; 95% CI, 2 to 7".
func statisticsOpen(words []word) bool {
	if len(words) > 3 && digitStart(words[0].lower) && words[1].lower == "%" {
		words = words[2:]
	}
	return len(words) > 1 && (words[0].lower == "ci" || words[0].lower == "confidence" || words[0].lower == "p")
}

// joinsBefore reports whether words behind "with" come to an "and" before their verb, which then opens the next clause: "lower with A (P = .01) and
// sleep was longer".
func joinsBefore(words []word) bool {
	for i, w := range words {
		switch {
		case w.depth > 0:
			continue
		case finiteVerbs[w.lower] || w.lower == ";" || w.lower == ",":
			return false
		case w.lower == "and":
			return opensClause(words[i+1:], false)
		}
	}
	return false
}

// changeVerbs are verbs by which something is told to have risen or fallen, with where it went.
var changeVerbs = map[string]string{
	"increased": vocab.SignalUp, "rose": vocab.SignalUp, "grew": vocab.SignalUp, "improved": vocab.SignalBetter,
	"decreased": vocab.SignalDown, "fell": vocab.SignalDown, "declined": vocab.SignalDown, "dropped": vocab.SignalDown, "worsened": vocab.SignalWorse,
}

// changePlaces stand behind a verb of change that is told of the subject: "fell in A", "rose by 3 with A".
var changePlaces = setOf("in", "with", "on", "from", "by", "for", "among", "after", "under")

// turns reports whether words go on to tell of the same subject that it went the other way than the words before them said: "and
// decreased with B" behind "pain increased with A".
func turns(before, after []word) bool {
	for len(after) > 0 && strings.HasSuffix(after[0].lower, "ly") {
		after = after[1:]
	}
	if len(after) < 3 || changeVerbs[after[0].lower] == "" {
		return false
	}
	next := 1
	for next < len(after)-1 && strings.HasSuffix(after[next].lower, "ly") {
		next++
	}
	if !changePlaces[after[next].lower] || after[next].lower == "in" && next+1 < len(after) && digitStart(after[next+1].lower) {
		return false // "and fell in 3 patients"
	}
	end := slices.IndexFunc(after, func(w word) bool { return w.depth == 0 && w.lower == ";" })
	if end < 0 {
		end = len(after)
	}
	if isP := func(w word) bool { return w.lower == "p" }; slices.ContainsFunc(after[:end], isP) && !slices.ContainsFunc(before, isP) {
		return false // one P value of both compares them
	}
	said := ""
	for i, w := range before {
		if to := changeVerbs[w.lower]; to != "" && w.depth == 0 && i > 0 && i+1 < len(before) && (changePlaces[before[i+1].lower] || strings.HasSuffix(before[i+1].lower, "ly") || before[i+1].lower == "(") {
			said = to
		}
	}
	return said != "" && said == opposite[changeVerbs[after[0].lower]]
}

// wordsWithin returns those of some words that stand in a span.
func wordsWithin(words []word, s document.Span) []word {
	return slices.DeleteFunc(slices.Clone(words), func(w word) bool { return !s.Contains(w.Span) })
}

// deniesDifference reports whether words open with "no significant difference".
func deniesDifference(words []word) bool {
	if len(words) == 0 || words[0].lower != "no" {
		return false
	}
	return slices.ContainsFunc(words[:min(5, len(words))], func(w word) bool { return w.lower == "difference" || w.lower == "differences" })
}

// alikeChanges reports whether word i opens further changes that were like the one told before: ", with similar reductions in A (RR 0.8)".
func alikeChanges(words []word, i int) bool {
	return i > 0 && i+4 < len(words) && words[i-1].lower == "," && words[i].lower == "with" && words[i+1].lower == "similar" && changeSigns[words[i+2].lower] != "" && words[i+3].lower == "in"
}

// furtherDifference reports whether word i opens a difference in something else behind what was alike: ", with significantly lower rates of B".
func furtherDifference(words []word, i int) bool {
	if i == 0 || i+3 >= len(words) || words[i-1].lower != "," || words[i].lower != "with" || !slices.ContainsFunc(words[:i], func(w word) bool { return w.lower == "similar" || w.lower == "comparable" }) {
		return false
	}
	n := i + 1
	for n+2 < len(words) && strings.HasSuffix(words[n].lower, "ly") {
		n++
	}
	return comparative(words[n].lower) && words[n+1].lower != "than"
}

// namesMost reports whether words open with what is most of a kind: "the most common being".
func namesMost(words []word) bool {
	return len(words) > 3 && words[0].lower == "the" && words[1].lower == "most" && (headsList[words[2].lower] || headsList[words[2].lower+"ly"])
}

// sharesOpen reports whether words begin with a share of people who did something: "37% of the women were".
func sharesOpen(words []word) bool {
	return len(words) > 2 && digitStart(words[0].lower) && words[1].lower == "%" && words[2].lower == "of" && hasVerb(words)
}

// itemOpens reports whether words begin with an item of a list of results that has a verb of its own: "20 (28%) had", "20 patients
// (28%) had", "the median time to progression (TTP) was 5.3".
func itemOpens(words []word) bool {
	for len(words) > 0 && joint(words[0].lower) { // ", and"
		words = words[1:]
	}
	if len(words) < 4 {
		return false
	}
	counted := digitStart(words[0].lower)
	if !counted && !(words[0].lower == "the" || words[0].lower == "median" || words[0].lower == "mean") {
		return false
	}
	for n, w := range words {
		switch {
		case w.depth > 0 || isBracket(w.lower):
			continue
		case n > 0 && finiteVerbs[w.lower]:
			if counted {
				return words[n-1].lower == ")" || words[n-1].lower == "]"
			}
			return (w.lower == "was" || w.lower == "were") && n+1 < len(words) && digitStart(words[n+1].lower)
		case n > 0 && counted && !personNouns[w.lower], n > 8, joint(w.lower), w.lower == ";", phraseStops[w.lower] && w.lower != "to":
			return false
		}
	}
	return false
}

// hasVerb reports whether a verb stands outside brackets before the next semicolon.
func hasVerb(words []word) bool {
	for i, w := range words {
		if w.depth > 0 {
			continue
		}
		if w.lower == ";" {
			return false
		}
		if verbAt(words, i) || fails(words, i) {
			return true
		}
	}
	return false
}

// verbAt reports whether word i is a verb of a clause, and no participle between an article and its noun: "with a reduced risk".
func verbAt(words []word, i int) bool {
	if !finiteVerbs[words[i].lower] {
		return false
	}
	if !strings.HasSuffix(words[i].lower, "ed") || i+1 >= len(words) {
		return true
	}
	k := i - 1
	for k >= 0 && strings.HasSuffix(words[k].lower, "ly") {
		k--
	}
	return k < 0 || !oneOrAny[words[k].lower] || !attributive(words[i:])
}

// oneOrAny are articles behind which no verb stands.
var oneOrAny = setOf("a", "an", "any", "every", "each")

// fails reports whether the word at a place is the verb of "but failed to", which goes on with the subject before it.
func fails(words []word, i int) bool {
	return i+1 < len(words) && words[i].lower == "failed" && words[i+1].lower == "to" && (i == 0 || words[i-1].lower == "but" || words[i-1].lower == "and")
}

// opensClause reports whether the words after a conjunction begin with a subject of their own and a verb: "and those
// gains were still there", not "and from 74.5 to 52.8", "and SDM", "and physical function decreased" (where what comes
// before shares the verb is told by the verb standing on both sides).
func opensClause(words []word, relative bool) bool {
	for n, w := range words {
		if w.depth > 0 {
			continue
		}
		switch {
		case w.lower == ";" || w.lower == "," || w.lower == "than", n > 0 && clauseOpeners[w.lower] && w.lower != "with" && w.lower != "or" && w.lower != "and":
			return false
		case n == 0 && (nonSubjects[w.lower] || digitStart(w.lower)):
			return false
		case verbAt(words, n):
			return n > 0 && words[n-1].lower != "and" || relative // "sleep and mood and had less pain"
		case n > 14:
			return false
		}
	}
	return false
}

var nonSubjects = setOf("from", "to", "of", "in", "at", "by", "for", "than", "versus", "vs", "vs.", "-", "−", "–", "between")

func digitStart(s string) bool { return s != "" && s[0] >= '0' && s[0] <= '9' }

// comparatives splits a clause that tells several outcomes, each with a comparative of its own, where the next one
// starts: "had less pain, higher levels of A and lower levels of B". Each part must name an outcome.
func (f *finder) comparatives(c *clause) []document.Span {
	var out []document.Span
	start, seen := c.Start, false
	for i, w := range c.words {
		if w.depth > 0 || !comparative(w.lower) && !opensChange(c.words, i) && !opensLikeness(c.words, i) {
			continue
		}
		joint := i - 1
		if seen && comparative(w.lower) && (i+1 == len(c.words) || phraseStops[c.words[i+1].lower] || !isLetter(c.words[i+1].lower[:1])) {
			joint = f.nameOfOwn(c, i)
		}
		for joint >= 0 && (strings.HasSuffix(c.words[joint].lower, "ly") || c.words[joint].lower == "an" || c.words[joint].lower == "a" || c.words[joint].lower == "no") { // "significantly lower"
			joint--
		}
		if joint > 1 && finiteVerbs[c.words[joint].lower] && c.words[joint-1].lower == "and" { // "and had lower doses"
			joint--
		}
		if joint < 1 || c.words[joint].lower != "," && c.words[joint].lower != "and" || !seen {
			seen = true
			continue
		}
		next := document.Span{Start: c.words[joint].Start, End: c.End}
		if f.namesOutcome(c, document.Span{Start: start, End: next.Start}) && f.namesOutcome(c, next) {
			out = append(out, document.Span{Start: start, End: next.Start})
			start = next.Start
		}
	}
	if len(out) == 0 {
		return nil
	}
	return append(out, document.Span{Start: start, End: c.End})
}

// nameOfOwn returns the place before that at which comparative i is told of a name of its own in a list without a verb: the place of
// "and" plus one in "A was lower and B higher". It is the place before the comparative where no such name stands there.
func (f *finder) nameOfOwn(c *clause, i int) int {
	at := i - 1
	for at > 0 && strings.HasSuffix(c.words[at].lower, "ly") {
		at--
	}
	p := phrases{f, c, c.words}
	from := at
	for from > 0 && at-from < 6 && c.words[from].depth == 0 && (p.itemWord(from) || determiners[c.words[from].lower]) {
		from--
	}
	if from == at || c.words[from].lower != "and" && c.words[from].lower != "," && c.words[from].lower != "but" {
		return i - 1
	}
	if _, ok := p.item(from+1, at+1); ok < 0 {
		return i - 1
	}
	return from
}

// changing are verbs of change in the form in which a list of purposes has them: "for decreasing A and increasing B".
var changing = setOf("increasing", "decreasing", "reducing", "improving", "lowering", "raising", "worsening", "relieving", "alleviating", "enhancing", "prolonging", "shortening")

// actedOn are further verbs whose object is an outcome in what somebody was better, worse or alike: "no better in affecting mood".
var actedOn = setOf("affecting", "preventing", "controlling", "treating", "achieving", "maintaining", "providing", "producing")

// opensChange reports whether word i begins what changed, by a verb or a noun of change with a direction: "increasing A",
// "an increase in A".
func opensChange(words []word, i int) bool {
	if i+1 >= len(words) || phraseStops[words[i+1].lower] && words[i+1].lower != "in" {
		return false
	}
	return changing[words[i].lower] || verbOfChange(words, i) || changeSigns[words[i].lower] != "" && words[i+1].lower == "in"
}

// opensLikeness reports whether word i begins what was alike, in a list with what was not: "similar A, less B".
func opensLikeness(words []word, i int) bool {
	return (words[i].lower == "similar" || words[i].lower == "comparable") && i+1 < len(words) && !phraseStops[words[i+1].lower] && !vagueThings[words[i+1].lower]
}

// vagueThings are words behind "similar" that say that something was alike without naming it.
var vagueThings = setOf("to", "in", "trend", "trends", "pattern", "patterns", "result", "results", "effect", "effects", "finding", "findings", "observation", "observations")

// verbOfChange reports whether word i is a verb of change with an object: "reduced A", "and increased B".
func verbOfChange(words []word, i int) bool {
	switch words[i].lower {
	case "reduced", "increased", "decreased", "lowered", "raised", "improved", "reduces", "increases", "decreases", "lowers", "raises", "improves", "prolonged", "shortened", "enhanced":
	default:
		return false
	}
	next := words[i+1].lower
	at := i - 1
	for at >= 0 && strings.HasSuffix(words[at].lower, "ly") {
		at--
	}
	if at < 0 || auxiliaries[words[at].lower] || determiners[words[at].lower] || phraseStops[words[at].lower] || words[at].lower == "been" {
		return false // it is told of the subject, or belongs to the noun behind it
	}
	if joint(words[at].lower) && !slices.ContainsFunc(words[:at], func(w word) bool {
		return w.depth == 0 && finiteVerbs[w.lower] && changing[strings.TrimSuffix(w.lower, "ed")+"ing"]
	}) {
		return false
	}
	return !isBracket(next) && !phraseStops[next] && next != "under" && next != "upon" && next != "," && next != "." && !joint(next) && !clauseOpeners[next] && !strings.HasSuffix(next, "ly")
}

func (f *finder) namesOutcome(c *clause, s document.Span) bool {
	if t, ok := afterComparative(clauseWords(c.words, s), c.arms); ok && t.Len() > 0 {
		return true
	}
	return slices.ContainsFunc(c.outcomes, func(m outcomeMention) bool { return s.Contains(m.Span) })
}
