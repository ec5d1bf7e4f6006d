package format

import (
	"encoding/xml"
	"strings"

	"golang.org/x/net/html"

	"github.com/picograph/picograph/graph/lazyregexp"
)

// block is a piece of a page that stands on its own: a heading of a level, a paragraph, an item of a list, a table.
type block struct {
	*node
	level    int  // of a heading; 0 for others
	item     bool // of a list
	abstract bool // within what the page calls its abstract
}

// inline are the elements that stand within a line, and what they are called in JATS; nothing is for those that leave
// their text alone.
var inline = map[string]string{
	"a": "", "abbr": "", "b": "bold", "strong": "bold", "i": "italic", "em": "italic", "span": "", "sub": "sub", "sup": "sup", "small": "", "cite": "",
	"q": "", "code": "", "mark": "", "font": "", "u": "", "var": "italic", "time": "", "br": "break", "wbr": "", "ins": "", "s": "", "tt": "", "bdi": "",
	"math": "math", "big": "", "acronym": "", "dfn": "", "data": "", "kbd": "", "samp": "",
}

// pageLayout finds the blocks of a page.
type pageLayout struct {
	texts    pageTexts
	blocks   []block
	line     []*node // what stands on the line so far
	abstract int     // how many elements deep within the abstract
	item     int     // how many items deep
	depth    int
}

// flush ends a line, which is a block unless it is empty.
func (l *pageLayout) flush() {
	n := &node{name: "p", kids: l.line}
	if strings.TrimSpace(n.flat()) != "" {
		l.blocks = append(l.blocks, block{node: n, item: l.item > 0, abstract: l.abstract > 0})
	}
	l.line = nil
}

var (
	abstractName  = lazyregexp.New(`(?i)(?:^|[-_ :])(?:abstract|doc-abstract|articleabstract|abstract-content|abstractsection|hlfld-abstract)(?:$|[-_ \d])`)
	abstractTitle = lazyregexp.New(`(?i)^(?:(?:structured|author|article|english) )?(?:abstract|summary|synopsis|zusammenfassung|résumé|resumen)$`)
	listTitle     = lazyregexp.New(`(?i)^(?:references(?: and notes)?|bibliography|literature cited|works cited|citations)$`)
	indexTitle    = lazyregexp.New(`(?i)^(?:mesh terms|publication types|keywords?|key words|substances|index terms|subject terms)$`)
)

// walk takes in what stands below an element.
func (l *pageLayout) walk(n *html.Node) {
	if l.depth++; l.depth > maxDepth*2 {
		l.depth--
		return
	}
	defer func() { l.depth-- }()
	for k := n.FirstChild; k != nil; k = k.NextSibling {
		switch k.Type {
		case html.TextNode:
			l.line = append(l.line, &node{text: l.texts[k]})
		case html.ElementNode:
			l.element(k)
		}
	}
}

// element takes in an element.
func (l *pageLayout) element(n *html.Node) {
	if unseen(n) {
		return
	}
	if pageFurniture(n) != "" {
		return
	}
	if _, ok := inline[n.Data]; ok && !holdsBlock(n) {
		if n.Data == "br" && len(l.line) > 0 && l.line[len(l.line)-1].name == "break" {
			l.flush()
			return
		}
		l.line = append(l.line, l.texts.inlineNode(n))
		return
	}
	if abstractName.MatchString(attribute(n, "class")+" "+attribute(n, "id")+" "+attribute(n, "role")) && n.Data != "body" && n.Data != "article" && n.Data != "main" {
		l.abstract++
		defer func() { l.flush(); l.abstract-- }()
	}
	l.flush()
	switch n.Data {
	case "h1", "h2", "h3", "h4", "h5", "h6":
		l.heading(n, int(n.Data[1]-'0'))
		return
	case "table":
		if t := l.texts.table(n); t != nil {
			l.blocks = append(l.blocks, block{node: t, abstract: l.abstract > 0})
			return
		}
	case "figure":
		if t := l.texts.figure(n); t != nil {
			l.blocks = append(l.blocks, block{node: t, abstract: l.abstract > 0})
		}
		return
	case "li":
		l.item++
		defer func() { l.flush(); l.item-- }()
	}
	if attribute(n, "role") == "heading" {
		l.heading(n, 2)
		return
	}
	if t := l.texts.wrapped(n); t != nil {
		l.blocks = append(l.blocks, block{node: t, abstract: l.abstract > 0})
		return
	}
	l.walk(n)
	l.flush()
}

// heading takes in a heading.
func (l *pageLayout) heading(n *html.Node, level int) {
	h := &node{name: "title", kids: l.texts.inlineNodes(n)}
	if h.plain() != "" {
		l.blocks = append(l.blocks, block{node: h, level: level, abstract: l.abstract > 0})
	}
}

