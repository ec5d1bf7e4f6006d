package extract

import (
	"fmt"
	"slices"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"

	"github.com/picograph/picograph/graph/evidence"
)

// comparisonsOf reads the comparisons of an abstract, each as its arms, outcome, direction and P value.
func comparisonsOf(t *testing.T, text string) []string {
	t.Helper()
	r, tell := study(t, loadVocabulary(t), text)
	f := finder{r: r, t: tell}
	var got []string
	for _, x := range f.findings() {
		if x.Kind == evidence.BetweenArms {
			got = append(got, fmt.Sprintf("%s / %s: %s %s %s", x.Arm, x.Comparator, x.Outcome.Text, x.Direction, x.P.Printed))
		}
	}
	return got
}

// TestNonInferiority holds that no worse by a margin is no difference only where the interval holds the null.
func TestNonInferiority(t *testing.T) {
	head := "OBJECTIVE: To compare ruby tea with jade tea in adults with insomnia. METHODS: Eighty adults were randomised to ruby tea or jade tea. RESULTS: "
	tests := []struct{ text, want string }{
		{"Ruby tea was noninferior to jade tea on fatigue (mean difference, -2.4 with 95% CI, -3.9 to -0.8; P < .001).", "[ruby tea] / [jade tea]: fatigue decreased P < .001"},
		{"Ruby tea was noninferior to jade tea on fatigue (mean difference, -0.4 with 95% CI, -1.9 to 0.8; P < .001).", "[ruby tea] / [jade tea]: fatigue no difference P < .001"},
		{"Ruby tea was non-inferior to jade tea for pain (risk ratio 0.61, 95% CI 0.44 to 0.85).", "[ruby tea] / [jade tea]: pain decreased "},
	}
	for _, test := range tests {
		if diff := gocmp.Diff([]string{test.want}, comparisonsOf(t, head+test.text)); diff != "" {
			t.Errorf("%q (-want +got):\n%s", test.text, diff)
		}
	}
}

// TestDosesNameArms holds that a dose alone names the arm of a drug that is given in several.
func TestDosesNameArms(t *testing.T) {
	got := comparisonsOf(t, "METHODS: In this trial, 240 adults with asthma were randomly assigned to velorin 40 mg/40 mg, velorin 40 mg/10 mg, or placebo. RESULTS: The mean proportion of days without fatigue was 61% (SD 20) for velorin 40 mg/40 mg and 58% (22) for 40 mg/10 mg, compared with 31% (19) for placebo (p<0.001 for both velorin regimens).")
	want := []string{
		"[velorin 40 mg/40 mg] / [placebo]: proportion of days without fatigue increased p<0.001",
		"[velorin 40 mg/10 mg] / [placebo]: proportion of days without fatigue increased p<0.001",
	}
	if diff := gocmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	for label, want := range map[string]string{"velorin 20 mg": "20 mg", "velorin 40 mg/10 mg": "40 mg/10 mg", "vitamin B12": "", "velorin": "", "20 mg": ""} {
		if _, dose := cutDose(label); dose != want {
			t.Errorf("cutDose(%q) = %q, want %q", label, dose, want)
		}
	}
}

// TestGroupInBracketsAfterComparison holds that a name before "(X-group)" starts behind the words that compare it.
func TestGroupInBracketsAfterComparison(t *testing.T) {
	_, ts := study(t, loadVocabulary(t), "This randomised controlled trial investigated the effect of inpatient stroke rehabilitation (ISR) compared with visits by a family nurse after discharge (FN-group) and with a group of patients waiting for three months (WA-group). Ninety patients were studied. After 6 months walking speed was higher in the FN-group than in the WA-group (P<0.01).")
	var got []string
	for _, a := range ts.study.Arms {
		got = append(got, a.Label)
	}
	if !slices.Contains(got, "visits by a family nurse") {
		t.Errorf("arms %q, want one of them the visits alone", got)
	}
}

