package graph

import (
	"cmp"
	"context"
	"slices"
	"strconv"

	"github.com/cayleygraph/quad"

	"github.com/picograph/picograph/graph/store"
)

// First returns of some studies the n that come first by the path of their first source. All sources are looked at for it, and no
// study is read.
func (s *Sets) First(ctx context.Context, studies Set, n int) (Set, error) {
	if len(studies) <= n {
		return studies, nil
	}
	told, err := s.Told(studies)
	if err != nil {
		return nil, err
	}
	sources, err := s.sources(ctx)
	if err != nil {
		return nil, err
	}
	t, err := s.tellings()
	if err != nil {
		return nil, err
	}
	documents, wanted := told.members(), studies.members()
	var out Set
	for i, x := range sources {
		if i > 0 && sources[i-1].whole() != x.whole() && len(out) >= n {
			break
		}
		if !documents.has(x.node()) {
			continue
		}
		d := refOf(x.node(), 0)
		for k := t.byDocument.gallop(0, d); k < len(t.byDocument) && t.byDocument[k].whole() == x.node(); k++ {
			if study := t.byDocument[k].node(); wanted.has(study) {
				wanted.drop(study)
				out = append(out, refOf(study, 0))
			}
		}
	}
	out = setOf(out)
	return out[:min(n, len(out))], nil
}

// sources returns the documents by their paths: each below the place of its path among all paths.
func (s *Sets) sources(ctx context.Context) (Set, error) {
	if known, ok := s.v.cache.get("sources").(Set); ok {
		return known, nil
	}
	found, err := s.collect(func(give func(store.Quad)) error { return s.n.Edges(ctx, ourTerms+"path", give) },
		func(q store.Quad) ref { return refOf(q.Object, q.Label) }) // documents below the numbers of their paths
	if err != nil {
		return nil, err
	}
	var ids []store.ID
	for _, x := range found.Documents() {
		ids = append(ids, x.whole())
	}
	if err := s.n.ByText(ctx, ids); err != nil {
		return nil, err
	}
	out := make(Set, 0, len(found))
	for place, id := range ids {
		for k := found.gallop(0, refOf(id, 0)); k < len(found) && found[k].whole() == id; k++ {
			out = append(out, refOf(store.ID(place), found[k].node()))
		}
	}
	return s.v.cache.put("sources", out, 8*len(out)).(Set), nil
}

// Leading returns the studies of which the first telling that is among some nodes of studies is also among others: of what every
// telling may state, the first counts. What their documents say is not read.
func (s *Sets) Leading(ctx context.Context, studies, stated, wanted Set) (Set, error) {
	t, err := s.tellings()
	if err != nil {
		return nil, err
	}
	ids, err := s.StudyIDs(ctx, studies)
	if err != nil {
		return nil, err
	}
	var nodes Set
	var numbers []store.ID
	for _, x := range stated {
		k := t.byNode.gallop(0, refOf(x.node(), 0))
		if k == len(t.byNode) || t.byNode[k].whole() != x.node() {
			continue
		}
		if _, is := slices.BinarySearch(studies, refOf(t.byNode[k].node(), 0)); is {
			nodes, numbers = append(nodes, x), append(numbers, x.node())
		}
	}
	texts, err := s.texts(ctx, numbers)
	if err != nil {
		return nil, err
	}
	at := make(map[string]ref, len(nodes))
	for _, x := range nodes {
		at[texts[x.node()]] = x
	}
	subjects := make([]quad.Value, len(ids))
	place := make(map[string]int, len(ids))
	for i, id := range ids {
		subjects[i], place[id] = quad.IRI(studyNode(id)), i
	}
	joins, err := s.v.joinsOf(ctx, subjects)
	if err != nil {
		return nil, err
	}
	var out []ref
	for _, j := range joins {
		i := slices.IndexFunc(j.tellings, func(node string) bool { return at[node] != 0 })
		if i < 0 {
			continue
		}
		if _, is := slices.BinarySearch(wanted, at[j.tellings[i]]); is {
			out = append(out, studies[place[j.id]])
		}
	}
	return setOf(out), nil
}

