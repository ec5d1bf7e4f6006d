package loader

import (
	"errors"
	"fmt"

	"github.com/picograph/picograph/loader/format"
)

// The reasons for which a path cannot be loaded, or nothing of a load could be read; test for them with errors.Is.
var (
	ErrNotFound  = errors.New("no such file or folder")
	ErrNothing   = errors.New("nothing to load")
	ErrUnread    = errors.New("none of the documents could be read")
	ErrTooLarge  = errors.New("the file is too large")
	ErrArchive   = errors.New("the archive cannot be used")
	ErrNotLoaded = errors.New("the graph holds nothing that was loaded from it")
)

// Error is why a load cannot go on, or why a document could not be loaded, with the path and advice.
type Error struct {
	Path string
	Err  error
	Hint string // what the user can do
}

// Error returns the message on one line, without the hint.
func (e *Error) Error() string {
	if e.Path == "" {
		return e.Err.Error()
	}
	return fmt.Sprintf("%s: %v", e.Path, e.Err)
}

// Unwrap returns the cause.
func (e *Error) Unwrap() error { return e.Err }

// Advice returns what the user can do about an error, if err or something that it wraps knows.
func Advice(err error) string {
	var e *Error
	if errors.As(err, &e) && e.Hint != "" {
		return e.Hint
	}
	var f *format.Error
	if errors.As(err, &f) {
		return f.Hint
	}
	return ""
}
