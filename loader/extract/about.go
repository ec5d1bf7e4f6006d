package extract

import (
	"cmp"
	"slices"
	"strings"

	"github.com/picograph/picograph/graph/evidence"
	"github.com/picograph/picograph/graph/vocab"
	"github.com/picograph/picograph/loader/annotate"
	"github.com/picograph/picograph/loader/document"
)

// outcomesOf returns the outcomes that a clause is about. A clause that names none is about its topic phrase, else
// about what it says that people did, else about what the clause before it was about.
func (f *finder) outcomesOf(c *clause) []evidence.OutcomeRef {
	if !c.named || len(c.about) == 0 { // else its numbers have named them
		c.about = f.namedBy(c)
	}
	return c.about
}

func (f *finder) namedBy(c *clause) []evidence.OutcomeRef {
	if len(f.card.about) > 0 && f.card.last == c.sentence {
		return f.card.about
	}
	for _, counted := range []func(*clause) (evidence.OutcomeRef, bool){f.responder, f.noLonger, f.shareWho} {
		if o, ok := counted(c); ok {
			return []evidence.OutcomeRef{o}
		}
	}
	if c.goesBack {
		for _, own := range []func(*clause) (evidence.OutcomeRef, bool){f.likelyTo, f.done} {
			if o, ok := own(c); ok {
				return []evidence.OutcomeRef{o} // what the clause says itself goes before what the one before was about
			}
		}
	}
	var out []evidence.OutcomeRef
	about := f.aboutOutcomes(c)
	for k, m := range about {
		if ref, ok := f.either(c, about, k); ok {
			if ref.Text != "" {
				out = append(out, ref)
			}
			continue
		}
		if ref := f.announcedFor(m); !slices.Contains(out, ref) {
			out = append(out, ref)
			f.calls(ref, m.Span)
		}
	}
	if c.goesBack && f.last != nil && f.last.sentence == c.sentence && len(f.last.about) >= max(1, len(out)) {
		return f.last.about
	}
	if len(out) == 0 && f.elided(c) {
		return f.last.about
	}
	topic, ok := topicPhrase(c.topic, c.Span, c.arms)
	ok = ok && !(saysAtWhich(wordsWithin(c.topic, topic)) && (len(c.results) == 0 || f.last != nil && f.last.sentence == c.sentence)) && !pronouns[strings.ToLower(f.r.doc.At(topic))] && !refersByPronoun(c.topic) && len(topicWords(f.r.doc.At(topic))) > 0
	if s, of := f.subject(c); of && len(topicWords(f.r.doc.At(s))) > 0 && f.behindClaim(c, s) {
		return f.orBefore(c, f.topics(c, s))
	}
	if ok && topic.Start >= f.opener(c) && f.onlyInOpener(c) {
		return f.orBefore(c, f.topics(c, topic))
	}
	if len(out) > 0 && !(ok && f.onlyInBrackets(c) && !strings.ContainsAny(f.r.doc.At(topic), "([") && !announcedOnly.MatchString(f.r.doc.At(topic))) {
		return f.orBefore(c, out)
	}
	if ok {
		return f.orBefore(c, f.topics(c, topic))
	}
	if len(out) > 0 {
		return out
	}
	return f.unnamed(c)
}

// unnamed returns what a clause that names no outcome is about: what its verb says of people, or what the clause before was about.
func (f *finder) unnamed(c *clause) []evidence.OutcomeRef {
	if o, ok := f.likelyTo(c); ok {
		return []evidence.OutcomeRef{o}
	}
	if o, ok := f.happened(c); ok {
		return []evidence.OutcomeRef{o}
	}
	if s, ok := afterComparative(c.plainTopic(), c.arms); ok {
		return f.topics(c, s)
	}
	if o, ok := f.done(c); ok {
		return []evidence.OutcomeRef{o}
	}
	if c.has("other") || c.has("others") || c.has("none") {
		return nil // "no differences in other variables"
	}
	if c.opensWith("they", "both", "these") && f.last != nil && f.last.sentence == c.sentence {
		return f.toldBefore(c)
	}
	if all := f.allTold(c); len(all) > 1 {
		return all
	}
	if before := first(f.toldBefore(c)); len(before) > 0 && (len(f.last.outcomes) > 0 || f.counted(before[0])) {
		return before
	}
	return nil
}

