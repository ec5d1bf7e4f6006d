package queries

import (
	"testing"

	"github.com/picograph/picograph/graph/evidence"
)

// TestOtherDose asks for a drug at doses that were given and at ones that were not.
func TestOtherDose(t *testing.T) {
	arms := []*evidence.Arm{{Label: "Z60", Description: "60mg/day zelbramine"}, {Label: "placebo", Description: "one capsule a day"}}
	for asked, want := range map[string]string{
		"zelbramine 120 mg": "Z60 (60 mg)",
		"zelbramine 60 mg":  "",
		"zelbramine 60 mcg": "Z60 (60 mg)",
		"zelbramine":        "",
		"ornadol 120 mg":    "",
		"placebo":           "",
	} {
		if got := otherDose(asked, arms); got != want {
			t.Errorf("%s: %q, want %q", asked, got, want)
		}
	}
}
