package annotate

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/picograph/picograph/graph/quantity"
)

// kind is the lexical class of a token.
type kind uint8

const (
	tWord kind = iota
	tNumber
	tName // letters and digits that are one name, an address, an identifier: never a number
	tDash
	tRelation
	tOpen
	tClose
	tComma
	tSemicolon
	tColon
	tDot
	tSlash
	tPercent
	tPlusMinus
	tTimes
	tPlus
	tAbout // ~ and ≈
	tInfinity
	tOther
)

// token is a piece of a sentence. Offsets are into the document's text.
type token struct {
	kind   kind
	word   word // what the grammar knows of a word
	start  int
	end    int
	depth  int
	spaced bool              // white space stands before it
	spelt  bool              // a number in words
	whole  bool              // a number without a decimal sign
	label  bool              // a number that names something: "Arm 1", "type 2"
	value  quantity.Decimal  // of a number
	rel    quantity.Relation // of a relation
}

// lexer cuts one sentence into tokens.
type lexer struct {
	text  string
	forms map[string]word // what is known of words
	pos   int
	end   int
	depth int
	out   []token
}

// tokenize returns the tokens of text[start:end]. They lie in buf as far as there is room.
func tokenize(buf []token, text string, start, end int, forms map[string]word) []token {
	l := lexer{text: text, forms: forms, pos: start, end: end, out: buf[:0]}
	for l.next() {
	}
	return markLabels(text, mergeSpelt(text, l.out))
}

// next reads one token; it reports false at the end.
func (l *lexer) next() bool {
	begin := l.pos
	l.skipSpace()
	if l.pos >= l.end {
		return false
	}
	t := token{start: l.pos, depth: l.depth, spaced: l.pos > begin || len(l.out) == 0}
	c := l.text[l.pos]
	switch {
	case c >= '0' && c <= '9':
		l.number(&t)
	case c == '.' && l.digitAt(l.pos+1) && !l.afterWord(t.spaced):
		l.number(&t)
	case isLetter(c) || (c >= utf8.RuneSelf && l.letterAt(l.pos)):
		l.word(&t)
	default:
		l.sign(&t)
	}
	t.end = l.pos
	l.out = append(l.out, t)
	return true
}

func (l *lexer) skipSpace() {
	for l.pos < l.end {
		c := l.text[l.pos]
		if c == ' ' || c == '\n' || c == '\t' || c == '\r' {
			l.pos++
			continue
		}
		if c < utf8.RuneSelf {
			return
		}
		r, n := utf8.DecodeRuneInString(l.text[l.pos:l.end])
		if !unicode.IsSpace(r) && r != '\u200b' && r != '\ufeff' && r != '\u2060' {
			return
		}
		l.pos += n
	}
}

// afterWord reports whether the last token touches the present place and is a word or a number.
func (l *lexer) afterWord(spaced bool) bool {
	if spaced || len(l.out) == 0 {
		return false
	}
	k := l.out[len(l.out)-1].kind
	if l.out[len(l.out)-1].word.id() == wVs {
		return true
	}
	return k == tNumber || k == tName || (k == tWord && l.out[len(l.out)-1].end-l.out[len(l.out)-1].start > 2)
}

func (l *lexer) digitAt(i int) bool { return i < l.end && l.text[i] >= '0' && l.text[i] <= '9' }

func (l *lexer) letterAt(i int) bool {
	if i >= l.end {
		return false
	}
	if c := l.text[i]; c < utf8.RuneSelf {
		return isLetter(c)
	}
	r, _ := utf8.DecodeRuneInString(l.text[i:l.end])
	return unicode.IsLetter(r)
}

func isLetter(c byte) bool { return (c|0x20) >= 'a' && (c|0x20) <= 'z' }

// word reads a run of letters. Digits within or after it make it a name, as do an address and an identifier.
func (l *lexer) word(t *token) {
	t.kind = tWord
	for l.pos < l.end {
		c := l.text[l.pos]
		switch {
		case isLetter(c) || c == '_':
			l.pos++
		case c >= '0' && c <= '9':
			if t.kind == tWord && l.breaksBeforeDigit(t.start) {
				t.word = l.lookup(t.start, l.pos)
				return
			}
			t.kind = tName
			l.pos++
		case (c == ':' || c == '/') && l.isAddress(t.start):
			t.kind = tName
			l.toSpace()
			return
		case c == '.' && l.isHost(t.start):
			t.kind = tName
			l.toSpace()
			return
		case c == '.' && l.pos+2 <= l.end && l.isInitialism(t.start):
			l.pos++
		case c >= utf8.RuneSelf:
			r, n := utf8.DecodeRuneInString(l.text[l.pos:l.end])
			switch {
			case unicode.IsLetter(r) || unicode.IsMark(r) || r == '\u00ad':
				l.pos += n
			case r == '’' && l.letterAt(l.pos+n):
				l.pos += n
			case isSubscript(r):
				t.kind = tName
				l.pos += n
			default:
				l.closeWord(t)
				return
			}
		case c == '\'' && l.letterAt(l.pos+1):
			l.pos++
		default:
			l.closeWord(t)
			return
		}
	}
	l.closeWord(t)
}

