package extract

import (
	"strings"
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
			"in a review each treatment has the estimate behind it, and groups of all studies are of none",
			"Help for back pain: a systematic review and meta-analysis\n\nRESULTS: Opioid dosage was reduced in intervention groups compared to controls (MD: -24.9 mg/day, 95%CI: -36.4 to -13.4). Subgroup analyses revealed reductions with mindfulness (MD: -29.4 mg/day, 95%CI: -40.5 to -18.2) and CBT (MD: -41.7 mg/day; 95%CI: -58.5 to -24.9), respectively, compared to usual care.",
			[]string{"association / Opioid dosage decreased MD", "between mindfulness/usual care Opioid dosage decreased MD", "between CBT/usual care Opioid dosage decreased MD"},
		},
		{
			"what raises a risk within one arm compares no arms",
			"METHODS: We randomly assigned 60 smokers to varenicline or bupropion. RESULTS: Among people given bupropion, a missed visit in any week increased the risk of relapse (HR, 3.1; 95% CI, 2.0-4.6), whereas among people given varenicline, a missed visit showed no significant effect on the risk of relapse (HR, 1.2; 95% CI, 0.7-2.1).",
			[]string{"association / risk of relapse increased HR", "association / risk of relapse no difference HR"},
		},
		{
			"who did without something is counted, not the thing",
			"METHODS: We randomly assigned 60 smokers to varenicline or bupropion. RESULTS: The proportion of patients who finished all 12 weeks without any positive breath test was 31% on varenicline compared with 20% on bupropion (P = .05).",
			[]string{"arm varenicline/ finished all 12 weeks without any positive breath test 31%", "arm bupropion/ finished all 12 weeks without any positive breath test 20%", "between varenicline/bupropion finished all 12 weeks without any positive breath test no difference"},
		},
		{
			"an interaction with the arms is none between them",
			"METHODS: We randomly assigned 60 smokers to varenicline or bupropion. RESULTS: A significant interaction of smoking status by treatment was found for relapse (P = .03).",
			[]string{"interaction varenicline/bupropion relapse not stated"},
		},
		{
			"what was adjusted for is no baseline, a share behind its people is of them, and who goes on with a treatment is in its arm",
			"METHODS: We randomly assigned 60 smokers to continue treatment with bupropion (N = 32) or varenicline (N = 28). RESULTS: Adjusting for baseline severity, significantly more patients were retained in treatment in the varenicline group (16 of 28 patients, 57.1%) than in the bupropion group (nine of 32 patients, 28.1%) (hazard ratio=2.18, 95% CI=1.07, 4.43).",
			[]string{"arm varenicline/ retained 16 of 28 patients, 57.1%", "arm bupropion/ retained nine of 32 patients, 28.1%", "between varenicline/bupropion retained increased HR"},
		},
		{
			"a survey gives nothing to anybody",
			"OBJECTIVE: To survey how colic is treated. METHODS: An electronic survey was distributed to pharmacists. RESULTS: Seventy pharmacists from all US regions participated in the survey. According to participants, first-line agents used for colic were zolpam (45 of 56, 80%), pelidone (5 of 56, 9%), and ketamine (2 of 56, 4%). Respondents indicated that neonates were transferred if drugs were required (38 of 56, 68%).",
			[]string{"prevalence / zolpam  proportion", "prevalence / pelidone  proportion", "prevalence / ketamine  proportion", "prevalence / transferred if drugs  proportion"},
		},
		{
			"who are set against the only arm that was found are not of it, and who completed is no change",
			"METHODS: We followed adults from a randomised trial of home-visited yoga. RESULTS: The interview was completed by 74.2% of patients. More patients in the yoga group were walking at 2 months [68/92 (74%)] compared with leaflets [42/79 (53%)] and calls [39/83 (47%)]. The differences were not significant at 6 months [51/92 (55%); 46/70 (66%); 43/76 (57%)].",
			[]string{"arm yoga/ interview 74.2%", "arm yoga/ walking 68/92 (74%)", "arm / walking 42/79 (53%)", "arm / walking 39/83 (47%)", "arm / walking 51/92 (55%)", "arm / walking 46/70 (66%)", "arm / walking 43/76 (57%)"},
		},
		{
			"an interval in words holds no shares",
			"METHODS: In this cohort study we followed 13,958 adults. RESULTS: Zolpam was not associated with falls (RR, 1.19 [95% CI, 0.67-2.12]); the estimate was imprecise, with a wide CI ranging from a 33% reduction to a 112% increase in risk.",
			[]string{"association / falls no difference RR"},
		},
		{
			"nothing goes along with an analysis",
			"TITLE: Zolpam for sleep: an overview of systematic reviews. RESULTS: Meta-analysis of 15 RCTs found more pain relief (risk ratio, 1.37; 95% CI 1.14 to 1.64).",
			[]string{"association / pain relief increased RR"},
		},
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
			"a significant fall is no outcome of its own, and brackets behind a difference hold its interval",
			"METHODS: We randomly assigned 60 adults to walking or talking. RESULTS: Walkers and talkers finished. Walking patients reported significant pain reduction, compared with talking, on the rating (difference = -0.50 [-0.80, -0.20]; P = 0.001).",
			[]string{"between walking/talking pain decreased MD"},
		},
		{
			"sizes in brackets ahead name no results, and people from a group are its own",
			"METHODS: We randomly assigned 60 adults to walking or talking. RESULTS: Of 60 adults (walking: N = 31; talking: N = 29), 26 (83.9%) adults from the walking group and 18 (62.1%) adults from the talking group had nausea.",
			[]string{"arm walking/ nausea 26 (83.9%)", "arm talking/ nausea 18 (62.1%)"},
		},
		{
			"who did not reach one thing is no denial of another, and more people with a fall are a fall",
			"METHODS: We randomly assigned 60 smokers to varenicline or bupropion. RESULTS: Among people in whom abstinence was not achieved, more had a large reduction of smoking by half in the varenicline group than in the bupropion group.",
			[]string{"between varenicline/bupropion smoking decreased"},
		},
		{
			"a share in brackets is no part of an arm's name",
			"Adults were randomly assigned to either walking or talking for 4 weeks. Nausea was distributed equally between the walking (65%) and talking (62%) (P = 0.5).",
			[]string{"arm walking/ Nausea 65%", "arm talking/ Nausea 62%", "between walking/talking Nausea no difference"},
		},
		{
			"what an outcome was counted during is what it goes along with",
			"A systematic review. RESULTS: Twenty cohort studies including 749 634 participants were analyzed. The rate of falls during methadone treatment was less than half of the rate outside of it (RR, 0.47; 95% CI, 0.42-0.53).",
			[]string{"association / rate of falls decreased RR"},
		},
		{
			"one of two groups counts nobody, and neither does one in four",
			"METHODS: Adults were randomised to one of two groups: yoga or reading. RESULTS: One in four (25.0%) stopped yoga.",
			[]string{"arm yoga/  25.0%"},
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
			"results behind a colon are of the arms named beside them",
			"METHODS: Adults were randomised to yoga (n = 53) or reading (n = 55). RESULTS: First, it was harder to begin yoga than reading: 31% dropped out before the yoga visit versus only 9% before the reading visit.",
			[]string{"arm yoga/ dropped out 31%", "arm reading/ dropped out 9%", "between yoga/reading dropped out not stated"},
		},
		{
			"what is set against stands in an aside before the verb, and each purpose has its own direction",
			"OBJECTIVE: To evaluate HIV care as usual (usual care) vs a chat program (CHAT) plus usual care among people who drink. RESULTS: In this randomised trial, relative to usual care, CHAT plus usual care demonstrated efficacy for decreasing alcohol use and depression and increasing clinic attendance.",
			[]string{"between chat program (CHAT) plus usual care/HIV care as usual alcohol use decreased", "between chat program (CHAT) plus usual care/HIV care as usual depression decreased", "between chat program (CHAT) plus usual care/HIV care as usual clinic attendance increased"},
		},
		{
			"what stands between two things compares no arms",
			"METHODS: Adults were randomised to yoga (n = 53) or reading (n = 55). RESULTS: Gains in hope mediated the effect of yoga on depression (P = .03), which in turn predicted less craving (P = .02).",
			[]string{"association / depression increased", "association / craving decreased"},
		},
		{
			"by how much one side went ahead is told behind a semicolon",
			"METHODS: Adults were randomised to yoga (n = 53) or reading (n = 55). RESULTS: Yoga patients sustained larger reductions on all scales from baseline to 12 months; the change in pain intensity was -0.43 point (95% CI, -0.69 to -0.18 point), and the change in disability was -0.06 point (95% CI, -0.08 to -0.04 point).",
			[]string{"between yoga/reading scales decreased", "between yoga/reading pain intensity decreased MD", "between yoga/reading disability decreased MD"},
		},
		{
			"a group that is no arm as it is known gets no other arm's value",
			"METHODS: Adults were randomised to yoga or placebo. RESULTS: The quit rate was 4% (95% CI, 1 to 14) in the placebo group, 11% (95% CI, 5 to 22) in the long course group, and 17% (95% CI, 9 to 30) in the short course group.",
			[]string{"arm placebo/ quit rate 4% (95% CI, 1 to 14)", "arm / quit rate 11% (95% CI, 5 to 22)", "arm / quit rate 17% (95% CI, 9 to 30)"},
		},
		{
			"one outcome of two events",
			"METHODS: This cohort study read the claims of 900 adults. RESULTS: The time after tapering was associated with increased rates of overdose or withdrawal (IRR, 1.57; 95% CI, 1.42-1.74; P < .001), overdose (IRR, 1.40; 95% CI, 1.22-1.61; P < .001), and falls (IRR, 1.52; 95% CI, 1.35-1.71; P < .001).",
			[]string{"association / rates of overdose or withdrawal increased IRR", "association / overdose increased IRR", "association / falls increased IRR"},
		},
		{
			"what a relapse is to is no outcome beside it",
			"METHODS: Adults were randomised to yoga (n = 53) or reading (n = 55). RESULTS: The risk of any relapse to heroin and other illicit opioids was lower with yoga than with reading (HR, 0.46; 95% CI, 0.28-0.76).",
			[]string{"between yoga/reading relapse decreased HR"},
		},
		{
			"results without headings, with what explains them behind",
			"Pain is common. We did a randomised trial of yoga. Adults with pain were randomly assigned to yoga or reading. Relative to reading, yoga led to significantly greater reductions in pain severity and craving. These outcomes were mediated by hope. Yoga is promising.",
			[]string{"between yoga/reading pain severity decreased", "between yoga/reading craving decreased"},
		},
		{
			"a page that tells of no study follows nobody through what it names",
			"Tapering and overdose\n\nIn recent years, a rise in deaths has led many doctors to reduce doses. A team looked at tapering. Overdose increased after tapering, the team found.",
			[]string{"statement / Overdose increased"},
		},
		{
			"factors listed behind a colon go along with the outcome before it, whichever arm they name",
			"METHODS: Adults were randomised to zolpam (ZOL; n = 53) or reading (RED; n = 55). RESULTS: A Cox model revealed factors associated with dropout: (i) ZOL [versus RED, hazard ratio (HR) = 1.61, 95% CI = 1.20-2.15], (ii) lower dose (<16 mg; HR = 3.09, 95% CI = 2.19-4.37), and (iii) the interaction of dose and age.",
			[]string{"association / dropout increased HR", "association / dropout increased HR"},
		},
		{
			"the level of a limit is no share, and a dose in equivalents is none that is alike",
			"METHODS: Adults were randomised to yoga (n = 53) or reading (n = 55). RESULTS: One-sided 95% lower confidence limits were 0.83, demonstrating noninferiority of yoga to reading. A share of 14% were using more than 120 mg morphine equivalent dose per day.",
			[]string{"between yoga/reading One-sided 95% lower confidence limits no difference", "arm / share of 14% 14%"},
		},
		{
			"no relationship between an arm and an outcome is no difference",
			"METHODS: Clinics were randomised to oversight or non-oversight arms. RESULTS: We did not observe a relationship between the oversight arm and serious adverse events or death.",
			[]string{"between oversight/non-oversight serious adverse events no difference", "between oversight/non-oversight death no difference"},
		},
		{
			"each of two arms behind a to of its own",
			"METHODS: We randomised participants to a three-day course emphasising skill-based learning and education, supplemented by calls, delivered by a nurse, or to usual care. RESULTS: Pain was less with the course than with usual care (P = .01).",
			[]string{"between three-day course/usual care Pain decreased"},
		},
		{
			"studies divided by what they looked at are no votes",
			"Vouchers for smokers: a systematic review\n\nRESULTS: We included 36 studies. Twenty-four studies examined vouchers, ten examined prizes, and two examined rent.",
			nil,
		},
		{
			"in a review, what was used is no outcome",
			"Braces for sprains: a meta-analysis\n\nRESULTS: In this meta-analysis of 96 trials, the use of opioids compared with placebo was associated with less pain (P = .01).",
			[]string{"between opioids/placebo pain decreased"},
		},
		{
			"harms named behind side effects",
			"Tramadol for back pain: a meta-analysis\n\nRESULTS: Tramadol was more effective than placebo for pain relief, SMD 0.71 (95% CI 0.39 to 1.02), and improving function, SMD 0.17 (95% CI 0.04 to 0.30). The most common side effects of tramadol were headaches, RD 9% (95% CI 6% to 12%) and nausea, RD 3% (95% CI 0% to 6%).",
			[]string{"between Tramadol/placebo pain relief increased SMD", "between Tramadol/placebo function increased SMD", "association / headaches increased RD", "association / nausea no difference RD"},
		},
		{
			"a fall of severity is no relief",
			"METHODS: Adults were randomised to yoga (n = 53) or reading (n = 55). RESULTS: Yoga participants reported greater reductions in pain severity (P = .038) than reading participants.",
			[]string{"between yoga/reading pain severity decreased"},
		},
		{
			"a review compares what its results name on either side",
			"Patches for low back pain: a systematic review and meta-analysis\n\nRESULTS: We included 12 trials of 3,210 people. Falls were more common with duloxetine than with placebo (RR 1.40, 95% CI 1.10 to 1.78; I2 = 61%; 5 studies).",
			[]string{"between duloxetine/placebo Falls increased RR"},
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
	if rep := r.report(); rep.Year != 2021 || rep.Volume != "326" || rep.Pages != "411-419" {
		t.Errorf("place %d, %s, %s", rep.Year, rep.Volume, rep.Pages)
	}
	for _, page := range []string{
		"Skip to main content\nThe Nordic Journal of Walking and Talking logoLink to The Nordic Journal of Walking and Talking\n. 2021 Aug 3;3(5):411. doi: 10.5555/njw.2021.11\n\nWalking Groups for Patients With Chronic Pain\n\nA Smith 1, B Jones 2\n\nAbstract\n\nMETHODS\n\nWe walked.\n",
		"Skip to main page content\nAugust 3, 2021\nWalking Groups for Patients With Chronic Pain\nAnn B Smith a, Bob Jones b, Eve C Roe a\n\nAbstract\n\nMETHODS\n\nWe walked.\n",
		"The annals of walking : official journal of the Walking Society\nRandomized Controlled Trial\nWalking Groups for Patients With Chronic Pain\nPatients with pain were asked to walk in groups of nine for a year, and most of them did.\n",
		"Scolaris Content Display Scolaris Content Display\n\nWalking Groups for Patients With Chronic Pain\n\nThis is not the most recent version\n\nAbstract\n\nBackground\n\nWe walked.\n",
		"Walking Groups for Patients With Chronic Pain\nH-Index - 153\nResource type - Journals\nBackground People with pain were asked to walk in groups of nine for a year, and most of them did.\n",
	} {
		if got := read(document.Parse("page", page, v.Heading), v).report().Title; got != "Walking Groups for Patients With Chronic Pain" {
			t.Errorf("%q: title %q", page, got)
		}
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

// TestNewsOfOneArticle holds that a page whose only reference stands behind its text tells of that report.
func TestNewsOfOneArticle(t *testing.T) {
	v := loadVocabulary(t)
	const page = "The Strength And Balance Left Early (SABLE) study compared walking with talking in 240 veterans with back pain. Patients were randomly assigned to walking or talking. Findings showed that pain did not differ between walking and talking.\nRoe E, Poe A, Doe S, et al. Effect of walking vs. talking on pain in veterans: the SABLE randomized clinical trial. JAMA. March 6, 2018;319(9):872-882.\n"
	r := read(document.Parse("page", page, v.Heading), v)
	ts := r.tellings()
	if len(ts) != 1 || ts[0].study.Name != "SABLE" || !ts[0].study.SecondHand || len(ts[0].study.Arms) != 2 {
		t.Fatalf("%d studies: %+v", len(ts), ts)
	}
	rep, ok := parseReference("Roe E, Poe A. Walking and pain. JAMA. March 6, 2018;319(9):872-882.")
	if !ok || rep.Journal != "JAMA" || rep.Year != 2018 || rep.Title != "Walking and pain" {
		t.Errorf("%+v, %v", rep, ok)
	}
}

// TestReferencesCutOff holds that numbered references at the end of a page, without their heading, make it no write-up of others,
// and that a title names what it evaluates.
func TestReferencesCutOff(t *testing.T) {
	v := loadVocabulary(t)
	const page = "Randomized Evaluation of the Tool for Opioid Risk Control and Help (TORCH)\n\nOne hundred clinics were randomly assigned to oversight or non-oversight arms.\n\nProgram Evaluation\n\nDeaths did not differ between the oversight and non-oversight arms.\n\n  1. Roe A, Poe B. Health Policy. 2005;75(1):109-115.\n\n  2. Doe AB, Roe SD, Poe SD, et al. Overcoming walls. Health Serv Res. Published online 2017.\n"
	_, x := study(t, v, page)
	if x.secondHand || len(x.study.Arms) != 2 || len(x.study.Aliases) != 1 || x.study.Aliases[0] != "TORCH" {
		t.Errorf("second-hand %v, arms %v, aliases %v", x.secondHand, x.study.Arms, x.study.Aliases)
	}
}

// TestNameByLine holds that a page without a title names its study by a line that reads as one.
func TestNameByLine(t *testing.T) {
	v := loadVocabulary(t)
	for _, head := range []string{
		"Trials\n\nMenu\n\nWalking and Talking Within the Context of Back Pain: The STEPS Study\n\nStatus\n\nCompleted\n\n",
		"STEPS Trial\nWalking Versus Talking for Back Pain\nA randomized, open-label trial\nObjective:\n",
	} {
		r := read(document.Parse("page", head+"The study compares walking with talking in adults with back pain.\n", v.Heading), v)
		for _, x := range r.tellings() {
			if x.study.Name != "STEPS" {
				t.Errorf("%q: name %q", head, x.study.Name)
			}
		}
	}
}

// TestCards holds what is read of a summary that lists arms and results in lines of their own.
func TestCards(t *testing.T) {
	v := loadVocabulary(t)
	text := "STEPS Trial\nA randomized, open-label trial\nObjective:\nTo test walking in adults with back pain.\nExclusion Criteria:\n- Hb <9.0 g/dL\n- GFR <15 mL/min\nGroups\n- Walking:\n- n = 60\n- Usual Care:\n- n = 61\n" +
		"Outcomes\nSecondary Outcomes:\n- All-cause mortality (%):\n- Walking: 5%\n- Usual Care: 9%\n- Relative Risk (RR): 0.56\n- 95% CI: 0.20-1.60\n- P = 0.31\n"
	r, x := study(t, v, text)
	var arms []string
	for _, a := range x.study.Arms {
		arms = append(arms, a.Label+" "+string(a.N))
	}
	if diff := gocmp.Diff([]string{"Walking 60", "Usual Care 61"}, arms); diff != "" {
		t.Error(diff)
	}
	var excluded []string
	for _, c := range x.study.Populations[0].Criteria {
		if c.Exclude {
			excluded = append(excluded, c.Variable)
		}
	}
	if diff := gocmp.Diff([]string{"hb <9.0 g/dl", "gfr <15 ml/min"}, excluded); diff != "" {
		t.Error(diff)
	}
	f := finder{r: r, t: x}
	var got []string
	for _, d := range f.findings() {
		s := string(d.Kind) + " " + d.Outcome.Text + " " + strings.Join(d.Arm, "+")
		if len(d.Estimates) > 0 {
			s += " " + d.Estimates[0].Measure
			if ci := d.Estimates[0].CI; ci != nil {
				s += " " + string(ci.Low) + " to " + string(ci.High)
			}
		}
		got = append(got, s+" "+d.P.Printed)
	}
	if diff := gocmp.Diff([]string{"arm All-cause mortality Walking proportion ", "arm All-cause mortality Usual Care proportion ", "between All-cause mortality Walking RR 0.20 to 1.60 P = 0.31"}, got); diff != "" {
		t.Error(diff)
	}
}

// TestAsked holds which arms a question names, as journals put it above an abstract.
func TestAsked(t *testing.T) {
	v := loadVocabulary(t)
	for text, want := range map[string]string{
		"QUESTION: Is short-course juice (5 days of juice) inferior to standard care (10 days of juice) for children with cough? FINDINGS: In this randomized trial, children given short-course juice had comparable rates of cure compared with standard care (85.7% vs 84.1%).": "short-course juice/standard care",
		"OBJECTIVE: To determine whether 5 days of juice for cough was associated with noninferior rates of cure compared with 10 days of juice. METHODS: Children were randomized. RESULTS: Cure was 86% in the 5-day group and 84% in the 10-day group.":                         "5 days of juice/10 days of juice",
		"QUESTION: Is yoga associated with fewer falls than usual care in older adults? FINDINGS: In this randomized trial of 400 adults, those who had yoga had fewer falls than those who had usual care (12% vs 19%).":                                                          "yoga/usual care",
		"Injected Norvax Versus Injected Pelidone With Individuals Leaving Jail\n\nMETHODS: Individuals were randomly assigned to injected norvax (n = 60) or injected pelidone (n = 60).":                                                                                         "injected norvax/injected pelidone",
		"METHODS: A total of 90 were randomized: 47 to the chemo and juice therapy arm and 43 to the juice therapy alone arm.":                                                                                                                                                     "chemo and juice therapy/juice therapy alone",
	} {
		_, x := study(t, v, text)
		var got []string
		for _, a := range x.study.Arms {
			got = append(got, a.Label)
		}
		if s := strings.Join(got, "/"); s != want {
			t.Errorf("%s: %s", text, s)
		}
	}
}

// TestAbstinence holds what people abstain from where a page speaks of one substance alone.
func TestAbstinence(t *testing.T) {
	v := loadVocabulary(t)
	for text, want := range map[string]string{
		"We randomly assigned 60 smokers to walking or talking. The 1-year abstinence rate was 18.0% in the walking group, as compared with 9.9% in the talking group.":            "smoking_abstinence",
		"We randomly assigned 60 drinkers to walking or talking. The 1-year abstinence rate was 18.0% in the walking group, as compared with 9.9% in the talking group.":           "alcohol_abstinence",
		"We randomly assigned 60 smokers who drink alcohol to walking or talking. The abstinence rate was 18.0% in the walking group, as compared with 9.9% in the talking group.": "",
	} {
		r, x := study(t, v, text)
		f := finder{r: r, t: x}
		if all := f.findings(); len(all) == 0 || all[0].Outcome.Concept != want {
			t.Errorf("%s: %+v", text, all)
		}
	}
}
