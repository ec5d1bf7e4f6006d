package extract

import (
	"slices"
	"strings"

	"github.com/picograph/picograph/loader/document"
)

// A document lists its arms in few ways: after a verb of allocation ("randomized to A or B"), after a verb of comparison
// ("to compare A with B", "A versus B") and after a verb of receiving ("received A or B"). A list ends at the words that
// tell on whom, when or how; each of its items is cut to the name of one arm.

// armList is a list of arms as one sentence prints it, each item with the brackets that follow it.
type armList struct {
	items  []document.Span
	weight float64
}

// listKind is what a list of arms stands behind.
type listKind int

const (
	allocationList listKind = iota
	comparisonList
	receptionList
	methodList // "two methods, namely A and B"
)

var (
	allocationVerbs = setOf("randomized", "randomised", "randomly", "randomization", "randomisation", "assigned", "allocated", "allocation",
		"divided", "randomize", "randomise", "allocate", "assign", "randomizing", "randomising", "allocating", "assigning", "randomizes", "re-randomized", "assignment",
		"grouped", "categorized", "categorised", "split", "separated", "enrolled", "classified", "distributed")
	comparisonVerbs = setOf("compare", "compares", "compared", "comparing", "comparison", "comparisons", "contrast", "contrasted", "contrasting",
		"pit", "pits", "pitted", "pitting", "weighed", "weighing", "set", "sets", "setting")
	receptionVerbs = setOf("receive", "received", "receiving", "given", "took", "take", "taking", "consumed", "ingested", "underwent", "undergo",
		"undergoing", "administered", "treated", "applied", "performed", "using", "exposed")
	againstWords = setOf("versus", "vs", "vs.", "v", "against")
	// allocationNouns stand behind "randomized" where it describes the study rather than what was done with people.
	allocationNouns = setOf("trial", "trials", "study", "studies", "controlled", "clinical", "evaluation", "comparison", "experiment", "rct", "rcts", "design")
	groupNouns      = setOf("group", "groups", "arm", "arms", "condition", "conditions", "treatments", "interventions", "regimens", "methods",
		"techniques", "protocols", "strategies", "sequences", "cohorts", "following", "programs", "programmes", "schedules", "approaches", "sections", "categories", "classes", "scenarios", "modalities")
)

// foundLists are the lists of arms that one sentence proposes.
type foundLists struct{ lists []armList }

// add keeps a list, once with its best weight.
func (f *foundLists) add(weight float64, items []document.Span) {
	if len(items) < 2 {
		return
	}
	if k := slices.IndexFunc(f.lists, func(l armList) bool { return slices.Equal(l.items, items) }); k >= 0 {
		f.lists[k].weight = max(f.lists[k].weight, weight)
		return
	}
	f.lists = append(f.lists, armList{items, weight})
}

// armLists returns the lists of arms in a sentence or a title, in text order.
func (r *reading) armLists(s document.Span, title bool) []armList {
	ws := r.wholeNames(wholeNumbers(clauseWords(r.words(s), s)))
	var out foundLists
	for i := range ws {
		r.listsBehind(&out, ws, i, title)
		if passive(ws, i) {
			out.add(1.5, r.setSideBySide(ws, i))
		}
		if sideBreak(ws, i) > 0 {
			out.add(1.4, r.aroundVersus(ws, i))
		}
	}
	r.listsWhole(&out, s, ws, title)
	return out.lists
}

// listsBehind adds the list that stands behind the word at a place: a verb of allocation, comparison or receiving, or what announces a list.
func (r *reading) listsBehind(out *foundLists, ws []word, i int, title bool) {
	switch w := ws[i]; {
	case allocationVerbs[w.lower]:
		r.listAllocated(out, ws, i)
	case comparisonVerbs[w.lower]:
		if at := comparedFrom(ws, i); at > 0 {
			if items := r.listFrom(ws, at, comparisonList); !r.measures(items) {
				out.add(2, items)
			}
		}
	case w.lower == ":" && i > 1 && colonAnnounces(ws, i):
		from := i + 1
		if from+1 < len(ws) && (ws[from].lower == "after" || ws[from].lower == "under" || ws[from].lower == "during" || ws[from].lower == "on") { // "on three occasions: after A, B and C"
			from++
		}
		out.add(1.7, r.listFrom(ws, from, methodList))
	case w.lower == "namely" || w.lower == "either" && !title:
		out.add(1.5, r.listFrom(ws, i+1, methodList))
	case receptionVerbs[w.lower] && bothInTurn(ws, i):
		from := i + 1
		if ws[from].lower == "both" {
			from++
		}
		out.add(1.8, r.listFrom(ws, from, methodList))
	case receptionVerbs[w.lower] && inTurnAt(ws, i+1) > 0:
		out.add(1.8, r.listFrom(ws, inTurnAt(ws, i+1), methodList))
	case w.lower == "using":
		out.add(1.1, r.listFrom(ws, i+1, receptionList))
	case receptionVerbs[w.lower] && !describesPeople(ws, i):
		out.add(1.3, r.listFrom(ws, i+1, receptionList))
	}
}

