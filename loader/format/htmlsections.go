package format

import (
	"strings"

	"github.com/picograph/picograph/graph/evidence"
	"github.com/picograph/picograph/graph/lazyregexp"
)

// openSection is a section that is being filled, and the level of its heading.
type openSection struct {
	*node
	level int
}

// sorter puts the blocks of a page to the parts of an article that they belong to.
type sorter struct {
	page       *page
	title      traced
	abstract   *node
	body       *node
	references []evidence.Citation

	sections []openSection // those that are open, the outer first
	inside   string        // abstract, references, index, furniture, or nothing for the body
	until    int           // the level of the heading that began it
	index    string        // which index
	begun    bool          // the abstract or the body has begun
	early    []*node       // short paragraphs before that: authors, dates and addresses, or all that there is
}

// start makes the parts.
func (s *sorter) start() {
	if s.abstract == nil {
		s.abstract, s.body = &node{name: "abstract"}, &node{name: "body"}
	}
}

// close ends the last part.
func (s *sorter) close() {
	s.start()
	s.sections = nil
	s.settle()
}

// block takes in a block.
func (s *sorter) block(b block) {
	s.start()
	if b.level > 0 {
		s.heading(b)
		return
	}
	if s.inside == "abstract" && s.until == 7 && !b.abstract { // the element that was the abstract has ended
		s.leave()
	}
	if b.abstract && s.inside == "" && !s.begun {
		s.enter("abstract", 7)
	}
	switch s.inside {
	case "furniture":
	case "references":
		if b.name == "p" {
			s.references = append(s.references, htmlReference(b.node))
		}
	case "index":
		s.indexed(b)
	default:
		s.put(b.node)
	}
}

// put adds an element to the section that is open.
func (s *sorter) put(n *node) {
	if n.name == "p" && s.keywords(n) {
		return
	}
	to := s.body
	if s.inside == "abstract" {
		to = s.abstract
	}
	if len(s.sections) > 0 {
		to = s.sections[len(s.sections)-1].node
	}
	if to == s.body && !s.begun && s.inside == "" { // authors, dates and addresses before the first heading
		if n.name == "p" && len(n.flat()) < 300 {
			s.early = append(s.early, n)
			return
		}
	}
	if s.inside == "abstract" {
		to.kids = append(to.kids, labelledParts(n)...)
		return
	}
	to.kids = append(to.kids, n)
}

// labelledParts parts a paragraph at the labels in bold within it, each with what follows as a section.
func labelledParts(n *node) []*node {
	if len(n.kids) == 1 && n.kids[0].name == "span" {
		n = n.kids[0]
	}
	var out []*node
	part := &node{name: "p"}
	flush := func() {
		if strings.TrimSpace(part.flat()) == "" {
			return
		}
		if label, rest := boldLabel(part); label != "" {
			part = &node{name: "sec", kids: []*node{{name: "title", kids: []*node{{text: added(label)}}}, rest}}
		}
		out = append(out, part)
	}
	for _, k := range n.kids {
		if k.name == "bold" && labelAlone.MatchString(strings.Trim(k.plain(), " :.")) {
			flush()
			part = &node{name: "p"}
		}
		part.kids = append(part.kids, k)
	}
	if flush(); len(out) == 0 {
		out = []*node{n}
	}
	return out
}

// settle puts what stood before the first heading to where it belongs when the page has no other abstract: of several
// paragraphs with labels in bold it is the abstract, without any headings it is the body.
func (s *sorter) settle() {
	if len(s.abstract.kids) > 0 {
		return
	}
	bodied := s.body.first("sec") != nil
	if !bodied {
		s.early = append(s.early, s.body.kids...)
	}
	labels := 0
	var parts []*node
	for _, n := range s.early {
		for _, part := range labelledParts(n) {
			if part.name == "sec" {
				labels++
			}
			if labels > 0 && part.name != "table-wrap" {
				parts = append(parts, part)
			}
		}
	}
	switch {
	case labels > 1:
		s.abstract.kids = parts
	case !bodied:
		s.body.kids = s.early
	}
}

// boldLabel returns the label in bold that a paragraph begins with, and the paragraph without it.
func boldLabel(n *node) (label string, rest *node) {
	for i, k := range n.kids {
		if k.name == "" && strings.TrimSpace(k.text.s) == "" || k.name == "break" {
			continue
		}
		if k.name == "span" && len(n.kids) == i+1 {
			return boldLabel(k)
		}
		bare := strings.Trim(k.plain(), " :.")
		if k.name != "bold" && k.name != "italic" || bare == "" || len(bare) > 80 || i+1 == len(n.kids) {
			return "", nil
		}
		after := strings.TrimSpace((&node{name: "p", kids: n.kids[i+1:]}).flat())
		if !labelAlone.MatchString(bare) && !strings.HasSuffix(strings.TrimSpace(k.flat()), ":") && !strings.HasPrefix(after, ":") {
			return "", nil
		}
		kids := n.kids[i+1:]
		if strings.HasPrefix(after, ":") && kids[0].name == "" {
			first := kids[0].text
			first = first.cut(strings.IndexByte(first.s, ':')+1, len(first.s))
			kids = append([]*node{{text: first}}, kids[1:]...)
		}
		return bare, &node{name: "p", kids: kids}
	}
	return "", nil
}

