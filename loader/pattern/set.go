package pattern

import (
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
	next     []uint16   // by state and class: the state after a byte of that class
	class    [256]uint8 // of a byte
	classes  int
	states   []ending // by state: the words that end there
	groups   int      // how many sets of words the patterns need
}

// ending is the words that end in a state of the automaton, all of them of one length.
type ending struct {
	free   []uint16 // the groups of words that need one of them
	edged  []uint16 // those that need it where no letter, digit or underscore stands before it
	length uint8
	other  uint16 // the state of shorter words that end there too, 0 for none
}

// Hits tells which patterns of a set can match in a text: a bit for each set of words that a pattern needs one of. Nil
// stands for a text that all of them can match in.
type Hits []uint64

// longestWord is how much of a word the automaton looks at.
const longestWord = 8

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
	hits := make(Hits, (s.groups+63)/64)
	seen := make([]uint64, len(s.states)/64+1) // a bit for each state: its words say nothing new the second time
	state, plain := 0, true
	for i := 0; i < len(text); i++ {
		b := text[i]
		if b >= utf8.RuneSelf {
			if c, size := otherForm(text[i:]); size > 0 {
				b, plain = c, false // where words start is not known from here
				i += size - 1
				clear(seen)
			}
		}
		state = int(s.next[state*s.classes+int(s.class[b])])
		for k := state; k > 0 && seen[k/64]>>(k%64)&1 == 0; k = int(s.states[k].other) {
			e := &s.states[k]
			hits.add(e.free)
			start := i + 1 - int(e.length)
			inner := plain && start > 0 && wordByte(text[start-1])
			if !inner {
				hits.add(e.edged)
			}
			if !inner || len(e.edged) == 0 {
				seen[k/64] |= 1 << (k % 64)
			}
		}
	}
	return hits
}

func (h Hits) add(groups []uint16) {
	for _, g := range groups {
		h[g/64] |= 1 << (g % 64)
	}
}

// otherForm returns the letter that a text starts with in a form outside ASCII which matches where case is ignored: the
// long s, and the Kelvin sign. The size is 0 where it starts otherwise.
func otherForm(text string) (letter byte, size int) {
	switch c, size := utf8.DecodeRuneInString(text); c {
	case 'ſ':
		return 's', size
	case '\u212a':
		return 'k', size
	}
	return 0, 0
}

// folded returns a byte as the automaton sees it: in small letters, and any white space as a space.
func folded(b byte) byte {
	switch {
	case 'A' <= b && b <= 'Z':
		return b + 'a' - 'A'
	case b == '\t' || b == '\n' || b == '\f' || b == '\r':
		return ' '
	}
	return b
}

// build makes the automaton of Aho and Corasick (1975) over the words of all patterns, with every transition written
// out.
func (s *Set) build() {
	s.built = true
	t := trie{children: []map[byte]int{{}}, states: make([]ending, 1)}
	for _, p := range s.patterns {
		p.groups[0] = s.groups
		for _, set := range p.needs() {
			for _, w := range set {
				t.add(w, s.groups)
			}
			s.groups++
		}
		p.groups[1] = s.groups
	}
	s.classes = 1 // 0 is for the bytes of no word
	for _, c := range t.children {
		for b := range c {
			if s.class[b] == 0 {
				s.class[b] = uint8(s.classes)
				s.classes++
			}
		}
	}
	bytes := make([]byte, s.classes)
	for b, c := range s.class {
		bytes[c] = byte(b)
	}
	for b := range s.class {
		s.class[b] = s.class[folded(byte(b))]
	}
	s.next = make([]uint16, len(t.children)*s.classes)
	fail := make([]int, len(t.children))
	for queue := []int{0}; len(queue) > 0; queue = queue[1:] {
		at := queue[0]
		for c := 1; c < s.classes; c++ {
			other := 0
			if at > 0 {
				other = int(s.next[fail[at]*s.classes+c])
			}
			to, ok := t.children[at][bytes[c]]
			if !ok {
				s.next[at*s.classes+c] = uint16(other)
				continue
			}
			s.next[at*s.classes+c] = uint16(to)
			fail[to] = other
			t.states[to].other = uint16(other)
			if o := t.states[other]; len(o.free)+len(o.edged) == 0 {
				t.states[to].other = o.other
			}
			queue = append(queue, to)
		}
	}
	s.states = t.states
}

// trie is the words of a set before the automaton is made.
type trie struct {
	children []map[byte]int
	states   []ending
}

// add puts a word into the trie, which a group of words needs.
func (t *trie) add(w word, group int) {
	text := strings.ReplaceAll(strings.ReplaceAll(w.text, "ſ", "s"), "\u212a", "k") // as Read takes them
	at, n := 0, min(len(text), longestWord)
	for i := range n {
		b := folded(text[i])
		to, ok := t.children[at][b]
		if !ok {
			to = len(t.children)
			t.children[at][b] = to
			t.children = append(t.children, map[byte]int{})
			t.states = append(t.states, ending{length: uint8(i + 1)})
		}
		at = to
	}
	groups := &t.states[at].free
	if w.edge && w.run == "" && wordByte(w.text[0]) {
		groups = &t.states[at].edged
	}
	if !slices.Contains(*groups, uint16(group)) {
		*groups = append(*groups, uint16(group))
	}
}

// wordByte reports whether \b takes a byte for part of a word.
func wordByte(b byte) bool {
	return 'a' <= b && b <= 'z' || 'A' <= b && b <= 'Z' || '0' <= b && b <= '9' || b == '_'
}
