package format

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"html"
	"io"
	"strings"

	"github.com/picograph/picograph/graph/evidence"
	"github.com/picograph/picograph/graph/lazyregexp"
)

// Bounds of XML: how deep elements may lie, and how much one record may hold.
const (
	maxDepth = 200
	maxNodes = 2_000_000
	maxField = 4 << 20 // bytes of text in one element
)

// node is an element of an XML record, or, where it has no name, a stretch of its text. Names are without prefix.
type node struct {
	name  string
	text  traced
	attrs []xml.Attr
	kids  []*node
}

// attr returns the value of an attribute, or nothing.
func (n *node) attr(name string) string {
	if n == nil {
		return ""
	}
	for _, a := range n.attrs {
		if a.Name.Local == name {
			return strings.TrimSpace(a.Value)
		}
	}
	return ""
}

// at returns the first element that a path of names leads to, or nil. It may be called on nil.
func (n *node) at(path ...string) *node {
	for _, name := range path {
		n = n.first(name)
	}
	return n
}

// first returns the first child of a name, or nil. It may be called on nil.
func (n *node) first(name string) *node {
	if n == nil {
		return nil
	}
	for _, k := range n.kids {
		if k.name == name {
			return k
		}
	}
	return nil
}

// all returns the children of a name. It may be called on nil.
func (n *node) all(name string) []*node {
	if n == nil {
		return nil
	}
	var out []*node
	for _, k := range n.kids {
		if k.name == name {
			out = append(out, k)
		}
	}
	return out
}

// within hands all elements of the given names below n to visit, in order, without those below one handed over.
func (n *node) within(visit func(*node), names ...string) {
	if n == nil {
		return
	}
	for _, k := range n.kids {
		found := false
		for _, name := range names {
			found = found || k.name == name
		}
		if found {
			visit(k)
			continue
		}
		k.within(visit, names...)
	}
}

// plain returns the text of an element on one line, its inline markup undone. It may be called on nil.
func (n *node) plain() string { return n.told().s }

// told is plain, with where in the file it stands.
func (n *node) told() traced {
	if n == nil {
		return traced{}
	}
	var w weaver
	n.write(&w)
	t := w.text()
	if strings.Contains(t.s, "\x01") {
		t = t.replaced(referenceMarks, func(string) string { return "" })
		t = t.replaced(referenceMark, func(string) string { return "" })
	}
	return t.undone()
}

// referenceMark stands for the number of a reference.
var referenceMark = lazyregexp.New("\x01")

// referenceMarks are the numbers of references with the brackets about them.
var referenceMarks = lazyregexp.New(`\s?[\[(][\s,;–-]*\x01[\s,;–\x01-]*[\])]`)

// flat returns the text of an element as it stands.
func (n *node) flat() string {
	if n.name == "" {
		return n.text.s
	}
	var b strings.Builder
	for _, k := range n.kids {
		b.WriteString(k.flat())
	}
	return b.String()
}

// aside are elements whose text is no part of the line they stand in.
var aside = map[string]bool{
	"tex-math": true, "annotation": true, "annotation-xml": true, "fn": true, "table-wrap": true, "fig": true, "graphic": true,
	"inline-graphic": true, "object-id": true, "supplementary-material": true, "media": true, "disp-formula-group": true, "alt-text": true, "long-desc": true,
}

// apart are elements that stand apart from the text beside them.
var apart = map[string]bool{
	"p": true, "title": true, "break": true, "list-item": true, "sec": true, "td": true, "th": true, "label": true, "br": true,
	"disp-formula": true, "list": true, "disp-quote": true, "def": true, "term": true, "subtitle": true,
}

// write writes the text of an element.
func (n *node) write(w *weaver) {
	switch {
	case n.name == "":
		w.add(n.text)
		return
	case aside[n.name]:
		return
	case n.name == "sup":
		n.writeRaised(w)
		return
	case n.name == "xref" && n.attr("ref-type") == "bibr" && strings.Trim(n.flat(), "0123456789,;–- []*") == "":
		w.add(added("\x01")) // the number of a reference: with the brackets about it, it goes
		return
	case n.name == "xref" && n.attr("ref-type") == "fn", n.name == "xref" && n.attr("ref-type") == "table-fn":
		return
	}
	if apart[n.name] {
		w.add(added(" "))
	}
	for _, k := range n.kids {
		k.write(w)
	}
	if apart[n.name] {
		w.add(added(" "))
	}
}

