package queries

import (
	"cmp"
	"slices"
	"strings"

	"github.com/picograph/picograph/graph/evidence"
	"github.com/picograph/picograph/graph/lazyregexp"
)

// towards returns what happened to the outcome under the first thing compared with the second.
func (x *likeness) towards() evidence.Direction {
	d := x.went
	switch {
	case d != evidence.NoDifference && !sided(x.item) && x.Kind == evidence.BetweenArms && (len(x.Arm) > 0 || len(x.st.Arms) > 1): // of a study with arms, it was not read which of them
		return evidence.NotStated
	case x.Significant != nil && !*x.Significant, x.noneSeen():
		return evidence.NoDifference
	case d == "" || d == evidence.NotStated:
		if d = x.ofArms(); d == "" {
			return evidence.NotStated
		}
	}
	if x.swapped {
		return opposite(d)
	}
	return d
}

// ofArms returns which way a significant comparison went that does not say so, from the values or the changes of the arms that
// it compares: "1% with A, 9% with B and 22% with C (P < .001)" says it for A against B and C. It is "" where that cannot be told.
func (x *likeness) ofArms() evidence.Direction {
	if x.Significant == nil || !*x.Significant || x.Kind != evidence.BetweenArms {
		return ""
	}
	if len(x.From) > 0 {
		return side(x.withOther(x.fromValues()))
	}
	for _, kind := range []evidence.Kind{evidence.ArmLevel, evidence.WithinArm} {
		if d := side(x.ownValues(kind)); d != "" {
			return d
		}
	}
	return ""
}

// fromValues returns the values that a comparison says it compares: of its arm, and of what that is compared with.
func (x *item) fromValues() (mine, others []float64) {
	var nobodys []float64 // values whose arm was not read
	for _, id := range x.From {
		i := slices.IndexFunc(x.st.Findings, func(f evidence.Finding) bool { return f.ID == id })
		if i < 0 || len(x.st.Findings[i].Estimates) == 0 {
			return nil, nil
		}
		f := &x.st.Findings[i]
		e := f.Estimates[0]
		v := cmp.Or(e.Percent, e.Mean, e.Median, e.Value)
		switch {
		case !v.Present():
			return nil, nil
		case slices.Equal(f.Arm, x.Arm):
			mine = append(mine, v.Float())
		case len(f.Arm) == 0:
			nobodys = append(nobodys, v.Float())
		default:
			others = append(others, v.Float())
		}
	}
	switch {
	case len(nobodys) == 1 && len(mine) == 0 && len(others) == 1 && len(x.Arm) == 1: // one of two is the other's, so this is its own
		return nobodys, others
	case len(nobodys) == 1 && len(mine) == 1 && len(others) == 0 && len(x.Comparator) == 1:
		return mine, nobodys
	case len(nobodys) > 0:
		return nil, nil
	}
	return mine, others
}

// withOther adds to the values of an arm alone the one that the same sentence gives for what it was compared with: "34% with A (P = .001),
// compared with 74% with placebo".
func (x *likeness) withOther(mine, others []float64) (m, o []float64) {
	if len(mine) != 1 || len(others) > 0 || len(x.Comparator) != 1 || len(x.Passages) == 0 {
		return mine, others
	}
	for i := range x.st.Findings {
		f := &x.st.Findings[i]
		if f.Kind != evidence.ArmLevel || !slices.Equal(f.Arm, x.Comparator) || key(f.Outcome.Text) != key(x.Outcome.Text) || len(f.Estimates) == 0 || len(f.Passages) == 0 || f.Passages[0].Start != x.Passages[0].Start {
			continue
		}
		e := f.Estimates[0]
		v := cmp.Or(e.Percent, e.Mean, e.Median, e.Value)
		if !v.Present() || len(others) > 0 {
			return mine, nil
		}
		others = append(others, v.Float())
	}
	return mine, others
}

// ownValues returns the one value of a kind that a study reports for each of the arms of a comparison, on its outcome and at its
// time; nothing where an arm has none or several.
func (x *likeness) ownValues(kind evidence.Kind) (mine, others []float64) {
	v, ok := x.valueOf(kind, x.Arm)
	if !ok {
		return nil, nil
	}
	for _, arm := range x.Comparator {
		o, ok := x.valueOf(kind, []string{arm})
		if !ok {
			return nil, nil
		}
		others = append(others, o)
	}
	return []float64{v}, others
}

// side returns on which side of all others the values of an arm are; "" where they are on neither.
func side(mine, others []float64) evidence.Direction {
	if len(mine) == 0 || len(others) == 0 {
		return ""
	}
	sign := 0
	for _, m := range mine {
		for _, o := range others {
			c := cmp.Compare(m, o)
			if c == 0 || sign != 0 && c != sign {
				return ""
			}
			sign = c
		}
	}
	if sign > 0 {
		return evidence.Increased
	}
	return evidence.Decreased
}

// none matches a sentence by which nothing of a kind happened to anyone.
var none = lazyregexp.New(`(?i)^(?:[^.;:]{0,60}[,:] )?(?:there (?:were|was|has been|have been) )?(?:no|none of the|neither) `)