var (
	// listNumber is the number before a reference.
	listNumber = lazyregexp.New(`^\s*[\[(]?\d{1,3}[.)\]]?\s*(?:↵|\^|Go to reference)?\s*`)
	// listLinks are the links that sites put behind a reference.
	listLinks = lazyregexp.New(`(?i)(?:\s*[\[(]?\b(?:DOI|PubMed|PMC(?: free article)?|Google ?Scholar|CrossRef|Cross ?Ref|Web of Science|Medline|ISI|CAS|Article|View(?: Article)?|Full ?Text|Abstract|Scopus|OpenURL.*|Download.*|Search.*|ADS|Publisher Full Text|Open in a new tab|Link)\b[\])]?[,;·|]?)+\s*\.?$`)
)

// htmlReference reads an item of the list of references.
func htmlReference(n *node) evidence.Citation {
	text := strings.TrimSpace(listLinks.ReplaceAllString(listNumber.ReplaceAllString(n.plain(), ""), ""))
	e := entry{report: listedReference(text)}
	n.within(func(a *node) { e.identifyByURL(a.attr("href")) }, "span")
	return evidence.Citation{Report: e.report}
}

var keywordLine = lazyregexp.New(`(?i)^(?:keywords?|key words)\s*[:—–-]\s*`)

// keywords takes in a line of keywords.
func (s *sorter) keywords(n *node) bool {
	text := n.plain()
	found := keywordLine.FindString(text)
	if found == "" || len(text) > 1000 {
		return false
	}
	for _, w := range listed(strings.TrimRight(text[len(found):], ". ")) {
		s.keyword(w, "author keyword")
	}
	return true
}

// trailingStar is a term that is marked as a main topic behind it.
var trailingStar = lazyregexp.New(`([^/*]+)\*$`)

func (s *sorter) keyword(w, source string) {
	e := entry{keywords: s.page.keywords}
	switch source {
	case "MeSH":
		e.indexed(trailingStar.ReplaceAllString(strings.ReplaceAll(w, " / ", "/"), "*$1"), source)
	case "publication type":
		e.publicationType(w)
	default:
		e.keyword(w, source, false)
	}
	s.page.keywords = e.keywords
}

// indexed takes in a term of a list of terms.
func (s *sorter) indexed(b block) {
	if text := b.plain(); text != "" && len(text) < 200 {
		s.keyword(text, s.index)
	}
}

func (s *sorter) enter(part string, level int) {
	s.inside, s.until, s.sections = part, level, nil
	s.begun = s.begun || part == "abstract"
}

func (s *sorter) leave() { s.inside, s.sections = "", nil }

// heading takes in a heading.
func (s *sorter) heading(b block) {
	text := strings.TrimRight(b.plain(), ":. ")
	numbered := strings.TrimLeft(text, "0123456789. ")
	if s.title.s != "" && strings.EqualFold(squeezed(text), squeezed(s.title.s)) {
		s.title = b.told()
		return
	}
	if b.level == 1 && s.title.s == "" && !s.begun && !abstractTitle.MatchString(text) {
		s.title = b.told()
		return
	}
	if s.inside == "abstract" && s.until == 7 && !b.abstract {
		s.leave()
	}
	if s.inside != "" && s.until < 7 && b.level <= s.until {
		if s.inside == "abstract" && len(s.abstract.kids) == 0 && labelAlone.MatchString(text) {
			s.until = b.level - 1 // the labels of the abstract stand as high as its heading
		} else {
			s.leave()
		}
	}
	switch {
	case abstractTitle.MatchString(numbered) && s.inside == "" && len(s.abstract.kids) == 0:
		if s.enter("abstract", b.level); b.abstract {
			s.until = 7
		}
	case abstractTitle.MatchString(numbered) && s.inside == "abstract":
	case s.inside == "" && listTitle.MatchString(numbered):
		s.enter("references", b.level)
	case s.inside == "" && indexTitle.MatchString(numbered), s.inside == "furniture" && indexTitle.MatchString(numbered):
		s.enter("index", b.level)
		s.index = map[string]string{"mesh terms": "MeSH", "publication types": "publication type", "substances": "substance"}[strings.ToLower(numbered)]
		s.index = firstOf(s.index, "author keyword")
	case s.inside == "references" || s.inside == "furniture" || s.inside == "index":
	case s.inside == "" && furnitureHeading(numbered) != "":
		s.page.leftOut[furnitureHeading(numbered)] = true
		s.enter("furniture", b.level)
	default:
		s.section(b, text)
	}
}

// section begins a section of the abstract or the body.
func (s *sorter) section(b block, text string) {
	for len(s.sections) > 0 && s.sections[len(s.sections)-1].level >= b.level {
		s.sections = s.sections[:len(s.sections)-1]
	}
	sec := &node{name: "sec", kids: []*node{{name: "title", kids: []*node{{text: b.told()}}}}}
	to := s.body
	if s.inside == "abstract" {
		to = s.abstract
	} else {
		s.begun = true
	}
	if len(s.sections) > 0 {
		to = s.sections[len(s.sections)-1].node
	}
	to.kids = append(to.kids, sec)
	s.sections = append(s.sections, openSection{sec, b.level})
}

// squeezed returns the letters and digits of a text.
func squeezed(s string) string {
	return strings.Map(func(r rune) rune {
		if strings.ContainsRune(" \t\n\u00A0.,:;-–—'’\"“”", r) {
			return -1
		}
		return r
	}, s)
}
