package graph

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"iter"
	"slices"
	"strings"

	"github.com/cayleygraph/quad"

	"github.com/picograph/picograph/graph/evidence"
	"github.com/picograph/picograph/graph/link"
)

// Documents returns the documents, sorted by source. It reads all of them.
func (g *Graph) Documents(ctx context.Context) (out []Document, err error) {
	for d, err := range g.EachDocument(ctx) {
		if err != nil {
			return nil, err
		}
		out = append(out, d)
	}
	slices.SortFunc(out, func(a, b Document) int {
		return cmp.Or(cmp.Compare(a.Source, b.Source), cmp.Compare(a.ID, b.ID))
	})
	return out, nil
}

// EachDocument yields the documents, sorted by identifier, one after the other: none is kept for longer than it is looked at.
func (g *Graph) EachDocument(ctx context.Context) iter.Seq2[Document, error] {
	return func(yield func(Document, error) bool) {
		err := g.look(ctx, func(v *view) error { return v.eachDocument(ctx, yield) })
		if err != nil && !errors.Is(err, errEnough) {
			yield(Document{}, err)
		}
	}
}

func (v *view) eachDocument(ctx context.Context, yield func(Document, error) bool) error {
	ids, err := v.labels(ctx, documentIRI)
	if err != nil {
		return err
	}
	for some := range slices.Chunk(ids, aheadOf) {
		if err := v.ahead(ctx, some); err != nil {
			return err
		}
		for _, id := range some {
			d, err := v.described(ctx, id)
			if err != nil {
				return err
			}
			if !yield(d, nil) {
				return errEnough
			}
		}
	}
	return ctx.Err()
}

// described returns a document as others see it.
func (v *view) described(ctx context.Context, id string) (Document, error) {
	d, err := v.document(ctx, id)
	if err != nil {
		return Document{}, err
	}
	out := Document{
		ID: d.id, Source: d.doc.Source, SHA256: d.doc.SHA256, Format: d.doc.Format, Language: d.doc.Language,
		Report: d.doc.Report, Cites: d.doc.Cites, Ignored: d.doc.Ignored, Problems: d.doc.Problems,
	}
	for _, s := range d.sources {
		out.Sources = append(out.Sources, s.Path)
	}
	for _, node := range d.studies {
		study, err := v.studyOf(ctx, node)
		if err != nil {
			return Document{}, err
		}
		out.Studies = append(out.Studies, study)
	}
	return out, nil
}

// Text returns the text of a document, to which the offsets of its passages refer. The error is ErrNotFound when
// there is no such document.
func (g *Graph) Text(ctx context.Context, documentID string) (s string, err error) {
	err = g.look(ctx, func(v *view) error {
		d, err := v.document(ctx, documentID)
		if err != nil {
			return err
		}
		pieces, err := v.pieces(ctx, d)
		if err != nil {
			return err
		}
		s, err = inflate(pieces)
		return err
	})
	return s, err
}

