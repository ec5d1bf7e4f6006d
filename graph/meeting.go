package graph

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/cayleygraph/quad"

	"github.com/picograph/picograph/graph/link"
)

// meeting finds which tellings a change concerns: those of the documents that change, those that they share a key with,
// now or before, and so on. Each set of tellings that meet is joined anew; all others stay joined as they are. What this costs
// depends on how many meet, and not on the size of the graph.
type meeting struct {
	w      *Writer
	items  map[string]int // node -> place in the lists below
	nodes  []string
	alone  []*joined // what a telling of a document that changes is joined to when it meets no other
	up     []int     // a partition
	first  map[string]int
	queued map[string]bool
	todo   []string // keys that were not looked up yet
	left   []string // nodes of documents that change, as they were
	docs   *cache   // decoded for this change
}

// join brings the joined studies up to date.
func (w *Writer) join(ctx context.Context) error {
	m := &meeting{w: w, items: map[string]int{}, first: map[string]int{}, queued: map[string]bool{}, docs: newCache(cacheBytes)}
	if err := m.begin(ctx); err != nil {
		return err
	}
	if err := m.spread(ctx); err != nil {
		return err
	}
	old, err := m.before(ctx)
	if err != nil {
		return err
	}
	return m.settle(ctx, old)
}

func (m *meeting) item(node string) (i int, known bool) {
	i, known = m.items[node]
	if !known {
		i = len(m.nodes)
		m.items[node] = i
		m.nodes, m.up, m.alone = append(m.nodes, node), append(m.up, i), append(m.alone, nil)
	}
	return i, known
}

func (m *meeting) root(i int) int {
	for m.up[i] != i {
		m.up[i] = m.up[m.up[i]]
		i = m.up[i]
	}
	return i
}

// queue notes that a key is to be looked up.
func (m *meeting) queue(key string) {
	if !m.queued[key] {
		m.queued[key] = true
		m.todo = append(m.todo, key)
	}
}

// has notes that a telling has a key.
func (m *meeting) has(i int, key string) {
	m.queue(key)
	if k, ok := m.first[key]; ok {
		m.up[m.root(i)] = m.root(k)
	} else {
		m.first[key] = i
	}
}

// begin takes the tellings of the documents that change, with their keys as they are and as they were.
func (m *meeting) begin(ctx context.Context) error {
	var there []string
	for _, id := range slices.Sorted(maps.Keys(m.w.docs)) {
		c := m.w.docs[id]
		for i := range c.tells {
			t := &c.tells[i]
			n, _ := m.item(t.node)
			m.alone[n] = &t.alone
			for _, k := range t.keys {
				m.has(n, linkKey(k))
			}
		}
		if c.there {
			there = append(there, "n"+id+"/")
		}
	}
	for e, err := range m.w.was.Entries(ctx, setLinks, there...) {
		if err != nil {
			return err
		}
		node, key, _ := strings.Cut(e[1:], "\x00")
		m.queue(key)
		if len(m.left) == 0 || m.left[len(m.left)-1] != node {
			m.left = append(m.left, node)
		}
	}
	return nil
}

// spread follows the keys into the state before the change, all that are known so far at once.
func (m *meeting) spread(ctx context.Context) error {
	if m.w.was.Len() == 0 {
		return nil
	}
	for len(m.todo) > 0 {
		var prefixes, met []string
		for _, key := range m.todo {
			prefixes = append(prefixes, "k"+key+"\x00")
		}
		m.todo = nil
		for e, err := range m.w.was.Entries(ctx, setLinks, prefixes...) {
			if err != nil {
				return err
			}
			end := strings.LastIndexByte(e, 0)
			key, node := e[1:end], e[end+1:]
			if id, _, _ := strings.Cut(node, "/"); m.w.docs[id] != nil {
				continue
			}
			i, known := m.item(node)
			m.has(i, key)
			if !known {
				met = append(met, "n"+node+"\x00")
			}
		}
		for e, err := range m.w.was.Entries(ctx, setLinks, met...) {
			if err != nil {
				return err
			}
			node, key, _ := strings.Cut(e[1:], "\x00")
			m.has(m.items[node], key)
		}
	}
	return nil
}

// before returns the joined studies of these tellings as they were, by node.
func (m *meeting) before(ctx context.Context) (map[string][]quad.Quad, error) {
	if m.w.was.Len() == 0 {
		return map[string][]quad.Quad{}, nil
	}
	nodes := slices.Clone(m.left)
	for i, n := range m.nodes {
		if m.alone[i] == nil {
			nodes = append(nodes, n)
		}
	}
	up, err := m.w.was.To(ctx, ourTerms+"telling", iris(nodes)...)
	if err != nil {
		return nil, err
	}
	joined := slices.Concat(up...)
	slices.Sort(joined)
	return m.w.was.joinQuads(ctx, slices.Compact(joined))
}

