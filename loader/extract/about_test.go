package extract

import (
	"fmt"
	"strings"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"

	"github.com/picograph/picograph/graph/evidence"
)

// TestAbout holds of what a comparison of two arms, zolpam and placebo, is told.
func TestAbout(t *testing.T) {
	v := loadVocabulary(t)
	tests := []struct {
		name, results string
		want          []string
	}{
		{
			"a degree points back",
			"Stool protein rose with zolpam and with placebo; the degree of increase with placebo was significantly higher compared with zolpam (P = .04).",
			[]string{"placebo/zolpam Stool protein increased"},
		},
		{
			"more of a change points back",
			"Itching and redness fell in both groups, but more decrease was seen in the zolpam group (P = .03).",
			[]string{"zolpam/placebo Itching decreased", "zolpam/placebo redness decreased"},
		},
		{
			"what is printed with a mean is no part of the name",
			"Over 12 months, mean (SD) sodium intake decreased from 157 (75) mg/d to 94 (98) mg/d in the zolpam arm and was lower than with placebo (P = .03).",
			[]string{"zolpam/placebo sodium intake decreased"},
		},
		{
			"what patients did",
			"More patients in the zolpam group continued physiotherapy than in the placebo group (P = .01).",
			[]string{"zolpam/placebo continued physiotherapy increased"},
		},
		{
			"a share of people with all that says which",
			"The proportion of adults with a positive smear given antibiotics was lower with zolpam than with placebo (P = .02).",
			[]string{"zolpam/placebo proportion of adults with a positive smear given antibiotics decreased"},
		},
		{
			"a subject goes before a guess behind the claim",
			"Increased knee torque and peak power were significantly greater following zolpam vs. placebo (P < .05).",
			[]string{"zolpam/placebo knee torque increased", "zolpam/placebo peak power increased"},
		},
		{
			"a heading is no topic",
			"Secondary outcomes: step length was lower with zolpam than with placebo (P = .02).",
			[]string{"zolpam/placebo step length decreased"},
		},
		{
			"the measures in a bracket stand for what is told",
			"Zolpam led to greater improvement in the severity of symptoms than placebo (P < .01 for the Hamilton Rating Scale and CGI-S).",
			[]string{"zolpam/placebo severity of symptoms decreased"},
		},
		{
			"P values before what they are of",
			"The zolpam group showed a significant (P < .001) reduction in anger and a significant (P = .02) increase in vigor compared with placebo.",
			[]string{"zolpam/placebo anger decreased", "zolpam/placebo vigor increased"},
		},
		{
			"outcomes and numbers in turn",
			"Mean reading, writing and motor scores were 99.4 versus 101.7 (MD -2.3, 95% CI -7.8 to 3.2; P = .42), 97.2 versus 97.9 (MD -0.7, 95% CI -7.0 to 5.6; P = .83) and 93.9 versus 92.4 (MD 1.4, 95% CI -4.0 to 6.9; P = .61), respectively.",
			[]string{"zolpam/placebo reading no difference", "zolpam/placebo writing no difference", "zolpam/placebo motor scores no difference"},
		},
		{
			"each comparative is of its own outcome",
			"Zolpam led to higher trust (P < .001), lower integrity (P = .001), as well as lower benevolence (P = .002) than placebo.",
			[]string{"zolpam/placebo trust increased", "zolpam/placebo integrity decreased", "zolpam/placebo benevolence decreased"},
		},
		{
			"what is said behind the claim is no outcome",
			"Knee torque and burst duration were significantly reduced at fast speeds following zolpam compared with placebo (P < .05).",
			[]string{"zolpam/placebo Knee torque decreased", "zolpam/placebo burst duration decreased"},
		},
		{
			"how it was measured is no outcome",
			"The glucose response expressed as area under the curve was lower following zolpam than following placebo, but the difference was not significant (P = .2).",
			[]string{"zolpam/placebo glucose response no difference"},
		},
		{
			"a time before the subject",
			"After the treatment the walking score was 89 (SD 9) with zolpam and 84 (SD 8) with placebo, with a significant difference between the two groups (P = .03).",
			[]string{"zolpam/placebo walking score increased"},
		},
		{
			"the values of the sentence before show the side",
			"Mean tear length was 12.1 mm with zolpam and 8.3 mm with placebo. The difference between the groups was significant (P = .03).",
			[]string{"zolpam/placebo tear length increased"},
		},
		{
			"a subject left to the clause before",
			"A perforation did not persist in the zolpam group, but did persist in 15% of the placebo group (P = .001).",
			[]string{"placebo/zolpam perforation not stated"},
		},
		{
			"what was found that",
			"The results showed that step length was lower with zolpam than with placebo (P = .02).",
			[]string{"zolpam/placebo step length decreased"},
		},
		{
			"what differences are spoken of",
			"There were no differences with respect to duration of the procedure. Despite better sedation with zolpam, no significant differences were found regarding overall behavior (P > .05).",
			[]string{"zolpam/placebo duration of the procedure no difference", "zolpam/placebo behavior no difference"},
		},
		{
			"body weight is no fat mass",
			"Fat mass was lower with zolpam than with placebo (P = .03). Body weight did not differ (P = .4).",
			[]string{"zolpam/placebo Fat mass decreased", "zolpam/placebo Body weight no difference"},
		},
		{
			"by how much less",
			"The amount of fat in meals bought by the zolpam group was 0.7% lower (95% confidence interval 0.5 to 0.9, P < .001) than in the placebo group.",
			[]string{"zolpam/placebo amount of fat in meals bought decreased"},
		},
		{
			"differences from an arm",
			"Vessel volume and insulin levels declined with zolpam, mean differences from placebo of -31.4 ml (95% CI -56.5 to -6.3; P = .02) and -5.3 mg/dl (95% CI -9.9 to -0.7; P = .02), respectively.",
			[]string{"zolpam/placebo Vessel volume decreased", "zolpam/placebo insulin levels decreased"},
		},
		{
			"none in any group",
			"No severe side-effects were observed in any group. There were no deaths in either group.",
			[]string{"zolpam/placebo severe side-effects no difference", "zolpam/placebo deaths no difference"},
		},
		{
			"a difference that is significant is not the change of one arm that is not",
			"Stool blood rose significantly in the placebo group (P = .002), but there was no change in the zolpam group (P = 1.0), and the between-group difference was significant (P = .003).",
			[]string{"zolpam/placebo Stool blood decreased"},
		},
		{
			"the uptake of something is no rise",
			"There were no differences in the uptake of vaccines.",
			[]string{"zolpam/placebo uptake of vaccines no difference"},
		},
		{
			"other things are not those told before",
			"Waist size was lower with zolpam (P = .03). No differences between the groups were found in other variables.",
			[]string{"zolpam/placebo Waist size decreased", "zolpam/placebo other variables no difference"},
		},
	}
	for _, test := range tests {
		r, tell := study(t, v, "METHODS: Adults were randomised to zolpam (n = 53) or placebo (n = 55). RESULTS: "+test.results)
		f := finder{r: r, t: tell}
		var got []string
		for _, x := range f.findings() {
			if x.Kind == evidence.BetweenArms {
				got = append(got, fmt.Sprintf("%s/%s %s %s", strings.Join(x.Arm, "+"), strings.Join(x.Comparator, "+"), x.Outcome.Text, x.Direction))
			}
		}
		if diff := gocmp.Diff(test.want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", test.name, diff)
		}
	}
}
