package gizmo

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/cayleygraph/quad"
	"github.com/google/go-cmp/cmp"

	"github.com/picograph/picograph/graph"
	"github.com/picograph/picograph/graph/store"
)

// asProcess is the variable under which the test binary is the process of a query.
const asProcess = "PICOGRAPH_TEST_GIZMO"

func TestMain(m *testing.M) {
	if os.Getenv(asProcess) != "" {
		if err := Serve(context.Background(), os.Stdin, os.Stdout); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		os.Exit(0)
	}
	os.Exit(m.Run())
}

func process(ctx context.Context) *exec.Cmd {
	self, err := os.Executable()
	if err != nil {
		panic(err)
	}
	cmd := exec.CommandContext(ctx, self)
	cmd.Env = append(os.Environ(), asProcess+"=1")
	return cmd
}

// small returns the place of a graph of two findings.
func small(t *testing.T) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "small.db")
	s, err := store.Open(path, false, store.Options{})
	if err != nil {
		t.Fatal(err)
	}
	tx, err := s.Begin()
	if err != nil {
		t.Fatal(err)
	}
	const ns = "urn:picograph:ns:"
	iri := func(s string) quad.IRI { return quad.IRI(s) }
	typ, label := iri("http://www.w3.org/1999/02/22-rdf-syntax-ns#type"), iri("urn:picograph:document:a")
	number := func(s string) quad.Value {
		return quad.TypedString{Value: quad.String(s), Type: "http://www.w3.org/2001/XMLSchema#decimal"}
	}
	for _, q := range []quad.Quad{
		{Subject: iri("urn:x/1"), Predicate: typ, Object: iri(ns + "Finding"), Label: label},
		{Subject: iri("urn:x/1"), Predicate: iri(ns + "kind"), Object: quad.String("between"), Label: label},
		{Subject: iri("urn:x/1"), Predicate: iri(ns + "value"), Object: number("-1.20"), Label: label},
		{Subject: iri("urn:x/2"), Predicate: typ, Object: iri(ns + "Finding"), Label: label},
		{Subject: iri("urn:x/2"), Predicate: iri(ns + "kind"), Object: quad.String("within"), Label: label},
		{Subject: iri("urn:x/2"), Predicate: iri(ns + "value"), Object: number("0.5"), Label: label},
	} {
		if err := tx.Change(q, true); err != nil {
			t.Fatal(err)
		}
	}
	if err := errors.Join(tx.Commit(t.Context()), s.Close()); err != nil {
		t.Fatal(err)
	}
	return path
}

// generous are limits that no query of these tests comes near on a busy machine.
func generous() Limits { return Limits{Time: time.Minute, Memory: 512 << 20, Rows: 100} }

func TestAsk(t *testing.T) {
	where := small(t)
	for _, c := range []struct {
		query string
		want  Result
	}{
		{`g.V("<pg:Finding>").in("<rdf:type>").has("<pg:kind>", "between").save("<pg:value>", "value").all()`, Result{Columns: []string{"id", "value"}, Rows: [][]string{{"<urn:x/1>", "-1.20"}}}},
		{`g.V("<pg:Finding>").in("<rdf:type>").count()`, Result{Columns: []string{"value"}, Rows: [][]string{{"2"}}}},
		{`g.V("<urn:x/1>").out(null, "edge").all()`, Result{Columns: []string{"id", "edge"}, Rows: [][]string{{"<pg:Finding>", "<rdf:type>"}, {"between", "<pg:kind>"}, {"-1.20", "<pg:value>"}}}},
		{`g.V("<pg:Finding>").in("<rdf:type>").out("<pg:value>").filter(gt(0)).all();`, Result{Columns: []string{"id"}, Rows: [][]string{{"0.5"}}}},
		{"var n = 0 // how many\ng.V(\"<pg:Finding>\").in(\"<rdf:type>\").forEach(function(d) { n++; g.emit({node: d.id, list: [n, d.id]}) })", Result{
			Columns: []string{"list", "node"}, Rows: [][]string{{`[1,"<urn:x/1>"]`, "<urn:x/1>"}, {`[2,"<urn:x/2>"]`, "<urn:x/2>"}},
		}},
		{`g.V("<pg:Finding>").in("<rdf:type>").has("<pg:value>", '"0.5"^^<xsd:decimal>').all()`, Result{Columns: []string{"id"}, Rows: [][]string{{"<urn:x/2>"}}}},
		{`g.V("<urn:none>").all()`, Result{}},
		{`g.V("<pg:Finding>").in("<rdf:type>").outPredicates().labels().all()`, Result{}},
	} {
		got, err := Ask(t.Context(), process, where, c.query, generous())
		if err != nil {
			t.Errorf("%s: %v", c.query, err)
			continue
		}
		if d := cmp.Diff(&c.want, got); d != "" {
			t.Errorf("%s: -want +got\n%s", c.query, d)
		}
	}
}

