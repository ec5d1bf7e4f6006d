package extract

import (
	"testing"

	gocmp "github.com/google/go-cmp/cmp"
)

// TestOwnWords holds that a finding has the words that its sentence has for the outcome, beside what the study calls it.
func TestOwnWords(t *testing.T) {
	v := loadVocabulary(t)
	const methods = "METHODS: Adults with asthma were randomised to zolpam (n = 53) or placebo (n = 55). "
	tests := []struct{ name, text, want, announced string }{
		{"fewer words than were announced", methods + "The primary outcome was the subjective sensation of dyspnea at rest. RESULTS: Dyspnea scores were lower with zolpam than with placebo (P = .03).", "Dyspnea scores", "subjective sensation of dyspnea at rest"},
		{"words that stand for the name", methods + "The primary outcome was the asthma control score. RESULTS: The score was higher with zolpam than with placebo (P = .03).", "asthma control score", ""},
		{"a role that stands for the name", methods + "The primary outcome was morning peak flow. RESULTS: The primary outcome was higher with zolpam than with placebo (P = .03).", "morning peak flow", ""},
		{"the name goes on from the words", methods + "The primary outcome was days of cough in the second month. RESULTS: Days of cough were fewer with zolpam than with placebo (P = .03).", "days of cough in the second month", ""},
		{"a limit is part of the words", methods + "The primary outcome was the model-estimated share of adults with nitric oxide <25 ppb at work. RESULTS: Nitric oxide <25 ppb was more frequent with zolpam than with placebo (P = .03).", "Nitric oxide <25 ppb", "model-estimated share of adults with nitric oxide <25 ppb at work"},
	}
	for _, test := range tests {
		r, tell := study(t, v, test.text)
		f := finder{r: r, t: tell}
		found := f.findings()
		if len(found) == 0 {
			t.Errorf("%s: nothing found", test.name)
			continue
		}
		o := found[len(found)-1].Outcome
		if diff := gocmp.Diff([]string{test.want, test.announced}, []string{o.Text, o.Announced}); diff != "" {
			t.Errorf("%s (-want +got):\n%s", test.name, diff)
		}
	}
}
