package extract

import (
	"slices"
	"strings"

	"github.com/picograph/picograph/loader/document"
)

// listBreaks returns where the items of a list start, the first included, or nil where nothing divides it.
func listBreaks(ws []word, kind listKind, text string) []int {
	if kind == comparisonList {
		return comparisonBreaks(ws)
	}
	strong := slices.ContainsFunc(ws, func(w word) bool { return (w.lower == "or" || againstWords[w.lower]) })
	if kind == receptionList && !strong {
		return nil
	}
	out := []int{0}
	joined := -1 // the last "and" of a list with commas, which alone divides it
	if slices.ContainsFunc(ws, func(w word) bool { return w.lower == "," }) {
		for i, w := range ws {
			if w.lower == "and" {
				joined = i
			}
		}
	}
	for i, w := range ws {
		switch l := w.lower; {
		case i == 0 || i+1 >= len(ws):
		case l == "," && orWithoutAhead(ws[i+1:]): // "milk, either with or without B"
		case l == "against" && kind == methodList: // "prophylaxis against"
		case l == "or" && ws[i-1].lower == "with": // "with or without"
		case l == "or", againstWords[l], sideBreak(ws, i) > 0:
			out = append(out, i+max(1, sideBreak(ws, i)))
		case l == "and" && (!strong && (joined < 0 || i == joined) || bracketBefore(text, w.Start) && !(strong && doseBefore(text, w.Start)) || ws[i-1].lower == "," || ws[i+1].lower == "to"):
			out = append(out, i+1)
		case l == ";", l == "," && !describes(ws[i+1:]) && !apposed(ws, i) && !betweenAdjectives(ws[out[len(out)-1]:], i-out[len(out)-1]) && !(l == "," && i-out[len(out)-1] == 2 && groupLabel(ws[i-2:])):
			out = append(out, i+1)
		}
	}
	if len(out) < 2 {
		return nil
	}
	return out
}

// describes reports whether what stands behind a comma tells more of the item before: its dose, how it was given.
func describes(ws []word) bool {
	if len(ws) == 0 {
		return true
	}
	l := ws[0].lower
	if len(ws) > 3 && digitStart(l) && doseUnits[ws[1].lower] && ws[2].lower == "," && digitStart(ws[3].lower) {
		return false // "A 150 mg/d, 300 mg/d, 600 mg/d or placebo"
	}
	if len(ws) > 2 && digitStart(l) && ws[1].lower == "%" && !itemEnds[ws[2].lower] && !listStops[ws[2].lower] && !trailers[ws[2].lower] && !digitStart(ws[2].lower) {
		return false // "A, 20% lipid emulsion or a control"
	}
	if len(ws) > 3 && digitStart(l) && doseUnits[ws[1].lower] && (namesDosed(ws[2]) || ws[2].lower == "of" && ws[3].lower != "the") {
		return false // "24 mg A, 50 mg B or placebo"
	}
	return itemEnds[l] || l == "which" || l == "who" || digitStart(l) && len(ws) > 1 && doseUnits[ws[1].lower] && !slices.ContainsFunc(ws[:min(5, len(ws))], func(w word) bool { return w.lower == "or" || w.lower == "and" })
}

// namesDosed reports whether the word behind a dose begins the name of what it is a dose of, rather than tells how it was given.
func namesDosed(w word) bool {
	l := w.lower
	return len(l) > 3 && l[0] >= 'a' && l[0] <= 'z' && !itemEnds[l] && !listStops[l] && !trailers[l] && !doseForms[l] && !joint(l) && !doseUnits[l] && !strings.HasSuffix(l, "ly") && !strings.HasPrefix(l, "intra")
}

// doseForms are words behind a dose that tell in what form or how it was given.
var doseForms = setOf("tablet", "tablets", "capsule", "capsules", "bolus", "infusion", "injection", "injections", "oral", "subcutaneous", "dose", "doses", "total", "three", "four", "before", "with", "then",
	"elemental", "three-times", "twice-daily", "once-daily", "vials", "drops", "puffs", "sachets", "maximum", "followed", "loading", "maintenance", "groups", "arms", "both", "respectively", "alone")

// apposed reports whether the comma at i opens an apposition: "trametinib, an oral inhibitor, or chemotherapy".
func apposed(ws []word, i int) bool {
	if l := ws[i+1].lower; l != "a" && l != "an" {
		return false
	}
	if !slices.ContainsFunc(ws[i+1:], func(w word) bool { return w.lower == "," || w.lower == "and" || w.lower == "or" }) { // the last item of a list is joined to it
		return true
	}
	return ws[0].lower != "a" && ws[0].lower != "an" && slices.ContainsFunc(ws[i+1:], func(w word) bool { return w.lower == "," })
}

