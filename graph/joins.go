package graph

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/cayleygraph/quad"
)

// joinedQuads returns the quads of one joined study.
func joinedQuads(j joined) []quad.Quad {
	e := &encoder{layout: theLayout(), label: quad.IRI(joinsIn)}
	iri := studyNode(j.id)
	e.add(iri, rdfType, quad.IRI(e.layout.named["Joined"].iri))
	e.add(iri, expand("dcterms:identifier"), quad.String(j.id))
	if j.name != "" {
		e.add(iri, expand("schema:name"), quad.String(j.name))
	}
	var members []quad.Value
	for _, node := range j.tellings {
		members = append(members, quad.IRI(node))
	}
	e.list(iri, &field{path: "Tellings", iri: ourTerms + "telling"}, members)
	for i, n := range j.joins {
		child := fmt.Sprintf("%s/join/%d", iri, i+1)
		e.add(iri, ourTerms+"join", quad.IRI(child))
		e.add(child, rdfType, quad.IRI(e.layout.named["Join"].iri))
		e.add(child, ourTerms+"rule", quad.String(n.rule))
		e.add(child, ourTerms+"reason", quad.String(n.reason))
		e.list(child, &field{path: "Joins", iri: ourTerms + "joins"}, []quad.Value{quad.IRI(n.a), quad.IRI(n.b)})
	}
	return e.quads
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

// linkEntries returns the entries of the index of keys, sorted.
func linkEntries(tells []telling) []string {
	var out []string
	for _, t := range tells {
		for _, k := range t.keys {
			k = linkKey(k)
			out = append(out, "k"+k+"\x00"+t.node, "n"+t.node+"\x00"+k)
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// linkKey is a key as it is kept.
func linkKey(k string) string { return strings.ReplaceAll(k, "\x00", "\x01") }
