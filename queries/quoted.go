package queries

import (
	"cmp"
	"context"
	"fmt"
	"math"
	"regexp"
	"slices"
	"strings"

	"github.com/picograph/picograph/graph"
	"github.com/picograph/picograph/graph/evidence"
	"github.com/picograph/picograph/graph/lazyregexp"
	"github.com/picograph/picograph/graph/vocab"
)

// What was read of documents is never all that they say. Where nothing that was read answers a question, the sentences of
// the documents that have most of what it names are shown: as sentences, near, with what they lack, and never as a result.

const (
	// inHeading, inTitle and inText are what a thing counts that stands in the heading or sentence before, in the title, or elsewhere
	// in the document
	inHeading, inTitle, inText = 0.6, 0.5, 0.3
	// leastQuoted is what the things of a question must come to, of 1, for a sentence to be shown
	leastQuoted = 0.5
	// leastHeld is what those must come to that stand in the sentence itself
	leastHeld = 0.3
	// mostLacking is what those may come to that the document does not name at all
	mostLacking = 0.45
	// mostSentences is how many sentences are shown, and of one document
	mostSentences, mostOfOne = 3, 2
	// lightly is what words of how and of what came out count beside those of what
	lightly = 0.4
	// unsaid is what a thing counts that no sentence has, beside others that some do
	unsaid = 0.6
	// dated is what a year adds to a sentence that is to say when
	dated = 0.1
)

// whyQuoted is why a sentence is near.
const whyQuoted = "a sentence only: no finding that answers this was read from it"

// bySentences adds to an answer that found nothing that counts the sentences that have most of what the question names.
func (e *Engine) bySentences(ctx context.Context, l *lexicon, u *understood, a *Answer) error {
	answered := a.Status == Answered && a.RowCount()+len(a.Near) > 0 // answered without a row: none was counted
	if answered && len(u.unusedWords(a)) == 0 || !answered && a.Status != Empty && a.RowCount() > 0 {
		return nil
	}
	j := &job{lexicon: l, ctx: ctx, answer: a, settings: &e.Settings}
	q := j.quest(u)
	if q == nil {
		return nil
	}
	found, err := j.quotes(q)
	if answered {
		found = slices.DeleteFunc(found, func(f fitting) bool { return !f.unused })
	}
	if err != nil || len(found) == 0 {
		return err
	}
	if answered {
		j.addUnused(found)
		return nil
	}
	j.addQuotes(found)
	return nil
}

// addUnused puts behind an answer the sentences with words of the question that it does not use.
func (j *job) addUnused(found []fitting) {
	a := j.answer
	found = slices.DeleteFunc(found, func(f fitting) bool { return strings.Contains(a.Text, f.said()) })
	if len(found) == 0 {
		return
	}
	for _, f := range found {
		a.Near = append(a.Near, Near{What: f.label + ": " + f.said(), Why: whyQuoted, Findings: []Finding{}, Passages: []Located{f.Located}})
	}
	a.Text = strings.TrimSpace(a.Text) + " That leaves a part of the question out. A sentence with it, not read as a finding: " + found[0].said() + " (" + shortSource(found[0].Document) + ")."
	j.finish()
}

// unusedWords returns the words of a question that its reading says it did not use, and, where the study meant was found by the
// words, those that its rows do not have.
func (u *understood) unusedWords(a *Answer) (out []string) {
	for _, s := range u.said {
		if w, ok := strings.CutSuffix(s, "” was not used"); ok && strings.HasPrefix(w, "“") {
			out = append(out, strings.TrimPrefix(w, "“"))
		}
		if !strings.HasPrefix(s, "by the words of the question, ") {
			continue
		}
		var shown strings.Builder
		for _, sec := range a.Sections {
			for _, r := range sec.Rows {
				shown.WriteString(" " + strings.Join(r.Cells, " "))
			}
		}
		for _, t := range u.tags {
			if (t.use == "" || t.use == useText) && t.amount == nil && !containsAll(content(shown.String()), content(t.said)) {
				out = append(out, t.said)
			}
		}
	}
	return out
}