// betweenAdjectives reports whether the comma at i, near the start of an item, stands between two adjectives of one name: "a tailored,
// multidimensional care package".
func betweenAdjectives(ws []word, i int) bool {
	ws = ws[:min(len(ws), i+12)]
	lead := i - len(withoutOpeners(ws[:i]))
	if i-lead != 1 || i+3 > len(ws) || !adjective(ws[i-1].lower) {
		return false
	}
	rest := ws[i+1:]
	end := slices.IndexFunc(rest, func(w word) bool {
		return joint(w.lower) || w.lower == "," || w.lower == ";" || w.lower == "." || againstWords[w.lower] || listStops[w.lower] || w.lower == "with" || w.lower == "to" || w.lower == "for" || w.lower == "compared"
	})
	if end < 0 {
		end = len(rest)
	}
	return end > 1 && !determiners[rest[0].lower] && !digitStart(rest[0].lower) && !noArmOpeners[rest[end-1].lower]
}

// adjectiveEnds are ends of words that are mostly adjectives.
var adjectiveEnds = []string{"ive", "al", "ic", "ed", "ful", "able", "ible", "ous", "ary", "ory", "ised", "ized", "based", "intensity", "dose", "frequency", "level", "term"}

// shortAdjectives are some that have no such end.
var shortAdjectives = setOf("novel", "brief", "short", "simple", "low", "high", "small", "large", "intense", "long", "modified", "individual", "group", "home", "weekly", "daily")

// adjective reports whether a word looks like an adjective.
func adjective(s string) bool {
	return shortAdjectives[s] || len(s) > 4 && slices.ContainsFunc(adjectiveEnds, func(e string) bool { return strings.HasSuffix(s, e) })
}

func bracketBefore(text string, at int) bool {
	t := strings.TrimRight(text[:at], " ,\n")
	return strings.HasSuffix(t, ")") || strings.HasSuffix(t, "]")
}

// doseBefore reports whether the bracket before a place holds a dose, which ends no item: "A (5 mg) and B (4 mg), or C".
func doseBefore(text string, at int) bool {
	t := strings.TrimRight(text[:at], " ,\n")
	open := strings.LastIndexAny(t, "([")
	return open >= 0 && len(t) > open+1 && doseBracket.MatchString(t[open+1:len(t)-1])
}

// comparisonBreaks divides "A versus B", "A with B", "A and B" by the strongest word that does.
func comparisonBreaks(ws []word) []int {
	out := []int{0}
	for i := 1; i+1 < len(ws); i++ {
		if n := sideBreak(ws, i); n > 0 || ws[i].lower == "against" {
			out = append(out, i+max(n, 1))
		} else if len(out) > 2 && ws[i].lower == "," && ws[i+1].lower == "and" && i+2 < len(ws) { // "A versus B, C, and D"
			out = append(out, i+2)
		} else if len(out) > 1 && (ws[i].lower == "or" && ws[i-1].lower != "with" || ws[i].lower == "," && ws[i+1].lower != "and" && !describes(ws[i+1:])) {
			out = append(out, i+1)
		}
	}
	if len(out) > 1 {
		return out
	}
	if n := len(ws); n > 3 { // "A and B, both with C"
		if k := slices.IndexFunc(ws, func(w word) bool { return w.lower == "both" || w.lower == "each" }); k > 2 && ws[k-1].lower == "," && k+1 < n && (ws[k+1].lower == "with" || ws[k+1].lower == "in" || ws[k+1].lower == "combined") {
			ws = ws[:k-1]
		}
	}
	if i := slices.IndexFunc(ws, func(w word) bool { return aloneWords[w.lower] }); i > 0 && i+2 < len(ws) && ws[i+1].lower == "and" { // "A alone and A with B"
		return []int{0, i + 2}
	}
	if i := withOrTo(ws); i > 0 && i+1 < len(ws) && ws[i+1].lower != "or" && ws[i+1].lower != "and" {
		return []int{0, i + 1}
	}
	for i := 1; i+1 < len(ws); i++ {
		if l := ws[i].lower; l == "and" || l == "," && ws[i+1].lower != "and" && ws[i+1].lower != "or" && !describes(ws[i+1:]) && !apposed(ws, i) && !betweenAdjectives(ws, i) || l == "or" && ws[i-1].lower != "with" {
			out = append(out, i+1)
		}
	}
	if len(out) < 2 {
		return nil
	}
	return out
}

// withOrTo returns the place of the first "with" or "to" that can set two sides apart, or -1: "to" says in "designed to reduce worry" what
// for.
func withOrTo(ws []word) int {
	for i, w := range ws {
		if w.lower == "with" || w.lower == "to" && !(i > 0 && purposeful[ws[i-1].lower]) {
			return i
		}
	}
	return -1
}

// purposeful are participles behind which "to" says what for.
var purposeful = setOf("designed", "intended", "developed", "meant", "aiming", "tailored", "used", "able", "adapted")

