package answer

import (
	"strings"

	"github.com/rivo/uniseg"
)

// The terminal's signs for emphasis; they have no width. Magenta and red can be read on a light ground as well as on a dark one,
// which yellow and cyan cannot.
const (
	boldOn  = "\x1b[1m"
	dimOn   = "\x1b[2m"
	headOn  = "\x1b[1;35m"
	warnOn  = "\x1b[31m"
	plainOn = "\x1b[0m"
)

func (p *page) bold(s string) string { return p.mark(boldOn, s) }
func (p *page) dim(s string) string  { return p.mark(dimOn, s) }
func (p *page) head(s string) string { return p.mark(headOn, s) }
func (p *page) warn(s string) string { return p.mark(warnOn, s) }

// mark puts every word in its own marks, so that wrapping never parts them.
func (p *page) mark(on, s string) string {
	if !p.Color || s == "" {
		return s
	}
	words := strings.Split(s, " ")
	for i, w := range words {
		if w != "" {
			words[i] = on + w + plainOn
		}
	}
	return strings.Join(words, " ")
}

// markLen returns the length of the mark that s starts with, or 0. A terminal's sign in a document is no mark.
func markLen(s string) int {
	if s == "" || s[0] != '\x1b' {
		return 0
	}
	for _, m := range []string{boldOn, dimOn, headOn, warnOn, plainOn} {
		if strings.HasPrefix(s, m) {
			return len(m)
		}
	}
	return 0
}

// Visible returns a text with signs in place of what would give orders to a terminal: control characters, other than
// line ends and tabs, and those that turn the direction of writing. Documents and names of files may have them.
func Visible(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\n', r == '\t':
			return r
		case r < ' ':
			return '\u2400' + r // the picture of the control character
		case r == '\x7f':
			return '\u2421'
		case r > '\x7f' && r < '\u00a0', r >= '\u202a' && r <= '\u202e', r >= '\u2066' && r <= '\u2069':
			return '\uFFFD'
		}
		return r
	}, s)
}

// visible is Visible for a line that may have marks.
func (p *page) visible(line string) string {
	if !p.Color {
		return Visible(line)
	}
	var b strings.Builder
	for start, i := 0, 0; i <= len(line); {
		n := markLen(line[i:])
		if n == 0 && i < len(line) {
			i++
			continue
		}
		b.WriteString(Visible(line[start:i]))
		b.WriteString(line[i : i+n])
		if i == len(line) {
			break
		}
		i += n
		start = i
	}
	return b.String()
}

// width returns how many columns a text takes; marks take none, wide signs two.
func width(s string) int {
	if plain(s) {
		return len(s)
	}
	if strings.Contains(s, "\x1b") {
		s = strings.NewReplacer(boldOn, "", dimOn, "", headOn, "", warnOn, "", plainOn, "").Replace(s)
	}
	return uniseg.StringWidth(s)
}

// plain reports whether all signs of a text are printed ones of ASCII, which take a column each.
func plain(s string) bool {
	for i := range len(s) {
		if s[i] < ' ' || s[i] > '~' {
			return false
		}
	}
	return true
}

// pad fills a text with blanks to a width.
func pad(s string, n int) string {
	if w := width(s); w < n {
		return s + strings.Repeat(" ", n-w)
	}
	return s
}

// wrap breaks a text into lines of at most n columns: at blanks, and within a word only where it is longer than a line.
// Runs of blanks within a line are kept.
func wrap(s string, n int) []string {
	n = max(n, 10)
	if strings.ContainsAny(s, "\n\r\t") {
		s = strings.NewReplacer("\n", " ", "\r", " ", "\t", " ").Replace(s)
	}
	var out []string
	for width(s) > n {
		cut, at := -1, 0
		col := 0
		rest, state := s, -1
		for len(rest) > 0 {
			if m := markLen(rest); m > 0 {
				at += m
				rest, state = rest[m:], -1
				continue
			}
			g, after, w, st := uniseg.FirstGraphemeClusterInString(rest, state)
			if g == " " {
				cut = at
			}
			if col+w > n {
				break
			}
			col += w
			at += len(g)
			rest, state = after, st
		}
		if cut <= 0 {
			cut = max(at, 1)
		}
		line := strings.TrimRight(s[:cut], " ")
		if line == "" {
			line = s[:max(at, 1)]
			cut = max(at, 1)
		}
		out = append(out, line)
		s = strings.TrimLeft(s[cut:], " ")
	}
	return append(out, s)
}

// toASCII spells out the signs that answers use beyond ASCII; what the documents print beyond it stays.
func toASCII(s string) string {
	return strings.NewReplacer("≥", ">=", "≤", "<=", "“", `"`, "”", `"`, "’", "'", "—", "-", "–", "-", "…", "...", "−", "-", "\u00a0", " ", "µ", "u", "·", ".").Replace(s)
}
