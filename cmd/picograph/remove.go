package main

import (
	"github.com/spf13/cobra"
)

// removeCommand takes documents out of the graph.
func removeCommand(p *program) *cobra.Command {
	cmd := &cobra.Command{
		Long: `Remove takes out of the graph what was loaded from a PATH, called as it was called then: a file with its records, an archive
with its members, a folder with all in it, or one record (FILE#KEY) or member (ARCHIVE!NAME). Studies are joined anew without it. A document that
another path holds too stays. The files themselves are left alone.`,
		Example: `  picograph remove notes.txt
  picograph remove --graph pain.db trials/ export.nbib#pmid:12345678`,
		Args: exactly(1, -1, "the path of a file or folder that was loaded"),
		RunE: func(cmd *cobra.Command, args []string) error {
			s, err := p.open(cmd.Context(), false)
			if err != nil {
				return err
			}
			return s.Remove(cmd.Context(), args)
		},
	}
	p.whereFlag(cmd)
	return cmd
}
