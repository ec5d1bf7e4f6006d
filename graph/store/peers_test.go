package store

import (
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/cayleygraph/quad"
	"github.com/cayleygraph/quad/nquads"
)

var peers = flag.String("peers", "", "a file of N-Quads: load them, ask the questions of tools/peers, and print what it took, as the programs there do")

var peerRuns = flag.Int("peer-runs", 5, "how often each question is asked again")

// question is one of tools/peers/questions.json: patterns that hold together, a bound for one variable, and what to list
// without repetition or to count by.
type question struct {
	Name, Select, Group, Var, Op string
	Patterns                     [][3]string
	Number                       float64
}

// TestPeers measures the store with the questions that tools/peers asks of other engines.
func TestPeers(t *testing.T) {
	if *peers == "" {
		t.Skip("measures only with -peers FILE")
	}
	text, err := os.ReadFile(filepath.Join("..", "..", "tools", "peers", "questions.json"))
	if err != nil {
		t.Fatal(err)
	}
	var questions []question
	if err := json.Unmarshal(text, &questions); err != nil {
		t.Fatal(err)
	}
	quads := readQuads(t, *peers)
	path := filepath.Join(t.TempDir(), "g.db")
	start := time.Now()
	s, err := Open(path, false, Options{})
	if err != nil {
		t.Fatal(err)
	}
	tx, err := s.Begin()
	if err != nil {
		t.Fatal(err)
	}
	for _, q := range quads {
		if err := tx.Change(q, true); err != nil {
			t.Fatal(err)
		}
	}
	if err := tx.Commit(t.Context()); err != nil {
		t.Fatal(err)
	}
	took, n := time.Since(start), float64(s.Now().Len())
	tell("load", map[string]any{"ms": ms(took), "quads/s": n / took.Seconds(), "bytes/quad": float64(s.Now().Bytes()) / n})
	_ = s.Close()
	for _, q := range questions {
		start := time.Now()
		s, err := Open(path, true, Options{})
		if err != nil {
			t.Fatal(err)
		}
		rows, err := q.ask(t.Context(), s.Now())
		if err != nil {
			t.Fatal(q.Name, err)
		}
		cold := time.Since(start)
		var warm []time.Duration
		for range *peerRuns {
			start := time.Now()
			if _, err := q.ask(t.Context(), s.Now()); err != nil {
				t.Fatal(err)
			}
			warm = append(warm, time.Since(start))
		}
		slices.Sort(warm)
		tell(q.Name, map[string]any{"ms": ms(warm[len(warm)/2]), "cold": ms(cold), "rows": len(rows)})
		_ = s.Close()
	}
}

func ms(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }

// tell prints a line for tools/peers/table.py.
func tell(what string, m map[string]any) {
	m["engine"], m["what"] = "picograph", what
	line, _ := json.Marshal(m) // numbers and strings
	fmt.Println(string(line))
}

func readQuads(t *testing.T, path string) (out []quad.Quad) {
	t.Helper()
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	r := nquads.NewReader(f, true)
	for {
		q, err := r.ReadQuad()
		if err == io.EOF {
			return out
		}
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, q)
	}
}

// side is a place of a pattern: a value, or the number of a variable.
type side struct {
	id       ID
	variable int // from 1; 0 for a value
}

// ask answers a question by nested look-ups: the pattern that fits the fewest quads first, then always the one that fits the
// fewest once what is bound is known.
func (q *question) ask(ctx context.Context, s *Snapshot) ([]string, error) {
	w := walk{snapshot: s, names: map[string]int{}, found: map[ID]int{}}
	for _, p := range q.Patterns {
		var of [3]side
		for k, text := range []string{p[0], "<" + p[1] + ">", p[2]} {
			if name, ok := strings.CutPrefix(text, "?"); ok {
				of[k].variable = w.variable(name)
				continue
			}
			id, err := s.Lookup(termOf(text))
			if err != nil || id == 0 {
				return nil, err
			}
			of[k].id = id
		}
		w.patterns = append(w.patterns, of)
	}
	if q.Var != "" {
		ops := map[string]func(*stretch, []byte){
			"<":  func(st *stretch, k []byte) { st.keys = append(st.keys, [2][]byte{{classNumber}, k}) },
			">=": func(st *stretch, k []byte) { st.keys = append(st.keys, [2][]byte{k, {classNumber, notNumber}}) },
		}
		key, _, err := term(nil, quad.Float(q.Number))
		if err != nil {
			return nil, err
		}
		_, rest, _ := parseNumber(key[1:])
		st := &stretch{}
		ops[q.Op](st, key[:len(key)-len(rest)])
		if w.within, err = st.ranges(s); err != nil {
			return nil, err
		}
		w.bounded = w.variable(q.Var)
	}
	w.wanted = w.variable(q.Select + q.Group)
	w.bound = make([]ID, len(w.names)+1)
	if err := w.plan(); err != nil {
		return nil, err
	}
	w.scans = make([]*Scan, len(w.patterns))
	if err := w.follow(ctx, w.patterns); err != nil {
		return nil, err
	}
	ids := make([]ID, 0, len(w.found))
	for id := range w.found {
		ids = append(ids, id)
	}
	slices.Sort(ids)
	rows := make([]string, 0, len(ids))
	err := s.EachValue(ids, func(id ID, v quad.Value) error {
		row := v.String()
		if q.Group != "" {
			row += fmt.Sprint(" ", w.found[id])
		}
		rows = append(rows, row)
		return nil
	})
	return rows, err
}

