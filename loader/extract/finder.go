package extract

import (
	"fmt"
	"slices"
	"strings"

	"github.com/picograph/picograph/graph/evidence"
	"github.com/picograph/picograph/graph/vocab"
	"github.com/picograph/picograph/loader/annotate"
	"github.com/picograph/picograph/loader/document"
)

// finder collects the findings of one study, sentence by sentence.
type finder struct {
	r      *reading
	t      *telling
	found  []*toldFinding
	before int                       // how many were found before the clause that is told
	last   *clause                   // the clause before, whose outcome and arms one without its own goes on with
	called map[namedAs]document.Span // by which words sentences call outcomes
	card   card                      // the list of values that the sentence stands in
	ahead  int                       // the last sentence that said that one arm went ahead of the other, by how much the rest of it tells
}

// toldFinding is a finding before it has an id, with the values of arms that it compares.
type toldFinding struct {
	evidence.Finding
	from     []*toldFinding
	tabular  bool // it stands in a table
	own      bool // it may be a change of its arm alone
	within   bool // and it is
	explicit bool // its clause says that it compares groups
}

// add keeps a finding that compares the values in from, and returns it.
func (f *finder) add(e evidence.Finding, from []*toldFinding) *toldFinding {
	d := &toldFinding{Finding: e}
	if strings.EqualFold(d.Exposure, "there") { // "there was an association" names nothing
		d.Exposure = ""
	}
	if e.Kind == evidence.BetweenArms {
		d.from = from
	}
	f.found = append(f.found, d)
	return d
}

// clause is a stretch of a sentence that tells one thing, with all that it mentions.
type clause struct {
	document.Span
	sentence   int
	words      []word
	topic      []word          // the words without those of times
	results    []annotate.Item // numbers that are results, in text order
	ps         []annotate.Item
	sizes      []annotate.Item
	arms       []armMention
	outcomes   []outcomeMention
	cues       []vocab.CueMention
	population evidence.Ref
	subgroup   bool
	other      evidence.Ref // the population compared with, where it is another
	time       evidence.Timepoint
	times      []timeMention        // in text order
	series     []evidence.Timepoint // each of several times that stand in one list
	named      bool                 // its numbers stand beside the names of their own outcomes
	compare    document.Span        // "than", "compared with", "vs": zero where nothing is compared
	telling    verdict              // what the words claim

	about          []evidence.OutcomeRef // what its findings are of, once they are told
	goesBack       bool                  // it names no outcome, and is about those of the clause before
	carried        []armMention          // the arms of the clause before, for one that compares and names none
	carriedCompare document.Span

	plainOf, plainTopicOf plainWords
}

// findings returns the study's findings in text order, with ids.
func (f *finder) findings() []evidence.Finding {
	for _, i := range f.t.sentences {
		f.follow(i)
		if f.mayReport(i) {
			from := len(f.found)
			f.sentence(i)
			f.withoutConceded(from, i)
		}
	}
	f.ownChanges()
	f.withoutNothing()
	f.tables()
	analyses := f.namedAnalyses()
	for _, d := range f.found {
		d.Analysis = f.analysis(d, analyses)
	}
	found := restated(f.r.doc, merge(f.found))
	f.announce(found)
	f.ownWords(found)
	return identify(f.t.study, found)
}

// announce adds to the study's outcomes those that it reports without having announced them.
func (f *finder) announce(found []*toldFinding) {
	s := f.t.study
	for _, d := range found {
		o := d.Outcome
		if o.Concept == "" || d.Kind == evidence.Baseline {
			continue
		}
		if slices.ContainsFunc(s.Outcomes, func(a evidence.Outcome) bool {
			return a.Text == o.Text || o.Concept != "" && a.Concept == o.Concept
		}) {
			continue
		}
		s.Outcomes = append(s.Outcomes, evidence.Outcome{
			ID: fmt.Sprintf("o%d", len(s.Outcomes)+1), Text: o.Text, Concept: o.Concept, Better: f.better(o), Passages: d.Passages[:1:1],
		})
	}
}

