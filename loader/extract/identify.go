package extract

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"github.com/picograph/picograph/graph/evidence"
	"github.com/picograph/picograph/graph/quantity"
	"github.com/picograph/picograph/loader/document"
)

// merge joins findings that tell the same result in several places: the same kind, arms, population, outcome and
// numbers. The first keeps its place and gains the passages of the others; a result in words adds its passage to the
// one with numbers for which it stands.
func merge(found []*toldFinding) []*toldFinding {
	var out []*toldFinding
	into := map[*toldFinding]*toldFinding{}
	like := map[string][]*toldFinding{} // by what must be equal to the letter
	for _, d := range found {
		k := string(d.Kind) + "\x00" + string(d.Direction) + "\x00" + d.Population.ID + "\x00" + d.P.Printed
		i := slices.IndexFunc(like[k], func(e *toldFinding) bool { return sameResult(e, d) })
		if i < 0 {
			out = append(out, d)
			like[k] = append(like[k], d)
			continue
		}
		kept := like[k][i]
		into[d] = kept
		for _, p := range d.Passages {
			if !slices.ContainsFunc(kept.Passages, func(q evidence.Passage) bool { return p.Start == q.Start && p.End == q.End }) {
				kept.Passages = append(kept.Passages, p)
			}
		}
		kept.from = append(kept.from, d.from...)
	}
	for _, d := range out {
		for i, e := range d.from {
			if kept := into[e]; kept != nil {
				d.from[i] = kept
			}
		}
	}
	return out
}

// sameResult reports whether two findings are one result.
func sameResult(a, b *toldFinding) bool {
	if a.tabular != b.tabular || a.tabular && a.Outcome != b.Outcome { // see restated; rows of a table may share a concept
		return false
	}
	if a.Kind != b.Kind || a.Direction != b.Direction || a.Population != b.Population ||
		!slices.Equal(a.Arm, b.Arm) || !slices.Equal(a.Comparator, b.Comparator) ||
		a.Outcome.Text != b.Outcome.Text && (a.Outcome.Concept == "" || a.Outcome.Concept != b.Outcome.Concept || apartInList(a, b)) ||
		!mayBeOneTime(a.Timepoint, b.Timepoint) ||
		a.P.Relation != b.P.Relation || a.P.Value != b.P.Value || a.Exposure != b.Exposure || len(a.Estimates) != len(b.Estimates) {
		return false
	}
	if len(a.Estimates) == 0 && a.P.Printed == "" {
		return a.Timepoint == b.Timepoint && a.Kind != evidence.InWords
	}
	for i := range a.Estimates {
		x, y := a.Estimates[i], b.Estimates[i]
		x.Printed, y.Printed = "", ""
		if key(x) != key(y) {
			return false
		}
	}
	return true
}

// apartInList reports whether one sentence tells two findings of different things that go by one concept: "bloating and flatulence".
func apartInList(a, b *toldFinding) bool {
	text := a.Passages[0].Text
	from, to := strings.Index(text, a.Outcome.Text), strings.Index(text, b.Outcome.Text)
	if a.Passages[0].Start != b.Passages[0].Start || from < 0 || to < from+len(a.Outcome.Text) || to > from+len(a.Outcome.Text)+80 {
		return false
	}
	between := wordsOf(text, document.Span{Start: from + len(a.Outcome.Text), End: to})
	return slices.ContainsFunc(between, func(w word) bool { return joint(w.lower) }) && !slices.ContainsFunc(between, func(w word) bool { return isBracket(w.lower) || finiteVerbs[w.lower] })
}

// mayBeOneTime reports whether two times can be one: they are of one length, or one of them is not told.
func mayBeOneTime(a, b evidence.Timepoint) bool {
	if a.Months.Present() && b.Months.Present() {
		return quantity.Compare(a.Months, b.Months) == 0
	}
	return a.Text == "" || b.Text == "" || strings.EqualFold(a.Text, b.Text)
}

// key returns a text that is the same for equal values.
func key(v any) string {
	b, err := json.Marshal(v)
	if err != nil {
		return fmt.Sprintf("%#v", v)
	}
	return string(b)
}

// identify gives the findings their ids: the first ten hexadecimal digits of a digest of the study's id and of what the
// finding says, so that the same finding has the same id in every load; a further finding that says the same gets a
// number behind it.
func identify(study *evidence.Study, found []*toldFinding) []evidence.Finding {
	seen := map[string]int{}
	for _, d := range found {
		e := d.Finding
		e.Passages = []evidence.Passage{{Text: e.Passages[0].Text}}
		sum := sha256.Sum256([]byte(study.ID + "\n" + key(e)))
		id := hex.EncodeToString(sum[:5])
		if seen[id]++; seen[id] > 1 {
			id = fmt.Sprintf("%s-%d", id, seen[id])
		}
		d.ID = id
	}
	out := make([]evidence.Finding, 0, len(found))
	for _, d := range found {
		for _, from := range d.from {
			if !slices.Contains(d.From, from.ID) && from.Kind != evidence.BetweenArms {
				d.From = append(d.From, from.ID)
			}
		}
		out = append(out, d.Finding)
	}
	return out
}
