package plot

import (
	"fmt"
	"strings"
	"testing"

	"github.com/picograph/picograph/graph/evidence"
)

// varied is trials with all that a forest plot has to tell apart.
func varied() []*evidence.Document {
	pain := evidence.OutcomeRef{Text: "pain intensity", Concept: "pain_intensity"}
	response := evidence.OutcomeRef{Text: "pain response", Concept: "pain_response_30"}
	md := value("MD", "-0.50", "-1.10", "0.10")
	md[0].Unit = "points"
	wide := value("MD", "2.0", "-60", "64")
	wide[0].Unit = "points"
	credible := value("MD", "-1.2", "-2.0", "-0.4")
	credible[0].Unit, credible[0].CI.Level, credible[0].CI.Kind = "points", "90", "credible"
	change := value("mean change", "-1.4", "-1.9", "-0.9")
	change[0].Unit = "points"
	lower := func(e []evidence.Estimate) evidence.Finding {
		return evidence.Finding{Outcome: pain, Estimates: e, Direction: evidence.Decreased, Timepoint: evidence.Timepoint{Text: "12 months", Months: "12"}}
	}
	outside := value("OR", "2.5", "0.9", "2.2")
	return []*evidence.Document{
		trial(1, lower(md), evidence.Finding{Outcome: pain, Kind: evidence.WithinArm, Estimates: change, Direction: evidence.Decreased}),
		trial(2, evidence.Finding{Outcome: pain, Estimates: wide}, evidence.Finding{Outcome: response, Estimates: value("OR", "1.8", "1.1", "3.0"), Direction: evidence.Increased}),
		trial(3, lower(credible), evidence.Finding{Outcome: response, Estimates: value("OR", "1.30", "", ""), Direction: evidence.Increased}),
		trial(4, evidence.Finding{Outcome: response, Estimates: value("OR", "0", "0", "1.0")}, evidence.Finding{Outcome: response, Estimates: outside, Direction: evidence.Increased}),
		trial(5, evidence.Finding{Outcome: response, Estimates: value("OR", "1.6", "1.05", ""), Direction: evidence.Increased}, evidence.Finding{Kind: evidence.InWords, Direction: evidence.Decreased},
			evidence.Finding{Outcome: response, Estimates: value("OR", "1.6", "3", "1")}, evidence.Finding{P: evidence.PValue{Relation: "=", Value: "0.10", Printed: "P = .10"}}),
	}
}

func TestForestGoldens(t *testing.T) {
	goldens(t, "forest", make1(t, "forest", varied()...))
	goldens(t, "forest-one", make1(t, "forest", trial(1, evidence.Finding{Estimates: value("RR", "0.75", "0.60", "0.94"), Direction: evidence.Decreased})))
}

// TestForestOfSixty draws as many rows as fill pages.
func TestForestOfSixty(t *testing.T) {
	var docs []*evidence.Document
	for i := range 60 {
		v := 0.5 + float64(i%7)/5
		docs = append(docs, trial(i+1, evidence.Finding{Estimates: value("RR", fmt.Sprintf("%.2f", v), fmt.Sprintf("%.2f", v*0.7), fmt.Sprintf("%.2f", v*1.5))}))
	}
	p := make1(t, "forest", docs...)
	if n := len(p.Body.marks()); n != 60 {
		t.Errorf("%d marks of 60", n)
	}
	wellFormed(t, p)
}

// TestForestKeepsApart looks at what stands on one axis.
func TestForestKeepsApart(t *testing.T) {
	p := make1(t, "forest", varied()...)
	f := p.Body.(*Forest)
	seen := map[string]bool{}
	for _, panel := range f.Panels {
		key := string(panel.Kind) + " " + panel.Axis.Label
		if seen[key] {
			t.Errorf("two panels of %s", key)
		}
		seen[key] = true
		if panel.Axis.Log != strings.Contains(panel.Axis.Label, "odds ratio") {
			t.Errorf("%s: logarithmic is %v", key, panel.Axis.Log)
		}
	}
	want := []string{"between mean difference (points)", "between odds ratio, logarithmic scale", "within change from baseline (points)"}
	for _, w := range want {
		if !seen[w] {
			t.Errorf("no panel %s in %v", w, seen)
		}
	}
	whys := ""
	for _, l := range p.Left {
		whys += l.Why + "\n"
	}
	for _, w := range []string{notPositive, isStatement, endsCrossed, onlyPValue} {
		if !strings.Contains(whys, w) {
			t.Errorf("nothing was left out as %q: %s", w, whys)
		}
	}
}

// TestForestFavours names sides only where it is known which is which.
func TestForestFavours(t *testing.T) {
	of := func(f evidence.Finding) [2]string {
		return make1(t, "forest", trial(1, f)).Body.(*Forest).Panels[0].Favours
	}
	if got := of(evidence.Finding{Estimates: value("MD", "-1", "-2", "-0.1"), Direction: evidence.Decreased}); got != [2]string{"favours BW", "favours UC"} {
		t.Errorf("less pain: %q", got)
	}
	none := [2]string{}
	for name, f := range map[string]evidence.Finding{
		"no direction":       {Estimates: value("MD", "-1", "-2", "0.1"), Direction: evidence.NoDifference},
		"other way round":    {Estimates: value("MD", "1", "0.2", "2"), Direction: evidence.Decreased},
		"neither is better":  {Estimates: value("MD", "-1", "-2", "-0.1"), Direction: evidence.Decreased, Outcome: evidence.OutcomeRef{Text: "height of chairs"}},
		"change from before": {Kind: evidence.WithinArm, Estimates: value("mean change", "-1", "-2", "-0.1"), Direction: evidence.Decreased},
	} {
		if got := of(f); got != none {
			t.Errorf("%s: %q", name, got)
		}
	}
}

// TestAxisHoldsItsLines draws estimates and the null on the axis, and cuts only what is far wider than most.
func TestAxisHoldsItsLines(t *testing.T) {
	p := make1(t, "forest", varied()...)
	for _, panel := range p.Body.(*Forest).Panels {
		a := panel.Axis
		for _, l := range panel.lines() {
			if at := a.at(l.Value.Float()); at < 0 || at > 1 {
				t.Errorf("%s: %s is at %v", a.Label, l.Shown, at)
			}
			if wide := l.Low == "-60" || l.interval() && !l.High.Present(); a.clips(l) != wide {
				t.Errorf("%s: %s is cut: %v", a.Label, l.Shown, a.clips(l))
			}
		}
		if len(a.Ticks) < 2 || len(a.Ticks) > 7 {
			t.Errorf("%s: ticks %v", a.Label, a.Ticks)
		}
	}
}
