package main

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/picograph/picograph/graph/plot"
	"github.com/picograph/picograph/seeds"
)

// pictures are the questions whose plots docs/plots.md shows, by kind.
var pictures = map[string]string{
	"forest":    "findings where kind is between",
	"map":       "findings where kind is between",
	"direction": "findings where outcome is pain",
	"network":   "findings where kind is between",
	"timeline":  "studies",
}

// digests are those of graphs, documents and findings, which change with anything that is kept of the documents.
var digests = regexp.MustCompile(`(?:textLength="[0-9.]+" lengthAdjust="[A-Za-z]+">[^<]*?)?[0-9a-f]{10,}`)

// named returns a picture without digests, and without how wide they are.
func named(svg []byte) string { return digests.ReplaceAllString(string(svg), "DIGEST") }

// TestPicturesOfTheDocumentation holds the pictures of docs/plots.md to what is drawn of the seed documents; -update draws
// them again.
func TestPicturesOfTheDocumentation(t *testing.T) {
	dir := t.TempDir()
	if err := os.CopyFS(filepath.Join(dir, "seeds"), seeds.Documents); err != nil {
		t.Fatal(err)
	}
	for _, k := range plot.Kinds() {
		question, ok := pictures[k.Name]
		if !ok {
			t.Errorf("no picture of a %s plot", k.Name)
			continue
		}
		got, err := command(t, dir, "plot", k.Name, question, "--with", "seeds", "-q", "-o", "svg").Output()
		if err != nil {
			t.Fatal(k.Name, err)
		}
		picture := filepath.Join("..", "..", "docs", "plots", k.Name+".svg")
		if *update {
			if err := os.WriteFile(picture, got, 0o644); err != nil {
				t.Fatal(err)
			}
		}
		want, err := os.ReadFile(picture)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(strings.Split(named(want), "\n"), strings.Split(named(got), "\n")); diff != "" {
			t.Errorf("%s is not what is drawn (make golden): -page +drawn\n%s", picture, diff)
		}
	}
}
