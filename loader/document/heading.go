package document

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Bounds of a heading: longer ones are text.
const (
	maxHeadingBytes = 90
	maxHeadingWords = 10
	maxCandidates   = 12
	minHeading      = 3 // bytes of its first word: "Aim"
)

// heading is a heading that was found: its words, where its signs end, and the role of what follows.
type heading struct {
	name  string
	end   int // where the text after it begins
	role  Role
	known bool   // its words are known, rather than only its shape
	sure  bool   // a colon, a dash or capitals say that it is one; no other evidence is needed
	skip  string // it is a label of the page
}

// known looks the words of a heading up, and the words of its parts where it names several things:
// "METHODS/DESIGN", "Setting and participants". Parts of one role give that role; parts of several give Body, except
// that results with a discussion or conclusions are results.
func (p *parser) known(form string, parts bool) (Role, bool) {
	if p.lookup == nil || form == "" {
		return "", false
	}
	form = strings.Join(strings.Fields(form), " ")
	if role, ok := p.lookup(form); ok {
		return asRole(role), true
	}
	if !parts || !strings.ContainsAny(form, "/,&. ;") || registered(form) {
		return "", false
	}
	if path := strings.Split(form, "."); len(path) > 1 && capitals(form) && !strings.ContainsAny(form, ":,") {
		return p.knownPath(path)
	}
	var role Role
	n := 0
	for _, f := range strings.FieldsFunc(joinersAsCommas(form), func(r rune) bool { return strings.ContainsRune("/,&.;", r) }) {
		f = strings.TrimSpace(f)
		if f == "" {
			continue
		}
		r, ok := p.lookup(f)
		if !ok {
			return "", false
		}
		role = bothRoles(role, asRole(r))
		n++
	}
	return role, n > 0
}

// knownPath looks up a heading that is a path, "BODY.METHODS.STUDY DESIGN": the innermost part that is known counts.
func (p *parser) knownPath(path []string) (Role, bool) {
	found := false
	for i := len(path) - 1; i >= 0; i-- {
		role, ok := p.lookup(path[i])
		if ok && asRole(role) != Body {
			return asRole(role), true
		}
		found = found || ok
	}
	return Body, found
}

// joinersAsCommas puts commas for the words that join the parts of a heading.
func joinersAsCommas(form string) string {
	fields := strings.Fields(form)
	for i, f := range fields {
		switch strings.ToLower(f) {
		case "and", "or", "et", "und", "y", "e":
			if 0 < i && i < len(fields)-1 {
				fields[i] = ","
			}
		}
	}
	return strings.Join(fields, " ")
}

// bothRoles is the role of a section whose heading names two things.
func bothRoles(a, b Role) Role {
	switch {
	case a == "" || a == b:
		return b
	case a == Results && b == Conclusions, a == Conclusions && b == Results:
		return Results
	case a == Background && b == Objective, a == Objective && b == Background:
		return Background
	case b == Body:
		return a
	case a == Body:
		return b
	}
	return Body
}

// asRole is the role that a vocabulary's word names; other words than the roles mean Body.
func asRole(s string) Role {
	switch r := Role(s); r {
	case Title, Authors, Affiliation, Citation, Background, Objective, Methods, Results, Conclusions, Registration, References:
		return r
	}
	return Body
}

// ownLine reports whether a block is a heading on a line of its own.
func (p *parser) ownLine(b block) (heading, bool) {
	s := p.text[b.Start:b.End]
	if len(s) > 2*maxHeadingBytes {
		return heading{}, false
	}
	name, marked := unmark(s)
	if name == "" {
		return heading{name: s, skip: furnitureReason(kindMark)}, !hasWord(s)
	}
	if len(name) > maxHeadingBytes+30 || strings.Count(name, " ") >= maxHeadingWords+4 {
		return heading{}, false
	}
	bare := strings.TrimSpace(strings.TrimRight(name, ":：.—– "))
	numbered := strings.TrimLeft(bare, "0123456789.) ")
	for _, form := range []string{bare, numbered} {
		if role, ok := p.known(form, true); ok {
			return heading{name: bare, role: role, known: true, sure: true}, true
		}
	}
	if marked {
		if p.furnish.label(bare) {
			return heading{name: bare, skip: furnitureReason(kindMetadata)}, true
		}
		return heading{name: bare, role: Body, sure: true}, true
	}
	if p.front && p.label(name) && !p.headed(b.Span) {
		return heading{name: bare, role: Body}, true
	}
	return heading{}, false
}

