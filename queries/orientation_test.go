package queries

import (
	"testing"

	"github.com/picograph/picograph/graph/evidence"
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
