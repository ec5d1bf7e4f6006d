package graph

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"

	"github.com/cayleygraph/quad"

	"github.com/picograph/picograph/graph/store"
)

// The sets that are kept beside the quads.
const (
	setDocuments = iota // label, NUL, digest of its quads
	setNames            // form, NUL, text, NUL, type, NUL, what it names: see nameEntry
	setLinks            // "k", key, NUL, study node, and "n", study node, NUL, key: see link.Keys
	setReports          // "k", key, NUL, document, and "c", key, NUL, document that refers to it: see link.ReportKeys
)

// checkEvery is how many quads are read between two looks at the context.
const checkEvery = 256

// view is one state of a graph with what was decoded from it. It does not change.
type view struct {
	*store.Snapshot
	cache *cache
	terms sync.Map // store.ID -> quad.Value, of predicates and labels
}

func newView(s *store.Snapshot) *view { return &view{Snapshot: s, cache: newCache(cacheBytes)} }

// look lets f look at one state of the graph.
func (g *Graph) look(f func(v *view) error) error {
	v := g.now.Load()
	if v == nil {
		return ErrClosed
	}
	return g.damage(f(v))
}

// damage gives an error of reading a damaged file the place and advice.
func (g *Graph) damage(err error) error {
	var known *Error
	if !errors.Is(err, ErrDamaged) || errors.As(err, &known) {
		return err
	}
	return &Error{Op: "reading the graph", Where: g.where, Err: err, Hint: "picograph verify says which documents it concerns; load these again into a new file"}
}

// find returns the numbers of values; ok is false when one of them is not in the graph.
func (v *view) find(values ...quad.Value) (ids []store.ID, ok bool, err error) {
	for _, x := range values {
		id, err := v.Lookup(x)
		if err != nil || id == 0 {
			return nil, false, err
		}
		ids = append(ids, id)
	}
	return ids, true, nil
}

// from returns the quads of a subject, at any label.
func (v *view) from(ctx context.Context, subject quad.Value) ([]quad.Quad, error) {
	ids, ok, err := v.find(subject)
	if !ok {
		return nil, err
	}
	return v.fit(ctx, store.Pattern{Subject: ids[0]})
}

// under returns the quads of a label.
func (v *view) under(ctx context.Context, label string) ([]quad.Quad, error) {
	ids, ok, err := v.find(quad.IRI(label))
	if !ok {
		return nil, err
	}
	return v.fit(ctx, store.Pattern{Label: ids[0]})
}

