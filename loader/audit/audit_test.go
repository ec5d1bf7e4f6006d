package audit_test

import (
	"bytes"
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/rivo/uniseg"
	"golang.org/x/tools/txtar"

	"github.com/picograph/picograph/graph/evidence"
	"github.com/picograph/picograph/loader/audit"
)

var update = flag.Bool("update", false, "write the goldens anew")

// TestGolden lays out the documents of testdata/*.txtar: "document.json", and the goldens "text", "narrow" and "page", the
// last without its style and script.
func TestGolden(t *testing.T) {
	names, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(names) == 0 {
		t.Fatalf("no goldens: %v", err)
	}
	for _, name := range names {
		a, err := txtar.ParseFile(name)
		if err != nil {
			t.Fatal(err)
		}
		d := new(evidence.Document)
		if err := json.Unmarshal(a.Files[0].Data, d); err != nil {
			t.Fatal(err)
		}
		got := []txtar.File{a.Files[0]}
		for _, o := range []audit.Options{{}, {Width: 40}} {
			var b bytes.Buffer
			if err := audit.Text(&b, d, o); err != nil {
				t.Fatal(err)
			}
			width := 80
			if o.Width > 0 {
				width = o.Width
			}
			for _, line := range strings.Split(b.String(), "\n") {
				if uniseg.StringWidth(line) > width {
					t.Errorf("%s: a line of %d columns: %q", name, uniseg.StringWidth(line), line)
				}
			}
			got = append(got, txtar.File{Name: map[int]string{0: "text", 40: "narrow"}[o.Width], Data: b.Bytes()})
		}
		got = append(got, txtar.File{Name: "page", Data: []byte(bare(page(t, d)))})
		if *update {
			a.Files = got
			if err := os.WriteFile(name, txtar.Format(a), 0o644); err != nil {
				t.Fatal(err)
			}
			continue
		}
		if len(a.Files) != len(got) {
			t.Fatalf("%s: run with -update and read it", name)
		}
		for i := range got {
			if diff := cmp.Diff(string(a.Files[i].Data), string(got[i].Data)); diff != "" {
				t.Errorf("%s: %s (-want +got):\n%s", name, got[i].Name, diff)
			}
		}
	}
}

func page(t *testing.T, docs ...*evidence.Document) string {
	t.Helper()
	var b bytes.Buffer
	if err := audit.Page(&b, docs); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// bare returns the body of a page without its script.
func bare(page string) string {
	body := page[strings.Index(page, "<article>"):]
	return body[:strings.Index(body, "<script>")]
}

// TestHostile shows that a document cannot give orders to a terminal.
func TestHostile(t *testing.T) {
	d := &evidence.Document{Source: "a\x1b[2J.txt", Report: evidence.Report{Title: "T\x1b]0;x\x07"}, Text: "Pain\x1b[2J fell by 2.0.", Studies: []evidence.Study{{
		ID: "s", Arms: []evidence.Arm{{Label: "a\u202e"}}, Findings: []evidence.Finding{{
			ID: "1", Outcome: evidence.OutcomeRef{Text: "pain\x1b[2J"}, Estimates: []evidence.Estimate{{Mean: "2.0"}}, Checks: []string{"\x9b"},
			Passages: []evidence.Passage{{End: 22, Text: "Pain\x1b[2J fell by 2.0."}},
		}},
	}}, Problems: []evidence.Problem{{Stage: "read", Message: "\x7f"}}}
	var b bytes.Buffer
	if err := audit.Text(&b, d, audit.Options{}); err != nil {
		t.Fatal(err)
	}
	if i := strings.IndexAny(b.String(), "\x1b\x07\x7f\u009b\u202e"); i >= 0 {
		t.Errorf("an order at byte %d of %q", i, b.String())
	}
	if !strings.Contains(b.String(), "pain␛[2J") {
		t.Errorf("no sign for what was taken out: %q", b.String())
	}
}

// TestPage shows that the page asks nothing of a network, that its anchors lead both ways, and that what documents hold is
// not run.
func TestPage(t *testing.T) {
	text := "Pain fell <script>alert(1)</script> by 2.0 and 3.0.\nIt rose."
	f := func(id string, start, end int) evidence.Finding {
		return evidence.Finding{
			ID: id, Kind: evidence.ArmLevel, Outcome: evidence.OutcomeRef{Text: "pain <b>"}, Estimates: []evidence.Estimate{{Measure: "mean", Mean: "2.0"}},
			Passages: []evidence.Passage{{Start: start, End: end, Text: text[start:end]}},
		}
	}
	d := &evidence.Document{Source: "a<b.txt", Text: text, Studies: []evidence.Study{{ID: "s", Findings: []evidence.Finding{f("1", 0, 50), f("2", 10, 50), f("3", 51, 59)}}}}
	got := page(t, d, d)
	for _, no := range []string{"http://", "https://", "src=", "@import", "url(", "<script>alert", "pain <b>", "a<b"} {
		if strings.Contains(got, no) {
			t.Errorf("the page has %q", no)
		}
	}
	for _, yes := range []string{
		`id="d1-f1" href="#d1-p0-50"`, `<a id="d1-p0-50"></a>`, `data-f="d1-f1 d1-f2"`, `href="#d1-f1"`, `id="d2-f3"`, `<b>`,
	} {
		if !strings.Contains(got, yes) {
			t.Errorf("the page lacks %s", yes)
		}
	}
}
