package graph

import (
	"bufio"
	"cmp"
	"context"
	"fmt"
	"io"
	"iter"
	"slices"
	"strings"

	"github.com/cayleygraph/quad"

	"github.com/picograph/picograph/graph/evidence"
	"github.com/picograph/picograph/graph/link"
)

// Documents returns the documents, sorted by source.
func (g *Graph) Documents(ctx context.Context) ([]Document, error) {
	docs, err := g.decoded(ctx)
	if err != nil {
		return nil, err
	}
	err = g.look(func() error { _, err := g.joinedStudies(ctx); return err })
	if err != nil {
		return nil, err
	}
	out := make([]Document, 0, len(docs))
	for _, d := range docs {
		one := Document{
			ID: d.id, Source: d.doc.Source, SHA256: d.doc.SHA256, Format: d.doc.Format, Language: d.doc.Language,
			Report: d.doc.Report, Cites: d.doc.Cites, Ignored: d.doc.Ignored, Problems: d.doc.Problems,
		}
		for _, s := range d.sources {
			one.Sources = append(one.Sources, s.Path)
		}
		for _, node := range d.studies {
			one.Studies = append(one.Studies, g.cache.studyOf[node])
		}
		out = append(out, one)
	}
	slices.SortFunc(out, func(a, b Document) int {
		return cmp.Or(cmp.Compare(a.Source, b.Source), cmp.Compare(a.ID, b.ID))
	})
	return out, nil
}

// Text returns the text of a document, to which the offsets of its passages refer. The error is ErrNotFound when
// there is no such document.
func (g *Graph) Text(ctx context.Context, documentID string) (s string, err error) {
	err = g.look(func() error {
		d, err := g.cache.document(ctx, g.store, documentID)
		if err != nil {
			return err
		}
		s, err = inflate(d.pieces)
		return err
	})
	return s, err
}

// Origin returns where in the file of one of its sources a document stands, and where each stretch of its text comes from.
// It is nil where the text is the file, or nothing is known of it.
func (g *Graph) Origin(ctx context.Context, documentID, source string) (o *evidence.Origin, err error) {
	err = g.look(func() error {
		d, err := g.cache.document(ctx, g.store, documentID)
		if err != nil {
			return err
		}
		for _, s := range d.sources {
			if s.Path == source {
				o, err = evidence.ParseOrigin(s.Origin)
			}
		}
		return err
	})
	return o, err
}

// Studies returns all studies, sorted by identifier.
func (g *Graph) Studies(ctx context.Context) (out []*Study, err error) {
	err = g.look(func() error {
		all, err := g.joinedStudies(ctx)
		if err != nil {
			return err
		}
		for _, j := range all {
			s, err := g.study(ctx, j)
			if err != nil {
				return err
			}
			out = append(out, s)
		}
		return nil
	})
	return out, err
}

// Study returns the study of an identifier. The error is ErrNotFound when there is none.
func (g *Graph) Study(ctx context.Context, id string) (out *Study, err error) {
	err = g.look(func() error {
		all, err := g.joinedStudies(ctx)
		if err != nil {
			return err
		}
		i, ok := slices.BinarySearchFunc(all, id, func(j joined, id string) int { return cmp.Compare(j.id, id) })
		if !ok {
			return fmt.Errorf("study %s: %w", id, ErrNotFound)
		}
		out, err = g.study(ctx, all[i])
		return err
	})
	return out, err
}

// study puts a study together from its tellings.
func (g *Graph) study(ctx context.Context, j joined) (*Study, error) {
	g.cache.mu.Lock()
	s := g.cache.studies[j.id]
	g.cache.mu.Unlock()
	if s != nil {
		return s, nil
	}
	s = &Study{ID: j.id, Name: j.name}
	refs := map[string]link.Reference{}
	for _, node := range j.tellings {
		t, err := g.tellingAt(ctx, node)
		if err != nil {
			return nil, err
		}
		s.Tellings = append(s.Tellings, t)
		refs[node] = link.Reference{Document: t.DocumentID, Study: t.Study.ID}
	}
	for _, n := range j.joins {
		s.Joins = append(s.Joins, link.Join{A: refs[n.a], B: refs[n.b], Reason: n.rule, Evidence: n.reason})
	}
	g.cache.mu.Lock()
	defer g.cache.mu.Unlock()
	g.cache.studies[j.id] = s
	return s, nil
}

