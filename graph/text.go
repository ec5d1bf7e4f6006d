package graph

import (
	"bytes"
	"compress/gzip"
	"context"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"io"
	"slices"
	"strings"
	"sync"

	"github.com/cayleygraph/quad"
)

// chunkBytes is how much of a compressed text one literal holds: small enough for any reader of N-Quads, and a
// multiple of three, so that each piece is base64 without padding but the last.
const chunkBytes = 36 << 10

// text writes a document's text, compressed, in numbered pieces.
func (e *encoder) text(doc, text string) error {
	if text == "" {
		return nil
	}
	b, err := deflate(text)
	if err != nil {
		return fmt.Errorf("compressing the text: %w", err)
	}
	c := theLayout().named["Chunk"]
	n := 0
	for piece := range slices.Chunk(b, chunkBytes) {
		n++
		iri := fmt.Sprintf("%s/text/%d", doc, n)
		e.add(doc, ourTerms+"text", quad.IRI(iri))
		e.add(iri, rdfType, quad.IRI(c.iri))
		e.add(iri, ourTerms+"data", typed(base64.StdEncoding.EncodeToString(piece), "base64Binary"))
	}
	return nil
}

// compressors are kept: each has a megabyte of tables.
var compressors = sync.Pool{New: func() any {
	z, err := gzip.NewWriterLevel(io.Discard, gzip.BestCompression)
	if err != nil {
		panic(err) // the level is a constant
	}
	return z
}}

// deflate compresses a text.
func deflate(text string) ([]byte, error) {
	z := compressors.Get().(*gzip.Writer)
	defer compressors.Put(z)
	var b bytes.Buffer
	z.Reset(&b)
	if _, err := io.WriteString(z, text); err != nil {
		return nil, err
	}
	err := z.Close()
	return b.Bytes(), err
}

// inflate puts the pieces of a compressed text, in order, together again.
func inflate(pieces []string) (string, error) {
	if len(pieces) == 0 {
		return "", nil
	}
	var readers []io.Reader
	for _, p := range pieces {
		readers = append(readers, base64.NewDecoder(base64.StdEncoding, strings.NewReader(p)))
	}
	z, err := gzip.NewReader(io.MultiReader(readers...))
	if err != nil {
		return "", fmt.Errorf("reading the compressed text: %w", err)
	}
	var b strings.Builder
	if _, err := io.Copy(&b, z); err != nil {
		return "", fmt.Errorf("reading the compressed text: %w", err)
	}
	return b.String(), nil
}

// pieces returns the pieces of the compressed text of a document.
func (v *view) pieces(ctx context.Context, d *stored) ([]string, error) {
	if len(d.pieces) == len(d.chunks) {
		return d.pieces, nil
	}
	quads, err := v.From(ctx, iris(d.chunks)...)
	data := map[string]string{}
	for _, q := range quads {
		if text(q.Predicate) == ourTerms+"data" {
			data[text(q.Subject)] = text(q.Object)
		}
	}
	out := make([]string, len(d.chunks))
	for i, c := range d.chunks {
		out[i] = data[c]
	}
	return out, err
}

// sources writes the places that a document was loaded from.
func (e *encoder) sources(doc string, sources []source) {
	c := theLayout().named["Source"]
	for _, s := range sources {
		sum := sha256.Sum256([]byte(s.Path))
		iri := doc + "/source/" + hex.EncodeToString(sum[:8])
		e.add(doc, expand("dcterms:source"), quad.IRI(iri))
		e.add(iri, rdfType, quad.IRI(c.iri))
		for _, f := range c.fields {
			value := map[string]string{"Path": s.Path, "SHA256": s.SHA256, "Format": s.Format, "Origin": s.Origin}[f.path]
			switch {
			case value == "":
			case f.rng == Base64:
				e.add(iri, f.iri, typed(value, "base64Binary"))
			default:
				e.add(iri, f.iri, quad.String(value))
			}
		}
	}
}
