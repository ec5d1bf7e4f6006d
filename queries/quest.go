package queries

import (
	"regexp"
	"slices"
	"strings"

	"github.com/picograph/picograph/graph/lazyregexp"
	"github.com/picograph/picograph/graph/vocab"
	"github.com/picograph/picograph/queries/syntax"
)

// sought is one thing that a question names, as it may stand in a sentence.
type sought struct {
	text     string
	words    []string // its content
	reads    []string // that of what it is read as
	concepts map[string]bool
	relation string             // a relation of the tables: any of its words will do
	stated   *lazyregexp.Regexp // how an attribute is stated
	weight   float64
	outcome  bool           // what is measured
	thing    bool           // what people have or were given: its words alone do not name it
	light    bool           // says how, not what
	phrase   *regexp.Regexp // its words in their order, of a thing
	half     bool           // half of its words are enough: a phrase that nothing is called
	unused   bool           // its reading does not use it
	must     bool           // without it the question is another
	compared bool           // one of two things set against each other
}

// quest is what a question seeks in sentences.
type quest struct {
	units   []*sought
	studies map[string]bool // by identifier; none: any
	only    map[string]bool // documents, by identifier; none: any
	number  bool            // how many, how much, when: a sentence without a number answers nothing
	when    bool            // a date is asked for
	design  bool            // what was done is asked for, not what came out
	total   float64
}

// quest returns what the words of a question seek; nil where they name too little, or something that no document names.
func (j *job) quest(u *understood) *quest {
	q := &quest{}
	c, _ := comparisonOf(j.answer)
	unused := u.unusedWords(j.answer)
	named := false
	for i := 0; i < len(u.tags); i++ {
		t := u.tags[i]
		for i+1 < len(u.tags) && t.unknown() && u.tags[i+1].unknown() {
			i++
			t.said += " " + u.tags[i].said
		}
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
		if c != nil && s.thing {
			s.compared = strings.Contains(key(c.A.Text+" | "+c.B.Text), key(s.text))
			s.thing = s.compared
		}
		if u.unknown && u.fault != nil && s.half && strings.Contains(u.fault.Words, s.text) {
			s.must = !(i+2 < len(u.tags) && key(u.tags[i+1].said) == "of" && !u.tags[i+2].unknown()) // "the speed of tapering"
		}
		s.unused = slices.Contains(unused, s.text)
		q.units = append(q.units, s)
		named = named || !s.light
	}
	if !named || len(q.units) < 2 && q.studies == nil && q.only == nil {
		return nil
	}
	return q
}

// comparisonOf returns the comparison that an answer's query is.
func comparisonOf(a *Answer) (*syntax.Compare, bool) {
	q, err := syntax.Parse(a.Query)
	if err != nil {
		return nil, false
	}
	c, ok := q.Selection.(*syntax.Compare)
	return c, ok
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
	switch {
	case len(t.names) > 0 && (t.names[0].kind == studyName || t.names[0].kind == documentName || t.names[0].kind == reportName):
		return nil
	case t.amount != nil:
		s.light = t.amount.time
	case t.use == useFrame:
		q.when = q.when || t.value == "when"
		q.number = q.number || slices.Contains([]string{"how many", "how much", "share", "when", "how old", "how common"}, t.value)
		return nil
	case t.use == useNoun, t.use == useLink, t.use == useOrder, t.use == useEmpty && t.as != "not used":
		return nil
	case t.use == useRelation:
		s.relation, s.light = t.value, true
	case t.use == useAttribute:
		s.stated = spoken[t.value]
		s.words = slices.DeleteFunc(s.words, func(w string) bool {
			use := j.phrases[w].use
			return use == useFrame || use == useNoun || w == "participant" || w == "patient"
		})
		q.design = true
		q.number = q.number || t.value == "dates" || t.value == "sample size"
	case t.use == useKind && t.value == "harms":
		s.concepts["adverse_events"] = true
		s.outcome = true
	case t.use == useKind, t.use == useDesign, t.use == useSetting, t.use == useCountry:
		s.light = true
	case t.unknown(), t.use == useText:
		s.half = true
	}
	for _, id := range t.concepts {
		for _, n := range j.vocab.Narrower(id) {
			s.concepts[n] = true
		}
		c, _ := j.vocab.Concept(id)
		s.outcome = s.outcome || c != nil && c.Type == vocab.TypeOutcome
	}
	for _, n := range t.names {
		s.outcome = s.outcome || n.kind == outcomeName
		s.thing = s.thing || n.kind == armName
	}
	if s.thing = !s.outcome && (s.thing || len(t.concepts) > 0); s.thing {
		s.phrase = regexp.MustCompile(" " + strings.Join(quotedWords(norms(t.said)), `(?: \S+){0,2} `) + " ")
	}
	if len(t.concepts) > 0 {
		for _, id := range j.outcomesOf(t.concepts, s.text) {
			for _, n := range j.vocab.Narrower(id) {
				s.concepts[n] = true
			}
		}
	}
	if len(s.words) == 0 && len(s.concepts) == 0 && s.stated == nil {
		return nil
	}
	return s
}
