package loader_test

import (
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/tools/txtar"

	"github.com/picograph/picograph/graph/evidence"
	"github.com/picograph/picograph/loader"
)

// retold writes the forms of the one abstract of testdata into a folder, and returns it with their names.
func retold(t *testing.T) (dir string, names []string) {
	t.Helper()
	a, err := txtar.ParseFile("testdata/retold.txtar")
	if err != nil {
		t.Fatal(err)
	}
	dir = t.TempDir()
	for _, f := range a.Files {
		write(t, filepath.Join(dir, f.Name), string(f.Data))
		names = append(names, f.Name)
	}
	return dir, names
}

// said returns what documents say of studies, as JSON: without the places where it stands, the sections' headings, and the
// letters' case.
func said(t *testing.T, path string) (string, *evidence.Document) {
	t.Helper()
	var out []evidence.Study
	var doc *evidence.Document
	err := loader.Extract(context.Background(), []string{path}, loader.Options{Vocab: words(t)}, func(d *evidence.Document) error {
		for _, p := range d.Problems {
			t.Errorf("%s: %s: %s", d.Source, p.Stage, p.Message)
		}
		evidence.WalkPassages(d, func(_ string, p *evidence.Passage) {
			text := strings.TrimPrefix(strings.ToLower(strings.Trim(p.Text, "#. ")), "trial registration: ")
			*p = evidence.Passage{Text: text}
		})
		doc = d
		out = append(out, d.Studies...)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	b, err := json.MarshalIndent(out, "", " ")
	if err != nil {
		t.Fatal(err)
	}
	return strings.ToLower(string(b)), doc
}

// TestRetold checks that one abstract says the same in whatever form it comes.
func TestRetold(t *testing.T) {
	dir, names := retold(t)
	want, _ := said(t, filepath.Join(dir, names[0]))
	if !strings.Contains(want, `"findings"`) || strings.Count(want, `"kind": "between"`) < 3 {
		t.Fatalf("the text says too little: %s", want)
	}
	for _, name := range names[1:] {
		t.Run(name, func(t *testing.T) {
			got, d := said(t, filepath.Join(dir, name))
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("studies (-text +%s):\n%s", name, diff)
			}
			r := d.Report
			if r.DOI != "10.9999/jmus.2021.0314" || r.PMID != "39990001" || r.Year != 2021 || len(r.Authors) != 3 || !strings.HasPrefix(strings.Replace(r.Authors[0], ",", "", 1), "Doe A") ||
				!strings.HasPrefix(r.Title, "Nurse-led sleep coaching") || !strings.HasSuffix(r.Title, "trial") || r.Volume != "14" || r.Issue != "3" || r.Pages != "211-220" {
				t.Errorf("report %+v", r)
			}
		})
	}
}

// TestRetoldTogether checks that all forms of one abstract are one study in one graph, whatever the order.
func TestRetoldTogether(t *testing.T) {
	dir, names := retold(t)
	ctx := context.Background()
	var first string
	for _, backwards := range []bool{false, true} {
		g := open(t, words(t))
		var paths []string
		for _, name := range names {
			if backwards {
				paths = append([]string{filepath.Join(dir, name)}, paths...)
			} else {
				paths = append(paths, filepath.Join(dir, name))
			}
		}
		if _, err := loader.Load(ctx, g, paths, loader.Options{Vocab: words(t)}); err != nil {
			t.Fatal(err)
		}
		st, err := g.Stats(ctx)
		if err != nil {
			t.Fatal(err)
		}
		docs, err := g.Documents(ctx)
		if err != nil {
			t.Fatal(err)
		}
		files := 0
		for _, d := range docs {
			files += len(d.Sources)
		}
		if st.Studies != 1 || st.Reports != 1 || files != len(names) {
			t.Errorf("%d studies, %d reports, %d documents of %d files, of %d", st.Studies, st.Reports, len(docs), files, len(names))
		}
		var b strings.Builder
		if err := g.WriteNQuads(ctx, &b); err != nil {
			t.Fatal(err)
		}
		if first == "" {
			first = b.String()
		} else if first != b.String() {
			t.Error("another order gives another graph")
		}
	}
}

// TestSameArticle reads an article of which there is a JATS file and the page of a repository: the lines of the text, the
// findings and the references are those of the other.
func TestSameArticle(t *testing.T) {
	const folder = "../../shared/data/bibliographic/"
	var docs []*evidence.Document
	for _, path := range []string{folder + "pubmed_xml-biomcp/pmc3040717.xml", folder + "jats_misc-biomcp/pmc3040717.html"} {
		if _, err := os.Stat(path); err != nil {
			t.Skip("the article is not here")
		}
		err := loader.Extract(context.Background(), []string{path}, loader.Options{Vocab: words(t)}, func(d *evidence.Document) error {
			docs = append(docs, d)
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	if len(docs) != 2 || len(docs[0].Studies) != 1 || len(docs[1].Studies) != 1 {
		t.Fatalf("%d documents", len(docs))
	}
	xml, page := docs[0], docs[1]
	lines := strings.Split(xml.Text, "\n")
	same := 0
	for _, line := range strings.Split(page.Text, "\n") {
		if slices.Contains(lines, line) {
			same++
		}
	}
	if same*100 < len(lines)*95 {
		t.Errorf("%d of %d lines are the same", same, len(lines))
	}
	if a, b := len(xml.Studies[0].Findings), len(page.Studies[0].Findings); a != b || len(xml.Cites) != len(page.Cites) {
		t.Errorf("findings %d and %d, references %d and %d", a, b, len(xml.Cites), len(page.Cites))
	}
	if a, b := xml.Report, page.Report; a.Title != b.Title || a.DOI != b.DOI || a.PMID != b.PMID || a.PMCID != b.PMCID || len(a.Authors) != len(b.Authors) || a.Year != b.Year || a.Volume != b.Volume {
		t.Errorf("reports %+v and %+v", a, b)
	}
}
