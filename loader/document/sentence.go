package document

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// maxBracket is the longest text in brackets, in bytes, that is kept within its sentence whatever stops it holds.
const maxBracket = 800

// paragraph takes in a block of prose: its headings and its sentences. Data within it is left out.
func (p *parser) paragraph(b Span) {
	s := &scanner{p: p, block: b, start: b.Start, first: len(p.units)}
	for s.start < b.End {
		word := p.longWord(s.start, b.End)
		s.block = Span{s.start, word.Start}
		s.at(s.start, false)
		for i := s.start; i < s.block.End; {
			i = s.step(i)
		}
		s.sentence(s.block.End)
		if word.Len() > 0 {
			p.endless(word)
			p.add(word, s.ensure(), false, ReasonEndless)
		}
		s.start = word.End
	}
	if s.headings == 0 && len(p.units)-s.first == 1 {
		p.units[s.first].whole = true
	}
}

// longWord returns the first run of ASCII from i that is too long for a word, or an empty span at end.
func (p *parser) longWord(i, end int) Span {
	start := i
	for ; i < end; i++ {
		if c := p.text[i]; c <= ' ' || c >= utf8.RuneSelf {
			if i-start > maxWord {
				return Span{start, i}
			}
			start = i + 1
		}
	}
	if end-start > maxWord {
		return Span{start, end}
	}
	return Span{end, end}
}

// scanner walks through a block.
type scanner struct {
	p        *parser
	block    Span
	start    int // where the present sentence begins
	part     int // the present part, plus one; 0 before there is one
	first    int // the first unit
	role     Role
	headings int
	item     int // the number of the last item of a list within the text
	fails    int // brackets that did not close
	failedAt int
}

// ensure returns the part that sentences go to, and begins one where there is none.
func (s *scanner) ensure() int {
	p := s.p
	if s.part > 0 {
		return s.part - 1
	}
	if p.open > 0 && s.headings == 0 {
		s.part = p.resume(s.start) + 1
		s.role = p.parts[s.part-1].role
		return s.part - 1
	}
	s.part, s.role = p.section("", Span{s.start, s.start}, Body)+1, Body
	return s.part - 1
}

// sentence ends the present sentence at end.
func (s *scanner) sentence(end int) {
	span := withoutBullet(s.p.text, trim(s.p.text, Span{s.start, end}))
	s.start = end
	if span.Len() == 0 {
		return
	}
	if span.Len() > MaxSentence {
		s.p.endless(span)
		s.p.add(span, s.ensure(), false, ReasonEndless)
		return
	}
	part := s.ensure()
	if registrationSentence(s.p.text[span.Start:span.End]) && s.role != Registration {
		heading := s.p.parts[part]
		s.p.section("", Span{span.Start, span.Start}, Registration)
		s.p.add(span, len(s.p.parts)-1, false, "")
		if s.role == Conclusions {
			s.part, s.role = len(s.p.parts), Registration
			return
		}
		s.p.section(heading.heading, Span{span.End, span.End}, heading.role)
		s.part = len(s.p.parts)
		if s.p.open == part+1 {
			s.p.open = s.part
		}
		return
	}
	s.p.starts[s.p.startKey(span.Start, span.End)] = true
	s.p.add(span, part, false, "")
}

// withoutBullet leaves out the mark of an item of a list before a sentence: it is none of its words.
func withoutBullet(text string, span Span) Span {
	s := text[span.Start:span.End]
	r, size := utf8.DecodeRuneInString(s)
	switch r {
	case '•', '◦', '▪', '●', '‣':
	case '-', '–', '—':
		if next, _ := utf8.DecodeRuneInString(strings.TrimLeft(s[size:], " ")); len(s) == size || s[size] != ' ' || !unicode.IsLetter(next) {
			return span
		}
	default:
		return span
	}
	if rest := trim(text, Span{span.Start + size, span.End}); rest.Len() > 0 {
		return rest
	}
	return span
}

