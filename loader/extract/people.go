package extract

import (
	"slices"
	"strings"

	"github.com/picograph/picograph/graph/vocab"
	"github.com/picograph/picograph/loader/document"
)

// Whom a study is about stands in a phrase around a noun of people, with what goes before it and what restricts it behind: "496 healthy
// young adults", "children aged 6 to 10 years living in Gabon". Each such phrase of the title, the aim and the methods is weighed.

// peoplePhrase is a phrase that names people.
type peoplePhrase struct {
	document.Span
	counted  bool // a number of people stands before it
	modified bool // something stands before the noun
	limited  bool // something behind it restricts who is meant
	share    bool // a share or a number of them is told of: "30% of older adults"
}

var (
	// headNoun is the noun that such a phrase is around.
	headNoun = rules.New(`(?i)\b` + peopleNoun + `\b`)
	// restricts is what opens a restriction behind a noun of people.
	restricts = rules.New(`(?i)^(?:\s?\([^()]{1,80}\))?(?:,?\s(age[ds]?\b)|\s((?:with|without|who|whose|prescribed|receiving|taking|undergoing|having|diagnosed|suffering|at (?:high |increased |low |very high )?risk|admitted|hospitali[sz]ed|attending|presenting|living|residing|treated|scheduled|referred|seeking|requiring|needing|experiencing|infected|recovering|following|after|over|older|younger|under|between (?:the ages|\d)|on (?:[\w-]+ ){0,3}?(?:treatment|therapy|dialysis|h[ae]modialysis|ventilation|medications?|methadone|opioids|insulin|metformin|art)|in (?:remission|recovery|treatment|methadone|addiction|opioid))\b))`)
	// meanGiven is how an age goes on that is what it was rather than what it had to be.
	meanGiven = rules.New(`^:? ?\d+(?:[.·]\d+)?(?: years)? ?(?:±|\+/-|\()`)
	// joinsPeople is a second noun of people: "children and young adolescents".
	joinsPeople = rules.New(`(?i)^ (?:and|or|and/or) (?:(?:older|younger|young|healthy) )?` + peopleNoun + `\b`)
	// enrols says that people were taken into the study.
	enrols = rules.New(`(?i)\b(?:randomi[sz]\w+|recruit\w+|enrol\w+|participat\w+|assigned|allocated|volunteered|included|inclusion|eligible)\b`)
)

// peoplePhrases returns the phrases of a stretch of text that name people told apart by something, in text order.
func (r *reading) peoplePhrases(s document.Span) []peoplePhrase {
	text := r.doc.Text
	words := r.words(s)
	var out []peoplePhrase
	for _, m := range r.rule(s, headNoun).FindAllStringIndex(r.doc.At(s), -1) {
		head := document.Span{Start: s.Start + m[0], End: s.Start + m[1]}
		h := slices.IndexFunc(words, func(w word) bool { return w.End > head.Start })
		if h < 0 || len(out) > 0 && out[len(out)-1].End > head.Start {
			continue
		}
		if k := r.rule(s, joinsPeople).FindStringIndex(text[head.End:s.End]); k != nil {
			head.End += k[1]
		}
		p := peoplePhrase{Span: head}
		from := h
		known := r.conceptsIn(document.Span{Start: words[max(0, h-8)].Start, End: head.Start}, vocab.TypeCondition, vocab.TypePopulation)
		for from > 0 && h-from < 9 && words[from-1].depth == words[h].depth && r.modifies(words, from-1, h, known) {
			from--
		}
		for from < h && (words[from].lower == "," || words[from].lower == "and" || digitStart(words[from].lower) && !strings.Contains(words[from].lower, "-")) {
			from++
		}
		p.Start, p.modified = min(words[from].Start, head.Start), from < h
		p.counted = countBefore.MatchString(text[s.Start:p.Start])
		if k := r.rule(s, restricts).FindStringSubmatchIndex(text[head.End:s.End]); k != nil && !r.rule(s, meanGiven).MatchString(text[head.End+k[1]:s.End]) {
			p.Span, p.limited = r.groupPhrase(document.Span{Start: p.Start, End: s.End}, head.End+max(k[2], k[4])), true
			p.Span = withoutTailVerb(r, p.Span, head.End)
			p.limited = p.End > head.End
		}
		if p.share = r.rule(s, shareOf).MatchString(text[s.Start:p.Start]) && !p.counted; p.share && len(r.conceptsIn(p.Span, vocab.TypePopulation)) == 0 {
			continue
		}
		if r.rule(s, notMain).MatchString(r.doc.At(p.Span)) || r.rule(s, staff).MatchString(r.doc.At(p.Span)) || r.rule(s, notTaken).MatchString(text[p.End:s.End]) || r.rule(s, takesNot).MatchString(text[s.Start:p.Start]) {
			continue
		}
		out = append(out, p)
	}
	return out
}

