package graph

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"strconv"
	"strings"
	"time"
)

// lock is the right to write a graph file. It is a file beside it that names the holder; what counts is the system's
// own lock on that file, which ends with the process.
type lock struct {
	f    *os.File
	path string
}

// holder is who writes a graph.
type holder struct {
	pid   int
	host  string
	since time.Time
}

// String says who it is, as far as is known.
func (h holder) String() string {
	if h.pid == 0 {
		return "another process"
	}
	s := "process " + strconv.Itoa(h.pid)
	if h.host != "" {
		s += " on " + h.host
	}
	if !h.since.IsZero() {
		s += " since " + h.since.Format("2006-01-02 15:04:05 MST")
	}
	return s
}

// acquire takes the lock of the graph file at path, or says at once who has it.
func acquire(path string) (*lock, error) {
	name := path + ".lock"
	for range 20 {
		f, err := os.OpenFile(name, os.O_RDWR|os.O_CREATE, 0o666)
		if err != nil {
			return nil, err
		}
		ours, err := tryLock(f)
		if err != nil {
			_ = f.Close()
			return nil, fmt.Errorf("locking %s: %w", name, err)
		}
		if !ours {
			h := readHolder(f)
			_ = f.Close()
			return nil, &Error{
				Err:  fmt.Errorf("%w by %v", ErrLocked, h),
				Hint: "wait until it has ended, or write another graph with --graph",
			}
		}
		if !current(f, name) { // the last holder removed the file after we had opened it
			_ = f.Close()
			continue
		}
		if err := writeHolder(f); err != nil {
			_ = os.Remove(name)
			_ = f.Close()
			return nil, err
		}
		return &lock{f, name}, nil
	}
	return nil, &Error{Err: fmt.Errorf("%w by several processes in turn", ErrLocked), Hint: "try again"}
}

// current reports whether the open file is still the one that the name stands for.
func current(f *os.File, name string) bool {
	a, err := f.Stat()
	if err != nil {
		return false
	}
	b, err := os.Stat(name)
	return err == nil && os.SameFile(a, b)
}

func writeHolder(f *os.File) error {
	host, err := os.Hostname()
	if err != nil {
		host = ""
	}
	if err := f.Truncate(0); err != nil {
		return err
	}
	_, err = f.WriteAt([]byte(fmt.Sprintf("%d\n%s\n%s\n", os.Getpid(), host, time.Now().Format(time.RFC3339))), 0)
	return err
}

func readHolder(f *os.File) holder {
	b := make([]byte, 1024)
	n, err := f.ReadAt(b, 0)
	if err != nil && !errors.Is(err, io.EOF) {
		return holder{}
	}
	fields := append(strings.Split(string(b[:n]), "\n"), "", "", "")
	var h holder
	if h.pid, err = strconv.Atoi(fields[0]); err != nil {
		return holder{}
	}
	h.host = fields[1]
	if t, err := time.Parse(time.RFC3339, fields[2]); err == nil {
		h.since = t
	}
	return h
}

// unwritable turns an error of writing beside a graph file into one with advice.
func (b *fileBase) unwritable(op string, err error) error {
	e := &Error{Err: err}
	var known *Error
	if errors.As(err, &known) {
		e = known
	}
	e.Op, e.Where = op, b.where
	var path *fs.PathError
	var link *os.LinkError
	switch {
	case errors.As(e.Err, &path):
		e.Err = path.Err
	case errors.As(e.Err, &link):
		e.Err = link.Err
	}
	if e.Hint == "" {
		switch {
		case errors.Is(err, fs.ErrPermission), readOnlySystem(err):
			e.Hint = "nothing was changed: choose a folder that you may write, with --graph"
		case noSpace(err):
			e.Hint = "nothing was changed: free some space, or choose another disk with --graph"
		default:
			e.Hint = "nothing was changed"
		}
	}
	return e
}
