package extract

import (
	"slices"
	"strings"

	"github.com/picograph/picograph/graph/evidence"
	"github.com/picograph/picograph/graph/vocab"
	"github.com/picograph/picograph/loader/document"
)

var (
	// sizeAfter is "(n = 411)" and "[n=411]" right after the name of an arm.
	sizeAfter = rules.New(`(?i)^[\s,]*(?:groups?|arms?|alone)?\s*[(\[][^()\[\]]{0,30}?\bn\s*[=:]\s*` + countPattern + `\b`)
	// sizeTo is "411 were assigned to" right before the name of an arm.
	sizeTo = rules.New(`(?i)` + countPattern + `\s+(?:(?:patients|participants|subjects|individuals|people|women|men|adults|children|clinics|practices)\s+)?(?:(?:were|was)\s+)?(?:(?:randomly\s+)?(?:randomi[sz]ed|assigned|allocated)\s+)?(?:to|in|into|received)\s+(?:receive\s+)?(?:the\s+)?$`)
	// sizeOfAll is what follows the first of several arms in "500 children were randomised to A, B or C", "to group A and the
	// control group".
	sizeOfAll = rules.New(`(?i)^[^.;\d]{0,120}?\b(?:or|versus|vs)\b|^[^.;\d]{0,60}?\band (?:the |an? )?[^.;,\d]{2,40}?\b(?:groups?|arms?)\b`)
	// totalOf is what stands before the number in "a total of 2061 patients were assigned to A (1038) and B (1023)".
	totalOf = rules.New(`(?i)\b(?:total of|all)\s+$`)
	// sizeBare is "(1038)" right after the name of an arm.
	sizeBare = rules.New(`(?i)^[\s,]*(?:groups?|arms?)?\s*\(` + countPattern + `(?:\s(?:patients|participants|subjects|women|men|children|people))?\)`)
	// sizeGiven is a size in brackets; a sentence with two of them gives the sizes of arms.
	sizeGiven = rules.New(`(?i)[(\[][^()\[\]]{0,30}?\bn\s*[=:]\s*\d`)
	// sizeListed is "A: n = 205" in a bracket that lists the sizes of arms, behind the name; listedSizes is such a bracket behind those who
	// were assigned.
	sizeListed  = rules.New(`(?i)^\s*(?:groups?|arms?)?\s*[:,]?\s*n\s*[=:]\s*` + countPattern + `\b`)
	listedSizes = rules.New(`(?i)\b(?:randomi[sz]ed|randomly assigned|assigned|allocated)(?: [^.;()\[\]]{1,40})?\s*[(\[]([^()\[\]]*?\bn\s*[=:]\s*\d[^()\[\]]*?\bn\s*[=:]\s*\d[\d,]*)\s*[)\]]`)
	// perGroup is "757 patients (389 in the A group and 368 in the B group)".
	perGroup = rules.New(`(?i)\b(?:` + peopleNoun + `|randomi[sz]ed|assigned|allocated|enrolled|included|analy[sz]ed|of whom)\b[^.;()]{0,40}\(\d[\d,]* (?:\w+ )?in (?:the )?[^()%]{2,60} and \d[\d,]* (?:\w+ )?in [^()%]{2,60}\)`)
	// sameParts is "the same components as the control".
	sameParts = rules.New(`(?i)\b(?:kept|retained|included|had|offered|provided|received) (?:all|each) (?:of )?(?:these|those|the)\b|\b(?:the )?same (?:\w+ ){0,3}(?:as|that)\b|\b(?:in addition to|on top of|as well as|plus) (?:all |the )*(?:\w+ )?(?:components?|elements?|content|care) (?:of|in|from|provided)\b|\beverything (?:in|that)\b|\ball (?:the )?(?:components?|elements?) (?:of|in)\b`)
	// packageSubject is a subject that stands for the only intervention there is: "The sessions", "In this model".
	packageSubject = rules.New(`(?i)^(?:\w+, )?(?:in |during )?(?:the|this|these|each|all)\s(?:[\w-]+,? ){0,6}?(?:program(?:me)?s?|model|intervention|therapy|treatment|sessions?|training|approach|protocol|package|course|curriculum|care managers?|content|modules?)\b`)
	// consistsOf matches the verbs after which a text says what an arm received.
	consistsOf = rules.New(`(?i)\b(?:involv\w+|consist\w*|compris\w+|includ\w+|provid\w+|receiv\w+|contain\w*|combin\w+|deliver\w*|had|was an?|is an?|offer\w*|emphasi[sz]\w+|attend\w*|underwent|took|got|were (?:given|offered|taught|treated|provided))\b`)
)