// label reports whether a line has the shape of a heading, after the first paragraph: short, begun in upper case,
// without a sentence's end, and no identifier, address or list of numbers.
func (p *parser) label(s string) bool {
	words := strings.Fields(s)
	if len(words) > 8 || len(s) > 80 || itemMark(s) {
		return false
	}
	r, _ := utf8.DecodeRuneInString(s)
	if !unicode.IsUpper(r) || strings.ContainsAny(s, "=<>%@;\t\"“") || strings.Contains(s, "://") {
		return false
	}
	last, _ := utf8.DecodeLastRuneInString(s)
	if strings.ContainsRune(".,;!。", last) || registered(s) {
		return false
	}
	if strings.IndexFunc(strings.TrimRight(s, "0123456789"), unicode.IsDigit) >= 0 {
		return false // cells of a table; "Article 2" is fine
	}
	letters := 0
	for _, r := range s {
		if unicode.IsLetter(r) {
			letters++
		}
	}
	return letters >= 4 && letters*3 >= 2*len(strings.ReplaceAll(s, " ", ""))
}

// unmark takes the signs off a heading: "=== Abstract ===", "## Results", "**Methods**", "_Results_:".
func unmark(s string) (name string, marked bool) {
	name = strings.TrimFunc(s, func(r rune) bool { return strings.ContainsRune("=*_~#", r) || blank(r) })
	if name == "" || name == s {
		t := strings.TrimFunc(s, func(r rune) bool { return r == '-' || r == '—' || r == '–' || blank(r) })
		if len(s)-len(t) >= 6 && t != "" {
			return t, true
		}
		if !hasWord(s) {
			return "", false
		}
		return s, false
	}
	head := s[:strings.Index(s, name)]
	tail := s[strings.Index(s, name)+len(name):]
	if strings.HasPrefix(head, "#") || strings.Count(head, "=") >= 2 || strings.TrimSpace(head) != "" && strings.TrimSpace(tail) != "" {
		return name, true
	}
	return s, false
}

// hasWord reports whether s has a letter or a digit.
func hasWord(s string) bool {
	return strings.IndexFunc(s, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }) >= 0
}

// headingAt finds the heading that begins at byte i of a block that ends at end. glued says that i stands within a
// line, right after a letter: then only what is plainly a heading counts.
func (p *parser) headingAt(i, end int, glued bool) (heading, bool) {
	for i < end && strings.IndexByte("*_#>", p.text[i]) >= 0 {
		i++
	}
	for i < end && p.text[i] == ' ' {
		i++
	}
	ends := p.candidates(i, end)
	for k := len(ends) - 1; k >= 0; k-- {
		e := ends[k]
		form := p.text[i:e]
		f := p.after(i, e, end)
		if f.kind == followsNothing {
			continue
		}
		role, ok := p.known(form, f.kind == followsSign || capitals(form))
		if !ok {
			continue
		}
		if f.kind == followsWord && glued && !f.title {
			continue
		}
		if f.kind == followsSign && f.lower && glued {
			continue
		}
		h := heading{name: form, end: f.text, role: role, known: true}
		h.sure = f.kind == followsSign || f.kind == followsGlue || capitals(form)
		if f.kind == followsWord && !h.sure && (!f.title || !p.standsAlone(form, role, p.text[f.text])) {
			continue
		}
		if e2 := ends[len(ends)-1]; e2 > e && f.kind == followsWord && capitals(p.text[i:e2]) { // "OUTCOME MEASURES AND ANALYSIS:"
			if f2 := p.after(i, e2, end); f2.kind == followsSign {
				h.name, h.end = p.text[i:e2], f2.text
			}
		}
		p.capsSeen = p.capsSeen || f.kind == followsSign && capitals(form)
		return h, true
	}
	return p.capsHeading(i, end, ends, glued)
}

// standsAlone reports whether a heading in title case can stand without a colon before text that begins with c: not
// a small word, not what names people and places, and before a number only where numbers follow: "Results 58 of ...",
// but not "Patients 18 years of age".
func (p *parser) standsAlone(form string, role Role, c byte) bool {
	if functionWords().has(preferred, strings.ToLower(form)) || rank(role) == 0 && role != Body {
		return false
	}
	return c < '0' || c > '9' || role == Results || role == Conclusions
}

// capsHeading is a heading in capitals before a colon whose words are not known, in a text that has such headings.
func (p *parser) capsHeading(i, end int, ends []int, glued bool) (heading, bool) {
	if !p.capsSeen || glued || len(ends) == 0 {
		return heading{}, false
	}
	e := ends[len(ends)-1]
	if strings.ContainsAny(p.text[i:e], "(0123456789") {
		return heading{}, false
	}
	if f := p.after(i, e, end); f.kind == followsSign && e-i >= 6 && capitals(p.text[i:e]) {
		return heading{name: p.text[i:e], end: f.text, role: Body, sure: true}, true
	}
	return heading{}, false
}

