package extract

import (
	"slices"
	"strings"

	"github.com/picograph/picograph/graph/vocab"
	"github.com/picograph/picograph/loader/annotate"
	"github.com/picograph/picograph/loader/document"
)

// The items of a list of outcomes, before and behind one that is known, are read from here.

// siblings returns the names that stand in one list with a mention, before and behind it.
func (p phrases) siblings(m document.Span) []document.Span {
	from, to := p.within(m)
	if from < 0 {
		return nil
	}
	var out []document.Span
	for i := from; ; {
		s, at := p.itemBefore(i)
		if at < 0 {
			break
		}
		out = append(out, s)
		i = at
	}
	for n := to + 1; n < len(p.ws) && n < to+4 && p.nameWord(n) && !phraseStops[p.ws[n].lower]; n++ {
		if joint(p.ws[n].lower) { // "sick days taken, ..."
			to = n - 1
			break
		}
	}
	for i := to; ; {
		s, at := p.itemBehind(i)
		if at < 0 {
			break
		}
		out = append(out, s)
		i = at
	}
	return out
}

// joint reports whether a word joins the items of a list.
func joint(s string) bool { return s == "," || s == "and" || s == "or" || s == "nor" }

// itemBefore returns the item of a list that ends before place i, which starts another item, and the place where it starts;
// -1 where there is none.
func (p phrases) itemBefore(i int) (document.Span, int) {
	j := i - 1
	for j >= 0 && determiners[p.ws[j].lower] {
		j--
	}
	end := j
	for j >= 0 && joint(p.ws[j].lower) {
		j--
	}
	if j == end || j < 0 {
		return document.Span{}, -1
	}
	last := j
	for j >= 0 && last-j < 9 && p.itemWord(j) {
		j--
	}
	if last-j > 8 || j >= 0 && (p.ws[j].lower == ";" || phraseStops[p.ws[j].lower] && !p.opensList(j) && !(p.ws[j].lower == "not" && j > 0 && p.ws[j-1].lower == "but")) {
		return document.Span{}, -1
	}
	return p.item(j+1, last+1)
}

// innerPrepositions may stand within an item of a list: "straining at chewing".
var innerPrepositions = setOf("at", "in", "to", "for", "with", "on", "during", "after", "from")

// itemWord reports whether the word at a place goes on with an item of a list, read from its end.
func (p phrases) itemWord(i int) bool {
	l := p.ws[i].lower
	return (p.nameWord(i) || determiners[l]) && !joint(l) && (!phraseStops[l] || innerPrepositions[l] && !p.opensList(i))
}

// opensList reports whether the word at a place is a preposition behind which what changed or differed is listed:
// "no differences between groups in", "with regard to".
func (p phrases) opensList(i int) bool {
	switch p.ws[i].lower {
	case "in", "of", "on", "for", "to", "regarding", "concerning":
	default:
		return false
	}
	for j := i - 1; j >= 0 && j > i-9; j-- {
		switch l := p.ws[j].lower; {
		case changeNouns[l], l == "regard" || l == "regards" || l == "respect" || l == "terms", strings.HasPrefix(l, "differ"), l == "similar", l == "seen" || l == "found" || l == "observed":
			return true
		case l == "," || l == ";":
			return false
		}
	}
	return i > 0 && slices.ContainsFunc(p.c.cues, func(m vocab.CueMention) bool { return m.End == p.ws[i-1].End && claims(m.Cue.Signal) })
}

func claims(signal string) bool {
	switch signal {
	case vocab.SignalUp, vocab.SignalDown, vocab.SignalBetter, vocab.SignalWorse, vocab.SignalNoDifference, vocab.SignalNoChange:
		return true
	}
	return false
}

// itemBehind returns the item of a list that starts behind place i, which ends another item, and the place where it ends;
// -1 where there is none.
func (p phrases) itemBehind(i int) (document.Span, int) {
	j := i + 1
	for j < len(p.ws) && joint(p.ws[j].lower) {
		j++
	}
	if j == i+1 {
		return document.Span{}, -1
	}
	for j < len(p.ws) && (p.ws[j].lower == "in" || p.ws[j].lower == "on" || p.ws[j].lower == "for") && p.opensList(j) {
		j++
	}
	from := j
	for j < len(p.ws) && j-from < 9 && (p.nameWord(j) || determiners[p.ws[j].lower]) && !joint(p.ws[j].lower) && !phraseStops[p.ws[j].lower] {
		j++
	}
	s, at := p.item(from, j)
	if at < 0 {
		return s, -1
	}
	return p.itemOver(s, from, j)
}

