package graph

import (
	"cmp"
	"context"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"github.com/cayleygraph/quad"

	"github.com/picograph/picograph/graph/spool"
)

// meeting finds which tellings a change concerns: those of the documents that change, those that they share a key with,
// now or before, and so on. Each set of tellings that meet is joined anew; all others stay joined as they are. What this costs
// depends on how many meet, and not on the size of the graph. The keys of the change are sorted outside of memory, and so is what
// comes out; memory holds a few bytes of each telling of the change, and the names and keys of those that it meets in the graph.
type meeting struct {
	w     *Writer
	up    []uint32          // a partition of the tellings, by number: those of documents that change, then those that they meet
	meets []bool            // which share a key with others
	met   map[string]uint32 // tellings that the graph has, of documents that do not change, by node
	nodes []string          // their nodes, in the order of their numbers
	first map[string]uint32 // key -> one of them that has it
	fresh []string          // nodes of which the keys were not read yet
	todo  []string          // keys that were not looked up yet
	docs  *cache            // read for this change
	out   spool.Sorter      // the studies as they are joined from now on, by node, and, with nothing, the nodes of those that were
}

// atOnce is how many keys or nodes are looked up in one go.
const atOnce = 1000

// join brings the joined studies up to date.
func (w *Writer) join(ctx context.Context) error {
	m := &meeting{w: w, met: map[string]uint32{}, first: map[string]uint32{}, docs: newCache(ledgerBytes(w.g.opt))}
	m.out.Folder, m.out.Bound = w.ledger.studies.Folder, w.ledger.studies.Bound
	defer m.out.Close()
	if err := m.begin(ctx); err != nil {
		return err
	}
	m.up, m.meets = make([]uint32, w.tellings), make([]bool, w.tellings)
	for i := range m.up {
		m.up[i] = uint32(i)
	}
	for _, step := range []func(context.Context) error{m.gather, m.spread, m.before, m.settle, m.write} {
		if err := step(ctx); err != nil {
			return err
		}
	}
	return ctx.Err()
}

// item returns the number of a telling that the graph has.
func (m *meeting) item(node string) uint32 {
	i, known := m.met[node]
	if !known {
		i = uint32(len(m.up))
		m.met[node] = i
		m.up, m.meets = append(m.up, i), append(m.meets, true)
		m.nodes, m.fresh = append(m.nodes, node), append(m.fresh, node)
	}
	return i
}

func (m *meeting) root(i uint32) uint32 {
	for m.up[i] != i {
		m.up[i] = m.up[m.up[i]]
		i = m.up[i]
	}
	return i
}

// together notes that two tellings share a key.
func (m *meeting) together(a, b uint32) {
	if a != b {
		m.meets[a], m.meets[b] = true, true
		m.up[m.root(a)] = m.root(b)
	}
}

// begin takes what the documents that change told before: who shares a key with that is joined anew too, and so are the studies
// that they were of.
func (m *meeting) begin(ctx context.Context) error {
	var prefixes []string
	read := func() error {
		var nodes []string
		for e, err := range m.w.was.Entries(ctx, setLinks, prefixes...) {
			if err != nil {
				return err
			}
			node, key, _ := strings.Cut(e[1:], "\x00")
			if err := m.w.ledger.studies.Add(key, nil); err != nil {
				return err
			}
			if len(nodes) == 0 || nodes[len(nodes)-1] != node {
				nodes = append(nodes, node)
			}
		}
		prefixes = prefixes[:0]
		return m.were(ctx, nodes)
	}
	for i := range m.w.revisions {
		c := &m.w.revisions[i]
		if c.was < 0 {
			continue
		}
		a, err := m.w.read(c.was, nil)
		if err != nil {
			return err
		}
		if prefixes = append(prefixes, "n"+a.ID+"/"); len(prefixes) == atOnce {
			if err := read(); err != nil {
				return err
			}
		}
	}
	return read()
}