// Origin returns where in the file of one of its sources a document stands, and where each stretch of its text comes from.
// It is nil where the text is the file, or nothing is known of it.
func (g *Graph) Origin(ctx context.Context, documentID, source string) (o *evidence.Origin, err error) {
	err = g.look(ctx, func(v *view) error {
		d, err := v.document(ctx, documentID)
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

// Studies returns all studies, sorted by identifier. It reads all of them.
func (g *Graph) Studies(ctx context.Context) (out []*Study, err error) {
	for s, err := range g.EachStudy(ctx) {
		if err != nil {
			return nil, err
		}
		out = append(out, s)
	}
	return out, nil
}

// EachStudy yields all studies, sorted by identifier, one after the other: none is kept for longer than it is looked at.
func (g *Graph) EachStudy(ctx context.Context) iter.Seq2[*Study, error] {
	return func(yield func(*Study, error) bool) {
		err := g.look(ctx, func(v *view) error { return v.eachStudy(ctx, yield) })
		if err != nil && !errors.Is(err, errEnough) {
			yield(nil, err)
		}
	}
}

func (v *view) eachStudy(ctx context.Context, yield func(*Study, error) bool) error {
	nodes, err := v.joinNodes(ctx, "Joined")
	if err != nil {
		return err
	}
	slices.SortFunc(nodes, func(a, b string) int { return cmp.Compare(studyID(a), studyID(b)) })
	for few := range slices.Chunk(nodes, aheadOf) {
		some, err := v.joinsOf(ctx, iris(few))
		if err != nil {
			return err
		}
		var documents []string
		for _, j := range some {
			documents = append(documents, documentsOf(j)...)
		}
		if err := v.ahead(ctx, documents); err != nil {
			return err
		}
		for _, j := range some {
			s, err := v.study(ctx, j)
			if err != nil {
				return err
			}
			if !yield(s, nil) {
				return errEnough
			}
		}
	}
	return nil
}

// Study returns the study of an identifier. The error is ErrNotFound when there is none.
func (g *Graph) Study(ctx context.Context, id string) (out *Study, err error) {
	err = g.look(ctx, func(v *view) error {
		if s, ok := v.cache.get("s" + id).(*Study); ok {
			out = s
			return ctx.Err()
		}
		j, err := v.joinedStudy(ctx, id)
		if err != nil {
			return err
		}
		out, err = v.study(ctx, j)
		return err
	})
	return out, err
}

// study puts a study together from its tellings.
func (v *view) study(ctx context.Context, j joined) (*Study, error) {
	if s, ok := v.cache.get("s" + j.id).(*Study); ok {
		return s, nil
	}
	s := &Study{ID: j.id, Name: j.name}
	refs := map[string]link.Reference{}
	cost := 0
	for _, node := range j.tellings {
		t, err := v.telling(ctx, node, j.id)
		if err != nil {
			return nil, err
		}
		s.Tellings = append(s.Tellings, t)
		refs[node] = link.Reference{Document: t.DocumentID, Study: t.Study.ID}
		cost += tellingCost(t)
	}
	for _, n := range j.joins {
		s.Joins = append(s.Joins, link.Join{A: refs[n.a], B: refs[n.b], Reason: n.rule, Evidence: n.reason})
	}
	return v.cache.put("s"+j.id, s, cost).(*Study), nil
}

// tellingCost is what a telling keeps in memory even when its document is no longer kept.
func tellingCost(t *Telling) int { return 40 * decodedBytes * (1 + len(t.Study.Findings)) }

// telling returns what stands at the node of a study. study is the joined one that it is of, where that is known.
func (v *view) telling(ctx context.Context, node, study string) (*Telling, error) {
	if t, ok := v.cache.get("t" + node).(*Telling); ok {
		return t, ctx.Err()
	}
	id, _, _ := strings.Cut(node, "/")
	d, err := v.document(ctx, id)
	if err != nil {
		return nil, err
	}
	i := slices.Index(d.studies, node)
	if i < 0 {
		return nil, fmt.Errorf("study node %s: %w", node, ErrNotFound)
	}
	if study == "" {
		if study, err = v.studyOf(ctx, node); err != nil {
			return nil, err
		}
	}
	t := &Telling{
		StudyID: study, DocumentID: d.id, Source: d.doc.Source,
		Report: &d.doc.Report, Cites: d.doc.Cites, Study: &d.doc.Studies[i], node: node, keys: d.keys[i],
	}
	p, err := v.reportOf(ctx, d.id)
	if err != nil {
		return nil, err
	}
	t.ReportID, t.Retracted = p.id, p.retracted
	return v.cache.put("t"+node, t, tellingCost(t)).(*Telling), nil
}

// Finding returns a finding with where it comes from. The error is ErrNotFound when there is none. The findings of
// one study share their Telling.
func (g *Graph) Finding(ctx context.Context, id FindingID) (out *Finding, err error) {
	err = g.look(ctx, func(v *view) error {
		digest, _, _ := strings.Cut(string(id), "/")
		d, err := v.document(ctx, documentIRI+digest)
		if err != nil {
			if errors.Is(err, ErrNotFound) {
				err = fmt.Errorf("finding %s: %w", id, ErrNotFound)
			}
			return err
		}
		for i, keys := range d.keys {
			j := slices.Index(keys, id)
			if j < 0 {
				continue
			}
			t, err := v.telling(ctx, d.studies[i], "")
			if err != nil {
				return err
			}
			out = &Finding{
				Finding: t.Study.Findings[j], Key: id, StudyID: t.StudyID, DocumentID: t.DocumentID, Telling: t,
			}
			return nil
		}
		return fmt.Errorf("finding %s: %w", id, ErrNotFound)
	})
	return out, err
}

// Keys returns the identifiers of a telling's findings, in the order of Telling.Study.Findings.
func (g *Graph) Keys(ctx context.Context, t *Telling) ([]FindingID, error) {
	if g.now.Load() == nil {
		return nil, ErrClosed
	}
	return t.keys, ctx.Err()
}

// Count returns how many findings Findings would return for one value. It is what a plan weighs first: most counts are read
// off an index without reading what is counted.
func (g *Graph) Count(ctx context.Context, r Relation, value string) (n int, err error) {
	err = g.look(ctx, func(v *view) error {
		if err := ctx.Err(); err != nil {
			return err
		}
		filled := 0
		for _, e := range edges(r, value) {
			m, err := v.count(ctx, e.predicate, e.object)
			if err != nil {
				return err
			}
			if m > 0 {
				n, filled = n+m, filled+1
			}
		}
		if filled == 1 || filled == 0 && edges(r, value) != nil {
			return nil
		}
		ids, err := v.having(ctx, r, value) // a finding may have the value in two ways
		slices.Sort(ids)
		n = len(slices.Compact(ids))
		return err
	})
	return n, err
}

// Findings returns the findings that have any of the values, sorted, each once. A value that no finding has gives
// none; so does no value.
func (g *Graph) Findings(ctx context.Context, r Relation, values ...string) (out []FindingID, err error) {
	err = g.look(ctx, func(v *view) error {
		for _, value := range values {
			ids, err := v.having(ctx, r, value)
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
func (v *view) having(ctx context.Context, r Relation, value string) ([]FindingID, error) {
	switch r {
	case ByDocument:
		d, err := v.document(ctx, value)
		if err != nil {
			return nil, ignoreMissing(err)
		}
		return slices.Concat(d.keys...), nil
	case ByStudy:
		return v.ofStudy(ctx, value)
	}
	ways := edges(r, value)
	if ways == nil {
		return nil, fmt.Errorf("no relation %q", r)
	}
	var out []FindingID
	for _, e := range ways {
		nodes, err := v.to(ctx, e.object, e.predicate)
		if err != nil {
			return nil, err
		}
		for _, n := range nodes {
			out = append(out, findingKey(n))
		}
	}
	return out, nil
}

// edge is a predicate and an object.
type edge struct {
	predicate string
	object    quad.Value
}

// edges returns the edges by which findings have a value; nil for relations that are not edges.
func edges(r Relation, value string) []edge {
	switch r {
	case ByOutcome:
		return []edge{{ourTerms + "outcome", conceptNode(value)}, {ourTerms + "outcomeText", quad.String(value)}}
	case ByIntervention, ByComparator, ByCondition:
		p := ourTerms + string(r)
		return []edge{{p, conceptNode(value)}, {p, quad.String(value)}}
	case ByKind, ByDirection:
		return []edge{{ourTerms + string(r), quad.String(value)}}
	}
	return nil
}

func (v *view) ofStudy(ctx context.Context, id string) ([]FindingID, error) {
	j, err := v.joinedStudy(ctx, id)
	if err != nil {
		return nil, ignoreMissing(err)
	}
	var out []FindingID
	for _, node := range j.tellings {
		doc, _, _ := strings.Cut(node, "/")
		d, err := v.document(ctx, doc)
		if err != nil {
			return nil, err
		}
		if at := slices.Index(d.studies, node); at >= 0 {
			out = append(out, d.keys[at]...)
		}
	}
	return out, nil
}
