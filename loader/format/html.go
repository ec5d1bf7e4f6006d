package format

import (
	"bytes"
	"encoding/json"
	"strings"

	"github.com/tidwall/gjson"
	"golang.org/x/net/html"

	"github.com/picograph/picograph/graph/evidence"
	"github.com/picograph/picograph/graph/lazyregexp"
)

// htmlStart is how a page begins, after blanks and comments.
var htmlStart = lazyregexp.New(`(?is)^(?:\s|<\?xml[^>]*>|<!--.*?-->)*<(?:!doctype\s+html|html|head|body|article|main)\b[^>]*>`)

// isHTML reports whether a file is an HTML page.
func isHTML(f File) bool {
	head := bytes.TrimPrefix(f.Data, []byte("\uFEFF"))
	return htmlStart.Match(head[:min(len(head), 16<<10)]) && bytes.Contains(f.Data, []byte("</"))
}

// readHTML reads a page as one article. What the page says of itself in its head is the report; the title, the abstract,
// the results and the tables are the text, as they are for an article in JATS, into whose elements the page is put.
func readHTML(f File, yield func(Record) error) error {
	root, err := html.Parse(bytes.NewReader(bytes.TrimPrefix(f.Data, []byte("\uFEFF"))))
	if err != nil {
		return &Error{Err: ErrBroken, Detail: undo(err.Error()), Offset: -1, Hint: "open it in a browser and save its text"}
	}
	p := newPage(root)
	article := p.article(root, placeTexts(f, root))
	if article == nil {
		return &Error{
			Err: ErrEmpty, Detail: "the page holds no article", Offset: -1,
			Hint: "was it saved before it had loaded, or behind a login? Save it again, or copy its text",
		}
	}
	var a jats
	a.article(article)
	for _, c := range p.references {
		a.cite(c)
	}
	p.report(&a.record.Known.Report)
	a.record.Known.Keywords = append(a.record.Known.Keywords, p.keywords...)
	a.record.place(a.text.text(), evidence.Extent{End: len(f.Data)})
	a.record.Left = p.left()
	if err := yield(a.record); err != nil || !cutPage(f.Data) {
		return err
	}
	return &Error{
		Err: ErrBroken, Detail: "the page ends within a sentence", Offset: len(f.Data) - 1,
		Hint: "what stands before was read; save or download it again",
	}
}

// cutPage reports whether a page that should end with its elements ends in the midst of a text.
func cutPage(data []byte) bool {
	low := bytes.ToLower(data)
	if !bytes.Contains(low, []byte("<html")) && !bytes.Contains(low, []byte("<body")) {
		return false
	}
	tail := bytes.TrimSpace(data[bytes.LastIndexByte(data, '>')+1:])
	return !bytes.Contains(low, []byte("</body")) && !bytes.Contains(low, []byte("</html")) && len(tail) > 0 && !bytes.ContainsAny(tail[len(tail)-1:], ".?!)]\"")
}

// page is what a page says of itself, and what of it is no part of the article.
type page struct {
	meta     map[string][]string // by name, in lower case
	ld       []gjson.Result      // what it says in JSON-LD of an article
	title    string              // of the window
	keywords []evidence.Keyword
	leftOut  map[string]bool

	references []evidence.Citation
}

// newPage reads the head of a page.
func newPage(root *html.Node) *page {
	p := &page{meta: make(map[string][]string), leftOut: make(map[string]bool)}
	eachElement(root, func(n *html.Node) {
		if reason := pageFurniture(n); reason != "" && !unseen(n) {
			p.leftOut[reason] = true
		}
		switch n.Data {
		case "title":
			if n.Namespace == "" && p.title == "" {
				p.title = undo(rawText(n))
			}
		case "link":
			if attribute(n, "rel") == "canonical" {
				p.meta["canonical"] = append(p.meta["canonical"], attribute(n, "href"))
			}
		case "meta":
			name := strings.ToLower(firstOf(attribute(n, "name"), attribute(n, "property"), attribute(n, "itemprop")))
			name = strings.Replace(name, "dcterms.", "dc.", 1)
			if content := undo(attribute(n, "content")); name != "" && content != "" {
				p.meta[name] = append(p.meta[name], content)
			}
		case "script":
			if text := rawText(n); strings.Contains(attribute(n, "type"), "ld+json") && json.Valid([]byte(text)) {
				p.structured(gjson.Parse(text), 0)
			}
		}
	})
	return p
}

