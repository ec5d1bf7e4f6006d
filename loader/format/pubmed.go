package format

import (
	"strconv"
	"strings"

	"github.com/picograph/picograph/graph/evidence"
	"github.com/picograph/picograph/graph/lazyregexp"
)

// pubmedRecords are the elements that a record of PubMed may be, by the root of the file.
var pubmedRecords = map[string]map[string]bool{
	"PubmedArticleSet":     {"PubmedArticle": true, "PubmedBookArticle": true},
	"PubmedBookArticleSet": {"PubmedBookArticle": true},
	"MedlineCitationSet":   {"MedlineCitation": true},
	"PubmedArticle":        {"PubmedArticle": true},
	"PubmedBookArticle":    {"PubmedBookArticle": true},
	"MedlineCitation":      {"MedlineCitation": true},
}

// isPubMed reports whether a file is XML of PubMed: what efetch gives, or a file of the baseline or of the updates.
func isPubMed(f File) bool { return pubmedRecords[xmlRoot(f.Data)] != nil }

// readPubMed reads the articles and books of PubMed XML.
func readPubMed(f File, yield func(Record) error) error {
	k := keys{n: f.Before}
	root := xmlRoot(f.Data)
	if f.Offset > 0 && root != "MedlineCitation" { // a later part, which begins with a record
		root = "PubmedArticleSet"
	}
	x := &xmlReader{file: f, records: pubmedRecords[root]}
	return x.each(func(n *node, at evidence.Extent) error {
		var p pubmed
		switch n.name {
		case "PubmedBookArticle":
			p.book(n)
		case "MedlineCitation":
			p.citation(n)
		default:
			p.citation(n.first("MedlineCitation"))
			p.data(n.first("PubmedData"))
		}
		rec := p.record
		rec.place(compose(p.title, p.paragraphs), at)
		rec.Key = k.next(prefixed("pmid:", rec.Known.Report.PMID), prefixed("doi:", rec.Known.Report.DOI))
		return yield(rec)
	})
}

// pubmed builds the record of an article or book.
type pubmed struct {
	record     Record
	title      traced
	paragraphs []traced
}

// citation takes in the bibliographic record of an article.
func (p *pubmed) citation(c *node) {
	rep := &p.record.Known.Report
	article := c.first("Article")
	rep.PMID = barePMID(c.first("PMID").plain())
	p.titled(article.first("ArticleTitle").told(), article.first("VernacularTitle").told())
	rep.Authors = pubmedAuthors(article.first("AuthorList"))
	journal := article.first("Journal")
	rep.Journal = firstOf(journal.first("Title").plain(), journal.first("ISOAbbreviation").plain(), c.at("MedlineJournalInfo", "MedlineTA").plain())
	issue := journal.first("JournalIssue")
	rep.Volume, rep.Issue = issue.first("Volume").plain(), issue.first("Issue").plain()
	rep.Year = pubmedYear(issue.first("PubDate"), article.first("ArticleDate"))
	rep.Pages = pubmedPages(article.first("Pagination"))
	for _, id := range article.all("ELocationID") {
		switch {
		case id.attr("EIdType") == "doi" && id.attr("ValidYN") != "N" && rep.DOI == "":
			rep.DOI = bareDOI(id.plain())
		case id.attr("EIdType") == "pii" && rep.Pages == "":
			rep.Pages = id.plain()
		}
	}
	p.abstract(article.first("Abstract"))
	if len(p.paragraphs) == 0 {
		p.otherAbstract(c)
	}
	p.databanks(article.first("DataBankList"))
	p.index(c)
	p.corrections(c.first("CommentsCorrectionsList"))
}

// data takes in the identifiers and references that stand beside the bibliographic record.
func (p *pubmed) data(d *node) {
	p.identifiers(d.first("ArticleIdList"))
	n := len(p.record.Known.Cites)
	d.within(func(ref *node) {
		n++
		c := evidence.Citation{ID: "c" + strconv.Itoa(n), Report: listedReference(ref.first("Citation").plain())}
		ids := ref.first("ArticleIdList")
		for _, id := range ids.all("ArticleId") {
			identify(&c.Report, id.attr("IdType"), id.plain())
		}
		p.record.Known.Cites = append(p.record.Known.Cites, c)
	}, "Reference")
}

// identifiers takes in a list of identifiers.
func (p *pubmed) identifiers(list *node) {
	for _, id := range list.all("ArticleId") {
		identify(&p.record.Known.Report, id.attr("IdType"), id.plain())
	}
}

