package extract

import (
	"slices"
	"strings"

	"github.com/picograph/picograph/graph/evidence"
	"github.com/picograph/picograph/loader/document"
	"github.com/picograph/picograph/loader/mention"
)

// tagsYield is by how many bytes an outcome that the tagger alone sees has to stand nearer to a claim than one that the
// study announced or the vocabulary knows, for the claim to be of it.
const tagsYield = 40

// tags returns what the tagger sees in sentence i, outcomes first.
func (r *reading) tags(i int) []mention.Mention {
	if r.tagged == nil {
		r.tagged = make([][]mention.Mention, len(r.doc.Sentences))
	}
	if r.tagged[i] == nil {
		r.tagged[i] = mention.New().Append(make([]mention.Mention, 0, 4), r.doc.Text, r.doc.Sentences[i].Span, r.sectionRole(i))
	}
	return r.tagged[i]
}

// names returns the outcomes that the tagger sees in sentence i.
func (r *reading) names(i int) []mention.Mention {
	all := r.tags(i)
	if n := slices.IndexFunc(all, func(m mention.Mention) bool { return m.Kind != mention.Outcome }); n >= 0 {
		return all[:n]
	}
	return all
}

// withNames joins to the outcomes that the rules find in a clause those that the tagger sees. One that the tagger alone
// sees is added. Where the tagger sees more words than the rules, and those words are not of the outcome that the rules
// took the mention for, the mention is of another outcome, which it names itself: "induction-delivery interval" is no
// "incidence of vaginal delivery", though both are of delivery.
func (f *finder) withNames(i int, span document.Span, arms []armMention, found []outcomeMention) []outcomeMention {
	for _, m := range f.r.names(i) {
		var ok bool
		if m.Span, ok = f.nominal(m.Span); !ok || !span.Contains(m.Span) || f.describesPeople(i, m.Span) ||
			slices.ContainsFunc(arms, func(a armMention) bool { return a.Overlaps(m.Span) && !(m.Contains(a.Span) && m.Len() > a.Len()) }) {
			continue
		}
		var over []outcomeMention
		for _, o := range found {
			if o.Overlaps(m.Span) {
				over = append(over, o)
			}
		}
		switch {
		case len(over) == 0:
			found = append(found, outcomeMention{Span: m.Span, ref: f.resolve(m.Span), outcome: -1})
		case len(over) == 1 && m.Contains(over[0].Span):
			k := slices.Index(found, over[0])
			if found[k].Span = m.Span; f.another(m.Span, over[0]) {
				found[k] = f.ownName(m.Span, over[0].ref.Concept)
			}
		}
	}
	for k, m := range found {
		switch {
		case m.outcome < 0 || !f.differs(m):
		case f.unlike(m):
			found[k] = f.ownName(m.Span, f.r.outcomeConcept(m.Span, m.Span))
		default:
			found[k].ref.Text = f.r.doc.At(m.Span)
		}
	}
	slices.SortStableFunc(found, func(a, b outcomeMention) int { return a.Start - b.Start })
	return found
}

// ownName is a mention under the words that it has.
func (f *finder) ownName(s document.Span, concept string) outcomeMention {
	return outcomeMention{s, evidence.OutcomeRef{Text: f.r.doc.At(s), Concept: concept}, -1, true}
}

// differs reports whether a mention has a word that the announced outcome that it was taken for has not, be it of
// another name for the same ("HbA1c" of "glycated hemoglobin") or of another outcome.
func (f *finder) differs(m outcomeMention) bool {
	o := f.t.study.Outcomes[m.outcome]
	known := topicWords(o.Text + " " + o.Definition + " " + o.Instrument + " " + o.Role)
	return slices.ContainsFunc(topicWords(f.r.doc.At(m.Span)), func(w string) bool {
		return !slices.ContainsFunc(known, func(k string) bool { return k == w || sameStem(k, w) }) && !measureNoun[w] && !plainNames[w] && !digitStart(w)
	})
}

// unlike reports whether a mention that differs from the announced outcome that it was taken for is of another one: it has
// several words of its own, and the announced outcome says more than the name of a concept. "All-cause mortality" is no
// "death from stroke".
func (f *finder) unlike(m outcomeMention) bool {
	o := f.t.study.Outcomes[m.outcome]
	return len(topicWords(f.r.doc.At(m.Span))) > 1 && len(f.r.vocab.Named(o.Text, outcomeTypes...)) == 0
}

