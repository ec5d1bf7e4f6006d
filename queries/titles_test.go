package queries

import (
	"strings"
	"testing"
)

// TestMeasuredIn holds which conditions of a title are those of the people, and which are what was measured or prevented.
func TestMeasuredIn(t *testing.T) {
	tests := []struct {
		title, name string
		want        bool
	}{
		{"Online therapy for depression: a randomized trial", "depression", false},
		{"Exercise in women with depression", "depression", false},
		{"Effects of massage on anxiety, depression and sleep in adults with gout", "depression", true},
		{"Effects of massage on anxiety, depression and sleep in adults with gout", "gout", false},
		{"How two ways of cystoscopy influence satisfaction, anxiety and depression levels", "depression", true},
		{"A walking group to reduce depression in mothers: a cluster randomized trial", "depression", true},
		{"Stimulation for symptoms of depression and pain in women with breast cancer", "pain", true},
		{"Cooking classes for the prevention of obesity in preschool children", "obesity", true},
		{"Reminders to improve diabetes care in practices", "diabetes", false},
		{"Effects of swallowing exercises on dysphagia following stroke", "stroke", false},
		{"Effects of zolpam on fatigue of multiple sclerosis", "multiple sclerosis", false},
		{"Zolpam and stroke outcomes", "stroke", false},
		{"Changes in depression with exercise", "depression", true},
		{"Teaching based on asthma", "asthma", false},
		{"A leaflet and its effect on levels of pain", "pain", true},
	}
	for _, test := range tests {
		at := strings.Index(test.title, test.name)
		if got := measuredIn(test.title, at, at+len(test.name)); got != test.want {
			t.Errorf("%q in %q is measured: %t, want %t", test.name, test.title, got, test.want)
		}
	}
}
