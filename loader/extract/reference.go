package extract

import (
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/picograph/picograph/graph/evidence"
)

var (
	doiPattern = rules.New(`(?i)\b10\.\d{4,9}/[^\s"<>“”]+`)
	// editedForm stands before the place of publication on the page of an author's manuscript.
	editedForm = rules.New(`(?i)^\W*published (?:in final edited form as|in|online in)\s*:\s*`)
	// gluedToDOI is the word of a button that a page put right after a DOI's last digit: "…06.007Get rights and content".
	gluedToDOI   = rules.New(`(\d)(?:get|show|view|search|add|permissions|save|share|copy|abstract)$`)
	pmidPattern  = rules.New(`(?i)\bPMID:?\s*(\d{5,9})\b|pubmed\.ncbi\.nlm\.nih\.gov/(\d{5,9})\b`)
	pmcidPattern = rules.New(`(?i)\b(PMC\d{5,9})\b`)
	urlPattern   = rules.New(`https?://[^\s"<>“”]+`)

	// medlinePattern is "JAMA Intern Med. 2025 Feb 1;185(2):208-220", with every part after the year optional.
	medlinePattern = rules.New(`(?:^|[.?!]\s+|\n)\s*(\p{Lu}[^.?!;\n]{1,90}(?:\. ?[^.?!;\n]{1,30}){0,3}?)[.,]\s+(\d{4})(?:\s+(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec|Spring|Summer|Fall|Autumn|Winter)[a-z]*\.?(?:-[A-Z][a-z]{2})?(?:\s+\d{1,2}(?:-\d{1,2})?)?)?\s*(?:;\s*(\w+(?: Suppl \d+)?)?\s*(?:\(([^)]{1,20})\))?)?(?::\s*([A-Za-z]?\d\w*(?:\.\w+)*(?:\s?[-–]\s?[A-Za-z]?\d\w*)?))?\s*(?:\.|$|\n|;| doi)`)
	// monthFirst is a date as the AMA's older style has it: "JAMA. March 6, 2018;319(9):872-882".
	monthFirst = rules.New(`\. ((?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*)\.? (\d{1,2}), (\d{4})\b`)
	// letterMarks are the letters by which author manuscripts point to affiliations: "Ann B Smith a".
	letterMarks = rules.New(`(?: [a-j])+$`)
	// yearFirst is the place of an article whose journal stands elsewhere: ". 2021 Feb 17;36(10):2952–2957. doi: ...".
	yearFirst = rules.New(`^\.\s?((?:19|20)\d\d)(?: [A-Z][a-z]{2}(?:[- ][\dA-Z][\w-]*)?)?;\s?(\w+)?(?:\(([^()]{1,20})\))?:\s?([A-Za-z]?\d+(?:\s?[-–]\s?[A-Za-z]?\d+)?)`)
	// apaPattern is "(2023). " with what may stand beside the year.
	apaPattern = rules.New(`\((\d{4})[a-z]?(?:,\s*[A-Z][a-z]+(?:\s+\d{1,2})?(?:[-–]\d{1,2})?)?\)\.\s*`)
	// volumePattern is the part of an APA reference after the journal: "38(13)", "77", "(8)".
	volumePattern = rules.New(`^(\d+[A-Z]?)?\s*(?:\(([^)]{1,25})\))?$`)
	pagesPattern  = rules.New(`^(?:pp?\.\s*)?([A-Za-z]?\d[\w.]*(?:\s?[-–]\s?[A-Za-z]?\d[\w.]*)?)$`)
	articlePart   = rules.New(`^(?:Article|Art\.)\s+(\S+)$`)
)

// normalDOI returns a DOI in small letters without a resolver's address and without the punctuation that a sentence
// puts after it.
func normalDOI(s string) string {
	s = strings.ToLower(s)
	if i := strings.Index(s, "10."); i > 0 {
		s = s[i:]
	}
	return trimAddress(gluedToDOI.ReplaceAllString(s, "$1"))
}

// trimAddress removes the punctuation that follows an address in running text; a closing bracket stays when the
// address opened it.
func trimAddress(s string) string {
	for s != "" {
		c, n := utf8.DecodeLastRuneInString(s)
		if strings.ContainsRune(".,;:'\"”’»", c) || (c == ')' && strings.Count(s, "(") < strings.Count(s, ")")) || (c == ']' && !strings.Contains(s, "[")) {
			s = s[:len(s)-n]
			continue
		}
		break
	}
	return s
}

