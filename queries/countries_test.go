package queries

import "testing"

// TestInCountry holds that the name of a country within the name of another place names none.
func TestInCountry(t *testing.T) {
	tests := []struct {
		text, country string
		want          bool
	}{
		{"primary schools in Guinea", "Guinea", true},
		{"villages in Papua New Guinea", "Guinea", false},
		{"veterans in New Mexico", "Mexico", false},
		{"clinics in Mexico", "Mexico", true},
		{"hospitals in Atlanta, Georgia", "Georgia", false},
		{"hospitals in Tbilisi, Georgia", "Georgia", true},
		{"villages in Papua New Guinea", "Papua New Guinea", true},
	}
	for _, test := range tests {
		if got := inCountry(test.text, []string{test.country}); got != test.want {
			t.Errorf("%q in %q: %t, want %t", test.country, test.text, got, test.want)
		}
	}
}
