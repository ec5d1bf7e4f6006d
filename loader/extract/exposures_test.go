package extract

import (
	"fmt"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"
)

// TestExposures holds that a study which assigns nobody tells of associations: of the outcome that stands before the verb,
// with each exposure of a list behind it, or with the subject of the clause.
func TestExposures(t *testing.T) {
	v := loadVocabulary(t)
	cohort := "METHODS: In this retrospective cohort study we followed 20,431 adults prescribed long-term opioids. RESULTS: "
	tests := []struct {
		name, text string
		want       []string
	}{
		{
			"what did not predict it",
			cohort + "According to the team, the likelihood of relapse was not predicted by age or by starting dose. Smoking did not predict falls. Costs varied and were predicted by sex.",
			[]string{"association relapse / age", "association relapse / starting dose", "association falls / Smoking", "association Costs / sex"},
		},
		{
			"the subject is the exposure",
			cohort + "Discontinuation was associated with overdose (aHR 1.72; 95% CI, 1.21 to 2.44) and with death from any cause (aHR 1.35; 95% CI, 1.04 to 1.75).",
			[]string{"association overdose / Discontinuation 1.72 1.21-2.44", "association death from any cause / Discontinuation 1.35 1.04-1.75"},
		},
		{
			"bands of dose, with their unit",
			cohort + "The risk of overdose was higher at doses of >=300 MME (aIRR 2.1, 95% CI 1.6-2.8), 150-299 MME (aIRR 1.6, 95% CI 1.2-2.1) and 90-149 MME (aIRR 1.3, 95% CI 1.1-1.6) compared with doses below 50 MME.",
			[]string{"association risk of overdose / doses of >=300 MME 2.1 1.6-2.8", "association risk of overdose / doses of 150-299 MME 1.6 1.2-2.1", "association risk of overdose / doses of 90-149 MME 1.3 1.1-1.6"},
		},
		{
			"a unit behind the last band, and times that are exposures",
			cohort + "Risk for overdose or withdrawal was increased for people with a starting dose of 150-299 (aIRR, 1.47) and 90-149 (aIRR, 1.54) MME; and during the 13-16 months (aIRR, 1.56) and 17-24 months (aIRR, 1.57) after it.",
			[]string{
				"association overdose or withdrawal / people with a starting dose of 150-299 1.47", "association overdose or withdrawal / people with a starting dose of 90-149 1.54",
				"association overdose or withdrawal / 13-16 months 1.56", "association overdose or withdrawal / 17-24 months 1.57",
			},
		},
		{
			"predictors are listed behind their verb",
			cohort + "Predictors of emergency visits were depression (aHR 1.44, 95% CI 1.20-1.73) and prior overdose (aHR 2.90, 95% CI 2.11-3.99).",
			[]string{"association emergency visits / depression 1.44 1.20-1.73", "association emergency visits / prior overdose 2.90 2.11-3.99"},
		},
		{
			"one treatment alone, and no design: what people had",
			"BACKGROUND: We examined whether naloxone is linked with emergency visits. RESULTS: Death rates were higher for people with alcohol use (HR=1.43, 95% CI=1.10 to 1.86) or sedatives (HR=1.40, 95% CI=1.04 to 1.91).",
			[]string{"association Death rates / people with alcohol use 1.43 1.10-1.86", "association Death rates / sedatives 1.40 1.04-1.91"},
		},
		{
			"each group's own ratio compares no groups",
			"TITLE: Agonist treatment: a systematic review and meta-analysis. METHODS: Twenty cohorts on methadone or buprenorphine were pooled. RESULTS: Overdose was rarer in treatment (RR 0.47, 95% CI 0.42 to 0.53). The association was alike for methadone (RR 0.47, 95% CI 0.41 to 0.54) vs buprenorphine (RR 0.34, 95% CI 0.26 to 0.45).",
			[]string{"association Overdose /  0.47 0.42-0.53", "association Overdose / methadone 0.47 0.41-0.54", "association Overdose / buprenorphine 0.34 0.26-0.45"},
		},
		{
			"which risk is divided by which",
			cohort + "Overdose rates were 11.3 and 36.1 per 1000 person years in and out of care (crude out-to-in rate ratio 3.20, 95% CI 2.65 to 3.86).",
			[]string{"association Overdose rates / out against in 3.20 2.65-3.86"},
		},
		{
			"the first group's risk divided by the second's",
			cohort + "Death in the first year was told for both sexes (men-to-women hazard ratio 1.40, 95% CI 1.10 to 1.80).",
			[]string{"association Death in the first year / men against women 1.40 1.10-1.80"},
		},
		{
			"a trial compares its arms",
			"METHODS: Adults were randomised to a taper (n = 53) or usual care (n = 55). RESULTS: Overdose was higher with the taper (HR 1.4, 95% CI 1.1 to 1.8).",
			[]string{"between Overdose /  1.4 1.1-1.8"},
		},
		{
			"by how much one side fell more is no mean",
			"METHODS: Clinics were randomised to a coaching plan or a written leaflet. RESULTS: Clinics with coaching reduced their patients' mean daily dose by 2.4 units more than clinics with the leaflet.",
			[]string{"between patients' mean daily dose / "},
		},
		{
			"an interval of which the upper bound is doubtful",
			"METHODS: Adults were randomised to vouchers or usual care. RESULTS: Enrolment was higher with vouchers than with usual care (OR [95% CI]: 3.24 [1.46–26,72], P = .014).",
			[]string{"between Enrolment /  3.24"},
		},
		{
			"what rose alone is associated with nothing",
			cohort + "The rate of overdose decreased over the years.",
			[]string{"statement rate of overdose / "},
		},
	}
	for _, test := range tests {
		r, tell := study(t, v, test.text)
		f := finder{r: r, t: tell}
		var got []string
		for _, d := range f.findings() {
			s := fmt.Sprintf("%s %s / %s", d.Kind, d.Outcome.Text, d.Exposure)
			for _, e := range d.Estimates {
				if s += " " + string(e.Value); e.CI != nil {
					s += fmt.Sprintf(" %s-%s", e.CI.Low, e.CI.High)
				}
			}
			got = append(got, s)
			if d.Timepoint.Text != "" {
				t.Errorf("%s: at %q", test.name, d.Timepoint.Text)
			}
		}
		if diff := gocmp.Diff(test.want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", test.name, diff)
		}
	}
}
