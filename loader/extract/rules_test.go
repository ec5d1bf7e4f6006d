package extract

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"

	"github.com/picograph/picograph/graph/evidence"
	"github.com/picograph/picograph/graph/vocab"
	"github.com/picograph/picograph/loader/document"
)

// study reads a small abstract under headings and returns its reading and its only study.
func study(t *testing.T, v *vocab.Vocabulary, text string) (*reading, *telling) {
	t.Helper()
	r := read(document.Parse("test", text, v.Heading), v)
	ts := r.tellings()
	if len(ts) != 1 {
		t.Fatalf("%q tells of %d studies", text, len(ts))
	}
	return r, ts[0]
}

func TestRoles(t *testing.T) {
	v := loadVocabulary(t)
	tests := []struct {
		text string
		want []role
	}{
		{
			"Migraine is common. We compared acupuncture with sham acupuncture. Adults with migraine were randomised in two clinics. The primary outcome was headache days. Headache days fell by 2.1 (95% CI, 1.0 to 3.2). Acupuncture may be useful.",
			[]role{roleBackground, roleObjective, roleDesign, roleOutcomes, roleResults, roleConclusion},
		},
		{
			"OBJECTIVE: To test a nurse visit. METHODS: Nurses visited 40 wards. The sample size gave 80% power to detect a difference of 5 points. RESULTS: Falls were fewer (P = .03). CONCLUSION: Visits should be offered. TRIAL REGISTRATION: NCT01234567.",
			[]role{roleObjective, roleDesign, roleMethods, roleResults, roleConclusion, roleRegistration},
		},
		{
			"Asthma affects 8% of children, and a previous trial reduced attacks by 20% (P = .01). The aim of this study was to assess a school programme. Schools were randomly assigned. Attacks did not differ between groups. These findings do not support the programme. Registered at ClinicalTrials.gov as NCT01234567.",
			[]role{roleBackground, roleObjective, roleDesign, roleResults, roleConclusion, roleRegistration},
		},
	}
	for _, test := range tests {
		r := read(document.Parse("test", test.text, v.Heading), v)
		got := slices.Clone(r.roles)
		for i, x := range got { // any method will do where methods are told
			if i < len(test.want) && test.want[i] == roleDesign && (x == roleParticipants || x == roleInterventions || x == roleMethods) {
				got[i] = roleDesign
			}
		}
		if diff := gocmp.Diff(test.want, got); diff != "" {
			t.Errorf("%q (-want +got):\n%s", test.text, diff)
		}
	}
}

