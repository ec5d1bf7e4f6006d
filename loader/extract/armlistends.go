package extract

import (
	"slices"
	"strings"
)

// A list of arms ends at the words that tell on whom, when, how or why.

// listStops end a list of arms: what follows says on whom, when, how or why.
var listStops = setOf("on", "among", "amongst", "during", "after", "before", "stratified", "via", "through", "throughout", "until", "because", "while", "when",
	"whether", "where", "that", "from", "followed", "is", "are", "was", "were", "would", "will", "had", "has", "have", "then", "if", "according", "based",
	"regarding", "concerning", "over", "within", "about", "prior", "whose", "did", "showed", "following", "until", "resulted", "led", "upon", "despite",
	"improve", "improves", "improved", "reduces", "increases", "could", "may", "can", "should", "respectively", "assessed", "measured", "evaluated", "under")

// finiteStops are the verbs that end a list.
var finiteStops = setOf("is", "are", "was", "were", "would", "will", "had", "has", "have", "did", "showed", "resulted", "led", "improve", "improves", "improved",
	"reduces", "increases", "could", "may", "can", "should")

// infinitives may follow "to" in front of what a treatment is for.
var infinitives = setOf("reduce", "improve", "prevent", "treat", "determine", "assess", "evaluate", "increase", "decrease", "investigate", "examine",
	"compare", "test", "manage", "achieve", "promote", "enhance", "maintain", "be", "see", "identify", "explore", "ascertain", "relieve", "support", "provide", "study", "establish",
	"help", "facilitate", "cure", "eradicate", "heal", "alleviate", "ameliorate", "restore", "correct", "diagnose", "shorten", "delay", "optimize", "optimise", "minimize", "minimise", "induce", "avoid", "find", "answer", "complete", "attend", "lower", "detect", "measure", "participate", "continue", "search")

// givenPeople are people to whom something is done, behind "with".
var givenPeople = setOf("patients", "participants", "people", "individuals", "persons", "adults", "women", "men", "children", "adolescents", "veterans")

// listEnd returns the place of the first word that ends a list of arms.
func (r *reading) listEnd(ws []word, at int, kind listKind) int {
	reach := 9
	if at < len(ws) && ws[at].lower == "either" && kind != comparisonList { // it promises a second item
		reach = 18
	}
	for i := at; i < len(ws) && i < at+longestList; i++ {
		l := ws[i].lower
		next := ""
		if i+1 < len(ws) {
			next = ws[i+1].lower
		}
		switch {
		case finiteStops[l]:
			return i
		case r.partAhead(ws, i):
		case i > at && groupThat(ws[i-1:]) > 0 && (phraseOpeners[ws[max(0, i-2)].lower] || joint(ws[max(0, i-2)].lower)): // "a condition that provided A"
		case l == "followed" && next == "by", l == "over" && next == "time":
		case i > at && goesOnWith(ws[i-1:]) > 0: // "remain on their drug"
		case listStops[l] && !(kind != comparisonList && laterBreak(ws, i, reach)):
			return i
		case l == "." && i+1 < len(ws):
			return i
		case l == ";" && kind == comparisonList, l == "than":
			return i
		case l == "," && next == "with" && !laterBreak(ws, i, 9), (l == "and" || l == ",") && (next == "received" || next == "were" || finiteVerbs[next] || next == "consists" || next == "includes" || next == "involves"):
			return i
		case kind == allocationList && i > at && (l == "underwent" || l == "received") && !joint(ws[i-1].lower) && ws[i-1].lower != "who" && ws[i-1].lower != "that" && !personNouns[ws[i-1].lower] && !groupNouns[ws[i-1].lower]:
			return i
		case l == "and" && next == "followed" && !followedBy(ws[i+1:]): // "A and B, and followed for a year"
			return i
		case l == "and" && kind == allocationList && (next == "used" || receptionVerbs[next]) && next != "treated":
			return i
		case l == "and" && digitStart(next) && i+2 < len(ws) && finiteVerbs[ws[i+2].lower]: // "A or B and 20 completed the study"
			return i
		case l == "and" && kind == allocationList && (next == "then" || next == "subsequently") && i+2 < len(ws) && receptionVerbs[ws[i+2].lower]:
			return i
		case l == "using" && i > at && !(kind == allocationList && laterBreak(ws, i, 9)) || l == "by" && i > at && ws[i-1].lower != "followed",
			l == "who" && i > at+4 && !slices.ContainsFunc(ws[at:i], func(w word) bool { return w.lower == "groups" || w.lower == "arms" }):
			return i
		case l == "at" && (kind == methodList && (next == "doses" || next == "dose") || digitStart(next) || numerals[next] > 0 || next == "baseline" || next == "the" || next == "a" || next == "least"):
			return i
		case l == "in" && next != "combination" && next != "addition" && next != "association" && next != "conjunction" && i > at:
			return i
		case l == "for" && i > at && (!laterBreak(ws, i, reach) || kind == comparisonList && slices.ContainsFunc(ws[at:i], func(w word) bool { return againstWords[w.lower] })) && !(kind == comparisonList && withBehind(ws, at, i)):
			return i
		case l == "to" && infinitives[next] && goesOnWith(ws[i+1:]) == 0:
			return i
		case l == "with" && (next == "respect" || next == "regard" || next == "regards"), l == "in" && next == "terms":
			return i
		case l == "with" && i > at && givenPeople[next] && !laterBreak(ws, i, reach): // "A versus B with individuals who"
			return i
		}
	}
	return min(len(ws), at+longestList)
}

