package graph

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/cayleygraph/quad"

	"github.com/picograph/picograph/graph/evidence"
)

// Writer is one change of a graph. Nothing of it is seen before Commit, and nothing remains of it after Rollback. It
// is for one goroutine.
type Writer struct {
	g    *Graph
	lock *lock

	at      map[string]string      // source path -> document that has it now
	staged  map[string]*stored     // documents put, by identifier
	quads   map[string][]quad.Quad // their quads
	sources map[string][]source    // the sources of each document that was touched
	present map[string]bool        // documents that the graph holds
	done    bool
}

// Begin starts a change. Only one process can change a graph file at a time: for any other the error is ErrLocked and
// names the holder. When the file was changed since it was read, it is read again.
func (g *Graph) Begin(ctx context.Context) (*Writer, error) {
	if g.opt.ReadOnly {
		return nil, &Error{Op: "writing the graph", Where: g.where, Err: ErrReadOnly}
	}
	if !g.writing.TryLock() {
		return nil, &Error{
			Op: "writing the graph", Where: g.where, Err: fmt.Errorf("%w by this process", ErrLocked), Hint: "wait until it has ended",
		}
	}
	w := &Writer{
		g: g, at: map[string]string{}, staged: map[string]*stored{}, quads: map[string][]quad.Quad{},
		sources: map[string][]source{}, present: map[string]bool{},
	}
	if g.path != "" {
		l, err := acquire(g.path)
		if err != nil {
			g.writing.Unlock()
			return nil, g.unwritable("writing the graph", err)
		}
		w.lock = l
		sweep(g.path)
		if err := g.refresh(ctx); err != nil {
			w.Rollback()
			return nil, err
		}
	}
	docs, err := g.decoded(ctx)
	if err != nil {
		w.Rollback()
		return nil, err
	}
	for _, d := range docs {
		w.present[d.id] = true
		w.sources[d.id] = d.sources
		for _, s := range d.sources {
			w.at[s.Path] = d.id
		}
	}
	return w, nil
}

// refresh reads the file again when another process has changed it.
func (g *Graph) refresh(ctx context.Context) error {
	now, err := stampOf(g.path)
	if err != nil {
		return g.explain(err)
	}
	g.mu.RLock()
	same := g.seen.same(now)
	g.mu.RUnlock()
	if same {
		return nil
	}
	return g.reload(ctx)
}

// Put stores a document. What the graph holds of the same content is replaced, unless it has a source that comes before this one by
// name: of records with one text but other fields, what the first says is kept, with all sources. A source that had other
// content before has only this from now on. The document must not be changed until the commit.
func (w *Writer) Put(doc *evidence.Document) error {
	if w.done {
		return ErrClosed
	}
	id := documentID(doc)
	src := source{Path: doc.Source, SHA256: doc.SHA256, Format: doc.Format, Origin: doc.Origin.String()}
	if before, ok := w.at[src.Path]; ok && before != id {
		w.leave(src.Path, before)
	}
	sources := []source{src}
	for _, s := range w.sources[id] {
		if s.Path != src.Path {
			sources = append(sources, s)
		}
	}
	slices.SortFunc(sources, func(a, b source) int { return cmp.Compare(a.Path, b.Path) })
	if sources[0].Path != src.Path { // what the record of the first source says stays: any order of loading gives the same
		w.sources[id], w.at[src.Path] = sources, id
		return nil
	}
	if err := w.stage(id, doc, sources); err != nil {
		return fmt.Errorf("storing %s: %w", doc.Source, err)
	}
	w.at[src.Path] = id
	return nil
}

// stage encodes a document with its sources.
func (w *Writer) stage(id string, doc *evidence.Document, sources []source) error {
	quads, err := encode(id, doc, sources, w.g.opt.Vocab)
	if err != nil {
		return err
	}
	d, err := decode(quads)
	if err != nil {
		return err
	}
	w.staged[id], w.quads[id], w.sources[id] = d, quads, sources
	return nil
}

// Remove takes a source out, and with it the document unless other sources have the same content. It reports whether
// the source was there.
func (w *Writer) Remove(path string) (bool, error) {
	if w.done {
		return false, ErrClosed
	}
	id, ok := w.at[path]
	if ok {
		w.leave(path, id)
	}
	return ok, nil
}

// leave takes one source away from a document.
func (w *Writer) leave(path, id string) {
	delete(w.at, path)
	w.sources[id] = slices.DeleteFunc(slices.Clone(w.sources[id]), func(s source) bool { return s.Path == path })
}

// Sources returns the sources that the graph would hold after a commit, sorted: those equal to prefix, or that begin
// with prefix and '#' or '!' (the records and members of a file) or a slash (what is in a folder). An empty prefix
// gives all.
func (w *Writer) Sources(prefix string) []string {
	var out []string
	for _, path := range slices.Sorted(maps.Keys(w.at)) {
		rest, ok := strings.CutPrefix(path, prefix)
		if ok && (prefix == "" || rest == "" || strings.HasSuffix(prefix, "/") || strings.IndexByte("#!/", rest[0]) >= 0) {
			out = append(out, path)
		}
	}
	return out
}

