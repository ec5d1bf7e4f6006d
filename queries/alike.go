package queries

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/picograph/picograph/graph"
	"github.com/picograph/picograph/graph/evidence"
	"github.com/picograph/picograph/graph/vocab"
	"github.com/picograph/picograph/queries/syntax"
)

// likeness is how well a finding fits the phrases of a comparison.
type likeness struct {
	*item
	total      float64
	went       evidence.Direction // what happened to its outcome
	bySentence bool               // the outcome is called otherwise; its sentence speaks of what was asked
	lumped     string             // the finding is of many outcomes at once, such as "any of the secondary outcomes", and this is one
	swapped    bool               // the finding has the two the other way round
	both       bool               // a change of one arm, and the other arm of the question changed the same way
	why        string             // why it does not count, where it does not
}

// What a finding must come to, of its outcome alone and of outcome and arms together; what a sentence counts that has a
// share of an outcome's words; and what a finding that compares no arms is worse by. They were set on trial abstracts with
// experts' readings of them.
const (
	likeOutcome  = 0.34
	likeTotal    = 0.36
	likeSentence = 0.8
	halfSentence = 0.45
	notCompared  = 0.05
	withinOnly   = 0.25
	noDirection  = 0.1
	sameSentence = 0.05
	otherName    = 0.1
	armsAlone    = 0.5
	likeLumped   = 0.4
	// likeMargin is how far below the best a finding may be to be shown beside it
	likeMargin = 0.06
	// likeSwap is by how much the other way round must fit better
	likeSwap = 0.05
	// mostNear is how far down the list near misses are shown
	mostNear = 8
	// mostAlike is how many studies are looked at, those with the most words in common first
	mostAlike = 24
)

// compareAlike compares two things by the asker's own phrases, which need not be names: the findings whose arms and
// outcome are called most like them.
func (j *job) compareAlike(c *syntax.Compare, a *meaning, conds []*cond) error {
	var all []likeness
	spoken := map[string]bool{} // which of the two some document speaks of
	studies, err := j.studiesAlike(c)
	if err != nil {
		return err
	}
	for _, st := range studies {
		if slices.ContainsFunc(conds, func(k *cond) bool { return k.study != nil && !k.study(st) }) {
			continue
		}
		for _, t := range st.Tellings {
			some, err := j.tellingAlike(c, t, conds, spoken)
			if err != nil {
				return err
			}
			all = append(all, some...)
		}
	}
	slices.SortStableFunc(all, func(x, y likeness) int {
		return cmp.Or(compareBool(x.why != "", y.why != ""), cmp.Compare(y.total, x.total))
	})
	f := &found{conds: conds}
	for i, x := range all {
		switch {
		case x.why != "":
			if i < mostNear && len(f.items) == 0 {
				f.near = append(f.near, nearItem{x.item, nil, x.lacks()})
			}
		case x.total >= all[0].total-likeMargin:
			f.items = append(f.items, x.item)
		case i < mostNear && slices.ContainsFunc(f.items, func(it *item) bool { return it.StudyID == x.StudyID }):
			f.near = append(f.near, nearItem{x.item, nil, x.lacks()})
		}
	}
	all = all[:len(f.items)]
	j.step(len(all), "compare the words of arms and outcomes with those of the question")
	if len(all) == 0 {
		without := j.withoutResults(a, j.meaning("comparator", c.B.Text, false))
		if !without {
			j.nearMisses(f)
		}
		j.noneAlike(c, a, spoken)
		if !without && len(f.near) > 0 && spoken[c.A.Text] && spoken[c.B.Text] {
			j.answer.Text = "Nothing that compares " + c.A.Text + " with " + c.B.Text + " here meets what was asked: " + f.near[0].why + "."
		}
		return nil
	}
	j.show1(f, "compare")
	j.bestFirst(f.items)
	for _, it := range f.items {
		for _, asked := range []string{c.A.Text, c.B.Text} {
			if arm := otherDose(asked, slices.Concat(it.arms, it.comps)); arm != "" {
				j.answer.Cautions = appendNew(j.answer.Cautions, "“"+asked+"” was asked for, and what is shown is of another dose: "+arm)
			}
		}
	}
	j.answer.Text = j.alikeSentences(all)
	j.answer.Direction = alikeDirection(all)
	return nil
}

