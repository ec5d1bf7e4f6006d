package pattern

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// words is a set of words that are looked for together.
type words struct {
	fold  bool
	only  bool        // each of them starts the text
	lead  string      // what all of them start with, where it has one form only
	first [256]uint16 // by the byte that stands in the text: which of the lists to compare, from 1; 0 for none
	lists [][]entry
	runs  []run
}

// entry is a word in a list, with the number of the run before it, from 1; 0 for none.
type entry struct {
	word
	after int
}

// run is a class of characters, one or more of which stand before a word.
type run struct {
	class  string
	ascii  [utf8.RuneSelf]bool
	bounds []rune
}

// newWords prepares a set of words; with fold, letters of ASCII match without regard to case.
func newWords(set []word, fold bool) *words {
	w := &words{fold: fold, only: true}
	var byFirst [256][]entry
	add := func(b byte, e entry) {
		byFirst[b] = append(byFirst[b], e)
		if fold && 'a' <= b && b <= 'z' {
			byFirst[b-'a'+'A'] = append(byFirst[b-'a'+'A'], e)
		}
	}
	for _, x := range set {
		w.only = w.only && x.first
		if x.run != "" {
			n := w.runOf(x.run)
			for b := range 256 {
				if w.runs[n-1].mayStart(byte(b)) {
					byFirst[b] = append(byFirst[b], entry{x, n})
				}
			}
			continue
		}
		if !wordByte(x.text[0]) {
			x.edge = false
		}
		add(x.text[0], entry{x, 0})
		if fold {
			switch x.text[0] {
			case 's': // the long s
				byFirst[0xC5] = append(byFirst[0xC5], entry{x, 0})
			case 'k': // the Kelvin sign
				byFirst[0xE2] = append(byFirst[0xE2], entry{x, 0})
			}
		}
	}
	w.lead = lead(set, fold)
	for b, list := range byFirst {
		if len(list) == 0 {
			continue
		}
		n := slices.IndexFunc(w.lists, func(have []entry) bool { return slices.Equal(have, list) })
		if n < 0 {
			n = len(w.lists)
			w.lists = append(w.lists, list)
		}
		w.first[b] = uint16(n + 1)
	}
	return w
}

// lead returns what all words start with, without letters where these match without regard to case.
func lead(set []word, fold bool) string {
	for n := len(set[0].text); n > 0; n-- {
		s := set[0].text[:n]
		if !slices.ContainsFunc(set, func(x word) bool {
			return x.run != "" || !strings.HasPrefix(x.text, s)
		}) && !(fold && strings.ContainsFunc(s, unicode.IsLetter)) {
			return s
		}
	}
	return ""
}

// runOf returns the number of the run of a class, from 1.
func (w *words) runOf(class string) int {
	n := slices.IndexFunc(w.runs, func(r run) bool { return r.class == class })
	if n < 0 {
		n = len(w.runs)
		r := run{class: class, bounds: []rune(class)}
		for c := range r.ascii {
			r.ascii[c] = r.has(rune(c))
		}
		w.runs = append(w.runs, r)
	}
	return n + 1
}

func (r *run) has(c rune) bool {
	for i := 0; i+1 < len(r.bounds); i += 2 {
		if c <= r.bounds[i+1] {
			return c >= r.bounds[i]
		}
	}
	return false
}

// mayStart reports whether a character of the class may start with a byte.
func (r *run) mayStart(b byte) bool {
	return b >= utf8.RuneSelf || r.ascii[b]
}

// end returns where the run ends that starts at i.
func (r *run) end(s string, i int) int {
	for i < len(s) {
		if b := s[i]; b < utf8.RuneSelf {
			if !r.ascii[b] {
				return i
			}
			i++
			continue
		}
		c, size := utf8.DecodeRuneInString(s[i:])
		if !r.has(c) {
			return i
		}
		i += size
	}
	return i
}

// next returns the first place at or after i where one of the words may stand, -1 where there is none. It errs on the
// side of a word: the other forms of a letter outside ASCII pass.
func (w *words) next(s string, i int) int {
	limit := len(s)
	if w.only {
		limit = min(limit, 1)
	}
	for ; i < limit; i++ {
		if w.lead != "" {
			k := strings.Index(s[i:], w.lead)
			if k < 0 || i+k >= limit {
				return -1
			}
			i += k
		}
		n := w.first[s[i]]
		if n == 0 {
			continue
		}
		inner := i > 0 && wordByte(s[i-1]) && wordByte(s[i])
		ran, at := 0, i
		for k := range w.lists[n-1] {
			x := &w.lists[n-1][k]
			if x.edge && inner || x.first && i > 0 {
				continue
			}
			if x.after != ran {
				if ran, at = x.after, i; ran > 0 {
					at = w.runs[ran-1].end(s, i)
				}
			}
			if (ran == 0 || at > i) && w.stands(s[at:], x.text) {
				return i
			}
		}
	}
	return -1
}

// stands reports whether a text starts with a word.
func (w *words) stands(s, text string) bool {
	if !w.fold {
		return len(s) >= len(text) && s[:len(text)] == text
	}
	for k := range len(text) {
		if k >= len(s) {
			return false
		}
		c := s[k]
		if 'A' <= c && c <= 'Z' {
			c += 'a' - 'A'
		}
		if c != text[k] {
			return c >= 0x80 && (text[k] == 's' || text[k] == 'k')
		}
	}
	return true
}

// wordByte reports whether \b takes a byte for part of a word.
func wordByte(b byte) bool {
	return 'a' <= b && b <= 'z' || 'A' <= b && b <= 'Z' || '0' <= b && b <= '9' || b == '_'
}
