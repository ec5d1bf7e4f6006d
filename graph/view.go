package graph

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/cayleygraph/quad"
)

// The sets that are kept beside the quads.
const (
	setDocuments = iota // label, NUL, digest of its quads
	setNames            // form, NUL, text, NUL, type, NUL, what it names: see nameEntry
	setLinks            // "k", key, NUL, study node, and "n", study node, NUL, key: see link.Keys
	setReports          // "k", key, NUL, document, and "c", key, NUL, document that refers to it: see link.ReportKeys
)

// view is one state of a graph with what was decoded from it. It does not change.
type view struct {
	state
	cache *cache
}

func newView(s state) *view { return &view{state: s, cache: newCache(cacheBytes)} }

// look lets f look at one state of the graph.
func (g *Graph) look(ctx context.Context, f func(v *view) error) error {
	v, err := g.show(ctx)
	if err != nil {
		return err
	}
	return g.damage(f(v))
}

// show returns the state to look at.
func (g *Graph) show(ctx context.Context) (*view, error) {
	v := g.now.Load()
	if v == nil {
		return nil, ErrClosed
	}
	s, err := g.base.Now(ctx, v.state)
	if err != nil || s == v.state {
		return v, err
	}
	newer := newView(s)
	if !g.now.CompareAndSwap(v, newer) {
		return g.show(ctx)
	}
	return newer, nil
}

// Refresh has what others stored meanwhile shown from now on. All that is read between two calls is of one state of a file, unless this graph is
// changed itself; a database is seen anew as well when nobody has read for a while. It costs little when nothing has changed.
func (g *Graph) Refresh(ctx context.Context) error {
	v := g.now.Load()
	if v == nil {
		return ErrClosed
	}
	s, err := g.base.Newest(ctx, v.state)
	if err == nil && s != v.state {
		g.now.CompareAndSwap(v, newView(s))
	}
	return err
}

// damage gives an error of reading a damaged file, of a full disk, or of a server, the place and advice.
func (g *Graph) damage(err error) error {
	var known *Error
	if err == nil || errors.As(err, &known) {
		return err
	}
	switch b := g.base.(type) {
	case *databaseBase:
		err = b.explain("reading the graph", err)
	case *fileBase:
		if b.path != "" && noSpace(err) { // for the temporary files of a change, which lie beside it
			return b.unwritable("writing the graph", err)
		}
	}
	if !errors.Is(err, ErrDamaged) || errors.As(err, &known) {
		return err
	}
	return &Error{Op: "reading the graph", Where: g.where, Err: err, Hint: "picograph verify says which documents it concerns; load these again into a new file"}
}

// from returns the quads of a subject, at any label.
func (v *view) from(ctx context.Context, subject quad.Value) ([]quad.Quad, error) {
	return v.From(ctx, subject)
}

// under returns the quads of a label.
func (v *view) under(ctx context.Context, label string) ([]quad.Quad, error) {
	return v.Under(ctx, quad.IRI(label))
}

// to returns the subjects of the quads that lead by a predicate to an object, at any label.
func (v *view) to(ctx context.Context, object quad.Value, predicate string) ([]string, error) {
	found, err := v.To(ctx, predicate, object)
	if err != nil {
		return nil, err
	}
	return found[0], nil
}

// count returns how many quads lead by a predicate to an object.
func (v *view) count(ctx context.Context, predicate string, object quad.Value) (int, error) {
	n, err := v.Count(ctx, predicate, object)
	if err != nil {
		return 0, err
	}
	return n[0], nil
}

// labels returns the labels that begin with a prefix, sorted: of documents with documentIRI.
func (v *view) labels(ctx context.Context, prefix string) ([]string, error) {
	var out []string
	for e, err := range v.Entries(ctx, setDocuments, prefix) {
		if err != nil {
			return nil, err
		}
		label, _, _ := strings.Cut(e, "\x00")
		out = append(out, label)
	}
	return out, nil
}

// sum returns the digest of a label's quads; ok is false when the graph does not have the label.
func (v *view) sum(ctx context.Context, label string) (d digest, ok bool, err error) {
	for e, err := range v.Entries(ctx, setDocuments, label+"\x00") {
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
	quads, err := v.Bare(ctx, quad.IRI(id))
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

// studyOf returns the identifier of the study that a telling's node is of, or "" where there is none.
func (v *view) studyOf(ctx context.Context, node string) (string, error) {
	ids, err := v.aheadTellings(ctx, []quad.Value{quad.IRI(node)})
	if err != nil {
		return "", err
	}
	return ids[0], nil
}

// studyNode returns the node of a joined study, and studyID goes back.
func studyNode(id string) string { return studyIRI + escapeIRI(id) }

func studyID(node string) string { return unescapeIRI(strings.TrimPrefix(node, studyIRI)) }

// joinQuads returns the quads of joined studies and of their joins, by node.
func (v *view) joinQuads(ctx context.Context, nodes []string) (map[string][]quad.Quad, error) {
	quads, err := v.From(ctx, iris(nodes)...)
	if err != nil {
		return nil, err
	}
	out := bySubject(quads)
	var joins []quad.Value
	of := map[string]string{}
	for _, q := range quads {
		if text(q.Predicate) == ourTerms+"join" {
			joins = append(joins, q.Object)
			of[text(q.Object)] = text(q.Subject)
		}
	}
	more, err := v.From(ctx, joins...)
	for _, q := range more {
		node := of[text(q.Subject)]
		out[node] = append(out[node], q)
	}
	return out, err
}

// joinNodes returns the nodes of a class that the joins make, in canonical order: as their lines in N-Quads are sorted.
func (v *view) joinNodes(ctx context.Context, classes ...string) ([]string, error) {
	var out []string
	for _, class := range classes {
		nodes, err := v.to(ctx, quad.IRI(theLayout().named[class].iri), rdfType)
		if err != nil {
			return nil, err
		}
		for _, n := range nodes {
			if !strings.HasPrefix(n, documentIRI) { // a report is a class of documents too
				out = append(out, n)
			}
		}
	}
	slices.SortFunc(out, func(a, b string) int { return cmp.Compare(a+">", b+">") })
	return slices.Compact(out), nil
}