func TestArms(t *testing.T) {
	v := loadVocabulary(t)
	tests := []struct{ text, want string }{
		{"OBJECTIVE: To compare the effects of cognitive behavioral therapy (CBT) vs sleep hygiene (SH) on insomnia.", "cognitive behavioral therapy [CBT] experimental; sleep hygiene [SH] active comparator"},
		{"OBJECTIVE: To compare yoga with usual care for back pain.", "yoga [] experimental; usual care [] usual care"},
		{"METHODS: Workers with an employee help line (EHL) were randomised to tCBT+EHL (n = 58) and to EHL alone (n = 60).", "tCBT+EHL [] experimental 58; EHL alone [] active comparator 60"},
		{"METHODS: We compared surgery with or without a river directed pump (RDP) in adults. RESULTS: Stay was 9 days in the RDP group and 12 days in the usual care group.", "river directed pump [RDP] experimental; without a river directed pump [] active comparator"},
		{"METHODS: Women were randomized to aspirin (n = 101) or placebo (n = 99) for 12 weeks.", "aspirin [] experimental 101; placebo [] placebo 99"},
		{"METHODS: Adults were randomly assigned to a taper course (visits to a nurse) or usual care (N = 35).", "taper course [] experimental; usual care [] usual care"},
		{"METHODS: Adults were randomly assigned to a taper course (n = 17) or usual care (N = 18).", "taper course [] experimental 17; usual care [] usual care 18"},
		{"METHODS: Clinics were randomized to intervention or usual care. The intervention included: salary for a nurse; training of doctors.", "intervention [] experimental; usual care [] usual care"},
		{"State rules and prescription opioid overdoses\n\nRESULTS: Adoption of the rules was associated with fewer deaths (RR 0.9, 95% CI 0.8 to 0.95).", ""},
		{"METHODS: Patients were randomly assigned in a 1:1:1 ratio to ketamine 0.5 mg/kg, ketamine 1 mg/kg, or placebo.", "ketamine 0.5 mg/kg [] experimental; ketamine 1 mg/kg [] experimental; placebo [] placebo"},
		{"METHODS: Adults were randomly assigned to receive 5, 10, or 20 mg of zolpam or placebo for 8 weeks.", "zolpam 5 mg [] experimental; zolpam 10 mg [] experimental; zolpam 20 mg [] experimental; placebo [] placebo"},
		{"METHODS: Patients were randomized to pregabalin 150 mg/d, 300 mg/d, 600 mg/d, or placebo.", "pregabalin 150 mg/d [] experimental; pregabalin 300 mg/d [] experimental; pregabalin 600 mg/d [] experimental; placebo [] placebo"},
		{"METHODS: Subjects were randomized to receive doses of either 30 mg (n = 20) or 60 mg (n = 20) meloxicam IV or placebo (n = 19).", "meloxicam IV 30 mg [] experimental 20; meloxicam IV 60 mg [] experimental 20; placebo [] placebo 19"},
		{"METHODS: 187 were randomized to yoga and 190 were randomized to usual care.", "yoga [] experimental 187; usual care [] usual care 190"},
		{"METHODS: 104 patients were randomized to the leaflet group, 111 to the talk group, and 114 to the zolpam treatment group.", "leaflet [] experimental 104; talk [] active comparator 111; zolpam [] active comparator 114"},
		{"METHODS: Patients were randomized to 8 weeks of yoga or 24 individual therapy sessions of Drug Counseling (DC).", "yoga [] experimental; Drug Counseling [DC] active comparator"},
		{"METHODS: Fifty men were randomized to tai chi and 48 to a waiting list.", "tai chi [] experimental 50; waiting list [] no intervention 48"},
		{"OBJECTIVE: To compare group exercise for older adults (intervention) with group reading for older adults (active control).", "group exercise for older adults [] experimental; group reading for older adults [] active comparator"},
		{"OBJECTIVE: To find out whether surgery is more effective than physical therapy for knee pain.", "surgery [] experimental; physical therapy [] active comparator"},
		{"METHODS: Arm 1 was offered acupuncture; Arm 2 was offered massage. Adults were randomised.", "acupuncture [] experimental; massage [] active comparator"},
		{"METHODS: Children were randomly assigned (intervention group: n = 31; control group: n = 30).", "intervention [] experimental 31; control [] active comparator 30"},
		{"METHODS: In this randomised, placebo-controlled trial of sertraline, adults took part.", "sertraline [] experimental; placebo [] placebo"},
		{"Why drips fail\n\nMETHODS: Adults were randomised by bed. Most received corticosteroids. RESULTS: Drips failed more often with age.", ""},
		{"Care of drips in adults\n\nMETHODS: This was a randomised, placebo-controlled trial of sertraline in adults.", "sertraline [] experimental; placebo [] placebo"},
		{"Sertraline and drips\n\nMETHODS: Adults were randomised by bed and received sertraline.", "sertraline [] experimental"},
		{"METHODS: Adults with asthma received once-daily doses of drug A1 (20 mg, n = 31) or drug B1 (5 mg, n = 30) for 8 weeks. RESULTS: Drug A1 was better than drug B1.", "drug A1 [] experimental 31; drug B1 [] active comparator 30"},
		{"METHODS: Sixty men were randomized to either (1) six short walks in a week, with rest between them, or (2) one long walk. RESULTS: The short walks were liked more than the long walk.", "six short walks [] experimental; long walk [] active comparator"},
		{"METHODS: Ninety women were divided into two groups. Group A received warm packs while group B was given cold packs for ten minutes. RESULTS: Pain was lower in group A.", "warm packs [] experimental; cold packs [] active comparator"},
		{"METHODS: Infants were allocated to skin contact (group 1) or a cot (group 2). RESULTS: Group 1 slept longer than group 2.", "skin contact [] experimental; cot [] active comparator"},
		{"OBJECTIVE: To assess the effect of evening walks on sleep. METHODS: Adults were randomly assigned to the intervention group or the control group. RESULTS: Sleep improved in the intervention group.", "evening walks [] experimental; control [] active comparator"},
		{"METHODS: Knees were replaced with or without a tourniquet. OBJECTIVE: To compare surgery with or without a drain. RESULTS: Bleeding was less without a drain.", "drain [] experimental; without a drain [] active comparator"},
		{"METHODS: Patients were randomly assigned to zolpam, an oral sedative, or saline, with weekly visits. RESULTS: Zolpam was better than saline.", "zolpam [] experimental; saline [] placebo"},
		{"METHODS: Four hundred adults were randomised to the treatment group (zolpam tablets) and the control group (placebo). RESULTS: Falls were fewer in the treatment group than in the control group.", "zolpam tablets [] experimental; placebo [] placebo"},
		{"METHODS: Men were randomly allocated into one of three groups: 1) gel group (block with saline), 2) block group (block with zolpam), 3) combination group (block with zolpam plus gel). RESULTS: Pain was lower in the combination group.", "gel [] experimental; block [] active comparator; combination [] active comparator"},
		{"METHODS: A post hoc analysis of a phase 3 trial assessing zolpam versus dormilin. RESULTS: Sleep was longer with zolpam than with dormilin.", "zolpam [] experimental; dormilin [] active comparator"},
		{"METHODS: We randomized 38 people in early to mid-stage of illness into an experimental group (n = 18), receiving hand drills, and a placebo group (n = 20), receiving stretches. RESULTS: Writing was faster in the experimental group.", "hand drills [] experimental 18; placebo [] placebo 20"},
		{"METHODS: Zolpam 10 mg (once daily) and ibuprofen (as needed) were prescribed to group 1, and ibuprofen only was prescribed to group 2. RESULTS: Stones passed sooner in group 1 than in group 2.", "Zolpam 10 mg (once daily) and ibuprofen (as needed) [] experimental; ibuprofen only [] active comparator"},
		{"METHODS: This randomised trial tested a paper fan over time compared to a wristband. RESULTS: Breath was no easier with the fan than with the wristband.", "paper fan [] experimental; wristband [] active comparator"},
		{"METHODS: Eyes were randomised to zolpam drops or saline drops. We compared peak pressure and mean pressure. RESULTS: Peak pressure was lower with zolpam.", "zolpam drops [] experimental; saline drops [] placebo"},
		{"OBJECTIVE: To compare systolic blood pressure with heart rate. RESULTS: Systolic blood pressure was higher than heart rate.", ""},
		{"METHODS: Data were compared using the chi-square test and Fisher's exact test. RESULTS: Sleep was better.", ""},
		{"METHODS: Sixty men were randomly split into two groups and treated with warm packs or cold packs. RESULTS: Pain was less with warm packs than with cold packs.", "warm packs [] experimental; cold packs [] active comparator"},
		{"METHODS: Rats were separated into 4 groups of 7 rats each: zolpam (Z), zolpam plus 20% fat emulsion (ZF), 20% fat emulsion (F), and control (C). RESULTS: Time to death was longer in group ZF.", "zolpam [] experimental; zolpam plus 20% fat emulsion [ZF] experimental; 20% fat emulsion [] experimental; control [] active comparator"},
		{"METHODS: Eyes were assigned to receive either 0.5 mg zolpam for three to 14 days before valve surgery (injection group, n = 21) or valve surgery alone (control group, n = 22). RESULTS: Success was similar in the injection group and the control group.", "0.5 mg zolpam for three to 14 days before valve surgery [] experimental 21; valve surgery alone [] active comparator 22"},
		{"METHODS: Infants were randomized to receive rapid sequencing plus standard genetic tests (n = 32, cases) or standard genetic tests alone (n = 33, controls). RESULTS: A diagnosis was made more often in cases than controls.", "rapid sequencing plus standard genetic tests [] experimental 32; standard genetic tests alone [] active comparator 33"},
		{"METHODS: In a randomized trial we compared systolic and diastolic blood pressure in the zolpam-treated group and the placebo group. RESULTS: Blood pressure was higher in the zolpam group than in the placebo group.", "zolpam [] experimental; placebo [] placebo"},
		{"METHODS: Patients will be randomized to surgery followed by zolpam for 6 months or zolpam alone.", "surgery followed by zolpam [] experimental; zolpam alone [] active comparator"},
		{"METHODS: Adults were randomly allocated to two groups of 27 patients who received strong saline 5% (2.3 ml/kg) or received weak saline (13 ml/kg). RESULTS: Pressure was higher with strong saline.", "strong saline 5% [] experimental; weak saline (13 ml/kg) [] active comparator"},
		{"METHODS: Children were randomly allocated to one of three groups: (Group C) received 10 ml saline 0.9%, (Group P) received zolpam 1 mg/kg or (Group D) received pelidone 0.3 mg/kg. RESULTS: Pain was lower in group D than in group C and group P.", "10 ml saline 0.9% [] placebo; zolpam 1 mg/kg [] experimental; pelidone 0.3 mg/kg [] experimental"},
		{"METHODS: Adults were randomly divided into two groups: one group (n = 62) was administered zolpam CR once daily and the other (n = 63), pelidone twice a day for 4 weeks. RESULTS: Pain did not differ between the groups.", "zolpam CR [] experimental 62; pelidone [] active comparator 63"},
		{"METHODS: Adults were randomly assigned to one of three study drugs (K1 group: low infusion of zolpam, K2 group: high infusion of zolpam, control group: saline). RESULTS: Pain was lower in the K2 group than in the control group.", "low infusion of zolpam [K1] experimental; high infusion of zolpam [K2] experimental; saline [] placebo"},
		{"METHODS: Smokers were randomly allocated into two groups (A1 and A2): A1 (n = 284) received counselling for 1 week; A2 (n = 278) received counselling for 2 weeks. RESULTS: Quit rates did not differ between A1 and A2.", "A1 (counselling for 1 week) [A1] experimental 284; A2 (counselling for 2 weeks) [A2] active comparator 278"},
		{"METHODS: In Group H (n = 20), 3% saline was infused at 20 ml/h. Group T received oral zolpam 15 mg on the first day. Adults were randomised. RESULTS: Sodium was higher in Group T than in Group H.", "3% saline [] placebo 20; oral zolpam 15 mg on the first day [] experimental"},
		{"METHODS: Adults with constipation were randomized to zolpam (5, 10, or 15 mg) or placebo. RESULTS: Stools were more frequent with zolpam than with placebo.", "zolpam (5, 10, or 15 mg) [] experimental; placebo [] placebo"},
		{"METHODS: Individuals assigned to intervention received automated advice on food. Participants assigned to control received a leaflet. The trial was randomised. RESULTS: Fat was lower in the intervention group than in the control group.", "automated advice on food [] experimental; leaflet [] active comparator"},
		{"METHODS: Adults were randomized to a contract for self-referral (intervention group) or to treatment as usual (control group). RESULTS: Hope was greater in the intervention group.", "contract for self-referral [] experimental; treatment as usual [] usual care"},
		{"METHODS: Patients were randomised in a 1 : 1 ratio to either switch to zolpam 100 mg or to remain on their earlier sulphonylurea. RESULTS: Hypoglycaemia was rarer with zolpam than with sulphonylurea.", "zolpam 100 mg [] experimental; earlier sulphonylurea [] active comparator"},
		{"METHODS: Homes will be randomly allocated on a 1:1 basis to receive either the walking programme alongside usual care, or to continue to provide usual care alone.", "walking programme alongside usual care [] experimental; usual care alone [] usual care"},
		{"METHODS: Adults were randomized to placebo, 100 000 IU vitamin Q2 or 100 000 IU vitamin Q3. RESULTS: Levels rose with Q2 and Q3.", "placebo [] placebo; 100 000 IU vitamin Q2 [] experimental; 100 000 IU vitamin Q3 [] experimental"},
		{"METHODS: We will compare (a) online lessons with (b) treatment as usual, and (c) online lessons in combination with printed leaflets.", "online lessons [] experimental; treatment as usual [] usual care; online lessons in combination with printed leaflets [] experimental"},
		{"METHODS: We studied two groups (reading therapy group: RT and waiting list group: WL). Elderly people were randomly assigned to RT or WL. RESULTS: Memory was better in RT than in WL.", "reading therapy [RT] experimental; waiting list [WL] no intervention"},
		{"METHODS: Women were divided into three groups by the tool used, namely mixed energy (Thunderbird), ultrasound (Harmony) and a vessel sealer (Ligatron). Women were randomised. RESULTS: Interleukin rose more in the Ligatron group than in the Harmony group.", "mixed energy [] experimental; ultrasound [] active comparator; vessel sealer [] active comparator"},
		{"OBJECTIVE: To compare oral versus regional zolpam for pain. METHODS: Adults were randomised. RESULTS: Pain was less with regional zolpam than with oral zolpam.", "oral zolpam [] experimental; regional zolpam [] active comparator"},
		{"OBJECTIVE: To compare oral premedication with zolpam and pelidone. METHODS: Group A patients were premedicated with oral zolpam 300 mcg and Group B with oral pelidone 50 mg. Adults were randomised. RESULTS: Heart rate was lower in Group B.", "oral zolpam 300 mcg [] experimental; oral pelidone 50 mg [] active comparator"},
		{"METHODS: Patients were classified into two groups: group I included 100 patients who received single therapy with zolpam plus pelidone for 12 weeks and group II included 90 patients who received zolpam for 24 weeks. They were randomised. RESULTS: Response was more common in group I than in group II.", "zolpam plus pelidone for 12 weeks [] experimental; zolpam for 24 weeks [] active comparator"},
		{"METHODS: Girls with pain were randomly divided in two groups. In treatment group a capsule of zolpam was given and in placebo group a capsule of flour. RESULTS: Pain was lower in the treatment group than in the placebo group.", "capsule of zolpam [] experimental; placebo [] placebo"},
		{"METHODS: We recruited 703 adults and randomised them 1.33:1 to a coping course (403) or a relaxation CD (300). RESULTS: Disability did not differ between the coping course and the relaxation CD.", "coping course [] experimental 403; relaxation CD [] active comparator 300"},
		{"OBJECTIVE: To compare genuine and sham exposure of lamps. METHODS: Adults were randomised. RESULTS: Sleep was longer after genuine than after sham exposure.", "genuine exposure of lamps [] experimental; sham exposure of lamps [] sham"},
		{"OBJECTIVE: To compare ready-made or custom insoles. METHODS: Adults were randomised. RESULTS: Pain was less with custom than with ready-made insoles.", "ready-made insoles [] experimental; custom insoles [] active comparator"},
		{"METHODS: Adults were randomized to zolpam (5 mg or 15 mg) or placebo. RESULTS: Sleep was longer with zolpam 15 mg than with placebo.", "zolpam 5 mg [] experimental; zolpam 15 mg [] experimental; placebo [] placebo"},
		{"METHODS: This was a four-arm trial. Adults were randomized to zolpam (0.6, 1.2, or 1.8 mg/day) or placebo. RESULTS: Sleep was longer with zolpam than with placebo.", "zolpam 0.6 mg/day [] experimental; zolpam 1.2 mg/day [] experimental; zolpam 1.8 mg/day [] experimental; placebo [] placebo"},
		{"METHODS: Men were randomized to ladder exercise (ladder), rope exercise (rope), or a combination of both (combination) for 9 weeks. RESULTS: Grip was stronger in the combination group than in the rope group.", "ladder exercise [] experimental; rope exercise [] active comparator; ladder exercise and rope exercise [] active comparator"},
		{"METHODS: Adults were randomized to zolpam, pelidone, or their combination. RESULTS: Sleep was longer with zolpam than with pelidone.", "zolpam [] experimental; pelidone [] active comparator; zolpam and pelidone [] active comparator"},
		{"OBJECTIVE: To assess the effects of finger painting on sleep and mood in teenagers with scarlatina compared to a control group. METHODS: Teenagers were randomised.", "finger painting [] experimental; control [] active comparator"},
		{"METHODS: Adults were randomised to zolpam or placebo. Bleeding was compared between zolpam, placebo and the risk of stroke. RESULTS: Bleeding was rarer with zolpam than with placebo.", "zolpam [] experimental; placebo [] placebo"},
		{"Dreams have many causes. Forty healthy volunteers received either zolpam (ZLP; a sedative of the new kind), pelidone (PLD; an old one) or placebo for 7 days. Dreams were fewer in the zolpam group and in the pelidone group (P = .01).", "zolpam [ZLP] experimental; pelidone [PLD] experimental; placebo [] placebo"},
		{"METHODS: Adults were randomised to zolpam or pelidone. The zolpam group took zolpam 5 mg at night, and the other group took 20 mg of pelidone. RESULTS: Sleep was longer with zolpam than with pelidone.", "zolpam 5 mg [] experimental; pelidone 20 mg [] active comparator"},
		{"METHODS: Adults were randomised to zolpam or placebo. They took zolpam 5 mg or 10 mg at night. RESULTS: Sleep was longer with zolpam than with placebo.", "zolpam [] experimental; placebo [] placebo"},
		{"METHODS: Adults were randomised to zolpam or placebo. Those who took 5 mg of zolpam were titrated to the dose that they bore. RESULTS: Sleep was longer with zolpam than with placebo.", "zolpam [] experimental; placebo [] placebo"},
		{"METHODS: Adults were randomised to Restiva (3 mg of zolpam plus 25 mg of pelidone; n = 40) or placebo (n = 41). RESULTS: Sleep was longer with Restiva than with placebo.", "Restiva (3 mg of zolpam plus 25 mg of pelidone) [] experimental 40; placebo [] placebo 41"},
		{"METHODS: Ten sites were randomised to motion training (n = 5) or healthy eating lessons (n = 5). RESULTS: Weight fell more with healthy eating lessons than with motion training.", "motion training [] experimental 5; healthy eating lessons [] active comparator 5"},
		{"METHODS: Adults will be randomised between online dialysis and low-flux dialysis, and followed for three years.", "online dialysis [] experimental; low-flux dialysis [] active comparator"},
		{"OBJECTIVE: To compare the effects of combining zolpam (0.6, 1.2 or 1.8 mg/day) or pelidone 4 mg/day or placebo (n = 11) with lathine (2-4 mg/day). METHODS: Adults were randomised. RESULTS: Sleep was longer with zolpam 1.2 mg than with placebo.", "zolpam 0.6 mg/day [] experimental; zolpam 1.2 mg/day [] experimental; zolpam 1.8 mg/day [] experimental; pelidone 4 mg/day [] experimental; placebo [] placebo 11"},
		{"METHODS: Men were randomised in a crossover design. Diets were enriched with three oil preparations, OB-FO, OB-SO, or OB-OO. RESULTS: Fat was lower with OB-FO than with OB-SO.", "OB-FO [] experimental; OB-SO [] active comparator; OB-OO [] active comparator"},
		{"METHODS: Knees were randomized to one of three groups: 1) Walking and Talking lessons (WT) which included the walks in the park and a talk on the use of walks for knees; 2) Walking lessons (W) wherein they only had the walks in the park and a leaflet on the use of walks; 3) Leaflet (L) wherein they only had the leaflet. RESULTS: Pain was lower in the WT group than in the W group.", "Walking and Talking lessons [WT] experimental; Walking lessons [] active comparator; Leaflet [] active comparator"},
		{"METHODS: Adults were randomly assigned to the lakeside condition or to a condition that provided paper maps. RESULTS: Stress was lower in the lakeside condition.", "lakeside [] experimental; paper maps [] active comparator"},
		{"METHODS: The trial was randomised. Group 1 was asked to follow a plant diet, and group 2 received usual care. RESULTS: Weight was lower in group 1 than in group 2.", "plant diet [] experimental; usual care [] usual care"},
		{"METHODS: Patients were randomised to zolpam or placebo 3 times daily. RESULTS: Sleep was longer with zolpam than with placebo.", "zolpam [] experimental; placebo [] placebo"},
		{"METHODS: Classes were randomised to the programme “Happy at school (n = 20) or to usual lessons (n = 21). RESULTS: Mood did not differ.", "programme Happy at school [] experimental 20; usual lessons [] active comparator 21"},
		{"METHODS: Patients with a rash were randomised. RESULTS: There were 12 responses in the zolpam group and in the control group 1 response. Response was more common in the zolpam group than in the control group.", "zolpam [] experimental; control [] active comparator"},
		{"METHODS: Women were randomized into three groups. After surgery, groups Z0, Z1, and Z2 were given intravenous (IV) saline, zolpam 1 mg, and zolpam 2 mg, respectively. RESULTS: Sickness was rarer in group Z2 than in group Z0.", "intravenous (IV) saline [] placebo; zolpam 1 mg [] experimental; zolpam 2 mg [] experimental"},
		{"METHODS: Adults were randomly assigned to one of three groups. The placebo group received barley water; another group received plum extract; and a third group received pear extract. RESULTS: Eyes were less tired in the third group.", "barley water [] placebo; plum extract [] experimental; pear extract [] experimental"},
		{"METHODS: A randomized trial in 42 villages compared 3 scenarios: quick tests with a leaflet (control); quick tests with a course (nurse arm); and quick tests with a course plus school plays (nurse-school arm). RESULTS: Tests were as common in the three arms.", "quick tests with a leaflet [] active comparator; quick tests with a course [] experimental; quick tests with a course plus school plays [] experimental"},
		{"METHODS: Single centre, parallel group, randomized, study of ibuprofen, naproxen and placebo in adults with a cold. RESULTS: Pain was less in the ibuprofen group and the naproxen group than in the placebo group.", "ibuprofen [] experimental; naproxen [] experimental; placebo [] placebo"},
		{"METHODS: The trial was randomized and placebo-controlled. Adults consumed 100 g of fermented milk (FM)/d, either with or without plum supplementation, for a week. RESULTS: Fat was higher with FM with plum supplementation than with FM without it.", "plum supplementation [] experimental; without plum supplementation [] active comparator"},
		{"Effects of plum supplementation on iron\n\nMETHODS: Rowers were randomly assigned to the supplemented group (n = 9), receiving 1200 mg of plum extract for 6 weeks, or to the placebo group (n = 7). RESULTS: Iron was higher in the supplemented group than in the placebo group.", "plum supplementation [] experimental 9; placebo [] placebo 7"},
		{"Open scanners versus closed scanners: a randomised trial\n\nMETHODS: Adults were randomised. RESULTS: Fear was less with the open scanner than with the closed scanner.", "Open scanners [] experimental; closed scanners [] active comparator"},
		{"Large volume enema vs no enema during labour\n\nMETHODS: Women were randomised. RESULTS: Tears were as common in women with an enema. Tears were more common in the morning group than in the evening group.", "Large volume enema [] experimental; no enema [] no intervention"},
		{"METHODS: Adults were randomly allocated to receive zolpam (8 mg before surgery) and lathine K (50 mg after it) or lathine K alone. RESULTS: Pain was less with zolpam and lathine K than with lathine K alone.", "zolpam and lathine K [] experimental; lathine K alone [] active comparator"},
		{"METHODS: We reviewed randomized trials that used exercise to reduce falls, improve balance, or both.", "exercise [] experimental"},
		{"METHODS: In this randomised, placebo-controlled trial of antibiotics, adults with earache took part. OBJECTIVE: To study the effect of cefuroxime on earache.", "cefuroxime [] experimental; placebo [] placebo"},
		{"METHODS: A randomised, placebo-controlled trial of a vaccine against carnation fever was run.", "vaccine [] experimental; placebo [] placebo"},
		{"OBJECTIVE: To study the effect of a lakeside walking and peer support program on sleep. METHODS: Adults took part for a month.", "lakeside walking and peer support program [] experimental"},
		{"OBJECTIVE: To study the effects of thirst during aerobic exercise. METHODS: Adults took part for a month.", "aerobic exercise [] experimental"},
		{"OBJECTIVE: To learn the effect of zolpamine on the clearance of warfarin. METHODS: Adults took both.", "zolpamine [] experimental"},
	}
	for _, test := range tests {
		_, tell := study(t, v, test.text)
		var got []string
		for _, a := range tell.study.Arms {
			got = append(got, strings.TrimSpace(fmt.Sprintf("%s [%s] %s %s", a.Label, a.Abbreviation, a.Role, a.N)))
		}
		if s := strings.Join(got, "; "); s != test.want {
			t.Errorf("%q\n got %s\nwant %s", test.text, s, test.want)
		}
	}
}

