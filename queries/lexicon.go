package queries

import (
	"cmp"
	"path"
	"slices"
	"strings"
	"sync"

	"github.com/picograph/picograph/graph"
	"github.com/picograph/picograph/graph/evidence"
	"github.com/picograph/picograph/graph/vocab"
	"github.com/picograph/picograph/queries/syntax"
)

// lexicon is what a graph calls its things: the names of studies, reports, arms, outcomes, populations, instruments and
// documents, found by their folded words.
type lexicon struct {
	digest    string
	partial   bool            // of the studies that a question leads to, not of all
	led       map[string]bool // of a partial one, the forms and concepts that were looked up
	graph     *graph.Graph
	vocab     *vocab.Vocabulary
	studies   []*graph.Study
	byID      map[string]*graph.Study
	documents []graph.Document

	named   map[string][]name      // by key
	longest int                    // words in the longest key
	texts   []name                 // arms, outcomes and populations, for matching by content
	textsBy map[string][]int       // places in texts by word
	singles func() []string        // single words that a mistyped one may mean, sorted
	phrases map[string]phrase      // the tables of frames.go by key
	titles  map[string][]title     // by their first words
	forms   func() []form          // of the vocabulary, for matching by content
	spoken  func() map[string]bool // the words of titles and of the passages of arms and findings
	whole   sync.Map               // the words of documents' texts, by document: see wordsOf
	told    sync.Map               // the words of tellings: see spokenOf
	about   sync.Map               // and those of what they are about: see aboutStudy
	used    map[string]bool        // concepts that the graph's arms, outcomes and conditions have
}

// nameType is what a name is of.
type nameType string

const (
	studyName      nameType = "study"
	citedName      nameType = "cited report"
	reportName     nameType = "report"
	armName        nameType = "intervention"
	outcomeName    nameType = "outcome"
	populationName nameType = "population"
	instrumentName nameType = "instrument"
	documentName   nameType = "document"
)

// form is one way of writing a concept, with its content.
type form struct {
	text, id string
	content  []string
}

// title is a report's title, which questions often cut short.
type title struct {
	words []string
	name  name
}

// titleWords is how many words of a title make it recognizable.
const titleWords = 4

// name is one name of one thing of the graph.
type name struct {
	kind    nameType
	text    string   // as it is best printed
	id      string   // of the study, document; of an outcome or arm: its concept, where it has one
	study   string   // the study an arm, outcome, population or instrument is of
	content []string // of text
}

// newLexicon files what some studies and documents are called: all of a graph, or those that a question leads to.
func newLexicon(g *graph.Graph, v *vocab.Vocabulary, studies []*graph.Study, documents []graph.Document) *lexicon {
	t := tablesOf(v)
	l := &lexicon{
		graph: g, vocab: v, byID: map[string]*graph.Study{}, named: map[string][]name{}, titles: map[string][]title{},
		textsBy: map[string][]int{}, used: map[string]bool{}, phrases: t.phrases, forms: t.forms, longest: t.longest,
	}
	l.file(studies, documents)
	return l
}

// file files what more studies and documents are called.
func (l *lexicon) file(studies []*graph.Study, documents []graph.Document) {
	studies = slices.Clone(studies)
	slices.SortStableFunc(studies, compareStudies)
	for _, s := range studies {
		l.byID[s.ID] = s
		l.addStudy(s)
	}
	l.studies = append(l.studies, studies...)
	slices.SortStableFunc(l.studies, compareStudies)
	documents = slices.Clone(documents)
	slices.SortStableFunc(documents, compareDocuments)
	for i := range documents {
		l.addDocument(&documents[i])
	}
	l.documents = append(l.documents, documents...)
	slices.SortStableFunc(l.documents, compareDocuments)
	l.spoken = sync.OnceValue(l.spokenInAll)
	l.singles = sync.OnceValue(func() []string { return l.withSingles(tablesOf(l.vocab).singles()) })
}

// compareDocuments is the order of documents: by source.
func compareDocuments(a, b graph.Document) int {
	return cmp.Or(cmp.Compare(a.Source, b.Source), cmp.Compare(a.ID, b.ID))
}

