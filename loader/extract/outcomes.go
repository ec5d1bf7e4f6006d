package extract

import (
	"slices"
	"strconv"
	"strings"

	"github.com/picograph/picograph/graph/evidence"
	"github.com/picograph/picograph/graph/vocab"
	"github.com/picograph/picograph/loader/document"
	"github.com/picograph/picograph/loader/pattern"
)

var (
	outcomeNoun = `(?:(?:(?:efficacy|safety|effectiveness|clinical|study|trial|patient-reported|implementation|composite|main|key)[ -])*(?:outcomes?|end[ -]?points?)(?: (?:measures?|variables?|parameters?|criteria|criterion))?|(?:(?:efficacy|safety|clinical|study)[ -])*(?:measures?|variables?|parameters?))`
	// announced is "The multiple primary outcomes were", "Secondary end points included", "Primary outcome:".
	announced = rules.New(`(?i)\b(?:(?:the|our|two|three|four|multiple|several|other|both|its) )*((?:main |key |co-?|prespecified |pre-specified |principal |primary and |major |first )*(?:primary|secondary|additional|main|principal|exploratory|tertiary|safety|co-primary|key)(?:[ -](?:and|or) (?:key )?secondary)?) ` + outcomeNoun + `(?: of (?:the|this|interest)(?: \w+)?)?(?: \([^()]*\))?(?:, [^,.;:]{3,90},)?\s*(?:(?:was|were|is|are|will be|included?|includes|comprised?|consisted of|consists of)(?: (?:defined as|the following|measured (?:as|by)|assessed (?:as|by)))?(?: the)?:?|:|,)\s+`)
	// announcedAfter is "X was the primary outcome", "with X as the primary end point".
	announcedAfter = rules.New(`(?i)(?:^|[,;.]\s|\bwith |\band )([^.;:]{4,160}?),?\s(?:(?:was|were|is|are|served as|will be)|as)\s(?:the |our |a |considered (?:the )?)*((?:main |key |co-?)?(?:primary|secondary|principal|main))\s(?:efficacy |clinical |study |trial )?(?:outcome|end ?point|measure)s?\b`)
	// measuredPlain is "Outcomes were X and Y", "Outcome measures included X".
	measuredPlain = rules.New(`(?i)\b(?:outcomes?|end ?points?)(?: measures?| variables?)?(?: of interest)?(?: \([^()]*\))?\s(?:was|were|included?|are|comprised)(?: the)?:?\s+`)
	weAssessed    = rules.New(`(?i)\b(?:we (?:assessed|measured|evaluated|recorded)|(?:assessments|measurements|measures) (?:included|were|of))\s+`)
	wereAssessed  = rules.New(`(?i)\s(?:was|were)\s(?:assessed|measured|evaluated|recorded|compared|collected|monitored)\b`)
	// outcomeEnd is where the name of an outcome ends and how or when it was measured begins.
	outcomeEnd = rules.New(`(?i),? (?:using|measured|assessed|as (?:measured|assessed|determined|defined)|defined|evaluated|determined|based on|according to|by means of|over the|with the use of|collected|derived|obtained|which (?:was|were)|where|analy[sz]ed|recorded|ascertained|calculated|verified|from (?:baseline|randomi[sz]ation|enrol\w+|week|month|day|the|pre)|between (?:baseline|groups|the)|at (?:the )?(?:baseline|\d+|one|two|three|four|five|six|seven|eight|nine|ten|twelve|end|week|month|day|follow|discharge|birth|age)|after (?:\d+|the|treatment|one|two|three|six|twelve)|within (?:\d+|the)|during|through(?:out)? (?:\d+|the|week|month)|over (?:\d+|a |one|two|three|six|twelve)|up to|in (?:week|month|the (?:\d+|intention|two))|on day|had been (?:measured|assessed)|post(?:baseline|treatment|intervention))\b|\.(?:\s|$)|;|\s[-–—]\s`)
	definedAs  = rules.New(`(?i)\bdefined (?:as|by) (?:an? |the )?([^.;()]+)`)
	timeOf     = rules.New(`(?i)\b(?:at|after|over|by|through|to|within|during|in|until|baseline and|randomi[sz]ation and)\s+(?:the (?:end of )?)?((?:(?:\d+(?:\.\d+)?(?:[-–]\d+)?|one|two|three|four|five|six|seven|eight|nine|ten|twelve|eighteen|twenty-four)(?:,? (?:and|or|to|-) (?:\d+|one|two|three|six|twelve))*[ -](?:days?|weeks?|months?|years?|hours?|minutes?|h|wk|mo)(?:['’] follow-up| of (?:treatment|follow-up)| follow-up| post\S*| after \w+)?)|(?:(?:week|month|day|year)s? (?:\d+|one|two|three|four|five|six|eight|twelve)(?:(?:,| and|,? and) \d+)*)|(?:hospital )?discharge)\b`)
	timeSince  = rules.New(`(?i)\b((?:\d+|one|two|three|six|twelve)[ -](?:days?|weeks?|months?|years?) (?:after|post|from|since) (?:baseline|randomi[sz]ation|enrol\w+|treatment|the \w+|birth|surgery))\b`)
	forOutcome = rules.New(`(?i)(?:^|[;.]\s)(?:for|as) (?:the |our |its )?$`)
	// testedFor says by what test an outcome is to be judged, before its name: "non-inferiority (0.4%) in pain".
	testedFor    = rules.New(`(?i)^(?:the )?(?:non-?inferiority|superiority|equivalence)(?: \([^()]*\))? (?:in terms of|with (?:respect|regard) to|in|of|for|on) (?:the )?`)
	howChanged   = rules.New(`(?i)^how (?:much |far )?(?:the )?(.+?) (?:had |has |would |will )?(?:changed?|fell|rose|improved|declined|decreased|increased)\b`)
	gaveVerb     = rules.New(`(?i)\b(?:gave|provided|yielded|supplied|captured|we (?:used|measured|assessed|compared|calculated|analy[sz]ed|chose))\s+(?:the )?`)
	itemVerb     = rules.New(`(?i)^(?:to )?(?:compare|assess|determine|evaluate|examine|investigate|reduc(?:e|ing)|improv(?:e|ing)|prevent(?:ing)?|decreas(?:e|ing)|increas(?:e|ing)|lower(?:ing)?)\s+(?:the )?`)
	noTime       = rules.New(`(?i)\bbaseline\b`)
	listOfNames  = rules.New(`(?i),? (?:and|as well as|plus)(?: also)? (?:the )?|[,;] (?:the )?`)
	noSplit      = rules.New(`(?i)\b(?:composite of|combination of|combined|between|either|ratio of|sum of|both|time to (?:first )?|presence (?:and|or)|freedom from|number and|rate and|frequency and|proportion and|nausea and|signs and|sensitivity and|type and|morbidity and)\s*$`)
	outcomeLead  = rules.New(`(?i)^(?:the |an? |mean |any |overall |patients'? |participants'? |between-group (?:differences? in )?|(?:group |between-group )?differences? (?:between groups )?in (?:the )?|self-reported |patient-reported |assessment of |(?:the )?effects? (?:of [\w -]{3,40} )?on )+`)
	lostSign     = rules.New(`(?:^|[\s(])(=\d[\d.]*\s?%?)`)
	effectOn     = rules.New(`(?i)\b(?:effects?|effectiveness|efficacy|impact|influence|change|compar\w+)\b[^.;]*?\son\s([^.;]+)`)
	reducesWhat  = rules.New(`(?i)\b(?:reduc(?:e|es|ing)|improv(?:e|es|ing)|prevent(?:s|ing)?|decreas(?:e|es|ing)|increas(?:e|es|ing)|lower(?:s|ing)?|for (?:the )?(?:reduction|prevention|improvement) of)\s+([^.;:]+)`)
	changeWord   = rules.New(`(?i)\b(?:changes?|reduction|reductions|decrease|decline|increase|difference)\b`)
	outcomeTypes = []string{vocab.TypeOutcome, vocab.TypeInstrument}
)

