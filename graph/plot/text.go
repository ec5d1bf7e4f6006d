package plot

import (
	"strings"
	"unicode"
)

// printable returns a text on one line without what has no shape on paper or gives orders to a terminal: control characters,
// and those that turn the direction of writing for what comes after them.
func printable(s string) string {
	return strings.Join(strings.Fields(strings.Map(func(r rune) rune {
		switch {
		case r == '\n', r == '\r', r == '\t':
			return ' '
		case r == unicode.ReplacementChar, unicode.IsControl(r), r >= 0x202a && r <= 0x202e, r >= 0x2066 && r <= 0x2069, r == 0xfffe, r == 0xffff:
			return unicode.ReplacementChar
		}
		return r
	}, strings.ToValidUTF8(s, "\ufffd"))), " ")
}

// minus writes the minus signs of numbers as typesetters do.
func minus(s string) string {
	r := []rune(s)
	for i := range r {
		if r[i] == '-' && i+1 < len(r) && unicode.IsDigit(r[i+1]) && (i == 0 || r[i-1] == ' ' || r[i-1] == '[' || r[i-1] == '(') {
			r[i] = '−'
		}
	}
	return string(r)
}
