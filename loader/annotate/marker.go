package annotate

import (
	"cmp"
	"slices"
	"strings"
	"sync"
	"unicode/utf8"

	"github.com/picograph/picograph/graph/quantity"
	"github.com/picograph/picograph/graph/vocab"
	"github.com/picograph/picograph/loader/document"
)

// Marker annotates sentences with one vocabulary. It is safe for concurrent use.
type Marker struct {
	vocab *vocab.Vocabulary
	forms map[string]word // what the grammar knows of words, and the first words of the names of measures and units
	names *branch         // the names of measures, word by word
}

// branch is the words that can follow in a name of a measure. Words are in lower case and without a plural's s; hyphens
// are left out.
type branch struct {
	next map[string]*branch
	end  bool // a name can end here
}

// fold writes a word in lower case without a plural's s into buf; ok is false when it does not fit.
func fold(buf *[24]byte, s string) (folded []byte, ok bool) {
	if len(s) > len(buf) {
		return nil, false
	}
	n := 0
	for i := 0; i < len(s); i++ {
		c := s[i]
		if c >= 'A' && c <= 'Z' {
			c |= 0x20
		} else if c == 0xe2 && strings.HasPrefix(s[i:], "’") {
			c = '\''
			i += len("’") - 1
		}
		buf[n] = c
		n++
	}
	if n > 3 && buf[n-1] == 's' && buf[n-2] != 's' {
		n--
	}
	return buf[:n], true
}

// New returns the Marker for the vocabulary. It is made once for each vocabulary.
func New(v *vocab.Vocabulary) *Marker {
	return v.Prepared("annotate", func() any { return newMarker(v) }).(*Marker)
}

// newMarker prepares the names of units and measures.
func newMarker(v *vocab.Vocabulary) *Marker {
	m := &Marker{vocab: v, forms: make(map[string]word, 1024), names: &branch{next: map[string]*branch{}}}
	for _, u := range v.Units() {
		m.add(u.ID, fUnit, true)
		for _, f := range u.Forms {
			m.add(f, fUnit, true)
		}
	}
	for _, x := range v.Measures() {
		for _, f := range append([]string{x.ID, x.Label}, x.Forms...) {
			m.add(f, fMeasure, false)
			m.grow(f)
		}
	}
	for form, w := range words {
		m.forms[form] |= w
	}
	return m
}

// add notes the first word of a form, and of a unit how many tokens it has at most.
func (m *Marker) add(form string, flag word, unit bool) {
	ts := tokenize(nil, form, 0, len(form), words)
	if len(ts) == 0 {
		return
	}
	first := strings.ToLower(form[ts[0].start:ts[0].end])
	w := m.forms[first] | flag
	if n := min(len(ts), lengthMask); unit && n > w.length() {
		w = w&^(lengthMask<<lengthShift) | word(n)<<lengthShift
	}
	m.forms[first] = w
}

// grow adds a name to the names of measures.
func (m *Marker) grow(form string) {
	b := m.names
	var buf [24]byte
	for _, t := range tokenize(nil, form, 0, len(form), words) {
		if t.kind == tDash {
			continue
		}
		w, ok := fold(&buf, form[t.start:t.end])
		if !ok {
			return
		}
		n := b.next[string(w)]
		if n == nil {
			n = &branch{next: map[string]*branch{}}
			b.next[string(w)] = n
		}
		b = n
	}
	b.end = true
}

// furthest returns the token after the longest name of a measure that the tokens from i can be, or i.
func (p *parser) furthest(i int) int {
	end := i
	b := p.names
	var buf [24]byte
	for j := i; j < len(p.tok) && j < i+lengthMask; j++ {
		t := p.tok[j]
		if t.kind == tDash {
			continue
		}
		w, ok := fold(&buf, p.text[t.start:t.end])
		if !ok {
			return end
		}
		if b = b.next[string(w)]; b == nil {
			return end
		}
		if b.end {
			end = j + 1
		}
	}
	return end
}

// Annotate marks what the sentence at s mentions; text is the whole document's text.
func Annotate(text string, s document.Span, v *vocab.Vocabulary) Sentence {
	return New(v).Annotate(text, s)
}

// parsers are of sentences before: their room for tokens and items is used again.
var parsers = sync.Pool{New: func() any { return new(parser) }}