// parseReference reads one line that says where a report was published, in the APA's, MEDLINE's or Vancouver's
// style. Ok is false when the line is no reference.
func parseReference(line string) (r evidence.Report, ok bool) {
	line = strings.TrimSpace(line)
	line = editedForm.ReplaceAllString(line, "")
	r, ok = parseAPA(line)
	if !ok {
		r, ok = parseMedline(line)
	}
	identifiers(line, &r)
	return r, ok
}

// identifiers fills in the DOI, the PMID and the PMCID that a text prints, where the report has none.
func identifiers(text string, r *evidence.Report) {
	if m := doiPattern.FindString(text); m != "" && r.DOI == "" {
		r.DOI = normalDOI(m)
	}
	if m := pmidPattern.FindStringSubmatch(text); m != nil && r.PMID == "" {
		r.PMID = m[1] + m[2]
	}
	if m := pmcidPattern.FindString(text); m != "" && r.PMCID == "" {
		r.PMCID = strings.ToUpper(m)
	}
}

// placeOf fills in where a report stands in its journal from a line that begins with the year.
func placeOf(line string, r *evidence.Report) {
	m := yearFirst.FindStringSubmatch(strings.TrimSpace(line))
	if m == nil || r.Year != 0 {
		return
	}
	r.Year, _ = strconv.Atoi(m[1])
	r.Volume, r.Issue, r.Pages = m[2], m[3], m[4]
}

// withoutAddresses removes addresses and identifiers from the end of a reference.
func withoutAddresses(s string) string {
	for {
		t := urlPattern.ReplaceAllString(s, "")
		t = strings.TrimSpace(identifierTail.ReplaceAllString(strings.TrimSpace(t), ""))
		t = strings.TrimSpace(epubTail.ReplaceAllString(t, ""))
		if t == s {
			return s
		}
		s = t
	}
}

// parseAPA reads "Heavey, S. C., & Beehler, G. P. (2023). Title. Journal, 38(13), 3021-3040. https://doi.org/...".
func parseAPA(line string) (r evidence.Report, ok bool) {
	m := apaPattern.FindStringSubmatchIndex(line)
	if m == nil || m[0] == 0 {
		return r, false
	}
	authors := numbered.ReplaceAllString(strings.TrimSpace(line[:m[0]]), "")
	r.Authors = apaAuthors(authors)
	if len(r.Authors) == 0 || len(authors) > 1500 {
		return evidence.Report{}, false
	}
	r.Year, _ = strconv.Atoi(line[m[2]:m[3]])
	rest := strings.TrimRight(withoutAddresses(line[m[1]:]), ". ")
	i, cut := -1, 0
	for _, end := range []string{". ", "? ", "! ", ".” ", ".\" "} {
		if j := strings.LastIndex(rest, end); j > i {
			i, cut = j, len(end)
		}
	}
	if i < 0 {
		r.Title = strings.Trim(rest, "“”\" ")
		return r, r.Title != ""
	}
	r.Title = strings.Trim(strings.TrimSuffix(rest[:i+cut-1], "."), "“”\" ")
	journalParts(rest[i+cut:], &r)
	return r, r.Title != ""
}

// journalParts reads "Substance Abuse Treatment, Prevention, and Policy, 17(1), 35".
func journalParts(s string, r *evidence.Report) {
	parts := strings.Split(s, ", ")
	n := 1
	for n < len(parts) && !volumePattern.MatchString(strings.TrimSpace(parts[n])) {
		n++
	}
	r.Journal = strings.TrimSpace(strings.Join(parts[:n], ", "))
	if n < len(parts) {
		m := volumePattern.FindStringSubmatch(strings.TrimSpace(parts[n]))
		r.Volume, r.Issue = m[1], m[2]
		n++
	}
	if n < len(parts) {
		p := strings.TrimSpace(parts[n])
		if m := pagesPattern.FindStringSubmatch(p); m != nil {
			r.Pages = m[1]
		} else if m := articlePart.FindStringSubmatch(p); m != nil {
			r.Pages = m[1]
		}
	}
}

