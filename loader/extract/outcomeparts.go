package extract

import (
	"slices"
	"strings"
	"unicode"

	"github.com/picograph/picograph/graph/evidence"
	"github.com/picograph/picograph/loader/document"
)

// parts cuts a phrase that is a list of names: "mortality and hospital stay". It is one where an item cannot stand by itself: "systolic
// and diastolic pressure".
func (p phrases) parts(s document.Span) []document.Span {
	from, to := p.within(s)
	var out []document.Span
	for i := from; from >= 0 && i <= to+1; i++ {
		if i <= to && !joint(p.ws[i].lower) {
			continue
		}
		item, at := p.item(from, i)
		if at < 0 || i <= to && adjectival(p.ws[i-1].lower) || i-from > 1 && inSet(p.ws[from:i]) {
			return []document.Span{s}
		}
		out, from = append(out, item), i+1
	}
	if len(out) < 2 {
		return []document.Span{s}
	}
	return out
}

// cut cuts the mentions that stand for themselves and are lists of names: "symptom score or quality of life".
func (p phrases) cut(ms []outcomeMention) []outcomeMention {
	var out []outcomeMention
	for _, m := range ms {
		parts := []document.Span{m.Span}
		if guessed(m) && m.ref.Text == p.f.r.doc.At(m.Span) && p.c.Contains(m.Span) && !inBrackets(p.c.words, m.Span) {
			parts = p.parts(m.Span)
		}
		if len(parts) == 1 {
			out = append(out, m)
			continue
		}
		for _, s := range parts {
			out = append(out, outcomeMention{Span: s, ref: p.f.resolve(s), outcome: -1})
		}
	}
	return out
}

// inSet reports whether the words of an item belong to a set that is one outcome: "ratio of A", "composite of A".
func inSet(ws []word) bool {
	return slices.ContainsFunc(ws, func(w word) bool {
		return w.lower == "signs" || w.lower == "ratio" || w.lower == "composite" || w.lower == "combination" || w.lower == "sum" || w.lower == "combined" || w.lower == "relationship"
	})
}

// adjectival reports whether a word has the form of an adjective, which names no outcome by itself: "systolic", "renal".
func adjectival(s string) bool {
	if nounForms[s] {
		return false
	}
	for _, end := range []string{"ic", "al", "ive", "ous", "ary", "ory", "ar", "ent", "ant", "ile", "less"} {
		if len(s) > len(end)+2 && strings.HasSuffix(s, end) {
			return true
		}
	}
	return describing[s]
}

// nounForms are nouns that end as adjectives do.
var nounForms = setOf("survival", "interval", "withdrawal", "removal", "arrival", "renewal", "referral", "approval", "clinic", "topic", "metric", "potential", "motive", "sinus", "treatment", "movement", "improvement", "impairment", "enjoyment", "engagement",
	"involvement", "discharge", "salary", "memory", "injury", "event", "content", "anxiolytic", "antibiotic", "analgesic", "goal", "signal", "meal", "total", "trial", "denial", "retrieval", "appraisal", "arousal", "dismissal", "refusal", "relevant", "employment", "adjustment", "readjustment", "appeal", "proposal", "disposal", "element", "assessment", "equipment", "moment", "parent", "component", "instrument", "statement", "ointment", "cement", "infant", "pollutant", "oxidant", "antioxidant", "lubricant", "irritant", "hospital", "manual", "animal", "metal", "scar", "bar", "diary", "laboratory", "category", "inventory", "history", "profile", "percentile", "bile", "plastic", "music", "traffic", "panic", "alcoholic", "statistic", "characteristic",
	"calendar", "sugar", "cellar", "plaque", "extent", "patient", "accident", "accidents", "transplant", "complaint", "torque", "ligament", "measurement", "requirement", "replacement", "displacement", "alignment", "attachment", "empowerment", "attainment", "achievement", "judgment", "judgement", "disagreement", "agreement")

// describing are further words that belong to a noun behind them.
var describing = setOf("left", "right", "upper", "lower", "early", "late", "short", "long", "first", "second", "third", "male", "female", "low", "high", "mild", "moderate", "severe", "serious", "minor", "major", "fasting", "resting", "mean", "median", "maximum", "minimum", "short-term", "long-term", "intra", "pre", "post", "total", "free", "daily", "weekly", "monthly", "nightly", "morning", "evening", "self", "fat-free", "grade", "swollen", "tender", "motor", "verbal", "positive", "negative", "nonmajor", "direct", "indirect", "overall")

