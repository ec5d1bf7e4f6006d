package queries

import (
	"cmp"
	"fmt"
	"math"
	"regexp"
	"slices"
	"strings"

	"github.com/picograph/picograph/graph"
	"github.com/picograph/picograph/graph/evidence"
	"github.com/picograph/picograph/graph/vocab"
)

const (
	// leastShare is how much of what a question names, by rarity, a document has to speak of whose findings are near
	leastShare = 0.6
	// elsewhere is what a thing counts that only the text of a document has, and not what was read of it
	elsewhere = 0.7
	// asGood is what share of the best a document has to come to, to be shown beside it
	asGood = 0.85
	// mostPlaces is how many documents are shown findings of
	mostPlaces = 3
)

// page is a telling of a study in a document in which what a question names is looked for.
type page struct {
	*graph.Telling
	study   *graph.Study
	about   []string // the words of what was read of it
	words   []string // and those of the document
	score   float64
	has     float64 // the share, by rarity, of what the question names
	lacks   []string
	several bool // it has more than one part of it

	text      string
	sentences []lineText
	shorts    map[*sought]*regexp.Regexp // see short
	heading   string                     // its title
	title     []string
}

// without says what of a question a page does not have.
func (p *page) without() string {
	if len(p.lacks) == 0 {
		return ""
	}
	return ", without “" + strings.Join(p.lacks, "”, “") + "”"
}

// choose finds the documents that have most of what is sought, the rarer the more it counts.
func (j *job) choose(q *quest) {
	for _, st := range j.studies {
		for _, t := range st.Tellings {
			if (q.studies != nil || q.only != nil) && !q.studies[st.ID] && !q.only[t.DocumentID] {
				continue
			}
			p := &page{Telling: t, study: st, about: j.aboutStudy(t)}
			p.words = p.about
			if w := j.wordsOf(t.DocumentID); w != nil && !t.Study.SecondHand {
				p.words = w
			}
			q.pages = append(q.pages, p)
		}
	}
	q.rate()
	for _, p := range q.pages {
		n := 0
		for x := range q.parts {
			switch {
			case x.in(p.about):
				p.score += x.rarity
			case x.in(p.words):
				p.score += elsewhere * x.rarity
			default:
				p.lacks = append(p.lacks, x.text)
				continue
			}
			p.has += x.rarity / q.rarity
			n++
		}
		p.several = n > 1
	}
	slices.SortStableFunc(q.pages, func(a, b *page) int { return cmp.Compare(b.score, a.score) })
}

// rate rates the parts of what is sought by how few documents have them. What none has tells none from the others.
func (q *quest) rate() {
	known, rated := 0, 0.0
	for x := range q.parts {
		n := 0
		for _, p := range q.pages {
			if x.in(p.words) || x.in(p.about) {
				n++
			}
		}
		if n > 0 {
			x.rarity = 1 + math.Log(float64(len(q.pages))/float64(n))
			rated += x.rarity
			known++
		}
	}
	for x := range q.parts {
		if x.rarity == 0 && known > 0 {
			x.rarity = rated / float64(known)
		}
		q.rarity += x.rarity
	}
}

// best returns the few pages that have enough of what is sought, and about as much of it as the best.
func (q *quest) best() []*page {
	var out []*page
	for _, p := range q.pages {
		if len(out) == mostPlaces || len(out) > 0 && p.score < asGood*out[0].score {
			break
		}
		if p.several && p.has >= leastShare {
			out = append(out, p)
		}
	}
	return out
}

// aboutStudy returns the words of what a telling is about: its title, its arms, people, outcomes and findings.
func (l *lexicon) aboutStudy(t *graph.Telling) []string {
	k := [2]string{t.DocumentID, t.Study.ID}
	if w, ok := l.about.Load(k); ok {
		return w.([]string)
	}
	words := slices.Clone(l.spokenOf(t))
	for _, p := range t.Study.Populations {
		words = append(words, content(p.Text)...)
	}
	for _, o := range t.Study.Outcomes {
		words = append(words, content(o.Text)...)
	}
	slices.Sort(words)
	words = slices.Compact(words)
	l.about.Store(k, words)
	return words
}

// readPages reads the texts of the documents that have most of what is sought.
func (j *job) readPages(q *quest) ([]*page, error) {
	ignored := map[string][]evidence.Skip{}
	for _, d := range j.documents {
		ignored[d.ID] = d.Ignored
	}
	var out []*page
	seen := map[string]bool{}
	for _, p := range q.pages {
		if len(out) == mostSearched {
			break
		}
		if seen[p.DocumentID] {
			continue
		}
		seen[p.DocumentID] = true
		var err error
		if p.text, err = j.graph.Text(j.ctx, p.DocumentID); err != nil {
			return nil, fmt.Errorf("reading the text of %s: %w", p.Source, err)
		}
		p.title = content(evidence.Clip(p.text, mostQuoted))
		if r := telledReport(p.Telling); r != nil && r.Title != "" {
			p.title, p.heading = content(r.Title+" "+evidence.Clip(p.text, mostQuoted)), r.Title
		}
		p.shorts = map[*sought]*regexp.Regexp{}
		p.cut(j.vocab.Mentions(p.text, 0), ignored[p.DocumentID])
		out = append(out, p)
	}
	return out, nil
}

// lineText is a sentence of a document with what it names.
type lineText struct {
	evidence.Passage
	key      string // between blanks
	short    func(*sought) *regexp.Regexp
	words    []string
	concepts map[string]bool
	names    [][]string // the words of what names them
}

// cut cuts a document into the sentences that are its own, without what is none of its text, each with what it names.
func (p *page) cut(mentions []vocab.Mention, skips []evidence.Skip) {
	at := 0
	for _, s := range sentencesIn(p.text) {
		if slices.ContainsFunc(skips, func(k evidence.Skip) bool { return k.Start < s.End && s.Start < k.End }) {
			continue
		}
		l := lineText{Passage: s, short: p.short, key: " " + key(s.Text) + " ", words: content(s.Text), concepts: map[string]bool{}}
		for ; at < len(mentions) && mentions[at].Start < s.End; at++ {
			if m := mentions[at]; m.Start >= s.Start && !m.Ambiguous {
				l.names = append(l.names, content(p.text[m.Start:m.End]))
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
func (p *page) short(u *sought) *regexp.Regexp {
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