// armSizes fills in the sizes of arms that sentences print beside their names.
func (r *reading) armSizes(t *telling) {
	for _, i := range t.sentences {
		switch r.roles[i] {
		case roleDesign, roleParticipants, roleInterventions, roleResults, roleMethods, roleObjective:
		default:
			continue
		}
		if may := r.hit(i); !may.May(sizeAfter) && !may.May(sizeBare) && !may.May(sizeTo) && !may.May(listedSizes) {
			continue
		}
		s := r.doc.Sentences[i].Span
		mentions := t.armsIn(r, s)
		var listed document.Span
		if m := r.rule(s, listedSizes).FindStringSubmatchIndex(r.text(i)); m != nil {
			listed = document.Span{Start: s.Start + m[2], End: s.Start + m[3]}
		}
		sized := len(r.rule(r.doc.Sentences[i].Span, sizeGiven).FindAllStringIndex(r.text(i), 3)) > 1
		for _, m := range mentions {
			if len(m.arms) != 1 || t.study.Arms[m.arms[0]].N.Present() {
				continue
			}
			a := &t.study.Arms[m.arms[0]]
			if g := sizeListed.FindStringSubmatch(r.doc.Text[m.End:s.End]); g != nil && listed.Contains(m.Span) {
				a.N = count(g[1])
			} else if g := sizeAfter.FindStringSubmatch(r.doc.Text[m.End:s.End]); g != nil && (r.roles[i] != roleResults || sized && len(g[1]) > 1 || r.matches(i, allocated)) {
				if len(mentions) > 1 && r.totalBehind(i) {
					continue
				}
				a.N = count(g[1]) // fewer than ten in a result are those to whom it happened
			} else if g := sizeBare.FindStringSubmatch(r.doc.Text[m.End:s.End]); g != nil && len(g[1]) > 1 && r.matches(i, allocated) { // "(2)" numbers the next item
				a.N = count(g[1])
			} else if g := sizeToArm(r.doc.Text[s.Start:m.Start], r.doc.Text[m.End:s.End]); g != "" && (allocated.MatchString(r.text(i)+" to ") || r.matches(i, perGroup)) {
				a.N = count(g)
			} else {
				continue
			}
			a.Passages = appendPassage(a.Passages, r.passage(i))
		}
	}
}

// sizeOfBoth is "(N = 35)" at the end of a sentence: the capital counts all.
var sizeOfBoth = rules.New(`\(N\s?=\s?\d[\d,]*\)\s*\.?\s*$`)

// totalBehind reports whether the size behind the last of several arms counts all who were assigned, rather than those in
// it: "were assigned to A or B (N = 35)." No other arm has a size of its own there.
func (r *reading) totalBehind(sentence int) bool {
	s := r.doc.Sentences[sentence].Span
	return r.rule(s, sizeOfBoth).MatchString(r.doc.At(s)) && len(r.rule(s, sizeGiven).FindAllStringIndex(r.doc.At(s), 2)) == 1
}

// sizeToArm returns the number of people who were assigned to an arm by what stands before its name, or "". What counts
// all who were assigned to one of several arms is no arm's size.
func sizeToArm(before, after string) string {
	g := sizeTo.FindStringSubmatchIndex(before)
	if g == nil || totalOf.MatchString(before[:g[2]]) || sizeOfAll.MatchString(after) {
		return ""
	}
	return before[g[2]:g[3]]
}