// findOutcomes reads the outcomes that a study announces, with their roles, definitions and times; where it announces
// none, those that its aim or its title names.
func (r *reading) findOutcomes(t *telling) {
	for _, i := range t.sentences {
		switch r.roles[i] {
		case roleOutcomes, roleDesign, roleParticipants, roleInterventions, roleMethods, roleObjective:
			r.announcedIn(t, i)
		}
	}
	if len(t.study.Outcomes) == 0 {
		for _, i := range t.sentences {
			if r.roles[i] == roleOutcomes {
				r.plainIn(t, i)
			}
		}
	}
	if len(t.study.Outcomes) > 0 {
		return
	}
	places := r.places(t, roleObjective)
	slices.Reverse(places)
	for _, x := range places {
		for _, p := range []*pattern.Pattern{effectOn, reducesWhat} {
			if m := r.rule(x.Span, p).FindStringSubmatchIndex(outer(r.doc.At(x.Span))); m != nil && len(t.study.Outcomes) == 0 {
				if peopleOn.MatchString(r.doc.At(document.Span{Start: x.Start, End: x.Start + m[2]})) {
					continue // "patients on antiretroviral therapy"
				}
				list := cutBefore(r.doc.Text, document.Span{Start: x.Start + m[2], End: x.Start + m[3]}, afterArms, effectEnd)
				r.addOutcomes(t, list, x.Span, "")
			}
		}
	}
}

