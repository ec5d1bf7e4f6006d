package queries

import (
	"context"
	"slices"
	"strings"

	"github.com/picograph/picograph/graph"
	"github.com/picograph/picograph/graph/vocab"
)

// resolveUnknown deals with the words that no table, concept or name has. A noun phrase with such a word may be, by its
// content, what the loaded documents call an arm, an outcome or a population; a word may be mistyped; or it only
// modifies what is known, and is reported as not used. What is left is an unknown term: false is returned.
func (r *reader) resolveUnknown(s *slots, u *understood) bool {
	for i := 0; i < len(r.tags); i++ {
		if !r.tags[i].unknown() {
			continue
		}
		if r.matchPhrase(i) {
			i = -1
			continue
		}
		if r.correct(i, u) { // the corrected word may be part of a longer name
			if len(r.corrected) <= mostRetagged {
				r.tags = nil
				r.tagAll()
			}
			i = -1
			continue
		}
		if !r.besideKnown(i) && r.approximate(i, u) {
			i = -1
			continue
		}
		if r.inTexts(i) {
			continue
		}
		if r.modifier(i) {
			r.tags[i].use, r.tags[i].as = useEmpty, "not used"
			u.said = append(u.said, "“"+r.text(r.tags[i])+"” was not used")
			continue
		}
		if t := &r.tags[i]; r.inWords(i) {
			t.use, t.as = useText, "words of the documents"
			continue
		}
		if t := &r.tags[i]; r.inDocuments(i) {
			t.use, t.as = useText, "words of the documents"
			continue
		}
		if r.partOfName(i) {
			r.tags[i].use, r.tags[i].as = useEmpty, "not used"
			u.said = append(u.said, "“"+r.text(r.tags[i])+"” is nowhere in the documents and was not used")
			continue
		}
		from := r.words[r.tags[i].from].start
		end := i
		for end+1 < len(r.tags) && r.tags[end+1].unknown() {
			end++
		}
		to := r.words[r.tags[end].to-1].end
		u.fault = &Fault{Start: from, End: to, Words: r.question[from:to]}
		u.unknown = true
		u.hints = r.nearest(u.fault.Words, 3)
		if known := r.known(); !known && end-i+1 > 1 {
			u.unknown = false
			u.hints = []string{"name an intervention, an outcome, a population or a study; or ask for an attribute of a study, such as its registration"}
		}
		return false
	}
	return true
}

// mostRetagged is after how many corrections the whole question is no longer cut into names anew.
const mostRetagged = 8

// inTexts takes an unknown word that stands in the loaded documents for what it is: a word to look for in what they
// say.
func (r *reader) inTexts(i int) bool {
	t := &r.tags[i]
	if !r.inWords(i) || r.besideKnown(i) {
		return false
	}
	t.use, t.as = useText, "words of the documents"
	return true
}

// inWords reports whether the loaded documents use all the words of a tag.
func (r *reader) inWords(i int) bool {
	words := content(r.text(r.tags[i]))
	return len(words) > 0 && !slices.ContainsFunc(words, func(w string) bool { return !r.spoken()[w] })
}

// mostDocuments is of how many documents the whole text is looked through for a word that nothing else knows.
const mostDocuments = wholeGraph

// inDocuments reports whether the text of some document has the words of a tag, wherever it stands.
func (r *reader) inDocuments(i int) bool {
	words := content(r.text(r.tags[i]))
	if r.partial || len(r.documents) > mostDocuments || len(words) == 0 {
		return false
	}
	return slices.ContainsFunc(r.documents, func(d graph.Document) bool { return containsAll(r.wordsOf(d.ID), words) })
}

// wordsOf returns the words of a document's whole text, read once; none of a large graph, or of one whose text cannot be read.
func (l *lexicon) wordsOf(document string) []string {
	if l.partial || len(l.documents) > mostDocuments {
		return nil
	}
	if w, ok := l.whole.Load(document); ok {
		return w.([]string)
	}
	text, err := l.graph.Text(context.Background(), document)
	if err != nil {
		return nil
	}
	w := content(text)
	l.whole.Store(document, w)
	return w
}

// besideKnown reports whether the next word is a thing that is known, which an unknown word only modifies.
func (r *reader) besideKnown(i int) bool {
	return i+1 < len(r.tags) && (len(r.tags[i+1].names) > 0 || r.isNamed(r.tags[i+1].concepts))
}

