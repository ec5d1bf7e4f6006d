package extract

import "testing"

// TestArmsChosen holds that the list of arms is taken that the results speak of, and no list of something else.
func TestArmsChosen(t *testing.T) {
	v := loadVocabulary(t)
	tests := []struct{ name, text, want string }{
		{
			"what was given in groups, one behind the other",
			"METHODS: Patients were randomised into three groups. They were premedicated at once with normal saline in group 1, 50 mg pelidone in group 2, and 5 mg zolpam in group 3. RESULTS: Pain was higher in group 1 than in group 2 and group 3.",
			"normal saline {group 1}; 50 mg pelidone {group 2}; 5 mg zolpam {group 3}",
		},
		{
			"a group that a colon sets off and the clause takes up again",
			"METHODS: Patients were randomly divided into two groups. Group A: This group of 15 patients was treated with raw barley paste. Group B: This group of 15 patients was treated with boiled barley paste. RESULTS: Hair loss fell in Group A and in Group B.",
			"raw barley paste {group a}; boiled barley paste {group b}",
		},
		{
			"a list of groups with commas",
			"METHODS: Patients were randomised to group 1, zolpam only (n = 28); group 2, zolpam and Tea Talk (n = 33); or group 3, pelidone and Tea Talk (n = 31). RESULTS: Sleep was longer in group 3 than in group 1.",
			"zolpam only {group 1}; zolpam and Tea Talk {group 2}; pelidone and Tea Talk {group 3}",
		},
		{
			"one name for both is told apart",
			"METHODS: Patients were randomly allocated to two groups. The test group was given tube feeding (TF) with barley oil after surgery, and the control group was supported by TF with wheat oil. RESULTS: Weight rose in the test group compared with the control group.",
			"tube feeding (TF) with barley oil {test}; TF with wheat oil {control}",
		},
		{
			"parts of one intervention are no arms",
			"METHODS: Centres were randomised. Thirty centres received the intervention including: (1) soap; (2) training; and (3) posters. Thirty control centres went on as before. RESULTS: Hands were washed more often in the intervention group than in the control group.",
			"intervention; control",
		},
		{
			"set side by side by a passive verb",
			"The effects of zolpam (n = 24), a new sedative, and pelidone (n = 22) on sleep were compared in 46 adults with insomnia. Both zolpam and pelidone lengthened sleep. There were no differences between zolpam and pelidone.",
			"zolpam; pelidone",
		},
		{
			"a passive verb of giving, with a control",
			"METHODS: Adults were randomised. Oral lathine (40 or 80 mg/d) or placebo was given in two doses. RESULTS: Pain was lower with lathine than with placebo.",
			"Oral lathine (40 or 80 mg/d) {Oral lathine}; placebo",
		},
		{
			"an effect that is compared with that of something else",
			"OBJECTIVE: To assess the effectiveness of a novel, home-based walking programme on falls, compared with usual care. METHODS: Adults were randomised. RESULTS: Falls were fewer with the walking programme.",
			"novel, home-based walking programme; usual care",
		},
		{
			"two adjectives of one name",
			"METHODS: This trial compares a tailored, multidimensional discharge package to usual care. Patients were randomised. RESULTS: Readmission was less common with the discharge package than with usual care.",
			"tailored, multidimensional discharge package; usual care",
		},
		{
			"randomised for, and what the people underwent",
			"METHODS: We randomized patients undergoing hip repair under spinal block to light or deep anaesthesia. RESULTS: Death was as common with light anaesthesia as with deep anaesthesia.",
			"light; deep anaesthesia",
		},
		{
			"to be exposed to",
			"METHODS: Fire fighters were randomly assigned to be exposed to wood smoke or filtered air for one hour. RESULTS: Stiffness rose after wood smoke compared with filtered air.",
			"wood smoke; filtered air",
		},
		{
			"roman numbers",
			"METHODS: Subjects will be randomized to either i) screening by telephone or ii) no screening. RESULTS: Quality of life was higher with screening than with no screening.",
			"screening by telephone; no screening",
		},
		{
			"doses in front of the names",
			"METHODS: Sixteen outpatients received 24 microg zolpam, 50 microg pelidone, 200 microg lathine or placebo on four days. RESULTS: Zolpam, pelidone and lathine widened airways more than placebo.",
			"24 microg zolpam; 50 microg pelidone; 200 microg lathine; placebo",
		},
		{
			"a list that a versus opens",
			"Zolpam versus pelidone, lathine, and morphate for sleep\n\nMETHODS: Adults were randomised. RESULTS: Sleep was longer with zolpam than with pelidone, lathine and morphate.",
			"Zolpam; pelidone; lathine; morphate",
		},
		{
			"the subject of the next clause",
			"OBJECTIVE: To show that zolpam is as good as pelidone. METHODS: To show non-inferiority of zolpam versus pelidone, power calculation was done for 80 adults, who were randomised. RESULTS: Sleep was as long with zolpam as with pelidone.",
			"zolpam; pelidone",
		},
		{
			"by what people were told before their arms",
			"METHODS: Women assigned to surgery and chemotherapy were randomised to receive either talks with a psychologist or standard follow-up. RESULTS: Distress was lower in the intervention group than in the control group.",
			"talks with a psychologist; standard follow-up",
		},
		{
			"one group by several generic names",
			"Lathine for hay fever: a randomised trial\n\nMETHODS: Adults were randomised. RESULTS: Sneezing fell in the intervention group. Itch was less in the active group than in the placebo group. Sneezing was less common in the intervention group than with placebo.",
			"intervention {active}; placebo",
		},
		{
			"known only from what an abstract without headings says first",
			"Antidepressants and the resting brain\n\nStudies have shown an abnormal resting brain in depression. However, the effect of antidepressants is unclear. Forty volunteers received either citalopram, reboxetine or placebo for 7 days in a double-blind design. Mood was also measured before and after. We found less connectivity in the citalopram group and in the reboxetine group.",
			"citalopram; reboxetine; placebo",
		},
		{
			"outcomes of a title",
			"One-year outcome of frailty signs and activities of daily living after a home visit programme\n\nMETHODS: Older people were randomised to the intervention group or a control group. RESULTS: Frailty did not differ between the groups. Activities of daily living improved more in the intervention group than in the control group.",
			"intervention; control",
		},
		{
			"what was measured stands beside the groups",
			"METHODS: Renters were split at random into two groups, and pill counts were taken for 8 months. The control group got standard clinical care, and the intervention group got a reminder support package. RESULTS: Pill counts were right in 75% in the intervention group and 77% in the control group (P = .5).",
			"standard clinical care {control}; reminder support package {intervention}",
		},
		{
			"what people changed from",
			"METHODS: Patients were randomized to switch from zolpam/pelidone to lathine/pelidone (LAT/PEL) or morphate/cytabine (MOR/CYT). RESULTS: Bone mass fell in the MOR/CYT arm compared with the LAT/PEL arm.",
			"lathine/pelidone; morphate/cytabine",
		},
		{
			"what was done, behind a colon",
			"Group and individual support for giving up smoking\n\nMETHODS: Smokers were randomised. We performed the following: a long individual talk (LIT), a long group talk (LGT) and a short talk (ST). RESULTS: Smokers gave up in 7% of the LIT, 5% of the LGT and 1% of the ST. No differences were noted between LIT and ST.",
			"long individual talk; long group talk; short talk",
		},
		{
			"labels behind a colon",
			"METHODS: Patients were randomized into two groups (early: Group E, late: Group L). In Group E, the block was given before the incision. RESULTS: Pain was lower in Group E than in Group L.",
			"early {group e}; late {group l}",
		},
		{
			"a third arm that the results name and another list has",
			"OBJECTIVE: To compare raw barley, BP-70 or broth after rowing. METHODS: Rowers received either BP-70 and raw barley (n = 10), crossing over, or broth (n = 12). RESULTS: Lysine rose more with raw barley than with BP-70. Synthesis was higher with raw barley than with broth.",
			"raw barley; broth; BP-70",
		},
		{
			"parts that stand without a word for groups",
			"Effect of health education on worms: a cluster-randomized controlled trial\n\nMETHODS: Schools were randomized to have a nurse. RESULTS: Worms were found in 12% of pupils (intervention 12%, control 23%; P = .01). Knowledge was better in intervention schools than in control schools.",
			"health education {intervention}; control",
		},
		{
			"a dose behind the name",
			"METHODS: Bakers were allocated at random to intake of either selenate capsules at a dosage of 52,000 IU (n = 33) or placebo (n = 32). RESULTS: Compared to the placebo, selenate lowered glucose (P = .02).",
			"selenate capsules at a dosage of 52,000 IU; placebo",
		},
		{
			"received, respectively",
			"METHODS: Adults were randomized into four groups. The groups received, respectively, placebo, fish oil, probiotic, or both fish oil and probiotic. RESULTS: Cholesterol fell in the probiotic group and not in the placebo group.",
			"placebo; fish oil; probiotic; fish oil and probiotic",
		},
		{
			"vs with its period, and how often it was given",
			"Benefits and harms of single injection of linked hyalurate vs. three injections of heavy hyalurate for sore knees\n\nMETHODS: Patients were randomised. RESULTS: Pain fell by 33 mm with linked hyalurate and 29 mm with heavy hyalurate.",
			"linked hyalurate; heavy hyalurate",
		},
		{
			"what both were combined with",
			"METHODS: This randomized study compared once-daily zolpam 1400 mg and pelidone 600 mg, both with LAT/PEL 600 mg. RESULTS: Rash was more common with pelidone than with zolpam.",
			"zolpam 1400 mg; pelidone 600 mg",
		},
		{
			"to hospital, to receive, according to",
			"METHODS: Feverish children were randomized on the wards of two hospitals to receive antibiotics according to either a marker guidance algorithm or standard care. RESULTS: Antibiotics were given for fewer days with the marker guidance algorithm than with standard care.",
			"marker guidance algorithm; standard care",
		},
		{
			"by means of",
			"METHODS: Women were randomly assigned to incision of the skin by electrocautery or scalpel. RESULTS: Wounds opened in six women with scalpel and nine with electrocautery (P = 0.4).",
			"electrocautery; scalpel",
		},
		{
			"one of two groups is told what it got",
			"METHODS: Patients were randomised to an intervention group or a control group. The control group was given normal saline 0.03 ml/kg. RESULTS: Cough was less common in the intervention group than in the control group.",
			"intervention; normal saline 0.03 ml/kg {control}",
		},
		{
			"the parts of one programme are no arms",
			"Effects of an exercise and massage program on function: a randomised trial\n\nMETHODS: Twenty weavers were allocated at random to an intervention (n = 12) or control (n = 8) group. Those of the intervention group performed daily home exercises. The control group received no treatment. RESULTS: Pain fell more in the intervention group than in the control group.",
			"daily home exercises {intervention}; no treatment {control}",
		},
		{
			"all who were randomised are no arm",
			"METHODS: Grown hounds (n = 20) had a graft, and were randomized to 1) placebo (n = 5), 2) early zolpam (n = 7; from day 1), or 3) late zolpam (n = 8; from day 14). RESULTS: Healing was better with early zolpam than with placebo.",
			"placebo; early zolpam; late zolpam",
		},
		{
			"as many as the study says",
			"OBJECTIVE: To compare lathine and zolpam added to pelidone. METHODS: Sixty women were randomly allocated to one of the three following groups to receive pelidone 10 mg with lathine 75 mg (group L), pelidone 10 mg with zolpam 5 mg (group Z) or pelidone 10 mg with water (group W). RESULTS: Relief was longer in group L than in groups Z and W. Lathine was better than zolpam.",
			"pelidone 10 mg with lathine 75 mg {group l}; pelidone 10 mg with zolpam 5 mg {group z}; pelidone 10 mg with water {group w}",
		},
		{
			"the groups stand in a bracket behind their number",
			"METHODS: Volunteers were randomly assigned to one of four drug groups (oral lathine, 2 mg zolpam, lathine plus zolpam, placebo). RESULTS: Gaze was slower with zolpam than with placebo.",
			"oral lathine; 2 mg zolpam; lathine plus zolpam; placebo",
		},
		{
			"one of three meals",
			"METHODS: In a crossover trial adults ate 1 of 3 lunch meals [Control (C), without seeds; Seed Inclusive (SI); and, Seed Added (SA)]. RESULTS: Compared with the C meal, the SA meal made people less hungry.",
			"control; Seed Inclusive; Seed Added",
		},
		{
			"letters in a row with what they stand for",
			"METHODS: Patients were divided randomly into groups A (control; n = 33), B (zolpam; n = 32), C (lathine; n = 34) and D (zolpam + lathine; n = 35). RESULTS: Stay was shorter in group D than in group A.",
			"group a {control}; zolpam {group b}; lathine {group c}; zolpam + lathine {group d}",
		},
		{
			"what the groups were made by, before the colon",
			"OBJECTIVE: To compare the volume of filler and of dentine after two systems. METHODS: The teeth were randomly divided into 2 groups (n = 20), according to the system that was used: Protan Max (PM group) or Mansa GR (MG group). RESULTS: Less filler was left in the PM group than in the MG group.",
			"Protan Max; Mansa GR",
		},
		{
			"or not",
			"METHODS: Patients on zolpam were randomized 1:1 to receive lathine 40 mg/d or not in addition to zolpam. RESULTS: Lesions were as common in both groups (P = .5).",
			"lathine 40 mg/d; no lathine 40 mg/d",
		},
		{
			"or both",
			"METHODS: Adults were randomly assigned to placebo, zolpam, lathine or both. RESULTS: Pain was lower with lathine and zolpam than with placebo.",
			"placebo; zolpam; lathine; zolpam and lathine",
		},
		{
			"one of the arms is of two drugs, each with its dose",
			"METHODS: Patients were randomized to receive either a tablet of zolpam (5 mg) and lathine (4 mg) before the visit (n = 100) or no tablet (n = 100). RESULTS: Fear was less common with no tablet.",
			"tablet of zolpam (5 mg) and lathine (4 mg); no tablet",
		},
		{
			"what people had had before is no arm",
			"METHODS: Forty patients undergoing bypass surgery (n = 32) or valve repair (n = 8) were enrolled in this randomized trial. In group A (n = 20), zolpam was infused. Group B served as a control with identical amounts of gelatine (n = 20). RESULTS: Fever was less common in group A.",
			"zolpam {group a}; identical amounts of gelatine {group b}",
		},
		{
			"two of both kinds together",
			"METHODS: Seventy women were randomly divided into two intervention and control groups. RESULTS: Fear was lower in the intervention group than in the control group.",
			"intervention; control",
		},
		{
			"an apposition is no item",
			"OBJECTIVE: We compared the effects of zolpam, a nasal spray, and lathine, an oral tablet. METHODS: Adults were randomized. RESULTS: Sneezing was less common with zolpam than with lathine.",
			"zolpam; lathine",
		},
		{
			"three groups and a control group",
			"METHODS: Teeth were randomly divided into three experimental groups (n = 15) and a control group of teeth left alone (n = 15). The groups were prepared using either Protan, Neolan or Safira. RESULTS: Cracks were more common with Neolan than in the control group and did not differ between Protan and Safira.",
			"Protan; Neolan; Safira; control",
		},
		{
			"given in turn to groups named by number",
			"OBJECTIVE: To compare the formation of cracks and craze lines in dentine. METHODS: Teeth were randomly divided into four groups. In groups 1, 2 and 3 the teeth were prepared using Mansa, Protan and Recipa, respectively, while in group 4 (control group) the teeth were left alone. RESULTS: Mansa and Protan caused more cracks than Recipa.",
			"Mansa {group 1}; Protan {group 2}; Recipa {group 3}; left alone {group 4, control}",
		},
		{
			"numbers written out, with what the group is in a bracket",
			"METHODS: Children were randomly assigned into three groups: group one (zolpam with lathine [ZL]), group two (zolpam with saline [ZS]), and group three (pelidone with lathine [PL]). RESULTS: Agitation was seen in 2, 21 and 0 of the ZL, ZS and PL groups.",
			"zolpam with lathine {group one}; zolpam with saline {group two}; pelidone with lathine {group three}",
		},
		{
			"each arm behind its own receiving",
			"METHODS: Workers were randomised to receive personal feedback on drinking, alongside a leaflet (n = 659), or to receive a talk on health except drinking (n = 671). RESULTS: Drinking did not differ between the groups.",
			"personal feedback on drinking, alongside a leaflet; talk on health except drinking",
		},
		{
			"on so many occasions",
			"METHODS: In a crossover trial, men were examined on three occasions: after a normal diet, a low-energy diet (LED) and a high-fat diet (HFD). RESULTS: Fat rose with the HFD and fell with the LED.",
			"normal diet; low-energy diet; high-fat diet",
		},
		{
			"told apart by how long alone",
			"METHODS: Patients were randomly assigned to receive a total duration of 48 (n = 94) or 24 (n = 93) weeks of therapy. RESULTS: Cure was as common after 48 weeks as after 24 weeks.",
			"48 weeks; 24 weeks",
		},
		{
			"a series of amounts with a size behind each",
			"METHODS: Women were randomized to a control without exercise (n = 94) or 1 of 3 exercise groups; energy expenditure of 4 (n = 139), 8 (n = 85), or 12 (n = 93) kcal/kg/week. RESULTS: Weight fell most with 8 kcal/kg/week.",
			"control without exercise; energy expenditure of 4 kcal/kg/week; energy expenditure of 8 kcal/kg/week; energy expenditure of 12 kcal/kg/week",
		},
		{
			"until what happened is no arm",
			"METHODS: Patients were randomized to either zolpam alone or lathine (200 mg, weekly) plus zolpam (250 mg daily) until disease progression or intolerable toxicity. RESULTS: Survival did not differ between zolpam alone and lathine plus zolpam.",
			"zolpam alone; lathine (200 mg, weekly) plus zolpam (250 mg daily)",
		},
		{
			"one more that the results name, as the study says",
			"METHODS: In this three-way crossover test, men ate meals. RESULTS: HP-Bean led to less hunger than HP-Beef. HP-Bean led to more fullness than LP-Bean. Hunger was lower after HP-Bean than after HP-Beef.",
			"HP-Bean; HP-Beef; LP-Bean",
		},
		{
			"in a randomised order",
			"METHODS: Infants received assisted ventilation (AV) and standard ventilation (SV) in a randomised order. RESULTS: Peak pressure was lower with AV than with SV.",
			"assisted ventilation; standard ventilation",
		},
		{
			"two names for each of two groups",
			"A trial of the SPEED Cast for walking\n\nMETHODS: In a randomized trial, all people had conventional physical therapy (CPT). The experimental group also had a SPEED Cast. RESULTS: Braces were used in 26% of visits in the CPT group and in 11% in the SPEED Cast group. The control group walked as fast as the experimental group.",
			"SPEED Cast {experimental}; conventional physical therapy {control}",
		},
		{
			"a verb is no arm",
			"METHODS: Patients were randomised to home visits, usual care or a leaflet, conducted by nurses. RESULTS: Falls were fewer in the home visits group than in the usual care group.",
			"home visits; usual care; leaflet",
		},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			_, tell := study(t, v, test.text)
			if s := armsOf(tell, false); s != test.want {
				t.Errorf("got %s\nwant %s", s, test.want)
			}
		})
	}
}