// addQuotes puts sentences before what else is near, and says of the best what it is.
func (j *job) addQuotes(found []fitting) {
	a := j.answer
	var more []Near
	var first fitting
	for _, f := range found {
		shown := func(n Near) bool {
			here := func(document string, p evidence.Passage) bool {
				return document == f.Document && p.Start < f.Passage.End && f.Passage.Start < p.End
			}
			return slices.ContainsFunc(n.Passages, func(p Located) bool { return here(p.Document, p.Passage) }) ||
				slices.ContainsFunc(n.Findings, func(x Finding) bool {
					return slices.ContainsFunc(x.Passages, func(p evidence.Passage) bool { return here(x.Document, p) })
				})
		}
		if slices.ContainsFunc(a.Near, shown) {
			continue
		}
		why := whyQuoted
		if len(f.lacks) > 0 {
			why += "; its document does not say “" + strings.Join(f.lacks, "”, “") + "”"
		}
		if more == nil {
			first = f
		}
		more = append(more, Near{What: f.label + ": " + f.said(), Why: why, Findings: []Finding{}, Passages: []Located{f.Located}})
	}
	if len(more) == 0 {
		return
	}
	if a.Status == UnknownTerm || a.Status == NotUnderstood {
		a.Text = "The question could not be read as a whole."
		if a.Fault != nil && a.Status == UnknownTerm {
			a.Text = "The question could not be read as a whole: nothing here is called “" + a.Fault.Words + "”."
		}
		a.Fault, a.Hints = nil, nil
	}
	if !strings.Contains(a.Text, first.said()) {
		a.Text = strings.TrimSpace(a.Text) + " A sentence that speaks of it, not read as a finding: " + first.said() + " (" + shortSource(first.Document) + ")."
	}
	a.Near = slices.Concat(more, a.Near)
	a.Status = NearOnly
	a.Reading = cmp.Or(a.Reading, "sentences by the words of the question.")
	j.finish()
}

// fitting is a sentence with how well it fits.
type fitting struct {
	Located
	label  string
	score  float64
	lacks  []string
	unused bool // it has words of the question that the answer does not use
}

// said is the sentence as it stands, on one line.
func (q *fitting) said() string {
	return "“" + evidence.Clip(strings.Join(strings.Fields(q.Passage.Text), " "), mostSaid) + "”"
}

// mostSaid is how many characters of a sentence are shown that alone answers.
const mostSaid = 360

// pageText is a document in which sentences are sought.
type pageText struct {
	*graph.Telling
	text      string
	skips     []evidence.Skip
	sentences []lineText
	shorts    map[*sought]*regexp.Regexp // see short
	heading   string                     // its title
	title     []string
	mentions  []vocab.Mention
}

// quotes returns the sentences that fit a quest best.
func (j *job) quotes(q *quest) ([]fitting, error) {
	pages, err := j.pagesFor(q)
	if err != nil || len(pages) == 0 {
		return nil, err
	}
	j.weigh(q, pages)
	var all []fitting
	for _, p := range pages {
		all = append(all, j.quotesOf(q, p)...)
	}
	slices.SortStableFunc(all, func(a, b fitting) int { return cmp.Compare(b.score, a.score) })
	var out []fitting
	of := map[string]int{}
	for _, f := range all {
		if f.score < all[0].score-0.2 || of[f.Document] == mostOfOne {
			continue
		}
		of[f.Document]++
		if out = append(out, f); len(out) == mostSentences {
			break
		}
	}
	return out, nil
}

// pagesFor returns the documents that name most of what is sought.
func (j *job) pagesFor(q *quest) ([]*pageText, error) {
	type scored struct {
		t *graph.Telling
		n int
	}
	var all []scored
	seen := map[string]bool{}
	for _, st := range j.studies {
		for _, t := range st.Tellings {
			if seen[t.DocumentID] {
				continue
			}
			if (q.studies != nil || q.only != nil) && !q.studies[st.ID] && !q.only[t.DocumentID] {
				continue
			}
			seen[t.DocumentID] = true
			words := j.wordsOf(t.DocumentID)
			if words == nil {
				words = spokenIn(t)
			}
			n := 0
			for _, s := range q.units {
				if len(s.concepts) > 0 || containsAll(words, s.words) {
					n++
				}
			}
			all = append(all, scored{t, n})
		}
	}
	slices.SortStableFunc(all, func(a, b scored) int { return cmp.Compare(b.n, a.n) })
	ignored := map[string][]evidence.Skip{}
	for _, d := range j.documents {
		ignored[d.ID] = d.Ignored
	}
	var out []*pageText
	for _, s := range all[:min(len(all), mostSearched)] {
		text, err := j.graph.Text(j.ctx, s.t.DocumentID)
		if err != nil {
			return nil, fmt.Errorf("reading the text of %s: %w", s.t.Source, err)
		}
		p := &pageText{Telling: s.t, text: text, skips: ignored[s.t.DocumentID], mentions: j.vocab.Mentions(text, 0), shorts: map[*sought]*regexp.Regexp{}}
		p.title = content(evidence.Clip(text, mostQuoted))
		if r := telledReport(s.t); r != nil && r.Title != "" {
			p.title, p.heading = content(r.Title+" "+evidence.Clip(text, mostQuoted)), r.Title
		}
		p.read()
		out = append(out, p)
	}
	return out, nil
}

