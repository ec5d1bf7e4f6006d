package queries

import (
	"cmp"
	"slices"
	"strings"

	"github.com/picograph/picograph/graph"
	"github.com/picograph/picograph/graph/evidence"
	"github.com/picograph/picograph/queries/syntax"
)

// maxSentences is how many plain sentences an answer has at most.
const maxSentences = 3

// sentences puts what was found into plain words, never stronger than the rows: comparisons first, then changes from
// baseline with what they do not show, then the rest.
func (j *job) sentences(f *found, noun string) string {
	if len(f.items) == 0 {
		return j.emptySentence(f)
	}
	items, _ := dedupe(f.items)
	by := map[string][]*item{}
	for _, it := range items {
		b := j.blockOf(it)
		by[b] = append(by[b], it)
	}
	var out []string
	add := func(s string) {
		if s != "" && len(out) < maxSentences {
			out = append(out, s)
		}
	}
	add(j.notShown(items, f.conds))
	effects := len(by["better"]) + len(by["worse"]) + len(by["differs"])
	for _, b := range []string{"better", "worse", "differs"} {
		add(j.differSentence(by[b], b))
	}
	if effects == 0 && len(by["nodifference"]) > 0 {
		add(j.noDifferenceSentence(by["nodifference"], noun))
	} else if effects == 0 && noun == "interventions" && len(by["within"]) > 0 {
		add("No comparison with another arm is reported for this, so no intervention is shown to do better than its comparator.")
	}
	if noun == "predictors" {
		add(j.listSentence("association", by["association"]))
		by["association"] = nil
	}
	add(j.interactionSentence(by["interaction"]))
	add(j.withinSentence(by["within"]))
	add(j.noChangeSentence(by["nochange"]))
	if effects > 0 && len(by["nodifference"]) > 0 {
		add(j.noDifferenceSentence(by["nodifference"], ""))
	}
	for _, b := range []string{"vote", "association", "prevalence", "baseline", "arm", "statement"} {
		if b != "arm" || len(by["nodifference"])+effects == 0 {
			add(j.listSentence(b, by[b]))
		}
	}
	if len(out) == 0 { // which way it went was not read
		add(j.listSentence("statement", by["compared"]))
	}
	return strings.Join(out, " ")
}

// notShown answers a yes-or-no question of whether something went a certain way, when no finding says that it did.
func (j *job) notShown(items []*item, conds []*cond) string {
	what := map[string]string{"decreased": "a decrease in", "increased": "an increase in", "worsened": "a worsening of", "improved": "an improvement in"}[j.asked.direction]
	if !j.asked.yesNo || what == "" {
		return ""
	}
	var all []syntax.Condition
	outcome := ""
	for _, c := range conds {
		if c.test != nil {
			all = append(all, c.test)
			if c.test.Field == "outcome" {
				outcome = join(texts(c.test.Values), "or")
			}
		}
	}
	if outcome == "" {
		return ""
	}
	t, asked := syntax.Is("direction", j.asked.direction), j.askedBetter(all)
	for _, it := range items {
		if it.Kind == evidence.Association || it.Kind == evidence.InWords || differs(it) && !sided(it) {
			return "" // what these say of a direction is in their words
		}
		probe := *it
		probe.context = false
		if v := j.judgeDirection(&probe, t, func() string { return asked }); v.verdict == yes && !probe.context {
			return ""
		}
	}
	return "No result here shows " + what + " " + outcome + "."
}

func (j *job) differSentence(items []*item, b string) string {
	if len(items) == 0 {
		return ""
	}
	items = wholeFirst(items)
	it := items[0]
	word := map[string]string{"better": "did better than", "worse": "did worse than", "differs": "differed from"}[b]
	if !sided(it) {
		s := studyLabel(it.study) + ": the arms differed on " + j.outcomeOf(it)
		if fig := j.brief(it); fig != "" {
			s += " (" + fig + ")"
		}
		return s + "; in favour of which arm could not be read."
	}
	s := studyLabel(it.study) + ": " + j.armNames(it, it.arms, it.Arm) + " " + word + " " + cmp.Or(j.armNames(it, it.comps, it.Comparator), "its comparator") + " on " + j.outcomeOf(it)
	if fig := j.brief(it); fig != "" {
		s += " (" + fig + ")"
	}
	if i := slices.IndexFunc(it.labels, func(l string) bool { return strings.HasPrefix(l, bothHave) }); i >= 0 {
		s += "; " + it.labels[i]
	}
	if n := len(items) - 1; n > 0 {
		s += "; " + inWords(n) + " more such " + plural("result", decimal(n)) + " below"
	}
	return s + "."
}

