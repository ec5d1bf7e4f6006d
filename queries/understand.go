package queries

import (
	"cmp"
	"slices"
	"strings"

	"github.com/picograph/picograph/graph/evidence"
	"github.com/picograph/picograph/graph/quantity"
	"github.com/picograph/picograph/graph/vocab"
	"github.com/picograph/picograph/queries/syntax"
)

// asked is what the words of a question add to its query: how the answer's first sentence is to be put.
type asked struct {
	yesNo       bool     // does, did, is: a sentence rather than a list comes first
	direction   string   // reduced, improved, ...: for the sentence; a condition only where interventions are asked for
	independent bool     // how many independent trials
	share       bool     // a percentage is wanted
	designs     []string // designs that a study is asked to be of
	dose        bool     // how much of what was given is asked for
	excluded    bool     // who could not take part is asked for
}

// understood is a question as read: a query, or why there is none.
type understood struct {
	question string
	query    *syntax.Query
	asked    asked
	words    []WordUse
	tags     []saidTag
	said     []string // readings worth saying: an abbreviation, a corrected word, a word that was not used
	reading  string   // the row of the table of readings
	byForm   bool     // its form alone told how it is meant, not its words
	fault    *Fault
	unknown  bool // the fault is a name that nothing knows
	hints    []string
}

// saidTag is a tag with its words as they stand in the question.
type saidTag struct {
	tag
	said string
}

// slots are the parts of a question that its tags fill.
type slots struct {
	frame         string
	noun          string
	relations     []string
	attributes    []string
	kinds         []string
	interventions []string
	comparators   []string
	outcomes      []string
	exposures     []string // what happens meanwhile: "when opioids are reduced"
	populations   []string
	conditions    []string
	criteria      []*syntax.Criterion
	studies       []string // by the name under which the graph has them
	reports       []string
	documents     []string
	instruments   []string
	designs       []string
	settings      []string
	measures      []string
	times         []*syntax.Test
	versusAt      int  // tag of "versus", -1 without
	or            bool // two interventions joined by or
	that          bool // "that trial", "the review"
	moreThanOne   bool
	compares      bool // compare, versus
	said          []string
	tests         []*syntax.Test // of numbers without a unit
	texts         []string       // words that only the documents have
	trials        bool           // trials are asked for, not studies of any kind
	designFilters []string       // designs that the studies asked for have
	eitherDesign  bool           // one of them is enough: "crossover or factorial trials"
	designsAsked  []string       // designs that the study named is asked to be of
	countries     []string
	order         string // which of several comes first: "n desc"
	hypothesis    string // non-inferiority, equivalence
	without       *slots // what is asked not to be so
	together      bool   // of what is asked not to be so: not all of it at once, rather than none of it
}

func (s *slots) has(rel ...string) bool {
	return slices.ContainsFunc(rel, func(r string) bool { return slices.Contains(s.relations, r) })
}

func (s *slots) asks(attribute ...string) bool {
	return slices.ContainsFunc(attribute, func(a string) bool { return slices.Contains(s.attributes, a) })
}

func (s *slots) kind(kind string) bool { return slices.Contains(s.kinds, kind) }

// effect reports whether the question is about what something does.
func (s *slots) effect() bool {
	return s.has("decreased", "increased", "improved", "worsened", "changed", "beats", "no difference")
}

// direction returns the direction that the question names, as the field direction takes it.
func (s *slots) direction() string {
	for _, d := range []string{"decreased", "increased", "improved", "worsened"} {
		if s.has(d) {
			return d
		}
	}
	if s.has("changed") {
		return "changed"
	}
	return ""
}

// mostWords is how long a question in English may be. What is longer is no question, and costs more to read than it is worth; a
// query of the language, or a search with tags, may be of any length.
const mostWords = 300

// understand reads a question.
func (l *lexicon) understand(question string, settings *Settings) *understood {
	r := &reader{lexicon: l, settings: settings, question: question, words: split(question)}
	u := &understood{question: question}
	if r.unreadable(u) {
		return u
	}
	r.tagAll()
	s := &slots{versusAt: -1}
	defer func() {
		for _, t := range r.tags {
			u.tags = append(u.tags, saidTag{t, r.question[r.words[t.from].start:r.words[t.to-1].end]})
		}
	}()
	if !r.resolveUnknown(s, u) {
		return u
	}
	r.retag()
	r.modifiers()
	r.fill(s, u)
	if r.denyNothing(u) {
		return u
	}
	r.complete(s, u)
	sel := r.selection(s, u)
	u.said = append(s.said, u.said...)
	if sel == nil && r.group == nil {
		r.refuse(u)
		return u
	}
	u.query = &syntax.Query{Selection: sel}
	if r.group != nil {
		if q := grouped(sel, r.group); q != nil {
			u.query = q
		} else {
			u.said = append(u.said, "“by "+strings.Join(r.group, " and ")+"” was not used")
		}
	}
	if s.order != "" {
		r.first(s, u)
	}
	r.remark(s, u)
	for _, t := range r.tags {
		as := t.as
		if as == "" {
			as = "known to be empty"
		}
		u.words = append(u.words, WordUse{r.text(t), as})
	}
	return u
}

