package extract

import (
	"strings"

	"github.com/picograph/picograph/graph/evidence"
	"github.com/picograph/picograph/loader/document"
)

// namedGroups finds the arms of a study that nowhere lists them by the names its sentences give to groups: "in the
// fenoldopam group", "the intervention and control groups", "group II", "than with placebo". It returns nil unless at
// least two are named.
func (r *reading) namedGroups(t *telling) []draft {
	var out []draft
	seen := map[string]bool{}
	add := func(i int, s document.Span) {
		d, ok := r.draft(s)
		name := strings.Join(contentWords(r.doc.At(s)), " ")
		if d.generic != "" {
			name = d.generic
		}
		if !ok || name == "" || seen[name] || len(out) == 6 {
			return
		}
		seen[name] = true
		d.at = []int{i}
		out = append(out, d)
	}
	for _, i := range t.sentences {
		switch r.roles[i] {
		case roleBackground, roleObjective, roleRegistration, roleNone:
			continue
		}
		words := wordsOf(r.doc.Text, r.doc.Sentences[i].Span)
		for n, w := range words {
			switch {
			case groupWord[w.lower]:
				for _, s := range groupNames(words, n) {
					add(i, s)
				}
			case w.lower == "placebo" && (n+1 == len(words) || !groupWord[words[n+1].lower]):
				add(i, w.Span)
			}
		}
	}
	if len(out) < 2 {
		return nil
	}
	return out
}

var (
	groupWord = wordSet("group groups arm arms")
	// unnamedGroups are words before "group" that name none.
	unnamedGroups = wordSet(`both two three four five all each either every other another same patient patients age study these those
		research experimental-group no any between within among across first-line support focus sub working peer small large largest single
		user ethnic racial risk target client general second opposite parallel remaining respective respectively different similar`)
	groupStops = wordSet(`the a an in of to for with by from than vs versus between among was were had is are ; : ( ) [ ] . as per at on into
		compared that which who while whereas only over after during not did`)
)

// groupNames returns the names that stand before the word "group" at place n: one, or those of a list where the word is
// plural; for "group A" the word and its letter.
func groupNames(words []word, n int) []document.Span {
	w := words[n]
	if n+1 < len(words) && !strings.HasSuffix(w.lower, "s") && groupLetter(words[n+1]) {
		return []document.Span{{Start: w.Start, End: words[n+1].End}}
	}
	start := n
	for start > 0 && n-start < 8 && words[start-1].depth == w.depth && !groupStops[words[start-1].lower] {
		start--
	}
	var out []document.Span
	for from, k := start, start; k <= n; k++ {
		if k < n && words[k].lower != "and" && words[k].lower != "or" && words[k].lower != "," {
			continue
		}
		if k > from && k-from <= 4 && !unnamedGroups[words[from].lower] && !unnamedGroups[words[k-1].lower] && !digitStart(words[from].lower) {
			out = append(out, document.Span{Start: words[from].Start, End: words[k-1].End})
		}
		from = k + 1
	}
	if !strings.HasSuffix(w.lower, "s") && len(out) > 1 { // "pain and the drug group": only the last belongs to the word
		out = out[len(out)-1:]
	}
	return out
}

// groupLetter reports whether a word is the letter or number of a group.
func groupLetter(w word) bool {
	switch w.lower {
	case "a", "b", "c", "d", "1", "2", "3", "4", "i", "ii", "iii", "iv":
		return w.lower != "a" || w.Len() == 1
	}
	return false
}

// setsGroups reports whether a study sets groups against one another, so that its arms may be known by their names
// alone.
func setsGroups(s *evidence.Study) bool {
	return s.Design.Kind == evidence.KindTrial && s.Design.Model != "single group" || s.Design.Allocation == evidence.Randomized || s.Design.Allocation == evidence.ClusterRandomized
}
