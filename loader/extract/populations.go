package extract

import (
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/picograph/picograph/graph/evidence"
	"github.com/picograph/picograph/graph/quantity"
	"github.com/picograph/picograph/graph/vocab"
	"github.com/picograph/picograph/loader/document"
)

var (
	// people is a group of people with what restricts it: "adults (N = 525) prescribed opioids for chronic pain".
	people = regexp.MustCompile(`(?i)\b((?:(?:those|all|adult|older|young|younger|elderly|pregnant|postmenopausal|premenopausal|female|male|healthy|overweight|obese|hospitali[sz]ed|ambulatory|outpatient|community-dwelling|treatment-naive|treatment-seeking|critically ill|[\p{L}]+-dependent|[\p{L}]+-infected|[\p{L}]+-positive|[\p{L}]+-negative|preterm|term|school-aged?|diabetic|hypertensive|nulliparous|primiparous|consecutive|eligible)\s)*)(` + peopleNoun + `|those)((?:\s?\([^()]{1,40}\))?(?: and (?:` + peopleNoun + `))?(?: (?:in|of|from|assigned to|randomi[sz]ed to) (?:the |our )?[\p{L}\d +-]{1,40}?(?: (?:group|arm)| \d))?)\s(with|without|who|whose|prescribed|receiving|taking|on|undergoing|aged|having|diagnosed|suffering|at (?:high |increased |low )?risk|admitted|hospitali[sz]ed|attending|presenting|living|treated|scheduled|referred|seeking|requiring|needing|experiencing|infected|recovering|following|after|over|older|younger|under|in (?:remission|recovery|treatment|methadone|addiction|opioid))\b`)
	// ofCondition is people named by their condition: "OUD patients", "opioid-dependent individuals".
	phraseEnd = regexp.MustCompile(`(?i)\.(?:\s|$)|[;:]|,? (?:were|was|are|is|had|have|has|will be|would be|can be|did|do|does|may|might|should|compared|versus|vs\.?|than|to (?:receive|compare|determine|assess|evaluate)|at (?:\d+|one|two|three|six|twelve|baseline and|the end)|in a (?:\w+[- ])*(?:trial|study)|(?:in|from|at|across) (?:\w+ ){0,3}(?:clinics?|hospitals?|centers?|centres?|countries|sites|primary care)|over (?:\d+|a)|during|using|randomi[sz]ed|randomly|recruited|enrolled|participated|completed|took part|showed|achieved|experienced|reported|decreased|increased|improved|reduced|lowered|gained|lost|fell|rose|differed|benefit(?:t?ed|s)?|responded|received|and (?:than|those|their|its|to|were|was|compared))\b|, (?:and|which|with|where|while|but|who|we|average|mean|the)\b`)
	// whoVerb is the verb of a clause that "who" opens, which does not end the phrase.
	whoVerb = regexp.MustCompile(`(?i)^(?:who|whose (?:[\w-]+ ){1,4}?) ?(?:had been|has been|have been|were|was|are|is|had|have|has|did not|do not|report(?:ed)?|received|completed|experienced|met|participated|used|achieved)\b`)
	// laterWho is a further clause about the same people.
	laterWho = regexp.MustCompile(`(?i)\b(?:who|and|but) (?:were|was|are|had|have) (?:not )?(?:on|taking|receiving|using|prescribed|under|in|at|aged|willing|able|previously|currently|chronic|[\w-]+ing)\b`)
	// included is "Participants included X", "Eligible patients were X", "We enrolled X".
	includedAre = regexp.MustCompile(`(?i)\b(?:eligible|included|study)?\s*(?:participants|patients|subjects|population|adults|women|men|children|sample|inclusion criteria|eligibility criteria|individuals)\s+(?:were eligible if they(?: had| were)?|qualified if they(?: had| were)?|included|were|was|had to have|had|have|needed|required|comprised|consisted of|met|must have)\s+`)
	eligible    = regexp.MustCompile(`(?i)\beligib|\binclusion\b|\bincluded\b|\bincludes\b|\bcriteria\b|\bparticipants (?:were|had|included)|\baged\b|\bdespite\b|\bsubjects\b|\benrol`)
	notWith     = regexp.MustCompile(`(?i)\b(?:who )?(?:were|was|are|is|did|do|had|have|has)?\s*(?:not|never|no)\s+(?:currently |already |previously |yet )?(?:receiv\w+|taking|us(?:ed|ing|e)|had|have|having|on|enrolled in|engaged in|undergo\w+|treated with|history of|prior|evidence of)\s+(?:an? |any )?|\b(?:under|receiving) no (?:current |prior |previous |other )?`)
	exclusion   = regexp.MustCompile(`(?i)\b(?:exclusion criteria (?:were|included|was)|exclu(?:ded|ding) (?:were |if they (?:had|were) |those with |patients with |participants with |people with |for )?|were excluded if they (?:had|were)|excluding)\s+`)
	listJoint   = regexp.MustCompile(`(?i),? (?:or|and|nor) |[,;] `)
	// staff are people who do the study rather than take part in it.
	staff       = regexp.MustCompile(`(?i)^(?:those|people|individuals|nurses|physicians|workers|practitioners|students) who (?:assess|evaluat|rat|analy|deliver|prescrib|treat|provid|conduct|administer|collect)\w*`)
	shareOf     = regexp.MustCompile(`(?i)\b(?:proportions?|percentages?|numbers?|rates?|shares?|majority|most|many|%|\d+|one|two|three|half|fewer|more|of(?: the)?)\s*(?:\([^()]*\)\s*)?(?:of\s+(?:the\s+)?)?$`)
	groupSignal = regexp.MustCompile(`(?i)\b(?:subgroups?|interaction|stratif\w+|strata|moderat\w+|effect modif\w+|heterogeneity|among|those|at baseline|in (?:patients|participants|adults|women|men|people|individuals|children|subjects|females|males|smokers|older|younger)|for (?:patients|participants|women|men|people|individuals))\b`)
)

