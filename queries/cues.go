package queries

import (
	"cmp"
	"slices"
	"unicode/utf8"
)

// cues tell fast that a text cannot have any of some words: of each word they hold the beginning, in a form in which all spellings of a
// word begin alike.
type cues struct {
	any    bool // every text may have them
	first  [256]bool
	begins map[[beginning]byte]bool
}

// beginning is how many letters of a word are kept.
const beginning = 3

func (c *cues) add(word string) {
	for i := range len(word) {
		if word[i] >= utf8.RuneSelf {
			c.any = true
			return
		}
	}
	b, _ := beginningOf(word, 0)
	if b[0] == 0 {
		c.any = true
		return
	}
	if c.begins == nil {
		c.begins = map[[beginning]byte]bool{}
	}
	c.begins[b], c.first[b[0]] = true, true
}

// in reports whether a text may have one of the words.
func (c *cues) in(text string) bool {
	if c.any {
		return true
	}
	for i := 0; i < len(text); {
		if text[i] >= utf8.RuneSelf {
			return true // letters beyond ASCII are left to those who know them
		}
		if !letter(text[i]) {
			i++
			continue
		}
		var b [beginning]byte
		if b, i = beginningOf(text, i); !c.first[b[0]] {
			continue
		}
		for n := beginning; n > 0; n-- {
			if c.begins[b] {
				return true
			}
			b[n-1] = 0
		}
	}
	return false
}

func letter(c byte) bool {
	return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '\''
}

// beginningOf returns the first letters of the word at i, and where the word ends. British and American spellings begin alike: the
// a or o of "anaemia" and "oedema" is left out, and so is one l of two, a u before r, and an apostrophe; s and z are one.
func beginningOf(s string, i int) (b [beginning]byte, end int) {
	n := 0
	for ; i < len(s) && letter(s[i]); i++ {
		if n == beginning {
			continue
		}
		c, ahead := lower(s[i]), byte(0)
		if i+1 < len(s) {
			ahead = lower(s[i+1])
		}
		switch {
		case c == '\'', (c == 'a' || c == 'o') && ahead == 'e', c == 'l' && ahead == 'l', c == 'u' && ahead == 'r':
			continue
		case c == 's':
			c = 'z'
		}
		b[n] = c
		n++
	}
	return b, i
}

func lower(c byte) byte {
	if c >= 'A' && c <= 'Z' {
		c += 'a' - 'A'
	}
	return c
}

// spoken narrows a test of texts to those that can have them all.
func (m *meaning) spoken(test func(string) bool) func(string) bool {
	var c cues
	if len(m.words) == 0 {
		return test
	}
	c.add(longestOf(m.words))
	return func(x string) bool { return c.in(x) && test(x) }
}

// mentioned narrows a test of texts to those that can have the words of what is meant or name one of its concepts.
func (l *lexicon) mentioned(m *meaning, test func(string) bool) func(string) bool {
	var c cues
	if len(m.words) > 0 {
		c.add(longestOf(m.words))
	}
	for id := range m.all {
		concept, ok := l.vocab.Concept(id)
		if !ok {
			continue
		}
		for _, f := range concept.Forms {
			if ws := split(f.Text); len(ws) > 0 {
				c.add(ws[0].text)
			}
		}
	}
	return func(x string) bool { return c.in(x) && test(x) }
}

func longestOf(words []string) string {
	return slices.MaxFunc(words, func(a, b string) int { return cmp.Compare(len(a), len(b)) })
}
