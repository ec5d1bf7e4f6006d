package export

import (
	"bytes"
	"context"
	"iter"
	"strconv"
	"strings"

	"github.com/picograph/picograph/graph"
)

// rdfType is the predicate that Turtle writes as "a" and JSON-LD as "@type".
const rdfType = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>"

// statement is one quad with its terms as canonical N-Quads has them. They are good until the next one.
type statement struct {
	line                              []byte // without the end of the line
	subject, predicate, object, graph string // graph is empty for the default graph
}

// statements yields the quads that are requested, in canonical order.
func statements(ctx context.Context, g *graph.Graph, r Request) iter.Seq2[statement, error] {
	quads := g.Quads(ctx)
	if r.Only != nil {
		quads = g.Part(ctx, *r.Only)
	}
	return func(yield func(statement, error) bool) {
		var line []byte
		for q, err := range quads {
			if err != nil {
				yield(statement{}, err)
				return
			}
			line = graph.AppendNQuad(line[:0], q)
			s := statement{line: line}
			rest := line
			s.subject, rest = cutTerm(rest)
			s.predicate, rest = cutTerm(rest)
			s.object, rest = cutTerm(rest)
			if rest[0] != '.' {
				s.graph, _ = cutTerm(rest)
			}
			if !yield(s, nil) {
				return
			}
		}
	}
}

// cutTerm returns the first term of a canonical line, and what follows behind the blank.
func cutTerm(b []byte) (string, []byte) {
	end := 0
	if b[0] == '"' {
		for end = 1; b[end] != '"'; end++ {
			if b[end] == '\\' {
				end++
			}
		}
	}
	end += bytes.IndexByte(b[end:], ' ') // an IRI has no blank
	return string(b[:end]), b[end+1:]
}

// inner returns the IRI within angle brackets.
func inner(iri string) string { return strings.TrimSuffix(strings.TrimPrefix(iri, "<"), ">") }

// literal takes a canonical literal apart. Type and language are empty for a plain text.
func literal(term string) (text, typ, language string) {
	end := strings.LastIndexByte(term, '"')
	text, rest := unescaped(term[1:end]), term[end+1:]
	switch {
	case strings.HasPrefix(rest, "^^"):
		typ = inner(rest[2:])
	case strings.HasPrefix(rest, "@"):
		language = rest[1:]
	}
	return text, typ, language
}

// unescaped resolves the escapes of canonical N-Quads.
func unescaped(s string) string {
	var b strings.Builder
	for {
		i := strings.IndexByte(s, '\\')
		if i < 0 || i+1 == len(s) {
			b.WriteString(s)
			return b.String()
		}
		b.WriteString(s[:i])
		c := s[i+1]
		s = s[i+2:]
		switch c {
		case 'n':
			b.WriteByte('\n')
		case 'r':
			b.WriteByte('\r')
		case 't':
			b.WriteByte('\t')
		case 'b':
			b.WriteByte('\b')
		case 'f':
			b.WriteByte('\f')
		case 'u':
			n, _ := strconv.ParseUint(s[:4], 16, 32)
			b.WriteRune(rune(n))
			s = s[4:]
		default:
			b.WriteByte(c)
		}
	}
}

// shortened returns an IRI with one of the schema's prefixes, or as it is. Only plain local names are shortened, which
// need no escapes anywhere.
func shortened(iri string) (short string, ok bool) {
	s := inner(iri)
	for _, p := range graph.Prefixes() {
		if local, ok := strings.CutPrefix(s, p.IRI); ok && plainName(local) {
			return p.Name + ":" + local, true
		}
	}
	return s, false
}

func plainName(s string) bool {
	for i, c := range []byte(s) {
		switch {
		case 'a' <= c && c <= 'z', 'A' <= c && c <= 'Z', c == '_':
		case i > 0 && ('0' <= c && c <= '9' || c == '-'):
		default:
			return false
		}
	}
	return s != ""
}
