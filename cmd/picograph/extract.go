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
	"github.com/picograph/picograph/queries/answer"
)

// extractCommand prints what documents say, without a graph.
func extractCommand(p *program) *cobra.Command {
	var strict, withText bool
	cmd := &cobra.Command{
		Long: `Extract reads documents and prints what they say: reports, studies, arms, populations, outcomes, findings, each with
the passages that it rests on. With -o jsonl it is one line a document, the form that docs/command.md describes; the same
input gives the same bytes, whatever --jobs says.`,
		Example: `  picograph extract trial.txt
  picograph extract -o jsonl trials/ > trials.jsonl`,
		Args: exactly(1, -1, "the path of a file or folder, or - for standard input"),
		RunE: func(cmd *cobra.Command, args []string) error {
			v, err := p.vocabulary()
			if err != nil {
				return err
			}
			w := bufio.NewWriter(p.results())
			printer := printerFor(p.format, w)
			var problems []string
			documents := 0
			options := shell.LoadOptions(v, p.in, p.jobs)
			err = loader.Extract(cmd.Context(), args, options, func(d *evidence.Document) error {
				d.Locate()
				if !withText {
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
	p.outputFlags(cmd, "text", "json", "jsonl")
	return cmd
}

// printer prints extracted documents, one after the other.
type printer struct {
	document func(*evidence.Document) error
	end      func() error
}

// printerFor returns the printer of a format: text, json or jsonl.
func printerFor(format string, w io.Writer) printer {
	nothing := func() error { return nil }
	switch format {
	case "jsonl":
		e := json.NewEncoder(w)
		e.SetEscapeHTML(false)
		return printer{func(d *evidence.Document) error { return e.Encode(d) }, nothing}
	case "json":
		return arrayPrinter(w)
	}
	return printer{func(d *evidence.Document) error { return printDocument(w, d) }, nothing}
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

// printDocument prints a document for people: what was read, and each finding on a line.
func printDocument(w io.Writer, d *evidence.Document) error {
	var b strings.Builder
	fmt.Fprintln(&b, evidence.Printable(d.Source))
	r := d.Report
	line(&b, "  report", strings.Join(nonEmpty(r.Title, r.Journal, number(r.Year), prefixed("doi:", r.DOI), prefixed("PMID ", r.PMID)), ". "))
	for i := range d.Studies {
		printStudy(&b, &d.Studies[i])
	}
	if n := len(d.Cites); n > 0 {
		line(&b, "  cites", fmt.Sprint(n))
	}
	for _, skip := range d.Ignored {
		line(&b, "  ignored", fmt.Sprintf("%s (bytes %d-%d)", skip.Reason, skip.Start, skip.End))
	}
	for _, problem := range d.Problems {
		line(&b, "  problem", problem.Stage+": "+problem.Message)
	}
	_, err := io.WriteString(w, answer.Visible(b.String()))
	return err
}

func printStudy(b io.Writer, s *evidence.Study) {
	name := s.Name
	if name == "" {
		name = s.ID
	}
	second := ""
	if s.SecondHand {
		second = "known second-hand"
	}
	line(b, "  study", strings.Join(nonEmpty(name, strings.Join(s.Registrations, ", "), s.Design.Kind, s.Design.Allocation, second), ", "))
	for _, a := range s.Arms {
		line(b, "    arm", strings.Join(nonEmpty(a.Label, prefixed("n = ", string(a.N)), string(a.Role)), ", "))
	}
	for _, o := range s.Outcomes {
		line(b, "    outcome", strings.Join(nonEmpty(o.Text, o.Role), ", "))
	}
	for _, f := range s.Findings {
		line(b, "    "+string(f.Kind), findingLine(f))
	}
}

// findingLine is a finding in short: who, what, how much.
func findingLine(f evidence.Finding) string {
	who := strings.Join(f.Arm, " and ")
	if len(f.Comparator) > 0 {
		who += " against " + strings.Join(f.Comparator, " and ")
	}
	population := ""
	if f.Subgroup || who == "" {
		population = f.Population.Text
	}
	var numbers []string
	for _, e := range f.Estimates {
		numbers = append(numbers, strings.Join(strings.Fields(e.Printed), " "))
	}
	direction := string(f.Direction)
	if f.Direction == evidence.NotStated {
		direction = ""
	}
	return strings.Join(nonEmpty(who, population, f.Outcome.Text, direction, strings.Join(nonEmpty(numbers...), "; "), f.P.Printed, f.Timepoint.Text), " | ")
}

func line(w io.Writer, label, text string) {
	if text != "" {
		fmt.Fprintf(w, "%s: %s\n", label, text)
	}
}

func nonEmpty(parts ...string) []string {
	var out []string
	for _, p := range parts {
		if p != "" {
			out = append(out, p)
		}
	}
	return out
}

func prefixed(prefix, s string) string {
	if s == "" {
		return ""
	}
	return prefix + s
}

func number(n int) string {
	if n == 0 {
		return ""
	}
	return fmt.Sprint(n)
}