// opensWith reports whether a clause begins with one of some words, adverbials aside.
func (c *clause) opensWith(lower ...string) bool {
	ws := withoutAdverbial(clauseWords(c.words, c.Span))
	return len(ws) > 0 && slices.Contains(lower, ws[0].lower)
}

// counted reports whether the finding told last gives a number of an outcome: its name is no mere guess then.
func (f *finder) counted(o evidence.OutcomeRef) bool {
	if len(f.found) == 0 {
		return false
	}
	d := f.found[len(f.found)-1]
	return d.Outcome == o && (len(d.Estimates) > 0 || d.P.Printed != "")
}

// onlyInOpener reports whether a clause names all its outcomes in what it says before it tells anything: "Despite less pain, no
// differences were found regarding gait".
func (f *finder) onlyInOpener(c *clause) bool {
	end := f.opener(c)
	if ws := c.plain(); len(ws) == 0 || ws[0].lower != "despite" && ws[0].lower != "besides" && ws[0].lower != "although" {
		return false
	}
	return end > c.Start && len(c.outcomes) > 0 && (c.telling.at.Start >= end || c.telling.noDifference) && !slices.ContainsFunc(c.outcomes, func(m outcomeMention) bool { return m.End > end })
}

// elided reports whether a clause leaves its subject to the clause before in its sentence: "A did not last, but did last in B".
func (f *finder) elided(c *clause) bool {
	if f.last == nil || f.last.sentence != c.sentence || len(f.last.about) == 0 {
		return false
	}
	ws := withoutAdverbial(c.plainTopic())
	if len(ws) == 0 || ws[0].lower != "did" && ws[0].lower != "was" && ws[0].lower != "were" {
		return false
	}
	_, named := afterChangeNoun(ws, c.arms)
	return !named
}

// announcedOnly matches what says of outcomes only that they were announced: "the primary endpoint".
var announcedOnly = rules.New(`(?i)^(?:primary|secondary|main|key|other)\b.*\b(?:outcomes?|end ?-?points?|measures?|assessments?|variables?)\b|^(?:\S+ )?(?:outcomes|end ?-?points|outcome (?:measures|variables)|parameters|variables|domains|dimensions|subscales)$|\bconfidence (?:limits?|intervals?|bounds?)$`)

// onlyInBrackets reports whether a clause names all its outcomes in brackets, as the measures by which it tells of
// something else: "improvement in the severity of symptoms (P < .01 for HAMD total score)".
func (f *finder) onlyInBrackets(c *clause) bool {
	return len(c.outcomes) > 0 && c.telling.at.Len() > 0 && !inBrackets(c.words, c.telling.at) && !slices.ContainsFunc(c.outcomes, func(m outcomeMention) bool {
		return !c.Contains(m.Span) || !inBrackets(c.words, m.Span)
	})
}

// toldBefore returns what the clause before, in the same sentence or the one before it, was about.
func (f *finder) toldBefore(c *clause) []evidence.OutcomeRef {
	switch {
	case f.last == nil || f.last.sentence < c.sentence-1:
		return nil
	case len(f.last.about) > 0:
		return f.last.about
	case len(f.last.outcomes) > 0:
		return []evidence.OutcomeRef{f.announcedFor(f.last.outcomes[0])}
	}
	return nil
}

