package queries

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/picograph/picograph/graph/lazyregexp"
	"github.com/picograph/picograph/graph/quantity"
	"github.com/picograph/picograph/queries/syntax"
)

// followOns are the words with which a question goes on from the one before it, with what they do to it.
var followOns = []struct {
	form *lazyregexp.Regexp
	does change
}{
	{lazyregexp.New(`(?i)^(?:and |but )?(?:only|just|restrict(?:ed)? to|limit(?:ed)? to|narrow(?:ed)? to|filter(?: by)?) `), narrows},
	{lazyregexp.New(`(?i)^(?:and |but )?(?:without|except(?: for)?|excluding|exclude|not|other than|leave out|leaving out|drop|minus) `), leavesOut},
	{lazyregexp.New(`(?i)^(?:and |but )?(?:also|or|as well as|include|including|plus) `), widens},
	{lazyregexp.New(`(?i)^(?:and |but )?(?:what about|how about|what of|instead(?: of that)?|now) `), turns},
	{lazyregexp.New(`(?i)^(?:and|but) `), turns},
	{lazyregexp.New(`(?i)^(?:in|among|amongst|for|at|after|with|on|versus|vs\.?|against|compared (?:with|to)) `), turns},
	{lazyregexp.New(`(?i)^(?:and |so |but )?how many(?: of (?:them|those|these)(?: (?:are|were) there)?| (?:are|were) (?:there|they|those|these|that)| (?:studies|trials|rcts|reports|interventions|findings)(?: (?:are|were) (?:they|those|these|that))?)?$`), counts},
}

// change is what a follow-up does to the question before it.
type change int

const (
	turns     change = iota // the same of something else: what it names takes the place of its like
	narrows                 // the same, of fewer
	widens                  // the same, and of something else too
	leavesOut               // the same, without something
	counts                  // how many
)

// Follow answers a question that goes on from an answer: "and in women?", "only RCTs", "without VOICE", "what about
// pain?", "at 6 months". What it names takes the place of its like in the query of that answer, or is added to it. A
// question that stands on its own is answered as by Ask; so is any where previous is nil or has no query.
func (e *Engine) Follow(ctx context.Context, previous *Answer, text string) (*Answer, error) {
	earlier := ""
	if previous != nil {
		earlier = previous.Query + " "
	}
	lex, err := e.names(ctx, earlier+text)
	if err != nil {
		return nil, err
	}
	q, said := lex.follow(previous, text, &e.Settings)
	if q == nil {
		return e.Ask(ctx, text)
	}
	a, err := e.answer(ctx, lex, text, q)
	if err != nil {
		return nil, fmt.Errorf("following on from %s: %w", previous.Query, err)
	}
	if len(said) > 0 {
		a.Reading = strings.TrimRight(a.Reading, ".") + "; " + strings.Join(said, "; ") + "."
	}
	return a, nil
}

// follow returns the query of a follow-up, and what is worth saying of how it was read; nil where the text is none.
func (l *lexicon) follow(previous *Answer, text string, settings *Settings) (*syntax.Query, []string) {
	if previous == nil || previous.Query == "" {
		return nil, nil
	}
	before, err := syntax.Parse(previous.Query)
	if err != nil {
		return nil, nil
	}
	trimmed := strings.TrimRight(strings.TrimSpace(text), "?!. ")
	if _, err := syntax.Parse(trimmed); err == nil {
		return nil, nil // a query of the language is meant as one
	}
	for _, f := range followOns {
		lead := f.form.FindString(trimmed)
		if lead == "" {
			continue
		}
		rest := strings.TrimSpace(trimmed[len(lead):])
		if f.does == counts {
			return counting(before), nil
		}
		if f.does == turns && standsAlone(rest) {
			return nil, nil
		}
		s := l.slotsOf(followed(lead, rest, f.does), settings)
		if s == nil {
			return nil, nil
		}
		if q := l.changed(before, s, f.does); q != nil {
			said := s.said
			for _, n := range (&reader{lexicon: l}).unused(s, q) {
				said = append(said, "“"+n+"” was not used")
			}
			return q, said
		}
	}
	return nil, nil
}

