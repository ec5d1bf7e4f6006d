package format

import (
	"strconv"
	"strings"

	"github.com/picograph/picograph/graph/evidence"
	"github.com/picograph/picograph/graph/lazyregexp"
	"github.com/picograph/picograph/loader/document"
)

// jatsRoots are the elements that JATS articles are the root of or stand in.
var jatsRoots = map[string]bool{
	"article": true, "articles": true, "pmc-articleset": true, "OAI-PMH": true, "records": true, "record": true, "collection": true,
	"GetRecord": true, "ListRecords": true, "metadata": true,
}

var (
	jatsRecords = map[string]bool{"article": true}
	jatsArticle = lazyregexp.New(`<(?:[\w-]+:)?article[\s>]`)
	jatsFront   = lazyregexp.New(`<(?:[\w-]+:)?(?:front|article-meta)[\s>]`)
)

// isJATS reports whether a file is an article in JATS, or several in what the PMC or an OAI server wraps them in.
func isJATS(f File) bool {
	return jatsRoots[xmlRoot(f.Data)] && jatsArticle.Match(f.Data) && jatsFront.Match(f.Data)
}

// readJATS reads the articles of a JATS file.
func readJATS(f File, yield func(Record) error) error {
	k := keys{n: f.Before}
	alone := f.whole() && xmlRoot(f.Data) == "article" && len(jatsArticle.FindAllIndex(f.Data, 2)) == 1
	x := &xmlReader{file: f, records: jatsRecords}
	return x.each(func(n *node, at evidence.Extent) error {
		var a jats
		a.article(n)
		a.record.place(a.text.text(), at)
		rep := a.record.Known.Report
		if !alone {
			a.record.Key = k.next(prefixed("pmcid:", rep.PMCID), prefixed("pmid:", rep.PMID), prefixed("doi:", rep.DOI))
		}
		return yield(a.record)
	})
}

// jats builds the record of an article.
type jats struct {
	record Record
	text   *composer
}

// article takes in an article: what its front labels, its abstract, its results, its tables, its references.
func (a *jats) article(n *node) {
	meta := n.at("front", "article-meta")
	if meta == nil {
		meta = n.first("front")
	}
	rep := &a.record.Known.Report
	a.meta(meta, n.at("front", "journal-meta"))
	a.kind(n.attr("article-type"))
	title := meta.at("title-group", "article-title").told()
	if sub := meta.at("title-group", "subtitle").told(); sub.s != "" {
		title = joinedTexts([]traced{title.cut(0, len(strings.TrimRight(title.s, ": "))), sub}, ": ")
	}
	rep.Title = withoutStop(title.s)
	a.text = titled(title)
	a.abstract(meta)
	a.registration(n)
	a.funding(meta.first("funding-group"))
	if body := n.first("body"); body != nil && !a.text.empty() {
		a.record.Known.Body = a.text.b.Len()
		a.body(body)
	} else {
		a.body(body)
	}
	a.tables(n)
	a.related(n)
	a.references(n.first("back"))
	a.record.Asides, a.record.Known.Tables = a.text.skips, a.text.tables
}

// meta takes in the identifiers, the authors, and where the article was published.
func (a *jats) meta(m, journal *node) {
	rep := &a.record.Known.Report
	for _, id := range m.all("article-id") {
		kind := id.attr("pub-id-type")
		if kind == "pmcid" || kind == "pmc" || kind == "pmcaid" && rep.PMCID == "" {
			kind = "pmc"
		}
		identify(rep, kind, id.plain())
	}
	for _, g := range m.all("contrib-group") {
		for _, c := range g.all("contrib") {
			if kind := c.attr("contrib-type"); kind != "" && kind != "author" {
				continue
			}
			if name := jatsName(c); name != "" {
				rep.Authors = append(rep.Authors, name)
			}
		}
	}
	journal.within(func(t *node) { rep.Journal = firstOf(rep.Journal, t.plain()) }, "journal-title")
	if rep.Journal == "" {
		rep.Journal = journal.first("journal-id").plain()
	}
	rep.Volume, rep.Issue = m.first("volume").plain(), m.first("issue").plain()
	rep.Pages = jatsPages(m)
	rep.Year = jatsYear(m)
	for _, g := range m.all("kwd-group") {
		source := "author keyword"
		if kind := g.attr("kwd-group-type"); strings.EqualFold(kind, "mesh") {
			source = "MeSH"
		}
		g.within(func(k *node) { a.keyword(k.plain(), source) }, "kwd")
	}
	m.first("article-categories").within(func(s *node) { a.keyword(s.plain(), "subject") }, "subject")
}