// modifies reports whether the word at i belongs to the phrase around the noun of people at head, where all between do: what people are
// like, a condition, or a noun or an abbreviation right before the other noun.
func (r *reading) modifies(words []word, i, head int, known []conceptMention) bool {
	w := words[i]
	l := w.lower
	if slices.ContainsFunc(known, func(m conceptMention) bool { return m.Contains(w.Span) }) {
		return !r.vocab.Listed(vocab.NotBeforePeople, l)
	}
	switch {
	case r.vocab.Listed(vocab.NotBeforePeople, l), finiteVerbs[l], isBracket(l), isNumeral(l), strings.ContainsAny(l, ":;./%"):
		return false
	case l == ",", l == "and":
		return i > 0 && r.likens(words[i-1].lower) && r.likens(words[i+1].lower)
	case digitStart(l):
		return strings.Contains(l, "-") || i > 0 && (words[i-1].lower == "type" || words[i-1].lower == "stage" || words[i-1].lower == "grade")
	case r.likens(l), strings.Contains(l, "-"):
		return true
	case strings.HasSuffix(l, "ed"): // "hospitalized", "affected", and not "we explored"
		return i > 0 && (r.vocab.Listed(vocab.NotBeforePeople, words[i-1].lower) && words[i-1].lower != "we" || words[i-1].lower == "and" || words[i-1].lower == "," || digitStart(words[i-1].lower) || isNumeral(words[i-1].lower) || r.likens(words[i-1].lower))
	case strings.HasSuffix(l, "ing"):
		return false
	}
	if printed := r.doc.At(w.Span); printed != l {
		return i > 0 || len(l) > 1 && printed == strings.ToUpper(l) // "Swiss adult smokers", "RA patients"
	}
	return i == head-1 && (!strings.HasSuffix(l, "s") || strings.HasSuffix(l, "is")) && r.kindOfPeople(document.Span{Start: w.Start, End: words[head].End})
}

// kindOfPeople reports whether two nouns name people of a kind: the second is seldom without another, or both stand together elsewhere too.
func (r *reading) kindOfPeople(s document.Span) bool {
	pair := strings.ToLower(r.doc.At(s))
	_, last, _ := strings.Cut(pair, " ")
	return r.vocab.Listed(vocab.PeopleOfAKind, last) || strings.Count(strings.ToLower(r.doc.Text), pair) > 1
}

// isNumeral reports whether a word is a number in words or a Roman one: "thirty-three", "II".
func isNumeral(l string) bool {
	first, _, _ := strings.Cut(l, "-")
	return numerals[first] > 0 || l == "hundred" || l == "hundreds" || l == "thousand" || l == "dozen" || strings.Trim(l, "iv") == ""
}

// likens reports whether a word tells what people are like: "healthy", "active", "non-smoking".
func (r *reading) likens(l string) bool {
	if r.vocab.Listed(vocab.PeopleAre, l) {
		return true
	}
	if r.vocab.Listed(vocab.NotBeforePeople, l) {
		return false
	}
	for _, end := range []string{"y", "ive", "al", "ic", "ous", "less", "ful", "ant", "ent", "ary", "ese", "ile"} {
		if len(l) > len(end)+2 && strings.HasSuffix(l, end) {
			return true
		}
	}
	return false
}

