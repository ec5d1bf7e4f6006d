package extract

import (
	"fmt"
	"strings"
	"testing"
)

// TestArmsChosen holds that the list of arms is taken that the results speak of, and no list of something else.
func TestArmsChosen(t *testing.T) {
	v := loadVocabulary(t)
	tests := []struct{ name, text, want string }{
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
			"a verb is no arm",
			"METHODS: Patients were randomised to home visits, usual care or a leaflet, conducted by nurses. RESULTS: Falls were fewer in the home visits group than in the usual care group.",
			"home visits; usual care; leaflet",
		},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			_, tell := study(t, v, test.text)
			var got []string
			for _, a := range tell.study.Arms {
				s := a.Label
				if len(a.Aliases) > 0 {
					s += fmt.Sprintf(" {%s}", strings.Join(a.Aliases, ", "))
				}
				got = append(got, s)
			}
			if s := strings.Join(got, "; "); s != test.want {
				t.Errorf("got %s\nwant %s", s, test.want)
			}
		})
	}
}
