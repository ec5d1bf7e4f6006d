package graph

import (
	"flag"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "rewrite the golden files")

const docs = "../docs/graph.md"

// schemaTables returns the tables of docs/graph.md as the schema's Go table has them.
func schemaTables() string {
	var b strings.Builder
	b.WriteString("| prefix | namespace |\n|---|---|\n")
	for _, p := range Prefixes() {
		fmt.Fprintf(&b, "| `%s:` | `%s` |\n", p.Name, p.IRI)
	}
	for _, c := range Classes() {
		fmt.Fprintf(&b, "\n### %s\n\n`%s`: %s. IRI: `%s`.\n\n| edge | to | holds |\n|---|---|---|\n", c.Name, c.IRI, c.Meaning, c.Path)
		for _, p := range Properties() {
			if p.Class == c.Name || c.Name == "Citation" && p.Class == "Report" {
				fmt.Fprintf(&b, "| `%s` | %s | %s |\n", p.IRI, p.Range, strings.ReplaceAll(p.Meaning, "|", "\\|"))
			}
		}
	}
	b.WriteString("\n### Any node\n\n| edge | to | holds |\n|---|---|---|\n")
	for _, p := range Properties() {
		if p.Class == "any" {
			fmt.Fprintf(&b, "| `%s` | %s | %s |\n", p.IRI, p.Range, p.Meaning)
		}
	}
	return b.String()
}

// schemaPicture returns the drawing of the schema for Graphviz, from the same table.
func schemaPicture() string {
	var b strings.Builder
	b.WriteString(`digraph schema {
  graph [rankdir=LR, fontname="Helvetica", nodesep=0.25, ranksep=0.7, bgcolor="white"];
  node [fontname="Helvetica", fontsize=11, shape=box, style="filled,rounded", fillcolor="#f7f7f5", color="#555555"];
  edge [fontname="Helvetica", fontsize=9, color="#777777", fontcolor="#333333", arrowsize=0.7];
`)
	fills := map[string]string{
		"Finding": "#fbdcc0", "Estimate": "#fbdcc0", "Study": "#d9e8fb", "Arm": "#d9e8fb", "Population": "#fff3c4", "Criterion": "#fff3c4",
		"Outcome": "#dff0dc", "Passage": "#eeeeee", "Concept": "#e8dff5", "Measure": "#e8dff5", "Joined": "#cfe3f7", "Join": "#cfe3f7",
	}
	known := map[string]bool{}
	for _, c := range Classes() {
		switch c.Name {
		case "Skip", "Problem", "Chunk", "Source", "Instrument", "Statement":
			continue
		}
		known[c.Name] = true
		fill := fills[c.Name]
		if fill == "" {
			fill = "#ffffff"
		}
		fmt.Fprintf(&b, "  %s [fillcolor=\"%s\", label=<<b>%s</b><br/><font point-size=\"9\">%s</font>>];\n", c.Name, fill, c.Name, c.IRI)
	}
	drawn := map[string]bool{}
	for _, p := range Properties() {
		to := p.Range
		switch p.Range {
		case ConceptRef, Term, Value:
			to = "Concept"
		case MeasureRef:
			to = "Measure"
		}
		if !known[p.Class] || !known[to] || to == "Passage" && p.Class != "Finding" && p.Class != "Study" || drawn[p.Class+to] && to == "Concept" {
			continue
		}
		drawn[p.Class+to] = true
		style := ""
		if p.Field == "" && p.Class == "Finding" {
			style = ", style=dashed"
		}
		fmt.Fprintf(&b, "  %s -> %s [label=\"%s\"%s];\n", p.Class, to, p.IRI, style)
	}
	b.WriteString("}\n")
	return b.String()
}

// TestDocumentedSchema keeps docs/graph.md and its picture those of the table in schema_table.go.
func TestDocumentedSchema(t *testing.T) {
	const from, to = "<!-- schema: written by go test ./graph -run Documented -update -->\n", "<!-- end of schema -->\n"
	b, err := os.ReadFile(docs)
	if err != nil {
		t.Fatal(err)
	}
	before, rest, ok := strings.Cut(string(b), from)
	_, after, ok2 := strings.Cut(rest, to)
	if !ok || !ok2 {
		t.Fatalf("%s has no place for the schema's tables", docs)
	}
	want := before + from + schemaTables() + to + after
	const picture = "../docs/graph.dot"
	if *update {
		if err := os.WriteFile(docs, []byte(want), 0o666); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(picture, []byte(schemaPicture()), 0o666); err != nil {
			t.Fatal(err)
		}
		if out, err := exec.CommandContext(t.Context(), "dot", "-Tsvg", "-o", "../docs/graph.svg", picture).CombinedOutput(); err != nil {
			t.Logf("docs/graph.svg is not drawn again: %v %s", err, out)
		}
		return
	}
	if string(b) != want {
		t.Errorf("%s is not what the schema's table says; run go test ./graph -run Documented -update", docs)
	}
	if dot, err := os.ReadFile(picture); err != nil || string(dot) != schemaPicture() {
		t.Errorf("%s is not what the schema's table says: %v", picture, err)
	}
}
