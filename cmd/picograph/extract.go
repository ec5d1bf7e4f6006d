package main

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"github.com/picograph/picograph/cmd/picograph/shell"
	"github.com/picograph/picograph/graph/evidence"
	"github.com/picograph/picograph/loader"
	"github.com/picograph/picograph/loader/audit"
	"github.com/picograph/picograph/queries/answer"
)

// extractCommand prints what documents say, without a graph.
func extractCommand(p *program) *cobra.Command {
	var strict, withText bool
	cmd := &cobra.Command{
		Long: `Extract reads documents and prints what they say: reports, studies, arms, populations, outcomes, findings, each with
the passages that it rests on: each sentence with its numbers marked and the findings made of it, and what was left out
with the reason. With -o html it is a page to check them in: the text with the sentences in the colours of their kinds,
linked with the findings both ways. With -o jsonl it is one line a document, the form that docs/command.md describes; the
same input gives the same bytes, whatever --jobs says.`,
		Example: `  picograph extract trial.txt
  picograph extract -o html --output trial.html trial.txt
  picograph extract -o jsonl trials/ > trials.jsonl`,
		Args: exactly(1, -1, "the path of a file or folder, or - for standard input"),
		RunE: func(cmd *cobra.Command, args []string) error {
			v, err := p.vocabulary()
			if err != nil {
				return err
			}
			w := bufio.NewWriter(p.results())
			style := p.style()
			printer := printerFor(p.format, w, audit.Options{Width: style.Width, Color: style.Color})
			var problems []string
			documents := 0
			options := shell.LoadOptions(v, p.in, p.jobs)
			err = loader.Extract(cmd.Context(), args, options, func(d *evidence.Document) error {
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
		},
	}
	cmd.Flags().BoolVar(&strict, "strict", false, "exit with status 1 when a document had problems")
	cmd.Flags().BoolVar(&withText, "with-text", false, "print each document's text too, to which the offsets refer")
	p.vocabFlags(cmd)
	p.outputFlags(cmd, "text", "json", "jsonl", "html")
	return cmd
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
