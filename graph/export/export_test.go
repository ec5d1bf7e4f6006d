package export

import (
	"bytes"
	"context"
	"encoding/csv"
	"encoding/json"
	"encoding/xml"
	"errors"
	"flag"
	"fmt"
	"io"
	"io/fs"
	"math"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/picograph/picograph/graph"
	"github.com/picograph/picograph/graph/evidence"
	"github.com/picograph/picograph/graph/vocab"
)

var update = flag.Bool("update", false, "rewrite the golden files")

// golds loads the hand-read seed evidence into a graph in memory.
func golds(t testing.TB) *graph.Graph {
	t.Helper()
	paths, err := fs.Glob(os.DirFS("../../seeds/testdata/gold"), "*.json")
	if err != nil || len(paths) == 0 {
		t.Fatal("no gold", err)
	}
	var docs []*evidence.Document
	for _, p := range paths {
		b, err := os.ReadFile(filepath.Join("../../seeds/testdata/gold", p))
		if err != nil {
			t.Fatal(err)
		}
		var d evidence.Document
		if err := json.Unmarshal(b, &d); err != nil {
			t.Fatal(p, err)
		}
		docs = append(docs, &d)
	}
	v, err := vocab.Load()
	if err != nil {
		t.Fatal(err)
	}
	return load(t, v, docs...)
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

func write(t *testing.T, g *graph.Graph, format string, only *graph.Selection) []byte {
	t.Helper()
	var b bytes.Buffer
	if IsFolder(format) {
		if err := WriteFolder(t.Context(), archive(&b), g, format, Request{Only: only, Question: "does it help, or not?"}); err != nil {
			t.Fatal(err)
		}
		return b.Bytes()
	}
	if err := Write(t.Context(), &b, g, format, Request{Only: only, Question: "does it help, or not?"}); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// one returns the small graph of the goldens: two tellings of one invented trial, and a study known second-hand.
func one(t testing.TB) *graph.Graph {
	t.Helper()
	no, yes := false, true
	at := func(s string) []evidence.Passage {
		i := strings.Index(oneText, s)
		return []evidence.Passage{{Section: "Results", Start: i, End: i + len(s), Text: s}}
	}
	arms := []evidence.Arm{
		{Label: "walking group", Abbreviation: "WG", N: "60", Role: evidence.Experimental, Interventions: []string{"walking"}, Passages: at("Sixty walked")},
		{Label: "usual care", N: "61", Role: evidence.UsualCare, Interventions: []string{"usual_care"}},
	}
	docs := []*evidence.Document{
		{
			Source: "a.txt", SHA256: "aa", Format: "text", Language: "en", Text: oneText,
			Report: evidence.Report{Title: "Walking & talking: a \"pragmatic\" trial <draft>", DOI: "10.5555/walk", Year: 2024, Authors: []string{"Ames B", "Abel C"}},
			Studies: []evidence.Study{
				{
					ID: "walk", Name: "WALK", Registrations: []string{"NCT00000001"}, NRandomized: "121",
					Design: evidence.Design{Kind: evidence.KindTrial, Allocation: evidence.Randomized}, Arms: arms,
					Populations: []evidence.Population{
						{ID: "p1", Text: "adults with back pain", Conditions: []string{"chronic_pain"}},
						{ID: "p2", Parent: "p1", Text: "older than 65", Criteria: []evidence.Criterion{{Variable: "age", Relation: ">", Value: "65", Unit: "years"}}},
					},
					Outcomes: []evidence.Outcome{{ID: "o1", Text: "pain", Concept: "pain_intensity", Role: "primary"}},
					Findings: []evidence.Finding{
						{
							ID: "f1", Kind: evidence.BetweenArms, Outcome: evidence.OutcomeRef{Text: "pain", Concept: "pain_intensity", Role: "primary"},
							Population: evidence.Ref{ID: "p1"}, Arm: []string{"walking group"}, Comparator: []string{"usual care"},
							Estimates: []evidence.Estimate{{Measure: "MD", Value: "-0.50", CI: &evidence.Interval{Level: "95", Low: "-1.10", High: "0.10"}}},
							P:         evidence.PValue{Relation: "=", Value: "0.10", Printed: "P = .10"}, From: []string{"f2"},
							Timepoint: evidence.Timepoint{Text: "6 months", Months: "6"}, Direction: evidence.NoDifference, Significant: &no, Passages: at("did not differ"),
						},
						{
							ID: "f2", Kind: evidence.WithinArm, Outcome: evidence.OutcomeRef{Text: "pain", Concept: "pain_intensity"}, Population: evidence.Ref{ID: "p2"}, Subgroup: true,
							Arm: []string{"walking group"}, Estimates: []evidence.Estimate{{Measure: "mean change", Value: "-1.2", Unit: "points"}},
							Direction: evidence.Decreased, Significant: &yes, Passages: at("fell"),
						},
						{ID: "f3", Kind: evidence.Baseline, Outcome: evidence.OutcomeRef{Text: "age"}, Estimates: []evidence.Estimate{{Measure: "mean", Mean: "61.0", SD: "9.5"}}},
					},
				},
				{ID: "other", Name: "Other 2001", SecondHand: true, Findings: []evidence.Finding{
					{ID: "f4", Kind: evidence.VoteCount, Outcome: evidence.OutcomeRef{Text: "pain"}, Estimates: []evidence.Estimate{{Events: "3", Total: "4"}}, Direction: evidence.Decreased},
				}},
			},
		},
		{
			Source: "b.txt", SHA256: "bb", Format: "text", Text: "Walkers (NCT00000001) slept no better.",
			Studies: []evidence.Study{{
				ID: "walk", Name: "WALK", Registrations: []string{"NCT00000001"}, Design: evidence.Design{Kind: evidence.KindSecondaryAnalysis}, Arms: arms[:1],
				Findings: []evidence.Finding{{ID: "f1", Kind: evidence.WithinArm, Arm: []string{"walking group"}, Outcome: evidence.OutcomeRef{Text: "sleep"}, Direction: evidence.NoDifference}},
			}},
		},
	}
	return load(t, nil, docs...)
}

const oneText = "Sixty walked, 61 had usual care. Pain fell in both; it did not differ.\n"

// load puts documents into a graph in memory. Goldens have no vocabulary, so that they change with the code alone.
func load(t testing.TB, v *vocab.Vocabulary, docs ...*evidence.Document) *graph.Graph {
	t.Helper()
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
	return g
}

func TestGoldens(t *testing.T) {
	g := one(t)
	part := &graph.Selection{Findings: first(t, g, graph.ByKind, string(evidence.WithinArm))}
	for _, f := range Formats() {
		whole, some := write(t, g, f.Name, nil), write(t, g, f.Name, part)
		if f.Name == "html" { // its script and style would hide what is of the graph
			whole, some = indented(t, whole), indented(t, some)
		}
		golden(t, "walk."+f.Name, whole)
		golden(t, "walk-part."+f.Name, some)
		if empty := write(t, g, f.Name, &graph.Selection{}); bytes.Contains(empty, []byte("WALK")) {
			t.Errorf("%s: an empty selection writes %s", f.Name, empty)
		}
	}
}

func first(t *testing.T, g *graph.Graph, r graph.Relation, value string) []graph.FindingID {
	t.Helper()
	ids, err := g.Findings(t.Context(), r, value)
	if err != nil || len(ids) == 0 {
		t.Fatal(ids, err)
	}
	return ids[:1]
}

func TestUnknownFormat(t *testing.T) {
	err := Write(t.Context(), io.Discard, one(t), "rtf", Request{})
	if err == nil || !strings.Contains(err.Error(), "trig, jsonld") {
		t.Errorf("the error does not list the formats: %v", err)
	}
}

// hostileName has what breaks drawings, tables and pages.
const hostileName = "a\"b'c<b>&amp;\\N\x01\n]; evil -> node [x=\"y\" }\u202e \u05d0\u05d1\u05d2 </script><!--<script>\u2028\u2029\x7f\ufffe"

// hostile returns a document that has a name in every place that an export prints.
func hostile(bad string) *evidence.Document {
	at := []evidence.Passage{{Section: bad, End: len(bad), Text: bad}}
	return &evidence.Document{Source: bad, Text: bad, Report: evidence.Report{Title: bad}, Studies: []evidence.Study{{
		ID: bad, Name: bad, Arms: []evidence.Arm{{Label: bad, Abbreviation: bad}},
		Populations: []evidence.Population{{ID: bad, Text: bad}, {ID: "sub", Parent: bad, Text: bad + "2"}},
		Findings: []evidence.Finding{{
			ID: bad, Kind: "between", Outcome: evidence.OutcomeRef{Text: bad, Concept: bad, Role: bad}, Population: evidence.Ref{ID: "sub"},
			Arm: []string{bad}, Comparator: []string{"nobody " + bad}, Exposure: bad, Modifier: bad, Checks: []string{bad}, Passages: at,
			Estimates: []evidence.Estimate{{Measure: bad, Value: "1", Unit: bad}}, Timepoint: evidence.Timepoint{Text: bad},
		}},
	}}}
}

// TestHostileNames puts what breaks a drawing into every place that a drawing prints.
func TestHostileNames(t *testing.T) {
	const bad = hostileName
	d := hostile(bad)
	out := write(t, load(t, nil, d), "dot", nil)
	_, drawing, _ := bytes.Cut(out, []byte("digraph"))
	if bytes.Contains(drawing, []byte("<b>&")) || bytes.Contains(out, []byte("\x01")) {
		t.Errorf("not escaped:\n%s", out)
	}
	t.Run("dot", func(t *testing.T) { drawnBy(t, out, "dot", "-Tsvg") })
	js := write(t, load(t, nil, d), "jsonld", nil)
	if !json.Valid(js) || bytes.Contains(js, []byte("<b>")) {
		t.Errorf("not escaped:\n%s", js)
	}
	for _, f := range Formats() {
		for _, v := range Views() {
			if !f.Views {
				continue
			}
			var b bytes.Buffer
			if f.Folder() {
				if err := WriteFolder(t.Context(), archive(&b), load(t, nil, d), f.Name, Request{View: v, Question: bad}); err != nil {
					t.Fatal(err)
				}
				continue
			}
			if err := Write(t.Context(), &b, load(t, nil, d), f.Name, Request{View: v, Question: bad}); err != nil {
				t.Fatal(err)
			}
			readBack(t, f.Name, b.Bytes())
		}
	}
	table, err := csv.NewReader(bytes.NewReader(write(t, load(t, nil, d), "evidence", nil))).ReadAll()
	if err != nil || len(table) != 2 || !slices.Contains(table[1], bad) {
		t.Errorf("the evidence table reads back as %q, %v", table, err)
	}
	for _, l := range strings.Split(string(write(t, load(t, nil, d), "ris", nil)), "\r\n") {
		if l != "" && !strings.Contains(l, "  - ") {
			t.Errorf("no line of RIS: %q", l)
		}
	}
	bib := write(t, load(t, nil, d), "bibtex", nil)
	if n := bytes.Count(bib, []byte("@")); n != 1 || bytes.Contains(bib, []byte("\x01")) {
		t.Errorf("%d entries of BibTeX:\n%s", n, bib)
	}
	if js := write(t, load(t, nil, d), "csljson", nil); !json.Valid(js) {
		t.Errorf("not JSON: %s", js)
	}
	ttl := write(t, load(t, nil, d), "turtle", nil)
	t.Run("turtle", func(t *testing.T) { drawnBy(t, ttl, "serdi", "-i", "turtle", "-o", "nquads", "-") })
	nq := write(t, load(t, nil, d), "nquads", nil)
	t.Run("serdi", func(t *testing.T) { drawnBy(t, nq, "serdi", "-i", "nquads", "-o", "nquads", "-") })
}

// TestGraphvizReadsLongNames draws names that are longer than what Graphviz reads in one go, of a study that many documents
// tell of.
func TestGraphvizReadsLongNames(t *testing.T) {
	var docs []*evidence.Document
	for i := range 40 {
		d := hostile(strings.Repeat(hostileName, 200))
		d.Source += fmt.Sprint(i)
		d.Studies[0].Registrations = []string{"NCT00000001"}
		d.Report.Title = fmt.Sprint(i, strings.Repeat(" \"\"\"\"\"\"\"\"\"", 30))
		for range 5 {
			d.Studies[0].Findings = append(d.Studies[0].Findings, d.Studies[0].Findings[0])
		}
		docs = append(docs, d)
	}
	out := write(t, load(t, nil, docs...), "dot", nil)
	for i, l := range bytes.Split(out, []byte("\n")) {
		if len(l) > 16000 {
			t.Errorf("line %d has %d bytes: %.300s", i+1, len(l), l)
		}
	}
	if svg := drawnBy(t, out, "dot", "-Tsvg"); !bytes.Contains(svg, []byte("</svg>")) {
		t.Error("Graphviz draws nothing")
	}
}

// drawnBy has an outside program read what was written, where it is installed.
func drawnBy(t *testing.T, in []byte, tool string, args ...string) []byte {
	t.Helper()
	path, err := exec.LookPath(tool)
	if err != nil {
		t.Skipf("%s is not installed", tool)
	}
	cmd := exec.CommandContext(t.Context(), path, args...)
	cmd.Stdin = bytes.NewReader(in)
	var out, complaint bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &complaint
	if err := cmd.Run(); err != nil || complaint.Len() > 0 {
		t.Fatalf("%s: %v\n%s\n%.2000s", tool, err, complaint.String(), in)
	}
	return out.Bytes()
}

func TestGraphvizDrawsTheSeeds(t *testing.T) {
	svg := drawnBy(t, write(t, golds(t), "dot", nil), "dot", "-Tsvg")
	for _, want := range []string{"VOICE", "INSPIRE", "OR 1.11 (95% CI 0.74 to 1.67)", "How to read this"} {
		if !bytes.Contains(svg, []byte(want)) {
			t.Errorf("the drawing does not say %q", want)
		}
	}
}

func TestOutsideReadersReadTheSeeds(t *testing.T) {
	nq := write(t, golds(t), "nquads", nil)
	want := bytes.Count(nq, []byte("\n")) - 2
	for _, tool := range [][]string{{"serdi", "-i", "nquads", "-o", "nquads", "-"}, {"rapper", "-q", "-i", "nquads", "-o", "nquads", "-", "urn:base"}} {
		t.Run(tool[0], func(t *testing.T) {
			back := drawnBy(t, nq, tool[0], tool[1:]...)
			if got := bytes.Count(back, []byte("\n")); got != want {
				t.Errorf("%s read %d quads of %d", tool[0], got, want)
			}
		})
	}
}

// readBack has the standard library read what claims to be XML or JSON, and looks for what would break the others.
func readBack(t *testing.T, format string, b []byte) {
	t.Helper()
	switch format {
	case "graphml", "gexf":
		for d := xml.NewDecoder(bytes.NewReader(b)); ; {
			if _, err := d.Token(); err == io.EOF {
				return
			} else if err != nil {
				t.Fatalf("%s: %v\n%s", format, err, b)
			}
		}
	case "cyjs", "nodelink":
		if !json.Valid(b) || bytes.Contains(b, []byte("<b>")) {
			t.Errorf("%s: not escaped:\n%s", format, b)
		}
	default:
		_, body, _ := bytes.Cut(b, []byte("flowchart"))
		if bytes.Contains(body, []byte("<b>")) || bytes.Contains(b, []byte("\x01")) || bytes.Contains(b, []byte("\n]; evil")) {
			t.Errorf("%s: not escaped:\n%s", format, b)
		}
	}
}

// TestViews writes every view of the small graph in one golden, in the format that is easiest to read.
func TestViews(t *testing.T) {
	for _, v := range Views() {
		var b bytes.Buffer
		if err := Write(t.Context(), &b, one(t), "nodelink", Request{View: v}); err != nil {
			t.Fatal(err)
		}
		golden(t, "walk-"+string(v)+".nodelink", b.Bytes())
	}
	if err := Write(t.Context(), io.Discard, one(t), "turtle", Request{View: Full}); err == nil {
		t.Error("turtle takes a view")
	}
}

// TestControlsStayApart loads two trials: what both gave is one node, what only their words name is a node of each.
func TestControlsStayApart(t *testing.T) {
	v, err := vocab.Load()
	if err != nil {
		t.Fatal(err)
	}
	trial := func(name string) *evidence.Document {
		return &evidence.Document{Source: name, Text: name, Studies: []evidence.Study{{
			ID: name, Name: name,
			Arms: []evidence.Arm{{Label: "walkers", Interventions: []string{"exercise"}}, {Label: "Control", Interventions: []string{"Control"}}, {Label: "others"}},
			Findings: []evidence.Finding{
				{ID: "f1", Kind: evidence.BetweenArms, Arm: []string{"walkers"}, Comparator: []string{"Control"}, Outcome: evidence.OutcomeRef{Text: "pain", Concept: "pain_intensity"}},
				{ID: "f2", Kind: evidence.BetweenArms, Arm: []string{"Control"}, Comparator: []string{"others"}, Outcome: evidence.OutcomeRef{Text: "pain", Concept: "pain_intensity"}},
			},
		}}}
	}
	g := load(t, v, trial("First 2001"), trial("Second 2002"))
	for _, view := range []View{Full, Evidence, Network} {
		p, err := newPicture(t.Context(), g, Request{View: view})
		if err != nil {
			t.Fatal(err)
		}
		var shared []string
		controls := map[string]bool{}
		for _, n := range p.nodes {
			if n.facts["kind"] == "intervention" && n.facts["study"] == "" {
				shared = append(shared, n.id)
			}
			if strings.HasPrefix(n.facts["label"], "Control (") {
				controls[n.facts["label"]] = true
			}
		}
		if !slices.Equal(shared, []string{"intervention:exercise"}) || len(controls) != 2 {
			t.Errorf("%s: shared are %v, controls %v", view, shared, controls)
		}
	}
}

func TestReach(t *testing.T) {
	g := golds(t)
	whole, err := Named(t.Context(), g, "INSPIRE")
	if err != nil || len(whole.Studies) == 0 {
		t.Fatal(whole, err)
	}
	last := len(whole.Studies)
	for depth := range 3 {
		r, err := Reach(t.Context(), g, whole, depth)
		if err != nil || len(r.Studies) < last {
			t.Fatalf("depth %d reaches %v, %v", depth, r, err)
		}
		last = len(r.Studies)
	}
	if last == len(whole.Studies) {
		t.Error("two steps reach no other study")
	}
	if r, err := Reach(t.Context(), g, whole, math.MaxInt); err != nil || len(r.Studies) < last {
		t.Errorf("all steps reach %v, %v", r, err)
	}
}

// TestFoldersEndWhenInterrupted interrupts the export of a folder when its first file is written.
func TestFoldersEndWhenInterrupted(t *testing.T) {
	g := golds(t)
	for _, f := range Formats() {
		if !f.Folder() {
			continue
		}
		ctx, interrupt := context.WithCancel(t.Context())
		files := 0
		err := WriteFolder(ctx, func(_ string, write func(io.Writer) error) error {
			interrupt()
			if err := write(io.Discard); err != nil {
				return err
			}
			files++
			return nil
		}, g, f.Name, Request{})
		if !errors.Is(err, context.Canceled) || files > 1 {
			t.Errorf("%s: %d files behind the interruption, %v", f.Name, files, err)
		}
	}
}

// archive keeps the files of a folder in one text, and refuses names that no folder should hold.
func archive(b *bytes.Buffer) Create {
	seen := map[string]bool{}
	return func(name string, write func(io.Writer) error) error {
		if !fs.ValidPath(name) || seen[strings.ToLower(name)] || len(path.Base(name)) > 255 || strings.ContainsAny(name, "\x01\n\u202e\"<>|") {
			return fmt.Errorf("bad file name %q", name)
		}
		seen[strings.ToLower(name)] = true
		fmt.Fprintf(b, "-- %s --\n", name)
		return write(b)
	}
}

// TestWikilinks follows every link of the vault.
func TestWikilinks(t *testing.T) {
	vault := string(write(t, one(t), "obsidian", nil))
	links := regexp.MustCompile(`\[\[([^|\]]+)\|`).FindAllStringSubmatch(vault, -1)
	if len(links) == 0 {
		t.Fatal("no links")
	}
	for _, l := range links {
		if !strings.Contains(vault, "-- "+l[1]+".md --") {
			t.Errorf("%s leads nowhere", l[0])
		}
	}
}
