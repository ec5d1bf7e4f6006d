// Package document holds a source text with its sections and sentences, all of them spans of one text. It finds
// structure (headings, paragraphs, sentences, page furniture, repetitions, translations) and knows nothing of studies.
package document

import (
	"sort"

	"github.com/picograph/picograph/graph/evidence"
)

// Span is a stretch of a document's text: byte offsets, End exclusive.
type Span struct{ Start, End int }

// Len returns the number of bytes in the span.
func (s Span) Len() int { return s.End - s.Start }

// Contains reports whether t lies within s.
func (s Span) Contains(t Span) bool { return s.Start <= t.Start && t.End <= s.End }

// Overlaps reports whether s and t share a byte.
func (s Span) Overlaps(t Span) bool { return s.Start < t.End && t.Start < s.End }

// Role is what a section is for.
type Role string

// The roles of a section. Body is text whose role no heading tells; the extractor judges its sentences one by one.
const (
	Title        Role = "title"
	Authors      Role = "authors"
	Affiliation  Role = "affiliation"
	Citation     Role = "citation" // the line that says where the report was published
	Background   Role = "background"
	Objective    Role = "objective"
	Methods      Role = "methods" // design, setting, participants, interventions, measures
	Results      Role = "results"
	Conclusions  Role = "conclusions"
	Registration Role = "registration"
	References   Role = "references"
	Body         Role = "body"
)

// Section is a part of a document under one heading. Heading is as printed, without its colon; Span covers the text
// after it; Head is where the heading stands, with its colon and other signs, and is empty where there is none. A
// section that a skip interrupts is told as several, with the same heading.
type Section struct {
	Span
	Heading string
	Head    Span
	Role    Role
}

// Sentence is one sentence, or one line that is no sentence (a citation, a list of authors). Section is an index
// into Document.Sections.
type Sentence struct {
	Span
	Section int
}

// Document is one source text and its structure. Text that was skipped lies in no section and no sentence.
type Document struct {
	Source    string // the path as given
	SHA256    string // of the file, hexadecimal
	Format    string
	Language  string // ISO 639-1
	Text      string
	Sections  []Section
	Sentences []Sentence
	Skips     []evidence.Skip
	Problems  []evidence.Problem
	Known     Known
}

// Known is what the source itself labels, so that it need not be read from the text: the fields of a bibliographic
// record, the studies of a registry.
type Known struct {
	Report   evidence.Report
	Keywords []evidence.Keyword
	Cites    []evidence.Citation
	Tables   []Table
	Body     int              // where the text of an article begins, behind its abstract; zero where there is none
	Studies  []evidence.Study // complete, with pointers for passages; the text then tells nothing further of studies
}

// At returns the text of a span.
func (d *Document) At(s Span) string { return d.Text[s.Start:s.End] }

// SectionAt returns the section that holds the byte at offset, or nil when none does.
func (d *Document) SectionAt(offset int) *Section {
	i := sort.Search(len(d.Sections), func(i int) bool { return d.Sections[i].End > offset })
	if i == len(d.Sections) || d.Sections[i].Start > offset {
		return nil
	}
	return &d.Sections[i]
}

// Passage returns the passage for a span, with the heading of the section that it stands in, or the section's role
// where it has no heading.
func (d *Document) Passage(s Span) evidence.Passage {
	p := evidence.Passage{Start: s.Start, End: s.End, Text: d.At(s)}
	if sec := d.SectionAt(s.Start); sec != nil {
		p.Section = sec.Heading
		if p.Section == "" {
			p.Section = string(sec.Role)
		}
	}
	return p
}
