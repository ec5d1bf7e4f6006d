package extract

import (
	"strings"

	"github.com/picograph/picograph/graph/evidence"
	"github.com/picograph/picograph/loader/document"
)

// report returns what the document prints of its own publication. What is not printed stays empty: a title is never
// made up.
func (r *reading) report() evidence.Report {
	var rep evidence.Report
	if i := r.ownReference(); i >= 0 {
		rep = r.lines[i].reference
	}
	var title []string
	for i, l := range r.lines {
		text := r.doc.At(l.Span)
		switch {
		case l.listed:
			continue
		case l.kind == titleLine && (len(title) == 0 || (len(title) == 1 && r.lines[i-1].kind == titleLine)):
			title = append(title, firstSentences(r, l.Span))
		case l.kind == authorLine && len(rep.Authors) == 0:
			rep.Authors = l.authors
		case l.kind == identifierLine && (l.head || !r.writeUp):
			identifiers(text, &rep)
			placeOf(text, &rep)
		case l.head && l.kind != referenceLine:
			identifiers(text, &rep)
			placeOf(text, &rep)
		}
	}
	if rep.Title == "" {
		rep.Title = joinTitle(title)
	}
	if !r.writeUp {
		for _, l := range r.lines {
			if !l.listed && l.kind == proseLine && rep.DOI == "" && r.identified(l.Span) {
				identifiers(r.doc.At(l.Span), &rep)
			}
		}
	}
	rep.URLs = r.addresses()
	rep = known(r.doc.Known.Report, rep)
	if s := r.titleStatus(rep.Title); s == retractedStatus || rep.Status == "" {
		rep.Status = s
	}
	return rep
}

// known returns a report as its source labels it; what the source leaves out is taken from the text, but for the names
// and the place of a publication, which a source that has any has in full.
func known(labelled, read evidence.Report) evidence.Report {
	if labelled.Title == "" && len(labelled.Authors) == 0 && labelled.DOI == "" && labelled.PMID == "" {
		return read
	}
	for _, f := range []struct{ to, from *string }{
		{&labelled.DOI, &read.DOI},
		{&labelled.PMID, &read.PMID},
		{&labelled.PMCID, &read.PMCID},
	} {
		if *f.to == "" {
			*f.to = *f.from
		}
	}
	if len(labelled.URLs) == 0 {
		labelled.URLs = read.URLs
	}
	return labelled
}

// firstSentences returns the text of a title without prose that follows it on the same line.
func firstSentences(r *reading, s document.Span) string {
	text := r.doc.At(s)
	if len(text) > 300 {
		for _, sent := range r.doc.Sentences {
			if s.Contains(sent.Span) {
				text = r.doc.At(sent.Span)
				break
			}
		}
	}
	text = strings.TrimPrefix(strings.TrimPrefix(text, "TITLE:"), "Title:")
	return strings.Trim(strings.TrimSuffix(strings.TrimSpace(headingMarks.ReplaceAllString(text, "")), "."), "“”\" ")
}

// identified reports whether a stretch may have an identifier of a report.
func (r *reading) identified(s document.Span) bool {
	return r.rule(s, doiPattern) != nil || r.rule(s, pmidPattern) != nil || r.rule(s, pmcidPattern) != nil
}

// joinTitle joins a title and the subtitle of the line after it.
func joinTitle(lines []string) string {
	if len(lines) < 2 {
		return strings.Join(lines, "")
	}
	if strings.ContainsAny(lines[0][max(0, len(lines[0])-1):], ":?!") {
		return lines[0] + " " + lines[1]
	}
	return lines[0] + ": " + lines[1]
}

// retractedStatus is the status of a report that was retracted; a notice that retracts another one has the status
// "retraction".
const retractedStatus = "retracted"

var (
	retractedTitle  = rules.New(`(?i)^\W*(?:retracted|withdrawn)(?: (?:article|paper|publication))?\s*[:\]\-–—]`)
	retractionTitle = rules.New(`(?i)^\W*(?:(?:retraction|withdrawal|removal)(?: (?:notice|note|statement))?(?: (?:of|to))?\s*[:\]\-–—"“'‘]|(?:retraction|withdrawal) (?:notice|note|statement)\b)`)
	correctionTitle = rules.New(`(?i)^\W*(?:(?:author |publisher )?corrections?|errat(?:um|a)|corrigend(?:um|a))\b`)
	retractedNotice = rules.New(`(?i)^\W*(?:retracted article\b|this (?:article|paper|study|publication) (?:has been|was|is|has since been) (?:officially |fully )?(?:retracted|withdrawn)\b)`)
)

// titleStatus returns the status of a report that its title tells, as databases and publishers mark it, or a notice on the page.
func (r *reading) titleStatus(title string) string {
	switch {
	case retractedTitle.MatchString(title):
		return retractedStatus
	case retractionTitle.MatchString(title):
		return "retraction"
	case correctionTitle.MatchString(title):
		return "correction"
	}
	for _, l := range r.lines {
		if !l.listed && l.kind != referenceLine && r.rule(l.Span, retractedNotice).MatchString(r.doc.At(l.Span)) {
			return retractedStatus
		}
	}
	return ""
}

// ownReference returns the line that says where the document's own report was published, or -1. It stands in the
// head; a reference in the midst of prose describes another article, unless it carries the document's own title.
func (r *reading) ownReference() int {
	title := ""
	for _, l := range r.lines {
		if l.kind == titleLine {
			title = r.doc.At(l.Span)
			break
		}
	}
	for i, l := range r.lines {
		if l.kind != referenceLine || l.listed {
			continue
		}
		if l.head || l.reference.Title == "" || (title != "" && likeness(contentWords(title), contentWords(l.reference.Title)) > 0.8) {
			return i
		}
	}
	return -1
}

// addresses returns the addresses that the document prints outside its references to others, resolvers of DOIs left
// out, each once, in text order.
func (r *reading) addresses() []string {
	var out []string
	seen := map[string]bool{}
	own := r.ownReference()
	foreign := false
	for i, l := range r.lines {
		if l.kind == referenceLine && i != own {
			foreign = true
			continue
		}
		if l.listed || (foreign && l.kind == identifierLine) {
			continue
		}
		for _, u := range r.rule(l.Span, urlPattern).FindAllString(r.doc.At(l.Span), -1) {
			u = trimAddress(u)
			if !strings.Contains(u, "doi.org/10.") && !seen[u] {
				seen[u] = true
				out = append(out, u)
			}
		}
	}
	return out
}
