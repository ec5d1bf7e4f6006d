package queries

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/picograph/picograph/graph"
	"github.com/picograph/picograph/graph/evidence"
	"github.com/picograph/picograph/graph/lazyregexp"
	"github.com/picograph/picograph/graph/vocab"
	"github.com/picograph/picograph/queries/syntax"
)

// Reading misses things. That a study reports nothing on what was asked is said only of one whose documents never speak
// of it; of the others the sentence that does is shown, for a person to read.

// mostQuoted is how many characters of a sentence are quoted in one of an answer.
const mostQuoted = 240

// sentenceEnd is where a sentence of a document's text ends, or a line: headings and lists have no full stops.
var sentenceEnd = lazyregexp.New(`[.?!][)"”’]*\s|\n`)

// abbreviated matches a text that ends in an abbreviation, whose full stop ends no sentence.
var abbreviated = lazyregexp.New(`(?:\b(?:vs|e\.g|i\.e|al|cf|[Ff]ig|approx|Dr|Prof|St|[Nn]o)|\bP|\b\p{Lu}(?:\.-?\p{Lu})+)$`)

// spoken are words by which a document states an attribute of its study, whatever was read of it.
var spoken = map[string]*lazyregexp.Regexp{
	"primary outcome":    roleStated("primary"),
	"secondary outcomes": roleStated("secondary"),
	"sponsor":            lazyregexp.New(`(?i)\b(?:funded|sponsored|financed|(?:financial|grant) support(?:ed)?) (?:by|from)\b|(?im:^)(?:funders?|funded by|funding|funding sources?|financial support|sponsors?)[ \t]*[:.]?[ \t]*\n?[^\n]{2,}`),
	"number analyzed":    lazyregexp.New(`(?i)\b(?:analy[sz]ed|completed\b(?:[: ]|$)|lost to follow[ -]?up|intention[ -]to[ -]treat|per[ -]protocol)\b`),
	"eligibility":        lazyregexp.New(`(?i)\b(?:inclusion|exclusion|eligibility) criteri(?:a|on)\b|\b(?:was|were) (?:eligible|ineligible|excluded)\b|\b(?:participants|patients|subjects|adults|women|men|children|volunteers) (?:were|had to be|aged|with)? ?(?:aged )?(?:[≥>] ?)?\d+ (?:years|or older)|\b(?:enrolled|included|recruited) (?:consecutive|adult|all|patients|participants|adults|women|men|children)\b`),
	"sample size":        lazyregexp.New(`(?i)\benrol?l?ment\b[^\w.]{1,4}\d+|\b[Nn] ?= ?\d|\b\d[\d,]* (?:[\w-]+ ){0,3}(?:participants|patients|adults|children|women|men|subjects|volunteers)\b`),
	"included studies":   countOf(`(?:trials|studies|rcts|articles)`),
	"reason stopped":     lazyregexp.New(`(?i)\b(?:terminated|withdrawn|suspended) ?\([^()\n]{3,}\)|\b(?:why|reason) (?:stopped|terminated)\b|\b(?:trial|study|recruitment|enrol?lment)\b[^.]{0,40}\b(?:stopped|terminated|halted|discontinued|suspended)\b[^.]{0,40}\b(?:because|due to|owing to|for|after|following)\b`),
	"clusters":           countOf(places),
	"unit randomized":    lazyregexp.New(`(?i)\b` + places + `\b[^.]{0,60}\brandom(?:i[sz]ed|ly)\b|\brandom(?:i[sz]ed|ly (?:assigned|allocated))\b[^.]{0,60}\b` + places + `\b`),
	"follow-up":          lazyregexp.New(`(?i)\bfollow(?:ed)?[ -]?up\b|\bfollowed (?:for|over|until)\b|\bobservation time\b|\bperson-years\b`),
	"masking":            lazyregexp.New(`(?i)\b(?:blind(?:ed|ing)?|mask(?:ed|ing)|unblinded|unmasked|open[ -]label|double[ -]dummy)\b`),
	"certainty":          lazyregexp.New(`(?i)\bcertainty\b|\bGRADE\b|\bquality of (?:the )?evidence\b|\brisk of bias\b`),
	"dates":              lazyregexp.New(`(?i)\b(?:recruit(?:ed|ment)?|enrol(?:l?ed|l?ment)|conducted|search(?:ed|es)?|participants?|patients)\b[^.]{0,100}\b(?:19|20)\d\d\b|\b(?:between|from) (?:\w+\.? ){0,2}(?:19|20)\d\d\b|\bstart(?:ed)?(?: date)?\b[^.\w]{1,4}(?:\w+ \d{1,2}, )?(?:19|20)\d\d\b`),
}

