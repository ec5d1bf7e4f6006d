package extract

import (
	"slices"
	"strings"

	"github.com/picograph/picograph/loader/document"
	"github.com/picograph/picograph/loader/mention"
)

// The arms of a study are chosen. Many places of a document propose a list of them (comparison): its title, its aim, what
// people were randomised to, what they received. How far a list can be the one is told by other places than its own: by the
// names that stand in the text where only the name of a group, or of what it was given, can stand. Those are its witnesses.

// witness is a name that stands where only that of a group can: "the A group", "than with A", "between A and B", "patients
// given A".
type witness struct {
	draft
	name    string // its content words, or its generic name
	words   []string
	times   int
	grouped int // how many of the times a word for a group stands behind it
	told    int // how many of the times it stands in the results or the conclusions
}

// witnesses are all of a study's, with the words of its results.
type witnesses struct {
	all  []witness
	told map[string]bool // the words of results and conclusions
	text string          // results and conclusions in small letters
}

// witnessesOf returns the witnesses of a study's arms.
func (r *reading) witnessesOf(t *telling) *witnesses {
	if t.witnesses != nil {
		return t.witnesses
	}
	w := &witnesses{}
	t.witnesses = w
	w.told, w.text = r.resultWords(t)
	for _, i := range t.sentences {
		told := r.roles[i] == roleResults || r.roles[i] == roleConclusion
		switch r.roles[i] {
		case roleBackground, roleObjective, roleRegistration, roleNone:
			continue
		}
		words := r.words(r.doc.Sentences[i].Span)
		for n, x := range words {
			switch {
			case (x.lower == "placebo" || x.lower == "controls" || x.lower == "sham") && (n+1 == len(words) || !groupWord[words[n+1].lower]),
				partAlone(words, n):
				r.addWitness(w, i, told, x.lower != "placebo", x.Span)
			case strings.HasSuffix(x.lower, "-group") && !unnamedGroups[strings.TrimSuffix(x.lower, "-group")]:
				r.addWitness(w, i, told, true, document.Span{Start: x.Start, End: x.End - len("-group")})
			case groupWord[x.lower]:
				for _, s := range groupNames(r.doc.Text, words, n) {
					r.addWitness(w, i, told, true, s)
				}
			case personNouns[x.lower] || x.lower == "those":
				if s, ok := r.peopleGiven(words, n); ok {
					r.addWitness(w, i, told, true, s)
					if n+1 < len(words) && allocationVerbs[words[n+1].lower] { // what people were allocated to is an arm
						r.addWitness(w, i, told, true, s)
					}
				}
			}
		}
		if told {
			for _, p := range append(r.sidesIn(r.doc.Sentences[i].Span), r.betweenIn(r.doc.Sentences[i].Span)...) {
				for _, s := range p {
					r.addWitness(w, i, told, false, s)
				}
			}
		}
	}
	return w
}

// partAlone reports whether the word at a place names a group by the part it plays, with no word for a group behind it: "control
// clinics", "(intervention 68%, control 70%)".
func partAlone(words []word, n int) bool {
	if l := words[n].lower; l != "intervention" && l != "control" || n == 0 || n+1 == len(words) {
		return false
	}
	switch b := words[n-1].lower; b {
	case "(", ",", ";", "in", "the", "vs", "versus", "and", "than", "with", "from", "between":
	default:
		return false
	}
	l := words[n+1].lower
	return !groupWord[l] && (digitStart(l) || l == "(" || l == ")" || l == "," || strings.HasSuffix(l, "s") && len(l) > 3 && !finiteVerbs[l] && l != "measures" && l != "conditions" && l != "programs")
}

