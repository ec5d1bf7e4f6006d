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
	// people is a group of people with what restricts it: "adults (N = 525) prescribed opioids for chronic pain".
	people = rules.New(`(?i)\b((?:(?:those|all|adult|older|young|younger|elderly|pregnant|postmenopausal|premenopausal|female|male|healthy|overweight|obese|hospitali[sz]ed|ambulatory|outpatient|community-dwelling|treatment-naive|treatment-seeking|critically ill|[\p{L}]+-dependent|[\p{L}]+-infected|[\p{L}]+-positive|[\p{L}]+-negative|preterm|term|school-aged?|diabetic|hypertensive|nulliparous|primiparous|consecutive|eligible)\s)*)(` + peopleNoun + `|those)((?:\s?\([^()]{1,40}\))?(?: and (?:` + peopleNoun + `))?(?: (?:in|of|from|assigned to|randomi[sz]ed to) (?:the |our )?[\p{L}\d +-]{1,40}?(?: (?:group|arm)| \d))?)\s(with|without|who|whose|prescribed|receiving|taking|on|undergoing|aged|having|diagnosed|suffering|at (?:high |increased |low )?risk|admitted|hospitali[sz]ed|attending|presenting|living|treated|scheduled|referred|seeking|requiring|needing|experiencing|infected|recovering|following|after|over|older|younger|under|in (?:remission|recovery|treatment|methadone|addiction|opioid))\b`)
	// ofCondition is people named by their condition: "OUD patients", "opioid-dependent individuals".
	phraseEnd = rules.New(`(?i)\.(?:\s|$)|[;:]|,? (?:were|was|are|is|had|have|has|will be|would be|can be|did|do|does|may|might|should|compared|versus|vs\.?|than|to (?:receive|compare|determine|assess|evaluate)|at (?:\d+|one|two|three|six|twelve|baseline and|the end)|in a (?:\w+[- ])*(?:trial|study)|(?:in|from|at|across) (?:\w+ ){0,3}(?:clinics?|hospitals?|centers?|centres?|countries|sites|primary care)|over (?:\d+|a)|during|using|randomi[sz]ed|randomly|recruited|enrolled|participated|completed|took part|showed|achieved|experienced|reported|decreased|increased|improved|reduced|lowered|gained|lost|fell|rose|differed|benefit(?:t?ed|s)?|responded|received|and (?:than|those|their|its|to|were|was|compared))\b|, (?:and|which|with|where|while|but|who|we|average|mean|the)\b`)
	// whoVerb is the verb of a clause that "who" opens, which does not end the phrase.
	whoVerb = rules.New(`(?i)^(?:who|whose (?:[\w-]+ ){1,4}?) ?(?:had been|has been|have been|were|was|are|is|had|have|has|did not|do not|report(?:ed)?|received|completed|experienced|met|participated|used|achieved)\b`)
	// laterWho is a further clause about the same people.
	laterWho = rules.New(`(?i)\b(?:who|and|but) (?:were|was|are|had|have) (?:not )?(?:on|taking|receiving|using|prescribed|under|in|at|aged|willing|able|previously|currently|chronic|[\w-]+ing)\b`)
	// included is "Participants included X", "Eligible patients were X", "We enrolled X".
	includedAre = rules.New(`(?i)\b(?:eligible|included|study)?\s*(?:participants|patients|subjects|population|adults|women|men|children|sample|inclusion criteria|eligibility criteria|individuals)\s+(?:were eligible if they(?: had| were)?|qualified if they(?: had| were)?|included|were|was|had to have|had|have|needed|required|comprised|consisted of|met|must have)\s+`)
	eligible    = rules.New(`(?i)\beligib|\binclusion\b|\bincluded\b|\bincludes\b|\bcriteria\b|\bparticipants (?:were|had|included)|\baged\b|\bdespite\b|\bsubjects\b|\benrol`)
	notWith     = rules.New(`(?i)\b(?:who )?(?:were|was|are|is|did|do|had|have|has)?\s*(?:not|never|no)\s+(?:currently |already |previously |yet )?(?:receiv\w+|taking|us(?:ed|ing|e)|had|have|having|on|enrolled in|engaged in|undergo\w+|treated with|history of|prior|evidence of)\s+(?:an? |any )?|\b(?:under|receiving) no (?:current |prior |previous |other )?`)
	exclusion   = rules.New(`(?i)\b(?:exclusion criteria (?:were|included|was)|exclu(?:ded|ding) (?:were |if they (?:had|were) |those with |patients with |participants with |people with |for )?|were excluded if they (?:had|were)|excluding)\s+`)
	listJoint   = rules.New(`(?i),? (?:or|and|nor) |[,;] `)
	// staff are people who do the study rather than take part in it.
	staff       = rules.New(`(?i)^(?:those|people|individuals|nurses|physicians|workers|practitioners|students) who (?:assess|evaluat|rat|analy|deliver|prescrib|treat|provid|conduct|administer|collect)\w*`)
	shareOf     = rules.New(`(?i)\b(?:proportions?|percentages?|numbers?|rates?|shares?|majority|most|many|%|\d+|one|two|three|half|fewer|more|of(?: the)?)\s*(?:\([^()]*\)\s*)?(?:of\s+(?:the\s+)?)?$`)
	groupSignal = rules.New(`(?i)\b(?:subgroups?|interaction|stratif\w+|strata|moderat\w+|effect modif\w+|heterogeneity|among|those|at baseline|in (?:patients|participants|adults|women|men|people|individuals|children|subjects|females|males|smokers|older|younger)|for (?:patients|participants|women|men|people|individuals))\b`)
)

