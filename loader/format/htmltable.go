package format

import (
	"encoding/xml"

	"golang.org/x/net/html"

	"github.com/picograph/picograph/graph/lazyregexp"
)

// table puts a table into JATS's elements; nil is for one that only lays out the page.
func (t pageTexts) table(n *html.Node) *node {
	rows, cells, words := 0, 0, 0
	layout := attribute(n, "role") == "presentation"
	eachElement(n, func(k *html.Node) {
		switch k.Data {
		case "table":
			layout = layout || k != n
		case "h1", "h2", "h3", "article", "section", "form":
			layout = true
		case "tr":
			rows++
		case "td", "th":
			cells++
			words += len(rawText(k))
		}
	})
	if layout || rows < 2 || cells < rows+1 || words > cells*400 {
		return nil
	}
	wrap := &node{name: "table-wrap"}
	wrap.kids = append(wrap.kids, t.rows(n, "table"))
	for k := n.FirstChild; k != nil; k = k.NextSibling {
		if k.Type == html.ElementNode && k.Data == "caption" {
			captioned(wrap, (&node{name: "p", kids: t.inlineNodes(k)}).told())
		}
	}
	return wrap
}

// rows puts the rows of a table and their groups into JATS's elements, which have the same names.
func (t pageTexts) rows(n *html.Node, name string) *node {
	out := &node{name: name}
	for k := n.FirstChild; k != nil; k = k.NextSibling {
		if k.Type != html.ElementNode {
			continue
		}
		switch k.Data {
		case "thead", "tbody", "tfoot", "tr":
			out.kids = append(out.kids, t.rows(k, k.Data))
		case "td", "th":
			cell := &node{name: k.Data, kids: t.inlineNodes(k)}
			for _, a := range k.Attr {
				cell.attrs = append(cell.attrs, xml.Attr{Name: xml.Name{Local: a.Key}, Value: a.Val})
			}
			out.kids = append(out.kids, cell)
		}
	}
	return out
}

var tableLabel = lazyregexp.New(`(?i)^\s*((?:supplementary |e)?table\s+[A-Z]?\d{0,3}[A-Z]?)\s*[.:|—–-]?\s*`)

// captioned gives a table its label and caption.
func captioned(wrap *node, text traced) {
	if text = text.trimmed(); text.s == "" {
		return
	}
	if m := tableLabel.FindStringSubmatchIndex(text.s); m != nil && m[3]-m[2] > len("table ") {
		if wrap.first("label") == nil {
			wrap.kids = append(wrap.kids, &node{name: "label", kids: []*node{{text: text.cut(m[2], m[3])}}})
		}
		text = text.cut(m[1], len(text.s))
	}
	if text.s != "" {
		if c := wrap.first("caption"); c != nil {
			c.kids = append(c.kids, &node{text: added(" ")}, &node{text: text})
			return
		}
		wrap.kids = append(wrap.kids, &node{name: "caption", kids: []*node{{text: text}}})
	}
}

var wrapsTable = lazyregexp.New(`(?i)(?:^|[-_ ])(?:tw|table-wrap|tbl|table|tables|tablewrap|article-table|c-article-table|nlm-table-wrap|xbox)(?:$|[-_ \d])`)

// wrapped reads an element that holds a table with its label, caption and notes, or returns nil.
func (t pageTexts) wrapped(n *html.Node) *node {
	if n.Data != "section" && n.Data != "div" || !wrapsTable.MatchString(attribute(n, "class")+" "+attribute(n, "id")) {
		return nil
	}
	return t.figure(n)
}

// tableLink is a link to show a table in another way.
var tableLink = lazyregexp.New(`(?i)^(?:open in a new tab|(?:full|large) size table|view (?:large|table|inline|popup|full).*|download (?:table|csv|as).*|expand(?: table)?|enlarge|open table.*|show more)$`)

// figure reads the one table within an element, with what stands above it as its caption and below it as its
// notes; nil is for an element without a table or with several.
func (t pageTexts) figure(n *html.Node) *node {
	var table *html.Node
	several := false
	eachElement(n, func(k *html.Node) {
		if k.Data == "table" {
			several = several || table != nil
			table = k
		}
	})
	if table == nil || several {
		return nil
	}
	wrap := t.table(table)
	if wrap == nil {
		return nil
	}
	l := &pageLayout{texts: t}
	before := true
	var take func(*html.Node)
	take = func(n *html.Node) {
		for k := n.FirstChild; k != nil; k = k.NextSibling {
			switch {
			case k == table:
				l.flush()
				for _, b := range l.blocks {
					captioned(wrap, b.told())
				}
				l.blocks, before = nil, false
			case k.Type == html.ElementNode && encloses(k, table):
				take(k)
			case k.Type == html.ElementNode:
				l.element(k)
			case k.Type == html.TextNode:
				l.line = append(l.line, &node{text: t[k]})
			}
		}
	}
	take(n)
	l.flush()
	if before || len(l.blocks) == 0 {
		return wrap
	}
	foot := &node{name: "table-wrap-foot"}
	mark := ""
	for _, b := range l.blocks {
		switch text := b.plain(); {
		case tableLink.MatchString(text):
		case len(text) <= 4: // the mark of the note that comes next
			mark = text
		default:
			kids := b.kids
			if mark != "" {
				kids = append([]*node{{text: added(mark + " ")}}, kids...)
			}
			foot.kids, mark = append(foot.kids, &node{name: "p", kids: kids}), ""
		}
	}
	wrap.kids = append(wrap.kids, foot)
	return wrap
}

// encloses reports whether n is inner or holds it.
func encloses(n, inner *html.Node) bool {
	for k := inner; k != nil; k = k.Parent {
		if k == n {
			return true
		}
	}
	return false
}
