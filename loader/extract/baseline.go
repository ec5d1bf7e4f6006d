package extract

import (
	"slices"
	"strings"
	"unicode"

	"github.com/picograph/picograph/graph/evidence"
	"github.com/picograph/picograph/graph/vocab"
	"github.com/picograph/picograph/loader/annotate"
	"github.com/picograph/picograph/loader/document"
)

// demographic are the nouns that name who people are rather than what became of them.
var demographic = setOf("age", "aged", "ages", "old", "women", "woman", "men", "man", "male", "males", "female", "females", "sex", "gender",
	"race", "ethnicity", "white", "black", "hispanic", "latino", "latina", "asian", "caucasian", "african", "american", "girls", "boys", "married",
	"education", "educated", "unemployed", "employed", "smokers", "smoker")

// baselines makes the findings that describe those enrolled, and takes their numbers out of the clause's results.
func (f *finder) baselines(c *clause) {
	atBaseline := saidAtBaseline(c) && !c.telling.change && !c.telling.noChange
	var rest, mine []annotate.Item
	var topics []document.Span
	lasting := false
	for _, it := range c.results {
		topic := f.localTopic(c, it)
		if it.Kind == annotate.Count && f.enrols(c, it) && !f.isDemographic(c, topic, it) || f.r.roles[c.sentence] != roleResults && f.spelledOut(it) {
			continue
		}
		if f.lasted(c, topic, it) {
			lasting = true
			if !adverbialOpeners[strings.ToLower(f.r.doc.At(topic))] {
				mine, topics = append(mine, it), append(topics, topic)
			}
			continue
		}
		described := it.Kind == annotate.Count || it.Kind == annotate.Moment || it.Kind == annotate.Percent
		if described && (atBaseline || f.isDemographic(c, topic, it) || f.r.roles[c.sentence] != roleResults) {
			mine, topics = append(mine, it), append(topics, topic)
		} else {
			rest = append(rest, it)
		}
	}
	if len(mine) == 0 && !lasting {
		return
	}
	c.results = rest
	results := f.bindNamed(c, mine)
	for i, res := range results {
		o := f.described(topics[i], res.Item)
		if o.Text == "" {
			continue
		}
		e := f.base(c, evidence.Baseline, o)
		e.Timepoint = evidence.Timepoint{}
		e.Arm = f.labels(res.arms)
		e.Estimates = []evidence.Estimate{f.estimateOf(res.Item, evidence.Baseline, o)}
		f.add(e, nil)
	}
}

// saidAtBaseline reports whether a clause speaks of the start, other than as what its results were adjusted for.
func saidAtBaseline(c *clause) bool {
	for i, w := range c.words {
		if w.lower == "baseline" && (i == 0 || c.words[i-1].lower != "for") && !slices.ContainsFunc(c.words[:i], adjusts) {
			return true
		}
	}
	return false
}

// spelledOut reports whether a count is told in words alone, "all participants", "one of three kinds of tea": where nothing is reported it describes
// what was done.
func (f *finder) spelledOut(it annotate.Item) bool {
	return it.Kind == annotate.Count && !strings.ContainsFunc(f.r.doc.At(it.Span), unicode.IsDigit)
}

// enrols reports whether a count is of those who were enrolled or stayed: a step of the study, not what they were like.
func (f *finder) enrols(c *clause, it annotate.Item) bool {
	n := 0
	for _, w := range c.words {
		if w.Start < it.End {
			continue
		}
		if n++; n > 6 {
			return false
		}
		switch w.lower {
		case "randomized", "randomised", "randomly", "assigned", "enrolled", "screened", "eligible", "recruited", "considered", "analyzed", "analysed":
			return true
		}
	}
	return false
}

// onlyBaseline reports whether a clause has nothing left to tell after its baseline characteristics: it does not claim
// a result, or is not among the results.
func (f *finder) onlyBaseline(c *clause) bool {
	if f.r.roles[c.sentence] != roleResults {
		return true
	}
	n := len(f.found)
	return len(c.results) == 0 && len(c.ps) == 0 && n > 0 && f.found[n-1].Kind == evidence.Baseline && f.tellsOf(f.found[n-1], c)
}