// holdsBlock reports whether an element that stands within a line holds one that does not.
func holdsBlock(n *html.Node) bool {
	found := false
	for k := n.FirstChild; k != nil && !found; k = k.NextSibling {
		if k.Type == html.ElementNode {
			if _, ok := inline[k.Data]; (!ok && !unseen(k)) || holdsBlock(k) {
				found = n.Data != "math" && k.Namespace != "math"
			}
		}
	}
	return found
}

// referenceTarget is where the link of a reference's number leads, noteTarget that of a note.
var (
	referenceTarget = lazyregexp.New(`(?i)#(?:.*[-_.])?(?:b|bib|bibr|cr|r|ref|cit|c|core-r|ref-cr|rf)[-_.]?\d+[a-z]?(?:[-_].*)?$`)
	noteTarget      = lazyregexp.New(`(?i)#(?:.*[-_.])?(?:fn|tfn|tbl-?fn|tf|t\d+-?fn|table-?fn|note)[-_.]?\w*$`)
)

// inlineNode returns an element that stands within a line.
func (t pageTexts) inlineNode(n *html.Node) *node {
	out := &node{name: inline[n.Data], kids: t.inlineNodes(n)}
	if out.name == "" {
		out.name = "span"
	}
	if n.Data == "a" {
		href := attribute(n, "href")
		out.attrs = []xml.Attr{{Name: xml.Name{Local: "href"}, Value: href}}
		switch {
		case noteTarget.MatchString(href):
			out.name, out.attrs = "xref", []xml.Attr{{Name: xml.Name{Local: "ref-type"}, Value: "fn"}}
		case referenceTarget.MatchString(href) || attribute(n, "role") == "doc-biblioref":
			out.name, out.attrs = "xref", []xml.Attr{{Name: xml.Name{Local: "ref-type"}, Value: "bibr"}}
		}
	}
	return out
}

// inlineNodes returns what stands within an element, all of it on one line.
func (t pageTexts) inlineNodes(n *html.Node) []*node {
	var out []*node
	for k := n.FirstChild; k != nil; k = k.NextSibling {
		switch {
		case k.Type == html.TextNode:
			out = append(out, &node{text: t[k]})
		case k.Type != html.ElementNode || unseen(k) || k.Data == "button" || k.Data == "annotation":
		default:
			in := t.inlineNode(k)
			if _, ok := inline[k.Data]; !ok && k.Namespace == "" {
				in.name = "p"
			}
			out = append(out, in)
		}
	}
	return out
}

// article puts the article of a page into the elements of JATS; nil is for a page without one.
func (p *page) article(root *html.Node, texts pageTexts) *node {
	l := &pageLayout{texts: texts}
	l.walk(articleRoot(root))
	l.flush()
	s := &sorter{page: p, title: added(p.heading())}
	for _, b := range l.blocks {
		s.block(b)
	}
	s.close()
	if s.title.s == "" {
		s.title = added(p.windowTitle())
	}
	if len(s.abstract.kids) == 0 {
		if text := p.abstract(); text != "" {
			for _, part := range paragraphs(added(text)) {
				s.abstract.kids = append(s.abstract.kids, &node{name: "p", kids: []*node{{text: part}}})
			}
		}
	}
	if len(s.abstract.kids) == 0 && len(strings.TrimSpace(s.body.flat())) < 200 && p.heading() == "" {
		return nil
	}
	meta := &node{name: "article-meta", kids: []*node{
		{name: "title-group", kids: []*node{{name: "article-title", kids: []*node{{text: s.title}}}}},
		s.abstract,
	}}
	p.references = s.references
	return &node{name: "article", kids: []*node{{name: "front", kids: []*node{meta}}, s.body}}
}

// articleRoot returns the element that holds the article: the one called so that holds most of what stands in
// paragraphs, or the whole page.
func articleRoot(root *html.Node) *html.Node {
	best, most := root, 0
	total := proseIn(root)
	eachElement(root, func(n *html.Node) {
		role := attribute(n, "role")
		if n.Data != "article" && n.Data != "main" && role != "main" && role != "article" && attribute(n, "itemprop") != "articleBody" {
			return
		}
		size := proseIn(n)
		if n.Data == "article" || attribute(n, "itemprop") == "articleBody" {
			size += size / 20 // within <main>
		}
		if size > most && size*10 > total*6 {
			best, most = n, size
		}
	})
	return best
}

// proseIn returns how many bytes of text stand in the paragraphs below an element.
func proseIn(n *html.Node) int {
	size := 0
	eachElement(n, func(k *html.Node) {
		if k.Data == "p" {
			size += len(strings.TrimSpace(rawText(k)))
		}
	})
	return size
}
