package main

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/picograph/picograph/cmd/picograph/shell"
	"github.com/picograph/picograph/graph/export"
	"github.com/picograph/picograph/graph/plot"
	"github.com/picograph/picograph/loader/format"
	"github.com/picograph/picograph/queries"
	"github.com/picograph/picograph/queries/answer"
	"github.com/picograph/picograph/queries/script"
	"github.com/picograph/picograph/queries/syntax"
	"github.com/picograph/picograph/seeds"
)

var update = flag.Bool("update", false, "rewrite the golden files")

// tables are the tables of the documentation that are made from those of the source, by the name in their mark.
func tables() map[string][][]string {
	out := map[string][][]string{
		"subcommands":  {{"command", "does"}},
		"readings":     {{"reading", "default", "is"}},
		"formats":      {{"format", "is"}},
		"exports":      {{"format", "is"}},
		"plots":        {{"kind", "draws"}},
		"sources":      {{"format", "is"}},
		"verbs":        {{"query", "does", "example"}},
		"fields":       {{"field", "takes", "is about", "example"}},
		"steps":        {{"step", "does", "example"}},
		"commands":     {{"command", "does"}},
		"expectations": {{"line", "holds when"}},
	}
	add := func(name string, cells ...string) { out[name] = append(out[name], cells) }
	for _, s := range subcommands() {
		add("subcommands", code("picograph "+s.use), s.does)
	}
	for _, s := range new(queries.Settings).List() {
		add("readings", code(s.Name), code(s.Default), s.Does)
	}
	for _, f := range answer.Formats() {
		add("formats", code(f.Name), f.Does)
	}
	for _, f := range export.Formats() {
		add("exports", code(f.Name), f.Does)
	}
	for _, k := range plot.Kinds() {
		add("plots", code(k.Name), k.Does)
	}
	for _, f := range format.Formats() {
		add("sources", code(f.Name), f.Does)
	}
	for _, v := range syntax.Verbs() {
		add("verbs", code(v.Form), v.Does, code(v.Example))
	}
	for _, f := range syntax.Fields() {
		add("fields", code(f.Name), f.Takes, f.Does, code(f.Example))
	}
	for _, s := range syntax.Steps() {
		add("steps", code(s.Form), s.Does, code(s.Example))
	}
	for _, c := range shell.Commands() {
		add("commands", code(strings.TrimSpace(c.Name+" "+c.Args)), c.Does)
	}
	for _, s := range script.Subjects() {
		add("expectations", code("expect "+s.Form), s.Does)
	}
	return out
}

// headline is the question that the README shows with its answer.
const headline = "which interventions reduced dose in high-MME patients"

// headlineAnswer returns what the shell prints for the headline question, and for where its first row stands, over the
// seed documents.
func headlineAnswer(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	if err := os.CopyFS(filepath.Join(dir, "seeds"), seeds.Documents); err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	fmt.Fprintf(&b, "```text\n> %s\n\n", headline)
	cmd := command(t, dir, "repl", "--with", "seeds")
	cmd.Stdin = strings.NewReader(headline + "\n.why 1\n")
	cmd.Stdout = &b
	if err := cmd.Run(); err != nil {
		t.Fatal(err)
	}
	b.WriteString("```\n")
	return b.String()
}

func code(s string) string { return "`" + strings.ReplaceAll(s, "|", `\|`) + "`" }

func markdown(rows [][]string) string {
	var b strings.Builder
	for i, r := range rows {
		fmt.Fprintf(&b, "| %s |\n", strings.Join(r, " | "))
		if i == 0 {
			fmt.Fprintf(&b, "|%s\n", strings.Repeat("---|", len(r)))
		}
	}
	return b.String()
}

// TestTablesOfTheDocumentation holds the tables in the documentation to those in the source; -update writes them.
func TestTablesOfTheDocumentation(t *testing.T) {
	pages, err := filepath.Glob(filepath.Join("..", "..", "docs", "*.md"))
	if err != nil || len(pages) == 0 {
		t.Fatal("no pages", err)
	}
	all := tables()
	used := map[string]bool{}
	for _, page := range append(pages, filepath.Join("..", "..", "README.md")) {
		text, err := os.ReadFile(page)
		if err != nil {
			t.Fatal(err)
		}
		var b strings.Builder
		rest := string(text)
		for {
			before, after, found := strings.Cut(rest, "<!-- table: ")
			b.WriteString(before)
			if !found {
				break
			}
			name, after, _ := strings.Cut(after, " -->\n")
			_, after, closed := strings.Cut(after, "<!-- end -->")
			rows, known := all[name]
			content := markdown(rows)
			if name == "headline" {
				known, content = true, headlineAnswer(t)
			}
			if !known || !closed {
				t.Fatalf("%s: table %q is not known or not ended", page, name)
			}
			used[name] = true
			fmt.Fprintf(&b, "<!-- table: %s -->\n%s<!-- end -->", name, content)
			rest = after
		}
		want := b.String()
		if *update && want != string(text) {
			if err := os.WriteFile(page, []byte(want), 0o644); err != nil {
				t.Fatal(err)
			}
			continue
		}
		if d := cmp.Diff(want, string(text)); d != "" {
			t.Errorf("%s is behind the source (make golden): -source +page\n%s", page, d)
		}
	}
	for name := range all {
		if !used[name] {
			t.Errorf("no page shows table %q", name)
		}
	}
}

// TestGizmoOfTheDocumentation asks the queries that docs/graph.md shows of the seed documents: each finds something.
func TestGizmoOfTheDocumentation(t *testing.T) {
	page, err := os.ReadFile(filepath.Join("..", "..", "docs", "graph.md"))
	if err != nil {
		t.Fatal(err)
	}
	_, part, _ := strings.Cut(string(page), "## In Gizmo\n")
	part, _, _ = strings.Cut(part, "\n## ")
	var queries []string
	for block := range strings.SplitSeq(part, "\n\n") {
		if strings.HasPrefix(block, "    ") {
			queries = append(queries, strings.ReplaceAll(block, "\n    ", "\n"))
		}
	}
	if len(queries) < 3 {
		t.Fatalf("%d queries", len(queries))
	}
	dir := t.TempDir()
	if err := os.CopyFS(filepath.Join(dir, "seeds"), seeds.Documents); err != nil {
		t.Fatal(err)
	}
	for _, query := range queries {
		query = strings.TrimPrefix(query, "    ")
		cmd := command(t, dir, "repl", "--with", "seeds")
		cmd.Stdin = strings.NewReader(".lang gizmo\n.mode jsonl\n" + query)
		var out, complaints strings.Builder
		cmd.Stdout, cmd.Stderr = &out, &complaints
		if err := cmd.Run(); err != nil || !strings.HasPrefix(out.String(), "{") || complaints.Len() > 0 {
			t.Errorf("%s: %v\n%s%s", query, err, out.String(), complaints.String())
		}
		t.Logf("%s\n%s", query, out.String())
	}
}