// another reports whether a tagged name around a mention says more than the outcome that the mention was taken for.
func (f *finder) another(name document.Span, m outcomeMention) bool {
	words := m.ref.Text
	if m.outcome >= 0 {
		o := f.t.study.Outcomes[m.outcome]
		words += " " + o.Definition + " " + o.Instrument
	}
	known := topicWords(words + " " + f.r.doc.At(m.Span))
	return slices.ContainsFunc(topicWords(f.r.doc.At(name)), func(w string) bool {
		return !slices.ContainsFunc(known, func(k string) bool { return k == w || sameStem(k, w) }) && !measureNoun[w] && !plainNames[w] && !digitStart(w)
	})
}

// plainNames are words that make no other outcome of one.
var plainNames = wordSet("mean median overall score level rate value number count proportion percentage incidence frequency baseline primary secondary endpoint second minute hour week month day year patient")

// describesPeople reports whether a span is part of what says which people are meant: "those with chronic pain".
func (f *finder) describesPeople(i int, s document.Span) bool {
	return slices.ContainsFunc(f.r.groupsIn(f.r.doc.Sentences[i].Span), func(g document.Span) bool { return g.Overlaps(s) })
}

// items splits a clause that lists outcomes with their numbers in brackets before each outcome but the first: "no
// difference in torque (21 vs 22 Ncm), bone loss (0.9 vs 1.0 mm) or fatigue". It returns nothing for any other clause.
func (f *finder) items(c *clause) []document.Span {
	var out []document.Span
	start, numbers := c.Start, 0
	ms := slices.DeleteFunc(slices.Clone(c.outcomes), func(m outcomeMention) bool { return oneOf(c, m.Span) })
	if len(ms) > 1 && len(c.results) >= len(ms) && c.results[0].Start > ms[len(ms)-1].Start && c.has("respectively") {
		return nil // all numbers stand behind the list
	}
	for i, m := range ms {
		if !c.Contains(m.Span) {
			return nil // it is carried over from the clause before
		}
		next := c.End
		if i+1 < len(ms) {
			next = ms[i+1].Start
			if !f.listed(c, m.Span, ms[i+1].Span) {
				return nil
			}
		}
		for _, it := range c.results {
			if it.Start >= m.End && it.End <= next && inBrackets(c.words, it.Span) {
				numbers++
				break
			}
		}
		if i > 0 {
			out = append(out, document.Span{Start: start, End: m.Start})
			start = m.Start
		}
	}
	if len(out) == 0 || numbers < 2 && (numbers == 0 || len(out) == 1) || inBrackets(c.words, ms[0].Span) {
		return nil
	}
	return append(out, document.Span{Start: start, End: c.End})
}

