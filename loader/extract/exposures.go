package extract

import (
	"slices"
	"strings"

	"github.com/picograph/picograph/graph/evidence"
	"github.com/picograph/picograph/loader/annotate"
	"github.com/picograph/picograph/loader/document"
)

// A study that assigns nobody tells of an outcome beside what people had, were given or were like. What they had is the
// exposure; the outcome may stand before the verb with a list of exposures behind it, each with its own estimate.

// setsArms reports whether the study sets arms against each other, so that the estimates of a clause can be of two of them.
// Where no design is told and one treatment alone is named, it is what people happened to have, and a ratio is of those who
// had it, unless the clause itself speaks of groups.
func (f *finder) setsArms(c *clause, items []annotate.Item) bool {
	k := f.t.study.Design.Kind
	if len(f.t.study.Arms) < 2 && f.goesAlong(c) && !f.comparesIn(c.sentence) && slices.ContainsFunc(items, func(it annotate.Item) bool { return ratios[it.Estimate.Measure] }) {
		return false
	}
	if !f.assigns() || k != "" && k != evidence.KindSecondaryAnalysis || len(f.t.study.Arms) > 1 {
		return f.assigns()
	}
	return !slices.ContainsFunc(items, func(it annotate.Item) bool { return ratios[it.Estimate.Measure] }) ||
		slices.ContainsFunc(c.words, func(w word) bool { return asGroups[w.lower] || w.lower == "placebo" || w.lower == "control" })
}

// ratios are the measures in which studies without arms tell how much more often something happened.
var ratios = setOf("HR", "OR", "RR", "IRR", "rate ratio", "PR")

// exposed is an outcome and what it goes along with.
type exposed struct {
	outcome  evidence.OutcomeRef
	exposure string
}

// comparatives tell that an outcome is more or less with what the clause goes on to name.
var comparatives = setOf("higher", "greater", "increased", "elevated", "raised", "lower", "reduced", "decreased", "highest", "lowest", "greatest")

// exposureOpeners stand before what an outcome goes along with.
var exposureOpeners = setOf("for", "with", "among", "in", "at", "during", "by")

// exposedEach returns what each of some estimates is of where a clause names the outcome before its verb and lists behind
// it what it goes along with: "The risk of falls was higher for women (HR 1.3), smokers (HR 1.2) and ...", "Predictors of
// falls were age (HR 1.3) and ...". It is nil for every other clause.
func (f *finder) exposedEach(c *clause, groups [][]annotate.Item) []exposed {
	if len(groups) == 0 {
		return nil
	}
	ws := c.plain()
	verb := slices.IndexFunc(ws, func(w word) bool { return w.depth == 0 && finiteVerbs[w.lower] })
	if verb < 1 || ws[verb].Start > groups[0][0].Start || !auxiliaries[ws[verb].lower] {
		return nil
	}
	outcome, ok := f.outcomeBefore(c, ws, verb)
	if !ok {
		return nil
	}
	from := f.listStart(ws, verb)
	if from < 0 {
		return nil
	}
	var out []exposed
	at, head := ws[from].Start, ""
	for k, g := range groups {
		var next string
		item := f.listedBefore(c, at, g[0].Start)
		if item == nil {
			return nil
		}
		if slices.ContainsFunc(item, func(w word) bool {
			return w.lower == "compared" || w.lower == "than" || w.lower == "versus" || w.lower == "vs"
		}) {
			return nil // two things are set side by side
		}
		if next, head = f.exposureIn(item, head, k > 0); next == "" {
			return nil
		}
		out = append(out, exposed{outcome, next})
		at = g[len(g)-1].End
	}
	f.unitBehind(c, at, out)
	return out
}

// factorsAhead announce a list of what goes along with an outcome: "revealed factors associated with falls: ".
var factorsAhead = rules.New(`(?i)\b(?:(?:risk |prognostic )?factors|predictors|determinants|correlates|characteristics) (?:independently |significantly )?(?:(?:associated|correlated) with|of|for|predicting) ([^:;()]{3,80}?)(?: (?:were|included|as follows))?: `)

