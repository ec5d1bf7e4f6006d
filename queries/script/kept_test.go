package script

import (
	"bytes"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/picograph/picograph/queries"
)

// found is an answer with a row for each of "outcome: result @ document".
func found(rows ...string) *queries.Answer {
	a := &queries.Answer{Question: "which?", Query: "findings", Status: queries.Answered, Graph: "g"}
	s := queries.Section{Title: "Better", Columns: []string{"Outcome", "Result", "Source"}}
	for _, r := range rows {
		what, document, _ := strings.Cut(r, " @ ")
		outcome, result, _ := strings.Cut(what, ": ")
		s.Rows = append(s.Rows, queries.Row{Cells: []string{outcome, result, document}, Findings: []queries.Finding{{Document: document}}})
	}
	a.Sections = []queries.Section{s}
	return a
}

func TestSince(t *testing.T) {
	before := Keep("mine", Values{"x": "1"}, []string{"a.txt", "b.txt"}, []*queries.Answer{found("pain: -1 @ a.txt", "sleep: 2 @ b.txt", "dose: 3 @ a.txt")})
	var saved bytes.Buffer
	if err := before.Write(&saved); err != nil {
		t.Fatal(err)
	}
	before, err := ReadKept("saved.json", &saved)
	if err != nil {
		t.Fatal(err)
	}
	now := Keep("mine", Values{"x": "2"}, []string{"a.txt", "c.txt"}, []*queries.Answer{found("pain: -1 @ a.txt", "mood: 5 @ c.txt", "dose: 4 @ c.txt")})
	want := &Changes{
		Parameters:       []string{"x: 1, now 2"},
		DocumentsAdded:   []string{"c.txt"},
		DocumentsRemoved: []string{"b.txt"},
		Changes: []Change{
			{Question: "which?", What: "added", Row: "mood", After: "5 | [Better]", Cause: []string{"c.txt"}},
			{Question: "which?", What: "changed", Row: "dose", Before: "3 | [Better]", After: "4 | [Better]", Cause: []string{"a.txt", "c.txt"}},
			{Question: "which?", What: "gone", Row: "sleep", Before: "2 | [Better]", Cause: []string{"b.txt"}},
		},
	}
	got := now.Since(before)
	if d := cmp.Diff(want, got); d != "" {
		t.Error(d)
	}
	var b strings.Builder
	if err := got.Print(&b); err != nil {
		t.Fatal(err)
	}
	for _, part := range []string{"Asked otherwise: x: 1, now 2", "  added    mood", "in c.txt (new)", "was: 3", "now: 4", "in b.txt (no longer there)"} {
		if !strings.Contains(b.String(), part) {
			t.Errorf("lacks %q:\n%s", part, b.String())
		}
	}
	if same := now.Since(now); same.Any() {
		t.Errorf("the same differs: %v", same)
	}
}

func TestReadKeptOfSomethingElse(t *testing.T) {
	for _, text := range []string{"", "{}", "[]", `{"answers": [{"rows": [{"cells": ["a"]}]}]}`, `{"other": 1}`} {
		if _, err := ReadKept("x.json", strings.NewReader(text)); err == nil || !strings.Contains(err.Error(), "x.json: this is no saved answer") {
			t.Errorf("%s: %v", text, err)
		}
	}
}
