package extract

import (
	"slices"
	"sort"
	"strings"

	"github.com/picograph/picograph/graph/evidence"
	"github.com/picograph/picograph/graph/quantity"
	"github.com/picograph/picograph/graph/vocab"
	"github.com/picograph/picograph/loader/document"
	"github.com/picograph/picograph/loader/pattern"
)

// draft is an arm as one place of a document names it.
type draft struct {
	label   document.Span // zero where only a generic name is printed
	name    string        // what it is called where its label alone does not say it: a dose with its drug
	drug    string        // the drug of such a dose
	generic string        // "intervention", "control", "arm 1": what the place calls it
	abbr    string
	aliases []string
	n       quantity.Decimal
	detail  document.Span    // what it consisted of, as printed
	counted quantity.Decimal // the number that stands alone in a bracket behind its label
	dose    document.Span    // the dose that a bracket behind its label prints
	called  document.Span    // the name that a bracket says that it is called by
	at      []int            // sentences that name it
}

// genericArm matches the names that say only what part an arm plays.
var genericArm = rules.New(`(?i)^(?:(?:the|an?|either|our) )*(?:` +
	`(?:active |attention |standard |usual[- ]care |no[- ](?:treatment|intervention) |wait(?:ing)?[- ]?list |untreated |passive |education(?:al)? )?(?:control|controls|comparator|comparison|reference)|` +
	`(?:experimental|experiment|intervention|interventions|treatment|treated|supplement(?:ed|ation)|study|cases?|investigational|active|screening|index|test)(?: treatment| intervention)?|` +
	`trial group|` +
	`(?:arm|group|cohort|sequence) (?:[1-9]|[A-Z]|I{1,3}|IV|one|two|three)|(?:first|second|third)` +
	`)(?: (?:groups?|arms?|conditions?|care teams?|teams?|participants?|patients?|clinics?|practices|schools|sites|clusters|program(?:me)?s?|interventions?))*$`)

// armWord is the noun that ends the name of an arm.
var armWord = rules.New(`(?i) (?:groups?|arms?|conditions?|cohorts?|regimens?|treatment groups?|therapy groups?)$`)

var (
	alternation = rules.New(`(?i),?\s(?:or|vs\.?|versus|and(?: to)?)\s(?:to )?(?:either )?|[,;]\s(?:(?:or|and)\s)?(?:to )?`)
	allocated   = rules.New(`(?i)\b(?:randomi[sz]ed|randomly (?:assigned|allocated|divided|selected|distributed)|random(?:ly)? (?:assignment|allocation)|assigned(?: randomly)?|allocated(?: randomly)?|allocation|randomi[sz]ation|cluster[- ]randomi[sz]ed|divided)\b[^.;()]{0,70}?(?:\([^()]{1,12}\)\s?)?(?:[^.;()]{0,40}?)\s(?:to|into|between|receiving|receive)\s`)
	// assignedTo is told of people that were sent to arms.
	assignedTo = rules.New(`(?i)\b(?:randomi[sz]ed|randomly|assigned|allocated)\b`)
	// outcomesFrom is where the arms end and the rest of a comparison begins.
	afterArms  = rules.New(`(?i)\s(?:on|in (?:patients|adults|people|children|women|men|participants|individuals|subjects|the|a|reducing|improving|terms|an|preventing|treating|primary|those|adolescents|veterans|older|infants|opioid)|among|with respect to|with regard to|regarding|during|after|at (?:\d|baseline|one|two|three|six|twelve)|over (?:\d|a)|using|stratified|via|by (?:means|a|an|computer|block|random|the|using)|through(?:out)?|until|in terms|as (?:measured|add|adjunct)|because|while|when|whether|where|who|which|whose|that|from|plus usual|followed by|is|are|was|were|would|will|and (?:were|was|followed|stratified|assessed|to (?:determine|assess|evaluate|examine)))\b`)
	forPurpose = rules.New(`(?i)\sfor\s`)
	ratioMark  = rules.New(`^\s*\(?\d+\s?:\s?\d+(?:\s?:\s?\d+)*\)?\s*`)
	sizeMark   = rules.New(`(?i)^(?:(?:n|no\.?)\.?\s*[=:]|no\.)\s*` + countPattern + `\b|^` + countPattern + `\s+(?:patients|participants|subjects|individuals|people|women|men|adults|children|clusters?|practices|clinics|cases|eyes|teeth|rats|mice|animals|infants|students|dogs|rabbits|knees)\b`)
)

