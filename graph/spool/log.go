package spool

import (
	"encoding/binary"
	"fmt"
	"os"
)

// Log keeps records in the order in which they come. What is beyond its bound lies in a temporary file. The zero value keeps one
// record in memory.
type Log struct {
	Folder string // of the file; "" for the system's
	Bound  int    // bytes that stay in memory, roughly

	tail []byte // behind what the file has
	from int64  // where the tail begins
	file *os.File
}

// Add takes a record and returns where it is.
func (l *Log) Add(record []byte) (at int64, err error) {
	if len(l.tail) > l.Bound {
		if l.file == nil {
			if l.file, err = temporary(l.Folder); err != nil {
				return 0, err
			}
		}
		if _, err := l.file.WriteAt(l.tail, l.from); err != nil {
			return 0, fmt.Errorf("writing a temporary file: %w", err)
		}
		l.from += int64(len(l.tail))
		l.tail = l.tail[:0]
	}
	at = l.from + int64(len(l.tail))
	l.tail = binary.BigEndian.AppendUint32(l.tail, uint32(len(record)))
	l.tail = append(l.tail, record...)
	return at, nil
}

// Read returns the record that Add put at a place.
func (l *Log) Read(at int64) ([]byte, error) {
	if at >= l.from {
		rest := l.tail[at-l.from:]
		n := binary.BigEndian.Uint32(rest)
		return append([]byte(nil), rest[4:4+n]...), nil
	}
	some := make([]byte, 4096) // most records are no longer
	n, err := l.file.ReadAt(some[:min(int64(len(some)), l.from-at)], at)
	if n < 4 {
		return nil, fmt.Errorf("reading back a temporary file: %w", err)
	}
	size := int(binary.BigEndian.Uint32(some))
	if size <= n-4 {
		return some[4 : 4+size], nil
	}
	record := make([]byte, size)
	had := copy(record, some[4:n])
	if _, err := l.file.ReadAt(record[had:], at+4+int64(had)); err != nil {
		return nil, fmt.Errorf("reading back a temporary file: %w", err)
	}
	return record, nil
}

// Close takes the file away, and drops what memory holds.
func (l *Log) Close() {
	discard(l.file)
	l.file, l.tail, l.from = nil, nil, 0
}
