package main

import (
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"github.com/picograph/picograph/cmd/picograph/shell"
	"github.com/picograph/picograph/queries/library"
)

// runCommand runs a saved query from the library or from a file.
func runCommand(p *program) *cobra.Command {
	var failEmpty bool
	cmd := &cobra.Command{
		Long: `Run answers the questions of a script: one of the saved queries by its name (picograph queries lists them), or a
file. NAME=VALUE sets a parameter of the script. Exit status 3 says that an answer was not what the script expects.`,
		Example: `  picograph run headline
  picograph run headline high-dose="50 MME/day"
  picograph run --with trials/ my-questions.pq`,
		Args: exactly(1, -1, "the name of a saved query, or a file"),
		ValidArgsFunction: func(_ *cobra.Command, args []string, _ string) ([]string, cobra.ShellCompDirective) {
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
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			sc, err := shell.OpenScript(library.Queries, args[0])
			if err != nil {
				return err
			}
			if _, err := sc.Bind(args[1:]); err != nil {
				return usage{err, strings.Join(shell.Hints(err), "; ")}
			}
			s, err := p.open(cmd.Context(), true)
			if err != nil {
				return err
			}
			answers, mismatches, err := s.Script(cmd.Context(), sc, args[1:])
			if err != nil {
				return err
			}
			if len(mismatches) > 0 {
				for _, m := range mismatches {
					fmt.Fprintf(p.err, "picograph: %s\n", m)
				}
				return status(statusUnmet)
			}
			return p.found(failEmpty, answers...)
		},
	}
	p.graphFlags(cmd)
	p.answerFlags(cmd)
	cmd.Flags().BoolVar(&failEmpty, "fail-empty", false, "exit with status 4 when a question found nothing")
	return cmd
}
