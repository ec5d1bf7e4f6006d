package graph

import (
	"cmp"
	"context"
	"encoding/binary"
	"maps"
	"slices"
	"strings"

	"github.com/cayleygraph/quad"

	"github.com/picograph/picograph/graph/evidence"
	"github.com/picograph/picograph/graph/link"
)

// reportQuads returns the quads of the reports that come in several documents, refer to others that are loaded, or were
// retracted, by subject. Of all others the document's own node tells everything. ids are the documents.
func reportQuads(reports []link.Report, ids []string) map[string][]quad.Quad {
	e := &encoder{layout: theLayout(), label: quad.IRI(joinsIn)}
	linked := map[string]bool{}
	for _, r := range reports {
		for _, l := range r.Links {
			linked[l.To] = true
		}
	}
	for _, r := range reports {
		if len(r.Members) == 1 && len(r.Links) == 0 && r.Retracted == "" && !linked[r.ID] {
			continue
		}
		iri := reportIRI + escapeIRI(r.ID)
		e.add(iri, rdfType, quad.IRI(e.layout.named["Publication"].iri))
		e.add(iri, expand("dcterms:identifier"), quad.String(r.ID))
		for _, m := range r.Members {
			e.add(iri, ourTerms+"record", quad.IRI(ids[m]+"/report"))
		}
		if r.Retracted != "" {
			e.add(iri, ourTerms+"retracted", quad.String(r.Retracted))
		}
		for _, l := range r.Links {
			e.link(iri, l.Relation, reportIRI+escapeIRI(l.To))
		}
	}
	out := map[string][]quad.Quad{}
	for _, q := range e.quads {
		out[text(q.Subject)] = append(out[text(q.Subject)], q)
	}
	return out
}

// relations are the edges between reports by the relation of a citation. Those told from the other side are turned round.
var relations = map[string]struct {
	edge   string
	turned bool
}{
	"corrects": {"cito:corrects", false}, "corrected by": {"cito:corrects", true},
	"retracts": {"cito:retracts", false}, "retracted by": {"cito:retracts", true},
	"retracts in part": {"cito:corrects", false}, "retracted in part by": {"cito:corrects", true},
	"updates": {"cito:updates", false}, "updated by": {"cito:updates", true},
	"comments on": {"cito:discusses", false}, "commented on in": {"cito:discusses", true},
	"expresses concern about": {"cito:disputes", false}, "concern expressed in": {"cito:disputes", true},
	"reviews": {"cito:reviews", false}, "has data in": {"cito:citesAsDataSource", false},
}

// link writes that a report stands to another one in a relation.
func (e *encoder) link(from, relation, to string) {
	r, ok := relations[relation]
	if !ok {
		r.edge = "cito:cites"
	}
	if r.turned {
		from, to = to, from
	}
	e.add(from, expand(r.edge), quad.IRI(to))
}

// publication is a report as the joins tell of it: its node, where it has one, its identifier, the documents that are records
// of it, and why it counts as retracted.
type publication struct {
	node, id  string
	documents []string // sorted
	retracted string
}

// reportOf returns the report that a document is a record of.
func (v *view) reportOf(ctx context.Context, document string) (publication, error) {
	if p, ok := v.cache.get("r" + document).(publication); ok {
		return p, ctx.Err()
	}
	all, err := v.aheadReports(ctx, []quad.Value{quad.IRI(document + "/report")})
	if err != nil {
		return publication{}, err
	}
	return all[0], nil
}

// unrecorded is the report of a document of which the joins tell none.
func unrecorded(document string) publication {
	return publication{id: strings.TrimPrefix(document, documentIRI), documents: []string{document}}
}

// readPublication reads a report from the quads of its node.
func readPublication(node string, quads []quad.Quad) publication {
	p := publication{node: node}
	for _, q := range quads {
		switch text(q.Predicate) {
		case expand("dcterms:identifier"):
			p.id = text(q.Object)
		case ourTerms + "retracted":
			p.retracted = text(q.Object)
		case ourTerms + "record":
			p.documents = append(p.documents, strings.TrimSuffix(text(q.Object), "/report"))
		}
	}
	slices.Sort(p.documents)
	return p
}

// publications returns the nodes of the reports that the joins tell of, sorted.
func (v *view) publications(ctx context.Context) ([]string, error) {
	records, err := v.Subjects(ctx, ourTerms+"record", 1)
	return slices.Sorted(maps.Keys(records)), err
}

