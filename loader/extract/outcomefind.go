package extract

import (
	"slices"
	"strings"

	"github.com/picograph/picograph/graph/evidence"
	"github.com/picograph/picograph/graph/vocab"
	"github.com/picograph/picograph/loader/document"
)

// outcomesIn returns the outcomes named in a stretch of text, in text order: those that the study announced, by their
// words or their concept, and others that the vocabulary knows.
func (t *telling) outcomesIn(r *reading, span document.Span) []outcomeMention {
	text := strings.ReplaceAll(r.doc.At(span), "\n", " ")
	lower := strings.ReplaceAll(r.small(span), "\n", " ")
	var out []outcomeMention
	add := func(m outcomeMention) {
		for _, have := range out {
			if have.Overlaps(m.Span) {
				return
			}
		}
		out = append(out, m)
	}
	t.announcedWords(text, lower, span.Start, add)
	for _, m := range r.conceptsIn(span, outcomeTypes...) {
		if r.isReason(m.Start, span) {
			continue
		}
		s := r.withCount(r.widened(m.Span, span), span)
		concept := m.id
		if r.typed(m.id, []string{vocab.TypeInstrument}) {
			concept = r.measuredBy(m.id)
		}
		if rest, id := r.changed(m.Span, s); id != "" {
			s, concept = rest, id
		}
		if changed := r.outcomeConcept(s, s); changed != "" && r.vocab.IsA(changed, concept) {
			concept = changed
		}
		k := t.announcedAs(r, concept, m.id, r.doc.At(s))
		ref := evidence.OutcomeRef{Text: r.doc.At(s), Concept: concept}
		if k >= 0 {
			ref = refOf(t.study.Outcomes[k])
		}
		add(outcomeMention{s, ref, k, false})
	}
	for _, m := range r.conceptsIn(span, vocab.TypeCondition) {
		if g := occurrenceOf.FindString(text[max(0, m.Start-span.Start-longestOccurrence) : m.Start-span.Start]); g != "" {
			s := document.Span{Start: m.Start - len(strings.TrimLeft(g, " ")), End: m.End}
			add(outcomeMention{s, evidence.OutcomeRef{Text: r.doc.At(s), Concept: r.outcomeOf(m.id)}, -1, false})
		}
	}
	if len(out) == 0 {
		out = t.toldByVerb(text, span)
	}
	slices.SortFunc(out, func(a, b outcomeMention) int { return a.Start - b.Start })
	return out
}

// announcedWords adds the mentions of outcomes that the study announced, by their words or their role: lower is the text in small letters, which
// starts at a place of the document.
func (t *telling) announcedWords(text, lower string, start int, add func(outcomeMention)) {
	if len(lower) != len(text) {
		return
	}
	for k, o := range t.study.Outcomes {
		forms := []string{o.Text, strings.TrimPrefix(strings.ToLower(o.Text), "change in ")}
		if o.Role != "" && t.onlyOfRole(k) {
			forms = append(forms, strings.TrimSpace(o.Role+" outcome"), o.Role+" endpoint", o.Role+" end point")
		}
		for _, f := range forms {
			f = strings.ToLower(f)
			for at := 0; f != ""; {
				i := strings.Index(lower[at:], f)
				if i < 0 {
					break
				}
				i += at
				at = i + len(f)
				if wordBounds(text, i, at) {
					add(outcomeMention{document.Span{Start: start + i, End: start + at}, refOf(o), k, false})
				}
			}
		}
	}
}

// isReason reports whether what begins at a place is only what something was done, given or used for: the asthma of "visits for asthma", the
// pain of "doses of morphine for controlling pain".
func (r *reading) isReason(start int, within document.Span) bool {
	before := r.doc.Text[max(within.Start, start-longestReason):start]
	if !strings.Contains(before, "for ") && !strings.Contains(before, "to ") && !strings.Contains(before, "of ") {
		return false
	}
	at := doneFor.FindStringIndex(before)
	return at != nil && !goesBeyond.MatchString(before[at[0]:])
}

// goesBeyond is what ends the phrase of what is done: "no effect of the doses was seen for".
var goesBeyond = rules.New(`(?i)\b(?:was|were|is|are|has|had|groups?|arms?|effects?|differences?)\b`)

// longestReason is more than doneFor can match, in bytes.
const longestReason = 100

// doneFor ends with what is done, given or used for what follows.
var doneFor = rules.New(`(?i)\b(?:us(?:e|age)|doses?|dosages?|consumption|intake|prescriptions?|prescribing|need|requirements?|requests?|visits?|attendances?|admissions?|hospitali[sz]ations?|readmissions?|consultations?|referrals?|surgery|operations?|reoperations?|procedures?|medications?|drugs?|analgesics?|analgesia|antibiotics?|days(?: lost| missed| off)?|absences?|costs?|spending|leave) (?:[^.,;:() ]+ ){0,4}?(?:for|due to|because of|owing to|related to) (?:the )?(?:(?:control|relief|management|treatment|prevention|worsening|exacerbations?)(?: of)? |controlling |relieving |managing |treating |preventing )?(?:the )?(?:[^.,;:() ]+ ){0,2}?$`)

// toldByVerb returns the announced outcome that a predicate tells: "65 of 158 patients had discontinued" of discontinuation.
func (t *telling) toldByVerb(text string, span document.Span) []outcomeMention {
	for _, m := range predicate.FindAllStringSubmatchIndex(text, -1) {
		for k, o := range t.study.Outcomes {
			words := strings.Fields(strings.ToLower(o.Text))
			if len(words) == 0 || len(words) > 4 || timeOutcome.MatchString(o.Text) && words[0] == "time" || !sameStem(words[len(words)-1], strings.ToLower(text[m[2]:m[3]])) {
				continue
			}
			return []outcomeMention{{document.Span{Start: span.Start + m[2], End: span.Start + m[3]}, refOf(o), k, false}}
		}
	}
	return nil
}