// appendPassage adds a passage that is not there yet.
func appendPassage(ps []evidence.Passage, p evidence.Passage) []evidence.Passage {
	for _, q := range ps {
		if q.Start == p.Start && q.End == p.End {
			return ps
		}
	}
	return append(ps, p)
}

// describeArms reads what each arm consisted of: from the clauses about interventions whose subject is an arm, and
// from those that go on with it.
func (r *reading) describeArms(t *telling) {
	var current []int
	previous := -2
	for _, i := range t.sentences {
		background := t.secondHand && (r.roles[i] == roleBackground || r.roles[i] == roleObjective || r.roles[i] == roleDesign) && len(t.study.Arms) == 1
		told := background || r.roles[i] == roleInterventions
		if !told && (r.roles[i] != roleDesign && r.roles[i] != roleParticipants && r.roles[i] != roleMethods || !r.matches(i, consistsOf)) {
			continue
		}
		for k, clause := range split(r.doc.Text, t.own(r, i), clauseEnd) {
			if strings.HasPrefix(r.doc.At(clause), "To ") { // what for, not what
				current = nil
				continue
			}
			arms := t.armsIn(r, clause)
			subject, about := r.subjectOf(t, clause, arms, told)
			if about == nil && told && len(arms) == 0 && len(current) > 0 && (k > 0 || previous == i-1 && r.paragraphs[i] == r.paragraphs[i-1]) {
				subject, about = document.Span{Start: clause.Start, End: clause.Start}, current
			}
			if current = about; about != nil {
				previous = i
				r.describe(t, i, about, document.Span{Start: subject.End, End: clause.End}, arms)
			}
		}
	}
}

// clauseEnd ends a clause that has a subject of its own.
var clauseEnd = rules.New(`(?i);\s|,?\s(?:whereas|while)\s`)

// subjectOf returns the arms that a clause is about, and where it names them: what stands in front of a verb of
// content, the only arm that a clause about interventions names near its start, both arms where it names no other.
func (r *reading) subjectOf(t *telling, clause document.Span, arms []armMention, told bool) (document.Span, []int) {
	text := r.doc.Text
	if m := packageSubject.FindString(r.doc.At(clause)); m != "" && len(t.study.Arms) == 1 {
		return document.Span{Start: clause.Start, End: clause.Start + len(m)}, []int{0}
	}
	for _, m := range arms {
		if m.Start-clause.Start > 60 || allocated.MatchString(r.doc.At(document.Span{Start: clause.Start, End: m.Start})) {
			break
		}
		if v := consistsOf.FindStringIndex(text[m.End:clause.End]); v != nil && v[0] < 40 {
			return m.Span, m.arms
		}
	}
	if told && len(arms) == 1 && (arms[0].every || arms[0].Start-clause.Start < 30) {
		if arms[0].every && arms[0].Start-clause.Start > 30 {
			return document.Span{Start: clause.Start, End: clause.Start}, arms[0].arms
		}
		return arms[0].Span, arms[0].arms
	}
	return document.Span{}, nil
}

// describe adds what a clause of sentence i says after its subject to the arms that it is about.
func (r *reading) describe(t *telling, i int, about []int, rest document.Span, arms []armMention) {
	found := ids(r.conceptsIn(rest, vocab.TypeIntervention, vocab.TypeDrug, vocab.TypeDrugClass))
	inherits := -1
	if sameParts.MatchString(r.doc.At(rest)) && len(about) == 1 {
		for _, m := range arms {
			if m.Start >= rest.Start && len(m.arms) == 1 && !slices.Contains(about, m.arms[0]) {
				inherits = m.arms[0]
			}
		}
		if len(t.study.Arms) == 2 && inherits < 0 {
			inherits = 1 - about[0]
		}
	}
	for _, k := range about {
		a := &t.study.Arms[k]
		if inherits >= 0 {
			for _, id := range t.study.Arms[inherits].Components {
				if !slices.Contains(a.Components, id) {
					a.Components = append(a.Components, id)
				}
			}
		}
		for _, id := range r.components(a.Interventions, found) {
			if !slices.Contains(a.Components, id) && !r.ofOtherArm(t, k, id) {
				a.Components = append(a.Components, id)
			}
		}
		a.Passages = appendPassage(a.Passages, r.passage(i))
		if len(about) > 1 {
			continue
		}
		text := strings.TrimRight(r.doc.At(trimmed(r.doc.Text, rest)), ".")
		switch {
		case a.Description == "", strings.Contains(text, a.Description):
			a.Description = text
		case !strings.Contains(a.Description, text):
			a.Description += "; " + text
		}
	}
}