// TestWordsAgainstP holds that where words and P value deny each other, both are kept, flagged, and no direction is told.
func TestWordsAgainstP(t *testing.T) {
	v := loadVocabulary(t)
	head := "OBJECTIVE: To compare ruby tea with jade tea in adults with insomnia. METHODS: Eighty adults were randomised to ruby tea or jade tea. RESULTS: "
	tests := []struct {
		text string
		want evidence.Direction
		flag string
	}{
		{"Fatigue did not differ between ruby tea and jade tea (P = 0.01).", evidence.NotStated, "said to be no difference, but P = 0.01 shows one"},
		{"Fatigue was significantly lower with ruby tea than with jade tea (P = 0.31).", evidence.NotStated, "called significant, but P = 0.31 is not"},
		{"Fatigue was significantly lower with ruby tea than with jade tea (P = 0.01).", evidence.Decreased, ""},
		{"Fatigue was lower with ruby tea than with jade tea, but not significantly (P = 0.31).", evidence.NoDifference, ""},
		{"Fatigue did not differ significantly between ruby tea and jade tea (P = 0.31).", evidence.NoDifference, ""},
	}
	for _, test := range tests {
		var got []evidence.Finding
		for _, x := range extractText(v, "test", head+test.text).Studies[0].Findings {
			if x.Kind == evidence.BetweenArms {
				got = append(got, x)
			}
		}
		if len(got) != 1 || got[0].Direction != test.want || got[0].P.Printed == "" || slices.Contains(got[0].Checks, test.flag) != (test.flag != "") {
			t.Errorf("%q: %+v, want one comparison %s with flag %q", test.text, got, test.want, test.flag)
		}
	}
}

// TestScaleNotes holds that what is said of a scale, which way it runs, is said of nobody's result.
func TestScaleNotes(t *testing.T) {
	head := "OBJECTIVE: To compare ruby tea with jade tea in adults with insomnia. METHODS: Eighty adults were randomised to ruby tea or jade tea. RESULTS: "
	tests := []struct{ text, want string }{
		{"Mean pain scores (higher scores indicate worse pain) were 3.2 in the ruby tea group and 5.1 in the jade tea group (P = .01).", "[ruby tea] / [jade tea]: pain scores decreased P = .01"},
		{"Mean fatigue ratings (lower values better) were 5.4 (95% CI 4.5-6.3) in the ruby tea group and 4.0 (95% CI 3.8-4.2) in the jade tea group (P < .001).", "[ruby tea] / [jade tea]: fatigue ratings increased P < .001"},
		{"Pain scores were higher with ruby tea than with jade tea (P = .02).", "[ruby tea] / [jade tea]: Pain scores increased P = .02"},
	}
	for _, test := range tests {
		if diff := gocmp.Diff([]string{test.want}, comparisonsOf(t, head+test.text)); diff != "" {
			t.Errorf("%q (-want +got):\n%s", test.text, diff)
		}
	}
}

// TestSaidSignificant holds that a direction that is called significant in one word with it is significant, and one so denied is not.
func TestSaidSignificant(t *testing.T) {
	v := loadVocabulary(t)
	tests := []struct {
		text string
		want any
	}{
		{"Fatigue was significantly lower with ruby tea than with jade tea.", true},
		{"Ruby tea led to a significant reduction in fatigue compared with jade tea.", true},
		{"Fatigue was not significantly lower with ruby tea than with jade tea.", false},
		{"Fatigue was lower with ruby tea than with jade tea.", nil},
	}
	for _, test := range tests {
		r, tell := study(t, v, "METHODS: Eighty adults were randomised to ruby tea or jade tea. RESULTS: "+test.text)
		f := finder{r: r, t: tell}
		var got any
		for _, x := range f.findings() {
			if x.Kind == evidence.BetweenArms && x.Significant != nil {
				got = *x.Significant
			}
		}
		if got != test.want {
			t.Errorf("%q: %v, want %v", test.text, got, test.want)
		}
	}
}
