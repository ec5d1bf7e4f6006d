package extract

import (
	"slices"
	"strings"

	"github.com/picograph/picograph/graph/evidence"
	"github.com/picograph/picograph/graph/quantity"
	"github.com/picograph/picograph/loader/document"
)

// givenVerbs stand between the name of a group and what the group was given.
var givenVerbs = setOf("received", "receiving", "receive", "given", "got", "underwent", "undergoing", "undergo", "offered", "took", "attended", "consisted", "comprised", "treated",
	"had", "used", "practiced", "practised", "performed", "conducted", "continued", "administered", "was", "were", "consumed", "ingested", "assigned", "participated", "injected",
	"exposed", "followed", "listened", "applied", "included", "involved", "drank", "wore", "did", "randomized", "randomised", "served", "trained", "instructed", "educated", "anesthetized", "intubated", "managed", "supplemented", "fed", "prescribed", "provided", "subjected", "premedicated", "sedated", "vaccinated", "immunized", "immunised", "irrigated", "advised", "implanted", "induced", "infused", "operated", "put", "started", "submitted", "trained")

// groupsGiven reads what a sentence says that groups known by a label received: "Group A received X", "In the control
// group, Y was given", "group 1: X", and the label in brackets behind what it stands for: "X (group A)".
func (r *reading) groupsGiven(i int) []draft {
	words := r.words(r.doc.Sentences[i].Span)
	out := r.givenInGroups(words, i)
	if out != nil {
		return out
	}
	for n := 0; n < len(words); n++ {
		if ds, next := r.letteredGroups(words, n, i); next > 0 {
			out = append(out, ds...)
			n = next - 1
			continue
		}
		name, next := groupAt(r.doc.Text, words, n)
		if next == 0 {
			continue
		}
		if s := r.beforeColon(words, n); s.Len() > 0 { // "preemptive: Group P"
			out = append(out, draft{generic: name, label: s, at: []int{i}})
			n = next - 1
			continue
		}
		if b := bracketed1(words, n, next); b > 0 { // "X (group A)"
			if d, ok := r.labelledBehind(words, b, i); ok {
				d.generic = name
				out = append(out, d)
			}
			n = next
			continue
		}
		d := draft{generic: name, at: []int{i}}
		if code := r.doc.At(words[n].Span); strings.EqualFold(code, name) && isShort(code) {
			d.abbr = code
		}
		behind := r.bracketOfGroup(&d, words, next)
		if behind < 0 {
			continue
		}
		next = behind
		if s := r.givenToGroup(words, n, next); s.Len() > 0 && d.detail.Len() == 0 {
			d.detail = s
		}
		other := name == "group other" && len(out) > 0 && out[len(out)-1].detail.Len() > 0
		if from := givenTo(words, n, next, name, other); from > 0 && d.detail.Len() == 0 {
			d.detail = r.givenPhrase(words, from)
		}
		if d.detail.Len() > 0 || d.n.Present() || d.label.Len() > 0 {
			out = append(out, r.sizeCut(d))
		}
		n = next - 1
	}
	return out
}

// bracketOfGroup adds to a draft what a size and a bracket behind the label of its group say, and returns the place behind them; -1 where a
// bracket does not close.
func (r *reading) bracketOfGroup(d *draft, words []word, next int) int {
	if n, behind := sizeBehindColon(words, next); behind > 0 {
		d.n, next = n, behind
	}
	if next >= len(words) || words[next].lower != "(" {
		return next
	}
	end := matching(words, next)
	if end < 0 {
		return -1
	}
	r.brackets(d, document.Span{}, document.Span{Start: words[next].Start, End: words[end].End})
	what := r.saidWithin(document.Span{Start: words[next].End, End: words[end].Start})
	if said := r.doc.At(what); strings.ContainsAny(said, " ") && len(strings.Fields(said)) < 6 {
		if x, ok := r.draft(what); ok && x.label.Len() > 0 { // "group one (lathine with saline [LS])"
			d.label, d.abbr, d.detail = x.label, x.abbr, document.Span{}
		}
	}
	return end + 1
}

