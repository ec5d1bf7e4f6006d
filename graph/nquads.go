package graph

import (
	"bytes"
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/cayleygraph/quad"
)

const xsdString = xsdSpace + "string"

// AppendNQuad appends the canonical N-Quads line of q, without the end of the line.
func AppendNQuad(b []byte, q quad.Quad) []byte {
	b = appendTerm(b, q.Subject)
	b = append(b, ' ')
	b = appendTerm(b, q.Predicate)
	b = append(b, ' ')
	b = appendTerm(b, q.Object)
	if q.Label != nil {
		b = append(b, ' ')
		b = appendTerm(b, q.Label)
	}
	return append(b, " ."...)
}

func appendTerm(b []byte, v quad.Value) []byte {
	switch v := v.(type) {
	case quad.IRI:
		return appendIRI(b, string(v))
	case quad.BNode:
		return append(append(b, "_:"...), v...)
	case quad.String:
		return appendQuoted(b, string(v))
	case quad.LangString:
		b = append(appendQuoted(b, string(v.Value)), '@')
		return append(b, v.Lang...)
	case quad.TypedString:
		b = appendQuoted(b, string(v.Value))
		if full := string(v.Type.Full()); full != "" && full != xsdString {
			b = appendIRI(append(b, "^^"...), full)
		}
		return b
	case quad.Bool:
		return appendTerm(b, typed(fmt.Sprint(bool(v)), "boolean"))
	case quad.TypedStringer:
		return appendTerm(b, v.TypedString())
	}
	return appendQuoted(b, quad.StringOf(v))
}

// escaped tells which bytes of an IRI are escaped.
var escaped = func() (t [256]bool) {
	for c := range t {
		t[c] = c <= ' ' || forbidden(rune(c))
	}
	return t
}()

// appendIRI writes an IRI in angle brackets; characters that may not stand there are escaped.
func appendIRI(b []byte, s string) []byte {
	b = append(b, '<')
	plain := true
	for i := 0; i < len(s) && plain; i++ {
		plain = !escaped[s[i]]
	}
	if plain {
		return append(append(b, s...), '>')
	}
	for _, r := range s {
		if r <= ' ' || forbidden(r) {
			b = fmt.Appendf(b, "\\u%04X", r)
			continue
		}
		b = utf8.AppendRune(b, r)
	}
	return append(b, '>')
}

// forbidden reports whether a character may not stand in an IRI; neither may blanks and control characters.
func forbidden(r rune) bool {
	switch r {
	case '<', '>', '"', '{', '}', '|', '^', '`', '\\':
		return true
	}
	return false
}

// appendQuoted writes a literal as canonical N-Quads has it: only what must be is escaped.
func appendQuoted(b []byte, s string) []byte {
	b = append(b, '"')
	for i := range len(s) {
		switch c := s[i]; c {
		case '"', '\\':
			b = append(b, '\\', c)
		case '\n':
			b = append(b, '\\', 'n')
		case '\r':
			b = append(b, '\\', 'r')
		case '\t':
			b = append(b, '\\', 't')
		case '\b':
			b = append(b, '\\', 'b')
		case '\f':
			b = append(b, '\\', 'f')
		default:
			if c < ' ' || c == 0x7f {
				b = fmt.Appendf(b, "\\u%04X", c)
				continue
			}
			b = append(b, c)
		}
	}
	return append(b, '"')
}

// sortQuads sorts quads by their canonical lines and drops duplicates.
func sortQuads(quads []quad.Quad) []quad.Quad {
	sorted, _ := sortedSum(quads)
	return sorted
}

// parser reads N-Quads, one line at a time. Equal IRIs are one value in memory.
type parser struct {
	known map[string]quad.Value
	buf   []byte
}

func newParser() *parser { return &parser{known: map[string]quad.Value{}} }

// line reads one line. ok is false for a line that is empty or a comment.
func (p *parser) line(b []byte) (q quad.Quad, ok bool, err error) {
	rest := skipSpace(b)
	if len(rest) == 0 || rest[0] == '#' {
		return q, false, nil
	}
	if !utf8.Valid(b) {
		return q, false, fmt.Errorf("not valid UTF-8")
	}
	terms := []struct {
		name string
		at   *quad.Value
	}{{"subject", &q.Subject}, {"predicate", &q.Predicate}, {"object", &q.Object}, {"label", &q.Label}}
	for i, t := range terms {
		if i == 3 && (len(rest) == 0 || rest[0] == '.') {
			break
		}
		v, left, err := p.term(rest)
		if err != nil {
			return quad.Quad{}, false, fmt.Errorf("%s at byte %d: %w", t.name, len(b)-len(rest)+1, err)
		}
		if !fits(i, v) {
			return quad.Quad{}, false, fmt.Errorf("%s at byte %d: a term of this kind cannot stand here", t.name, len(b)-len(rest)+1)
		}
		*t.at, rest = v, skipSpace(left)
	}
	if len(rest) == 0 || rest[0] != '.' {
		return quad.Quad{}, false, fmt.Errorf("byte %d: the full stop is missing", len(b)-len(rest)+1)
	}
	if rest = skipSpace(rest[1:]); len(rest) > 0 && rest[0] != '#' {
		return quad.Quad{}, false, fmt.Errorf("byte %d: text after the full stop", len(b)-len(rest)+1)
	}
	return q, true, nil
}

// fits reports whether a term may be the i-th of a quad.
func fits(i int, v quad.Value) bool {
	switch v.(type) {
	case quad.IRI:
		return true
	case quad.BNode:
		return i != 1
	}
	return i == 2
}

