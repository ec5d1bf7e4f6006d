package queries

import (
	"slices"
	"strings"

	"github.com/picograph/picograph/graph"
	"github.com/picograph/picograph/graph/evidence"
	"github.com/picograph/picograph/graph/lazyregexp"
	"github.com/picograph/picograph/graph/vocab"
)

// meaning is what a name in a query stands for: concepts with their narrower ones, and, where no concept covers the
// name, its words.
type meaning struct {
	text   string
	direct []string        // the concepts named
	all    map[string]bool // with their narrower ones
	words  []string        // content of the text, for things that have no concept
	akin   map[string]bool // outcomes related to those named: they count, labelled
	called map[string]bool // outcomes without a concept that are called by a part of one of its names
	loose  bool            // no concept named is an outcome: what has the words counts, whatever its concept
	known  bool            // a concept or a name of the graph
	how    string          // for --explain
}

// suffixes make an outcome of what people have: "pain" is measured as a pain outcome, "depression" as symptoms.
var suffixes = []string{"(outcome)", "outcome", "related outcome", "outcomes", "use outcomes", "symptoms", "severity", "intensity", "score", "related outcomes"}

// typesOf are the types of concept that a field's names may be of, the likeliest first.
var typesOf = map[string][]string{
	"intervention": {vocab.TypeIntervention, vocab.TypeDrug, vocab.TypeDrugClass, vocab.TypeComparator},
	"comparator":   {vocab.TypeComparator, vocab.TypeIntervention, vocab.TypeDrug, vocab.TypeDrugClass},
	"component":    {vocab.TypeIntervention, vocab.TypeDrug, vocab.TypeDrugClass},
	"outcome":      {vocab.TypeOutcome, vocab.TypeInstrument, vocab.TypeCharacteristic},
	"condition":    {vocab.TypeCondition, vocab.TypePopulation},
	"population":   {vocab.TypePopulation, vocab.TypeCondition, vocab.TypeCharacteristic},
	"modifier":     {vocab.TypeCondition, vocab.TypePopulation, vocab.TypeOutcome},
	"exposure":     {},
	"setting":      {vocab.TypeSetting},
	"design":       {vocab.TypeDesign},
}

// meaning resolves a name in a field; exactly leaves narrower concepts out.
func (l *lexicon) meaning(field, text string, exactly bool) *meaning {
	m := &meaning{text: text, all: map[string]bool{}, words: content(text)}
	ids := l.vocab.Named(text, typesOf[field]...)
	if len(ids) == 0 || field == "exposure" {
		ids = l.vocab.Named(text)
	}
	if c, ok := l.vocab.Concept(text); ok {
		ids = []string{c.ID}
	}
	ids = l.prefer(ids)
	if field == "outcome" {
		ids = l.outcomesOf(ids, text)
		m.called = l.calledPartly(ids)
		m.loose = len(ids) > 0 && !slices.ContainsFunc(ids, l.measurable)
		if c, ok := l.vocab.Concept(strings.Join(ids, " ")); ok && m.loose {
			m.words = content(c.Label) // "opiates" are called opioids in outcomes
		}
	}
	if c, ok := l.vocab.Concept(strings.Join(ids, " ")); ok && text == strings.ToUpper(text) {
		m.words = content(c.Label) // the letters of "CBT-I" are no words
	}
	m.direct = ids
	for _, id := range ids {
		if exactly {
			m.all[id] = true
			continue
		}
		for _, n := range l.vocab.Narrower(id) {
			m.all[n] = true
		}
	}
	if field == "outcome" && !exactly {
		m.akin = l.akin(ids)
	}
	m.known = len(ids) > 0
	switch {
	case m.known:
		m.how = "concept with narrower ones"
	case len(l.named[key(text)]) > 0:
		m.known, m.how = true, "name in the graph"
		for _, n := range l.named[key(text)] {
			if n.kind == armName && field != "outcome" {
				l.armMeaning(m, n)
			}
			if n.id != "" && (n.kind == outcomeName || n.kind == instrumentName) && field == "outcome" {
				m.all[n.id] = true
				m.direct = appendNew(m.direct, n.id)
			}
		}
	case len(l.textsMatching(field, m.words)) > 0:
		m.known, m.how = true, "by the words of what the documents print"
	}
	return m
}

