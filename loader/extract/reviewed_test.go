package extract

import (
	"strings"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"

	"github.com/picograph/picograph/graph/evidence"
)

// TestIncludedStudies reads how many studies a review included, the randomized and the observational ones apart.
func TestIncludedStudies(t *testing.T) {
	v := loadVocabulary(t)
	tests := []struct {
		text                    string
		studies, trials, others string
	}{
		{"Results: Forty-one studies (9 randomized trials and 32 observational studies) of six kinds of program, including exercise and tapering, were found.", "41", "9", "32"},
		{"Results: We included 14 RCTs (n = 1,830) of yoga for back pain.", "14", "14", ""},
		{"Results: Fifteen trials met the inclusion criteria.", "15", "", ""},
		{"Results: The search gave 2,140 records; 18 studies met our criteria, of which 7 were randomized.", "18", "7", ""},
		{"Results: We included 12 randomized trials and 4 cohort studies.", "", "12", "4"},
		{"Results: We found 3,826 records, of which five RCTs (953 adults) and six cohort studies (967 adults) were included.", "", "5", "6"},
		{"Results: Sixteen trials with 12 774 adults, treated at home, proved eligible.", "16", "", ""},
		{"Results: Of 310 articles found, 22 studies with 4,120 adults were included.", "22", "", ""},
		{"Results: We identified 300 studies. Twenty-six studies were included.", "26", "", ""},
		{"Results: In total, 52 RCTs were identified.", "52", "52", ""},
		{"Results: Thirty studies (12 non-randomized trials and 18 RCTs) were included.", "30", "18", "12"},
		{"Results: A total of 20 studies were included: 8 RCTs, 7 cohort studies and 5 case-control studies.", "20", "8", ""},
		{"Methods: We included trials of at least 8 weeks and outcomes that at least two studies reported.", "", "", ""},
		{"Methods: Articles of 2011 studies were searched.", "", "", ""},
		{"Results: A previous review included 12 trials.", "", "", ""},
		{"Results: Pain was lower in 6 of 9 studies.", "", "", ""},
	}
	for _, test := range tests {
		_, tell := study(t, v, "Exercise for chronic pain: a systematic review\n\n"+test.text)
		s := tell.study
		if got, want := []string{string(s.NStudies), string(s.NTrials), string(s.NObservational)}, []string{test.studies, test.trials, test.others}; !gocmp.Equal(got, want) {
			t.Errorf("%q: got %q, want %q", test.text, got, want)
		}
		if (s.NStudies + s.NTrials).Present() != strings.Contains(statedFields(s.Stated), " n_studies") {
			t.Errorf("%q: stated%s", test.text, statedFields(s.Stated))
		}
	}
	if _, tell := study(t, v, "Exercise for chronic pain: a randomized trial\n\nResults: We included 12 RCTs in this analysis."); tell.study.NStudies.Present() {
		t.Errorf("a trial included %s studies", tell.study.NStudies)
	}
}

// TestReviewWithoutTitle tells a review whose title was not read by the databases that it searched and the studies that it counts; a trial in
// which people searched is none.
func TestReviewWithoutTitle(t *testing.T) {
	v := loadVocabulary(t)
	for text, want := range map[string]string{
		"Methods: Embase and PsycINFO were searched for randomized trials of yoga. Results: Four trials with 210 adults were included. Pain was lower with yoga.":            evidence.KindSystematicReview,
		"Methods: We searched PubMed to May 2019 for randomized trials of yoga. Results: Four trials were included. In the meta-analysis pain was lower with yoga.":          evidence.KindMetaAnalysis,
		"Methods: Residents were randomized to a librarian or none and searched PubMed for answers to questions. Results: Answers were found more often with the librarian.": evidence.KindTrial,
	} {
		if _, tell := study(t, v, text); tell.study.Design.Kind != want {
			t.Errorf("%q: %s", text, tell.study.Design.Kind)
		}
	}
}