// identify puts an identifier of a kind into a report that has none of the kind.
func identify(rep *evidence.Report, kind, id string) {
	set := func(to *string, v string) {
		if *to == "" {
			*to = v
		}
	}
	switch kind {
	case "pubmed", "pmid":
		set(&rep.PMID, barePMID(id))
	case "doi":
		set(&rep.DOI, bareDOI(id))
	case "pmc", "pmcid", "pmc-id":
		set(&rep.PMCID, barePMCID(id))
	}
}

// titled takes in the title; that of an article in another language stands in brackets.
func (p *pubmed) titled(title, vernacular traced) {
	t := unbracketed(title)
	if t.s == "" || strings.EqualFold(strings.Trim(t.s, ". "), "not available") {
		t = vernacular
	}
	p.title = t
	p.record.Known.Report.Title = withoutStop(t.s)
}

// unbracketed returns a title without the brackets, and the full stop after them, of one that was translated.
func unbracketed(t traced) traced {
	s := strings.TrimSuffix(t.s, ".")
	if strings.HasPrefix(s, "[") && strings.HasSuffix(s, "]") && strings.Count(s, "[") == 1 {
		return t.cut(1, len(s)-1).trimmed()
	}
	return t
}

// withoutStop returns a title without the full stop that a database puts at its end.
func withoutStop(t string) string {
	if strings.HasSuffix(t, "..") {
		return t
	}
	return strings.TrimSpace(strings.TrimSuffix(t, "."))
}

// abstract takes in the parts of an abstract.
func (p *pubmed) abstract(a *node) {
	for _, part := range a.all("AbstractText") {
		if t := part.told(); t.s != "" {
			p.paragraphs = append(p.paragraphs, t.labelled(undo(part.attr("Label"))))
		}
	}
}

// otherAbstract takes in an abstract that others wrote, or in another language, where the article has no other: the
// one in English, or the first.
func (p *pubmed) otherAbstract(c *node) {
	var best *node
	for _, a := range c.all("OtherAbstract") {
		if best == nil || a.attr("Language") == "eng" && best.attr("Language") != "eng" {
			best = a
		}
	}
	p.abstract(best)
}

// trialRegistries are the banks of PubMed that register trials; the others hold sequences and data.
var trialRegistries = lazyregexp.New(`(?i)^(ClinicalTrials\.gov|ISRCTN|ANZCTR|ACTRN|ChiCTR|CRiS|KCT|CTRI|DRKS|EudraCT|EU-?CTR|CTIS|IRCT|JapicCTI|JMACCT|JPRN|jRCT|NTR|LTR|PACTR|ReBec|RBR|REPEC|RPCEC|SLCTR|TCTR|UMIN)`)

// databanks takes in accession numbers: as keywords, and those of trial registries as a line of the text too.
func (p *pubmed) databanks(list *node) {
	for _, bank := range list.all("DataBank") {
		name := bank.first("DataBankName").plain()
		var trials []traced
		numbers := bank.first("AccessionNumberList")
		for _, a := range numbers.all("AccessionNumber") {
			id := a.told()
			if id.s == "" {
				continue
			}
			p.keyword(id.s, "databank", false)
			if trialRegistries.MatchString(name) && !mentions(p.paragraphs, id.s) {
				trials = append(trials, id)
			}
		}
		if len(trials) > 0 {
			p.paragraphs = append(p.paragraphs, joinedTexts([]traced{added("Trial registration: " + name + " "), joinedTexts(trials, ", ")}, ""))
		}
	}
}

func (p *pubmed) keyword(text, source string, major bool) {
	if text != "" {
		p.record.Known.Keywords = append(p.record.Known.Keywords, evidence.Keyword{Text: text, Source: source, Major: major})
	}
}

// index takes in what the article was indexed with.
func (p *pubmed) index(c *node) {
	article := c.first("Article")
	p.publicationTypes(article.first("PublicationTypeList").all("PublicationType"))
	for _, l := range article.all("Language") {
		p.keyword(l.plain(), "language", false)
	}
	for _, h := range c.first("MeshHeadingList").all("MeshHeading") {
		descriptor := h.first("DescriptorName")
		name, major := descriptor.plain(), descriptor.attr("MajorTopicYN") == "Y"
		qualifiers := h.all("QualifierName")
		for _, q := range qualifiers {
			major = major || q.attr("MajorTopicYN") == "Y"
		}
		p.keyword(name, "MeSH", major)
		for _, q := range qualifiers {
			p.keyword(name+"/"+q.plain(), "MeSH", q.attr("MajorTopicYN") == "Y")
		}
	}
	for _, s := range c.first("SupplMeshList").all("SupplMeshName") {
		p.keyword(s.plain(), "MeSH", false)
	}
	for _, s := range c.first("ChemicalList").all("Chemical") {
		p.keyword(s.first("NameOfSubstance").plain(), "substance", false)
	}
	p.keywords(c.all("KeywordList"))
}

