package extract

import (
	"slices"
	"strings"

	"github.com/picograph/picograph/graph/evidence"
	"github.com/picograph/picograph/loader/document"
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

// groupsIn returns the phrases of a stretch of text that name groups of people with what restricts them, and names of
// levels that stand alone: "high-dosage group".
func (r *reading) groupsIn(span document.Span) []document.Span {
	if got, ok := r.groups[span]; ok {
		return got
	}
	if r.groups == nil {
		r.groups = map[document.Span][]document.Span{}
	}
	got := r.findGroups(span)
	r.groups[span] = got
	return got
}

// findGroups is groupsIn of a span that was not asked for before.
func (r *reading) findGroups(span document.Span) []document.Span {
	var out []document.Span
	text := r.doc.At(span)
	rule := r.rule(span, people)
	for at := 0; at < len(text); {
		m := rule.FindStringSubmatchIndex(text[at:])
		if m == nil {
			break
		}
		g := r.groupPhrase(document.Span{Start: span.Start + at + m[2], End: span.End}, span.Start+at+m[8])
		out = append(out, g)
		at = max(g.End-span.Start, at+m[9])
	}
	for _, m := range r.rule(span, subgroupOf).FindAllStringSubmatchIndex(text, -1) {
		g := r.groupPhrase(document.Span{Start: span.Start + m[2], End: span.End}, span.Start+m[4])
		if !slices.ContainsFunc(out, g.Overlaps) {
			out = append(out, g)
		}
	}
	for _, m := range r.rule(span, namedGroup).FindAllStringSubmatchIndex(text, -1) {
		g := document.Span{Start: span.Start + m[2], End: span.Start + m[3]}
		if bothSexes.MatchString(text[m[2]:]) {
			continue // all of them
		}
		if !slices.ContainsFunc(out, g.Overlaps) {
			out = append(out, g)
		}
	}
	slices.SortFunc(out, func(a, b document.Span) int { return a.Start - b.Start })
	return out
}

// subgroupOf is a group that the text calls one: "the subgroup on high-dosage opioids", "the stratum with diabetes".
var subgroupOf = rules.New(`(?i)\b((?:subgroup|subset|stratum|strata|subgroups)\s(?:of (?:` + peopleNoun + `|those)\s)?(on|with|without|who|whose|of|prescribed|receiving|taking|aged|having)\b)`)

// namedGroup is a group named by one word, where the sentence says that it is a group: "among women", "in men".
var namedGroup = rules.New(`(?i)\b(?:among|in|for|within|between) (?:the )?((?:[\p{L}-]+ )?(?:women|men|boys|girls|females|males|smokers|non-?smokers|children|adolescents|older adults|veterans)|(?:older|younger|white|black|hispanic|asian|male|female) (?:patients|participants|adults|individuals|people))(?: [(\[]|$|[,.;)]| (?:but|and|than|compared|vs|versus|only|as|the|there|with)\b)`)

// bothSexes are people of two groups named together: "men and women combined".
var bothSexes = rules.New(`(?i)^[\p{L}-]+(?: [\p{L}-]+)? (?:and|or) (?:in )?(?:` + peopleNoun + `|non-?smokers|adolescents)\b`)

// groupPhrase returns where the phrase ends that starts at s.Start; post is where what restricts the group starts.
func (r *reading) groupPhrase(s document.Span, post int) document.Span {
	text := r.doc.Text
	from := post
	if m := whoVerb.FindString(text[post:s.End]); m != "" {
		from = post + len(m)
	}
	mask := func(c string) string { return strings.Repeat("x", len(c)) }
	flat := limitOfWhom.ReplaceAllStringFunc(laterWho.ReplaceAllStringFunc(outer(text[from:s.End]), mask), mask)
	if m := phraseEnd.FindStringIndex(flat); m != nil {
		s.End = from + m[0]
	}
	if opensSentence.MatchString(text[r.around(document.Span{Start: s.Start, End: s.Start + 1}).Start:s.Start]) {
		if i := strings.Index(flatTail(text, s, from), ", "); i >= 0 {
			s.End = from + i
		}
	}
	if distributes.MatchString(text[r.around(document.Span{Start: s.Start, End: s.Start + 1}).Start:s.Start]) {
		if i := strings.Index(flatTail(text, s, from), " to "); i >= 0 {
			s.End = from + i
		}
	}
	if i := strings.Index(text[s.Start:s.End], ")-"); i >= 0 { // a dash that opens an aside
		s.End = s.Start + i + 1
	}
	if i := strings.IndexAny(text[s.Start:s.End], "—–"); i > 0 && from-s.Start < i && text[s.Start+i-1] != ' ' && (s.Start+i+3 < s.End && !isDigitAt(text, s.Start+i+3)) {
		s.End = s.Start + i
	}
	if m := statisticBracket.FindStringIndex(text[s.Start:s.End]); m != nil && m[0] > 0 {
		s.End = s.Start + m[0]
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

// limitOfWhom is a limit of who is meant, whose "than" compares nothing: "taking less than 90 MME/day".
var limitOfWhom = rules.New(`(?i)\b(?:less|more|fewer|greater|lower|higher|older|younger) than (?:or equal to )?\d`)

// opensSentence is what stands before a group that opens its sentence and ends at a comma.
var opensSentence = rules.New(`(?i)(?:^|[;:]\s)(?:however, |overall, )?(?:among|in|for|within)(?: the| all)?\s$`)

// distributes is what stands before a group that is told to go somewhere: "we randomised 80 adults with sore knees to walking".
var distributes = rules.New(`(?i)\b(?:randomi[sz]ed|randomly (?:assigned|allocated)|assigned|allocated)\s(?:(?:a total of|all)\s)?(?:\d[\d,]*\s)?(?:[\p{L}-]+\s){0,2}$`)

// flatTail returns what remains of a span after an offset, without what stands in brackets.
func flatTail(text string, s document.Span, from int) string {
	if from >= s.End {
		return ""
	}
	return outer(text[from:s.End])
}

// statisticBracket is a bracket that prints the result of the group named before it.
var statisticBracket = rules.New(`(?i)\s*[(\[][^()]*(?:\bP\s?[<=>≤≥]|\bCI\b|confidence interval|\b[HOR]R\b)`)

// resultBracket is a bracket at the end of a phrase that prints a result.
var resultBracket = rules.New(`(?i)\s*\([^()]*(?:\bP\b|\bCI\b|confidence|interaction|vs\.?|versus|%|\d/\d|\b(?:19|20)\d\d\b|[-−]\d)[^()]*\)$`)

func isDigitAt(text string, i int) bool { return i < len(text) && text[i] >= '0' && text[i] <= '9' }