// allTold returns all that the sentence before told of, for one that names nothing and says of several things that they did not differ: "no
// differences were seen at one year".
func (f *finder) allTold(c *clause) []evidence.OutcomeRef {
	if f.last == nil || f.last.sentence != c.sentence-1 || !c.telling.noDifference || c.telling.signal != "" {
		return nil
	}
	of := slices.IndexFunc(c.words, func(w word) bool { return w.lower == "differences" }) + 1
	if of == 0 || of < len(c.words) && (c.words[of].lower == "in" || c.words[of].lower == "of" || c.words[of].lower == "for" || c.words[of].lower == "on") {
		return nil // what did not differ is named
	}
	var out []evidence.OutcomeRef
	for i := len(f.found) - 1; i >= 0 && f.tellsOf(f.found[i], f.last); i-- {
		if d := f.found[i]; d.Kind != evidence.Baseline && d.Outcome.Text != "" && !slices.Contains(out, d.Outcome) {
			out = slices.Insert(out, 0, d.Outcome)
		}
	}
	return out
}

// orBefore replaces what names nothing by itself, "the decreases in these parameters", "the degree of increase", by what
// the clause before was about: in its sentence, or where the words point back to the sentence before.
func (f *finder) orBefore(c *clause, out []evidence.OutcomeRef) []evidence.OutcomeRef {
	for _, o := range out {
		if !pointsBack(o.Text) {
			return out
		}
		if slices.ContainsFunc(strings.Fields(strings.ToLower(o.Text)), func(w string) bool { return relateWords[w] }) {
			return nil // what goes with what is no outcome, told before or not
		}
	}
	if f.last != nil && f.last.sentence != c.sentence {
		if ws := withoutAdverbial(c.topic); len(ws) == 0 || !backOpeners[ws[0].lower] {
			return nil
		}
	}
	return f.toldBefore(c)
}

// pointsBack reports whether the words of a name are all of those that stand for what was told before.
func pointsBack(name string) bool {
	for _, w := range wordsOf(name, document.Span{End: len(name)}) {
		if !backWords[strings.TrimSuffix(w.lower, "s")] && !relateWords[w.lower] && !determiners[w.lower] && !changeNouns[w.lower] && w.lower != "of" && w.lower != "in" && !strings.HasPrefix(w.lower, "significan") {
			return false
		}
	}
	return true
}

// backOpeners open a sentence that goes on about what the one before told.
var backOpeners = setOf("the", "this", "these", "those", "both", "such", "all", "between-group", "differences", "changes")

// relateWords are participles that name no outcome by themselves.
var relateWords = setOf("associated", "correlated", "related", "predicted", "randomized", "randomised")

// backWords stand for what was told before, and are no outcome by themselves. Nouns are in the singular.
var backWords = setOf("score", "value", "level", "rate", "result", "analysis", "analyses", "anova", "ancova", "post", "hoc", "statistic", "parameter", "different", "comparable", "similar", "inferior", "superior", "equivalent", "variable", "degree", "extent", "magnitude", "amount", "seen", "observed", "noted", "found", "highly", "corresponding", "aforementioned",
	"latter", "former", "greatest", "highest", "lowest", "largest", "smallest", "strongest", "between-group", "inter-group", "intergroup", "group", "finding", "marked", "pronounced", "apparent", "evident")

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