// populationsIn returns the mentions of populations in a stretch of text, in text order; a subgroup that is named
// for the first time is added to the study.
func (t *telling) populationsIn(r *reading, span document.Span) []populationMention {
	if len(t.study.Populations) == 0 {
		return nil
	}
	var out []populationMention
	for _, g := range r.groupsIn(span) {
		if n, ok := t.resolve(r, g); ok {
			out = append(out, populationMention{g, n, t.study.Populations[n].Parent != ""})
		}
	}
	return out
}

// populationIn returns the population that a stretch of text is about: the first subgroup that it names, else the
// study's main population. Subgroup tells whether it has a parent.
func (t *telling) populationIn(r *reading, span document.Span) (ref evidence.Ref, subgroup bool) {
	if len(t.study.Populations) == 0 {
		return evidence.Ref{}, false
	}
	n := 0
	for _, m := range t.populationsIn(r, span) {
		if m.subgroup {
			n, subgroup = m.population, true
			break
		}
	}
	p := t.study.Populations[n]
	return evidence.Ref{Text: p.Text, ID: p.ID}, subgroup
}

// mainPopulation returns the population of the whole study.
func (t *telling) mainPopulation() evidence.Ref {
	if len(t.study.Populations) == 0 {
		return evidence.Ref{}
	}
	return evidence.Ref{Text: t.study.Populations[0].Text, ID: t.study.Populations[0].ID}
}