// mainPopulation returns the population of the whole study.
func (t *telling) mainPopulation() evidence.Ref {
	if len(t.study.Populations) == 0 {
		return evidence.Ref{}
	}
	return evidence.Ref{Text: t.study.Populations[0].Text, ID: t.study.Populations[0].ID}
}

// findPopulations reads the study's main population, then the subgroups that its design and results name.
func (r *reading) findPopulations(t *telling) {
	text, at := r.mainPopulation(t)
	if lines := r.listed(t, inclusionHead); text.Len() == 0 && len(lines) > 0 {
		text = lines[0]
	}
	if text.Len() == 0 {
		return
	}
	main := evidence.Population{ID: "p1", Text: r.doc.At(text), Passages: []evidence.Passage{r.doc.Passage(r.around(text))}}
	main.Conditions = r.conditions(t, text)
	for _, id := range main.Conditions {
		main.Criteria = append(main.Criteria, evidence.Criterion{Variable: id, Relation: quantity.Has, Passages: main.Passages})
	}
	r.kindsOfPeople(t, &main, text, main.Passages)
	if !slices.ContainsFunc(main.Criteria, func(c evidence.Criterion) bool { return r.typed(c.Variable, []string{vocab.TypePopulation}) }) {
		for _, title := range t.titles {
			for _, p := range r.peoplePhrases(title) {
				r.kindsOfPeople(t, &main, p.Span, []evidence.Passage{r.doc.Passage(title)}) // "older adults with depression", of whom the text says "patients with depression"
			}
		}
	}
	spans := []document.Span{}
	for _, i := range t.sentences {
		if head := strings.TrimSpace(r.doc.Sections[r.doc.Sentences[i].Section].Heading); inclusionHead.MatchString(head) || exclusionHead.MatchString(head) {
			continue // each line is a criterion
		}
		if r.roles[i] == roleParticipants || (r.roles[i] == roleDesign && r.matches(i, eligible)) || i == at && r.roles[i] != roleResults {
			if !r.matches(i, comparesGroups) {
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
	r.listedCriteria(t, &main)
	t.study.Populations = append(t.study.Populations, main)
	for _, i := range t.sentences {
		switch r.roles[i] {
		case roleDesign, roleParticipants, roleMethods, roleOutcomes, roleResults:
			if r.roles[i] == roleResults || r.matches(i, comparesGroups) {
				t.populationsIn(r, r.doc.Sentences[i].Span)
			}
		}
	}
}

// kindsOfPeople adds to a population the kinds of people that a phrase names: children, smokers.
func (r *reading) kindsOfPeople(t *telling, main *evidence.Population, text document.Span, said []evidence.Passage) {
	for _, m := range r.conceptsIn(text, vocab.TypePopulation) {
		if c, ok := r.vocab.Concept(m.id); ok && len(t.levels(r, []conceptMention{m})) == 0 && !slices.ContainsFunc(c.Related, func(x string) bool { return slices.Contains(main.Conditions, x) }) && !slices.ContainsFunc(main.Criteria, func(x evidence.Criterion) bool { return x.Variable == c.ID }) {
			main.Criteria = append(main.Criteria, evidence.Criterion{Variable: c.ID, Relation: quantity.Has, Passages: said})
		}
	}
}

// comparesGroups matches sentences that divide the participants.
var comparesGroups = rules.New(`(?i)\bsubgroups?\b|\bstratif\w+ by\b|\bbetween (?:participants|patients|those|individuals|people|women|men) \w+|\bmoderat(?:or|ed|ion)\b`)

// weightOfRole is how far a sentence of a role is trusted to say whom the study is about.
var weightOfRole = map[role]int{roleParticipants: 6, roleDesign: 6, roleObjective: 5, roleMethods: 5, roleInterventions: 3, roleOutcomes: 2, roleResults: 2, roleConclusion: 1}

const (
	weightOfTitle = 4 // the same of a title
	surest        = 6
	leastSure     = 2
	enough        = 8 // what weighs so much is not sought among the results
)

// mainPopulation returns the words that say who the study is about, and the sentence they stand in (-1 for a title): of all phrases
// that name people told apart by something, the one that weighs most, and of two as heavy the first.
func (r *reading) mainPopulation(t *telling) (document.Span, int) {
	best, at, most := document.Span{}, -1, 0
	divided := document.Span{}
	consider := func(p peoplePhrase, i, weight int, enrolling bool) {
		if n := r.weigh(t, p, weight, enrolling); n > most {
			best, at, most = p.Span, i, n
		}
	}
	sentences := func(least, largest int) {
		for _, i := range t.sentences {
			weight := weightOfRole[r.roles[i]]
			if weight == 0 && t.secondHand {
				weight = 1
			}
			if weight < least || weight > largest || r.matches(i, comparesGroups) {
				continue
			}
			s := t.within(r, i)
			enrolling := r.matches(i, enrols)
			if weight == surest {
				if g := r.eligiblePhrase(s); g.Len() > 0 && r.specific(g) {
					consider(peoplePhrase{Span: g, limited: true}, i, weight, true)
				}
			}
			for _, p := range r.peoplePhrases(s) {
				if weight <= leastSure && r.level(t, p.Span) {
					divided = p.Span
					continue
				}
				consider(p, i, weight, enrolling)
			}
		}
	}
	sentences(leastSure+1, surest)
	for _, s := range t.titles {
		for _, p := range r.peoplePhrases(s) {
			consider(p, -1, weightOfTitle, false)
		}
	}
	if most < enough {
		sentences(1, leastSure)
	}
	if m := people.FindStringSubmatchIndex(r.doc.At(divided)); m != nil && most == 0 { // only its subgroups are named
		return document.Span{Start: divided.Start + m[2], End: divided.Start + m[5]}, -1
	}
	return best, at
}

// level reports whether a group is one of those that a threshold divides the participants into.
func (r *reading) level(t *telling, g document.Span) bool {
	if g.Len() == 0 {
		return false
	}
	return len(r.criteriaIn(g, true)) > 0 || len(t.levels(r, r.told(g))) > 0
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

// eligiblePhrase returns what stands after "Participants included" and "Eligible patients had".
func (r *reading) eligiblePhrase(s document.Span) document.Span {
	text := r.doc.At(s)
	m := includedAre.FindStringIndex(text)
	if m == nil {
		return document.Span{}
	}
	rest := text[m[1]:]
	switch {
	case notEligible.MatchString(rest):
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
	for _, title := range t.titles {
		if ps := r.peoplePhrases(title); len(ps) == 1 && !t.secondHand { // "depressed patients with gout", of whom the text says "patients with gout"
			for _, m := range r.conditionsOf(ps[0].Span) {
				if !slices.ContainsFunc(out, func(have string) bool { return r.vocab.IsA(have, m.id) }) {
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
	out := slices.DeleteFunc(slices.Clone(r.conceptsIn(s, vocab.TypeCondition)), func(m conceptMention) bool {
		return denies.MatchString(r.doc.Text[s.Start:m.Start]) // "non-obese"
	})
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

var (
	denies      = rules.New(`(?i)\bnon[-‐‑– ]?$`)
	peopleFirst = rules.New(`(?i)^(?:those|(?:[\p{L}-]+ )?` + peopleNoun + `)\b`)
	absence     = rules.New(`(?i)\b(?:without|no|not having|free of)\b`)
	notMain     = rules.New(`(?i)^(?:those|participants|patients|individuals|people|subjects) (?:in|who (?:completed|received|were randomi[sz]ed|participated|took part)|with missing|with and without|receiving (?:the|placebo)|taking (?:the|placebo))\b`)
	countBefore = rules.New(countPattern + `\s+$`)
	notEligible = rules.New(`(?i)^(?:randomi[sz]ed|randomly|recruited|enrolled|assigned|allocated|followed|assessed|a total|asked|not|excluded|masked|blinded|evaluated|treated|selected|screened|identified|invited|included|eligible|drawn|seen|given|observed|monitored|examined|instructed|exposed|triggered|genotyped|taken|completed|trained|tested|measured|interviewed|contacted|administered|subjected|scanned|fed|maintained|kept|placed|provided|offered|sent|visited|analy[sz]ed|operated|discharged|male|female|\d|(?:in|from|at|on|to|by|for|able|considered|asked|divided|stratified|also)\b)`)
)
