package extract

import (
	"slices"
	"strings"

	"github.com/picograph/picograph/graph/evidence"
	"github.com/picograph/picograph/graph/vocab"
	"github.com/picograph/picograph/loader/annotate"
	"github.com/picograph/picograph/loader/document"
)

// The tagger and the vocabulary often see a part of an outcome's name ("need" of "need for oxytocin"), or some items of
// a list of outcomes. What stands beside a mention in the same phrase, and beside it in the same list, is read from here
// by the words that can stand in a name.

// phrases is a clause's words outside brackets, with what tells a name from what surrounds it.
type phrases struct {
	f  *finder
	c  *clause
	ws []word
}

// manyOutcomes is how many outcomes a clause may name for the lists to be read that they stand in: more are a table that is read
// as one sentence, and each list would be read for each of its items.
const manyOutcomes = 60

// complete widens the outcomes that a clause names to their whole phrases, and adds those that stand in a list with them.
func (f *finder) complete(c *clause) {
	if len(c.outcomes) > manyOutcomes {
		return
	}
	if len(c.outcomes) == 0 {
		return
	}
	p := phrases{f, c, c.plain()}
	p.joinTails()
	all := slices.Clone(c.outcomes)
	c.outcomes = slices.DeleteFunc(c.outcomes, func(m outcomeMention) bool { return p.abbreviates(m.Span) || p.belongsTo(m.Span, all) })
	for k := range c.outcomes {
		p.withoutChange(&c.outcomes[k])
		if m := &c.outcomes[k]; c.Contains(m.Span) && !inBrackets(c.words, m.Span) {
			p.widen(m)
		}
	}
	c.outcomes = p.cut(p.apart(c.outcomes))
	for k := range c.outcomes {
		p.reason(&c.outcomes[k])
	}
	for _, m := range slices.Clone(c.outcomes) {
		if !c.Contains(m.Span) || inBrackets(c.words, m.Span) {
			continue
		}
		for _, s := range p.siblings(m.Span) {
			if k := slices.IndexFunc(c.outcomes, func(o outcomeMention) bool { return o.Overlaps(s) }); k >= 0 && p.saysAll(s, c.outcomes[k]) {
				c.outcomes[k].Span, c.outcomes[k].ref = s, f.resolve(s)
			} else if k < 0 {
				c.outcomes = append(c.outcomes, outcomeMention{Span: s, ref: f.resolve(s), outcome: -1})
			}
		}
	}
	slices.SortStableFunc(c.outcomes, func(a, b outcomeMention) int { return a.Start - b.Start })
	c.outcomes = p.apart(c.outcomes)
	p.overBrackets()
	p.shareNouns()
	c.outcomes = slices.DeleteFunc(c.outcomes, func(m outcomeMention) bool {
		return guessed(m) && barren(m.ref.Text) && !slices.ContainsFunc(c.outcomes, func(o outcomeMention) bool {
			return o != m && (f.listed(c, o.Span, m.Span) || f.listed(c, m.Span, o.Span))
		})
	})
}

// saysAll reports whether an item of a list says more of a mention that is known by its form alone: "role physical" of "physical", "total
// work" of "work". It does not where it opens with a verb: "triggered a response".
func (p phrases) saysAll(item document.Span, m outcomeMention) bool {
	if !guessed(m) || !item.Contains(m.Span) || item.Len() == m.Len() {
		return false
	}
	ws := wordsIn(p.ws, document.Span{Start: item.Start, End: m.Start})
	return !slices.ContainsFunc(ws, func(w word) bool {
		return w.lower == "a" || w.lower == "an" || strings.HasSuffix(w.lower, "ing") || changeNouns[w.lower] || vagueHeads[w.lower]
	})
}

// apart leaves, of mentions that overlap after they were widened, the first, or the one behind it where that says it all: "visual
// analogue scale pain score".
func (p phrases) apart(ms []outcomeMention) []outcomeMention {
	out := ms[:0]
	for _, m := range ms {
		switch n := len(out); {
		case n == 0 || !out[n-1].Overlaps(m.Span):
			out = append(out, m)
		case m.Len() > out[n-1].Len() && m.Contains(out[n-1].Span) && out[n-1].outcome < 0 && !slices.ContainsFunc(wordsIn(p.ws, m.Span), func(w word) bool { return phraseStops[w.lower] }):
			out[n-1] = m
		}
	}
	return out
}

