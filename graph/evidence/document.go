// Package evidence is the domain model of picograph: studies, reports, arms, populations, outcomes and findings, in
// the terms of CONSORT, Cochrane's PICO and FHIR's evidence resources. Every claim carries the passages it rests on.
// The types marshal to the form that `picograph extract -o jsonl` prints; a value that a document does not state is
// left out, never null, zero or false. The package knows nothing of how documents are read or how graphs are stored.
package evidence

import "strings"

// Passage is an exact stretch of a document's text: Text is what stands at the bytes Start to End (exclusive) of
// the document's UTF-8 text.
type Passage struct {
	Section string `json:"section,omitempty"`
	Start   int    `json:"start"`
	End     int    `json:"end"`
	Text    string `json:"text"`
	Pointer string `json:"pointer,omitempty"` // JSON pointer or element path, for structured sources
	Source  Extent `json:"source,omitzero"`   // what it comes from in the file; only where it is shown, see Document.Locate
}

// Document is one loaded file, or one record of a file, and what was read from it.
type Document struct {
	Source   string     `json:"document"`         // the path as given; then #record, !member
	SHA256   string     `json:"sha256,omitempty"` // of the file, hexadecimal
	Format   string     `json:"format,omitempty"`
	Language string     `json:"language,omitempty"` // ISO 639-1
	Text     string     `json:"text,omitempty"`     // the text that passages refer to
	Report   Report     `json:"report"`
	Keywords []Keyword  `json:"keywords,omitempty"`
	Cites    []Citation `json:"cites,omitempty"`
	Studies  []Study    `json:"studies,omitempty"`
	Ignored  []Skip     `json:"ignored,omitempty"`
	Problems []Problem  `json:"problems,omitempty"`
	Origin   *Origin    `json:"-"` // where in the file it stands; nil where its text is the file
}

// Locate fills in where in the file each passage stands.
func (d *Document) Locate() {
	if d.Origin == nil {
		return
	}
	WalkPassages(d, func(_ string, p *Passage) { p.Source, _ = d.Origin.Place(p.Start, p.End) })
}

// Printable returns the name of a source on one line: with pictures in place of the line ends and other control characters that
// names of files may have.
func Printable(source string) string {
	return strings.Map(func(r rune) rune {
		if r < ' ' {
			return '\u2400' + r
		}
		return r
	}, source)
}

// Skip is a stretch of text left out on purpose, with the reason: page furniture, a repetition, a translation.
type Skip struct {
	Reason string `json:"reason"`
	Start  int    `json:"start"`
	End    int    `json:"end"`
}

// Problem is something that could not be used, and where. Start and End are byte offsets, both zero when the whole
// document is meant. A problem never stops a load.
type Problem struct {
	Stage   string `json:"stage"` // open, detect, read, segment, annotate, extract, put
	Message string `json:"message"`
	Start   int    `json:"start,omitempty"`
	End     int    `json:"end,omitempty"`
}

// Report is one publication or registry record. It reports one or more studies.
type Report struct {
	Title   string   `json:"title,omitempty"`
	Authors []string `json:"authors,omitempty"` // "Family, Given" or "Family AB" where the source tells the family name, else as printed
	Journal string   `json:"journal,omitempty"`
	Year    int      `json:"year,omitempty"`
	Volume  string   `json:"volume,omitempty"`
	Issue   string   `json:"issue,omitempty"`
	Pages   string   `json:"pages,omitempty"`
	DOI     string   `json:"doi,omitempty"` // lower case, without a resolver's address
	PMID    string   `json:"pmid,omitempty"`
	PMCID   string   `json:"pmcid,omitempty"` // with the letters PMC
	URLs    []string `json:"urls,omitempty"`
	Status  string   `json:"status,omitempty"` // retracted, corrected, ...
}

// Keyword is a term that a record was indexed with. Source says by whom: "MeSH", "publication type", "author", ...
type Keyword struct {
	Text   string `json:"text"`
	Source string `json:"source"`
	Major  bool   `json:"major,omitempty"` // marked as a main topic
}

// Citation is a report that a document refers to. ID is unique within the document.
type Citation struct {
	Report
	ID       string    `json:"id"`
	Relation string    `json:"relation,omitempty"` // cites where empty; corrects, retracts, comments on, updates, ... and the reverse
	Passages []Passage `json:"passages,omitempty"`
}

// Clip cuts a text to n characters at a word, on one line, and marks that it was cut.
func Clip(s string, n int) string {
	s = strings.Join(strings.Fields(s), " ")
	r := []rune(s)
	if len(r) <= n {
		return s
	}
	cut := string(r[:n])
	if i := strings.LastIndexByte(cut, ' '); i > n/2 {
		cut = cut[:i]
	}
	return cut + " …"
}
