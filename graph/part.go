package graph

import (
	"context"
	"iter"
	"slices"
	"strings"

	"github.com/cayleygraph/quad"
)

// Selection is a part of a graph: some studies with all their findings, and some findings with what they rest on.
type Selection struct {
	Studies  []string // Study.ID
	Findings []FindingID
}

// keys returns the findings of a selection.
func (g *Graph) keys(ctx context.Context, sel Selection) ([]FindingID, error) {
	ids, err := g.Findings(ctx, ByStudy, sel.Studies...)
	return append(ids, sel.Findings...), err
}

// Part yields the quads behind a selection, in canonical order: the findings, their studies, reports, arms,
// populations, outcomes and passages, and the concepts that these use. Other findings and the documents' texts are
// left out. What it yields is a subset of Quads.
func (g *Graph) Part(ctx context.Context, sel Selection) iter.Seq2[quad.Quad, error] {
	return func(yield func(quad.Quad, error) bool) {
		quads, err := g.part(ctx, sel)
		if err != nil {
			yield(quad.Quad{}, err)
			return
		}
		for _, q := range sortQuads(quads) {
			if !yield(q, nil) {
				return
			}
		}
	}
}

func (g *Graph) part(ctx context.Context, sel Selection) ([]quad.Quad, error) {
	keys, err := g.keys(ctx, sel)
	if err != nil {
		return nil, err
	}
	p := &parting{keep: map[quad.Value]bool{}, done: map[quad.Quad]bool{}, seen: map[quad.Value]bool{}}
	var start []quad.Value
	for _, k := range keys {
		f, err := g.Finding(ctx, k)
		if err != nil {
			return nil, err
		}
		node := quad.IRI(findingNode(k))
		p.keep[node] = true
		start = append(start, node)
		err = g.look(ctx, func(v *view) error {
			up, err := v.to(ctx, node, ourTerms+"finding")
			for _, study := range up {
				p.keep[quad.IRI(study)] = true
				start = append(start, quad.IRI(study))
			}
			return err
		})
		if err != nil {
			return nil, err
		}
		start = append(start, quad.IRI(f.DocumentID), quad.IRI(studyIRI+escapeIRI(f.StudyID)))
	}
	for _, id := range sel.Studies { // a study may have no findings
		s, err := g.Study(ctx, id)
		if ignoreMissing(err) != nil {
			return nil, err
		}
		if s == nil {
			continue
		}
		start = append(start, quad.IRI(studyIRI+escapeIRI(id)))
		for _, t := range s.Tellings {
			p.keep[quad.IRI(t.node)] = true
			start = append(start, quad.IRI(t.node), quad.IRI(t.DocumentID))
		}
	}
	err = g.look(ctx, func(v *view) error {
		if start, err = p.reports(ctx, v, start); err != nil {
			return err
		}
		return p.collect(ctx, v, start)
	})
	return p.quads, err
}

// parting collects what can be reached from some nodes without entering findings and studies that are not wanted.
type parting struct {
	keep  map[quad.Value]bool // findings and studies
	done  map[quad.Quad]bool
	seen  map[quad.Value]bool
	quads []quad.Quad
}

// reports adds the reports of the documents among the nodes.
func (p *parting) reports(ctx context.Context, v *view, nodes []quad.Value) ([]quad.Value, error) {
	for _, n := range nodes {
		if id := text(n); strings.HasPrefix(id, documentIRI) && !strings.Contains(id, "/") {
			r, err := v.reportOf(ctx, id)
			if err != nil {
				return nil, err
			}
			if r.node == "" {
				continue
			}
			nodes = append(nodes, quad.IRI(r.node))
			for _, d := range r.documents {
				p.keep[quad.IRI(d+"/report")] = slices.Contains(nodes, quad.Value(quad.IRI(d)))
			}
		}
	}
	return nodes, nil
}

func (p *parting) collect(ctx context.Context, v *view, nodes []quad.Value) error {
	for len(nodes) > 0 {
		n := nodes[len(nodes)-1]
		nodes = nodes[:len(nodes)-1]
		if p.seen[n] {
			continue
		}
		p.seen[n] = true
		quads, err := v.from(ctx, n)
		if err != nil {
			return err
		}
		for _, q := range quads {
			if p.done[q] || !p.wanted(q) {
				continue
			}
			p.done[q] = true
			p.quads = append(p.quads, q)
			if _, ok := q.Object.(quad.IRI); ok && text(q.Predicate) != rdfType {
				nodes = append(nodes, q.Object)
			}
		}
	}
	return nil
}

// wanted reports whether an edge stays within the selection.
func (p *parting) wanted(q quad.Quad) bool {
	if strings.HasPrefix(text(q.Subject), reportIRI) && strings.HasPrefix(text(q.Object), reportIRI) {
		return false // other reports
	}
	switch text(q.Predicate) {
	case ourTerms + "record":
		return p.keep[q.Object]
	case ourTerms + "finding", ourTerms + "compares", ourTerms + "telling", ourTerms + "joins", expand("schema:about"):
		return p.keep[q.Object]
	case ourTerms + "text":
		return false
	case ourTerms + "order":
		return !strings.HasPrefix(text(q.Object), "Findings ") && !strings.HasPrefix(text(q.Object), "Studies ") &&
			!strings.HasPrefix(text(q.Object), "From ")
	}
	return true
}
