package queries

import (
	"cmp"
	"slices"
	"strings"

	"github.com/picograph/picograph/graph/lazyregexp"
	"github.com/picograph/picograph/graph/quantity"
	"github.com/picograph/picograph/graph/vocab"
	"github.com/picograph/picograph/queries/syntax"
)

// contrast is a question of what one thing does to an outcome compared with another, cut into its parts. The parts are
// in the asker's own words: they need not be names that the vocabulary or the graph has.
type contrast struct {
	a, b, on, study, country string
	people                   string       // what those have in whom the two are compared: "for renal colic"
	time                     *syntax.Test // when: "at 12 weeks"
}

// against are the words between the two things of a contrast.
const against = `(?:versus|vs\.?|(?:as )?compared (?:with|to)|relative to|against|in comparison (?:with|to)|in contrast to)`

// does are the words for what a thing does to an outcome.
const does = `(?:increase|raise|decrease|reduce|lower|improve|worsen|change|affect|influence|alter|prevent|shorten|prolong|enhance)`

// differForm asks whether two things differ, in words that the tables do not read. differsForm asks it in words that stand for
// other things too, such as "did pain differ from baseline": its things have to be names of what arms are given.
var (
	differForm  = lazyregexp.New(`(?is)^(?:do|does|did|is|are|was|were) (?P<a>.+?) and (?P<b>.+?) (?:differ|different|equally effective|comparable)(?: (?:on|in|for|with regard to|with respect to|in terms of) (?P<on>.+))?$`)
	differsForm = lazyregexp.New(`(?is)^(?:(?:how )?(?:do|does|did) (?P<a>.+?) (?:differ|and (?P<b>.+?) differ)(?: from (?P<b2>.+?))?|(?:is|was) there (?:a|any) difference between (?P<a2>.+?) and (?P<b3>.+?))(?: (?:on|in|for|with regard to|with respect to|in terms of) (?P<on>.+))?$`)
)

// betweenForm says that there is no difference between two things; the documents have to call arms so.
var betweenForm = lazyregexp.New(`(?is)^(?:no |any )?(?:significant |clear )?differences? between (?P<a>.+?) and (?P<b>.+?)(?: (?:on|in|for|with regard to|with respect to|in terms of) (?P<on>.+))?$`)

// contrastForms are the sentences that are contrasts; a, b and on are their parts, and "rest" stands for "b on outcome",
// which is cut at the "on" that fits best.
var contrastForms = []*lazyregexp.Regexp{
	lazyregexp.New(`(?is)^(?:what (?:is|was|are|were) the |what's the |whats the |the )?(?:effects?|impact|influence|efficacy|effectiveness) of (?P<a>.+?),? ` + against + ` (?P<rest>.+ on .+)$`),
	lazyregexp.New(`(?is)^(?:what (?:is|was|are|were) the |what's the |whats the |the )?(?:effects?|impact|influence|efficacy|effectiveness) of (?P<a>.+?) on (?P<on>.+?),? ` + against + ` (?P<b>.+)$`),
	lazyregexp.New(`(?is)^` + against + ` (?P<b>.+?), (?:what (?:is|was) the effects? of|how does) (?P<a>.+?) (?:on|affect|change|influence) (?P<on>.+)$`),
	lazyregexp.New(`(?is)^how (?:do|does|did) (?P<a>.+?) (?:and (?P<b>.+?) )?compare (?:(?:with|to) (?P<b2>.+?) )?(?:on|for|in terms of|regarding|with regard to|with respect to) (?P<on>.+)$`),
	lazyregexp.New(`(?is)^(?:do|does|did) (?P<a>.+?) ` + does + ` (?P<on>.+?),? (?:more than|less than|better than|` + against + `) (?P<b>.+)$`),
	lazyregexp.New(`(?is)^(?:is|are|was|were) (?P<a>.+?) (?:better|worse|superior|inferior|non-?inferior|more effective|less effective|as effective|as good) (?:than|to|as) (?P<b>.+?) (?:for|on|at|in terms of|regarding|with regard to|with respect to) (?P<on>.+)$`),
	lazyregexp.New(`(?is)^(?:do|does|did) (?P<a>.+?) (?:beat|outperform|surpass|(?:work|do) (?:better|worse) than|(?:work|do) as well as) (?P<b>.+?)(?: (?:on|for|at|in terms of) (?P<on>.+))?$`),
	lazyregexp.New(`(?is)^(?P<a>.+?) (?:works?|does|do|performs?) (?:as well as|better than|no better than|worse than) (?P<b>.+?)(?: (?:on|for|at|in terms of) (?P<on>.+))?$`),
	differForm,
	differsForm,
	betweenForm,
	lazyregexp.New(`(?is)^what (?:happens|happened) to (?P<on>.+?) (?:with|under|on) (?P<a>.+?),? ` + against + ` (?P<b>.+)$`),
	lazyregexp.New(`(?is)^compare (?P<a>.+?) (?:with|to|and|against|versus|vs\.?) (?P<rest>.+ (?:on|regarding|in terms of) .+)$`),
	lazyregexp.New(`(?is)^compare (?P<a>.+?) (?:with|to|against|versus|vs\.?) (?P<b>.+)$`),
	lazyregexp.New(`(?is)^(?:is|are|was|were) (?P<a>.+?) (?:better|worse|superior|inferior|more effective|less effective|as effective|as good) (?:than|to|as) (?P<b>.+)$`),
}

