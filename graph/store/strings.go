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

func (w *stringWriter) add(s []byte) error {
	if w.n > 0 && (len(w.b) >= leafBytes || isLong(s) != w.long) {
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
	var h zstd.Header
	size := 4 * len(b)
	if h.Decode(b[1:]) == nil && h.HasFCS {
		size = int(min(h.FrameContentSize, maxBlock))
	}
	out, err := unpacker().DecodeAll(b[1:], append(make([]byte, 0, 1+size), kindStrings))
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

	lines []line // of the strings of a leaf, as far as they were found
	of    *leaf
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
	if w.done || len(w.rest) == 0 && !w.turn() {
		return false
	}
	shared, tail, rest, ok := lineOf(w.rest)
	if !ok || shared > len(w.key) {
		w.fail("a block of strings does not hold what it should")
		return false
	}
	w.key = append(w.key[:shared], tail...)
	w.rest = rest
	w.rank++
	return true
}

func (w *walker) fail(what string) {
	w.err, w.done = damaged("%s", what), true
}

// turn goes to the next leaf at the end of one, and reports whether there is one.
func (w *walker) turn() bool {
	for len(w.rest) == 0 && !w.done {
		if w.rank+1 != w.before+w.has {
			w.fail("a block of strings holds another number than it should")
			return false
		}
		w.enter(w.climber.next())
	}
	return !w.done
}

// lineOf reads what a leaf has for one string: how much is shared with the one before, and the rest of it.
func lineOf(b []byte) (shared int, tail, rest []byte, ok bool) {
	if len(b) > 2 && b[0] < 0x80 && b[1] < 0x80 {
		if n := 2 + int(b[1]); n <= len(b) {
			return int(b[0]), b[2:n], b[n:], true
		}
		return 0, nil, nil, false
	}
	d := decoder{b: b}
	s := d.uint()
	tail = d.bytes()
	return int(min(s, maxBlock)), tail, d.b, d.err == nil
}

// seek goes before the first string that is not less than key. The strings before it are passed without being put together: what
// each shares with the one before tells how it stands to key.
func (w *walker) seek(key []byte) {
	w.enter(w.toKey(key))
	m := 0 // of key, so much is the beginning of the string before
	for !w.done {
		if len(w.rest) == 0 {
			w.turn() // what is behind the leaf is greater
			return
		}
		shared, tail, rest, ok := lineOf(w.rest)
		if !ok {
			w.fail("a block of strings does not hold what it should")
			return
		}
		if shared == m {
			n := 0
			for n < len(tail) && m+n < len(key) && tail[n] == key[m+n] {
				n++
			}
			if m+n == len(key) || n < len(tail) && tail[n] > key[m+n] {
				break
			}
			m += n
		} else if shared < m {
			m = shared
			break
		}
		w.rest = rest
		w.rank++
	}
	w.key = append(w.key[:0], key[:m]...)
}

// from returns a walker before the first string that is not less than key.
func (t table) from(key []byte) *walker {
	w := &walker{climber: climber{f: t.f, root: t.root}}
	w.seek(key)
	return w
}

// find returns the number of the first string that is not less than key, and whether it begins with key. The string is
// only good until the table is read again.
func (t table) find(key []byte) (rank uint64, is bool, found []byte, err error) {
	w := walker{climber: climber{f: t.f, root: t.root}}
	w.seek(key)
	if w.next() {
		return w.rank, bytes.HasPrefix(w.key, key), w.key, nil
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

// line is where a leaf has the rest of a string, and how much of it is that of the string before.
type line struct{ shared, from, to uint32 }

// until finds where the strings of the leaf are, up to the one of a place.
func (w *walker) until(i int) error {
	if w.of != w.leaf {
		w.lines, w.of = w.lines[:0], w.leaf
	}
	from, long := uint32(1), uint32(0) // the string before
	if n := len(w.lines); n > 0 {
		last := w.lines[n-1]
		from, long = last.to, last.shared+last.to-last.from
	}
	for len(w.lines) <= i {
		shared, tail, rest, ok := lineOf(w.leaf.b[from:])
		if !ok || shared > int(long) {
			return damaged("a block of strings does not hold what it should")
		}
		from = uint32(len(w.leaf.b) - len(rest))
		x := line{uint32(shared), from - uint32(len(tail)), from}
		w.lines, long = append(w.lines, x), x.shared+x.to-x.from
	}
	return nil
}

// to goes to the string of a number. Its neighbours in the leaf are passed without being put together.
func (w *walker) to(rank uint64) error {
	if w.leaf == nil || w.done || rank < w.before || rank >= w.before+w.has {
		w.enter(w.toRank(rank))
		if w.err == nil && w.done {
			w.err = damaged("there is no value of the number %d", rank)
		}
		if w.err != nil {
			return w.err
		}
	}
	if starts := w.starts(); starts != nil {
		return w.forth(starts, rank)
	}
	i, known := int(rank-w.before), int(w.rank-w.before) // of known the string is there; -1 for none
	if err := w.until(i); err != nil {
		w.err, w.done = err, true
		return err
	}
	if known > i {
		known, w.key = -1, w.key[:0]
	}
	if known < i {
		w.assemble(known, i)
	}
	w.rank, w.rest = rank, w.leaf.b[w.lines[i].to:]
	return nil
}

// start is a place in a leaf from which its strings can be read: behind a string that is kept.
type start struct {
	key string
	at  int
}

// startEvery is how many strings lie between two starts.
const startEvery = 32

// startsFrom is how often strings of a leaf are asked for before its starts are found, for which all of it is read.
const startsFrom = 5

// starts returns the starts of the leaf; nil while there are none.
func (w *walker) starts() []start {
	if w.of == w.leaf {
		return nil // it is being read for the first time
	}
	if all := w.leaf.starts.Load(); all != nil {
		return *all
	}
	if w.leaf.sought.Add(1) < startsFrom {
		return nil
	}
	x := walker{climber: climber{root: root{count: w.has}, leaf: w.leaf, has: w.has}}
	x.enter(true, nil)
	var all []start
	size := 0
	for x.next() {
		if x.rank%startEvery == 0 {
			all = append(all, start{string(x.key), len(w.leaf.b) - len(x.rest)})
			size += len(x.key) + 24
		}
	}
	if x.err != nil {
		return nil // reading it tells
	}
	w.leaf.starts.Store(&all)
	w.f.cache.grow(w.leaf.off, size)
	return all
}

// forth goes to the string of a number from the start before it, or from the string before where that is nearer.
func (w *walker) forth(starts []start, rank uint64) error {
	i := (rank - w.before) / startEvery
	if from := w.before + i*startEvery; w.rank+1 <= from || w.rank+1 > rank+1 {
		w.key = append(w.key[:0], starts[i].key...)
		w.rank, w.rest = from, w.leaf.b[starts[i].at:]
	}
	for w.rank != rank {
		if !w.next() {
			return w.err
		}
	}
	return nil
}

// assemble puts the string of line i together from the lines behind one whose string is known, from its end: most lines before it have
// nothing that it keeps.
func (w *walker) assemble(known, i int) {
	lines := w.lines
	x := lines[i]
	size := int(x.shared + x.to - x.from)
	kept := x.shared
	if size > cap(w.key) {
		w.key = append(make([]byte, 0, max(size, 128)), w.key...)
	}
	key := w.key[:size]
	copy(key[kept:], w.leaf.b[x.from:x.to])
	for i--; i > known && kept > 0; i-- {
		if x = lines[i]; x.shared < kept {
			copy(key[x.shared:kept], w.leaf.b[x.from:x.to])
			kept = x.shared
		}
	}
	w.key = key
}

// at returns the string of a number.
func (t table) at(rank uint64) ([]byte, error) {
	w := walker{climber: climber{f: t.f, root: t.root}}
	err := w.to(rank)
	return w.key, err
}