// compareStudies is the order in which studies are shown: at first hand, then by source.
func compareStudies(a, b *graph.Study) int {
	x, y := mainTelling(a), mainTelling(b)
	return cmp.Or(compareBool(x.Study.SecondHand, y.Study.SecondHand), cmp.Compare(x.Source, y.Source), cmp.Compare(a.ID, b.ID))
}

// tables are the parts of a lexicon that do not depend on a graph. What only words that nothing else knows have need of is made when the
// first of them is met.
type tables struct {
	phrases map[string]phrase
	longest int
	forms   func() []form
	singles func() []string // single words of the tables and of the vocabulary
}

// tablesOf returns the tables of a vocabulary, made once.
func tablesOf(v *vocab.Vocabulary) *tables {
	return v.Prepared("queries", func() any {
		t := &tables{phrases: map[string]phrase{}, forms: sync.OnceValue(func() []form { return vocabularyForms(v) })}
		t.singles = sync.OnceValue(t.single)
		for _, table := range [][]phrase{{empties}, weights, links, frames, kinds, designs, relations, attributes, unrecorded, said, everydayPhrases(), orders, settingPhrases, countryPhrases()} {
			for _, p := range table {
				for f := range strings.SplitSeq(p.forms, ",") {
					k := key(f)
					if f = strings.TrimSpace(f); f == "%" || f == "&" || f == "+" {
						k = f
					}
					t.phrases[k] = p
					t.longest = max(t.longest, strings.Count(k, " ")+1)
				}
			}
		}
		return t
	}).(*tables)
}

// single returns the single words of the tables and of the vocabulary.
func (t *tables) single() (out []string) {
	for k, p := range t.phrases {
		if p.use != useEmpty && p.use != useLink && single(k) {
			out = append(out, k)
		}
	}
	for _, f := range t.forms() {
		if k := key(f.text); single(k) {
			out = append(out, k)
		}
	}
	return out
}

// single reports whether a key is one word that is long enough to be known when it is mistyped.
func single(k string) bool { return len(k) > 4 && !strings.Contains(k, " ") }

