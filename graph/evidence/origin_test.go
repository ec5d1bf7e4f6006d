package evidence_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/picograph/picograph/graph/evidence"
)

// TestPlace looks up a text that a reader put together as "LABEL: five & six" from "five &amp;\n six", and a table's cell that
// stands before it in the file.
func TestPlace(t *testing.T) {
	o := &evidence.Origin{Record: evidence.Extent{Start: 90, End: 200}, Runs: []evidence.Run{
		{Start: 7, Len: 5, At: 100, Bytes: 5, Copied: true},
		{Start: 12, Len: 1, At: 105, Bytes: 5},
		{Start: 13, Len: 1, At: 110, Bytes: 2},
		{Start: 14, Len: 3, At: 112, Bytes: 3, Copied: true},
		{Start: 20, Len: 4, At: 92, Bytes: 4, Copied: true},
	}}
	for _, tt := range []struct {
		name       string
		start, end int
		want       evidence.Extent
		ok         bool
	}{
		{"copied", 8, 10, evidence.Extent{Start: 101, End: 103}, true},
		{"over an entity", 8, 16, evidence.Extent{Start: 101, End: 114}, true},
		{"the entity", 12, 13, evidence.Extent{Start: 105, End: 110}, true},
		{"with the label", 0, 9, evidence.Extent{Start: 100, End: 102}, true},
		{"the label", 0, 7, evidence.Extent{}, false},
		{"behind all", 24, 30, evidence.Extent{}, false},
		{"against the order of the file", 16, 22, evidence.Extent{Start: 92, End: 115}, true},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got, ok := o.Place(tt.start, tt.end)
			if got != tt.want || ok != tt.ok {
				t.Errorf("%v, %v", got, ok)
			}
		})
	}
	back, err := evidence.ParseOrigin(o.String())
	if diff := cmp.Diff(o, back); diff != "" || err != nil {
		t.Error(err, diff)
	}
	for _, s := range []string{"!", "AQ==", "AAABAQE", "/////////////////////w=="} {
		if o, err := evidence.ParseOrigin(s); err == nil {
			t.Errorf("%q is read as %+v", s, o)
		}
	}
}
