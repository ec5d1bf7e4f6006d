package queries

import "strings"

// countries are the names of countries with their other forms, which settings and questions use; the first form is the one
// that queries print. Names are those of ISO 3166-1 in short.
var countries = strings.Split(strings.TrimSpace(`
Afghanistan
Albania
Algeria
Argentina
Armenia
Australia
Austria
Azerbaijan
Bangladesh
Belarus
Belgium
Benin
Bolivia
Bosnia and Herzegovina, Bosnia
Botswana
Brazil
Bulgaria
Burkina Faso
Burundi
Cambodia
Cameroon
Canada
Chile
China, people's republic of china
Colombia
Costa Rica
Croatia
Cuba
Cyprus
Czechia, Czech Republic
Democratic Republic of the Congo
Denmark
Dominican Republic
Ecuador
Egypt
El Salvador
Estonia
Ethiopia
Finland
France
Gambia, the Gambia
Georgia
Germany
Ghana
Greece
Guatemala
Guinea
Guinea-Bissau
Haiti
Honduras
Hong Kong
Hungary
Iceland
India
Indonesia
Iran, Islamic Republic of Iran
Iraq
Ireland, Republic of Ireland
Israel
Italy
Ivory Coast, Côte d'Ivoire
Jamaica
Japan
Jordan
Kazakhstan
Kenya
Kuwait
Laos
Latvia
Lebanon
Liberia
Lithuania
Luxembourg
Madagascar
Malawi
Malaysia
Mali
Malta
Mexico
Moldova
Mongolia
Morocco
Mozambique
Myanmar, Burma
Namibia
Nepal
Netherlands, the Netherlands, Holland
New Zealand
Nicaragua
Niger
Nigeria
North Macedonia, Macedonia
Norway
Oman
Pakistan
Palestine
Panama
Papua New Guinea
Paraguay
Peru
Philippines
Poland
Portugal
Puerto Rico
Qatar
Romania
Russia, Russian Federation
Rwanda
Saudi Arabia
Senegal
Serbia
Sierra Leone
Singapore
Slovakia
Slovenia
South Africa
South Korea, Korea, Republic of Korea
Spain
Sri Lanka
Sudan
Sweden
Switzerland
Syria
Taiwan
Tanzania
Thailand
Togo
Trinidad and Tobago
Tunisia
Turkey, Türkiye
Uganda
Ukraine
United Arab Emirates, UAE
United Kingdom, UK, Great Britain, Britain, England, Scotland, Wales, Northern Ireland
United States, USA, US, United States of America, America, U.S.
Uruguay
Uzbekistan
Venezuela
Vietnam, Viet Nam
Yemen
Zambia
Zimbabwe
`), "\n")

// countryForms returns the forms of a country, by any of them; the text itself where it is none.
func countryForms(name string) []string {
	for _, row := range countries {
		forms := strings.Split(row, ", ")
		for _, f := range forms {
			if key(f) == key(name) {
				return forms
			}
		}
	}
	return []string{name}
}

// countryPhrases are the rows of the tables that the countries make.
func countryPhrases() []phrase {
	var out []phrase
	for _, row := range countries {
		name, _, _ := strings.Cut(row, ", ")
		var forms []string
		for _, f := range strings.Split(row, ", ") {
			if f != "US" { // us, in small letters, is no country
				forms = append(forms, f)
			}
		}
		out = append(out, phrase{useCountry, name, strings.Join(forms, ",")})
	}
	return out
}

// inCountry reports whether a text names a country, by any of its forms. Two letters are a country only in capitals.
func inCountry(text string, forms []string) bool {
	folded := " " + key(text) + " "
	for _, f := range forms {
		if !strings.Contains(folded, " "+key(f)+" ") {
			continue
		}
		if len(f) > 3 || strings.Contains(text, f) {
			return true
		}
	}
	return false
}
