package queries

import (
	"strings"
	"testing"
	"time"
)

// A question of ten thousand bytes is answered, or refused, at once.
func TestLongQuestions(t *testing.T) {
	e := goldEngine(t)
	if _, err := e.Ask(t.Context(), "VOICE"); err != nil { // the names are read
		t.Fatal(err)
	}
	for name, part := range map[string]string{
		"names": "opioid dose and pain ", "unknown words": "zorbamine flimflam of wibble ", "mistyped words": "opiod dosage reducton ",
		"signs": "((( [intervention] AND ", "contrast": "what is the effect of a versus b on c on ", "numbers": "between 20 and 50 MME ", "one word": "opioid",
		"negations": "not without except ", "query": "findings where not ( ",
	} {
		q := strings.Repeat(part, 10000/len(part)+1)[:10000]
		start := time.Now()
		if _, err := e.Ask(t.Context(), q); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		took := time.Since(start)
		t.Logf("%s: %v", name, took)
		if took > 10*time.Second {
			t.Errorf("%s: %v", name, took)
		}
	}
}