// addWitness counts a name that stands where that of a group does.
func (r *reading) addWitness(w *witnesses, i int, told, grouped bool, s document.Span) {
	s.End -= len(treatedTail.FindString(r.doc.At(s)))
	if grouped && strings.EqualFold(r.doc.At(s), "trial") && strings.HasPrefix(strings.ToLower(r.doc.Text[s.End:]), " group") { // no name without its noun
		s.End += len(" group")
	}
	words := r.words(s)
	if p, ok := r.armPhrase(words); ok {
		s = document.Span{Start: p.Start, End: min(p.End, s.End)}
	} else if !genericArm.MatchString(r.doc.At(s)) {
		return
	}
	d, ok := r.draft(s)
	x := witness{draft: d}
	switch {
	case d.generic != "":
		x.name = d.generic
	case d.label.Len() > 0:
		x.words = contentWords(r.fullName(d))
		if x.name = strings.Join(contentWords(r.doc.At(d.label)), " "); x.name == "" { // "placebo"
			x.name = strings.ToLower(r.doc.At(d.label))
		}
	}
	if !ok || x.name == "" {
		return
	}
	k := slices.IndexFunc(w.all, func(have witness) bool { return have.name == x.name })
	if k < 0 {
		x.at = []int{i}
		k, w.all = len(w.all), append(w.all, x)
	}
	w.all[k].times++
	if told {
		w.all[k].told++
	}
	if grouped {
		w.all[k].grouped++
	}
}

// betweenIn returns the pairs of names between which a sentence tells something: "no difference between A and B".
func (r *reading) betweenIn(s document.Span) (out [][2]document.Span) {
	ws := wholeNumbers(clauseWords(r.words(s), s))
	for k := range ws {
		if ws[k].lower == "between" {
			if p, ok := r.betweenTwo(ws[k+1:]); ok {
				out = append(out, p)
			}
		}
	}
	return out
}

// sidesIn returns the pairs of names that a sentence sets against one another: "lower with A than with B", "A versus B".
func (r *reading) sidesIn(s document.Span) [][2]document.Span {
	var out [][2]document.Span
	ws := wholeNumbers(clauseWords(r.words(s), s))
	for k := range ws {
		n := sideBreak(ws, k)
		if ws[k].lower == "than" {
			n = 1
		}
		if n == 0 || k == 0 || k+n >= len(ws) {
			continue
		}
		b, ok := r.sideBehind(ws[k+n:])
		if !ok {
			continue
		}
		if a, ok := r.sideBefore(ws[:k]); ok {
			out = append(out, [2]document.Span{a, b})
		}
	}
	return out
}

// betweenTwo reads the two names behind "between": "between A and B".
func (r *reading) betweenTwo(ws []word) (out [2]document.Span, ok bool) {
	and := slices.IndexFunc(ws, func(w word) bool { return w.lower == "and" })
	if and < 1 || and > 5 || digitStart(ws[0].lower) || numerals[ws[0].lower] > 0 || ws[0].lower == "baseline" {
		return out, false
	}
	if out[0], ok = r.armPhrase(ws[:and]); !ok {
		return out, false
	}
	out[1], ok = r.sideBehind(ws[and+1:])
	return out, ok
}

// witnessed returns how well a draft, with the words of its name, fits a witness: 0 where the witness does not name it.
func (r *reading) witnessed(d draft, words []string, x *witness) float64 {
	switch {
	case x.generic != "":
		if x.generic == d.generic || slices.Contains(d.aliases, x.generic) {
			return 1
		}
		return 0
	case d.abbr != "" && x.name == strings.Join(contentWords(d.abbr), " "):
		return 1
	}
	if len(x.words) == 0 {
		if d.label.Len() > 0 && strings.Contains(strings.ToLower(r.doc.At(d.label)), x.name) {
			return 1
		}
		return 0
	}
	best := 0.0
	fit := func(words []string) {
		n := 0
		for _, w := range x.words {
			if slices.Contains(words, w) {
				n++
			}
		}
		if 2*n >= len(x.words) && n > 0 {
			best = max(best, 2*float64(n)/float64(len(words)+len(x.words)))
		}
	}
	fit(words)
	for _, a := range d.aliases {
		fit(contentWords(a))
	}
	return best
}

// draftWords returns the content words of an arm's name, its abbreviation written out.
func (r *reading) draftWords(d draft) []string {
	if d.label.Len() == 0 {
		return nil
	}
	return contentWords(aloneTail.ReplaceAllString(r.fullName(d), ""))
}

// known tells how far the results name the arms of a list, and how far the list accounts for those that stand there as names
// of groups, both from 0 to 1.
func (r *reading) known(arms []draft, w *witnesses) (known []float64, covers float64) {
	known, _, covers = r.knownBy(arms, w)
	return known, covers
}

