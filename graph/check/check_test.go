package check_test

import (
	"flag"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/picograph/picograph/graph/check"
	"github.com/picograph/picograph/graph/evidence"
	"github.com/picograph/picograph/graph/quantity"
)

var update = flag.Bool("update", false, "write the table of the documentation anew")

type (
	study    = evidence.Study
	finding  = evidence.Finding
	estimate = evidence.Estimate
)

func yes(b bool) *bool { return &b }

func ci(low, high quantity.Decimal) *evidence.Interval {
	return &evidence.Interval{Level: "95", Low: low, High: high, Kind: "confidence"}
}

func equals(p quantity.Decimal) evidence.PValue {
	return evidence.PValue{Relation: "=", Value: p, Of: evidence.PBetween}
}

// share is "events/total (percent%)".
func share(events, total, percent quantity.Decimal) []estimate {
	return []estimate{{Measure: "proportion", Events: events, Total: total, Percent: percent}}
}

// twoArms is a study of two arms of 100, with the findings given.
func twoArms(findings ...finding) study {
	return study{
		ID: "s", NRandomized: "200",
		Arms:     []evidence.Arm{{Label: "drug", N: "100"}, {Label: "placebo", N: "100"}},
		Findings: findings,
	}
}

// compared is a comparison of two arms with an estimate, after the findings of each arm.
func compared(a, b, e estimate) study {
	return twoArms(
		finding{ID: "a", Kind: evidence.ArmLevel, Arm: []string{"drug"}, Estimates: []estimate{a}},
		finding{ID: "b", Kind: evidence.ArmLevel, Arm: []string{"placebo"}, Estimates: []estimate{b}},
		finding{ID: "f", Kind: evidence.BetweenArms, Arm: []string{"drug"}, Comparator: []string{"placebo"}, From: []string{"a", "b"}, Estimates: []estimate{e}},
	)
}

func between(e estimate, p evidence.PValue) study {
	return study{ID: "s", Findings: []finding{{ID: "f", Kind: evidence.BetweenArms, P: p, Estimates: []estimate{e}}}}
}

