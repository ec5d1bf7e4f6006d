package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"strings"
	"syscall"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
	"golang.org/x/term"

	"github.com/picograph/picograph/cmd/picograph/shell"
)

// The exit statuses, as docs/command.md promises them.
const (
	statusDone        = 0
	statusError       = 1 // an error, a word not known, a question not understood; problems under --strict
	statusUsage       = 2
	statusUnmet       = 3 // an expect line or a check failed, or answers differ from those saved
	statusNothing     = 4 // nothing found, under --fail-empty
	statusInterrupted = 130
)

// status is an error that has been reported already, or needs no words: the exit status is all there is to it.
type status int

// Error returns the status in words.
func (s status) Error() string { return fmt.Sprintf("exit status %d", int(s)) }

// usage is an error in how the command was called.
type usage struct {
	error
	hint string
}

// Advice returns what to write instead.
func (u usage) Advice() string { return u.hint }

// Unwrap returns the error beneath.
func (u usage) Unwrap() error { return u.error }

// program is one call of the command: its streams and the flags that subcommands share.
type program struct {
	in       io.Reader
	stdin    *os.File // what in reads
	out, err io.Writer
	kept     *bytes.Buffer // what goes to the file of --output

	where   string   // --graph
	with    []string // --with
	set     []string // --set
	vocab   []string // --vocab
	format  string   // --output-format
	file    string   // --output
	noColor bool
	quiet   bool
	explain bool
	noInit  bool
	jobs    int
	memory  int64 // --memory, in MiB
}

// run carries out one call and returns its exit status.
func run(args []string) int {
	collectLater()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	signal.Ignore(syscall.SIGPIPE) // a write to a closed pipe is an error, which report knows
	go func() {
		<-ctx.Done()
		stop() // a second Ctrl-C ends at once
	}()
	cobra.EnableCommandSorting = false // the table's order
	p := &program{in: &patientReader{ctx: ctx, file: os.Stdin}, stdin: os.Stdin, out: os.Stdout, err: os.Stderr}
	root := p.command()
	root.SetArgs(args)
	return p.report(ctx, root.ExecuteContext(ctx))
}

// command returns the command with its subcommands.
func (p *program) command() *cobra.Command {
	root := &cobra.Command{
		Use:   "picograph",
		Short: "Answers questions from clinical evidence documents, with a source for every number",
		Long: `picograph turns clinical evidence documents into a knowledge graph and answers questions from it: which
interventions changed an outcome, in whom, by how much, and where that is written. It uses no network.

Without a subcommand it starts the interactive shell.`,
		Version:           version,
		SilenceErrors:     true,
		SilenceUsage:      true,
		DisableAutoGenTag: true,
		Args: func(cmd *cobra.Command, args []string) error {
			if len(args) == 0 {
				return nil
			}
			return unknownCommand(cmd, args)
		},
		RunE: func(cmd *cobra.Command, _ []string) error { return p.repl(cmd.Context()) },
	}
	root.SetIn(p.in)
	root.SetOut(p.out)
	root.SetErr(p.err)
	root.SetVersionTemplate("picograph {{.Version}}\n")
	root.CompletionOptions.DisableDefaultCmd = true
	root.SetFlagErrorFunc(func(cmd *cobra.Command, err error) error {
		hint := fmt.Sprintf("%s --help lists the flags", cmd.CommandPath())
		if given, ok := strings.CutPrefix(err.Error(), "unknown flag: --"); ok {
			var names []string
			cmd.Flags().VisitAll(func(f *pflag.Flag) { names = append(names, f.Name) })
			if near := shell.Nearest(given, names); near != "" {
				hint = "did you mean --" + near + "? " + hint
			}
		}
		return usage{err, hint}
	})
	flags := root.PersistentFlags()
	flags.BoolVarP(&p.quiet, "quiet", "q", false, "leave out reports and notes")
	flags.BoolVar(&p.noColor, "no-color", false, "print without colours (so do NO_COLOR and TERM=dumb)")
	p.graphFlags(root)
	p.answerFlags(root)
	p.shellFlags(root)
	for _, s := range subcommands() {
		cmd := s.new(p)
		cmd.Use, cmd.Short = s.use, s.does
		root.AddCommand(cmd)
	}
	root.AddCommand(gizmoCommand(), benchCommand(p))
	root.SetUsageTemplate(usageTemplate)
	root.InitDefaultHelpCmd()
	for _, cmd := range root.Commands() {
		if cmd.Name() == "help" {
			cmd.Short = "explain a subcommand"
			cmd.Args = func(_ *cobra.Command, args []string) error {
				if sub, _, err := root.Find(args); len(args) > 0 && (err != nil || sub == root) {
					return unknownCommand(root, args)
				}
				return nil
			}
		}
	}
	return root
}

// usageTemplate is how a subcommand's use is explained.
const usageTemplate = `Usage:
  {{.UseLine}}{{if .HasAvailableSubCommands}}
  {{.CommandPath}} SUBCOMMAND [flags]{{end}}{{if .HasExample}}

Examples:
{{.Example}}{{end}}{{if .HasAvailableSubCommands}}

Subcommands:{{range .Commands}}{{if .IsAvailableCommand}}
  {{rpad .Name .NamePadding}} {{.Short}}{{end}}{{end}}{{end}}{{if .HasAvailableLocalFlags}}

Flags:
{{.LocalFlags.FlagUsages | trimTrailingWhitespaces}}{{end}}{{if .HasAvailableInheritedFlags}}

Flags of all subcommands:
{{.InheritedFlags.FlagUsages | trimTrailingWhitespaces}}{{end}}{{if .HasAvailableSubCommands}}

{{.CommandPath}} SUBCOMMAND --help tells more of one.{{end}}
`

