package queries

import (
	"strings"
	"testing"
)

// TestGrouping reads questions whose end says what rows are to be put together by.
func TestGrouping(t *testing.T) {
	e := goldEngine(t)
	for _, c := range []struct{ q, query, text string }{
		{"how many trials per country", "studies where design is randomized | group by country", "groups by country: "},
		{"count studies by design", "studies | group by design", "groups by design: randomized (2)"},
		{"studies grouped by condition", "studies | group by condition", "by condition: "},
		{"findings on pain by direction", "findings where outcome is pain | group by direction", "by direction: "},
		{"count findings by outcome", "findings | group by outcome", "by outcome: "},
		{"how many trials by phase", "studies where design is randomized | group by phase", "by phase"},
		{"randomized trials by design and year", "studies where design is randomized | group by design, year", "by design and year: "},
		{"studies per design and per country", "studies | group by design, country", "by design and country: "},
		{"how many trials of opioid tapering per year", `studies where design is randomized and intervention is "opioid tapering" | group by year`, "by year"},
		{"number of studies for each publication year?", "studies | group by year", "by year: "},
	} {
		a, err := e.Ask(t.Context(), c.q)
		if err != nil {
			t.Errorf("%s: %v", c.q, err)
			continue
		}
		if a.Query != c.query || !strings.Contains(a.Text, c.text) {
			t.Errorf("%s: read as %q: %s\nwant %q: %s", c.q, a.Query, a.Text, c.query, c.text)
		}
	}
	for _, q := range []string{"mortality by baseline severity", "what reduced pain by outcome", "by design", "trials that reported falls per year"} {
		a, err := e.Ask(t.Context(), q)
		if err != nil {
			t.Errorf("%s: %v", q, err)
		} else if strings.Contains(a.Query, "group by") {
			t.Errorf("%s: read as %q", q, a.Query)
		}
	}
}

// TestAffected reads what stands where only what was changed can as an outcome, though it is an intervention elsewhere.
func TestAffected(t *testing.T) {
	e := goldEngine(t)
	for q, query := range map[string]string{
		"which interventions increased vaccination":  "interventions where outcome is vaccination and direction is increased",
		"interventions that reduced opioid tapering": `interventions where outcome is "opioid tapering" and direction is decreased`,
		"did exercise reduce pain":                   "findings where intervention is exercise and outcome is pain",
	} {
		a, err := e.Ask(t.Context(), q)
		if err != nil {
			t.Errorf("%s: %v", q, err)
		} else if a.Query != query {
			t.Errorf("%s: read as %s, want %s", q, a.Query, query)
		}
	}
}

// TestNumbersOfPeople reads a number of people who are some people as the size of the study and who was in it.
func TestNumbersOfPeople(t *testing.T) {
	e := goldEngine(t)
	for q, query := range map[string]string{
		"trials with more than 100 women":                       `studies where design is trial and population is "female sex" and n > 100`,
		"studies of at least 200 children":                      `studies where population is children and n >= 200`,
		"trials with fewer than 30 men":                         `studies where design is trial and population is "male sex" and n < 30`,
		"trials of more than 50 participants":                   `studies where design is trial and n > 50`,
		"trials in patients with BMI over 30":                   "studies where design is trial and population has BMI > 30",
		"trials in adults with pain scores of at least 4":       `studies where design is trial and population has "pain scores" >= 4`,
		"trials in infants under 6 months":                      "studies where design is trial and population is infants and population has age < 6 months",
		"trials that reported both pain and sleep":              `studies where design is trial and outcome is pain and outcome is "sleep quality"`,
		"trials that improved both pain and sleep":              `findings where outcome is pain or "sleep quality"`,
		"which trials measured both pain and quality of life":   `studies where design is trial and outcome is pain and outcome is "quality of life"`,
		"trials in adults with BMI between 25 and 30":           "studies where design is trial and population has BMI between 25 and 30",
		"studies where BMI was over 30":                         "studies where population has BMI > 30",
		"pain in infants over 12 months":                        "findings where outcome is pain and population is infants and time > 12 months",
		"how many trials were registered with ISRCTN":           "count studies where design is randomized and registration is ISRCTN",
		"trials with an NCT number":                             "studies where design is trial and registration is NCT",
		"studies that did not measure both pain and depression": "studies where not (outcome is pain and outcome is depression)",
		"trials in women over 65":                               `studies where design is trial and population is "female sex" and population has age > 65 years`,
	} {
		a, err := e.Ask(t.Context(), q)
		if err != nil {
			t.Errorf("%s: %v", q, err)
		} else if a.Query != query {
			t.Errorf("%s: read as %s, want %s", q, a.Query, query)
		}
	}
}

// TestOrderOfNothing says of rows in the order of a number that none of them states it.
func TestOrderOfNothing(t *testing.T) {
	one, other := drawnDocument(), unreadDocument()
	for year, want := range map[int]bool{0: true, 2014: false} {
		one.Report.Year = year
		a, err := engineOver(t, one, other).Ask(t.Context(), "studies | order by year desc")
		if err != nil {
			t.Fatal(err)
		}
		if got := strings.Contains(strings.Join(a.Cautions, " "), "none of these states its year"); got != want || a.RowCount() != 2 {
			t.Errorf("year %d: %v, %d rows: %v", year, got, a.RowCount(), a.Cautions)
		}
	}
}
