package graph

import (
	"context"
	"crypto/sha256"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/cayleygraph/quad"

	"github.com/picograph/picograph/graph/vocab"
)

// used collects the nodes of the concepts and measures that quads refer to.
func used(quads []quad.Quad, into map[string]bool) {
	for i := range quads {
		if iri, ok := quads[i].Object.(quad.IRI); ok && (strings.HasPrefix(string(iri), conceptIRI) || strings.HasPrefix(string(iri), measureIRI)) {
			into[string(iri)] = true
		}
	}
}

// hierarchy returns what the vocabulary says of concepts and measures, given by their nodes, and of what these are kinds or
// parts of.
func hierarchy(nodes map[string]bool, v *vocab.Vocabulary) []quad.Quad {
	e := &encoder{layout: theLayout(), label: quad.IRI(vocabularyIn), vocab: v}
	concepts := map[string]bool{}
	var use func(id string)
	use = func(id string) {
		c, ok := v.Concept(id)
		if !ok || concepts[id] {
			return
		}
		concepts[id] = true
		for _, up := range slices.Concat(c.Broader, c.PartOf) {
			use(up)
		}
	}
	for iri := range nodes {
		if id, ok := strings.CutPrefix(iri, conceptIRI); ok {
			use(unescapeIRI(id))
		}
	}
	for _, c := range v.Concepts() {
		if concepts[c.ID] {
			e.describe(c, concepts)
		}
	}
	for _, m := range v.Measures() {
		if nodes[measureIRI+escapeIRI(m.ID)] {
			e.measure(m)
		}
	}
	return e.quads
}

// metaVocabulary is the name under which the digest of the vocabulary's tables is kept, by which a change of them is seen.
const metaVocabulary = "vocabulary"

// tablesDigest stands for what the vocabulary says of its concepts and measures.
func tablesDigest(v *vocab.Vocabulary) string {
	sum := sha256.New()
	for _, c := range v.Concepts() {
		_, _ = fmt.Fprintf(sum, "%+v\n", *c) // a hash never fails
	}
	for _, m := range v.Measures() {
		_, _ = fmt.Fprintf(sum, "%+v\n", *m)
	}
	return string(sum.Sum(nil))
}

// vocabulary brings what is kept of the vocabulary up to date: when documents use what none used before, when something may
// no longer be used, and when the tables themselves have changed.
func (w *Writer) vocabulary(ctx context.Context) error {
	v := w.g.opt.Vocab
	if v == nil {
		return nil
	}
	tables := w.g.tables()
	changed := string(w.was.Meta(metaVocabulary)) != tables
	lost, err := w.lost(ctx)
	if err != nil {
		return err
	}
	gained, err := w.gained(ctx)
	if err != nil || !gained && !lost && !changed {
		return err
	}
	before, err := w.was.under(ctx, vocabularyIn)
	if err != nil {
		return err
	}
	nodes := maps.Clone(w.uses)
	if lost || changed { // which are used by themselves, and which only by what is a kind of them, is not kept
		if err := w.usedStill(ctx, v, nodes); err != nil {
			return err
		}
	} else {
		for _, q := range before {
			nodes[text(q.Subject)] = true
		}
	}
	quads, sum := sortedSum(hierarchy(nodes, v))
	if changed {
		w.tx.SetMeta(metaVocabulary, []byte(tables))
	}
	w.entries(setNames, conceptNames(before), conceptNames(quads))
	return w.replace(vocabularyIn, quads, sum)
}

// gained reports whether documents use something that the graph does not describe.
func (w *Writer) gained(ctx context.Context) (bool, error) {
	described, err := w.was.Has(ctx, quad.IRI(vocabularyIn), iris(slices.Sorted(maps.Keys(w.uses)))...)
	return slices.Contains(described, false), err
}

// lost reports whether something that documents used may have lost its last use.
func (w *Writer) lost(ctx context.Context) (bool, error) {
	var nodes []string
	for n := range w.used {
		if !w.uses[n] {
			nodes = append(nodes, n)
		}
	}
	still, err := w.areUsed(ctx, nodes)
	return slices.Contains(still, false), err
}

// usedStill adds what documents that do not change use.
func (w *Writer) usedStill(ctx context.Context, v *vocab.Vocabulary, nodes map[string]bool) error {
	var ask []string
	for _, c := range v.Concepts() {
		ask = append(ask, string(conceptNode(c.ID)))
	}
	for _, m := range v.Measures() {
		ask = append(ask, measureIRI+escapeIRI(m.ID))
	}
	ask = slices.DeleteFunc(ask, func(n string) bool { return nodes[n] })
	still, err := w.areUsed(ctx, ask)
	for i, used := range still {
		if used {
			nodes[ask[i]] = true
		}
	}
	return err
}

// areUsed reports of each node whether a document that does not change refers to it.
func (w *Writer) areUsed(ctx context.Context, nodes []string) ([]bool, error) {
	if len(nodes) == 0 || w.was.Len() == 0 {
		return make([]bool, len(nodes)), ctx.Err()
	}
	changing := map[string]bool{vocabularyIn: true}
	for i := range w.revisions {
		if at := w.revisions[i].was; at >= 0 {
			a, err := w.read(at, nil)
			if err != nil {
				return nil, err
			}
			changing[a.ID] = true
		}
	}
	return w.was.Used(ctx, changing, iris(nodes)...)
}

func iris(nodes []string) []quad.Value {
	out := make([]quad.Value, len(nodes))
	for i, n := range nodes {
		out[i] = quad.IRI(n)
	}
	return out
}

// describe writes a concept. Links to concepts that are not in the graph are left out.
func (e *encoder) describe(c *vocab.Concept, inUse map[string]bool) {
	iri := string(conceptNode(c.ID))
	e.add(iri, rdfType, quad.IRI(expand("skos:Concept")))
	e.literal(iri, "skos:prefLabel", c.Label)
	e.literal(iri, "dcterms:type", c.Type)
	e.literal(iri, "pg:better", c.Better)
	e.literal(iri, "skos:note", c.Note)
	for _, f := range c.Forms {
		if f.Text != c.Label {
			e.literal(iri, "skos:altLabel", f.Text)
		}
	}
	for _, l := range []struct {
		edge string
		ids  []string
	}{
		{"skos:broader", c.Broader},
		{"dcterms:isPartOf", c.PartOf},
		{"skos:related", c.Related},
		{"owl:differentFrom", c.NotSameAs},
	} {
		for _, id := range l.ids {
			if inUse[id] {
				e.add(iri, expand(l.edge), conceptNode(id))
			}
		}
	}
}

func (e *encoder) measure(m *vocab.Measure) {
	iri := measureIRI + escapeIRI(m.ID)
	e.add(iri, rdfType, quad.IRI(expand("pg:Measure")))
	e.literal(iri, "skos:prefLabel", m.Label)
	e.literal(iri, "pg:scale", m.Scale)
	if m.Null.Present() {
		e.add(iri, ourTerms+"null", number(string(m.Null)))
	}
	if m.IRI != "" {
		e.add(iri, expand("skos:exactMatch"), quad.IRI(m.IRI))
	}
}

func (e *encoder) literal(iri, edge, s string) {
	if s != "" {
		e.add(iri, expand(edge), quad.String(s))
	}
}
