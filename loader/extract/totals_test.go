package extract

import (
	"strings"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"
)

// TestSizesOfStudies reads how many took part, and how many each arm had, from the turns of phrase in which abstracts print them.
func TestSizesOfStudies(t *testing.T) {
	v := loadVocabulary(t)
	type sizes struct {
		Total, Randomized string
		Arms              []string
	}
	tests := []struct {
		text string
		want sizes
	}{
		// Ages, and what stands in brackets, are no better numbers.
		{
			"METHODS: This randomized trial included 96 adults aged 20 to 45 years who were randomized to yoga or stretching. RESULTS: Pain was lower with yoga than with stretching (P = .02).",
			sizes{"", "96", []string{"", ""}},
		},
		{
			"METHODS: Although 900 patients were planned, 640 patients (211 female, mean age 61.3 years) were enrolled and randomly assigned to doxazosin or placebo. RESULTS: Falls were fewer with doxazosin than with placebo (P = .03).",
			sizes{"", "640", []string{"", ""}},
		},
		{
			"METHODS: This open-label trial was conducted on 60 neonates who were given oral morphine or phenobarbital. RESULTS: Treatment lasted 8 days with morphine and 9 with phenobarbital.",
			sizes{"60", "", nil},
		},
		{
			"METHODS: We queried 127 adults with back pain about exercise. RESULTS: Most liked it.",
			sizes{"127", "", nil},
		},
		// People with their number behind them.
		{
			"METHODS: Patients (n = 310) treated for hip fracture in two hospitals were randomized to zoledronate or no infusion. RESULTS: Falls were fewer with zoledronate (P = .03).",
			sizes{"", "310", []string{"", ""}},
		},
		// Division into groups is randomization where the study is randomized, and only there.
		{
			"METHODS: In this randomised trial, eighty patients with asthma were divided into two equal groups: melatonin or placebo. RESULTS: Sleep was longer with melatonin than with placebo (P = .01).",
			sizes{"", "80", []string{"", ""}},
		},
		{
			"METHODS: Fifty patients with asthma who were admitted for a week were divided in two groups: 25 received melatonin and 25 received zopiclone. RESULTS: Sleep was longer with melatonin than with zopiclone (P = .01).",
			sizes{"50", "", []string{"25", "25"}},
		},
		// Whoever is counted, unless it is clusters.
		{
			"METHODS: In this trial, 72 bricklayers were randomly assigned to a back belt or no belt. RESULTS: Back pain was lower with the back belt (P = .04).",
			sizes{"", "72", []string{"", ""}},
		},
		{
			"METHODS: In this trial, 24 practices were randomly assigned to a reminder or usual care. RESULTS: Vaccination was higher with the reminder than with usual care (P = .04).",
			sizes{"", "", []string{"", ""}},
		},
		// Sizes of arms are no total, and the total is no size of an arm.
		{
			"METHODS: Patients were randomized to either methotrexate (N = 140) or leflunomide (N = 71). RESULTS: Pain was lower with methotrexate than with leflunomide (P = .02).",
			sizes{"", "", []string{"140", "71"}},
		},
		{
			"METHODS: 450 children were randomised to receive amodiaquine, artesunate or placebo. RESULTS: Fever was less frequent with artesunate than with placebo (P = .02).",
			sizes{"", "450", []string{"", "", ""}},
		},
		{
			"METHODS: A total of 1203 patients were randomly assigned to doxycycline (602) and placebo (601). RESULTS: Cough was shorter with doxycycline than with placebo (P = .02).",
			sizes{"", "1203", []string{"602", "601"}},
		},
		// A bracket behind those who were assigned lists the sizes of arms, whatever the section; one behind what happened does not.
		{
			"METHODS: Adults with gout were randomized to allopurinol or febuxostat. RESULTS: Of 311 adults randomized (allopurinol: N = 150; febuxostat: N = 161), most finished.",
			sizes{"", "311", []string{"150", "161"}},
		},
		{
			"METHODS: Adults with gout were randomized to allopurinol or febuxostat. RESULTS: More stopped early with febuxostat (allopurinol: n = 15; febuxostat: n = 31).",
			sizes{"", "", []string{"", ""}},
		},
		{
			"METHODS: Women were randomized to oxytocin or misoprostol. RESULTS: There were 61 vaginal births (40 in the oxytocin group and 21 in the misoprostol group).",
			sizes{"", "", []string{"", ""}},
		},
		// Those who will take part are planned, and none of them was randomized yet.
		{
			"METHODS: This randomized trial will involve 700 nurses with back pain, given a belt or none. The belt will be worn for a year.",
			sizes{"", "", []string{"", ""}},
		},
		// The decimals of a limit count nobody.
		{
			"METHODS: In this randomized trial, those with an ankle index <0.80 were recruited and given cilostazol or placebo. RESULTS: Walking distance was longer with cilostazol than with placebo (P = .02).",
			sizes{"", "", []string{"", ""}},
		},
	}
	for _, test := range tests {
		_, ts := study(t, v, test.text)
		if strings.Contains(test.text, "will involve") && ts.study.NPlanned != "700" {
			t.Errorf("%q: planned %q", test.text, ts.study.NPlanned)
		}
		got := sizes{Total: string(ts.study.N), Randomized: string(ts.study.NRandomized)}
		for _, a := range ts.study.Arms {
			got.Arms = append(got.Arms, string(a.N))
		}
		if diff := gocmp.Diff(test.want, got); diff != "" {
			t.Errorf("%q (-want +got):\n%s", test.text, diff)
		}
	}
}
