package document_test

import (
	"encoding/base64"
	"fmt"
	"strings"
	"testing"

	"github.com/picograph/picograph/loader/document"
)

// prose returns about n bytes of text with headings and numbers, no two sentences alike.
func prose(n int, paragraph string) string {
	var b strings.Builder
	heads := []string{"Background", "Methods", "Results", "Conclusions"}
	for i := 0; b.Len() < n; i++ {
		if i%8 == 0 {
			b.WriteString(paragraph + heads[i/8%4] + ": ")
		}
		fmt.Fprintf(&b, "In centre %d (n = %d) the mean score fell from %d.%d (1.%d) to %d.%d points (95%% CI, %d to %d; P = .%02d) vs. usual care. ",
			i, i*7+3, i%90, i%10, i%7, i%60, i%9, i, i+9, i%97)
	}
	return b.String()
}

// shapes are texts of n bytes that a careless parser takes too long for.
var shapes = []struct {
	name string
	make func(n int) string
}{
	{"paragraphs", func(n int) string { return prose(n, "\n") }},
	{"one line", func(n int) string { return prose(n, "") }},
	{"letters", func(n int) string { return strings.Repeat("a", n) }},
	{"capitals", func(n int) string { return strings.Repeat("aA", n/2) }},
	{"base64", func(n int) string {
		raw := make([]byte, n*3/4)
		for i := range raw {
			raw[i] = byte(i * i * 7 >> 3)
		}
		return base64.StdEncoding.EncodeToString(raw)
	}},
	{"words", func(n int) string { return strings.Repeat("word ", n/5) }},
	{"brackets", func(n int) string { return strings.Repeat("(", n) }},
	{"mixed brackets", func(n int) string { return strings.Repeat("(a[b ", n/5) }},
	{"stops", func(n int) string { return strings.Repeat(".", n) }},
	{"initials", func(n int) string { return strings.Repeat("A. ", n/3) }},
	{"repetition", func(n int) string {
		return strings.Repeat("The mean score fell by 2.1 points with group exercise over 12 months in all. ", n/77)
	}},
	{"alternation", func(n int) string { return strings.Repeat("No. It fell. ", n/13) }},
	{"previews", func(n int) string {
		return strings.Repeat("The mean score fell by 2.1 points with group exercise over ...\n", n/63)
	}},
	{"lines", func(n int) string { return strings.Repeat("Results\n", n/8) }},
	{"short lines", func(n int) string { return strings.Repeat("ab cd\n", n/6) }},
	{"blanks", func(n int) string { return "a" + strings.Repeat(" ", n) + "b" }},
	{"newlines", func(n int) string { return "a" + strings.Repeat("\n", n) + "b" }},
	{"Chinese", func(n int) string { return strings.Repeat("疼痛评分", n/12) }},
	{"headings", func(n int) string { return strings.Repeat("Results The ", n/12) }},
	{"glued headings", func(n int) string { return strings.Repeat("aResults The", n/12) }},
	{"wrapped", func(n int) string {
		return strings.Repeat("some words that stand on a line of some sixty letters, and so\n", n/62)
	}},
	{"numbered", func(n int) string { return "List: " + strings.Repeat("1. ", n/3) }},
	{"quotes", func(n int) string { return strings.Repeat("a.”", n/5) }},
}

// TestShapes checks that texts of every shape are parsed, and that no byte of them is lost.
func TestShapes(t *testing.T) {
	for _, s := range shapes {
		t.Run(s.name, func(t *testing.T) { invariants(t, document.Parse("x", s.make(15_000), headings)) })
	}
}

// TestEndless checks that a long stretch without a sentence end is left out with a problem.
func TestEndless(t *testing.T) {
	text := "Results: It fell by 2 points. X" + strings.Repeat(" xx", 70_000) + "\nIt rose again."
	d := document.Parse("x", text, headings)
	invariants(t, d)
	if len(d.Problems) != 1 || !strings.Contains(d.Problems[0].Message, "no sentence end within 32768 bytes") || d.Problems[0].Start != 30 {
		t.Errorf("problems: %+v", d.Problems)
	}
	if len(d.Skips) != 1 || len(d.Sentences) != 2 {
		t.Errorf("%d skips, %d sentences", len(d.Skips), len(d.Sentences))
	}
}

// TestData checks that data within text is left out and the text around it kept.
func TestData(t *testing.T) {
	text := "Results: It fell by 2 points. " + strings.Repeat("QUJDaA+/", 2000) + " It rose again."
	d := document.Parse("x", text, headings)
	invariants(t, d)
	if len(d.Problems) != 1 || len(d.Skips) != 1 || len(d.Sentences) != 2 || d.Sections[d.Sentences[1].Section].Role != document.Results {
		t.Errorf("%+v\n%s", d.Problems, dump(d))
	}
}

// TestHuge parses one line of 50 MB.
func TestHuge(t *testing.T) {
	if testing.Short() {
		t.Skip("takes seconds")
	}
	d := document.Parse("x", strings.Repeat("QUJD", 50<<18), headings)
	if len(d.Problems) != 1 {
		t.Errorf("problems: %+v", d.Problems)
	}
}

// BenchmarkShapes shows that the rate does not fall when a text is four times as long, whatever its shape.
func BenchmarkShapes(b *testing.B) {
	for _, s := range shapes {
		for _, n := range []int{15_000, 60_000} {
			text := s.make(n)
			b.Run(fmt.Sprintf("%s/%d", s.name, n), func(b *testing.B) {
				b.SetBytes(int64(len(text)))
				for b.Loop() {
					document.Parse("x", text, headings)
				}
			})
		}
	}
}

func BenchmarkParse(b *testing.B) {
	for _, n := range []int{10_000, 100_000, 1_000_000} {
		text := prose(n, "\n")
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			b.SetBytes(int64(len(text)))
			for b.Loop() {
				document.Parse("x", text, headings)
			}
		})
	}
}
