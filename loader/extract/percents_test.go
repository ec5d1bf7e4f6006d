package extract

import (
	"testing"

	gocmp "github.com/google/go-cmp/cmp"
)

// TestPercentChanges holds what a change in percent is told of: one arm since the start, one arm against another, or neither.
func TestPercentChanges(t *testing.T) {
	v := loadVocabulary(t)
	two := "METHODS: Adults with insomnia were randomised to yoga (n = 53) or reading (n = 55). RESULTS: "
	tests := []struct {
		name, text string
		want       []string
	}{
		{"with a sign", two + "Significant improvements were found in the yoga group for worry (-12%) and fatigue (-9%).", []string{"within yoga/ worry decreased mean change", "within yoga/ fatigue decreased mean change"}},
		{"the sign goes before the word", two + "Changes in the yoga group included a small increase in sleep (12 ± 3) and less pain (-21%).", []string{"arm yoga/ sleep 12 ± 3", "within yoga/ pain decreased mean change"}},
		{"fell by", two + "Pain fell by 15% in the yoga group and by 3% in the reading group.", []string{"within yoga/ Pain decreased percent change", "within reading/ Pain decreased percent change"}},
		{"fell by, with a P value", "Pain fell by 24% in the yoga group and by 10% in the reading group (P = .01).", []string{"within yoga/ Pain decreased percent change", "within reading/ Pain decreased percent change", "between yoga/reading Pain decreased"}},
		{"against the other arm", two + "Yoga reduced pain by 24% compared with reading (P = .002).", []string{"between yoga/reading pain decreased percent change"}},
		{"the other arm first", two + "Yoga reduced the number of bad days versus reading by 24% (P = .002).", []string{"between yoga/reading number of bad days decreased percent change"}},
		{"lower than", two + "Pain was 12% lower with yoga than with reading (P = .01).", []string{"between yoga/reading Pain decreased percent change"}},
		{"of two outcomes", two + "Compared with reading, yoga reduced pain by 8% (P < .001) and fatigue by 11% (P < .001).", []string{"between yoga/reading pain decreased percent change", "between yoga/reading fatigue decreased percent change"}},
		{"a share of people", two + "Pain was told of by 24% in the yoga group.", []string{"arm yoga/ Pain 24%"}},
		{"what a treatment does leaves open against what", two + "The yoga leaflet increased attendance by 5%.", []string{"arm yoga/ attendance 5%"}},
		{"a long dash is no sign", two + "Retention was good in both groups\u201485% with yoga and 87% with reading.", []string{"arm yoga/ Retention 85%", "arm reading/ Retention 87%"}},
	}
	for _, test := range tests {
		if diff := gocmp.Diff(test.want, toldOf(t, v, two+test.text)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", test.name, diff)
		}
	}
}
