package extract

import (
	"cmp"
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
	before int     // how many were found before the clause that is told
	last   *clause // the clause before, whose outcome and arms one without its own goes on with
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
	compare    document.Span // "than", "compared with", "vs": zero where nothing is compared
	telling    verdict       // what the words claim

	goesBack       bool         // it names no outcome, and is about those of the clause before
	carried        []armMention // the arms of the clause before, for one that compares and names none
	carriedCompare document.Span
}

// findings returns the study's findings in text order, with ids.
func (f *finder) findings() []evidence.Finding {
	for _, i := range f.t.sentences {
		if f.mayReport(i) {
			f.sentence(i)
		}
	}
	f.ownChanges()
	f.tables()
	analyses := f.namedAnalyses()
	for _, d := range f.found {
		d.Analysis = f.analysis(d, analyses)
	}
	found := restated(f.r.doc, merge(f.found))
	f.announce(found)
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
	text := strings.ToLower(f.r.text(i))
	return strings.Contains(text, " will be ") && len(resultItems(f.r.sentences[i].Items)) == 0
}

// isPast reports whether a sentence tells of people counted rather than of whom the study would take: only a count
// or a moment makes a baseline characteristic there.
func (f *finder) isPast(i int) bool {
	for _, it := range f.r.sentences[i].Items {
		if it.Kind == annotate.Count || it.Kind == annotate.Moment {
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
	words := wordsOf(f.r.doc.Text, span)
	if c := f.clause(i, span, words, lead); f.votes(c) {
		f.last = c
		return
	}
	var in *clause
	from := len(f.found)
	for _, s := range clausesOf(words, span) {
		c := f.clause(i, s, words, lead)
		at := len(f.found)
		if in != nil {
			c.inherit(in)
		}
		in = c
		rounds := f.rounds(c)
		if len(rounds) < 2 {
			f.tell(c)
			f.takeBack(from, at, c)
			f.last = c
			continue
		}
		inTurn := f.roundsInTurn(c, rounds)
		said := c // the round that said last what happened
		for k, s := range rounds {
			r := f.clause(i, s, words, lead)
			r.inherit(c)
			if inTurn != nil {
				r.arms = inTurn[k : k+1]
			}
			own := r.telling.claims()
			r.goOn(c, said)
			if own {
				said = r
			}
			if len(r.ps) == 0 && len(c.ps) == 1 && len(c.results) == 0 {
				r.ps = c.ps // "(all P < .05)"
			}
			f.tell(r)
			f.last = r
		}
	}
}

// clause gathers all that a clause mentions.
func (f *finder) clause(i int, span document.Span, words []word, lead document.Span) *clause {
	s := &f.r.sentences[i]
	c := &clause{Span: span, sentence: i}
	for _, w := range words {
		if span.Contains(w.Span) {
			c.words = append(c.words, w)
		}
	}
	var times []document.Span
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
			if c.time.Text == "" {
				c.time = timepoint(f.r.doc, it)
			}
		}
	}
	c.topic = slices.DeleteFunc(slices.Clone(c.words), func(w word) bool {
		return slices.ContainsFunc(times, func(t document.Span) bool { return t.Contains(w.Span) })
	})
	c.results = slices.DeleteFunc(resultItems(s.Items), func(it annotate.Item) bool { return !span.Contains(it.Span) })
	for _, cue := range s.Cues {
		at := document.Span{Start: cue.Start, End: cue.End}
		if span.Contains(at) && !insideNumber(s.Items, at) {
			c.cues = append(c.cues, cue)
		}
	}
	c.arms = f.t.armsIn(f.r, span)
	c.compare = comparedBy(c.words, c.cues)
	for _, m := range f.withNames(i, span, c.arms, f.t.outcomesIn(f.r, span)) {
		if !slices.ContainsFunc(c.arms, func(a armMention) bool { return a.Contains(m.Span) }) {
			c.outcomes = append(c.outcomes, m)
		}
	}
	c.arms = slices.DeleteFunc(c.arms, func(a armMention) bool { // "blood pressure control" is no control group
		return strings.EqualFold(f.r.doc.At(a.Span), "control") && slices.ContainsFunc(c.outcomes, func(m outcomeMention) bool { return m.Contains(a.Span) && m.Start < a.Start })
	})
	if lead.Len() > 0 && len(c.outcomes) == 0 {
		c.outcomes = f.t.outcomesIn(f.r, lead)
	}
	c.results = slices.DeleteFunc(c.results, func(it annotate.Item) bool {
		return slices.ContainsFunc(c.outcomes, func(m outcomeMention) bool { return m.Contains(it.Span) })
	})
	f.complete(c)
	f.populate(c)
	c.telling = f.claim(c)
	return c
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
	s, ok := topicPhrase(c.topic, c.Span, c.arms)
	return ok && !isDifference(c, s)
}

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