// termOf reads a term as N-Quads write it.
func termOf(text string) quad.Value {
	if name, ok := strings.CutPrefix(text, "<"); ok {
		return quad.IRI(strings.TrimSuffix(name, ">"))
	}
	return quad.String(strings.Trim(text, `"`))
}

// walk is a question being answered.
type walk struct {
	snapshot *Snapshot
	patterns [][3]side
	names    map[string]int
	bounded  int // the variable that has to lie in one of the stretches
	within   []Range
	wanted   int
	bound    []ID
	found    map[ID]int
	scans    []*Scan // of each step
}

func (w *walk) variable(name string) int {
	if w.names[name] == 0 {
		w.names[name] = len(w.names) + 1
	}
	return w.names[name]
}

func (w *walk) pattern(of [3]side) (p Pattern) {
	for k, at := range []*ID{&p.Subject, &p.Predicate, &p.Object} {
		*at = of[k].id
		if of[k].variable > 0 {
			*at = w.bound[of[k].variable]
		}
	}
	return p
}

// plan sorts the patterns: the one that fits the fewest quads first, then always one of those that lead on from what is
// bound, from subjects before from objects, since an edge of one thing has few ends.
func (w *walk) plan() error {
	bound := map[int]bool{}
	known := func(x side) bool { return x.variable == 0 || bound[x.variable] }
	for n := range w.patterns {
		best, least := 0, -1
		for i, of := range w.patterns[n:] {
			cost := 0
			switch {
			case n > 0 && known(of[0]) && known(of[2]):
			case n > 0 && known(of[0]):
				cost = 2
			case n > 0 && known(of[2]) && of[2].variable > 0:
				cost = 3
			default:
				k, err := w.count(of, w.pattern(of))
				if err != nil {
					return err
				}
				cost = 4 + k
			}
			if least < 0 || cost < least {
				best, least = n+i, cost
			}
		}
		w.patterns[n], w.patterns[best] = w.patterns[best], w.patterns[n]
		for _, x := range w.patterns[n] {
			bound[x.variable] = true
		}
	}
	return nil
}

// follow goes on with the patterns that are left.
func (w *walk) follow(ctx context.Context, left [][3]side) error {
	if len(left) == 0 {
		w.found[w.bound[w.wanted]]++
		return ctx.Err()
	}
	of, rest := left[0], left[1:]
	p := w.pattern(of)
	if p.Subject == 0 && p.Object == 0 && of[2].variable == w.bounded && w.bounded > 0 {
		for _, r := range w.within {
			if err := w.each(ctx, of, rest, w.snapshot.ScanObjects(p.Predicate, r.First, r.Last)); err != nil {
				return err
			}
		}
		return nil
	}
	n := len(w.patterns) - len(left)
	if w.scans[n] == nil {
		w.scans[n] = w.snapshot.Scan(p)
	} else {
		w.scans[n].Again(p)
	}
	return w.each(ctx, of, rest, w.scans[n])
}

// count counts what a pattern fits, of a bounded variable within its bounds.
func (w *walk) count(of [3]side, p Pattern) (n int, err error) {
	if p.Object > 0 || of[2].variable != w.bounded || w.bounded == 0 {
		return w.snapshot.Count(p)
	}
	for _, r := range w.within {
		k, err := w.snapshot.CountObjects(p.Predicate, r.First, r.Last)
		if err != nil {
			return 0, err
		}
		n += k
	}
	return n, nil
}

func (w *walk) each(ctx context.Context, of [3]side, rest [][3]side, scan *Scan) error {
	var last Quad
	for scan.Next() {
		q := scan.Quad()
		q.Label = 0
		if q == last { // the same under another label
			continue
		}
		last = q
		ok := true
		var set [2]int
		for k, id := range [3]ID{q.Subject, q.Predicate, q.Object} {
			v := of[k].variable
			if v == 0 || w.bound[v] == id {
				continue
			}
			if v == w.bounded && !slices.ContainsFunc(w.within, func(r Range) bool { return r.First <= id && id <= r.Last }) {
				ok = false
				break
			}
			w.bound[v] = id
			set[k/2] = v
		}
		if ok {
			if err := w.follow(ctx, rest); err != nil {
				return err
			}
		}
		for _, v := range set { // 0 is no variable
			w.bound[v] = 0
		}
	}
	return scan.Err()
}
