package graph

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	csql "github.com/cayleygraph/cayley/graph/sql"
	"github.com/cayleygraph/cayley/query/path"
	"github.com/cayleygraph/quad"
	"github.com/google/go-cmp/cmp"

	"github.com/picograph/picograph/graph/postgres"
	"github.com/picograph/picograph/graph/postgres/pgtest"
)

// TestDatabaseHoldsTheSame loads the expected evidence of the seeds into memory and into a database, and asks both.
func TestDatabaseHoldsTheSame(t *testing.T) {
	s := pgtest.Start(t)
	v := words(t)
	docs := golds(t)
	memory := open(t, Memory, Options{Vocab: v})
	put(t, memory, docs...)
	place := s.Database("one")
	put(t, open(t, place, Options{Vocab: v, BatchBytes: 1 << 16}), docs...)
	g := open(t, place, Options{ReadOnly: true, Vocab: v})
	if g.Digest() != memory.Digest() {
		t.Errorf("digest %s, want %s", g.Digest(), memory.Digest())
	}
	if a, b := nquads(t, memory), nquads(t, g); a != b {
		t.Errorf("the N-Quads differ: %s", cmp.Diff(strings.Split(a, "\n"), strings.Split(b, "\n")))
	}
	for name, read := range map[string]func(g *Graph) (any, error){
		"documents": func(g *Graph) (any, error) { return g.Documents(t.Context()) },
		"reports":   func(g *Graph) (any, error) { return g.Reports(t.Context()) },
		"names":     func(g *Graph) (any, error) { return g.Names(t.Context()) },
		"labels":    func(g *Graph) (any, error) { return g.Labels(t.Context()) },
		"stats":     func(g *Graph) (any, error) { return g.Stats(t.Context()) },
		"lookup":    func(g *Graph) (any, error) { return g.Lookup(t.Context(), "opioid") },
		"prefix":    func(g *Graph) (any, error) { return g.NamesWithPrefix(t.Context(), "p", 7) },
		"texts":     func(g *Graph) (any, error) { return g.NameTexts(t.Context(), "p", 9) },
		"within":    func(g *Graph) (any, error) { return g.Findings(t.Context(), ByKind, "within", "between") },
		"count":     func(g *Graph) (any, error) { return g.Count(t.Context(), ByKind, "within") },
	} {
		want, errA := read(memory)
		got, errB := read(g)
		if diff := cmp.Diff(want, got); diff != "" || errA != nil || errB != nil {
			t.Errorf("%s (-memory +database): %v %v\n%s", name, errA, errB, diff)
		}
	}
	found, err := g.Verify(t.Context())
	if err != nil || len(found.Damage) > 0 || found.Documents != len(docs) {
		t.Errorf("Verify: %+v, %v", found, err)
	}
}

// TestDatabaseThroughChanges compares a database with a map and with joins made at once, as the file is; in the end the counts of
// Cayley's table are right, and Cayley's own backend walks what is there.
func TestDatabaseThroughChanges(t *testing.T) {
	s := pgtest.Start(t)
	place := s.Database("model")
	compareWithModel(t, place)
	n := 0
	compareJoins(t, func() string { n++; return s.Database(fmt.Sprint("joins", n)) })

	db, err := sql.Open("postgres", place)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close() //nolint // a test's
	wrong := 0
	err = db.QueryRow(`SELECT count(*) FROM nodes n WHERE n.refs <> (SELECT count(*) FROM quads q CROSS JOIN LATERAL
		(VALUES (q.subject_hash), (q.predicate_hash), (q.object_hash), (q.label_hash)) v (hash) WHERE v.hash = n.hash)`).Scan(&wrong)
	if err != nil || wrong > 0 {
		t.Errorf("%d values have a wrong count of quads, %v", wrong, err)
	}
	qs, err := csql.New("postgres", place, nil)
	if err != nil {
		t.Fatal(err)
	}
	defer qs.Close() //nolint // a test's
	g := open(t, place, Options{ReadOnly: true})
	st, err := g.Stats(t.Context())
	if err != nil || st.Findings == 0 {
		t.Fatalf("%d findings, %v", st.Findings, err)
	}
	walked, err := path.StartPath(qs, quad.IRI(theLayout().named["Finding"].iri)).In(quad.IRI(rdfType)).Iterate(t.Context()).AllValues(qs)
	if err != nil || len(walked) != st.Findings {
		t.Errorf("Cayley finds %d findings, want %d: %v", len(walked), st.Findings, err)
	}
}

