package queries

import (
	"slices"
	"strings"

	"github.com/picograph/picograph/graph"
	"github.com/picograph/picograph/graph/evidence"
	"github.com/picograph/picograph/graph/quantity"
	"github.com/picograph/picograph/graph/vocab"
	"github.com/picograph/picograph/queries/syntax"
)

// nameCond makes a condition on what findings or studies are about, by name.
func (l *lexicon) nameCond(c *cond, field string) {
	any := func(f func(m *meaning) judgement) judgement {
		best := judgement{}
		for _, m := range c.means {
			if j := f(m); j.verdict > best.verdict {
				best = j
			}
		}
		return best
	}
	switch field {
	case "intervention", "component":
		c.judge = func(it *item) judgement {
			return any(func(m *meaning) judgement { return l.judgeIntervention(it, m) })
		}
		c.study = func(s *graph.Study) bool {
			return slices.ContainsFunc(c.means, func(m *meaning) bool { return l.studyHasArm(s, m) || l.aimsAt(s, m) })
		}
		c.values = l.studyValues(func(s *graph.Study) bool { return c.study(s) || l.studyHasWider(s, c.means) })
	case "comparator":
		c.judge = func(it *item) judgement {
			return any(func(m *meaning) judgement { return l.judgeComparator(it, m) })
		}
		c.study = func(s *graph.Study) bool {
			return slices.ContainsFunc(c.means, func(m *meaning) bool { return l.studyHasArm(s, m) })
		}
	case "outcome":
		c.judge = func(it *item) judgement { return any(func(m *meaning) judgement { return l.judgeOutcome(it, m) }) }
		c.study = func(s *graph.Study) bool { return l.measures(s, c.means) }
		for _, m := range c.means {
			c.values = append(c.values, l.outcomeValues(m)...)
		}
	case "population", "condition":
		c.judge = func(it *item) judgement {
			return any(func(m *meaning) judgement { return l.judgePopulation(it, m) })
		}
		c.study = func(s *graph.Study) bool {
			return slices.ContainsFunc(c.means, func(m *meaning) bool { return l.studyOf(s, m) })
		}
	case "exposure":
		c.judge = func(it *item) judgement {
			return any(func(m *meaning) judgement {
				return pass(it.Exposure != "" && containsAll(content(it.Exposure), m.words))
			})
		}
	case "modifier":
		c.judge = func(it *item) judgement {
			return any(func(m *meaning) judgement { return pass(it.Modifier != "" && m.fits(it.Modifier, it.Modifier)) })
		}
	}
}

// studyValues returns the look-ups of the studies that a condition admits.
func (l *lexicon) studyValues(admits func(*graph.Study) bool) []lookup {
	out := []lookup{}
	for _, s := range l.studies {
		if admits(s) {
			out = append(out, lookup{graph.ByStudy, s.ID})
		}
	}
	return out
}

// judgeIntervention tells whether one of a finding's arms was given something; a finding of no arm is one of the
// whole study. Comparators count: their result is a result of what they were given.
func (l *lexicon) judgeIntervention(it *item, m *meaning) judgement {
	has := func(arms []*evidence.Arm) (bool, string) {
		for _, a := range arms {
			if ok, how := l.armHas(a, m); ok {
				return true, how
			}
		}
		return false, ""
	}
	inArm, how := has(it.arms)
	inComp, compHow := has(it.comps)
	switch {
	case inArm && inComp && it.Kind == evidence.BetweenArms:
		return judgement{verdict: yes, label: bothHave + l.label(m) + ", so the comparison says nothing of it alone"}
	case inArm:
		return judgement{verdict: yes, label: how}
	case inComp:
		return judgement{verdict: yes, label: compHow}
	}
	if len(it.arms)+len(it.comps) == 0 {
		for i := range it.st.Arms {
			if ok, how := l.armHas(&it.st.Arms[i], m); ok {
				return judgement{verdict: yes, label: how}
			}
		}
		if len(it.st.Arms) == 0 && m.fits("", it.Exposure) {
			return judgement{verdict: yes}
		}
	}
	if how := l.aimedArm(it, m); how != "" {
		return judgement{verdict: yes, label: how}
	}
	if how := l.widerArm(it, m); how != "" {
		return judgement{verdict: near, why: how}
	}
	if l.aimsAt(it.study, m) {
		return judgement{verdict: yes, label: "the study measured what " + l.label(m) + " changes, and did not assign it by itself"}
	}
	return judgement{}
}

