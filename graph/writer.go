package graph

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
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

	ledger                 // the documents that change
	uses   map[string]bool // concepts and measures that documents refer to as they are from now on
	used   map[string]bool // and that documents that change referred to before
	sum    digest          // of the graph from now on
	failed error           // why the change is half done and cannot be committed
	done   bool
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
	node string
	keys []string // see link.Keys
	alone
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
	w := &Writer{g: g, ctx: ctx, ledger: newLedger(g), uses: map[string]bool{}, used: map[string]bool{}}
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
	if err := w.follows(); err != nil {
		w.Rollback()
		return nil, err
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
	if w.failed != nil {
		return w.failed
	}
	if err := w.put(e); err != nil {
		w.failed = fmt.Errorf("storing %s: %w", e.doc.Source, w.g.damage(err))
	}
	return w.failed
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
	i, err := w.revise(e.id)
	if err != nil {
		return err
	}
	had, err := w.sourcesOf(i)
	if err != nil {
		return err
	}
	sources := []source{src}
	for _, s := range had {
		if s.Path != src.Path {
			sources = append(sources, s)
		}
	}
	slices.SortFunc(sources, func(a, b source) int { return cmp.Compare(a.Path, b.Path) })
	if sources[0].Path != src.Path { // what the record of the first source says stays: any order of loading gives the same
		w.revisions[i].sources, w.from[identify(src.Path)] = &sources, int32(i)
		return nil
	}
	if len(sources) > 1 {
		if e, err = e.at(sources, w.g.opt.Vocab); err != nil {
			return err
		}
	}
	if err := w.write(i, e, sources); err != nil {
		return err
	}
	w.from[identify(src.Path)] = int32(i)
	return nil
}

// write makes the quads of a document those of e.
func (w *Writer) write(i int, e *encoded, sources []source) error {
	c := &w.revisions[i]
	before, sum, err := w.told(i)
	if err != nil {
		return err
	}
	if err := w.tx.Replace(quad.IRI(e.id), e.quads); err != nil {
		return err
	}
	used(e.quads, w.uses)
	w.retell(before, e.told)
	w.count(e.id, sum, &e.sum)
	a := &account{ID: e.id, Sum: e.sum[:], Sources: sources, brief: e.brief}
	for _, t := range e.tells {
		a.Alone = append(a.Alone, t.alone)
	}
	if c.now, err = w.add(a); err != nil {
		return err
	}
	c.flags |= isPut
	c.sources = nil
	return w.tell(i, e.told)
}

// told returns what a document says as of now, and the digest of its quads, nil where it has none. Few are put twice.
func (w *Writer) told(i int) (told, *digest, error) {
	c := &w.revisions[i]
	if c.now < 0 {
		return told{}, nil, nil
	}
	a, err := w.read(c.now, nil)
	if err != nil {
		return told{}, nil, err
	}
	sum := digest(a.Sum)
	if c.flags&isPut == 0 {
		d, err := w.was.document(w.ctx, a.ID)
		if err != nil {
			return told{}, nil, err
		}
		return tell(a.ID, d.doc), &sum, nil
	}
	quads, err := w.tx.Quads(quad.IRI(a.ID))
	if err != nil {
		return told{}, nil, err
	}
	quads, _ = sortedSum(quads)
	d, err := decode(quads)
	if err != nil {
		return told{}, nil, err
	}
	return tell(a.ID, d.doc), &sum, nil
}

// revise returns the place of what happens to a document, beginning with what is there.
func (w *Writer) revise(id string) (int, error) {
	key := identify(id)
	if i, ok := w.at[key]; ok {
		return int(i), nil
	}
	c := revision{now: -1, was: -1}
	sum, there, err := w.was.sum(w.ctx, id)
	if err != nil {
		return 0, err
	}
	var d *stored
	if there {
		if d, err = w.was.document(w.ctx, id); err != nil {
			return 0, err
		}
		quads, err := w.was.under(w.ctx, id)
		if err != nil {
			return 0, err
		}
		used(quads, w.used)
		a := &account{ID: id, Sum: sum[:], Sources: d.sources}
		for _, t := range studiesOf(id, d.doc) {
			a.Alone = append(a.Alone, t.alone)
		}
		if a.brief, err = json.Marshal(link.Brief(d.doc)); err != nil {
			return 0, err
		}
		if c.was, err = w.add(a); err != nil {
			return 0, err
		}
		c.now = c.was
	}
	i := len(w.revisions)
	w.at[key] = int32(i)
	w.revisions = append(w.revisions, c)
	if there {
		return i, w.tellReport(i, slim(id, d.doc))
	}
	return i, nil
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
	if w.failed != nil {
		return false, w.failed
	}
	id, err := w.holder(path)
	if err != nil || id == "" {
		return false, w.g.damage(err)
	}
	w.failed = w.g.damage(w.leave(path, id))
	return true, w.failed
}