// calledPartly returns the outcomes that no concept covers and whose words are part of a name of one of some concepts, with
// what that name is about: "complete abstinence", of "complete abstinence from smoking". What names a drug or a condition says only what
// an outcome is about: "opioids" are neither a dose of opioids nor craving for them.
func (l *lexicon) calledPartly(ids []string) map[string]bool {
	out := map[string]bool{}
	forms := l.longForms(ids)
	for _, words := range forms {
		for _, w := range words {
			for _, i := range l.textsBy[w] {
				if n := l.texts[i]; n.kind == outcomeName && n.id == "" && partly(n.content, forms) && len(l.vocab.Named(n.text)) == 0 {
					out[n.text] = true
				}
			}
		}
	}
	return out
}

// longForms returns the words of the names of some outcomes that are of several words.
func (l *lexicon) longForms(ids []string) (out [][]string) {
	for _, id := range ids {
		c, ok := l.vocab.Concept(id)
		if !ok || c.Type != vocab.TypeOutcome {
			continue
		}
		for _, f := range c.Forms {
			if words := content(f.Text); len(words) > 1 && !f.Abbreviation {
				out = append(out, words)
			}
		}
	}
	return out
}

// partly reports whether words that say something are part of one of some names.
func partly(words []string, forms [][]string) bool {
	if len(words) == 0 || len(words) == 1 && len(words[0]) <= 5 {
		return false
	}
	return slices.ContainsFunc(forms, func(f []string) bool { return containsAll(f, words) })
}

// measurable reports whether a concept is of what can be measured, rather than of a thing that outcomes are about, such as a
// drug.
func (l *lexicon) measurable(id string) bool {
	c, ok := l.vocab.Concept(id)
	return ok && c.Type != vocab.TypeDrug && c.Type != vocab.TypeDrugClass && c.Type != vocab.TypeIntervention
}

// prefer keeps, of the several concepts that a form can mean, those that the graph uses, if it uses any.
func (l *lexicon) prefer(ids []string) []string {
	if len(ids) < 2 {
		return ids
	}
	var used []string
	for _, id := range ids {
		if l.used[id] {
			used = append(used, id)
		}
	}
	if len(used) > 0 {
		return used
	}
	return ids
}

// saysMore reports whether a text names a concept, or what is narrower, and has more words than the name.
func (l *lexicon) saysMore(text, id string) bool {
	return slices.ContainsFunc(l.vocab.Mentions(text, 0), func(n vocab.Mention) bool {
		return slices.ContainsFunc(n.Concepts, func(c string) bool { return l.vocab.IsA(c, id) }) && len(content(text[n.Start:n.End])) < len(content(text))
	})
}

// armMeaning adds what an arm of that name was given, so that other reports of it are found too. A name that says more than what was given
// is of that arm alone: "taper support" is not all tapering.
func (l *lexicon) armMeaning(m *meaning, n name) {
	st := l.byID[n.study]
	if st == nil {
		return
	}
	for _, t := range st.Tellings {
		for _, a := range t.Study.Arms {
			if armLabel(a) == n.text && len(a.Interventions) == 1 {
				if _, ok := l.vocab.Concept(a.Interventions[0]); ok && !l.saysMore(m.text, a.Interventions[0]) {
					m.all[a.Interventions[0]] = true
					m.direct = appendNew(m.direct, a.Interventions[0])
				}
			}
		}
	}
}

// outcomesOf turns concepts into those of the outcomes that measure them. "Change in X" is asked for as X: findings
// say by their kind whether they are changes.
func (l *lexicon) outcomesOf(ids []string, text string) []string {
	var out []string
	for _, id := range ids {
		c, ok := l.vocab.Concept(id)
		if !ok {
			continue
		}
		switch c.Type {
		case vocab.TypeOutcome:
			if strings.HasPrefix(c.Label, "Change in ") && len(c.Broader) > 0 {
				out = appendNew(out, c.Broader[0])
			} else {
				out = appendNew(out, id)
			}
		case vocab.TypeInstrument:
			out = appendNew(out, id)
			if whole := l.instrumentOutcome(c); whole != "" {
				out = appendNew(out, whole)
			}
		default:
			out = appendNew(out, id)
			for _, o := range l.vocab.Concepts() {
				if o.Type == vocab.TypeOutcome && slices.Contains(o.Related, id) && len(l.vocab.Named(text, vocab.TypeOutcome)) == 0 {
					out = appendNew(out, o.ID)
				}
			}
		}
	}
	isOutcome := func(id string) bool { c, ok := l.vocab.Concept(id); return ok && c.Type == vocab.TypeOutcome }
	if !slices.ContainsFunc(out, isOutcome) {
		for _, s := range suffixes {
			for _, id := range l.vocab.Named(text+" "+s, vocab.TypeOutcome) {
				out = appendNew(out, id)
			}
		}
		for _, id := range l.vocab.Named("prevalence of "+text, vocab.TypeOutcome) {
			out = appendNew(out, id)
		}
	}
	if !slices.ContainsFunc(out, isOutcome) {
		for _, id := range slices.Clone(out) { // chronic widespread pain is measured as pain
			for _, b := range l.vocab.Broader(id) {
				c, ok := l.vocab.Concept(b)
				if !ok || c.Type != vocab.TypeCondition {
					continue
				}
				for _, rel := range c.Related {
					if isOutcome(rel) {
						out = appendNew(out, rel)
					}
				}
			}
		}
	}
	return out
}