// unknown reports whether nothing knows the tag's words.
func (t *tag) unknown() bool {
	return t.use == "" && t.amount == nil && t.measure == "" && len(t.names) == 0 && len(t.concepts) == 0
}

// known reports whether any of the question's words is a name, a concept or an amount.
func (r *reader) known() bool {
	return slices.ContainsFunc(r.tags, func(t tag) bool {
		return len(t.names) > 0 || len(t.concepts) > 0 || t.amount != nil || t.use == useSetting || t.use == useAttribute
	})
}

// nounPhrase returns the tags around i that may be one noun phrase: unknown words, concepts, and "of" between them.
func (r *reader) nounPhrase(i int) (from, to int) {
	part := func(k int) bool {
		if k < 0 || k >= len(r.tags) {
			return false
		}
		t := &r.tags[k]
		if t.unknown() || len(t.concepts) > 0 || t.use == useRelation && k != i {
			return true
		}
		return len(t.names) > 0 && (t.names[0].kind == armName || t.names[0].kind == outcomeName || t.names[0].kind == populationName)
	}
	inner := func(k int) bool { // a word that may stand within a phrase
		if k < 0 || k >= len(r.tags) || r.tags[k].amount != nil {
			return false
		}
		switch key(r.text(r.tags[k])) {
		case "of", "the", "daily", "mean", "average", "to", "score", "level", "in", "on", "after", "with", "for", "and", "+", "plus", "term", "long", "number", "rate", "free":
			return true
		}
		return r.tags[k].use == useEmpty || r.tags[k].use == useKind || r.tags[k].use == useAttribute || r.tags[k].use == useNoun
	}
	from, to = i, i+1
	for part(from-1) || inner(from-1) && part(from-2) {
		from--
	}
	for part(to) || inner(to) && (part(to+1) || inner(to)) && to < len(r.tags) {
		to++
	}
	return max(from, i-maxPhrase), min(to, len(r.tags), i+maxPhrase)
}

// maxPhrase is how many tags on each side of an unknown word a noun phrase may reach.
const maxPhrase = 8

// matchPhrase looks for a graph's text that has all the words of a phrase around tag i, the longest phrase first, and
// makes one tag of it.
func (r *reader) matchPhrase(i int) bool {
	lo, hi := r.nounPhrase(i)
	for n := hi - lo; n >= 1; n-- {
		for from := max(lo, i-n+1); from <= i && from+n <= hi; from++ {
			if r.tags[from].use == useEmpty || r.tags[from].use == useLink || r.tags[from+n-1].use == useEmpty || r.tags[from+n-1].use == useLink {
				continue
			}
			start, end := r.tags[from].from, r.tags[from+n-1].to
			words := content(r.question[r.words[start].start:r.words[end-1].end])
			if len(words) == 0 || n > 1 && len(words) < 2 || n == 1 && len(words[0]) < 4 && !acronym(r.words[start].text) {
				continue
			}
			found := r.textsWith(words)
			if end-start == 1 {
				found = slices.DeleteFunc(found, func(n name) bool { return !r.names1(n, start) })
			}
			if len(found) > 0 {
				merged := tag{from: start, to: end, names: found}
				r.tags = slices.Concat(r.tags[:from], []tag{merged}, r.tags[from+n:])
				return true
			}
		}
	}
	return false
}

// names1 reports whether word i alone names a thing of the graph: it stands so in what the thing is called, and is no small part
// of it. "Posted" does not name costs after treatment, nor "longer" those who smoked "for 3 years or longer".
func (r *reader) names1(n name, i int) bool {
	words := norms(n.text)
	return slices.Contains(words, r.words[i].norm) && len(n.content) <= 4
}

// acronym reports whether a word is all capitals and digits.
func acronym(s string) bool { return len(s) > 1 && s == strings.ToUpper(s) && s != strings.ToLower(s) }

// textsWith returns what the graph has whose text contains all of some words: of the kind that has them most often.
func (r *reader) textsWith(words []string) []name {
	count := map[nameType]int{}
	var all []name
	for _, i := range r.textsOf(words) {
		n := r.texts[i]
		count[n.kind]++
		all = append(all, n)
	}
	best := nameType("")
	for _, k := range []nameType{armName, outcomeName, populationName, instrumentName} {
		if count[k] > count[best] {
			best = k
		}
	}
	return slices.DeleteFunc(all, func(n name) bool { return n.kind != best })
}