// listAllocated adds the list behind a verb of allocation.
func (r *reading) listAllocated(out *foundLists, ws []word, i int) {
	at := allocatedTo(ws, i)
	if at == 0 && i > 0 && (ws[i].lower == "allocated" || ws[i].lower == "assigned") && (ws[i-1].lower == "were" || ws[i-1].lower == "was") && orAhead(ws[i+1:]) { // "were allocated A or B"
		at = i + 1
	}
	if at == 0 || randomisedLater(ws, i) {
		return
	}
	if at+1 < len(ws) && stayVerbs[ws[at].lower] && ws[at+1].lower == "from" { // "to switch from A to B or C"
		if k := slices.IndexFunc(ws[at:min(len(ws), at+14)], func(w word) bool { return w.lower == "to" }); k > 0 {
			at += k + 1
		}
	}
	if at < len(ws) && (ws[at].lower == "through" || ws[at].lower == "via" || ws[at].lower == "by") { // "to receive through a pump either A or B"
		at += max(0, slices.IndexFunc(ws[at:min(len(ws), at+7)], func(w word) bool { return w.lower == "either" }))
	}
	if two := r.toOneOrTo(ws, at); two != nil {
		out.add(2.6, two)
		return
	}
	weight := 2.2
	if len(enumerated(ws[at:], r.doc.Text)) > 2 { // "to 1) A; 2) B; or 3) C"
		weight = 2.8
	}
	out.add(weight, r.listFrom(ws, at, allocationList))
}

// listsWhole adds the lists that a sentence or a title gives as a whole: people counted on the way to their arms, groups in a bracket, names
// with sizes, a trial of A and B.
func (r *reading) listsWhole(out *foundLists, s document.Span, ws []word, title bool) {
	if at := peopleCounts(ws); len(at) > 1 {
		last := at[len(at)-1]
		out.add(1.7, r.items(ws[:r.listEnd(ws, last+peopleCount(ws[last:]), allocationList)], at, allocationList))
	}
	out.add(2.2, r.bracketedGroups(s))
	out.add(1.6, r.sizesInBracket(s))
	out.add(1.7, r.appositeGroups(ws))
	if marks := enumeratedGroups(ws, r.doc.Text); marks != nil {
		out.add(2, r.items(ws, marks, methodList))
	}
	if !title {
		out.add(2, r.sizedNames(s))
	}
	if at := trialOf(ws); at > 0 {
		items := r.listFrom(ws, at, methodList)
		if slices.ContainsFunc(ws[at:], func(w word) bool { return w.lower == "or" }) || (ws[at-3].lower == "comparative" || strings.HasPrefix(ws[at-3].lower, "cross") || r.endsInControl(items)) && r.allGiven(items) {
			out.add(1.2, items)
		}
	}
	if !title || len(out.lists) > 0 {
		return
	}
	at := effectsOfAt(ws)
	if at == 0 || slices.ContainsFunc(ws[:at], func(w word) bool { return togetherWords[w.lower] }) {
		return
	}
	if slices.ContainsFunc(ws[at:], func(w word) bool { return w.lower == "and" || w.lower == "or" }) {
		out.add(0.7, r.listFrom(ws, at, methodList))
	}
}

// togetherWords say of an effect that it is one of several things together.
var togetherWords = setOf("combined", "joint", "synergistic", "additive", "interactive", "cumulative")

// endsInControl reports whether the last of three items or more is a placebo or the like: "a study of A, B and placebo".
func (r *reading) endsInControl(items []document.Span) bool {
	return len(items) > 2 && isControlLabel(r.doc.At(items[len(items)-1]))
}

