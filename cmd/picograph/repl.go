package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"os/signal"
	"strings"
	"syscall"

	"github.com/spf13/cobra"
	"golang.org/x/term"

	"github.com/picograph/picograph/cmd/picograph/shell"
	"github.com/picograph/picograph/queries/library"
)

// replCommand starts the shell.
func replCommand(p *program) *cobra.Command {
	cmd := &cobra.Command{
		Long: `Repl starts the interactive shell on a graph; .help tells what it can do. When standard input is not a terminal it
answers what stands there, line by line, and stops at the first error. At a terminal it first carries out the lines of
picograph/init under $XDG_CONFIG_HOME (else ~/.config), if there is such a file.`,
		Example: `  picograph repl --graph pain.db
  echo "which interventions improved pain" | picograph repl --with trial.txt`,
		Args: exactly(0, 0, "nothing"),
		RunE: func(cmd *cobra.Command, _ []string) error { return p.repl(cmd.Context()) },
	}
	p.graphFlags(cmd)
	p.answerFlags(cmd)
	p.shellFlags(cmd)
	return cmd
}

// shellFlags adds the flags of the shell.
func (p *program) shellFlags(cmd *cobra.Command) {
	cmd.Flags().BoolVar(&p.noInit, "no-init", false, "do not read the shell's init file")
}

// repl runs the shell: at the terminal, or over the lines of standard input.
func (p *program) repl(ctx context.Context) error {
	_, fromTerminal := terminal(p.stdin)
	_, toTerminal := terminal(p.out)
	if fromTerminal && toTerminal {
		return p.interact()
	}
	s, err := p.open(ctx, false)
	if err != nil {
		return err
	}
	p.tellEdition(s.Engine.Graph)
	sh := &shell.Shell{Session: s, Version: version, Library: library.Queries, Gizmo: askGizmo}
	return sh.Script(ctx, p.in)
}

// interact runs the shell at the terminal. Ctrl-C belongs to it: what it ends is the question, not the program.
func (p *program) interact() error {
	interrupts := make(chan os.Signal, 1)
	signal.Reset(os.Interrupt, syscall.SIGTERM)
	signal.Notify(interrupts, os.Interrupt)
	defer signal.Stop(interrupts)
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGTERM, syscall.SIGHUP)
	defer stop()
	s, err := p.openUntil(ctx, interrupts)
	if err != nil {
		return err
	}
	p.tellEdition(s.Engine.Graph)
	path := shell.HistoryPath(os.Getenv)
	history, err := shell.ReadHistory(path)
	if err != nil {
		shell.Complain(p.err, err)
	}
	sh := &shell.Shell{Session: s, Version: version, Library: library.Queries, Gizmo: askGizmo, History: history, Interrupts: interrupts, Columns: func() int { return p.style().Width }}
	editor := shell.NewLineEditor(func(line string, cursor int) (string, []string) { return sh.Complete(ctx, line, cursor) })
	defer func() { _ = editor.Close() }()
	sh.Pager = func(ctx context.Context, text string) error { return p.page(ctx, text) }
	sh.Editor = p.edit
	if !p.noInit {
		sh.Init(ctx, shell.InitPath(os.Getenv))
	}
	return sh.Interact(ctx, editor)
}

// page shows a text: through $PAGER, else less, where it is longer than the screen.
func (p *program) page(ctx context.Context, text string) error {
	rows := 0
	if fd, ok := terminal(p.out); ok {
		if _, height, err := term.GetSize(fd); err == nil {
			rows = height
		}
	}
	words := strings.Fields(cmp.Or(os.Getenv("PAGER"), "less -FIRX"))
	if len(words) == 0 || rows == 0 || strings.Count(text, "\n") < rows {
		_, err := io.WriteString(p.out, text)
		return err
	}
	name, err := exec.LookPath(words[0])
	if err != nil { // nothing that pages: the terminal scrolls
		_, err := io.WriteString(p.out, text)
		return err
	}
	pager := exec.CommandContext(ctx, name, words[1:]...)
	pager.Stdin, pager.Stdout, pager.Stderr = strings.NewReader(text), p.out, p.err
	if err := pager.Run(); err != nil {
		return fmt.Errorf("showing the answer with %s: %w (.pager off does without)", words[0], err)
	}
	return nil
}

// edit opens a file in the user's editor.
func (p *program) edit(ctx context.Context, path string) error {
	words := strings.Fields(cmp.Or(os.Getenv("VISUAL"), os.Getenv("EDITOR"), "vi"))
	if len(words) == 0 {
		return errors.New("$VISUAL is blank: it should name an editor")
	}
	editor := exec.CommandContext(ctx, words[0], append(words[1:], path)...)
	editor.Stdin, editor.Stdout, editor.Stderr = p.stdin, p.out, p.err
	if err := editor.Run(); err != nil {
		return fmt.Errorf("editing with %s: %w ($VISUAL names the editor)", words[0], err)
	}
	return nil
}

// openUntil opens the graph for the shell; an interrupt ends that, and the shell with it.
func (p *program) openUntil(ctx context.Context, interrupts <-chan os.Signal) (*shell.Session, error) {
	opening, cancel := context.WithCancel(ctx)
	watched := make(chan struct{})
	go func() {
		defer close(watched)
		select {
		case <-interrupts:
			cancel()
		case <-opening.Done():
		}
	}()
	s, err := p.open(opening, false)
	cancel()
	<-watched
	return s, err
}
