package vocab

import (
	"sort"
)

// automaton finds forms in text: a trie over tokens, where each token is a small number. Words are matched in one of
// two ways: by canonical form, or exactly (abbreviations); each has its own numbers and its own root.
type automaton struct {
	folded map[string]uint32 // canonical word or sign -> number
	exact  map[string]uint32 // word as it stands or sign -> number
	edges  map[uint64]uint32 // state<<32 | token -> state
	ends   [][]uint32        // per state: what ends here, as indexes given to add
}

const (
	rootFolded = 0
	rootExact  = 1
)

func newAutomaton() *automaton {
	return &automaton{folded: map[string]uint32{}, exact: map[string]uint32{}, edges: map[uint64]uint32{}, ends: make([][]uint32, 2)}
}

// add makes the automaton find a form, and report index where it ends.
func (a *automaton) add(form string, exact bool, index uint32) {
	for _, list := range variants(form, exact) {
		if len(list) == 0 {
			continue
		}
		numbers, state := a.folded, uint32(rootFolded)
		if exact {
			numbers, state = a.exact, rootExact
		}
		for _, t := range list {
			n, ok := numbers[t]
			if !ok {
				n = uint32(len(numbers) + 1)
				numbers[t] = n
			}
			edge := uint64(state)<<32 | uint64(n)
			to, ok := a.edges[edge]
			if !ok {
				to = uint32(len(a.ends))
				a.ends = append(a.ends, nil)
				a.edges[edge] = to
			}
			state = to
		}
		if ends := a.ends[state]; len(ends) == 0 || ends[len(ends)-1] != index {
			a.ends[state] = append(a.ends[state], index)
		}
	}
}

// token is one token of a text, with its numbers in both alphabets; 0 is a token that no form has.
type token struct {
	start, end    int32
	folded, exact uint32
}

// tokenize numbers the tokens of a text, appending to buf.
func (a *automaton) tokenize(buf []token, text string) []token {
	var scratch [96]byte
	for i := 0; i < len(text); {
		end, cl := next(text, i)
		switch cl {
		case classWord:
			t := token{start: int32(i), end: int32(end)}
			t.folded = a.folded[string(canonical(scratch[:0], text[i:end]))]
			if len(a.exact) > 0 {
				t.exact = a.exact[exactWord(text[i:end])]
			}
			buf = append(buf, t)
		case classSign:
			s := sign(text[i:end])
			buf = append(buf, token{int32(i), int32(end), a.folded[s], a.exact[s]})
		}
		i = end
	}
	return buf
}

// scan calls found for each match, leftmost first and longest at its place; matches do not overlap. Where a canonical
// and an exact match are equally long, found gets both.
func (a *automaton) scan(tokens []token, found func(start, end int, folded, exact []uint32)) {
	for i := 0; i < len(tokens); {
		nFolded, folded := a.longest(tokens[i:], rootFolded)
		nExact, exact := a.longest(tokens[i:], rootExact)
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

// longest walks from a root as far as it can and returns the last place where something ended.
func (a *automaton) longest(tokens []token, root uint32) (n int, ends []uint32) {
	state := root
	for i := range tokens {
		t := tokens[i].folded
		if root == rootExact {
			t = tokens[i].exact
		}
		if t == 0 {
			break
		}
		to, ok := a.edges[uint64(state)<<32|uint64(t)]
		if !ok {
			break
		}
		state = to
		if e := a.ends[state]; len(e) > 0 {
			n, ends = i+1, e
		}
	}
	return n, ends
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
}

// buildNames makes the automaton over the concepts' forms.
func (v *Vocabulary) buildNames() {
	v.names = newAutomaton()
	for _, c := range v.concepts {
		for i := range c.Forms {
			v.forms = append(v.forms, formOf{c, &c.Forms[i]})
			v.names.add(c.Forms[i].Text, c.Forms[i].Abbreviation, uint32(len(v.forms)-1))
		}
	}
}

// Mentions finds the concepts that a text names: leftmost first, the longest at its place, without overlap. Case
// (except of abbreviations), plural, possessive, hyphens and British or American spelling make no difference. The
// offsets are base plus the position in text.
func (v *Vocabulary) Mentions(text string, base int) []Mention {
	var buf [256]token
	var out []Mention
	v.names.scan(v.names.tokenize(buf[:0], text), func(start, end int, folded, exact []uint32) {
		m := Mention{Start: base + start, End: base + end, Form: text[start:end]}
		if len(folded)+len(exact) == 1 {
			only := folded
			if len(only) == 0 {
				only = exact
			}
			f := v.forms[only[0]]
			m.Concepts, m.Ambiguous, m.Abbreviation = f.concept.self, f.form.Ambiguous, f.form.Abbreviation
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
