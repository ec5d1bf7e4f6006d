package main

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"

	"github.com/picograph/picograph/graph/plot"
	"github.com/picograph/picograph/seeds"
)

// pictures are the questions whose plots docs/plots.md shows, by kind.
var pictures = map[string]string{
	"forest": "findings where kind is between",
}

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
		if !bytes.Equal(got, want) {
			t.Errorf("%s is not what is drawn (make golden)", picture)
		}
	}
}