// settle joins each set of tellings that meet, and writes what differs from before.
func (m *meeting) settle(ctx context.Context, old map[string][]quad.Quad) error {
	sets := map[int][]int{}
	var order []int
	for i := range m.nodes {
		r := m.root(i)
		if sets[r] == nil {
			order = append(order, r)
		}
		sets[r] = append(sets[r], i)
	}
	for _, r := range order {
		all := sets[r]
		if i := all[0]; len(all) == 1 && m.alone[i] != nil {
			if err := m.write(*m.alone[i], old); err != nil {
				return err
			}
			continue
		}
		joinedSets, err := m.joined(ctx, all)
		if err != nil {
			return err
		}
		for _, j := range joinedSets {
			if err := m.write(j, old); err != nil {
				return err
			}
		}
	}
	for _, node := range slices.Sorted(maps.Keys(old)) {
		if err := m.w.unit(old[node], nil); err != nil {
			return err
		}
		m.w.entries(setNames, oldNames(old[node]), nil)
	}
	return ctx.Err()
}

// oldNames returns the entries of a joined study from its quads.
func oldNames(quads []quad.Quad) []string {
	if len(quads) == 0 {
		return nil
	}
	id, name := "", ""
	for _, q := range quads {
		switch text(q.Predicate) {
		case expand("dcterms:identifier"):
			id = text(q.Object)
		case expand("schema:name"):
			name = text(q.Object)
		}
	}
	return studyNames(id, name)
}

// write makes a joined study what it is from now on, and takes it from those of before.
func (m *meeting) write(j joined, old map[string][]quad.Quad) error {
	node := studyNode(j.id)
	was := old[node]
	delete(old, node)
	if err := m.w.unit(was, joinedQuads(j)); err != nil {
		return err
	}
	m.w.entries(setNames, oldNames(was), studyNames(j.id, j.name))
	return nil
}

// unit puts quads of the joins that are counted together in the place of others.
func (w *Writer) unit(was, is []quad.Quad) error {
	was, before := sortedSum(was)
	is, after := sortedSum(is)
	if before == after {
		return nil
	}
	had := make(map[quad.Quad]bool, len(was))
	for _, q := range was {
		had[q] = true
	}
	for _, q := range is {
		if had[q] {
			delete(had, q)
		} else if err := w.tx.Change(q, true); err != nil {
			return err
		}
	}
	for _, q := range was {
		if had[q] {
			if err := w.tx.Change(q, false); err != nil {
				return err
			}
		}
	}
	if len(was) > 0 {
		w.sum = w.sum.minus(before)
	}
	if len(is) > 0 {
		w.sum = w.sum.plus(after)
	}
	return nil
}

// joined joins tellings that meet.
func (m *meeting) joined(ctx context.Context, all []int) ([]joined, error) {
	wanted := map[string]bool{}
	ids := map[string]bool{}
	for _, i := range all {
		wanted[m.nodes[i]] = true
		id, _, _ := strings.Cut(m.nodes[i], "/")
		ids[id] = true
	}
	var tells []link.Telling
	var nodes []string
	named := map[link.Reference]string{}
	for _, id := range slices.Sorted(maps.Keys(ids)) {
		d, err := m.document(ctx, id)
		if err != nil {
			return nil, err
		}
		short := strings.TrimPrefix(id, documentIRI)
		for i := range d.doc.Studies { // all of a document, see link.Keys
			s := &d.doc.Studies[i]
			tells = append(tells, link.Telling{Document: short, Report: &d.doc.Report, Study: s, Cites: d.doc.Cites})
			nodes = append(nodes, d.studies[i])
			ref := link.Reference{Document: short, Study: s.ID}
			if _, taken := named[ref]; !taken {
				named[ref] = d.studies[i]
			}
		}
	}
	var out []joined
	for _, g := range link.Studies(tells) {
		if !wanted[nodes[g.Members[0]]] {
			continue
		}
		j := joined{id: g.ID, name: g.Name}
		for _, t := range g.Members {
			j.tellings = append(j.tellings, nodes[t])
		}
		for _, x := range g.Joins {
			j.joins = append(j.joins, joinNode{named[x.A], named[x.B], x.Reason, x.Evidence})
		}
		out = append(out, j)
	}
	slices.SortFunc(out, func(a, b joined) int { return cmp.Compare(a.id, b.id) })
	return out, nil
}

// document returns a document as it is from now on.
func (m *meeting) document(ctx context.Context, id string) (*stored, error) {
	if m.w.docs[id] == nil {
		return m.w.was.document(ctx, id)
	}
	if d, ok := m.docs.get(id).(*stored); ok {
		return d, nil
	}
	quads, err := m.w.tx.Quads(quad.IRI(id))
	if err != nil {
		return nil, err
	}
	if len(quads) == 0 {
		return nil, fmt.Errorf("document %s: %w", id, ErrNotFound)
	}
	d, err := decode(quads)
	if err != nil {
		return nil, err
	}
	return m.docs.put(id, d, len(quads)*decodedBytes).(*stored), nil
}