// candidates returns where a heading that begins at i may end: after each of its first words, and within a word
// where upper case follows lower case ("BackgroundTo").
func (p *parser) candidates(i, end int) []int {
	r, _ := utf8.DecodeRuneInString(p.text[i:end])
	if !unicode.IsUpper(r) && !unicode.Is(unicode.Lo, r) {
		return nil
	}
	ends := make([]int, 0, maxHeadingWords)
	words := 0
	prev := ' '
	for j := i; j <= end && j-i <= maxHeadingBytes && words < maxHeadingWords && len(ends) < maxCandidates; {
		r, size := rune(' '), 0
		if j < end {
			r, size = utf8.DecodeRuneInString(p.text[j:end])
		}
		inWord := unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r)
		switch {
		case inWord && unicode.IsUpper(r) && unicode.IsLower(prev):
			if j-i < minHeading {
				return nil
			}
			ends = append(ends, j)
		case !inWord && (unicode.IsLetter(prev) || unicode.IsDigit(prev) || prev == ')'):
			if len(ends) == 0 && j-i < minHeading {
				return nil
			}
			ends = append(ends, j)
			words++
		}
		if j == end || !inWord && !strings.ContainsRune(" ,&/-()'’.\u00a0", r) {
			break
		}
		if r == '.' && !(unicode.IsUpper(prev) && j+1 < end && 'A' <= p.text[j+1] && p.text[j+1] <= 'Z') {
			break // "ABSTRACT.METHODS:" goes on, a sentence does not
		}
		prev = r
		j += size
	}
	return ends
}

// What follows the words of a heading.
const (
	followsNothing = iota // nothing that a heading's text would begin with
	followsSign           // a colon, a dash, a full stop
	followsGlue           // the text, without a blank
	followsWord           // a blank and the text
)

// follow is what stands after the words of a heading.
type follow struct {
	kind  int
	text  int  // where the text begins
	title bool // the text begins with a word in title case, "A" or a number
	lower bool // the text begins in lower case
}

// after looks at what follows a heading's words, which end at e and began at i.
func (p *parser) after(i, e, end int) follow {
	j := e
	for j < end && (p.text[j] == '*' || p.text[j] == '_') {
		j++
	}
	marks := j > e
	k := skipBlanks(p.text, j, end)
	sign := false
	for k < end {
		r, size := utf8.DecodeRuneInString(p.text[k:end])
		if r == ':' || r == '：' || r == '—' || r == '–' || r == '|' || r == '】' || r == ']' ||
			r == '-' && (k > j || sign) && k+size < end && (p.text[k+size] == ' ' || sign) ||
			r == '.' && !sign && p.stopFollows(k+1, end) {
			sign = true
			k = skipBlanks(p.text, k+size, end)
			continue
		}
		break
	}
	for sign && k < end && (p.text[k] == '*' || p.text[k] == '_') {
		k = skipBlanks(p.text, k+1, end)
	}
	f := follow{text: k}
	if k >= end {
		if sign {
			f.kind = followsSign
		}
		return f
	}
	r, size := utf8.DecodeRuneInString(p.text[k:end])
	next, _ := utf8.DecodeRuneInString(p.text[k+size : end])
	f.lower = unicode.IsLower(r)
	f.title = unicode.IsUpper(r) && (unicode.IsLower(next) || blank(next)) || unicode.IsDigit(r) || strings.ContainsRune("“\"‘'", r)
	switch {
	case sign:
		f.kind = followsSign
	case k == e && unicode.IsUpper(r):
		prev, _ := utf8.DecodeLastRuneInString(p.text[:e])
		if unicode.IsLower(prev) {
			f.kind = followsGlue
		}
	case k > j && (f.title || unicode.IsUpper(r) || capitals(p.text[i:e]) && e-i >= 5), marks:
		f.kind = followsWord
	}
	return f
}

// stopFollows reports whether the full stop before k ends a heading: the text goes on after a blank or a dash, in
// upper case.
func (p *parser) stopFollows(k, end int) bool {
	m := skipBlanks(p.text, k, end)
	r, size := utf8.DecodeRuneInString(p.text[m:end])
	if r == '—' || r == '–' || r == '-' {
		return size < end-m
	}
	return m > k && m < end && (unicode.IsUpper(r) || unicode.IsDigit(r) || strings.ContainsRune("“\"‘'(", r))
}

// skipBlanks returns the first position from i that is not blank.
func skipBlanks(text string, i, end int) int {
	for i < end {
		r, size := utf8.DecodeRuneInString(text[i:end])
		if !blank(r) {
			break
		}
		i += size
	}
	return i
}

// capitals reports whether the letters of s are upper case, but for the small words between them.
func capitals(s string) bool {
	upper, lower := 0, 0
	for i, r := range s {
		if unicode.IsUpper(r) {
			upper++
		} else if unicode.IsLower(r) {
			if lower++; lower*10 > upper+len(s)-i {
				return false // whatever follows
			}
		}
	}
	return upper >= 2 && lower*10 <= upper
}

// rank is the place of a role in the usual order of an abstract.
func rank(r Role) int {
	switch r {
	case Background:
		return 1
	case Objective:
		return 2
	case Methods:
		return 3
	case Results:
		return 4
	case Conclusions:
		return 5
	case Registration:
		return 6
	}
	return 0
}
