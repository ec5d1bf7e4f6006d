package format

import (
	"bytes"
	"strings"

	"github.com/picograph/picograph/graph/evidence"
)

// endnoteRecords are the elements that are records in EndNote's XML.
var endnoteRecords = map[string]bool{"record": true}

// isEndNote reports whether a file is EndNote's XML, or that of programs which write the same: records with a type of
// reference or titles.
func isEndNote(f File) bool {
	root := xmlRoot(f.Data)
	if root != "xml" && root != "records" && root != "record" {
		return false
	}
	head := f.Data[:min(len(f.Data), 64<<10)]
	return bytes.Contains(head, []byte("<record")) &&
		(bytes.Contains(head, []byte("<ref-type")) || bytes.Contains(head, []byte("<titles>")) || bytes.Contains(head, []byte("<contributors>")))
}

// readEndNote reads the references of EndNote's XML.
func readEndNote(f File, yield func(Record) error) error {
	k := keys{n: f.Before}
	x := &xmlReader{file: f, records: endnoteRecords}
	return x.each(func(n *node, at evidence.Extent) error {
		e := endnoteEntry(n)
		e.place = at
		return yield(e.record(&k))
	})
}

// restyled makes of EndNote's styles the elements that they stand for, all the way down: what is raised is <sup>.
func (n *node) restyled() *node {
	if n == nil {
		return nil
	}
	if n.name == "style" && strings.Contains(n.attr("face"), "superscript") {
		n.name = "sup"
	}
	for _, k := range n.kids {
		k.restyled()
	}
	return n
}

// lines returns the text of an element with its line ends, as those that EndNote keeps within a field.
func (n *node) lines() []string {
	if n == nil {
		return nil
	}
	var out []string
	for _, line := range strings.FieldsFunc(n.flat(), func(r rune) bool { return r == '\r' || r == '\n' }) {
		out = append(out, nonEmpty(undo(line))...)
	}
	return out
}

// listedIn returns the texts of the elements of a name below n.
func (n *node) listedIn(name string) []string {
	var out []string
	n.within(func(k *node) { out = append(out, nonEmpty(k.plain())...) }, name)
	return out
}

// endnoteEntry takes in a reference.
func endnoteEntry(n *node) *entry {
	e := &entry{}
	r := &e.report
	n.restyled()
	titles := n.first("titles")
	e.title = titles.first("title").told()
	contributors := n.first("contributors")
	for _, group := range []string{"authors", "tertiary-authors"} {
		for _, name := range contributors.first(group).listedIn("author") {
			if len(r.Authors) == 0 || group == "authors" {
				r.Authors = append(r.Authors, nonEmpty(familyFirst(name))...)
			}
		}
	}
	r.Journal = firstOf(n.at("periodical", "full-title").plain(), titles.first("secondary-title").plain(), n.at("alt-periodical", "full-title").plain(),
		n.at("periodical", "abbr-1").plain(), titles.first("alt-title").plain(), n.at("alt-periodical", "abbr-1").plain())
	r.Year = firstYear(yearIn(n.at("dates", "year").plain()), yearIn(n.at("dates", "pub-dates").plain()))
	r.Volume, r.Issue = n.first("volume").plain(), n.first("number").plain()
	r.Pages = firstOf(pageRange(n.first("pages").plain(), ""), n.first("custom7").plain())
	e.abstract = n.first("abstract").kept()
	e.endnoteIdentifiers(n)
	for _, w := range n.first("keywords").listedIn("keyword") {
		e.risKeyword(w)
	}
	for _, kind := range append(n.first("work-type").lines(), n.first("notes").lines()...) {
		if notedTypes[strings.ToLower(kind)] {
			e.publicationType(kind)
		}
	}
	e.keyword(n.first("language").plain(), "language", false)
	return e
}

// kept returns the text of an element with its inline markup undone and its line ends kept.
func (n *node) kept() traced {
	if n == nil {
		return traced{}
	}
	var w weaver
	n.write(&w)
	return w.text().replaced(carriageReturn, func(string) string { return "\n" })
}

// endnoteIdentifiers takes in the identifiers. EndNote keeps a PubMed identifier as the accession number, that of the
// PMC as custom 2.
func (e *entry) endnoteIdentifiers(n *node) {
	r := &e.report
	e.doi(n.first("electronic-resource-num").plain())
	r.PMCID = barePMCID(n.first("custom2").plain())
	accession := n.first("accession-num").plain()
	database := strings.ToLower(n.first("remote-database-name").plain() + " " + n.first("remote-database-provider").plain())
	medline := strings.Contains(database, "medline") || strings.Contains(database, "nlm") || strings.Contains(database, "pubmed") ||
		strings.TrimSpace(database) == "" // EndNote's own search of PubMed names no database
	if digitsOnly.MatchString(accession) && medline {
		r.PMID = accession
	}
	e.accession = firstOf(accession, n.first("rec-number").plain())
	for _, field := range []string{"accession-num", "notes", "custom1", "custom5", "custom6", "research-notes", "label"} {
		e.noted(strings.Join(n.first(field).lines(), "\n"))
	}
	for _, u := range n.first("urls").listedIn("url") {
		e.url(u)
	}
}