// writeRaised writes what is raised: powers of ten with ^, nothing for the numbers of references.
func (n *node) writeRaised(w *weaver) {
	refs := false
	n.within(func(*node) { refs = true }, "xref")
	if refs {
		return
	}
	var in weaver
	for _, k := range n.kids {
		k.write(&in)
	}
	t := in.text()
	if s := raised(w.tail(3), t.s); s != t.s {
		w.add(added("^"))
		t = t.trimmed()
	}
	w.add(t)
}

// xmlRoot returns the name of the root element, without prefix, or nothing where data is no XML.
func xmlRoot(data []byte) string {
	data = bytes.TrimSpace(bytes.TrimPrefix(data, []byte("\uFEFF")))
	if len(data) == 0 || data[0] != '<' {
		return ""
	}
	d := xmlDecoder(data)
	for range 100 {
		t, err := d.RawToken()
		if err != nil {
			return ""
		}
		switch t := t.(type) {
		case xml.StartElement:
			return t.Name.Local
		case xml.CharData:
			if len(bytes.TrimSpace(t)) > 0 {
				return ""
			}
		}
	}
	return ""
}

// xmlDecoder returns a decoder that knows the entities of HTML, and none that the document declares: those stay as
// they are written, and nothing outside the document is read.
func xmlDecoder(data []byte) *xml.Decoder {
	d := xml.NewDecoder(bytes.NewReader(data))
	d.Strict = false
	d.Entity = xml.HTMLEntity
	d.CharsetReader = func(_ string, r io.Reader) (io.Reader, error) { return r, nil } // known to be UTF-8
	return d
}

// xmlReader reads the records of an XML file, or of a part of one: the elements of some names.
type xmlReader struct {
	file    File
	records map[string]bool
	n       int      // records read
	bad     int      // places that could not be read
	faults  []*Error // what is wrong at the first of them
}

// mostFaults is how many places of a file, or of a part of one, are told that could not be read.
const mostFaults = 20

// each hands the records to yield, in order, each with the stretch of the file that it is. A record that is broken is left
// out: reading goes on with the next one, and the error at the end tells of each, joined, as an *Error.
func (x *xmlReader) each(yield func(*node, evidence.Extent) error) error {
	data := x.file.Data
	depth := 0
	for base := 0; base < len(data); depth = unknownDepth {
		d := xmlDecoder(data[base:])
		start, err := x.run(d, base, depth, yield)
		var stop *stopped
		if errors.As(err, &stop) {
			return stop.err
		}
		if err == nil {
			break
		}
		x.fault(err, base+int(d.InputOffset()))
		if base = x.resume(start + 1); base < 0 {
			break
		}
	}
	switch {
	case x.bad > 0:
		all := make([]error, len(x.faults))
		for i, e := range x.faults {
			e.Hint = fmt.Sprintf("%d records were read; is the file cut off? Save or download it again", x.n)
			all[i] = e
		}
		if more := x.bad - len(x.faults); more > 0 {
			x.faults[len(all)-1].Detail += fmt.Sprintf(", and at %d more places", more)
		}
		return errors.Join(all...)
	case x.n == 0 && x.file.whole():
		return &Error{Err: ErrEmpty, Detail: "it holds no records", Offset: -1, Hint: "check that the search found something"}
	}
	return nil
}

// unknownDepth stands for the depth of elements after a fault.
const unknownDepth = -1 << 20

// stopped carries the error of the one who takes the records.
type stopped struct{ err error }

// Error returns the error's message.
func (s *stopped) Error() string { return s.err.Error() }

// run reads records until the end or the first fault. It returns where the record began that the fault lies in, or
// where the fault lies between records. Depth is how many elements are open at the start.
func (x *xmlReader) run(d *xml.Decoder, base, depth int, yield func(*node, evidence.Extent) error) (int, error) {
	for {
		start := base + int(d.InputOffset())
		t, err := d.RawToken()
		if err == io.EOF {
			if depth > 0 && x.file.whole() || depth == 0 && x.file.Offset > 0 && !x.file.More {
				return start, io.ErrUnexpectedEOF // what is about the records is not closed
			}
			return start, nil
		}
		if err != nil {
			return start, err
		}
		switch t := t.(type) {
		case xml.StartElement:
			if !x.records[t.Name.Local] {
				if depth++; depth > maxDepth {
					return start, fmt.Errorf("elements lie more than %d deep", maxDepth)
				}
				continue
			}
			rec, err := x.element(d, base, t)
			if err != nil {
				return start, err
			}
			x.n++
			place := evidence.Extent{Start: x.file.Offset + start, End: x.file.Offset + base + int(d.InputOffset())}
			if err := yield(rec, place); err != nil {
				return start, &stopped{err}
			}
		case xml.EndElement:
			if depth--; depth < 0 && depth > unknownDepth/2 && x.file.whole() {
				return start, fmt.Errorf("</%s> closes nothing", t.Name.Local)
			}
		}
	}
}

