package queries

import (
	"cmp"
	"slices"
	"strings"
	"sync"
	"unicode"

	"github.com/picograph/picograph/graph"
	"github.com/picograph/picograph/graph/evidence"
	"github.com/picograph/picograph/graph/quantity"
	"github.com/picograph/picograph/graph/vocab"
	"github.com/picograph/picograph/queries/syntax"
)

// item is a finding with everything that conditions look at.
type item struct {
	*graph.Finding
	study       *graph.Study
	st          *evidence.Study       // as the finding's document tells of it
	arms, comps []*evidence.Arm       // of the finding
	pops        []evidence.Population // the finding's population, then those it is part of
	labels      []string              // how it fits: narrower, contains
	vocab       *vocab.Vocabulary     // nil outside of a search
	said        [][]string            // the words of its passages, once they were asked for
	at          int                   // its place among the findings of its telling
	context     bool                  // kept beside what was asked for: no difference, no change
}

func (l *lexicon) item(f *graph.Finding) *item {
	it := &item{Finding: f, study: l.byID[f.StudyID], st: f.Telling.Study, vocab: l.vocab}
	it.at = slices.IndexFunc(it.st.Findings, func(o evidence.Finding) bool { return o.ID == f.Finding.ID })
	it.arms, it.comps = armsNamed(it.st, f.Arm), armsNamed(it.st, f.Comparator)
	id := f.Population.ID
	for range len(it.st.Populations) {
		i := slices.IndexFunc(it.st.Populations, func(p evidence.Population) bool { return p.ID == id })
		if i < 0 || id == "" {
			break
		}
		it.pops = append(it.pops, it.st.Populations[i])
		id = it.st.Populations[i].Parent
	}
	if len(it.pops) == 0 && f.Population.Text == "" && len(it.st.Populations) > 0 {
		it.pops = it.st.Populations[:1]
	}
	return it
}

func armsNamed(st *evidence.Study, labels []string) []*evidence.Arm {
	var out []*evidence.Arm
	for _, l := range labels {
		for i := range st.Arms {
			if st.Arms[i].Label == l || st.Arms[i].Abbreviation == l {
				out = append(out, &st.Arms[i])
				break
			}
		}
	}
	return out
}

// judgement is how a finding stands to a condition.
type judgement struct {
	verdict verdict
	label   string // how it fits, when that should be said
	why     string // why it is only near
}

type verdict int

const (
	no verdict = iota
	near
	yes
)

// cond is one condition made ready to run.
type cond struct {
	test   *syntax.Test // nil for a group
	words  string       // as it is read out
	judge  func(*item) judgement
	study  func(*graph.Study) bool // for conditions on studies; nil where only findings can tell
	values []lookup                // where the findings that may fit can be looked up; nil: everywhere
	means  []*meaning
	of     []*cond               // of a group, its two parts
	not    *cond                 // what it denies
	either bool                  // a group of which one part is enough
	bounds func(s *sieve) bounds // for conditions that are no test of a query
}

// lookup is one way from the index to findings.
type lookup struct {
	relation graph.Relation
	value    string
}

func pass(ok bool) judgement {
	if ok {
		return judgement{verdict: yes}
	}
	return judgement{}
}

// compile makes a condition ready to run. Names that nothing knows are returned as unknown.
func (l *lexicon) compile(c syntax.Condition, all []syntax.Condition) (*cond, []string) {
	switch c := c.(type) {
	case *syntax.And:
		return l.group(c.Left, c.Right, all, func(a, b judgement) judgement {
			if a.verdict < b.verdict {
				return a
			}
			return b
		}, func(a, b bool) bool { return a && b }, " and ")
	case *syntax.Or:
		return l.group(c.Left, c.Right, all, func(a, b judgement) judgement {
			if a.verdict >= b.verdict {
				return a
			}
			return b
		}, func(a, b bool) bool { return a || b }, " or ")
	case *syntax.Not:
		of, unknown := l.compile(c.Of, all)
		out := &cond{words: "not " + of.words, not: of, judge: func(it *item) judgement { return pass(of.judge(it).verdict != yes) }}
		if of.study != nil {
			out.study = func(s *graph.Study) bool { return !of.study(s) }
		}
		return out, unknown
	case *syntax.Test:
		if len(c.Values) > 1 && oneNumber[c.Field] && (c.Relation == quantity.Equal || c.Relation == quantity.Not) {
			return l.compile(eachNumber(c), all)
		}
		return l.compileTest(c, all)
	}
	return &cond{judge: func(*item) judgement { return judgement{verdict: yes} }}, nil
}

