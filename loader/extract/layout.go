package extract

import (
	"strings"

	"github.com/picograph/picograph/graph/evidence"
	"github.com/picograph/picograph/loader/document"
)

// lineKind is what a line of a document is, as far as its shape tells.
type lineKind int

const (
	otherLine lineKind = iota
	proseLine
	titleLine
	authorLine
	affiliationLine
	referenceLine  // a line that says where a report was published
	identifierLine // a line with nothing but identifiers or addresses
)

// line is one line of the text that no skip covers.
type line struct {
	document.Span
	kind      lineKind
	listed    bool // in a list of references
	head      bool // before the first prose
	reference evidence.Report
	authors   []string
}

var (
	affiliationWord = rules.New(`\b(?:Department|Division|University|Universit[àéä]\w*|Universidad\w*|Hospital|Institut\w*|School|College|Cent(?:er|re) for|Cent(?:er|re),|Faculty|Clinic,|Laboratory|Medical Center|Ministry|Foundation|Inc\.|Ltd|GmbH|Academy)\b`)
	writtenBy       = rules.New(`(?i)^(?:write-?up|written|summary|review|prepared|compiled|posted|article|blog|report|author|authored|contributed)?\s*(?:by|author:)\s+(?:[^:,]{0,60}:\s*)?(\p{Lu}.*)$`)
	summarizedBy    = rules.New(`(?i:^(?:written|summari[sz]ed|prepared|compiled|posted|reviewed|contributed|reported)\b[^.:]{0,60}?\bby\s+)(?:[a-z][\w-]*\s+){0,5}(\p{Lu}[^.]*)$`)
	headingMarks    = rules.New(`^[=#*_+~\-\s]+|[=#*_+~\-\s]+$`)
	// marked is a line that signs mark as a heading on both sides: "+++ Abstract +++".
	marked = rules.New(`^(?:[=#*_+~]{2,}|#+ ).*$`)
)

// linesOf cuts a document into lines and says what each of them is.
func linesOf(r *reading) []line {
	d := r.doc
	var out []line
	start, next, prose := 0, 0, false
	for start <= len(d.Text) {
		end := lineEnd(d.Text, start)
		s := document.Span{Start: start, End: end}
		start = end + 1
		for k := next; k < len(d.Sentences) && d.Sentences[k].Start < s.End; k++ {
			if d.Sentences[k].End > s.End { // a sentence that goes on in the next line
				end = lineEnd(d.Text, d.Sentences[k].End)
				s.End, start = end, end+1
			}
		}
		for s.Start < s.End && strings.ContainsRune(" \t\r:", rune(d.Text[s.Start])) {
			s.Start++
		}
		for s.End > s.Start && strings.ContainsRune(" \t\r", rune(d.Text[s.End-1])) {
			s.End--
		}
		for next < len(d.Sentences) && d.Sentences[next].End <= s.Start {
			next++
		}
		if s.Len() == 0 || next >= len(d.Sentences) || d.Sentences[next].Start >= s.End {
			continue
		}
		s = beforeProse(r, s, next)
		start = max(min(start, s.End+1), s.End)
		l := classify(r, s, next, prose)
		l.head = !prose && l.kind != proseLine
		prose = prose || l.kind == proseLine
		out = append(out, l)
	}
	titles(d, out)
	oneTitle(d, out)
	endsInReferences(d, out)
	return out
}

// numberedLine opens an item of a list of references: "12. Roe A, ...".
var numberedLine = rules.New(`^\s*\[?\d{1,3}[.)\]]\s`)

// endsInReferences marks the references at the end of a text as a list of them where each has a number: pages cut such lists off
// from their heading.
func endsInReferences(d *document.Document, lines []line) {
	first, found := len(lines), false
	for first > 0 && numberedLine.MatchString(d.Text[lineStart(d.Text, lines[first-1].Start):lines[first-1].End]) {
		first--
		found = found || lines[first].kind == referenceLine
	}
	if !found || len(lines)-first < 2 || lines[first].head {
		return
	}
	for i := first; i < len(lines); i++ {
		lines[i].listed = true
	}
}

// lineStart returns the offset at which the line of offset i begins.
func lineStart(text string, i int) int { return strings.LastIndexByte(text[:i], '\n') + 1 }

// beforeProse shortens a line that starts with a title and goes on with prose: "TITLE: ... BACKGROUND: ...".
func beforeProse(r *reading, s document.Span, first int) document.Span {
	if r.sectionRole(first) != document.Title {
		return s
	}
	for i := first + 1; i < len(r.doc.Sentences) && r.doc.Sentences[i].Start < s.End; i++ {
		if r.titleProse(i) || r.sectionRole(i) != document.Title {
			return document.Span{Start: s.Start, End: r.doc.Sentences[i-1].End}
		}
	}
	return s
}

// titleProse reports whether a sentence of a title section is prose that has no heading of its own: one after the
// first, in a section too long for a title.
func (r *reading) titleProse(i int) bool {
	n := r.doc.Sentences[i].Section
	if r.doc.Sections[n].Role != document.Title || r.doc.Sections[n].Len() < 350 {
		return false
	}
	return i > 0 && r.doc.Sentences[i-1].Section == n
}

// lineEnd returns the offset of the first line break at or after i, or the end of the text.
func lineEnd(text string, i int) int {
	if n := strings.IndexByte(text[i:], '\n'); n >= 0 {
		return i + n
	}
	return len(text)
}

