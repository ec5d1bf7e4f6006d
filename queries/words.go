package queries

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/picograph/picograph/graph/vocab"
)

// word is one word or sign of a question.
type word struct {
	text       string // as written
	norm       string // lower case, plural folded: what is compared
	start, end int    // bytes of the question
}

// signs that are words of their own.
const wordSigns = "+%&≥≤<>="

// split cuts a text into words. Hyphens, slashes and full stops between digits stay within numbers; everywhere else a
// hyphen or slash parts two words, so that "high-dose" and "high dose" are the same.
func split(s string) []word {
	out := make([]word, 0, strings.Count(s, " ")+1)
	for i := 0; i < len(s); {
		r, n := utf8.DecodeRuneInString(s[i:])
		switch {
		case unicode.IsLetter(r) || unicode.IsDigit(r):
			j := i
			for j < len(s) {
				r, n := utf8.DecodeRuneInString(s[j:])
				if !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.IsMark(r) && !inNumber(s, i, j, r) && !apostrophe(s, j, r) {
					break
				}
				j += n
			}
			out = append(out, word{text: s[i:j], norm: fold(s[i:j]), start: i, end: j})
			i = j
			continue
		case r == '.' && i+1 < len(s) && digit(s[i+1]) && (i == 0 || !digit(s[i-1])):
			j := i + 1
			for j < len(s) && digit(s[j]) {
				j++
			}
			out = append(out, word{text: s[i:j], norm: s[i:j], start: i, end: j})
			i = j
			continue
		case strings.ContainsRune(wordSigns, r):
			out = append(out, word{text: s[i : i+n], norm: s[i : i+n], start: i, end: i + n})
		case r >= 0x80 && unicode.IsLetter(r):
		}
		i += n
	}
	return out
}

// inNumber reports whether the sign at j joins two digits of a number or identifier that started at i.
func inNumber(s string, i, j int, r rune) bool {
	if (r != '.' && r != ',') || j == i || j+1 >= len(s) {
		return false
	}
	return digit(s[j-1]) && digit(s[j+1])
}

func apostrophe(s string, j int, r rune) bool {
	if r != '\'' && r != '’' {
		return false
	}
	next, _ := utf8.DecodeRuneInString(s[j+utf8.RuneLen(r):])
	return unicode.IsLetter(next)
}

func digit(c byte) bool { return c >= '0' && c <= '9' }

// fold brings a word to the form in which words are compared: lower case, no possessive, singular.
func fold(s string) string {
	if !smallLetters(s) {
		s = foldSigns(s)
	}
	if britishIn(s) {
		for _, p := range wordLists["spelling"] {
			s = strings.ReplaceAll(s, p.forms[0], p.value)
		}
	}
	return singular(s)
}

// smallLetters reports whether a word has nothing but the letters a to z: most words do.
func smallLetters(s string) bool {
	for i := range len(s) {
		if s[i] < 'a' || s[i] > 'z' {
			return false
		}
	}
	return true
}

// foldSigns brings a word to lower case, without possessive and apostrophes.
func foldSigns(s string) string {
	s = strings.ToLower(strings.ReplaceAll(s, "’", "'"))
	return strings.ReplaceAll(strings.TrimSuffix(s, "'s"), "'", "")
}

// britishIn reports whether a word has one of the spellings: almost none has.
func britishIn(s string) bool {
	for i := range len(s) {
		for _, p := range spelledFrom[s[i]] {
			if strings.HasPrefix(s[i:], p) {
				return true
			}
		}
	}
	return false
}

// spelledFrom are the British spellings by their first letter.
var spelledFrom = func() (by [256][]string) {
	for _, p := range wordLists["spelling"] {
		by[p.forms[0][0]] = append(by[p.forms[0][0]], p.forms[0])
	}
	return by
}()

// singular folds the plural of a word; it errs on the side of leaving it.
func singular(s string) string {
	if len(s) < 4 || !smallLetters(s) {
		return s
	}
	return vocab.Singular(s)
}

// norms returns the folded words of a text.
func norms(s string) []string {
	ws := split(s)
	out := make([]string, len(ws))
	for i, w := range ws {
		out[i] = w.norm
	}
	return out
}

// key returns a text as names are compared: folded words with one blank between them.
func key(s string) string { return strings.Join(norms(s), " ") }

// content returns the folded words of a text that carry meaning, sorted, each once, cut to their stems.
func content(s string) []string {
	var out []string
	for _, n := range norms(s) {
		if !emptyWords[n] && !strings.Contains(wordSigns, n) {
			out = append(out, stem(n))
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// stem cuts the commonest endings, so that "tapering", "tapered" and "taper" meet. It is for matching texts that no
// concept covers, never for deciding what a concept is.
func stem(s string) string {
	for _, e := range []string{"ational", "ization", "ation", "ingly", "ement", "ing", "ion", "ies", "ed", "ly", "al", "ic", "es", "y", "e", "s"} {
		if strings.HasSuffix(s, e) && len(s)-len(e) >= 4 {
			s = s[:len(s)-len(e)]
			if e != "ement" && len(s) > 8 { // "supplementation" and "supplement" meet
				s = strings.TrimSuffix(s, "ement")
			}
			return s
		}
	}
	return s
}

// overlaps reports whether two sorted lists have a word in common.
func overlaps(a, b []string) bool {
	return slices.ContainsFunc(a, func(w string) bool { _, ok := slices.BinarySearch(b, w); return ok })
}

// containsAll reports whether every word of part is in whole; both are sorted.
func containsAll(whole, part []string) bool {
	if len(part) == 0 {
		return false
	}
	for _, p := range part {
		if _, ok := slices.BinarySearch(whole, p); !ok {
			return false
		}
	}
	return true
}