// bothHave begins what is said of a comparison of which both arms had what was asked for.
const bothHave = "both arms had "

// studyHasWider reports whether an arm of a study was given what one of some things is a kind of.
func (l *lexicon) studyHasWider(s *graph.Study, ms []*meaning) bool {
	for _, m := range ms {
		for _, id := range m.direct {
			c, ok := l.vocab.Concept(id)
			if !ok {
				continue
			}
			for _, t := range s.Tellings {
				for _, a := range t.Study.Arms {
					if overlapping(a.Interventions, c.Broader) {
						return true
					}
				}
			}
		}
	}
	return false
}

func overlapping(a, b []string) bool {
	return slices.ContainsFunc(a, func(s string) bool { return slices.Contains(b, s) })
}

func (l *lexicon) studyHasArm(s *graph.Study, m *meaning) bool {
	for _, t := range s.Tellings {
		for i := range t.Study.Arms {
			if ok, _ := l.armHas(&t.Study.Arms[i], m); ok {
				return true
			}
		}
	}
	return false
}

// aimsAt reports whether a study measured, as an outcome of its own, what an intervention consists in changing: a
// study of opioid dose is evidence about tapering.
func (l *lexicon) aimsAt(s *graph.Study, m *meaning) bool {
	for _, id := range m.direct {
		c, ok := l.vocab.Concept(id)
		if !ok || c.Type != vocab.TypeIntervention {
			continue
		}
		for _, rel := range c.Related {
			if o, ok := l.vocab.Concept(rel); !ok || o.Type != vocab.TypeOutcome {
				continue
			}
			for _, t := range s.Tellings {
				for _, o := range t.Study.Outcomes {
					if o.Concept != "" && l.vocab.IsA(o.Concept, rel) {
						return true
					}
				}
			}
		}
	}
	return false
}

func (l *lexicon) judgeComparator(it *item, m *meaning) judgement {
	for _, a := range it.comps {
		if ok, how := l.armHas(a, m); ok {
			return judgement{verdict: yes, label: how}
		}
		if roleFits(a.Role, m) {
			return judgement{verdict: yes}
		}
	}
	if it.Kind == evidence.BetweenArms && len(it.comps) > 0 {
		return judgement{verdict: near, why: "compared with " + armList(it.comps) + ", not with " + l.label(m)}
	}
	return judgement{}
}

// roleFits reports whether an arm's role is what a comparator concept names.
func roleFits(r evidence.Role, m *meaning) bool {
	switch r {
	case evidence.UsualCare:
		return m.all["usual_care"]
	case evidence.ActiveComparator:
		return m.all["active_control"]
	case evidence.Placebo, evidence.Sham, evidence.NoIntervention:
		return key(m.text) == key(string(r))
	}
	return false
}

// judgeOutcome tells whether a finding is about an outcome; one of the same family is near.
func (l *lexicon) judgeOutcome(it *item, m *meaning) judgement {
	if m.fits(it.Outcome.Concept, it.Outcome.Text) || it.Outcome.Announced != "" && m.fits(it.Outcome.Concept, it.Outcome.Announced) {
		if with := l.otherInstrument(m, it.Outcome.Concept, it.Outcome.Text+"; "+it.Outcome.Announced); with != "" {
			return judgement{verdict: near, why: whyOutcome + "measured with " + with + ", not " + l.label(m)}
		}
		return judgement{verdict: yes}
	}
	if o := studyOutcome(it); o != nil && o.Instrument != "" {
		if m.all[o.Instrument] || len(m.direct) == 0 && containsAll(content(o.Instrument+" "+o.Definition), m.words) {
			return judgement{verdict: yes}
		}
	}
	if it.Outcome.Concept == "" && key(it.Outcome.Text) == key(m.text) {
		return judgement{verdict: yes} // called by the very word
	}
	if otherSex(it, m) {
		return judgement{verdict: near, why: whyRest}
	}
	if m.akin[it.Outcome.Concept] {
		return judgement{verdict: yes, label: "related to " + l.label(m)}
	}
	if m.called[it.Outcome.Text] && it.Outcome.Concept == "" {
		if l.titleIs(it.Telling, m) {
			return judgement{verdict: yes, label: l.label(m) + " by the report's title"}
		}
		if slices.ContainsFunc(it.st.Findings, func(f evidence.Finding) bool { return l.sameFamily(f.Outcome.Concept, m) }) {
			return judgement{verdict: yes, label: l.label(m) + " by the other outcomes of its study"}
		}
		return judgement{verdict: near, why: "called “" + it.Outcome.Text + "”, which may be another outcome"}
	}
	if who := l.inPeopleWith(it, m); who != "" {
		return judgement{verdict: yes, label: "in people with " + who}
	}
	if l.sameFamily(it.Outcome.Concept, m) {
		if said := l.speaksOfConcept(it, m); said != "" {
			return judgement{verdict: near, why: whySpeaks + "“" + evidence.Clip(said, mostQuoted) + "”"}
		}
		return judgement{verdict: near, why: whyOutcome + outcomeText(it) + ", not " + l.label(m)}
	}
	return judgement{}
}