// unreadable refuses a text that is no question: one of no words, of too many, or that breaks off.
func (r *reader) unreadable(u *understood) bool {
	if len(r.words) == 0 {
		u.fault = &Fault{Words: r.question, End: len(r.question)}
		u.hints = []string{"ask what, which, how many, does ..., or name a study"}
		return true
	}
	if len(r.words) > mostWords {
		at := r.words[mostWords]
		u.fault = &Fault{Start: at.start, End: len(r.question), Words: evidence.Clip(r.question[at.start:], 60)}
		u.hints = []string{"a question has at most " + itoa(mostWords) + " words: ask it in fewer, or in parts"}
		return true
	}
	last, ok := unfinished(r.words)
	if ok {
		u.fault = &Fault{Start: last.start, End: last.end, Words: last.text}
		u.hints = []string{"the question is not finished: say what follows “" + last.text + "”, or leave the word out"}
	}
	return ok
}

// remark says what the reading of a question leaves out, or takes otherwise than it may have been meant.
func (r *reader) remark(s *slots, u *understood) {
	if slices.ContainsFunc(r.tags, func(t tag) bool { return t.amount != nil && t.amount.field == "n" }) && len(s.populations) > 0 {
		u.said = append(u.said, "the number is of all in a study, whoever they are")
	}
	if r.says("both") && (len(s.outcomes) > 1 || len(s.interventions) > 1) && !r.measuresBoth(s) && !r.givesBoth(s) && !s.compares {
		u.said = append(u.said, "“both” was read as either")
	}
	if a, ok := u.query.Selection.(*syntax.Attributes); ok {
		for _, t := range r.tags {
			if t.use == useUnrecorded && slices.Contains(a.Names, t.value) {
				u.said = append(u.said, "whether “"+r.text(t)+"” fits is not recorded: the "+t.value+" is shown as stated")
			}
		}
	}
	for _, n := range slices.Concat(r.unused(s, u.query), r.passedOver(s, u.query)) {
		if said := "“" + n + "”"; !slices.ContainsFunc(u.said, func(x string) bool { return strings.HasPrefix(x, said) }) {
			u.said = append(u.said, said+" was not used")
		}
	}
}

// refuse says which words could not be understood.
func (r *reader) refuse(u *understood) {
	start, end := -1, 0
	for _, t := range r.tags {
		if t.use == useEmpty || t.use == useLink {
			continue
		}
		if start < 0 {
			start = r.words[t.from].start
		}
		end = r.words[t.to-1].end
	}
	if start < 0 {
		start, end = 0, len(r.question)
	}
	u.fault = &Fault{Start: start, End: end, Words: r.question[start:end]}
	u.hints = []string{"name an intervention, an outcome, a population or a study; or ask for an attribute of a study, such as its registration"}
}

// refusal is the answer to a question that has no query.
func (u *understood) refusal() *Answer {
	a := &Answer{Status: NotUnderstood, Hints: u.hints, Fault: u.fault, Explain: &Explanation{Words: u.words}}
	if u.unknown {
		a.Status = UnknownTerm
		a.Text = "Nothing in the vocabulary or in the loaded documents is called “" + u.fault.Words + "”."
		if len(u.hints) > 0 {
			a.Text += " Nearest: " + strings.Join(u.hints, ", ") + "."
		}
		return a
	}
	a.Text = "Not understood: “" + u.fault.Words + "”."
	return a
}

// fill puts the tags into slots.
func (r *reader) fill(s *slots, u *understood) {
	for i := range r.tags { // what kind of evidence is asked for decides what names mean
		if prev, _ := r.before(i); prev == "by" && r.tags[i].use == useKind && r.tags[i].value == "baseline" && i+1 < len(r.tags) {
			r.tags[i].phrase = phrase{use: useEmpty} // "mortality by baseline severity"
			next := &r.tags[i+1]
			*next = tag{from: next.from, to: next.to, phrase: phrase{use: useText}, as: "words of the documents"}
		}
		if t := &r.tags[i]; t.use == useKind {
			s.kinds = appendNew(s.kinds, t.value)
		} else if t.use == useFrame && t.value == "compare" || t.use == useRelation && t.value == "versus" {
			s.compares = true
		}
	}
	r.fillAll(s, u)
}

// fillOne puts one tag into its slot.
func (r *reader) fillOne(s *slots, u *understood, i int) {
	t := &r.tags[i]
	switch {
	case t.amount != nil:
		r.fillAmount(s, t)
	case len(t.names) > 0:
		r.fillName(s, i)
	case len(t.concepts) > 0:
		if said := r.question[r.words[t.from].start:r.words[t.to-1].end]; r.phrases[key(said)].use == useNamed {
			s.said = appendNew(s.said, "“"+said+"” read as "+t.reads)
		}
		if r.affected(i) && r.onlyGiven(t.concepts) {
			r.addOutcome(s, i, r.text(*t))
			return
		}
		r.fillConcept(s, u, i)
	case t.measure != "":
		s.measures = append(s.measures, t.measure)
		t.as = "the measure " + t.measure
	default:
		r.fillPhrase(s, i)
	}
}

