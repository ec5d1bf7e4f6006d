package extract

import (
	"strconv"
	"strings"
	"unicode"

	"github.com/picograph/picograph/graph/evidence"
	"github.com/picograph/picograph/loader/document"
)

// citations returns the reports that the document refers to, in text order: those that stand in the midst of its
// prose, and those of its list of references. A report given in both places is one citation with two passages.
func (r *reading) citations() []evidence.Citation {
	var out []evidence.Citation
	own := r.ownReference()
	keys := map[string]int{}
	for i := range r.lines {
		l := &r.lines[i]
		text := r.doc.At(l.Span)
		if l.kind == identifierLine && i > 0 && len(out) > 0 && i-1 != own && (r.lines[i-1].kind == referenceLine || r.lines[i-1].listed) {
			c := &out[len(out)-1]
			identifiers(text, &c.Report)
			c.URLs = append(c.URLs, addressesIn(text)...)
			c.Passages = append(c.Passages, r.doc.Passage(l.Span))
			continue
		}
		if i == own || (l.kind != referenceLine && !l.listed) || (l.reference.Title == "" && l.reference.DOI == "") {
			continue
		}
		c := evidence.Citation{Report: l.reference, Passages: []evidence.Passage{r.doc.Passage(l.Span)}}
		c.URLs = addressesIn(text)
		if at := sameReport(out, c.Report); at >= 0 {
			out[at].Passages = append(out[at].Passages, c.Passages...)
			continue
		}
		key := citationKey(c.Report)
		c.ID = key
		if keys[key]++; keys[key] > 1 {
			c.ID += string(rune('a' + (keys[key]-1)%26))
		}
		out = append(out, c)
	}
	return out
}

// addressesIn returns the addresses of a text, resolvers of DOIs left out.
func addressesIn(text string) []string {
	var out []string
	for _, u := range urlPattern.FindAllString(text, -1) {
		if u = trimAddress(u); !strings.Contains(u, "doi.org/10.") {
			out = append(out, u)
		}
	}
	return out
}

// sameReport returns the index of the citation of the same report, or -1.
func sameReport(cs []evidence.Citation, r evidence.Report) int {
	for i, c := range cs {
		if (r.DOI != "" && r.DOI == c.DOI) || (r.Title != "" && r.Year == c.Year && strings.EqualFold(r.Title, c.Title)) {
			return i
		}
	}
	return -1
}

// citationKey names a citation by its first author and its year: "heavey-2023".
func citationKey(r evidence.Report) string {
	name := familyName(r.Authors)
	if len(r.Authors) > 0 && groupName.MatchString(r.Authors[0]) {
		name = r.Authors[0]
	}
	if name == "" {
		name = r.Title
	}
	var b strings.Builder
	for _, c := range strings.ToLower(name) {
		switch {
		case unicode.IsLetter(c) || unicode.IsDigit(c):
			b.WriteRune(c)
		case b.Len() > 0 && !strings.HasSuffix(b.String(), "-"):
			b.WriteByte('-')
		}
		if b.Len() > 40 {
			break
		}
	}
	key := strings.Trim(b.String(), "-")
	if r.Year > 0 {
		key += "-" + strconv.Itoa(r.Year)
	}
	return strings.TrimPrefix(key, "-")
}

// reportName names a report that has no acronym by its first author and its year: "Fortney 2025".
func reportName(r evidence.Report) string {
	name := familyName(r.Authors)
	if len(r.Authors) > 0 && groupName.MatchString(r.Authors[0]) {
		name = r.Authors[0]
	}
	if name == "" {
		return ""
	}
	if r.Year == 0 {
		return name
	}
	return name + " " + strconv.Itoa(r.Year)
}