// orWithoutAhead reports whether words start with "with or without", "either with or without".
func orWithoutAhead(ws []word) bool {
	if len(ws) > 0 && ws[0].lower == "either" {
		ws = ws[1:]
	}
	return len(ws) > 3 && ws[0].lower == "with" && (ws[1].lower == "or" || ws[1].lower == "and") && ws[2].lower == "without"
}

// withoutShared leaves out of a list what all of its arms are given with: "adding A, B or placebo to C".
func withoutShared(ws []word) []word {
	if i := slices.IndexFunc(ws, func(w word) bool { return w.lower == "with" || w.lower == "to" }); i > 2 && orControl(ws[:i]) {
		return ws[:i]
	}
	return ws
}

// orControl reports whether words end in a control that "or" joins to what stands before it.
func orControl(ws []word) bool {
	k := len(ws) - 1
	for k > 0 && k > len(ws)-4 && ws[k].lower != "or" {
		k--
	}
	return k > 0 && ws[k].lower == "or" && slices.ContainsFunc(ws[k+1:], func(w word) bool { return w.lower == "placebo" || w.lower == "sham" })
}

// byWord returns the words that an item consists of where it says what its arm got by the items before: "randomised to A or
// not", "to A, B or both", "A, B or a combination of both".
func byWord(part []word) document.Span {
	whole := part
	for len(part) > 1 && determiners[part[0].lower] {
		part = part[1:]
	}
	if n := combinedAll(part); (n > 1 || n > 0 && len(part) < len(whole)) && (len(part) == n || listStops[part[n].lower] || itemEnds[part[n].lower] || trailers[part[n].lower]) {
		return document.Span{Start: part[0].Start, End: part[n-1].End}
	}
	switch {
	case len(part) == 0 || part[0].lower != "not" && part[0].lower != "both":
	case len(part) == 1, listStops[part[1].lower] || itemEnds[part[1].lower] || part[1].lower == "to" || part[1].lower == "." || part[1].lower == "," || part[1].lower == ";":
		return part[0].Span
	}
	return document.Span{}
}

// combinedAll returns how many words at the start of an item say that its arm got what the items before got, together: "combination of
// both", "combination"; 0 where they do not.
func combinedAll(part []word) int {
	if len(part) == 0 || part[0].lower != "combination" {
		return 0
	}
	n := 1
	if n < len(part) && part[n].lower == "of" {
		if n++; n < len(part) && part[n].lower == "the" {
			n++
		}
		if n == len(part) || part[n].lower != "both" && part[n].lower != "two" {
			return 0
		}
		n++
	}
	return n
}

// items cuts a list at its breaks and each part to the name of an arm. A part that names none ends the list; in a
// comparison it spoils it.
func (r *reading) items(ws []word, breaks []int, kind listKind) []document.Span {
	var out []document.Span
	for k, from := range breaks {
		to := len(ws)
		if k+1 < len(breaks) {
			to = breaks[k+1]
		}
		part := ws[from:to]
		if n := slices.IndexFunc(part, func(w word) bool { return w.lower == "or" || w.lower == "and" }); n > 0 && part[n-1].lower == "with" && n+1 < len(part) && part[n+1].lower == "without" {
			if a, ok := r.armPhrase(part[n+2:]); ok { // "A with or without B"
				out = append(out, a, document.Span{Start: part[n+1].Start, End: a.End})
			}
			continue
		}
		if n := byWord(part); n.Len() > 0 && from > 0 && (ws[from-1].lower == "or" || ws[from-1].lower == "and" || ws[from-1].lower == ";") && (len(out) > 1 || len(out) > 0 && strings.EqualFold(r.doc.At(n), "not")) && kind != comparisonList { // "A or not"
			n.End = bracketsEnd(r.doc.Text, n.End)
			out = append(out, n)
			continue
		}
		s, ok := r.armPhrase(part)
		if !ok && len(out) == 1 && len(part) > 1 && part[0].lower == "not" && strings.EqualFold(part[1].lower, firstWord(r.doc.At(out[0]))) { // "smoking or not smoking"
			s, ok = document.Span{Start: part[0].Start, End: part[1].End}, true
		}
		if name := r.calledItem(part); name.Len() > 0 {
			s, ok = name, true
		}
		if dose, is := bareDose(part, ws); is {
			dose.End = bracketsEnd(r.doc.Text, dose.End)
			out = append(out, dose)
			continue
		}
		if !ok {
			if kind == comparisonList {
				return nil
			}
			if n := len(part); n > 1 && digitStart(part[0].lower) && personNouns[part[1].lower] { // "the trial group, 69 patients"
				continue
			}
			if len(part) == 0 || len(part) == 1 && (part[0].lower == "," || part[0].lower == "and" || part[0].lower == "or") {
				continue
			}
			if len(out) > 1 {
				break
			}
			continue // "GBI-30, 6086 or placebo"
		}
		out = append(out, s)
	}
	if len(out) > 8 {
		return nil
	}
	return out
}