// givenTo returns the place from which words say what the group that they name from n to next was given, or 0. other says that it is the other of
// two of which the first was told: "one group was given A and the other, B".
func givenTo(words []word, n, next int, name string, other bool) int {
	if other && next < len(words) && words[next].lower == "," {
		return next + 1
	}
	from := givenFrom(words, next)
	if from == 0 && numberedName.MatchString(name) && commaTells(words, n, next) {
		if from = next + 1; next+4 < len(words) && words[next+2].lower == "will" { // ", which will include"
			from = next + 4
		}
	}
	return from
}

// sizeBehindColon reads the size of a group that stands between a colon and the bracket that says what the group got: "Group A: n = 20
// (no drug)". It returns the place of the bracket, or 0.
func sizeBehindColon(words []word, next int) (quantity.Decimal, int) {
	if next+4 >= len(words) || words[next].lower != ":" && words[next].lower != "," || words[next+1].lower != "n" || words[next+2].lower != "=" || !onlyDigits(words[next+3].lower) || words[next+4].lower != "(" {
		return "", 0
	}
	return count(words[next+3].lower), next + 4
}

// givenInGroups reads a list of what was given in groups that go by letters, each group behind what it was given: "premedicated with
// saline in group 1, A in group 2 and B in group 3". It is nil where not all of them are told so.
func (r *reading) givenInGroups(words []word, i int) []draft {
	var out []draft
	from := 0
	for n := 1; n+1 < len(words); n++ {
		name, next := groupAt(r.doc.Text, words, n)
		if next == 0 || !numberedName.MatchString(name) {
			continue
		}
		at := n - 1
		if words[at].lower == "the" && at > 0 {
			at--
		}
		if words[n].depth > 0 || at < from || words[at].lower != "in" && words[at].lower != "for" && words[at].lower != "to" {
			return nil
		}
		start := at
		for start > from && words[start-1].depth == 0 && !phraseStarts(words[start-1]) && !administering[words[start-1].lower] && !receptionVerbs[words[start-1].lower] || start > from && words[start-1].depth > 0 {
			start--
		}
		for start < at && (joint(words[start].lower) || words[start].lower == "with" || words[start].lower == "only" || words[start].lower == "while") {
			start++
		}
		for k := at - 1; k > start && strings.HasSuffix(words[start].lower, "ed"); k-- { // "prepared and restored with A in group 1"
			if words[k].lower == "with" && words[k].depth == 0 {
				start = k + 1
			}
		}
		s, ok := r.armPhrase(clauseWords(words[start:at], document.Span{Start: words[start].Start, End: words[at].Start}))
		if !ok {
			return nil
		}
		d := draft{generic: name, detail: trimmed(r.doc.Text, document.Span{Start: s.Start, End: min(s.End, words[at].Start)}), at: []int{i}}
		if x := (draft{label: d.detail}); len(r.treatments(d.detail)) == 0 && r.doubtful(x) > 0 {
			return nil
		}
		out, from = append(out, d), next
		n = next - 1
	}
	if len(out) < 2 {
		return nil
	}
	return out
}

// commaTells reports whether the comma behind the label of a group in a list of groups leads to what the group got: "group 1, A only;
// group 2, A and B".
func commaTells(words []word, n, next int) bool {
	if n == 0 || next+1 >= len(words) || words[next].lower != "," {
		return false
	}
	switch words[n-1].lower {
	case ":", ";", "to", "and", "or":
	default:
		return false
	}
	for _, w := range words[next+1:] {
		if w.lower == ";" || w.lower == "(" || w.lower == "." {
			return true
		}
		if finiteVerbs[w.lower] || w.lower == "group" {
			return false
		}
	}
	return true
}

