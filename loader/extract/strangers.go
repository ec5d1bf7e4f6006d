package extract

import (
	"slices"
	"strings"
	"unicode"

	"github.com/picograph/picograph/graph/evidence"
	"github.com/picograph/picograph/graph/vocab"
	"github.com/picograph/picograph/loader/document"
)

// A trial also compares others than its arms: groups of people who were given nothing, doses of one arm, arms of other studies, the
// parts of a device. Where a clause does, no arms are put in their place.

// strangers reports whether a clause compares groups that are none of the study's arms as they are known: by a label that no arm has,
// two doses of one arm, arms against a group of another name, or names none of the arms nor anything like them.
func (f *finder) strangers(c *clause, s sidesNamed) bool {
	if f.strangeLabel(c) || f.dosesOfOne(c) {
		return true
	}
	if s.compare.Len() == 0 || s.aside {
		return false
	}
	if len(s.before) == 0 && len(s.after) > 0 && f.strangeDrug(c, s) || len(s.after) == 0 && f.othersThanArms(c, s.compare) {
		return true
	}
	switch {
	case len(s.after) == 0 && !s.opens && (len(s.before) > 1 || s.together && len(s.before) == 0):
		return f.strangeGroup(c, s.compare)
	case len(s.before) > 0 || s.together || f.twoOf(c):
		return false
	case len(s.after) == 0:
		several := len(f.t.study.Arms) > 2 && !slices.ContainsFunc(c.words, func(w word) bool { return groupWord[w.lower] })
		return several || !f.likeArms(c, s.compare)
	}
	_, controls := f.byRole()
	if rest := f.others(s.after); len(rest) == 1 && slices.ContainsFunc(c.words, func(w word) bool {
		return w.depth == 0 && w.End <= s.compare.Start && f.wordOf(w, f.t.study.Arms[rest[0]].Label)
	}) {
		return false
	}
	return len(f.t.study.Arms) > 2 && slices.Equal(slices.Sorted(slices.Values(s.after)), controls) && slices.ContainsFunc(c.words, func(w word) bool {
		return w.depth == 0 && w.End <= s.compare.Start && (w.lower == "group" || w.lower == "arm")
	})
}

// strangeDrug reports whether what a clause sets against an arm is a drug that no arm is of, where the drug of each is known: "C was better than
// placebo" in a trial of A.
func (f *finder) strangeDrug(c *clause, s sidesNamed) bool {
	sentence := f.r.doc.Sentences[c.sentence].Span
	said := document.Span{Start: min(c.Start, sentence.Start), End: s.compare.Start}
	if s.opens {
		said = document.Span{Start: f.firstComma(c), End: c.End}
	}
	known := func(a evidence.Arm) bool {
		return a.Role == evidence.Placebo || slices.ContainsFunc(a.Interventions, func(id string) bool { return f.r.typed(id, []string{vocab.TypeDrug}) })
	}
	if said.Start >= said.End || slices.ContainsFunc(f.t.study.Arms, func(a evidence.Arm) bool { return !known(a) }) {
		return false
	}
	strange := false
	for _, m := range f.r.conceptsIn(said, vocab.TypeDrug) {
		if f.insideOutcome(c, m.Span) || inBrackets(f.r.words(sentence), m.Span) {
			continue
		}
		if f.ofSomeArm(m.id, f.r.doc.At(m.Span)) {
			return false
		}
		strange = true
	}
	return strange
}

// othersThanArms reports whether a clause compares with those who do not do something, where no arm is named so: "compared with non-users".
func (f *finder) othersThanArms(c *clause, compare document.Span) bool {
	for k, w := range f.r.words(document.Span{Start: compare.End, End: f.r.doc.Sentences[c.sentence].End}) {
		if k > 1 {
			return false
		}
		if strings.HasPrefix(w.lower, "non-") && strings.HasSuffix(w.lower, "ers") {
			return !slices.ContainsFunc(f.t.study.Arms, func(a evidence.Arm) bool { return strings.Contains(strings.ToLower(a.Label), "non") })
		}
	}
	return false
}

// ofSomeArm reports whether a drug is one that an arm was given, or of one kind with it, or stands in the name of an arm.
func (f *finder) ofSomeArm(id, name string) bool {
	return slices.ContainsFunc(f.t.study.Arms, func(a evidence.Arm) bool {
		return strings.Contains(strings.ToLower(a.Label), strings.ToLower(name)) || slices.ContainsFunc(a.Interventions, func(of string) bool {
			return f.r.vocab.IsA(of, id) || f.r.vocab.IsA(id, of)
		})
	})
}

