package graph

import (
	"cmp"
	"fmt"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"github.com/cayleygraph/quad"

	"github.com/picograph/picograph/graph/evidence"
)

// stored is a document as the graph holds it: the domain model without the text, with the sources and the identifiers
// of its nodes.
type stored struct {
	id      string
	doc     *evidence.Document
	sources []source
	studies []string      // node of each study
	keys    [][]FindingID // of each study's findings
	chunks  []string      // nodes of the pieces of the compressed text
	pieces  []string      // the pieces themselves, as far as they were read
}

// decode turns the quads of one document back. It is the inverse of encode.
func decode(quads []quad.Quad) (*stored, error) {
	d := &decoder{layout: theLayout(), nodes: map[quad.Value][]quad.Quad{}}
	var root quad.Value
	for i, n := 0, 0; i < len(quads); i = n { // those of one subject stand together, for the most part
		subject := quads[i].Subject
		for n = i + 1; n < len(quads) && quads[n].Subject == subject; n++ {
		}
		if before := d.nodes[subject]; before == nil {
			d.nodes[subject] = quads[i:n:n]
		} else {
			d.nodes[subject] = append(before, quads[i:n]...)
		}
		if subject == quads[i].Label {
			root = subject
		}
	}
	if root == nil {
		return nil, fmt.Errorf("no node stands for the document %s", label(quads))
	}
	out := &stored{id: text(root), doc: &evidence.Document{}}
	d.node(root, reflect.ValueOf(out.doc).Elem())
	for _, c := range d.children(root, "Chunks", ourTerms+"text") {
		out.chunks = append(out.chunks, text(c))
		if data := d.one(c, ourTerms+"data"); data != nil {
			out.pieces = append(out.pieces, text(data))
		}
	}
	for _, n := range d.children(root, "Sources", expand("dcterms:source")) {
		out.sources = append(out.sources, source{
			Path:   text(d.one(n, ourTerms+"path")),
			SHA256: text(d.one(n, ourTerms+"sha256")),
			Format: text(d.one(n, expand("dcterms:format"))),
			Origin: text(d.one(n, ourTerms+"origin")),
		})
	}
	slices.SortFunc(out.sources, func(a, b source) int { return cmp.Compare(a.Path, b.Path) })
	if len(out.sources) > 0 {
		s := out.sources[0]
		out.doc.Source, out.doc.SHA256, out.doc.Format = s.Path, s.SHA256, s.Format
	}
	for _, s := range d.children(root, "Studies", expand("schema:about")) {
		out.studies = append(out.studies, text(s))
		var keys []FindingID
		for _, f := range d.children(s, "Findings", ourTerms+"finding") {
			keys = append(keys, findingKey(text(f)))
		}
		out.keys = append(out.keys, keys)
	}
	if d.err != nil {
		return nil, fmt.Errorf("document %s: %w", out.id, d.err)
	}
	return out, nil
}

func label(quads []quad.Quad) string {
	if len(quads) == 0 {
		return ""
	}
	return text(quads[0].Label)
}

// findingKey makes the identifier of a finding from its node, and findingNode goes back.
func findingKey(iri string) FindingID {
	return FindingID(strings.Replace(strings.TrimPrefix(iri, documentIRI), "/finding/", "/", 1))
}

func findingNode(key FindingID) string {
	return documentIRI + strings.Replace(string(key), "/", "/finding/", 1)
}

// decoder reads nodes from the quads of one document.
type decoder struct {
	layout *layout
	nodes  map[quad.Value][]quad.Quad
	err    error
}

func (d *decoder) fail(format string, args ...any) {
	if d.err == nil {
		d.err = fmt.Errorf(format, args...)
	}
}

// one returns the only object of an edge, or nil.
func (d *decoder) one(node quad.Value, predicate string) quad.Value {
	for _, q := range d.nodes[node] {
		if text(q.Predicate) == predicate {
			return q.Object
		}
	}
	return nil
}

// all returns the objects of an edge in their standing order.
func (d *decoder) all(node quad.Value, predicate string) []quad.Value {
	var items []quad.Value
	for _, q := range d.nodes[node] {
		if text(q.Predicate) == predicate {
			items = append(items, q.Object)
		}
	}
	slices.SortFunc(items, compareTerms)
	return items
}