// done returns as outcome what a clause says that people did, where they are its subject: "more women delivered within 12
// hours", "patients given A continued antidepressants".
func (f *finder) done(c *clause) (evidence.OutcomeRef, bool) {
	ws := withoutAdverbial(c.plainTopic())
	people := slices.IndexFunc(ws, func(w word) bool { return personNouns[w.lower] && !asGroups[w.lower] })
	if people < 0 || people > 5 || people > 0 && ws[people-1].lower == "between" || mainVerb(ws[:people]) >= 0 {
		return evidence.OutcomeRef{}, false
	}
	for i := people + 1; i < len(ws) && i < people+12; i++ {
		w := ws[i]
		if w.lower == "," || w.lower == ";" || w.lower == "who" || w.lower == "that" {
			break
		}
		if !strings.HasSuffix(w.lower, "ed") || len(w.lower) < 6 || digitStart(w.lower) || strings.Contains(w.lower, "-") || determiners[ws[i-1].lower] || claimVerbs[w.lower] || auxiliaries[w.lower] || givenWords[w.lower] ||
			slices.ContainsFunc(c.arms, func(m armMention) bool { return m.Overlaps(w.Span) }) {
			continue
		}
		if i+1 < len(ws) && (ws[i+1].lower == "by" || ws[i+1].lower == "to" && givenWords[w.lower]) {
			continue
		}
		end := i + 1
		if end+1 < len(ws) && ws[end].lower == "to" && !digitStart(ws[end+1].lower) { // "planned to go on"
			end += 2
		}
		for end < len(ws) && end < i+6 && !phraseStops[ws[end].lower] && !finiteVerbs[ws[end].lower] && ws[end].lower != "," && ws[end].lower != "." && !clauseOpeners[ws[end].lower] && !digitStart(ws[end].lower) {
			end++
		}
		return evidence.OutcomeRef{Text: f.r.doc.At(document.Span{Start: w.Start, End: ws[end-1].End})}, true
	}
	return evidence.OutcomeRef{}, false
}

// asGroups are among the nouns for people those that name a group as such.
var asGroups = setOf("intervention", "control", "placebo", "treatment", "therapy", "program", "programme", "both")

// givenWords are participles that say which people are meant rather than what they did: "patients treated with A".
var givenWords = setOf("treated", "exposed", "supplemented", "vaccinated", "immunized", "immunised", "trained", "untreated", "matched", "diagnosed", "infected", "affected", "injected",
	"operated", "prescribed", "offered", "received", "allocated", "presented", "subjected", "instructed", "hospitalized", "hospitalised", "admitted", "selected", "invited", "managed",
	"rated", "judged", "scored", "ranked", "perceived", "believed", "considered", "completed", "medicated", "anesthetized", "anaesthetized", "ventilated", "sedated", "inoculated", "recruited", "remained", "followed", "involved")

// claimVerbs are participles that tell of a result rather than of what happened.
var claimVerbs = setOf("reached", "observed", "noted", "reported", "detected", "recorded", "associated", "compared", "reduced", "increased", "decreased", "improved", "randomized", "randomised",
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
		if len(f.r.conceptsIn(m.Span, vocab.TypeInstrument)) == 0 && !namesHead(m.ref.Text, o.Text+" "+o.Definition) {
			continue // "body weight" is no "fat mass", however near the two are
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

// namesHead reports whether a text has the last word of a name, in any form: "days of using opioids" that of "opioid use".
func namesHead(name, text string) bool {
	words := topicWords(name)
	return len(words) == 0 || slices.ContainsFunc(topicWords(text), func(w string) bool { return root(w) == root(words[len(words)-1]) })
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
			if slices.ContainsFunc(topicWords(text), func(w string) bool { return slices.Contains(words, w) }) && !f.onAnother(c, text) {
				return evidence.OutcomeRef{Text: o.Text, Concept: o.Concept, Role: o.Role}, true
			}
		}
	}
	return evidence.OutcomeRef{}, false
}

// onAnother reports whether a clause names an instrument by an abbreviation that the name of an outcome has not: "HAMD response" is not
// of those who responded on the BDI.
func (f *finder) onAnother(c *clause, name string) bool {
	return slices.ContainsFunc(c.outcomes, func(m outcomeMention) bool {
		return slices.ContainsFunc(strings.Fields(f.r.doc.At(m.Span)), func(w string) bool {
			return len(w) > 2 && w == strings.ToUpper(w) && !digitStart(w) && isLetter(strings.ToLower(w[:1])) && !strings.Contains(name, w)
		})
	})
}

// spreadLead is what is printed with a mean, where it is left in front of a name: "mean (SD) dose".
var spreadLead = rules.New(`^\((?:SD|SE|SEM|IQR|range)\) `)

