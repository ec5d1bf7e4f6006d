package format_test

import (
	"html"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"unicode"

	"github.com/picograph/picograph/graph/evidence"
	"github.com/picograph/picograph/loader/format"
)

// traces checks of a record that its origin leads to the file: its own stretch and those of its text lie in the file, in the order of
// the text, and what is said to be copied is the same in both.
func traces(t *testing.T, data []byte, r format.Record) {
	t.Helper()
	o := r.Origin
	if o == nil && r.Text == string(data) {
		return
	}
	if o == nil {
		t.Errorf("record %q does not say where it comes from", r.Key)
		return
	}
	if o.Record.Start < 0 || o.Record.Start > o.Record.End || o.Record.End > len(data) {
		t.Errorf("record %q is at %v of a file of %d bytes", r.Key, o.Record, len(data))
		return
	}
	at := 0
	for _, run := range o.Runs {
		switch {
		case run.Start < at || run.Len <= 0 || run.Start+run.Len > len(r.Text):
			t.Errorf("record %q: run %+v after byte %d of a text of %d bytes", r.Key, run, at, len(r.Text))
			return
		case run.At < o.Record.Start || run.Bytes < 0 || run.At+run.Bytes > o.Record.End:
			t.Errorf("record %q at %v: run %+v lies outside", r.Key, o.Record, run)
			return
		case run.Copied && r.Text[run.Start:run.Start+run.Len] != string(data[run.At:run.At+run.Bytes]):
			t.Errorf("record %q: %q is not %q", r.Key, r.Text[run.Start:run.Start+run.Len], data[run.At:run.At+run.Bytes])
			return
		}
		at = run.Start + run.Len
	}
	back, err := evidence.ParseOrigin(o.String())
	if err != nil || back.String() != o.String() || len(back.Runs) != len(o.Runs) {
		t.Errorf("record %q: its origin is not the same when read again: %v", r.Key, err)
	}
}

// What containers put between the words of a text.
var (
	tags     = regexp.MustCompile(`</?[A-Za-z][^<>]*>`)
	texWords = regexp.MustCompile(`\\[A-Za-z]+|\\.`)
)

// letters returns the letters and digits of a text.
func letters(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return r
		}
		return -1
	}, s)
}

// TestOriginOfRealFiles reads files that other programs wrote: every sentence of every record's text has its words at the
// place in the file that its origin names.
func TestOriginOfRealFiles(t *testing.T) {
	var files []string
	for _, pattern := range []string{"bibliographic/*/*", "trials/docs/*", "clinicaltrials-v2/*"} {
		found, _ := filepath.Glob("../../../shared/data/" + pattern)
		files = append(files, found...)
	}
	if len(files) == 0 {
		t.Skip("there are no files of other programs here")
	}
	records, sentences, known := 0, 0, 0
	for _, path := range files {
		data, err := os.ReadFile(path)
		if err != nil {
			continue // a folder
		}
		file := format.File{Name: path, Data: data}
		f, err := format.Detect(file)
		if err != nil {
			continue
		}
		_ = f.Read(file, func(r format.Record) error {
			records++
			traces(t, data, r)
			for _, line := range sentencesOf(r.Text) {
				if r.Origin == nil {
					break
				}
				sentences++
				e, ok := r.Origin.Place(line[0], line[1])
				if !ok {
					if line[1]-line[0] > 120 { // no heading
						t.Errorf("%s %s: %q has no place", path, r.Key, r.Text[line[0]:line[1]])
					}
					continue
				}
				known++
				if f.Name == "ctgov" {
					continue // its lines are composed of values; their pointers are looked at elsewhere
				}
				said := letters(r.Text[line[0]:line[1]])
				if i := strings.Index(r.Text[line[0]:line[1]], ": "); i > 0 && i < 90 {
					said = letters(r.Text[line[0]+i : line[1]]) // without the label that a reader may have put before it
				}
				stands := string(data[e.Start:e.End])
				for range 3 {
					stands = html.UnescapeString(tags.ReplaceAllString(stands, ""))
				}
				if f.Name == "bibtex" {
					stands = texWords.ReplaceAllString(stands, "")
				}
				stands = letters(stands)
				if (f.Name == "jats" || f.Name == "html") && within(said, stands) {
					continue // numbers of references are left out, and formulas
				}
				if !strings.Contains(stands, said) {
					t.Errorf("%s %s: %q stands at %v as %q", path, r.Key, said, e, stands)
				}
			}
			return nil
		})
	}
	t.Logf("%d records, %d sentences, %d of them with a place in the file", records, sentences, known)
	if known*100 < sentences*95 {
		t.Errorf("%d of %d sentences have no place in the file", sentences-known, sentences)
	}
}

// within reports whether the signs of a stand in b in their order.
func within(a, b string) bool {
	for _, r := range a {
		i := strings.IndexRune(b, r)
		if i < 0 {
			return false
		}
		b = b[i+len(string(r)):]
	}
	return true
}

// sentencesOf parts a text at line ends and full stops.
func sentencesOf(text string) [][2]int {
	var out [][2]int
	at := 0
	for i := 0; i < len(text); i++ {
		if text[i] == '\n' || strings.HasPrefix(text[i:], ". ") || i == len(text)-1 {
			if letters(text[at:i]) != "" {
				out = append(out, [2]int{at, i})
			}
			at = i + 1
		}
	}
	return out
}
