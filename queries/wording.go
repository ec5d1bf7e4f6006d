package queries

import (
	"maps"
	"slices"
	"strings"
	"unicode"

	"github.com/picograph/picograph/graph"
	"github.com/picograph/picograph/graph/evidence"
	"github.com/picograph/picograph/graph/lazyregexp"
)

// wording is a phrase of a question as it is compared with the phrases of documents: by the words that carry meaning,
// its abbreviations written out or not.
type wording struct {
	text     string
	names    []string   // the text, and what else the vocabulary calls it
	forms    [][]string // content, in several ways of writing it
	concepts map[string]bool
	passive  bool // names no treatment: control, placebo, usual care
	baseline bool // names the state before: baseline, before treatment
	lowering bool // says itself that something fell: "reduction in pain"
}

var (
	bracketed    = lazyregexp.New(`\(([^()]*)\)`)
	abbreviation = lazyregexp.New(`\(([A-Za-z][A-Za-z0-9/\-]{1,9})\)`)
	plainWords   = lazyregexp.New(`[\p{L}\p{N}]+`)
)

// shortForms are the abbreviations that a text explains, "long form (LF)", by their folded letters.
func shortForms(text string) map[string][]string {
	out := map[string][]string{}
	for _, m := range abbreviation.FindAllStringSubmatchIndex(text, -1) {
		short := text[m[2]:m[3]]
		if strings.IndexFunc(short, unicode.IsUpper) < 0 {
			continue
		}
		before := text[max(0, m[0]-100):m[0]]
		words := plainWords.FindAllString(before, -1)
		letters := strings.ToLower(strings.Join(plainWords.FindAllString(short, -1), ""))
		for n := min(len(words), len(letters)+2); n > 0; n-- {
			long := words[len(words)-n:]
			if spells(long, letters) {
				out[key(short)] = content(strings.Join(long, " "))
				break
			}
		}
	}
	return out
}

// spells reports whether letters can be read off the words in order, each word's first letter first.
func spells(words []string, letters string) bool {
	if letters == "" || !strings.HasPrefix(strings.ToLower(words[0]), letters[:1]) {
		return false
	}
	at := 0
	for _, c := range strings.ToLower(strings.Join(words, " ")) {
		if at < len(letters) && c == rune(letters[at]) {
			at++
		}
	}
	return at == len(letters)
}

// lowerings are the beginnings of words that say that something fell.
var lowerings = []string{"reduc", "decreas", "declin", "lower", "fall", "drop", "diminish"}

// wording prepares a phrase.
func (l *lexicon) wording(text string, short map[string][]string) *wording {
	w := &wording{text: text, concepts: map[string]bool{}}
	add := func(words []string) {
		if len(words) > 0 && !slices.ContainsFunc(w.forms, func(f []string) bool { return slices.Equal(f, words) }) {
			w.forms = append(w.forms, words)
		}
	}
	add(content(text))
	add(content(bracketed.ReplaceAllString(text, " ")))
	for _, m := range bracketed.FindAllStringSubmatch(text, -1) {
		if len(content(m[1])) > 1 || strings.IndexFunc(m[1], unicode.IsUpper) >= 0 {
			add(content(m[1]))
		}
	}
	for _, f := range slices.Clone(w.forms) {
		var long []string
		for _, word := range f {
			if x := short[word]; len(x) > 0 {
				long = append(long, x...)
			} else {
				long = append(long, word)
			}
		}
		slices.Sort(long)
		add(slices.Compact(long))
	}
	for _, m := range l.vocab.Mentions(text, 0) {
		for _, id := range m.Concepts {
			w.concepts[id] = true
		}
	}
	w.names = []string{text}
	for _, id := range l.vocab.Named(text) {
		if c, ok := l.vocab.Concept(id); ok {
			for _, f := range c.Forms {
				w.names = append(w.names, f.Text)
			}
		}
		for _, n := range l.vocab.Narrower(id) { // with itself
			w.concepts[n] = true
		}
	}
	passive, active := false, false
	for _, n := range norms(text) {
		switch n {
		case "baseline", "before", "pretreatment", "preoperative", "initial", "prior":
			w.baseline = true
			continue
		}
		w.lowering = w.lowering || slices.ContainsFunc(lowerings, func(p string) bool { return strings.HasPrefix(n, p) })
		if passiveWords[stem(n)] || n == "no" || n == "not" || n == "without" {
			passive = true
			continue
		}
		switch n {
		case "care", "group", "arm", "treatment", "intervention", "therapy", "list", "the", "a", "only", "alone", "of", "with", "receive", "received", "did", "who", "any":
		default:
			active = true
		}
	}
	w.passive = passive && !active
	return w
}

