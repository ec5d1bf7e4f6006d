package extract

import (
	"slices"
	"strings"

	"github.com/picograph/picograph/graph/vocab"
)

// Names of outcomes in other words, or in another order, than the vocabulary has them are found here.

// byWords returns the outcome of which one form has all its words, three or more, in a text, in any order; the form
// with most words counts.
func (r *reading) byWords(text string) string {
	forms := r.vocab.Prepared("extract outcomes by words", func() any { return outcomeForms(r.vocab) }).(wordForms)
	words := map[string]bool{}
	for _, w := range contentWords(text) {
		words[root(w)] = true
	}
	best := wordForm{}
	for w := range words { // the order makes no difference
		for _, f := range forms[w] {
			if len(f.roots) < len(best.roots) || len(f.roots) == len(best.roots) && f.order > best.order {
				continue
			}
			if !slices.ContainsFunc(f.roots, func(w string) bool { return !words[w] }) {
				best = f
			}
		}
	}
	if r.typed(best.concept, []string{vocab.TypeInstrument}) {
		return r.measuredBy(best.concept)
	}
	return best.concept
}

// wordForm is a name of an outcome or an instrument by the roots of its words.
type wordForm struct {
	concept string
	roots   []string
	order   int // its place in the vocabulary
}

// wordForms are the names of outcomes and instruments of three words or more, each under that of its roots which the
// fewest names have.
type wordForms map[string][]wordForm

func outcomeForms(v *vocab.Vocabulary) wordForms {
	var all []wordForm
	having := map[string]int{}
	for _, c := range v.Concepts() {
		if c.Type != vocab.TypeOutcome && c.Type != vocab.TypeInstrument {
			continue
		}
		for _, f := range c.Forms {
			words := contentWords(f.Text)
			if len(words) < 3 {
				continue
			}
			for i, w := range words {
				words[i] = root(w)
				having[words[i]]++
			}
			all = append(all, wordForm{c.ID, words, len(all)})
		}
	}
	out := wordForms{}
	for _, f := range all {
		rarest := slices.MinFunc(f.roots, func(a, b string) int { return having[a] - having[b] })
		out[rarest] = append(out[rarest], f)
	}
	return out
}

// root takes the endings of a verb off a word: "using", "used" and "use" have one root.
func root(w string) string {
	for _, end := range []string{"ing", "ed", "es", "e"} {
		if t, ok := strings.CutSuffix(w, end); ok && len(t) >= 2 {
			return t
		}
	}
	return w
}