// nominal cuts a tagged outcome to what can be a name: nothing from its first verb on, no determiners or pronouns before
// it and no linking words after it. ok is false when no word remains that says what it is about.
func (f *finder) nominal(s document.Span) (name document.Span, ok bool) {
	ws := f.r.words(s)
	for len(ws) > 0 && (determiners[ws[0].lower] || pronouns[ws[0].lower] || finiteVerbs[ws[0].lower] && !(opensNames[ws[0].lower] && attributive(ws)) || ws[0].lower == "in" || ws[0].lower == "of" || leadsTo[ws[0].lower] || len(ws) > 1 && (changing[ws[0].lower] || actedOn[ws[0].lower])) {
		ws = ws[1:]
	}
	for len(ws) > 1 && comparedAlone(ws) {
		ws = ws[1:]
	}
	if len(ws) > 2 && valueNouns[ws[0].lower] && (ws[1].lower == "for" || ws[1].lower == "of") {
		ws = ws[2:]
	}
	if len(ws) > 2 && partNouns[ws[0].lower] && ws[1].lower == "of" && !determiners[ws[2].lower] && f.r.doc.At(ws[2].Span) == ws[2].lower {
		ws = ws[2:] // "subscales of vitality", not "subscales of the SF-36"
	}
	if len(ws) > 2 && measureNoun[ws[0].lower] && (ws[1].lower == "at" || ws[1].lower == "after" || ws[1].lower == "during" || ws[1].lower == "between") {
		return s, false // "A (P = .03) and B (P = .04) levels at the end"
	}
	if comma := slices.IndexFunc(ws, func(w word) bool { return w.lower == "," && w.depth == 0 }); comma > 0 && comma+1 < len(ws) && (adverbialOpeners[ws[0].lower] || strings.HasSuffix(ws[0].lower, "after")) {
		ws = ws[comma+1:] // "Thereafter, survival"
	}
	for i, w := range ws {
		if w.depth == 0 && (finiteVerbs[w.lower] && !attributive(ws[i:]) || pronouns[w.lower]) {
			ws = ws[:i]
			break
		}
	}
	for len(ws) > 0 && (phraseStops[ws[len(ws)-1].lower] || determiners[ws[len(ws)-1].lower] || clauseOpeners[ws[len(ws)-1].lower] || ws[len(ws)-1].lower == "of" || len(ws) > 1 && (ws[len(ws)-1].lower == "all" || ws[len(ws)-1].lower == "each") || len(ws) > 1 && measuredWords[ws[len(ws)-1].lower]) {
		ws = ws[:len(ws)-1]
	}
	ws = withoutTime(ws)
	if len(ws) == 0 || predicateOnly(ws) {
		return s, false
	}
	s = document.Span{Start: ws[0].Start, End: ws[len(ws)-1].End}
	return s, slices.ContainsFunc(topicWords(f.r.doc.At(s)), func(w string) bool { return !plainNames[w] && !digitStart(w) })
}

// leadsTo are words that lead to a name and are no part of it.
var leadsTo = setOf("with", "by", "regarding", "concerning", "such", "including")

// opensNames are participles that a name may open with, as it does in "delayed discharge".
var opensNames = setOf("delayed")

// partNouns are the parts of an instrument, behind which their own names stand.
var partNouns = setOf("subscale", "subscales", "domain", "domains", "dimension", "dimensions")

// predicateOnly reports whether words are what somebody did rather than a name: a participle alone, as "measured", or a verb with a
// possessive behind it, as "took their pain seriously".
func predicateOnly(ws []word) bool {
	first := ws[0].lower
	if len(ws) == 1 {
		return strings.HasSuffix(first, "ed") && !strings.HasSuffix(first, "eed")
	}
	return !strings.HasSuffix(first, "ing") && possessives[ws[1].lower]
}

// comparedAlone reports whether words open with a comparative that is said of the name behind it: "lower integrity", not "lower
// back pain".
func comparedAlone(ws []word) bool {
	switch ws[0].lower {
	case "lower", "higher", "greater", "fewer", "less", "highest", "lowest", "greatest", "fewest", "better", "poorer", "shorter", "longer", "larger", "smaller":
		return !sited[ws[1].lower]
	}
	return false
}

// measuredWords are participles that lead to how an outcome was measured.
var measuredWords = setOf("expressed", "measured", "assessed", "evaluated", "determined", "defined", "estimated", "recorded", "quantified", "calculated")

// sited are words that "lower", "higher" and "greater" stand before in the names of places and things.
var sited = setOf("back", "limb", "limbs", "extremity", "extremities", "leg", "legs", "urinary", "respiratory", "abdominal", "abdomen", "body", "lip", "jaw", "esophageal", "oesophageal", "gastrointestinal",
	"airway", "airways", "uterine", "third", "segment", "molar", "molars", "incisor", "incisors", "mandibular", "anterior", "posterior", "esophagus", "education", "order", "trochanter", "tract", "quarter", "quartile", "tertile", "half",
	"face", "facial", "trunk", "spine", "lobe", "eyelid", "eyelids", "than", "omentum", "curvature", "functioning", "dose", "doses", "limit", "ratio")

// attributive reports whether a participle stands before the noun that it belongs to: "reduced mobility".
func attributive(ws []word) bool {
	return len(ws) > 1 && strings.HasSuffix(ws[0].lower, "ed") && !phraseStops[ws[1].lower] && !determiners[ws[1].lower] && !clauseOpeners[ws[1].lower]
}

var pronouns = setOf("who", "which", "whose", "they", "it", "we", "there", "that")
