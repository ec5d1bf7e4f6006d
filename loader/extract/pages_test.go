package extract

import (
	"testing"

	gocmp "github.com/google/go-cmp/cmp"

	"github.com/picograph/picograph/loader/document"
)

// TestPagesOfOthers holds what is read of results as pages of universities, funders and news sites tell them.
func TestPagesOfOthers(t *testing.T) {
	v := loadVocabulary(t)
	tests := []struct {
		name, text string
		want       []string
	}{
		{
			"an arm whose name is a word in capitals says nothing of its own",
			"METHODS: Veterans were randomised to Recovery Meditation (MORE; n = 53) or usual care (n = 55). RESULTS: MORE reduced fatigue compared with usual care (P = .02).",
			[]string{"between Recovery Meditation/usual care fatigue decreased"},
		},
		{
			"superior in reducing: a list of outcomes between the arms",
			"METHODS: Veterans were randomised to yoga (n = 53) or reading (n = 55). RESULTS: Yoga was superior to reading in reducing pain severity (p=0.01), fatigue (p=0.048), and opioid dose (p=0.029).",
			[]string{"between yoga/reading pain severity decreased", "between yoga/reading fatigue decreased", "between yoga/reading opioid dose decreased"},
		},
		{
			"the difference in the bracket of a change is of that arm",
			"METHODS: Adults were randomised to yoga or reading. RESULTS: The mean (SD) pain score improved from 6.8 (1.5) to 6.1 (1.9; adjusted mean difference, -0.59; 95% CI, -0.89 to -0.29) with yoga.",
			[]string{"within yoga/ pain score decreased mean change"},
		},
		{
			"one of two groups counts nobody, and neither does one in four",
			"METHODS: Adults were randomised to one of two groups: yoga or reading. RESULTS: One in four (25.0%) stopped yoga.",
			[]string{"arm yoga/ One in four 25.0%"},
		},
		{
			"by how much one side was lower is no share of an arm",
			"METHODS: Adults were randomised to leaflets (n = 53) or calls (n = 55). RESULTS: With calls there were 47% fewer hospital visits (rate ratio, 0.53; 95% CI, 0.34 to 0.83; P = .005) than with leaflets.",
			[]string{"between calls/leaflets hospital visits decreased rate ratio"},
		},
		{
			"what may be is no result, and what others found is theirs",
			"Calls and hospital visits of adults\n\nAdults were randomised to calls (n = 53) or leaflets (n = 55). Calls may reduce falls. Calls reduced falls in many towns (BMJ 2013 Jan 30;346:f174). Hospital visits were fewer with calls than with leaflets (P = .03).",
			[]string{"between calls/leaflets Hospital visits decreased"},
		},
		{
			"lower, but the difference was not significant: no change in the arm",
			"METHODS: Adults were randomised to taper support or usual care. RESULTS: At 22 weeks, opioid dose was lower in the taper support group, but this difference was not statistically significant (adjusted mean difference = -42.9 mg; 95% CI, -92.42 to 6.62; P = .09).",
			[]string{"between taper support/usual care opioid dose no difference", "between taper support/usual care opioid dose no difference MD"},
		},
		{
			"what each of several ratios is for stands behind it",
			"METHODS: Adults were randomised to calls (n = 53) or leaflets (n = 55). RESULTS: With calls the rate ratio was 1.68 for overdose and 2.28 for mental health crisis compared with leaflets.",
			[]string{"between calls/leaflets overdose increased rate ratio", "between calls/leaflets mental health crisis increased rate ratio"},
		},
		{
			"what they were likelier to do",
			"METHODS: Adults were randomised to calls (n = 53) or leaflets (n = 55). RESULTS: The mean dose was 57.8 mg. At 1 year, calls patients were more likely than leaflets patients to receive counselling (65.9% vs 37.8%; odds ratio, 6.0; 95% CI, 3.6-10.2).",
			[]string{"arm / dose mean dose was 57.8 mg", "arm calls/ receive counselling 65.9%", "arm leaflets/ receive counselling 37.8%", "between calls/leaflets receive counselling increased OR"},
		},
		{
			"no longer doing it is not doing it",
			"METHODS: Adults were randomised to yoga (n = 53) or reading (n = 55). MAIN OUTCOMES AND MEASURES: The primary outcome was opioid misuse. RESULTS: 45.0% of those with yoga were no longer misusing opioids compared with 24.4% of those with reading.",
			[]string{"arm yoga/ no longer misusing opioids 45.0%", "arm reading/ no longer misusing opioids 24.4%", "between yoga/reading no longer misusing opioids not stated"},
		},
		{
			"a share of people after a concession has an outcome of its own",
			"METHODS: Adults were randomised to yoga (n = 53) or reading (n = 55). RESULTS: While no difference was found in opioid use, 37% of participants in the yoga group were successfully detoxified compared with 19% of participants in the reading group.",
			[]string{"between yoga/reading opioid use no difference", "arm yoga/ successfully detoxified 37%", "arm reading/ successfully detoxified 19%", "between yoga/reading successfully detoxified not stated"},
		},
		{
			"shares of all before the arms are of no arm",
			"METHODS: Adults with pain (80% women; mean age, 48 years) were randomised to yoga (n = 53) or reading (n = 55). RESULTS: Pain was less with yoga than with reading (P = .02).",
			[]string{"baseline / women  proportion", "baseline / age  mean", "between yoga/reading Pain decreased"},
		},
	}
	for _, test := range tests {
		if diff := gocmp.Diff(test.want, toldOf(t, v, test.text)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", test.name, diff)
		}
	}
}