// shareNouns names the items of a list that are adjectives by the noun that they share with the items behind them: "systolic" of
// "systolic and diastolic blood pressure", "total" of "total, motor and language scores".
func (p phrases) shareNouns() {
	ms, noun := p.c.outcomes, ""
	for k := len(ms) - 2; k >= 0; k-- {
		a, b := &ms[k], ms[k+1]
		if !p.f.listed(p.c, a.Span, b.Span) {
			noun = ""
			continue
		}
		if own := p.sharedNoun(b.Span); own != "" {
			noun = own
		}
		if noun == "" || a.outcome >= 0 || !p.describes(a.Span) {
			continue
		}
		a.ref = evidence.OutcomeRef{Text: p.f.r.doc.At(p.outsideBracket(a.Span)) + " " + noun}
	}
}

// sharedNoun returns the noun that an item of a list can share with adjectives before it: what stands behind its own adjective, or what it
// was measured by: "scores". It is empty where the item has none.
func (p phrases) sharedNoun(s document.Span) string {
	ws := p.f.r.words(s)
	if len(ws) > 2 && isBracket(ws[1].lower) { // "diastolic (DBP) blood pressure"
		if end := slices.IndexFunc(ws[1:], func(w word) bool { return w.lower == ")" }) + 1; end > 0 && end+1 < len(ws) {
			ws = slices.Concat(ws[:1], ws[end+1:])
		}
	}
	if len(ws) < 2 {
		return ""
	}
	if adjectival(ws[0].lower) || strings.HasSuffix(ws[0].lower, "ed") {
		return p.f.r.doc.At(document.Span{Start: ws[1].Start, End: s.End})
	}
	if last := ws[len(ws)-1]; measureNoun[last.lower] {
		return p.f.r.doc.At(last.Span)
	}
	return ""
}

// barren reports whether a name is one word that names nothing by itself: an adjective, an adverb, people.
func barren(name string) bool {
	if len(name) > 1 && strings.ContainsFunc(name[1:], unicode.IsUpper) {
		return false // "HbA1c"
	}
	name = strings.ToLower(name)
	return !strings.ContainsAny(name, " -") && (adjectival(name) || personNouns[name] || countedPeople[name] || asidesAlone[name] || strings.HasSuffix(name, "ly") && len(name) > 6)
}

// asidesAlone are further words that name nothing measured where they stand alone.
var asidesAlone = setOf("nevertheless", "albeit", "nonetheless", "thereafter", "hence", "many", "others", "below", "above", "faster", "quicker", "slower", "steeper", "lead", "tended", "assuming", "implying", "insignificant", "half", "two-thirds", "other",
	"professionals", "investigators", "interviewees", "staff", "youth", "enrollees", "clinicians", "researchers", "users", "completers", "responders", "number", "total")

// joinTails joins to a mention the one behind it that only says by what it was measured: "times" of "fluoroscopy times".
func (p phrases) joinTails() {
	ms := p.c.outcomes
	for k := len(ms) - 1; k > 0; k-- {
		a, b := &ms[k-1], ms[k]
		if b.Start == a.End+1 && guessed(*a) && b.outcome < 0 && p.c.Contains(a.Span) && adjectival(strings.ToLower(p.f.r.doc.At(a.Span))) { // "late" of "late complications"
			ms[k].Start, ms[k].own = a.Start, true
			ms[k].ref.Text = p.f.r.doc.At(ms[k].Span)
			ms = slices.Delete(ms, k-1, k)
			continue
		}
		if b.Start != a.End+1 || a.outcome >= 0 || !guessed(b) || !p.c.Contains(a.Span) {
			continue
		}
		if !guessed(*a) && slices.ContainsFunc(p.f.r.words(b.Span), func(w word) bool { return strings.HasSuffix(w.lower, "ed") || phraseStops[w.lower] }) {
			continue // "glucose expressed as area under the curve"
		} else if !guessed(*a) { // "efficacy" of "health literacy efficacy"
			s := document.Span{Start: a.Start, End: b.End}
			ms[k-1] = p.f.ownName(s, p.f.r.outcomeConcept(s, s))
			ms = slices.Delete(ms, k, k+1)
			continue
		}
		if w := strings.ToLower(p.f.r.doc.At(b.Span)); measureNoun[w] || headNouns[w] || plainNames[w] {
			a.Span.End = b.End
			a.ref = p.f.resolve(a.Span)
			ms = slices.Delete(ms, k, k+1)
		}
	}
	p.c.outcomes = ms
}

// overBrackets joins to a noun the words before it that describe it, an abbreviation in brackets between them: "diastolic (DBP) blood pressure".
func (p phrases) overBrackets() {
	ms := p.c.outcomes
	for k := len(ms) - 1; k > 0; k-- {
		a, b := ms[k-1], ms[k]
		if !guessed(a) || b.outcome >= 0 || !p.c.Contains(a.Span) || !p.describes(a.Span) || !p.shortBetween(a.Span, b.Span) {
			continue
		}
		ms[k-1] = p.f.ownName(document.Span{Start: a.Start, End: b.End}, b.ref.Concept)
		ms[k-1].ref.Text = p.f.r.doc.At(p.outsideBracket(a.Span)) + " " + p.f.r.doc.At(b.Span)
		ms = slices.Delete(ms, k, k+1)
	}
	p.c.outcomes = ms
}