func TestArmsIn(t *testing.T) {
	v := loadVocabulary(t)
	r, tell := study(t, v, "OBJECTIVE: To compare cognitive behavioral therapy (CBT) with usual care (control). RESULTS: "+
		"Sleep improved in both groups, more with CBT than in the control group; neither arm had harms, and the other group was asked, as were controls and the intervention group.")
	n := len(r.doc.Sentences) - 1
	var got []string
	for _, m := range tell.armsIn(r, r.doc.Sentences[n].Span) {
		got = append(got, fmt.Sprintf("%s %v every=%v", r.doc.At(m.Span), m.arms, m.every))
	}
	want := []string{
		"both groups [0 1] every=true", "CBT [0] every=false", "the control group [1] every=false", "neither arm [0 1] every=true",
		"the other group [] every=false", "controls [1] every=false", "the intervention group [0] every=false",
	}
	if diff := gocmp.Diff(want, got); diff != "" {
		t.Errorf("mentions of arms (-want +got):\n%s", diff)
	}
}

func TestPopulations(t *testing.T) {
	v := loadVocabulary(t)
	tests := []struct{ text, want string }{
		{"METHODS: Participants were adults with asthma aged 18 to 65 years who were not taking steroids.", "adults with asthma aged 18 to 65 years who were not taking steroids"},
		{"METHODS: Eligible patients had chronic low back pain for at least 6 months.", "chronic low back pain for at least 6 months"},
		{"OBJECTIVE: To compare two diets in women with type 2 diabetes.", "women with type 2 diabetes"},
		{"METHODS: We studied OUD patients in four cities.", "OUD patients"},
		{"METHODS: Patients qualified if they had hypertension.", "hypertension"},
		{"METHODS: Those who assessed outcomes were blinded. Veterans with insomnia took part.", "Veterans with insomnia"},
	}
	for _, test := range tests {
		_, tell := study(t, v, test.text)
		got := ""
		if len(tell.study.Populations) > 0 {
			got = tell.study.Populations[0].Text
		}
		if got != test.want {
			t.Errorf("%q: population is %q, want %q", test.text, got, test.want)
		}
	}
}

