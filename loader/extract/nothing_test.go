package extract

import (
	"testing"

	gocmp "github.com/google/go-cmp/cmp"
)

// TestNamesOfNothing holds that what names the course of a study or its statistics is no outcome.
func TestNamesOfNothing(t *testing.T) {
	v := loadVocabulary(t)
	head := "METHODS: Adults with asthma were randomised to zolpam (n = 73) or placebo (n = 72). RESULTS: "
	for text, want := range map[string][]string{
		"A significant time effect was noted (P < .001).":                          nil,
		"No interaction was noted (P = .95).":                                      nil,
		"In all, 120 (83%) patients completed the study.":                          {"arm / completed the study 120 (83%)"},
		"Reaction time was shorter with zolpam than with placebo (P = .01).":       {"between zolpam/placebo Reaction time decreased"},
		"The number of attacks was lower with zolpam than with placebo (P = .01).": {"between zolpam/placebo number of attacks decreased"},
		"Falls were fewer (10% vs. 18%) and walks longer with zolpam, though these differences were not statistically significant.": {
			"arm zolpam/ Falls 10%", "arm placebo/ Falls 18%", "between zolpam/placebo Falls no difference", "between zolpam/placebo walks no difference",
		},
		"Time to recovery did not differ between the groups (P = .4).": {"between zolpam/placebo Time to recovery no difference"},
	} {
		if diff := gocmp.Diff(want, toldOf(t, v, head+text)); diff != "" {
			t.Errorf("%q (-want +got):\n%s", text, diff)
		}
	}
}