// Annotate marks what the sentence at s mentions; text is the whole document's text. A span that does not lie within
// the text, or cuts through a character, is narrowed until it does not.
func (m *Marker) Annotate(text string, s document.Span) Sentence {
	s.Start = min(max(s.Start, 0), len(text))
	s.End = min(max(s.End, s.Start), len(text))
	for s.Start < s.End && !utf8.RuneStart(text[s.Start]) {
		s.Start++
	}
	for s.End > s.Start && s.End < len(text) && !utf8.RuneStart(text[s.End]) {
		s.End--
	}
	out := Sentence{Span: s, Text: text[s.Start:s.End]}
	p := parsers.Get().(*parser)
	*p = parser{Marker: m, text: text, tok: tokenize(p.tok, text, s.Start, s.End, m.forms), items: p.items[:0]}
	p.run()
	out.Items = append(out.Items, p.items...)
	parsers.Put(p)
	out.Tokens = m.vocab.Tokens(out.Text, s.Start)
	out.Mentions, out.Cues = out.Tokens.Mentions(), out.Tokens.Cues()
	out.Cues = withoutAcronyms(out.Cues, out.Text, s.Start)
	return out
}

// style is what the number after a mean or median is said to be.
type style uint8

const (
	unsaid style = iota
	saidSD
	saidSE
	saidIQR
	saidRange
	saidCI
	saidPercent
)

// parser holds the state of one sentence. Rules are methods that take the index of a token and return the index after
// what they took, or 0 when they do not apply; a rule that returns 0 has changed nothing.
type parser struct {
	*Marker
	text  string
	tok   []token
	items []Item

	spread       style // what bracketed numbers are said to be, by "mean (SD)" or "median (IQR)" earlier on
	middle       word  // wMean or wMedian, with spread
	ci           bool  // an interval has been announced: "OR (95% CI)"
	level        quantity.Decimal
	share        bool    // "n (%)" has been announced
	respectively bool    // the sentence lists values for things named in the same order
	carried      carried // the last measure named, for a list of values after it
	changed      int     // the token after the last before-to-after pair
}

// run marks the whole sentence.
func (p *parser) run() {
	p.announcements()
	for i := 0; i < len(p.tok); {
		if n := p.item(i); n > i {
			i = n
			continue
		}
		i++
	}
	slices.SortStableFunc(p.items, func(a, b Item) int {
		if c := cmp.Compare(a.Start, b.Start); c != 0 {
			return c
		}
		return cmp.Compare(b.End, a.End)
	})
	p.ownDifferences()
}

// announcements looks ahead for brackets that say what numbers in the sentence are, wherever they stand: "n (%)",
// "(OR, 95% CI)".
func (p *parser) announcements() {
	for i := range p.tok {
		if p.isWord(i, wRespectively) {
			p.respectively = true
		}
		if p.tok[i].kind != tOpen {
			continue
		}
		if p.is(i+1, tPercent) && p.is(i+2, tClose) {
			p.share = true
			continue
		}
		m, n := p.measureAt(i + 1)
		if n == 0 || notEffect(m.ID) {
			continue
		}
		for p.is(n, tComma) || p.is(n, tSemicolon) || p.is(n, tOpen) || p.isWord(n, wAnd, wWith) {
			n++
		}
		if h, e := p.intervalHead(n); e > 0 && p.is(e, tClose) {
			p.carried, p.ci = carried{id: m.ID, scale: m.Scale}, true
			if h.level != "" {
				p.level = h.level
			}
		}
	}
}

// between marks the items of the tokens from i to j, which lie within an item that was read over them.
func (p *parser) between(i, j int) {
	if i >= j {
		return
	}
	rest := p.tok
	p.tok = p.tok[:j]
	for i < j {
		if n := p.inner(i); n > i {
			i = n
			continue
		}
		i++
	}
	p.tok = rest
}

// inner tries the rules that apply within the words of an estimate: times and quantities.
func (p *parser) inner(i int) int {
	switch p.at(i).kind {
	case tNumber:
		if p.tok[i].label {
			return i + 1
		}
		if n := p.times(i); n > 0 {
			return n
		}
		return p.amount(i)
	case tRelation:
		return p.amount(i)
	case tWord:
		if n := p.timeWord(i); n > 0 {
			return n
		}
	}
	return 0
}

// item tries the rules that can begin at token i.
func (p *parser) item(i int) int {
	t := p.tok[i]
	switch t.kind {
	case tWord:
		return p.wordItem(i)
	case tNumber, tDash, tPlus, tAbout, tRelation:
		return p.numberItem(i)
	case tOther:
		if p.currency(i) != "" {
			return p.numberItem(i)
		}
	}
	return 0
}