func TestCriteria(t *testing.T) {
	v := loadVocabulary(t)
	tests := []struct{ text, want string }{
		{"METHODS: Eligible adults had long-term opioid therapy (=30 mg/d for at least 6 months).", "opioid_dose >= 30 MME/day for at least 6 months (printed =30 mg/d; the sign ≥ was lost; morphine equivalents presumed)"},
		{"METHODS: Over 50 practices (>40,000 men aged 50 to 69 years) were randomised.", "age between 50 69 years"},
		{"METHODS: Eligible adults were prescribed = 30 MME per day.", "opioid_dose >= 30 MME/day (printed = 30 MME per day; the sign ≥ was lost)"},
		{"METHODS: Eligible adults (n = 90, women = 86, men = 4; mean BMI = 31.2 kg/m2) breathed air (FiO2 = 15%).", ""},
		{"METHODS: Eligible patients received opioids at 50 MME per day or more.", "opioid_dose >= 50 MME/day"},
		{"METHODS: Eligible patients received opioids between 20 and 90 mg/day.", "opioid_dose between 20 90 MME/day (morphine equivalents presumed)"},
		{"METHODS: Eligible patients took at least 40 mg/day of oxycodone.", "oxycodone >= 40 mg/d"},
		{"METHODS: Participants were women aged over 65 years.", "age > 65 years"},
		{"METHODS: Participants were men 21 years of age or older with a body mass index of at least 30 kg/m2.", "age >= 21 years; bmi_outcome >= 30 kg/m2"},
		{"METHODS: Participants were women aged 65–75 (N = 106) with an MMSE of less than 24 (n = 90).", "age between 65 75 years; mmse < 24"},
		{"METHODS: We tested sertraline (50–100 mg) in adults with a stroke of more than 5 kg.", ""},
		{"METHODS: Eligible adults were on stable methotrexate of at least 10 mg.", "methotrexate >= 10 mg"},
		{"RESULTS: Participants' mean age was 62.2 years.", ""},
	}
	for _, test := range tests {
		r, _ := study(t, v, test.text)
		var got []string
		for _, c := range r.criteriaIn(r.doc.Sentences[len(r.doc.Sentences)-1].Span, false) {
			s := strings.Join(strings.Fields(fmt.Sprintf("%s %s %s %s %s", c.Variable, c.Relation, c.Value, c.High, c.Unit)), " ")
			if c.Duration != "" {
				s += " for " + c.Duration
			}
			if c.Doubt != "" {
				s += " (" + c.Doubt + ")"
			}
			got = append(got, s)
		}
		if s := strings.Join(got, "; "); s != test.want {
			t.Errorf("%q\n got %s\nwant %s", test.text, s, test.want)
		}
	}
}

