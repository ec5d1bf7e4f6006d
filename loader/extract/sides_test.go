package extract

import (
	"testing"

	gocmp "github.com/google/go-cmp/cmp"
)

// TestSidesOfComparisons holds what is set against what, and which way it went, where a word or a number beside it says something else.
func TestSidesOfComparisons(t *testing.T) {
	yoga := "METHODS: Adults with obesity were randomised to yoga (n = 53) or reading (n = 55). RESULTS: "
	drug := "METHODS: Adults with insomnia were randomised to sertraline (n = 53) or placebo (n = 55). RESULTS: "
	quick := "METHODS: Adults with obesity were randomised to quick daily stretching (n = 53) or supine rest (n = 55). RESULTS: "
	three := "METHODS: Adults with obesity were randomised to yoga (n = 53), tai chi (n = 54) or usual care (n = 55). RESULTS: "
	groups := "METHODS: Adults with obesity were randomised to three groups, K1 - usual care, K2 - yoga, and K3 - tai chi. RESULTS: "
	tests := []struct {
		name, text string
		want       []string
	}{
		{"a drug that no arm is of", drug + "Venlafaxine was superior to placebo for pain.", []string{"[] / []: pain decreased "}},
		{"a drug of an arm", drug + "Sertraline was superior to placebo for pain.", []string{"[sertraline] / [placebo]: pain decreased "}},
		{"not different from", drug + "Pain was not different from placebo at week 8.", []string{"[sertraline] / [placebo]: Pain no difference "}},
		{"differs from", yoga + "Fatigue with reading did not differ from yoga.", []string{"[reading] / [yoga]: Fatigue no difference "}},
		{"improved, but not more", drug + "Pain was significantly improved with sertraline but not more than placebo.", []string{"[sertraline] / [placebo]: Pain no difference "}},
		{"more of a loss", yoga + "There was greater weight loss in the yoga group.", []string{"[yoga] / [reading]: weight loss increased "}},
		{"poorer sets one side against the other", yoga + "Women in the yoga group had poorer sleep.", []string{"[yoga] / [reading]: sleep decreased "}},
		{"likely to have a loss", yoga + "Women in the yoga group were more likely to achieve loss of the diagnosis than women in the reading group.", []string{"[yoga] / [reading]: loss of the diagnosis increased "}},
		{
			"who got it not is called by what the others got",
			"METHODS: Adults were randomised to knee replacement with or without zolpam. RESULTS: Pain was lower in the non-zolpam group (P = .02). Swelling was greater in the no-zolpam group than in the zolpam group.",
			[]string{"[knee replacement without zolpam] / [knee replacement with zolpam]: Pain decreased P = .02", "[knee replacement without zolpam] / [knee replacement with zolpam]: Swelling increased "},
		},
		{"neither side is known", yoga + "Pain was lower on the first night than on the night before (P = .02).", []string{"[] / []: Pain decreased P = .02"}},
		{"a control by another name", yoga + "Pain was lower than in controls (P = .02).", []string{"[yoga] / [reading]: Pain decreased P = .02"}},
		{"more of a reduction", yoga + "There was a greater pain reduction in the yoga group.", []string{"[yoga] / [reading]: pain reduction decreased "}},
		{"what went along with what, with an article", drug + "The development of new ulcers was associated with an increased risk of death (P < .001).", nil},
		{"not associated with more", yoga + "Yoga was not associated with a significantly higher rate of any reported side effect than was reading.", []string{"[yoga] / [reading]: side effect no difference "}},
		{"whichever comes first", yoga + "The rate of death or stroke was lower in the yoga group (P = .01).", []string{"[yoga] / [reading]: rate of death or stroke decreased P = .01"}},
		{"neither of two", yoga + "There was no difference in the rate of death or stroke.", []string{"[yoga] / [reading]: rate of death no difference ", "[yoga] / [reading]: stroke no difference "}},
		{"those who do not", yoga + "Compared with non-smokers, adults doing yoga had a lower risk of death (HR 0.6, 95% CI 0.4 to 0.8).", []string{"[] / []: death decreased "}},
		{"superiority of one over the other", yoga + "The primary endpoint, fatigue, showed the superiority of the new way over reading.", []string{"[yoga] / [reading]: fatigue decreased "}},
		{"as compare to", yoga + "Fatigue was lower significantly as compare to the reading group (P = .02).", []string{"[yoga] / [reading]: Fatigue decreased P = .02"}},
		{"initials of one arm", quick + "Pain was higher in the SX group than in the QD group (P = .02).", []string{"[supine rest] / [quick daily stretching]: Pain increased P = .02"}},
		{"a difference without a sign", yoga + "Response was 17.9% in the yoga group compared to 73.2% in the reading group (risk difference 55.3%, P < .001).", []string{"[yoga] / [reading]: Response decreased P < .001"}},
		{"rose to less", yoga + "Pain increased to 5.9 (95% CI 5.4 to 6.5) in the yoga group vs. 8.3 (95% CI 7.2 to 9.5) in the reading group (P < .001).", []string{"[yoga] / [reading]: Pain decreased P < .001"}},
		{"both against controls that are neither", yoga + "Both groups had less pain than the controls (P < .001).", []string{"[] / []: pain decreased P < .001"}},
		{"both against the third", three + "Both intervention groups had less pain than the controls (P < .001).", []string{"[yoga tai chi] / [usual care]: pain decreased P < .001"}},
		{"controls by a label in a bracket", groups + "Pain was lower in the groups K2 and K3 than that of the control group (K1) (P = .01).", []string{"[K2 K3] / [K1]: Pain decreased P = .01"}},
		{"before against after", yoga + "Sleep significantly increased after yoga (before vs after, 5.1 ± 1.5 vs 6.9 ± 1.6 hours).", nil},
		{"over placebo than", drug + "Once-daily regimens gave a greater improvement in pain over placebo than twice-daily regimens.", []string{"[] / []: pain decreased "}},
		{"over placebo", drug + "The drug gave an improvement in pain over placebo.", []string{"[sertraline] / [placebo]: pain decreased "}},
		{"over a third", three + "Tai chi gave a greater improvement of pain versus usual care than yoga.", []string{"[tai chi] / [yoga]: pain decreased "}},
		{
			"a count of subscales", yoga + "Pain and 3 of the 4 subscales of fatigue were lower in the yoga group (P = .02).",
			[]string{"[yoga] / [reading]: Pain decreased P = .02"},
		},
		{
			"words and hazard ratio against the values", yoga + "Median survival was shorter in the yoga group than in the reading group (26 months versus 12 months; HR 2.3, 95% CI 1.3 to 4.1).",
			[]string{"[yoga] / [reading]: survival decreased "},
		},
	}
	for _, test := range tests {
		if diff := gocmp.Diff(test.want, comparisonsOf(t, test.text)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", test.name, diff)
		}
	}
}