// topics returns the outcomes of a clause that names none otherwise: its topic phrase, and those that stand in a list with it.
func (f *finder) topics(c *clause, s document.Span) []evidence.OutcomeRef {
	p := phrases{f, c, c.plain()}
	parts := p.parts(s)
	m := outcomeMention{Span: parts[0], ref: f.resolve(parts[0]), outcome: -1}
	if m.ref.Text == f.r.doc.At(parts[0]) && len(parts) == 1 {
		p.widen(&m)
	}
	out := []evidence.OutcomeRef{m.ref}
	f.calls(m.ref, m.Span)
	others := p.siblings(m.Span)
	if len(parts) > 1 {
		others = slices.Concat(parts[1:], p.siblings(document.Span{Start: parts[0].Start, End: parts[len(parts)-1].End}))
	}
	for _, s := range others {
		if ref := f.resolve(s); !slices.Contains(out, ref) {
			out = append(out, ref)
			f.calls(ref, s)
		}
	}
	return out
}

// abbreviates reports whether a mention is the abbreviation, in brackets, of the one that stands before it: "heart rate (HR)".
func (p phrases) abbreviates(s document.Span) bool {
	return isShort(p.f.r.doc.At(s)) && inBrackets(p.c.words, s) && slices.ContainsFunc(p.c.outcomes, func(m outcomeMention) bool {
		return m.End < s.Start && s.Start-m.End < 3
	})
}

// belongsTo reports whether a mention ends what another outcome is directed at: "relapse to heroin and other illicit opioids" is
// one outcome.
func (p phrases) belongsTo(s document.Span, all []outcomeMention) bool {
	from, _ := p.within(s)
	if from > 0 && p.ws[from].lower == "other" {
		from++
	}
	if from < 4 || p.ws[from-1].lower != "other" || !joint(p.ws[from-2].lower) {
		return false
	}
	return slices.ContainsFunc(all, func(m outcomeMention) bool {
		_, to := p.within(m.Span)
		return to >= 0 && to+1 < from-2 && from-to < 8 && p.ws[to+1].lower == "to"
	})
}

// withoutChange takes a noun of change off a tagged name where that noun says what happened: "a significant reduction in
// pain", "significant pain reduction". It stays where something is said of it: "the reduction in pain was greater".
func (p phrases) withoutChange(m *outcomeMention) {
	if m.outcome >= 0 || !p.c.Contains(m.Span) || m.ref.Text != p.f.r.doc.At(m.Span) {
		return
	}
	from, to := p.within(m.Span)
	if from < 0 || to <= from {
		return
	}
	fronted := from > 0 && markedChange[p.ws[from-1].lower] && changeSigns[p.ws[to].lower] != "" // "significant pain reduction"
	if !fronted && (from+2 > to || changeSigns[p.ws[from].lower] == "" || p.ws[from+1].lower != "in" && p.ws[from+1].lower != "of") {
		return
	}
	if slices.ContainsFunc(p.ws[:from], func(w word) bool { return w.lower == "more" || w.lower == "fewer" }) {
		return // "more had a reduction in smoking by half": it is counted
	}
	for _, cue := range p.c.cues {
		s := document.Span{Start: cue.Start, End: cue.End}
		if claims(cue.Cue.Signal) && !m.Overlaps(s) && changeSigns[strings.ToLower(p.f.r.doc.At(s))] == "" && !p.saysHowMuch(s, m.Span) {
			return
		}
	}
	if fronted {
		m.Span.End = p.ws[to-1].End
	} else {
		m.Span.Start = p.ws[from+2].Start
	}
	m.ref = p.f.resolve(m.Span)
	if m.ref.Concept == "" {
		m.ref.Concept = p.f.r.outcomeConcept(m.Span, m.Span)
	}
}

// saysHowMuch reports whether a comparative stands right before a noun of change, so that both together say where the thing went
// that changed: "greater reductions in pain".
func (p phrases) saysHowMuch(cue, change document.Span) bool {
	return cue.End <= change.Start && comparative(strings.ToLower(p.f.r.doc.At(cue))) && p.f.wordsBetween(p.c, cue.End, change.Start) == 0
}

// markedChange stand before a change that is told, not measured: "reported significant pain reduction".
var markedChange = setOf("significant", "substantial", "marked", "meaningful", "important", "pronounced")

