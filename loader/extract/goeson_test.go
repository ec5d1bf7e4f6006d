package extract

import (
	"testing"

	gocmp "github.com/google/go-cmp/cmp"
)

// TestGoesOn holds of what a clause tells that leaves its outcome, its arms or its claim to the words around it.
func TestGoesOn(t *testing.T) {
	v := loadVocabulary(t)
	head := "METHODS: Eighty adults were randomised to zolpam or placebo. RESULTS: "
	tests := []struct {
		name, text string
		want       []string
	}{
		{
			"two comparisons joined behind an arm",
			"Pain was lower with zolpam than with placebo (P = .01) and sleep scores were higher (P = .02).",
			[]string{"between zolpam/placebo Pain decreased", "between zolpam/placebo sleep scores increased"},
		},
		{
			"all that the sentence before compared",
			"Pain was lower with zolpam than with placebo (P = .01) and sleep scores were higher (P = .02). At one year, no differences between the groups were seen.",
			[]string{"between zolpam/placebo Pain decreased", "between zolpam/placebo sleep scores increased", "between zolpam/placebo Pain no difference", "between zolpam/placebo sleep scores no difference"},
		},
		{
			"when something was measured is no outcome",
			"Sleep scores were higher with zolpam than with placebo (P = .01). There was no significant difference between the two groups at 2, 4 and 6 weeks after nasal sinus surgery (P > .05).",
			[]string{"between zolpam/placebo Sleep scores increased", "between zolpam/placebo Sleep scores no difference"},
		},
		{
			"one of several times is no outcome",
			"Pain scores fell more with zolpam than with placebo. The difference between groups was significant at 3-month (P = .04) but not at 9-month (P = .09) follow-ups.",
			[]string{"between zolpam/placebo Pain scores decreased", "between zolpam/placebo Pain scores not stated", "between zolpam/placebo Pain scores no difference"},
		},
		{
			"what did not change does not go the way of the group before",
			"In the zolpam group, walking time increased (P = .02). No changes were observed in the placebo group.",
			[]string{"within zolpam/ walking time increased", "within placebo/ walking time no difference"},
		},
		{
			"as was the other",
			"The sedation score was lower in the zolpam group: 21.7 (SD 6.1) vs 28.0 (SD 6.4) in the placebo group; 95% CI 3.5 to 9.2, P < .001, as was the mean heart rate (zolpam group: 74.9 (SD 1.8) vs 81.5 (SD 1.7) in the placebo group; P < .001).",
			[]string{
				"arm zolpam/ sedation score 21.7 (SD 6.1)", "arm placebo/ sedation score 28.0 (SD 6.4)", "between zolpam/placebo sedation score decreased",
				"arm zolpam/ heart rate 74.9 (SD 1.8)", "arm placebo/ heart rate 81.5 (SD 1.7)", "between zolpam/placebo heart rate decreased",
			},
		},
		{
			"a list of changes whose last item names the arm",
			"The scan showed an increase in lean mass (1.05 kg, 95% CI 0.27 to 1.82, P = .01) and leg mass (0.34 kg, 95% CI 0.10 to 0.57, P = .02) and a decrease in fat mass (-0.94 kg, 95% CI -1.41 to -0.48, P = .003) in the zolpam group.",
			[]string{"within zolpam/ lean mass increased mean change", "within zolpam/ leg mass increased mean change", "within zolpam/ fat mass decreased mean change"},
		},
		{
			"adjectives of one noun with their abbreviations",
			"Zolpam showed greater reductions in sitting systolic (sSBP) and diastolic (sDBP) blood pressures than placebo (both P < .001).",
			[]string{"between zolpam/placebo sitting systolic blood pressures decreased", "between zolpam/placebo diastolic blood pressures decreased"},
		},
		{
			"verbs of doing good and of putting off",
			"Zolpam benefited sleep but did not improve indices of memory. Zolpam significantly delayed the time of the first attack (P = .02).",
			[]string{"within zolpam/ sleep increased", "between zolpam/placebo indices of memory no difference", "between zolpam/placebo time of the first attack increased"},
		},
		{
			"what groups improved in",
			"Both groups improved in grip strength, with no differences between them.",
			[]string{"within zolpam/ grip strength increased", "within placebo/ grip strength increased", "between zolpam/placebo grip strength no difference"},
		},
		{
			"what differs between arms, named before them",
			"Walking speed was higher with zolpam than with placebo. There was no difference between serum copper level in the zolpam group and the placebo group.",
			[]string{"between zolpam/placebo Walking speed increased", "between zolpam/placebo serum copper level no difference"},
		},
		{
			"improvements that were observed",
			"In the zolpam group, improvements were observed for pain and memory.",
			[]string{"within zolpam/ pain decreased", "within zolpam/ memory increased"},
		},
	}
	for _, test := range tests {
		if diff := gocmp.Diff(test.want, toldOf(t, v, head+test.text)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", test.name, diff)
		}
	}
}