// labelOfGroup matches what groups are labelled with: "A", "H1", "II", "2".
var labelOfGroup = rules.New(`^(?:[A-Z]{1,3}\d{0,2}|\d)$`)

// strangeLabel reports whether a clause speaks of a group by a label that no arm is known by.
func (f *finder) strangeLabel(c *clause) bool {
	for i, w := range c.words {
		if i == 0 || !armNouns[c.words[i-1].lower] || !labelOfGroup.MatchString(f.r.doc.At(w.Span)) {
			continue
		}
		if !slices.ContainsFunc(c.arms, func(m armMention) bool { return m.Overlaps(w.Span) || !m.every && m.Overlaps(c.words[i-1].Span) }) {
			return true
		}
	}
	return false
}

// strangeGroup reports whether what stands behind the words that compare is a group that is none of the study's arms by any of their
// names: "both A and B slept longer compared with the untreated group".
func (f *finder) strangeGroup(c *clause, compare document.Span) bool {
	if !c.Contains(compare) {
		return false
	}
	n := 0
	for _, w := range c.words {
		if w.Start < compare.End {
			continue
		}
		if n++; n > 6 || w.lower == "," || w.lower == ";" || w.lower == "(" || finiteVerbs[w.lower] || phraseStops[w.lower] {
			return false
		}
		if w.lower == "each" || w.lower == "other" || w.lower == "another" || w.lower == "two" {
			return false
		}
		if groupWord[w.lower] || w.lower == "controls" {
			return n > 1 && !slices.ContainsFunc(c.arms, func(m armMention) bool { return m.End > compare.End && m.Start <= w.End })
		}
	}
	return false
}

// controlWords and testedWords are words by which texts call their groups whatever these were given.
var (
	controlWords = setOf("control", "controls", "usual", "standard", "conventional", "routine", "untreated", "comparator", "comparison", "without", "no", "non")
	testedWords  = setOf("intervention", "experimental", "active", "treated", "treatment", "study", "trial", "both", "either", "other", "others", "another", "each", "ig", "cg", "eg")
)

// outsiderWords stand before controls that took no part in a trial.
var outsiderWords = setOf("healthy", "matched", "age-matched", "sex-matched", "gender-matched")

// outsiders reports whether a mention that looks like the control arm is of controls from outside, "healthy controls", which no arm is called.
func (f *finder) outsiders(words []word, m armMention) bool {
	i := slices.IndexFunc(words, func(w word) bool { return w.End > m.Start })
	return i > 0 && strings.HasPrefix(words[i].lower, "control") && outsiderWords[words[i-1].lower] && !slices.ContainsFunc(f.t.study.Arms, func(a evidence.Arm) bool {
		return strings.Contains(strings.ToLower(a.Label), words[i-1].lower)
	})
}

// likeArms reports whether a clause that names no arm outright compares what may be the arms all the same: it has a word or the initials
// of one, calls them by their role, speaks of the groups, or compares mere values.
func (f *finder) likeArms(c *clause, compare document.Span) bool {
	if slices.ContainsFunc(c.arms, func(m armMention) bool { return m.every || m.rest }) {
		return true
	}
	span := c.Span
	if !c.Contains(compare) {
		span = f.r.doc.Sentences[c.sentence].Span
	}
	ws := clauseWords(f.wordsAround(c, compare), span)
	if i := slices.IndexFunc(ws, func(w word) bool { return w.Start >= compare.End }); i < 0 || digitStart(ws[i].lower) || numerals[ws[i].lower] > 0 || ws[i].lower == "," {
		return true
	}
	if before, _ := f.byDose(c, compare); before != nil {
		return true
	}
	controls := slices.ContainsFunc(allArms(len(f.t.study.Arms)), f.isControl)
	for i, w := range ws {
		if i > 0 && outsiderWords[ws[i-1].lower] {
			continue
		}
		if testedWords[w.lower] || controls && controlWords[w.lower] || strings.HasPrefix(w.lower, "non-") || f.wordOfArm(w) {
			return true
		}
	}
	return false
}

// leadingDose matches the dose or the size that the name of an arm begins with.
var leadingDose = rules.New(`^\d[\d.,]*[- ]\p{L}+\b`)