// knownBy is known that tells as well how often a witness names each of the arms.
func (r *reading) knownBy(arms []draft, w *witnesses) (known []float64, by []int, covers float64) {
	known, by = make([]float64, len(arms)), make([]int, len(arms))
	words := make([][]string, len(arms))
	for i, d := range arms {
		if words[i] = r.draftWords(d); w.text == "" {
			known[i] = 1
		}
	}
	if w.text == "" {
		return known, by, 1
	}
	all, matched := 0, 0
	word := 1.0 // what it is worth that the results have one of an arm's words
	for k := range w.all {
		x := &w.all[k]
		if x.told == 0 {
			continue
		}
		best, second, at := 0.0, 0.0, -1
		for i, d := range arms {
			if fit := r.witnessed(d, words[i], x); fit > best {
				best, second, at = fit, best, i
			} else if fit > second {
				second = fit
			}
		}
		hit := at >= 0 && best > second
		if hit {
			by[at] += x.told
		}
		if x.generic == "" {
			word = 0.6
			if x.told > 1 {
				all += x.told
				if at >= 0 {
					matched += x.told
				}
			}
		}
	}
	for i := range arms {
		if by[i] > 0 {
			known[i] = 1
		} else {
			known[i] = r.knownByWords(arms, words, i, w, word)
		}
	}
	if all == 0 {
		return known, by, 1
	}
	return known, by, float64(matched) / float64(all)
}

// knownByWords tells how far the results know the arm at i by its words alone, from 0 to 1; word is what it is worth that they have one of them.
func (r *reading) knownByWords(arms []draft, words [][]string, i int, w *witnesses, word float64) float64 {
	d := arms[i]
	others := slices.Delete(slices.Clone(words), i, i+1)
	label := strings.ToLower(r.doc.At(d.label))
	switch {
	case d.abbr != "" && strings.Contains(w.text, strings.ToLower(d.abbr)),
		d.generic != "" && strings.Contains(w.text, d.generic),
		slices.ContainsFunc(d.aliases, func(a string) bool { return len(a) > 3 && strings.Contains(w.text, strings.ToLower(a)) }),
		len(label) > 3 && strings.Contains(w.text, label),
		isShort(r.doc.At(d.label)) && w.told[strings.Join(contentWords(label), " ")]:
		return max(0.8, word)
	case slices.ContainsFunc(words[i], func(x string) bool {
		return w.told[x] && len(x) > 1 && (d.name != "" || distinctFrom([]string{x}, others) || r.denied(arms, i) || slices.ContainsFunc(others, func(o []string) bool { return within(words[i], o) })) // "A" beside "A with B"
	}):
		return word
	case d.label.Len() > 0 && isControlLabel(r.doc.At(d.label)) && (w.told["control"] || w.told["placebo"] || strings.Contains(w.text, "usual care")):
		return 0.7
	}
	return 0
}

// denied reports whether every other of some arms only goes without something: "an enema" beside "no enema".
func (r *reading) denied(arms []draft, i int) bool {
	for j, d := range arms {
		if j != i && !opensNotGiven.MatchString(r.doc.At(d.label)) {
			return false
		}
	}
	return len(arms) > 1
}

// complete adds to the arms of a study those that are missing from the list that they are from: those of another list that shares an
// arm with it, and groups that the results name beside each of the arms. None is added that could be one of them by another name.
func (r *reading) complete(arms []draft, lists []comparison, w *witnesses, told int) []draft {
	arms = withLettered(arms, w)
	_, by, _ := r.knownBy(arms, w)
	if told > 1 && len(arms) == told-1 { // "three groups and a control group"
		control := slices.IndexFunc(w.all, func(x witness) bool { return isControl(x.generic) })
		if control >= 0 && !slices.ContainsFunc(arms, r.controls) {
			return append(arms, w.all[control].draft)
		}
	}
	if more := r.unlisted(arms, w); told > len(arms) && len(arms) > 1 && len(more) == told-len(arms) && (len(more) == 1 || !slices.ContainsFunc(more, func(x witness) bool { return x.grouped == 0 })) {
		for _, x := range more {
			arms = append(arms, x.draft)
		}
		return arms
	}
	if len(arms) < 2 || len(arms) == told || slices.Contains(by, 0) {
		return arms
	}
	n := len(arms)
	for k := range w.all {
		x := &w.all[k]
		if x.told == 0 || x.generic != "" || len(arms) > 5 || r.doubtful(x.draft) > 0 || slices.ContainsFunc(arms, func(d draft) bool { return r.witnessed(d, r.draftWords(d), x) > 0 || r.sameArm(d, x.draft) > 0.3 }) {
			continue
		}
		listed := slices.ContainsFunc(lists, func(l comparison) bool {
			return slices.ContainsFunc(l.arms, func(d draft) bool { return r.witnessed(d, r.draftWords(d), x) > 0.6 }) &&
				slices.ContainsFunc(l.arms, func(d draft) bool {
					return slices.ContainsFunc(arms[:n], func(a draft) bool { return r.sameArm(a, d) > 0.6 })
				})
		})
		control := x.told > 1 && isControlLabel(r.doc.At(x.label)) && !slices.ContainsFunc(arms, r.controls)
		if listed || control {
			arms = append(arms, x.draft)
		}
	}
	return arms
}

