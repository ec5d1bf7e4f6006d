package extract

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// armForm is one way of naming an arm: characters, gaps between words, and hyphens that may be missing.
type armForm struct {
	text  string
	exact bool // the capitals count
	arm   int
	parts []formPart // once it is looked for
}

// formPart is one character of a form and how often it may stand there.
type formPart struct {
	char rune
	kind partKind
}

type partKind uint8

const (
	once   partKind = iota
	maybe           // once or not at all
	hyphen          // any hyphen, a space, or nothing
	spaces          // any number of spaces, hyphens and line breaks
)

// partClasses are what may stand for a hyphen and a space.
var partClasses = [...]string{hyphen: "- \u2010\u2011", spaces: "- \u00a0\n"}

func newArmForm(text string, exact bool, arm int) armForm {
	return armForm{text: text, exact: exact, arm: arm}
}

// partsOf returns the parts of a form. A hyphen may be a space or missing, a space may be a hyphen or a line break, and a plus
// may stand without spaces.
func partsOf(text string) []formPart {
	parts := make([]formPart, 0, len(text))
	for i := 0; i < len(text); {
		c, size := utf8.DecodeRuneInString(text[i:])
		switch {
		case strings.HasPrefix(text[i:], " + "):
			parts = append(parts, formPart{' ', maybe}, formPart{'+', once}, formPart{' ', maybe})
			size = 3
		case c == '-':
			parts = append(parts, formPart{c, hyphen})
		case c == ' ':
			parts = append(parts, formPart{c, spaces})
		default:
			parts = append(parts, formPart{c, once})
		}
		i += size
	}
	return parts
}

// ends calls end for each place where the form can end that starts at i of s, the longest first, until end is true.
func (f *armForm) ends(s string, i int, end func(int) bool) bool {
	if f.parts == nil {
		f.parts = partsOf(f.text)
	}
	return f.rest(0, s, i, end)
}

func (f *armForm) rest(k int, s string, i int, end func(int) bool) bool {
	for k < len(f.parts) && f.parts[k].kind == once {
		n := f.is(&f.parts[k], s, i)
		if n == 0 {
			return false
		}
		i, k = i+n, k+1
	}
	if k == len(f.parts) {
		return end(i)
	}
	var stops [8]int
	at, least, most := append(stops[:0], i), 0, 1
	if f.parts[k].kind == spaces {
		least, most = 1, len(s)
	}
	for len(at) <= most {
		n := f.is(&f.parts[k], s, at[len(at)-1])
		if n == 0 {
			break
		}
		at = append(at, at[len(at)-1]+n)
	}
	for n := len(at) - 1; n >= least; n-- {
		if f.rest(k+1, s, at[n], end) {
			return true
		}
	}
	return false
}

// is returns the length of the character at i of s when it is what a part asks for, else 0.
func (f *armForm) is(p *formPart, s string, i int) int {
	if i >= len(s) {
		return 0
	}
	c, size := rune(s[i]), 1
	if c >= utf8.RuneSelf {
		c, size = utf8.DecodeRuneInString(s[i:])
	}
	switch {
	case p.kind >= hyphen:
		if strings.ContainsRune(partClasses[p.kind], c) {
			return size
		}
	case c == p.char, !f.exact && sameLetter(c, p.char):
		return size
	}
	return 0
}

// sameLetter reports whether two characters are one but for case.
func sameLetter(a, b rune) bool {
	if a < utf8.RuneSelf && b < utf8.RuneSelf {
		return a|0x20 == b|0x20 && 'a' <= a|0x20 && a|0x20 <= 'z'
	}
	for c := unicode.SimpleFold(a); c != a; c = unicode.SimpleFold(c) {
		if c == b {
			return true
		}
	}
	return false
}

// formKey is the start of a form in small letters, by which forms are looked up.
type formKey [3]byte

// keyAt returns the key of what starts at i of s. It stands for all that is not in ASCII, and for what is shorter.
func keyAt(s string, i int) (k formKey) {
	for n := range k {
		if i+n >= len(s) || s[i+n] >= utf8.RuneSelf || !wordByte(s[i+n]) {
			return formKey{}
		}
		k[n] = lowerByte(s[i+n])
	}
	return k
}

func wordByte(c byte) bool { return '0' <= c && c <= '9' || 'a' <= c|0x20 && c|0x20 <= 'z' }

func lowerByte(c byte) byte {
	if 'A' <= c && c <= 'Z' {
		return c + 'a' - 'A'
	}
	return c
}

// formMatch is a place where a text has the name of an arm, with an article before it and a noun such as "group" after
// it.
type formMatch struct{ start, end, arm int }

