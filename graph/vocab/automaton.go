package vocab

import (
	"slices"
	"sort"
	"unicode/utf8"
)

// alphabet numbers the words and signs of all forms. A word has two numbers: by its canonical form, and as it stands
// (for abbreviations). 0 is a word that no form has.
type alphabet struct {
	folded map[string]uint32
	exact  map[string]uint32
	ascii  [utf8.RuneSelf]token // the numbers of what is one sign of ASCII
	short  [utf8.RuneSelf]bool  // what abbreviations of at most three small letters start with
}

// number returns the number of a token of a form, adding it when it is new.
func (a *alphabet) number(t string, exact bool) uint32 {
	numbers := a.folded
	if exact {
		numbers = a.exact
	}
	n, ok := numbers[t]
	if !ok {
		n = uint32(len(numbers) + 1)
		numbers[t] = n
		a.note(t, n, exact)
	}
	return n
}

// note keeps what tokenize looks at first.
func (a *alphabet) note(t string, n uint32, exact bool) {
	if t == "" || t[0] >= utf8.RuneSelf {
		return
	}
	switch {
	case len(t) == 1 && exact:
		a.ascii[t[0]].exact = n
	case len(t) == 1:
		a.ascii[t[0]].folded = n
	}
	if exact && len(t) <= 3 && !notable(t) {
		a.short[t[0]] = true
	}
}

// token is one token of a text with its two numbers.
type token struct {
	start, end    int32
	folded, exact uint32
}

// tokenize numbers the tokens of a text, appending to buf.
func (a *alphabet) tokenize(buf []token, text string) []token {
	var scratch [96]byte
	for i := 0; i < len(text); {
		end, cl := next(text, i)
		switch cl {
		case classWord:
			t := token{start: int32(i), end: int32(end)}
			t.folded = a.folded[string(canonical(scratch[:0], text[i:end]))]
			if notable(text[i:end]) || end-i <= 3 && a.short[text[i]] {
				t.exact = a.exact[exactWord(text[i:end])]
			}
			buf = append(buf, t)
		case classSign:
			t := token{start: int32(i), end: int32(end)}
			if c := text[i]; end == i+1 && c < utf8.RuneSelf {
				t.folded, t.exact = a.ascii[c].folded, a.ascii[c].exact
			} else {
				s := sign(text[i:end])
				t.folded, t.exact = a.folded[s], a.exact[s]
			}
			buf = append(buf, t)
		}
		i = end
	}
	return buf
}

// notable reports whether a word has a capital, a digit or a character beyond ASCII: longer abbreviations do.
func notable(word string) bool {
	for i := range len(word) {
		if c := word[i]; c < 'a' || c > 'z' {
			return true
		}
	}
	return false
}

// automaton finds forms in text: a trie over numbered tokens, one for canonical forms and one for exact ones.
type automaton struct {
	alphabet *alphabet
	folded   trie
	exact    trie
}

// trie leads from a state and a token to the next state. State 0 is the root; its edges are kept apart, since most
// tokens of a text start no form.
type trie struct {
	roots []uint32          // by token
	edges map[uint64]uint32 // state<<32 | token -> state
	ends  [][]uint32        // per state: what ends here, as the indexes given to add
}

func newAutomaton(a *alphabet) *automaton {
	empty := func() trie { return trie{edges: map[uint64]uint32{}, ends: make([][]uint32, 1)} }
	return &automaton{alphabet: a, folded: empty(), exact: empty()}
}

// add makes the automaton find a form, by its variants, and report index where it ends.
func (a *automaton) add(variants [][]string, exact bool, index uint32) {
	t := &a.folded
	if exact {
		t = &a.exact
	}
	for _, list := range variants {
		if len(list) == 0 {
			continue
		}
		state := uint32(0)
		for _, word := range list {
			state = t.step(state, a.alphabet.number(word, exact))
		}
		if ends := t.ends[state]; len(ends) == 0 || ends[len(ends)-1] != index {
			t.ends[state] = append(t.ends[state], index)
		}
	}
}

// step returns the state after a token, adding it when it is new.
func (t *trie) step(state, n uint32) uint32 {
	if state == 0 {
		for uint32(len(t.roots)) <= n {
			t.roots = append(t.roots, 0)
		}
		if t.roots[n] == 0 {
			t.roots[n] = uint32(len(t.ends))
			t.ends = append(t.ends, nil)
		}
		return t.roots[n]
	}
	edge := uint64(state)<<32 | uint64(n)
	to, ok := t.edges[edge]
	if !ok {
		to = uint32(len(t.ends))
		t.ends = append(t.ends, nil)
		t.edges[edge] = to
	}
	return to
}

