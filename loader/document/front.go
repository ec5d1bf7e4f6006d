package document

import (
	_ "embed" // the word lists
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"github.com/picograph/picograph/loader/pattern"
)

//go:embed lines.tsv
var lineRows string

// lineWords are the words that tell what kind of line a line is: institutions, verbs, titles of people.
var lineWords = sync.OnceValue(func() map[string]map[string]bool {
	m := make(map[string]map[string]bool)
	for row := range strings.Lines(lineRows) {
		kind, words, _ := strings.Cut(strings.TrimSpace(row), "\t")
		if kind == "" || strings.HasPrefix(kind, "#") {
			continue
		}
		if m[kind] == nil {
			m[kind] = make(map[string]bool)
		}
		for _, w := range strings.Fields(words) {
			m[kind][w] = true
		}
	}
	return m
})

// maxLine is the longest line, in bytes, that can be a title, a citation or a list of authors.
const maxLine = 6000

var (
	doiPattern      = pattern.New(`\b10\.\d{4,9}/\S`)
	yearPattern     = pattern.New(`\b(?:19|20)\d\d[a-z]?\b`)
	volumePattern   = pattern.New(`\b\d{1,4}\s?\([^()]{1,20}\)\s?[,:]|;\s?\d{1,4}\s?(?:\([^()]{1,20}\))?\s?:|,\s?\(\d{1,3}\)\.|^Vol(?:ume|\.) \d{1,4}, `)
	pagesPattern    = pattern.New(`[:,]\s?(?:pp?\.\s?|[Pp]ages? )?[eES]?\d{1,6}\s?[-–—]\s?[eES]?\d{1,6}\b|:\s?e?\d{3,8}\b`)
	idPattern       = pattern.New(`\b(?:PMID|PMCID|ISSN|ISBN|Epub|e-?pub ahead of print)\b`)
	vancouver       = pattern.New(`^\p{Lu}[\p{L}'’\-]+(?: \p{Lu}[\p{L}'’\-]+)? \p{Lu}{1,3}(?:,|\.| et al)`)
	apa             = pattern.New(`^\p{Lu}[\p{L}'’\- ]{1,60}(?:, \p{Lu}\.(?:[ -]?\p{Lu}\.)*)?[^()]{0,400}\((?:19|20)\d\d[a-z]?(?:, [^()]{1,20})?\)\.`)
	registryPattern = pattern.New(`(?i)\b(?:NCT[ .:]?0\d{7}|ISRCTN ?\d{6,8}|ACTRN ?\d{11,14}p?|ChiCTR[-A-Z]*\d{6,10}|CTRI/\d{4}/\d+/\d+|DRKS ?\d{8}|UMIN ?\d{9}|jRCT[a-z]?\d{9,10}|IRCT\w{10,20}|NTR ?\d{3,5}|NL ?\d{4,5}|PACTR ?\d{15,16}|KCT ?\d{7}|TCTR ?\d{11}|SLCTR/\d{4}/\d+|RBR-\w{6}|RPCEC\d{8}|EUCTR\d{4}-\d{6}-\d\d|20\d\d-\d{6}-\d\d|CRD ?\d{11}|NCT[.:]?\d{8})\b`)
	registryName    = pattern.New(`(?i)\b(?:clinical ?trials?\.gov|clinicaltrials?\.gov|trial regist\w+|regist(?:ration|ry|er)\b|isrctn|eudract|prospero|identifier)`)
	degreePattern   = pattern.New(`^(?:M\.?D|Ph\.?D|MPH|MSc?|M\.?S|B\.?A|BSc?|R\.?N|DrPH|ScD|Psy\.?D|Pharm\.?D|D\.?O|D\.?Phil|MBBS|MBChB|FRCP|FACP|MHS|MA|M\.?Ed|MSW|LCSW|DNP|MBA|JD|EdD|Dr|Prof|PT|OT|DPT|BMed|FRACP|MRCP)\.?$`)
	authorMark      = pattern.New(`(?:^|[\s,.])\p{Lu}{1,3}(?:\.|,|;| |$)|\p{L}\.? ?\d{1,2}(?: ?[,;]| |$)|et al\b|\b(?:MD|PhD|MPH|MSc|RN|PharmD|DrPH)\b|[,;] for the `)
	bylinePattern   = pattern.New(`(?i)^(?:by|authors?|auteurs?|autor(?:es|en)?|(?:written|posted|reviewed|prepared|summari[sz]ed|compiled|write-?up|summary)(?: \w+){0,1} by|作者)\b[^.]{0,60}?[: ]\s*\p{Lu}`)
)