// withLettered adds to arms that all go by the letters or numbers of groups those of which the results tell by another: group 1 to groups 2
// and 3.
func withLettered(arms []draft, w *witnesses) []draft {
	letters := map[string]bool{}
	for _, d := range arms {
		before := len(letters)
		for _, name := range append([]string{d.generic}, d.aliases...) {
			if numberedName.MatchString(name) {
				letters[name] = true
			}
		}
		if len(letters) == before {
			return arms
		}
	}
	n := len(arms)
	for _, x := range w.all {
		if numberedName.MatchString(x.generic) && !letters[x.generic] && x.told > 0 && x.grouped > 1 && n > 1 && len(arms) < 8 {
			arms = append(arms, x.draft)
		}
	}
	slices.SortStableFunc(arms[n:], func(a, b draft) int { return strings.Compare(a.generic, b.generic) })
	return arms
}

// unlisted returns the names of groups that the results have and that none of some arms goes by.
func (r *reading) unlisted(arms []draft, w *witnesses) (out []witness) {
	for k := range w.all {
		x := &w.all[k]
		if x.told == 0 || x.generic != "" || r.doubtful(x.draft) > 0 || slices.ContainsFunc(arms, func(d draft) bool {
			return strings.EqualFold(r.fullName(d), r.fullName(x.draft)) || r.witnessed(d, r.draftWords(d), x) > 0.6
		}) {
			continue
		}
		out = append(out, *x)
	}
	return out
}

// controls reports whether a draft is of a control by its name.
func (r *reading) controls(d draft) bool {
	return isControl(d.generic) || slices.ContainsFunc(d.aliases, isControl) || d.label.Len() > 0 && isControlLabel(r.doc.At(d.label)) || strings.Contains(strings.ToLower(r.doc.At(d.label)), "control")
}

// doubtful tells how much speaks against a draft being an arm, by itself: words that name none, an outcome.
func (r *reading) doubtful(d draft) float64 {
	if d.label.Len() > 0 && whenOrHow[strings.ToLower(firstWord(r.doc.At(d.label)))] {
		return 2
	}
	if r.collective(d.label) {
		return 1.7
	}
	if head := r.headOf(d.label); notGivenHeads[head] || peopleHeads[head] {
		return 2
	}
	if d.label.Len() == 0 || d.n.Present() || d.abbr != "" || len(d.aliases) > 0 || isControlLabel(r.doc.At(d.label)) {
		return 0
	}
	ws := r.words(d.label)
	named := 0
	for _, w := range ws {
		if !armless[w.lower] && numerals[w.lower] == 0 && !onlyDigits(w.lower) && !(doseUnits[w.lower] && !isShort(r.doc.At(w.Span))) && !(len(ws) == 1 && strings.HasSuffix(w.lower, "ly") && !strings.Contains(w.lower, "-")) {
			named++
		}
	}
	switch {
	case named > 0:
	case d.name != "":
		return 0
	case strings.ContainsAny(r.doc.At(d.label), "0123456789"):
		return 0.6
	default:
		return 2
	}
	if len(r.treatments(d.label)) > 0 {
		return 0
	}
	var outcome, given bool
	for _, m := range r.tagsAt(d.label) {
		switch {
		case !m.Overlaps(d.label):
		case m.Kind == mention.Outcome:
			outcome = true
		case m.Kind == mention.Intervention:
			given = true
		}
	}
	switch {
	case given && !outcome:
		return -0.3
	case outcome && !given:
		return 0.6
	case len(r.conceptsIn(d.label, outcomeTypes...)) > 0:
		return 0.6
	}
	return 0
}

