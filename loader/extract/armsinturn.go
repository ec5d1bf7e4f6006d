package extract

import (
	"slices"
	"strings"

	"github.com/picograph/picograph/loader/document"
)

// groupsInTurn reads groups that a sentence names by their letters in a row, with what each was given in the same order: "In groups 1,
// 2 and 3 teeth were cleaned with A, B and C, respectively", "received A, B or C (groups 1, 2 and 3, respectively)".
func (r *reading) groupsInTurn(i int) []draft {
	words := wholeNumbers(r.words(r.doc.Sentences[i].Span))
	end := slices.IndexFunc(words, func(w word) bool { return w.lower == "respectively" })
	if end < 4 {
		return nil
	}
	codes, from, to := r.lettersInRow(words)
	n := len(codes)
	if n < 2 {
		return nil
	}
	start, stop := to, end
	if to >= end-1 { // the letters come last
		start, stop = 0, from
		for stop > 0 && (isBracket(words[stop-1].lower) || words[stop-1].lower == "," || words[stop-1].lower == "in") {
			stop--
		}
	}
	for k := stop - 2; k >= start; k-- { // the last word that such a list stands behind
		if l := words[k].lower; !receptionVerbs[l] && !givenVerbs[l] && l != "with" && l != "by" && l != "either" && l != ":" && l != "to" && l != "of" {
			continue
		}
		items := r.itemsWithin(words[k+1:stop], n)
		if items == nil {
			continue
		}
		var out []draft
		for g, s := range items {
			d, ok := r.draft(document.Span{Start: s.Start, End: min(s.End, words[end].Start)})
			if !ok || d.generic != "" && isControl(d.generic) && d.label.Len() == 0 && d.detail.Len() == 0 {
				d = draft{aliases: []string{"control"}}
			}
			d.generic, d.at = "group "+codes[g], []int{i}
			out = append(out, d)
		}
		return out
	}
	return nil
}

// lettersInRow returns the letters or numbers of the first groups that words name in a row, and the places where they start and end:
// "groups A, B and C", "group 1 and group 2".
func (r *reading) lettersInRow(words []word) (codes []string, from, to int) {
	for i, w := range words {
		if w.lower != "groups" && w.lower != "group" && w.lower != "arms" {
			continue
		}
		codes = nil
		k := i + 1
		for k < len(words) {
			l := words[k].lower
			if l == "," && len(codes) == 0 || (l == "," || l == "and" || l == "or" || l == "group") && len(codes) > 0 {
				k++
				continue
			}
			if !groupLetter(words[k]) && !(words[k].Len() == 1 && isLetter(l) && len(codes) > 0) && !r.groupCoded(words[k]) {
				break
			}
			codes = append(codes, l)
			k++
		}
		if len(codes) > 1 {
			return codes, i, k
		}
	}
	return nil, 0, 0
}

// groupCoded reports whether a word is a short code in capitals that a group may go by: "H1", "BT".
func (r *reading) groupCoded(w word) bool {
	code := r.doc.At(w.Span)
	return w.Len() < 4 && groupCode(w) && strings.ToUpper(code) == code
}
