package format

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"regexp"
	"strings"
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
	text  string
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
func (n *node) plain() string {
	if n == nil {
		return ""
	}
	var b strings.Builder
	n.write(&b)
	s := b.String()
	if strings.Contains(s, "\x01") {
		s = strings.ReplaceAll(referenceMarks.ReplaceAllString(s, ""), "\x01", "")
	}
	return undo(s)
}

// referenceMarks are the numbers of references with the brackets about them.
var referenceMarks = regexp.MustCompile(`\s?[\[(][\s,;–-]*\x01[\s,;–\x01-]*[\])]`)

// flat returns the text of an element as it stands.
func (n *node) flat() string {
	if n.name == "" {
		return n.text
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
func (n *node) write(b *strings.Builder) {
	switch {
	case n.name == "":
		b.WriteString(n.text)
		return
	case aside[n.name]:
		return
	case n.name == "sup":
		n.writeRaised(b)
		return
	case n.name == "xref" && n.attr("ref-type") == "bibr" && strings.Trim(n.flat(), "0123456789,;–- []*") == "":
		b.WriteByte('\x01') // the number of a reference: with the brackets about it, it goes
		return
	case n.name == "xref" && n.attr("ref-type") == "fn", n.name == "xref" && n.attr("ref-type") == "table-fn":
		return
	}
	if apart[n.name] {
		b.WriteByte(' ')
	}
	for _, k := range n.kids {
		k.write(b)
	}
	if apart[n.name] {
		b.WriteByte(' ')
	}
}

// writeRaised writes what is raised: powers of ten with ^, nothing for the numbers of references.
func (n *node) writeRaised(b *strings.Builder) {
	refs := false
	n.within(func(*node) { refs = true }, "xref")
	if refs {
		return
	}
	var in strings.Builder
	for _, k := range n.kids {
		k.write(&in)
	}
	s := b.String()
	b.WriteString(raised(s[max(0, len(s)-3):], in.String()))
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

// xmlReader reads the records of an XML file: the elements of some names.
type xmlReader struct {
	data    []byte
	records map[string]bool
	bad     int   // records that could not be read
	first   error // why the first of them could not
	offset  int   // and where
}

// each hands the records to yield, in order. A record that is broken is left out: reading goes on with the next one,
// and the error at the end, an *Error, tells of the first.
func (x *xmlReader) each(yield func(*node) error) error {
	n := 0
	for base := 0; base < len(x.data); {
		d := xmlDecoder(x.data[base:])
		start, err := x.run(d, base, func(rec *node) error {
			n++
			return yield(rec)
		})
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
	case x.first != nil:
		detail := x.first.Error()
		if x.bad > 1 {
			detail = fmt.Sprintf("%s (the first of %d places)", detail, x.bad)
		}
		return &Error{
			Err: ErrBroken, Detail: detail, Offset: x.offset,
			Hint: fmt.Sprintf("%d records were read; is the file cut off? Save or download it again", n),
		}
	case n == 0:
		return &Error{Err: ErrEmpty, Detail: "it holds no records", Offset: -1, Hint: "check that the search found something"}
	}
	return nil
}

// stopped carries the error of the one who takes the records.
type stopped struct{ err error }

// Error returns the error's message.
func (s *stopped) Error() string { return s.err.Error() }

// run reads records until the end or the first fault. It returns where the record began that the fault lies in, or
// where the fault lies between records.
func (x *xmlReader) run(d *xml.Decoder, base int, yield func(*node) error) (int, error) {
	for depth := 0; ; {
		start := base + int(d.InputOffset())
		t, err := d.Token()
		if err == io.EOF {
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
			rec, err := x.element(d, t)
			if err != nil {
				return start, err
			}
			if err := yield(rec); err != nil {
				return start, &stopped{err}
			}
		case xml.EndElement:
			depth--
		}
	}
}

// element reads the element that begins with start.
func (x *xmlReader) element(d *xml.Decoder, start xml.StartElement) (*node, error) {
	root := &node{name: start.Name.Local, attrs: start.Attr}
	stack := []*node{root}
	nodes, size := 0, 0
	for len(stack) > 0 {
		t, err := d.Token()
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
			stack = stack[:len(stack)-1]
		case xml.CharData:
			if size += len(t); size > maxField {
				return nil, fmt.Errorf("an element has more than %d MB of text", maxField>>20)
			}
			if nodes++; nodes > maxNodes {
				return nil, fmt.Errorf("a record has more than %d elements", maxNodes)
			}
			top.kids = append(top.kids, &node{text: string(t)})
		}
	}
	return root, nil
}

// fault takes down a fault at a byte.
func (x *xmlReader) fault(err error, offset int) {
	if x.bad++; x.first != nil {
		return
	}
	var syntax *xml.SyntaxError
	if errors.As(err, &syntax) {
		err = errors.New(syntax.Msg)
	}
	x.first, x.offset = err, min(offset, len(x.data)-1)
}

// resume returns where the next record begins at or after from, or -1.
func (x *xmlReader) resume(from int) int {
	for i := from; i < len(x.data); i++ {
		k := bytes.IndexByte(x.data[i:], '<')
		if k < 0 {
			return -1
		}
		i += k
		name := x.data[i+1:]
		if e := bytes.IndexAny(name[:min(len(name), 64)], " \t\r\n>/"); e > 0 {
			name = name[:e]
			if x.records[string(name[bytes.IndexByte(name, ':')+1:])] {
				return i
			}
		}
	}
	return -1
}