// resolve names the outcome of a topic phrase: the announced outcome, or the one told of last, whose words it repeats
// ("dosage" after "average daily dosage of opioids", "scores" after "summary scores"), else the phrase itself.
func (f *finder) resolve(s document.Span) evidence.OutcomeRef {
	ref := evidence.OutcomeRef{Text: spreadLead.ReplaceAllString(f.r.doc.At(s), "")}
	words := topicWords(ref.Text)
	if len(words) == 0 {
		return ref
	}
	var fits []evidence.OutcomeRef
	for _, o := range f.t.study.Outcomes {
		if allAmong(words, topicWords(o.Text)) && !oneOfEither(ref.Text, o.Text) {
			fits = append(fits, evidence.OutcomeRef{Text: o.Text, Concept: o.Concept, Role: o.Role})
		}
	}
	if len(fits) == 1 {
		return fits[0]
	}
	if o, ok := f.positives(words); ok {
		return o
	}
	for i := len(f.found) - 1; i >= 0; i-- {
		if o := f.found[i].Outcome; f.found[i].Kind != evidence.Baseline && allAmong(words, topicWords(o.Text)) && !oneOfEither(ref.Text, o.Text) {
			return o
		}
	}
	if abstaining.MatchString(ref.Text) {
		ref.Concept = f.r.abstinence()
	}
	return ref
}

// oneOfEither reports whether an outcome is one of several events that count alike in another: "stroke" of "death or stroke".
func oneOfEither(one, either string) bool {
	return strings.Contains(either, " or ") && !strings.Contains(one, " or ")
}

// positives finds the outcome that "positive results" are of: the only one announced or told of by its positive or negative
// results ("opioid-positive urine").
func (f *finder) positives(words []string) (out evidence.OutcomeRef, ok bool) {
	rest := slices.DeleteFunc(slices.Clone(words), func(w string) bool { return w == "result" || w == "test" || measureNoun[w] })
	if len(rest) != 1 || rest[0] != "positive" && rest[0] != "negative" {
		return out, false
	}
	of := func(o evidence.OutcomeRef) bool {
		return slices.Contains(strings.FieldsFunc(strings.ToLower(o.Text), func(c rune) bool { return c == '-' || c == ' ' }), rest[0]) && len(topicWords(o.Text)) > 1
	}
	known := map[evidence.OutcomeRef]bool{}
	for _, o := range f.t.study.Outcomes {
		if ref := (evidence.OutcomeRef{Text: o.Text, Concept: o.Concept, Role: o.Role}); of(ref) {
			known[ref], out = true, ref
		}
	}
	for _, d := range f.found {
		if of(d.Outcome) {
			known[d.Outcome], out = true, d.Outcome
		}
	}
	return out, len(known) == 1
}

// refersByPronoun reports whether a clause opens with a pronoun for what was told before: "It fell more with ...".
func refersByPronoun(words []word) bool {
	ws := withoutAdverbial(words)
	return len(ws) > 1 && (ws[0].lower == "it" || ws[0].lower == "this" && finiteVerbs[ws[1].lower])
}