// closeWord looks the word up, and joins a following hyphen and number to it where they make one name ("SF-12").
func (l *lexer) closeWord(t *token) {
	if t.kind == tName {
		l.joinName(t)
		t.word = l.lookup(t.start, l.pos)
		return
	}
	t.word = l.lookup(t.start, l.pos)
	i, n := l.pos, l.dashLen(l.pos)
	if n == 0 || !l.digitAt(i+n) {
		return
	}
	if !t.word.glues() {
		return
	}
	if i+n+4 <= l.end && isYear(l.text[i+n:i+n+4]) && !l.digitAt(i+n+4) && !isUpper(l.text[t.start]) {
		return // "mid-2013"
	}
	t.kind = tName
	l.pos = i + n
	l.joinName(t)
}

// joinName takes what belongs to a name that holds digits: "IL-6", "PHQ-9", "COVID-19", "1-B", "10.1001/abc".
func (l *lexer) joinName(_ *token) {
	for l.pos < l.end {
		c := l.text[l.pos]
		if c >= '0' && c <= '9' || isLetter(c) {
			l.pos++
			continue
		}
		if (c == '-' || c == '/' || c == '.') && l.pos+1 < l.end && (l.digitAt(l.pos+1) || (c != '.' && l.letterAt(l.pos+1))) {
			if c == '-' && l.letterAt(l.pos+1) && !l.letterAt(l.pos+2) {
				l.pos++
				continue
			}
			if c == '-' && l.letterAt(l.pos+1) {
				return // "MMP9-positive": the rest is a word of its own
			}
			l.pos++
			continue
		}
		return
	}
}

// breaksBeforeDigit reports whether a word that touches a number stays apart from it: "CI95%", "P0.05".
func (l *lexer) breaksBeforeDigit(start int) bool {
	w := l.lookup(start, l.pos)
	if w.id() == wCI || w.id() == wTo && len(l.out) > 0 && l.out[len(l.out)-1].kind == tNumber {
		return true
	}
	if w.id() == wP {
		return l.text[l.pos] == '0' && l.pos+1 < l.end && l.text[l.pos+1] == '.'
	}
	return false
}

func (l *lexer) isAddress(start int) bool {
	w := strings.ToLower(l.text[start:l.pos])
	switch w {
	case "http", "https", "ftp", "doi":
		return l.pos+1 < l.end && !isSpaceByte(l.text[l.pos+1]) && (w != "doi" || l.text[l.pos] == ':')
	}
	return false
}

func (l *lexer) isHost(start int) bool {
	return strings.EqualFold(l.text[start:l.pos], "www") && l.letterAt(l.pos+1)
}

// isInitialism reports whether the dot at the present place belongs to letters such as "C.I." or "t.i.d.".
func (l *lexer) isInitialism(start int) bool {
	n := l.pos - start
	if n == 1 {
		return l.letterAt(l.pos+1) && (l.pos+2 >= l.end || !l.letterAt(l.pos+2))
	}
	return n >= 3 && l.text[l.pos-2] == '.' && strings.EqualFold(l.text[start:l.pos], "c.i")
}

func isSpaceByte(c byte) bool { return c == ' ' || c == '\n' || c == '\t' || c == '\r' }

func (l *lexer) toSpace() {
	for l.pos < l.end && !isSpaceByte(l.text[l.pos]) {
		l.pos++
	}
	for l.pos > 0 && strings.IndexByte(".,;)]", l.text[l.pos-1]) >= 0 {
		l.pos--
	}
}

func isSubscript(r rune) bool {
	return (r >= '\u2070' && r <= '\u209c') || r == '\u00b2' || r == '\u00b3' || r == '\u00b9'
}

// dashLen returns the length of a hyphen, dash or minus sign at i, or 0.
func (l *lexer) dashLen(i int) int {
	if i >= l.end {
		return 0
	}
	c := l.text[i]
	if c == '-' {
		return 1
	}
	if c < utf8.RuneSelf {
		return 0
	}
	r, n := utf8.DecodeRuneInString(l.text[i:l.end])
	if isDash(r) {
		return n
	}
	return 0
}

func isDash(r rune) bool {
	switch r {
	case '-', '\u2010', '\u2011', '\u2012', '\u2013', '\u2014', '\u2015', '\u2212', '\ufe63', '\uff0d', '\u00ad', '\u02d7':
		return true
	}
	return false
}

func isUpper(c byte) bool { return c >= 'A' && c <= 'Z' }