// parseMedline reads "JAMA Intern Med. 2025 Feb 1;185(2):208-220. doi: ..." and a Vancouver reference, which has
// authors and a title before it.
func parseMedline(line string) (r evidence.Report, ok bool) {
	body := monthFirst.ReplaceAllString(numbered.ReplaceAllString(line, ""), ". $3 $1 $2")
	m := medlinePattern.FindStringSubmatchIndex(body)
	if m == nil {
		return r, false
	}
	group := func(i int) string {
		if m[2*i] < 0 {
			return ""
		}
		return strings.TrimSpace(body[m[2*i]:m[2*i+1]])
	}
	year, err := strconv.Atoi(group(2))
	if err != nil || year < 1800 || year > 2200 {
		return r, false
	}
	r = evidence.Report{Journal: group(1), Year: year, Volume: group(3), Issue: group(4), Pages: group(5)}
	before := strings.TrimSpace(body[:m[2]])
	if parts := strings.Split(r.Journal, ". "); len(parts) > 2 || len(parts) > 1 && before != "" { // the title was taken for the journal
		before = strings.TrimSpace(before+" "+strings.Join(parts[:len(parts)-1], ". ")) + "."
		r.Journal = parts[len(parts)-1]
	}
	if before == "" {
		if r.Volume == "" && r.Pages == "" && !strings.Contains(strings.ToLower(line), "doi") && !startsWithMonth(body[m[5]:]) {
			return evidence.Report{}, false
		}
		return r, true
	}
	// authors end at the first full stop that follows initials or "et al"; the rest is the title
	if authors, title, found := strings.Cut(before, ". "); found {
		if names := authorList(authors + "."); len(names) > 0 {
			r.Authors, r.Title = names, strings.TrimSuffix(strings.TrimSpace(title), ".")
			return r, true
		}
	}
	return evidence.Report{}, false
}

func startsWithMonth(s string) bool {
	s = strings.TrimSpace(s)
	return len(s) >= 3 && monthNumber(s[:3]) > 0
}

// numbered is the number in front of an entry of a list of references.
var numbered = rules.New(`^\s*(?:\[\d{1,3}\]|\d{1,3}[.)])\s+`)

var (
	// initialsFirst is an author in the APA's style: "Heavey, S. C.".
	apaAuthor = rules.New(`^([\p{Lu}\p{Ll}][\p{L}’'‐\- ]{1,40}),\s*((?:\p{Lu}\p{Ll}?\.[\s‐-]*)+(?:Jr\.?|Sr\.?|II|III)?)`)
	// familyFirst is "Krebs EE", "van der Berg A", "Fortney John C".
	familyFirst = rules.New(`^\p{L}[\p{L}’'‐-]+(?: \p{L}[\p{L}’'‐-]+){0,3} \p{Lu}{1,3}(?: (?:Jr|Sr|2nd|3rd))?$`)
	// plainName is two to five words that start with capitals, with particles and initials between them.
	plainName = rules.New(`^\p{Lu}[\p{L}’'‐.-]*(?: (?:\p{Lu}[\p{L}’'‐.-]*|de|da|del|der|den|di|du|la|le|van|von|bin|al|dos)){1,4}$`)
	degrees   = rules.New(`^(?:MD|M\.D\.|PhD|Ph\.D\.|DPhil|MPH|MSc|MS|MA|BSc|RN|PharmD|DO|FRCP|MBBS|MBChB|ScD|DrPH|PsyD|MSW|MBA|FACP|BS|BA|DNP|EdD|DDS|MHS|MSPH|for the .*)$`)
	affMarks  = rules.New(`[\d¹²³⁰⁴-⁹*†‡§,\s]+$`)
	groupName = rules.New(`^(?:(?:for|on behalf of) )?(?:the )?(\p{Lu}[\p{L}\d/+-]*(?: [\p{L}\d/+-]+){0,8}? (?:Study|Trial|Research|Writing|Collaborative|Working)?\s*(?:Team|Group|Investigators|Collaborators|Collaboration|Consortium|Committee|Network))$`)
)

// apaAuthors reads the authors before the year of an APA reference; a group author is one author.
func apaAuthors(s string) []string {
	var out []string
	s = strings.TrimSpace(s)
	for s != "" {
		s = strings.TrimLeft(strings.TrimPrefix(strings.TrimPrefix(strings.TrimLeft(s, " ,;"), "& "), "and "), " ")
		s = strings.TrimPrefix(strings.TrimPrefix(s, "..."), "…")
		if s = strings.TrimLeft(s, " "); s == "" {
			break
		}
		if strings.HasPrefix(s, "et al") {
			break
		}
		if m := apaAuthor.FindStringSubmatchIndex(s); m != nil {
			out = append(out, strings.TrimSpace(s[:m[1]]))
			s = s[m[1]:]
			continue
		}
		// a group, up to the next comma that starts a person
		name := strings.TrimRight(strings.TrimSpace(s), ".,")
		if utf8.RuneCountInString(name) > 120 || !unicode.IsUpper(firstRune(name)) {
			return nil
		}
		if len(out) == 0 && !groupName.MatchString(name) && len(strings.Fields(name)) > 12 {
			return nil
		}
		return append(out, name)
	}
	return out
}

func firstRune(s string) rune { c, _ := utf8.DecodeRuneInString(s); return c }

