package extract

import (
	"testing"

	gocmp "github.com/google/go-cmp/cmp"
)

// TestDescribedAndCounted holds which numbers say who the people are, how long they were followed, or what became of them.
func TestDescribedAndCounted(t *testing.T) {
	v := loadVocabulary(t)
	women := "METHODS: Pregnant women with asthma were randomised to zolpam (n = 238) or placebo (n = 240). RESULTS: "
	adults := "METHODS: Adults with asthma were randomised to zolpam (n = 238) or placebo (n = 240). RESULTS: "
	tests := []struct {
		name, text string
		want       []string
	}{
		{"women where all are women", women + "Preterm birth occurred in 12 (5%) of 238 women in the zolpam group and 23 (10%) of 240 women in the placebo group.", []string{"arm zolpam/ Preterm birth 12 (5%) of 238", "arm placebo/ Preterm birth 23 (10%) of 240"}},
		{"women of whom a share is told", women + "Preterm birth occurred in 5% of the women given zolpam and 10% of the women given placebo.", []string{"arm zolpam/ Preterm birth 5%", "arm placebo/ Preterm birth 10%"}},
		{"women among adults", adults + "Of all, 139 were women (29%).", []string{"baseline / women  proportion"}},
		{"how long people were followed is no age", adults + "Median follow-up was 4.8 years.", []string{"baseline / follow-up  median"}},
		{"nor a value of an outcome", adults + "During a mean follow-up of 26 months, attacks occurred in 12% of those given zolpam and 20% of those given placebo.", []string{"baseline / follow-up  mean", "arm zolpam/ attacks 12%", "arm placebo/ attacks 20%"}},
		{"what was done with all", "METHODS: All adults were given a diary. All participants will be asked to rest. Adults with asthma drank one of two kinds of tea. They were randomised to zolpam (n = 238) or placebo (n = 240).", nil},
		{"what all did is a result", adults + "All participants completed the study.", []string{"arm / completed the study All participants"}},
		{"age", adults + "The mean age was 41 years.", []string{"baseline / age  mean"}},
	}
	for _, test := range tests {
		if diff := gocmp.Diff(test.want, toldOf(t, v, test.text)); diff != "" {
			t.Errorf("%s: %q (-want +got):\n%s", test.name, test.text, diff)
		}
	}
}