// groupsIn returns the phrases of a stretch of text that name groups of people with what restricts them, and names of
// levels that stand alone: "high-dosage group".
func (r *reading) groupsIn(span document.Span) []document.Span {
	var out []document.Span
	text := r.doc.At(span)
	for at := 0; at < len(text); {
		m := people.FindStringSubmatchIndex(text[at:])
		if m == nil {
			break
		}
		g := r.groupPhrase(document.Span{Start: span.Start + at + m[2], End: span.End}, span.Start+at+m[8])
		out = append(out, g)
		at = max(g.End-span.Start, at+m[9])
	}
	for _, m := range subgroupOf.FindAllStringSubmatchIndex(text, -1) {
		g := r.groupPhrase(document.Span{Start: span.Start + m[2], End: span.End}, span.Start+m[4])
		if !slices.ContainsFunc(out, g.Overlaps) {
			out = append(out, g)
		}
	}
	for _, m := range namedGroup.FindAllStringSubmatchIndex(text, -1) {
		g := document.Span{Start: span.Start + m[2], End: span.Start + m[3]}
		if !slices.ContainsFunc(out, g.Overlaps) {
			out = append(out, g)
		}
	}
	slices.SortFunc(out, func(a, b document.Span) int { return a.Start - b.Start })
	return out
}

// subgroupOf is a group that the text calls one: "the subgroup on high-dosage opioids", "the stratum with diabetes".
var subgroupOf = regexp.MustCompile(`(?i)\b((?:subgroup|subset|stratum|strata|subgroups)\s(?:of (?:` + peopleNoun + `|those)\s)?(on|with|without|who|whose|of|prescribed|receiving|taking|aged|having)\b)`)

// namedGroup is a group named by one word, where the sentence says that it is a group: "among women", "in men".
var namedGroup = regexp.MustCompile(`(?i)\b(?:among|in|for|within|between) (?:the )?((?:[\p{L}-]+ )?(?:women|men|boys|girls|females|males|smokers|non-?smokers|children|adolescents|older adults|veterans)|(?:older|younger|white|black|hispanic|asian|male|female) (?:patients|participants|adults|individuals|people))(?: \([^()]*\))?(?:$|[,.;)]| (?:but|and|than|compared|vs|versus|only|as|the|there|with)\b)`)

// groupPhrase returns where the phrase ends that starts at s.Start; post is where what restricts the group starts.
func (r *reading) groupPhrase(s document.Span, post int) document.Span {
	text := r.doc.Text
	from := post
	if m := whoVerb.FindString(text[post:s.End]); m != "" {
		from = post + len(m)
	}
	flat := laterWho.ReplaceAllStringFunc(outer(text[from:s.End]), func(c string) string { return strings.Repeat("x", len(c)) })
	if m := phraseEnd.FindStringIndex(flat); m != nil {
		s.End = from + m[0]
	}
	if i := strings.Index(text[s.Start:s.End], ")-"); i >= 0 { // a dash that opens an aside
		s.End = s.Start + i + 1
	}
	if i := strings.IndexAny(text[s.Start:s.End], "—–"); i > 0 && from-s.Start < i && text[s.Start+i-1] != ' ' && (s.Start+i+3 < s.End && !isDigitAt(text, s.Start+i+3)) {
		s.End = s.Start + i
	}
	for { // a bracket with a result is none of the name
		m := resultBracket.FindStringIndex(text[s.Start:s.End])
		if m == nil {
			break
		}
		s.End = s.Start + m[0]
	}
	return trimmed(text, s)
}

// resultBracket is a bracket at the end of a phrase that prints a result.
var resultBracket = regexp.MustCompile(`(?i)\s*\([^()]*(?:\bP\b|\bCI\b|confidence|interaction|vs\.?|versus|%|\d/\d|[-−]\d)[^()]*\)$`)

func isDigitAt(text string, i int) bool { return i < len(text) && text[i] >= '0' && text[i] <= '9' }

