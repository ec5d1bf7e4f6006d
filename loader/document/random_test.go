package document_test

import (
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/picograph/picograph/loader/document"
)

// TestRandom checks the invariants on texts put together at random from what the parser looks for.
func TestRandom(t *testing.T) {
	pieces := []string{
		"Results", "RESULTS", "Conclusions", "Methods", "TRIAL REGISTRATION", "NCT01234567", "ClinicalTrials.gov", ":", ": ", ".", ". ", "\n", "\n\n", "\r\n",
		" ", "=== ", " ===", "# ", "**", "(", ")", "[1]", "P =. 14", "0.5", "et al.", "J. P. Smith", "Smith A, Jones B, et al.", "The mean score fell by 2.1 points with group exercise",
		"The", "was", "we", "疼痛评分下降2.1分。", "方法：", "...", "…", "”", "“", "1. ", "2. ", "• ", "- ", "https://doi.org/10.9999/x.1", "2020;12(3):101-119", "(2020).",
		"This website uses cookies. See our privacy policy.", "All rights reserved.", "Share", "Similar articles", "References", "Université", "University of X, Town", "\uFEFF", "\u200b", "\xff", "é", "Ä",
		"a", "A", "aB", "---", "| ", "> ", "los pacientes de la", "and the of to in with",
	}
	r := rand.New(rand.NewPCG(1, 2))
	for i := range 4000 {
		var b strings.Builder
		for range r.IntN(60) {
			b.WriteString(pieces[r.IntN(len(pieces))])
			if r.IntN(3) == 0 {
				b.WriteByte(' ')
			}
		}
		text := b.String()
		if i%3 == 0 {
			text += text
		}
		d := document.Parse("x", text, headings)
		invariants(t, d)
		if t.Failed() {
			t.Fatalf("text %q", text)
		}
	}
}