func (a *jats) keyword(text, source string) {
	if text != "" {
		a.record.Known.Keywords = append(a.record.Known.Keywords, evidence.Keyword{Text: text, Source: source})
	}
}

// kind takes in the type of article, and what it says of the status.
func (a *jats) kind(t string) {
	a.keyword(t, "article type")
	switch t {
	case "retraction":
		a.record.Known.Report.Status = "retraction"
	case "correction", "corrigendum", "erratum":
		a.record.Known.Report.Status = "correction"
	case "retracted-article":
		a.record.Known.Report.Status = "retracted"
	case "expression-of-concern":
		a.record.Known.Report.Status = "expression of concern"
	}
}

// jatsName returns the name that an author or a cited author has, "Family, Given", or that of a group.
func jatsName(c *node) string {
	name := ""
	c.within(func(n *node) {
		if name != "" {
			return
		}
		if family := n.first("surname").plain(); family != "" {
			name = personName(family, n.first("given-names").plain(), n.first("suffix").plain())
		} else if n.name != "name" || len(n.all("given-names")) > 0 {
			name = n.groupName()
		}
	}, "name", "string-name", "collab")
	return name
}

// groupName returns the name of a group without its members and notes.
func (n *node) groupName() string {
	named := &node{name: n.name}
	for _, k := range n.kids {
		if k.name != "contrib-group" && k.name != "xref" && k.name != "sup" && k.name != "email" && k.name != "aff" {
			named.kids = append(named.kids, k)
		}
	}
	return named.plain()
}

// jatsPages returns first and last page, or the number that stands for them.
func jatsPages(m *node) string {
	if first := m.first("fpage").plain(); first != "" {
		if last := m.first("lpage").plain(); last != "" && last != first {
			return first + "-" + last
		}
		return first
	}
	return firstOf(m.first("elocation-id").plain(), m.first("page-range").plain())
}

// jatsYear returns the year of publication: in print, else of the collection, else the first that is told.
func jatsYear(m *node) int {
	best, rank := 0, 9
	for _, d := range m.all("pub-date") {
		y := yearIn(d.first("year").plain())
		r := 3
		switch kind := firstOf(d.attr("pub-type"), d.attr("publication-format"), d.attr("date-type")); {
		case kind == "ppub" || kind == "print":
			r = 0
		case kind == "collection" || d.attr("date-type") == "collection":
			r = 1
		case kind == "epub" || kind == "electronic" || kind == "pub":
			r = 2
		case kind == "pmc-release" || kind == "nihms-submitted":
			r = 4
		}
		if y > 0 && r < rank {
			best, rank = y, r
		}
	}
	return best
}

// abstract takes in the abstract: the one of no special kind, else the first in words, else a translated one.
func (a *jats) abstract(m *node) {
	var chosen []*node
	for _, abs := range m.all("abstract") {
		switch abs.attr("abstract-type") {
		case "", "abstract", "structured", "unstructured", "section", "normal", "web-only":
			chosen = append(chosen, abs)
		}
	}
	for _, list := range [][]*node{m.all("abstract"), m.all("trans-abstract")} {
		for _, abs := range list {
			if len(chosen) == 0 && abs.attr("abstract-type") != "graphical" {
				chosen = append(chosen, abs)
			}
		}
	}
	for _, abs := range chosen {
		a.abstractPart(abs, "")
	}
}

// abstractPart takes in an abstract or a section of one, each section as a paragraph with its title before it.
func (a *jats) abstractPart(n *node, label string) {
	var texts []traced
	flush := func() {
		a.text.paragraph(joinedTexts(texts, " ").labelled(label))
		texts = nil
	}
	for _, k := range n.kids {
		switch k.name {
		case "", "title", "label", "object-id", "fig", "graphic":
		case "sec":
			flush()
			a.abstractPart(k, k.first("title").plain())
		default:
			if t := k.told(); t.s != "" {
				texts = append(texts, t)
			}
		}
	}
	flush()
}

var (
	registryNumber = lazyregexp.New(`\b(?:NCT\d{8}|ISRCTN ?\d{8}|ACTRN ?\d{14}|ChiCTR[-A-Z]*-?\d{8,12}|DRKS\d{8}|UMIN-?(?:CTR)?\d{9}|CTRI/\d{4}/\d{2,3}/\d{6}|IRCT\d{8,}\w*|PACTR\d{15,}|RBR-\w{6,8}|jRCTs?\d{9,10}|KCT\d{7}|TCTR\d{11}|SLCTR/\d{4}/\d{3}|\d{4}-\d{6}-\d{2}(?:-\d{2})?)\b`)
	registers      = lazyregexp.New(`(?i)\b(?:regist\w*|clinicaltrials?\.?gov|isrctn|eudract|trial (?:id|no|number)|identifier|clinical trial)\b`)
	elsewhere      = lazyregexp.New(`(?i)\b(?:introduction|background|discussion|conclusions?|references|comment)\b`)
)