// sizeCut takes the size in a bracket at the end of what a group was given for the size of the group: "no intervention (n = 116)".
func (r *reading) sizeCut(d draft) draft {
	text := r.doc.At(d.detail)
	open := strings.LastIndexByte(text, '(')
	if open <= 0 || !strings.HasSuffix(text, ")") {
		return d
	}
	if m := sizeMark.FindStringSubmatch(text[open+1 : len(text)-1]); m != nil && !d.n.Present() {
		d.n = count(m[1] + m[2])
		d.detail = trimmed(r.doc.Text, document.Span{Start: d.detail.Start, End: d.detail.Start + open})
	}
	return d
}

// beforeColon reads the one or few words that a colon in a bracket sets before the label of a group: "(preemptive: group P)".
func (r *reading) beforeColon(words []word, n int) document.Span {
	if n < 2 || words[n-1].lower != ":" || words[n].depth == 0 {
		return document.Span{}
	}
	from := n - 1
	for from > 0 && n-from < 6 && words[from-1].depth == words[n].depth && words[from-1].lower != "," && words[from-1].lower != ";" && words[from-1].lower != "and" {
		from--
	}
	if from == n-1 || n-from >= 6 {
		return document.Span{}
	}
	return document.Span{Start: words[from].Start, End: words[n-2].End}
}

// givenToGroup reads what stands between the label of a group and the verb that says it was given: "In group H, 3% saline
// was infused".
func (r *reading) givenToGroup(words []word, n, next int) document.Span {
	if n > 0 && words[n-1].lower == "the" {
		n--
	}
	if n > 0 && words[n-1].lower == "to" {
		return r.prescribedTo(words, n-1)
	}
	if n == 0 || words[n-1].lower != "in" && words[n-1].lower != "for" || next >= len(words) {
		return document.Span{}
	}
	from := next
	if words[from].lower == "," {
		from++
	}
	for k := from + 1; k+1 < len(words) && k < from+16; k++ {
		switch l := words[k].lower; {
		case (l == "was" || l == "were") && administering[words[k+1].lower]:
			if s, ok := r.armPhrase(clauseWords(words[from:k], document.Span{Start: words[from].Start, End: words[k].Start})); ok {
				return trimmed(r.doc.Text, document.Span{Start: s.Start, End: min(s.End, words[k].Start)})
			}
			return document.Span{}
		case l == ";" || l == ":" || finiteVerbs[l] || l == "who" || personNouns[l] && l != "treatment" && l != "therapy" && l != "placebo":
			return document.Span{}
		}
	}
	return document.Span{}
}

// prescribedTo reads what stands before "was prescribed to" and the label of a group, with to the place of "to".
func (r *reading) prescribedTo(words []word, to int) document.Span {
	if to < 3 || !administering[words[to-1].lower] || words[to-2].lower != "was" && words[to-2].lower != "were" {
		return document.Span{}
	}
	from := to - 2
	for from > 0 && to-from < 24 && (words[from-1].depth > 0 || !phraseStarts(words[from-1]) || digitStart(words[from-1].lower) && !(from > 1 && groupLabel(words[from-2:]))) {
		from--
	}
	for from < to-2 && (words[from].lower == "," || words[from].lower == "and" || words[from].lower == "while" || words[from].lower == "whereas") {
		from++
	}
	what := document.Span{Start: words[from].Start, End: words[to-2].Start}
	s, ok := r.armPhrase(clauseWords(words[from:to-2], what))
	if !ok {
		return document.Span{}
	}
	return trimmed(r.doc.Text, document.Span{Start: s.Start, End: words[to-2].Start})
}

// phraseStarts reports whether what was given begins behind a word.
func phraseStarts(w word) bool {
	return w.lower == ";" || w.lower == "." || w.lower == ":" || groupLetter(w) || finiteVerbs[w.lower]
}

// administering are participles for what is done with a treatment rather than with people.
var administering = setOf("administered", "given", "infused", "injected", "applied", "used", "performed", "instilled", "delivered", "provided", "prescribed", "offered", "inserted", "implanted", "added", "administrated")