// element reads the element that begins with start. Elements within it that are not closed are taken to end with the one
// about them.
func (x *xmlReader) element(d *xml.Decoder, base int, start xml.StartElement) (*node, error) {
	root := &node{name: start.Name.Local, attrs: start.Attr}
	stack := []*node{root}
	nodes, size := 0, 0
	for len(stack) > 0 {
		from := base + int(d.InputOffset())
		t, err := d.RawToken()
		if err == io.EOF {
			return nil, io.ErrUnexpectedEOF
		}
		if err != nil {
			return nil, err
		}
		top := stack[len(stack)-1]
		switch t := t.(type) {
		case xml.StartElement:
			if x.records[t.Name.Local] && t.Name.Local == root.name {
				return nil, fmt.Errorf("<%s> within <%s>: it was not closed", t.Name.Local, root.name)
			}
			if len(stack) >= maxDepth {
				return nil, fmt.Errorf("elements lie more than %d deep", maxDepth)
			}
			if nodes++; nodes > maxNodes {
				return nil, fmt.Errorf("a record has more than %d elements", maxNodes)
			}
			n := &node{name: t.Name.Local, attrs: t.Attr}
			top.kids = append(top.kids, n)
			stack = append(stack, n)
			size = 0
		case xml.EndElement:
			open := len(stack) - 1
			for open >= 0 && stack[open].name != t.Name.Local {
				open--
			}
			if open < 0 {
				return nil, fmt.Errorf("</%s> closes nothing", t.Name.Local)
			}
			stack = stack[:open]
		case xml.CharData:
			if size += len(t); size > maxField {
				return nil, fmt.Errorf("an element has more than %d MB of text", maxField>>20)
			}
			if nodes++; nodes > maxNodes {
				return nil, fmt.Errorf("a record has more than %d elements", maxNodes)
			}
			raw := x.file.Data[from : base+int(d.InputOffset())]
			top.kids = append(top.kids, &node{text: characters(t, raw, x.file.Offset+from)})
		}
	}
	return root, nil
}

// cdata is how a stretch of XML begins whose signs stand for themselves.
var cdata = []byte("<![CDATA[")

// characters returns the text of a token that was read from the bytes raw.
func characters(text xml.CharData, raw []byte, at int) traced {
	if bytes.HasPrefix(raw, cdata) {
		end := len(raw) - len("]]>")
		return decoded(string(text), string(raw[len(cdata):max(end, len(cdata))]), at+len(cdata), lineEnd)
	}
	return decoded(string(text), string(raw), at, markupEscape)
}

// markupEscape tells what an entity or a carriage return stands for.
func markupEscape(s string) (string, int) {
	if s[0] != '&' {
		return lineEnd(s)
	}
	end := strings.IndexByte(s[:min(len(s), 40)], ';')
	if end < 0 {
		return "", 0
	}
	if plain := html.UnescapeString(s[:end+1]); plain != s[:end+1] {
		return plain, end + 1
	}
	return "", 0
}

// lineEnd tells the line end that XML makes of a carriage return.
func lineEnd(s string) (string, int) {
	switch {
	case s[0] != '\r':
		return "", 0
	case len(s) > 1 && s[1] == '\n':
		return "\n", 2
	}
	return "\n", 1
}

// fault takes down a fault at a byte, the first few of them.
func (x *xmlReader) fault(err error, offset int) {
	if x.bad++; x.bad > mostFaults {
		return
	}
	var syntax *xml.SyntaxError
	if errors.As(err, &syntax) {
		err = errors.New(syntax.Msg)
	}
	x.faults = append(x.faults, &Error{Err: ErrBroken, Detail: err.Error(), Offset: x.file.Offset + min(offset, len(x.file.Data)-1)})
}

// resume returns where the next record begins at or after from, or -1.
func (x *xmlReader) resume(from int) int {
	for i := from; i < len(x.file.Data); i++ {
		k := bytes.IndexByte(x.file.Data[i:], '<')
		if k < 0 {
			return -1
		}
		i += k
		name := x.file.Data[i+1:]
		if e := bytes.IndexAny(name[:min(len(name), 64)], " \t\r\n>/"); e > 0 {
			name = name[:e]
			if x.records[string(name[bytes.IndexByte(name, ':')+1:])] {
				return i
			}
		}
	}
	return -1
}