// structured takes in what JSON-LD says of an article.
func (p *page) structured(v gjson.Result, depth int) {
	if depth > deepestRecord {
		return
	}
	if v.IsArray() {
		v.ForEach(func(_, one gjson.Result) bool {
			p.structured(one, depth+1)
			return true
		})
		return
	}
	for _, kind := range jsonStrings(v.Get(`\@type`)) {
		if strings.HasSuffix(kind, "Article") || kind == "Report" {
			p.ld = append(p.ld, v)
			return
		}
	}
	for _, key := range []string{`\@graph`, "mainEntity", "mainEntityOfPage"} {
		if inner := v.Get(key); inner.IsObject() || inner.IsArray() {
			p.structured(inner, depth+1)
		}
	}
}

// said returns the first of the names in the head that has a value.
func (p *page) said(names ...string) string {
	for _, name := range names {
		for _, v := range p.meta[name] {
			if v != "" {
				return v
			}
		}
	}
	return ""
}

// linked returns the first value that JSON-LD has at one of the paths.
func (p *page) linked(paths ...string) string {
	for _, v := range p.ld {
		for _, path := range paths {
			if s := undo(jsonString(v.Get(path))); s != "" {
				return s
			}
		}
	}
	return ""
}

// heading returns the title of the article, as far as the head tells it.
func (p *page) heading() string {
	return firstOf(p.said("citation_title", "dc.title", "prism.title", "bepress_citation_title", "eprints.title"), p.linked("headline", "name"))
}

// siteName is what follows the title of an article in the title of a window: " | Journal", " - PubMed".
var siteName = lazyregexp.New(`\s+(?:\||[-–—])\s+[^|]{2,60}$`)

// windowTitle is the title of the window without the name of the site.
func (p *page) windowTitle() string {
	return siteName.ReplaceAllString(firstOf(p.said("og:title"), p.title), "")
}

// abstract returns the abstract that the head tells.
func (p *page) abstract() string {
	for _, s := range []string{p.said("citation_abstract", "dc.description.abstract", "dc.description", "eprints.abstract"), p.linked("abstract", "description"), p.said("description", "og:description")} {
		if len(s) > 250 && !strings.HasSuffix(s, "…") && !strings.HasSuffix(s, "...") {
			return s
		}
	}
	return ""
}