// tellingAt returns what stands at the node of a study.
func (g *Graph) tellingAt(ctx context.Context, node string) (*Telling, error) {
	id, _, _ := strings.Cut(node, "/")
	d, err := g.cache.document(ctx, g.store, id)
	if err != nil {
		return nil, err
	}
	i := slices.Index(d.studies, node)
	if i < 0 {
		return nil, fmt.Errorf("study node %s: %w", node, ErrNotFound)
	}
	if _, err := g.joinedStudies(ctx); err != nil {
		return nil, err
	}
	g.cache.mu.Lock()
	defer g.cache.mu.Unlock()
	if t := g.cache.telling[node]; t != nil {
		return t, nil
	}
	t := &Telling{
		StudyID: g.cache.studyOf[node], DocumentID: d.id, Source: d.doc.Source,
		Report: &d.doc.Report, Cites: d.doc.Cites, Study: &d.doc.Studies[i],
	}
	p := g.cache.reportOf(d.id)
	t.ReportID, t.Retracted = cmp.Or(p.id, strings.TrimPrefix(d.id, documentIRI)), p.retracted
	g.cache.telling[node] = t
	return t, nil
}

// Finding returns a finding with where it comes from. The error is ErrNotFound when there is none. The findings of
// one study share their Telling.
func (g *Graph) Finding(ctx context.Context, id FindingID) (out *Finding, err error) {
	err = g.look(func() error {
		digest, _, _ := strings.Cut(string(id), "/")
		d, err := g.cache.document(ctx, g.store, documentIRI+digest)
		if err != nil {
			return fmt.Errorf("finding %s: %w", id, ErrNotFound)
		}
		for i, keys := range d.keys {
			j := slices.Index(keys, id)
			if j < 0 {
				continue
			}
			t, err := g.tellingAt(ctx, d.studies[i])
			if err != nil {
				return err
			}
			out = &Finding{
				Finding: d.doc.Studies[i].Findings[j], Key: id, StudyID: t.StudyID, DocumentID: t.DocumentID, Telling: t,
			}
			return nil
		}
		return fmt.Errorf("finding %s: %w", id, ErrNotFound)
	})
	return out, err
}

// Keys returns the identifiers of a telling's findings, in the order of Telling.Study.Findings.
func (g *Graph) Keys(ctx context.Context, t *Telling) (keys []FindingID, err error) {
	err = g.look(func() error {
		d, err := g.cache.document(ctx, g.store, t.DocumentID)
		if err != nil {
			return err
		}
		for i := range d.doc.Studies {
			if &d.doc.Studies[i] == t.Study {
				keys = d.keys[i]
				return nil
			}
		}
		return fmt.Errorf("telling of %s: %w", t.StudyID, ErrNotFound)
	})
	return keys, err
}

// Count returns how many findings Findings would return for one value. It is what a plan weighs first.
func (g *Graph) Count(ctx context.Context, r Relation, value string) (int, error) {
	ids, err := g.Findings(ctx, r, value)
	return len(ids), err
}

// Findings returns the findings that have any of the values, sorted, each once. A value that no finding has gives
// none; so does no value.
func (g *Graph) Findings(ctx context.Context, r Relation, values ...string) (out []FindingID, err error) {
	err = g.look(func() error {
		for _, v := range values {
			ids, err := g.having(ctx, r, v)
			if err != nil {
				return err
			}
			out = append(out, ids...)
		}
		return nil
	})
	slices.Sort(out)
	return slices.Compact(out), err
}

// having returns the findings that have one value, in no order.
func (g *Graph) having(ctx context.Context, r Relation, value string) ([]FindingID, error) {
	switch r {
	case ByOutcome:
		return g.walk(ctx, edge{ourTerms + "outcome", conceptNode(value)}, edge{ourTerms + "outcomeText", quad.String(value)})
	case ByIntervention, ByComparator, ByCondition:
		p := ourTerms + string(r)
		return g.walk(ctx, edge{p, conceptNode(value)}, edge{p, quad.String(value)})
	case ByKind, ByDirection:
		return g.walk(ctx, edge{ourTerms + string(r), quad.String(value)})
	case ByDocument:
		d, err := g.cache.document(ctx, g.store, value)
		if err != nil {
			return nil, ignoreMissing(err)
		}
		return slices.Concat(d.keys...), nil
	case ByStudy:
		return g.ofStudy(ctx, value)
	}
	return nil, fmt.Errorf("no relation %q", r)
}

// edge is a predicate and an object.
type edge struct {
	predicate string
	object    quad.Value
}

// walk goes from objects back to the findings.
func (g *Graph) walk(ctx context.Context, edges ...edge) ([]FindingID, error) {
	var out []FindingID
	for _, e := range edges {
		quads, err := g.store.to(ctx, e.object, e.predicate)
		if err != nil {
			return nil, err
		}
		for _, q := range quads {
			out = append(out, findingKey(text(q.Subject)))
		}
	}
	return out, nil
}

