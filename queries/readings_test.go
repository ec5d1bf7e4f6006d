package queries

import (
	"strings"
	"testing"

	"github.com/picograph/picograph/queries/syntax"
)

// The example of each reading is read so: no earlier row takes it.
func TestReadingsInOrder(t *testing.T) {
	e := goldEngine(t)
	lex, err := e.names(t.Context(), "")
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range readings() {
		if u := lex.understand(r.example, &e.Settings); u.reading != r.name {
			t.Errorf("%s: read as %s, want %s", r.example, u.reading, r.name)
		}
	}
}

// Every example of the tables of the language runs on a graph.
func TestExamplesRun(t *testing.T) {
	e := goldEngine(t)
	var all []string
	for _, v := range syntax.Verbs() {
		all = append(all, v.Example)
	}
	for _, f := range syntax.Fields() {
		all = append(all, "findings where "+f.Example)
	}
	for _, s := range syntax.Steps() {
		all = append(all, s.Example)
	}
	for _, q := range all {
		a, err := e.Ask(t.Context(), q)
		if err != nil {
			t.Errorf("%s: %v", q, err)
			continue
		}
		if a.Status == NotUnderstood || a.Query != q {
			t.Errorf("%s: %s, %s", q, a.Status, a.Query)
		}
	}
}

// TestOnlyStudy asks for an attribute without saying of what: of the one study there is, said so; where there are
// several, the question is not understood.
func TestOnlyStudy(t *testing.T) {
	const question = "what were the arms?"
	a, err := engineOver(t, unreadDocument()).Ask(t.Context(), question)
	if err != nil {
		t.Fatal(err)
	}
	if a.Status != Answered || a.Query != `arms of study KNEES` || !strings.Contains(a.Reading, "the only study here") {
		t.Errorf("%s: %s, %s", a.Status, a.Query, a.Reading)
	}
	if a, err = goldEngine(t).Ask(t.Context(), question); err != nil || a.Status != NotUnderstood {
		t.Errorf("among several studies: %v, %v", a.Status, err)
	}
}

// What says which interventions or studies are meant is no outcome beside the one that is asked for, and both things before "versus" are
// one side of a comparison.
func TestDescribing(t *testing.T) {
	plain, bark := engineOver(t, plainDocument()), engineOver(t, barkDocument())
	for _, c := range []struct {
		e              *Engine
		question, want string
	}{
		{plain, "does an anxiety program lower pain?", "findings where outcome is pain and text is anxiety"},
		{plain, "do anxiety and pain fall with yoga?", "findings where intervention is yoga and outcome is anxiety or pain"},
		{bark, "dose of circus in the clown trial", "arms of study where text is circus and text is clown"},
		{plain, "yoga dose and pain", "findings where intervention is yoga and outcome is pain and text is dose"},
		{plain, "trials of yoga in women", `studies where design is trial and intervention is yoga and population is "female sex"`},
		{plain, "which trials are registered with ChiCTR?", "studies where design is trial and registration is ChiCTR"},
		{bark, "how many women were randomised in BARK?", "sample size of study BARK"},
		{bark, "birch bark works as well as chewing gum for juggling speed", `compare "birch bark" with "chewing gum" on "juggling speed"`},
	} {
		a, err := c.e.Ask(t.Context(), c.question)
		if err != nil {
			t.Fatal(err)
		}
		if a.Query != c.want {
			t.Errorf("%s: %s, want %s", c.question, a.Query, c.want)
		}
	}
}

// Two conditions that nothing joins are of the same people, and the name of a condition within that of another is none of it.
func TestConditionsMeant(t *testing.T) {
	doc := drawnDocument()
	doc.Text, doc.Report.Title = "Juggling in people with ocular hypertension. Reach grew.", "Juggling in ocular hypertension"
	e := engineOver(t, doc)
	for question, want := range map[string]string{
		"reach in tuberculosis in people with HIV infection": "condition is tuberculosis and condition is \"HIV infection\"",
		"reach in tuberculosis or HIV infection":             "condition is tuberculosis or \"HIV infection\"",
		"which studies are about ocular hypertension?":       "ocular hypertension",
	} {
		a, err := e.Ask(t.Context(), question)
		if err != nil {
			t.Fatal(err)
		}
		if !strings.Contains(a.Query, want) {
			t.Errorf("%s: %s %s", question, a.Query, a.Text)
		}
	}
	a, err := e.Ask(t.Context(), "which studies are about hypertension?")
	if err != nil {
		t.Fatal(err)
	}
	if a.Status != Empty || strings.Contains(a.Text, "ocular") {
		t.Errorf("%s %s", a.Status, a.Text)
	}
}

// What is counted by a word of the documents is no count of studies, those of whom something is counted are the people meant, what
// comes after "by baseline" limits the rows, and who was excluded is shown where it was not read.
func TestWhatIsCounted(t *testing.T) {
	doc := drawnDocument()
	doc.Text = "Juggling after work: 12 balls were dropped. Teachers who had sore wrists were excluded. The C-section wounds healed."
	e := engineOver(t, doc)
	for question, want := range map[string][2]string{
		"how many women had fever in JUGGLE?":                {"population is", ""},
		"reach by baseline pain":                             {"text is pain", ""},
		"infection after C-section":                          {"outcome is infection and population is C-section", ""},
		"who was excluded from JUGGLE?":                      {"eligibility of study", "had sore wrists were excluded"},
		"conflicting results on juggling versus reading":     {"conflicts where", ""},
		"where was the trial of juggling versus reading run": {"setting of", ""},
	} {
		a, err := e.Ask(t.Context(), question)
		if err != nil {
			t.Fatal(err)
		}
		if !strings.Contains(a.Query, want[0]) || !strings.Contains(a.Text, want[1]) {
			t.Errorf("%s: %s: %s", question, a.Query, a.Text)
		}
	}
}

// Why a study was stopped, or did not do something, is told by its sentences.
func TestWhyItStopped(t *testing.T) {
	doc := drawnDocument()
	doc.Text = "Juggling after work\nWhy stopped: too few balls\nThe recruitment target was not met since the hall was closed."
	e := engineOver(t, doc)
	for question, want := range map[string]string{
		"why was JUGGLE stopped?":                       "Why stopped: too few balls",
		"why was JUGGLE terminated early?":              "Why stopped: too few balls",
		"why did JUGGLE not get its recruitment target": "The recruitment target was not met since the hall was closed.",
	} {
		a, err := e.Ask(t.Context(), question)
		if err != nil {
			t.Fatal(err)
		}
		if !strings.Contains(strings.Join(strings.Fields(a.Text), " "), want) {
			t.Errorf("%s: %s: %s", question, a.Query, a.Text)
		}
	}
}

// A concept and a word behind it that arms are called by together are that arm, and not all that the concept covers.
func TestLongerArms(t *testing.T) {
	doc := drawnDocument()
	doc.Studies[0].Arms[0].Label, doc.Studies[0].Arms[0].Interventions = "yoga support by post", []string{"yoga"}
	a, err := engineOver(t, doc).Ask(t.Context(), "what did yoga support change?")
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(a.Query, `intervention is "yoga support"`) {
		t.Errorf("%s: %s", a.Query, a.Text)
	}
}
