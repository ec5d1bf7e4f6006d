package format

import (
	"bytes"
	"encoding/json"
	"strconv"
	"strings"

	"github.com/picograph/picograph/graph/evidence"
)

// pointers returns where the values stand that JSON pointers lead to, of those in want. The JSON stands in the file at base.
// What a pointer does not lead to is left out; so is all that stands behind a fault.
func pointers(data []byte, base int, want map[string]bool) map[string]evidence.Extent {
	p := &pointing{data: data, dec: json.NewDecoder(bytes.NewReader(data)), base: base, want: want, found: make(map[string]evidence.Extent, len(want))}
	_ = p.value("") // of a fault the reader of the file tells
	return p.found
}

// pointing walks through JSON.
type pointing struct {
	data  []byte
	dec   *json.Decoder
	base  int
	want  map[string]bool
	found map[string]evidence.Extent
}

// value passes the next value, to which a pointer leads.
func (p *pointing) value(at string) error {
	start := int(p.dec.InputOffset())
	for start < len(p.data) && strings.IndexByte(" \t\r\n,:", p.data[start]) >= 0 {
		start++
	}
	t, err := p.dec.Token()
	if err != nil {
		return err
	}
	switch t {
	case json.Delim('{'):
		for p.dec.More() {
			key, err := p.dec.Token()
			if err != nil {
				return err
			}
			name, _ := key.(string)
			if err := p.value(at + "/" + pointerEscapes.Replace(name)); err != nil {
				return err
			}
		}
		_, err = p.dec.Token()
	case json.Delim('['):
		for i := 0; p.dec.More(); i++ {
			if err := p.value(at + "/" + strconv.Itoa(i)); err != nil {
				return err
			}
		}
		_, err = p.dec.Token()
	}
	if p.want[at] {
		p.found[at] = evidence.Extent{Start: p.base + start, End: p.base + int(p.dec.InputOffset())}
	}
	return err
}

// pointerEscapes are the signs that a JSON pointer writes otherwise (RFC 6901, section 3).
var pointerEscapes = strings.NewReplacer("~", "~0", "/", "~1")

// pointed returns the runs of passages whose pointers lead to values of a JSON text at base: a value that stands in the
// passage as it is in the file is copied, of any other the passage comes from the whole.
func pointed(passages []evidence.Passage, data []byte, base int) []evidence.Run {
	want := make(map[string]bool, len(passages))
	for _, p := range passages {
		want[p.Pointer] = true
	}
	found := pointers(data, base, want)
	var runs []evidence.Run
	for _, p := range passages {
		e, ok := found[p.Pointer]
		if !ok || p.Text == "" {
			continue
		}
		raw := strings.Trim(string(data[e.Start-base:e.End-base]), `"`)
		if i := strings.Index(p.Text, raw); i >= 0 && raw != "" && e.End-e.Start >= len(raw) {
			at := e.Start + strings.Index(string(data[e.Start-base:e.End-base]), raw)
			runs = append(runs, evidence.Run{Start: p.Start + i, Len: len(raw), At: at, Bytes: len(raw), Copied: true})
			continue
		}
		runs = append(runs, evidence.Run{Start: p.Start, Len: len(p.Text), At: e.Start, Bytes: e.End - e.Start})
	}
	return runs
}
