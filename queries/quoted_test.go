package queries

import (
	"strings"
	"testing"

	"github.com/picograph/picograph/graph/evidence"
)

// Where nothing that was read answers, the sentence that has the question's words is shown, as no more than a sentence: not one of
// other people's things, not page furniture, and none of a document that never names what was asked of.
func TestSentencesOfTheQuestion(t *testing.T) {
	doc := drawnDocument()
	doc.Text = "Juggling after work\nPeople who had juggled before were excluded. Eight of the 40 teachers left because of sore wrists.\n" +
		"The balls were lent free of charge by a toy shop.\nAdvertisement: our balls were lent by a circus.\nStudy Start\n2019-03-04\n"
	ad := strings.Index(doc.Text, "Advertisement")
	doc.Ignored = []evidence.Skip{{Reason: "page furniture", Start: ad, End: ad + len("Advertisement: our balls were lent by a circus.")}}
	e := engineOver(t, doc)
	for question, want := range map[string]string{
		"who lent the balls in JUGGLE?":                             "The balls were lent free of charge by a toy shop.",
		"how many teachers left because of sore wrists?":            "Eight of the 40 teachers left because of sore wrists.",
		"what was thought of people who had juggled after work?":    "",
		"did ketamine relieve sore wrists of the teachers who left": "",
		"which zorble gave the teachers sore wrists?":               "",
	} {
		a, err := e.Ask(t.Context(), question)
		if err != nil {
			t.Fatal(err)
		}
		if want == "" {
			if strings.Contains(a.Text, "sore wrists.”") {
				t.Errorf("%s: %s %s", question, a.Status, a.Text)
			}
			continue
		}
		if a.Status != NearOnly || len(a.Near) == 0 || !strings.Contains(a.Near[0].What, "“"+want+"”") || !strings.Contains(a.Near[0].Why, whyQuoted) {
			t.Errorf("%s: %s %s", question, a.Status, a.Text)
			continue
		}
		if strings.Contains(a.Text, "circus") {
			t.Errorf("%s quotes an advertisement: %s", question, a.Text)
		}
		if p := a.Near[0].Passages; len(p) != 1 || doc.Text[p[0].Passage.Start:p[0].Passage.End] != p[0].Passage.Text {
			t.Errorf("%s: %v", question, p)
		}
	}
}

// A sentence is not cut at an abbreviation, and a line that only names what the next one says belongs to it.
func TestSentencesIn(t *testing.T) {
	text := "Study Start\n2019-03-04\nReach was 4 vs. 2 cm. It held.\nArms: two\n"
	var got []string
	for _, s := range sentencesIn(text) {
		got = append(got, s.Text)
		if text[s.Start:s.End] != s.Text {
			t.Errorf("%d to %d is not %q", s.Start, s.End, s.Text)
		}
	}
	if want := "Study Start\n2019-03-04|Reach was 4 vs. 2 cm.|It held.|Arms: two"; strings.Join(got, "|") != want {
		t.Errorf("%q", got)
	}
}

// Words of a question that its answer leaves out are looked for in the documents: the sentence stands behind the answer, near.
func TestSentencesOfWhatIsLeftOut(t *testing.T) {
	doc := drawnDocument()
	doc.Studies[0].Design = evidence.Design{Kind: evidence.KindSystematicReview}
	doc.Studies[0].NStudies = "9"
	doc.Text = "Juggling after work: a review\n" + strings.Repeat("People throw balls in the evening. ", 8) + "Nine studies were included. Six of the nine studies had a serious risk of bias (Conflicts: A.B. juggles).\n"
	e := engineOver(t, doc)
	a, err := e.Ask(t.Context(), "how many studies in the JUGGLE review had a serious risk of bias?")
	if err != nil {
		t.Fatal(err)
	}
	want := "“Six of the nine studies had a serious risk of bias (Conflicts: A.B. juggles).”"
	if !strings.Contains(a.Text, "not read as a finding: "+want) || len(a.Near) == 0 || a.Near[len(a.Near)-1].Why != whyQuoted {
		t.Errorf("%s %s %v", a.Status, a.Text, a.Near)
	}
}

// What is looked up and was not read is shown as the document states it: that it is not reported is said only where it is not.
func TestStatedNotRead(t *testing.T) {
	doc := drawnDocument()
	doc.Studies[0].Populations, doc.Studies[0].N, doc.Studies[0].NRandomized = nil, "", ""
	doc.Text = "Juggling after work\nEnrollment: 40\nStart date March 4, 2019\nPeople who had juggled before were excluded."
	e := engineOver(t, doc)
	for question, want := range map[string]string{
		"who was excluded from JUGGLE?":      "“People who had juggled before were excluded.”",
		"when did JUGGLE start?":             "Start date March 4, 2019",
		"what was the sample size of JUGGLE": "Enrollment: 40",
	} {
		a, err := e.Ask(t.Context(), question)
		if err != nil {
			t.Fatal(err)
		}
		if !strings.Contains(a.Text, "Not read, though the text speaks of it") || !strings.Contains(a.Text, want) {
			t.Errorf("%s: %s %s", question, a.Status, a.Text)
		}
	}
}

// An amount that is no dose limits what is named before it, and an amount of what was given says nothing of who was studied.
func TestAmountsThatAreNoDose(t *testing.T) {
	e := goldEngine(t)
	for question, want := range map[string]string{
		"opioid dose in patients with a blood pressure of at least 140 mmHg": `population has "blood pressure" >= 140 "mm Hg"`,
		"does 100 ml of coffee reduce pain?":                                 "",
	} {
		a, err := e.Ask(t.Context(), question)
		if err != nil {
			t.Fatal(err)
		}
		if want != "" && !strings.Contains(a.Query, want) || strings.Contains(a.Query, "dose =") {
			t.Errorf("%s: %s %s", question, a.Query, a.Text)
		}
	}
}
