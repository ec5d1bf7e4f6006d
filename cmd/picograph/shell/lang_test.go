package shell

import (
	"context"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/picograph/picograph/graph/gizmo"
)

func TestLang(t *testing.T) {
	d := newDesk(t).with(t)
	t.Chdir(d.dir)
	var asked []string
	d.Gizmo = func(_ context.Context, where, query string, l gizmo.Limits) (*gizmo.Result, error) {
		if _, err := os.Stat(where); err != nil {
			t.Errorf("where it is asked: %v", err)
		}
		asked = append(asked, query)
		switch {
		case strings.Contains(query, "none"):
			return &gizmo.Result{}, nil
		case strings.Contains(query, "wrong"):
			return nil, &gizmo.Error{Message: "it is wrong", Hint: "mend it"}
		}
		return &gizmo.Result{Columns: []string{"id", "name"}, Rows: [][]string{{"<urn:x>", "one \x1b[31m"}}, More: true}, nil
	}
	d.Editor = func(_ context.Context, path string) error {
		text, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		return os.WriteFile(path, []byte(strings.ReplaceAll(string(text), "none", "edited")), 0o600)
	}
	terminal := d.types(t, ".lang", ".lang gismo", ".lang gizmo x", ".lang picograph 3", ".lang gizmo 5", ".lang", "g.V(", "  \"<x>\" // so", ").all()", "wrong()", "none()", ".edit", ".mode json", "g.V().all()", "quit")
	if d := cmp.Diff([]string{"g.V(\n  \"<x>\" // so\n).all()", "wrong()", "none()", "edited()", "g.V().all()"}, asked); d != "" {
		t.Error(d)
	}
	if d := cmp.Diff([]string{prompt, prompt, prompt, prompt, prompt, promptGizmo, promptGizmo, promptMore, promptMore, promptGizmo}, terminal.prompts[:10]); d != "" {
		t.Error(d)
	}
	want(t, "output", d.out.String(), "picograph\n", "\ngizmo\n", "id       name\n", "<urn:x>  one ␛[31m\n", `{"id": "<urn:x>", "name": "one \u001b[31m"}`)
	want(t, "errors", d.err.String(), "did you mean gizmo?", `"x" is no number of seconds`, "write .lang [picograph|gizmo [SECONDS]]", "picograph: it is wrong\npicograph: hint: mend it\n", "no rows:", "only the first 1 rows")
}

func TestCompleteGizmo(t *testing.T) {
	d := newDesk(t)
	d.speaks = gizmoLanguage
	for _, c := range []struct{ line, head, word string }{
		{"g", "", "g.V("},
		{"g.e", "", "g.emit("},
		{`g.V("<pg:Fin`, `g.V("`, "<pg:Finding>"},
		{`g.V("<pg:Finding>").in("<rdf`, `g.V("<pg:Finding>").in("`, "<rdf:type>"},
		{`g.V("<pg:Finding>").ou`, `g.V("<pg:Finding>").`, "out("},
		{`g.V().has("<pg:value>", l`, `g.V().has("<pg:value>", `, "lt("},
		{".lang g", ".lang ", "gizmo"},
		{".help gi", ".help ", "gizmo"},
	} {
		head, words := d.Complete(t.Context(), c.line, len(c.line))
		if head != c.head || !strings.Contains("\n"+strings.Join(words, "\n")+"\n", "\n"+c.word+"\n") {
			t.Errorf("%q: %q + %q", c.line, head, words)
		}
	}
}
