package extract

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/picograph/picograph/graph/quantity"
	"github.com/picograph/picograph/loader/document"
	"github.com/picograph/picograph/loader/pattern"
)

// trimmed returns the span without the white space and the punctuation at its ends. A bracket that is opened or
// closed within the span stays.
func trimmed(text string, s document.Span) document.Span {
	for s.Start < s.End {
		c, n := utf8.DecodeRuneInString(text[s.Start:s.End])
		if !unicode.IsSpace(c) && !strings.ContainsRune(",;:.–—”\"'“‘’", c) && !(c == '-' && n == 1 && s.Start+1 < s.End && text[s.Start+1] == ' ') {
			break
		}
		s.Start += n
	}
	for s.End > s.Start {
		c, n := utf8.DecodeLastRuneInString(text[s.Start:s.End])
		if !unicode.IsSpace(c) && !strings.ContainsRune(",;:.–—“\"'”‘", c) {
			break
		}
		s.End -= n
	}
	part := text[s.Start:s.End]
	if strings.HasPrefix(part, "(") && strings.HasSuffix(part, ")") && closes(part) == len(part)-1 {
		return trimmed(text, document.Span{Start: s.Start + 1, End: s.End - 1})
	}
	return s
}

// closes returns the offset of the bracket that closes the one s starts with, or -1.
func closes(s string) int {
	depth := 0
	for i := range len(s) {
		switch s[i] {
		case '(', '[':
			depth++
		case ')', ']':
			if depth--; depth == 0 {
				return i
			}
		}
	}
	return -1
}

// outer returns text with everything in brackets, and the brackets, replaced by as many NUL bytes, so that offsets
// stay, and line breaks replaced by spaces: patterns for what stands outside brackets run on it.
func outer(text string) string {
	if !strings.ContainsAny(text, "()[]\n") {
		return text
	}
	b := []byte(text)
	depth := 0
	for i, c := range b {
		switch c {
		case '(', '[':
			depth++
			b[i] = 0
		case ')', ']':
			b[i] = 0
			if depth > 0 {
				depth--
			}
		case '\n':
			if b[i] = ' '; depth > 0 {
				b[i] = 0
			}
		default:
			if depth > 0 {
				b[i] = 0
			}
		}
	}
	if depth > 0 { // a bracket that never closes hides nothing
		return text
	}
	return string(b)
}

// split cuts a span at the matches of sep that stand outside brackets, and returns the trimmed pieces that are not empty.
func split(text string, s document.Span, sep *pattern.Pattern) []document.Span {
	var out []document.Span
	add := func(from, to int) {
		if p := trimmed(text, document.Span{Start: from, End: to}); p.Len() > 0 {
			out = append(out, p)
		}
	}
	start := s.Start
	for _, m := range sep.FindAllStringIndex(outer(text[s.Start:s.End]), -1) {
		add(start, s.Start+m[0])
		start = s.Start + m[1]
	}
	add(start, s.End)
	return out
}

// cutBefore shortens a span to what stands before the first match of any of the patterns outside brackets.
func cutBefore(text string, s document.Span, patterns ...*pattern.Pattern) document.Span {
	for _, p := range patterns {
		if m := p.FindStringIndex(outer(text[s.Start:s.End])); m != nil {
			s.End = s.Start + m[0]
		}
	}
	return trimmed(text, s)
}

// stops are words that carry no meaning of their own when two phrases are compared.
var stops = wordSet(`a an the of in on at to for and or with by from as than that this these those their its his her our
	is are was were be been being has have had do did does not no both each either all any who which whom whose into
	group groups arm arms patient patients participant participants people individuals subjects study trial`)

func wordSet(s string) map[string]bool {
	out := map[string]bool{}
	for _, w := range strings.Fields(s) {
		out[w] = true
	}
	return out
}

// contentWords returns the words of s in small letters, plain and in American spelling, without stop words.
func contentWords(s string) []string {
	s = strings.ToLower(s)
	out := make([]string, 0, 2+len(s)/12)
	for from := 0; from < len(s); {
		to := from
		for to < len(s) {
			c, size := rune(s[to]), 1
			if c >= utf8.RuneSelf {
				c, size = utf8.DecodeRuneInString(s[to:])
			}
			if !unicode.IsLetter(c) && !unicode.IsDigit(c) && c != '%' && c != '.' {
				break
			}
			to += size
		}
		if to == from {
			_, size := utf8.DecodeRuneInString(s[from:])
			from += size
			continue
		}
		if w := stem(strings.Trim(s[from:to], ".")); w != "" && !stops[w] {
			out = append(out, w)
		}
		from = to
	}
	return out
}