// correct reads a mistyped word as the one name or concept that it nearly is, and says so.
func (r *reader) correct(i int, u *understood) bool {
	t := &r.tags[i]
	w := r.words[t.from].norm
	if t.to-t.from != 1 || digit(w[0]) || r.corrected[t.from] || acronym(r.words[t.from].text) {
		return false
	}
	if len(w) < 5 {
		return i == 0 && r.correctAsking(u)
	}
	allowed := 1
	if len(w) > 8 && !r.besideKnown(i) {
		allowed = 2
	}
	best, cost := "", allowed+1
	try := func(form string) {
		if form[0] != w[0] || allowed == 2 && form[len(form)-2:] != w[len(w)-2:] && vocab.Distance(w, form, 1) > 1 {
			return
		}
		if c := vocab.Distance(w, form, allowed); c < cost || c == cost && form < best {
			best, cost = form, c
		}
	}
	for _, form := range r.singles() {
		if d := len(form) - len(w); d <= allowed && -d <= allowed {
			try(form)
		}
	}
	if cost > allowed {
		return false
	}
	u.said = append(u.said, "“"+r.text(*t)+"” read as “"+best+"”")
	if p, ok := r.phrases[best]; ok {
		t.phrase = p
	} else if ns := r.named[best]; len(ns) > 0 {
		t.names = ns
	} else {
		t.concepts = r.vocab.Named(best)
	}
	if r.corrected == nil {
		r.corrected = map[int]bool{}
	}
	r.corrected[t.from] = true
	r.words[t.from].norm = best
	if len(t.concepts) > 0 || len(t.names) > 0 {
		// the corrected word is what the query prints
		w := &r.words[t.from]
		r.question = r.question[:w.start] + best + r.question[w.end:]
		shift := len(best) - (w.end - w.start)
		w.end += shift
		for k := t.from + 1; k < len(r.words); k++ {
			r.words[k].start += shift
			r.words[k].end += shift
		}
	}
	return true
}

// correctAsking reads a short first word as the question word that it nearly is: "wich".
func (r *reader) correctAsking(u *understood) bool {
	t := &r.tags[0]
	w := r.words[t.from].norm
	best := ""
	for form, p := range r.phrases {
		if p.use == useFrame && len(w) > 3 && len(form) > 3 && form[0] == w[0] && !strings.Contains(form, " ") && vocab.Distance(w, form, 1) <= 1 && (best == "" || form < best) {
			best = form
		}
	}
	if best == "" {
		return false
	}
	u.said = append(u.said, "“"+r.text(*t)+"” read as “"+best+"”")
	r.words[t.from].norm, t.phrase = best, r.phrases[best]
	return true
}

// modifier reports whether the question still means something without an unknown word: an adverb, a number, a verb or
// an adjective of something known. A word that stands where a name is expected, after a preposition or a question
// word, is none: without it the question would be another.
func (r *reader) modifier(i int) bool {
	text := r.text(r.tags[i])
	if strings.HasSuffix(text, "ly") && len(text) > 4 || digit(text[0]) || slices.Contains(small, strings.ToLower(text)) {
		return true
	}
	if capitalised(text) && i > 0 || r.subjectOfEffect(i) {
		return false
	}
	named := func(k int) bool {
		return k >= 0 && k < len(r.tags) && (len(r.tags[k].names) > 0 || r.isNamed(r.tags[k].concepts))
	}
	_, before := r.before(i)
	if before >= 0 && effectRelation(r.tags[before].value) && r.tags[before].use == useRelation && !named(i+1) {
		return false // what was reduced
	}
	if before >= 0 && !named(i+1) && r.reported(before) {
		return false // what was measured, reported or used
	}
	if before >= 0 && r.framed() && (named(before) || r.tags[before].use == useNoun || r.tags[before].use == useRelation || r.tags[before].use == useAttribute) {
		return true
	}
	return named(i+1) && (strings.HasSuffix(text, "ed") || strings.HasSuffix(text, "ing") || strings.HasSuffix(text, "al") || strings.HasSuffix(text, "ic") || before >= 0 && r.tags[before].use != useFrame)
}

// subjectOfEffect reports whether what tag i names is said to do something: "does a stove lower blood pressure".
func (r *reader) subjectOfEffect(i int) bool {
	if i+1 >= len(r.tags) || r.tags[i+1].use != useRelation || !effectRelation(r.tags[i+1].value) {
		return false
	}
	return slices.ContainsFunc(r.tags[:i], func(t tag) bool { return t.use == useFrame && t.value == "yes or no" })
}