func (l *lexicon) group(a, b syntax.Condition, all []syntax.Condition, join func(a, b judgement) judgement, both func(a, b bool) bool, word string) (*cond, []string) {
	left, u1 := l.compile(a, all)
	right, u2 := l.compile(b, all)
	out := &cond{words: left.words + word + right.words, judge: func(it *item) judgement { return join(left.judge(it), right.judge(it)) }, of: []*cond{left, right}, either: word == " or "}
	if left.study != nil && right.study != nil {
		out.study = func(s *graph.Study) bool { return both(left.study(s), right.study(s)) }
	}
	return out, append(u1, u2...)
}

// compileTest makes one test ready to run.
func (l *lexicon) compileTest(t *syntax.Test, all []syntax.Condition) (*cond, []string) {
	c := &cond{test: t, words: readTest(t)}
	var unknown []string
	switch t.Field {
	case "intervention", "comparator", "component", "outcome", "population", "condition", "modifier", "exposure":
		unknown = l.namedCond(c, t)
	case "study":
		l.studyCond(c, t, &unknown)
	case "document":
		l.documentCond(c, t)
	case "text":
		l.textCond(c, t, all)
	default:
		if c.study = l.studyTest(t); c.study == nil {
			l.findingTest(c, t, all)
		}
	}
	if c.judge == nil {
		c.judge = func(it *item) judgement { return pass(c.study(it.study)) }
	}
	if t.Relation == quantity.Not {
		inner, study := c.judge, c.study
		c.judge = func(it *item) judgement { return pass(inner(it).verdict != yes) }
		if study != nil {
			c.study = func(s *graph.Study) bool { return !study(s) }
		}
		c.values = nil
	}
	return c, unknown
}

// namedCond makes a condition on what is named: what was given, measured, or who was studied. Names that nothing knows are returned.
func (l *lexicon) namedCond(c *cond, t *syntax.Test) (unknown []string) {
	if t.Criterion != nil {
		l.criterionCond(c, t.Criterion)
		return nil
	}
	for _, v := range t.Values {
		m := l.meaning(t.Field, v.Text, t.Exactly)
		if !m.known && t.Field != "exposure" && t.Field != "modifier" {
			unknown = append(unknown, v.Text)
		}
		c.means = append(c.means, m)
	}
	l.nameCond(c, t.Field)
	return unknown
}

func (l *lexicon) documentCond(c *cond, t *syntax.Test) {
	ids := map[string]bool{}
	for _, v := range t.Values {
		for _, n := range l.find(v.Text, documentName) {
			ids[n.id] = true
			c.values = append(c.values, lookup{graph.ByDocument, n.id})
		}
	}
	c.judge = func(it *item) judgement { return pass(ids[it.DocumentID]) }
}

// studyTest returns the test of studies that a field stands for; nil for one that only findings can meet.
func (l *lexicon) studyTest(t *syntax.Test) func(*graph.Study) bool {
	switch t.Field {
	case "design":
		return func(s *graph.Study) bool {
			return slices.ContainsFunc(t.Values, func(v syntax.Value) bool { return designIs(s, v.Text) })
		}
	case "registration":
		return func(s *graph.Study) bool { return registeredAs(s, t) }
	case "setting":
		return func(s *graph.Study) bool { return l.settingIs(s, t) }
	case "country":
		return func(s *graph.Study) bool { return countryIs(s, t) }
	case "phase", "sponsor", "journal":
		return func(s *graph.Study) bool { return statesOne(s, t) }
	case "recruited":
		return func(s *graph.Study) bool { return recruitedIn(s, t) }
	case "n":
		return func(s *graph.Study) bool { return compares(studySize(s), t) }
	case "year":
		return func(s *graph.Study) bool {
			return slices.ContainsFunc(s.Tellings, func(tl *graph.Telling) bool {
				r := telledReport(tl)
				return r != nil && r.Year != 0 && compares(quantity.FromInt(r.Year), t)
			})
		}
	}
	return nil
}