// timepoint returns the time of a time item, with the preposition that stands before it left out.
func timepoint(d *document.Document, it annotate.Item) evidence.Timepoint {
	if it.Measured.Date != "" {
		return evidence.Timepoint{}
	}
	return evidence.Timepoint{Text: d.At(it.Span), Months: it.Measured.Months}
}

// outcomesOf returns the outcomes that a clause is about. A clause that names none is about its topic phrase, else
// about what the clause before it was about.
func (f *finder) outcomesOf(c *clause) []evidence.OutcomeRef {
	if o, ok := f.responder(c); ok {
		return []evidence.OutcomeRef{o}
	}
	var out []evidence.OutcomeRef
	for _, m := range f.aboutOutcomes(c) {
		if ref := f.announcedFor(m); !slices.Contains(out, ref) {
			out = append(out, ref)
		}
	}
	if len(out) > 0 {
		return out
	}
	if s, ok := topicPhrase(c.topic, c.Span, c.arms); ok && !refersByPronoun(c.topic) && len(topicWords(f.r.doc.At(s))) > 0 {
		return f.topics(c, s)
	}
	if o, ok := f.happened(c); ok {
		return []evidence.OutcomeRef{o}
	}
	if f.last != nil && len(f.last.outcomes) > 0 && f.last.sentence >= c.sentence-1 {
		return []evidence.OutcomeRef{f.announcedFor(f.last.outcomes[0])}
	}
	return nil
}

// happened returns as outcome the verb of a clause of which an arm is the subject: "A was discontinued in 24/73".
func (f *finder) happened(c *clause) (evidence.OutcomeRef, bool) {
	for i := 1; i+2 < len(c.words) && i < 9; i++ {
		if l := c.words[i].lower; l != "was" && l != "were" {
			continue
		}
		verb := c.words[i+1]
		if l := c.words[i+2].lower; l != "in" && l != "by" || !strings.HasSuffix(verb.lower, "ed") || claimVerbs[verb.lower] {
			return evidence.OutcomeRef{}, false
		}
		if !slices.ContainsFunc(c.arms, func(a armMention) bool { return !a.every && a.End <= c.words[i].Start }) {
			return evidence.OutcomeRef{}, false
		}
		return f.resolve(verb.Span), true
	}
	return evidence.OutcomeRef{}, false
}

// claimVerbs are participles that tell of a result rather than of what happened.
var claimVerbs = setOf("observed", "noted", "reported", "detected", "recorded", "associated", "compared", "reduced", "increased", "decreased", "improved", "randomized", "randomised",
	"assigned", "allocated", "included", "enrolled", "evaluated", "analyzed", "analysed", "performed", "administered", "used", "assessed", "measured")