// otherInstrument returns the instrument that an outcome is called by where another one was asked for by its name: a score on the one
// is none on the other, though both measure the same.
func (l *lexicon) otherInstrument(m *meaning, concept, text string) string {
	isInstrument := func(id string) bool { c, ok := l.vocab.Concept(id); return ok && c.Type == vocab.TypeInstrument }
	if !slices.ContainsFunc(m.direct, isInstrument) || m.all[concept] && isInstrument(concept) {
		return ""
	}
	other := ""
	for _, said := range l.vocab.Mentions(text, 0) {
		for _, id := range said.Concepts {
			if m.all[id] && isInstrument(id) {
				return ""
			}
			if isInstrument(id) && !said.Ambiguous {
				other = l.conceptLabel(id)
			}
		}
	}
	return other
}

// inPeopleWith returns the condition of a study's people where the outcome asked for is that condition as it is measured, and the
// finding is of what the name of the condition ends in: pain in people with low back pain is low back pain.
func (l *lexicon) inPeopleWith(it *item, m *meaning) string {
	for _, id := range m.direct {
		c, ok := l.vocab.Concept(id)
		if !ok || c.Type != vocab.TypeOutcome || len(c.Broader) == 0 || !l.vocab.IsA(it.Outcome.Concept, c.Broader[0]) {
			continue
		}
		family, ok := l.vocab.Concept(c.Broader[0])
		if !ok {
			continue
		}
		for _, r := range c.Related {
			k, ok := l.vocab.Concept(r)
			if !ok || k.Type != vocab.TypeCondition || !slices.ContainsFunc(family.Forms, func(f vocab.Form) bool { return containsAll(content(k.Label), content(f.Text)) }) {
				continue
			}
			for _, p := range it.Telling.Study.Populations {
				if p.Parent == "" && slices.ContainsFunc(p.Conditions, func(x string) bool { return l.vocab.IsA(x, r) }) {
					return strings.ToLower(k.Label)
				}
			}
		}
	}
	return ""
}

// sameFamily reports whether two outcomes have a broader outcome in common.
func (l *lexicon) sameFamily(concept string, m *meaning) bool {
	if concept == "" {
		return false
	}
	for _, f := range l.families(m) {
		if l.vocab.IsA(concept, f) {
			return true
		}
	}
	return false
}

// families are the outcome concepts one step broader than what is meant.
func (l *lexicon) families(m *meaning) []string {
	var out []string
	for _, id := range m.direct {
		c, ok := l.vocab.Concept(id)
		sex := slices.Contains(sexes, id)
		if !ok || c.Type != vocab.TypeOutcome && !sex {
			continue
		}
		for _, b := range c.Broader {
			if o, ok := l.vocab.Concept(b); ok && (o.Type == vocab.TypeOutcome || sex) {
				out = appendNew(out, b)
			}
		}
	}
	return out
}

