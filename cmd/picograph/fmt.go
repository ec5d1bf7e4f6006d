package main

import (
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"github.com/picograph/picograph/queries/syntax"
)

// fmtCommand prints a query in its canonical form.
func fmtCommand(p *program) *cobra.Command {
	cmd := &cobra.Command{
		Long: `Fmt prints a query of the canonical language as picograph itself would write it. A question in English has no such
form of its own: ask --explain shows the query that it is read as. With - it reads one query a line.`,
		Example: `  picograph fmt 'findings   where outcome is "pain" AND p<.05'`,
		Args:    exactly(1, -1, "a query, or - to read one a line"),
		RunE: func(cmd *cobra.Command, args []string) error {
			lines := []string{strings.Join(args, " ")}
			if len(args) == 1 && args[0] == "-" {
				text, err := io.ReadAll(p.in)
				if err != nil {
					return fmt.Errorf("reading standard input: %w", err)
				}
				lines = strings.Split(string(text), "\n")
			} else if strings.TrimSpace(lines[0]) == "" {
				return usage{errors.New("the query is empty"), "usage: " + cmd.UseLine()}
			}
			for _, line := range lines {
				if strings.TrimSpace(line) == "" {
					continue
				}
				q, err := syntax.Parse(line)
				if err != nil {
					return marked(line, err)
				}
				if _, err := fmt.Fprintln(p.results(), q); err != nil {
					return err
				}
			}
			return nil
		},
	}
	p.fileFlag(cmd)
	return cmd
}

// marked returns the error of a query with the query and a mark under what is wrong with it.
func marked(text string, err error) error {
	var e *syntax.Error
	if !errors.As(err, &e) || e.Span.Start < 0 || e.Span.End > len(text) || e.Span.Start > e.Span.End || strings.ContainsAny(text, "\n\t") {
		return err
	}
	indent := strings.Repeat(" ", len([]rune(text[:e.Span.Start])))
	mark := strings.Repeat("^", max(1, len([]rune(text[e.Span.Start:e.Span.End]))))
	return fmt.Errorf("%w\n    %s\n    %s%s", err, text, indent, mark)
}