// sign reads one token that is neither a word nor a number.
func (l *lexer) sign(t *token) {
	r, n := utf8.DecodeRuneInString(l.text[l.pos:l.end])
	rest := l.text[l.pos:l.end]
	t.kind = tOther
	switch r {
	case '(', '[', '{', '（':
		t.kind = tOpen
		l.depth++
	case ')', ']', '}', '）':
		t.kind = tClose
		if l.depth > 0 {
			l.depth--
		}
		t.depth = l.depth
	case ',', '，':
		t.kind = tComma
	case ';', '；':
		t.kind = tSemicolon
	case ':', '：':
		t.kind = tColon
	case '.':
		t.kind = tDot
	case '/', '∕':
		t.kind = tSlash
		if strings.HasPrefix(rest, "/-") && len(l.out) > 0 && l.out[len(l.out)-1].kind == tPlus && !t.spaced {
			l.out[len(l.out)-1].kind = tOther
			t.kind, n = tPlusMinus, 2
		}
	case '%', '％', '﹪':
		t.kind = tPercent
	case '±':
		t.kind = tPlusMinus
	case '×':
		t.kind = tTimes
	case '+':
		t.kind = tPlus
		if strings.HasPrefix(rest, "+-") {
			t.kind, n = tPlusMinus, 2
		}
	case '~', '≈', '∼', '≃':
		t.kind = tAbout
	case '∞':
		t.kind = tInfinity
	default:
		if rel, m := relationAt(rest); m > 0 {
			t.kind, t.rel, n = tRelation, rel, m
		} else if isDash(r) {
			t.kind = tDash
		}
	}
	l.pos += n
}

// relationAt reads a sign of comparison, and how long it is.
func relationAt(s string) (quantity.Relation, int) {
	for i := range relations {
		if strings.HasPrefix(s, relations[i].form) {
			return relations[i].rel, len(relations[i].form)
		}
	}
	return "", 0
}

// relations are the printed signs of comparison, longer forms first.
var relations = []struct {
	form string
	rel  quantity.Relation
}{
	{"< or =", quantity.AtMost},
	{"> or =", quantity.AtLeast},
	{"<or=", quantity.AtMost},
	{">or=", quantity.AtLeast},
	{"</=", quantity.AtMost},
	{">/=", quantity.AtLeast},
	{"&lt;=", quantity.AtMost},
	{"&gt;=", quantity.AtLeast},
	{"&lt;", quantity.Below},
	{"&gt;", quantity.Above},
	{"<=", quantity.AtMost},
	{">=", quantity.AtLeast},
	{"=<", quantity.AtMost},
	{"=>", quantity.AtLeast},
	{"< =", quantity.AtMost},
	{"> =", quantity.AtLeast},
	{"= <", quantity.AtMost},
	{"= >", quantity.AtLeast},
	{"≤", quantity.AtMost},
	{"≥", quantity.AtLeast},
	{"⩽", quantity.AtMost},
	{"⩾", quantity.AtLeast},
	{"≦", quantity.AtMost},
	{"≧", quantity.AtLeast},
	{"≲", quantity.AtMost},
	{"≳", quantity.AtLeast},
	{"<", quantity.Below},
	{">", quantity.Above},
	{"＜", quantity.Below},
	{"＞", quantity.Above},
	{"=", quantity.Equal},
	{"＝", quantity.Equal},
}

// lookup returns what the grammar and the vocabulary know of text[start:end], whatever its case.
func (l *lexer) lookup(start, end int) word {
	var buf [24]byte
	if end-start > len(buf) {
		return 0
	}
	n := 0
	for i := start; i < end; i++ {
		c := l.text[i]
		if c >= 'A' && c <= 'Z' {
			c |= 0x20
		}
		buf[n] = c
		n++
	}
	return l.forms[string(buf[:n])]
}

// markLabels marks the numbers that name something rather than count or measure it: "Arm 1", "groups 2 and 3".
func markLabels(text string, ts []token) []token {
	for i := 1; i < len(ts); i++ {
		t := &ts[i]
		if t.kind != tNumber || !t.whole || len(t.value) > 3 {
			continue
		}
		prev := i - 1
		named := ts[prev].word.is(fLabel) && t.spaced || partOfName(text, ts, i)
		if !named && prev >= 2 && ts[prev-1].label && (ts[prev].word.id() == wAnd || ts[prev].word.id() == wOr ||
			ts[prev].word.id() == wTo || ts[prev].kind == tComma || ts[prev].kind == tDash || ts[prev].kind == tSlash) {
			named = true
		}
		if named && !followsAsAmount(ts, i+1) {
			t.label = true
		}
	}
	return ts
}

// partOfName reports whether a number stands between an abbreviation and a capital, as in "Veterans RAND 12 Mental
// Health scale".
func partOfName(text string, ts []token, i int) bool {
	if i+1 >= len(ts) || ts[i-1].kind != tWord || ts[i+1].kind != tWord || !ts[i].spaced || !isUpper(text[ts[i+1].start]) {
		return false
	}
	before := text[ts[i-1].start:ts[i-1].end]
	return len(before) >= 2 && strings.ToUpper(before) == before && isUpper(before[0])
}

// followsAsAmount reports whether what stands at i makes the number before it an amount, not a label.
func followsAsAmount(ts []token, i int) bool {
	if i >= len(ts) {
		return false
	}
	t := ts[i]
	if t.kind == tPercent || t.kind == tPlusMinus || t.kind == tSlash {
		return true
	}
	return t.kind == tWord && (t.word.is(fCounted) || t.word.is(fUnit) && t.word.id() == 0 || t.word.is(fTimeUnit) || t.word.id() == wPercent)
}
