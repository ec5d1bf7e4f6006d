package graph

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/cayleygraph/quad"

	"github.com/picograph/picograph/graph/evidence"
	"github.com/picograph/picograph/graph/link"
	"github.com/picograph/picograph/graph/quantity"
	"github.com/picograph/picograph/graph/vocab"
)

// documentID returns the identifier of a document, which depends on its content alone: on its text, and where that was read
// out of a container on what the container labels beside it, since two exports of one article may label more or less of it;
// on the file and the record where there is no text. 32 hexadecimal digits of the SHA-256 are kept.
func documentID(d *evidence.Document) string {
	content := d.Text
	if content == "" {
		_, record, _ := strings.Cut(d.Source, "#")
		content = "\x00" + d.SHA256 + "#" + record
		if d.SHA256 == "" {
			content = "\x00" + d.Source
		}
	} else if d.Origin != nil && !(reflect.ValueOf(d.Report).IsZero() && d.Keywords == nil && d.Cites == nil) {
		labels, err := json.Marshal([]any{d.Report, d.Keywords, d.Cites})
		if err == nil { // they are plain values
			content += "\x00" + string(labels)
		}
	}
	sum := sha256.Sum256([]byte(content))
	return documentIRI + hex.EncodeToString(sum[:16])
}

// encoded is a document as a graph keeps it, ready to be put there.
type encoded struct {
	id     string
	doc    *evidence.Document
	source source
	quads  []quad.Quad
	sum    digest
	brief  []byte // see link.Brief, as JSON
	told
}

// encode works out how the graph keeps a document, which is half of the work of storing it. It changes nothing, and can be called from
// several goroutines, also while the graph is written; the document must not change from then on. The error tells what
// in the document points nowhere.
func (g *Graph) encode(doc *evidence.Document) (*encoded, error) {
	e := &encoded{
		id: documentID(doc), doc: doc,
		source: source{Path: doc.Source, SHA256: doc.SHA256, Format: doc.Format, Origin: doc.Origin.String()},
	}
	e.told = tell(e.id, doc)
	brief, err := json.Marshal(link.Brief(doc))
	if err == nil {
		e.brief = brief
		e, err = e.at([]source{e.source}, g.opt.Vocab)
	}
	if err != nil {
		return nil, fmt.Errorf("storing %s: %w", doc.Source, err)
	}
	return e, nil
}

// at returns the same document where it has these sources.
func (e *encoded) at(sources []source, v *vocab.Vocabulary) (*encoded, error) {
	out := *e
	var err error
	out.quads, out.sum, err = encode(e.id, e.doc, sources, v)
	return &out, err
}

// encode turns a document into quads, sorted, all under the document's label, which is id, with their digest. The sources are all places
// of this content. encode is pure.
func encode(id string, d *evidence.Document, sources []source, v *vocab.Vocabulary) ([]quad.Quad, digest, error) {
	e := &encoder{
		layout: theLayout(), vocab: v, label: quad.IRI(id),
		refs: map[string]map[string]quad.IRI{}, passages: map[[2]int][]evidence.Passage{},
	}
	doc := string(e.label)
	e.name(d)
	e.node(doc, reflect.ValueOf(*d))
	e.sources(doc, sources)
	if err := e.text(doc, d.Text); err != nil {
		return nil, digest{}, err
	}
	for i := range d.Studies {
		e.walks(&d.Studies[i], fmt.Sprintf("%s/study/%d", doc, i+1))
		e.elsewhere(fmt.Sprintf("%s/study/%d", doc, i+1), registries(d.Studies[i].Registrations))
	}
	e.elsewhere(doc+"/report", publications(d.Report))
	for i, c := range d.Cites {
		e.elsewhere(fmt.Sprintf("%s/citation/%d", doc, i+1), publications(c.Report))
	}
	if e.err != nil {
		return nil, digest{}, e.err
	}
	quads, sum := sortedSum(e.quads)
	return quads, sum, nil
}

// encoder collects the quads of one document.
type encoder struct {
	layout   *layout
	vocab    *vocab.Vocabulary
	label    quad.IRI
	graph    quad.Value // the label, as a value of the quads
	quads    []quad.Quad
	refs     map[string]map[string]quad.IRI // class and scope -> name -> node
	passages map[[2]int][]evidence.Passage  // those that are written, by place
	findings map[*evidence.Finding]quad.IRI
	scope    string // the study that names are looked up in
	err      error
}