// factorsListed returns what each of some estimates is of where a sentence lists, behind a colon, what goes along with an outcome:
// "factors associated with falls: (i) age [HR = 1.6], (ii) a lower dose (HR = 3.1)"; nil for every other clause.
func (f *finder) factorsListed(c *clause, groups [][]annotate.Item) []exposed {
	s := f.r.doc.Sentences[c.sentence].Span
	m := f.r.rule(s, factorsAhead).FindStringSubmatchIndex(f.r.doc.At(s))
	if m == nil || len(groups) == 0 || groups[0][0].Start < s.Start+m[1] {
		return nil
	}
	outcome := f.resolve(document.Span{Start: s.Start + m[2], End: s.Start + m[3]})
	var out []exposed
	at := max(c.Start, s.Start+m[1])
	for _, g := range groups {
		x, _ := f.exposureIn(f.listedBefore(c, at, g[0].Start), "", false)
		if x == "" {
			return nil
		}
		out = append(out, exposed{outcome, x})
		at = g[len(g)-1].End
	}
	return out
}

// oppositeRatios returns what each of some ratios is of where a clause sets two groups against each other and prints beside each
// its own: "the association was alike for A (RR 0.47) vs B (RR 0.34)". Each ratio is of its group against others, whom the sentence
// does not name, and none compares the two. It is nil for every other clause.
func (f *finder) oppositeRatios(c *clause, groups [][]annotate.Item) []exposed {
	if len(groups) != 2 {
		return nil
	}
	outcomes := f.outcomesOf(c)
	if len(outcomes) == 0 {
		return nil
	}
	outcome := outcomes[0]
	if linkNouns[strings.ToLower(outcome.Text)] && f.last != nil && len(f.last.about) > 0 {
		outcome = f.last.about[0]
	}
	var out []exposed
	at := c.Start
	for k, g := range groups {
		if !ratios[g[0].Estimate.Measure] || g[0].Estimate.Measure != groups[0][0].Estimate.Measure || !inBrackets(c.words, g[0].Span) {
			return nil
		}
		var arms []armMention
		for _, a := range c.arms {
			if a.Start >= at && a.End <= g[0].Start {
				arms = append(arms, a)
			}
		}
		against := slices.ContainsFunc(c.words, func(w word) bool { return w.Start >= at && w.End <= g[0].Start && againstWords[w.lower] })
		if len(arms) != 1 || against != (k > 0) || strings.Trim(f.r.doc.At(document.Span{Start: arms[0].End, End: g[0].Start}), " ([") != "" {
			return nil
		}
		out = append(out, exposed{outcome, f.r.doc.At(arms[0].Span)})
		at = g[len(g)-1].End
	}
	return out
}

// ofTo is what says, before a ratio, which group's risk is divided by which: "unadjusted out-to-in rate ratio".
var ofTo = rules.New(`(?i)\b(\p{L}+)-to-(\p{L}+) (?:(?:incidence |mortality )?(?:rate|risk|hazards?|odds) )?(?:ratio )?[\[(]?$`)

// linkNouns are words for a link that stand for the outcome told before.
var linkNouns = setOf("association", "associations", "relationship", "relationships", "relation", "link")

// outcomeBefore returns the outcome that a clause names before its verb.
func (f *finder) outcomeBefore(c *clause, ws []word, verb int) (evidence.OutcomeRef, bool) {
	subject := ws[:verb]
	if i := slices.IndexFunc(subject, predicts); i >= 0 {
		s, ok := afterPreposition(subject[i+1:])
		for _, m := range c.outcomes { // "risk factors for reaching the primary outcome"
			if ok && m.outcome >= 0 && s.Contains(m.Span) && strings.Contains(strings.ToLower(f.r.doc.At(m.Span)), "outcome") {
				return f.announcedFor(m), true
			}
		}
		if ok {
			return f.resolve(s), true
		}
		return evidence.OutcomeRef{}, false
	}
	var in []outcomeMention
	for _, m := range c.outcomes {
		if m.Start >= ws[0].Start && m.End <= ws[verb].Start && !inBrackets(c.words, m.Span) {
			in = append(in, m)
		}
	}
	if len(in) == 0 {
		return evidence.OutcomeRef{}, false
	}
	last := in[len(in)-1]
	if n := len(in); n > 1 && f.r.doc.Text[in[n-2].End:last.Start] == " or " { // one outcome of two events
		return f.resolve(document.Span{Start: in[n-2].Start, End: last.End}), true
	}
	return f.announcedFor(last), true
}

