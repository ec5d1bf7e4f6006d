package format

import (
	"testing"

	"github.com/picograph/picograph/graph/evidence"
	"github.com/picograph/picograph/graph/quantity"
)

// TestSizeOfLaterPeriod holds that an arm of which nobody started in the first period has the size of its own.
func TestSizeOfLaterPeriod(t *testing.T) {
	c := &ctRecord{labels: map[string]int{"Phase 2 app": 0}, out: evidence.Study{Arms: []evidence.Arm{{Label: "Phase 2 app"}}}}
	for _, n := range []quantity.Decimal{"0", "72", "51"} { // three periods
		c.size("Phase 2 app", n, evidence.Passage{Pointer: "/n"})
	}
	if got := c.out.Arms[0].N; got != "72" {
		t.Errorf("size = %s, want 72", got)
	}
}
