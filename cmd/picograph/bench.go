package main

import (
	"errors"

	"github.com/spf13/cobra"

	"github.com/picograph/picograph/cmd/picograph/shell"
)

// benchCommand measures a graph of made-up studies. It is for those who want to know what a machine can do.
func benchCommand(p *program) *cobra.Command {
	var b shell.Bench
	cmd := &cobra.Command{
		Use: "bench", Short: "measure a graph of made-up studies on this machine", Hidden: true,
		Long: `Bench loads made-up studies into a new graph, opens it, asks ten questions, each of a graph that was just opened and once
again, completes a word, and exports the graph. It prints what each took on the clock, without the start of the program.
With --keep the graph stays, and is not loaded again when it is there.`,
		Args: exactly(0, 0, "nothing"),
		RunE: func(cmd *cobra.Command, _ []string) error {
			if b.Studies < 1 {
				return usage{errors.New("--studies must be at least 1"), "usage: " + cmd.UseLine()}
			}
			var err error
			if b.Vocab, err = p.vocabulary(); err != nil {
				return err
			}
			b.Batch = p.memory << 20
			s := &shell.Session{Out: p.results(), Err: p.err, Format: p.format, Style: p.style(), Quiet: p.quiet}
			return s.Bench(cmd.Context(), b)
		},
	}
	cmd.Flags().IntVar(&b.Studies, "studies", 1000, "how many studies, `N`")
	cmd.Flags().StringVar(&b.Folder, "keep", "", "keep the graph in `FOLDER`, as N.db")
	p.memoryFlag(cmd)
	p.outputFlags(cmd, formatNames()...)
	return cmd
}