// followed returns what is understood of a follow-up: its prepositions say what a name is for, so they stay.
func followed(lead, rest string, does change) string {
	switch w := strings.ToLower(strings.Fields(lead)[0]); {
	case does == turns && w != "and" && w != "but" && w != "what" && w != "how" && w != "now" && w != "instead":
		return lead + rest
	}
	return rest
}

// ownFrame begins a question of its own.
var ownFrame = lazyregexp.New(`(?i)^(?:which|what|who|when|where|why|how|does|do|did|is|are|was|were|list|show|compare|count)\b`)

// laterFrame is a question of its own behind words that go before it: "in VOICE what was the primary outcome", "among
// women, did pain improve". Who, were and the like are one only behind a comma: "in those who were on opioids".
var laterFrame = lazyregexp.New(`(?i)\b(?:which|what|why|how|does|do|did)\b|, *(?:who|when|where|is|are|was|were|list|show|compare|count)\b`)

func standsAlone(text string) bool { return ownFrame.MatchString(text) || laterFrame.MatchString(text) }

// slotsOf understands a fragment of a question; nil where it has a word that nothing knows, or names nothing.
func (l *lexicon) slotsOf(text string, settings *Settings) *slots {
	r := &reader{lexicon: l, settings: settings, question: text, words: split(text)}
	if len(r.words) == 0 || len(r.words) > 40 {
		return nil
	}
	r.tagAll()
	s, u := &slots{versusAt: -1}, &understood{question: text}
	if !r.resolveUnknown(s, u) {
		return nil
	}
	for i := range r.tags { // of a fragment, a trait says who is meant: "in women", "men"
		t := &r.tags[i]
		if len(t.concepts) > 0 && r.isTrait(r.text(*t)) {
			s.populations = append(s.populations, r.text(*t))
			*t = tag{from: t.from, to: t.to, phrase: phrase{use: useEmpty}}
		}
	}
	r.fill(s, u)
	s.said = append(s.said, u.said...)
	if prev := split(text); len(s.outcomes) > 0 && slices.Contains([]string{"in", "among", "amongst"}, prev[0].norm) {
		for _, o := range s.outcomes { // "in depression": people who have it
			if len(l.vocab.Named(o, typesOf["condition"]...)) > 0 {
				s.conditions = append(s.conditions, o)
				s.outcomes = nil
			}
		}
	}
	return s
}

// counting returns the query that counts what another one lists.
func counting(q *syntax.Query) *syntax.Query {
	switch s := q.Selection.(type) {
	case *syntax.Match:
		noun := s.Noun
		if noun == "interventions" || noun == "findings" || noun == "predictors" {
			noun = "studies"
		}
		return &syntax.Query{Selection: &syntax.Count{Noun: noun, Where: s.Where}}
	case *syntax.Compare:
		return &syntax.Query{Selection: &syntax.Count{Noun: "studies", Where: syntax.Join(syntax.Is("intervention", s.A.Text), syntax.Is("comparator", s.B.Text), s.Where)}}
	}
	return nil
}

// changed returns a query with the changes that a follow-up asks for; nil where it asks for none.
func (l *lexicon) changed(q *syntax.Query, s *slots, does change) *syntax.Query {
	r := &reader{lexicon: l}
	if len(s.designs) > 0 || len(s.kinds) > 0 {
		for _, d := range s.designs {
			if k := studyKindOf(d); k != "" {
				s.kinds = appendNew(s.kinds, k)
			}
		}
	}
	where := r.conditions(s, true)
	if does == leavesOut {
		if where == nil {
			return nil
		}
		where = leftOut(where)
	}
	out := *q
	switch sel := q.Selection.(type) {
	case *syntax.Match:
		out.Selection = &syntax.Match{Noun: sel.Noun, Where: merged(sel.Where, where, does)}
	case *syntax.Count:
		out.Selection = &syntax.Count{Noun: sel.Noun, Where: merged(sel.Where, where, does)}
	case *syntax.Compare:
		out.Selection = changedCompare(sel, where, does)
	case *syntax.Attributes:
		out.Selection = changedAttributes(sel, s, does)
	case *syntax.Show:
		if len(s.studies) == 0 {
			return nil
		}
		out.Selection = &syntax.Show{Subject: "study", Name: syntax.Value{Text: s.studies[0]}}
	default:
		return nil
	}
	if out.String() == q.String() {
		return nil
	}
	return &out
}