// bareContrast is two things with "versus" between them and nothing else, or an outcome after a colon.
var bareContrast = lazyregexp.New(`(?is)^(?P<a>[^:]+?) ` + against + ` (?P<b>[^:]+?)(?:: *(?P<on>.+))?$`)

// asksTable reports whether a text begins with what asks for conflicts, gaps or a summary, by any of the longer forms.
func (l *lexicon) asksTable(text string) bool {
	words := norms(text)
	for n := min(len(words), l.longest); n > 0; n-- {
		switch p := l.phrases[strings.Join(words[:n], " ")]; p.value {
		case "conflicts", "gaps", "summary":
			return p.use == useFrame
		}
	}
	return false
}

// studiesOf begins a text that asks for studies or evidence on a contrast.
var studiesOf = lazyregexp.New(`(?i)^(?:(?:trials?|studies|evidence|results?|findings|comparisons?) (?:of|on|for|comparing) )`)

// versus reads a text that is no more than two things against each other; false where it has a question word, or both are
// names that the tables read better.
func (l *lexicon) versus(text string) (contrast, bool) {
	text = studiesOf.ReplaceAllString(strings.TrimRight(strings.TrimSpace(text), "?!. "), "")
	if strings.Count(text, " ") > mostWords {
		return contrast{}, false
	}
	m := bareContrast.FindStringSubmatch(text)
	if m != nil && l.asksTable(m[1]) { // "conflicting results on A versus B"
		return contrast{}, false
	}
	if m == nil || standsAlone(m[1]) || l.oneName(m[1]) && l.oneName(m[2]) {
		return contrast{}, false
	}
	c := contrast{a: strings.TrimSpace(m[1]), b: strings.TrimSpace(m[2])}
	for _, word := range []string{" with ", " after ", " of "} {
		if on, a, ok := strings.Cut(c.a, word); ok && m[3] == "" && l.measured(on) {
			c.on, c.a = strings.TrimSpace(on), strings.TrimSpace(a) // "nausea with A vs B"
			break
		}
	}
	if b, on := l.cutMeasured(c.b); c.on == "" && m[3] == "" && on != "" {
		c.b, c.on = b, on // "A vs B on nausea"
	}
	if on := strings.TrimSpace(m[3]); on != "" && !standsAlone(on) {
		c.on = on
	}
	c.b, c.people = l.cutPeople(c.b)
	if c.on == "" {
		c.b, c.on = l.cutTail(c.b)
	}
	return c, true
}

// measuredAt are the words between the second thing of a bare contrast and what is measured.
var measuredAt = lazyregexp.New(`(?i) (?:on|for|in terms of|regarding|with regard to|with respect to) `)

// cutMeasured cuts "on nausea" off the end of a phrase, where that is something measured.
func (l *lexicon) cutMeasured(text string) (phrase, on string) {
	for _, at := range measuredAt.FindAllStringIndex(text, -1) {
		if tail := strings.TrimSpace(text[at[1]:]); l.measured(tail) || len(l.outcomesOf(l.vocab.Named(tail), tail)) > 0 {
			return strings.TrimSpace(text[:at[0]]), tail
		}
	}
	return text, ""
}

// measured reports whether a text names something that is measured, and no arm: an outcome of the vocabulary, or words that stand in
// outcomes here.
func (l *lexicon) measured(text string) bool {
	return len(l.vocab.Named(text, vocab.TypeOutcome)) > 0 || l.share(text, outcomeName) > 0.5 && l.share(text, outcomeName) > l.share(text, armName)
}

// cutTail cuts what is measured off the end of a phrase that begins with a thing given: "B walking speed".
func (l *lexicon) cutTail(text string) (phrase, on string) {
	words := strings.Fields(text)
	for i := 1; i < len(words); i++ {
		head, tail := strings.Join(words[:i], " "), strings.Join(words[i:], " ")
		if l.share(head, armName) == 1 && l.measured(tail) && !l.isGiven(text) {
			return head, tail
		}
	}
	return text, ""
}