// at looks for a heading where a sentence may begin; glued says that no blank or stop stands before it. It reports
// whether it found one.
func (s *scanner) at(i int, glued bool) bool {
	p := s.p
	h, ok := p.headingAt(i, s.block.End, glued)
	if !ok || h.end <= i {
		return false
	}
	if i > s.block.Start && !glued && !capitals(h.name) && rank(h.role) != 0 && rank(h.role) < rank(s.role) && rank(s.role) >= 4 && s.role != Registration {
		return false // "Patients In the second group ..." among the results
	}
	if i > s.block.Start && h.role == s.role && h.role == Registration {
		return false
	}
	s.sentence(i)
	if s.headings == 0 && s.part == 0 && p.open > 0 && p.parts[p.open-1].role != Body {
		p.open = 0
	}
	text := p.text[i:h.end]
	head := trim(p.text, Span{i, i + len(text)})
	s.part, s.role = p.section(strings.Join(strings.Fields(h.name), " "), head, h.role)+1, h.role
	s.headings++
	s.start = h.end
	if h.end < s.block.End { // "AbstractBackground: ..."
		s.at(h.end, false)
	}
	return true
}

// step looks at the byte at i and returns where to go on.
func (s *scanner) step(i int) int {
	text, end := s.p.text, s.block.End
	c := text[i]
	switch {
	case c == '(' || c == '[':
		if j := s.closing(i); j > 0 {
			return j
		}
	case c == '.':
		if j, ok := s.stop(i); ok {
			return s.cut(j)
		}
	case c == '?' || c == '!':
		j := closers(text, i+1, end)
		k := skipBlanks(text, j, end)
		r, _ := utf8.DecodeRuneInString(text[k:end])
		if k == end || k > j && !unicode.IsLower(r) || k == j && unicode.IsUpper(r) && !address(text, s.start, i) {
			return s.cut(j)
		}
	case 'A' <= c && c <= 'Z':
		if i > s.start && s.glue(i) {
			return max(s.start, i+1)
		}
	case c >= utf8.RuneSelf:
		r, size := utf8.DecodeRuneInString(text[i:end])
		switch r {
		case '。', '！', '？', '｡':
			return s.cut(closers(text, i+size, end))
		case '．':
			if next, _ := utf8.DecodeRuneInString(text[i+size : end]); !unicode.IsDigit(next) {
				return s.cut(closers(text, i+size, end))
			}
		case '（', '【', '［':
			if j := s.closing(i); j > 0 {
				return j
			}
		case 'À', 'É', 'È', 'Ä', 'Ö', 'Ü', 'Á', 'Í', 'Ó':
			if i > s.start && s.glue(i) {
				return max(s.start, i+size)
			}
		}
		return i + size
	}
	return i + 1
}

// cut ends the sentence at j, looks for a heading there, and returns where to go on.
func (s *scanner) cut(j int) int {
	s.sentence(j)
	k := skipBlanks(s.p.text, j, s.block.End)
	if k < s.block.End && s.at(k, false) {
		return max(s.start, k)
	}
	s.start = k
	return k
}

// glue reports whether a sentence or a heading begins at the upper-case letter at i though no blank stands before it:
// "RTI InternationalConclusions Additional strategies". A sentence does only where it has stood before.
func (s *scanner) glue(i int) bool {
	text := s.p.text
	prev, _ := utf8.DecodeLastRuneInString(text[:i])
	if !unicode.IsLower(prev) && !strings.ContainsRune(").]%", prev) || unicode.IsUpper(prev) {
		return false
	}
	if s.at(i, true) {
		return true
	}
	if key := s.p.startKey(i, s.block.End); key != 0 && s.p.starts[key] {
		s.sentence(i)
		return true
	}
	return false
}

// startKey is a digest of how the text from start begins: its first letters and digits, without regard to case; 0 where there are too few.
func (p *parser) startKey(start, end int) uint64 {
	const letters = 24
	h, n := uint64(14695981039346656037), 0
	for i := start; i < end && n < letters; {
		r, size := utf8.DecodeRuneInString(p.text[i:end])
		i += size
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			h = (h ^ uint64(unicode.ToLower(r))) * 1099511628211
			n++
		}
	}
	if n < letters {
		return 0
	}
	return h
}

// closing returns the position after the bracket that closes the one at i, or 0 when none does nearby.
func (s *scanner) closing(i int) int {
	if s.fails > 3 && i < s.failedAt+maxBracket {
		return 0
	}
	if i >= s.failedAt+maxBracket {
		s.fails = 0
	}
	text, depth := s.p.text, 0
	for j := i; j < s.block.End && j < i+maxBracket; {
		r, size := utf8.DecodeRuneInString(text[j:s.block.End])
		switch r {
		case '(', '[', '（', '【', '［':
			depth++
		case ')', ']', '）', '】', '］':
			depth--
			if depth == 0 {
				return j + size
			}
		}
		j += size
	}
	if s.fails == 0 {
		s.failedAt = i
	}
	s.fails++
	return 0
}