// mayReport tells whether a sentence can state a result of the study: results do, and those who took part are
// described where the participants are.
func (f *finder) mayReport(i int) bool {
	if f.planned(i) {
		return false
	}
	switch f.r.roles[i] {
	case roleResults:
		return true
	case roleParticipants, roleDesign:
		return len(resultItems(f.r.sentences[i].Items)) > 0 && f.isPast(i)
	}
	return false
}

// planned reports whether a sentence tells what will be done rather than what was found.
func (f *finder) planned(i int) bool {
	if f.r.matches(i, defines) && !slices.ContainsFunc(f.r.sentences[i].Items, func(it annotate.Item) bool { return it.Kind == annotate.PValue || it.Estimate.CI != nil }) {
		return true // "response was defined as a 50% reduction"
	}
	return f.r.matches(i, will) && !slices.ContainsFunc(resultItems(f.r.sentences[i].Items), func(it annotate.Item) bool { return !numberless(it) })
}

// numberless reports whether a count has no number: "all participants".
func numberless(it annotate.Item) bool {
	e := it.Estimate
	return it.Kind == annotate.Count && !e.Events.Present() && !e.Total.Present() && !e.Percent.Present()
}

var defines = rules.New(`(?i)^[^.;]{3,80}? (?:was|were|is|are) defined (?:as|by)\b`)

var will = rules.New(`(?i) will `)

// isPast reports whether a sentence tells of people counted rather than of whom the study would take: only a count
// or a moment makes a baseline characteristic there.
func (f *finder) isPast(i int) bool {
	for _, it := range f.r.sentences[i].Items {
		if it.Kind == annotate.Count && !numberless(it) || it.Kind == annotate.Moment {
			return true
		}
	}
	return false
}

// sentence finds what a sentence tells, clause by clause.
func (f *finder) sentence(i int) {
	span := f.r.doc.Sentences[i].Span
	lead := document.Span{}
	if p, ok := f.t.parts[i]; ok {
		span, lead = p.own, p.lead
	}
	words := f.r.words(span)
	if !f.reviews() {
		f.populate(f.outline(i, span, words)) // the sentence as a whole may name a population that no clause of it names
	} else if c := f.clause(i, span, words, lead); f.votes(c) {
		f.last = c
		return
	}
	var in *clause
	from := len(f.found)
	parts := clausesOf(words, span)
	for k, s := range parts {
		c := f.clause(i, s, words, lead)
		if k+1 < len(parts) && c.telling.signal != "" && !c.telling.compares && deniesDifference(wordsWithin(words, parts[k+1])[1:]) {
			c.ofAll(len(f.t.study.Arms))
		}
		at := len(f.found)
		if in != nil {
			c.inherit(in)
			f.alongWith(c, in)
			if asWas(c.words) {
				c.goOn(in, in)
			}
		}
		if k+1 < len(parts) && (in == nil || len(in.arms) == 0 && len(in.carried) == 0) {
			f.lookAhead(c, i, parts[k+1], words)
		}
		in = c
		if f.eachTested(c) || f.asDid(c) {
			f.before = len(f.found)
			f.changes(c)
			f.last = c
			continue
		}
		if rounds := f.rounds(c); len(rounds) > 1 {
			f.tellRounds(c, rounds, words, lead)
			continue
		}
		f.tell(c)
		f.takeBack(from, at, c)
		f.last = c
	}
}

