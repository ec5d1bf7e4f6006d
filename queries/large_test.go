package queries

import (
	"slices"
	"strings"
	"testing"

	"github.com/picograph/picograph/graph/vocab"
)

// TestLargeGraph asks graphs, once read as a whole and once by what their indexes say, for answers of every kind: cards, contents,
// comparisons, attributes, the arithmetic, what words name only when they have been read ("reduced dose" is the outcome of the daily
// opioid dose), and why there is none. The answers have to be the same.
func TestLargeGraph(t *testing.T) {
	v, err := vocab.Load()
	if err != nil {
		t.Fatal(err)
	}
	seeds := goldEngine(t)
	made := madeUp(t, v, 700)
	for _, c := range []struct {
		whole, part *Engine
		questions   []string
	}{
		{&Engine{Graph: made, Vocab: v}, &Engine{Graph: made, Vocab: v, whole: 1}, []string{
			"which interventions reduced dose in high-MME patients", "what reduced the opioid dose",
			"findings where outcome is \"daily opioid dose\" and direction is decreased",
			"check", "content of intervention exercise", "show exercise", "show pain", "show \"opioid use disorder\"",
			"buprenorphine vs exercise", "which trials are double blind", "count studies where design is double-blind",
			"what was the funding of NCT01000042", "exercise and mortality",
			"studies where design is randomized | order by n desc | limit 5",
			"count findings where time > 2 years", "findings where outcome is pain and time is 6 months", "how many studies had a follow-up of 12 months",
			"how many trials were registered with ISRCTN", "how many trials per country",
			"how many trials by phase", "findings where outcome is pain and time is 6 months or 12 months", "studies | group by design, country", "studies where phase is 3", "studies where journal is \"Journal of Pain\"",
		}},
		{seeds, &Engine{Graph: seeds.Graph, Vocab: seeds.Vocab, whole: 1}, []string{
			"which interventions reduced dose in high-MME patients", "check", "content of intervention CBT", "show pain",
			"compare methadone with buprenorphine", "primary outcome of the trials",
			"did tapering cause suicide", "which trials are double blind",
		}},
	} {
		for _, q := range c.questions {
			a, err := c.whole.Ask(t.Context(), q)
			if err != nil {
				t.Fatalf("%s: %v", q, err)
			}
			b, err := c.part.Ask(t.Context(), q)
			if err != nil {
				t.Fatalf("%s: %v", q, err)
			}
			// how many there are but for a condition is counted of what was read, and of a large graph less is
			x, _, _ := strings.Cut(a.Text, " Without “")
			y, _, _ := strings.Cut(b.Text, " Without “")
			if a.Status != b.Status || a.RowCount() != b.RowCount() || a.Query != b.Query || x != y {
				t.Errorf("%s\n whole: %s, %d rows, %s: %s\n part: %s, %d rows, %s: %s", q, a.Status, a.RowCount(), a.Query, x, b.Status, b.RowCount(), b.Query, y)
			}
		}
	}
}

// TestLargeIsPartial asks for more than is read of a large graph: the answer says of how much it is.
func TestLargeIsPartial(t *testing.T) {
	v, err := vocab.Load()
	if err != nil {
		t.Fatal(err)
	}
	e := &Engine{Graph: madeUp(t, v, 400), Vocab: v, whole: 1, most: 3}
	for _, c := range []struct{ q, says string }{
		{"findings where kind is between", "Of up to "},
		{"studies where design is randomized", " studies meet this, of which 3 are listed below."},
		{"registration of studies where design is randomized", " studies meet this, of which 3 are listed below."},
		{`content of intervention "usual care"`, "this rests on the first 30 by source of "},
	} {
		a, err := e.Ask(t.Context(), c.q)
		if err != nil {
			t.Fatal(err)
		}
		if said := append(slices.Clone(a.Cautions), a.Text); !slices.ContainsFunc(said, func(s string) bool { return strings.Contains(s, c.says) }) {
			t.Errorf("%s: %q does not say %q", c.q, said, c.says)
		}
	}
}