// headOf returns the noun that a label is about, in small letters: "rate" of "rate of falls".
func (r *reading) headOf(label document.Span) string {
	ws := wordsOf(r.doc.Text, label)
	for i, w := range ws {
		if i > 0 && (headEnds[w.lower] || isBracket(w.lower)) {
			ws = ws[:i]
			break
		}
	}
	if len(ws) == 0 {
		return ""
	}
	return ws[len(ws)-1].lower
}

// ofPeople reports whether all of some arms are kinds of people, as groups of studies are that allocate nobody.
func (r *reading) ofPeople(arms []draft) bool {
	return !slices.ContainsFunc(arms, func(d draft) bool { return !peopleHeads[r.headOf(d.label)] })
}

// headEnds stand behind the noun that a label is about.
var headEnds = setOf("of", "in", "with", "without", "for", "to", "on", "from", "by", "at", "who", "that", "which", "whose", "among", "between", "over", "after", "before", "during", "plus", "and", "or", "using", "against")

// notGivenHeads are nouns that no arm is called by: what was measured, how the study was done, places.
var notGivenHeads = setOf("rate", "rates", "prevalence", "incidence", "calculation", "set", "sets", "validity", "reliability", "bioavailability", "experiences", "perceptions", "perception", "attitudes",
	"retention", "adherence", "costs", "concentration", "concentrations", "volume", "risk", "risks", "effect", "effects", "impact", "impacts", "arguments", "points", "number", "numbers", "size", "sizes", "coefficients", "coefficient", "design", "designs",
	"predictors", "predictor", "factors", "factor", "features", "characteristics", "mechanisms", "assumptions", "outcome", "hormone", "hormones", "estrogen", "pressure", "score", "scores", "questionnaire", "scale", "scales",
	"villages", "village", "area", "areas", "schools", "centres", "centers", "households", "countries", "hospitals", "communities", "disease", "diseases", "disorder", "disorders", "symptoms")

// peopleHeads are nouns for people, of whom an arm consists and whom it is not called by.
var peopleHeads = setOf("participants", "people", "individuals", "subjects", "adults", "women", "men", "girls", "boys", "adolescents", "infants", "mothers", "pilots", "students", "patients", "children",
	"diabetics", "seniors", "teenagers", "volunteers", "employees", "workers", "schoolchildren", "veterans", "residents")

// tagsAt returns what the tagger sees in the sentence or the title around a span.
func (r *reading) tagsAt(s document.Span) []mention.Mention {
	if i := r.sentenceOf(s); i >= 0 {
		return r.tags(i)
	}
	return nil
}

// whenOrHow are words that open what tells when or how something was given.
var whenOrHow = setOf("for", "at", "over", "during", "before", "after", "once", "per", "on")

// armless are words that alone name no arm: verbs, adverbs, words for groups.
var armless = setOf("multicentre", "multicenter", "double-blind", "double-blinded", "single-blind", "open-label", "prospective", "randomized", "randomised", "placebo-controlled", "controlled", "sequence", "sequences", "calculated", "administered", "performed", "assessed", "measured", "evaluated", "used", "recorded", "compared", "included", "two", "three", "four", "both", "served", "conducted", "related", "unrelated", "switch", "twice", "once", "ratio", "/", "%", "equally", "following", "group", "groups", "arm", "arms", "without", "with",
	"of", "the", "a", "an", "in", "to", "or", "and", "received", "either", "equal", "again", "also", "randomly", "blinded", "intravenously", "orally", "first", "second", "third",
	"subjected", "followed", "respectively", "each", "other", "others", "participating", "treatment", "treatments", "assigned", "mg", "ml", "iu", "g", "000", "which", "latter", "former", "new", "same", "different", "various", "several", "condition", "conditions", "phase", "period", "periods", "session", "sessions", "day", "days", "protocol", "protocols", "approach", "approaches", "strategy", "strategies", "procedure", "method", "methods")