// TestMeasureBesideRatio holds that a number needed to treat beside a ratio names no value that stands further on.
func TestMeasureBesideRatio(t *testing.T) {
	got := toldOf(t, loadVocabulary(t), "METHODS: Adults were randomised to yoga (n = 53) or reading (n = 55). RESULTS: "+
		"Yoga reduced falls (risk ratio [RR]: 0.74, 95% CI: 0.60–0.91; number needed to treat: 22) and fractures (0.62, 95% CI: 0.43–0.89).")
	want := []string{"between yoga/reading falls decreased RR", "between yoga/reading fractures decreased RR"}
	if diff := gocmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// TestSensitivityAnalysis holds that the sensitivity to something is no analysis.
func TestSensitivityAnalysis(t *testing.T) {
	for text, want := range map[string]string{
		"Yoga improved insulin sensitivity more than reading.":                      "",
		"In a sensitivity analysis, fatigue was lower with yoga than with reading.": "sensitivity",
	} {
		r, tell := study(t, loadVocabulary(t), "METHODS: Adults were randomised to yoga (n = 53) or reading (n = 55). RESULTS: "+text)
		f := finder{r: r, t: tell}
		found := f.findings()
		if len(found) == 0 || found[0].Analysis != want {
			t.Errorf("%q: %v", text, found)
		}
	}
}