// predicate is what people did or were.
var predicate = rules.New(`(?i)\b(?:had|have|has|were|was|being|been|who|patients|participants|adults|women|men|children|infants|people|subjects|individuals|group|arm)\)?\s(?:also |then |not |successfully |completely |fully )?(\p{L}{4,}(?:ed|ent))\b`)

// sameStem reports whether a noun and a verb or adjective are of one stem: discontinuation and discontinued, relapse and
// relapsed, abstinence and abstinent. A noun of change is no outcome by itself.
func sameStem(noun, verb string) bool {
	if changeNoun.MatchString(noun) {
		return false
	}
	n := 0
	for n < len(noun) && n < len(verb) && noun[n] == verb[n] {
		n++
	}
	return n >= 5 && n >= len(noun)-5 && n >= len(verb)-3
}

// changeNoun is a noun of change.
var changeNoun = rules.New(`^(?:reductions?|increases?|decreases?|changes?|improvements?|differences?|treatments?)$`)

// refOf names an outcome of the study in a finding.
func refOf(o evidence.Outcome) evidence.OutcomeRef {
	return evidence.OutcomeRef{Text: o.Text, Concept: o.Concept, Role: o.Role}
}

// outcomeIn returns the outcome that a stretch of text is about; ok is false when it names none.
func (t *telling) outcomeIn(r *reading, span document.Span) (m outcomeMention, ok bool) {
	ms := t.outcomesIn(r, span)
	if len(ms) == 0 {
		return outcomeMention{}, false
	}
	for _, m := range ms {
		if m.outcome >= 0 {
			return m, true
		}
	}
	return ms[0], true
}

// onlyOfRole reports whether the study announced no other outcome with the role of outcome k.
func (t *telling) onlyOfRole(k int) bool {
	for i, o := range t.study.Outcomes {
		if i != k && o.Role == t.study.Outcomes[k].Role {
			return false
		}
	}
	return true
}

// announcedAs returns the outcome of the study that a mention of a concept stands for, or -1: one of the same concept,
// of the same instrument, or one whose concept is narrower or wider when it is the only such one.
func (t *telling) announcedAs(r *reading, concept, mentioned, text string) int {
	words := contentWords(text)
	best, score := -1, 0.0
	for i, o := range t.study.Outcomes {
		s := 0.0
		switch {
		case o.Concept != "" && o.Concept == concept:
			s = 2
		case o.Instrument != "" && o.Instrument == mentioned && r.measuredBy(mentioned) == o.Concept:
			s = 1.8
		case o.Concept != "" && strings.HasPrefix(strings.ToLower(o.Text), "change") && r.vocab.IsA(o.Concept, concept):
			s = 1.5
		}
		if s > 0 {
			s += likeness(words, contentWords(o.Text)) / 2
		} else if o.Concept == "" && likeness(words, contentWords(o.Text)) == 1 && len(words) > 1 {
			s = 1
		}
		if s > score {
			best, score = i, s
		}
	}
	return best
}

// widened adds to the mention of an outcome the words of its own phrase around it: "Brief Pain Inventory" becomes
// "Brief Pain Inventory total score", "days" of "number of days".
func (r *reading) widened(m, within document.Span) document.Span {
	text := r.doc.Text
	for {
		rest := text[m.End:within.End]
		w := strings.TrimLeft(rest, " ")
		n := strings.IndexAny(w, " ,.;:()[]")
		if n < 0 {
			n = len(w)
		}
		if n == 0 || len(rest)-len(w) != 1 || !measureNoun[strings.ToLower(w[:n])] {
			return m
		}
		m.End += len(rest) - len(w) + n
	}
}

// withCount adds to the name of an outcome what says in front of it how it was counted: "incidence of sore throat".
func (r *reading) withCount(m, within document.Span) document.Span {
	if at := countsWhat.FindStringIndex(r.doc.Text[within.Start:m.Start]); at != nil {
		m.Start = within.Start + at[0]
	}
	return m
}

// countsWhat ends with what counts or grades the name that follows.
var countsWhat = rules.New(`(?i)\b(?:number|rates?|incidence|severity|frequency|prevalence|duration) of (?:the )?$`)

// changed returns what a change is of where a concept is named as a change and the phrase goes on: "reductions in pain"
// of "reductions in pain severity" is no relief, but a fall of its severity. The concept is empty for every other phrase.
func (r *reading) changed(m, whole document.Span) (document.Span, string) {
	ws := r.words(whole)
	if whole.End == m.End || len(ws) < 3 || !changeNouns[ws[0].lower] || ws[1].lower != "in" && ws[1].lower != "of" {
		return whole, ""
	}
	rest := document.Span{Start: ws[2].Start, End: whole.End}
	for _, id := range r.named(r.doc.At(rest)) {
		if r.typed(id, outcomeTypes) {
			return rest, id
		}
	}
	return whole, ""
}

// longestOccurrence is more than occurrenceOf can match, in bytes.
const longestOccurrence = 80

// occurrenceOf is what stands before a condition that is counted: "Rates of".
var occurrenceOf = rules.New(`(?i)(?:^|\s)(?:rates?|prevalence|incidence|frequency|occurrence|proportions?|shares?) of (?:the |any |comorbid |co-occurring |new |incident )?$`)

// measureNoun are the nouns that follow the name of what was measured.
var measureNoun = wordSet(`score scores scale subscale total index level levels rate rates count counts value values ratio
	percentage proportion concentration concentrations intensity severity interference symptoms symptom frequency subscore summary
	component questionnaire inventory composite outcome outcomes`)
