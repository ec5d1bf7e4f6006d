package extract

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// bracketed finds what stands in round or square brackets that hold no further brackets.
var bracketed = rules.New(`\(([^()\[\]]{1,120})\)|\[([^()\[\]]{1,60})\]`)

// abbreviationsOf collects the abbreviations that a document defines in brackets, with their long forms as printed,
// in both orders: "integrated pain team (IPT)", "STOP (Self-regulation Therapy for Opioid Use and Pain)". The first
// definition of an abbreviation holds.
func abbreviationsOf(r *reading) map[string]string {
	out := map[string]string{}
	for i := range r.doc.Sentences {
		text := r.text(i)
		for _, m := range r.rule(r.doc.Sentences[i].Span, bracketed).FindAllStringSubmatchIndex(text, -1) {
			from, to := m[2], m[3]
			if from < 0 {
				from, to = m[4], m[5]
			}
			before, inside := text[:m[0]], text[from:to]
			short, _, _ := strings.Cut(inside, ";")
			short, _, _ = strings.Cut(short, ", ")
			short = strings.TrimSpace(short)
			if isShort(short) {
				if long := longForm(before, short); long != "" {
					if _, ok := out[short]; !ok {
						out[short] = long
					}
					continue
				}
			}
			if long, short, ok := strings.Cut(inside, "; "); ok && isShort(strings.TrimSpace(short)) && !strings.Contains(short, " ") { // "(new formula; NF)"
				if l := longForm(long, short); l != "" && len(l)+12 > len(long) {
					if _, known := out[short]; !known {
						out[short] = l
					}
					continue
				}
			}
			if named := namedInTurn(inside); named != nil {
				for short, long := range named {
					if _, known := out[short]; !known {
						out[short] = long
					}
				}
				continue
			}
			if short = lastWord(before); isShort(short) && len(inside) > len(short)+4 {
				if long := longForm(inside, short); long != "" && len(inside)-len(long) < 12 {
					if _, ok := out[short]; !ok {
						out[short] = long
					}
				}
			}
		}
	}
	return out
}

// turnOf divides what a bracket names one after the other.
var turnOf = rules.New(`[;,]\s(?:and\s)?|\sand\s`)

// namedInTurn reads a bracket that gives abbreviations behind what they stand for: "learning therapy group: LT and waiting
// list group: WL". It is nil where a part of the bracket is none.
func namedInTurn(inside string) map[string]string {
	if strings.Count(inside, ": ") < 2 {
		return nil
	}
	out := map[string]string{}
	for _, part := range strings.Split(turnOf.ReplaceAllString(inside, "\x00"), "\x00") {
		long, short, ok := strings.Cut(part, ": ")
		long = strings.TrimSuffix(strings.TrimSuffix(long, " group"), " arm")
		if !ok || !isShort(short) {
			return nil
		}
		if long = longForm(long, short); long == "" {
			return nil
		}
		out[short] = strings.TrimSpace(long)
	}
	return out
}

// isShort reports whether s looks like an abbreviation: two to twelve characters, letters first, at least one capital
// that is not only the first letter of a word in small letters.
func isShort(s string) bool {
	n := utf8.RuneCountInString(s)
	if n < 2 || n > 14 || strings.ContainsAny(s, "=<>≥≤%:,") || strings.Count(s, " ") > 2 {
		return false
	}
	capitals, letters := 0, 0
	for i, c := range s {
		switch {
		case unicode.IsUpper(c):
			capitals++
			letters++
		case unicode.IsLetter(c):
			letters++
		case i == 0 && !unicode.IsDigit(c):
			return false
		}
	}
	return capitals >= 2 || (capitals == 1 && letters <= 4 && !unicode.IsUpper(rune(s[0]))) || (capitals == 1 && letters == 1 && n <= 4)
}

// lastWord returns the last word of s.
func lastWord(s string) string {
	s = strings.TrimSpace(s)
	if i := strings.LastIndexAny(s, " \t\n"); i >= 0 {
		return s[i+1:]
	}
	return s
}

// longForm returns the words at the end of text that short abbreviates, or "" when its letters do not occur there in
// order, the first at the start of a word (the algorithm of Schwartz and Hearst, 2003).
func longForm(text, short string) string {
	letters := make([]rune, 0, len(short))
	for _, c := range strings.TrimSuffix(short, "s") {
		if unicode.IsLetter(c) || unicode.IsDigit(c) {
			letters = append(letters, unicode.ToLower(c))
		}
	}
	if len(letters) == 0 {
		return ""
	}
	text = strings.TrimRight(text, " \t\n")
	if long := byInitials(text, letters); long != "" {
		return long
	}
	limit := wordsFromEnd(text, min(len(letters)+5, len(letters)*2)+strings.Count(short, " "))
	window := []rune(strings.ToLower(text[limit:]))
	li, wi := len(letters)-1, len(window)-1
	for ; li >= 0; li-- {
		for wi >= 0 && (window[wi] != letters[li] || (li == 0 && wi > 0 && (unicode.IsLetter(window[wi-1]) || unicode.IsDigit(window[wi-1])))) {
			wi--
		}
		if wi < 0 {
			return ""
		}
		wi--
	}
	original := []rune(text[limit:])
	if len(original) != len(window) {
		return ""
	}
	long := strings.TrimSpace(string(original[wi+1:]))
	if utf8.RuneCountInString(long) <= utf8.RuneCountInString(short) || strings.ContainsAny(long, "()[];:") {
		return ""
	}
	return long
}

// byInitials returns the last words of text when their first letters are the given ones, one word a letter.
func byInitials(text string, letters []rune) string {
	limit := wordsFromEnd(text, len(letters))
	words := strings.Fields(text[limit:])
	if len(words) != len(letters) || strings.ContainsAny(text[limit:], "()[];:.") {
		return ""
	}
	for i, w := range words {
		if c, _ := utf8.DecodeRuneInString(w); unicode.ToLower(c) != letters[i] {
			return ""
		}
	}
	return text[limit:]
}

// wordsFromEnd returns the offset at which the last n words of text start.
func wordsFromEnd(text string, n int) int {
	i := len(text)
	for ; n > 0 && i > 0; n-- {
		j := strings.LastIndexAny(strings.TrimRight(text[:i], " \t\n"), " \t\n")
		if j < 0 {
			return 0
		}
		i = j + 1
	}
	return i
}

// long returns the long form that the document gives to an abbreviation, and ok false when it gives none. A plural
// ("CIs") has the long form of its singular.
func (r *reading) long(short string) (string, bool) {
	if l, ok := r.shorts[short]; ok {
		return l, true
	}
	l, ok := r.shorts[strings.TrimSuffix(short, "s")]
	return l, ok
}
