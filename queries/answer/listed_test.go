package answer

import (
	"strings"
	"testing"

	"github.com/picograph/picograph/queries"
)

func TestJSONHasListsAndNoNull(t *testing.T) {
	a := &queries.Answer{Question: "x", Sections: []queries.Section{{Rows: []queries.Row{{}}}}, Near: []queries.Near{{}}}
	for _, a := range []*queries.Answer{a, {}} {
		for _, format := range []string{"json", "jsonl"} {
			var b strings.Builder
			if err := Write(&b, a, format, Options{}); err != nil {
				t.Fatal(err)
			}
			if text := b.String(); strings.Contains(text, "null") || !strings.Contains(text, `"cautions"`) {
				t.Errorf("%s", text)
			}
		}
	}
	if a.Sections[0].Rows[0].Cells != nil || a.Near[0].Findings != nil || a.Sources != nil {
		t.Error("writing changed the answer")
	}
}
