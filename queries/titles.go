package queries

import (
	"slices"
	"strings"

	"github.com/picograph/picograph/graph"
	"github.com/picograph/picograph/graph/lazyregexp"
	"github.com/picograph/picograph/graph/vocab"
)

// titleIs reports whether the title of a telling's report names the people meant: a condition that it names as what was measured or
// prevented is none that they had.
func (l *lexicon) titleIs(t *graph.Telling, m *meaning) bool {
	r := telledReport(t)
	if r == nil || r.Title == "" || !l.textMeans(r.Title, m) {
		return false
	}
	had, named := false, false
	for _, n := range l.vocab.Mentions(r.Title, 0) {
		if !slices.ContainsFunc(n.Concepts, func(id string) bool { return m.all[id] }) {
			continue
		}
		named = true
		condition := slices.ContainsFunc(n.Concepts, func(id string) bool {
			c, ok := l.vocab.Concept(id)
			return ok && c.Type == vocab.TypeCondition
		})
		had = had || !condition || !measuredIn(r.Title, n.Start, n.End)
	}
	return had || !named
}

var (
	// ontoWhat matches what stands before what a study measured or prevented: "on", "reduces".
	ontoWhat = lazyregexp.New(`(?i)\b(?:(?:based )?on|onto|upon|symptoms of|levels? of|severity of|risk of|risk for|incidence of|rates? of|prevention of|prevent(?:s|ing)?|reduc(?:es?|ed|ing|tion (?:of|in))|improv(?:es?|ed|ing)|decreas(?:es?|ed|ing)|increas(?:es?|ed|ing)|affects?|influences?|alleviat(?:es?|ing)|predict(?:s|ors? of|ing)|changes? in|against|attenuat(?:es?|ing)|lower(?:s|ing))\s`)
	// ofWhom matches a word that opens whom or what was treated: what stands behind it is not what was measured.
	ofWhom = lazyregexp.New(`(?i)[.:;]|\b(?:of|for|in|with|among|treat\w*|patients?|adults|children|people|women|men|therapy of|management of|to)\b`)
	// managed matches what follows a condition that people have: "diabetes care", "asthma exacerbations".
	managed = lazyregexp.New(`(?i)^[- ](?:self-\w+|care|management|medications?|treatments?|therap\w+|control|education|patients?|exacerbations?|attacks?|flares?|guidelines?|clinics?|adherence|knowledge|guided|related|pain|fatigue|survivors?|biomarkers?)\b`)
	// sinceThen matches what stands before a condition that people have had: "recovery after stroke".
	sinceThen = lazyregexp.New(`(?i)\b(?:after|following|post)[- ](?:\w+ )?$`)
	// inWhom matches the word that a condition of people stands behind.
	inWhom = lazyregexp.New(`(?i)\b(?:in|with|for|among|of)\b`)
	// asMeasured matches what follows what was measured.
	asMeasured = lazyregexp.New(`(?i)^[- ](?:and (?:\w+ ){1,3})?(?:levels?|scores?|symptoms?|severity|risk|rates?|incidence|prevention|relief|reduction)\b`)
)

// measuredIn reports whether a title names what stands at a place as what was measured or prevented.
func measuredIn(title string, start, end int) bool {
	before := title[:start]
	if managed.MatchString(title[end:]) || sinceThen.MatchString(before) {
		return false
	}
	if all := ontoWhat.FindAllStringIndex(before, -1); len(all) > 0 {
		last := all[len(all)-1]
		between := before[last[1]:] // the rest of a list, as of "mood and " in "on mood and depression"
		if len(strings.Fields(between)) <= 12 && !ofWhom.MatchString(between) && !strings.HasPrefix(strings.ToLower(before[last[0]:]), "based ") {
			return true
		}
	}
	if asMeasured.MatchString(title[end:]) {
		words := strings.Fields(before)
		return !inWhom.MatchString(strings.Join(words[max(0, len(words)-4):], " "))
	}
	return false
}
