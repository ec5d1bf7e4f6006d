package format

import (
	"fmt"
	"strings"

	"github.com/picograph/picograph/graph/evidence"
	"github.com/picograph/picograph/graph/lazyregexp"
)

// summaryRecords are the elements that are records in what NCBI's esummary gives, version 1 and 2, or its refusal.
var summaryRecords = map[string]bool{"DocSum": true, "DocumentSummary": true, "ERROR": true}

// isESummary reports whether a file is what NCBI's esummary gives: fields of records, without abstracts.
func isESummary(f File) bool { return xmlRoot(f.Data) == "eSummaryResult" }

// readESummary reads summaries of PubMed and the PMC. Those of other databases are no publications and are left out.
func readESummary(f File, yield func(Record) error) error {
	k := keys{n: f.Before}
	others, refusal := 0, ""
	x := &xmlReader{file: f, records: summaryRecords}
	err := x.each(func(n *node, at evidence.Extent) error {
		if n.name == "ERROR" {
			refusal = n.plain()
			return nil
		}
		s := summary{n}
		if s.text("FullJournalName") == "" && s.text("Source") == "" || s.text("Title") == "" {
			others++
			return nil
		}
		e := s.entry()
		e.place = at
		return yield(e.record(&k))
	})
	switch {
	case err != nil:
		return err
	case refusal != "":
		return &Error{Err: ErrEmpty, Detail: "NCBI refused the request: " + undo(refusal), Offset: -1, Hint: "ask for it again"}
	case others > 0:
		return &Error{
			Err: ErrUnknown, Detail: fmt.Sprintf("summaries of another database than PubMed: %d", others), Offset: -1,
			Hint: "ask esummary, or better efetch, for records of db=pubmed",
		}
	}
	return nil
}

// summary is a record of esummary, whose fields are elements of their own or items with a name.
type summary struct{ *node }

// field returns the field of a name, or nil.
func (s summary) field(name string) *node {
	for _, k := range s.kids {
		if k.name == name || k.name == "Item" && k.attr("Name") == name {
			return k
		}
	}
	return nil
}

// text returns what stands in a field.
func (s summary) text(name string) string { return s.field(name).plain() }

// list returns the texts in a list.
func (s summary) list(name string) []string {
	var out []string
	for _, one := range summaryItems(s.field(name)) {
		if name := one.first("Name"); name != nil {
			one = name
		}
		out = append(out, nonEmpty(one.plain())...)
	}
	return out
}

// summaryItems returns the elements within a field.
func summaryItems(n *node) []*node {
	var out []*node
	if n != nil {
		for _, k := range n.kids {
			if k.name != "" {
				out = append(out, k)
			}
		}
	}
	return out
}

var pubmedNumber = lazyregexp.New(`^\d{1,8}$`)

// entry takes in a summary.
func (s summary) entry() *entry {
	e := &entry{}
	r := &e.report
	e.title = s.field("Title").told()
	r.Authors = append(s.list("AuthorList"), s.list("Authors")...)
	r.Journal = firstOf(s.text("FullJournalName"), s.text("Source"))
	r.Year = firstYear(yearIn(s.text("PubDate")), yearIn(s.text("EPubDate")))
	r.Volume, r.Issue = s.text("Volume"), s.text("Issue")
	r.Pages = pageRange(s.text("Pages"), "")
	e.doi(firstOf(s.text("DOI"), s.text("ELocationID")))
	for _, id := range summaryItems(s.field("ArticleIds")) {
		kind, value := id.attr("Name"), id.plain()
		if id.first("IdType") != nil {
			kind, value = id.first("IdType").plain(), id.first("Value").plain()
		}
		identify(r, strings.ToLower(kind), value)
	}
	if id := firstOf(s.text("Id"), s.attr("uid")); r.PMID == "" && pubmedNumber.MatchString(id) && r.PMCID == "" {
		r.PMID = id
	}
	for _, t := range append(s.list("PubTypeList"), s.list("PubType")...) {
		e.publicationType(t)
	}
	for _, l := range append(s.list("LangList"), s.list("Lang")...) {
		e.keyword(l, "language", false)
	}
	return e
}
