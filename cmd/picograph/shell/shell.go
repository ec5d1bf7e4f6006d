// Package shell is picograph's interactive shell, and its script mode for when nobody sits at the terminal. It reads
// lines, puts them together to questions, and has a table of dot-commands; it knows neither how a question is answered
// nor how an answer is laid out. The line editor stands behind an interface, so that tests can type.
package shell

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"strings"

	"github.com/picograph/picograph/graph"
	"github.com/picograph/picograph/graph/gizmo"
)

// The prompts: for a statement, and for the rest of one.
const (
	prompt      = "picograph> "
	promptMore  = "      ...> "
	promptGizmo = "    gizmo> "
)

// Shell reads questions and dot-commands and answers them.
type Shell struct {
	Session *Session
	Version string
	Library fs.FS // the saved queries, NAME.pq
	History *History

	// Interrupts delivers Ctrl-C while something is being done, so that it ends this and not the shell.
	Interrupts <-chan os.Signal

	// Columns returns how wide the terminal is now; nil when that is not known.
	Columns func() int

	// Pager shows a text page by page where it is longer than the screen; nil when that cannot be done.
	Pager func(ctx context.Context, text string) error

	// Editor lets the user edit a file; nil when that cannot be done.
	Editor func(ctx context.Context, path string) error

	// Gizmo answers a query in that language on the graph at a place; nil when that cannot be done.
	Gizmo func(ctx context.Context, where, query string, l gizmo.Limits) (*gizmo.Result, error)

	printing    printing
	speaks      language
	limits      gizmo.Limits // of a query in Gizmo
	asked       string       // the last of them
	nesting     int          // of files that are being read
	interactive bool
	quit        bool
	names       []graph.Name // of the graph with the digest, for completion
	digest      string
}

// Interact reads from a terminal until .quit or Ctrl-D. Errors are printed and the shell goes on.
func (sh *Shell) Interact(ctx context.Context, t Terminal) error {
	sh.interactive = true
	sh.printing.paged = true
	defer func() { _ = sh.closeOutput() }()
	if sh.History == nil {
		sh.History = &History{}
	}
	for _, line := range sh.History.Lines() {
		t.Remember(line)
	}
	sh.banner(ctx)
	lines := assembly{speaks: sh.language}
	for !sh.quit {
		p := prompt
		switch {
		case lines.pending():
			p = promptMore
		case sh.speaks == gizmoLanguage:
			p = promptGizmo
		}
		line, err := t.Prompt(p)
		switch {
		case errors.Is(err, ErrInterrupted):
			lines.drop()
			continue
		case errors.Is(err, io.EOF):
			fmt.Fprintln(sh.Session.Out)
			sh.quit = true
			continue
		case err != nil:
			return fmt.Errorf("reading from the terminal: %w", err)
		}
		if sh.History.Add(line) {
			t.Remember(line)
		}
		for _, st := range lines.take(line) {
			if sh.quit || ctx.Err() != nil {
				break
			}
			sh.Session.Style.Width = sh.columns()
			if err := sh.interruptible(ctx, st.text, sh.do); err != nil {
				Complain(sh.Session.Err, err)
			}
		}
		if ctx.Err() != nil {
			break
		}
	}
	if err := sh.History.Save(); err != nil {
		Complain(sh.Session.Err, err)
	}
	return ctx.Err()
}

// Script reads statements from in and stops at the first error, which says the line. Refused is in its chain when a
// question was not understood.
func (sh *Shell) Script(ctx context.Context, in io.Reader) error {
	sh.interactive = false
	defer func() { _ = sh.closeOutput() }()
	lines := assembly{speaks: sh.language}
	run := func(sts []statement) error {
		for _, st := range sts {
			if sh.quit {
				return nil
			}
			if err := sh.do(ctx, st.text); err != nil {
				if ctx.Err() != nil {
					return ctx.Err()
				}
				return &LineError{st.line, err}
			}
		}
		return nil
	}
	r := bufio.NewReader(in)
	for !sh.quit && ctx.Err() == nil {
		line, err := r.ReadString('\n')
		if err != nil && !errors.Is(err, io.EOF) {
			return fmt.Errorf("reading standard input: %w", err)
		}
		if lines.at == 0 {
			line = strings.TrimPrefix(line, "\uFEFF")
		}
		if rerr := run(lines.take(line)); rerr != nil {
			return rerr
		}
		if err != nil {
			break
		}
	}
	if ctx.Err() != nil {
		return ctx.Err()
	}
	return run(lines.end())
}

// LineError is an error in script mode with the line of the statement, from 1.
type LineError struct {
	Line int
	Err  error
}

// Error returns the message with its line.
func (e *LineError) Error() string { return fmt.Sprintf("line %d: %v", e.Line, e.Err) }

// Unwrap returns the error without its line.
func (e *LineError) Unwrap() error { return e.Err }

// errCancelled says that the user ended what was being done.
var errCancelled = errors.New("cancelled")

// interruptible does one statement; an interrupt ends it.
func (sh *Shell) interruptible(ctx context.Context, text string, do func(context.Context, string) error) error {
	doing, cancel := context.WithCancel(ctx)
	defer cancel()
	select {
	case <-sh.Interrupts: // one that came when there was nothing to end
	default:
	}
	done := make(chan error, 1)
	go func() { done <- do(doing, text) }()
	for {
		select {
		case err := <-done:
			if err != nil && doing.Err() != nil && ctx.Err() == nil {
				return errCancelled
			}
			return err
		case <-sh.Interrupts:
			cancel()
		}
	}
}

func (sh *Shell) banner(ctx context.Context) {
	s := sh.Session
	holds := "empty: .load FILE reads documents"
	stats, err := s.Engine.Graph.Stats(ctx)
	switch {
	case err != nil:
		Complain(s.Err, err)
	case stats.Documents > 0:
		holds = plural(stats.Findings, "finding") + " of " + plural(stats.Studies, "study", "studies") + " in " + plural(stats.Documents, "document")
	}
	fmt.Fprintf(s.Out, "picograph %s on %s (%s)\n", sh.Version, s.Engine.Graph.Where(), holds)
	fmt.Fprintln(s.Out, "Ask in plain English, or type .help; Tab completes, Ctrl-D leaves.")
}

// plural returns a number with a noun in the number it needs.
func plural(n int, noun string, several ...string) string {
	if n != 1 {
		if len(several) > 0 {
			noun = several[0]
		} else {
			noun += "s"
		}
	}
	return fmt.Sprintf("%d %s", n, noun)
}