// tellRounds tells the results that a clause lists, each of which goes on with what the clause says of all: lead is the head that they share with it.
func (f *finder) tellRounds(c *clause, rounds []document.Span, words []word, lead document.Span) {
	inTurn, named := f.roundsInTurn(c, rounds), f.outcomesInTurn(c, rounds)
	said := c // the round that said last what happened
	for k, s := range rounds {
		r := f.clause(c.sentence, s, words, lead)
		r.inherit(c)
		if inTurn != nil {
			r.arms = inTurn[k : k+1]
		}
		if named != nil {
			r.outcomes, r.goesBack = named[k:k+1], false
		}
		if len(c.series) == len(rounds) {
			r.time, r.series = c.series[k], nil
		}
		own := r.telling.claims()
		r.goOn(c, said)
		if own {
			said = r
		}
		if len(r.ps) == 0 && len(c.ps) == 1 && len(c.results) == 0 && c.ps[0].Start >= r.End {
			r.ps = c.ps // "lower A and higher B (all P < .05)", and not "lower A (P < .05) and no more B"
		}
		if n := len(f.found); k > 0 && len(r.outcomes) == 0 && !r.hasTopic() && n > 0 && f.tellsOf(f.found[n-1], c) {
			r.outcomes = []outcomeMention{{Span: document.Span{Start: r.Start, End: r.Start}, ref: f.found[n-1].Outcome, outcome: -1, own: true}}
		}
		f.tell(r)
		f.last = r
	}
}

// lookAhead gives a clause that compares and names no arm those of the clause that it is joined to: "relapses were fewer (5% vs 9%)
// and survival was longer with A than with B".
func (f *finder) lookAhead(c *clause, i int, next document.Span, words []word) {
	if len(c.arms) > 0 || c.compare.Len() > 0 && !inBrackets(c.words, c.compare) {
		return
	}
	ws := wordsIn(words, next)
	if len(ws) == 0 || ws[0].lower != "and" {
		return
	}
	ahead := c.telling.claims() && slices.ContainsFunc(c.words, func(w word) bool { return comparative(w.lower) }) || c.telling.signal != "" && f.endsWithClaim(c)
	if !ahead && !c.hasPrefix("differen") {
		return
	}
	n := f.clause(i, next, words, document.Span{})
	if f.kindsOfPeople(n).Len() > 0 {
		c.carriedCompare = n.compare // "sleep (P = .02) and pain (P = .01) differed in men compared to women"
	}
	if !ahead {
		return
	}
	if s := f.singleArms(n); len(s) > 0 && n.compare.Len() > 0 && !inBrackets(n.words, n.compare) {
		c.arms, c.compare = n.arms, n.compare
		c.telling.compares = true
	}
}

// endsWithClaim reports whether a clause ends with what it claims of its subject, so that it leaves unsaid where or with whom it was seen:
// "pain decreased" of "pain decreased and sleep increased with A compared with B".
func (f *finder) endsWithClaim(c *clause) bool {
	if c.telling.at.Len() == 0 || c.telling.negated || c.telling.noDifference || f.sinceStart(c) {
		return false
	}
	return !slices.ContainsFunc(c.words, func(w word) bool {
		return w.depth == 0 && w.Start >= c.telling.at.End && !isBracket(w.lower) && w.lower != "," && w.lower != "." && !strings.HasSuffix(w.lower, "ly")
	}) && !slices.ContainsFunc(c.words, func(w word) bool { return w.depth > 0 && strings.Contains(w.lower, "baseline") })
}

// alongWith gives a clause that ends with its claim, and names no arm, the comparison that the clause before it made: "pain decreased in A
// compared with B, and sleep increased".
func (f *finder) alongWith(c, before *clause) {
	ws := c.words
	if len(c.arms) > 0 || c.compare.Len() > 0 || len(ws) == 0 || ws[0].lower != "and" || c.telling.signal == "" || !f.endsWithClaim(c) {
		return
	}
	if before.telling.signal == "" || before.telling.negated || before.compare.Len() == 0 || inBrackets(before.words, before.compare) || len(f.singleArms(before)) == 0 || beforeAfter(before) {
		return
	}
	c.arms, c.compare = before.arms, before.compare
	c.telling.compares = true
}

// ofAll makes a clause tell of the change in all arms, with P values of that change: "pain fell (P < .01), with no difference
// between the groups".
func (c *clause) ofAll(arms int) {
	if arms < 2 || slices.ContainsFunc(c.arms, func(m armMention) bool { return !m.every }) {
		return
	}
	if len(c.arms) == 0 {
		c.arms = []armMention{{Span: document.Span{Start: c.Start, End: c.Start}, arms: allArms(arms), every: true}}
	}
	for i := range c.ps {
		if c.ps[i].P.Of == "" {
			c.ps[i].P.Of = evidence.PWithin
		}
	}
}