func (e *encoder) fail(format string, args ...any) {
	if e.err == nil {
		e.err = fmt.Errorf(format, args...)
	}
}

func (e *encoder) add(subject, predicate string, object quad.Value) {
	if !validTerm(object) {
		e.fail("%s of %s is not valid UTF-8", predicate, subject)
	}
	if e.graph == nil {
		e.graph = e.label
	}
	q := quad.Quad{Predicate: e.layout.term(predicate), Object: object, Label: e.graph}
	if n := len(e.quads); n > 0 && text(e.quads[n-1].Subject) == subject {
		q.Subject = e.quads[n-1].Subject // one value in memory for all edges of a node
	} else {
		q.Subject = quad.IRI(subject)
	}
	e.quads = append(e.quads, q)
}

// validTerm reports whether a term's text is valid UTF-8.
func validTerm(v quad.Value) bool {
	return utf8.ValidString(text(v))
}

// name gives every node that others refer to by name its identifier, before anything is written.
func (e *encoder) name(d *evidence.Document) {
	doc := string(e.label)
	e.findings = map[*evidence.Finding]quad.IRI{}
	used := map[string]int{}
	for i, c := range d.Cites {
		e.define("Citation", "", c.ID, fmt.Sprintf("%s/citation/%d", doc, i+1))
	}
	for i := range d.Studies {
		s := &d.Studies[i]
		at := fmt.Sprintf("%s/study/%d", doc, i+1)
		for j := range s.Arms {
			e.define("Arm", at, s.Arms[j].Label, fmt.Sprintf("%s/arm/%d", at, j+1))
		}
		for j := range s.Populations {
			e.define("Population", at, s.Populations[j].ID, fmt.Sprintf("%s/population/%d", at, j+1))
		}
		for j := range s.Findings {
			f := &s.Findings[j]
			iri := doc + "/finding/" + escapeIRI(f.ID)
			if used[iri]++; used[iri] > 1 || f.ID == "" {
				iri = fmt.Sprintf("%s/finding/%s~%d.%d", doc, escapeIRI(f.ID), i+1, j+1)
			}
			e.findings[f] = quad.IRI(iri)
			e.define("Finding", at, f.ID, iri)
		}
	}
}

// define makes a name stand for a node; the first node of a name has it.
func (e *encoder) define(class, scope, name, iri string) {
	key := class + " " + scope
	if e.refs[key] == nil {
		e.refs[key] = map[string]quad.IRI{}
	}
	if _, taken := e.refs[key][name]; !taken && name != "" {
		e.refs[key][name] = quad.IRI(iri)
	}
}

// node writes a struct of one of the schema's classes.
func (e *encoder) node(iri string, v reflect.Value) {
	c := e.layout.classes[v.Type()]
	if c == nil {
		e.fail("the schema has no class for %v", v.Type())
		return
	}
	e.add(iri, rdfType, quad.IRI(c.iri))
	for _, g := range c.groups {
		if p, ok := reach(v, g.index); ok && !p.IsNil() && p.Elem().IsZero() {
			e.add(iri, ourTerms+"given", quad.String(g.path))
		}
	}
	outer := e.scope
	if c.Name == "Study" {
		e.scope = iri
	}
	for _, f := range c.fields {
		fv, ok := reach(v, f.index)
		if !ok {
			continue
		}
		e.field(iri, c, f, fv)
	}
	e.scope = outer
}

// reach walks index from v; ok is false when a pointer on the way is nil.
func reach(v reflect.Value, index []int) (reflect.Value, bool) {
	for _, i := range index {
		if v.Kind() == reflect.Pointer {
			if v.IsNil() {
				return v, false
			}
			v = v.Elem()
		}
		v = v.Field(i)
	}
	return v, true
}

// field writes one field of a node.
func (e *encoder) field(iri string, c *class, f *field, v reflect.Value) {
	switch {
	case v.Kind() == reflect.Slice:
		items := make([]quad.Value, 0, v.Len())
		for i := range v.Len() {
			items = append(items, e.item(iri, f, v.Index(i), i))
		}
		e.list(iri, f, items)
	case v.Kind() == reflect.Struct:
		if !v.IsZero() {
			child := iri + "/" + lowerFirst(e.layout.classes[v.Type()].Name)
			e.add(iri, f.iri, quad.IRI(child))
			e.node(child, v)
		}
	case v.Kind() == reflect.Pointer:
		if !v.IsNil() {
			e.add(iri, f.iri, e.term(f, v.Elem()))
		}
	case f.always && v.Kind() != reflect.String || !v.IsZero():
		e.add(iri, f.iri, e.term(f, v))
	}
}