// closers returns the position after quotes and brackets that close at i, and after a citation mark such as [12].
func closers(text string, i, end int) int {
	for i < end {
		r, size := utf8.DecodeRuneInString(text[i:end])
		if !strings.ContainsRune("\"'”’»)]}」』）】", r) {
			break
		}
		i += size
	}
	if i < end && text[i] == '[' {
		if j := strings.IndexByte(text[i:min(end, i+20)], ']'); j > 0 && strings.Trim(text[i+1:i+j], "0123456789,-– ") == "" {
			i += j + 1
		}
	}
	return i
}

// stop reports whether the full stop at i ends a sentence, and where the sentence ends then.
func (s *scanner) stop(i int) (int, bool) {
	text, end := s.p.text, s.block.End
	j := closers(text, i+1, end)
	j = superscript(text, i, j, end)
	k := skipBlanks(text, j, end)
	if k < end && text[k] == '[' && closers(text, k, end) > k { // "... fell. [1] It ..."
		j = closers(text, k, end)
		k = skipBlanks(text, j, end)
	}
	if k == end {
		return j, true
	}
	r, size := utf8.DecodeRuneInString(text[k:end])
	next, _ := utf8.DecodeRuneInString(text[k+size : end])
	if k == j { // no blank: "trial.Setting", not "0.5", "e.g.", "ClinicalTrials.gov"
		if unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana) {
			return j, true
		}
		if !unicode.IsUpper(r) || !unicode.IsLower(next) || j == i+1 && address(text, s.start, i) {
			return 0, false
		}
		word := wordBefore(text, s.start, i)
		return j, (len(word) >= 2 || j > i+1) && !strings.Contains(word, ".") && abbreviation(word) == notShort
	}
	if r == '.' || j == i+1 && k > j && lostBlank(text, i, r) {
		return 0, false
	}
	if unicode.IsLower(r) {
		return j, addressAhead(text[k:min(end, k+40)]) && i > 0 && text[i-1] != '.'
	}
	if strings.ContainsRune(",;:)]", r) {
		return 0, false
	}
	word := wordBefore(text, s.start, i)
	if j > i+1 { // a bracket or quote closed after the stop: "(vs. usual care.)" ends
		return j, abbreviation(word) != shortNever || unicode.IsUpper(r)
	}
	if s.itemNumber(word, i) {
		return 0, false
	}
	return j, s.ends(word, i, k)
}

// ends judges a stop after a word and before a blank and what is no lower-case letter.
func (s *scanner) ends(word string, i, k int) bool {
	text, end := s.p.text, s.block.End
	r, _ := utf8.DecodeRuneInString(text[k:end])
	switch abbreviation(word) {
	case shortNever:
		return false
	case shortNumber:
		return !unicode.IsDigit(r)
	case shortMaybe:
		return starter(text[k:end])
	case shortUnit:
		return starter(text[k:end]) || digitBefore(text, i-len(word)) && capitalized(text[k:end])
	}
	if first, size := utf8.DecodeRuneInString(word); size == len(word) && unicode.IsUpper(first) { // "J. P. Smith", "group A. Patients"
		before := wordBefore(text, s.start, skipBack(text, s.start, i-size))
		if abbreviation(before) == letterAfter {
			return true
		}
		_, size := utf8.DecodeRuneInString(text[k:end])
		if k+size < end && text[k+size] == '.' {
			return false
		}
		return starter(text[k:end])
	}
	if dotted(word) { // "U.S. Department", "a.m. The"
		return starter(text[k:end])
	}
	return true
}

// digitBefore reports whether a number stands before i, with or without a blank: of "48 hrs" before the unit.
func digitBefore(text string, i int) bool {
	before := strings.TrimRight(text[max(0, i-8):i], " \u00a0\u2009\u202f-")
	return before != "" && before[len(before)-1] >= '0' && before[len(before)-1] <= '9'
}

// capitalized reports whether s begins with a word of which only the first letter is in upper case.
func capitalized(s string) bool {
	first, size := utf8.DecodeRuneInString(s)
	second, _ := utf8.DecodeRuneInString(s[size:])
	return unicode.IsUpper(first) && unicode.IsLower(second)
}