// wordItem tries the rules that a word can begin.
func (p *parser) wordItem(i int) int {
	t := p.tok[i]
	if t.word == 0 {
		return p.symbolP(i)
	}
	if n := p.pValue(i); n > 0 {
		return n
	}
	if t.word.is(fMeasure) || t.word.id() == wDifference {
		if n := p.effect(i); n > 0 {
			return n
		}
	}
	switch t.word.id() {
	case wMean, wMedian, wAverage:
		if n := p.moment(i); n > 0 {
			return n
		}
	case wFrom:
		if n := p.change(i); n > 0 {
			return n
		}
	case wN:
		if n := p.sizeN(i); n > 0 {
			return n
		}
	case wCI, wConfidence, wUpper, wLower:
		if n := p.loneInterval(i); n > 0 {
			return n
		}
	case wAll, wNone, wHalf, wNo:
		if n := p.countWord(i); n > 0 {
			return n
		}
	case wMinus:
		if n := p.numberItem(i); n > 0 {
			return n
		}
	}
	if n := p.timeWord(i); n > 0 {
		return n
	}
	return p.amount(i)
}

// numberItem tries the rules that a number, or a sign before one, can begin.
func (p *parser) numberItem(i int) int {
	t := p.tok[i]
	if t.kind == tNumber {
		if t.label {
			return i + 1
		}
		if n := p.shortP(i); n > 0 {
			return n
		}
		if n := p.loneInterval(i); n > 0 {
			return n
		}
		if n := p.ratioPair(i); n > 0 {
			return n
		}
		if p.is(i+1, tDash) && p.is(i+2, tNumber) && p.is(i+3, tDash) && !p.tok[i+3].spaced {
			if n := p.date(i); n > 0 {
				return n
			}
			if n := p.nameOfNumber(i); n > 0 {
				return n
			}
		}
		if p.is(i+1, tSlash) {
			if n := p.date(i); n > 0 {
				return n
			}
		}
		if n := p.count(i); n > 0 {
			return n
		}
	}
	if n := p.value(i); n > 0 {
		return n
	}
	if n := p.looseMoment(i); n > 0 {
		return n
	}
	if n := p.pair(i); n > 0 {
		return n
	}
	if n := p.again(i); n > 0 {
		return n
	}
	if n := p.contrast(i); n > 0 {
		return n
	}
	if n := p.percent(i); n > 0 {
		return n
	}
	if n := p.times(i); n > 0 {
		return n
	}
	if n := p.amount(i); n > 0 {
		return n
	}
	if n := p.size(i); n > 0 {
		return n
	}
	return p.number(i)
}

// at returns the token at i, or a token of no use where there is none.
func (p *parser) at(i int) token {
	if i < 0 || i >= len(p.tok) {
		return token{kind: tOther, start: -1, end: -1}
	}
	return p.tok[i]
}

func (p *parser) is(i int, k kind) bool { return i >= 0 && i < len(p.tok) && p.tok[i].kind == k }

// isWord reports whether token i is one of the words.
func (p *parser) isWord(i int, ids ...word) bool {
	if i < 0 || i >= len(p.tok) || p.tok[i].kind != tWord {
		return false
	}
	id := p.tok[i].word.id()
	return id != 0 && slices.Contains(ids, id)
}

// printed returns the text from token i up to token j.
func (p *parser) printed(i, j int) string { return p.text[p.tok[i].start:p.tok[j-1].end] }

// raw returns the text of token i.
func (p *parser) raw(i int) string { return p.text[p.tok[i].start:p.tok[i].end] }

// emit adds an item over the tokens from i up to j.
func (p *parser) emit(i, j int, it Item) {
	it.Span = document.Span{Start: p.tok[i].start, End: p.tok[j-1].end}
	it.Depth = p.tok[i].depth
	if it.Kind != PValue && it.Kind != Time && it.Kind != Number && it.Kind != Quantity && it.Kind != Size {
		it.Estimate.Printed = p.text[it.Start:it.End]
	}
	p.items = append(p.items, it)
}

// measureAt returns the measure of the vocabulary named at token i, and the token after its name.
func (p *parser) measureAt(i int) (*vocab.Measure, int) {
	if i >= len(p.tok) || !p.tok[i].word.is(fMeasure) {
		return nil, 0
	}
	for j := p.furthest(i); j > i; j-- {
		if p.dangles(j - 1) {
			continue
		}
		form := p.text[p.tok[i].start:p.tok[j-1].end]
		m, ok := p.vocab.Measure(form)
		if !ok || (j == i+1 && !p.abbreviation(i, form)) {
			continue
		}
		return m, j
	}
	return nil, 0
}

