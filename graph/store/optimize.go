package store

import (
	"context"
	"fmt"

	"github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/cayley/graph/iterator"
	"github.com/cayleygraph/cayley/query/shape"
	"github.com/cayleygraph/quad"
)

// OptimizeShape turns the parts of a query that an index answers at once into look-ups: quads of which several values are
// known, and values that are compared with a number, time or string.
func (qs *QuadStore) OptimizeShape(_ context.Context, s shape.Shape) (shape.Shape, bool) {
	switch s := s.(type) {
	case shape.QuadsAction:
		if len(s.Filter) == 0 {
			return s, false
		}
		return s.SimplifyFrom(linkShape{&links{qs, s.Filter}}), true
	case shape.Quads:
		return qs.optimizeQuads(s)
	case shape.Filter:
		return qs.optimizeFilter(s)
	}
	return s, false
}

// optimizeQuads looks up by all values that are known, instead of by one and then comparing.
func (qs *QuadStore) optimizeQuads(s shape.Quads) (shape.Shape, bool) {
	want := map[quad.Direction]graph.Ref{}
	var rest shape.Quads
	for _, f := range s {
		r, one := shape.One(f.Values)
		if _, twice := want[f.Dir]; one && !twice {
			want[f.Dir] = r
		} else {
			rest = append(rest, f)
		}
	}
	if len(want) == 0 || len(want) == 1 && len(rest) > 0 {
		return s, false
	}
	found := linkShape{&links{qs, want}}
	if len(rest) == 0 {
		return found, true
	}
	return shape.Intersect{found, rest}, true
}

// optimizeFilter turns comparisons into stretches of the dictionary.
func (qs *QuadStore) optimizeFilter(s shape.Filter) (shape.Shape, bool) {
	var in shape.Intersect
	var rest []shape.ValueFilter
	for _, f := range s.Filters {
		if c, ok := f.(shape.Comparison); ok {
			if st := compared(c.Op, c.Val); st != nil {
				in = append(in, nodeShape{&nodes{qs, st}})
				continue
			}
		}
		rest = append(rest, f)
	}
	if len(in) == 0 {
		return s, false
	}
	from := s.From
	if _, all := from.(shape.AllNodes); !all {
		in = append(shape.Intersect{from}, in...)
	}
	var out shape.Shape = in
	if len(in) == 1 {
		out = in[0]
	}
	if len(rest) > 0 {
		out = shape.Filter{From: out, Filters: rest}
	}
	return out, true
}

// compared returns the stretch of the values that compare in a way with a value, or nil when it is none.
func compared(op iterator.Operator, v quad.Value) *stretch {
	key, _, err := term(nil, v)
	if err != nil {
		return nil
	}
	st := &stretch{name: fmt.Sprintf("%v %v", op, v)}
	class := key[0] &^ longBit
	switch class {
	case classNumber:
		_, rest, ok := parseNumber(key[1:])
		if !ok || key[1] == notNumber {
			return nil
		}
		st.between(op, class, key[1:len(key)-len(rest)], []byte{class, notNumber})
	case classTime:
		st.between(op, class, key[1:13], []byte{class + 1})
	case classString:
		st.between(op, class, nil, nil, key[1:]...)
		st.between(op, class|longBit, nil, nil, key[1:]...)
	case classIRI, classBlank:
		st.between(op, class, nil, nil, key[1:]...)
	default:
		return nil
	}
	return st
}

// between adds the keys of a class that compare in a way with those that begin with size, or with one key exactly, and
// lie before end.
func (st *stretch) between(op iterator.Operator, class byte, size, end []byte, exact ...byte) {
	lo := append([]byte{class}, size...)
	hi := after(lo) // behind all of that size
	if size == nil {
		lo = append([]byte{class}, exact...)
		hi = append(append([]byte{class}, exact...), 0)
		end = []byte{class + 1}
	}
	switch op {
	case iterator.CompareLT:
		st.keys = append(st.keys, [2][]byte{{class}, lo})
	case iterator.CompareLTE:
		st.keys = append(st.keys, [2][]byte{{class}, hi})
	case iterator.CompareGT:
		st.keys = append(st.keys, [2][]byte{hi, end})
	case iterator.CompareGTE:
		st.keys = append(st.keys, [2][]byte{lo, end})
	}
}

// linkShape and nodeShape are iterators as shapes.
type linkShape struct{ l *links }

// BuildIterator returns the iterator.
func (s linkShape) BuildIterator(graph.QuadStore) iterator.Shape { return s.l }

// Optimize has nothing to do.
func (s linkShape) Optimize(context.Context, shape.Optimizer) (shape.Shape, bool) { return s, false }

type nodeShape struct{ n *nodes }

// BuildIterator returns the iterator.
func (s nodeShape) BuildIterator(graph.QuadStore) iterator.Shape { return s.n }

// Optimize has nothing to do.
func (s nodeShape) Optimize(context.Context, shape.Optimizer) (shape.Shape, bool) { return s, false }