// resolve returns the population that a group phrase names, and adds it to the study when it is a new subgroup. Ok is
// false when the phrase restricts nothing: people in an arm, people with an outcome.
func (t *telling) resolve(r *reading, g document.Span) (int, bool) {
	phrase := r.doc.At(g)
	criteria := r.criteriaIn(g, true)
	found := r.told(g)
	main := &t.study.Populations[0]
	levels := t.levels(r, found)
	for i, p := range t.study.Populations[1:] {
		if samePopulation(p, criteria, levels, phrase) {
			return i + 1, true
		}
	}
	if n, ok := t.onThatSide(phrase, criteria); ok {
		return n, true
	}
	if n, ok := t.whoHadOne(r, g); ok {
		return n, true
	}
	if within(contentWords(phrase), contentWords(main.Text)) {
		return 0, true
	}
	sentence := r.doc.At(r.around(g))
	before := r.doc.Text[r.around(g).Start:g.Start]
	switch {
	case len(criteria) > 0 && criteria[0].Relation.Numeric() && r.restricts(t, g, criteria[0]):
	case len(levels) > 0:
	case shareOf.MatchString(before), len(t.armsIn(r, g)) > 0 && len(found) == 0:
		return 0, false
	case t.restates(r, found) || !groupSignal.MatchString(sentence) || !t.ownSentence(r, g):
		return 0, false
	case len(found) > 0 || namedGroup.MatchString(r.doc.Text[max(0, g.Start-9):min(len(r.doc.Text), g.End+2)]):
		if !regexp.MustCompile(`(?i)^(?:those|patients|participants|people|individuals|adults|women|men|children|subjects|females|males|[\p{L}-]+ (?:women|men|patients|participants|adults))\b`).MatchString(phrase) {
			return 0, false
		}
	default:
		return 0, false
	}
	return t.addSubgroup(r, g, criteria, found, levels), true
}

var (
	highSide = regexp.MustCompile(`(?i)\b(?:high|higher|highest|high-(?:dose|dosage|risk)|more|older|above|severe)\b`)
	lowSide  = regexp.MustCompile(`(?i)\b(?:low|lower|lowest|less|moderate|low-to-moderate|younger|below|fewer|mild)\b`)
	hadOne   = regexp.MustCompile(`(?i)\b(?:who|that) (?:had|have|did|do|were|was) (none|one|not|so)\b|\b(without|with) (?:one|it|any|such|either)\b`)
)

// onThatSide returns the subgroup on the side of a threshold that a phrase names in words, where the study divides its
// participants by one: "prescribed low-to-moderate dosages" are those below 90 MME.
func (t *telling) onThatSide(phrase string, criteria []evidence.Criterion) (int, bool) {
	if len(criteria) > 0 {
		return 0, false
	}
	high, low := highSide.MatchString(phrase), lowSide.MatchString(phrase)
	if high == low {
		return 0, false
	}
	words := contentWords(phrase)
	for i, p := range t.study.Populations[1:] {
		for _, c := range p.Criteria {
			up := c.Relation == quantity.AtLeast || c.Relation == quantity.Above
			if !c.Relation.Numeric() || up != high {
				continue
			}
			about := contentWords(strings.ReplaceAll(c.Variable, "_", " ") + " " + c.Unit + " " + p.Text)
			if slices.ContainsFunc(words, func(w string) bool {
				return slices.Contains(about, w) && !highSide.MatchString(w) && !lowSide.MatchString(w) && w != "baseline" && w != "prescribed"
			}) {
				return i + 1, true
			}
		}
	}
	return 0, false
}

// whoHadOne resolves "those who had none" and "those who had one" by the condition that was named last before it.
func (t *telling) whoHadOne(r *reading, g document.Span) (int, bool) {
	m := hadOne.FindStringSubmatch(r.doc.At(g))
	if m == nil {
		return 0, false
	}
	absent := strings.EqualFold(m[1], "none") || strings.EqualFold(m[1], "not") || strings.EqualFold(m[2], "without")
	for i := len(t.study.Populations) - 1; i > 0; i-- {
		for _, c := range t.study.Populations[i].Criteria {
			if c.Relation != quantity.Has && c.Relation != quantity.Not {
				continue
			}
			if absent == (c.Relation == quantity.Not) {
				return i, true
			}
			rel := quantity.Has
			if absent {
				rel = quantity.Not
			}
			for k, q := range t.study.Populations {
				if slices.ContainsFunc(q.Criteria, func(x evidence.Criterion) bool { return k > 0 && x.Variable == c.Variable && x.Relation == rel }) {
					return k, true
				}
			}
			p := evidence.Population{
				ID: "p" + strconv.Itoa(len(t.study.Populations)+1), Parent: t.study.Populations[0].ID, Text: r.doc.At(g),
				Passages: []evidence.Passage{r.doc.Passage(r.around(g))},
			}
			p.Criteria = []evidence.Criterion{{Variable: c.Variable, Relation: rel, Passages: p.Passages}}
			t.study.Populations = append(t.study.Populations, p)
			return len(t.study.Populations) - 1, true
		}
	}
	return 0, false
}

