package main

import (
	"github.com/spf13/cobra"

	"github.com/picograph/picograph/cmd/picograph/shell"
	"github.com/picograph/picograph/queries/library"
)

// queriesCommand lists the saved queries.
func queriesCommand(p *program) *cobra.Command {
	cmd := &cobra.Command{
		Long: "Queries lists the saved queries with what they answer and their parameters; picograph run NAME runs one.",
		Args: exactly(0, 0, "nothing"),
		RunE: func(*cobra.Command, []string) error {
			s := &shell.Session{Out: p.results(), Err: p.err, Format: p.format, Style: p.style()}
			return s.Queries(library.Queries)
		},
	}
	p.outputFlags(cmd, formatNames()...)
	return cmd
}