// bestFirst puts the rows, and the blocks by their first row, in the order of some findings.
func (j *job) bestFirst(items []*item) {
	at := func(r Row) int { return slices.Index(items, r.item) }
	secs := j.answer.Sections
	for i := range secs {
		slices.SortStableFunc(secs[i].Rows, func(a, b Row) int { return cmp.Compare(at(a), at(b)) })
	}
	slices.SortStableFunc(secs, func(a, b Section) int {
		if len(a.Rows) == 0 || len(b.Rows) == 0 {
			return len(b.Rows) - len(a.Rows)
		}
		return cmp.Compare(at(a.Rows[0]), at(b.Rows[0]))
	})
}

// studiesAlike returns the studies that use the most of a comparison's words, the rarer the more they count.
func (j *job) studiesAlike(c *syntax.Compare) ([]*graph.Study, error) {
	if j.partial {
		return j.siftAlike(c)
	}
	if len(j.studies) <= mostAlike {
		return j.studies, nil
	}
	score := map[string]float64{}
	for _, w := range comparedWords(c) {
		seen := map[string]bool{}
		for _, i := range j.textsBy[w] {
			seen[j.texts[i].study] = true
		}
		for id := range seen {
			score[id] += rarity(len(seen))
		}
	}
	var out []*graph.Study
	for _, s := range j.studies {
		if score[s.ID] > 0 {
			out = append(out, s)
		}
	}
	slices.SortStableFunc(out, func(a, b *graph.Study) int { return cmp.Compare(score[b.ID], score[a.ID]) })
	return out[:min(len(out), mostAlike)], nil
}

// comparedWords returns the words of a comparison, those that it has twice twice.
func comparedWords(c *syntax.Compare) (out []string) {
	for _, v := range append([]syntax.Value{c.A, c.B}, c.On...) {
		out = append(out, content(v.Text)...)
	}
	return out
}

// rarity is how much a word counts that some studies use.
func rarity(studies int) float64 { return 1 / float64(1+studies) }

// tellingAlike returns the findings of one telling that fit, and notes which of the two things it speaks of.
func (j *job) tellingAlike(c *syntax.Compare, t *graph.Telling, conds []*cond, spoken map[string]bool) ([]likeness, error) {
	text, err := j.graph.Text(j.ctx, t.DocumentID)
	if err != nil {
		return nil, fmt.Errorf("reading the text of %s: %w", t.Source, err)
	}
	keys, err := j.graph.Keys(j.ctx, t)
	if err != nil {
		return nil, fmt.Errorf("reading the findings of %s: %w", t.Source, err)
	}
	s := j.spokenStudy(t, text)
	k := &alike{spokenStudy: s, a: j.wording(c.A.Text, s.short), b: j.wording(c.B.Text, s.short), givenA: j.assigned(c.A.Text), givenB: j.assigned(c.B.Text)}
	if !k.speaks(spoken) {
		return nil, nil // it is about something else
	}
	if t.Study.SecondHand && len(t.Study.Arms) == 0 {
		k.why = cmp.Or(k.why, "told second-hand of a study of which no arms were read")
	}
	for _, v := range c.On {
		k.on = append(k.on, j.wording(v.Text, s.short))
	}
	var out []likeness
	for i := range t.Study.Findings {
		switch f := &t.Study.Findings[i]; {
		case f.Kind == evidence.BetweenArms, f.Kind == evidence.WithinArm, f.Kind == evidence.InWords, f.Kind == evidence.Association:
		case f.Kind == evidence.ArmLevel && noneOfEither(t.Study, f):
		default:
			continue
		}
		f, err := j.graph.Finding(j.ctx, keys[i])
		if err != nil {
			return nil, fmt.Errorf("reading finding %s: %w", keys[i], err)
		}
		if it := j.item(f); it.study != nil {
			if x, ok := j.findingAlike(k, it, conds); ok {
				out = append(out, x)
			}
		}
	}
	return out, nil
}

// alike is a comparison as it is looked for in one telling of a study: its two things and its outcomes in their words, what arms have to
// have been given, and why nothing of the telling can count, "" where something can.
type alike struct {
	*spokenStudy
	a, b           *wording
	on             []*wording
	givenA, givenB *meaning
	why            string
}

// speaks notes which of its two things the telling speaks of, and reports whether it is one at least.
func (k *alike) speaks(spoken map[string]bool) bool {
	unspoken := 0
	for _, w := range []*wording{k.a, k.b} {
		if k.speaksOf(w) {
			spoken[w.text] = true
		} else {
			k.why = "nothing in its document is called “" + w.text + "”"
			unspoken++
		}
	}
	if k.hasBoth(k.a, k.b) {
		spoken[bothArms] = true
	}
	return unspoken < 2
}

