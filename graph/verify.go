package graph

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/cayleygraph/quad"
)

// Damage is something in a graph that is not as it was written.
type Damage struct {
	What      string   // "values", "quads by subject", "document", "digest", ...
	Err       error    // with the place
	Documents []string // whom it concerns, by source; by identifier where the source cannot be read
	Index     bool     // what it says stands elsewhere in the file as well: nothing is lost
}

// Verification is what Verify found.
type Verification struct {
	Documents int // that were read
	Quads     int
	Bytes     int64 // of the file
	Damage    []Damage
}

// Verify reads all of the graph: every block of its file, each document, and what is told of them twice. The error is
// the context's, or one of reading the file; what is wrong with the graph is not an error.
func (g *Graph) Verify(ctx context.Context) (*Verification, error) {
	v, err := g.show(ctx)
	if err != nil {
		return nil, err
	}
	found, bytes, err := v.Check(ctx)
	if err != nil {
		return nil, err
	}
	out := &Verification{Quads: v.Len(), Bytes: bytes}
	for _, d := range found {
		one := Damage{What: d.Part, Err: d.Err, Index: d.Index}
		if set, ok := setParts[d.Part]; ok {
			one.What, one.Index = set.name, set.index
		}
		for _, label := range d.Labels {
			one.Documents = append(one.Documents, v.sourcesOf(ctx, text(label))...)
		}
		slices.Sort(one.Documents)
		one.Documents = slices.Compact(one.Documents)
		out.Damage = append(out.Damage, one)
	}
	c := &verifying{v: v, out: out}
	return out, c.contents(ctx)
}

// setParts says what the sets are. All but the first follow from the documents.
var setParts = map[string]struct {
	name  string
	index bool
}{
	"set 0": {"list of documents", false},
	"set 1": {"index of names", true},
	"set 2": {"index of what studies share", true},
	"set 3": {"index of what reports share", true},
}

// sourcesOf returns the sources of a document, as far as they can be read, else its identifier.
func (v *view) sourcesOf(ctx context.Context, id string) []string {
	switch id {
	case vocabularyIn:
		return []string{"the vocabulary"}
	case joinsIn:
		return []string{"the joined studies and reports"}
	}
	var out []string
	nodes, err := v.from(ctx, quad.IRI(id))
	for _, q := range nodes {
		if text(q.Predicate) != expand("dcterms:source") {
			continue
		}
		of, err := v.from(ctx, q.Object)
		for _, s := range of {
			if text(s.Predicate) == ourTerms+"path" && err == nil {
				out = append(out, text(s.Object))
			}
		}
	}
	if err != nil || len(out) == 0 {
		return []string{id}
	}
	return out
}

// verifying reads what the quads say.
type verifying struct {
	v   *view
	out *Verification
	sum digest
}

func (c *verifying) note(what, id string, err error) {
	c.out.Damage = append(c.out.Damage, Damage{What: what, Err: err, Documents: c.v.sourcesOf(context.Background(), id)})
}

// contents reads each document, and compares digests.
func (c *verifying) contents(ctx context.Context) error {
	labels, err := c.v.labels(ctx, "")
	if errors.Is(err, ErrDamaged) {
		c.out.Damage = append(c.out.Damage, Damage{What: "the list of documents", Err: err})
		return nil
	}
	if err != nil {
		return err
	}
	quads := 0
	for _, label := range labels {
		n, err := c.label(ctx, label)
		if err != nil {
			return err
		}
		quads += n
	}
	n, err := c.joins(ctx)
	if err != nil {
		return err
	}
	if len(c.out.Damage) > 0 {
		return nil // the sums cannot be right
	}
	if quads+n != c.out.Quads {
		c.out.Damage = append(c.out.Damage, Damage{What: "labels", Err: fmt.Errorf("%w: %d quads stand under labels that belong to no document", ErrDamaged, c.out.Quads-quads-n)})
	}
	if c.sum != c.v.total() {
		c.out.Damage = append(c.out.Damage, Damage{What: "digest", Err: fmt.Errorf("%w: the digest that was kept is not that of what is there", ErrDamaged)})
	}
	return nil
}

// label checks the quads of a document, or of the vocabulary.
func (c *verifying) label(ctx context.Context, label string) (int, error) {
	want, _, err := c.v.sum(ctx, label)
	var quads []quad.Quad
	if err == nil {
		quads, err = c.v.under(ctx, label)
	}
	if ctx.Err() != nil {
		return 0, ctx.Err()
	}
	is, sum := sortedSum(quads)
	c.sum = c.sum.plus(sum)
	if err == nil && sum != want {
		err = fmt.Errorf("%w: its quads are not those that were stored", ErrDamaged)
	}
	if strings.HasPrefix(label, documentIRI) {
		c.out.Documents++
		var d *stored
		if err == nil {
			d, err = decode(is)
		}
		if err == nil {
			_, err = inflate(d.pieces)
		}
	}
	if err != nil {
		c.note("document", label, err)
	}
	return len(is), nil
}

// joins adds up what is counted apart of the joins: each joined study and each report.
func (c *verifying) joins(ctx context.Context) (int, error) {
	quads, err := c.v.under(ctx, joinsIn)
	if ctx.Err() != nil {
		return 0, ctx.Err()
	}
	if err != nil {
		c.note("joins", joinsIn, err)
		return 0, nil
	}
	units := map[string][]quad.Quad{}
	for _, q := range quads {
		unit, _, _ := strings.Cut(text(q.Subject), "/")
		units[unit] = append(units[unit], q)
	}
	for _, of := range units {
		_, sum := sortedSum(of)
		c.sum = c.sum.plus(sum)
	}
	return len(quads), nil
}