// wholeFirst puts what is of a whole study before what is of its subgroups.
func wholeFirst(items []*item) []*item {
	items = slices.Clone(items)
	slices.SortStableFunc(items, func(a, b *item) int { return compareBool(a.Subgroup, b.Subgroup) })
	return items
}

// outcomeOf says of which outcome a finding is, and of which subgroup if it is of one.
func (j *job) outcomeOf(it *item) string {
	if it.Subgroup {
		return outcomeText(it) + " in the subgroup " + j.populationText(it)
	}
	return outcomeText(it)
}

// unbracket writes an interval that stands in brackets already.
var unbracket = strings.NewReplacer(" (", ", ", ")", "")

// unchanged drops "change in" before what is said to have changed.
func unchanged(s string) string {
	for _, p := range []string{"change in ", "changes in ", "mean change in "} {
		s = strings.TrimPrefix(s, p)
	}
	return s
}

// brief prints a finding's main number and P for a sentence.
func (j *job) brief(it *item) string {
	var parts []string
	if len(it.Estimates) > 0 {
		e := it.Estimates[0]
		if e.Before != nil && e.After != nil {
			parts = append(parts, string(e.Before.Mean)+" to "+string(e.After.Mean)+unitOf(e))
		} else {
			parts = append(parts, unbracket.Replace(shown(it, e)))
		}
	}
	if it.Kind == evidence.WithinArm && j.includesNull(it) {
		parts = append(parts, "an interval that includes no change")
	}
	if p := it.P; p.Printed != "" && it.P.Of != evidence.PWithin {
		parts = append(parts, p.Printed)
	}
	return strings.Join(parts, "; ")
}

func (j *job) noDifferenceSentence(items []*item, noun string) string {
	var parts []string
	for _, g := range groupItems(wholeFirst(items), func(it *item) string {
		return it.StudyID + j.armNames(it, it.arms, it.Arm) + "\x1f" + j.armNames(it, it.comps, it.Comparator)
	}) {
		it := g[0]
		var outs []string
		for _, x := range g {
			outs = append(outs, j.outcomeOf(x)+" ("+cmp.Or(j.brief(x), noEstimate(x))+")")
		}
		if len(outs) > 3 {
			outs = append(outs[:2], inWords(len(outs)-2)+" more outcomes")
		}
		who := "between the arms of "
		if arm := j.armNames(it, it.arms, it.Arm); arm != "" {
			who = "between " + arm + " and " + cmp.Or(j.armNames(it, it.comps, it.Comparator), "its comparator") + " in "
		}
		parts = append(parts, "no difference was shown "+who+studyLabel(it.study)+": "+strings.Join(outs, ", "))
	}
	if len(parts) > 2 {
		parts = append(parts[:2], "and "+inWords(len(parts)-2)+" more "+plural("comparison", decimal(len(parts)-2))+" without a difference below")
	}
	s := strings.Join(parts, "; ") + "."
	if noun == "interventions" {
		return "No intervention here is shown to do better than its comparator: " + s
	}
	return upperFirst(s)
}

func (j *job) interactionSentence(items []*item) string {
	if len(items) == 0 {
		return ""
	}
	it := items[0]
	verdict := "differs"
	if it.Significant != nil && !*it.Significant || it.P.Value.Present() && it.P.Value.Float() >= 0.05 {
		verdict = "is not shown to differ"
	} else if it.Significant == nil && !it.P.Value.Present() {
		verdict = "is said to differ"
	}
	s := "The effect " + verdict + " by " + evidence.Clip(lowerFirst(j.conceptLabel(cmp.Or(it.Modifier, "subgroup"))), 60) + " in " + studyLabel(it.study)
	if p := pvalue(it.P); p != "" {
		s += " (" + p + ")"
	}
	return s + "."
}

