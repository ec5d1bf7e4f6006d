package graph

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"github.com/cayleygraph/quad"

	"github.com/picograph/picograph/graph/link"
)

// reports writes the reports that come in several documents, refer to others that are loaded, or were retracted. Of all
// others the document's own node tells everything.
func (e *encoder) reports(docs []*stored) {
	all := make([]link.Publication, len(docs))
	for i, d := range docs {
		all[i] = link.Publication{Document: strings.TrimPrefix(d.id, documentIRI), Report: &d.doc.Report, Cites: d.doc.Cites}
	}
	reports := link.Reports(all)
	named := map[string]string{}
	for _, r := range reports {
		named[r.ID] = reportIRI + escapeIRI(r.ID)
	}
	linked := map[string]bool{}
	for _, r := range reports {
		for _, l := range r.Links {
			linked[l.To] = true
		}
	}
	for _, r := range reports {
		if len(r.Members) == 1 && len(r.Links) == 0 && r.Retracted == "" && !linked[r.ID] {
			continue
		}
		iri := named[r.ID]
		e.add(iri, rdfType, quad.IRI(e.layout.named["Publication"].iri))
		e.add(iri, expand("dcterms:identifier"), quad.String(r.ID))
		for _, m := range r.Members {
			e.add(iri, ourTerms+"record", quad.IRI(docs[m].id+"/report"))
		}
		if r.Retracted != "" {
			e.add(iri, ourTerms+"retracted", quad.String(r.Retracted))
		}
		for _, l := range r.Links {
			e.link(iri, l.Relation, named[l.To])
		}
	}
}

// relations are the edges between reports by the relation of a citation. Those told from the other side are turned round.
var relations = map[string]struct {
	edge   string
	turned bool
}{
	"corrects": {"cito:corrects", false}, "corrected by": {"cito:corrects", true},
	"retracts": {"cito:retracts", false}, "retracted by": {"cito:retracts", true},
	"retracts in part": {"cito:corrects", false}, "retracted in part by": {"cito:corrects", true},
	"updates": {"cito:updates", false}, "updated by": {"cito:updates", true},
	"comments on": {"cito:discusses", false}, "commented on in": {"cito:discusses", true},
	"expresses concern about": {"cito:disputes", false}, "concern expressed in": {"cito:disputes", true},
	"reviews": {"cito:reviews", false}, "has data in": {"cito:citesAsDataSource", false},
}

// link writes that a report stands to another one in a relation.
func (e *encoder) link(from, relation, to string) {
	r, ok := relations[relation]
	if !ok {
		r.edge = "cito:cites"
	}
	if r.turned {
		from, to = to, from
	}
	e.add(from, expand(r.edge), quad.IRI(to))
}

// publication is a report as the joins tell of it: its identifier, the documents that are records of it, and why it
// counts as retracted.
type publication struct {
	id        string
	documents []string // sorted
	retracted string
}

// readReports turns the quads of joins back into the reports that they tell of, sorted by identifier.
func readReports(quads []quad.Quad) []publication {
	at := map[string]*publication{}
	of := func(node string) *publication {
		if at[node] == nil {
			at[node] = &publication{}
		}
		return at[node]
	}
	for _, q := range quads {
		node := text(q.Subject)
		if !strings.HasPrefix(node, reportIRI) {
			continue
		}
		switch text(q.Predicate) {
		case expand("dcterms:identifier"):
			of(node).id = text(q.Object)
		case ourTerms + "retracted":
			of(node).retracted = text(q.Object)
		case ourTerms + "record":
			of(node).documents = append(of(node).documents, strings.TrimSuffix(text(q.Object), "/report"))
		}
	}
	out := make([]publication, 0, len(at))
	for _, p := range at {
		slices.Sort(p.documents)
		out = append(out, *p)
	}
	slices.SortFunc(out, func(a, b publication) int { return cmp.Compare(a.id, b.id) })
	return out
}

// reportOf returns the report that a document is a record of. The cache must be locked.
func (c *cache) reportOf(document string) publication {
	if n, ok := c.report[document]; ok {
		return c.reports[n]
	}
	return publication{documents: []string{document}}
}

// Reports returns the reports that are told of by the documents, sorted by identifier: publications and registry records,
// each once, however many documents bring it.
func (g *Graph) Reports(ctx context.Context) (out []Report, err error) {
	err = g.look(func() error {
		ids, err := g.store.documents(ctx)
		if err != nil {
			return err
		}
		if _, err := g.joinedStudies(ctx); err != nil {
			return err
		}
		g.cache.mu.Lock()
		defer g.cache.mu.Unlock()
		for _, id := range ids {
			p := g.cache.reportOf(id)
			if p.documents[0] == id {
				out = append(out, Report{ID: cmp.Or(p.id, strings.TrimPrefix(id, documentIRI)), Documents: p.documents, Retracted: p.retracted})
			}
		}
		return nil
	})
	slices.SortFunc(out, func(a, b Report) int { return cmp.Compare(a.ID, b.ID) })
	return out, err
}