// defining matches how an outcome is defined in a sentence.
var defining = lazyregexp.New(`(?i)\bdefin(?:ed|ition)\b|\b(?:was|were) considered\b|^(?:\w[\w-]* ){1,4}(?:was|were|is) (?:\d|any |at least |no )`)

// excluding matches how a sentence says who could not take part.
var excluding = lazyregexp.New(`(?i)\bexclu(?:ded|ding|sion)\b|\bineligible\b`)

// differing matches words for an effect that is not the same in all people.
var differing = lazyregexp.New(`(?i)\b(?:subgroups?|interactions?|effect modif\w+|moderat(?:ed|ors?|ion)|heterogeneity|more likely to (?:have|benefit|respond|improve)|(?:greater|larger|stronger) (?:benefits?|reductions?|improvements?|effects?) (?:in|among|for))\b`)

// places are what people are recruited at and what is randomized in clusters.
const places = `(?:clinics|cent(?:er|re)s|sites|hospitals|practices|schools|villages|wards|clusters|communities|facilities|health services|departments|nursing homes|pharmacies|classes|worksites)`

// countOf matches a number of things: "32 community health centers".
func countOf(things string) *lazyregexp.Regexp {
	return lazyregexp.New(`(?i)\b(?:\d[\d,]*|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|twenty)\b(?: [\w-]+){0,4} ` + things + `\b`)
}

// roleStated matches an outcome's role as it is stated: "the primary end point", "will serve as primary".
func roleStated(role string) *lazyregexp.Regexp {
	return lazyregexp.New(`(?i)\b` + role + `(?: (?:efficacy|safety|clinical|study|effectiveness))? (?:outcomes?|end[ -]?points?|measures?)\b|\bas (?:the )?` + role + ` (?:outcomes?|end[ -]?points?|measures?|\()`)
}

// spokenAt is a sentence of a document and where in it stands what was looked for.
type spokenAt struct {
	Located
	at int
}

// quote returns the sentence, of a long one what stands around the place.
func (s *spokenAt) quote() string {
	text := s.Passage.Text
	if from := s.at - mostQuoted/2; len(text) > mostQuoted && from > 0 {
		from = min(from, len(text)-mostQuoted+len("… "))
		if i := strings.IndexByte(text[from:], ' '); i >= 0 {
			text = "… " + text[from+i+1:]
		}
	}
	return "“" + evidence.Clip(text, mostQuoted) + "”"
}

// speaksOf returns the sentence of a study's own documents with a place that find gives that is worth the most, the first of several
// as good; nil where there is none. Find returns places as pairs of byte offsets.
func (j *job) speaksOf(st *graph.Study, find func(text string) [][]int, worth func(sentence string) int) (*spokenAt, error) {
	var best *spokenAt
	most := -4 // a sentence of what was planned is better than none
	for _, t := range st.Tellings {
		if t.Study.SecondHand {
			continue
		}
		text, err := j.graph.Text(j.ctx, t.DocumentID)
		if err != nil {
			return nil, fmt.Errorf("reading the text of %s: %w", t.Source, err)
		}
		for _, at := range find(text) {
			p := sentenceAround(text, at[0], at[1])
			if n := worth(p.Text); n > most {
				most, best = n, &spokenAt{Located{t.Source, p}, max(0, at[0]-p.Start)}
			}
		}
	}
	return best, nil
}

// withNumber returns 1 for a sentence with a number.
func withNumber(sentence string) int {
	if strings.ContainsAny(sentence, "0123456789") {
		return 1
	}
	return 0
}