func TestSubgroups(t *testing.T) {
	v := loadVocabulary(t)
	r, tell := study(t, v, "OBJECTIVE: To compare yoga (n = 20) with usual care (n = 21) in adults with chronic pain. "+
		"METHODS: This is a secondary analysis of subgroups: participants on opioids at baseline (≥50 MME) and those on lower dosages (<50 MME). RESULTS: "+
		"Among participants on high opioid dosages, pain fell. "+
		"Pain fell more in those with depression than in those without depression. "+
		"Participants with low opioid dosages improved. "+
		"A total of 12 patients with headache withdrew. "+
		"Patients in the yoga group improved.")
	var got []string
	for i := range r.doc.Sentences {
		if r.roles[i] == roleResults {
			ref, sub := tell.populationIn(r, r.doc.Sentences[i].Span)
			got = append(got, fmt.Sprintf("%s %v", ref.ID, sub))
		}
	}
	if diff := gocmp.Diff([]string{"p2 true", "p4 true", "p3 true", "p1 false", "p1 false"}, got); diff != "" {
		t.Errorf("populations of the results (-want +got):\n%s", diff)
	}
	var rows []string
	for _, p := range tell.study.Populations[1:] {
		for _, c := range p.Criteria {
			rows = append(rows, fmt.Sprintf("%s of %s: %s %s %s", p.ID, p.Parent, c.Variable, c.Relation, c.Value))
		}
	}
	want := []string{"p2 of p1: opioid_dose >= 50", "p3 of p1: opioid_dose < 50", "p4 of p1: depression has ", "p5 of p1: depression not "}
	if diff := gocmp.Diff(want, rows); diff != "" {
		t.Errorf("subgroups (-want +got):\n%s", diff)
	}
}

