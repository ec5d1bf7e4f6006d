package extract

import "testing"

// TestCountriesOfOneList reads all the countries of one list, and of several places the first.
func TestCountriesOfOneList(t *testing.T) {
	for text, want := range map[string]string{
		"at four hospitals in Chile, Peru, and Ecuador":              "Chile, Peru, Ecuador",
		"in Norway and the Netherlands":                              "Norway, Netherlands",
		"in Ghana. Its results were compared with those from Canada": "Ghana",
		"in seven wards": "",
	} {
		if got := countriesIn(text); got != want {
			t.Errorf("%q: got %q, want %q", text, got, want)
		}
	}
}
