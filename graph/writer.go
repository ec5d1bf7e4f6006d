package graph

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/cayleygraph/quad"

	"github.com/picograph/picograph/graph/evidence"
	"github.com/picograph/picograph/graph/link"
)

// Writer is one change of a graph. Nothing of it is seen before Commit, and nothing remains of it after Rollback. It
// is for one goroutine.
type Writer struct {
	g   *Graph
	ctx context.Context // of the load
	tx  transaction
	was *view // the state before

	at   map[string]string    // source path -> document that has it from now on, "" for none; where that changes
	docs map[string]*revision // the documents that change
	uses map[string]bool      // concepts and measures that documents refer to as they are from now on
	used map[string]bool      // and that documents that change referred to before
	sum  digest               // of the graph from now on
	done bool
}

// revision is what happens to one document.
type revision struct {
	there   bool            // the graph has it
	put     bool            // it was put
	uses    map[string]bool // concepts and measures that it referred to before
	sources []source        // from now on
	written []source        // of the quads as they are now
	sum     digest          // of the quads as they are now, where there are any
	sumWas  digest          // and as they are in the graph before the change
	pubWas  link.Publication
	told    // as of now on; once it was put, without the entries: see Writer.told
}

// told is what a document says of which study and which report it is, and the entries by which it is found for that; all sorted.
type told struct {
	names   []string // entries for what it tells of
	links   []string // for what its studies are joined by
	reports []string // and for the report that it is of
	tells   []telling
	pub     link.Publication
}

func tell(id string, doc *evidence.Document) told {
	t := told{names: nameEntries(id, doc), tells: studiesOf(id, doc), pub: slim(id, doc)}
	t.links, t.reports = linkEntries(t.tells), reportEntries(id, t.pub)
	return t
}

// telling is a study as a document tells of it, as far as joining studies needs it at first.
type telling struct {
	node  string
	keys  []string // see link.Keys
	alone joined   // what it is joined to when it meets no other
}

// Begin starts a change. Only one process can change a graph file at a time: for any other the error is ErrLocked and
// names the holder. When the file was changed since it was read, it is read again.
func (g *Graph) Begin(ctx context.Context) (*Writer, error) {
	if g.opt.ReadOnly {
		return nil, &Error{Op: "writing the graph", Where: g.where, Err: ErrReadOnly}
	}
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	if !g.writing.TryLock() {
		return nil, &Error{
			Op: "writing the graph", Where: g.where, Err: fmt.Errorf("%w by this process", ErrLocked), Hint: "wait until it has ended",
		}
	}
	w := &Writer{
		g: g, ctx: ctx, at: map[string]string{}, docs: map[string]*revision{}, uses: map[string]bool{}, used: map[string]bool{},
	}
	shown := g.now.Load()
	if shown == nil {
		w.Rollback()
		return nil, ErrClosed
	}
	tx, was, err := g.base.Begin(ctx, shown.state)
	if err != nil {
		w.Rollback()
		return nil, err
	}
	if w.tx, w.was = tx, shown; was != shown.state {
		w.was = newView(was)
		g.now.CompareAndSwap(shown, w.was)
	}
	w.sum = w.was.total()
	return w, nil
}

// Put stores a document. What the graph holds of the same content is replaced, unless it has a source that comes before this one by
// name: of records with one text but other fields, what the first says is kept, with all sources. A source that had other
// content before has only this from now on.
func (w *Writer) Put(doc *evidence.Document) error {
	e, err := w.g.encode(doc)
	if err != nil {
		return err
	}
	return w.putEncoded(e)
}

// putEncoded is Put for a document that was encoded before.
func (w *Writer) putEncoded(e *encoded) error {
	if w.done {
		return ErrClosed
	}
	if err := w.put(e); err != nil {
		return fmt.Errorf("storing %s: %w", e.doc.Source, w.g.damage(err))
	}
	return nil
}

func (w *Writer) put(e *encoded) error {
	src := e.source
	before, err := w.holder(src.Path)
	if err != nil {
		return err
	}
	if before != "" && before != e.id {
		if err := w.leave(src.Path, before); err != nil {
			return err
		}
	}
	c, err := w.revise(e.id)
	if err != nil {
		return err
	}
	sources := []source{src}
	for _, s := range c.sources {
		if s.Path != src.Path {
			sources = append(sources, s)
		}
	}
	slices.SortFunc(sources, func(a, b source) int { return cmp.Compare(a.Path, b.Path) })
	if sources[0].Path != src.Path { // what the record of the first source says stays: any order of loading gives the same
		c.sources, w.at[src.Path] = sources, e.id
		return nil
	}
	if len(sources) > 1 {
		if e, err = e.at(sources, w.g.opt.Vocab); err != nil {
			return err
		}
	}
	if err := w.write(c, e); err != nil {
		return err
	}
	c.sources, c.written = sources, sources
	w.at[src.Path] = e.id
	return nil
}

