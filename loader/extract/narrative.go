package extract

import (
	"slices"
	"sort"
	"strings"

	"github.com/picograph/picograph/graph/evidence"
	"github.com/picograph/picograph/loader/document"
)

var (
	// ledBy is a project that is known by who leads it: "a research project led by Dr. Melanie Bennett".
	ledBy = rules.New(`(?i:\b(?:projects?|stud(?:y|ies)|trials?|research|program(?:me)?s?|team|survey|interviews|work|investigation)\b[^.;]{0,60}?\b(?:led|conducted|headed|directed|carried out|run) by\s+(?:(?:Dr|Prof|Professor|Drs)\.?\s+)?)(\p{Lu}[\p{L}’'-]+(?:\s(?:\p{Lu}\.?\s)?\p{Lu}[\p{L}’'-]+){0,2})`)
	// anaphora opens a sentence that goes on about the study of the sentence before.
	// hasLed is the same the other way round: "Dr. Melanie Bennett led a research project".
	hasLed    = rules.New(`(?:(?:Dr|Prof|Professor|Drs)\.?\s+)?(\p{Lu}[\p{L}’'-]+(?:\s(?:\p{Lu}\.?\s)?\p{Lu}[\p{L}’'-]+){1,2}) (?i:(?:led|headed|directed|conducted|carried out|ran|leads) (?:an?|the) (?:[\w-]+ ){0,5}(?:projects?|stud(?:y|ies)|trials?|survey|investigation))\b`)
	anaphora  = rules.New(`(?i)^(?:they|it|participants|results|findings|these|this|the (?:study|review|trial|authors?|researchers?|program(?:me)?|intervention|analysis|participants|results|findings|team)|their|among|of the|in (?:this|the) (?:study|review|trial)|importantly|notably|in addition|additionally|moreover|furthermore|also|however|first|second|third|finally|overall)\b`)
	ownMethod = rules.New(`(?i)\bwe (?:randomi[sz]ed|randomly|enrolled|recruited|conducted an?|performed an?|assigned|searched)\b`)
	percents  = rules.New(`\d[\d.,·]*\s?(?:%|percent\b|per cent\b)`)
	// betweenValues is what joins the values of several sources in one sentence.
	betweenValues = rules.New(`(?i)[,;]?\s(?:and|while|whereas|versus|vs\.?|compared (?:with|to)|but)\s|[,;]\s`)
	saysResult    = rules.New(`(?i)\b(?:more likely|less likely|found|showed?|reported|associated|higher|lower|increased|decreased|reduced|improved|rates?|prevalence|risk|compared)\b|\d`)
)

// tellsOfOthers reports whether the document is a write-up of other people's studies: it describes articles whose
// references stand in the midst of its prose, or it cites reports for its figures and has no methods of its own.
func (r *reading) tellsOfOthers() bool {
	own := r.ownReference()
	for i, l := range r.lines {
		if l.kind == referenceLine && !l.listed && i != own {
			return true
		}
	}
	if len(r.out.Cites) == 0 {
		return false
	}
	cited := 0
	for i := range r.sentences {
		switch r.sectionRole(i) {
		case document.Methods, document.Results:
			return false
		}
		if r.matches(i, ownMethod) {
			return false
		}
		if l := r.lineOf(i); l == nil || l.kind == proseLine {
			cited += len(r.citedIn(r.doc.Sentences[i].Span))
		}
	}
	return cited > 0
}

// othersStudies returns the studies that a write-up tells of, in the order in which it first tells of them. What it
// says of nobody's study in particular belongs to none.
func (r *reading) othersStudies() []*telling {
	var out []*telling
	byCitation := map[int]*telling{}
	of := func(c int) *telling {
		if t := byCitation[c]; t != nil {
			return t
		}
		t := &telling{study: &evidence.Study{}, secondHand: true, cited: c, parts: map[int]part{}}
		for _, l := range r.lines {
			if l.reference.Title == r.out.Cites[c].Title && l.reference.Title != "" && len(t.titles) == 0 {
				t.titles = r.printed(l.Span, l.reference.Title)
			}
		}
		byCitation[c] = t
		out = append(out, t)
		return t
	}
	articles := r.articles()
	for i := 0; i < len(r.sentences); i++ {
		if l := r.lineOf(i); l != nil && (l.listed || l.kind == referenceLine || l.kind == titleLine || l.kind == identifierLine || l.kind == authorLine) {
			continue
		}
		if k := slices.IndexFunc(articles, func(a article) bool { return a.from <= i && i < a.to }); k >= 0 {
			t := of(articles[k].citation)
			t.described = true
			t.sentences = append(t.sentences, i)
			continue
		}
		if t, next := r.ledStudy(i); t != nil {
			out = append(out, t)
			i = next - 1
			continue
		}
		r.citing(i, of)
	}
	return out
}

// article is a run of sentences that describe one report, whose reference stands before them.
type article struct {
	citation int
	from, to int // sentences
}

// articles returns the articles that a write-up describes one by one.
func (r *reading) articles() []article {
	if a, ok := r.referredBehind(); ok {
		return []article{a}
	}
	var out []article
	own := r.ownReference()
	for k, l := range r.lines {
		if l.kind != referenceLine || l.listed || k == own {
			if l.listed && len(out) > 0 && out[len(out)-1].to > r.sentenceAt(l.Start) {
				out[len(out)-1].to = r.sentenceAt(l.Start)
			}
			continue
		}
		c := sameReport(r.out.Cites, l.reference)
		if c < 0 {
			continue
		}
		if len(out) > 0 {
			out[len(out)-1].to = min(out[len(out)-1].to, r.sentenceAt(r.lines[r.introduced(k)].Start))
		}
		out = append(out, article{c, r.sentenceAt(l.End), len(r.sentences)})
	}
	return out
}