// groupAt reads the label of a group at a place: "group A", "arm 2", "the control group", "the second group". It returns
// the label and the place behind it, or 0.
func groupAt(text string, words []word, n int) (name string, next int) {
	w := words[n]
	switch {
	case strings.HasSuffix(w.lower, "-group") && len(w.lower) > 7 && !unnamedGroups[strings.TrimSuffix(w.lower, "-group")]:
		return strings.TrimSuffix(w.lower, "-group"), n + 1
	case (w.lower == "group" || w.lower == "arm") && n+1 < len(words) && groupCode(words[n+1]) && (words[n+1].lower != "a" || text[words[n+1].Start] == 'A'):
		return w.lower + " " + words[n+1].lower, n + 2
	case w.lower == "another" && n+2 < len(words) && words[n+1].lower == "group" && givenVerbs[words[n+2].lower]:
		return "group another", n + 2
	case (w.lower == "one" || w.lower == "other") && n+1 < len(words) && (words[n+1].lower == "group" || words[n+1].lower == "arm") && (w.lower == "other" || n == 0 || words[n-1].lower != "only"):
		return "group " + w.lower, n + 2
	case w.lower == "one" && n+2 < len(words) && (n == 0 || words[n-1].lower == "," || words[n-1].lower == ";") && (sideNouns[words[n+1].lower] && givenVerbs[words[n+2].lower] || receptionVerbs[words[n+1].lower] && otherAhead(words[n+2:])):
		if sideNouns[words[n+1].lower] {
			return "group one", n + 2
		}
		return "group one", n + 1
	case w.lower == "other" && n > 0 && words[n-1].lower == "the" && n+2 < len(words) && (words[n+1].lower == "underwent" || (words[n+1].lower == "was" || words[n+1].lower == "were") && givenVerbs[words[n+2].lower]):
		return "group other", n + 1
	case w.lower == "other" && n > 0 && words[n-1].lower == "the" && n+1 < len(words) && (words[n+1].lower == "(" || words[n+1].lower == "one" || words[n+1].lower == "received" || words[n+1].lower == ","):
		return "group other", n + 1
	case genericLabels[w.lower] && n > 1 && words[n-1].lower == "to" && allocationVerbs[words[n-2].lower] && n+1 < len(words) && givenVerbs[words[n+1].lower]:
		return genericName(w.lower), n + 1 // "participants assigned to control received"
	case codeSized(text, words, n):
		return w.lower, n + 1 // "A1 (n = 284) received X"
	case groupNamed(text, words, n):
		return w.lower, n + 2 // "K1 group: X"
	case w.lower == "trial" && !(n+1 < len(words) && words[n+1].lower == "group"): // "trial participants"
		return "", 0
	case genericLabels[w.lower] && n+1 < len(words):
		k := n + 1
		if genericLabels[words[k].lower] && k+1 < len(words) {
			k++
		}
		if l := words[k].lower; l == "group" || l == "arm" || l == "participants" || l == "patients" || l == "condition" || l == "schools" || l == "practices" || l == "clinics" || l == "clusters" {
			return genericName(strings.Join(lowers(words[n:k]), " ")), k + 1
		}
	}
	return "", 0
}

// sideNouns are parts of one body that are treated otherwise.
var sideNouns = setOf("eye", "knee", "side", "arm", "leg", "foot", "hand", "ear", "hip", "half")

// otherAhead reports whether words go on with the other of two.
func otherAhead(words []word) bool {
	for i := 1; i < len(words); i++ {
		if words[i].lower == "other" && words[i-1].lower == "the" {
			return true
		}
	}
	return false
}