// registration takes in, where the abstract names no registration, the number that the methods or the notes give: the
// first in a sentence about registration.
func (a *jats) registration(n *node) {
	if registryNumber.MatchString(a.text.b.String()) {
		return
	}
	var found traced
	look := func(p *node) {
		if found.s != "" {
			return
		}
		for _, t := range p.told().split(". ") {
			if id := registryNumber.FindStringIndex(t.s); id != nil && registers.MatchString(t.s) {
				found = t.cut(id[0], id[1])
				return
			}
		}
	}
	n.first("front").within(look, "p", "ext-link", "corresp", "fn")
	for _, sec := range n.first("body").all("sec") {
		if !elsewhere.MatchString(sec.first("title").plain()) {
			sec.within(look, "p")
		}
	}
	for _, part := range n.first("back").all("fn-group") {
		part.within(look, "p")
	}
	if found.s != "" {
		a.text.paragraph(joinedTexts([]traced{added("Trial registration: "), found}, ""))
	}
}

// funding writes who paid, in the sentence that tells it or else by name.
func (a *jats) funding(group *node) {
	who := group.first("funding-statement").told()
	if who.s == "" {
		who = group.at("award-group", "funding-source").told()
	}
	if who.s != "" {
		a.text.heading("Funding")
		a.text.paragraph(who)
	}
}

var resultsTitle = lazyregexp.New(`(?i)^[\divx.\s]*(?:(?:main |study |trial |model |methods |discussion )?(?:and )?(?:results?|findings|outcomes)|resultados|résultats|ergebnisse)\b`)

var resultsOnly = lazyregexp.New(`(?i)^[\divx.\s]*results?\b`)

// isResults reports whether a section tells the results.
func isResults(sec *node) bool {
	return strings.Contains(sec.attr("sec-type"), "results") || resultsTitle.MatchString(sec.first("title").plain())
}

// body takes in the body: the sections that tell the results to be read, the others set aside. Of an article without
// an abstract and without such sections, all is read.
func (a *jats) body(b *node) {
	if b == nil {
		return
	}
	tells := make(map[*node]bool)
	for _, sec := range b.all("sec") {
		if isResults(sec) {
			tells[sec] = true
		}
	}
	if len(tells) == 0 {
		for _, sec := range b.all("sec") {
			for _, inner := range sec.all("sec") {
				if len(tells) == 0 && resultsOnly.MatchString(inner.first("title").plain()) {
					tells[inner] = true
				}
			}
		}
	}
	if len(tells) == 0 && a.text.empty() {
		a.section(b)
		return
	}
	a.parts(b, tells)
}

// parts takes in the parts of an element: those that tell results to be read, the others set aside.
func (a *jats) parts(n *node, tells map[*node]bool) {
	holds := func(sec *node) bool {
		for _, inner := range sec.all("sec") {
			if tells[inner] {
				return true
			}
		}
		return false
	}
	for _, k := range n.kids {
		switch {
		case tells[k]:
			a.section(k)
		case holds(k):
			a.text.aside(document.ReasonArticle, func() { a.title(k) })
			a.parts(k, tells)
		case k.name != "title":
			a.text.aside(document.ReasonArticle, func() { a.prose(&node{kids: []*node{k}}) })
		}
	}
}

// section takes in a section: its title on a line of its own, then its paragraphs and sections.
func (a *jats) section(n *node) {
	a.title(n)
	a.prose(n)
}

// title takes in the title of a section.
func (a *jats) title(n *node) {
	if title := n.first("title").plain(); title != "" {
		a.text.heading(heading(n.first("label").plain(), title))
	}
}

// heading returns a section's title as a heading: the titles of the main sections in capitals.
func heading(label, title string) string {
	title = strings.TrimRight(title, ":. ")
	if label != "" && !strings.HasPrefix(title, label) {
		title = label + " " + title
	}
	if resultsTitle.MatchString(title) && len(title) < 60 {
		title = strings.ToUpper(title)
	}
	return title
}