// scan calls found for each match, leftmost first and longest at its place; matches do not overlap. Where a canonical
// and an exact match are equally long, found gets both.
func (a *automaton) scan(tokens []token, found func(start, end int, folded, exact []uint32)) {
	for i := 0; i < len(tokens); {
		nFolded, folded := a.folded.longest(tokens[i:], false)
		nExact, exact := a.exact.longest(tokens[i:], true)
		n := max(nFolded, nExact)
		if n == 0 {
			i++
			continue
		}
		if nFolded < n {
			folded = nil
		}
		if nExact < n {
			exact = nil
		}
		found(int(tokens[i].start), int(tokens[i+n-1].end), folded, exact)
		i += n
	}
}

// longest walks from the root as far as it can and returns the last place where something ended.
func (t *trie) longest(tokens []token, exact bool) (n int, ends []uint32) {
	word := func(i int) uint32 {
		if exact {
			return tokens[i].exact
		}
		return tokens[i].folded
	}
	first := word(0)
	if first == 0 || int(first) >= len(t.roots) || t.roots[first] == 0 {
		return 0, nil
	}
	state := t.roots[first]
	for i := 0; ; {
		if e := t.ends[state]; len(e) > 0 {
			n, ends = i+1, e
		}
		if i++; i == len(tokens) {
			return n, ends
		}
		w := word(i)
		if w == 0 {
			return n, ends
		}
		to, ok := t.edges[uint64(state)<<32|uint64(w)]
		if !ok {
			return n, ends
		}
		state = to
	}
}

// Mention is a form of the vocabulary in a text. Start and End are byte offsets, End exclusive, and Form is what
// stands there. Concepts is sorted; several that are not Ambiguous differ in type (the condition depression, the
// outcome depression), and the caller takes the type that fits. Ambiguous means that the form stands for a concept
// only where the document says so: an abbreviation with another meaning elsewhere, a word such as "dose".
type Mention struct {
	Start, End   int
	Form         string
	Concepts     []string
	Ambiguous    bool
	Abbreviation bool
	Needs        []string // see Form
}

// Mentions finds the concepts that a text names: leftmost first, the longest at its place, without overlap. Case
// (except of abbreviations), plural, possessive, hyphens and British or American spelling make no difference. The
// offsets are base plus the position in text.
func (v *Vocabulary) Mentions(text string, base int) []Mention {
	var buf [256]token
	return v.mentions(v.alphabet.tokenize(buf[:0], text), text, base)
}

// Tokens is a text cut into the words and signs that forms are made of, for a text of which parts are looked at too.
type Tokens struct {
	vocab *Vocabulary
	text  string
	base  int
	list  []token
}

// Tokens cuts a text. The offsets are base plus the position in it.
func (v *Vocabulary) Tokens(text string, base int) Tokens {
	var buf [256]token
	return Tokens{v, text, base, slices.Clone(v.alphabet.tokenize(buf[:0], text))}
}

// In returns the tokens between two offsets; ok is false where one lies across them.
func (t Tokens) In(start, end int) (in Tokens, ok bool) {
	start, end = start-t.base, end-t.base
	from := sort.Search(len(t.list), func(k int) bool { return int(t.list[k].end) > start })
	to := from
	for to < len(t.list) && int(t.list[to].start) < end {
		to++
	}
	in = Tokens{t.vocab, t.text, t.base, t.list[from:to]}
	return in, from == to || int(t.list[from].start) >= start && int(t.list[to-1].end) <= end
}

// Mentions finds the concepts that the text names, see Vocabulary.Mentions.
func (t Tokens) Mentions() []Mention { return t.vocab.mentions(t.list, t.text, t.base) }

func (v *Vocabulary) mentions(tokens []token, text string, base int) []Mention {
	var out []Mention
	v.names.scan(tokens, func(start, end int, folded, exact []uint32) {
		m := Mention{Start: base + start, End: base + end, Form: text[start:end]}
		if len(folded)+len(exact) == 1 {
			only := folded
			if len(only) == 0 {
				only = exact
			}
			f := v.forms[only[0]]
			m.Concepts, m.Ambiguous, m.Abbreviation, m.Needs = f.concept.self, f.form.Ambiguous, f.form.Abbreviation, f.form.Needs
			out = append(out, m)
			return
		}
		m.Abbreviation = len(folded) == 0
		for _, list := range [][]uint32{folded, exact} {
			for _, i := range list {
				f := v.forms[i]
				m.Concepts = insert(m.Concepts, f.concept.ID)
				m.Ambiguous = m.Ambiguous || f.form.Ambiguous
			}
		}
		out = append(out, m)
	})
	return out
}

// insert adds an id to a sorted list that does not have it.
func insert(list []string, id string) []string {
	i := sort.SearchStrings(list, id)
	if i < len(list) && list[i] == id {
		return list
	}
	list = append(list, "")
	copy(list[i+1:], list[i:])
	list[i] = id
	return list
}