// groupNamed reports whether a code in capitals stands at a place before "group" and what says what it got: "K1 group: X".
func groupNamed(text string, words []word, n int) bool {
	if n+2 >= len(words) || words[n+1].lower != "group" && words[n+1].lower != "arm" || words[n].Len() > 6 || words[n].Len() < 2 || unnamedGroups[words[n].lower] || !isShort(text[words[n].Start:words[n].End]) {
		return false
	}
	return words[n+2].lower == ":" || givenVerbs[words[n+2].lower] && words[n+2].lower != "had" && words[n+2].lower != "was" && words[n+2].lower != "were" && words[n+2].lower != "showed"
}

// codeSized reports whether a code in capitals stands at a place before the size of its group and a verb of receiving.
func codeSized(text string, words []word, n int) bool {
	if n+4 >= len(words) || words[n+1].lower != "(" || words[n+2].lower != "n" || words[n].Len() > 8 || !isShort(text[words[n].Start:words[n].End]) {
		return false
	}
	end := matching(words, n+1)
	return end > 0 && end+1 < len(words) && (receptionVerbs[words[end+1].lower] || words[end+1].lower == ":")
}

var genericLabels = setOf("intervention", "experimental", "treatment", "control", "comparison", "study", "trial", "active", "attention", "first", "second", "third", "fourth", "placebo", "sham", "case", "test", "reference", "comparator")

func lowers(words []word) []string {
	out := make([]string, len(words))
	for i, w := range words {
		out[i] = w.lower
	}
	return out
}

// groupCode reports whether a word is the letter, the number or the short code of a group: "A", "2", "BT", "N1".
func groupCode(w word) bool {
	if groupLetter(w) || numerals[w.lower] > 0 && numerals[w.lower] < 9 {
		return true
	}
	if w.Len() > 3 || w.Len() == 0 || groupStops[w.lower] || finiteVerbs[w.lower] || w.lower == "and" || w.lower == "or" || w.lower == "we" || w.lower == "it" || w.lower == "who" || w.lower == "but" || w.lower == "for" || w.lower == "all" {
		return false
	}
	return w.lower[0] >= 'a' && w.lower[0] <= 'z' || w.lower[0] >= '1' && w.lower[0] <= '9' && w.Len() == 1
}

// givenFrom returns the place from which words say what the group named before them was given, or 0.
func givenFrom(words []word, next int) int {
	for k := next; k < len(words) && k < next+9; k++ {
		w := words[k]
		switch {
		case k == next && w.lower == "with" && k+1 < len(words) && (allocationVerbs[words[k+1].lower] || words[k+1].lower == "random" || words[k+1].lower == "a"):
			return 0
		case k == next && w.lower == ":" && takenUp(words, k+1) > 0: // "Group A: This group was treated with X"
			return takenUp(words, k+1)
		case k == next && (w.lower == "with" || w.lower == ":" || w.lower == "=" || w.lower == "–" || w.lower == "-"):
			return k + 1
		case w.lower == ";" || w.lower == "." || w.lower == "(" || w.lower == "than" || againstWords[w.lower] || groupNouns[w.lower]:
			return 0
		case w.lower == "took" && k+2 < len(words) && words[k+1].lower == "part" && words[k+2].lower == "in":
			return k + 3
		case k == next && wentThrough[w.lower] && k+2 < len(words) && (words[k+1].lower == "a" || words[k+1].lower == "an"):
			return k + 1 // "the experimental group completed a 10-week yoga program prescribed for lunch hours"
		case givenVerbs[w.lower]:
			for k+1 < len(words) && (givenVerbs[words[k+1].lower] || words[k+1].lower == "to" || words[k+1].lower == "in" || words[k+1].lower == "of" || words[k+1].lower == "with" || words[k+1].lower == "by") {
				k++
			}
			if k+3 < len(words) && words[k+1].lower == "for" && (words[k+2].lower == "intervention" || words[k+2].lower == "treatment") && words[k+3].lower == "with" {
				k += 3
			}
			return k + 1
		}
	}
	return 0
}

// wentThrough are verbs right behind a group whose object with "a" is what it was given.
var wentThrough = setOf("completed", "joined", "undertook", "entered", "experienced")