// akin returns the outcomes that the vocabulary relates to some outcomes and does not set apart from them: "opioid use"
// and "days using opioids".
func (l *lexicon) akin(ids []string) map[string]bool {
	out := map[string]bool{}
	for _, id := range ids {
		c, ok := l.vocab.Concept(id)
		if !ok || c.Type != vocab.TypeOutcome {
			continue
		}
		for _, rel := range c.Related {
			if o, ok := l.vocab.Concept(rel); ok && o.Type == vocab.TypeOutcome && !slices.Contains(c.NotSameAs, rel) {
				for _, n := range l.vocab.Narrower(rel) {
					out[n] = true
				}
			}
		}
	}
	return out
}

// instrumentOutcome returns the one outcome that an instrument as a whole measures, or "".
func (l *lexicon) instrumentOutcome(c *vocab.Concept) string {
	found := ""
	for _, id := range c.Related {
		if o, ok := l.vocab.Concept(id); ok && o.Type == vocab.TypeOutcome {
			if found != "" {
				return ""
			}
			found = id
		}
	}
	return found
}

// fieldKinds are the kinds of name that a field's text may match by its words.
var fieldKinds = map[string][]nameType{
	"intervention": {armName}, "comparator": {armName}, "component": {armName},
	"outcome": {outcomeName, instrumentName}, "population": {populationName}, "condition": {populationName},
}

func (l *lexicon) textsMatching(field string, words []string) []name {
	var out []name
	for _, i := range l.textsOf(words) {
		if n := l.texts[i]; slices.Contains(fieldKinds[field], n.kind) {
			out = append(out, n)
		}
	}
	return out
}

// fits reports whether a concept or, where there is none, a text is what the meaning names.
func (m *meaning) fits(concept, text string) bool {
	if concept != "" && m.all[concept] {
		return true
	}
	if len(m.direct) > 0 && concept != "" && !m.loose {
		return false
	}
	return containsAll(content(text), m.words)
}

// armHas reports whether an arm was given what the meaning names, and says how when that is not plain.
func (l *lexicon) armHas(a *evidence.Arm, m *meaning) (bool, string) {
	for _, i := range a.Interventions {
		if m.all[i] {
			if !slices.Contains(m.direct, i) {
				return true, armLabel(*a) + " is a kind of " + l.label(m)
			}
			return true, ""
		}
	}
	for _, form := range slices.Concat([]string{a.Label, a.Abbreviation}, a.Aliases) {
		if form != "" && key(form) == key(m.text) {
			return true, ""
		}
	}
	for _, c := range a.Components {
		if m.all[c] {
			return true, armLabel(*a) + " contains " + l.label(m)
		}
	}
	for _, i := range a.Interventions {
		for _, p := range l.directParts(i) {
			if m.all[p] {
				return true, armLabel(*a) + " contains " + l.label(m)
			}
		}
	}
	if (len(m.direct) == 0 || !l.hasConcepts(a)) && len(m.words) > 0 {
		given := assigned(a.Description)
		if a.Role == evidence.Placebo || a.Role == evidence.Sham {
			given = "" // "200 mg of A placebo" is no A
		}
		for _, form := range slices.Concat([]string{a.Label, given}, a.Aliases, a.Interventions, a.Components) {
			if containsAll(content(active(form, m)), m.words) {
				return true, ""
			}
		}
	}
	return false, ""
}

// inactive is what an arm was given in place of something: a placebo patch is no patch.
var inactive = lazyregexp.New(`(?i)\b(?:placebo|sham|dummy)[ -]\w+`)