// itemOver goes on from an item of a list, whose words stand from one place up to another, over the preposition behind it: "time for
// recovery". It is part of the name where this says little without it, or where the list goes on behind it; what names a time, people
// or arms is not, and is passed over where the list goes on: "fatigue in the past week, mood". It returns the item and the place where it ends.
func (p phrases) itemOver(s document.Span, from, to int) (document.Span, int) {
	if to+1 >= len(p.ws) || !innerPrepositions[p.ws[to].lower] || p.opensList(to) {
		return s, to - 1
	}
	end, named := to+1, true
	for end < len(p.ws) && end < to+7 && !joint(p.ws[end].lower) && !phraseStops[p.ws[end].lower] && !finiteVerbs[p.ws[end].lower] && (isLetter(p.ws[end].lower[:1]) || digitStart(p.ws[end].lower)) {
		named = named && p.nameWord(end) && !personNouns[p.ws[end].lower] && !courseWords[p.ws[end].lower] && !digitStart(p.ws[end].lower) && !p.timed(p.ws[end].Span)
		end++
	}
	goesOn := end+1 < len(p.ws) && end > to+1 && joint(p.ws[end].lower)
	if named && (goesOn || headNouns[p.ws[to-1].lower] && end > to+1) {
		if long, at := p.item(from, end); at >= 0 {
			return long, end - 1
		}
	}
	if goesOn {
		return s, end - 1
	}
	return s, to - 1
}

// notItems are words that open what goes on behind a comma with something else than another item.
var notItems = setOf("suggesting", "indicating", "showing", "resulting", "including", "demonstrating", "leading", "using", "confirming", "meaning", "reaching",
	"respectively", "e.g", "i.e", "such", "all", "each", "there", "however", "therefore", "thus", "hence", "p", "n", "ci", "here", "where", "if", "even", "particularly",
	"especially", "except", "irrespective", "regardless", "independent", "being", "having", "when", "data", "results", "likewise", "conversely", "interestingly", "besides", "otherwise", "instead", "meanwhile", "contrast", "addition",
	"hand", "able", "unable", "likely", "unlikely", "willing", "capable", "conclusion", "summary", "particular", "general", "based", "along", "delay", "prevent", "reduce", "improve", "alter", "affect")

// number returns an item without the words that lead to its number: "mean pain and function were 3.2".
func (p phrases) number(it annotate.Item) document.Span {
	if it.Kind == annotate.Moment {
		if i := strings.IndexAny(p.f.r.doc.At(it.Span), "0123456789"); i > 0 {
			it.Start += i
		}
	}
	return it.Span
}

// short reports whether the word at a place is an abbreviation of two letters, as "IQ" and "OS": capitals of which no number is left out.
func (p phrases) short(i int) bool {
	s := p.f.r.doc.At(p.ws[i].Span)
	return len(s) == 2 && s[0] >= 'A' && s[0] <= 'Z' && s[1] >= 'A' && s[1] <= 'Z' && s != "CI" && s != "SD" && s != "SE" && s != "OR" && s != "RR" && s != "HR"
}

// lyNouns are nouns that end as adverbs do.
var lyNouns = setOf("family", "assembly", "anomaly", "supply", "reply", "elderly")

// sayingVerbs end an aside that says who tells: "pain and sleep, the report adds, were similar".
var sayingVerbs = setOf("adds", "add", "says", "say", "writes", "write", "concludes", "conclude", "argues", "argue", "explains", "explain", "observes", "observe", "finds", "believe", "believes")

// item returns the words from one place up to another as the name of an outcome, and the place where it starts; -1 where
// they cannot be one.
func (p phrases) item(from, to int) (document.Span, int) {
	start := from
	if to-from > 2 && p.ws[from].lower == "terms" && p.ws[from+1].lower == "of" {
		from += 2
	}
	for from < to && (determiners[p.ws[from].lower] && p.ws[from].lower != "total" || p.ws[from].lower == "of") {
		from++
	}
	for to-from > 1 && comparedAlone(p.ws[from:to]) {
		from++
	}
	for to > from && (p.ws[to-1].lower == "of" || p.ws[to-1].lower == "to" || p.ws[to-1].lower == "the" || to-from > 1 && strings.HasSuffix(p.ws[to-1].lower, "ly") && !lyNouns[p.ws[to-1].lower]) {
		to--
	}
	if from >= to || to-from > 8 {
		return document.Span{}, -1
	}
	first, last := p.ws[from].lower, p.ws[to-1].lower
	if notItems[first] || adverbialOpeners[first] || clauseOpeners[first] || digitStart(first) || strings.HasSuffix(first, "ly") && first != "early" && to-from == 1 ||
		personNouns[first] || personNouns[last] || changeNouns[last] || sayingVerbs[last] || len(last) < 3 && to-from == 1 && !p.short(from) || predicateOnly(p.ws[from:to]) {
		return document.Span{}, -1
	}
	s := document.Span{Start: p.ws[from].Start, End: p.ws[to-1].End}
	for _, w := range wordsIn(p.c.words, s) { // what is in brackets belongs to no name that goes on behind them
		if w.depth == 0 && isBracket(w.lower) && w.Start > s.Start && w.End < s.End {
			return document.Span{}, -1
		}
	}
	if slices.ContainsFunc(p.f.r.sentences[p.c.sentence].Items, func(it annotate.Item) bool {
		return p.number(it).Overlaps(s)
	}) || p.f.describesPeople(p.c.sentence, s) {
		return document.Span{}, -1
	}
	if !slices.ContainsFunc(topicWords(p.f.r.doc.At(s)), func(w string) bool { return !plainNames[w] && !digitStart(w) }) && !p.short(from) {
		return document.Span{}, -1
	}
	return s, start
}
