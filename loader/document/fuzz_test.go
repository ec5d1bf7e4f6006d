package document_test

import (
	"path/filepath"
	"strings"
	"testing"

	"github.com/picograph/picograph/loader/document"
	"golang.org/x/tools/txtar"
)

// FuzzParse checks the invariants on any text.
func FuzzParse(f *testing.F) {
	names, _ := filepath.Glob("testdata/*.txtar")
	for _, name := range names {
		a, err := txtar.ParseFile(name)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(string(a.Files[0].Data))
	}
	for _, s := range []string{
		"", "\uFEFF", "\uFEFFResults: x", "a\r\nb\r\rc", "Results", "Results:", "RESULTS\n:\n:", "(((((", "....", "P =. 14", "1. 2. 3.",
		"=== ===", "# ", "#\n", "**", "\xff\xfe", "Results\xff: a", "A.\u0301", "方法：方法：", "...\n…\n...", "AbstractBackgroundResults",
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		invariants(t, document.Parse("fuzz", text, headings))
		if len(text) < 2000 {
			twice := text + "\n" + text
			invariants(t, document.Parse("fuzz", twice, headings))
			invariants(t, document.Parse("fuzz", strings.ReplaceAll(text, "\n", " "), headings))
		}
	})
}

// FuzzParseNil checks that a parser without headings works.
func FuzzParseNil(f *testing.F) {
	f.Add("Results: it fell.\nMethods\nWe saw.")
	f.Fuzz(func(t *testing.T, text string) { invariants(t, document.Parse("fuzz", text, nil)) })
}