// formIndex finds the forms of arms in text.
type formIndex struct {
	forms []armForm
	byKey map[formKey]int // by how forms start, the first of those that do, plus 1; those that start otherwise under the zero key
	next  []int           // of each form, the next that starts as it does, plus 1
	first [256]bool       // the bytes that keys start with
}

func newFormIndex(forms []armForm) *formIndex {
	x := &formIndex{forms: forms, byKey: make(map[formKey]int, len(forms)), next: make([]int, len(forms))}
	for i := len(forms) - 1; i >= 0; i-- {
		k := keyAt(forms[i].text, 0)
		x.next[i], x.byKey[k] = x.byKey[k], i+1
		x.first[k[0]] = true
	}
	return x
}

// find returns the places where a text has the forms, each form apart from itself.
func (x *formIndex) find(s string) []formMatch {
	var out []formMatch
	var last []int // by form: where its match before ended
	try := func(n, i int) {
		f, from := &x.forms[n], 0
		if last != nil {
			from = last[n]
		}
		if i < from {
			return
		}
		f.ends(s, i, func(end int) bool {
			stop := nameEnd(s, end, f.exact)
			if stop < 0 {
				return false
			}
			start := i
			if h := headBefore(s, i); h > 0 && (i-h == from || i-h > from && !letterBefore(s, i-h)) {
				start = i - h
			} else if i != from && letterBefore(s, i) {
				return false
			}
			out = append(out, formMatch{start, stop, f.arm})
			if last == nil {
				last = make([]int, len(x.forms))
			}
			last[n] = stop
			return true
		})
	}
	all := func(first, i int) {
		for n := first; n > 0; n = x.next[n-1] {
			try(n-1, i)
		}
	}
	other := x.byKey[formKey{}]
	for i := 0; i < len(s); {
		size := 1
		if s[i] >= utf8.RuneSelf {
			_, size = utf8.DecodeRuneInString(s[i:])
		}
		if (other > 0 || x.first[lowerByte(s[i])]) && !letterBefore(s, i) {
			if k := keyAt(s, i); k != (formKey{}) {
				all(x.byKey[k], i)
			}
			all(other, i)
		}
		i += size
	}
	return out
}

// letterBefore reports whether a letter or a digit stands before i, or an abbreviation with a hyphen: "intervention" names no arm in "BM-intervention".
func letterBefore(s string, i int) bool {
	if i == 0 {
		return false
	}
	if i > 2 && s[i-1] == '-' && upperByte(s[i-2]) && upperByte(s[i-3]) {
		return true
	}
	if c := s[i-1]; c < utf8.RuneSelf {
		return wordByte(c)
	}
	c, _ := utf8.DecodeLastRuneInString(s[:i])
	return unicode.IsLetter(c)
}

func upperByte(b byte) bool { return 'A' <= b && b <= 'Z' }

// heads are what may stand before the name of an arm and belongs to it.
var heads = []string{"the ", "those in ", "participants in ", "patients in "}

// headBefore returns the length of what stands before i and belongs to the name that starts there.
func headBefore(s string, i int) int {
	for _, h := range heads {
		if i >= len(h) && strings.EqualFold(s[i-len(h):i], h) {
			return len(h)
		}
	}
	return 0
}

var (
	nameTail      = rules.New(`^(?i:s?` + groupNoun + `)(?:$|[^\p{L}\d])`)
	exactNameTail = rules.New(`^s?(?i:` + groupNoun + `)(?:$|[^\p{L}\d])`)
)

// groupNoun matches the words that may follow the name of an arm.
const groupNoun = `(?:[- ](?:treated|assigned|allocated))?(?: (?:only|alone))?(?:-interventions?)?(?: (?:groups?|arms?|care teams?|teams?|participants?|patients?|conditions?|recipients?|users?|cohorts?|regimens?|subjects|members|clinics|practices|clusters))?`

// nameEnd returns where the name of an arm ends whose form ends at i: after a plural's s and a noun such as "group"; -1
// where a letter or a digit follows.
func nameEnd(s string, i int, exact bool) int {
	if i == len(s) {
		return i
	}
	if c := s[i]; c < utf8.RuneSelf && c != ' ' && c != '-' && c|0x20 != 's' {
		if wordByte(c) {
			return -1
		}
		return i
	}
	p := nameTail
	if exact {
		p = exactNameTail
	}
	m := p.FindStringIndex(s[i:])
	if m == nil {
		return -1
	}
	end := i + m[1]
	if c, size := utf8.DecodeLastRuneInString(s[:end]); end > i && !unicode.IsLetter(c) && (c < '0' || c > '9') {
		end -= size // the mark behind the name
	}
	return end
}