// toOneOrTo reads two arms of which each has its own "to": "randomised to a course of A and B, given by nurses, or to C". What
// stands within the first, up to a comma, is one arm.
func (r *reading) toOneOrTo(ws []word, at int) []document.Span {
	if at < 2 || ws[at-1].lower != "to" && ws[at-1].lower != "receive" && ws[at-1].lower != "undergo" {
		return nil
	}
	for k := at + 1; k+2 < len(ws) && ws[k].lower != "." && ws[k].lower != ";"; k++ {
		if ws[k].lower != "or" || ws[k+1].lower != "to" || !slices.ContainsFunc(ws[at:k], func(w word) bool { return w.lower == "and" || w.lower == "," }) {
			continue
		}
		end := at
		for end < k && ws[end].lower != "," && !listStops[ws[end].lower] && !strings.HasSuffix(ws[end].lower, "ing") {
			end++
		}
		a, okA := r.armPhrase(ws[at:max(end, at+1)])
		b, okB := r.armPhrase(ws[k+2 : max(k+2, r.listEnd(ws, k+2, allocationList))])
		if okA && okB {
			return []document.Span{a, b}
		}
	}
	return nil
}

// measured are the nouns of what is measured, by which it is known that a comparison is not of treatments: "compared peak pressure
// and mean pressure".
var measured = setOf("pressure", "pressures", "score", "scores", "level", "levels", "rate", "rates", "mortality", "survival", "prevalence", "concentration", "concentrations",
	"volume", "volumes", "satisfaction", "costs", "duration", "frequency", "severity", "intensity", "accuracy", "sensitivity", "specificity", "length", "temperature", "thickness")

// measures reports whether each item of a list is something that is measured.
func (r *reading) measures(items []document.Span) bool {
	for _, s := range items {
		ws := clauseWords(r.words(s), s)
		if len(ws) < 2 || !measured[ws[len(ws)-1].lower] || ws[len(ws)-2].lower == "airway" {
			return false
		}
	}
	return len(items) > 0
}

// sizedNames returns the names in a sentence that stand before brackets with the size of a group, where there are several:
// "A (group 1, n = 23) or B (group 2, n = 29) was given".
func (r *reading) sizedNames(s document.Span) []document.Span {
	words := wholeNumbers(r.words(s))
	var out []document.Span
	for b, w := range words {
		if w.lower != "(" && w.lower != "[" || w.depth > 0 {
			continue
		}
		end := matching(words, b)
		if end < 0 || !sizeWithin(words[b:end]) || b == 0 || allocationVerbs[words[b-1].lower] {
			continue
		}
		if end+2 < len(words) && (words[end+1].lower == "were" || words[end+1].lower == "was") && allocationVerbs[words[end+2].lower] {
			continue // "workers from 7 companies (N = 638) were assigned"
		}
		from := b
		for from > 0 && b-from < 16 && (!sizedLeft[words[from-1].lower] || rangeAt(words, from-1) || words[from-1].lower == "," && words[from].lower == "alongside" || from > 1 && words[from-1].lower == "of" && doseNouns[words[from-2].lower]) && words[from-1].depth == 0 {
			from--
		}
		if peopleHad(words[:from]) {
			return nil // "women who had given birth with forceps (n = 35) or without (n = 64)"
		}
		if a, ok := r.armPhrase(words[from:b]); ok {
			out = append(out, document.Span{Start: a.Start, End: words[end].End})
		}
	}
	if len(out) > 7 {
		return nil
	}
	return out
}

// sizesInBracket returns the names in a bracket that gives each with its size: "either condition (together: n = 72; alone: n = 74)".
func (r *reading) sizesInBracket(s document.Span) (out []document.Span) {
	m := namesSized.FindStringSubmatchIndex(r.doc.At(s))
	if m == nil {
		return nil
	}
	inside := document.Span{Start: s.Start + m[2], End: s.Start + m[3]}
	for _, g := range nameSized.FindAllStringSubmatchIndex(r.doc.At(inside), -1) {
		out = append(out, document.Span{Start: inside.Start + g[2], End: inside.Start + g[3]})
	}
	return out
}

var (
	// namesSized is a bracket that holds nothing but names and sizes.
	namesSized = rules.New(`[(\[]((?:\p{L}[\p{L}\d +/-]{2,40}?\s?[:,]?\s?n\s?=\s?\d+(?:[;,] (?:and )?|(?: and )|$)?){2,6})[)\]]`)
	nameSized  = rules.New(`(?:and )?(\p{L}[\p{L}\d +/-]{2,40}?)\s?[:,]?\s?n\s?=\s?\d+`)
)

