package extract

import (
	"regexp"
	"slices"
	"sort"
	"strings"

	"github.com/picograph/picograph/loader/pattern"
)

// countries are the names and the adjectives by which abstracts name where a study was done. Short forms that are
// also words are written with their capitals.
var countries = map[string][]string{
	"Argentina": {"Argentine", "Argentinian"}, "Australia": {"Australian"}, "Austria": {"Austrian"}, "Bangladesh": {"Bangladeshi"},
	"Belgium": {"Belgian"}, "Botswana": nil, "Brazil": {"Brazilian"}, "Bulgaria": {"Bulgarian"}, "Burkina Faso": nil, "Cambodia": nil,
	"Cameroon": nil, "Canada": {"Canadian"}, "Chile": {"Chilean"}, "China": {"Chinese"}, "Colombia": {"Colombian"}, "Croatia": {"Croatian"},
	"Cuba": {"Cuban"}, "Czech Republic": {"Czechia", "Czech"}, "Denmark": {"Danish"}, "Ecuador": nil, "Egypt": {"Egyptian"}, "Estonia": {"Estonian"},
	"Ethiopia": {"Ethiopian"}, "Finland": {"Finnish"}, "France": {"French"}, "Gambia": {"The Gambia"}, "Germany": {"German"},
	"Ghana": {"Ghanaian"}, "Greece": {"Greek"}, "Guatemala": nil, "Haiti": {"Haitian"}, "Hong Kong": nil, "Hungary": {"Hungarian"}, "Iceland": {"Icelandic"},
	"India": {"Indian"}, "Indonesia": {"Indonesian"}, "Iran": {"Iranian"}, "Iraq": {"Iraqi"}, "Ireland": {"Irish"}, "Israel": {"Israeli"}, "Italy": {"Italian"},
	"Ivory Coast": {"Côte d'Ivoire", "Côte d’Ivoire"}, "Japan": {"Japanese"}, "Jordan": {"Jordanian"}, "Kenya": {"Kenyan"}, "Kuwait": nil, "Laos": nil, "Latvia": {"Latvian"}, "Lebanon": {"Lebanese"},
	"Lithuania": {"Lithuanian"}, "Malawi": {"Malawian"}, "Malaysia": {"Malaysian"}, "Mali": nil, "Mexico": {"Mexican"}, "Morocco": {"Moroccan"}, "Mozambique": nil,
	"Myanmar": nil, "Nepal": {"Nepalese"}, "Netherlands": {"The Netherlands", "Dutch"}, "New Zealand": nil, "Niger": nil, "Nigeria": {"Nigerian"}, "Norway": {"Norwegian"},
	"Oman": nil, "Pakistan": {"Pakistani"}, "Peru": {"Peruvian"}, "Philippines": {"Filipino"}, "Poland": {"Polish"}, "Portugal": {"Portuguese"}, "Qatar": nil,
	"Romania": {"Romanian"}, "Russia": {"Russian Federation", "Russian"}, "Rwanda": {"Rwandan"}, "Saudi Arabia": nil, "Senegal": nil, "Serbia": {"Serbian"}, "Sierra Leone": nil,
	"Singapore": nil, "Slovakia": {"Slovak"}, "Slovenia": {"Slovenian"}, "South Africa": {"South African"}, "South Korea": {"Korea", "Korean", "Republic of Korea"},
	"Spain": {"Spanish"}, "Sri Lanka": {"Sri Lankan"}, "Sudan": nil, "Sweden": {"Swedish"}, "Switzerland": {"Swiss"}, "Taiwan": {"Taiwanese"}, "Tanzania": {"Tanzanian"},
	"Thailand": {"Thai"}, "Tunisia": {"Tunisian"}, "Turkey": {"Türkiye", "Turkish"}, "Uganda": {"Ugandan"}, "Ukraine": {"Ukrainian"}, "United Arab Emirates": {"UAE"},
	"United Kingdom": {"UK", "U.K.", "Great Britain", "British", "England", "English NHS", "Scotland", "Scottish", "Wales", "Welsh", "Northern Ireland"},
	"United States":  {"USA", "U.S.A.", "US", "U.S.", "United States of America"},
	"Uruguay":        nil, "Venezuela": nil, "Vietnam": {"Viet Nam", "Vietnamese"}, "Zambia": {"Zambian"}, "Zimbabwe": {"Zimbabwean"},
}

// countryPattern matches any name of a country; countryOf tells which.
var countryPattern, countryOf = compileCountries()

func compileCountries() (*pattern.Pattern, map[string]string) {
	of := map[string]string{}
	for name, others := range countries {
		of[name] = name
		for _, o := range others {
			of[o] = name
		}
	}
	forms := make([]string, 0, len(of))
	for f := range of {
		forms = append(forms, f)
	}
	sort.Slice(forms, func(i, j int) bool {
		if len(forms[i]) != len(forms[j]) {
			return len(forms[i]) > len(forms[j])
		}
		return forms[i] < forms[j]
	})
	for i, f := range forms {
		forms[i] = regexp.QuoteMeta(f)
	}
	return rules.New(`(` + strings.Join(forms, "|") + `)(?:$|[^\p{L}\d-])`), of
}

// nextCountry is what stands between two countries of one list.
var nextCountry = rules.New(`(?i)^(?:,? (?:and|&)|,)(?: the)? $`)

// countriesIn returns the first country that a text names, with those that are listed behind it: "Kenya, Uganda"; "" where it names none.
func countriesIn(s string) string {
	name, _, end := countryIn(s)
	if end < 0 {
		return ""
	}
	names := []string{name}
	for at := end; ; {
		next, from, to := countryIn(s[at:])
		if from < 0 || !nextCountry.MatchString(s[at:at+from]) {
			return strings.Join(names, ", ")
		}
		if !slices.Contains(names, next) {
			names = append(names, next)
		}
		at += to
	}
}

// countryIn returns the first country that a text names, and where; a language ("English-speaking adults") is none.
func countryIn(s string) (name string, start, end int) {
	at := 0
	for at < len(s) {
		m := countryPattern.FindStringSubmatchIndex(s[at:])
		if m == nil {
			break
		}
		start, end = at+m[2], at+m[3]
		if letterBefore(s, start) {
			at = start + 1
			continue
		}
		rest := strings.ToLower(strings.TrimLeft(s[end:], " "))
		if !strings.HasPrefix(rest, "version") && !strings.HasPrefix(rest, "language") && !strings.HasPrefix(rest, "translation") && !strings.HasPrefix(rest, "food and drug") && !strings.HasPrefix(rest, "herbal") && !strings.HasPrefix(rest, "medicine") {
			return countryOf[s[start:end]], start, end
		}
		at = end
	}
	return "", -1, -1
}