// Rollback gives the change up. After Commit it does nothing, so it can be deferred.
func (w *Writer) Rollback() {
	if w.done {
		return
	}
	w.done = true
	if w.lock != nil {
		w.lock.release()
	}
	w.g.writing.Unlock()
}

// Commit makes the change: it joins what the documents tell of one study, over the whole graph, writes the file and
// then shows the new state to readers. When it fails, the graph and its file are as they were. The writer is done
// after it in any case.
func (w *Writer) Commit(ctx context.Context) error {
	if w.done {
		return ErrClosed
	}
	defer w.Rollback()
	g := w.g
	next, err := w.next(ctx)
	if err != nil {
		return err
	}
	sorted := lines(next.quads)
	digest := digestOf(sorted)
	if err := ctx.Err(); err != nil {
		return err
	}
	if g.path != "" && (digest != g.Digest() || !g.seen.exists) {
		if err := writeFile(g.path, sorted, digest); err != nil {
			return g.unwritable("writing the graph", err)
		}
	}
	seen := stamp{}
	if g.path != "" {
		if seen, err = stampOf(g.path); err != nil {
			seen = stamp{} // the next writer reads the file again
		}
	}
	return g.show(next, digest, seen)
}

// state is a whole graph about to be shown.
type state struct {
	quads   []quad.Quad // all of them
	removed []quad.Quad // against the state before
	added   []quad.Quad
	cache   *cache
}

// next works out the state after the change.
func (w *Writer) next(ctx context.Context) (*state, error) {
	g := w.g
	g.mu.RLock()
	defer g.mu.RUnlock()
	if g.store == nil {
		return nil, ErrClosed
	}
	now := &state{cache: newCache()}
	var docs []*stored
	for _, id := range slices.Sorted(maps.Keys(w.sources)) {
		if err := w.settle(ctx, id); err != nil {
			return nil, err
		}
		var before []quad.Quad
		if w.present[id] {
			var err error
			if before, err = g.store.under(ctx, id); err != nil {
				return nil, err
			}
		}
		after := before
		switch {
		case len(w.sources[id]) == 0:
			after = nil
		case w.staged[id] != nil:
			after = w.quads[id]
			docs = append(docs, w.staged[id])
		default:
			d, err := g.cache.document(ctx, g.store, id)
			if err != nil {
				return nil, err
			}
			docs = append(docs, d)
		}
		now.change(before, after)
	}
	for _, d := range docs {
		now.cache.docs[d.id] = d
	}
	concepts, err := g.store.under(ctx, vocabularyIn)
	if err != nil {
		return nil, err
	}
	if g.opt.Vocab == nil {
		now.change(concepts, concepts)
	} else {
		now.change(concepts, hierarchy(now.quads, g.opt.Vocab))
	}
	joined, err := g.store.under(ctx, joinsIn)
	if err != nil {
		return nil, err
	}
	now.change(joined, joins(docs))
	return now, nil
}

// settle encodes a document again of which only the sources have changed.
func (w *Writer) settle(ctx context.Context, id string) error {
	want := w.sources[id]
	d := w.staged[id]
	if len(want) == 0 {
		return nil
	}
	if d == nil {
		var err error
		if d, err = w.g.cache.document(ctx, w.g.store, id); err != nil {
			return err
		}
	}
	if slices.Equal(d.sources, want) {
		return nil
	}
	doc := *d.doc
	full, err := inflate(d.pieces)
	if err != nil {
		return fmt.Errorf("document %s: %w", id, err)
	}
	doc.Text, doc.Source, doc.SHA256, doc.Format = full, want[0].Path, want[0].SHA256, want[0].Format
	return w.stage(id, &doc, want)
}

// change notes what one label held and what it holds from now on. Both are without duplicates.
func (s *state) change(before, after []quad.Quad) {
	had := make(map[quad.Quad]bool, len(before))
	for _, q := range before {
		had[q] = true
	}
	for _, q := range after {
		if had[q] {
			delete(had, q)
		} else {
			s.added = append(s.added, q)
		}
	}
	for _, q := range before {
		if had[q] {
			s.removed = append(s.removed, q)
		}
	}
	s.quads = append(s.quads, after...)
}

// show puts the new state in the place of the old one. What is removed goes first, in a step of its own.
func (g *Graph) show(next *state, digest string, seen stamp) error {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.store == nil {
		return ErrClosed
	}
	var err error
	if len(next.removed) < manyDeletions {
		err = errors.Join(g.store.remove(next.removed), g.store.add(next.added))
	}
	if err != nil || len(next.removed) >= manyDeletions {
		anew := newStore()
		if err := anew.add(next.quads); err != nil {
			return fmt.Errorf("storing the new state: %w", err)
		}
		g.store = anew
	}
	g.digest, g.seen, g.cache = digest, seen, next.cache
	return nil
}