// armsIn returns the mentions of the study's arms in a stretch of text, in text order and apart from one another.
func (t *telling) armsIn(r *reading, span document.Span) []armMention {
	if t.names == nil {
		t.names = newArmNames(r, t.study.Arms)
	}
	found, ok := t.names.found[span]
	if !ok {
		found = t.names.findWith(r.doc.Text, span, r.rule(span, everyArm), r.rule(span, otherArm))
		t.names.found[span] = found
	}
	return slices.Clone(found)
}

// findArms reads the study's arms from the places that list them, and joins what the places say.
func (r *reading) findArms(t *telling) {
	if pools(t.study) {
		if sides := r.pooledSides(t); sides != nil {
			for _, d := range sides {
				t.study.Arms = append(t.study.Arms, r.arm(t, d))
			}
			r.armRoles(t)
			t.pooled = true
			return
		}
	}
	arms, roles := r.registered(t)
	if arms == nil {
		arms = r.carded(t)
	}
	if arms == nil {
		arms = r.armsOtherwise(t, r.armsListed(t))
	}
	if t.study.Design.Kind == evidence.KindCrossSectional && len(arms) < 2 {
		return // what people were asked of was given to nobody
	}
	if len(arms) == 0 {
		single := r.singleArm(t)
		if len(single) == 0 {
			return
		}
		arms = single[0].arms
		for _, l := range single[1:] {
			arms = r.join(arms, l.arms, true)
		}
	}
	r.tellOfGroups(t, arms)
	r.nameTested(t, arms)
	for _, d := range arms {
		t.study.Arms = append(t.study.Arms, r.arm(t, d))
	}
	r.armRoles(t)
	for i, role := range roles {
		if role != "" {
			t.study.Arms[i].Role = role
		}
	}
	r.armSizes(t)
	r.describeArms(t)
	r.nameDescribed(t)
	r.tellApart(t, arms)
	r.nameDosed(t)
	for i := range t.study.Arms {
		t.study.Arms[i].Label = bareLabel(t.study.Arms[i].Label)
	}
	t.ownAbbreviations()
}

// bareLabel cuts off a label what is no part of a name: a result behind it, verbs of receiving before it, participles that lead to what
// was cut off, a quotation mark without the other.
func bareLabel(s string) string {
	s = shareTail.ReplaceAllString(s, "")
	for _, p := range []*pattern.Pattern{labelVerbs, labelLeads} {
		if bare := p.ReplaceAllString(s, ""); len(bare) > 3 && !genericArm.MatchString(bare) {
			s = bare
		}
	}
	for _, q := range [...]string{"“”", "‘’", "\"\"", "''"} {
		open, shut := string([]rune(q)[:1]), string([]rune(q)[1:])
		switch {
		case open == shut && strings.Count(s, open) == 1 && !strings.Contains(s, "s"+open) && !apostrophe.MatchString(s), open != shut && strings.Contains(s, open) && !strings.Contains(s, shut):
			s = strings.Replace(s, open, "", 1)
		case open == "“" && strings.Contains(s, shut) && !strings.Contains(s, open):
			s = strings.Replace(s, shut, "", 1)
		}
	}
	return s
}

var (
	// labelVerbs say that something was given rather than what.
	labelVerbs = rules.New(`(?i)^(?:also |then )?(?:receives|received|undergone|involves|consists of|apply|according to|(?:be )?(?:asked|invited|instructed|encouraged|told) to \p{Ll}+|be (?:filled|treated|given) with|watch|read) (?:an? |the )?`)
	// labelLeads lead to a purpose or the like that was cut off.
	labelLeads = rules.New(`(?i) (?:aimed|designed|focused|directed|intended|initiated(?: directly)?|known|targeted|dissolved)$`)
	apostrophe = rules.New(`\p{L}['’]\p{L}`)
)

