package format

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
)

// isCTGov reports whether a file holds studies in the form of the ClinicalTrials.gov API, version 2: one, an array, a
// page of the API or one a line.
func isCTGov(f File) bool {
	data := bytes.TrimLeft(bytes.TrimPrefix(f.Data, []byte("\uFEFF")), " \t\r\n")
	if len(data) == 0 || data[0] != '{' && data[0] != '[' {
		return false
	}
	head := data[:min(len(data), 4<<20)]
	return bytes.Contains(head, []byte(`"protocolSection"`)) && bytes.Contains(head, []byte(`"identificationModule"`))
}

// readCTGov reads a file of studies one by one.
func readCTGov(f File, yield func(Record) error) error {
	data := bytes.TrimPrefix(f.Data, []byte("\uFEFF"))
	r := &ctReader{
		data: data, dec: json.NewDecoder(bytes.NewReader(data)), yield: yield, keys: keys{n: f.Before},
		skipped: int64(len(f.Data) - len(data) + f.Offset), size: len(f.Data) + f.Offset,
	}
	r.dec.UseNumber()
	for first := true; ; first = false {
		at := r.dec.InputOffset()
		t, err := r.dec.Token()
		if err == io.EOF {
			break
		}
		if err != nil {
			return r.broken(err)
		}
		switch t {
		case json.Delim('{'):
			err = r.object(0, first, at)
		case json.Delim('['):
			err = r.array(0)
		default:
			r.odd(at, "a value that is no study")
		}
		if err != nil {
			return err
		}
	}
	return r.report()
}

// deepestPage is how deep arrays and pages of studies may lie in each other.
const deepestPage = 4

// ctReader reads studies from a stream.
type ctReader struct {
	data    []byte
	dec     *json.Decoder
	yield   func(Record) error
	keys    keys
	skipped int64 // bytes of the file before data
	size    int

	bad    int // what could not be used
	badAt  int64
	badWhy string
}

// odd notes something that is passed over.
func (r *ctReader) odd(at int64, why string) {
	if r.bad++; r.bad == 1 {
		r.badAt, r.badWhy = at, why
	}
}

// report returns an error where something was passed over.
func (r *ctReader) report() error {
	if r.bad == 0 {
		return nil
	}
	e := &Error{Err: ErrBroken, Detail: r.badWhy, Offset: r.at(r.badAt), Hint: "the rest of the file was read"}
	if r.bad > 1 {
		e.Detail = fmt.Sprintf("%s, the first of %d such places,", r.badWhy, r.bad)
	}
	return e
}

// at turns an offset of the stream into one of the file.
func (r *ctReader) at(offset int64) int {
	return max(0, min(int(offset+r.skipped), r.size-1))
}

// broken returns the error for JSON that cannot be read on.
func (r *ctReader) broken(err error) error {
	var syntax *json.SyntaxError
	at := r.dec.InputOffset()
	if errors.As(err, &syntax) {
		at = max(at, syntax.Offset-1)
	}
	if errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, io.EOF) {
		return &Error{Err: ErrBroken, Detail: "the JSON ends within a study or a list", Offset: r.size - 1, Hint: "download it again: it was cut off"}
	}
	return &Error{Err: ErrBroken, Detail: "not valid JSON: " + undo(err.Error()), Offset: r.at(at), Hint: "download it again; what stands before was read"}
}

// decode reads the next value into v. A part of it that has another type than it should is left out and noted.
func (r *ctReader) decode(v any) error {
	at := r.dec.InputOffset()
	err := r.dec.Decode(v)
	var wrong *json.UnmarshalTypeError
	if errors.As(err, &wrong) {
		r.odd(at+wrong.Offset, "a "+wrong.Value+" where "+wrong.Field+" should be something else")
		return nil
	}
	if err != nil {
		return r.broken(err)
	}
	return nil
}

// array reads the values of an array, up to and with its end.
func (r *ctReader) array(depth int) error {
	for r.dec.More() {
		at := r.dec.InputOffset()
		if depth >= deepestPage {
			r.odd(at, "lists within lists")
			if err := r.decode(new(json.RawMessage)); err != nil {
				return err
			}
			continue
		}
		t, err := r.dec.Token()
		if err != nil {
			return r.broken(err)
		}
		switch t {
		case json.Delim('{'):
			err = r.object(depth+1, false, at)
		case json.Delim('['):
			err = r.array(depth + 1)
		default:
			r.odd(at, "a value that is no study")
		}
		if err != nil {
			return err
		}
	}
	if _, err := r.dec.Token(); err != nil {
		return r.broken(err)
	}
	return nil
}

// object reads a study or a page of studies, up to and with its end. Alone says that it may be the file's one study.
func (r *ctReader) object(depth int, alone bool, at int64) error {
	var s ctStudy
	study, page := false, false
	for r.dec.More() {
		t, err := r.dec.Token()
		if err != nil {
			return r.broken(err)
		}
		switch key, _ := t.(string); key {
		case "protocolSection":
			study = true
			err = r.decode(&s.Protocol)
		case "resultsSection":
			err = r.decode(&s.Results)
		case "derivedSection":
			err = r.decode(&s.Derived)
		case "studies":
			page = true
			err = r.studies(depth)
		default:
			err = r.decode(new(json.RawMessage))
		}
		if err != nil {
			return err
		}
	}
	if _, err := r.dec.Token(); err != nil {
		return r.broken(err)
	}
	switch {
	case study:
		from := int(at) + bytes.IndexByte(r.data[at:], '{')
		rec := s.record(r.data[from:r.dec.InputOffset()], int(r.skipped)+from)
		key := r.keys.next(s.Protocol.Identification.NCTID.line(), s.Protocol.Identification.Org.ID.line())
		if !alone || depth > 0 || r.dec.More() {
			rec.Key = key
		}
		return r.yield(rec)
	case !page:
		r.odd(at, "an object that is no study")
	}
	return nil
}

// studies reads the value of "studies" of a page.
func (r *ctReader) studies(depth int) error {
	at := r.dec.InputOffset()
	if depth >= deepestPage {
		r.odd(at, "lists within lists")
		return r.decode(new(json.RawMessage))
	}
	t, err := r.dec.Token()
	if err != nil {
		return r.broken(err)
	}
	switch t {
	case json.Delim('['):
		return r.array(depth + 1)
	case json.Delim('{'):
		return r.object(depth+1, false, at)
	}
	r.odd(at, "no list of studies")
	return nil
}
