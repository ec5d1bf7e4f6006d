package queries

import (
	"strings"
	"testing"
)

// long are stretches of which a question of any length is made, each hard on another step of understanding it.
var long = []struct{ name, part string }{
	{"names", "opioid dose and pain "},
	{"unknown words", "zorbamine flimflam of wibble "},
	{"mistyped words", "opiod dosage reducton "},
	{"signs", "((( [intervention] AND "},
	{"contrast", "what is the effect of a versus b on c on "},
	{"numbers", "between 20 and 50 MME "},
	{"one word", "opioid"},
	{"negations", "not without except "},
	{"query", "findings where not ( "},
}

// TestLongQuestions asks questions that no person would: each is answered or refused.
func TestLongQuestions(t *testing.T) {
	e := goldEngine(t)
	a, err := e.Ask(t.Context(), strings.Repeat("opioid dose and pain ", mostWords))
	if err != nil || a.Status != NotUnderstood || a.Fault == nil || len(a.Hints) == 0 {
		t.Errorf("more words than a question has: %v, %v", a, err)
	}
	for _, l := range long {
		a, err := e.Ask(t.Context(), strings.Repeat(l.part, 1000/len(l.part)))
		if err != nil {
			t.Errorf("%s: %v", l.name, err)
		} else if a.Status == "" {
			t.Errorf("%s: no status", l.name)
		}
	}
}

// BenchmarkLongQuestions shows what a question of ten thousand bytes takes.
func BenchmarkLongQuestions(b *testing.B) {
	e := goldEngine(b)
	for _, l := range long {
		q := strings.Repeat(l.part, 10000/len(l.part))
		b.Run(strings.ReplaceAll(l.name, " ", "_"), func(b *testing.B) {
			for b.Loop() {
				if _, err := e.Ask(b.Context(), q); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