// armsListed returns the arms that the best list of a study gives, with what its other lists say of them.
func (r *reading) armsListed(t *telling) []draft {
	lists, told := r.comparisons(t), r.groupsTold(t)
	slices.SortStableFunc(lists, func(a, b comparison) int {
		switch {
		case a.weight > b.weight:
			return -1
		case a.weight < b.weight:
			return 1
		}
		return 0
	})
	var arms []draft
	if k := r.fullest(lists, told); k >= 0 {
		arms = lists[k].arms
		for i, l := range lists {
			switch {
			case i == k:
			case len(l.arms) == 1:
				r.tellOf(arms, l.arms[0])
			default:
				arms = r.join(arms, l.arms, l.placed && lists[k].placed)
			}
		}
		arms = r.complete(arms, lists, r.witnessesOf(t), told)
	}
	if told > len(arms) && len(arms) > 1 && setsGroups(t.study) { // "groups A, B and C", of which a list has two
		if named := r.namedGroups(t); len(named) == told && !slices.ContainsFunc(named, func(d draft) bool { return !numberedName.MatchString(d.generic) }) {
			arms = r.join(named, arms, false)
		}
	}
	return arms
}

// armsOtherwise returns some arms, or where they are fewer than two those of a study that nowhere lists them.
func (r *reading) armsOtherwise(t *telling, arms []draft) []draft {
	if len(arms) < 2 && setsGroups(t.study) {
		if sides := r.withAndWithout(t); sides != nil {
			arms = sides
		}
	}
	if len(arms) < 2 {
		if told := r.allocatedBefore(t); told != nil {
			arms = told
		}
	}
	if len(arms) < 2 && !evidence.Unassigned(t.study.Design.Kind) {
		if faint := r.listedFaintly(t); faint != nil {
			arms = faint
		}
	}
	if len(arms) < 2 && setsGroups(t.study) {
		if named := r.namedGroups(t); named != nil {
			arms = named
		}
	}
	if len(arms) < 2 && !evidence.Unassigned(t.study.Design.Kind) {
		if parts := r.partsNamed(t); parts != nil {
			arms = parts
		}
	}
	if len(arms) < 2 && setsGroups(t.study) {
		if sides := r.resultSides(t, draft{}); len(sides) > 1 {
			arms = r.complete(sides, nil, r.witnessesOf(t), r.groupsTold(t))
		}
	}
	return arms
}

// drafts reads each of some stretches of text as an arm. It is nil when one of them cannot be one.
func (r *reading) drafts(at int, parts []document.Span) []draft {
	var out []draft
	for _, p := range parts {
		d, ok := r.draft(p)
		if !ok {
			return nil
		}
		switch n := len(out); strings.ToLower(r.doc.At(d.label)) {
		case "not":
			if n > 0 {
				d.name = "no " + articles.ReplaceAllString(r.doc.At(out[n-1].label), "")
			}
		case "both", "combination", "combination of both", "combination of the two":
			if label := strings.ToLower(r.doc.At(d.label)); n > 1 && (label != "combination" || determinerBefore.MatchString(r.doc.Text[max(0, d.label.Start-6):d.label.Start])) {
				if label != "both" {
					d.aliases = append(d.aliases, "combination")
				}
				d.name = articles.ReplaceAllString(r.doc.At(out[n-2].label), "") + " and " + articles.ReplaceAllString(r.doc.At(out[n-1].label), "")
			}
		}
		if at >= 0 {
			d.at = []int{at}
		}
		if n := len(out); n > 0 && len(parts) > n && r.withAndWithoutOf(p, parts[n-1]) {
			out[n-1], d = r.headed(out[n-1], d)
		}
		if n := len(out); n > 0 && d.label.Len() > 0 && d.name == "" && out[n-1].label.Len() > 0 && out[n-1].label.End < d.label.Start && addedTo.MatchString(r.doc.Text[out[n-1].label.Start:d.label.Start]) {
			d.name = aloneTail.ReplaceAllString(articles.ReplaceAllString(r.doc.At(out[n-1].label), ""), "") + " with " + articles.ReplaceAllString(r.doc.At(d.label), "")
			if d.aliases = append(d.aliases, articles.ReplaceAllString(r.doc.At(d.label), "")); d.abbr != "" {
				d.abbr, d.aliases = "", append(d.aliases, d.abbr)
			}
		}
		out = append(out, d)
	}
	if len(out) > 1 && at >= 0 && r.matches(at, assignedTo) && !slices.ContainsFunc(out, func(d draft) bool { return !d.counted.Present() || d.n.Present() }) {
		for i := range out { // "randomised to intervention (403) or control (300)"
			out[i].n = out[i].counted
		}
	}
	if last := len(out) - 1; last > 0 && at >= 0 && out[last].n.Present() && r.totalBehind(at) {
		out[last].n = ""
	}
	return r.nameShared(r.nameDoses(parts, r.nameLengths(parts, out)))
}

