package extract

import (
	"slices"
	"strings"

	"github.com/picograph/picograph/loader/document"
)

// How many groups a study has is often said apart from their names: "into three groups", "a four-arm trial". A list of
// arms that has as many is the likelier one.

// groupPlurals are what a study says it has several of, each with people of its own or in turn.
var groupPlurals = setOf("groups", "arms", "conditions", "regimens", "treatments", "interventions", "subgroups")

// givenPlurals are what a study gives several of, which a bracket may list.
var givenPlurals = setOf("diets", "meals", "drinks", "beverages", "drugs", "devices", "products", "formulations", "supplements", "programs", "programmes", "strategies", "vaccines", "agents", "solutions", "protocols", "sessions", "doses", "trials", "exercises", "systems", "materials", "anesthetics", "antibiotics", "messages", "leaflets", "preparations", "types", "versions", "options", "techniques", "modalities")

// collectives end the name of several arms together: "two dose combinations", "three experimental".
var collectives = setOf("groups", "arms", "conditions", "regimens", "treatments", "interventions", "combinations", "formulations", "strategies", "programs", "programmes",
	"techniques", "methods", "experimental", "intervention", "treatment", "active", "exercise", "study", "drug", "drugs", "test", "positive", "diets", "products", "devices")

// groupsTold returns how many groups the study says that it has, or 0. A sentence that tells of allocation goes first.
func (r *reading) groupsTold(t *telling) int {
	told := 0
	for _, s := range t.titles {
		if n := groupsSaid(r.words(s), false); n > 0 {
			told = n
		}
	}
	for _, i := range t.sentences {
		switch r.roles[i] {
		case roleObjective, roleDesign, roleParticipants, roleInterventions, roleMethods, roleOutcomes:
		default:
			continue
		}
		ws := r.words(r.doc.Sentences[i].Span)
		if n := groupsSaid(ws, true); n > 0 {
			return n
		}
		if n := groupsSaid(ws, false); n > 0 && told == 0 {
			told = n
		}
	}
	return told
}

// groupsSaid returns how many groups some words say that people were allocated to, or, where allocation is not asked for,
// how many arms they call a study by: "three-arm".
func groupsSaid(ws []word, allocation bool) int {
	verb := false
	for i, w := range ws {
		verb = verb || allocationVerbs[w.lower] && w.lower != "enrolled" && w.lower != "classified" && w.lower != "categorized"
		if !allocation {
			if head, tail, ok := strings.Cut(w.lower, "-"); ok && countWord(head) && (tail == "arm" || tail == "armed" || tail == "group" || tail == "way") {
				return countOf(head)
			}
			continue
		}
		if !verb || !countWord(w.lower) {
			continue
		}
		n := countOf(w.lower)
		for k := i + 1; n > 1 && k < len(ws) && k < i+5; k++ {
			beside := i > 2 && ws[i-1].lower == "of" && (ws[i-2].lower == "one" || ws[i-2].lower == "1") && ws[i-3].lower == "or"
			switch l := ws[k].lower; {
			case groupPlurals[l], beside && givenPlurals[l]:
				if beside || controlBeside(ws[k+1:]) {
					n++ // "a control or one of three exercise groups", "three groups and a control group"
				}
				return n
			case l == "following", n == 2 && l == "and" && k+1 < len(ws) && (genericLabels[ws[k+1].lower] || ws[k+1].lower == "controls"): // "two case and control groups"
			case listStops[l] || phraseStops[l] || finiteVerbs[l] || l == "," || l == "to" || l == "and" || l == "or" || digitStart(l):
				k = len(ws)
			}
		}
	}
	return 0
}

// controlBeside reports whether some words go on with a control group beside the groups that were counted before them.
func controlBeside(ws []word) bool {
	for i, w := range ws {
		switch {
		case i > 12:
			return false
		case w.depth > 0 || isBracket(w.lower) || w.lower == ",":
		case w.lower == "and" || w.lower == "plus":
			rest := ws[i+1 : min(len(ws), i+5)]
			return len(rest) > 1 && (rest[0].lower == "a" || rest[0].lower == "one") && slices.ContainsFunc(rest[1:], func(w word) bool { return w.lower == "control" || w.lower == "placebo" })
		default:
			return false
		}
	}
	return false
}

