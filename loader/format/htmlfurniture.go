package format

import (
	"strings"

	"golang.org/x/net/html"

	"github.com/picograph/picograph/graph/lazyregexp"
)

// furnitureKind is a kind of page furniture: the elements that are it, the words that its elements have among their
// classes and names, and its headings.
type furnitureKind struct {
	reason   string
	elements string
	words    *lazyregexp.Regexp
	headings *lazyregexp.Regexp
}

// furnitureKinds are the kinds of page furniture.
var furnitureKinds = []furnitureKind{
	{
		"page furniture: navigation", "nav menu dialog",
		lazyregexp.New(`(?:^|[-_ ])(?:nav|navbar|navigation|menu|menubar|breadcrumbs?|toc|table-of-contents|skip-?links?|sidenav|pager|pagination|tabs|toolbar|search-?(?:box|bar|form)|jump|goto|figure-viewer|header-?links|page-header)(?:$|[-_ ])`),
		lazyregexp.New(`(?i)^(?:contents|table of contents|navigation|menu|on this page|in this (?:article|page|issue)|sections|jump to.*|quick links|page navigation|search|go to|actions|format|display options)$`),
	},
	{
		"page furniture: forms and buttons", "form button select input textarea option datalist label", nil, nil,
	},
	{
		"page furniture: sharing and citing", "",
		lazyregexp.New(`(?:^|[-_ ])(?:share|sharing|social|addthis|altmetric|metrics|cite|citation-?tools?|export-?citation|permalink|bookmark|email-?alert|alerts?|copy-?link|download-?links?|full-?text-?links|plumx?|dimensions-badge)(?:$|[-_ ])`),
		lazyregexp.New(`(?i)^(?:share(?: this.*)?|cite(?: this.*)?|how to cite.*|metrics|article metrics|permalink|citation tools|export citations?|download(?:s| citation)?|full text links|save|email|altmetric)$`),
	},
	{
		"page furniture: notices", "noscript template",
		lazyregexp.New(`(?:^|[-_ ])(?:cookies?|consent|gdpr|onetrust|banner|usa-banner|disclaimer|privacy|newsletter|subscri(?:be|ption)|paywall|login|sign-?in|modal|popup|overlay|toast|tooltip|advert(?:isement)?|ads?|promo|sponsor(?:ed)?|donate|feedback|survey)(?:$|[-_ ])`),
		lazyregexp.New(`(?i)^(?:.*cookies.*|privacy.*|subscribe.*|newsletter|sign (?:in|up).*|log ?in.*|advertisement|access options?|buy (?:this )?article.*|get access.*|rights and permissions|copyright.*|disclaimer|permissions)$`),
	},
	{
		"page furniture: other articles", "",
		lazyregexp.New(`(?:^|[-_ ])(?:related|recommend(?:ed|ations?)|similar(?:-articles)?|cited-?by|citedby|citing|trending|most-?read|popular|more-?from|see-?also)(?:$|[-_ ])`),
		lazyregexp.New(`(?i)^(?:similar articles|(?:related|recommended)(?: (?:articles?|content|information|reading|links|papers|topics))?|cited by.*|citing (?:articles|literature)|more (?:from|like).*|see also|you (?:may|might) also.*|trending.*|latest.*|most (?:read|cited|popular).*|linkout.*|explore .*|read next)$`),
	},
	{
		"page furniture: head and foot of the site", "footer",
		lazyregexp.New(`(?:^|[-_ ])(?:footer|site-?header|site-?footer|masthead|global-?header|journal-?banner|sidebar|side-?bar|rail|right-?column)(?:$|[-_ ])`),
		nil,
	},
	{
		"article: notes about it and its authors", "",
		lazyregexp.New(`(?:^|[-_ ])(?:aff|affs?|affiliations?|author-?(?:info|information|notes|affiliations?)|contrib(?:utors?|-group)?|authors?(?:-list)?|authors-list|corresp(?:ondence)?|permissions|license|copyright|peer-?review|history)(?:$|[-_ ])`),
		lazyregexp.New(`(?i)^(?:author(?:s'?)? (?:information|contributions?|notes|affiliations?|details)|authors? and affiliations?|affiliations?|contributors?|authors?|acknowledge?ments?|funding(?: .*)?|financial (?:disclosure|support).*|disclosures?|` +
			`conflicts? of interests?.*|competing interests?.*|declarations?(?: .*)?|ethic(?:s|al) .*|data (?:availability|sharing).*|availability of data.*|supplement(?:al|ary|ary information).*|supporting information|appendi(?:x|ces).*|additional (?:information|files?)|associated data|` +
			`about this article|article (?:information|notes|history|info)|publication (?:history|info)|footnotes?|abbreviations?(?: used.*)?|publisher'?s note|open access|contributor information|change history|peer review.*|comments?|figures?(?: .*)?|grants? .*|images?|secondary source id)$`),
	},
}

// furniture returns the reason for which an element is page furniture, or nothing.
func pageFurniture(n *html.Node) string {
	for _, k := range furnitureKinds {
		for _, name := range strings.Fields(k.elements) {
			if n.Data == name {
				return k.reason
			}
		}
	}
	switch n.Data {
	case "html", "body", "main", "article", "table", "tbody", "thead", "tr", "td", "th", "h1", "h2", "h3", "sup", "sub", "a", "span", "strong", "b", "em", "i":
		return ""
	}
	switch attribute(n, "role") {
	case "navigation", "menu", "menubar", "dialog", "alertdialog", "toolbar", "tablist", "search":
		return furnitureKinds[0].reason
	case "banner", "contentinfo":
		return "page furniture: head and foot of the site"
	case "complementary":
		return "page furniture: other articles"
	}
	names := strings.ToLower(attribute(n, "class") + " " + attribute(n, "id"))
	if names == " " {
		return ""
	}
	for _, k := range furnitureKinds {
		if k.words != nil && k.words.MatchString(names) {
			return k.reason
		}
	}
	return ""
}

// unseen reports whether an element does not show on the page.
func unseen(n *html.Node) bool {
	switch n.Data {
	case "script", "style", "head", "svg", "iframe", "object", "audio", "video", "canvas", "link", "meta", "img", "map", "picture":
		return true
	}
	for _, a := range n.Attr {
		switch a.Key {
		case "hidden":
			return true
		case "aria-hidden":
			if a.Val == "true" {
				return true
			}
		case "style":
			if s := strings.ReplaceAll(strings.ToLower(a.Val), " ", ""); strings.Contains(s, "display:none") || strings.Contains(s, "visibility:hidden") {
				return true
			}
		case "class":
			for _, c := range strings.Fields(a.Val) {
				switch c {
				case "sr-only", "visually-hidden", "visuallyhidden", "screen-reader-text", "usa-sr-only", "hidden", "d-none":
					return true
				}
			}
		}
	}
	return false
}

// furnitureHeading returns the reason for which what stands under a heading is no part of the article, or nothing.
func furnitureHeading(s string) string {
	s = strings.Trim(s, " :.")
	for _, k := range furnitureKinds {
		if k.headings != nil && k.headings.MatchString(s) {
			return k.reason
		}
	}
	return ""
}