func TestQueriesThatFail(t *testing.T) {
	where := small(t)
	quick, narrow := generous(), generous()
	quick.Time = 2 * time.Second
	narrow.Memory = 64 << 20
	for _, c := range []struct {
		query, message, hint string
		limits               Limits
	}{
		{"g.V().out({}).all()", "the query ended Cayley's engine: unsupported type: map[string]interface {}", "names as texts", generous()},
		{"while(true){}", "the query was ended after 2s", ".lang gizmo SECONDS", quick},
		{"var a=[]; while(true) a.push(new Array(1e6).fill(7))", "it took more than 64 MiB of memory", "begin at fewer nodes", narrow},
		{"var s='x'; while(true) s += s", "it took more than 64 MiB of memory", "begin at fewer nodes", narrow},
		{"g.V(\"<pg:Finding>\")\n  .in(\"<rdf:type>\"].all()", "line 2, column 19: Unexpected token ]\n      .in(\"<rdf:type>\"].all()\n                      ^", ".help gizmo", generous()},
		{`g.V("<pg:Finding>").nothing()`, "line 1, column 28: TypeError: Object has no member 'nothing'", ".help gizmo", generous()},
		{`g.V("<pg:Finding>").in("<rdf:type>")`, "a path that nobody walks", "end it in .all()", generous()},
		{`g.V("<pg:Finding>").in("<rdf:type>").all`, "a path that nobody walks", "end it in .all()", generous()},
	} {
		_, err := Ask(t.Context(), process, where, c.query, c.limits)
		var e *Error
		if !errors.As(err, &e) || !strings.Contains(e.Message, c.message) || !strings.Contains(e.Hint, c.hint) {
			t.Errorf("%s: %#v", c.query, err)
		}
	}
	if _, err := Ask(t.Context(), process, filepath.Join(t.TempDir(), "none.db"), "1", generous()); err == nil || !strings.Contains(err.Error(), "none.db") {
		t.Errorf("a graph that is not there: %v", err)
	}
}

func TestRowLimit(t *testing.T) {
	where := small(t)
	l := generous()
	for _, c := range []struct {
		rows int
		more bool
	}{{4, true}, {5, false}, {6, false}} {
		l.Rows = c.rows
		got, err := Ask(t.Context(), process, where, "for (var i = 0; i < 5; i++) g.emit(i)", l)
		if err != nil {
			t.Fatal(err)
		}
		if len(got.Rows) != min(c.rows, 5) || got.More != c.more {
			t.Errorf("limit %d: %d rows, more: %v", c.rows, len(got.Rows), got.More)
		}
	}
	l.Rows = 3
	if got, err := Ask(t.Context(), process, where, "while (true) g.emit(1)", l); err != nil || len(got.Rows) != 3 || !got.More {
		t.Errorf("rows without end: %v %v", got, err)
	}
}

func TestCancelled(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	slow := func(c context.Context) *exec.Cmd {
		cancel()
		return process(c)
	}
	if _, err := Ask(ctx, slow, small(t), "while(true){}", generous()); !errors.Is(err, context.Canceled) {
		t.Errorf("error %v", err)
	}
}

// TestSteps holds the table of steps to the engine: each name is there.
func TestSteps(t *testing.T) {
	var names []string
	for _, st := range Steps() {
		if strings.HasPrefix(st.Form, ".") {
			names = append(names, "g.V()."+st.Name)
		} else {
			names = append(names, st.Name)
		}
	}
	query := "var what = {" // by name
	for _, n := range names {
		query += fmt.Sprintf("%q: typeof %s,", n, n)
	}
	got, err := Ask(t.Context(), process, small(t), query+"}; g.emit(what)", generous())
	if err != nil {
		t.Fatal(err)
	}
	for i, c := range got.Columns {
		if got.Rows[0][i] != "function" {
			t.Errorf("%s is %s", c, got.Rows[0][i])
		}
	}
}

func TestUnfinished(t *testing.T) {
	for text, want := range map[string]bool{
		"g.V(": true, "g.V().": true, "g.V().all()": false, "g.V().all();": false, "var a = ": true, "for (var i = 0; i < 3; i++) {": true,
		"g.V(\"<x>": false, "g.V())": false, "// only this": false, "var s = `x": true, "g.V(\n\"<x>\"\n)": false, "/* so": true,
		"var a = 1": true, "function f() { g.emit(1) }": true, "var a = 1; g.emit(a)": false, "a = 1": false,
	} {
		if got := Unfinished(text); got != want {
			t.Errorf("%q: %v", text, got)
		}
	}
}

func TestPrefixes(t *testing.T) {
	for _, p := range graph.Prefixes() {
		full, _ := expand("<" + p.Name + ":a>")
		if full != "<"+p.IRI+"a>" || shorten(p.IRI+"a") != p.Name+":a" {
			t.Errorf("%s: %s %s", p.Name, full, shorten(p.IRI+"a"))
		}
	}
	for _, same := range []string{"<urn:x>", "<pg:a/b>", "a < pg:b >", "<none:a>"} {
		if full, moved := expand(same); full != same || moved != nil {
			t.Errorf("%s became %s", same, full)
		}
	}
}