var withOrWithout = regexp.MustCompile(`(?i)\b(?:with|without)\s(?:an? |any |no )?`)

// told returns the conditions and the populations that a phrase names; a population that stands for people with a
// condition gives the condition too.
func (r *reading) told(g document.Span) []conceptMention {
	out := r.conceptsIn(g, vocab.TypeCondition, vocab.TypePopulation)
	more := r.conditionsOf(g)
	if m := withOrWithout.FindStringIndex(r.doc.At(g)); m != nil { // a name for the group may hide what it has
		more = append(more, r.conceptsIn(document.Span{Start: g.Start + m[1], End: g.End}, vocab.TypeCondition)...)
	}
	for _, m := range more {
		if !slices.ContainsFunc(out, func(x conceptMention) bool { return x.id == m.id }) {
			out = append(out, m)
		}
	}
	return out
}

// ownSentence reports whether a phrase stands where subgroups of the study are told of: results and methods.
func (t *telling) ownSentence(r *reading, g document.Span) bool {
	for i, s := range r.doc.Sentences {
		if s.Contains(g) {
			switch r.roles[i] {
			case roleResults, roleDesign, roleMethods, roleOutcomes, roleConclusion:
				return true
			}
		}
	}
	return false
}

// restricts reports whether a numeric criterion in a phrase divides the participants rather than admits all of them.
func (r *reading) restricts(t *telling, g document.Span, c evidence.Criterion) bool {
	for _, m := range t.study.Populations[0].Criteria {
		if m.Variable == c.Variable && m.Relation == c.Relation && m.Value == c.Value {
			return false
		}
	}
	return true
}

// levels returns the concepts among some mentions that name a level of what the study's participants have: populations
// that are narrower than another population, such as those with a threshold.
func (t *telling) levels(r *reading, found []conceptMention) []string {
	var out []string
	for _, m := range found {
		c, ok := r.vocab.Concept(m.id)
		if ok && c.Type == vocab.TypePopulation && len(c.NotSameAs) > 0 && len(c.Broader) > 0 && r.typed(c.Broader[0], []string{vocab.TypePopulation}) {
			for _, other := range c.NotSameAs {
				o, ok := r.vocab.Concept(other)
				if ok && slices.Equal(o.Broader, c.Broader) && !slices.Contains(out, m.id) {
					out = append(out, m.id)
				}
			}
		}
	}
	return out
}

// samePopulation reports whether a phrase names a population that the study has.
func samePopulation(p evidence.Population, criteria []evidence.Criterion, levels []string, phrase string) bool {
	if strings.EqualFold(p.Text, phrase) {
		return true
	}
	for _, l := range levels {
		if slices.Contains(p.Conditions, l) {
			return true
		}
	}
	for _, c := range criteria {
		for _, q := range p.Criteria {
			if c.Variable == q.Variable && c.Relation == q.Relation && quantity.Compare(decimal(c.Value), decimal(q.Value)) == 0 && c.Unit == q.Unit && (c.Relation.Numeric() || c.Value == q.Value) && c.Exclude == q.Exclude {
				return true
			}
		}
	}
	return false
}

func decimal(s string) quantity.Decimal {
	d, err := quantity.ParseDecimal(s)
	if err != nil {
		return ""
	}
	return d
}

// within reports whether all words of a list are in another.
func within(a, b []string) bool {
	return len(a) > 0 && likeness(a, b) == 1 && len(a) <= len(b)
}

// restates reports whether some concepts say no more than the main population does.
func (t *telling) restates(r *reading, found []conceptMention) bool {
	main := t.study.Populations[0].Conditions
	for _, m := range found {
		if !slices.ContainsFunc(main, func(c string) bool { return r.vocab.IsA(c, m.id) || r.vocab.IsA(m.id, c) }) {
			return false
		}
	}
	return len(found) > 0
}

