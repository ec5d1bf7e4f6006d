package queries

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/picograph/picograph/graph/evidence"
	"github.com/picograph/picograph/queries/syntax"
)

// A question that could not be read, or that as it was read finds nothing, may still name what some document tells in other words. What
// it names is sought in the documents that have most of it, the rarer the more it counts: the findings that have nearly all of it are
// shown as near, with what they do not have, and then the sentences. They are never counted.

const (
	// describedShare is how much of what a question names the one document has to speak of whose study is taken to be described
	describedShare = 0.75
	// ownShare is how much of it a finding has to have itself
	ownShare = 0.4
	// mostByWords is how many findings are shown of one document
	mostByWords = 3
)

// whyWords begins why something is near that was found so.
const whyWords = "found by the words of the question alone"

// byWords adds to an answer that does not hold all that was asked what the words of the question lead to.
func (e *Engine) byWords(ctx context.Context, l *lexicon, u *understood, a *Answer) error {
	if !foundNothing(a) && !saysUnused(u, a) && !countsNothing(a) {
		return nil
	}
	j := &job{lexicon: l, ctx: ctx, answer: a, query: &syntax.Query{}, settings: &e.Settings}
	q := j.quest(u)
	j.choose(q)
	if foundNothing(a) && !q.limited && !u.byForm {
		var err error
		if byFindings(u, a) {
			err = j.nearestIn(q)
		} else {
			err = e.attributesByWords(ctx, l, u, a, q)
		}
		if err != nil {
			return err
		}
	}
	if !saysUnused(u, a) && !countsNothing(a) || !q.namesEnough() {
		return nil
	}
	q.heed(u, a)
	return j.bySentences(q, u)
}

// foundNothing reports whether an answer has no row, and nothing near but of other outcomes.
func foundNothing(a *Answer) bool {
	return a.RowCount() == 0 && a.Status != Answered && !slices.ContainsFunc(a.Near, func(n Near) bool { return !strings.HasPrefix(n.Why, whyOutcome) })
}

// countsNothing reports whether nothing of an answer counts: there is no row, or none that meets the question.
func countsNothing(a *Answer) bool {
	return a.Status == Empty || a.RowCount() == 0 && (a.Status != Answered || len(a.Near) == 0)
}

// saysUnused reports whether an answer does not use some words of its question.
func saysUnused(u *understood, a *Answer) bool {
	return a.Status == Answered && a.RowCount()+len(a.Near) > 0 && len(u.unusedWords(a)) > 0
}

// byFindings reports whether a question asks for what findings tell: not for a count, a table, or what is stated of a study.
func byFindings(u *understood, a *Answer) bool {
	switch s := selectionOf(a).(type) {
	case nil:
		return u.fault != nil
	case *syntax.Compare:
		return true
	case *syntax.Match:
		return s.Noun == "findings" || s.Noun == "interventions" || s.Noun == "predictors"
	}
	return false
}

// attributesByWords looks up what was asked for of the one study that the words of the question describe.
func (e *Engine) attributesByWords(ctx context.Context, l *lexicon, u *understood, a *Answer, q *quest) error {
	s, ok := selectionOf(a).(*syntax.Attributes)
	best := q.best()
	if !ok || len(s.Of) > 0 && s.Subject != "intervention" || len(best) != 1 || best[0].has < describedShare {
		return nil
	}
	p := best[0]
	found, err := e.run(ctx, l, &syntax.Query{Selection: &syntax.Attributes{Names: s.Names, Subject: "study", Of: names([]string{studyLabel(p.study)})}}, u.asked)
	if err != nil || found.RowCount() == 0 {
		return err
	}
	meant := "by the words of the question, " + studyLabel(p.study) + " is taken to be meant" + p.without()
	u.said = append(u.said, meant)
	found.Question, found.Explain.Words = a.Question, a.Explain.Words
	if len(p.lacks) > 0 {
		for _, sec := range found.Sections {
			for _, r := range sec.Rows {
				found.Near = append(found.Near, Near{What: strings.Join(r.Cells[:len(r.Cells)-1], ", "), Why: meant, Findings: []Finding{}, Passages: r.Passages})
			}
		}
		found.Sections, found.Status, found.Text = []Section{}, NearOnly, a.Text+" "+upperFirst(meant)+"."
	}
	*a = *found
	return nil
}

// nearestIn makes near the findings that have most of what is sought, of the documents that have most of it.
func (j *job) nearestIn(q *quest) error {
	a := j.answer
	others := a.Near
	a.Near = nil
	for _, p := range q.best() {
		near, err := j.nearestOf(p, q)
		if err != nil {
			return err
		}
		j.nearMisses(&found{near: near})
	}
	found := len(a.Near) > 0
	a.Near = append(a.Near, slices.DeleteFunc(others, func(n Near) bool {
		return slices.ContainsFunc(a.Near, func(o Near) bool { return o.What == n.What })
	})...)
	if !found {
		return nil
	}
	if a.Status == Empty || a.Status == NearOnly {
		a.Text += " By the words of the question, what is listed comes nearest."
	} else {
		a.Text = "The question could not be read as a whole: “" + a.Fault.Words + "” is not known here. By its other words, what is listed comes nearest."
		a.Fault, a.Hints = nil, nil
	}
	a.Status = NearOnly
	a.Reading = cmp.Or(a.Reading, "what the documents say, by the words of the question.")
	j.finish()
	return nil
}

// nearestOf returns the findings of one telling that have most of what is sought.
func (j *job) nearestOf(p *page, q *quest) ([]nearItem, error) {
	keys, err := j.graph.Keys(j.ctx, p.Telling)
	if err != nil {
		return nil, fmt.Errorf("reading the findings of %s: %w", p.Source, err)
	}
	type scored struct {
		nearItem
		score float64
	}
	var all []scored
	for _, k := range keys {
		x, err := j.graph.Finding(j.ctx, k)
		if err != nil {
			return nil, fmt.Errorf("reading finding %s: %w", k, err)
		}
		it := j.item(x)
		if it.study == nil || it.Kind == evidence.Baseline {
			continue
		}
		if score := j.scoreBy(it, q); score > 0 {
			all = append(all, scored{nearItem{it, nil, whyWords + p.without()}, score})
		}
	}
	slices.SortStableFunc(all, func(a, b scored) int { return cmp.Compare(b.score, a.score) })
	var out []nearItem
	for _, s := range all[:min(len(all), mostByWords)] {
		if s.score >= asGood*all[0].score {
			out = append(out, s.nearItem)
		}
	}
	return out, nil
}

// scoreBy returns how much of some things a finding has itself, 0 where that is too little. What is measured has to be what the
// finding is about, or stand in its sentence.
func (j *job) scoreBy(it *item, q *quest) float64 {
	own := []string{it.Outcome.Text, j.conceptLabel(it.Outcome.Concept), it.Exposure, it.Modifier}
	for _, p := range it.Passages {
		own = append(own, p.Text)
	}
	ids := []string{it.Outcome.Concept}
	for _, a := range slices.Concat(it.arms, it.comps) {
		own = append(own, a.Label, a.Abbreviation, a.Description)
		ids = append(append(ids, a.Interventions...), a.Components...)
	}
	said := content(strings.Join(own, " "))
	score, total := 0.0, 0.0
	for u := range q.parts {
		total += u.rarity
		switch {
		case u.in(said), slices.ContainsFunc(ids, func(id string) bool { return id != "" && u.concepts[id] }):
			score += u.rarity
		case u.outcome:
			return 0
		}
	}
	if score < ownShare*total {
		return 0
	}
	return score
}
