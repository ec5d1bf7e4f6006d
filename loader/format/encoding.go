package format

import (
	"bytes"
	"fmt"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
)

// Doubt is what was presumed of a file's encoding, and where: a byte of the file as it is.
type Doubt struct {
	Message string
	Offset  int
}

// UTF8 returns a file with its text in UTF-8, and what was presumed to read it so, or nil. UTF-16 is known by its mark or
// by its zeros. Of other text the bytes that are not UTF-8 are read as Windows-1252, of which ISO 8859-1 is a part. What looks like
// Chinese or Japanese, and what is no text, is left as it is, for Detect to refuse. So is text that was read wrongly before it
// came into the file: that is told only.
func UTF8(f File) (File, *Doubt) {
	if f.whole() {
		if text, name := fromUTF16(f.Data); text != nil {
			f.Data = text
			return f, &Doubt{Message: "the file is in " + name + " and was read as such; places in it are told as in UTF-8"}
		}
	}
	i := invalid(f.Data)
	if i < 0 {
		return f, mojibake(f)
	}
	if bytes.IndexByte(f.Data[:min(len(f.Data), 4096)], 0) >= 0 || unread(f) {
		return f, nil
	}
	if foreignScript(f.Data) {
		return f, nil
	}
	first, n := f.Data[i], 0
	out := make([]byte, 0, len(f.Data)+64)
	for data := f.Data; len(data) > 0; {
		size := validPrefix(data)
		out = append(out, data[:size]...)
		if data = data[size:]; len(data) == 0 {
			break
		}
		r := charmap.Windows1252.DecodeByte(data[0])
		if r == utf8.RuneError {
			r = rune(data[0]) // not assigned there: what ISO 8859-1 has
		}
		out = utf8.AppendRune(out, r)
		data = data[1:]
		n++
	}
	d := &Doubt{Offset: f.Offset + i, Message: fmt.Sprintf(
		"not valid UTF-8: %s, the first 0x%02X at byte %d, read as Windows-1252: presumed, letters may be wrong; places in it are told as in UTF-8", places(n, "byte"), first, f.Offset+i)}
	f.Data = out
	return f, d
}

// foreignScript reports whether bytes that are not UTF-8 are of a Chinese or Japanese encoding: they look like one, and hardly any
// stand as characters of UTF-8.
func foreignScript(data []byte) bool {
	if name := guess(data); name != "GB18030" && name != "SHIFT_JIS" {
		return false
	}
	valid, broken := 0, 0
	for data = data[:min(len(data), 1<<16)]; len(data) > 0; {
		r, size := utf8.DecodeRune(data)
		switch {
		case r == utf8.RuneError && size == 1:
			broken++
		case size > 1:
			valid++
		}
		data = data[size:]
	}
	return valid*4 < broken
}

// places is a number of things.
func places(n int, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return fmt.Sprintf("%d %ss", n, what)
}

// unread reports whether a file begins as one of a kind that is not read.
func unread(f File) bool {
	for _, s := range signatures {
		if bytes.HasPrefix(f.Data, []byte(s.begins)) {
			return true
		}
	}
	return bytes.HasPrefix(f.Data, []byte("PK\x03\x04"))
}

// validPrefix returns how many bytes at the start of data are valid UTF-8.
func validPrefix(data []byte) int {
	if i := invalid(data); i >= 0 {
		return i
	}
	return len(data)
}

// fromUTF16 returns text in UTF-16 as UTF-8, with the name of its encoding, or nil where data is something else.
func fromUTF16(data []byte) ([]byte, string) {
	order, name := unicode.LittleEndian, ""
	switch {
	case bytes.HasPrefix(data, []byte("\xFF\xFE\x00\x00")): // UTF-32
	case bytes.HasPrefix(data, []byte("\xFF\xFE")):
		name = "UTF-16LE"
	case bytes.HasPrefix(data, []byte("\xFE\xFF")):
		order, name = unicode.BigEndian, "UTF-16BE"
	default:
		if name = zerosOf(data); name == "UTF-16BE" {
			order = unicode.BigEndian
		}
	}
	if name == "" {
		return nil, ""
	}
	text, err := unicode.UTF16(order, unicode.UseBOM).NewDecoder().Bytes(data)
	if err != nil || bytes.IndexByte(text, 0) >= 0 {
		return nil, ""
	}
	return text, name
}

// zerosOf returns the name of the form of UTF-16 that data without a mark is in, told by every other byte being zero, or
// nothing.
func zerosOf(data []byte) string {
	head := data[:min(len(data), 4096)]
	even, odd := 0, 0
	for k, c := range head {
		if c == 0 && k%2 == 0 {
			even++
		} else if c == 0 {
			odd++
		}
	}
	switch {
	case odd*3 > len(head) && even*20 < odd:
		return "UTF-16LE"
	case even*3 > len(head) && odd*20 < even:
		return "UTF-16BE"
	}
	return ""
}

// mojibakes are signs of text that was in UTF-8, was read as Windows-1252, and was written as UTF-8 again: what becomes of
// dashes and quotes, of accented letters, and of no-break blanks and signs such as ±.
var mojibakes = [][]byte{[]byte("â€"), []byte("Ã\u00A9"), []byte("Ã¼"), []byte("Ã¤"), []byte("Ã¶"), []byte("Ã¨"), []byte("Ã±"), []byte("Â±"), []byte("Â\u00A0"), []byte("Âµ"), []byte("Â·"), []byte("â‰¥"), []byte("â‰¤")}

// mojibake tells where the text of a file was read in a wrong encoding before it came there.
func mojibake(f File) *Doubt {
	if bytes.IndexByte(f.Data, 0xC3) < 0 {
		return nil
	}
	n, first := 0, -1
	for _, sign := range mojibakes {
		if i := bytes.Index(f.Data, sign); i >= 0 {
			n += bytes.Count(f.Data, sign)
			if first < 0 || i < first {
				first = i
			}
		}
	}
	if n == 0 {
		return nil
	}
	end := first
	for k := 0; k < 3 && end < len(f.Data); k++ {
		_, size := utf8.DecodeRune(f.Data[end:])
		end += size
	}
	return &Doubt{Offset: f.Offset + first, Message: fmt.Sprintf(
		"%s such as “%s” at byte %d: the text was read in a wrong encoding before it came into the file; it was left as it is (export it again in UTF-8)",
		places(n, "sign"), f.Data[first:end], f.Offset+first)}
}
