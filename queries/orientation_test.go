package queries

import (
	"testing"

	"github.com/picograph/picograph/graph"
	"github.com/picograph/picograph/graph/evidence"
	"github.com/picograph/picograph/graph/quantity"
	"github.com/picograph/picograph/graph/vocab"
)

// An outcome that is called a reduction and decreased may be less of a reduction, or the same said twice: it favours no arm.
func TestSaidTwice(t *testing.T) {
	for _, c := range []struct {
		outcome string
		d       evidence.Direction
		better  string
		want    bool
	}{
		{"reduction in pain intensity", evidence.Decreased, vocab.Higher, true},
		{"Decrease in cravings", evidence.Decreased, vocab.Lower, true},
		{"reduction of symptoms", evidence.Increased, vocab.Lower, true},
		{"reduction in pain intensity", evidence.Increased, vocab.Higher, false},
		{"pain intensity", evidence.Decreased, vocab.Lower, false},
		{"pain reduction", evidence.Decreased, vocab.Higher, false},
		{"", evidence.Decreased, "", false},
	} {
		if got := saidTwice(c.outcome, c.d, c.better); got != c.want {
			t.Errorf("%s, %s: %v", c.outcome, c.d, got)
		}
	}
}

// A hazard ratio of what is better when longer is of the event that ends it, unless the arms' own values lie as it does.
func TestHazardOfTheOutcomeItself(t *testing.T) {
	v, err := vocab.Load()
	if err != nil {
		t.Fatal(err)
	}
	value := func(id, arm, percent string) evidence.Finding {
		return evidence.Finding{ID: id, Kind: evidence.ArmLevel, Arm: []string{arm}, Estimates: []evidence.Estimate{{Measure: "proportion", Percent: quantity.Decimal(percent)}}}
	}
	for _, c := range []struct {
		name, outcome, ratio string
		said                 evidence.Direction
		values               []evidence.Finding
		want                 evidence.Direction
	}{
		{"of relapse", "opioid_abstinence", "0.6", evidence.Decreased, nil, evidence.Increased},
		{"of relapse, with values", "opioid_abstinence", "0.6", evidence.Increased, []evidence.Finding{value("1", "a", "61"), value("2", "c", "45")}, evidence.Increased},
		{"of abstinence, with values", "opioid_abstinence", "1.9", evidence.Increased, []evidence.Finding{value("1", "a", "61"), value("2", "c", "45")}, evidence.Increased},
		{"of relapse, and the other way", "opioid_abstinence", "1.9", evidence.Decreased, []evidence.Finding{value("1", "a", "45"), value("2", "c", "61")}, evidence.Decreased},
		{"of abstinence, without values", "opioid_abstinence", "1.9", evidence.Increased, nil, evidence.Decreased},
	} {
		f := evidence.Finding{Kind: evidence.BetweenArms, Outcome: evidence.OutcomeRef{Concept: c.outcome}, Arm: []string{"a"}, Comparator: []string{"c"}, Direction: c.said, Estimates: []evidence.Estimate{{Measure: "HR", Value: quantity.Decimal(c.ratio)}}}
		for _, x := range c.values {
			f.From = append(f.From, x.ID)
		}
		it := &item{Finding: &graph.Finding{Finding: f}, st: &evidence.Study{Findings: c.values}}
		if got := (&lexicon{vocab: v}).wentTo(it); got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}

// Less of a loss is not less of what is lost, unless the concept is the loss itself.
func TestLossOf(t *testing.T) {
	for _, c := range []struct {
		outcome, concept string
		want             bool
	}{
		{"yearly rate of bone loss", "Bone mineral density", true},
		{"decline of memory", "Cognitive function", true},
		{"weight loss at a year", "Weight loss", false},
		{"bone density", "Bone mineral density", false},
	} {
		if got := lossOf(c.outcome, c.concept); got != c.want {
			t.Errorf("%s of %s: %v, want %v", c.outcome, c.concept, got, c.want)
		}
	}
}