// subcommand is one row of the table of subcommands: how it is written, what it does, and what makes it.
type subcommand struct {
	use  string
	does string
	new  func(*program) *cobra.Command
}

// subcommands returns the subcommands in the order in which the documentation shows them.
func subcommands() []subcommand {
	return []subcommand{
		{"load PATH...", "load documents into the graph", loadCommand},
		{"remove PATH...", "take out of the graph what was loaded from a path", removeCommand},
		{"extract PATH...", "print what documents say, without a graph", extractCommand},
		{"ask QUESTION", "answer one question, or one a line of standard input (-)", askCommand},
		{"run FILE-or-NAME [NAME=VALUE...]", "run a saved query", runCommand},
		{"repl", "start the interactive shell", replCommand},
		{"show NAME", "print the card of a study, report, intervention, population or outcome", showCommand},
		{"export FORMAT", "write the graph, or the part behind an answer", exportCommand},
		{"plot KIND QUESTION", "draw the answer to a question", plotCommand},
		{"eval GOLD...", "score what is read against gold files", evalCommand},
		{"check", "check the invariants of the evidence and the arithmetic of what was printed", checkCommand},
		{"verify", "read the whole graph file and report damage, by document", verifyCommand},
		{"stats", "count what the graph holds", statsCommand},
		{"joins", "list which documents are of one study or report, and why", joinsCommand},
		{"queries", "list the saved queries", queriesCommand},
		{"fmt QUERY", "print a query in its canonical form", fmtCommand},
		{"version", "print the version", versionCommand},
		{"completion SHELL", "print a completion script for bash, zsh, fish or powershell", completionCommand},
		{"man [SUBCOMMAND]", "print the manual page", manCommand},
	}
}

func unknownCommand(cmd *cobra.Command, args []string) error {
	var names []string
	for _, sub := range cmd.Commands() {
		if !sub.Hidden {
			names = append(names, sub.Name())
		}
	}
	hint := "picograph --help lists the subcommands"
	if near := shell.Nearest(args[0], names); near != "" {
		hint = fmt.Sprintf("did you mean picograph %s?", near)
	} else if strings.Contains(args[0], " ") || len(args) > 2 {
		hint = "to ask a question: picograph ask QUESTION"
	}
	return usage{fmt.Errorf("unknown subcommand %q", args[0]), hint}
}

// exactly is the check of a subcommand's arguments: at least least, at most most (-1: any number), named by form.
func exactly(least, most int, form string) cobra.PositionalArgs {
	return func(cmd *cobra.Command, args []string) error {
		switch {
		case len(args) < least:
			return usage{fmt.Errorf("%s needs %s", cmd.Name(), form), "usage: " + cmd.UseLine()}
		case most >= 0 && len(args) > most:
			return usage{fmt.Errorf("%s does not take %q", cmd.Name(), args[most]), "usage: " + cmd.UseLine()}
		}
		return nil
	}
}

// report prints an error, writes the file of --output, and returns the exit status.
func (p *program) report(ctx context.Context, err error) int {
	var s status
	silent := errors.As(err, &s)
	if err == nil || silent {
		if werr := p.flush(); werr != nil {
			err, silent = werr, false
		}
	}
	var u usage
	switch {
	case err == nil:
		return statusDone
	case silent:
		return int(s)
	case errors.Is(err, syscall.EPIPE):
		return statusDone // whoever read this has read enough
	case ctx.Err() != nil, errors.Is(err, context.Canceled):
		fmt.Fprintln(p.err, "picograph: interrupted")
		return statusInterrupted
	}
	shell.Complain(p.err, err)
	if errors.As(err, &u) {
		return statusUsage
	}
	return statusError
}

// results returns where results go: standard output, or what is kept for the file of --output.
func (p *program) results() io.Writer {
	if p.file == "" {
		return p.out
	}
	if p.kept == nil {
		p.kept = &bytes.Buffer{}
	}
	return p.kept
}

// flush writes the file of --output.
func (p *program) flush() error {
	if p.file == "" || p.kept == nil {
		return nil
	}
	return shell.WriteFile(p.file, func(w io.Writer) error {
		_, err := w.Write(p.kept.Bytes())
		return err
	})
}

// patientReader reads a file until its context is done: a read that waits for input ends with it.
type patientReader struct {
	ctx  context.Context
	file *os.File
}

// Read reads into b. After the context's end the read that was waiting is left alone, and what it gets is lost.
func (r *patientReader) Read(b []byte) (int, error) {
	if err := r.ctx.Err(); err != nil {
		return 0, err
	}
	type result struct {
		n   int
		err error
	}
	own := make([]byte, len(b))
	done := make(chan result, 1)
	go func() {
		n, err := r.file.Read(own)
		done <- result{n, err}
	}()
	select {
	case got := <-done:
		return copy(b, own[:got.n]), got.err
	case <-r.ctx.Done():
		return 0, r.ctx.Err()
	}
}

// terminal returns the file descriptor of a stream that is a terminal.
func terminal(stream any) (fd int, ok bool) {
	f, ok := stream.(*os.File)
	if !ok || f == nil {
		return 0, false
	}
	fd = int(f.Fd())
	return fd, term.IsTerminal(fd)
}