func (r *reader) fillAmount(s *slots, t *tag) {
	a := t.amount
	ends := func(field string) {
		s.tests = append(s.tests, &syntax.Test{Field: field, Relation: quantity.Between, Values: []syntax.Value{a.value, a.high}})
		t.as = "the number " + field + ", " + string(a.value.Number) + " to " + string(a.high.Number)
	}
	switch {
	case a.relation == quantity.Between && a.field != "":
		ends(a.field)
	case a.relation == quantity.Between && a.time && !a.age:
		ends("time")
	case a.field != "":
		s.tests = append(s.tests, &syntax.Test{Field: a.field, Relation: a.relation, Values: []syntax.Value{a.value}})
		t.as = "the number " + a.field + " " + string(a.relation) + " " + string(a.value.Number)
	case a.time && !a.age:
		rel := cmp.Or(a.relation, quantity.Equal)
		s.times = append(s.times, &syntax.Test{Field: "time", Relation: rel, Values: append([]syntax.Value{a.value}, a.others...)})
		t.as = "the time " + string(rel) + " " + r.text(*t)
	case !a.age && r.ofChange(t):
		s.said = appendNew(s.said, "“"+r.text(*t)+"” is read as the size of a change, and not looked for")
		t.as = "the size of a change"
		if u, ok := r.vocab.Unit(a.value.Unit); ok && len(s.outcomes) == 0 && u.ID == "MME/day" {
			s.outcomes = append(s.outcomes, "opioid dose")
		}
	default:
		variable := cmp.Or(a.variable, "dose")
		if u, ok := r.vocab.Unit(a.value.Unit); ok && variable == "dose" && !a.age && !strings.HasPrefix(u.Dimension, "opioid") && r.givesOther() {
			t.use, t.as = useEmpty, "not used" // "aspirin below 100 mg": no limit of who was studied
			return
		}
		if a.age {
			variable = "age"
		}
		rel := a.relation
		if rel == "" {
			rel = quantity.Equal
		}
		c := &syntax.Criterion{Variable: syntax.Value{Text: variable}, Relation: rel, Value: a.value, High: a.high}
		s.criteria = append(s.criteria, c)
		t.as = "the population " + c.String()
	}
}

// ofChange reports whether an amount is how much something changed, and no limit of who was studied: "a 6 MME reduction", "fell by 10
// mg".
func (r *reader) ofChange(t *tag) bool {
	for i := range r.tags {
		if &r.tags[i] != t {
			continue
		}
		prev, at := r.before(i)
		if prev == "by" {
			return true
		}
		if prev == "of" && at > 0 { // "a reduction of 30% or more"
			words := norms(r.text(r.tags[at-1]))
			if p := r.phrases[words[len(words)-1]]; p.use == useRelation && effectRelation(p.value) {
				return true
			}
		}
		return i+1 < len(r.tags) && r.tags[i+1].from == t.to && r.tags[i+1].use == useRelation && effectRelation(r.tags[i+1].value)
	}
	return false
}

func (r *reader) fillName(s *slots, i int) {
	t := &r.tags[i]
	ns := sortNames(t.names)
	n := ns[0]
	switch n.kind {
	case studyName:
		for _, m := range ns {
			if m.kind == studyName && !slices.Contains(s.studies, m.text) {
				s.studies = append(s.studies, m.text)
			}
		}
		t.as = "the study " + n.text
	case reportName, citedName:
		text := r.text(*t)
		if len(r.find(text)) == 0 {
			text = n.text // a title that was cut short
		}
		s.reports = append(s.reports, text)
		t.as = "the report " + n.text
	case documentName:
		s.documents = append(s.documents, r.text(*t))
		t.as = "the document " + n.text
	case armName:
		if r.affected(i) {
			r.addOutcome(s, i, r.text(*t))
			return
		}
		r.addArmName(s, i)
	case instrumentName:
		s.instruments = append(s.instruments, n.text)
		t.as = "the instrument " + n.text
	case populationName:
		if r.toldExcluded(s, i) {
			s.texts = appendNew(s.texts, r.text(*t))
			t.as = "words of the documents"
			return
		}
		s.populations = append(s.populations, r.text(*t)) // its words, which others are called by too
		t.as = "the population " + r.text(*t)
	default:
		r.addOutcome(s, i, r.text(*t))
	}
}

// affected reports whether a name stands where only what was changed can: "what reduced smoking", "interventions that reduced smoking".
func (r *reader) affected(i int) bool {
	if i == 0 || r.tags[i-1].use != useRelation || !effectRelation(r.tags[i-1].value) {
		return false
	}
	return !slices.ContainsFunc(r.tags[:i-1], func(t tag) bool {
		return len(t.names)+len(t.concepts) > 0 || t.use == useText || t.use == useFrame && t.value == "yes or no"
	})
}

// onlyGiven reports whether concepts are interventions, and none is an outcome.
func (r *reader) onlyGiven(concepts []string) bool {
	return !slices.ContainsFunc(concepts, func(id string) bool {
		c, ok := r.vocab.Concept(id)
		return !ok || c.Type != vocab.TypeIntervention
	})
}