// passiveWords are the stems of words for what is given in place of an active treatment.
var passiveWords = func() map[string]bool {
	out := map[string]bool{}
	for _, n := range []string{"control", "placebo", "sham", "usual", "standard", "none", "untreated", "routine", "vehicle", "waitlist", "waiting", "conventional", "nothing"} {
		out[stem(n)] = true
	}
	return out
}()

// like returns how alike a phrase and a text are, from 0 to 1: the F1 of their words, in the way of writing that fits
// best.
func (w *wording) like(text []string) float64 {
	best := 0.0
	for _, f := range w.forms {
		best = max(best, overlap(f, text))
	}
	return best
}

// within returns the share of a phrase's words that stand in a text.
func (w *wording) within(text []string) float64 {
	best := 0.0
	for _, f := range w.forms {
		best = max(best, float64(common(f, text))/float64(len(f)))
	}
	return best
}

func common(a, b []string) int {
	n := 0
	for _, x := range a {
		if _, ok := slices.BinarySearch(b, x); ok {
			n++
		}
	}
	return n
}

// overlap is the F1 of two sorted sets of words.
func overlap(a, b []string) float64 {
	if len(a)+len(b) == 0 {
		return 0
	}
	return 2 * float64(common(a, b)) / float64(len(a)+len(b))
}

// spoken holds what one telling calls its arms, for comparing phrases with it.
type spokenStudy struct {
	telling *graph.Telling
	text    string // of the document
	short   map[string][]string
	measure map[string][]string // short, without what arms are called by: "IPT" says nothing of pain
	running string              // its words, folded, with one blank between them; made when first asked for
	words   []string            // the content of the document
	arms    [][][]string        // of each arm, the contents of what it is called
}

func (l *lexicon) spokenStudy(t *graph.Telling, text string) *spokenStudy {
	s := &spokenStudy{telling: t, text: text, short: shortForms(text)}
	for _, a := range t.Study.Arms {
		if a.Abbreviation != "" && a.Label != "" && a.Label != a.Abbreviation {
			s.short[key(a.Abbreviation)] = content(a.Label)
		}
	}
	s.measure = maps.Clone(s.short)
	for i := range t.Study.Arms {
		for _, called := range append([]string{t.Study.Arms[i].Label, t.Study.Arms[i].Abbreviation}, t.Study.Arms[i].Aliases...) {
			delete(s.measure, key(called))
		}
	}
	words := content(text)
	words = append(words, spokenIn(t)...)
	s.words = written(words, s.short)
	for i := range t.Study.Arms {
		s.arms = append(s.arms, l.armContents(&t.Study.Arms[i], s.short))
	}
	return s
}

// armContents returns the contents of what an arm is called, abbreviations as they are and written out.
func (l *lexicon) armContents(a *evidence.Arm, short map[string][]string) [][]string {
	var out [][]string
	texts := slices.Concat([]string{a.Label, a.Abbreviation, a.Description}, a.Aliases)
	for _, i := range slices.Concat(a.Interventions, a.Components) {
		texts = append(texts, l.conceptLabel(i))
	}
	for _, t := range texts {
		c := content(t)
		if len(c) == 0 {
			continue
		}
		out = append(out, c, written(c, short))
	}
	return out
}

