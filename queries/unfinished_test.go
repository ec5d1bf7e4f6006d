package queries

import "testing"

func TestUnfinished(t *testing.T) {
	for question, want := range map[string]string{
		"which interventions reduced dose in":         "in",
		"IPT vs":                                      "vs",
		"does IPT lower opioids in patients with":     "with",
		"effect of IPT and":                           "and",
		"which interventions reduced pain more than?": "than",
		"show the":             "the",
		"what is IPT used for": "",
		"which trials was motivational interviewing used in?": "",
		"what was IPT compared with":                          "",
		"which interventions were compared":                   "",
		"what was the OR":                                     "",
		"vaccination against hepatitis A":                     "",
		"which interventions reduced dose":                    "",
		"in":                                                  "",
	} {
		got := ""
		if last, ok := unfinished(split(question)); ok {
			got = last.text
		}
		if got != want {
			t.Errorf("unfinished(%q) = %q, want %q", question, got, want)
		}
	}
}
