package extract

import (
	"fmt"
	"strings"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"

	"github.com/picograph/picograph/graph/evidence"
)

func TestWhatASentenceTakesBack(t *testing.T) {
	v := loadVocabulary(t)
	head := "OBJECTIVE: To compare ruby tea with jade tea in adults with insomnia. METHODS: Eighty adults were randomised to ruby tea or jade tea. RESULTS: "
	tests := []struct {
		text string
		want []string
	}{
		{"Sleep latency was lower in the ruby tea group than the jade tea group; however, the difference between the groups was not statistically significant.", []string{"Sleep latency no difference "}},
		{"Pain and fatigue were improved in both groups, but the differences between the two groups were not statistically significant.", []string{"Pain no difference ", "fatigue no difference "}},
		{"Headache was less frequent with ruby tea than with jade tea (12% vs 15%), but this did not reach statistical significance.", []string{"Headache no difference "}},
		{"The rate of success was higher with ruby tea than with jade tea (79% versus 69%), but the difference was not significant (P = 0.29).", []string{"rate of success no difference P = 0.29"}},
		{"Although nausea was lower with ruby tea than with jade tea, this difference was not significant (P = 0.2).", []string{"nausea no difference P = 0.2"}},
		{"While pain did not differ between the groups, fatigue was lower with ruby tea than with jade tea (P = 0.02).", []string{"pain no difference ", "fatigue decreased P = 0.02"}},
		{"Pain was lower with ruby tea than with jade tea (P = 0.01), but the difference in fatigue was not significant (P = 0.4).", []string{"Pain decreased P = 0.01", "fatigue no difference P = 0.4"}},
		{"Ruby tea, but not jade tea, significantly reduced pain (P < 0.05).", []string{"pain decreased P < 0.05"}},
		{"There was less need for rescue drugs with ruby tea than with jade tea (P = 0.03).", []string{"need for rescue drugs decreased P = 0.03"}},
		{"Serum ferritin was higher in the ruby tea group (85 ug/L with jade tea and 244 ug/L; P = 0.004).", []string{"Serum ferritin increased P = 0.004"}},
		{"Jade tea was stopped in 24/73 (33%) of adults whereas ruby tea was stopped in 5/66 (8%) of adults (P < 0.001).", []string{"stopped decreased P < 0.001"}},
		{"Weight decreased significantly less with ruby tea than with jade tea (P = 0.03).", []string{"Weight increased P = 0.03"}},
		{"There was a trend toward lower pain with ruby tea than with jade tea.", []string{"pain no difference "}},
		{"Fatigue was lower with ruby tea than with jade tea, which was borderline significant.", []string{"Fatigue no difference "}},
		{"There was a significantly greater effect on fatigue with ruby tea than with jade tea (P = 0.01).", []string{"fatigue decreased P = 0.01"}},
		{"Ruby tea had significant declines in pain (P = 0.05) compared with jade tea.", []string{"pain decreased P = 0.05"}},
		{"Serum iron did not change between the two groups.", []string{"Serum iron no difference "}},
		{"Ruby tea led to a higher ferritin (P = 0.03), albumin (P = 0.01) and lower glucose (P = 0.02) than jade tea.", []string{"ferritin increased P = 0.03", "albumin increased P = 0.01", "glucose decreased P = 0.02"}},
		{"Compared with jade tea, ruby tea was followed by less pain (OR 0.37, P < .001) and sleep loss (OR 0.34, P < .001) and by greater attendance (OR 1.90, P < .001) and appetite (OR 1.50, P < .001).", []string{"pain decreased P < .001", "sleep loss decreased P < .001", "attendance increased P < .001", "appetite increased P < .001"}},
		{"Weight fell from 80.2 to 71.1 kg with ruby tea and from 80.4 to 79.9 kg with jade tea (P = 0.01 between groups).", []string{"Weight decreased P = 0.01"}},
		{"Sleep latency was lower with ruby tea than with jade tea, and the difference was significant (P = 0.01).", []string{"Sleep latency decreased P = 0.01"}},
	}
	for _, test := range tests {
		r, tell := study(t, v, head+test.text)
		f := finder{r: r, t: tell}
		var got []string
		for _, x := range f.findings() {
			if x.Kind == evidence.BetweenArms {
				got = append(got, fmt.Sprintf("%s %s %s", x.Outcome.Text, x.Direction, x.P.Printed))
			}
		}
		if diff := gocmp.Diff(test.want, got); diff != "" {
			t.Errorf("%q: comparisons (-want +got):\n%s", test.text, diff)
		}
	}
}