// outcomeValues are the look-ups of findings that may fit or be near: concepts, their families, and texts.
func (l *lexicon) outcomeValues(m *meaning) []lookup {
	seen := map[string]bool{}
	var out []lookup
	add := func(v string) {
		if !seen[v] {
			seen[v] = true
			out = append(out, lookup{graph.ByOutcome, v})
		}
	}
	for id := range m.all {
		add(id)
	}
	for id := range m.akin {
		add(id)
	}
	for text := range m.called {
		add(text)
	}
	for _, f := range l.families(m) {
		for _, id := range l.vocab.Narrower(f) {
			add(id)
		}
	}
	for _, i := range l.textsOf(m.words) {
		if n := l.texts[i]; n.kind == outcomeName && (n.id == "" || len(m.direct) == 0 || m.loose) {
			add(n.text)
			if n.id != "" {
				add(n.id)
			}
		}
	}
	// outcomes known by their instrument
	for _, s := range l.studies {
		for _, t := range s.Tellings {
			for _, o := range t.Study.Outcomes {
				if o.Instrument != "" && (m.all[o.Instrument] || len(m.direct) == 0 && containsAll(content(o.Instrument+" "+o.Definition), m.words)) {
					if o.Concept != "" {
						add(o.Concept)
					} else {
						add(o.Text)
					}
				}
			}
		}
	}
	slices.SortFunc(out, func(a, b lookup) int { return strings.Compare(a.value, b.value) })
	return out
}

// measures reports whether a study measured one of some outcomes, whether or not it reports a result.
func (l *lexicon) measures(s *graph.Study, ms []*meaning) bool {
	for _, t := range s.Tellings {
		for _, m := range ms {
			for _, o := range t.Study.Outcomes {
				if m.fits(o.Concept, o.Text) || o.Instrument != "" && m.all[o.Instrument] {
					return true
				}
			}
			for i := range t.Study.Findings {
				if o := t.Study.Findings[i].Outcome; m.fits(o.Concept, o.Text) {
					return true
				}
			}
		}
	}
	return false
}

// judgePopulation tells whether a finding is about people of a name: by their conditions, criteria or description; an
// interaction by that name counts too.
func (l *lexicon) judgePopulation(it *item, m *meaning) judgement {
	if l.splits(m) && !it.Subgroup && it.Modifier == "" {
		return judgement{}
	}
	for _, p := range it.pops {
		if l.populationIs(p, m) {
			return judgement{verdict: yes}
		}
	}
	if containsAll(content(it.Population.Text), m.words) || containsAll(content(it.ComparatorPopulation.Text), m.words) {
		return judgement{verdict: yes}
	}
	if !it.Subgroup && l.titleIs(it.Telling, m) {
		return judgement{verdict: yes, label: "by the report's title"}
	}
	if it.Modifier != "" && (m.all[it.Modifier] || containsAll(content(it.Modifier), m.words) || l.textMeans(it.Modifier, m)) {
		return judgement{verdict: yes}
	}
	if !it.Subgroup && l.enrolled(it.st, m) {
		return judgement{verdict: near, why: "whole study: " + l.label(m) + " are among those enrolled, not reported separately"}
	}
	return judgement{}
}

// splits reports whether a name is of a characteristic that parts people into groups, such as sex: what is asked for by it are results
// of the groups, and not results of those who are all of one.
func (l *lexicon) splits(m *meaning) bool {
	trait := func(id string) bool {
		c, ok := l.vocab.Concept(id)
		return ok && c.Type == vocab.TypeCharacteristic
	}
	return slices.ContainsFunc(m.direct, func(id string) bool {
		return trait(id) && slices.ContainsFunc(l.vocab.Narrower(id), func(n string) bool { return n != id && trait(n) })
	})
}

// enrolled reports whether a study states how many of those enrolled were of the people meant.
func (l *lexicon) enrolled(st *evidence.Study, m *meaning) bool {
	for i := range st.Findings {
		if f := &st.Findings[i]; f.Kind == evidence.Baseline && f.Outcome.Concept != "" && slices.Contains(m.direct, f.Outcome.Concept) {
			return true
		}
	}
	return false
}

// textMeans reports whether a text mentions what is meant, or has its words: other than as a part of the name of something else, as
// portal hypertension has that of hypertension.
func (l *lexicon) textMeans(text string, m *meaning) bool {
	said := l.vocab.Mentions(text, 0)
	if slices.ContainsFunc(said, func(n vocab.Mention) bool {
		return slices.ContainsFunc(n.Concepts, func(id string) bool { return m.all[id] })
	}) {
		return true
	}
	return containsAll(content(text), m.words) && (len(m.direct) == 0 || !slices.ContainsFunc(said, func(n vocab.Mention) bool {
		name := content(text[n.Start:n.End])
		return !n.Ambiguous && len(name) > len(m.words) && containsAll(name, m.words)
	}))
}

