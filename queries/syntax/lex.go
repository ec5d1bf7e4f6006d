package syntax

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

type tokenKind int

const (
	endToken tokenKind = iota
	wordToken
	stringToken
	numberToken
	relationToken // >= <= > < =
	commaToken
	barToken
	openToken
	closeToken
)

type token struct {
	kind tokenKind
	text string // of a string: its value
	span Span
}

// lex splits a query into tokens. The last one is the end.
func lex(s string) ([]token, *Error) {
	var out []token
	for i := 0; i < len(s); {
		r, n := utf8.DecodeRuneInString(s[i:])
		start := i
		switch {
		case unicode.IsSpace(r):
			i += n
			continue
		case r == '#': // a comment to the end of the line
			for i < len(s) && s[i] != '\n' {
				i++
			}
			continue
		case r == '"' || r == '“' || r == '”':
			text, end, err := lexString(s, i)
			if err != nil {
				return nil, err
			}
			i = end
			out = append(out, token{stringToken, text, Span{start, i}})
			continue
		case r == ',':
			out = append(out, token{commaToken, ",", Span{i, i + n}})
		case r == '|':
			out = append(out, token{barToken, "|", Span{i, i + n}})
		case r == '(':
			out = append(out, token{openToken, "(", Span{i, i + n}})
		case r == ')':
			out = append(out, token{closeToken, ")", Span{i, i + n}})
		case strings.ContainsRune("<>=≥≤", r):
			text := map[rune]string{'≥': ">=", '≤': "<="}[r]
			if text == "" {
				text = string(r)
				if r != '=' && strings.HasPrefix(s[i+n:], "=") {
					text += "="
					n++
				}
			}
			out = append(out, token{relationToken, text, Span{i, i + n}})
		case wordRune(r):
			for i < len(s) {
				r, n := utf8.DecodeRuneInString(s[i:])
				if !wordRune(r) {
					break
				}
				i += n
			}
			kind := wordToken
			if number(s[start:i]) {
				kind = numberToken
			}
			out = append(out, token{kind, s[start:i], Span{start, i}})
			continue
		default:
			return nil, &Error{Span: Span{i, i + n}, Message: "unexpected sign " + s[i:i+n], Hint: `put names with signs in double quotes`}
		}
		i += n
	}
	return append(out, token{endToken, "", Span{len(s), len(s)}}), nil
}

// lexString reads a quoted string that starts at i; a backslash keeps the sign after it.
func lexString(s string, i int) (text string, end int, err *Error) {
	start := i
	_, n := utf8.DecodeRuneInString(s[i:])
	i += n
	var b strings.Builder
	for i < len(s) {
		r, n := utf8.DecodeRuneInString(s[i:])
		switch {
		case r == '"' || r == '“' || r == '”':
			return b.String(), i + n, nil
		case r == '\\' && i+n < len(s):
			i += n
			_, m := utf8.DecodeRuneInString(s[i:])
			b.WriteString(s[i : i+m])
			i += m
			continue
		}
		b.WriteString(s[i : i+n])
		i += n
	}
	return "", 0, &Error{Span: Span{start, len(s)}, Message: "a quote is not closed", Hint: `end the name with "`, Unfinished: true}
}

// wordRune reports whether r can stand in a word that needs no quotes.
func wordRune(r rune) bool {
	return unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r) || strings.ContainsRune("-+/.%'’_:*&;", r)
}

// number reports whether s is a decimal number.
func number(s string) bool {
	s = strings.TrimPrefix(s, "-")
	dot, digit := false, false
	for _, c := range s {
		switch {
		case c >= '0' && c <= '9':
			digit = true
		case c == '.' && !dot:
			dot = true
		default:
			return false
		}
	}
	return digit && !strings.HasSuffix(s, ".")
}

var keywords = map[string]bool{
	"where": true, "and": true, "or": true, "not": true, "is": true, "has": true, "exactly": true, "with": true, "on": true,
	"of": true, "compare": true, "count": true, "show": true, "check": true, "order": true, "limit": true, "group": true, "by": true,
	"study": true, "report": true, "intervention": true, "population": true, "outcome": true,
	"instrument": true, "document": true,
}

// plainWord reports whether s can be written as a value without quotes.
func plainWord(s string) bool {
	if s == "" || keywords[strings.ToLower(s)] || number(s) || fieldNamed(strings.ToLower(s)) || nounNamed(strings.ToLower(s)) || !utf8.ValidString(s) {
		return false
	}
	for _, r := range s {
		if !wordRune(r) {
			return false
		}
	}
	return true
}
