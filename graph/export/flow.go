package export

import (
	"cmp"
	"context"
	"encoding/binary"
	"fmt"
	"iter"
	"slices"
	"strconv"
	"strings"

	"github.com/picograph/picograph/graph"
	"github.com/picograph/picograph/graph/spool"
)

// spoolBytes is how much of what is sorted stays in memory.
const spoolBytes = 16 << 20

// flow is a view that memory need not hold: one study is painted after the other, and what several have in common is brought
// together when the nodes and edges pass by, sorted as a picture has them.
type flow struct {
	about        *preface
	view         View
	labels       map[string]string // of concepts, by identifier
	nodes, edges spool.Sorter
}

// newFlow makes the view that is requested.
func newFlow(ctx context.Context, g *graph.Graph, r Request) (*flow, error) {
	f, err := emptyFlow(ctx, g, r)
	if err != nil {
		return nil, err
	}
	n := 0
	for p, err := range parts(ctx, g, r.Only) {
		if err == nil {
			_, err = f.paint(narrowed(p, r.Only))
		}
		if err != nil {
			f.close()
			return nil, err
		}
		if n++; r.Progress != nil {
			r.Progress(n, "studies read")
		}
	}
	return f, nil
}

// emptyFlow returns a flow with nothing painted yet.
func emptyFlow(ctx context.Context, g *graph.Graph, r Request) (*flow, error) {
	about, err := newPreface(ctx, g, r)
	if err != nil {
		return nil, err
	}
	labels, err := g.Labels(ctx)
	if err != nil {
		about.close()
		return nil, err
	}
	return &flow{about: about, view: cmp.Or(r.View, Full), labels: labels, nodes: spool.Sorter{Bound: spoolBytes}, edges: spool.Sorter{Bound: spoolBytes}}, nil
}

// close takes away the temporary files.
func (f *flow) close() {
	f.about.close()
	f.nodes.Close()
	f.edges.Close()
}

// paint adds a study, and returns what was painted of it.
func (f *flow) paint(p part) (*painter, error) {
	b := &painter{picture: &picture{view: f.view}, labels: f.labels, known: map[string]bool{}, at: map[string]int{}}
	b.paint(p)
	for _, n := range b.nodes {
		if err := f.nodes.Add(n.id, n.facts.packed()); err != nil {
			return nil, err
		}
	}
	for _, e := range b.edges {
		key := strings.Join([]string{e.source, e.target, e.facts["label"], e.facts["finding"]}, "\x00")
		body := packText(packText(nil, e.source), e.target)
		if err := f.edges.Add(key, append(body, e.facts.packed()...)); err != nil {
			return nil, err
		}
	}
	return b, nil
}

// eachNode hands over the nodes by identifier.
func (f *flow) eachNode(take func(node) error) error {
	var last node
	err := f.nodes.Each(func(id string, body []byte) error {
		more := unpacked(body)
		if last.facts != nil && last.id == id {
			last.merge(more)
			return nil
		}
		done := last
		last = node{id, more}
		if done.facts == nil {
			return nil
		}
		return take(done)
	})
	if err != nil || last.facts == nil {
		return err
	}
	return take(last)
}

// merge adds what another study knows of a node: one trial more, or of a report that others only cite what a loaded document
// tells of itself.
func (n *node) merge(more facts) {
	if more["trials"] != "" {
		x, _ := strconv.Atoi(n.facts["trials"])
		y, _ := strconv.Atoi(more["trials"])
		n.facts["trials"] = strconv.Itoa(x + y)
	}
	if n.facts["kind"] == "report" && n.facts["document"] == "" {
		for _, name := range []string{"source", "retracted", "document"} {
			n.facts.set(name, more[name])
		}
	}
}