// findingTest makes a condition on what a finding itself says.
func (l *lexicon) findingTest(c *cond, t *syntax.Test, all []syntax.Condition) {
	switch t.Field {
	case "kind":
		for _, v := range t.Values {
			c.values = append(c.values, lookup{graph.ByKind, v.Text})
		}
		c.judge = func(it *item) judgement { return pass(hasValue(t, string(it.Kind))) }
	case "direction":
		asked := sync.OnceValue(func() string { return l.askedBetter(all) })
		c.judge = func(it *item) judgement { return l.judgeDirection(it, t, asked) }
	case "significant":
		c.judge = func(it *item) judgement {
			if it.Kind == evidence.BetweenArms && hasValue(t, "yes") && (it.Direction == evidence.NoDifference || it.Significant != nil && !*it.Significant) {
				return judgement{verdict: near, why: "not significant"}
			}
			return pass(it.Significant != nil && *it.Significant == hasValue(t, "yes"))
		}
	case "measure":
		c.judge = func(it *item) judgement { return pass(l.hasMeasure(it, t)) }
	case "role":
		c.judge = func(it *item) judgement { return pass(hasValue(t, outcomeRole(it))) }
	case "hypothesis":
		c.judge = func(it *item) judgement { return judgeHypothesis(it, t) }
		c.study = func(s *graph.Study) bool { return studyTests(s, t) }
	case "time":
		c.judge = func(it *item) judgement { return judgeTime(it, t) }
	case "p":
		c.judge = func(it *item) judgement { return pass(comparesP(it.P, t)) }
	}
}

// textCond makes a condition on words that the documents say.
func (l *lexicon) textCond(c *cond, t *syntax.Test, all []syntax.Condition) {
	alone := !slices.ContainsFunc(all, func(o syntax.Condition) bool { k, ok := o.(*syntax.Test); return ok && k.Field == "outcome" })
	c.judge = func(it *item) judgement { return l.judgeText(it, t, alone) }
	c.study = func(s *graph.Study) bool {
		return slices.ContainsFunc(s.Tellings, func(tl *graph.Telling) bool {
			words := l.spokenOf(tl)
			return slices.ContainsFunc(t.Values, func(v syntax.Value) bool {
				return containsAll(words, content(v.Text)) || !tl.Study.SecondHand && containsAll(l.wordsOf(tl.DocumentID), content(v.Text))
			})
		})
	}
}

func hasValue(t *syntax.Test, s string) bool {
	return slices.ContainsFunc(t.Values, func(v syntax.Value) bool { return strings.EqualFold(v.Text, s) })
}

func outcomeRole(it *item) string {
	if it.Outcome.Role != "" {
		return it.Outcome.Role
	}
	if o := studyOutcome(it); o != nil {
		return o.Role
	}
	return ""
}

// studyOutcome returns the study's outcome that a finding is about, or nil: by what it was announced as, by its text, by its concept, else the only
// one that the vocabulary relates to it ("opioid use" in a study of days using opioids).
func studyOutcome(it *item) *evidence.Outcome {
	for _, same := range []func(o *evidence.Outcome) bool{
		func(o *evidence.Outcome) bool { return o.Text == it.Outcome.Announced },
		func(o *evidence.Outcome) bool { return o.Text == it.Outcome.Text },
		func(o *evidence.Outcome) bool { return o.Concept != "" && o.Concept == it.Outcome.Concept },
		func(o *evidence.Outcome) bool { return relatedOutcomes(it.vocab, o.Concept, it.Outcome.Concept) },
	} {
		var found *evidence.Outcome
		n := 0
		for i := range it.st.Outcomes {
			if o := &it.st.Outcomes[i]; same(o) {
				if n++; found == nil {
					found = o
				}
			}
		}
		if n == 1 || n > 1 && found.Text == it.Outcome.Text {
			return found
		}
	}
	return nil
}

// relatedOutcomes reports whether the vocabulary relates two outcomes and does not set them apart.
func relatedOutcomes(v *vocab.Vocabulary, a, b string) bool {
	if v == nil || a == "" || b == "" {
		return false
	}
	for _, pair := range [][2]string{{a, b}, {b, a}} {
		c, ok := v.Concept(pair[0])
		if ok && slices.Contains(c.NotSameAs, pair[1]) {
			return false
		}
		if ok && slices.Contains(c.Related, pair[1]) {
			return true
		}
	}
	return false
}

func (l *lexicon) studyCond(c *cond, t *syntax.Test, unknown *[]string) {
	ids := map[string]bool{}
	for _, v := range t.Values {
		text := v.Text
		if v.Number.Present() {
			text = v.String()
		}
		found := l.studyNamed(text)
		if len(found) == 0 {
			*unknown = append(*unknown, text)
		}
		for _, st := range found {
			ids[st.ID] = true
			c.values = append(c.values, lookup{graph.ByStudy, st.ID})
		}
	}
	c.judge = func(it *item) judgement { return pass(ids[it.StudyID]) }
	c.study = func(s *graph.Study) bool { return ids[s.ID] }
}