func (g *Graph) ofStudy(ctx context.Context, id string) ([]FindingID, error) {
	all, err := g.joinedStudies(ctx)
	if err != nil {
		return nil, err
	}
	i, ok := slices.BinarySearchFunc(all, id, func(j joined, id string) int { return cmp.Compare(j.id, id) })
	if !ok {
		return nil, nil
	}
	var out []FindingID
	for _, node := range all[i].tellings {
		doc, _, _ := strings.Cut(node, "/")
		d, err := g.cache.document(ctx, g.store, doc)
		if err != nil {
			return nil, err
		}
		if at := slices.Index(d.studies, node); at >= 0 {
			out = append(out, d.keys[at]...)
		}
	}
	return out, nil
}

// Stats counts what the graph holds.
func (g *Graph) Stats(ctx context.Context) (st Stats, err error) {
	docs, err := g.decoded(ctx)
	if err != nil {
		return st, err
	}
	studies, err := g.Studies(ctx)
	if err != nil {
		return st, err
	}
	reports, err := g.Reports(ctx)
	if err != nil {
		return st, err
	}
	st.Reports = len(reports)
	for _, r := range reports {
		if r.Retracted != "" {
			st.Retracted++
		}
	}
	kinds := map[string]int{}
	st.Documents, st.Studies = len(docs), len(studies)
	for _, d := range docs {
		st.Citations += len(d.doc.Cites)
		for i := range d.doc.Studies {
			s := &d.doc.Studies[i]
			st.Tellings++
			st.Arms += len(s.Arms)
			st.Populations += len(s.Populations)
			st.Outcomes += len(s.Outcomes)
			st.Findings += len(s.Findings)
			if s.SecondHand {
				st.SecondHand++
			}
			for j := range s.Findings {
				kinds[string(s.Findings[j].Kind)]++
			}
		}
	}
	designs := map[string]int{}
	for _, s := range studies {
		if len(s.Tellings) > 1 {
			st.Joined++
		}
		if kind := s.Tellings[0].Study.Design.Kind; kind != "" {
			designs[kind]++
		} else {
			designs["not stated"]++
		}
	}
	for _, k := range []evidence.Kind{
		evidence.BetweenArms, evidence.WithinArm, evidence.ArmLevel, evidence.Baseline, evidence.Interaction,
		evidence.Association, evidence.Prevalence, evidence.VoteCount, evidence.InWords,
	} {
		if n := kinds[string(k)]; n > 0 {
			st.Kinds = append(st.Kinds, Tally{string(k), n})
		}
	}
	for name, n := range designs {
		st.Designs = append(st.Designs, Tally{name, n})
	}
	slices.SortFunc(st.Designs, func(a, b Tally) int { return cmp.Compare(a.Name, b.Name) })
	err = g.look(func() error {
		concepts, err := g.store.to(ctx, quad.IRI(expand("skos:Concept")), rdfType)
		if err != nil {
			return err
		}
		st.Concepts = len(concepts)
		st.Quads, err = g.store.size(ctx)
		return err
	})
	return st, err
}

// Quads yields every quad in canonical order. It is for graph/export; the error is the context's.
func (g *Graph) Quads(ctx context.Context) iter.Seq2[quad.Quad, error] {
	return func(yield func(quad.Quad, error) bool) {
		var all []quad.Quad
		err := g.look(func() (err error) { all, err = g.store.all(ctx); return err })
		if err != nil {
			yield(quad.Quad{}, err)
			return
		}
		for i, q := range sortQuads(all) {
			if i%checkEvery == 0 && ctx.Err() != nil {
				yield(quad.Quad{}, ctx.Err())
				return
			}
			if !yield(q, nil) {
				return
			}
		}
	}
}

// WriteNQuads writes the whole graph as a graph file has it: canonical N-Quads, sorted, between two comments. What it
// writes can be opened as a graph.
func (g *Graph) WriteNQuads(ctx context.Context, w io.Writer) error {
	b := bufio.NewWriter(w)
	if _, err := fmt.Fprintf(b, "%s%d\n", formatLine, formatVersion); err != nil {
		return err
	}
	n := 0
	var line []byte
	for q, err := range g.Quads(ctx) {
		if err != nil {
			return err
		}
		line = append(AppendNQuad(line[:0], q), '\n')
		if _, err := b.Write(line); err != nil {
			return err
		}
		n++
	}
	if _, err := fmt.Fprintln(b, footer(n, g.Digest())); err != nil {
		return err
	}
	return b.Flush()
}
