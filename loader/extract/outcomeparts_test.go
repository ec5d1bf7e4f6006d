package extract

import (
	"testing"

	gocmp "github.com/google/go-cmp/cmp"
)

// TestEachOutcome holds that every outcome that a sentence tells of has a finding, with what the sentence says of it.
func TestEachOutcome(t *testing.T) {
	v := loadVocabulary(t)
	const methods = "METHODS: Adults undergoing surgery were randomised to zolpam (n = 53) or pelidone (n = 55). RESULTS: "
	between := func(what ...string) (out []string) {
		for _, w := range what {
			out = append(out, "between zolpam/pelidone "+w)
		}
		return out
	}
	tests := []struct {
		text string
		want []string
	}{
		{"There was no significant difference between the two groups regarding sagittal cup tilt and frequency of guessing.", between("sagittal cup tilt no difference", "frequency of guessing no difference")},
		{"The groups did not differ significantly with respect to sagittal cup tilt or frequency of guessing.", between("sagittal cup tilt no difference", "frequency of guessing no difference")},
		{"Neither sagittal cup tilt nor frequency of guessing differed between the groups.", between("sagittal cup tilt no difference", "frequency of guessing no difference")},
		{"Both nausea and pain scores were significantly lower in the zolpam group.", between("nausea decreased", "pain scores decreased")},
		{"Systolic and diastolic blood pressure were lower with zolpam than with pelidone.", between("Systolic blood pressure decreased", "diastolic blood pressure decreased")},
		{"Diarrhoea, bloating and flatulence did not differ between groups.", between("Diarrhoea no difference", "bloating no difference", "flatulence no difference")},
		{"Zolpam significantly reduced nausea and increased body weight compared with pelidone.", between("nausea decreased", "body weight increased")},
		{"Zolpam did not significantly change nausea or body weight compared with pelidone.", between("nausea no difference", "body weight no difference")},
		{"With zolpam, nausea was significantly lower and body weight significantly higher than with pelidone.", between("nausea decreased", "body weight increased")},
		{"Nausea decreased and body weight increased with zolpam compared with pelidone.", between("Nausea decreased", "body weight increased")},
		{"Nausea decreased significantly in the zolpam group compared with the pelidone group, and body weight increased.", between("Nausea decreased", "body weight increased")},
		{"Nausea, but not body weight, was significantly lower in the zolpam group than in the pelidone group.", between("Nausea decreased", "body weight no difference")},
		{"Except for nausea, which was lower with zolpam (P = .02), there were no differences between groups in body weight or pain scores.", between("nausea decreased", "body weight no difference", "pain scores no difference")},
		{"Zolpam was effective in reducing sagittal cup tilt compared with pelidone (P = .01).", between("sagittal cup tilt decreased")},
		{"A significant difference in favor of zolpam was found for nausea (P = .01).", between("nausea decreased")},
		{"Improvement in nausea was significantly smaller with zolpam than with pelidone.", between("nausea increased")},
		{"Improvement in nausea was greater in the zolpam group.", between("nausea decreased")},
		{"The zolpam group showed higher improvements in nausea than the pelidone group.", between("nausea decreased")},
		{"Body weight was 63.1 with zolpam and 74.2 with pelidone (P = .02).", between("Body weight decreased")},
		{"Patients given zolpam compared to those given pelidone reported greater gains in vitality and physical function and had less fatigue (P < .05).", between("vitality increased", "physical function increased", "fatigue decreased")},
		{"Patients in the zolpam arm had less time on treatment and received lower cumulative doses compared with the pelidone arm.", between("time on treatment decreased", "cumulative doses decreased")},
		{"There were no differences in the proportion of patients with fistula maturation.", between("proportion of patients with fistula maturation no difference")},
		{"Cavity entrance size was smaller with zolpam than with pelidone.", between("Cavity entrance size decreased")},
		{"There was no significant difference between the two groups in terms of early and late postoperative complications.", between("early postoperative complications no difference", "late postoperative complications no difference")},
		{"The settings resulted in similar tidal volumes with zolpam and with pelidone.", between("tidal volumes no difference")},
		{"The groups were comparable at discharge.", between(" no difference")},
		{"Overall survival, cavity size, and nausea were similar between the groups.", between("Overall survival no difference", "cavity size no difference", "nausea no difference")},
		{"There were no differences between groups in cavity entrance size or nausea.", between("cavity entrance size no difference", "nausea no difference")},
		{"Direct costs, indirect hospital costs and total costs were lower with zolpam than with pelidone.", between("Direct costs decreased", "indirect hospital costs decreased", "total costs decreased")},
		{"Health literacy efficacy and nausea did not differ between groups.", between("Health literacy efficacy no difference", "nausea no difference")},
		{"There were no differences between groups in nausea, fatigue in the past month, mood, time for wound closure, and need for sedation.", between("nausea no difference", "fatigue no difference", "mood no difference", "time for wound closure no difference", "need for sedation no difference")},
		{"Zolpam led to greater improvements relative to pelidone with regard to quirky habits, nausea and cavity size.", between("quirky habits not stated", "nausea decreased", "cavity size not stated")},
		{"There were greater reductions over pelidone in nausea with zolpam.", between("nausea decreased")},
		{"Nausea was lower with zolpam than with pelidone (P = .02), and no differences were seen in cavity size, and no difference between groups in body weight.", between("Nausea decreased", "cavity size no difference", "body weight no difference")},
		{"Rupture of the membranes was less common with zolpam than with pelidone.", between("Rupture of the membranes decreased")},
		{"Visual analogue scale pain score and nausea were lower with zolpam than with pelidone.", between("Visual analogue scale pain score decreased", "nausea decreased")},
		{"Positive, negative and odd symptoms were lower with zolpam than with pelidone.", between("Positive symptoms decreased", "negative symptoms decreased", "odd symptoms decreased")},
		{"Patients in the zolpam group scored higher on the subscales of vitality, role mental and body image than the pelidone group.", between("vitality increased", "role mental increased", "body image increased")},
		{"Zolpam led to better recall and fewer errors than pelidone.", between("recall increased", "errors decreased")},
		{"Differences between zolpam and pelidone were significant for cavity size and wall tilt.", between("cavity size not stated", "wall tilt not stated")},
		{"No significant changes in cavity size, nausea or wall tilt were associated with zolpam treatment.", between("cavity size no difference", "nausea no difference", "wall tilt no difference")},
		{"Improvements in favour of the zolpam group were present for gait speed and nausea.", between("gait speed increased", "nausea decreased")},
		{"Zolpam significantly increased the proportion of patients with recovery of gait speed compared with pelidone.", between("proportion of patients with recovery of gait speed increased")},
		{"There was no difference between groups in the proportion of patients with a viral load <50 copies/mL.", between("proportion of patients with a viral load <50 copies/mL no difference in patients with a viral load <50 copies/mL")},
		{"Nevertheless, cavity size was smaller with zolpam than with pelidone.", between("cavity size decreased")},
		{"Patients given zolpam had greater gains in IQ, wall tilt and gait speed than those given pelidone.", between("IQ increased", "wall tilt increased", "gait speed increased")},
		{"Wall tilt, but not cavity size and nausea, was significantly lower with zolpam than with pelidone.", between("Wall tilt decreased", "cavity size no difference", "nausea no difference")},
		{"Zolpam was superior to pelidone for all symptom endpoints (nausea score, cough score, and redness score).", between("nausea score decreased", "cough score decreased", "redness score decreased")},
		{"Feeling of well-being, as measured by the ESAS, significantly improved with zolpam compared with pelidone.", between("Feeling of well-being increased")},
		{"Scores for nausea, stiffness and gait subscales of the WOMAC were lower with zolpam than with pelidone.", between("nausea decreased", "stiffness decreased", "gait decreased")},
		{"There were significant changes with zolpam compared to pelidone in wall tilt and cavity size.", between("wall tilt not stated", "cavity size not stated")},
		{"Questionnaires did not detect differences between groups in trust or nausea.", between("trust no difference", "nausea no difference")},
		{"Cavity size was not meaningfully different across treatment groups.", between("Cavity size no difference")},
		{"Statistically significant improvements with zolpam compared to pelidone occurred for nausea and gait speed.", between("nausea decreased", "gait speed increased")},
		{"The zolpam group showed reductions compared to the pelidone group concerning nausea and waist size.", between("nausea decreased", "waist size decreased")},
		{"Zolpam demonstrated an improvement over pelidone with respect to fatigue and mood.", between("fatigue decreased", "mood increased")},
		{"Zolpam was superior to pelidone in relieving nausea and fatigue.", between("nausea decreased", "fatigue decreased")},
	}
	for _, test := range tests {
		if diff := gocmp.Diff(test.want, toldOf(t, v, methods+test.text)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", test.text, diff)
		}
	}
	got := toldOf(t, v, methods+"Zolpam led to a lower glucose (-24%) compared with pelidone.")
	if want := []string{"arm zolpam/ glucose -24%", "between zolpam/pelidone glucose decreased"}; !gocmp.Equal(want, got) {
		t.Error(gocmp.Diff(want, got))
	}
	got = toldOf(t, v, methods+"Peak flow was 1.48 ± 0.02 L for zolpam and 1.35 ± 0.02 L for pelidone, a relevant difference of 130 ± 24 mL (P < .001).")
	if want := []string{"arm zolpam/ Peak flow 1.48 ± 0.02 L", "arm pelidone/ Peak flow 1.35 ± 0.02 L", "between zolpam/pelidone Peak flow increased MD"}; !gocmp.Equal(want, got) {
		t.Error(gocmp.Diff(want, got))
	}
	got = toldOf(t, v, methods+"We used a stent in eight patients (22.8%) in the zolpam group and 17 patients (48.5%) in the pelidone group (P = .001).")
	if want := "between zolpam/pelidone stent decreased"; len(got) != 3 || got[2] != want {
		t.Errorf("%q, want %s", got, want)
	}
	got = toldOf(t, v, methods+"In the zolpam group, nausea occurred in 10.6% of patients, headache in 8.4%, and rash in 16%, which were all significantly increased compared with the pelidone group (p < 0.001).")
	if want := append([]string{"arm zolpam/ nausea 10.6%", "arm zolpam/ headache 8.4%", "arm zolpam/ rash 16%"}, between("nausea increased", "headache increased", "rash increased")...); !gocmp.Equal(want, got) {
		t.Error(gocmp.Diff(want, got))
	}
	got = toldOf(t, v, methods+"Glucose, insulin and body weight fell in the zolpam group (-64%, -37% and -54%, respectively).")
	if want := []string{"within zolpam/ Glucose decreased mean change", "within zolpam/ insulin decreased mean change", "within zolpam/ body weight decreased mean change"}; !gocmp.Equal(want, got) {
		t.Error(gocmp.Diff(want, got))
	}
}