// prose takes in the paragraphs of a section and the sections in it. Tables and figures are told elsewhere.
func (a *jats) prose(n *node) {
	for _, k := range n.kids {
		switch k.name {
		case "sec":
			a.section(k)
		case "p", "disp-quote", "statement", "verse-group":
			a.text.paragraph(k.told())
		case "list", "def-list", "boxed-text":
			a.listed(k)
		}
	}
}

// listed takes in the items of a list, each as a paragraph.
func (a *jats) listed(n *node) {
	n.within(func(p *node) { a.text.paragraph(p.told()) }, "p", "def-item")
}

// jatsRelations are the kinds of links between articles.
var jatsRelations = map[string]string{
	"corrected-article": "corrects", "correction-forward": "corrected by", "retracted-article": "retracts", "retraction-forward": "retracted by",
	"commentary-article": "comments on", "commentary": "commented on in", "letter": "commented on in", "peer-reviewed-article": "reviews",
	"addended-article": "updates", "addendum": "updated by", "update": "updated by", "object-of-concern": "expresses concern about",
	"concern": "concern expressed in", "republished-article": "republished from", "companion": "companion of", "article-reference": "",
}

// related takes in the links to other articles, and what they say of the status.
func (a *jats) related(n *node) {
	rep := &a.record.Known.Report
	visit := func(r *node) {
		kind := r.attr("related-article-type")
		relation, known := jatsRelations[kind]
		if !known {
			relation = strings.ReplaceAll(kind, "-", " ")
		}
		c := evidence.Citation{Relation: relation}
		c.Year, c.Volume = yearIn(r.plain()), r.attr("vol")
		c.Pages, c.Journal = r.attr("page"), r.attr("journal-id")
		target := r.attr("href")
		switch r.attr("ext-link-type") {
		case "pubmed", "pmid":
			c.PMID = barePMID(target)
		case "pmc", "pmcid":
			c.PMCID = barePMCID(target)
		}
		c.DOI = bareDOI(target)
		a.cite(c)
		switch relation {
		case "retracted by":
			rep.Status = "retracted"
		case "corrected by":
			rep.Status = firstOf(rep.Status, "corrected")
		}
	}
	n.at("front", "article-meta").within(visit, "related-article")
}

// cite takes in a citation that tells anything.
func (a *jats) cite(c evidence.Citation) {
	if c.Title == "" && c.DOI == "" && c.PMID == "" && c.PMCID == "" && c.Journal == "" {
		return
	}
	c.ID = "c" + strconv.Itoa(len(a.record.Known.Cites)+1)
	a.record.Known.Cites = append(a.record.Known.Cites, c)
}

// references takes in the list of references.
func (a *jats) references(back *node) {
	back.within(func(ref *node) {
		ref.within(func(c *node) { a.cite(evidence.Citation{Report: jatsReference(c)}) },
			"element-citation", "mixed-citation", "nlm-citation", "citation")
	}, "ref")
}

// jatsReference reads a reference.
func jatsReference(c *node) evidence.Report {
	rep := evidence.Report{
		Title: withoutStop(c.first("article-title").plain()), Journal: c.first("source").plain(), Year: yearIn(c.first("year").plain()),
		Volume: c.first("volume").plain(), Issue: c.first("issue").plain(), Pages: jatsPages(c),
	}
	if rep.Title == "" {
		rep.Title = firstOf(c.first("chapter-title").plain(), c.first("data-title").plain())
	}
	if rep.Title == "" && rep.Journal == "" {
		rep = listedReference(c.plain())
	} else if rep.Title == "" && rep.Volume == "" { // a book or a report
		rep.Title, rep.Journal = rep.Journal, ""
	}
	if len(rep.Authors) == 0 {
		rep.Authors = citedAuthors(c)
	}
	c.within(func(id *node) { identify(&rep, id.attr("pub-id-type"), id.plain()) }, "pub-id")
	if rep.DOI == "" {
		c.within(func(l *node) { rep.DOI = firstOf(rep.DOI, bareDOI(l.attr("href")), bareDOI(l.plain())) }, "ext-link", "uri", "comment")
	}
	return rep
}

// citedAuthors returns the authors of a reference, without editors.
func citedAuthors(c *node) []string {
	var out []string
	for _, k := range c.kids {
		switch k.name {
		case "person-group":
			if kind := k.attr("person-group-type"); kind == "" || kind == "author" || kind == "allauthors" {
				out = append(out, citedAuthors(k)...)
			}
		case "name", "string-name", "collab":
			out = append(out, nonEmpty(jatsName(&node{kids: []*node{k}}))...)
		}
	}
	return out
}