// report fills in what the page says of its article.
func (p *page) report(r *evidence.Report) {
	e := entry{report: *r}
	for _, name := range []string{"citation_author", "citation_authors", "bepress_citation_author", "eprints.creators_name", "dc.creator", "dc.contributor"} {
		for _, v := range p.meta[name] {
			for _, one := range strings.Split(v, ";") {
				e.report.Authors = append(e.report.Authors, nonEmpty(turnedName(one))...)
			}
		}
		if len(e.report.Authors) > 0 {
			break
		}
	}
	for _, v := range p.ld {
		if len(e.report.Authors) == 0 {
			e.report.Authors = jsonNames(v.Get("author"))
		}
	}
	e.report.Journal = firstOf(p.said("citation_journal_title", "prism.publicationname", "bepress_citation_journal_title", "dc.source", "dc.relation.ispartof", "citation_journal_abbrev"),
		p.linked("isPartOf.isPartOf.name", "isPartOf.name", "isPartOf.0.name"))
	for _, date := range []string{
		p.said("citation_publication_date"), p.said("citation_date", "citation_cover_date", "citation_year", "prism.publicationdate"), p.said("dc.date", "dc.date.issued", "dc.issued"),
		p.linked("datePublished"), p.said("citation_online_date", "article:published_time"),
	} {
		e.report.Year = firstYear(e.report.Year, yearIn(strings.NewReplacer("/", " ", "-", " ").Replace(date)))
	}
	e.report.Volume = firstOf(p.said("citation_volume", "prism.volume"), p.linked("isPartOf.volumeNumber", "isPartOf.isPartOf.volumeNumber"))
	e.report.Issue = firstOf(p.said("citation_issue", "prism.number"), p.linked("isPartOf.issueNumber"))
	e.report.Pages = firstOf(pageRange(p.said("citation_firstpage", "prism.startingpage"), p.said("citation_lastpage", "prism.endingpage")),
		pageRange(p.linked("pageStart"), p.linked("pageEnd")), p.linked("pagination"), p.said("citation_article_number", "citation_elocation_id"))
	for _, name := range []string{"citation_doi", "prism.doi", "dc.identifier.doi", "bepress_citation_doi", "dc.identifier", "evt-doipage"} {
		for _, v := range p.meta[name] {
			e.doi(v)
		}
	}
	e.doi(p.linked("sameAs", "identifier.value", `\@id`, "doi"))
	e.report.PMID = firstOf(e.report.PMID, barePMID(p.said("citation_pmid", "ncbi_article_pmid")))
	e.report.PMCID = firstOf(e.report.PMCID, barePMCID(p.said("citation_pmcid", "ncbi_pmcid")))
	e.url(firstOf(p.said("canonical"), p.said("og:url"), p.said("citation_public_url", "citation_abstract_html_url")))
	for _, v := range append(p.meta["citation_keywords"], p.meta["dc.subject"]...) {
		for _, w := range listed(v) {
			e.keyword(strings.TrimSpace(w), "keyword", false)
		}
	}
	p.keywords = append(p.keywords, e.keywords...)
	*r = e.report
}

// givenName is a name that is told given name first: words, then a family name with the small words before it.
var givenName = lazyregexp.New(`^((?:[\p{Lu}][\p{L}'’.-]*[ ,]+)+)((?:(?:van|von|der|den|de|del|della|di|da|dos|das|du|la|le|ten|ter|bin|al|el)[ ])*[\p{Lu}][\p{L}'’-]+(?: (?:Jr|Sr|II|III))?\.?)$`)

// turnedName returns a name of a person "Family, Given", whichever way it is told. A name whose last word is initials
// has its family name first.
func turnedName(s string) string {
	s = strings.TrimSpace(undo(s))
	last := s[strings.LastIndexByte(s, ' ')+1:]
	m := givenName.FindStringSubmatch(s)
	if strings.Contains(s, ",") || m == nil || len(last) <= 4 && last == strings.ToUpper(last) {
		return familyFirst(s)
	}
	return personName(m[2], strings.TrimSpace(m[1]), "")
}

// left tells what of the page is not in the text, with the reasons.
func (p *page) left() []evidence.Skip {
	var out []evidence.Skip
	for _, k := range furnitureKinds {
		if p.leftOut[k.reason] {
			out = append(out, evidence.Skip{Reason: k.reason})
		}
	}
	return out
}

// eachElement calls f with each element below n and with n, in order.
func eachElement(n *html.Node, f func(*html.Node)) {
	if n.Type == html.ElementNode {
		f(n)
	}
	for k := n.FirstChild; k != nil; k = k.NextSibling {
		eachElement(k, f)
	}
}

// attribute returns the value of an attribute, or nothing.
func attribute(n *html.Node, name string) string {
	for _, a := range n.Attr {
		if a.Key == name {
			return strings.TrimSpace(a.Val)
		}
	}
	return ""
}

// rawText returns all text below an element.
func rawText(n *html.Node) string {
	var b strings.Builder
	var write func(*html.Node)
	write = func(n *html.Node) {
		if n.Type == html.TextNode {
			b.WriteString(n.Data)
		}
		for k := n.FirstChild; k != nil; k = k.NextSibling {
			write(k)
		}
	}
	write(n)
	return b.String()
}
