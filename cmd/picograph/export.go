package main

import (
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"github.com/picograph/picograph/cmd/picograph/shell"
	"github.com/picograph/picograph/graph/export"
	"github.com/picograph/picograph/queries/answer"
)

// exportCommand writes the graph or the part of it behind an answer.
func exportCommand(p *program) *cobra.Command {
	var about string
	var failEmpty bool
	var names []string
	for _, f := range export.Formats() {
		names = append(names, f.Name)
	}
	cmd := &cobra.Command{
		Long: "Export writes the graph, or with --about the part of it that an answer rests on, as " + strings.Join(names, " or ") + ".",
		Example: `  picograph export nquads --output pain.nq
  picograph export dot --about "which interventions reduced dose" | dot -Tsvg > pain.svg`,
		ValidArgs: names,
		Args:      exactly(1, 1, "a format: "+strings.Join(names, ", ")),
		RunE: func(cmd *cobra.Command, args []string) error {
			format := args[0]
			if err := shell.KnownExport(format); err != nil {
				return usage{err, strings.Join(shell.Hints(err), "; ")}
			}
			s, err := p.open(cmd.Context(), true)
			if err != nil {
				return err
			}
			if about == "" {
				return s.ExportGraph(cmd.Context(), p.results(), format)
			}
			a, err := s.Engine.Ask(cmd.Context(), about)
			if err != nil {
				return err
			}
			if err := shell.Refusal(a); err != nil {
				return err
			}
			if a.RowCount() == 0 && len(a.Near) == 0 && !p.quiet {
				fmt.Fprintf(p.err, "picograph: nothing to export: %s\n", answer.Visible(strings.TrimSuffix(a.Text, ".")))
			}
			if err := s.ExportAnswer(cmd.Context(), p.results(), format, a); err != nil {
				return err
			}
			return p.found(failEmpty, a)
		},
	}
	p.graphFlags(cmd)
	p.fileFlag(cmd)
	cmd.Flags().StringArrayVar(&p.set, "set", nil, "set a reading for --about, as in `NAME=VALUE` (repeatable)")
	cmd.Flags().BoolVar(&failEmpty, "fail-empty", false, "exit with status 4 when the question of --about found nothing")
	cmd.Flags().StringVar(&about, "about", "", "write only the part behind the answer to `QUESTION`")
	return cmd
}