// determinerBefore stands before "combination" where it is one of what was named.
var determinerBefore = rules.New(`(?i)\b(?:a|the|their) $`)

// draft reads one stretch of text as an arm: its name, and in brackets its abbreviation, its size, its part in the
// comparison, or what it consisted of.
func (r *reading) draft(p document.Span) (d draft, ok bool) {
	text := r.doc.Text
	if m := ratioMark.FindString(text[p.Start:p.End]); m != "" {
		p.Start += len(m)
	}
	p = trimmed(text, p)
	if m := sizeBefore.FindStringSubmatchIndex(text[p.Start:p.End]); m != nil {
		d.n = count(text[p.Start+m[2] : p.Start+m[3]])
		p.Start += m[1]
	}
	flat := outer(text[p.Start:p.End])
	if ws := withoutOpeners(r.words(p)); len(ws) > 0 && combinedAll(r.words(p)) < 2 && !genericArm.MatchString(strings.Trim(flat, " \x00")) {
		p.Start = ws[0].Start
		flat = outer(text[p.Start:p.End])
	}
	if m := sessionsOf.FindString(flat); m != "" {
		p.Start += len(m)
		flat = flat[len(m):]
	}
	label := document.Span{Start: p.Start, End: p.End}
	if i := bracketAt(flat); i >= 0 && !nameGoesOn(flat[i:]) && !insertedAdjective(text[p.Start:p.End], i) {
		label.End = p.Start + i
		r.brackets(&d, label, document.Span{Start: label.End, End: p.End})
	}
	if d.called.Len() > 0 {
		label = d.called
	}
	label = trimmed(text, label)
	if m := eitherOf.FindString(text[label.Start:label.End]); m != "" && len(m) < label.Len() {
		label.Start += len(m)
	}
	if m := groupReceiving.FindStringSubmatchIndex(text[label.Start:label.End]); m != nil {
		d.generic = genericName(text[label.Start+m[2] : label.Start+m[3]])
		label.Start += m[1]
	}
	if short := text[label.Start:label.End]; d.detail.Len() > 0 && isShort(short) && longForm(r.doc.At(d.detail), short) != "" {
		d.aliases = append(d.aliases, r.doc.At(d.detail)) // the bracket writes the name out
		d.detail = document.Span{}
	}
	name := text[label.Start:label.End]
	switch words := len(strings.Fields(name)); {
	case label.Len() == 0 || words > 16:
		return d, false
	case genericArm.MatchString(name):
		d.generic = genericName(name)
		return d, true
	}
	if m := armWord.FindStringIndex(name); m != nil && m[0] > 0 {
		label.End = label.Start + m[0]
	}
	d.label = label
	if name = text[label.Start:label.End]; notAnArm.MatchString(name) && !onlyFollowed.MatchString(name) && !codeOfParts.MatchString(name) {
		return d, false
	}
	return d, true
}

