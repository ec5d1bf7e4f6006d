package queries

import (
	"testing"

	"github.com/picograph/picograph/graph/evidence"
	"github.com/picograph/picograph/graph/quantity"
	"github.com/picograph/picograph/queries/syntax"
)

// What reviewers, guideline developers and policy analysts ask is read as the query that means it.
func TestAsked(t *testing.T) {
	e := goldEngine(t)
	lex, err := e.names(t.Context(), "")
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range [][2]string{
		{"which trials did not report adverse events?", `studies where design is trial and not outcome is "adverse events"`},
		{"which studies did not measure pain?", `studies where not outcome is pain`},
		{"which studies did not find a difference in opioid dose?", `findings where outcome is "daily opioid dose" and direction is "no difference"`},
		{"which double-blind crossover trials are there?", `studies where design is "double-blind trial" and design is crossover`},
		{"double-blind or crossover trials", `studies where design is "double-blind trial" or crossover`},
		{"which trials stopped early or were feasibility studies?", `studies where design is terminated or pilot`},
		{"are there results by sex?", `findings where population is sex`},
		{"are there results in women?", `findings where population is "female sex"`},
		{"which subgroups were analysed?", `subgroups`},
		{"how certain is the evidence for motivational interviewing?", `certainty of study where intervention is "motivational interviewing"`},
		{"what is the certainty of the evidence for a reduction of pain?", `certainty of study where outcome is pain`},
		{"how certain is the evidence that motivational interviewing reduces pain?", `certainty of study where intervention is "motivational interviewing" and outcome is pain`},
		{"is there reliable evidence that motivational interviewing reduces pain?", `findings where intervention is "motivational interviewing" and outcome is pain`},
		{"what is the follow-up time of the trials of opioid dose?", `follow-up of study where outcome is "daily opioid dose"`},
		{"does motivational interviewing reduce pain after knee replacement?", `findings where intervention is "motivational interviewing" and outcome is pain and text is "knee replacement"`},
		{"which studies reported a p value between 0.01 and 0.05 for pain?", `findings where outcome is pain and p between 0.01 and 0.05`},
		{"what are the limits of the evidence on tapering?", `certainty of study where intervention is "opioid tapering"`},
		{"how many protocols are there?", `count studies where design is protocol`},
		{"which trials were not blinded?", `studies where design is "open-label trial"`},
		{"what is the evidence on insomnia and motivational interviewing?", `findings where intervention is "motivational interviewing" and (outcome is insomnia or condition is insomnia)`},
		{"why is there no effect size for VOICE?", `findings where study is VOICE`},
		{"which trials did not find any benefit of motivational interviewing?", `findings where intervention is "motivational interviewing" and direction is "no difference"`},
		{"how long was the follow-up in the trials of chronic pain?", `follow-up of study where condition is "chronic pain"`},
		{"what time points were used for opioid dose?", `follow-up of study where outcome is "daily opioid dose"`},
		{"how many people will be enrolled in VOICE?", `sample size of study VOICE`},
		{"what was the primary outcome of VOICE and how many people were enrolled?", `primary outcome, sample size of study VOICE`},
		{"who could not take part in VOICE?", `eligibility of study VOICE`},
		{"was pain less common with motivational interviewing?", `findings where intervention is "motivational interviewing" and outcome is pain`},
		{"how was pain measured in the trials?", `instruments of study where outcome is pain`},
		{"adverse effects of motivational interviewing compared with shared decision making", `compare "motivational interviewing" with "shared decision-making" where outcome is "adverse events"`},
		{"which studies did not use a placebo?", `studies where not intervention is placebo`},
		{"studies that do not have a placebo group", `studies where not intervention is placebo`},
		{"trials not in women", `studies where design is trial and not population is "female sex"`},
		{"studies of a stepped-wedge design", `studies where design is "stepped-wedge trial"`},
		{"studies without a crossover design", `studies where not design is "crossover trial"`},
		{"studies that are not systematic reviews", `studies where not design is "systematic review"`},
		{"trials with no placebo group", `studies where design is trial and not intervention is placebo`},
		{"which trials reported no adverse events?", `findings where outcome is "adverse events"`},
		{"do motivational interviewing and shared decision-making differ in opioid dose?", `compare "motivational interviewing" with "shared decision-making" on "opioid dose"`},
		{"are motivational interviewing and shared decision-making comparable in pain?", `compare "motivational interviewing" with "shared decision-making" on pain`},
		{"how does motivational interviewing differ from shared decision-making in pain?", `compare "motivational interviewing" with "shared decision-making" on pain`},
		{"is there a difference between motivational interviewing and shared decision-making in pain?", `compare "motivational interviewing" with "shared decision-making" on pain`},
		{"how many people were randomized to motivational interviewing and how many to shared decision-making?", `sample size, arms of study where intervention is "motivational interviewing" or "shared decision-making"`},
		{"what was the effect of motivational interviewing on pain compared with shared decision-making at 12 months?", `compare "motivational interviewing" with "shared decision-making" on pain where time is 12 months`},
		{"is motivational interviewing better than shared decision-making for pain after 6 months of follow-up?", `compare "motivational interviewing" with "shared decision-making" on pain where time is 6 months`},
		{"did motivational interviewing reduce pain as measured by the PEG scale?", `findings where intervention is "motivational interviewing" and outcome is pain and outcome is "PEG scale"`},
		{"did motivational interviewing reduce pain or the PEG scale?", `findings where intervention is "motivational interviewing" and outcome is pain or "PEG scale"`},
		{"does motivational interviewing work as well as hyaluronic acid at 6 months?", `compare "motivational interviewing" with "hyaluronic acid" where time is 6 months`},
		{"did motivational interviewing reduce the risk of pain?", `findings where intervention is "motivational interviewing" and outcome is pain`},
		{"how many people were assigned to motivational interviewing?", `sample size, arms of study where intervention is "motivational interviewing"`},
		{"how many depressed adults were randomized?", `sample size of study where condition is depression`},
		{"how many patients were abstinent from opioids?", `findings where outcome is "opioid abstinence"`},
		{"did motivational interviewing help patients survive?", `findings where intervention is "motivational interviewing" and outcome is survival`},
		{"what proportion of patients bled?", `findings where kind is prevalence or baseline or arm and outcome is bleeding`},
		{"which trials did not measure flurbnitz?", ""},
		{"which trials did not report flurbnitz?", ""},
		{"which trials of opioid tapering reported flurbnitz?", ""},
		{"trials with neither placebo nor usual care", `studies where design is trial and not intervention is placebo or "usual care"`},
		{"trials that are neither crossover nor randomized", `studies where design is trial and not design is crossover and not design is randomized`},
		{"trials that lacked a placebo", `studies where design is trial and not intervention is placebo`},
		{"trials that avoided motivational interviewing", `studies where design is trial and not intervention is "motivational interviewing"`},
		{"trials where nobody received placebo", `studies where design is trial and not intervention is placebo`},
		{"trials in which nobody died", ""},
		{"trials not controlled with placebo", `studies where design is trial and not intervention is placebo`},
		{"trials not compared with placebo", `studies where design is trial and not intervention is placebo`},
		{"which trials did not compare motivational interviewing with shared decision-making?", `studies where design is trial and not (intervention is "motivational interviewing" and intervention is "shared decision-making")`},
		{"trials not conducted in Germany", `setting of study where not country is Germany`},
		{"which trials were not large?", ""},
		{"trials without placebo or withdrawal", ""},
		{"trials that failed to measure pain", `studies where design is trial and not outcome is pain`},
		{"studies that are not crossover or not randomized", `studies where not (design is crossover and design is randomized)`},
		{"studies that are not crossover and not randomized", `studies where design is non-randomized and not design is crossover`},
		{"studies without placebo or not in women", `studies where not (intervention is placebo and population is "female sex")`},
		{"studies that are not reviews and measured pain", `studies where outcome is pain and not design is "systematic review"`},
		{"trials of motivational interviewing for low back pain", `studies where design is trial and intervention is "motivational interviewing" and condition is "low back pain"`},
		{"which trials found a statistically significant difference between groups?", `findings where kind is between and significant is yes`},
		{"which studies followed people for a year or longer?", `studies where time >= 1 years`},
		{"trials with at least 2 years of follow-up", `studies where design is trial and time >= 2 years`},
		{"list the non-inferiority trials", `studies where hypothesis is non-inferiority`},
		{"opioid dose with motivational interviewing at one year", `findings where intervention is "motivational interviewing" and outcome is "daily opioid dose" and time is 1 years`},
		{"is motivational interviewing as good as shared decision-making for pain?", `compare "motivational interviewing" with "shared decision-making" on pain`},
		{"motivational interviewing or shared decision-making: which keeps people in treatment?", `compare "motivational interviewing" with "shared decision-making" on "MOUD retention"`},
		{"effect of low-dose aspirin on pain", `findings where intervention is aspirin and outcome is pain`},
		{"is a 10 MME reduction clinically meaningful?", `findings where outcome is "daily opioid dose" and text is "clinically meaningful"`},
		{"naltrexone 50 mg versus placebo on pain", `compare "naltrexone 50 mg" with placebo on pain`},
		{"how many people were in each arm of VOICE?", `sample size, arms of study VOICE`},
		{"how many people altogether were randomised in VOICE?", `sample size of study VOICE`},
		{"which studies took place in primary care?", `studies where setting is "primary care"`},
		{"how long was the motivational interviewing programme?", `content of intervention "motivational interviewing"`},
		{"sertraline versus paroxetine on depression", `compare sertraline with paroxetine on depression`},
		{"are there any crossover trials?", `studies where design is crossover`},
		{"can people taper without more pain?", `findings where intervention is "opioid tapering" and outcome is pain`},
		{"where was motivational interviewing tried?", `setting of study where intervention is "motivational interviewing"`},
		{"systematic reviews of motivational interviewing", `studies where design is "systematic review" and intervention is "motivational interviewing"`},
		{"pilot studies in chronic pain", `studies where design is pilot and condition is "chronic pain"`},
		{"largest randomized trial of motivational interviewing", `studies where design is randomized and intervention is "motivational interviewing" | order by n desc | limit 5`},
		{"trials published in 2014", `studies where design is trial and year is 2014`},
		{"trials recruiting before 2010", `studies where design is trial and recruited < 2010`},
		{"trials published since 2015", `studies where design is trial and year >= 2015`},
		{"studies with a follow-up of 2 years or more", `studies where time >= 2 years`},
		{"trials lasting at least 1 year", `studies where design is trial and time >= 1 years`},
		{"trials with at least 500 people with chronic pain", `studies where design is trial and condition is "chronic pain" and n >= 500`},
		{"women over 50 with chronic pain", `findings where population is "female sex" and condition is "chronic pain" and population has age > 50 years`},
		{"median age of participants in trials of chronic pain", `findings where kind is baseline and outcome is age and condition is "chronic pain"`},
		{"mean difference in pain between groups", `findings where outcome is pain`},
		{"trials with negative results for pain", `findings where outcome is pain and direction is "no difference"`},
		{"cost-effectiveness of buprenorphine", `findings where intervention is buprenorphine and outcome is cost-effectiveness`},
		{"what is the long-term effect of motivational interviewing on pain?", `findings where intervention is "motivational interviewing" and outcome is pain`},
		{"30-day mortality", `findings where outcome is mortality and time is 30 days`},
		{"neither motivational interviewing nor tapering improved pain", `findings where intervention is "motivational interviewing" or "opioid tapering" and outcome is pain and direction is "no difference"`},
		{"does neither motivational interviewing nor tapering reduce pain?", `findings where intervention is "motivational interviewing" or "opioid tapering" and outcome is pain`},
		{"usual care versus collaborative care for depression", `compare "usual care" with "collaborative care" on depression`},
		{"how was pain measured?", `instruments of study where outcome is pain`},
		{"effect of motivational interviewing in women versus men", `findings where intervention is "motivational interviewing" and population is "female sex" or "male sex"`},
		{"most common outcomes in trials of chronic pain", `studies where design is trial and condition is "chronic pain" | group by outcome`},
		{"which interventions are most often used in trials of chronic pain?", `studies where design is trial and condition is "chronic pain" | group by intervention`},
		{"trials with p values below 0.01", `studies where design is trial and p < 0.01`},
		{"what is the effect size of motivational interviewing?", `findings where intervention is "motivational interviewing"`},
		{"trials of both motivational interviewing and tapering", `studies where design is trial and intervention is "motivational interviewing" and intervention is "opioid tapering"`},
		{"which trials excluded patients with chronic pain?", `eligibility of study where text is "chronic pain"`},
		{"effect of motivational interviewing on pain at 6 and 12 months", `findings where intervention is "motivational interviewing" and outcome is pain and time is 6 months or 12 months`},
		{"which trial had the most participants?", `studies where design is trial | order by n desc | limit 5`},
		{"which trials had a dropout rate above 20%?", `studies where design is trial and outcome is "treatment dropout"`},
		{"tapering versus no tapering", `compare "opioid tapering" with "no intervention"`},
		{"how many patients reduced their dose by at least 50%?", `findings where outcome is "daily opioid dose"`},
		{"is buprenorphine safer than methadone?", `compare buprenorphine with methadone where outcome is "adverse events"`},
		{"trials of motivational interviewing versus shared decision-making", `compare "motivational interviewing" with "shared decision-making"`},
		{"trials of motivational interviewing with blinded assessors", `masking of study where intervention is "motivational interviewing"`},
		{"is motivational interviewing cheaper?", `findings where intervention is "motivational interviewing" and outcome is "health care costs"`},
	} {
		got := ""
		if q, ok := lex.inForm(c[0]); ok {
			got = q.String()
		} else if u := lex.understand(c[0], &e.Settings); u.query != nil {
			got = u.query.String()
		}
		if got != c[1] {
			t.Errorf("%s:\n%s\nwant\n%s", c[0], got, c[1])
		}
	}
}