// item returns the term of one item of a list, and writes the node it stands for.
func (e *encoder) item(iri string, f *field, v reflect.Value, i int) quad.Value {
	if v.Kind() != reflect.Struct {
		return e.term(f, v)
	}
	switch x := v.Addr().Interface().(type) {
	case *evidence.Passage:
		return e.passage(*x)
	case *evidence.Finding:
		child := e.findings[x]
		e.node(string(child), v)
		return child
	}
	c := e.layout.classes[v.Type()]
	if c == nil {
		e.fail("the schema has no class for %v", v.Type())
		return quad.String("")
	}
	word, _, _ := strings.Cut(c.Path[strings.Index(c.Path, "/")+1:], "/")
	child := fmt.Sprintf("%s/%s/%d", iri, word, i+1)
	e.node(child, v)
	return quad.IRI(child)
}

// passage returns the node of a passage; equal passages of a document are one node.
func (e *encoder) passage(p evidence.Passage) quad.Value {
	place := [2]int{p.Start, p.End}
	iri := fmt.Sprintf("%s/passage/%d-%d", string(e.label), p.Start, p.End)
	known := e.passages[place]
	i := slices.Index(known, p)
	if i < 0 {
		i = len(known)
		e.passages[place] = append(known, p)
	}
	if i > 0 {
		iri += "~" + strconv.Itoa(i+1)
	}
	if len(known) == i {
		e.node(iri, reflect.ValueOf(p))
	}
	return quad.IRI(iri)
}

// list writes the items of a list: one edge for each, and the order where it is not the standing one.
func (e *encoder) list(iri string, f *field, items []quad.Value) {
	standing := slices.Clone(items)
	slices.SortFunc(standing, compareTerms)
	standing = slices.CompactFunc(standing, func(a, b quad.Value) bool { return compareTerms(a, b) == 0 })
	for _, it := range standing {
		e.add(iri, f.iri, it)
	}
	same := len(items) == len(standing)
	order := []string{f.path}
	for i, it := range items {
		n, _ := slices.BinarySearchFunc(standing, it, compareTerms)
		same = same && n == i
		order = append(order, strconv.Itoa(n+1))
	}
	if !same {
		e.add(iri, ourTerms+"order", quad.String(strings.Join(order, " ")))
	}
}

// compareTerms is the standing order of the items of a list: the shorter first, then by code point. It puts numbered
// nodes in the order of their numbers.
func compareTerms(a, b quad.Value) int {
	x, y := quad.StringOf(a), quad.StringOf(b)
	if c := cmp.Compare(len(x), len(y)); c != 0 {
		return c
	}
	return strings.Compare(x, y)
}

// term returns the term for a value that is not a struct.
func (e *encoder) term(f *field, v reflect.Value) quad.Value {
	switch v.Kind() {
	case reflect.Bool:
		return typed(strconv.FormatBool(v.Bool()), "boolean")
	case reflect.Int:
		return typed(strconv.FormatInt(v.Int(), 10), "integer")
	case reflect.String:
	default:
		e.fail("the schema cannot store %v in %s", v.Type(), f.path)
		return quad.String("")
	}
	s := v.String()
	switch f.rng {
	case Number:
		return number(s)
	case Base64:
		return typed(s, "base64Binary")
	case ConceptRef:
		return conceptNode(s)
	case MeasureRef:
		return quad.IRI(measureIRI + escapeIRI(s))
	case Term:
		return e.concept(s)
	case Value:
		if n := number(s); n != quad.Value(quad.String(s)) {
			return n
		}
		return e.concept(s)
	case "Arm", "Population", "Finding", "Citation":
		scope := e.scope
		if f.rng == "Citation" {
			scope = ""
		}
		if to, ok := e.refs[f.rng+" "+scope][s]; ok {
			return to
		}
	}
	return quad.String(s)
}

// concept returns the node of a concept of the vocabulary, or a literal for any other text.
func (e *encoder) concept(s string) quad.Value {
	if e.vocab != nil {
		if _, ok := e.vocab.Concept(s); ok {
			return conceptNode(s)
		}
	}
	return quad.String(s)
}