// TestPeopleOfStudies reads how many people the studies of a review had, and takes no part of them for all.
func TestPeopleOfStudies(t *testing.T) {
	v := loadVocabulary(t)
	for text, want := range map[string]string{
		"We included 31 studies (mean length: 4.2 weeks; 2703 participants, mean age 40 years).": "2703",
		"Fourteen trials (1830 adults) were included.":                                           "1830",
		"We identified 52 trials, reporting on 9,990 patients.":                                  "9990",
		"We included 41 studies (9 randomized trials, 300 patients; 32 cohort studies).":         "",
		"Five RCTs (953 adults) and six cohort studies (967 adults) were included.":              "",
		"We included 12 studies. In one of them 40 patients fell.":                               "",
	} {
		_, tell := study(t, v, "Exercise for chronic pain: a systematic review\n\nResults: "+text)
		if got := string(tell.study.N); got != want {
			t.Errorf("%q: got %q, want %q", text, got, want)
		}
	}
}

// TestCertainty keeps the sentences in which the authors of a review rate its evidence, and no others.
func TestCertainty(t *testing.T) {
	v := loadVocabulary(t)
	tests := []struct {
		text string
		want bool
	}{
		{"Results: Discontinuation differed widely between programs, and the overall quality of evidence was very low.", true},
		{"Results: Study quality was good for 4 studies, fair for 10 and poor for 27.", true},
		{"Results: Among 25 studies of outcomes after dose reduction (very low overall quality of evidence), function improved.", true},
		{"Results: Yoga reduced pain (strength of evidence: low).", true},
		{"Results: Yoga reduced pain (RR 0.8, 95% CI 0.7 to 0.9; moderate certainty).", true},
		{"Results: Yoga reduced pain (SOE: moderate) and had no effect on sleep.", true},
		{"Results: Pain was lower with yoga (MD -0.6; GRADE certainty moderate).", true},
		{"Results: There is very low-certainty evidence that yoga reduces pain.", true},
		{"Results: Low- to moderate-quality evidence showed less pain with yoga.", true},
		{"Results: The certainty of the evidence for pain was rated as low, and that for sleep as very low.", true},
		{"Results: Eight trials were at high risk of bias.", true},
		{"Results: The risk of bias was unclear in most trials.", true},
		{"Methods: Two reviewers assessed the quality of evidence with the GRADE approach.", false},
		{"Conclusion: More high-quality evidence is needed on yoga.", false},
		{"Conclusion: Future trials should have low risk of bias.", false},
		{"Results: Quality of life was high and pain was low with yoga.", false},
		{"Background: The quality of the evidence on yoga is said to be low.", false},
	}
	for _, test := range tests {
		_, tell := study(t, v, "Exercise for chronic pain: a systematic review\n\n"+test.text)
		if got := len(tell.study.Certainty) > 0; got != test.want {
			t.Errorf("%q: rates the evidence: %t, want %t", test.text, got, test.want)
		}
	}
	if _, tell := study(t, v, "Yoga for chronic pain: a randomized trial\n\nResults: The quality of evidence was low."); len(tell.study.Certainty) > 0 {
		t.Error("a trial rates its evidence")
	}
}

func statedFields(all []evidence.Statement) string {
	var b strings.Builder
	for _, s := range all {
		b.WriteString(" " + s.Field)
	}
	return b.String()
}

// TestFiguresAreNoNames does not take the effect that stands behind an arm for its abbreviation.
func TestFiguresAreNoNames(t *testing.T) {
	v := loadVocabulary(t)
	for _, figure := range []string{"MD -0.9", "OR 1.7", "SMD −.4"} {
		_, tell := study(t, v, "Yoga for neck pain: a meta-analysis\n\nResults: Yoga reduced pain compared with usual care ("+figure+"; 95% CI -1.4 to -0.4).")
		if len(tell.study.Arms) == 0 {
			t.Errorf("%s: no arms", figure)
		}
		for _, a := range tell.study.Arms {
			if a.Abbreviation != "" {
				t.Errorf("%s: %s is called %s", figure, a.Label, a.Abbreviation)
			}
		}
	}
}