// spellings are the endings and stems that British and American spelling differ in, British first.
var spellings = [...][2]string{
	{"isation", "ization"},
	{"ised", "ized"},
	{"ising", "izing"},
	{"aviour", "avior"},
	{"centre", "center"},
	{"anaes", "anes"},
	{"haem", "hem"},
	{"oedema", "edema"},
	{"dosage", "dose"},
}

// stem brings the spellings and the plural of one word together: "behavioural" and "behavioral", "scores" and "score".
func stem(w string) string {
	if mayBeBritish(w) {
		for _, p := range spellings {
			w = strings.Replace(w, p[0], p[1], 1)
		}
	}
	switch {
	case len(w) > 4 && strings.HasSuffix(w, "ies"):
		return w[:len(w)-3] + "y"
	case len(w) > 3 && strings.HasSuffix(w, "s") && !strings.HasSuffix(w, "ss") && !strings.HasSuffix(w, "us") && !strings.HasSuffix(w, "is"):
		return w[:len(w)-1]
	}
	return w
}

// mayBeBritish reports whether a word has two letters in a row that each of the British spellings has.
func mayBeBritish(w string) bool {
	for i := 1; i < len(w); i++ {
		switch w[i] {
		case 's':
			if w[i-1] == 'i' || w[i-1] == 'o' {
				return true
			}
		case 'e':
			if w[i-1] == 'a' || w[i-1] == 'o' || w[i-1] == 'r' {
				return true
			}
		case 'u':
			if w[i-1] == 'o' {
				return true
			}
		}
	}
	return false
}

// likeness returns the share of the shorter list of words that occurs in the longer one, from 0 to 1.
func likeness(a, b []string) float64 {
	if len(a) == 0 || len(b) == 0 {
		return 0
	}
	if len(a) > len(b) {
		a, b = b, a
	}
	n := 0
	for _, w := range a {
		if slices.Contains(b, w) {
			n++
		}
	}
	return float64(n) / float64(len(a))
}

// numerals are the numbers that abstracts print in words.
var numerals = map[string]int{
	"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
	"eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16, "seventeen": 17,
	"eighteen": 18, "nineteen": 19, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70,
	"eighty": 80, "ninety": 90,
}

// countPattern matches a whole number in digits or in words, as one group.
const countPattern = `((?:[Aa]|[Oo]ne|[Tt]wo|[Tt]hree|[Ff]our|[Ff]ive|[Ss]ix|[Ss]even|[Ee]ight|[Nn]ine)[- ]hundred(?:[- ](?:and[- ])?(?:(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)(?:[- ](?:one|two|three|four|five|six|seven|eight|nine))?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen))?\b|\d{1,3}(?:,\d{3})+|\d{2,3}(?: \d{3})+\b|\d+(?:[\x{00a0}\x{2009}\x{202f}]\d{3})*|(?:[Tt]wenty|[Tt]hirty|[Ff]orty|[Ff]ifty|[Ss]ixty|[Ss]eventy|[Ee]ighty|[Nn]inety)(?:[- ](?:one|two|three|four|five|six|seven|eight|nine))?|[Oo]ne|[Tt]wo|[Tt]hree|[Ff]our|[Ff]ive|[Ss]ix|[Ss]even|[Ee]ight|[Nn]ine|[Tt]en|[Ee]leven|[Tt]welve|[Tt]hirteen|[Ff]ourteen|[Ff]ifteen|[Ss]ixteen|[Ss]eventeen|[Ee]ighteen|[Nn]ineteen)`

// count reads a whole number in digits or in words; it is empty when s is neither.
func count(s string) quantity.Decimal {
	s = strings.NewReplacer("\u00a0", "", "\u2009", "", "\u202f", "").Replace(strings.ToLower(strings.TrimSpace(s)))
	if s != "" && s[0] >= '0' && s[0] <= '9' {
		s = strings.ReplaceAll(s, " ", "")
		d, err := quantity.ParseDecimal(s)
		if err != nil {
			return ""
		}
		return d
	}
	n := 0
	for _, w := range strings.FieldsFunc(s, func(c rune) bool { return c == '-' || c == ' ' }) {
		v, ok := numerals[w]
		switch {
		case w == "hundred":
			n *= 100
			continue
		case w == "a":
			v = 1
		case w == "and" && n >= 100:
		case !ok:
			return ""
		}
		n += v
	}
	if n == 0 {
		return ""
	}
	return quantity.FromInt(n)
}