// doseNouns stand before the dose of a treatment: "at a dosage of 5 mg".
var doseNouns = setOf("dose", "doses", "dosage", "concentration", "amount", "rate")

// rangeAt reports whether the word at a place stands between the ends of a range: "three to 14 days".
func rangeAt(words []word, i int) bool {
	number := func(w word) bool { return digitStart(w.lower) || numerals[w.lower] > 0 }
	return words[i].lower == "to" && i > 0 && i+1 < len(words) && number(words[i-1]) && number(words[i+1])
}

// peopleHad reports whether the words before a group with its size tell what people had before the study rather than what
// they were allocated to: "women who had given birth by".
func peopleHad(ws []word) bool {
	who := -1
	for i, w := range ws {
		switch {
		case allocationVerbs[w.lower] || w.lower == "received" || w.lower == "receiving" || w.lower == "given" && i+1 < len(ws) && ws[i+1].lower != "birth":
			return false
		case w.lower == "who" && i+2 < len(ws) && ws[i+1].lower == "had", w.lower == "undergoing" && i > 0 && personNouns[ws[i-1].lower]:
			who = i
		}
	}
	return who >= 0
}

var sizedLeft = setOf("groups", "arms", ",", ";", ":", ".", "or", "and", "either", ")", "]", "to", "into", "received", "receive", "receiving", "versus", "vs", "of", "were", "was", "comparing", "between", "evaluating", "as", "administered")

// sizeWithin reports whether words in brackets give the size of a group: "n = 23".
func sizeWithin(ws []word) bool {
	for i := 0; i+2 < len(ws); i++ {
		if ws[i].lower == "n" && (ws[i+1].lower == "=" || ws[i+1].lower == "." && i+3 < len(ws) && ws[i+2].lower == "=") {
			return true
		}
	}
	return false
}

// wholeNumbers joins the parts of numbers with separators of thousands, "2,000", and leaves out the period of "vs.".
func wholeNumbers(ws []word) []word {
	first := 0
	for first < len(ws) && !parted(ws, first) {
		first++
	}
	if first == len(ws) {
		return ws
	}
	out := append(make([]word, 0, len(ws)), ws[:first]...)
	for i := first; i < len(ws); i++ {
		w := ws[i]
		if n := len(out); w.lower == "." && n > 0 && (out[n-1].lower == "vs" || out[n-1].lower == "v") && out[n-1].End == w.Start && i+1 < len(ws) {
			continue
		}
		for i+2 < len(ws) && onlyDigits(w.lower) && ws[i+1].lower == "," && len(ws[i+2].lower) == 3 && onlyDigits(ws[i+2].lower) && w.End == ws[i+1].Start && ws[i+1].End == ws[i+2].Start {
			w.End, w.lower = ws[i+2].End, w.lower+","+ws[i+2].lower
			i += 2
		}
		if i+2 < len(ws) && len(w.lower) < 4 && digitStart(w.lower) && onlyDigits(w.lower) && len(ws[i+1].lower) == 3 && onlyDigits(ws[i+1].lower) && ws[i+1].Start-w.End == 1 && doseUnits[ws[i+2].lower] {
			w.End, w.lower = ws[i+1].End, w.lower+ws[i+1].lower // "100 000 IU"
			i++
		}
		out = append(out, w)
	}
	return out
}

// parted reports whether the word at a place may be the first part of a number, or a period behind "vs".
func parted(ws []word, i int) bool {
	if i+1 >= len(ws) {
		return false
	}
	next := ws[i+1].lower
	return ws[i].lower == "." || digitStart(ws[i].lower) && (next == "," || len(next) == 3 && digitStart(next))
}

// unitNouns are what trials of groups allocate.
var unitNouns = setOf("villages", "communities", "wards", "hospitals", "clinics", "schools", "households", "areas", "centres", "centers", "practices", "homes", "facilities", "classes", "teams", "districts")

// peopleCounts returns the places where people are counted on the way to their arms: "71 receiving A and 78 receiving B", "two groups, 13 in
// A and 10 in B".
func peopleCounts(ws []word) []int {
	var out, in []int
	for i := range ws {
		if i > 0 && groupLabel(ws[i-1:]) { // "Group 1 received"
			continue
		}
		switch n := peopleCount(ws[i:]); {
		case n < 2 || ws[i+n-1].lower == "with":
		case ws[i+n-1].lower != "in":
			out = append(out, i)
		case n == 2 && (len(in) > 0 && ws[i-1].lower == "and" || i > 1 && (ws[i-1].lower == "," || ws[i-1].lower == ":") && groupPlurals[ws[i-2].lower]):
			in = append(in, i)
		}
	}
	if len(out) < 2 && len(in) == 2 {
		return in
	}
	return out
}