// write makes the quads of a document those of e.
func (w *Writer) write(c *revision, e *encoded) error {
	before, err := w.told(e.id, c)
	if err != nil {
		return err
	}
	if err := w.tx.Replace(quad.IRI(e.id), e.quads); err != nil {
		return err
	}
	used(e.quads, w.uses)
	w.retell(before, e.told)
	c.put, c.sum, c.told = true, e.sum, told{tells: e.tells, pub: e.pub}
	return nil
}

// told returns what a document says as of now. Entries of what was put are not kept, since a load may be of a million documents; few are
// put twice.
func (w *Writer) told(id string, c *revision) (told, error) {
	if !c.put {
		return c.told, nil
	}
	quads, err := w.tx.Quads(quad.IRI(id))
	if err != nil {
		return told{}, err
	}
	quads, _ = sortedSum(quads)
	d, err := decode(quads)
	if err != nil {
		return told{}, err
	}
	return tell(id, d.doc), nil
}

// revise returns what happens to a document, beginning with what is there.
func (w *Writer) revise(id string) (*revision, error) {
	if c := w.docs[id]; c != nil {
		return c, nil
	}
	c := &revision{}
	sum, there, err := w.was.sum(w.ctx, id)
	if err != nil {
		return nil, err
	}
	if there {
		d, err := w.was.document(w.ctx, id)
		if err != nil {
			return nil, err
		}
		quads, err := w.was.under(w.ctx, id)
		if err != nil {
			return nil, err
		}
		c.uses = map[string]bool{}
		used(quads, c.uses)
		maps.Copy(w.used, c.uses)
		c.there, c.sum, c.sumWas, c.sources, c.written = true, sum, sum, d.sources, d.sources
		c.told = tell(id, d.doc)
		c.pubWas = c.pub
	}
	w.docs[id] = c
	return c, nil
}

// retell brings the entries for what a document says up to date.
func (w *Writer) retell(before, after told) {
	w.entries(setNames, before.names, after.names)
	w.entries(setLinks, before.links, after.links)
	w.entries(setReports, before.reports, after.reports)
}

// entries puts into a set what is new and takes out what is no longer there. Both lists are sorted.
func (w *Writer) entries(set int, before, after []string) {
	for _, e := range before {
		if _, still := slices.BinarySearch(after, e); !still {
			w.tx.Delete(set, e)
		}
	}
	for _, e := range after {
		if _, had := slices.BinarySearch(before, e); !had {
			w.tx.Put(set, e)
		}
	}
}

// Remove takes a source out, and with it the document unless other sources have the same content. It reports whether
// the source was there.
func (w *Writer) Remove(path string) (bool, error) {
	if w.done {
		return false, ErrClosed
	}
	id, err := w.holder(path)
	if err != nil || id == "" {
		return false, w.g.damage(err)
	}
	return true, w.g.damage(w.leave(path, id))
}

// holder returns the document that has a source, or "".
func (w *Writer) holder(path string) (string, error) {
	if id, ok := w.at[path]; ok {
		return id, nil
	}
	nodes, err := w.was.to(w.ctx, quad.String(path), ourTerms+"path")
	if err != nil || len(nodes) == 0 {
		return "", err
	}
	id, _, _ := strings.Cut(nodes[0], "/")
	return id, nil
}

// leave takes one source away from a document.
func (w *Writer) leave(path, id string) error {
	c, err := w.revise(id)
	if err != nil {
		return err
	}
	w.at[path] = ""
	c.sources = slices.DeleteFunc(slices.Clone(c.sources), func(s source) bool { return s.Path == path })
	return nil
}

// Sources returns the sources that the graph would hold after a commit, sorted: those equal to prefix, or that begin
// with prefix and '#' or '!' (the records and members of a file) or a slash (what is in a folder). An empty prefix
// gives all.
func (w *Writer) Sources(prefix string) []string {
	var out []string
	take := func(path string) {
		rest, ok := strings.CutPrefix(path, prefix)
		if ok && (prefix == "" || rest == "" || strings.HasSuffix(prefix, "/") || strings.IndexByte("#!/", rest[0]) >= 0) {
			out = append(out, path)
		}
	}
	for path, err := range w.was.Strings(w.ctx, ourTerms+"path", prefix) {
		if err != nil {
			break // reading on will say so
		}
		if _, changed := w.at[path]; !changed {
			take(path)
		}
	}
	for path, id := range w.at {
		if id != "" {
			take(path)
		}
	}
	slices.Sort(out)
	return out
}

