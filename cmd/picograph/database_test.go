package main

import (
	"bytes"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/picograph/picograph/graph/postgres/pgtest"
	"github.com/picograph/picograph/queries/library"
)

// TestDatabaseAnswersAsTheFile loads the seeds into a file and into a database, through the command, and asks both the same: the
// saved queries, and the questions of the tests of queries.
func TestDatabaseAnswersAsTheFile(t *testing.T) {
	s := pgtest.Start(t)
	dir := t.TempDir()
	places := []string{"g.db", s.Database("seeds")}
	seed, err := filepath.Abs("../../seeds")
	if err != nil {
		t.Fatal(err)
	}
	var questions bytes.Buffer
	files, _ := filepath.Glob("../../queries/testdata/*.txt")
	for _, name := range files {
		b, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		questions.Write(b)
	}
	calls := [][]string{{"stats"}, {"joins"}, {"check"}, {"show", "VOICE"}, {"ask", "-"}, {"export", "nquads"}}
	saved, err := library.Queries.ReadDir(".")
	if err != nil || len(saved) == 0 || questions.Len() == 0 {
		t.Fatal("no saved queries or no questions", err)
	}
	for _, q := range saved {
		if name, ok := strings.CutSuffix(q.Name(), ".pq"); ok {
			calls = append(calls, []string{"run", name})
		}
	}
	given := questions.Bytes()
	call := func(args ...string) string {
		cmd := command(t, dir, args...)
		cmd.Stdin = bytes.NewReader(given)
		out, _ := cmd.CombinedOutput()
		return string(out) + cmd.ProcessState.String()
	}
	for _, place := range places {
		if out := call("load", "-q", "--graph", place, seed); !strings.HasSuffix(out, "exit status 0") {
			t.Fatal(out)
		}
	}
	for _, args := range calls {
		file, database := call(append(args, "--graph", places[0])...), call(append(args, "--graph", places[1])...)
		if diff := cmp.Diff(file, database); diff != "" || file == "" {
			t.Errorf("%v (-file +database):\n%s", args, diff)
		}
	}
	given = []byte(`.lang gizmo
.mode csv
g.V("<pg:JoinedStudy>").in("<rdf:type>").save("<schema:name>", "name").out("<pg:telling>").saveOpt("<pg:allocation>", "allocation").all()
g.V("<pg:Finding>").in("<rdf:type>").has("<pg:kind>", "between").count()
`)
	file, database := call("repl", "--graph", places[0]), call("repl", "--graph", places[1])
	inOrder := func(s string) []string { return slices.Sorted(strings.Lines(s)) } // databases have their own
	if diff := cmp.Diff(inOrder(file), inOrder(database)); diff != "" || !strings.Contains(file, "VOICE,randomized") && !strings.Contains(file, "randomized,VOICE") {
		t.Errorf("in Gizmo (-file +database):\n%s\n%s", diff, file)
	}
}
