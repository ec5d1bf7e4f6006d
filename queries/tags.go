package queries

import (
	"cmp"
	"slices"
	"strings"

	"github.com/picograph/picograph/graph/quantity"
	"github.com/picograph/picograph/graph/vocab"
	"github.com/picograph/picograph/queries/syntax"
)

// settingPhrases are the words whose meaning a setting tells.
var settingPhrases = []phrase{
	{useSetting, "high-dose", "high dose, high dosage, high mme, high opioid dose, high opioid dosage, high dose opioid, high dosage opioid, high dose opioid user, high dose opioid patient, high dose user, high dosage user, high dose patient, high daily dose, high dose opioid therapy, high dose long term opioid therapy, high med, large opioid dose, high morphine equivalent"},
	{useSetting, "low-dose", "low dose, low dosage, low mme, low dose opioid, low dosage opioid, low to moderate dose, low to moderate dosage, lower dose opioid, lower dosage opioid, low or moderate dose, low or moderate dosage, moderate dose, low to moderate mme"},
}

// tag is a stretch of the question's words with what it is taken for.
type tag struct {
	from, to int    // words
	phrase          // where a table has it
	names    []name // where the graph has it
	concepts []string
	measure  string
	amount   *amountTag
	reads    string // what it is read as, where that is not its text
	as       string // what it was used as, for --explain
}

// amountTag is a number with a unit, and how it is to be compared.
type amountTag struct {
	field    string // n, p or year, for a number without a unit
	variable string // what it limits, where it is no dose and no age
	relation quantity.Relation
	value    syntax.Value
	high     syntax.Value   // of a range
	others   []syntax.Value // of a list of times, after the first
	time     bool
	age      bool
}

// reader is one question being understood.
type reader struct {
	*lexicon
	settings  *Settings
	question  string
	words     []word
	tags      []tag
	group     []string     // the fields by which rows are to be put together
	corrected map[int]bool // the words that were read as others
	undenied  int          // the tag of a word that denies and has nothing to deny, -1 without
}

// tagAll divides the question into tags, from left to right, the longest first. Words that nothing knows get a tag
// without a use.
func (r *reader) tagAll() {
	mentions := r.mentions()
	for i := 0; i < len(r.words); {
		best := tag{from: i, to: i + 1}
		rank := -1
		for _, c := range r.candidates(i, mentions) {
			if k := (c.to-c.from)*10 + c.rank(); k > rank {
				best, rank = c.tag, k
			}
		}
		r.tags = append(r.tags, best)
		i = best.to
	}
	r.grouping()
}

// relationRather reports whether a word of the tables of relations only resembles a concept's form: "fall", where the
// concept is "falls".
func (r *reader) relationRather(form string, ids []string) bool {
	if p, ok := r.phrases[key(form)]; !ok || p.use != useRelation || strings.Contains(strings.TrimSpace(form), " ") {
		return false
	}
	for _, id := range ids {
		if c, ok := r.vocab.Concept(id); ok && slices.ContainsFunc(c.Forms, func(f vocab.Form) bool { return strings.EqualFold(f.Text, form) }) {
			return false
		}
	}
	return true
}

// weakName reports whether a graph's name is too common a word to be taken as a name: an author called "May".
func (r *reader) weakName(ns []name, ws []word) bool {
	if len(ws) > 1 {
		return false
	}
	w := ws[0]
	if emptyWords[w.norm] {
		return w.text != strings.ToUpper(w.text) || len(w.text) < 3
	}
	if ns[0].kind == outcomeName && strings.HasSuffix(w.text, "ed") && w.text == strings.ToLower(w.text) {
		return true // a verb: "tested"
	}
	if _, ok := r.phrases[w.norm]; !ok {
		return false
	}
	// a word of the tables is a name only when written as one: VOICE, STOP, Fortney
	return w.text == strings.ToLower(w.text)
}

func phraseOrder(p phrase, words int) int {
	switch p.use {
	case useSetting:
		return 8
	case useAttribute:
		if words > 1 {
			return 7
		}
		return 2
	case useNoun, useKind, useFrame, useDesign, useCountry:
		return 6
	case useEmpty:
		return 1
	}
	return 4
}

func nameOrder(ns []name) int {
	switch ns[0].kind {
	case studyName, citedName, reportName, documentName:
		return 9
	case armName, instrumentName:
		return 5
	}
	return 2
}

