package queries

import (
	"cmp"
	"math"
	"slices"
	"strings"

	"github.com/picograph/picograph/graph/evidence"
	"github.com/picograph/picograph/graph/lazyregexp"
)

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

// bySentences adds to an answer that found nothing that counts the sentences that have most of what the question names, and to one that
// leaves a part of the question out those that have that part.
func (j *job) bySentences(q *quest, u *understood) error {
	found, err := j.quotes(q)
	if saysUnused(u, j.answer) {
		found = slices.DeleteFunc(found, func(f fitting) bool { return !f.unused })
	}
	if err != nil || len(found) == 0 {
		return err
	}
	if saysUnused(u, j.answer) {
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

// quotes returns the sentences that fit a quest best.
func (j *job) quotes(q *quest) ([]fitting, error) {
	pages, err := j.readPages(q)
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

// weigh gives each thing sought its weight, at most 1: the fewer sentences have it, the more.
func (j *job) weigh(q *quest, pages []*page) {
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
func (j *job) inPage(u *sought, p *page) bool {
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

// quotesOf returns the sentences of one document that fit well enough.
func (j *job) quotesOf(q *quest, p *page) []fitting {
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
func (j *job) fits(q *quest, p *page, s *lineText, heading []string) *fitting {
	if q.share && !shareIn.MatchString(s.Text) || q.number && withNumber(s.Text) == 0 && !numberWord.MatchString(s.Text) || p.heading != "" && strings.Contains(s.Text, p.heading) {
		return nil
	}
	f := &fitting{Located: Located{p.Source, s.Passage}, label: j.pageLabel(p)}
	held, lacking, measured, wanted := 0.0, 0.0, false, false
	compares := 0 // how many of the two it names
	for _, u := range q.units {
		if u.compared && j.holds(u, s) {
			compares++
		}
	}
	for _, u := range q.units {
		wanted = wanted || u.outcome
		switch {
		case j.holds(u, s):
			held += u.weight
			f.unused = f.unused || u.unused && !u.enough(p.title)
			measured = measured || u.outcome
		case u.compared && compares > 0:
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
	if len(u.concepts) > 0 && slices.ContainsFunc(s.names, func(n []string) bool { return len(n) > len(u.words) && containsAll(n, u.words) }) {
		return false // its words are a part of the name of something else
	}
	if u.thing {
		return u.phrase.MatchString(s.key) || s.short != nil && s.short(u).MatchString(s.Text)
	}
	return u.enough(s.words) || u.stated != nil && u.stated.MatchString(s.Text)
}

// pageLabel is what the study is called that a document tells of; one that tells of others' is called by its file.
func (j *job) pageLabel(p *page) string {
	if st := j.byID[p.StudyID]; st != nil && !p.Study.SecondHand {
		return studyLabel(st)
	}
	return shortSource(p.Source)
}

// shareIn matches a part of a number of people or things.
var shareIn = lazyregexp.New(`(?i)%|\bper ?cent\b|\d ?/ ?\d|\d of (?:the )?\d|\b(?:half|third|thirds|quarter|quarters|one in|majority|most|all|none)\b`)

// yearIn matches a year.
var yearIn = lazyregexp.New(`\b(?:19|20)\d\d\b`)

// numberWord matches a number in words.
var numberWord = lazyregexp.New(`(?i)\b(?:no|none|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fifteen|sixteen|twenty|thirty|half|third|quarter)\b`)