// announcedIn reads the outcomes that a sentence announces with their role.
func (r *reading) announcedIn(t *telling, i int) {
	s := r.doc.Sentences[i].Span
	text := outer(r.doc.At(s))
	ms := announced.FindAllStringSubmatchIndex(text, -1)
	behind := false // "X was the primary end point, and Y was a secondary end point": the comma opens no list
	for k, m := range ms {
		end := len(text)
		if k+1 < len(ms) {
			end = ms[k+1][0]
		}
		rest := document.Span{Start: s.Start + m[1], End: s.Start + end}
		if strings.HasSuffix(strings.TrimSpace(text[m[0]:m[1]]), ",") && !forOutcome.MatchString(text[:m[2]]) {
			behind = behind || isPredicate.MatchString(text[:m[2]])
			continue // "the components of the primary outcome, stroke and death"
		}
		if low := strings.ToLower(r.doc.At(rest)); strings.HasPrefix(low, "assessed") || strings.HasPrefix(low, "measured") || strings.HasPrefix(low, "collected") || strings.HasPrefix(low, "analy") || strings.HasPrefix(low, "evaluated at") || strings.HasPrefix(low, "compared") {
			continue
		}
		if strings.HasSuffix(strings.TrimSpace(text[m[0]:m[1]]), ",") && forBefore.MatchString(text[:m[0]]+" ") || strings.HasPrefix(strings.ToLower(text), "for ") {
			if g := gaveVerb.FindStringIndex(r.doc.At(rest)); g != nil {
				rest.Start += g[1]
			}
		}
		r.addOutcomes(t, rest, s, outcomeRole(text[m[2]:m[3]]))
	}
	if len(ms) > 0 && !behind {
		return
	}
	for _, m := range announcedAfter.FindAllStringSubmatchIndex(text, -1) {
		r.addOutcomes(t, document.Span{Start: s.Start + m[2], End: s.Start + m[3]}, s, outcomeRole(text[m[4]:m[5]]))
	}
}

// isPredicate is what stands before a role that is said of an outcome: "pain was the".
var isPredicate = rules.New(`(?i)\b(?:was|were|is|are) (?:the |our |an? )?$`)

// plainIn reads the outcomes of a sentence that gives them no role.
func (r *reading) plainIn(t *telling, i int) {
	s := r.doc.Sentences[i].Span
	text := outer(r.doc.At(s))
	for _, p := range []*pattern.Pattern{measuredPlain, weAssessed} {
		if m := p.FindStringIndex(text); m != nil {
			r.addOutcomes(t, document.Span{Start: s.Start + m[1], End: s.End}, s, "")
			return
		}
	}
	if m := wereAssessed.FindStringIndex(text); m != nil && m[0] > 3 {
		list := document.Span{Start: s.Start, End: s.Start + m[0]}
		if ws := withoutAdverbial(clauseWords(r.words(list), list)); len(ws) > 0 {
			list.Start = ws[0].Start // "After surgery, pain was assessed"
		}
		r.addOutcomes(t, list, s, "")
	}
}