func (f *finder) isDemographic(c *clause, topic document.Span, it annotate.Item) bool {
	unit := strings.ToLower(it.Measured.Unit)
	if demographic[unit] && !f.counts(c, it, unit) || f.isAge(topic, it) {
		return true
	}
	words := f.r.words(topic)
	if slices.ContainsFunc(words, func(w word) bool { return comparative(w.lower) }) {
		return false // "women with A lived longer than men"
	}
	return slices.ContainsFunc(words, func(w word) bool { return demographic[w.lower] && !f.counts(c, it, w.lower) })
}

// peopleNouns are demographic nouns that name the people of a study where all are of one kind, each with the other kind.
var peopleNouns = map[string]string{
	"women": "men", "woman": "men", "men": "women", "man": "women", "girls": "boys", "boys": "girls",
	"males": "females", "females": "males", "smokers": "nonsmokers", "smoker": "nonsmokers",
}

// counts reports whether a number counts something among people, or people by a noun that all of the study are called by, which says nothing of
// who they are: "12 of 238 women", "44% of the women", not "66% were women".
func (f *finder) counts(c *clause, it annotate.Item, noun string) bool {
	all := f.areAll(noun)
	if _, ok := peopleNouns[noun]; !ok {
		return false
	}
	if i := slices.IndexFunc(c.words, func(w word) bool { return w.Start >= it.End }); i >= 0 && i+1 < len(c.words) && c.words[i].lower == "who" && whatGiven[c.words[i+1].lower] {
		return true // "compared with 11% who received B"
	}
	for i, w := range c.words {
		if w.Start < it.Start || vocab.Singular(w.lower) != vocab.Singular(noun) {
			continue
		}
		for j := i - 1; j >= 0 && j >= i-3; j-- {
			switch l := c.words[j].lower; {
			case l == "of": // "65% of women who received A", "18 of 105 women"
				return true
			case digitStart(l) && j > 0 && c.words[j-1].lower == "of":
				return true
			case digitStart(l), l == "all", l == "most":
				return all
			case l == ",", l == "(", l == "and", l == "them", l == "whom", l == "which", finiteVerbs[l]:
				return false
			}
		}
		return false
	}
	return false
}

// areAll reports whether all whom a study is about are what a noun calls them, so that it counts them and says nothing of
// who they are: the women of "12 of 238 women" where pregnant women were enrolled.
func (f *finder) areAll(noun string) bool {
	other, ok := peopleNouns[noun]
	if !ok {
		return false
	}
	for _, p := range f.t.study.Populations {
		named := false
		for _, w := range wordsOf(p.Text, document.Span{End: len(p.Text)}) {
			if w.lower == other {
				return false
			}
			named = named || w.lower == noun || vocab.Singular(w.lower) == vocab.Singular(noun)
		}
		if named && p.Parent == "" {
			return true
		}
	}
	return false
}

// described returns the characteristic that a number describes, with its concept.
func (f *finder) described(topic document.Span, it annotate.Item) evidence.OutcomeRef {
	text := f.r.doc.At(topic)
	if text == "" {
		text = it.Measured.Unit
	}
	o := evidence.OutcomeRef{Text: text}
	if f.isAge(topic, it) {
		o.Concept = conceptAge
	}
	for _, m := range f.r.vocab.Mentions(text, 0) {
		if len(m.Concepts) == 1 {
			o.Concept = m.Concepts[0]
			break
		}
	}
	return o
}

// isAge reports whether a number is of the people's age: a mean in years of nothing that lasts otherwise.
func (f *finder) isAge(topic document.Span, it annotate.Item) bool {
	return it.Kind == annotate.Moment && it.Estimate.Unit == "years" && !slices.ContainsFunc(f.r.words(topic), func(w word) bool { return lastingNouns[w.lower] })
}

// lasted reports whether a number says how long people were followed or treated, which is no result: "median follow-up was 5.2
// years", "after a median of 26 months of A or B, an event occurred in".
func (f *finder) lasted(c *clause, topic document.Span, it annotate.Item) bool {
	if it.Kind != annotate.Moment || !timeUnits[it.Estimate.Unit] {
		return false
	}
	if slices.ContainsFunc(f.r.words(topic), func(w word) bool { return strings.HasPrefix(w.lower, "follow") }) {
		return true
	}
	i := slices.IndexFunc(c.words, func(w word) bool { return w.End > it.Start }) - 1
	for i > 0 && (determiners[c.words[i].lower] || topicSkips[c.words[i].lower] && c.words[i].lower != "in" && c.words[i].lower != "of") {
		i--
	}
	return i >= 0 && c.words[i].depth == 0 && (c.words[i].lower == "after" || c.words[i].lower == "over" || c.words[i].lower == "during" || c.words[i].lower == "throughout")
}

