package extract

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/picograph/picograph/graph/evidence"
	"github.com/picograph/picograph/loader/document"
	"github.com/picograph/picograph/loader/pattern"
)

// studyNoun is what a name stands before: the words for a study with those that describe it.
const studyNoun = `(?i:(?:randomi[sz]ed|cluster|pragmatic|clinical|controlled|feasibility|pilot|multicent(?:er|re)|observational|cohort|policy|program(?:me)?)[ -])*(?i:trial|study|evaluation)\b`

var (
	// spelledBefore is a long form in front of an acronym whose bracket says more than the acronym: "Working in New Ways
	// (WINW; NCT01234567) randomized clinical trial".
	spelledBefore = rules.New(`[\p{L})] \(([\p{Lu}][\p{L}\d+-]*[\p{Lu}\d][\p{L}\d+-]*)[;,:] ?[^()]{3,80}\) ` + studyNoun)
	// spelledBehind is an acronym with its long form in the bracket behind: "the WINW (Working in New Ways) study".
	spelledBehind = rules.New(`\b(?:[Tt]he|[Oo]ur) ([\p{Lu}][\p{L}\d+-]*[\p{Lu}\d][\p{L}\d+-]*) \(([^()]{8,160})\) ` + studyNoun)
	// testedAs is the name of what a trial tests, by which people call the trial too: "an intervention, Working in New Ways
	// (WINW), improves ...".
	testedAs = rules.New(`\b(?:intervention|program(?:me)?|model|strategy|initiative|approach),? (?:(?:called|named|known as|entitled|titled) )?(?:the )?((?:\p{Lu}[\p{L}-]+ )(?:(?:\p{Lu}[\p{L}-]+|in|of|for|and|to|with|the|on|at|by) ){2,10})\(([\p{Lu}][\p{L}\d+-]*[\p{Lu}\d][\p{L}\d+-]*)[);,]`)
)

// namedIn returns the acronym that a stretch of text gives a study.
func (r *reading) namedIn(s document.Span) string {
	text := r.doc.At(s)
	for _, p := range []*pattern.Pattern{textAcronym, registeredAs} {
		if m := r.rule(s, p).FindStringSubmatch(text); m != nil && r.isStudyName(m[1]) {
			return m[1]
		}
	}
	if m := r.rule(s, spelledBefore).FindStringSubmatch(text); m != nil && r.isProperName(m[1]) {
		return m[1]
	}
	if m := r.rule(s, spelledBehind).FindStringSubmatch(text); m != nil && r.isProperName(m[1]) && spells(m[2], m[1]) {
		return m[1]
	}
	return ""
}

// isProperName reports whether an acronym that the text spells out can name a study: nothing that the vocabulary knows.
func (r *reading) isProperName(s string) bool {
	return isAcronym(s) && !notNames[s] && len(registrationsIn(s, nil)) == 0 && len(r.vocab.Named(s)) == 0
}

// spells reports whether a text can be the long form of an acronym: a name, with its words in capitals, of one beginning.
func spells(long, short string) bool {
	capitals := 0
	for _, w := range strings.Fields(long) {
		if c, _ := utf8.DecodeRuneInString(w); unicode.IsUpper(c) {
			capitals++
		}
	}
	return capitals >= 3 && strings.EqualFold(long[:1], short[:1])
}

// evaluated is a title that ends in the name of what was evaluated, by which people call the study too: "Policy evaluation of the
// Tool for Opioid Risk (TOR)".
var evaluated = rules.New(`(?i:\b(?:evaluation|trial|effects?|effectiveness|impact) of )(?:.*?)\(([\p{Lu}][\p{L}\d:+-]*[\p{Lu}\d])\)\.?$`)

// findAliases reads the name that the text gives a study which goes by its authors, its registration or nothing: that of
// the study itself, else that of what a trial tests. It reads where a text speaks of its own study, and takes nothing
// where two names stand there.
func (r *reading) findAliases(t *telling) {
	if t.secondHand || isAcronym(t.study.Name) {
		return
	}
	kind := t.study.Design.Kind
	found := map[string]document.Span{}
	tested := map[string]document.Span{}
	for _, x := range r.places(t, roleObjective, roleDesign, roleParticipants, roleInterventions, roleMethods, roleOutcomes) {
		if name := r.namedIn(x.Span); name != "" && name != t.study.Parent {
			found[name] = x.Span
		}
		for _, m := range r.rule(x.Span, testedAs).FindAllStringSubmatch(r.doc.At(x.Span), -1) {
			if r.isProperName(m[2]) && spells(m[1], m[2]) {
				tested[m[2]] = x.Span
			}
		}
	}
	for _, s := range t.titles {
		if m := evaluated.FindStringSubmatch(r.doc.At(s)); m != nil && r.spelledName(m[1]) {
			tested[m[1]] = s
		}
	}
	if len(found) == 0 && (kind == evidence.KindTrial || kind == evidence.KindProtocol || kind == evidence.KindQuasiExperiment) {
		found = tested
	}
	if len(found) != 1 {
		return
	}
	for name, s := range found {
		t.study.Aliases = []string{name}
		t.state(r, "aliases", s)
	}
}