// TestArmLeftOut holds the arms of a comparison that leaves one out.
func TestArmLeftOut(t *testing.T) {
	v := loadVocabulary(t)
	head := "OBJECTIVE: To compare ruby tea, jade tea and placebo in adults with insomnia. METHODS: Ninety adults were randomised to ruby tea, jade tea or placebo. RESULTS: "
	for text, want := range map[string]string{
		"Pain was significantly lower in the ruby tea group, but not the jade tea group, than in the placebo group.":                   "[ruby tea] [placebo]",
		"Pain was lower in the jade tea group (p = 0.003), but not in the ruby tea group, compared with the placebo group.":            "[jade tea] [placebo]",
		"Pain was significantly lower versus placebo with ruby tea, but not with jade tea.":                                            "[ruby tea] [placebo]",
		"Pain was significantly lower in the ruby tea group and the jade tea group than in the placebo group.":                         "[ruby tea jade tea] [placebo]",
		"Pain was significantly lower in the ruby tea group, but fatigue was not changed; jade tea did not differ from placebo in it.": "[ruby tea] [placebo]",
	} {
		r, tell := study(t, v, head+text)
		f := finder{r: r, t: tell}
		got := ""
		for _, x := range f.findings() {
			if x.Kind == evidence.BetweenArms && got == "" {
				got = fmt.Sprint(x.Arm, x.Comparator)
			}
		}
		if got != want {
			t.Errorf("%q compares %s, want %s", text, got, want)
		}
	}
}

// TestArmsAlikeAtStart holds comparisons of the arms as they were enrolled, which are no results, beside ones that are.
func TestArmsAlikeAtStart(t *testing.T) {
	v := loadVocabulary(t)
	head := "OBJECTIVE: To compare ruby tea with jade tea in adults with insomnia. METHODS: Eighty adults were randomised to ruby tea or jade tea. RESULTS: "
	for text, want := range map[string]string{
		"At baseline, sleep latency was similar in both groups.":                                  "baseline Sleep latency",
		"The baseline scores of depression did not differ significantly between the groups.":      "baseline depression",
		"Pain did not differ between the groups before treatment.":                                "baseline Pain",
		"Pain did not differ between the groups at baseline or at 6 weeks.":                       "between Pain",
		"After adjusting for baseline, pain did not differ between the groups.":                   "between pain",
		"Compared with baseline, pain was lower with ruby tea than with jade tea.":                "between pain",
		"The change from baseline in pain did not differ between the groups.":                     "between pain",
		"Pain was similar in both groups.":                                                        "between Pain",
		"Pain was no lower than before treatment, and fatigue did not differ between the groups.": "between fatigue",
	} {
		r, tell := study(t, v, head+text)
		f := finder{r: r, t: tell}
		got := ""
		for _, x := range f.findings() {
			if x.Kind == evidence.BetweenArms || x.Kind == evidence.Baseline {
				got = fmt.Sprintf("%s %s", x.Kind, x.Outcome.Text)
			}
		}
		if !strings.EqualFold(got, want) {
			t.Errorf("%q: %s, want %s", text, got, want)
		}
	}
}

// TestChangesOfSeveralArmsAreChanges reads the changes of two arms told in one sentence as numbers of one measure.
func TestChangesOfSeveralArmsAreChanges(t *testing.T) {
	v := loadVocabulary(t)
	r, tell := study(t, v, "OBJECTIVE: To compare a diet (diet group) with a gym class (gym group). METHODS: Eighty adults were randomised. The primary outcome was mean body weight at 6 months. "+
		"RESULTS: Both groups had similarly lowered their mean body weight at 6 months: -3 kg (95% CI, -4 to -2) in the diet group, -2 kg (95% CI, -3 to -1) in the gym group.")
	f := finder{r: r, t: tell}
	n := 0
	for _, x := range f.findings() {
		if x.Kind != evidence.WithinArm {
			continue
		}
		for _, e := range x.Estimates {
			n++
			if e.Measure != "mean change" {
				t.Errorf("%s of %v is a %s", e.Printed, x.Arm, e.Measure)
			}
		}
	}
	if n != 2 {
		t.Errorf("%d changes, want 2", n)
	}
}
