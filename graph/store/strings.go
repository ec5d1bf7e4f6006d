package store

import (
	"bytes"
	"encoding/binary"
	"sync"

	"github.com/klauspost/compress/zstd"
)

// A table of strings is a tree whose leaves hold byte strings in order, each as the length of what it shares with the one
// before, and the rest. Leaves of long strings are compressed.

// stringWriter writes a table of strings, which must come in order, each once.
type stringWriter struct {
	planter
	pack  bool // whether long strings are compressed
	b     []byte
	n     int
	first []byte // what parts the leaf from the one before
	last  []byte
	long  bool
}

func newStringWriter(out *appender, pack bool) *stringWriter {
	return &stringWriter{planter: planter{out: out}, pack: pack}
}

// packedBytes is how large leaves of long strings become before they are compressed.
const packedBytes = 16 << 10

func (w *stringWriter) add(s []byte) error {
	limit := leafBytes
	if w.long {
		limit = packedBytes
	}
	if w.n > 0 && (len(w.b) >= limit || isLong(s) != w.long) {
		if err := w.flush(); err != nil {
			return err
		}
	}
	shared := 0
	if w.n == 0 {
		w.b = append(w.b[:0], kindStrings)
		w.first = append(w.first[:0], part(w.last, s)...)
		w.long = isLong(s)
	} else {
		for shared < len(s) && shared < len(w.last) && s[shared] == w.last[shared] {
			shared++
		}
	}
	w.b = binary.AppendUvarint(w.b, uint64(shared))
	w.b = appendBytes(w.b, s[shared:])
	w.last = append(w.last[:0], s...)
	w.n++
	return nil
}

func (w *stringWriter) flush() error {
	payload := w.b
	if w.pack && w.long {
		if z := packer().EncodeAll(w.b[1:], []byte{kindPacked}); len(z) < len(w.b)*7/8 {
			payload = z
		}
	}
	err := w.leaf(payload, w.first, w.n)
	w.n = 0
	return err
}

func (w *stringWriter) end() (root, error) {
	if w.n > 0 {
		if err := w.flush(); err != nil {
			return root{}, err
		}
	}
	return w.finish()
}

// packer and unpacker are made once: they hold tables, and are safe for several goroutines.
var packer = sync.OnceValue(func() *zstd.Encoder {
	z, err := zstd.NewWriter(nil, zstd.WithEncoderLevel(zstd.SpeedDefault), zstd.WithEncoderConcurrency(2), zstd.WithLowerEncoderMem(true), zstd.WithEncoderCRC(false))
	if err != nil {
		panic(err) // the options are constants
	}
	return z
})

var unpacker = sync.OnceValue(func() *zstd.Decoder {
	z, err := zstd.NewReader(nil, zstd.WithDecoderConcurrency(2), zstd.WithDecoderLowmem(true), zstd.WithDecoderMaxMemory(maxBlock))
	if err != nil {
		panic(err) // the options are constants
	}
	return z
})

func unpack(b []byte) ([]byte, error) {
	out, err := unpacker().DecodeAll(b[1:], append(make([]byte, 0, 4*len(b)), kindStrings))
	if err != nil {
		return nil, damaged("a compressed block cannot be read: %v", err)
	}
	return out, nil
}

// table reads a table of strings.
type table struct {
	f    *file
	root root
}

// walker goes through a table of strings.
type walker struct {
	climber
	rest []byte // of the leaf
	key  []byte
	rank uint64 // of key
	done bool
	err  error
}

// enter begins to read the leaf that the climber has found.
func (w *walker) enter(found bool, err error) {
	w.done, w.err = !found, err
	w.key, w.rank = w.key[:0], w.before-1
	if err != nil || !found {
		w.done = true
		return
	}
	if len(w.leaf.b) == 0 || w.leaf.b[0] != kindStrings {
		w.err, w.done = damaged("a block is not of the kind that it should be"), true
		return
	}
	w.rest = w.leaf.b[1:]
}

// next goes to the next string and reports whether there is one.
func (w *walker) next() bool {
	if w.done {
		return false
	}
	for len(w.rest) == 0 {
		if w.rank+1 != w.before+w.has {
			w.err, w.done = damaged("a block of strings holds another number than it should"), true
			return false
		}
		w.enter(w.climber.next())
		if w.done {
			return false
		}
	}
	d := decoder{b: w.rest}
	shared := d.uint()
	tail := d.bytes()
	if d.err != nil || shared > uint64(len(w.key)) {
		w.err, w.done = damaged("a block of strings does not hold what it should"), true
		return false
	}
	w.key = append(w.key[:shared], tail...)
	w.rest = d.b
	w.rank++
	return true
}

// from returns a walker before the first string that is not less than key.
func (t table) from(key []byte) *walker {
	w := &walker{climber: climber{f: t.f, root: t.root}}
	w.enter(w.toKey(key))
	for w.err == nil && !w.done {
		rest, rank, before := w.rest, w.rank, append([]byte(nil), w.key...)
		if !w.next() {
			break
		}
		if bytes.Compare(w.key, key) >= 0 {
			if len(rest) == 0 { // it is the first of another leaf
				w.enter(true, nil)
			} else {
				w.rest, w.rank, w.key = rest, rank, before
			}
			break
		}
	}
	return w
}

// find returns the number of the first string that is not less than key, and whether it begins with key. The string is
// only good until the table is read again.
func (t table) find(key []byte) (rank uint64, is bool, found []byte, err error) {
	w := walker{climber: climber{f: t.f, root: t.root}}
	w.enter(w.toKey(key))
	for w.next() {
		if bytes.Compare(w.key, key) >= 0 {
			return w.rank, bytes.HasPrefix(w.key, key), w.key, nil
		}
	}
	return t.root.count, false, nil, w.err
}

// searcher finds strings of a table that are asked for in their order: those that lie side by side are read in one pass.
type searcher struct {
	table
	w     *walker
	limit []byte // what parts the leaf from the next; nil at the end
}

// find returns the number of an entry of a dictionary.
func (s *searcher) find(key string) (rank uint64, ok bool, err error) {
	if s.root.count == 0 {
		return 0, false, nil
	}
	if s.w == nil || s.w.done || s.limit != nil && key >= string(s.limit) {
		s.w = &walker{climber: climber{f: s.f, root: s.root}}
		s.w.enter(s.w.toKey([]byte(key)))
		s.limit = s.w.behind()
	}
	w := s.w
	for string(w.key) < key || len(w.key) == 0 {
		if len(w.rest) == 0 {
			return 0, false, w.err // all of the leaf is less, and what is behind it is greater
		}
		if !w.next() {
			return 0, false, w.err
		}
	}
	return w.rank, string(w.key[:keyLength(w.key)]) == key, nil
}

// at returns the string of a number.
func (t table) at(rank uint64) ([]byte, error) {
	w := walker{climber: climber{f: t.f, root: t.root}}
	w.enter(w.toRank(rank))
	for w.next() {
		if w.rank == rank {
			return w.key, nil
		}
	}
	if w.err == nil {
		w.err = damaged("there is no value of the number %d", rank)
	}
	return nil, w.err
}
