package main

import (
	"errors"

	"github.com/spf13/cobra"

	"github.com/picograph/picograph/cmd/picograph/shell"
	"github.com/picograph/picograph/graph"
)

// verifyCommand reads the whole graph file and reports damage.
func verifyCommand(p *program) *cobra.Command {
	cmd := &cobra.Command{
		Long: `Verify reads all of a graph's file and compares every block with its checksum, the orders in which it is kept with one
another, and each document with its digest. It names the documents that damage concerns: load these again into a new file,
or restore a copy. Exit status 3 says that there is damage. Answers never come from damaged blocks, with or without verify.`,
		Args: exactly(0, 0, "nothing"),
		RunE: func(cmd *cobra.Command, _ []string) error {
			damage := 0
			s, err := p.open(cmd.Context(), true)
			if err == nil {
				damage, err = s.Verify(cmd.Context())
			}
			if errors.Is(err, graph.ErrDamaged) { // so much that it does not open
				shell.Complain(p.err, err)
				return status(statusUnmet)
			}
			if err == nil && damage > 0 {
				return status(statusUnmet)
			}
			return err
		},
	}
	p.graphFlags(cmd)
	p.outputFlags(cmd, formatNames()...)
	return cmd
}
