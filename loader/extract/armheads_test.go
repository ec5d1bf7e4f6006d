package extract

import (
	"testing"

	"github.com/picograph/picograph/graph/evidence"
	"github.com/picograph/picograph/loader/document"
)

// TestHeadOfAnother holds that a noun which only one arm's name has is of the arm whose word stands right before it.
func TestHeadOfAnother(t *testing.T) {
	for text, want := range map[string]int{
		"Pain was lower with brief psychotherapy.":     0,
		"Pain was lower with prolonged psychotherapy.": 1,
		"Pain was lower with psychotherapy.":           1,
	} {
		head := "METHODS: Adults were randomised to yoga (n = 53) or reading (n = 55). RESULTS: "
		r, tell := study(t, loadVocabulary(t), head+text)
		tell.study.Arms = []evidence.Arm{{Label: "individual brief"}, {Label: "prolonged (dynamic) psychotherapy"}}
		tell.names = nil
		found := tell.armsIn(r, document.Span{Start: len(head), End: len(head + text)})
		if len(found) == 0 {
			t.Errorf("%q: no arm", text)
		}
		for _, m := range found {
			if m.arms[0] != want {
				t.Errorf("%q: %v", text, found)
			}
		}
	}
}
