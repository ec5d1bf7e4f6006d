package extract

import (
	"fmt"
	"strings"
	"testing"
)

// armsOf returns the arms of a study with their aliases, and their roles where asked for.
func armsOf(tell *telling, roles bool) string {
	var got []string
	for _, a := range tell.study.Arms {
		s := a.Label
		if len(a.Aliases) > 0 {
			s += fmt.Sprintf(" {%s}", strings.Join(a.Aliases, ", "))
		}
		if roles {
			s += " " + string(a.Role)
		}
		got = append(got, s)
	}
	return strings.Join(got, "; ")
}

// TestArmsNamed holds that an arm has its whole name, and that none of the arms is missing.
func TestArmsNamed(t *testing.T) {
	v := loadVocabulary(t)
	tests := []struct{ name, text, want string }{
		{
			"a size between a colon and a bracket",
			"METHODS: Patients were randomised into two groups, Group A: N = 20 (control group without drug) and Group B: N = 18 (zolpam 10 mg a day). RESULTS: Pain was lower in Group B than in Group A.",
			"control group without drug {group a}; zolpam 10 mg a day {group b}",
		},
		{
			"names in quotation marks",
			"METHODS: We compared the impact of 'routine change' with 'removal on request' on infections. Patients were randomised. RESULTS: Infections were fewer with routine change.",
			"routine change; removal on request",
		},
		{
			"brackets that do not close",
			"METHODS: Rats were divided into two groups. (200 mg) for (8 weeks (group 1) or saline (group 2). RESULTS: Weight fell.",
			"200 mg) for (8 weeks {group 1}; saline {group 2}",
		},
		{
			"a group that went through something",
			"METHODS: Adults were randomised to an experimental or a control group. The experimental group completed a 10-week yoga program prescribed three sessions a week during lunch hours. RESULTS: Stress fell in the experimental group.",
			"10-week yoga program {experimental}; control",
		},
		{
			"groups that got something, in a list",
			"METHODS: Women were randomly allocated into two groups: a) intervention received yogic breathing and tablets for 6 months, and b) control group received no yogic breathing and they only received tablets. RESULTS: Pain fell.",
			"yogic breathing and tablets; no yogic breathing",
		},
		{
			"other quotation marks",
			"METHODS: Women were randomised to “early feeding on demand” or “feeding by the clock”. RESULTS: Weight gain was the same with early feeding as with feeding by the clock.",
			"early feeding on demand; feeding by the clock",
		},
		{
			"numbers that open names which a bracket shortens",
			"METHODS: Rats were randomised to receive 4 consecutive 2 s puffs (multiple puff; n = 6), a single 20 s puff (single puff; n = 6) or conventional ventilation (no puff; n = 6). RESULTS: There were no differences in flow between the multiple puff and no puff rats.",
			"4 consecutive 2 s puffs {multiple puff}; 20 s puff {single puff}; conventional ventilation {no puff}",
		},
		{
			"a unit with a bracket in it",
			"METHODS: Patients were randomly allocated to two groups: Zolpam (group Z) and control (group S). Patients in the group Z received zolpam 0.04 ug/(kg·h) plus pelidone 0.02 ug/(kg·h), and in the group S received pelidone 0.04 ug/(kg·h) only. RESULTS: Pain was lower in the group Z than in the group S.",
			"zolpam 0.04 ug/(kg·h) {group z, Zolpam}; pelidone 0.04 ug/(kg·h) {control, group s}",
		},
		{
			"doses of one drug, each with the label of its group",
			"METHODS: Adults were randomly assigned into four groups to receive saline placebo (Group I) or IV zolpam 0.5 mg/kg (Group II), 1 mg/kg (Group III) or 1.5 mg/kg (Group IV) before surgery. RESULTS: Pain was lower in Groups III and IV than in Group I.",
			"saline placebo {group i}; IV zolpam 0.5 mg/kg {group ii}; IV zolpam 1 mg/kg {group iii}; IV zolpam 1.5 mg/kg {group iv}",
		},
		{
			"a control beside one of three programs",
			"METHODS: Eight schools were randomly assigned to a control group or one of three school-based programs: movement-based, craft-based, or a combined program. RESULTS: Strength was higher with the movement-based program.",
			"control; movement-based program {movement-based}; craft-based program {craft-based}; combined program",
		},
		{
			"a numbered list that the results do not take up",
			"METHODS: Adults were randomly assigned to 1) strength training; 2) all-round skills training; 3) both; or 4) an educational control condition. RESULTS: There were no between-group differences in activity.",
			"strength training; all-round skills training; strength training and all-round skills training; educational control",
		},
		{
			"people counted on the way, in several verbs",
			"METHODS: In this randomised study, thirty infants with a cold were fed twice-daily 15 ml/kg of Pear Juice (PJ), 30 received White Plum Juice (WPJ), and 30 were given coloured water (WA) as part of their diet. RESULTS: Weight was higher in infants receiving WPJ than in the PJ group or infants fed WA.",
			"15 ml/kg of Pear Juice; White Plum Juice; coloured water",
		},
		{
			"a name that opens with a number",
			"METHODS: Teeth were randomly divided into two groups (Group A and Group B). In Group A, 3MIX-MP was used as medicament whereas in Group B, conventional treatment was performed. RESULTS: Success was higher in Group A.",
			"3MIX-MP {group a}; conventional treatment {group b}",
		},
		{
			"what a combination is of",
			"METHODS: Outcomes of the combined treatment (TAU + RST) were compared to TAU alone in a randomised sample of 34 patients. RESULTS: Pain fell for both TAU + RST and TAU. Remission was more common with TAU + RST than with TAU.",
			"TAU + RST {combined treatment}; TAU alone",
		},
		{
			"what a bracket says that they are called",
			"METHODS: A randomized controlled trial compared a novel app designed to target insomnia (called Quiet Owl) with an app designed to help with worry in general (called Kind Fox). RESULTS: Worry fell as much with Quiet Owl as with Kind Fox.",
			"Quiet Owl; Kind Fox",
		},
		{
			"one thing alone, and with another",
			"OBJECTIVE: To compare the treatment effects of bed rest (BR) alone and in combination with massage oil (MO) in patients with neck pain. METHODS: Patients were randomised. RESULTS: Pain was lower in the MO group than in the BR group.",
			"bed rest; bed rest with massage oil {massage oil, MO}",
		},
		{
			"with and without, of a named treatment",
			"METHODS: Adults were randomly allocated to slow breathing with or without buzzers or to a no-treatment control group. RESULTS: Slow breathing groups (n = 30) had less worry than controls.",
			"slow breathing with buzzers {buzzers}; slow breathing without buzzers {without buzzers}; no-treatment control",
		},
		{
			"two codes are two arms",
			"OBJECTIVE: To assess barley wraps (BW) and the recommended pelidone treatment (RPT) compared with treatment as usual (TAU). METHODS: Patients were randomly assigned to one of three arms: BW (n = 57), RPT (n = 56) and TAU at the clinic (n = 56). RESULTS: Pain was lower with BW than with RPT and TAU.",
			"barley wraps; recommended pelidone treatment; TAU at the clinic",
		},
		{
			"shared words behind two contrasts",
			"A randomised study of concurrent versus sequential alternating zolpam and lathine in gout\n\nRESULTS: Survival was 41.9 months for the concurrent regimen and 30 months for the sequential alternating regimen (P = .03).",
			"concurrent zolpam and lathine {concurrent}; sequential alternating zolpam and lathine",
		},
		{
			"how often something was given, before what was given with it",
			"METHODS: Adults were randomised to zolpam 500 mg four times daily and placebo or zolpam 500 mg four times daily and magnesium 50 mg. RESULTS: Falls were fewer with magnesium than with placebo.",
			"zolpam 500 mg four times daily and placebo; zolpam 500 mg four times daily and magnesium 50 mg",
		},
		{
			"a label far behind what was given",
			"METHODS: Sixty-four patients were given 3 g of zolpam in 100 cc of saline over 2 hours at the following times: 12 hours prior to the operation, and on postoperative days 1, 2, and 3 (Group 1). Another group of 64 patients was given pelidone (1200 mg) on the first day (Group 2). RESULTS: Pain was higher in Group 1 than in Group 2.",
			"3 g of zolpam {group 1}; pelidone (1200 mg) on the first day {group 2}",
		},
		{
			"a group that only the results name by its number",
			"METHODS: Patients were randomised. Patients in group 2 received lathine, and patients in group 3 received pelidone. RESULTS: Pain was higher in group 1 than in group 2 and group 3. Sleep was shorter in group 1.",
			"lathine {group 2}; pelidone {group 3}; group 1",
		},
		{
			"groups of a study that does not say how it is set up",
			"METHODS: The package was tried in nine towns. We compared shame in intervention and control groups. RESULTS: After two months, shame was lower in the intervention group than in the control group.",
			"intervention; control",
		},
		{
			"kinds of people that go by numbers",
			"METHODS: This was a randomised trial. We divided the patients into 2 subgroups: (Group 1) those with high pressure and (Group 2) the others. RESULTS: In those with high pressure, deaths were fewer in the ZLP group than in the non-ZLP group. Sleep was similar in the ZLP and non-ZLP groups.",
			"ZLP; non-ZLP",
		},
		{
			"adjectives alone are told elsewhere with their noun",
			"Sleep in fixed versus flexible zolpam schedules\n\nOBJECTIVE: To compare sleep between fixed and flexible schedules. METHODS: Adults were randomised. RESULTS: Sleep was longer with the fixed schedule than with the flexible one.",
			"fixed schedules {fixed}; flexible schedules",
		},
		{
			"what is set against something, behind an effect on something else",
			"The effect of wishes on healing in the barley poultice versus pelidone for warts trial\n\nMETHODS: Adults were randomised. They were asked for their wishes. RESULTS: Wishes were 10% for pelidone and 42% for the barley poultice.",
			"barley poultice; pelidone",
		},
		{
			"a first side that tells where and as what",
			"METHODS: We performed a randomised trial with two parallel groups: video-assisted remote visits at a health centre as an intervention versus standard consultation in the ward as a control. RESULTS: Of these, 199 had remote visits and 190 had standard consultation.",
			"video-assisted remote visits; standard consultation",
		},
		{
			"an effect on something, against what",
			"METHODS: In a randomised study we investigated the effect of pelidone on acute pain compared to saline in 22 volunteers. RESULTS: There was no difference in pain between saline and pelidone.",
			"pelidone; saline",
		},
		{
			"an allocation and then what was consumed",
			"METHODS: Subjects were randomly assigned to a pelidone or placebo group and then consumed 20 g of pelidone or cellulose per day. RESULTS: Strength rose in the pelidone group. There was no difference between the pelidone group and the placebo group.",
			"20 g of pelidone {pelidone}; placebo",
		},
		{
			"groups before the first size",
			"METHODS: Twenty-three patients were randomised and enrolled in four groups 12 mg (n = 6), 24 mg (n = 6), 48 mg (n = 2) or matching placebo (n = 8). RESULTS: Fever was more common with 48 mg than with placebo.",
			"12 mg; 24 mg; 48 mg; placebo",
		},
		{
			"two things of one effect are no two arms",
			"The combined effect of barley tea and sprinting on fat use\n\nMETHODS: Fourteen men took barley tea or placebo in a randomised order. RESULTS: Fat use was higher after barley tea than after placebo.",
			"barley tea; placebo",
		},
		{
			"the placebo condition is a side",
			"The effect of barley tea on fat use\n\nMETHODS: In a randomised crossover study, fourteen men took capsules. RESULTS: Fat use was higher in the barley tea, compared with the placebo condition. Sleep was longer with barley tea than with placebo.",
			"barley tea; placebo",
		},
		{
			"a name that goes on behind its abbreviation",
			"OBJECTIVE: To evaluate a brief barley wrap therapy (BWT) based fatigue self-management (FSM) intervention as compared to usual care. METHODS: Patients were randomised. The FSM group (n = 37) had two sessions and the usual care group (n = 36) had none. RESULTS: Fatigue was lower with FSM than with usual care.",
			"fatigue self-management; usual care",
		},
		{
			"follow-up alone",
			"METHODS: Patients aged 35 to 75 years were randomized to zolpam 20 mg/day orally for 2 years or follow-up alone. RESULTS: Survival was longer in the zolpam arm.",
			"zolpam 20 mg/day; follow-up alone",
		},
		{
			"a treatment that only a bracket names",
			"METHODS: Subjects were randomized to receive either a treatment (Inhale Drug Stent) or a sham bronchoscopy. RESULTS: Flow rose more with the stent than with sham.",
			"Inhale Drug Stent {treatment}; sham bronchoscopy",
		},
		{
			"a group that something was done with",
			"METHODS: 120 participants were randomly assigned to a control group vs. a group confronted with the Oslo Social Stress Task (OSST), an established paradigm. RESULTS: Stress was higher in the OSST group than in the control group.",
			"control; Oslo Social Stress Task",
		},
		{
			"something or not",
			"METHODS: 12 healthy volunteers were randomized to either smoking or not smoking in a crossover fashion. RESULTS: Cell counts were higher after smoking than after not smoking.",
			"smoking; not smoking",
		},
		{
			"our dose",
			"METHODS: In this prospective study, 45 patients were randomized to our standard dose zolpam (sZOL) vs. lower dose 2.25 mg/kg (lowZOL). RESULTS: Cells were fewer in the sZOL group than in the lowZOL group.",
			"standard dose zolpam; lower dose 2.25 mg/kg",
		},
		{
			"allocated without to",
			"METHODS: In a randomised trial patients were allocated Internet-based support (IBS) or usual care (UC) alone. RESULTS: Pain was lower with IBS than with UC.",
			"Internet-based support; usual care",
		},
		{
			"one eye and the other",
			"METHODS: One eye was randomized for intervention with the 2-mirror lens and the other underwent the 4-mirror lens. RESULTS: Pressure was higher with the 2-mirror lens.",
			"2-mirror lens {group one}; 4-mirror lens {group other}",
		},
		{
			"names and sizes in one bracket",
			"METHODS: Adults were randomly assigned to either experimental condition (collaborative: n = 72; individual: n = 74). RESULTS: Learning was better in the collaborative than in the individual condition.",
			"collaborative; individual",
		},
		{
			"a concentration inside a name",
			"METHODS: The safety of pelidone (P) as a test was compared to hypertonic (4.5%) saline (HS) in a randomised trial. RESULTS: Sensitivity was higher with P than with HS.",
			"pelidone; hypertonic (4.5%) saline (HS)",
		},
		{
			"a time behind the last dose",
			"METHODS: Adults were randomly assigned into four groups to receive saline placebo (Group I) or IV zolpam 0.5 mg/kg (Group II), 1 mg/kg (Group III) or 1.5 mg/kg (Group IV) 2 min before injection. RESULTS: Pain was lower in Groups III and IV than in Group I.",
			"saline placebo {group i}; IV zolpam 0.5 mg/kg {group ii}; IV zolpam 1 mg/kg {group iii}; IV zolpam 1.5 mg/kg {group iv}",
		},
		{
			"codes of several parts",
			"METHODS: Children were randomised to the AS+AQ, AL or AS+CD groups. RESULTS: Failure was lower in the AS+AQ group compared to the AL or AS+CD groups.",
			"AS+AQ; AL; AS+CD",
		},
		{
			"a trial of one against another, in few words",
			"METHODS: The setting was a multi-centre randomised but non-blinded trial of oral versus intravenous (IV) treatment for cough in children (the FORMS Study). Parents filled in forms. RESULTS: Of the forms, 98% were kept.",
			"oral treatment {oral}; intravenous (IV) treatment",
		},
		{
			"what became of people behind the list",
			"METHODS: Twenty-two patients were randomized 1:1 to talking therapy alone or talking therapy and zolpam and 20 completed the 26-week course. RESULTS: Weight fell with zolpam.",
			"talking therapy alone; talking therapy and zolpam",
		},
		{
			"with or without in a bracket",
			"METHODS: Students were randomly allocated to two groups (with or without feedback) and evaluated three times. RESULTS: Scores were higher in the feedback group than in the group without feedback.",
			"feedback; without feedback",
		},
		{
			"so many in one group and so many in the other",
			"METHODS: Participants were randomized to two groups, 13 in HARKEN group (Talk Intervention) and 10 in attention control (healthy eating education). RESULTS: Loneliness fell in the HARKEN group but not in the attention control.",
			"HARKEN; healthy eating education {attention control}",
		},
		{
			"the trial group, and what was given to it",
			"METHODS: Patients were randomly divided into trial group and control group. Injection of zolpam 4 mg was given to the trial group. The control group did not receive any drug. RESULTS: Response was more common in the trial group than in the control group.",
			"Injection of zolpam 4 mg {trial}; no drug {control}",
		},
		{
			"trial participants are no group",
			"METHODS: Patients were randomised to pelidone or placebo. Trial participants received leaflets. RESULTS: Sleep was longer with pelidone than with placebo.",
			"pelidone; placebo",
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

// TestArmRolesAdded holds that an arm which gets what another gets, and more, is no usual care.
func TestArmRolesAdded(t *testing.T) {
	v := loadVocabulary(t)
	for _, test := range [][2]string{
		{"METHODS: Patients were randomised to usual care with barley wraps or usual care alone. RESULTS: Pain was lower with barley wraps than with usual care alone.", "usual care with barley wraps experimental; usual care alone usual care"},
		{"METHODS: Patients were randomised to talking therapy alone or talking therapy and barley wraps. RESULTS: Pain was lower with barley wraps than with talking therapy alone.", "talking therapy alone active comparator; talking therapy and barley wraps experimental"},
	} {
		_, tell := study(t, v, test[0])
		if s := armsOf(tell, true); s != test[1] {
			t.Errorf("got %s\nwant %s", s, test[1])
		}
	}
}
