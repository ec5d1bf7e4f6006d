package queries

import (
	"strings"
	"testing"
)

// What a question says and its query has no place for is said to be unused.
func TestPassedOver(t *testing.T) {
	e := goldEngine(t)
	for question, want := range map[string][]string{
		"trials with allocation concealment":                         {"allocation concealment"},
		"trials using intention-to-treat analysis":                   {"intention-to-treat analysis"},
		"mean difference in pain between groups":                     {"mean difference"},
		"what is the long-term effect of motivational interviewing?": {"long-term"},
		"adults with moderate or severe depression":                  {"moderate"},
		"highest dose of motivational interviewing":                  {"highest"},
		"high-dose versus low-dose aspirin":                          {"high-dose", "low-dose"},
		"aspirin at doses below 100 mg":                              {"doses", "below 100 mg"},
		"trials with a low risk of bias":                             {"low risk of bias"},
		"single-centre trials of motivational interviewing":          {"single-centre"},
		"dropouts due to adverse events":                             {"adverse events"},
		"pain in early and late tapering":                            {"early", "late"},
	} {
		a, err := e.Ask(t.Context(), question)
		if err != nil {
			t.Fatal(err)
		}
		for _, w := range want {
			if !strings.Contains(a.Reading, "“"+w+"” was not used") {
				t.Errorf("%s: %q is not said to be unused: %s", question, w, a.Reading)
			}
		}
	}
}

// A name that leaves out a number or a degree of what it stands for is said.
func TestNarrowerThanItsName(t *testing.T) {
	a, err := goldEngine(t).Ask(t.Context(), "severe hypoglycemia")
	if err != nil {
		t.Fatal(err)
	}
	if want := "“severe hypoglycemia” read as hypoglycemia"; !strings.Contains(a.Reading, want) {
		t.Errorf("%s, want %s", a.Reading, want)
	}
}
