package queries

import "testing"

// The example of each reading is read so: no earlier row takes it.
func TestReadingsInOrder(t *testing.T) {
	e := goldEngine(t)
	lex, err := e.names(t.Context(), "")
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range readings() {
		if u := lex.understand(r.example, &e.Settings); u.reading != r.name {
			t.Errorf("%s: read as %s, want %s", r.example, u.reading, r.name)
		}
	}
}
