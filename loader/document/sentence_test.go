package document_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/picograph/picograph/loader/document"
)

// TestSentences has one paragraph a case; "|" marks where its sentences end.
func TestSentences(t *testing.T) {
	for _, s := range []string{
		"Pain fell (P = .61; 95% CI, 0.5 to 1.0).| It rose again.",
		"Pain fell (P =. 14) in one arm.| It rose in the other (P < 0. 05).",
		"We saw less pain, i.e. a score below 3, vs. usual care.| That held.",
		"Smith et al. reported this.| As in Smith et al.| The rest held.",
		"Dr. J. P. Smith led it.| Prof. Lee did not.",
		"Patients were in group A.| Those in group B left.",
		"They took vitamin D.| The others did not.",
		"It grew S. aureus and E. coli.| Both died.",
		"It ran in the U.S. Department of Care.| It ended there.",
		"It ended at 9 a.m.| The visits did not.",
		"Pain stayed low for 48 hrs.| Regional blocks took 5 min. longer (max. Delta 3).| Fiber helped.",
		"Doses were 0.5, 1.0, and 2.0 mg.| 58 patients left.",
		"See No. 3 and Fig. 2.| No.| Yes.",
		"It cost $4.50 per day.| We paid.",
		"It was sold by Acme Inc. (Town, USA) and Bolt Ltd. in 2010.| It worked.",
		"Tasks include: 1. Ask them, 2. Tell them, and 3. Help them.| All did.",
		"He said “it works.”| We agreed.",
		"It fell (it was low. It stayed low) and rose.| Then it fell.",
		"It fell.1,2| It rose.[3]| It stayed.",
		"It fell. [1, 2]| It rose.",
		"It fell.|Then it rose.",
		"See ClinicalTrials.gov for more.| See https://example.org/A.Bcd for the rest.",
		"It fell.| clinicaltrials.gov: NCT01234567.",
		"Does it work?| Yes!| It does.",
		"It fell ... and rose.| It fell...| Then it rose.",
		"It ran from Jan. 2014 to Dec. 2016 in St. Paul.| It ended.",
		"Die Dosis war z.B. 5 mg.| Sie sank.",
		"疼痛下降（P < 0.05）。| 评分为2.1分。",
		"痛みは減少した。| 差はなかった。",
	} {
		want := strings.Split(s, "|")
		for i := range want {
			want[i] = strings.TrimSpace(want[i])
		}
		d := document.Parse("x", "Results: "+strings.ReplaceAll(s, "|", ""), headings)
		var got []string
		for _, s := range d.Sentences {
			got = append(got, d.At(s.Span))
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Error(diff)
		}
	}
}