// authorList reads a line of authors in the styles of MEDLINE ("Krebs EE, Becker WC, et al."), of PubMed's pages
// ("John C Fortney 1 2, Anna Ratzliff 1") and of journals ("Ann Lee, MD; Bo Chen, PhD"). It is nil when the line is
// no list of names.
func authorList(line string) []string {
	line = strings.TrimSpace(line)
	if line == "" || len(line) > 12000 {
		return nil
	}
	if m := groupName.FindStringSubmatch(strings.TrimRight(line, ".")); m != nil {
		return []string{m[1]}
	}
	for _, p := range []string{"Authors:", "Author:", "By:", "By "} {
		line = strings.TrimSpace(strings.TrimPrefix(line, p))
	}
	line = strings.TrimSuffix(line, ".")
	sep := ","
	if strings.Contains(line, ";") {
		sep = ";"
	}
	line = strings.ReplaceAll(strings.ReplaceAll(line, " and ", sep), "&", sep)
	var out []string
	for _, item := range strings.Split(line, sep) {
		item = strings.TrimSpace(item)
		if sep == ";" && !apaAuthor.MatchString(item) {
			if first, rest, cut := strings.Cut(item, ","); cut && (degrees.MatchString(strings.TrimSpace(strings.Split(rest, ",")[0])) || plainName.MatchString(first)) {
				item = first
			}
		}
		item = strings.TrimSpace(letterMarks.ReplaceAllString(affMarks.ReplaceAllString(item, ""), ""))
		item = strings.TrimSuffix(item, " et al")
		switch {
		case item == "" || item == "et al" || degrees.MatchString(item):
		case familyFirst.MatchString(item) || plainName.MatchString(item) || apaAuthor.MatchString(item):
			out = append(out, item)
		default:
			if m := groupName.FindStringSubmatch(item); m != nil {
				out = append(out, m[1])
				continue
			}
			return nil
		}
	}
	return out
}

// familyName returns the family name of the first of some authors. Where the order of the names is open, the middle
// initials of all of them decide it.
func familyName(authors []string) string {
	if len(authors) == 0 {
		return ""
	}
	first := authors[0]
	if family, _, ok := strings.Cut(first, ","); ok {
		return strings.TrimSpace(family)
	}
	words := strings.Fields(first)
	if len(words) == 1 {
		return first
	}
	familyLast, familyFirst := 0, 0
	for _, a := range authors {
		w := strings.Fields(a)
		for i, s := range w {
			if len(w) > 1 && isInitials(s) {
				if i == len(w)-1 {
					familyFirst++
				} else {
					familyLast++
				}
			}
		}
	}
	if familyFirst <= familyLast {
		return words[len(words)-1]
	}
	n := len(words)
	for n > 1 && isInitials(words[n-1]) {
		n--
	}
	// "Krebs EE" and "van der Berg A" have no given name; "Fortney John C" has one after the family name
	if short := words[len(words)-1]; n > 1 && (utf8.RuneCountInString(short) == 1 || n == len(words)) && !particles[strings.ToLower(words[0])] {
		return words[0]
	}
	return strings.Join(words[:n], " ")
}

// particles are the small words in front of family names.
var particles = wordSet("van von de der del la di da dos al bin le den ter el abu ten du")

// isInitials reports whether a word is one to three capitals, with or without full stops.
func isInitials(s string) bool {
	t := strings.ReplaceAll(strings.ReplaceAll(s, ".", ""), "-", "")
	if t == "" || utf8.RuneCountInString(t) > 3 {
		return false
	}
	for _, c := range t {
		if !unicode.IsUpper(c) {
			return false
		}
	}
	return true
}

// groupAcronym returns the acronym in front of a group author: "INSPIRE" of "INSPIRE Study Team".
func groupAcronym(author string) string {
	m := groupName.FindStringSubmatch(author)
	if m == nil {
		return ""
	}
	w := strings.Fields(m[1])[0]
	if isAcronym(w) {
		return w
	}
	return ""
}

// isAcronym reports whether a word is written in capitals, with digits and hyphens allowed: "VOICE", "HOPE-4".
func isAcronym(w string) bool {
	capitals, small := 0, 0
	for _, c := range w {
		switch {
		case unicode.IsUpper(c):
			capitals++
		case unicode.IsLower(c):
			small++
		case !unicode.IsDigit(c) && c != '-' && c != '+' && c != ':':
			return false
		}
	}
	return capitals >= 3 && small <= 2 && capitals > small
}

var (
	identifierTail = rules.New(`(?i)\b(?:doi|pmid|pmcid):?\s*(?:10\.\S+|\d+|PMC\d+)?\.?\s*$`)
	epubTail       = rules.New(`(?i)(?:Epub|Published online|Advance online publication)[^.]*\.?\s*$`)
)