var (
	sizeBefore = rules.New(`^` + countPattern + `\s+(?:(?:patients|participants|subjects|individuals|people|women|men|adults|children|clusters|practices|clinics)\s+)?(?:(?:were|was)\s+)?(?:(?:randomi[sz]ed|assigned|allocated)\s+)?(?:to|received|in|given|fed)\s+(?:the\s+)?`)
	// sessionsOf is how much of a treatment an arm received, in front of its name.
	sessionsOf = rules.New(`(?i)^(?:(?:groups?|arms?):\s)?(?:` + countPattern + ` (?:[\w-]+ ){0,3}?(?:sessions|cycles|courses|weeks|months|hours|visits|classes) of )?(?:the |an? )?`)
	// articles stand in front of a label.
	articles = rules.New(`^(?i:an?|the) `)
	// labelEnd is where the name of a treatment ends in a description of it.
	labelEnd = rules.New(`(?i),? (?:with|comprising|that|which|consisting|delivered|for (?:a|the|\d)|over (?:a|the|\d)|in (?:groups|a|the|one|two|\d)|given|administered|once|twice|every|and were|including|based on|by)\b|;\s`)
	// eitherOf is what several arms share: "surgery with either a".
	eitherOf = rules.New(`(?i)^.* either (?:an? |the )?`)
	// groupReceiving is "an intervention group receiving".
	groupReceiving = rules.New(`(?i)^((?:an? |the )?(?:active |attention )?(?:intervention|experimental|treatment|control|comparison|study|trial)(?: control)? (?:group|arm))\s(?:receiving|that received|which received|given|fed|taking|consuming|treated with|undergoing|with|on)\s(?:the |an? )?`)
	// notAnArm matches stretches that a list of arms never has: clauses, times, quantities of people.
	notAnArm = rules.New(`(?i)^\d+ (?:months|weeks|days|years)(?:$|[^\w ]| (?:after|before|later|post|prior|and|or|to|follow|from|until|with)\b)|^(?:baseline|follow-up|months?|weeks?|outcomes?|those|other|others|who|which|their|its|it|them|they|placebos? and|assess|evaluate|determine|stratified|in a|age|sex|gender|patients?|participants?|women|men|adults|children|changes?|differences?|improvements?|reductions?|decreases?|increases?|quality of|where|we|show|if|whether|as|there|it|our|this|these)\b|^\d[\d.]*\s?%$|^\d+ (?:[\w-]+ )?(?:villages|communities|households|schools|hospitals|wards|areas|clinics|districts)$|%\s(?:of|vs|versus|confidence|ci)\b|\bdesigns?$|\b(?:were|was|is|are|had|have|has|did|will|would|until|discontinued|withdrew|died|completed|dropped)\b|[=<>≥≤]`)
)

// onlyFollowed is the name of an arm that got nothing: "follow-up alone".
var onlyFollowed = rules.New(`(?i)^follow-up (?:alone|only|care)$`)

// codeOfParts opens the name of an arm that is a code of several parts: "AS+AQ".
var codeOfParts = rules.New(`^\p{Lu}{2,}[-+/]\p{Lu}`)

// leadingArticle is a word in front of the generic name of an arm.
var leadingArticle = rules.New(`^(?:the|an?|either|our) `)

// bracketAt returns the place of the first bracket of a name that is none of a unit, "µg/(kg·h)", or -1; brackets are NUL bytes.
func bracketAt(flat string) int {
	for i := range len(flat) {
		if flat[i] == 0 && (i == 0 || flat[i-1] != '/' && flat[i-1] != 0) {
			return i
		}
	}
	return -1
}

// insertedAdjective reports whether the bracket at i holds an adjective behind another of one name: "short-term (pre-surgical) zolpam".
func insertedAdjective(name string, i int) bool {
	before := strings.ToLower(strings.TrimSpace(name[:i]))
	inside, behind, ok := strings.Cut(strings.TrimLeft(name[i:], " (["), ")")
	if last := before[strings.LastIndexByte(before, ' ')+1:]; ok && len(behind) > 1 && behind[1] >= 'a' && behind[1] <= 'z' && adjective(last) && percentOnly.MatchString(inside) { // "hypertonic (4.5%) saline"
		return true
	}
	if ok && strings.TrimSpace(behind) != "" && !strings.Contains(before, " ") && adjective(before) && isShort(inside) { // "intravenous (IV) saline"
		return true
	}
	return ok && behind != "" && !strings.ContainsAny(before+inside, " ") && adjective(before) && inside == strings.ToLower(inside) && adjective(inside)
}

// percentOnly is a bracket that holds nothing but a concentration.
var percentOnly = rules.New(`^\d[\d.]*\s?%$`)

// nameGoesOn reports whether the name of an arm goes on behind a bracket: "A (50 mg) + B (10 mg)".
func nameGoesOn(flat string) bool {
	rest := strings.TrimLeft(flat, "\x00 ")
	return strings.HasPrefix(rest, "+") || strings.HasPrefix(rest, "based ") || strings.HasPrefix(rest, "-based ") || strings.HasPrefix(rest, "plus ") || strings.HasPrefix(rest, "and ") || strings.HasPrefix(rest, "combined with ") || strings.HasPrefix(rest, "in combination with ")
}

