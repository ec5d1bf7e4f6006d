package format

import (
	"strconv"
	"strings"

	"github.com/tidwall/gjson"

	"github.com/picograph/picograph/graph/evidence"
)

// isCSLItem reports whether an object is an item in the Citation Style Language's JSON, as Zotero, Mendeley, citeproc
// and Crossref write it: a title, and what names its container, its date or its authors in CSL's way.
func isCSLItem(v gjson.Result) bool {
	if jsonString(v.Get("title")) == "" && jsonString(v.Get("DOI")) == "" {
		return false
	}
	signs := 0
	for _, key := range []string{"container-title", "issued", "author.0.family", "author.0.literal", "page", "short-container-title", "citation-key"} {
		if v.Get(key).Exists() {
			signs++
		}
	}
	return signs >= 2 || signs == 1 && v.Get("type").Type == gjson.String && v.Get("id").Exists()
}

// isCSL reports whether a file holds items of CSL-JSON.
func isCSL(f File) bool {
	_, ok := firstRecord(f, isCSLItem)
	return ok
}

// readCSL reads the items of a file in CSL-JSON: one, a list, Crossref's answer, or one a line.
func readCSL(f File, yield func(Record) error) error {
	k := keys{n: f.Before}
	data, at, _ := jsonText(f)
	r := jsonReader{data: data, skipped: at, is: isCSLItem}
	r.yield = func(v jsonRecord) error { return yield(cslEntry(v).record(&k)) }
	return r.each()
}

// cslEntry takes in an item.
func cslEntry(v jsonRecord) *entry {
	e := &entry{place: v.extent()}
	r := &e.report
	e.title = v.told(v.Get("title"))
	if sub := v.told(v.Get("subtitle")); sub.s != "" {
		e.title = joinedTexts([]traced{e.title.cut(0, len(strings.TrimRight(e.title.s, ":. "))), sub}, ": ")
	}
	e.abstract = v.told(v.Get("abstract"))
	r.Authors = jsonNames(v.Get("author"))
	r.Journal = firstOf(jsonString(v.Get("container-title")), jsonString(v.Get("container-title-short")), jsonString(v.Get("journalAbbreviation")))
	r.Volume, r.Issue = undo(jsonString(v.Get("volume"))), undo(firstOf(jsonString(v.Get("issue")), jsonString(v.Get("journal-issue.issue"))))
	r.Pages = firstOf(pageRange(jsonString(v.Get("page")), ""), undo(jsonString(v.Get("article-number"))), undo(jsonString(v.Get("number"))))
	for _, key := range []string{"published-print", "issued", "published", "published-online", "original-date"} {
		if r.Year == 0 {
			r.Year = cslYear(v.Get(key))
		}
	}
	e.doi(jsonString(v.Get("DOI")))
	r.PMID = barePMID(jsonString(v.Get("PMID")))
	r.PMCID = barePMCID(jsonString(v.Get("PMCID")))
	e.url(jsonString(v.Get("URL")))
	e.noted(strings.Join(jsonStrings(v.Get("note")), "\n"))
	for _, w := range append(jsonStrings(v.Get("keyword")), jsonStrings(v.Get("subject"))...) {
		for _, one := range listed(w) {
			e.keyword(one, "keyword", false)
		}
	}
	if genre := jsonString(v.Get("genre")); genre != "" && len(genre) < 60 {
		e.publicationType(genre)
	}
	e.keyword(jsonString(v.Get("language")), "language", false)
	e.cslLinks(v.Result)
	e.accession = firstOf(jsonString(v.Get("citation-key")), jsonString(v.Get("id")))
	return e
}

// cslYear returns the year of a date: its parts, or what was written where they could not be told.
func cslYear(v gjson.Result) int {
	if v.Type == gjson.String || v.Type == gjson.Number {
		return yearIn(strings.ReplaceAll(v.String(), "-", " "))
	}
	for _, key := range []string{"date-parts.0.0", "raw", "literal", "date-time"} {
		if y := yearIn(strings.NewReplacer("-", " ", "/", " ").Replace(jsonString(v.Get(key)))); y > 0 {
			return y
		}
	}
	return 0
}

// cslLinks takes in what Crossref adds: the records that this one updates, and its references.
func (e *entry) cslLinks(v gjson.Result) {
	v.Get("update-to").ForEach(func(_, u gjson.Result) bool {
		c := evidence.Citation{ID: "c" + strconv.Itoa(len(e.cites)+1), Relation: "updates"}
		switch strings.ToLower(jsonString(u.Get("type"))) {
		case "retraction", "withdrawal", "removal":
			c.Relation, e.report.Status = "retracts", "retraction"
		case "correction", "erratum", "corrigendum":
			c.Relation, e.report.Status = "corrects", firstOf(e.report.Status, "correction")
		case "expression_of_concern":
			c.Relation, e.report.Status = "expresses concern about", firstOf(e.report.Status, "expression of concern")
		}
		if c.DOI = bareDOI(jsonString(u.Get("DOI"))); c.DOI != "" {
			e.cites = append(e.cites, c)
		}
		return len(e.cites) < maxCites
	})
	v.Get("reference").ForEach(func(_, ref gjson.Result) bool {
		c := evidence.Citation{ID: "c" + strconv.Itoa(len(e.cites)+1)}
		if whole := undo(jsonString(ref.Get("unstructured"))); whole != "" {
			c.Report = listedReference(whole)
		}
		c.Title = firstOf(undo(jsonString(ref.Get("article-title"))), c.Title, undo(jsonString(ref.Get("volume-title"))))
		c.Journal = firstOf(undo(jsonString(ref.Get("journal-title"))), c.Journal)
		c.Volume = firstOf(undo(jsonString(ref.Get("volume"))), c.Volume)
		c.Pages = firstOf(undo(jsonString(ref.Get("first-page"))), c.Pages)
		c.DOI = firstOf(bareDOI(jsonString(ref.Get("DOI"))), c.DOI)
		if y := yearIn(jsonString(ref.Get("year"))); y > 0 {
			c.Year = y
		}
		if a := undo(jsonString(ref.Get("author"))); a != "" && len(c.Authors) == 0 {
			c.Authors = []string{a}
		}
		if c.Title != "" || c.DOI != "" || c.Journal != "" {
			e.cites = append(e.cites, c)
		}
		return len(e.cites) < maxCites
	})
}

// maxCites is the most references that are taken in from a list.
const maxCites = 5000
