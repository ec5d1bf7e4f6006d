package export

import (
	"bytes"
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/picograph/picograph/graph"
	"github.com/picograph/picograph/graph/evidence"
	"github.com/picograph/picograph/graph/synth"
	"github.com/picograph/picograph/graph/vocab"
)

var pages = flag.String("pages", "", "a folder to write pages to, for a browser to open")

// invented returns a graph with a number of invented documents.
func invented(t testing.TB, n int) *graph.Graph {
	t.Helper()
	v, err := vocab.Load()
	if err != nil {
		t.Fatal(err)
	}
	s := synth.New(7, v)
	var docs []*evidence.Document
	for i := range n {
		docs = append(docs, s.Document(i))
	}
	return load(t, v, docs...)
}

// dataOf returns what a page's script reads, as it stands there and taken apart.
func dataOf(t testing.TB, page []byte) ([]byte, pageData) {
	t.Helper()
	_, rest, ok := bytes.Cut(page, []byte(`<script type="application/json" id="data">`))
	data, _, ended := bytes.Cut(rest, []byte("</script>"))
	var out pageData
	if err := json.Unmarshal(data, &out); err != nil || !ok || !ended {
		t.Fatalf("no data in the page: %v\n%.400s", err, data)
	}
	return data, out
}

// indented is the page without its script and style, which would hide what is of the graph, and with its data on lines.
func indented(t testing.TB, page []byte) []byte {
	t.Helper()
	data, _ := dataOf(t, page)
	var b bytes.Buffer
	if err := json.Indent(&b, data, "", " "); err != nil {
		t.Fatal(err)
	}
	return append(b.Bytes(), '\n')
}

// TestPageIsClosed holds a page to its policy: nothing of what a graph says becomes markup, and the hashes are those of the
// one script and the one style.
func TestPageIsClosed(t *testing.T) {
	for _, question := range []string{"", hostileName} {
		var b bytes.Buffer
		if err := Write(t.Context(), &b, load(t, nil, hostile(hostileName)), "html", Request{View: Full, Question: question}); err != nil {
			t.Fatal(err)
		}
		page := b.String()
		if n := strings.Count(page, "<script"); n != 2 {
			t.Errorf("%d scripts", n)
		}
		for element, source := range map[string]string{"script": inside(page, "<script>", "</script>"), "style": inside(page, "<style>", "</style>")} {
			if source == "" || !strings.Contains(page, element+"-src "+sourceHash(source)+";") {
				t.Errorf("the policy does not let the page's %s in", element)
			}
		}
		if m := regexp.MustCompile(`(?i)<[a-z][^>]*\s(on[a-z]+|style|src)=`).FindString(page); m != "" {
			t.Errorf("the policy forbids %s", m)
		}
		for _, bad := range []string{"eval(", "innerHTML", "fetch(", "XMLHttp", "new Function", "@import", "url("} {
			if strings.Contains(page, bad) {
				t.Errorf("the page has %s", bad)
			}
		}
		if title := inside(page, "<title>", "</title>"); strings.ContainsAny(title, "<>\n\x01") {
			t.Errorf("the title is %q", title)
		}
	}
}

func inside(s, begin, end string) string {
	_, rest, _ := strings.Cut(s, begin)
	found, _, _ := strings.Cut(rest, end)
	return found
}

// TestPageSaysWhatIsLeftOut loads more than a page shows.
func TestPageSaysWhatIsLeftOut(t *testing.T) {
	_, d := dataOf(t, write(t, invented(t, 300), "html", nil))
	if d.Shown != d.Of || d.View != Evidence {
		t.Errorf("the %s view shows %v of %v", d.View, d.Shown, d.Of)
	}
	var b bytes.Buffer
	if err := Write(t.Context(), &b, invented(t, 300), "html", Request{View: Full}); err != nil {
		t.Fatal(err)
	}
	_, d = dataOf(t, b.Bytes())
	if d.Shown.Studies >= d.Of.Studies || d.Shown.Findings >= d.Of.Findings || d.Shown.Studies != len(d.Studies) || d.Shown.Findings != len(d.Findings) {
		t.Errorf("shows %v of %v", d.Shown, d.Of)
	}
	if len(d.Nodes) < mostNodes || len(d.Nodes) > mostNodes+400 {
		t.Errorf("%d nodes", len(d.Nodes))
	}
}

// TestPageKeepsEveryFinding follows each finding of the seeds to its sentence.
func TestPageKeepsEveryFinding(t *testing.T) {
	g := golds(t)
	_, d := dataOf(t, write(t, g, "html", nil))
	drawn := map[int]bool{}
	for _, e := range d.Edges {
		for _, i := range e.Findings {
			drawn[i] = true
			if f := d.Findings[i]; f.Kind != e.Line || e.Direction != f.Direction {
				t.Errorf("the finding %s, %s, is drawn as %s, %s", f.Kind, f.Direction, e.Line, e.Direction)
			}
		}
	}
	marks := 0
	for i, f := range d.Findings {
		if !drawn[i] {
			t.Errorf("%s is not drawn", f.ID)
		}
		said, err := g.Finding(t.Context(), graph.FindingID(f.ID))
		if err != nil {
			t.Fatal(err)
		}
		for k, p := range f.Passages {
			if got, want := strings.Join(p.Text, ""), said.Passages[k]; got != want.Text || p.Start != want.Start || p.End != want.End {
				t.Errorf("%s: %q at %d is not %q at %d", f.ID, got, p.Start, want.Text, want.Start)
			}
			marks += len(p.Text) / 2
		}
	}
	if marks < len(d.Findings) {
		t.Errorf("only %d numbers are marked in the sentences of %d findings", marks, len(d.Findings))
	}
}