// withSingles adds the single words of the graph's names to others, and sorts them.
func (l *lexicon) withSingles(known []string) []string {
	out := slices.Clone(known)
	for k := range l.named {
		if single(k) {
			out = append(out, k)
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// textsOf returns the places of the texts that have all of some words.
func (l *lexicon) textsOf(words []string) []int {
	var rare []int
	for i, w := range words {
		if at := l.textsBy[w]; i == 0 || len(at) < len(rare) {
			rare = at
		}
	}
	var out []int
	for _, i := range rare {
		if containsAll(l.texts[i].content, words) {
			out = append(out, i)
		}
	}
	return out
}

// compareBool puts what is false first.
func compareBool(a, b bool) int {
	switch {
	case a == b:
		return 0
	case b:
		return -1
	}
	return 1
}

// vocabularyForms returns the vocabulary's forms with their content, but for those of what studies are done with.
func vocabularyForms(v *vocab.Vocabulary) []form {
	var out []form
	for _, c := range v.Concepts() {
		switch c.Type {
		case vocab.TypeDesign, vocab.TypeMethod, vocab.TypeStatistic, vocab.TypeMeasure, vocab.TypeUnit, vocab.TypeOrganisation, vocab.TypeRegistry, vocab.TypeDataSource:
			continue
		}
		for _, f := range c.Forms {
			if !f.Abbreviation {
				out = append(out, form{f.Text, c.ID, content(f.Text)})
			}
		}
	}
	return out
}

// add files a name under a form.
func (l *lexicon) add(form string, n name) {
	k := key(form)
	if k == "" || (len(k) < 2 && n.kind != armName) {
		return
	}
	for _, o := range l.named[k] {
		if o.kind == n.kind && o.id == n.id && o.study == n.study {
			return
		}
	}
	l.named[k] = append(l.named[k], n)
	l.longest = max(l.longest, strings.Count(k, " ")+1)
}

func (l *lexicon) addStudy(s *graph.Study) {
	n := name{kind: studyName, text: studyLabel(s), id: s.ID, study: s.ID}
	l.add(s.ID, n)
	if acronymLike(s.Name) {
		l.add(s.Name, n)
	}
	for _, t := range s.Tellings {
		if acronymLike(t.Study.Name) {
			l.add(t.Study.Name, n)
		}
		for _, other := range slices.Concat(t.Study.Aliases, t.Study.Registrations) {
			l.add(other, n)
		}
		r := t.Report
		if t.Study.SecondHand {
			r = citation(t)
		}
		if r != nil {
			l.addReportNames(*r, n)
		}
		l.addParts(s, t.Study)
	}
}

// spokenIn returns the words by which a telling can be found: of its title, its arms and its findings.
func spokenIn(t *graph.Telling) []string {
	var b strings.Builder
	if r := telledReport(t); r != nil {
		b.WriteString(r.Title + " ")
	}
	for _, a := range t.Study.Arms {
		b.WriteString(a.Label + " " + a.Description + " " + strings.Join(a.Aliases, " ") + " ")
	}
	for _, f := range t.Study.Findings {
		for _, p := range f.Passages {
			b.WriteString(p.Text + " ")
		}
	}
	return content(b.String())
}

// spokenInAll returns the words by which any telling can be found.
func (l *lexicon) spokenInAll() map[string]bool {
	out := map[string]bool{}
	for _, s := range l.studies {
		for _, t := range s.Tellings {
			for _, w := range l.spokenOf(t) {
				out[w] = true
			}
		}
	}
	return out
}

// spokenOf returns what spokenIn does, worked out once for each telling.
func (l *lexicon) spokenOf(t *graph.Telling) []string {
	k := [2]string{t.DocumentID, t.Study.ID}
	if w, ok := l.told.Load(k); ok {
		return w.([]string)
	}
	w := spokenIn(t)
	l.told.Store(k, w)
	return w
}

// addReportNames files a study, report or citation under what a report is called by.
func (l *lexicon) addReportNames(r evidence.Report, n name) {
	l.add(r.Title, n)
	if n.kind == studyName {
		for _, own := range evidence.NamesInTitle(r.Title) {
			if len(l.vocab.Named(own)) == 0 && l.phrases[key(own)].use == "" {
				l.add(own, n)
			}
		}
	}
	if ws := norms(r.Title); len(ws) > titleWords {
		first := strings.Join(ws[:titleWords], " ")
		l.titles[first] = append(l.titles[first], title{ws, n})
	}
	if r.DOI != "" {
		l.add(r.DOI, n)
	}
	if r.PMID != "" {
		l.add(r.PMID, n)
		l.add("PMID "+r.PMID, n)
	}
	if r.PMCID != "" {
		l.add(r.PMCID, n)
	}
	if last := firstAuthor(r); last != "" {
		l.add(last, n)
		l.add(last+" et al", n)
		l.add(last+" and colleagues", n)
		if r.Year != 0 {
			l.add(last+" "+itoa(r.Year), n)
			l.add(last+" et al "+itoa(r.Year), n)
		}
	}
}

func (l *lexicon) addParts(s *graph.Study, st *evidence.Study) {
	for _, a := range st.Arms {
		for _, c := range slices.Concat(a.Interventions, a.Components) {
			l.use(c)
		}
		n := name{kind: armName, text: armLabel(a), study: s.ID}
		for _, form := range slices.Concat([]string{a.Label, a.Abbreviation}, a.Aliases) {
			if genericArm(form) {
				continue
			}
			l.add(form, n)
			l.text(n, form)
		}
		for _, i := range slices.Concat(a.Interventions, a.Components) {
			if _, ok := l.vocab.Concept(i); !ok {
				l.add(i, name{kind: armName, text: i, study: s.ID})
				l.text(name{kind: armName, text: i, study: s.ID}, i)
			}
		}
	}
	for _, o := range st.Outcomes {
		l.use(o.Concept)
		l.addText(name{kind: outcomeName, text: o.Text, id: o.Concept, study: s.ID})
		if o.Instrument != "" {
			l.addText(name{kind: instrumentName, text: o.Instrument, study: s.ID})
		}
	}
	for i := range st.Findings {
		o := st.Findings[i].Outcome
		l.use(o.Concept)
		l.addText(name{kind: outcomeName, text: o.Text, id: o.Concept, study: s.ID})
	}
	for _, p := range st.Populations {
		for _, c := range p.Conditions {
			l.use(c)
		}
		l.addText(name{kind: populationName, text: p.Text, study: s.ID})
	}
	for _, i := range st.Instruments {
		n := name{kind: instrumentName, text: i.Label, id: i.Concept, study: s.ID}
		l.add(i.Label, n)
		l.add(i.Abbreviation, n)
		if i.Abbreviation != "" {
			l.add(i.Abbreviation+" checklist", n)
			l.add(i.Abbreviation+" scale", n)
		}
		l.text(n, i.Label)
	}
}

func (l *lexicon) use(concept string) {
	if concept == "" || l.used[concept] {
		return
	}
	l.used[concept] = true
	for _, b := range l.vocab.Broader(concept) {
		l.used[b] = true
	}
}

func (l *lexicon) addText(n name) {
	l.add(n.text, n)
	l.text(n, n.text)
}

// text files a name for matching by content.
func (l *lexicon) text(n name, form string) {
	if n.content = content(form); len(n.content) > 0 {
		for _, w := range n.content {
			l.textsBy[w] = append(l.textsBy[w], len(l.texts))
		}
		l.texts = append(l.texts, n)
	}
}

func (l *lexicon) addDocument(d *graph.Document) {
	n := name{kind: documentName, text: d.Source, id: d.ID}
	base := path.Base(strings.ReplaceAll(d.Source, `\`, "/"))
	l.add(d.Source, n)
	l.add(base, n)
	stemmed := strings.TrimSuffix(base, path.Ext(base))
	l.add(stemmed, n)
	if digits := leadingDigits(stemmed); digits != "" && len(digits) < len(stemmed) {
		l.add("D"+digits, n)
		l.add("document "+digits, n)
	}
	r := name{kind: reportName, text: reportLabel(d.Report), id: d.ID}
	l.addReportNames(d.Report, r)
	for _, c := range d.Cites {
		l.addReportNames(c.Report, name{kind: citedName, text: reportLabel(c.Report), id: d.ID + "#" + c.ID})
	}
}

// runnable reports whether a parsed text is meant as a query of the language: attributes have to be known ones, unless the
// rest can be nothing else. Other words for an attribute are read as it.
func (l *lexicon) runnable(q *syntax.Query, text string) bool {
	if c, ok := q.Selection.(*syntax.Compare); ok && l.study(c.A.Text) && l.study(c.B.Text) {
		return false // two studies, which stand side by side
	}
	a, ok := q.Selection.(*syntax.Attributes)
	if !ok {
		return true
	}
	signed := querySigns.MatchString(text)
	for i, n := range a.Names {
		if p := l.phrases[key(n)]; signed && p.use == useAttribute && printerNamed(n) == nil {
			a.Names[i], n = p.value, p.value
		}
		if printerNamed(n) == nil && !signed {
			return false
		}
	}
	names := a.Names[:0:0]
	for _, n := range a.Names {
		names = appendNew(names, n)
	}
	a.Names = names
	return true
}

// find returns the things called by a form, studies first.
func (l *lexicon) find(form string, kinds ...nameType) []name {
	var out []name
	for _, n := range l.named[key(form)] {
		if len(kinds) == 0 || slices.Contains(kinds, n.kind) {
			out = append(out, n)
		}
	}
	return out
}

// nearest returns names that resemble a form, closest first, at most n.
func (l *lexicon) nearest(form string, n int) []string {
	type scored struct {
		text string
		cost int
	}
	var all []scored
	k := key(form)
	for other, names := range l.named {
		if c := vocab.Distance(k, other, max(1, len(k)/4)); c <= max(1, len(k)/4) {
			all = append(all, scored{names[0].text, c})
		}
	}
	for _, t := range l.vocab.Nearest(form, n) {
		all = append(all, scored{t, vocab.Distance(k, key(t), len(k))})
	}
	slices.SortFunc(all, func(a, b scored) int { return cmp.Or(cmp.Compare(a.cost, b.cost), cmp.Compare(a.text, b.text)) })
	var out []string
	for _, s := range all {
		if len(out) < n && !slices.Contains(out, s.text) {
			out = append(out, s.text)
		}
	}
	return out
}
