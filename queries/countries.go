package queries

import (
	"slices"
	"strings"
)

// countryForms returns the forms of a country, by any of them, and of a region those of its countries too; the text itself where it is none.
func countryForms(name string) []string {
	for _, row := range wordLists["region"] {
		if slices.ContainsFunc(row.forms, func(f string) bool { return key(f) == key(name) }) {
			return regionForms(row)
		}
	}
	for _, row := range wordLists["country"] {
		for _, f := range row.forms {
			if key(f) == key(name) {
				return row.forms
			}
		}
	}
	return []string{name}
}

// regionForms returns the forms of a region and of its countries.
func regionForms(region wordRow) []string {
	out := slices.Clone(region.forms)
	for _, row := range wordLists["in "+region.value] {
		for _, name := range row.forms {
			i := slices.IndexFunc(wordLists["country"], func(c wordRow) bool { return c.value == name })
			out = append(out, wordLists["country"][i].forms...)
		}
	}
	return out
}

// countryPhrases are the rows of the tables that the countries make.
func countryPhrases() []phrase {
	var out []phrase
	for _, row := range wordLists["region"] {
		out = append(out, phrase{useCountry, row.value, strings.Join(row.forms, ",")})
	}
	for _, row := range wordLists["country"] {
		forms := slices.DeleteFunc(slices.Clone(row.forms), func(f string) bool { return f == "US" }) // us, in small letters, is no country
		out = append(out, phrase{useCountry, row.value, strings.Join(forms, ",")})
	}
	return out
}

// inCountry reports whether a text names a country, by any of its forms. Two letters are a country only in capitals.
func inCountry(text string, forms []string) bool {
	folded := " " + key(text) + " "
	for _, f := range forms {
		at := strings.Index(folded, " "+key(f)+" ")
		if at < 0 || withinName(folded[:at], key(f)) {
			continue
		}
		if len(f) > 3 || strings.Contains(text, f) {
			return true
		}
	}
	return false
}

// withinName reports whether the name of a country that stands behind some words is a part of the name of another place: "New Mexico",
// "Papua New Guinea", "North Korea", "Atlanta, Georgia".
func withinName(before, name string) bool {
	words := strings.Fields(before)
	if len(words) == 0 {
		return false
	}
	switch last := words[len(words)-1]; last {
	case "new", "north", "papua", "south", "atlanta":
		return !strings.HasPrefix(name, last+" ")
	}
	return false
}
