package extract

import (
	"strings"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"

	"github.com/picograph/picograph/graph/evidence"
)

// TestNamesTheVocabularyLacks holds results on outcomes that no table names: each is told under the words of its sentence.
func TestNamesTheVocabularyLacks(t *testing.T) {
	v := loadVocabulary(t)
	head := "OBJECTIVE: To compare a wireless drill (drill group) with a hand drill (hand group) in dental implants. METHODS: Eighty adults were randomised. The primary outcome was socket temperature. RESULTS: "
	tests := []struct {
		text string
		want []string
	}{
		{"There were no significant differences between the groups in marginal bone loss (0.9 vs 1.0 mm), insertion time, or surgeon satisfaction.", []string{"marginal bone loss", "insertion time", "surgeon satisfaction"}},
		{"Chair time was significantly shorter in the drill group than in the hand group (P = 0.01).", []string{"Chair time"}},
		{"The socket temperature was higher in the drill group than in the hand group (P = 0.03).", []string{"socket temperature"}},
		{"Groups did not differ in Apgar score at 1 and 5 min, insertion time or wound infection.", []string{"Apgar score", "insertion time", "wound infection"}},
		{"Drill noise levels were significantly lower in the drill group than in the hand group (P = 0.02).", []string{"Drill noise levels"}},
		{"No group differences were seen in jaw stiffness, chair time, sick days taken or drill wear.", []string{"jaw stiffness", "chair time", "sick days taken", "drill wear"}},
		{"At one week, straining at chewing, gum soreness and swelling were similar in both groups.", []string{"straining at chewing", "gum soreness", "swelling"}},
		{"The duration of drilling was shorter in the drill group than in the hand group (P = 0.02).", []string{"duration of drilling"}},
		{"Gum soreness and chair time, the report adds, did not differ between the groups.", []string{"Gum soreness", "chair time"}},
		{"The time required for socket wall treatment was shorter in the drill group than in the hand group (P = 0.02).", []string{"time required for socket wall treatment"}},
		{"Among adults in their first week of wear, the rate of jaw stiffness was higher in the drill group than in the hand group (P = 0.02).", []string{"rate of jaw stiffness"}},
		{"The drill was liked, which translated into fewer missed visits in the drill group (P = 0.02).", []string{"missed visits"}},
		{"Likewise, gum soreness did not differ between the groups.", []string{"gum soreness"}},
		{"Compared with the hand group, flap dehiscence was reduced in the drill group (P = 0.04).", []string{"flap dehiscence"}},
	}
	for _, test := range tests {
		r, tell := study(t, v, head+test.text)
		f := finder{r: r, t: tell}
		var got []string
		for _, x := range f.findings() {
			if x.Kind == evidence.BetweenArms {
				got = append(got, x.Outcome.Text)
			}
		}
		if diff := gocmp.Diff(test.want, got); diff != "" {
			t.Errorf("%q: outcomes (-want +got):\n%s", test.text, diff)
		}
	}
}

// TestNameSaysMore holds mentions that say more than the outcome that the vocabulary or the study would take them for.
func TestNameSaysMore(t *testing.T) {
	v := loadVocabulary(t)
	head := "OBJECTIVE: To compare oil with gel. METHODS: Women in labour were randomised to oil or gel. The primary outcome was incidence of vaginal delivery, and a secondary outcome was death from infection. RESULTS: "
	for text, want := range map[string]string{
		"The induction-delivery interval was shorter with oil than with gel (P = 0.01).":       "induction-delivery interval",
		"Vaginal delivery was more frequent with oil than with gel (P = 0.01).":                "incidence of vaginal delivery",
		"All-cause mortality was lower with oil than with gel (P = 0.01).":                     "All-cause mortality",
		"The severity of sore throat was lower with oil than with gel (P = 0.01).":             "severity of sore throat",
		"Total bilirubin was lower with oil than with gel (P = 0.01).":                         "Total bilirubin",
		"The incidence of vaginal delivery was higher in the oil than in the gel arm (P=.01).": "incidence of vaginal delivery",
	} {
		r, tell := study(t, v, head+text)
		f := finder{r: r, t: tell}
		var got []string
		for _, x := range f.findings() {
			if x.Kind == evidence.BetweenArms {
				got = append(got, x.Outcome.Text)
			}
		}
		if s := strings.Join(got, "; "); s != want {
			t.Errorf("%q: outcome is %q, want %q", text, s, want)
		}
	}
}

func TestNominal(t *testing.T) {
	v := loadVocabulary(t)
	for text, want := range map[string]string{
		"Dosage fell":             "Dosage",
		"who were pain free":      "pain free",
		"change from baseline in": "",
		"the mean score":          "",
		"reduced mobility":        "mobility",
		"rate of reduced mobility that they reported": "rate of reduced mobility",
	} {
		r, tell := study(t, v, "RESULTS: "+text+" was the outcome in both groups.")
		f := finder{r: r, t: tell}
		at := strings.Index(r.doc.Text, text)
		s := r.doc.Sentences[len(r.doc.Sentences)-1].Span
		s.Start, s.End = at, at+len(text)
		got := ""
		if name, ok := f.nominal(s); ok {
			got = r.doc.At(name)
		}
		if got != want {
			t.Errorf("%q: the name is %q, want %q", text, got, want)
		}
	}
}

// TestPredicatesAreNoOutcomes holds that what people did or felt is no outcome, and no direction of one.
func TestPredicatesAreNoOutcomes(t *testing.T) {
	v := loadVocabulary(t)
	head := "OBJECTIVE: To hear what adults say about slow tapers. METHODS: Thirty adults were interviewed. RESULTS: "
	for _, text := range []string{
		"People felt relieved when nurses took their pain seriously and valued pain management, such as heat and yoga.",
		"A fall in pain, measured by a diary, was seen when the team heard their worries, and people felt supported.",
	} {
		r, tell := study(t, v, head+text)
		f := finder{r: r, t: tell}
		for _, x := range f.findings() {
			for _, w := range []string{"their", "valued", "supported", "measured"} {
				if strings.Contains(x.Outcome.Text, w) {
					t.Errorf("%q: outcome %q", text, x.Outcome.Text)
				}
			}
			if strings.Contains(text, "relieved") && x.Direction == evidence.Decreased {
				t.Errorf("%q: %q decreased", text, x.Outcome.Text)
			}
		}
	}
}