func (l *lexicon) hasMeasure(it *item, t *syntax.Test) bool {
	for _, v := range t.Values {
		want := v.Text
		if m, ok := l.vocab.Measure(want); ok {
			want = m.ID
		}
		for _, e := range it.Estimates {
			if e.Measure == want || want == "SMD" && (e.Measure == "Cohen's d" || e.Measure == "Hedges' g") {
				return true
			}
		}
	}
	return false
}

func designIs(s *graph.Study, want string) bool {
	w := designNamed(want)
	for _, t := range s.Tellings {
		d := t.Study.Design
		switch {
		case w == "ongoing" && (d.Kind == evidence.KindProtocol || d.Status != "" && !over(d.Status)), w == "completed" && strings.EqualFold(d.Status, w), w == "terminated" && strings.EqualFold(d.Status, w),
			w == "randomized" && (d.Allocation == evidence.Randomized || d.Allocation == evidence.ClusterRandomized),
			w == "placebo-controlled" && hasRole(t.Study, evidence.Placebo), w == "sham-controlled" && hasRole(t.Study, evidence.Sham),
			strings.HasPrefix(w, "phase ") && isPhase(d.Phase, w),
			w == "observational" && (evidence.Observational(d.Kind) || strings.Contains(strings.ToLower(d.Text), "observational")),
			w == "double-blind" && (containsAll(content(d.Masking), content("double")) || containsAll(content(d.Masking), content("triple")) || containsAll(content(d.Masking), content("quadruple"))),
			w != "randomized" && w != "non-randomized" && w != "trial" && containsAll(content(d.Masking+" "+d.Model+" phase "+d.Phase), content(w)),
			w == "non-randomized" && (d.Allocation == evidence.NoAllocation || evidence.Observational(d.Kind)),
			strings.EqualFold(d.Allocation, w), strings.EqualFold(d.Kind, w), strings.EqualFold(d.Model, w),
			(w == "systematic review" || w == "review") && (d.Kind == evidence.KindMetaAnalysis || d.Kind == evidence.KindSystematicReview),
			w == "trial" && (d.Kind == evidence.KindSecondaryAnalysis || d.Allocation == evidence.Randomized || d.Allocation == evidence.ClusterRandomized || d.Allocation == evidence.NonRandomized || d.Kind == "" && len(t.Study.Arms) > 1),
			w != "randomized" && w != "non-randomized" && w != "trial" && containsAll(content(d.Text), content(w)):
			return true
		}
	}
	return false
}

// over reports whether a registered status says that a study goes on no more, or that nobody knows.
func over(status string) bool {
	switch s := strings.ToLower(status); s {
	case "completed", "terminated", "withdrawn", "unknown":
		return true
	default:
		return strings.HasPrefix(s, "unknown") || strings.Contains(s, "no longer")
	}
}

func (l *lexicon) settingIs(s *graph.Study, t *syntax.Test) bool {
	for _, v := range t.Values {
		m := l.meaning("setting", v.Text, false)
		for _, tl := range s.Tellings {
			for _, text := range settingTexts(tl) {
				if containsAll(content(text), m.words) {
					return true
				}
				for _, mention := range l.vocab.Mentions(text, 0) {
					for _, id := range mention.Concepts {
						if m.all[id] {
							return true
						}
					}
				}
			}
		}
	}
	return false
}

// settingTexts returns where a study says that it was done: in so many words, else in its title and in what its arms are
// called ("emergency department-initiated buprenorphine").
func settingTexts(t *graph.Telling) []string {
	out := []string{t.Study.Setting + " " + t.Study.Country}
	if r := telledReport(t); r != nil {
		out = append(out, r.Title)
	}
	for _, a := range t.Study.Arms {
		out = append(out, a.Label)
	}
	return out
}

func hasRole(s *evidence.Study, r evidence.Role) bool {
	return slices.ContainsFunc(s.Arms, func(a evidence.Arm) bool { return a.Role == r })
}

