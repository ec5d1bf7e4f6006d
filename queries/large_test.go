package queries

import (
	"testing"

	"github.com/picograph/picograph/graph/vocab"
)

// TestLargeGraph asks a graph of many studies in words that name what they mean only when they have been read: "reduced dose" is the
// outcome of the daily opioid dose. What is read for the answer has to follow from what the question was read as.
func TestLargeGraph(t *testing.T) {
	v, err := vocab.Load()
	if err != nil {
		t.Fatal(err)
	}
	g := madeUp(t, v, 700)
	whole, part := &Engine{Graph: g, Vocab: v}, &Engine{Graph: g, Vocab: v, whole: 1}
	for _, q := range []string{"which interventions reduced dose in high-MME patients", "what reduced the opioid dose", "findings where outcome is \"daily opioid dose\" and direction is decreased"} {
		a, err := whole.Ask(t.Context(), q)
		if err != nil {
			t.Fatal(err)
		}
		b, err := part.Ask(t.Context(), q)
		if err != nil {
			t.Fatal(err)
		}
		if a.Status != b.Status || a.RowCount() != b.RowCount() || a.Query != b.Query {
			t.Errorf("%s\n whole: %s, %d rows: %s\n part: %s, %d rows: %s", q, a.Status, a.RowCount(), a.Text, b.Status, b.RowCount(), b.Text)
		}
	}
}
