// Package check works through the arithmetic of what a document printed: percentages against events/total, arms against
// totals, estimates against their intervals and P values, crude measures against counts. It flags what does not add up
// and repairs nothing; every rule says where it is from. It knows nothing of how documents are read.
package check

import (
	"github.com/picograph/picograph/graph/evidence"
	"github.com/picograph/picograph/graph/vocab"
)

// Verdict is what a check came to.
type Verdict string

// The verdicts. Explainable is a difference that a usual practice (adjustment, missing data, rounding) can account for.
const (
	Consistent   Verdict = "consistent"
	Explainable  Verdict = "explainable"
	Inconsistent Verdict = "inconsistent"
)

// Result is one check of one thing that was printed.
type Result struct {
	Study       string             `json:"study"`             // the study's identifier in the document
	Finding     string             `json:"finding,omitempty"` // the finding's identifier; empty when Field is meant
	Field       string             `json:"field,omitempty"`   // of the study: "arms", "registrations", "outcomes/o1"; of the report: "report/doi"
	Rule        string             `json:"rule"`              // the name of a Rule
	Verdict     Verdict            `json:"verdict"`
	Text        string             `json:"text"`        // for people: what was printed and what follows from it
	Calculation string             `json:"calculation"` // how: "100 x 58 / 350 = 16.5714"
	Passages    []evidence.Passage `json:"passages,omitempty"`
}

// Rule is one thing that is checked: what, and on what authority. A rule is about the report, a study or a finding.
type Rule struct {
	Name   string
	Does   string
	Source string

	report  func(*subject, *evidence.Document)
	study   func(*subject)
	finding func(*subject, *evidence.Finding)
}

// Rules returns the rules in the order in which they are worked through.
func Rules() []Rule {
	return []Rule{
		{
			Name: "identifiers", Does: "a DOI, PMID or PMCID has its form, and an ISSN that the text prints its check digit",
			Source: "ISO 26324 (DOI); PubMed (PMID, PMCID); ISO 3297, annex A (check digit of the ISSN)",
			report: checkIdentifiers,
		},
		{
			Name: "registration", Does: "a registration number has the form of its registry",
			Source: "ClinicalTrials.gov, ISRCTN and the WHO ICTRP primary registries: forms of identifiers",
			study:  checkRegistrations,
		},
		{
			Name: "arm totals", Does: "the arms add up to the number randomized",
			Source: "CONSORT 2010, item 13a: numbers assigned to each group",
			study:  checkArmTotals,
		},
		{
			Name: "order of totals", Does: "no more were analyzed than randomized",
			Source: "CONSORT 2010, items 13a and 16: randomized, lost, analyzed",
			study:  checkTotals,
		},
		{
			Name: "lost signs in criteria and outcomes", Does: "a sign that the text lost and the reader presumed is shown",
			Source: "house rule: print as reported, show what was presumed",
			study:  checkStudySigns,
		},
		{
			Name: "percentage", Does: "events, total and percentage agree at the printed precision; which count or total would",
			Source:  "Brown and Heathers 2017 (doi:10.1177/1948550616673876), the same reasoning for shares: whole people give only some percentages",
			finding: checkPercent,
		},
		{
			Name: "denominator", Does: "no total is greater than the arm or the study it is taken from",
			Source:  "CONSORT 2010, item 16: denominators of each analysis",
			finding: checkDenominator,
		},
		{
			Name: "spread", Does: "a median lies in its interquartile range, and this in the range; a mean lies in the range",
			Source:  "definition of quantiles",
			finding: checkSpread,
		},
		{
			Name: "estimate in interval", Does: "an estimate lies inside its interval, and the interval runs from low to high",
			Source:  "CONSORT 2010, item 17a: estimate and its precision",
			finding: checkInside,
		},
		{
			Name: "interval symmetry", Does: "an interval is symmetric around its estimate: ratios on the log scale, differences as they are",
			Source:  "Altman and Bland 2011, BMJ 343:d2090; tolerance from the printed rounding",
			finding: checkSymmetry,
		},
		{
			Name: "P and interval", Does: "the P value and the interval agree on whether there is a difference",
			Source:  "Altman and Bland 2011, BMJ 343:d2304: the P value from a confidence interval",
			finding: checkPInterval,
		},
		{
			Name: "P and test statistic", Does: "the test statistic and its degrees of freedom give the printed P value",
			Source:  "Nuijten and others 2016 (doi:10.3758/s13428-015-0664-2), statcheck; distributions from Abramowitz and Stegun 1964, chapter 26",
			finding: checkStatistic,
		},
		{
			Name: "P and arms", Does: "the P value is of the size that the arms' means with standard deviations, or counts, give",
			Source:  "INSPECT-SR (Wilkinson and others 2024, doi:10.1136/bmjopen-2024-084164): are the results plausible and consistent; Welch 1947, Biometrika 34:28-35",
			finding: checkArmsP,
		},
		{
			Name: "spread and interval", Does: "the interval of a mean difference has the width that the arms' standard deviations give; a standard error printed as one shows",
			Source:  "Cochrane Handbook, section 6.5.2.2: standard deviations from standard errors and intervals, and their confusion",
			finding: checkSpreads,
		},
		{
			Name: "means of whole numbers", Does: "a mean of whole numbers is one that so many people can have",
			Source:  "Brown and Heathers 2017 (doi:10.1177/1948550616673876), GRIM",
			finding: checkWhole,
		},
		{
			Name: "crude measure", Does: "the counts of the two arms give the printed odds ratio, risk ratio or risk difference, adjustment aside",
			Source:  "Cochrane Handbook, section 6.4: effect measures for dichotomous outcomes",
			finding: checkCrude,
		},
		{
			Name: "difference of arms", Does: "the arms' changes or means give the printed mean difference, adjustment aside",
			Source:  "Cochrane Handbook, section 6.5: effect measures for continuous outcomes",
			finding: checkDifference,
		},
		{
			Name: "change from before to after", Does: "the means before and after give the printed change",
			Source:  "Cochrane Handbook, section 6.5.2.8: changes from baseline",
			finding: checkChange,
		},
		{
			Name: "estimates agree", Does: "several estimates of one comparison lie on the same side of no effect",
			Source:  "Cochrane Handbook, section 10.6: one effect on several scales (odds ratio and standardized difference)",
			finding: checkAgreement,
		},
		{
			Name: "significance", Does: "the word for significance agrees with the P value, else with the interval",
			Source:  "Nuijten and others 2016 (doi:10.3758/s13428-015-0664-2): decision errors",
			finding: checkSignificance,
		},
		{
			Name: "direction", Does: "the word for the direction agrees with the sign",
			Source:  "CONSORT 2010, item 17a; house rule: the sign is shown as printed",
			finding: checkDirection,
		},
		{
			Name: "lost signs in estimates", Does: "a sign of an estimate that the reader presumed is shown",
			Source:  "house rule: print as reported, show what was presumed",
			finding: checkSigns,
		},
	}
}