// changedCompare changes what a comparison is of: its outcome, one of its sides, or its conditions.
func changedCompare(sel *syntax.Compare, where syntax.Condition, does change) *syntax.Compare {
	c := *sel
	var rest []syntax.Condition
	for _, k := range syntax.Conjuncts(where) {
		t, ok := k.(*syntax.Test)
		switch {
		case ok && t.Field == "outcome" && does == widens:
			c.On = append(slices.Clone(c.On), t.Values...)
		case ok && t.Field == "outcome":
			c.On = t.Values
		case ok && t.Field == "intervention":
			c.A = t.Values[0]
		case ok && t.Field == "comparator":
			c.B = t.Values[0]
		default:
			rest = append(rest, k)
		}
	}
	c.Where = merged(sel.Where, syntax.Join(rest...), does)
	return &c
}

// changedAttributes changes what is looked up, or of which studies or interventions.
func changedAttributes(sel *syntax.Attributes, s *slots, does change) *syntax.Attributes {
	a := *sel
	switch {
	case len(s.attributes) > 0 && does == widens:
		a.Names = append(slices.Clone(a.Names), s.attributes...)
	case len(s.attributes) > 0:
		a.Names = s.attributes
	}
	switch {
	case len(s.studies) > 0 && does == leavesOut:
		a.Of = slices.DeleteFunc(slices.Clone(a.Of), func(v syntax.Value) bool { return slices.Contains(s.studies, v.Text) })
	case len(s.studies) > 0 && does == widens:
		a.Of = append(slices.Clone(a.Of), names(s.studies)...)
	case len(s.studies) > 0:
		a.Of = names(s.studies)
	case len(s.interventions) > 0 && a.Subject == "intervention":
		a.Of = names(s.interventions)
	}
	return &a
}

// leftOut returns the condition that nothing that a condition names is there.
func leftOut(where syntax.Condition) syntax.Condition {
	var out []syntax.Condition
	for _, c := range syntax.Conjuncts(where) {
		if n, ok := c.(*syntax.Not); ok {
			out = append(out, n)
			continue
		}
		out = append(out, &syntax.Not{Of: c})
	}
	return syntax.Join(out...)
}

// merged joins the conditions of a query with those of a follow-up. One that turns to something else takes the place of
// those about the same thing; one that widens joins its names to theirs.
func merged(before, now syntax.Condition, does change) syntax.Condition {
	kept := syntax.Conjuncts(before)
	var added []syntax.Condition
	for _, c := range syntax.Conjuncts(now) {
		t, ok := c.(*syntax.Test)
		if !ok || does == narrows || does == leavesOut {
			added = append(added, c)
			continue
		}
		if does == widens {
			i := slices.IndexFunc(kept, func(k syntax.Condition) bool {
				o, is := k.(*syntax.Test)
				return is && o.Field == t.Field && o.Criterion == nil && t.Criterion == nil && o.Relation == quantity.Equal && t.Relation == quantity.Equal
			})
			if i >= 0 {
				o := *kept[i].(*syntax.Test)
				o.Values = append(slices.Clone(o.Values), t.Values...)
				kept[i] = &o
				continue
			}
		}
		kept = slices.DeleteFunc(slices.Clone(kept), func(k syntax.Condition) bool {
			o, is := k.(*syntax.Test)
			return is && alikeTests(o, t)
		})
		added = append(added, c)
	}
	return syntax.Join(append(kept, added...)...)
}

// alikeTests reports whether a test says of the same thing what another one says: who is meant, what was measured.
func alikeTests(a, b *syntax.Test) bool {
	if a.Criterion != nil && b.Criterion != nil {
		return a.Criterion.Variable.Text == b.Criterion.Variable.Text
	}
	people := func(f string) bool { return f == "population" || f == "condition" }
	return a.Field == b.Field || people(a.Field) && people(b.Field) && b.Criterion == nil
}