func TestOutcomes(t *testing.T) {
	v := loadVocabulary(t)
	tests := []struct{ text, want string }{
		{"METHODS: The primary outcome was pain intensity at 6 weeks; secondary outcomes were sleep quality and anxiety.", "pain intensity, primary, 6 weeks; sleep quality, secondary, ; anxiety, secondary,"},
		{"METHODS: The multiple primary outcomes were days of opioid use and quality of life.", "days of opioid use, primary, ; quality of life, primary,"},
		{"METHODS: The primary end point was noninferiority (0.4%) in pain intensity between groups.", "pain intensity, primary,"},
		{"METHODS: Mortality at 30 days was the primary end point.", "Mortality, primary, 30 days"},
		{"METHODS: Pain interference and physical function, both self-reported, served as secondary outcomes.", "Pain interference, secondary, ; physical function, secondary,"},
		{"METHODS: The primary outcome was a composite of death, stroke, and myocardial infarction.", "composite of death, stroke, and myocardial infarction, primary,"},
		{"METHODS: For the primary outcome, records gave the change in body weight between baseline and 12 months.", "change in body weight, primary, 12 months"},
		{"METHODS: The primary outcome, taken from records, was how body weight had changed 3 months after surgery.", "body weight, primary, 3 months after surgery"},
		{"OBJECTIVE: To evaluate the effect of yoga on sleep quality and fatigue in nurses.", "sleep quality, , ; fatigue, ,"},
		{"METHODS: Pain intensity at 12 weeks was the primary end point, and sleep quality was a secondary end point.", "Pain intensity, primary, 12 weeks; sleep quality, secondary,"},
		{"METHODS: Outcomes were assessed at baseline and 6 months.", ""},
	}
	for _, test := range tests {
		_, tell := study(t, v, test.text)
		var got []string
		for _, o := range tell.study.Outcomes {
			got = append(got, strings.TrimSpace(fmt.Sprintf("%s, %s, %s", o.Text, o.Role, o.Timepoint)))
		}
		want := strings.Split(test.want, "; ")
		for i := range want {
			want[i] = strings.TrimSpace(want[i])
		}
		if s := strings.Join(got, "; "); s != strings.Join(want, "; ") {
			t.Errorf("%q\n got %s\nwant %s", test.text, s, test.want)
		}
	}
}

