package extract

import (
	"testing"

	gocmp "github.com/google/go-cmp/cmp"
)

// TestContrasts holds what is told of numbers that are set against each other, of whom, and at what time.
func TestContrasts(t *testing.T) {
	v := loadVocabulary(t)
	const head = "METHODS: Adults were randomised to yoga (n = 53) or reading (n = 55). RESULTS: "
	const three = "METHODS: Adults were randomised to zolpam, pelidone or placebo. RESULTS: "
	const randomised = "METHODS: Adults were randomised to "
	tests := []struct {
		name, text string
		want       []string
	}{
		{"lengths of time are values", head + "Sleep onset was faster with yoga than with reading (12 vs 19 minutes, P = .01).", []string{"arm yoga/ Sleep onset 12", "arm reading/ Sleep onset 19 minutes", "between yoga/reading Sleep onset decreased"}},
		{"behind a verb", head + "The median hospital stay was 5 days versus 7 days (P = .02).", []string{"arm yoga/ hospital stay median hospital stay was 5 days", "arm reading/ hospital stay 7 days", "between yoga/reading hospital stay decreased"}},
		{"each with its arm", head + "The walking time was 45 min in the yoga group and 52 min in the reading group (P = .01).", []string{"arm yoga/ walking time 45 min", "arm reading/ walking time 52 min", "between yoga/reading walking time decreased"}},
		{"an order that the sentence gives", head + "Pain (8 vs 5 points; P = .01) and fatigue (9 vs 4 points; P = .02) were higher in the reading group.", []string{"arm reading/ Pain 8", "arm yoga/ Pain 5 points", "between reading/yoga Pain increased", "arm reading/ fatigue 9", "arm yoga/ fatigue 4 points", "between reading/yoga fatigue increased"}},
		{"parts of a bracket in turn", head + "The number of awakenings at night, time in bed and rate of snoring were lower with yoga than with reading (1.4 vs 2.5, P = .001; 8.8 vs 11.1 h, P = .003; and 4% vs 20%, P = .04).", []string{"arm yoga/ number of awakenings at night 1.4", "arm reading/ number of awakenings at night 2.5", "between yoga/reading number of awakenings at night decreased", "arm yoga/ time in bed 8.8", "arm reading/ time in bed 11.1 h", "between yoga/reading time in bed decreased", "arm yoga/ rate of snoring 4%", "arm reading/ rate of snoring 20%", "between yoga/reading rate of snoring decreased"}},
		{"the other arm is not known", randomised + "yoga. RESULTS: Sleep was longer with yoga than with usual care (34% vs 50%, P = .18).", []string{"arm / Sleep 34%", "arm / Sleep 50%"}},
		{"a change from one arm to the other", head + "Falls were reduced from 12% with reading to 8% with yoga (P = .03).", []string{"arm yoga/ Falls 8%", "arm reading/ Falls 12% with reading", "between yoga/reading Falls decreased"}},
		{"what an arm does to a risk", head + "Yoga reduced the risk of falls by 30% (95% CI, 10% to 45%; P = .004).", []string{"between yoga/reading risk of falls decreased percent change"}},
		{"P values before their effects", head + "Sleep improved (P = .02, d = 0.43) and pain fell (P = .01, d = 0.38) more with yoga than with reading.", []string{"between yoga/reading Sleep increased Cohen's d", "between yoga/reading pain decreased Cohen's d"}},
		{"the earlier time told in other words", head + "Sleep was significantly longer compared with that observed before treatment in the yoga group but not in the reading group.", []string{"within yoga/ Sleep increased"}},
		{"people that differ, each with a P value", head + "There was a significant difference in sleep (P = .02) and pain (P = .01) in women who lost weight compared to women who gained weight.", []string{"association / sleep not stated", "association / pain not stated"}},
		{"women and men at baseline", head + "At baseline, pain scores were lower in female than in male patients (P < .01).", []string{"baseline / pain scores not stated"}},
		{"in all is of whom", head + "Sleep improved in all participants (P < .001). Fatigue was lower with yoga (P = .002 for all comparisons).", []string{"within yoga/ Sleep increased", "within reading/ Sleep increased", "between yoga/reading Fatigue decreased"}},
		{"neither was affected", head + "Neither pain nor fatigue was affected by yoga.", []string{"between yoga/reading pain no difference", "between yoga/reading fatigue no difference"}},
		{"no evidence of more", head + "There was no evidence of increased risk of falls in those allocated to yoga.", []string{"between yoga/reading risk of falls no difference"}},
		{"greater reductions", head + "The yoga group showed significantly greater reductions in pain (P = .02) than the reading group.", []string{"between yoga/reading pain decreased"}},
		{"what an analysis found", head + "Repeated measures ANOVA revealed pulse pressure for yoga was lower than for reading (P = .02).", []string{"between yoga/reading pulse pressure decreased"}},
		{"each tested against its own start", head + "Balance improved in the yoga group (P < .001) versus the reading group (P = .08).", []string{"within yoga/ Balance increased", "within reading/ Balance increased"}},
		{"the other of two", "METHODS: Knees were randomised to a tourniquet or no tourniquet. RESULTS: Range of motion was greater in the non-tourniquet group (P = .001).", []string{"between no tourniquet/tourniquet Range of motion increased"}},
		{"what was called significant is the change", head + "Sleep improved significantly in both groups (55.2%, 95% CI 50.0% to 60.3%, for the yoga group versus 49.9%, 95% CI 44.9% to 54.9%, for the reading group), with a non-significant between-group difference of 5.2% (95% CI -1.8% to 12.4%).", []string{"arm yoga/ Sleep 55.2%, 95% CI 50.0% to 60.3%", "arm reading/ Sleep 49.9%, 95% CI 44.9% to 54.9%", "between yoga/reading Sleep no difference RD", "within yoga/ Sleep increased proportion", "within reading/ Sleep increased proportion"}},
		{"a P value below what shows nothing", head + "Sleep was 36% in the yoga group and 31% in the reading group (odds ratio 1.3; between-group P < .27).", []string{"arm yoga/ Sleep 36%", "arm reading/ Sleep 31%", "between yoga/reading Sleep no difference OR"}},
		{"control of something is no group", "METHODS: Patients were randomised to a mechanical device or usual care. RESULTS: Leaks were more common during continuous control of the cuff by the mechanical device compared with usual care.", []string{"between mechanical device/usual care Leaks increased"}},
		{"both against another group", head + "Both the yoga and reading groups had longer sleep compared with the sprint group (P = .01).", []string{"between / sleep increased"}},
		{"none of three is named", "METHODS: Adults were randomised to zolpam, pelidone or placebo. RESULTS: Fatigue was lower on two tablets than on one tablet.", []string{"between / Fatigue decreased"}},
		{"a group of another name", "METHODS: Adults were randomised to yoga, running or no treatment. RESULTS: Fatigue was lower in the sprint group than in the control group.", []string{"between / Fatigue decreased"}},
		{"both outcomes", "METHODS: Adults were randomised to yoga, running or reading. RESULTS: Pain and fatigue were similar in the two exercise groups; however, they were significantly lower than in the reading group.", []string{"between / Pain no difference", "between / fatigue no difference", "between yoga+running/reading Pain decreased", "between yoga+running/reading fatigue decreased"}},
		{"any event of several, and one of them", head + "A higher proportion of any adverse events (diarrhoea or nausea or rash) (OR 1.31, 95% CI 1.05 to 1.64) and of diarrhoea (OR 1.43, 95% CI 1.08 to 1.90) was reported in the yoga group.", []string{"between yoga/reading adverse events increased OR", "between yoga/reading diarrhoea increased OR"}},
		{"more of what was lost", head + "There was significantly higher blood loss (P = .002) in the yoga group as compared to the reading group.", []string{"between yoga/reading blood loss increased"}},
		{"denied inferiority", head + "Yoga did not result in an inferior likelihood of remission compared with reading.", []string{"between yoga/reading likelihood of remission no difference"}},
		{"those who are counted", head + "The number of newborns who received two doses of surfactant was lower in the yoga group than in the reading group (P = .04).", []string{"between yoga/reading number of newborns who received two doses of surfactant decreased"}},
		{"no more of something is a result of its own", head + "The yoga group had shorter time to sleep (P < .001) and no increase in falls.", []string{"between yoga/reading time to sleep decreased", "between yoga/reading falls no difference"}},
		{"an arm left out denies nothing of the other", head + "The yoga but not the reading group showed an increase in grip strength.", []string{"within yoga/ grip strength increased"}},
		{"less than the other's", head + "Heart rate and pulse pressure with yoga were less than those with reading (P = .02).", []string{"between yoga/reading Heart rate decreased", "between yoga/reading pulse pressure decreased"}},
		{"the noun of what happened", head + "Anger showed a significant reduction within the yoga group.", []string{"within yoga/ Anger decreased"}},
		{"the same day is no likeness", head + "Sleep on the same day was better in the yoga group (P = .02).", []string{"between yoga/reading Sleep increased"}},
		{"who people are is no direction", head + "Adults with higher incomes had lower pain scores (P = .03) with yoga than with reading.", []string{"between yoga/reading pain scores decreased"}},
		{"an effect in brackets lies between the arms", head + "There was an intervention effect on weight (-1.9 kg, 95% CI -2.8 to -1.0).", []string{"between yoga/reading weight decreased MD"}},
		{"reductions in a list", head + "The absolute risk reductions of falls were 30 (95% CI 15 to 45) and 44 (95% CI 29 to 59) per 100.", []string{"between yoga/reading falls decreased RD", "between yoga/reading falls decreased RD"}},
		{"groups that no arm is known as", head + "Falls were lower in groups H1 and H2 than in group H0 (P = .003), but there was no significant difference between groups H1 and H2.", []string{"between / Falls decreased", "between / Falls no difference"}},
		{"a name with a conjunction in it", "METHODS: Adults were randomised to yoga (n = 53) or reading (n = 55). Outcomes were the Reach and Grasp Index (RGI) and sleep. RESULTS: The Reach and Grasp Index (P = .4) and sleep (P = .3) did not differ.", []string{"between yoga/reading Reach and Grasp Index no difference", "between yoga/reading sleep no difference"}},
		{"one or more is an amount", head + "The share of adults who had one or more symptomatic falls was lower in the yoga group than in the reading group.", []string{"between yoga/reading falls decreased"}},
		{"none of several", head + "None of the lipids improved over the study period.", []string{"statement / lipids no difference"}},
		{"unlike the other", head + "The reading group, unlike the yoga group, needed more analgesia (P = .01).", []string{"between reading/yoga analgesia increased"}},
		{"rose with one and fell with the other", head + "Sleep increased with yoga and decreased with reading. Fatigue fell from 8 to 4 with yoga and rose from 8 to 9 with reading.", []string{"within yoga/ Sleep increased", "within reading/ Sleep decreased", "within yoga/ Fatigue decreased mean change", "within reading/ Fatigue increased mean change"}},
		{"one P value of both", head + "Sleep increased with yoga and decreased with reading (P = .01).", []string{"between yoga/reading Sleep increased"}},
		{"numbers before and after", head + "The frequency of naps improved from 2 per week to 8 per week with yoga.", []string{"within yoga/ frequency of naps increased mean change"}},
		{"as did the other", head + "Yoga improved sleep (P = .02), as did reading (P = .04).", []string{"within yoga/ sleep increased", "within reading/ sleep increased"}},
		{"a difference without a P value", head + "Sleep increased with yoga, whereas it was unchanged with reading. The changes in sleep were significantly different between the groups. Pain differed significantly between the groups.", []string{"within yoga/ Sleep increased", "within reading/ Sleep no difference", "between yoga/reading sleep increased", "between yoga/reading Pain not stated"}},
		{"a lesser amount", head + "The yoga group had lesser fatigue, although the difference was not significant.", []string{"between yoga/reading fatigue no difference"}},
		{"an interval with full stops", head + "Fatigue was slightly higher with yoga than with reading (difference between means 0.4, 95% C.I. -0.3, 1.1).", []string{"between yoga/reading Fatigue no difference MD"}},
		{"others than the arms", head + "Fatigue was higher in the overweight group than in the normal weight group. Sleep was worse in healthy controls than in adults with pain.", []string{"between / Fatigue increased", "between / Sleep decreased"}},
		{"known by their role or a part of a name", "METHODS: Adults were randomised to guided slow stretching or usual care. RESULTS: Fatigue was lower in the GSS group than in the care as usual group. Pain was lower in the stretched than in the untreated.", []string{"between guided slow stretching/usual care Fatigue decreased", "between guided slow stretching/usual care Pain decreased"}},
		{"two times", head + "Sleep was longer at week 8 than at week 2 (P = .03). Fatigue was lower at week 8 compared to week 2 with yoga (P = .03).", []string{"statement / Sleep increased", "within yoga/ Fatigue decreased"}},
		{"since the start, of whom is not told", head + "Fatigue decreased from baseline (P = .01).", []string{"statement / Fatigue decreased"}},
		{"kinds of people", head + "Fatigue was higher in girls than in boys (P = .01). Pain was less frequent in patients with asthma than in those without asthma (P = .02). Sleep did not differ between men and women (P = .3).", []string{"association / Fatigue increased", "association / Pain decreased in patients with asthma", "association / Sleep no difference"}},
		{"arms, then kinds of people", head + "There was no difference in sleep between yoga and reading (P = .2) or between smokers and nonsmokers (P = .3).", []string{"between yoga/reading sleep no difference", "association / sleep no difference"}},
		{"a rate that fell by a share", head + "The incidence of falls was reduced by 24% (95% CI, 5 to 42; P = .03) and of fractures by 35% (95% CI, 0 to 58; P = .05). The heart rate decreased by 12% (95% CI, 5 to 19).", []string{"between yoga/reading incidence of falls decreased percent change", "between yoga/reading fractures no difference percent change", "arm / heart rate 12% (95% CI, 5 to 19)"}},
		{"what a vaccine kept off", "METHODS: Adults were randomised to zanavax or a sham injection. RESULTS: There were nine infections with the sham injection and one with zanavax, for an efficacy of 88% (95% CI, 40 to 99). The vaccine efficacy was 20% (95% CI, -8 to 41) in the second year.", []string{"between zanavax/sham injection infections decreased percent change", "between zanavax/sham injection vaccine efficacy no difference percent change"}},
		{"each of two with its own P value", three + "Pain was lower with zolpam and pelidone than with placebo (P = .02 and P = .001, respectively). Sleep was longer with zolpam than with pelidone or placebo (P = .01 and P = .03, respectively).", []string{"between zolpam/placebo Pain decreased", "between pelidone/placebo Pain decreased", "between zolpam/pelidone Sleep increased", "between zolpam/placebo Sleep increased"}},
		{"against whom, in the bracket", three + "Increases in sleep were seen for zolpam and placebo (P = .02 and P = .001, respectively, versus pelidone).", []string{"between zolpam/pelidone sleep increased", "between placebo/pelidone sleep increased"}},
		{"a test of all at once", three + "Pain was 4.1 with zolpam, 5.2 with pelidone and 9.3 with placebo (P = .02), and fatigue was similar with zolpam, pelidone and placebo.", []string{"between / Pain not stated", "between zolpam/pelidone+placebo fatigue no difference"}},
		{"either of two groups", three + "Pain was lower in the zolpam group than in either the pelidone group or the placebo group.", []string{"between zolpam/pelidone+placebo Pain decreased"}},
		{"but not the other, against a third", three + "Sleep was significantly longer with zolpam, but not with pelidone, than with placebo.", []string{"between zolpam/placebo Sleep increased", "between pelidone/placebo Sleep no difference"}},
		{"whereas opens a clause", head + "With yoga, significant increases in sleep, whereas sleep fell with reading.", []string{"within yoga/ sleep increased", "within reading/ sleep decreased"}},
		{"how far each went", head + "Mean reductions in pain were 2.1 points with yoga and 6.4 points with reading (P < .001). Fatigue fell by 2.1 points with yoga and by 6.4 points with reading (P < .001). Sleepiness fell to 2.1 with yoga and to 6.4 with reading (P < .001).", []string{"within yoga/ pain decreased mean change", "within reading/ pain decreased mean change", "between yoga/reading pain increased", "between yoga/reading Fatigue increased", "between yoga/reading Sleepiness decreased"}},
		{"a decrease compared with that of the other", head + "The mean decrease in pain was 2.1 in the yoga group compared with 6.4 in the reading group (P < .001).", []string{"within yoga/ pain decreased mean change", "within reading/ pain decreased mean change", "between yoga/reading pain increased"}},
		{"sustained is no likeness", head + "Both groups showed sustained improvement in sleep (both P < .05).", []string{"within yoga/ sleep increased", "within reading/ sleep increased"}},
		{"confidence that improved", head + "Yoga and reading improved confidence (P < .05).", []string{"within yoga/ confidence increased", "within reading/ confidence increased"}},
		{"more effective in controlling", head + "Yoga is more effective than reading in controlling pain.", []string{"between yoga/reading pain decreased"}},
		{"women who had something", head + "However, 65% of women who received yoga had a fall compared with 11% who received reading (P = .002).", []string{"arm yoga/ fall 65%", "arm reading/ fall 11%", "between yoga/reading fall increased"}},
		{"none against some", head + "None in the yoga group had a fall, compared to 5/18 in the reading group (P = .045).", []string{"arm reading/ fall 5/18", "between yoga/reading fall decreased"}},
		{"two numbers in turn", head + "A significant difference was seen between the two groups for length of stay (13.8 and 17.5 days for the yoga and reading group respectively, P < .001).", []string{"between yoga/reading length of stay decreased"}},
		{"numbers of those given something", head + "The pulse was 129 beats/min for those assigned yoga and 113 beats/min for reading recipients (P = .001).", []string{"between yoga/reading pulse increased"}},
		{"numbers before the difference", head + "The pain score was 4.2 in the yoga group and 5.8 in the reading group, and the difference was significant (P = .03).", []string{"between yoga/reading pain score decreased"}},
		{"percentage points higher", head + "The proportion of nights with sleep was 10.5 percentage points higher (95% CI 7.6 to 13.4) during yoga compared with reading.", []string{"between yoga/reading proportion of nights with sleep increased "}},
		{"the old way is what a new one is tried against", "METHODS: Adults were randomised to conventional hernia repair or mesh repair. RESULTS: Pain did not differ (P = .4). Sleep was longer after surgery (P = .02, mean difference 12, 95% CI 2 to 22).", []string{"between mesh repair/conventional hernia repair Pain no difference", "between mesh repair/conventional hernia repair Sleep increased MD"}},
		{"one arm by a word of it", "METHODS: This randomised three-arm trial compared a liquid combination of 5% zolpam plus 2% menthol versus menthol or placebo cream. RESULTS: Pain was lower in the combination group than in the menthol and in the placebo group.", []string{"between liquid combination of 5% zolpam plus 2% menthol/menthol+placebo cream Pain decreased"}},
		{"named on both sides", head + "After yoga at home, sleep was longer in the reading group than in the yoga group.", []string{"between reading/yoga sleep increased"}},
		{"arms by their sizes", "METHODS: Adults were randomised to a 1 cm resection margin or a 3 cm resection margin. RESULTS: Although a higher number of deaths was seen with 1 cm compared with 3 cm (P = .14), pain was worse with 3 cm than with 1 cm.", []string{"between 1 cm resection margin/3 cm resection margin number of deaths no difference", "between 3 cm resection margin/1 cm resection margin pain increased"}},
		{"a limit is no difference", head + "The 95% CI upper limit for the treatment difference in pulse was 0.69 beats.", nil},
	}
	for _, test := range tests {
		if diff := gocmp.Diff(test.want, toldOf(t, v, test.text)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", test.name, diff)
		}
	}
}
