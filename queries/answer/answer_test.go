package answer

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/tools/txtar"

	"github.com/picograph/picograph/graph/evidence"
	"github.com/picograph/picograph/queries"
)

var update = flag.Bool("update", false, "rewrite the golden files")

// sample is an answer with every part: blocks with and without rows, near misses, marks that formats have to escape.
func sample() *queries.Answer {
	passage := evidence.Passage{Section: "Results", Start: 10, End: 61, Text: "Pain fell by 2.0 points with walking | 95% CI, <1 to 3."}
	f := queries.Finding{ID: "d1.f1", Study: "STRIDE", Document: "stride.txt"}
	f.Finding.ID, f.Finding.Kind, f.Finding.Passages = "d1.f1", evidence.WithinArm, []evidence.Passage{passage}
	return &queries.Answer{
		Question: `which programs reduced "pain" & fatigue?`,
		Status:   queries.Answered,
		Reading:  "interventions where outcome = pain",
		Query:    "interventions where outcome is pain",
		Text:     "From baseline, pain fell with walking (-2.0 points): a change without an untreated arm.",
		Sections: []queries.Section{
			{Title: "Better than comparator", Kind: "better", Note: "none shown", Columns: []string{}, Rows: []queries.Row{}},
			{
				Title: "Changed from baseline", Kind: "within",
				Columns: []string{"Intervention", "Outcome", "Study", "Population", "N", "Time", "Result", "P", "Note", "Source"},
				Rows: []queries.Row{
					{Cells: []string{"walking", "pain", "STRIDE", "all", "50 in the arm", "12 weeks", "-2.0 points (95% CI -3 to -1)", "P < .001", "", "stride.txt"}, Findings: []queries.Finding{f}},
					{Cells: []string{"步行 (walking in a group, with a coach who calls every week)", "pain", "STRIDE", "all", "48 in the arm", "12 weeks", "-1.5 points | <none>", "", "interval includes no change", "stride.txt"}, Findings: []queries.Finding{f}},
				},
			},
			{Title: "As stated", Kind: "attributes", Columns: []string{"Study", "What", "Value", "Source"}, Rows: []queries.Row{
				{Cells: []string{"STRIDE", "registration", "NCT00000000", "stride.txt"}, Findings: []queries.Finding{}},
				{Cells: []string{"STRIDE", "eligibility", "≥18 years, “knee pain”", "stride.txt"}, Findings: []queries.Finding{}},
			}},
		},
		Near:     []queries.Near{{What: "RUN, pain: no change", Why: "wider population: age ≥16 years", Findings: []queries.Finding{}}},
		Cautions: []string{"no untreated arm"},
		Studies:  []queries.Study{{Name: "STRIDE", What: "randomized trial, N 98"}},
		Sources:  []queries.Source{{Finding: "d1.f1", Document: "stride.txt", Passage: passage}},
		Graph:    "0123456789abcdef",
	}
}

func TestFormats(t *testing.T) {
	var got txtar.Archive
	add := func(name, format string, o Options) {
		var b bytes.Buffer
		if err := Write(&b, sample(), format, o); err != nil {
			t.Fatal(err)
		}
		got.Files = append(got.Files, txtar.File{Name: name, Data: b.Bytes()})
	}
	for _, f := range Formats() {
		add(f.Name, f.Name, Options{})
	}
	add("text, 140 columns", "text", Options{Width: 140})
	add("text, 50 columns, ASCII", "text", Options{Width: 50, ASCII: true})
	add("text, color", "text", Options{Color: true})
	add("table, 160 columns", "table", Options{Width: 160})
	add("table, 40 columns", "table", Options{Width: 40})
	const golden = "testdata/formats.txtar"
	out := txtar.Format(&got)
	if *update {
		if err := os.WriteFile(golden, out, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff(string(want), string(out)); d != "" {
		t.Errorf("formats differ from %s (run with -update and read the difference):\n%s", golden, d)
	}
}

// What programs read parses back with their own parsers.
func TestParsesBack(t *testing.T) {
	var b bytes.Buffer
	if err := Write(&b, sample(), "csv", Options{}); err != nil {
		t.Fatal(err)
	}
	rows, err := csv.NewReader(&b).ReadAll()
	if err != nil || len(rows) != 6 {
		t.Fatalf("csv: %d rows, %v", len(rows), err)
	}
	b.Reset()
	if err := Write(&b, sample(), "jsonl", Options{}); err != nil {
		t.Fatal(err)
	}
	if strings.Count(b.String(), "\n") != 1 || !json.Valid(b.Bytes()) {
		t.Errorf("jsonl: %q", b.String())
	}
	b.Reset()
	if err := Write(&b, sample(), "tsv", Options{}); err != nil {
		t.Fatal(err)
	}
	tabs := -1
	for line := range strings.Lines(b.String()) {
		if n := strings.Count(line, "\t"); tabs >= 0 && n != tabs {
			t.Errorf("tsv: %d tabs in %q, want %d", n, line, tabs)
		} else {
			tabs = n
		}
	}
	if err := Write(&b, sample(), "xml", Options{}); err == nil || !strings.Contains(err.Error(), "markdown") {
		t.Errorf("unknown format: %v", err)
	}
}

// A text answer keeps within its lines and its columns, however much there is to say.
func TestLimits(t *testing.T) {
	a := sample()
	for i := range 200 {
		r := a.Sections[1].Rows[0]
		r.Cells = append([]string{fmt.Sprintf("program %d", i)}, r.Cells[1:]...)
		a.Sections[1].Rows = append(a.Sections[1].Rows, r)
		a.Near = append(a.Near, a.Near[0])
	}
	for _, w := range []int{40, 80, 140} {
		var b bytes.Buffer
		if err := Write(&b, a, "text", Options{Width: w}); err != nil {
			t.Fatal(err)
		}
		lines := strings.Split(strings.TrimRight(b.String(), "\n"), "\n")
		if len(lines) > maxLines {
			t.Errorf("%d columns: %d lines", w, len(lines))
		}
		for _, l := range lines {
			if width(l) > w {
				t.Errorf("%d columns: a line of %d: %s", w, width(l), l)
			}
		}
	}
}

func TestTrace(t *testing.T) {
	tr := &queries.Trace{Row: 1, What: "walking | -2.0", Places: []queries.Place{{
		Document: "stride.txt", Passage: sample().Sources[0].Passage, Before: "Before it.", After: "After it.",
		Marks: []queries.Mark{{Start: 13, End: 16}},
	}}}
	var b bytes.Buffer
	if err := WriteTrace(&b, tr, Options{}); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"stride.txt, bytes 10 to 61, Results", "fell by [2.0] points", "Before it.", "After it."} {
		if !strings.Contains(b.String(), want) {
			t.Errorf("no %q in\n%s", want, b.String())
		}
	}
}

func FuzzWrap(f *testing.F) {
	f.Add("a word and another", 12)
	f.Add("一个很长的词 with \x1b[1mmarks\x1b[0m and e\u0301", 10)
	f.Add(strings.Repeat("x", 100), 3)
	f.Fuzz(func(t *testing.T, s string, n int) {
		if n > 500 || n < -5 || len(s) > 500 {
			return
		}
		lines := wrap(s, n)
		flatten := func(s string) string { return strings.Join(strings.Fields(s), "") }
		if flatten(strings.Join(lines, "")) != flatten(strings.NewReplacer("\n", " ", "\r", " ", "\t", " ").Replace(s)) {
			t.Fatalf("wrapping %q at %d changed it: %q", s, n, lines)
		}
	})
}
