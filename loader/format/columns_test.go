package format

import "testing"

// TestColumnNames checks that no name of a column stands for two things.
func TestColumnNames(t *testing.T) {
	of := map[string]string{}
	for c, names := range columns {
		for _, n := range names {
			if other, ok := of[n]; ok {
				t.Errorf("%q is a name of %s and of %s", n, c, other)
			}
			of[n] = c
		}
	}
}