// ofSome matches the words by which what did not happen is told of some of those studied only.
var ofSome = lazyregexp.New(`(?i)\b(?:in|among|for|with|by) (?:the )?(?:intervention|control|treatment|treated|experimental|study|active|placebo|first|second|latter|former|other)\b`)

// noneSeen reports whether a finding says that what was asked for was seen in nobody, whatever the arm: "no side effects were
// observed in any group". Between the arms nothing differs then.
func (x *likeness) noneSeen() bool {
	if x.Kind == evidence.ArmLevel { // of those, only such as noneOfEither lets through are looked at
		return true
	}
	if x.Kind != evidence.InWords || len(x.arms) == 1 || len(x.Passages) == 0 || x.Direction != evidence.NotStated && x.Direction != "" {
		return false
	}
	text := strings.TrimSpace(x.Passages[0].Text)
	at := strings.Index(strings.ToLower(text), strings.ToLower(x.Outcome.Text))
	if x.Outcome.Text == "" || at < 0 || ofSome.MatchString(text) {
		return false
	}
	m := none.FindStringIndex(text)
	return m != nil && m[1] >= at-30 && m[0] <= at && happened.MatchString(text[at:])
}

// noneOfEither reports whether a finding is the first of those of one sentence that say, of each arm of a study, that something
// happened to none in it.
func noneOfEither(st *evidence.Study, f *evidence.Finding) bool {
	zero := func(f *evidence.Finding) bool {
		return len(f.Estimates) > 0 && f.Estimates[0].Events.Present() && f.Estimates[0].Events.Float() == 0
	}
	if !zero(f) || len(f.Passages) == 0 || len(st.Arms) < 2 {
		return false
	}
	arms := map[string]bool{}
	for i := range st.Findings {
		o := &st.Findings[i]
		if o.Kind != evidence.ArmLevel || len(o.Arm) != 1 || len(o.Passages) == 0 || o.Passages[0].Start != f.Passages[0].Start || key(o.Outcome.Text) != key(f.Outcome.Text) || !zero(o) {
			continue
		}
		if len(arms) == 0 && o.ID != f.ID {
			return false
		}
		arms[o.Arm[0]] = true
	}
	return len(arms) == len(st.Arms)
}

// happened are the words for an event that is seen or not.
var happened = lazyregexp.New(`(?i)\b(?:observed|reported|seen|noted|recorded|occurred|detected|found|encountered|experienced|identified|documented)\b`)

// lump matches the words by which one sentence tells of many outcomes at once.
var lump = lazyregexp.New(`(?i)\b(?:any|all)(?: of)?(?: the| our| these)?(?: other| measured| assessed| secondary| above| following| remaining)+ (?:outcomes?|parameters|end ?points|variables|measures|outcome (?:measures|variables|parameters))\b|\b(?:any|all)(?: of)?(?: the)? secondary (?:outcomes?|end ?points)\b`)

// lumps returns the words by which a finding of no difference tells of many outcomes at once, where the outcome asked for is
// one of them: the document lists it among its secondary outcomes, or has told of it before.
func (s *spokenStudy) lumps(it *item, w *wording) string {
	if it.Direction != evidence.NoDifference || len(it.Passages) == 0 {
		return ""
	}
	what := lump.FindString(it.Passages[0].Text)
	switch {
	case what == "":
		return ""
	case strings.Contains(strings.ToLower(what), "secondary"):
		for _, sentence := range strings.Split(s.text, ". ") {
			if strings.Contains(strings.ToLower(sentence), "secondary") && w.within(written(content(sentence), s.short)) >= mostOfIt {
				return what
			}
		}
	default:
		for i := range it.at {
			if w.like(written(content(it.st.Findings[i].Outcome.Text), s.short)) >= mostOfIt {
				return what
			}
		}
	}
	return ""
}

// mostOfIt is what share of the words of an outcome has to stand where it is told of among others.
const mostOfIt = 0.75

// alikeDirection returns what the best fitting finding that says so says.
func alikeDirection(xs []likeness) evidence.Direction {
	for i := range xs {
		if d := xs[i].towards(); d != evidence.NotStated && !xs[i].both {
			return d
		}
	}
	return ""
}

// changedToo reports whether the arm that something was compared with changed from its own start in the same way as the arm of a
// finding: then the change of the one says nothing of it against the other.
func (s *spokenStudy) changedToo(it *item, with *wording) bool {
	return slices.ContainsFunc(it.st.Findings, func(f evidence.Finding) bool {
		return f.Kind == evidence.WithinArm && len(f.Arm) > 0 && !slices.Equal(f.Arm, it.Arm) && f.Direction == it.Direction && f.Direction != evidence.NoDifference &&
			f.Outcome.Concept == it.Outcome.Concept && key(f.Outcome.Text) == key(it.Outcome.Text) &&
			s.armsLike(with, f.Arm, armsNamed(it.st, f.Arm)) >= 0.5
	})
}