// ofOtherArm reports whether a concept is what another arm received rather than a part of this one.
func (r *reading) ofOtherArm(t *telling, k int, id string) bool {
	for j, a := range t.study.Arms {
		if j != k && slices.Contains(a.Interventions, id) && !slices.Contains(t.study.Arms[k].Components, id) {
			return true
		}
	}
	return false
}

var (
	// called is "a group therapy called STOP", "a programme named X".
	called = rules.New(`\b(?:called|named|known as|termed|dubbed)\s+(?:the\s+)?([“"]?\p{Lu}[\w+-]*[”"]?(?:\s\p{Lu}[\w-]*){0,4})`)
	// studied is what stands after the verb that says what was done with one intervention.
	studied = rules.New(`(?i)\b(?:(?:effects?|effectiveness|efficacy|safety|feasibility|acceptability|impact|use|trials?|study|studies|evaluation)(?:,? (?:and|or) [\w-]+)* (?:of|that used|using|on)|evaluat\w+|test(?:ed|s)?|introduc\w+(?: and \w+)?|examin\w+|assess\w+|investigat\w+|trials? of|to receive|received|treated with|used|using)\s+(?:the )?(?:use of |effects? of |effectiveness of |efficacy of |safety of |feasibility of |impact of )?`)
	// alsoGiven are those of studied that are as well said of what all got, and of what something was measured with.
	alsoGiven  = rules.New(`(?i)^(?:to receive|received|treated with|used|using|assess|examin|introduc)`)
	hasControl = rules.New(`(?i)\b(placebo|sham|usual care|standard care|standard of care|treatment as usual|care as usual|wait(?:ing)?[- ]?list(?: control)?|no treatment|control)[- ](?:controlled|groups?|arms?|conditions?|periods?|phases?|sessions?)\b|\b(placebo|sham)\b`)
)

// singleArm returns the one arm of a study that compares nothing, or the intervention and its control where the text
// names the control only by its kind: the intervention that the title and the aim name.
func (r *reading) singleArm(t *telling) []comparison {
	if !t.described {
		return nil
	}
	var best draft
	found, tested := false, ""
	try := func(s document.Span, at int, from int, weak bool) {
		if found && !r.typed(tested, []string{vocab.TypeDrugClass}) {
			return
		}
		m, ok := r.studiedIn(document.Span{Start: s.Start + from, End: s.End})
		if !ok || found && (m.id == tested || !r.vocab.IsA(m.id, tested)) {
			return // what stands first counts, but for a class of which a drug is named
		}
		if weak && setsGroups(t.study) && !r.titleNames(t, m.id) {
			return // what all got, or what was measured by it
		}
		if d, ok := r.draft(r.wholeOf(m, s)); ok && d.label.Len() > 0 {
			if at >= 0 {
				d.at = []int{at}
			}
			best, found, tested = d, true, m.id
		}
	}
	for _, i := range t.sentences {
		s := r.doc.Sentences[i].Span
		if r.roles[i] == roleBackground && !t.secondHand {
			continue
		}
		if m := r.rule(r.doc.Sentences[i].Span, called).FindStringSubmatchIndex(r.text(i)); m != nil && !found {
			if d, ok := r.draft(document.Span{Start: s.Start + m[2], End: bracketEnd(r.doc.Text, s.Start+m[3], s.End)}); ok && d.label.Len() > 0 {
				d.at = []int{i}
				best, found = d, true
			}
		}
		for _, m := range r.rule(r.doc.Sentences[i].Span, studied).FindAllStringIndex(r.text(i), -1) {
			try(s, i, m[1], alsoGiven.MatchString(r.text(i)[m[0]:m[1]]))
		}
	}
	for _, s := range t.titles {
		if m := studied.FindStringIndex(r.doc.At(s)); m != nil {
			try(s, -1, m[1], false)
		}
		try(s, -1, 0, false)
	}
	if !found {
		best, found = r.unknownTreatment(t)
	}
	if !found {
		best, found = r.triedOut(t)
	}
	if !found && setsGroups(t.study) && r.controlNamed(t).generic != "" {
		best, found = r.titleSubject(t)
	}
	if !found {
		return nil
	}
	if sides := r.versusWithin(best); sides != nil {
		return []comparison{{arms: sides, weight: 1}}
	}
	arms := []draft{best}
	if t.study.Design.Model != "single group" {
		if sides := r.resultSides(t, best); len(sides) > 1 {
			return []comparison{{arms: sides, weight: 1}}
		}
	}
	if control := r.controlNamed(t); control.generic != "" && t.study.Design.Model != "single group" {
		arms = append(arms, control)
	}
	return []comparison{{arms: arms, weight: 1}}
}

