package main

import (
	"github.com/spf13/cobra"
)

// joinsCommand lists which documents are of one study or one report, and why.
func joinsCommand(p *program) *cobra.Command {
	cmd := &cobra.Command{
		Long: `Joins lists what was joined over the whole graph: first the studies that several documents tell of, with the reason for each
join; then the reports that come in several documents, and those that were retracted. A join that you doubt shows here what
it rests on.`,
		Example: `  picograph joins
  picograph joins -o csv > joins.csv`,
		Args: exactly(0, 0, "nothing"),
		RunE: func(cmd *cobra.Command, _ []string) error {
			s, err := p.open(cmd.Context(), true)
			if err != nil {
				return err
			}
			return s.Joins(cmd.Context())
		},
	}
	p.graphFlags(cmd)
	p.outputFlags(cmd, formatNames()...)
	return cmd
}