// conceptOrder ranks concepts above the tables' relations and attributes, but below nouns and frames; designs and
// statistics, which the tables know better, come after these.
func (r *reader) conceptOrder(t tag) int {
	for _, id := range t.concepts {
		if c, ok := r.vocab.Concept(id); ok {
			switch c.Type {
			case vocab.TypeDesign, vocab.TypeStatistic, vocab.TypeMethod, vocab.TypeRegistry, vocab.TypeMeasure, vocab.TypeDataSource, vocab.TypeOrganisation:
				continue
			}
			return 5
		}
	}
	return 0
}

// plainMeasures are so common as words that a question which says them means no measure by them.
var plainMeasures = map[string]bool{
	"mean": true, "median": true, "count": true, "proportion": true, "rate": true, "mean change": true, "percent change": true, "MD": true,
}

// relationWords are how a comparison is said in words, before the number and after it.
var relationWords = []struct {
	before, after string
	relation      quantity.Relation
}{
	{"> =", "", quantity.AtLeast},
	{"≥", "", quantity.AtLeast},
	{"= >", "", quantity.AtLeast},
	{"at least", "", quantity.AtLeast},
	{"not less than", "", quantity.AtLeast},
	{"minimum", "", quantity.AtLeast},
	{"> or =", "", quantity.AtLeast},
	{"at or above", "", quantity.AtLeast},
	{"at or over", "", quantity.AtLeast},
	{"greater than or equal to", "", quantity.AtLeast},
	{"at or below", "", quantity.AtMost},
	{"at or under", "", quantity.AtMost},
	{"less than or equal to", "", quantity.AtMost},
	{"from", "up", quantity.AtLeast},
	{"< =", "", quantity.AtMost},
	{"≤", "", quantity.AtMost},
	{"at most", "", quantity.AtMost},
	{"up to", "", quantity.AtMost},
	{"not more than", "", quantity.AtMost},
	{"no more than", "", quantity.AtMost},
	{">", "", quantity.Above},
	{"over", "", quantity.Above},
	{"above", "", quantity.Above},
	{"more than", "", quantity.Above},
	{"greater than", "", quantity.Above},
	{"older than", "", quantity.Above},
	{"longer than", "", quantity.Above},
	{"larger than", "", quantity.Above},
	{"shorter than", "", quantity.Below},
	{"smaller than", "", quantity.Below},
	{"exceeding", "", quantity.Above},
	{"higher than", "", quantity.Above},
	{"<", "", quantity.Below},
	{"under", "", quantity.Below},
	{"below", "", quantity.Below},
	{"less than", "", quantity.Below},
	{"lower than", "", quantity.Below},
	{"younger than", "", quantity.Below},
	{"fewer than", "", quantity.Below},
	{"", "+", quantity.AtLeast},
	{"", "or more", quantity.AtLeast},
	{"", "or greater", quantity.AtLeast},
	{"", "or higher", quantity.AtLeast},
	{"", "or above", quantity.AtLeast},
	{"", "and above", quantity.AtLeast},
	{"", "and over", quantity.AtLeast},
	{"", "or over", quantity.AtLeast},
	{"", "or older", quantity.AtLeast},
	{"", "or longer", quantity.AtLeast},
	{"", "and longer", quantity.AtLeast},
	{"", "or shorter", quantity.AtMost},
	{"", "and older", quantity.AtLeast},
	{"", "or less", quantity.AtMost},
	{"", "or lower", quantity.AtMost},
	{"", "or younger", quantity.AtMost},
	{"", "and more", quantity.AtLeast},
	{"", "plus", quantity.AtLeast},
	{"=", "", quantity.Equal},
}

