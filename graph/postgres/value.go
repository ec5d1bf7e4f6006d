package postgres

import (
	"database/sql"
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/cayleygraph/cayley/graph/refs"
	csql "github.com/cayleygraph/cayley/graph/sql"
	"github.com/cayleygraph/quad"
	"github.com/cayleygraph/quad/pquads"
)

// hashOf returns by what Cayley knows a value; nothing is zero.
func hashOf(v quad.Value) refs.ValueHash { return refs.HashOf(v) }

// bytesOf returns hashes as the driver takes them.
func bytesOf(hashes []refs.ValueHash) [][]byte {
	out := make([][]byte, len(hashes))
	for i := range hashes {
		out[i] = hashes[i][:]
	}
	return out
}

func hashesOf(values []quad.Value) [][]byte {
	out := make([][]byte, len(values))
	for i, v := range values {
		h := hashOf(v)
		out[i] = h[:]
	}
	return out
}

// nodeColumns are the columns of Cayley's table of values that are read and written. Numbers are written as typed strings,
// as they are printed, so that the columns of numbers stay empty.
var nodeColumns = []string{"value", "value_string", "datatype", "language", "iri", "bnode"}

// row returns a value as a row of Cayley's table.
func row(h refs.ValueHash, v quad.Value) ([]any, error) {
	out := make([]any, len(nodeColumns))
	if s := stringOf(v); strings.Contains(s, "\x00") || strings.Contains(s, `\x00`) {
		// Cayley writes a zero byte in a way that cannot be told from the four characters.
		b, err := pquads.MarshalValue(v)
		out[0] = b
		return out, err
	}
	kind, values, err := csql.NodeValues(csql.NodeHash{ValueHash: h}, v)
	if err != nil {
		return nil, err
	}
	for i, name := range kind.Columns() {
		at := column(name)
		if at < 0 {
			return nil, fmt.Errorf("values of the type %T cannot be kept", v)
		}
		out[at] = values[i+1]
	}
	return out, nil
}

func column(name string) int {
	for i, c := range nodeColumns {
		if c == name {
			return i
		}
	}
	return -1
}

// stringOf returns the string of a value.
func stringOf(v quad.Value) string {
	switch v := v.(type) {
	case quad.IRI:
		return string(v)
	case quad.BNode:
		return string(v)
	case quad.String:
		return string(v)
	case quad.TypedString:
		return string(v.Value)
	case quad.LangString:
		return string(v.Value)
	}
	return ""
}

// valid reports what of a quad cannot be kept.
func valid(q quad.Quad) error {
	if q.Subject == nil || q.Predicate == nil || q.Object == nil || q.Label == nil {
		return fmt.Errorf("not a quad: %v", q)
	}
	if s := stringOf(q.Object); !utf8.ValidString(s) {
		return fmt.Errorf("the value %.40q is not valid UTF-8", s)
	}
	return nil
}

// node is a row of Cayley's table as it is read.
type node struct {
	value           []byte
	text, typ, lang sql.NullString
	iri, bnode      sql.NullBool
}

// scan returns where the columns go.
func (n *node) scan() []any { return []any{&n.value, &n.text, &n.typ, &n.lang, &n.iri, &n.bnode} }

// get returns the value.
func (n *node) get() (quad.Value, error) {
	switch s := n.text.String; {
	case !n.text.Valid && n.value == nil:
		return nil, damaged("a quad has a value that the table of values does not have")
	case !n.text.Valid:
		v, err := pquads.UnmarshalValue(n.value)
		if err != nil {
			err = damaged("a value cannot be read: %v", err)
		}
		return v, err
	case n.iri.Bool:
		return quad.IRI(s), nil
	case n.bnode.Bool:
		return quad.BNode(s), nil
	case n.lang.Valid:
		return quad.LangString{Value: quad.String(s), Lang: n.lang.String}, nil
	case n.typ.Valid:
		return quad.TypedString{Value: quad.String(s), Type: quad.IRI(n.typ.String)}, nil
	default:
		return quad.String(s), nil
	}
}

// nodesAs returns the columns under another name of their table.
func nodesAs(table string) string { return table + "." + strings.Join(nodeColumns, ", "+table+".") }
