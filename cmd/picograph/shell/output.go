package shell

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/picograph/picograph/queries/answer"
)

// printing is where the shell's results go, and how.
type printing struct {
	console io.Writer // where they go unless a file was named
	file    *os.File  // of .output
	once    string    // the file that the next statement's results go to
	timed   bool
	paged   bool
	rows    int // of a block that are shown; 0: as many as keep it readable
	width   int // columns, if they were set; else the terminal has them
}

// do answers a question or carries out a dot-command, and sends what it prints where it belongs.
func (sh *Shell) do(ctx context.Context, text string) error {
	if sh.printing.console == nil {
		sh.printing.console = sh.Session.Out
	}
	s, p := sh.Session, &sh.printing
	style := s.Style
	defer func() {
		s.Out, s.Style = sh.destination(), style
		if p.width > 0 {
			s.Style.Width = p.width
		}
	}()
	once := p.once
	p.once = ""
	var kept bytes.Buffer
	page := sh.interactive && sh.Pager != nil && p.paged && p.file == nil && once == ""
	s.Out = sh.destination()
	if once != "" || page {
		s.Out = &kept
	}
	s.Style.MaxRows = p.rows
	if once != "" || p.file != nil {
		s.Style = answer.Options{Width: p.width, ASCII: style.ASCII, MaxRows: p.rows}
	}
	began := time.Now()
	err := sh.carryOut(ctx, text)
	took := time.Since(began)
	switch {
	case once != "" && err == nil && kept.Len() > 0:
		err = WriteFile(once, func(w io.Writer) error { _, err := w.Write(kept.Bytes()); return err })
	case once != "" && p.once == "":
		p.once = once // the file waits for something that prints
	case page:
		err = errors.Join(err, sh.Pager(ctx, kept.String()))
	}
	if p.timed {
		fmt.Fprintf(s.Err, "took %.3f s\n", took.Seconds())
	}
	return err
}

// carryOut answers a question or carries out a dot-command.
func (sh *Shell) carryOut(ctx context.Context, text string) error {
	if strings.HasPrefix(text, ".") {
		return sh.command(ctx, text)
	}
	switch word := strings.ToLower(text); {
	case word == "help" || word == "quit" || word == "exit": // no questions, whatever the program
		return sh.command(ctx, "."+word)
	case sh.speaks == gizmoLanguage:
		return sh.askGizmo(ctx, text)
	case sh.interactive && slices.Contains(ScriptNames(sh.Library), word):
		return &Advised{fmt.Errorf("%s is a saved query", word), "write .run " + word}
	}
	if err := sh.Session.Engine.Graph.Refresh(ctx); err != nil {
		return err
	}
	_, err := sh.Session.Follow(ctx, text)
	return err
}

// destination returns where results go.
func (sh *Shell) destination() io.Writer {
	if sh.printing.file != nil {
		return sh.printing.file
	}
	return sh.printing.console
}

// output sends all results to a file until it is called again, or back to the terminal.
func (sh *Shell) output(_ context.Context, args []string) error {
	if len(args) > 1 {
		return usage("output")
	}
	var f *os.File
	if len(args) == 1 {
		var err error
		if f, err = os.Create(args[0]); err != nil {
			return fmt.Errorf("writing %s: %w", args[0], cause(err))
		}
	}
	err := sh.closeOutput()
	sh.printing.file = f
	return err
}

func (sh *Shell) closeOutput() error {
	f := sh.printing.file
	if f == nil {
		return nil
	}
	sh.printing.file = nil
	if err := f.Close(); err != nil {
		return fmt.Errorf("writing %s: %w", f.Name(), cause(err))
	}
	return nil
}

func (sh *Shell) once(_ context.Context, args []string) error {
	if len(args) != 1 {
		return usage("once")
	}
	sh.printing.once = args[0]
	return nil
}

func (sh *Shell) timer(_ context.Context, args []string) error {
	return sh.toggle("timer", &sh.printing.timed, args)
}

func (sh *Shell) pager(_ context.Context, args []string) error {
	return sh.toggle("pager", &sh.printing.paged, args)
}

func (sh *Shell) explain(_ context.Context, args []string) error {
	return sh.toggle("explain", &sh.Session.Explain, args)
}

// toggle turns a switch on or off, or over when the arguments do not say.
func (sh *Shell) toggle(name string, on *bool, args []string) error {
	switch {
	case len(args) == 0:
		*on = !*on
	case len(args) == 1 && (args[0] == "on" || args[0] == "off"):
		*on = args[0] == "on"
	default:
		return usage(name)
	}
	if sh.interactive {
		state := "off"
		if *on {
			state = "on"
		}
		fmt.Fprintln(sh.printing.console, name, "is", state)
	}
	return nil
}

// leastWidth is the narrowest that an answer can be laid out.
const leastWidth = 40

func (sh *Shell) widen(_ context.Context, args []string) error {
	switch {
	case len(args) == 0:
		fmt.Fprintln(sh.Session.Out, sh.columns())
		return nil
	case len(args) > 1:
		return usage("width")
	case args[0] == "auto":
		sh.printing.width = 0
		return nil
	}
	n, err := strconv.Atoi(args[0])
	if err != nil || n < leastWidth {
		return &Advised{fmt.Errorf("%q is no width", args[0]), fmt.Sprintf("a number of columns from %d, or auto", leastWidth)}
	}
	sh.printing.width = n
	sh.Session.Style.Width = n
	return nil
}

// limit says how many rows of a block are shown.
func (sh *Shell) limit(_ context.Context, args []string) error {
	switch {
	case len(args) == 0 && sh.printing.rows == 0:
		fmt.Fprintln(sh.Session.Out, "auto")
		return nil
	case len(args) == 0:
		fmt.Fprintln(sh.Session.Out, sh.printing.rows)
		return nil
	case len(args) > 1:
		return usage("maxrows")
	case args[0] == "auto":
		sh.printing.rows = 0
		return nil
	}
	n, err := strconv.Atoi(args[0])
	if err != nil || n < 1 {
		return &Advised{fmt.Errorf("%q is no number of rows", args[0]), "a number from 1, or auto"}
	}
	sh.printing.rows = n
	return nil
}

// columns returns how wide results may be.
func (sh *Shell) columns() int {
	switch {
	case sh.printing.width > 0:
		return sh.printing.width
	case sh.Columns != nil:
		return sh.Columns()
	case sh.Session.Style.Width > 0:
		return sh.Session.Style.Width
	}
	return 80
}