// outcomeRole returns the role that an announcement gives.
func outcomeRole(s string) string {
	s = strings.ToLower(s)
	switch {
	case strings.Contains(s, "secondary"):
		return "secondary"
	case strings.Contains(s, "explor"), strings.Contains(s, "tertiary"):
		return "exploratory"
	case strings.Contains(s, "safety"), s == "key", strings.Contains(s, "additional"):
		return "secondary"
	}
	return "primary"
}

// addOutcomes reads a list of outcomes and adds those that the study does not have yet.
func (r *reading) addOutcomes(t *telling, list, sentence document.Span, role string) {
	text := r.doc.Text
	for list.Start < list.End {
		m := outcomeLead.FindString(text[list.Start:list.End])
		if m == "" {
			break
		}
		list.Start += len(m)
	}
	for _, p := range r.outcomeParts(list) {
		o, ok := r.outcome(p, list, role)
		if !ok {
			continue
		}
		o.Passages = []evidence.Passage{r.doc.Passage(sentence)}
		if k := t.sameOutcome(r, o); k >= 0 {
			have := &t.study.Outcomes[k]
			if have.Role == "" {
				have.Role = o.Role
			}
			have.Passages = appendPassage(have.Passages, o.Passages[0])
			continue
		}
		o.ID = "o" + strconv.Itoa(len(t.study.Outcomes)+1)
		t.study.Outcomes = append(t.study.Outcomes, o)
	}
}

// outcomeParts cuts a list of outcomes: "A and B", "A, B, and C". What belongs to one outcome stays together.
func (r *reading) outcomeParts(list document.Span) []document.Span {
	text := r.doc.Text
	flat := outer(r.doc.At(list))
	if m := nextSentence.FindStringIndex(flat); m != nil {
		list.End = list.Start + m[0]
		flat = flat[:m[0]]
	}
	var out []document.Span
	start := list.Start
	add := func(end int) bool {
		p := trimmed(text, document.Span{Start: start, End: end})
		if p.Len() == 0 {
			return false
		}
		out = append(out, p)
		return true
	}
	for _, m := range listOfNames.FindAllStringIndex(flat, -1) {
		left, right := text[start:list.Start+m[0]], text[list.Start+m[1]:list.End]
		if r.holds(document.Span{Start: list.Start + m[0], End: list.Start + m[1]}) || noSplit.MatchString(left) || isTail(right) || isTail(left) && len(out) == 0 || len(strings.Fields(left)) == 0 || noSplit.MatchString(text[start:list.Start+m[0]]+" and ") || insideSet(left) {
			continue
		}
		if add(list.Start + m[0]) {
			start = list.Start + m[1]
		}
	}
	add(list.End)
	for i := range out {
		if m := leadingJoint.FindString(text[out[i].Start:out[i].End]); m != "" {
			out[i].Start += len(m)
		}
		if m := trailingJoint.FindString(text[out[i].Start:out[i].End]); m != "" {
			out[i].End -= len(m)
		}
		if m := itemVerb.FindString(text[out[i].Start:out[i].End]); m != "" && len(m) < out[i].Len() {
			out[i].Start += len(m)
		}
	}
	return out
}

// insideSet reports whether a list item is the start of a set that must stay whole: "a composite of death, stroke".
func insideSet(left string) bool {
	return wholeSet.MatchString(left)
}

// isTail reports whether text goes on with how or when the item before was measured.
func isTail(s string) bool {
	return goesOn.MatchString(strings.TrimSpace(s)) && !adverseEvents.MatchString(strings.TrimSpace(s))
}

