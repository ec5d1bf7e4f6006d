package extract

import (
	"slices"
	"strings"

	"github.com/picograph/picograph/graph/evidence"
	"github.com/picograph/picograph/graph/quantity"
	"github.com/picograph/picograph/graph/vocab"
	"github.com/picograph/picograph/loader/document"
)

var (
	// threshold is a number with the relation printed before it.
	threshold = rules.New(`(?i)(≥|>\s?=|⩾|≧|>|≤|<\s?=|⩽|≦|<|=|\bat least|\b(?:an? )?minimum (?:of)?|\bno(?:t)? less than|\bno(?:t)? fewer than|\bmore than|\bgreater than|\bhigher than|\bover|\babove|\bexceeding|\bless than|\bfewer than|\blower than|\bbelow|\bunder|\bno(?:t)? more than|\bat most|\bup to|\b(?:an? )?maximum (?:of)?|\bof|\bbetween|\baged|\bages|\bfrom)?\s*(\d[\d,]*(?:[.·]\d+)?)(?:\s?(?:to|-|–|and)\s?(\d[\d,]*(?:[.·]\d+)?))?`)
	// orMore is the relation printed after a number and its unit.
	orMore = rules.New(`(?i)^\s*(?:of age )?(?:,? ?(or|and)\s(more|greater|higher|above|older|over|longer|less|lower|fewer|younger|below|under|up)\b|\+)`)
	// forTime is a duration that qualifies what stands before it: "for at least 3 months".
	forTime  = rules.New(`(?i)^[\s,)\]]*(?:(?:(?:a|per) day|daily)\s*)?(?:for|lasting|during|over)\s+((?:at least|more than|over|the (?:past|last|previous)|a minimum of|≥|>)?\s?(?:\d+|[a-z]+)\s+(?:days?|weeks?|months?|years?)(?: (?:or (?:more|longer)|at least))?)\b`)
	ageWords = rules.New(`(?i)\b(?:aged?|ages|years? old|of age|older|younger)\b`)
)

// relations are the printed relations in the terms of the model.
var relations = map[string]quantity.Relation{
	"≥": quantity.AtLeast, ">=": quantity.AtLeast, "⩾": quantity.AtLeast, "≧": quantity.AtLeast, "at least": quantity.AtLeast, "minimum": quantity.AtLeast,
	">": quantity.Above, "more than": quantity.Above, "greater than": quantity.Above, "higher than": quantity.Above, "over": quantity.Above, "above": quantity.Above, "exceeding": quantity.Above,
	"≤": quantity.AtMost, "<=": quantity.AtMost, "⩽": quantity.AtMost, "≦": quantity.AtMost, "at most": quantity.AtMost, "up to": quantity.AtMost, "maximum": quantity.AtMost,
	"<": quantity.Below, "less than": quantity.Below, "fewer than": quantity.Below, "lower than": quantity.Below, "below": quantity.Below, "under": quantity.Below,
	"no less than": quantity.AtLeast, "not less than": quantity.AtLeast, "no fewer than": quantity.AtLeast, "not fewer than": quantity.AtLeast,
	"no more than": quantity.AtMost, "not more than": quantity.AtMost, "=": quantity.Equal,
}

// afterwards are the relations printed after the number.
var afterwards = map[string]quantity.Relation{
	"more": quantity.AtLeast, "greater": quantity.AtLeast, "higher": quantity.AtLeast, "above": quantity.AtLeast, "older": quantity.AtLeast, "over": quantity.AtLeast, "longer": quantity.AtLeast, "up": quantity.AtLeast,
	"less": quantity.AtMost, "lower": quantity.AtMost, "fewer": quantity.AtMost, "younger": quantity.AtMost, "below": quantity.AtMost, "under": quantity.AtMost,
}

// criteriaIn returns the numeric conditions that a stretch of text sets: a dose, an age, a score, a duration. A
// threshold names its relation in signs or words, or gives both ends of a range.
func (r *reading) criteriaIn(s document.Span, subgroup bool) []evidence.Criterion {
	var out []evidence.Criterion
	text := r.doc.At(s)
	for at := 0; at < len(text); {
		m := threshold.FindStringSubmatchIndex(text[at:])
		if m == nil {
			break
		}
		for k := range m {
			if m[k] >= 0 {
				m[k] += at
			}
		}
		at = m[1]
		if m[4] > 0 && partOfWord(text, m[4]) {
			continue
		}
		if c, end, ok := r.criterion(s, m); ok && !(subgroup && c.Variable == "") {
			at = max(at, end)
			c.Passages = []evidence.Passage{r.doc.Passage(r.around(s))}
			out = append(out, c)
		}
	}
	return out
}