// abbreviation reports whether a one-word name of a measure is meant as one: "or" is not OR, and a lone letter needs
// an equals sign.
func (p *parser) abbreviation(i int, form string) bool {
	if len(form) <= 2 || (len(form) == 3 && form[1] >= utf8.RuneSelf) {
		if len(form) == 1 || form[0] >= utf8.RuneSelf {
			return p.is(i+1, tRelation) && p.tok[i+1].rel == quantity.Equal || form[0] >= utf8.RuneSelf
		}
		return form != strings.ToLower(form)
	}
	return true
}

// reach returns the token after the longest run from token i, of at most long tokens, that can be the name of a unit.
func (p *parser) reach(i, long int) int {
	j := i
	for j < i+long && j < len(p.tok) {
		switch p.tok[j].kind {
		case tWord, tName, tDash, tSlash, tPercent, tTimes, tOther, tNumber, tDot:
			j++
			continue
		}
		break
	}
	return j
}

// dangles reports whether token k cannot end a name.
func (p *parser) dangles(k int) bool {
	return p.is(k, tDot) || p.is(k, tDash) || p.is(k, tSlash)
}

// unitAt returns the canonical unit named at token i, and the token after its name with an abbreviation in brackets
// after it. An unknown unit of the form "a/b" is taken as printed.
func (p *parser) unitAt(i int) (string, int) {
	if i >= len(p.tok) {
		return "", i
	}
	if p.tok[i].kind == tOpen { // "<90 [MME]"
		if p.is(i+1, tWord) && p.tok[i+1].word.is(fUnit) && p.is(i+2, tClose) && p.tok[i+1].word.id() == 0 {
			if u, ok := p.vocab.Unit(p.raw(i + 1)); ok && u.ID != "%" {
				return u.ID, i + 3
			}
		}
		return "", i
	}
	if p.tok[i].kind == tDash && !p.tok[i].spaced && p.is(i+1, tWord) && !p.tok[i+1].spaced {
		if u, n := p.unitAt(i + 1); u != "" {
			return u, n
		}
		return "", i
	}
	if !p.tok[i].word.is(fUnit) {
		return p.compound(i)
	}
	if w := p.tok[i].word; w.is(fStop) || w.id() == wSD && !p.is(i+1, tWord) && !p.is(i+1, tClose) {
		return "", i // "12 in the placebo group", "5.2 SD 1.1"
	}
	for j := p.reach(i, p.tok[i].word.length()); j > i; j-- {
		if p.dangles(j - 1) {
			continue
		}
		u, ok := p.vocab.Unit(p.text[p.tok[i].start:p.tok[j-1].end])
		if !ok {
			continue
		}
		if c, n := p.compound(i); n > j {
			return c, n // "mg/kg/d" where only "mg" is known
		}
		return u.ID, p.skipUnitAbbreviation(j)
	}
	return p.compound(i)
}

// compound takes a unit of the form "a/b" or "a/b/c" as printed.
func (p *parser) compound(i int) (string, int) {
	if !p.is(i, tWord) && !p.is(i, tName) {
		return "", i
	}
	j := i + 1
	if p.is(j, tSlash) && !p.tok[j].spaced && p.is(j+1, tNumber) && !p.tok[j+1].spaced && p.tok[j+1].whole && strings.Trim(p.raw(j+1), "0,") == "1" && p.tok[i].word.is(fUnit) {
		if j++; p.is(j+1, tWord) && p.tok[j+1].word.is(fUnit) && !p.tok[j+1].word.is(fStop) {
			j++ // "ng/100 mL"
		}
		return p.text[p.tok[i].start:p.tok[j].end], j + 1 // "points/100"
	}
	for p.is(j, tSlash) && !p.tok[j].spaced && (p.is(j+1, tWord) || p.is(j+1, tName)) && !p.tok[j+1].spaced {
		j += 2
	}
	if j == i+1 || p.tok[i].end-p.tok[i].start > 8 {
		return "", i
	}
	form := p.printed(i, j)
	if u, ok := p.vocab.Unit(form); ok {
		return u.ID, j
	}
	return form, j
}

// skipUnitAbbreviation goes past a unit's abbreviation in brackets: "milligram equivalents [MME]".
func (p *parser) skipUnitAbbreviation(j int) int {
	if p.is(j, tOpen) && p.is(j+1, tWord) && p.tok[j+1].word.is(fUnit) && p.is(j+2, tClose) {
		return j + 3
	}
	if p.isWord(j, wPer) && p.isWord(j+1, wDay, wWeek) {
		return j
	}
	return j
}