func TestCheck(t *testing.T) {
	v := load(t)
	for _, c := range []struct {
		name, rule string
		in         study
		want       string // verdict: text
	}{
		{"registration", "registration", study{Registrations: []string{"NCT01234567"}}, "consistent: NCT01234567 has the form of a ClinicalTrials.gov number"},
		{"a digit short", "registration", study{Registrations: []string{"NCT0123456"}}, "inconsistent: NCT0123456 is not a ClinicalTrials.gov number, which is NCT and 8 digits"},
		{"a digit too many", "registration", study{Registrations: []string{"ISRCTN123456789"}}, "inconsistent: ISRCTN123456789 is not a ISRCTN number, which is ISRCTN and 8 digits"},
		{"a registry that is not judged", "registration", study{Registrations: []string{"2011-004554-26"}}, ""},

		{"arms that add up", "arm totals", twoArms(), "consistent: the arms add up to the 200 randomized"},
		{"more in the arms", "arm totals", study{NRandomized: "90", Arms: []evidence.Arm{{Label: "a", N: "50"}, {Label: "b", N: "45"}}}, "inconsistent: the arms add up to 95, more than the 90 randomized"},
		{"fewer in the arms", "arm totals", study{NRandomized: "100", Arms: []evidence.Arm{{Label: "a", N: "50"}, {Label: "b", N: "45"}}}, "explainable: the arms add up to 95, 5 fewer than the 100 randomized; losses or an arm not told of can account for it"},
		{"fewer, as analyzed", "arm totals", study{NRandomized: "100", NAnalyzed: "95", Arms: []evidence.Arm{{Label: "a", N: "50"}, {Label: "b", N: "45"}}}, "consistent: the arms add up to the 95 analyzed"},
		{"clusters", "arm totals", study{N: "254", Clusters: "24", Arms: []evidence.Arm{{Label: "a", N: "12"}, {Label: "b", N: "12"}}}, "consistent: the arms add up to the 24 clusters"},
		{"an arm without a number", "arm totals", study{NRandomized: "100", Arms: []evidence.Arm{{Label: "a", N: "50"}, {Label: "b"}}}, ""},
		{"crossover", "arm totals", study{NRandomized: "40", Design: evidence.Design{Model: "crossover"}, Arms: []evidence.Arm{{Label: "a", N: "40"}, {Label: "b", N: "40"}}}, ""},
		{"arms within arms", "arm totals", study{NRandomized: "80", Arms: []evidence.Arm{{Label: "a", N: "40"}, {Label: "b", N: "40"}, {Label: "b high", N: "20"}}}, "explainable: 2 of the arms add up to the 80 randomized; the others may be parts of them"},

		{"more analyzed than randomized", "order of totals", study{NRandomized: "90", NAnalyzed: "95"}, "inconsistent: 95 analyzed, more than the 90 randomized"},

		{"no count gives it", "percentage", of(evidence.ArmLevel, share("58", "350", "16.4")), "inconsistent: 58/350 is 16.6%, printed 16.4%; no whole number of 350 gives 16.4%"},
		{"another count gives it", "percentage", of(evidence.ArmLevel, share("22", "30", "77")), "inconsistent: 22/30 is 73%, printed 77%; 23 of 30 would"},
		{"as printed", "percentage", of(evidence.ArmLevel, share("54", "362", "14.9")), "consistent: 54/362 is 14.9%"},
		{"just between two", "percentage", of(evidence.ArmLevel, share("1", "8", "12")), "consistent: 1/8 is 12%"},
		{"just between two, up", "percentage", of(evidence.ArmLevel, share("1", "8", "13")), "consistent: 1/8 is 13%"},
		{"cut off", "percentage", of(evidence.ArmLevel, share("28", "73", "38.3")), "explainable: 28/73 is 38.4%, printed 38.3%; cut off rather than rounded"},
		{"rounded up", "percentage", of(evidence.ArmLevel, share("4", "18", "22.3")), "explainable: 4/18 is 22.2%, printed 22.3%; rounded up rather than to the nearest"},
		{"more than all", "percentage", of(evidence.ArmLevel, share("31", "30", "")), "inconsistent: 31 of 30 is more than all"},
		{"all", "percentage", of(evidence.ArmLevel, share("30", "30", "100")), "consistent: 30/30 is 100%"},
		{"none", "percentage", of(evidence.ArmLevel, share("0", "30", "0")), "consistent: 0/30 is 0%"},
		{"weighted", "percentage", of(evidence.ArmLevel, []estimate{{Measure: "proportion", Events: "20", Total: "80", Percent: "31", Method: "weighted"}}), "explainable: 20/80 is 25%, printed 31%; 25 of 80 would; the percentage is weighted"},
		{"counts of another thing", "percentage", of(evidence.ArmLevel, []estimate{{Measure: "rate", Events: "20", Total: "80", Percent: "31"}}), ""},

		{"fits all", "percentage", study{N: "820", Findings: []finding{{ID: "f", Kind: evidence.Baseline, Estimates: share("709", "", "86.5")}}}, "consistent: 709 of the 820 participants is 86.5%"},
		{"fits those with the information", "percentage", study{N: "254", Findings: []finding{{ID: "f", Kind: evidence.Baseline, Estimates: share("139", "", "59.9")}}}, "explainable: 139 of 254 is 54.7%, printed 59.9%; 59.9% fits a total of 232"},
		{"fits several totals", "percentage", study{N: "100", Findings: []finding{{ID: "f", Kind: evidence.Baseline, Estimates: share("20", "", "25")}}}, "explainable: 20 of 100 is 20%, printed 25%; 25% fits a total of 79 to 81"},
		{"fits a group within", "percentage", study{N: "100", Findings: []finding{{ID: "f", Kind: evidence.Baseline, Estimates: share("8", "", "16")}}}, ""},
		{"fits no whole number", "percentage", study{N: "80", Findings: []finding{{ID: "f", Kind: evidence.Baseline, Estimates: share("25", "", "72")}}}, "explainable: 25 of 80 is 31%, printed 72%; 25 is 72% of no whole number"},
		{"a subgroup", "percentage", study{N: "100", Findings: []finding{{ID: "f", Kind: evidence.Baseline, Subgroup: true, Estimates: share("20", "", "25")}}}, ""},
		{"of an arm", "percentage", twoArms(finding{ID: "f", Kind: evidence.ArmLevel, Arm: []string{"drug"}, Estimates: share("20", "", "20")}), "consistent: 20 of the 100 in the arm is 20%"},
		{"of part of an arm", "percentage", twoArms(finding{ID: "f", Kind: evidence.ArmLevel, Arm: []string{"drug"}, Estimates: share("66", "", "68.0")}), "explainable: 66 of 100 is 66.0%, printed 68.0%; 68.0% fits a total of 97"},

		{"a total within the arm", "denominator", twoArms(finding{ID: "f", Kind: evidence.ArmLevel, Arm: []string{"drug"}, Estimates: share("20", "90", "")}), "consistent: a total of 90, of 100 in the arm"},
		{"a total above the arm", "denominator", twoArms(finding{ID: "f", Kind: evidence.ArmLevel, Arm: []string{"drug"}, Estimates: share("20", "101", "")}), "explainable: a total of 101, more than the 100 in the arm; counting something other than people can account for it"},

		{"median in its quartiles", "spread", of(evidence.ArmLevel, []estimate{{Median: "5", IQR: []quantity.Decimal{"3", "8"}}}), "consistent: the median, 5, lies in the interquartile range"},
		{"median outside", "spread", of(evidence.ArmLevel, []estimate{{Median: "9", IQR: []quantity.Decimal{"3", "8"}}}), "inconsistent: the median, 9, lies outside the interquartile range, 3 to 8"},

		{"inside", "estimate in interval", between(estimate{Measure: "OR", Value: "1.11", CI: ci("0.74", "1.67")}, equals("")), "consistent: 1.11 lies inside its interval (95% CI, 0.74 to 1.67)"},
		{"just outside", "estimate in interval", between(estimate{Measure: "OR", Value: "1.19", CI: ci("1.20", "2.08")}, equals("")), "inconsistent: 1.19 lies outside its interval (95% CI, 1.20 to 2.08)"},
		{"outside by rounding", "estimate in interval", between(estimate{Measure: "OR", Value: "1.2", CI: ci("1.21", "2.08")}, equals("")), "consistent: 1.2 lies inside its interval (95% CI, 1.21 to 2.08)"},
		{"well outside", "estimate in interval", between(estimate{Measure: "OR", Value: "1.09", CI: ci("1.20", "2.08")}, equals("")), "inconsistent: 1.09 lies outside its interval (95% CI, 1.20 to 2.08)"},
		{"a lost sign", "estimate in interval", between(estimate{Measure: "MD", Value: "1.1", CI: ci("-7.4", "-0.2")}, equals("")), "explainable: 1.1 lies outside its interval (95% CI, -7.4 to -0.2); -1.1 would lie inside: a sign may be lost, or be in the words"},
		{"a sign in the words", "estimate in interval", between(estimate{Measure: "MD", Value: "3.9", CI: ci("-5.5", "-2.3"), Printed: "a reduction of 3.9 days"}, equals("")), "consistent: -3.9 lies inside its interval (95% CI, -5.5 to -2.3), its sign being in the words"},
		{"percent and share", "estimate in interval", between(estimate{Measure: "proportion", Percent: "71.4", CI: ci("0.52", "0.91")}, equals("")), "explainable: 71.4 lies outside its interval (95% CI, 0.52 to 0.91); one of them is in percent"},
		{"turned ends", "estimate in interval", between(estimate{Measure: "MD", Value: "0.27", CI: ci("0.41", "0.13")}, equals("")), "explainable: the ends of the interval (95% CI, 0.41 to 0.13) stand the other way round"},

		{"ratio in the middle", "interval symmetry", between(estimate{Measure: "OR", Value: "0.10", CI: ci("0.03", "0.38")}, equals("")), "consistent: 0.10 lies in the middle of its interval (95% CI, 0.03 to 0.38)"},
		{"difference in the middle", "interval symmetry", between(estimate{Measure: "MD", Value: "-12", CI: ci("-19", "-4")}, equals("")), "consistent: -12 lies in the middle of its interval (95% CI, -19 to -4)"},
		{"difference off the middle", "interval symmetry", between(estimate{Measure: "MD", Value: "-2", CI: ci("-5", "9")}, equals("")), "explainable: -2 does not lie in the middle of its interval (95% CI, -5 to 9), which is 2.0; an interval that is not of the usual (Wald) kind can account for it"},
		{"ratio on the plain scale", "interval symmetry", between(estimate{Measure: "HR", Value: "0.72", CI: ci("0.43", "1.01")}, equals("")), "explainable: 0.72 does not lie in the middle of its interval (95% CI, 0.43 to 1.01), which is 0.659 on the log scale; it is symmetric on the plain scale"},
		{"difference on the log scale", "interval symmetry", between(estimate{Measure: "RD", Value: "2.47", CI: ci("1.24", "4.90")}, equals("")), "explainable: 2.47 does not lie in the middle of its interval (95% CI, 1.24 to 4.90), which is 3.070; it is symmetric on the log scale, as for a ratio"},
		{"bootstrapped", "interval symmetry", between(estimate{Measure: "MD", Value: "-2", CI: ci("-5", "9"), Method: "bootstrap"}, equals("")), ""},
		{"an interval down to 0.00", "interval symmetry", between(estimate{Measure: "OR", Value: "0.10", CI: ci("0.00", "0.38")}, equals("")), ""},

		{"P agrees", "P and interval", between(estimate{Measure: "OR", Value: "1.03", CI: ci("0.75", "1.42")}, equals("0.85")), "consistent: P = 0.85 and the interval (95% CI, 0.75 to 1.42) both leave no difference open"},
		{"P far off", "P and interval", between(estimate{Measure: "OR", Value: "4.4", CI: ci("1.4", "19.2")}, equals("0.31")), "inconsistent: P = 0.31 shows no difference, the interval (95% CI, 1.4 to 19.2) leaves none out"},
		{"P a little off", "P and interval", between(estimate{Measure: "MD", Value: "2.0", CI: ci("-0.1", "4.1")}, equals("0.03")), "explainable: P = 0.03 shows a difference, the interval (95% CI, -0.1 to 4.1) includes none; another test, or adjustment, can account for it"},
		{"an end at no effect", "P and interval", between(estimate{Measure: "OR", Value: "1.5", CI: ci("1.0", "2.2")}, equals("0.06")), ""},
		{"P at the level", "P and interval", between(estimate{Measure: "OR", Value: "1.5", CI: ci("1.1", "2.2")}, equals("0.05")), ""},
		{"P of an interaction", "P and interval", between(estimate{Measure: "OR", Value: "1.5", CI: ci("1.1", "2.2")}, evidence.PValue{Relation: "=", Value: "0.4", Of: evidence.PInteraction}), ""},
		{"non-inferiority", "P and interval", between(estimate{Measure: "MD", Value: "1.5", CI: ci("-1.1", "4.2"), Hypothesis: "non-inferiority"}, equals("0.001")), ""},
		{"P of non-inferiority, in words", "P and interval", study{ID: "s", Findings: []finding{{ID: "f", Kind: evidence.BetweenArms, P: evidence.PValue{Relation: "<", Value: "0.001"}, Estimates: []estimate{{Measure: "MD", Value: "0.1", CI: ci("-0.04", "0.2")}}, Passages: []evidence.Passage{{Text: "It showed noninferiority (difference, 0.1 [95% CI, -0.04 to 0.2]; P < .001)."}}}}}, "explainable: P < 0.001 shows a difference, the interval (95% CI, -0.04 to 0.2) includes none; the P value may be of non-inferiority or equivalence"},
		{"P above something", "P and interval", between(estimate{Measure: "MD", Value: "2.0", CI: ci("1.0", "3.0")}, evidence.PValue{Relation: ">", Value: "0.05"}), "inconsistent: P > 0.05 shows no difference, the interval (95% CI, 1.0 to 3.0) leaves none out"},
		{"P below too much to tell", "P and interval", between(estimate{Measure: "MD", Value: "2.0", CI: ci("1.0", "3.0")}, evidence.PValue{Relation: "<", Value: "0.10"}), ""},

		{"P far from the interval, on the same side", "P and interval", between(estimate{Measure: "OR", Value: "1.03", CI: ci("0.75", "1.42")}, equals("0.065")), "explainable: the interval (95% CI, 0.75 to 1.42) gives P = 0.8560, printed P = 0.065; another test, or adjustment, can account for it"},

		// statcheck's own example (Nuijten and others 2016): t(28) = 2.20, p = .03 fits 0.036
		{"t and P", "P and test statistic", printing("0.04", "The groups differed, t(28) = 2.20, p = .04."), "consistent: P = 0.04 agrees with t(28) = 2.20"},
		{"t and another P", "P and test statistic", printing("0.36", "The groups did not differ, t(28) = 2.20, p = .36."), "explainable: t(28) = 2.20 gives P = 0.0362, printed P = 0.36; a correction for several tests can account for it"},
		{"t and a P that shows what t does not", "P and test statistic", printing("0.01", "The groups differed (t(28) = 1.20, P = .01)."), "inconsistent: t(28) = 1.20 gives P = 0.2402, printed P = 0.01"},
		{"one-sided", "P and test statistic", printing("0.043", "It rose (t(30) = 1.77; P = 0.043)."), "explainable: t(30) = 1.77 gives P = 0.0869, printed P = 0.043; a one-sided test agrees"},
		{"F and P", "P and test statistic", printing("0.05", "There was an effect of group, F(2, 27) = 3.35, p = .05."), "consistent: P = 0.05 agrees with F(2, 27) = 3.35"},
		{"chi-square and P", "P and test statistic", printing("0.005", "More fell (χ2(1, N = 200) = 7.88, p = .005)."), "consistent: P = 0.005 agrees with χ2(1, N = 200) = 7.88"},
		{"r and P", "P and test statistic", printing("0.02", "They went together, r(58) = -.30, p = .02."), "consistent: P = 0.02 agrees with r(58) = -.30"},
		{"a P below", "P and test statistic", printing("0.001", "It fell, F(1, 50) = 4.0, p < .001."), "explainable: F(1, 50) = 4.0 gives P = 0.0509, printed P < 0.001; another number of degrees of freedom can account for it"},

		{"P of counts", "P and arms", tested("0.05", share("20", "100", "")[0], share("10", "100", "")[0]), "consistent: P = 0.05 is of the size that the arms' values give"},
		{"P of other counts", "P and arms", tested("0.001", share("20", "100", "")[0], share("18", "100", "")[0]), "explainable: P = 0.001; the arms' values alone give P = 0.7185 to 0.8572; adjustment, pairing, clustering or another test can account for it"},
		{"P of means", "P and arms", tested("0.02", estimate{Mean: "6.0", SD: "3.0"}, estimate{Mean: "5.0", SD: "3.0"}), "consistent: P = 0.02 is of the size that the arms' values give"},

		{"an interval as wide as the spreads give", "spread and interval", compared(estimate{Mean: "6.0", SD: "3.0"}, estimate{Mean: "5.0", SD: "3.0"}, estimate{Measure: "MD", Value: "1.0", CI: ci("0.2", "1.8")}), "consistent: the interval (95% CI, 0.2 to 1.8) has the width that the standard deviations give"},
		{"errors printed as deviations", "spread and interval", compared(estimate{Mean: "6.0", SD: "0.3"}, estimate{Mean: "5.0", SD: "0.3"}, estimate{Measure: "MD", Value: "1.0", CI: ci("0.2", "1.8")}), "explainable: the interval (95% CI, 0.2 to 1.8) is 9.6207 times as wide as the standard deviations give; it fits if 0.3000 and 0.3000 are standard errors"},

		// Brown and Heathers 2017: a mean of 5.19 of 28 people is not possible for whole numbers, 5.18 is
		{"a mean of whole numbers", "means of whole numbers", counted("5.18", "28"), "consistent: a mean of 5.18 is possible for whole numbers of 28 people"},
		{"a mean that whole numbers cannot have", "means of whole numbers", counted("5.19", "28"), "explainable: no whole numbers of 28 people have a mean of 5.19; a mean of fewer, or numbers that are not whole, can account for it"},
		{"so many that every mean is possible", "means of whole numbers", counted("5.19", "120"), ""},
		{"a mean of a score", "means of whole numbers", study{Findings: []finding{{ID: "f", Outcome: evidence.OutcomeRef{Text: "Pain score"}, Estimates: []estimate{{Mean: "5.19", N: "28"}}}}}, ""},

		{"many more analyzed", "order of totals", study{NRandomized: "56", NAnalyzed: "3691"}, "explainable: 3691 analyzed, more than the 56 randomized; those may be clusters"},
		{"a share with the interval of a difference", "estimate in interval", between(estimate{Measure: "proportion", Percent: "48", CI: ci("-5", "11")}, equals("")), "explainable: 48 lies outside its interval (95% CI, -5 to 11); it may be the interval of a difference"},

		{"crude odds ratio", "crude measure", compared(share("20", "100", "")[0], share("10", "100", "")[0], estimate{Measure: "OR", Value: "2.25"}), "consistent: 20/100 and 10/100 give the printed odds ratio of 2.25"},
		{"crude risk ratio", "crude measure", compared(share("20", "100", "")[0], share("10", "100", "")[0], estimate{Measure: "RR", Value: "2.0"}), "consistent: 20/100 and 10/100 give the printed risk ratio of 2.0"},
		{"risk difference in points", "crude measure", compared(share("20", "100", "")[0], share("10", "100", "")[0], estimate{Measure: "RD", Value: "10"}), "consistent: 20/100 and 10/100 give the printed risk difference of 10"},
		{"risk difference as a share", "crude measure", compared(share("20", "100", "")[0], share("10", "100", "")[0], estimate{Measure: "RD", Value: "0.10"}), "consistent: 20/100 and 10/100 give the printed risk difference of 0.10"},
		{"adjusted", "crude measure", compared(share("20", "100", "")[0], share("10", "100", "")[0], estimate{Measure: "OR", Value: "1.80", Adjusted: true}), "explainable: 20/100 and 10/100 give a crude odds ratio of 2.25, printed 1.80 after adjustment"},
		{"not said to be adjusted", "crude measure", compared(share("20", "100", "")[0], share("10", "100", "")[0], estimate{Measure: "OR", Value: "1.80"}), "explainable: 20/100 and 10/100 give a crude odds ratio of 2.25, printed 1.80; explainable by adjustment"},
		{"the other way round", "crude measure", compared(share("20", "100", "")[0], share("10", "100", "")[0], estimate{Measure: "RR", Value: "0.50"}), "explainable: 20/100 and 10/100 give a crude risk ratio of 2.00, printed 0.50; taken the other way round they agree"},
		{"no events", "crude measure", compared(share("20", "100", "")[0], share("0", "100", "")[0], estimate{Measure: "OR", Value: "9"}), ""},

		{"difference of changes", "difference of arms", compared(estimate{Measure: "mean change", Value: "-12"}, estimate{Measure: "mean change", Value: "-6"}, estimate{Measure: "MD", Value: "-6"}), "consistent: the arms' changes give the printed difference of -6"},
		{"difference of changes, adjusted", "difference of arms", compared(estimate{Measure: "mean change", Value: "-12"}, estimate{Measure: "mean change", Value: "-6"}, estimate{Measure: "MD", Value: "-9", Adjusted: true}), "explainable: the arms' changes differ by -6, the printed difference is -9 after adjustment"},
		{"difference of means", "difference of arms", compared(estimate{Mean: "6.1"}, estimate{Mean: "6.0"}, estimate{Measure: "MD", Value: "0.5"}), "explainable: the arms' means differ by 0.1, the printed difference is 0.5; explainable by adjustment or by missing data"},

		{"change from means", "change from before to after", of(evidence.WithinArm, []estimate{{Measure: "mean change", Value: "-0.6", Before: &evidence.Moment{Mean: "6.7"}, After: &evidence.Moment{Mean: "6.1"}}}), "consistent: the means before and after give the printed change of -0.6"},
		{"another change", "change from before to after", of(evidence.WithinArm, []estimate{{Measure: "mean change", Value: "-0.9", Before: &evidence.Moment{Mean: "6.7"}, After: &evidence.Moment{Mean: "6.1"}}}), "explainable: the means before and after differ by -0.6, the printed change is -0.9; adjustment, or patients without both, can account for it"},

		{"same side", "estimates agree", study{Findings: []finding{{ID: "f", Kind: evidence.BetweenArms, Estimates: []estimate{{Measure: "ratio of odds ratios", Value: "0.10"}, {Measure: "Cohen's d", Value: "-0.44"}}}}}, "consistent: ratio of odds ratios 0.10 and Cohen's d -0.44 lie on the same side of no effect"},
		{"other sides", "estimates agree", study{Findings: []finding{{ID: "f", Kind: evidence.BetweenArms, Estimates: []estimate{{Measure: "OR", Value: "0.50"}, {Measure: "Cohen's d", Value: "0.44"}}}}}, "explainable: OR 0.50 and Cohen's d 0.44 lie on different sides of no effect; one may be counted the other way round"},

		{"the word follows P", "significance", study{Findings: []finding{{ID: "f", P: equals("0.61"), Significant: yes(false)}}}, "consistent: called not significant; P = 0.61 agrees"},
		{"the word against P", "significance", study{Findings: []finding{{ID: "f", P: equals("0.61"), Significant: yes(true)}}}, "inconsistent: called significant with P = 0.61"},
		{"a wider level", "significance", study{Findings: []finding{{ID: "f", P: equals("0.08"), Significant: yes(true)}}}, "explainable: called significant with P = 0.08; a level of 0.10, or a one-sided test, can account for it"},
		{"a stricter level", "significance", study{Findings: []finding{{ID: "f", P: equals("0.02"), Significant: yes(false)}}}, "explainable: called not significant with P = 0.02; a stricter level can account for it"},
		{"the word against the interval", "significance", study{Findings: []finding{{ID: "f", Significant: yes(true), Estimates: []estimate{{Measure: "MD", Value: "-6", CI: ci("-14", "2")}}}}}, "inconsistent: called significant, but the interval (95% CI, -14 to 2) includes no difference"},

		{"the sign agrees", "direction", study{Findings: []finding{{ID: "f", Kind: evidence.WithinArm, Direction: evidence.Decreased, Estimates: []estimate{{Measure: "mean change", Value: "-12"}}}}}, "consistent: decreased; mean change -12 agrees"},
		{"the word carries the sign", "direction", study{Findings: []finding{{ID: "f", Kind: evidence.WithinArm, Direction: evidence.Decreased, Estimates: []estimate{{Measure: "mean change", Value: "12", Printed: "a fall of 12"}}}}}, "consistent: decreased; the word carries the sign of 12"},
		{"the sign disagrees", "direction", study{Findings: []finding{{ID: "f", Kind: evidence.BetweenArms, Direction: evidence.Increased, Estimates: []estimate{{Measure: "OR", Value: "0.39"}}}}}, "explainable: told as increased, but the OR is 0.39; the arms, or the outcome, may be counted the other way round"},
		{"means the other way", "direction", study{Findings: []finding{{ID: "f", Kind: evidence.WithinArm, Direction: evidence.Decreased, Estimates: []estimate{{Before: &evidence.Moment{Mean: "5.0"}, After: &evidence.Moment{Mean: "6.0"}}}}}}, "explainable: told as decreased, but the mean went the other way; the word may be of something else"},

		{"a presumed sign", "lost signs in estimates", of(evidence.WithinArm, []estimate{{Value: "-6", Printed: "- 6 points", Doubt: "the dash is presumed to be a minus sign"}}), "explainable: the dash is presumed to be a minus sign"},
		{"a doubt about a unit", "lost signs in estimates", of(evidence.WithinArm, []estimate{{Value: "-6", Doubt: "mg/d is presumed to be in morphine equivalents"}}), ""},
		{"a criterion's sign", "lost signs in criteria and outcomes", study{Populations: []evidence.Population{{ID: "p1", Criteria: []evidence.Criterion{{Variable: "dose", Relation: ">=", Value: "20", Unit: "MME/day", Printed: "=20 mg/d", Doubt: "the sign ≥ was lost; mg/d is presumed to be MME"}}}}}, `explainable: "=20 mg/d": the sign ≥ was lost`},
	} {
		t.Run(c.rule+"/"+c.name, func(t *testing.T) {
			var got []string
			for _, r := range check.Check(&evidence.Document{Studies: []study{c.in}}, v) {
				if r.Rule == c.rule && (r.Finding == "" || r.Finding == "f") {
					got = append(got, string(r.Verdict)+": "+r.Text)
					if r.Calculation == "" {
						t.Errorf("%q shows no calculation", r.Text)
					}
				}
			}
			if diff := cmp.Diff(c.want, strings.Join(got, "|")); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

// printing is a comparison with a P value whose passage prints a test; "<" in the passage makes it a bound.
func printing(p quantity.Decimal, passage string) study {
	f := finding{ID: "f", Kind: evidence.BetweenArms, P: equals(p), Passages: []evidence.Passage{{End: len(passage), Text: passage}}}
	if strings.Contains(passage, "p <") {
		f.P.Relation = "<"
	}
	return study{ID: "s", Findings: []finding{f}}
}

// tested is a comparison of two arms of 100 that prints only a P value.
func tested(p quantity.Decimal, a, b estimate) study {
	s := compared(a, b, estimate{})
	s.Findings[2].Estimates, s.Findings[2].P = nil, equals(p)
	return s
}

// counted is the mean number of falls of some people.
func counted(mean, n quantity.Decimal) study {
	return study{ID: "s", Findings: []finding{{ID: "f", Outcome: evidence.OutcomeRef{Text: "Number of falls"}, Estimates: []estimate{{Measure: "mean", Mean: mean, N: n}}}}}
}

// of is a study with one finding.
func of(kind evidence.Kind, estimates []estimate) study {
	return study{ID: "s", Findings: []finding{{ID: "f", Kind: kind, Estimates: estimates}}}
}

// TestIdentifiers checks the forms of identifiers. The first ISSN is the example of the ISSN Manual (2015, section 2.2).
func TestIdentifiers(t *testing.T) {
	for _, c := range []struct {
		name string
		in   evidence.Document
		want string
	}{
		{"fine", evidence.Document{Report: evidence.Report{DOI: "10.1136/bmj.d2090", PMID: "21824904", PMCID: "PMC3161234"}}, "consistent consistent consistent"},
		{"a DOI with the full stop of its sentence", evidence.Document{Report: evidence.Report{DOI: "10.1136/bmj.d2090."}}, "inconsistent"},
		{"no registrant", evidence.Document{Report: evidence.Report{DOI: "11.1136/bmj.d2090"}}, "inconsistent"},
		{"a PMID with a letter", evidence.Document{Report: evidence.Report{PMID: "2182490x"}}, "inconsistent"},
		{"an ISSN", evidence.Document{Text: "J Test. ISSN 0317-8471."}, "consistent"},
		{"an ISSN that ends in X", evidence.Document{Text: "ISSN: 2434-561X (online)"}, "consistent"},
		{"an ISSN with digits turned round", evidence.Document{Text: "ISSN 0371-8471"}, "inconsistent"},
		{"a number that is no ISSN", evidence.Document{Text: "1234-5678"}, ""},
	} {
		c.in.Studies = []study{{ID: "s"}, {ID: "other"}}
		var got []string
		for _, r := range check.Check(&c.in, load(t)) {
			if r.Rule == "identifiers" {
				got = append(got, string(r.Verdict))
			}
		}
		if diff := cmp.Diff(c.want, strings.Join(got, " ")); diff != "" {
			t.Errorf("%s (-want +got):\n%s", c.name, diff)
		}
	}
}

func TestRules(t *testing.T) {
	seen := map[string]bool{}
	for _, r := range check.Rules() {
		if r.Name == "" || r.Does == "" || r.Source == "" {
			t.Errorf("rule %+v lacks a name, what it does or where it is from", r)
		}
		if seen[r.Name] {
			t.Errorf("two rules are called %q", r.Name)
		}
		seen[r.Name] = true
	}
}

// TestDocumentation holds the table of docs/extraction.md to the rules.
func TestDocumentation(t *testing.T) {
	const name = "../../docs/extraction.md"
	b, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	before, rest, ok := strings.Cut(string(b), "<!-- checks -->\n")
	_, after, ended := strings.Cut(rest, "<!-- end -->")
	if !ok || !ended {
		t.Fatalf("%s has no place for the rules", name)
	}
	var rows strings.Builder
	rows.WriteString("| rule | what | source |\n|---|---|---|\n")
	for _, r := range check.Rules() {
		rows.WriteString("| " + r.Name + " | " + r.Does + " | " + r.Source + " |\n")
	}
	want := before + "<!-- checks -->\n" + rows.String() + "<!-- end -->" + after
	if *update {
		if err := os.WriteFile(name, []byte(want), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	if diff := cmp.Diff(want, string(b)); diff != "" {
		t.Errorf("%s is behind the rules, with -update to write them (-want +got):\n%s", name, diff)
	}
}

func TestFlags(t *testing.T) {
	results := []check.Result{
		{Finding: "f1", Verdict: check.Consistent, Text: "fits"},
		{Finding: "f1", Verdict: check.Explainable, Text: "can be"},
		{Finding: "f2", Verdict: check.Inconsistent, Text: "another"},
		{Field: "arms", Verdict: check.Inconsistent, Text: "of the study"},
		{Finding: "f1", Verdict: check.Inconsistent, Text: "does not fit"},
	}
	if diff := cmp.Diff([]string{"can be", "does not fit"}, check.Flags(results, "f1")); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if got := check.Flags(results, ""); got != nil {
		t.Errorf("flags of no finding: %q", got)
	}
}

// TestWithoutVocabulary shows that a missing vocabulary leaves rules out and breaks none.
func TestWithoutVocabulary(t *testing.T) {
	in := between(estimate{Measure: "OR", Value: "1.11", CI: ci("0.74", "1.67")}, equals("0.61"))
	var got []string
	for _, r := range check.Check(&evidence.Document{Studies: []study{in}}, nil) {
		got = append(got, r.Rule)
	}
	if diff := cmp.Diff([]string{"estimate in interval"}, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// FuzzCheck looks for numbers on which a rule stops or gives something that is not a number.
func FuzzCheck(f *testing.F) {
	v, err := loadAll()
	if err != nil {
		f.Fatal(err)
	}
	f.Add("58", "350", "16.4", "1.11", "0.74", "1.67", "0.61")
	f.Add("0", "1", "0", "-6", "-14", "2", "0.05")
	f.Add("999999999", "3", "0.0001", "0", "0", "0", "1")
	f.Fuzz(func(t *testing.T, events, total, percent, value, low, high, p string) {
		d := func(s string) quantity.Decimal {
			if len(s) > 12 {
				return ""
			}
			n, err := quantity.ParseDecimal(s)
			if err != nil {
				return ""
			}
			return n
		}
		for _, measure := range []string{"OR", "MD", "RD", "proportion"} {
			e := estimate{
				Measure: measure, Events: d(events), Total: d(total), Percent: d(percent), Value: d(value),
				CI: ci(d(low), d(high)), N: d(total), Mean: d(value), Median: d(low), IQR: []quantity.Decimal{d(low), d(high)},
				Before: &evidence.Moment{Mean: d(low)}, After: &evidence.Moment{Mean: d(high)},
			}
			s := compared(e, e, e)
			s.N, s.NAnalyzed = d(total), d(events)
			for i := range s.Findings {
				s.Findings[i].P = equals(d(p))
				s.Findings[i].Direction = evidence.Decreased
				s.Findings[i].Significant = yes(true)
			}
			for _, r := range check.Check(&evidence.Document{Studies: []study{s}}, v) {
				if r.Text == "" || r.Calculation == "" || strings.Contains(r.Text, "NaN") || strings.Contains(r.Text, "%!") || strings.Contains(r.Calculation, "%!") {
					t.Errorf("%+v", r)
				}
			}
		}
	})
}
