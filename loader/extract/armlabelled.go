package extract

import (
	"slices"

	"github.com/picograph/picograph/loader/document"
)

// What a group was given may stand before its label, which a bracket holds: "zolpam 5 mg (group A)".

// labelledBehind reads what a group was given whose label stands in the bracket at b: before it, behind it, or far before it.
func (r *reading) labelledBehind(words []word, b, i int) (draft, bool) {
	if d, ok := r.beforeLabel(words, b, i); ok {
		return d, true
	}
	if d := r.givenBehind(words, b, i); d.detail.Len() > 0 {
		return d, true
	}
	d := r.givenFarBefore(words, b, i)
	return d, d.label.Len() > 0
}

// bracketed1 returns the place of the bracket that holds nothing but the label from n to next (and a size behind it), or
// 0.
func bracketed1(words []word, n, next int) int {
	if n == 0 || words[n-1].lower != "(" && words[n-1].lower != "[" || next >= len(words) {
		return 0
	}
	if l := words[next].lower; l == ")" || l == "]" || l == "," || l == ";" {
		return n - 1
	}
	return 0
}

// matching returns the place of the bracket that closes the one at k, or -1.
func matching(words []word, k int) int {
	for j := k + 1; j < len(words); j++ {
		if words[j].depth == words[k].depth && (words[j].lower == ")" || words[j].lower == "]") {
			return j
		}
	}
	return -1
}

// beforeLabel reads the phrase that a label in brackets stands for, backwards from the bracket at b.
func (r *reading) beforeLabel(words []word, b, i int) (draft, bool) {
	from := b
	for from > 0 && b-from < 14 {
		w := words[from-1]
		if w.lower == "," && w.depth == words[b].depth && from < b && tellsHow[words[from].lower] {
			from-- // "1 g of A, in saline before surgery (group 1)"
			continue
		}
		if w.lower == ")" && from < b && tellsHow[words[from].lower] { // "A twice daily (200 mg a day) for 8 weeks (group 1)"
			open := from - 1
			for open > 0 && words[open].depth >= w.depth && words[open].lower != "(" && words[open].lower != "[" {
				open--
			}
			from = open
			continue
		}
		if w.depth == words[b].depth && (w.lower == "," || w.lower == ";" || w.lower == ":" || w.lower == "." || w.lower == ")" || w.lower == "or" || w.lower == "and" && from < b || againstWords[w.lower] || receptionVerbs[w.lower] || w.lower == "either" || w.lower == "into" || w.lower == "to" || w.lower == "comparing" || w.lower == "other") {
			break
		}
		from--
	}
	var ws []word
	for _, w := range words[from:b] {
		if w.depth == words[b].depth {
			ws = append(ws, w)
		}
	}
	for k := len(ws) - 1; k >= 0; k-- { // "A compared with B (B-group)"
		if n := sideBreak(ws, k); n > 0 {
			ws = ws[k+n:]
			break
		}
	}
	s, ok := r.armPhrase(ws)
	if !ok || genericArm.MatchString(r.doc.At(s)) {
		return draft{}, false
	}
	s.End = min(s.End, words[b].Start)
	end := matching(words, b)
	d := draft{at: []int{i}}
	if end > 0 {
		r.brackets(&d, document.Span{}, document.Span{Start: words[b].Start, End: words[end].End})
	}
	if s = trimmed(r.doc.Text, s); genericArm.MatchString(r.doc.At(s)) { // "control (group B)"
		d.aliases = append(d.aliases, genericName(r.doc.At(s)))
	} else {
		d.label = s
	}
	return d, true
}

// tellsHow are words that open what follows a comma in the name of an arm: how, when or for how long.
var tellsHow = setOf("in", "before", "after", "for", "over", "at", "during", "once", "twice", "every", "given", "administered", "followed", "per", "as", "by", "on")

// givenFarBefore reads what the sentence or its part up to the label in brackets at b says that people were given, where the label stands far
// behind it: "Sixty patients were given 3 g of zolpam in saline at these times: before surgery and on days 1 and 2 (group 1)".
func (r *reading) givenFarBefore(words []word, b, i int) draft {
	from := b
	for from > 0 && words[from-1].lower != ";" && !(from > 1 && groupLabel(words[from-2:])) {
		from--
	}
	ws := words[from:b]
	verb := slices.IndexFunc(ws, func(w word) bool { return w.depth == 0 && receptionVerbs[w.lower] && w.lower != "using" })
	if verb < 1 || verb+1 >= len(ws) || !slices.ContainsFunc(ws[:verb], func(w word) bool { return personNouns[w.lower] || digitStart(w.lower) }) || slices.ContainsFunc(ws[verb+1:], func(w word) bool { return w.depth == 0 && receptionVerbs[w.lower] }) {
		return draft{}
	}
	ws = slices.DeleteFunc(slices.Clone(ws[verb+1:]), func(w word) bool { return w.depth > 0 || isBracket(w.lower) })
	if len(ws) > 1 && (ws[0].lower == "with" || ws[0].lower == "by") {
		ws = ws[1:]
	}
	if k := slices.IndexFunc(ws, func(w word) bool { return itemEnds[w.lower] || listStops[w.lower] || w.lower == "," || w.lower == ":" }); k > 0 {
		ws = ws[:k]
	}
	s, ok := r.armPhrase(ws)
	if !ok || genericArm.MatchString(r.doc.At(s)) {
		return draft{}
	}
	if d, ok := r.draft(s); ok && d.label.Len() > 0 && r.doubtful(d) <= 0 {
		d.at = []int{i}
		return d
	}
	return draft{}
}

// givenBehind reads what a group was given of which only the label stands in a bracket: "(Group C) received saline".
func (r *reading) givenBehind(words []word, b, i int) draft {
	end := matching(words, b)
	if end < 0 || end+1 >= len(words) || !givenVerbs[words[end+1].lower] {
		return draft{}
	}
	d := draft{at: []int{i}}
	r.brackets(&d, document.Span{}, document.Span{Start: words[b].Start, End: words[end].End})
	if from := givenFrom(words, end+1); from > 0 {
		d.detail = r.givenPhrase(words, from)
	}
	return d
}