// byDose returns the two sides of a comparison that names its arms by what their names begin with alone: "more with 1 cm than with 3 cm".
func (f *finder) byDose(c *clause, compare document.Span) (before, after []int) {
	if compare.Len() == 0 || len(f.t.study.Arms) != 2 {
		return nil, nil
	}
	s := c.Span
	if !c.Contains(compare) {
		s = f.r.doc.Sentences[c.sentence].Span
	}
	ahead, behind := f.r.doc.At(document.Span{Start: s.Start, End: compare.Start}), f.r.doc.At(document.Span{Start: compare.End, End: s.End})
	for i := range 2 {
		a, b := leadingDose.FindString(f.t.study.Arms[i].Label), leadingDose.FindString(f.t.study.Arms[1-i].Label)
		if a != "" && b != "" && a != b && strings.Contains(ahead, " "+a) && strings.Contains(behind, " "+b) {
			return []int{i}, []int{1 - i}
		}
	}
	return nil, nil
}

// byOwnWords returns the two sides of a comparison that names neither of two arms in full, by words that stand in the name of one of them alone:
// "lower in the late than in the early group".
func (f *finder) byOwnWords(c *clause, s sidesNamed) (before, after []int) {
	if s.compare.Len() == 0 || s.aside || len(f.t.study.Arms) != 2 || favouring.MatchString(f.r.doc.At(s.compare)) {
		return nil, nil
	}
	comma, n := f.firstComma(c), 0
	ahead, behind := -1, -1 // the arm of which the last word before the words that compare is, and the first behind them
	for _, w := range f.wordsAround(c, s.compare) {
		if w.depth > 0 || s.compare.Overlaps(w.Span) || len(w.lower) < 2 || groupNouns[w.lower] || givenNouns[w.lower] {
			continue
		}
		of := 0
		if f.wordOf(w, f.t.study.Arms[1].Label) {
			of = 1
		}
		alone := f.wordOf(w, f.t.study.Arms[1-of].Label) != f.wordOf(w, f.t.study.Arms[of].Label)
		against := w.Start >= s.compare.End && !(s.opens && w.Start > comma)
		if against {
			n++
		}
		text := f.r.doc.At(w.Span)
		switch {
		case !alone:
		case against && behind < 0 && n < 7:
			behind = of
		case !against && (s.opens || strings.ToUpper(text) == text || len(f.r.words(document.Span{Start: w.End, End: s.compare.Start})) < 7):
			ahead = of
		}
	}
	switch {
	case behind < 0 && ahead < 0 || behind == ahead:
		return nil, nil
	case behind < 0:
		behind = 1 - ahead
	}
	return []int{1 - behind}, []int{behind}
}

// wordOfArm reports whether a word is one of an arm's name, begins like one, or has its initials.
func (f *finder) wordOfArm(w word) bool {
	return slices.ContainsFunc(f.t.study.Arms, func(a evidence.Arm) bool { return f.wordOf(w, a.Label) })
}

// wordOf is wordOfArm of one arm.
func (f *finder) wordOf(w word, label string) bool {
	text := f.r.doc.At(w.Span)
	if len(text) > 1 && strings.IndexFunc(text, unicode.IsLower) < 0 && initialsIn(text, label) {
		return true
	}
	return slices.ContainsFunc(topicWords(label), func(x string) bool {
		return x == strings.TrimSuffix(w.lower, "s") || len(x) > 3 && sameStem(x, w.lower)
	})
}

// initialsIn reports whether capitals are the initials of words of a name that stand together.
func initialsIn(capitals, name string) bool {
	var initials []byte
	for w := range strings.FieldsFuncSeq(strings.ToUpper(name), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }) {
		initials = append(initials, w[0])
	}
	return strings.Contains(string(initials), capitals)
}

// dosesOfOne reports whether a clause sets one dose of an arm against another dose of the same, which the arms do not tell
// apart: "A 400 mg was better than A 200 mg".
func (f *finder) dosesOfOne(c *clause) bool {
	if c.compare.Len() == 0 || f.opensWithComparison(c) || inBrackets(c.words, c.compare) {
		return false
	}
	var before, after []string
	arm := -1
	for _, m := range c.arms {
		if inBrackets(c.words, m.Span) {
			continue
		}
		if len(m.arms) != 1 || arm >= 0 && m.arms[0] != arm {
			return false
		}
		arm = m.arms[0]
		if m.Start >= c.compare.End {
			after = append(after, f.doseBehind(c, m.Span))
		} else {
			before = append(before, f.doseBehind(c, m.Span))
		}
	}
	return len(before) == 1 && len(after) == 1 && before[0] != "" && after[0] != "" && before[0] != after[0]
}

// doseBehind returns the number that stands in or directly behind the name of an arm, or "".
func (f *finder) doseBehind(c *clause, arm document.Span) string {
	for _, w := range c.words {
		if w.End <= arm.Start || !digitStart(w.lower) {
			if w.Start > arm.End {
				return ""
			}
			continue
		}
		if w.Start > arm.End+1 {
			return ""
		}
		return w.lower
	}
	return ""
}