// cutAt are the words at which the rest of a contrast parts into the second thing and the outcome.
var cutAt = lazyregexp.New(`(?i) (?:on|regarding|in terms of) `)

// contrastOf cuts a question into the parts of a contrast; false when it is none, or when its parts are names that the
// tables read better.
func (l *lexicon) contrastOf(question string) (contrast, bool) {
	question = strings.TrimRight(strings.TrimSpace(question), "?!. ")
	if strings.Count(question, " ") > mostWords {
		return contrast{}, false
	}
	for _, form := range contrastForms {
		m := form.FindStringSubmatch(question)
		if m == nil {
			continue
		}
		part := func(name string) string {
			if i := form.SubexpIndex(name); i >= 0 {
				return strings.TrimSpace(m[i])
			}
			return ""
		}
		c := contrast{a: part("a") + part("a2"), b: part("b") + part("b2") + part("b3"), on: part("on")}
		if rest := part("rest"); rest != "" {
			c.b, c.on = l.cutRest(rest)
		}
		if rest, time := l.cutTime(" at " + c.on); time != nil && rest == "" { // "as well as B at 6 months"
			c.on, c.time = "", time
		}
		for _, part := range []*string{&c.on, &c.b} {
			if c.time == nil {
				*part, c.time = l.cutTime(*part)
			}
			if c.study == "" {
				*part, c.study = l.cutStudy(*part)
			}
			if c.country == "" {
				*part, c.country = l.cutCountry(*part)
			}
		}
		if c.a == "" || c.b == "" || c.on == "" && part("rest") != "" {
			continue
		}
		if c.on == "" && form.SubexpIndex("on") > 0 && form.SubexpIndex("rest") < 0 && !strings.HasSuffix(form.String(), ")?$") {
			continue
		}
		given := l.isGiven(c.a) && l.isGiven(c.b) // "do women and men differ" compares no arms
		if form == differsForm && !given || form == betweenForm && !given && (l.share(c.a, armName) == 0 || l.share(c.b, armName) < 1) {
			continue
		}
		differ := given && (form == differForm || form == differsForm)
		if !differ && c.country == "" && l.oneTerm(c.a) && l.oneTerm(c.b) && (c.on == "" || l.oneTerm(c.on)) || l.study(c.a) || l.study(c.b) {
			return contrast{}, false
		}
		if c.people == "" {
			c.b, c.people = l.cutPeople(c.b)
		}
		if c.on != "" && c.people == "" && l.ofPeople(c.on) {
			c.on, c.people = "", c.on
		}
		return c, true
	}
	return contrast{}, false
}

// ofPeople reports whether a text says what people have rather than what is measured of them: no outcome here is called anything like
// it, and the documents speak of it.
func (l *lexicon) ofPeople(text string) bool {
	if len(l.vocab.Named(text, vocab.TypeOutcome, vocab.TypeInstrument)) > 0 || l.share(text, outcomeName) > 0 {
		return false
	}
	return len(l.vocab.Named(text, vocab.TypeCondition, vocab.TypePopulation)) > 0 || !slices.ContainsFunc(content(text), func(w string) bool { return !l.spoken()[w] })
}

// cutStudy cuts "in VOICE" off the end of a phrase, where that is a study of the graph.
func (l *lexicon) cutStudy(text string) (phrase, study string) {
	i := strings.LastIndex(strings.ToLower(text), " in ")
	if i < 0 {
		return text, ""
	}
	name := strings.TrimSpace(text[i+len(" in "):])
	if !l.study(strings.TrimSuffix(strings.TrimPrefix(name, "the "), " trial")) {
		return text, ""
	}
	return strings.TrimSpace(text[:i]), strings.TrimSuffix(strings.TrimPrefix(name, "the "), " trial")
}

// cutCountry cuts "in Norway" off the end of a phrase.
func (l *lexicon) cutCountry(text string) (phrase, country string) {
	i := strings.LastIndex(strings.ToLower(text), " in ")
	if i < 0 {
		return text, ""
	}
	p := l.phrases[key(strings.TrimPrefix(strings.TrimSpace(text[i+len(" in "):]), "the "))]
	if p.use != useCountry {
		return text, ""
	}
	return strings.TrimSpace(text[:i]), p.value
}

// timeAt are the words before a time at which two things are compared.
var timeAt = lazyregexp.New(`(?i),? (?:at|after|over|within|by) `)