// likelihoodOf stands before an outcome that people were likely to have.
var likelihoodOf = rules.New(`(?i)^(?:the |a )?(?:likelihood|probability|odds|chances?|risk) of (?:having |achieving )?(?:an? |the )?`)

// predictedBy tells of an outcome what predicted it where a clause has the outcome for its subject: "relapse was not predicted by age or by sex".
func (f *finder) predictedBy(c *clause) bool {
	ws := c.plain()
	by := slices.IndexFunc(ws, func(w word) bool { return w.depth == 0 && w.lower == "by" })
	if by < 2 || !strings.HasPrefix(ws[by-1].lower, "predict") || by+1 == len(ws) {
		return false
	}
	verb := by - 2
	for verb > 0 && (ws[verb].lower == "not" || strings.HasSuffix(ws[verb].lower, "ly")) {
		verb--
	}
	from := verb
	for from > 0 && ws[from-1].lower != "," {
		from--
	}
	if !auxiliaries[ws[verb].lower] || from == verb {
		return false
	}
	end := verb
	if i := slices.IndexFunc(ws[from:verb], func(w word) bool { return finiteVerbs[w.lower] }); i >= 0 { // "costs varied and were predicted by age"
		end = from + i
	}
	if end == from {
		return false
	}
	s := document.Span{Start: ws[from].Start, End: ws[end-1].End}
	s.Start += len(likelihoodOf.FindString(f.r.doc.At(s)))
	outcome := f.resolve(s)
	if outcome.Concept == "" {
		outcome.Concept = f.r.outcomeConcept(s, s)
	}
	list := cutBefore(f.r.doc.Text, document.Span{Start: ws[by+1].Start, End: c.End}, listedEnd)
	for _, x := range split(f.r.doc.Text, list, listJoint) {
		e := f.base(c, evidence.Association, outcome)
		e.Timepoint, e.Exposure = c.time, strings.TrimPrefix(strings.TrimRight(f.r.doc.At(x), " ."), "by ")
		f.judge(&e, c)
		if e.Direction = evidence.NotStated; f.negated(c, ws[by-1].Span) {
			e.Direction = evidence.NoDifference
		}
		f.add(e, nil)
	}
	return true
}

// listedEnd is where a list of what predicts an outcome ends.
var listedEnd = rules.New(`[.;]\s|[.;]$|\x00`)

// predicts reports whether a word calls what the clause lists a cause or a sign of its outcome.
func predicts(w word) bool {
	return strings.HasPrefix(w.lower, "predictor") || strings.HasPrefix(w.lower, "determinant") || w.lower == "factor" || w.lower == "factors"
}

// listStart returns where what an outcome goes along with begins behind the verb: behind "higher for", or at once where the
// subject is of predictors; -1 where the clause tells something else.
func (f *finder) listStart(ws []word, verb int) int {
	if slices.ContainsFunc(ws[:verb], predicts) {
		if verb+1 < len(ws) {
			return verb + 1
		}
		return -1
	}
	for i := verb + 1; i < len(ws) && i < verb+4; i++ {
		if comparatives[ws[i].lower] && i+2 < len(ws) && exposureOpeners[ws[i+1].lower] {
			return i + 1
		}
	}
	return -1
}

// listedBefore returns the words of the item of a list that stands before an estimate in brackets.
func (f *finder) listedBefore(c *clause, from, to int) []word {
	var out []word
	for _, w := range clauseWords(c.words, document.Span{Start: from, End: to}) {
		if w.depth == 0 && w.lower != "(" && w.lower != "[" && w.lower != ")" && w.lower != "]" {
			out = append(out, w)
		}
	}
	for i := len(out) - 1; i > 0; i-- { // "MME; for those ..." begins behind the unit that ends the list before it
		if out[i].lower == ";" {
			out = out[i+1:]
			break
		}
	}
	for len(out) > 0 && (joint(out[0].lower) || out[0].lower == "," || out[0].lower == ";") {
		out = out[1:]
	}
	return out
}

