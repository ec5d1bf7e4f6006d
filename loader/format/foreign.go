package format

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/picograph/picograph/graph/lazyregexp"
)

// signature is how the files of a kind that is not read begin.
type signature struct {
	begins string
	is     string
	hint   string
}

const asText = "save or copy its text into a .txt file"

// signatures are the kinds that people have beside their texts, told by their first bytes.
var signatures = []signature{
	{"%PDF-", "a PDF file", "extract its text first, for example with pdftotext FILE"},
	{"\x89PNG", "a PNG image", "only text can be read; images cannot"},
	{"\xFF\xD8\xFF", "a JPEG image", "only text can be read; images cannot"},
	{"GIF8", "a GIF image", "only text can be read; images cannot"},
	{"II*\x00", "a TIFF image", "only text can be read; images cannot"},
	{"MM\x00*", "a TIFF image", "only text can be read; images cannot"},
	{"\xD0\xCF\x11\xE0", "an old Word or Excel file", "save it as plain text (UTF-8)"},
	{"{\\rtf", "an RTF file", "save it as plain text (UTF-8)"},
	{"\x1F\x8B", "a file compressed twice", "decompress it with gunzip first"},
	{"BZh", "a bzip2 file", "decompress it with bunzip2 first"},
	{"\xFD7zXZ", "an xz file", "decompress it with unxz first"},
	{"7z\xBC\xAF", "a 7z archive", "unpack it first"},
	{"Rar!", "a RAR archive", "unpack it first"},
	{"\x28\xB5\x2F\xFD", "a zstd file", "decompress it with unzstd first"},
	{"SQLite format 3", "an SQLite database", asText},
	{"\x7FELF", "a program", ""},
	{"MZ\x90", "a program", ""},
	{"\xFF\xFE\x00\x00", "text in UTF-32", "convert it with iconv -f UTF-32LE -t UTF-8 FILE"},
	{"\xFF\xFE", "text in UTF-16", "convert it with iconv -f UTF-16 -t UTF-8 FILE"},
	{"\xFE\xFF", "text in UTF-16", "convert it with iconv -f UTF-16 -t UTF-8 FILE"},
}

// foreign says what a file is that no format reads, or returns nil.
func foreign(f File) error {
	if len(f.Data) == 0 {
		return &Error{Err: ErrEmpty, Offset: -1, Hint: "check that it was saved or downloaded in full"}
	}
	for _, s := range signatures {
		if bytes.HasPrefix(f.Data, []byte(s.begins)) {
			return &Error{Err: ErrBinary, Detail: "this is " + s.is, Offset: -1, Hint: s.hint}
		}
	}
	if len(f.Data) > 262 && string(f.Data[257:262]) == "ustar" {
		return &Error{Err: ErrBinary, Detail: "this is a tar archive", Offset: -1, Hint: "an archive is read when it is a file, and not within another or from standard input"}
	}
	if bytes.HasPrefix(f.Data, []byte("PK\x03\x04")) {
		return packed(f)
	}
	if i := bytes.IndexByte(f.Data, 0); i >= 0 {
		return withNUL(f.Data, i)
	}
	if i := invalid(f.Data); i >= 0 {
		return encoding(f.Data, i)
	}
	return nil
}

// packed says what a file in ZIP form is.
func packed(f File) error {
	head := f.Data[:min(len(f.Data), 4096)]
	for _, kind := range []signature{
		{"word/", "a Word document (docx)", "save it as plain text (UTF-8)"},
		{"xl/", "an Excel workbook (xlsx)", "save the sheet as CSV or text"},
		{"ppt/", "a PowerPoint file (pptx)", asText},
		{"application/epub", "an EPUB book", asText},
		{"application/vnd.oasis", "an OpenDocument file", "save it as plain text (UTF-8)"},
	} {
		if bytes.Contains(head, []byte(kind.begins)) {
			return &Error{Err: ErrBinary, Detail: "this is " + kind.is, Offset: -1, Hint: kind.hint}
		}
	}
	if strings.HasSuffix(strings.ToLower(f.Name), ".docx") {
		return &Error{Err: ErrBinary, Detail: "this is a Word document (docx)", Offset: -1, Hint: "save it as plain text (UTF-8)"}
	}
	return &Error{Err: ErrBinary, Detail: "this is a ZIP archive", Offset: -1, Hint: "an archive is read when it is a file, and not within another or from standard input"}
}