// eachEdge hands over the edges by their ends, named in that order.
func (f *flow) eachEdge(take func(edge) error) error {
	n := 0
	last := ""
	var kinds []string // of the edges with the last key
	return f.edges.Each(func(key string, body []byte) error {
		if key != last {
			last, kinds = key, kinds[:0]
		}
		var e edge
		e.source, body = unpackText(body)
		e.target, body = unpackText(body)
		e.facts = unpacked(body)
		if slices.Contains(kinds, e.facts["kind"]) {
			return nil
		}
		kinds = append(kinds, e.facts["kind"])
		n++
		e.id = fmt.Sprintf("e%d", n)
		return take(e)
	})
}

// collect returns the whole as a picture.
func (f *flow) collect() (*picture, error) {
	p := &picture{about: f.about, view: f.view}
	err := f.eachNode(func(n node) error { p.nodes = append(p.nodes, n); return nil })
	if err != nil {
		return nil, err
	}
	return p, f.eachEdge(func(e edge) error { p.edges = append(p.edges, e); return nil })
}

// packed returns facts as bytes: the number of each attribute in the table, and its value.
func (f facts) packed() []byte {
	var b []byte
	for i, a := range attributes() {
		if v, ok := f[a.name]; ok {
			b = packText(append(b, byte(i)), v)
		}
	}
	return b
}

func unpacked(b []byte) facts {
	f := facts{}
	table := attributes()
	for len(b) > 0 {
		name := table[b[0]].name
		f[name], b = unpackText(b[1:])
	}
	return f
}

func packText(b []byte, s string) []byte {
	return append(binary.AppendUvarint(b, uint64(len(s))), s...)
}

func unpackText(b []byte) (string, []byte) {
	n, k := binary.Uvarint(b)
	end := k + int(n)
	return string(b[k:end]), b[end:]
}

// parts yields the studies of a selection, or all, sorted by identifier, each with the findings that are chosen.
func parts(ctx context.Context, g *graph.Graph, only *graph.Selection) iter.Seq2[part, error] {
	return func(yield func(part, error) bool) {
		studies := g.EachStudy(ctx)
		if only != nil {
			studies = named(ctx, g, only)
		}
		for s, err := range studies {
			if err != nil {
				yield(part{}, err)
				return
			}
			p := part{Study: s}
			whole := only == nil || slices.Contains(only.Studies, s.ID)
			for _, t := range s.Tellings {
				keys, err := g.Keys(ctx, t)
				if err != nil {
					yield(part{}, err)
					return
				}
				for i := range t.Study.Findings {
					if whole || slices.Contains(only.Findings, keys[i]) {
						p.findings = append(p.findings, drawn{&t.Study.Findings[i], t, keys[i]})
					}
				}
			}
			if (whole || len(p.findings) > 0) && !yield(p, nil) {
				return
			}
		}
	}
}

// named yields the studies that a selection names or has findings of, sorted by identifier.
func named(ctx context.Context, g *graph.Graph, only *graph.Selection) iter.Seq2[*graph.Study, error] {
	return func(yield func(*graph.Study, error) bool) {
		if err := g.Ahead(ctx, *only); err != nil {
			yield(nil, err)
			return
		}
		ids := slices.Clone(only.Studies)
		for _, key := range only.Findings {
			f, err := g.Finding(ctx, key)
			if err != nil {
				yield(nil, err)
				return
			}
			ids = append(ids, f.StudyID)
		}
		slices.Sort(ids)
		for _, id := range slices.Compact(ids) {
			s, err := g.Study(ctx, id)
			if err != nil {
				yield(nil, err)
				return
			}
			if !yield(s, nil) {
				return
			}
		}
	}
}

// narrowed is a study without what else is told of it than the findings that are chosen.
func narrowed(p part, only *graph.Selection) part {
	if only == nil || slices.Contains(only.Studies, p.ID) {
		return p
	}
	narrow := *p.Study
	narrow.Tellings = slices.DeleteFunc(slices.Clone(p.Tellings), func(t *graph.Telling) bool {
		return !slices.ContainsFunc(p.findings, func(f drawn) bool { return f.telling == t })
	})
	p.Study = &narrow
	return p
}
