package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"github.com/picograph/picograph/cmd/picograph/shell"
	"github.com/picograph/picograph/queries"
	"github.com/picograph/picograph/queries/library"
	"github.com/picograph/picograph/queries/script"
)

// runCommand runs a saved query from the library or from a file.
func runCommand(p *program) *cobra.Command {
	var failEmpty bool
	var save, diff string
	cmd := &cobra.Command{
		Long: `Run answers the questions of a script: one of the saved queries by its name (picograph queries lists them), or a
file. NAME=VALUE sets a parameter of the script. Exit status 3 says that an answer was not what the script expects.

With --save the answers are kept in a file as well. With --diff a later run prints what has changed since instead of the
answers: rows added, gone and changed, with the documents that they stand in; exit status 3 says that something has.`,
		Example: `  picograph run headline
  picograph run headline high-dose="50 MME/day"
  picograph run --with trials/ my-questions.pq
  picograph run headline --save headline.json
  picograph run headline --diff headline.json --save headline.json`,
		Args:              exactly(1, -1, "the name of a saved query, or a file"),
		ValidArgsFunction: completeScript,
		RunE: func(cmd *cobra.Command, args []string) error {
			sc, err := shell.OpenScript(library.Queries, args[0])
			if err != nil {
				return err
			}
			if _, err := sc.Bind(args[1:]); err != nil {
				return usage{err, strings.Join(shell.Hints(err), "; ")}
			}
			return p.runScript(cmd.Context(), sc, args[1:], save, diff, failEmpty)
		},
	}
	p.graphFlags(cmd)
	p.answerFlags(cmd)
	cmd.Flags().StringVar(&save, "save", "", "keep the answers in `FILE` too, for --diff")
	cmd.Flags().StringVar(&diff, "diff", "", "print what has changed since the answers in `FILE` were saved")
	cmd.Flags().BoolVar(&failEmpty, "fail-empty", false, "exit with status 4 when a question found nothing")
	return cmd
}

// completeScript completes the name of a saved query, and then the names of its parameters.
func completeScript(_ *cobra.Command, args []string, _ string) ([]string, cobra.ShellCompDirective) {
	if len(args) == 0 {
		return shell.ScriptNames(library.Queries), cobra.ShellCompDirectiveDefault
	}
	sc, err := shell.OpenScript(library.Queries, args[0])
	if err != nil {
		return nil, cobra.ShellCompDirectiveNoFileComp
	}
	var params []string
	for _, param := range sc.Params {
		params = append(params, param.Name+"=")
	}
	return params, cobra.ShellCompDirectiveNoSpace
}

// runScript answers the questions of a script; save and diff name the files in which answers are kept, "" for none.
func (p *program) runScript(ctx context.Context, sc *script.Script, params []string, save, diff string, failEmpty bool) error {
	before, err := readKept(diff)
	if err != nil {
		return err
	}
	s, err := p.open(ctx, true)
	if err != nil {
		return err
	}
	results := s.Out
	if before != nil {
		s.Out = io.Discard
	}
	answers, mismatches, err := s.Script(ctx, sc, params)
	if err != nil {
		return err
	}
	changed, err := p.keep(ctx, s, sc, params, answers, before, save, results)
	if err != nil {
		return err
	}
	for _, m := range mismatches {
		fmt.Fprintf(p.err, "picograph: %s\n", m)
	}
	if len(mismatches) > 0 || changed {
		return status(statusUnmet)
	}
	return p.found(failEmpty, answers...)
}

// readKept reads the answers that an earlier run saved; nil where no file is named.
func readKept(name string) (*script.Kept, error) {
	if name == "" {
		return nil, nil
	}
	f, err := os.Open(name)
	if err != nil {
		return nil, fmt.Errorf("reading the saved answers: %w", err)
	}
	defer f.Close() //nolint // it was only read
	return script.ReadKept(name, f)
}

// keep holds the answers of a script against earlier ones, where there are any, prints in what they differ, and then
// saves them. It reports whether they differ.
func (p *program) keep(ctx context.Context, s *shell.Session, sc *script.Script, args []string, answers []*queries.Answer, before *script.Kept, save string, results io.Writer) (bool, error) {
	if before == nil && save == "" {
		return false, nil
	}
	values, err := sc.Bind(args)
	if err != nil {
		return false, err
	}
	docs, err := s.Engine.Graph.Documents(ctx)
	if err != nil {
		return false, err
	}
	var sources []string
	for _, d := range docs {
		sources = append(sources, d.Source)
	}
	now := script.Keep(filepath.Base(sc.Name), values, sources, answers)
	changed := false
	if before != nil {
		c := now.Since(before)
		changed = c.Any()
		switch {
		case p.format == "json" || p.format == "jsonl":
			e := json.NewEncoder(results)
			e.SetEscapeHTML(false)
			if p.format == "json" {
				e.SetIndent("", "  ")
			}
			err = e.Encode(c)
		case changed || !p.quiet:
			err = c.Print(results)
		}
		if err != nil {
			return changed, err
		}
	}
	if save != "" {
		err = shell.WriteFile(save, now.Write)
	}
	return changed, err
}
