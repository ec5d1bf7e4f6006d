package format

import (
	"strings"

	"github.com/picograph/picograph/graph/evidence"
	"github.com/picograph/picograph/graph/lazyregexp"
)

// entry is a bibliographic record as a reader of an export collects it: fields, not yet one text.
type entry struct {
	report        evidence.Report
	keywords      []evidence.Keyword
	cites         []evidence.Citation
	place         evidence.Extent // of the record in its file
	title         traced
	abstract      traced   // with the line ends that are paragraphs, and no others
	registrations []traced // of trials, where a field of their own names them
	funding       traced   // who paid, where a field of its own tells it
	accession     string   // the record's number in the database that it comes from
}

// keyword adds a term that the record was indexed with. What is there already is not added again.
func (e *entry) keyword(text, source string, major bool) {
	text = undo(text)
	if text == "" {
		return
	}
	for _, k := range e.keywords {
		if k.Text == text && k.Source == source {
			return
		}
	}
	e.keywords = append(e.keywords, evidence.Keyword{Text: text, Source: source, Major: major})
}

// indexed adds a term in which an asterisk marks main topics and slashes part the qualifiers, as MEDLINE prints its
// headings: "Pain/*drug therapy/psychology". Each heading with a qualifier is a keyword too.
func (e *entry) indexed(text, source string) {
	parts := strings.Split(text, "/")
	e.keyword(strings.ReplaceAll(parts[0], "*", ""), source, strings.Contains(text, "*"))
	for _, q := range parts[1:] {
		if bare := strings.TrimSpace(strings.ReplaceAll(q, "*", "")); bare != "" {
			e.keyword(strings.ReplaceAll(parts[0], "*", "")+"/"+bare, source, strings.HasPrefix(strings.TrimSpace(q), "*"))
		}
	}
}

// publicationType adds what kind of publication the record is of, and what that says of its status.
func (e *entry) publicationType(name string) {
	e.keyword(name, "publication type", false)
	status := map[string]string{
		"retracted publication": "retracted", "retraction of publication": "retraction", "retraction notice": "retraction",
		"retraction": "retraction", "published erratum": "correction", "erratum": "correction", "correction": "correction",
		"expression of concern": "expression of concern",
	}[strings.ToLower(strings.TrimSpace(name))]
	if status == "retracted" || e.report.Status == "" {
		e.report.Status = firstOf(status, e.report.Status)
	}
}

// url adds an address, and the identifiers that it names where the record has none.
func (e *entry) url(s string) {
	for _, u := range strings.FieldsFunc(strings.ReplaceAll(s, ";http", " http"), isBlankByte) {
		u = strings.TrimRight(u, ";,")
		if !strings.HasPrefix(u, "http://") && !strings.HasPrefix(u, "https://") {
			continue
		}
		e.identifyByURL(u)
		known := false
		for _, k := range e.report.URLs {
			known = known || k == u
		}
		if !known {
			e.report.URLs = append(e.report.URLs, u)
		}
	}
}

func isBlankByte(r rune) bool { return r == ' ' || r == '\t' || r == '\n' || r == '\r' }

var (
	doiURL    = lazyregexp.New(`(?i)(?:\bdoi\.org/|[?&;](?:rft\.)?(?:doi|id)=(?:doi(?::|%3a))?|/doi/(?:abs/|full/|pdf/|epdf/)?)(10\.\d{4,9}(?:/|%2f)[^\s&?#]+)`)
	pubmedURL = lazyregexp.New(`(?i)(?:ncbi\.nlm\.nih\.gov/(?:m/)?pubmed/|pubmed\.ncbi\.nlm\.nih\.gov/|pubmed\.gov/)(\d{1,9})\b`)
	pmcURL    = lazyregexp.New(`(?i)(?:/pmc/articles/|europepmc\.org/articles?/|pmc\.ncbi\.nlm\.nih\.gov/articles/)(?:PMC/)?(PMC\d{3,9})\b`)
)

