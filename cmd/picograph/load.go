package main

import (
	"errors"
	"fmt"

	"github.com/spf13/cobra"

	"github.com/picograph/picograph/cmd/picograph/shell"
	"github.com/picograph/picograph/graph"
)

// loadCommand loads documents into the graph. A document that could not be read is reported, and fails the call only
// under --strict.
func loadCommand(p *program) *cobra.Command {
	var strict, prune bool
	cmd := &cobra.Command{
		Long: `Load reads documents and puts what they say into the graph, replacing what an earlier load of the same document
put there; a record that the file no longer has goes, and so does a member of an archive. A file that is no longer in the folder
is named, and goes under --prune. PATH is a file, a folder, a pattern, a .gz or .zip, or - for standard input. A document with a
problem never stops a load; the report at the end names it.`,
		Example: `  picograph load trials/
  picograph load --graph pain.db abstracts.zip notes.txt`,
		Args: exactly(1, -1, "the path of a file or folder, or - for standard input"),
		RunE: func(cmd *cobra.Command, args []string) error {
			s, err := p.open(cmd.Context(), false)
			if err != nil {
				return err
			}
			problems, err := s.Load(cmd.Context(), args, prune)
			if err == nil && s.Engine.Graph.Where() == graph.Memory && !p.quiet {
				shell.Complain(p.err, &shell.Advised{Err: errors.New("nothing was kept, since the graph was in memory"), Hint: "--graph FILE keeps what is loaded; ask --with PATH loads for one question"})
			}
			if err == nil && problems > 0 && strict {
				return status(statusError)
			}
			return err
		},
	}
	p.whereFlag(cmd)
	cmd.Flags().BoolVar(&strict, "strict", false, "exit with status 1 when a document had problems")
	cmd.Flags().BoolVar(&prune, "prune", false, "take out of the graph what came from files that are no longer in the folders")
	p.memoryFlag(cmd)
	p.vocabFlags(cmd)
	return cmd
}

// whereFlag adds the flag of all that change a graph.
func (p *program) whereFlag(cmd *cobra.Command) {
	cmd.Flags().StringVar(&p.where, "graph", "", "the graph, `WHERE` it is: a file, or postgres://USER@HOST/DATABASE (default $PICOGRAPH_GRAPH, else "+defaultGraph+")")
}

// memoryFlag adds the flag of all that load much.
func (p *program) memoryFlag(cmd *cobra.Command) {
	cmd.Flags().Int64Var(&p.memory, "memory", 0, "how much of a large load is kept in memory, `MIB`, before it goes to temporary files beside the graph, or to the server (default 256)")
	cmd.PreRunE = func(cmd *cobra.Command, _ []string) error {
		if cmd.Flags().Changed("memory") && (p.memory < 1 || p.memory > mostMemory) {
			return usage{fmt.Errorf("--memory %d is not from 1 to %d", p.memory, mostMemory), "it is in MiB; the default is 256"}
		}
		return nil
	}
}

// mostMemory is the most that --memory takes, in MiB: a TiB.
const mostMemory = 1 << 20