// weigh gives each thing sought its weight, at most 1: the fewer sentences have it, the more.
func (j *job) weigh(q *quest, pages []*pageText) {
	all := 0
	for _, p := range pages {
		all += len(p.sentences)
	}
	for _, u := range q.units {
		n := 0
		for _, p := range pages {
			for i := range p.sentences {
				if j.holds(u, &p.sentences[i]) {
					n++
				}
			}
		}
		u.weight = math.Log(1+float64(all)/float64(1+n)) / math.Log(1+float64(all))
		switch {
		case u.light:
			u.weight *= lightly
		case n == 0 && !u.must:
			u.weight *= unsaid
		}
		q.total += u.weight
	}
}

// inPage reports whether a document has what is sought, in any one sentence.
func (j *job) inPage(u *sought, p *pageText) bool {
	return slices.ContainsFunc(p.sentences, func(s lineText) bool { return j.holds(u, &s) })
}

// enough reports whether some words have those of what is sought.
func (s *sought) enough(words []string) bool {
	if containsAll(words, s.words) || containsAll(words, s.reads) {
		return true
	}
	if !s.half || len(s.words) < 2 {
		return false
	}
	n := 0
	for _, w := range s.words {
		if _, ok := slices.BinarySearch(words, w); ok {
			n++
		}
	}
	return 2*n >= len(s.words)
}

// lineText is a sentence of a document with what it names.
type lineText struct {
	evidence.Passage
	key      string // between blanks
	short    func(*sought) *regexp.Regexp
	words    []string
	concepts map[string]bool
}

// read cuts a document into the sentences that are its own, each with what it names.
func (p *pageText) read() {
	at := 0
	for _, s := range sentencesIn(p.text) {
		if slices.ContainsFunc(p.skips, func(k evidence.Skip) bool { return k.Start < s.End && s.Start < k.End }) {
			continue
		}
		l := lineText{Passage: s, short: p.short, key: " " + key(s.Text) + " ", words: content(s.Text), concepts: map[string]bool{}}
		for ; at < len(p.mentions) && p.mentions[at].Start < s.End; at++ {
			if m := p.mentions[at]; m.Start >= s.Start && !m.Ambiguous {
				for _, id := range m.Concepts {
					l.concepts[id] = true
				}
			}
		}
		p.sentences = append(p.sentences, l)
	}
}

// quotedWords returns words as a regular expression takes them.
func quotedWords(words []string) []string {
	out := make([]string, len(words))
	for i, w := range words {
		out[i] = regexp.QuoteMeta(w)
	}
	return out
}

// noWord matches nothing.
var noWord = regexp.MustCompile(`[^\s\S]`)

// short matches what a document calls a thing for short: it stands in brackets behind its name, or is a name of capitals itself.
func (p *pageText) short(u *sought) *regexp.Regexp {
	if re := p.shorts[u]; re != nil {
		return re
	}
	re := noWord
	if acronym(u.text) {
		re = regexp.MustCompile(`\b` + regexp.QuoteMeta(u.text) + `\b`)
	} else if m := regexp.MustCompile(`(?i:\b` + regexp.QuoteMeta(u.text) + `s?) ?\(((?:[\p{Lu}\d][\w+-]*)+)\)`).FindStringSubmatch(p.text); m != nil {
		re = regexp.MustCompile(`\b` + regexp.QuoteMeta(m[1]) + `\b`)
	}
	p.shorts[u] = re
	return re
}

// quotesOf returns the sentences of one document that fit well enough.
func (j *job) quotesOf(q *quest, p *pageText) []fitting {
	var out []fitting
	for i := range p.sentences {
		var heading []string
		if i > 0 && len(p.sentences[i-1].Text) < mostQuoted {
			heading = p.sentences[i-1].words
		}
		if f := j.fits(q, p, &p.sentences[i], heading); f != nil {
			out = append(out, *f)
		}
	}
	return out
}

