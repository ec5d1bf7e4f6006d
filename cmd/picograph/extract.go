package main

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"github.com/picograph/picograph/cmd/picograph/shell"
	"github.com/picograph/picograph/graph"
	"github.com/picograph/picograph/graph/evidence"
	"github.com/picograph/picograph/loader"
	"github.com/picograph/picograph/loader/audit"
	"github.com/picograph/picograph/queries/answer"
)

// extractCommand prints what documents say, without a graph.
func extractCommand(p *program) *cobra.Command {
	var strict, withText bool
	var shard string
	cmd := &cobra.Command{
		Long: `Extract reads documents and prints what they say: reports, studies, arms, populations, outcomes, findings, each with
the passages that it rests on: each sentence with its numbers marked and the findings made of it, and what was left out
with the reason. With -o html it is a page to check them in: the text with the sentences in the colours of their kinds,
linked with the findings both ways. With -o jsonl it is one line a document, the form that docs/command.md describes; the
same input gives the same bytes, whatever --jobs says. With -o nquads it is a graph of the documents, which load takes.

With --shard I/N it works on one of N parts of the documents, so that N machines that read the same files do so together: which
part a document is in depends on its text alone. All parts loaded are the same graph as all documents loaded.`,
		Example: `  picograph extract trial.txt
  picograph extract -o html --output trial.html trial.txt
  picograph extract -o jsonl trials/ > trials.jsonl
  picograph extract --shard 3/8 -o nquads --output 3.nq abstracts/`,
		Args: exactly(1, -1, "the path of a file or folder, or - for standard input"),
		RunE: func(cmd *cobra.Command, args []string) error {
			v, err := p.vocabulary()
			if err != nil {
				return err
			}
			options := shell.LoadOptions(v, p.in, p.jobs)
			if options.Shard, err = parseShard(shard); err != nil {
				return err
			}
			w := bufio.NewWriter(p.results())
			if p.format == "nquads" {
				return p.extractGraph(cmd.Context(), args, options, strict, w)
			}
			return p.extractDocuments(cmd.Context(), args, options, strict, withText, w)
		},
	}
	cmd.Flags().BoolVar(&strict, "strict", false, "exit with status 1 when a document had problems")
	cmd.Flags().BoolVar(&withText, "with-text", false, "print each document's text too, to which the offsets refer")
	cmd.Flags().StringVar(&shard, "shard", "", "work on one part of the documents, `I/N`: the one of number I of N")
	p.vocabFlags(cmd)
	p.outputFlags(cmd, "text", "json", "jsonl", "html", "nquads")
	return cmd
}

// extractDocuments prints what documents say, one after the other, and then their problems.
func (p *program) extractDocuments(ctx context.Context, paths []string, options loader.Options, strict, withText bool, w *bufio.Writer) error {
	style := p.style()
	printer := printerFor(p.format, w, audit.Options{Width: style.Width, Color: style.Color})
	var problems []string
	documents := 0
	err := loader.Extract(ctx, paths, options, func(d *evidence.Document) error {
		d.Locate()
		if !withText && (p.format == "json" || p.format == "jsonl") {
			d.Text = ""
		}
		documents++
		for _, problem := range d.Problems {
			problems = append(problems, fmt.Sprintf("%s: %s: %s", evidence.Printable(d.Source), problem.Stage, problem.Message))
		}
		return printer.document(d)
	})
	if err == nil {
		err = printer.end()
	}
	if ferr := w.Flush(); err == nil {
		err = ferr
	}
	if !p.quiet && p.format != "text" && !(documents == 1 && errors.Is(err, loader.ErrUnread)) {
		for _, problem := range problems {
			fmt.Fprintln(p.err, "picograph:", answer.Visible(problem))
		}
	}
	if err == nil && strict && len(problems) > 0 {
		return status(statusError)
	}
	return err
}

// parseShard reads I/N; nothing is all.
func parseShard(s string) (loader.Shard, error) {
	if s == "" {
		return loader.Shard{}, nil
	}
	first, second, _ := strings.Cut(s, "/")
	i, err := strconv.Atoi(first)
	n, errN := strconv.Atoi(second)
	if err != nil || errN != nil || i < 1 || i > n {
		return loader.Shard{}, usage{fmt.Errorf("--shard %s is no part of the documents", s), "write I/N with I from 1 to N: --shard 3/8"}
	}
	return loader.Shard{I: i, N: n}, nil
}

// extractGraph prints a graph of the documents as N-Quads. It is made in a temporary folder, so that it need not fit in memory.
func (p *program) extractGraph(ctx context.Context, paths []string, o loader.Options, strict bool, w *bufio.Writer) error {
	dir, err := os.MkdirTemp("", "picograph")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir) //nolint // it is the system's folder for what need not last
	g, err := graph.Open(ctx, filepath.Join(dir, "extract.db"), graph.Options{Vocab: o.Vocab})
	if err != nil {
		return err
	}
	defer g.Close() //nolint // nothing of it is kept
	report, err := loader.Load(ctx, g, paths, o)
	if err != nil {
		return err
	}
	if err := g.WriteNQuads(ctx, w); err != nil {
		return err
	}
	for _, problem := range report.Problems {
		if !p.quiet {
			fmt.Fprintln(p.err, answer.Visible(fmt.Sprintf("picograph: %s: %s: %s", evidence.Printable(problem.Source), problem.Stage, problem.Message)))
		}
	}
	if err := w.Flush(); err != nil || !strict || len(report.Problems) == 0 {
		return err
	}
	return status(statusError)
}

// printer prints extracted documents, one after the other.
type printer struct {
	document func(*evidence.Document) error
	end      func() error
}

// printerFor returns the printer of a format: text, html, json or jsonl.
func printerFor(format string, w io.Writer, o audit.Options) printer {
	nothing := func() error { return nil }
	switch format {
	case "jsonl":
		e := json.NewEncoder(w)
		e.SetEscapeHTML(false)
		return printer{func(d *evidence.Document) error { return e.Encode(d) }, nothing}
	case "json":
		return arrayPrinter(w)
	}
	if format == "html" {
		var all []*evidence.Document
		return printer{
			func(d *evidence.Document) error { all = append(all, d); return nil },
			func() error { return audit.Page(w, all) },
		}
	}
	before := ""
	return printer{func(d *evidence.Document) error {
		if _, err := io.WriteString(w, before); err != nil {
			return err
		}
		before = "\n\n"
		return audit.Text(w, d, o)
	}, nothing}
}

// arrayPrinter prints the documents as the elements of one JSON array.
func arrayPrinter(w io.Writer) printer {
	before := "["
	return printer{
		func(d *evidence.Document) error {
			var b strings.Builder
			e := json.NewEncoder(&b)
			e.SetEscapeHTML(false)
			e.SetIndent("  ", "  ")
			if err := e.Encode(d); err != nil {
				return err
			}
			_, err := fmt.Fprint(w, before, "\n  ", strings.TrimSpace(b.String()))
			before = ","
			return err
		},
		func() error {
			end := "\n]"
			if before == "[" {
				end = "[]"
			}
			_, err := fmt.Fprintln(w, end)
			return err
		},
	}
}
