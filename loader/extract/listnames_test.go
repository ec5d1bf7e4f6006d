package extract

import (
	"testing"

	gocmp "github.com/google/go-cmp/cmp"
)

// TestListsNameEachNumber holds of which outcome each number of a list is.
func TestListsNameEachNumber(t *testing.T) {
	v := loadVocabulary(t)
	one := "METHODS: In a phase II study, 72 adults with lung cancer received zolpam. RESULTS: "
	two := "METHODS: Adults with lung cancer were randomised to zolpam (n = 73) or placebo (n = 72). RESULTS: "
	tests := []struct {
		name, text string
		want       []string
	}{
		{"a share behind each name", one + "Adverse events included nausea (25%), increased prolactin (16%), and rash (10%).", []string{"arm / nausea 25%", "arm / increased prolactin 16%", "arm / rash 10%"}},
		{"the grade of all of them", one + "Grade 3 or 4 toxicities included neutropenia (25%) and rash (10%).", []string{"arm / grade 3 or 4 neutropenia 25%", "arm / grade 3 or 4 rash 10%"}},
		{"what was most common", one + "The most common reaction was tenderness (58%).", []string{"arm / tenderness 58%"}},
		{"a count behind each name", one + "Harms were nausea in 12 patients (17%) and headache in 5 patients (7%).", []string{"arm / nausea 12 patients (17%)", "arm / headache 5 patients (7%)"}},
		{"a name behind each share", one + "The response rate was 82% (47/57) with 33% (19/57) complete remissions and 49% (28/57) partial remissions.", []string{"arm / response rate 82% (47/57)", "arm / complete remissions 33% (19/57)", "arm / partial remissions 49% (28/57)"}},
		{"a rate of all", one + "Five patients (17%) had a complete response and 11 (38%) a partial response, yielding an objective response rate of 55% (95% CI 36% to 73%).", []string{"arm / complete response Five patients (17%)", "arm / partial response 11 (38%)", "arm / objective response rate 55% (95% CI 36% to 73%)"}},
		{"a name within a count", one + "There was one partial remission (1%) and 12 patients experienced rigors (17%).", []string{"arm / partial remission one partial remission (1%)", "arm / rigors 12 patients experienced rigors (17%)"}},
		{"the grades of one", one + "Grade 3 or 4 thrombocytopenia was observed in 5 (18%).", []string{"arm / Grade 3 or 4 thrombocytopenia 5 (18%)"}},
		{"counts with verbs of their own", two + "In the zolpam group, 6 patients (8%) had a fall, 20 (28%) had a rash, and 30 (42%) had nausea.", []string{"arm zolpam/ fall 6 patients (8%)", "arm zolpam/ rash 20 (28%)", "arm zolpam/ nausea 30 (42%)"}},
		{"medians with verbs of their own", one + "The median time to progression (TTP) was 10.3 months, the median event-free survival was 5.3 months, and the median stay was 30.5 days.", []string{"arm / time to progression median time to progression (TTP) was 10.3 months", "arm / event-free survival median event-free survival was 5.3 months", "arm / stay median stay was 30.5 days"}},
		{"both arms behind each name", two + "Severe harms (zolpam vs placebo) were neutropenia (13% vs 22%, p = 0.053) and rash (29% vs 11%, p = 0.012).", []string{
			"arm zolpam/ neutropenia 13%", "arm placebo/ neutropenia 22%", "between zolpam/placebo neutropenia no difference",
			"arm zolpam/ rash 29%", "arm placebo/ rash 11%", "between zolpam/placebo rash increased",
		}},
		{"one outcome of several arms is no list", two + "Falls were fewer with zolpam (13%) than with placebo (22%).", []string{"arm zolpam/ Falls 13%", "arm placebo/ Falls 22%", "between zolpam/placebo Falls decreased"}},
	}
	for _, test := range tests {
		if diff := gocmp.Diff(test.want, toldOf(t, v, test.text)); diff != "" {
			t.Errorf("%s: %q (-want +got):\n%s", test.name, test.text, diff)
		}
	}
}