// scaleNote matches what is said of a scale rather than of anybody: "lower values better", "higher scores indicate worse pain",
// "lower is better".
var scaleNote = rules.New(`(?i)\b(?:lower|higher|greater|larger|smaller|increasing|decreasing|low|high)(?: (?:\p{L}+ )?(?:scores?|values?|numbers?|ratings?|points|totals?|levels?)(?: (?:are |is |being |= ?)?(?:better|worse|best|worst)\b|,? (?:indicat(?:es?|ing)|mean(?:s|ing)?|denot(?:es?|ing)|represent(?:s|ing)?|reflect(?:s|ing)?|correspond(?:s|ing)?|signif(?:y|ies|ying)|equals?|= ?)\b[^;,.()\[\]]*)| (?:is |are |being |= ?)(?:better|worse|best|worst)\b)`)

// scaleNotes returns where a sentence says which way a scale runs.
func (f *finder) scaleNotes(i int) []document.Span {
	s := f.r.doc.Sentences[i].Span
	var out []document.Span
	for _, m := range f.r.rule(s, scaleNote).FindAllStringIndex(f.r.doc.At(s), -1) {
		out = append(out, document.Span{Start: s.Start + m[0], End: s.Start + m[1]})
	}
	return out
}

// outline gathers the arms that a clause mentions, its cues and what it compares.
func (f *finder) outline(i int, span document.Span, words []word) *clause {
	s := &f.r.sentences[i]
	c := &clause{Span: span, sentence: i, words: wordsIn(words, span)}
	notes := f.scaleNotes(i)
	for _, cue := range s.Cues {
		at := document.Span{Start: cue.Start, End: cue.End}
		if span.Contains(at) && !insideNumber(s.Items, at) && !slices.ContainsFunc(notes, func(n document.Span) bool { return n.Contains(at) }) {
			c.cues = append(c.cues, cue)
		}
	}
	c.arms = slices.DeleteFunc(f.t.armsIn(f.r, span), func(m armMention) bool { return f.outsiders(c.words, m) })
	if pair := pairOpens(c); pair.Len() > 0 { // "both pain and sleep improved" speaks of no arms
		c.arms = slices.DeleteFunc(c.arms, func(m armMention) bool { return pair.Contains(m.Span) })
		c.cues = slices.DeleteFunc(c.cues, func(m vocab.CueMention) bool {
			return pair == document.Span{Start: m.Start, End: m.End} && m.Cue.Signal == vocab.SignalBothArms
		})
	}
	if c.compare = comparedBy(c.words, c.cues); c.compare.Len() == 0 {
		if c.compare = differenceFrom(c.words, c.arms); c.compare.Len() == 0 {
			c.compare = thanArm(c.words, c.arms)
		}
	}
	return c
}

// pairOpens returns the "both" or "neither" that opens a list of two things that are no arms, as the subject of a clause.
func pairOpens(c *clause) document.Span {
	ws := withoutAdverbial(c.words)
	if len(ws) < 4 || ws[0].lower != "both" && ws[0].lower != "neither" {
		return document.Span{}
	}
	verb := mainVerb(ws)
	and := slices.IndexFunc(ws, func(w word) bool { return w.depth == 0 && (w.lower == "and" || w.lower == "nor") })
	if and < 2 || verb >= 0 && and > verb || slices.ContainsFunc(c.arms, func(m armMention) bool { return m.Start >= ws[0].End && (verb < 0 || m.End <= ws[verb].Start) }) {
		return document.Span{}
	}
	return ws[0].Span
}

