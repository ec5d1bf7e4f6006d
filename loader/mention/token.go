package mention

import (
	"unicode"
	"unicode/utf8"

	"github.com/picograph/picograph/loader/document"
)

// token is a word, a number or a sign of a sentence, with the hashes that features are made of.
type token struct {
	document.Span
	word         uint32 // of its letters in lower case
	prefix       uint32 // of the first four letters
	suffix       uint32 // of the last three
	ending       uint32 // of the last four
	shape        uint32 // which kinds of character it has, in what order
	linking      bool   // a short word that links phrases: of, than, were
	depth        uint8  // within how many brackets it stands
	first, upper bool
}

const (
	seed  = 2166136261
	prime = 16777619
)

// tokens cuts a sentence into words, numbers and single signs, and appends them to dst. Letters and digits that touch
// are one token; a decimal number is one; whatever else shows is a token of its own.
func tokens(dst []token, text string, s document.Span) []token {
	depth := uint8(0)
	for i := s.Start; i < s.End; {
		c := text[i]
		if c == ' ' || c == '\n' || c == '\t' || c == '\r' {
			i++
			continue
		}
		start := i
		i = wordEnd(text, i, s.End)
		if i == start {
			_, n := utf8.DecodeRuneInString(text[i:s.End])
			i += n
			switch c {
			case ')', ']':
				depth -= min(depth, 1)
			}
		}
		t := token{Span: document.Span{Start: start, End: i}, depth: depth, first: len(dst) == 0}
		t.hash(text[start:i])
		dst = append(dst, t)
		if i == start+1 && (c == '(' || c == '[') && depth < 2 {
			depth++
		}
	}
	return dst
}

// wordEnd returns where the word or number that begins at i ends, or i where none does.
func wordEnd(text string, i, end int) int {
	start := i
	for i < end {
		c := text[i]
		switch {
		case 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9':
			i++
		case c == '.' && i > start && i+1 < end && digit(text[i-1]) && digit(text[i+1]):
			i++
		case c < utf8.RuneSelf:
			return i
		default:
			r, n := utf8.DecodeRuneInString(text[i:end])
			if !unicode.IsLetter(r) && !unicode.IsMark(r) {
				return i
			}
			i += n
		}
	}
	return i
}

func digit(c byte) bool { return '0' <= c && c <= '9' }

// hash fills the hashes of a token from its text.
func (t *token) hash(s string) {
	t.word, t.shape = seed, seed
	last := byte(0)
	for i := range len(s) {
		c := s[i]
		class := byte('.')
		switch {
		case 'a' <= c && c <= 'z':
			class = 'x'
		case 'A' <= c && c <= 'Z':
			class = 'X'
			c += 'a' - 'A'
			t.upper = t.upper || i == 0
		case digit(c):
			class = '9'
			if len(s) > 1 {
				c = '0' // numbers of one length are one word
			}
		case c >= utf8.RuneSelf:
			class = 'u'
		default:
			class = c
		}
		t.word = (t.word ^ uint32(c)) * prime
		if class != last {
			t.shape = (t.shape ^ uint32(class)) * prime
			last = class
		}
		if i == 3 {
			t.prefix = t.word
		}
	}
	if len(s) < 4 {
		t.prefix = t.word
	}
	t.suffix, t.ending = tail(s, 3), tail(s, 4)
	t.linking = linking(s)
}

// tail returns the hash of the last n bytes of s in lower case.
func tail(s string, n int) uint32 {
	h := uint32(seed)
	for i := max(0, len(s)-n); i < len(s); i++ {
		c := s[i]
		if 'A' <= c && c <= 'Z' {
			c += 'a' - 'A'
		}
		h = (h ^ uint32(c)) * prime
	}
	return h
}

// linking reports whether a word is one of those that link the phrases of a result.
func linking(s string) bool {
	switch s {
	case "in", "on", "of", "for", "with", "than", "by", "between", "to", "at", "from", "after", "during", "without",
		"was", "were", "is", "are", "had", "did", "has", "have", "not", "no", "In", "No", "There", "The", "and", "or",
		"showed", "between-group", "groups", "group", "significant", "significantly", "compared", "versus", "vs",
		"reduced", "increased", "decreased", "improved", "occurred", "effect", "difference", "differences":
		return true
	}
	return false
}
