package graph

import (
	"cmp"
	"context"
	"slices"

	"github.com/cayleygraph/quad"

	"github.com/picograph/picograph/graph/evidence"
	"github.com/picograph/picograph/graph/store"
)

// Stats counts what the graph holds. Most is read off the indexes; only the studies that several documents tell of are
// read.
func (g *Graph) Stats(ctx context.Context) (st Stats, err error) {
	err = g.look(func(v *view) error {
		docs, err := v.labels(ctx, documentIRI)
		if err != nil {
			return err
		}
		st.Documents, st.Quads = len(docs), v.Len()
		for class, to := range map[string]*int{
			"Joined": &st.Studies, "Study": &st.Tellings, "Arm": &st.Arms, "Population": &st.Populations, "Outcome": &st.Outcomes,
			"Finding": &st.Findings, "Citation": &st.Citations, "Concept": &st.Concepts,
		} {
			if *to, err = v.count(rdfType, quad.IRI(theLayout().named[class].iri)); err != nil {
				return err
			}
		}
		if st.SecondHand, err = v.count(ourTerms+"secondHand", typed("true", "boolean")); err != nil {
			return err
		}
		if err := v.countReports(ctx, &st); err != nil {
			return err
		}
		for _, k := range []evidence.Kind{
			evidence.BetweenArms, evidence.WithinArm, evidence.ArmLevel, evidence.Baseline, evidence.Interaction,
			evidence.Association, evidence.Prevalence, evidence.VoteCount, evidence.InWords,
		} {
			n, err := v.count(ourTerms+"kind", quad.String(k))
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
	of, err := v.subjects(ctx, ourTerms+"record")
	if err != nil {
		return err
	}
	st.Reports = st.Documents + len(of)
	for _, n := range of {
		st.Reports -= n
	}
	retracted, err := v.subjects(ctx, ourTerms+"retracted")
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
	kinds, err := v.objects(ctx, ourTerms+"designKind")
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
	tellings, err := v.subjects(ctx, ourTerms+"telling")
	if err != nil {
		return nil, err
	}
	var out []string
	for id, n := range tellings {
		if n < 2 {
			continue
		}
		node, err := v.Value(id)
		if err != nil {
			return nil, err
		}
		out = append(out, text(node))
	}
	slices.Sort(out)
	return out, nil
}

// subjects counts the quads of a predicate by subject.
func (v *view) subjects(ctx context.Context, predicate string) (map[store.ID]int, error) {
	out := map[store.ID]int{}
	ids, ok, err := v.find(quad.IRI(predicate))
	if !ok {
		return out, err
	}
	scan := v.Scan(store.Pattern{Predicate: ids[0]})
	for n := 1; scan.Next(); n++ {
		if n%checkEvery == 0 && ctx.Err() != nil {
			return nil, ctx.Err()
		}
		out[scan.Quad().Subject]++
	}
	return out, scan.Err()
}

// objects counts the quads of a predicate by the text of their object.
func (v *view) objects(ctx context.Context, predicate string) (map[string]int, error) {
	out := map[string]int{}
	ids, ok, err := v.find(quad.IRI(predicate))
	if !ok {
		return out, err
	}
	counts := map[store.ID]int{}
	scan := v.Scan(store.Pattern{Predicate: ids[0]})
	for n := 1; scan.Next(); n++ {
		if n%checkEvery == 0 && ctx.Err() != nil {
			return nil, ctx.Err()
		}
		counts[scan.Quad().Object]++
	}
	for id, n := range counts {
		value, err := v.Value(id)
		if err != nil {
			return nil, err
		}
		out[text(value)] += n
	}
	return out, scan.Err()
}
