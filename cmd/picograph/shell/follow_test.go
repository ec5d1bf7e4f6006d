package shell

import (
	"context"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/picograph/picograph/graph"
	"github.com/picograph/picograph/queries"
)

// TestShellFollowsTheFile changes the shell's file from another side between two lines: questions and commands see what is there, .why sees what the
// answer was from, and says so when that is gone.
func TestShellFollowsTheFile(t *testing.T) {
	d := newDesk(t)
	path := filepath.Join(d.dir, "g.db")
	at := func(ctx context.Context) *graph.Graph {
		g, err := graph.Open(ctx, path, graph.Options{Vocab: d.Session.Engine.Vocab})
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = g.Close() })
		return g
	}
	d.Session.Engine.Graph = at(t.Context())
	other := &Session{Engine: &queries.Engine{Graph: at(t.Context()), Vocab: d.Session.Engine.Vocab}}
	store := func(name, text string) {
		file := filepath.Join(d.dir, name)
		if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		if err := other.LoadForOnce(t.Context(), []string{file}); err != nil {
			t.Fatal(err)
		}
	}
	steps := map[string]func(){
		".stats": func() { store("lark.txt", larks) },
		"findings where outcome is pain and study is LARK": func() {},
		".why 1":      func() { store("lark.txt", strings.ReplaceAll(larks, "adults", "tall adults")) },
		".sources":    func() { store("b.txt", "A trial of tea. Adults were randomised to tea or juice.\n") },
		".why 1 ":     func() {},
		"list trials": func() { store("c.txt", "A trial of talks. Adults were randomised to talks or books.\n") },
	}
	terminal := &typist{
		lines:  []string{".stats", "findings where outcome is pain and study is LARK", ".why 1", ".sources", ".why 1 ", "list trials"},
		before: func(line string) { steps[line]() },
	}
	if err := d.Interact(t.Context(), terminal); err != nil {
		t.Fatal(err)
	}
	out := d.out.String()
	if !regexp.MustCompile(`documents +1\n`).MatchString(out) || !strings.Contains(out, "b.txt, c.txt and LARK") {
		t.Error("the shell does not see what was stored")
	}
	first, second, _ := strings.Cut(out, "b.txt")
	if strings.Contains(first, "since") || !strings.Contains(first, "Row 1:") {
		t.Errorf(".why before the shell looked anew:\n%s", first)
	}
	if !strings.Contains(second, "as it was answered: the document was changed") {
		t.Errorf(".why of what has changed:\n%s", second)
	}
	if t.Failed() {
		t.Log(out, d.err.String())
	}
}
