package queries

import (
	"strings"
	"testing"

	"github.com/picograph/picograph/queries/syntax"
)

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

// Every example of the tables of the language runs on a graph.
func TestExamplesRun(t *testing.T) {
	e := goldEngine(t)
	var all []string
	for _, v := range syntax.Verbs() {
		all = append(all, v.Example)
	}
	for _, f := range syntax.Fields() {
		all = append(all, "findings where "+f.Example)
	}
	for _, s := range syntax.Steps() {
		all = append(all, s.Example)
	}
	for _, q := range all {
		a, err := e.Ask(t.Context(), q)
		if err != nil {
			t.Errorf("%s: %v", q, err)
			continue
		}
		if a.Status == NotUnderstood || a.Query != q {
			t.Errorf("%s: %s, %s", q, a.Status, a.Query)
		}
	}
}

// TestOnlyStudy asks for an attribute without saying of what: of the one study there is, said so; where there are
// several, the question is not understood.
func TestOnlyStudy(t *testing.T) {
	const question = "what were the arms?"
	a, err := engineOver(t, unreadDocument()).Ask(t.Context(), question)
	if err != nil {
		t.Fatal(err)
	}
	if a.Status != Answered || a.Query != `arms of study KNEES` || !strings.Contains(a.Reading, "the only study here") {
		t.Errorf("%s: %s, %s", a.Status, a.Query, a.Reading)
	}
	if a, err = goldEngine(t).Ask(t.Context(), question); err != nil || a.Status != NotUnderstood {
		t.Errorf("among several studies: %v, %v", a.Status, err)
	}
}