// takenUp returns the place behind the verb of receiving where a clause takes a group up again that a colon set off, or 0: "this group of
// 15 patients was treated with".
func takenUp(words []word, from int) int {
	if from >= len(words) || words[from].lower != "this" && words[from].lower != "these" && words[from].lower != "patients" && words[from].lower != "the" {
		return 0
	}
	for k := from; k+1 < len(words) && k < from+9; k++ {
		if l := words[k].lower; l != "was" && l != "were" && l != "had" && givenVerbs[l] {
			if words[k+1].lower == "with" || words[k+1].lower == "to" {
				return k + 2
			}
			return k + 1
		}
	}
	return 0
}

// givenPhrase returns the phrase from a place on that says what a group was given, up to the next group or clause.
func (r *reading) givenPhrase(words []word, from int) document.Span {
	end := from
	for end < len(words) && end-from < 40 {
		w := words[end]
		if w.depth < words[from].depth { // the bracket that it stands in ends
			break
		}
		if w.depth == 0 && (w.lower == ";" || w.lower == "." && end+1 == len(words) || w.lower == "whereas" || w.lower == "while" || w.lower == "respectively" || end > from+1 && scheduled[w.lower]) {
			break
		}
		if _, next := groupAt(r.doc.Text, words, end); next > 0 && end > from {
			break
		}
		end++
	}
	given := func(w word) bool { return w.lower == "treatment" || w.lower == "therapy" } // "no treatment"
	for end > from && !(end-from > 1 && given(words[end-1])) && (trailers[words[end-1].lower] || words[end-1].lower == "." || words[end-1].lower == "(" || phraseOpeners[words[end-1].lower]) {
		end--
	}
	if end-from > 2 && personNouns[words[end-1].lower] && !given(words[end-1]) && (words[end-2].lower == "and" || words[end-2].lower == ",") { // "A, and patients"
		for end > from && (trailers[words[end-1].lower] || personNouns[words[end-1].lower]) {
			end--
		}
	}
	if n := peopleCount(words[from:end]); n > 0 { // "included 100 patients who received"
		from += n
	}
	if from = behindParticiple(words[:end], from); from == end {
		return document.Span{}
	}
	for k := from; k+2 < end && k < from+6; k++ { // "served as a control with identical amounts of gelatine"
		if words[from].lower == "as" && (words[k].lower == "control" || words[k].lower == "controls") && (words[k+1].lower == "with" || words[k+1].lower == "receiving" || words[k+1].lower == "given") {
			from = k + 2
			break
		}
	}
	if end <= from || end-from == 1 && strings.HasSuffix(words[from].lower, "ly") || words[from].lower == "as" && words[end-1].lower == "control" || words[from].lower == "n" || end-from == 1 && words[from].lower == "not" || noArmOpeners[words[from].lower] && words[from].lower != "not" || words[from].lower == "between" || words[from].lower == "higher" || words[from].lower == "lower" || end-from == 1 && (finiteVerbs[words[from].lower] || digitStart(words[from].lower)) {
		return document.Span{}
	}
	return trimmed(r.doc.Text, document.Span{Start: words[from].Start, End: words[end-1].End})
}

// behindParticiple returns the place behind a participle or an adverb that leads to what was given, "supported by", "at once with", or the
// end where nothing follows that was: "orally every day", "stopped the day before", "evaluated".
func behindParticiple(words []word, from int) int {
	if from >= len(words) {
		return from
	}
	first, next := words[from].lower, ""
	if from+1 < len(words) {
		next = words[from+1].lower
	}
	switch {
	case comparative(first) || first == "available" || first == "thus" || first == "including" || first == "consisting" || first == "comprising" || measuredBy[first]:
		return len(words)
	case next == "" && isControlLabel(first): // "waitlisted"
		return from
	case strings.HasSuffix(first, "ly") && (itemEnds[next] || listStops[next]):
		return len(words)
	case !strings.HasSuffix(first, "ed") && !strings.HasSuffix(first, "ly") || strings.Contains(first, "-"):
		return from
	case next == "with" || next == "by":
		return from + 2
	case next == "" || next == "in" || next == "the" || next == "that" || next == "and" || itemEnds[next] || listStops[next]:
		return len(words)
	}
	return from
}

