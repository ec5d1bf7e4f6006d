package store

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"os"
	"strconv"
	"strings"
	"sync"
	"time"
)

// The file begins with a line that names it and its version, and two slots for the root. A commit writes its blocks at the
// end, syncs, writes its root into the older slot, and syncs again; so the other slot and all that it leads to stay as
// they were.
const (
	magic     = "picograph graph "
	version   = 2
	slotSize  = 512
	slotAt    = 512 // of the first slot; the second follows
	dataStart = 4096
)

// medium is what a store lies on: a file of the system, or memory.
type medium interface {
	io.ReaderAt
	io.WriterAt
	Sync() error
	Close() error
	Truncate(size int64) error
}

// file is a medium with a cache of its blocks.
type file struct {
	m     medium
	cache *cache
}

func newFile(m medium, cacheBytes int64) *file {
	if cacheBytes <= 0 {
		cacheBytes = 64 << 20
	}
	return &file{m, newCache(cacheBytes)}
}

// place is where a block lies.
type place struct {
	off  int64
	size uint32 // with the checksum
}

var castagnoli = crc32.MakeTable(crc32.Castagnoli)

// sum is the checksum of a block at a place: a block that is read from another place than it was written to is wrong too.
func sum(off int64, payload []byte) uint32 {
	var at [8]byte
	binary.BigEndian.PutUint64(at[:], uint64(off))
	return crc32.Update(crc32.Checksum(at[:], castagnoli), castagnoli, payload)
}

const maxBlock = 1 << 30

// read returns the payload of a block, checked.
func (f *file) read(p place) ([]byte, error) {
	if p.size < 5 || p.size > maxBlock || p.off < dataStart {
		return nil, damaged("a block is said to lie at byte %d with %d bytes", p.off, p.size)
	}
	b := make([]byte, p.size)
	if _, err := f.m.ReadAt(b, p.off); err != nil {
		if errors.Is(err, io.EOF) {
			return nil, damaged("the block at byte %d ends beyond the file", p.off)
		}
		return nil, fmt.Errorf("reading the graph file at byte %d: %w", p.off, err)
	}
	payload := b[:len(b)-4]
	if sum(p.off, payload) != binary.BigEndian.Uint32(b[len(b)-4:]) {
		return nil, damaged("the block at byte %d (%d bytes) is not as it was written", p.off, p.size)
	}
	return payload, nil
}

// appender writes blocks one behind the other at the end of a file.
type appender struct {
	f    *file
	off  int64 // of the next block
	buf  []byte
	from int64 // where buf begins
}

func newAppender(f *file, end int64) *appender { return &appender{f: f, off: end, from: end} }

// block writes one block.
func (a *appender) block(payload []byte) (place, error) {
	p := place{a.off, uint32(len(payload) + 4)}
	a.buf = append(a.buf, payload...)
	a.buf = binary.BigEndian.AppendUint32(a.buf, sum(a.off, payload))
	a.off += int64(p.size)
	if len(a.buf) >= 1<<20 {
		return p, a.flush()
	}
	return p, nil
}

func (a *appender) flush() error {
	if len(a.buf) == 0 {
		return nil
	}
	_, err := a.f.m.WriteAt(a.buf, a.from)
	a.from += int64(len(a.buf))
	a.buf = a.buf[:0]
	return err
}

// slot is the root of one commit.
type slot struct {
	seq      uint64
	manifest place
	end      int64
}

func (s slot) encode() []byte {
	b := make([]byte, slotSize)
	binary.BigEndian.PutUint64(b[0:], s.seq)
	binary.BigEndian.PutUint64(b[8:], uint64(s.manifest.off))
	binary.BigEndian.PutUint32(b[16:], s.manifest.size)
	binary.BigEndian.PutUint64(b[20:], uint64(s.end))
	binary.BigEndian.PutUint32(b[28:], crc32.Checksum(b[:28], castagnoli))
	return b
}

// decodeSlot reads a slot. One that has led to nothing yet has the number 0, and is all zero in older files.
func decodeSlot(b []byte) (slot, error) {
	if len(bytes.Trim(b, "\x00")) == 0 {
		return slot{}, nil
	}
	s := slot{
		seq:      binary.BigEndian.Uint64(b[0:]),
		manifest: place{int64(binary.BigEndian.Uint64(b[8:])), binary.BigEndian.Uint32(b[16:])},
		end:      int64(binary.BigEndian.Uint64(b[20:])),
	}
	if crc32.Checksum(b[:28], castagnoli) != binary.BigEndian.Uint32(b[28:]) || len(bytes.Trim(b[32:], "\x00")) > 0 {
		return s, errSlots
	}
	return s, nil
}

// header returns the first bytes of a file, with slots that lead to nothing. They are not zero, so that one that was lost is no slot that was
// never written.
func header() []byte {
	b := make([]byte, dataStart)
	copy(b, fmt.Sprintf("%s%d\n", magic, version))
	for i := range 2 {
		copy(b[slotAt+i*slotSize:], slot{}.encode())
	}
	return b
}

