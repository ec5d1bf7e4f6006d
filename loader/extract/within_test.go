package extract

import (
	"testing"

	gocmp "github.com/google/go-cmp/cmp"
)

// TestChangesWithinArms holds which P values are of a change within an arm rather than of a comparison of arms.
func TestChangesWithinArms(t *testing.T) {
	v := loadVocabulary(t)
	two := "METHODS: Adults with insomnia were randomised to yoga (n = 53) or reading (n = 55). RESULTS: "
	waiting := "METHODS: Adults with insomnia were randomised to yoga (n = 53) or a waiting list (n = 55). RESULTS: "
	tests := []struct {
		name, text string
		want       []string
	}{
		{"said outright", two + "Pain and fatigue decreased in the yoga group (within-group P = .01).", []string{"within yoga/ Pain decreased", "within yoga/ fatigue decreased"}},
		{"against the start", two + "Pain decreased in the yoga group compared with baseline (P = .01).", []string{"within yoga/ Pain decreased"}},
		{"against its own start", two + "Relative to its baseline, pain decreased in the yoga group (P = .01).", []string{"within yoga/ pain decreased"}},
		{"P values against the start", two + "Pain decreased in the yoga group (P = .01 versus baseline).", []string{"within yoga/ Pain decreased"}},
		{"before and after", two + "The yoga group had significantly less pain pre vs post (P < .05).", []string{"within yoga/ pain pre vs post decreased"}},
		{
			"what failed is told apart", two + "Yoga reduced pain but failed to improve fatigue.",
			[]string{"within yoga/ pain decreased", "between yoga/reading fatigue no difference"},
		},
		{"of arms side by side", two + "Pain decreased in the yoga and reading groups (P < .01).", []string{"within yoga/ Pain decreased", "within reading/ Pain decreased"}},
		{
			"each arm with its own P value", two + "Pain decreased in the yoga group (P = .005), while it did not change in the reading group (P = .32).",
			[]string{"within yoga/ Pain decreased", "within reading/ Pain no difference"},
		},
		{
			"the control arm's changes are told with P values too", waiting + "Patients allocated to yoga reported a significant reduction in pain (P < .01). In the waiting list group a deterioration of fatigue was observed (P = .02).",
			[]string{"within yoga/ pain decreased", "within waiting list/ fatigue increased"},
		},
		{"one dose against another", "METHODS: Adults were randomised to zolpam or placebo. RESULTS: Pain was lower with zolpam 400 mg than with zolpam 200 mg (P = .02).", nil},
		{"what a treatment does is told of the comparison", waiting + "Yoga reduced pain (P < .01).", []string{"between yoga/waiting list pain decreased"}},
		{"one arm alone may be compared", waiting + "Pain was significantly reduced in the yoga group (P < .01).", []string{"between yoga/waiting list Pain decreased"}},
		{
			"before and after the treatment", two + "In the yoga group, pain was 9 before treatment and 4 after treatment (P < .01).",
			[]string{"within yoga/ pain not stated"},
		},
		{
			"no difference from before to after", two + "There was no significant difference between pre- and post-treatment pain in the yoga group (P = .21) or the reading group (P = .32).",
			[]string{"within yoga/ post-treatment pain no difference", "within reading/ post-treatment pain no difference"},
		},
		{"a difference of arms in what went before and after", two + "There was a significant difference between the yoga group and the reading group (P = .04) in pain before and after the classes.", []string{"between yoga/reading pain not stated"}},
		{
			"each arm's fall has a P value", two + "Total pain scores decreased by 14% in the yoga group (P = .02) and by 18% in the reading group (P < .001).",
			[]string{"within yoga/ pain scores decreased percent change", "within reading/ pain scores decreased percent change"},
		},
		{
			"both against their starts", two + "Pain decreased with both yoga (P < .001) and reading (P < .05) when compared with their respective baseline levels.",
			[]string{"within yoga/ Pain decreased", "within reading/ Pain decreased"},
		},
		{
			"labels in a bracket are of one arm each", two + "Pain decreased in both groups (yoga: p < .001, d = 0.9; reading: p = .03, d = 0.3).",
			[]string{"within yoga/ Pain decreased Cohen's d", "within reading/ Pain decreased Cohen's d"},
		},
		{
			"a pair of labels says the sides", "METHODS: Adults were randomised to yoga (n = 53), reading (n = 55) or chess (n = 50). RESULTS: Pain did not differ (chess versus reading: OR 0.9, 95% CI 0.5 to 1.9; yoga versus chess: OR 0.6, 95% CI 0.3 to 1.4).",
			[]string{"between chess/reading Pain no difference OR", "between yoga/chess Pain no difference OR"},
		},
		{"a value each of two kinds of people", two + "The mean reduction in pain was 1.4 in adults 50 years or younger and 0.9 in adults over 50 years (P = .01).", []string{"within / pain decreased in adults over 50 years", "association / pain decreased in adults over 50 years"}},
		{"after the treatment", waiting + "Sleep improved significantly in the yoga group after the intervention (P < .01).", []string{"within yoga/ Sleep increased"}},
		{"after the arm's treatment", waiting + "Pain decreased significantly after yoga (P < .01).", []string{"within yoga/ Pain decreased"}},
		{"after the treatment, of no arm", two + "Pain decreased after training (P = .03).", []string{"statement / Pain decreased"}},
		{"from one time to another", two + "Pain decreased between weeks 1 and 8 (P = .03). Sleep improved in the yoga group between baseline and week 8 (P = .02).", []string{"statement / Pain decreased", "within yoga/ Sleep increased"}},
		{"more after the treatment than elsewhere", two + "Pain was lower in the yoga group after the intervention (P = .03).", []string{"between yoga/reading Pain decreased"}},
		{
			"a mean with the sign of the change", two + "In the yoga group, fatigue decreased (-0.8 \u00b1 1.1; P = .03).",
			[]string{"within yoga/ fatigue decreased mean change"},
		},
		{
			"both changed, each by its mean", two + "Fatigue was reduced in both groups (P < .001; -0.8 \u00b1 1.1 in the yoga group and -0.7 \u00b1 1.0 in the reading group).",
			[]string{"within yoga/ Fatigue decreased mean change", "within reading/ Fatigue decreased mean change"},
		},
		{"a mean below zero that is set against another", two + "Strain was reduced in the yoga group compared with the reading group (-16 \u00b1 2 vs -17 \u00b1 2; P = .01).", []string{"arm yoga/ Strain -16 \u00b1 2", "arm reading/ Strain -17 \u00b1 2", "between yoga/reading Strain decreased"}},
		{"what differs is compared", two + "Pain differed in the yoga and reading groups (P < .01).", []string{"between yoga/reading Pain not stated"}},
	}
	for _, test := range tests {
		if diff := gocmp.Diff(test.want, toldOf(t, v, test.text)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", test.name, diff)
		}
	}
}