// lineRole says what a line is that is neither a heading nor prose, or "" when it is prose.
func (p *parser) lineRole(b Span) Role {
	s := p.text[b.Start:b.End]
	if len(s) > maxLine {
		return ""
	}
	w := words(s)
	switch {
	case isAddress(s):
		return Citation
	case registrationLine(s, w) && afterStop(s) == "":
		return Registration
	case citationLine(s, w) && !p.headed(b):
		return Citation
	case quotedTitle(s, w) && p.citationFollows(b.End), len(w) <= 10 && p.yearFollows(b.End):
		return Citation
	case p.front && !p.authored || p.headed(b):
		return ""
	case !p.front && p.authorLine(s, w):
		return Authors
	case affiliationLine(s, w, p.authored):
		return Affiliation
	case !p.front && p.titleLine(s, w):
		return Title
	}
	return ""
}

// headed reports whether a line begins with a known heading that text follows.
func (p *parser) headed(b Span) bool {
	h, ok := p.headingAt(b.Start, b.End, false)
	return ok && h.known && h.end < b.End && (h.sure || p.text[h.end-1] == ' ' && !titleCase(p.text[b.Start:b.End]))
}

// words returns the words of s in lower case, without the signs around them.
func words(s string) []string {
	out := make([]string, 0, 2+len(s)/6)
	for w := range strings.FieldsSeq(strings.ToLower(s)) {
		if !plainWord[w[0]] || !plainWord[w[len(w)-1]] {
			w = strings.TrimFunc(w, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
		}
		out = append(out, w)
	}
	return out
}

// plainWord is the letters and digits of ASCII.
var plainWord = func() (t [256]bool) {
	for c := range t {
		t[c] = '0' <= c && c <= '9' || 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z'
	}
	return t
}()

// countIn returns how many of the words are of a kind.
func countIn(kind string, w []string) int {
	set, n := lineWords()[kind], 0
	for _, x := range w {
		if set[x] {
			n++
		}
	}
	return n
}

// isAddress reports whether s is a web address and nothing else.
func isAddress(s string) bool {
	return !strings.ContainsAny(s, " \t") && (strings.HasPrefix(s, "http://") || strings.HasPrefix(s, "https://") ||
		strings.HasPrefix(s, "www.") || strings.HasPrefix(s, "doi.org/"))
}

// registered reports whether s holds a registration number.
func registered(s string) bool { return mayRegister(s) && registryPattern.MatchString(s) }

// mayRegister is a quick look for what all registration numbers have: four digits in a row, or a register's letters.
func mayRegister(s string) bool {
	run := 0
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			run = 0
		} else if run++; run == 4 {
			return true
		}
	}
	return strings.Contains(s, "NTR") || strings.Contains(s, "RBR-")
}

// registrationLine reports whether a line says where a trial is registered and nothing else.
func registrationLine(s string, w []string) bool {
	return len(s) < 260 && len(w) <= 22 && registered(s) && !doiPattern.MatchString(s) && countIn("verb", w) == 0 &&
		(registryName.MatchString(s[:min(len(s), 40)]) || len(w) <= 6)
}

// registrationSentence reports whether a sentence within a paragraph says where the trial is registered and nothing
// else: "ClinicalTrials.gov registration: NCT01234567."
func registrationSentence(s string) bool {
	if len(s) > 200 || len(s) < 10 || !registered(s) {
		return false
	}
	w := words(s)
	return len(w) <= 14 && countIn("verb", w) == 0 && (registryName.MatchString(s) || len(w) <= 3)
}