// announcedFor returns the announced outcome that a mention stands for: itself, or the only one of a narrower or related
// concept ("opioid use" where days of opioid use were announced).
func (f *finder) announcedFor(m outcomeMention) evidence.OutcomeRef {
	if m.outcome >= 0 || m.own || m.ref.Concept == "" {
		return m.ref
	}
	k, ok := f.r.vocab.Concept(m.ref.Concept)
	if !ok {
		return m.ref
	}
	var fits []evidence.OutcomeRef
	for _, o := range f.t.study.Outcomes {
		if o.Concept == "" || o.Concept == m.ref.Concept || strings.Contains(o.Text+o.Definition, "%") {
			continue // the share that passes a threshold is an outcome of its own
		}
		if f.r.vocab.IsA(o.Concept, m.ref.Concept) || k.Type == vocab.TypeOutcome && slices.Contains(k.Related, o.Concept) {
			fits = append(fits, evidence.OutcomeRef{Text: o.Text, Concept: o.Concept, Role: o.Role})
		}
	}
	if len(fits) == 1 {
		return fits[0]
	}
	return m.ref
}

// responder finds the announced outcome that a clause with counts tells as a change past a threshold: "dose fell by at
// least 50% in 20/40" is of "50% or greater reduction in dose".
func (f *finder) responder(c *clause) (evidence.OutcomeRef, bool) {
	if !slices.ContainsFunc(c.results, func(it annotate.Item) bool { return it.Kind == annotate.Count }) {
		return evidence.OutcomeRef{}, false
	}
	for _, it := range f.r.sentences[c.sentence].Items {
		if it.Kind != annotate.Quantity || it.Measured.Unit != "%" || !c.Contains(it.Span) {
			continue
		}
		words := topicWords(f.r.doc.At(c.Span))
		for _, o := range f.t.study.Outcomes {
			text := o.Text + " " + o.Definition
			if !strings.Contains(text, string(it.Measured.Value)+"%") {
				continue
			}
			if slices.ContainsFunc(topicWords(text), func(w string) bool { return slices.Contains(words, w) }) {
				return evidence.OutcomeRef{Text: o.Text, Concept: o.Concept, Role: o.Role}, true
			}
		}
	}
	return evidence.OutcomeRef{}, false
}

// resolve names the outcome of a topic phrase: the announced outcome, or the one told of last, whose words it repeats
// ("dosage" after "average daily dosage of opioids", "scores" after "summary scores"), else the phrase itself.
func (f *finder) resolve(s document.Span) evidence.OutcomeRef {
	ref := evidence.OutcomeRef{Text: f.r.doc.At(s)}
	words := topicWords(ref.Text)
	if len(words) == 0 {
		return ref
	}
	var fits []evidence.OutcomeRef
	for _, o := range f.t.study.Outcomes {
		if allAmong(words, topicWords(o.Text)) {
			fits = append(fits, evidence.OutcomeRef{Text: o.Text, Concept: o.Concept, Role: o.Role})
		}
	}
	if len(fits) == 1 {
		return fits[0]
	}
	for i := len(f.found) - 1; i >= 0; i-- {
		if o := f.found[i].Outcome; f.found[i].Kind != evidence.Baseline && allAmong(words, topicWords(o.Text)) {
			return o
		}
	}
	return ref
}

// refersByPronoun reports whether a clause opens with a pronoun for what was told before: "It fell more with ...".
func refersByPronoun(words []word) bool {
	ws := withoutAdverbial(words)
	return len(ws) > 1 && (ws[0].lower == "it" || ws[0].lower == "this" && finiteVerbs[ws[1].lower])
}

// topicWords returns the words of a phrase that say what it is about, in lower case.
func topicWords(text string) []string {
	var out []string
	for _, w := range wordsOf(text, document.Span{End: len(text)}) {
		if len(w.lower) > 2 && !determiners[w.lower] && !phraseStops[w.lower] && !auxiliaries[w.lower] && !changeNouns[w.lower] {
			out = append(out, strings.TrimSuffix(w.lower, "s"))
		}
	}
	return out
}