// TestNotOfArms holds that what goes along with what, and what kinds of people differ in, is not told of the arms.
func TestNotOfArms(t *testing.T) {
	v := loadVocabulary(t)
	head := "METHODS: Adults with insomnia were randomised to yoga (n = 53) or reading (n = 55). RESULTS: "
	tests := []struct {
		name, text string
		want       []string
	}{
		{"an association", head + "Older age was associated with pain (OR 1.3, 95% CI 1.1 to 1.6).", []string{"association / pain increased OR"}},
		{"a correlation", head + "There was a negative correlation between fatigue and sleep quality (r = -0.50, P < 0.001).", []string{"association / fatigue decreased correlation"}},
		{"an arm is no mere exposure", head + "Yoga was associated with less pain (OR 0.6, 95% CI 0.4 to 0.9).", []string{"between yoga/reading pain decreased OR"}},
		{"nor is a treatment", head + "Treatment was associated with less pain (OR 0.6, 95% CI 0.4 to 0.9).", []string{"between yoga/reading pain decreased OR"}},
		{"kinds of people", head + "Pain was more frequent among retired than working participants (27.0% versus 7.9%; P = 0.04).", []string{"arm / Pain 27.0%", "arm / Pain 7.9%", "association / Pain increased"}},
		{"people who are likelier", head + "Younger patients were more likely to report pain (P = .02).", []string{"association / report pain increased"}},
		{"people by what they had", head + "Sleep was worse in patients with high levels of cortisol (OR 2.3, 95% CI 1.6 to 3.4).", []string{"association / Sleep decreased OR"}},
		{
			"a list of what went along", head + "In univariate analyses a late start (P = .004) and waking for more than 6 hours (P = .08) were associated with relapse.",
			[]string{"association / relapse not stated", "association / relapse no difference"},
		},
		{"what is named mediators is an outcome", head + "No differences were found in the other mediators examined.", []string{"between yoga/reading other mediators examined no difference"}},
	}
	for _, test := range tests {
		if diff := gocmp.Diff(test.want, toldOf(t, v, test.text)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", test.name, diff)
		}
	}
}
