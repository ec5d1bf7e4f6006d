package pattern

import (
	"cmp"
	"slices"
	"strings"
	"sync"
	"unicode/utf8"
)

// Set is patterns that are tried on the same texts: one pass over a text tells which of them can match in it. The zero
// value is an empty set. Patterns are added before the first text is read, as a rule by the initialization of a
// package's variables; after that the set is safe for use by several goroutines.
type Set struct {
	patterns []*Pattern
	once     sync.Once
	built    bool
	groups   int // how many sets of words the patterns need
	always   Hits
	next     []uint16 // by state and class: the state after a byte of that class
	class    [256]uint8
	classes  int
	telling  uint16      // the first of the states in which parts of words end, which come last
	ended    [][]mark    // by state, from telling on: the groups that need a part of a word that ends there
	bytes    [256][]mark // the groups that need a byte
}

// mark is the bits of some groups in one place of the hits.
type mark struct {
	place int
	bits  uint64
}

// Hits tells which patterns of a set can match in a text: a bit for each set of words that a pattern needs one of. Nil
// stands for a text that all of them can match in.
type Hits []uint64

// longestWord is how much of a word the automaton looks at.
const longestWord = 8

// opens and closes stand before and behind a word in the automaton, and are its first two classes; the third is that of
// bytes which no word has.
const (
	opens = iota
	closes
	others
)

// New returns the pattern of an expression, and adds it to the set.
func (s *Set) New(expr string) *Pattern {
	if s.built {
		panic("pattern: " + expr + " is added to a set that is in use")
	}
	p := &Pattern{expr: expr, set: s}
	s.patterns = append(s.patterns, p)
	return p
}

// Patterns returns the patterns of the set in the order in which they were added.
func (s *Set) Patterns() []*Pattern { return s.patterns }

// May reports whether a pattern of the set can match in the text that was read, or in any part of the text that does
// not start within a word, with or without what stands in brackets. A pattern of no set always can.
func (h Hits) May(p *Pattern) bool {
	if h == nil || p.set == nil {
		return true
	}
	for g := p.groups[0]; g < p.groups[1]; g++ {
		if h[g/64]&(1<<(g%64)) == 0 {
			return false
		}
	}
	return true
}

// Read looks for the words of all patterns in a text.
func (s *Set) Read(text string) Hits {
	s.once.Do(s.build)
	hits := make(Hits, len(s.always))
	copy(hits, s.always)
	first := int(s.next[opens])
	state, within := 0, false
	for i := range len(text) {
		b := text[i]
		if wordByte(b) {
			if !within {
				state, within = first, true
			}
			state = int(s.next[state*s.classes+int(s.class[b])])
			if state >= int(s.telling) {
				hits.add(s.ended[state-int(s.telling)])
			}
			continue
		}
		if within {
			within = false
			hits.add(s.closed(state))
		}
		if b >= utf8.RuneSelf && otherForm(text[i:]) {
			return nil
		}
		hits.add(s.bytes[b])
	}
	if within {
		hits.add(s.closed(state))
	}
	return hits
}

// closed returns the groups that need what ends with a word, which led to a state.
func (s *Set) closed(state int) []mark {
	if end := s.next[state*s.classes+closes]; end >= s.telling {
		return s.ended[end-s.telling]
	}
	return nil
}

// Join adds what can match in another text, and returns what can in either.
func (h Hits) Join(o Hits) Hits {
	if h == nil || o == nil {
		return nil
	}
	for k := range h {
		h[k] |= o[k]
	}
	return h
}

func (h Hits) add(marks []mark) {
	for _, m := range marks {
		h[m.place] |= m.bits
	}
}

// marksOf returns the bits of groups, place by place.
func marksOf(groups []uint16) []mark {
	var out []mark
	for _, g := range groups {
		k := slices.IndexFunc(out, func(m mark) bool { return m.place == int(g/64) })
		if k < 0 {
			k = len(out)
			out = append(out, mark{place: int(g / 64)})
		}
		out[k].bits |= 1 << (g % 64)
	}
	return out
}

// otherForm reports whether a text starts with a letter outside ASCII that matches one of ASCII where case is ignored: the long s, and the
// Kelvin sign.
func otherForm(text string) bool {
	return strings.HasPrefix(text, "ſ") || strings.HasPrefix(text, "\u212a")
}

// lower returns a letter of ASCII in its small form.
func lower(b byte) byte {
	if 'A' <= b && b <= 'Z' {
		return b + 'a' - 'A'
	}
	return b
}

// build makes the automaton of Aho and Corasick (1975) over a part of each word that a pattern needs, with every transition
// written out. That part is its longest stretch of letters and digits, or one byte where it has none.
func (s *Set) build() {
	s.built = true
	for b := range s.class {
		s.class[b] = others
		if wordByte(byte(b)) {
			s.class[b] = lower(byte(b)) // for now
		}
	}
	t := &trie{nodes: []node{{}}}
	var always []uint16
	var bytes [256][]uint16
	for _, p := range s.patterns {
		p.groups[0] = s.groups
		for _, set := range p.needs() {
			for _, w := range set {
				g := uint16(s.groups)
				switch part, b := telltale(w); {
				case part != nil:
					t.add(part, g)
				case b == ' ':
					always = append(always, g)
				default:
					bytes[b] = append(bytes[b], g)
				}
			}
			s.groups++
		}
		p.groups[1] = s.groups
	}
	s.always = make(Hits, (s.groups+63)/64)
	s.always.add(marksOf(always))
	for b, groups := range bytes {
		s.bytes[b] = marksOf(groups)
	}
	s.number(t)
}