// partOfWord reports whether the number at i is part of a name: "VR-12", "type 2".
func partOfWord(text string, i int) bool {
	c := text[i-1]
	return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '.' || (c == '-' && i > 1 && text[i-2] != ' ')
}

// criterion reads one threshold; m are the submatches of threshold as offsets into the span's text.
func (r *reading) criterion(s document.Span, m []int) (c evidence.Criterion, end int, ok bool) {
	text := r.doc.At(s)
	sign := ""
	if m[2] >= 0 {
		sign = strings.ToLower(strings.ReplaceAll(text[m[2]:m[3]], "> =", ">="))
	}
	sign = strings.TrimSuffix(strings.TrimPrefix(strings.TrimPrefix(sign, "an "), "a "), " of")
	value, err := quantity.ParseDecimal(text[m[4]:m[5]])
	if err != nil {
		return c, 0, false
	}
	numEnd := m[5]
	if m[6] >= 0 {
		if high, err := quantity.ParseDecimal(text[m[6]:m[7]]); err == nil && quantity.Compare(value, high) < 0 {
			c.High, numEnd = high, m[7]
		}
	}
	unit, unitEnd := r.unitAt(text, numEnd)
	c.Relation = relations[sign]
	end = unitEnd
	if a := orMore.FindStringSubmatchIndex(text[unitEnd:]); a != nil && c.Relation == "" {
		c.Relation = quantity.AtLeast
		if a[4] >= 0 {
			c.Relation = afterwards[strings.ToLower(text[unitEnd+a[4]:unitEnd+a[5]])]
		}
		end = unitEnd + a[1]
	}
	if c.High.Present() && (c.Relation == "" || (c.Relation == quantity.AtLeast || c.Relation == quantity.Above) && m[2] >= 0) { // "≥9–15%": the sign is of the lower bound
		c.Relation = quantity.Between
	}
	if c.Relation == "" || (unit == "" && (!ageNear(text, m[0], unitEnd) || quantity.Compare(value, oldest) > 0)) && !r.scoreNear(s, m[0]) {
		return c, 0, false
	}
	c.Value, c.Unit = string(value), unit
	start := m[4]
	if m[2] >= 0 && sign != "of" && sign != "from" && sign != "aged" && sign != "ages" {
		start = m[2]
	}
	c.Printed = strings.Trim(text[start:end], " ,;.")
	if strings.Count(c.Printed, "[") > strings.Count(c.Printed, "]") && end < len(text) && text[end] == ']' {
		c.Printed += "]"
	} else if rest := text[end:]; strings.HasPrefix(rest, " [") { // the unit's abbreviation
		if k := strings.IndexByte(rest, ']'); k > 0 && isShort(rest[2:k]) {
			c.Printed += rest[:k+1]
		}
	}
	if sign == "=" && !c.High.Present() && (!lostBefore.MatchString(text[:m[4]]) || strings.HasPrefix(strings.TrimLeft(text[end:], " "), "±")) {
		return c, 0, false // what was measured or set, "mean BMI = 31"
	}
	if sign == "=" && !c.High.Present() {
		c.Relation = quantity.AtLeast
		c.Doubt = "printed " + c.Printed + "; the sign ≥ was lost"
	}
	return c, end, r.variable(s, m, &c, start, end)
}

// lostBefore ends where an equals sign before a number stands for one that was lost: it is written with its number, "(=20 mg", or stands where
// nothing can be equal to it, "with = 90 MME".
var lostBefore = rules.New(`(?i)(?:^|[\s(\[])=$|(?:^|[(\[]|\b(?:with|at|of|on|to|from|by|for|had|have|has|having|receiving|received|taking|prescribed|using|aged|requiring|and|or)\s)=\s$`)

// oldest is the highest age in years that a number without a unit can be.
const oldest = "120"

// ageNear reports whether a number without a unit is an age.
func ageNear(text string, start, end int) bool {
	return ageWords.MatchString(text[max(0, start-12):min(len(text), end+14)]) && !strings.ContainsAny(text[start:min(len(text), end+2)], "%")
}

// unitAt returns the unit that stands at offset i of a text, in brackets or not, and where it ends; "" where none does.
func (r *reading) unitAt(text string, i int) (id string, end int) {
	j := i
	for j < len(text) && (text[j] == ' ' || text[j] == '[' || text[j] == '(' || text[j] == '-') {
		j++
	}
	limit := min(len(text), j+60)
	best := -1
	for k := j + 1; k <= limit; k++ {
		if k < len(text) && (isWordByte(text[k]) && isWordByte(text[k-1])) {
			continue
		}
		if u, ok := r.vocab.Unit(text[j:k]); ok && text[j:k] != "in" && !sizeOfGroup.MatchString(text[j:]) {
			id, best = u.ID, k
		}
	}
	if best < 0 {
		return "", i
	}
	return id, best
}

