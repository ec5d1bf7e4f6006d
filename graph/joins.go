package graph

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/cayleygraph/quad"

	"github.com/picograph/picograph/graph/link"
	"github.com/picograph/picograph/graph/vocab"
)

// joins returns the quads that say which tellings are of one study. They depend on the documents alone, not on the
// order in which these came.
func joins(docs []*stored) []quad.Quad {
	docs = slices.Clone(docs)
	slices.SortFunc(docs, func(a, b *stored) int { return cmp.Compare(a.id, b.id) })
	var tellings []link.Telling
	var nodes []string
	named := map[link.Reference]string{}
	for _, d := range docs {
		short := strings.TrimPrefix(d.id, documentIRI)
		for i := range d.doc.Studies {
			s := &d.doc.Studies[i]
			tellings = append(tellings, link.Telling{Document: short, Report: &d.doc.Report, Study: s, Cites: d.doc.Cites})
			nodes = append(nodes, d.studies[i])
			ref := link.Reference{Document: short, Study: s.ID}
			if _, taken := named[ref]; !taken {
				named[ref] = d.studies[i]
			}
		}
	}
	e := &encoder{layout: theLayout(), label: quad.IRI(joinsIn)}
	used := map[string]int{}
	for _, g := range link.Studies(tellings) {
		iri := studyIRI + escapeIRI(g.ID)
		if used[iri]++; used[iri] > 1 {
			iri = fmt.Sprintf("%s~%d", iri, used[iri])
		}
		e.add(iri, rdfType, quad.IRI(e.layout.named["Joined"].iri))
		e.add(iri, expand("dcterms:identifier"), quad.String(unescapeIRI(strings.TrimPrefix(iri, studyIRI))))
		if g.Name != "" {
			e.add(iri, expand("schema:name"), quad.String(g.Name))
		}
		var members []quad.Value
		for _, m := range g.Members {
			members = append(members, quad.IRI(nodes[m]))
		}
		e.list(iri, &field{path: "Tellings", iri: ourTerms + "telling"}, members)
		for i, j := range g.Joins {
			child := fmt.Sprintf("%s/join/%d", iri, i+1)
			e.add(iri, ourTerms+"join", quad.IRI(child))
			e.add(child, rdfType, quad.IRI(e.layout.named["Join"].iri))
			e.add(child, ourTerms+"rule", quad.String(j.Reason))
			e.add(child, ourTerms+"reason", quad.String(j.Evidence))
			e.list(child, &field{path: "Joins", iri: ourTerms + "joins"}, []quad.Value{quad.IRI(named[j.A]), quad.IRI(named[j.B])})
		}
	}
	e.reports(docs)
	return sortQuads(e.quads)
}

// joined is one study as the joins tell: its identifier, name, the nodes of its tellings and the reasons.
type joined struct {
	id, name string
	tellings []string
	joins    []joinNode
}

// joinNode is why two nodes are of one study.
type joinNode struct {
	a, b, rule, reason string
}

// readJoins turns the quads of joins back, sorted by identifier.
func readJoins(quads []quad.Quad) ([]joined, error) {
	d := &decoder{layout: theLayout(), nodes: map[quad.Value][]quad.Quad{}}
	var roots []quad.Value
	for _, q := range quads {
		d.nodes[q.Subject] = append(d.nodes[q.Subject], q)
		if text(q.Predicate) == rdfType && text(q.Object) == d.layout.named["Joined"].iri {
			roots = append(roots, q.Subject)
		}
	}
	var out []joined
	for _, n := range roots {
		j := joined{id: text(d.one(n, expand("dcterms:identifier"))), name: text(d.one(n, expand("schema:name")))}
		for _, t := range d.children(n, "Tellings", ourTerms+"telling") {
			j.tellings = append(j.tellings, text(t))
		}
		if len(j.tellings) == 0 {
			d.fail("the joined study %s has no telling", j.id)
		}
		for _, c := range d.children(n, "Joins", ourTerms+"join") {
			pair := append(d.children(c, "Joins", ourTerms+"joins"), nil, nil)
			j.joins = append(j.joins, joinNode{
				text(pair[0]), text(pair[1]), text(d.one(c, ourTerms+"rule")), text(d.one(c, ourTerms+"reason")),
			})
		}
		out = append(out, j)
	}
	slices.SortFunc(out, func(a, b joined) int { return cmp.Compare(a.id, b.id) })
	return out, d.err
}

// hierarchy returns what the vocabulary says of the concepts and measures that the quads use, and of what these are
// kinds or parts of.
func hierarchy(quads []quad.Quad, v *vocab.Vocabulary) []quad.Quad {
	e := &encoder{layout: theLayout(), label: quad.IRI(vocabularyIn), vocab: v}
	concepts, measures := map[string]bool{}, map[string]bool{}
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
	for _, q := range quads {
		iri, ok := q.Object.(quad.IRI)
		if !ok {
			continue
		}
		if id, ok := strings.CutPrefix(string(iri), conceptIRI); ok {
			use(unescapeIRI(id))
		} else if id, ok := strings.CutPrefix(string(iri), measureIRI); ok {
			measures[unescapeIRI(id)] = true
		}
	}
	for _, c := range v.Concepts() {
		if concepts[c.ID] {
			e.describe(c, concepts)
		}
	}
	for _, m := range v.Measures() {
		if measures[m.ID] {
			e.measure(m)
		}
	}
	return sortQuads(e.quads)
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

// joinedStudies returns the studies as the joins tell.
func (g *Graph) joinedStudies(ctx context.Context) ([]joined, error) {
	g.cache.mu.Lock()
	defer g.cache.mu.Unlock()
	if g.cache.joined == nil {
		quads, err := g.store.under(ctx, joinsIn)
		if err != nil {
			return nil, err
		}
		all, err := readJoins(quads)
		if err != nil {
			return nil, err
		}
		g.cache.joined, g.cache.studyOf = all, map[string]string{}
		g.cache.reports, g.cache.report = readReports(quads), map[string]int{}
		for n, p := range g.cache.reports {
			for _, d := range p.documents {
				g.cache.report[d] = n
			}
		}
		for _, j := range all {
			for _, n := range j.tellings {
				g.cache.studyOf[n] = j.id
			}
		}
	}
	return g.cache.joined, nil
}