// written writes the abbreviations of a text out.
func written(words []string, short map[string][]string) []string {
	var long []string
	for _, w := range words {
		if x := short[w]; len(x) > 0 {
			long = append(long, x...)
		} else {
			long = append(long, w)
		}
	}
	slices.Sort(long)
	return slices.Compact(long)
}

// speaksOf reports whether a document speaks of what a phrase names: it has an arm of that name, or one without an active
// intervention where that is what is named, or half of the phrase's words.
func (s *spokenStudy) speaksOf(w *wording) bool {
	if w.baseline && len(w.forms) > 0 && len(w.forms[0]) == 1 { // every study has one
		return true
	}
	if !s.speaksOfThing(w) {
		return false
	}
	for i := range s.arms {
		if s.armLike(w, i) >= 0.5 {
			return true
		}
	}
	if w.passive { // the very words: "usually" and "care" say nothing of usual care
		return w.within(s.words) == 1 && slices.ContainsFunc(w.names, s.hasPhrase)
	}
	return w.within(s.words) >= 0.5
}

// speaksOfThing reports whether a document speaks of what a phrase that begins with how much or how long is of: one of high and low doses of
// something else does not speak of "high-dose aspirin".
func (s *spokenStudy) speaksOfThing(w *wording) bool {
	at := howMuch.FindStringIndex(w.text)
	if at == nil || at[1] == len(w.text) {
		return true
	}
	for i := range s.arms {
		a := &s.telling.Study.Arms[i]
		if slices.ContainsFunc(slices.Concat(a.Interventions, a.Components), func(id string) bool { return w.concepts[id] }) {
			return true
		}
	}
	thing := content(w.text[at[1]:])
	missing := 0
	for _, x := range thing {
		if !slices.ContainsFunc(s.words, func(word string) bool { return word == x }) {
			missing++
		}
	}
	return 2*missing <= len(thing)
}

// hasPhrase reports whether the document has the words of a phrase next to each other.
func (s *spokenStudy) hasPhrase(phrase string) bool {
	if s.running == "" {
		s.running = " " + key(s.text) + " "
	}
	return strings.Contains(s.running, " "+key(phrase)+" ")
}

// armLike returns how well a phrase fits arm i.
func (s *spokenStudy) armLike(w *wording, i int) float64 {
	a := &s.telling.Study.Arms[i]
	best := 0.0
	for _, form := range s.arms[i] {
		if w.passive && !slices.ContainsFunc(form, func(x string) bool { return passiveWords[x] }) {
			continue // "care" alone does not make collaborative care of usual care
		}
		best = max(best, w.like(form))
	}
	for _, id := range slices.Concat(a.Interventions, a.Components) {
		if w.concepts[id] {
			best = max(best, 0.7)
		}
	}
	if w.passive && best < 0.5 && (untreated(a.Role) || genericControl(a.Label)) {
		best = 0.6
	}
	return best
}

// genericControl reports whether an arm is called no more than a control.
func genericControl(label string) bool {
	ws := norms(label)
	return slices.Contains(ws, "control") && len(ws) < 3
}

// armsLike returns how well a phrase fits the arms of a finding, given by label; unstated is the value for arms that are not
// named.
func (s *spokenStudy) armsLike(w *wording, labels []string, arms []*evidence.Arm) float64 {
	if len(labels) == 0 {
		return unstatedArm
	}
	best := 0.0
	for _, a := range arms {
		for i := range s.telling.Study.Arms {
			if &s.telling.Study.Arms[i] == a {
				best = max(best, s.armLike(w, i))
			}
		}
	}
	for _, label := range labels {
		c := content(label)
		best = max(best, w.like(c), w.like(written(c, s.short)))
	}
	return best
}

// unstatedArm is how well any phrase fits an arm that a finding does not name.
const unstatedArm = 0.35
