package queries

import "testing"

// A follow-up changes the question before it and keeps the rest; a question of its own does not.
func TestFollow(t *testing.T) {
	e := goldEngine(t)
	for _, c := range []struct{ before, text, query string }{
		{"does IPT reduce opioid dose?", "and pain?", `findings where intervention is "integrated pain team" and outcome is pain`},
		{"does IPT reduce opioid dose?", "what about SDM?", `findings where outcome is "daily opioid dose" and intervention is "shared decision-making"`},
		{"does IPT reduce opioid dose?", "and in women?", `findings where intervention is "integrated pain team" and outcome is "daily opioid dose" and population is "female sex"`},
		{"which interventions reduced opioid dose?", "only RCTs", `interventions where outcome is "daily opioid dose" and direction is decreased and design is randomized`},
		{"which interventions reduced opioid dose?", "without VOICE", `interventions where outcome is "daily opioid dose" and direction is decreased and not study is VOICE`},
		{"which interventions reduced opioid dose in people on >= 90 MME?", "and at >= 50 MME/day?", `interventions where outcome is "daily opioid dose" and direction is decreased and population has dose >= 50 MME/day`},
		{"pain in VOICE", "at 6 months", `findings where study is VOICE and outcome is pain and time is 6 months`},
		{"IPT vs PCM for pain", "and for opioid dose?", `compare "integrated pain team" with "pharmacist collaborative management" on "daily opioid dose"`},
		{"who sponsored VOICE?", "and INSPIRE?", `sponsor of study INSPIRE`},
		{"who sponsored VOICE?", "and the registration number?", `registration of study VOICE`},
		{"studies where design is randomized", "how many?", `count studies where design is randomized`},
		{"pain in VOICE", "how many trials are there?", `count studies where design is randomized`},
		{"pain in VOICE", "how many people did INSPIRE enroll?", `sample size of study INSPIRE`},
		{"does IPT reduce opioid dose?", "how many of those are there?", `count studies where intervention is "integrated pain team" and outcome is "daily opioid dose"`},
		{"does IPT reduce opioid dose?", "how common is opioid use disorder?", `findings where kind is prevalence and outcome is "opioid use disorder"`},
		{"does IPT reduce opioid dose?", "in VOICE what was the primary outcome?", `primary outcome of study VOICE`},
		{"does IPT reduce opioid dose?", "among women, did pain improve?", `findings where outcome is pain and population is "female sex"`},
		{"does IPT reduce opioid dose?", "findings where outcome is pain", `findings where outcome is pain`},
	} {
		before, err := e.Ask(t.Context(), c.before)
		if err != nil {
			t.Fatal(err)
		}
		a, err := e.Follow(t.Context(), before, c.text)
		if err != nil {
			t.Fatal(err)
		}
		if a.Query != c.query {
			t.Errorf("%s / %s\n got %s\nwant %s", c.before, c.text, a.Query, c.query)
		}
	}
	if a, err := e.Follow(t.Context(), nil, "show VOICE"); err != nil || a.Query != "show VOICE" {
		t.Errorf("without an answer before: %v, %v", a, err)
	}
}