// countOf returns the number that a count word is of.
func countOf(s string) int {
	if n := numerals[s]; n > 0 {
		return n
	}
	return int(s[0] - '0')
}

// collective reports whether a label stands for several arms together: "two", "three experimental", "two dose combinations".
func (r *reading) collective(label document.Span) bool {
	ws := wordsOf(r.doc.Text, label)
	if len(ws) == 0 || !countWord(ws[0].lower) || countOf(ws[0].lower) < 2 {
		return false
	}
	return len(ws) == 1 && numerals[ws[0].lower] > 0 || len(ws) > 1 && len(ws) < 6 && collectives[ws[len(ws)-1].lower]
}

// ofTwo reads the first arm of "two case and control groups", which are two.
func (r *reading) ofTwo(d draft) draft {
	ws := wordsOf(r.doc.Text, d.label)
	if len(ws) == 2 && countWord(ws[0].lower) && countOf(ws[0].lower) == 2 && genericLabels[ws[1].lower] {
		d.generic, d.label = genericName(ws[1].lower), document.Span{}
	}
	return d
}

// bracketedGroups returns the items of a list that stands in a bracket behind the number of groups: "one of three diets (A, B
// or C)". It has as many items as there are groups.
func (r *reading) bracketedGroups(s document.Span) []document.Span {
	words := wholeNumbers(r.words(s))
	for i := 1; i+1 < len(words); i++ {
		if words[i].depth > 0 || !groupPlurals[words[i].lower] && !givenPlurals[words[i].lower] || words[i+1].lower != "(" && words[i+1].lower != "[" {
			continue
		}
		n := 0
		for k := i - 1; k >= 0 && k > i-5 && !listStops[words[k].lower]; k-- {
			if countWord(words[k].lower) {
				n = countOf(words[k].lower)
				break
			}
		}
		end := matching(words, i+1)
		if n < 2 || end < 0 {
			continue
		}
		if items := r.itemsWithin(words[i+2:end], n); items != nil {
			return items
		}
	}
	return nil
}

// appositeGroups returns the items of a list behind the number of what a study gave several of: "three preparations, A, B or C". It has as
// many items as there are.
func (r *reading) appositeGroups(ws []word) []document.Span {
	for i := 1; i+3 < len(ws); i++ {
		if ws[i+1].lower != "," && ws[i+1].lower != ":" || !groupPlurals[ws[i].lower] && !givenPlurals[ws[i].lower] {
			continue
		}
		for k := i - 1; k >= 0 && k > i-5 && !listStops[ws[k].lower]; k-- {
			if !countWord(ws[k].lower) {
				continue
			}
			from := i + 2
			if ws[from].lower == "namely" || ws[from].lower == "i.e" {
				from++
			}
			if items := r.listFrom(ws, from, methodList); len(items) == countOf(ws[k].lower) {
				return items
			}
			break
		}
	}
	return nil
}

// itemsWithin reads the words of a bracket as a list of so many items: semicolons divide it, else commas and what joins the last
// item, else every comma.
func (r *reading) itemsWithin(words []word, n int) []document.Span {
	if len(words) == 0 || slices.ContainsFunc(words, func(w word) bool { return w.lower == ":" }) {
		return nil
	}
	depth := words[0].depth
	var ws []word
	for _, w := range words {
		if w.depth == depth && !isBracket(w.lower) {
			ws = append(ws, w)
		}
	}
	if n == 2 && orWithoutAhead(ws) { // "two groups (with or without feedback)"
		return r.items(ws, []int{0}, methodList)
	}
	dividedBy := func(mark string) []int {
		breaks := []int{0}
		for i, w := range ws {
			if w.lower == mark && i+1 < len(ws) {
				breaks = append(breaks, i+1)
			}
		}
		return breaks
	}
	for _, breaks := range [][]int{dividedBy(";"), listBreaks(ws, methodList, r.doc.Text), dividedBy(",")} {
		if len(breaks) < 2 {
			continue
		}
		if items := r.items(ws, breaks, methodList); len(items) == n {
			return items
		}
	}
	return nil
}
