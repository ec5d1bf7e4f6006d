package export

import (
	"bufio"
	"cmp"
	"container/heap"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
)

// spoolBytes is how much of a spool stays in memory.
const spoolBytes = 16 << 20

// spool sorts records that memory need not hold: what is beyond its bound lies sorted in temporary files, which are merged
// when it is read. Records of one key come in the order in which they were added.
type spool struct {
	bound   int
	records []record
	size    int
	runs    []*os.File
}

type record struct {
	key  string
	body []byte
}

func (s *spool) add(key string, body []byte) error {
	s.records = append(s.records, record{key, body})
	if s.size += len(key) + len(body) + 64; s.size > s.bound {
		return s.put()
	}
	return nil
}

func (s *spool) sort() {
	slices.SortStableFunc(s.records, func(a, b record) int { return cmp.Compare(a.key, b.key) })
}

// put writes what memory holds into a file.
func (s *spool) put() error {
	s.sort()
	f, err := os.CreateTemp("", "picograph-export-*")
	if err != nil {
		return fmt.Errorf("sorting what is exported: %w", err)
	}
	s.runs = append(s.runs, f)
	_ = os.Remove(f.Name()) // where a file lives on without its name, even a killed process leaves none behind
	b := bufio.NewWriterSize(f, 1<<16)
	var head []byte
	for _, r := range s.records {
		head = binary.AppendUvarint(binary.AppendUvarint(head[:0], uint64(len(r.key))), uint64(len(r.body)))
		_, _ = b.Write(head) // errors stay in b
		_, _ = b.WriteString(r.key)
		_, _ = b.Write(r.body)
	}
	if err := b.Flush(); err != nil {
		return fmt.Errorf("sorting what is exported: %w", err)
	}
	clear(s.records)
	s.records, s.size = s.records[:0], 0
	return nil
}

// each hands the records over in order. It can be called again.
func (s *spool) each(take func(key string, body []byte) error) error {
	if len(s.runs) == 0 {
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
	var all runs
	for i, f := range s.runs {
		if _, err := f.Seek(0, io.SeekStart); err != nil {
			return err
		}
		r := &run{order: i, in: bufio.NewReaderSize(f, 1<<16)}
		if err := r.next(); err != nil {
			return err
		}
		all = append(all, r)
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
			return fmt.Errorf("reading back what is exported: %w", err)
		default:
			heap.Fix(&all, 0)
		}
	}
	return nil
}

// close takes the files away.
func (s *spool) close() {
	for _, f := range s.runs {
		_ = f.Close()
		_ = os.Remove(f.Name()) // where an open file keeps its name
	}
	s.runs = nil
}

// run is one sorted file as it is read.
type run struct {
	record
	order int
	in    *bufio.Reader
}

func (r *run) next() error {
	k, err := binary.ReadUvarint(r.in)
	if err != nil {
		return err
	}
	n, err := binary.ReadUvarint(r.in)
	if err != nil {
		return err
	}
	b := make([]byte, k+n)
	if _, err := io.ReadFull(r.in, b); err != nil {
		return err
	}
	r.key, r.body = string(b[:k]), b[k:]
	return nil
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
