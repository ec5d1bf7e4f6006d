package export

import (
	"context"
	"fmt"
	"slices"

	"github.com/picograph/picograph/graph"
)

// Named returns the studies that a person means by a name: a registration, an acronym, first author and year.
func Named(ctx context.Context, g *graph.Graph, name string) (*graph.Selection, error) {
	if s, err := g.Study(ctx, name); err == nil {
		return &graph.Selection{Studies: []string{s.ID}}, nil
	}
	names, err := g.Lookup(ctx, name)
	if err != nil {
		return nil, err
	}
	out := &graph.Selection{}
	for _, n := range names {
		if (n.Type == "study" || n.Type == "registration") && !slices.Contains(out.Studies, n.ID) {
			out.Studies = append(out.Studies, n.ID)
		}
	}
	if len(out.Studies) == 0 {
		return nil, fmt.Errorf("no study is called %q", name)
	}
	return out, nil
}

// Reach widens a selection by steps. The first takes the studies whole that a chosen finding is of; each further one adds
// the studies with a finding on an intervention, as arm or as comparator, that a chosen study has.
func Reach(ctx context.Context, g *graph.Graph, from *graph.Selection, depth int) (*graph.Selection, error) {
	out := &graph.Selection{Studies: slices.Clone(from.Studies), Findings: slices.Clone(from.Findings)}
	before := -1
	for step := range depth {
		if step > 1 && len(out.Studies) == before { // there is nothing more to reach
			break
		}
		before = len(out.Studies)
		parts, err := chosen(ctx, g, out)
		if err != nil {
			return nil, err
		}
		var cares []string
		for _, p := range parts {
			out.Studies = append(out.Studies, p.ID)
			for _, t := range p.Tellings {
				for _, a := range t.Study.Arms {
					cares = append(cares, a.Interventions...)
				}
			}
		}
		if step > 0 {
			for _, r := range []graph.Relation{graph.ByIntervention, graph.ByComparator} {
				ids, err := g.Findings(ctx, r, cares...)
				if err != nil {
					return nil, err
				}
				for _, id := range ids {
					f, err := g.Finding(ctx, id)
					if err != nil {
						return nil, err
					}
					out.Studies = append(out.Studies, f.StudyID)
				}
			}
		}
		slices.Sort(out.Studies)
		out.Studies = slices.Compact(out.Studies)
	}
	return out, nil
}