// publicationTypes takes in what kind of publication it is, and what that says of its status.
func (p *pubmed) publicationTypes(types []*node) {
	rep := &p.record.Known.Report
	for _, t := range types {
		name := t.plain()
		p.keyword(name, "publication type", false)
		switch strings.ToLower(name) {
		case "retracted publication":
			rep.Status = "retracted"
		case "retraction of publication", "retraction notice":
			rep.Status = firstOf(rep.Status, "retraction")
		case "published erratum":
			rep.Status = firstOf(rep.Status, "correction")
		case "expression of concern":
			rep.Status = firstOf(rep.Status, "expression of concern")
		}
	}
}

// keywords takes in lists of keywords, of authors or of an organization that indexes.
func (p *pubmed) keywords(lists []*node) {
	for _, l := range lists {
		source := "author keyword"
		if o := l.attr("Owner"); o != "" && o != "NOTNLM" {
			source = o
		}
		for _, w := range l.all("Keyword") {
			p.keyword(w.plain(), source, w.attr("MajorTopicYN") == "Y")
		}
	}
}

// pubmedRelations are the kinds of links between records of PubMed, and what they say of the record's status.
var pubmedRelations = map[string]struct{ relation, status string }{
	"Cites":                       {"", ""},
	"CommentOn":                   {"comments on", ""},
	"CommentIn":                   {"commented on in", ""},
	"ErratumFor":                  {"corrects", "correction"},
	"ErratumIn":                   {"corrected by", "corrected"},
	"RetractionOf":                {"retracts", "retraction"},
	"RetractionIn":                {"retracted by", "retracted"},
	"PartialRetractionOf":         {"retracts in part", ""},
	"PartialRetractionIn":         {"retracted in part by", "corrected"},
	"UpdateOf":                    {"updates", ""},
	"UpdateIn":                    {"updated by", ""},
	"RepublishedFrom":             {"republished from", ""},
	"RepublishedIn":               {"republished as", ""},
	"CorrectedandRepublishedFrom": {"republished from", ""},
	"CorrectedandRepublishedIn":   {"republished as", "corrected"},
	"RetractedandRepublishedFrom": {"republished from", ""},
	"RetractedandRepublishedIn":   {"republished as", "retracted"},
	"ExpressionOfConcernFor":      {"expresses concern about", "expression of concern"},
	"ExpressionOfConcernIn":       {"concern expressed in", "concern expressed"},
	"AssociatedDataset":           {"has data in", ""},
	"AssociatedPublication":       {"has publication", ""},
	"OriginalReportIn":            {"original report in", ""},
	"SummaryForPatientsIn":        {"summarized in", ""},
	"ReprintOf":                   {"reprint of", ""},
	"ReprintIn":                   {"reprinted in", ""},
}

// corrections takes in the links to other records, and what they say of the status. That an article was retracted
// weighs more than that it was corrected.
func (p *pubmed) corrections(list *node) {
	rep := &p.record.Known.Report
	for i, c := range list.all("CommentsCorrections") {
		kind, known := pubmedRelations[c.attr("RefType")]
		if !known {
			kind.relation = spaced(c.attr("RefType"))
		}
		if kind.status == "retracted" || rep.Status == "" {
			rep.Status = firstOf(kind.status, rep.Status)
		}
		source := c.first("RefSource").plain()
		cited := evidence.Citation{ID: "c" + strconv.Itoa(i+1), Relation: kind.relation}
		cited.Title = withoutStop(c.first("ArticleTitle").plain())
		place(&cited.Report, source)
		cited.PMID = barePMID(c.first("PMID").plain())
		p.record.Known.Cites = append(p.record.Known.Cites, cited)
	}
}

// spaced returns the words of a name in camel case.
func spaced(s string) string {
	return strings.ToLower(strings.TrimSpace(camel.ReplaceAllString(s, " $1")))
}

var (
	camel        = lazyregexp.New(`([A-Z])`)
	placePattern = lazyregexp.New(`^(.{2,90}?)\.? \(?((?:19|20)\d\d)\)?\b[^;:]{0,20}(?:;\s*([\w-]+)?\s*(?:\(([^()]{1,30})\))?\s*(?::\s*([A-Za-z]?\d[\w.]*(?:\s*[-–‐]\s*[A-Za-z]?\d[\w.]*)?))?)?`)
)