// resulting matches words of results.
var resulting = lazyregexp.New(`(?i)\b(?:lower|higher|greater|fewer|less|more|reduc(?:ed|tions?)|decreas\w*|increas\w*|improv(?:ed|ements?)|worsen\w*|differ(?:ed|ences?)?|similar(?:ly)?|effects?|associated|CI|P ?[<=>])(?:\b|[ .\d])|%`)

// tells returns how likely a sentence tells a result: one with a number, a word of results and a statistic most.
func tells(sentence string) int {
	n := withNumber(sentence)
	if resulting.MatchString(sentence) {
		n += 2
	}
	if statisticsIn.MatchString(sentence) {
		n += 2
	}
	if seen.MatchString(sentence) {
		n++
	}
	if planning.MatchString(sentence) {
		n -= 2
	}
	return n
}

var (
	// statisticsIn matches what stands with results only: a P value, an interval, two values against each other.
	statisticsIn = lazyregexp.New(`(?i)\bP(?:-values?)? ?[=<>≤]|\bCI\b|confidence interval|\d%?\)? (?:vs\.?|versus|v|compared (?:with|to)) `)
	// seen matches the words for what came out.
	seen = lazyregexp.New(`(?i)\b(?:was|were|been) (?:\w+ )?(?:observed|found|seen|noted|reported|shown)\b|\b(?:we|they) found\b`)
	// planning matches the words by which a sentence tells what was to be measured or found out.
	planning = lazyregexp.New(`(?i)\b(?:outcomes?|end ?points?|measures?) (?:measures? )?(?:was|were|is|are|will|included?|comprised)\b|\b(?:was|were|will be) (?:measured|assessed|defined|recorded|evaluated)\b|\b(?:aim(?:s|ed)?|objectives?|hypothesi[sz]ed)\b`)
)

// mostTelling is what tells returns, at least, of a sentence that most likely tells a result.
const mostTelling = 4

// sentenceAround returns the sentence of a text that holds a place.
func sentenceAround(text string, start, end int) evidence.Passage {
	from := 0
	for _, e := range sentenceEnd.FindAllStringIndex(text[:start], -1) {
		if !abbreviated.MatchString(text[max(0, e[0]-8):e[0]]) {
			from = e[1]
		}
	}
	to := len(text)
	for _, e := range sentenceEnd.FindAllStringIndex(text[end:], -1) {
		if !abbreviated.MatchString(text[max(0, end+e[0]-8) : end+e[0]]) {
			to = end + e[1]
			break
		}
	}
	s := strings.TrimLeft(text[from:to], " \t\r\n:") // a heading may have its colon on the next line
	from = to - len(s)
	s = strings.TrimRight(s, " \t\r\n")
	return evidence.Passage{Start: from, End: from + len(s), Text: s}
}

// outcomePlaces returns a finder of the places where a text names one of the outcomes, or has the words, that conditions ask
// for, with inPeople and in the same sentence the people whom they ask for, by any of their names; nil where none is asked for.
func (j *job) outcomePlaces(conds []*cond, inPeople bool) func(text string) [][]int {
	concepts := map[string]bool{}
	var words []string
	field := "text" // words of the documents tell only where no outcome is asked for
	if slices.ContainsFunc(conds, func(c *cond) bool { return c.test != nil && c.test.Field == "outcome" }) {
		field = "outcome"
	}
	for _, c := range conds {
		if c.test == nil || c.test.Field != field {
			continue
		}
		for _, v := range c.test.Values {
			words = append(words, regexp.QuoteMeta(v.Text), regexp.QuoteMeta(key(v.Text)))
			if c.test.Field == "text" {
				continue
			}
			for id := range j.meaning("outcome", v.Text, false).all {
				concepts[id] = true
			}
		}
	}
	var people *regexp.Regexp
	if inPeople {
		people = j.peopleNamed(conds)
	}
	if len(words) == 0 {
		if people == nil {
			return nil
		}
		return func(text string) [][]int { return people.FindAllStringIndex(text, -1) }
	}
	asked := regexp.MustCompile(`(?i)\b(?:` + strings.Join(words, "|") + `)`)
	return func(text string) [][]int {
		at := asked.FindAllStringIndex(text, -1)
		said := j.vocab.Mentions(text, 0)
		if len(concepts) > 0 {
			at = slices.DeleteFunc(at, func(p []int) bool { // a part of the name of something else
				return slices.ContainsFunc(said, func(m vocab.Mention) bool {
					return !m.Ambiguous && m.Start <= p[0] && p[1] <= m.End && m.End-m.Start > p[1]-p[0]+1
				})
			})
		}
		for _, m := range said {
			if !m.Ambiguous && slices.ContainsFunc(m.Concepts, func(id string) bool { return concepts[id] }) {
				at = append(at, []int{m.Start, m.End})
			}
		}
		if people != nil {
			at = slices.DeleteFunc(at, func(p []int) bool { return !people.MatchString(sentenceAround(text, p[0], p[1]).Text) })
		}
		slices.SortStableFunc(at, func(a, b []int) int { return a[0] - b[0] })
		return at
	}
}

