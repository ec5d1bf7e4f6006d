package extract

import (
	"slices"
	"strings"
	"testing"

	"github.com/picograph/picograph/graph/evidence"
	"github.com/picograph/picograph/loader/document"
)

// A limit of who is meant has its "than", and a result told of those below it is none of those above.
func TestLimitOfWhom(t *testing.T) {
	v := loadVocabulary(t)
	for _, below := range []string{"those taking less than 90 MME/day", "participants who were prescribed fewer than 90 MME/day"} {
		text := "METHODS: Adults prescribed 50 MME/day or more were randomised to walking or reading. RESULTS: Among participants taking 90 MME/day or more, the difference in dose was -27.0 MME (95% CI, -37.6 to -16.4); among " + below + ", it was -16.1 MME (95% CI, -26.8 to -5.4)."
		out := Extract(document.Parse("test", text, v.Heading), v)
		found := false
		for _, f := range out.Studies[0].Findings {
			if slices.ContainsFunc(f.Estimates, func(e evidence.Estimate) bool { return e.Value == "-16.1" }) {
				found = true
				if !strings.Contains(f.Population.Text, "90 MME/day") || strings.Contains(f.Population.Text, "or more") {
					t.Errorf("%s: told of %q", below, f.Population.Text)
				}
			}
		}
		if !found {
			t.Errorf("%s: nothing read of them", below)
		}
	}
}

// People of one trial in a review are no votes of studies: there are more of them than it included.
func TestPeopleAreNoVotes(t *testing.T) {
	v := loadVocabulary(t)
	text := "Walking or reading for sore knees: a systematic review\nRESULTS: Nine studies were included. Falls were reported in one trial only (11/48 walking vs 4/47 reading)."
	out := Extract(document.Parse("test", text, v.Heading), v)
	for _, f := range out.Studies[0].Findings {
		if f.Kind == evidence.VoteCount && len(f.Estimates) > 0 && (f.Estimates[0].Total == "48" || f.Estimates[0].Total == "47") {
			t.Errorf("%s of %s studies", f.Estimates[0].Events, f.Estimates[0].Total)
		}
	}
}
