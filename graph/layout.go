package graph

import (
	"reflect"
	"strings"
	"sync"

	"github.com/cayleygraph/quad"

	"github.com/picograph/picograph/graph/quantity"
)

// layout is the schema's table made ready for encoding and decoding: the fields of each class in order.
type layout struct {
	classes map[reflect.Type]*class
	named   map[string]*class
	terms   map[string]quad.Value // the predicates, each one value in memory
}

// term returns the value of a predicate.
func (l *layout) term(iri string) quad.Value {
	if v, ok := l.terms[iri]; ok {
		return v
	}
	return quad.IRI(iri)
}

// class is one kind of node with its fields.
type class struct {
	Class
	iri    string // in full
	fields []*field
	by     map[string]*field // by predicate
	groups []group           // pointers to structs that are kept flat
	key    string            // predicate of the Key field
}

// field is one field of the domain model, found by walking index from the class's type.
type field struct {
	path    string
	index   []int
	iri     string // of the predicate, in full
	rng     string
	always  bool // written even when zero
	missing bool // the table has no row for it
}

// group is a pointer to a struct whose fields are kept on the owner's node.
type group struct {
	path  string
	index []int
}

// theLayout is built once from the table, which never changes.
var theLayout = sync.OnceValue(func() *layout {
	l := &layout{classes: map[reflect.Type]*class{}, named: map[string]*class{}, terms: map[string]quad.Value{}}
	rows := map[string]Property{}
	for _, p := range Properties() {
		l.terms[expand(p.IRI)] = quad.IRI(expand(p.IRI))
		if p.Field != "" {
			rows[p.Class+"."+p.Field] = p
		}
	}
	for _, c := range Classes() {
		k := &class{Class: c, iri: expand(c.IRI), by: map[string]*field{}}
		l.named[c.Name] = k
		if c.of == nil {
			continue
		}
		l.classes[c.of] = k
		k.walk(c.of, "", nil, rows)
		for _, f := range k.fields {
			k.by[f.iri] = f
			if f.path == c.Key {
				k.key = f.iri
			}
		}
	}
	return l
})

// walk collects the fields of t. Structs for which the table has no row of their own are kept flat.
func (k *class) walk(t reflect.Type, prefix string, index []int, rows map[string]Property) {
	for i := range t.NumField() {
		sf := t.Field(i)
		if !sf.IsExported() || unstored(k.Name, prefix+sf.Name) {
			continue
		}
		at := append(append([]int{}, index...), i)
		path := prefix + sf.Name
		owner := k.Name
		row, known := rows[owner+"."+path]
		if !known && owner == "Citation" { // a citation is a report and more
			row, known = rows["Report."+path]
		}
		if st, isPointer := structOf(sf.Type); st != nil && !known {
			if sf.Anonymous {
				k.walk(st, prefix, at, rows)
				continue
			}
			if isPointer {
				k.groups = append(k.groups, group{path, at})
			}
			k.walk(st, path+".", at, rows)
			continue
		}
		f := &field{path: path, index: at, always: !omitted(sf)}
		if known {
			f.iri, f.rng = expand(row.IRI), row.Range
		} else {
			f.iri, f.rng, f.missing = ourTerms+lowerFirst(strings.ReplaceAll(path, ".", "")), guess(sf.Type), true
		}
		k.fields = append(k.fields, f)
	}
}

// unstored tells which fields of the domain model are kept in another way: the text in chunks, the source and what
// belongs to it in nodes of their own, from which the places of passages in the file are found.
func unstored(class, path string) bool {
	switch class + "." + path {
	case "Document.Source", "Document.SHA256", "Document.Format", "Document.Text", "Document.Origin", "Passage.Source":
		return true
	}
	return false
}

// structOf returns the struct type that t is or points to, or nil.
func structOf(t reflect.Type) (st reflect.Type, isPointer bool) {
	if t.Kind() == reflect.Pointer {
		t, isPointer = t.Elem(), true
	}
	if t.Kind() != reflect.Struct {
		return nil, false
	}
	return t, isPointer
}

func omitted(f reflect.StructField) bool {
	tag := f.Tag.Get("json")
	return tag == "" || strings.Contains(tag, ",omit")
}

func lowerFirst(s string) string {
	if s == "" {
		return s
	}
	return strings.ToLower(s[:1]) + s[1:]
}

// guess gives the range of a field that the table does not know yet, so that nothing is lost meanwhile.
func guess(t reflect.Type) string {
	if t.Kind() == reflect.Slice {
		t = t.Elem()
	}
	if t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	switch {
	case t == reflect.TypeFor[quantity.Decimal]():
		return Number
	case t.Kind() == reflect.Int:
		return Whole
	case t.Kind() == reflect.Bool:
		return Truth
	}
	return Text
}
