package main

import (
	"slices"
	"strings"

	"github.com/spf13/cobra"
)

// showCommand prints the card of one thing.
func showCommand(p *program) *cobra.Command {
	cmd := &cobra.Command{
		Long: `Show prints what the graph holds of one study, report, intervention, population, outcome or instrument. A word such
as "study" before the name says which of them is meant.`,
		Example: `  picograph show VOICE
  picograph show intervention "shared decision making"`,
		Args: exactly(1, -1, "a name"),
		RunE: func(cmd *cobra.Command, args []string) error {
			s, err := p.open(cmd.Context(), true)
			if err != nil {
				return err
			}
			return s.Show(cmd.Context(), strings.Join(args, " "))
		},
	}
	cmd.ValidArgsFunction = func(cmd *cobra.Command, _ []string, typed string) ([]string, cobra.ShellCompDirective) {
		p.quiet = true
		s, err := p.open(cmd.Context(), true)
		if err != nil {
			return nil, cobra.ShellCompDirectiveNoFileComp
		}
		names, err := s.Engine.Graph.Names(cmd.Context())
		if err != nil {
			return nil, cobra.ShellCompDirectiveNoFileComp
		}
		var out []string
		for _, n := range names {
			if strings.HasPrefix(strings.ToLower(n.Text), strings.ToLower(typed)) {
				out = append(out, n.Text)
			}
		}
		slices.Sort(out)
		return slices.Compact(out), cobra.ShellCompDirectiveNoFileComp
	}
	p.graphFlags(cmd)
	p.outputFlags(cmd, formatNames()...)
	return cmd
}
