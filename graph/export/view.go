package export

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/picograph/picograph/graph"
)

// View is what the property-graph formats show of a graph. The RDF formats carry everything and have none.
type View string

// The views.
const (
	Full      View = "full"      // studies, reports, arms, interventions, populations, outcomes and findings, all as nodes
	Evidence  View = "evidence"  // each finding an edge from what was done to the outcome
	Network   View = "network"   // what was compared with what: one edge for each study
	Citations View = "citations" // reports, the studies they tell of, and what they cite
)

// Views returns the views in the order in which help shows them; the first is used when none is named.
func Views() []View { return []View{Full, Evidence, Network, Citations} }

// Known reports whether there is such a view.
func (v View) Known() error {
	if v == "" || slices.Contains(Views(), v) {
		return nil
	}
	var names []string
	for _, k := range Views() {
		names = append(names, string(k))
	}
	return fmt.Errorf("unknown view %q: known are %s", v, strings.Join(names, ", "))
}

// attribute is what a node or an edge may state. Type is string, double, integer or boolean, as XML Schema has them.
type attribute struct{ name, typ string }

// attributes returns the table of attributes. A value that no document states is left out, never zero.
func attributes() []attribute {
	return []attribute{
		{"kind", "string"},
		{"label", "string"},
		{"study", "string"},
		{"registrations", "string"},
		{"design", "string"},
		{"n", "double"},
		{"second_hand", "boolean"},
		{"role", "string"},
		{"criteria", "string"},
		{"trials", "integer"},
		{"source", "string"},
		{"doi", "string"},
		{"pmid", "string"},
		{"year", "integer"},
		{"retracted", "string"},
		{"finding_kind", "string"},
		{"arm", "string"},
		{"comparator", "string"},
		{"population", "string"},
		{"outcome", "string"},
		{"timepoint", "string"},
		{"months", "double"},
		{"measure", "string"},
		{"estimate", "double"},
		{"unit", "string"},
		{"ci_level", "double"},
		{"low", "double"},
		{"high", "double"},
		{"events", "double"},
		{"total", "double"},
		{"p", "string"},
		{"direction", "string"},
		{"significant", "boolean"},
		{"checks", "string"},
		{"finding", "string"},
		{"document", "string"},
		{"offsets", "string"},
		{"sentence", "string"},
	}
}

// facts are the attributes that something has, by name, as text.
type facts map[string]string

// set adds a fact unless it is empty.
func (f facts) set(name, value string) {
	if value != "" {
		f[name] = value
	}
}

// all yields the facts that there are, in the order of the table.
func (f facts) all(yield func(attribute, string) bool) {
	for _, a := range attributes() {
		if v, ok := f[a.name]; ok && !yield(a, v) {
			return
		}
	}
}

// node is one thing of a view. Its identifier stays the same from export to export.
type node struct {
	id    string
	facts facts
}

// edge is one link of a view, from source to target. Its label is the fact of that name.
type edge struct {
	id, source, target string
	facts              facts
}

// picture is a graph or a part of it in one view: nodes sorted by identifier, edges by their ends.
type picture struct {
	about *preface
	view  View
	nodes []node
	edges []edge
}

// close takes away the temporary files.
func (p *picture) close() { p.about.close() }

// newPicture makes the view that is requested, in memory. It is to be closed.
func newPicture(ctx context.Context, g *graph.Graph, r Request) (*picture, error) {
	f, err := newFlow(ctx, g, r)
	if err != nil {
		return nil, err
	}
	p, err := f.collect()
	if err != nil {
		f.close()
		return nil, err
	}
	f.nodes.Close()
	f.edges.Close()
	return p, nil
}

// painter collects the nodes and edges of one study, each once.
type painter struct {
	*picture
	labels map[string]string // of concepts, by identifier
	known  map[string]bool   // the edges
	at     map[string]int    // nodes, by identifier
}

// paint adds a study as the view shows it.
func (b *painter) paint(p part) {
	map[View]func(part){Full: b.full, Evidence: b.evidence, Network: b.network, Citations: b.citations}[b.view](p)
}

// node adds a node unless it is there, and returns its identifier.
func (b *painter) node(id, kind, label string, f facts) string {
	if _, ok := b.at[id]; ok {
		return id
	}
	b.at[id] = len(b.nodes)
	if f == nil {
		f = facts{}
	}
	f["kind"], f["label"] = kind, cmp.Or(label, id)
	b.nodes = append(b.nodes, node{id, f})
	return id
}

// edge adds an edge unless there is one between the same with the same label and finding.
func (b *painter) edge(source, target, kind, label string, f facts) {
	key := fmt.Sprintf("%q %q %q %q %q", source, target, kind, label, f["finding"])
	if b.known[key] {
		return
	}
	b.known[key] = true
	if f == nil {
		f = facts{}
	}
	f["kind"], f["label"] = kind, label
	b.edges = append(b.edges, edge{source: source, target: target, facts: f})
}