// itemNumber reports whether word is the number of an item in a list within the text: "including: 1. Engage, 2. ...".
func (s *scanner) itemNumber(word string, i int) bool {
	if len(word) == 0 || len(word) > 2 || strings.Trim(word, "0123456789") != "" {
		return false
	}
	n := 0
	for _, c := range word {
		n = n*10 + int(c-'0')
	}
	b := skipBack(s.p.text, s.start, i-len(word))
	opens := b <= s.start || strings.IndexByte(":;,.(", s.p.text[b-1]) >= 0
	switch strings.ToLower(wordBefore(s.p.text, s.start, b)) {
	case "and", "or", "y", "et", "und":
		opens = true
	}
	if !opens || n != 1 && n != s.item+1 {
		return false
	}
	s.item = n
	return true
}

// lostBlank reports whether a full stop and a blank stand within a number: "P =. 14", "0. 05" after a sign.
func lostBlank(text string, i int, next rune) bool {
	if !unicode.IsDigit(next) || i == 0 {
		return false
	}
	b := skipBack(text, max(0, i-8), i)
	if b == 0 {
		return false
	}
	prev, _ := utf8.DecodeLastRuneInString(text[:b])
	if strings.ContainsRune("=<>≤≥±~≈-–−(", prev) {
		return true
	}
	if prev == '0' && b >= 2 { // "P < 0. 05"
		c := skipBack(text, max(0, b-6), b-1)
		r, _ := utf8.DecodeLastRuneInString(text[:c])
		return strings.ContainsRune("=<>≤≥±~≈-–−(", r)
	}
	return false
}

// superscript returns the position after the numbers of references glued to the stop at i: "dosage.1,2 The".
func superscript(text string, i, j, end int) int {
	if j != i+1 || i == 0 || j >= end || text[j] < '1' || text[j] > '9' {
		return j
	}
	prev, _ := utf8.DecodeLastRuneInString(text[:i])
	k := j
	for k < end && k < j+14 && strings.IndexByte("0123456789,-", text[k]) >= 0 {
		k++
	}
	if k < end && text[k] == ' ' && (unicode.IsLower(prev) || prev == ')') && k > j {
		r, _ := utf8.DecodeRuneInString(text[min(end, k+1):end])
		if unicode.IsUpper(r) && wordBefore(text, max(0, i-20), i) != "p" {
			return k
		}
	}
	return j
}

// skipBack returns the position after the last byte before i that is not a space, not before start.
func skipBack(text string, start, i int) int {
	for i > start && (text[i-1] == ' ' || text[i-1] == '\n' || text[i-1] == '\t' || text[i-1] == '\r') {
		i--
	}
	return i
}

// wordBefore returns the word that ends at i, with the stops within it: "e.g", "al", "P", "12".
func wordBefore(text string, start, i int) string {
	b := i
	for b > start && i-b < 40 {
		r, size := utf8.DecodeLastRuneInString(text[start:b])
		if !unicode.IsLetter(r) && !unicode.IsDigit(r) && r != '.' {
			break
		}
		b -= size
	}
	return strings.TrimLeft(text[b:i], ".")
}

// dotted reports whether a word is letters with stops between them: "U.S", "a.m".
func dotted(word string) bool {
	parts := strings.Split(word, ".")
	if len(parts) < 2 {
		return false
	}
	for _, part := range parts {
		if n := utf8.RuneCountInString(part); n == 0 || n > 2 || strings.ContainsAny(part, "0123456789") {
			return false
		}
	}
	return true
}

// address reports whether the stop at i stands within a web or mail address.
func address(text string, start, i int) bool {
	b := i
	for b > start && i-b < 200 && text[b-1] != ' ' && text[b-1] != '\n' {
		b--
	}
	token := text[b:i]
	return strings.Contains(token, "://") || strings.HasPrefix(token, "www.") || strings.Contains(token, "@")
}

// addressAhead reports whether s begins with an address, or a name of a site, in lower case.
func addressAhead(s string) bool {
	if strings.HasPrefix(s, "http://") || strings.HasPrefix(s, "https://") || strings.HasPrefix(s, "www.") || strings.HasPrefix(s, "doi:") {
		return true
	}
	if i := strings.IndexAny(s, " ,;:\n"); i >= 0 {
		s = s[:i]
	}
	return strings.HasPrefix(s, "clinicaltrials.")
}
