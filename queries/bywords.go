package queries

import (
	"cmp"
	"context"
	"fmt"
	"math"
	"slices"
	"strings"

	"github.com/picograph/picograph/graph"
	"github.com/picograph/picograph/graph/evidence"
	"github.com/picograph/picograph/graph/vocab"
	"github.com/picograph/picograph/queries/syntax"
)

// A question that could not be read, or that as it was read finds nothing, may still name what some document tells in other words. The
// findings that have nearly all of its words, the rarer the more they count, are shown as near, with those that they do
// not have; they are never counted.

const (
	// leastShare is how much of what a question names, by weight, a document has to speak of
	leastShare = 0.6
	// describedShare is how much of it the one document has to speak of whose study is taken to be described
	describedShare = 0.75
	// ownShare is how much of it a finding has to have itself
	ownShare = 0.4
	// elsewhere is what a thing counts that only the study has, and not the finding
	elsewhere = 0.7
	// asGood is what share of the best a document has to come to, to be shown beside it
	asGood = 0.85
	// mostPlaces is how many documents are looked into, and mostByWords how many findings are shown of one
	mostPlaces  = 3
	mostByWords = 3
)

// whyWords begins why something is near that was found so.
const whyWords = "found by the words of the question alone"

// byWords adds to an answer that found nothing what the words of the question lead to.
func (e *Engine) byWords(ctx context.Context, l *lexicon, u *understood, a *Answer) error {
	if a.RowCount() > 0 || a.Status == Answered || slices.ContainsFunc(a.Near, func(n Near) bool { return !strings.HasPrefix(n.Why, whyOutcome) }) {
		return nil
	}
	j := &job{lexicon: l, ctx: ctx, answer: a, query: &syntax.Query{}, settings: &e.Settings}
	units := l.units(u)
	places, err := j.placesOf(units)
	if err != nil || len(places) == 0 {
		return err
	}
	if !u.byFindings() {
		return e.attributesByWords(ctx, l, u, a, places)
	}
	others := a.Near
	a.Near = nil
	err = j.nearestIn(places, units)
	found := len(a.Near) > 0
	a.Near = append(a.Near, slices.DeleteFunc(others, func(n Near) bool {
		return slices.ContainsFunc(a.Near, func(o Near) bool { return o.What == n.What })
	})...)
	if err != nil || !found {
		return err
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

// byFindings reports whether a question asks for what findings tell: not for a count, a table, or what is stated of a study.
func (u *understood) byFindings() bool {
	if u.query == nil {
		return u.fault != nil
	}
	switch s := u.query.Selection.(type) {
	case *syntax.Compare:
		return true
	case *syntax.Match:
		return s.Noun == "findings" || s.Noun == "interventions" || s.Noun == "predictors"
	}
	return false
}

// attributesByWords looks up what was asked for of the one study that the words of the question describe.
func (e *Engine) attributesByWords(ctx context.Context, l *lexicon, u *understood, a *Answer, places []place) error {
	if u.query == nil || len(places) > 1 {
		return nil
	}
	s, ok := u.query.Selection.(*syntax.Attributes)
	if !ok || len(s.Of) > 0 && s.Subject != "intervention" {
		return nil
	}
	p := places[0]
	if p.has < describedShare {
		return nil
	}
	found, err := e.run(ctx, l, &syntax.Query{Selection: &syntax.Attributes{Names: s.Names, Subject: "study", Of: names([]string{studyLabel(p.study)})}}, u.asked)
	if err != nil || found.RowCount() == 0 {
		return err
	}
	meant := "by the words of the question, " + studyLabel(p.study) + " is taken to be meant" + p.without()
	u.said = append(u.said, meant)
	found.Question, found.Explain.Words = a.Question, a.Explain.Words
	if len(p.missing) > 0 {
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

// unit is one thing that a question names: a word, or what the vocabulary knows.
type unit struct {
	text     string
	concepts map[string]bool // with narrower ones
	forms    [][]string      // the words of each way to say it
	outcome  bool            // names what is measured
	weight   float64         // the rarer, the more
}

// in reports whether words say a thing in one of its ways.
func (u *unit) in(words []string) bool {
	return slices.ContainsFunc(u.forms, func(f []string) bool { return containsAll(words, f) })
}

// units returns what a question names. A dose limits the people, which words cannot tell: then there are none.
func (l *lexicon) units(u *understood) []unit {
	var out []unit
	for _, t := range u.tags {
		switch {
		case t.use == useSetting, t.amount != nil && !t.amount.time && t.amount.field == "":
			return nil
		case t.amount != nil && t.amount.age:
			out = append(out, unit{text: t.said})
		case t.amount != nil, t.use != "" && t.use != useText && t.use != useCountry && t.as != "not used" && !(t.use == useKind && t.value == "harms"):
		case t.use == useCountry:
			x := unit{text: t.said}
			for _, f := range countryForms(t.value) {
				x.forms = append(x.forms, content(f))
			}
			out = append(out, x)
		case t.use == useKind:
			out = append(out, l.unitOf(t.said, l.vocab.Named("adverse events")))
		case len(t.concepts) > 0:
			out = append(out, l.unitOf(cmp.Or(t.reads, t.said), t.concepts))
		default:
			for _, w := range split(t.said) {
				if c := content(w.text); len(c) > 0 {
					out = append(out, unit{text: w.text, forms: [][]string{c}})
				}
			}
		}
	}
	return out
}

// unitOf returns what a question names by some concepts, with all the ways to say it.
func (l *lexicon) unitOf(text string, ids []string) unit {
	x := unit{text: text, concepts: map[string]bool{}, forms: [][]string{content(text)}}
	for _, id := range slices.Concat(ids, l.outcomesOf(ids, text)) {
		c, ok := l.vocab.Concept(id)
		x.outcome = x.outcome || ok && c.Type == vocab.TypeOutcome && slices.Contains(ids, id)
		for _, n := range l.vocab.Narrower(id) {
			x.concepts[n] = true
			if c, ok := l.vocab.Concept(n); ok {
				for _, f := range c.Forms {
					x.forms = append(x.forms, content(f.Text))
				}
			}
		}
	}
	x.forms = slices.DeleteFunc(x.forms, func(f []string) bool { return len(f) == 0 })
	return x
}

// place is a telling of a study that speaks of most of what a question names.
type place struct {
	study   *graph.Study
	telling *graph.Telling
	about   []string // the words of what it is about
	words   []string // of the document
	score   float64
	has     float64 // the share, by weight, of what the question names
	missing []string
}

// without says what of a question a place does not have.
func (p *place) without() string {
	if len(p.missing) == 0 {
		return ""
	}
	return ", without “" + strings.Join(p.missing, "”, “") + "”"
}

// placesOf weighs the things that a question names by how few documents speak of them, and returns the documents that speak of most.
func (j *job) placesOf(units []unit) ([]place, error) {
	if len(units) < 2 {
		return nil, nil
	}
	var all []place
	for _, st := range j.studies {
		for _, t := range st.Tellings {
			about := j.aboutStudy(t)
			p := place{study: st, telling: t, about: about, words: about}
			if !t.Study.SecondHand {
				p.words = j.wordsOf(t.DocumentID)
			}
			all = append(all, p)
		}
	}
	total, known := 0.0, 0
	for i := range units {
		n := 0
		for _, p := range all {
			if units[i].in(p.words) || units[i].in(p.about) {
				n++
			}
		}
		if n > 0 {
			units[i].weight = 1 + math.Log(float64(len(all))/float64(n))
			total += units[i].weight
			known++
		}
	}
	for i := range units { // what no document speaks of tells none from the others
		if units[i].weight == 0 && known > 0 {
			units[i].weight = total / float64(known)
		}
	}
	total *= float64(len(units)) / float64(max(known, 1))
	var out []place
	for _, p := range all {
		for _, u := range units {
			switch {
			case u.in(p.about):
				p.score += u.weight
				p.has += u.weight / total
			case u.in(p.words):
				p.score += elsewhere * u.weight
				p.has += u.weight / total
			default:
				p.missing = append(p.missing, u.text)
			}
		}
		if p.has >= leastShare && len(units)-len(p.missing) > 1 {
			out = append(out, p)
		}
	}
	slices.SortStableFunc(out, func(a, b place) int { return cmp.Compare(b.score, a.score) })
	for i := range out {
		if i == mostPlaces || out[i].score < asGood*out[0].score {
			return out[:i], nil
		}
	}
	return out, nil
}

// aboutStudy returns the words of what a telling is about: its title, its arms, people, outcomes and findings.
func (l *lexicon) aboutStudy(t *graph.Telling) []string {
	words := slices.Clone(l.spokenOf(t))
	for _, p := range t.Study.Populations {
		words = append(words, content(p.Text)...)
	}
	for _, o := range t.Study.Outcomes {
		words = append(words, content(o.Text)...)
	}
	slices.Sort(words)
	return slices.Compact(words)
}

// nearestIn makes near the findings of some documents that have most of what a question names.
func (j *job) nearestIn(places []place, units []unit) error {
	for _, p := range places {
		f := &found{}
		keys, err := j.graph.Keys(j.ctx, p.telling)
		if err != nil {
			return fmt.Errorf("reading the findings of %s: %w", p.telling.Source, err)
		}
		type scored struct {
			nearItem
			score float64
		}
		var all []scored
		for _, k := range keys {
			x, err := j.graph.Finding(j.ctx, k)
			if err != nil {
				return fmt.Errorf("reading finding %s: %w", k, err)
			}
			it := j.item(x)
			if it.study == nil || it.Kind == evidence.Baseline {
				continue
			}
			if score := j.scoreBy(it, units); score > 0 {
				all = append(all, scored{nearItem{it, nil, whyWords + p.without()}, score})
			}
		}
		slices.SortStableFunc(all, func(a, b scored) int { return cmp.Compare(b.score, a.score) })
		for i, s := range all {
			if i < mostByWords && s.score >= asGood*all[0].score {
				f.near = append(f.near, s.nearItem)
			}
		}
		j.nearMisses(f)
	}
	return nil
}

// scoreBy returns how much of some things a finding has itself, 0 where that is too little. What is measured has to be what the
// finding is about, or stand in its sentence.
func (j *job) scoreBy(it *item, units []unit) float64 {
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
	for _, u := range units {
		total += u.weight
		switch {
		case u.in(said), slices.ContainsFunc(ids, func(id string) bool { return id != "" && u.concepts[id] }):
			score += u.weight
		case u.outcome:
			return 0
		}
	}
	if score < ownShare*total {
		return 0
	}
	return score
}