// citationLine reports whether a line says where a report was published: by an identifier and a year, a volume and
// pages, or a list of authors with a year, and with hardly a verb outside the title.
func citationLine(s string, w []string) bool {
	if len(s) > 1500 || len(w) < 1 {
		return false
	}
	verbs := countIn("verb", w)
	if verbs > 1 || verbs*15 > len(w) {
		return false
	}
	score := 0
	has := func(re *pattern.Pattern, n int) {
		if re.MatchString(s) {
			score += n
		}
	}
	has(doiPattern, 2)
	has(yearPattern, 1)
	has(volumePattern, 2)
	has(pagesPattern, 1)
	has(idPattern, 2)
	if score == 2 || score == 3 { // where authors decide
		if vancouver.MatchString(s) || apa.MatchString(s) {
			score += 2
		}
	}
	if len(w) <= 8 && (doiPattern.MatchString(s) || idPattern.MatchString(s)) && verbs == 0 {
		return true // "PMID: 12345678", "doi: 10.1000/182"
	}
	return score >= 4
}

// quotedTitle reports whether a line is a title in quotes.
func quotedTitle(s string, w []string) bool {
	first, size := utf8.DecodeRuneInString(s)
	last, _ := utf8.DecodeLastRuneInString(strings.TrimRight(s, "."))
	return strings.ContainsRune("\"“«‘'", first) && strings.ContainsRune("\"”»’'", last) && len(s) > size && len(w) >= 3 && len(s) < 400
}

// citationFollows reports whether the next line that holds anything is a citation.
func (p *parser) citationFollows(i int) bool {
	i = skipBlanks(p.text, i, min(len(p.text), i+200))
	end, _ := lineEnd(p.text[:min(len(p.text), i+maxLine)], i)
	s := p.text[i:end]
	return citationLine(s, words(s))
}

// yearStart begins a line that goes on with a journal's name: ". 2024 May;177(5):588-599."
var yearStart = pattern.New(`^\.\s?(?:19|20)\d\d\b`)

// yearFollows reports whether the next line goes on where a journal's name stands alone.
func (p *parser) yearFollows(i int) bool {
	i = skipBlanks(p.text, i, min(len(p.text), i+200))
	end, _ := lineEnd(p.text[:min(len(p.text), i+maxLine)], i)
	return yearStart.MatchString(p.text[i:end])
}

// authorLine reports whether a line is a list of people, or says by whom the text is. Names without initials, degrees
// or marks of affiliation are believed only after a title: a title can be such a list too.
func (p *parser) authorLine(s string, w []string) bool {
	if bylinePattern.MatchString(s) && len(s) < 200 && countIn("verb", w) == 0 {
		return true
	}
	if countIn("design", w) > 0 && countIn("team", w) == 0 {
		return false // "A Systematic Review and Meta-analysis"
	}
	names, others, single := 0, 0, 0
	for _, f := range strings.FieldsFunc(s, func(r rune) bool {
		return r == ',' || r == ';' || r == '，' || r == '、' || r == '|' || r == '·' || r == '•'
	}) {
		for _, name := range strings.Split(f, " and ") {
			name = strings.TrimFunc(name, func(r rune) bool { return !unicode.IsLetter(r) && r != '.' })
			name = strings.TrimPrefix(strings.TrimPrefix(strings.TrimPrefix(name, "and "), "& "), "for the ")
			switch personName(name) {
			case 1:
				names++
				if !strings.Contains(name, " ") {
					single++
				}
			case -1:
				others++
			}
		}
	}
	if names < 2 || others*5 > names {
		return false
	}
	return authorMark.MatchString(s) || p.titled && single == 0 && !strings.Contains(s, ":")
}

// personName judges a part of a list of people: 1 a name, 0 nothing of note (a degree, a mark), -1 something else.
func personName(s string) int {
	fields := strings.Fields(s)
	if len(fields) == 0 {
		return 0
	}
	if len(fields) > 6 {
		return -1
	}
	if lower := strings.ToLower(s); lower == "et al." || lower == "et al" || lower == "jr." || lower == "jr" || lower == "others" {
		return 0
	}
	particles, caps, inst := lineWords()["particle"], 0, lineWords()["institution"]
	team := countIn("team", words(s)) > 0 // "for the STEPS Study Group"
	degrees := 0
	for i, f := range fields {
		t := strings.TrimFunc(f, func(r rune) bool { return !unicode.IsLetter(r) && r != '.' })
		lower := strings.ToLower(t)
		r, _ := utf8.DecodeRuneInString(t)
		switch {
		case t == "":
		case inst[lower]:
			return -1
		case degreePattern.MatchString(t):
			degrees++
		case unicode.IsUpper(r):
			if len(t) > 6 && strings.ToUpper(t) == t && !strings.Contains(t, ".") && len(fields) == 1 {
				return -1
			}
			caps++
		case i == len(fields)-1 && i > 1 && len(t) == 1 && t >= "a" && t <= "j": // "Ann B Smith a", the mark of an affiliation
		case particles[lower], team && lineWords()["teamword"][lower], lower == "et", lower == "al.", lower == "al":
		case unicode.Is(unicode.Han, r) && utf8.RuneCountInString(t) <= 4:
			caps++
		default:
			return -1
		}
	}
	if caps == 0 {
		return 0
	}
	if caps == 1 && len(fields) == 1 && degrees == 0 {
		if strings.Contains(s, ".") || utf8.RuneCountInString(s) <= 3 {
			return 0 // initials, as in "Heavey, S. C."
		}
		return 1
	}
	return 1
}

