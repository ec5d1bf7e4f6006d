package document_test

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/picograph/picograph/graph/evidence"
	"github.com/picograph/picograph/loader/document"
	"golang.org/x/tools/txtar"
)

var update = flag.Bool("update", false, "rewrite the goldens")

// headings is a small table in place of the vocabulary's.
func headings(form string) (string, bool) {
	role, ok := headingRoles[strings.ToLower(form)]
	return role, ok
}

var headingRoles = map[string]string{
	"title": "title", "abstract": "body", "summary": "body", "author summary": "body", "keywords": "body",
	"background": "background", "importance": "background", "introduction": "background", "context": "background", "rationale": "background",
	"objective": "objective", "objectives": "objective", "aim": "objective", "aims": "objective", "purpose": "objective",
	"methods": "methods", "method": "methods", "design": "methods", "setting": "methods", "participants": "methods", "patients": "methods",
	"subjects": "methods", "interventions": "methods", "intervention": "methods", "main outcomes and measures": "methods",
	"materials and methods": "methods", "main outcome measures": "methods", "measurements": "methods",
	"results": "results", "findings": "results", "main results": "results",
	"conclusion": "conclusions", "conclusions": "conclusions", "interpretation": "conclusions", "conclusions and relevance": "conclusions",
	"discussion": "conclusions", "trial registration": "registration", "registration": "registration",
	"references": "references", "bibliography": "references",
	"antécédents": "background", "objectif": "objective", "méthodes": "methods", "résultats": "results", "résumé": "body",
	"hintergrund": "background", "methoden": "methods", "ergebnisse": "results", "schlussfolgerung": "conclusions",
	"objetivo": "objective", "métodos": "methods", "resultados": "results", "conclusiones": "conclusions", "resumen": "body",
	"目的": "objective", "方法": "methods", "结果": "results", "结论": "conclusions",
}

// dump prints the structure of a document.
func dump(d *document.Document) string {
	var b strings.Builder
	fmt.Fprintf(&b, "language %s\n", d.Language)
	next := 0
	for i, s := range d.Sections {
		for ; next < len(d.Skips) && d.Skips[next].Start < s.Start; next++ {
			k := d.Skips[next]
			fmt.Fprintf(&b, "skip %s: %q\n", k.Reason, clip(d.Text[k.Start:k.End]))
		}
		fmt.Fprintf(&b, "%s", s.Role)
		if s.Heading != "" {
			fmt.Fprintf(&b, " [%s]", s.Heading)
		}
		if s.Head.Len() > 0 {
			fmt.Fprintf(&b, " head %q", d.At(s.Head))
		}
		fmt.Fprintln(&b)
		for _, t := range d.Sentences {
			if t.Section == i {
				fmt.Fprintf(&b, "\t%s\n", strings.Join(strings.Fields(d.At(t.Span)), " "))
			}
		}
	}
	for ; next < len(d.Skips); next++ {
		k := d.Skips[next]
		fmt.Fprintf(&b, "skip %s: %q\n", k.Reason, clip(d.Text[k.Start:k.End]))
	}
	for _, p := range d.Problems {
		fmt.Fprintf(&b, "problem %s: %s\n", p.Stage, p.Message)
	}
	return b.String()
}

func clip(s string) string {
	r := []rune(s)
	if len(r) <= 90 {
		return s
	}
	return string(r[:60]) + " ... " + string(r[len(r)-25:])
}

// TestParse reads testdata/*.txtar: a file "text" and the golden "structure".
func TestParse(t *testing.T) {
	names, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(names) == 0 {
		t.Fatalf("no goldens: %v", err)
	}
	for _, name := range names {
		t.Run(strings.TrimSuffix(filepath.Base(name), ".txtar"), func(t *testing.T) {
			a, err := txtar.ParseFile(name)
			if err != nil {
				t.Fatal(err)
			}
			text := string(a.Files[0].Data)
			d := document.Parse(name, text, headings)
			invariants(t, d)
			got := dump(d)
			if *update {
				a.Files = append(a.Files[:1], txtar.File{Name: "structure", Data: []byte(got)})
				if err := os.WriteFile(name, txtar.Format(a), 0o644); err != nil {
					t.Fatal(err)
				}
				return
			}
			if len(a.Files) < 2 {
				t.Fatal("no golden: run with -update and read it")
			}
			if diff := cmp.Diff(string(a.Files[1].Data), got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// TestAsides checks that what the source sets aside is skipped with its reason, whole and nothing else, and that
// the section before does not go on behind it.
func TestAsides(t *testing.T) {
	text := "A title of it\n\nMETHODS\nWe poured and\nwe measured 30 cups.\n\nRESULTS\nIt fell by 2 mm.\n\nTABLES\n\nTABLE 1. Depths\nArm | Depth, mm\nSoup | 3.4 (1.2)\n\nIt rose by 3 mm in none.\n"
	aside := func(reason, from, to string) evidence.Skip {
		return evidence.Skip{Reason: reason, Start: strings.Index(text, from), End: strings.Index(text, to) + len(to)}
	}
	want := []evidence.Skip{aside(document.ReasonArticle, "METHODS", "30 cups."), aside(document.ReasonTable, "TABLES", "(1.2)")}
	d := document.Parse("a", text, headings, want...)
	invariants(t, d)
	if diff := cmp.Diff(want, d.Skips); diff != "" {
		t.Error(diff)
	}
	var got []string
	for _, s := range d.Sentences {
		got = append(got, string(d.Sections[s.Section].Role)+": "+d.At(s.Span))
	}
	if diff := cmp.Diff([]string{"title: A title of it", "results: It fell by 2 mm.", "body: It rose by 3 mm in none."}, got); diff != "" {
		t.Error(diff)
	}
}