// addSubgroup adds a population with a parent and returns its index.
func (t *telling) addSubgroup(r *reading, g document.Span, criteria []evidence.Criterion, found []conceptMention, levels []string) int {
	text := g
	if arms := t.armsIn(r, g); len(arms) > 0 { // "those in arm 1 with X": the arm is not the population
		text = trimmed(r.doc.Text, document.Span{Start: arms[len(arms)-1].End, End: g.End})
	}
	main := t.study.Populations[0]
	p := evidence.Population{
		ID: "p" + strconv.Itoa(len(t.study.Populations)+1), Parent: main.ID, Text: r.doc.At(text),
		Conditions: levels, Criteria: criteria, Passages: []evidence.Passage{r.doc.Passage(r.around(g))},
	}
	absent := regexp.MustCompile(`(?i)\b(?:without|no|not having|free of)\b`).MatchString(r.doc.At(text))
	for _, m := range found {
		if slices.Contains(levels, m.id) || slices.Contains(main.Conditions, m.id) || !r.typed(m.id, []string{vocab.TypeCondition}) {
			continue
		}
		rel := quantity.Has
		if absent {
			rel = quantity.Not
		} else {
			p.Conditions = append(p.Conditions, m.id)
		}
		if !slices.ContainsFunc(p.Criteria, func(c evidence.Criterion) bool { return c.Variable == m.id }) {
			p.Criteria = append(p.Criteria, evidence.Criterion{Variable: m.id, Relation: rel, Passages: p.Passages})
		}
	}
	for i := range t.study.Populations[1:] { // the same restriction in other words
		if q := &t.study.Populations[i+1]; sameCriteria(q.Criteria, p.Criteria) && len(p.Criteria) > 0 {
			q.Passages = appendPassage(q.Passages, p.Passages[0])
			return i + 1
		}
	}
	t.study.Populations = append(t.study.Populations, p)
	return len(t.study.Populations) - 1
}

func sameCriteria(a, b []evidence.Criterion) bool {
	if len(a) != len(b) {
		return false
	}
	for i := range a {
		if a[i].Variable != b[i].Variable || a[i].Relation != b[i].Relation || a[i].Value != b[i].Value {
			return false
		}
	}
	return true
}

// findPopulations reads the study's main population, then the subgroups that its design and results name.
func (r *reading) findPopulations(t *telling) {
	text, at := r.mainPopulation(t)
	if text.Len() == 0 {
		return
	}
	main := evidence.Population{ID: "p1", Text: r.doc.At(text), Passages: []evidence.Passage{r.doc.Passage(r.around(text))}}
	main.Conditions = r.conditions(t, text)
	for _, id := range main.Conditions {
		main.Criteria = append(main.Criteria, evidence.Criterion{Variable: id, Relation: quantity.Has, Passages: main.Passages})
	}
	for _, m := range r.conceptsIn(text, vocab.TypePopulation) {
		if c, ok := r.vocab.Concept(m.id); ok && len(t.levels(r, []conceptMention{m})) == 0 && !slices.ContainsFunc(c.Related, func(x string) bool { return slices.Contains(main.Conditions, x) }) && !slices.ContainsFunc(main.Criteria, func(x evidence.Criterion) bool { return x.Variable == c.ID }) {
			main.Criteria = append(main.Criteria, evidence.Criterion{Variable: c.ID, Relation: quantity.Has, Passages: main.Passages})
		}
	}
	spans := []document.Span{}
	for _, i := range t.sentences {
		if r.roles[i] == roleParticipants || (r.roles[i] == roleDesign && eligible.MatchString(r.text(i))) || i == at && r.roles[i] != roleResults {
			if !comparesGroups.MatchString(r.text(i)) {
				spans = append(spans, r.doc.Sentences[i].Span)
			}
		}
	}
	for _, s := range spans {
		main.Criteria = append(main.Criteria, r.criteriaIn(s, false)...)
		for _, c := range r.exclusionsIn(s) {
			if !slices.ContainsFunc(main.Criteria, func(x evidence.Criterion) bool { return x.Exclude && x.Variable == c.Variable }) {
				main.Criteria = append(main.Criteria, c)
			}
		}
		main.Passages = appendPassage(main.Passages, r.doc.Passage(s))
	}
	t.study.Populations = append(t.study.Populations, main)
	for _, i := range t.sentences {
		switch r.roles[i] {
		case roleDesign, roleParticipants, roleMethods, roleOutcomes, roleResults:
			if r.roles[i] == roleResults || comparesGroups.MatchString(r.text(i)) {
				t.populationsIn(r, r.doc.Sentences[i].Span)
			}
		}
	}
}

