package annotate

import (
	"flag"
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/picograph/picograph/graph/vocab"
	"github.com/picograph/picograph/loader/document"
)

var update = flag.Bool("update", false, "rewrite the golden files")

func vocabulary(t testing.TB) *vocab.Vocabulary {
	t.Helper()
	v, err := vocab.Load()
	if err != nil {
		t.Fatal(err)
	}
	return v
}

// TestForms marks each sentence of testdata/forms.txt (a line that starts with "# ") and compares the items with the
// lines after it.
func TestForms(t *testing.T) {
	const path = "testdata/forms.txt"
	raw, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	m := New(vocabulary(t))
	var out strings.Builder
	n := 0
	for block := range strings.SplitSeq(string(raw), "\n\n") {
		block = strings.Trim(block, "\n")
		if block == "" {
			continue
		}
		if !strings.HasPrefix(block, "# ") {
			fmt.Fprintf(&out, "%s\n\n", block)
			continue
		}
		sentence, _, _ := strings.Cut(strings.TrimPrefix(block, "# "), "\n")
		got := marked(m, sentence)
		fmt.Fprintf(&out, "%s\n\n", got)
		n++
		if diff := cmp.Diff(block, got); diff != "" && !*update {
			t.Errorf("mismatch (-want +got):\n%s", diff)
		}
	}
	if n < 120 {
		t.Errorf("%s has %d sentences; want at least 120", path, n)
	}
	if *update {
		if err := os.WriteFile(path, []byte(strings.TrimRight(out.String(), "\n")+"\n"), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

// marked writes a sentence and its items, one a line.
func marked(m *Marker, sentence string) string {
	var b strings.Builder
	fmt.Fprintf(&b, "# %s", sentence)
	s := m.Annotate(sentence, document.Span{Start: 0, End: len(sentence)})
	for _, it := range s.Items {
		fmt.Fprintf(&b, "\n    %s | %s", sentence[it.Start:it.End], describe(it))
	}
	return b.String()
}

// TestOffsets checks that offsets are those of the whole text when the sentence stands inside it.
func TestOffsets(t *testing.T) {
	const before, sentence = "Première phrase – ünïcode. ", "Cure was likelier (odds ratio, 1·5 [95% CI, 1·1–2·0]; P = .01)."
	text := before + sentence + " More text with 12 patients."
	s := Annotate(text, document.Span{Start: len(before), End: len(before) + len(sentence)}, vocabulary(t))
	if s.Text != sentence {
		t.Errorf("text is %q", s.Text)
	}
	if len(s.Items) != 2 {
		t.Fatalf("%d items: %+v", len(s.Items), s.Items)
	}
	e := s.Items[0]
	if got := text[e.Start:e.End]; got != e.Estimate.Printed || got != "odds ratio, 1·5 [95% CI, 1·1–2·0]" {
		t.Errorf("effect stands at %q, printed %q", got, e.Estimate.Printed)
	}
	if e.Depth != 1 {
		t.Errorf("depth %d; want 1", e.Depth)
	}
	if got := s.Items[1].P.Printed; got != "P = .01" {
		t.Errorf("P printed %q", got)
	}
}

// TestConcepts checks that mentions and cues have offsets into the whole text.
func TestConcepts(t *testing.T) {
	const before, sentence = "Before. ", "Pain did not differ between groups in patients with depression."
	text := before + sentence
	s := Annotate(text, document.Span{Start: len(before), End: len(text)}, vocabulary(t))
	if len(s.Mentions) == 0 {
		t.Error("no concept is mentioned")
	}
	for _, m := range s.Mentions {
		if m.Start < len(before) || m.End > len(text) || !strings.EqualFold(text[m.Start:m.End], m.Form) {
			t.Errorf("mention %+v stands at %q", m, text[m.Start:m.End])
		}
	}
	for _, c := range s.Cues {
		if c.Start < len(before) || c.End > len(text) {
			t.Errorf("cue %+v lies outside the sentence", c)
		}
	}
}

// check reports what must hold of the items of any text.
func check(t *testing.T, text string, s Sentence) {
	t.Helper()
	last := 0
	for _, it := range s.Items {
		if it.Start < s.Start || it.End > s.End || it.Start >= it.End {
			t.Fatalf("item %+v lies outside %d:%d of %q", it, s.Start, s.End, text)
		}
		if it.Start < last {
			t.Fatalf("item %+v is out of order in %q", it, text)
		}
		last = it.Start
		printed := text[it.Start:it.End]
		if p := it.Estimate.Printed; p != "" && p != printed {
			t.Fatalf("printed %q, the text has %q", p, printed)
		}
		if p := it.P.Printed; p != "" && p != printed {
			t.Fatalf("P printed %q, the text has %q", p, printed)
		}
		for _, d := range numbersOf(it) {
			if _, err := d.MarshalJSON(); err != nil {
				t.Fatalf("%q: %v", printed, err)
			}
		}
	}
}

func FuzzAnnotate(f *testing.F) {
	raw, err := os.ReadFile("testdata/forms.txt")
	if err != nil {
		f.Fatal(err)
	}
	for line := range strings.SplitSeq(string(raw), "\n") {
		if s, ok := strings.CutPrefix(line, "# "); ok {
			f.Add(s)
		}
	}
	for _, s := range []string{"", "(", "95% CI", "P =", "P = .", "from 1 to", "1(1(1(1", "-", "\xff1%\xfe", "n=", "1,000,000,000,000,000,000,000 patients", "mean (SD)", "∞ to ∞ (95% CI"} {
		f.Add(s)
	}
	m := New(vocabulary(f))
	f.Fuzz(func(t *testing.T, text string) {
		check(t, text, m.Annotate(text, document.Span{Start: 0, End: len(text)}))
		if n := len(text); n > 3 {
			check(t, text, m.Annotate(text, document.Span{Start: n / 3, End: n - n/4}))
		}
	})
}

func BenchmarkAnnotate(b *testing.B) {
	raw, err := os.ReadFile("testdata/forms.txt")
	if err != nil {
		b.Fatal(err)
	}
	var text strings.Builder
	var spans []document.Span
	for line := range strings.SplitSeq(string(raw), "\n") {
		if s, ok := strings.CutPrefix(line, "# "); ok {
			start := text.Len()
			text.WriteString(s)
			spans = append(spans, document.Span{Start: start, End: text.Len()})
			text.WriteByte('\n')
		}
	}
	m := New(vocabulary(b))
	whole := text.String()
	b.SetBytes(int64(len(whole)))
	b.ReportAllocs()
	for b.Loop() {
		for _, s := range spans {
			m.Annotate(whole, s)
		}
	}
}

// TestSlashForPoint reads a P value that was typed with a slash for its point.
func TestSlashForPoint(t *testing.T) {
	v, err := vocab.Load()
	if err != nil {
		t.Fatal(err)
	}
	const text = "Ferritin was higher with iron (p = 0/03)."
	s := Annotate(text, document.Span{End: len(text)}, v)
	for _, it := range s.Items {
		if it.Kind == PValue && it.P.Value == "0.03" && it.P.Relation == "=" {
			return
		}
	}
	t.Errorf("%q: no P value of 0.03 among %v", text, s.Items)
}
