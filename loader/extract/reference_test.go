package extract

import (
	"testing"

	gocmp "github.com/google/go-cmp/cmp"

	"github.com/picograph/picograph/graph/evidence"
	"github.com/picograph/picograph/loader/document"
)

func TestParseReference(t *testing.T) {
	tests := []struct {
		line string
		want evidence.Report
		not  bool
	}{
		{
			line: "J Kidney Care. 2023 Jun 7;14(6):501-510. doi: 10.5555/jkc.2023.14.",
			want: evidence.Report{Journal: "J Kidney Care", Year: 2023, Volume: "14", Issue: "6", Pages: "501-510", DOI: "10.5555/jkc.2023.14"},
		},
		{
			line: "Eye Sci. 2024 Feb 29. doi: 10.5555/eyesci.2024.0002. PMID: 38000001.",
			want: evidence.Report{Journal: "Eye Sci", Year: 2024, DOI: "10.5555/eyesci.2024.0002", PMID: "38000001"},
		},
		{
			line: "3. Ito K, van der Meer J, Osei A, et al. Early feeding after surgery: a trial. Surg Nutr. 2018;33(2):e12-e20.",
			want: evidence.Report{Title: "Early feeding after surgery: a trial", Authors: []string{"Ito K", "van der Meer J", "Osei A"}, Journal: "Surg Nutr", Year: 2018, Volume: "33", Issue: "2", Pages: "e12-e20"},
		},
		{
			line: "Osei, A. B., & Ito-Lund, K. (2019). Does walking help? Movement, Health, and Ageing, 7(4), 12–19. https://doi.org/10.5555/MHA.7.12.",
			want: evidence.Report{Title: "Does walking help?", Authors: []string{"Osei, A. B.", "Ito-Lund, K."}, Journal: "Movement, Health, and Ageing", Year: 2019, Volume: "7", Issue: "4", Pages: "12–19", DOI: "10.5555/mha.7.12"},
		},
		{
			line: "BREATHE Study Group (2020). Steroids at birth: The BREATHE trial. Neonatology Today, (3). https://doi.org/10.5555/nt.2020.3",
			want: evidence.Report{Title: "Steroids at birth: The BREATHE trial", Authors: []string{"BREATHE Study Group"}, Journal: "Neonatology Today", Year: 2020, Issue: "3", DOI: "10.5555/nt.2020.3"},
		},
		{
			line: "Ruiz, M. (2016). Sleep and shift work. Work & Rest, 88, 101.",
			want: evidence.Report{Title: "Sleep and shift work", Authors: []string{"Ruiz, M."}, Journal: "Work & Rest", Year: 2016, Volume: "88", Pages: "101"},
		},
		{line: "Patients were recruited from 2017 to 2019 in three hospitals.", not: true},
		{line: "The trial (2019) was stopped early.", not: true},
	}
	for _, test := range tests {
		got, ok := parseReference(test.line)
		if ok == test.not {
			t.Errorf("parseReference(%q): ok is %v", test.line, ok)
			continue
		}
		if diff := gocmp.Diff(test.want, got); diff != "" && !test.not {
			t.Errorf("parseReference(%q) (-want +got):\n%s", test.line, diff)
		}
	}
}

func TestAuthorList(t *testing.T) {
	tests := []struct {
		line   string
		want   []string
		family string
	}{
		{"Okafor NM, Lindqvist PA, et al.", []string{"Okafor NM", "Lindqvist PA"}, "Okafor"},
		{"van den Berg AJ, Silva M", []string{"van den Berg AJ", "Silva M"}, "van den Berg"},
		{"Okafor Ngozi M, Lindqvist Per A", []string{"Okafor Ngozi M", "Lindqvist Per A"}, "Okafor"},
		{"Ngozi M Okafor 1, Per A Lindqvist 1 2", []string{"Ngozi M Okafor", "Per A Lindqvist"}, "Okafor"},
		{"Ana Ruiz, MD; Bo Chen, PhD; Ida Holm, MD, MPH", []string{"Ana Ruiz", "Bo Chen", "Ida Holm"}, "Ruiz"},
		{"Heavey-Jones, S. C.", nil, ""},
		{"HELP Investigators", []string{"HELP Investigators"}, ""},
		{"Pain, disability and adherence to exercise", nil, ""},
		{"Department of Surgery, University of Nowhere", nil, ""},
	}
	for _, test := range tests {
		got := authorList(test.line)
		if diff := gocmp.Diff(test.want, got); diff != "" {
			t.Errorf("authorList(%q) (-want +got):\n%s", test.line, diff)
		}
		if test.family != "" && familyName(got) != test.family {
			t.Errorf("familyName of %q is %q, want %q", test.line, familyName(got), test.family)
		}
	}
}