// Rollback gives the change up. After Commit it does nothing, so it can be deferred.
func (w *Writer) Rollback() {
	if w.done {
		return
	}
	w.done = true
	if w.tx != nil {
		w.tx.Rollback()
	}
	w.g.writing.Unlock()
}

// Commit makes the change: it joins what the documents tell of one study, writes the file and then shows the new state to
// readers. When it fails, the graph and its file are as they were. The writer is done after it in any case.
func (w *Writer) Commit(ctx context.Context) error {
	if w.done {
		return ErrClosed
	}
	defer w.Rollback()
	g := w.g
	if g.now.Load() == nil {
		return ErrClosed
	}
	if err := w.prepare(ctx); err != nil {
		return g.damage(err)
	}
	if w.tx.Empty() {
		return ctx.Err()
	}
	w.tx.SetMeta(metaDigest, w.sum[:])
	now, err := w.tx.Commit(ctx)
	if err != nil {
		return err
	}
	if shown := g.now.Load(); shown != nil { // unless it was closed meanwhile
		g.now.CompareAndSwap(shown, newView(now))
	}
	return nil
}

// metaDigest is the name under which the digest of the graph is kept.
const metaDigest = "digest"

// total returns the digest of the whole graph.
func (v *view) total() (d digest) {
	copy(d[:], v.Meta(metaDigest))
	return d
}

// prepare works out all that follows from the documents that were put and removed.
func (w *Writer) prepare(ctx context.Context) error {
	ids := slices.Sorted(maps.Keys(w.docs))
	for _, id := range ids {
		if err := w.settle(ctx, id); err != nil {
			return err
		}
	}
	if err := w.vocabulary(ctx); err != nil {
		return err
	}
	if err := w.join(ctx); err != nil {
		return err
	}
	if err := w.report(ctx); err != nil {
		return err
	}
	for _, id := range ids {
		c := w.docs[id]
		w.count(id, c.sumWas, c.there, c.sum, len(c.sources) > 0)
	}
	return ctx.Err()
}

// settle writes the sources of a document where they have changed since its quads were written, and takes a document out
// that has none left.
func (w *Writer) settle(ctx context.Context, id string) error {
	c := w.docs[id]
	if !c.put && len(c.sources) > 0 {
		maps.Copy(w.uses, c.uses)
	}
	if slices.Equal(c.sources, c.written) {
		return ctx.Err()
	}
	if len(c.sources) == 0 {
		before, err := w.told(id, c)
		if err != nil {
			return err
		}
		w.retell(before, told{})
		c.told, c.sum = told{}, digest{}
		return w.tx.Replace(quad.IRI(id), nil)
	}
	quads, err := w.tx.Quads(quad.IRI(id))
	if err != nil {
		return err
	}
	quads = slices.DeleteFunc(quads, func(q quad.Quad) bool {
		return text(q.Predicate) == expand("dcterms:source") && text(q.Subject) == id || strings.HasPrefix(text(q.Subject), id+"/source/")
	})
	e := &encoder{layout: theLayout(), label: quad.IRI(id), quads: quads}
	e.sources(id, c.sources)
	quads, c.sum = sortedSum(e.quads)
	c.written = c.sources
	return w.tx.Replace(quad.IRI(id), quads)
}

// replace makes the quads of a label these, and counts them.
func (w *Writer) replace(label string, quads []quad.Quad, sum digest) error {
	if err := w.tx.Replace(quad.IRI(label), quads); err != nil {
		return err
	}
	old, was, err := w.was.sum(w.ctx, label)
	if err == nil {
		w.count(label, old, was, sum, len(quads) > 0)
	}
	return err
}

// count brings the list of labels and the digest of the graph up to date: old is the digest that a label had, where it was there.
func (w *Writer) count(label string, old digest, was bool, sum digest, there bool) {
	if was == there && old == sum {
		return
	}
	if was {
		w.sum = w.sum.minus(old)
		w.tx.Delete(setDocuments, label+"\x00"+string(old[:]))
	}
	if there {
		w.sum = w.sum.plus(sum)
		w.tx.Put(setDocuments, label+"\x00"+string(sum[:]))
	}
}

// studiesOf returns the studies that a document tells of.
func studiesOf(id string, d *evidence.Document) []telling {
	var out []telling
	short := strings.TrimPrefix(id, documentIRI)
	for i := range d.Studies {
		t := link.Telling{Document: short, Report: &d.Report, Study: &d.Studies[i], Cites: d.Cites}
		node := fmt.Sprintf("%s/study/%d", id, i+1)
		alone := link.Studies([]link.Telling{t})[0]
		out = append(out, telling{node, link.Keys(t), joined{id: alone.ID, name: alone.Name, tellings: []string{node}}})
	}
	return out
}