// versusWithin reads the two arms that the label of one draft sets against each other: "oral versus intravenous treatment".
func (r *reading) versusWithin(d draft) []draft {
	ws := r.words(d.label)
	for i := 1; i+1 < len(ws); i++ {
		if l := ws[i].lower; l == "versus" || l == "vs" || l == "vs." {
			at := -1
			if len(d.at) > 0 {
				at = d.at[0]
			}
			return r.drafts(at, []document.Span{{Start: ws[0].Start, End: ws[i-1].End}, {Start: ws[i+1].Start, End: d.label.End}})
		}
	}
	return nil
}

// titleNames reports whether a title of a study names a treatment, one of its kind or what it is a kind of; a study without one may
// name any.
func (r *reading) titleNames(t *telling, id string) bool {
	if len(t.titles) == 0 {
		return true
	}
	return slices.ContainsFunc(t.titles, func(s document.Span) bool {
		return slices.ContainsFunc(r.conceptsIn(s, treatmentTypes...), func(m conceptMention) bool { return r.vocab.IsA(m.id, id) || r.vocab.IsA(id, m.id) })
	})
}

// studiedIn returns the treatment that the vocabulary knows near the start of a stretch, where the words lead to it.
func (r *reading) studiedIn(rest document.Span) (conceptMention, bool) {
	for _, m := range r.conceptsIn(rest, vocab.TypeIntervention, vocab.TypeDrug, vocab.TypeDrugClass) {
		if r.untold(m.id) || partOfProblem.MatchString(r.doc.Text[m.End:rest.End]) {
			continue
		}
		return m, m.Start-rest.Start <= 60 && !leadsAway.MatchString(r.doc.Text[rest.Start:m.Start])
	}
	return conceptMention{}, false
}

// wholeOf returns the name of a treatment in a stretch that says what was tried: of an intervention all of it that the words
// set together, "a home visit and peer support program".
func (r *reading) wholeOf(m conceptMention, s document.Span) document.Span {
	if r.typed(m.id, []string{vocab.TypeIntervention}) {
		for _, at := range tried.FindAllStringSubmatchIndex(r.doc.At(s), -1) {
			whole := document.Span{Start: s.Start + at[2], End: s.Start + at[3]}
			if whole.Contains(m.Span) && whole.Len() > m.Len() && !ofOther.MatchString(r.doc.Text[whole.Start:m.Start]) {
				return whole
			}
		}
	}
	return document.Span{Start: m.Start, End: bracketEnd(r.doc.Text, m.End, s.End)}
}

// ofOther is what stands in front of a treatment that is only a part of what is named: "fatigue during exercise".
var ofOther = rules.New(`(?i)\s(?:during|after|before|following|through|in|on|for|by|of|to)\s`)