func conceptNode(id string) quad.IRI { return quad.IRI(conceptIRI + escapeIRI(id)) }

func typed(s, name string) quad.Value {
	return quad.TypedString{Value: quad.String(s), Type: quad.IRI(xsdSpace + name)}
}

// number returns a decimal with its digits as printed, or a plain literal when s is none.
func number(s string) quad.Value {
	if d, err := quantity.ParseDecimal(s); err == nil && string(d) == s {
		return typed(s, "decimal")
	}
	return quad.String(s)
}

// walks writes the edges that lead from a finding to what questions start from.
func (e *encoder) walks(s *evidence.Study, at string) {
	arms := map[string]*evidence.Arm{}
	for i := range s.Arms {
		if _, taken := arms[s.Arms[i].Label]; !taken {
			arms[s.Arms[i].Label] = &s.Arms[i]
		}
	}
	populations := map[string]*evidence.Population{}
	var main *evidence.Population
	for i := range s.Populations {
		p := &s.Populations[i]
		if _, taken := populations[p.ID]; !taken {
			populations[p.ID] = p
		}
		if main == nil && p.Parent == "" {
			main = p
		}
	}
	for i := range s.Findings {
		f := &s.Findings[i]
		iri := string(e.findings[f])
		e.given(iri, "intervention", f.Arm, arms)
		e.given(iri, "comparator", f.Comparator, arms)
		e.conditions(iri, main)
		seen := map[string]bool{}
		for id := f.Population.ID; id != "" && !seen[id]; {
			seen[id] = true
			p := populations[id]
			if p == nil {
				break
			}
			e.conditions(iri, p)
			id = p.Parent
		}
	}
}

// given writes what was done in the arms of the labels.
func (e *encoder) given(iri, edge string, labels []string, arms map[string]*evidence.Arm) {
	for _, label := range labels {
		a := arms[label]
		if a == nil {
			continue
		}
		for _, s := range append(slices.Clone(a.Interventions), a.Components...) {
			e.add(iri, ourTerms+edge, e.concept(s))
		}
	}
}

func (e *encoder) conditions(iri string, p *evidence.Population) {
	if p == nil {
		return
	}
	for _, c := range p.Conditions {
		e.add(iri, ourTerms+"condition", e.concept(c))
	}
}

// elsewhere writes the web addresses under which others know a node.
func (e *encoder) elsewhere(iri string, addresses []string) {
	for _, a := range addresses {
		e.add(iri, expand("schema:sameAs"), quad.IRI(a))
	}
}

// publications returns the web addresses of a report's identifiers.
func publications(r evidence.Report) []string {
	var all []string
	if r.DOI != "" {
		all = append(all, "https://doi.org/"+strings.ReplaceAll(escapeIRI(r.DOI), "%2F", "/"))
	}
	if r.PMID != "" {
		all = append(all, "https://pubmed.ncbi.nlm.nih.gov/"+escapeIRI(r.PMID))
	}
	return all
}

// registries returns the web addresses of registrations in registries whose addresses are made from the number.
func registries(numbers []string) []string {
	var all []string
	for _, n := range numbers {
		switch {
		case strings.HasPrefix(n, "NCT"):
			all = append(all, "https://clinicaltrials.gov/study/"+escapeIRI(n))
		case strings.HasPrefix(n, "ISRCTN"):
			all = append(all, "https://www.isrctn.com/"+escapeIRI(n))
		}
	}
	return all
}

// escapeIRI makes any text fit to be a part of an IRI, by percent encoding of all but the unreserved characters.
func escapeIRI(s string) string {
	var b strings.Builder
	for i := range len(s) {
		c := s[i]
		switch {
		case 'a' <= c && c <= 'z', 'A' <= c && c <= 'Z', '0' <= c && c <= '9', c == '-', c == '.', c == '_':
			b.WriteByte(c)
		default:
			fmt.Fprintf(&b, "%%%02X", c)
		}
	}
	return b.String()
}

// unescapeIRI undoes escapeIRI.
func unescapeIRI(s string) string {
	if !strings.Contains(s, "%") {
		return s
	}
	b := make([]byte, 0, len(s))
	for i := 0; i < len(s); i++ {
		if s[i] == '%' && i+2 < len(s) {
			if n, err := strconv.ParseUint(s[i+1:i+3], 16, 8); err == nil {
				b = append(b, byte(n))
				i += 2
				continue
			}
		}
		b = append(b, s[i])
	}
	return string(b)
}
