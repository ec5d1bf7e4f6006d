package main

import (
	"github.com/spf13/cobra"
)

// checkCommand checks the evidence in the graph.
func checkCommand(p *program) *cobra.Command {
	cmd := &cobra.Command{
		Long: `Check looks at every finding in the graph: whether its passages stand where they say in the kept text, and whether
the numbers that were printed agree with each other. Exit status 3 says that a passage stands elsewhere, or that printed
numbers cannot all be right; what usual practice can explain, such as an adjustment, is listed only.`,
		Args: exactly(0, 0, "nothing"),
		RunE: func(cmd *cobra.Command, _ []string) error {
			s, err := p.open(cmd.Context(), true)
			if err != nil {
				return err
			}
			failed, err := s.Check(cmd.Context())
			if err != nil {
				return err
			}
			if failed > 0 {
				return status(statusUnmet)
			}
			return nil
		},
	}
	p.graphFlags(cmd)
	p.outputFlags(cmd, formatNames()...)
	return cmd
}