// timeUnits are the units in which times are printed.
var timeUnits = setOf("years", "year", "months", "month", "weeks", "week", "days", "day", "yr", "y")

// lastingNouns are what else than people a number of years is told of.
var lastingNouns = setOf("follow-up", "followup", "followed", "follow", "duration", "durations", "period", "periods", "time", "times", "interval", "intervals", "survival",
	"experience", "treatment", "treated", "therapy", "exposure", "observation", "since", "delay", "education", "schooling", "onset", "length", "lifespan", "smoking", "use")

// conceptAge is the concept of people's age, which a mean in years of those enrolled is of.
const conceptAge = "age"

// localTopic returns what a number is printed beside: "mean (SD) age was 62.2", "139 women", "709 (86.5%) were male",
// "(172 of 212) were taking MOUD at baseline".
func (f *finder) localTopic(c *clause, it annotate.Item) document.Span {
	at := slices.IndexFunc(c.words, func(w word) bool { return w.Start >= it.Start })
	if at < 0 {
		return document.Span{}
	}
	depth := c.words[at].depth
	if it.Kind == annotate.Moment {
		if s := f.momentTopic(c, it); s.Len() > 0 {
			return s
		}
		if s := f.topicBefore(c, at, depth); s.Len() > 0 {
			return s
		}
	}
	if s := f.topicInside(c, it); s.Len() > 0 {
		return s
	}
	if s := f.topicAfter(c, it); s.Len() > 0 {
		return s
	}
	return f.topicBefore(c, at, depth)
}

// momentTopic returns what a moment holds before its number: the age of "mean (SD) age was 62.2 (10.6) years".
func (f *finder) momentTopic(c *clause, it annotate.Item) document.Span {
	var s document.Span
	for _, w := range c.words {
		switch {
		case !it.Contains(w.Span):
			continue
		case digitStart(w.lower):
			return s
		case topicSkips[w.lower] || w.lower == "," || w.lower == "at" || w.lower == "baseline":
			continue
		case s.Len() == 0:
			s = w.Span
		default:
			s.End = w.End
		}
	}
	return s
}

// topicInside returns the noun that a count holds: the women of "139 women [59.9%]".
func (f *finder) topicInside(c *clause, it annotate.Item) document.Span {
	for _, w := range c.words {
		if it.Contains(w.Span) && demographic[w.lower] && !f.counts(c, it, w.lower) {
			return w.Span
		}
	}
	return document.Span{}
}

var topicSkips = setOf("mean", "median", "average", "sd", "iqr", "range", "se", "(", ")", "[", "]", "was", "were", "is", "are", "of", "the", "a", "an",
	"participants'", "participants’", "patients'", "patients’", "participants", "patients", "had", "their", "and", "overall", "±", "standard", "deviation", "with", "in", "=", ":")

// topicBefore returns the words before a number, back to a mark or another number, without the words of the statistic.
func (f *finder) topicBefore(c *clause, at, depth int) document.Span {
	end := at - 1
	for end >= 0 && (topicSkips[c.words[end].lower] || c.words[end].lower == ",") {
		end--
	}
	start := end
	for start > 0 && !boundary(c.words[start-1].lower) && c.words[start-1].depth <= depth {
		start--
	}
	for start < end && (topicSkips[c.words[start].lower] || adverbialOpeners[c.words[start].lower]) {
		start++
	}
	if end < 0 || start > end || digitStart(c.words[end].lower) {
		return document.Span{}
	}
	return document.Span{Start: c.words[start].Start, End: c.words[end].End}
}

func boundary(s string) bool {
	return s == "," || s == ";" || s == ":" || s == "(" || s == "[" || s == ")" || s == "]" || s == "and" || digitStart(s)
}

