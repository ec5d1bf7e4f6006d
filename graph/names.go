package graph

import (
	"context"
	"errors"
	"slices"
	"strings"

	"github.com/cayleygraph/quad"
)

func ignoreMissing(err error) error {
	if errors.Is(err, ErrNotFound) {
		return nil
	}
	return err
}

// conceptNames returns the entries of the names of concepts, from the quads of the vocabulary, sorted.
func conceptNames(quads []quad.Quad) []string {
	kinds := map[quad.Value]string{}
	for _, q := range quads {
		if text(q.Predicate) == expand("dcterms:type") {
			kinds[q.Subject] = text(q.Object)
		}
	}
	var out []string
	for _, q := range quads {
		switch text(q.Predicate) {
		case expand("skos:prefLabel"), expand("skos:altLabel"):
			id, ok := strings.CutPrefix(text(q.Subject), conceptIRI)
			if kind := kinds[q.Subject]; ok && kind != "" {
				out = append(out, nameEntry(text(q.Object), kind, namesConcept+unescapeIRI(id)))
			}
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// Labels returns the names of the concepts and measures in the graph, by identifier.
func (g *Graph) Labels(ctx context.Context) (map[string]string, error) {
	out := map[string]string{}
	err := g.look(ctx, func(v *view) error {
		quads, err := v.under(ctx, vocabularyIn)
		for _, q := range quads {
			if text(q.Predicate) != expand("skos:prefLabel") {
				continue
			}
			for _, space := range []string{measureIRI, conceptIRI} {
				if id, ok := strings.CutPrefix(text(q.Subject), space); ok {
					out[unescapeIRI(id)] = text(q.Object)
				}
			}
		}
		return err
	})
	return out, err
}