// children returns the items of a list in its order.
func (d *decoder) children(node quad.Value, path, predicate string) []quad.Value {
	items := d.all(node, predicate)
	for _, o := range d.all(node, ourTerms+"order") {
		numbers := strings.Fields(text(o))
		if len(numbers) == 0 || numbers[0] != path {
			continue
		}
		var ordered []quad.Value
		for _, s := range numbers[1:] {
			n, err := strconv.Atoi(s)
			if err != nil || n < 1 || n > len(items) {
				d.fail("the order of %s of %s is not right: %q", path, text(node), text(o))
				return items
			}
			ordered = append(ordered, items[n-1])
		}
		return ordered
	}
	return items
}

// node fills v, a struct of one of the schema's classes, from the edges of a node.
func (d *decoder) node(node quad.Value, v reflect.Value) {
	c := d.layout.classes[v.Type()]
	present := map[string]bool{}
	for _, q := range d.nodes[node] {
		present[text(q.Predicate)] = true
	}
	if present[ourTerms+"given"] {
		for _, o := range d.all(node, ourTerms+"given") {
			for _, g := range c.groups {
				if g.path == text(o) {
					p := enter(v, g.index)
					p.Set(reflect.New(p.Type().Elem()))
				}
			}
		}
	}
	for _, f := range c.fields {
		if present[f.iri] {
			d.field(node, f, enter(v, f.index))
		}
	}
}

// enter walks index from v, making the structs that pointers on the way lack.
func enter(v reflect.Value, index []int) reflect.Value {
	for _, i := range index {
		if v.Kind() == reflect.Pointer {
			if v.IsNil() {
				v.Set(reflect.New(v.Type().Elem()))
			}
			v = v.Elem()
		}
		v = v.Field(i)
	}
	return v
}

// field fills one field of a node.
func (d *decoder) field(node quad.Value, f *field, v reflect.Value) {
	switch v.Kind() {
	case reflect.Slice:
		items := d.children(node, f.path, f.iri)
		list := reflect.MakeSlice(v.Type(), len(items), len(items))
		for i, it := range items {
			if v.Type().Elem().Kind() == reflect.Struct {
				d.node(it, list.Index(i))
			} else {
				d.value(f, it, list.Index(i))
			}
		}
		v.Set(list)
	case reflect.Struct:
		d.node(d.one(node, f.iri), v)
	case reflect.Pointer:
		v.Set(reflect.New(v.Type().Elem()))
		d.value(f, d.one(node, f.iri), v.Elem())
	default:
		d.value(f, d.one(node, f.iri), v)
	}
}

// value fills a value that is not a struct from a term.
func (d *decoder) value(f *field, o quad.Value, v reflect.Value) {
	s := text(o)
	switch v.Kind() {
	case reflect.Bool:
		v.SetBool(s == "true")
	case reflect.Int:
		n, err := strconv.Atoi(s)
		if err != nil {
			d.fail("%s is not a whole number: %q", f.path, s)
		}
		v.SetInt(int64(n))
	case reflect.String:
		v.SetString(d.name(f, o))
	}
}

// name returns the string that a term stands for: the identifier of a concept, the name of another node of the
// document, or the text of a literal.
func (d *decoder) name(f *field, o quad.Value) string {
	iri, ok := o.(quad.IRI)
	if !ok {
		return text(o)
	}
	for _, space := range []string{conceptIRI, measureIRI} {
		if id, ok := strings.CutPrefix(string(iri), space); ok {
			return unescapeIRI(id)
		}
	}
	if c := d.layout.named[f.rng]; c != nil && c.key != "" {
		return text(d.one(o, c.key))
	}
	return string(iri)
}

// text returns the characters of a term: of an IRI without brackets, of a literal without its type.
func text(v quad.Value) string {
	switch v := v.(type) {
	case nil:
		return ""
	case quad.IRI:
		return string(v)
	case quad.String:
		return string(v)
	case quad.TypedString:
		return string(v.Value)
	case quad.LangString:
		return string(v.Value)
	case quad.BNode:
		return "_:" + string(v)
	}
	return quad.StringOf(v)
}