func (l *lexicon) populationIs(p evidence.Population, m *meaning) bool {
	for _, c := range p.Conditions {
		if m.all[c] {
			return true
		}
	}
	for _, c := range p.Criteria {
		if (m.all[c.Variable] || m.all[c.Value]) && !c.Exclude && c.Relation != quantity.Not {
			return true
		}
	}
	return l.textMeans(p.Text, m)
}

func (l *lexicon) studyOf(s *graph.Study, m *meaning) bool {
	for _, t := range s.Tellings {
		if slices.ContainsFunc(t.Study.Populations, func(p evidence.Population) bool { return l.populationIs(p, m) }) || l.titleIs(t, m) {
			return true
		}
	}
	return false
}

// judgeDirection tells whether what happened to an outcome is what was asked. An outcome that counts good events
// ("dose halved") moves against the one that was asked about ("dose"), so directions are compared by what is better.
// Comparisons that found no difference, and arms that did not change, are kept beside what was asked for.
func (l *lexicon) judgeDirection(it *item, t *syntax.Test, askedBetter func() string) judgement {
	switch it.Kind {
	case evidence.BetweenArms, evidence.WithinArm, evidence.VoteCount, evidence.InWords:
	default:
		return judgement{}
	}
	better := l.better(it)
	want := []evidence.Direction{}
	for _, v := range t.Values {
		switch strings.ToLower(v.Text) {
		case "decreased", "increased":
			d := evidence.Direction(strings.ToLower(v.Text))
			if asked := askedBetter(); asked != "" && better != "" && asked != better {
				d = opposite(d)
			}
			want = append(want, d)
		case "improved":
			want = append(want, goodDirection(better))
		case "worsened":
			want = append(want, opposite(goodDirection(better)))
		case "changed":
			want = append(want, evidence.Decreased, evidence.Increased)
		case "no difference":
			return pass(it.Direction == evidence.NoDifference)
		}
	}
	switch {
	case it.Direction == evidence.NoDifference && it.Kind != evidence.VoteCount,
		it.Kind == evidence.BetweenArms && it.Significant != nil && !*it.Significant,
		it.Kind == evidence.VoteCount && it.Direction == evidence.NotStated:
		it.context = true
		return judgement{verdict: yes}
	case it.Kind == evidence.InWords && len(it.arms) == 0:
		return judgement{}
	}
	went := l.wentTo(it)
	return pass(went != evidence.NotStated && slices.Contains(want, went))
}

func opposite(d evidence.Direction) evidence.Direction {
	switch d {
	case evidence.Decreased:
		return evidence.Increased
	case evidence.Increased:
		return evidence.Decreased
	}
	return d
}

// goodDirection returns where an outcome goes when it gets better; NotStated where that is not known.
func goodDirection(better string) evidence.Direction {
	switch better {
	case vocab.Lower:
		return evidence.Decreased
	case vocab.Higher:
		return evidence.Increased
	}
	return evidence.NotStated
}

// better returns which direction of a finding's outcome is good: as the study has it, else as the vocabulary does.
func (l *lexicon) better(it *item) string {
	better := l.betterOf(it.Outcome.Concept)
	if o := studyOutcome(it); o != nil && o.Better != "" {
		better = o.Better
	}
	if saidTwice(it.Outcome.Text, it.Direction, better) || better == vocab.Higher && lossOf(it.Outcome.Text, l.conceptLabel(it.Outcome.Concept)) {
		return ""
	}
	return better
}

func (l *lexicon) betterOf(concept string) string {
	for _, id := range append([]string{concept}, l.vocab.Broader(concept)...) {
		if c, ok := l.vocab.Concept(id); ok && c.Better != "" {
			return c.Better
		}
	}
	return ""
}

// askedBetter returns which direction is good of the outcomes that a query names, when they agree.
func (l *lexicon) askedBetter(all []syntax.Condition) string {
	out := ""
	for _, c := range all {
		t, ok := c.(*syntax.Test)
		if !ok || t.Field != "outcome" {
			continue
		}
		for _, v := range t.Values {
			for _, id := range l.meaning("outcome", v.Text, t.Exactly).direct {
				b := l.betterOf(id)
				if b == "" || out != "" && out != b {
					return ""
				}
				out = b
			}
		}
	}
	return out
}