// Check tests what a document printed. The results come in the order of studies and findings, then of the rules; the
// rules about the report come first, with the first study, and those about a study before those about its findings. Without a vocabulary (nil) the rules that need to know the
// scale of a measure give nothing.
func Check(doc *evidence.Document, v *vocab.Vocabulary) []Result {
	var out []Result
	rules := Rules()
	for i := range doc.Studies {
		s := &subject{study: &doc.Studies[i], vocab: v, findings: map[string]*evidence.Finding{}}
		for j := range s.study.Findings {
			s.findings[s.study.Findings[j].ID] = &s.study.Findings[j]
		}
		for _, r := range rules {
			s.rule = r.Name
			if r.report != nil && i == 0 {
				r.report(s, doc)
			}
			if r.study != nil {
				r.study(s)
			}
		}
		for j := range s.study.Findings {
			s.finding = &s.study.Findings[j]
			for _, r := range rules {
				if r.finding != nil {
					s.rule = r.Name
					r.finding(s, s.finding)
				}
			}
		}
		out = append(out, s.results...)
	}
	return out
}

// Flags returns the texts for one finding that are worth a reader's attention: those that are not consistent.
func Flags(results []Result, findingID string) []string {
	var out []string
	for _, r := range results {
		if r.Finding == findingID && r.Finding != "" && r.Verdict != Consistent {
			out = append(out, r.Text)
		}
	}
	return out
}

// subject is the study, and then the finding, that is being checked.
type subject struct {
	study    *evidence.Study
	vocab    *vocab.Vocabulary
	findings map[string]*evidence.Finding
	finding  *evidence.Finding // nil while the study itself is checked
	rule     string
	results  []Result
}

// add notes what a rule about a finding came to.
func (s *subject) add(verdict Verdict, text, calculation string) {
	s.results = append(s.results, Result{
		Study: s.study.ID, Finding: s.finding.ID, Rule: s.rule, Verdict: verdict, Text: text, Calculation: calculation,
		Passages: s.finding.Passages,
	})
}

// addField notes what a rule about the study came to.
func (s *subject) addField(field string, verdict Verdict, text, calculation string, passages []evidence.Passage) {
	s.results = append(s.results, Result{
		Study: s.study.ID, Field: field, Rule: s.rule, Verdict: verdict, Text: text, Calculation: calculation,
		Passages: passages,
	})
}

// stated returns the passages behind a field of the study.
func (s *subject) stated(field string) []evidence.Passage {
	for _, f := range s.study.Stated {
		if f.Field == field {
			return f.Passages
		}
	}
	return nil
}

// measure returns what the vocabulary knows of an estimate's measure.
func (s *subject) measure(id string) (*vocab.Measure, bool) {
	if s.vocab == nil || id == "" {
		return nil, false
	}
	return s.vocab.Measure(id)
}

// arm returns the arm of a label.
func (s *subject) arm(label string) (*evidence.Arm, bool) {
	for i := range s.study.Arms {
		if a := &s.study.Arms[i]; a.Label == label || (a.Abbreviation != "" && a.Abbreviation == label) {
			return a, true
		}
	}
	return nil, false
}