func allAmong(words, of []string) bool {
	for _, w := range words {
		if !slices.Contains(of, w) {
			return false
		}
	}
	return len(words) > 0
}

// aboutOutcomes returns, of the outcomes that a clause names, those that its results are of: those that stand together
// ("pain interference or physical function"), nearest to the words that claim a direction.
func (f *finder) aboutOutcomes(c *clause) []outcomeMention {
	ms := slices.Clone(c.outcomes)
	if c.compare.Len() > 0 && !inBrackets(c.words, c.compare) { // what is named behind "than" or "vs" is what is compared with
		if head := slices.DeleteFunc(slices.Clone(ms), func(m outcomeMention) bool { return m.Start >= c.compare.End }); len(head) > 0 {
			ms = head
		}
	}
	if end := f.opener(c); end > c.Start {
		if rest := slices.DeleteFunc(slices.Clone(ms), func(m outcomeMention) bool { return m.End <= end }); len(rest) > 0 {
			ms = rest
		}
	}
	if len(ms) < 2 {
		return ms
	}
	slices.SortStableFunc(ms, func(a, b outcomeMention) int { return cmp.Compare(a.Start, b.Start) })
	best := 0
	if c.telling.at.Len() > 0 {
		far := func(m outcomeMention) int {
			if m.outcome < 0 && m.ref.Concept == "" {
				return gap(m.Span, c.telling.at) + tagsYield
			}
			return gap(m.Span, c.telling.at)
		}
		for i, m := range ms {
			if far(m) < far(ms[best]) {
				best = i
			}
		}
	}
	out := []outcomeMention{ms[best]}
	for i := best - 1; i >= 0 && f.listed(c, ms[i].Span, out[0].Span); i-- {
		out = slices.Insert(out, 0, ms[i])
	}
	for i := best + 1; i < len(ms) && f.listed(c, out[len(out)-1].Span, ms[i].Span); i++ {
		out = append(out, ms[i])
	}
	if tail := wordsOf(f.r.doc.Text, document.Span{Start: out[len(out)-1].End, End: max(out[len(out)-1].End, c.End)}); len(tail) > 1 && tail[0].lower == "among" && tail[1].lower == "them" {
		out = out[:1] // what stands before "among them" are examples of the first
	}
	return out
}

// opener returns where the words end that say of whom or when a clause tells before it tells anything: "Among infants in
// their first days,". It returns the start of the clause where it has none.
func (f *finder) opener(c *clause) int {
	ws := clauseWords(c.words, c.Span)
	rest := withoutAdverbial(ws)
	if len(rest) == 0 || len(rest) == len(ws) || ws[0].lower == "of" || ws[0].lower == "compared" || ws[0].lower == "both" {
		return c.Start
	}
	return rest[0].Start
}

// listed reports whether two mentions stand side by side in a list: nothing but "and", "or", commas, times and
// brackets between them.
func (f *finder) listed(c *clause, a, b document.Span) bool {
	if a.End > b.Start {
		return false
	}
	for _, w := range wordsOf(f.r.doc.Text, document.Span{Start: a.End, End: b.Start}) {
		if w.depth == 0 && !isBracket(w.lower) && !betweenItems[w.lower] && !determiners[w.lower] && !slices.ContainsFunc(f.r.sentences[c.sentence].Items, func(it annotate.Item) bool {
			return it.Kind == annotate.Time && it.Contains(w.Span)
		}) {
			return false
		}
	}
	return true
}

// betweenItems are the words that may stand between the items of a list, besides times and what is in brackets.
var betweenItems = setOf("and", "or", ",", "nor", "in", "at", "the", "as", "well", "mean")

// gap returns the number of bytes between two spans, zero when they overlap.
func gap(a, b document.Span) int {
	switch {
	case a.End <= b.Start:
		return b.Start - a.End
	case b.End <= a.Start:
		return a.Start - b.End
	}
	return 0
}
