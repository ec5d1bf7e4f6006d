// Package store keeps quads: a dictionary of values, the quads in four sorted orders, a few sorted sets of byte strings,
// and everything in one file that only ever grows at its end, so that readers are never in the way of a writer nor the
// writer in theirs. It implements Cayley's graph.QuadStore with the hooks of its optimizer. docs/store.md describes the
// file. The package knows nothing of studies and documents: for it a document is a label.
package store

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"sync"
	"sync/atomic"
)

// The reasons for which a store cannot be used; test for them with errors.Is.
var (
	ErrDamaged = errors.New("the graph file is damaged")
	ErrForeign = errors.New("this is no graph of picograph")
	ErrVersion = errors.New("the graph file has another format version")
	ErrChanged = errors.New("another process has changed or replaced the file meanwhile")
)

// Sets is how many sorted sets of byte strings a store has beside its quads.
const Sets = 4

// Options says how a store is opened. The zero value is good for most.
type Options struct {
	// CacheBytes bounds the blocks that are kept in memory; zero means 64 MiB.
	CacheBytes int64
	// BatchBytes bounds, roughly, what a change keeps in memory before it goes to temporary runs; zero means 256 MiB.
	BatchBytes int64
}

func (o Options) batch() int64 {
	if o.BatchBytes > 0 {
		return o.BatchBytes
	}
	return 256 << 20
}

// Store is an open store. Any number of goroutines may read it while one changes it.
type Store struct {
	path string // empty in memory
	opt  Options
	now  atomic.Pointer[Snapshot]

	change sync.Mutex // held by a Tx
}

// Snapshot is one state of a store. It never changes; what identifiers mean is fixed within it and not beyond.
type Snapshot struct {
	f     *file
	seq   uint64 // of the commit
	end   int64  // where the file's content ends
	sum   uint32 // the checksum of the manifest, with what is kept by name
	segs  []*segment
	preds []uint32 // the values that are used as predicates, by number from 1
	byID  map[uint32]uint32
	meta  map[string][]byte
}

// InMemory returns a new, empty store that is not kept.
func InMemory(o Options) *Store {
	s := &Store{opt: o}
	s.now.Store(&Snapshot{f: newFile(&memory{}, o.CacheBytes), end: dataStart})
	return s
}

// Open opens the file at path, for writing too unless readOnly. A file that does not exist, or is empty, is made by the first commit.
func Open(path string, readOnly bool, o Options) (*Store, error) {
	s := &Store{path: path, opt: o}
	mode := os.O_RDWR
	if readOnly {
		mode = os.O_RDONLY
	}
	f, err := os.OpenFile(path, mode, 0)
	if errors.Is(err, fs.ErrNotExist) && !readOnly {
		s.now.Store(&Snapshot{end: dataStart})
		return s, nil
	}
	if errors.Is(err, fs.ErrPermission) && !readOnly {
		f, err = os.Open(path) // who may not write it can still ask
	}
	if err != nil {
		return nil, err
	}
	snap := &Snapshot{end: dataStart}
	if info, serr := f.Stat(); readOnly || serr != nil || info.Size() > 0 {
		snap, err = readRoot(newFile(f, o.CacheBytes))
	}
	if err != nil || snap.f == nil {
		_ = f.Close()
	}
	if err != nil {
		return nil, err
	}
	s.now.Store(snap)
	return s, nil
}

// Read opens a store whose file is in memory.
func Read(data []byte, o Options) (*Store, error) {
	snap, err := readRoot(newFile(&memory{b: data}, o.CacheBytes))
	if err != nil {
		return nil, err
	}
	s := &Store{opt: o}
	s.now.Store(snap)
	return s, nil
}

// IsFile reports whether a file that begins so is a store, of whatever version.
func IsFile(begin []byte) bool { return bytes.HasPrefix(begin, []byte(magic)) }

// Now returns the state after the last commit.
func (s *Store) Now() *Snapshot { return s.now.Load() }

// Close releases the file. Snapshots cannot be read afterwards.
func (s *Store) Close() error {
	snap := s.now.Load()
	if snap == nil || snap.f == nil {
		return nil
	}
	return snap.f.m.Close()
}

// Stale reports whether another process has changed the file since this store read it. It reads no more than the beginning of the file.
func (s *Store) Stale() (bool, error) {
	if s.path == "" {
		return false, nil
	}
	now := s.Now()
	info, err := os.Stat(s.path)
	if errors.Is(err, fs.ErrNotExist) {
		return now.f != nil, nil
	}
	if err != nil || now.f == nil {
		return err == nil && info.Size() > 0, err
	}
	mine, ok := now.f.m.(*os.File)
	if !ok {
		return true, nil
	}
	old, err := mine.Stat()
	if err != nil || !os.SameFile(old, info) {
		return err == nil, err
	}
	newest, err := readSlot(mine)
	if err != nil || newest.seq != now.seq || newest.end != now.end {
		return err == nil, err
	}
	var sum [4]byte // another graph of the same length may have been copied over the file
	if _, err := mine.ReadAt(sum[:], newest.manifest.off+int64(newest.manifest.size)-int64(len(sum))); err != nil {
		return false, err
	}
	return binary.BigEndian.Uint32(sum[:]) != now.sum, nil
}

// unchanged returns ErrChanged when the file is not as this store knows it, or when that cannot be told.
func (s *Store) unchanged() error {
	stale, err := s.Stale()
	switch {
	case err != nil:
		return fmt.Errorf("%w: %w", ErrChanged, err)
	case stale:
		return ErrChanged
	}
	return nil
}

// SaveAs writes what the store holds to a new file at path, in the place of what is there.
func (s *Store) SaveAs(ctx context.Context, path string) error {
	now := s.Now()
	b := newBatch()
	if err := b.absorb(now, 0, nil); err != nil {
		return err
	}
	return replaceFile(path, s.opt, func(out *appender, next *Snapshot) error {
		if err := ctx.Err(); err != nil {
			return err
		}
		next.meta = now.meta
		return next.extend(b, out)
	}, always, nil)
}

// Seq returns the number of the commit that made this state; it grows by one with each.
func (s *Snapshot) Seq() uint64 { return s.seq }

// Bytes returns the length of the file.
func (s *Snapshot) Bytes() int64 { return s.end }

// Meta returns what was kept under a name, or nil.
func (s *Snapshot) Meta(name string) []byte { return s.meta[name] }

// Len returns the number of quads.
func (s *Snapshot) Len() int {
	n := 0
	for _, g := range s.segs {
		n += int(g.adds[spog].count) - int(g.dels[spog].count)
	}
	return n
}

// syncFolder makes a new name last. File systems that cannot sync a folder have nothing better to offer.
func syncFolder(path string) error {
	d, err := os.Open(filepath.Dir(path))
	if err != nil {
		return err
	}
	_ = d.Sync()
	return d.Close()
}

// damaged returns an error that says what of the file is wrong.
func damaged(format string, args ...any) error {
	return fmt.Errorf("%w: %s", ErrDamaged, fmt.Sprintf(format, args...))
}

// checkEvery is how many items are handled between two looks at the context.
const checkEvery = 1024

func ended(ctx context.Context, n int) error {
	if n%checkEvery == 0 {
		return ctx.Err()
	}
	return nil
}