// sideBreak returns how many words at i set the side before against the side behind: "versus", "compared with",
// "in comparison to"; 0 where none do.
func sideBreak(ws []word, i int) int {
	next := func(k int) string {
		if i+k < len(ws) {
			return ws[i+k].lower
		}
		return ""
	}
	switch l := ws[i].lower; {
	case againstWords[l] && l != "against":
		return 1
	case (l == "compared" || l == "relative") && (next(1) == "with" || next(1) == "to"):
		return 2
	case l == "as" && next(1) == "compared" && (next(2) == "with" || next(2) == "to"):
		return 3
	case l == "in" && next(1) == "comparison" && (next(2) == "with" || next(2) == "to"):
		return 3
	}
	return 0
}

// aroundVersus reads "A versus B" and "A vs B vs C", with i the place of the first "versus".
func (r *reading) aroundVersus(ws []word, i int) []document.Span {
	from := i
	if i > 0 && (ws[i-1].lower == "were" || ws[i-1].lower == "was" || ws[i-1].lower == "is") { // "X was compared with Y"
		i--
		from--
	}
	if i > 1 && ws[i-1].lower == "," {
		return r.effectAgainst(ws, i)
	}
	for from > 0 && !againstLeft[ws[from-1].lower] && i-from < 14 {
		from--
	}
	if at := effectsOfAt(ws[:i]); at > 0 && i-at < 14 && !(againstWords[ws[i].lower] && slices.ContainsFunc(ws[at:i], func(w word) bool { return w.lower == "on" })) {
		from = at
	}
	if from == i || i-from >= 14 || from > 1 && ws[from-1].lower == "of" && measured[ws[from-2].lower] { // "levels of A versus B"
		return nil
	}
	if i < len(ws) && (ws[i].lower == "were" || ws[i].lower == "was" || ws[i].lower == "is") {
		ws = slices.Delete(slices.Clone(ws), i, i+1)
	}
	if items := r.listFrom(ws, from, comparisonList); items != nil || r.listEnd(ws, from, comparisonList) > i {
		return items
	}
	return r.sidesAround(ws, from, i)
}

// sidesAround reads the two sides of a comparison of which the first goes on, before the word that sets them apart, with what ends a list: where,
// when or on what: "remote visits at a health centre as an intervention versus visits to the ward", "the effect of A on pain compared to B".
func (r *reading) sidesAround(ws []word, from, i int) []document.Span {
	n := sideBreak(ws, i)
	if n == 0 || from < 1 || i+n >= len(ws) {
		return nil
	}
	effect := from > 1 && ws[from-1].lower == "of" && effectNouns[ws[from-2].lower]
	if !effect && (ws[from-1].lower != ":" || slices.ContainsFunc(ws[from:i], func(w word) bool { return w.lower == "on" || finiteVerbs[w.lower] })) {
		return nil
	}
	a, okA := r.armPhrase(ws[from:i])
	b, okB := r.armPhrase(ws[i+n : max(i+n, r.listEnd(ws, i+n, comparisonList))])
	if !okA || !okB {
		return nil
	}
	return []document.Span{a, b}
}

// effectAgainst reads the two arms of "the effect of A on pain, compared with B", with i the place of "compared".
func (r *reading) effectAgainst(ws []word, i int) []document.Span {
	n := sideBreak(ws, i)
	if n == 0 || i+n >= len(ws) {
		return nil
	}
	start := 0
	for k := range ws[:i] {
		if effectNouns[ws[k].lower] {
			start = k
			break
		}
	}
	at := effectsOfAt(ws[start:i])
	if at == 0 {
		return nil
	}
	at += start
	end := r.listEnd(ws[:i], at, receptionList)
	a, okA := r.armPhrase(ws[at:end])
	if okA && end-at < 9 && a.End < ws[end-1].Start && slices.ContainsFunc(ws[at:end], func(w word) bool { return w.lower == "and" }) {
		a.End = ws[end-1].End // "the effect of more fruit, vegetables and dairy"
	}
	b, okB := r.armPhrase(ws[i+n : max(i+n, r.listEnd(ws, i+n, receptionList))])
	if !okA || !okB {
		return nil
	}
	return []document.Span{a, b}
}