// peopleNamed matches the names of the populations that conditions ask for; nil where they ask for none.
func (j *job) peopleNamed(conds []*cond) *regexp.Regexp {
	var names []string
	for _, c := range conds {
		if c.test == nil || c.test.Field != "population" || c.test.Criterion != nil {
			continue
		}
		for _, m := range c.means {
			names = append(names, regexp.QuoteMeta(m.text))
			for id := range m.all {
				if k, ok := j.vocab.Concept(id); ok {
					for _, f := range k.Forms {
						names = append(names, regexp.QuoteMeta(f.Text))
					}
				}
			}
		}
	}
	if len(names) == 0 {
		return nil
	}
	return regexp.MustCompile(`(?i)\b(?:` + strings.Join(names, "|") + `)\b`)
}

// silence says of the studies that could have reported what was asked and from which nothing on it was read, whether
// their documents speak of it.
func (j *job) silence(conds []*cond) (string, error) {
	find, anyone := j.outcomePlaces(conds, true), j.outcomePlaces(conds, false)
	if find == nil && slices.ContainsFunc(conds, func(c *cond) bool { return c.test != nil && c.test.Field == "kind" && hasValue(c.test, "interaction") }) {
		find = func(text string) [][]int { return differing.FindAllStringIndex(text, -1) }
	}
	var silent, unread []string
	misses := len(j.answer.Near) > 0
	studies, more, err := j.couldReport(conds)
	if err != nil {
		return "", err
	}
	if find != nil && len(studies) > mostSearched {
		more += len(studies) - mostSearched
		studies = studies[:mostSearched]
	}
	for _, st := range studies {
		if p := planned(st); p != "" && !slices.ContainsFunc(st.Tellings, func(t *graph.Telling) bool { return len(t.Study.Findings) > 0 }) {
			unread = append(unread, "No result of "+studyLabel(st)+" was read"+p+".")
			continue
		}
		said, err := j.speaksOfAny(st, find, anyone)
		switch {
		case err != nil:
			return "", err
		case said == nil:
			silent = append(silent, studyLabel(st))
		case j.wasRead(st, said, conds): // it does not meet what else was asked
		case !misses && tells(said.Passage.Text) >= mostTelling:
			j.answer.Near = append(j.answer.Near, j.spokenNear(st, said))
			unread = append(unread, "No result on it was read from "+studyLabel(st)+", whose text speaks of it.")
		default:
			unread = append(unread, "No result on it was read from "+studyLabel(st)+", whose text speaks of it: "+said.quote()+" ("+shortSource(said.Document)+").")
		}
	}
	return silenceSentences(silent, unread, more), nil
}

// speaksOfAny returns the sentence of a study that tells most of one of some places, else of one of others; nil where nothing is sought or
// none does. Of whom, the sentence need not say again.
func (j *job) speaksOfAny(st *graph.Study, find, anyone func(string) [][]int) (*spokenAt, error) {
	if find == nil {
		return nil, nil
	}
	said, err := j.speaksOf(st, find, tells)
	if err != nil || said != nil || anyone == nil {
		return said, err
	}
	return j.speaksOf(st, anyone, tells)
}