// topicWords returns the words of a phrase that say what it is about, in lower case.
func topicWords(text string) []string {
	out := make([]string, 0, 8)
	var words [24]word
	for _, w := range appendWords(words[:0], text, document.Span{End: len(text)}) {
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
	if named := f.onlyOne(c, ms); len(named) > 0 {
		ms = named
	} else if c.compare.Len() > 0 && !inBrackets(c.words, c.compare) { // what is named behind "than" or "vs" is what is compared with
		if head := slices.DeleteFunc(slices.Clone(ms), func(m outcomeMention) bool { return m.Start >= c.compare.End }); len(head) > 0 {
			ms = head
		}
	}
	if told := slices.DeleteFunc(slices.Clone(ms), func(m outcomeMention) bool { return leftOut(c.words, m.Span) }); len(told) > 0 || f.toldBeside(c) {
		ms = told
	}
	if plain := slices.DeleteFunc(slices.Clone(ms), func(m outcomeMention) bool { return oneOf(c, m.Span) }); len(plain) > 0 {
		ms = plain
	}
	ms = slices.DeleteFunc(slices.Clone(ms), func(m outcomeMention) bool {
		return measures(c.words, m.Span) && slices.ContainsFunc(ms, func(o outcomeMention) bool { return o.End <= m.Start })
	})
	if end := f.opener(c); end > c.Start {
		if rest := slices.DeleteFunc(slices.Clone(ms), func(m outcomeMention) bool { return m.End <= end }); len(rest) > 0 {
			ms = rest
		}
	}
	ms = f.ofObject(c, f.ofSubject(c, ms))
	if len(ms) < 2 {
		return ms
	}
	slices.SortStableFunc(ms, func(a, b outcomeMention) int { return cmp.Compare(a.Start, b.Start) })
	best := 0
	if c.telling.at.Len() > 0 {
		far := func(m outcomeMention) int {
			if guessed(m) {
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
	if tail := f.r.words(document.Span{Start: out[len(out)-1].End, End: max(out[len(out)-1].End, c.End)}); len(tail) > 1 && tail[0].lower == "among" && tail[1].lower == "them" {
		out = out[:1] // what stands before "among them" are examples of the first
	}
	return out
}

// toldBeside reports whether a clause opens with a name of its own before what it says that its result is not of: "torque, but not pain,
// was lower".
func (f *finder) toldBeside(c *clause) bool {
	s, ok := topicPhrase(c.topic, c.Span, c.arms)
	return ok && !slices.ContainsFunc(c.outcomes, func(m outcomeMention) bool { return !leftOut(c.words, m.Span) || m.Start < s.End })
}

// measures reports whether a name says by what something else was measured: "as measured by the ESAS".
func measures(words []word, s document.Span) bool {
	i := slices.IndexFunc(words, func(w word) bool { return w.End > s.Start })
	for i--; i > 0 && determiners[words[i].lower]; i-- {
	}
	if i > 0 && words[i].lower == "of" && partNouns[words[i-1].lower] {
		return true // "pain and function subscales of the WOMAC"
	}
	return i > 0 && words[i].depth == 0 && (words[i].lower == "by" || words[i].lower == "with" || words[i].lower == "using" || words[i].lower == "on") && measuredWords[words[i-1].lower]
}

// oneOf reports whether a span stands in a bracket that says of what an outcome consists: "any event (nausea or rash)".
func oneOf(c *clause, s document.Span) bool {
	open := bracketAround(c.words, s)
	return open >= 0 && slices.ContainsFunc(c.words, func(w word) bool {
		return w.lower == "or" && w.depth > 0 && bracketAround(c.words, w.Span) == open
	})
}

// onlyOne returns the outcomes behind "was" where a clause says which one of a kind it tells of: "the only adverse event more
// frequent with A than with B was vomiting".
func (f *finder) onlyOne(c *clause, ms []outcomeMention) []outcomeMention {
	ws := withoutAdverbial(c.plain())
	if len(ws) > 0 && ws[0].lower == "the" {
		ws = ws[1:]
	}
	if len(ws) < 4 || ws[0].lower != "only" || len(ms) < 2 {
		return nil
	}
	i := len(ws) - 1
	for i > 0 && ws[i].lower != "was" && ws[i].lower != "were" {
		i--
	}
	if i == 0 {
		return nil
	}
	return slices.DeleteFunc(slices.Clone(ms), func(m outcomeMention) bool { return m.Start < ws[i].End })
}

// opener returns where the words end that say of whom or when a clause tells before it tells anything: "Among infants in
// their first days,". It returns the start of the clause where it has none.
func (f *finder) opener(c *clause) int {
	ws := c.plain()
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
	for _, w := range f.r.words(document.Span{Start: a.End, End: b.Start}) {
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