// clause gathers all that a clause mentions.
func (f *finder) clause(i int, span document.Span, words []word, lead document.Span) *clause {
	s := &f.r.sentences[i]
	c := f.outline(i, span, words)
	var times []document.Span
	var within []annotate.Item
	for _, it := range s.Items {
		if it.Kind == annotate.Time && it.Overlaps(span) {
			times = append(times, it.Span)
		}
		if !span.Contains(it.Span) {
			continue
		}
		switch it.Kind {
		case annotate.PValue:
			c.ps = append(c.ps, it)
		case annotate.Size:
			c.sizes = append(c.sizes, it)
		case annotate.Time:
			if !f.r.tellsNoTime(it.Span) {
				within = append(within, it)
			}
		}
	}
	c.timesOf(f.r.doc, within)
	c.topic = c.words
	if len(times) > 0 {
		c.topic = slices.DeleteFunc(slices.Clone(c.words), func(w word) bool {
			return slices.ContainsFunc(times, func(t document.Span) bool { return t.Contains(w.Span) })
		})
	}
	c.results = slices.DeleteFunc(resultItems(s.Items), func(it annotate.Item) bool { return !span.Contains(it.Span) })
	for _, m := range f.withNames(i, span, c.arms, f.t.outcomesIn(f.r, span)) {
		if !slices.ContainsFunc(c.arms, func(a armMention) bool { return a.Contains(m.Span) }) {
			c.outcomes = append(c.outcomes, m)
		}
	}
	c.arms = slices.DeleteFunc(c.arms, func(a armMention) bool { // "blood pressure control" is no control group
		return strings.EqualFold(f.r.doc.At(a.Span), "control") && slices.ContainsFunc(c.outcomes, func(m outcomeMention) bool { return m.Contains(a.Span) && m.Start < a.Start })
	})
	c.arms = slices.DeleteFunc(c.arms, func(a armMention) bool { return !a.every && staysOn(c.words, a.Span) })
	c.outcomes = slices.DeleteFunc(c.outcomes, func(m outcomeMention) bool { // "the use of A compared with B" is what was done
		return c.compare.Len() > 0 && m.End <= c.compare.Start && c.compare.Start-m.End < 2 && slices.ContainsFunc(c.arms, func(a armMention) bool { return m.Contains(a.Span) })
	})
	c.outcomes = slices.DeleteFunc(c.outcomes, func(m outcomeMention) bool { return guessed(m) && saysWhen(c.words, m.Span) })
	if zone := adjustedFor(c.words); zone.Len() > 0 {
		c.outcomes = slices.DeleteFunc(c.outcomes, func(m outcomeMention) bool { return zone.Contains(m.Span) })
	}
	if lead.Len() > 0 && len(c.outcomes) == 0 {
		c.outcomes = f.t.outcomesIn(f.r, lead)
	}
	c.results = slices.DeleteFunc(c.results, func(it annotate.Item) bool {
		return slices.ContainsFunc(c.outcomes, func(m outcomeMention) bool { return m.Contains(it.Span) })
	})
	c.results = slices.DeleteFunc(c.results, func(it annotate.Item) bool {
		return it.Kind == annotate.Percent && f.r.rule(c.Span, possibleRange).MatchString(f.r.doc.At(document.Span{Start: c.Start, End: it.Start}))
	})
	f.complete(c)
	f.populate(c)
	c.telling = f.claim(c)
	return c
}

// saysWhen reports whether a name only says when something was measured or done: "six weeks after knee surgery".
func saysWhen(words []word, name document.Span) bool {
	i := slices.IndexFunc(words, func(w word) bool { return w.End > name.Start })
	for i--; i > 0 && determiners[words[i].lower]; i-- {
	}
	if i < 0 {
		return false
	}
	switch words[i].lower {
	case "after", "following", "before", "since", "until", "preceding":
		return true
	}
	return false
}

// possibleRange is what stands before the ends of an interval that is told in words: "ranging from a 33% reduction to a".
var possibleRange = rules.New(`(?i)\b(?:ranging|ranged|ranges) from an? (?:[\d.]+\s?% (?:relative )?(?:reduction|decrease|increase|lower|higher|fall|rise)\b[^,;.]{0,40}? to an? )?$`)

// intervalTold is how a text says in words what an interval holds, which claims nothing.
var intervalTold = rules.New(`(?i)\b(?:CI|intervals?) (?:was |were |is )?(?:ranging|ranged) from\b`)