// referredBehind returns the one article that a page describes where its only reference stands behind all it says, as on
// pages of news about a trial.
func (r *reading) referredBehind() (article, bool) {
	at, own := -1, r.ownReference()
	for k, l := range r.lines {
		if l.listed || l.kind == referenceLine && k == own || l.kind == referenceLine && at >= 0 {
			return article{}, false
		}
		if l.kind == referenceLine {
			at = k
		}
	}
	if at < 1 || r.sentenceAt(r.lines[at].End) < len(r.sentences) {
		return article{}, false
	}
	c := sameReport(r.out.Cites, r.lines[at].reference)
	return article{c, 0, r.sentenceAt(r.lines[at].Start)}, c >= 0
}

// introduced returns the first of the lines that introduce the reference of line k: its title, a heading.
func (r *reading) introduced(k int) int {
	title := contentWords(r.lines[k].reference.Title)
	for k > 0 {
		text := r.doc.At(r.lines[k-1].Span)
		if likeness(contentWords(text), title) < 0.8 && (len(text) > 70 || looksLikeProse(text) || strings.HasSuffix(text, ".")) {
			break
		}
		k--
	}
	return k
}

// sentenceAt returns the first sentence that starts at or after an offset.
func (r *reading) sentenceAt(offset int) int {
	return sort.Search(len(r.doc.Sentences), func(i int) bool { return r.doc.Sentences[i].Start >= offset })
}

// ledStudy reads a project that the text knows only by its leader: the rest of the paragraph tells of it. Next is the
// first sentence after it.
func (r *reading) ledStudy(i int) (t *telling, next int) {
	m := r.rule(r.doc.Sentences[i].Span, ledBy).FindStringSubmatchIndex(r.text(i))
	if m == nil {
		m = r.rule(r.doc.Sentences[i].Span, hasLed).FindStringSubmatchIndex(r.text(i))
	}
	if m == nil {
		return nil, i
	}
	names := strings.Fields(r.text(i)[m[2]:m[3]])
	t = &telling{study: &evidence.Study{Name: names[len(names)-1]}, secondHand: true, cited: -1}
	s := r.doc.Sentences[i].Span
	t.state(r, "name", s)
	next = i
	for next < len(r.sentences) && r.paragraphs[next] == r.paragraphs[i] {
		t.sentences = append(t.sentences, next)
		if next > i && r.roles[next] == roleBackground {
			r.roles[next] = roleResults
		}
		next++
	}
	return t, next
}

// citing gives sentence i to the studies of the reports that it cites, each with its part of the sentence, and the
// sentences after it that go on about the only one.
func (r *reading) citing(i int, of func(int) *telling) {
	s := r.doc.Sentences[i].Span
	cited := r.citedIn(s)
	if len(cited) == 0 {
		return
	}
	if r.matches(i, saysResult) {
		r.roles[i] = roleResults
	}
	parts := r.shares(s, cited)
	n := 0
	for _, c := range cited {
		for _, cite := range c.cites {
			t := of(cite)
			if !slices.Contains(t.sentences, i) {
				t.sentences = append(t.sentences, i)
				if p, ok := parts[cite]; ok {
					t.parts[i] = p
				}
			}
			n++
		}
	}
	if n != 1 || !r.matches(i, narrativeCitation) {
		return
	}
	t := of(cited[0].cites[0])
	for j := i + 1; j < len(r.sentences) && r.paragraphs[j] == r.paragraphs[i] && len(r.citedIn(r.doc.Sentences[j].Span)) == 0 && anaphora.MatchString(r.text(j)); j++ {
		t.sentences = append(t.sentences, j)
		if r.roles[j] == roleBackground && saysResult.MatchString(r.text(j)) {
			r.roles[j] = roleResults
		}
	}
}

// shares divides a sentence among the reports that it cites: as many values as reports in one bracket go together in
// order; several brackets end a part each. It is nil where the sentence tells of all of them alike.
func (r *reading) shares(s document.Span, cited []inText) map[int]part {
	text := r.doc.Text
	if len(cited) > 1 {
		out := map[int]part{}
		start := s.Start
		for _, c := range cited {
			for _, cite := range c.cites {
				out[cite] = part{own: document.Span{Start: start, End: c.End}}
			}
			start = c.End
		}
		return r.withLead(s, cited, out)
	}
	c := cited[0]
	head := document.Span{Start: s.Start, End: c.Start}
	values := percents.FindAllStringIndex(r.doc.At(head), -1)
	if len(c.cites) < 2 || len(values) != len(c.cites) {
		return nil
	}
	out := map[int]part{}
	start := s.Start
	for k, cite := range c.cites {
		end := head.End
		if k+1 < len(values) {
			gap := document.Span{Start: head.Start + values[k][1], End: head.Start + values[k+1][0]}
			joints := betweenValues.FindAllStringIndex(text[gap.Start:gap.End], -1)
			if len(joints) == 0 {
				return nil
			}
			end = gap.Start + joints[len(joints)-1][0]
		}
		out[cite] = part{own: document.Span{Start: start, End: end}}
		start = end
	}
	return r.withLead(s, []inText{{document.Span{Start: start, End: head.End}, c.cites}}, out)
}

// withLead gives the parts after the first the words before the first value, which all share.
func (r *reading) withLead(s document.Span, cited []inText, parts map[int]part) map[int]part {
	m := percents.FindStringIndex(r.doc.At(s))
	if m == nil {
		return parts
	}
	lead := document.Span{Start: s.Start, End: s.Start + m[0]}
	for c, p := range parts {
		if p.own.Start > s.Start {
			p.lead = lead
			parts[c] = p
		}
	}
	return parts
}