// outcome reads one item of a list of outcomes.
func (r *reading) outcome(p, list document.Span, role string) (o evidence.Outcome, ok bool) {
	text := r.doc.Text
	p.Start += len(testedFor.FindString(r.doc.At(p)))
	name := nameOf(text, p)
	changed := false
	if m := howChanged.FindStringSubmatchIndex(r.doc.At(p)); m != nil {
		name, changed = document.Span{Start: p.Start + m[2], End: p.Start + m[3]}, true
	}
	if name.Len() == 0 {
		return o, false
	}
	if d := bracketAfter(text, name, p); d.Len() > 0 {
		o.Definition = r.doc.At(d)
	}
	if flat := outer(r.doc.At(name)); strings.IndexByte(flat, 0) > 0 {
		from := strings.IndexByte(flat, 0)
		inside := trimmed(text, document.Span{Start: name.Start + from, End: closingEnd(text, name.Start+from, name.End)})
		if d := r.doc.At(inside); !isShort(d) && o.Definition == "" {
			o.Definition = d
		}
		if strings.Trim(flat[from:], "\x00 ") == "" {
			name = trimmed(text, document.Span{Start: name.Start, End: name.Start + from})
		}
	}
	if m := definedAs.FindStringSubmatch(r.doc.At(document.Span{Start: p.Start, End: list.End})); m != nil && o.Definition == "" {
		o.Definition = strings.TrimRight(strings.TrimSpace(m[1]), ",")
	}
	o.Text = r.doc.At(name)
	words := len(strings.Fields(o.Text))
	if words == 0 || words > 25 || notAnOutcome.MatchString(o.Text) {
		return o, false
	}
	o.Role = role
	if m := lostSign.FindStringSubmatch(o.Definition); m != nil {
		o.Doubt = "printed " + m[1] + "; the sign ≥ was lost"
	} else if m := lostSign.FindStringSubmatch(o.Text); m != nil {
		o.Doubt = "printed " + m[1] + "; the sign ≥ was lost"
	}
	o.Timepoint = r.timepoint(document.Span{Start: name.End, End: p.End})
	if o.Timepoint == "" {
		o.Timepoint = r.timepoint(document.Span{Start: name.End, End: list.End})
	}
	r.classifyOutcome(&o, name, p)
	if changed {
		o.Concept = r.changeIn(o.Concept)
		o.Better = r.better(o.Concept)
	}
	return o, true
}

// nameOf returns the name of an outcome without how and when it was measured. "Using" is part of the name in "days of
// using opioids".
func nameOf(text string, p document.Span) document.Span {
	flat := outer(text[p.Start:p.End])
	for _, m := range outcomeEnd.FindAllStringIndex(flat, -1) {
		if strings.HasPrefix(strings.TrimLeft(flat[m[0]:m[1]], ", "), "using") {
			if before := lastWord(flat[:m[0]]); before == "of" || before == "days" || before == "time" || before == "still" {
				continue
			}
		}
		p.End = p.Start + m[0]
		break
	}
	return trimmed(text, p)
}

// closingEnd returns where the bracket that opens at i ends.
func closingEnd(text string, i, end int) int {
	if c := closes(text[i:end]); c >= 0 {
		return i + c + 1
	}
	return end
}

// bracketAfter returns the inside of the bracket that directly follows a name within a stretch.
func bracketAfter(text string, name, within document.Span) document.Span {
	rest := strings.TrimLeft(text[name.End:within.End], " ")
	if rest == "" || rest[0] != '(' {
		return document.Span{}
	}
	i := within.End - len(rest)
	if c := closes(rest); c > 0 {
		return document.Span{Start: i + 1, End: i + c}
	}
	return document.Span{}
}

// timepoint returns the time at which a stretch of text says that something was measured, as printed.
func (r *reading) timepoint(s document.Span) string {
	if s.Len() <= 0 {
		return ""
	}
	if m := timeSince.FindStringSubmatch(r.doc.At(s)); m != nil {
		return m[1]
	}
	if m := timeOf.FindStringSubmatch(r.doc.At(s)); m != nil && !noTime.MatchString(m[1]) {
		return m[1]
	}
	return ""
}

// classifyOutcome gives an outcome its concept, its instrument and the direction that is good.
func (r *reading) classifyOutcome(o *evidence.Outcome, name, all document.Span) {
	o.Concept = r.outcomeConcept(name, all)
	o.Instrument = r.instrumentIn(all)
	o.Better = r.better(o.Concept)
}

// better returns which direction of an outcome is good, from the concept or from the nearest wider one that says it.
func (r *reading) better(id string) string {
	c, ok := r.vocab.Concept(id)
	for depth := 0; ok && depth < 6; depth++ {
		if c.Better != "" || len(c.Broader) == 0 {
			return c.Better
		}
		c, ok = r.vocab.Concept(c.Broader[0])
	}
	return ""
}

