package queries

import (
	"context"
	"strings"
	"testing"

	"github.com/picograph/picograph/graph/evidence"
)

// reviewed is a document of a review, or of another kind of study, whose text holds some sentences that rate its evidence.
func reviewed(kind, text string, ratings ...string) *evidence.Document {
	s := evidence.Study{ID: "s1", Name: "KITES", Design: evidence.Design{Kind: kind}, Outcomes: []evidence.Outcome{{Text: "pain", Concept: "pain"}, {Text: "sleep", Concept: "sleep"}}}
	for _, r := range ratings {
		at := strings.Index(text, r)
		s.Certainty = append(s.Certainty, evidence.Passage{Start: at, End: at + len(r), Text: r})
	}
	return &evidence.Document{Source: "kites.txt", Text: text, Report: evidence.Report{Title: "Kite flying"}, Studies: []evidence.Study{s}}
}

// TestCertaintyAsRated quotes what the authors of a review say of certainty, what is said of the outcome asked about first, and
// says that there is no rating only of a document that does not speak of one.
func TestCertaintyAsRated(t *testing.T) {
	const sleep, pain = "The certainty of evidence for sleep was very low.", "The certainty of evidence for pain was moderate."
	for _, c := range []struct {
		doc                  *evidence.Document
		question, has, lacks string
	}{
		{reviewed(evidence.KindSystematicReview, sleep+" "+pain, sleep, pain), "what is the GRADE certainty of KITES?", "as its authors rate it: “" + sleep + "”; “" + pain + "”; picograph itself makes no rating", "give no rating"},
		{reviewed(evidence.KindSystematicReview, sleep+" "+pain, sleep, pain), "what is the quality of evidence for pain?", "as its authors rate it: “" + pain + "”; “" + sleep + "”", "give no rating"},
		{reviewed(evidence.KindTrial, "The quality of evidence on kites is debated. Kites flew."), "what is the GRADE certainty of KITES?", "not assessed: no rating (GRADE, risk of bias) of it was read, and picograph makes none; the document says “The quality of evidence on kites is debated.”", "give no rating"},
		{reviewed(evidence.KindTrial, "Kites flew, and the quality of life rose."), "what is the risk of bias?", "not assessed: the documents give no rating", "“"},
	} {
		a, err := engineOver(t, c.doc).Ask(context.Background(), c.question)
		if err != nil {
			t.Fatal(err)
		}
		if !strings.Contains(a.Text, c.has) || strings.Contains(a.Text, c.lacks) {
			t.Errorf("%s\n%s\nwant %q, and not %q", c.question, a.Text, c.has, c.lacks)
		}
	}
}

// TestAsksIncluded asks a review for the number of its studies, whatever kind of them.
func TestAsksIncluded(t *testing.T) {
	doc := reviewed(evidence.KindSystematicReview, "We included 41 studies (9 randomized trials and 32 observational studies).")
	doc.Studies[0].NStudies, doc.Studies[0].NTrials, doc.Studies[0].NObservational = "41", "9", "32"
	for _, q := range []string{
		"how many studies did the review include?", "how many trials did KITES include?", "how many randomized trials did the review include?",
		"how many observational studies did the review include?", "how many observational studies were included in the review?",
	} {
		a, err := engineOver(t, doc).Ask(context.Background(), q)
		if err != nil {
			t.Fatal(err)
		}
		if want := "41 studies included (9 randomized trials and 32 observational)"; !strings.Contains(a.Text, want) {
			t.Errorf("%s\n%s\nwant %q", q, a.Text, want)
		}
	}
}

// TestIncludedCount tells the randomized studies of a review from the others where the review does.
func TestIncludedCount(t *testing.T) {
	for _, c := range []struct {
		study evidence.Study
		want  string
	}{
		{evidence.Study{NStudies: "41", NTrials: "9", NObservational: "32"}, "41 studies included (9 randomized trials and 32 observational)"},
		{evidence.Study{NStudies: "1"}, "1 study included"},
		{evidence.Study{NTrials: "12", NObservational: "4"}, "12 randomized trials and 4 observational included"},
		{evidence.Study{}, ""},
	} {
		if got := includedCount(&c.study); got != c.want {
			t.Errorf("got %q, want %q", got, c.want)
		}
	}
}
