// Command cayley asks Cayley's own stores, on bbolt and in memory, what tools/peers asks of other engines. It is a module of
// its own, so that none of those stores reaches picograph. Decimals become floating-point numbers, since Cayley compares no
// others with them.
package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"log"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/cayley/graph/iterator"
	_ "github.com/cayleygraph/cayley/graph/kv/bbolt"
	_ "github.com/cayleygraph/cayley/graph/memstore"
	"github.com/cayleygraph/cayley/query/path"
	"github.com/cayleygraph/cayley/query/shape"
	"github.com/cayleygraph/quad"
	"github.com/cayleygraph/quad/nquads"
)

type question struct {
	Name, Select, Group, Var, Op string
	Patterns                     [][3]string
	Number                       float64
}

func main() {
	log.SetFlags(0)
	if len(os.Args) != 4 {
		log.Fatal("usage: cayley QUADS.nq FOLDER RUNS")
	}
	runs, err := strconv.Atoi(os.Args[3])
	check(err)
	text, err := os.ReadFile("../questions.json")
	check(err)
	var questions []question
	check(json.Unmarshal(text, &questions))
	quads := read(os.Args[1])
	for _, e := range []struct {
		name, kind string
		opts       graph.Options
	}{
		{"Cayley, bbolt", "bbolt", graph.Options{"no_bloom": true}},
		{"Cayley, memory", "memstore", nil},
	} {
		measure(e.name, e.kind, filepath.Join(os.Args[2], strings.ReplaceAll(e.name, " ", "")), e.opts, quads, questions, runs)
	}
}

func check(err error) {
	if err != nil {
		log.Fatal(err)
	}
}

func measure(name, kind, dir string, opts graph.Options, quads []quad.Quad, questions []question, runs int) {
	ctx := context.Background()
	start := time.Now()
	open := func() graph.QuadStore {
		if kind == "memstore" {
			qs, err := graph.NewQuadStore(kind, "", nil)
			check(err)
			return qs
		}
		qs, err := graph.NewQuadStore(kind, dir, opts)
		check(err)
		return qs
	}
	if kind != "memstore" {
		check(os.RemoveAll(dir))
		check(graph.InitQuadStore(kind, dir, opts))
	}
	qs := open()
	w, err := qs.NewQuadWriter()
	check(err)
	for part := range slices.Chunk(quads, 50000) {
		_, err := w.WriteQuads(part)
		check(err)
	}
	check(w.Close())
	size := int64(0)
	if kind != "memstore" {
		check(qs.Close())
		check(filepath.Walk(dir, func(_ string, i os.FileInfo, err error) error {
			if err == nil && !i.IsDir() {
				size += i.Size()
			}
			return err
		}))
		qs = nil
	}
	took := time.Since(start)
	tell(name, "load", map[string]any{"ms": ms(took), "quads/s": float64(len(quads)) / took.Seconds(), "bytes/quad": float64(size) / float64(len(quads))})
	for _, q := range questions {
		start := time.Now()
		at := qs
		if kind != "memstore" {
			at = open()
		}
		rows := q.ask(ctx, at)
		cold := time.Since(start)
		var warm []time.Duration
		for len(warm) < runs && (len(warm) == 0 || cold < 20*time.Second) {
			start := time.Now()
			q.ask(ctx, at)
			warm = append(warm, time.Since(start))
		}
		slices.Sort(warm)
		tell(name, q.Name, map[string]any{"ms": ms(warm[len(warm)/2]), "cold": ms(cold), "rows": rows})
		if kind != "memstore" {
			check(at.Close())
		}
	}
}

func ms(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }

func tell(engine, what string, m map[string]any) {
	m["engine"], m["what"] = engine, what
	line, _ := json.Marshal(m) // numbers and strings
	fmt.Println(string(line))
}

func read(name string) (out []quad.Quad) {
	f, err := os.Open(name)
	check(err)
	defer f.Close()
	r := nquads.NewReader(f, true)
	for {
		q, err := r.ReadQuad()
		if err == io.EOF {
			return out
		}
		check(err)
		if s, ok := q.Object.(quad.TypedString); ok {
			if x, err := strconv.ParseFloat(string(s.Value), 64); err == nil {
				q.Object = quad.Float(x)
			}
		}
		out = append(out, q)
	}
}

func value(text string) quad.Value {
	if name, ok := strings.CutPrefix(text, "<"); ok {
		return quad.IRI(strings.TrimSuffix(name, ">"))
	}
	return quad.String(strings.Trim(text, `"`))
}

// ask answers a question, whose patterns make a tree, and returns how many rows there are.
func (q *question) ask(ctx context.Context, qs graph.QuadStore) int {
	p := q.from(qs, "?"+q.Select+q.Group, -1)
	rows := 0
	if q.Group == "" {
		check(p.Unique().Iterate(ctx).Each(func(graph.Ref) error { rows++; return nil }))
		return rows
	}
	seen := map[string]int{}
	p = path.StartPath(qs, value(q.Patterns[0][2])).In(quad.IRI(q.Patterns[0][1])).Out(quad.IRI(q.Patterns[1][1]))
	check(p.Iterate(ctx).EachValue(qs, func(v quad.Value) error { seen[v.String()]++; return nil }))
	return len(seen)
}

// from returns the path to what a variable can be, by all patterns but the one it was come to by.
func (q *question) from(qs graph.QuadStore, variable string, by int) *path.Path {
	var all *path.Path
	var filters []func(*path.Path) *path.Path
	join := func(p *path.Path) {
		if all == nil {
			all = p
		} else {
			all = all.And(p)
		}
	}
	for k, t := range q.Patterns {
		via := quad.IRI(t[1])
		switch {
		case k == by:
		case t[0] == variable && !strings.HasPrefix(t[2], "?"):
			join(path.StartPath(qs, value(t[2])).In(via))
		case t[0] == variable && t[2] == "?"+q.Var:
			op := iterator.CompareGTE
			if q.Op == "<" {
				op = iterator.CompareLT
			}
			filters = append(filters, func(p *path.Path) *path.Path {
				return p.HasFilter(via, false, shape.Comparison{Op: op, Val: quad.Float(q.Number)})
			})
		case t[0] == variable:
			if p := q.from(qs, t[2], k); p != nil {
				join(p.In(via))
			}
		case t[2] == variable:
			join(q.from(qs, t[0], k).Out(via))
		}
	}
	for _, f := range filters {
		if all == nil {
			all = path.StartPath(qs)
		}
		all = f(all)
	}
	return all
}