// TestPageHeads holds that the furniture over a page is not taken for its title, and how totals of parts are left.
func TestPageHeads(t *testing.T) {
	v := loadVocabulary(t)
	const page = "Skip to main content\nJAMA Network logoLink to JAMA Network\n. 2021 Aug 3;326(5):411-419. doi: 10.1001/jama.2021.99999\n\nWalking Groups for Patients With Chronic Pain\n\nA Smith 1, B Jones 2\n\nAbstract\n\nMETHODS\n\nSeventy-eight percent of patients walked. 187 were randomized to walking and 190 were randomized to usual care.\n"
	r := read(document.Parse("page", page, v.Heading), v)
	if got := r.report().Title; got != "Walking Groups for Patients With Chronic Pain" {
		t.Errorf("title %q", got)
	}
	const journal = "Nordic Journal of Walking\n\nVolume 7, Issue 2, March 2019, Pages 11-19\nNordic Journal of Walking\n\nGo to the publisher's website\n\nOriginal article\nWalking in company before back surgery: a case series\n\nhttps://doi.org/10.5555/njw.2019.11\n\nAbstract\n\nBackground\n\nPeople who wait for surgery are commonly treated with drugs. We describe six who walked.\n"
	if got := read(document.Parse("page", journal, v.Heading), v).report().Title; got != "Walking in company before back surgery: a case series" {
		t.Errorf("title %q", got)
	}
	for _, x := range r.tellings() {
		if x.study.N.Present() || x.study.NRandomized.Present() {
			t.Errorf("n %q, randomized %q of parts", x.study.N, x.study.NRandomized)
		}
	}
	if got := normalDOI("10.1016/j.sjpain.2016.06.007Get"); got != "10.1016/j.sjpain.2016.06.007" {
		t.Errorf("DOI %q", got)
	}
	rep, ok := parseReference("Published in final edited form as: J Addict Med. 2010 Sep;4(3):140-146. doi: 10.1097/ADM.0b013e3181ba895d")
	if !ok || rep.Journal != "J Addict Med" {
		t.Errorf("journal %q, %v", rep.Journal, ok)
	}
}

// TestNameByLine holds that a page without a title names its study by a line that reads as one.
func TestNameByLine(t *testing.T) {
	v := loadVocabulary(t)
	r := read(document.Parse("page", "Trials\n\nMenu\n\nWalking and Talking Within the Context of Back Pain: The STEPS Study\n\nStatus\n\nCompleted\n\nThe study compares walking with talking in adults with back pain.\n", v.Heading), v)
	for _, x := range r.tellings() {
		if x.study.Name != "STEPS" {
			t.Errorf("name %q", x.study.Name)
		}
	}
}
