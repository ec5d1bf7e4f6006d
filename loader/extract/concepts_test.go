package extract

import (
	"slices"
	"strings"
	"testing"

	"github.com/picograph/picograph/graph/evidence"
)

// An abbreviation stands for what its long form names, in arms, outcomes and populations alike, also where the long form
// goes on behind its head.
func TestConceptsOfAbbreviations(t *testing.T) {
	v := loadVocabulary(t)
	tests := []struct{ text, arms, outcomes, conditions string }{
		{
			"BACKGROUND: A buprenorphine depot that is given once a month (BUP-D) might spare people with opioid use disorder which lasts for years (OUDY) the daily tablet. METHODS: In this randomized trial, adults with OUDY were assigned to monthly BUP-D 300 mg (n = 201) or placebo (n = 100). The primary outcome was retention in care at a clinic for six months (RCC). RESULTS: RCC was better with monthly BUP-D 300 mg than with placebo (P < .001).",
			"monthly BUP-D 300 mg=extended_release_buprenorphine; placebo=placebo", "moud_retention", "oud",
		},
		{
			"BACKGROUND: Acupuncture delivered by nurses (ADN) is cheap. Headache after removal of a tooth by force (HART) is common, and a sham procedure for the same time (SPT) was lacking. METHODS: Adults with HART were randomised to early ADN twice (n = 40) or SPT (n = 41). The primary outcome was quality of life during recovery at home (QRH). RESULTS: QRH did not differ between early ADN twice and SPT (P = .40).",
			"early ADN twice=acupuncture; sham procedure for the same time=sham", "quality_of_life", "headache",
		},
		{
			"BACKGROUND: A methadone liquid from a machine (MLM) was new. METHODS: Adults with opioid use disorder were assigned to MLM 40 mg (n = 20) or a leaflet (n = 20). The primary outcome was retention in treatment. RESULTS: Retention in treatment was better with MLM 40 mg than with the leaflet (P < .001).",
			"MLM 40 mg=methadone; leaflet=leaflet", "moud_retention", "oud",
		},
	}
	for _, test := range tests {
		_, s := study(t, v, test.text)
		var arms, outcomes, conditions []string
		for _, a := range s.study.Arms {
			arms = append(arms, a.Label+"="+strings.Join(a.Interventions, "+"))
		}
		for _, o := range s.study.Outcomes {
			outcomes = append(outcomes, o.Concept)
		}
		for _, p := range s.study.Populations {
			conditions = append(conditions, p.Conditions...)
		}
		if got := strings.Join(arms, "; "); got != test.arms {
			t.Errorf("arms %q, want %q", got, test.arms)
		}
		if got := strings.Join(outcomes, "; "); got != test.outcomes {
			t.Errorf("outcomes %q, want %q", got, test.outcomes)
		}
		if got := strings.Join(slices.Compact(conditions), "; "); got != test.conditions {
			t.Errorf("conditions %q, want %q", got, test.conditions)
		}
	}
}

// TestConceptsBeside holds that what is only beside an outcome gives it no concept: what else a visual analogue scale rates, and what
// something is used or done for.
func TestConceptsBeside(t *testing.T) {
	v := loadVocabulary(t)
	head := "METHODS: Adults were randomized to eluxadoline (n = 40) or placebo (n = 40). RESULTS: "
	for text, want := range map[string]string{
		"VAS scores were lower with eluxadoline than with placebo (P = .02).":                                           "VAS scores: pain_severity",
		"Pruritus VAS scores were lower with eluxadoline than with placebo (P = .02).":                                  "Pruritus VAS scores: ",
		"Emax of Drug Liking VAS was lower with eluxadoline than with placebo (P = .02).":                               "Emax of Drug Liking VAS: ",
		"Doses of fentanyl for controlling postoperative pain were lower with eluxadoline than with placebo (P = .01).": "postoperative pain: ",
		"Emergency visits for asthma were fewer with eluxadoline than with placebo (P = .04).":                          "Emergency visits for asthma: emergency_visits",
		"Eluxadoline was superior to placebo for the relief of pain (P = .04).":                                         "relief of pain: pain_relief",
	} {
		var got []string
		r, tell := study(t, v, head+text)
		f := finder{r: r, t: tell}
		for _, f := range f.findings() {
			if f.Kind == evidence.BetweenArms {
				got = append(got, f.Outcome.Text+": "+f.Outcome.Concept)
			}
		}
		if s := strings.Join(got, "; "); s != want {
			t.Errorf("%q: %s, want %s", text, s, want)
		}
	}
}

// TestAbbreviationsOfTheText holds that an abbreviation stands for what the text says, also where it has one meaning elsewhere.
func TestAbbreviationsOfTheText(t *testing.T) {
	v := loadVocabulary(t)
	for text, want := range map[string]string{
		"METHODS: Adults were randomised to yoga or reading. The surgical strain index (SSI) was measured. RESULTS: SSI was lower with yoga than with reading.":       "",
		"METHODS: Adults were randomised to yoga or reading. Surgical site infection (SSI) was recorded. RESULTS: SSI was less frequent with yoga than with reading.": "surgical_site_infection",
	} {
		r, tell := study(t, v, text)
		f := finder{r: r, t: tell}
		found := f.findings()
		if len(found) == 0 {
			t.Errorf("%q tells nothing", text)
		}
		for _, x := range found {
			if x.Outcome.Concept != want {
				t.Errorf("%q: %s is %q, want %q", text, x.Outcome.Text, x.Outcome.Concept, want)
			}
		}
	}
}