// sizeOfGroup matches the size of a group, whose "n" is no unit: "aged 65-75 (n = 106)".
var sizeOfGroup = rules.New(`(?i)^n[^\pL\d(),]{0,2}=`)

func isWordByte(c byte) bool {
	return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c >= 0x80
}

// scoreNoun is a noun before a number that has no unit.
var scoreNoun = rules.New(`(?i)\b(?:scores?|index|count|grade|stage|class)(?: of)?\s*$`)

// scoreNear reports whether a number without a unit is the score of an instrument named before it.
func (r *reading) scoreNear(s document.Span, i int) bool {
	if scoreNoun.MatchString(r.doc.Text[s.Start : s.Start+i]) {
		return true
	}
	from := max(0, i-70)
	return len(r.conceptsIn(document.Span{Start: s.Start + from, End: s.Start + i}, vocab.TypeInstrument)) > 0
}

// variable says what a threshold is about: the dimension of its unit, and the concept that stands nearest before it.
func (r *reading) variable(s document.Span, m []int, c *evidence.Criterion, start, end int) bool {
	text := r.doc.At(s)
	if d := forTime.FindStringSubmatch(text[min(len(text), end):]); d != nil {
		c.Duration = strings.TrimSpace(d[1])
	}
	before := document.Span{Start: s.Start, End: s.Start + m[0]}
	unit := c.Unit
	switch {
	case strings.HasPrefix(unit, "MME"):
		c.Variable, c.Unit = "opioid_dose", "MME/day"
		return true
	case (unit == "mg/day" || unit == "mg/d") && r.opioidDose(s, start):
		c.Variable, c.Unit = "opioid_dose", "MME/day"
		doubt := "morphine equivalents presumed"
		if c.Doubt != "" {
			doubt = c.Doubt + "; " + doubt
		}
		c.Doubt = doubt
		return true
	case ageNear(text, m[0], end) && (unit == "" || strings.HasPrefix(unit, "year") || strings.HasPrefix(unit, "month") && strings.Contains(text, "aged")):
		c.Variable = "age"
		if c.Unit == "" {
			c.Unit = "years"
		}
		return !agesReported(text)
	case strings.HasPrefix(unit, "year"), strings.HasPrefix(unit, "month"), strings.HasPrefix(unit, "week"), strings.HasPrefix(unit, "day"), strings.HasPrefix(unit, "hour"), strings.HasPrefix(unit, "minute"):
		return false // durations qualify other criteria
	}
	after := document.Span{Start: s.Start + min(len(text), end), End: s.Start + min(len(text), end+30)}
	if of := r.conceptsIn(after, vocab.TypeDrug, vocab.TypeDrugClass); len(of) > 0 && strings.TrimSpace(r.doc.Text[after.Start:of[0].Start]) == "of" {
		c.Variable = of[0].id
		return true
	}
	near := r.conceptsIn(before, vocab.TypeOutcome, vocab.TypeInstrument, vocab.TypeDrug, vocab.TypeCondition, vocab.TypeMeasure)
	if n := len(near); n > 0 && before.End-near[n-1].End < 40 {
		last := near[n-1]
		switch of, _ := r.vocab.Concept(last.id); {
		case concentration.MatchString(unit): // of a vitamin, or of what a condition has too much of
		case of.Type == vocab.TypeDrug && !taken.MatchString(r.doc.Text[max(s.Start, last.Start-60):last.Start]):
			return false // how much of it the trial gave
		case of.Type == vocab.TypeCondition && unit != "" && unit != "mm":
			return false // a condition has no size
		}
		c.Variable = last.id
		return true
	}
	c.Variable = nounBefore(text[:m[0]])
	return c.Variable != "" && unit != "%" || strings.Contains(strings.ToLower(c.Variable), "hba1c")
}

// taken matches words behind which the drugs stand that people took before a study: "adults on stable methotrexate of at least 10 mg".
var taken = rules.New(`(?i)\b(?:receiving|taking|using|requiring|prescribed|stable|treated with|maintained on|on|dose of)\b`)

// concentration matches units of a concentration.
var concentration = rules.New(`/(?:m|d|n|µ)?L$`)

// agesReported reports whether a sentence tells the ages of those who took part rather than who could: a mean age.
func agesReported(text string) bool {
	return meanAge.MatchString(text)
}