// reason widens a mention that is the reason for which people stopped to the stopping: "withdrew owing to adverse events".
func (p phrases) reason(m *outcomeMention) {
	from, _ := p.within(m.Span)
	if from < 3 || !p.c.Contains(m.Span) {
		return
	}
	at := from
	for at > 0 && determiners[p.ws[at-1].lower] {
		at--
	}
	if at < 2 || p.ws[at-1].lower != "to" && p.ws[at-1].lower != "of" || p.ws[at-2].lower != "due" && p.ws[at-2].lower != "owing" && p.ws[at-2].lower != "because" {
		return
	}
	for i := at - 3; i >= 0 && i > at-6; i-- {
		if l := p.ws[i].lower; strings.HasPrefix(l, "withdr") || strings.HasPrefix(l, "discontinu") || strings.HasPrefix(l, "dropout") {
			s := document.Span{Start: p.ws[i].Start, End: m.End}
			m.Span, m.own, m.outcome = s, true, -1
			m.ref = evidence.OutcomeRef{Text: p.f.r.doc.At(s), Concept: p.f.r.outcomeConcept(s, s)}
			if p.f.r.vocab.IsA(m.ref.Concept, "adverse_events") {
				m.ref.Concept = "withdrawal_due_to_adverse_events"
			}
			return
		}
	}
}

// headNouns are nouns that say little without what stands behind their preposition: "need for", "time to", "adherence to".
var headNouns = setOf("need", "time", "times", "adherence", "compliance", "satisfaction", "preference", "preferences", "ability", "intention", "intentions",
	"attitude", "attitudes", "knowledge", "risk", "response", "access", "exposure", "resistance", "readiness", "willingness", "requirement", "requirements",
	"demand", "interval", "tolerance", "confidence", "duration", "sensitivity", "return", "progression", "commitment", "barriers", "admission", "admissions", "visits", "days", "request", "requests")

// widen adds to a mention that stands for itself the rest of its phrase: "duration of" before it, "for oxytocin" behind it.
func (p phrases) widen(m *outcomeMention) {
	if m.outcome >= 0 {
		return
	}
	from, to := p.within(m.Span)
	if from < 0 || strings.HasPrefix(m.ref.Text, "change") {
		return
	}
	from = p.begin(from)
	for {
		of := from - 1
		if of > 1 && p.ws[of].lower == "the" {
			of--
		}
		if of < 1 || p.ws[of].lower != "of" || !p.headWord(of-1) || vagueHeads[p.ws[of-1].lower] {
			break
		}
		from = of - 1
		for from > 0 && p.headWord(from-1) && p.ws[from-1].lower != "of" {
			from--
		}
	}
	if to+2 < len(p.ws) && (p.ws[to+1].lower == "of" || headNouns[p.ws[to].lower] && (p.ws[to+1].lower == "for" || p.ws[to+1].lower == "to" || p.ws[to+1].lower == "with")) {
		if end := p.tail(to + 2); end > to+2 {
			to = end - 1
		}
	}
	if to+3 < len(p.ws) && headNouns[p.ws[to].lower] && neededWords[p.ws[to+1].lower] && (p.ws[to+2].lower == "for" || p.ws[to+2].lower == "to") {
		if end := p.tail(to + 3); end > to+3 { // "time required for"
			to = end - 1
		}
	}
	to = p.fromTo(p.reach(p.nounTail(p.graded(to))))
	s := document.Span{Start: p.ws[from].Start, End: p.ws[to].End}
	if share := p.sharedBy(from); share < from {
		s = p.f.toLimit(document.Span{Start: p.ws[share].Start, End: s.End})
	}
	if s.Len() <= m.Len() || !s.Contains(m.Span) || strings.ContainsAny(p.f.r.doc.At(document.Span{Start: s.Start, End: m.Start}), "([") {
		return
	}
	m.Span, m.own = s, true
	m.ref.Text = p.f.r.doc.At(s)
}

// sharedBy goes back from the first word of a name, whose last is given, to the share of people whom it says more of: "proportion of
// patients with" before "recovery". It returns from where none stands there.
func (p phrases) sharedBy(from int) int {
	for i := from - 1; i > 0 && i > from-9; i-- {
		switch l := p.ws[i].lower; {
		case joint(l) || l == ";" || l == "between" || l == "than", slices.ContainsFunc(p.c.arms, func(a armMention) bool { return a.Overlaps(p.ws[i].Span) }):
			return from
		case shareNouns[l] && p.ws[i+1].lower == "of":
			ws := p.ws[i+2 : from]
			who := slices.IndexFunc(ws, func(w word) bool { return personNouns[w.lower] || countedPeople[w.lower] })
			if who < 0 || who > 1 || who+1 >= len(ws) || slices.ContainsFunc(ws[who+2:], func(w word) bool { return finiteVerbs[w.lower] && !befalls[w.lower] }) || !reachesPeople[ws[who+1].lower] {
				return from
			}
			return i
		}
	}
	return from
}