// reported reports whether tag i is a word for what a study does with something, which it cannot do without: measures it, reports it,
// uses it.
func (r *reader) reported(i int) bool {
	t := &r.tags[i]
	return t.use == useAttribute && t.value == "instruments" || t.use == useRelation && (t.value == "results" || t.value == "contains")
}

// partOfName reports whether an unknown word stands right after something that is known, with nothing but unknown words
// and words of the documents between: "buprenorphine buccal film". It then says more of that thing.
func (r *reader) partOfName(i int) bool {
	for k := i - 1; k >= 0; k-- {
		t := &r.tags[k]
		switch {
		case len(t.names) > 0 || r.isNamed(t.concepts):
			return i-k < 3
		case t.unknown() || t.use == useText || t.use == useEmpty && t.as == "not used":
		default:
			return false
		}
	}
	return false
}

// isNamed reports whether one of some concepts is a thing rather than a measure, unit or design.
func (r *reader) isNamed(ids []string) bool {
	return slices.ContainsFunc(ids, func(id string) bool {
		c, ok := r.vocab.Concept(id)
		return ok && c.Type != vocab.TypeDesign && c.Type != vocab.TypeUnit && c.Type != vocab.TypeMeasure && c.Type != vocab.TypeStatistic
	})
}

// framed reports whether the question has a question word, and is not a list of keywords.
func (r *reader) framed() bool {
	return slices.ContainsFunc(r.tags, func(t tag) bool { return t.use == useFrame })
}

// approximate reads an unknown phrase as the one concept that has a form with all its words, and says so. The phrase has
// half of the form's words or more, and is not a verb alone: “facilities” is not a long-term care facility, and one who
// was “tested” has not tested positive.
func (r *reader) approximate(i int, u *understood) bool {
	from, to := i, i+1
	for to < len(r.tags) && r.tags[to].unknown() {
		to++
	}
	start, end := r.tags[from].from, r.tags[to-1].to
	text := r.question[r.words[start].start:r.words[end-1].end]
	words := content(text)
	if len(words) == 0 || len(text) < 5 || len(words) == 1 && strings.HasSuffix(strings.ToLower(text), "ed") {
		return false
	}
	found := map[string]string{}
	for _, f := range r.forms() {
		if c, ok := r.vocab.Concept(f.id); ok && c.Type == vocab.TypeComparator {
			continue // "stimulation" is no sham stimulation
		}
		if containsAll(f.content, words) && 2*len(words) >= len(strings.Fields(f.text)) && (len(words) > 1 || sameHead(f.text, text)) && sameWords(f.text, text) && (found[f.id] == "" || len(f.text) < len(found[f.id])) {
			found[f.id] = f.text
		}
	}
	id, best := "", ""
	for k, f := range found {
		if len(words) == 1 && (!r.used[k] || r.partial) {
			continue // a device is no intrauterine device where nobody had one, which of a large graph is not known
		}
		if len(found) == 1 || r.used[k] && !slices.ContainsFunc(r.forms(), func(o form) bool { return o.id != k && r.used[o.id] && found[o.id] != "" }) {
			id, best = k, f
		}
	}
	if id == "" {
		return false
	}
	u.said = append(u.said, "“"+text+"” read as “"+best+"”")
	r.tags = slices.Concat(r.tags[:from], []tag{{from: start, to: end, concepts: []string{id}, reads: best}}, r.tags[to:])
	return true
}

// sameHead reports whether a word is the one that a form is about, its last: an ongoing trial is no ongoing pregnancy.
func sameHead(form, text string) bool {
	f, t := norms(form), norms(text)
	return len(f) > 0 && len(t) > 0 && sameWords(f[len(f)-1], t[len(t)-1])
}

// sameWords reports whether a form has the words of a text, give or take a last letter: "margin" is not "marginal".
func sameWords(form, text string) bool {
	have := norms(form)
	for _, w := range norms(text) {
		if emptyWords[w] {
			continue
		}
		if !slices.ContainsFunc(have, func(h string) bool {
			return strings.HasPrefix(h, w) && len(h)-len(w) < 2 || strings.HasPrefix(w, h) && len(w)-len(h) < 2
		}) {
			return false
		}
	}
	return true
}

func capitalised(s string) bool { return s != strings.ToLower(s) }