// outsideBracket returns a name without the bracket that it ends in, closed or not.
func (p phrases) outsideBracket(s document.Span) document.Span {
	if i := strings.IndexAny(p.f.r.doc.At(s), "(["); i > 0 {
		return trimmed(p.f.r.doc.Text, document.Span{Start: s.Start, End: s.Start + i})
	}
	return s
}

// describes reports whether a name, its bracket aside, has nothing but words that belong to a noun behind them: "resting systolic (rSBP)".
func (p phrases) describes(s document.Span) bool {
	ws := p.f.r.words(p.outsideBracket(s))
	return len(ws) > 0 && !slices.ContainsFunc(ws, func(w word) bool {
		return !adjectival(w.lower) && !strings.HasSuffix(w.lower, "ing")
	}) && adjectival(ws[len(ws)-1].lower)
}

// shortBetween reports whether nothing but an abbreviation in brackets stands between a name and another.
func (p phrases) shortBetween(a, b document.Span) bool {
	a = p.outsideBracket(a)
	if b.Start <= a.End {
		return false
	}
	between := strings.TrimSpace(p.f.r.doc.At(document.Span{Start: a.End, End: b.Start}))
	n := len(between)
	return n > 3 && between[0] == '(' && between[n-1] == ')' && isShort(between[1:n-1])
}

// nounTail returns the place of the last noun of a name that goes on behind place to up to the verb or the end of its phrase: "VAS
// measurements" behind "pain". It returns to where none does.
func (p phrases) nounTail(to int) int {
	end := to
	for end+1 < len(p.ws) && end-to < 3 && p.ws[end+1].Start == p.ws[end].End+1 && p.tailWord(end+1) {
		end++
	}
	if end == to || end+1 < len(p.ws) && !finiteVerbs[p.ws[end+1].lower] && !phraseStops[p.ws[end+1].lower] && !joint(p.ws[end+1].lower) && p.ws[end+1].lower != "." && p.ws[end+1].Start == p.ws[end].End+1 {
		return to
	}
	return end
}

// tailWord reports whether the word at a place can be a noun behind another in one name.
func (p phrases) tailWord(i int) bool {
	l := p.ws[i].lower
	if !p.nameWord(i) || joint(l) || phraseStops[l] || determiners[l] || personNouns[l] || clauseOpeners[l] || changeNouns[l] || courseWords[l] || differenceWords[l] || l == "alone" || l == "each" || l == "all" || len(l) < 3 || digitStart(l) || p.timed(p.ws[i].Span) {
		return false
	}
	for _, end := range []string{"ly", "ed", "ing"} {
		if strings.HasSuffix(l, end) {
			return false
		}
	}
	return !adjectival(l) && !slices.ContainsFunc(p.c.outcomes, func(m outcomeMention) bool { return m.Start == p.ws[i].Start })
}

// ofEvents matches what is told of whichever of some events comes first: "the rate of", "time to".
var ofEvents = rules.New(`(?i)\b(?:rates?|risks?|incidences?|odds|hazards?|likelihood|probability|time)(?: in| of| to| until| for)*(?: the)?(?: first| new| development of| \pL+ of)? ?$`)

// either returns the one outcome that mention k is the first of the events of, "the rate of death or stroke" where one direction is claimed of both; it is
// without a text for the second of them. ok is false for a mention that stands by itself.
func (f *finder) either(c *clause, ms []outcomeMention, k int) (ref evidence.OutcomeRef, ok bool) {
	v := c.telling
	first := func(k int) bool {
		if k < 0 || k+1 >= len(ms) || f.r.doc.Text[ms[k].End:max(ms[k].End, ms[k+1].Start)] != " or " || v.negated || v.noDifference || v.noChange {
			return false
		}
		from := max(f.r.doc.Sentences[c.sentence].Start, ms[k].Start-30)
		return ofEvents.MatchString(f.r.doc.Text[from:ms[k].Start]) || ofEvents.MatchString(firstWords(f.r.doc.At(ms[k].Span)))
	}
	switch {
	case first(k - 1):
		return ref, true
	case first(k):
		return f.resolve(document.Span{Start: ms[k].Start, End: ms[k+1].End}), true
	}
	return ref, false
}

// firstWords returns the first two words of a text with a space behind them.
func firstWords(text string) string {
	ws := strings.Fields(text)
	return strings.Join(ws[:min(2, len(ws))], " ") + " "
}