// fit returns the quads that fit a pattern.
func (v *view) fit(ctx context.Context, p store.Pattern) ([]quad.Quad, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	var found []store.Quad
	var ids []store.ID
	scan := v.Scan(p)
	for n := 1; scan.Next(); n++ {
		if n%checkEvery == 0 && ctx.Err() != nil {
			return nil, ctx.Err()
		}
		q := scan.Quad()
		if n == 1 || q.Subject != found[n-2].Subject {
			ids = append(ids, q.Subject)
		}
		found, ids = append(found, q), append(ids, q.Object)
	}
	if scan.Err() != nil {
		return nil, scan.Err()
	}
	values, err := v.ValuesOf(ids)
	if err != nil {
		return nil, err
	}
	out := make([]quad.Quad, len(found))
	for i, q := range found {
		out[i].Subject, out[i].Object = values[q.Subject], values[q.Object]
		if out[i].Predicate, err = v.term(q.Predicate); err != nil {
			return nil, err
		}
		if out[i].Label, err = v.term(q.Label); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// manyTerms is how many labels are remembered; predicates are few.
const manyTerms = 4096

// term returns the value of a predicate or label, which is asked for again and again.
func (v *view) term(id store.ID) (quad.Value, error) {
	if x, ok := v.terms.Load(id); ok {
		return x.(quad.Value), nil
	}
	x, err := v.Value(id)
	if err == nil {
		if id%manyTerms == 0 {
			v.terms.Clear()
		}
		v.terms.Store(id, x)
	}
	return x, err
}

// to returns the subjects of the quads that lead by a predicate to an object, at any label, sorted as the store has them.
func (v *view) to(ctx context.Context, object quad.Value, predicate string) ([]string, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	ids, ok, err := v.find(quad.IRI(predicate), object)
	if !ok {
		return nil, err
	}
	var found []store.ID
	scan := v.Scan(store.Pattern{Predicate: ids[0], Object: ids[1]})
	for n := 1; scan.Next(); n++ {
		if n%checkEvery == 0 && ctx.Err() != nil {
			return nil, ctx.Err()
		}
		found = append(found, scan.Quad().Subject)
	}
	if scan.Err() != nil {
		return nil, scan.Err()
	}
	values, err := v.ValuesOf(slices.Clone(found))
	if err != nil {
		return nil, err
	}
	out := make([]string, len(found))
	for i, id := range found {
		out[i] = text(values[id])
	}
	return out, nil
}

// count returns how many quads lead by a predicate to an object.
func (v *view) count(predicate string, object quad.Value) (int, error) {
	ids, ok, err := v.find(quad.IRI(predicate), object)
	if !ok {
		return 0, err
	}
	return v.Count(store.Pattern{Predicate: ids[0], Object: ids[1]})
}

// labels returns the labels that begin with a prefix, sorted: of documents with documentIRI.
func (v *view) labels(ctx context.Context, prefix string) ([]string, error) {
	var out []string
	for e, err := range v.Entries(setDocuments, []byte(prefix)) {
		if err == nil && len(out)%checkEvery == 0 {
			err = ctx.Err()
		}
		if err != nil {
			return nil, err
		}
		label, _, _ := strings.Cut(string(e), "\x00")
		out = append(out, label)
	}
	return out, nil
}

// sum returns the digest of a label's quads; ok is false when the graph does not have the label.
func (v *view) sum(label string) (d digest, ok bool, err error) {
	for e, err := range v.Entries(setDocuments, []byte(label+"\x00")) {
		if err != nil {
			return d, false, err
		}
		if n := copy(d[:], e[len(label)+1:]); n != len(d) {
			return d, false, fmt.Errorf("%w: the digest of %s has %d bytes", ErrDamaged, label, n)
		}
		return d, true, nil
	}
	return d, false, nil
}

// document returns a document.
func (v *view) document(ctx context.Context, id string) (*stored, error) {
	if d, ok := v.cache.get("d" + id).(*stored); ok {
		return d, ctx.Err()
	}
	quads, err := v.under(ctx, id)
	if err != nil {
		return nil, err
	}
	if len(quads) == 0 || !strings.HasPrefix(id, documentIRI) {
		return nil, fmt.Errorf("document %s: %w", id, ErrNotFound)
	}
	d, err := decode(quads)
	if err != nil {
		return nil, err
	}
	return v.cache.put("d"+id, d, len(quads)*decodedBytes).(*stored), nil
}

// documents returns all documents, sorted by identifier.
func (v *view) documents(ctx context.Context) ([]*stored, error) {
	ids, err := v.labels(ctx, documentIRI)
	if err != nil {
		return nil, err
	}
	docs := make([]*stored, 0, len(ids))
	for _, id := range ids {
		d, err := v.document(ctx, id)
		if err != nil {
			return nil, err
		}
		docs = append(docs, d)
	}
	return docs, nil
}

// studyOf returns the identifier of the study that a telling's node is of, or "" where there is none.
func (v *view) studyOf(ctx context.Context, node string) (string, error) {
	up, err := v.to(ctx, quad.IRI(node), ourTerms+"telling")
	if err != nil || len(up) == 0 {
		return "", err
	}
	return studyID(up[0]), nil
}

// studyNode returns the node of a joined study, and studyID goes back.
func studyNode(id string) string { return studyIRI + escapeIRI(id) }

func studyID(node string) string { return unescapeIRI(strings.TrimPrefix(node, studyIRI)) }

// joinedStudy returns a study as the joins tell. The error is ErrNotFound when there is none.
func (v *view) joinedStudy(ctx context.Context, id string) (joined, error) {
	quads, err := v.joinQuads(ctx, studyNode(id))
	if err != nil {
		return joined{}, err
	}
	all, err := readJoins(quads)
	if err != nil {
		return joined{}, err
	}
	if len(all) != 1 {
		return joined{}, fmt.Errorf("study %s: %w", id, ErrNotFound)
	}
	return all[0], nil
}

// joinQuads returns the quads of a joined study and of its joins.
func (v *view) joinQuads(ctx context.Context, node string) ([]quad.Quad, error) {
	quads, err := v.from(ctx, quad.IRI(node))
	if err != nil {
		return nil, err
	}
	out := quads
	for _, q := range quads {
		if text(q.Predicate) != ourTerms+"join" {
			continue
		}
		more, err := v.from(ctx, q.Object)
		if err != nil {
			return nil, err
		}
		out = append(out, more...)
	}
	return out, nil
}

// joinedStudies returns the studies as the joins tell, sorted by identifier.
func (v *view) joinedStudies(ctx context.Context) ([]joined, error) {
	quads, err := v.under(ctx, joinsIn)
	if err != nil {
		return nil, err
	}
	return readJoins(quads)
}
