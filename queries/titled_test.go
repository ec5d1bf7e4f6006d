package queries

import (
	"testing"

	"github.com/picograph/picograph/graph/evidence"
)

// A study that only the title of its report names is found by that, in a graph read whole and in one of which a part is read.
func TestNamedByTitle(t *testing.T) {
	doc := plainDocument()
	doc.Studies[0].Name = ""
	doc.Report = evidence.Report{Title: "Climbing stairs slowly (STAIRWISE): a randomized trial"}
	whole := engineOver(t, doc, drawnDocument())
	for _, e := range []*Engine{whole, {Graph: whole.Graph, Vocab: whole.Vocab, whole: 1}} {
		a, err := e.Ask(t.Context(), "what did STAIRWISE find?")
		if err != nil {
			t.Fatal(err)
		}
		if want := "findings where study is STAIRWISE"; a.Query != want {
			t.Errorf("read as %s, want %s", a.Query, want)
		}
	}
}