// genericName brings the generic names of arms to one form: "the control group" is "control", "Arm 1" is "arm 1".
func genericName(s string) string {
	s = strings.ToLower(strings.TrimSpace(s))
	s = leadingArticle.ReplaceAllString(s, "")
	if numberedName.MatchString(s) {
		return s
	}
	for {
		t := genericTail.ReplaceAllString(s, "")
		if t == s {
			break
		}
		s = t
	}
	return strings.TrimSuffix(s, "s")
}

// fullName returns the label of a draft, an abbreviation written out.
func (r *reading) fullName(d draft) string {
	if d.name != "" {
		return d.name
	}
	name := r.doc.At(d.label)
	if long, ok := r.long(name); ok {
		return long
	}
	return name
}

// shareTail is a result in brackets behind an arm's name: "the duloxetine (65%) and placebo (62%) phases".
var shareTail = rules.New(`\s*[(\[]\d+(?:\.\d+)?\s?%[)\]]$`)

// arm writes a draft as an arm of a study.
func (r *reading) arm(t *telling, d draft) evidence.Arm {
	a := evidence.Arm{N: d.n, Abbreviation: d.abbr}
	name := r.doc.At(d.label)
	switch long, short := r.long(name); {
	case d.name != "":
		a.Label = d.name
	case short && isShort(name):
		a.Label = long
		if a.Abbreviation == "" {
			a.Abbreviation = name
		}
	case name != "":
		a.Label = name
	case d.detail.Len() > 0:
		a.Label = r.labelOf(d)
	default:
		a.Label = d.generic
	}
	a.Label = articles.ReplaceAllString(strings.Join(strings.Fields(a.Label), " "), "")
	if a.Abbreviation == "" {
		for _, s := range sortedKeys(r.shorts) {
			if strings.EqualFold(r.shorts[s], a.Label) {
				a.Abbreviation = s
			}
		}
	}
	for _, alias := range append([]string{d.generic}, d.aliases...) {
		if alias != "" && !strings.EqualFold(alias, a.Label) && !strings.EqualFold(alias, a.Abbreviation) && !slices.Contains(a.Aliases, alias) {
			a.Aliases = append(a.Aliases, alias)
		}
	}
	r.interventionsOf(&a, d, name)
	r.tellMore(&a, d)
	slices.Sort(d.at)
	for _, i := range slices.Compact(d.at) {
		a.Passages = append(a.Passages, r.passage(i))
	}
	if len(a.Passages) == 0 && d.label.Len() > 0 {
		a.Passages = append(a.Passages, r.doc.Passage(r.around(d.label)))
	}
	return a
}

// interventionsOf fills in what an arm was given: by its name, by the drug of its dose, by its aliases, by what it consisted of, else by its
// label as it stands.
func (r *reading) interventionsOf(a *evidence.Arm, d draft, name string) {
	a.Interventions = r.treatments(r.nameSpan(d))
	if found := r.named(d.drug); d.drug != "" && len(a.Interventions) == 0 && len(found) > 0 && r.typed(found[0], treatmentTypes) {
		a.Interventions = found[:1]
	}
	if len(a.Interventions) == 0 && a.Label != "" && !opensNotGiven.MatchString(a.Label) {
		if found := r.named(a.Label); len(found) > 0 && r.typed(found[0], treatmentTypes) {
			a.Interventions = found[:1]
		}
	}
	for _, alias := range a.Aliases {
		if found := r.named(alias); len(a.Interventions) == 0 && len(found) > 0 && r.typed(found[0], treatmentTypes) {
			a.Interventions = found[:1]
		}
	}
	if d.detail.Len() > 0 {
		parts := ids(r.conceptsIn(d.detail, treatmentTypes...))
		if len(a.Interventions) == 0 {
			a.Interventions = r.treatments(d.detail)
		}
		a.Components = r.components(a.Interventions, parts)
		a.Description = r.doc.At(d.detail)
	}
	if len(a.Interventions) == 0 {
		a.Interventions = r.treatmentAbbreviated(name)
	}
	if m := deniedTail.FindStringSubmatch(a.Label); m != nil { // "surgery without a drain", of which the text says "with or without a drain"
		denied := r.named(m[1])
		a.Interventions = slices.DeleteFunc(a.Interventions, func(id string) bool { return slices.Contains(denied, id) })
	}
	if len(a.Interventions) == 0 && (d.label.Len() > 0 || d.detail.Len() > 0 && a.Label != d.generic) {
		a.Interventions = []string{a.Label}
	}
}