// identifyByURL takes the identifiers out of an address, for those that the record does not have.
func (e *entry) identifyByURL(u string) {
	r := &e.report
	if m := doiURL.FindStringSubmatch(u); m != nil && r.DOI == "" {
		r.DOI = bareDOI(unescapeURL(m[1]))
	}
	if m := pubmedURL.FindStringSubmatch(u); m != nil && r.PMID == "" {
		r.PMID = m[1]
	}
	if m := pmcURL.FindStringSubmatch(u); m != nil && r.PMCID == "" {
		r.PMCID = strings.ToUpper(m[1])
	}
}

var percentByte = lazyregexp.New(`%[0-9A-Fa-f]{2}`)

// unescapeURL undoes the escapes of signs of ASCII in an address.
func unescapeURL(s string) string {
	return percentByte.ReplaceAllStringFunc(s, func(p string) string {
		c := unhex(p[1])<<4 | unhex(p[2])
		if c <= ' ' || c >= 0x7F {
			return p
		}
		return string(rune(c))
	})
}

func unhex(c byte) byte {
	switch {
	case c <= '9':
		return c - '0'
	case c >= 'a':
		return c - 'a' + 10
	}
	return c - 'A' + 10
}

// doi takes in a field that should be a DOI.
func (e *entry) doi(s string) {
	if e.report.DOI == "" {
		e.report.DOI = bareDOI(unescapeURL(s))
	}
}

// bareTitle is a title without entities, tags, the brackets of one that was translated, and the full stop of databases.
func bareTitle(t traced) traced {
	t = t.undone()
	t = unbracketed(t.cut(0, len(strings.TrimSuffix(t.s, "."))))
	return t.cut(0, len(withoutStop(t.s)))
}

// record puts the entry together. An entry of nothing but its number is a record without text.
func (e *entry) record(k *keys) Record {
	var rec Record
	title := bareTitle(e.title)
	e.report.Title = title.s
	e.report.Journal = undo(e.report.Journal)
	body := paragraphs(e.abstract)
	for _, r := range e.registrations {
		bank := strings.LastIndexAny(r.s, " /") + 1
		if id := r.cut(bank, len(r.s)); !strings.Contains(e.abstract.s, id.s) {
			body = append(body, joinedTexts([]traced{added("Trial registration: " + strings.Replace(r.s[:bank], "/", " ", 1)), id}, ""))
		}
	}
	if e.funding.s != "" && !strings.Contains(e.abstract.s, e.funding.s) {
		body = append(body, added("\nFunding"), e.funding)
	}
	rec.place(compose(title, body), e.place)
	rec.Known.Report, rec.Known.Keywords, rec.Known.Cites = e.report, e.keywords, e.cites
	rec.Key = k.next(prefixed("pmid:", e.report.PMID), prefixed("doi:", e.report.DOI), keyWord(e.accession))
	return rec
}

// keyWord is an accession number as a key: without white space.
func keyWord(s string) string { return strings.Join(strings.Fields(s), "_") }

// familyFirst returns a name that a source tells family name first, with the comma behind the family name where the source
// has one: without it nobody can tell which of "Wei Ling" is the family name.
func familyFirst(s string) string {
	s = strings.Trim(undo(s), ",; ")
	parts := strings.Split(s, ",")
	for i := range parts {
		parts[i] = strings.TrimSpace(parts[i])
	}
	return strings.Join(nonEmpty(parts...), ", ")
}

// personName puts a name together whose parts a source tells apart: "Family, Given Suffix".
func personName(family, given, suffix string) string {
	return strings.Join(nonEmpty(family, strings.Join(nonEmpty(given, suffix), " ")), ", ")
}

// pageRange puts first and last page together; the words with which Ovid says that there are none are none.
func pageRange(first, last string) string {
	first, last = strings.ReplaceAll(undo(first), "‐", "-"), strings.ReplaceAll(undo(last), "‐", "-")
	if strings.EqualFold(first, "no") && strings.EqualFold(last, "specified") || strings.EqualFold(first, "no pagination") {
		return ""
	}
	if last == "" || first == last || strings.ContainsAny(first, "-–") {
		return strings.ReplaceAll(first, "--", "-")
	}
	if first == "" {
		return last
	}
	return first + "-" + last
}