// exposureIn returns what an item of a list names, and the words that the numbers behind it share: in "doses of 90 mg (HR
// 2), 50 mg (HR 1.5)" both numbers are doses.
func (f *finder) exposureIn(item []word, head string, goesOn bool) (exposure, shared string) {
	opened := false
	for len(item) > 0 && (exposureOpeners[item[0].lower] || determiners[item[0].lower] && item[0].lower != "those" && len(item) > 1) {
		opened = opened || exposureOpeners[item[0].lower]
		item = item[1:]
	}
	if len(item) == 0 || len(item) > 14 || slices.ContainsFunc(item, func(w word) bool { return w.lower == "," || w.lower == ":" }) {
		return "", ""
	}
	text := f.r.doc.Text[item[0].Start:item[len(item)-1].End]
	number := slices.IndexFunc(item, func(w word) bool { return digitStart(w.lower) || strings.Contains("≥≤<>=", w.lower) })
	if number == 0 && goesOn && !opened && head != "" {
		return head + " " + text, head
	}
	if number > 0 {
		return text, f.r.doc.Text[item[0].Start:item[number-1].End]
	}
	return text, ""
}

// bandUnits are units that a list of bands may print once, behind the last of them.
var bandUnits = setOf("mme", "med", "medd", "mg", "mcg", "g", "ml", "years", "months", "weeks", "days", "hours", "kg/m2")

// unitBehind gives the bands of a list the unit that is printed behind the last of them: "90-149 (HR 1.5) MME".
func (f *finder) unitBehind(c *clause, at int, list []exposed) {
	for _, w := range clauseWords(c.words, document.Span{Start: at, End: c.End}) {
		if w.lower == ")" || w.lower == "]" {
			continue
		}
		if !bandUnits[w.lower] {
			return
		}
		for i := range list {
			if e := list[i].exposure; e[len(e)-1] >= '0' && e[len(e)-1] <= '9' {
				list[i].exposure += " " + f.r.doc.At(w.Span)
			}
		}
		return
	}
}

// along returns what an association is with, where its clause says it or goes on with what the clause before it in the
// same sentence said: "Smoking was associated with falls (HR 1.4), and with pain (HR 1.3)". What is a part of the outcome's
// own name is none.
func (f *finder) along(c *clause, group []annotate.Item, outcome evidence.OutcomeRef) string {
	x := f.exposure(c)
	if m := ofTo.FindStringSubmatch(f.r.doc.At(document.Span{Start: c.Start, End: max(c.Start, group[0].Start)})); m != nil {
		return m[1] + " against " + m[2]
	}
	if x == "" && f.goesAlong(c) && !slices.ContainsFunc(c.words, func(w word) bool { return finiteVerbs[w.lower] }) && len(f.found) > 0 {
		if last := f.found[len(f.found)-1]; last.Kind == evidence.Association && f.tellsOf(last, c) {
			x = last.Exposure
		}
	}
	if strings.Contains(outcome.Text, x) {
		return ""
	}
	return x
}

// duringTreatment is the end of an outcome's name that says under what it was counted: "mortality during methadone treatment".
var duringTreatment = rules.New(`(?i) during ([^,;()]+)$`)

// during takes a treatment off the name of an outcome that was counted during it, and returns it.
func (f *finder) during(outcome *evidence.OutcomeRef) string {
	m := duringTreatment.FindStringSubmatch(outcome.Text)
	if m == nil {
		return ""
	}
	if found := f.r.named(m[1]); len(found) == 0 || !f.r.typed(found[0], treatmentTypes) {
		return ""
	}
	outcome.Text = strings.TrimSuffix(outcome.Text, m[0])
	if long, ok := f.r.long(m[1]); ok {
		return long
	}
	return m[1]
}