// topicAfter returns what is said of those counted: "were male", "had diabetes", "were taking MOUD at baseline".
func (f *finder) topicAfter(c *clause, it annotate.Item) document.Span {
	i := slices.IndexFunc(c.words, func(w word) bool { return w.Start >= it.End })
	if i < 0 {
		return document.Span{}
	}
	for i < len(c.words) && (topicSkips[c.words[i].lower] || personNouns[c.words[i].lower] && !demographic[c.words[i].lower] || auxiliaries[c.words[i].lower] && !demographic[c.words[i].lower]) {
		i++
	}
	j := i
	for j < len(c.words) && !boundary(c.words[j].lower) && c.words[j].lower != "." && !phraseStops[c.words[j].lower] {
		j++
	}
	if j == i {
		return document.Span{}
	}
	return document.Span{Start: c.words[i].Start, End: c.words[j-1].End}
}

// startNouns are what "before" names the start of: whatever is told then is told of those enrolled.
var startNouns = setOf("treatment", "intervention", "randomization", "randomisation", "enrolment", "enrollment", "therapy", "education", "training", "trial", "study")

// comparesAtStart reports whether a clause without numbers compares the arms as they were at the start: "at baseline, pain
// was similar in both groups", "scores did not differ before treatment". One that speaks of a change from then, or of
// another time as well, does not.
func (f *finder) comparesAtStart(c *clause) bool {
	v := c.telling
	if f.describesArms(c) {
		return true
	}
	if !v.compares && !v.noDifference || v.change || v.noChange || len(c.results) > 0 || c.time.Text != "" || c.has("after") || c.has("adjusted") || c.has("adjusting") {
		return false
	}
	for i, w := range c.words {
		before, next := "", ""
		if i > 0 {
			before = c.words[i-1].lower
		}
		if i+1 < len(c.words) {
			next = c.words[i+1].lower
		}
		switch w.lower {
		case "baseline":
			switch before {
			case "from", "to", "with", "than", "for", "since", "versus", "vs", "over", "of", "and":
				return false
			}
			return next != "and" && next != "or" && next != "to"
		case "before":
			if next == "the" && i+2 < len(c.words) {
				next = c.words[i+2].lower
			}
			if startNouns[next] && before != "than" {
				return true
			}
		}
	}
	return false
}

// describesArms reports whether a clause says that the arms were alike in who their people were: "the groups did not differ in
// age and sex", "baseline demographics and calcium (49% low) were similar".
func (f *finder) describesArms(c *clause) bool {
	v := c.telling
	if !v.noDifference || v.change || c.has("adjusted") || c.has("adjusting") || c.has("after") || f.r.roles[c.sentence] != roleResults {
		return false
	}
	if len(c.words) > 1 && c.words[0].lower == "baseline" && c.words[1].lower != "to" && !c.has("and") {
		return true
	}
	if !(c.has("age") && (c.has("sex") || c.has("gender"))) && !slices.ContainsFunc(c.words, func(w word) bool { return w.depth == 0 && strings.HasPrefix(w.lower, "demographic") }) {
		return false
	}
	return slices.ContainsFunc(f.outcomesOf(c), func(o evidence.OutcomeRef) bool {
		return slices.ContainsFunc(wordsOf(o.Text, document.Span{End: len(o.Text)}), func(w word) bool { return demographic[w.lower] || strings.HasPrefix(w.lower, "demographic") })
	})
}

// atStart tells what a clause says of the arms at the start: that they were alike, or which had more.
func (f *finder) atStart(c *clause) {
	for _, o := range f.outcomesOf(c) {
		e := f.base(c, evidence.BetweenArms, o)
		people := len(c.arms) == 0 && f.kindsOfPeople(c).Len() > 0
		if !people {
			f.sides(&e, c)
		}
		for i := range c.ps {
			if e.P.Printed == "" {
				e.P, e.P.Of = c.ps[i].P, evidence.PBetween
			}
		}
		f.judge(&e, c)
		e.Kind, e.Timepoint = evidence.Baseline, evidence.Timepoint{}
		if people { // of which of them there was more is not told of an arm
			e.Direction, e.P.Of = evidence.NotStated, ""
		}
		if e.Direction != evidence.NotStated || people && e.P.Printed != "" {
			f.add(e, nil)
		}
	}
}