// outcomeConcept returns the concept of an outcome: the last and longest that its name gives, sharpened by what its
// definition adds (a share of responders) and by a word for change; an instrument stands for what it measures.
func (r *reading) outcomeConcept(name, all document.Span) string {
	ms := r.conceptsIn(name, vocab.TypeOutcome)
	best := conceptMention{}
	for _, m := range ms {
		if m.Len() > best.Len() && !r.isReason(m.Start, name) {
			best = m
		}
	}
	if whole := r.wholly(r.doc.At(name), vocab.TypeOutcome); len(whole) > 0 {
		best.id = whole[0]
	}
	if best.id == "" {
		if in := r.instrumentIn(name); in != "" && !r.ratesOther(r.doc.At(name)) {
			best.id = r.measuredBy(in)
		}
	}
	if best.id == "" {
		if ms := r.conceptsIn(name, vocab.TypeCondition); len(ms) > 0 && 2*ms[len(ms)-1].Len() >= name.Len() {
			best.id = r.outcomeOf(ms[len(ms)-1].id)
		}
	}
	if best.id == "" {
		best.id = r.byWords(r.doc.At(name))
	}
	if best.id == "" && abstaining.MatchString(r.doc.At(name)) {
		best.id = r.abstinence()
	}
	if share := r.shareOf(best.id, r.doc.At(all)); share != "" {
		return share
	}
	if best.id != "" && changeWord.MatchString(r.doc.At(name)) {
		return r.changeIn(best.id)
	}
	return best.id
}

// analogueScale matches a visual analogue scale, with the word that leads to what it rates.
var analogueScale = rules.New(`(?i)\b(?:VAS|visual analogu?e? scales?)\b(?:(?: scores?| ratings?)? (for|of|on)\b)?`)

// ratesOther reports whether a name is of a visual analogue scale of something that is named, and is no pain: any feeling is rated on one. Where none
// is named it is the pain, which concepts tell.
func (r *reading) ratesOther(name string) bool {
	m := analogueScale.FindStringSubmatchIndex(name)
	if m == nil {
		return false
	}
	feeling := func(w string) bool { return r.vocab.Listed(vocab.RatedFeeling, w) }
	before := strings.Fields(name[:m[0]])
	if slices.ContainsFunc(before[max(0, len(before)-3):], feeling) && !strings.ContainsAny(name[:m[0]], "(,;") {
		return true
	}
	behind := strings.Fields(name[m[1]:])
	return m[2] > 0 && slices.ContainsFunc(behind[:min(4, len(behind))], feeling)
}

// abstaining is the name of an outcome that leaves out what people abstain from.
var abstaining = rules.New(`(?i)\babstinen(?:ce|t)\b`)

// abstinences are the substances of which people become abstinent, with the outcome of each.
var abstinences = []struct {
	substance *pattern.Pattern
	outcome   string
}{
	{rules.New(`(?i)\b(?:smok\w+|tobacco|nicotine|e?-?cigarettes?)\b`), "smoking_abstinence"},
	{rules.New(`(?i)\b(?:alcohol\w*|drink\w+)\b`), "alcohol_abstinence"},
	{rules.New(`(?i)\b(?:opioids?|opiates?|heroin|methadone|buprenorphine)\b`), "opioid_abstinence"},
	{rules.New(`(?i)\b(?:cocaine|(?:meth)?amphetamines?|stimulants?)\b`), "stimulant_abstinence"},
}

// abstinence returns the outcome that "abstinence" is in a document that speaks of one substance alone.
func (r *reading) abstinence() string {
	out := ""
	for _, a := range abstinences {
		if !a.substance.MatchString(r.doc.Text) {
			continue
		}
		if out != "" {
			return ""
		}
		out = a.outcome
	}
	return out
}

// changeIn returns the concept of the change in an outcome, or the outcome itself where the vocabulary has none.
func (r *reading) changeIn(id string) string {
	for _, n := range r.vocab.Narrower(id) {
		if c, ok := r.vocab.Concept(n); ok && slices.Contains(c.Broader, id) && strings.HasPrefix(strings.ToLower(c.Label), "change in ") {
			return n
		}
	}
	return id
}

var (
	percentOf = rules.New(`(\d+)\s?(?:%|percent|per cent)`)
	response  = rules.New(`(?i)\b(?:reduction|decrease|cut|fall|drop|decline|improvement|increase|response|lower|less|halv\w+|respon\w+)\b`)
)

