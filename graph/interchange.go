package graph

import (
	"bufio"
	"bytes"
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"hash"
	"io"
	"iter"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/cayleygraph/quad"

	"github.com/picograph/picograph/graph/link"
	"github.com/picograph/picograph/graph/store"
)

// A graph can be written as N-Quads and opened again: in canonical form, sorted by byte, between two comments. The first names the format and its
// version, the last counts the quads and gives the SHA-256 of all lines between the two, so that a file that was cut
// short or changed is noticed.
const (
	formatVersion = 1
	formatLine    = "# picograph graph "
)

// footer returns the last line of a file without its end.
func footer(quads int, digest string) string {
	return fmt.Sprintf("# %d quads, sha256 %s", quads, digest)
}

// reader reads a graph file.
type reader struct {
	in     *bufio.Reader
	number int // of the line last read
	long   []byte
}

// next returns the next line without its end; the last one may lack it. It returns io.EOF after the last line.
func (r *reader) next() ([]byte, error) {
	r.number++
	b, err := r.in.ReadSlice('\n')
	if errors.Is(err, bufio.ErrBufferFull) {
		r.long = r.long[:0]
		for errors.Is(err, bufio.ErrBufferFull) {
			r.long = append(r.long, b...)
			b, err = r.in.ReadSlice('\n')
		}
		r.long = append(r.long, b...)
		b = r.long
	}
	if err != nil && !(errors.Is(err, io.EOF) && len(b) > 0) {
		return nil, err
	}
	if n := len(b); n > 0 && b[n-1] == '\n' {
		b = b[:n-1]
	}
	if n := len(b); n > 0 && b[n-1] == '\r' { // a file that was mailed
		b = b[:n-1]
	}
	return b, nil
}

// readLabels reads a graph that was written as N-Quads: the quads of each label.
func readLabels(ctx context.Context, in io.Reader) (map[string][]quad.Quad, error) {
	r := &reader{in: bufio.NewReaderSize(in, 1<<20)}
	if err := r.header(); err != nil {
		return nil, err
	}
	labels := map[string][]quad.Quad{}
	return labels, r.body(ctx, func(q quad.Quad) { labels[text(q.Label)] = append(labels[text(q.Label)], q) })
}

// readGraph reads a graph that was written as N-Quads into a store in memory. What tellings are joined is worked out anew.
func readGraph(ctx context.Context, in io.Reader) (*store.Store, error) {
	labels, err := readLabels(ctx, in)
	if err != nil {
		return nil, err
	}
	s := store.InMemory(store.Options{})
	g := inMemory(s)
	w, err := g.Begin(ctx)
	if err != nil {
		return nil, err
	}
	defer w.Rollback()
	for _, label := range slices.Sorted(maps.Keys(labels)) {
		if err := w.restore(label, labels[label]); err != nil {
			return nil, damaged(0, "%v", err)
		}
	}
	return s, w.Commit(ctx)
}

// inMemory returns a graph of what a store in memory holds.
func inMemory(s *store.Store) *Graph {
	b := &fileBase{where: Memory, store: s, now: &snapshot{Snapshot: s.Now()}}
	g := &Graph{where: Memory, base: b}
	g.now.Store(newView(b.now))
	return g
}

// knownLabel reports whether quads may stand under a label.
func knownLabel(label string) bool {
	return label == joinsIn || label == vocabularyIn || strings.HasPrefix(label, documentIRI)
}

// restore stores the quads of a label as they are.
func (w *Writer) restore(label string, quads []quad.Quad) error {
	quads, sum := sortedSum(quads)
	switch {
	case label == joinsIn:
		return nil
	case label == vocabularyIn:
		w.entries(setNames, nil, conceptNames(quads))
		return w.replace(label, quads, sum)
	case !knownLabel(label):
		return fmt.Errorf("%d quads stand under the label %s, which belongs to no document", len(quads), label)
	}
	d, err := decode(quads)
	if err != nil {
		return err
	}
	e := &encoded{id: label, quads: quads, sum: sum, told: tell(label, d.doc)}
	if e.brief, err = json.Marshal(link.Brief(d.doc)); err != nil {
		return err
	}
	i, err := w.revise(label) // it is restored into an empty graph
	if err != nil {
		return err
	}
	if err := w.write(i, e, d.sources); err != nil {
		return err
	}
	for _, s := range d.sources {
		w.from[identify(s.Path)] = int32(i)
	}
	return nil
}

func damaged(line int, format string, args ...any) error {
	return &Error{Line: line, Err: fmt.Errorf("%w: %s", ErrDamaged, fmt.Sprintf(format, args...))}
}

// header reads the first line.
func (r *reader) header() error {
	first, err := r.next()
	if errors.Is(err, io.EOF) {
		return &Error{Err: fmt.Errorf("%w: it is empty", ErrDamaged), Hint: "remove it to start with an empty graph"}
	}
	if err != nil {
		return err
	}
	version, ok := strings.CutPrefix(string(first[:min(len(first), 100)]), formatLine)
	if !ok {
		return &Error{
			Line: 1, Err: fmt.Errorf("%w: it does not begin with %q", ErrForeign, strings.TrimSpace(formatLine)),
			Hint: "to read documents, use load or --with; to keep a graph, name a file of its own",
		}
	}
	if version != strconv.Itoa(formatVersion) {
		return &Error{
			Line: 1, Err: fmt.Errorf("%w: %q, and this picograph reads %d", ErrVersion, version, formatVersion),
			Hint: "load the documents into a new file, or use the picograph that wrote this one",
		}
	}
	return nil
}

