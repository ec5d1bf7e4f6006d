package graph

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"sync"

	"github.com/cayleygraph/quad"

	"github.com/picograph/picograph/graph/store"
)

// numbered is a state that has numbers for its values, so that what has a value can be found as a set.
type numbered interface {
	// Leading gives the quads that lead by a predicate to any of some objects.
	Leading(ctx context.Context, predicate string, objects []quad.Value, give func(store.Quad)) error
	// Values returns the objects of a predicate, each once, and LeadingTo gives the quads that lead to some of them.
	Values(ctx context.Context, predicate string) ([]store.ID, error)
	LeadingTo(ctx context.Context, predicate string, objects []store.ID, give func(store.Quad)) error
	// Edges gives all quads of a predicate, those of one object together.
	Edges(ctx context.Context, predicate string, give func(store.Quad)) error
	// Within gives the quads of some labels that lead by a predicate to an object.
	Within(ctx context.Context, labels []store.ID, predicate string, object quad.Value, give func(store.Quad)) error
	// ByText sorts the numbers of plain strings by their texts.
	ByText(ctx context.Context, ids []store.ID) error
	// Texts gives the text of each number, in the order of the numbers, which it sorts.
	Texts(ctx context.Context, ids []store.ID, give func(store.ID, string)) error
}

// Sets finds what has certain values in one state of a graph, as sets, without reading what it finds: sets are
// taken from the orders of the quads and joined by their numbers. A property is given as the schema has it ("pg:allocation").
type Sets struct {
	v *view
	n numbered

	tellings func() (*membership, error)
}

// collect returns the set of what give is called with. How many there will be is not known: they are gathered in stretches, so that none is
// copied more than once.
func (s *Sets) collect(all func(give func(store.Quad)) error, of func(store.Quad) ref) (Set, error) {
	const first, most = 1 << 7, 1 << 14
	var full [][]ref
	stretch := make([]ref, 0, first)
	err := all(func(q store.Quad) {
		if len(stretch) == cap(stretch) {
			full, stretch = append(full, stretch), make([]ref, 0, min(4*cap(stretch), most))
		}
		stretch = append(stretch, of(q))
	})
	return setOf(slices.Concat(append(full, stretch)...)), err
}

// subjectOf is the node that a quad is from.
func subjectOf(q store.Quad) ref { return refOf(q.Label, q.Subject) }

// Sets returns what finds sets in the state that is shown now.
func (g *Graph) Sets(ctx context.Context) (*Sets, error) {
	v, err := g.show(ctx)
	if err != nil {
		return nil, err
	}
	s := &Sets{v: v, n: v.state}
	s.tellings = sync.OnceValues(func() (*membership, error) { return s.readTellings(ctx) })
	return s, nil
}

// Count returns how many nodes there are of a class.
func (s *Sets) Count(ctx context.Context, class string) (int, error) {
	return s.v.count(ctx, rdfType, quad.IRI(theLayout().named[class].iri))
}

// All returns the nodes of a class.
func (s *Sets) All(ctx context.Context, class string) (Set, error) {
	return s.leading(ctx, rdfType, quad.IRI(theLayout().named[class].iri))
}

// Findings returns the findings that have any of the values, by a relation that is kept with them.
func (s *Sets) Findings(ctx context.Context, r Relation, values ...string) (Set, error) {
	var sets []Set
	objects := map[string][]quad.Value{} // by predicate
	for _, value := range values {
		switch r {
		case ByDocument, ByStudy:
			ids, err := s.v.having(ctx, r, value)
			if err != nil {
				return nil, err
			}
			some, err := s.numbersOf(ctx, ids)
			if err != nil {
				return nil, err
			}
			sets = append(sets, setOf(some))
			continue
		}
		ways := edges(r, value)
		if ways == nil {
			return nil, fmt.Errorf("no relation %q", r)
		}
		for _, e := range ways {
			objects[e.predicate] = append(objects[e.predicate], e.object)
		}
	}
	for predicate, of := range objects {
		some, err := s.leading(ctx, predicate, of...)
		if err != nil {
			return nil, err
		}
		sets = append(sets, some)
	}
	return merged(sets), nil
}

