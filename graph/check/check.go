// Package check works through the arithmetic of what a document printed: percentages against counts, arms against
// totals, estimates against their intervals and P values, crude measures against counts. It flags what does not add up
// and repairs nothing; every rule says where it is from. It knows nothing of how documents are read.
package check

import (
	"github.com/picograph/picograph/graph/evidence"
	"github.com/picograph/picograph/graph/vocab"
)

// Verdict is what a check came to.
type Verdict string

// The verdicts. Explainable is a difference that a usual practice (adjustment, missing data, rounding) can account for.
const (
	Consistent   Verdict = "consistent"
	Explainable  Verdict = "explainable"
	Inconsistent Verdict = "inconsistent"
)

// Result is one check of one thing that was printed.
type Result struct {
	Study       string             `json:"study"`             // the study's identifier in the document
	Finding     string             `json:"finding,omitempty"` // the finding's identifier; empty when Field is meant
	Field       string             `json:"field,omitempty"`   // of the study: "arms", "registrations", "outcomes/o1"
	Rule        string             `json:"rule"`              // the name of a Rule
	Verdict     Verdict            `json:"verdict"`
	Text        string             `json:"text"`        // for people: what was printed and what follows from it
	Calculation string             `json:"calculation"` // how: "58/350 = 0.16571"
	Passages    []evidence.Passage `json:"passages,omitempty"`
}

// Check tests what a document printed. The results come in the order of studies and findings, then of the rules.
func Check(doc *evidence.Document, v *vocab.Vocabulary) []Result {
	return nil
}

// Flags returns the texts for one finding that are worth a reader's attention: those that are not consistent.
func Flags(results []Result, findingID string) []string {
	var out []string
	for _, r := range results {
		if r.Finding == findingID && r.Verdict != Consistent {
			out = append(out, r.Text)
		}
	}
	return out
}