// findingAlike returns how a finding is like a comparison, with why it does not count; false where it is not, or does not meet the
// conditions.
func (j *job) findingAlike(k *alike, it *item, conds []*cond) (likeness, bool) {
	x, ok := j.likeness(k.spokenStudy, it, k.a, k.b, k.on)
	x.why = k.why
	if x.why = cmp.Or(x.why, j.otherPair(it, k.givenA, k.givenB)); ok {
		x.why = cmp.Or(x.why, j.ungiven(k.spokenStudy, it, k.a, k.b), j.ungiven(k.spokenStudy, it, k.b, k.a), j.ofOther(k.spokenStudy, it, k.a))
	}
	if ofOneThing(k.a.text, k.b.text) && slices.ContainsFunc(slices.Concat(it.arms, it.comps), withoutAny) {
		x.why = cmp.Or(x.why, "one of the two had none of it")
	}
	for _, c := range conds {
		v := c.judge(it)
		ok = ok && v.verdict != no
		x.why = cmp.Or(x.why, v.why)
		if v.label != "" {
			it.labels = appendNew(it.labels, v.label)
		}
	}
	return x, ok
}

// bothArms notes that some study has an arm of each of the two things that are compared.
const bothArms = "arms of both"

// hasBoth reports whether two arms of a study are called like two phrases, one each.
func (s *spokenStudy) hasBoth(a, b *wording) bool {
	for i := range s.arms {
		for k := range s.arms {
			if i != k && s.armLike(a, i) >= 0.5 && s.armLike(b, k) >= 0.5 {
				return true
			}
		}
	}
	return false
}

// assigned returns what a phrase means where it names something that an arm of the graph was given; nil where it does not:
// then its words alone can tell.
func (j *job) assigned(phrase string) *meaning {
	m := j.meaning("intervention", phrase, false)
	if len(m.direct) == 0 || !slices.ContainsFunc(j.studies, func(s *graph.Study) bool { return j.studyHasArm(s, m) }) && !j.givenAnywhere(m) {
		return nil
	}
	return m
}

// otherPair says what a comparison compares where it is not of the two things asked for, which arms of the graph are known to
// have been given; "" where it is, or where that cannot be told.
func (j *job) otherPair(it *item, a, b *meaning) string {
	if it.Kind != evidence.BetweenArms || len(it.arms) == 0 || len(it.comps) == 0 {
		return ""
	}
	had := func(arms []*evidence.Arm, m *meaning) bool {
		return m == nil || slices.ContainsFunc(arms, func(x *evidence.Arm) bool {
			ok, _ := j.armHas(x, m)
			return ok || roleFits(x.Role, m)
		})
	}
	if had(it.arms, a) && had(it.comps, b) || had(it.arms, b) && had(it.comps, a) {
		return ""
	}
	return "compares " + armList(it.arms) + " with " + armList(it.comps)
}

// ungiven says that no arm that a finding compares, or of its study where it names none, was given a thing asked for, though it is known
// what all were given: the thing is a known one, or an active one where all but what it is compared with is untreated. "" where an arm may
// have been given it by another name.
func (j *job) ungiven(s *spokenStudy, it *item, w, other *wording) string {
	if w.passive || w.baseline || len(s.telling.Study.Arms) == 0 {
		return ""
	}
	named := slices.Concat(it.arms, it.comps)
	all := len(it.arms) == 0 || len(it.comps) == 0
	known, active := len(j.meaning("intervention", w.text, false).direct) > 0, false
	for i := range s.telling.Study.Arms {
		a := &s.telling.Study.Arms[i]
		if !all && !slices.Contains(named, a) {
			continue
		}
		like := s.armLike(w, i)
		if like >= 0.5 || like > 0 && !known || len(a.Interventions) == 0 || !known && !slices.ContainsFunc(a.Interventions, j.isConcept) {
			return ""
		}
		active = active || s.armLike(other, i) == 0 && !untreated(a.Role)
	}
	if active && !known {
		return ""
	}
	return "no arm is known to have been given “" + w.text + "”"
}

// ofOther says of a result that names no arms that it is of something else than what was asked about: its sentence names what else is
// given, and nothing that it could be called by.
func (j *job) ofOther(s *spokenStudy, it *item, w *wording) string {
	if w.passive || w.baseline || len(it.Arm)+len(it.Comparator) > 0 || len(it.Passages) == 0 || it.Exposure != "" && w.within(written(content(it.Exposure), s.short)) > 0 {
		return ""
	}
	text := it.Passages[0].Text
	if w.within(written(content(text), s.short)) > 0 {
		return ""
	}
	for _, m := range j.vocab.Mentions(text, 0) {
		if slices.ContainsFunc(m.Concepts, func(id string) bool { return w.concepts[id] }) {
			return ""
		}
	}
	for _, m := range j.vocab.Mentions(text, 0) {
		for _, id := range m.Concepts {
			if c, ok := j.vocab.Concept(id); ok && !m.Ambiguous && (c.Type == vocab.TypeDrug || c.Type == vocab.TypeDrugClass || c.Type == vocab.TypeIntervention) {
				return "its sentence tells of " + text[m.Start:m.End] + ", not of " + w.text
			}
		}
	}
	return ""
}

