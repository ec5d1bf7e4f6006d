package annotate

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/picograph/picograph/graph/quantity"
)

// decimalSign returns the length of a decimal sign at i that has a digit after it, or 0.
func (l *lexer) decimalSign(i int) int {
	if i >= l.end {
		return 0
	}
	n := 0
	switch c := l.text[i]; {
	case c == '.':
		n = 1
	case c < utf8.RuneSelf:
		return 0
	default:
		r, size := utf8.DecodeRuneInString(l.text[i:l.end])
		switch r {
		case '\u00b7', '\u2219', '\u22c5', '\u2022', '\u2024', '\u30fb', '\uff0e':
			n = size
		}
	}
	if n == 0 || !l.digitAt(i+n) {
		return 0
	}
	return n
}

// number reads digits with their decimal sign and thousands separators. Letters that touch it make it a name
// unless they are a unit.
func (l *lexer) number(t *token) {
	t.kind, t.whole = tNumber, true
	begin := l.pos
	plain := true // the digits can be taken as they stand
	for l.digitAt(l.pos) {
		l.pos++
	}
	if l.pos-begin <= 3 && l.pos > begin {
		plain = !l.groups(begin)
	}
	if n := l.decimalSign(l.pos); n > 0 {
		if l.pos == begin || n > 1 {
			plain = false
		}
		t.whole = false
		l.pos += n
		for l.digitAt(l.pos) {
			l.pos++
		}
		if l.decimalSign(l.pos) > 0 { // 1.2.3: a version, a date, an identifier
			l.toSpace()
			t.kind = tName
			return
		}
	} else if n := l.decimalComma(begin); n > 0 {
		plain = false
		t.whole = false
		l.pos += n
	}
	t.value = decimal(l.text[begin:l.pos], plain)
	if !l.power(t) {
		l.numberTail(t, begin)
	}
}

// power takes a power of ten that touches the number: "5e-8", "3.2E-05".
func (l *lexer) power(t *token) bool {
	if l.pos+1 >= l.end || l.text[l.pos]|0x20 != 'e' {
		return false
	}
	i := l.pos + 1 + l.dashLen(l.pos+1)
	if i == l.pos+1 || !l.digitAt(i) {
		return false
	}
	places := 0
	for ; l.digitAt(i) && places < 100; i++ {
		places = places*10 + int(l.text[i]-'0')
	}
	v, ok := scale(t.value, places)
	if !ok || l.letterAt(i) || l.digitAt(i) {
		return false
	}
	t.value, t.whole, l.pos = v, false, i
	return true
}

// numberTail turns a number that letters or a registry's slash follow into a name, unless the letters are a unit.
func (l *lexer) numberTail(t *token, begin int) {
	if l.pos >= l.end {
		return
	}
	c := l.text[l.pos]
	if c == '/' && strings.HasPrefix(l.text[begin:l.pos], "10.") && l.pos-begin >= 7 {
		l.toSpace()
		t.kind = tName
		return
	}
	if !l.letterAt(l.pos) {
		if c >= utf8.RuneSelf {
			if r, n := utf8.DecodeRuneInString(l.text[l.pos:l.end]); isSubscript(r) {
				l.pos += n
			}
		}
		return
	}
	stop := l.pos
	for stop < l.end && (isLetter(l.text[stop]) || l.text[stop] >= utf8.RuneSelf && l.letterAt(stop)) {
		if l.text[stop] < utf8.RuneSelf {
			stop++
			continue
		}
		_, n := utf8.DecodeRuneInString(l.text[stop:l.end])
		stop += n
	}
	if touches(l.text[l.pos:stop]) && !(l.text[l.pos:stop] == "s" && isYear(l.text[begin:l.pos])) {
		return
	}
	l.pos = stop
	t.kind = tName
	l.joinName(t)
}

// touches reports whether letters that follow a number without a space leave it a number: "20mg", "5th" does not.
func touches(s string) bool {
	if len(s) == 1 && isUpper(s[0]) && s != "L" && s != "U" {
		return false
	}
	switch strings.ToLower(s) {
	case "mg", "g", "kg", "ug", "µg", "μg", "mcg", "ng", "pg", "ml", "l", "dl", "mm", "cm", "m", "km", "h", "hr", "hrs",
		"min", "mins", "s", "sec", "d", "wk", "wks", "w", "mo", "y", "yr", "yrs", "years", "year", "weeks", "week", "months", "month",
		"days", "day", "hours", "hour", "minutes", "mmol", "µmol", "μmol", "nmol", "pmol", "mol", "iu", "u", "mme", "mmhg", "kcal", "kj",
		"hz", "mhz", "khz", "gy", "cgy", "j", "x", "ppm", "db", "cc", "mosm", "meq", "bpm", "kpa", "mv", "ma", "to", "vs", "and", "points", "patients":
		return true
	case "cm2", "m2":
		return true
	}
	return false
}

