package document

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/picograph/picograph/loader/pattern"
)

// wrapWidth is the longest line, in bytes, that counts as wrapped by a program: a longer one is a paragraph.
const wrapWidth = 140

// line is one line of the text without its white space at both ends. gap says that blank lines stand before it.
type line struct {
	Span
	gap    bool
	indent int
}

// lines returns the lines between two bytes of a text that hold anything, in order.
func lines(text string, start, stop int) []line {
	var out []line
	gap := false
	for start < stop {
		end, next := lineEnd(text[:stop], start)
		span := trim(text, Span{start, end})
		if span.Len() == 0 {
			gap = true
		} else {
			out = append(out, line{Span: span, gap: gap, indent: span.Start - start})
			gap = false
		}
		start = next
	}
	return out
}

// lineEnd returns where the line that begins at start ends, and where the next begins.
func lineEnd(text string, start int) (end, next int) {
	for end = start; end < len(text) && !breaksLine(text[end:]); {
		end++
	}
	if end == len(text) {
		return end, end
	}
	_, size := utf8.DecodeRuneInString(text[end:])
	if text[end] == '\r' && end+1 < len(text) && text[end+1] == '\n' {
		size = 2
	}
	return end, end + size
}

// breaksLine reports whether a text begins with a sign that ends a line.
func breaksLine(s string) bool {
	switch c := s[0]; {
	case c < ' ':
		return c == '\n' || c == '\r' || c == '\f' || c == '\v'
	case c < utf8.RuneSelf:
		return false
	}
	return strings.HasPrefix(s, "\u2028") || strings.HasPrefix(s, "\u2029") || strings.HasPrefix(s, "\u0085")
}

// blank reports whether r shows nothing: white space, a byte-order mark, a zero-width or soft mark, a control.
func blank(r rune) bool {
	switch r {
	case '\uFEFF', '\u200B', '\u200C', '\u200D', '\u2060', '\u00AD', '\u200E', '\u200F':
		return true
	}
	return unicode.IsSpace(r) || unicode.IsControl(r)
}

// trim returns s without what is blank at both ends.
func trim(text string, s Span) Span {
	for s.Start < s.End {
		r, size := utf8.DecodeRuneInString(text[s.Start:s.End])
		if !blank(r) {
			break
		}
		s.Start += size
	}
	for s.Start < s.End {
		r, size := utf8.DecodeLastRuneInString(text[s.Start:s.End])
		if !blank(r) {
			break
		}
		s.End -= size
	}
	return s
}

// block is a line, or the lines that a program wrapped one paragraph into.
type block struct {
	Span
	gap bool // blank lines stand before it
}

// blocks joins wrapped lines: those of a run of lines in which most lines could not have held the first word of the
// next, and a line that stops within a sentence where the next goes on in lower case.
func blocks(text string, ls []line) []block {
	var out []block
	for i := 0; i < len(ls); {
		j := i + 1
		for j < len(ls) && !ls[j].gap {
			j++
		}
		width := wrappedAt(text, ls[i:j])
		for k := i; k < j; k++ {
			if n := len(out); k > i && joins(text, ls[k-1], ls[k], width) {
				out[n-1].End = ls[k].End
				continue
			}
			out = append(out, block{Span: ls[k].Span, gap: ls[k].gap})
		}
		i = j
	}
	return out
}

// wrappedAt returns the width that a program wrapped a run of lines at, or 0 when none did.
func wrappedAt(text string, ls []line) int {
	width := 0
	for _, l := range ls {
		width = max(width, l.indent+l.Len())
	}
	if width > wrapWidth || width < 40 || len(ls) < 3 {
		return 0
	}
	full := 0
	for i := range len(ls) - 1 {
		if first := firstWord(text, ls[i+1]); ls[i].indent+ls[i].Len()+1+len(first) > width && len(first) < 30 {
			full++
		}
	}
	if full*2 < len(ls)-1 || full < 2 {
		return 0
	}
	return width
}

// firstWord returns the first word of a line.
func firstWord(text string, l line) string {
	s := text[l.Start:l.End]
	if i := strings.IndexFunc(s, unicode.IsSpace); i >= 0 {
		return s[:i]
	}
	return s
}

// joins reports whether line b goes on where a stopped, in a run wrapped at width.
func joins(text string, a, b line, width int) bool {
	s := text[b.Start:b.End]
	if statistic.MatchString(s) && effect.MatchString(text[a.Start:a.End]) {
		return true
	}
	if s[0] == ':' || itemMark(s) || isAddress(s) {
		return false
	}
	first, _ := utf8.DecodeRuneInString(s)
	last, _ := utf8.DecodeLastRuneInString(text[a.Start:a.End])
	if width == 0 {
		return unicode.IsLower(first) && (unicode.IsLower(last) || last == ',') && a.Len() >= 40 && a.Len() <= wrapWidth && b.Len() <= wrapWidth
	}
	if a.indent+a.Len()+1+len(firstWord(text, b)) > width {
		return last != ':' || unicode.IsLower(first)
	}
	return unicode.IsLower(first) && (unicode.IsLetter(last) || last == ',' || last == '-') && a.Len() > width/2
}

// statistic matches a line, or an item of a list, that is the interval or the P value of the effect in the line before it.
var statistic = pattern.New(`^(?:[-–—•*◦▪●‣·] ?)?(?:\(?9\d ?% (?:CI|confidence interval)s?\b|[Pp](?: ?-? ?values?)? ?[=<>≤:])[^\n]{1,60}$`)

// effect matches a line that is an effect, or the interval of one.
var effect = pattern.New(`(?:\b(?i:ratio|difference|relative risk|hazard|odds)|\b(?:RR|OR|HR|MD|SMD|RD|CI|IRR)\b|(?i:confidence interval))[^\n]{0,20}\d[^\n]{0,40}$`)

// itemMark reports whether s begins like an item of a list: a bullet, "1." or "2)".
func itemMark(s string) bool {
	r, size := utf8.DecodeRuneInString(s)
	switch r {
	case '•', '◦', '▪', '●', '‣', '·', '*', '+':
		return true
	case '-', '–', '—':
		return len(s) > size && s[size] == ' '
	}
	i := 0
	for i < len(s) && i < 3 && '0' <= s[i] && s[i] <= '9' {
		i++
	}
	return i > 0 && i+1 < len(s) && (s[i] == '.' || s[i] == ')') && s[i+1] == ' '
}

// menuItem reports whether a line reads as an entry of a menu, as pages print them above their title: a bullet and a few words that
// say nothing.
func menuItem(s string) bool {
	rest, ok := strings.CutPrefix(s, "•")
	if !ok {
		return false
	}
	w := words(rest)
	return len(w) <= 8 && (countIn("verb", w) == 0 || countIn("verb", w) == 1 && len(w) <= 6) && !strings.HasSuffix(s, ".") && !strings.ContainsAny(s, "0123456789=%")
}