// cutTime cuts "at 12 weeks" or "after 6 months of follow-up" off the end of a phrase.
func (l *lexicon) cutTime(text string) (phrase string, time *syntax.Test) {
	for _, at := range timeAt.FindAllStringIndex(text, -1) {
		tail := text[at[1]:]
		r := &reader{lexicon: l, question: tail, words: split(tail)}
		for _, read := range []func(int) (tag, bool){r.amountAt, r.unitFirst} {
			t, ok := read(0)
			if !ok || !t.amount.time || t.amount.age || slices.ContainsFunc(r.words[t.to:], func(w word) bool { return !ofFollowUp[strings.ToLower(w.text)] }) {
				continue
			}
			return strings.TrimSpace(text[:at[0]]), &syntax.Test{Field: "time", Relation: cmp.Or(t.amount.relation, quantity.Equal), Values: []syntax.Value{t.amount.value}}
		}
	}
	return text, nil
}

// ofFollowUp are the words that may stand behind a time without changing it.
var ofFollowUp = map[string]bool{"of": true, "follow": true, "up": true, "follow-up": true, "followup": true, "treatment": true, "therapy": true}

// tailAt are the words between the second thing of a contrast and in whom, or after what, the two are compared.
var tailAt = lazyregexp.New(`(?i) (?:in|among|after|following|during) `)

// cutPeople cuts "in high-risk patients" or "after surgery" off the end of the second thing of a contrast, where the documents speak of it.
func (l *lexicon) cutPeople(text string) (phrase, people string) {
	for _, at := range tailAt.FindAllStringIndex(text, -1) {
		tail := strings.TrimSpace(text[at[1]:])
		words := content(tail)
		if len(words) == 0 || len(l.vocab.Named(tail, vocab.TypeOutcome)) > 0 || slices.ContainsFunc(words, func(w string) bool { return !l.spoken()[w] }) {
			continue
		}
		return strings.TrimSpace(text[:at[0]]), tail
	}
	return text, ""
}

// cutRest cuts "b on outcome" where both sides have the most words that stand in the documents' arms and outcomes; the
// first place where several are as good.
func (l *lexicon) cutRest(rest string) (b, on string) {
	best := -1.0
	for _, at := range cutAt.FindAllStringIndex(rest, -1) {
		left, right := strings.TrimSpace(rest[:at[0]]), strings.TrimSpace(rest[at[1]:])
		if left == "" || right == "" {
			continue
		}
		if n := l.share(left, armName) + l.share(right, outcomeName); n > best {
			best, b, on = n, left, right
		}
	}
	return b, on
}

// share returns which part of a text's words stand in the graph's texts of a kind.
func (l *lexicon) share(text string, kind nameType) float64 {
	words := content(text)
	n := 0
	for _, w := range words {
		if slices.ContainsFunc(l.textsBy[w], func(i int) bool { return l.texts[i].kind == kind }) {
			n++
		}
	}
	return float64(n) / float64(max(1, len(words)))
}

// study reports whether a text names a study: studies are compared by their cards, not by what was given.
func (l *lexicon) study(text string) bool { return len(l.find(text, studyName)) > 0 }

// oneName reports whether a text is one name that the vocabulary or the graph has, give or take an article.
func (l *lexicon) oneName(text string) bool {
	return l.oneTerm(text) || len(l.named[key(bare(text))]) > 0
}

// oneTerm reports whether a text is one name that the vocabulary has. What only the graph calls so, such as "simvastatin 40 mg", may
// be read there as the concept alone, without its dose: it is better compared by its words.
func (l *lexicon) oneTerm(text string) bool {
	return len(l.vocab.Named(bare(text))) > 0 || l.phrases[key(bare(text))].use == useNamed
}

// isGiven reports whether a text is the name of something that an arm is given.
func (l *lexicon) isGiven(text string) bool {
	return len(l.vocab.Named(bare(text), vocab.TypeIntervention, vocab.TypeDrug, vocab.TypeDrugClass, vocab.TypeComparator)) > 0
}

// bare is a text without its article.
func bare(text string) string {
	for _, article := range []string{"the ", "a ", "an "} {
		text = strings.TrimPrefix(text, article)
	}
	return text
}

// contrastQuery makes the query of a contrast.
func contrastQuery(c contrast) syntax.Selection {
	var on []syntax.Value
	if c.on != "" {
		on = names([]string{c.on})
	}
	var where syntax.Condition
	if c.study != "" {
		where = syntax.Is("study", c.study)
	}
	if c.country != "" {
		where = syntax.Join(where, syntax.Is("country", c.country))
	}
	if c.people != "" {
		where = syntax.Join(where, syntax.Is("text", c.people))
	}
	if c.time != nil {
		where = syntax.Join(where, c.time)
	}
	return &syntax.Compare{
		Where: where,
		A:     syntax.Value{Text: sharedName(c.a, c.b)},
		B:     syntax.Value{Text: c.b},
		On:    on,
	}
}
