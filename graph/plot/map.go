package plot

import (
	"cmp"
	"strings"

	"github.com/picograph/picograph/graph/evidence"
)

// evidenceMap makes an evidence map: what was given (or who was studied) by outcome, in each cell the number of studies and
// what happened to the outcome.
func evidenceMap(g *gathered, p *Plot) {
	down := "intervention"
	if g.byPopulation {
		down = "population"
	}
	body := &Grid{Counts: true}
	var drawn []*found
	for _, f := range g.findings {
		if why := offMap(f); why != "" {
			p.leave(f, why)
			continue
		}
		drawn = append(drawn, f)
	}
	body.Panels = lay(drawn, func(f *found) []place {
		outcome := g.outcomeName(f)
		if g.byPopulation {
			who := populationName(f)
			return []place{{kind: f.Kind, row: who, rowKey: strings.ToLower(who), column: outcome, columnKey: strings.ToLower(outcome)}}
		}
		var out []place
		for _, arm := range f.Arm {
			given := g.given(f, arm)
			out = append(out, place{kind: f.Kind, row: given, rowKey: strings.ToLower(given), column: outcome, columnKey: strings.ToLower(outcome)})
		}
		return out
	})
	if len(body.Panels) == 0 {
		return
	}
	var notes []string
	for i := range body.Panels {
		b := &body.Panels[i]
		b.Across, b.Down = "outcome", down
		notes = appendNew(notes, b.bound())
		b.upright()
	}
	p.Body = body
	p.Notes = append([]string{
		"The area of a sign is the number of studies, which it shows: several reports of one study count once. An empty cell: nothing was found here.",
		signWords(body),
	}, notes...)
}

// offMap says why a finding has no place on an evidence map.
func offMap(f *found) string {
	switch f.Kind {
	case evidence.BetweenArms, evidence.WithinArm, evidence.InWords:
		if len(f.Arm) == 0 {
			return "it does not say of which arm"
		}
		return ""
	case evidence.ArmLevel, evidence.Baseline, evidence.Prevalence:
		return "a value, which has no direction"
	case evidence.VoteCount:
		return "a count of studies in a review, which are not studies of this graph"
	}
	return "not the effect of something that was given"
}

// signWords explains the signs of the directions that a grid shows.
func signWords(g *Grid) string {
	seen := map[evidence.Direction]bool{}
	for _, p := range g.Panels {
		for _, r := range p.Rows {
			for _, c := range r.Cells {
				if c != nil {
					seen[c.Direction] = true
				}
			}
		}
	}
	noDifference := "circle"
	if !g.Counts {
		noDifference = "arrow to both sides"
	}
	var parts []string
	for _, s := range []struct {
		d    evidence.Direction
		what string
	}{
		{evidence.Increased, "triangle up: the outcome rose, or was higher"},
		{evidence.Decreased, "triangle down: it fell, or was lower"},
		{evidence.NoDifference, noDifference + ": no difference shown"},
		{mixed, "diamond: findings differ"},
		{evidence.NotStated, "hollow square: direction not stated"},
	} {
		if seen[s.d] {
			parts = append(parts, s.what)
		}
	}
	words := strings.Join(parts, "; ")
	return strings.ToUpper(words[:1]) + words[1:] + ". This is what happened to the outcome, not whether that is good."
}

// given names what an arm was given: by concept, so that studies that call it otherwise meet. What is no concept of the
// vocabulary has the study's name with it: a control is not that of another study.
func (g *gathered) given(f *found, arm string) string {
	own := func(name string) string { return name + " (" + evidence.Clip(f.labels.Study, 24) + ")" }
	for _, a := range f.Telling.Study.Arms {
		if a.Label != arm {
			continue
		}
		var names []string
		known := g.vocab != nil
		for _, id := range a.Interventions {
			names = appendNew(names, g.conceptName(id))
			if known {
				_, known = g.vocab.Concept(id)
			}
		}
		switch {
		case len(names) > 0 && known:
			return strings.Join(names, " + ")
		case len(names) > 0:
			return own(strings.Join(names, " + "))
		}
	}
	return own(arm)
}

// outcomeName names an outcome: by concept, else by its words.
func (g *gathered) outcomeName(f *found) string {
	if f.Outcome.Concept != "" {
		return g.conceptName(f.Outcome.Concept)
	}
	return cmp.Or(f.Outcome.Text, unnamed)
}

// conceptName returns the label of a concept, or the text that stands for one, beginning in lower case unless it is a name.
func (g *gathered) conceptName(id string) string {
	name := strings.ReplaceAll(id, "_", " ")
	if g.vocab != nil {
		if c, ok := g.vocab.Concept(id); ok {
			name = c.Label
		}
	}
	if r := []rune(name); len(r) > 1 && strings.ToLower(string(r[1:])) == string(r[1:]) {
		return strings.ToLower(name)
	}
	return name
}

// populationName names who a finding is about.
func populationName(f *found) string {
	if f.Subgroup {
		return cmp.Or(f.labels.Population, "a subgroup")
	}
	for _, p := range f.Telling.Study.Populations {
		if p.ID == f.Population.ID && p.Text != "" {
			return p.Text
		}
	}
	return cmp.Or(f.Population.Text, "all participants")
}