// Reports returns the reports that are told of by the documents, sorted by identifier: publications and registry records,
// each once, however many documents bring it.
func (g *Graph) Reports(ctx context.Context) (out []Report, err error) {
	err = g.look(ctx, func(v *view) error {
		nodes, err := v.publications(ctx)
		if err != nil {
			return err
		}
		recorded := map[string]bool{}
		quads, err := v.From(ctx, iris(nodes)...)
		if err != nil {
			return err
		}
		of := bySubject(quads)
		for _, n := range nodes {
			p := readPublication(n, of[n])
			for _, d := range p.documents {
				recorded[d] = true
			}
			out = append(out, Report{ID: p.id, Documents: p.documents, Retracted: p.retracted})
		}
		ids, err := v.labels(ctx, documentIRI)
		for _, id := range ids {
			if !recorded[id] {
				out = append(out, Report{ID: strings.TrimPrefix(id, documentIRI), Documents: []string{id}})
			}
		}
		return err
	})
	slices.SortFunc(out, func(a, b Report) int { return cmp.Compare(a.ID, b.ID) })
	return out, err
}

// slim returns what of a document counts for which report it is a record of.
func slim(id string, d *evidence.Document) link.Publication {
	r := d.Report
	p := link.Publication{
		Document: strings.TrimPrefix(id, documentIRI),
		Report:   &evidence.Report{Title: r.Title, Year: r.Year, DOI: r.DOI, PMID: r.PMID, PMCID: r.PMCID, Status: r.Status, Authors: r.Authors[:min(len(r.Authors), 1)]},
	}
	for _, c := range d.Cites {
		if c.Report.DOI+c.Report.PMID+c.Report.PMCID != "" {
			p.Cites = append(p.Cites, evidence.Citation{Relation: c.Relation, Report: evidence.Report{DOI: c.Report.DOI, PMID: c.Report.PMID, PMCID: c.Report.PMCID}})
		}
	}
	return p
}