// amountAt reads a number with a unit, and the words of comparison around it, from word i on: ">=90 MME", "90+ MME/day",
// "at least 65 years", "at 12 months".
func (r *reader) amountAt(i int) (tag, bool) {
	switch r.normAt(i) {
	case "aged", "age", "ages":
		t, ok := r.amountAt(i + 1)
		t.from = i
		return t, ok && t.amount.age
	}
	relation, j := r.relationAt(i, true)
	value, ok := r.numberAt(j)
	if !ok {
		if value, ok = r.numberWordAt(j); !ok {
			return tag{}, false
		}
	}
	j++
	if rel, k := r.relationAt(j, false); k > j {
		relation, j = rel, k
	}
	unit, k := r.unitAt(j)
	if k > j && unit.ID == "person-years" && k-j > 1 && strings.HasPrefix(r.normAt(j), "year") { // "2 years of follow-up" is how long it was
		if y, ok := r.vocab.Unit("years"); ok {
			unit, k = y, j+1
		}
	}
	if k == j {
		return r.plainNumber(i, j, relation, value)
	}
	j = k
	if rel, k := r.relationAt(j, false); k > j {
		relation, j = rel, k
	}
	a := &amountTag{relation: relation, value: syntax.Value{Number: value, Unit: dailyDose(unit.ID)}}
	switch unit.ID {
	case "months", "weeks", "days", "hours", "minutes", "years", "month", "week", "day", "year", "minute", "hour":
		a.time = true
	}
	if a.time {
		a.age = strings.HasPrefix(unit.ID, "year") && !r.saysDuration(i, j) && (relation != "" || r.normAt(j) == "old" || r.normAt(i-1) == "aged") ||
			(relation == quantity.Below || relation == quantity.AtMost) && countedInMonths[r.normAt(i-1)] && !r.saysDuration(i, j)
		for a.age && (r.normAt(j) == "old" || r.normAt(j) == "of" || r.normAt(j) == "age") {
			j++
		}
		if rel, k := r.relationAt(j, false); k > j {
			a.relation, j = rel, k
		}
	} else if relation == "" {
		if r.normAt(i-1) != "" && unit.ID == "%" {
			return tag{}, false
		}
		a.relation = quantity.Equal
	}
	return tag{from: i, to: j, amount: a}, true
}

// plainNumber takes a number without a unit for a year, a number of people or a P value, as the words before it say.
func (r *reader) plainNumber(i, j int, relation quantity.Relation, value quantity.Decimal) (tag, bool) {
	if relation.Numeric() && relation != quantity.Equal && r.measuredBefore(i) {
		return tag{from: i, to: j, amount: &amountTag{relation: relation, value: syntax.Value{Number: value}}}, true // see limits
	}
	field := ""
	switch before := r.normAt(i - 1); before {
	case "n", "size", "participant", "patient", "people":
		if !r.saysAge(i, j) {
			field = "n"
		}
	case "p":
		field = "p"
	case "value":
		if r.normAt(i-2) == "p" {
			field = "p"
		}
	case "after", "since", "before", "in", "from", "year", "until", "of":
		if n, ok := value.Int(); ok && n >= 1900 && n < 2100 {
			field = "year"
			if relation == "" {
				relation = map[string]quantity.Relation{"after": quantity.Above, "since": quantity.AtLeast, "before": quantity.Below, "until": quantity.AtMost}[before]
			}
		}
	}
	if field == "" && r.saysAge(i, j) {
		for j < len(r.words) && (r.normAt(j) == "old" || r.normAt(j) == "of" || r.normAt(j) == "age") {
			j++
		}
		if relation == "" {
			relation = quantity.Equal
		}
		return tag{from: i, to: j, amount: &amountTag{relation: relation, time: true, age: true, value: syntax.Value{Number: value, Unit: "years"}}}, true
	}
	if next := r.normAt(j); field == "" && relation != "" && (next == "participant" || next == "patient" || next == "people" || next == "person") {
		field, j = "n", j+1
	} else if field == "" && (relation == quantity.Above || relation == quantity.AtLeast || relation == quantity.Below || relation == quantity.AtMost) && r.isPeople(j) {
		field = "n" // "more than 1000 women": who they are is another condition
	}
	if next := r.normAt(j); field == "" && relation != "" && (next == "arm" || next == "group") {
		return tag{from: i, to: j + 1, phrase: phrase{use: useEmpty}, as: "not used"}, true
	}
	if field == "" || field != "year" && relation == "" {
		return tag{}, false
	}
	if relation == "" {
		relation = quantity.Equal
	}
	return tag{from: i, to: j, amount: &amountTag{field: field, relation: relation, value: syntax.Value{Number: value}}}, true
}

// measuredBefore reports whether an outcome or an instrument stands right before a word: "BMI over", "pain scores of at least".
func (r *reader) measuredBefore(i int) bool {
	switch r.normAt(i - 1) {
	case "of", "was", "is", "were":
		i--
	}
	for n := 1; n <= mostNameWords && n <= i; n++ {
		if len(r.vocab.Named(r.between(i-n, i), vocab.TypeOutcome, vocab.TypeInstrument)) > 0 {
			return true
		}
	}
	return false
}