// body reads all other lines and hands on their quads.
func (r *reader) body(ctx context.Context, take func(quad.Quad)) error {
	p := newParser()
	return r.lines(ctx, func(line []byte) error {
		q, ok, err := p.line(line)
		switch {
		case err != nil:
			return damaged(r.number, "%v", err)
		case !ok:
			return damaged(r.number, "neither a quad nor the last line")
		case q.Label == nil:
			return damaged(r.number, "the quad has no label")
		}
		take(q)
		return nil
	})
}

// lineSum is what the last line says of the lines before it.
type lineSum struct {
	hash  hash.Hash
	lines int
}

func newSum() *lineSum { return &lineSum{hash: sha256.New()} }

func (s *lineSum) add(line []byte) {
	_, _ = s.hash.Write(line) // a hash never fails
	_, _ = s.hash.Write([]byte{'\n'})
	s.lines++
}

// end compares the last line with those before it, and looks that nothing stands behind it.
func (r *reader) end(last []byte, sum *lineSum) error {
	if want := footer(sum.lines, hex.EncodeToString(sum.hash.Sum(nil))); string(last) != want {
		return damaged(r.number, "the quads are not those that were written (%d quads were read, and the last line is %.90q)", sum.lines, last)
	}
	if b, err := r.next(); err == nil {
		return damaged(r.number, "there is more after the last line: %.40q", b)
	} else if !errors.Is(err, io.EOF) {
		return err
	}
	return nil
}

// Quads yields every quad in canonical order. It is for graph/export; the error is the context's, or one of reading. The
// quads of one document at a time are in memory, and those of the vocabulary.
func (g *Graph) Quads(ctx context.Context) iter.Seq2[quad.Quad, error] {
	return func(yield func(quad.Quad, error) bool) {
		err := g.look(ctx, func(v *view) error { return v.sorted(ctx, yield) })
		if err != nil && !errors.Is(err, errEnough) {
			yield(quad.Quad{}, err)
		}
	}
}

// errEnough says that no more quads are wanted.
var errEnough = errors.New("no more quads are wanted")

// sorted yields every quad in canonical order. The subjects of a document all begin with it, so documents follow one
// another, and reports and studies follow all documents; the quads of the vocabulary stand before, between and behind.
func (v *view) sorted(ctx context.Context, yield func(quad.Quad, error) bool) error {
	vocabulary, err := v.under(ctx, vocabularyIn)
	if err != nil {
		return err
	}
	vocabulary = sortQuads(vocabulary)
	give := func(quads []quad.Quad) error {
		for _, q := range quads {
			if !yield(q, nil) {
				return errEnough
			}
		}
		return ctx.Err()
	}
	// next yields the quads of what comes next, and those of the vocabulary that stand before it.
	next := func(id string, quads []quad.Quad, err error) error {
		if err != nil {
			return err
		}
		n, _ := slices.BinarySearchFunc(vocabulary, id, func(q quad.Quad, id string) int { return cmp.Compare(text(q.Subject), id) })
		if err := give(vocabulary[:n]); err != nil {
			return err
		}
		vocabulary = vocabulary[n:]
		return give(sortQuads(quads))
	}
	ids, err := v.labels(ctx, documentIRI)
	if err != nil {
		return err
	}
	for _, id := range ids {
		quads, err := v.under(ctx, id)
		if err := next(id, quads, err); err != nil {
			return err
		}
	}
	nodes, err := v.joinNodes(ctx, "Joined", "Join", "Publication")
	if err != nil {
		return err
	}
	for some := range slices.Chunk(nodes, aheadOf) {
		quads, err := v.From(ctx, iris(some)...)
		if err := next(some[0], quads, err); err != nil {
			return err
		}
	}
	return give(vocabulary)
}

// WriteNQuads writes the whole graph as canonical N-Quads, sorted, between two comments. What it writes can be opened as a
// graph.
func (g *Graph) WriteNQuads(ctx context.Context, w io.Writer) error {
	b := bufio.NewWriter(w)
	if _, err := fmt.Fprintf(b, "%s%d\n", formatLine, formatVersion); err != nil {
		return err
	}
	n, sum := 0, sha256.New()
	var line []byte
	for q, err := range g.Quads(ctx) {
		if err != nil {
			return err
		}
		line = append(AppendNQuad(line[:0], q), '\n')
		_, _ = sum.Write(line) // a hash never fails
		if _, err := b.Write(line); err != nil {
			return err
		}
		n++
	}
	if _, err := fmt.Fprintln(b, footer(n, hex.EncodeToString(sum.Sum(nil)))); err != nil {
		return err
	}
	return b.Flush()
}

// isNQuads reports whether a file begins like a graph that was written as N-Quads.
func isNQuads(begin []byte) bool { return bytes.HasPrefix(begin, []byte(formatLine)) }