// silenceSentences says which studies do not report something, which speak of it, and how many more were not searched for it.
func silenceSentences(silent, unread []string, more int) string {
	s := ""
	if n := len(silent); n > 0 {
		if n > mostSilent {
			silent = append(silent[:mostSilent], inWords(n-mostSilent)+" more studies")
		}
		verb := "does"
		if len(silent) > 1 {
			verb = "do"
		}
		s = " " + join(silent, "and") + " " + isAre(len(silent)) + " here and " + verb + " not report it."
	}
	if more > 0 {
		s += " " + upperFirst(inWords(more)) + " more " + plural("study", decimal(more)) + " that could report it " + wasWere(more) + " not searched for it."
	}
	for i, u := range unread {
		if i == mostUnread {
			return s + " " + upperFirst(inWords(len(unread)-i)) + " more speak of it."
		}
		s += " " + u
	}
	return s
}

// wasRead reports whether a result on an outcome asked for was read from a sentence.
func (j *job) wasRead(st *graph.Study, said *spokenAt, conds []*cond) bool {
	for _, t := range st.Tellings {
		if t.Source != said.Document {
			continue
		}
		for i := range t.Study.Findings {
			f := &t.Study.Findings[i]
			if !slices.ContainsFunc(f.Passages, func(p evidence.Passage) bool { return p.Start < said.Passage.End && said.Passage.Start < p.End }) {
				continue
			}
			it := j.item(&graph.Finding{Finding: *f, StudyID: st.ID, DocumentID: t.DocumentID, Telling: t})
			about, fails := false, false
			for _, c := range conds {
				met := c.judge(it).verdict == yes
				about = about || met && c.test != nil && c.test.Field == "outcome"
				fails = fails || !met
			}
			if about && fails {
				return true
			}
		}
	}
	return false
}

// studiesSpeaking adds to a list of studies by what they measured those whose documents only speak of it: what they
// measured may not have been read.
func (j *job) studiesSpeaking(matches []studyMatch, conds []*cond) error {
	var outcomes, others []*cond
	for _, c := range conds {
		switch {
		case c.test == nil || c.study == nil:
			return nil
		case c.test.Field == "outcome":
			outcomes = append(outcomes, c)
		default:
			others = append(others, c)
		}
	}
	find := j.outcomePlaces(outcomes, true)
	if find == nil {
		return nil
	}
	searched := 0
	if j.partial {
		defer func() {
			j.answer.Cautions = appendNew(j.answer.Cautions, "the texts of only "+itoa(searched)+" further studies were searched for what was asked")
		}()
	}
	for _, st := range j.studies {
		if slices.ContainsFunc(matches, func(m studyMatch) bool { return m.study == st }) || slices.ContainsFunc(others, func(c *cond) bool { return !c.study(st) }) {
			continue
		}
		if searched == mostListed {
			j.answer.Cautions = appendNew(j.answer.Cautions, "the texts of only "+itoa(mostListed)+" further studies were searched for what was asked")
			return nil
		}
		searched++
		said, err := j.speaksOf(st, find, tells)
		if err != nil {
			return err
		}
		if said != nil {
			j.answer.Near = append(j.answer.Near, j.spokenNear(st, said))
		}
	}
	return nil
}

// silent takes from the studies on which nothing of an outcome was read those whose text speaks of it: they are near. Whether they
// measured it is for a person to read.
func (j *job) silent(matches []studyMatch, conds []*cond) ([]studyMatch, error) {
	var denied []*cond
	for _, c := range conds {
		if c.not != nil && c.not.test != nil && c.not.test.Field == "outcome" {
			denied = append(denied, c.not)
		}
	}
	find, why := j.outcomePlaces(denied, true), whyUnread
	if find == nil {
		find, why = designPlaces(conds), whyDesign
	}
	if find == nil {
		return matches, nil
	}
	if j.partial {
		j.answer.Cautions = appendNew(j.answer.Cautions, mayBeSaid)
		return matches, nil
	}
	var out []studyMatch
	for _, m := range matches {
		said, err := j.speaksOf(m.study, find, tells)
		if err != nil {
			return nil, err
		}
		if said == nil {
			out = append(out, m)
			continue
		}
		near := j.spokenNear(m.study, said)
		near.Why = why
		j.answer.Near = append(j.answer.Near, near)
	}
	return out, nil
}