// reachesPeople stand between people and what is told of them, whose share is counted.
var reachesPeople = setOf("with", "who", "having", "achieving", "reporting", "experiencing", "showing", "developing", "requiring", "reaching", "attaining")

// reach goes on from the last word of a name in the subject of a clause over what further prepositions add to it: "pain
// during the dressing", "lesion score in the esophagus, stomach, and duodenum". What names people, arms, times or the
// study's own course is no part of a name.
func (p phrases) reach(to int) int {
	verb, at := mainVerb(p.ws), to
	for to+2 < verb && reachPrepositions[p.ws[to+1].lower] && !p.opensList(to+1) {
		end := p.tail(to + 2)
		if end == to+2 || slices.ContainsFunc(p.ws[to+2:end], func(w word) bool { return personNouns[w.lower] || courseWords[w.lower] || p.timed(w.Span) }) ||
			p.f.describesPeople(p.c.sentence, p.ws[end-1].Span) || isShort(p.f.r.doc.At(p.ws[end-1].Span)) {
			break
		}
		to = end - 1
	}
	if to > at && to+1 < len(p.ws) && joint(p.ws[to+1].lower) {
		return at // a list goes on, of these or of other things
	}
	return to
}

// graded goes on from "grade 3" over the other grades and what they are of: "grade 3 or 4 neutropenia".
func (p phrases) graded(to int) int {
	if to < 1 || !gradeWords[p.ws[to-1].lower] || !digitStart(p.ws[to].lower) {
		return to
	}
	at := to + 1
	for at < len(p.ws) && (digitStart(p.ws[at].lower) || p.ws[at].lower == "or" || p.ws[at].lower == "and" || p.ws[at].lower == "to" || p.ws[at].lower == "-" || p.ws[at].lower == "–" || p.ws[at].lower == "/") {
		at++
	}
	end := p.tail(at)
	if end == at {
		return to
	}
	name := document.Span{Start: p.ws[to].End, End: p.ws[end-1].End}
	if slices.ContainsFunc(p.c.outcomes, func(m outcomeMention) bool {
		return m.Overlaps(name) && m.Start >= name.Start && m.ref.Concept == "adverse_events"
	}) {
		return to // what it is of is named by itself
	}
	return end - 1
}

// fromTo goes on from "time" or "interval" over "from admission to discharge".
func (p phrases) fromTo(to int) int {
	if !headNouns[p.ws[to].lower] || to+3 >= len(p.ws) || p.ws[to+1].lower != "from" {
		return to
	}
	end := p.tail(to + 2)
	if end == to+2 || end+1 >= len(p.ws) || p.ws[end].lower != "to" && p.ws[end].lower != "until" {
		return to
	}
	if last := p.tail(end + 1); last > end+1 {
		return last - 1
	}
	return to
}

// timed reports whether a span lies in a time.
func (p phrases) timed(s document.Span) bool {
	return slices.ContainsFunc(p.f.r.sentences[p.c.sentence].Items, func(it annotate.Item) bool { return it.Kind == annotate.Time && it.Overlaps(s) })
}

// reachPrepositions join to the name of an outcome what it is measured of, in, on or during.
var reachPrepositions = setOf("of", "in", "on", "during", "to")

// courseWords are of the course of a study, of which a result is told rather than what was measured.
var courseWords = setOf("follow-up", "followup", "treatment", "intervention", "therapy", "baseline", "study", "trial", "period", "periods", "end", "visit", "visits", "phase", "course", "week",
	"weeks", "month", "months", "day", "days", "year", "years", "hour", "hours", "group", "groups", "subgroup", "subgroups", "cohort", "cohorts", "sample", "population", "analysis", "analyses", "model", "models", "addition", "contrast", "comparison", "favor", "favour", "particular", "general", "total")