// measuredBy are participles of what is done with people to learn how they are, rather than for them.
var measuredBy = setOf("evaluated", "assessed", "measured", "analysed", "analyzed", "examined", "compared", "randomized", "randomised", "tested", "studied", "followed", "monitored", "observed", "recruited", "enrolled", "included", "informed", "scored")

// isControlLabel reports whether a label names a control by its kind.
func isControlLabel(s string) bool {
	return placeboWord.MatchString(s) || usualWord.MatchString(s) || noneWord.MatchString(s) || shamWord.MatchString(s)
}

// resultWords returns the text of a study's results and conclusions in small letters, and its words.
func (r *reading) resultWords(t *telling) (map[string]bool, string) {
	var b strings.Builder
	for _, i := range t.sentences {
		if r.roles[i] == roleResults || r.roles[i] == roleConclusion {
			b.WriteString(r.small(r.doc.Sentences[i].Span))
			b.WriteByte('\n')
		}
	}
	words := map[string]bool{}
	for _, w := range contentWords(b.String()) {
		words[w] = true
	}
	return words, b.String()
}

// therapyWith says no more of a treatment than that it is one: "single therapy with".
var therapyWith = rules.New(`(?i)^(?:(?:single|sole|oral|combined|combination|daily) )?(?:therapy|treatment|monotherapy) with `)

// nameDescribed calls arms that the text knows by a label alone by what they were given, where it says so in few words: the
// label stays an alias.
func (r *reading) nameDescribed(t *telling) {
	for i := range t.study.Arms {
		a := &t.study.Arms[i]
		if !genericArm.MatchString(a.Label) || a.Description == "" {
			continue
		}
		at := strings.Index(r.doc.Text, strings.TrimSuffix(strings.SplitN(a.Description, "; ", 2)[0], "."))
		if at < 0 {
			continue
		}
		s := r.around(document.Span{Start: at, End: at + 1})
		ws := r.words(document.Span{Start: at, End: s.End})
		for len(ws) > 1 && (givenVerbs[ws[0].lower] || ws[0].lower == "to" || ws[0].lower == "also" || ws[0].lower == "with" || ws[0].lower == "of" || personNouns[ws[0].lower] || clusterNouns[ws[0].lower]) {
			ws = ws[1:]
		}
		name, ok := r.armPhrase(clauseWords(ws, s))
		if !ok || r.doc.Text[name.Start] == ':' { // a colon opens a list of parts, none of which is the whole
			continue
		}
		label := therapyWith.ReplaceAllString(r.doc.At(name), "")
		if k := strings.IndexAny(label, "(["); k > 0 {
			label = strings.TrimSpace(label[:k])
		}
		if isControl(a.Label) && !isControlLabel(label) {
			continue // what a control was given is seldom what it is a control by
		}
		if n := len(strings.Fields(label)); n > 9 || len(label) < 4 || n == 1 && strings.HasSuffix(label, "ed") || genericArm.MatchString(label) || allocationVerbs[strings.ToLower(label)] || slices.ContainsFunc(t.study.Arms, func(b evidence.Arm) bool {
			return strings.EqualFold(b.Label, label)
		}) {
			continue
		}
		a.Aliases = append([]string{a.Label}, a.Aliases...)
		a.Label = label
		if a.Interventions = r.named(label); len(a.Interventions) == 0 || !r.typed(a.Interventions[0], treatmentTypes) {
			a.Interventions = []string{label}
		}
		t.names = nil
	}
}

// clusterNouns are what trials of clusters allocate.
var clusterNouns = setOf("facilities", "clinics", "practices", "schools", "centers", "centres", "villages", "providers", "communities", "households", "hospitals", "wards", "homes")