// isConcept reports whether the vocabulary has an id.
func (l *lexicon) isConcept(id string) bool {
	_, ok := l.vocab.Concept(id)
	return ok
}

// likeness judges one finding.
func (j *job) likeness(s *spokenStudy, it *item, a, b *wording, on []*wording) (likeness, bool) {
	so, bySentence := 1.0, false
	if len(on) > 0 {
		so = 0
		for _, w := range on {
			if v, sentence := j.outcomeLike(s, it, w); v > so {
				so, bySentence = v, sentence
			}
		}
	}
	lumped := ""
	if so < likeOutcome && len(on) > 0 {
		if lumped = s.lumps(it, on[0]); lumped != "" {
			so = likeLumped
		}
	}
	if so < likeOutcome {
		return likeness{}, false
	}
	same := (s.armsLike(a, it.Arm, it.arms) + s.armsLike(b, it.Comparator, it.comps)) / 2
	swap := (s.armsLike(a, it.Comparator, it.comps) + s.armsLike(b, it.Arm, it.arms)) / 2
	x := likeness{item: it, swapped: swap > same+likeSwap, went: j.wentTo(it), bySentence: bySentence, lumped: lumped}
	alone := it.Kind == evidence.WithinArm && !b.baseline
	x.both = alone && s.changedToo(it, b)
	x.total = 0.6*so + 0.4*max(same, swap)
	switch {
	case alone:
		x.total -= withinOnly
	case it.Kind != evidence.BetweenArms:
		x.total -= notCompared
	}
	if len(on) > 0 && len(it.Passages) > 0 {
		x.total += sameSentence * on[0].within(written(content(it.Passages[0].Text), s.short))
	}
	if it.Direction == evidence.NotStated || it.Direction == "" {
		x.total -= noDirection
	}
	fits := x.total >= likeTotal
	if len(on) == 0 { // the arms alone have to tell
		fits = max(same, swap) >= armsAlone
	}
	if x.swapped && it.Kind != evidence.BetweenArms {
		return x, false // of the second thing alone: it says nothing of the first
	}
	if x.bySentence {
		x.total -= otherName // one that is called so comes first
	}
	return x, fits
}

// outcomeLike returns how well a phrase fits what a finding is about: its outcome, else its sentence.
func (j *job) outcomeLike(s *spokenStudy, it *item, w *wording) (like float64, bySentence bool) {
	best := 0.0
	texts := []string{it.Outcome.Text, j.conceptLabel(it.Outcome.Concept)}
	if o := studyOutcome(it); o != nil {
		texts = append(texts, o.Text)
	}
	for _, t := range texts {
		c := content(t)
		best = max(best, w.like(c), w.like(written(c, s.short)))
	}
	if it.Outcome.Concept != "" && w.concepts[it.Outcome.Concept] {
		best = max(best, 0.8)
	}
	for _, p := range it.Passages {
		if in := w.within(written(content(p.Text), s.measure)); in >= halfSentence {
			if v := likeSentence * in; v > best {
				best, bySentence = v, best < likeOutcome
			}
		}
	}
	return best, bySentence
}

// lacks says why a finding is only near to what was asked.
func (x *likeness) lacks() string {
	if x.why != "" {
		return x.why
	}
	if x.Kind == evidence.WithinArm {
		return "a change from baseline, not a comparison of arms"
	}
	return "another outcome, or another comparison, than asked for"
}

// alikeSentences says of the findings what they compare and what came of it.
func (j *job) alikeSentences(xs []likeness) string {
	var out []string
	for i := range xs {
		s := j.alikeSentence(&xs[i])
		if i == maxSentences-1 && len(xs) > maxSentences {
			s = upperFirst(inWords(len(xs)-i)) + " more such results below."
		}
		out = appendNew(out, s)
		if len(out) == maxSentences {
			break
		}
	}
	return strings.Join(out, " ")
}