func TestCitationKeys(t *testing.T) {
	for want, r := range map[string]evidence.Report{
		"ruiz-2016":              {Authors: []string{"Ruiz, M."}, Year: 2016},
		"de-la-cruz-2020":        {Authors: []string{"de la Cruz, M."}, Year: 2020},
		"breathe-study-group":    {Authors: []string{"BREATHE Study Group"}},
		"steroids-at-birth-2021": {Title: "Steroids at birth", Year: 2021},
		"o-neill-2011":           {Authors: []string{"O’Neill, T."}, Year: 2011},
	} {
		if got := citationKey(r); got != want {
			t.Errorf("citationKey(%+v) is %q, want %q", r, got, want)
		}
	}
}

func TestNormalDOI(t *testing.T) {
	for in, want := range map[string]string{
		"https://doi.org/10.5555/AbC.1.":   "10.5555/abc.1",
		"10.5555/s0140-6736(18)32259-1":    "10.5555/s0140-6736(18)32259-1",
		"10.5555/x1);":                     "10.5555/x1",
		"10.5555/j.pain.0000000000003985”": "10.5555/j.pain.0000000000003985",
	} {
		if got := normalDOI(in); got != want {
			t.Errorf("normalDOI(%q) is %q, want %q", in, got, want)
		}
	}
}

func TestAbbreviations(t *testing.T) {
	tests := []struct{ text, short, long string }{
		{"We used a stepped exercise programme (SEP) daily.", "SEP", "stepped exercise programme"},
		{"Dose in morphine milligram equivalents [MME] fell.", "MME", "morphine milligram equivalents"},
		{"Care with nurse coaching plus peer support (NC + PS) helped.", "NC + PS", "nurse coaching plus peer support"},
		{"The class WALK (Walking And Learning with Kin) helped.", "WALK", "Walking And Learning with Kin"},
		{"Shared decision-making (SDM) was used.", "SDM", "Shared decision-making"},
		{"Treatment (n = 40) was used.", "n = 40", ""},
		{"Results in women (CI) were few.", "CI", ""},
	}
	for _, test := range tests {
		d := &document.Document{Text: test.text, Sections: []document.Section{{}}, Sentences: []document.Sentence{{Span: document.Span{End: len(test.text)}}}}
		if got := abbreviationsOf(&reading{doc: d})[test.short]; got != test.long {
			t.Errorf("%q: %s is %q, want %q", test.text, test.short, got, test.long)
		}
	}
}

func TestPeriodIn(t *testing.T) {
	tests := []struct {
		text string
		want evidence.Dates
	}{
		{"recruited from October 2017 to March 2021", evidence.Dates{From: "2017-10", To: "2021-03"}},
		{"between 3 May and 12 June 2019", evidence.Dates{From: "2019-05-03", To: "2019-06-12"}},
		{"From Jan 28, 2015, to Nov 12, 2015, patients", evidence.Dates{From: "2015-01-28", To: "2015-11-12"}},
		{"between February and May 2011", evidence.Dates{From: "2011-02", To: "2011-05"}},
		{"records of 2006–2015", evidence.Dates{From: "2006", To: "2015"}},
		{"began on June 26, 2019.", evidence.Dates{From: "2019-06-26"}},
		{"on 2020-02-09", evidence.Dates{From: "2020-02-09"}},
		{"at 12 months", evidence.Dates{}},
	}
	for _, test := range tests {
		got, i, j := periodIn(test.text)
		if got != test.want || (i < 0) != (test.want == evidence.Dates{}) || j > len(test.text) {
			t.Errorf("periodIn(%q) is %+v at %d to %d, want %+v", test.text, got, i, j, test.want)
		}
	}
}