// Extreme is a document with the largest or smallest number that it has.
type Extreme struct {
	Document Set
	Number   float64
}

// Extremes returns the documents that have a number in one of some properties with the largest of their numbers, the largest first;
// or with the smallest, the smallest first.
func (s *Sets) Extremes(ctx context.Context, documents Set, largest bool, properties ...string) ([]Extreme, error) {
	best := make([]float64, len(documents))
	has := make([]bool, len(documents))
	for _, p := range properties {
		var values []store.ID
		type pair struct {
			at    int
			value store.ID
		}
		var found []pair
		err := s.n.Edges(ctx, expand(p), func(q store.Quad) {
			if i, is := slices.BinarySearch(documents, refOf(q.Label, 0)); is {
				found = append(found, pair{i, q.Object})
				if n := len(values); n == 0 || values[n-1] != q.Object {
					values = append(values, q.Object)
				}
			}
		})
		if err != nil {
			return nil, err
		}
		texts, err := s.texts(ctx, values)
		if err != nil {
			return nil, err
		}
		numbers := make(map[store.ID]float64, len(texts))
		for id, t := range texts {
			if x, err := strconv.ParseFloat(t, 64); err == nil {
				numbers[id] = x
			}
		}
		for _, f := range found {
			x, ok := numbers[f.value]
			if ok && (!has[f.at] || (x > best[f.at]) == largest) {
				best[f.at], has[f.at] = x, true
			}
		}
	}
	var out []Extreme
	for i := range documents {
		if has[i] {
			out = append(out, Extreme{documents[i : i+1], best[i]})
		}
	}
	slices.SortStableFunc(out, func(a, b Extreme) int {
		if largest {
			a, b = b, a
		}
		return cmp.Compare(a.Number, b.Number)
	})
	return out, nil
}

// Group is what some studies have in common.
type Group struct {
	Value   string
	Studies Set
}

// Groups puts studies into groups by what they state of themselves: each telling by the first of some properties of studies that it
// has. Groups are sorted by value; a study whose tellings differ is in several, and one that states nothing in the group of "".
func (s *Sets) Groups(ctx context.Context, studies Set, properties ...string) ([]Group, error) {
	t, err := s.tellings()
	if err != nil {
		return nil, err
	}
	groups := map[store.ID][]ref{}
	said := map[store.ID]bool{}
	var any []ref
	for _, p := range properties {
		var mine []store.ID
		err := s.n.Edges(ctx, expand(p), func(q store.Quad) {
			if said[q.Subject] {
				return
			}
			k := t.byNode.gallop(0, refOf(q.Subject, 0))
			if k == len(t.byNode) || t.byNode[k].whole() != q.Subject {
				return
			}
			study := refOf(t.byNode[k].node(), 0)
			if _, is := slices.BinarySearch(studies, study); is {
				mine, any = append(mine, q.Subject), append(any, study)
				groups[q.Object] = append(groups[q.Object], study)
			}
		})
		if err != nil {
			return nil, err
		}
		for _, id := range mine {
			said[id] = true
		}
	}
	var values []store.ID
	for id := range groups {
		values = append(values, id)
	}
	texts, err := s.texts(ctx, values)
	if err != nil {
		return nil, err
	}
	by := map[string]Set{}
	for id, list := range groups {
		by[texts[id]] = by[texts[id]].Or(setOf(list))
	}
	if rest := studies.Without(setOf(any)); len(rest) > 0 {
		by[""] = rest
	}
	var out []Group
	for value, list := range by {
		out = append(out, Group{value, list})
	}
	slices.SortFunc(out, func(a, b Group) int { return cmp.Compare(a.Value, b.Value) })
	return out, nil
}