// whyDesign is why a study is near of which only the text speaks of a design, or of a control, that it is asked not to have.
const whyDesign = "its text speaks of it, and whether the study had it was not read"

// designSaid are the words by which a text speaks of what a study is asked not to be, or not to have given.
var designSaid = map[string]string{
	"placebo-controlled": `placebo`, "placebo": `placebo`, "sham-controlled": `sham`, "sham": `sham`, "crossover": `cross-?over`,
	"double-blind": `(?:double|triple|quadruple)[- ]?(?:blind|mask)`, "single-blind": `single[- ]?(?:blind|mask)`, "cluster-randomized": `cluster`,
}

// designPlaces returns what finds where a text speaks of what studies are asked not to be; nil where nothing is denied that has such words.
func designPlaces(conds []*cond) func(text string) [][]int {
	var words []string
	for _, c := range conds {
		if c.not == nil || c.not.test == nil {
			continue
		}
		switch c.not.test.Field {
		case "design", "intervention", "comparator":
			for _, v := range c.not.test.Values {
				if w := designSaid[designNamed(v.Text)]; w != "" {
					words = append(words, w)
				}
			}
		}
	}
	if len(words) == 0 {
		return nil
	}
	said := regexp.MustCompile(`(?i)\b(?:` + strings.Join(words, "|") + `)`)
	return func(text string) [][]int { return said.FindAllStringIndex(text, -1) }
}

// mayBeSaid is said of studies of a large graph that are told by what they do not have.
const mayBeSaid = "a study is listed where no result on it was read: its text may speak of it"

// spokenNear is a study of which only the text speaks of what was asked.
func (j *job) spokenNear(st *graph.Study, said *spokenAt) Near {
	return Near{What: studyLabel(st) + ": " + said.quote(), Why: whyUnread, Findings: []Finding{}, Passages: []Located{said.Located}}
}

// whyUnread is why a study is near of which only the text speaks of what was asked.
const whyUnread = "its text speaks of it, and no result on it was read"

const (
	// mostSilent is how many studies are named that do not report what was asked
	mostSilent = 4
	// mostUnread is how many sentences are quoted from which nothing was read
	mostUnread = 2
	// mostSearched is how many studies' texts are searched for what was asked
	mostSearched = 24
	// mostListed is how many studies' texts are searched beside a list of studies by what they measured
	mostListed = 64
)

// attributeSpoken returns the sentence of a study's documents that states an attribute, nil where none does.
func (j *job) attributeSpoken(st *graph.Study, attribute string) (*spokenAt, error) {
	stated := spoken[attribute]
	if attribute == "eligibility" && j.asked.excluded {
		stated = excluding
	}
	if stated == nil {
		return nil, nil
	}
	return j.speaksOf(st, func(text string) [][]int { return stated.FindAllStringIndex(text, -1) }, func(sentence string) int {
		if strings.HasSuffix(sentence, ":") && len(sentence) < 60 {
			return -9 // a heading states nothing itself
		}
		return withNumber(sentence)
	})
}

// countedSo returns the sentence of a study's documents that has a number and the words of a question that say how people are counted, "how
// many agreed": none of the sizes that were read need be of them.
func (j *job) countedSo(where syntax.Condition, st *graph.Study) ([]value, error) {
	var words []string
	for _, c := range syntax.Conjuncts(where) {
		if t, ok := c.(*syntax.Test); ok && t.Field == "text" {
			for _, v := range t.Values {
				words = append(words, content(v.Text)...)
			}
		}
	}
	if len(words) == 0 {
		return nil, nil
	}
	said, err := j.speaksOf(st, func(text string) [][]int {
		return wholeNumbers.FindAllStringIndex(text, -1)
	}, func(sentence string) int {
		if !containsAll(content(sentence), words) {
			return -9
		}
		return 1
	})
	if err != nil || said == nil {
		return nil, err
	}
	return []value{{"the text says: " + said.quote(), []Located{said.Located}, shortSource(said.Document)}}, nil
}