// active returns a text of an arm without what it was given in place of something, unless that is what is meant.
func active(form string, m *meaning) string {
	if inactive.MatchString(m.text) || slices.ContainsFunc([]string{"placebo", "sham", "dummy"}, func(w string) bool { return slices.Contains(m.words, stem(w)) }) {
		return form
	}
	return inactive.ReplaceAllString(form, "")
}

// crossing begins what an arm's description says of people who left what they were assigned, or of what they did not get.
var crossing = lazyregexp.New(`(?i)\b(?:(?:cross(?:ed|ing)?[- ]?over|switch(?:ed|ing)?) to|without)\b`)

// assigned returns what an arm's description says of what it was assigned: what its people could cross over to is what
// the other arm had.
func assigned(description string) string {
	if at := crossing.FindStringIndex(description); at != nil {
		return description[:at[0]]
	}
	return description
}

// hasConcepts reports whether the vocabulary knows what an arm was given.
func (l *lexicon) hasConcepts(a *evidence.Arm) bool {
	return slices.ContainsFunc(slices.Concat(a.Interventions, a.Components), func(i string) bool { _, ok := l.vocab.Concept(i); return ok })
}

// directParts returns the vocabulary's components of one package, not those of what it is a kind of.
func (l *lexicon) directParts(id string) []string {
	if _, ok := l.vocab.Concept(id); !ok {
		return nil
	}
	return l.vocab.Parts(id)
}

// label returns what a meaning is called: its first concept's label, else its text.
func (l *lexicon) label(m *meaning) string {
	if len(m.direct) > 0 {
		if c, ok := l.vocab.Concept(m.direct[0]); ok {
			return lowerFirst(c.Label)
		}
	}
	return m.text
}

// lowerFirst writes the first letter small, unless the word is an abbreviation.
func lowerFirst(s string) string {
	if len(s) < 2 || s[1] < 'a' || s[1] > 'z' {
		return s
	}
	if _, next, ok := strings.Cut(s, " "); ok && next != "" && next[0] >= 'A' && next[0] <= 'Z' {
		return s // a name: Brief Pain Inventory
	}
	return strings.ToLower(s[:1]) + s[1:]
}

// studyNamed returns the studies that a name is of.
func (l *lexicon) studyNamed(text string) []*graph.Study {
	var out []*graph.Study
	for _, st := range l.studies {
		if key(studyLabel(st)) == key(text) || st.ID == text {
			out = append(out, st)
		}
	}
	if len(out) > 0 {
		return out
	}
	for _, n := range l.find(text) {
		switch n.kind {
		case studyName:
			if st := l.byID[n.id]; st != nil && !slices.Contains(out, st) {
				out = append(out, st)
			}
		case reportName, documentName:
			for _, st := range l.studies {
				for _, t := range st.Tellings {
					if t.DocumentID == n.id && !t.Study.SecondHand && !slices.Contains(out, st) {
						out = append(out, st)
					}
				}
			}
		}
	}
	return out
}

// canonical returns the name by which a query writes what a text stands for in a field, so that the same question in
// other words is the same query: a concept's label, or its abbreviation where the label is long; the text
// itself where no single concept, or no name that leads back to it, is meant.
func (l *lexicon) canonical(field, text string) string {
	if typesOf[field] == nil || field == "outcome" && l.plainOutcome(text) {
		return text
	}
	m := l.meaning(field, text, false)
	if len(m.direct) != 1 {
		return text
	}
	c, ok := l.vocab.Concept(m.direct[0])
	if !ok || !slices.Contains(typesOf[field], c.Type) {
		return text
	}
	forms := []string{lowerFirst(c.Label)}
	if len(c.Label) > 40 {
		for _, f := range c.Forms {
			if f.Abbreviation && !f.Ambiguous {
				forms = append([]string{f.Text}, forms...)
				break
			}
		}
	}
	for _, f := range forms {
		if back := l.meaning(field, f, false); len(back.direct) == 1 && back.direct[0] == m.direct[0] {
			return f
		}
	}
	return text
}

// plainOutcome reports whether a document calls an outcome by a text, and nothing told that it is the one that the vocabulary calls so.
func (l *lexicon) plainOutcome(text string) bool {
	return slices.ContainsFunc(l.named[key(text)], func(n name) bool { return n.kind == outcomeName && n.id == "" && key(n.text) == key(text) })
}

// canonicals returns the canonical names of several texts, each once.
func (l *lexicon) canonicals(field string, texts []string) []string {
	var out []string
	for _, t := range texts {
		out = appendNew(out, l.canonical(field, t))
	}
	return out
}