// comparesGroups matches sentences that divide the participants.
var comparesGroups = regexp.MustCompile(`(?i)\bsubgroups?\b|\bstratif\w+ by\b|\bbetween (?:participants|patients|those|individuals|people|women|men) \w+|\bmoderat(?:or|ed|ion)\b`)

// mainPopulation returns the words that say who the study is about, and the sentence they stand in (-1 for a title):
// from the sentences about participants, else from the design and the aim, the title, the results.
func (r *reading) mainPopulation(t *telling) (document.Span, int) {
	order := []role{roleParticipants, roleDesign, roleObjective, roleNone, roleMethods, roleInterventions, roleResults, roleConclusion}
	if t.secondHand {
		order = []role{roleParticipants, roleDesign, roleObjective, roleInterventions, roleMethods, roleResults, roleBackground, roleNone, roleConclusion}
	}
	first, firstAt := document.Span{}, -1
	consider := func(g document.Span, at int) bool {
		if g.Len() > 0 && first.Len() == 0 {
			first, firstAt = g, at
		}
		return g.Len() > 0 && r.specific(g)
	}
	for _, want := range order {
		if want == roleNone {
			for _, s := range t.titles {
				if g := r.firstGroup(s); consider(g, -1) {
					return g, -1
				}
			}
			continue
		}
		for _, i := range t.sentences {
			if r.roles[i] != want || comparesGroups.MatchString(r.text(i)) {
				continue
			}
			s := t.within(r, i)
			if want == roleParticipants || want == roleDesign {
				if g := r.eligiblePhrase(s); consider(g, i) {
					return g, i
				}
			}
			if g := r.firstGroup(s); consider(g, i) {
				return g, i
			}
		}
	}
	return first, firstAt
}

// specific reports whether a group is told apart by a condition, a level or a number.
func (r *reading) specific(g document.Span) bool {
	return len(r.conditionsOf(g)) > 0 || len(r.criteriaIn(g, true)) > 0 || len(r.conceptsIn(g, vocab.TypePopulation)) > 0
}

// within returns the stretch of a sentence that tells of the study: all of it, or its part with what the parts share.
func (t *telling) within(r *reading, i int) document.Span {
	s := r.doc.Sentences[i].Span
	if p, ok := t.parts[i]; ok {
		if p.lead.Len() > 0 && p.lead.End <= p.own.Start {
			return document.Span{Start: p.lead.Start, End: p.own.End}
		}
		return p.own
	}
	return s
}

