package plot

import (
	"bytes"
	"compress/zlib"
	"encoding/binary"
	"encoding/json"
	"encoding/xml"
	"errors"
	"flag"
	"fmt"
	"image/png"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"unicode"

	"github.com/google/go-cmp/cmp"

	"github.com/picograph/picograph/graph"
	"github.com/picograph/picograph/graph/evidence"
	"github.com/picograph/picograph/graph/quantity"
	"github.com/picograph/picograph/graph/vocab"
	"github.com/picograph/picograph/loader"
)

var update = flag.Bool("update", false, "rewrite the golden files")

// vocabulary is read once for all tests.
var vocabulary = sync.OnceValues(func() (*vocab.Vocabulary, error) { return vocab.Load() })

func load(t testing.TB, docs ...*evidence.Document) (*graph.Graph, *vocab.Vocabulary) {
	t.Helper()
	v, err := vocabulary()
	if err != nil {
		t.Fatal(err)
	}
	g, err := graph.Open(t.Context(), graph.Memory, graph.Options{Vocab: v})
	if err != nil {
		t.Fatal(err)
	}
	w, err := g.Begin(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range docs {
		if err := w.Put(d); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Commit(t.Context()); err != nil {
		t.Fatal(err)
	}
	return g, v
}

// rowsOf makes a row of each finding of a graph, in the order of studies and documents.
func rowsOf(t testing.TB, g *graph.Graph) []Row {
	t.Helper()
	studies, err := g.Studies(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	var rows []Row
	for _, s := range studies {
		for _, telling := range s.Tellings {
			keys, err := g.Keys(t.Context(), telling)
			if err != nil {
				t.Fatal(err)
			}
			for _, k := range keys {
				rows = append(rows, Row{Number: len(rows) + 1, Findings: []graph.FindingID{k}})
			}
		}
	}
	return rows
}

const question = `did it help, or "not" <at all>?`

func make1(t testing.TB, kind string, docs ...*evidence.Document) *Plot {
	t.Helper()
	g, v := load(t, docs...)
	p, err := New(t.Context(), g, Request{Kind: kind, Rows: rowsOf(t, g), Question: question, Query: "findings", Near: 2, Vocab: v})
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// trial is an invented trial with a finding for each estimate. The text of its document is the sentence of all.
func trial(n int, findings ...evidence.Finding) *evidence.Document {
	text := fmt.Sprintf("Trial %d: what came of it is told here.\n", n)
	d := &evidence.Document{
		Source: fmt.Sprintf("trials/trial-%02d.txt", n), SHA256: fmt.Sprintf("%064d", n), Format: "text", Language: "en", Text: text,
		Report: evidence.Report{Title: fmt.Sprintf("Trial %d", n), Year: 1990 + n, DOI: fmt.Sprintf("10.5555/trial.%d", n), Authors: []string{"Ames B"}},
		Studies: []evidence.Study{{
			ID: fmt.Sprintf("t%d", n), Name: fmt.Sprintf("TRIAL-%02d", n), Registrations: []string{fmt.Sprintf("NCT%08d", n)}, NRandomized: quantity.FromInt(40 + 20*n),
			Design: evidence.Design{Kind: evidence.KindTrial, Allocation: evidence.Randomized},
			Arms: []evidence.Arm{
				{Label: "brisk walking", Abbreviation: "BW", N: quantity.FromInt(20 + 10*n), Role: evidence.Experimental, Interventions: []string{"exercise"}},
				{Label: "usual care", Abbreviation: "UC", N: quantity.FromInt(20 + 10*n), Role: evidence.UsualCare, Interventions: []string{"usual_care"}},
			},
			Populations: []evidence.Population{{ID: "p1", Text: "adults with back pain", Conditions: []string{"chronic_pain"}}},
			Outcomes:    []evidence.Outcome{{ID: "o1", Text: "pain intensity", Concept: "pain_intensity", Role: "primary", Better: "lower"}},
			Stated:      []evidence.Statement{{Field: "design", Passages: []evidence.Passage{{Section: "Methods", Start: 0, End: 8, Text: text[:8]}}}},
		}},
	}
	for i, f := range findings {
		f.ID = fmt.Sprintf("f%d", i+1)
		if f.Kind == "" {
			f.Kind = evidence.BetweenArms
		}
		if f.Outcome.Text == "" {
			f.Outcome = evidence.OutcomeRef{Text: "pain intensity", Concept: "pain_intensity"}
		}
		if f.Arm == nil {
			f.Arm = []string{"brisk walking"}
		}
		if f.Comparator == nil && f.Kind == evidence.BetweenArms {
			f.Comparator = []string{"usual care"}
		}
		f.Population = evidence.Ref{ID: "p1", Text: "adults with back pain"}
		f.Passages = []evidence.Passage{{Section: "Results", Start: 0, End: len(text) - 1, Text: text[:len(text)-1]}}
		d.Studies[0].Findings = append(d.Studies[0].Findings, f)
	}
	return d
}

// value is an estimate with an interval, each as printed; empty for none.
func value(measure, v, low, high string) []evidence.Estimate {
	e := evidence.Estimate{Measure: measure, Value: quantity.Decimal(v)}
	if low != "" || high != "" {
		e.CI = &evidence.Interval{Level: "95", Low: quantity.Decimal(low), High: quantity.Decimal(high)}
	}
	return []evidence.Estimate{e}
}

// golden compares got with a file of testdata, or rewrites that file under -update.
func golden(t *testing.T, name string, got []byte) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if *update {
		if err := os.MkdirAll("testdata", 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, got, 0o666); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(strings.Split(string(want), "\n"), strings.Split(string(got), "\n")); diff != "" {
		t.Errorf("%s (-want +got):\n%s", path, diff)
	}
}

func rendered(t testing.TB, p *Plot, format string, o Options) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := p.Write(&b, format, o); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// goldens compares a plot with its golden files in each format; PNG is looked at.
func goldens(t *testing.T, name string, p *Plot) {
	t.Helper()
	golden(t, name+".txt", rendered(t, p, "text", Options{}))
	golden(t, name+".ascii", rendered(t, p, "text", Options{Width: 100, ASCII: true}))
	golden(t, name+".svg", rendered(t, p, "svg", Options{}))
	if a, b := rendered(t, p, "svg", Options{}), rendered(t, p, "svg", Options{}); !bytes.Equal(a, b) {
		t.Error("two drawings of one plot differ")
	}
	width, height := wellFormed(t, p)
	picture(t, p, width, height)
}

// wellFormed holds what is true of every plot: SVG is XML without identifiers, scripts and links, and each mark leads to its
// findings; text keeps to its width. It returns the size of the SVG.
func wellFormed(t testing.TB, p *Plot) (width, height float64) {
	t.Helper()
	svg := rendered(t, p, "svg", Options{})
	dec := xml.NewDecoder(bytes.NewReader(svg))
	found := map[string]bool{}
	for {
		token, err := dec.Token()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			t.Fatalf("not XML: %v", err)
		}
		e, ok := token.(xml.StartElement)
		if !ok {
			continue
		}
		if !slices.Contains([]string{"svg", "title", "desc", "rect", "g", "path", "circle", "text"}, e.Name.Local) {
			t.Errorf("an element %s", e.Name.Local)
		}
		for _, a := range e.Attr {
			if n := a.Name.Local; n == "id" || n == "style" || n == "href" || strings.HasPrefix(n, "on") {
				t.Errorf("an attribute %s", n)
			}
			if strings.Contains(a.Value, "NaN") || strings.Contains(a.Value, "Inf") && a.Name.Local != "aria-label" {
				t.Errorf("%s is %s", a.Name.Local, a.Value)
			}
			switch {
			case a.Name.Local == "data-finding":
				for _, id := range strings.Fields(a.Value) {
					found[id] = true
				}
			case e.Name.Local == "svg" && a.Name.Local == "width":
				width, _ = strconv.ParseFloat(a.Value, 64)
			case e.Name.Local == "svg" && a.Name.Local == "height":
				height, _ = strconv.ParseFloat(a.Value, 64)
			case a.Name.Local == "font-size":
				if size, _ := strconv.ParseFloat(a.Value, 64); size*85/25.4*72/sheetWidth < 5.99 && width == sheetWidth {
					t.Errorf("in a column of 85 mm a text is %.1f points", size*85/25.4*72/sheetWidth)
				}
			}
		}
	}
	for _, m := range p.Body.marks() {
		for _, s := range m.From {
			if s.Finding != "" && !found[string(s.Finding)] {
				t.Errorf("no mark leads to finding %s", s.Finding)
			}
			if s.Document == "" {
				t.Errorf("a mark without a document: %s", m.Label)
			}
		}
	}
	columnsKept(t, p)
	return width, height
}

func columnsKept(t testing.TB, p *Plot) {
	t.Helper()
	for _, w := range []int{60, 100} {
		for _, ascii := range []bool{false, true} {
			for line := range strings.Lines(string(rendered(t, p, "text", Options{Width: w, ASCII: ascii}))) {
				line = strings.TrimSuffix(line, "\n")
				if columns(line) > w+3 && !strings.Contains(line, "urn:picograph") && !strings.Contains(line, "sha256") && !ascii {
					t.Errorf("%d columns of %d: %s", columns(line), w, line)
				}
				if strings.ContainsFunc(line, unicode.IsControl) {
					t.Errorf("a control character in %q", line)
				}
			}
		}
	}
}

// picture holds that PNG is a picture of the shape of the SVG, and carries the plot.
func picture(t testing.TB, p *Plot, width, height float64) {
	t.Helper()
	b := rendered(t, p, "png", Options{})
	img, err := png.Decode(bytes.NewReader(b))
	if err != nil {
		t.Fatal(err)
	}
	size := img.Bounds().Size()
	if r := float64(size.X) / float64(size.Y) * height / width; r < 0.99 || r > 1.01 || size.X < int(width) {
		t.Errorf("the PNG is %v, the SVG %v by %v", size, width, height)
	}
	texts := textChunks(t, b)
	if texts["Question"] != p.Question || !strings.Contains(texts["Source"], p.Graph) {
		t.Errorf("the PNG says %q", texts)
	}
	var kept struct {
		Graph     string
		Documents []Document
	}
	if err := json.Unmarshal([]byte(texts["picograph"]), &kept); err != nil || kept.Graph != p.Graph || len(kept.Documents) != len(p.Documents) {
		t.Errorf("the PNG keeps %+v, %v", kept, err)
	}
}

// textChunks returns the texts that a PNG carries.
func textChunks(t testing.TB, b []byte) map[string]string {
	t.Helper()
	out := map[string]string{}
	for at := 8; at+8 <= len(b); {
		n := int(binary.BigEndian.Uint32(b[at:]))
		kind, data := string(b[at+4:at+8]), b[at+8:at+8+n]
		at += 12 + n
		if kind != "iTXt" {
			continue
		}
		key, rest, _ := bytes.Cut(data, []byte{0})
		text := rest[4:]
		if rest[0] == 1 {
			r, err := zlib.NewReader(bytes.NewReader(text))
			if err != nil {
				t.Fatal(err)
			}
			if text, err = io.ReadAll(r); err != nil {
				t.Fatal(err)
			}
		}
		out[string(key)] = string(text)
	}
	return out
}

func TestUnknownKind(t *testing.T) {
	g, v := load(t, trial(1))
	_, err := New(t.Context(), g, Request{Kind: "pie", Vocab: v})
	if err == nil || !strings.Contains(err.Error(), "forest") {
		t.Errorf("the error does not list the kinds: %v", err)
	}
	for _, k := range Kinds() {
		_, err := New(t.Context(), g, Request{Kind: k.Name, Vocab: v})
		var nothing *Nothing
		if !errors.As(err, &nothing) {
			t.Errorf("%s of no rows: %v", k.Name, err)
		}
	}
}

func TestFormatOfFile(t *testing.T) {
	for name, want := range map[string]string{"a.svg": "svg", "A.PNG": "png", "a.txt": "text", "": "text", "svg": "text", "v1.2/plot": "text", "a.jpg": "", "a.svg.gz": ""} {
		if got, err := FormatOf(name); got != want || (err != nil) != (want == "") {
			t.Errorf("%q is %s, want %s (%v)", name, got, want, err)
		}
	}
}

// hostile are names that break a drawing that is not careful.
var hostile = []string{
	`"quoted" 'single' <b>&amp;`, "</script><script>alert(1)</script>", "]]> --> <!-- \x00\x01\x1b[31m", "\u202eright to left\u2066",
	"שלום עולם", "مرحبا بالعالم", "日本語の試験 " + strings.Repeat("長", 40), strings.Repeat("long ", 2000), strings.Repeat("x", 10_000),
	"\xff\xfe invalid", "a\nb\tc\rd", "", " ", "\ufffe\uffff", "e\u0301\u0301\u0301", "👩‍👩‍👧‍👦",
}

// poisoned puts a name into every place that a plot prints.
func poisoned(name string, low, high string) *evidence.Document {
	name = strings.ToValidUTF8(name, "\ufffd") // a graph takes nothing else
	d := trial(1,
		evidence.Finding{Estimates: value("OR", "0.5", low, high), Direction: evidence.Decreased},
		evidence.Finding{Estimates: value("MD", "-1", "", high)},
		evidence.Finding{Kind: evidence.WithinArm, Estimates: value("mean change", "3", low, ""), Direction: evidence.Increased},
		evidence.Finding{Kind: evidence.InWords, Direction: evidence.Increased},
		evidence.Finding{Kind: evidence.VoteCount, Estimates: []evidence.Estimate{{Events: "3", Total: "4"}}},
		evidence.Finding{Direction: evidence.NoDifference},
	)
	d.Source = name + ".txt"
	d.Report.Title, d.Report.Authors = name, []string{name}
	s := &d.Studies[0]
	s.Name = name
	s.Arms[0].Label, s.Arms[0].Abbreviation = name, name
	s.Arms[1].Interventions = []string{name}
	s.Populations[0].Text = name
	for i := range s.Findings {
		f := &s.Findings[i]
		f.Outcome = evidence.OutcomeRef{Text: name}
		f.Arm, f.Subgroup, f.Population = []string{name}, true, evidence.Ref{Text: name}
		f.Timepoint.Text, f.P.Printed, f.Modifier = name, name, name
		for k := range f.Estimates {
			f.Estimates[k].Unit = name
		}
	}
	return d
}

func TestHostileNames(t *testing.T) {
	for _, name := range hostile {
		for _, k := range Kinds() {
			draws(t, k.Name, len(name) == 10_000 && !testing.Short(), poisoned(name, "0.1", "2"))
		}
	}
}

// draws makes the pictures of a plot that has anything to draw.
func draws(t testing.TB, kind string, dots bool, docs ...*evidence.Document) {
	t.Helper()
	g, v := load(t, docs...)
	p, err := New(t.Context(), g, Request{Kind: kind, Rows: rowsOf(t, g), Question: docs[0].Source, Vocab: v})
	var nothing *Nothing
	if errors.As(err, &nothing) {
		return
	}
	if err != nil {
		t.Fatal(err)
	}
	width, height := wellFormed(t, p)
	if dots {
		picture(t, p, width, height)
	}
}

func FuzzPlot(f *testing.F) {
	for i, name := range hostile {
		if len(name) < 500 { // longer ones are slow to vary, and TestHostileNames has them
			f.Add(name, "0.1", "2", uint8(i))
		}
	}
	f.Add("zero", "0", "0", uint8(0))
	f.Add("huge", "-99999999999999999999999999999999999999", "99999999999999999999999999999999999999999", uint8(0))
	f.Fuzz(func(t *testing.T, name, low, high string, kind uint8) {
		for _, s := range []string{low, high} {
			if _, err := quantity.ParseDecimal(s); err != nil && s != "" || len(s) > 400 {
				t.Skip("no number of a length that is printed")
			}
		}
		l, _ := quantity.ParseDecimal(low)
		h, _ := quantity.ParseDecimal(high)
		kinds := KindNames()
		draws(t, kinds[int(kind)%len(kinds)], false, poisoned(name, string(l), string(h)))
	})
}

// TestDocumentsOfTrials draws what is read of real documents, when they are at hand.
func TestDocumentsOfTrials(t *testing.T) {
	const folder = "../../../shared/data/trials/docs"
	if _, err := os.Stat(folder); err != nil {
		t.Skip("no trial documents here: ", err)
	}
	v, err := vocabulary()
	if err != nil {
		t.Fatal(err)
	}
	var docs []*evidence.Document
	err = loader.Extract(t.Context(), []string{folder}, loader.Options{Vocab: v}, func(d *evidence.Document) error {
		docs = append(docs, d)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, k := range Kinds() {
		draws(t, k.Name, !testing.Short(), docs...)
	}
}

// TestMinus writes minus signs of numbers, and leaves hyphens.
func TestMinus(t *testing.T) {
	if got := minus("-6 [-17 to 5], well-known 3-4"); got != "−6 [−17 to 5], well-known 3-4" {
		t.Error(got)
	}
}

// TestASCII looks for signs beyond ASCII in a plot whose documents have none.
func TestASCII(t *testing.T) {
	for _, k := range Kinds() {
		p := make1(t, k.Name, trial(1, evidence.Finding{Estimates: value("MD", "-1.0", "-2.0", "0.5"), Direction: evidence.Decreased}))
		p.Question = "does it help"
		if odd := regexp.MustCompile(`[^\x00-\x7f]+`).FindAllString(string(rendered(t, p, "text", Options{ASCII: true})), -1); len(odd) > 0 {
			t.Errorf("%s: %q", k.Name, odd)
		}
	}
}
