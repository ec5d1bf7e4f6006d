package extract

import (
	"slices"
	"strings"
	"testing"
)

// TestWhom holds whom a study is said to be about.
func TestWhom(t *testing.T) {
	v := loadVocabulary(t)
	tests := []struct{ text, want string }{
		{"METHODS: Thirty-three healthy female volunteers took part in this randomized crossover study of zolpam and placebo.", "healthy female volunteers"},
		{"METHODS: 496 healthy young adults were randomly assigned to zolpam or placebo.", "healthy young adults"},
		{"METHODS: In a randomized trial, 25 healthy and recreationally active male and female participants took zolpam or placebo.", "healthy and recreationally active male and female participants"},
		{"METHODS: We randomized 98 school children aged 6-10 years to zolpam or placebo.", "school children aged 6-10 years"},
		{"METHODS: Young adults, age 18-30, with overweight were given zolpam or placebo at random.", "Young adults, age 18-30"},
		{"METHODS: 60 children and adolescents (6-17 years) with asthma were randomized to zolpam or placebo.", "children and adolescents (6-17 years) with asthma"},
		{"METHODS: Previously untreated men with hypertension were randomized to zolpam or placebo.", "Previously untreated men with hypertension"},
		{"METHODS: Patients with stroke, who were recruited at two sites, were randomized. Patients with dementia were excluded.", "Patients with stroke"},
		{"METHODS: Patients who had uncontrolled hypertension and were scheduled for surgery were randomized to zolpam or placebo.", "Patients who had uncontrolled hypertension"},
		{"METHODS: RA patients were randomized to zolpam or placebo.", "RA patients"},
		{"METHODS: We explored women in a randomized trial. Infants with bronchiolitis were randomized to zolpam or placebo.", "Infants with bronchiolitis"},
		{"METHODS: Individuals with prediabetes who, in their own words, felt well were randomized to zolpam or placebo.", "Individuals with prediabetes"},
		{"METHODS: Outpatients with asthma to a 6-month treatment with either zolpam or placebo were randomized.", "Outpatients with asthma"},
		{"METHODS: Nurses visited adults with depression, who were randomized to zolpam or placebo.", "adults with depression"},
		{"METHODS: Adults with insomnia were randomized to zolpam or placebo. RESULTS: Patients with complete data slept longer with zolpam.", "Adults with insomnia"},
	}
	for _, test := range tests {
		got := ""
		if ps := extractText(v, "a.txt", test.text).Studies[0].Populations; len(ps) > 0 {
			got = ps[0].Text
		}
		if got != test.want {
			t.Errorf("%s: %q, want %q", test.text, got, test.want)
		}
	}
}

// TestKindOfPeopleByTitle holds that the title tells of what kind people are whom the text calls by their condition.
func TestKindOfPeopleByTitle(t *testing.T) {
	v := loadVocabulary(t)
	got := extractText(v, "a.txt", "Zolpam for older adults with depression: a randomized trial\n\nMETHODS: 80 patients with depression were randomized to zolpam or placebo.")
	for _, c := range got.Studies[0].Populations[0].Criteria {
		if c.Variable == "older_adults" && strings.Contains(c.Passages[0].Text, "older adults") {
			return
		}
	}
	t.Errorf("criteria %+v, want older_adults among them", got.Studies[0].Populations[0].Criteria)
}

// TestConditionsOfPeople holds which conditions people are said to have.
func TestConditionsOfPeople(t *testing.T) {
	v := loadVocabulary(t)
	tests := []struct {
		text string
		want []string
	}{
		{"Zolpam for mildly depressed patients with gout: a randomized trial\n\nMETHODS: 80 patients with gout were randomized to zolpam or placebo.", []string{"gout", "depression"}},
		{"Zolpam for gout\n\nMETHODS: 80 non-obese patients with gout were randomized to zolpam or placebo.", []string{"gout"}},
		{"Zolpam for gout\n\nMETHODS: 80 patients with gout were randomized to zolpam or placebo. Patients were interviewed to assess nausea and headache.", []string{"gout"}},
	}
	for _, test := range tests {
		got := extractText(v, "a.txt", test.text).Studies[0].Populations[0].Conditions
		if !slices.Equal(got, test.want) {
			t.Errorf("%s: %v, want %v", test.text, got, test.want)
		}
	}
}
