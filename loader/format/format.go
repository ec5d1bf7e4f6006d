// Package format knows the formats of source files: it tells from a file's name and bytes which one it is, and reads
// it into records of text. A format is one file of this package and one line of its table. The package knows nothing
// of studies, and opens no files.
package format

import (
	"errors"
	"fmt"

	"github.com/picograph/picograph/graph/evidence"
	"github.com/picograph/picograph/graph/lazyregexp"
	"github.com/picograph/picograph/loader/document"
)

// File is a source file, or a part of one that is whole records: its name, as the user gave it, and its bytes,
// decompressed and in UTF-8.
type File struct {
	Name   string
	Data   []byte
	Offset int  // where Data begins in the file; of the file's first part 0
	Before int  // records before Data
	More   bool // parts follow
}

// whole reports whether a file is all there, and no part.
func (f File) whole() bool { return f.Offset == 0 && !f.More }

// Record is one document of a file. Key tells the records of a file apart; it is empty where the file is one document.
// Text is UTF-8; for plain text it is the file's bytes as they are.
//
// For other formats Text is the record's title and abstract (or article) as one text, undone of the container, in
// paragraphs: the title on the first line, a blank line, then each labelled part of the abstract as "LABEL: text" on a
// line of its own. Asides are stretches of it, in order, that the source marks as none of the running text (tables, the
// sections of an article that tell no results). Left tells what of the file is not in the text at all, such as page
// furniture, with the reason; its spans are empty. Known is what the source labels. Origin says where in the file the record
// and its text stand; nil where the text is the file.
type Record struct {
	Key    string
	Text   string
	Asides []evidence.Skip
	Left   []evidence.Skip
	Known  document.Known
	Origin *evidence.Origin
}

// place puts the text of a record, with where it comes from, and the stretch of the file that the record is.
func (r *Record) place(t traced, record evidence.Extent) {
	r.Text = t.s
	r.Origin = &evidence.Origin{Record: record, Runs: t.runs}
}

// Format is a source format. Detect reports whether a file is in it. Read hands the file's records to yield, in
// order, and stops with yield's error. Other errors are of type *Error, or several of them joined.
type Format struct {
	Name   string
	Does   string
	Detect func(File) bool
	Read   func(f File, yield func(Record) error) error

	// Starts returns the pattern that records of a file begin with, by the file's first bytes: a file that is too large to be
	// held is cut before what it matches, and read in parts. Nil, or a nil pattern, says that the file cannot be cut.
	Starts func(head []byte) *lazyregexp.Regexp
}

// Formats returns the formats in the order in which they are tried. The last reads any text.
func Formats() []Format {
	return []Format{
		{Name: "pubmed", Does: "PubMed XML: articles and books", Detect: isPubMed, Read: readPubMed, Starts: pubmedStarts},
		{Name: "esummary", Does: "summaries of PubMed, as esummary gives them", Detect: isESummary, Read: readESummary},
		{Name: "jats", Does: "articles in JATS, as PMC and publishers give them (.nxml, .xml)", Detect: isJATS, Read: readJATS, Starts: jatsStarts},
		{Name: "endnote", Does: "EndNote's XML", Detect: isEndNote, Read: readEndNote, Starts: startsWith(endnoteStart)},
		{Name: "medline", Does: "MEDLINE's tagged form, as PubMed exports it (.nbib)", Detect: isMedline, Read: readMedline, Starts: startsWith(medlineStart)},
		{Name: "ris", Does: "RIS, as databases and reference managers export it", Detect: isRIS, Read: readRIS, Starts: startsWith(risStart)},
		{Name: "wos", Does: "Web of Science's tagged form", Detect: isWoS, Read: readWoS, Starts: startsWith(wosStart)},
		{Name: "bibtex", Does: "BibTeX and BibLaTeX", Detect: isBibTeX, Read: readBibTeX, Starts: bibStarts},
		{Name: "ctgov", Does: "ClinicalTrials.gov API version 2: a study, an array, a page or one a line", Detect: isCTGov, Read: readCTGov, Starts: lineStarts},
		{Name: "csl", Does: "CSL-JSON, as Zotero, citeproc and Crossref write it", Detect: isCSL, Read: readCSL, Starts: lineStarts},
		{Name: "json", Does: "records in JSON: a list, an object of records, one a line; fields found by name", Detect: isJSONSet, Read: readJSONSet, Starts: lineStarts},
		{Name: "screening", Does: "CSV and TSV of screening tools and databases, columns found by name", Detect: isScreening, Read: readScreening},
		{Name: "html", Does: "HTML pages of articles, without what is not the article", Detect: isHTML, Read: readHTML},
		{Name: "text", Does: "plain text and Markdown", Detect: isText, Read: readText},
	}
}

// The reasons for which a file cannot be read; test for them with errors.Is.
var (
	ErrEmpty    = errors.New("the file is empty")
	ErrBinary   = errors.New("not a text")
	ErrEncoding = errors.New("not valid UTF-8")
	ErrUnknown  = errors.New("unknown format")
	ErrBroken   = errors.New("the file is damaged")
)

// Error is why a file cannot be read, with the place in it and advice.
type Error struct {
	Err    error  // one of the reasons above
	Detail string // what was found
	Offset int    // the byte where it was found; negative where no byte is to blame
	Hint   string // what the user can do
}

// Error returns the message on one line, without the hint.
func (e *Error) Error() string {
	s := e.Err.Error()
	if e.Detail != "" {
		s += ": " + e.Detail
	}
	if e.Offset >= 0 {
		s += fmt.Sprintf(" at byte %d", e.Offset)
	}
	return s
}

// Unwrap returns the reason.
func (e *Error) Unwrap() error { return e.Err }

// Detect returns the format of a file. The error, of type *Error, says what the file is where it is none of them.
func Detect(f File) (Format, error) {
	if err := foreign(f); err != nil {
		return Format{}, err
	}
	formats := Formats()
	for i, format := range formats {
		if i == len(formats)-1 { // any text, but for what is written for machines
			if err := markup(f.Data); err != nil {
				return Format{}, err
			}
		}
		if format.Detect(f) {
			return format, nil
		}
	}
	return Format{}, &Error{Err: ErrUnknown, Offset: -1, Hint: "save it as plain text in UTF-8"}
}