// reportEntries returns the entries of the index of reports, sorted: which documents have a key, and which refer to one.
func reportEntries(id string, p link.Publication) []string {
	var out []string
	for _, k := range link.ReportKeys(p) {
		out = append(out, "k"+k+"\x00"+id)
	}
	for _, k := range link.CitedKeys(p) {
		out = append(out, "c"+k+"\x00"+id)
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// reporting finds which reports a change concerns. Most documents that come have nothing to do with any other, and their own node
// tells everything: memory holds only those that share a key with others, cite them or are cited by them, now or before, and those that were
// retracted.
type reporting struct {
	w       *Writer
	ctx     context.Context
	places  map[string]int      // of the documents that change, as far as they are looked at: where their revisions are
	keys    map[string][]string // of these: who has a key, and who refers to one
	cited   map[string][]string
	known   map[string]link.Publication
	entries map[string][]string // of the index before the change, as far as it was read
	members map[string]bool     // documents whose reports are worked out anew
}

// report brings the reports up to date: those of the documents that change, of what these refer to and are referred to
// from, and of all records of these reports, now and before. To know what they are linked to, all that they refer to
// and are referred to from is read too.
func (w *Writer) report(ctx context.Context) error {
	r := &reporting{w: w, ctx: ctx, places: map[string]int{}, keys: map[string][]string{}, cited: map[string][]string{}, known: map[string]link.Publication{}, entries: map[string][]string{}, members: map[string]bool{}}
	if err := r.begin(); err != nil {
		return err
	}
	ids := slices.Sorted(maps.Keys(r.places))
	for _, id := range ids {
		if !w.revisions[r.places[id]].there() {
			continue
		}
		p, err := r.publication(id)
		if err != nil {
			return err
		}
		for _, k := range link.ReportKeys(p) {
			r.keys[k] = append(r.keys[k], id)
		}
		for _, k := range link.CitedKeys(p) {
			r.cited[k] = append(r.cited[k], id)
		}
		r.members[id] = true
	}
	around := maps.Clone(r.members)
	if w.was.Len() > 0 {
		if err := r.ahead(ids); err != nil {
			return err
		}
		if err := r.widen(ids); err != nil {
			return err
		}
		around = maps.Clone(r.members)
		if err := r.neighbours(slices.Sorted(maps.Keys(r.members)), around); err != nil {
			return err
		}
		if err := r.rivals(slices.Sorted(maps.Keys(around)), around); err != nil {
			return err
		}
	}
	old, err := r.before(ids)
	if err != nil {
		return err
	}
	return r.settle(around, old)
}

// begin finds the documents of the change that have to do with others.
func (r *reporting) begin() error {
	look := make([]bool, len(r.w.revisions))
	for i := range r.w.revisions {
		look[i] = r.w.revisions[i].flags&isRetracted != 0
	}
	var some []sharedKey
	err := r.w.ledger.reports.Each(func(key string, body []byte) error {
		if n := len(some); n == 0 || some[n-1].key != key {
			if n == atOnce {
				if err := r.mark(some, look); err != nil {
					return err
				}
				some = some[:0]
			}
			some = append(some, sharedKey{key: key})
		}
		k, place := &some[len(some)-1], int(binary.BigEndian.Uint32(body[1:]))
		if body[0] == 'k' {
			k.has = append(k.has, place)
		} else {
			k.cites = append(k.cites, place)
		}
		return nil
	})
	if err == nil {
		err = r.mark(some, look)
	}
	for i := range look {
		if err != nil {
			return err
		}
		if c := &r.w.revisions[i]; look[i] && max(c.now, c.was) >= 0 {
			var a *account
			if a, err = r.w.read(max(c.now, c.was), nil); err == nil {
				r.places[a.ID] = i
			}
		}
	}
	return err
}

// sharedKey is a key of reports with the documents of the change that have it and that refer to it.
type sharedKey struct {
	key        string
	has, cites []int
}

// mark notes which documents share keys with others, in the change or in the graph.
func (r *reporting) mark(some []sharedKey, look []bool) error {
	in := map[string]bool{} // keys, behind "k" or "c", that documents of the graph have or cite
	var prefixes []string
	for _, k := range some {
		if prefixes = append(prefixes, "k"+k.key+"\x00"); len(k.has) > 0 {
			prefixes = append(prefixes, "c"+k.key+"\x00")
		}
	}
	if r.w.was.Len() > 0 {
		for e, err := range r.w.was.Entries(r.ctx, setReports, prefixes...) {
			if err != nil {
				return err
			}
			end := strings.LastIndexByte(e, 0)
			if !r.w.changes(e[end+1:]) {
				in[e[:end]] = true
			}
		}
	}
	for _, k := range some {
		all := slices.Concat(k.has, k.cites)
		alone := !slices.ContainsFunc(all, func(i int) bool { return i != all[0] })
		if !alone && len(k.has) > 0 || in["k"+k.key] || in["c"+k.key] {
			for _, i := range all {
				look[i] = true
			}
		}
	}
	return nil
}

// having returns the documents that have a key, or refer to one.
func (r *reporting) having(kind, key string) ([]string, error) {
	out := r.keys[key]
	if kind == "c" {
		out = r.cited[key]
	}
	out = slices.Clone(out)
	if _, read := r.entries[kind+key]; !read {
		if err := r.read([]string{kind + key}); err != nil {
			return nil, err
		}
	}
	for _, id := range r.entries[kind+key] {
		if !r.w.changes(id) {
			out = append(out, id)
		}
	}
	return out, nil
}

// ahead reads what the documents that change ask of the index, at once.
func (r *reporting) ahead(ids []string) error {
	ask := map[string]bool{}
	for _, id := range ids {
		both, err := r.nowAndBefore(id)
		if err != nil {
			return err
		}
		for _, p := range both {
			for _, k := range link.ReportKeys(p) {
				ask["k"+k], ask["c"+k] = true, true
			}
			for _, k := range link.CitedKeys(p) {
				ask["k"+k] = true
			}
		}
	}
	return r.read(slices.Sorted(maps.Keys(ask)))
}

// read reads which documents have keys, or refer to them.
func (r *reporting) read(kinds []string) error {
	prefixes := make([]string, len(kinds))
	for i, k := range kinds {
		prefixes[i] = k + "\x00"
		r.entries[k] = nil
	}
	for e, err := range r.w.was.Entries(r.ctx, setReports, prefixes...) {
		if err != nil {
			return err
		}
		end := strings.LastIndexByte(e, 0)
		r.entries[e[:end]] = append(r.entries[e[:end]], e[end+1:])
	}
	return nil
}

// publication returns what counts of a document as it is from now on.
func (r *reporting) publication(id string) (link.Publication, error) {
	p, ok := r.known[id]
	if i, changes := r.places[id]; changes && !ok {
		if c := &r.w.revisions[i]; c.there() {
			return r.remember(id, c.now)
		}
		return link.Publication{Report: &evidence.Report{}}, nil
	}
	if !ok {
		d, err := r.w.was.document(r.ctx, id)
		if err != nil {
			return p, err
		}
		p = slim(id, d.doc)
		r.known[id] = p
	}
	return p, nil
}

// remember reads what counts of a document from an account, and keeps it.
func (r *reporting) remember(id string, at int64) (link.Publication, error) {
	p, err := r.accounted(id, at)
	if err == nil {
		r.known[id] = p
	}
	return p, err
}

func (r *reporting) accounted(id string, at int64) (link.Publication, error) {
	var doc evidence.Document
	_, err := r.w.read(at, &doc)
	return slim(id, &doc), err
}

// nowAndBefore returns what counts of a document of the change as it is from now on, and as it was, where it was.
func (r *reporting) nowAndBefore(id string) ([]link.Publication, error) {
	p, err := r.publication(id)
	both := []link.Publication{p}
	if at := r.w.revisions[r.places[id]].was; err == nil && at >= 0 {
		p, err = r.accounted(id, at)
		both = append(both, p)
	}
	return both, err
}

// group adds documents to a set, with all records of their reports.
func (r *reporting) group(ids []string, set map[string]bool) error {
	for len(ids) > 0 {
		id := ids[len(ids)-1]
		ids = ids[:len(ids)-1]
		if set[id] {
			continue
		}
		set[id] = true
		p, err := r.publication(id)
		if err != nil {
			return err
		}
		for _, k := range link.ReportKeys(p) {
			more, err := r.having("k", k)
			if err != nil {
				return err
			}
			ids = append(ids, more...)
		}
	}
	return nil
}

// neighbours adds to a set what some documents refer to and are referred to from.
func (r *reporting) neighbours(ids []string, set map[string]bool) error {
	for _, id := range ids {
		p, err := r.publication(id)
		if err == nil {
			err = r.beside(p, set)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

func (r *reporting) beside(p link.Publication, set map[string]bool) error {
	for kind, keys := range map[string][]string{"c": link.ReportKeys(p), "k": link.CitedKeys(p)} {
		for _, k := range keys {
			ids, err := r.having(kind, k)
			if err == nil {
				err = r.group(ids, set)
			}
			if err != nil {
				return err
			}
		}
	}
	return nil
}

// rivals adds to a set the documents that have an identifier by which another one is cited too: a citation with a DOI and a
// number of PubMed leads to the report of the DOI, if that is there.
func (r *reporting) rivals(ids []string, set map[string]bool) error {
	for _, id := range ids {
		p, err := r.publication(id)
		if err != nil {
			return err
		}
		for i := range p.Cites {
			keys := link.CitedKeys(link.Publication{Cites: p.Cites[i : i+1]})
			if len(keys) < 2 {
				continue
			}
			for _, k := range keys {
				others, err := r.having("k", k)
				if err == nil {
					err = r.group(others, set)
				}
				if err != nil {
					return err
				}
			}
		}
	}
	return nil
}

// widen adds to the members the records of the same reports, now and before, and what refers to them and they refer to.
func (r *reporting) widen(ids []string) error {
	same, near := map[string]bool{}, map[string]bool{}
	for _, id := range ids {
		both, err := r.nowAndBefore(id)
		if err != nil {
			return err
		}
		for _, p := range both {
			for _, k := range link.ReportKeys(p) {
				ids, err := r.having("k", k)
				if err == nil {
					err = r.group(ids, same)
				}
				if err != nil {
					return err
				}
			}
			if err := r.beside(p, near); err != nil {
				return err
			}
		}
	}
	if err := r.neighbours(slices.Sorted(maps.Keys(same)), near); err != nil {
		return err
	}
	maps.Copy(r.members, same)
	maps.Copy(r.members, near)
	return nil
}

// before returns the reports of the members as they were, by node.
func (r *reporting) before(changed []string) (map[string][]quad.Quad, error) {
	old := map[string][]quad.Quad{}
	if r.w.was.Len() == 0 {
		return old, nil
	}
	var records []quad.Value
	for _, id := range slices.Concat(changed, slices.Sorted(maps.Keys(r.members))) {
		records = append(records, quad.IRI(id+"/report"))
	}
	up, err := r.w.was.To(r.ctx, ourTerms+"record", records...)
	if err != nil {
		return nil, err
	}
	nodes := slices.Concat(up...)
	slices.Sort(nodes)
	quads, err := r.w.was.From(r.ctx, iris(slices.Compact(nodes))...)
	return bySubject(quads), err
}

// settle works the reports out and writes what differs from before.
func (r *reporting) settle(around map[string]bool, old map[string][]quad.Quad) error {
	ids := slices.Sorted(maps.Keys(around))
	pubs := make([]link.Publication, len(ids))
	for i, id := range ids {
		var err error
		if pubs[i], err = r.publication(id); err != nil {
			return err
		}
	}
	reports := link.Reports(pubs)
	quads := reportQuads(reports, ids)
	for _, p := range reports {
		node := reportIRI + escapeIRI(p.ID)
		if !slices.ContainsFunc(p.Members, func(m int) bool { return r.members[ids[m]] }) || quads[node] == nil {
			continue
		}
		if err := r.w.unit(old[node], quads[node]); err != nil {
			return err
		}
		delete(old, node)
	}
	for _, node := range slices.Sorted(maps.Keys(old)) {
		if err := r.w.unit(old[node], nil); err != nil {
			return err
		}
	}
	return r.ctx.Err()
}