// TestDatabaseSets compares what is found in a database as sets with what is found by reading.
func TestDatabaseSets(t *testing.T) {
	s := pgtest.Start(t)
	checkSets(t, open(t, s.Database("sets"), Options{Vocab: words(t)}))
}

// TestDatabaseOfTwoWriters loads from two sides at once: each waits for the other, and all is there in the end.
func TestDatabaseOfTwoWriters(t *testing.T) {
	s := pgtest.Start(t)
	place := s.Database("two")
	var waited atomic.Int32
	var wg sync.WaitGroup
	for side := range 2 {
		wg.Go(func() {
			g := open(t, place, Options{Waiting: func(holder string) {
				waited.Add(1)
				// The other may have ended before the server is asked who it is.
				if !strings.Contains(holder, pgtest.Owner) && holder != "another change" {
					t.Errorf("it waits for %q", holder)
				}
			}})
			for i := range 10 {
				put(t, g, simple(fmt.Sprint(side, "-", i), fmt.Sprint(side, i)), simple("common", fmt.Sprint(i)))
			}
		})
	}
	// A reader sees whole loads only: the common document, and as many of each side.
	reader := open(t, place, Options{})
	first, err := reader.Documents(t.Context()) // of a writer that was quicker there may be some
	if err != nil || len(first) == 1 {
		t.Errorf("the reader that comes first sees %d documents, %v", len(first), err)
	}
	for last := 0; last < 21; {
		g := open(t, place, Options{})
		docs, err := g.Documents(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		if len(docs) < last || len(docs) == 1 {
			t.Fatalf("%d documents after %d", len(docs), last)
		}
		last = len(docs)
		_ = g.Close()
		if t.Failed() {
			break
		}
	}
	wg.Wait()
	if waited.Load() == 0 {
		t.Log("no writer had to wait")
	}
	memory := open(t, Memory, Options{})
	for side := range 2 {
		for i := range 10 {
			put(t, memory, simple(fmt.Sprint(side, "-", i), fmt.Sprint(side, i)), simple("common", fmt.Sprint(i)))
		}
	}
	if now := open(t, place, Options{ReadOnly: true}); now.Digest() != memory.Digest() {
		t.Errorf("digest %s, want %s", now.Digest(), memory.Digest())
	}
	if docs, err := reader.Documents(t.Context()); err != nil || len(docs) != len(first) && len(docs) != 21 {
		t.Errorf("the reader that came first sees %d documents, %d before, %v", len(docs), len(first), err)
	}
}

// TestDatabaseRefresh looks at a database that another one changes, before the state that is shown is let go.
func TestDatabaseRefresh(t *testing.T) {
	place := pgtest.Start(t).Database("fresh")
	reader := open(t, place, Options{})
	for n := range 3 {
		if n > 0 {
			put(t, open(t, place, Options{}), simple(fmt.Sprint(n), fmt.Sprint("x", n)))
		}
		if err := reader.Refresh(t.Context()); err != nil {
			t.Fatal(err)
		}
		shown := reader.now.Load()
		if st, err := reader.Stats(t.Context()); err != nil || st.Documents != n {
			t.Errorf("%d documents, want %d, %v", st.Documents, n, err)
		}
		if err := reader.Refresh(t.Context()); err != nil || reader.now.Load() != shown {
			t.Errorf("what was read of a state is forgotten though nothing has changed (%v)", err)
		}
	}
}

// wantError checks that an error says what is wrong and what to do, and never the password.
func wantError(t *testing.T, err, is error, message, hint string) {
	t.Helper()
	if err == nil || is != nil && !errors.Is(err, is) || !strings.Contains(fmt.Sprint(err), message) || !strings.Contains(Advice(err), hint) {
		t.Errorf("the error is %q (%s), want %q (%s)", err, Advice(err), message, hint)
	}
	if s := fmt.Sprint(err, Advice(err)); strings.Contains(s, "s3cret") {
		t.Errorf("the password is in the message: %s", s)
	}
}

// TestDatabaseThatStops stops the server in the middle of a load and of a question: what was stored before is there when it is
// up again, and nothing of what was not.
func TestDatabaseThatStops(t *testing.T) {
	s := pgtest.Start(t)
	place := s.Database("stops")
	g := open(t, place, Options{BatchBytes: 1}) // all is sent at once
	put(t, g, simple("a", "x"))
	digest := g.Digest()
	reader := open(t, place, Options{ReadOnly: true})
	if docs, err := reader.Documents(t.Context()); err != nil || len(docs) != 1 {
		t.Fatal(docs, err)
	}

	w, err := g.Begin(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if err := w.Put(simple("b", "y")); err != nil {
		t.Fatal(err)
	}
	s.Kill()
	err = w.Put(simple("c", "z"))
	wantError(t, err, postgres.ErrLost, "lost", "try again")
	w.Rollback()
	_, err = reader.Stats(t.Context())
	wantError(t, err, nil, "server", "")
	if _, err := reader.Stats(t.Context()); err == nil {
		t.Error("a question is answered without a server")
	}
	wantError(t, second(Open(t.Context(), place, Options{})), nil, "reached", "check that it runs")

	s.Run()
	if st, err := reader.Stats(t.Context()); err != nil || st.Documents != 1 {
		t.Errorf("after the restart there are %d documents, %v", st.Documents, err)
	}
	if now := open(t, place, Options{ReadOnly: true}); now.Digest() != digest {
		t.Error("something of the load is there that was cut short")
	}
	put(t, g, simple("b", "y"), simple("c", "z"))
	if st, err := open(t, place, Options{ReadOnly: true}).Stats(t.Context()); err != nil || st.Documents != 3 {
		t.Errorf("the load that was tried again gives %d documents, %v", st.Documents, err)
	}
}

// TestDatabaseRefuses opens databases that cannot be used.
func TestDatabaseRefuses(t *testing.T) {
	s := pgtest.Start(t)
	place := s.Database("refuses")
	ctx := t.Context()
	refused := func(place string, o Options) error { return second(Open(ctx, place, o)) }

	wantError(t, refused(place, Options{ReadOnly: true}), postgres.ErrMissing, "no graph", "load documents first")
	put(t, open(t, place, Options{}), simple("a", "x"))
	wantError(t, refused(s.Address("nosuch", pgtest.Owner, "s3cret"), Options{}), nil, `"nosuch" does not exist`, "createdb")
	wantError(t, refused("postgres://me:s3cret@[", Options{}), nil, "no URL", "%40")
	wantError(t, refused("postgres://me:s3cret@nowhere.invalid/x?sslmode=never", Options{}), nil, "sslmode", "docs/scale.md")
	wantError(t, refused("mysql://me:s3cret@host/x", Options{}), nil, "not supported", "postgres://")
	wantError(t, refused("postgres:///x?password=s3cret&host=/nowhere", Options{}), nil, "reached", "check that it runs")

	s.Exec("refuses", `CREATE ROLE with_password LOGIN PASSWORD 's3cret-right'`, `CREATE ROLE reader LOGIN`, `CREATE ROLE nobody LOGIN`,
		`REVOKE ALL ON SCHEMA public FROM PUBLIC`, `REVOKE ALL ON DATABASE refuses FROM PUBLIC`, `GRANT reader TO with_password`,
		`GRANT CONNECT ON DATABASE refuses TO nobody`, `GRANT USAGE ON SCHEMA public TO nobody`)
	s.Exec("refuses", statements(t, "reader", "refuses")...)
	wantError(t, refused(s.Address("refuses", "with_password", "s3cret"), Options{}), nil, "password authentication failed", ".pgpass")
	g := open(t, s.Address("refuses", "with_password", "s3cret-right"), Options{ReadOnly: true})
	if strings.Contains(g.Where(), "s3cret") {
		t.Errorf("Where tells the password: %s", g.Where())
	}
	wantError(t, refused(s.Address("refuses", "nobody", ""), Options{}), postgres.ErrDenied, "picograph_meta", "docs/scale.md")
	g = open(t, s.Address("refuses", "reader", ""), Options{})
	if st, err := g.Stats(ctx); err != nil || st.Documents != 1 {
		t.Errorf("a role that may only read sees %d documents, %v", st.Documents, err)
	}
	wantError(t, second(g.Begin(ctx)), postgres.ErrDenied, "may not change", "docs/scale.md")

	s.Exec("refuses", `UPDATE picograph_meta SET value = '99' WHERE name = 'version'`)
	wantError(t, refused(place, Options{}), ErrVersion, `version "99"`, "another database")

	theirs := s.Database("theirs")
	if err := csql.Init("postgres", theirs, nil); err != nil {
		t.Fatal(err)
	}
	s.Exec("theirs", `INSERT INTO nodes (hash, refs) VALUES ('x', 1)`, `INSERT INTO quads (subject_hash, predicate_hash, object_hash) VALUES ('x', 'x', 'x')`)
	wantError(t, second(open(t, theirs, Options{}).Begin(ctx)), ErrForeign, "another program", "search_path")
	s.Exec("theirs", `CREATE SCHEMA mine`)
	put(t, open(t, theirs+"&search_path=mine", Options{}), simple("a", "x"))
}

// TestDatabaseWriter gives a role no more than docs/scale.md says that one that writes needs.
func TestDatabaseWriter(t *testing.T) {
	s := pgtest.Start(t)
	place := s.Database("roles")
	put(t, open(t, place, Options{}), simple("a", "x"))
	s.Exec("roles", `CREATE ROLE writer LOGIN`, `REVOKE ALL ON SCHEMA public FROM PUBLIC`, `REVOKE ALL ON DATABASE roles FROM PUBLIC`)
	s.Exec("roles", statements(t, "writer", "roles")...)
	g := open(t, s.Address("roles", "writer", ""), Options{})
	put(t, g, simple("b", "y"), simple("a", "z"))
	put(t, g, simple("a", "x"))
	if found, err := g.Verify(t.Context()); err != nil || len(found.Damage) > 0 || found.Documents != 2 {
		t.Errorf("Verify: %+v, %v", found, err)
	}
	ended, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := g.Stats(ended); !errors.Is(err, context.Canceled) {
		t.Errorf("a question that was given up: %v", err)
	}
	if _, err := g.Stats(t.Context()); err != nil {
		t.Errorf("the question after it: %v", err)
	}
}

// statements returns what docs/scale.md says that a role needs.
func statements(t *testing.T, role, database string) []string {
	t.Helper()
	page, err := os.ReadFile("../docs/scale.md")
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for line := range strings.Lines(string(page)) {
		if strings.HasPrefix(line, "GRANT") && strings.Contains(line, " TO "+role+";") {
			out = append(out, strings.ReplaceAll(line, "DATABASE evidence", "DATABASE "+database))
		}
	}
	if len(out) == 0 {
		t.Fatalf("docs/scale.md does not say what %s needs", role)
	}
	return out
}
