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

// lock is the right to write a graph file. It is a file beside it that names the holder; what counts are the system's
// own locks on that file and on the graph, which end with the process.
type lock struct {
	f     *os.File
	path  string
	graph *os.File // nil where there is none yet
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
		if errors.Is(err, fs.ErrPermission) {
			if err = cleared(name, err); err == nil {
				continue
			}
		}
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
			return nil, held(h)
		}
		if !current(f, name) { // the last holder removed the file after we had opened it
			_ = f.Close()
			continue
		}
		l := &lock{f: f, path: name}
		if l.graph, err = lockGraph(path); err == nil {
			err = writeHolder(f)
		}
		if err != nil {
			l.release()
			return nil, err
		}
		return l, nil
	}
	return nil, inTurn()
}

// held is the error of a graph that somebody else writes.
func held(h holder) error {
	return &Error{Err: fmt.Errorf("%w by %v", ErrLocked, h), Hint: "wait until it has ended, or write another graph with --graph"}
}

// inTurn is the error of a graph that is written again whenever its lock was opened.
func inTurn() error {
	return &Error{Err: fmt.Errorf("%w by several processes in turn", ErrLocked), Hint: "try again"}
}

// cleared removes a lock that another user's process left behind when it died. One that is held, or that cannot be removed, is an error.
func cleared(name string, denied error) error {
	others := &Error{Err: fmt.Errorf("%w: its lock %s belongs to another user", fs.ErrPermission, name), Hint: "ask them to remove it when nobody writes the graph, or write another one with --graph"}
	f, err := os.Open(name)
	if errors.Is(err, fs.ErrPermission) {
		return others
	}
	if err != nil {
		return denied
	}
	defer f.Close() //nolint // it was only read
	ours, err := tryLock(f)
	if err == nil && !ours {
		return held(readHolder(f))
	}
	if err == nil && (!current(f, name) || os.Remove(name) == nil) {
		return nil
	}
	return others
}

// lockGraph locks the graph file at path itself, if it is there: the file that names the holder may have been deleted by hand. A file that
// may not be written is an error, though a change could put another in its place, which only the folder would forbid.
func lockGraph(path string) (*os.File, error) {
	for range 20 {
		f, err := os.OpenFile(path, os.O_RDWR, 0)
		if errors.Is(err, fs.ErrNotExist) {
			return nil, nil
		}
		if err != nil {
			return nil, err
		}
		ours, err := tryLock(f)
		if ours && current(f, path) {
			return f, nil
		}
		_ = f.Close()
		if err != nil {
			return nil, fmt.Errorf("locking %s: %w", path, err)
		}
		if !ours {
			return nil, held(holder{})
		}
	}
	return nil, inTurn()
}

// free gives the lock of the graph file back.
func (l *lock) free() {
	if l.graph != nil {
		_ = l.graph.Close()
	}
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
		case errors.Is(err, ErrChanged):
			e.Hint = "nothing of this was stored, and nothing of theirs is lost: do it again"
		case nameTooLong(err):
			e.Hint = "nothing was changed: give it a shorter name, since a lock and temporary files lie beside it under longer ones"
		case noSpace(err):
			e.Hint = "nothing was changed: free some space, or choose another disk with --graph"
		default:
			e.Hint = "nothing was changed"
		}
	}
	return e
}