var (
	// parenthetical is a bracket with authors and years: "(Hser et al., 2017; Yang & Lee, 2024)".
	parenthetical = rules.New(`\(([^()]*\p{Lu}[\p{L}’'‐-]+[^()]{0,80}?,?\s(?:19|20)\d{2}[a-z]?[^()]*)\)`)
	// oneInText is one author and year within such a bracket.
	oneInText = rules.New(`(\p{Lu}[\p{L}’'‐-]+(?: \p{Lu}[\p{L}’'‐-]+)?)(?:,? (?:and|&) \p{Lu}[\p{L}’'‐-]+|,? et al\.?|(?:, \p{Lu}[\p{L}’'‐-]+)+,? (?:and|&) \p{Lu}[\p{L}’'‐-]+)?,?\s+((?:19|20)\d{2})([a-z])?`)
	// narrativeCitation is "Hser et al. (2017)" and "Hser and colleagues (2017)".
	narrativeCitation = rules.New(`(\p{Lu}[\p{L}’'‐-]+)(?:,? (?:and|&) (?:\p{Lu}[\p{L}’'‐-]+|colleagues|coworkers|co-workers)|,? et al\.?)?(?:’s|'s)?,? \(((?:19|20)\d{2})([a-z])?\)`)
	// bracketedNumber is "[3]", "[3,5]", "[3-5]".
	bracketedNumber = rules.New(`\[(\d{1,3}(?:\s?[,–-]\s?\d{1,3})*)\]`)
)

// inText is a place in running text that cites reports.
type inText struct {
	document.Span
	cites []int // indexes of citations, in the order printed
}

// citedIn returns the places in a stretch of text that cite reports of r.out.Cites, in text order.
func (r *reading) citedIn(s document.Span) []inText {
	text := r.doc.At(s)
	var out []inText
	add := func(from, to int, cites []int) {
		if len(cites) > 0 {
			out = append(out, inText{document.Span{Start: s.Start + from, End: s.Start + to}, cites})
		}
	}
	for _, m := range parenthetical.FindAllStringSubmatchIndex(text, -1) {
		var cites []int
		for _, one := range oneInText.FindAllStringSubmatch(text[m[2]:m[3]], -1) {
			if c := r.citationBy(one[1], one[2], one[3]); c >= 0 {
				cites = append(cites, c)
			}
		}
		add(m[0], m[1], cites)
	}
	for _, m := range narrativeCitation.FindAllStringSubmatchIndex(text, -1) {
		suffix := ""
		if m[6] >= 0 {
			suffix = text[m[6]:m[7]]
		}
		if c := r.citationBy(text[m[2]:m[3]], text[m[4]:m[5]], suffix); c >= 0 {
			add(m[0], m[1], []int{c})
		}
	}
	for _, m := range bracketedNumber.FindAllStringSubmatchIndex(text, -1) {
		var cites []int
		for _, n := range strings.FieldsFunc(text[m[2]:m[3]], func(c rune) bool { return !unicode.IsDigit(c) }) {
			if c := r.citationNumbered(n); c >= 0 {
				cites = append(cites, c)
			}
		}
		add(m[0], m[1], cites)
	}
	sortSpans(out)
	return out
}

func sortSpans(s []inText) {
	for i := 1; i < len(s); i++ {
		for j := i; j > 0 && s[j].Start < s[j-1].Start; j-- {
			s[j], s[j-1] = s[j-1], s[j]
		}
	}
}

// citationBy returns the citation of a first author and a year, or -1. A letter after the year tells several of one
// author and year apart.
func (r *reading) citationBy(author, year, letter string) int {
	found := -1
	for i, c := range r.out.Cites {
		if strconv.Itoa(c.Year) != year || len(c.Authors) == 0 {
			continue
		}
		family := familyName(c.Authors)
		if !strings.EqualFold(family, author) && !strings.HasPrefix(strings.ToLower(c.Authors[0]), strings.ToLower(author)) {
			continue
		}
		if letter != "" && letter != "a" && !strings.HasSuffix(c.ID, letter) {
			continue
		}
		if found < 0 {
			found = i
		}
	}
	return found
}

// citationNumbered returns the citation whose entry in a numbered list of references has a number, or -1.
func (r *reading) citationNumbered(n string) int {
	for i, c := range r.out.Cites {
		for _, p := range c.Passages {
			if m := numbered.FindString(p.Text); m != "" && strings.Trim(m, " \t[].)") == n {
				return i
			}
		}
	}
	return -1
}
