package queries

import (
	"cmp"
	"regexp"
	"slices"
	"strings"

	"github.com/picograph/picograph/graph/lazyregexp"
	"github.com/picograph/picograph/graph/vocab"
	"github.com/picograph/picograph/queries/syntax"
)

// quest is what the words of a question seek in documents: of what was read of them, and in their sentences.
type quest struct {
	units   []*sought
	pages   []*page         // that are looked into, best first: see choose
	studies map[string]bool // by identifier; none: any
	only    map[string]bool // documents, by identifier; none: any
	limited bool            // a dose limits the people, which words cannot tell
	number  bool            // how many, how much, when: a sentence without a number answers nothing
	share   bool            // a percentage or a part of a number is asked for
	when    bool            // a date is asked for
	why     bool            // a reason is asked for
	design  bool            // what was done is asked for, not what came out
	total   float64         // what the units weigh in sentences
	rarity  float64         // and their parts among documents
}

// sought is one thing that a question names, as documents may say it.
type sought struct {
	text     string
	parts    []part   // by which documents are chosen and findings weighed
	words    []string // its content
	reads    []string // that of what it is read as
	concepts map[string]bool
	relation string             // a relation of the tables: any of its words will do
	stated   *lazyregexp.Regexp // how an attribute is stated
	weight   float64            // the fewer sentences have it, the more
	outcome  bool               // what is measured
	thing    bool               // what people have or were given: its words alone do not name it
	light    bool               // says how, not what
	phrase   *regexp.Regexp     // its words in their order, of a thing
	half     bool               // half of its words are enough: a phrase that nothing is called
	unused   bool               // its reading does not use it
	must     bool               // without it the question is another
	compared bool               // one of two things set against each other
}

// part is what the vocabulary knows of what is sought, else one of its words.
type part struct {
	text     string
	concepts map[string]bool // with narrower ones
	forms    [][]string      // the words of each way to say it
	outcome  bool            // names what is measured
	rarity   float64         // the fewer documents have it, the more
}

// in reports whether words say a thing in one of its ways.
func (p *part) in(words []string) bool {
	return slices.ContainsFunc(p.forms, func(f []string) bool { return containsAll(words, f) })
}

// parts yields the parts of all that is sought.
func (q *quest) parts(yield func(*part) bool) {
	for _, u := range q.units {
		for i := range u.parts {
			if !yield(&u.parts[i]) {
				return
			}
		}
	}
}

// quest returns what the words of a question seek.
func (j *job) quest(u *understood) *quest {
	q := &quest{}
	for i := 0; i < len(u.tags); i++ {
		t := u.tags[i]
		for i+1 < len(u.tags) && t.unknown() && u.tags[i+1].unknown() {
			i++
			t.said += " " + u.tags[i].said
		}
		q.limited = q.limited || t.use == useSetting || t.amount != nil && !t.amount.time && t.amount.field == ""
		for _, n := range t.names {
			switch n.kind {
			case studyName:
				q.studies = put(q.studies, n.study)
			case documentName, reportName:
				q.only = put(q.only, n.id)
			}
		}
		s := j.soughtOf(&t, q)
		if s == nil {
			continue
		}
		if u.unknown && u.fault != nil && s.half && strings.Contains(u.fault.Words, s.text) {
			s.must = !(i+2 < len(u.tags) && key(u.tags[i+1].said) == "of" && !u.tags[i+2].unknown()) // "the speed of tapering"
		}
		q.units = append(q.units, s)
	}
	return q
}

// namesEnough reports whether what is sought is enough to tell one sentence from another.
func (q *quest) namesEnough() bool {
	if len(q.units) == 1 && q.studies == nil && q.only == nil {
		return len(q.units[0].concepts) > 0
	}
	return slices.ContainsFunc(q.units, func(s *sought) bool { return !s.light })
}

func put(set map[string]bool, k string) map[string]bool {
	if set == nil {
		set = map[string]bool{}
	}
	set[k] = true
	return set
}

// soughtOf returns what one tag of a question seeks, nil where it seeks nothing of its own.
func (j *job) soughtOf(t *saidTag, q *quest) *sought {
	s := &sought{text: t.said, words: content(t.said), reads: content(t.reads), concepts: map[string]bool{}}
	if len(t.names) > 0 && (t.names[0].kind == studyName || t.names[0].kind == documentName || t.names[0].kind == reportName) || !j.soughtAs(t, s, q) {
		return nil
	}
	s.outcome = s.outcome || slices.ContainsFunc(t.concepts, func(id string) bool {
		c, ok := j.vocab.Concept(id)
		return ok && c.Type == vocab.TypeOutcome
	})
	for _, n := range t.names {
		s.outcome = s.outcome || n.kind == outcomeName
		s.thing = s.thing || n.kind == armName
	}
	if s.thing = !s.outcome && (s.thing || len(t.concepts) > 0); s.thing {
		s.phrase = regexp.MustCompile(" " + strings.Join(quotedWords(norms(t.said)), `(?: \S+){0,2} `) + " ")
	}
	if len(t.concepts) > 0 {
		for _, id := range slices.Concat(t.concepts, j.outcomesOf(t.concepts, s.text)) {
			for _, n := range j.vocab.Narrower(id) {
				s.concepts[n] = true
			}
		}
	}
	if len(s.words) == 0 && len(s.concepts) == 0 && s.stated == nil {
		return nil
	}
	s.parts = j.partsOf(t)
	return s
}