func TestDesigns(t *testing.T) {
	v := loadVocabulary(t)
	tests := []struct {
		text string
		want evidence.Design
	}{
		{"METHODS: This was a single-blind, cluster-randomised, crossover trial.", evidence.Design{Kind: "trial", Allocation: "cluster-randomized", Model: "crossover", Masking: "single-blind", Text: "single-blind, cluster-randomised, crossover trial"}},
		{"METHODS: An open-label phase II single-arm study was conducted.", evidence.Design{Kind: "trial", Allocation: "none", Model: "single group", Masking: "open-label", Phase: "II", Text: "open-label phase II single-arm study"}},
		{"METHODS: In this parallel group randomised trial, adults took part.", evidence.Design{Kind: "trial", Allocation: "randomized", Model: "parallel", Text: "parallel group randomised trial"}},
		{"METHODS: We conducted a prospective cohort study.", evidence.Design{Kind: "cohort", Text: "prospective cohort study"}},
		{"METHODS: This systematic review included 12 randomised trials.", evidence.Design{Kind: "systematic review", Text: "12 randomised trials"}},
		{"DATA SOURCES: Three databases. STUDY SELECTION: Randomised trials of braces. DATA SYNTHESIS: Nine trials were found.", evidence.Design{Kind: "systematic review", Text: "Randomised trials"}},
		{"DATA SOURCES/STUDY SETTING: Claims of 40 clinics. STUDY DESIGN: Adults were randomly assigned to braces or talks.", evidence.Design{Kind: "trial", Allocation: "randomized", Model: "parallel"}},
		{"METHODS: Claims of 12 states were read. We fitted interrupted time series models before and after the law. RESULTS: Prescriptions fell by 4% after the law.", evidence.Design{Kind: "quasi-experiment"}},
		{"METHODS: Doctors were randomly assigned to alerts or none, and a difference-in-differences model was fitted.", evidence.Design{Kind: "trial", Allocation: "randomized", Model: "parallel"}},
		{"Braces for sprains of the ankle\n\nRESULTS: This observational study found that people given braces fell less often than those without.", evidence.Design{Kind: "cohort"}},
		{"Easing braces off after a sprain: consensus panel recommendations\n\nCONCLUSIONS: Braces can do harm. A panel of nine doctors wrote down how to ease them off.", evidence.Design{Kind: "guideline"}},
		{"OBJECTIVES: To describe the design and pilot of a course for future evaluation in the WOTTA randomised controlled trial.", evidence.Design{}},
		{"High doses for pain: an overview of Cochrane Reviews\n\nMETHODS: We sought reviews.", evidence.Design{Kind: "systematic review"}},
		{"KEY POINTS: FINDINGS: In this meta-analysis that included 96 randomized clinical trials, pain fell.", evidence.Design{Kind: "meta-analysis", Text: "96 randomized clinical trials"}},
		{"METHODS: In this trial, 477 women in 84 centers in five countries were randomly assigned to yoga or reading.", evidence.Design{Kind: "trial", Allocation: "randomized", Model: "parallel"}},
		{"METHODS: Adults were given yoga and reading. The sequence was randomized, with a washout of 15 days.", evidence.Design{Kind: "trial", Allocation: "randomized", Model: "crossover"}},
		{"METHODS: The aim of this phase I trial was to find the recommended phase II dose.", evidence.Design{Kind: "trial", Phase: "I", Text: "phase I trial"}},
		{"METHODS: This was a double-blind trial of yoga. CONCLUSIONS: Further study will be required to show that open-label yoga attracts people.", evidence.Design{Kind: "trial", Masking: "double-blind", Text: "double-blind trial"}},
		{"METHODS: A 2 x 2 factorial randomized trial was done; participants were blinded to group allocation.", evidence.Design{Kind: "trial", Allocation: "randomized", Model: "factorial", Masking: "participants were blinded to group allocation", Text: "2 x 2 factorial randomized trial"}},
	}
	for _, test := range tests {
		_, tell := study(t, v, test.text)
		if diff := gocmp.Diff(test.want, tell.study.Design); diff != "" {
			t.Errorf("%q (-want +got):\n%s", test.text, diff)
		}
	}
}

// TestStopped reads whether a study ended before it was to.
func TestStopped(t *testing.T) {
	v := loadVocabulary(t)
	for text, want := range map[string]string{
		"METHODS: Adults were randomized to yoga or usual care. RESULTS: The trial was stopped early for futility.":                              "terminated",
		"METHODS: Adults were randomized to yoga or usual care. RESULTS: Recruitment was closed because funds ran out; 40 adults took part.":     "terminated",
		"METHODS: Adults were randomized to yoga or usual care. RESULTS: After premature termination of the study, 40 adults were analysed.":     "terminated",
		"METHODS: Adults were randomized to yoga or usual care. RESULTS: Treatment was stopped early in 4 adults; two left the trial.":           "",
		"METHODS: Adults will be randomized to yoga or usual care. The trial will be stopped early if deaths differ.":                            "",
		"METHODS: Mothers were randomized to advice or none. RESULTS: Early termination of breastfeeding was less common with advice (P = .03).": "",
	} {
		_, tell := study(t, v, text)
		if got := tell.study.Design.Status; got != want {
			t.Errorf("%q: status %q, want %q", text, got, want)
		}
	}
}

func TestTotals(t *testing.T) {
	v := loadVocabulary(t)
	tests := []struct{ text, want string }{
		{"RESULTS: A total of 120 patients were randomized to yoga (n = 60) or usual care (n = 60).", "randomized 120"},
		{"RESULTS: A total of 254 patients participated in the trial.", "n 254"},
		{"METHODS: Adults (N = 525) with pain took part.", "n 525"},
		{"RESULTS: Of 400 women screened, 210 were randomly assigned, and 198 were included in the analysis.", "randomized 210 analyzed 198"},
		{"METHODS: We will enroll 300 participants.", "planned 300"},
		{"RESULTS: Fourteen people who had asthma took part.", "n 14"},
		{"RESULTS: Randomization assigned 82 patients, 41 to yoga and 41 to usual care.", "randomized 82"},
		{"RESULTS: Between March 2004 and May 2010, 180 patients were enrolled.", "n 180"},
		{"RESULTS: Of 177 participants, 90 (51%) were women.", "n 177"},
		{"RESULTS: A total of 112 participants (13.8%) died during follow-up.", ""},
		{"RESULTS: Falls occurred in 112 patients.", ""},
		{"RESULTS: 25 871 participants were enrolled and followed for 5 years.", "n 25871"},
		{"RESULTS: The first 15 participants were enrolled openly; in all, 153 participants were enrolled.", "n 153"},
		{"METHODS: Fifteen minutes before the meal the men drank tea.", ""},
		{"RESULTS: In all, 122 patients were included in the exercise group and 146 in the control group.", ""},
		{"RESULTS: A total of 7,621 children were enrolled in the yoga arm and 7,605 in the control arm.", ""},
		{"RESULTS: The safety population included 815 patients randomized to yoga, 254 to comparators.", ""},
		{"METHODS: Five hundred and thirty-four, afebrile infants were randomised to yoga or usual care.", "randomized 534"},
		{"METHODS: Carpenters (n = 125) were randomised to receive a pen or no pen.", "randomized 125"},
		{"METHODS: In this 16-week study, 352 patients with eczema received vinegar or water.", "n 352"},
		{"METHODS: In total, 333 adult patients aged 18 to 65 years and scheduled for surgery were included.", "n 333"},
		{"METHODS: A total of 260 patients enrolled in the yoga network and 251 patients in standard care were recruited.", ""},
		{"RESULTS: Of the 80 patients who were enrolled in the study, 39 were assigned to yoga while the remaining patients waited.", "n 80"},
		{"RESULTS: In total, 287 smokers were recruited: 81 in the yoga group, 111 in the walking group, and 95 in the usual care group.", "n 287"},
		{"METHODS: Adults with a score ≥ 13, not on treatment, were randomly assigned to yoga or usual care.", ""},
		{"RESULTS: Sixty patients were randomised to yoga or usual care. In total, 46 patients answered.", "randomized 60"},
		{"METHODS: In total, 720 women have to be randomised.", "planned 720"},
		{"METHODS: From July 2009 to October 2010 all the patients of a clinic were randomized to yoga or usual care.", ""},
		{"RESULTS: Of the 163 participants assessed for eligibility, 118 were randomised.", "randomized 118"},
		{"METHODS: Differences between native whey and WPC-80 were analysed by t tests.", ""},
		{"METHODS: Patients with gout (n = 31) or lupus (n = 31) were randomly allocated to yoga (n = 38) or usual care (n = 24).", ""},
		{"RESULTS: Adults were randomised to yoga (n = 1075) or usual care (n = 1098). Albumin developed in 297 patients in the yoga group.", ""},
		{"METHODS: Although the trial was designed to enroll 2,000 patients, it stopped after enrolling 696 patients.", "n 696 planned 2000"},
	}
	for _, test := range tests {
		_, tell := study(t, v, test.text)
		var got []string
		for _, p := range []struct {
			name string
			n    any
		}{{"n", tell.study.N}, {"randomized", tell.study.NRandomized}, {"analyzed", tell.study.NAnalyzed}, {"planned", tell.study.NPlanned}} {
			if s := fmt.Sprint(p.n); s != "" {
				got = append(got, p.name+" "+s)
			}
		}
		if s := strings.Join(got, " "); s != test.want {
			t.Errorf("%q: got %s, want %s", test.text, s, test.want)
		}
		for _, s := range tell.study.Stated {
			if len(s.Passages) == 0 {
				t.Errorf("%q: %s has no passage", test.text, s.Field)
			}
		}
	}
}