// partOfProblem follows the name of a treatment that is no more than a part of what the study is about: "opioid overdoses",
// "long-term opioid therapy guidelines", "iron deficiency".
var partOfProblem = rules.New(`(?i)^[ -](?:therapy |treatment |use )?(?:resistan\w+|sensiti\w+|deficien\w+|insufficien\w+|na[iï]ve|overdos\w+|misuse|abuse|dependence|addiction|poisonings?|guidelines?|use disorders?|deaths?|prescribing|receptors?|levels?|concentrations?|secretion|synthesis|metabolism|clearance|release|production|transporters?)\b`)

// tried is what a study says that it tried, by the noun that ends it: "a trial of a combined X and Y intervention".
var tried = rules.New(`(?i)\b(?:trial|evaluation|effects?|effectiveness|efficacy|feasibility|impact|pilot(?: study)?)(?:,? (?:and|or) [\w-]+)* of (?:an? |the )?((?:[\p{L}\d+/’-]+ |\([^()]{2,12}\) ){1,9}?(?:interventions?|program(?:me)?s?|therapy|treatment|training|course|app|device|vaccine|diet|supplement\w*|education|exercises?))\b`)

// unknownTreatment returns the intervention that a study's title, aim or design names and that the vocabulary lacks.
func (r *reading) unknownTreatment(t *telling) (draft, bool) {
	for _, x := range r.places(t, roleObjective, roleDesign, roleInterventions) {
		m := r.rule(x.Span, tried).FindStringSubmatchIndex(r.doc.At(x.Span))
		if m == nil {
			continue
		}
		d := draft{label: document.Span{Start: x.Start + m[2], End: x.Start + m[3]}}
		if name := r.doc.At(d.label); genericArm.MatchString(name) || notAnArm.MatchString(name) {
			continue
		}
		if x.sentence >= 0 {
			d.at = []int{x.sentence}
		}
		return d, true
	}
	return draft{}, false
}

// leadsAway is what stands between "the effect of" and a treatment that is not what was studied: "the effect of X on the
// level of", "the effect of X in adults taking".
var leadsAway = rules.New(`(?i)\b(?:on|under|undergoing|receiving|taking|against|among|added to|versus|vs)\s|\bin\s[^,.;]*\b(?:undergoing|receiving|taking|on)\s`)

// untold reports whether a class of drugs is too wide to say what an arm received: one that other classes are part of.
func (r *reading) untold(id string) bool {
	c, ok := r.vocab.Concept(id)
	return ok && c.Type == vocab.TypeDrugClass && len(c.Broader) == 0 && slices.ContainsFunc(r.vocab.Narrower(id), func(n string) bool {
		return n != id && r.typed(n, []string{vocab.TypeDrugClass})
	})
}

// bracketEnd returns where the bracket ends that follows directly after i, or i.
func bracketEnd(text string, i, end int) int {
	rest := strings.TrimLeft(text[i:end], " ”\"")
	if rest != "" && (rest[0] == '(' || rest[0] == '[') {
		if c := closes(rest); c >= 0 {
			return end - len(rest) + c + 1
		}
	}
	return i
}

// weConducted is a sentence of a background that tells of the study itself.
var weConducted = rules.New(`(?i)\bwe\b[^.;]{0,40}\b(?:conducted|performed|undertook|carried out|designed|initiated)\b[^.;]{0,60}\b(?:trial|study)\b`)

// controlNamed returns the control of a study that is named only by its kind: "placebo-controlled".
func (r *reading) controlNamed(t *telling) draft {
	spans := slices.Clone(t.titles)
	at := []int{}
	for range t.titles {
		at = append(at, -1)
	}
	for _, i := range t.sentences {
		switch r.roles[i] {
		case roleObjective, roleDesign, roleParticipants, roleInterventions, roleOutcomes, roleMethods, roleResults:
			spans, at = append(spans, r.doc.Sentences[i].Span), append(at, i)
		case roleBackground:
			if r.matches(i, weConducted) {
				spans, at = append(spans, r.doc.Sentences[i].Span), append(at, i)
			}
		}
	}
	for k, s := range spans {
		m := hasControl.FindStringSubmatchIndex(r.doc.At(s))
		if m == nil {
			continue
		}
		g := m[2:4]
		if g[0] < 0 {
			g = m[4:6]
		}
		d := draft{generic: strings.ToLower(r.doc.Text[s.Start+g[0] : s.Start+g[1]])}
		if d.generic != "control" {
			d.label = document.Span{Start: s.Start + g[0], End: s.Start + g[1]}
		}
		if at[k] >= 0 {
			d.at = []int{at[k]}
		}
		return d
	}
	return draft{}
}

