package format_test

import (
	"errors"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"github.com/picograph/picograph/loader/format"
)

func TestDetect(t *testing.T) {
	utf16 := func(s string, high bool) string {
		var b strings.Builder
		for i := range len(s) {
			if high {
				b.WriteByte(0)
			}
			b.WriteByte(s[i])
			if !high {
				b.WriteByte(0)
			}
		}
		return b.String()
	}
	tests := []struct {
		name, file, data string
		err              error  // nil: text
		message, hint    string // what they contain
	}{
		{"text", "a.txt", "It is.", nil, "", ""},
		{"Markdown", "a.md", "# It\n\nis.", nil, "", ""},
		{"no extension", "a", "It is.", nil, "", ""},
		{"mark", "a.txt", "\uFEFFIt is.", nil, "", ""},
		{"JSON cut off", "a.json", `[{"it": "is", "was": "so`, format.ErrBroken, "begins as JSON does", "cut off"},
		{"lists without an end", "a.json", strings.Repeat("[", 1000), format.ErrBroken, "begins as JSON does", "cut off"},
		{"brackets", "a.txt", "[It is] (1) [as it was]", nil, "", ""},
		{"brace", "a.txt", "{it is} what it was", nil, "", ""},
		{"angle", "a.txt", "<5% of those asked", nil, "", ""},
		{"empty", "a.txt", "", format.ErrEmpty, "the file is empty", "downloaded"},
		{"NUL", "a.txt", "It is\x00 so and so on", format.ErrBinary, "a NUL byte at byte 5", "right file"},
		{"PDF", "a.txt", "%PDF-1.7\n\x00", format.ErrBinary, "a PDF file", "pdftotext"},
		{"PNG", "a.png", "\x89PNG\r\n\x1a\n", format.ErrBinary, "a PNG image", "images"},
		{"JPEG", "a.jpg", "\xFF\xD8\xFF\xE0", format.ErrBinary, "a JPEG image", "images"},
		{"docx", "a.docx", "PK\x03\x04....word/document.xml", format.ErrBinary, "a Word document", "plain text"},
		{"docx by name", "a.docx", "PK\x03\x04....", format.ErrBinary, "a Word document", "plain text"},
		{"xlsx", "a.xlsx", "PK\x03\x04....xl/workbook.xml", format.ErrBinary, "an Excel workbook", "CSV"},
		{"archive", "a", "PK\x03\x04....", format.ErrBinary, "a ZIP archive", "not within another"},
		{"doc", "a.doc", "\xD0\xCF\x11\xE0", format.ErrBinary, "an old Word", "plain text"},
		{"RTF", "a.rtf", "{\\rtf1 It is.}", format.ErrBinary, "an RTF file", "plain text"},
		{"twice compressed", "a", "\x1F\x8B\x08", format.ErrBinary, "compressed twice", "gunzip"},
		{"UTF-16", "a.txt", "\xFF\xFEI\x00", format.ErrBinary, "UTF-16", "iconv -f UTF-16 -t UTF-8"},
		{"UTF-16 without mark", "a.txt", utf16("It is so and so on.", false), format.ErrEncoding, "UTF-16LE", "iconv -f UTF-16LE"},
		{"UTF-16 the other way", "a.txt", utf16("It is so and so on.", true), format.ErrEncoding, "UTF-16BE", "iconv -f UTF-16BE"},
		{"Latin-1", "a.txt", "It is caf\xe9 au lait", format.ErrEncoding, "0xE9 at byte 9", "iconv -f ISO-8859-1"},
		{"Windows", "a.txt", "It is \x93so\x94 and so", format.ErrEncoding, "0x93 at byte 6", "iconv -f WINDOWS-1252"},
		{"Chinese", "a.txt", "\xcc\xdb\xcd\xb4\xc6\xc0\xb7\xd6\xcf\xc2\xbd\xb5", format.ErrEncoding, "at byte 0", "iconv -f GB18030"},
		{"cut", "a.txt", "It is caf\xc3", format.ErrEncoding, "0xC3 at byte 9", "cut off"},
		{"HTML", "a.html", "\n<!DOCTYPE HTML><p>It", format.ErrUnknown, "an HTML page", "browser"},
		{"XML", "a.xml", "<?xml version='1.0'?>", format.ErrUnknown, "an XML file", ".txt"},
		{"JSON", "a.json", `{"it": "is"}`, format.ErrUnknown, "a JSON file", ".txt"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			f, err := format.Detect(format.File{Name: tt.file, Data: []byte(tt.data)})
			if tt.err == nil {
				if err != nil || f.Name != "text" {
					t.Fatalf("%s, %v", f.Name, err)
				}
				return
			}
			var e *format.Error
			if !errors.As(err, &e) || !errors.Is(err, tt.err) {
				t.Fatalf("error %v, want %v", err, tt.err)
			}
			if !strings.Contains(e.Error(), tt.message) || !strings.Contains(e.Hint, tt.hint) {
				t.Errorf("error %q with hint %q", e, e.Hint)
			}
		})
	}
}

func TestRead(t *testing.T) {
	for _, data := range []string{"It is.", "\uFEFFIt\r\nis.\r\n", "  \n\nIt is"} {
		f, err := format.Detect(format.File{Name: "a.txt", Data: []byte(data)})
		if err != nil {
			t.Fatal(err)
		}
		var got []format.Record
		err = f.Read(format.File{Name: "a.txt", Data: []byte(data)}, func(r format.Record) error {
			got = append(got, r)
			return nil
		})
		if diff := cmp.Diff([]format.Record{{Text: data}}, got); diff != "" || err != nil {
			t.Error(diff, err)
		}
	}
	f := format.Formats()[len(format.Formats())-1]
	stop := errors.New("stop")
	if err := f.Read(format.File{Data: []byte("x")}, func(format.Record) error { return stop }); !errors.Is(err, stop) {
		t.Errorf("yield's error: %v", err)
	}
	if err := f.Read(format.File{Data: []byte("\uFEFF \n")}, func(format.Record) error { return nil }); !errors.Is(err, format.ErrEmpty) {
		t.Errorf("only blanks: %v", err)
	}
}

// FuzzDetect checks that what is read is valid UTF-8 and the file's bytes, and that offsets lie in the file.
func FuzzDetect(f *testing.F) {
	for _, s := range []string{"", "a", "\x00", "\xff", "PK\x03\x04", "{\"a\":1}", "<?xml", "caf\xe9", "\xe7\x96", "\xef\xbb\xbf"} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		file := format.File{Name: "a", Data: data}
		found, err := format.Detect(file)
		if err != nil {
			var e *format.Error
			if !errors.As(err, &e) || e.Offset >= len(data) || e.Error() == "" {
				t.Fatalf("error %#v", err)
			}
			return
		}
		_ = found.Read(file, func(r format.Record) error {
			if !utf8.ValidString(r.Text) || found.Name == "text" && r.Text != string(data) {
				t.Fatalf("text %q of %q", r.Text, data)
			}
			return nil
		})
	})
}
