package document_test

import (
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/picograph/picograph/loader/document"
)

// invariants checks what holds of every parsed document: spans in order, inside the text, apart; sentences inside
// their sections; every byte that shows anything in a section, a head or a skip, and within a section in a sentence.
func invariants(t *testing.T, d *document.Document) {
	t.Helper()
	const (
		section = 1 << iota
		head
		skip
		sentence
	)
	marks := make([]byte, len(d.Text))
	mark := func(what string, s document.Span, bit byte, against byte) {
		t.Helper()
		if s.Start < 0 || s.End > len(d.Text) || s.Start > s.End {
			t.Fatalf("%s %v outside the text of %d bytes", what, s, len(d.Text))
		}
		for i := s.Start; i < s.End; i++ {
			if marks[i]&against != 0 {
				t.Fatalf("%s %v overlaps at byte %d (%#x): %q", what, s, i, marks[i], d.At(s))
			}
			marks[i] |= bit
		}
	}
	last := 0
	for _, s := range d.Sections {
		mark("head", s.Head, head, head)
		mark("section", s.Span, section, section|head)
		if s.Start < last {
			t.Fatalf("section %v begins before %d", s.Span, last)
		}
		last = s.End
	}
	last = 0
	for _, k := range d.Skips {
		mark("skip", document.Span{Start: k.Start, End: k.End}, skip, section|head|skip)
		if k.Start < last || k.Reason == "" || k.Start == k.End {
			t.Fatalf("skip %+v out of order or empty", k)
		}
		last = k.End
	}
	last = 0
	for _, s := range d.Sentences {
		mark("sentence", s.Span, sentence, sentence|skip|head)
		if s.Start < last || s.Len() == 0 {
			t.Fatalf("sentence %v out of order or empty", s.Span)
		}
		last = s.End
		if s.Section < 0 || s.Section >= len(d.Sections) || !d.Sections[s.Section].Contains(s.Span) {
			t.Fatalf("sentence %v is not in its section %d", s.Span, s.Section)
		}
		if got := d.SectionAt(s.Start); got != &d.Sections[s.Section] {
			t.Fatalf("SectionAt(%d) is not section %d", s.Start, s.Section)
		}
	}
	for i := 0; i < len(d.Text); {
		r, size := utf8.DecodeRuneInString(d.Text[i:])
		shown := !unicode.IsSpace(r) && !unicode.IsControl(r) && !strings.ContainsRune("\uFEFF\u200B\u200C\u200D\u2060\u00AD\u200E\u200F", r)
		shown = shown && !bulletAt(d.Text, i, marks, sentence|skip)
		if shown && marks[i]&(section|head|skip) == 0 {
			t.Fatalf("byte %d (%q) lies nowhere, near %q", i, r, d.Text[max(0, i-30):min(len(d.Text), i+30)])
		}
		if shown && marks[i]&section != 0 && marks[i]&sentence == 0 {
			t.Fatalf("byte %d (%q) lies in a section and no sentence", i, r)
		}
		if marks[i] != 0 && !utf8.RuneStart(d.Text[i]) && r != utf8.RuneError {
			t.Fatalf("byte %d begins no rune", i)
		}
		i += size
	}
}

// bulletAt reports whether the mark of an item of a list stands at i, before the sentence or skip that it is no part of.
func bulletAt(text string, i int, marks []byte, before byte) bool {
	r, size := utf8.DecodeRuneInString(text[i:])
	rest := strings.TrimLeftFunc(text[i+size:], func(r rune) bool { return unicode.IsSpace(r) || r == '\uFEFF' || r == '\u200B' })
	next := len(text) - len(rest)
	return strings.ContainsRune("•◦▪●‣-–—", r) && next < len(text) && marks[next]&before != 0
}