// were notes the studies that tellings of the graph were of.
func (m *meeting) were(ctx context.Context, nodes []string) error {
	if len(nodes) == 0 {
		return nil
	}
	up, err := m.w.was.To(ctx, ourTerms+"telling", iris(nodes)...)
	if err != nil {
		return err
	}
	for _, study := range slices.Concat(up...) {
		if err := m.out.Add(study, nil); err != nil {
			return err
		}
	}
	return nil
}

// before notes the studies that the tellings which the change meets in the graph were of.
func (m *meeting) before(ctx context.Context) error {
	for nodes := range slices.Chunk(m.nodes, atOnce) {
		if err := m.were(ctx, nodes); err != nil {
			return err
		}
	}
	return nil
}

// gather brings the tellings of the change that share a key together, and those of the graph that have it.
func (m *meeting) gather(ctx context.Context) error {
	var keys []string
	ofKey := map[string]uint32{} // a telling of the change that has a key
	look := func() error {
		err := m.look(ctx, keys, ofKey)
		keys = keys[:0]
		clear(ofKey)
		return err
	}
	last, begun := "", false
	var at uint32
	has := false // at has the last key
	err := m.w.ledger.studies.Each(func(key string, body []byte) error {
		if !begun || key != last {
			last, begun, has = key, true, false
			if m.w.was.Len() > 0 {
				if len(keys) == atOnce {
					if err := look(); err != nil {
						return err
					}
				}
				keys = append(keys, key)
			}
		}
		if len(body) == 0 {
			return nil
		}
		t := binary.BigEndian.Uint32(body)
		if has {
			m.together(at, t)
			return nil
		}
		at, has = t, true
		if m.w.was.Len() > 0 {
			ofKey[key] = t
		}
		return nil
	})
	if err != nil {
		return err
	}
	return look()
}

// look looks keys up in the graph: who has one meets the telling that has it already.
func (m *meeting) look(ctx context.Context, keys []string, ofKey map[string]uint32) error {
	if len(keys) == 0 {
		return nil
	}
	prefixes := make([]string, len(keys))
	for i, key := range keys {
		prefixes[i] = "k" + key + "\x00"
	}
	for e, err := range m.w.was.Entries(ctx, setLinks, prefixes...) {
		if err != nil {
			return err
		}
		end := strings.LastIndexByte(e, 0)
		key, node := e[1:end], e[end+1:]
		if id, _, _ := strings.Cut(node, "/"); m.w.changes(id) {
			continue
		}
		i := m.item(node)
		if k, ok := ofKey[key]; ok {
			m.together(k, i)
		} else {
			ofKey[key] = i
		}
	}
	return nil
}

// spread follows the keys of what was met in the graph, all that are known so far at once.
func (m *meeting) spread(ctx context.Context) error {
	for len(m.fresh) > 0 {
		for nodes := range slices.Chunk(m.fresh, atOnce) {
			prefixes := make([]string, len(nodes))
			for i, n := range nodes {
				prefixes[i] = "n" + n + "\x00"
			}
			for e, err := range m.w.was.Entries(ctx, setLinks, prefixes...) {
				if err != nil {
					return err
				}
				node, key, _ := strings.Cut(e[1:], "\x00")
				if k, ok := m.first[key]; ok {
					m.together(k, m.met[node])
				} else {
					m.first[key] = m.met[node]
					m.todo = append(m.todo, key)
				}
			}
		}
		keys := m.todo
		m.fresh, m.todo = nil, nil
		for some := range slices.Chunk(keys, atOnce) {
			if err := m.look(ctx, some, m.first); err != nil {
				return err
			}
		}
	}
	return nil
}

// member is a telling of those that meet: of a document that changes, or of the graph.
type member struct {
	root     uint32 // of its set
	revision uint32 // the place of its document, or of its node behind those of all revisions
	study    uint32 // its place in the document
}