// begin goes back from the first word of a mention to that of its phrase: over the words right before it, and over "time
// required for" and "need for".
func (p phrases) begin(from int) int {
	at := from
	for at > 0 && from-at < 4 && p.headWord(at-1) {
		at--
	}
	if at > 0 && !determiners[p.ws[at-1].lower] && p.ws[at-1].lower != "of" && p.ws[at-1].lower != "for" && p.ws[at-1].lower != "in" && p.ws[at-1].lower != "to" {
		for listed := joint(p.ws[at-1].lower); at < from && !(listed && adjectival(p.ws[at].lower) && p.ws[at].lower != "low" && p.ws[at].lower != "high"); at++ { // what stands before is no part of a name
		}
	}
	if n := at - 1; n > 1 && (p.ws[n].lower == "for" || p.ws[n].lower == "to") && neededWords[p.ws[n-1].lower] && headNouns[p.ws[n-2].lower] {
		return n - 2
	} else if n > 0 && (p.ws[n].lower == "for" || p.ws[n].lower == "to" || p.ws[n].lower == "with") && headNouns[p.ws[n-1].lower] && p.ws[n-1].lower != "risk" {
		return n - 1 // "need for"
	}
	return at
}

var modals = setOf("may", "might", "can", "could", "will", "would", "should", "we")

var neededWords = setOf("required", "needed", "taken", "spent", "necessary")

// vagueHeads are nouns before "of" that add nothing to what stands behind it.
var vagueHeads = setOf("majority", "hours", "day", "minutes", "weeks", "months", "years", "measure", "measures", "measurement", "measurements", "case", "cases", "type", "types", "kind", "kinds", "excess", "assessment", "assessments",
	"evaluation", "analysis", "analyses", "comparison", "outcome", "outcomes", "parameters", "evidence", "signs", "terms", "results", "subscale", "subscales", "domain", "domains", "dimension", "dimensions", "item", "items", "aspects", "components", "normalization", "normalisation", "study", "trial",
	"end", "beginning", "start", "course", "means", "out", "response", "use", "rest", "remainder", "half", "part", "some", "none", "one", "most", "range", "top", "side", "basis", "light", "view")

// headWord reports whether the word at a place can stand before "of" in a name.
func (p phrases) headWord(i int) bool {
	l := p.ws[i].lower
	return p.nameWord(i) && !changeNouns[l] && !changing[l] && !actedOn[l] && !personNouns[l] && !phraseStops[l] && !clauseOpeners[l] && !determiners[l] && !notItems[l] && !adverbialOpeners[l] && !digitStart(l) && numerals[l] == 0 && !modals[l]
}

// tail returns where the name behind a preposition ends: the place behind its last word, or at where there is none.
func (p phrases) tail(at int) int {
	from := at
	for at < len(p.ws) && (p.ws[at].lower == "the" || p.ws[at].lower == "a" || p.ws[at].lower == "an" || p.ws[at].lower == "first") {
		at++
	}
	end := at
	for end < len(p.ws) && end < at+6 && p.nameWord(end) && !clauseOpeners[p.ws[end].lower] && (!phraseStops[p.ws[end].lower]) {
		end++
	}
	for end > at && (p.ws[end-1].lower == "of" || p.ws[end-1].lower == "the") {
		end--
	}
	if end == at || personNouns[p.ws[at].lower] || digitStart(p.ws[at].lower) || len(p.ws[at].lower) < 3 {
		return from
	}
	return end
}

// within returns the places of the first and the last word of a span, or -1.
func (p phrases) within(s document.Span) (from, to int) {
	from, to = -1, -1
	for i, w := range p.ws {
		if s.Contains(w.Span) {
			if from < 0 {
				from = i
			}
			to = i
		}
	}
	return from, to
}

// nameWord reports whether the word at a place can be part of a name: no mark, verb, arm, time or claim.
func (p phrases) nameWord(i int) bool {
	w := p.ws[i]
	switch {
	case len(w.lower) == 1 && !isLetter(w.lower), finiteVerbs[w.lower], pronouns[w.lower], auxiliaries[w.lower] && w.lower != "of" && w.lower != "to" && w.lower != "all" && w.lower != "two":
		return false
	}
	if slices.ContainsFunc(p.c.arms, func(a armMention) bool { return a.Overlaps(w.Span) }) {
		return false
	}
	return !slices.ContainsFunc(p.c.cues, func(m vocab.CueMention) bool {
		switch m.Cue.Signal {
		case vocab.SignalUp, vocab.SignalDown, vocab.SignalBetter, vocab.SignalWorse, vocab.SignalNoDifference, vocab.SignalNoChange, vocab.SignalComparison, vocab.SignalBothArms, vocab.SignalBetweenArms:
			return m.Start <= w.Start && w.End <= m.End
		}
		return false
	})
}
