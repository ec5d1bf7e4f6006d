package graph

import (
	"strings"
	"testing"

	"github.com/cayleygraph/quad"
)

func parseAll(s string) ([]quad.Quad, error) {
	p := newParser()
	var out []quad.Quad
	for line := range strings.SplitSeq(s, "\n") {
		q, ok, err := p.line([]byte(line))
		if err != nil {
			return nil, err
		}
		if ok {
			out = append(out, q)
		}
	}
	return out, nil
}

func TestReadNQuads(t *testing.T) {
	const want = "<a:s> <a:p> \"x\" <a:g> ."
	for _, tt := range []struct{ in, out string }{
		{want, want},
		{"  <a:s>\t<a:p>\"x\"<a:g>.  # comment", want},
		{"<a:s> <a:p> \"x\"^^<http://www.w3.org/2001/XMLSchema#string> <a:g> .", want},
		{`<a:s> <a:p> "\u0078" <\u0061:g> .`, want},
		{`<a:s> <a:p> "\t\b\n\r\f\"\'\\\U0001F600" .`, `<a:s> <a:p> "\t\b\n\r\f\"'\\😀" .`},
		{`_:b1 <a:p> "x"@en-GB .`, `_:b1 <a:p> "x"@en-GB .`},
		{`<a:s> <a:p> _:b.1 .`, `<a:s> <a:p> _:b.1 .`},
		{`<a:s> <a:p> _:b1. # c`, `<a:s> <a:p> _:b1 .`},
		{`<a:s> <a:p> "5"^^<a:t> .`, `<a:s> <a:p> "5"^^<a:t> .`},
		{"# only a comment", ""},
		{"", ""},
		{`<a:s> <a:p> "x"`, "ERROR full stop is missing"},
		{`<a:s> <a:p> "x .`, "ERROR not closed"},
		{`<a:s> <a:p> "x\`, "ERROR not closed"},
		{`<a:s> <a:p .`, "ERROR not closed"},
		{`<a:s> "p" "x" .`, "ERROR cannot stand here"},
		{`<a:s> _:p "x" .`, "ERROR cannot stand here"},
		{`"s" <a:p> "x" .`, "ERROR cannot stand here"},
		{`<a:s> <a:p> "x" "g" .`, "ERROR cannot stand here"},
		{`<a:s> <a:p> "x" <a:g> <a:h> .`, "ERROR full stop is missing"},
		{`<a:s> <a:p> "x" . y`, "ERROR after the full stop"},
		{`<a:s> <a:p> "\q" .`, `ERROR no escape`},
		{`<a:s> <a:p> "\u12" .`, `ERROR hexadecimal`},
		{`<a:s> <a:p> "\uD800" .`, `ERROR hexadecimal`},
		{`<a:s> <a:p> "\UFFFFFFFF" .`, `ERROR hexadecimal`},
		{`<s> <a:p> "x" .`, "ERROR not an absolute IRI"},
		{`<a: s> <a:p> "x" .`, "ERROR may not stand in an IRI"},
		{"<a:s> <a:p> \"\xff\" .", "ERROR UTF-8"},
		{`<a:s> <a:p> "x"@ .`, "ERROR language"},
		{`hello`, "ERROR where an IRI"},
		{`<a:s>`, "ERROR missing"},
	} {
		p := newParser()
		q, ok, err := p.line([]byte(tt.in))
		got := ""
		switch {
		case err != nil:
			got = "ERROR " + err.Error()
		case ok:
			got = string(AppendNQuad(nil, q))
		}
		wantErr, isErr := strings.CutPrefix(tt.out, "ERROR ")
		if isErr && err != nil && strings.Contains(got, wantErr) {
			continue
		}
		if got != tt.out {
			t.Errorf("%s\n got %s\nwant %s", tt.in, got, tt.out)
		}
	}
}

func TestWriteNativeValues(t *testing.T) {
	for _, tt := range []struct {
		v    quad.Value
		want string
	}{
		{quad.Bool(true), `"true"^^<http://www.w3.org/2001/XMLSchema#boolean>`},
		{quad.Int(5), `"5"^^<http://www.w3.org/2001/XMLSchema#integer>`},
		{quad.TypedString{Value: "x", Type: "xsd:string"}, `"x"`},
		{quad.IRI("a:b c>"), `<a:b\u0020c\u003E>`},
	} {
		if got := string(appendTerm(nil, tt.v)); got != tt.want {
			t.Errorf("%#v is written as %s, want %s", tt.v, got, tt.want)
		}
	}
}

func FuzzNQuads(f *testing.F) {
	for _, s := range []string{
		`<a:s> <a:p> "x\u0041"^^<a:t> <a:g> .`, `_:b <a:p> "y"@en .`, "# c", `<a:s> <a:p> "\U0001F600\n" . # x`, `<a:s> <a:p> "\`, `_:`, `<a:`,
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if strings.ContainsAny(s, "\n") {
			return
		}
		q, ok, err := newParser().line([]byte(s))
		if err != nil || !ok {
			return
		}
		line := AppendNQuad(nil, q)
		again, ok, err := newParser().line(line)
		if err != nil || !ok || again != q {
			t.Fatalf("%q reads as %#v, is written %q and reads again as %#v, %v", s, q, line, again, err)
		}
	})
}