// firstGroup returns the first group of people in a stretch of text that a condition or another restriction makes one,
// or people named by their condition ("OUD patients").
func (r *reading) firstGroup(s document.Span) document.Span {
	text := r.doc.At(s)
	best := document.Span{}
	for _, g := range r.groupsIn(s) {
		if regexp.MustCompile(`(?i)^(?:those|participants|patients|individuals|people|subjects) (?:in|who (?:completed|received|were randomi[sz]ed|participated|took part)|with missing|with and without|receiving (?:the|placebo)|taking (?:the|placebo))\b`).MatchString(r.doc.At(g)) {
			continue
		}
		if shareOf.MatchString(r.doc.Text[s.Start:g.Start]) && !regexp.MustCompile(countPattern+`\s+$`).MatchString(r.doc.Text[s.Start:g.Start]) {
			continue
		}
		if staff.MatchString(r.doc.At(g)) {
			continue
		}
		best = g
		break
	}
	for _, m := range r.conceptsIn(s, vocab.TypeCondition, vocab.TypePopulation) {
		if best.Len() > 0 && m.Start >= best.Start {
			break
		}
		if c, ok := r.vocab.Concept(m.id); ok && c.Type == vocab.TypePopulation && regexp.MustCompile(`(?i)\b`+peopleNoun+`\b`).MatchString(r.doc.At(m.Span)) {
			return m.Span
		}
		if g := regexp.MustCompile(`(?i)^[- ](?:dependent |infected |positive |diagnosed )?` + peopleNoun + `\b`).FindString(r.doc.Text[m.End:s.End]); g != "" {
			return document.Span{Start: m.Start, End: m.End + len(g)}
		}
	}
	_ = text
	return best
}

// eligiblePhrase returns what stands after "Participants included" and "Eligible patients had".
func (r *reading) eligiblePhrase(s document.Span) document.Span {
	text := r.doc.At(s)
	m := includedAre.FindStringIndex(text)
	if m == nil {
		return document.Span{}
	}
	rest := text[m[1]:]
	switch {
	case regexp.MustCompile(`(?i)^(?:randomi[sz]ed|randomly|recruited|enrolled|assigned|allocated|followed|assessed|a total|asked|not|excluded|masked|blinded|evaluated|treated|selected|screened|identified|invited|included|eligible|drawn|seen|given|male|female|\d|(?:in|from|at|on|to|by|for|able|considered|asked|divided|stratified|also)\b)`).MatchString(rest):
		return document.Span{}
	}
	end := s.End
	if i := strings.Index(outer(rest), ";"); i > 0 {
		end = s.Start + m[1] + i
	}
	g := trimmed(r.doc.Text, document.Span{Start: s.Start + m[1], End: end})
	if strings.HasPrefix(strings.ToLower(text[m[0]:]), "eligib") || strings.Contains(strings.ToLower(text[m[0]:m[1]]), "included") || strings.Contains(strings.ToLower(text[m[0]:m[1]]), "were") {
		return g
	}
	if len(r.conceptsIn(g, vocab.TypeCondition, vocab.TypePopulation)) > 0 {
		return g
	}
	return document.Span{}
}

// conditions returns the conditions of the people that a phrase names; where the title, the aim or the conclusion name
// a narrower one of the same people, the narrower one.
func (r *reading) conditions(t *telling, text document.Span) []string {
	out := ids(r.conditionsOf(text))
	spans := slices.Clone(t.titles)
	for _, i := range t.sentences {
		if r.roles[i] == roleConclusion || r.roles[i] == roleObjective {
			spans = append(spans, r.doc.Sentences[i].Span)
		}
	}
	for _, s := range spans {
		for _, g := range r.groupsIn(s) {
			for _, m := range r.conditionsOf(g) {
				for k, have := range out {
					if have != m.id && r.vocab.IsA(m.id, have) {
						out[k] = m.id
					}
				}
				if len(out) == 0 {
					out = append(out, m.id)
				}
			}
		}
	}
	return slices.Compact(out)
}

// conditionsOf returns the conditions in a phrase, without those that it excludes.
func (r *reading) conditionsOf(s document.Span) []conceptMention {
	if m := notWith.FindStringIndex(r.doc.At(s)); m != nil {
		s.End = s.Start + m[0]
	}
	out := r.conceptsIn(s, vocab.TypeCondition)
	for _, m := range r.conceptsIn(s, vocab.TypePopulation) { // "OUD patients" have OUD
		c, _ := r.vocab.Concept(m.id)
		for _, id := range c.Related {
			if r.typed(id, []string{vocab.TypeCondition}) && !slices.ContainsFunc(out, func(x conceptMention) bool { return x.id == id }) {
				out = append(out, conceptMention{m.Span, id})
			}
		}
	}
	return out
}
