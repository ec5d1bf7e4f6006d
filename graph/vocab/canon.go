package vocab

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// class is what a stretch of text is to the scanner.
type class uint8

const (
	classWord  class = iota // letters and digits; matched by canonical form
	classSign               // one other sign, matched as it is: + % / ≥
	classSpace              // white space, or a hyphen inside a word: separates, is not matched
)

// next returns the end and the class of the token that starts at i. A word takes in the apostrophes inside it. A
// hyphen between two letters or digits separates words like a space; any other dash is a sign.
func next(s string, i int) (end int, cl class) {
	c := s[i]
	if c < utf8.RuneSelf {
		switch {
		case asciiWord[c]:
			return wordEnd(s, i+1), classWord
		case c == ' ' || c == '\n' || c == '\t' || c == '\r':
			return i + 1, classSpace
		case c == '-':
			if i > 0 && isWordBefore(s, i) && isWordAt(s, i+1) {
				return i + 1, classSpace
			}
		case c == '>' || c == '<':
			if i+1 < len(s) && s[i+1] == '=' {
				return i + 2, classSign
			}
		}
		return i + 1, classSign
	}
	r, size := utf8.DecodeRuneInString(s[i:])
	switch {
	case unicode.IsLetter(r) || unicode.IsDigit(r):
		if unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana) {
			return i + size, classWord // one character a token: no spaces tell the words apart
		}
		return wordEnd(s, i+size), classWord
	case unicode.IsSpace(r):
		return i + size, classSpace
	case r == '\u2010' || r == '\u2011' || r == '\u2012' || r == '\u2013' || r == '\u00ad' || r == '\u200b':
		if i > 0 && isWordBefore(s, i) && isWordAt(s, i+size) {
			return i + size, classSpace
		}
	}
	return i + size, classSign
}

var asciiWord = func() (t [utf8.RuneSelf]bool) {
	for c := range t {
		t[c] = c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z'
	}
	return t
}()

// asciiRun returns where the letters and digits of ASCII end that stand at i.
func asciiRun(s string, i int) int {
	for i < len(s) && s[i] < utf8.RuneSelf && asciiWord[s[i]] {
		i++
	}
	return i
}

func wordEnd(s string, i int) int {
	for i < len(s) {
		c := s[i]
		if c < utf8.RuneSelf {
			if asciiWord[c] {
				i++
				continue
			}
			if c == '\'' && i+1 < len(s) && s[i+1] < utf8.RuneSelf && asciiWord[s[i+1]] {
				i++
				continue
			}
			return i
		}
		r, size := utf8.DecodeRuneInString(s[i:])
		switch {
		case unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana):
			return i
		case unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r):
			i += size
		case r == '\u2019' && i+size < len(s) && s[i+size] < utf8.RuneSelf && asciiWord[s[i+size]]:
			i += size
		default:
			return i
		}
	}
	return i
}

func isWordAt(s string, i int) bool {
	if i >= len(s) {
		return false
	}
	r, _ := utf8.DecodeRuneInString(s[i:])
	return unicode.IsLetter(r) || unicode.IsDigit(r)
}

func isWordBefore(s string, i int) bool {
	r, _ := utf8.DecodeLastRuneInString(s[:i])
	return unicode.IsLetter(r) || unicode.IsDigit(r)
}

// canonical appends to buf the form of a word by which it is matched: lower case, without a possessive, singular, in
// American spelling. The result need not be a word; two spellings of one word have the same result.
func canonical(buf []byte, word string) []byte {
	start := len(buf)
	for i := 0; i < len(word); i++ {
		c := word[i]
		if c >= utf8.RuneSelf {
			buf = buf[:start]
			for _, r := range word {
				if r == '\u2019' {
					r = '\''
				}
				buf = utf8.AppendRune(buf, unicode.ToLower(r))
			}
			break
		}
		if c >= 'A' && c <= 'Z' {
			c += 'a' - 'A'
		}
		buf = append(buf, c)
	}
	w := buf[start:]
	if n := len(w); n > 2 && w[n-1] == 's' && w[n-2] == '\'' {
		w = w[:n-2]
	}
	if len(w) < 4 {
		return buf[:start+len(w)]
	}
	w = spelling(singular(w))
	return append(buf[:start], w...)
}

// lowerASCII appends a text of ASCII to buf in small letters.
func lowerASCII(buf []byte, s string) []byte {
	for i := range len(s) {
		c := s[i]
		if 'A' <= c && c <= 'Z' {
			c += 'a' - 'A'
		}
		buf = append(buf, c)
	}
	return buf
}

// singular takes off a plural's ending; it works in place.
func singular(w []byte) []byte {
	n := len(w)
	if w[n-1] != 's' {
		switch string(w) {
		case "women":
			return append(w[:0], "woman"...)
		case "children":
			return append(w[:0], "child"...)
		case "criteria":
			return append(w[:0], "criterion"...)
		}
		return w
	}
	switch w[n-2] {
	case 's', 'u', 'i':
		return w
	case 'e':
		switch {
		case n > 4 && w[n-3] == 'i': // therapies
			w[n-3] = 'y'
			return w[:n-2]
		case n > 4 && (w[n-3] == 'x' || w[n-3] == 'h' || w[n-3] == 's' && w[n-4] == 's'): // approaches, stresses
			return w[:n-2]
		}
		for _, stem := range []string{"analys", "diagnos", "cris", "prognos", "hypothes", "metastas", "thrombos", "psychos", "neuros", "synthes"} {
			if string(w[:n-2]) == stem {
				w[n-2] = 'i'
				return w
			}
		}
	}
	return w[:n-1]
}

