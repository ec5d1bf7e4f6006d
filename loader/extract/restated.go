package extract

import (
	"slices"

	"github.com/picograph/picograph/graph/evidence"
	"github.com/picograph/picograph/graph/quantity"
	"github.com/picograph/picograph/loader/document"
)

// restated joins results that an article tells in its abstract, in the text of its results and in its tables: the same
// kind, arms and numbers, of outcomes that can be one at times that can be one. The first keeps its place, gains the
// passages of the others, and takes from them what it leaves out. A result that could be several of another part stays
// apart, and so do those of one part.
func restated(d *document.Document, found []*toldFinding) []*toldFinding {
	if d.Known.Body == 0 && len(d.Known.Tables) == 0 {
		return found
	}
	into := map[*toldFinding]*toldFinding{}
	byKind := map[evidence.Kind][]*toldFinding{}
	for _, e := range found {
		if e.Kind != evidence.InWords && len(e.Estimates) > 0 {
			byKind[e.Kind] = append(byKind[e.Kind], e)
		}
	}
	for _, e := range found {
		var fits []*toldFinding
		part := partOf(d, e)
		if part == 0 {
			continue
		}
		for _, have := range byKind[e.Kind] {
			if into[have] == nil && partOf(d, have) < part && sameAgain(have, e) {
				fits = append(fits, have)
			}
		}
		if len(fits) != 1 || slices.ContainsFunc(byKind[e.Kind], func(o *toldFinding) bool {
			return o != e && into[o] == nil && partOf(d, o) == part && sameAgain(fits[0], o)
		}) {
			continue
		}
		into[e] = fits[0]
		fits[0].take(e)
	}
	out := slices.DeleteFunc(found, func(e *toldFinding) bool { return into[e] != nil })
	for _, e := range out {
		for i, from := range e.from {
			for into[from] != nil {
				from = into[from]
			}
			e.from[i] = from
		}
	}
	return out
}

// partOf returns the part of an article that a finding is first told in: 0 for its abstract, 1 for its text, 2 for a
// table.
func partOf(d *document.Document, e *toldFinding) int {
	at := e.Passages[0].Start
	for i := range d.Known.Tables {
		if t := &d.Known.Tables[i]; t.Start <= at && at < t.End {
			return 2
		}
	}
	if d.Known.Body > 0 && at >= d.Known.Body {
		return 1
	}
	return 0
}

// take takes from a finding that tells the same what this one leaves out.
func (d *toldFinding) take(e *toldFinding) {
	for _, p := range e.Passages {
		d.Passages = appendPassage(d.Passages, p)
	}
	d.from = append(d.from, e.from...)
	if d.P.Printed == "" {
		d.P = e.P
	}
	if d.Timepoint.Text == "" {
		d.Timepoint = e.Timepoint
	}
	if d.Significant == nil {
		d.Significant = e.Significant
	}
	if d.Direction == evidence.NotStated && e.Direction != "" {
		d.Direction = e.Direction
	}
}

// sameAgain reports whether two findings of different parts can be one result told twice.
func sameAgain(a, b *toldFinding) bool {
	if a.Kind != b.Kind || a.Subgroup != b.Subgroup || a.Subgroup && a.Population != b.Population || len(a.Estimates) == 0 || len(b.Estimates) == 0 {
		return false
	}
	if !slices.Equal(a.Arm, b.Arm) || !slices.Equal(a.Comparator, b.Comparator) || !mayBeOneTime(a.Timepoint, b.Timepoint) {
		return false
	}
	if a.P.Printed != "" && b.P.Printed != "" && (a.P.Relation != b.P.Relation || quantity.Compare(a.P.Value, b.P.Value) != 0) {
		return false
	}
	return mayBeOneOutcome(a.Outcome, b.Outcome) && sameNumbers(&a.Estimates[0], &b.Estimates[0], a.Direction == b.Direction)
}

// mayBeOneOutcome reports whether two names can be of one outcome: they share their concept or a word, or one is not told.
func mayBeOneOutcome(a, b evidence.OutcomeRef) bool {
	if a.Text == "" || b.Text == "" || a.Concept != "" && a.Concept == b.Concept {
		return true
	}
	return likeness(contentWords(a.Text), contentWords(b.Text)) > 0
}

// sameNumbers reports whether two estimates print the same numbers, enough of them to be no coincidence: a value and its
// interval, events and their total or share, a mean with its spread. turned allows a sign that one of them leaves to
// the words.
func sameNumbers(a, b *evidence.Estimate, turned bool) bool {
	agree, clash := 0, false
	pair := func(x, y quantity.Decimal) {
		switch {
		case !x.Present() || !y.Present():
		case quantity.Compare(x, y) == 0:
			agree++
		default:
			clash = true
		}
	}
	ax, bx := *a, *b
	if turned && ax.Value.Present() && bx.Value.Present() && quantity.Compare(ax.Value, bx.Value.Negate()) == 0 && ax.CI != nil && bx.CI != nil {
		ci := *bx.CI
		ci.Low, ci.High = ci.High.Negate(), ci.Low.Negate()
		bx.Value, bx.CI = bx.Value.Negate(), &ci
	}
	pair(ax.Value, bx.Value)
	pair(ax.Events, bx.Events)
	pair(ax.Total, bx.Total)
	pair(ax.Percent, bx.Percent)
	pair(ax.Mean, bx.Mean)
	pair(ax.Median, bx.Median)
	pair(ax.SD, bx.SD)
	pair(ax.SE, bx.SE)
	if ax.CI != nil && bx.CI != nil {
		pair(ax.CI.Low, bx.CI.Low)
		pair(ax.CI.High, bx.CI.High)
	}
	for i := range min(len(ax.IQR), len(bx.IQR)) {
		pair(ax.IQR[i], bx.IQR[i])
	}
	if clash || ax.Measure != bx.Measure && ax.Measure != "" && bx.Measure != "" && !differences(ax.Measure, bx.Measure) {
		return false
	}
	if agree >= 2 {
		return true
	}
	return agree == 1 && ax.Percent.Places() > 0 && bx.Percent.Places() > 0 // "35.4%" is rarely another's
}

// differences reports whether two measures are both differences, which texts do not always tell apart.
func differences(a, b string) bool {
	return (a == "MD" || a == "RD") && (b == "MD" || b == "RD")
}