// telltale returns the part of a word that the automaton looks for, as it reads it, or nil and a byte, which is a space where
// nothing is to be looked for.
func telltale(w word) ([]byte, byte) {
	text := strings.ReplaceAll(strings.ReplaceAll(w.text, "ſ", "s"), "\u212a", "k")
	from, to := 0, 0
	for i := 0; i < len(text); {
		k := i
		for k < len(text) && wordByte(text[k]) {
			k++
		}
		if k-i > to-from {
			from, to = i, k
		}
		i = max(k, i+1)
	}
	if to == 0 {
		b := text[len(text)-1] // which tells the most of a character outside ASCII
		if b < utf8.RuneSelf && strings.TrimSpace(string(b)) == "" {
			b = ' '
		}
		return nil, b
	}
	var part []byte
	if from > 0 || (w.edge || w.first) && w.run == "" {
		part = append(part, opens)
	}
	for i := from; i < min(to, from+longestWord); i++ {
		part = append(part, lower(text[i]))
	}
	if to < len(text) && to-from <= longestWord {
		part = append(part, closes)
	}
	return part, 0
}

// trie is the parts of words before the automaton is made.
type trie struct{ nodes []node }

// node is a state of the automaton: where bytes lead from it, the groups that need what ends there, and the state of what else ends there.
type node struct {
	to     map[byte]int
	groups []uint16
	fail   int
}

// add puts a part of a word into the trie, which a group needs.
func (t *trie) add(part []byte, group uint16) {
	at := 0
	for _, b := range part {
		to, ok := t.nodes[at].to[b]
		if !ok {
			if t.nodes[at].to == nil {
				t.nodes[at].to = map[byte]int{}
			}
			to = len(t.nodes)
			t.nodes[at].to[b] = to
			t.nodes = append(t.nodes, node{})
		}
		at = to
	}
	if !slices.Contains(t.nodes[at].groups, group) {
		t.nodes[at].groups = append(t.nodes[at].groups, group)
	}
}

// breadth returns the nodes in the order of their depth, and fills in what else ends at each.
func (t *trie) breadth() []int {
	order := []int{0}
	for k := 0; k < len(order); k++ {
		at := order[k]
		for b, to := range t.nodes[at].to {
			f := t.nodes[at].fail
			for f != 0 && !t.leads(f, b) {
				f = t.nodes[f].fail
			}
			if at != 0 && t.leads(f, b) {
				t.nodes[to].fail = t.nodes[f].to[b]
			}
			order = append(order, to)
		}
	}
	for _, at := range order {
		for _, g := range t.nodes[t.nodes[at].fail].groups {
			if !slices.Contains(t.nodes[at].groups, g) {
				t.nodes[at].groups = append(t.nodes[at].groups, g)
			}
		}
	}
	return order
}

func (t *trie) leads(at int, b byte) bool {
	_, ok := t.nodes[at].to[b]
	return ok
}

// number gives each node of a trie the number of a state, and writes the transitions out.
func (s *Set) number(t *trie) {
	order := t.breadth()
	s.classes = others + 1
	used := map[byte]uint8{opens: opens, closes: closes}
	for _, n := range t.nodes {
		for b := range n.to {
			if _, ok := used[b]; !ok {
				used[b] = 0
			}
		}
	}
	for b := range byte(utf8.RuneSelf) {
		if _, ok := used[b]; ok && b > closes {
			used[b] = uint8(s.classes)
			s.classes++
		}
	}
	for b, c := range s.class {
		if c == others && !wordByte(byte(b)) {
			continue
		}
		if s.class[b] = used[c]; s.class[b] == 0 {
			s.class[b] = others
		}
	}
	slices.SortStableFunc(order, func(a, b int) int {
		return cmp.Compare(min(len(t.nodes[a].groups), 1), min(len(t.nodes[b].groups), 1))
	})
	state := make([]uint16, len(order))
	s.telling = uint16(len(order))
	for k, at := range order {
		state[at] = uint16(k)
		if groups := t.nodes[at].groups; len(groups) > 0 {
			s.telling = min(s.telling, uint16(k))
			s.ended = append(s.ended, marksOf(groups))
		}
	}
	s.next = make([]uint16, len(order)*s.classes)
	for b, c := range used {
		for k, at := range order {
			for at != 0 && !t.leads(at, b) {
				at = t.nodes[at].fail
			}
			s.next[k*s.classes+int(c)] = state[t.nodes[at].to[b]]
		}
	}
}

// wordByte reports whether \b takes a byte for part of a word.
func wordByte(b byte) bool {
	return 'a' <= b && b <= 'z' || 'A' <= b && b <= 'Z' || '0' <= b && b <= '9' || b == '_'
}