// affiliationLine reports whether a line names institutions and says nothing of them. Before any authors it must
// begin with one.
func affiliationLine(s string, w []string, authored bool) bool {
	if len(s) > 900 || len(w) < 2 || countIn("verb", w) > 0 || countIn("institution", w) == 0 {
		return false
	}
	if !authored && countIn("institution", w[:min(len(w), 3)]) == 0 {
		return false
	}
	return strings.Contains(s, ",") && (len(w) <= 60 || strings.Count(s, ",")*8 > len(w)) && !strings.ContainsAny(s, "?=<>")
}

// titleLine reports whether a line before the first paragraph reads as a title: a few words without a finite verb,
// or in title case, in one piece.
func (p *parser) titleLine(s string, w []string) bool {
	if len(w) < 3 || len(s) > 420 || strings.ContainsAny(s, "=\t") || itemMark(s) {
		return utf8.RuneCountInString(s) >= 8 && utf8.RuneCountInString(s) <= 80 && cjk(s) && !strings.ContainsAny(s, "。，,=<>")
	}
	verbs := countIn("verb", w)
	ended := strings.HasSuffix(s, ".")
	if rest := afterStop(s); rest != "" { // "... after surgery. A randomised trial", "... wait? The WAIT trial"
		last := words(rest)
		return !ended && !p.titled && verbs <= 2 && len(last) <= 20 && (countIn("design", last) > 0 || countIn("verb", last) == 0 && len(w) <= 40)
	}
	r, _ := utf8.DecodeRuneInString(strings.TrimLeft(s, "“\"'‘[(¿«"))
	if !unicode.IsUpper(r) && !unicode.IsDigit(r) && len(w) < 5 {
		return false
	}
	switch {
	case titleCase(s):
		return verbs <= 2
	case strings.HasSuffix(s, "?"):
		return true
	case ended:
		return verbs == 0 && countIn("opener", w[:1]) == 0 && len(w) >= 4
	}
	if !p.titled {
		return verbs <= 3
	}
	return verbs == 0 || verbs == 1 && len(w) <= 30 && countIn("opener", w[:1]) == 0
}

// afterStop returns what follows the first full stop or question mark within s that ends a sentence, or "".
func afterStop(s string) string {
	for i := 0; i+2 < len(s); i++ {
		if s[i+1] != ' ' {
			continue
		}
		if word := wordBefore(s, 0, i); s[i] == '?' || s[i] == '.' && abbreviation(word) == notShort && len(word) > 1 {
			return s[i+2:]
		}
	}
	return ""
}

// titleCase reports whether most long words of s begin in upper case.
func titleCase(s string) bool {
	long, caps := 0, 0
	for _, f := range strings.Fields(s) {
		if utf8.RuneCountInString(f) > 4 {
			long++
			if r, _ := utf8.DecodeRuneInString(strings.TrimLeft(f, "“\"'‘([")); unicode.IsUpper(r) {
				caps++
			}
		}
	}
	return long >= 3 && caps*10 >= long*7
}

// cjk reports whether s is mostly Chinese, Japanese or Korean.
func cjk(s string) bool {
	n, all := 0, 0
	for _, r := range s {
		if unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Hangul) {
			n++
		}
		if unicode.IsLetter(r) {
			all++
		}
	}
	return n*2 > all && n > 0
}
