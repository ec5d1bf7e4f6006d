package evidence

import (
	"encoding/base64"
	"encoding/binary"
	"errors"
	"fmt"
	"sort"
)

// Extent is a stretch of a source file: byte offsets, End exclusive. The offsets count the bytes of the file as it is
// read: decompressed, of an archive's member those of the member, and in UTF-8 where the file was in another encoding.
type Extent struct {
	Start int `json:"start"`
	End   int `json:"end"`
}

// Origin says where in its source file a document stands, and where each stretch of its text comes from. Text that no
// run covers, such as a label that a reader put before a paragraph, stands nowhere in the file.
type Origin struct {
	Record Extent // all of the record
	Runs   []Run  // in the order of the text, without overlap
}

// Run is a stretch of a document's text and the stretch of the file that it comes from. A copied run has the same bytes
// in both; of any other only the whole is known to stand for the whole: an entity, a TeX command, a folded line.
type Run struct {
	Start, Len int  // in the text
	At, Bytes  int  // in the file
	Copied     bool // then Bytes is Len
}

// Place returns the least stretch of the file that the text from start to end (exclusive) comes from. ok is false where
// none of it comes from the file.
func (o *Origin) Place(start, end int) (e Extent, ok bool) {
	if o == nil {
		return Extent{}, false
	}
	i := sort.Search(len(o.Runs), func(i int) bool { return o.Runs[i].Start+o.Runs[i].Len > start })
	for ; i < len(o.Runs) && o.Runs[i].Start < end; i++ {
		r := o.Runs[i]
		from, to := r.At, r.At+r.Bytes
		if r.Copied {
			from = r.At + max(0, start-r.Start)
			to = r.At + min(r.Len, end-r.Start)
		}
		if !ok {
			e, ok = Extent{from, to}, true
			continue
		}
		e.Start, e.End = min(e.Start, from), max(e.End, to)
	}
	return e, ok
}

// String returns the origin in a short form for keeping, which ParseOrigin reads: the base64 of numbers of variable
// length, for each run how far it is from the one before.
func (o *Origin) String() string {
	if o == nil {
		return ""
	}
	b := binary.AppendUvarint(nil, uint64(o.Record.Start))
	b = binary.AppendUvarint(b, uint64(o.Record.End-o.Record.Start))
	text, file := 0, o.Record.Start
	for _, r := range o.Runs {
		b = binary.AppendUvarint(b, uint64(r.Start-text))
		b = binary.AppendVarint(b, int64(r.At-file))
		bytes := uint64(0) // copied
		if !r.Copied {
			bytes = uint64(r.Bytes) + 1
		}
		b = binary.AppendUvarint(b, uint64(r.Len))
		b = binary.AppendUvarint(b, bytes)
		text, file = r.Start+r.Len, r.At+r.Bytes
	}
	return base64.StdEncoding.EncodeToString(b)
}

// errOrigin is why a kept origin cannot be read.
var errOrigin = errors.New("not a map to a source file")

// ParseOrigin reads what Origin.String wrote. Of an empty string it returns nil.
func ParseOrigin(s string) (*Origin, error) {
	if s == "" {
		return nil, nil //nolint:nilnil // nothing was kept
	}
	b, err := base64.StdEncoding.DecodeString(s)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", errOrigin, err)
	}
	bad := false
	next := func() int {
		v, n := binary.Uvarint(b)
		if n <= 0 || v > 1<<62 {
			bad = true
			return 0
		}
		b = b[n:]
		return int(v)
	}
	o := &Origin{}
	o.Record.Start = next()
	o.Record.End = o.Record.Start + next()
	text, file := 0, o.Record.Start
	for len(b) > 0 && !bad {
		r := Run{Start: text + next()}
		d, n := binary.Varint(b)
		if n <= 0 {
			return nil, errOrigin
		}
		b = b[n:]
		r.At, r.Len = file+int(d), next()
		r.Bytes = next() - 1
		if r.Bytes < 0 {
			r.Bytes, r.Copied = r.Len, true
		}
		if r.At < 0 || r.Start < text {
			return nil, errOrigin
		}
		text, file = r.Start+r.Len, r.At+r.Bytes
		o.Runs = append(o.Runs, r)
	}
	if bad {
		return nil, errOrigin
	}
	return o, nil
}