// alikeSentence says what one finding came to, with the arms as the study calls them.
func (j *job) alikeSentence(x *likeness) string {
	it := x.item
	first, second := j.armNames(it, it.arms, it.Arm), j.armNames(it, it.comps, it.Comparator)
	if x.swapped {
		first, second = second, first
	}
	who := first
	if second != "" {
		who = cmp.Or(first, "an arm that is not named") + " compared with " + second
	}
	what := cmp.Or(outcomeText(it), "the outcome")
	s := studyLabel(it.study) + ": "
	switch d := x.towards(); {
	case it.Kind == evidence.WithinArm:
		s += what + " " + map[evidence.Direction]string{evidence.Increased: "rose", evidence.Decreased: "fell", evidence.NoDifference: "did not change"}[d] + " from baseline with " + cmp.Or(first, "an arm that is not named") + ", which is no comparison"
	case x.noneSeen():
		s += "no " + lowerFirst(what) + " in any arm"
	case d == evidence.NoDifference:
		s += "no difference in " + what + " was shown"
	case d == evidence.NotStated:
		s += what + " is reported, but which way it went could not be read"
	default:
		s += what + " " + string(d)
	}
	if who != "" && it.Kind != evidence.WithinArm && !x.noneSeen() {
		s += " with " + who
	}
	if it.Kind == evidence.InWords && second == "" && !x.noneSeen() {
		s += ", which is no comparison"
	}
	if x.lumped != "" {
		s += " (told at once of " + strings.ToLower(x.lumped) + ")"
	}
	if x.bySentence && it.Outcome.Text != "" {
		s += " (told in a sentence that speaks of what was asked)"
	}
	if x.Direction == evidence.NotStated && x.ofArms() != "" {
		s += ", by the values of the arms (" + joinSome("; ", j.fromArms(it), pvalue(it.P)) + ")"
	} else if b := j.brief(it); b != "" {
		s += " (" + b + ")"
	} else if it.Kind != evidence.BetweenArms {
		s += ", in words only"
	}
	return s + "."
}

func joinSome(sep string, parts ...string) string {
	return strings.Join(slices.DeleteFunc(parts, func(s string) bool { return s == "" }), sep)
}

// noneAlike says that nothing compares what was asked for.
func (j *job) noneAlike(c *syntax.Compare, a *meaning, spoken map[string]bool) {
	for _, v := range []syntax.Value{c.A, c.B} {
		if m := j.meaning("intervention", v.Text, false); !m.known && !spoken[v.Text] {
			j.unknownTerm([]string{v.Text})
			return
		}
	}
	j.answer.Text = "No study here compares " + c.A.Text + " with " + c.B.Text
	if spoken[bothArms] {
		j.answer.Text = "No result that was read compares " + c.A.Text + " with " + c.B.Text
		if c.Where != nil {
			j.answer.Text += " and meets what else was asked"
		}
	}
	if len(c.On) > 0 {
		j.answer.Text += " on " + join(texts(c.On), "or")
	}
	j.answer.Text += "."
	if len(j.answer.Near) == 0 {
		j.answer.Text += j.comparedInstead(a)
	}
}

// withoutResults adds as near the studies that compare two things and of which no result was read, such as one that is planned.
func (j *job) withoutResults(a, b *meaning) bool {
	if !a.known || !b.known {
		return false
	}
	for _, st := range j.studies {
		for _, t := range st.Tellings {
			if len(t.Study.Findings) > 0 {
				continue
			}
			var mine, others []*evidence.Arm
			for i := range t.Study.Arms {
				x := &t.Study.Arms[i]
				isA, _ := j.armHas(x, a)
				isB, _ := j.armHas(x, b)
				switch {
				case isA && !isB:
					mine = append(mine, x)
				case isB && !isA:
					others = append(others, x)
				}
			}
			if len(mine) == 0 || len(others) == 0 {
				continue
			}
			j.answer.Near = append(j.answer.Near, Near{
				What: studyLabel(st) + ": compares " + armList(mine) + " with " + armList(others), Why: "no result on it was read" + planned(st),
				Findings: []Finding{}, Passages: located(t, mine[0].Passages),
			})
			break
		}
	}
	return len(j.answer.Near) > 0
}

// planned says that what tells of a study is its protocol or its registration, "" of any other.
func planned(st *graph.Study) string {
	for _, t := range st.Tellings {
		switch {
		case t.Study.Design.Kind == evidence.KindProtocol:
			return ": its document is a protocol"
		case t.Study.Design.Status != "" && t.Report != nil && t.Report.DOI+t.Report.PMID != "":
			return ": the study was " + t.Study.Design.Status
		case t.Study.Design.Status != "":
			return ": its document is a registration (status: " + t.Study.Design.Status + ")"
		}
	}
	return ""
}
