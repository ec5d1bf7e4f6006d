package queries

import (
	"errors"
	"strings"
	"testing"

	"github.com/picograph/picograph/graph"
)

func TestWhyNot(t *testing.T) {
	e := goldEngine(t)
	for _, c := range []struct{ question, name, text string }{
		{"interventions where direction is decreased and population has dose >= 90 MME/day", "VOICE", "Of the interventions about VOICE none meets the condition population has dose >= 90 MME/day."},
		{"interventions where direction is decreased and population has dose >= 90 MME/day", "INSPIRE", "INSPIRE is in the answer: "},
		{"studies where design is cluster-randomized", "VOICE", "Of the studies about VOICE none meets the condition design is cluster-randomized."},
	} {
		a, err := e.Ask(t.Context(), c.question)
		if err != nil {
			t.Fatal(err)
		}
		why, err := e.WhyNot(t.Context(), a, c.name)
		if err != nil {
			t.Fatal(err)
		}
		if !strings.HasPrefix(why.Text, c.text) {
			t.Errorf("%s / %s: %s\n%v", c.question, c.name, why.Text, why.Conditions)
		}
	}
	a, err := e.Ask(t.Context(), "studies where design is randomized")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := e.WhyNot(t.Context(), a, "Heron"); !errors.Is(err, graph.ErrNotFound) {
		t.Errorf("a name that is not there: %v", err)
	}
	all, err := e.Ask(t.Context(), "studies")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := e.WhyNot(t.Context(), all, "VOICE"); !errors.Is(err, ErrNoQuery) {
		t.Errorf("without conditions: %v", err)
	}
}
