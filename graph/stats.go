package graph

import (
	"cmp"
	"context"
	"maps"
	"slices"

	"github.com/cayleygraph/quad"

	"github.com/picograph/picograph/graph/evidence"
)

// Stats counts what the graph holds. Most is read off the indexes; only the studies that several documents tell of are
// read.
func (g *Graph) Stats(ctx context.Context) (st Stats, err error) {
	err = g.look(ctx, func(v *view) error {
		docs, err := v.labels(ctx, documentIRI)
		if err != nil {
			return err
		}
		st.Documents, st.Quads = len(docs), v.Len()
		for class, to := range map[string]*int{
			"Joined": &st.Studies, "Study": &st.Tellings, "Arm": &st.Arms, "Population": &st.Populations, "Outcome": &st.Outcomes,
			"Finding": &st.Findings, "Citation": &st.Citations, "Concept": &st.Concepts,
		} {
			if *to, err = v.count(ctx, rdfType, quad.IRI(theLayout().named[class].iri)); err != nil {
				return err
			}
		}
		if st.SecondHand, err = v.count(ctx, ourTerms+"secondHand", typed("true", "boolean")); err != nil {
			return err
		}
		if err := v.countReports(ctx, &st); err != nil {
			return err
		}
		for _, k := range []evidence.Kind{
			evidence.BetweenArms, evidence.WithinArm, evidence.ArmLevel, evidence.Baseline, evidence.Interaction,
			evidence.Association, evidence.Prevalence, evidence.VoteCount, evidence.InWords,
		} {
			n, err := v.count(ctx, ourTerms+"kind", quad.String(k))
			if err != nil {
				return err
			}
			if n > 0 {
				st.Kinds = append(st.Kinds, Tally{string(k), n})
			}
		}
		return v.designs(ctx, &st)
	})
	return st, err
}

// countReports counts the reports: a document is one of its own unless the joins have it as a record of one.
func (v *view) countReports(ctx context.Context, st *Stats) error {
	of, err := v.Subjects(ctx, ourTerms+"record", 1)
	if err != nil {
		return err
	}
	st.Reports = st.Documents + len(of)
	for _, n := range of {
		st.Reports -= n
	}
	retracted, err := v.Subjects(ctx, ourTerms+"retracted", 1)
	st.Retracted = len(retracted)
	return err
}

// designs counts the studies by the kind of design that the first of their tellings has.
func (v *view) designs(ctx context.Context, st *Stats) error {
	several, err := v.joinedBySeveral(ctx)
	if err != nil {
		return err
	}
	st.Joined = len(several)
	kinds, err := v.Objects(ctx, ourTerms+"designKind")
	if err != nil {
		return err
	}
	for _, node := range several {
		j, err := v.joinedStudy(ctx, studyID(node))
		if err != nil {
			return err
		}
		for _, t := range j.tellings[1:] { // only the first counts
			quads, err := v.from(ctx, quad.IRI(t))
			if err != nil {
				return err
			}
			for _, q := range quads {
				if text(q.Predicate) == ourTerms+"designKind" {
					kinds[text(q.Object)]--
				}
			}
		}
	}
	stated := 0
	for name, n := range kinds {
		if n > 0 {
			st.Designs = append(st.Designs, Tally{name, n})
			stated += n
		}
	}
	if n := st.Studies - stated; n > 0 {
		st.Designs = append(st.Designs, Tally{"not stated", n})
	}
	slices.SortFunc(st.Designs, func(a, b Tally) int { return cmp.Compare(a.Name, b.Name) })
	return nil
}

// joinedBySeveral returns the nodes of the studies that more than one document tells of.
func (v *view) joinedBySeveral(ctx context.Context) ([]string, error) {
	tellings, err := v.Subjects(ctx, ourTerms+"telling", 2)
	return slices.Sorted(maps.Keys(tellings)), err
}