// soughtAs sets what follows from what a tag is used for; false is of one that seeks nothing.
func (j *job) soughtAs(t *saidTag, s *sought, q *quest) bool {
	switch {
	case t.amount != nil:
		s.light = t.amount.time
	case t.use == useFrame:
		q.when, q.why = q.when || t.value == "when", q.why || t.value == "why"
		q.share = q.share || t.value == "share"
		q.number = q.number || slices.Contains([]string{"how many", "how much", "share", "when", "how old", "how common"}, t.value)
		return false
	case t.use == useNoun, t.use == useLink, t.use == useOrder, t.use == useEmpty && t.as != "not used":
		return false
	case t.use == useRelation:
		s.relation, s.light = t.value, true
	case t.use == useAttribute:
		if s.stated = spoken[t.value]; t.value == "definition" {
			s.stated = defining
		}
		s.words = slices.DeleteFunc(s.words, func(w string) bool {
			use := j.phrases[w].use
			return use == useFrame || use == useNoun || w == "participant" || w == "patient"
		})
		q.design = true
		if q.why { // how it is stated is no reason
			s.stated = nil
			break
		}
		q.number = q.number || t.value == "dates" || t.value == "sample size"
	case t.use == useKind && t.value == "harms":
		s.concepts["adverse_events"] = true
		s.outcome = true
	case t.use == useKind, t.use == useDesign, t.use == useSetting, t.use == useCountry:
		s.light = true
	case t.unknown(), t.use == useText:
		s.half = true
	}
	return true
}

// partsOf returns the parts of what one tag of a question names; none of one that says how, and not what.
func (j *job) partsOf(t *saidTag) (out []part) {
	switch {
	case t.amount != nil && t.amount.age:
		return []part{{text: t.said}}
	case t.use == useCountry:
		p := part{text: t.said}
		for _, f := range countryForms(t.value) {
			p.forms = append(p.forms, content(f))
		}
		return []part{p}
	case t.use == useKind && t.value == "harms":
		return []part{j.partOf(t.said, j.vocab.Named("adverse events"))}
	case t.amount != nil, t.use != "" && t.use != useText && t.as != "not used":
	case len(t.concepts) > 0:
		return []part{j.partOf(cmp.Or(t.reads, t.said), t.concepts)}
	default:
		for _, w := range split(t.said) {
			if c := content(w.text); len(c) > 0 {
				out = append(out, part{text: w.text, forms: [][]string{c}})
			}
		}
	}
	return out
}

// partOf returns what a question names by some concepts, with all the ways to say it.
func (l *lexicon) partOf(text string, ids []string) part {
	p := part{text: text, concepts: map[string]bool{}, forms: [][]string{content(text)}}
	for _, id := range slices.Concat(ids, l.outcomesOf(ids, text)) {
		c, ok := l.vocab.Concept(id)
		p.outcome = p.outcome || ok && c.Type == vocab.TypeOutcome && slices.Contains(ids, id)
		for _, n := range l.vocab.Narrower(id) {
			p.concepts[n] = true
			if c, ok := l.vocab.Concept(n); ok {
				for _, f := range c.Forms {
					p.forms = append(p.forms, content(f.Text))
				}
			}
		}
	}
	p.forms = slices.DeleteFunc(p.forms, func(f []string) bool { return len(f) == 0 })
	return p
}

// heed notes what the answer makes of the words of a question: those that it does not use, and those that it compares.
func (q *quest) heed(u *understood, a *Answer) {
	unused := u.unusedWords(a)
	c, _ := selectionOf(a).(*syntax.Compare)
	for _, s := range q.units {
		s.unused = slices.Contains(unused, s.text)
		if c != nil && s.thing {
			s.compared = strings.Contains(key(c.A.Text+" | "+c.B.Text), key(s.text))
			s.thing = s.compared
		}
	}
}

// selectionOf returns what an answer's query selects; nil where there is none.
func selectionOf(a *Answer) syntax.Selection {
	q, err := syntax.Parse(a.Query)
	if err != nil {
		return nil
	}
	return q.Selection
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
