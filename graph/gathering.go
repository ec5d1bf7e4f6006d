package graph

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"sort"
	"strconv"
	"strings"

	"github.com/picograph/picograph/graph/evidence"
	"github.com/picograph/picograph/graph/link"
)

// gathering is the tellings of a set that meet, with all others of their documents, see link.Keys. Memory holds the documents' identifiers;
// what they say is read from their accounts, or from the graph, each time that it is asked for and was not just read.
type gathering struct {
	m         *meeting
	ctx       context.Context
	documents []gathered
	tellings  int
	wanted    []bool // the tellings of the set itself
}

// gathered is one document of a gathering.
type gathered struct {
	revision int    // its place, -1 where the graph has it and it does not change
	id       string // "" as long as it was not read
	first    int    // the number of its first telling
}

// gathering collects the documents of tellings that are sorted by their documents.
func (m *meeting) gathering(ctx context.Context, all []member) (*gathering, error) {
	g := &gathering{m: m, ctx: ctx}
	add := func(d gathered, tellings int) {
		d.first = g.tellings
		g.documents, g.tellings = append(g.documents, d), g.tellings+tellings
		g.wanted = append(g.wanted, make([]bool, tellings)...)
	}
	met := map[string][]int{} // of documents of the graph: which of their studies
	var ids []string
	for _, t := range all {
		if n := int(t.revision) - len(m.w.revisions); n >= 0 {
			id, study, err := placeOf(m.nodes[n])
			if err != nil {
				return nil, err
			}
			if met[id] == nil {
				ids = append(ids, id)
			}
			met[id] = append(met[id], study)
			continue
		}
		if n := len(g.documents); n == 0 || g.documents[n-1].revision != int(t.revision) {
			add(gathered{revision: int(t.revision)}, int(m.w.revisions[t.revision].tellings))
		}
		g.wanted[g.documents[len(g.documents)-1].first+int(t.study)] = true
	}
	slices.Sort(ids)
	for _, id := range ids {
		d, err := m.w.was.document(ctx, id)
		if err != nil {
			return nil, err
		}
		add(gathered{revision: -1, id: id}, len(d.doc.Studies))
		for _, study := range met[id] {
			g.wanted[g.documents[len(g.documents)-1].first+study] = true
		}
	}
	return g, nil
}

// Len returns how many tellings there are.
func (g *gathering) Len() int { return g.tellings }

// Telling returns a telling by its number.
func (g *gathering) Telling(i int) (link.Telling, error) {
	at, study := g.place(i)
	doc, err := g.document(at)
	if err == nil {
		err = g.ctx.Err()
	}
	if err != nil {
		return link.Telling{}, err
	}
	if study >= len(doc.Studies) {
		return link.Telling{}, fmt.Errorf("%s has no study %d", g.documents[at].id, study+1)
	}
	return link.Telling{Document: strings.TrimPrefix(g.documents[at].id, documentIRI), Report: &doc.Report, Study: &doc.Studies[study], Cites: doc.Cites}, nil
}

// place returns the place of a telling's document, and that of its study in it.
func (g *gathering) place(i int) (document, study int) {
	at := sort.Search(len(g.documents), func(n int) bool { return g.documents[n].first > i }) - 1
	return at, i - g.documents[at].first
}

// brief is what of a document counts for joining.
type brief struct {
	id  string
	doc *evidence.Document
}

// document returns what of a document counts for joining.
func (g *gathering) document(at int) (*evidence.Document, error) {
	d := &g.documents[at]
	if d.revision < 0 {
		s, err := g.m.w.was.document(g.ctx, d.id)
		if err != nil {
			return nil, err
		}
		return s.doc, nil
	}
	place := g.m.w.revisions[d.revision].now
	key := strconv.FormatInt(place, 10)
	b, ok := g.m.docs.get(key).(*brief)
	if !ok {
		b = &brief{doc: &evidence.Document{}}
		a, err := g.m.w.read(place, b.doc)
		if err != nil {
			return nil, err
		}
		b.id = a.ID
		g.m.docs.put(key, b, 2000*(1+len(b.doc.Studies)+len(b.doc.Cites)/4))
	}
	d.id = b.id
	return b.doc, nil
}

// node returns the node of a telling that was read.
func (g *gathering) node(i int) string {
	at, study := g.place(i)
	return tellingNode(g.documents[at].id, study)
}

// named returns the node of the first telling of a telling's document that has the same name there.
func (g *gathering) named(i int) (string, error) {
	at, study := g.place(i)
	doc, err := g.document(at)
	if err != nil {
		return "", err
	}
	study = slices.IndexFunc(doc.Studies, func(s evidence.Study) bool { return s.ID == doc.Studies[study].ID })
	return tellingNode(g.documents[at].id, study), nil
}

// joined joins tellings that meet.
func (m *meeting) joined(ctx context.Context, all []member) error {
	g, err := m.gathering(ctx, all)
	if err != nil {
		return err
	}
	err = link.Groups(g, link.Room{Folder: m.out.Folder, Bound: m.out.Bound}, func(of link.Group) error {
		if !g.wanted[of.Members[0]] {
			return ctx.Err()
		}
		j := joined{id: of.ID, name: of.Name}
		for _, t := range of.Members {
			j.tellings = append(j.tellings, g.node(t))
		}
		for _, x := range of.Joins {
			a, errA := g.named(x.Tellings[0])
			b, errB := g.named(x.Tellings[1])
			if err := cmp.Or(errA, errB); err != nil {
				return err
			}
			j.joins = append(j.joins, joinNode{a, b, x.Reason, x.Evidence})
		}
		return m.add(j)
	})
	if err != nil {
		return err
	}
	return ctx.Err()
}

// placeOf is the other way round than tellingNode.
func placeOf(node string) (id string, study int, err error) {
	id, rest, _ := strings.Cut(node, "/study/")
	n, err := strconv.Atoi(rest)
	if err != nil || n < 1 {
		return "", 0, fmt.Errorf("%s is no node of a telling", node)
	}
	return id, n - 1, nil
}