// fits judges one sentence, by what stands in it and in the heading or sentence before. Nil is one that does not fit.
func (j *job) fits(q *quest, p *pageText, s *lineText, heading []string) *fitting {
	if q.number && withNumber(s.Text) == 0 && !numberWord.MatchString(s.Text) || p.heading != "" && strings.Contains(s.Text, p.heading) {
		return nil
	}
	f := &fitting{Located: Located{p.Source, s.Passage}, label: j.pageLabel(p)}
	held, lacking, measured, wanted := 0.0, 0.0, false, false
	for _, u := range q.units {
		wanted = wanted || u.outcome
		switch {
		case j.holds(u, s):
			held += u.weight
			f.unused = f.unused || u.unused && !u.enough(p.title)
			measured = measured || u.outcome
		case u.compared:
			return nil // of one of two alone
		case heading != nil && u.enough(heading):
			f.score += inHeading * u.weight
		case u.enough(p.title):
			f.score += inTitle * u.weight
		case j.inPage(u, p):
			f.score += inText * u.weight
		case u.must, u.thing, len(u.concepts) > 0 && !u.light:
			return nil // it is about something else
		case !u.light:
			lacking += u.weight
			f.lacks = append(f.lacks, u.text)
		}
	}
	f.score = (f.score + held) / q.total
	if q.when && yearIn.MatchString(s.Text) {
		f.score += dated
	}
	if wanted && !measured || held < leastHeld*q.total || f.score < leastQuoted || lacking > mostLacking*q.total {
		return nil
	}
	if !q.design {
		f.score += 0.02 * float64(tells(s.Text))
	}
	return f
}

// holds reports whether a sentence has what is sought.
func (j *job) holds(u *sought, s *lineText) bool {
	for id := range u.concepts {
		if s.concepts[id] {
			return true
		}
	}
	if u.relation != "" {
		return slices.ContainsFunc(norms(s.Text), func(n string) bool { p := j.phrases[n]; return p.use == useRelation && p.value == u.relation })
	}
	if u.thing {
		return u.phrase.MatchString(s.key) || s.short != nil && s.short(u).MatchString(s.Text)
	}
	return u.enough(s.words) || u.stated != nil && u.stated.MatchString(s.Text)
}

// pageLabel is what the study is called that a document tells of; one that tells of others' is called by its file.
func (j *job) pageLabel(p *pageText) string {
	if st := j.byID[p.StudyID]; st != nil && !p.Study.SecondHand {
		return studyLabel(st)
	}
	return shortSource(p.Source)
}

// yearIn matches a year.
var yearIn = lazyregexp.New(`\b(?:19|20)\d\d\b`)

// numberWord matches a number in words.
var numberWord = lazyregexp.New(`(?i)\b(?:no|none|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fifteen|sixteen|twenty|thirty|half|third|quarter)\b`)

// sentencesIn cuts a text into its sentences, of which a line that only names what the next one says is the beginning.
func sentencesIn(text string) []evidence.Passage {
	var out []evidence.Passage
	from := 0
	take := func(to int) {
		s := strings.TrimSpace(text[from:to])
		start := from + strings.Index(text[from:to], s)
		from = to
		if s == "" {
			return
		}
		if n := len(out); n > 0 && labels(out[n-1].Text, s) && len(out[n-1].Text)+len(s) < mostQuoted {
			start = out[n-1].Start
			s = strings.TrimSpace(text[start:to])
			out = out[:n-1]
		}
		out = append(out, evidence.Passage{Start: start, End: start + len(s), Text: s})
	}
	for _, e := range sentenceEnd.FindAllStringIndex(text, -1) {
		if text[e[0]] != '\n' && abbreviated.MatchString(text[max(0, e[0]-8):e[0]]) {
			continue
		}
		take(e[1])
	}
	take(len(text))
	return out
}

// labels reports whether a line says only what the next one is: it ends in a colon, or both are short and neither is a sentence.
func labels(s, next string) bool {
	ended := func(s string) bool { return strings.ContainsAny(s[len(s)-1:], ".?!") }
	return !strings.Contains(s, "\n") && !ended(s) && (strings.HasSuffix(s, ":") || len(s) < mostLabel && !ended(next))
}

// mostLabel is how long a line is at most that names what the next says.
const mostLabel = 60