// numbersOf returns the findings of some identifiers.
func (s *Sets) numbersOf(ctx context.Context, ids []FindingID) (Set, error) {
	var out Set
	byDocument := map[string][]quad.Value{}
	for _, id := range ids {
		doc, _, _ := strings.Cut(string(id), "/")
		byDocument[doc] = append(byDocument[doc], quad.IRI(findingNode(id)))
	}
	for _, nodes := range byDocument {
		err := s.n.Leading(ctx, ourTerms+"finding", nodes, func(q store.Quad) { out = append(out, refOf(q.Label, q.Object)) })
		if err != nil {
			return nil, err
		}
	}
	return out, nil
}

// With returns the nodes that have any of some values in a property: texts, or identifiers of concepts.
func (s *Sets) With(ctx context.Context, property string, values ...string) (Set, error) {
	var objects []quad.Value
	for _, v := range values {
		objects = append(objects, quad.String(v), conceptNode(v))
	}
	return s.leading(ctx, expand(property), objects...)
}

// leading returns the nodes from which a predicate leads to any of some objects. It is kept: the same are asked for again and again.
func (s *Sets) leading(ctx context.Context, predicate string, objects ...quad.Value) (Set, error) {
	key := "l" + predicate
	for _, o := range objects {
		key += " " + quad.StringOf(o)
	}
	if known, ok := s.v.cache.get(key).(Set); ok {
		return known, nil
	}
	found, err := s.collect(func(give func(store.Quad)) error { return s.n.Leading(ctx, predicate, objects, give) }, subjectOf)
	if err != nil {
		return nil, err
	}
	return s.v.cache.put(key, found, keptBytes+2*len(key)+8*len(found)).(Set), nil
}

// Kept returns what make makes, and keeps it under a name: it may depend on nothing but the name and the state.
func (s *Sets) Kept(name string, make func() (Set, error)) (Set, error) {
	key := "k" + name
	if known, ok := s.v.cache.get(key).(Set); ok {
		return known, nil
	}
	found, err := make()
	if err != nil {
		return nil, err
	}
	return s.v.cache.put(key, found, keptBytes+8*len(found)).(Set), nil
}

// texts returns the texts of numbers.
func (s *Sets) texts(ctx context.Context, ids []store.ID) (map[store.ID]string, error) {
	out := make(map[store.ID]string, len(ids))
	err := s.n.Texts(ctx, slices.Clone(ids), func(id store.ID, text string) { out[id] = text })
	return out, err
}

// Having returns the nodes of a class, or of any where that is empty, that have a value in a property that passes a test, which
// is asked of each value once. The text of a concept or measure is its identifier.
func (s *Sets) Having(ctx context.Context, property, class string, ok func(text string) bool) (Set, error) {
	fit, err := s.fitting(ctx, property, ok)
	if err != nil {
		return nil, err
	}
	found, err := s.leadingTo(ctx, property, fit)
	if err != nil || class == "" || len(found) == 0 || !s.shared(property) {
		return found, err
	}
	of, err := s.All(ctx, class)
	return found.And(of), err
}

// HavingIn returns the nodes of a set that have a value in a property that passes a test.
func (s *Sets) HavingIn(ctx context.Context, set Set, property string, ok func(text string) bool) (Set, error) {
	fit, err := s.fitting(ctx, property, ok)
	if err != nil {
		return nil, err
	}
	all, err := s.valuesIn(ctx, set, property)
	if err != nil {
		return nil, err
	}
	slices.Sort(fit)
	var found []ref
	for _, x := range all {
		if _, is := slices.BinarySearch(fit, x.value); is {
			found = append(found, x.node)
		}
	}
	return setOf(found), nil
}

// having is a node with a value that it has in a property.
type having struct {
	node  ref
	value store.ID
}