// readRoot reads the newest state of a file.
func readRoot(f *file) (*Snapshot, error) {
	newest, err := readSlot(f.m)
	if err != nil {
		return nil, err
	}
	payload, err := f.read(newest.manifest)
	if err != nil {
		return nil, err
	}
	snap, err := decodeManifest(payload)
	if err != nil {
		return nil, err
	}
	snap.f, snap.seq, snap.end, snap.sum = f, newest.seq, newest.end, sum(newest.manifest.off, payload)
	return snap, nil
}

// readSlot reads the slot that leads to the newest state. What is read while another process writes it may be half of each: it is looked at again.
func readSlot(m medium) (newest slot, err error) {
	for range 4 {
		if newest, err = readSlotOnce(m); !errors.Is(err, errSlots) {
			break
		}
		time.Sleep(time.Millisecond)
	}
	return newest, err
}

// errSlots is the damage of slots.
var errSlots = damaged("the beginning of the file is not as it was written")

func readSlotOnce(m medium) (newest slot, err error) {
	b := make([]byte, dataStart)
	n, err := m.ReadAt(b, 0)
	if err != nil && !errors.Is(err, io.EOF) {
		return newest, err
	}
	b = b[:n]
	if n == 0 {
		return newest, damaged("it is empty")
	}
	rest, ok := strings.CutPrefix(string(b[:min(n, 64)]), magic)
	if !ok {
		return newest, fmt.Errorf("%w: it does not begin with %q", ErrForeign, strings.TrimSpace(magic))
	}
	number, _, _ := strings.Cut(rest, "\n")
	if number != strconv.Itoa(version) {
		return newest, fmt.Errorf("%w: %.20q, and this picograph reads %d", ErrVersion, number, version)
	}
	if n < dataStart {
		return newest, damaged("it was cut short")
	}
	clean := header()
	copy(clean[slotAt:], b[slotAt:slotAt+2*slotSize])
	if !bytes.Equal(clean, b) {
		return newest, errSlots
	}
	return newestSlot(m, b[slotAt:slotAt+slotSize], b[slotAt+slotSize:slotAt+2*slotSize])
}

// newestSlot returns the newer of the two slots.
func newestSlot(m medium, first, second []byte) (newest slot, err error) {
	odd, err := decodeSlot(second)
	if err != nil {
		return newest, err
	}
	even, err := decodeSlot(first)
	if err != nil {
		return newest, err
	}
	newest = odd
	if even.seq > odd.seq {
		newest = even
	}
	older := odd.seq + even.seq - newest.seq
	if newest.seq == 0 || older != newest.seq-1 || odd.seq%2 == 0 && odd.seq > 0 || even.seq%2 == 1 {
		return newest, errSlots
	}
	if newest.manifest.off+int64(newest.manifest.size) > newest.end {
		return newest, damaged("the root lies beyond the end")
	}
	if newest.seq == 1 && len(bytes.Trim(first, "\x00")) == 0 && longer(m, newest.end) {
		return newest, errSlots // there was a second state, and what led to it is lost
	}
	return newest, nil
}

// longer reports whether a medium has something behind a place.
func longer(m medium, end int64) bool {
	n, _ := m.ReadAt(make([]byte, 1), end)
	return n > 0
}

// writeRoot makes a state the newest of its file: the blocks first, then the slot that leads to them. ready is asked before that is written, and
// may refuse.
func writeRoot(out *appender, snap *Snapshot, ready func() error) error {
	payload := snap.encodeManifest()
	manifest, err := out.block(payload)
	if err != nil {
		return err
	}
	snap.sum = sum(manifest.off, payload)
	if err := out.flush(); err != nil {
		return err
	}
	snap.end = out.off
	if err := out.f.m.Sync(); err != nil {
		return err
	}
	if err := ready(); err != nil {
		return err
	}
	s := slot{seq: snap.seq, manifest: manifest, end: snap.end}
	if _, err := out.f.m.WriteAt(s.encode(), slotAt+int64(snap.seq%2)*slotSize); err != nil {
		return err
	}
	return out.f.m.Sync()
}

// memory is a medium that is not kept.
type memory struct {
	mu sync.RWMutex
	b  []byte
}

func (m *memory) ReadAt(b []byte, off int64) (int, error) {
	m.mu.RLock()
	defer m.mu.RUnlock()
	if off >= int64(len(m.b)) {
		return 0, io.EOF
	}
	n := copy(b, m.b[off:])
	if n < len(b) {
		return n, io.EOF
	}
	return n, nil
}

func (m *memory) WriteAt(b []byte, off int64) (int, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if need := int(off) + len(b); need > len(m.b) {
		if need > cap(m.b) {
			grown := make([]byte, need, max(need, 2*cap(m.b)))
			copy(grown, m.b)
			m.b = grown
		}
		m.b = m.b[:need]
	}
	return copy(m.b[off:], b), nil
}

func (m *memory) Sync() error  { return nil }
func (m *memory) Close() error { return nil }

func (m *memory) Truncate(size int64) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	if size < int64(len(m.b)) {
		m.b = m.b[:size]
	}
	return nil
}

var _ medium = (*os.File)(nil)
