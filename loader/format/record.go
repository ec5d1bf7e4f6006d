package format

import (
	"html"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/picograph/picograph/graph/lazyregexp"
)

// keys gives the records of a file keys that are unique in it.
type keys struct {
	seen map[string]int
	n    int
}

// next returns the key of the next record: the first of the candidates that is not empty, or the record's ordinal. A
// second record of the same key gets "~2" after it.
func (k *keys) next(candidates ...string) string {
	if k.seen == nil {
		k.seen = make(map[string]int)
	}
	k.n++
	key := strconv.Itoa(k.n)
	for _, c := range candidates {
		if c != "" {
			key = c
			break
		}
	}
	for base := key; k.seen[key] > 0; {
		k.seen[base]++
		key = base + "~" + strconv.Itoa(k.seen[base])
	}
	k.seen[key]++
	return key
}

// prefixed returns prefix and s, or nothing where s is empty.
func prefixed(prefix, s string) string {
	if s == "" {
		return ""
	}
	return prefix + s
}

var doiPattern = lazyregexp.New(`(?i)\b10\.\d{4,9}/[^\s"<>]+`)

// bareDOI returns a DOI in lower case without a resolver's address and without a sentence's signs after it, or nothing
// where s holds none.
func bareDOI(s string) string {
	d := strings.TrimRight(doiPattern.FindString(s), ".,;:'")
	for strings.HasSuffix(d, ")") && strings.Count(d, "(") < strings.Count(d, ")") {
		d = strings.TrimSuffix(d, ")")
	}
	return strings.ToLower(d)
}

var (
	pmcidPattern = lazyregexp.New(`(?i)^(?:https?://\S*/)?(?:PMC)?(\d{3,9})(?:\.\d+)?/?$`)
	pmidPattern  = lazyregexp.New(`^(?:(?i:pmid:?|https?://\S*/))?\s*(\d{1,9})/?$`)
	yearPattern  = lazyregexp.New(`\b(1[89]\d\d|20\d\d)\b`)
)

// barePMCID returns a PMC identifier with the letters PMC, or nothing where s is none.
func barePMCID(s string) string {
	if m := pmcidPattern.FindStringSubmatch(strings.TrimSpace(s)); m != nil {
		return "PMC" + m[1]
	}
	return ""
}

// barePMID returns the digits of a PubMed identifier, or nothing where s is none.
func barePMID(s string) string {
	if m := pmidPattern.FindStringSubmatch(strings.TrimSpace(s)); m != nil && strings.Trim(m[1], "0") != "" {
		return m[1]
	}
	return ""
}

// yearIn returns the first year that stands in a date, or zero.
func yearIn(s string) int {
	n, _ := strconv.Atoi(yearPattern.FindString(s))
	return n
}

var (
	entityPattern = lazyregexp.New(`&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,30});`)
	inlinePattern = lazyregexp.New(`(?i)</?(?:i|b|u|em|strong|italic|bold|underline|span|font|sub|p|br|div|sc|small|h[1-6]|jats:[a-z-]+)(?:\s[^<>]*)?/?>`)
	powerPattern  = lazyregexp.New(`(?i)(\b10)?<sup(?:\s[^<>]*)?>([^<>]*)</sup>`)
)

// undo takes out what a container left in a text that it should not have: entities that were escaped twice, tags that
// were escaped, white space of every kind, signs that do not show. The result is one line.
func undo(s string) string { return added(s).undone().s }

// undone is undo of a text that keeps where it comes from.
func (t traced) undone() traced {
	for range 3 {
		if !strings.Contains(t.s, "&") || !entityPattern.MatchString(t.s) {
			break
		}
		t = t.replaced(entityPattern, html.UnescapeString)
	}
	if strings.Contains(t.s, "<") && strings.Contains(t.s, ">") {
		t = t.replaced(powerPattern, func(tag string) string {
			m := powerPattern.FindStringSubmatch(tag)
			return m[1] + raised(m[1], m[2])
		})
		t = t.replaced(inlinePattern, func(tag string) string {
			switch strings.ToLower(strings.Trim(tag, "</> ")) {
			case "p", "br", "div":
				return " "
			}
			return ""
		})
	}
	return t.oneLine()
}

// raised returns how text that is raised after before is written on the line: a power of ten with ^.
func raised(before, s string) string {
	t := strings.TrimSpace(s)
	if strings.HasSuffix(before, "10") && strings.Trim(t, "0123456789-−–+") == "" && t != "" && !digitBefore(before, 2) {
		return "^" + t
	}
	return s
}

// digitBefore reports whether a digit or a decimal point stands n bytes before the end of s.
func digitBefore(s string, n int) bool {
	if len(s) <= n {
		return false
	}
	c := s[len(s)-n-1]
	return '0' <= c && c <= '9' || c == '.'
}

// oneLine puts single blanks for white space and takes out signs that do not show.
func (t traced) oneLine() traced {
	if onOneLine(t.s) {
		return t
	}
	var changes []change
	gap, space := -1, false // where what does not show began, and whether white space is among it
	close := func(end int, with string) {
		if gap >= 0 && t.s[gap:end] != with {
			changes = append(changes, change{gap, end, with})
		}
		gap, space = -1, false
	}
	for i, r := range t.s {
		white := unicode.IsSpace(r)
		if white || r == utf8.RuneError && !strings.HasPrefix(t.s[i:], "\uFFFD") ||
			r == '\u200B' || r == '\uFEFF' || r == '\u00AD' || r == '\u2060' || r < ' ' || 0x7F <= r && r < 0xA0 {
			if gap < 0 {
				gap = i
			}
			space = space || white
			continue
		}
		if gap > 0 && space {
			close(i, " ")
		} else {
			close(i, "")
		}
	}
	close(len(t.s), "")
	return t.changed(changes)
}

// onOneLine reports whether a text is ASCII on one line without anything to change; most are.
func onOneLine(s string) bool {
	blank := true
	for i := range len(s) {
		if s[i] < ' ' || s[i] >= 0x7F || s[i] == ' ' && blank {
			return false
		}
		blank = s[i] == ' '
	}
	return !blank || s == ""
}

// labelled returns a part of an abstract as it is told: "LABEL: text", or only the text where it has no label.
func labelled(label, s string) string { return added(s).labelled(label).s }

// labelled is labelled of a text that keeps where it comes from.
func (t traced) labelled(label string) traced {
	label = strings.TrimRight(strings.TrimSpace(label), ":. ")
	switch strings.ToLower(label) {
	case "", "unlabelled", "unlabeled", "unassigned", "abstract", "summary":
		return t
	}
	if t.s == "" {
		return traced{}
	}
	return joinedTexts([]traced{added(label), t}, ": ")
}

// mentions reports whether a word stands in one of some texts.
func mentions(texts []traced, word string) bool {
	for _, t := range texts {
		if strings.Contains(t.s, word) {
			return true
		}
	}
	return false
}