// opioidDose reports whether a dose in milligrams a day is one of opioids as such, not of a drug by name.
func (r *reading) opioidDose(s document.Span, at int) bool {
	near := document.Span{Start: s.Start + max(0, at-90), End: min(s.End, s.Start+at+70)}
	opioids := false
	for _, m := range r.conceptsIn(near) {
		c, ok := r.vocab.Concept(m.id)
		switch {
		case !ok:
		case c.Type == vocab.TypeDrug && m.id != "morphine":
			return false
		case m.id == "opioid" || m.id == "ltot" || m.id == "opioid_analgesic" || r.vocab.IsA(m.id, "opioid_dose") || r.vocab.IsA(m.id, "ltot"):
			opioids = true
		}
	}
	return opioids
}

// nounBefore returns the words of the phrase before a threshold: "body mass index" of "a body mass index of 30".
func nounBefore(text string) string {
	words := strings.Fields(strings.TrimRight(strings.TrimSpace(outerTail(text)), " ("))
	n := len(words)
	for n > 0 && len(words)-n < 4 && !determiner.MatchString(strings.Trim(words[n-1], ",;")) && !strings.ContainsAny(words[n-1], ";.:") {
		n--
		if strings.HasSuffix(words[n], ",") {
			n++
			break
		}
	}
	return strings.ToLower(strings.Trim(strings.Join(words[n:], " "), " ,;()"))
}

// outerTail returns the text after the last bracket that was opened and not closed.
func outerTail(s string) string {
	if i := strings.LastIndexAny(s, "(["); i >= 0 && closes(s[i:]) < 0 && strings.TrimSpace(s[i+1:]) != "" {
		return s[i+1:]
	}
	return s
}

// done matches participles after which "excluded" or "exclusion criteria were" says what was done, not what excluded.
var done = rules.New(`(?i)^(?:given|excluded|not|identified|applied|similar|the same|assessed|from|because|due|based|invited|met|as|and)\b`)

// exclusionsIn returns what a sentence says that participants must not have: "who were not receiving A or B",
// "patients with A were excluded", "exclusion criteria were A, B and C".
func (r *reading) exclusionsIn(s document.Span) []evidence.Criterion {
	text := r.doc.At(s)
	var out []evidence.Criterion
	add := func(from, to, printedFrom int) {
		list := document.Span{Start: s.Start + from, End: s.Start + to}
		if m := exclusionEnd.FindStringIndex(outer(r.doc.At(list))); m != nil {
			list.End = list.Start + m[0]
		}
		printed := r.doc.At(trimmed(r.doc.Text, document.Span{Start: s.Start + printedFrom, End: list.End}))
		for _, p := range split(r.doc.Text, list, listJoint) {
			c := evidence.Criterion{Variable: strings.ToLower(r.doc.At(p)), Relation: quantity.Has, Exclude: true, Printed: printed, Passages: []evidence.Passage{r.doc.Passage(s)}}
			if found := r.conceptsIn(p, vocab.TypeCondition, vocab.TypeDrug, vocab.TypeIntervention, vocab.TypeDrugClass); len(found) == 1 && 2*found[0].Len() > p.Len() {
				c.Variable = found[0].id
			}
			if len(strings.Fields(c.Variable)) < 12 && !slices.ContainsFunc(out, func(x evidence.Criterion) bool { return x.Variable == c.Variable }) {
				out = append(out, c)
			}
		}
	}
	for _, m := range notWith.FindAllStringIndex(text, -1) {
		from := m[0]
		if i := strings.Index(strings.ToLower(text[m[0]:m[1]]), "not "); i >= 0 {
			from += i
		}
		add(m[1], len(text), from)
	}
	for _, m := range exclusion.FindAllStringIndex(text, -1) {
		if done.MatchString(text[m[1]:]) {
			continue
		}
		add(m[1], len(text), m[0])
	}
	if m := wereExcluded.FindStringSubmatchIndex(text); m != nil {
		add(m[2], m[3], m[0])
	}
	return out
}

var (
	meanAge      = rules.New(`(?i)\b(?:mean|median|average)\b[^.;]{0,30}\bage`)
	exclusionEnd = rules.New(`[.;]|\)|,? (?:were|was|and were|who|at|in the (?:past|last|previous)|during|within)\b`)
	wereExcluded = rules.New(`(?i)\b(?:patients|participants|people|individuals|those|women|subjects|adults) (?:with|who had|having|receiving|taking) ([^.;]{3,160}?) were (?:not eligible|excluded|ineligible)\b`)
)
