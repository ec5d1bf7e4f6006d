package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/spf13/cobra"
	"golang.org/x/term"

	"github.com/picograph/picograph/cmd/picograph/shell"
	"github.com/picograph/picograph/graph"
	"github.com/picograph/picograph/graph/vocab"
	"github.com/picograph/picograph/queries"
	"github.com/picograph/picograph/queries/answer"
)

// defaultGraph is where the graph is when neither --graph nor the environment says.
const defaultGraph = "picograph.db"

// graphFlags adds the flags of all that read a graph.
func (p *program) graphFlags(cmd *cobra.Command) {
	f := cmd.Flags()
	f.StringVar(&p.where, "graph", "", "the graph, `WHERE` it is: a file, mem:, or postgres://USER@HOST/DATABASE (default $PICOGRAPH_GRAPH, else "+defaultGraph+")")
	f.StringArrayVar(&p.with, "with", nil, "use the documents at `PATH` instead of a graph, in memory, for this call only (repeatable)")
	p.vocabFlags(cmd)
}

// vocabFlags adds the flags of all that read documents.
func (p *program) vocabFlags(cmd *cobra.Command) {
	cmd.Flags().StringArrayVar(&p.vocab, "vocab", nil, "add the concepts in `FILE` to the vocabulary (repeatable)")
	cmd.Flags().IntVar(&p.jobs, "jobs", 0, "how many documents are read at once, `N` (default: as many as there are processors)")
}

// answerFlags adds the flags of all that print answers.
func (p *program) answerFlags(cmd *cobra.Command) {
	f := cmd.Flags()
	f.StringArrayVar(&p.set, "set", nil, "set a reading, as in `NAME=VALUE`: high-dose=\"50 MME/day\" (repeatable)")
	f.BoolVar(&p.explain, "explain", false, "tell how the answer came about")
	p.outputFlags(cmd, formatNames()...)
}

// outputFlags adds the flags of all that print results in one of several formats, the first of them the default.
func (p *program) outputFlags(cmd *cobra.Command, formats ...string) {
	cmd.Flags().StringVarP(&p.format, "format", "o", formats[0], "the `FORMAT`: "+strings.Join(formats, ", "))
	p.fileFlag(cmd)
	check := cmd.PreRunE
	cmd.PreRunE = func(cmd *cobra.Command, args []string) error {
		for _, f := range formats {
			if f == p.format {
				if check != nil {
					return check(cmd, args)
				}
				return nil
			}
		}
		hint := "there is " + strings.Join(formats, ", ")
		if near := shell.Nearest(p.format, formats); near != "" {
			hint = "did you mean " + near + "? " + hint
		}
		return usage{fmt.Errorf("unknown format %q", p.format), hint}
	}
	_ = cmd.RegisterFlagCompletionFunc("format", cobra.FixedCompletions(formats, cobra.ShellCompDirectiveNoFileComp))
}

// fileFlag adds --output.
func (p *program) fileFlag(cmd *cobra.Command) {
	cmd.Flags().StringVar(&p.file, "output", "", "write to `FILE` instead of standard output, when all went well")
}

func formatNames() []string {
	var names []string
	for _, f := range answer.Formats() {
		names = append(names, f.Name)
	}
	return names
}

// vocabulary loads the vocabulary with the user's concepts.
func (p *program) vocabulary() (*vocab.Vocabulary, error) {
	var user []io.Reader
	for _, name := range p.vocab {
		f, err := os.Open(name)
		if err != nil {
			return nil, fmt.Errorf("reading the vocabulary: %w", err)
		}
		defer f.Close() //nolint // it was only read
		user = append(user, f)
	}
	v, err := vocab.Load(user...)
	if err != nil && len(p.vocab) > 0 {
		return nil, fmt.Errorf("reading the vocabulary with %s: %w", strings.Join(p.vocab, ", "), err)
	}
	return v, err
}

// graphPlace returns where the graph is.
func (p *program) graphPlace() string {
	if p.where != "" {
		return p.where
	}
	if where := os.Getenv("PICOGRAPH_GRAPH"); where != "" {
		return where
	}
	return defaultGraph
}

// open opens the graph, or loads the documents of --with into one in memory, and returns a session on it.
func (p *program) open(ctx context.Context, readOnly bool) (*shell.Session, error) {
	v, err := p.vocabulary()
	if err != nil {
		return nil, err
	}
	where := p.graphPlace()
	if len(p.with) > 0 {
		if p.where != "" && p.where != graph.Memory {
			return nil, usage{errors.New("--graph and --with exclude each other"), "--with PATH uses a graph in memory; picograph load PATH adds to one in a file"}
		}
		where, readOnly = graph.Memory, false
	}
	g, err := graph.Open(ctx, where, graph.Options{ReadOnly: readOnly && where != graph.Memory, Vocab: v, BatchBytes: p.memory << 20, Waiting: p.waiting})
	if err != nil {
		return nil, err
	}
	s := &shell.Session{
		Engine: &queries.Engine{Graph: g, Vocab: v},
		Out:    p.results(), Err: p.err, In: p.in,
		Format: p.format, Style: p.style(), Explain: p.explain, Quiet: p.quiet, Jobs: p.jobs,
	}
	if readOnly {
		p.tellEdition(g)
	}
	for _, setting := range p.set {
		name, value, ok := strings.Cut(setting, "=")
		if !ok {
			return nil, usage{fmt.Errorf("--set %q has no value", setting), `write --set NAME=VALUE, as in --set high-dose="50 MME/day"`}
		}
		if err := s.Set(name, value); err != nil {
			return nil, usage{err, strings.Join(shell.Hints(err), "; ")}
		}
	}
	if len(p.with) > 0 {
		if err := s.LoadForOnce(ctx, p.with); err != nil {
			return nil, err
		}
	}
	return s, nil
}

// tellEdition tells, once, of a graph that another edition of the rules has written.
func (p *program) tellEdition(g *graph.Graph) {
	if err := g.Edition(); err != nil && !p.quiet {
		shell.Complain(p.err, err)
	}
}

// waiting tells that another one changes the graph of a database, and that this call goes on when that has ended.
func (p *program) waiting(holder string) {
	if !p.quiet {
		fmt.Fprintf(p.err, "picograph: waiting until %s has stored a change\n", answer.Visible(holder))
	}
}

// style says how answers are laid out on this terminal.
func (p *program) style() answer.Options {
	var o answer.Options
	fd, ok := terminal(p.out)
	if !ok || p.file != "" {
		return o
	}
	if width, _, err := term.GetSize(fd); err == nil {
		o.Width = width
	}
	o.Color = !p.noColor && os.Getenv("NO_COLOR") == "" && os.Getenv("TERM") != "dumb"
	return o
}