// withNUL says what a file with a NUL byte at i is: UTF-16 without a mark, or binary.
func withNUL(data []byte, i int) error {
	if name := zerosOf(data); name != "" {
		return &Error{
			Err: ErrEncoding, Detail: "it looks like text in " + name, Offset: -1,
			Hint: "convert it with iconv -f " + name + " -t UTF-8 FILE",
		}
	}
	return &Error{Err: ErrBinary, Detail: "a NUL byte", Offset: i, Hint: "only text can be read; is this the right file?"}
}

// invalid returns the offset of the first byte that is not UTF-8, or -1.
func invalid(data []byte) int {
	for i := 0; i < len(data); {
		if data[i] < utf8.RuneSelf {
			i++
			continue
		}
		r, size := utf8.DecodeRune(data[i:])
		if r == utf8.RuneError && size == 1 {
			return i
		}
		i += size
	}
	return -1
}

// encoding says what the encoding of a text may be whose byte at i is not UTF-8.
func encoding(data []byte, i int) error {
	e := &Error{Err: ErrEncoding, Detail: fmt.Sprintf("0x%02X", data[i]), Offset: i}
	if i >= len(data)-3 && !utf8.FullRune(data[i:]) {
		e.Hint = "it ends within a character: is it cut off? If not, convert it with iconv -f " + guess(data) + " -t UTF-8 FILE"
		return e
	}
	e.Hint = "convert it with iconv -f " + guess(data) + " -t UTF-8 FILE"
	return e
}

// guess names the likely encoding of bytes that are not UTF-8: high bytes that come singly between letters are
// Western European, those that come in pairs are Chinese or Japanese.
func guess(data []byte) string {
	data = data[:min(len(data), 1<<16)]
	single, paired, c1, kana := 0, 0, 0, 0
	for i := 0; i < len(data); i++ {
		if data[i] < 0x80 {
			continue
		}
		if 0x80 <= data[i] && data[i] <= 0x9F {
			c1++
		}
		run := i
		for run < len(data) && data[run] >= 0x80 {
			run++
		}
		if run-i == 1 {
			single++
		} else {
			paired += run - i
			for k := i; k+1 < run; k++ {
				if data[k] == 0x82 || data[k] == 0x83 {
					kana++
				}
			}
		}
		i = run - 1
	}
	switch {
	case paired > 2*single && kana*3 > paired:
		return "SHIFT_JIS"
	case paired > 2*single:
		return "GB18030"
	case c1 > 0:
		return "WINDOWS-1252"
	}
	return "ISO-8859-1"
}

// jsonStart is how an object of JSON begins, alone or in a list: no prose begins like that.
var jsonStart = lazyregexp.New(`^(?:\[\s*)*\{\s*"[^"\n]*"\s*:|^(?:\[\s*){3}`)

// markup says that a file is in a markup or data format that is not read, or returns nil.
func markup(data []byte) error {
	data = bytes.TrimPrefix(data, []byte("\uFEFF"))
	head := bytes.ToLower(bytes.TrimSpace(data[:min(len(data), 2048)]))
	switch {
	case bytes.HasPrefix(head, []byte("<!doctype html")), bytes.HasPrefix(head, []byte("<html")):
		return &Error{Err: ErrUnknown, Detail: "this is an HTML page", Offset: -1, Hint: "open it in a browser and save or copy its text into a .txt file"}
	case bytes.HasPrefix(head, []byte("<?xml")), bytes.HasPrefix(head, []byte("<!doctype")):
		return &Error{Err: ErrUnknown, Detail: "this is an XML file", Offset: -1, Hint: asText}
	case len(head) > 1 && (head[0] == '{' || head[0] == '[') && json.Valid(data):
		return &Error{Err: ErrUnknown, Detail: "this is a JSON file", Offset: -1, Hint: asText}
	case jsonStart.Match(head):
		return &Error{Err: ErrBroken, Detail: "this begins as JSON does, and is none", Offset: -1, Hint: "export or download it again: it may have been cut off"}
	}
	return nil
}