// A design is met under its full name too, and a P value between two numbers only where it is printed as one.
func TestNamedDesignsAndPrintedP(t *testing.T) {
	e := engineOver(t, drawnDocument())
	for _, name := range []string{"randomized", "Randomized trial"} {
		a, err := e.Ask(t.Context(), "studies where design is "+syntax.Quote(name))
		if err != nil {
			t.Fatal(err)
		}
		if a.RowCount() != 1 {
			t.Errorf("%s: %d studies", name, a.RowCount())
		}
	}
	between := &syntax.Test{Field: "p", Relation: quantity.Between, Values: []syntax.Value{{Number: "0.01"}, {Number: "0.05"}}}
	for relation, want := range map[string]bool{"=": true, "<": false} {
		if got := comparesP(evidence.PValue{Relation: relation, Value: "0.02"}, between); got != want {
			t.Errorf("P %s 0.02: %v", relation, got)
		}
	}
}

// A study is said not to have measured something only where its text never speaks of it.
func TestNotMeasured(t *testing.T) {
	spoken := drawnDocument()
	spoken.Text += " Pain was asked for each evening."
	for _, c := range []struct {
		document *evidence.Document
		listed   int
		near     int
	}{{drawnDocument(), 1, 0}, {spoken, 0, 1}} {
		for _, question := range []string{"which studies did not measure pain?", "how many studies did not measure pain?"} {
			a, err := engineOver(t, c.document).Ask(t.Context(), question)
			if err != nil {
				t.Fatal(err)
			}
			rows := 0
			for _, s := range a.Sections {
				rows += len(s.Rows)
			}
			if rows != c.listed || len(a.Near) != c.near {
				t.Errorf("%s: %d listed and %d near, want %d and %d: %s", question, rows, len(a.Near), c.listed, c.near, a.Text)
			}
		}
	}
}