// partAhead reports whether the words from i on lead to a bracket that says what part an arm plays, or what it is called: "visits by a
// nurse (intervention)".
func (r *reading) partAhead(ws []word, i int) bool {
	for j := i; j < len(ws) && j < i+12; j++ {
		if finiteStops[ws[j].lower] || ws[j].lower == "." || ws[j].lower == ";" {
			return false
		}
		if !opensBracketAt(r.doc.Text, ws[j].End) {
			continue
		}
		if said := r.bracketBehind(ws[j]); j < i+9 && said == saysPart || said == saysName {
			return j > i
		}
	}
	return false
}

// What a bracket behind a word says of an arm.
const (
	saysNothing = iota
	saysPart    // the part that it plays
	saysName    // what it is called
)

// bracketBehind tells what the bracket behind a word says; each is read once.
func (r *reading) bracketBehind(w word) int {
	if said, ok := r.saidBehind[w.End]; ok {
		return said
	}
	said := saysNothing
	switch {
	case r.calledItem([]word{w}).Len() > 0:
		said = saysName
	case genericBracket(r.doc.Text, w.End):
		said = saysPart
	}
	if r.saidBehind == nil {
		r.saidBehind = map[int]int{}
	}
	r.saidBehind[w.End] = said
	return said
}

// opensBracketAt reports whether a bracket opens behind a place, over what may stand between it and a name.
func opensBracketAt(text string, at int) bool {
	rest := strings.TrimLeft(text[at:min(len(text), at+6)], " ,’'”\"")
	return rest != "" && (rest[0] == '(' || rest[0] == '[')
}

// withBehind reports whether the second side of a comparison follows a purpose: "A for older adults with B".
func withBehind(ws []word, at, i int) bool {
	divides := func(w word) bool { return w.lower == "with" || w.lower == "to" || againstWords[w.lower] }
	if slices.ContainsFunc(ws[at:i], divides) {
		return false
	}
	return slices.ContainsFunc(ws[i:min(len(ws), i+10)], divides)
}

// laterBreak reports whether a list goes on within so many words behind a purpose or a duration: "A for 6 weeks or B".
func laterBreak(ws []word, i, reach int) bool {
	for j := i + 1; j < len(ws) && j < i+reach; j++ {
		if ws[j].lower == "or" || againstWords[ws[j].lower] || ws[j].lower == "compared" {
			return true
		}
		if listStops[ws[j].lower] && !timeStops[ws[j].lower] || ws[j].lower == "." || ws[j].lower == ";" {
			return false
		}
	}
	return false
}

// timeStops are words that end a list and may also stand in the name of one of its items: "A for a week before surgery or B".
var timeStops = setOf("before", "after", "during", "over", "within", "until", "following", "followed", "prior")