// shareOf returns the concept of those whose outcome changed by a printed share, "a cut by 50% or more", where the
// vocabulary has one that is narrower than the outcome and names that share.
func (r *reading) shareOf(id, text string) string {
	m := percentOf.FindStringSubmatch(text)
	if m == nil || id == "" || !response.MatchString(text) {
		return ""
	}
	for _, n := range r.vocab.Narrower(id) {
		c, ok := r.vocab.Concept(n)
		if ok && slices.ContainsFunc(c.Forms, func(f vocab.Form) bool { return strings.Contains(f.Text, m[1]+"%") }) {
			return n
		}
	}
	return ""
}

// instrumentIn returns the instrument that a stretch of text names: the first, unless it names a part of it too.
func (r *reading) instrumentIn(s document.Span) string {
	ms := r.conceptsIn(s, vocab.TypeInstrument)
	if len(ms) == 0 {
		return ""
	}
	best := ms[0].id
	for _, m := range ms[1:] {
		if slices.Contains(r.vocab.Parts(best), m.id) {
			best = m.id
		}
	}
	return best
}

// measuredBy returns the outcome that an instrument measures, or the instrument itself where the vocabulary gives none.
func (r *reading) measuredBy(instrument string) string {
	c, ok := r.vocab.Concept(instrument)
	if !ok {
		return instrument
	}
	for _, id := range c.Related {
		if r.typed(id, []string{vocab.TypeOutcome}) {
			return id
		}
	}
	return instrument
}

// outcomeOf returns the outcome that is about a condition, or the condition itself.
func (r *reading) outcomeOf(condition string) string {
	for _, c := range r.vocab.Concepts() {
		if c.Type == vocab.TypeOutcome && slices.Contains(c.Related, condition) {
			return c.ID
		}
	}
	return condition
}

// sameOutcome returns the index of the outcome that is this one, or -1.
func (t *telling) sameOutcome(r *reading, o evidence.Outcome) int {
	words := contentWords(o.Text)
	for i, have := range t.study.Outcomes {
		if strings.EqualFold(have.Text, o.Text) || (o.Concept != "" && o.Concept == have.Concept && likeness(words, contentWords(have.Text)) > 0.7) {
			return i
		}
	}
	return -1
}

var (
	peopleOn      = rules.New(`(?i)\b` + peopleNoun + `\s+on\s$`)
	effectEnd     = rules.New(`(?i)\s(?:for|in|among|with|between|of (?:patients|individuals))\s`)
	forBefore     = rules.New(`(?i)\bfor $|\bas $`)
	nextSentence  = rules.New(`[.;]\s+\p{Lu}`)
	leadingJoint  = rules.New(`(?i)^(?:and|or) `)
	trailingJoint = rules.New(`(?i)\s(?:and|or|the|of|in|with)$`)
	wholeSet      = rules.New(`(?i)\b(?:composite|combination|combined end ?point) (?:outcome |end ?point )?(?:of|consisting of|comprising)\b|\bdefined as\b|\bbetween \S+$|\bat (?:\d+|baseline|week|month|three|six)[\w ,]*$|\bmeasured (?:by|with|using)\b|\bassessed (?:by|with|using)\b`)
	goesOn        = rules.New(`(?i)^(?:\d+\s|(?:measured|assessed|defined|evaluated|determined|using|which|at|from|with|as|by|including|where|after|before|during|was|were|is|are|then|follow-up|months?|weeks?|(?:\d+|three|six|twelve|nine)[ -]?(?:months?|weeks?|days?|years?)|others?|adverse)\b)`)
	adverseEvents = rules.New(`(?i)^adverse (?:events?|effects?|reactions?)`)
	notAnOutcome  = rules.New(`(?i)^(?:assessed|blinded|masked|measured|evaluated|defined|also|not|no|similar|analy[sz]ed|the same|as follows|based|those|these|other|others|compared|collected|and|follow-up|achieved|met|reached|observed|seen|(?:the )?subject|predict\w+|explored|examined|was|were|is|because|since|that|when|which|if|participants?|patients?|families|people|individuals|selected|verified|chosen|prioritized|obtained|taken|made|performed|administered|completed|completing|both|either|or both|less|more|better|worse)\b`)
)
