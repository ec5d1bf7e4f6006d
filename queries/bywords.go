package queries

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/picograph/picograph/graph/evidence"
	"github.com/picograph/picograph/graph/vocab"
	"github.com/picograph/picograph/queries/syntax"
)

// A question that could not be read, or that as it was read finds nothing, may still name what some finding tells in other words. What
// has nearly all of its words is shown as near, with those that it does not have; it is never counted.

// unit is one thing that a question names: a word, or a name of several.
type unit struct {
	text     string
	concepts map[string]bool // with narrower ones
	words    []string        // its content
	outcome  bool            // names what is measured
}

const (
	// leastUnits is how many things a question has to name for its words to tell what it is about
	leastUnits = 3
	// mostMissing is how many of them what is near may lack
	mostMissing = 1
	// elsewhere is what a thing counts that only the study has, and not the finding
	elsewhere = 0.7
	// mostByWords is how many findings are shown so
	mostByWords = 4
)

// byWords adds to an answer that found nothing the findings that have nearly all that the question names.
func (e *Engine) byWords(ctx context.Context, l *lexicon, u *understood, a *Answer) error {
	if a.Status != Empty && a.Status != UnknownTerm && a.Status != NotUnderstood || len(a.Near)+a.RowCount() > 0 || !u.byFindings() {
		return nil
	}
	units := l.units(u)
	if len(units) < leastUnits {
		return nil
	}
	j := &job{lexicon: l, ctx: ctx, answer: a, query: &syntax.Query{}, settings: &e.Settings}
	near, err := j.nearestBy(units)
	if err != nil || len(near) == 0 {
		return err
	}
	j.nearMisses(&found{near: near})
	if len(a.Near) == 0 {
		return nil
	}
	if a.Status == Empty {
		a.Text += " By the words of the question, what is listed comes nearest."
	} else {
		a.Text = "The question could not be read as a whole: “" + a.Fault.Words + "” is not known here. By its other words, what is listed comes nearest."
		a.Fault, a.Hints = nil, nil
	}
	a.Status = NearOnly
	a.Reading = cmp.Or(a.Reading, "findings by the words of the question.")
	j.finish()
	return nil
}

// byFindings reports whether a question asks for what findings tell: not for a count, a table, or what is stated of a study.
func (u *understood) byFindings() bool {
	if u.query == nil {
		return u.fault != nil && u.unknown
	}
	switch s := u.query.Selection.(type) {
	case *syntax.Compare:
		return true
	case *syntax.Match:
		return s.Noun == "findings" || s.Noun == "interventions" || s.Noun == "predictors"
	}
	return false
}

// units returns what a question names. Amounts other than times limit the people, which words cannot tell: then there are none.
func (l *lexicon) units(u *understood) []unit {
	var out []unit
	for _, t := range u.tags {
		if t.amount != nil {
			if !t.amount.time || t.amount.age {
				return nil
			}
			continue
		}
		if t.use != "" && t.use != useText {
			if t.use == useSetting {
				return nil
			}
			continue
		}
		x := unit{text: t.said, concepts: map[string]bool{}, words: content(cmp.Or(t.reads, t.said))}
		if len(x.words) == 0 {
			continue
		}
		for _, id := range t.concepts {
			for _, n := range l.vocab.Narrower(id) {
				x.concepts[n] = true
			}
			c, _ := l.vocab.Concept(id)
			x.outcome = x.outcome || c != nil && c.Type == vocab.TypeOutcome
		}
		for _, id := range l.outcomesOf(t.concepts, x.text) {
			for _, n := range l.vocab.Narrower(id) {
				x.concepts[n] = true
			}
		}
		out = append(out, x)
	}
	return out
}

// nearestBy returns the findings that have the most of some things, where that is nearly all.
func (j *job) nearestBy(units []unit) ([]nearItem, error) {
	type scored struct {
		nearItem
		score float64
	}
	var all []scored
	for _, st := range j.studies {
		for _, t := range st.Tellings {
			if !j.hasMost(spokenIn(t), units) {
				continue
			}
			keys, err := j.graph.Keys(j.ctx, t)
			if err != nil {
				return nil, fmt.Errorf("reading the findings of %s: %w", t.Source, err)
			}
			for _, k := range keys {
				f, err := j.graph.Finding(j.ctx, k)
				if err != nil {
					return nil, fmt.Errorf("reading finding %s: %w", k, err)
				}
				it := j.item(f)
				if it.study == nil || it.Kind == evidence.Baseline {
					continue
				}
				score, missing := j.scoreBy(it, units)
				if len(missing) > mostMissing || score == 0 {
					continue
				}
				why := "found by the words of the question alone"
				if len(missing) > 0 {
					why += ", without “" + strings.Join(missing, "”, “") + "”"
				}
				all = append(all, scored{nearItem{it, nil, why}, score})
			}
		}
	}
	slices.SortStableFunc(all, func(a, b scored) int { return cmp.Compare(b.score, a.score) })
	var out []nearItem
	for i, s := range all {
		if i < mostByWords && s.score > all[0].score-1 {
			out = append(out, s.nearItem)
		}
	}
	return out, nil
}

// hasMost reports whether a telling can have a finding with nearly all of some things.
func (j *job) hasMost(spoken []string, units []unit) bool {
	lacks := 0
	for _, u := range units {
		if !containsAll(spoken, u.words) && len(u.concepts) == 0 {
			lacks++
		}
	}
	return lacks <= mostMissing
}

// scoreBy returns how much of some things a finding has, and which it does not. What is measured has to be what the finding is about,
// or stand in its sentence; one that has no more than one thing itself is 0.
func (j *job) scoreBy(it *item, units []unit) (score float64, missing []string) {
	own := []string{it.Outcome.Text, j.conceptLabel(it.Outcome.Concept), it.Exposure, it.Modifier}
	for _, p := range it.Passages {
		own = append(own, p.Text)
	}
	ids := []string{it.Outcome.Concept}
	for _, a := range slices.Concat(it.arms, it.comps) {
		own = append(own, a.Label, a.Abbreviation, a.Description)
		ids = append(append(ids, a.Interventions...), a.Components...)
	}
	said, whole := content(strings.Join(own, " ")), spokenIn(it.Telling)
	var of []string
	for _, p := range it.st.Populations {
		of = append(of, p.Conditions...)
		whole = append(whole, content(p.Text)...)
	}
	slices.Sort(whole)
	itself := 0
	for _, u := range units {
		has := func(ids []string) bool {
			return slices.ContainsFunc(ids, func(id string) bool { return id != "" && u.concepts[id] })
		}
		switch {
		case has(ids), containsAll(said, u.words):
			score++
			itself++
		case u.outcome:
			return 0, []string{u.text}
		case has(of), containsAll(whole, u.words):
			score += elsewhere
		default:
			missing = append(missing, u.text)
		}
	}
	if itself < 2 || len(units)-len(missing) < leastUnits {
		return 0, missing
	}
	return score, missing
}