// valuesIn returns the values that the nodes of a set have in a property. All nodes that have it are looked at for that, so it is kept.
func (s *Sets) valuesIn(ctx context.Context, set Set, property string) ([]having, error) {
	key := "i" + property + string(set.digest())
	if known, ok := s.v.cache.get(key).([]having); ok {
		return known, nil
	}
	in := set.Documents().members()
	var out []having
	err := s.n.Edges(ctx, expand(property), func(q store.Quad) {
		if !in.has(q.Label) {
			return
		}
		node := refOf(q.Label, q.Subject)
		if _, is := slices.BinarySearch(set, node); is {
			out = append(out, having{node, q.Object})
		}
	})
	if err != nil {
		return nil, err
	}
	return s.v.cache.put(key, out, keptBytes+16*len(out)).([]having), nil
}

// fitting returns the values of a property that pass a test.
func (s *Sets) fitting(ctx context.Context, property string, ok func(text string) bool) (fit []store.ID, err error) {
	values, err := s.values(ctx, property)
	for _, v := range values {
		if ok(v.text) {
			fit = append(fit, v.id)
		}
	}
	return fit, err
}

// value is a value of a property: text, or the identifier of a concept or measure.
type value struct {
	id   store.ID
	text string
}

// values returns the values of a property. They are kept: the same properties are asked for again and again.
func (s *Sets) values(ctx context.Context, property string) ([]value, error) {
	if known, ok := s.v.cache.get("v" + property).([]value); ok {
		return known, nil
	}
	ids, err := s.n.Values(ctx, expand(property))
	if err != nil {
		return nil, err
	}
	out := make([]value, 0, len(ids))
	bytes := keptBytes
	err = s.n.Texts(ctx, ids, func(id store.ID, text string) {
		v := value{id, termText(text)}
		out, bytes = append(out, v), bytes+len(v.text)+24
	})
	if err == nil && bytes <= mostValues {
		s.v.cache.put("v"+property, out, bytes)
	}
	return out, err
}

// mostValues is up to how many bytes the values of a property are kept.
const mostValues = 4 << 20

// leadingTo returns the nodes from which a property leads to one of some values. Those of one value are kept, as by leading.
func (s *Sets) leadingTo(ctx context.Context, property string, values []store.ID) (Set, error) {
	key := ""
	if len(values) == 1 {
		key = fmt.Sprint("n", property, " ", values[0])
		if known, ok := s.v.cache.get(key).(Set); ok {
			return known, nil
		}
	}
	found, err := s.collect(func(give func(store.Quad)) error { return s.n.LeadingTo(ctx, expand(property), values, give) }, subjectOf)
	if err == nil && key != "" {
		s.v.cache.put(key, found, keptBytes+8*len(found))
	}
	return found, err
}

// shared reports whether several classes have a property.
func (s *Sets) shared(property string) bool {
	n := 0
	for _, c := range theLayout().named {
		if c.by[expand(property)] != nil {
			n++
		}
	}
	return n > 1
}

// termText is the identifier of a concept or measure, else the text as it is.
func termText(text string) string {
	for _, space := range []string{conceptIRI, measureIRI} {
		if id, is := strings.CutPrefix(text, space); is {
			return unescapeIRI(id)
		}
	}
	return text
}

// FindingsIn returns the findings of some documents. It reads what these say of their findings: for many, All takes less.
func (s *Sets) FindingsIn(ctx context.Context, documents Set) (Set, error) {
	labels := make([]store.ID, len(documents))
	for i, d := range documents {
		labels[i] = d.whole()
	}
	return s.collect(func(give func(store.Quad)) error {
		return s.n.Within(ctx, labels, rdfType, quad.IRI(theLayout().named["Finding"].iri), give)
	}, subjectOf)
}

// FindingIDs returns the identifiers of findings, in the order of the set.
func (s *Sets) FindingIDs(ctx context.Context, set Set) ([]FindingID, error) {
	ids := make([]store.ID, len(set))
	for i, x := range set {
		ids[i] = x.node()
	}
	texts, err := s.texts(ctx, ids)
	if err != nil {
		return nil, err
	}
	out := make([]FindingID, len(set))
	for i, id := range ids {
		out[i] = findingKey(texts[id])
	}
	return out, nil
}

// membership is which documents tell of which joined studies.
type membership struct {
	byDocument Set // document above study
	byStudy    Set // study above document
	byNode     Set // node of a study in a document above study
}

