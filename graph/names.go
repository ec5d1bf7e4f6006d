package graph

import (
	"cmp"
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

// Names returns what a person may call things in the graph, sorted by text, then type: studies, registrations,
// reports, arms, outcomes, populations, instruments, and the names of the concepts in use.
func (g *Graph) Names(ctx context.Context) ([]Name, error) {
	studies, err := g.Studies(ctx)
	if err != nil {
		return nil, err
	}
	var out []Name
	add := func(kind, id string, texts ...string) {
		for _, t := range texts {
			if t != "" {
				out = append(out, Name{t, kind, id})
			}
		}
	}
	for _, s := range studies {
		add("study", s.ID, s.Name, s.ID)
		for _, t := range s.Tellings {
			add("study", s.ID, t.Study.Name)
			add("registration", s.ID, t.Study.Registrations...)
			if !t.Study.SecondHand {
				add("report", t.DocumentID, t.Report.Title, t.Report.DOI, t.Report.PMID)
			}
			for _, a := range t.Study.Arms {
				add("arm", s.ID, a.Label, a.Abbreviation)
			}
			for _, o := range t.Study.Outcomes {
				add("outcome", s.ID, o.Text)
			}
			for _, p := range t.Study.Populations {
				add("population", s.ID, p.Text)
			}
			for _, i := range t.Study.Instruments {
				add("instrument", s.ID, i.Label, i.Abbreviation)
			}
		}
	}
	err = g.look(func() error {
		concepts, err := g.concepts(ctx)
		out = append(out, concepts...)
		return err
	})
	if err != nil {
		return nil, err
	}
	slices.SortFunc(out, func(a, b Name) int {
		return cmp.Or(cmp.Compare(a.Text, b.Text), cmp.Compare(a.Type, b.Type), cmp.Compare(a.ID, b.ID))
	})
	return slices.Compact(out), nil
}

// concepts returns the names of the concepts in the graph.
func (g *Graph) concepts(ctx context.Context) ([]Name, error) {
	quads, err := g.store.under(ctx, vocabularyIn)
	if err != nil {
		return nil, err
	}
	kinds := map[quad.Value]string{}
	for _, q := range quads {
		if text(q.Predicate) == expand("dcterms:type") {
			kinds[q.Subject] = text(q.Object)
		}
	}
	var out []Name
	for _, q := range quads {
		switch text(q.Predicate) {
		case expand("skos:prefLabel"), expand("skos:altLabel"):
			id, ok := strings.CutPrefix(text(q.Subject), conceptIRI)
			if kind := kinds[q.Subject]; ok && kind != "" {
				out = append(out, Name{text(q.Object), kind, unescapeIRI(id)})
			}
		}
	}
	return out, nil
}

// Labels returns the names of the concepts and measures in the graph, by identifier.
func (g *Graph) Labels(ctx context.Context) (map[string]string, error) {
	out := map[string]string{}
	err := g.look(func() error {
		quads, err := g.store.under(ctx, vocabularyIn)
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