var againstLeft = setOf(",", ":", ";", "of", "comparing", "compared", "compare", "comparison", "between", "whether", "that", "receive", "received", "receiving", "–", "-", ".",
	"tested", "testing", "trialled", "trialed", "studied", "evaluated", "assessed", "examined", "investigated", "effects", "if", "to", "by", "from", "were", "was", "is", "are", "after", "than", "assigned", "evaluate", "examine", "assess", "in", "using", "underwent")

// longestList is how many words a list of arms may have: a long table that is read as one sentence has many places where one
// could start, each of which would be read to the end.
const longestList = 400

// listFrom reads the list of arms that starts at a place, by what joins its items, or nil.
func (r *reading) listFrom(ws []word, at int, kind listKind) []document.Span {
	ws = ws[:min(len(ws), at+longestList)]
	if marks := enumerated(ws[at:], r.doc.Text); len(marks) > 1 {
		if partsAnnounced(ws[at : at+marks[0]]) {
			return nil
		}
		rest := withoutMarks(ws[at:], r.doc.Text)
		return r.items(rest, enumerated(rest, r.doc.Text), kind)
	}
	if kind == allocationList { // "to receive analgesia either by A or by B"
		for k := at; k < len(ws) && k < at+6 && !groupNouns[ws[k].lower] && ws[k].lower != "or" && ws[k].lower != "," && ws[k].lower != "and"; k++ {
			if ws[k].lower == "either" {
				at = k
			}
		}
		if k := byEither(ws, at); k > 0 { // "to incision by A or B"
			at = k
		}
		if at+2 < len(ws) && ws[at].lower == "either" && ws[at+1].lower == "according" { // "treated either according to A or to B"
			at += 2
		}
	}
	if kind == allocationList {
		at += countAnnounced(ws[at:])
	}
	end := r.listEnd(ws, at, kind)
	ws = withoutSubject(ws[at:end], ws[end:])
	n := listAnnounced(ws)
	if other, ok := r.besideAnnounced(ws[:n], kind); ok {
		if items := r.items(ws[n:], listBreaks(ws[n:], methodList, r.doc.Text), methodList); len(items) > 1 {
			return append([]document.Span{other}, items...)
		}
	}
	ws = ws[n:]
	if kind == allocationList {
		if items := r.series(ws); items != nil {
			return items
		}
	}
	if kind == comparisonList {
		ws = withoutShared(ws)
	}
	breaks := listBreaks(ws, kind, r.doc.Text)
	if breaks == nil && slices.ContainsFunc(ws, func(w word) bool { return w.lower == "without" }) {
		breaks = []int{0} // "A with or without B"
	}
	if breaks == nil {
		return nil
	}
	items := r.items(ws, breaks, kind)
	if items == nil && kind == comparisonList && len(breaks) == 2 { // "A and B for pain vs children in usual care"
		if before := comparisonBreaks(ws[:max(0, breaks[1]-1)]); before != nil {
			return r.items(ws[:breaks[1]-1], before, kind)
		}
	}
	return items
}

// besideAnnounced reads the arm that stands before the words that announce a list of the others: "usual care or one of three programs:".
func (r *reading) besideAnnounced(ws []word, kind listKind) (document.Span, bool) {
	k := slices.IndexFunc(ws, func(w word) bool { return w.lower == "or" })
	if k < 1 || k+4 > len(ws) || kind != allocationList {
		return document.Span{}, false
	}
	rest := ws[k+1:]
	if rest[0].lower == "to" {
		rest = rest[1:]
	}
	if rest[0].lower != "one" && rest[0].lower != "1" || rest[1].lower != "of" || !countWord(rest[2].lower) {
		return document.Span{}, false
	}
	s, ok := r.armPhrase(ws[:k])
	return s, ok
}

// withoutSubject leaves out of a list what stands behind its last comma where a verb follows it, which makes it the subject of the
// next clause: "A versus B, a power calculation was done".
func withoutSubject(ws, behind []word) []word {
	if len(behind) == 0 || !finiteStops[behind[0].lower] {
		return ws
	}
	for i := len(ws) - 1; i > 1; i-- {
		switch l := ws[i].lower; {
		case l == "and" || l == "or":
			return ws
		case l == ",":
			if slices.ContainsFunc(ws[:i], func(w word) bool { return againstWords[w.lower] || w.lower == "or" || w.lower == "and" }) {
				return ws[:i]
			}
			return ws
		}
	}
	return ws
}
