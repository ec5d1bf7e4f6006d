// Package spool keeps what memory need not hold in temporary files: records that are to be sorted, and records that are to be
// found again. What is within its bound stays in memory, and no file is made. It knows nothing of what the records say.
package spool

import (
	"bufio"
	"cmp"
	"container/heap"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
)

// Sorter sorts records. What is beyond its bound lies sorted, run by run, in a temporary file, and is merged when it is read.
// Records of one key come in the order in which they were added. The zero value keeps nothing in memory.
type Sorter struct {
	Folder string // of the file; "" for the system's
	Bound  int    // bytes that stay in memory, roughly

	records []record
	size    int
	file    *os.File
	ends    []int64 // of the runs in the file
	counts  []int   // of their records
}

type record struct {
	key  string
	body []byte
}

// recordBytes is what a record takes in memory beside its bytes.
const recordBytes = 64

// names is how temporary files are called.
const names = "picograph-*.tmp"

// temporary makes a file that goes with the process: where a file lives on without its name, even a killed one leaves
// none behind. Where it does not, what a killed one left is taken away now: files that are in use stay there.
func temporary(folder string) (*os.File, error) {
	left, _ := filepath.Glob(filepath.Join(cmp.Or(folder, os.TempDir()), names))
	for _, name := range left {
		_ = os.Remove(name)
	}
	f, err := os.CreateTemp(folder, names)
	if err != nil {
		return nil, fmt.Errorf("making a temporary file: %w", err)
	}
	_ = os.Remove(f.Name())
	return f, nil
}

// discard takes a file away.
func discard(f *os.File) {
	if f != nil {
		_ = f.Close()
		_ = os.Remove(f.Name()) // where an open file keeps its name
	}
}

// Add takes a record, which must not change afterwards.
func (s *Sorter) Add(key string, body []byte) error {
	s.records = append(s.records, record{key, body})
	if s.size += len(key) + len(body) + recordBytes; s.size > s.Bound {
		return s.put()
	}
	return nil
}

func (s *Sorter) sort() {
	slices.SortStableFunc(s.records, func(a, b record) int { return cmp.Compare(a.key, b.key) })
}

// put writes what memory holds into the file.
func (s *Sorter) put() (err error) {
	s.sort()
	if s.file == nil {
		if s.file, err = temporary(s.Folder); err != nil {
			return err
		}
	}
	start := int64(0)
	if n := len(s.ends); n > 0 {
		start = s.ends[n-1]
	}
	to := io.NewOffsetWriter(s.file, start)
	b := bufio.NewWriterSize(to, 1<<16)
	var head []byte
	for _, r := range s.records {
		head = binary.AppendUvarint(binary.AppendUvarint(head[:0], uint64(len(r.key))), uint64(len(r.body)))
		_, _ = b.Write(head) // errors stay in b
		_, _ = b.WriteString(r.key)
		_, _ = b.Write(r.body)
	}
	if err := b.Flush(); err != nil {
		return fmt.Errorf("sorting in a temporary file: %w", err)
	}
	written, _ := to.Seek(0, io.SeekCurrent) // to where it is
	s.ends, s.counts = append(s.ends, start+written), append(s.counts, len(s.records))
	clear(s.records)
	s.records, s.size = s.records[:0], 0
	return nil
}

// Each hands the records over in order. It can be called again.
func (s *Sorter) Each(take func(key string, body []byte) error) error {
	if s.file == nil {
		s.sort()
		for _, r := range s.records {
			if err := take(r.key, r.body); err != nil {
				return err
			}
		}
		return nil
	}
	if len(s.records) > 0 {
		if err := s.put(); err != nil {
			return err
		}
	}
	s.records = nil
	var all runs
	start := int64(0)
	buffer := min(max(s.Bound/len(s.ends), 1<<10), 1<<16) // of each run: all together are to be within the bound too
	for i, end := range s.ends {
		r := &run{order: i, left: s.counts[i], in: bufio.NewReaderSize(io.NewSectionReader(s.file, start, end-start), buffer)}
		if err := r.next(); err != nil {
			return fmt.Errorf("reading back what was sorted: %w", err)
		}
		all, start = append(all, r), end
	}
	heap.Init(&all)
	for len(all) > 0 {
		r := all[0]
		if err := take(r.key, r.body); err != nil {
			return err
		}
		switch err := r.next(); {
		case errors.Is(err, io.EOF):
			heap.Pop(&all)
		case err != nil:
			return fmt.Errorf("reading back what was sorted: %w", err)
		default:
			heap.Fix(&all, 0)
		}
	}
	return nil
}

// Runs returns how many runs lie in the file.
func (s *Sorter) Runs() int { return len(s.ends) }

// Close takes the file away, and drops what memory holds.
func (s *Sorter) Close() {
	discard(s.file)
	s.file, s.ends, s.counts, s.records, s.size = nil, nil, nil, nil, 0
}

// run is a sorted part of the file as it is read.
type run struct {
	record
	order int
	left  int // records
	in    *bufio.Reader
}

// next reads the next record. The error is io.EOF behind the last one, and another one where the file ends before it.
func (r *run) next() error {
	if r.left == 0 {
		return io.EOF
	}
	r.left--
	k, err := binary.ReadUvarint(r.in)
	var n uint64
	if err == nil {
		n, err = binary.ReadUvarint(r.in)
	}
	var b []byte
	if err == nil {
		b = make([]byte, k+n)
		_, err = io.ReadFull(r.in, b)
	}
	if errors.Is(err, io.EOF) {
		err = io.ErrUnexpectedEOF
	}
	if err == nil {
		r.key, r.body = string(b[:k]), b[k:]
	}
	return err
}

// runs is a heap of runs by their next record, earlier runs first.
type runs []*run

func (r runs) Len() int { return len(r) }
func (r runs) Less(i, j int) bool {
	return cmp.Or(cmp.Compare(r[i].key, r[j].key), cmp.Compare(r[i].order, r[j].order)) < 0
}
func (r runs) Swap(i, j int) { r[i], r[j] = r[j], r[i] }
func (r *runs) Push(x any)   { *r = append(*r, x.(*run)) }

func (r *runs) Pop() any {
	last := (*r)[len(*r)-1]
	*r = (*r)[:len(*r)-1]
	return last
}