func TestStudyNames(t *testing.T) {
	v := loadVocabulary(t)
	tests := []struct{ title, name, parent string }{
		{"Yoga for Insomnia: The RESTFUL Randomized Clinical Trial", "RESTFUL", ""},
		{"Statins in kidney disease (KIDSTAT): a randomised trial", "KIDSTAT", ""},
		{"Walking or talking for pain (W:TALK): a multicentre, open-label, randomised controlled trial", "W:TALK", ""},
		{"Walking in pain (WIP) and talking: a trial of two ways", "", ""},
		{"Aspirin in preeclampsia: main results of the ASPREG-2 trial", "ASPREG-2", ""},
		{"A secondary analysis of the RESTFUL trial", "RESTFUL", "RESTFUL"},
		{"Vitamin D for adults: an RCT study", "", ""},
		{"An HIV trial in three cities", "", ""},
		{"F12. WALKING FOR INSOMNIA: A RANDOMIZED CONTROLLED TRIAL", "", ""},
	}
	for _, test := range tests {
		_, tell := study(t, v, test.title+"\n\nMETHODS: Adults were randomized to yoga or usual care.\n")
		if tell.study.Name != test.name || tell.study.Parent != test.parent {
			t.Errorf("%q: name %q, parent %q; want %q and %q", test.title, tell.study.Name, tell.study.Parent, test.name, test.parent)
		}
	}
}

// TestDirections holds what is claimed of an outcome, and of whom against whom, in turns of phrase that mislead.
func TestDirections(t *testing.T) {
	v := loadVocabulary(t)
	head := "OBJECTIVE: To compare zolpam with saline for sleep. METHODS: Adults were randomised to zolpam (n = 40) or saline (n = 41). RESULTS: "
	tests := []struct{ text, want string }{
		{"Pain fell in both groups; however, when compared with saline, zolpam resulted in significantly less pain.", "zolpam v saline: decreased"},
		{"Wound infection was 60% with zolpam and 18% with saline (OR 0.14; 95% CI, 0.06 to 0.31).", "saline v zolpam: decreased"},
		{"Significantly lesser number of adults with zolpam than with saline developed headache, an absolute risk reduction of 21%.", "zolpam v saline: decreased"},
		{"Compared with saline, zolpam led to less pain, higher quality of life and lower blood pressure (all P < .05).", "zolpam v saline: decreased; zolpam v saline: increased; zolpam v saline: decreased"},
		{"At week 4, 28 people had falls (61%; 95% CI, 47% to 75%) vs 15 with saline (26%; 95% CI, 14% to 38%; P = .002).", "zolpam v saline: increased"},
		{"At week 4, 28 people had falls (61%; 95% CI, 47% to 75%) vs 15 with saline (26%; 95% CI, 14% to 38%).", "zolpam v saline: increased"},
		{"Median time to discharge was 92 h with zolpam vs 138 h with saline (HR 2.17; 95% CI, 1.5 to 3.1).", "zolpam v saline: decreased"},
		{"Overall survival was longer with zolpam than with saline (HR 0.6; 95% CI, 0.4 to 0.8).", "zolpam v saline: increased"},
		{"The hazard ratio for overall survival was 0.6 (95% CI, 0.4 to 0.8).", "zolpam v saline: increased"},
		{"The odds ratios for nausea, rash and sleep loss were OR 0.5 (95% CI, 0.3 to 0.8), OR 0.9 (95% CI, 0.5 to 1.4) and OR 0.6 (95% CI, 0.4 to 0.9).", "zolpam v saline: decreased; zolpam v saline: no difference; zolpam v saline: decreased"},
		{"Pain was reduced in both groups at 12 weeks (P < .01).", ""},
		{"There was no difference between the groups in headache (P = .01).", "zolpam v saline: not stated"},
		{"There was no difference in nausea, except that headache was more common with zolpam than with saline (P = .01).", "zolpam v saline: no difference; zolpam v saline: increased"},
	}
	for _, test := range tests {
		r, tell := study(t, v, head+test.text)
		f := finder{r: r, t: tell}
		var got []string
		for _, x := range f.findings() {
			if x.Kind == evidence.BetweenArms {
				got = append(got, fmt.Sprintf("%s v %s: %s", strings.Join(x.Arm, "+"), strings.Join(x.Comparator, "+"), x.Direction))
			}
		}
		if s := strings.Join(got, "; "); s != test.want {
			t.Errorf("%q\n got %s\nwant %s", test.text, s, test.want)
		}
	}
}