// countedInMonths are people whose age is said in months, weeks or days too: "infants under 6 months".
var countedInMonths = map[string]bool{"infant": true, "baby": true, "newborn": true, "neonate": true, "toddler": true, "child": true}

// mostNameWords is how many words before a limit may name what is limited.
const mostNameWords = 5

// saysAge reports whether the words around a number without a unit, from i to j, make it an age: "aged 65 or older".
func (r *reader) saysAge(i, j int) bool {
	for _, w := range r.words[i:j] {
		switch strings.ToLower(w.text) {
		case "older", "younger":
			return true
		}
	}
	switch r.normAt(i - 1) {
	case "aged", "age", "ages":
		return true
	}
	// "patients over 65", "women under 40"
	if p, ok := r.phrases[r.normAt(i-1)]; ok && p.use == useNoun && p.value == "people" || r.isPeople(i-1) {
		n, ok := r.numberAt(j - 1)
		v, whole := n.Int()
		return ok && whole && v >= 1 && v <= 110 && r.normAt(j) != "participant" && r.normAt(j) != "%" && j > i+1
	}
	return false
}

// isPeople reports whether word i names people by what they are: women, adolescents.
func (r *reader) isPeople(i int) bool {
	if i < 0 || i >= len(r.words) {
		return false
	}
	return slices.ContainsFunc(r.vocab.Named(r.words[i].text), func(id string) bool {
		c, ok := r.vocab.Concept(id)
		return ok && (c.Type == vocab.TypePopulation || c.Type == vocab.TypeCharacteristic)
	})
}

func (r *reader) normAt(i int) string {
	if i < 0 || i >= len(r.words) {
		return ""
	}
	return r.words[i].norm
}

// relationAt reads the words of comparison that stand before a number, or after it; the second result is the word
// after them, i when there are none.
func (r *reader) relationAt(i int, before bool) (quantity.Relation, int) {
	bestWords := 0
	var best quantity.Relation
	for _, row := range relationWords {
		form := row.after
		if before {
			form = row.before
		}
		if form == "" || (before && row.after != "") {
			continue
		}
		parts := strings.Fields(form)
		if len(parts) <= bestWords || i+len(parts) > len(r.words) {
			continue
		}
		if slices.EqualFunc(parts, r.words[i:i+len(parts)], func(p string, w word) bool { return fold(p) == w.norm || p == w.norm }) {
			best, bestWords = row.relation, len(parts)
		}
	}
	return best, i + bestWords
}

func (r *reader) numberAt(i int) (quantity.Decimal, bool) {
	if i >= len(r.words) {
		return "", false
	}
	text := r.words[i].text
	if text[0] == '.' && len(text) > 1 { // .05
		text = "0" + text
	}
	if !digit(text[0]) {
		return "", false
	}
	d, err := quantity.ParseDecimal(text)
	return d, err == nil
}

// unitAt reads the longest unit that starts at word i.
func (r *reader) unitAt(i int) (*vocab.Unit, int) {
	var best *vocab.Unit
	end := i
	if r.normAt(i) == "in" { // no inches
		return nil, i
	}
	for j := i; j < len(r.words) && j-i < 6; j++ {
		if u, ok := r.vocab.Unit(r.question[r.words[i].start:r.words[j].end]); ok {
			best, end = u, j+1
		}
	}
	// "90 MME a day", "90 MME per day" where the table has the amount alone
	if best != nil && (r.normAt(end) == "a" || r.normAt(end) == "per" || r.normAt(end) == "each") && r.normAt(end+1) == "day" {
		end += 2
	}
	return best, end
}

// text returns the words of a tag as written, or what they are read as.
func (r *reader) text(t tag) string {
	if t.reads != "" {
		return t.reads
	}
	return r.question[r.words[t.from].start:r.words[t.to-1].end]
}

// sortNames puts names in the order in which they are preferred: studies, then by text.
func sortNames(ns []name) []name {
	out := slices.Clone(ns)
	slices.SortStableFunc(out, func(a, b name) int {
		return cmp.Or(cmp.Compare(nameOrder([]name{b}), nameOrder([]name{a})), cmp.Compare(a.text, b.text))
	})
	return out
}
