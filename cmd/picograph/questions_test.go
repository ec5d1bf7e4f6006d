package main

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"

	"github.com/picograph/picograph/queries"
)

// TestQuestionsOnDocuments loads the documents of testdata/questions.txtar and asks the questions of its last file. Each line
// has a question, what its canonical query has to be, and words that its reading, answer, rows or near misses have to hold; for
// one that is refused, the words at fault.
func TestQuestionsOnDocuments(t *testing.T) {
	archive, err := txtar.ParseFile(filepath.Join("testdata", "questions.txtar"))
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	last := len(archive.Files) - 1
	for _, f := range archive.Files[:last] {
		if err := os.WriteFile(filepath.Join(dir, f.Name), f.Data, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if out, err := command(t, dir, "load", "-q", "--graph", "g.db", ".").CombinedOutput(); err != nil {
		t.Fatalf("loading the documents: %v\n%s", err, out)
	}
	var asked [][]string
	var questions strings.Builder
	for line := range strings.Lines(string(archive.Files[last].Data)) {
		if part := strings.Split(strings.TrimSpace(line), "\t"); len(part) > 1 {
			asked = append(asked, part)
			questions.WriteString(part[0] + "\n")
		}
	}
	cmd := command(t, dir, "ask", "--graph", "g.db", "-o", "jsonl", "-")
	cmd.Stdin = strings.NewReader(questions.String())
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	out, _ := cmd.Output() // the status is that of the refused ones
	answers := map[string]*queries.Answer{}
	for line := range strings.Lines(string(out)) {
		a := &queries.Answer{}
		if err := json.Unmarshal([]byte(line), a); err != nil {
			t.Fatal(err)
		}
		answers[a.Question] = a
	}
	for _, part := range asked {
		question, query, holds := part[0], part[1], part[2:]
		a := answers[question]
		switch {
		case query == "refused":
			if a != nil && a.Status != queries.UnknownTerm && a.Status != queries.NotUnderstood || !strings.Contains(stderr.String(), holds[0]) {
				t.Errorf("%s: not refused for %q: %s", question, holds[0], stderr.String())
			}
			continue
		case a == nil:
			t.Errorf("%s: refused: %s", question, stderr.String())
			continue
		case a.Query != query:
			t.Errorf("%s\n got %s\nwant %s", question, a.Query, query)
		}
		all := told(a)
		for _, h := range holds {
			if !strings.Contains(all, h) {
				t.Errorf("%s: %q is not in\n%s", question, h, all)
			}
		}
	}
}

// told returns what an answer says: reading, sentences, rows and near misses.
func told(a *queries.Answer) string {
	said := []string{a.Reading, a.Text, string(a.Status)}
	for _, s := range a.Sections {
		said = append(said, s.Title)
		for _, r := range s.Rows {
			said = append(said, strings.Join(r.Cells, " "))
		}
	}
	for _, n := range a.Near {
		said = append(said, n.What, n.Why)
	}
	return strings.Join(said, "\n")
}
