package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/picograph/picograph/cmd/picograph/shell"
	"github.com/picograph/picograph/graph/evidence"
	"github.com/picograph/picograph/loader"
	"github.com/picograph/picograph/loader/score"
	"github.com/picograph/picograph/queries/answer"
)

// evalCommand scores extraction against gold files.
func evalCommand(p *program) *cobra.Command {
	var folder string
	var floor float64
	var brief bool
	cmd := &cobra.Command{
		Long: `Eval reads the documents that gold files are of and compares what it finds with them: how much was found (recall), how
much of what was found is there (precision), for each kind of finding and each field, and a list of what differs. A gold
file is JSON in the form of extract -o json or jsonl, written or put right by a person: docs/extraction.md describes it. Its
"document" is the path of the document, from the folder of the gold file or from --docs. Exit status 3 says that the F1 of
findings is below --floor.`,
		Example: `  picograph eval gold/
  picograph eval --docs trials/ --floor 0.9 gold/*.json`,
		Args: exactly(1, -1, "gold files, or folders of them"),
		RunE: func(cmd *cobra.Command, args []string) error {
			golds, err := readGolds(args, folder)
			if err != nil {
				return err
			}
			v, err := p.vocabulary()
			if err != nil {
				return err
			}
			s := score.New()
			for _, g := range golds {
				found := &evidence.Document{}
				err := loader.Extract(cmd.Context(), []string{g.path}, shell.LoadOptions(v, p.in, p.jobs), func(d *evidence.Document) error {
					if found.Source == "" || strings.HasSuffix(d.Source, g.key) && g.key != "" {
						found = d
					}
					return nil
				})
				if err != nil {
					return fmt.Errorf("reading the document of %s: %w", g.from, err)
				}
				s.Add(g.document, found)
			}
			s.Finish()
			if brief {
				s.Misses = nil
			}
			if err := writeScore(p.results(), s, p.format); err != nil {
				return err
			}
			if s.Of("finding").F1 < floor {
				return status(statusUnmet)
			}
			return nil
		},
	}
	cmd.Flags().StringVar(&folder, "docs", "", "folder of the documents (else that of the gold file)")
	cmd.Flags().Float64Var(&floor, "floor", 0, "exit with status 3 when the F1 of findings is below this")
	cmd.Flags().BoolVar(&brief, "brief", false, "leave out the list of what differs")
	p.vocabFlags(cmd)
	p.outputFlags(cmd, "text", "json")
	return cmd
}

// gold is a gold document, the file that it is in, and where its document is.
type gold struct {
	document  *evidence.Document
	from      string
	path, key string // of the document; key tells one record of many
}

// readGolds reads gold files, and those in folders.
func readGolds(args []string, folder string) ([]gold, error) {
	var files []string
	for _, arg := range args {
		info, err := os.Stat(arg)
		if err != nil {
			return nil, fmt.Errorf("reading gold: %w", err)
		}
		if !info.IsDir() {
			files = append(files, arg)
			continue
		}
		for _, pattern := range []string{"*.json", "*.jsonl"} {
			found, err := filepath.Glob(filepath.Join(arg, pattern))
			if err != nil {
				return nil, fmt.Errorf("reading gold in %s: %w", arg, err)
			}
			files = append(files, found...)
		}
	}
	slices.Sort(files)
	var out []gold
	for _, name := range files {
		b, err := os.ReadFile(name)
		if err != nil {
			return nil, fmt.Errorf("reading gold: %w", err)
		}
		docs, err := goldsIn(b)
		if err != nil {
			return nil, usage{fmt.Errorf("%s is no gold file: %w", name, err), "gold is what extract -o json prints, put right: docs/extraction.md"}
		}
		for _, d := range docs {
			if d.Source == "" {
				return nil, usage{fmt.Errorf("%s does not say which document it is of", name), `put its path under "document"`}
			}
			in := folder
			if in == "" {
				in = filepath.Dir(name)
			}
			path, key, _ := strings.Cut(d.Source, "#")
			out = append(out, gold{d, name, filepath.Join(in, path), key})
		}
	}
	if len(out) == 0 {
		return nil, usage{errors.New("no gold files"), "gold files end in .json or .jsonl"}
	}
	return out, nil
}

// goldsIn reads the documents of a gold file: one, an array, or one a line.
func goldsIn(b []byte) ([]*evidence.Document, error) {
	d := json.NewDecoder(bytes.NewReader(b))
	d.DisallowUnknownFields()
	if text := bytes.TrimSpace(b); len(text) > 0 && text[0] == '[' {
		var all []*evidence.Document
		if err := d.Decode(&all); err != nil {
			return nil, fmt.Errorf("reading an array of documents: %w", err)
		}
		return all, nil
	}
	var all []*evidence.Document
	for {
		one := new(evidence.Document)
		err := d.Decode(one)
		if errors.Is(err, io.EOF) {
			return all, nil
		}
		if err != nil {
			return nil, fmt.Errorf("reading document %d: %w", len(all)+1, err)
		}
		all = append(all, one)
	}
}

// writeScore prints a score.
func writeScore(w io.Writer, s *score.Score, format string) error {
	if format == "json" {
		e := json.NewEncoder(w)
		e.SetEscapeHTML(false)
		e.SetIndent("", "  ")
		return e.Encode(s)
	}
	var b strings.Builder
	fmt.Fprintf(&b, "%d documents\n\n%-26s %5s %6s %5s  %9s %6s %6s\n", s.Documents, "", "hit", "missed", "extra", "precision", "recall", "F1")
	for _, t := range s.Tallies {
		if t.Hit+t.Missed+t.Extra > 0 {
			fmt.Fprintf(&b, "%-26s %5d %6d %5d  %9.3f %6.3f %6.3f\n", t.Name, t.Hit, t.Missed, t.Extra, t.Precision, t.Recall, t.F1)
		}
	}
	if len(s.Misses) > 0 {
		fmt.Fprintf(&b, "\n%d differ from the gold\n", len(s.Misses))
	}
	for _, m := range s.Misses {
		fmt.Fprintf(&b, "\n%s: %s\n", m.Document, m.What)
		for _, line := range [][2]string{{"gold", m.Want}, {"read", m.Got}, {"in", m.Sentence}} {
			if line[1] != "" {
				fmt.Fprintf(&b, "  %-4s %s\n", line[0], line[1])
			}
		}
	}
	_, err := io.WriteString(w, answer.Visible(b.String()))
	return err
}