func (j *job) withinSentence(items []*item) string {
	if len(items) == 0 {
		return ""
	}
	var parts []string
	for _, g := range groupItems(wholeFirst(items), func(it *item) string {
		return it.StudyID + "\x1f" + cmp.Or(it.Outcome.Concept, it.Outcome.Text) + "\x1f" + it.DocumentID + "\x1f" + it.Population.ID + string(it.Direction)
	}) {
		it := g[0]
		word := map[evidence.Direction]string{evidence.Decreased: "fell", evidence.Increased: "rose"}[it.Direction]
		if word == "" {
			word = "changed"
		}
		var arms []string
		with, of := " with ", " in "
		for _, x := range g {
			a := j.armNames(x, x.arms, x.Arm)
			if a == "" {
				a = "an arm that is not named"
				if len(x.st.Arms) < 2 {
					a, with, of = "all participants", " in ", " of "
				}
			}
			if b := j.brief(x); b != "" {
				a += " (" + b + ")"
			}
			arms = appendNew(arms, a)
		}
		who := ""
		if it.Subgroup {
			who = ", in the subgroup " + j.populationText(it)
		}
		parts = append(parts, unchanged(outcomeText(it))+" "+word+with+join(arms, "and")+of+studyLabel(it.study)+who)
	}
	if len(parts) > 3 {
		parts = append(parts[:3], j.more(len(parts)-3))
	}
	return "From baseline, " + strings.Join(parts, "; ") + ": " + j.whyNotEffect(items) + "."
}

func (j *job) whyNotEffect(items []*item) string {
	for _, it := range items {
		if hasUntreated(it.study) {
			return "a change within an arm, not an effect of the intervention alone"
		}
	}
	return "a change without an untreated arm to compare with, so not an effect of the intervention alone"
}

func (j *job) noChangeSentence(items []*item) string {
	if len(items) == 0 {
		return ""
	}
	var outs, studies, arms []string
	for _, it := range items {
		o := unchanged(outcomeText(it))
		if it.Subgroup {
			o += " in the subgroup " + j.populationText(it)
		}
		outs = appendNew(outs, o)
		studies = appendNew(studies, studyLabel(it.study))
		arms = appendNew(arms, j.armNames(it, it.arms, it.Arm))
	}
	return "No change from baseline in " + join(outs, "and") + " with " + join(arms, "or") + " (" + join(studies, "and") + ")."
}

// more says of how many more a sentence is than it tells: they stand below, unless a limit has left some out.
func (j *job) more(n int) string {
	if slices.ContainsFunc(j.query.Steps, func(s syntax.Step) bool { return s.Name == "limit" }) {
		return inWords(n) + " more"
	}
	return inWords(n) + " more below"
}

// listSentence puts findings that compare nothing into one sentence.
func (j *job) listSentence(b string, items []*item) string {
	if len(items) == 0 {
		return ""
	}
	var parts []string
	for i, it := range items {
		if i == 4 {
			parts = append(parts, "and "+j.more(len(items)-4))
			break
		}
		fig := j.figures(it)
		what := outcomeText(it)
		switch {
		case b == "association":
			what = cmp.Or(it.Exposure, what) + ": " + quote(it)
			fig = ""
			if it.Analysis != "" {
				what += " (" + it.Analysis + " analysis)"
			}
		case b == "statement" || fig == "":
			what, fig = what+", in words: "+quote(it), ""
		}
		p := what
		if arm := j.armNames(it, it.arms, it.Arm); arm != "" && b == "arm" {
			p = arm + ", " + p
		}
		if fig != "" {
			p += ": " + fig
		}
		parts = append(parts, p+" ("+studyLabel(it.study)+")")
		if b == "statement" || b == "association" {
			break
		}
	}
	return upperFirst(strings.Join(parts, "; ")) + "."
}

// groupItems groups findings by a key, in the order in which the keys come.
func groupItems(items []*item, by func(*item) string) [][]*item {
	var out [][]*item
	at := map[string]int{}
	for _, it := range items {
		k := by(it)
		i, ok := at[k]
		if !ok {
			i = len(out)
			at[k] = i
			out = append(out, nil)
		}
		out[i] = append(out[i], it)
	}
	return out
}