func (s *Sets) readTellings(ctx context.Context) (*membership, error) {
	return s.v.tellingsOnce(func() (*membership, error) {
		nodes, err := s.collect(func(give func(store.Quad)) error {
			return s.n.Leading(ctx, rdfType, []quad.Value{quad.IRI(theLayout().named["Study"].iri)}, give)
		}, func(q store.Quad) ref { return refOf(q.Subject, q.Label) }) // of studies, above their documents
		if err != nil {
			return nil, err
		}
		t := &membership{}
		t.byNode, err = s.collect(func(give func(store.Quad)) error { return s.n.Edges(ctx, ourTerms+"telling", give) },
			func(q store.Quad) ref { return refOf(q.Object, q.Subject) })
		if err != nil {
			return nil, err
		}
		t.byDocument, t.byStudy = make(Set, len(t.byNode)), make(Set, len(t.byNode))
		k := 0
		for i, x := range t.byNode {
			var d store.ID
			if k = nodes.gallop(k, refOf(x.whole(), 0)); k < len(nodes) && nodes[k].whole() == x.whole() {
				d = nodes[k].node()
			}
			t.byDocument[i], t.byStudy[i] = refOf(d, x.node()), refOf(x.node(), d)
		}
		t.byDocument, t.byStudy = setOf(t.byDocument), setOf(t.byStudy)
		return t, nil
	})
}

// follow returns what stands below each whole of a set in a list of pairs.
func (a Set) follow(pairs Set) Set {
	var out []ref
	k := 0
	for _, x := range a {
		w := refOf(x.whole(), 0)
		for k = pairs.gallop(k, w); k < len(pairs) && pairs[k].whole() == x.whole(); k++ {
			out = append(out, refOf(pairs[k].node(), 0))
		}
	}
	return setOf(out)
}

// Studies returns the studies that some documents tell of.
func (s *Sets) Studies(documents Set) (Set, error) {
	t, err := s.tellings()
	if err != nil {
		return nil, err
	}
	return documents.follow(t.byDocument), nil
}

// StudiesOf returns the studies that some nodes of studies are tellings of.
func (s *Sets) StudiesOf(nodes Set) (Set, error) {
	t, err := s.tellings()
	if err != nil {
		return nil, err
	}
	wholes := make([]ref, len(nodes))
	for i, x := range nodes {
		wholes[i] = refOf(x.node(), 0)
	}
	return setOf(wholes).follow(t.byNode), nil
}

// Told returns the documents that tell of some studies.
func (s *Sets) Told(studies Set) (Set, error) {
	t, err := s.tellings()
	if err != nil {
		return nil, err
	}
	return studies.follow(t.byStudy), nil
}

// Alone returns the documents of a set that tell of one study only, at first hand or not.
func (s *Sets) Alone(documents Set) (Set, error) {
	t, err := s.tellings()
	if err != nil {
		return nil, err
	}
	out := make(Set, 0, len(documents))
	k := 0
	for _, d := range documents {
		k = t.byDocument.gallop(k, d)
		if k < len(t.byDocument) && t.byDocument[k].whole() == d.whole() && (k+1 == len(t.byDocument) || t.byDocument[k+1].whole() != d.whole()) {
			out = append(out, d)
		}
	}
	return out, nil
}

// AllStudies returns every study.
func (s *Sets) AllStudies() (Set, error) {
	t, err := s.tellings()
	if err != nil {
		return nil, err
	}
	out := make(Set, 0, len(t.byStudy))
	for _, x := range t.byStudy {
		if w := refOf(x.whole(), 0); len(out) == 0 || out[len(out)-1] != w {
			out = append(out, w)
		}
	}
	return out, nil
}

// StudyIDs returns the identifiers of studies, in the order of the set.
func (s *Sets) StudyIDs(ctx context.Context, studies Set) ([]string, error) {
	ids := make([]store.ID, len(studies))
	for i, x := range studies {
		ids[i] = x.whole()
	}
	texts, err := s.texts(ctx, ids)
	if err != nil {
		return nil, err
	}
	out := make([]string, len(studies))
	for i, id := range ids {
		out[i] = studyID(texts[id])
	}
	return out, nil
}