// place reads where a report was published, "Some J. 2011 May 2;45(3):12-9. doi: ...", into it.
func place(rep *evidence.Report, s string) {
	rep.DOI = bareDOI(s)
	if m := placePattern.FindStringSubmatch(s); m != nil {
		rep.Journal, rep.Volume, rep.Issue = m[1], m[3], m[4]
		rep.Pages = strings.TrimRight(m[5], ".")
	}
	rep.Year = yearIn(s)
}

var referenceParts = lazyregexp.New(`^((?:[\p{L}'’ ‐-]{2,40} \p{Lu}{1,4}(?: (?:Jr|Sr|II|III|2nd|3rd))?|et al)(?:, (?:[\p{L}'’ ‐-]{2,40} \p{Lu}{1,4}(?: (?:Jr|Sr|II|III|2nd|3rd))?|et al))*)\. (.{8,400}?[.?!]) (.*)$`)

// listedReference reads a reference as reference lists print it: authors, title, and where it was published. What is
// not of that shape is the title as a whole.
func listedReference(s string) evidence.Report {
	m := referenceParts.FindStringSubmatch(s)
	if m == nil || !placePattern.MatchString(m[3]) {
		return evidence.Report{Title: s, Year: yearIn(s), DOI: bareDOI(s)}
	}
	rep := evidence.Report{Title: withoutStop(m[2])}
	for _, a := range strings.Split(m[1], ", ") {
		if a != "et al" {
			rep.Authors = append(rep.Authors, a)
		}
	}
	place(&rep, m[3])
	return rep
}

// book takes in a book, or a chapter of one.
func (p *pubmed) book(n *node) {
	rep := &p.record.Known.Report
	doc := n.first("BookDocument")
	book := doc.first("Book")
	rep.PMID = barePMID(doc.first("PMID").plain())
	title, of := doc.first("ArticleTitle").told(), book.first("BookTitle").told()
	if title.s == "" || title.s == of.s {
		title = of
	} else {
		rep.Journal = of.s
	}
	p.titled(title, doc.first("VernacularTitle").told())
	for _, holder := range []*node{doc, book} {
		for _, l := range holder.all("AuthorList") {
			if len(rep.Authors) == 0 || l.attr("Type") == "authors" && holder == doc {
				rep.Authors = pubmedAuthors(l)
			}
		}
	}
	rep.Year = pubmedYear(book.first("PubDate"), doc.first("ContributionDate"))
	rep.Volume = book.first("Volume").plain()
	rep.Pages = pubmedPages(doc.first("Pagination"))
	p.identifiers(doc.first("ArticleIdList"))
	for _, id := range book.all("ELocationID") {
		identify(rep, id.attr("EIdType"), id.plain())
	}
	p.abstract(doc.first("Abstract"))
	p.publicationTypes(doc.all("PublicationType"))
	for _, l := range doc.all("Language") {
		p.keyword(l.plain(), "language", false)
	}
	p.keywords(doc.all("KeywordList"))
	p.data(n.first("PubmedBookData"))
	for _, l := range doc.all("ReferenceList") {
		p.data(&node{kids: []*node{l}})
	}
}

// pubmedAuthors returns the authors of a list, "Family, Given", or the name of a group.
func pubmedAuthors(list *node) []string {
	var out []string
	for _, a := range list.all("Author") {
		if a.attr("ValidYN") == "N" {
			continue
		}
		name := a.first("CollectiveName").plain()
		if family := a.first("LastName").plain(); family != "" {
			name = personName(family, firstOf(a.first("ForeName").plain(), a.first("Initials").plain()), a.first("Suffix").plain())
		}
		if name != "" {
			out = append(out, name)
		}
	}
	return out
}

// pubmedYear returns the first year that one of the dates has.
func pubmedYear(dates ...*node) int {
	for _, d := range dates {
		for _, name := range []string{"Year", "MedlineDate"} {
			if y := yearIn(d.first(name).plain()); y > 0 {
				return y
			}
		}
	}
	return 0
}

// pubmedPages returns pages as they are listed.
func pubmedPages(p *node) string {
	if s := p.first("MedlinePgn").plain(); s != "" {
		return s
	}
	return strings.Join(nonEmpty(p.first("StartPage").plain(), p.first("EndPage").plain()), "-")
}

// firstOf returns the first string that is not empty.
func firstOf(s ...string) string {
	for _, v := range s {
		if v != "" {
			return v
		}
	}
	return ""
}

// nonEmpty returns the strings that are not empty.
func nonEmpty(s ...string) []string {
	var out []string
	for _, v := range s {
		if v != "" {
			out = append(out, v)
		}
	}
	return out
}