// emptySentence says why nothing was found: the condition that nothing meets, or that nothing meets together with the
// others; and which studies are here that could have reported it.
func (j *job) emptySentence(f *found) string {
	alone := make([]int, len(f.conds))
	for i, c := range f.conds {
		sub, err := j.quietly([]*cond{c})
		if err == nil {
			alone[i] = len(sub.items) + sub.unread
		}
	}
	var missing []string
	for i, c := range f.conds {
		if alone[i] == 0 {
			missing = append(missing, c.words)
		}
	}
	var s string
	switch {
	case len(missing) > 0:
		s = "No finding here has " + join(missing, "or") + "."
	case len(f.conds) > 0:
		s = "No finding here has all of: " + strings.Join(condWords(f.conds), "; ") + "."
		s += j.butFor(f)
	default:
		return "The graph holds no findings."
	}
	if said, err := j.silence(f.conds); err == nil {
		s += said
	}
	if j.harmAsked(f.conds) {
		s += " Not reported does not mean that none occurred."
	}
	return s
}

// butFor says how many findings there are without one of the conditions: the first that alone keeps some out. Of a large graph where
// none of those was read, it says of the condition that keeps out the fewest how many there may be.
func (j *job) butFor(f *found) string {
	for i, c := range f.conds {
		if n := f.only[i]; n > 0 && j.mostWithout(f, i) <= n {
			return " Without “" + c.words + "” there " + isAre(n) + " " + inWords(n) + "."
		}
	}
	fewest, words := 0, ""
	for i, c := range f.conds {
		if n := j.mostWithout(f, i); n > 0 && (fewest == 0 || n < fewest) {
			fewest, words = n, c.words
		}
	}
	if fewest == 0 {
		return ""
	}
	return " Without “" + words + "” there may be up to " + inWords(fewest) + "."
}

// harmAsked reports whether a condition asks for a harm: an outcome that is a kind of adverse event.
func (j *job) harmAsked(conds []*cond) bool {
	return slices.ContainsFunc(conds, func(c *cond) bool {
		return c.test != nil && c.test.Field == "outcome" && slices.ContainsFunc(c.test.Values, func(v syntax.Value) bool {
			return slices.ContainsFunc(j.vocab.Named(v.Text), func(id string) bool { return j.vocab.IsA(id, "adverse_events") })
		})
	})
}

func isAre(n int) string {
	if n == 1 {
		return "is"
	}
	return "are"
}

func wasWere(n int) string {
	if n == 1 {
		return "was"
	}
	return "were"
}

func condWords(conds []*cond) []string {
	out := make([]string, len(conds))
	for i, c := range conds {
		out[i] = c.words
	}
	return out
}

// quietly searches for the sake of a reason: the answer does not rest on what was found, nor on what was not read of it.
func (j *job) quietly(conds []*cond) (*found, error) {
	plan, cautions, unread := j.answer.Explain.Plan, j.answer.Cautions, j.unread
	f, err := j.search(conds)
	j.answer.Explain.Plan, j.answer.Cautions, j.unread = plan, cautions, unread
	return f, err
}

// couldReport lists the studies that meet what is asked of the study, its people and what it gave; of a large graph the first of them, and
// how many more there are.
func (j *job) couldReport(conds []*cond) ([]*graph.Study, int, error) {
	var tests []*cond
	for _, c := range conds {
		if c.test == nil || c.study == nil || c.test.Criterion != nil && len(conds) > 1 {
			continue
		}
		switch c.test.Field {
		case "study", "intervention", "component", "design", "condition", "setting", "text":
			tests = append(tests, c)
		case "population": // of a study that does not say who took part so, its documents may still tell of them
			if len(conds) > 1 && j.peopleNamed(conds) != nil && j.outcomePlaces(conds, true) != nil {
				continue
			}
			tests = append(tests, c)
		}
	}
	if len(tests) == 0 {
		return nil, 0, nil
	}
	studies, more := j.studies, 0
	if j.partial {
		var err error
		if studies, more, err = j.someMeeting(tests, mostSearched); err != nil {
			return nil, 0, err
		}
	}
	var out []*graph.Study
	for _, st := range studies {
		if mainTelling(st).Study.SecondHand && len(j.studies) > 1 && !slices.ContainsFunc(tests, func(c *cond) bool { return c.test.Field == "study" }) {
			continue
		}
		if !slices.ContainsFunc(tests, func(c *cond) bool { return !c.study(st) }) {
			out = append(out, st)
		}
	}
	if len(out)+more > mostByDesign && !slices.ContainsFunc(tests, func(c *cond) bool { return c.test.Field != "design" }) {
		return nil, 0, nil // that a study is a trial makes it no study that could report what was asked for
	}
	return out, more, nil
}

// mostByDesign is how many studies may be named as not reporting something of which no more is known than their design.
const mostByDesign = 12