var (
	// analysed tells of people that they stayed in the analysis, or what came of them.
	analysed = rules.New(`(?i)\b(?:with (?:complete|available|missing|evaluable|follow-up)|who (?:successfully|completed|responded|reached|died|used|dropped))\b`)
	// anyParticipant opens a phrase of whoever takes part.
	anyParticipant = rules.New(`(?i)^(?:participants|respondents|users)\b|\bcases$`)
	// carers end a phrase of who gives care, who are seldom those that a study is about.
	carers = rules.New(`(?i)\b(?:physicians|practitioners|nurses|doctors|providers|clinicians|health workers|caregivers)$`)
	// notTaken and takesNot are what stands behind and before people whom a study does not take.
	notTaken = rules.New(`(?i)^,? (?:were|was) (?:excluded|not eligible|ineligible|not included)\b`)
	takesNot = rules.New(`(?i)\bexclu\w+(?: criteri\w+)?[^.;]{0,60}$`)
	// byTreatment is a phrase of people by what they were given.
	byTreatment = rules.New(`(?i)^(?:[\w-]+ )?(?:[\w-]+ )?` + peopleNoun + ` (?:receiving|taking|treated|under|following|after)\b`)
	// purpose opens what is done for something, behind people and what restricts them.
	purpose = rules.New(`(?i),? (?:in order )?to (?:see|determine|assess|evaluate|examine|improve|investigate|compare|test|reduce|maintain|understand|explore|prevent|identify)\b|,? in an? (?:[\w-]+,? )*(?:double|single|open|random\w*|parallel|cross\w*|placebo|multi\w*|prospective|pilot)\b| (?:exhibit(?:ed)?|derive[sd]?|felt|gave|receive (?:either|an?|the)|and (?:we )?assessed|to an? [\d-]+|while the)\b`)
	// dangling is what a phrase cannot end with.
	dangling = rules.New(`(?i) who, .*$|(?:[\s,]+(?:who|whose|that|they|which|and|or|to|in|of|with|were|was|had|the|a|an|at|from|for|by|on|is|are|not|clearly|stated|then|leading|resulting|after|before|during|scheduled|admitted|treated|referred))+$`)
)

// withoutTailVerb cuts what restricts people where the sentence goes on to what was done with them.
func withoutTailVerb(r *reading, s document.Span, head int) document.Span {
	text := r.doc.Text
	if m := r.rule(s, purpose).FindStringIndex(outer(text[head:s.End])); m != nil {
		s.End = head + m[0]
	}
	if m := r.rule(s, dangling).FindStringIndex(text[s.Start:s.End]); m != nil {
		s.End = s.Start + m[0]
	}
	if s.End < head {
		s.End = head
	}
	return trimmed(text, s)
}

// weigh tells how likely a phrase is to say whom the whole study is about; 0 where it tells nobody apart.
func (r *reading) weigh(t *telling, p peoplePhrase, role int, enrolling bool) int {
	n := role
	told := p.limited || p.modified
	if k := len(r.conditionsOf(p.Span)); k > 0 {
		told = true
		if n++; !t.secondHand { // of another's study little is told, and the first people named are all of them
			n += 4
		}
	}
	if len(r.criteriaIn(p.Span, true)) > 0 {
		n, told = n+1, true
	}
	if len(r.conceptsIn(p.Span, vocab.TypePopulation)) > 0 {
		n, told = n+1, true
	}
	if !told {
		return 0
	}
	if p.counted {
		n += 3
	}
	if enrolling {
		n += 2
	}
	if p.limited {
		n++
	}
	if p.modified {
		n++
	}
	if len(t.armsIn(r, p.Span)) > 0 || r.rule(p.Span, analysed).MatchString(r.doc.At(p.Span)) {
		n -= 4
	}
	if r.rule(p.Span, anyParticipant).MatchString(r.doc.At(p.Span)) {
		if n -= 2; !p.limited && len(r.conditionsOf(p.Span)) == 0 {
			return 0
		}
	}
	if p.share && !t.secondHand {
		n -= 4
	}
	if r.rule(p.Span, byTreatment).MatchString(r.doc.At(p.Span)) {
		n -= 2
	}
	if r.rule(p.Span, carers).MatchString(r.doc.At(p.Span)) {
		n -= 3
	}
	return max(n, 1)
}