// settle joins each set of tellings that meet.
func (m *meeting) settle(ctx context.Context) error {
	var all []member
	for i := range m.w.revisions {
		c := &m.w.revisions[i]
		if !c.there() {
			continue
		}
		for n := range c.tellings {
			if m.meets[c.first+n] {
				all = append(all, member{m.root(c.first + n), uint32(i), n})
			}
		}
	}
	for n := range m.nodes {
		all = append(all, member{m.root(uint32(m.w.tellings + n)), uint32(len(m.w.revisions) + n), 0})
	}
	slices.SortFunc(all, func(a, b member) int {
		return cmp.Or(cmp.Compare(a.root, b.root), cmp.Compare(a.revision, b.revision), cmp.Compare(a.study, b.study))
	})
	for from := 0; from < len(all); {
		to := from + 1
		for to < len(all) && all[to].root == all[from].root {
			to++
		}
		set := all[from:to]
		from = to
		if t := set[0]; len(set) == 1 && int(t.revision) < len(m.w.revisions) { // it met what its document no longer tells
			m.meets[m.w.revisions[t.revision].first+t.study] = false
			continue
		}
		if err := m.joined(ctx, set); err != nil {
			return err
		}
	}
	return m.alone(ctx)
}

// alone takes the tellings of the change that meet no other.
func (m *meeting) alone(ctx context.Context) error {
	return m.w.each(func(i int, a *account) error {
		c := &m.w.revisions[i]
		for n := range c.tellings {
			if m.meets[c.first+n] {
				continue
			}
			j := joined{id: a.Alone[n].ID, name: a.Alone[n].Name, tellings: []string{tellingNode(a.ID, int(n))}}
			if err := m.add(j); err != nil {
				return err
			}
		}
		return ctx.Err()
	})
}

// tellingNode returns the node of a study of a document, by its place.
func tellingNode(id string, n int) string { return fmt.Sprintf("%s/study/%d", id, n+1) }

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

// add takes a study as it is joined from now on.
func (m *meeting) add(j joined) error {
	b, err := json.Marshal(packedStudy{j.id, j.name, j.tellings, packJoins(j.joins)})
	if err != nil {
		return err
	}
	return m.out.Add(studyNode(j.id), b)
}

// packedStudy is a joined study outside of memory.
type packedStudy struct {
	ID, Name string
	Tellings []string
	Joins    [][4]string `json:",omitempty"`
}

func packJoins(joins []joinNode) (out [][4]string) {
	for _, n := range joins {
		out = append(out, [4]string{n.a, n.b, n.rule, n.reason})
	}
	return out
}

func unpackStudy(b []byte) (joined, error) {
	var p packedStudy
	err := json.Unmarshal(b, &p)
	j := joined{id: p.ID, name: p.Name, tellings: p.Tellings}
	for _, n := range p.Joins {
		j.joins = append(j.joins, joinNode{n[0], n[1], n[2], n[3]})
	}
	return j, err
}

// outcome is what becomes of one study.
type outcome struct {
	node string
	was  bool     // it may have been there
	is   []joined // one, or none any more
}

// write makes the studies what they are from now on.
func (m *meeting) write(ctx context.Context) error {
	var some []outcome
	err := m.out.Each(func(node string, body []byte) error {
		if n := len(some); n == 0 || some[n-1].node != node {
			if n == atOnce {
				if err := m.writeSome(ctx, some); err != nil {
					return err
				}
				some = some[:0]
			}
			some = append(some, outcome{node: node})
		}
		last := &some[len(some)-1]
		if len(body) == 0 {
			last.was = true
			return nil
		}
		j, err := unpackStudy(body)
		last.is = append(last.is, j)
		return err
	})
	if err != nil {
		return err
	}
	return m.writeSome(ctx, some)
}

func (m *meeting) writeSome(ctx context.Context, some []outcome) error {
	var nodes []string
	for _, x := range some {
		if x.was {
			nodes = append(nodes, x.node)
		}
	}
	old := map[string][]quad.Quad{}
	if len(nodes) > 0 {
		var err error
		if old, err = m.w.was.joinQuads(ctx, nodes); err != nil {
			return err
		}
	}
	for _, x := range some {
		var quads []quad.Quad
		var names []string
		for _, j := range x.is {
			quads, names = append(quads, joinedQuads(j)...), append(names, studyNames(j.id, j.name)...)
		}
		if err := m.w.unit(old[x.node], quads); err != nil {
			return err
		}
		slices.Sort(names)
		m.w.entries(setNames, oldNames(old[x.node]), names)
	}
	return ctx.Err()
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