// stayNouns name what people do with a treatment, which is an outcome whichever arm they are in: "methadone treatment retention".
var stayNouns = setOf("retention", "adherence", "initiation", "uptake", "engagement")

// staysOn reports whether the name of a treatment only says of what an outcome is.
func staysOn(words []word, arm document.Span) bool {
	i := slices.IndexFunc(words, func(w word) bool { return w.Start >= arm.End })
	if i >= 0 && i+1 < len(words) && words[i].lower == "treatment" {
		i++
	}
	return i >= 0 && stayNouns[words[i].lower]
}

// insideNumber reports whether a span lies in a number with its unit, where a word such as "equivalents" claims nothing.
func insideNumber(items []annotate.Item, s document.Span) bool {
	return slices.ContainsFunc(items, func(it annotate.Item) bool {
		return it.Contains(s) && (it.Kind == annotate.Value || it.Kind == annotate.Quantity || it.Kind == annotate.Change)
	})
}

// populate sets the population that a clause is about, and the one it compares with.
func (f *finder) populate(c *clause) {
	head := c.Span
	if c.compare.Len() > 0 && c.compare.Start > c.Start+20 {
		head.End = c.compare.Start
		if ref, sub := f.t.populationIn(f.r, document.Span{Start: c.compare.End, End: c.End}); sub {
			c.other = ref
		}
	}
	c.population, c.subgroup = f.t.populationIn(f.r, head)
	if c.other == c.population {
		c.other = evidence.Ref{}
	}
}

// inherit takes from the clause before, in the same sentence, what a clause leaves unsaid.
func (c *clause) inherit(before *clause) {
	if c.time.Text == "" {
		c.time = before.time
	}
	if len(c.arms) == 0 {
		c.carried, c.carriedCompare = before.arms, before.compare
		if len(before.arms) == 0 {
			c.carried, c.carriedCompare = before.carried, before.carriedCompare
		}
	}
	if !c.subgroup && before.subgroup {
		c.population, c.subgroup = before.population, before.subgroup
	}
	if len(c.outcomes) == 0 && !c.hasTopic() {
		c.outcomes, c.goesBack = before.outcomes, true
	}
}

// hasTopic reports whether a clause names something of its own that it could be about.
func (c *clause) hasTopic() bool {
	if s, ok := topicPhrase(c.topic, c.Span, c.arms); ok && !isDifference(c, s) && !saysAtWhich(wordsWithin(c.topic, s)) {
		return true
	}
	_, ok := afterComparative(c.plainTopic(), c.arms)
	return ok
}

// saysAtWhich reports whether words only say at which of several times something was seen: "follow-ups" behind "at six-month".
func saysAtWhich(words []word) bool {
	return !slices.ContainsFunc(words, func(w word) bool { return !whichTime[strings.TrimSuffix(w.lower, "s")] })
}

// whichTime are the nouns behind the number of a time, in the singular.
var whichTime = setOf("follow-up", "followup", "baseline", "week", "month", "visit")

// isDifference reports whether a phrase of a clause is "difference" and what belongs to it, and names nothing.
func isDifference(c *clause, s document.Span) bool {
	for _, w := range c.words {
		if s.Contains(w.Span) && !differenceWords[w.lower] && !determiners[w.lower] && !strings.HasPrefix(w.lower, "statistical") && !strings.HasPrefix(w.lower, "significan") && w.lower != "borderline" && w.lower != "marginally" && !strings.HasPrefix(w.lower, "reach") {
			return false
		}
	}
	return true
}

// resultItems returns the items that can be results, leaving out those that lie within another.
func resultItems(items []annotate.Item) []annotate.Item {
	var out []annotate.Item
	for _, it := range items {
		switch it.Kind {
		case annotate.Effect, annotate.Value, annotate.Count, annotate.Percent, annotate.Moment, annotate.Change:
			if n := len(out); n > 0 && out[n-1].Contains(it.Span) {
				continue
			}
			out = append(out, it)
		}
	}
	return out
}
