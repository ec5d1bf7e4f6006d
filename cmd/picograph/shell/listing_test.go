package shell

import (
	"strings"
	"testing"
)

// TestListOfDifferentColumns prints blocks with columns of their own as one table for programs.
func TestListOfDifferentColumns(t *testing.T) {
	counts, damage := section("", "what", "number"), section("damage", "part", "concerns")
	counts.add("documents", "2")
	damage.add("the dictionary", "not known")
	for format, want := range map[string]string{
		"jsonl": `{"of": "", "what": "documents", "number": 2}` + "\n" + `{"of": "damage", "part": "the dictionary", "concerns": "not known"}` + "\n",
		"csv":   "of,what,number,part,concerns\n,documents,2,,\ndamage,,,the dictionary,not known\n",
	} {
		var out strings.Builder
		s := &Session{Out: &out, Format: format}
		if err := s.list("of", counts, damage); err != nil {
			t.Fatal(err)
		}
		if out.String() != want {
			t.Errorf("%s is\n%s\nwant\n%s", format, out.String(), want)
		}
	}
}
