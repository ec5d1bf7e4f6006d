package queries

import (
	"math"
	"slices"
	"strings"

	"github.com/picograph/picograph/graph/evidence"
	"github.com/picograph/picograph/graph/vocab"
)

// wentTo returns what happened to the outcome of a finding. A hazard ratio of an outcome that is better when longer, such as
// survival, is of the event that ends it: below 1 the outcome is longer.
func (l *lexicon) wentTo(it *item) evidence.Direction {
	if !l.ofEvents(it) || it.Direction != evidence.Increased && it.Direction != evidence.Decreased {
		return it.Direction
	}
	if it.Estimates[0].Value.Float() < 1 {
		return evidence.Increased
	}
	return evidence.Decreased
}

// shownDirection is wentTo of a finding that tells which arm its direction is of; of any other it is not stated.
func (l *lexicon) shownDirection(it *item) evidence.Direction {
	if differs(it) && !sided(it) {
		return evidence.NotStated
	}
	return l.wentTo(it)
}

// ofEvents reports whether a finding's hazard ratio is of the event that ends what its outcome is called: death, where the
// outcome is survival. Where the arms' own values lie as the finding says of the outcome, it is of the outcome itself, or misprinted:
// 86% against 72% stayed abstinent, and the ratio is above 1.
func (l *lexicon) ofEvents(it *item) bool {
	if it.Kind != evidence.BetweenArms || len(it.Estimates) == 0 || it.Estimates[0].Measure != "HR" || !it.Estimates[0].Value.Present() || l.better(it) != vocab.Higher {
		return false
	}
	printed := evidence.Decreased
	if it.Estimates[0].Value.Float() > 1 {
		printed = evidence.Increased
	}
	return side(it.fromValues()) != printed || it.Direction != printed
}

// reversed reports whether a printed difference is that of the comparator less the arm, by the two arms' own changes or
// values: which arm the direction is of is then in doubt.
func (it *item) reversed() bool {
	if it.Kind != evidence.BetweenArms || len(it.Estimates) == 0 || it.Estimates[0].Measure != "MD" || !it.Estimates[0].Value.Present() || len(it.Arm) != 1 || len(it.Comparator) != 1 {
		return false
	}
	d := it.Estimates[0].Value.Float()
	for _, kind := range []evidence.Kind{evidence.WithinArm, evidence.ArmLevel} {
		mine, ok1 := it.valueOf(kind, it.Arm)
		other, ok2 := it.valueOf(kind, it.Comparator)
		if !ok1 || !ok2 {
			continue
		}
		room := 0.02*math.Abs(d) + 0.051
		return math.Abs(mine-other-d) > room && math.Abs(other-mine-d) <= room
	}
	return false
}

// valueOf returns the one value of a kind that a study reports for an arm, on the outcome and at the time of a finding.
func (it *item) valueOf(kind evidence.Kind, arm []string) (v float64, ok bool) {
	for i := range it.st.Findings {
		f := &it.st.Findings[i]
		if f.Kind != kind || !slices.Equal(f.Arm, arm) || f.Outcome.Concept != it.Outcome.Concept || f.Population.ID != it.Population.ID || f.Timepoint.Months != it.Timepoint.Months || len(f.Estimates) == 0 {
			continue
		}
		if f.Outcome.Concept == "" && key(f.Outcome.Text) != key(it.Outcome.Text) {
			continue
		}
		e := f.Estimates[0]
		x := e.Value
		if !x.Present() {
			x = e.Mean
		}
		change := e.Before != nil && e.After != nil && e.Before.Mean.Present() && e.After.Mean.Present()
		if !x.Present() && !change || ok {
			return 0, false
		}
		if v, ok = x.Float(), true; change && kind == evidence.WithinArm {
			v = e.After.Mean.Float() - e.Before.Mean.Float()
		} else if kind == evidence.WithinArm && f.Direction == evidence.Decreased && e.Before == nil {
			v = -math.Abs(v) // "decreased by 1.9"
		}
	}
	return v, ok
}

// saidTwice reports whether it cannot be told what happened to an outcome that is called a reduction: one that decreased may be
// less of a reduction, or the same said twice; of one that increased it is in doubt whether what is good is said of the reduction.
func saidTwice(outcome string, d evidence.Direction, better string) bool {
	first, _, _ := strings.Cut(strings.ToLower(strings.TrimSpace(outcome)), " ")
	switch first {
	case "reduction", "reductions", "decrease", "decreases", "decline", "declines", "fall", "drop", "lowering":
		return d == evidence.Decreased || d == evidence.Increased && better == vocab.Lower
	}
	return false
}

// lossOf reports whether an outcome is called the loss of what its concept is: "rate of bone loss", of bone density. Less of that is not
// less of the concept.
func lossOf(outcome, concept string) bool {
	said, named := norms(outcome), norms(concept)
	return concept != "" && slices.ContainsFunc([]string{"loss", "decline", "deterioration", "worsening"}, func(w string) bool { return slices.Contains(said, w) && !slices.Contains(named, w) })
}