// deniedTail matches what the name of an arm ends with that it did not get.
var deniedTail = rules.New(`(?i)\b(?:without|no) (?:an? |the |any )?(\S.*)$`)

// labelOf names an arm of which only its part and what it consisted of are printed.
func (r *reading) labelOf(d draft) string {
	d.detail.Start += len(therapyWith.FindString(r.doc.At(d.detail)))
	s := cutBefore(r.doc.Text, d.detail, labelEnd)
	if m := notReceived.FindString(r.doc.At(s)); m != "" && len(strings.Fields(r.doc.At(s))) < 9 {
		return "no " + r.doc.At(s)[len(m):] // "did not receive any drug"
	}
	words := r.words(s)
	if d.generic != "" && !numberedName.MatchString(d.generic) && len(words) > 0 && (sideMarks[words[0].lower] || strings.HasSuffix(words[0].lower, "ing") && len(words) > 6) {
		return d.generic // "control (with the only advice to rest)"
	}
	for i := range words {
		if words[i].lower == "for" && i > 0 && i+1 < len(words) && countWord(words[i+1].lower) {
			s.End = words[i-1].End
			break
		}
	}
	if label := r.doc.At(s); len(strings.Fields(label)) <= 14 {
		return label
	}
	if s, ok := r.armPhrase(clauseWords(r.words(d.detail), d.detail)); ok {
		label := r.doc.At(document.Span{Start: s.Start, End: min(s.End, d.detail.End)})
		if i := strings.IndexAny(label, "(["); i > 0 {
			label = strings.TrimSpace(label[:i])
		}
		if n := len(strings.Fields(label)); n > 0 && n <= 12 {
			return label
		}
	}
	if d.generic != "" {
		return d.generic
	}
	return r.doc.At(cutBefore(r.doc.Text, d.detail, labelEnd))
}

// notReceived opens what a group did not get.
var notReceived = rules.New(`(?i)^not (?:receiv\w+|get|undergo\w*|given) (?:any |a |an )?`)

// around returns the sentence that holds a span, or the span itself.
func (r *reading) around(s document.Span) document.Span {
	if i := r.sentenceOf(s); i >= 0 {
		return r.doc.Sentences[i].Span
	}
	return s
}

// sentenceOf returns the index of the sentence that holds a span, or -1.
func (r *reading) sentenceOf(s document.Span) int {
	i := sort.Search(len(r.doc.Sentences), func(k int) bool { return r.doc.Sentences[k].End >= s.End })
	if i < len(r.doc.Sentences) && r.doc.Sentences[i].Contains(s) {
		return i
	}
	return -1
}

// components returns those of the concepts found in a description that are parts of an arm's package rather than the
// package itself or a wider name for it.
func (r *reading) components(interventions, found []string) []string {
	var out []string
	for _, id := range found {
		if slices.Contains(out, id) || r.typed(id, []string{vocab.TypeComparator}) {
			continue
		}
		if slices.ContainsFunc(interventions, func(x string) bool { return x == id || r.vocab.IsA(x, id) }) {
			continue
		}
		out = append(out, id)
	}
	return out
}

var (
	askedEnd     = rules.New(`(?i)\s(?:on|in (?:\w+ )?(?:patients|adults|people|children|women|men|participants|individuals)|in (?:the|reducing|improving|terms)|among|for (?:the|reducing|improving|treating|preventing)|across|with (?:respect|regard) to|at (?:\d|\w+ing))\b`)
	numberedName = rules.New(`^(?:arm|group|cohort|sequence) \S+$`)
	genericTail  = rules.New(` (?:groups?|arms?|conditions?|care teams?|teams?|participants?|patients?|clinics?|practices|schools|sites|clusters|program(?:me)?s?|interventions?|treatment)$`)
	partJoint    = rules.New(`[;,]\s`)
)