// classify says what one line is; first is its first sentence, and prose tells that prose stands before it.
func classify(r *reading, s document.Span, first int, prose bool) line {
	d, text := r.doc, r.doc.At(s)
	l := line{Span: s}
	sec := r.sectionRole(first)
	l.listed = sec == document.References
	sentences := 0
	for i := first; i < len(d.Sentences) && d.Sentences[i].Start < s.End; i++ {
		sentences++
	}
	switch sec {
	case document.Background, document.Objective, document.Methods, document.Results, document.Conclusions, document.Registration:
		l.kind = proseLine
		return l
	}
	if len(text) < 900 {
		if ref, ok := parseReference(text); ok && (l.listed || !looksLikeProse(text)) {
			l.kind, l.reference = referenceLine, ref
			return l
		}
	}
	switch {
	case l.listed:
		l.reference, _ = parseReference(text)
	case prose && sec != document.Authors && sec != document.Title:
		l.kind = proseLine
		if names := bylineOf(text); names != nil {
			l.kind, l.authors = authorLine, names
		} else if identifiersOnly(text) {
			l.kind = identifierLine
		}
	case sec == document.Title && bylineOf(text) == nil && !placed.MatchString(text):
		l.kind = titleLine
	case identifiersOnly(text):
		l.kind = identifierLine
	case bylineOf(text) != nil:
		l.kind, l.authors = authorLine, bylineOf(text)
	case sec == document.Authors || sec == document.Body || sec == document.Citation || sec == document.Affiliation:
		if names := authorList(text); len(names) > 1 || (len(names) == 1 && (sec == document.Authors || groupName.MatchString(strings.TrimRight(text, ".")))) {
			l.kind, l.authors = authorLine, names
		} else if sec == document.Affiliation || (affiliationWord.MatchString(text) && len(text) < 600 && !looksLikeProse(text)) {
			l.kind = affiliationLine
		} else if sec == document.Body && (sentences > 1 && len(text) > 200 || len(text) > 350 || looksLikeProse(text)) {
			l.kind = proseLine
		}
	}
	return l
}

// proseSign finds the verbs and the pronouns that sentences have and that titles, names and references lack.
var proseSign = rules.New(`(?i)^to (?:compare|determine|evaluate|assess|examine|investigate|test|explore|describe|estimate|identify)\b|\b(?:we|was|were|is|are|has|have|been|our|did|this study|this trial)\b`)

// looksLikeProse reports whether a line reads as running text.
func looksLikeProse(s string) bool {
	return strings.HasSuffix(strings.TrimSpace(s), ".") && len(proseSign.FindAllString(withoutAddresses(s), 3)) >= 1 && len(strings.Fields(s)) > 6
}

// identifiersOnly reports whether a line holds nothing but addresses and identifiers with their names.
func identifiersOnly(s string) bool {
	if !doiPattern.MatchString(s) && !urlPattern.MatchString(s) && !pmidPattern.MatchString(s) && !pmcidPattern.MatchString(s) {
		return false
	}
	s = urlPattern.ReplaceAllString(s, " ")
	s = doiPattern.ReplaceAllString(s, " ")
	s = pmidPattern.ReplaceAllString(s, " ")
	s = pmcidPattern.ReplaceAllString(s, " ")
	return len(strings.Fields(s)) <= 4
}

// bylineOf returns the names after "Written by", "Write-up by team member:" and the like.
func bylineOf(s string) []string {
	if len(s) > 200 {
		return nil
	}
	m := writtenBy.FindStringSubmatch(s)
	if m == nil {
		m = summarizedBy.FindStringSubmatch(s)
	}
	if m == nil {
		return nil
	}
	return authorList(m[1])
}

// placed is where a report stands: "Nordic Journal of Walking", "Volume 13, Issue 2, October 2016, Pages 27-31".
var placed = rules.New(`(?i)^vol(?:ume|\.)? \d{1,4}, .*\d|^(?:the )?(?:[\p{L}-]+ ){0,4}(?:journal|annals|archives|bulletin|acta|proceedings)(?: (?:of|on|for|in|and|the|&|[\p{L}-]+)){0,7}(?: ?[:=] ?(?:the )?official (?:journal|organ|publication) of [\p{L} &-]+)?$`)

// endsAsTitle matches lines that end in the design, as titles do, with a full stop.
var endsAsTitle = rules.New(`(?i)\b(?:trial|study|review|analys[ei]s|cohort|survey|protocol)\.$`)

// titles marks the lines of the head that can be the title: unclassified lines of some length that stand first, or
// next to authors and references.
func titles(d *document.Document, lines []line) {
	if m := recordLine(d); m != nil {
		for i, l := range lines {
			if l.Start >= m[0] && i > 0 && len(strings.Fields(d.At(lines[i-1].Span))) > 3 {
				for k := range lines[:i] {
					if lines[k].kind == titleLine {
						lines[k].kind = otherLine
					}
				}
				lines[i-1].kind, lines[i-1].head = titleLine, true
				return
			}
		}
	}
	known, last := false, -1
	for i, l := range lines {
		if l.head && l.kind != otherLine {
			known, last = known || l.kind == titleLine, i
		}
	}
	if known {
		return
	}
	for i := range lines {
		l := &lines[i]
		text := headingMarks.ReplaceAllString(d.At(l.Span), "")
		words := len(strings.Fields(text))
		if !l.head || l.kind != otherLine || placed.MatchString(text) || words < 4 || len(text) > 350 || marked.MatchString(d.At(l.Span)) || strings.HasPrefix(text, "(") || strings.HasSuffix(text, ":") {
			continue
		}
		if i < last || (i == 0 && (!strings.HasSuffix(text, ".") || endsAsTitle.MatchString(text) && !looksLikeProse(text))) || (i > 0 && lines[i-1].kind == authorLine) {
			l.kind = titleLine
		}
	}
}