// TestClaimed holds of whom or of what something is claimed, and that nothing is claimed that is denied.
func TestClaimed(t *testing.T) {
	v := loadVocabulary(t)
	head := "METHODS: Eighty adults were randomised to zolpam (group D) or placebo (group S). RESULTS: "
	tests := []struct {
		name, text string
		want       []string
	}{
		{
			"a group called by a letter is one",
			"The incidence of nausea was significantly lower in the Group D.",
			[]string{"between zolpam/placebo incidence of nausea decreased"},
		},
		{
			"what foretold something is no comparison",
			"Main predictors of adherence to zolpam were remission and a shorter stay.",
			[]string{"association zolpam/ adherence decreased"},
		},
		{
			"what was not shown",
			"Superiority of zolpam over placebo was not shown for fatigue. Effects on memory were not observed.",
			[]string{"between zolpam/placebo fatigue no difference", "between zolpam/placebo memory no difference"},
		},
		{
			"what was improved in an arm",
			"Significant improvements were found in the zolpam group for tension, anger and confusion.",
			[]string{"within zolpam/ tension decreased", "within zolpam/ anger decreased", "within zolpam/ confusion decreased"},
		},
		{
			"a change with its P value is told once",
			"There were no changes in the mean number of falls before and after the course in the zolpam group (0.3 ± 0.8 to 0.5 ± 0.7, P = .62).",
			[]string{"within zolpam/ number of falls no difference mean change"},
		},
		{
			"values of both arms in a bracket before the claim",
			"Median pain scores (zolpam 3.2; placebo 4.5; P = .02) and stiffness scores (2.1 and 2.9; P = .04) were lower in the zolpam group.",
			[]string{"between zolpam/placebo pain scores decreased", "between zolpam/placebo stiffness scores decreased"},
		},
		{
			"a reduction of one thing beside a share of another",
			"The reduction of pain and the proportion of patients cured were similar in both groups.",
			[]string{"between zolpam/placebo pain no difference", "between zolpam/placebo proportion of patients cured no difference", "within zolpam/ pain decreased", "within placebo/ pain decreased"},
		},
		{
			"a relation of two things is no comparison of arms",
			"There was no relationship between the change in weight and the change in pain.",
			[]string{"association / weight no difference", "association / pain no difference"},
		},
		{
			"by which criteria is no outcome",
			"Using five criteria, efficacy was 56% with zolpam and 52% with placebo (P = .53).",
			[]string{"arm zolpam/ efficacy 56%", "arm placebo/ efficacy 52%", "between zolpam/placebo efficacy no difference"},
		},
		{
			"a verb of making stronger",
			"Compared with placebo, zolpam strengthened a positivity bias, and it reduced fatigue.",
			[]string{"between zolpam/placebo positivity bias increased", "statement / fatigue decreased"},
		},
		{
			"a bracket that a name leaves open",
			"Downstaging (stage 0 and I) was more frequent with zolpam than with placebo (P = .40).",
			[]string{"between zolpam/placebo Downstaging no difference"},
		},
		{
			"a comparative is of the arm right behind it",
			"Ferritin was significantly higher in the placebo group {85.5 in zolpam and 244; P = .004}.",
			[]string{"between placebo/zolpam Ferritin increased"},
		},
		{
			"increments",
			"There were increments in grip strength and in appetite in the zolpam group.",
			[]string{"within zolpam/ grip strength increased", "within zolpam/ appetite increased"},
		},
		{
			"a difference adjusted by a short name",
			"Pain differed between the zolpam and the placebo group (AdjDiff -8.7, 95% CI -16.2 to -1.2).",
			[]string{"between zolpam/placebo Pain decreased MD"},
		},
	}
	for _, test := range tests {
		if diff := gocmp.Diff(test.want, toldOf(t, v, head+test.text)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", test.name, diff)
		}
	}
}

// TestTimesInList holds that each outcome of a list has the time behind it, and none that is another's alone.
func TestTimesInList(t *testing.T) {
	head := "METHODS: Eighty adults were randomised to zolpam or placebo. RESULTS: "
	tests := []struct {
		text string
		want []string
	}{
		{"Pain at 3 weeks, stiffness at 6 weeks and mood at 9 weeks were lower with zolpam than with placebo.", []string{"Pain 3 weeks", "stiffness 6 weeks", "mood 9 weeks"}},
		{"Pain at 6 months, fatigue and mood did not differ between the groups.", []string{"Pain 6 months", "fatigue ", "mood "}},
		{"Pain, fatigue and mood at 6 months did not differ between the groups.", []string{"Pain 6 months", "fatigue 6 months", "mood 6 months"}},
	}
	for _, test := range tests {
		r, tell := study(t, loadVocabulary(t), head+test.text)
		f := finder{r: r, t: tell}
		var got []string
		for _, x := range f.findings() {
			got = append(got, x.Outcome.Text+" "+x.Timepoint.Text)
		}
		if diff := gocmp.Diff(test.want, got); diff != "" {
			t.Errorf("%q (-want +got):\n%s", test.text, diff)
		}
	}
}

// TestPsInTurn holds that P values in one bracket are of the outcomes in turn where the arms only lie on either side.
func TestPsInTurn(t *testing.T) {
	head := "METHODS: Eighty adults were randomised to zolpam or placebo. RESULTS: "
	tests := []struct {
		text string
		want []string
	}{
		{
			"Pain and stiffness were not significantly different between the zolpam and placebo groups (P = .50 and P = .73, respectively).",
			[]string{"[zolpam] / [placebo]: Pain no difference P = .50", "[zolpam] / [placebo]: stiffness no difference P = .73"},
		},
	}
	for _, test := range tests {
		if diff := gocmp.Diff(test.want, comparisonsOf(t, head+test.text)); diff != "" {
			t.Errorf("%q (-want +got):\n%s", test.text, diff)
		}
	}
}