// holder returns the document that has a source, or "".
func (w *Writer) holder(path string) (string, error) {
	if i, ok := w.from[identify(path)]; ok {
		if i < 0 {
			return "", nil
		}
		a, err := w.read(w.revisions[i].now, nil)
		if err != nil {
			return "", err
		}
		return a.ID, nil
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
	i, err := w.revise(id)
	if err != nil {
		return err
	}
	sources, err := w.sourcesOf(i)
	if err != nil {
		return err
	}
	w.from[identify(path)] = -1
	sources = slices.DeleteFunc(slices.Clone(sources), func(s source) bool { return s.Path == path })
	w.revisions[i].sources = &sources
	return nil
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
	w.ledger.close()
	w.g.writing.Unlock()
}

// Commit makes the change: it joins what the documents tell of one study, writes the file and then shows the new state to
// readers. When it fails, the graph and its file are as they were. It does when a Put or a Remove
// broke off half-way. The writer is done after it in any case.
func (w *Writer) Commit(ctx context.Context) error {
	if w.done {
		return ErrClosed
	}
	defer w.Rollback()
	g := w.g
	if g.now.Load() == nil {
		return ErrClosed
	}
	if w.failed != nil {
		return w.failed
	}
	if err := w.prepare(ctx); err != nil {
		return g.damage(err)
	}
	if w.tx.Empty() {
		return ctx.Err()
	}
	w.ledger.close() // writing has need of the memory
	w.tx.SetMeta(metaDigest, w.sum[:])
	w.tx.SetMeta(metaRules, []byte(rules))
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
	for i := range w.revisions {
		if err := w.settle(ctx, i); err != nil {
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
	return ctx.Err()
}

// settle writes the sources of a document where they have changed since its quads were written, and takes a document out
// that has none left.
func (w *Writer) settle(ctx context.Context, i int) error {
	c := &w.revisions[i]
	if c.now < 0 || c.flags&isPut != 0 && c.sources == nil {
		return ctx.Err()
	}
	a, err := w.read(c.now, nil)
	if err != nil {
		return err
	}
	if c.there() && c.flags&isPut == 0 {
		d, err := w.was.document(ctx, a.ID)
		if err == nil {
			err = w.ledger.tell(i, tell(a.ID, d.doc))
		}
		if err != nil {
			return err
		}
	}
	sources, err := w.sourcesOf(i)
	if err != nil {
		return err
	}
	if len(sources) == 0 {
		before, sum, err := w.told(i)
		if err != nil {
			return err
		}
		w.retell(before, told{})
		w.count(a.ID, sum, nil)
		return w.tx.Replace(quad.IRI(a.ID), nil)
	}
	quads, err := w.tx.Quads(quad.IRI(a.ID))
	if err != nil {
		return err
	}
	used(quads, w.uses)
	if slices.Equal(sources, a.Sources) {
		return nil
	}
	quads = slices.DeleteFunc(quads, func(q quad.Quad) bool {
		return text(q.Predicate) == expand("dcterms:source") && text(q.Subject) == a.ID || strings.HasPrefix(text(q.Subject), a.ID+"/source/")
	})
	e := &encoder{layout: theLayout(), label: quad.IRI(a.ID), quads: quads}
	e.sources(a.ID, sources)
	quads, sum := sortedSum(e.quads)
	before := digest(a.Sum)
	w.count(a.ID, &before, &sum)
	return w.tx.Replace(quad.IRI(a.ID), quads)
}

// replace makes the quads of a label these, and counts them.
func (w *Writer) replace(label string, quads []quad.Quad, sum digest) error {
	if err := w.tx.Replace(quad.IRI(label), quads); err != nil {
		return err
	}
	old, there, err := w.was.sum(w.ctx, label)
	if err != nil {
		return err
	}
	var before, after *digest
	if there {
		before = &old
	}
	if len(quads) > 0 {
		after = &sum
	}
	w.count(label, before, after)
	return nil
}

// count brings the list of labels and the digest of the graph up to date: the digests of the quads that a label had and has, nil where
// there are none.
func (w *Writer) count(label string, before, after *digest) {
	if before == after || before != nil && after != nil && *before == *after {
		return
	}
	if before != nil {
		w.sum = w.sum.minus(*before)
		w.tx.Delete(setDocuments, label+"\x00"+string(before[:]))
	}
	if after != nil {
		w.sum = w.sum.plus(*after)
		w.tx.Put(setDocuments, label+"\x00"+string(after[:]))
	}
}

// studiesOf returns the studies that a document tells of.
func studiesOf(id string, d *evidence.Document) []telling {
	var out []telling
	short := strings.TrimPrefix(id, documentIRI)
	for i := range d.Studies {
		t := link.Telling{Document: short, Report: &d.Report, Study: &d.Studies[i], Cites: d.Cites}
		node := fmt.Sprintf("%s/study/%d", id, i+1)
		by := link.Studies([]link.Telling{t})[0]
		out = append(out, telling{node, link.Keys(t), alone{by.ID, by.Name}})
	}
	return out
}
