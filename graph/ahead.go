package graph

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"runtime"
	"slices"
	"strings"
	"sync"

	"github.com/cayleygraph/quad"
)

// aheadOf is how many documents are read in one go.
const aheadOf = 64

// Ahead reads what Finding and Study need of a selection in a few steps, and keeps it for them as long as there is room: where
// the graph is behind a network, each of them would take several ways there and back.
func (g *Graph) Ahead(ctx context.Context, sel Selection) error {
	return g.look(ctx, func(v *view) error {
		var nodes []quad.Value
		ids := slices.Clone(sel.Studies)
		slices.Sort(ids)
		for _, id := range slices.Compact(ids) { // what is read twice would be told twice
			if _, ok := v.cache.get("j" + id).(joined); !ok {
				nodes = append(nodes, quad.IRI(studyNode(id)))
			}
		}
		studies, err := v.joinsOf(ctx, nodes)
		if err != nil {
			return err
		}
		var documents []string
		for _, id := range sel.Findings {
			digest, _, _ := strings.Cut(string(id), "/")
			documents = append(documents, documentIRI+digest)
		}
		for _, j := range studies {
			v.cache.put("j"+j.id, j, decodedBytes*(1+len(j.tellings)))
			documents = append(documents, documentsOf(j)...)
		}
		return v.ahead(ctx, documents)
	})
}

func documentsOf(j joined) []string {
	var out []string
	for _, node := range j.tellings {
		id, _, _ := strings.Cut(node, "/")
		out = append(out, id)
	}
	return out
}

// ahead reads documents, of what studies they tell, and of what reports they are records.
func (v *view) ahead(ctx context.Context, documents []string) error {
	documents = slices.Clone(documents)
	slices.Sort(documents)
	for ids := range slices.Chunk(slices.Compact(documents), aheadOf) {
		var missing []quad.Value
		for _, id := range ids {
			if v.cache.get("d"+id) == nil {
				missing = append(missing, quad.IRI(id))
			}
		}
		if len(missing) == 0 {
			continue
		}
		if err := v.aheadAll(ctx, missing); err != nil {
			return err
		}
	}
	return nil
}

func (v *view) aheadAll(ctx context.Context, ids []quad.Value) error {
	quads, err := v.Bare(ctx, ids...)
	if err != nil {
		return err
	}
	var nodes, records []quad.Value
	parts := slices.Collect(sameLabel(quads))
	decoded, err := decodeAll(parts)
	if err != nil {
		return err
	}
	for i, d := range decoded {
		v.cache.put("d"+d.id, d, len(parts[i])*decodedBytes)
		records = append(records, quad.IRI(d.id+"/report"))
		for _, node := range d.studies {
			nodes = append(nodes, quad.IRI(node))
		}
	}
	if _, err := v.aheadTellings(ctx, nodes); err != nil {
		return err
	}
	_, err = v.aheadReports(ctx, records)
	return err
}

// decodeAll decodes documents side by side.
func decodeAll(parts [][]quad.Quad) ([]*stored, error) {
	out, errs := make([]*stored, len(parts)), make([]error, len(parts))
	var wait sync.WaitGroup
	room := make(chan struct{}, runtime.GOMAXPROCS(0))
	for i, quads := range parts {
		room <- struct{}{}
		wait.Go(func() {
			defer func() { <-room }()
			out[i], errs[i] = decode(quads)
		})
	}
	wait.Wait()
	return out, errors.Join(errs...)
}

// sameLabel yields the stretches of quads that have one label.
func sameLabel(quads []quad.Quad) iter.Seq[[]quad.Quad] {
	return func(yield func([]quad.Quad) bool) {
		for len(quads) > 0 {
			n := 1
			for n < len(quads) && quads[n].Label == quads[0].Label {
				n++
			}
			if !yield(quads[:n]) {
				return
			}
			quads = quads[n:]
		}
	}
}

// keptBytes is what a short thing takes that is kept, roughly.
const keptBytes = 300

// aheadTellings returns of what joined studies some studies of documents are.
func (v *view) aheadTellings(ctx context.Context, nodes []quad.Value) ([]string, error) {
	out := make([]string, len(nodes))
	var ask []quad.Value
	var at []int
	for i, n := range nodes {
		var ok bool
		if out[i], ok = v.cache.get("w" + text(n)).(string); !ok {
			ask, at = append(ask, n), append(at, i)
		}
	}
	if len(ask) == 0 {
		return out, ctx.Err()
	}
	up, err := v.To(ctx, ourTerms+"telling", ask...)
	if err != nil {
		return nil, err
	}
	for k, i := range at {
		if len(up[k]) > 0 {
			out[i] = studyID(up[k][0])
		}
		v.cache.put("w"+text(nodes[i]), out[i], keptBytes)
	}
	return out, nil
}

// aheadReports returns of what reports documents are records. The nodes are those of the documents' own reports.
func (v *view) aheadReports(ctx context.Context, records []quad.Value) ([]publication, error) {
	up, err := v.To(ctx, ourTerms+"record", records...)
	if err != nil {
		return nil, err
	}
	var reports []quad.Value
	for _, nodes := range up {
		if len(nodes) > 0 {
			reports = append(reports, quad.IRI(nodes[0]))
		}
	}
	slices.SortFunc(reports, func(a, b quad.Value) int { return strings.Compare(text(a), text(b)) })
	quads, err := v.From(ctx, slices.Compact(reports)...)
	if err != nil {
		return nil, err
	}
	of := bySubject(quads)
	out := make([]publication, len(records))
	for i, r := range records {
		document := strings.TrimSuffix(text(r), "/report")
		p := unrecorded(document)
		if len(up[i]) > 0 {
			p = readPublication(up[i][0], of[up[i][0]])
		}
		v.cache.put("r"+document, p, keptBytes)
		out[i] = p
	}
	return out, nil
}

func bySubject(quads []quad.Quad) map[string][]quad.Quad {
	of := map[string][]quad.Quad{}
	for _, q := range quads {
		of[text(q.Subject)] = append(of[text(q.Subject)], q)
	}
	return of
}

// joinsOf returns the studies of some nodes as the joins tell, those that there are.
func (v *view) joinsOf(ctx context.Context, nodes []quad.Value) ([]joined, error) {
	if len(nodes) == 0 {
		return nil, ctx.Err()
	}
	quads, err := v.From(ctx, nodes...)
	if err != nil {
		return nil, err
	}
	var joins []quad.Value
	for _, q := range quads {
		if text(q.Predicate) == ourTerms+"join" {
			joins = append(joins, q.Object)
		}
	}
	if len(joins) > 0 {
		more, err := v.From(ctx, joins...)
		if err != nil {
			return nil, err
		}
		quads = append(quads, more...)
	}
	return readJoins(quads)
}

// joinedStudy returns a study as the joins tell. The error is ErrNotFound when there is none.
func (v *view) joinedStudy(ctx context.Context, id string) (joined, error) {
	if j, ok := v.cache.get("j" + id).(joined); ok {
		return j, ctx.Err()
	}
	all, err := v.joinsOf(ctx, []quad.Value{quad.IRI(studyNode(id))})
	if err != nil {
		return joined{}, err
	}
	if len(all) != 1 {
		return joined{}, fmt.Errorf("study %s: %w", id, ErrNotFound)
	}
	return all[0], nil
}