// nameTested gives the one arm that is known only as the intervention what the study's title or its aim says that it
// tried: "Effect of X on Y".
func (r *reading) nameTested(t *telling, arms []draft) {
	at := -1
	for i, d := range arms {
		if d.label.Len() > 0 || d.detail.Len() > 0 || isControl(d.generic) {
			continue
		}
		if numberedName.MatchString(d.generic) || at >= 0 {
			return
		}
		at = i
	}
	if at < 0 || slices.ContainsFunc(arms, func(d draft) bool { return d.label.Len() > 0 && !isControlLabel(r.doc.At(d.label)) }) {
		return
	}
	if d, ok := r.triedOut(t); ok {
		arms[at] = merged(arms[at], d)
	}
}

// titleSubject returns what a title names first where that can be what was tried: "Rilonacept in the treatment of gout",
// "Supplementation with selenium".
func (r *reading) titleSubject(t *telling) (draft, bool) {
	for _, s := range t.titles {
		ws := clauseWords(r.words(s), s)
		for i, w := range ws {
			if i+1 < len(ws) && i > 0 && w.lower == "with" && (ws[i-1].lower == "supplementation" || ws[i-1].lower == "treatment" || ws[i-1].lower == "therapy" || ws[i-1].lower == "vaccination") {
				if a, ok := r.armPhrase(ws[i+1 : r.listEnd(ws, i+1, receptionList)]); ok {
					if d, ok := r.draft(a); ok && d.label.Len() > 0 {
						return d, true
					}
				}
			}
		}
		end := 0
		for end < len(ws) && end < 6 && !listStops[ws[end].lower] && !titleEnds[ws[end].lower] && !finiteVerbs[ws[end].lower] {
			end++
		}
		if end == 0 || end == 6 || end == len(ws) || !titleEnds[ws[end].lower] && !finiteVerbs[ws[end].lower] {
			continue
		}
		if a, ok := r.armPhrase(ws[:end]); ok {
			if d, ok := r.draft(a); ok && d.label.Len() > 0 && d.generic == "" {
				return d, true
			}
		}
	}
	return draft{}, false
}

var titleEnds = setOf("in", "for", "does", "do", "improves", "reduces", "increases", "decreases", "prevents", "to", "as", "may", "can", "enhances", "is", "are", "fails", "fail", "improve", "reduce")

// triedOut returns what the title or the aim of a study says that it tried: "Effect of X on Y", "the efficacy of X".
func (r *reading) triedOut(t *telling) (draft, bool) {
	for _, p := range r.places(t, roleObjective, roleDesign, roleParticipants, roleInterventions, roleOutcomes) {
		ws := clauseWords(r.words(p.Span), p.Span)
		for i := range ws {
			if !effectNouns[ws[i].lower] {
				continue
			}
			at := effectsOfAt(ws[i:])
			if at == 0 {
				continue
			}
			at += i
			s, ok := r.armPhrase(ws[at:r.listEnd(ws, at, receptionList)])
			if !ok || genericArm.MatchString(r.doc.At(s)) {
				continue
			}
			d, ok := r.draft(s)
			if !ok || d.label.Len() == 0 || r.doubtful(d) > 1 || r.doubtful(d) > 0 && strings.HasPrefix(ws[i].lower, "outcome") {
				continue
			}
			if p.sentence >= 0 {
				d.at = []int{p.sentence}
			}
			return d, true
		}
	}
	return draft{}, false
}
