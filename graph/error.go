package graph

import (
	"errors"
	"fmt"
	"strings"

	"github.com/picograph/picograph/graph/store"
)

// The reasons for which a graph cannot be used; test for them with errors.Is.
var (
	ErrLocked   = errors.New("the graph is being written")
	ErrDamaged  = store.ErrDamaged
	ErrForeign  = store.ErrForeign
	ErrVersion  = store.ErrVersion
	ErrChanged  = store.ErrChanged
	ErrEdition  = errors.New("another picograph indexed and joined its documents by other rules")
	ErrReadOnly = errors.New("the graph is open for reading only")
	ErrNotFound = errors.New("not found")
	ErrClosed   = errors.New("the graph is closed")
)

// Error is a failure of a graph as a whole, with the place and, where there is any, advice.
type Error struct {
	Op    string // what was being done
	Where string // the graph
	Line  int    // of the graph file, from 1; zero where no line is to blame
	Err   error
	Hint  string // what the user can do
}

// Error returns the message on one line, without the hint.
func (e *Error) Error() string {
	var b strings.Builder
	b.WriteString(e.Op)
	if e.Where != "" {
		fmt.Fprintf(&b, " %s", e.Where)
	}
	if e.Line > 0 {
		fmt.Fprintf(&b, ", line %d", e.Line)
	}
	fmt.Fprintf(&b, ": %v", e.Err)
	return b.String()
}

// Unwrap returns the cause.
func (e *Error) Unwrap() error { return e.Err }

// Advice returns what the user can do about an error, if err or something it wraps knows.
func Advice(err error) string {
	var e *Error
	if errors.As(err, &e) {
		return e.Hint
	}
	return ""
}
