package main

import (
	"github.com/spf13/cobra"
)

// statsCommand counts what the graph holds.
func statsCommand(p *program) *cobra.Command {
	cmd := &cobra.Command{
		Args: exactly(0, 0, "nothing"),
		RunE: func(cmd *cobra.Command, _ []string) error {
			s, err := p.open(cmd.Context(), true)
			if err != nil {
				return err
			}
			return s.Stats(cmd.Context())
		},
	}
	p.graphFlags(cmd)
	p.outputFlags(cmd, formatNames()...)
	return cmd
}
