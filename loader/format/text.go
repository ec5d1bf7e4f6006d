package format

import (
	"strings"
	"unicode"
)

// isText reports whether a file is text: what is not text has been refused before.
func isText(File) bool { return true }

// readText reads a file as one document. Its text is the file's bytes, with a byte-order mark and line ends as they
// are, so that offsets are those of the file.
func readText(f File, yield func(Record) error) error {
	text := string(f.Data)
	if strings.TrimLeftFunc(text, func(r rune) bool { return unicode.IsSpace(r) || r == '\uFEFF' }) == "" {
		return &Error{Err: ErrEmpty, Detail: "it holds only white space", Offset: -1, Hint: "check that it was saved or downloaded in full"}
	}
	return yield(Record{Text: text})
}
