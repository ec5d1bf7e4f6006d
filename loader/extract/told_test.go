package extract

import (
	"fmt"
	"strings"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"

	"github.com/picograph/picograph/graph/evidence"
	"github.com/picograph/picograph/graph/vocab"
)

// TestToldOfWhom holds of whom, of what and to which side results are told, where it is easy to go wrong.
func TestToldOfWhom(t *testing.T) {
	v := loadVocabulary(t)
	tests := []struct {
		name, text string
		want       []string
	}{
		{
			"arms that differ in the dose alone",
			"METHODS: Adults were randomised to receive 5, 10, or 20 mg of zolpam or placebo. RESULTS: Depression scores were lower with zolpam 10 mg than with placebo (P = .01), and with 20 mg than with placebo (P = .02).",
			[]string{"between zolpam 10 mg/placebo Depression scores decreased", "between zolpam 20 mg/placebo Depression scores decreased"},
		},
		{
			"two results, of which the last names the arms",
			"METHODS: Adults were randomised to zolpam or pelidone. RESULTS: Of all days, the share of calm days was significantly higher (59.4% vs 51.7%; p = 0.03) and the relapse rate was significantly lower (p = 0.008) with pelidone compared with zolpam.",
			[]string{"arm pelidone/ share of calm days 59.4%", "arm zolpam/ share of calm days 51.7%", "between pelidone/zolpam share of calm days increased", "between pelidone/zolpam relapse rate decreased"},
		},
		{
			"when something was measured is no part of what was",
			"METHODS: Adults were randomised to zolpam or pelidone. RESULTS: Retention at week 24 was 66% with zolpam and 48% with pelidone (P = .03).",
			[]string{"arm zolpam/ Retention 66%", "arm pelidone/ Retention 48%", "between zolpam/pelidone Retention increased"},
		},
		{
			"what is lacked is not denied",
			"METHODS: Adults were randomised to zolpam or pelidone. RESULTS: The share of days without symptoms was greater with pelidone than with zolpam (P = .03).",
			[]string{"between pelidone/zolpam share of days without symptoms increased"},
		},
		{
			"no intervention is not the intervention",
			"METHODS: Adults were randomised to the intervention group or the control group. The control arm received no intervention (n = 113). RESULTS: Sleep was longer in the intervention group than in the control group (P = .03).",
			[]string{"between intervention/no intervention Sleep increased"},
		},
		{
			"abbreviations in the names of arms name them",
			"METHODS: Adults were randomised to 12-h SLED-BD or 24-h CVVH. RESULTS: Days in hospital were fewer in the SLED-BD group (P = 0.04). Fever was more common in the CVVH group (P = 0.02).",
			[]string{"between 12-h SLED-BD/24-h CVVH Days in hospital decreased", "between 24-h CVVH/12-h SLED-BD Fever increased"},
		},
		{
			"values that a verb stands before",
			"METHODS: Adults were randomised to a drill (group A) or a gel (group B). RESULTS: The mean pain score with group A was 4.9 and group B was 2.6 (P < 0.001).",
			[]string{"arm drill/ pain score mean pain score with group A was 4.9", "arm gel/ pain score 2.6", "between gel/drill pain score decreased"},
		},
		{
			"each comparison of a sentence is of its own subgroup",
			"METHODS: Smokers were randomised to yearly scans (n = 229) or no scans (n = 223). RESULTS: Mortality was lower among women (HR 0.31, 95% CI 0.10 to 0.96, P = 0.04) but not among men (HR 0.94, 95% CI 0.54 to 1.61, P = 0.81) who were scanned.",
			[]string{"between yearly scans/no scans Mortality decreased in women", "between yearly scans/no scans Mortality no difference in men"},
		},
		{
			"two groups together are everybody",
			"METHODS: Smokers were randomised to scans (n = 229) or leaflets (n = 223). RESULTS: The hazard ratio for mortality was 0.74 (95% CI 0.46 to 1.19; p = 0.21) among men and women combined.",
			[]string{"between scans/leaflets hazard ratio for mortality no difference HR"},
		},
		{
			"a subgroup that opens the sentence",
			"METHODS: Smokers were randomised to scans (n = 229) or leaflets (n = 223). RESULTS: In smokers with diabetes, mortality was lower with scans (HR 0.5; 95% CI 0.3 to 0.8).",
			[]string{"between scans/leaflets mortality decreased in smokers with diabetes"},
		},
		{
			"shares of the arms behind a difference are no difference",
			"METHODS: Adults with PTSD were randomised to writing (n = 53) or drawing (n = 55). RESULTS: Writing and drawing showed no difference in dropout (24.5% in writing and 20.0% in drawing, P = .57).",
			[]string{"arm writing/ dropout 24.5%", "arm drawing/ dropout 20.0%", "between writing/drawing dropout no difference"},
		},
		{
			"the size of an effect has the side told before it",
			"METHODS: Adults with PTSD were randomised to writing (n = 53) or drawing (n = 55). RESULTS: Writing led to a greater reduction of PTSD symptoms than drawing. Between-group effect sizes were 0.78 (P < .001) for symptoms and 0.65 (P = .001) for nightmares.",
			[]string{"between writing/drawing PTSD symptoms decreased", "between writing/drawing PTSD symptoms decreased SMD", "between writing/drawing PTSD symptoms decreased SMD"},
		},
		{
			"the size of an effect has no side of its own",
			"METHODS: Adults with PTSD were randomised to writing (n = 53) or drawing (n = 55). RESULTS: Nightmares differed between the groups (effect size 0.78, P < .001).",
			[]string{"between writing/drawing Nightmares not stated SMD"},
		},
		{
			"a P value without its sign",
			"METHODS: Adults with insomnia were randomised to yoga (n = 53) or reading (n = 55). RESULTS: Sleep quality was better with yoga than with reading (P0.1).",
			[]string{"between yoga/reading Sleep quality no difference"},
		},
		{
			"the interval behind a test statistic is of the difference",
			"METHODS: Adults with insomnia were randomised to yoga (n = 53) or reading (n = 55). RESULTS: Mean depression scores were 73.3 v 79.0 with yoga and reading, t = -2.31, 95% confidence interval -10.5 to -0.8.",
			[]string{"arm yoga/ depression scores Mean depression scores were 73.3", "arm reading/ depression scores 79.0", "between yoga/reading depression scores decreased MD"},
		},
		{
			"more than, by an interval on both sides of zero",
			"METHODS: Adults with pain were randomised to a group course (n = 403) or usual care (n = 300). RESULTS: The course cost a little more than usual care (£188 [US$277], 95% CI -£125 [-US$184] to £501 [US$738]).",
			[]string{"between group course/usual care cost no difference MD"},
		},
		{
			"a reason for stopping is no comparison",
			"METHODS: Adults with pain were randomised to tapentadol (n = 403) or placebo (n = 300). RESULTS: Discontinuations due to lack of efficacy were 7.5% in the tapentadol group and 23.7% in the placebo group.",
			[]string{"arm tapentadol/ Discontinuations due to lack of efficacy 7.5%", "arm placebo/ Discontinuations due to lack of efficacy 23.7%"},
		},
		{
			"what people had before is no arm",
			"OBJECTIVE: To assess whether a talk with a midwife lowers depression. DESIGN: Randomised controlled trial. PARTICIPANTS: 1041 women who had given birth by section (n = 624) or with forceps (n = 353) or suction (n = 64). RESULTS: More women allocated to the talk scored as depressed than women allocated to usual postpartum care (81 (17%) v 65 (14%); odds ratio 1.24, 95% confidence interval 0.87 to 1.77).",
			[]string{"arm talk/ depressed 81 (17%)", "arm usual postpartum care/ depressed 65 (14%)", "between talk/usual postpartum care depressed no difference OR"},
		},
		{
			"who is favoured stands on the first side",
			"METHODS: Adults were randomised to singing (n = 53) or film club (n = 55). RESULTS: The difference in fatigue was in favour of the singing group (P = 0.02).",
			[]string{"between singing/film club fatigue decreased"},
		},
		{
			"a P value before what is said of both arms is of the change",
			"METHODS: Adults were randomised to zolpam (n = 53) or placebo (n = 55). RESULTS: Grip strength fell with both treatments, with no difference between groups.",
			[]string{"within zolpam/ Grip strength decreased", "within placebo/ Grip strength decreased", "between zolpam/placebo Grip strength no difference"},
		},
		{
			"one P value of the same size for each outcome",
			"METHODS: Adults with pain were randomised to yoga (n = 53) or reading (n = 55). RESULTS: Yoga led to less pain (VAS, P<0.001), better well-being (PGWB, P<0.001) and better sleep quality (P<0.05) than reading.",
			[]string{"between yoga/reading pain decreased", "between yoga/reading well-being increased", "between yoga/reading sleep quality increased"},
		},
		{
			"values behind what changed in both arms are not set against each other",
			"METHODS: Adults were randomised to visits (n = 53) or leaflets (n = 55). RESULTS: Blood pressure control improved significantly in both groups (55.2%, 95% CI 50.0% to 60.3%, for visits versus 49.9%, 95% CI 44.9% to 54.9%, for leaflets).",
			[]string{"arm visits/ Blood pressure control 55.2%, 95% CI 50.0% to 60.3%", "arm leaflets/ Blood pressure control 49.9%, 95% CI 44.9% to 54.9%", "within visits/ Blood pressure control increased proportion", "within leaflets/ Blood pressure control increased proportion"},
		},
		{
			"a P value behind values without a name of their own",
			"METHODS: Adults with insomnia were randomised to yoga (n = 53) or reading (n = 55). RESULTS: Retention with yoga was noninferior to reading (difference, -0.1; 95% CI, -0.2 to 0.1; P = .04), with a mean (SD) time of 69.3 (25.9) and 63.7 (29.9) days, correspondingly (P = .33).",
			[]string{"between yoga/reading Retention no difference MD", "arm yoga/ Retention mean (SD) time of 69.3 (25.9)", "arm reading/ Retention 63.7 (29.9) days", "between yoga/reading Retention no difference"},
		},
		{
			"the arm behind a bracket is of the result in it",
			"METHODS: Adults with PTSD were randomised to writing (n = 53), drawing (n = 55) or a waiting list (n = 50). RESULTS: Writing and drawing led to a greater reduction of PTSD symptoms than the waiting list. Between-group effect sizes were 0.78 (P < .001) in writing and 0.65 (P = .001) in drawing.",
			[]string{"between writing+drawing/waiting list PTSD symptoms decreased", "between writing/waiting list PTSD symptoms decreased SMD", "between drawing/waiting list PTSD symptoms decreased SMD"},
		},
		{
			"what is the only one of its kind",
			"METHODS: Adults with pain were randomised to tapentadol (n = 403) or placebo (n = 300). RESULTS: The only adverse event reported more frequently with tapentadol than placebo and in at least 5% of patients was vomiting (5.5% vs 2.3%).",
			[]string{"arm tapentadol/ vomiting 5.5%", "arm placebo/ vomiting 2.3%", "between tapentadol/placebo vomiting increased"},
		},
		{
			"positive results are of what was tested",
			"METHODS: Adults were randomised to a taper or to buprenorphine. The primary outcome was opioid-positive urine. RESULTS: At week 4, 28 taper patients had positive results (61%; 95% CI, 47% to 75%) vs 15 buprenorphine patients (26%; 95% CI, 14% to 38%).",
			[]string{"arm taper/ opioid-positive urine 28 taper patients had positive results (61%; 95% CI, 47% to 75%)", "arm buprenorphine/ opioid-positive urine 15 buprenorphine patients (26%; 95% CI, 14% to 38%)", "between taper/buprenorphine opioid-positive urine increased"},
		},
		{
			"what was, and then fell",
			"METHODS: Adults with pain were randomised to tapentadol (n = 403) or placebo (n = 300). RESULTS: Mean pain scores were 6.7 after the washout and declined to 2.8 after the titration period.",
			[]string{"within / pain scores decreased mean change"},
		},
		{
			"an association of an event with a treatment",
			"METHODS: Smokers were randomised to an inhaler (n = 403) or a patch (n = 300). RESULTS: There was a significant association between abstinence and treatment with the inhaler (P = .04).",
			[]string{"between inhaler/patch abstinence increased"},
		},
		{
			"what a result was adjusted for is no outcome",
			"METHODS: Women were randomised to yoga (n = 53) or reading (n = 55). RESULTS: Adjusting for age, body weight, smoking and sleep quality, yoga was associated with a reduction in pain relative to reading (P = .004).",
			[]string{"between yoga/reading pain decreased"},
		},
		{
			"a list behind an opening comparison goes on with it",
			"METHODS: Adults with insomnia were randomised to yoga (n = 53) or reading (n = 55). RESULTS: Compared with reading, yoga led to less pain (difference -1.7 (95% CI, -3.3 to -0.1), p=0.03), fatigue (difference -1.5 (95% CI, -2.8 to -0.2), p=0.02) and anxiety (difference -3.4 (95% CI, -4.9 to -2.0), p<0.001).",
			[]string{"between yoga/reading pain decreased MD", "between yoga/reading fatigue decreased MD", "between yoga/reading anxiety decreased MD"},
		},
		{
			"values in brackets do not turn the arm behind them round",
			"METHODS: Adults with insomnia were randomised to yoga (n = 53) or reading (n = 55). RESULTS: Pain (8 vs 5, P = 0.02) and fatigue (9 vs 4, P = 0.03) were significantly higher in the reading group.",
			[]string{"arm reading/ Pain 8", "arm yoga/ Pain 5", "between reading/yoga Pain increased", "arm reading/ fatigue 9", "arm yoga/ fatigue 4", "between reading/yoga fatigue increased"},
		},
		{
			"the sign printed with a change goes before what was said of another",
			"METHODS: Adults were randomised to a supplement (n = 53) or placebo (n = 55). RESULTS: Significant reductions were seen for anxiety (-17%, P = 0.01) and muscle strength (+25%, P = 0.001).",
			[]string{"arm / anxiety -17%", "between supplement/placebo anxiety decreased", "arm / muscle strength +25%", "between supplement/placebo muscle strength increased"},
		},
		{
			"a difference between groups has the side that their changes have",
			"METHODS: Adults with insomnia were randomised to yoga (n = 53) or reading (n = 55). RESULTS: Pain increased significantly in the reading group (P = .002), but there was no change in the yoga group (P = 1.0), and the between-group difference was significant (P = .003).",
			[]string{"within reading/ Pain increased", "within yoga/ Pain no difference", "between yoga/reading Pain decreased"},
		},
		{
			"a difference printed without its sign has the side that was told before it",
			"METHODS: Adults with insomnia were randomised to yoga (n = 53) or reading (n = 55). RESULTS: Yoga significantly reduced anxiety (from 12.8 ± 2.5 to 11.6 ± 2.3, P = 0.003), and there was also a significant mean difference between groups (mean difference 1.5, 95% CI 0.6 to 2.7).",
			[]string{"within yoga/ anxiety decreased mean change", "between yoga/reading anxiety decreased MD"},
		},
		{
			"who people were is no result",
			"METHODS: Adults with insomnia were randomised to yoga (n = 53) or reading (n = 55). RESULTS: There were no differences between the groups in age, sex and pain. Demographic characteristics were similar in both groups.",
			[]string{"baseline yoga/reading age no difference", "baseline yoga/reading sex no difference", "baseline yoga/reading pain no difference", "baseline yoga/reading Demographic characteristics no difference"},
		},
		{
			"the two of three",
			"METHODS: Adults were randomised to yoga (n = 53), running (n = 51) or usual care (n = 55). RESULTS: Pain was similar in the two exercise groups.",
			[]string{"between yoga/running Pain no difference"},
		},
		{
			"any event of several",
			"METHODS: Adults were randomised to amoxicillin (n = 53) or placebo (n = 55). RESULTS: A higher proportion of any adverse events (diarrhoea or nausea or rash) (OR 1.31, 95% CI 1.05 to 1.64) was reported in the amoxicillin group.",
			[]string{"between amoxicillin/placebo adverse events increased OR"},
		},
		{
			"nearly significant",
			"METHODS: Adults were randomised to yoga (n = 53) or usual care (n = 55). RESULTS: Pain was marginally lower in the yoga group than in the usual care group (P < 0.1).",
			[]string{"between yoga/usual care Pain no difference"},
		},
	}
	for _, test := range tests {
		if diff := gocmp.Diff(test.want, toldOf(t, v, test.text)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", test.name, diff)
		}
	}
}

// toldOf reads the findings of an abstract, each as a line.
func toldOf(t *testing.T, v *vocab.Vocabulary, text string) []string {
	t.Helper()
	r, tell := study(t, v, text)
	f := finder{r: r, t: tell}
	var got []string
	for _, x := range f.findings() {
		line := fmt.Sprintf("%s %s/%s %s %s", x.Kind, strings.Join(x.Arm, "+"), strings.Join(x.Comparator, "+"), x.Outcome.Text, x.Direction)
		if x.Subgroup {
			line += " in " + x.Population.Text
		} else if len(x.Estimates) > 0 && x.Kind == evidence.ArmLevel {
			line += x.Estimates[0].Printed
		} else if len(x.Estimates) > 0 {
			line += " " + x.Estimates[0].Measure
		}
		got = append(got, line)
	}
	return got
}