func TestMarked(t *testing.T) {
	f := &evidence.Finding{
		P: evidence.PValue{Value: "0.04"}, Estimates: []evidence.Estimate{{
			Value: "-1250", CI: &evidence.Interval{Low: "-2000.5", High: "0.74"}, Events: "5", Total: "50",
		}},
	}
	const text = "Fell by 1,250 (−2,000.5 to 0·74), P = .04, in 5 of 50, not 55 or 1250.5; 2 of 3."
	want := []string{"Fell by ", "1,250", " (−", "2,000.5", " to ", "0·74", "), P = ", ".04", ", in ", "5", " of ", "50", ", not 55 or 1250.5; 2 of 3."}
	if diff := cmp.Diff(want, marked(text, numbersOf(f))); diff != "" {
		t.Error(diff)
	}
}

// TestLayout holds a layout to what makes it readable: nothing overlaps, linked nodes are near, and it is always the same.
func TestLayout(t *testing.T) {
	for name, n := range map[string]int{"few": 5, "some": 40} {
		t.Run(name, func(t *testing.T) {
			spots := make([]spot, n)
			var springs []spring
			for i := range spots {
				spots[i] = spot{radius: 10, labelWidth: 80, labelHeight: 15}
				if i%9 > 0 {
					springs = append(springs, spring{i - i%9, i, 1})
				}
			}
			again := slices.Clone(spots)
			layOut(spots, springs)
			layOut(again, springs)
			if !slices.Equal(spots, again) {
				t.Error("a second layout differs")
			}
			for i := range spots {
				for j := range i {
					p, q := spots[i].box(), spots[j].box()
					if p.left < q.right && q.left < p.right && p.top < q.bottom && q.top < p.bottom {
						t.Errorf("%d and %d overlap: %v %v", i, j, p, q)
					}
				}
			}
		})
	}
}

// ofArms is the findings of arms.
func ofArms(t testing.TB, g *graph.Graph) *graph.Selection {
	return selected(t, g, graph.ByKind, string(evidence.BetweenArms), string(evidence.WithinArm))
}

// answered is the findings on the dose of opioids.
func answered(t testing.TB, g *graph.Graph) *graph.Selection {
	return selected(t, g, graph.ByOutcome, "opioid_dose", "opioid_dose_change", "dose_reduction_50")
}

func selected(t testing.TB, g *graph.Graph, r graph.Relation, values ...string) *graph.Selection {
	t.Helper()
	ids, err := g.Findings(t.Context(), r, values...)
	if err != nil || len(ids) == 0 {
		t.Fatal(ids, err)
	}
	return &graph.Selection{Findings: ids}
}

// TestPages writes the pages that tools/interop/page.mjs opens in a browser, where -pages says where to.
func TestPages(t *testing.T) {
	if *pages == "" {
		t.Skip("no -pages")
	}
	if err := os.MkdirAll(*pages, 0o777); err != nil {
		t.Fatal(err)
	}
	for _, p := range []struct {
		name string
		g    *graph.Graph
		r    Request
	}{
		{"small", one(t), Request{View: Full, Question: "does walking help, or not?"}},
		{"five", one(t), Request{View: Evidence, Only: ofArms(t, one(t)), Question: "does walking help, or not?"}},
		{"seeds", golds(t), Request{Question: "what was found?"}},
		{"answer", golds(t), Request{Only: answered(t, golds(t)), Question: "which interventions reduced dose?", Query: "interventions where outcome is dose"}},
		{"middle", invented(t, 14), Request{View: Full}},
		{"evidence", invented(t, 60), Request{}},
		{"large", invented(t, 400), Request{View: Full}},
		{"network", invented(t, 400), Request{View: Network}},
		{"citations", golds(t), Request{View: Citations}},
		{"hostile", load(t, nil, hostile(strings.Repeat(hostileName, 200))), Request{View: Full, Question: hostileName}},
		{"empty", load(t, nil), Request{}},
	} {
		var b bytes.Buffer
		if err := Write(t.Context(), &b, p.g, "html", p.r); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(*pages, p.name+".html"), b.Bytes(), 0o666); err != nil {
			t.Fatal(err)
		}
	}
}

// FuzzPage puts any text into every place of a page and reads it back from there.
func FuzzPage(f *testing.F) {
	for _, name := range []string{hostileName, strings.Repeat("long ", 2000), "</SCRIPT ><!--", "\u202eabc\u2066", "{{data}}{{script}}", "\x00"} {
		f.Add(name)
	}
	f.Fuzz(func(t *testing.T, name string) {
		name = strings.ToValidUTF8(name, "?") // no graph holds anything else
		g := load(t, nil, hostile(name))
		for _, v := range Views() {
			var b bytes.Buffer
			if err := Write(t.Context(), &b, g, "html", Request{View: v, Question: name}); err != nil {
				t.Fatal(err)
			}
			if n := strings.Count(strings.ToLower(b.String()), "<script"); n != 2 {
				t.Fatalf("%d scripts in the page for %q", n, name)
			}
			_, d := dataOf(t, b.Bytes())
			p, err := newPicture(t.Context(), g, Request{View: v})
			if err != nil {
				t.Fatal(err)
			}
			for i, n := range p.nodes {
				if got, want := d.Nodes[i].Label, n.facts["label"]; got != want {
					t.Errorf("%q reads back as %q", want, got)
				}
			}
		}
	})
}