// groups takes thousands separators: commas, thin and no-break spaces, and plain spaces before groups of three digits.
func (l *lexer) groups(begin int) bool {
	took := false
	for {
		n := l.separator(begin)
		if n == 0 || !l.digitAt(l.pos+n) || !l.digitAt(l.pos+n+1) || !l.digitAt(l.pos+n+2) || l.digitAt(l.pos+n+3) {
			return took
		}
		l.pos += n + 3
		took = true
	}
}

// separator returns the length of a thousands separator at the present place, or 0.
func (l *lexer) separator(begin int) int {
	if l.pos >= l.end || l.text[begin] == '0' {
		return 0
	}
	switch c := l.text[l.pos]; {
	case c == ',':
		return 1
	case c == '\'':
		return 1
	case c == ' ':
		if l.pos-begin > 3 || !l.spaceGroups(begin) {
			return 0
		}
		return 1
	case c >= utf8.RuneSelf:
		r, n := utf8.DecodeRuneInString(l.text[l.pos:l.end])
		switch r {
		case '\u00a0', '\u2009', '\u202f', '\u2008', '\u2006', '\u2005':
			return n
		case '\u00b7', '\u2024':
			return 0
		}
	}
	return 0
}

// spaceGroups reports whether plain spaces may separate thousands here: not after a word that takes a label, not
// after another number, and not where the next group has a decimal sign of its own.
func (l *lexer) spaceGroups(begin int) bool {
	if len(l.out) > 0 {
		last := &l.out[len(l.out)-1]
		if last.kind == tNumber || last.kind == tName || last.word.is(fLabel) || last.word.is(fTimeUnit) {
			return false
		}
		if last.kind == tWord && l.text[begin-1] == ' ' && last.end-last.start <= 3 && isUpper(l.text[last.start]) {
			return false // "SF 36 100"
		}
	}
	i := l.pos + 4
	if l.decimalSign(i) > 0 || l.dashLen(i) > 0 || (i < l.end && l.text[i] == '/') {
		return false
	}
	return true
}

// decimalComma returns the length of ",ddd" where the comma can only be a decimal sign: after a lone zero.
func (l *lexer) decimalComma(begin int) int {
	if l.text[begin:l.pos] != "0" || l.pos >= l.end || l.text[l.pos] != ',' {
		return 0
	}
	n := 1
	for l.digitAt(l.pos + n) {
		n++
	}
	if n == 1 {
		return 0
	}
	return n
}

// decimal turns printed digits into a Decimal. Plain digits with at most one dot are taken without copying.
func decimal(s string, plain bool) quantity.Decimal {
	if plain && (len(s) == 1 || s[0] != '0' || s[1] == '.') {
		return quantity.Decimal(s)
	}
	var b strings.Builder
	comma := strings.HasPrefix(s, "0,")
	for _, r := range s {
		switch {
		case r >= '0' && r <= '9':
			b.WriteRune(r)
		case r == ',' && comma:
			b.WriteByte('.')
		case r == ',' || r == '\'' || unicode.IsSpace(r):
		default:
			b.WriteByte('.')
		}
	}
	d, err := quantity.ParseDecimal(b.String())
	if err != nil {
		return ""
	}
	return d
}

// mergeSpelt joins numbers in words: "twenty-four", "four hundred and thirty-three". The list is changed in place.
func mergeSpelt(text string, in []token) []token {
	out := in[:0]
	for i := 0; i < len(in); i++ {
		t := in[i]
		if !t.word.is(fSpelt) {
			out = append(out, t)
			continue
		}
		total, part, last := 0, 0, i
		for j := i; j < len(in); j++ {
			w := in[j].word
			if !w.is(fSpelt) {
				link := in[j].kind == tDash && !in[j].spaced || w.id() == wAnd && part >= 100
				if !link || j+1 >= len(in) || !in[j+1].word.is(fSpelt) || !fits(part, spelt(text, in[j+1])) {
					break
				}
				continue
			}
			n := spelt(text, in[j])
			if j > i && !fits(part, n) {
				break
			}
			switch n {
			case 100:
				part = max(part, 1) * 100
			case 1000, 1000000:
				total += max(part, 1) * n
				part = 0
			default:
				part += n
			}
			last = j
		}
		t.kind, t.spelt, t.whole = tNumber, true, true
		t.value = quantity.FromInt(total + part)
		t.end = in[last].end
		out = append(out, t)
		i = last
	}
	return out
}

// fits reports whether n can follow the part of a spelt number read so far.
func fits(part, n int) bool {
	switch {
	case n >= 100:
		return part < 100 || n >= 1000
	case n >= 20:
		return part%100 == 0
	case n >= 10:
		return part%100 == 0
	}
	return part%10 == 0 && part%100 != 10
}

func spelt(text string, t token) int { return numerals[strings.ToLower(text[t.start:t.end])] }