// spelling brings British and American spellings together; it works in place and never makes a word longer.
func spelling(w []byte) []byte {
	out := w[:0]
	for i := 0; i < len(w); i++ {
		c := w[i]
		var ahead byte
		if i+1 < len(w) {
			ahead = w[i+1]
		}
		switch {
		case (c == 'a' || c == 'o') && ahead == 'e' && i+2 < len(w): // anaemia, oedema
			continue
		case c == 'l' && ahead == 'l': // counselling, labelled
			continue
		case c == 'o' && ahead == 'u' && i+2 < len(w) && w[i+2] == 'r' && len(w) > 4: // behaviour
			out = append(out, 'o')
			i++
			continue
		case c == 's' && i > 0 && (w[i-1] == 'i' || w[i-1] == 'y') && (ahead == 'e' || ahead == 'a' || ahead == 'i') && len(w) > 5: // randomised, analyse
			c = 'z'
		}
		out = append(out, c)
	}
	if n := len(out); n > 4 {
		switch string(out[n-3:]) {
		case "tre", "bre": // centre, fibre
			out[n-2], out[n-1] = 'e', 'r'
		}
		if n > 6 && string(out[n-4:]) == "amme" { // programme
			out = out[:n-2]
		}
	}
	return out
}

// exactWord is the form of a word by which abbreviations are matched: as it is, without a plural s.
func exactWord(word string) string {
	n := len(word)
	if n > 2 && word[n-1] == 's' {
		w := word[:n-1]
		if w[n-2] == '\'' {
			w = w[:n-2]
		}
		if c := w[len(w)-1]; c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' {
			return w
		}
	}
	return word
}

// sign brings spellings of one sign together.
func sign(s string) string {
	switch s {
	case ">=", "\u2a7e", "\u2267":
		return "\u2265"
	case "<=", "\u2a7d", "\u2266":
		return "\u2264"
	case "\u2019", "\u2018":
		return "'"
	}
	return s
}

// tokens returns the tokens of a form: canonical words, or exact ones for an abbreviation.
func tokens(form string, exact bool) []string {
	var out []string
	var buf [64]byte
	for i := 0; i < len(form); {
		end, cl := next(form, i)
		switch {
		case cl == classSign:
			out = append(out, sign(form[i:end]))
		case cl == classWord && exact:
			out = append(out, exactWord(form[i:end]))
		case cl == classWord:
			out = append(out, string(canonical(buf[:0], form[i:end])))
		}
		i = end
	}
	return out
}

// variants returns the token lists by which a form is matched: as written, each hyphen closed up, and a leading "non"
// apart from its word.
func variants(form string, exact bool) [][]string {
	out := [][]string{tokens(form, exact)}
	if strings.ContainsAny(form, "-\u2010\u2011") {
		if closed := closeHyphens(form); closed != form {
			out = append(out, tokens(closed, exact))
		}
	}
	if !exact && mayOpen(form) {
		out = append(out, tokens(openPrefix(form), false))
	}
	return out
}

// closeHyphens takes out the hyphens between letters and digits: "non-opioid" becomes "nonopioid".
func closeHyphens(form string) string {
	var b strings.Builder
	for i := 0; i < len(form); {
		end, cl := next(form, i)
		if cl != classSpace || form[i] == ' ' || form[i] == '\t' {
			b.WriteString(form[i:end])
		}
		i = end
	}
	return b.String()
}

// openAt returns how long the prefix is that openPrefix sets apart from the word that starts at i, 0 where there is none.
func openAt(form string, i int) int {
	var buf [16]byte
	for _, prefix := range prefixes {
		n := len(prefix)
		if i+n+4 <= len(form) && form[i]|0x20 == prefix[0] && form[i+1]|0x20 == prefix[1] && prefixed[string(lowerASCII(buf[:0], form[i:i+n+4]))] {
			return n
		}
	}
	return 0
}

// mayOpen reports whether a form has a prefix that openPrefix sets apart.
func mayOpen(form string) bool {
	for i := 0; i < len(form); {
		if openAt(form, i) > 0 {
			return true
		}
		blank := strings.IndexByte(form[i:], ' ')
		if blank < 0 {
			break
		}
		i += blank + 1
	}
	return false
}

var prefixes = []string{"non", "post", "multi", "inter", "co", "self"}

// openPrefix sets prefixes apart that are also written with a hyphen: "nonopioid" becomes "non opioid".
func openPrefix(form string) string {
	words := strings.Split(form, " ")
	for i, w := range words {
		if n := openAt(w, 0); n > 0 {
			words[i] = w[:n] + " " + w[n:]
		}
	}
	return strings.Join(words, " ")
}

// prefixed are the beginnings of words whose prefix is also written apart.
var prefixed = map[string]bool{
	"nonopio": true, "noncanc": true, "nonmali": true, "nonmedi": true, "nonphar": true, "nondrug": true, "nonster": true,
	"noninfe": true, "nonspec": true, "nonrand": true, "posttra": true, "postope": true, "postsur": true,
	"multidi": true, "interdi": true, "coocurr": true, "selfman": true,
}

// formKeys returns the look-up keys of a form: its canonical words, or its exact ones for an abbreviation.
func formKeys(form string, exact bool) []string { return keysOf(variants(form, exact), exact) }

// keysOf returns the look-up keys of the variants of a form.
func keysOf(variants [][]string, exact bool) []string {
	mark := "f "
	if exact {
		mark = "x "
	}
	out := make([]string, len(variants))
	for i, t := range variants {
		out[i] = mark + strings.Join(t, " ")
	}
	return out
}