func skipSpace(b []byte) []byte {
	for len(b) > 0 && (b[0] == ' ' || b[0] == '\t') {
		b = b[1:]
	}
	return b
}

func (p *parser) term(b []byte) (quad.Value, []byte, error) {
	if len(b) == 0 {
		return nil, b, fmt.Errorf("missing")
	}
	switch {
	case b[0] == '<':
		return p.iri(b)
	case b[0] == '"':
		return p.literal(b)
	case bytes.HasPrefix(b, []byte("_:")):
		n := 2
		for n < len(b) && nameByte(b[n]) {
			n++
		}
		if b[n-1] == '.' {
			n--
		}
		if n <= 2 {
			return nil, b, fmt.Errorf("a blank node has no name")
		}
		return quad.BNode(b[2:n]), b[n:], nil
	}
	return nil, b, fmt.Errorf("found %q where an IRI or a literal was expected", excerpt(b))
}

func nameByte(c byte) bool {
	return c >= 0x80 || c == '_' || c == '-' || c == '.' || c == ':' ||
		'0' <= c && c <= '9' || 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z'
}

func excerpt(b []byte) string {
	r := []rune(string(b[:min(len(b), 80)]))
	return string(r[:min(len(r), 20)])
}

func (p *parser) iri(b []byte) (quad.Value, []byte, error) {
	end := bytes.IndexByte(b, '>')
	if end < 0 {
		return nil, b, fmt.Errorf("an IRI is not closed: %q", excerpt(b))
	}
	raw := b[1:end]
	if v, ok := p.known[string(raw)]; ok {
		return v, b[end+1:], nil
	}
	s := string(raw)
	if bytes.IndexByte(raw, '\\') >= 0 {
		var err error
		if s, err = p.unescape(raw, true); err != nil {
			return nil, b, err
		}
	} else if i := bytes.IndexFunc(raw, func(r rune) bool { return r <= ' ' || forbidden(r) }); i >= 0 {
		return nil, b, fmt.Errorf("%q may not stand in an IRI", raw[i])
	}
	if !strings.Contains(s, ":") {
		return nil, b, fmt.Errorf("%q is not an absolute IRI", s)
	}
	var v quad.Value = quad.IRI(s)
	p.known[string(raw)] = v
	return v, b[end+1:], nil
}

func (p *parser) literal(b []byte) (quad.Value, []byte, error) {
	end := 1
	for {
		i := bytes.IndexAny(b[end:], "\"\\\n\r")
		if i < 0 {
			return nil, b, fmt.Errorf("a literal is not closed: %q", excerpt(b))
		}
		end += i
		if b[end] == '"' {
			break
		}
		if b[end] != '\\' {
			return nil, b, fmt.Errorf("a literal goes over the end of the line")
		}
		if end += 2; end > len(b) {
			return nil, b, fmt.Errorf("a literal is not closed: %q", excerpt(b))
		}
	}
	s, err := p.unescape(b[1:end], false)
	if err != nil {
		return nil, b, err
	}
	rest := b[end+1:]
	switch {
	case bytes.HasPrefix(rest, []byte("^^<")):
		t, left, err := p.iri(rest[2:])
		if err != nil {
			return nil, b, err
		}
		if t == quad.Value(quad.IRI(xsdString)) {
			return quad.String(s), left, nil
		}
		return quad.TypedString{Value: quad.String(s), Type: t.(quad.IRI)}, left, nil
	case len(rest) > 0 && rest[0] == '@':
		n := 1
		for n < len(rest) && (rest[n] == '-' || '0' <= rest[n] && rest[n] <= '9' || 'a' <= rest[n]|0x20 && rest[n]|0x20 <= 'z') {
			n++
		}
		if n == 1 {
			return nil, b, fmt.Errorf("a language is missing after @")
		}
		return quad.LangString{Value: quad.String(s), Lang: string(rest[1:n])}, rest[n:], nil
	}
	return quad.String(s), rest, nil
}

// unescape resolves the escapes of a literal, or of an IRI, which may have numbered ones only.
func (p *parser) unescape(raw []byte, iri bool) (string, error) {
	if bytes.IndexByte(raw, '\\') < 0 {
		return string(raw), nil
	}
	out := p.buf[:0]
	for i := 0; i < len(raw); i++ {
		if raw[i] != '\\' {
			out = append(out, raw[i])
			continue
		}
		i++
		if i == len(raw) {
			return "", fmt.Errorf("an escape is cut short")
		}
		c := raw[i]
		if c == 'u' || c == 'U' {
			n := 4
			if c == 'U' {
				n = 8
			}
			r, ok := hexRune(raw[i+1:], n)
			if !ok {
				return "", fmt.Errorf("\\%c is not followed by %d hexadecimal digits of a character", c, n)
			}
			out = utf8.AppendRune(out, r)
			i += n
			continue
		}
		j := strings.IndexByte(`tbnrf"'\`, c)
		if j < 0 || iri {
			return "", fmt.Errorf("\\%c is no escape", c)
		}
		out = append(out, "\t\b\n\r\f\"'\\"[j])
	}
	p.buf = out
	return string(out), nil
}

func hexRune(b []byte, n int) (rune, bool) {
	if len(b) < n {
		return 0, false
	}
	var r uint32
	for _, c := range b[:n] {
		d := strings.IndexByte("0123456789abcdef", c|0x20)
		if '0' <= c && c <= '9' {
			d = int(c - '0')
		}
		if d < 0 || c < '0' {
			return 0, false
		}
		r = r<<4 | uint32(d)
	}
	return rune(r), utf8.ValidRune(rune(r)) && r <= utf8.MaxRune
}