// countryIs reports whether a study was done in a country: as it states, else as its title or setting says.
func countryIs(s *graph.Study, t *syntax.Test) bool {
	for _, v := range t.Values {
		forms := countryForms(v.Text)
		for _, tl := range s.Tellings {
			text := tl.Study.Country + "; " + tl.Study.Setting
			if r := telledReport(tl); r != nil {
				text += "; " + r.Title
			}
			for _, p := range tl.Study.Populations {
				text += "; " + p.Text
			}
			if inCountry(text, forms) {
				return true
			}
		}
	}
	return false
}

// registeredAs reports whether a study has one of some registration numbers.
func registeredAs(s *graph.Study, t *syntax.Test) bool {
	return slices.ContainsFunc(s.Tellings, func(tl *graph.Telling) bool {
		return slices.ContainsFunc(tl.Study.Registrations, func(number string) bool { return isRegistration(number, t) })
	})
}

// isRegistration reports whether a registration number is one of those asked for, or begins with the letters asked for, "NCT", unless exactly
// those are.
func isRegistration(number string, t *syntax.Test) bool {
	number = strings.ToUpper(number)
	return slices.ContainsFunc(t.Values, func(v syntax.Value) bool {
		want := strings.ToUpper(cmp.Or(v.Text, string(v.Number)))
		return number == want || !t.Exactly && strings.IndexFunc(want, unicode.IsDigit) < 0 && strings.HasPrefix(number, want)
	})
}

// recruitedIn reports whether some of a study's recruitment was in the years asked for.
func recruitedIn(s *graph.Study, t *syntax.Test) bool {
	for _, tl := range s.Tellings {
		from, to := year(tl.Study.Recruited.From), year(tl.Study.Recruited.To)
		if !from.Present() {
			from = to
		}
		if !to.Present() {
			to = from
		}
		end := from // the year that has to compare so
		if t.Relation == quantity.AtLeast || t.Relation == quantity.Above {
			end = to
		}
		if t.Relation == quantity.Between && from.Present() && len(t.Values) == 2 {
			if quantity.Compare(from, t.Values[1].Number) <= 0 && quantity.Compare(to, t.Values[0].Number) >= 0 {
				return true
			}
			continue
		}
		if t.Relation == quantity.Equal && from.Present() && len(t.Values) > 0 && t.Values[0].Number.Present() {
			if quantity.Compare(from, t.Values[0].Number) <= 0 && quantity.Compare(to, t.Values[0].Number) >= 0 {
				return true
			}
			continue
		}
		if compares(end, t) {
			return true
		}
	}
	return false
}

// year returns the year of an ISO 8601 date.
func year(date string) quantity.Decimal {
	y, _, _ := strings.Cut(date, "-")
	d, err := quantity.ParseDecimal(y)
	if err != nil {
		return ""
	}
	return d
}

// studySize returns the number of people in a study: randomized, else enrolled, else analyzed.
func studySize(s *graph.Study) quantity.Decimal {
	for _, t := range s.Tellings {
		for _, n := range []quantity.Decimal{t.Study.NRandomized, t.Study.N, t.Study.NAnalyzed} {
			if n.Present() {
				return n
			}
		}
	}
	return ""
}

// comparesP compares a P value as printed: "< .001" is below .001, and says nothing of what is above.
func comparesP(p evidence.PValue, t *syntax.Test) bool {
	if !p.Value.Present() || len(t.Values) == 0 {
		return false
	}
	limit := t.Values[0].Number
	below, above := t.Relation == quantity.Below || t.Relation == quantity.AtMost, t.Relation == quantity.Above || t.Relation == quantity.AtLeast
	switch {
	case strings.HasPrefix(p.Relation, "<") && (below || above):
		return below && quantity.Compare(p.Value, limit) <= 0
	case strings.HasPrefix(p.Relation, ">") && (below || above):
		return above && quantity.Compare(p.Value, limit) >= 0
	}
	if t.Relation == quantity.Between && strings.ContainsAny(p.Relation, "<>") { // "P < 0.05" may be far below
		return false
	}
	return compares(p.Value, t)
}

func compares(x quantity.Decimal, t *syntax.Test) bool {
	if !x.Present() || len(t.Values) == 0 || !t.Values[0].Number.Present() {
		return false
	}
	c := quantity.Compare(x, t.Values[0].Number)
	switch t.Relation {
	case quantity.Between:
		return c >= 0 && len(t.Values) == 2 && quantity.Compare(x, t.Values[1].Number) <= 0
	case quantity.AtLeast:
		return c >= 0
	case quantity.Above:
		return c > 0
	case quantity.Below:
		return c < 0
	case quantity.AtMost:
		return c <= 0
	}
	return c == 0
}