func TestRegistrations(t *testing.T) {
	tests := []struct {
		text string
		want []string
	}{
		{"ClinicalTrials.gov number, NCT01234567.", []string{"NCT01234567"}},
		{"https://classic.clinicaltrials.gov/ct2/show/NCT.07654321", []string{"NCT07654321"}},
		{"ISRCTN 12345678 and nct 01234567", []string{"ISRCTN12345678", "NCT01234567"}},
		{"EudraCT number 2012-004567-89", []string{"EudraCT 2012-004567-89"}},
		{"Chinese Clinical Trial Registry, ChiCTR-IOR-15006789", []string{"ChiCTR-IOR-15006789"}},
		{"UMIN000012345; jRCTs031180123; DRKS00012345", []string{"JPRN-UMIN000012345", "JPRN-jRCTs031180123", "DRKS00012345"}},
		{"CTRI/2018/05/013456 (IRCT2015010112345N1)", []string{"CTRI/2018/05/013456", "IRCT2015010112345N1"}},
		{"PROSPERO CRD42020123456", []string{"CRD42020123456"}},
		{"no number here: 12345678", nil},
	}
	for _, test := range tests {
		if diff := gocmp.Diff(test.want, registrationsIn(test.text, nil)); diff != "" {
			t.Errorf("registrationsIn(%q) (-want +got):\n%s", test.text, diff)
		}
	}
}

func TestCountryIn(t *testing.T) {
	for text, want := range map[string]string{
		"three health systems in the southeastern United States": "United States",
		"24 US primary care clinics":                             "United States",
		"told us about it":                                       "",
		"English-speaking adults":                                "",
		"the Spanish version of the scale":                       "",
		"11 Danish hospitals":                                    "Denmark",
		"in Newcastle, U.K.":                                     "United Kingdom",
	} {
		if got, _, _ := countryIn(text); got != want {
			t.Errorf("countryIn(%q) is %q, want %q", text, got, want)
		}
	}
}

// FuzzReference reads any line as a reference, a list of authors, a period and a number: nothing panics, and what is
// found stands within the line.
func FuzzReference(f *testing.F) {
	for _, line := range []string{
		"J Kidney Care. 2023 Jun 7;14(6):501-510. doi: 10.5555/jkc.2023.14.",
		"Osei, A. B., & Ito-Lund, K. (2019). Does walking help? Movement, Health, 7(4), 12–19.",
		"[2] Ito K, van der Meer J. Early feeding. Surg Nutr. 2018;33(2):e12.",
		"between 3 May and 12 June 2019", "one-hundred-and-twelve", "A (B [C) D]",
	} {
		f.Add(line)
	}
	f.Fuzz(func(t *testing.T, line string) {
		if len(line) > 2000 {
			return
		}
		r, _ := parseReference(line)
		if familyName(r.Authors) == "" && len(r.Authors) > 0 && r.Authors[0] != "" && citationKey(r) == "" && r.Year > 0 {
			t.Errorf("no key for %+v", r)
		}
		familyName(authorList(line))
		if _, i, j := periodIn(line); i > j || j > len(line) {
			t.Errorf("a period at %d to %d of %d", i, j, len(line))
		}
		if d := count(line); d.Present() && d.Negative() {
			t.Errorf("%q counts %s", line, d)
		}
		registrationsIn(line, nil)
		if got := outer(line); len(got) != len(line) {
			t.Errorf("outer changed the length of %q", line)
		}
		for _, p := range split(line, document.Span{End: len(line)}, alternation) {
			if p.Start < 0 || p.End > len(line) || p.Start >= p.End {
				t.Errorf("a piece at %d to %d of %d", p.Start, p.End, len(line))
			}
		}
	})
}
